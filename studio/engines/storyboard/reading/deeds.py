"""What somebody does, made exact by what it is done to: opens *a door*, plays *the piano*, sits *on the floor*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from studio.engines.storyboard.people.poses import pose_of
from studio.engines.storyboard.people.set_pieces import tinted
from studio.engines.storyboard.people.wardrobe import outfits
from studio.engines.storyboard.reading.lexicon import SEATS, Hit, abstract_words
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.sheet.vector import is_colour
from studio.engines.storyboard.words.english import NUMBERS, Token, kind_of_noun, word_set
from studio.engines.storyboard.words.vocabulary import vocabulary
from studio.media.assets import asset_path

_REACH = 8
"""How many words after the verb its object may stand."""
_STOPS = word_set(". ; : ! ?")


_PREPOSITIONS = word_set(
    "in on at with by near from to into onto under over behind beside through across along for of before after inside "
    "outside while as and , until among around against beneath"
)
"""Words after which comes no more what a doing is done to."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``of`` becomes ``to`` when one of ``objects`` follows; the ``takes`` leave the cast, for the pose draws them.

    ``direct`` are objects that count before any preposition only: ``paints the wall``, not ``paints by the wall``;
    ``@welder`` among them is who does it.
    """

    of: str
    objects: frozenset[str]
    direct: frozenset[str]
    to: str
    takes: frozenset[str]
    holds: str


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """The table of doings, by the doing."""
    found: dict[str, list[Rule]] = {}
    for line in asset_path("storyboard/deeds.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            of, words, to, takes, holds = line.split("\t")
            objects = word_set(words)
            direct = frozenset(word.removeprefix("=") for word in objects if word[0] in "=@")
            loose = frozenset(word for word in objects if word[0] not in "=@")
            found.setdefault(of, []).append(Rule(of, loose, direct, to, word_set(takes), holds))
    return {of: tuple(rules) for of, rules in found.items()}


def unrefined() -> frozenset[str]:
    """Doings that are none before it is known what they are done to."""
    return frozenset(of for of, lines in rules().items() if not (lines[-1].objects or lines[-1].direct))


_STRINGS = word_set("violin guitar")
_ARMS = word_set(
    "reading writing sewing crying thinking drinking praying playing flute talking singing fishing pointing waving laughing"
)
"""Doings of the arms alone: who sits or walks can do them too."""
_BASES = word_set("sitting sitting_floor kneeling walking boating in_bed")
_LAIN_ON = {"bench": "lying_bench", "sofa": "lying_sofa"} | dict.fromkeys(
    ("armchair", "chair", "throne", "stool"), "sitting+sleeping"
)
"""How somebody lies or sleeps on a piece of furniture."""
_CHAIRS = word_set("chair armchair sofa bench stool throne")
_AT_SEA = word_set("sea harbour")
"""Where those are at home who steer ships."""
_FREE_WHEN_SEATED = word_set("writing sewing")


def settle(tokens: Sequence[Token], parts: list[Part]) -> None:
    """Make the doing of each part exact, and drop the things that its pose draws."""
    for beast in (part for part in parts if part.record.is_living and not part.record.is_person):
        beast.pose = _as_beasts_do(tokens, beast)
    for part in [part for part in parts if part.record.is_person]:
        poses = part.pose.split("+")
        part.pose = "+".join(_settled(tokens, part, pose, parts) for pose in poses)
        if part.pose == "lying":
            part.pose = next((_LAIN_ON[prop] for prop in part.props if prop in _LAIN_ON), part.pose)
        if part.pose == "steering" and part.record.home in _AT_SEA:
            part.pose = "at_the_helm"
        if not part.pose and _CHAIRS & set(part.props):
            part.pose = "sitting"
        if SEATS & set(part.props) and part.pose in _ARMS:
            part.pose = joined("sitting", part.pose)
        own = () if part.props or part.record.kind not in outfits() else outfits()[part.record.kind].props
        if part.pose == "playing" and _STRINGS & set(own):
            part.props += own[:1]
        if part.pose == "playing" and not _STRINGS & set(part.props):
            part.pose = "playing" if _has_toy(part) else "jumping"


_OF_BEASTS = {
    "dining": "eating", "drinking": "eating", "barking": "howling", "singing": "howling", "shouting": "howling", "pointing_up": "looking_up",
    "climbing": "jumping", "dancing": "jumping", "playing": "jumping", "fighting": "running", "in_bed": "sleeping", "kneeling": "lying",
    "crouching": "lying", "diving": "swimming",
}  # fmt: skip
"""What an animal does where a person would do the other."""
_SLEEPS = word_set("sleep asleep doze nap slumber dream snooze")
_ON_HIGH = word_set("up moon stars sky treetops star")


def _as_beasts_do(tokens: Sequence[Token], beast: Part) -> str:
    """The doing of an animal: it sleeps curled up, eats with its head down, leaps where people dance."""
    said = (
        {verb for token in tokens[beast.deed_at : beast.deed_at + 3] for verb in token.verbs}
        if beast.deed_at >= 0
        else set()
    )
    if beast.pose == "lying" and said & _SLEEPS:
        return "sleeping"
    if beast.pose == "looking" and _ON_HIGH & _following(tokens, beast.deed_at):
        return "looking_up"
    return _OF_BEASTS.get(beast.pose, beast.pose)


def _has_toy(part: Part) -> bool:
    return bool(part.props)


def _settled(tokens: Sequence[Token], part: Part, pose: str, parts: list[Part]) -> str:
    following = _following(tokens, part.deed_at)
    direct = _direct(tokens, part.deed_at) | {f"@{part.noun}"}
    for rule in rules().get(pose, ()):
        is_any = not rule.objects and not rule.direct
        if not is_any and not rule.objects & following and not rule.direct & direct:
            continue
        if (
            pose == "looking"
            and rule.to == "looking_up"
            and not (following & {"up", "at", "upwards"} or rule.objects & direct)
        ):
            continue
        taken = [other for other in parts if other.record.kind in rule.takes and other is not part]
        part.clothes += [(other.record.kind, other.colour) for other in taken if other.colour]
        parts[:] = [other for other in parts if other not in taken]
        if rule.holds and not part.props:
            part.props.append(rule.holds)
        _tint(tokens, part, rule.to)
        return rule.to
    return "walking" if pose == "carrying" and _hangs_from_the_hand(part) else pose


def _hangs_from_the_hand(part: Part) -> bool:
    """True if somebody carries what no two arms embrace: a lantern, a suitcase, a basket."""
    return bool(part.props) and not vocabulary("pose_with").get(part.props[0], "").startswith("carrying")


def _tint(tokens: Sequence[Token], part: Part, pose: str) -> None:
    """Let what somebody paints, sews or irons have the colour that is said of it."""
    piece = pose_of(pose).piece
    if piece not in tinted() or piece in dict(part.clothes) or part.deed_at < 0:
        return
    after = [token.text for token in tokens[part.deed_at + 1 : part.deed_at + _REACH]]
    near = next((at for at, word in enumerate(after) if word in _PREPOSITIONS or word in _STOPS), len(after))
    part.clothes += [(piece, word) for word in after[:near] if is_colour(word)][:1]


def _direct(tokens: Sequence[Token], at: int) -> set[str]:
    """The words after the verb at ``at``, singular and as they stand, up to the first preposition."""
    words: set[str] = set()
    for token in tokens[at + 1 : at + _REACH + 1] if at >= 0 else ():
        if token.text in _STOPS or token.text in _PREPOSITIONS:
            break
        words |= {token.text, token.noun}
    return words


def _following(tokens: Sequence[Token], at: int) -> set[str]:
    words: set[str] = set()
    for token in tokens[at : at + _REACH + 1] if at >= 0 else ():
        if token.text in _STOPS:
            break
        words |= {token.text, token.noun}
    return words


def joined(first: str, second: str) -> str:
    """One pose for two doings said of one: ``sitting`` and ``reading`` make ``sitting+reading``."""
    if first == second or "+" in first or second not in _ARMS or first not in _BASES:
        return first
    if first == "sitting" and second in _FREE_WHEN_SEATED:
        return second
    return f"{first}+{second}"


_STATES = word_set(
    "be have do seem appear become remain stay keep begin start continue try want need know believe hope love "
    "feel like own belong cost mean matter live exist happen let make get take go come turn find lose learn meet "
    "help use show reveal hear see notice remember forget decide promise wish wear hold set put leave stop "
    "finish end wake rise light shine glow burn fall flow sway drift pour toll stretch lie stand win "
    "discover realise realize understand save return cover fill surround follow pass was did has is are were does "
    "face lead hide carry bring lit dress dressed clothe call name rest join gather share allow expect enter "
    "reach arrive grow change move lift break wait bask loom tower gleam glitter"
)
_ADVERBS = word_set("slowly quickly never always then now again still just almost suddenly also alone together not")
_SHORT_DOINGS = word_set("lays saws digs pays cuts hits ties sews mows hews dips dyes oils tows zips")
_OBJECTS = word_set("the a an his her their its it him them to at with on for in .")
_AUXILIARIES = word_set("is are was were who and then he she they")


def undrawn_deeds(tokens: Sequence[Token], hits: Sequence[Hit], parts: Sequence[Part], used: set[int]) -> list[str]:
    """The verbs said of somebody living that no pose shows, in the user's words."""
    known = {
        at
        for hit in hits
        if hit.slot in {"framing", "angle", "style", "time", "weather"}
        for at in range(hit.start, hit.end)
    }
    known |= {
        at for hit in hits if hit.slot in {"garment", "mood", "subject", "place"} for at in range(hit.start, hit.end)
    }
    ends = {max(part.end, part.look_end) for part in parts if part.record.is_living}
    found = []
    for at, token in enumerate(tokens):
        if at in known or at in used or not _is_verb_form(token) or not _is_said_of(tokens, at, ends):
            continue
        bases = set(token.verbs)
        if bases & _STATES or token.noun in abstract_words():
            continue
        found.append(token.text)
    return list(dict.fromkeys(found))


def _is_verb_form(token: Token) -> bool:
    """True for ``juggles`` and ``juggling``: an ending of a verb on a word long enough to have one."""
    word = token.text
    if (
        not token.is_word
        or (len(word) < 5 and word not in _SHORT_DOINGS)
        or token.owns
        or word.endswith(("ss", "us", "ous", "ness"))
    ):
        return False
    if word.endswith("ing"):
        return True
    return word.endswith("s") and len(token.verbs) > 1


def _is_said_of(tokens: Sequence[Token], at: int, ends: set[int]) -> bool:
    """True if the verb at ``at`` has a living doer: right before it, or the doer of the verb it is joined to."""
    back = at - 1
    while back >= 0 and (tokens[back].text in _ADVERBS or tokens[back].text.endswith("ly")):
        back -= 1
    if back < 0:
        return False
    if back + 1 in ends or (back in ends and tokens[back].text == ","):
        return True
    if any(_is_after_a_look(tokens, at, end) for end in ends):
        return True
    if tokens[back].text not in _AUXILIARIES or not ends or min(ends) > back:
        return False
    if tokens[back].text in {"and", "then"}:
        return tokens[at].text.endswith("s") and _takes_object(tokens, at) and kind_of_noun(tokens[at].noun) == ""
    return True


def _is_after_a_look(tokens: Sequence[Token], at: int, end: int) -> bool:
    """True for ``attacks`` in ``a man with a spade attacks the dragon``: only what the doer has is between."""
    between = tokens[end:at]
    if not between or len(between) > 8 or between[0].text not in {"with", "in", "wearing", "and"}:
        return False
    is_verb = tokens[at].text.endswith("s") and kind_of_noun(tokens[at].noun) in {"", "!abstract"}
    follows_thing = kind_of_noun(between[-1].noun) != "" and between[-1].text not in NUMBERS
    return is_verb and follows_thing and _takes_object(tokens, at) and all(token.is_word for token in between)


def _takes_object(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1].text if at + 1 < len(tokens) else "."
    return after in _OBJECTS
