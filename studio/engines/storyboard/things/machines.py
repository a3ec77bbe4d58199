"""Robots drawn by code, looking right."""

from __future__ import annotations

from studio.engines.storyboard.people import props
from studio.engines.storyboard.people.body import body_of
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing
from studio.engines.storyboard.sheet.vector import (
    Point,
    ellipse,
    group,
    hex_of,
    path,
    rect,
    shade,
    stroke,
    taper,
)
from studio.engines.storyboard.things.beast_parts import step
from studio.engines.storyboard.things.objects import easel


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
        "painting": (14, 62, 84),
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
        stroke("M0,-432 L0,-462", joint, 6) + ellipse(0, -470, 11, 11, "#f2a93b") + ellipse(-68, -376, 9, 20, joint)
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
    if subject.pose == "painting":
        x, y = near_arm[1]
        canvas = group(easel(subject, variant).body, x=x + 176, scale=1.35)
        art = canvas + art + stroke(f"M{x - 22:.1f},{y + 14:.1f} L{x + 46:.1f},{y - 26:.1f}", "#6b4526", 7)
    return Drawing(art, (-420, -860, 460, 12), (0, 0), 482, tuple(lights))


def _robot_leg(angle: float, colour: str, joint: str) -> str:
    knee = step((0, -140), angle, 66)
    foot = step(knee, angle * 0.2 if angle < 0 else angle * 0.5, 62)
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
    elbow = step(shoulder, upper, 70)
    hand = step(elbow, fore, 62)
    art = (
        taper(shoulder, elbow, 15, 13, joint)
        + taper(elbow, hand, 19, 21, colour)
        + ellipse(*shoulder, 23, 23, colour)
        + ellipse(*hand, 17, 17, shade(colour, 0.7))
    )
    return art, hand
