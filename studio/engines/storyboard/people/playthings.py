"""Toys in the hand, in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body
from studio.engines.storyboard.people.held import Held
from studio.engines.storyboard.sheet.vector import Point, ellipse, group, path, shade, stroke


def balloon(hand: Point, elbow: Point, ground: float, body: Body, colour: str = "#c8352f") -> Held:
    x, y = hand
    string = stroke(
        f"M{x:.1f},{y:.1f} C{x + 20:.1f},{y - 70:.1f} {x - 10:.1f},{y - 130:.1f} {x + 16:.1f},{y - 214:.1f}",
        "#4a4450",
        2.6,
    )
    ball = (
        ellipse(x + 16, y - 268, 46, 56, colour)
        + path(f"M{x + 8:.1f},{y - 210:.1f} l16,0 l-8,-12 Z", shade(colour, 0.8))
        + ellipse(x + 0, y - 288, 10, 16, "#ffffff", opacity=0.45, turn=20)
    )
    return Held(behind=string + ball)


def kite(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    kx, ky = x + 230, y - 330
    string = stroke(f"M{x:.1f},{y:.1f} Q{x + 130:.1f},{y - 100:.1f} {kx:.1f},{ky:.1f}", "#5a5560", 2.4)
    art = (
        path("M0,-60 L44,0 L0,76 L-44,0 Z", "#d2503f")
        + path("M0,-60 L44,0 L0,0 Z M0,0 L-44,0 L0,76 Z", "#e8b830")
        + stroke("M0,76 C20,100 -14,116 10,146", "#4f7fb8", 4)
    )
    return Held(behind=string + group(art, x=kx, y=ky, turn=28))


def teddy(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    c = "#a9743f"
    art = (
        ellipse(0, 30, 20, 25, c)
        + ellipse(0, -2, 18, 17, c)
        + ellipse(-13, -15, 7, 7, c)
        + ellipse(13, -15, 7, 7, c)
        + ellipse(-14, 52, 9, 11, c)
        + ellipse(14, 52, 9, 11, c)
        + ellipse(4, 3, 8, 6, "#dcb98a")
    )
    return Held(middle=group(art, x=hand[0] + 4, y=hand[1] + 4, scale=0.9))


def ball(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=ellipse(hand[0] + 10, hand[1] - 12, 28, 28, "#d2503f")
        + stroke(f"M{hand[0] - 14:.1f},{hand[1] - 22:.1f} q24,12 50,-2", "#f2e9d8", 6)
    )


def snowball(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=ellipse(hand[0] + 4, hand[1] - 14, 24, 24, "#f4f6f8")
        + ellipse(hand[0] + 9, hand[1] - 8, 15, 14, "#d5dde4")
    )
