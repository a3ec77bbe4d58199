"""Looks: how far the description of somebody reaches, and what in it is worn, grown or made of."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.storyboard.reading.attributes import ARTICLES
from studio.engines.storyboard.reading.lexicon import Hit
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.sheet.vector import hex_of, is_colour
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token, kind_of_noun, word_set

BODY = word_set(
    "eye wing tail paw skin fur scale beak feather hair lash eyelash ear nose mouth face hand horn antler muzzle "
    "belly chest breast mane hoof claw tooth whisker shoulder arm foot knee head leg neck back coat plumage hide "
    "shell wool braid beard moustache finger cheek lip freckle face fin tusk trunk stripe spot patch"
)
_OVER_ALL = word_set("skin fur coat scale feather plumage hide metal steel wool mane body shell silver copper brass")
_HAIR = word_set("hair beard moustache mustache braid braids ponytail curls bun")
_CONNECTORS = word_set("with in wearing of and dressed")
_STOPS = word_set(
    "his her their its my our he she they it him them on at to into onto from by near beside behind above over "
    "under below through across along around towards toward while as who that which then until where when"
)
_MATERIALS = {
    "copper": "copper", "steel": "silver", "brass": "gold", "bronze": "bronze", "iron": "grey", "metal": "grey",
    "wood": "brown", "gold": "gold", "silver": "silver", "tin": "grey", "stone": "grey", "clay": "rust",
    "paper": "white", "ice": "azure", "snow": "white", "straw": "mustard", "glass": "sky-blue",
}  # fmt: skip
_YEARS = {
    "teens": "young", "twenties": "young", "thirties": "grown", "forties": "grown", "fifties": "grown",
    "sixties": "old", "seventies": "old", "eighties": "old", "nineties": "old",
}  # fmt: skip
_LONGEST_PIECE = 7


def gather_looks(tokens: Sequence[Token], hits: Sequence[Hit], parts: list[Part]) -> list[Part]:
    """Let every living part of ``parts`` take what belongs to its look; parts that are its pieces leave the list.

    ``a slim woman, lighthouse keeper, in the forties, blond hair, a blue coat and a cap`` is one woman. Returns those
    that were verbs all along.
    """
    for part in [part for part in parts if part.record.is_living]:
        if part in parts:
            _Look(tokens, hits, parts, part).read()
    is_peopled = any(part.record.is_living for part in parts)
    verbs = [part for part in parts if _is_verb_after_look(tokens, part, parts)]
    parts[:] = [
        part
        for part in parts
        if not (is_peopled and not part.record.is_living and tokens[part.end - 1].noun in BODY) and part not in verbs
    ]
    return verbs


def _is_verb_after_look(tokens: Sequence[Token], part: Part, parts: Sequence[Part]) -> bool:
    """True for ``watches`` right after somebody's look: it is what they do."""
    if part.record.is_living or part.end - part.at > 1:
        return False
    doer = next((other for other in parts if other.look_end == part.at and other.record.is_living), None)
    return doer is not None and (tokens[part.at].text.endswith("s") or tokens[doer.end - 1].is_plural)


class _Look:
    """One part's description, read from its noun on, a piece at a time."""

    def __init__(self, tokens: Sequence[Token], hits: Sequence[Hit], parts: list[Part], part: Part) -> None:
        self.tokens, self.hits, self.parts, self.part = tokens, hits, parts, part
        self.verbs = {
            hit.start for hit in hits if hit.slot == "pose" and not tokens[hit.start].text.endswith(("ed", "en"))
        }
        self.others = {other.at: other for other in parts if other is not part}

    def read(self) -> None:
        """Take piece after piece until something is no look."""
        at = self.part.end
        while at < len(self.tokens):
            end = self._piece(at)
            if end <= at:
                break
            at = end
        self.part.look_end = at
        taken = [other for other in self.parts if other is not self.part and self.part.end <= other.at < at]
        for other in taken:
            self.parts.remove(other)

    def _piece(self, at: int) -> int:
        """The end of the piece of look that starts at ``at``, or ``at`` if none does."""
        word = self.tokens[at].text
        if word != "," and word not in _CONNECTORS:
            return at
        start = at + 1
        while start < len(self.tokens) and self.tokens[start].text in _CONNECTORS | {","}:
            start += 1
        before = self.tokens[start - 1].text
        limit = self._limit(start)
        if before == "of" and start < limit and self.tokens[limit - 1].noun in _MATERIALS:
            return self._made_of(start, limit)
        for reader in (self._trade, self._age, self._worn):
            end = reader(start, limit, before)
            if end > start:
                return end
        if before == ",":
            return self._plain(start)
        if before == "of" and start in self.others and is_thing(self.others[start].record.kind):
            return self.others[start].end
        return self._other_feature(start, limit) if before == "with" else at

    def _limit(self, start: int) -> int:
        """How far a piece that starts at ``start`` may reach."""
        at = start
        while at < min(len(self.tokens), start + _LONGEST_PIECE):
            token = self.tokens[at]
            if not token.is_word or token.text in _STOPS or (at > start and token.text in _CONNECTORS):
                break
            is_person = at in self.others and self.others[at].record.is_person
            if at in self.verbs and not is_person and not self._is_named(at):
                break
            at += 1
        return at

    def _is_named(self, at: int) -> bool:
        if self.tokens[at].noun in BODY or self.tokens[at].noun in _MATERIALS:
            return True
        return any(hit.start <= at < hit.end and hit.slot == "garment" for hit in self.hits)

    def _trade(self, start: int, limit: int, before: str) -> int:
        """``, young knight,``: what this person does for a living."""
        if not self.part.record.is_person or before != "," or self.tokens[start].text in ARTICLES:
            return start
        for at in range(start, limit):
            other = self.others.get(at)
            if other is None:
                continue
            is_apposed = other.end >= len(self.tokens) or self.tokens[other.end].text in {",", "in", "with"}
            if not other.record.is_person or not is_apposed:
                return start
            self._become(other, start)
            return other.end
        return start

    def _become(self, other: Part, start: int) -> None:
        part = self.part
        part.aliases |= {part.noun, other.noun, other.noun.split()[-1]}
        part.gender = part.gender or _gender_of(part.record.kind)
        ages = {self.tokens[at].text for at in range(start, other.at)}
        part.age = part.age or ("old" if ages & {"old", "elderly"} else "young" if "young" in ages else "")
        if part.record.kind.startswith("old_"):
            part.age = "old"
        part.record, part.noun = other.record, other.noun

    def _age(self, start: int, limit: int, before: str) -> int:
        for at in range(start, limit):
            word = self.tokens[at].text
            if word in _YEARS:
                self.part.age = _YEARS[word] if self.part.age != "old" else "old"
                return at + 1
            if word in {"old", "years"} and at + 1 >= limit and any(t.text.isdigit() for t in self.tokens[start:at]):
                return at + 1
        if before == "of" and self.tokens[start].text.isdigit():
            return start + 1
        return start

    def _worn(self, start: int, limit: int, before: str) -> int:
        """Clothes, hair and parts of the body, as far as ``limit``."""
        for at in range(start, limit):
            if at in self.others and self.others[at].record.is_living:
                return start
            garment = next((hit for hit in self.hits if hit.slot == "garment" and hit.start == at), None)
            noun = self.tokens[at].noun
            if garment is None and noun not in BODY and noun not in _HAIR and noun not in _MATERIALS:
                continue
            is_adjective = at + 1 < limit and at + 1 not in self.verbs and noun in _MATERIALS
            if garment is None and (is_adjective or (at + 1 < limit and self.tokens[at + 1].noun in BODY | _HAIR)):
                continue
            self._take(start, at, garment)
            return garment.end if garment else at + 1
        return start

    def _take(self, start: int, at: int, garment: Hit | None) -> None:
        colours = [colour for token in self.tokens[start:at] if (colour := colour_of(token.text))]
        part, noun = self.part, self.tokens[at].noun
        lead = self.tokens[start - 1].text
        wearer = part
        if garment is not None and not part.record.is_person and (lead in {"in", "wearing"} or part.is_clothed_for):
            part.is_clothed_for = True
            before = [other for other in self.parts if other.record.is_person and other.end <= part.at]
            wearer = before[-1] if before else part
        if garment is not None and wearer.record.is_person:
            wearer.clothes.append((garment.phrase, colours[-1] if colours else ""))
        elif noun in _OVER_ALL and colours and not part.colour:
            part.colour = colours[-1]
        part.worn |= set(range(start, garment.end if garment else at + 1))

    def _made_of(self, start: int, limit: int) -> int:
        self.part.colour = self.part.colour or _MATERIALS[self.tokens[limit - 1].noun]
        self.part.worn |= set(range(start, limit))
        return limit

    def _plain(self, start: int) -> int:
        """``, round-faced,``: one to three words between two commas that name nothing."""
        for at in range(start, min(start + 4, len(self.tokens))):
            if at > start and self.tokens[at].text in {",", "in", "with"}:
                return at
            if not self.tokens[at].is_word or at in self.others or at in self.verbs:
                return start - 1
            if self.tokens[at].text in ARTICLES | _STOPS:
                return start - 1
        return start - 1

    def _other_feature(self, start: int, limit: int) -> int:
        """``with an orange stripe``: something about somebody that is nothing in the hand."""
        if any(hit.slot == "prop" and start <= hit.start < limit for hit in self.hits):
            return start - 1
        for at in range(start, limit):
            if at in self.others and self.others[at].record.is_living:
                return start - 1
            word = self.tokens[at].text
            if at in self.others and is_thing(self.others[at].record.kind):
                end = self.others[at].end
                self.part.worn |= set(range(start, end))
                return end
            if word not in ARTICLES and not colour_of(word) and kind_of_noun(self.tokens[at].noun) == "!abstract":
                self.part.worn |= set(range(start, at + 1))
                return at + 1
        return start - 1


def _gender_of(kind: str) -> str:
    if kind in {"woman", "girl", "old_woman", "young_woman"}:
        return "female"
    return "male" if kind in {"man", "boy", "old_man", "young_man"} else ""


def colour_of(word: str) -> str:
    """The colour that ``word`` names (``copper-green`` is green), or empty."""
    if is_colour(word):
        return word
    pieces = [piece for piece in reversed(word.replace("coloured", "").replace("colored", "").split("-")) if piece]
    named = next((piece for piece in pieces if "-" in word and is_colour(piece)), "")
    return named or ("tan" if word in {"sand-coloured", "sandy"} else "")


def same_one(part: Part, other: Part, tokens: Sequence[Token]) -> bool:
    """True if ``part`` speaks of ``other`` again: ``the keeper`` after ``a man, keeper, in a coat``."""
    if part.at == 0 or tokens[part.at - 1].text in {"a", "an", "another"} or part.clothes:
        return False
    lead = {tokens[at].text for at in range(max(0, part.at - 4), part.at)}
    if "the" not in lead:
        return False
    gender = part.gender or _gender_of(part.record.kind)
    names = other.aliases | {other.noun, other.noun.split()[-1]}
    if part.noun in names or part.noun.split()[-1] in names:
        return True
    is_plain = part.record.kind in {"man", "woman", "old_man", "old_woman", "boy", "girl", "young_man", "young_woman"}
    mine = other.gender or _gender_of(other.record.kind)
    return is_plain and bool(gender) and gender == mine and part.record.is_person and other.record.is_person


def tint_of(colour: str) -> str:
    """``colour`` as hex, or empty."""
    return hex_of(colour, "") if colour else ""


def is_thing(kind: str) -> bool:
    """True for what lies about or is held: no animal, house, landmark or vehicle."""
    record = table()[kind]
    return not (record.is_living or record.is_building or record.is_landmark) and record.height_in_people <= 0.9
