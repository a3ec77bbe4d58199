"""Pieces of four-legged animals drawn by code: trunk, legs, head, ears, tail, by the proportions of a kind."""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.engines.storyboard.sheet.vector import Point, ellipse, group, path, shade, stroke, taper


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
    has_antlers: bool = False


def leg(b: Beast, root: Point, upper: float, lower: float, is_far: bool, *, is_hind: bool, ground: bool) -> str:
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


def trunk(b: Beast, hip: Point, chest: Point) -> str:
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
    stripes = ""
    if b.tail == "cat":
        for n in range(4):
            x, y = hx - 8 + n * b.length * 0.27, hy - b.hip * (1.02 if n == 0 else 0.92 if n == 1 else 0.86)
            stripes += stroke(f"M{x:.1f},{y:.1f} q5,12 -2,{b.hip * 0.8:.1f}", shade(b.coat, 0.72), 5)
    return path(d, b.coat) + path(under, b.belly, opacity=0.85) + dark + stripes


def head(
    b: Beast, chest: Point, angle: float, tilt: float = 0, *, is_asleep: bool = False, is_open: bool = False
) -> str:
    """Neck and head; ``angle`` is how far the neck leans forward, ``tilt`` turns the head upon it."""
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
        small = b.tail == "cat"
        parts.append(
            ellipse(
                nose_x + (0 if small else 1),
                r * 0.24,
                3.4 if small else 5.2,
                2.8 if small else 4.2,
                "#b8605a" if small else dark,
            )
        )
    parts.append(
        stroke(
            f"M{nose_x - 1:.1f},{r * 0.62:.1f} Q{r * 0.9:.1f},{r * 0.86:.1f} {r * 0.55:.1f},{r * 0.66:.1f}",
            dark,
            1.8,
            opacity=0.7,
        )
    )
    if is_open:
        parts.append(
            path(
                f"M{nose_x - 1:.1f},{r * 0.58:.1f} L{nose_x - 3:.1f},{r * 1.02:.1f} L{r * 0.42:.1f},{r * 0.7:.1f} Z",
                "#5a2a2a",
            )
        )
    lid = stroke(f"M{r * 0.24:.1f},{-r * 0.1:.1f} q{r * 0.2:.1f},{r * 0.16:.1f} {r * 0.42:.1f},0", dark, 2.4)
    eye = ellipse(r * 0.42, -r * 0.12, 3.0, 3.4, dark) + ellipse(r * 0.48, -r * 0.2, 1.0, 1.0, "#ffffff")
    parts.append(lid if is_asleep else eye)
    if b.tail == "cat":
        parts.append(
            stroke(
                f"M{r * 0.6:.1f},{r * 0.42:.1f} l{r:.1f},{-r * 0.14:.1f} M{r * 0.6:.1f},{r * 0.52:.1f} l{r:.1f},{r * 0.14:.1f}",
                "#f3ecdd",
                1.2,
            )
        )
        parts.append(
            stroke(
                f"M{-r * 0.1:.1f},{-r * 0.9:.1f} l2,{r * 0.34:.1f} M{r * 0.24:.1f},{-r * 0.88:.1f} l0,{r * 0.3:.1f}",
                shade(b.coat, 0.72),
                3,
            )
        )
    parts.append(_ear(b, far=False))
    if b.has_antlers:
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
    high = 1.42 if b.ear == "small" else 1.75
    outer = path(
        (
            f"M{dx - r * 0.62:.1f},{-r * 0.6:.1f} L{dx - r * 0.36:.1f},{-r * high:.1f} "
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
                f"M{dx - r * 0.34:.1f},{-r * 0.76:.1f} L{dx - r * 0.28:.1f},{-r * (high - 0.32):.1f} "
                f"L{dx + r * 0.12:.1f},{-r * 0.82:.1f} Z"
            ),
            shade(b.coat, 0.55),
        )
    )


def tail(b: Beast, hip: Point, gait: str) -> str:
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
    if b.tail == "cat":
        if gait in {"standing", "walking"}:
            return stroke(
                f"M{x + 8:.1f},{y + 4:.1f} C{x - 34:.1f},{y + 6:.1f} {x - 26:.1f},{y - 46:.1f} {x - 34:.1f},{y - 62:.1f} q-6,-14 -18,-10",
                c,
                9,
            )
        return stroke(
            f"M{x + 8:.1f},{y + 4:.1f} C{x - 20:.1f},{y + 16:.1f} {x - 44:.1f},{y + 14:.1f} {x - 58:.1f},{y - 6:.1f} q-6,-10 -14,-6",
            c,
            9,
        )
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
