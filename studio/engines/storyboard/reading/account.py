"""The account of a picture: what its sentence asked for and the picture does not show, in the user's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from studio.engines.storyboard.places.variants import variant_of
from studio.engines.storyboard.reading import said
from studio.engines.storyboard.reading.attributes import PRONOUNS
from studio.engines.storyboard.reading.lexicon import Hit
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.reading.scenery import IN, inside_of, is_elsewhere, leading_word
from studio.engines.storyboard.reading.spans import BODY
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.things.birds import PLUMAGE
from studio.engines.storyboard.things.records import Record, table
from studio.engines.storyboard.words.english import Token, word_set

_STILL = word_set("standing waiting looking looking_far looking_up")
"""What every drawn animal does."""
_ON_FOUR_LEGS = word_set("walking running sitting lying sleeping eating howling jumping swimming petting")
_PERCHED = word_set("bird owl chick rooster duck goose parrot peacock penguin turkey")
"""Birds that are drawn at rest."""
_BEASTS = word_set("dog wolf husky fox bear polar_bear panda lion pig deer cat")
_TAKES = (
    dict.fromkeys(sorted(_BEASTS), _ON_FOUR_LEGS)
    | dict.fromkeys(("horse", "unicorn"), word_set("walking running jumping eating"))
    | dict.fromkeys(("raven", "seagull", "pigeon"), word_set("flying sitting walking pecking"))
    | dict.fromkeys(sorted(_PERCHED), word_set("sitting walking"))
    | dict.fromkeys(sorted(PLUMAGE), word_set("sitting walking flying"))
    | dict.fromkeys(("dragon", "ghost", "griffin", "bee", "bat"), word_set("flying walking"))
    | {
        "robot": word_set("walking running waving arms_raised pointing carrying holding giving painting"),
        "alien": word_set("walking waving arms_raised pointing"),
    }
)
"""The doings that a drawing has of its own."""
_SKY_DOERS = word_set("snow rain night darkness sun moon water")
_WET = word_set("swimming walking running")
_SHOWN_BESIDE = {
    "shore": word_set("sea"),
    "sea": word_set("sky"),
    "harbour": word_set("sea shore river"),
    "island": word_set("sea shore"),
    "underwater": word_set("sea"),
    "river": word_set("lake"),
    "lake": word_set("river"),
    "waterfall": word_set("river lake"),
    "swamp": word_set("lake"),
    "bridge": word_set("river village"),
    "village": word_set("hills street town"),
    "town": word_set("street village market"),
    "city": word_set("street town rooftop"),
    "street": word_set("town city village"),
    "market": word_set("street town village"),
    "rooftop": word_set("city town sky"),
    "road": word_set("mountains meadow hills"),
    "meadow": word_set("hills"),
    "farm": word_set("meadow hills"),
    "park": word_set("garden forest meadow"),
    "garden": word_set("meadow park"),
    "castle": word_set("hall meadow"),
    "space": word_set("planet sky"),
    "planet": word_set("space sky"),
    "hall": word_set("castle"),
    "spaceship": word_set("space"),
    "graveyard": word_set("church_interior"),
}
"""Kinds of place that another kind of place shows too."""
_NO_THING = word_set(
    "home court fair window keep field track path ice wood study flat mine war step space universe cape port interior "
    "inside depths swell surf battle picnic harvest debris light world egypt venice paris london rome festival celebration "
    "holiday sky heaven heavens roof bar cell desk stage court school underground opera neon fall settlement tracks "
    "indoors falls fields atlantic pacific earth"
)
"""Words of places that also say something else, or that no picture shows apart from its place."""
_WATCHERS = word_set("audience crowd spectators onlookers")
_VEHICLES = word_set("train locomotive car truck bus tram wagon")
_SEASONS = word_set("autumn")
_TREES = word_set("oak")
_SHEDDING = word_set("oak willow birch cherry_tree")
_LEAFY = word_set("park garden meadow forest hills farm")
"""Kinds of place with broad trees that turn."""
_UNPAINTED = word_set("iceberg floe")
"""Words that choose a place which does not show them."""
_HEIGHTS = word_set("cliff clifftop headland promontory cape")
_SNOWLESS = word_set("space planet underwater desert jungle sea")
_EYES = word_set("eye eyes mouth")


def undone_by_beasts(tokens: Sequence[Token], parts: Iterable[Part]) -> list[str]:
    """The doings of animals and creatures that their drawings do not have, in the user's words."""
    found = []
    for part in parts:
        if part.record.is_person or not part.record.is_living or part.deed_at < 0:
            continue
        word = tokens[part.deed_at].text
        is_of_another = part.deed_at > 0 and tokens[part.deed_at - 1].text in _SKY_DOERS
        if is_of_another or "rest" in tokens[part.deed_at].verbs:
            continue
        if not shows(
            part.record, part.pose, is_wet=part.record.anchor in {"water", "swim"} and part.relation != "on_ground"
        ):
            found.append(word)
    return found


def shows(record: Record, pose: str, *, is_wet: bool) -> bool:
    """True if the drawing of ``record``, which is no person, does ``pose``."""
    if not pose or pose in _STILL or "howl" in pose:
        return True
    if is_wet:
        return pose in _WET
    if record.kind in _TAKES:
        return pose in _TAKES[record.kind]
    return pose == "walking" or (pose == "flying" and record.anchor == "air")


def undone_eyes(tokens: Sequence[Token], parts: Iterable[Part]) -> list[str]:
    """``closes`` of somebody who closes the eyes: every face has them open."""
    found = []
    for part in parts:
        at = part.deed_at
        if not part.record.is_person or at < 0 or not {"close", "shut"} & set(tokens[at].verbs):
            continue
        if _EYES & {token.text for token in tokens[at + 1 : at + 4]}:
            found.append(tokens[at].text)
    return found


def left_out(
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    taken: set[int],
    people: Sequence[Subject],
    place: str,
    shown: Set[str],
) -> tuple[str, ...]:
    """What ``tokens`` ask for besides the unknown words, the nouns cast, and doings, and is not among ``shown``.

    ``taken`` are the tokens of those cast, of what they do, and of the place.
    """
    return (
        *places_left_out(tokens, hits, place, taken),
        *things_left_out(tokens, hits, taken, people, shown),
        *season_left_out(tokens, people, place),
        *(token.text for token in tokens if token.noun in _UNPAINTED),
    )


def unseen(tokens: Sequence[Token], named: Iterable[Part], shown: Set[str]) -> tuple[str, ...]:
    """The nouns of ``named``, all that the sentence put into the picture, that are not among ``shown`` in the end."""
    found = []
    for part in named:
        word = tokens[part.end - 1]
        is_one = part.noun in PRONOUNS or word.noun in BODY
        if not is_one and not {part.record.kind, part.noun, part.noun.split()[-1], word.noun, word.text} & shown:
            found.append(part.noun if part.end - part.at > 1 else word.text)
    return tuple(found)


def places_left_out(tokens: Sequence[Token], hits: Iterable[Hit], place: str, taken: set[int]) -> list[str]:
    """Second places of a sentence (``waterfall`` in a forest) that the painted kind of place does not show."""
    shown = {place, *_SHOWN_BESIDE.get(place, ())}
    places = [hit for hit in hits if hit.slot == "place"]
    seen = {at for hit in places if hit.value in shown for at in range(hit.start, hit.end)} | taken
    found = []
    for hit in places:
        if (
            set(range(hit.start, hit.end)) & seen
            or hit.phrase in _NO_THING
            or tokens[hit.start].owns
            or is_elsewhere(hit, tokens)
        ):
            continue
        follows = tokens[hit.end] if hit.end < len(tokens) else None
        is_adjective = follows is not None and follows.is_word and follows.text not in IN and hit.end in taken
        if not is_adjective and leading_word(hit.start, list(tokens)) not in {"from", "to", "towards", "toward", "of"}:
            found.append(hit.phrase if hit.phrase.split()[0] not in IN else tokens[hit.end - 1].text)
    return found


def things_left_out(
    tokens: Sequence[Token], hits: Sequence[Hit], taken: set[int], people: Iterable[Subject], shown: Set[str]
) -> list[str]:
    """Things that could be held but that nobody holds, clothes without a wearer, and watchers that nobody drew."""
    is_peopled = any(table()[one.kind].is_living for one in people)
    longer = [hit for hit in hits if hit.slot in {"prop", "subject", "place", "garment", "pose", "time"}]
    found = []
    for hit in hits:
        if hit.slot == "group" and hit.phrase in _WATCHERS and not set(range(hit.start, hit.end)) & taken:
            follows = tokens[hit.end].text if hit.end < len(tokens) else ""
            if follows != "of":
                found.append(hit.phrase)
            continue
        word = tokens[hit.end - 1]
        is_thing = hit.slot == "prop" or (hit.slot == "garment" and not is_peopled)
        if not is_thing or {hit.phrase, hit.value, word.noun, word.text} & shown:
            continue
        if not any(o is not hit and o.start <= hit.start and o.end >= hit.end for o in longer):
            found.append(word.text)
    return found


def season_of(tokens: Iterable[Token]) -> str:
    """``autumn`` where it is said, else empty."""
    return next((token.text for token in tokens if token.text in _SEASONS), "")


def in_season(people: Iterable[Subject], season: str, weather: Sequence[str] = ()) -> tuple[Subject, ...]:
    """``people`` with the broad trees among them in the colours of ``season``, and bare in snow."""
    if "snow" in weather:
        return tuple(replace(one, kind="dead_tree") if one.kind in _SHEDDING else one for one in people)
    return tuple(replace(one, colour=season) if season and one.kind in _TREES else one for one in people)


def season_left_out(tokens: Sequence[Token], people: Iterable[Subject], place: str) -> list[str]:
    """``autumn``, unless a tree stands in its colours."""
    is_shown = place in _LEAFY or any(one.kind in _TREES for one in people)
    return [token.text for token in tokens if token.text in _SEASONS and not is_shown][:1]


def name_of_place(tokens: Sequence[Token], hits: Iterable[Hit], place: Hit) -> set[int]:
    """Tokens that only say what place it is: the ship of ``a ship corridor``, the house of ``the hallway of a house``."""
    if place.value not in said.INDOORS:
        return set()
    found: set[int] = set()
    for hit in hits:
        record = table().get(hit.value) if hit.slot == "subject" else None
        if record is None or record.is_living:
            continue
        is_of = place.end <= hit.start <= place.end + 3 and tokens[min(place.end, len(tokens) - 1)].text in {"of", "in"}
        holds = record.is_building or record.is_landmark or record.anchor == "water" or inside_of(hit.phrase)
        if hit.end == place.start or (is_of and (holds or record.kind in _VEHICLES)):
            found |= set(range(hit.start, hit.end))
    return found


def needs_the_waterside(people: Iterable[Subject], place: str, key: str) -> bool:
    """True if a whale is in the picture and the place is the path on top of the cliff: it would lie in the grass."""
    is_wet = any(table()[one.kind].anchor in {"water", "swim"} and one.relation != "on_ground" for one in people)
    return is_wet and variant_of(place, key) == "cliff_path"


def heights_in(key: str) -> tuple[str, ...]:
    """The words of a place's name that say ``cliff``."""
    return tuple(word for word in key.split() if word in _HEIGHTS)


def wintry(tokens: Iterable[Token], weather: tuple[str, ...], place: str) -> tuple[str, ...]:
    """``weather``, and snow if it is winter out of doors."""
    is_out = place not in said.INDOORS | _SNOWLESS
    is_winter = any(token.text in {"winter", "midwinter"} for token in tokens)
    return (*weather, "snow") if is_winter and is_out and not {"rain", "snow"} & set(weather) else weather
