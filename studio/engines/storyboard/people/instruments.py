"""Weapons, tools and instruments in the hand, in body units."""

from __future__ import annotations

import math

from studio.engines.storyboard.people.body import Body, size_of
from studio.engines.storyboard.people.held import Held
from studio.engines.storyboard.sheet.vector import Point, ellipse, group, path, rect, shade, stroke


def sword(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    reach = math.degrees(math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]))
    turn = 22 + 0.3 * reach if abs(reach) < 80 else 150
    blade = path("M-6,-14 L-5,-210 L0,-226 L5,-210 L6,-14 Z", "#c9d2da") + path(
        "M0,-14 L0,-226 L5,-210 L6,-14 Z", "#98a3ae"
    )
    hilt = (
        rect(-24, -18, 48, 8, "#b08a3c", round_=3) + rect(-4, -12, 8, 34, "#5a3b26") + ellipse(0, 24, 7, 7, "#b08a3c")
    )
    return Held(middle=group(blade + hilt, x=hand[0], y=hand[1], turn=turn))


def staff(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x = hand[0] + 4
    rod = stroke(f"M{x - 6:.1f},{ground:.1f} Q{x + 6:.1f},{hand[1]:.1f} {x:.1f},{hand[1] - 220:.1f}", "#6d4a2c", 10)
    return Held(
        middle=rod + ellipse(x, hand[1] - 226, 15, 15, "#7fd0e0"),
        lights=((x, hand[1] - 226, 70, (0.55, 0.85, 1.0)),),
    )


def flag(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """A red flag on a pole that stands on the ground."""
    x, top = hand[0] + 2, hand[1] - 250
    pole = stroke(f"M{x:.1f},{ground:.1f} L{x:.1f},{top:.1f}", "#8a6a46", 9)
    cloth = f"M{x:.1f},{top + 4:.1f} q46,-16 84,2 t78,-4 l-4,92 q-40,14 -76,0 t-82,6 Z"
    fold = f"M{x + 84:.1f},{top + 6:.1f} q40,14 78,-4 l-4,92 q-40,14 -76,0 Z"
    return Held(middle=pole + path(cloth, "#c8402f") + path(fold, "#a93426", opacity=0.6))


def stick(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    return Held(
        middle=stroke(
            (
                f"M{x + 10:.1f},{ground:.1f} L{x:.1f},{y - 6:.1f} C{x - 2:.1f},{y - 24:.1f} "
                f"{x - 22:.1f},{y - 20:.1f} {x - 20:.1f},{y - 6:.1f}"
            ),
            "#5e4028",
            8,
        )
    )


def spear(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    rod = stroke(f"M{x:.1f},{ground:.1f} L{x + 6:.1f},{y - 300:.1f}", "#6d4a2c", 8)
    return Held(
        middle=rod
        + path(f"M{x - 6:.1f},{y - 296:.1f} L{x + 7:.1f},{y - 350:.1f} L{x + 18:.1f},{y - 296:.1f} Z", "#c3ccd4")
    )


def rod(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """A rod bent over the water, its line taut with a float at the end."""
    k, (x, y) = size_of(body), hand
    tip = (x + 300 * k, y - 210 * k)
    cane = f"M{x - 56 * k:.1f},{y + 34 * k:.1f} Q{x + 170 * k:.1f},{y - 130 * k:.1f} {tip[0]:.1f},{tip[1]:.1f}"
    reel = ellipse(x + 12 * k, y + 8 * k, 13 * k, 13 * k, "#33373f") + ellipse(
        x + 12 * k, y + 8 * k, 5 * k, 5 * k, "#aab4be"
    )
    end = (tip[0] + 22 * k, ground - 10 * k)
    line = stroke(
        f"M{tip[0]:.1f},{tip[1]:.1f} Q{tip[0] + 26 * k:.1f},{y:.1f} {end[0]:.1f},{end[1]:.1f}", "#f3f5f6", 3 * k
    )
    cork = ellipse(*end, 9 * k, 12 * k, "#d2402f") + ellipse(end[0], end[1] + 5 * k, 9 * k, 7 * k, "#f3ecdd")
    return Held(middle=line + cork + stroke(cane, "#4d3423", 9 * k) + stroke(cane, "#8a6238", 4 * k) + reel)


def wand(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = stroke("M-6,8 L44,-48", "#4d3423", 5) + path(
        "M46,-68 l4,14 l14,4 l-14,4 l-4,14 l-4,-14 l-14,-4 l14,-4 Z", "#ffe9a0"
    )
    return Held(middle=group(art, x=hand[0], y=hand[1]), lights=((hand[0] + 46, hand[1] - 50, 80, (1.0, 0.92, 0.6)),))


def baton(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = stroke("M0,0 L92,-58", "#f3ecdd", 5) + ellipse(-3, 2, 10, 9, "#8a5c34")
    return Held(front=group(art, x=hand[0], y=hand[1], scale=size_of(body)))


def magnifying_glass(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-7, -6, 14, 58, "#5a3b26", round_=6)
        + ellipse(0, -44, 40, 40, "#c99a3a")
        + ellipse(0, -44, 32, 32, "#d3ecf3", opacity=0.85)
    )
    return Held(
        front=group(
            art + stroke("M-14,-58 q8,-12 20,-12", "#ffffff", 5), x=hand[0] + 6, y=hand[1], turn=38, scale=size_of(body)
        )
    )


def harmonica(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-38, -11, 76, 22, "#c3ccd4", round_=5)
        + rect(-38, -3, 76, 7, "#8a5c34")
        + stroke("M-28,9 h56", "#59616b", 3)
    )
    return Held(front=group(art, x=hand[0] + 2, y=hand[1] - 12, scale=size_of(body)))


def hedge_shears(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """Long shears, open."""
    blades = path("M20,-4 L128,-46 L132,-34 L34,8 Z", "#c3ccd4") + path("M20,4 L132,26 L130,38 L30,12 Z", "#9aa7b2")
    grips = stroke("M-36,22 L30,-2 M-36,-16 L30,6", "#8a5c34", 10) + ellipse(28, 2, 7, 7, "#59616b")
    return Held(front=group(blades + grips, x=hand[0] + 14, y=hand[1], scale=size_of(body)))


def camera(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-26, -18, 56, 38, "#2e3138", round_=6)
        + ellipse(30, 1, 13, 13, "#4a505a")
        + ellipse(33, 1, 7, 8, "#8fb9cc")
        + rect(-12, -26, 20, 10, "#2e3138", round_=3)
    )
    return Held(front=group(art, x=hand[0] + 8, y=hand[1] - 6))


def telescope(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-30, -8, 50, 16, "#7a5a2c", round_=3)
        + rect(18, -10, 44, 20, "#a9803c", round_=3)
        + rect(58, -13, 30, 26, "#c79a48", round_=3)
    )
    return Held(front=group(art, x=hand[0] + 6, y=hand[1] - 8, turn=-14))


def guitar(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = rect(30, -8, 150, 15, "#4d3423") + rect(172, -13, 34, 25, "#3a261a", round_=4)
    art += (
        ellipse(-34, 0, 52, 48, "#b0703a")
        + ellipse(26, 0, 38, 36, "#b0703a")
        + ellipse(2, 0, 17, 17, "#3a261a")
        + rect(-52, -14, 8, 28, "#3a261a")
    )
    return Held(middle=group(art, x=20 + hand[0] * 0.3, y=hand[1] + 6, turn=-24, scale=0.95))


def violin(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    neck = -body.torso - body.neck
    art = (
        ellipse(0, 0, 26, 21, "#94502a")
        + ellipse(34, 0, 21, 17, "#94502a")
        + rect(46, -4, 62, 8, "#3a261a")
        + ellipse(108, 0, 7, 7, "#3a261a")
    )
    bow = stroke(f"M{hand[0] - 30:.1f},{hand[1] + 24:.1f} L{hand[0] + 60:.1f},{hand[1] - 100:.1f}", "#5a3b26", 4)
    return Held(middle=group(art, x=34, y=neck + 34, turn=-8), front=bow)


def trumpet(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        stroke("M-40,0 L60,0", "#d2a23e", 9)
        + path("M52,-5 C76,-8 88,-16 96,-28 L96,28 C88,16 76,8 52,5 Z", "#e0b554")
        + stroke("M-10,0 L-10,20 L36,20 L36,0 M2,-4 l0,-14 M14,-4 l0,-14 M26,-4 l0,-14", "#b98a2e", 6)
    )
    return Held(middle=group(art, x=hand[0] + 4, y=hand[1] - 10, turn=-8))


def flute(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """A flute held before the mouth."""
    return Held(middle=group(rect(-46, -4, 120, 8, "#c9cdd2", round_=4), x=hand[0] + 4, y=hand[1] - 8, turn=12))


def axe(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = stroke("M0,80 L0,-80", "#6d4a2c", 9) + path("M0,-84 C26,-92 46,-82 50,-66 C50,-46 34,-38 0,-44 Z", "#aab4be")
    return Held(middle=group(art, x=hand[0], y=hand[1], turn=12))


def broom(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    art = stroke(f"M{x + 24:.1f},{ground - 52:.1f} L{x - 26:.1f},{y - 150:.1f}", "#7a5837", 8)
    return Held(middle=art + path(f"M{x + 14:.1f},{ground - 62:.1f} l24,-6 l22,66 l-58,4 Z", "#c29a52"))


def brush(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=group(
            stroke("M-10,20 L24,-40", "#8a5c34", 5) + ellipse(27, -46, 5, 10, "#3d6cb0", turn=30),
            x=hand[0],
            y=hand[1],
        )
    )


def palette(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = ellipse(0, 0, 44, 30, "#b98a58", turn=-12)
    dots = "".join(
        ellipse(x, y, 7, 6, c)
        for x, y, c in ((-22, -6, "#c23b34"), (-6, -16, "#e8b830"), (14, -14, "#3d6cb0"), (26, 0, "#4c8a4f"))
    )
    return Held(middle=group(art + dots, x=hand[0] + 12, y=hand[1] - 4))


def bow(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        stroke("M0,-120 C44,-70 44,70 0,120", "#6d4a2c", 8)
        + stroke("M0,-120 L-30,0 L0,120", "#e6e2d8", 2)
        + stroke("M-34,0 L66,0", "#8a6a42", 4)
        + path("M64,-7 L82,0 L64,7 Z", "#aab4be")
    )
    return Held(middle=group(art, x=hand[0], y=hand[1]))


def shield(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = path("M-50,-60 Q0,-76 50,-60 C52,0 40,50 0,84 C-40,50 -52,0 -50,-60 Z", "#8c2f36") + stroke(
        "M0,-66 L0,80 M-50,-14 L50,-14", "#d9b45c", 9
    )
    return Held(front=group(art, x=hand[0], y=hand[1], scale=0.9))


def mic(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=group(
            rect(-5, -8, 10, 42, "#2e3138", round_=4) + ellipse(0, -16, 12, 13, "#8a929c"),
            x=hand[0] + 2,
            y=hand[1] - 6,
            turn=-24,
        )
    )


def pipe(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """A pipe at the mouth, its smoke rising."""
    neck = -body.torso - body.neck
    smoke = stroke(f"M72,{neck - 24:.1f} q22,-34 0,-62 t10,-66", "#f3f5f6", 15, opacity=0.5)
    return Held(
        front=stroke(f"M42,{neck - 16:.1f} l26,14", "#4d3423", 7)
        + rect(60, neck - 18, 24, 28, "#6b4527", round_=6)
        + smoke
    )


def gun(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=group(
            stroke("M-50,20 L90,-30", "#3b3f46", 9) + stroke("M-66,34 L-20,8", "#6d4a2c", 15),
            x=hand[0],
            y=hand[1],
        )
    )


def scrub_brush(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """A brush for an animal's coat, its bristles outward."""
    art = rect(-12, -34, 16, 68, "#8a5c34", round_=7) + rect(4, -30, 12, 60, "#e0c89a", round_=2)
    return Held(front=group(art, x=hand[0] + 12, y=hand[1], scale=size_of(body)))


def closed_umbrella(hand: Point, elbow: Point, ground: float, body: Body, colour: str = "#b3332f") -> Held:
    """Rolled up, its point downward."""
    x, y = hand
    long = min(190 * body.limb, max(90.0, ground - y - 10))
    crook = stroke(f"M{x:.1f},{y + 8:.1f} V{y - 26:.1f} q0,-20 -18,-20 q-16,0 -16,14", "#3a3136", 7)
    roll = path(
        f"M{x - 12:.1f},{y + 10:.1f} H{x + 12:.1f} L{x + 5:.1f},{y + 0.88 * long:.1f} H{x - 5:.1f} Z", colour
    ) + path(
        f"M{x + 2:.1f},{y + 10:.1f} H{x + 12:.1f} L{x + 5:.1f},{y + 0.88 * long:.1f} H{x + 1:.1f} Z", shade(colour, 0.8)
    )
    tip = stroke(f"M{x:.1f},{y + 0.86 * long:.1f} V{y + long:.1f}", "#3a3136", 5)
    return Held(middle=tip + roll + crook)
