"""Everything that is drawn by code and is no person, by the name its record gives."""

from __future__ import annotations

from collections.abc import Callable

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.things import (
    beasts,
    birds,
    carriages,
    creatures,
    furnishings,
    horses,
    landmarks,
    machines,
    objects,
    plants,
    vessels,
)

Artist = Callable[[Subject, int], Drawing]
_SHELVES = {
    creatures: "dragon ghost alien troll scarecrow sea_turtle frog",
    horses: "horse unicorn",
    machines: "robot",
    birds: "raven seagull pigeon",
    landmarks: (
        "lighthouse castle house cabin barn windmill wind_turbine tower clock_tower "
        "skyscraper pyramid igloo tent "
        "statue obelisk"
    ),
    plants: "oak pine birch palm willow dead_tree cherry bush tomato",
    vessels: "schooner galleon viking_ship rowing_boat submarine paper_boat",
    carriages: "train airship hot_air_balloon spaceship wagon cannon",
    furnishings: (
        "lantern street_lamp campfire torch umbrella piano armchair bench table "
        "bookshelf fireplace throne well swing "
        "signpost"
    ),
    objects: (
        "typewriter gramophone cauldron ship_wheel sword rifle pocket_watch moon planet bottle hand eye easel beehive book_pile"
    ),
}
_BEASTS = frozenset(("dog", "wolf", "husky", "fox", "bear", "polar_bear", "panda", "lion", "pig", "deer", "cat"))


def drawing(name: str, subject: Subject, variant: int) -> Drawing:
    """The art ``name`` for ``subject``. Raises KeyError for an unknown name."""
    if name in _BEASTS:
        return beasts.beast(name, subject, variant)
    for shelf, names in _SHELVES.items():
        if name in names.split():
            artist: Artist = getattr(shelf, name)
            return artist(subject, variant)
    raise KeyError(name)


def names() -> frozenset[str]:
    """All that can be drawn by code."""
    return frozenset(name for words in _SHELVES.values() for name in words.split()) | _BEASTS
