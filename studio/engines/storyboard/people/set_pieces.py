"""What a doing is done at: the desk of a writer, the piano, a door that opens, the ladder that is climbed.

Drawn with the figure, in body units about its hip.
"""

from __future__ import annotations

from studio.engines.storyboard.people import pieces_arts, pieces_tables, pieces_ways, pieces_work
from studio.engines.storyboard.people.body import Body, Joints
from studio.engines.storyboard.people.held import Held


def piece(name: str, joints: Joints, body: Body, paint: str = "") -> Held:
    """The set piece ``name`` for a figure: behind it and before it; nothing for an unknown name.

    ``paint`` is the colour that somebody asked for, in which a bicycle is drawn.
    """
    if paint and name == "bicycle":
        return pieces_ways.bicycle(joints, body, paint)
    draw = _PIECES.get(name)
    return draw(joints, body) if draw else Held()


def names() -> frozenset[str]:
    """All set pieces."""
    return frozenset(_PIECES)


_PIECES = {
    "desk": pieces_tables.desk, "keys": pieces_tables.keys, "meal": pieces_tables.meal, "cloth": pieces_tables.cloth, "piano": pieces_arts.piano, "drums": pieces_arts.drums, "easel": pieces_arts.easel,
    "stove": pieces_tables.stove, "bench": pieces_tables.bench, "rag": pieces_arts.rag, "dough": pieces_tables.dough, "toys": pieces_arts.toys, "telescope": pieces_arts.telescope, "anvil": pieces_work.anvil, "spade": pieces_work.spade, "broom": pieces_work.broom, "wheel": pieces_work.wheel, "can": pieces_work.can,
    "teddy": pieces_work.teddy,
    "tow": pieces_work.tow,
    "helm": pieces_work.helm,
    "door": pieces_ways.door, "shut_door": pieces_ways.shut_door, "window": pieces_ways.window, "shut_window": pieces_ways.shut_window, "ladder": pieces_ways.ladder,
    "rope": pieces_ways.rope, "rock": pieces_ways.rock, "bicycle": pieces_ways.bicycle, "boat": pieces_ways.boat, "bed": pieces_ways.bed, "park_bench": pieces_ways.park_bench, "sofa": pieces_ways.sofa, "water": pieces_ways.water,
}  # fmt: skip
