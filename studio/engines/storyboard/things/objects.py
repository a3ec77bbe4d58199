"""Single objects large enough to fill a frame, drawn by code. The ground is y = 0."""

from __future__ import annotations

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import ellipse, hex_of, path, rect, shade, stroke

WOOD = "#7a5434"


def typewriter(subject: Subject, variant: int) -> Drawing:
    """An old typewriter with a sheet in it."""
    c = "#3a4a52"
    paper = rect(-66, -196, 132, 104, "#f2ecdd") + stroke("M-50,-174 h100 M-50,-156 h88 M-50,-138 h96", "#9d9686", 4)
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
            ("M-190,-6 L-170,-48 C-120,-58 -80,-54 -40,-56 L60,-58 L60,-42 L-40,-36 C-90,-34 -120,-24 -150,0 Z"),
            "#75482a",
        )
        + stroke("M-52,-38 q8,22 26,4", "#3b4048", 5)
    )
    return Drawing(art, (-196, -72, 200, 4), (0, 0), 68)


def pocket_watch(subject: Subject, variant: int) -> Drawing:
    """A gold watch on its chain."""
    chain = "".join(
        ellipse(20 + i * 15, -214 - (i * i) * 0.7 + i * 5, 8, 5, "#b98a2e", turn=20 * (i % 2)) for i in range(8)
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
            ("M-90,-110 C-50,-120 -10,-100 30,-110 M-40,-40 C0,-52 50,-44 80,-56 M10,-176 C40,-180 60,-166 70,-160"),
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
    night = '<path d="M-110,-210 L-30,-210 C-84,-140 -84,-60 -20,10 L-110,10 Z" fill="#120f2c" fill-opacity="0.42"/>'
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
        sleeve + palm + thumb + stroke("M40,-102 L-6,-106 M40,-78 L-4,-84 M30,-56 L-6,-62", shade(skin, 0.76), 3),
        (-270, -200, 160, 0),
        (-20, -8),
        190,
    )


def eye(subject: Subject, variant: int) -> Drawing:
    """One eye, very near."""
    iris = {"blue": "#4f86b0", "green": "#5f8f5a", "brown": "#75502f", "grey": "#7d8890"}.get(subject.colour, "#5a86a0")
    clip = '<clipPath id="lid"><path d="M-150,-90 C-80,-176 80,-176 150,-84 C80,-20 -70,-14 -150,-90 Z"/></clipPath>'
    rings = (
        ellipse(4, -96, 62, 62, shade(iris, 0.8))
        + ellipse(4, -92, 46, 46, shade(iris, 1.2))
        + ellipse(4, -96, 27, 27, "#15131a")
        + ellipse(24, -120, 13, 13, "#ffffff")
        + stroke("M-150,-90 C-80,-176 80,-176 150,-84", "#3d2a28", 26, opacity=0.3)
    )
    ball = path("M-150,-90 C-80,-176 80,-176 150,-84 C80,-20 -70,-14 -150,-90 Z", "#f4efe8")
    ball += f'<g clip-path="url(#lid)">{rings}</g>'
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
        stroke("M-70,0 L-10,-250 M70,0 L10,-250 M0,-250 L0,-20", WOOD, 9)
        + rect(-92, -206, 184, 130, "#f4efe2")
        + path("M-92,-120 C-50,-160 -10,-110 30,-140 C60,-160 80,-140 92,-134 L92,-76 L-92,-76 Z", "#6f9a6a")
        + rect(-92, -206, 184, 60, "#8fbbd6")
        + ellipse(46, -178, 15, 15, "#f2c45a")
        + path("M-92,-130 C-50,-164 -10,-118 30,-146 C60,-164 80,-146 92,-140 L92,-110 L-92,-110 Z", "#4f7f6a")
        + rect(-100, -80, 200, 10, WOOD)
    )
    return Drawing(art, (-110, -260, 110, 4), (0, 0), 254)


def beehive(subject: Subject, variant: int) -> Drawing:
    """A white box hive on legs under a flat roof, with its flight hole and two bees."""
    c = hex_of(subject.colour, "#ece8dc") if subject.colour else "#ece8dc"
    legs = rect(-72, -34, 16, 34, WOOD) + rect(56, -34, 16, 34, WOOD)
    boxes = "".join(
        rect(-90, y, 180, 66, shade(c, tone), round_=3) + rect(-24, y + 18, 48, 9, shade(c, 0.72), round_=4)
        for y, tone in ((-110, 0.94), (-178, 1.0))
    )
    seam = stroke("M-90,-111 H90", shade(c, 0.66), 3) + path(
        "M-90,-178 L-62,-178 L-62,-44 L-90,-44 Z", shade(c, 0.8), opacity=0.6
    )
    board = rect(-102, -46, 204, 14, shade(WOOD, 1.1), round_=3) + rect(-34, -58, 68, 10, "#2d241c", round_=3)
    roof = rect(-104, -196, 208, 22, "#8f969c", round_=4) + rect(-104, -182, 208, 8, "#6c737a", round_=3)
    bees = "".join(
        ellipse(x + 3, y - 8, 7, 5, "#ffffff", opacity=0.8)
        + ellipse(x, y, 9, 6, "#e0a52a")
        + stroke(f"M{x},{y - 5} v10", "#2d241c", 3)
        for x, y in ((46, -72), (116, -128), (-120, -150))
    )
    return Drawing(legs + boxes + seam + board + roof + bees, (-136, -204, 136, 4), (0, 0), 196)


def book_pile(subject: Subject, variant: int) -> Drawing:
    """A tall heap of old books, one across the other."""
    colours = ("#7a3030", "#31506b", "#7d6a34", "#3f6148", "#5d3f66", "#8a5a2e")
    art, y = "", 0.0
    for n, (wide, high, shift) in enumerate(
        ((226, 36, 0), (200, 30, 12), (214, 34, -10), (180, 28, 6), (196, 32, -4), (168, 26, 10))
    ):
        cover, left = colours[(n + variant) % 6], shift - wide / 2
        y -= high
        art += rect(left, y, wide, high, cover, round_=4) + rect(left + 10, y + 5, wide - 8, high - 10, "#e9dfc6")
        art += rect(left, y, 26, high, shade(cover, 0.8), round_=4) + rect(
            left + 30, y + high / 2 - 1, wide - 40, 2, "#c9bd9f"
        )
    return Drawing(art, (-130, y - 4, 130, 4), (0, 0), -y)
