"""Who is meant: names, nouns and pronouns of an action told by looks, so that each prompt stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from studio.planning.language import without_article
from studio.planning.telling.looks import Gender, gender_of, head_noun, short_form

_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_SKIP = (
    r"(?!(?:and|or|of|in|on|at|with|to|from|by|for|but|as|is|are|was|were|has|the|a|an|her|his|their|then|while|"
    r"into)\b)"
)
_OBJECT_AFTER = (
    r"(?=\s*(?:$|[,.;:!?—–-])|\s+(?:to|in|on|at|from|up|down|into|away|home|and|with|through|across|back|for|over|by|"
    r"as|an?|the|until|while|off|out|along|around|under|behind|past|near|before|after|again|too|once|gently|slowly|or|but)\b)"
)
_PRONOUN = re.compile(
    rf"\b(?:(?P<own>(?:his|its|their)\b|her\b(?!{_OBJECT_AFTER[3:]})|(?P<object>(?:him|them|her)\b)|(?P<subject>(?:he|she|they|it)\b)"
    r"(?P<short>['’](?:s|re|ve|d|ll)\b)?)",
    re.IGNORECASE,
)
_GENDERS: dict[str, tuple[Gender, ...]] = {
    "he": ("male",), "him": ("male",), "his": ("male",),
    "she": ("female",), "her": ("female",),
    "they": ("plural",), "them": ("plural",), "their": ("plural",),
    "it": ("thing",), "its": ("thing",),
}  # fmt: skip
_SHORTENED = {"s": "is", "re": "are", "ve": "have", "d": "had", "ll": "will"}
_FIRST_PERSON = re.compile(r"\bI(?P<verb>['’]m|['’]ve|['’]ll|['’]d|\s+am|\s+have)?\b(?!\.)")
_FIRST_VERBS = {"'m": " is", "am": " is", "'ve": " has", "have": " has", "'ll": " will", "'d": " had"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A character or thing of the scene graph, with the words that mean it."""

    id: str
    name: str
    look: str
    short: str
    gender: Gender
    is_prop: bool = False

    @classmethod
    def of(cls, id_: str, name: str, look: str, *, is_prop: bool = False) -> Figure:
        gender: Gender = "thing" if is_prop else gender_of(name, look)
        return cls(id_, name, look, short_form(look), gender, is_prop)

    @property
    def is_plural(self) -> bool:
        return self.gender == "plural"


@dataclass
class Telling:
    """One scene's action, clause after clause; remembers who was spoken of, for pronouns and bare verbs."""

    figures: Sequence[Figure]
    earlier: Sequence[Figure] = ()
    """Who appeared in scenes before, latest first; a pronoun may still mean them."""
    subject: Figure | None = None
    """Who did the last thing told."""
    _pattern: re.Pattern[str] | None = None
    _by_group: list[Figure] = field(default_factory=list)
    _spoken: list[Figure] = field(default_factory=list)
    _last_thing: str = ""
    _has_told_thing: bool = False

    def __post_init__(self) -> None:
        parts: list[str] = []
        for figure in self.figures:
            for words in mentions(figure, self.figures):
                parts.append(f"(?P<m{len(parts)}>{words})")
                self._by_group.append(figure)
        self._pattern = re.compile("|".join(parts)) if parts else None

    def tell(self, clause: str, seen: dict[str, Figure]) -> str:
        """``clause`` with each figure's look at its first mention in the prompt and its short form after that.

        ``seen`` holds who was mentioned in this prompt already. Pronouns whose antecedent stands outside the
        prompt are replaced; quoted speech is left out.
        """
        clause = _QUOTED.sub("", clause)
        out: list[str] = []
        at = 0
        doer: Figure | None = None
        self._has_told_thing = bool(_last_noun(clause.split(",")[0]) and re.match(r"(?i)(?:the|an?)\s", clause))
        for match, named in self._tokens(clause):
            figure = named or self._meant(match, seen, doer)
            words = self._words(match, named, figure, seen)
            is_owned = clause[: match.start()].endswith(("'s ", "’s "))
            out += [clause[at : match.start()], without_article(words) if is_owned else words]
            at = match.end()
            if figure is not None:
                self._spoken = [known for known in self._spoken if known.id != figure.id] + [figure]
                seen.setdefault(figure.id, figure)
                doer = doer or (None if _is_owner(match) else figure)
        out.append(clause[at:])
        self.subject = doer if doer is not None and not doer.is_prop else self.subject
        self._last_thing = _last_noun(clause) or self._last_thing
        return " ".join("".join(out).replace(" ,", ",").split())

    def _tokens(self, clause: str) -> list[tuple[re.Match[str], Figure | None]]:
        found: list[tuple[re.Match[str], Figure | None]] = []
        for match in self._pattern.finditer(clause) if self._pattern else ():
            found.append((match, self._by_group[int((match.lastgroup or "m0")[1:])]))
        spans = [match.span() for match, _ in found]
        for pattern in (_PRONOUN, _FIRST_PERSON):
            for match in pattern.finditer(clause):
                if not any(start < match.end() and match.start() < end for start, end in spans):
                    found.append((match, None))
        return sorted(found, key=lambda token: token[0].start())

    def _words(self, match: re.Match[str], named: Figure | None, figure: Figure | None, seen: dict[str, Figure]) -> str:
        if figure is None:
            return self._thing(match)
        if named is None and match.re is _PRONOUN and figure.id in seen:
            return match.group()
        rest = "" if named else _verb_rest(match)
        if _is_owner(match):
            return figure.short + ("'" if figure.is_plural and figure.short.endswith("s") else "'s")
        return (figure.short if figure.id in seen else figure.look) + rest

    def _meant(self, match: re.Match[str], seen: dict[str, Figure], doer: Figure | None) -> Figure | None:
        """Whom a pronoun means: the last of this prompt that fits, then the last doer, then the only one here.

        To whom ``doer`` does it (``gives her``) is another than himself, where there is another.
        """
        if match.re is _FIRST_PERSON:
            return next(
                (figure for figure in self.figures if figure.name.lower() in ("narrator", "the narrator", "i")),
                None,
            )
        fits = _GENDERS[_bare(match)]
        before = [self.subject] if self.subject else []
        nearest = [*reversed(seen.values()), *before, *reversed(self._spoken)]
        if match.group("object") and doer is not None and doer.gender in fits:
            others = [figure for figure in (*nearest, *self.figures) if figure.id != doer.id and figure.gender in fits]
            nearest = others or nearest
        for genders in (fits, ("unknown",)):
            for figure in nearest:
                if figure.gender in genders:
                    return figure
        anyone = [figure for figure in self.figures if figure.gender in fits]
        anyone = anyone or [figure for figure in self.earlier if figure.gender in fits and "thing" not in fits]
        anyone = anyone or [figure for figure in self.figures if figure.gender == "unknown"]
        if "thing" in fits:
            return anyone[0] if len(anyone) == 1 and not self._last_thing else None
        return anyone[0] if anyone else None

    def _thing(self, match: re.Match[str]) -> str:
        """A pronoun that means no figure: ``it`` is the thing named last, ``they`` all who are here."""
        if match.re is _FIRST_PERSON:
            return "a person" + _verb_rest(match)
        people = [figure for figure in self.figures if not figure.is_prop]
        if _bare(match) in ("it", "its") and self._last_thing and not self._has_told_thing:
            self._has_told_thing = True
            return self._last_thing + ("'s" if match.group("own") else _verb_rest(match))
        if _bare(match) in ("they", "them") and len(people) > 1:
            return " and ".join(figure.look for figure in people[:2]) + _verb_rest(match)
        return match.group()


def _bare(match: re.Match[str]) -> str:
    return re.split(r"['’]", match.group().lower())[0]


def _is_owner(match: re.Match[str]) -> bool:
    is_own_pronoun = match.re is _PRONOUN and match.group("own") is not None
    return is_own_pronoun or (
        match.re is not _PRONOUN and match.re is not _FIRST_PERSON and match.group().endswith(("'s", "’s"))
    )


def _verb_rest(match: re.Match[str]) -> str:
    """What follows a replaced pronoun: ``'s`` of ``she's`` becomes ``is``, ``am`` of ``I am`` too."""
    if match.re is _FIRST_PERSON:
        return _FIRST_VERBS.get((match.group("verb") or "").strip().replace("’", "'"), "")
    if match.re is _PRONOUN and match.group("short"):
        return " " + _SHORTENED[match.group("short")[1:].lower()]
    return ""


def mentions(figure: Figure, others: Sequence[Figure]) -> list[str]:
    """Regular expressions that mean ``figure``, longest first."""
    bare = without_article(re.sub(r"\([^)]*\)", "", figure.name)).strip()
    owner = r"(?:['’]s)?"
    found: list[str] = []
    if bare:
        found.append(rf"(?:\b(?i:the|an?|this|that|his|her|their|my|our)\s+)?\b{_loose(bare)}\b{owner}")
    if any(word[:1].isupper() for word in bare.split()):
        own = [word for word in bare.split() if word[:1].isupper() and len(word) > 2]
        shared = {word for other in others if other is not figure for word in other.name.split()}
        found += [
            rf"(?:\b(?i:the|old|young|little)\s+)*\b{re.escape(word)}\b{owner}" for word in own if word not in shared
        ]
    found += _generic(figure, others)
    heads = [head for head in dict.fromkeys((head_noun(bare), head_noun(figure.look))) if head and head.isalpha()]
    for head in heads:
        is_shared = any(
            head in (head_noun(other.name), head_noun(other.look)) for other in others if other is not figure
        )
        if not is_shared and not head[:1].isupper():
            determiner = (
                r"(?i:the|an?|this|that|his|her|their|my|our)"
                if figure.gender != "plural"
                else r"(?i:the|some|two|three|his|her|their|our)"
            )
            found.append(rf"\b{determiner}\s+(?:{_SKIP}[\w-]+\s+){{0,2}}?{re.escape(head)}\b{owner}")
    return found


def _generic(figure: Figure, others: Sequence[Figure]) -> list[str]:
    """``the boy`` means the only male figure here, ``the woman`` the only female one."""
    words = {"male": "man|boy|lad|gentleman", "female": "woman|girl|lady"}.get(figure.gender)
    if words is None or any(other.gender in (figure.gender, "unknown") for other in others if other is not figure):
        return []
    return [rf"\b(?i:the)\s+(?:(?:old|young|little)\s+)?(?:{words})\b(?:['’]s)?"]


def _loose(name: str) -> str:
    """Lower-case names also match with a capital; names match as they are written or in capitals."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return f"(?i:{words})" if name.islower() else rf"(?:{words}|{re.escape(name.upper())})"


_NOUN = re.compile(
    r"\b(?:the|an?)\s+((?:[a-z-]+\s+)?[a-z-]+)(?=\s*(?:$|[,.;:!?])|\s+(?:and|in|on|at|to|with|of|from|into|over|by|that)\b)"
)


_BEFORE_PLACE = re.compile(r"(?i)\b(?:from|in|on|at|under|over|behind|beside|near|by|into|through|across|along|of)\s$")


def _last_noun(clause: str) -> str:
    """The last thing that ``clause`` names, with its article: ``the lamp``; where it is only if there is no other."""
    found = list(_NOUN.finditer(clause))
    things = [match for match in found if not _BEFORE_PLACE.search(clause[: match.start()])]
    return f"the {(things or found)[-1].group(1)}" if found else ""
