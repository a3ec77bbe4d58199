"""Bodies and poses: lengths and angles in, joints out. Units: an adult is about 640 tall,
y grows downwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.engines.storyboard.vector import Point


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


POSES: dict[str, Pose] = {
    "standing": Pose(),
    "waiting": Pose(),
    "walking": Pose(lean=3, thighs=(25, -20), shins=(9, -36), arms=(-24, 26), fore_arms=(-8, 44), toes=(-6, 34)),
    "running": Pose(
        lean=13, nod=-6, thighs=(62, -30), shins=(-14, -84), arms=(-52, 44), fore_arms=(34, 116), toes=(0, 40)
    ),
    "sitting": Pose(thighs=(84, 78), shins=(2, -7), arms=(20, 14), fore_arms=(72, 64), seat="chair"),
    "sitting_floor": Pose(
        lean=-6, nod=6, thighs=(134, 126), shins=(22, 12), arms=(34, 26), fore_arms=(84, 78), seat="floor"
    ),
    "kneeling": Pose(
        lean=7,
        nod=8,
        thighs=(-6, 76),
        shins=(-86, 4),
        arms=(24, 22),
        fore_arms=(84, 74),
        toes=(60, 0),
        seat="knee",
    ),
    "praying": Pose(
        lean=5,
        nod=12,
        thighs=(0, 4),
        shins=(-88, -86),
        arms=(24, 20),
        fore_arms=(128, 124),
        toes=(60, 60),
        seat="knee",
    ),
    "crouching": Pose(
        lean=30, nod=-10, thighs=(92, 74), shins=(-34, -48), arms=(44, 30), fore_arms=(70, 60), toes=(0, 14)
    ),
    "dancing": Pose(
        lean=-5,
        nod=-8,
        thighs=(2, -50),
        shins=(2, -72),
        arms=(128, -112),
        fore_arms=(160, -138),
        toes=(0, 30),
    ),
    "ballet": Pose(
        lean=4, nod=-10, thighs=(1, -68), shins=(1, -84), arms=(150, 118), fore_arms=(172, 128), toes=(0, 50)
    ),
    "reading": Pose(nod=14, arms=(18, 14), fore_arms=(98, 92)),
    "pointing": Pose(thighs=(8, -8), shins=(2, -8), arms=(92, -8), fore_arms=(92, 8)),
    "arms_raised": Pose(nod=-8, arms=(-150, 150), fore_arms=(-168, 166)),
    "waving": Pose(nod=-4, arms=(6, 142), fore_arms=(12, 168)),
    "carrying": Pose(lean=-3, arms=(16, 12), fore_arms=(88, 84), thighs=(12, -10), shins=(4, -18)),
    "holding": Pose(arms=(34, -6), fore_arms=(76, 6)),
    "holding_up": Pose(arms=(60, -6), fore_arms=(120, 6)),
    "umbrella": Pose(arms=(16, -8), fore_arms=(112, 4)),
    "umbrella_walk": Pose(lean=3, thighs=(25, -20), shins=(9, -36), arms=(16, 20), fore_arms=(114, 30), toes=(-6, 34)),
    "holding_walk": Pose(lean=3, thighs=(25, -20), shins=(9, -36), arms=(32, -22), fore_arms=(72, -6), toes=(-6, 34)),
    "lying": Pose(turn=-90, thighs=(8, 2), shins=(-2, -6), arms=(10, 16), fore_arms=(30, 40)),
    "riding": Pose(lean=3, thighs=(50, 46), shins=(-14, -18), arms=(34, 28), fore_arms=(76, 70), seat="mount"),
    "fishing": Pose(thighs=(4, -4), arms=(30, 24), fore_arms=(84, 78)),
    "fishing_sitting": Pose(
        lean=4, nod=4, thighs=(82, 76), shins=(4, -8), arms=(26, 22), fore_arms=(86, 80), seat="rock"
    ),
    "embracing": Pose(lean=5, nod=5, thighs=(4, -3), shins=(0, -5), arms=(58, 66), fore_arms=(96, 100)),
    "fighting": Pose(lean=10, thighs=(42, -34), shins=(2, -46), arms=(72, -30), fore_arms=(108, 40), toes=(0, 26)),
    "playing": Pose(nod=8, arms=(30, 44), fore_arms=(108, 98)),
    "typing": Pose(nod=8, thighs=(84, 78), shins=(2, -7), arms=(24, 20), fore_arms=(88, 82), seat="chair"),
    "painting": Pose(arms=(56, 10), fore_arms=(102, 64)),
    "crying": Pose(lean=8, nod=20, arms=(34, 28), fore_arms=(152, 148)),
    "looking": Pose(nod=-12),
    "falling": Pose(lean=-28, nod=-14, thighs=(60, 16), shins=(26, -30), arms=(126, -128), fore_arms=(150, -140)),
    "flying": Pose(turn=62, nod=-34, thighs=(4, -8), shins=(-8, -18), arms=(168, -6), fore_arms=(174, 4)),
    "swimming": Pose(turn=68, nod=-30, thighs=(14, -16), shins=(-6, -30), arms=(164, 30), fore_arms=(172, 60)),
    "climbing": Pose(lean=8, nod=-16, thighs=(78, 10), shins=(-8, -12), arms=(150, 120), fore_arms=(172, 160)),
}


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
