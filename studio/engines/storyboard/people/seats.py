"""What people sit upon, drawn under a seated figure, in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints
from studio.engines.storyboard.sheet.vector import ellipse, path, rect, shade


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
        (f"M{back - 4:.1f},{y:.1f} L{back - 26:.1f},{-body.torso * 0.82:.1f} l14,-4 L{back + 14:.1f},{y:.1f} Z"),
        wood,
    )
    return legs + rest + rect(back - 4, y, front - back + 22, 13, wood, round_=4)


def _armchair(joints: Joints, body: Body) -> str:
    cloth, g, limb = "#7c3b35", joints.ground_y, body.limb
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
    cushion = rect(back, 34 * limb, body.thigh * 0.95 - back, g - 34 * limb - 16, shade(cloth, 0.82), round_=12)
    arm = path(
        (
            f"M{back:.1f},{-20 * limb:.1f} C{back + 60:.1f},{-44 * limb:.1f} "
            f"{body.thigh * 0.7:.1f},{-40 * limb:.1f} "
            f"{body.thigh * 0.86:.1f},{-10 * limb:.1f} "
            f"L{body.thigh * 0.84:.1f},{30 * limb:.1f} L{back:.1f},{40 * limb:.1f} Z"
        ),
        shade(cloth, 0.7),
    )
    feet = rect(back - 30, g - 18, 16, 18, "#3d281c") + rect(body.thigh * 0.8, g - 18, 14, 18, "#3d281c")
    return feet + rest + arm + cushion


def _sofa(joints: Joints, body: Body) -> str:
    cloth, y, g = "#5f7480", 36 * body.limb, joints.ground_y
    left, right = -body.thigh * 1.5, body.thigh * 1.5
    wide = right - left
    return (
        rect(left, -body.torso * 0.7, wide, g + body.torso * 0.7 - 18, cloth, round_=22)
        + rect(left, y, wide, g - y - 16, shade(cloth, 0.84), round_=12)
        + "".join(rect(x, y - 40, 44, g - y + 24, shade(cloth, 0.72), round_=18) for x in (left - 20, right - 24))
        + "".join(rect(x, g - 18, 16, 18, "#3d281c") for x in (left, right - 16))
    )


def _bench(joints: Joints, body: Body) -> str:
    wood, y, g = "#6f5138", 36 * body.limb, joints.ground_y
    left, right = -body.thigh * 1.5, body.thigh * 1.5
    slats = (
        rect(left, y, right - left, 13, wood, round_=4)
        + rect(left, -body.torso * 0.62, right - left, 16, wood, round_=4)
        + rect(left, -body.torso * 0.34, right - left, 16, wood, round_=4)
    )
    iron = "".join(rect(x, -body.torso * 0.66, 9, g + body.torso * 0.66, "#33363c") for x in (left + 22, right - 32))
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
    end = ellipse(right - 8, y + h / 2, 16, h / 2, "#b08a5c") + ellipse(right - 8, y + h / 2, 8, h / 4, "#8c6a43")
    return stand + trunk + end


def _stool(joints: Joints, body: Body) -> str:
    y, g = 36 * body.limb, joints.ground_y
    wood = "#75502f"
    legs = path(
        f"M{-34},{y:.1f} l12,0 l-8,{g - y:.1f} l-10,0 Z M{34},{y:.1f} l-12,0 l14,{g - y:.1f} l10,0 Z",
        shade(wood, 0.8),
    )
    return legs + rect(-48, y, 104, 13, wood, round_=6)


def _throne(joints: Joints, body: Body) -> str:
    gold, g, y = "#c99a3a", joints.ground_y, 34 * body.limb
    back, front, top = -body.hip * 1.7, body.thigh * 0.78, -body.torso - body.head * 1.5
    rest = path(
        f"M{back - 34:.1f},{g:.1f} L{back - 48:.1f},{top:.1f} L{back - 28:.1f},{top + 26:.1f} "
        f"L{back - 10:.1f},{top - 30:.1f} L{back + 10:.1f},{top + 26:.1f} L{back + 26:.1f},{top:.1f} L{back + 30:.1f},{g:.1f} Z",
        gold,
    )
    cloth = path(
        f"M{back - 4:.1f},{y:.1f} L{back - 8:.1f},{top + 60:.1f} L{back + 18:.1f},{top + 60:.1f} L{back + 22:.1f},{y:.1f} Z",
        "#8c2438",
    )
    block = rect(back, y + 12, front - back + 12, g - y - 12, shade(gold, 0.76), round_=5)
    cushion = rect(back, y, front - back + 18, 17, "#a8304a", round_=8)
    return rest + cloth + block + cushion + ellipse(back - 10, top - 34, 9, 9, "#b3332f")


_SEATS = {
    "throne": _throne,
    "chair": _chair,
    "armchair": _armchair,
    "bench": _bench,
    "sofa": _sofa,
    "rock": _rock,
    "log": _log,
    "stool": _stool,
}
