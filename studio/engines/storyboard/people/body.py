"""Bodies and poses: lengths and angles in, joints out. Units: an adult is about 640 tall,
y grows downwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.engines.storyboard.sheet.vector import Point


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths of one build; widths are half widths."""

    head: float
    neck: float
    torso: float
    upper_arm: float
    fore_arm: float
    thigh: float
    shin: float
    foot: float
    shoulder: float
    waist: float
    hip: float
    limb: float
    """1 for a man's thickness of arms and legs."""

    @property
    def stature(self) -> float:
        return self.head + self.neck + self.torso + self.thigh + self.shin + self.foot


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees from hanging straight down, positive to the front (right).

    ``turn`` lays the figure down.
    """

    lean: float = 0
    nod: float = 0
    thighs: tuple[float, float] = (-5, 7)
    """Near leg, far leg."""
    shins: tuple[float, float] = (-6, 2)
    arms: tuple[float, float] = (-12, 14)
    fore_arms: tuple[float, float] = (12, 34)
    seat: str = ""
    """``chair``, ``rock``, ``floor`` … what it rests upon."""
    turn: float = 0
    toes: tuple[float, float] = (0, 0)
    """Extra pitch of the feet, near and far."""
    piece: str = ""
    """The set piece it is done at (``desk, piano, door`` …), drawn with the figure."""
    lift: float = 0
    """How far above the ground it is."""


@dataclass(frozen=True, slots=True)
class Joints:
    """Where everything is; near is the side towards the eye. The hip stands at (0, 0)."""

    hip: Point
    neck: Point
    chin: Point
    shoulders: tuple[Point, Point]
    elbows: tuple[Point, Point]
    hands: tuple[Point, Point]
    hips: tuple[Point, Point]
    knees: tuple[Point, Point]
    ankles: tuple[Point, Point]
    ground_y: float
    """The row the figure rests on."""


def body_of(age: str, gender: str) -> Body:
    """The build of a man, a woman or a child."""
    if age == "child":
        return Body(94, 6, 112, 56, 50, 72, 70, 16, 32, 28, 29, 0.78)
    if gender == "female":
        return Body(96, 14, 176, 88, 82, 146, 142, 18, 38, 27, 37, 0.84)
    return Body(98, 14, 192, 96, 86, 150, 146, 20, 50, 38, 37, 1.0)


def size_of(body: Body) -> float:
    """1 for a grown man; what things made to his measure are scaled by."""
    return body.torso / 192


def joints_of(body: Body, pose: Pose) -> Joints:
    """Positions of all joints of ``body`` in ``pose``, before it is laid down."""
    hip = (0.0, 0.0)
    neck = _from(hip, 180 - pose.lean, body.torso)
    chin = _from(neck, 180 - pose.lean * 1.3 - pose.nod * 0.4, body.neck)
    side = body.shoulder * 0.52
    chest = _from(hip, 180 - pose.lean, body.torso - 22 * body.limb)
    shoulders = ((chest[0] - side, chest[1] + 4), (chest[0] + side, chest[1]))
    hips = ((-body.hip * 0.30, 0.0), (body.hip * 0.34, -2.0))
    elbows, hands, knees, ankles = [], [], [], []
    for i in (0, 1):
        elbow = _from(shoulders[i], pose.arms[i], body.upper_arm)
        elbows.append(elbow)
        hands.append(_from(elbow, pose.fore_arms[i], body.fore_arm))
        knee = _from(hips[i], pose.thighs[i], body.thigh)
        knees.append(knee)
        ankles.append(_from(knee, pose.shins[i], body.shin))
    lowest = max(ankles[0][1], ankles[1][1]) + body.foot
    if pose.seat == "knee":
        lowest = max(
            max(knee[1] for knee in knees) + 19 * body.limb if min(pose.thighs) < 20 else 0,
            max(a[1] for a, shin in zip(ankles, pose.shins, strict=True) if abs(shin) < 60 or min(pose.thighs) < 20)
            + body.foot * 0.6,
        )
    if pose.seat == "floor":
        lowest = max(34 * body.limb, *(a[1] + body.foot for a in ankles))
    return Joints(hip, neck, chin, shoulders, _pair(elbows), _pair(hands), hips, _pair(knees), _pair(ankles), lowest)


def _from(start: Point, degrees: float, length: float) -> Point:
    angle = math.radians(degrees)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


def _pair(points: list[Point]) -> tuple[Point, Point]:
    return points[0], points[1]
