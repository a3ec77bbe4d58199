"""What people hold and sit upon. Drawn about the hand, in body units."""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.engines.storyboard.body import Body, Joints
from studio.engines.storyboard.sprites import Colour, Glow
from studio.engines.storyboard.vector import Point, ellipse, group, path, rect, shade, stroke

WARM: Colour = (1.0, 0.78, 0.42)


@dataclass(frozen=True, slots=True)
class Held:
    """A prop in three layers: behind the body, between body and hand, over the hand."""

    behind: str = ""
    middle: str = ""
    front: str = ""
    lights: tuple[Glow, ...] = ()


def drawn(held: tuple[str, ...], joints: Joints, body: Body) -> tuple[Held, Held]:
    """The far and the near hand's things. The first of ``held`` is in the near hand."""
    hands = [Held(), Held()]
    for i, name in enumerate(held[:2]):
        is_far_forward = joints.hands[0][0] < 0 < joints.hands[1][0]
        side = i if not is_far_forward else 1 - i
        hands[side] = held_at(name, joints.hands[side], joints.elbows[side], joints.ground_y, body)
    return hands[1], hands[0]


def held_at(name: str, hand: Point, elbow: Point, ground_y: float, body: Body) -> Held:
    """``name`` (``umbrella``, or ``umbrella:#b3332f``) in a hand at ``hand``; nothing for an unknown thing."""
    kind, _, colour = name.partition(":")
    if colour and kind in _TINTED:
        return _TINTED[kind](hand, elbow, ground_y, body, colour)
    draw = _PROPS.get(kind)
    return draw(hand, elbow, ground_y, body) if draw else Held()


def names() -> frozenset[str]:
    """All things that can be held."""
    return frozenset(_PROPS)


def seat(kind: str, joints: Joints, body: Body) -> str:
    """The chair, bench, rock or stool under a seated figure."""
    draw = _SEATS.get(kind)
    return draw(joints, body) if draw else ""


def _chair(joints: Joints, body: Body) -> str:
    wood, y, g = "#7a5334", 36 * body.limb, joints.ground_y
    back, front = -body.hip * 1.5, body.thigh * 0.62
    legs = "".join(
        path(f"M{x:.1f},{y:.1f} l12,0 l{d},{g - y:.1f} l-9,0 Z", shade(wood, t))
        for x, d, t in ((back, -6, 0.8), (front, 6, 0.8))
    )
    rest = path(
        (
            f"M{back - 4:.1f},{y:.1f} L{back - 26:.1f},{-body.torso * 0.82:.1f} l14,-4 "
            f"L{back + 14:.1f},{y:.1f} Z"
        ),
        wood,
    )
    return legs + rest + rect(back - 4, y, front - back + 22, 13, wood, round_=4)


def _armchair(joints: Joints, body: Body) -> str:
    cloth, g, l = "#7c3b35", joints.ground_y, body.limb
    back = -body.hip * 1.6
    rest = path(
        (
            f"M{back - 44:.1f},{g - 16:.1f} L{back - 58:.1f},{-body.torso * 0.95:.1f} "
            f"C{back - 56:.1f},{-body.torso * 1.12:.1f} "
            f"{back + 6:.1f},{-body.torso * 1.1:.1f} "
            f"{back + 18:.1f},{-body.torso * 0.9:.1f} L{back + 40:.1f},{g - 20:.1f} Z"
        ),
        cloth,
    )
    cushion = rect(back, 34 * l, body.thigh * 0.95 - back, g - 34 * l - 16, shade(cloth, 0.82), round_=12)
    arm = path(
        (
            f"M{back:.1f},{-20 * l:.1f} C{back + 60:.1f},{-44 * l:.1f} "
            f"{body.thigh * 0.7:.1f},{-40 * l:.1f} {body.thigh * 0.86:.1f},{-10 * l:.1f} "
            f"L{body.thigh * 0.84:.1f},{30 * l:.1f} L{back:.1f},{40 * l:.1f} Z"
        ),
        shade(cloth, 0.7),
    )
    feet = rect(back - 30, g - 18, 16, 18, "#3d281c") + rect(body.thigh * 0.8, g - 18, 14, 18, "#3d281c")
    return feet + rest + arm + cushion


def _bench(joints: Joints, body: Body) -> str:
    wood, y, g = "#6f5138", 36 * body.limb, joints.ground_y
    left, right = -body.thigh * 1.5, body.thigh * 1.5
    slats = (
        rect(left, y, right - left, 13, wood, round_=4)
        + rect(left, -body.torso * 0.62, right - left, 16, wood, round_=4)
        + rect(left, -body.torso * 0.34, right - left, 16, wood, round_=4)
    )
    iron = "".join(
        rect(x, -body.torso * 0.66, 9, g + body.torso * 0.66, "#33363c") for x in (left + 22, right - 32)
    )
    return iron + slats


def _rock(joints: Joints, body: Body) -> str:
    g, y = joints.ground_y, 30 * body.limb
    left, right = -body.hip * 2.6, body.thigh * 0.82
    d = (
        f"M{left:.1f},{g:.1f} C{left - 8:.1f},{g * 0.7:.1f} "
        f"{left + 20:.1f},{y + 24:.1f} {left + 52:.1f},{y + 6:.1f} "
        f"C{left + 80:.1f},{y - 8:.1f} {right - 30:.1f},{y - 6:.1f} "
        f"{right - 8:.1f},{y + 12:.1f} C{right + 10:.1f},{g * 0.6:.1f} "
        f"{right + 14:.1f},{g * 0.8:.1f} {right + 20:.1f},{g:.1f} Z"
    )
    lit = (
        f"M{left + 52:.1f},{y + 6:.1f} C{left + 80:.1f},{y - 8:.1f} "
        f"{right - 30:.1f},{y - 6:.1f} {right - 8:.1f},{y + 12:.1f} "
        f"C{right - 40:.1f},{y + 26:.1f} {left + 90:.1f},{y + 20:.1f} "
        f"{left + 52:.1f},{y + 6:.1f} Z"
    )
    return (
        path(d, "#6d6f76")
        + path(lit, "#8b8d93")
        + path(
            (
                f"M{left:.1f},{g:.1f} C{left - 8:.1f},{g * 0.7:.1f} "
                f"{left + 20:.1f},{y + 24:.1f} {left + 52:.1f},{y + 6:.1f} "
                f"L{left + 74:.1f},{g:.1f} Z"
            ),
            "#54565e",
        )
    )


def _log(joints: Joints, body: Body) -> str:
    g, y = joints.ground_y, 32 * body.limb
    left, right = -body.thigh * 1.1, body.thigh * 0.9
    h = min(g - y, 90)
    trunk = rect(left, y, right - left, h, "#6b4a30", round_=16)
    stand = rect(left + 30, y + h - 8, right - left - 60, max(0, g - y - h + 8), "#4c3523")
    end = ellipse(right - 8, y + h / 2, 16, h / 2, "#b08a5c") + ellipse(
        right - 8, y + h / 2, 8, h / 4, "#8c6a43"
    )
    return stand + trunk + end


def _stool(joints: Joints, body: Body) -> str:
    y, g = 36 * body.limb, joints.ground_y
    wood = "#75502f"
    legs = path(
        f"M{-34},{y:.1f} l12,0 l-8,{g - y:.1f} l-10,0 Z M{34},{y:.1f} l-12,0 l14,{g - y:.1f} l10,0 Z",
        shade(wood, 0.8),
    )
    return legs + rect(-48, y, 104, 13, wood, round_=6)


_SEATS = {
    "chair": _chair,
    "armchair": _armchair,
    "bench": _bench,
    "rock": _rock,
    "log": _log,
    "stool": _stool,
}


def _lantern(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand[0] + 6, hand[1]
    art = stroke(
        (
            f"M{x - 13:.1f},{y + 34:.1f} C{x - 16:.1f},{y + 4:.1f} {x + 16:.1f},{y + 4:.1f} "
            f"{x + 13:.1f},{y + 34:.1f}"
        ),
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
        (
            f"Q{x + r - r * 0.5 * i - r * 0.25:.1f},{top + 72:.1f} "
            f"{x + r - r * 0.5 * (i + 1):.1f},{top + 96:.1f} "
        )
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


def _sword(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    reach = math.degrees(math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]))
    turn = 22 + 0.3 * reach if abs(reach) < 80 else 150
    blade = path("M-6,-14 L-5,-210 L0,-226 L5,-210 L6,-14 Z", "#c9d2da") + path(
        "M0,-14 L0,-226 L5,-210 L6,-14 Z", "#98a3ae"
    )
    hilt = (
        rect(-24, -18, 48, 8, "#b08a3c", round_=3)
        + rect(-4, -12, 8, 34, "#5a3b26")
        + ellipse(0, 24, 7, 7, "#b08a3c")
    )
    return Held(middle=group(blade + hilt, x=hand[0], y=hand[1], turn=turn))


def _staff(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x = hand[0] + 4
    rod = stroke(
        f"M{x - 6:.1f},{ground:.1f} Q{x + 6:.1f},{hand[1]:.1f} {x:.1f},{hand[1] - 220:.1f}", "#6d4a2c", 10
    )
    return Held(
        middle=rod + ellipse(x, hand[1] - 226, 15, 15, "#7fd0e0"),
        lights=((x, hand[1] - 226, 70, (0.55, 0.85, 1.0)),),
    )


def _stick(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    return Held(
        middle=stroke(
            (
                f"M{x + 10:.1f},{ground:.1f} L{x:.1f},{y - 6:.1f} C{x - 2:.1f},{y - 24:.1f} "
                f"{x - 22:.1f},{y - 20:.1f} {x - 20:.1f},{y - 6:.1f}"
            ),
            "#5e4028",
            8,
        )
    )


def _spear(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    rod = stroke(f"M{x:.1f},{ground:.1f} L{x + 6:.1f},{y - 300:.1f}", "#6d4a2c", 8)
    return Held(
        middle=rod
        + path(
            f"M{x - 6:.1f},{y - 296:.1f} L{x + 7:.1f},{y - 350:.1f} L{x + 18:.1f},{y - 296:.1f} Z", "#c3ccd4"
        )
    )


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
    art = stroke("M-34,44 C-30,-4 30,-4 34,44", "#7b5a34", 6) + path(
        "M-44,40 L44,40 L34,88 L-34,88 Z", "#a77d48"
    )
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
        middle=group(
            stems + "".join(ellipse(x, y, 14, 14, c) for x, y, c in spots), x=hand[0] + 4, y=hand[1], turn=16
        )
    )


def _flower(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        stroke("M0,24 L2,-46", "#4d7d45", 4)
        + "".join(ellipse(2 + dx, -54 + dy, 8, 8, "#c23b34") for dx, dy in ((-7, 0), (7, 0), (0, -8), (0, 6)))
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


def _rod(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    tip = (x + 250, y - 190)
    rod = stroke(
        f"M{x - 40:.1f},{y + 26:.1f} Q{x + 130:.1f},{y - 80:.1f} {tip[0]:.1f},{tip[1]:.1f}", "#5b3f28", 6
    )
    line = stroke(
        f"M{tip[0]:.1f},{tip[1]:.1f} Q{tip[0] + 8:.1f},{y:.1f} {tip[0] + 2:.1f},{ground:.1f}",
        "#e8eaec",
        1.8,
        opacity=0.8,
    )
    return Held(middle=rod + line)


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
    return Held(
        middle=group(art, x=hand[0], y=hand[1]), lights=((hand[0] + 50, hand[1], 110, (1.0, 0.94, 0.75)),)
    )


def _wand(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = stroke("M-6,8 L44,-48", "#4d3423", 5) + path(
        "M46,-68 l4,14 l14,4 l-14,4 l-4,14 l-4,-14 l-14,-4 l14,-4 Z", "#ffe9a0"
    )
    return Held(
        middle=group(art, x=hand[0], y=hand[1]), lights=((hand[0] + 46, hand[1] - 50, 80, (1.0, 0.92, 0.6)),)
    )


def _camera(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-26, -18, 56, 38, "#2e3138", round_=6)
        + ellipse(30, 1, 13, 13, "#4a505a")
        + ellipse(33, 1, 7, 8, "#8fb9cc")
        + rect(-12, -26, 20, 10, "#2e3138", round_=3)
    )
    return Held(front=group(art, x=hand[0] + 8, y=hand[1] - 6))


def _phone(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = rect(-9, -30, 20, 40, "#23262d", round_=4) + rect(-6, -26, 14, 31, "#9fd3ea", round_=2)
    return Held(
        middle=group(art, x=hand[0] + 6, y=hand[1] - 6, turn=14),
        lights=((hand[0] + 6, hand[1] - 16, 60, (0.7, 0.88, 1.0)),),
    )


def _telescope(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        rect(-30, -8, 50, 16, "#7a5a2c", round_=3)
        + rect(18, -10, 44, 20, "#a9803c", round_=3)
        + rect(58, -13, 30, 26, "#c79a48", round_=3)
    )
    return Held(front=group(art, x=hand[0] + 6, y=hand[1] - 8, turn=-14))


def _guitar(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = rect(30, -8, 150, 15, "#4d3423") + rect(172, -13, 34, 25, "#3a261a", round_=4)
    art += (
        ellipse(-34, 0, 52, 48, "#b0703a")
        + ellipse(26, 0, 38, 36, "#b0703a")
        + ellipse(2, 0, 17, 17, "#3a261a")
        + rect(-52, -14, 8, 28, "#3a261a")
    )
    return Held(middle=group(art, x=20 + hand[0] * 0.3, y=hand[1] + 6, turn=-24, scale=0.95))


def _violin(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    neck = -body.torso - body.neck
    art = (
        ellipse(0, 0, 26, 21, "#94502a")
        + ellipse(34, 0, 21, 17, "#94502a")
        + rect(46, -4, 62, 8, "#3a261a")
        + ellipse(108, 0, 7, 7, "#3a261a")
    )
    bow = stroke(
        f"M{hand[0] - 30:.1f},{hand[1] + 24:.1f} L{hand[0] + 60:.1f},{hand[1] - 100:.1f}", "#5a3b26", 4
    )
    return Held(middle=group(art, x=34, y=neck + 34, turn=-8), front=bow)


def _trumpet(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        stroke("M-40,0 L60,0", "#d2a23e", 9)
        + path("M52,-5 C76,-8 88,-16 96,-28 L96,28 C88,16 76,8 52,5 Z", "#e0b554")
        + stroke("M-10,0 L-10,20 L36,20 L36,0 M2,-4 l0,-14 M14,-4 l0,-14 M26,-4 l0,-14", "#b98a2e", 6)
    )
    return Held(middle=group(art, x=hand[0] + 4, y=hand[1] - 10, turn=-8))


def _axe(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = stroke("M0,80 L0,-80", "#6d4a2c", 9) + path(
        "M0,-84 C26,-92 46,-82 50,-66 C50,-46 34,-38 0,-44 Z", "#aab4be"
    )
    return Held(middle=group(art, x=hand[0], y=hand[1], turn=12))


def _broom(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    x, y = hand
    art = stroke(f"M{x + 24:.1f},{ground - 52:.1f} L{x - 26:.1f},{y - 150:.1f}", "#7a5837", 8)
    return Held(middle=art + path(f"M{x + 14:.1f},{ground - 62:.1f} l24,-6 l22,66 l-58,4 Z", "#c29a52"))


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
    art = ellipse(0, -14, 50, 26, "#c38a4a") + stroke(
        "M-24,-24 l10,16 M0,-30 l10,18 M22,-26 l8,14", "#8f5f2c", 4
    )
    return Held(middle=group(art, x=hand[0] + 10, y=hand[1] - 4))


def _cup(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        path("M-13,-18 L15,-18 L12,14 L-10,14 Z", "#e9e3d6")
        + ellipse(1, -18, 14, 4, "#6d4a34")
        + stroke("M14,-12 C26,-12 24,8 12,6", "#e9e3d6", 4)
    )
    return Held(middle=group(art, x=hand[0] + 8, y=hand[1] - 4))


def _brush(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=group(
            stroke("M-10,20 L24,-40", "#8a5c34", 5) + ellipse(27, -46, 5, 10, "#3d6cb0", turn=30),
            x=hand[0],
            y=hand[1],
        )
    )


def _palette(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = ellipse(0, 0, 44, 30, "#b98a58", turn=-12)
    dots = "".join(
        ellipse(x, y, 7, 6, c)
        for x, y, c in ((-22, -6, "#c23b34"), (-6, -16, "#e8b830"), (14, -14, "#3d6cb0"), (26, 0, "#4c8a4f"))
    )
    return Held(middle=group(art + dots, x=hand[0] + 12, y=hand[1] - 4))


def _bow(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = (
        stroke("M0,-120 C44,-70 44,70 0,120", "#6d4a2c", 8)
        + stroke("M0,-120 L-30,0 L0,120", "#e6e2d8", 2)
        + stroke("M-34,0 L66,0", "#8a6a42", 4)
        + path("M64,-7 L82,0 L64,7 Z", "#aab4be")
    )
    return Held(middle=group(art, x=hand[0], y=hand[1]))


def _shield(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    art = path("M-50,-60 Q0,-76 50,-60 C52,0 40,50 0,84 C-40,50 -52,0 -50,-60 Z", "#8c2f36") + stroke(
        "M0,-66 L0,80 M-50,-14 L50,-14", "#d9b45c", 9
    )
    return Held(front=group(art, x=hand[0], y=hand[1], scale=0.9))


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


def _mic(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=group(
            rect(-5, -8, 10, 42, "#2e3138", round_=4) + ellipse(0, -16, 12, 13, "#8a929c"),
            x=hand[0] + 2,
            y=hand[1] - 6,
            turn=-24,
        )
    )


def _pipe(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    neck = -body.torso - body.neck
    return Held(
        front=stroke(f"M42,{neck - 16:.1f} l26,14", "#4d3423", 5)
        + rect(62, neck - 14, 16, 20, "#6b4527", round_=5)
    )


def _gun(hand: Point, elbow: Point, ground: float, body: Body) -> Held:
    return Held(
        middle=group(
            stroke("M-50,20 L90,-30", "#3b3f46", 9) + stroke("M-66,34 L-20,8", "#6d4a2c", 15),
            x=hand[0],
            y=hand[1],
        )
    )


_TINTED = {"umbrella": _umbrella, "suitcase": _suitcase, "bag": _suitcase, "balloon": _balloon}
_PROPS = {
    "lantern": _lantern, "lamp": _lantern, "umbrella": _umbrella, "sword": _sword, "staff": _staff, "stick": _stick,
    "cane": _stick, "spear": _spear, "book": _book, "newspaper": _map, "letter": _letter, "map": _map,
    "suitcase": _suitcase, "bag": _suitcase, "basket": _basket, "bucket": _bucket, "bouquet": _bouquet,
    "flower": _flower, "balloon": _balloon, "kite": _kite, "fishing_rod": _rod, "torch": _torch, "candle": _candle,
    "flashlight": _flashlight, "wand": _wand, "camera": _camera, "phone": _phone, "telescope": _telescope,
    "guitar": _guitar, "violin": _violin, "trumpet": _trumpet, "axe": _axe, "broom": _broom, "box": _box,
    "gift": _gift, "bread": _bread, "cup": _cup, "brush": _brush, "palette": _palette, "bow": _bow,
    "shield": _shield, "baby": _child_held, "teddy": _teddy, "ball": _ball, "microphone": _mic, "pipe": _pipe,
    "gun": _gun,
}  # fmt: skip
