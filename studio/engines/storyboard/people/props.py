"""What people hold and sit upon. Drawn about the hand, in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints
from studio.engines.storyboard.people.held import WARM, Held
from studio.engines.storyboard.people.instruments import (
    axe,
    bow,
    broom,
    brush,
    camera,
    closed_umbrella,
    flag,
    flute,
    guitar,
    gun,
    mic,
    palette,
    pipe,
    rod,
    shield,
    spear,
    staff,
    stick,
    sword,
    telescope,
    trumpet,
    violin,
    wand,
)
from studio.engines.storyboard.sheet.vector import Point, ellipse, group, path, rect, shade, stroke


def drawn(held: tuple[str, ...], joints: Joints, body: Body) -> tuple[Held, Held]:
    """The far and the near hand's things. The first of ``held`` is in the near hand."""
    hands = [Held(), Held()]
    for i, name in enumerate(held[:2]):
        is_low = joints.hands[0][1] > joints.shoulders[0][1]
        is_far_forward = is_low and joints.hands[0][0] < -45 and joints.hands[1][0] > 45
        side = i if not is_far_forward else 1 - i
        hands[side] = held_at(name, joints.hands[side], joints.elbows[side], joints.ground_y, body)
    return hands[1], hands[0]


def held_at(name: str, hand: Point, elbow: Point, ground_y: float, body: Body) -> Held:
    """``name`` (``umbrella``, or ``umbrella:#b3332f``) in a hand at ``hand``;
    nothing for an unknown thing.
    """
    kind, _, colour = name.partition(":")
    if colour and kind in _TINTED:
        return _TINTED[kind](hand, elbow, ground_y, body, colour)
    draw = _PROPS.get(kind)
    return draw(hand, elbow, ground_y, body) if draw else Held()


def names() -> frozenset[str]:
    """All things that can be held."""
    return frozenset(_PROPS)


def _lantern(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand[0] + 6, hand[1]
    art = stroke(
        (f"M{x - 13:.1f},{y + 34:.1f} C{x - 16:.1f},{y + 4:.1f} {x + 16:.1f},{y + 4:.1f} {x + 13:.1f},{y + 34:.1f}"),
        "#3a3430",
        4,
    )
    art += path(f"M{x - 18:.1f},{y + 38:.1f} L{x:.1f},{y + 24:.1f} L{x + 18:.1f},{y + 38:.1f} Z", "#3a3430")
    art += rect(x - 15, y + 38, 30, 42, "#ffd887", round_=4) + ellipse(x, y + 62, 7, 13, "#fff6d8")
    art += stroke(
        f"M{x - 15:.1f},{y + 38:.1f} l0,42 M{x + 15:.1f},{y + 38:.1f} l0,42 M{x:.1f},{y + 38:.1f} l0,42",
        "#3a3430",
        3,
    )
    art += rect(x - 19, y + 78, 38, 9, "#3a3430", round_=3)
    return Held(middle=art, lights=((x, y + 60, 150, WARM),))


def _umbrella(hand: Point, elbow: Point, ground: float, body: Body, colour: str = "#b3332f") -> Held:
    x, y = hand
    r = 150 * max(0.75, body.limb)
    top = min(y - 200 * body.limb, -(body.torso + body.neck + body.head * 1.1)) - 100
    rod = stroke(f"M{x:.1f},{y + 34:.1f} L{x:.1f},{top - 14:.1f}", "#3a3136", 5)
    canopy = (
        f"M{x - r:.1f},{top + 96:.1f} C{x - r * 0.95:.1f},{top + 20:.1f} "
        f"{x - r * 0.45:.1f},{top:.1f} {x:.1f},{top:.1f} C{x + r * 0.45:.1f},{top:.1f} "
        f"{x + r * 0.95:.1f},{top + 20:.1f} {x + r:.1f},{top + 96:.1f} "
    )
    back = "".join(
        (f"Q{x + r - r * 0.5 * i - r * 0.25:.1f},{top + 72:.1f} {x + r - r * 0.5 * (i + 1):.1f},{top + 96:.1f} ")
        for i in range(4)
    )
    art = path(canopy + back + "Z", colour)
    art += path(
        (
            f"M{x - r * 0.5:.1f},{top + 96:.1f} C{x - r * 0.42:.1f},{top + 40:.1f} "
            f"{x - r * 0.2:.1f},{top + 8:.1f} {x:.1f},{top:.1f} "
            f"C{x + r * 0.2:.1f},{top + 8:.1f} {x + r * 0.42:.1f},{top + 40:.1f} "
            f"{x + r * 0.5:.1f},{top + 96:.1f} Q{x + r * 0.25:.1f},{top + 72:.1f} "
            f"{x:.1f},{top + 96:.1f} Q{x - r * 0.25:.1f},{top + 72:.1f} "
            f"{x - r * 0.5:.1f},{top + 96:.1f} Z"
        ),
        shade(colour, 1.14),
    )
    return Held(middle=rod, front=art)


def _book(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    cover = path("M-40,-34 L2,-22 L44,-34 L46,24 L2,36 L-42,24 Z", "#8c3b33")
    pages = path("M-36,-36 Q-16,-38 2,-26 Q20,-38 40,-36 L41,18 Q20,16 2,28 Q-16,16 -38,18 Z", "#efe8d8")
    lines = stroke(
        "M-28,-24 Q-14,-24 -6,-18 M-28,-10 Q-14,-10 -6,-4 M12,-18 Q20,-24 32,-24 M12,-4 Q20,-10 32,-10",
        "#b3a992",
        2.4,
    )
    return Held(middle=group(cover + pages + lines, x=hand[0] + 14, y=hand[1] - 18, turn=-14, scale=0.9))


def _letter(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    sheet = rect(-22, -46, 44, 56, "#f1ebdc", round_=2) + stroke(
        "M-14,-36 l28,0 M-14,-26 l28,0 M-14,-16 l20,0", "#a89f8b", 2.4
    )
    return Held(middle=group(sheet, x=hand[0] + 8, y=hand[1] - 6, turn=10))


def _map(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    sheet = path("M-58,-40 L-18,-50 L20,-40 L60,-50 L60,22 L20,32 L-18,22 L-58,32 Z", "#dcc799")
    lines = stroke("M-44,10 C-20,-30 6,16 22,-10 S44,-16 50,-26", "#a2563c", 4) + stroke(
        "M-18,-50 L-18,22 M20,-40 L20,32", "#bba573", 3
    )
    return Held(middle=group(sheet + lines, x=hand[0] + 14, y=hand[1] - 18))


def _suitcase(hand: Point, elbow: Point, ground: float, body: Body, colour: str = "#6e4a30") -> Held:
    x, y = hand
    s = min(1.0, (ground - y) / 140)
    art = stroke("M-16,16 C-16,2 16,2 16,16", "#3a2a20", 6) + rect(-52, 16, 104, 78, colour, round_=8)
    art += (
        rect(-36, 16, 8, 78, shade(colour, 0.7))
        + rect(28, 16, 8, 78, shade(colour, 0.7))
        + rect(-52, 48, 104, 4, shade(colour, 0.7))
    )
    return Held(middle=group(art, x=x, y=y, scale=max(0.5, s)))


def _basket(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = stroke("M-34,44 C-30,-4 30,-4 34,44", "#7b5a34", 6) + path("M-44,40 L44,40 L34,88 L-34,88 Z", "#a77d48")
    art += stroke("M-40,54 L40,54 M-38,70 L38,70", "#7b5a34", 4)
    return Held(middle=group(art, x=hand[0], y=hand[1], scale=0.95))


def _bucket(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        stroke("M-26,30 C-24,2 24,2 26,30", "#55606b", 4)
        + path("M-30,28 L30,28 L23,80 L-23,80 Z", "#8a97a4")
        + ellipse(0, 28, 30, 7, "#6b7884")
    )
    return Held(middle=group(art, x=hand[0], y=hand[1]))


def _bouquet(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    stems = path("M-6,22 L6,22 L22,-34 L-22,-34 Z", "#5d8a4e")
    spots = (
        (-22, -42, "#d9728a"),
        (0, -54, "#efe3d0"),
        (22, -42, "#c23b34"),
        (-10, -64, "#c23b34"),
        (12, -66, "#d9728a"),
        (0, -38, "#e0a02f"),
    )
    return Held(
        middle=group(stems + "".join(ellipse(x, y, 14, 14, c) for x, y, c in spots), x=hand[0] + 4, y=hand[1], turn=16)
    )


def _flower(hand: Point, elbow: Point, ground: float, body: Body, colour: str = "#c23b34") -> Held:
    art = (
        stroke("M0,24 L2,-46", "#4d7d45", 4)
        + "".join(ellipse(2 + dx, -54 + dy, 8, 8, colour) for dx, dy in ((-7, 0), (7, 0), (0, -8), (0, 6)))
        + ellipse(2, -54, 6, 6, "#e8b830")
    )
    return Held(middle=group(art, x=hand[0], y=hand[1], turn=10))


def _balloon(hand: Point, elbow: Point, ground: float, body: Body, colour: str = "#c8352f") -> Held:
    x, y = hand
    string = stroke(
        f"M{x:.1f},{y:.1f} C{x + 20:.1f},{y - 70:.1f} {x - 10:.1f},{y - 130:.1f} {x + 16:.1f},{y - 214:.1f}",
        "#4a4450",
        2.6,
    )
    ball = (
        ellipse(x + 16, y - 268, 46, 56, colour)
        + path(f"M{x + 8:.1f},{y - 210:.1f} l16,0 l-8,-12 Z", shade(colour, 0.8))
        + ellipse(x + 0, y - 288, 10, 16, "#ffffff", opacity=0.45, turn=20)
    )
    return Held(behind=string + ball)


def _kite(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    kx, ky = x + 230, y - 330
    string = stroke(f"M{x:.1f},{y:.1f} Q{x + 130:.1f},{y - 100:.1f} {kx:.1f},{ky:.1f}", "#5a5560", 2.4)
    art = (
        path("M0,-60 L44,0 L0,76 L-44,0 Z", "#d2503f")
        + path("M0,-60 L44,0 L0,0 Z M0,0 L-44,0 L0,76 Z", "#e8b830")
        + stroke("M0,76 C20,100 -14,116 10,146", "#4f7fb8", 4)
    )
    return Held(behind=string + group(art, x=kx, y=ky, turn=28))


def _torch(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    art = path(
        (
            f"M{x - 7:.1f},{y + 44:.1f} L{x - 11:.1f},{y - 48:.1f} "
            f"L{x + 11:.1f},{y - 48:.1f} L{x + 6:.1f},{y + 44:.1f} Z"
        ),
        "#5e4028",
    )
    art += path(
        (
            f"M{x - 18:.1f},{y - 44:.1f} C{x - 30:.1f},{y - 84:.1f} "
            f"{x - 2:.1f},{y - 90:.1f} {x - 4:.1f},{y - 124:.1f} "
            f"C{x + 22:.1f},{y - 100:.1f} {x + 28:.1f},{y - 70:.1f} "
            f"{x + 18:.1f},{y - 44:.1f} Z"
        ),
        "#f08a2c",
    )
    art += ellipse(x, y - 58, 9, 18, "#ffe9a6")
    return Held(middle=art, lights=((x, y - 72, 190, (1.0, 0.66, 0.3)),))


def _candle(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    art = rect(x - 6, y - 44, 12, 46, "#efe6cf", round_=2) + ellipse(x, y + 2, 18, 6, "#a9803c")
    art += path(
        (
            f"M{x:.1f},{y - 76:.1f} C{x + 12:.1f},{y - 58:.1f} {x + 8:.1f},{y - 46:.1f} "
            f"{x:.1f},{y - 45:.1f} C{x - 8:.1f},{y - 46:.1f} {x - 12:.1f},{y - 58:.1f} "
            f"{x:.1f},{y - 76:.1f} Z"
        ),
        "#ffcf66",
    )
    return Held(middle=art, lights=((x, y - 58, 120, WARM),))


def _flashlight(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-14, -8, 46, 16, "#3c4048", round_=4)
        + path("M32,-8 L46,-14 L46,14 L32,8 Z", "#555b66")
        + ellipse(47, 0, 4, 13, "#fff3c4")
    )
    return Held(middle=group(art, x=hand[0], y=hand[1]), lights=((hand[0] + 50, hand[1], 110, (1.0, 0.94, 0.75)),))


def _phone(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = rect(-9, -30, 20, 40, "#23262d", round_=4) + rect(-6, -26, 14, 31, "#9fd3ea", round_=2)
    return Held(
        middle=group(art, x=hand[0] + 6, y=hand[1] - 6, turn=14),
        lights=((hand[0] + 6, hand[1] - 16, 60, (0.7, 0.88, 1.0)),),
    )


def _box(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-50, -66, 104, 78, "#b28a58", round_=3)
        + rect(-50, -66, 104, 14, "#9a7447")
        + rect(-6, -66, 14, 78, "#d7bd8f")
    )
    return Held(middle=group(art, x=hand[0] + 8, y=hand[1], scale=0.95))


def _gift(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-36, -50, 72, 58, "#b3332f", round_=3)
        + rect(-6, -50, 12, 58, "#ecd9a0")
        + ellipse(-12, -56, 12, 8, "#ecd9a0", turn=20)
        + ellipse(12, -56, 12, 8, "#ecd9a0", turn=-20)
    )
    return Held(middle=group(art, x=hand[0] + 8, y=hand[1]))


def _bread(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = ellipse(0, -14, 50, 26, "#c38a4a") + stroke("M-24,-24 l10,16 M0,-30 l10,18 M22,-26 l8,14", "#8f5f2c", 4)
    return Held(middle=group(art, x=hand[0] + 10, y=hand[1] - 4))


def _cup(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        path("M-13,-18 L15,-18 L12,14 L-10,14 Z", "#e9e3d6")
        + ellipse(1, -18, 14, 4, "#6d4a34")
        + stroke("M14,-12 C26,-12 24,8 12,6", "#e9e3d6", 4)
    )
    return Held(middle=group(art, x=hand[0] + 8, y=hand[1] - 4))


def _child_held(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        ellipse(0, 0, 54, 30, "#cfd9e4", turn=-14)
        + ellipse(44, -18, 24, 23, "#e8b890")
        + ellipse(48, -30, 18, 10, "#75502f")
    )
    return Held(middle=group(art, x=hand[0] - 4, y=hand[1] - 22, turn=-8))


def _teddy(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    c = "#a9743f"
    art = (
        ellipse(0, 30, 20, 25, c)
        + ellipse(0, -2, 18, 17, c)
        + ellipse(-13, -15, 7, 7, c)
        + ellipse(13, -15, 7, 7, c)
        + ellipse(-14, 52, 9, 11, c)
        + ellipse(14, 52, 9, 11, c)
        + ellipse(4, 3, 8, 6, "#dcb98a")
    )
    return Held(middle=group(art, x=hand[0] + 4, y=hand[1] + 4, scale=0.9))


def _ball(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=ellipse(hand[0] + 10, hand[1] - 12, 28, 28, "#d2503f")
        + stroke(f"M{hand[0] - 14:.1f},{hand[1] - 22:.1f} q24,12 50,-2", "#f2e9d8", 6)
    )


def _snowball(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=ellipse(hand[0] + 4, hand[1] - 14, 24, 24, "#f4f6f8")
        + ellipse(hand[0] + 9, hand[1] - 8, 15, 14, "#d5dde4")
    )


def _ladder(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    rungs = "".join(stroke(f"M{x},-26 v44", "#a9794a", 8) for x in range(-200, 240, 48))
    art = stroke("M-230,-26 H240 M-230,18 H240", "#c2935a", 12) + rungs
    return Held(middle=group(art, x=hand[0], y=hand[1], turn=-4))


_TINTED = {
    "umbrella": _umbrella, "closed_umbrella": closed_umbrella, "suitcase": _suitcase, "bag": _suitcase, "balloon": _balloon, "flower": _flower,
}  # fmt: skip
_PROPS = {
    "lantern": _lantern,
    "lamp": _lantern,
    "umbrella": _umbrella,
    "closed_umbrella": closed_umbrella,
    "sword": sword,
    "staff": staff,
    "stick": stick,
    "cane": stick,
    "spear": spear,
    "book": _book,
    "newspaper": _map,
    "letter": _letter,
    "map": _map,
    "suitcase": _suitcase,
    "bag": _suitcase,
    "basket": _basket,
    "bucket": _bucket,
    "bouquet": _bouquet,
    "flower": _flower,
    "balloon": _balloon,
    "kite": _kite,
    "fishing_rod": rod,
    "torch": _torch,
    "candle": _candle,
    "flashlight": _flashlight,
    "wand": wand,
    "camera": camera,
    "phone": _phone,
    "telescope": telescope,
    "guitar": guitar,
    "violin": violin,
    "trumpet": trumpet,
    "flute": flute,
    "flag": flag,
    "axe": axe,
    "broom": broom,
    "box": _box,
    "gift": _gift,
    "bread": _bread,
    "cup": _cup,
    "brush": brush,
    "palette": palette,
    "bow": bow,
    "shield": shield,
    "baby": _child_held,
    "teddy": _teddy,
    "ball": _ball,
    "ladder": _ladder,
    "snowball": _snowball,
    "microphone": mic,
    "pipe": pipe,
    "gun": gun,
}
