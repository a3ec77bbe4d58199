"""Lamps, furniture and single objects, drawn by code. The ground is y = 0; units as each drawing's height says."""

from __future__ import annotations

from studio.engines.storyboard.brief import Subject
from studio.engines.storyboard.sprites import Drawing
from studio.engines.storyboard.vector import ellipse, hex_of, path, polygon, rect, shade, stroke

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
    return Drawing(
        glow + glass + frame + wires + shine, (-90, -270, 90, 4), (0, 0), 264, ((0.0, -92.0, 260.0, _WARM),)
    )


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
            (
                "M-30,-22 C-44,-54 -18,-66 -14,-92 C2,-74 6,-60 8,-56 C20,-70 20,-92 18,-104 "
                "C44,-76 44,-46 30,-22 Z"
            ),
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
    ) + path(
        "M-160,-90 C-150,-180 -70,-216 0,-216 C-60,-190 -80,-140 -80,-90 Q-120,-114 -160,-90 Z", shade(c, 0.8)
    )
    return Drawing(
        rod + canopy + panels + stroke("M0,-216 L0,-232", "#4a342a", 6), (-166, -238, 166, 8), (0, 0), 234
    )


def piano(subject: Subject, variant: int) -> Drawing:
    """A grand piano with its lid up."""
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
    stool = rect(-262, -64, 74, 14, "#5a3a2c", round_=5) + stroke(
        "M-250,-52 L-254,0 M-200,-52 L-196,0", "#3d2a20", 7
    )
    return Drawing(
        lid + legs + case + stool + stroke("M-150,-136 L120,-136", shade(c, 1.4), 3),
        (-270, -274, 140, 4),
        (-40, 0),
        262,
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
            (
                "M-54,-14 C-70,-60 -34,-70 -30,-104 C-10,-80 0,-76 2,-66 C14,-84 14,-104 "
                "10,-118 C44,-92 60,-54 48,-14 Z"
            ),
            "#ee6c2a",
        )
        + path("M-30,-14 C-38,-46 -8,-54 -2,-78 C20,-56 32,-40 24,-14 Z", "#ffce5a")
        + rect(-60, -20, 120, 15, "#5c3d27", round_=7)
    )
    return Drawing(
        art + mouth + fire, (-164, -224, 164, 4), (0, 0), 220, ((0.0, -56.0, 260.0, (1.0, 0.62, 0.28)),)
    )


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


def typewriter(subject: Subject, variant: int) -> Drawing:
    """An old typewriter with a sheet in it."""
    c = "#3a4a52"
    paper = rect(-66, -196, 132, 104, "#f2ecdd") + stroke(
        "M-50,-174 h100 M-50,-156 h88 M-50,-138 h96", "#9d9686", 4
    )
    body = (
        path("M-130,-40 L-110,-96 L110,-96 L130,-40 L150,0 L-150,0 Z", c)
        + rect(-140, -112, 280, 24, shade(c, 0.7), round_=12)
        + ellipse(150, -100, 14, 14, "#22262b")
    )
    keys = "".join(
        ellipse(-104 + k * 26 + row * 9, -58 + row * 22, 9.5, 8, "#e9e2d0")
        + ellipse(-104 + k * 26 + row * 9, -58 + row * 22, 9.5, 8, "#3a3f46", opacity=0.18)
        for row in range(2)
        for k in range(8)
    )
    return Drawing(paper + body + keys, (-170, -200, 170, 4), (0, 0), 196)


def gramophone(subject: Subject, variant: int) -> Drawing:
    """A gramophone with a brass horn."""
    box = (
        rect(-76, -64, 152, 64, "#75502f", round_=4)
        + rect(-84, -72, 168, 12, "#5b3c22", round_=3)
        + ellipse(0, -76, 62, 9, "#26262c")
    )
    horn = path(
        (
            "M40,-80 C60,-120 30,-150 10,-160 L-90,-262 C-40,-300 70,-290 110,-230 "
            "C80,-190 40,-170 28,-150 C60,-140 70,-110 56,-78 Z"
        ),
        "#c99a3a",
    ) + path("M-90,-262 C-40,-300 70,-290 110,-230 C50,-210 -50,-220 -90,-262 Z", "#8a6422")
    return Drawing(box + horn + stroke("M50,-80 L20,-82", "#3c3f46", 5), (-100, -300, 120, 4), (0, 0), 290)


def cauldron(subject: Subject, variant: int) -> Drawing:
    """A bubbling cauldron."""
    pot = (
        path("M-90,-130 C-130,-70 -90,-10 0,-10 C90,-10 130,-70 90,-130 Z", "#33363e")
        + ellipse(0, -130, 98, 20, "#454a54")
        + ellipse(0, -132, 84, 14, "#79c24f")
        + stroke("M-60,-16 L-70,0 M60,-16 L70,0", "#26282e", 12)
    )
    bubbles = "".join(
        ellipse(x, y, r, r, "#a9e07a", opacity=0.9)
        for x, y, r in ((-30, -142, 12), (16, -146, 9), (44, -138, 7), (-6, -168, 7), (28, -184, 5))
    )
    return Drawing(pot + bubbles, (-124, -192, 124, 4), (0, 0), 150, ((0.0, -140.0, 120.0, (0.6, 1.0, 0.5)),))


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


def ship_wheel(subject: Subject, variant: int) -> Drawing:
    """A ship's wheel."""
    spokes = "".join(
        (
            f'<g transform="rotate({a} 0 '
            f'-130)">{rect(-6, -256, 12, 126, "#8a5a34", round_=5)}{ellipse(0, -252, 9, 14, "#a5703f")}</g>'
        )
        for a in range(0, 360, 45)
    )
    rim = (
        '<circle cx="0" cy="-130" r="86" fill="none" stroke="#75482a" '
        'stroke-width="20"/><circle cx="0" cy="-130" r="86" fill="none" '
        'stroke="#c99a4a" stroke-width="4"/>'
    )
    return Drawing(
        spokes + rim + ellipse(0, -130, 26, 26, "#c99a4a") + ellipse(0, -130, 13, 13, "#75482a"),
        (-136, -266, 136, 6),
        (0, 0),
        262,
    )


def sword(subject: Subject, variant: int) -> Drawing:
    """A sword, point downward."""
    art = (
        path("M-15,-196 L-12,-30 L0,0 L12,-30 L15,-196 Z", "#c9d2da")
        + path("M0,-196 L0,0 L12,-30 L15,-196 Z", "#93a0ac")
        + rect(-58, -212, 116, 16, "#b08a3c", round_=7)
        + rect(-9, -270, 18, 60, "#5a3b26", round_=4)
        + stroke("M-9,-256 l18,6 M-9,-240 l18,6 M-9,-224 l18,6", "#3d281c", 3)
        + ellipse(0, -280, 16, 15, "#b08a3c")
        + ellipse(0, -280, 7, 7, "#b3332f")
    )
    return Drawing(art, (-64, -300, 64, 2), (0, 0), 296)


def rifle(subject: Subject, variant: int) -> Drawing:
    """An old long gun, lying."""
    art = (
        stroke("M-60,-44 L190,-60", "#3b4048", 11)
        + path(
            (
                "M-190,-6 L-170,-48 C-120,-58 -80,-54 -40,-56 L60,-58 L60,-42 L-40,-36 "
                "C-90,-34 -120,-24 -150,0 Z"
            ),
            "#75482a",
        )
        + stroke("M-52,-38 q8,22 26,4", "#3b4048", 5)
    )
    return Drawing(art, (-196, -72, 200, 4), (0, 0), 68)


def pocket_watch(subject: Subject, variant: int) -> Drawing:
    """A gold watch on its chain."""
    chain = "".join(
        ellipse(20 + i * 15, -214 - (i * i) * 0.7 + i * 5, 8, 5, "#b98a2e", turn=20 * (i % 2))
        for i in range(8)
    )
    case = (
        ellipse(0, -94, 94, 94, "#c99a3a")
        + ellipse(0, -94, 80, 80, "#f6efdc")
        + rect(-12, -210, 24, 26, "#c99a3a", round_=6)
    )
    marks = "".join(
        (
            f'<rect x="-2.5" y="-166" width="5" height="{16 if a % 90 == 0 else 9}" '
            f'fill="#4a3a2c" transform="rotate({a} 0 -94)"/>'
        )
        for a in range(0, 360, 30)
    )
    return Drawing(
        chain
        + case
        + marks
        + stroke("M0,-94 L0,-144 M0,-94 L34,-76", "#2d2622", 6)
        + ellipse(0, -94, 6, 6, "#b3332f")
        + path("M-60,-140 A76,76 0 0 1 10,-170 L6,-158 A64,64 0 0 0 -50,-132 Z", "#ffffff", opacity=0.6),
        (-100, -226, 150, 4),
        (0, 0),
        212,
    )


def moon(subject: Subject, variant: int) -> Drawing:
    """The full moon."""
    spots = "".join(
        ellipse(x, y, r, r * 0.9, "#d5d3c2", opacity=0.8)
        for x, y, r in (
            (-30, -140, 22),
            (26, -120, 14),
            (36, -70, 24),
            (-22, -66, 16),
            (-48, -98, 9),
            (6, -168, 10),
        )
    )
    return Drawing(
        ellipse(0, -100, 98, 98, "#f3f0df") + spots,
        (-100, -200, 100, 0),
        (0, -100),
        196,
        ((0.0, -100.0, 190.0, (0.9, 0.94, 1.0)),),
    )


def planet(subject: Subject, variant: int) -> Drawing:
    """A banded world; the Earth is blue with land."""
    if subject.noun in {"earth", "globe", "world"}:
        clip = '<clipPath id="world"><circle cx="0" cy="-100" r="98"/></clipPath>'
        land = path(
            (
                "M-60,-170 C-20,-180 0,-150 -20,-130 C-40,-116 -30,-90 -54,-84 C-80,-96 "
                "-90,-140 -60,-170 Z M10,-120 C50,-140 90,-120 84,-90 C70,-60 50,-30 26,-24 "
                "C14,-50 24,-70 6,-84 C-4,-98 0,-112 10,-120 Z"
            ),
            "#5f9a5a",
        ) + stroke(
            (
                "M-90,-110 C-50,-120 -10,-100 30,-110 M-40,-40 C0,-52 50,-44 80,-56 M10,-176 "
                "C40,-180 60,-166 70,-160"
            ),
            "#ffffff",
            7,
            opacity=0.75,
        )
        return Drawing(
            clip
            + ellipse(0, -100, 98, 98, "#3f7fc0")
            + (
                "<g "
                f'clip-path="url(#world)">{land}{ellipse(-50, -80, 110, 120, "#0d1c40", opacity=0.0)}<path '
                'd="M-100,-200 L-30,-200 C-80,-140 -80,-60 -20,0 L-100,0 Z" fill="#0d1c40" '
                'fill-opacity="0.4"/></g>'
            ),
            (-100, -200, 100, 0),
            (0, -100),
            196,
        )
    c = hex_of(subject.colour, "#c58a5a") if subject.colour else "#c58a5a"
    clip = '<clipPath id="world"><circle cx="0" cy="-100" r="98"/></clipPath>'
    bands = "".join(
        path(
            (
                f"M-110,{y} C-40,{y + 10} 40,{y - 8} 110,{y + 6} L110,{y + h} C40,{y + h - 8} "
                f"-40,{y + h + 10} -110,{y + h} Z"
            ),
            shade(c, t),
        )
        for y, h, t in (
            (-180, 22, 1.2),
            (-146, 16, 0.84),
            (-118, 26, 1.12),
            (-80, 14, 0.8),
            (-54, 24, 1.1),
            (-22, 20, 0.86),
        )
    )
    night = (
        '<path d="M-110,-210 L-30,-210 C-84,-140 -84,-60 -20,10 L-110,10 Z" '
        'fill="#120f2c" fill-opacity="0.42"/>'
    )
    return Drawing(
        clip + ellipse(0, -100, 98, 98, c) + f'<g clip-path="url(#world)">{bands}{night}</g>',
        (-100, -200, 100, 0),
        (0, -100),
        196,
    )


def bottle(subject: Subject, variant: int) -> Drawing:
    """A corked bottle with a rolled letter."""
    glass = path(
        (
            "M-44,0 C-54,-4 -54,-20 -54,-40 L-54,-130 C-54,-170 -20,-176 -20,-206 "
            "L-20,-232 L20,-232 L20,-206 C20,-176 54,-170 54,-130 L54,-40 C54,-20 54,-4 "
            "44,0 Z"
        ),
        "#7fb09a",
        opacity=0.75,
    )
    return Drawing(
        rect(-15, -252, 30, 28, "#a9783f", round_=4)
        + glass
        + path("M-24,-20 L-10,-146 L26,-142 L16,-18 Z", "#efe2c0")
        + rect(-18, -92, 38, 12, "#b3332f")
        + stroke("M-40,-40 L-40,-128", "#ffffff", 7, opacity=0.6),
        (-60, -256, 60, 4),
        (0, 0),
        250,
    )


def hand(subject: Subject, variant: int) -> Drawing:
    """An open hand reaching in from the left; holds nothing."""
    skin = "#d9a27a"
    sleeve = path("M-260,-120 L-130,-150 L-120,-30 L-260,-20 Z", "#4a5a70")
    palm = path(
        (
            "M-140,-138 C-90,-150 -40,-146 10,-130 L120,-128 C140,-126 140,-106 120,-104 "
            "L40,-102 L136,-92 C154,-88 152,-68 134,-68 L40,-78 L124,-56 C140,-50 134,-32 "
            "118,-36 L30,-56 L88,-28 C102,-18 92,-4 78,-10 C40,-26 -20,-30 -60,-36 "
            "L-130,-40 Z"
        ),
        skin,
    )
    thumb = path(
        "M-60,-134 C-30,-170 10,-190 34,-192 C52,-192 52,-172 38,-166 C14,-156 4,-138 0,-120 Z",
        shade(skin, 1.1),
    )
    return Drawing(
        sleeve
        + palm
        + thumb
        + stroke("M40,-102 L-6,-106 M40,-78 L-4,-84 M30,-56 L-6,-62", shade(skin, 0.76), 3),
        (-270, -200, 160, 0),
        (-20, 0),
        190,
    )


def eye(subject: Subject, variant: int) -> Drawing:
    """One eye, very near."""
    iris = {"blue": "#4f86b0", "green": "#5f8f5a", "brown": "#75502f", "grey": "#7d8890"}.get(
        subject.colour, "#5a86a0"
    )
    clip = (
        '<clipPath id="lid"><path d="M-150,-90 C-80,-176 80,-176 150,-84 C80,-20 '
        '-70,-14 -150,-90 Z"/></clipPath>'
    )
    ball = path("M-150,-90 C-80,-176 80,-176 150,-84 C80,-20 -70,-14 -150,-90 Z", "#f4efe8") + (
        "<g "
        f'clip-path="url(#lid)">{ellipse(4, -96, 62, 62, iris)}{ellipse(4, -96, 62, 62, shade(iris, 0.6), opacity=0.35)}{ellipse(4, -92, 46, 46, shade(iris, 1.2))}{ellipse(4, -96, 27, 27, "#15131a")}{ellipse(24, -120, 13, 13, "#ffffff")}{stroke("M-150,-90 C-80,-176 80,-176 150,-84", "#3d2a28", 26, opacity=0.3)}</g>'
    )
    lids = (
        stroke("M-152,-90 C-80,-180 80,-180 152,-84", "#33231f", 10)
        + "".join(
            stroke(f"M{x},{y} q{dx * 0.4},{dy * 0.8} {dx},{dy}", "#33231f", 5)
            for x, y, dx, dy in (
                (-110, -130, -20, -20),
                (-70, -150, -14, -26),
                (-24, -160, -4, -30),
                (26, -160, 8, -30),
                (76, -146, 18, -26),
                (116, -122, 24, -18),
            )
        )
        + stroke("M-120,-62 C-60,-20 70,-24 126,-62", "#a5705a", 4)
    )
    brow = path("M-150,-206 C-80,-262 60,-266 150,-216 C70,-240 -60,-236 -150,-206 Z", "#4a342a")
    return Drawing(
        clip
        + path(
            "M-230,-270 C-100,-300 110,-300 230,-250 C240,-100 200,10 0,14 C-190,10 -240,-110 -230,-270 Z",
            "#dba782",
        )
        + ball
        + lids
        + brow,
        (-236, -292, 238, 16),
        (0, 0),
        290,
    )


def easel(subject: Subject, variant: int) -> Drawing:
    """An easel with a canvas."""
    art = (
        stroke("M-70,0 L-10,-250 M70,0 L10,-250 M0,-250 L0,-20", _WOOD, 9)
        + rect(-92, -206, 184, 130, "#f4efe2")
        + path("M-92,-120 C-50,-160 -10,-110 30,-140 C60,-160 80,-140 92,-134 L92,-76 L-92,-76 Z", "#6f9a6a")
        + rect(-92, -206, 184, 60, "#8fbbd6")
        + ellipse(46, -178, 15, 15, "#f2c45a")
        + path(
            "M-92,-130 C-50,-164 -10,-118 30,-146 C60,-164 80,-146 92,-140 L92,-110 L-92,-110 Z", "#4f7f6a"
        )
        + rect(-100, -80, 200, 10, _WOOD)
    )
    return Drawing(art, (-110, -260, 110, 4), (0, 0), 254)
