"""Animals and strange beings drawn by code, looking right. Units: about 100 at the shoulder,
feet at y = 0.
"""

from __future__ import annotations

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import (
    ellipse,
    hex_of,
    path,
    polygon,
    rect,
    shade,
    stroke,
    taper,
)


def dragon(subject: Subject, variant: int) -> Drawing:
    """A winged dragon; flying with wings spread, or standing with wings half raised."""
    coat = hex_of(subject.colour, "#4f7a52") if subject.colour else "#4f7a52"
    belly, wing, dark = "#d8c48a", shade(coat, 0.72), shade(coat, 0.6)
    is_flying = subject.pose == "flying" or subject.relation in {"above", "in_air"}
    far_wing = path(
        (
            "M6,-128 C-16,-210 16,-262 66,-286 C60,-250 76,-240 92,-230 C78,-214 84,-196 "
            "92,-182 C70,-184 62,-170 58,-150 C42,-156 30,-140 26,-120 Z"
        ),
        shade(wing, 0.75),
    )
    near = (
        "M-8,-126 C-60,-190 -90,-262 -30,-318 C-46,-270 -120,-250 -176,-256 C-150,-236 "
        "-150,-216 -160,-198 C-134,-204 -116,-192 -112,-172 C-92,-184 -70,-172 "
        "-66,-150 C-50,-158 -30,-144 -20,-112 Z"
    )
    ribs = (
        "M-8,-126 C-40,-190 -70,-230 -176,-256 M-8,-126 C-50,-180 -90,-190 -160,-198 "
        "M-8,-126 C-44,-160 -70,-168 -112,-172"
    )
    near_wing = path(near, wing) + stroke(ribs, dark, 3.6) + stroke("M-8,-126 C-60,-190 -84,-262 -30,-318", dark, 6)
    tail = path(
        (
            "M-60,-96 C-120,-104 -140,-40 -196,-46 C-230,-50 -240,-80 -262,-84 L-250,-96 "
            "C-284,-104 -276,-70 -262,-66 C-240,-30 -214,-18 -180,-22 C-130,-26 -110,-60 "
            "-50,-56 Z"
        ),
        coat,
    )
    spade = polygon(((-250, -84), (-292, -104), (-276, -62)), dark)
    body = path(
        (
            "M-84,-78 C-80,-126 -30,-146 20,-136 C50,-134 64,-154 84,-182 C98,-204 "
            "122,-206 130,-190 C128,-150 96,-70 40,-54 C0,-44 -70,-44 -84,-78 Z"
        ),
        coat,
    )
    under = path(
        (
            "M126,-184 C120,-140 92,-70 40,-54 C20,-50 0,-48 -24,-50 C20,-66 70,-96 "
            "92,-150 C102,-176 118,-190 126,-184 Z"
        ),
        belly,
    )
    bands = stroke(
        ("M112,-158 l-18,-10 M102,-134 l-20,-10 M88,-110 l-20,-10 M70,-88 l-18,-12 M48,-70 l-14,-14 M22,-60 l-8,-14"),
        shade(belly, 0.75),
        3,
    )
    head = path(
        (
            "M92,-196 C86,-226 108,-246 136,-240 C156,-238 178,-226 196,-218 C204,-212 "
            "202,-202 192,-200 C172,-194 154,-188 142,-180 C122,-172 98,-176 92,-196 Z"
        ),
        coat,
    )
    horns = path(
        (
            "M108,-236 C90,-254 74,-262 56,-262 C72,-248 82,-236 96,-222 Z M124,-240 "
            "C112,-262 100,-274 84,-280 C98,-262 104,-248 110,-232 Z"
        ),
        "#e3d6b4",
    )
    jaw = (
        stroke("M194,-204 C172,-202 156,-200 140,-196", dark, 3)
        + ellipse(186, -216, 3, 2.4, dark)
        + ellipse(142, -220, 6, 5, "#f4d35c")
        + ellipse(144, -220, 2.2, 4.4, "#22201c")
    )
    spikes = "".join(
        polygon(((x, y), (x - 14, y - 16), (x + 10, y - 3)), dark)
        for x, y in ((94, -206), (84, -184), (66, -156), (40, -138), (-44, -132), (-70, -112), (-100, -92))
    )
    if is_flying:
        legs = "".join(
            taper((x, -66), (x - 34, -36), 15, 8, c) + taper((x - 34, -36), (x - 60, -44), 8, 5, c)
            for x, c in ((34, dark), (-48, dark), (48, coat), (-34, coat))
        )
    else:
        legs = "".join(
            taper((x, -70), (x + 8, -34), 21, 12, c)
            + taper((x + 8, -34), (x, -8), 12, 9, c)
            + path(f"M{x - 10},0 C{x - 8},-14 {x + 20},-16 {x + 26},0 Z", c)
            for x, c in ((52, dark), (-30, dark), (34, coat), (-54, coat))
        )
    foot = (0.0, -90.0) if is_flying else (0.0, 0.0)
    art = far_wing + tail + spade + legs + body + under + bands + spikes + horns + head + jaw + near_wing
    return Drawing(art, (-310, -340, 230, 20), foot, 300)


def ghost(subject: Subject, variant: int) -> Drawing:
    """A gentle ghost, half transparent at its hem."""
    sheet = (
        '<linearGradient id="veil" x1="0" y1="0" x2="0" y2="1"><stop offset="0" '
        'stop-color="#f4f8fb"/><stop offset="0.6" stop-color="#d5e2ec"/><stop '
        'offset="1" stop-color="#bcd0de" stop-opacity="0.15"/></linearGradient>'
    )
    body = path(
        (
            "M-58,-40 C-74,-150 -66,-290 6,-292 C76,-290 82,-180 74,-110 C72,-70 92,-40 "
            "104,-16 C80,-22 66,-6 48,-22 C30,-2 12,-4 -6,-24 C-24,-4 -44,-4 -54,-24 "
            "C-66,-14 -80,-12 -92,0 C-84,-20 -62,-20 -58,-40 Z"
        ),
        "url(#veil)",
    )
    arm = path(
        "M58,-180 C96,-176 112,-196 124,-212 C136,-206 130,-170 98,-146 C80,-134 62,-140 56,-150 Z", "#e3edf3"
    ) + path("M-20,-168 C-2,-150 22,-150 34,-158 C34,-138 4,-124 -22,-140 Z", "#c3d4e0")
    face = (
        ellipse(12, -226, 9, 14, "#3a4856") + ellipse(44, -226, 8, 14, "#3a4856") + ellipse(28, -190, 8, 12, "#3a4856")
    )
    return Drawing(
        sheet + body + arm + face,
        (-130, -300, 150, 10),
        (0, 0),
        292,
        ((8.0, -170.0, 190.0, (0.72, 0.86, 1.0)),),
    )


def alien(subject: Subject, variant: int) -> Drawing:
    """A slender being with a large head."""
    skin = hex_of(subject.colour, "#8fb28a") if subject.colour else "#8fb28a"
    dark = shade(skin, 0.7)
    far = (
        taper((-12, -190), (-34, -130), 10, 8, dark)
        + taper((-34, -130), (-22, -76), 8, 6, dark)
        + taper((-8, -110), (-14, -50), 15, 11, dark)
        + taper((-14, -50), (-18, -6), 11, 8, dark)
    )
    suit = path(
        "M-30,-204 C-10,-212 18,-212 34,-202 C36,-160 30,-120 26,-98 L-22,-98 C-28,-130 -34,-170 -30,-204 Z",
        "#6a7f9a",
    )
    near = (
        taper((12, -110), (16, -50), 16, 12, "#5a6f8a")
        + taper((16, -50), (14, -6), 12, 9, "#5a6f8a")
        + ellipse(22, -5, 18, 6, "#3d4c62")
        + ellipse(-10, -5, 18, 6, "#33405a")
    )
    arm_up = subject.pose in {"waving", "arms_raised", "pointing"}
    elbow, hand = ((58, -200), (72, -262)) if arm_up else ((44, -138), (62, -92))
    arm = (
        taper((24, -192), elbow, 11, 9, skin)
        + taper(elbow, hand, 9, 6, skin)
        + "".join(
            stroke(f"M{hand[0]},{hand[1]} l{dx},{dy}", skin, 6)
            for dx, dy in (
                (-7, 14 if not arm_up else -14),
                (2, 17 if not arm_up else -18),
                (11, 12 if not arm_up else -12),
            )
        )
    )
    head = path(
        (
            "M-50,-282 C-56,-340 -16,-366 14,-364 C58,-362 78,-326 70,-286 C64,-252 "
            "38,-222 20,-222 C-6,-224 -44,-250 -50,-282 Z"
        ),
        skin,
    ) + taper((2, -204), (8, -232), 12, 13, dark)
    eyes = (
        ellipse(4, -280, 17, 24, "#1c2330", turn=28)
        + ellipse(48, -282, 13, 23, "#1c2330", turn=-24)
        + ellipse(0, -290, 5, 7, "#ffffff", opacity=0.85)
        + ellipse(46, -292, 4, 6, "#ffffff", opacity=0.85)
    )
    return Drawing(
        far + suit + near + head + eyes + stroke("M22,-240 Q30,-235 38,-241", dark, 3.4) + arm,
        (-110, -380, 130, 12),
        (0, 0),
        362,
    )


def troll(subject: Subject, variant: int) -> Drawing:
    """A hulking shaggy giant."""
    skin = hex_of(subject.colour, "#6f7f5a") if subject.colour else "#6f7f5a"
    dark, fur = shade(skin, 0.66), "#57442f"
    far = (
        taper((-70, -270), (-120, -150), 42, 34, dark)
        + taper((-120, -150), (-96, -56), 34, 28, dark)
        + ellipse(-92, -44, 36, 32, dark)
    )
    legs = (
        taper((-46, -130), (-50, -30), 48, 36, dark)
        + path("M-92,0 C-92,-34 -30,-40 -8,0 Z", dark)
        + taper((50, -130), (54, -30), 50, 38, skin)
        + path("M14,0 C12,-36 84,-42 106,0 Z", skin)
    )
    body = path(
        (
            "M-124,-250 C-116,-340 -30,-372 50,-356 C112,-346 132,-280 122,-210 C116,-150 "
            "96,-110 0,-108 C-90,-106 -128,-170 -124,-250 Z"
        ),
        skin,
    ) + path(
        ("M-98,-150 C-60,-170 60,-176 108,-158 L96,-84 L66,-104 L44,-76 L10,-100 L-26,-74 L-50,-100 L-84,-80 Z"),
        fur,
    )
    chest = path(
        "M0,-340 C60,-330 106,-290 100,-210 C80,-180 30,-186 6,-210 C-10,-250 -10,-300 0,-340 Z",
        shade(skin, 1.16),
        opacity=0.6,
    )
    arm = (
        taper((84, -290), (142, -176), 46, 38, skin)
        + taper((142, -176), (136, -70), 38, 32, skin)
        + ellipse(138, -54, 40, 36, skin)
    )
    head = (
        path(
            (
                "M2,-360 C-12,-430 40,-462 88,-450 C136,-440 150,-396 140,-362 C130,-326 "
                "96,-312 60,-316 C30,-320 8,-334 2,-360 Z"
            ),
            shade(skin, 1.08),
        )
        + path("M10,-404 L-26,-432 L-8,-378 Z", skin)
        + path("M20,-440 C30,-476 70,-486 96,-456 C70,-462 40,-456 20,-440 Z", fur)
    )
    face = (
        ellipse(78, -400, 8, 9, "#f4d35c")
        + ellipse(80, -400, 4, 5, "#1d1c18")
        + ellipse(118, -400, 7, 9, "#f4d35c")
        + ellipse(119, -400, 3.4, 5, "#1d1c18")
        + stroke("M62,-418 L90,-410 M108,-410 L132,-416", dark, 7)
        + ellipse(106, -376, 16, 13, shade(skin, 0.9))
        + stroke("M66,-342 Q98,-334 130,-346", dark, 6)
        + polygon(((80, -342), (88, -360), (94, -340)), "#efe6cf")
        + polygon(((116, -342), (120, -358), (126, -344)), "#efe6cf")
    )
    return Drawing(far + legs + body + chest + head + face + arm, (-170, -490, 190, 12), (0, 0), 470)


def scarecrow(subject: Subject, variant: int) -> Drawing:
    """Straw and old clothes on a pole."""
    pole = rect(-7, -200, 14, 200, "#6d4a2c") + rect(-150, -262, 300, 11, "#6d4a2c", round_=4)
    straw = stroke(
        (
            "M-140,-256 l-22,-16 M-140,-256 l-26,2 M-140,-256 l-20,18 M140,-256 l22,-16 "
            "M140,-256 l26,2 M140,-256 l20,18 M-30,-110 l-8,30 M-10,-108 l0,32 M12,-108 "
            "l4,32 M30,-110 l10,28"
        ),
        "#d8b65a",
        5,
    )
    coat = (
        path(
            (
                "M-136,-276 L-44,-284 Q0,-296 44,-284 L136,-276 L138,-238 L56,-232 L54,-106 "
                "L30,-116 L14,-100 L-12,-116 L-34,-102 L-56,-112 L-54,-232 L-138,-238 Z"
            ),
            "#7a5a48",
        )
        + path("M-8,-284 L10,-284 L6,-110 L-6,-112 Z", "#b3553f")
        + rect(18, -190, 28, 26, "#c9a24a")
        + stroke("M-54,-180 L54,-180", "#4d3a2c", 7)
    )
    head = (
        ellipse(0, -322, 38, 40, "#d9bd85")
        + stroke("M-16,-332 l10,10 m0,-10 l-10,10 M8,-332 l10,10 m0,-10 l-10,10", "#3a2d24", 4)
        + stroke("M-16,-302 Q0,-292 18,-302 M-10,-304 l0,8 M2,-302 l0,8 M12,-304 l0,8", "#3a2d24", 3)
    )
    hat = path("M-66,-344 Q0,-362 66,-344 Q0,-334 -66,-344 Z", "#57402a") + path(
        "M-34,-348 L-22,-408 Q6,-418 26,-402 L36,-348 Q0,-356 -34,-348 Z", "#6a4f34"
    )
    return Drawing(pole + straw + coat + head + hat, (-180, -430, 180, 6), (0, 0), 415)


def sea_turtle(subject: Subject, variant: int) -> Drawing:
    """A turtle of the sea, gliding."""
    skin, shell = "#6f9a7a", "#5a6f46"
    far = path("M40,-62 C60,-20 110,10 150,14 C140,-16 104,-60 76,-78 Z", shade(skin, 0.66)) + path(
        "M-96,-58 C-120,-34 -140,-24 -160,-22 C-146,-50 -126,-70 -104,-76 Z", shade(skin, 0.66)
    )
    head = path("M92,-104 C112,-128 150,-132 162,-112 C166,-96 146,-82 120,-80 L92,-78 Z", skin)
    face = ellipse(140, -112, 5, 5.5, "#1f2620") + stroke("M162,-104 C152,-98 146,-98 138,-98", shade(skin, 0.6), 3)
    dome = path(("M-116,-70 C-100,-130 -30,-152 30,-140 C80,-130 112,-104 106,-80 C60,-52 -70,-46 -116,-70 Z"), shell)
    rim = stroke("M-116,-70 C-70,-48 60,-52 106,-80", "#c9b67a", 9)
    plates = stroke(
        (
            "M-60,-60 L-44,-100 L-70,-122 M-44,-100 L8,-108 L24,-142 M8,-108 L26,-58 "
            "M8,-108 L66,-104 L84,-122 M66,-104 L80,-66"
        ),
        shade(shell, 1.35),
        4,
    )
    near = path("M34,-72 C20,-20 -10,30 -58,52 C-60,20 -40,-30 -6,-74 Z", skin) + stroke(
        "M20,-50 C8,-16 -14,16 -40,34", shade(skin, 1.3), 4, opacity=0.6
    )
    hind = path("M-92,-64 C-110,-50 -132,-26 -138,-4 C-112,-10 -88,-34 -72,-56 Z", skin)
    return Drawing(far + head + face + dome + plates + rim + hind + near, (-170, -160, 172, 60), (0, 0), 205)


def frog(subject: Subject, variant: int) -> Drawing:
    """A frog, sitting."""
    green = hex_of(subject.colour, "#6f9a3f") if subject.colour else "#6f9a3f"
    hind = path(
        (
            "M-86,-8 C-110,-60 -60,-92 -30,-62 C-10,-40 -30,-10 -50,-6 L-8,-4 C-2,2 -10,6 "
            "-20,6 L-92,6 C-104,4 -100,-4 -86,-8 Z"
        ),
        shade(green, 0.84),
    )
    body = path(
        (
            "M-72,-30 C-70,-80 -20,-112 24,-112 C70,-112 92,-86 84,-62 C72,-36 40,-24 "
            "26,-8 L-30,-6 C-56,-6 -70,-14 -72,-30 Z"
        ),
        green,
    )
    belly = path("M82,-66 C72,-36 40,-24 26,-8 L0,-7 C20,-40 50,-62 82,-66 Z", "#d9d79a")
    fore = stroke("M34,-34 L46,-4 M46,-2 L62,2 M46,-2 L36,4", shade(green, 0.9), 11)
    eye_ = (
        ellipse(36, -112, 17, 16, green) + ellipse(40, -114, 10, 10, "#f0d35c") + ellipse(42, -114, 4.5, 8, "#1d1c18")
    )
    return Drawing(
        hind + body + belly + fore + eye_ + stroke("M86,-70 C66,-64 50,-66 40,-74", shade(green, 0.6), 4),
        (-110, -134, 96, 10),
        (0, 4),
        132,
    )
