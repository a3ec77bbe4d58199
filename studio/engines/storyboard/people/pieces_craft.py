"""What craftsmen work at: glowing blade, saw horse, potter's wheel, chopping block, wall and fence; in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import WARM, Held
from studio.engines.storyboard.people.pieces_tables import table_under
from studio.engines.storyboard.people.pieces_work import SPARKS, anvil
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, shade, stroke

_WOOD, _PALE_WOOD, _STEEL = "#7a5334", "#c99a62", "#8a949e"


def blade(joints: Joints, body: Body) -> Held:
    """A glowing blade on the anvil, its hilt in the far hand, sparks under the hammer."""
    k, plain = size_of(body), anvil(joints, body)
    x, y = joints.hands[1][0] + 20 * k, joints.hands[1][1] + 16 * k
    steel = path("M-30,-9 L214,-9 L250,2 L214,11 L-30,11 Z", "#ff8a2c") + path(
        "M-20,-4 L208,-4 L236,1 L208,5 L-20,5 Z", "#ffe39a"
    )
    hilt = rect(-40, -30, 12, 60, "#c99a3a", round_=4) + rect(-96, -7, 58, 15, "#4a3020", round_=5)
    glow = (x + 110 * k, y, 150 * k, (1.0, 0.58, 0.22))
    return Held(middle=plain.middle + group(steel + hilt, x=x, y=y, scale=k), front=plain.front, lights=(glow,))


def nailing(joints: Joints, body: Body) -> Held:
    """A plank on a trestle, a nail in it, the hammer above."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[1][0] - 40 * k, joints.hands[1][1] + 30 * k
    low = (g - y) / k
    legs = stroke(
        f"M20,20 L-10,{low:.0f} M40,20 L66,{low:.0f} M240,20 L214,{low:.0f} M262,20 L290,{low:.0f}", _WOOD, 13
    )
    plank = rect(-50, 0, 380, 26, _PALE_WOOD, round_=3) + stroke("M-30,10 H160 M190,17 H310", shade(_PALE_WOOD, 0.8), 3)
    nails = (
        "".join(rect(at, -5, 10, 7, _STEEL) for at in (-20, 250))
        + rect(120, -32, 7, 34, _STEEL)
        + rect(113, -36, 21, 7, _STEEL)
    )
    hx, hy = joints.hands[0]
    hammer = rect(-6, -96, 12, 112, "#a9794a", round_=4) + path("M-30,-116 H22 L40,-104 L40,-98 H-30 Z", "#59616b")
    return Held(
        middle=group(legs + plank + nails, x=x, y=y, scale=k), front=group(hammer, x=hx, y=hy, turn=20, scale=k)
    )


def sawing(joints: Joints, body: Body) -> Held:
    """A saw half through a plank on a trestle, sawdust below."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    top = y + 34 * k
    low = (g - top) / k
    legs = stroke(
        f"M10,26 L-18,{low:.0f} M26,26 L56,{low:.0f} M220,26 L192,{low:.0f} M240,26 L268,{low:.0f}", _WOOD, 13
    )
    plank = path("M-60,0 H112 L108,28 H-60 Z M124,0 H330 V28 H120 Z", _PALE_WOOD) + stroke(
        "M-40,12 H80 M150,16 H300", shade(_PALE_WOOD, 0.8), 3
    )
    dust = path(f"M90,{low:.0f} q26,-34 56,0 Z", "#e6cd98") + "".join(
        ellipse(116 + dx, 50 + dy, 4, 4, "#e6cd98") for dx, dy in ((0, 0), (-8, 34), (7, 60), (-3, 96))
    )
    saw = path("M10,-10 L196,62 L188,82 L14,34 Z", "#c3ccd4") + stroke(
        "M18,36 l10,6 l6,-4 l10,7 l6,-4 l10,7 l6,-4 l10,7 l6,-4 l10,7 l6,-4 l10,7 l6,-4 l10,7", "#7d8791", 4
    )
    grip = path("M-34,-16 Q-10,-34 18,-14 L20,30 Q-10,40 -30,22 Z", "#8c4a2c") + ellipse(-6, 4, 12, 12, "#5e2f1a")
    return Held(
        middle=group(legs + plank + dust, x=x - 20 * k, y=top, scale=k),
        front=group(saw + grip, x=x + 10 * k, y=y, turn=4, scale=k),
    )


def chopping_block(joints: Joints, body: Body) -> Held:
    """An axe over the head, a log on the block, split wood about it."""
    k, g = size_of(body), joints.ground_y
    (ax, ay), (bx, by) = joints.hands
    block = (
        rect(-56, -92, 112, 92, "#6b4a30", round_=10)
        + ellipse(0, -92, 56, 15, "#b98a55")
        + ellipse(0, -92, 30, 8, "#9a6f40")
    )
    log = (
        path("M-30,-190 H30 V-94 Q0,-84 -30,-94 Z", "#8a6238")
        + ellipse(0, -190, 30, 9, "#d8b07a")
        + stroke("M2,-196 L-2,-130", "#4f3522", 4)
    )
    split = (
        path("M96,0 l70,-34 l26,14 l-60,30 Z", "#d8b07a")
        + path("M-150,0 l64,-40 l26,16 l-50,34 Z", "#c99a62")
        + path("M150,0 l80,-14 l6,20 l-70,6 Z", "#a9794a")
    )
    x = 250 * k
    shaft = stroke(f"M{ax:.1f},{ay:.1f} L{bx + 12 * k:.1f},{by - 12 * k:.1f}", "#8a6238", 11 * k)
    head = group(
        rect(-6, -128, 12, 190, "#8a6238", round_=5)
        + path("M4,-134 C40,-150 62,-132 66,-108 C62,-86 40,-72 4,-84 Z", "#aab4be"),
        x=bx,
        y=by,
        turn=-34,
        scale=k,
    )
    return Held(middle=shaft + group(split + block + log, x=x, y=g, scale=k), front=head)


def wall_paint(joints: Joints, body: Body, paint: str = "#5f9bc4") -> Held:
    """A roller in the hand, the wall before it half painted, the pot on the floor."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    coat = path(
        "M56,-126 Q160,-142 330,-128 V40 q-2,22 -24,20 V96 q-22,20 -42,0 V52 h-10 V128 q-20,22 -42,0 V64 h-8 V92 q-20,18 -40,0 V8 q-20,16 -40,-4 "
        "V-40 q-26,16 -54,-6 Z",
        paint,
    )
    wet = path("M60,-124 h42 V-40 q-20,12 -42,0 Z", shade(paint, 1.14)) + stroke(
        "M130,-96 V-10 M180,-110 V50 M234,-100 V100 M290,-110 V40", shade(paint, 0.93), 5
    )
    drip = stroke("M92,-36 v26 M196,132 v24 M272,104 v20", paint, 7)
    stick = stroke("M-14,18 L40,-38 V-62 H74", "#59616b", 8) + rect(64, -104, 26, 88, shade(paint, 1.08), round_=9)
    return Held(
        behind=group(coat + wet + drip, x=x, y=y, scale=k),
        middle=group(_pot(paint), x=x + 70 * k, y=g, scale=k),
        front=group(stick, x=x, y=y, scale=k),
    )


def fence(joints: Joints, body: Body, paint: str = "#f1ece0") -> Held:
    """A brush in the hand, a fence before it whose first boards are painted."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    boards = "".join(
        path(f"M{at},0 V-330 l22,-24 l22,24 V0 Z", paint if at < 150 else "#a07a52")
        + stroke(f"M{at + 44},-4 V-326", "#5f4630", 3)
        for at in range(20, 440, 48)
    )
    rails = rect(10, -270, 436, 18, "#8a6844") + rect(10, -90, 436, 18, "#8a6844")
    brush = (
        rect(-6, -8, 12, 52, "#8a5c34", round_=4)
        + rect(-17, -30, 34, 24, "#59616b")
        + path("M-17,-28 H17 L12,-66 H-12 Z", paint)
    )
    return Held(
        behind=group(rails + boards, x=x + 24 * k, y=g, scale=k),
        middle=group(_pot(paint), x=x + 4 * k, y=g + 4 * k, scale=k),
        front=group(brush, x=x + 6 * k, y=y, turn=66, scale=k),
    )


def _pot(paint: str) -> str:
    return (
        stroke("M-30,-56 C-26,-96 26,-96 30,-56", "#59616b", 5)
        + path("M-32,-58 H32 L27,0 H-27 Z", "#9aa3ab")
        + ellipse(0, -58, 32, 8, paint)
        + path("M10,-52 q4,28 12,2 Z", paint)
    )


def potters_wheel(joints: Joints, body: Body) -> Held:
    """A bowl of wet clay turning between the hands."""
    k, g = size_of(body), joints.ground_y
    x = (joints.hands[0][0] + joints.hands[1][0]) / 2 + 40 * k
    y = max(hand[1] for hand in joints.hands) + 46 * k
    low = (g - y) / k
    stand = path(f"M-26,10 H26 L44,{low:.0f} H-44 Z", "#59616b") + rect(-96, -6, 192, 17, "#7d8791", round_=7)
    pan = path("M-118,26 H118 L104,60 H-104 Z", "#6b4a30")
    clay = path("M-40,-6 C-64,-40 -58,-78 -40,-100 H40 C58,-78 64,-40 40,-6 Z", "#b5714a") + ellipse(
        0, -100, 40, 11, "#8a4f30"
    )
    rings = stroke("M-55,-40 Q0,-26 55,-40 M-54,-66 Q0,-54 54,-66", "#8f5636", 4) + path(
        "M-40,-90 q-10,40 2,78 l14,2 q-12,-40 -4,-80 Z", "#d39469", opacity=0.7
    )
    return Held(middle=group(stand + pan + clay + rings, x=x, y=y, scale=k))


def microscope(joints: Joints, body: Body) -> Held:
    """A microscope on the table, its eyepiece at the eye."""
    table, top, left = table_under(joints, body, wide=320, wood="#8a939c")
    k, h = size_of(body), body.head / 100
    x, y = joints.chin[0] + 64 * h, joints.chin[1] - 30 * h
    tall = (top - y) / k
    tube = group(
        rect(-13, -6, 26, tall * 0.66, "#3a3f48", round_=6)
        + rect(-17, -16, 34, 18, "#23262d", round_=5)
        + rect(-9, tall * 0.66 - 8, 18, 24, "#c9d2da", round_=3),
        x=x,
        y=y,
        turn=-20,
        scale=k,
    )
    foot = path(
        f"M20,0 h120 v-13 h-50 C126,-40 124,-{tall * 0.62:.0f} 66,-{tall * 0.70:.0f} l-12,20 C92,-{tall * 0.5:.0f} 94,-60 60,-36 V-13 H20 Z",
        "#4a505a",
    )
    stage = rect(28, -tall * 0.30, 70, 9, "#2b2e35") + rect(44, -tall * 0.30 - 5, 36, 5, "#9fd3ea")
    flasks = (
        path("M190,0 L204,-34 V-56 H218 V-34 L232,0 Z", "#9fc7d6")
        + path("M196,-14 L226,-14 L232,0 H190 Z", "#58b06a")
        + rect(250, -60, 14, 60, "#cfe3ea", round_=5)
        + rect(250, -28, 14, 28, "#c8506a", round_=5)
    )
    return Held(
        behind=group(foot, x=x - 20 * k, y=top, scale=k) + tube,
        middle=table + group(stage, x=x - 20 * k, y=top, scale=k) + group(flasks, x=left + 40 * k, y=top, scale=k),
    )


def statue(joints: Joints, body: Body) -> Held:
    """A head of stone coming out of its block, chisel and mallet at it."""
    k, g = size_of(body), joints.ground_y
    (ax, ay), (bx, by) = joints.hands
    x = bx + 110 * k
    stand = path("M-76,0 L-58,-236 H58 L76,0 Z", _WOOD) + rect(-84, -252, 168, 20, shade(_WOOD, 1.15), round_=4)
    block = path(
        "M-66,-252 L-70,-330 Q-40,-352 -30,-372 C-60,-400 -58,-470 0,-480 C56,-476 64,-420 46,-376 Q52,-350 74,-332 L70,-252 Z",
        "#cfcac0",
    )
    face = (
        path("M-58,-424 q-20,14 -16,26 l14,2 q0,16 12,20 Z", "#cfcac0")
        + stroke("M-50,-426 q10,-6 18,0 M-58,-388 h12", "#9a958b", 5)
        + path(
            "M4,-478 C56,-474 64,-420 46,-376 Q52,-350 74,-332 L70,-252 H30 C44,-330 30,-420 4,-478 Z",
            "#a9a499",
            opacity=0.7,
        )
    )
    chips = "".join(path(f"M{x0},0 l10,-14 l14,8 l-4,6 Z", "#cfcac0") for x0 in (-150, -112, 96, 130))
    chisel = group(
        rect(-40, -7, 84, 12, _STEEL, round_=3) + rect(-46, -9, 36, 16, "#a9794a", round_=4),
        x=bx,
        y=by,
        turn=-8,
        scale=k,
    )
    mallet = group(
        rect(-5, -70, 11, 90, "#a9794a", round_=4) + rect(-34, -104, 68, 44, "#8a6238", round_=7),
        x=ax,
        y=ay,
        turn=14,
        scale=k,
    )
    return Held(behind=group(stand + block + face + chips, x=x, y=g, scale=k), middle=chisel, front=mallet)


def chalk(joints: Joints, body: Body) -> Held:
    """Pictures in chalk on the ground before the hand."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    sun = ellipse(96, -6, 44, 17, "#f0cf5a") + stroke(
        "M42,-6 h-24 M150,-6 h24 M60,-26 l-18,-9 M132,-26 l18,-9 M96,-30 v-12 M62,14 l-16,8 M130,14 l16,8", "#f0cf5a", 8
    )
    house = stroke("M212,20 h104 l-10,-34 h-82 Z M216,-14 l52,-26 l40,26 M252,18 l4,-18 h20 l3,18", "#f4a7b8", 9)
    flower = stroke("M360,20 q18,-34 34,-10 q22,-26 38,12 M-70,22 q16,-26 34,-4 t34,-6", "#9fd3ea", 9)
    stick = rect(-5, -4, 10, 30, "#f6f3ea", round_=3)
    return Held(
        behind=group(sun + house + flower, x=x - 20 * k, y=g - 22 * k, scale=k),
        front=group(stick, x=x + 8 * k, y=y + 6 * k, turn=-30, scale=k),
    )


def bicycle_stand(joints: Joints, body: Body, paint: str = "#c23b34") -> Held:
    """A bicycle wheels up, tools beside it, the spanner at its hub."""
    k, g = size_of(body), joints.ground_y
    r = 92
    ring = f'<circle cx="0" cy="0" r="{r}" fill="none" stroke="#26282e" stroke-width="15"/>'
    spokes = "".join(group(rect(-1.5, -r, 3, 2 * r, "#9aa3ab"), turn=a) for a in range(0, 180, 30))
    wheels = "".join(group(ring + spokes + ellipse(0, 0, 11, 11, "#59616b"), x=x, y=-224) for x in (110, 386))
    frame = stroke("M110,-224 L212,-224 L316,-92 L176,-88 Z M212,-224 L166,-56 M386,-224 L310,-62", paint, 14)
    bars = (
        stroke("M310,-62 q-2,46 40,50 M142,-4 h64 M166,-56 L170,-6", "#33373f", 12)
        + ellipse(212, -224, 24, 24, "#7d8791")
        + ellipse(212, -224, 10, 10, "#33373f")
    )
    x = joints.hands[0][0] - 76 * k
    return Held(
        middle=group(wheels + frame + bars, x=x, y=g, scale=k) + group(_TOOLS, x=x - 10 * k, y=g + 4 * k, scale=k),
        front=_spanner(joints, body),
    )


def repair(joints: Joints, body: Body) -> Held:
    """A spanner in the hand, the box of tools on the ground."""
    k, g = size_of(body), joints.ground_y
    return Held(middle=group(_TOOLS, x=joints.hands[0][0] - 40 * k, y=g + 4 * k, scale=k), front=_spanner(joints, body))


_TOOLS = (
    rect(-54, -46, 108, 46, "#b3332f", round_=5)
    + stroke("M-30,-46 V-66 H30 V-46", "#59616b", 8)
    + rect(-54, -30, 108, 6, "#8a2420")
    + rect(60, -9, 60, 8, "#8a949e")
)


def _spanner(joints: Joints, body: Body) -> str:
    x, y = joints.hands[0]
    art = rect(-7, -86, 14, 100, "#aab4be", round_=5) + path(
        "M-22,-84 L-24,-112 L-9,-122 V-100 H9 V-122 L24,-112 L22,-84 L8,-74 H-8 Z", "#aab4be"
    )
    return group(art, x=x, y=y, turn=58, scale=size_of(body))


def torch_flame(joints: Joints, body: Body) -> Held:
    """A welder's flame and its sparks at a beam of iron."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    beam = (
        rect(70, 20, 240, 34, "#4a505a", round_=3)
        + rect(96, 54, 26, (g - y) / k - 54, "#3b4048")
        + rect(262, 54, 26, (g - y) / k - 54, "#3b4048")
    )
    rod_ = stroke("M-20,-10 L66,12", "#2e3138", 12)
    flare = (
        ellipse(84, 16, 26, 26, "#bfe6ff", opacity=0.6)
        + ellipse(84, 16, 13, 13, "#ffffff")
        + group(stroke(SPARKS, "#ffd67a", 6), x=88, y=10)
    )
    mask = group(
        path("M-16,-92 Q30,-100 52,-74 L50,-6 Q20,8 -6,-8 Z", "#3a3f48") + rect(14, -66, 38, 22, "#1d2a26", round_=3),
        x=joints.chin[0],
        y=joints.chin[1],
        turn=8,
        scale=body.head / 100,
    )
    return Held(
        middle=group(beam, x=x, y=y, scale=k),
        front=mask + group(rod_ + flare, x=x, y=y, scale=k),
        lights=((x + 84 * k, y + 16 * k, 150 * k, (0.7, 0.88, 1.0)), (x + 84 * k, y + 20 * k, 70 * k, WARM)),
    )


def net(joints: Joints, body: Body) -> Held:
    """A fishing net over the knees and in a heap on the ground, the needle in the hand."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    low = (g - y) / k
    shape = f"M-70,-14 Q10,-40 84,-10 L150,{low * 0.55:.0f} Q240,{low * 0.62:.0f} 280,{low:.0f} H-20 Q-60,{low * 0.5:.0f} -70,-14 Z"
    mesh = "".join(
        f"M{-240 + 26 * n},{low:.0f} L{-60 + 26 * n},-44 M{-80 + 26 * n},-44 L{100 + 26 * n},{low:.0f} "
        for n in range(20)
    )
    clip = f'<clipPath id="net"><path d="{shape}"/></clipPath>'
    knots = path(shape, "#4f7f78", opacity=0.55) + clip + f'<g clip-path="url(#net)">{stroke(mesh, "#a9d0c4", 4)}</g>'
    floats = "".join(ellipse(at, low - 12, 17, 14, "#e0762c") for at in (150, 196, 246))
    needle = rect(-6, -4, 62, 9, "#d8b07a", round_=4)
    return Held(
        middle=group(knots + stroke(shape, "#3d6660", 6) + floats, x=x, y=y, scale=k),
        front=group(needle, x=x, y=y, turn=-24, scale=k),
    )


def clock_bench(joints: Joints, body: Body) -> Held:
    """A clock opened on the bench, its wheels beside it, a fine tool in the hand."""
    table, top, left = table_under(joints, body, wide=300, wood="#6b4a30")
    k, (x, y) = size_of(body), joints.hands[0]
    case = path("M120,0 V-70 Q120,-138 186,-138 Q252,-138 252,-70 V0 Z", "#8a5c34") + rect(110, -12, 152, 12, "#6b4526")
    face = ellipse(186, -74, 46, 46, "#c99a3a") + ellipse(186, -74, 40, 40, "#f6f1e4")
    hands = stroke("M186,-74 V-104 M186,-74 L206,-62", "#2b2d36", 5) + "".join(
        group(rect(-1.5, -37, 3, 8, "#2b2d36"), x=186, y=-74, turn=30 * n) for n in range(12)
    )
    wheels = "".join(
        ellipse(at, -14, r, r, "#d9b45c") + ellipse(at, -14, r * 0.36, r * 0.36, "#6b4a30")
        for at, r in ((40, 14), (76, 18), (280, 14))
    )
    tool = group(stroke("M0,0 L44,26", "#c3ccd4", 5) + stroke("M-16,-9 L2,1", "#b3332f", 10), x=x, y=y, scale=k)
    return Held(middle=table + group(case + face + hands + wheels, x=left, y=top, scale=k), front=tool)


def grindstone(joints: Joints, body: Body) -> Held:
    """A blade held to a turning stone, sparks flying off."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    low = (g - y) / k
    stone = (
        ellipse(110, 84, 78, 78, "#9a958b") + ellipse(110, 84, 60, 60, "#b5b0a5") + ellipse(110, 84, 12, 12, "#4a505a")
    )
    frame = stroke(f"M110,84 L50,{low:.0f} M110,84 L176,{low:.0f} M72,{low * 0.8:.0f} H152", "#6b4a30", 15)
    steel = (
        path("M-6,-8 L176,-14 L204,-4 L176,6 L-6,8 Z", "#c9d2da")
        + rect(-16, -22, 10, 44, "#b08a3c", round_=3)
        + rect(-60, -7, 46, 14, "#4a3020", round_=4)
    )
    sparks = group(stroke(SPARKS, "#ffd67a", 5), x=150, y=8, turn=30)
    return Held(
        middle=group(stone + frame + steel + sparks, x=x, y=y, scale=k), lights=((x + 150 * k, y, 60 * k, WARM),)
    )
