"""Four-legged animals drawn by code, looking right. Units: about 100 at the shoulder, feet at y = 0."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import (
    Point,
    ellipse,
    group,
    hex_of,
    path,
    shade,
    stroke,
    taper,
)
from studio.media.assets import asset_path


@dataclass(frozen=True, slots=True)
class Beast:
    """Proportions and colours of a four-legged animal."""

    coat: str
    belly: str
    leg: float = 52
    hip: float = 25
    chest: float = 30
    length: float = 96
    neck: float = 34
    neck_angle: float = 42
    head: float = 19
    muzzle: float = 24
    ear: str = "point"
    tail: str = "bushy"
    limb: float = 9.0
    sock: str = ""
    mane: str = ""
    mask: str = ""


_GAITS = {
    "standing": ((4, -4), (-6, 4), (8, -2), (-14, 6)),
    "walking": ((26, 4), (-22, -34), (24, -6), (-20, -30)),
    "running": ((62, 40), (44, 10), (-48, -66), (-62, -84)),
}


def beast(name: str, subject: Subject, variant: int) -> Drawing:
    """A four-legged animal standing, walking, running, sitting, lying or (wolves and dogs) howling."""
    made = _herd()[name]
    tint = hex_of(subject.colour, "") if subject.colour else ""
    if tint:
        made = _tinted(made, tint)
    height = made.leg + made.chest * 2 + 34
    pose = subject.pose
    if pose in {"sitting", "waiting"}:
        art = _sitting(made)
    elif pose == "lying":
        art = _lying(made)
    else:
        gait = pose if pose in _GAITS else "standing"
        art = _on_legs(made, gait, is_howling="howl" in pose)
    return Drawing(art, (-230, -240, 230, 20), (0, 0), height)


@cache
def _herd() -> dict[str, Beast]:
    text = asset_path("storyboard/beasts.json").read_text(encoding="utf-8")
    return {name: Beast(**values) for name, values in json.loads(text).items()}


def _tinted(made: Beast, tint: str) -> Beast:
    return replace(made, coat=tint, belly=shade(tint, 1.25))


def _on_legs(b: Beast, gait: str, *, is_howling: bool) -> str:
    angles = _GAITS[gait]
    lift = 8 if gait == "running" else 0
    y = -(b.leg + b.chest * 0.55) - lift
    hip, chest = (-b.length / 2, y + 2), (b.length / 2, y)
    legs = []
    for i, (root, (upper, lower)) in enumerate(zip((chest, chest, hip, hip), angles, strict=True)):
        is_far = i in {1, 3}
        legs.append(
            (
                is_far,
                _leg(
                    b,
                    (root[0] - (6 if is_far else -2), y + b.chest * 0.3),
                    upper,
                    lower,
                    is_far,
                    is_hind=i > 1,
                    ground=gait != "running",
                ),
            )
        )
    far = "".join(art for is_far, art in legs if is_far)
    near = "".join(art for is_far, art in legs if not is_far)
    return (
        _tail(b, hip, gait)
        + far
        + _trunk(b, hip, chest)
        + near
        + _head(b, chest, b.neck_angle if not is_howling else 12, tilt=-50 if is_howling else 0)
    )


def _leg(b: Beast, root: Point, upper: float, lower: float, is_far: bool, *, is_hind: bool, ground: bool) -> str:
    colour = shade(b.coat if not b.sock or b.coat[1] != "f" else b.sock, 0.76 if is_far else 0.97)
    reach = -root[1]
    first, second = reach * 0.5, reach * 0.52
    bend = 16 if is_hind and ground else 0
    knee = step(root, upper + bend, first)
    foot = step(knee, lower - bend * 0.9, second)
    if ground:
        foot = (foot[0], min(-5.0, foot[1] + (0 if abs(lower) > 20 else -5 - foot[1])))
    paw = shade(b.sock, 0.8 if is_far else 1.0) if b.sock else colour
    art = taper(root, knee, b.limb * (2.0 if is_hind else 1.6), b.limb, colour) + taper(
        knee, foot, b.limb, b.limb * 0.72, paw
    )
    return art + ellipse(foot[0] + b.limb * 0.5, foot[1] + 1, b.limb * 1.15, max(4.5, b.limb * 0.62), paw)


def step(start: Point, degrees: float, length: float) -> Point:
    angle = math.radians(degrees)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


def _trunk(b: Beast, hip: Point, chest: Point) -> str:
    (hx, hy), (cx, cy) = hip, chest
    d = (
        f"M{hx - b.hip * 0.9:.1f},{hy:.1f} C{hx - b.hip:.1f},{hy - b.hip * 1.25:.1f} "
        f"{hx + 12:.1f},{hy - b.hip * 1.2:.1f} "
        f"{(hx + cx) / 2:.1f},{cy - b.chest * 0.78:.1f} "
        f"C{cx - 16:.1f},{cy - b.chest * 0.95:.1f} "
        f"{cx + b.chest * 0.7:.1f},{cy - b.chest * 1.1:.1f} "
        f"{cx + b.chest * 0.9:.1f},{cy - 4:.1f} "
        f"C{cx + b.chest * 0.8:.1f},{cy + b.chest * 0.95:.1f} "
        f"{cx - 10:.1f},{cy + b.chest:.1f} "
        f"{(hx + cx) / 2:.1f},{cy + b.chest * 0.66:.1f} "
        f"C{hx + 20:.1f},{cy + b.chest * 0.5:.1f} "
        f"{hx - b.hip * 0.5:.1f},{hy + b.hip * 1.1:.1f} {hx - b.hip * 0.9:.1f},{hy:.1f} "
        "Z"
    )
    under = (
        f"M{hx + 10:.1f},{cy + b.chest * 0.46:.1f} "
        f"C{(hx + cx) / 2:.1f},{cy + b.chest * 0.4:.1f} "
        f"{cx:.1f},{cy + b.chest * 0.3:.1f} {cx + b.chest * 0.86:.1f},{cy + 2:.1f} "
        f"C{cx + b.chest * 0.7:.1f},{cy + b.chest * 0.95:.1f} "
        f"{cx - 10:.1f},{cy + b.chest:.1f} "
        f"{(hx + cx) / 2:.1f},{cy + b.chest * 0.66:.1f} Z"
    )
    dark = ellipse(cx - 4, cy + 2, b.chest * 0.9, b.chest * 0.95, "#2a2a30") if b.coat.startswith("#f0ee") else ""
    return path(d, b.coat) + path(under, b.belly, opacity=0.85) + dark


def _head(b: Beast, chest: Point, angle: float, tilt: float = 0) -> str:
    base = (chest[0] + b.chest * 0.35, chest[1] - b.chest * 0.35)
    top = step(base, 180 - angle, b.neck)
    neck = taper((base[0] - 4, base[1] + 6), top, b.chest * 0.78, b.head * 0.86, b.coat)
    bib = (
        taper(
            (base[0] + 6, base[1] + 16),
            (top[0] + 5, top[1] + 9),
            b.chest * 0.42,
            b.head * 0.5,
            b.mask or b.belly,
        )
        if not b.mane and not b.coat.startswith("#f0ee")
        else ""
    )
    mane = (
        ellipse(top[0] - 4, top[1] + 8, b.head * 1.85, b.head * 2.05, b.mane)
        + ellipse(top[0] - 12, top[1] + 26, b.head * 1.4, b.head * 1.6, b.mane)
        if b.mane
        else ""
    )
    r, m = b.head, b.muzzle
    dark = "#26221f"
    nose_x = r * 0.5 + m
    parts = [_ear(b, far=True), ellipse(0, 0, r * 1.05, r, b.coat)]
    parts.append(
        taper(
            (r * 0.35, r * 0.26),
            (nose_x - r * 0.25, r * 0.42),
            r * 0.62,
            r * 0.34,
            b.coat if not b.mask else b.mask,
        )
    )
    if b.mask and not b.coat.startswith("#f0ee"):
        parts.append(
            path(
                (
                    f"M{-r * 0.3:.1f},{r * 0.92:.1f} C{-r * 0.5:.1f},{r * 0.2:.1f} "
                    f"{r * 0.2:.1f},{r * 0.1:.1f} {r * 0.9:.1f},{r * 0.2:.1f} "
                    f"L{r * 0.9:.1f},{r * 0.9:.1f} Z"
                ),
                b.mask,
            )
        )
        parts.append(taper((r * 0.3, -r * 0.05), (nose_x - r * 0.2, r * 0.2), r * 0.34, r * 0.16, b.coat))
    if b.coat.startswith("#f0ee"):
        parts[-1] = taper((r * 0.35, r * 0.26), (nose_x - r * 0.25, r * 0.42), r * 0.6, r * 0.36, b.coat)
        parts.append(ellipse(r * 0.42, -r * 0.05, r * 0.28, r * 0.36, "#2a2a30", turn=30))
    if b.tail == "curly":
        parts.append(
            ellipse(nose_x - 2, r * 0.42, 6, 9.5, shade(b.coat, 0.88)) + ellipse(nose_x - 1, r * 0.38, 1.6, 2.4, dark)
        )
    else:
        parts.append(ellipse(nose_x + 1, r * 0.24, 5.2, 4.2, dark))
    parts.append(
        stroke(
            f"M{nose_x - 1:.1f},{r * 0.62:.1f} Q{r * 0.9:.1f},{r * 0.86:.1f} {r * 0.55:.1f},{r * 0.66:.1f}",
            dark,
            1.8,
            opacity=0.7,
        )
    )
    parts.append(ellipse(r * 0.42, -r * 0.12, 3.0, 3.4, dark) + ellipse(r * 0.48, -r * 0.2, 1.0, 1.0, "#ffffff"))
    parts.append(_ear(b, far=False))
    if b.leg > 70:
        parts.insert(0, _antler(-6, 0.8))
        parts.append(_antler(2, 1.0))
    return neck + bib + mane + group("".join(parts), x=top[0] + 4, y=top[1], turn=tilt)


def _antler(x: float, tone: float) -> str:
    """One branching antler, rising from the brow."""
    beam = f"M{x},-12 C{x - 16},-34 {x - 22},-62 {x + 6},-84"
    tines = f"M{x - 8},-26 C{x + 6},-34 {x + 14},-40 {x + 16},-52 M{x - 15},-48 C{x - 26},-56 {x - 32},-66 {x - 30},-78"
    return stroke(f"{beam} {tines} M{x - 10},-68 C{x - 2},-74 {x - 8},-90 {x - 12},-96", shade("#b59a78", tone), 4.6)


def _ear(b: Beast, *, far: bool) -> str:
    r, colour = b.head, shade(b.coat, 0.72 if far else 0.86)
    if b.coat.startswith("#f0ee"):
        colour = "#2a2a30"
    dx = r * 0.45 if far else -r * 0.18
    if b.ear == "round":
        return ellipse(dx - r * 0.3, -r * 0.86, r * 0.36, r * 0.36, colour)
    if b.ear == "flop":
        return path(
            (
                f"M{dx - r * 0.2:.1f},{-r * 0.9:.1f} C{dx - r * 1.1:.1f},{-r * 0.9:.1f} "
                f"{dx - r * 1.2:.1f},{r * 0.5:.1f} {dx - r * 0.7:.1f},{r * 0.6:.1f} "
                f"C{dx - r * 0.2:.1f},{r * 0.4:.1f} {dx:.1f},{-r * 0.4:.1f} "
                f"{dx - r * 0.2:.1f},{-r * 0.9:.1f} Z"
            ),
            colour,
        )
    outer = path(
        (
            f"M{dx - r * 0.62:.1f},{-r * 0.6:.1f} L{dx - r * 0.36:.1f},{-r * 1.75:.1f} "
            f"L{dx + r * 0.34:.1f},{-r * 0.78:.1f} Z"
        ),
        colour,
    )
    return (
        outer
        if far
        else outer
        + path(
            (
                f"M{dx - r * 0.34:.1f},{-r * 0.76:.1f} L{dx - r * 0.28:.1f},{-r * 1.4:.1f} "
                f"L{dx + r * 0.12:.1f},{-r * 0.82:.1f} Z"
            ),
            shade(b.coat, 0.55),
        )
    )


def _tail(b: Beast, hip: Point, gait: str) -> str:
    x, y = hip[0] - b.hip * 0.75, hip[1] - b.hip * 0.35
    c = shade(b.coat, 0.92)
    if b.tail in {"bushy", "brush"}:
        out = 74 if b.tail == "brush" else 56
        lift = -16 if gait == "running" else 22
        wide = 19 if b.tail == "brush" else 12
        d = (
            f"M{x + 8:.1f},{y - 6:.1f} C{x - out * 0.4:.1f},{y - wide:.1f} "
            f"{x - out * 0.9:.1f},{y + lift - wide:.1f} {x - out:.1f},{y + lift + 16:.1f} "
            f"C{x - out * 0.7:.1f},{y + lift + wide + 10:.1f} "
            f"{x - out * 0.3:.1f},{y + wide + 8:.1f} {x + 10:.1f},{y + 12:.1f} Z"
        )
        tip = ""
        if b.tail == "brush":
            tip = path(
                (
                    f"M{x - out * 0.74:.1f},{y + lift - 4:.1f} L{x - out:.1f},{y + lift + 16:.1f} "
                    f"C{x - out * 0.84:.1f},{y + lift + 22:.1f} "
                    f"{x - out * 0.7:.1f},{y + lift + 24:.1f} "
                    f"{x - out * 0.66:.1f},{y + lift + 18:.1f} Z"
                ),
                "#f4ece0",
            )
        return path(d, c) + tip
    if b.tail == "up":
        return stroke(f"M{x + 6:.1f},{y:.1f} Q{x - 26:.1f},{y - 8:.1f} {x - 30:.1f},{y - 40:.1f}", c, 9)
    if b.tail == "curl":
        return stroke(
            (f"M{x + 6:.1f},{y - 2:.1f} C{x - 26:.1f},{y - 14:.1f} {x - 20:.1f},{y - 52:.1f} {x + 8:.1f},{y - 40:.1f}"),
            c,
            17,
        )
    if b.tail == "tuft":
        return stroke(
            f"M{x + 6:.1f},{y:.1f} C{x - 34:.1f},{y:.1f} {x - 30:.1f},{y + 40:.1f} {x - 54:.1f},{y + 36:.1f}",
            c,
            7,
        ) + ellipse(x - 58, y + 36, 11, 8, b.mane)
    if b.tail == "curly":
        return stroke(f"M{x + 2:.1f},{y:.1f} c-14,-4 -14,-18 -4,-16 c8,2 2,14 -10,8", c, 4)
    return ellipse(x - 2, y + 4, 9, 8, c)


def _sitting(b: Beast) -> str:
    back, front = -b.length * 0.34, b.length * 0.22
    low = -b.hip * 0.95
    tail = group(_tail(b, (0, 0), "standing"), x=back - 4, y=low + 8)
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
    return tail + far + haunch + body + bib + near + thigh + _head(b, (chest[0] - 4, chest[1]), b.neck_angle - 18)


def _lying(b: Beast) -> str:
    hip, chest = (-b.length / 2, -b.hip * 0.86), (b.length / 2, -b.chest * 0.82)
    fore = taper((chest[0], -10), (chest[0] + 44, -7), b.limb * 1.2, b.limb * 0.8, shade(b.coat, 0.9)) + ellipse(
        chest[0] + 48, -6, b.limb * 1.1, 5.5, b.sock or b.coat
    )
    hind = ellipse(hip[0] + 6, -b.hip * 0.7, b.hip * 0.95, b.hip * 0.7, shade(b.coat, 0.93)) + ellipse(
        hip[0] + 36, -6, b.limb * 2, 6, b.sock or shade(b.coat, 0.9)
    )
    return (
        group(_tail(b, hip, "standing"), y=10)
        + _trunk(b, hip, chest)
        + hind
        + fore
        + _head(b, chest, b.neck_angle + 26)
    )
