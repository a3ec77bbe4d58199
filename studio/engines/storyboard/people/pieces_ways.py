"""What people go through, climb, ride and lie in: doors, windows, ladders, boats, a bed; in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import WARM, Held
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, shade, stroke


def door(joints: Joints, body: Body) -> Held:
    """A frame, the light within, and the leaf that swings towards the hand."""
    k, g = size_of(body), joints.ground_y
    hx, _hy = joints.hands[0]
    top = -body.torso - 168 * k
    left, right = hx + 26 * k, hx + 226 * k
    frame = rect(left - 18 * k, top - 18 * k, right - left + 36 * k, g - top + 18 * k, "#5b3d27")
    light = rect(left, top, right - left, g - top, "#ffdf9c")
    deep = path(f"M{right:.1f},{top:.1f} V{g:.1f} h{-58 * k:.1f} V{top:.1f} Z", "#f2b763")
    leaf = path(
        f"M{right:.1f},{top:.1f} L{right + 104 * k:.1f},{top + 34 * k:.1f} V{g + 12 * k:.1f} L{right:.1f},{g:.1f} Z",
        "#8c5a34",
    ) + path(
        f"M{right + 18 * k:.1f},{top + 44 * k:.1f} l{66 * k:.1f},{20 * k:.1f} v{120 * k:.1f} l{-66 * k:.1f},{-14 * k:.1f} Z "
        f"M{right + 18 * k:.1f},{top + 230 * k:.1f} l{66 * k:.1f},{14 * k:.1f} v{120 * k:.1f} l{-66 * k:.1f},{-8 * k:.1f} Z",
        "#74482a",
    )
    floor = path(
        f"M{left:.1f},{g:.1f} H{right:.1f} l{-70 * k:.1f},{12 * k:.1f} H{left - 60 * k:.1f} Z", "#ffe2a6", opacity=0.45
    )
    knob = ellipse(right + 92 * k, (top + g) / 2 + 40 * k, 9 * k, 9 * k, "#d9b45c")
    return Held(
        behind=frame + light + deep + floor + leaf + knob, lights=((left + 100 * k, (top + g) / 2, 150 * k, WARM),)
    )


def shut_door(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    hx, hy = joints.hands[0]
    top, left = -body.torso - 168 * k, hx + 6 * k
    frame = rect(left - 6 * k, top - 20 * k, 232 * k, g - top + 20 * k, "#5b3d27")
    leaf = rect(left + 12 * k, top, 196 * k, g - top, "#8c5a34")
    panels = "".join(
        rect(left + (34 + 92 * i) * k, top + (30 + 210 * j) * k, 62 * k, 160 * k, "#74482a", round_=3)
        for i in (0, 1)
        for j in (0, 1)
    )
    knob = ellipse(left + 30 * k, (top + g) / 2 + 30 * k, 9 * k, 9 * k, "#d9b45c")
    raps = stroke(
        f"M{hx + 2 * k:.1f},{hy - 46 * k:.1f} l{-10 * k:.1f},{-26 * k:.1f} M{hx + 26 * k:.1f},{hy - 46 * k:.1f} l{14 * k:.1f},{-24 * k:.1f}",
        "#ffffff", 6 * k, opacity=0.8,
    )  # fmt: skip
    return Held(behind=frame + leaf + panels + knob, front=raps)


def window(joints: Joints, body: Body) -> Held:
    """A window in the wall whose casements stand open, one in the hand."""
    k = size_of(body)
    hx, hy = joints.hands[0]
    left, top, wide, tall = hx + 44 * k, hy - 150 * k, 190 * k, 270 * k
    frame = rect(left - 14 * k, top - 14 * k, wide + 28 * k, tall + 28 * k, "#6b4a30", round_=3)
    sky = rect(left, top, wide, tall, "#bfe0f2") + rect(left, top + tall * 0.66, wide, tall * 0.34, "#9cc3a0")
    sky += ellipse(left + wide * 0.66, top + tall * 0.28, 26 * k, 26 * k, "#fff4cf")
    sill = rect(left - 26 * k, top + tall + 8 * k, wide + 52 * k, 14 * k, "#7d5838", round_=3)
    leaf = path(
        f"M{left:.1f},{top:.1f} L{left - 66 * k:.1f},{top - 26 * k:.1f} V{top + tall + 34 * k:.1f} L{left:.1f},{top + tall:.1f} Z",
        "#7d5838",
    ) + path(
        f"M{left - 9 * k:.1f},{top + 14 * k:.1f} L{left - 56 * k:.1f},{top - 4 * k:.1f} V{top + tall + 12 * k:.1f} L{left - 9 * k:.1f},{top + tall - 12 * k:.1f} Z",
        "#d8edf5",
    )
    far = path(
        f"M{left + wide:.1f},{top:.1f} l{66 * k:.1f},{-26 * k:.1f} v{tall + 60 * k:.1f} l{-66 * k:.1f},{-34 * k:.1f} Z",
        "#7d5838",
    ) + path(
        f"M{left + wide + 9 * k:.1f},{top + 14 * k:.1f} l{47 * k:.1f},{-18 * k:.1f} v{tall + 16 * k:.1f} l{-47 * k:.1f},{-22 * k:.1f} Z",
        "#d8edf5",
    )
    return Held(
        behind=frame + sky + sill + far + leaf, lights=((left + wide / 2, top + tall / 2, 90 * k, (0.9, 0.95, 1.0)),)
    )


def shut_window(joints: Joints, body: Body) -> Held:
    k = size_of(body)
    hx, hy = joints.hands[0]
    left, top, wide, tall = hx + 20 * k, hy - 190 * k, 180 * k, 240 * k
    frame = rect(left - 14 * k, top - 14 * k, wide + 28 * k, tall + 28 * k, "#6b4a30", round_=3)
    sky = rect(left, top, wide, tall, "#bfe0f2") + rect(left, top + tall * 0.7, wide, tall * 0.3, "#9cc3a0")
    bars = rect(left + wide / 2 - 5 * k, top, 10 * k, tall, "#6b4a30") + rect(
        left, top + tall / 2 - 5 * k, wide, 10 * k, "#6b4a30"
    )
    sill = rect(left - 30 * k, top + tall + 10 * k, wide + 60 * k, 16 * k, "#7d5838", round_=3)
    return Held(behind=frame + sky + bars + sill, lights=((left + wide / 2, top + tall / 2, 70 * k, (0.9, 0.95, 1.0)),))


def ladder(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    x, top, low = 70 * k, -body.torso - 300 * k, g + 150 * k
    rails = stroke(
        f"M{x - 34 * k:.1f},{low:.1f} L{x - 6 * k:.1f},{top:.1f} M{x + 74 * k:.1f},{low:.1f} L{x + 84 * k:.1f},{top:.1f}",
        "#d8ae74",
        15 * k,
    )
    count = 12
    rungs = "".join(
        stroke(
            f"M{x - 32 * k + 26 * k * n / count:.1f},{low + (top - low) * n / count:.1f} h{104 * k - 18 * k * n / count:.1f}",
            "#c2935a",
            11 * k,
        )
        for n in range(1, count)
    )
    return Held(behind=rails + rungs)


def mast(joints: Joints, body: Body) -> Held:
    """A mast with its yard, furled sail and shrouds, from deck to far above the head."""
    k, g = size_of(body), joints.ground_y + 150 * size_of(body)
    x, top = 96 * k, -body.torso - 420 * k
    pole = path(
        f"M{x - 22 * k:.1f},{g:.1f} L{x - 14 * k:.1f},{top:.1f} h{28 * k:.1f} L{x + 22 * k:.1f},{g:.1f} Z", "#7a5334"
    )
    yard = rect(x - 330 * k, top + 40 * k, 660 * k, 20 * k, "#5d3d22", round_=8)
    sail = "".join(
        ellipse(x + at * k, top + 74 * k, 64 * k, 22 * k, "#e9e2d2") for at in (-264, -158, -52, 52, 158, 264)
    )
    lines = stroke(
        "".join(
            f"M{x + at * k:.1f},{g:.1f} L{x + 0.1 * at * k:.1f},{top + 50 * k:.1f} " for at in (-190, -150, 170, 210)
        ),
        "#cdb184",
        5 * k,
    )
    steps = stroke(
        "".join(
            f"M{x - 190 * (1 - t) * k:.1f},{g + (top - g) * t:.1f} h{(46 - 20 * t) * k:.1f} M{x + 166 * (1 - t) * k:.1f},{g + (top - g) * t:.1f} h{(46 - 20 * t) * k:.1f} "
            for t in (n / 14 for n in range(1, 13))
        ),
        "#cdb184",
        4 * k,
    )
    return Held(behind=lines + steps + pole + sail + yard)


def rope(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    x = (joints.hands[0][0] + joints.hands[1][0]) / 2
    return Held(
        behind=stroke(
            f"M{x + 6 * k:.1f},{-body.torso - 420 * k:.1f} L{x:.1f},{joints.hands[0][1]:.1f} Q{x - 8 * k:.1f},{0} {x + 10 * k:.1f},{g + 40 * k:.1f}",
            "#cdb184",
            10 * k,
        )
    )


def rock(joints: Joints, body: Body) -> Held:
    """A steep face of stone with holds for hands and feet."""
    k, g = size_of(body), joints.ground_y + 60 * size_of(body)
    x, top = 66 * k, -body.torso - 250 * k
    face = path(
        f"M{x - 6 * k:.1f},{g:.1f} L{x + 26 * k:.1f},{g - 150 * k:.1f} L{x - 4 * k:.1f},{g - 190 * k:.1f} L{x + 36 * k:.1f},{-60 * k:.1f} "
        f"L{x + 4 * k:.1f},{-110 * k:.1f} L{x + 34 * k:.1f},{top + 90 * k:.1f} L{x + 10 * k:.1f},{top + 56 * k:.1f} L{x + 60 * k:.1f},{top:.1f} "
        f"L{x + 260 * k:.1f},{top - 10 * k:.1f} L{x + 330 * k:.1f},{g:.1f} Z",
        "#7a7671",
    )
    dark = path(
        f"M{x + 60 * k:.1f},{top:.1f} L{x + 120 * k:.1f},{top + 150 * k:.1f} L{x + 80 * k:.1f},{-40 * k:.1f} L{x + 150 * k:.1f},{g:.1f} "
        f"L{x + 330 * k:.1f},{g:.1f} L{x + 260 * k:.1f},{top - 10 * k:.1f} Z",
        "#5f5c5a",
    )
    return Held(behind=face + dark)


def bicycle(joints: Joints, body: Body, paint: str = "#c23b34") -> Held:
    k, g = size_of(body), joints.ground_y
    r = min(100 * k, (g + 10 * k) * 0.36)
    back, fore, y = -118 * k, 196 * k, g - r
    (hx, hy), (ax, ay), (bx, by) = joints.hands[0], joints.ankles[0], joints.ankles[1]
    cx, cy = (ax + bx) / 2 + 6 * k, (ay + by) / 2 + 16 * k
    wheels = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="#26282e" stroke-width="{17 * k:.1f}"/>'
        + "".join(group(rect(-1.2, -r, 2.4, 2 * r, "#8d949c"), x=x, y=y, turn=a) for a in (0, 30, 60, 90, 120, 150))
        for x in (back, fore)
    )
    frame = stroke(
        f"M{back:.1f},{y:.1f} L{cx:.1f},{cy:.1f} L{fore - 42 * k:.1f},{hy + 40 * k:.1f} L{-16 * k:.1f},{44 * k:.1f} L{cx:.1f},{cy:.1f} "
        f"M{back:.1f},{y:.1f} L{-16 * k:.1f},{44 * k:.1f} M{fore:.1f},{y:.1f} L{fore - 48 * k:.1f},{hy + 14 * k:.1f} L{hx - 4 * k:.1f},{hy + 2 * k:.1f}",
        paint, 15 * k,
    )  # fmt: skip
    saddle = rect(-52 * k, 28 * k, 72 * k, 15 * k, "#2d2622", round_=7)
    crank = stroke(
        f"M{ax + 6 * k:.1f},{ay + 20 * k:.1f} L{cx:.1f},{cy:.1f} L{bx + 6 * k:.1f},{by + 20 * k:.1f}", "#3a3d44", 8 * k
    )
    return Held(behind=wheels + frame + saddle + crank)


def boat(joints: Joints, body: Body) -> Held:
    """A rowing boat about its rower: the hull hides the legs, the oars lie in the hands."""
    k, paint = size_of(body), "#8a5a38"
    back, fore, rim, keel = -210 * k, 362 * k, -4 * k, 118 * k
    inner = path(
        f"M{back:.1f},{rim - 26 * k:.1f} Q{60 * k:.1f},{rim + 10 * k:.1f} {fore:.1f},{rim - 44 * k:.1f} L{fore - 60 * k:.1f},{rim + 30 * k:.1f} H{back + 30 * k:.1f} Z",
        shade(paint, 0.6),
    )
    hull = path(
        f"M{back:.1f},{rim - 26 * k:.1f} Q{60 * k:.1f},{rim + 30 * k:.1f} {fore:.1f},{rim - 44 * k:.1f} "
        f"Q{fore - 30 * k:.1f},{keel - 20 * k:.1f} {fore - 130 * k:.1f},{keel:.1f} H{back + 70 * k:.1f} Q{back + 14 * k:.1f},{keel - 30 * k:.1f} {back:.1f},{rim - 26 * k:.1f} Z",
        paint,
    )
    lines = stroke(
        f"M{back + 10 * k:.1f},{rim + 14 * k:.1f} Q{60 * k:.1f},{rim + 66 * k:.1f} {fore - 14 * k:.1f},{rim:.1f} "
        f"M{back + 26 * k:.1f},{rim + 52 * k:.1f} Q{60 * k:.1f},{rim + 98 * k:.1f} {fore - 40 * k:.1f},{rim + 44 * k:.1f}",
        shade(paint, 0.74), 5 * k,
    )  # fmt: skip
    edge = stroke(
        f"M{back:.1f},{rim - 26 * k:.1f} Q{60 * k:.1f},{rim + 30 * k:.1f} {fore:.1f},{rim - 44 * k:.1f}",
        shade(paint, 1.3),
        10 * k,
    )
    (ax, ay), _ = joints.hands
    oars = ""
    if ax > 95 * k:
        blade_x, blade_y = -150 * k, keel - 4 * k
        oars = stroke(f"M{ax:.1f},{ay:.1f} L{blade_x:.1f},{blade_y:.1f}", "#d0ab74", 9 * k) + path(
            f"M{blade_x + 16 * k:.1f},{blade_y - 20 * k:.1f} l{-78 * k:.1f},{34 * k:.1f} l{8 * k:.1f},{22 * k:.1f} l{80 * k:.1f},{-28 * k:.1f} Z",
            "#d0ab74",
        )
    return Held(behind=inner, front=hull + lines + edge + oars)


def bed(joints: Joints, body: Body) -> Held:
    """A bed under somebody who lies with the head to the left; a blanket to the chest."""
    k, limb = size_of(body), body.limb
    left, right = -body.torso - 150 * k, body.thigh + body.shin + 96 * k
    top, low = 36 * limb, 36 * limb + 128 * k
    board = rect(left - 20 * k, top - 120 * k, 24 * k, low - top + 120 * k, "#6b4a30", round_=8) + rect(
        right - 4 * k, top - 60 * k, 20 * k, low - top + 60 * k, "#6b4a30", round_=8
    )
    mattress = rect(left, top, right - left, 62 * k, "#e4dfd3", round_=12) + rect(
        left, top + 56 * k, right - left, 26 * k, "#7d5838"
    )
    pillow = path(
        f"M{left + 8 * k:.1f},{top + 6 * k:.1f} q{10 * k:.1f},{-52 * k:.1f} {64 * k:.1f},{-46 * k:.1f} q{64 * k:.1f},{2 * k:.1f} {66 * k:.1f},{46 * k:.1f} Z",
        "#f7f4ec",
    )
    start = -body.torso * 0.55
    blanket = path(
        f"M{start:.1f},{top + 58 * k:.1f} C{start - 12 * k:.1f},{top - 60 * limb:.1f} {start + 30 * k:.1f},{-64 * limb:.1f} {start + 90 * k:.1f},{-58 * limb:.1f} "
        f"C{right * 0.4:.1f},{-50 * limb:.1f} {right * 0.5:.1f},{-34 * limb:.1f} {right * 0.72:.1f},{-40 * limb:.1f} "
        f"Q{right - 6 * k:.1f},{-48 * limb:.1f} {right - 8 * k:.1f},{top + 60 * k:.1f} Z",
        "#8c3f46",
    )
    fold = path(
        f"M{start:.1f},{top + 40 * k:.1f} C{start - 12 * k:.1f},{top - 62 * limb:.1f} {start + 20 * k:.1f},{-66 * limb:.1f} {start + 62 * k:.1f},{-60 * limb:.1f} "
        f"q{-26 * k:.1f},{50 * k:.1f} {-14 * k:.1f},{body.limb * 92:.1f} Z",
        "#e9e3d6",
    )
    return Held(behind=board + mattress + pillow, front=blanket + fold)


def park_bench(joints: Joints, body: Body) -> Held:
    """A slatted bench under somebody who lies on it."""
    k, top = size_of(body), 36 * body.limb
    left, right, low = -body.torso - 130 * k, body.thigh + body.shin + 70 * k, 36 * body.limb + 116 * k
    wood, iron = "#7d5a3c", "#33373f"
    back = "".join(
        rect(left, top - y * k, right - left, 17 * k, shade(wood, tone), round_=4)
        for y, tone in ((128, 1.1), (98, 1.0), (68, 0.92))
    )
    legs = "".join(rect(x, top - 128 * k, 12 * k, low - top + 128 * k, iron) for x in (left + 34 * k, right - 46 * k))
    return Held(behind=legs + back + rect(left, top, right - left, 18 * k, shade(wood, 1.05), round_=4))


def sofa(joints: Joints, body: Body) -> Held:
    """A sofa under somebody who lies on it."""
    k, top = size_of(body), 36 * body.limb
    left, right, low = -body.torso - 150 * k, body.thigh + body.shin + 90 * k, 36 * body.limb + 116 * k
    cloth = "#5f7480"
    back = rect(left, top - 130 * k, right - left, 200 * k, cloth, round_=26)
    seat = rect(left, top, right - left, low - top - 16 * k, shade(cloth, 0.84), round_=12)
    arms = "".join(
        rect(x, top - 62 * k, 46 * k, low - top + 46 * k, shade(cloth, 0.72), round_=20)
        for x in (left - 22 * k, right - 24 * k)
    )
    feet = "".join(rect(x, low - 18 * k, 18 * k, 18 * k, "#3d281c") for x in (left, right - 18 * k))
    return Held(behind=feet + back + seat + arms)


def water(joints: Joints, body: Body) -> Held:
    """Foam about somebody who swims; the figure is cut at the water line by its drawer."""
    k = size_of(body)
    foam = "".join(
        ellipse(x * k, y * k, rx * k, ry * k, "#eef6f8", opacity=0.85)
        for x, y, rx, ry in ((110, 22, 92, 9), (230, 26, 70, 7), (-60, 26, 110, 8), (-250, 20, 44, 12), (-278, -2, 20, 18), (-236, -8, 14, 12), (330, 18, 30, 9))
    )  # fmt: skip
    return Held(front=foam)
