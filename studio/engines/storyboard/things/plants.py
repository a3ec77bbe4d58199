"""Trees and bushes as subjects, drawn by code. Units: one person is 100 tall, the ground is y = 0."""

from __future__ import annotations

import random
from collections.abc import Sequence

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import ellipse, path, rect, shade, stroke, taper


def _crown(spots: Sequence[tuple[float, float, float]], leaf: str, seed: int) -> str:
    """Leaves in three tones over round lobes, lit from the upper right."""
    rng = random.Random(seed)
    dark = "".join(ellipse(x, y + r * 0.14, r, r * 0.92, shade(leaf, 0.74)) for x, y, r in spots)
    middle = "".join(ellipse(x + r * 0.12, y - r * 0.08, r * 0.86, r * 0.78, leaf) for x, y, r in spots)
    lit = "".join(ellipse(x + r * 0.3, y - r * 0.32, r * 0.5, r * 0.42, shade(leaf, 1.16)) for x, y, r in spots)
    leaves = ""
    for x, y, r in spots:
        for _ in range(9):
            dx, dy = rng.uniform(-0.95, 0.95) * r, rng.uniform(-0.9, 0.9) * r
            leaves += ellipse(
                x + dx,
                y + dy,
                7,
                4.5,
                shade(leaf, rng.choice((0.66, 0.82, 1.1, 1.24))),
                turn=rng.uniform(-60, 60),
            )
    return dark + middle + lit + leaves


_FRUIT = {
    "apple": "#c8342c",
    "orange": "#e8862a",
    "lemon": "#e8cc3a",
    "plum": "#6a3a7a",
    "pear": "#c2c24a",
    "peach": "#eaa06a",
}
_HANGS = (
    (-132, -196), (-96, -228), (-112, -172), (-70, -282), (-48, -236), (-12, -318), (-18, -262), (24, -286),
    (38, -232), (62, -296), (84, -250), (104, -196), (132, -224), (-58, -200), (66, -206), (4, -226),
)  # fmt: skip
"""Where fruit hangs in a broad crown."""


def oak(subject: Subject, variant: int) -> Drawing:
    """A broad old tree; its colour follows the season words in its noun."""
    leaf = {"autumn": "#c07a32", "red": "#b5482f", "golden": "#d2a03a"}.get(subject.colour, "#5f8a46")
    trunk = path(
        (
            "M-34,0 C-20,-20 -24,-80 -22,-130 C-40,-170 -70,-190 -84,-206 L-74,-214 "
            "C-48,-196 -30,-180 -16,-166 C-14,-200 -16,-220 -18,-250 L4,-250 C4,-220 "
            "8,-196 12,-172 C30,-192 56,-210 74,-228 L84,-218 C62,-196 34,-168 24,-134 "
            "C24,-80 22,-20 40,0 C20,-6 -12,-6 -34,0 Z"
        ),
        "#6a4e38",
    )
    bark = path("M-34,0 C-20,-20 -24,-80 -22,-130 L-6,-150 C-10,-90 -8,-40 -12,-4 Z", "#4e392a")
    spots = [
        (-108, -206, 52),
        (-64, -262, 60),
        (0, -298, 64),
        (66, -270, 60),
        (110, -212, 52),
        (-30, -222, 52),
        (40, -216, 52),
    ]
    fruit = _FRUIT.get(subject.noun.partition(" ")[0], "")
    hung = "".join(ellipse(x, y, 9, 9.5, fruit) for x, y in _HANGS) if fruit else ""
    return Drawing(trunk + bark + _crown(spots, leaf, 3 + variant) + hung, (-180, -380, 190, 4), (0, 0), 360)


def pine(subject: Subject, variant: int) -> Drawing:
    """A fir in drooping tiers."""
    leaf = "#3f6b52"
    art = path("M-12,0 L-7,-90 L7,-90 L12,0 Z", "#5a4232")
    for k in range(6):
        y, w = -44 - k * 54, 104 - k * 15.5
        tier = (
            f"M0,{y - 104} C{w * 0.3:.0f},{y - 54} {w * 0.7:.0f},{y - 18} {w},{y} "
            f"C{w * 0.7:.0f},{y - 2} {w * 0.6:.0f},{y + 10} {w * 0.45:.0f},{y + 4} "
            f"C{w * 0.2:.0f},{y + 16} 0,{y + 6} 0,{y + 8} C{-w * 0.2:.0f},{y + 16} "
            f"{-w * 0.3:.0f},{y + 4} {-w * 0.45:.0f},{y + 6} C{-w * 0.7:.0f},{y + 8} "
            f"{-w * 0.7:.0f},{y - 2} {-w},{y} C{-w * 0.7:.0f},{y - 18} "
            f"{-w * 0.3:.0f},{y - 54} 0,{y - 104} Z"
        )
        half = (
            f"M0,{y - 104} C{-w * 0.3:.0f},{y - 54} {-w * 0.7:.0f},{y - 18} {-w},{y} "
            f"C{-w * 0.7:.0f},{y - 2} {-w * 0.7:.0f},{y + 8} {-w * 0.45:.0f},{y + 6} "
            f"C{-w * 0.2:.0f},{y + 4} {-w * 0.1:.0f},{y - 40} 0,{y - 104} Z"
        )
        art += path(tier, shade(leaf, 0.9 + 0.045 * k)) + path(half, shade(leaf, 0.6), opacity=0.4)
    return Drawing(art, (-120, -430, 120, 4), (0, 0), 418)


def birch(subject: Subject, variant: int) -> Drawing:
    """A slender white trunk under light leaves."""
    trunk = path("M-13,0 C-8,-100 -12,-200 -2,-330 L6,-330 C6,-200 8,-100 13,0 Z", "#e6e2d8") + path(
        "M-13,0 C-8,-100 -12,-200 -2,-330 L1,-330 C-4,-200 -2,-100 -4,0 Z", "#bdb9b2"
    )
    marks = "".join(
        stroke(f"M{-8 + (i * 5) % 9},{-20 - i * 23} l{6 + i % 3 * 2},{1 - i % 2}", "#3d3a38", 3) for i in range(12)
    )
    twigs = stroke("M2,-200 C20,-230 36,-250 54,-262 M-2,-230 C-20,-260 -36,-276 -54,-286", "#8d867c", 4)
    spots = [(-44, -288, 36), (44, -270, 38), (0, -330, 44), (-14, -250, 34), (22, -306, 38)]
    return Drawing(trunk + twigs + marks + _crown(spots, "#8fae4f", 11), (-110, -390, 110, 4), (0, 0), 374)


def palm(subject: Subject, variant: int) -> Drawing:
    """A leaning palm with feathered leaves."""
    trunk = path("M-14,0 C-6,-110 14,-200 54,-292 L66,-286 C34,-196 18,-110 14,0 Z", "#8a6a48") + "".join(
        stroke(f"M{-12 + i * i * 0.55 + i * 1.5:.0f},{-18 - i * 29} q12,6 {24 - i},0", "#6a4e34", 3) for i in range(9)
    )
    leaves = ""
    for angle, size, tone in (
        (-168, 1.0, 0.7),
        (-130, 0.95, 0.85),
        (-95, 0.8, 0.8),
        (-50, 0.95, 0.95),
        (-12, 1.05, 1.0),
        (26, 0.9, 0.86),
        (156, 0.9, 0.9),
    ):
        blade = (
            "M0,0 C30,-26 84,-34 132,10 C120,6 112,8 104,14 C98,4 90,4 82,10 C76,0 66,2 "
            "58,8 C50,0 40,2 34,8 C24,2 10,4 0,0 Z"
        )
        vein = stroke("M0,0 C30,-20 84,-26 126,6", shade("#5b8f4a", tone * 0.72), 3)
        flip = -1 if abs(angle) > 90 else 1
        turn = angle if flip == 1 else angle - 180
        leaves += (
            f'<g transform="translate(60 -290) scale({flip * size:.2f} {size:.2f}) '
            f'rotate({turn * flip * 0.75:.0f})">{path(blade, shade("#5b8f4a", tone))}{vein}</g>'
        )
    nuts = "".join(ellipse(60 + dx, -278 + dy, 9, 10, "#6d4a2c") for dx, dy in ((-8, 4), (8, 6), (0, 14)))
    return Drawing(trunk + leaves + nuts, (-110, -430, 230, 4), (0, 0), 380)


def willow(subject: Subject, variant: int) -> Drawing:
    """A weeping willow."""
    trunk = path("M-26,0 C-14,-60 -24,-130 -8,-200 L14,-200 C18,-130 14,-60 30,0 Z", "#66503a")
    top = _crown([(-60, -262, 56), (0, -292, 62), (62, -262, 56), (0, -246, 60)], "#7c9a50", 5)
    rng = random.Random(4)
    strands = ""
    for i in range(38):
        x = -124 + i * 6.8
        start = -276 + abs(x) * 0.42
        end = -36 - rng.uniform(0, 70) - (60 if abs(x) < 30 else 0)
        strands += stroke(
            (
                f"M{x * 0.86:.0f},{start:.0f} C{x * 1.06:.0f},{start * 0.8:.0f} "
                f"{x * 1.14:.0f},{start * 0.5:.0f} {x * 1.1 + rng.uniform(-6, 6):.0f},{end:.0f}"
            ),
            shade("#7c9a50", rng.choice((0.72, 0.9, 1.05, 1.16))),
            6,
            opacity=0.92,
        )
    return Drawing(trunk + top + strands, (-170, -370, 170, 4), (0, 0), 350)


def dead_tree(subject: Subject, variant: int) -> Drawing:
    """A bare tree with crooked limbs."""
    c = "#4f453f"
    limbs = [
        ((0, 0), (-6, -130), 26, 17),
        ((-6, -130), (8, -220), 17, 10),
        ((8, -220), (-10, -296), 10, 3),
        ((-6, -130), (-70, -196), 12, 7),
        ((-70, -196), (-110, -214), 7, 2.4),
        ((-70, -196), (-84, -262), 7, 2.4),
        ((-2, -160), (62, -214), 11, 6),
        ((62, -214), (112, -226), 6, 2),
        ((62, -214), (74, -284), 6, 2),
        ((8, -220), (44, -284), 7, 2),
        ((-84, -230), (-120, -258), 4, 1.6),
        ((70, -250), (100, -284), 4, 1.6),
        ((4, -250), (-34, -280), 5, 1.6),
    ]
    return Drawing(
        "".join(taper(a, b, r, s, c) for a, b, r, s in limbs)
        + path("M-44,2 C-24,-10 -20,-40 -24,-70 L20,-70 C18,-40 26,-10 46,2 Z", c),
        (-140, -320, 130, 6),
        (0, 0),
        300,
    )


def cherry(subject: Subject, variant: int) -> Drawing:
    """A tree in blossom, petals falling."""
    trunk = path(
        (
            "M-26,0 C-10,-50 -26,-100 -14,-140 C-40,-176 -66,-190 -84,-198 L-78,-206 "
            "C-50,-196 -26,-184 -8,-168 L4,-210 L14,-208 C12,-186 14,-174 18,-164 C34,-184 "
            "56,-198 76,-206 L80,-196 C56,-182 36,-160 22,-132 C20,-90 18,-40 32,0 Z"
        ),
        "#5a4038",
    )
    spots = [
        (-88, -204, 48),
        (-46, -252, 54),
        (12, -272, 56),
        (66, -240, 52),
        (96, -196, 44),
        (-8, -216, 48),
        (44, -204, 46),
    ]
    petals = "".join(
        ellipse(-120 + (i * 53) % 250, -20 - (i * 37) % 130, 4.5, 3, "#f3c3cf", turn=i * 40) for i in range(14)
    )
    return Drawing(trunk + _crown(spots, "#e6a3b6", 8) + petals, (-150, -340, 160, 4), (0, 0), 326)


def bush(subject: Subject, variant: int) -> Drawing:
    """A round bush."""
    return Drawing(
        _crown(
            [(-44, -28, 34), (0, -40, 42), (46, -28, 34), (-18, -22, 30), (22, -22, 30)],
            "#56814a",
            2 + variant,
        ),
        (-90, -100, 100, 10),
        (0, 2),
        84,
    )


def tomato(subject: Subject, variant: int) -> Drawing:
    """A tomato plant on its stake in a clay pot, with red fruit."""
    stake = rect(-4, -250, 8, 220, "#a98a5c")
    stem = stroke("M0,-60 C-14,-110 14,-160 -2,-226", "#4f7a38", 8)
    spots = ((-46, -118, 34), (44, -134, 36), (-38, -180, 32), (36, -198, 32), (-2, -232, 34))
    leaves = "".join(
        path(
            f"M{x - r},{y + 6} C{x - r},{y - r} {x},{y - r} {x},{y - r * 0.6:.0f} C{x},{y - r} {x + r},{y - r} {x + r},{y + 6} "
            f"C{x + r * 0.5:.0f},{y + r * 0.3:.0f} {x + r * 0.3:.0f},{y + r} {x},{y + r * 0.5:.0f} "
            f"C{x - r * 0.3:.0f},{y + r} {x - r * 0.5:.0f},{y + r * 0.3:.0f} {x - r},{y + 6} Z",
            shade("#5f9a46", tone),
        )
        for (x, y, r), tone in zip(spots, (0.8, 0.9, 1.0, 1.08, 1.16), strict=True)
    )
    fruit = "".join(
        ellipse(x, y, r, r * 0.9, "#d8392b")
        + ellipse(x - r * 0.3, y - r * 0.3, r * 0.3, r * 0.22, "#ffffff", opacity=0.5)
        + stroke(f"M{x - 6},{y - r + 1} l6,4 l6,-4", "#3f6a30", 4)
        for x, y, r in ((-34, -92, 21), (30, -104, 23), (-8, -150, 20), (42, -168, 17))
    )
    pot = path("M-50,-62 L50,-62 L38,0 L-38,0 Z", "#b5653f") + rect(-56, -72, 112, 18, "#c87850", round_=4)
    return Drawing(stake + stem + leaves + fruit + pot, (-92, -276, 92, 4), (0, 0), 262)
