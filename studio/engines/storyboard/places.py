"""Which function paints which kind of place."""

from __future__ import annotations

from collections.abc import Callable

from studio.engines.storyboard import (
    places_beyond,
    places_built,
    places_fields,
    places_fresh_water,
    places_grounds,
    places_halls,
    places_inside,
    places_tower,
    places_town,
    places_water,
    places_ways,
    places_wild,
    places_woods,
    places_work,
)
from studio.engines.storyboard.stage import Stage

Painter = Callable[[Stage], None]

_ROOMS = ("room", "kitchen", "bedroom", "attic", "library", "cafe", "shop")
_WORKROOMS = ("workshop", "laboratory", "hospital", "school", "office", "cellar", "prison", "factory")
_HALLS = ("theatre", "gallery", "church_interior", "hall")


def painters() -> dict[str, Painter]:
    """Every kind of place by name."""
    shelves = (
        (places_water, ("sea", "shore", "harbour", "island", "lake")),
        (places_fresh_water, ("underwater", "river", "waterfall", "swamp")),
        (places_wild, ("desert", "mountains", "hills", "meadow", "farm")),
        (places_woods, ("forest", "jungle", "snowfield", "cave")),
        (places_town, ("village", "town", "city", "street", "market")),
        (places_ways, ("rooftop", "bridge", "road", "railway")),
        (places_built, ("castle", "ruins", "temple")),
        (places_grounds, ("garden", "park", "graveyard")),
        (places_fields, ("stadium", "battlefield")),
        (places_inside, _ROOMS),
        (places_work, _WORKROOMS),
        (places_halls, _HALLS),
        (places_tower, ("tower",)),
        (places_beyond, ("spaceship", "space", "planet", "sky")),
    )
    return {name: getattr(module, name) for module, names in shelves for name in names}


def indoor_places() -> frozenset[str]:
    """Kinds of place with a roof: weather shows in their windows only."""
    return frozenset((*_ROOMS, *_WORKROOMS, *_HALLS, "tower", "spaceship", "cave"))
