"""What a prompt says of hour, weather, mood, style, framing and company, slot by slot."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Literal, cast

from studio.engines.storyboard.people.poses import pose_of
from studio.engines.storyboard.people.set_pieces import wants_a_near_eye
from studio.engines.storyboard.reading.lexicon import SEATS, Hit, abstract_words, hits_in
from studio.engines.storyboard.reading.scenery import ARTICLES, IN, NEGATIVE, leading_word, split_compound
from studio.engines.storyboard.sheet.brief import Framing, Subject
from studio.engines.storyboard.sheet.vector import is_colour
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token, kind_of_noun, tokens_of, word_set

_WATERS = word_set("pool sea lake river harbour shore island swamp waterfall underwater")
Time = Literal["dawn", "day", "golden", "dusk", "night"]
Style = Literal["poster", "watercolour", "ink"]
INDOORS = word_set(
    "room kitchen bedroom attic library workshop laboratory hospital school office "
    "cafe shop theatre gallery church_interior hall cellar prison factory "
    "spaceship cave tower airport circus"
)


def without_denied(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    """``hits`` less what the prompt says is not there: ``no rain``, ``without a hat``,
    ``before the storm``.
    """
    denied: set[int] = set()
    for at, token in enumerate(tokens):
        if token.text in NEGATIVE or token.text.endswith("n't"):
            denied |= _scope(tokens, at + 1)
    before = {at: tokens[at - 1].text for at in range(1, len(tokens))}

    def is_said(hit: Hit) -> bool:
        lead = before.get(hit.start, "")
        if lead in ARTICLES:
            lead = before.get(hit.start - 1, "")
        if (
            hit.slot in {"weather", "time"}
            and lead in {"before", "after"}
            and hit.value not in {"dusk", "dawn", "golden"}
        ):
            return hit.slot == "time" and lead == "after" and hit.phrase == "dark"
        return hit.start not in denied

    return [hit for hit in hits if is_said(hit)]


def without_painted(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    """``hits`` less the framing of ``paints the portrait of a lady``: that is on the canvas."""

    def is_painted(hit: Hit) -> bool:
        before = {verb for token in tokens[max(0, hit.start - 4) : hit.start] for verb in token.verbs}
        return hit.slot == "framing" and hit.phrase.startswith("portrait") and bool(before & _PAINTS)

    return [hit for hit in hits if not is_painted(hit)]


_PAINTS = word_set("paint draw sketch hang admire study hold carry finish")


def without_doings(hits: list[Hit]) -> list[Hit]:
    """``hits`` less the sea of ``a woman waves`` and the water of ``falls asleep``: places that are somebody's doing."""
    longer = {at for hit in hits if hit.slot == "pose" and hit.end - hit.start > 1 for at in range(hit.start, hit.end)}
    hits = [hit for hit in hits if hit.slot != "place" or not longer.issuperset(range(hit.start, hit.end))]
    doings = {(hit.start, hit.end) for hit in hits if hit.slot == "pose"}
    doers = {hit.end for hit in hits if hit.slot == "subject" and table()[hit.value].is_person}
    return [hit for hit in hits if hit.slot != "place" or (hit.start, hit.end) not in doings or hit.start not in doers]


def lit_room(hits: list[Hit]) -> str:
    """A room, where candles or lamps give the light and no place is named; else empty."""
    lights = {"candlelight", "candle-light", "lamplight"}
    return "room" if any(hit.slot == "time" and hit.phrase in lights for hit in hits) else ""


def _scope(tokens: list[Token], start: int) -> set[int]:
    reach = set()
    for at in range(start, min(start + 4, len(tokens))):
        word = tokens[at].text
        if not tokens[at].is_word or word in {
            "but",
            "only",
            "just",
            "with",
            "in",
            "on",
            "at",
            "under",
            "and",
        }:
            break
        reach.add(at)
    return reach


def home_of(people: tuple[Subject, ...]) -> str:
    """The kind of place where such people and things are when nobody says where."""
    doings = {person.pose.partition("+")[0] for person in people if person.relation in {"on_water", "in_water"}}
    if doings & {"rowing", "boating", "swimming", "at_the_helm", "surfing"}:
        return "sea" if doings & {"at_the_helm", "surfing"} else "lake"
    kinds = [person.kind for person in people]
    if any(table()[kind].anchor == "swim" for kind in kinds) and any(table()[kind].anchor == "water" for kind in kinds):
        return "sea"
    company = [table()[person.relative_to].home for person in people if person.relative_to in table()]
    by_thing = [table()[kind].home for kind in kinds if not table()[kind].is_person]
    by_person = [table()[kind].home for kind in kinds]
    plain = {
        "man",
        "woman",
        "person",
        "child",
        "boy",
        "girl",
        "young_man",
        "young_woman",
        "old_man",
        "old_woman",
    }
    trades = [table()[kind].home for kind in kinds if table()[kind].is_person and kind not in plain]
    if is_done_within(people) and not any("bench" in person.props for person in people):
        company, by_person = [home for home in company if home != table()["fire"].home], ["room"]
    return next(iter((*company, *trades, *by_thing, *by_person)), "meadow")


def on_the_road(people: tuple[Subject, ...], place: str) -> str:
    """``place``, or the street for somebody who drives ``home``: no car stands in a room."""
    drives = any(prop.startswith("cab:") for person in people for prop in person.props)
    return "street" if drives and place in INDOORS else place


def is_done_within(people: tuple[Subject, ...]) -> bool:
    """True if somebody does what is done under a roof, unless a place is named: drinks tea, writes, plays the piano."""
    return any(pose in _DONE_WITHIN for person in people for pose in person.pose.split("+"))


_DONE_WITHIN = word_set(
    "drinking dining sewing writing typing wiping piano in_bed ironing washing_up shaving brushing_hair at_mirror sewing_machine "
    "knitting combing cutting_hair blowing_out cutting_food playing_chess pouring_tea pouring_wine pouring cello harp"
)


def time(hits: list[Hit], place: str) -> Time:
    order = {"golden": 5, "dawn": 5, "dusk": 4, "night": 3, "day": 2}
    times = [hit for hit in hits if hit.slot == "time"]
    if not times:
        return "night" if place in {"space", "planet"} else "day"
    best = max(times, key=lambda hit: (hit.end - hit.start > 1, order[hit.value], -hit.start))
    if best.phrase == "evening" and any(hit.value == "golden" for hit in times):
        return "golden"
    return cast("Time", best.value)


def weather(hits: list[Hit], tokens: list[Token]) -> tuple[str, ...]:
    kinds: list[str] = []
    for hit in hits:
        if hit.slot != "weather" or hit.value in kinds:
            continue
        if any(o.start <= hit.start and o.end > hit.end for o in hits if o.slot in {"garment", "subject", "place"}):
            continue
        follows = tokens[hit.end].text if hit.end < len(tokens) else ""
        if hit.value == "clouds" and (leading_word(hit.start, tokens) in {"above", "through"} or follows == "of"):
            continue
        if hit.phrase == "wet" and follows:
            continue
        kinds.append(hit.value)
    return tuple(kinds)


def mood(hits: list[Hit]) -> str:
    moods = [hit for hit in hits if hit.slot == "mood"]
    weak = {
        "quiet",
        "still",
        "empty",
        "alone",
        "silent",
        "silence",
        "gentle",
        "abandoned",
        "lone",
        "strange",
        "secret",
        "magic",
        "fun",
        "curious",
        "patient",
        "asleep",
        "epic",
        "dramatic",
        "face",
    }
    moods.sort(key=lambda hit: (hit.phrase in weak, hit.start))
    return moods[0].value if moods else "neutral"


def style(style: str, hits: list[Hit]) -> Style:
    given = [hit for hit in hits_in(tokens_of(style)) if hit.slot == "style"]
    said = [
        hit
        for hit in hits
        if hit.slot == "style"
        and hit.phrase not in {"modern", "delicate", "sketch", "painted", "flat", "photo", "graphic", "ink"}
    ]
    said += [hit for hit in hits if hit.slot == "style" and hit.phrase == "ink" and hit not in said]
    best = [*given, *said]
    return cast("Style", best[0].value) if best else "poster"


def is_style(words: str) -> bool:
    """True if ``words`` are empty or name one of the artist's hands."""
    return not words.strip() or any(hit.slot == "style" for hit in hits_in(tokens_of(words)))


def framing_of(hits: list[Hit], people: tuple[Subject, ...]) -> Framing:
    """The framing that is said; else who is busy with the hands is seen whole and near, all others from afar."""
    if any(hit.slot == "framing" for hit in hits) or not people:
        return framing(hits)
    hero, company = people[0], sum(one.count for one in people if table()[one.kind].is_person)
    is_near = company <= _MOST_NEAR and not any(table()[one.kind].height_in_people > _LOW for one in people)
    return "full" if is_near and any(_is_handwork(pose) for pose in hero.pose.split("+")) else "wide"


def _is_handwork(pose: str) -> bool:
    return pose in _HANDWORK or wants_a_near_eye(pose_of(pose).piece)


_MOST_NEAR = 2
_LOW = 1.6
"""How tall, in people, company may be that does not need the wide view."""
_HANDWORK = word_set(
    "reading playing flute trumpet drinking cradling photographing phoning conducting grooming petting milking cutting_hair "
    "sewing giving brushing combing examining harmonica trimming"
)
"""Doings of the hands at no set piece."""


def framing(hits: list[Hit]) -> Framing:
    framings = [hit for hit in hits if hit.slot == "framing"]
    if framings:
        best = max(framings, key=lambda hit: (hit.end - hit.start > 1 or hit.phrase.endswith("up"), -hit.start))
        return cast("Framing", best.value)
    return "wide"


def first(hits: list[Hit], slot: str, otherwise: str) -> str:
    return next((hit.value for hit in hits if hit.slot == slot), otherwise)


def at_home(people: tuple[Subject, ...], place: str) -> tuple[Subject, ...]:
    """A fire within doors burns in a hearth; who lies in a bedroom lies in bed; mountains are climbed on rock."""
    put = {
        ("lying", "bedroom"): "in_bed",
        ("steering", "sea"): "at_the_helm",
        ("climbing", "mountains"): "on_rock",
        ("swimming", "underwater"): "diving",
    }
    if place in _WATERS:
        people = tuple(replace(one, relation="in_water") if one.pose == "swimming" else one for one in people)
    people = tuple(
        replace(one, pose=put.get((one.pose, place), one.pose)) if table()[one.kind].is_person else one
        for one in people
    )
    if place not in INDOORS or place == "cave":
        return people
    return tuple(
        replace(one, kind="fireplace")
        if one.kind == "fire"
        else replace(one, relative_to="fireplace")
        if one.relative_to == "fire"
        else one
        for one in people
    )


def unknown(tokens: list[Token], hits: list[Hit], used: set[int]) -> list[tuple[Token, str]]:
    """Nouns that no lexicon knows, with what they are kinds of."""
    known = {at for hit in hits for at in range(hit.start, hit.end)} | used
    doings = {hit.start for hit in hits if hit.slot == "pose"} & used
    found = []
    for at, token in enumerate(tokens):
        phrase = tokens[: at + 1] if at + 1 in doings else tokens
        if at in known or not token.is_word or token.noun in abstract_words() or len(token.text) < 3:
            continue
        if is_colour(token.text) or token.text in _QUALITIES or _describes_what_follows(phrase, at):
            continue
        split = split_compound(token.noun)
        if split:
            found.append((token, f"@{split}"))
            continue
        if not _is_noun_position(phrase, at):
            continue
        kind = kind_of_noun(token.noun)
        if token.text in _REMAINS:
            kind = "!concrete"
        if kind == "!concrete" or kind.startswith("@"):
            found.append((token, kind))
        elif kind in table() and not table()[kind].is_person and not _is_doing(tokens, at):
            found.append((token, "!concrete"))
    return found


def undrawn(unknown: list[tuple[Token, str]], undone: tuple[str, ...], shown: Set[str]) -> tuple[str, ...]:
    """Things and doings of the prompt that the picture does not show, in the user's words."""
    unseen = (token.text for token, kind in unknown if kind == "!concrete" and not {token.text, token.noun} & shown)
    return tuple(dict.fromkeys((*unseen, *undone)))


_REMAINS = word_set("ashes embers cinders")
"""Things of which the dictionary knows the tree or the feeling first."""
_QUALITIES = word_set(
    "pale dark light bright dim cold warm cool hot wet dry deep flat square round short tall long low high sharp "
    "soft hard rough smooth hollow open close near far fair plain fine rare raw ripe sick ill mute blind deaf dead "
    "wild mad sweet bitter sour salt calm still quiet alert awake upright bare barefoot naked patient proud steep narrow "
    "broad giant dwarf double single twin key main prime stock pat spare mean kind gentle tender wary stark grim "
    "dull faint hoarse clear pure solid liquid metal wooden iron copper brass silver stone straw leather velvet silk "
    "woollen cotton linen glass marble plastic paper rubber clay ivory bronze steel tin lead upstairs downstairs "
    "overhead ahead can may outside inside ashore aboard"
)
"""Words that tell how something is, though a dictionary has them as things too."""


def _describes_what_follows(tokens: list[Token], at: int) -> bool:
    """True for ``paper`` in ``a paper crown``: a noun that only tells what the next noun is like."""
    if at + 1 >= len(tokens) or not tokens[at + 1].is_word or tokens[at].is_plural or tokens[at].owns:
        return False
    after = tokens[at + 1]
    if after.text in IN or after.text in ARTICLES or after.text in {"full", "empty", "open", "alone"}:
        return False
    return bool(kind_of_noun(after.noun)) and not after.text.endswith(("s", "ing", "ed"))


def _is_doing(tokens: list[Token], at: int) -> bool:
    """True for ``trains`` in ``a man trains``: no article or adjective leads it, or its form is a verb's."""
    word = tokens[at].text
    return word.endswith(("ing", "ed")) or (word.endswith("s") and tokens[at - 1].text not in ARTICLES)


def _is_noun_position(tokens: list[Token], at: int) -> bool:
    """True after an article, number or adjective-looking word, when no noun follows at once."""
    if at + 1 < len(tokens) and tokens[at + 1].is_word and kind_of_noun(tokens[at + 1].noun) in {"!concrete"}:
        return False
    lead = at - 1
    while lead >= 0 and (tokens[lead].text in _QUALITIES or is_colour(tokens[lead].text)):
        lead -= 1
    if lead > 0 and tokens[at].is_plural and tokens[lead].text.endswith(("s", "ing")) and len(tokens[lead].verbs) > 1:
        return True
    for back in range(at - 1, max(-1, at - 4), -1):
        word = tokens[back].text
        if word in ARTICLES or word in IN or word in {"with", "and"} or word.isdigit():
            return True
        if not tokens[back].is_word:
            return tokens[at].is_plural
    return at == 0


def seated(people: tuple[Subject, ...], place: str) -> tuple[Subject, ...]:
    """Those who sit, upon something that fits the place."""
    fitting = (
        "chair"
        if place in INDOORS
        else "bench"
        if place in {"park", "street", "railway", "garden", "city", "town"}
        else "rock"
    )
    seated = []
    for person in people:
        is_seatless = (
            person.pose.partition("+")[0] == "sitting"
            and table()[person.kind].is_person
            and not SEATS & set(person.props)
        )
        if is_seatless and person.relation not in {"on_water", "inside"}:
            person = replace(person, props=(*person.props, fitting))
        seated.append(person)
    return tuple(seated)
