"""Four-legged animals drawn by code, looking right: what they do. Units: about 100 at the shoulder, feet at y = 0."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import ellipse, group, hex_of, shade, stroke, taper
from studio.engines.storyboard.things.beast_parts import Beast, head, leg, tail, trunk
from studio.media.assets import asset_path

_GAITS = {
    "standing": ((4, -4), (-6, 4), (8, -2), (-14, 6)),
    "walking": ((26, 4), (-22, -34), (24, -6), (-20, -30)),
    "running": ((62, 40), (44, 10), (-48, -66), (-62, -84)),
}
_AT_A_RUN = frozenset(("running", "jumping", "chasing", "flying"))


def beast(name: str, subject: Subject, variant: int) -> Drawing:
    """A four-legged animal: it stands, walks, runs, leaps, sits, lies, sleeps, feeds, howls, looks up or swims."""
    made = _herd()[name]
    tint = hex_of(subject.colour, "") if subject.colour else ""
    if tint:
        made = _tinted(made, tint)
    height = made.leg + made.chest * 2 + 34
    pose, foot = subject.pose, (0.0, 0.0)
    if pose in {"sitting", "waiting"}:
        art = _sitting(made)
    elif pose == "lying":
        art = _lying(made)
    elif pose == "sleeping":
        art = _sleeping(made)
    elif pose == "swimming":
        art, foot = _swimming(made), (0.0, -(made.leg + made.chest * 0.4))
    elif pose == "jumping":
        art = group(_on_legs(made, "running", made.neck_angle), y=-0.62 * made.leg, turn=-16)
    elif pose == "eating":
        art = _on_legs(made, "standing", 138, tilt=52)
    elif pose == "howling":
        art = _on_legs(replace(made, neck=made.neck * 1.3), "standing", 4, tilt=-70, is_open=True)
    elif pose == "looking_up":
        art = _on_legs(made, "standing", made.neck_angle - 12, tilt=-34)
    else:
        art = _on_legs(
            made, "running" if pose in _AT_A_RUN else pose if pose in _GAITS else "standing", made.neck_angle
        )
    return Drawing(art, (-260, -280, 260, 60), foot, height)


@cache
def _herd() -> dict[str, Beast]:
    text = asset_path("storyboard/beasts.json").read_text(encoding="utf-8")
    return {name: Beast(**values) for name, values in json.loads(text).items()}


def _tinted(made: Beast, tint: str) -> Beast:
    return replace(made, coat=tint, belly=shade(tint, 1.25))


def _on_legs(b: Beast, gait: str, neck_angle: float, *, tilt: float = 0, is_open: bool = False) -> str:
    angles = _GAITS[gait]
    lift = 8 if gait == "running" else 0
    y = -(b.leg + b.chest * 0.55) - lift
    hip, chest = (-b.length / 2, y + 2), (b.length / 2, y)
    legs = []
    for i, (root, (upper, lower)) in enumerate(zip((chest, chest, hip, hip), angles, strict=True)):
        is_far = i in {1, 3}
        start = (root[0] - (6 if is_far else -2), y + b.chest * 0.3)
        legs.append((is_far, leg(b, start, upper, lower, is_far, is_hind=i > 1, ground=gait != "running")))
    far = "".join(art for is_far, art in legs if is_far)
    near = "".join(art for is_far, art in legs if not is_far)
    return tail(b, hip, gait) + far + trunk(b, hip, chest) + near + head(b, chest, neck_angle, tilt, is_open=is_open)


def _sitting(b: Beast) -> str:
    back, front = -b.length * 0.34, b.length * 0.22
    low = -b.hip * 0.95
    brush = group(tail(b, (0, 0), "sitting"), x=back - 4, y=low + 8)
    haunch = ellipse(back + 4, low, b.hip * 1.25, b.hip, b.coat)
    chest = (front - 4, -(b.leg + b.chest * 0.75))
    body = taper((back + 6, low - 4), chest, b.hip * 1.05, b.chest * 0.86, b.coat)
    bib = taper((front + 4, low - 18), (chest[0] + 10, chest[1] + 6), b.chest * 0.3, b.chest * 0.5, b.belly)
    far = taper((front - 2, chest[1] + 20), (front - 2, -6), b.limb * 1.4, b.limb * 0.8, shade(b.coat, 0.78)) + ellipse(
        front + 4, -5, b.limb * 1.2, 5.5, shade(b.sock or b.coat, 0.8)
    )
    near = taper((front + 8, chest[1] + 22), (front + 11, -6), b.limb * 1.5, b.limb * 0.85, b.coat) + ellipse(
        front + 17, -5, b.limb * 1.2, 5.5, b.sock or b.coat
    )
    thigh = ellipse(back + 12, low + 2, b.hip * 0.92, b.hip * 0.84, shade(b.coat, 0.93)) + ellipse(
        back + 34, -5.5, b.limb * 2.1, 6, b.sock or shade(b.coat, 0.93)
    )
    return brush + far + haunch + body + bib + near + thigh + head(b, (chest[0] - 4, chest[1]), b.neck_angle - 18)


def _lying(b: Beast) -> str:
    hip, chest = (-b.length / 2, -b.hip * 0.86), (b.length / 2, -b.chest * 0.82)
    fore = taper((chest[0], -10), (chest[0] + 44, -7), b.limb * 1.2, b.limb * 0.8, shade(b.coat, 0.9)) + ellipse(
        chest[0] + 48, -6, b.limb * 1.1, 5.5, b.sock or b.coat
    )
    hind = ellipse(hip[0] + 6, -b.hip * 0.7, b.hip * 0.95, b.hip * 0.7, shade(b.coat, 0.93)) + ellipse(
        hip[0] + 36, -6, b.limb * 2, 6, b.sock or shade(b.coat, 0.9)
    )
    return group(tail(b, hip, "lying"), y=10) + trunk(b, hip, chest) + hind + fore + head(b, chest, b.neck_angle + 26)


def _sleeping(b: Beast) -> str:
    """Curled up: the back a round, the head on the fore paws, the tail round it all, the eyes shut."""
    wide, high = b.length * 0.62, b.chest * 1.15
    back = ellipse(-6, -high * 0.86, wide, high * 0.9, b.coat)
    haunch = ellipse(-wide * 0.52, -high * 0.66, b.hip * 1.1, b.hip * 0.92, shade(b.coat, 0.92))
    paws = taper((wide * 0.34, -8), (wide * 0.98, -6), b.limb * 1.3, b.limb, shade(b.coat, 0.86)) + ellipse(
        wide * 1.02, -5, b.limb * 1.2, 5.5, b.sock or b.coat
    )
    chest = (wide * 0.34, -high * 0.9)
    stripes = ""
    if b.tail == "cat":
        stripes = stroke(
            "".join(f"M{x * wide:.1f},{-high * 1.62:.1f} q6,12 0,{high * 0.5:.1f} " for x in (-0.5, -0.2, 0.1)),
            shade(b.coat, 0.72),
            5,
        )
    wrap = stroke(
        f"M{-wide * 0.98:.1f},{-high * 0.5:.1f} C{-wide * 1.16:.1f},4 {-wide * 0.5:.1f},-2 {wide * 0.2:.1f},-6",
        shade(b.coat, 0.8),
        13,
    )
    return back + stripes + paws + head(b, chest, 104, 16, is_asleep=True) + haunch + wrap


def _swimming(b: Beast) -> str:
    """Head and back above the water, a wave at the breast."""
    level = -(b.leg + b.chest * 0.4)
    frame = (
        f'<clipPath id="swim-{b.coat[1:]}"><rect x="-260" y="-280" width="520" height="{280 + level:.1f}"/></clipPath>'
    )
    body = f'{frame}<g clip-path="url(#swim-{b.coat[1:]})">{_on_legs(b, "standing", b.neck_angle + 8)}</g>'
    foam = "".join(
        ellipse(x, level + dy, rx, 5, "#eef6f8", opacity=0.9)
        for x, dy, rx in (
            (b.length * 0.72, 1, 34),
            (b.length * 0.2, 4, 46),
            (-b.length * 0.5, 2, 40),
            (b.length * 1.2, 6, 20),
            (-b.length * 1.1, 6, 30),
        )
    )
    return body + foam
