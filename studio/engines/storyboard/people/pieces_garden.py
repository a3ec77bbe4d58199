"""What is worked with out of doors: hose, rake, barrow, branch of fruit, seedlings, grain, a rope; in body units."""

from __future__ import annotations

from studio.engines.storyboard.people.body import Body, Joints, size_of
from studio.engines.storyboard.people.held import Held
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, shade, stroke

_SHAFT, _EARTH, _LEAF = "#8a6238", "#6a4a30", "#5b8a45"


def hose(joints: Joints, body: Body) -> Held:
    """Water in an arc from the nozzle, the hose in loops on the ground, and the bed it falls on."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    low = (g - y) / k
    pipe = f"M-16,6 C-70,{low * 0.5:.0f} 0,{low * 0.86:.0f} -110,{low - 12:.0f} S-330,{low - 6:.0f} -250,{low - 34:.0f} S-120,{low - 8:.0f} -210,{low:.0f}"
    tube = stroke(pipe, "#2f6b3c", 15) + stroke(pipe, "#58a066", 5, opacity=0.8)
    nozzle = group(
        rect(-22, -10, 44, 20, "#2f6b3c", round_=6)
        + rect(18, -8, 34, 16, "#c99a3a", round_=4)
        + rect(48, -13, 12, 26, "#a97f2c", round_=3),
        turn=-22,
    )
    water = "".join(
        stroke(
            f"M56,-22 Q{150 + 1.2 * d:.0f},{-92 - d * 0.9:.0f} {214 + 2.2 * d:.0f},{low - 62:.0f}",
            "#a9dcf2",
            6,
            opacity=0.9,
        )
        for d in (0, 14, 30, 46, 62)
    )
    drops = "".join(
        ellipse(214 + dx, low - dy, 7, 7, "#d5eefa")
        for dx, dy in ((-14, 78), (20, 66), (60, 74), (104, 60), (146, 76), (0, 112), (90, 106))
    )
    bed = path(f"M150,{low:.0f} q20,-26 70,-24 t90,0 t80,24 Z", _EARTH) + "".join(
        group(_SEEDLING, x=at, y=low - 18, scale=size)
        for at, size in ((186, 0.8), (242, 1.1), (302, 0.95), (352, 0.75))
    )
    return Held(
        behind=group(bed, x=x, y=y, scale=k),
        middle=group(tube + water + drops, x=x, y=y, scale=k),
        front=group(nozzle, x=x, y=y, scale=k),
    )


_SEEDLING = (
    stroke("M0,0 V-58", "#4d7d45", 6)
    + path("M0,-30 Q-34,-34 -40,-62 Q-8,-60 0,-30 Z", _LEAF)
    + path("M0,-38 Q30,-40 38,-70 Q6,-68 0,-38 Z", shade(_LEAF, 1.15))
    + path("M0,-54 Q-14,-72 0,-92 Q14,-72 0,-54 Z", _LEAF)
)


def rake(joints: Joints, body: Body) -> Held:
    """A rake drawn through fallen leaves, a heap of them beyond."""
    k, g = size_of(body), joints.ground_y
    (ax, ay), (bx, _) = joints.hands
    x = bx + 110 * k
    heap = path("M20,0 Q50,-84 130,-92 Q220,-88 250,0 Z", "#b8662c") + "".join(
        ellipse(dx, dy, 15, 9, colour, turn=turn)
        for dx, dy, colour, turn in (
            (60, -36, "#d98a2e", 20), (96, -66, "#c2502c", -30), (138, -80, "#e0a53a", 10), (176, -62, "#c2502c", 40), (206, -30, "#d98a2e", -20),
            (130, -38, "#e0a53a", -40), (96, -20, "#8f4a26", 15), (166, -16, "#d98a2e", 30), (10, -6, "#c2502c", 0), (-36, -4, "#e0a53a", 25), (268, -8, "#c2502c", -15),
        )
    )  # fmt: skip
    shaft = stroke(f"M{ax - 30 * k:.1f},{ay - 76 * k:.1f} L{x:.1f},{g - 34 * k:.1f}", _SHAFT, 10 * k)
    comb = stroke("M-40,-22 L44,-38", "#59616b", 9) + stroke(
        "M-38,-22 l6,24 M-20,-26 l6,26 M0,-30 l6,28 M20,-34 l6,30 M40,-38 l6,32", "#59616b", 5
    )
    return Held(behind=group(heap, x=x, y=g, scale=k), middle=shaft + group(comb, x=x, y=g, scale=k))


def barrow(joints: Joints, body: Body) -> Held:
    """A wheelbarrow full of earth, its shafts in the hands."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    drop = (g - y) / k
    load = (
        path("M70,-44 Q150,-124 300,-44 Z", _EARTH)
        + ellipse(150, -78, 16, 11, "#85603f")
        + ellipse(210, -72, 20, 12, "#7a5638")
    )
    tray = path("M50,-44 H330 L276,44 H110 Z", "#4f8f6a") + path("M50,-44 H330 L326,-34 H56 Z", "#6fb08a")
    shafts = stroke(f"M-20,0 L120,40 L292,{drop - 60:.0f} M128,40 L112,{drop - 6:.0f}", _SHAFT, 12)
    wheel = (
        ellipse(300, drop - 52, 52, 52, "#2e3138")
        + ellipse(300, drop - 52, 30, 30, "#8a949e")
        + ellipse(300, drop - 52, 8, 8, "#2e3138")
    )
    return Held(middle=group(load + shafts + wheel + tray, x=x, y=y, scale=k))


def branch(joints: Joints, body: Body) -> Held:
    """A branch with apples above, one in the hand, a full basket below."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    high = (g - y) / k
    trunk = path(
        f"M250,{high:.0f} C270,{high * 0.4:.0f} 262,80 236,-40 L300,-150 L330,-140 C304,60 306,{high * 0.5:.0f} 346,{high:.0f} Z",
        "#6b4a30",
    )
    bough = stroke("M290,-80 C210,-110 120,-96 10,-58 M210,-98 C180,-150 130,-170 90,-176", "#6b4a30", 17)
    crown = "".join(
        ellipse(dx, dy, r, r * 0.82, colour)
        for dx, dy, r, colour in (
            (320, -220, 150, "#4a7a3e"),
            (190, -210, 104, "#548746"),
            (90, -170, 70, "#5f9450"),
            (20, -104, 46, "#689d58"),
            (390, -130, 96, "#548746"),
            (130, -110, 52, "#5f9450"),
        )
    )
    apples = "".join(
        ellipse(dx, dy, 17, 17, "#c8352f") + ellipse(dx - 5, dy - 5, 5, 4, "#e9867a")
        for dx, dy in ((66, -132), (150, -96), (196, -176), (280, -250), (330, -150), (250, -104), (120, -206))
    )
    picked = ellipse(8, -12, 17, 17, "#c8352f") + ellipse(3, -17, 5, 4, "#e9867a")
    basket = (
        "".join(ellipse(dx, -64, 16, 15, "#c8352f") for dx in (-34, -8, 18, 40))
        + path("M-58,-62 H58 L44,0 H-44 Z", "#b58a50")
        + stroke("M-54,-42 H54 M-48,-20 H48", "#8a6436", 6)
        + stroke("M-54,-60 C-50,-130 50,-130 54,-60", "#8a6436", 8)
    )
    return Held(
        behind=group(trunk + bough + crown + apples, x=x, y=y, scale=k),
        middle=group(basket, x=120 * k, y=g + 4 * k, scale=k),
        front=group(picked, x=x, y=y, scale=k),
    )


def seedlings(joints: Joints, body: Body) -> Held:
    """A seedling set into a mound of earth, a row of others, a trowel in the hand."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    mound = path("M-60,0 Q-20,-40 40,-36 Q90,-34 116,0 Z", _EARTH) + ellipse(28, -34, 20, 6, "#4a3220")
    row = "".join(
        group(path("M-34,0 Q0,-24 34,0 Z", _EARTH) + group(_SEEDLING, y=-10), x=at, scale=0.8) for at in (176, 250)
    )
    trowel = path("M30,26 Q66,30 74,62 Q40,64 24,36 Z", "#8a949e") + stroke("M28,32 L-4,0", "#a9794a", 13)
    return Held(
        middle=group(row + mound + group(_SEEDLING, x=26, y=-30, scale=1.25), x=x + 40 * k, y=g, scale=k),
        front=group(trowel, x=x, y=y, scale=k),
    )


def flowers(joints: Joints, body: Body) -> Held:
    """Flowers that are picked, a basket of them on the arm."""
    k, g = size_of(body), joints.ground_y
    (x, y), (bx, by) = joints.hands
    bed = "".join(
        stroke(f"M{at},0 q6,-{tall * 0.5:.0f} 0,-{tall}", "#4d7d45", 6)
        + path(f"M{at},-{tall * 0.4:.0f} q24,-6 30,-26 q-26,0 -30,26 Z", _LEAF)
        + _bloom(at, -tall, colour)
        for at, tall, colour in (
            (-10, 74, "#d9728a"),
            (34, 108, "#e8b830"),
            (78, 84, "#f2ece0"),
            (124, 104, "#c23b34"),
            (168, 70, "#a994cf"),
            (206, 92, "#e8b830"),
        )
    )
    bunch = "".join(
        _bloom(dx, dy, colour) for dx, dy, colour in ((-26, 18, "#e8b830"), (0, 6, "#d9728a"), (26, 18, "#f2ece0"))
    )
    basket = (
        path("M-48,24 H48 L36,76 H-36 Z", "#b58a50")
        + stroke("M-44,40 H44 M-38,58 H38", "#8a6436", 5)
        + stroke("M-44,26 C-40,-30 40,-30 44,26", "#8a6436", 7)
    )
    return Held(
        behind=group(bunch + basket, x=bx, y=by, scale=k),
        middle=group(bed, x=x + 4 * k, y=g, scale=k),
        front=group(_bloom(0, 0, "#c23b34") + stroke("M0,10 V36", "#4d7d45", 5), x=x + 8 * k, y=y - 6 * k, scale=k),
    )


def _bloom(x: float, y: float, colour: str) -> str:
    petals = "".join(ellipse(x + dx, y + dy, 11, 11, colour) for dx, dy in ((-10, 0), (10, 0), (0, -10), (0, 10)))
    return petals + ellipse(x, y, 8, 8, "#e0a02f" if colour != "#e8b830" else "#8f5a22")


def grain(joints: Joints, body: Body) -> Held:
    """Grain thrown from the hand, a bowl of it in the other."""
    k, g = size_of(body), joints.ground_y
    (x, y), (bx, by) = joints.hands
    low = (g - y) / k
    fall = "".join(
        ellipse(1.3 * dx, low * share, 10, 7.5, "#f0cd6a", turn=30)
        for dx, share in (
            (22, 0.02), (40, 0.10), (30, 0.16), (58, 0.22), (46, 0.32), (78, 0.36), (64, 0.46), (52, 0.55), (92, 0.52),
            (76, 0.64), (104, 0.70), (60, 0.74), (88, 0.82), (116, 0.88), (70, 0.92), (34, 0.98), (96, 0.985), (134, 0.98), (160, 0.99),
        )
    )  # fmt: skip
    bowl = path("M-46,-6 H46 Q38,44 0,44 Q-38,44 -46,-6 Z", "#8c5a34") + ellipse(0, -8, 46, 15, "#f0cd6a")
    return Held(middle=group(bowl, x=bx + 6 * k, y=by - 2 * k, scale=k), front=group(fall, x=x, y=y, scale=k))


def knot(joints: Joints, body: Body) -> Held:
    """A rope from the hands round a bollard, the rest in coils."""
    k, g = size_of(body), joints.ground_y
    x, y = joints.hands[0]
    post = path("M-30,0 V-96 Q-44,-104 -44,-118 H44 Q44,-104 30,-96 V0 Z", "#3b4048") + ellipse(
        0, -118, 44, 11, "#565d68"
    )
    turns = stroke("M-34,-50 Q0,-34 34,-50 M-34,-66 Q0,-50 34,-66 M-34,-34 Q0,-18 34,-34", "#d8bd8c", 13)
    coil = "".join(
        f'<ellipse cx="110" cy="-{8 + 11 * n}" rx="{54 - 5 * n}" ry="13" fill="none" stroke="#cdb184" stroke-width="11"/>'
        for n in range(3)
    )
    px = x + 130 * k
    line = stroke(
        f"M{x - 46 * k:.1f},{y + 62 * k:.1f} Q{x - 24 * k:.1f},{y - 4 * k:.1f} {x + 10 * k:.1f},{y:.1f} T{px - 30 * k:.1f},{g - 58 * k:.1f}",
        "#d8bd8c",
        12 * k,
    )
    return Held(middle=group(post + turns + coil, x=px, y=g, scale=k), front=line)
