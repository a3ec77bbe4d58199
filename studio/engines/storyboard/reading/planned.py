"""Reading a planned shot's prompt: who from its action, where and when from its last sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

from studio.engines.storyboard.picture.shown import nouns_shown
from studio.engines.storyboard.reading import account, said
from studio.engines.storyboard.reading.casting import cast_in
from studio.engines.storyboard.reading.lexicon import Hit, hits_in
from studio.engines.storyboard.reading.scenery import ARTICLES, IN, best_place, compounds, inside_of
from studio.engines.storyboard.reading.setting import Sections, home_in, is_decor, key_of, place_in
from studio.engines.storyboard.reading.spans import is_thing
from studio.engines.storyboard.sheet.brief import Brief, Subject
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token, word_set

_NOWHERE = Hit("place", "", -100, -99, "")
_SMALL_PEOPLE, _TINY_PEOPLE = 0.3, 0.22
_WHOLE = word_set("extreme_wide wide full medium")
_SMALL_WORDS = word_set("tiny small little")
_WIDE = word_set("extreme_wide wide")
_LEFT_ASHORE = word_set("stranded beached")
_FROZEN = word_set("frozen snowed-in ice icy snow-covered snowy snowbound glacier")
_BUILT_UP = word_set("street town village city market rooftop")
_CLIMBED = word_set("ladder rope wall tree mast cliff rock rocks mountain crag fence net face")
_WOODED = word_set("forest woods jungle")
_TREES = word_set("oak pine birch palm willow dead_tree bush")
_MEANWHILE = word_set("while as when and where till until")
_SACRED = word_set("church chapel cathedral abbey")
_NEAR = word_set("medium medium_close close extreme_close")
_BENCHES = word_set("workbench bench table desk counter")
_BOATS = word_set("boat rowboat dinghy canoe")
_WHEELS = word_set("brass rusty tiny cog cogs clock golden iron small")


def read_planned(prompt: str, parts: Sections, *, style: str) -> Brief:
    """The brief of a prompt that says ``size, angle: action. Place, hour, weather, mood, style.``"""
    said_there = said.without_denied([*hits_in(parts.action), *compounds(parts.action)], parts.action)
    action = said.without_doings(said_there)
    rest = hits_in(parts.rest)
    here = hits_in(parts.place)
    cast_now = cast_in(parts.action, action, _NOWHERE)
    people = cast_now.subjects
    own_hit = place_in(parts.place)
    place_hit = own_hit or best_place(action, parts.action)
    named = place_hit.value if place_hit else home_in(parts.place)
    place = _sacred(parts.place) or _within(parts.place, people) or named or said.home_of(people)
    framing = said.framing(hits_in(parts.head))
    place = said.on_the_road(people, place)
    people = _in_boats(_fit(people, parts.action, place, framing), parts.place, framing)
    people += _decor(parts.place, here, place_hit, framing, place, {one.kind for one in people})
    times = next(filter(None, ([hit for hit in part if hit.slot == "time"] for part in (rest, here, action))), [])
    season = account.season_of([*parts.action, *parts.place, *parts.rest])
    weather = account.wintry([*parts.place, *parts.rest], _weather(parts, here, rest), place)
    people = account.in_season(said.seated(said.at_home(people, place), place), season, weather)
    key = key_of(parts.place) or place
    shown = nouns_shown(people, place, key, framing)
    own = {word for token in parts.place for word in (token.text, token.noun)}
    unknown = [found for found in said.unknown(parts.action, action, cast_now.used) if found[0].text not in own]
    unknown += said.unknown(parts.place, here, set(range(own_hit.start, own_hit.end)) if own_hit else set())
    left = account.unseen(parts.action, cast_now.named, shown)
    left += account.left_out(parts.action, action, cast_now.used, people, place, shown)
    left = tuple(word for word in left if word not in own)
    left += account.left_out(parts.place, [], set(), people, place, shown)
    if account.needs_the_waterside(people, place, key):
        key, left = place, (*left, *account.heights_in(key))
    return Brief(
        prompt=prompt,
        place=place,
        place_key=key,
        time=said.time(times, place),
        weather=weather,
        mood=said.mood(rest),
        style=said.style(style, rest),
        framing=framing,
        angle=cast("Literal['eye', 'low', 'high']", said.first(hits_in(parts.head), "angle", "eye")),
        season=season,
        subjects=people,
        undrawn=said.undrawn(unknown, (*left, *cast_now.undone), shown),
        is_style_known=said.is_style(style),
    )


def _sacred(tokens: list[Token]) -> str:
    """The inside of a church that is named alone as the place; else empty."""
    words = [token.text for token in tokens if token.is_word]
    return "church_interior" if words and words[-1] in _SACRED and len(words) < 4 else ""


def _within(tokens: list[Token], people: tuple[Subject, ...]) -> str:
    """The inside of a building that is the place (``a mountain hut``), where somebody does what is done within."""
    end = next((at for at, token in enumerate(tokens) if at and (not token.is_word or token.text in IN)), len(tokens))
    return inside_of(tokens[end - 1].noun) if tokens and said.is_done_within(people) else ""


def _weather(parts: Sections, here: list[Hit], rest: list[Hit]) -> tuple[str, ...]:
    """As the setting says; a frozen place lies under snow."""
    found = tuple(dict.fromkeys((*said.weather(rest, parts.rest), *said.weather(here, parts.place))))
    is_frozen = bool(_FROZEN & {token.text for token in parts.place})
    return (*found, "snow") if is_frozen and "snow" not in found else found


def _fit(people: tuple[Subject, ...], action: list[Token], place: str, framing: str) -> tuple[Subject, ...]:
    """``people`` less what would stand oddly beside them: doors, tiny things; what is stranded lies ashore."""
    words = [token.text for token in action]
    first_living = min((_at(one, action) for one in people if table()[one.kind].is_living), default=-1)
    kept: list[Subject] = []
    for one in people:
        at = _at(one, action)
        near = set(words[max(0, at - 3) : at])
        is_little = table()[one.kind].height_in_people < _TINY_PEOPLE and framing in _WHOLE
        is_beside = first_living >= 0 and (at > first_living or is_little)
        if (is_beside and _is_clutter(one.kind, near, framing, place)) or _is_too_much(one, kept, framing, place):
            continue
        kept.append(_posed(one, near, set(words), place))
    if place not in said.INDOORS and _handles_the_moon(words) and not any(one.kind == "moon" for one in kept):
        kept.append(Subject("moon", "moon", relation="in_air"))
    return tuple(kept)


def _in_boats(people: tuple[Subject, ...], place: list[Token], framing: str) -> tuple[Subject, ...]:
    """Those who are in ``a boat on the sea`` sit in one: they would stand upon the water."""
    named = next((token.text for token in place if token.is_word and token.text not in ARTICLES), "")
    if framing not in _WHOLE or named not in _BOATS:
        return people
    crew = {one for one in people if table()[one.kind].is_person and one.relation == "on_ground"}
    put = (replace(one, pose="boating", relation="on_water", relative_to="") if one in crew else one for one in people)
    return tuple(one for one in put if not (crew and one.kind == "rowing_boat"))


def _is_too_much(one: Subject, kept: list[Subject], framing: str, place: str) -> bool:
    """True for boats within doors, and for onlookers who would stand before two who matter."""
    if place == "garden" and one.kind in {"bouquet", "flower", "tulip", "rose"}:
        return True
    if place in _WOODED and one.kind in _TREES:
        return True
    if place in said.INDOORS and table()[one.kind].is_building:
        return bool(kept)
    if place in said.INDOORS and table()[one.kind].anchor == "water":
        return bool(kept)
    return framing in _NEAR and one.count > 1 and table()[one.kind].is_person and _living(kept) > 1


def _posed(one: Subject, near: set[str], words: set[str], place: str) -> Subject:
    """Stairs are walked up, who bends over a bench works at it; wheels of a clock are gears, what is stranded lies."""
    if one.pose == "climbing" and not words & _CLIMBED:
        one = replace(one, pose="walking")
    if one.pose == "kneeling" and words & _BENCHES:
        one = replace(one, pose="working")
    if one.kind == "wheel" and (place in said.INDOORS or near & _WHEELS):
        one = replace(one, kind="gear")
    if near & _LEFT_ASHORE and table()[one.kind].anchor in {"water", "swim"}:
        one = replace(one, relation="on_ground", relative_to="")
    return one


def _at(one: Subject, action: list[Token]) -> int:
    """Where ``one`` is named first."""
    return next((at for at, token in enumerate(action) if token.noun == one.noun.split()[-1]), 0)


def _living(people: list[Subject]) -> int:
    return sum(table()[one.kind].is_living for one in people)


def _handles_the_moon(words: list[str]) -> bool:
    """True for ``drags the moon along``: it is something in the story, more than a light in the sky."""
    return any(
        words[at : at + 2] == ["the", "moon"]
        and (at == 0 or words[at - 1] not in IN | _MEANWHILE or words[at - 1] == "before")
        for at in range(len(words) - 1)
    )


def _is_clutter(kind: str, near: set[str], framing: str, place: str) -> bool:
    record = table()[kind]
    if kind == "door":
        return True
    if not is_thing(kind) or record.anchor in {"fire", "water", "swim"}:
        return False
    if near & _SMALL_WORDS or record.anchor == "air":
        return True
    return record.height_in_people < (_SMALL_PEOPLE if framing in _WIDE else _TINY_PEOPLE) and framing in _WHOLE


def _decor(
    tokens: list[Token], hits: list[Hit], chosen: Hit | None, framing: str, place: str, there: set[str]
) -> tuple[Subject, ...]:
    """What the place's own words add: ``a village square with an old well``."""
    found = []
    taken = set(range(chosen.start, chosen.end)) if chosen else set()
    for hit in hits:
        follows = tokens[hit.end] if hit.end < len(tokens) else None
        if follows is not None and follows.is_word and follows.text not in IN | {"with", "and", "behind", "between"}:
            continue
        if place in _BUILT_UP and hit.slot == "subject" and table()[hit.value].is_building:
            continue
        if hit.slot != "subject" or hit.value in there or taken & set(range(hit.start, hit.end)):
            continue
        is_plural = tokens[hit.end - 1].is_plural
        if is_decor(hit.value, is_plural=is_plural, framing=framing, indoors=place in said.INDOORS):
            found.append(Subject(hit.value, hit.phrase, 3 if is_plural else 1))
            there = there | {hit.value}
    return tuple(found[:2])
