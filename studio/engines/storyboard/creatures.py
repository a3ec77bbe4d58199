"""Animals and strange beings drawn by code, looking right. Units: about 100 at the shoulder, feet at y = 0."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from studio.engines.storyboard import props
from studio.engines.storyboard.body import body_of
from studio.engines.storyboard.brief import Subject
from studio.engines.storyboard.sprites import Drawing
from studio.engines.storyboard.vector import (
    Point,
    ellipse,
    group,
    hex_of,
    path,
    polygon,
    rect,
    shade,
    stroke,
    taper,
)


@dataclass(frozen=True, slots=True)
class Beast:
    """Proportions and colours of a four-legged animal."""

    coat: str
    belly: str
    leg: float = 52
    hip: float = 25
    chest: float = 30
    length: float = 96
    neck: float = 34
    neck_angle: float = 42
    head: float = 19
    muzzle: float = 24
    ear: str = "point"
    tail: str = "bushy"
    limb: float = 9.0
    sock: str = ""
    mane: str = ""
    mask: str = ""


_BEASTS = {
    "dog": Beast("#b98550", "#e3c79c", ear="flop", tail="up", muzzle=19),
    "wolf": Beast("#6b7079", "#b9bcc0", chest=34, neck=36, neck_angle=34, muzzle=27, mask="#d5d6d6"),
    "husky": Beast("#5a6069", "#eceae6", tail="curl", mask="#f2f0ec", muzzle=22, sock="#eceae6"),
    "fox": Beast("#c8642c", "#f0e2cf", leg=44, hip=21, chest=25, length=92, neck=30, head=18, muzzle=26, tail="brush", limb=7, sock="#3a2a26", mask="#f4ece0"),
    "bear": Beast("#6a4630", "#7d5840", leg=46, hip=44, chest=46, length=104, neck=32, neck_angle=58, head=27, muzzle=20, ear="round", tail="stub", limb=17),
    "polar_bear": Beast("#e9e6dc", "#f4f2ea", leg=48, hip=43, chest=43, length=112, neck=44, neck_angle=60, head=23, muzzle=21, ear="round", tail="stub", limb=17),
    "panda": Beast("#f0eee6", "#f0eee6", leg=42, hip=42, chest=40, length=92, neck=28, neck_angle=58, head=29, muzzle=15, ear="round", tail="stub", limb=17, sock="#2a2a30", mask="#2a2a30"),
    "lion": Beast("#c99a50", "#dfbc7c", leg=54, hip=28, chest=32, length=112, neck=30, neck_angle=48, head=24, muzzle=20, ear="round", tail="tuft", limb=11, mane="#84501f"),
    "pig": Beast("#e2a59c", "#edbdb4", leg=26, hip=38, chest=38, length=92, neck=22, neck_angle=76, head=25, muzzle=18, ear="flop", tail="curly", limb=10),
}  # fmt: skip

_GAITS = {
    "standing": ((4, -4), (-6, 4), (8, -2), (-14, 6)),
    "walking": ((26, 4), (-22, -34), (24, -6), (-20, -30)),
    "running": ((62, 40), (44, 10), (-48, -66), (-62, -84)),
}


def beast(name: str, subject: Subject, variant: int) -> Drawing:
    """A four-legged animal standing, walking, running, sitting, lying or (wolves and dogs) howling."""
    made = _BEASTS[name]
    tint = hex_of(subject.colour, "") if subject.colour else ""
    if tint:
        made = _tinted(made, tint)
    height = made.leg + made.chest * 2 + 34
    pose = subject.pose
    if pose in {"sitting", "waiting"}:
        art = _sitting(made)
    elif pose == "lying":
        art = _lying(made)
    else:
        gait = pose if pose in _GAITS else "standing"
        art = _on_legs(made, gait, is_howling="howl" in pose)
    return Drawing(art, (-230, -240, 230, 20), (0, 0), height)


def _tinted(made: Beast, tint: str) -> Beast:
    return replace(made, coat=tint, belly=shade(tint, 1.25))


def _on_legs(b: Beast, gait: str, *, is_howling: bool) -> str:
    angles = _GAITS[gait]
    lift = 8 if gait == "running" else 0
    y = -(b.leg + b.chest * 0.55) - lift
    hip, chest = (-b.length / 2, y + 2), (b.length / 2, y)
    legs = []
    for i, (root, (upper, lower)) in enumerate(zip((chest, chest, hip, hip), angles, strict=True)):
        is_far = i in {1, 3}
        legs.append(
            (
                is_far,
                _leg(
                    b,
                    (root[0] - (6 if is_far else -2), y + b.chest * 0.3),
                    upper,
                    lower,
                    is_far,
                    is_hind=i > 1,
                    ground=gait != "running",
                ),
            )
        )
    far = "".join(art for is_far, art in legs if is_far)
    near = "".join(art for is_far, art in legs if not is_far)
    return (
        _tail(b, hip, gait)
        + far
        + _trunk(b, hip, chest)
        + near
        + _head(b, chest, b.neck_angle if not is_howling else 12, tilt=-50 if is_howling else 0)
    )


def _leg(
    b: Beast, root: Point, upper: float, lower: float, is_far: bool, *, is_hind: bool, ground: bool
) -> str:
    colour = shade(b.coat if not b.sock or b.coat[1] != "f" else b.sock, 0.76 if is_far else 0.97)
    reach = -root[1]
    first, second = reach * 0.5, reach * 0.52
    bend = 16 if is_hind and ground else 0
    knee = _step(root, upper + bend, first)
    foot = _step(knee, lower - bend * 0.9, second)
    if ground:
        foot = (foot[0], min(-5.0, foot[1] + (0 if abs(lower) > 20 else -5 - foot[1])))
    paw = shade(b.sock, 0.8 if is_far else 1.0) if b.sock else colour
    art = taper(root, knee, b.limb * (2.0 if is_hind else 1.6), b.limb, colour) + taper(
        knee, foot, b.limb, b.limb * 0.72, paw
    )
    return art + ellipse(foot[0] + b.limb * 0.5, foot[1] + 1, b.limb * 1.15, max(4.5, b.limb * 0.62), paw)


def _step(start: Point, degrees: float, length: float) -> Point:
    angle = math.radians(degrees)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


def _trunk(b: Beast, hip: Point, chest: Point) -> str:
    (hx, hy), (cx, cy) = hip, chest
    d = (
        f"M{hx - b.hip * 0.9:.1f},{hy:.1f} C{hx - b.hip:.1f},{hy - b.hip * 1.25:.1f} "
        f"{hx + 12:.1f},{hy - b.hip * 1.2:.1f} "
        f"{(hx + cx) / 2:.1f},{cy - b.chest * 0.78:.1f} "
    )(
        f"C{cx - 16:.1f},{cy - b.chest * 0.95:.1f} "
        f"{cx + b.chest * 0.7:.1f},{cy - b.chest * 1.1:.1f} "
        f"{cx + b.chest * 0.9:.1f},{cy - 4:.1f} "
    )(
        f"C{cx + b.chest * 0.8:.1f},{cy + b.chest * 0.95:.1f} "
        f"{cx - 10:.1f},{cy + b.chest:.1f} "
        f"{(hx + cx) / 2:.1f},{cy + b.chest * 0.66:.1f} "
    )(
        f"C{hx + 20:.1f},{cy + b.chest * 0.5:.1f} "
        f"{hx - b.hip * 0.5:.1f},{hy + b.hip * 1.1:.1f} {hx - b.hip * 0.9:.1f},{hy:.1f} "
        "Z"
    )
    under = (
        f"M{hx + 10:.1f},{cy + b.chest * 0.46:.1f} "
        f"C{(hx + cx) / 2:.1f},{cy + b.chest * 0.4:.1f} "
        f"{cx:.1f},{cy + b.chest * 0.3:.1f} {cx + b.chest * 0.86:.1f},{cy + 2:.1f} "
    )(
        f"C{cx + b.chest * 0.7:.1f},{cy + b.chest * 0.95:.1f} "
        f"{cx - 10:.1f},{cy + b.chest:.1f} "
        f"{(hx + cx) / 2:.1f},{cy + b.chest * 0.66:.1f} Z"
    )
    dark = (
        ellipse(cx - 4, cy + 2, b.chest * 0.9, b.chest * 0.95, "#2a2a30")
        if b.coat.startswith("#f0ee")
        else ""
    )
    return path(d, b.coat) + path(under, b.belly, opacity=0.85) + dark


def _head(b: Beast, chest: Point, angle: float, tilt: float = 0) -> str:
    base = (chest[0] + b.chest * 0.35, chest[1] - b.chest * 0.35)
    top = _step(base, 180 - angle, b.neck)
    neck = taper((base[0] - 4, base[1] + 6), top, b.chest * 0.78, b.head * 0.86, b.coat)
    bib = (
        taper(
            (base[0] + 6, base[1] + 16),
            (top[0] + 5, top[1] + 9),
            b.chest * 0.42,
            b.head * 0.5,
            b.mask or b.belly,
        )
        if not b.mane and not b.coat.startswith("#f0ee")
        else ""
    )
    mane = (
        ellipse(top[0] - 4, top[1] + 8, b.head * 1.85, b.head * 2.05, b.mane)
        + ellipse(top[0] - 12, top[1] + 26, b.head * 1.4, b.head * 1.6, b.mane)
        if b.mane
        else ""
    )
    r, m = b.head, b.muzzle
    dark = "#26221f"
    nose_x = r * 0.5 + m
    parts = [_ear(b, far=True), ellipse(0, 0, r * 1.05, r, b.coat)]
    parts.append(
        taper(
            (r * 0.35, r * 0.26),
            (nose_x - r * 0.25, r * 0.42),
            r * 0.62,
            r * 0.34,
            b.coat if not b.mask else b.mask,
        )
    )
    if b.mask and not b.coat.startswith("#f0ee"):
        parts.append(
            path(
                (
                    f"M{-r * 0.3:.1f},{r * 0.92:.1f} C{-r * 0.5:.1f},{r * 0.2:.1f} "
                    f"{r * 0.2:.1f},{r * 0.1:.1f} {r * 0.9:.1f},{r * 0.2:.1f} "
                    f"L{r * 0.9:.1f},{r * 0.9:.1f} Z"
                ),
                b.mask,
            )
        )
        parts.append(taper((r * 0.3, -r * 0.05), (nose_x - r * 0.2, r * 0.2), r * 0.34, r * 0.16, b.coat))
    if b.coat.startswith("#f0ee"):
        parts[-1] = taper((r * 0.35, r * 0.26), (nose_x - r * 0.25, r * 0.42), r * 0.6, r * 0.36, b.coat)
        parts.append(ellipse(r * 0.42, -r * 0.05, r * 0.28, r * 0.36, "#2a2a30", turn=30))
    if b.tail == "curly":
        parts.append(
            ellipse(nose_x - 2, r * 0.42, 6, 9.5, shade(b.coat, 0.88))
            + ellipse(nose_x - 1, r * 0.38, 1.6, 2.4, dark)
        )
    else:
        parts.append(ellipse(nose_x + 1, r * 0.24, 5.2, 4.2, dark))
    parts.append(
        stroke(
            f"M{nose_x - 1:.1f},{r * 0.62:.1f} Q{r * 0.9:.1f},{r * 0.86:.1f} {r * 0.55:.1f},{r * 0.66:.1f}",
            dark,
            1.8,
            opacity=0.7,
        )
    )
    parts.append(
        ellipse(r * 0.42, -r * 0.12, 3.0, 3.4, dark) + ellipse(r * 0.48, -r * 0.2, 1.0, 1.0, "#ffffff")
    )
    parts.append(_ear(b, far=False))
    return neck + bib + mane + group("".join(parts), x=top[0] + 4, y=top[1], turn=tilt)


def _ear(b: Beast, *, far: bool) -> str:
    r, colour = b.head, shade(b.coat, 0.72 if far else 0.86)
    if b.coat.startswith("#f0ee"):
        colour = "#2a2a30"
    dx = r * 0.45 if far else -r * 0.18
    if b.ear == "round":
        return ellipse(dx - r * 0.3, -r * 0.86, r * 0.36, r * 0.36, colour)
    if b.ear == "flop":
        return path(
            (
                f"M{dx - r * 0.2:.1f},{-r * 0.9:.1f} C{dx - r * 1.1:.1f},{-r * 0.9:.1f} "
                f"{dx - r * 1.2:.1f},{r * 0.5:.1f} {dx - r * 0.7:.1f},{r * 0.6:.1f} "
                f"C{dx - r * 0.2:.1f},{r * 0.4:.1f} {dx:.1f},{-r * 0.4:.1f} "
                f"{dx - r * 0.2:.1f},{-r * 0.9:.1f} Z"
            ),
            colour,
        )
    outer = path(
        (
            f"M{dx - r * 0.62:.1f},{-r * 0.6:.1f} L{dx - r * 0.36:.1f},{-r * 1.75:.1f} "
            f"L{dx + r * 0.34:.1f},{-r * 0.78:.1f} Z"
        ),
        colour,
    )
    return (
        outer
        if far
        else outer
        + path(
            (
                f"M{dx - r * 0.34:.1f},{-r * 0.76:.1f} L{dx - r * 0.28:.1f},{-r * 1.4:.1f} "
                f"L{dx + r * 0.12:.1f},{-r * 0.82:.1f} Z"
            ),
            shade(b.coat, 0.55),
        )
    )


def _tail(b: Beast, hip: Point, gait: str) -> str:
    x, y = hip[0] - b.hip * 0.75, hip[1] - b.hip * 0.35
    c = shade(b.coat, 0.92)
    if b.tail in {"bushy", "brush"}:
        out = 74 if b.tail == "brush" else 56
        lift = -16 if gait == "running" else 22
        wide = 19 if b.tail == "brush" else 12
        d = (
            f"M{x + 8:.1f},{y - 6:.1f} C{x - out * 0.4:.1f},{y - wide:.1f} "
            f"{x - out * 0.9:.1f},{y + lift - wide:.1f} {x - out:.1f},{y + lift + 16:.1f} "
            f"C{x - out * 0.7:.1f},{y + lift + wide + 10:.1f} "
            f"{x - out * 0.3:.1f},{y + wide + 8:.1f} {x + 10:.1f},{y + 12:.1f} Z"
        )
        tip = ""
        if b.tail == "brush":
            tip = path(
                (
                    f"M{x - out * 0.74:.1f},{y + lift - 4:.1f} L{x - out:.1f},{y + lift + 16:.1f} "
                    f"C{x - out * 0.84:.1f},{y + lift + 22:.1f} "
                    f"{x - out * 0.7:.1f},{y + lift + 24:.1f} "
                    f"{x - out * 0.66:.1f},{y + lift + 18:.1f} Z"
                ),
                "#f4ece0",
            )
        return path(d, c) + tip
    if b.tail == "up":
        return stroke(f"M{x + 6:.1f},{y:.1f} Q{x - 26:.1f},{y - 8:.1f} {x - 30:.1f},{y - 40:.1f}", c, 9)
    if b.tail == "curl":
        return stroke(
            (
                f"M{x + 6:.1f},{y - 2:.1f} C{x - 26:.1f},{y - 14:.1f} {x - 20:.1f},{y - 52:.1f} "
                f"{x + 8:.1f},{y - 40:.1f}"
            ),
            c,
            17,
        )
    if b.tail == "tuft":
        return stroke(
            f"M{x + 6:.1f},{y:.1f} C{x - 34:.1f},{y:.1f} {x - 30:.1f},{y + 40:.1f} {x - 54:.1f},{y + 36:.1f}",
            c,
            7,
        ) + ellipse(x - 58, y + 36, 11, 8, b.mane)
    if b.tail == "curly":
        return stroke(f"M{x + 2:.1f},{y:.1f} c-14,-4 -14,-18 -4,-16 c8,2 2,14 -10,8", c, 4)
    return ellipse(x - 2, y + 4, 9, 8, c)


def _sitting(b: Beast) -> str:
    back, front = -b.length * 0.34, b.length * 0.22
    low = -b.hip * 0.95
    tail = group(_tail(b, (0, 0), "standing"), x=back - 4, y=low + 8)
    haunch = ellipse(back + 4, low, b.hip * 1.25, b.hip, b.coat)
    chest = (front - 4, -(b.leg + b.chest * 0.75))
    body = taper((back + 6, low - 4), chest, b.hip * 1.05, b.chest * 0.86, b.coat)
    bib = taper((front + 4, low - 18), (chest[0] + 10, chest[1] + 6), b.chest * 0.3, b.chest * 0.5, b.belly)
    far = taper(
        (front - 2, chest[1] + 20), (front - 2, -6), b.limb * 1.4, b.limb * 0.8, shade(b.coat, 0.78)
    ) + ellipse(front + 4, -5, b.limb * 1.2, 5.5, shade(b.sock or b.coat, 0.8))
    near = taper((front + 8, chest[1] + 22), (front + 11, -6), b.limb * 1.5, b.limb * 0.85, b.coat) + ellipse(
        front + 17, -5, b.limb * 1.2, 5.5, b.sock or b.coat
    )
    thigh = ellipse(back + 12, low + 2, b.hip * 0.92, b.hip * 0.84, shade(b.coat, 0.93)) + ellipse(
        back + 34, -5.5, b.limb * 2.1, 6, b.sock or shade(b.coat, 0.93)
    )
    return (
        tail
        + far
        + haunch
        + body
        + bib
        + near
        + thigh
        + _head(b, (chest[0] - 4, chest[1]), b.neck_angle - 18)
    )


def _lying(b: Beast) -> str:
    hip, chest = (-b.length / 2, -b.hip * 0.86), (b.length / 2, -b.chest * 0.82)
    fore = taper(
        (chest[0], -10), (chest[0] + 44, -7), b.limb * 1.2, b.limb * 0.8, shade(b.coat, 0.9)
    ) + ellipse(chest[0] + 48, -6, b.limb * 1.1, 5.5, b.sock or b.coat)
    hind = ellipse(hip[0] + 6, -b.hip * 0.7, b.hip * 0.95, b.hip * 0.7, shade(b.coat, 0.93)) + ellipse(
        hip[0] + 36, -6, b.limb * 2, 6, b.sock or shade(b.coat, 0.9)
    )
    return (
        group(_tail(b, hip, "standing"), y=10)
        + _trunk(b, hip, chest)
        + hind
        + fore
        + _head(b, chest, b.neck_angle + 26)
    )


def robot(subject: Subject, variant: int) -> Drawing:
    """A friendly robot of tin and lamps, in the poses that it can take."""
    steel = hex_of(subject.colour, "#8fa6b2") if subject.colour else "#8fa6b2"
    dark, lit, joint = shade(steel, 0.62), shade(steel, 1.3), "#4a545e"
    is_walking = subject.pose in {"walking", "running"}
    swing = 20 if is_walking else 3
    arms = {
        "waving": (8, 150, 166),
        "arms_raised": (-158, 150, 164),
        "pointing": (6, 88, 90),
        "carrying": (52, 42, 84),
        "holding": (8, 40, 76),
    }.get(subject.pose, (-swing, swing, swing + 24))
    if subject.props and subject.pose in {"", "standing", "looking"}:
        arms = (-4, 40, 76)
    far_leg, near_leg = _robot_leg(swing, dark, joint), _robot_leg(-swing, steel, joint)
    body = rect(-62, -300, 124, 150, steel, round_=26) + path(
        "M-62,-280 Q-62,-300 -36,-300 L-20,-300 Q-46,-230 -36,-150 L-44,-150 Q-62,-150 -62,-176 Z",
        dark,
        opacity=0.45,
    )
    panel = (
        rect(-22, -276, 66, 62, shade(steel, 0.78), round_=10)
        + ellipse(-2, -256, 8, 8, "#f2a93b")
        + ellipse(22, -256, 8, 8, "#6fd3e8")
        + stroke("M-12,-230 L34,-230", lit, 5)
    )
    heart = path(
        (
            "M12,-172 C0,-186 -14,-190 -14,-200 C-14,-210 4,-212 12,-200 C20,-212 38,-210 "
            "38,-200 C38,-190 24,-186 12,-172 Z"
        ),
        "#e0604f",
    )
    waist = rect(-40, -154, 80, 22, joint, round_=9)
    neck = rect(-20, -324, 40, 30, joint, round_=6) + stroke(
        "M-20,-314 L20,-314 M-20,-304 L20,-304", lit, 2.4, opacity=0.5
    )
    head = rect(-66, -432, 136, 112, lit, round_=34) + path(
        "M-66,-404 Q-66,-432 -36,-432 L-24,-432 Q-46,-380 -32,-320 Q-66,-320 -66,-352 Z", dark, opacity=0.3
    )
    face = (
        rect(-34, -412, 96, 68, "#26323c", round_=24)
        + ellipse(-2, -380, 13, 15, "#8ff0ff")
        + ellipse(38, -380, 11, 15, "#8ff0ff")
        + ellipse(2, -385, 4, 5, "#ffffff")
        + ellipse(41, -385, 4, 5, "#ffffff")
        + stroke("M6,-356 Q18,-348 30,-356", "#8ff0ff", 4)
    )
    aerial = (
        stroke("M0,-432 L0,-462", joint, 6)
        + ellipse(0, -470, 11, 11, "#f2a93b")
        + ellipse(-68, -376, 9, 20, joint)
    )
    far_arm, near_arm = (
        _robot_arm(-30, arms[0], arms[0] + 12, dark, joint),
        _robot_arm(40, arms[1], arms[2], steel, joint),
    )
    art = far_arm[0] + far_leg + near_leg + waist + body + panel + heart + neck + aerial + head + face
    lights = [(16.0, -380.0, 46.0, (0.55, 0.95, 1.0)), (0.0, -470.0, 34.0, (1.0, 0.7, 0.3))]
    if subject.props:
        hand = near_arm[1]
        held = props.held_at(subject.props[0], hand, (40.0, -200.0), 0.0, body_of("", "male"))
        art += held.behind + held.middle + near_arm[0] + held.front
        lights += list(held.lights)
    else:
        art += near_arm[0]
    return Drawing(art, (-420, -860, 460, 12), (0, 0), 482, tuple(lights))


def _robot_leg(angle: float, colour: str, joint: str) -> str:
    knee = _step((0, -140), angle, 66)
    foot = _step(knee, angle * 0.2 if angle < 0 else angle * 0.5, 62)
    foot = (foot[0], -20.0)
    art = (
        taper((-2, -140), knee, 19, 17, joint)
        + taper(knee, foot, 24, 26, colour)
        + ellipse(*knee, 20, 20, shade(colour, 1.15))
    )
    return art + path(
        (
            f"M{foot[0] - 30:.1f},0 C{foot[0] - 32:.1f},-30 {foot[0] - 10:.1f},-34 "
            f"{foot[0] + 8:.1f},-32 C{foot[0] + 34:.1f},-30 {foot[0] + 46:.1f},-14 "
            f"{foot[0] + 46:.1f},0 Z"
        ),
        shade(colour, 0.85),
    )


def _robot_arm(x: float, upper: float, fore: float, colour: str, joint: str) -> tuple[str, Point]:
    shoulder = (x, -276.0)
    elbow = _step(shoulder, upper, 70)
    hand = _step(elbow, fore, 62)
    art = (
        taper(shoulder, elbow, 15, 13, joint)
        + taper(elbow, hand, 19, 21, colour)
        + ellipse(*shoulder, 23, 23, colour)
        + ellipse(*hand, 17, 17, shade(colour, 0.7))
    )
    return art, hand


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
    near_wing = (
        path(near, wing) + stroke(ribs, dark, 3.6) + stroke("M-8,-126 C-60,-190 -84,-262 -30,-318", dark, 6)
    )
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
        (
            "M112,-158 l-18,-10 M102,-134 l-20,-10 M88,-110 l-20,-10 M70,-88 l-18,-12 "
            "M48,-70 l-14,-14 M22,-60 l-8,-14"
        ),
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
        ellipse(12, -226, 9, 14, "#3a4856")
        + ellipse(44, -226, 8, 14, "#3a4856")
        + ellipse(28, -190, 8, 12, "#3a4856")
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
        (
            "M-98,-150 C-60,-170 60,-176 108,-158 L96,-84 L66,-104 L44,-76 L10,-100 "
            "L-26,-74 L-50,-100 L-84,-80 Z"
        ),
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


def raven(subject: Subject, variant: int) -> Drawing:
    """A black bird, perched or on the wing."""
    c, lit = hex_of(subject.colour, "#2b2d36") if subject.colour else "#2b2d36", "#4c5566"
    if subject.pose == "flying" or subject.relation in {"in_air", "above"}:
        body = path(
            (
                "M-70,-40 C-40,-60 20,-62 58,-48 L92,-40 L60,-32 C30,-18 -30,-18 -60,-28 "
                "L-104,-20 L-98,-34 L-112,-42 Z"
            ),
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
    wing = path(
        "M-96,-6 C-70,-50 -44,-88 -4,-90 C16,-86 18,-56 -6,-40 C-34,-26 -60,-22 -96,-6 Z", lit
    ) + stroke("M-70,-28 C-50,-50 -30,-66 -8,-72 M-56,-24 C-40,-40 -24,-50 -4,-54", c, 3)
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
    body = path(
        "M-76,-20 C-40,-36 20,-46 56,-36 C66,-34 70,-26 62,-20 C30,-6 -30,-4 -60,-14 L-96,-8 Z", white
    )
    return Drawing(
        far + body + near + path("M62,-32 L82,-26 L62,-22 Z", "#e0a02f") + ellipse(54, -31, 3, 3, dark),
        (-170, -104, 130, 4),
        (0, -24),
        100,
    )


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
