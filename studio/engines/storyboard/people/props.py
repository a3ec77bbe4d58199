"""What people hold and sit upon. Drawn about the hand, in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import WARM, Held
from studio.engines.storyboard.people.instruments import (
    axe,
    baton,
    bow,
    broom,
    brush,
    camera,
    closed_umbrella,
    flag,
    flute,
    guitar,
    gun,
    harmonica,
    hedge_shears,
    magnifying_glass,
    mic,
    palette,
    pipe,
    rod,
    scrub_brush,
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
from studio.engines.storyboard.people.playthings import ball, balloon, kite, snowball, teddy
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
    k, x, y = size_of(body), hand[0] + 6, hand[1]
    iron = "#3a3430"
    art = stroke("M-20,46 C-24,-6 24,-6 20,46", iron, 5) + path("M-26,52 L0,30 L26,52 Z", iron)
    art += rect(-22, 52, 44, 60, "#ffd887", round_=5) + path(
        "M0,62 C15,82 12,104 0,106 C-12,104 -15,82 0,62 Z", "#fff6d8"
    )
    art += stroke("M-22,52 V112 M22,52 V112", iron, 5) + rect(-28, 110, 56, 12, iron, round_=4)
    return Held(middle=group(art, x=x, y=y, scale=k), lights=((x, y + 84 * k, 190 * k, WARM),))


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
    sheet = path("M-28,-66 L26,-70 L30,14 L-26,12 Z", "#f6f1e4") + path(
        "M-28,-66 L26,-70 L26,-52 L-28,-48 Z", "#ffffff"
    )
    sheet += stroke("M-18,-46 l34,-2 M-18,-33 l36,-1 M-17,-20 l35,-1 M-17,-7 l24,0", "#8f8775", 3)
    return Held(middle=group(sheet, x=hand[0] + 10, y=hand[1] + 2, turn=10, scale=size_of(body)))


def _map(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    sheet = path("M-58,-40 L-18,-50 L20,-40 L60,-50 L60,22 L20,32 L-18,22 L-58,32 Z", "#dcc799")
    lines = stroke("M-44,10 C-20,-30 6,16 22,-10 S44,-16 50,-26", "#a2563c", 4) + stroke(
        "M-18,-50 L-18,22 M20,-40 L20,32", "#bba573", 3
    )
    return Held(middle=group(sheet + lines, x=hand[0] + 14, y=hand[1] - 18))


def _suitcase(hand: Point, elbow: Point, ground: float, body: Body, colour: str = "#9a6238") -> Held:
    """A case with straps and bright corners, hanging from the hand."""
    x, y = hand
    s = max(0.5, min(1.0, (ground - y) / 140)) * size_of(body)
    dark, brass = shade(colour, 0.62), "#e0b860"
    art = stroke("M-20,18 C-20,-2 20,-2 20,18", "#3a2a20", 8) + rect(-66, 16, 132, 94, colour, round_=9)
    art += (
        rect(-66, 16, 132, 16, shade(colour, 1.14), round_=8) + rect(-44, 16, 11, 94, dark) + rect(33, 16, 11, 94, dark)
    )
    art += "".join(rect(cx, cy, 15, 13, brass, round_=3) for cx in (-66, 51) for cy in (16, 97)) + rect(
        -8, 26, 16, 13, brass, round_=3
    )
    return Held(middle=group(art, x=x, y=y, scale=s))


def _basket(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """A basket of fruit and bread hanging from the hand."""
    inside = (
        ellipse(-24, 34, 17, 16, "#c8352f") + ellipse(4, 28, 19, 17, "#d98a2e") + ellipse(30, 34, 17, 15, "#7d9a3f")
    )
    weave = path("M-56,38 L56,38 L44,104 L-44,104 Z", "#b58a50") + stroke(
        "M-52,56 L52,56 M-49,72 L49,72 M-46,88 L46,88", "#8a6436", 5
    )
    handle = stroke("M-48,42 C-44,-18 44,-18 48,42", "#8a6436", 8)
    return Held(middle=group(inside + weave + handle, x=hand[0], y=hand[1], scale=size_of(body)))


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
    return Held(middle=group(art, x=hand[0] + 8, y=hand[1] - 4, scale=1.4 * size_of(body)))


def _child_held(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    """A baby in a shawl, lying along the forearm, its face up."""
    shawl = path(
        "M-66,30 C-84,-2 -52,-34 -8,-34 C40,-36 74,-30 84,-4 C88,26 56,44 8,44 C-26,46 -54,44 -66,30 Z", "#cfdcea"
    )
    fold = stroke("M-56,16 C-20,-12 24,-14 66,12 M-44,34 C-10,12 24,10 50,28", "#a9bccf", 5)
    head = ellipse(60, -24, 31, 29, "#e9bd97") + path(
        "M32,-30 C32,-62 88,-66 92,-28 C80,-44 52,-48 32,-30 Z", "#75502f"
    )
    face = (
        ellipse(56, -22, 3, 3.4, "#3a2a24")
        + ellipse(74, -22, 3, 3.4, "#3a2a24")
        + stroke("M60,-10 q6,5 12,0", "#a8604a", 3)
        + ellipse(50, -13, 5, 4, "#e09a84")
    )
    return Held(
        middle=group(shawl + fold + head + face, x=hand[0] - 26, y=hand[1] - 32, turn=-12, scale=1.15 * size_of(body))
    )


def _ladder(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    rungs = "".join(stroke(f"M{x},-26 v44", "#a9794a", 8) for x in range(-200, 240, 48))
    art = stroke("M-230,-26 H240 M-230,18 H240", "#c2935a", 12) + rungs
    return Held(middle=group(art, x=hand[0], y=hand[1], turn=-4))


_TINTED = {
    "umbrella": _umbrella, "closed_umbrella": closed_umbrella, "suitcase": _suitcase, "bag": _suitcase, "balloon": balloon, "flower": _flower,
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
    "balloon": balloon,
    "kite": kite,
    "fishing_rod": rod,
    "torch": _torch,
    "candle": _candle,
    "flashlight": _flashlight,
    "wand": wand,
    "baton": baton,
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
    "teddy": teddy,
    "ball": ball,
    "ladder": _ladder,
    "snowball": snowball,
    "microphone": mic,
    "pipe": pipe,
    "gun": gun,
    "harmonica": harmonica,
    "hedge_shears": hedge_shears,
    "magnifying_glass": magnifying_glass,
    "scrub_brush": scrub_brush,
}
