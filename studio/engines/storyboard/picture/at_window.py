"""Somebody at a window: it is the room's own, on its wall, not one that stands on the floor."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.engines.storyboard.people.poses import pose_of
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.canvas import mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

Box = tuple[float, float, float, float]
_WITHOUT_ONE = {"opening_window": "opening_own_window", "at_window": "at_own_window"}
_LEAST_SHARE = 0.012
"""A window smaller than this part of the picture is no place to stand at."""
_SHARE_AT_WALL = 0.27
"""How much of the picture's height somebody at the wall of a room takes."""


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """A window of the place, and on which side of it (-1 left, 1 right) somebody stands who uses it."""

    box: Box
    side: int

    @property
    def middle(self) -> float:
        """Its column in px."""
        return (self.box[0] + self.box[2]) / 2

    def column(self, height_px: float) -> float:
        """Where somebody ``height_px`` tall stands so that a hand is on it."""
        edge = self.box[0] if self.side < 0 else self.box[2]
        return edge + self.side * 0.20 * height_px


def own_window(stage: Stage, subject: Subject) -> OwnWindow | None:
    """The window of the place that ``subject`` opens or looks out of; None if that is not what goes on, or none is."""
    if not stage.is_indoors or pose_of(subject.pose).piece not in ("window", "shut_window"):
        return None
    room = 0.12 * stage.width
    whole = [
        (x0, y0, x1, y1)
        for x0, y0, x1, y1 in stage.windows
        if x0 >= 0 and x1 <= stage.width and (x1 - x0) * (y1 - y0) > _LEAST_SHARE * stage.width * stage.height
    ]
    whole = [box for box in whole if box[0] > room or box[2] < stage.width - room]
    if not whole:
        return None
    box = max(whole, key=lambda one: (one[2] - one[0]) * (one[3] - one[1]))
    return OwnWindow(box, -1 if box[0] > stage.width - box[2] else 1)


def without_piece(subject: Subject) -> Subject:
    """``subject`` in the same doing, with no window of its own."""
    poses = (_WITHOUT_ONE.get(pose, pose) for pose in subject.pose.split("+"))
    return replace(subject, pose="+".join(poses))


def person_px(stage: Stage, wanted: float, people: float) -> float:
    """How tall a person is beside somebody of ``people`` persons' height who stands at the wall of a wide picture."""
    is_far = stage.brief.framing in ("wide", "extreme_wide")
    return min(wanted, _SHARE_AT_WALL * stage.span / min(people, 1.0)) if is_far else wanted


def open_leaves(stage: Stage, window: OwnWindow) -> None:
    """Both leaves of ``window`` stand open into the room."""
    x0, y0, x1, y1 = window.box
    swing, drop = (x1 - x0) * 0.34, (y1 - y0) * 0.09
    sketch, frame = stage.sketch(), mix(rgb("#efe6d6"), stage.palette.low, 0.25 + 0.4 * stage.palette.darkness)
    glass = mix(stage.palette.mid, frame, 0.35)
    for x, way in ((x0, -1), (x1, 1)):
        far = x + way * swing
        sketch.poly(((x, y0), (far, y0 - drop), (far, y1 + drop), (x, y1)), frame)
        inner, outer = x + way * swing * 0.14, x + way * swing * 0.86
        for top, low in ((0.07, 0.46), (0.54, 0.93)):
            tall = y1 - y0
            a, b = y0 + tall * top, y0 + tall * low
            lift = drop * 0.8
            sketch.poly(((inner, a), (outer, a - lift), (outer, b + lift), (inner, b)), glass)
    sketch.stamp()
