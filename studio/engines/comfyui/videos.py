"""Clips from ComfyUI: a still begins to move."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.engines.base import Caption
from studio.engines.clips import conform, words_of
from studio.engines.comfyui.client import Client
from studio.engines.comfyui.engine import URLS, ComfyEngine, half_the_pixels, render_size
from studio.engines.comfyui.graphs import VIDEO_GRAPHS, Template
from studio.engines.comfyui.preflight import Grid, NodeOf, grid_of
from studio.engines.own_graphs import Use
from studio.engines.setup import Setting
from studio.model.camera import CameraMove, Speed
from studio.model.job import Job

_USUAL_FPS = 16.0
_MOTION: dict[Speed, int] = {"slow": 80, "normal": 127, "fast": 180}
"""Stable Video Diffusion takes no words: how much moves is a number, 127 as it was trained."""


class ComfyVideos(ComfyEngine):
    """A still becomes a clip of exactly the film's size, rate and length."""

    kind = "video"
    own_graphs = VIDEO_GRAPHS
    suffixes = (".mp4", ".webm", ".mkv", ".mov", ".gif", ".webp")
    roles = ("image", "last_image", "prompt", "seed", "width", "height", "length", "fps", "motion")
    needed_role = "image"
    model_inputs = (
        ("CheckpointLoaderSimple", "ckpt_name"), ("ImageOnlyCheckpointLoader", "ckpt_name"), ("UNETLoader", "unet_name"),
    )  # fmt: skip
    reads_motion = True
    graph_setting = Setting(
        "comfyui_video_graph", "ComfyUI graph for clips",
        help=f"{', '.join(VIDEO_GRAPHS)}, or the name of a graph of yours (below). Empty: the first that fits.",
    )  # fmt: skip
    uses = (Use("clips", graph_setting),)
    models_setting = Setting(
        "comfyui_video_models", "Model files for clips",
        help="Names as the server lists them, commas between. Empty: the first that fits.", is_list=True,
    )  # fmt: skip
    settings = (URLS, graph_setting, models_setting)

    def animate(
        self,
        out: Path,
        still: Path,
        *,
        move: CameraMove,
        motion: str,
        duration_s: float,
        size: tuple[int, int],
        fps: int,
        seed: int,
        captions: Sequence[Caption] = (),
        job: Job,
    ) -> None:
        """Write the clip. Raises EngineError, and UnusableOutput for a file that is no film."""
        frames = round(duration_s * fps)

        def values(client: Client, template: Template, node_of: NodeOf) -> Mapping[str, Any]:
            given = {
                "prompt": words_of(motion, move), "seed": seed % 2**32, "fps": float(fps),
                "motion": 40 if move.kind == "static" else _MOTION[move.speed],
                "image": client.upload(still), **_frame(template, node_of, size, duration_s, fps),
            }  # fmt: skip
            if template.has("last_image"):
                with tempfile.TemporaryDirectory() as folder:
                    last = Path(folder) / "last.png"
                    last_frame(still, last, move, size=size, seed=seed)
                    given["last_image"] = client.upload(last)
            return given

        def finish(raw: Path, clip: Path) -> None:
            conform(raw, clip, size=size, fps=fps, frames=frames, captions=captions)

        smaller = f"Make the film smaller ({half_the_pixels(size)}), the shot shorter, or choose a smaller model."
        self._make(out, job, values, finish, smaller=smaller)


def last_frame(still: Path, out: Path, move: CameraMove, *, size: tuple[int, int], seed: int) -> None:
    """Write what the camera sees of ``still`` at the end of ``move`` as a PNG: first and last frame force the move."""
    from PIL import Image

    from studio.media.motion_frames import covering
    from studio.media.motion_path import Path as CameraPath

    with Image.open(still) as opened:
        picture = opened.convert("RGB")
    left, top, right, bottom = covering(picture.size, size)
    view = CameraPath(move, 2, 1, seed).views()[-1]
    width, height = right - left, bottom - top
    box = (left + view[0] * width, top + view[1] * height, left + view[2] * width, top + view[3] * height)
    picture.resize(size, Image.Resampling.LANCZOS, box=box).save(out)


def _frame(template: Template, node_of: NodeOf, size: tuple[int, int], duration_s: float, fps: int) -> dict[str, int]:
    """Width, height and length that the graph's own nodes take: the film's shape with as many pixels as the graph has."""
    pixels = int(template.literal("width") or 832) * int(template.literal("height") or 480)
    width, height = render_size(size, pixels)
    rate = float(fps) if template.has("fps") else template.fps or _USUAL_FPS
    usual = Grid(16, 16)
    length = grid_of(template.graph, template.place("length"), node_of, Grid(1, 4))
    if template.longest_frames:
        length = replace(length, most=min(length.most, max(length.least, template.longest_frames)))
    return {
        "width": grid_of(template.graph, template.place("width"), node_of, usual).near(width),
        "height": grid_of(template.graph, template.place("height"), node_of, usual).near(height),
        "length": length.up(duration_s * rate),
    }
