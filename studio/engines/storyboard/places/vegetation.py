"""Trees, palms, grass and reeds."""

from __future__ import annotations

import itertools

import numpy as np

from studio.engines.storyboard.sheet.canvas import Array, Point, Sketch, mix
from studio.engines.storyboard.sheet.stage import Stage, seed_of


def conifer(
    sketch: Sketch, rng: np.random.Generator, x: float, foot: float, tall: float, colour: Array, lit: Array
) -> None:
    """A fir: tiers of drooping boughs one over the other, the lit side paler."""
    tiers = 5 if tall < 40 else 7 if tall < 160 else 9
    half = tall * float(rng.uniform(0.20, 0.27))
    sketch.rect(x - tall * 0.018, foot - tall * 0.14, x + tall * 0.018, foot, colour * np.float32(0.7))
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(tiers):
        t = (tier + 1) / tiers
        y = foot - tall * (1 - t) * 0.93 - tall * 0.05
        reach = half * t**0.85
        notch = reach * 0.55
        droop = tall * 0.042
        left += [(x - reach * float(rng.uniform(0.88, 1.1)), y + droop), (x - notch, y - droop * 0.3)]
        right += [(x + reach * float(rng.uniform(0.88, 1.1)), y + droop), (x + notch, y - droop * 0.3)]
    crown = (x, foot - tall)
    sketch.poly([crown, *right[:-1], (x, foot - tall * 0.07), *left[:-1][::-1]], colour)
    if tall > 26:
        inner = [(x + (px - x) * 0.84, py - tall * 0.012) for px, py in right[:-1]]
        sketch.poly([crown, *inner, (x + half * 0.16, foot - tall * 0.10), (x + half * 0.05, foot - tall * 0.55)], lit)


def broadleaf(
    sketch: Sketch,
    rng: np.random.Generator,
    x: float,
    foot: float,
    tall: float,
    colour: Array,
    lit: Array,
    trunk: Array,
    sunward: float = 1.0,
    *,
    is_bare: bool = False,
) -> None:
    """A spreading tree: forked trunk, heaped crown with leafy rim, lit from ``sunward``; in winter without a leaf."""
    if is_bare:
        bare_tree(sketch, rng, x, foot, tall, trunk)
        return
    crown_y, reach = foot - tall * 0.64, tall * 0.36
    lean = tall * float(rng.uniform(-0.04, 0.04))
    sketch.taper(
        [(x, foot), (x + lean * 0.5, foot - tall * 0.3), (x + lean, crown_y)],
        tall * 0.075,
        tall * 0.03,
        trunk,
    )
    for side in (-1, 1):
        sketch.taper(
            [
                (x + lean * 0.4, foot - tall * 0.33),
                (x + lean + side * tall * 0.10, foot - tall * 0.47),
                (x + side * tall * 0.19, crown_y),
            ],
            tall * 0.035,
            tall * 0.012,
            trunk,
        )
    heaps = [
        (float(rng.uniform(-1, 1)), float(rng.uniform(-0.75, 0.75)), float(rng.uniform(0.30, 0.48))) for _ in range(9)
    ]
    heaps += [
        (0.0, 0.0, 0.66),
        (-0.5, 0.28, 0.42),
        (0.5, 0.26, 0.42),
        (0.0, -0.5, 0.4),
        (-0.95, 0.2, 0.3),
        (0.95, 0.15, 0.3),
        (-0.55, -0.5, 0.3),
        (0.55, -0.55, 0.3),
    ]
    for pass_colour, shift, shrink in (
        (colour, 0.0, 1.0),
        (mix(colour, lit, 0.55), 0.16, 0.80),
        (lit, 0.26, 0.52),
    ):
        for dx, dy, size in heaps:
            if shrink < 0.6 and dy > 0.25:
                continue
            wide = reach * size * shrink
            cx = x + lean + dx * reach * 0.66 + shift * wide * sunward
            cy = crown_y + dy * reach * 0.5 - shift * wide
            leafy(sketch, rng, cx, cy, wide, pass_colour)


def bare_tree(sketch: Sketch, rng: np.random.Generator, x: float, foot: float, tall: float, bark: Array) -> None:
    """A broad tree without leaves, down to the twigs; seen from afar with fewer of them."""

    def limb(px: float, py: float, angle: float, long: float, thick: float, level: int) -> None:
        bend = angle + float(rng.uniform(-0.25, 0.25))
        mid = (px + float(np.cos(angle)) * long * 0.5, py - float(np.sin(angle)) * long * 0.5)
        tip = (mid[0] + float(np.cos(bend)) * long * 0.5, mid[1] - float(np.sin(bend)) * long * 0.5)
        sketch.taper([(px, py), mid, tip], max(0.8, thick), max(0.6, thick * 0.55), bark)
        if level:
            for turn in (-0.55, 0.15, 0.6)[: 3 if level > 1 else 2]:
                limb(
                    *tip,
                    bend + turn * float(rng.uniform(0.7, 1.2)),
                    long * float(rng.uniform(0.55, 0.75)),
                    thick * 0.55,
                    level - 1,
                )

    root = [(-0.08, 0.0), (-0.03, 0.1), (0.03, 0.1), (0.08, 0.0)]
    sketch.poly([(x + dx * tall, foot - dy * tall) for dx, dy in root], bark)
    limb(x, foot, np.pi / 2 + float(rng.uniform(-0.15, 0.15)), tall * 0.42, tall * 0.07, 4 if tall > 90 else 3)


def leafy(sketch: Sketch, rng: np.random.Generator, x: float, y: float, radius: float, colour: Array) -> None:
    """A round heap of leaves with a scalloped rim."""
    lobes = 9
    steps = 54 if radius > 12 else 20
    swell = rng.uniform(0.88, 1.08, lobes)
    turn = float(rng.random())
    points = []
    for index in range(steps):
        t = index / steps
        lobe = (t * lobes + turn) % lobes
        bulge = 0.86 + 0.14 * abs(float(np.sin(lobe * np.pi)))
        size = float(swell[int(lobe)] * (1 - lobe % 1) + swell[(int(lobe) + 1) % lobes] * (lobe % 1)) * bulge * radius
        points.append((x + float(np.cos(t * 2 * np.pi)) * size * 1.10, y + float(np.sin(t * 2 * np.pi)) * size * 0.92))
    sketch.poly(points, colour)


def palm(
    sketch: Sketch,
    rng: np.random.Generator,
    x: float,
    foot: float,
    tall: float,
    colour: Array,
    lit: Array,
    trunk: Array,
) -> None:
    """A leaning palm with arching fronds."""
    lean = tall * float(rng.uniform(0.12, 0.26)) * float(rng.choice([-1, 1]))
    stem = [(x + lean * t**1.7, foot - tall * 0.86 * t) for t in np.linspace(0, 1, 9)]
    sketch.taper(stem, tall * 0.05, tall * 0.026, trunk)
    cx, cy = stem[-1]
    for index, angle in enumerate(np.linspace(-2.95, -0.2, 9)):
        reach = tall * float(rng.uniform(0.30, 0.40))
        spine = []
        for t in np.linspace(0, 1, 7):
            droop = t**2 * reach * (0.62 + 0.25 * abs(np.cos(angle)))
            spine.append((float(cx + np.cos(angle) * reach * t), float(cy + np.sin(angle) * reach * t * 0.75 + droop)))
        shade = lit if index % 3 == 1 else colour
        sketch.taper(spine[:4] + spine[4:], tall * 0.012, tall * 0.004, shade)
        for (ax, ay), (bx, by) in itertools.pairwise(spine):
            for side in (-1, 1):
                sketch.poly([(ax, ay), ((ax + bx) / 2 + side * tall * 0.012, by + tall * 0.062), (bx, by)], shade)


_AUTUMN_LEAVES = ("#c9762e", "#d99a35", "#b9542c", "#d8b23e")


def leaf_of(stage: Stage, local: str, share: float) -> str:
    """``local``, the green of a broad crown, as the season has it; ``share`` (0..1) tells one tree from the next."""
    if stage.brief.season != "autumn":
        return local
    return _AUTUMN_LEAVES[min(3, int(share * 4))]


def tree_row(
    stage: Stage,
    *,
    foot: float,
    tall: float,
    nearness: float,
    count: int,
    local: str = "#2d5a45",
    kind: str = "conifer",
    haze: float = 0.5,
    uneven: float = 0.3,
    gap: tuple[float, float] | None = None,
) -> None:
    """A row of trees across the picture with a hazy foot; none stand within ``gap`` (shares of the width)."""
    rng = stage.place_rng
    sketch = stage.sketch()
    palette = stage.palette
    xs = (np.arange(count) + rng.uniform(0.1, 0.9, count)) / count * 1.12 - 0.06
    sunward = 1.0 if stage.sun[0] > stage.width / 2 else -1.0
    for share in rng.permutation(xs):
        size = tall * float(rng.uniform(1 - uneven, 1 + uneven))
        drop = tall * float(rng.uniform(-0.04, 0.06))
        tone = float(rng.uniform(0.86, 1.1))
        if gap and gap[0] < share < gap[1]:
            continue
        leaf = leaf_of(stage, local, (tone - 0.86) / 0.24) if kind == "broadleaf" else local
        colour = palette.shade(leaf, nearness, 0.55, 0.82 * tone)
        lit = mix(palette.shade(leaf, nearness, 0.65, 1.08 * tone), palette.key, 0.10 * (1 - palette.haze))
        if stage.has("snow"):
            lit = mix(lit, palette.shade("#f2f6fb", nearness, 0.95), 0.6)
        trunk = palette.shade("#4a3a33", nearness, 0.5, 0.8)
        x = float(share) * stage.width
        if kind == "conifer":
            conifer(sketch, rng, x, foot + drop, size, colour, lit)
        elif kind == "palm":
            palm(sketch, rng, x, foot + drop, size, colour, lit, trunk)
        else:
            broadleaf(sketch, rng, x, foot + drop, size, colour, lit, trunk, sunward, is_bare=stage.has("snow"))
    sketch.stamp(haze=haze, haze_colour=palette.low, foot_y=foot + tall * 0.05, foot_span_px=tall * 0.75)


def paint_grass(
    stage: Stage,
    *,
    local: str,
    top: float,
    amount: int = 500,
    tall_px: float | None = None,
    flowers: str = "",
) -> None:
    """Blades in clumps, small far off and taller near the lens, some in flower."""
    if stage.has("snow"):
        amount, local, flowers = amount // 5, "#8f9a8a", ""
    rng = np.random.default_rng(seed_of("grass", stage.brief.place_key))
    sketch = stage.sketch()
    palette = stage.palette
    blade = tall_px or 16 * stage.unit
    deep, bright = palette.shade(local, 0.85, 0.9, 0.72), palette.shade(local, 0.8, 0.95, 1.16)
    spots = rng.random((amount, 5))
    spots = spots[spots[:, 1].argsort()]
    for sx, sy, size, lean, tone in spots:
        t = sy**1.5
        y = top + (stage.height - top) * t
        scale = 0.22 + 1.0 * t
        x = sx * stage.width
        colour = mix(deep, bright, float(tone))
        for step in (-1, 0, 1):
            tip = blade * scale * (0.6 + 0.7 * size)
            base = x + step * 2.6 * stage.unit * scale
            bent = (lean - 0.5) * tip * 0.8 + step * tip * 0.25
            width = max(0.7, 1.9 * stage.unit * scale)
            sketch.poly([(base - width, y), (base + bent, y - tip), (base + width, y)], colour)
        if flowers and tone > 0.72:
            petal = 2.1 * stage.unit * scale + 0.4
            sketch.ellipse(
                x + (lean - 0.5) * blade * scale,
                y - blade * scale * (0.7 + 0.6 * size),
                petal,
                petal * 0.85,
                palette.shade(flowers, 0.9, 1.0, 1.08),
            )
    sketch.stamp()


def reeds(
    sketch: Sketch, rng: np.random.Generator, x: float, foot: float, tall: float, colour: Array, head: Array
) -> None:
    """A clump of bulrushes."""
    for _ in range(7):
        bx = x + float(rng.uniform(-0.22, 0.22)) * tall
        tip = (bx + float(rng.uniform(-0.2, 0.2)) * tall, foot - tall * float(rng.uniform(0.6, 1.0)))
        sketch.taper([(bx, foot), ((bx + tip[0]) / 2 + 2, (foot + tip[1]) / 2), tip], tall * 0.03, tall * 0.006, colour)
        if rng.random() < 0.45:
            sketch.ellipse(tip[0], tip[1] + tall * 0.07, tall * 0.018, tall * 0.065, head)
