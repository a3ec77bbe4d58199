"""What figures wear: torso, skirts, capes and packs over a posed body."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, Pose
from studio.engines.storyboard.people.heads import Look
from studio.engines.storyboard.sheet.vector import Point, ellipse, group, path, rect, shade, stroke, taper

LONG = frozenset(("gown", "robe", "kimono", "bridal"))


SKIRTED = frozenset(("dress", "tutu", "coat", "raincoat", "labcoat", "tunic", "cassock", *LONG))


BARE_ARMS = frozenset(("dress", "tutu", "vest", "bridal", "toga"))


def is_seated(pose: Pose) -> bool:
    return bool(pose.seat) or min(pose.thighs) > 48


def towards(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def torso(look: Look, pose: Pose, body: Body, joints: Joints) -> str:
    top = look.wears("top")
    colour = look.colour("top")
    s, w, h, t = body.shoulder, body.waist, body.hip, body.torso
    puff = 1.25 if top == "spacesuit" else 1.1 if top in {"coat", "raincoat", "robe", "cassock"} else 1.0
    chest = s * (1.0 if body.hip < body.shoulder else 1.03)
    w, h = w * puff, h * puff
    d = (
        f"M{-s * 0.36:.1f},{-t - 2:.1f} C{-s * 0.8:.1f},{-t + 3:.1f} "
        f"{-s * 1.02:.1f},{-t + 12:.1f} {-s:.1f},{-t + 36:.1f} "
        f"C{-s:.1f},{-t * 0.62:.1f} {-w:.1f},{-t * 0.5:.1f} {-w:.1f},{-t * 0.36:.1f} L{-h:.1f},6 "
        f"Q0,{26 if not is_seated(pose) else 16} {h:.1f},6 "
        f"L{w:.1f},{-t * 0.36:.1f} C{w:.1f},{-t * 0.5:.1f} "
        f"{chest * 1.04:.1f},{-t * 0.56:.1f} {chest:.1f},{-t + 40:.1f} "
        f"C{s * 0.96:.1f},{-t + 12:.1f} {s * 0.72:.1f},{-t + 3:.1f} {s * 0.36:.1f},{-t - 2:.1f} Z"
    )
    side = (
        f"M{-s * 0.36:.1f},{-t - 2:.1f} C{-s * 0.8:.1f},{-t + 3:.1f} "
        f"{-s * 1.02:.1f},{-t + 12:.1f} {-s:.1f},{-t + 36:.1f} "
        f"C{-s:.1f},{-t * 0.62:.1f} {-w:.1f},{-t * 0.5:.1f} {-w:.1f},{-t * 0.36:.1f} "
        f"L{-h:.1f},6 L{-h * 0.5:.1f},14 "
        f"C{-w * 0.2:.1f},{-t * 0.4:.1f} {-s * 0.5:.1f},{-t * 0.7:.1f} {-s * 0.36:.1f},{-t - 2:.1f} Z"
    )
    return group(path(d, colour) + path(side, shade(colour, 0.6), opacity=0.28), turn=pose.lean)


def skirt(look: Look, pose: Pose, body: Body, joints: Joints) -> str:
    top, bottom = look.wears("top"), look.wears("bottom")
    style = bottom if bottom in {"skirt", "longskirt"} else top
    if style not in SKIRTED | {"skirt", "longskirt"}:
        return ""
    colour = look.colour("bottom") if style == bottom else look.colour("top")
    length = {
        "tutu": 0.34,
        "dress": 0.62,
        "skirt": 0.6,
        "coat": 0.56,
        "raincoat": 0.56,
        "labcoat": 0.5,
        "tunic": 0.36,
        "longskirt": 0.96,
        "cassock": 0.97,
        "gown": 1.0,
        "robe": 0.98,
        "kimono": 0.97,
        "bridal": 1.0,
    }[style]
    full = body.thigh + body.shin + body.foot
    dark = shade(colour, 0.6)
    if pose.seat == "knee" and max(pose.thighs) > 40:
        return _kneeling(body, joints, colour, length)
    if is_seated(pose):
        return _draped(body, joints, colour, min(length, 0.96))
    hem_y = full * length if style not in LONG else joints.ground_y - 3
    flare = {
        "tutu": 2.5,
        "gown": 1.9,
        "bridal": 2.3,
        "dress": 1.5,
        "raincoat": 1.35,
        "coat": 1.25,
        "robe": 1.35,
    }.get(style, 1.2)
    left, right = -body.hip * flare, body.hip * flare
    for side in (0, 1):
        for at in (joints.knees[side], towards(joints.knees[side], joints.ankles[side], 0.7)):
            if at[1] < hem_y + 30:
                left, right = min(left, at[0] - 24 * body.limb), max(right, at[0] + 24 * body.limb)
    top_y = -body.torso * 0.34 if style not in {"skirt", "longskirt"} else -body.torso * 0.3
    w = body.waist * (1.1 if style in {"coat", "raincoat", "robe", "cassock"} else 1.0)
    lean = top_y * -pose.lean / 57.3
    if style == "tutu":
        d = (
            f"M{-w + lean:.1f},{top_y:.1f} C{left:.1f},{top_y + 24:.1f} "
            f"{left * 1.1:.1f},{hem_y * 0.5:.1f} {left:.1f},{hem_y:.1f} Q0,{hem_y + 18:.1f} "
            f"{right:.1f},{hem_y:.1f} C{right * 1.1:.1f},{hem_y * 0.5:.1f} "
            f"{right:.1f},{top_y + 24:.1f} {w + lean:.1f},{top_y:.1f} Z"
        )
        frill = stroke(f"M{left:.1f},{hem_y:.1f} Q0,{hem_y + 18:.1f} {right:.1f},{hem_y:.1f}", shade(colour, 1.35), 8)
        return path(d, colour) + frill
    bend = 12 if style not in LONG else 5
    d = (
        f"M{-w + lean:.1f},{top_y:.1f} C{-body.hip * 1.32:.1f},{-4} "
        f"{left * 0.8:.1f},{hem_y * 0.5:.1f} {left:.1f},{hem_y:.1f} "
        f"Q{(left + right) / 2:.1f},{hem_y + bend:.1f} {right:.1f},{hem_y - 4:.1f} "
        f"C{right * 0.8:.1f},{hem_y * 0.5:.1f} {body.hip * 1.32:.1f},{-4} {w + lean:.1f},{top_y:.1f} Z"
    )
    side_d = (
        f"M{-w + lean:.1f},{top_y:.1f} C{-body.hip * 1.32:.1f},{-4} "
        f"{left * 0.8:.1f},{hem_y * 0.5:.1f} {left:.1f},{hem_y:.1f} "
        f"L{left * 0.4 + right * 0.1:.1f},{hem_y + bend * 0.5:.1f} "
        f"C{left * 0.3:.1f},{hem_y * 0.4:.1f} {-w * 0.4:.1f},20 "
        f"{-w * 0.4 + lean:.1f},{top_y:.1f} Z"
    )
    folds = "".join(
        stroke(
            f"M{x * 0.4:.1f},{hem_y * 0.3:.1f} Q{x * 0.8:.1f},{hem_y * 0.6:.1f} {x:.1f},{hem_y - 6:.1f}",
            dark,
            3,
            opacity=0.35,
        )
        for x in (left * 0.35, right * 0.3, right * 0.66)
    )
    opening = (
        stroke(f"M{body.shoulder * 0.3:.1f},0 L{right * 0.35:.1f},{hem_y:.1f}", dark, 3)
        if style in {"coat", "raincoat", "labcoat"}
        else ""
    )
    return path(d, colour) + path(side_d, dark, opacity=0.28) + (opening or folds)


def _kneeling(body: Body, joints: Joints, colour: str, length: float) -> str:
    """A skirt over one raised knee, its hem on the ground."""
    limb, (near, far) = body.limb, joints.knees
    hem = min(joints.ground_y - 4, far[1] + (length - 0.3) * 1.3 * body.shin)
    d = (
        f"M{-body.hip * 1.1:.1f},-8 L{body.hip:.1f},-12 Q{far[0]:.1f},{far[1] - 44 * limb:.1f} {far[0] + 30 * limb:.1f},{far[1]:.1f} "
        f"L{far[0] + 26 * limb:.1f},{hem:.1f} Q{(near[0] + far[0]) / 2:.1f},{hem + 10:.1f} {near[0] - 70 * limb:.1f},{near[1] + 12 * limb:.1f} "
        f"Q{-body.hip * 1.7:.1f},{near[1] * 0.5:.1f} {-body.hip * 1.1:.1f},-8 Z"
    )
    fold = stroke(
        f"M{body.hip * 0.4:.1f},10 Q{far[0] * 0.5:.1f},{near[1] * 0.4:.1f} {far[0] * 0.45:.1f},{hem - 8:.1f}",
        shade(colour, 0.6),
        4,
        opacity=0.4,
    )
    return path(d, colour) + fold


def _draped(body: Body, joints: Joints, colour: str, length: float) -> str:
    parts = []
    for side in (1, 0):
        fill = shade(colour, 0.82 if side else 1.0)
        hip, knee, ankle = joints.hips[side], joints.knees[side], joints.ankles[side]
        limb = body.limb
        parts.append(taper(hip, knee, 40 * limb, 30 * limb, fill))
        if length > 0.5:
            end = towards(knee, ankle, min(1.0, (length - 0.42) * 1.75))
            parts.append(taper(knee, end, 30 * limb, 34 * limb, fill))
    return "".join(parts)


def cape(look: Look, pose: Pose, body: Body, joints: Joints) -> str:
    if not look.wears("cape"):
        return ""
    colour = look.colour("cape")
    x, y = joints.neck
    hem = joints.ground_y - 40 if not is_seated(pose) else joints.ground_y * 0.8
    back = -body.shoulder * 2.0 - abs(pose.lean) * 3
    d = (
        f"M{x + 18:.1f},{y + 4:.1f} C{x - body.shoulder:.1f},{y:.1f} "
        f"{-body.shoulder * 1.5:.1f},{y + 60:.1f} {back * 0.8:.1f},{hem * 0.4:.1f} "
        f"L{back:.1f},{hem:.1f} Q{back * 0.3:.1f},{hem + 18:.1f} "
        f"{body.hip * 0.9:.1f},{hem - 6:.1f} L{body.shoulder * 0.9:.1f},{y + 50:.1f} Z"
    )
    fold = stroke(
        f"M{-body.shoulder:.1f},{y + 70:.1f} Q{back * 0.6:.1f},{hem * 0.4:.1f} {back * 0.6:.1f},{hem:.1f}",
        shade(colour, 0.7),
        5,
        opacity=0.6,
    )
    return path(d, shade(colour, 0.9)) + fold


def pack(look: Look, body: Body, joints: Joints, pose: Pose) -> str:
    if not look.wears("pack"):
        return ""
    colour = look.colour("pack")
    s, t = body.shoulder, body.torso
    if look.wears("pack") == "lifepack":
        return group(
            rect(-s * 2.0, -t - 4, s * 1.5, t * 0.86, "#c3cbd2", round_=14)
            + rect(-s * 1.9, -t * 0.6, s * 0.9, 14, "#8d98a5"),
            turn=pose.lean,
        )
    if look.wears("pack") == "wings":
        wing = (
            f"M{-s * 0.4:.1f},{-t * 0.8:.1f} C{-s * 3:.1f},{-t * 1.7:.1f} "
            f"{-s * 4.6:.1f},{-t * 1.1:.1f} {-s * 4.2:.1f},{-t * 0.1:.1f} "
            f"C{-s * 3.4:.1f},{-t * 0.4:.1f} {-s * 3:.1f},{0} {-s * 2.4:.1f},{t * 0.1:.1f} "
            f"C{-s * 2:.1f},{-t * 0.3:.1f} {-s:.1f},{-t * 0.3:.1f} "
            f"{-s * 0.3:.1f},{-t * 0.5:.1f} Z"
        )
        return path(wing, colour) + stroke(
            (
                f"M{-s * 4:.1f},{-t * 0.3:.1f} C{-s * 3.6:.1f},{-t:.1f} "
                f"{-s * 2.4:.1f},{-t * 1.1:.1f} {-s * 0.6:.1f},{-t * 0.7:.1f}"
            ),
            shade(colour, 0.8),
            5,
        )
    return group(
        rect(-s * 1.75, -t + 4, s * 1.2, t * 0.7, colour, round_=20)
        + rect(-s * 1.7, -t * 0.55, s * 0.7, t * 0.25, shade(colour, 0.78), round_=10),
        turn=pose.lean,
    )


def scarf(look: Look, joints: Joints, body: Body, pose: Pose) -> str:
    if not look.wears("scarf"):
        return ""
    colour = look.colour("scarf")
    x, y = joints.neck
    wrap = ellipse(x + 4, y - 1, 34 * body.limb, 15 * body.limb, colour, turn=pose.lean)
    tail = path(
        (
            f"M{x - 20:.1f},{y:.1f} C{x - 60:.1f},{y + 6:.1f} {x - 74:.1f},{y + 30:.1f} "
            f"{x - 108:.1f},{y + 26:.1f} L{x - 104:.1f},{y + 52:.1f} "
            f"C{x - 70:.1f},{y + 56:.1f} {x - 40:.1f},{y + 36:.1f} {x - 8:.1f},{y + 14:.1f} "
            "Z"
        ),
        shade(colour, 0.86),
    )
    return tail + wrap
