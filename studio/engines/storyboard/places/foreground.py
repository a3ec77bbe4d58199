"""The dark thing near the lens that gives a picture its depth."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.vegetation import conifer, leafy, reeds
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix
from studio.engines.storyboard.sheet.stage import Stage

_GREEN = frozenset(("grass", "branches", "leaves", "reeds", "conifer"))
"""Frames that grow: under snow a laden fir stands for them."""


_COVERED = 0.012
"""The share of those in the picture that what is near the lens may hide: a blade of grass before a shoe."""


def paint_near_frame(stage: Stage, cast: Array, *, blur_px: float = 0.0) -> Array:
    """Frame the side away from the hero; returns where the picture is solidly the frame's.

    ``cast`` (h, w) is 1 where somebody or something of the sentence is: the frame moves out of its way, or stays out.
    """
    solid = np.zeros((stage.height, stage.width), np.float32)
    if stage.near == "none":
        return solid
    makers = {
        "grass": _grass,
        "rocks": _rocks,
        "branches": _branches,
        "conifer": _conifer,
        "reeds": _reeds,
        "palm": _palm,
        "leaves": _leaves,
        "snow": _snow,
        "seaweed": _seaweed,
        "cloud": _cloud,
        "crates": _crates,
        "wall": _wall,
        "posts": _posts,
        "furniture": _furniture,
        "rail": _rail,
        "console": _console,
    }
    sketch = stage.sketch()
    dark = mix(stage.palette.near, stage.palette.ramp(0.7), 0.10 + 0.25 * stage.palette.haze)
    if stage.is_indoors:
        corner = stage.canvas.rgb[stage.height * 3 // 4 :, :: max(1, stage.width // 64)].mean((0, 1))
        dark = mix(np.asarray(corner * np.float32(0.34), np.float32), stage.palette.near, 0.15)
    is_white = stage.has("snow") and not stage.is_indoors and stage.near in _GREEN
    makers["snow" if is_white else stage.near](stage, sketch, dark)
    cut = sketch.cut(max(blur_px, 0.7 * stage.unit))
    if cut is None:
        return solid
    colour, mask, left, top = cut
    mask = mask * np.float32(0.97)
    shift = _out_of_the_way(stage, mask, cast, left, top)
    if shift is None:
        return solid
    colour, mask, left = _shifted(stage, colour, mask, left + shift)
    stage.canvas.blend(mask, colour, left, top)
    solid[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
    return solid


def _out_of_the_way(stage: Stage, mask: Array, cast: Array, left: int, top: int) -> int | None:
    """By how many columns the frame must move outward to leave ``cast`` free; None if it cannot."""
    outward = -round(_inward(stage))
    whole = max(1.0, float(cast.sum()))
    for share in (0.0, 0.06, 0.12, 0.20):
        shift = outward * round(share * stage.width)
        x0, x1 = max(0, left + shift), min(stage.width, left + shift + mask.shape[1])
        if x1 <= x0:
            return None
        part = mask[:, x0 - left - shift : x1 - left - shift]
        if float((part * cast[top : top + mask.shape[0], x0:x1]).sum()) <= _COVERED * whole:
            return shift
    return None


def _shifted(stage: Stage, colour: Array, mask: Array, left: int) -> tuple[Array, Array, int]:
    """What of a cut-out at column ``left`` lies on the canvas, and where."""
    start, end = max(0, -left), min(mask.shape[1], stage.width - left)
    return colour[:, start:end], mask[:, start:end], left + start


def _far(stage: Stage, share: float) -> float:
    """x at ``share`` of the width counted from the edge away from the hero."""
    return stage.width * ((1 - share) if stage.hero_side < 0 else share)


def _inward(stage: Stage) -> float:
    """Direction from that edge toward the middle."""
    return -1.0 if stage.hero_side < 0 else 1.0


def _grass(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, h, span = stage.shot_rng, stage.height, stage.span
    for _ in range(70):
        share = float(rng.random()) ** 1.7 * 0.42
        x = _far(stage, share - 0.02)
        tall = span * (0.25 * (1 - share / 0.44) + 0.05) * float(rng.uniform(0.5, 1.1))
        bend = tall * float(rng.uniform(-0.35, 0.55)) * _inward(stage)
        wide = span * float(rng.uniform(0.005, 0.011))
        blade = [(x, h + 4), (x + bend * 0.35, h - tall * 0.6), (x + bend, h - tall)]
        sketch.taper(blade, wide * 2, wide * 0.2, mix(dark, stage.palette.far, 0.22 * float(rng.random())))
    for _ in range(26):
        x, tall = float(rng.random()) * stage.width, span * float(rng.uniform(0.02, 0.05))
        sketch.taper([(x, h + 3), (x + float(rng.uniform(-0.4, 0.4)) * tall, h - tall)], span * 0.009, 0.6, dark)


def _rocks(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, h, span, inward = stage.shot_rng, stage.height, stage.span, _inward(stage)
    for share, size in ((0.0, 0.24), (0.14, 0.15), (0.26, 0.085)):
        x, tall = _far(stage, share), span * size * float(rng.uniform(0.8, 1.15))
        points = [
            (x - tall * 1.3, h + 5),
            (x - tall * 0.9, h - tall * 0.55),
            (x - tall * 0.3, h - tall * float(rng.uniform(0.85, 1.0))),
            (x + tall * 0.35, h - tall * 0.8),
            (x + tall * 0.9, h - tall * 0.4),
            (x + tall * 1.4, h + 5),
        ]
        sketch.poly(points, dark)
        lit = mix(dark, stage.palette.key, 0.16)
        edge = points[1:4] if inward < 0 else points[2:5]
        sketch.poly([*edge, (x + inward * tall * 0.1, h - tall * 0.35)], lit)


def _branches(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, h, span, inward = stage.shot_rng, stage.height, stage.span, _inward(stage)
    x, wide = _far(stage, 0.035), span * 0.062
    sketch.poly(
        [
            (x - wide * 1.9, h + 4),
            (x - wide * 0.75, h - span * 0.2),
            (x - wide * 0.6, -4),
            (x + wide * 0.6, -4),
            (x + wide * 0.75, h - span * 0.2),
            (x + wide * 1.9, h + 4),
        ],
        dark,
    )
    lit = mix(dark, stage.palette.key, 0.14)
    sketch.poly(
        [
            (x + inward * wide * 0.42, h - span * 0.2),
            (x + inward * wide * 0.3, -4),
            (x + inward * wide * 0.6, -4),
            (x + inward * wide * 0.75, h - span * 0.2),
        ],
        lit,
    )
    for y, reach in ((0.04, 0.42), (0.13, 0.30), (0.24, 0.22)):
        start = (x, span * y)
        tip = (
            x + inward * span * reach * float(rng.uniform(0.85, 1.2)),
            span * (y + float(rng.uniform(0.0, 0.06))),
        )
        sketch.taper([start, ((x + tip[0]) / 2, start[1] + span * 0.006), tip], wide * 0.26, wide * 0.05, dark)
        for t in np.linspace(0.10, 1.0, 26):
            bx, by = x + (tip[0] - x) * float(t), start[1] + (tip[1] - start[1]) * float(t)
            long = span * 0.085 * (1.1 - 0.62 * float(t)) * float(rng.uniform(0.8, 1.15))
            for side in (-0.55, 0.75):
                end = (bx + inward * long * 0.75, by + side * long + long * 0.2)
                sketch.taper(
                    [(bx, by), ((bx + end[0]) / 2, (by + end[1]) / 2 - long * 0.06), end],
                    span * 0.010,
                    0.6,
                    dark,
                )
    for _ in range(22):
        gx, tall = _far(stage, float(rng.random()) * 0.3), span * float(rng.uniform(0.03, 0.09))
        sketch.taper([(gx, h + 3), (gx + float(rng.uniform(-0.5, 0.5)) * tall, h - tall)], span * 0.009, 0.6, dark)


def _conifer(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, h, span = stage.shot_rng, stage.height, stage.span
    lit = mix(dark, stage.palette.far, 0.16)
    for share, tall in ((0.02, 0.86), (0.12, 0.55), (0.205, 0.34)):
        conifer(
            sketch,
            rng,
            _far(stage, share),
            h + span * 0.05,
            span * tall * float(rng.uniform(0.92, 1.08)),
            dark,
            lit,
        )


def _reeds(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, span = stage.shot_rng, stage.span
    for share in (0.01, 0.06, 0.12, 0.19, 0.27):
        reeds(
            sketch,
            rng,
            _far(stage, share),
            stage.height + 5,
            span * (0.46 - share * 0.9) * float(rng.uniform(0.85, 1.1)),
            dark,
            mix(dark, stage.palette.far, 0.12),
        )


def _palm(stage: Stage, sketch: Sketch, dark: Array) -> None:
    """Fronds hanging in from the upper corner."""
    rng, inward, span = stage.shot_rng, _inward(stage), stage.span
    cx, cy = _far(stage, -0.02), -span * 0.05
    for turn in (0.02, 0.30, 0.58, 0.86, 1.16):
        reach = span * (0.56 - 0.16 * abs(turn - 0.45)) * float(rng.uniform(0.9, 1.1))
        spine = [
            (
                cx + inward * float(np.cos(turn)) * reach * t,
                cy + float(np.sin(turn)) * reach * t + t * t * reach * 0.20,
            )
            for t in np.linspace(0, 1, 25)
        ]
        sketch.taper(spine, span * 0.012, span * 0.003, dark)
        for index in range(2, 24):
            t = index / 24
            (ax, ay), (bx, by) = spine[index], spine[index + 1] if index < 23 else spine[24]
            along = np.array([bx - ax, by - ay]) / max(1e-6, float(np.hypot(bx - ax, by - ay)))
            long = span * 0.115 * float(np.sin(np.pi * min(1.0, 0.12 + t * 0.86))) ** 0.7
            for side in (-1, 1):
                out = np.array([-along[1], along[0]]) * side * 0.75 + along * 0.75
                tip = (ax + float(out[0]) * long, ay + float(out[1]) * long + long * 0.12)
                sketch.taper(
                    [(ax, ay), ((ax + tip[0]) / 2, (ay + tip[1]) / 2 - long * 0.02), tip],
                    span * 0.012,
                    0.6,
                    dark,
                )


def _leaves(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, h, span, inward = stage.shot_rng, stage.height, stage.span, _inward(stage)
    for corner_y, sign in ((h + span * 0.02, -1), (-span * 0.02, 1)):
        cx = _far(stage, -0.02)
        for turn in np.linspace(0.08, 1.35, 6):
            size = span * float(rng.uniform(0.24, 0.40)) * (1.0 if sign < 0 else 0.8)
            tip = (cx + inward * float(np.cos(turn)) * size, corner_y + sign * float(np.sin(turn)) * size)
            mid = (
                cx + inward * float(np.cos(turn + 0.12)) * size * 0.5,
                corner_y + sign * float(np.sin(turn + 0.12)) * size * 0.5,
            )
            nx, ny = -(tip[1] - corner_y) * 0.16, (tip[0] - cx) * 0.16
            tone = mix(dark, stage.palette.far, 0.16 * float(rng.random()))
            sketch.poly([(cx, corner_y), (mid[0] + nx, mid[1] + ny), tip, (mid[0] - nx, mid[1] - ny)], tone)


def _snow(stage: Stage, sketch: Sketch, dark: Array) -> None:
    h, span, inward = stage.height, stage.span, _inward(stage)
    conifer(
        sketch,
        stage.shot_rng,
        _far(stage, 0.05),
        h + span * 0.02,
        span * 0.74,
        dark,
        mix(dark, stage.palette.shade("#eaf0f8", 0.8, 0.9), 0.5),
    )
    x = _far(stage, 0.0)
    blue = mix(stage.palette.shade("#9fb6d8", 0.9, 0.8, 0.8), stage.palette.near, 0.25)
    sketch.poly(
        [
            (x - inward * span * 0.2, h + 5),
            (x - inward * span * 0.1, h - span * 0.11),
            (x + inward * span * 0.2, h - span * 0.085),
            (x + inward * span * 0.45, h - span * 0.02),
            (x + inward * span * 0.6, h + 5),
        ],
        blue,
    )


def _seaweed(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, h, span = stage.shot_rng, stage.height, stage.span
    deep = mix(dark, stage.palette.shade("#0b4a55", 0.8, 1.0, 0.8), 0.6)
    for share in (0.0, 0.045, 0.09, 0.15, 0.2):
        x, tall = _far(stage, share), span * (0.62 - 1.7 * share) * float(rng.uniform(0.8, 1.1))
        swing = float(rng.uniform(0, 6))
        stalk = [(x + float(np.sin(t * 5 + swing)) * span * 0.035 * t, h + 5 - tall * t) for t in np.linspace(0, 1, 13)]
        sketch.taper(stalk, span * 0.045, span * 0.006, deep)


def _cloud(stage: Stage, sketch: Sketch, dark: Array) -> None:
    rng, h, span = stage.shot_rng, stage.height, stage.span
    pale = mix(stage.palette.low, stage.palette.mid, 0.35)
    for _ in range(16):
        share = float(rng.random()) ** 1.3 * 0.6
        leafy(
            sketch,
            rng,
            _far(stage, share),
            h + span * 0.06,
            span * (0.20 - 0.2 * share) * float(rng.uniform(0.7, 1.2)),
            mix(pale, stage.palette.far, 0.25 * float(rng.random())),
        )


def _crates(stage: Stage, sketch: Sketch, dark: Array) -> None:
    h, span, inward = stage.height, stage.span, _inward(stage)
    lit = mix(dark, stage.palette.key, 0.12)
    rows = ((0.0, 0.15, 0.0), (0.075, 0.09, 0.0)) if stage.is_indoors else ((0.0, 0.20, 0.0), (0.09, 0.12, 0.0))
    for share, size, lift in rows:
        x, y, s = _far(stage, share), h + span * 0.03 - lift * span, span * size
        sketch.rect(x - s / 2, y - s, x + s / 2, y, dark)
        for t in (0.06, 0.94):
            sketch.rect(x - s / 2, y - s * t - s * 0.035, x + s / 2, y - s * t + s * 0.035, lit)
        sketch.line([(x - s / 2 * inward, y), (x + s / 2 * inward, y - s)], s * 0.05, lit)
    if stage.is_indoors:
        return
    x = _far(stage, 0.16)
    sketch.ellipse(x, h - span * 0.005, span * 0.055, span * 0.028, dark)
    sketch.ellipse(x, h - span * 0.022, span * 0.046, span * 0.022, lit)
    sketch.ellipse(x, h - span * 0.022, span * 0.026, span * 0.011, dark)


def _wall(stage: Stage, sketch: Sketch, dark: Array) -> None:
    inward, h = _inward(stage), stage.height + 5
    x, wide = _far(stage, 0.0), stage.width * inward
    sketch.rect(x - inward * 40, -5, x + wide * 0.030, h, dark)
    sketch.rect(x + wide * 0.022, -5, x + wide * 0.036, h, mix(dark, stage.palette.key, 0.14))


def _posts(stage: Stage, sketch: Sketch, dark: Array) -> None:
    h, span = stage.height, stage.span
    for share, tall in ((0.03, 0.42), (0.20, 0.30)):
        x = _far(stage, share)
        sketch.rect(x - span * 0.016, h - span * tall, x + span * 0.016, h + 5, dark)
        sketch.ellipse(x, h - span * tall, span * 0.024, span * 0.024, dark)
    a, b = _far(stage, -0.02), _far(stage, 0.20)
    for y in (0.26, 0.12):
        rail = [
            (a + (b - a) * t, h - span * (y + 0.05 * (1 - t)) + span * 0.03 * float(np.sin(t * np.pi)))
            for t in np.linspace(0, 1, 9)
        ]
        sketch.line(rail, span * 0.010, dark)


def _rail(stage: Stage, sketch: Sketch, dark: Array) -> None:
    h, span, w = stage.height, stage.span, stage.width
    sketch.rect(-5, h - span * 0.105, w + 5, h - span * 0.085, dark)
    sketch.rect(-5, h - span * 0.012, w + 5, h + 5, dark)
    for x in np.arange(0, w + span * 0.06, span * 0.062):
        sketch.rect(float(x), h - span * 0.09, float(x) + span * 0.010, h, dark)


def _furniture(stage: Stage, sketch: Sketch, dark: Array) -> None:
    """The shoulder of an armchair, low in the corner: nobody's face or waist is behind it."""
    h, span, inward = stage.height, stage.span, _inward(stage)
    x = _far(stage, 0.0)
    back, arm = inward * span * 0.085, inward * span * 0.15
    sketch.poly(
        [
            (x - back, h + 5),
            (x - back, h - span * 0.15),
            (x + back * 0.5, h - span * 0.155),
            (x + back * 0.9, h - span * 0.125),
            (x + back, h + 5),
        ],
        dark,
    )
    sketch.poly(
        [
            (x + back * 0.9, h + 5),
            (x + back, h - span * 0.06),
            (x + (back + arm) / 2, h - span * 0.075),
            (x + arm, h - span * 0.055),
            (x + arm, h + 5),
        ],
        mix(dark, stage.palette.key, 0.06),
    )


def _console(stage: Stage, sketch: Sketch, dark: Array) -> None:
    h, span, inward = stage.height, stage.span, _inward(stage)
    x = _far(stage, 0.0)
    sketch.poly(
        [
            (x - inward * 30, h + 5),
            (x - inward * 30, h - span * 0.17),
            (x + inward * span * 0.20, h - span * 0.12),
            (x + inward * span * 0.34, h + 5),
        ],
        dark,
    )
    for index in range(7):
        cx = x + inward * span * (0.03 + 0.034 * index)
        sketch.ellipse(
            cx,
            h - span * (0.105 - 0.007 * index),
            span * 0.006,
            span * 0.006,
            (mix(dark, stage.palette.lamp, 0.8), mix(dark, stage.palette.key, 0.7))[index % 2],
        )
