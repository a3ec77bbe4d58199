"""Birds drawn by code, perched or on the wing, looking right."""

from __future__ import annotations

from dataclasses import replace

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import (
    ellipse,
    hex_of,
    path,
    shade,
    stroke,
)


def raven(subject: Subject, variant: int) -> Drawing:
    """A black bird, perched or on the wing."""
    c, lit = hex_of(subject.colour, "#2b2d36") if subject.colour else "#2b2d36", "#4c5566"
    if subject.pose == "flying" or subject.relation in {"in_air", "above"}:
        body = path(
            ("M-70,-40 C-40,-60 20,-62 58,-48 L92,-40 L60,-32 C30,-18 -30,-18 -60,-28 L-104,-20 L-98,-34 L-112,-42 Z"),
            c,
        )
        wings = path(
            (
                "M-10,-46 C-30,-100 -80,-130 -120,-128 C-100,-112 -96,-100 -104,-92 C-84,-90 "
                "-80,-78 -82,-68 C-60,-68 -40,-50 -26,-36 Z"
            ),
            lit,
        ) + path("M10,-50 C20,-96 60,-124 96,-122 C78,-104 82,-94 84,-86 C64,-80 50,-62 34,-42 Z", c)
        return Drawing(wings + body + ellipse(50, -44, 3, 3, "#e8e4da"), (-130, -140, 110, 0), (0, -40), 110)
    body = path(
        (
            "M-92,-12 C-70,-60 -40,-104 4,-112 C14,-136 44,-142 60,-124 C72,-120 86,-114 "
            "98,-108 C84,-104 70,-102 60,-98 C62,-60 40,-26 0,-22 C-30,-22 -60,-18 -92,-12 "
            "Z"
        ),
        c,
    )
    wing = path("M-96,-6 C-70,-50 -44,-88 -4,-90 C16,-86 18,-56 -6,-40 C-34,-26 -60,-22 -96,-6 Z", lit) + stroke(
        "M-70,-28 C-50,-50 -30,-66 -8,-72 M-56,-24 C-40,-40 -24,-50 -4,-54", c, 3
    )
    legs = stroke("M2,-24 L4,-2 L18,0 M4,-2 L-8,0 M22,-26 L24,-2 L38,0", "#1e2027", 4.4)
    return Drawing(
        legs + body + wing + ellipse(52, -118, 4, 4, "#e8e4da") + ellipse(53, -118, 2, 2.2, "#111111"),
        (-110, -150, 110, 4),
        (0, 0),
        138,
    )


def seagull(subject: Subject, variant: int) -> Drawing:
    """A gull gliding, or standing."""
    white, grey, dark = "#f1f2f0", "#9aa7b3", "#3a3f48"
    if subject.pose in {"standing", "sitting", "walking", "looking"}:
        body = path(
            (
                "M-80,-44 C-50,-76 -20,-96 12,-98 C18,-124 46,-128 56,-108 L82,-98 L56,-94 "
                "C54,-60 30,-34 -10,-34 C-40,-34 -60,-40 -80,-44 Z"
            ),
            white,
        ) + path("M-92,-40 C-60,-74 -30,-86 0,-80 C14,-66 -4,-48 -30,-46 C-54,-44 -70,-42 -92,-40 Z", grey)
        return Drawing(
            stroke("M0,-36 L2,-2 L14,0 M18,-36 L20,-2 L32,0", "#d98f3a", 4)
            + body
            + path("M56,-104 L84,-97 L56,-95 Z", "#e0a02f")
            + ellipse(46, -110, 3, 3, dark),
            (-100, -132, 90, 4),
            (0, 0),
            128,
        )
    far = path("M4,-34 C10,-70 50,-96 120,-98 C90,-80 60,-60 40,-30 Z", grey)
    near = path("M0,-34 C-30,-78 -80,-100 -160,-86 C-116,-76 -70,-56 -36,-24 Z", shade(grey, 1.1)) + path(
        "M-160,-86 C-140,-92 -120,-94 -104,-92 L-92,-78 C-116,-84 -140,-86 -160,-86 Z", dark
    )
    body = path("M-76,-20 C-40,-36 20,-46 56,-36 C66,-34 70,-26 62,-20 C30,-6 -30,-4 -60,-14 L-96,-8 Z", white)
    return Drawing(
        far + body + near + path("M62,-32 L82,-26 L62,-22 Z", "#e0a02f") + ellipse(54, -31, 3, 3, dark),
        (-170, -104, 130, 4),
        (0, -24),
        100,
    )


def pigeon(subject: Subject, variant: int) -> Drawing:
    """A grey town pigeon: standing, picking up grain, or on the wing."""
    grey = (
        hex_of(subject.colour, "#7f8c9c")
        if subject.colour
        else ("#7f8c9c", "#8f99a6", "#6d7a8c", "#a39a94")[variant % 4]
    )
    dark, neck = shade(grey, 0.62), "#4f7f7a"
    if subject.pose == "flying" or subject.relation in {"in_air", "above"}:
        far = path("M0,-44 C14,-90 56,-116 104,-112 C84,-96 72,-70 40,-36 Z", dark)
        body = path(
            "M-86,-30 L-112,-40 L-104,-20 L-72,-16 C-30,-4 30,-8 52,-30 C62,-52 42,-64 28,-56 C-6,-60 -50,-48 -86,-30 Z",
            grey,
        )
        near = path("M6,-42 C-20,-96 -70,-120 -124,-108 C-96,-94 -80,-62 -34,-30 Z", shade(grey, 1.2)) + path(
            "M-124,-108 C-104,-112 -88,-112 -76,-108 L-64,-92 C-84,-98 -104,-102 -124,-108 Z", dark
        )
        face = ellipse(42, -46, 3, 3, "#d2562f") + path("M54,-44 L70,-40 L54,-36 Z", "#33373f")
        return Drawing(far + body + near + face, (-130, -124, 110, 4), (0, -36), 118)
    legs = stroke("M-6,-30 L-4,-2 L10,0 M14,-30 L16,-2 L30,0", "#c8655a", 5)
    body = path("M-104,-16 L-70,-48 C-50,-86 -8,-94 26,-84 C52,-74 54,-44 30,-30 C0,-16 -50,-24 -104,-16 Z", grey)
    wing = path("M-92,-22 C-60,-66 -24,-78 8,-70 C16,-50 -14,-34 -44,-32 Z", shade(grey, 1.16)) + stroke(
        "M-40,-40 L-18,-66 M-58,-34 L-38,-58", dark, 6
    )
    if subject.pose in {"pecking", "eating"}:
        head = path("M18,-82 C44,-84 62,-58 66,-34 C70,-16 52,-8 42,-22 C38,-40 20,-50 12,-60 Z", neck) + ellipse(
            56, -24, 16, 14, grey
        )
        head += ellipse(60, -26, 3, 3, "#d2562f") + path("M64,-16 L76,-2 L58,-10 Z", "#33373f")
    else:
        head = path("M2,-82 C10,-104 14,-124 32,-128 C50,-126 50,-106 44,-84 C40,-66 20,-62 8,-68 Z", neck) + ellipse(
            34, -124, 16, 14, grey
        )
        head += ellipse(40, -127, 3, 3, "#d2562f") + path("M48,-124 L66,-117 L47,-115 Z", "#33373f")
    return Drawing(legs + body + head + wing, (-110, -146, 90, 4), (0, 0), 142)


PLUMAGE = {
    "owl": "#8a6a48", "bird": "#7a6a58", "duck": "#6a6048", "goose": "#d9d6cc", "swan": "#f1efe8", "parrot": "#3f9a4f",
    "heron": "#9aa7b3", "flamingo": "#e58fa8", "dove": "#eceae4", "vulture": "#4a3f3a",
}  # fmt: skip
"""Birds whose own drawing sits or stands: what colour they are on the wing."""


def on_the_wing(subject: Subject) -> Drawing:
    """A bird of ``PLUMAGE`` in flight."""
    return pigeon(replace(subject, pose="flying", colour=subject.colour or PLUMAGE[subject.kind]), 0)
