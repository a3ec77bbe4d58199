"""What a doing is done at: the desk of a writer, the piano, a door that opens, the ladder that is climbed.

Drawn with the figure, in body units about its hip.
"""

from __future__ import annotations

from typing import Protocol

from studio.engines.storyboard.people import (
    pieces_arts,
    pieces_craft,
    pieces_garden,
    pieces_home,
    pieces_play,
    pieces_tables,
    pieces_ways,
    pieces_work,
)
from studio.engines.storyboard.people.body import Body, Joints
from studio.engines.storyboard.people.held import Held


def piece(name: str, joints: Joints, body: Body, paint: str = "") -> Held:
    """The set piece ``name`` for a figure: behind it and before it; nothing for an unknown name.

    ``paint`` is the colour that somebody asked for: of a bicycle, of a wall that is painted, of what is sewn.
    """
    if name in _TINTED:
        tinted = _TINTED[name]
        return tinted(joints, body, paint) if paint else tinted(joints, body)
    draw = _PIECES.get(name)
    return draw(joints, body) if draw else Held()


def names() -> frozenset[str]:
    """All set pieces."""
    return frozenset(_PIECES) | frozenset(_TINTED)


def tinted() -> frozenset[str]:
    """Those that are drawn in the colour somebody asks for."""
    return frozenset(_TINTED)


def wants_a_near_eye(name: str) -> bool:
    """True if the set piece ``name`` is lost from afar: all but what carries, bears or houses somebody."""
    return name in names() and name not in _SEEN_FROM_AFAR


class _Tinted(Protocol):
    def __call__(self, joints: Joints, body: Body, paint: str = ..., /) -> Held: ...


_TINTED: dict[str, _Tinted] = {
    "bicycle": pieces_ways.bicycle, "bicycle_stand": pieces_craft.bicycle_stand, "wall_paint": pieces_craft.wall_paint,
    "fence": pieces_craft.fence, "cloth": pieces_tables.cloth, "sewing_machine": pieces_home.sewing_machine,
    "knitting": pieces_home.knitting, "ironing": pieces_home.ironing,
}  # fmt: skip
_PIECES = {
    "cake": pieces_home.cake, "candles": pieces_home.candles, "fire_pot": pieces_home.fire_pot, "blackboard": pieces_home.blackboard,
    "grindstone": pieces_craft.grindstone, "mast": pieces_ways.mast,
    "desk": pieces_tables.desk, "keys": pieces_tables.keys, "meal": pieces_tables.meal, "stove": pieces_tables.stove,
    "bench": pieces_tables.bench, "dough": pieces_tables.dough,
    "teapot": pieces_home.teapot, "bottle": pieces_home.bottle, "jug": pieces_home.jug, "washing_line": pieces_home.washing_line,
    "sink": pieces_home.sink, "mirror": pieces_home.mirror, "shaving": pieces_home.shaving, "hairbrush": pieces_home.hairbrush,
    "cutting_board": pieces_home.cutting_board, "chess": pieces_home.chess,
    "blade": pieces_craft.blade, "net": pieces_craft.net, "clock_bench": pieces_craft.clock_bench, "nailing": pieces_craft.nailing, "saw_horse": pieces_craft.sawing, "chopping_block": pieces_craft.chopping_block,
    "potters_wheel": pieces_craft.potters_wheel, "microscope": pieces_craft.microscope, "statue": pieces_craft.statue,
    "chalk": pieces_craft.chalk, "repair": pieces_craft.repair, "torch_flame": pieces_craft.torch_flame,
    "hose": pieces_garden.hose, "rake": pieces_garden.rake, "barrow": pieces_garden.barrow, "branch": pieces_garden.branch,
    "seedlings": pieces_garden.seedlings, "flowers": pieces_garden.flowers, "grain": pieces_garden.grain, "knot": pieces_garden.knot,
    "cello": pieces_play.cello, "harp": pieces_play.harp, "accordion": pieces_play.accordion, "saxophone": pieces_play.saxophone,
    "skis": pieces_play.skis, "surfboard": pieces_play.surfboard, "skateboard": pieces_play.skateboard,
    "skipping_rope": pieces_play.skipping_rope, "juggling_balls": pieces_play.juggling_balls, "barbell": pieces_play.barbell, "swing": pieces_play.swing, "drawn_bow": pieces_play.drawn_bow,
    "piano": pieces_arts.piano, "drums": pieces_arts.drums, "easel": pieces_arts.easel, "rag": pieces_arts.rag, "toys": pieces_arts.toys,
    "telescope": pieces_arts.telescope,
    "anvil": pieces_work.anvil, "spade": pieces_work.spade, "broom": pieces_work.broom, "wheel": pieces_work.wheel, "helm": pieces_work.helm,
    "can": pieces_work.can, "teddy": pieces_work.teddy, "tow": pieces_work.tow,
    "door": pieces_ways.door, "shut_door": pieces_ways.shut_door, "window": pieces_ways.window, "shut_window": pieces_ways.shut_window,
    "ladder": pieces_ways.ladder, "rope": pieces_ways.rope, "rock": pieces_ways.rock, "boat": pieces_ways.boat, "bed": pieces_ways.bed,
    "park_bench": pieces_ways.park_bench, "sofa": pieces_ways.sofa, "water": pieces_ways.water,
}  # fmt: skip
_SEEN_FROM_AFAR = frozenset(
    "door shut_door mast window shut_window ladder rope rock boat helm bed park_bench sofa water bicycle tow skis".split()
)
