"""Trains, wagons and things that fly, drawn by code, bound to the right. The ground is y = 0."""

from __future__ import annotations

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing, Glow
from studio.engines.storyboard.sheet.vector import ellipse, hex_of, path, polygon, rect, shade, stroke

_WARM = (1.0, 0.8, 0.46)


def train(subject: Subject, variant: int) -> Drawing:
    """A steam engine with tender and two carriages."""
    paint = hex_of(subject.colour, "#7d2f35") if subject.colour else "#7d2f35"
    dark, brass = "#33363f", "#d2a23e"

    def wheel(x: float, r: float) -> str:
        spokes = stroke(f"M{x - r * 0.7},{-r} L{x + r * 0.7},{-r} M{x},{-r * 1.7} L{x},{-r * 0.3}", "#8a3a34", 4)
        return (
            ellipse(x, -r, r, r, "#24262d")
            + ellipse(x, -r, r * 0.74, r * 0.74, "#a3453c")
            + spokes
            + ellipse(x, -r, r * 0.2, r * 0.2, "#24262d")
        )

    cars = ""
    glows: list[Glow] = []
    for i, x in enumerate((-560, -290)):
        cars += (
            rect(x, -170, 250, 134, shade("#3f5f54", 1.0 - 0.06 * i), round_=10)
            + path(f"M{x - 6},-166 Q{x + 125},-204 {x + 256},-166 Z", dark)
            + rect(x, -74, 250, 10, brass)
        )
        for k in range(5):
            cars += rect(x + 18 + k * 46, -146, 32, 48, "#ffd98a", round_=4)
            glows.append((x + 34 + k * 46, -122.0, 46.0, _WARM))
        cars += wheel(x + 50, 21) + wheel(x + 200, 21) + rect(x + 248, -52, 24, 8, dark)
    tender = (
        rect(-26, -140, 96, 100, paint, round_=6)
        + path("M-24,-138 Q22,-168 68,-138 Z", "#26272e")
        + wheel(0, 21)
        + wheel(48, 21)
    )
    cab = (
        rect(84, -200, 84, 150, paint, round_=6)
        + path("M74,-198 Q126,-224 180,-198 Z", dark)
        + rect(100, -180, 46, 46, "#ffd98a", round_=4)
    )
    boiler = (
        rect(160, -156, 190, 84, dark, round_=20)
        + rect(186, -156, 9, 84, brass)
        + rect(260, -156, 9, 84, brass)
        + rect(330, -160, 26, 92, "#22242b", round_=8)
        + ellipse(228, -160, 17, 18, brass)
    )
    stack = path("M296,-154 L290,-208 L274,-232 L340,-232 L324,-208 L318,-154 Z", "#26272e") + ellipse(
        366, -120, 14, 16, "#ffedb8"
    )
    gear = (
        rect(90, -74, 270, 18, "#26272e")
        + polygon(((340, -56), (404, -4), (340, -4)), "#5a2a28")
        + wheel(128, 36)
        + wheel(208, 36)
        + wheel(282, 26)
        + wheel(336, 22)
        + stroke("M128,-36 L208,-36 L300,-44", "#c3c8cd", 7)
    )
    steam = "".join(
        ellipse(x, y, r, r * 0.8, "#f2efe9", opacity=o)
        for x, y, r, o in (
            (300, -262, 26, 0.9),
            (262, -290, 34, 0.8),
            (212, -312, 40, 0.65),
            (150, -328, 44, 0.5),
            (80, -338, 46, 0.32),
        )
    )
    return Drawing(
        steam + cars + tender + cab + boiler + stack + gear,
        (-580, -400, 420, 6),
        (-60, 0),
        236,
        (*glows, (366.0, -120.0, 90.0, (1.0, 0.93, 0.7))),
    )


def airship(subject: Subject, variant: int) -> Drawing:
    """A zeppelin with a lit gondola."""
    c = hex_of(subject.colour, "#b9a888") if subject.colour else "#b9a888"
    body = (
        path(
            ("M-250,-120 C-200,-196 120,-204 230,-140 C250,-128 250,-112 230,-100 C120,-36 -200,-44 -250,-120 Z"),
            c,
        )
        + path(
            "M-250,-116 C-180,-84 140,-80 244,-116 C240,-108 236,-104 230,-100 C120,-36 -200,-44 -250,-116 Z",
            shade(c, 0.7),
        )
        + stroke("M-240,-132 C-180,-156 140,-160 236,-132 M-246,-108 C-180,-96 140,-92 240,-108", shade(c, 0.84), 3)
    )
    fins = path(
        "M-250,-120 L-300,-178 L-246,-168 L-200,-150 Z M-250,-118 L-300,-64 L-246,-74 L-200,-88 Z",
        shade(c, 0.6),
    ) + path("M-262,-128 L-306,-124 L-262,-112 L-210,-118 Z", "#8c3b35")
    cabin = path("M-50,-54 L80,-54 L68,-22 L-36,-22 Z", "#5a4232") + "".join(
        rect(-36 + i * 24, -48, 15, 13, "#ffd98a") for i in range(5)
    )
    return Drawing(fins + body + cabin, (-310, -210, 256, -10), (0, -110), 186, ((14.0, -42.0, 60.0, _WARM),))


def hot_air_balloon(subject: Subject, variant: int) -> Drawing:
    """A striped balloon with its basket and flame."""
    a, b = (hex_of(subject.colour), "#f0e4c8") if subject.colour else ("#c8453a", "#f0d9a0")
    envelope = (
        "M0,-300 C110,-300 150,-210 120,-140 C104,-104 66,-72 32,-58 L-32,-58 C-66,-72 "
        "-104,-104 -120,-140 C-150,-210 -110,-300 0,-300 Z"
    )
    stripes = (
        path(
            (
                "M-36,-296 C-96,-240 -90,-130 -22,-58 L-32,-58 C-66,-72 -104,-104 -120,-140 "
                "C-146,-204 -116,-280 -36,-296 Z"
            ),
            b,
        )
        + path(
            "M36,-296 C96,-240 90,-130 22,-58 L32,-58 C66,-72 104,-104 120,-140 C146,-204 116,-280 36,-296 Z",
            b,
        )
        + path("M0,-300 C-46,-250 -44,-130 -9,-58 L9,-58 C44,-130 46,-250 0,-300 Z", shade(a, 1.2))
    )
    shadow = path(
        ("M-40,-294 C-120,-270 -146,-200 -120,-140 C-104,-104 -66,-72 -32,-58 L-20,-58 C-80,-120 -84,-230 -40,-294 Z"),
        "#2a2440",
        opacity=0.22,
    )
    basket = (
        stroke("M-28,-58 L-18,-24 M28,-58 L18,-24", "#5a4232", 3)
        + rect(-21, -26, 42, 28, "#a9783f", round_=4)
        + stroke("M-21,-16 h42 M-21,-6 h42", "#7d5630", 2.4)
        + path("M0,-60 C8,-48 8,-40 0,-36 C-8,-40 -8,-48 0,-60 Z", "#ffce5a")
    )
    return Drawing(
        path(envelope, a) + stripes + shadow + basket,
        (-150, -310, 150, 6),
        (0, -150),
        305,
        ((0.0, -70.0, 90.0, (1.0, 0.75, 0.4)),),
    )


def spaceship(subject: Subject, variant: int) -> Drawing:
    """A slender craft with engines aglow."""
    c = hex_of(subject.colour, "#c3ccd6") if subject.colour else "#c3ccd6"
    wing = path("M-120,-70 L-190,-150 L-90,-140 L20,-84 Z", shade(c, 0.7)) + path(
        "M-110,-56 L-170,2 L-60,-4 L40,-52 Z", shade(c, 0.58)
    )
    body = path("M-180,-84 C-100,-112 90,-116 200,-66 C100,-36 -100,-34 -180,-46 Z", c) + path(
        "M-180,-62 C-60,-54 120,-54 200,-66 C100,-36 -100,-34 -180,-46 Z", shade(c, 0.66)
    )
    dome = path("M60,-98 C84,-116 130,-104 150,-82 C120,-88 90,-92 60,-98 Z", "#6fc3e0") + "".join(
        ellipse(x, -72, 5, 4, "#ffe2a0") for x in (-60, -30, 0, 30)
    )
    jets = (
        path("M-180,-88 L-206,-84 L-206,-46 L-180,-44 Z", "#4a5562")
        + path("M-206,-80 L-290,-65 L-206,-50 Z", "#7fd8ff", opacity=0.85)
        + path("M-206,-72 L-250,-65 L-206,-58 Z", "#f0fbff")
    )
    return Drawing(
        wing + jets + body + dome + stroke("M-150,-86 L60,-92", "#d2503f", 5),
        (-300, -160, 210, 10),
        (0, -65),
        150,
        ((-220.0, -65.0, 90.0, (0.5, 0.85, 1.0)),),
    )


def wagon(subject: Subject, variant: int) -> Drawing:
    """A covered wagon."""

    def wheel(x: float, r: float) -> str:
        spokes = "".join(
            (
                f'<line x1="{x}" y1="{-r}" x2="{x}" y2="{-2 * r + 4}" stroke="#6a4a2c" '
                f'stroke-width="4" transform="rotate({a} {x} {-r})"/>'
            )
            for a in range(0, 360, 45)
        )
        return (
            f'<circle cx="{x}" cy="{-r}" r="{r - 4}" fill="none" stroke="#6a4a2c" stroke-width="7"/>'
            + spokes
            + ellipse(x, -r, 7, 7, "#4d3423")
        )

    cover = (
        path("M-104,-64 C-122,-150 -100,-164 -80,-162 L78,-162 C100,-164 124,-150 106,-64 Z", "#efe6d0")
        + path("M-104,-64 C-122,-150 -100,-164 -80,-162 L-40,-162 C-60,-140 -58,-90 -54,-64 Z", "#cfc2a4")
        + stroke("M-16,-162 L-14,-64 M40,-162 L44,-64", "#cfc2a4", 3)
    )
    bed = path("M-124,-70 L126,-70 L112,-34 L-110,-34 Z", "#8a5a38") + stroke("M112,-46 L178,-30", "#6a4a2c", 6)
    return Drawing(cover + bed + wheel(-66, 36) + wheel(74, 30), (-140, -170, 190, 4), (0, 0), 162)


def cannon(subject: Subject, variant: int) -> Drawing:
    """A field gun on its carriage."""
    barrel = path(
        "M-80,-70 C-92,-86 -76,-98 -60,-94 L96,-112 L100,-84 L-56,-52 C-70,-52 -76,-60 -80,-70 Z", "#3c4149"
    ) + rect(88, -116, 14, 36, "#2e3239", round_=4)
    carriage = path("M-110,-14 L-40,-62 L16,-62 L-4,-34 L-90,-4 Z", "#7a5434")
    wheel = (
        '<circle cx="0" cy="-44" r="40" fill="none" stroke="#6a4a2c" stroke-width="8"/>'
        + "".join(
            (f'<line x1="0" y1="-44" x2="0" y2="-80" stroke="#6a4a2c" stroke-width="4" transform="rotate({a} 0 -44)"/>')
            for a in range(0, 360, 45)
        )
        + ellipse(0, -44, 8, 8, "#3c3028")
    )
    return Drawing(carriage + barrel + wheel, (-120, -124, 110, 2), (0, 0), 116)
