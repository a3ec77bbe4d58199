"""What hands work with: anvil, spade, broom, the wheel of a ship; in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import WARM, Held
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, stroke

SPARKS = "M0,0 l34,-52 M14,4 l62,-34 M-8,-4 l-6,-60 M-18,2 l-50,-44 M24,10 l72,-4"
"""Sparks that fly from where iron is struck, about that point."""


def anvil(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[1][0] + 20 * k, joints.hands[1][1] + 22 * k
    block = rect(x - 30 * k, y + 66 * k, 110 * k, g - y - 66 * k, "#6b4a30", round_=4)
    iron = path(
        f"M{x - 44 * k:.1f},{y + 4 * k:.1f} h{160 * k:.1f} q{-12 * k:.1f},{24 * k:.1f} {-50 * k:.1f},{26 * k:.1f} l{8 * k:.1f},{38 * k:.1f} "
        f"h{-90 * k:.1f} l{10 * k:.1f},{-38 * k:.1f} q{-34 * k:.1f},0 {-38 * k:.1f},{-26 * k:.1f} Z",
        "#3c4048",
    )
    hot = stroke(
        f"M{joints.hands[1][0] - 16 * k:.1f},{y - 10 * k:.1f} L{x + 10 * k:.1f},{y - 3 * k:.1f}", "#59616b", 9 * k
    )
    hot += rect(x - 6 * k, y - 13 * k, 112 * k, 18 * k, "#ff8a2c", round_=5) + rect(
        x + 8 * k, y - 9 * k, 84 * k, 9 * k, "#ffe39a", round_=4
    )
    hot += group(stroke(SPARKS, "#ffd67a", 6), x=x + 56 * k, y=y - 22 * k, scale=k)
    hx, hy = joints.hands[0]
    hammer = group(
        rect(-6 * k, -96 * k, 12 * k, 110 * k, "#7a5334", round_=3) + rect(-26 * k, -118 * k, 62 * k, 30 * k, "#59616b", round_=4),
        x=hx, y=hy, turn=24,
    )  # fmt: skip
    return Held(middle=block + iron + hot, front=hammer, lights=((x + 50 * k, y - 4 * k, 130 * k, WARM),))


def spade(joints: Joints, body: Body) -> Held:
    """A spade in the ground and the earth it has thrown up."""
    k, g = size_of(body), joints.ground_y
    (ax, ay), (bx, _by) = joints.hands
    x, y = bx + (bx - ax) * 0.55 + 40 * k, g - 34 * k
    turn = -24.0
    shaft = stroke(f"M{ax - 14 * k:.1f},{ay - 30 * k:.1f} L{x:.1f},{y - 40 * k:.1f}", "#8a6238", 11 * k)
    grip = stroke(f"M{ax - 32 * k:.1f},{ay - 24 * k:.1f} l{38 * k:.1f},{-16 * k:.1f}", "#8a6238", 11 * k)
    blade = group(path("M-26,-52 H26 V22 Q0,58 -26,22 Z", "#6f7983"), x=x + 6 * k, y=y - 6 * k, turn=turn, scale=k)
    earth = path(
        f"M{x + 4 * k:.1f},{g:.1f} q{40 * k:.1f},{-96 * k:.1f} {96 * k:.1f},{-78 * k:.1f} q{64 * k:.1f},{10 * k:.1f} {92 * k:.1f},{78 * k:.1f} Z",
        "#6a4a30",
    )
    hole = ellipse(x - 4 * k, g - 2 * k, 62 * k, 10 * k, "#2e2018")
    clods = ellipse(x + 70 * k, g - 104 * k, 10 * k, 8 * k, "#6a4a30") + ellipse(
        x + 102 * k, g - 118 * k, 7 * k, 6 * k, "#6a4a30"
    )
    return Held(behind=earth + clods, middle=hole + shaft + grip + blade)


def broom(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    (ax, ay), (bx, _by) = joints.hands
    x = bx + 70 * k
    shaft = stroke(f"M{ax - 26 * k:.1f},{ay - 70 * k:.1f} L{x:.1f},{g - 66 * k:.1f}", "#8a6238", 10 * k)
    brush = path(
        f"M{x - 14 * k:.1f},{g - 76 * k:.1f} h{30 * k:.1f} l{40 * k:.1f},{76 * k:.1f} h{-96 * k:.1f} Z", "#d1a85a"
    )
    dust = "".join(
        ellipse(x + dx * k, g - dy * k, r * k, r * k, "#cbbd9f", opacity=0.5)
        for dx, dy, r in ((80, 12, 14), (112, 20, 10), (134, 8, 8))
    )
    return Held(middle=shaft + brush + dust)


def wheel(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0][0] + 34 * k, joints.hands[0][1] + 20 * k
    spokes = "".join(
        group(rect(-4 * k, -104 * k, 8 * k, 208 * k, "#7a4f2a", round_=4), x=x, y=y, turn=a) for a in (0, 45, 90, 135)
    )
    rim = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{76 * k:.1f}" fill="none" stroke="#8d5c30" stroke-width="{14 * k:.1f}"/>'
    )
    post = path(f"M{x - 16 * k:.1f},{y:.1f} h{32 * k:.1f} l{16 * k:.1f},{g - y:.1f} h{-64 * k:.1f} Z", "#5d3d22")
    return Held(behind=post + spokes + rim + ellipse(x, y, 18 * k, 18 * k, "#c99a3a"))


def helm(joints: Joints, body: Body) -> Held:
    """The wheel on the deck of a ship: planks underfoot, rail, mast and sail behind."""
    k, g = size_of(body), joints.ground_y
    hull = path(
        f"M{-420 * k:.1f},{g - 26 * k:.1f} L{640 * k:.1f},{g - 40 * k:.1f} Q{600 * k:.1f},{g + 60 * k:.1f} {540 * k:.1f},{g + 150 * k:.1f} "
        f"H{-360 * k:.1f} Q{-420 * k:.1f},{g + 60 * k:.1f} {-420 * k:.1f},{g - 26 * k:.1f} Z",
        "#6b4a30",
    )
    lines = stroke(
        f"M{-414 * k:.1f},{g + 20 * k:.1f} L{622 * k:.1f},{g + 8 * k:.1f} M{-404 * k:.1f},{g + 64 * k:.1f} L{602 * k:.1f},{g + 56 * k:.1f}",
        "#4f3522", 6 * k,
    )  # fmt: skip
    deck = rect(-424 * k, g - 34 * k, 1070 * k, 18 * k, "#8d6238", round_=4)
    posts = "".join(
        rect(x * k, g - 150 * k, 11 * k, 122 * k, "#7a5334") for x in (-390, -290, -190, 330, 430, 530, 610)
    )
    rail = rect(-400 * k, g - 158 * k, 240 * k, 13 * k, "#8d6238", round_=5) + rect(
        322 * k, g - 158 * k, 310 * k, 13 * k, "#8d6238", round_=5
    )
    mast = rect(400 * k, g - 900 * k, 24 * k, 880 * k, "#5d3d22")
    sail = path(
        f"M{396 * k:.1f},{g - 860 * k:.1f} Q{180 * k:.1f},{g - 560 * k:.1f} {250 * k:.1f},{g - 330 * k:.1f} L{398 * k:.1f},{g - 340 * k:.1f} Z",
        "#e9e2d2",
    )
    sail += path(
        f"M{428 * k:.1f},{g - 840 * k:.1f} Q{640 * k:.1f},{g - 560 * k:.1f} {610 * k:.1f},{g - 300 * k:.1f} L{428 * k:.1f},{g - 320 * k:.1f} Z",
        "#d8cfbb",
    )
    return Held(behind=mast + sail + posts + rail + wheel(joints, body).behind, front=hull + lines + deck)


def can(joints: Joints, body: Body) -> Held:
    """A watering can in the hand, its water, and the flowers it falls on."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    low = (g - y) / k
    tin = (
        path("M-34,4 H64 L76,104 H-40 Z", "#6f8f9c")
        + path("M-34,4 H-4 L-8,104 H-40 Z", "#8fadb8")
        + ellipse(15, 4, 49, 11, "#56727e")
    )
    spout = stroke("M66,86 L146,0", "#6f8f9c", 17) + group(
        path("M-20,-8 H20 L12,18 H-12 Z", "#8fadb8"), x=154, y=-8, turn=46
    )
    grip = stroke("M-26,2 Q14,-62 58,2", "#56727e", 11)
    water = "".join(
        stroke(
            f"M{164 + d * 0.4:.0f},{-2 + d * 0.3:.0f} Q{184 + d:.0f},{50 + d:.0f} {192 + 1.9 * d:.0f},{low - 66:.0f}",
            "#9fd3ea",
            5,
        )
        for d in (-10, 2, 14, 26)
    )
    flowers = "".join(
        stroke(f"M{at},{low:.0f} v-{tall}", "#4d7d45", 7)
        + ellipse(at, low - tall, 26, 23, colour)
        + ellipse(at, low - tall, 9, 8, "#f4d98a")
        for at, tall, colour in (
            (150, 76, "#d9728a"),
            (200, 104, "#e0a02f"),
            (252, 82, "#c23b34"),
            (298, 64, "#a994cf"),
        )
    )
    return Held(behind=group(flowers, x=x, y=y, scale=k), middle=group(water + spout + grip + tin, x=x, y=y, scale=k))


def teddy(joints: Joints, body: Body) -> Held:
    """A bear in the arms, its head over them."""
    k, (x, y) = size_of(body), joints.elbows[0]
    fur = "#b07a42"
    ears = ellipse(x - 4 * k, y - 118 * k, 15 * k, 15 * k, fur) + ellipse(x + 52 * k, y - 118 * k, 15 * k, 15 * k, fur)
    head = ellipse(x + 24 * k, y - 88 * k, 42 * k, 38 * k, fur) + ellipse(
        x + 34 * k, y - 78 * k, 17 * k, 13 * k, "#e2c49a"
    )
    eyes = ellipse(x + 16 * k, y - 96 * k, 4.5 * k, 5 * k, "#2b2326") + ellipse(
        x + 42 * k, y - 96 * k, 4.5 * k, 5 * k, "#2b2326"
    )
    trunk = ellipse(x + 20 * k, y - 10 * k, 46 * k, 56 * k, fur) + ellipse(x + 2 * k, y + 48 * k, 20 * k, 28 * k, fur)
    return Held(middle=trunk + ellipse(x + 48 * k, y + 46 * k, 20 * k, 28 * k, fur) + ears + head + eyes)


def tow(joints: Joints, body: Body) -> Held:
    """A taut rope from the hands to what is pulled."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    return Held(middle=stroke(f"M{x - 20 * k:.1f},{y:.1f} L{x + 330 * k:.1f},{g - 90 * k:.1f}", "#cdb184", 9 * k))
