"""A choice that an idea leaves open (``must choose whether to set it free``), and what is chosen in the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.writer.grammar import Figure, present

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FORCED = r"(?:must|has to|have to|had to|needs? to|will have to|(?:is|are) (?:forced|asked|allowed) to|cannot|can't|(?:is|are) unable to|has|have) (?:now |finally |then )?"
_CHOOSING = rf"(?:{_FORCED})?(?:choose|decide|make up (?:his|her|their|its|my|our) minds?)s?\b|(?:does|do) not know|doesn't know|don't know|(?:is|are) (?:unsure|torn)"
_WHETHER = re.compile(
    rf"(?i)\b(?P<choosing>{_CHOOSING}) (?:whether|if) (?:or not )?"
    r"(?:(?:he|she|they|it|we|i) (?:should|will|would|can|could|must|ought to) |to )(?P<deed>[^,;.?!]+?)(?P<not> or not)?[.!]?$"
)
_BETWEEN = re.compile(
    rf"(?i)\b(?P<choosing>{_CHOOSING}|(?:faces?|has|have|gets?) (?:a|the) (?:\w+ )?choice) between (?P<one>[^;.?!]+?),? and (?P<two>[^;.?!]+)[.!]?$"
)
_OPEN = re.compile(
    rf"(?i)\b(?P<choosing>{_FORCED}(?:choose|decide|make (?:a|the) (?:\w+ )?(?:choice|decision)))(?: (?:between|what|who|whom|whose|which|how|where|when|on|one|only)\b[^.?!]*)?[.!]?$"
)
#: What nobody wants the hero of a story to do.
_HARM = re.compile(
    r"(?i)(?:betray|kill|shoot|destroy|sell|erase|delete|abandon|burn|give up|lie|steal|report|hand over|turn (?:him|her|them|it|his|the) |leave|cut|close|shut|"
    r"execute|eat|sacrifice|obey|drown|forget|demolish|evict|fire|break|quit|ignore|keep (?:quiet|silent|it|the money|the secret)|"
    r"hide|cheat|run away|switch|attack|let (?:\w+ ){1,3}(?:die|go under|drown|sink)|die|surrender|sink|trade|stay silent|walk away|go back to sleep)\b"
)
#: What counts for less than the other side of the scales.
_COLD = re.compile(
    r"(?i)\b(?:money|fame|careers?|jobs?|gold|power|thrones?|crowns?|laws?|rules?|promotions?|fortunes?|riches|duty|duties|orders|"
    r"revenge|success|reputation|own (?:life|safety|skin)|safety|comfort|immortality|medals?|trophy|victory|winning|profit)\b"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One open choice; ``deed`` or ``side`` is what comes of it, both empty if the idea names nothing to choose."""

    deed: str = ""
    """Infinitive phrase, ``set it free``."""
    is_denied: bool = False
    """True if the deed is decided against."""
    side: str = ""
    """One of two, ``her family``."""
    before: str = ""
    """What the idea says before the choosing."""

    def verdict(self, hero: Figure) -> str:
        """How it is decided, as a clause; empty if nobody can say."""
        if not (self.deed or self.side):
            return ""
        if not self._is_up_to(hero):
            return f"the answer is {'no' if self.is_denied else 'yes'}" if self.deed else f"the answer is {self.side}"
        if self.deed:
            verb = present("decide", is_plural=hero.is_plural)
            return f"{hero.short} {verb} {'not ' if self.is_denied else ''}to {self.deed}"
        return f"{hero.short} {present('choose', is_plural=hero.is_plural)} {self.side}"

    def _is_up_to(self, hero: Figure) -> bool:
        """True if it is the hero who chooses."""
        before = self.before.lower()
        own = {"male": "he", "female": "she", "neuter": "it", "plural": "they"}[hero.gender]
        goes_on = re.search(rf"(?:^|[, ])(?:and|but|who|then|now|so|{own})$", before)
        return hero.is_living and (before == hero.first.lower() or bool(goes_on) and hero.first.lower() in before)


def choice_in(doc: Doc) -> Choice | None:
    """The choice that the idea ends with; None if there is none."""
    text = doc.text
    whether = _WHETHER.search(text)
    if whether:
        return _of_deeds(whether["deed"], before=_before(text, whether), is_not_named=bool(whether["not"]))
    between = _BETWEEN.search(text)
    if between and " and " not in between["one"] + between["two"]:
        one, two = between["one"].strip(), between["two"].strip(" .!")
        chosen = one if _COLD.search(two) and not _COLD.search(one) else two
        first = next((t for t in doc if t.idx >= between.start("one") and chosen.startswith(t.text)), None)
        before = _before(text, between)
        if first is not None and first.tag_ == "VBG":
            return Choice(deed=f"{first.lemma_.lower()}{chosen[len(first.text) :]}", before=before)
        return Choice(side=re.sub(r"(?i)^(?:an?|one) ", "the ", chosen), before=before)
    left_open = _OPEN.search(text)
    return Choice(before=_before(text, left_open)) if left_open else None


def _before(text: str, match: re.Match[str]) -> str:
    return text[: match.start("choosing")].strip(" ,")


def _of_deeds(told: str, *, before: str, is_not_named: bool) -> Choice:
    """The better of ``tell the truth or protect her brother``; of one deed alone, whether it is good to do."""
    one, _, two = told.partition(" or ")
    two = two.removeprefix("to ").strip()
    if not two:
        return Choice(deed=one.strip(), is_denied=bool(_HARM.match(one)), before=before)
    if two.split()[0].lower() in ("the", "a", "an", "his", "her", "their", "its", "my", "our", "not", "both", "one"):
        verb, _, first = one.strip().partition(" ")
        is_pair = not is_not_named and re.match(r"(?:the|a|an|his|her|their|its|my|our) [\w' -]+$", first) and not two.startswith(("not", "both", "one"))  # fmt: skip
        if is_pair and not _HARM.match(verb):  # ``save the lamp or the log book``
            return Choice(deed=f"{verb} {first if _COLD.search(two) else two}", before=before)
        return Choice(deed=one.strip(), is_denied=bool(_HARM.match(one)), before=before) if is_not_named else Choice(before=before)  # fmt: skip
    better = two if _HARM.match(one) or not _HARM.match(two) else one
    return Choice(deed=better.strip(), before=before)
