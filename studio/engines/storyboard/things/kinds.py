"""Everything that is drawn by code and is no person, by the name its record gives."""

from __future__ import annotations

from collections.abc import Callable

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import group, path
from studio.engines.storyboard.things import (
    beasts,
    birds,
    carriages,
    creatures,
    furnishings,
    icons,
    landmarks,
    machines,
    objects,
    plants,
    vessels,
)
from studio.engines.storyboard.things.records import table

Artist = Callable[[Subject, int], Drawing]
_SHELVES = {
    creatures: "dragon ghost alien troll scarecrow sea_turtle frog",
    machines: "robot",
    birds: "raven seagull",
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
        "typewriter gramophone cauldron ship_wheel sword rifle pocket_watch moon planet bottle hand eye easel beehive"
    ),
}
_BEASTS = frozenset(("dog", "wolf", "husky", "fox", "bear", "polar_bear", "panda", "lion", "pig", "deer"))


def drawing(name: str, subject: Subject, variant: int) -> Drawing:
    """The art ``name`` for ``subject``. Raises KeyError for an unknown name."""
    if name in _BEASTS:
        return beasts.beast(name, subject, variant)
    if name == "unicorn":
        return _unicorn()
    for shelf, names in _SHELVES.items():
        if name in names.split():
            artist: Artist = getattr(shelf, name)
            return artist(subject, variant)
    raise KeyError(name)


def names() -> frozenset[str]:
    """All that can be drawn by code."""
    return frozenset(name for words in _SHELVES.values() for name in words.split()) | _BEASTS | {"unicorn"}


def _unicorn() -> Drawing:
    """The vendored horse, whitened, with a horn."""
    horse = icons.drawing("noto", "horse", table()["horse"])
    horn = path("M-5,0 L0,-30 L5,0 Z", "#e6c35c")
    white = (
        '<filter id="pale"><feColorMatrix type="matrix" values="0.25 0.3 0.1 0 0.36 '
        '0.25 0.3 0.1 0 0.35 0.25 0.3 0.12 0 0.38 0 0 0 1 0"/></filter>'
    )
    body = f'{white}<g filter="url(#pale)">{horse.body}</g>' + group(horn, x=22, y=16, turn=-24)
    return Drawing(
        body,
        (-4, -20, horse.box[2], horse.box[3]),
        horse.foot,
        horse.height,
        (),
        horse.faces,
        is_cropped_height=True,
    )
