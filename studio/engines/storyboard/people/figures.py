"""Whole people, dressed and posed, as vector art looking right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from studio.engines.storyboard.people import props, seats, set_pieces
from studio.engines.storyboard.people.body import Body, Joints, Pose, body_of, joints_of
from studio.engines.storyboard.people.fronts import torso_details
from studio.engines.storyboard.people.garments import (
    BARE_ARMS,
    LONG,
    SKIRTED,
    cape,
    is_seated,
    pack,
    scarf,
    skirt,
    torso,
    towards,
)
from studio.engines.storyboard.people.heads import Look, Mood, head
from studio.engines.storyboard.people.held import Held
from studio.engines.storyboard.people.poses import pose_of
from studio.engines.storyboard.sheet.sprites import Drawing, Glow
from studio.engines.storyboard.sheet.vector import Point, ellipse, group, path, rect, shade, taper

_DRAUGHTS = {"boat": 100.0, "helm": 120.0}
"""How far below the rower's hip, the helmsman's feet, the water line of a hull is."""


def person(
    look: Look, pose_name: str, mood: Mood, held: tuple[str, ...], seat: str = "", paint: str = "", *, is_close: bool
) -> Drawing:
    """``look`` in the pose ``pose_name`` (unknown ones stand), with ``held`` in the hands, on ``seat``.

    ``paint`` is the colour of what the pose is done at (``set_pieces.piece``).
    """
    pose = _bent(pose_of(pose_name), look)
    if seat and pose.seat in {"chair", "rock"}:
        pose = replace(pose, seat=seat)
    body = body_of(look.age, look.gender)
    joints = joints_of(body, pose)
    at = set_pieces.piece(pose.piece, joints, body, paint)
    art, lights = _assembled(look, pose, body, joints, mood, held, Held() if pose.turn else at, is_close)
    reach = body.stature
    foot = (0.0, joints.ground_y + pose.lift * body.torso / 192)
    if pose.turn:
        middle = -body.torso * 0.2
        art = group(group(art, y=-middle), turn=pose.turn)
        is_lying = abs(pose.turn) > 80
        foot = (0.0, 62.0 * body.limb) if is_lying else (0.0, body.stature * 0.5)
        if pose.piece == "bed":
            foot = (0.0, 36 * body.limb + 128 * body.torso / 192)
        if pose.piece in {"park_bench", "sofa"}:
            foot = (0.0, 36 * body.limb + 116 * body.torso / 192)
        if pose.piece == "water":
            art, foot = _to_the_water_line(art, reach), (0.0, 24 * body.torso / 192)
        art = at.behind + art + at.front
    if pose.piece in _DRAUGHTS:
        foot = (0.0, (joints.ground_y if pose.piece == "helm" else 0.0) + _DRAUGHTS[pose.piece] * body.torso / 192)
    box = (-reach * 1.1, -reach * 1.4, reach * 1.3, reach * 0.95)
    return Drawing(art, box, foot, body.stature, (*lights, *at.lights))


def _to_the_water_line(art: str, reach: float) -> str:
    """``art`` with what is under water taken away."""
    box = f'<rect x="{-2 * reach:.0f}" y="{-2 * reach:.0f}" width="{4 * reach:.0f}" height="{2 * reach + 24:.0f}"/>'
    return f'<clipPath id="afloat">{box}</clipPath><g clip-path="url(#afloat)">{art}</g>'


def _bent(pose: Pose, look: Look) -> Pose:
    if look.age != "old" or pose.turn:
        return pose
    return replace(pose, lean=pose.lean + 6, nod=pose.nod + 8)


def _assembled(
    look: Look, pose: Pose, body: Body, joints: Joints, mood: Mood, held: tuple[str, ...], at: Held, is_close: bool
) -> tuple[str, tuple[Glow, ...]]:
    behind_head, front_head = head(look, mood, is_close=is_close)
    turn = pose.lean * 0.5 + pose.nod
    scale = body.head / 100
    place: dict[str, Any] = {"x": joints.chin[0] + 2 * scale, "y": joints.chin[1] - 2, "turn": turn, "scale": scale}
    far_hand, near_hand = props.drawn(held, joints, body)
    lights = (*far_hand.lights, *near_hand.lights)
    is_long = look.wears("top") in LONG
    legs = [_leg(look, pose, body, joints, 1), _leg(look, pose, body, joints, 0)]
    parts = [
        at.behind,
        seats.seat(pose.seat, joints, body),
        far_hand.behind,
        near_hand.behind,
        cape(look, pose, body, joints),
        pack(look, body, joints, pose),
        _arm(look, body, joints, 1),
        far_hand.middle,
        far_hand.front,
        group(behind_head, **place),
        *(() if is_long and not is_seated(pose) else legs),
        *((_shoe(look, joints, body, pose, 1), _shoe(look, joints, body, pose, 0)) if is_long else ()),
        _neck(look, joints, body),
        torso(look, pose, body, joints),
        skirt(look, pose, body, joints),
        torso_details(look, pose, body, joints),
        group(front_head, **place),
        scarf(look, joints, body, pose),
        at.middle,
        near_hand.middle,
        _arm(look, body, joints, 0),
        near_hand.front,
        at.front,
    ]
    return "".join(parts), lights


def _leg(look: Look, pose: Pose, body: Body, joints: Joints, side: int) -> str:
    limb = body.limb
    bottom, top = look.wears("bottom"), look.wears("top")
    colour = look.colour("bottom") if bottom else look.skin
    if bottom in {"skirt", "longskirt"} or (not bottom and top in SKIRTED):
        colour = look.colour("legs", look.skin) if look.wears("legs") else look.skin
    tone = 0.8 if side else 1.0
    fill = shade(colour, tone)
    hip, knee, ankle = joints.hips[side], joints.knees[side], joints.ankles[side]
    is_wide = bottom in {"trousers", "overalls", "armour", "spacesuit"}
    radii = (34 * limb, 24 * limb, (17 if is_wide else 13) * limb)
    if bottom == "spacesuit":
        radii = (40 * limb, 34 * limb, 27 * limb)
    shin = taper(knee, ankle, radii[1], radii[2], fill)
    thigh = taper(hip, knee, radii[0], radii[1], fill)
    if bottom == "shorts":
        bare = shade(look.skin, tone)
        middle = (hip[0] + (knee[0] - hip[0]) * 0.75, hip[1] + (knee[1] - hip[1]) * 0.75)
        shin = taper(hip, knee, 24 * limb, 18 * limb, bare) + taper(knee, ankle, 18 * limb, 11 * limb, bare)
        thigh = taper(hip, middle, radii[0], 28 * limb, fill)
    elif not is_wide:
        shin = taper(knee, ankle, 19 * limb, 11 * limb, fill)
        thigh = taper(hip, knee, 30 * limb, 19 * limb, fill)
    cuff = ""
    if bottom == "armour":
        cuff = ellipse(*knee, 23 * limb, 23 * limb, shade(colour, 1.15 * tone))
    return shin + thigh + cuff + _shoe(look, joints, body, pose, side)


def _shoe(look: Look, joints: Joints, body: Body, pose: Pose, side: int) -> str:
    limb, ankle = body.limb, joints.ankles[side]
    style = look.wears("shoes") or "shoes"
    colour = shade(look.colour("shoes", "#3a2d28"), 0.82 if side else 1.0)
    if style == "barefoot":
        colour = shade(look.skin, 0.82 if side else 1.0)
    pitch = pose.toes[side]
    is_hanging = pose.shins[side] < -60
    if is_hanging:
        pitch = 158 if pose.seat == "knee" else max(pitch, 60)
    f = body.foot
    shoe = path(
        f"M{-17 * limb:.1f},{-10 * limb:.1f} C{-20 * limb:.1f},{f * 0.6:.1f} "
        f"{-18 * limb:.1f},{f:.1f} {-12 * limb:.1f},{f:.1f} "
        f"L{42 * limb:.1f},{f:.1f} C{48 * limb:.1f},{f:.1f} "
        f"{46 * limb:.1f},{f - 13 * limb:.1f} {34 * limb:.1f},{f - 17 * limb:.1f} "
        f"C{22 * limb:.1f},{f - 22 * limb:.1f} {16 * limb:.1f},{-6 * limb:.1f} "
        f"{15 * limb:.1f},{-12 * limb:.1f} Z",
        colour,
    )
    sole = (
        ""
        if style == "barefoot"
        else rect(-16 * limb, f - 4 * limb, 60 * limb, 4 * limb, shade(colour, 0.62), round_=2)
    )
    boot = ""
    if style == "boots":
        knee = joints.knees[side]
        t = 0.55
        top = (ankle[0] + (knee[0] - ankle[0]) * t, ankle[1] + (knee[1] - ankle[1]) * t)
        boot = taper(top, ankle, 24 * limb, 18 * limb, colour)
    return boot + group(shoe + sole, x=ankle[0], y=ankle[1], turn=pitch)


def _arm(look: Look, body: Body, joints: Joints, side: int) -> str:
    limb = body.limb
    top = look.wears("top")
    tone = 0.76 if side else 1.0
    sleeve = shade(look.colour("top"), tone * (1.0 if side else 1.07))
    skin = shade(look.skin, 0.84 if side else 1.0)
    shoulder, elbow, hand = joints.shoulders[side], joints.elbows[side], joints.hands[side]
    glove = shade(look.colour("gloves"), tone) if look.wears("gloves") else skin
    reach = 5 if top in BARE_ARMS or top == "tshirt" else 15
    fist = ellipse(*_beyond(elbow, hand, reach * limb), 13.5 * limb, 13.5 * limb, glove)
    if top in BARE_ARMS or top == "tshirt":
        arm = taper(shoulder, elbow, 20 * limb, 14 * limb, skin) + taper(elbow, hand, 14 * limb, 10 * limb, skin)
        cap = ""
        if top != "vest":
            short = _beyond(elbow, shoulder, -0.62 * body.upper_arm)
            cap = taper(
                shoulder,
                short if top == "tshirt" else towards(shoulder, elbow, 0.3),
                24 * limb,
                21 * limb,
                sleeve,
            )
        return fist + arm + cap
    wide = {
        "robe": 30,
        "kimono": 32,
        "cassock": 26,
        "spacesuit": 27,
        "coat": 20,
        "raincoat": 21,
        "armour": 19,
    }.get(top, 17)
    arm = taper(shoulder, elbow, 25 * limb, max(20, wide * 0.9) * limb, sleeve)
    arm += taper(elbow, hand, max(20, wide * 0.86) * limb, wide * limb, sleeve)
    cuff = ellipse(*towards(elbow, hand, 0.94), wide * 0.98 * limb, wide * 0.98 * limb, shade(sleeve, 0.86))
    plate = ellipse(shoulder[0], shoulder[1] + 2, 31 * limb, 27 * limb, shade(sleeve, 1.12)) if top == "armour" else ""
    return fist + cuff + arm + plate


def _beyond(a: Point, b: Point, length: float) -> Point:
    span = max(1e-6, ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5)
    return b[0] + (b[0] - a[0]) / span * length, b[1] + (b[1] - a[1]) / span * length


def _neck(look: Look, joints: Joints, body: Body) -> str:
    s = body.head / 100
    top = (joints.chin[0] - 2 * s, joints.chin[1] - 22 * s)
    return taper((joints.neck[0], joints.neck[1] + 10), top, 17 * s, 15 * s, shade(look.skin, 0.8))
