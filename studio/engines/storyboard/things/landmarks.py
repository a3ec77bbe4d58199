"""Buildings and monuments as subjects, drawn by code. Units: one person is 100 tall, the ground is y = 0."""

from __future__ import annotations

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing, Glow
from studio.engines.storyboard.sheet.vector import ellipse, hex_of, path, polygon, rect, shade, stroke

_LIT = "#ffd98a"
_WARM = (1.0, 0.8, 0.46)


def _half(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A wall whose left part is in shade."""
    return rect(x, y, width, height, colour) + rect(x, y, width * 0.4, height, shade(colour, 0.82))


def _windows(spots: list[tuple[float, float]], width: float, height: float) -> tuple[str, tuple[Glow, ...]]:
    art = "".join(rect(x - width / 2, y - height / 2, width, height, _LIT, round_=width * 0.12) for x, y in spots)
    bars = "".join(
        stroke(
            f"M{x},{y - height / 2} L{x},{y + height / 2} M{x - width / 2},{y} L{x + width / 2},{y}",
            "#5a4632",
            width * 0.09,
        )
        for x, y in spots
    )
    return art + bars, tuple((x, y, height * 1.5, _WARM) for x, y in spots)


def lighthouse(subject: Subject, variant: int) -> Drawing:
    """A banded tower with a lit lantern room on its rock."""
    red = hex_of(subject.colour, "#b3413a") if subject.colour not in {"", "white"} else "#b3413a"
    tower = "M-62,0 L-40,-430 L40,-430 L62,0 Z"
    bands = "".join(
        path(
            (
                f"M{-62 + 22 * a / 430:.1f},{-a} L{-62 + 22 * b / 430:.1f},{-b} "
                f"L{62 - 22 * b / 430:.1f},{-b} L{62 - 22 * a / 430:.1f},{-a} Z"
            ),
            red,
        )
        for a, b in ((86, 172), (258, 344))
    )
    dark = path("M-62,0 L-40,-430 L-12,-430 L-18,0 Z", "#2a3350", opacity=0.24)
    rail = rect(-58, -446, 116, 16, "#4a4f58", round_=3) + stroke(
        "M-58,-446 L-58,-470 L58,-470 L58,-446 M-30,-446 l0,-24 M0,-446 l0,-24 M30,-446 l0,-24", "#4a4f58", 4
    )
    lamp = (
        rect(-30, -522, 60, 76, "#ffedb8")
        + stroke("M-30,-522 l0,76 M-10,-522 l0,76 M10,-522 l0,76 M30,-522 l0,76", "#4a4f58", 4)
        + path("M-42,-520 Q0,-596 42,-520 Z", red)
        + ellipse(0, -566, 6, 8, "#4a4f58")
    )
    door = path("M-18,0 L-18,-48 Q0,-66 18,-48 L18,0 Z", "#4d3a2c")
    panes, glows = _windows([(0, -130), (0, -214), (0, -300), (0, -386)], 17, 26)
    return Drawing(
        path(tower, "#ece6d8") + bands + dark + rail + lamp + door + panes,
        (-110, -620, 110, 6),
        (0, 0),
        575,
        ((0.0, -484.0, 130.0, (1.0, 0.92, 0.66)), *glows[:2]),
    )


def castle(subject: Subject, variant: int) -> Drawing:
    """Walls, a gatehouse and towers with pointed roofs."""
    stone, roof = "#9a938e", "#5b5f86"
    parts: list[str] = []
    spots: list[tuple[float, float]] = []

    def tower(x: float, width: float, height: float, tone: float, cone: float) -> None:
        colour = shade(stone, tone)
        parts.append(_half(x - width / 2, -height, width, height, colour))
        parts.append(rect(x - width * 0.6, -height - 16, width * 1.2, 18, shade(colour, 0.92)))
        parts.append(
            polygon(
                ((x - width * 0.68, -height - 14), (x, -height - cone), (x + width * 0.68, -height - 14)),
                roof,
            )
            + polygon(
                ((x - width * 0.68, -height - 14), (x, -height - cone), (x - width * 0.1, -height - 14)),
                shade(roof, 0.76),
            )
        )
        parts.append(
            stroke(f"M{x},{-height - cone} l0,-24", "#4a4150", 3)
            + path(f"M{x},{-height - cone - 24} l28,7 l-28,8 Z", "#b3413a")
        )
        spots.append((x, -height * 0.74))

    tower(-30, 66, 330, 0.84, 130)
    tower(70, 56, 280, 0.88, 110)
    tower(-170, 60, 220, 0.94, 96)
    tower(178, 62, 240, 0.96, 100)
    wall = _half(-200, -130, 400, 130, stone) + "".join(rect(-200 + i * 36.4, -146, 20, 18, stone) for i in range(11))
    gate = (
        _half(-52, -176, 104, 176, shade(stone, 1.12))
        + "".join(rect(-56 + i * 25, -194, 14, 20, shade(stone, 1.12)) for i in range(5))
        + path("M-28,0 L-28,-64 Q0,-102 28,-64 L28,0 Z", "#3d3236")
        + stroke("M-14,0 l0,-82 M0,0 l0,-86 M14,0 l0,-82 M-28,-30 l56,0", "#5b4a44", 3.4)
    )
    spots += [(-120, -72), (120, -72), (0, -140)]
    panes = "".join(
        path(f"M{x - 7},{y + 14} L{x - 7},{y - 6} Q{x},{y - 18} {x + 7},{y - 6} L{x + 7},{y + 14} Z", _LIT)
        for x, y in spots
    )
    glows = tuple((x, y, 30.0, _WARM) for x, y in spots)
    return Drawing("".join(parts) + wall + gate + panes, (-240, -520, 260, 6), (0, 0), 486, glows)


def house(subject: Subject, variant: int) -> Drawing:
    """A cottage with a lit window and a chimney."""
    wall = (
        hex_of(subject.colour, "#e2d3b8")
        if subject.colour
        else ("#e2d3b8", "#d6c3a4", "#c9cdd0", "#dcb99a")[variant % 4]
    )
    roof = ("#8a4b3c", "#5a5f70", "#7a5540")[variant % 3]
    body = _half(-120, -120, 240, 120, wall)
    top = polygon(((-140, -114), (-78, -226), (78, -226), (140, -114)), roof) + stroke(
        "M-122,-142 L122,-142 M-106,-170 L106,-170 M-92,-198 L92,-198", shade(roof, 0.8), 3
    )
    chimney = rect(52, -268, 30, 60, "#8a6a58") + rect(47, -274, 40, 10, "#75584a")
    door = path("M-20,0 L-20,-66 Q0,-82 20,-66 L20,0 Z", "#5b3f2c") + ellipse(12, -34, 3, 3, "#d9a93a")
    panes, glows = _windows([(-72, -66), (72, -66)], 42, 44)
    return Drawing(chimney + body + top + door + panes, (-150, -290, 150, 4), (0, 0), 232, glows)


def cabin(subject: Subject, variant: int) -> Drawing:
    """A log cabin."""
    logs = "".join(rect(-112, -24 - 22 * i, 224, 20, ("#7d5836", "#6d4b2e")[i % 2], round_=10) for i in range(5))
    roof = polygon(((-140, -106), (0, -196), (140, -106)), "#4d4038") + polygon(
        ((-140, -106), (0, -196), (0, -182), (-118, -106)), "#3b312c"
    )
    gable = polygon(((-100, -112), (0, -176), (100, -112)), "#75512f")
    door = rect(20, -78, 42, 78, "#4a3423", round_=3)
    panes, glows = _windows([(-50, -62)], 46, 40)
    return Drawing(
        rect(58, -214, 28, 70, "#77726e") + logs + gable + roof + door + panes,
        (-150, -230, 150, 4),
        (0, 0),
        198,
        glows,
    )


def barn(subject: Subject, variant: int) -> Drawing:
    """A red barn with white trim."""
    red = hex_of(subject.colour, "#a33b32") if subject.colour else "#a33b32"
    body = polygon(((-130, 0), (-130, -140), (-96, -216), (0, -268), (96, -216), (130, -140), (130, 0)), red) + polygon(
        ((-130, 0), (-130, -140), (-96, -216), (0, -268), (0, -250), (-50, -200), (-60, 0)), shade(red, 0.8)
    )
    trim = (
        stroke("M-138,-134 L-102,-220 L0,-276 L102,-220 L138,-134", "#5a4a48", 13)
        + rect(-46, -104, 92, 104, "#7d2c26")
        + stroke("M-46,0 L-46,-104 L46,-104 L46,0 M-46,-104 L46,0 M46,-104 L-46,0", "#efe8dc", 7)
        + rect(-22, -196, 44, 40, "#3a2a26")
        + stroke("M-22,-196 h44 v40 h-44 Z", "#efe8dc", 6)
    )
    return Drawing(body + trim, (-150, -290, 150, 4), (0, 0), 276)


def windmill(subject: Subject, variant: int) -> Drawing:
    """A Dutch windmill."""
    tower = path("M-62,0 L-40,-250 L40,-250 L62,0 Z", "#d9c8a8") + path(
        "M-62,0 L-40,-250 L-14,-250 L-22,0 Z", "#b09e80"
    )
    cap = path("M-48,-246 C-44,-300 44,-300 48,-246 Z", "#6a4534")
    lattice = stroke("M4,-150 h38 M4,-116 h38 M4,-82 h38 M23,-186 v140", "#b3a184", 3)
    cloth = rect(4, -186, 38, 140, "#efe6d2") + lattice
    sails = ""
    for turn in (22, 112, 202, 292):
        sails += f'<g transform="translate(6 -262) rotate({turn})">{rect(-3.5, -190, 7, 190, "#5a3f2c")}{cloth}</g>'
    door = path("M-18,0 L-18,-52 Q0,-70 18,-52 L18,0 Z", "#5b3f2c")
    panes, glows = _windows([(0, -120), (0, -190)], 20, 26)
    return Drawing(
        tower + cap + door + panes + sails + ellipse(6, -262, 11, 11, "#4a3423"),
        (-210, -470, 220, 4),
        (0, 0),
        420,
        glows,
    )


def wind_turbine(subject: Subject, variant: int) -> Drawing:
    """A white wind turbine."""
    mast = path("M-9,0 L-4,-520 L4,-520 L9,0 Z", "#e6e9ec") + path("M-9,0 L-4,-520 L-1,-520 L-3,0 Z", "#b9c2ca")
    blades = "".join(
        (
            '<g transform="translate(0 -524) '
            f'rotate({turn})">{path("M-5,0 C-16,-60 -8,-180 0,-270 C6,-180 10,-60 5,0 Z", "#eef0f2")}</g>'
        )
        for turn in (14, 134, 254)
    )
    return Drawing(mast + blades + ellipse(0, -524, 11, 11, "#c9d0d6"), (-290, -810, 290, 4), (0, 0), 790)


def tower(subject: Subject, variant: int) -> Drawing:
    """A round stone tower."""
    stone = "#938d88"
    body = _half(-62, -400, 124, 400, stone) + "".join(
        stroke(f"M{-50 + (i * 47) % 96},{-30 - i * 36} l24,0", shade(stone, 0.84), 4) for i in range(10)
    )
    top = _half(-78, -440, 156, 44, shade(stone, 1.06)) + "".join(
        rect(-78 + i * 33, -466, 22, 28, shade(stone, 1.06)) for i in range(5)
    )
    panes = "".join(
        path(f"M{x - 8},{y + 18} L{x - 8},{y - 6} Q{x},{y - 20} {x + 8},{y - 6} L{x + 8},{y + 18} Z", _LIT)
        for x, y in ((6, -320), (-8, -200))
    )
    return Drawing(
        body + top + panes + path("M-22,0 L-22,-58 Q0,-84 22,-58 L22,0 Z", "#4a382c"),
        (-90, -480, 90, 4),
        (0, 0),
        466,
        ((6.0, -320.0, 44.0, _WARM), (-8.0, -200.0, 44.0, _WARM)),
    )


def clock_tower(subject: Subject, variant: int) -> Drawing:
    """A brick tower with a lit clock."""
    brick = "#a5745a"
    body = _half(-56, -430, 112, 430, brick) + stroke("M-56,-120 h112 M-56,-260 h112", shade(brick, 1.25), 8)
    head = (
        _half(-66, -540, 132, 116, shade(brick, 1.1))
        + ellipse(0, -482, 44, 44, "#fbeecb")
        + '<circle cx="0" cy="-482" r="44" fill="none" stroke="#5a4032" stroke-width="6"/>'
        + stroke("M0,-482 L0,-512 M0,-482 L20,-470", "#33261f", 5)
    )
    spire = polygon(((-76, -536), (0, -660), (76, -536)), "#5a6472") + polygon(
        ((-76, -536), (0, -660), (-12, -536)), "#454d5a"
    )
    panes, glows = _windows([(0, -340), (0, -190)], 24, 48)
    return Drawing(
        body + spire + head + panes + path("M-20,0 L-20,-60 Q0,-80 20,-60 L20,0 Z", "#4a382c"),
        (-90, -680, 90, 4),
        (0, 0),
        655,
        ((0.0, -482.0, 80.0, _WARM), *glows),
    )


def skyscraper(subject: Subject, variant: int) -> Drawing:
    """A tall office tower with some windows lit."""
    glass = "#5a6f86"
    body = (
        _half(-90, -760, 180, 760, glass)
        + _half(-62, -830, 124, 74, shade(glass, 0.94))
        + stroke("M0,-830 L0,-920", "#3b4552", 6)
    )
    panes = ""
    for row in range(22):
        for column in range(6):
            is_lit = (row * 7 + column * 5 + variant * 3 + row * column) % 5 < 2
            panes += rect(-78 + column * 27, -744 + row * 33.5, 18, 20, "#ffd98a" if is_lit else "#3d4d60")
    return Drawing(body + panes, (-100, -930, 100, 4), (0, 0), 880, ((0.0, -500.0, 90.0, _WARM),))


def pyramid(subject: Subject, variant: int) -> Drawing:
    """A pyramid of stone courses."""
    art = polygon(((-420, 0), (0, -480), (420, 0)), "#d8b177") + polygon(((-420, 0), (0, -480), (-96, 0)), "#a9804f")
    courses = "".join(
        stroke(
            (
                f"M{-90 * (1 - k / 9) * 1.0:.0f},{-480 * k / 9 - 4:.0f} "
                f"L{420 * (1 - k / 9) - 8:.0f},{-480 * k / 9 - 4:.0f}"
            ),
            "#c29a62",
            3,
            opacity=0.8,
        )
        for k in range(1, 9)
    )
    return Drawing(art + courses, (-430, -490, 430, 4), (0, 0), 480)


def igloo(subject: Subject, variant: int) -> Drawing:
    """A snow house."""
    dome = path("M-120,0 C-120,-140 120,-140 120,0 Z", "#eef3f7") + path(
        "M-120,0 C-120,-140 -20,-120 -10,-105 C-60,-80 -70,-30 -66,0 Z", "#c3d3e0"
    )
    lines = stroke(
        ("M-112,-36 Q0,-52 112,-36 M-90,-70 Q0,-86 90,-70 M-40,-100 l6,-12 M-30,-80 l0,18 M40,-78 l4,18 M84,-66 l4,20"),
        "#b3c6d6",
        3,
    )
    door = path("M60,0 L60,-30 C60,-66 124,-66 124,-30 L124,0 Z", "#dfe9f0") + path(
        "M72,0 L72,-26 C72,-54 116,-54 116,-26 L116,0 Z", "#33475c"
    )
    return Drawing(dome + lines + door, (-130, -120, 140, 4), (0, 0), 106, ((94.0, -20.0, 30.0, _WARM),))


def tent(subject: Subject, variant: int) -> Drawing:
    """A ridge tent, a lamp inside."""
    cloth = hex_of(subject.colour, "#d2793a") if subject.colour else "#d2793a"
    art = (
        polygon(((-130, 0), (-20, -104), (60, -96), (120, 0)), shade(cloth, 0.72))
        + polygon(((-130, 0), (-34, -108), (56, 0)), cloth)
        + path("M-60,0 L-34,-84 L-4,0 Z", "#ffdf9a")
        + path("M-60,0 L-34,-84 L-30,0 Z", shade(cloth, 0.85))
    )
    ropes = stroke("M-34,-108 L-158,-2 M60,-96 L146,-2", "#d8cbb0", 2.4)
    return Drawing(ropes + art, (-170, -116, 160, 4), (0, 0), 108, ((-26.0, -34.0, 70.0, _WARM),))


def statue(subject: Subject, variant: int) -> Drawing:
    """A robed figure of stone on a plinth."""
    stone = "#a9aaa6"
    plinth = (
        _half(-60, -70, 120, 70, stone)
        + _half(-70, -80, 140, 14, shade(stone, 1.1))
        + _half(-72, -12, 144, 12, shade(stone, 0.95))
    )
    robe = path(
        "M-38,-80 C-44,-140 -40,-190 -30,-214 C-10,-226 14,-226 30,-212 C40,-180 36,-130 44,-80 Z",
        shade(stone, 1.08),
    ) + stroke(
        "M-20,-200 C-26,-150 -20,-120 -24,-84 M4,-204 C0,-150 10,-120 6,-84 M22,-196 C26,-150 22,-120 28,-84",
        shade(stone, 0.8),
        3.4,
    )
    arm = stroke("M28,-202 L62,-236 L66,-270", shade(stone, 1.12), 14) + stroke(
        "M-28,-204 L-42,-160 L-20,-142", shade(stone, 0.9), 14
    )
    head = ellipse(2, -242, 17, 21, shade(stone, 1.14)) + path(
        "M-16,-244 C-18,-270 22,-270 20,-248 C10,-256 -4,-256 -16,-244 Z", shade(stone, 0.9)
    )
    return Drawing(plinth + robe + arm + head, (-90, -290, 90, 4), (0, 0), 264)


def obelisk(subject: Subject, variant: int) -> Drawing:
    """A tall four-sided stone."""
    stone = hex_of(subject.colour, "#b7a68a") if subject.colour else "#b7a68a"
    art = (
        polygon(((-40, 0), (-26, -380), (0, -424), (26, -380), (40, 0)), stone)
        + polygon(((-40, 0), (-26, -380), (0, -424), (-6, -380), (-8, 0)), shade(stone, 0.74))
        + _half(-58, -16, 116, 16, shade(stone, 0.9))
    )
    return Drawing(art, (-64, -430, 64, 4), (0, 0), 424)
