"""Which function paints which kind of place."""

from __future__ import annotations

from collections.abc import Callable

from studio.engines.storyboard.places import (
    beyond,
    built,
    chambers,
    coast,
    crafts,
    fields,
    fresh_water,
    glass,
    grounds,
    halls,
    heights,
    industry,
    inside,
    leisure,
    outings,
    passages,
    planted,
    public,
    reef,
    roadside,
    shores,
    slopes,
    spans,
    stairs,
    stations,
    tower,
    town,
    wanders,
    water,
    ways,
    wild,
    woods,
    work,
)
from studio.engines.storyboard.places.variants import variant_of
from studio.engines.storyboard.sheet.stage import Stage

Painter = Callable[[Stage], None]

_ROOMS = ("room", "kitchen", "bedroom", "attic", "library", "cafe", "shop")
_WORKROOMS = ("workshop", "laboratory", "hospital", "school", "office", "cellar", "prison", "factory")
_HALLS = ("theatre", "gallery", "church_interior", "hall")
_TRADES = ("forge", "bakery", "bar", "barber", "laundry", "supermarket")
_PUBLIC = ("courtroom", "hotel_lobby", "gym", "bowling", "restaurant", "bathroom", "flower_shop", "pharmacy")
_CHAMBERS = ("observatory", "barn", "submarine", "car_park")
_LIT_HALLS = ("underground", "airport", "rink", "circus", "winding_stair", "crystal_cave", "igloo", "nightclub")
_WAYS_WITHIN = ("corridor", "lift", "staircase", "tunnel", "museum", "greenhouse", "compartment", "cockpit")


def painters() -> dict[str, Painter]:
    """Every kind of place by name, its variants too.

    A place asked for by its kind is painted as the variant that its name asks for: a ``shore`` that is
    called ``cliff path`` gets its cliffs.
    """
    shelves = (
        (water, ("sea", "shore", "harbour", "island", "lake")),
        (coast, ("cliff_path", "pebble_beach", "rocky_shore", "sea_dunes", "tropical_beach")),
        (shores, ("pier", "frozen_lake", "fjord", "pond", "mangroves")),
        (fresh_water, ("underwater", "river", "waterfall", "swamp")),
        (wild, ("desert", "mountains", "hills", "meadow", "farm")),
        (woods, ("forest", "jungle", "snowfield", "cave")),
        (town, ("village", "town", "city", "street", "market")),
        (ways, ("rooftop", "bridge", "road", "railway")),
        (built, ("castle", "ruins", "temple")),
        (grounds, ("garden", "park", "graveyard")),
        (fields, ("stadium", "battlefield")),
        (inside, _ROOMS),
        (work, _WORKROOMS),
        (halls, (*_HALLS, "museum")),
        (passages, ("corridor", "lift")),
        (stairs, ("staircase", "tunnel")),
        (glass, ("greenhouse", "compartment", "cockpit")),
        (tower, ("tower",)),
        (reef, ("coral_reef",)),
        (public, _PUBLIC),
        (outings, ("funfair", "camp", "zoo", "tree_house")),
        (wanders, ("maze", "cornfield", "igloo", "western_town", "hot_spring", "nightclub")),
        (slopes, ("ski_slope", "rock_face")),
        (roadside, ("petrol_station", "fire_station", "bus_stop", "race_track", "ship_deck", "cloister")),
        (beyond, ("spaceship", "space", "planet", "sky")),
        (spans, ("viaduct", "hanging_bridge", "dam", "canal")),
        (stations, ("platform", "underground", "airport")),
        (crafts, _TRADES),
        (planted, ("vineyard", "orchard", "flower_rows", "bamboo")),
        (industry, ("building_site", "crane_port", "oil_rig", "motorway")),
        (leisure, ("pool", "rink", "circus", "playground")),
        (chambers, _CHAMBERS),
        (heights, ("winding_stair", "balcony", "volcano", "crystal_cave")),
    )
    plain = {name: getattr(module, name) for module, names in shelves for name in names}
    return {name: _as_named(name, plain) for name in plain}


def _as_named(kind: str, plain: dict[str, Painter]) -> Painter:
    def paint(stage: Stage) -> None:
        plain[variant_of(kind, stage.brief.place_key)](stage)

    return paint


def indoor_places() -> frozenset[str]:
    """Kinds of place with a roof: weather shows in their windows only."""
    rooms = (*_ROOMS, *_WORKROOMS, *_HALLS, *_WAYS_WITHIN, *_TRADES, *_PUBLIC, *_CHAMBERS, *_LIT_HALLS)
    return frozenset((*rooms, "tower", "spaceship", "cave"))
