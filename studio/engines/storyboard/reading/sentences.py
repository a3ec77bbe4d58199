"""Reading: what a prompt in plain English asks to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from studio.engines.storyboard.picture.shown import nouns_shown
from studio.engines.storyboard.reading import account, said
from studio.engines.storyboard.reading.casting import cast_in
from studio.engines.storyboard.reading.lexicon import Hit, hits_in
from studio.engines.storyboard.reading.names import without_names
from studio.engines.storyboard.reading.planned import read_planned
from studio.engines.storyboard.reading.scenery import best_place, compounds, interiors, place_key
from studio.engines.storyboard.reading.setting import sections_of
from studio.engines.storyboard.sheet.brief import Brief, Subject
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token, tokens_of


def read_prompt(prompt: str, *, style: str) -> Brief:
    """``prompt`` understood. ``style`` (the film's, in any words) leads, style words of the prompt follow.

    Nothing raises: an empty prompt is a meadow by day. ``undrawn`` has what is concrete but cannot be drawn.
    """
    tokens = tokens_of(without_names(prompt))
    sections = sections_of(tokens)
    if sections is not None:
        return read_planned(prompt, sections, style=style)
    hits = said.without_denied([*hits_in(tokens), *compounds(tokens), *interiors(tokens)], tokens)
    hits = said.without_painted(said.without_doings(hits), tokens)
    place_hit = best_place(hits, tokens)
    place = place_hit.value if place_hit else ""
    cast_now = cast_in(tokens, hits, place_hit)
    people = cast_now.subjects
    unknown = said.unknown(tokens, hits, cast_now.used)
    if not place:
        place = _place_said_otherwise(unknown) or said.lit_room(hits) or said.home_of(people)
    people = said.at_home(people, place)
    time = said.time(hits, place)
    weather = said.weather(hits, tokens)
    place = said.on_the_road(people, _reconciled(place, weather, people, hits, place_hit))
    key = place_key(tokens, place_hit, place, hits)
    taken = cast_now.used | (set(range(place_hit.start, place_hit.end)) if place_hit else set())
    framing = said.framing_of(hits, people)
    weather, season = account.wintry(tokens, weather, place), account.season_of(tokens)
    people = account.in_season(said.seated(people, place), season, weather)
    shown = nouns_shown(people, place, key, framing)
    left = (
        *account.left_out(tokens, hits, taken, people, place, shown),
        *account.unseen(tokens, cast_now.named, shown),
    )
    if account.needs_the_waterside(people, place, key):
        key, left = place, (*left, *account.heights_in(key))
    return Brief(
        prompt=prompt,
        place=place,
        place_key=key,
        time=time,
        weather=weather,
        mood=said.mood(hits),
        style=said.style(style, hits),
        framing=framing,
        angle=cast("Literal['eye', 'low', 'high']", said.first(hits, "angle", "eye")),
        season=season,
        subjects=people,
        undrawn=said.undrawn(unknown, (*left, *cast_now.undone), shown),
        is_style_known=said.is_style(style),
    )


def _place_said_otherwise(unknown: list[tuple[Token, str]]) -> str:
    return next((kind[1:] for _, kind in unknown if kind.startswith("@")), "")


def _reconciled(
    place: str, weather: tuple[str, ...], people: tuple[Subject, ...], hits: Iterable[Hit], place_hit: Hit | None
) -> str:
    """``place``, unless weather or company make no sense there."""
    phrases = {hit.phrase for hit in hits if hit.slot == "place"}
    if place_hit is None and weather and place in said.INDOORS:
        return "street"
    if place == "snowfield" and any(table()[one.kind].anchor == "water" for one in people):
        return "sea"
    if place == "desert" and "snow" in weather and place_hit is None:
        return "snowfield"
    if place == "meadow" and "savannah" not in phrases and "snow" in weather and place_hit is None:
        return "snowfield"
    return place or "meadow"
