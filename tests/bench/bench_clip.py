"""What a moving clip of 4 s at 1280x720 costs: beside encoding alone, and beside moviepy's usual way.

Read the ratios, not the seconds: what is compared runs in turn, so that a busy machine slows all of it alike. Good: a
flat still at most 2.2x of encoding the same frames alone and at least 2.5x cheaper than moviepy; with layers 2.3x. All
clips have the same encoder settings. Two of the artist's drawings are measured as well, one whose layers cover much of
the screen and one whose cover little: what the studio's own films cost.
"""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from studio.engines import registry
from studio.media import ffmpeg
from studio.media.motion import frames_of, render_move
from studio.media.picture import Layer, write_still
from studio.model.camera import parse_camera

SIZE, FPS, SECONDS = (1280, 720), 24, 4.0
_ROUNDS = 5
_DRAWN = ("A knight rides a horse through a forest at dawn", "A fox in the snow in front of mountains at sunset")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        flat, layered = stills(folder)
        for words in ("push in", "zoom in", "pan right", "tilt up", "crane up", "orbit left", "handheld", "static"):
            ratios = [_ratio(still, words, folder) for still in (flat, layered)]
            print(f"{words}: flat {ratios[0]:.2f}x, with layers {ratios[1]:.2f}x of encoding the same frames alone")
        for idea in _DRAWN:
            drawing = folder / "drawing.png"
            registry.image("storyboard").render(drawing, idea, size=SIZE, seed=1, style="poster")
            ratios = [_ratio(drawing, words, folder) for words in ("push in", "orbit left")]
            print(f"drawn, {idea!r}: push in {ratios[0]:.2f}x, orbit left {ratios[1]:.2f}x")
        limit = partial(_encode, _frames(flat, "push in"), folder / "limit.mp4")
        usual = partial(_moviepy, flat, folder / "moviepy.mp4")
        limit_s, ours_s, usual_s = best_s(limit, partial(_render, flat, "push in", folder), usual)
        print(f"moviepy, the same push in: {usual_s / limit_s:.2f}x; {usual_s / ours_s:.1f}x of ours")
        print(f"encoding alone: {limit_s:.2f} CPU s")


def _ratio(still: Path, words: str, folder: Path) -> float:
    limit = partial(_encode, _frames(still, words), folder / "limit.mp4")
    limit_s, took_s = best_s(limit, partial(_render, still, words, folder))
    return took_s / limit_s


def _frames(still: Path, words: str) -> list[memoryview]:
    return list(frames_of(still, move=parse_camera(words), duration_s=SECONDS, size=SIZE, fps=FPS))


def best_s(*works: Callable[[], None]) -> list[float]:
    """The least CPU seconds of each of ``works``, taken in turn several times: others only ever make it dearer."""
    rounds = [[cpu_s(work) for work in works] for _ in range(_ROUNDS)]
    return [min(took) for took in zip(*rounds, strict=True)]


def cpu_s(work: Callable[[], None]) -> float:
    """CPU seconds of ``work``, children included."""
    before = _spent_s()
    work()
    return _spent_s() - before


def stills(folder: Path) -> tuple[Path, Path]:
    """A still of soft hills under a grainy sky, flat, and the same with three layers and a glow."""
    width, height = SIZE
    y, x = np.mgrid[0:height, 0:width]
    grain = np.random.default_rng(1).normal(0, 2, (height, width))
    sky = np.stack([40 + y / 6 + grain, 70 + y / 8 + x / 30 + grain, 150 - y / 9 + grain], axis=-1)
    plate = Image.fromarray(np.clip(sky, 0, 255).astype(np.uint8))
    layers = [Layer(0.0, (0, 0, width, height), plate)]
    shapes = (((300, 260, 620, 720), (190, 70, 50), 0.35), ((720, 180, 1100, 720), (40, 110, 70), 0.6))
    for box, colour, depth in (*shapes, ((0, 560, 1280, 720), (24, 26, 34), 0.9)):
        sheet = Image.new("RGBA", SIZE, (*colour, 0))
        ImageDraw.Draw(sheet).ellipse((box[0], box[1], box[2], box[3] + 100), fill=(*colour, 255))
        layers.append(Layer(depth, box, sheet.filter(ImageFilter.GaussianBlur(1))))
    glow = Image.new("RGBA", (200, 200), (255, 220, 150, 80))
    layers.append(Layer(0.1, (980, 40, 1180, 240), glow, "add"))
    whole = plate.convert("RGBA")
    for layer in layers[1:4]:
        whole.alpha_composite(layer.image)
    write_still(folder / "flat.png", whole, text={})
    write_still(folder / "layered.png", whole, text={}, layers=layers)
    return folder / "flat.png", folder / "layered.png"


def _spent_s() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _encode(ready: list[memoryview], out: Path) -> None:
    with ffmpeg.filming(out, size=SIZE, fps=FPS) as feed:
        for frame in ready:
            feed.write(frame)


def _render(still: Path, words: str, folder: Path) -> None:
    out = folder / "clip.mp4"
    render_move(out, still, move=parse_camera(words), duration_s=SECONDS, size=SIZE, fps=FPS)


def _moviepy(still: Path, out: Path) -> None:
    from moviepy import CompositeVideoClip, ImageClip

    picture = ImageClip(str(still)).with_duration(SECONDS)
    grown = picture.resized(lambda time_s: 1 + 0.22 * time_s / SECONDS).with_position("center")
    film = CompositeVideoClip([grown], size=SIZE)
    options = ["-crf", "20", "-bf", "0", "-pix_fmt", "yuv420p"]
    film.write_videofile(
        str(out), fps=FPS, codec="libx264", preset="veryfast", threads=4, ffmpeg_params=options, logger=None
    )


if __name__ == "__main__":
    main()
