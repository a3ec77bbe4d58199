"""What artists and children are busy with: piano, drums, easel, telescope, toys; in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import Held
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, shade, stroke

_DARK = "#2b2d36"
_PAPER = "#f3eee0"


def piano(joints: Joints, body: Body) -> Held:
    """A grand piano in profile, its lid up, its keys under the hands."""
    k, g = size_of(body), joints.ground_y
    x = min(hand[0] for hand in joints.hands) - 26 * k
    y = max(hand[1] for hand in joints.hands) + 12 * k
    lid = path(
        f"M{x + 120 * k:.1f},{y - 20 * k:.1f} L{x + 150 * k:.1f},{y - 190 * k:.1f} C{x + 250 * k:.1f},{y - 210 * k:.1f} "
        f"{x + 360 * k:.1f},{y - 150 * k:.1f} {x + 400 * k:.1f},{y - 20 * k:.1f} Z",
        shade(_DARK, 1.2),
    )
    stand = path(
        f"M{x + 84 * k:.1f},{y - 18 * k:.1f} l{14 * k:.1f},{-70 * k:.1f} h{44 * k:.1f} l{-8 * k:.1f},{70 * k:.1f} Z",
        _PAPER,
    )
    case = path(
        f"M{x + 70 * k:.1f},{y - 24 * k:.1f} H{x + 400 * k:.1f} C{x + 416 * k:.1f},{y:.1f} {x + 408 * k:.1f},{y + 40 * k:.1f} "
        f"{x + 392 * k:.1f},{y + 48 * k:.1f} H{x:.1f} V{y:.1f} H{x + 70 * k:.1f} Z",
        _DARK,
    )
    keys = rect(x + 2 * k, y - 5 * k, 74 * k, 11 * k, "#f6f2e8") + "".join(
        rect(x + (8 + 13 * n) * k, y - 5 * k, 6 * k, 6 * k, "#1c1d22") for n in range(5)
    )
    legs = "".join(
        path(
            f"M{x + at * k:.1f},{y + 46 * k:.1f} h{24 * k:.1f} l{-7 * k:.1f},{g - y - 46 * k:.1f} h{-10 * k:.1f} Z",
            shade(_DARK, 0.8),
        )
        for at in (30, 200, 350)
    )
    shine = stroke(f"M{x + 80 * k:.1f},{y - 20 * k:.1f} H{x + 398 * k:.1f}", shade(_DARK, 1.5), 4 * k)
    return Held(behind=lid + legs, middle=stand + case + keys + shine)


def drums(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[1]
    big = ellipse(x + 70 * k, g - 78 * k, 78 * k, 78 * k, "#a8343a") + ellipse(
        x + 70 * k, g - 78 * k, 62 * k, 62 * k, "#efe8da"
    )
    small = rect(x - 30 * k, y + 26 * k, 92 * k, 46 * k, "#c44a44", round_=5) + ellipse(
        x + 16 * k, y + 26 * k, 46 * k, 9 * k, "#f3ecdd"
    )
    stand = stroke(f"M{x + 16 * k:.1f},{y + 70 * k:.1f} V{g:.1f}", "#5c6068", 6 * k)
    dish = stroke(f"M{x + 110 * k:.1f},{y - 50 * k:.1f} V{g:.1f}", "#5c6068", 5 * k) + ellipse(
        x + 110 * k, y - 52 * k, 66 * k, 9 * k, "#d9b45c", turn=-8
    )
    sticks = "".join(
        stroke(f"M{hx:.1f},{hy:.1f} l{62 * k:.1f},{dy * k:.1f}", "#d8b98a", 6 * k)
        for (hx, hy), dy in zip(joints.hands, (-18, 22), strict=True)
    )
    return Held(middle=stand + dish + big + small, front=sticks)


def easel(joints: Joints, body: Body) -> Held:
    """A canvas on its easel before the brush."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0][0] + 46 * k, joints.hands[0][1]
    legs = stroke(
        f"M{x + 70 * k:.1f},{y - 130 * k:.1f} L{x + 20 * k:.1f},{g:.1f} M{x + 70 * k:.1f},{y - 130 * k:.1f} L{x + 150 * k:.1f},{g:.1f}",
        "#8a6238",
        11 * k,
    )
    sheet = path(
        f"M{x:.1f},{y - 96 * k:.1f} l{128 * k:.1f},{-14 * k:.1f} l{14 * k:.1f},{176 * k:.1f} l{-134 * k:.1f},{10 * k:.1f} Z",
        "#f6f1e4",
    )
    daubs = ellipse(x + 50 * k, y + 4 * k, 34 * k, 22 * k, "#5f9bc4") + ellipse(
        x + 92 * k, y + 34 * k, 32 * k, 18 * k, "#6f9a4e"
    )
    daubs += ellipse(x + 96 * k, y - 62 * k, 15 * k, 15 * k, "#e0a02f")
    ledge = rect(x - 8 * k, y + 74 * k, 160 * k, 10 * k, "#8a6238")
    hx, hy = joints.hands[0]
    brush = stroke(f"M{hx - 20 * k:.1f},{hy + 16 * k:.1f} L{x + 6 * k:.1f},{hy - 22 * k:.1f}", "#6b4526", 6 * k)
    px, py = joints.hands[1]
    palette = ellipse(px + 4 * k, py - 2 * k, 44 * k, 20 * k, "#b98a55", turn=-14) + "".join(
        ellipse(px + dx * k, py + dy * k, 7 * k, 5 * k, c)
        for dx, dy, c in ((-22, 2, "#c23b34"), (0, -9, "#e8b830"), (22, -9, "#3d6cb0"))
    )
    return Held(behind=legs + sheet + daubs + ledge, middle=palette, front=brush)


def telescope(joints: Joints, body: Body) -> Held:
    """A long telescope on three legs, its eyepiece at the face, pointing at the sky."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.chin[0] + 52 * k, joints.chin[1] - 34 * k
    legs = stroke(
        f"M{x + 116 * k:.1f},{y - 50 * k:.1f} L{x + 46 * k:.1f},{g:.1f} M{x + 116 * k:.1f},{y - 50 * k:.1f} L{x + 196 * k:.1f},{g:.1f} "
        f"M{x + 116 * k:.1f},{y - 50 * k:.1f} L{x + 124 * k:.1f},{g - 10 * k:.1f}",
        "#6b4526", 11 * k,
    )  # fmt: skip
    tube = group(
        rect(0, -13 * k, 60 * k, 26 * k, "#8a6a2c", round_=5) + rect(50 * k, -24 * k, 150 * k, 48 * k, "#c99a3a", round_=5)
        + rect(190 * k, -34 * k, 110 * k, 68 * k, "#d9b45c", round_=5) + rect(292 * k, -38 * k, 16 * k, 76 * k, "#8a6a2c"),
        x=x, y=y, turn=-28,
    )  # fmt: skip
    return Held(behind=legs + tube)


def toys(joints: Joints, body: Body) -> Held:
    """A little engine with a car, and blocks, on the floor at the hand."""
    k, g = size_of(body), joints.ground_y
    x = max(hand[0] for hand in joints.hands) + 70 * k
    train = rect(x, g - 62 * k, 74 * k, 40 * k, "#c23b34", round_=6) + rect(
        x + 6 * k, g - 100 * k, 34 * k, 44 * k, "#8c2f36", round_=3
    )
    train += rect(x + 54 * k, g - 92 * k, 14 * k, 34 * k, "#33363c") + rect(
        x - 84 * k, g - 58 * k, 70 * k, 36 * k, "#3d6cb0", round_=6
    )
    wheels = "".join(ellipse(x + at * k, g - 16 * k, 16 * k, 16 * k, "#e0a02f") for at in (-68, -30, 16, 58))
    blocks = rect(x + 122 * k, g - 44 * k, 44 * k, 44 * k, "#e8b830") + rect(
        x + 172 * k, g - 44 * k, 44 * k, 44 * k, "#4f8f5a"
    )
    blocks += rect(x + 146 * k, g - 88 * k, 44 * k, 44 * k, "#4f7fb8")
    return Held(behind=blocks, middle=train + wheels)


def rag(joints: Joints, body: Body) -> Held:
    k, (x, y) = size_of(body), joints.hands[0]
    cloth = path(
        f"M{x - 12 * k:.1f},{y - 26 * k:.1f} q{34 * k:.1f},{-10 * k:.1f} {40 * k:.1f},{14 * k:.1f} l{-6 * k:.1f},{44 * k:.1f} "
        f"q{-20 * k:.1f},{12 * k:.1f} {-34 * k:.1f},{-6 * k:.1f} Z",
        "#e9e3d6",
    )
    rub = stroke(
        f"M{x + 40 * k:.1f},{y - 40 * k:.1f} q{22 * k:.1f},{36 * k:.1f} 0,{74 * k:.1f}", "#ffffff", 5 * k, opacity=0.6
    )
    return Held(front=cloth + rub)
