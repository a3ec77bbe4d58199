"""What each subject is said to do: the verbs of the sentence, given to their doers."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.storyboard.reading.attributes import ARTICLES, PRONOUNS, RELATIONS
from studio.engines.storyboard.reading.deeds import joined
from studio.engines.storyboard.reading.lexicon import Hit
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.words.english import NUMBERS, Token, word_set

_WEAK_POSES = word_set("looking talking") | {""}
_ALIKE = (
    word_set("walking running"),
    word_set("kneeling praying crouching sitting_floor"),
    word_set("sitting boating rowing dining writing"),
    word_set("lifting carrying"),
    word_set("looking_up looking_far looking"),
)
"""Doings of which a body that does one seems to do the other."""
_TWO_WAYS = word_set(
    "drink work push pull kick hammer bow laugh cry shout call scream jump leap yell cook dust wash polish fix sign "
    "hop plant mop rake hoe lift throw toss knock cycle pedal feed water whisper roar hug wonder repair mend open "
    "close lock clean rub press touch offer present stitch forge tug haul play pour reach hand pet stroke talk chat "
    "look climb build sweep shovel cast muse reflect hum "
    "head lead pass cross box fence fish dream circle row type hide duck angle "
    "point race drive guard wave fall bolt bound spin scale seat rest hunt charge "
    "march step travel trek dive fly bear stalk hail slip strike attack battle "
    "fight paint sketch aim trot punch trip face"
)


_DRAWN = word_set("breath sword knife dagger gun rope curtain curtains blind water bolt chair stool bow cork blood")
_DRAWN_TO = word_set("in out down back up near nearer away off close closer aside together himself herself themselves")
_WHERE = word_set("in on at with under beside by near from behind before outside inside through over across")
_WAYS = word_set("to toward towards along away out into up down back past round around . , ; him them it")
_WATERS = word_set("sea ocean lake river")


def pose(tokens: Sequence[Token], hits: Sequence[Hit], parts: list[Part], used: set[int]) -> list[str]:
    """The first doing said of each subject; a following subject in a list ("a man and a dog walk") shares it.

    Returns the words for what somebody does besides, which no one body can show at once.
    """
    lost: list[str] = []
    living = [part for part in parts if part.record.is_living]
    spoken = {
        at
        for hit in hits
        if hit.slot in {"framing", "angle", "style"} and not hit.phrase.startswith("look")
        for at in range(hit.start, hit.end)
    }
    nouns = {at for part in parts for at in range(part.at, part.end)}
    nouns |= {at for part in parts for at in range(part.end, part.look_end)}
    nouns |= {at for hit in hits if hit.slot == "prop" for at in range(hit.start + 1, hit.end)}
    for hit in hits:
        if hit.slot != "pose" or hit.start in nouns | spoken or _is_noun_use(tokens, hit, living, used):
            continue
        if hit.value == "painting" and _is_pulling(tokens, hit):
            continue
        described = next(
            (part for part in living if part.at == hit.end and tokens[hit.start].text.endswith("ing")), None
        )
        if described is not None:
            used |= set(range(hit.start, hit.end))
            described.pose, described.deed_at, described.is_settled = hit.value, hit.start, True
            continue
        before = [part for part in living if part.end <= hit.start]
        candidates = [part for part in before if not _is_object(tokens, part, hit)] or before
        owner = candidates[-1] if candidates else (living[0] if living and hit.start < living[0].at else None)
        if owner is None or (
            hit.value == "flying"
            and owner.record.is_person
            and hit.end < len(tokens)
            and tokens[hit.end].text in ARTICLES
        ):
            used |= {hit.start} if "kite" in {token.text for token in tokens[hit.end : hit.end + 4]} else set()
            continue
        used |= set(range(hit.start, hit.end))
        if not _give_pose(owner, hit):
            lost.append(tokens[hit.start].text)
        for other in living:
            if other is not owner and _is_joined(tokens, other, owner) and not other.pose:
                other.pose, other.deed_at = hit.value, hit.start
    return lost


def _is_pulling(tokens: Sequence[Token], hit: Hit) -> bool:
    """True for ``draws down the rope``, ``draws a long breath``, ``draws near``: nothing is put on paper."""
    after = [token.text for token in tokens[hit.end : hit.end + 4]]
    return "draw" in tokens[hit.start].verbs and (
        bool(_DRAWN & set(after)) or after[:1] != [] and after[0] in _DRAWN_TO
    )


def _give_pose(owner: Part, hit: Hit) -> bool:
    """The doing said right after somebody's look stays; else a look gives way to a doing that follows.

    What the arms do while the legs sit or walk is added. False if the doing is lost: the body does another already.
    """
    if not (owner.pose and owner.is_settled):
        owner.is_settled = hit.start == owner.look_end
        if owner.pose in _WEAK_POSES:
            owner.pose, owner.deed_at = hit.value, hit.start
            return True
    before, owner.pose = owner.pose, joined(owner.pose, hit.value)
    if owner.pose != before or hit.value in _WEAK_POSES:
        return True
    done = before.split("+")
    return hit.value in done or any({hit.value, doing} <= alike for doing in done for alike in _ALIKE)


def _is_joined(tokens: Sequence[Token], other: Part, owner: Part) -> bool:
    """True for ``a man in a coat and an old dog``: nothing but their looks and ``and`` is between the two."""
    between = [token.text for token in tokens[max(other.end, other.look_end) : owner.at]]
    return other.end < owner.at and between[:1] == ["and"] and len(between) <= 5


def _is_object(tokens: Sequence[Token], part: Part, hit: Hit) -> bool:
    """True if ``part`` stands after a preposition ("a man beside a boat waits"):
    the doer is somebody before.
    """
    for back in range(part.at - 1, max(-1, part.at - 5), -1):
        word = tokens[back].text
        if not tokens[back].is_word:
            return False
        if word in RELATIONS or word in {
            "on",
            "in",
            "at",
            "to",
            "of",
            "towards",
            "toward",
            "with",
            "from",
            "through",
            "across",
            "along",
            "around",
        }:
            return not part.record.is_person
    return False


def _is_noun_use(tokens: Sequence[Token], hit: Hit, living: Sequence[Part], used: set[int]) -> bool:
    """True for ``the fall``, ``waves crash``: a doing only by its spelling."""
    at = hit.start - 1
    word = tokens[hit.start].text
    if word.endswith(("ing", "ed")):
        return False
    while at >= 0 and tokens[at].text.endswith("ly"):
        at -= 1
    before = tokens[at].text if at >= 0 else ""
    if before in {"nothing", "nobody"}:
        return True
    if before in ARTICLES | {"of", "in", "at", "on", "by", "under", "over", "with"}:
        return True
    follows_doer = (
        at in used
        or any(part.at <= at < part.end for part in living)
        or before in PRONOUNS | {"and", "to", "who", "that", "then", "slowly"}
        or _is_after_a_phrase(tokens, hit, living)
    )
    return word.rstrip("s") in _TWO_WAYS and not follows_doer


def _is_after_a_phrase(tokens: Sequence[Token], hit: Hit, living: Sequence[Part]) -> bool:
    """True for ``rows`` in ``a ferryman in the fog rows two girls``: only where the doer is stands between the two."""
    doer = next((part for part in reversed(living) if part.end <= hit.start), None)
    if doer is None or doer.pose or tokens[hit.start - 1].noun in _WATERS:
        return False
    between = tokens[max(doer.end, doer.look_end) : hit.start]
    if not between or len(between) > 6 or between[0].text not in _WHERE or not all(token.is_word for token in between):
        return False
    is_one = not tokens[doer.end - 1].is_plural
    after = tokens[hit.end].text if hit.end < len(tokens) else "."
    return is_one == tokens[hit.start].text.endswith("s") and after in ARTICLES | NUMBERS.keys() | _WHERE | _WAYS
