"""How smoothly a slow move runs: by how many pixels dots in decoded frames stray from their ideal course.

A still of soft dots is rendered with slow moves; the middle of each dot is fitted in every decoded frame and
compared with where the camera's course puts it. What remains after a common shift of each dot is jitter (RMS of
both axes). Good: at most 0.06 px; ffmpeg's zoompan filter has 0.43 on the same scale.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.media.motion import render_move
from studio.media.motion_path import Path as CameraPath
from studio.model.camera import parse_camera

SIZE, FPS, SECONDS = (1280, 720), 24, 4.0
_REACH_PX = 16


def main() -> None:
    """Print the figures."""
    dots = [(x, y) for x in range(330, 1000, 155) for y in range(190, 560, 110)]
    with tempfile.TemporaryDirectory() as name:
        still, clip = Path(name) / "dots.png", Path(name) / "clip.mp4"
        _draw(dots, still)
        for words in ("slow zoom in", "slow push in", "slow pan right", "slow tilt up", "slow handheld"):
            render_move(clip, still, move=parse_camera(words), duration_s=SECONDS, size=SIZE, fps=FPS)
            views = CameraPath(parse_camera(words), round(SECONDS * FPS), FPS, 1).views()
            print(f"{words}: jitter {_jitter_px(clip, views, dots):.3f} px")


def _draw(dots: list[tuple[int, int]], out: Path) -> None:
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    light = sum(np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / (2 * 5.0**2)) for at_x, at_y in dots)
    Image.fromarray(np.clip(30 + 200 * light, 0, 255).astype(np.uint8)).convert("RGB").save(out)


def _jitter_px(clip: Path, views: NDArray[np.float64], dots: list[tuple[int, int]]) -> float:
    strays = []
    with av.open(str(clip)) as container:
        for frame, view in zip(container.decode(video=0), views, strict=True):
            grey = frame.to_ndarray(format="gray").astype(float)
            strays.append([_stray(grey, view, dot) for dot in dots])
    course = np.array(strays)
    return float(np.sqrt(np.nanmean((course - np.nanmean(course, axis=0)) ** 2)))


def _stray(grey: NDArray[np.float64], view: NDArray[np.float64], dot: tuple[int, int]) -> tuple[float, float]:
    """Where the dot is, less where it should be, in pixels; NaN outside the screen."""
    ideal = [
        ((dot[axis] + 0.5) / SIZE[axis] - view[axis]) / (view[axis + 2] - view[axis]) * SIZE[axis] - 0.5
        for axis in (0, 1)
    ]
    x, y = (round(place) for place in ideal)
    if not (_REACH_PX < x < SIZE[0] - _REACH_PX and _REACH_PX < y < SIZE[1] - _REACH_PX):
        return float("nan"), float("nan")
    ys, xs = np.mgrid[y - _REACH_PX : y + _REACH_PX + 1, x - _REACH_PX : x + _REACH_PX + 1]
    weight = np.clip(grey[ys, xs] - 55, 0, None)
    total = weight.sum()
    return float((xs * weight).sum() / total - ideal[0]), float((ys * weight).sum() / total - ideal[1])


if __name__ == "__main__":
    main()
