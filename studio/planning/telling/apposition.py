"""``Ada, a young gardener, walks``, ``the old baker Tomas``: somebody told who they are, in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.planning.language import one_line, split_sentences, with_article, without_article, word_set
from studio.planning.telling.looks import (
    Gender,
    derived_look,
    gender_of,
    head_noun,
    is_living_word,
    is_person_word,
    singular,
)

_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}"
_FEATURE = r"(?:\d{1,3}s?(?:[ -]years?[ -]old)?|in (?:her|his|their) \w+|(?:an?|the|his|her|their|my|our)\s[^,.;:!?()–—]{2,80})"
_INTRODUCED = re.compile(
    rf"\b(?P<name>{_NAME})(?:,\s+|\s+[–—-]+\s+)(?P<look>{_FEATURE}(?:,\s+(?:{_FEATURE}|(?:in|with|wearing)\s[^,.;:!?()]+))*)"
    r"(?P<end>(?:,|\s+[–—-]+)\s+(?=[a-z])|(?=[.;!?]))"
)
_OWNED = re.compile(r"(?i)^(?:the|his|her|their|my|our)\s+(?=\w)")
_DRESSED = re.compile(r"(?i)\b(?:in|with|wearing)\b")
_ROLE = r"\b(?P<det>(?i:the|an?|his|her|their|my|our))\s+(?P<role>(?:[a-z][\w-]*\s+){0,3}?[a-z][\w-]+)"
_WORN = r"(?P<worn>\s+(?:in|with|wearing)\s+(?:an?|his|her)\s+(?:[a-z-]+\s+){0,3}?(?:\w*coat|jacket|dress|apron|shirt|cap|hat|scarf|cloak|uniform|suit|jumper|sweater|beard|braids?|ponytail)\b)?"
_WITH_ROLE = re.compile(rf"{_ROLE}\s+(?P<name>{_NAME})")
_NAMED = re.compile(rf"{_ROLE}\s+(?:named|called|by the name of|whose name (?:is|was))\s+(?P<name>{_NAME}){_WORN}")
_BETWEEN_COMMAS = re.compile(rf"{_ROLE},\s+(?P<name>{_NAME})(?:,(?!\s+and\b)|(?=[.;!?]))")
_WITH_ASIDE = re.compile(rf"\b(?P<name>{_NAME}),\s+{_ROLE}(?=[,.;!?]|\s+(?:in|with|wearing|of)\b)")
_IS_ONE = re.compile(rf"\b(?P<name>{_NAME})\s+(?:is|was)\s+{_ROLE}{_WORN}(?=[,.;!?]|\s+(?:of|who|and)\b)")
_NAMED_BY_PRONOUN = re.compile(
    rf"\b(?:(?P<whose>(?i:his|her|their))\s+name\s+(?:is|was)|(?P<who>(?i:he|she))\s+(?:is|was)\s+called)\s+(?P<name>{_NAME})"
)
_IS_CALLED = re.compile(rf"{_ROLE}(?:['’]s\s+name)?\s+(?:is|was)\s+(?:called\s+|named\s+)?(?P<name>{_NAME})")
_SAYS_I_AM = re.compile(
    rf"[\"“](?:[^\"“”]*\b)?(?:I am|I['’]m|[Mm]y name is)\s+(?P<name>{_NAME})[^\"“”]*[\"”]\s*(?:says|said|answers|answered|whispers|whispered)\s+{_ROLE}(?=[,.;!?]|$)"
)
_TITLED = re.compile(rf"\b(?P<role>[A-Z][a-z]+)\s+(?P<name>{_NAME})")
_TELLING = (_NAMED, _BETWEEN_COMMAS, _WITH_ROLE, _TITLED, _WITH_ASIDE, _IS_ONE, _IS_CALLED, _NAMED_BY_PRONOUN)
_STAYING = (_WITH_ASIDE, _IS_ONE, _NAMED_BY_PRONOUN)
"""Of these the words stay, or are an aside of their own."""
_SOMEBODY = re.compile(r"\b(?i:the|an?|his|her|their|my|our)\s+(?P<words>(?:[a-z][\w-]*\s+){0,2}[a-z][\w-]+)\b")
_LINKS = word_set("and or of in on at with to from by for but as is are was were who that")
_SIZES = word_set("old young little big tall small")
_OTHERS = _SIZES | word_set("other second third next new first last elder younger older")
_STARTS_WITH_PRONOUN = re.compile(r"(?i)\W*(?:(?:then|and|but|later|now)\b,?\s+)?(he|she)\b")


def introductions(
    text: str, known: Container[str] = (), genders: Mapping[str, Gender] | None = None
) -> tuple[str, dict[str, str]]:
    """``text`` without the asides that introduce somebody, and the look of each that was introduced.

    Only a name that is written in capitals or stands in ``known`` can be introduced, only as a person
    (``Rome, a city of hills,`` stays), and the first introduction is the one that counts. ``genders`` is what pronouns
    say of whom.
    """
    looks: dict[str, str] = {}

    def told(match: re.Match[str]) -> str:
        name, words = match.group("name"), one_line(match.group("look"))
        is_somebody = name.isupper() or name in known
        if not is_somebody or not _is_person(words):
            return match.group()
        looks.setdefault(name, look_told(name, words, (genders or {}).get(name)))
        return f"{name} " if match.group("end") else name

    return _INTRODUCED.sub(told, text), looks


def _is_person(words: str) -> bool:
    features = [part.strip() for part in words.split(",")]
    return any(part[:1].isdigit() or is_living_word(head_noun(_bare(part))) for part in features)


def _bare(phrase: str) -> str:
    """``her old uncle with a beard`` as he is called by strangers: ``old uncle with a beard``."""
    return without_article(_OWNED.sub("", phrase))


def look_told(name: str, words: str, told: Gender | None = None) -> str:
    """A whole look of what was said: gender as ``told``, else from the name; hair and clothes from the trade where none
    are said."""
    parts = [part.strip() for part in words.split(",")]
    worn = [part for part in parts if _DRESSED.match(part)]
    noun = next((_bare(part) for part in parts if part not in worn and is_living_word(head_noun(_bare(part)))), "")
    if not noun:
        return words
    years = next((int(found[0]) for part in parts if (found := re.match(r"\d+", part))), 40)
    gender = told or gender_of(name.capitalize() if name.isupper() else name)
    is_dressed = bool(worn or _DRESSED.search(noun))
    if is_person_word(head_noun(noun)):
        noun = _of_gender(noun, gender, is_dressed=is_dressed)
        noun = (
            f"{'old ' if years >= 60 else 'young '}{noun}"
            if not 30 <= years < 60 and " old" not in f" {noun}"
            else noun
        )
    return " ".join([with_article(noun), *worn]) if is_dressed else derived_look(noun, gender)


def _of_gender(noun: str, gender: str, *, is_dressed: bool) -> str:
    """``young gardener`` of a woman: ``young woman gardener``. A man's beard tells, unless his look was told."""
    if gender_of("", noun) in ("female", "male") or not (gender == "female" or (gender == "male" and is_dressed)):
        return noun
    kind = "woman" if gender == "female" else "man"
    return re.sub(rf"\b{re.escape(head_noun(noun))}\b", lambda head: f"{kind} {head.group()}", noun, count=1)


@dataclass(frozen=True, slots=True)
class _Told:
    """That ``name`` is a ``role`` (``old baker``), told at ``span`` of the piece ``piece``."""

    name: str
    role: str
    worn: str
    is_owned: bool
    piece: int
    span: tuple[int, int]
    put: str
    """What stands in the span afterwards."""


def roles_told(
    pieces: Sequence[str], names: Container[str], spoken: Sequence[str] = ()
) -> tuple[list[str], dict[str, str]]:
    """``pieces`` in which everybody goes by name, and what each was called besides (``old baker in a blue coat``).

    ``The old baker Tomas``, ``a girl named Lina``, ``the mechanic, Jorge,``, ``Tomas is a baker`` and ``Her name is
    Lina`` tell it, and so does who says it of herself in ``spoken`` (the pieces with what is said). From then on ``the baker`` is Tomas,
    ``a girl`` was Lina until then; not where two are called so.
    """
    told = [one for n, piece in enumerate(pieces) for one in _told_in(n, piece, pieces, names)]
    told += [one for n, piece in enumerate(spoken) for one in _said_in(n, piece, names)]
    by_head: dict[str, list[_Told]] = {}
    roles: dict[str, str] = {}
    for one in told:
        by_head.setdefault(head_noun(one.role), []).append(one)
        roles.setdefault(one.name, f"{one.role}{one.worn}")
    own = {head: ones[0] for head, ones in by_head.items() if len({one.name for one in ones}) == 1}
    renamed = []
    for n, piece in enumerate(pieces):
        swaps = [(one.span, one.put) for one in told if one.piece == n]
        for head, one in own.items():
            for match in _called(head).finditer(piece):
                is_free = not any(start < match.end() and match.start() < end for (start, end), _ in swaps)
                if is_free and _is_meant(match, one, (n, match.start())):
                    swaps.append((match.span(), one.name))
                    if roles[one.name] == head:  # ``A small girl knocks … The girl is called Lina``: small she is
                        roles[one.name] = one_line(f"{match.group('like')}{head}").lower()
        for (start, end), put in sorted(swaps, reverse=True):
            piece = piece[:start] + put + piece[end:]
        renamed.append(piece)
    return renamed, roles


def told_genders(pieces: Sequence[str], names: Iterable[str]) -> dict[str, Gender]:
    """What ``he`` and ``she`` say of each of ``names``: of who was named first in the sentence, or the one before."""
    known = sorted(names, key=len, reverse=True)
    if not known:
        return {}
    calling = re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b")
    votes: dict[str, int] = {}
    subject = ""
    for sentence in (one for piece in pieces for one in split_sentences(piece)):
        named = list(calling.finditer(sentence))
        said = _STARTS_WITH_PRONOUN.match(sentence)
        if said and subject:
            votes[subject] = votes.get(subject, 0) + 3 * _side(said.group(1))
        elif named:
            subject = named[0].group()
            if len({one.group() for one in named}) == 1:
                after = sentence[named[0].end() :]
                sure = sum(2 * _side(word) for word in re.findall(r"(?i)\b(?:he|she)\b", after))
                votes[subject] = votes.get(subject, 0) + (sure or _own_side(after))
    return {name: "female" if vote > 0 else "male" for name, vote in votes.items() if vote}


def _side(pronoun: str) -> int:
    return 1 if pronoun.lower() in ("she", "her") else -1


def _own_side(after: str) -> int:
    """Of ``shakes his head and goes``: what the first owner says, faintly."""
    found = re.search(r"(?i)\b(?:his|her)\b", after)
    return _side(found.group()) if found else 0


def _told_in(number: int, piece: str, pieces: Sequence[str], names: Container[str]) -> Iterator[_Told]:
    taken: list[tuple[int, int]] = []
    for pattern in _TELLING:
        for match in pattern.finditer(piece):
            name, role = match.group("name"), one_line(match.groupdict().get("role") or "").lower()
            if pattern is _NAMED_BY_PRONOUN:
                role = _last_called(
                    [*pieces[:number], piece[: match.start()]], match.group("whose") or match.group("who")
                )
            is_new = not any(start < match.end() and match.start() < end for start, end in taken)
            if not (is_new and name in names and _is_single(role)):
                continue
            taken.append(match.span())
            put = match.group() if pattern in _STAYING else name
            is_owned = (match.groupdict().get("det") or "").lower() in ("his", "her", "their", "my", "our")
            worn = f" {found}" if (found := one_line(match.groupdict().get("worn") or "")) else ""
            yield _Told(name, role, worn, is_owned, number, match.span(), put)


def _said_in(number: int, piece: str, names: Container[str]) -> Iterator[_Told]:
    for match in _SAYS_I_AM.finditer(piece):
        name, role = match.group("name"), match.group("role").lower()
        if name in names and _is_single(role):
            yield _Told(name, role, "", False, number, (len(piece), len(piece)), "")


def _is_single(role: str) -> bool:
    """True for ``old baker`` and ``dog``, not for ``bakers`` or ``bakery``."""
    head = head_noun(role)
    return (
        bool(head)
        and role.endswith(head)
        and is_living_word(head)
        and singular(head) == head
        and head not in ("people", "crowd", "family")
    )


def _last_called(before: Sequence[str], whose: str) -> str:
    """The last single person that was spoken of by a noun: ``girl`` for ``her``."""
    wanted = {"his": "male", "he": "male", "her": "female", "she": "female"}.get(whose.lower(), "")
    for piece in reversed(before[-4:]):
        for match in reversed(list(_SOMEBODY.finditer(piece))):
            words = match.group("words").lower().split()
            role = next((said for n in range(len(words)) if _is_single(said := " ".join(words[: n + 1]))), "")
            if role and gender_of("", role) in (wanted, "unknown", "thing"):
                return role
    return ""


def _called(head: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<det>(?i:the|this|that|an?|his|her|their|my|our))\s+(?P<like>(?:[a-z][\w-]*\s+){{0,2}}){re.escape(head)}\b"
        r"(?!-|\s+(?:shop|boy|girl|man|woman|named|called)\b)"
    )


def _is_meant(match: re.Match[str], told: _Told, at: tuple[int, int]) -> bool:
    """``the baker`` is who was told to be it, ``his baker`` only if told so, ``a baker`` only before it was told."""
    det, like = match.group("det").lower(), set(match.group("like").lower().split())
    is_before = at < (told.piece, told.span[0])
    if like & _LINKS or (like & _OTHERS) - set(told.role.split()) - (_SIZES if is_before else set()):
        return False
    return is_before or det in ("the", "this", "that") or (told.is_owned and det not in ("a", "an"))
