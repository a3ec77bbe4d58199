"""Which function paints which kind of place."""

from __future__ import annotations

from collections.abc import Callable

from studio.engines.storyboard import (
    places_beyond,
    places_built,
    places_coast,
    places_fields,
    places_fresh_water,
    places_glass,
    places_grounds,
    places_halls,
    places_inside,
    places_passages,
    places_shores,
    places_stairs,
    places_tower,
    places_town,
    places_water,
    places_ways,
    places_wild,
    places_woods,
    places_work,
)
from studio.engines.storyboard.places_variants import variant_of
from studio.engines.storyboard.stage import Stage

Painter = Callable[[Stage], None]

_ROOMS = ("room", "kitchen", "bedroom", "attic", "library", "cafe", "shop")
_WORKROOMS = ("workshop", "laboratory", "hospital", "school", "office", "cellar", "prison", "factory")
_HALLS = ("theatre", "gallery", "church_interior", "hall")
_WAYS_WITHIN = ("corridor", "lift", "staircase", "tunnel", "museum", "greenhouse", "compartment", "cockpit")


def painters() -> dict[str, Painter]:
    """Every kind of place by name, its variants too.

    A place asked for by its kind is painted as the variant that its name asks for: a ``shore`` that is
    called ``cliff path`` gets its cliffs.
    """
    shelves = (
        (places_water, ("sea", "shore", "harbour", "island", "lake")),
        (places_coast, ("cliff_path", "pebble_beach", "rocky_shore", "sea_dunes", "tropical_beach")),
        (places_shores, ("pier", "frozen_lake", "fjord", "pond", "mangroves")),
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
        (places_halls, (*_HALLS, "museum")),
        (places_passages, ("corridor", "lift")),
        (places_stairs, ("staircase", "tunnel")),
        (places_glass, ("greenhouse", "compartment", "cockpit")),
        (places_tower, ("tower",)),
        (places_beyond, ("spaceship", "space", "planet", "sky")),
    )
    plain = {name: getattr(module, name) for module, names in shelves for name in names}
    return {name: _as_named(name, plain) for name in plain}


def _as_named(kind: str, plain: dict[str, Painter]) -> Painter:
    def paint(stage: Stage) -> None:
        plain[variant_of(kind, stage.brief.place_key)](stage)

    return paint


def indoor_places() -> frozenset[str]:
    """Kinds of place with a roof: weather shows in their windows only."""
    return frozenset((*_ROOMS, *_WORKROOMS, *_HALLS, *_WAYS_WITHIN, "tower", "spaceship", "cave"))
