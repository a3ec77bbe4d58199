"""Lamps, furniture and single objects, drawn by code. The ground is y = 0;
units as each drawing's height says.
"""

from __future__ import annotations

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import ellipse, hex_of, path, polygon, rect, shade, stroke

_WARM = (1.0, 0.78, 0.42)
_WOOD = "#7a5434"


def lantern(subject: Subject, variant: int) -> Drawing:
    """A storm lantern, lit."""
    iron = "#3d3a38"
    glow = (
        '<radialGradient id="flame"><stop offset="0" stop-color="#fffbe6"/><stop '
        'offset="0.5" stop-color="#ffd57a"/><stop offset="1" '
        'stop-color="#f0a63c"/></radialGradient>'
    )
    glass = path(
        "M-44,-40 C-60,-90 -44,-140 -34,-150 L34,-150 C44,-140 60,-90 44,-40 Z", "url(#flame)", opacity=0.96
    ) + path("M0,-122 C22,-96 18,-66 0,-58 C-18,-66 -22,-96 0,-122 Z", "#fff6d2")
    frame = (
        rect(-54, -40, 108, 14, iron, round_=4)
        + path("M-62,0 L-50,-28 L50,-28 L62,0 Z", iron)
        + rect(-42, -164, 84, 16, iron, round_=4)
        + path("M-34,-164 L-20,-194 L20,-194 L34,-164 Z", iron)
        + rect(-14, -208, 28, 16, iron, round_=4)
    )
    wires = stroke(
        "M-52,-40 C-70,-90 -56,-150 -38,-160 M52,-40 C70,-90 56,-150 38,-160 M-56,-94 L56,-94", iron, 4
    ) + stroke("M-46,-158 C-90,-230 -40,-262 0,-262 C40,-262 90,-230 46,-158", iron, 5)
    shine = stroke("M-32,-66 C-40,-90 -36,-120 -28,-136", "#ffffff", 5, opacity=0.55)
    return Drawing(glow + glass + frame + wires + shine, (-90, -270, 90, 4), (0, 0), 264, ((0.0, -92.0, 260.0, _WARM),))


def street_lamp(subject: Subject, variant: int) -> Drawing:
    """An old street lamp, lit."""
    iron = "#33373f"
    post = (
        path("M-7,-20 L-4,-230 L4,-230 L7,-20 Z", iron)
        + path("M-20,0 L-14,-26 L14,-26 L20,0 Z", iron)
        + rect(-11, -120, 22, 7, iron, round_=2)
        + stroke("M-24,-206 L24,-206", iron, 5)
    )
    head = (
        path("M-15,-232 L-22,-276 L22,-276 L15,-232 Z", "#ffe3a0")
        + stroke("M-15,-232 L-22,-276 M15,-232 L22,-276 M0,-232 L0,-276", iron, 3)
        + path("M-27,-275 L0,-304 L27,-275 Z", iron)
        + rect(-17, -235, 34, 7, iron)
        + ellipse(0, -307, 4, 6, iron)
    )
    return Drawing(post + head, (-40, -316, 40, 4), (0, 0), 312, ((0.0, -254.0, 120.0, _WARM),))


def campfire(subject: Subject, variant: int) -> Drawing:
    """Crossed logs in a ring of stones, burning."""
    stones = "".join(
        ellipse(x, -8 + (i % 2) * 5, 15, 11, ("#6f7077", "#5d5e66")[i % 2])
        for i, x in enumerate((-76, -52, -26, 0, 26, 52, 76))
    )
    logs = "".join(
        (
            f'<g transform="rotate({a} 0 '
            f'-18)">{rect(-62, -28, 124, 18, c, round_=9)}{ellipse(58, -19, 6, 9, "#b5854f")}</g>'
        )
        for a, c in ((16, "#5c3d27"), (-18, "#6d4a2f"))
    )
    fire = (
        path(
            (
                "M-44,-22 C-66,-70 -30,-84 -28,-122 C-6,-104 -4,-92 0,-84 C10,-110 4,-140 "
                "-4,-160 C40,-136 50,-104 46,-84 C56,-92 58,-100 58,-108 C76,-70 62,-40 44,-22 "
                "Z"
            ),
            "#ee6c2a",
        )
        + path(
            ("M-30,-22 C-44,-54 -18,-66 -14,-92 C2,-74 6,-60 8,-56 C20,-70 20,-92 18,-104 C44,-76 44,-46 30,-22 Z"),
            "#f9a83a",
        )
        + path("M-14,-22 C-24,-42 -6,-54 0,-70 C14,-52 22,-42 14,-22 Z", "#ffe9a0")
    )
    sparks = (
        ellipse(-22, -150, 3, 3, "#ffc45a")
        + ellipse(30, -160, 2.6, 2.6, "#ffc45a")
        + ellipse(8, -176, 2.2, 2.2, "#ffd98a")
    )
    return Drawing(
        fire + logs + stones + sparks,
        (-100, -184, 100, 10),
        (0, 0),
        160,
        ((0.0, -70.0, 330.0, (1.0, 0.62, 0.28)),),
    )


def torch(subject: Subject, variant: int) -> Drawing:
    """A burning torch on end."""
    art = path("M-10,0 L-16,-150 L16,-150 L8,0 Z", "#6a4a2c") + rect(-22, -164, 44, 26, "#4a3423", round_=5)
    fire = path("M-28,-160 C-50,-220 -8,-234 -10,-292 C30,-258 46,-206 28,-160 Z", "#ee6c2a") + path(
        "M-16,-160 C-28,-204 0,-214 0,-250 C24,-220 28,-190 16,-160 Z", "#ffce5a"
    )
    return Drawing(art + fire, (-50, -300, 50, 4), (0, 0), 290, ((0.0, -210.0, 260.0, (1.0, 0.66, 0.3)),))


def umbrella(subject: Subject, variant: int) -> Drawing:
    """An open umbrella, its point upward."""
    c = hex_of(subject.colour, "#b3332f") if subject.colour else "#b3332f"
    rod = stroke("M0,-190 L0,-20 C0,6 -30,6 -30,-16", "#4a342a", 8)
    ribs = [(-160, -80), (-80, 0), (0, 80), (80, 160)]
    canopy = path(
        "M-160,-90 C-150,-180 -70,-216 0,-216 C70,-216 150,-180 160,-90 "
        + "".join(f"Q{(a + b) / 2},-114 {a},-90 " for a, b in reversed(ribs))
        + "Z",
        c,
    )
    panels = path(
        "M-80,-90 C-76,-150 -40,-200 0,-216 C40,-200 76,-150 80,-90 Q40,-114 0,-90 Q-40,-114 -80,-90 Z",
        shade(c, 1.16),
    ) + path("M-160,-90 C-150,-180 -70,-216 0,-216 C-60,-190 -80,-140 -80,-90 Q-120,-114 -160,-90 Z", shade(c, 0.8))
    return Drawing(rod + canopy + panels + stroke("M0,-216 L0,-232", "#4a342a", 6), (-166, -238, 166, 8), (0, 0), 234)


def piano(subject: Subject, variant: int) -> Drawing:
    """A grand piano with its lid up, its keys toward the left."""
    c = "#2b2d36"
    lid = path("M-110,-140 L-90,-262 C-20,-270 70,-250 110,-180 L116,-142 Z", shade(c, 1.14)) + stroke(
        "M70,-140 L60,-214", "#1e2027", 5
    )
    case = (
        path("M-160,-142 L124,-142 C134,-120 128,-98 116,-92 L-160,-92 Z", c)
        + rect(-176, -128, 40, 18, "#f1eee6")
        + stroke("M-172,-119 h32", "#2b2d36", 3)
    )
    legs = path(
        "M-146,-92 l18,0 l-5,92 l-8,0 Z M84,-92 l18,0 l-5,92 l-8,0 Z M-40,-92 l12,0 l-4,84 l-4,0 Z",
        shade(c, 0.8),
    )
    return Drawing(
        lid + legs + case + stroke("M-150,-136 L120,-136", shade(c, 1.4), 3),
        (-182, -274, 140, 4),
        (-20, 0),
        262,
        faces="left",
    )


def armchair(subject: Subject, variant: int) -> Drawing:
    """A wing chair."""
    c = hex_of(subject.colour, "#7c3b35") if subject.colour else "#7c3b35"
    back = path("M-76,-40 L-88,-190 C-84,-228 -20,-232 30,-222 L60,-130 L60,-40 Z", c)
    seat = (
        rect(-56, -92, 142, 64, shade(c, 0.86), round_=16)
        + path(
            "M-74,-120 C-60,-142 70,-136 90,-108 L92,-30 L-70,-30 C-80,-60 -84,-100 -74,-120 Z",
            shade(c, 0.74),
        )
        + rect(-58, -104, 134, 24, shade(c, 1.12), round_=12)
    )
    return Drawing(
        back + seat + rect(-64, -30, 15, 30, "#3d281c") + rect(72, -30, 15, 30, "#3d281c"),
        (-96, -236, 100, 4),
        (0, 0),
        230,
    )


def bench(subject: Subject, variant: int) -> Drawing:
    """A park bench."""
    slats = "".join(
        rect(-170, y, 340, 15, shade(_WOOD, t), round_=4)
        for y, t in ((-150, 1.1), (-126, 1.0), (-102, 0.92), (-66, 1.05))
    )
    iron = "".join(
        stroke(f"M{x},0 L{x},-66 M{x + 26},0 L{x + 20},-66 L{x - 4},-156", "#33373f", 9) for x in (-140, 118)
    )
    return Drawing(iron + slats, (-180, -164, 180, 4), (0, 0), 156)


def table(subject: Subject, variant: int) -> Drawing:
    """A plain wooden table."""
    return Drawing(
        rect(-150, -122, 300, 16, _WOOD, round_=4)
        + rect(-130, -106, 260, 22, shade(_WOOD, 0.8))
        + rect(-136, -106, 18, 106, shade(_WOOD, 0.92))
        + rect(118, -106, 18, 106, shade(_WOOD, 0.92)),
        (-160, -126, 160, 4),
        (0, 0),
        122,
    )


def bookshelf(subject: Subject, variant: int) -> Drawing:
    """A tall case full of books."""
    art = rect(-110, -320, 220, 320, shade(_WOOD, 0.7), round_=4)
    colours = ("#8c3b33", "#3f6f8a", "#c99a4a", "#4f6b4a", "#6a4a78", "#b5b0a0", "#a5583a")
    for row in range(4):
        x, k = -98.0, row
        while x < 84:
            wide, tall = 11 + (k * 7) % 9, 44 + (k * 11) % 17
            art += rect(x, -12 - row * 77 - tall, wide, tall, colours[(k * 3 + row) % 7], round_=1.5)
            x += wide + 1.6
            k += 1
        art += rect(-110, -12 - row * 77, 220, 9, _WOOD)
    return Drawing(art + rect(-116, -328, 232, 14, _WOOD), (-120, -330, 120, 4), (0, 0), 328)


def fireplace(subject: Subject, variant: int) -> Drawing:
    """A stone hearth with a fire."""
    art = (
        rect(-140, -200, 280, 200, "#8f8178")
        + rect(-160, -220, 320, 26, "#6a4a34", round_=3)
        + "".join(
            rect(
                -136 + (i % 2) * 24 + k * 70,
                -186 + i * 38,
                60,
                30,
                shade("#8f8178", 0.92 + 0.08 * ((i + k) % 3)),
                round_=4,
            )
            for i in range(5)
            for k in range(4)
            if -136 + (i % 2) * 24 + k * 70 < 80
        )
    )
    mouth = path("M-86,0 L-86,-96 Q0,-160 86,-96 L86,0 Z", "#2a1f1e")
    fire = (
        path(
            ("M-54,-14 C-70,-60 -34,-70 -30,-104 C-10,-80 0,-76 2,-66 C14,-84 14,-104 10,-118 C44,-92 60,-54 48,-14 Z"),
            "#ee6c2a",
        )
        + path("M-30,-14 C-38,-46 -8,-54 -2,-78 C20,-56 32,-40 24,-14 Z", "#ffce5a")
        + rect(-60, -20, 120, 15, "#5c3d27", round_=7)
    )
    return Drawing(art + mouth + fire, (-164, -224, 164, 4), (0, 0), 220, ((0.0, -56.0, 260.0, (1.0, 0.62, 0.28)),))


def throne(subject: Subject, variant: int) -> Drawing:
    """A gilded throne with a red cushion."""
    gold = "#c99a3a"
    back = path("M-74,-120 L-80,-290 L-48,-262 L0,-322 L48,-262 L80,-290 L74,-120 Z", gold) + path(
        "M-52,-120 L-54,-240 Q0,-276 54,-240 L52,-120 Z", "#8c2438"
    )
    seat = (
        rect(-86, -140, 172, 34, shade(gold, 0.85), round_=6)
        + rect(-70, -154, 140, 24, "#a8304a", round_=11)
        + rect(-96, -190, 24, 84, gold, round_=8)
        + rect(72, -190, 24, 84, gold, round_=8)
    )
    return Drawing(
        back
        + seat
        + path("M-86,-108 L-66,-108 L-70,0 L-90,0 Z M86,-108 L66,-108 L70,0 L90,0 Z", shade(gold, 0.76))
        + ellipse(0, -292, 10, 10, "#b3332f"),
        (-104, -330, 104, 4),
        (0, 0),
        320,
    )


def well(subject: Subject, variant: int) -> Drawing:
    """A roofed well."""
    stones = (
        rect(-70, -80, 140, 80, "#8d8a86", round_=4)
        + "".join(
            rect(
                -66 + (i % 2) * 17 + k * 34,
                -76 + i * 25,
                30,
                20,
                shade("#8d8a86", 0.86 + 0.1 * ((i + k) % 3)),
                round_=5,
            )
            for i in range(3)
            for k in range(4)
            if -66 + (i % 2) * 17 + k * 34 < 44
        )
        + rect(-78, -90, 156, 14, "#a5a29d", round_=4)
    )
    posts = (
        rect(-62, -220, 12, 134, _WOOD)
        + rect(50, -220, 12, 134, _WOOD)
        + rect(-62, -176, 124, 10, shade(_WOOD, 0.8))
        + stroke("M0,-170 L0,-124", "#c9b68a", 3)
        + path("M-16,-126 L16,-126 L12,-98 L-12,-98 Z", "#6a4a2c")
    )
    return Drawing(
        posts
        + stones
        + polygon(((-104, -206), (0, -276), (104, -206)), "#8a4b3c")
        + polygon(((-104, -206), (0, -276), (-20, -206)), "#6a382e"),
        (-110, -280, 110, 4),
        (0, 0),
        274,
    )


def swing(subject: Subject, variant: int) -> Drawing:
    """A swing on its frame."""
    art = (
        stroke("M-110,0 L-60,-240 L-20,0 M20,0 L60,-240 L110,0 M-60,-240 L60,-240", _WOOD, 9)
        + stroke("M-26,-236 L-34,-70 M26,-236 L18,-66", "#c9b68a", 3)
        + rect(-42, -72, 68, 9, "#9a5a3a", round_=3)
    )
    return Drawing(art, (-120, -250, 120, 4), (0, 0), 244)


def signpost(subject: Subject, variant: int) -> Drawing:
    """A wooden post with two arms."""
    art = (
        rect(-7, -200, 14, 200, _WOOD)
        + polygon(((-4, -188), (92, -188), (116, -168), (92, -148), (-4, -148)), "#a9783f")
        + polygon(((4, -136), (-84, -136), (-106, -118), (-84, -100), (4, -100)), "#9a6a36")
        + stroke("M14,-168 h70 M-76,-118 h64", "#6a4a2c", 4)
    )
    return Drawing(art, (-110, -204, 120, 4), (0, 0), 200)
