"""Tables and benches that doings are done at, drawn under the hands in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import WARM, Held
from studio.engines.storyboard.sheet.vector import ellipse, path, rect, shade, stroke

_WOOD = "#7a5334"
_PAPER = "#f3eee0"


def table_under(joints: Joints, body: Body, *, wide: float, wood: str = _WOOD) -> tuple[str, float, float]:
    """A table under the hands: its art, its top's row and its left edge."""
    k, ground = size_of(body), joints.ground_y
    top = max(hand[1] for hand in joints.hands) + 16 * k
    left = min(hand[0] for hand in joints.hands) - 30 * k
    right = left + wide * k
    legs = rect(left + 14 * k, top, 15 * k, ground - top, shade(wood, 0.74)) + rect(
        right - 30 * k, top, 15 * k, ground - top, shade(wood, 0.74)
    )
    board = rect(left, top, right - left, 15 * k, wood, round_=3) + rect(
        left + 12 * k, top + 15 * k, right - left - 24 * k, 20 * k, shade(wood, 0.82)
    )
    return legs + board, top, left


def desk(joints: Joints, body: Body) -> Held:
    table, top, _ = table_under(joints, body, wide=270)
    k, (x, y) = size_of(body), joints.hands[0]
    sheet = path(
        f"M{x - 30 * k:.1f},{top:.1f} l{96 * k:.1f},{-3 * k:.1f} l{14 * k:.1f},{-13 * k:.1f} l{-92 * k:.1f},0 Z", _PAPER
    )
    quill = path(
        f"M{x + 12 * k:.1f},{top - 6 * k:.1f} C{x + 4 * k:.1f},{y - 60 * k:.1f} {x + 6 * k:.1f},{y - 90 * k:.1f} "
        f"{x - 22 * k:.1f},{y - 124 * k:.1f} C{x + 34 * k:.1f},{y - 100 * k:.1f} {x + 26 * k:.1f},{y - 50 * k:.1f} "
        f"{x + 12 * k:.1f},{top - 6 * k:.1f} Z",
        "#f7f3ea",
    )
    ink = rect(x + 104 * k, top - 28 * k, 26 * k, 28 * k, "#2b3350", round_=4)
    return Held(middle=table + sheet + ink, front=quill)


def keys(joints: Joints, body: Body) -> Held:
    table, top, left = table_under(joints, body, wide=250)
    k = size_of(body)
    x = left + 34 * k
    machine = path(
        f"M{x:.1f},{top:.1f} l{14 * k:.1f},{-30 * k:.1f} l{96 * k:.1f},{-22 * k:.1f} l{10 * k:.1f},{52 * k:.1f} Z",
        "#3b4048",
    )
    sheet = rect(x + 66 * k, top - 106 * k, 46 * k, 58 * k, _PAPER)
    return Held(middle=table + sheet + machine)


def meal(joints: Joints, body: Body) -> Held:
    table, top, left = table_under(joints, body, wide=270)
    k, (x, y) = size_of(body), joints.hands[0]
    bowl = path(
        f"M{left + 70 * k:.1f},{top - 26 * k:.1f} h{78 * k:.1f} q{-6 * k:.1f},{26 * k:.1f} {-30 * k:.1f},{26 * k:.1f} "
        f"h{-18 * k:.1f} q{-24 * k:.1f},0 {-30 * k:.1f},{-26 * k:.1f} Z",
        "#e7e0d0",
    )
    cup = rect(left + 186 * k, top - 40 * k, 28 * k, 40 * k, "#c9d4dc", round_=4)
    spoon = stroke(f"M{x + 4 * k:.1f},{y - 4 * k:.1f} l{-26 * k:.1f},{-24 * k:.1f}", "#d7dce0", 5 * k)
    steam = stroke(
        f"M{left + 96 * k:.1f},{top - 36 * k:.1f} q{-14 * k:.1f},{-20 * k:.1f} 0,{-36 * k:.1f}",
        "#ffffff",
        6 * k,
        opacity=0.5,
    )
    return Held(middle=table + bowl + cup + steam, front=spoon)


def bench(joints: Joints, body: Body) -> Held:
    table, top, left = table_under(joints, body, wide=280, wood="#6b4a30")
    k = size_of(body)
    gear = ellipse(left + 86 * k, top - 20 * k, 22 * k, 20 * k, "#c99a3a") + ellipse(
        left + 86 * k, top - 20 * k, 8 * k, 8 * k, "#6b4a30"
    )
    vice = rect(left + 196 * k, top - 44 * k, 40 * k, 44 * k, "#59616b", round_=4) + rect(
        left + 180 * k, top - 34 * k, 66 * k, 10 * k, "#7d8791"
    )
    return Held(middle=table + gear + vice)


def dough(joints: Joints, body: Body) -> Held:
    table, top, left = table_under(joints, body, wide=290, wood="#a9794a")
    k, (x, _) = size_of(body), joints.hands[0]
    dough = path(
        f"M{x - 52 * k:.1f},{top:.1f} C{x - 66 * k:.1f},{top - 54 * k:.1f} {x - 8 * k:.1f},{top - 66 * k:.1f} {x + 30 * k:.1f},{top - 56 * k:.1f} "
        f"C{x + 78 * k:.1f},{top - 60 * k:.1f} {x + 104 * k:.1f},{top - 22 * k:.1f} {x + 92 * k:.1f},{top:.1f} Z",
        "#f2e4c4",
    ) + stroke(
        f"M{x - 20 * k:.1f},{top - 34 * k:.1f} q{24 * k:.1f},{14 * k:.1f} {52 * k:.1f},{2 * k:.1f} M{x + 44 * k:.1f},{top - 18 * k:.1f} q{16 * k:.1f},{6 * k:.1f} {30 * k:.1f},{-4 * k:.1f}",
        "#d9c59a",
        5 * k,
    )
    flour = ellipse(left + 90 * k, top, 110 * k, 8 * k, "#fbf7ea") + "".join(
        ellipse(x + dx * k, top - dy * k, 12 * k, 10 * k, "#ffffff", opacity=0.55)
        for dx, dy in ((-60, 40), (110, 54), (96, 84), (-74, 66))
    )
    loaves = "".join(
        ellipse(left + at * k, top - 15 * k, 34 * k, 17 * k, "#c38a4a")
        + stroke(
            f"M{left + (at - 14) * k:.1f},{top - 22 * k:.1f} l{8 * k:.1f},{12 * k:.1f} m{10 * k:.1f},{-14 * k:.1f} l{8 * k:.1f},{12 * k:.1f}",
            "#8f5f2c",
            4 * k,
        )
        for at in (212, 268)
    )
    return Held(middle=table + flour + dough + loaves)


def cloth(joints: Joints, body: Body, paint: str = "#b0483f") -> Held:
    k, (x, y) = size_of(body), joints.hands[0]
    cloth = path(
        f"M{x - 40 * k:.1f},{y - 10 * k:.1f} q{50 * k:.1f},{-24 * k:.1f} {86 * k:.1f},{8 * k:.1f} l{-6 * k:.1f},{110 * k:.1f} "
        f"q{-40 * k:.1f},{16 * k:.1f} {-84 * k:.1f},{-8 * k:.1f} Z",
        paint,
    )
    needle = stroke(f"M{x + 6 * k:.1f},{y - 4 * k:.1f} l{40 * k:.1f},{-52 * k:.1f}", "#e8e4da", 4 * k)
    return Held(middle=cloth, front=needle)


def stove(joints: Joints, body: Body) -> Held:
    """A range with a pot that steams; the hand stirs."""
    k, g = size_of(body), joints.ground_y
    x = min(hand[0] for hand in joints.hands) - 34 * k
    y = max(hand[1] for hand in joints.hands) + 84 * k
    box = rect(x, y, 210 * k, g - y, "#4a4f58", round_=4) + rect(
        x - 8 * k, y - 10 * k, 226 * k, 14 * k, "#6a707a", round_=3
    )
    door = rect(x + 26 * k, y + 50 * k, 120 * k, 92 * k, "#23262d", round_=6) + rect(
        x + 40 * k, y + 66 * k, 92 * k, 56 * k, "#f0913c", round_=4
    )
    hx, hy = joints.hands[0]
    pot = path(
        f"M{hx - 30 * k:.1f},{y - 84 * k:.1f} h{120 * k:.1f} l{-6 * k:.1f},{74 * k:.1f} h{-108 * k:.1f} Z", "#b5673a"
    ) + rect(hx - 38 * k, y - 90 * k, 136 * k, 10 * k, "#8f4d2b", round_=4)
    spoon = stroke(f"M{hx + 4 * k:.1f},{hy - 26 * k:.1f} L{hx + 30 * k:.1f},{y - 70 * k:.1f}", "#b98a55", 7 * k)
    steam = stroke(
        f"M{hx + 16 * k:.1f},{y - 104 * k:.1f} q{-22 * k:.1f},{-34 * k:.1f} 4,{-60 * k:.1f} t0,{-56 * k:.1f} "
        f"M{hx + 58 * k:.1f},{y - 104 * k:.1f} q{20 * k:.1f},{-34 * k:.1f} 0,{-64 * k:.1f} t4,{-50 * k:.1f}",
        "#ffffff", 9 * k, opacity=0.55,
    )  # fmt: skip
    return Held(middle=box + door + steam + spoon + pot, lights=((x + 86 * k, y + 94 * k, 60 * k, WARM),))
