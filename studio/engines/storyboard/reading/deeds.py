"""What somebody does, made exact by what it is done to: opens *a door*, plays *the piano*, sits *on the floor*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.engines.storyboard.people.wardrobe import outfits
from studio.engines.storyboard.reading.lexicon import SEATS, Hit, abstract_words
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.words.english import NUMBERS, Token, kind_of_noun, word_set

_REACH = 8
"""How many words after the verb its object may stand."""
_STOPS = word_set(". ; : ! ?")


@dataclass(frozen=True, slots=True)
class _Rule:
    """``of`` becomes ``to`` when one of ``objects`` follows; the ``takes`` leave the cast, for the pose draws them."""

    of: str
    objects: frozenset[str]
    to: str
    takes: frozenset[str] = frozenset()
    holds: str = ""


def _rule(of: str, objects: str, to: str, takes: str = "", holds: str = "") -> _Rule:
    return _Rule(of, word_set(objects), to, word_set(takes), holds)


_STRINGS = word_set("violin guitar")
_RULES = (
    _rule("opening", "door doors gate hatch doorway", "opening_door", "door"),
    _rule("opening", "window windows shutter shutters curtain curtains casement blinds", "opening_window", "window"),
    _rule("opening", "book letter envelope diary map journal parcel note", "reading"),
    _rule("opening", "umbrella parasol", "umbrella", holds="umbrella"),
    _rule("opening", "eyes eye mouth", "looking"),
    _rule("opening", "", "giving"),
    _rule("knocking", "window windows pane shutter shutters", "at_window", "window"),
    _rule("knocking", "door doors gate gates", "knocking", "door"),
    _rule("knocking", "", "knocking", "door"),
    _rule("looking", "telescope", "telescope", "telescope"),
    _rule("looking", "spyglass binoculars", "spyglass", holds="telescope"),
    _rule("looking", "window windows pane", "at_window", "window"),
    _rule("looking", "stars sky moon ceiling treetops heavens constellations aurora", "looking_up"),
    _rule("looking", "horizon", "looking_far"),
    _rule("looking_far", "window windows", "at_window", "window"),
    _rule("sitting", "floor ground grass carpet rug sand snow stairs steps step doorstep cross-legged meadow blanket", "sitting_floor"),
    _rule("sitting", "piano organ harpsichord", "piano", "piano"),
    _rule("sitting", "typewriter computer laptop", "typing", "typewriter table computer"),
    _rule("lying", "bed", "in_bed", "bed"),
    _rule("climbing", "ladder", "on_ladder", "ladder"),
    _rule("climbing", "rope vine mast rigging", "on_rope", "rope"),
    _rule("climbing", "stairs steps stair staircase hill path dune", "walking"),
    _rule("climbing", "rock rocks cliff crag wall face mountain peak boulder summit ridge", "on_rock", "rock"),
    _rule("climbing", "in into aboard out", "walking"),
    _rule("riding", "bicycle bike", "cycling", "bicycle"),
    _rule("cycling", "", "cycling", "bicycle"),
    _rule("playing", "piano organ harpsichord keyboard", "piano", "piano"),
    _rule("playing", "violin fiddle viola", "playing", "violin", "violin"),
    _rule("playing", "guitar lute banjo ukulele mandolin", "playing", "guitar", "guitar"),
    _rule("playing", "flute recorder clarinet whistle", "flute", "flute", "flute"),
    _rule("playing", "trumpet horn bugle trombone", "flute", "trumpet", "trumpet"),
    _rule("playing", "saxophone accordion harp cello", "playing"),
    _rule("playing", "drum drums", "drumming", "drum"),
    _rule("playing", "ball football soccer", "kicking"),
    _rule("playing", "chess cards dominoes checkers", "sitting"),
    _rule("playing", "toy toys doll blocks marbles", "playing_toys", "train car locomotive teddy ship"),
    _rule("lifting", "lantern lamp torch candle glass cup goblet telescope", "holding_up"),
    _rule("lifting", "baby child kitten puppy", "carrying"),
    _rule("lifting", "sword hands arms trophy head overhead", "arms_raised"),
    _rule("embracing", "teddy doll toy bear", "cuddling", "teddy bear"),
    _rule("pulling", "boat rowboat sledge sled cart wagon net rope", "towing", "rope"),
    _rule("throwing", "snowball stone stones pebble pebbles rock", "throwing", "rock", "snowball"),
    _rule("painting", "", "painting", "easel"),
    _rule("cooking", "", "cooking", "oven stove table pot"),
    _rule("kneading", "", "kneading", "table bread"),
    _rule("carrying", "ladder", "carrying", "ladder", "ladder"),
    _rule("hammering", "", "hammering", "anvil hammer"),
    _rule("digging", "flag banner standard", "holding", holds="flag"),
    _rule("digging", "", "digging", "spade shovel"),
    _rule("sweeping", "", "sweeping", "broom"),
    _rule("steering", "car truck bus van taxi tractor", "driving"),
    _rule("steering", "wagon cart carriage", "sitting"),
    _rule("steering", "ship boat sloop schooner galleon yacht vessel helm sea storm waves", "at_the_helm", "ship_wheel wheel schooner galleon sailboat ferry ocean_liner viking_ship"),
    _rule("steering", "", "steering", "ship_wheel wheel"),
    _rule("reading", "floor ground grass carpet rug sand", "sitting_floor+reading"),
    _rule("reading", "bed", "sitting+reading"),
    _rule("pointing", "sky moon stars star sun up upwards ceiling cloud clouds bird birds", "pointing_up"),
    _rule("carrying", "child girl boy daughter son", "carrying", "child girl boy", "carried:child"),
    _rule("carrying", "baby infant", "carrying", "baby", "baby"),
    _rule("writing", "wall blackboard board sand", "pointing"),
    _rule("writing", "", "writing", "table"),
    _rule("typing", "", "typing", "table typewriter computer"),
    _rule("dining", "", "dining", "table"),
    _rule("working", "roof boat ship car engine fence net nets", "working", "table"),
    _rule("working", "", "working", "table"),
    _rule("rowing", "", "rowing"),
    _rule("fishing", "", "fishing", holds="fishing_rod"),
)  # fmt: skip
_ARMS = word_set(
    "reading writing sewing crying thinking drinking praying playing flute talking singing fishing pointing waving laughing"
)
"""Doings of the arms alone: who sits or walks can do them too."""
_BASES = word_set("sitting sitting_floor kneeling walking boating in_bed")
_LAIN_ON = {"bench": "lying_bench", "sofa": "lying_sofa"} | dict.fromkeys(
    ("armchair", "chair", "throne", "stool"), "sitting+sleeping"
)
"""How somebody lies or sleeps on a piece of furniture."""
_FREE_WHEN_SEATED = word_set("writing sewing")


def settle(tokens: Sequence[Token], parts: list[Part]) -> None:
    """Make the doing of each part exact, and drop the things that its pose draws."""
    for part in [part for part in parts if part.record.is_person]:
        poses = part.pose.split("+")
        part.pose = "+".join(_settled(tokens, part, pose, parts) for pose in poses)
        if part.pose == "lying":
            part.pose = next((_LAIN_ON[prop] for prop in part.props if prop in _LAIN_ON), part.pose)
        if SEATS & set(part.props) and part.pose in _ARMS:
            part.pose = joined("sitting", part.pose)
        own = () if part.props or part.record.kind not in outfits() else outfits()[part.record.kind].props
        if part.pose == "playing" and _STRINGS & set(own):
            part.props += own[:1]
        if part.pose == "playing" and not _STRINGS & set(part.props):
            part.pose = "playing" if _has_toy(part) else "jumping"


def _has_toy(part: Part) -> bool:
    return bool(part.props)


def _settled(tokens: Sequence[Token], part: Part, pose: str, parts: list[Part]) -> str:
    following = _following(tokens, part.deed_at)
    for rule in _RULES:
        if rule.of != pose or (rule.objects and not rule.objects & following):
            continue
        if pose == "carrying" and part.props:
            continue
        if pose == "looking" and rule.to == "looking_up" and not following & {"up", "at", "upwards"}:
            continue
        taken = [other for other in parts if other.record.kind in rule.takes and other is not part]
        part.clothes += [(other.record.kind, other.colour) for other in taken if other.colour]
        parts[:] = [other for other in parts if other not in taken]
        if rule.holds and not part.props:
            part.props.append(rule.holds)
        return rule.to
    return pose


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
