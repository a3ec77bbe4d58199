"""Who and what is in a prompt: nouns with their number, age, clothes, things carried, doings and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.engines.storyboard.picture import tops
from studio.engines.storyboard.reading import account, company, deeds
from studio.engines.storyboard.reading.attributes import (
    ARTICLES,
    PRONOUNS,
    RELATIONS,
    describe,
    dress,
    hair_with,
    names_another,
    props_given,
)
from studio.engines.storyboard.reading.doings import pose
from studio.engines.storyboard.reading.lexicon import Hit, abstract_words
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.reading.scenery import IN, leading_word
from studio.engines.storyboard.reading.spans import BODY, gather_looks, is_thing, same_one
from studio.engines.storyboard.reading.verbs import VERBISH, do_it, is_verb
from studio.engines.storyboard.sheet.brief import Relation, Subject
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import NUMBERS, Token, kind_of_noun, word_set

_MOST_SUBJECTS = 6
_BOUND = word_set(". ; ! ?")
_WATER = word_set("sea lake river harbour shore island swamp waterfall")
_CRAFT = word_set("sailboat ocean_liner ferry motor_boat speedboat canoe schooner galleon viking_ship rowing_boat")
_ABOARD = word_set(
    "in aboard row rows rowing rowed paddle paddles paddling on steer steers sail sails clings cling from"
)
_CASES = frozenset(("biscuit tin", "cookie tin", "cake tin", "tin box"))
_UNDER = word_set("under below beneath")
_THEIR = word_set("their his her its my our")
_TOWNS = word_set("street town city market village")
"""Kinds of place where the clock that one stands under is in a tower."""
_ALOFT = word_set("flying jumping falling")
_FURNITURE = word_set("fireplace bed piano stove armchair fire")
"""Things that may name their room and still stand in it."""
_PLACE_THINGS = word_set(
    "castle house tower_stone temple bench table moon planet rock log oak pine "
    "bush barn cabin bookshelf fireplace spaceship factory hut shell coral tower "
    "pyramid skyscraper church mosque japanese_castle street_lamp lantern"
)


@dataclass(frozen=True, slots=True)
class Casting:
    """The subjects, most important first, the tokens that they took, and the doings that no pose shows.

    ``named`` is all that was cast at first: some of it is held, sat upon or ridden in the end, or not in the picture.
    """

    subjects: tuple[Subject, ...]
    used: set[int]
    undone: tuple[str, ...]
    named: tuple[Part, ...]


def cast_in(tokens: Sequence[Token], hits: Sequence[Hit], place: Hit | None) -> Casting:
    """Who and what ``tokens`` put into the picture."""
    used: set[int] = set()
    lost: list[str] = []
    parts = _parts(tokens, hits, place, used, lost)
    named = list(parts)
    verbs = gather_looks(tokens, hits, parts)
    used |= {at for part in parts for at in range(part.end, part.look_end)}
    people = [part for part in parts if part.record.is_person]
    parts = props_given(tokens, hits, parts, people, used)
    for part in parts:
        after = max((max(o.end, o.look_end) for o in parts if o.end <= part.at and o.look_end <= part.at), default=0)
        describe(tokens, part, hits, used, after=after)
    dress(tokens, hits, parts, used)
    hair_with(tokens, parts, used)
    lost += pose(tokens, hits, parts, used)
    deeds.settle(tokens, parts)
    undone = deeds.undrawn_deeds(tokens, hits, parts, used)
    _relate(tokens, hits, parts, place)
    apart, parts = parts, _merged(parts, tokens)
    spoken_of_again = [part for part in apart if part not in parts]
    company.gather(tokens, parts)
    undone += [
        tokens[part.deed_at].text
        for part in parts
        if part.record.is_person and part.deed_at >= 0 and not (part.pose or part.props)
    ]
    ranked = sorted(parts, key=lambda part: (-_importance(part, tokens), part.at))
    undone += account.undone_by_beasts(tokens, parts) + account.undone_eyes(tokens, parts)
    named = [part for part in named if part not in verbs and part not in spoken_of_again]
    subjects = tuple(part.frozen() for part in ranked[:_MOST_SUBJECTS])
    return Casting(subjects, used, (*undone, *lost), tuple(named))


def _parts(
    tokens: Sequence[Token], hits: Sequence[Hit], place: Hit | None, used: set[int], lost: list[str]
) -> list[Part]:
    """The subjects named in ``tokens``; what is named but shows nowhere goes to ``lost``."""
    parts: list[Part] = []
    covered: set[int] = set()
    place_span = set(range(place.start, place.end)) if place else set()
    blocked = {
        at
        for hit in hits
        if hit.slot in {"time", "framing", "angle", "garment", "style"} and hit.end - hit.start > 1
        for at in range(hit.start, hit.end)
    }
    blocked |= {at for hit in hits if hit.slot in {"framing", "garment"} for at in range(hit.start, hit.end)}
    blocked |= {
        at for hit in hits if hit.slot == "place" and hit.end - hit.start > 1 for at in range(hit.start, hit.end - 1)
    }
    blocked |= account.name_of_place(tokens, hits, place) if place else set()
    blocked |= {at for hit in hits if hit.slot == "prop" and hit.phrase in _CASES for at in range(hit.start, hit.end)}
    names = [hit for hit in hits if hit.slot == "subject"]
    for hit in names:
        span = set(range(hit.start, hit.end))
        is_named_in_place = span <= blocked and not (hit.value in _FURNITURE and span <= place_span)
        if span & covered or is_named_in_place or _is_modifier(tokens, hit, names) or is_verb(tokens, hit, names):
            continue
        if span & place_span and not (span > place_span) and hit.value not in _FURNITURE:
            continue
        if _is_owner(tokens, hit, hits) or (is_thing(hit.value) and names_another(tokens, hit)):
            continue
        if hit.value == "clock" and leading_word(hit.start, list(tokens)) in _UNDER:
            if place is None or place.value not in _TOWNS:
                lost.append(tokens[hit.end - 1].text)
                continue
            hit = replace(hit, value="clock_tower")
        if hit.value == "treasure_chest" and _is_kept_in(tokens, hit.end):
            lost.append(tokens[hit.start].text)
            continue
        if hit.phrase in PRONOUNS and (hit.phrase in {"her", "it", "him"} or any(p.record.is_person for p in parts)):
            continue
        covered |= span
        parts.append(
            Part(
                table()[hit.value],
                tokens[hit.end - 1].noun if hit.end - hit.start == 1 else hit.phrase,
                hit.start,
                hit.end,
            )
        )
    parts += _guessed(tokens, hits, covered | blocked)
    used |= {at for part in parts for at in range(part.at, part.end)}
    parts.sort(key=lambda part: part.at)
    return parts


def _is_owner(tokens: Sequence[Token], hit: Hit, hits: Sequence[Hit]) -> bool:
    """True for the father of ``their father's ashes``: only what is his is there, unless it is a part of him."""
    if not tokens[hit.end - 1].owns or hit.end >= len(tokens):
        return False
    known = {o.start for o in hits if o.slot in {"place", "garment", "prop", "subject"} and o is not hit}
    if known & {hit.end, hit.end + 1}:
        return True
    owned = tokens[hit.end]
    is_of_somebody_here = hit.start > 0 and tokens[hit.start - 1].text in _THEIR
    return is_of_somebody_here and owned.is_word and owned.noun not in BODY and not owned.text.endswith(("ing", "ed"))


def _is_kept_in(tokens: Sequence[Token], at: int) -> bool:
    """True for the treasures ``in a biscuit tin``: they fill no chest."""
    return tokens[at].text in {"in", "inside"} and tokens[at + 1].text in ARTICLES if at + 1 < len(tokens) else False


def _is_modifier(tokens: Sequence[Token], hit: Hit, names: Sequence[Hit]) -> bool:
    """True for ``lighthouse`` in ``lighthouse keeper``:
    another subject follows at once in the same phrase.
    """
    follows = next((o for o in names if o.start == hit.end and o.phrase not in PRONOUNS), None)
    if follows is None or tokens[hit.end - 1].is_plural or hit.phrase in PRONOUNS:
        return False
    word = tokens[follows.start].text
    if word in VERBISH and (word.endswith("s") or do_it(tokens, hit, follows)):
        return False
    is_doing = word == "fish" or word.endswith("s") and (word in VERBISH or not table()[follows.value].is_living)
    return not (table()[hit.value].is_person and is_doing)


_NOBODY = word_set("great straight clapper shrink")
"""Words that a dictionary has as somebody too."""


def _guessed(tokens: Sequence[Token], hits: Sequence[Hit], covered: set[int]) -> list[Part]:
    """Nouns outside the tables that are kinds of something in them: ``violist`` is a musician."""
    known = {at for hit in hits if hit.slot != "mood" for at in range(hit.start, hit.end)} | covered
    parts = []
    for at, token in enumerate(tokens):
        if at in known or not token.is_word or len(token.text) < 3 or token.noun in abstract_words() | _NOBODY:
            continue
        kind = kind_of_noun(token.noun) or _trade_of_woman(token.noun)
        if not kind or kind[0] in "!@" or kind not in table() or not _follows_determiner(tokens, at):
            continue
        if (
            token.owns
            or (at > 0 and tokens[at - 1].text == "to")
            or token.text.endswith(("ing", "ed", "ly"))
            or (at + 1 < len(tokens) and _next_is_noun(tokens, at + 1, covered, table()[kind].is_person))
        ):
            continue
        gender = "female" if token.noun.endswith("woman") else ""
        parts.append(Part(table()[kind], token.noun, at, at + 1, gender=gender))
    return parts


def _trade_of_woman(noun: str) -> str:
    """The kind of ``fisherwoman``: that of the fisherman."""
    man = noun.removesuffix("woman") + "man"
    return (
        next((kind for kind, record in table().items() if record.is_person and man in record.words), "")
        if man != noun + "man"
        else ""
    )


def _next_is_noun(tokens: Sequence[Token], at: int, covered: set[int], is_person: bool) -> bool:
    if is_person and tokens[at].text.endswith("s") and not tokens[at - 1].is_plural:
        return at in covered and table().get(kind_of_noun(tokens[at].noun), table()["rock"]).is_person
    if tokens[at].text in IN:
        return False
    if at in covered:
        return True
    kind = kind_of_noun(tokens[at].noun) if tokens[at].is_word else ""
    return bool(kind) and kind != "!abstract" and not tokens[at].is_plural


def _follows_determiner(tokens: Sequence[Token], at: int) -> bool:
    if at == 0:
        return True
    for back in range(at - 1, max(-1, at - 4), -1):
        word = tokens[back].text
        if word in ARTICLES or word in NUMBERS or word.isdigit():
            return True
        if not tokens[back].is_word or word in {"and", "with", "of"}:
            return tokens[at].is_plural or not tokens[back].is_word
    return False


def _relate(tokens: Sequence[Token], hits: Sequence[Hit], parts: list[Part], place: Hit | None) -> None:
    """Where each part is: by nature, then as prepositions say, then aboard what floats.

    Who leans ``over`` a table stands beside it, and the ``over`` of ``knocks over`` says nothing of a place.
    """
    in_verbs = {at for hit in hits if hit.slot == "pose" for at in range(hit.start, hit.end)}
    for part in parts:
        part.relation = _natural(part, place.value if place else "")
    for at, token in enumerate(tokens):
        relation = RELATIONS.get(token.text)
        mover = next((part for part in reversed(parts) if part.end <= at and at - part.end < 9), None)
        if relation is None or mover is None or at in in_verbs or _is_by_light(tokens, at):
            continue
        if token.text == "over" and mover.record.is_person and mover.pose not in _ALOFT:
            relation = "beside"
        anchor = next((part for part in parts if part.at > at and part.at - at < 5), None)
        if anchor is not None and anchor is not mover and all(t.is_word for t in tokens[at : anchor.at]):
            mover.relation, mover.relative_to = relation, anchor.record.kind
        elif place is not None and 0 < place.start - at < 5:
            _relate_to_place(mover, relation, place.value)
    tops.put(tokens, parts)
    tops.plant(parts)
    for part in parts:
        boats = [other for other in parts if other.record.kind in _CRAFT and _is_aboard(tokens, part, other)]
        if boats:
            part.relation, part.relative_to = "inside", boats[0].record.kind


def _is_by_light(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text == "by" and at + 1 < len(tokens) and tokens[at + 1].text.endswith("light")


def _relate_to_place(mover: Part, relation: Relation, place: str) -> None:
    """A dragon above the castle, a boy under the bridge, a balloon over the hills."""
    can_fly = mover.record.anchor == "air" or mover.pose == "flying" or mover.record.kind in {"dragon", "phoenix"}
    if relation == "above" and can_fly:
        is_landmark = place in {"castle", "bridge", "temple", "ruins"}
        mover.relation = "above" if is_landmark else "in_air"
        mover.relative_to = place if is_landmark else ""
    elif relation == "under" and place == "bridge":
        mover.relation, mover.relative_to = "under", place


def _is_aboard(tokens: Sequence[Token], part: Part, boat: Part) -> bool:
    between = [token.text for token in tokens[max(part.end, part.look_end) : boat.at]]
    return part.record.is_person and len(between) < 9 and bool(_ABOARD & set(between)) and "." not in between


def _natural(part: Part, place: str) -> Relation:
    if part.record.anchor == "water":
        return "on_water"
    if part.record.anchor == "swim" or (part.pose == "swimming" and place in _WATER | {"underwater"}):
        return "in_water"
    if part.record.anchor == "air" or part.pose == "flying":
        return "in_air"
    return "on_ground"


def _merged(parts: list[Part], tokens: Sequence[Token]) -> list[Part]:
    """One part for a thing named twice ("a keeper ... the keeper");
    the first keeps all that is said of both.
    """
    kept: list[Part] = []
    for part in parts:
        twin = next(
            (
                k
                for k in kept
                if same_one(part, k, tokens)
                or (k.record.kind == part.record.kind and (k.noun == part.noun or not part.clothes))
            ),
            None,
        )
        if twin is None:
            kept.append(part)
            continue
        twin.pose = twin.pose or part.pose
        twin.count = max(twin.count, part.count)
        twin.clothes += [c for c in part.clothes if c not in twin.clothes]
        twin.props += [p for p in part.props if p not in twin.props]
        if not twin.relative_to and part.relative_to:
            twin.relation, twin.relative_to = part.relation, part.relative_to
    named = [part for part in kept if part.record.kind not in {"person"} or part.noun not in PRONOUNS]
    return named or kept


def _importance(part: Part, tokens: Sequence[Token]) -> float:
    weight = 3.0 if part.record.is_person else 2.0
    if part.record.is_landmark or part.record.is_building or part.record.kind in _PLACE_THINGS:
        weight -= 1.2
    if part.relation in {"behind"}:
        weight -= 0.5
    for back in range(part.at - 1, max(-1, part.at - 5), -1):
        word = tokens[back].text
        if not tokens[back].is_word:
            break
        if word in {
            "of",
            "with",
            "on",
            "in",
            "at",
            "beside",
            "near",
            "by",
            "behind",
            "under",
            "above",
            "below",
            "over",
            "towards",
            "toward",
            "to",
            "from",
            "through",
            "past",
            "around",
            "beneath",
        }:
            weight -= 0.9
            break
    return weight - 0.012 * part.at
