"""What a picture shows, as the nouns that a sentence may have for it: who is in it, what is held, what the place has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from studio.engines.storyboard.people import portraits
from studio.engines.storyboard.picture import subjects
from studio.engines.storyboard.places.variants import variant_of
from studio.engines.storyboard.reading import said
from studio.engines.storyboard.reading.lexicon import SEATS
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.vocabulary import vocabulary
from studio.media.assets import asset_path


def nouns_shown(people: Iterable[Subject], place: str, place_key: str, framing: str) -> frozenset[str]:
    """Every noun, small and singular, for something that stands in the picture of ``people`` at the place."""
    kind = variant_of(place, place_key)
    found = set(_said_of("place", "indoors" if place in said.INDOORS else "outdoors") | _said_of("place", kind))
    heads = portraits.MOST if framing in portraits.SHARES else 0
    for one in people:
        record = table()[one.kind]
        found |= {word for name in (*record.words, one.noun) for word in (name, *name.split())}
        if not record.is_person:
            found |= _said_of("pose", one.pose)
            continue
        if heads:
            heads -= min(heads, one.count)
            held: tuple[str, ...] = (subjects.in_hand(one),)
        else:
            found |= {word for pose in one.pose.split("+") for word in _said_of("pose", pose)}
            held = (*subjects.held_by(one), *(prop for prop in one.props if prop in SEATS or ":" in prop))
        found |= {word for prop in held for word in _words_of(prop)}
    return frozenset(found)


def _words_of(prop: str) -> set[str]:
    """The nouns for something held (``bag:#8a4b2f``), sat upon, or drawn with its bearer (``mount:horse``)."""
    kind, _, other = prop.partition(":")
    if other in table():
        return {word for name in table()[other].words for word in (name, *name.split())}
    names = {kind.replace("_", " "), *(phrase for phrase, value in vocabulary("prop").items() if value == kind)}
    return {word for name in names for word in (name, *name.split())}


def _said_of(what: str, name: str) -> frozenset[str]:
    return _table().get((what, name), frozenset())


@cache
def _table() -> dict[tuple[str, str], frozenset[str]]:
    lines = asset_path("storyboard/shown.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(what, name): frozenset(words.split()) for what, name, words in rows}
