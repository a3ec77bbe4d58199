"""Birds drawn by code, perched or on the wing, looking right."""

from __future__ import annotations

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
