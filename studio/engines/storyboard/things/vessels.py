"""Ships, carriages and flying craft, drawn by code, bound to the right.

The water line or the ground is y = 0.
"""

from __future__ import annotations

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing, Glow
from studio.engines.storyboard.sheet.vector import ellipse, hex_of, path, polygon, rect, shade, stroke

_WARM = (1.0, 0.8, 0.46)


def _sail(d: str, colour: str = "#efe6d0") -> str:
    return path(d, colour)


def schooner(subject: Subject, variant: int) -> Drawing:
    """A two-masted sailing ship under full sail."""
    hull_colour = hex_of(subject.colour, "#3d4a5c") if subject.colour else "#3d4a5c"
    hull = (
        path(
            (
                "M-176,-46 C-120,-34 80,-34 150,-52 L196,-66 C180,-20 150,14 110,18 L-130,18 "
                "C-158,10 -172,-18 -176,-46 Z"
            ),
            hull_colour,
        )
        + path("M-176,-46 C-120,-34 80,-34 150,-52 L196,-66 L192,-54 C140,-36 -60,-24 -174,-36 Z", "#c8a56a")
        + path("M-150,6 L140,0 C130,12 122,18 110,18 L-130,18 C-140,16 -146,12 -150,6 Z", "#8c3b35")
    )
    masts = stroke("M-70,-44 L-74,-330 M44,-44 L42,-352 M150,-54 L250,-92", "#5a3f2c", 7)
    main = _sail("M-66,-70 C-40,-78 0,-74 34,-66 C26,-150 30,-220 38,-296 C10,-250 -40,-130 -66,-70 Z") + _sail(
        "M-180,-62 C-150,-76 -110,-72 -82,-66 C-84,-150 -80,-210 -76,-280 C-104,-220 -160,-120 -180,-62 Z",
        "#e2d6bb",
    )
    jibs = _sail(
        "M50,-74 C90,-66 130,-70 160,-82 C120,-150 80,-250 48,-330 C46,-240 44,-150 50,-74 Z", "#f4ecd9"
    ) + _sail("M168,-84 C196,-82 220,-88 238,-96 C180,-170 110,-270 50,-338 C100,-250 150,-150 168,-84 Z", "#e8dcc2")
    top = _sail("M-74,-288 C-40,-286 0,-300 34,-318 L38,-344 L-74,-322 Z", "#e8dcc2")
    lines = stroke("M-66,-70 C-40,-140 0,-230 38,-296 M-10,-80 C0,-140 16,-220 34,-280", "#cbbd9d", 2)
    flag = path("M42,-352 l34,8 l-34,9 Z", "#b3413a")
    return Drawing(masts + main + top + jibs + lines + hull + flag, (-200, -370, 260, 22), (0, 4), 352)


def galleon(subject: Subject, variant: int) -> Drawing:
    """A square-rigged warship of old, its stern high; pirates fly a black flag."""
    wood = "#6a4630"
    hull = (
        path(
            (
                "M-200,-112 L-150,-104 L-146,-66 C-80,-50 70,-50 132,-66 L140,-92 L196,-104 "
                "C190,-40 160,14 116,20 L-136,20 C-176,4 -194,-50 -200,-112 Z"
            ),
            wood,
        )
        + path(
            ("M-198,-96 L-148,-88 L-146,-66 C-80,-50 70,-50 132,-66 L192,-88 L190,-74 C130,-50 -70,-34 -192,-62 Z"),
            "#c19a55",
        )
        + path("M-166,2 L146,-6 C136,12 128,18 116,20 L-136,20 C-150,16 -160,10 -166,2 Z", "#3f2a20")
    )
    ports = "".join(rect(-118 + i * 44, -36, 20, 17, "#2a1c16", round_=2) for i in range(6))
    stern = "".join(rect(-190 + i * 16, -92, 10, 14, "#ffd98a") for i in range(3))
    masts = stroke("M-110,-64 L-112,-320 M0,-56 L0,-380 M104,-64 L104,-310 M180,-100 L262,-150", "#4d3423", 9)
    sails = ""
    is_pirate = "pirate" in subject.noun
    cloth = hex_of(subject.colour, "#e9dcc0") if subject.colour else "#3a3638" if is_pirate else "#e9dcc0"
    for x, top, size in ((-112, -300, 0.8), (0, -360, 1.0), (104, -292, 0.78)):
        y: float = top
        for wide, tall in ((50, 64), (66, 84), (76, 92)):
            w, h = wide * size, tall * size
            sails += (
                stroke(f"M{x - w:.0f},{y} L{x + w:.0f},{y}", "#4d3423", 5)
                + path(
                    (
                        f"M{x - w + 4:.0f},{y} L{x + w - 4:.0f},{y} C{x + w + 18:.0f},{y + h * 0.5:.0f} "
                        f"{x + w + 12:.0f},{y + h * 0.8:.0f} {x + w:.0f},{y + h:.0f} "
                        f"Q{x:.0f},{y + h * 0.82:.0f} {x - w:.0f},{y + h:.0f} "
                        f"C{x - w + 16:.0f},{y + h * 0.7:.0f} {x - w + 14:.0f},{y + h * 0.3:.0f} "
                        f"{x - w + 4:.0f},{y} Z"
                    ),
                    cloth,
                )
                + path(
                    (
                        f"M{x - w + 4:.0f},{y} L{x - w * 0.3:.0f},{y} "
                        f"C{x - w * 0.1:.0f},{y + h * 0.5:.0f} {x - w * 0.2:.0f},{y + h * 0.8:.0f} "
                        f"{x - w * 0.4:.0f},{y + h * 0.9:.0f} L{x - w:.0f},{y + h:.0f} "
                        f"C{x - w + 16:.0f},{y + h * 0.7:.0f} {x - w + 14:.0f},{y + h * 0.3:.0f} "
                        f"{x - w + 4:.0f},{y} Z"
                    ),
                    shade(cloth, 0.84),
                )
            )
            y += h + 8
    jib = path("M112,-280 L250,-146 L116,-112 Z", shade(cloth, 1.08))
    flag = path("M0,-380 l52,10 l-50,16 Z", "#26262c" if is_pirate else "#b3413a")
    rigging = stroke(
        "M-112,-320 L-200,-112 M-112,-320 L0,-200 M0,-380 L104,-200 M104,-310 L196,-104",
        "#3d2a20",
        2,
        opacity=0.7,
    )
    return Drawing(
        masts + rigging + jib + sails + hull + ports + stern + flag,
        (-220, -400, 280, 24),
        (0, 4),
        380,
        ((-174.0, -84.0, 40.0, _WARM),),
    )


def viking_ship(subject: Subject, variant: int) -> Drawing:
    """A longship with a striped sail and shields along its side."""
    hull = path(
        (
            "M-190,-96 C-214,-110 -214,-130 -196,-128 C-176,-40 -120,-26 0,-26 C120,-26 "
            "176,-50 196,-140 C212,-158 236,-148 232,-132 C220,-134 214,-126 212,-112 "
            "C196,-20 150,14 90,16 L-100,16 C-150,12 -180,-30 -190,-96 Z"
        ),
        "#7a5434",
    ) + stroke("M-178,-40 C-120,6 120,6 190,-56", "#5a3c24", 4)
    shields = "".join(
        ellipse(-120 + i * 40, -30, 19, 19, ("#b3413a", "#d9a93a", "#3f6f8a")[i % 3])
        + ellipse(-120 + i * 40, -30, 5, 5, "#4a4038")
        for i in range(7)
    )
    sail = path(
        "M-96,-236 L96,-236 C124,-180 116,-110 100,-70 Q0,-96 -100,-70 C-86,-120 -84,-190 -96,-236 Z",
        "#efe4cc",
    ) + "".join(
        path(
            (
                f"M{x},-236 L{x + 22},-236 C{x + 36},-180 {x + 32},-120 {x + 22},-80 L{x},-84 "
                f"C{x + 10},-130 {x + 8},-190 {x},-236 Z"
            ),
            "#b3413a",
        )
        for x in (-88, -40, 8, 56)
    )
    mast = stroke("M0,-26 L0,-256", "#4d3423", 9) + stroke("M-106,-238 L106,-238", "#4d3423", 7)
    oars = stroke("M-90,-20 L-126,34 M-30,-18 L-62,36 M30,-18 L2,36 M90,-20 L64,34", "#8a6440", 4)
    return Drawing(
        mast + sail + hull + oars + shields + ellipse(222, -140, 3, 3, "#22201c"),
        (-220, -264, 240, 40),
        (0, 6),
        256,
    )


def rowing_boat(subject: Subject, variant: int) -> Drawing:
    """A clinker rowing boat with its oars shipped."""
    paint = hex_of(subject.colour, "#8a5a38") if subject.colour else "#8a5a38"
    inner = path("M-140,-46 C-90,-34 90,-34 150,-54 C110,-62 -90,-62 -140,-46 Z", shade(paint, 0.6))
    hull = (
        path(
            "M-142,-46 C-90,-32 90,-32 154,-56 C140,-16 118,14 90,16 L-96,16 C-122,10 -138,-16 -142,-46 Z",
            paint,
        )
        + stroke("M-138,-30 C-90,-16 90,-16 144,-36 M-128,-12 C-80,0 80,0 128,-16", shade(paint, 0.76), 3)
        + stroke("M-142,-46 C-90,-32 90,-32 154,-56", shade(paint, 1.3), 6)
    )
    bench = rect(-20, -50, 44, 7, shade(paint, 1.15)) + rect(-90, -48, 36, 7, shade(paint, 1.15))
    oar = stroke("M10,-58 L-88,22", "#c29a62", 5) + path("M-84,14 L-112,34 L-100,44 L-78,26 Z", "#c29a62")
    return Drawing(inner + bench + hull + oar, (-150, -70, 160, 46), (0, 4), 62)


def submarine(subject: Subject, variant: int) -> Drawing:
    """A round-nosed submarine with lit portholes."""
    c = hex_of(subject.colour, "#d9a93a") if subject.colour else "#d9a93a"
    body = path(
        (
            "M-190,-70 C-190,-110 -130,-126 -60,-126 L110,-126 C170,-126 206,-100 206,-70 "
            "C206,-40 170,-14 110,-14 L-60,-14 C-130,-14 -190,-30 -190,-70 Z"
        ),
        c,
    ) + path(
        "M-186,-56 C-120,-40 130,-40 204,-60 C200,-36 166,-14 110,-14 L-60,-14 C-130,-14 -182,-28 -186,-56 Z",
        shade(c, 0.74),
    )
    tower = path("M-30,-124 L-22,-172 L56,-172 L70,-124 Z", shade(c, 0.88)) + stroke(
        "M10,-172 L10,-206 L34,-206", "#5a6470", 8
    )
    ports = "".join(ellipse(x, -78, 21, 21, "#6a5a3a") + ellipse(x, -78, 15, 15, "#ffe9a8") for x in (-70, 0, 70, 134))
    screw = path("M-190,-76 L-226,-108 L-220,-70 L-226,-32 L-190,-64 Z", shade(c, 0.7))
    lights: tuple[Glow, ...] = tuple((x, -78.0, 40.0, _WARM) for x in (-70.0, 0.0, 70.0, 134.0))
    return Drawing(tower + body + screw + ports, (-236, -220, 220, 0), (0, -10), 200, lights)


def paper_boat(subject: Subject, variant: int) -> Drawing:
    """A folded paper boat."""
    art = (
        polygon(((-30, -40), (0, -92), (30, -40)), "#dfe3e6")
        + polygon(((0, -92), (30, -40), (4, -40)), "#c3c9cf")
        + polygon(((-96, -56), (-30, -36), (30, -36), (96, -56), (60, 6), (-60, 6)), "#f6f6f2")
        + polygon(((30, -36), (96, -56), (60, 6), (20, 6)), "#d3d8dc")
    )
    return Drawing(art, (-100, -100, 100, 10), (0, 2), 98)
