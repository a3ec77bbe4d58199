"""What work about the house is done with: teapot, iron, washing line, sink, mirror, sewing machine; in body units."""

from __future__ import annotations

from math import cos, radians, sin

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import Held
from studio.engines.storyboard.people.pieces_tables import table_under
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, shade, stroke

_TIN = "#8a97a4"
_CHINA = "#f3eee4"
_STEAM = "M0,0 q-13,-18 0,-34 t0,-32 M22,0 q-13,-18 0,-34 t0,-32"


def teapot(joints: Joints, body: Body) -> Held:
    """Tea runs from a pot into the cup on the table."""
    pot = (
        stroke("M-6,30 C-34,24 -34,-8 -4,-4", "#b5522f", 9)
        + path("M46,18 C78,16 74,-16 98,-22 L104,-10 C90,-4 92,34 50,40 Z", "#b5522f")
        + ellipse(28, 16, 42, 33, "#c9623a")
        + ellipse(20, 6, 20, 13, "#e08a5e", opacity=0.7)
        + ellipse(28, -17, 21, 7, "#a84a28")
        + ellipse(28, -26, 7, 6, "#a84a28")
    )
    return _poured(joints, body, pot, spout=(100, -14), turn=28, stream="#9a5a2a", is_hot=True)


def bottle(joints: Joints, body: Body) -> Held:
    """Wine runs from a bottle into the glass on the table."""
    glass = path("M-24,-24 H34 C56,-24 58,-9 78,-9 H110 V9 H78 C58,9 56,24 34,24 H-24 Z", "#2f4a38")
    label = rect(-8, -20, 34, 40, "#e6dcc0", round_=2) + rect(106, -11, 8, 22, "#8c2f36")
    return _poured(joints, body, glass + label, spout=(114, 0), turn=32, stream="#8c2438")


def jug(joints: Joints, body: Body) -> Held:
    """Water or milk runs from a jug into the glass on the table."""
    can = stroke("M-8,44 C-40,34 -36,-18 -6,-18", "#7f97a4", 9) + path(
        "M-12,-26 L54,-34 L84,-30 L62,-12 L58,60 Q24,70 -8,60 Z", "#a9bfca"
    )
    shine = path("M4,-20 l14,-2 l0,78 l-14,0 Z", "#d6e4ea", opacity=0.8)
    return _poured(joints, body, can + shine, spout=(82, -28), turn=34, stream="#e3f0f5")


def _poured(
    joints: Joints,
    body: Body,
    vessel: str,
    *,
    spout: tuple[float, float],
    turn: float,
    stream: str,
    is_hot: bool = False,
) -> Held:
    table, top, left = table_under(joints, body, wide=300)
    k, (x, y) = size_of(body), joints.hands[0]
    lip = group(ellipse(*spout, 1, 1, stream), x=x, y=y, turn=turn, scale=k)
    mouth = _turned(spout, turn)
    sx, sy = x + mouth[0] * k, y + mouth[1] * k
    run = stroke(
        f"M{sx:.1f},{sy:.1f} Q{sx + 12 * k:.1f},{sy + 16 * k:.1f} {sx + 12 * k:.1f},{top - 26 * k:.1f}", stream, 8 * k
    )
    cup = (
        stroke("M26,-32 C48,-34 46,-8 22,-10", _CHINA, 7)
        + path("M-30,-42 H30 L20,-4 H-20 Z", _CHINA)
        + ellipse(0, -42, 30, 7, shade(stream, 0.9))
        + ellipse(0, -2, 40, 6, shade(_CHINA, 0.86))
    )
    cups = group(cup, x=sx + 12 * k, y=top, scale=k)
    other = group(
        ellipse(0, -2, 30, 5, shade(_CHINA, 0.8)) + ellipse(0, -12, 22, 9, "#c38a4a"), x=left + 52 * k, y=top, scale=k
    )
    steam = group(stroke(_STEAM, "#ffffff", 7, opacity=0.55), x=sx + 44 * k, y=top - 52 * k, scale=k) if is_hot else ""
    return Held(middle=table + other + cups + run + steam + lip, front=group(vessel, x=x, y=y, turn=turn, scale=k))


def _turned(point: tuple[float, float], degrees: float) -> tuple[float, float]:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return point[0] * c - point[1] * s, point[0] * s + point[1] * c


def ironing(joints: Joints, body: Body, paint: str = "#7fa3c4") -> Held:
    """A shirt on the board, the iron in the hand."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    top = y + 30 * k
    legs = stroke(
        f"M{x - 60 * k:.1f},{top + 10 * k:.1f} L{x + 190 * k:.1f},{g:.1f} M{x + 200 * k:.1f},{top + 10 * k:.1f} L{x - 50 * k:.1f},{g:.1f}",
        "#7d8791",
        10 * k,
    )
    board = path("M-120,-2 H230 Q276,2 284,14 H-120 Z", "#d9d2c2") + rect(-120, 10, 396, 8, "#9aa3ab", round_=4)
    shirt = path("M-84,-4 L150,-6 L196,-2 L190,46 L158,40 L152,8 H60 L50,64 L4,60 L0,8 H-84 Z", paint)
    seam = stroke("M60,8 L50,62 M-20,-2 L40,0 M152,8 L158,38", shade(paint, 0.72), 4)
    iron = (
        path("M-44,26 V6 Q-6,-12 38,4 Q62,14 68,26 Z", "#59616b")
        + rect(-46, 24, 116, 8, "#c3ccd4", round_=3)
        + stroke("M-34,6 C-30,-22 22,-22 26,2", "#2e3138", 11)
    )
    steam = stroke("M78,16 q22,-10 18,-30 M96,22 q26,-8 26,-30", "#ffffff", 7, opacity=0.6)
    return Held(
        behind=legs,
        middle=group(board + shirt + seam, x=x, y=top, scale=k),
        front=group(iron + steam, x=x + 10 * k, y=y, scale=k),
    )


def washing_line(joints: Joints, body: Body) -> Held:
    """Washing on a line between two poles, more of it in a basket."""
    k, g = size_of(body), joints.ground_y
    (x, y) = joints.hands[0]
    y -= 8 * k
    poles = stroke(
        f"M{-210 * k:.1f},{g:.1f} V{y - 30 * k:.1f} M{600 * k:.1f},{g:.1f} V{y - 30 * k:.1f}", "#7a5334", 15 * k
    )
    rope = stroke(
        f"M{-210 * k:.1f},{y - 12 * k:.1f} Q{190 * k:.1f},{y + 22 * k:.1f} {600 * k:.1f},{y - 12 * k:.1f}",
        "#efe6d0",
        5 * k,
    )
    shirt = path("M-46,0 H46 L92,44 L66,70 L50,54 V160 H-50 V54 L-66,70 L-92,44 Z", "#c2503f")
    collar = path("M-20,0 H20 L0,26 Z", "#8f3529")
    sheet = path("M-84,0 H84 L88,214 Q0,226 -80,210 Z", "#f3efe4") + stroke(
        "M-30,4 L-26,208 M34,4 L36,212", "#d5cfc0", 5
    )
    sock = path("M-14,0 H16 V70 Q34,78 30,92 H-6 Q-16,90 -14,70 Z", "#4f86b0")
    pegs = "".join(rect(at - 5, -16, 10, 24, "#b98a55", round_=2) for at in (-30, 30))
    hung = (
        group(sheet + pegs, x=x + 20 * k, y=y + 8 * k, scale=k)
        + group(shirt + collar + pegs, x=x + 210 * k, y=y + 16 * k, scale=k)
        + group(sock, x=x + 340 * k, y=y + 12 * k, scale=k)
        + group(sock, x=x + 386 * k, y=y + 8 * k, scale=k)
    )
    basket = path("M-66,-60 H66 L50,0 H-50 Z", "#b58a50") + stroke("M-60,-40 H60 M-54,-20 H54", "#8a6436", 6)
    linen = path("M-58,-58 Q-44,-104 -6,-88 Q22,-112 58,-58 Z", "#e9e3d6")
    return Held(behind=poles + rope + hung, middle=group(linen + basket, x=150 * k, y=g, scale=k))


def sink(joints: Joints, body: Body) -> Held:
    """Plates in the suds, others already in the rack."""
    k, g = size_of(body), joints.ground_y
    left, top = min(hand[0] for hand in joints.hands) - 46 * k, max(hand[1] for hand in joints.hands) + 6 * k
    high = (g - top) / k
    box = rect(0, 0, 330, high, "#6f8f8c", round_=4) + rect(18, 40, 134, high - 60, shade("#6f8f8c", 0.84), round_=4)
    box += rect(172, 40, 134, high - 60, shade("#6f8f8c", 0.84), round_=4)
    basin = rect(-12, -8, 354, 18, "#c3ccd4", round_=5)
    suds = "".join(
        ellipse(x, y, r, r * 0.8, "#f4f8fa")
        for x, y, r in ((34, -10, 24), (70, -18, 28), (112, -14, 26), (148, -8, 20), (92, -32, 16))
    )
    tap = stroke("M188,-8 V-84 Q188,-112 150,-112 Q128,-112 128,-92", "#9aa7b2", 12) + stroke(
        "M128,-88 V-30", "#cfe6f0", 7
    )
    rack = "".join(ellipse(at, -38, 10, 36, _CHINA) + ellipse(at, -38, 5, 24, "#d8d0c0") for at in (236, 262, 288, 314))
    plate = ellipse(42, -14, 46, 40, _CHINA) + ellipse(42, -14, 28, 24, "#d8d0c0")
    x, y = joints.hands[0]
    return Held(
        behind=group(tap + rack, x=left, y=top, scale=k),
        middle=group(plate, x=x, y=y, turn=-16, scale=k) + group(box + basin + suds, x=left, y=top, scale=k),
    )


def mirror(joints: Joints, body: Body) -> Held:
    """An oval mirror on the wall before the face, a shelf below it."""
    k = size_of(body)
    x, y = joints.chin[0] + 236 * k, joints.chin[1] - 20 * k
    glass = (
        ellipse(0, 0, 66, 104, "#7a5334")
        + ellipse(0, 0, 54, 91, "#bcd6e0")
        + path("M-30,52 L22,-66 L40,-50 L-14,72 Z", "#e3f0f5")
    )
    shelf = (
        rect(-84, 124, 168, 14, "#7a5334", round_=4)
        + rect(-58, 92, 24, 32, "#4f8f8a", round_=4)
        + rect(22, 84, 18, 40, "#c9a24a", round_=4)
    )
    return Held(behind=group(glass + shelf, x=x, y=y, scale=k))


def shaving(joints: Joints, body: Body) -> Held:
    """Foam on the cheeks, the razor at it."""
    k, h = size_of(body), body.head / 100
    x, y = joints.chin
    foam = path("M-2,-34 C14,-20 30,-26 44,-34 C48,-14 38,4 16,6 C2,4 -6,-16 -2,-34 Z", "#fbfbf7")
    hx, hy = joints.hands[0]
    razor = group(
        rect(-5, -34, 10, 44, "#c23b34", round_=4) + rect(-20, -48, 40, 16, "#c9d2da", round_=3),
        x=hx,
        y=hy,
        turn=-24,
        scale=k,
    )
    return Held(behind=mirror(joints, body).behind, front=group(foam, x=x + 6 * h, y=y + 4 * h, scale=h) + razor)


def hairbrush(joints: Joints, body: Body) -> Held:
    """A brush at the hair, before the mirror."""
    k, (x, y) = size_of(body), joints.hands[0]
    brush = (
        rect(-6, -10, 12, 62, "#8c4a5c", round_=5)
        + rect(-16, -66, 32, 62, "#8c4a5c", round_=14)
        + rect(14, -58, 12, 46, "#3a2d28", round_=3)
    )
    return Held(behind=mirror(joints, body).behind, front=group(brush, x=x + 6 * k, y=y + 6 * k, turn=146, scale=k))


def sewing_machine(joints: Joints, body: Body, paint: str = "#b0483f") -> Held:
    """A machine on its table, the cloth running through it and down to the floor."""
    table, top, left = table_under(joints, body, wide=330)
    k, g = size_of(body), joints.ground_y
    low = (g - top) / k
    iron = path("M40,0 V-18 H178 V-70 H74 V-34 H46 V-74 Q48,-108 86,-108 H190 Q214,-108 214,-82 V0 Z", "#2b2d36")
    wheel = ellipse(220, -74, 14, 34, "#3b3f46") + ellipse(220, -74, 6, 22, "#c99a3a")
    gold = stroke("M96,-92 H186 M196,-56 V-12 M62,-12 H170", "#d9b45c", 4) + stroke("M58,-34 V-6", "#c9d2da", 5)
    spool = rect(120, -128, 22, 20, paint, round_=3)
    cloth = path(
        f"M-4,-4 Q40,-24 96,-6 L250,-4 Q290,0 292,{low * 0.5:.0f} Q270,{low * 0.62:.0f} 240,{low * 0.5:.0f} Q236,16 200,10 L-4,8 Z",
        paint,
    )
    fold = stroke(f"M262,8 Q276,30 274,{low * 0.5:.0f} M20,-8 Q50,-14 84,-4", shade(paint, 0.7), 4)
    return Held(middle=table + group(iron + wheel + gold + spool + cloth + fold, x=left + 20 * k, y=top, scale=k))


def knitting(joints: Joints, body: Body, paint: str = "#b0483f") -> Held:
    """A scarf on two needles, the ball of wool on the floor."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    work = path("M-44,0 Q4,-16 52,-2 L60,150 Q12,164 -40,148 Z", paint)
    rows = "".join(
        stroke(f"M-40,{at} q12,10 24,0 t24,0 t24,0 t24,0", shade(paint, 0.74), 4) for at in (22, 46, 70, 94, 118)
    )
    needles = (
        stroke("M-70,26 L84,-34 M88,34 L-50,-40", "#e6dcc0", 7)
        + ellipse(86, -36, 7, 7, "#8a6238")
        + ellipse(-52, -42, 7, 7, "#8a6238")
    )
    ball = ellipse(0, -30, 34, 30, paint) + stroke(
        "M-26,-42 Q0,-20 28,-44 M-30,-24 Q2,-4 30,-26 M-10,-58 Q20,-30 8,-2", shade(paint, 0.74), 4
    )
    yarn = stroke(
        f"M{x + 40 * k:.1f},{y + 60 * k:.1f} C{x + 110 * k:.1f},{g - 90 * k:.1f} {x + 50 * k:.1f},{g - 30 * k:.1f} {x + 128 * k:.1f},{g - 36 * k:.1f}",
        paint,
        5 * k,
    )
    return Held(
        middle=yarn + group(ball, x=x + 150 * k, y=g, scale=k) + group(work + rows, x=x + 16 * k, y=y - 4 * k, scale=k),
        front=group(needles, x=x + 14 * k, y=y - 6 * k, scale=k),
    )


def cutting_board(joints: Joints, body: Body) -> Held:
    """A knife over a board of vegetables on the table."""
    table, top, left = table_under(joints, body, wide=320)
    k, (x, _y) = size_of(body), joints.hands[0]
    board = rect(30, -10, 210, 12, "#d8b07a", round_=4)
    carrot = path("M120,-22 Q170,-34 216,-16 Q176,-6 120,-8 Z", "#e0762c") + path(
        "M214,-18 l34,-18 l-8,18 l14,8 Z", "#5b8a45"
    )
    slices = "".join(ellipse(at, -15, 8, 9, "#ee8f43") for at in (58, 72, 86))
    tomato = ellipse(272, -22, 24, 21, "#c8352f") + path("M262,-40 l10,-8 l10,8 l-10,6 Z", "#4c8a4f")
    knife = path("M-8,18 L86,34 L92,18 L30,2 Z", "#c9d2da") + path("M-34,-2 L26,0 L24,18 L-30,14 Z", "#3a2a20")
    return Held(
        middle=table + group(board + carrot + slices + tomato, x=left, y=top, scale=k),
        front=group(knife, x=x + 4 * k, y=top - 40 * k, scale=k),
    )


def chess(joints: Joints, body: Body) -> Held:
    """A game of chess on a table, one man in the hand."""
    table, top, left = table_under(joints, body, wide=270)
    k, (x, y) = size_of(body), joints.hands[0]
    board = path("M20,0 L44,-20 H236 L254,0 Z", "#e6d5ae") + "".join(
        path(f"M{44 + 44 * n},-10 l10,-10 h24 l-8,10 Z M{20 + 50 * n},0 l12,-10 h24 l-8,10 Z", "#6b4526")
        for n in range(4)
    )
    man = path("M-12,0 Q-12,-8 -7,-12 L-5,-34 H5 L7,-12 Q12,-8 12,0 Z", "#f3ecd8") + ellipse(0, -40, 9, 10, "#f3ecd8")
    dark = man.replace("#f3ecd8", "#2e2a2c")
    men = "".join(group(man, x=at, y=-5, scale=0.95) for at in (66, 98)) + "".join(
        group(dark, x=at, y=-7) for at in (150, 184, 216)
    )
    return Held(
        middle=table + group(board + men, x=left, y=top, scale=k), front=group(man, x=x + 12 * k, y=y + 22 * k, scale=k)
    )


_FLAME = "M0,0 C-13,-14 -9,-26 0,-46 C9,-26 13,-14 0,0 Z"


def cake(joints: Joints, body: Body) -> Held:
    """A cake with lit candles on the table before the face."""
    table, top, left = table_under(joints, body, wide=300)
    k = size_of(body)
    tier = rect(-92, -58, 184, 58, "#f0d9c0", round_=8) + rect(-66, -104, 132, 48, "#e7a5b4", round_=8)
    icing = path(
        "M-92,-52 h184 v14 q-12,16 -24,0 q-12,16 -24,0 q-12,16 -26,0 q-12,16 -26,0 q-12,16 -26,0 q-12,16 -24,0 q-12,16 -34,0 Z",
        "#fbf6ec",
    )
    lights, art = [], ""
    for at in (-48, -24, 0, 24, 48):
        art += rect(at - 4, -142, 8, 40, "#4f86b0", round_=2) + group(path(_FLAME, "#ffcf66"), x=at, y=-142, scale=0.8)
    x = left + 150 * k
    lights.append((x, top - 160 * k, 110 * k, (1.0, 0.82, 0.5)))
    plate = ellipse(0, 0, 120, 9, "#d8d0c0")
    return Held(middle=table + group(plate + tier + icing + art, x=x, y=top, scale=k), lights=tuple(lights))


def candles(joints: Joints, body: Body) -> Held:
    """A stand of candles, the taper in the hand at the last of them."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    low = (g - y) / k
    stand = (
        rect(60, 64, 200, 12, "#8a6a2c", round_=4)
        + rect(152, 70, 16, low - 84, "#8a6a2c")
        + path(f"M104,{low:.0f} Q160,{low - 44:.0f} 216,{low:.0f} Z", "#6f5422")
    )
    rows = "".join(
        rect(at - 9, 64 - tall, 18, tall, "#f3ead2", round_=2)
        + (group(path(_FLAME, "#ffcf66"), x=at, y=64 - tall) if lit else "")
        for at, tall, lit in ((80, 54, True), (120, 74, True), (160, 46, True), (200, 66, True), (240, 52, False))
    )
    taper_ = stroke("M-12,12 L66,-4", "#e6dcc0", 7)
    return Held(
        behind=group(stand + rows, x=x, y=y, scale=k),
        front=group(taper_, x=x, y=y, scale=k),
        lights=((x + 140 * k, y - 20 * k, 150 * k, (1.0, 0.8, 0.46)),),
    )


def fire_pot(joints: Joints, body: Body) -> Held:
    """A cauldron that hangs over an open fire, the ladle in the hand."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    poles = stroke("M-110,0 L34,-430 M170,0 L6,-430 M40,0 L20,-420", "#6b4a30", 13) + stroke(
        "M20,-400 V-236", "#4a505a", 5
    )
    pot = (
        path("M-84,-208 H84 C116,-120 70,-82 0,-80 C-70,-82 -116,-120 -84,-208 Z", "#33373f")
        + ellipse(0, -208, 86, 18, "#c27a3a")
        + stroke("M-80,-212 C-70,-262 70,-262 80,-212", "#4a505a", 7)
    )
    flames = "".join(
        group(path(_FLAME, colour), x=at, y=0, scale=size)
        for at, size, colour in (
            (-34, 1.3, "#e8662a"),
            (4, 1.75, "#ff9a3c"),
            (40, 1.25, "#e8662a"),
            (4, 1.0, "#ffe39a"),
        )
    )
    logs = stroke("M-70,-4 L60,-16 M-56,-18 L74,-2", "#5e4330", 17)
    steam = stroke("M-20,-232 q-16,-30 2,-56 t0,-50 M34,-232 q16,-30 0,-56 t2,-44", "#ffffff", 9, opacity=0.5)
    at = x + 70 * k
    ladle = stroke(f"M{x - 6 * k:.1f},{y - 34 * k:.1f} L{at + 8 * k:.1f},{g - 206 * k:.1f}", "#b98a55", 9 * k)
    return Held(
        behind=group(poles + steam, x=at, y=g, scale=k),
        middle=ladle + group(logs + flames + pot, x=at, y=g, scale=k),
        lights=((at, g - 40 * k, 170 * k, (1.0, 0.62, 0.28)),),
    )


def blackboard(joints: Joints, body: Body) -> Held:
    """A blackboard on its stand with lines of chalk, the chalk in the hand."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    low = (g - y) / k
    legs = stroke(f"M60,180 L20,{low:.0f} M330,180 L372,{low:.0f}", "#8a6238", 14)
    board = rect(0, -150, 390, 330, "#8a6238", round_=5) + rect(14, -136, 362, 302, "#2f4a42")
    lines = stroke(
        "M40,-96 q14,-20 26,0 t26,0 t26,0 t26,0 M170,-96 q14,-20 26,0 t26,0 t26,0 M40,-46 q14,-20 26,0 t26,0 t26,0 M134,-46 h40 M40,4 h14",
        "#f1f3ee",
        6,
    )
    sketch = stroke("M230,60 l60,-70 l60,70 Z M60,120 h110 M60,90 h70", "#f1f3ee", 5, opacity=0.85)
    return Held(
        behind=group(legs + board + lines + sketch, x=x, y=y, scale=k),
        front=group(rect(-4, -24, 9, 26, "#f6f3ea", round_=3), x=x + 6 * k, y=y - 4 * k, turn=30, scale=k),
    )
