"""Horses drawn by code, looking right: they stand, walk, gallop, leap and graze. Feet at y = 0, ears at about -252."""

from __future__ import annotations

from dataclasses import replace

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import ellipse, group, hex_of, path, shade, stroke, taper
from studio.engines.storyboard.things.beast_parts import step

_COATS = {"white": "#e9e6de", "black": "#34323a", "grey": "#9a9ba0", "gray": "#9a9ba0", "brown": "#7d4e2f"}
_LEGS = {
    "standing": ((3, 0), (-5, -2), (8, -10), (-2, -16)),
    "walking": ((24, 6), (-20, -34), (22, -14), (-18, -30)),
    "running": ((74, 20), (52, -14), (-42, -78), (-62, -52)),
}
"""Angles of upper and lower leg from straight down: near fore, far fore, near hind, far hind."""
_TRUNK = (
    "M-94,-152 C-116,-128 -108,-98 -78,-94 C-52,-92 -30,-82 6,-84 C40,-84 72,-92 88,-116 C98,-136 92,-158 76,-166 "
    "C56,-172 40,-160 14,-154 C-18,-148 -36,-160 -58,-164 C-74,-166 -86,-162 -94,-152 Z"
)
_NECK = "M38,-158 C62,-178 84,-210 104,-232 L132,-206 C116,-180 112,-144 92,-112 C70,-100 44,-124 38,-158 Z"
_HEAD = (
    "M100,-230 C108,-246 128,-244 138,-230 C150,-216 166,-200 180,-184 C188,-174 184,-160 170,-160 C156,-158 146,-168 134,-178 "
    "C118,-182 104,-196 100,-212 Z"
)
_MANE = (
    "M116,-246 C92,-236 60,-200 34,-162 C30,-146 40,-132 50,-138 C52,-152 60,-150 66,-158 C66,-170 76,-172 80,-180 "
    "C82,-192 92,-194 96,-204 C100,-214 112,-218 118,-226 Z"
)
_NECK_ROOT = (64.0, -132.0)
_FAST = frozenset(("running", "jumping", "chasing"))


def horse(subject: Subject, variant: int) -> Drawing:
    """A horse in the colour asked for, chestnut without one."""
    coat = _COATS.get(subject.colour, hex_of(subject.colour, "#a8693c")) if subject.colour else "#a8693c"
    mane = shade(coat, 0.5) if coat != _COATS["white"] else "#c9c4b8"
    pose = subject.pose
    is_fast = pose in _FAST
    gait = "running" if is_fast else "walking" if pose == "walking" else "standing"
    far, near = _legs(coat, gait)
    turn = 96 if pose == "eating" else 14 if is_fast else -14 if pose == "looking_up" else 0
    front = _about_the_neck(
        path(_NECK, coat)
        + _face(coat)
        + path(_MANE, mane)
        + path("M112,-246 C126,-246 136,-232 134,-216 C126,-224 116,-228 110,-236 Z", mane),
        turn,
    )
    light = path("M-84,-150 C-40,-162 10,-138 60,-160 C30,-140 -40,-140 -84,-150 Z", shade(coat, 1.2), opacity=0.6)
    belly = path("M-60,-96 C-20,-104 30,-98 74,-112 C60,-92 20,-84 -20,-86 Z", shade(coat, 0.8), opacity=0.7)
    art = _tail(mane, is_fast) + far + path(_TRUNK, coat) + light + belly + near + front
    if is_fast:
        art = group(art, y=-16 if pose != "jumping" else -60, turn=-4 if pose != "jumping" else -16)
    return Drawing(art, (-220, -330, 240, 30), (0, 0), 252)


def _about_the_neck(art: str, turn: float) -> str:
    x, y = _NECK_ROOT
    return f'<g transform="rotate({turn} {x} {y})">{art}</g>' if turn else art


def _face(coat: str) -> str:
    ears = path("M112,-236 L108,-264 L126,-242 Z", shade(coat, 0.85)) + path(
        "M100,-234 L92,-258 L112,-242 Z", shade(coat, 0.7)
    )
    muzzle = path(
        "M156,-190 C170,-196 184,-182 184,-172 C182,-160 164,-158 154,-164 C148,-172 150,-184 156,-190 Z",
        shade(coat, 0.72),
    )
    marks = (
        ellipse(135, -216, 4.2, 4.8, "#221c1a")
        + ellipse(136.4, -217.6, 1.3, 1.3, "#ffffff")
        + ellipse(174, -177, 3, 4, "#3a2a26")
    )
    return ears + path(_HEAD, coat) + muzzle + marks + stroke("M180,-166 Q168,-162 158,-168", "#3a2a26", 2)


def _tail(mane: str, is_fast: bool) -> str:
    if is_fast:
        return path(
            "M-90,-152 C-130,-176 -178,-160 -206,-128 C-176,-136 -156,-128 -150,-120 C-130,-130 -108,-126 -92,-134 Z",
            mane,
        )
    return path(
        "M-90,-154 C-130,-152 -138,-100 -128,-44 C-118,-52 -112,-64 -108,-58 C-100,-90 -100,-116 -88,-130 Z", mane
    )


def _legs(coat: str, gait: str) -> tuple[str, str]:
    far, near = "", ""
    for i, (upper, lower) in enumerate(_LEGS[gait]):
        is_far, is_hind = i % 2 == 1, i > 1
        tone = shade(coat, 0.7 if is_far else 0.96)
        root = ((-82 if is_hind else 64) + (10 if is_far else 0), -118.0)
        knee = step(root, upper + (10 if is_hind else 0), 60 if is_hind else 58)
        foot = step(knee, lower, 54)
        if gait != "running" and abs(lower) < 20:
            foot = (foot[0], -6.0)
        leg = taper(root, knee, 25 if is_hind else 19, 10, tone) + taper(knee, foot, 9.5, 6.5, tone)
        hoof = group(
            path("M-9,-8 H8 L13,6 H-10 Z", shade("#3a302c", 0.8 if is_far else 1.0)),
            x=foot[0],
            y=foot[1],
            turn=-lower * 0.5 if gait == "running" else 0,
        )
        if is_far:
            far += leg + hoof
        else:
            near += leg + hoof
    return far, near


def unicorn(subject: Subject, variant: int) -> Drawing:
    """A white horse with a horn."""
    made = horse(replace(subject, colour=subject.colour or "white"), variant)
    turn = 96 if subject.pose == "eating" else 14 if subject.pose in _FAST else 0
    horn = _about_the_neck(
        group(
            path("M-6,0 L0,-58 L6,0 Z", "#e6c35c") + stroke("M-4,-12 L4,-18 M-3,-26 L3,-32", "#b98f34", 2),
            x=128,
            y=-236,
            turn=26,
        ),
        turn,
    )
    return replace(made, body=made.body + horn)
