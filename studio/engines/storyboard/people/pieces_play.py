"""What is played and ridden: cello, harp, accordion, skis, boards, a skipping rope, juggling balls; in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import Held
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, shade, stroke

_VARNISH, _BRASS = "#94502a", "#d2a23e"


def cello(joints: Joints, body: Body) -> Held:
    """A cello between the knees, its neck at the left hand, the bow across its strings."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    low = g / k
    belly = (
        path(
            "M0,-118 C44,-120 62,-92 56,-60 C50,-38 38,-30 42,-8 C50,12 78,26 76,72 C72,118 38,134 0,134 "
            "C-38,134 -72,118 -76,72 C-78,26 -50,12 -42,-8 C-38,-30 -50,-38 -56,-60 C-62,-92 -44,-120 0,-118 Z",
            _VARNISH,
        )
        + path(
            "M0,-106 C-40,-104 -50,-86 -46,-62 C-40,-40 -28,-34 -32,-6 C-42,16 -64,30 -62,70 C-60,100 -40,118 -10,122 Z",
            shade(_VARNISH, 1.25),
            opacity=0.7,
        )
        + stroke("M-28,18 q-8,18 4,40 M28,18 q8,18 -4,40", "#4a2414", 5)
        + path("M-11,70 H11 L6,122 H-6 Z", "#2b1d18")
        + rect(-15, 40, 30, 7, "#d8b07a")
    )
    neck = (
        rect(-8, -292, 16, 196, "#3a261a", round_=4)
        + path("M-10,-330 Q14,-336 12,-312 L9,-286 H-9 Z", "#5e3019")
        + stroke("M-20,-308 h40 M-18,-296 h36", "#2b1d18", 5)
    )
    strings = stroke("M-4,-284 L-5,72 M0,-284 V72 M4,-284 L5,72", "#e6dcc0", 1.6)
    spike = stroke(f"M0,134 V{low - 64:.0f}", "#59616b", 6)
    whole = group(spike + belly + neck + strings, x=98 * k, y=64 * k, turn=-7, scale=k)
    bow = group(
        stroke("M-30,-6 Q80,-22 196,2", "#5a3b26", 6) + stroke("M-28,4 L194,6", "#efe6d0", 3), x=x, y=y, turn=4, scale=k
    )
    return Held(middle=whole, front=bow)


def harp(joints: Joints, body: Body) -> Held:
    """A tall gilt harp before the player, its strings under both hands."""
    k, g = size_of(body), joints.ground_y
    low = g / k
    frame = (
        stroke(f"M246,{low - 26:.0f} V-300", _BRASS, 20)
        + stroke("M246,-300 C200,-320 180,-236 110,-226 C76,-222 66,-236 58,-250", _BRASS, 20)
        + path(f"M46,-252 L74,-256 L256,{low - 30:.0f} L216,{low - 18:.0f} Z", "#a8732e")
        + rect(200, low - 26, 82, 26, "#8a5c24", round_=5)
        + ellipse(248, -312, 22, 22, "#e6c35c")
    )
    strings = "".join(
        stroke(
            f"M{82 + 20 * n},{-224 - 4 * n if n < 5 else -248 - 9 * (n - 5)} L{84 + 19.5 * n:.0f},{-222 + (low + 190) * (n + 0.6) / 8.6:.0f}",
            "#f3ecd8",
            2.6,
        )
        for n in range(8)
    )
    return Held(middle=group(frame + strings, scale=k))


def accordion(joints: Joints, body: Body) -> Held:
    """The bellows drawn out between both hands."""
    k = size_of(body)
    (ax, ay), (bx, by) = joints.hands
    left, right, y = ax - 6 * k, bx + 6 * k, (ay + by) / 2 - 18 * k
    wide = (right - left) / k
    pleats = "".join(
        path(
            f"M{24 + (wide - 48) * n / 8:.1f},-52 l{(wide - 48) / 16:.1f},-10 l{(wide - 48) / 16:.1f},10 V52 l{-(wide - 48) / 16:.1f},10 l{-(wide - 48) / 16:.1f},-10 Z",
            "#2b2d36" if n % 2 else "#f0e6d0",
        )
        for n in range(8)
    )
    near = rect(-22, -70, 52, 140, "#a8203a", round_=8) + "".join(
        rect(-14, -58 + 16 * n, 20, 10, "#f6f2e8", round_=2) for n in range(8)
    )
    far = rect(wide - 30, -66, 48, 132, "#a8203a", round_=8) + "".join(
        ellipse(wide - 8, -46 + 18 * n, 4.5, 4.5, "#f6f2e8") for n in range(6)
    )
    return Held(middle=group(pleats + far, x=left, y=y, scale=k), front=group(near, x=left, y=y, scale=k))


def saxophone(joints: Joints, body: Body) -> Held:
    """A saxophone from the mouth down to its upturned bell."""
    h, k = body.head / 100, size_of(body)
    x, y = joints.chin[0] + 44 * h, joints.chin[1] - 14 * h
    horn = stroke("M0,0 Q34,-16 40,26", "#2b2d36", 9) + stroke("M40,20 L62,190 Q72,236 112,230", _BRASS, 22)
    bell = path("M96,242 C136,246 140,196 146,150 L206,132 C200,210 170,266 108,252 Z", _BRASS) + ellipse(
        176, 141, 32, 11, "#8a6520", turn=-16
    )
    keys = "".join(ellipse(48 + 3.4 * n, 60 + 26 * n, 8, 8, "#f0d88c") for n in range(5))
    return Held(middle=group(horn + bell + keys, x=x, y=y, scale=k))


def skis(joints: Joints, body: Body) -> Held:
    """A pair of skis under the feet, sticks in the hands, snow thrown up behind."""
    k, g = size_of(body), joints.ground_y
    (ax, ay), (bx, by) = joints.hands
    ski = path("M-190,-6 H196 Q238,-10 252,-40 Q250,4 206,8 H-190 Z", "#c23b34")
    sticks = stroke(
        f"M{ax + 12 * k:.1f},{ay - 22 * k:.1f} L{ax - 120 * k:.1f},{g - 20 * k:.1f} M{bx + 12 * k:.1f},{by - 22 * k:.1f} L{bx - 96 * k:.1f},{g - 34 * k:.1f}",
        "#33373f",
        7 * k,
    )
    snow = "".join(
        ellipse(dx, dy, r, r * 0.8, "#f4f8fa", opacity=0.85)
        for dx, dy, r in ((-200, -10, 26), (-240, -26, 22), (-280, -12, 18), (-224, -46, 14), (-310, -34, 12))
    )
    return Held(
        behind=group(ski, x=34 * k, y=g - 8 * k, scale=k) + group(snow, y=g, scale=k),
        middle=sticks,
        front=group(ski, y=g + 4 * k, scale=k),
    )


def surfboard(joints: Joints, body: Body) -> Held:
    """A board on the face of a wave that curls over behind."""
    k, g = size_of(body), joints.ground_y
    wave = path(
        "M-420,40 C-380,-120 -300,-330 -60,-392 C40,-408 120,-380 150,-330 C90,-352 20,-330 0,-270 C-20,-190 40,-60 330,-8 L560,40 Z",
        "#3f93b0",
    )
    face = path(
        "M-60,-392 C40,-408 120,-380 150,-330 C90,-352 20,-330 0,-270 C-20,-190 40,-60 330,-8 C120,-20 -60,-90 -90,-230 C-100,-300 -90,-350 -60,-392 Z",
        "#6fc0d2",
    )
    crest = "".join(
        ellipse(dx, dy, r, r * 0.7, "#f0f8fa", opacity=0.92)
        for dx, dy, r in ((150, -326, 26), (118, -352, 30), (76, -372, 26), (30, -386, 22), (168, -296, 16))
    )
    foam = "".join(
        ellipse(dx, dy, r, r * 0.7, "#f0f8fa", opacity=0.92)
        for dx, dy, r in ((-330, 10, 60), (-230, 22, 50), (-120, 30, 44), (60, 34, 50), (220, 34, 56), (380, 34, 44))
    )
    board = path("M-170,-14 Q40,-26 214,-44 Q170,8 20,14 Q-120,16 -170,-14 Z", "#f0cf5a") + stroke(
        "M-150,-12 Q30,-14 190,-38", "#c23b34", 7
    )
    return Held(
        behind=group(wave + face + crest, x=-60 * k, y=g - 62 * k, scale=1.6 * k),
        front=group(board + group(foam, y=-46), y=g - 4 * k, scale=k),
    )


def skateboard(joints: Joints, body: Body) -> Held:
    k, g = size_of(body), joints.ground_y
    deck = path(
        "M-150,-38 Q-128,-20 -104,-20 H104 Q132,-20 152,-42 L158,-32 Q136,-6 106,-8 H-106 Q-136,-8 -158,-28 Z",
        "#c23b34",
    )
    wheels = "".join(ellipse(at, 8, 17, 17, "#f0e6d0") + ellipse(at, 8, 6, 6, "#33373f") for at in (-84, 84))
    dash = stroke("M-200,-10 h-70 M-190,14 h-110 M-206,-34 h-44", "#ffffff", 6, opacity=0.6)
    return Held(behind=group(dash, y=g, scale=k), front=group(deck + wheels, x=10 * k, y=g - 4 * k, scale=k))


def skipping_rope(joints: Joints, body: Body) -> Held:
    """A rope in a wide arc overhead from hand to hand."""
    k = size_of(body)
    (ax, ay), (bx, by) = joints.hands
    high = -body.stature * 0.98
    loop = stroke(
        f"M{ax:.1f},{ay:.1f} C{ax - 170 * k:.1f},{high:.1f} {bx + 170 * k:.1f},{high:.1f} {bx:.1f},{by:.1f}",
        "#e0a02f",
        8 * k,
    )
    grips = "".join(rect(x - 6 * k, y - 10 * k, 12 * k, 34 * k, "#c23b34", round_=4) for x, y in joints.hands)
    return Held(behind=loop, front=grips)


def juggling_balls(joints: Joints, body: Body) -> Held:
    """Balls in an arc from hand to hand."""
    k = size_of(body)
    (ax, ay), (bx, by) = joints.hands
    middle, top = (ax + bx) / 2, -body.torso - body.head * 2.1
    art = "".join(
        ellipse(x, y, 23 * k, 23 * k, colour) + ellipse(x - 7 * k, y - 7 * k, 7 * k, 6 * k, "#ffffff", opacity=0.5)
        for x, y, colour in (
            (ax + 4 * k, ay - 26 * k, "#c23b34"), (bx + 4 * k, by - 26 * k, "#3d6cb0"), (middle - 96 * k, top + 110 * k, "#e8b830"),
            (middle - 10 * k, top, "#4c8a4f"), (middle + 92 * k, top + 90 * k, "#dd7f33"),
        )
    )  # fmt: skip
    return Held(front=art)


def barbell(joints: Joints, body: Body) -> Held:
    """A loaded bar held overhead."""
    k = size_of(body)
    (ax, ay), (bx, by) = joints.hands
    x, y = (ax + bx) / 2, (ay + by) / 2 - 6 * k
    disc = rect(-12, -84, 24, 168, "#2e3138", round_=8) + rect(16, -58, 18, 116, "#4a505a", round_=6)
    bar = rect(-250, -7, 500, 14, "#9aa3ab", round_=6)
    return Held(
        middle=group(bar, x=x, y=y, scale=k),
        front=group(group(disc, x=196) + group(disc, x=-196, flip=True), x=x, y=y, scale=k),
    )


def swing(joints: Joints, body: Body) -> Held:
    """The board of a swing under somebody, its ropes going up through the hands."""
    k = size_of(body)
    (ax, ay), (bx, by) = joints.hands
    high = -body.stature * 1.2
    ropes = stroke(
        f"M{-8 * k:.1f},{38 * k:.1f} L{ax:.1f},{ay:.1f} L{ax + 66 * k:.1f},{high:.1f} M{16 * k:.1f},{38 * k:.1f} L{bx:.1f},{by:.1f} L{bx + 66 * k:.1f},{high:.1f}",
        "#b99a66",
        8 * k,
    )
    bough = stroke(f"M{-160 * k:.1f},{high + 10 * k:.1f} L{340 * k:.1f},{high - 20 * k:.1f}", "#5e4330", 34 * k)
    return Held(behind=bough + ropes + rect(-64 * k, 32 * k, 132 * k, 16 * k, "#8a6238", round_=4))


def drawn_bow(joints: Joints, body: Body) -> Held:
    """A bow bent in the far hand, its string and arrow drawn back to the near one."""
    k = size_of(body)
    (ax, ay), (x, y) = joints.hands
    limb = stroke(
        f"M{x - 26 * k:.1f},{y - 150 * k:.1f} Q{x + 40 * k:.1f},{y:.1f} {x - 26 * k:.1f},{y + 150 * k:.1f}",
        "#6d4a2c",
        11 * k,
    )
    string = stroke(
        f"M{x - 26 * k:.1f},{y - 150 * k:.1f} L{ax + 8 * k:.1f},{ay:.1f} L{x - 26 * k:.1f},{y + 150 * k:.1f}",
        "#efe6d0",
        3 * k,
    )
    shaft = stroke(f"M{ax:.1f},{ay:.1f} L{x + 74 * k:.1f},{y:.1f}", "#a9794a", 5 * k)
    tip = group(path("M0,-9 L30,0 L0,9 Z", "#aab4be"), x=x + 70 * k, y=y, scale=k)
    vane = group(path("M0,-4 l-16,-10 l-14,0 l10,12 l-10,12 l14,0 l16,-8 Z", "#c23b34"), x=ax + 18 * k, y=ay, scale=k)
    return Held(middle=limb + string, front=shaft + tip + vane)
