"""Stills from ComfyUI."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.engines.comfyui.client import Client
from studio.engines.comfyui.engine import URLS, ComfyEngine, half_the_pixels, render_size
from studio.engines.comfyui.graphs import IMAGE_GRAPHS, Template
from studio.engines.comfyui.preflight import Grid, NodeOf, grid_of
from studio.engines.setup import Setting
from studio.errors import UnusableOutput
from studio.model.job import Job

_OLD_MODELS = ("sd15", "sd1.5", "sd-1.5", "sd_1.5", "v1-5", "v1_5", "sd14", "dreamshaper_8")
_OLD_PIXELS = 768 * 512
"""Models of the 1.5 family draw everything twice on larger sheets."""


class ComfyImages(ComfyEngine):
    """A text becomes a still of exactly the film's size."""

    kind = "image"
    own_graphs = IMAGE_GRAPHS
    suffixes = (".png", ".webp", ".jpg", ".jpeg")
    needed_role = "prompt"
    graph_setting = Setting(
        "comfyui_image_graph", "ComfyUI graph for pictures",
        help="sd, flux, or the name of a graph of yours in the folder comfyui of the data folder. Empty: the first that fits.",
    )  # fmt: skip
    models_setting = Setting(
        "comfyui_image_models", "Model files for pictures",
        help="Names as the server lists them, commas between. Empty: the first that fits.",
    )  # fmt: skip
    settings = (URLS, graph_setting, models_setting)

    def render(self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str, job: Job) -> None:
        """Write the PNG. Raises EngineError, and UnusableOutput for a file that is no picture."""
        words = f"{prompt}, {style}" if style and style.lower() not in prompt.lower() else prompt

        def values(client: Client, template: Template, node_of: NodeOf) -> Mapping[str, Any]:
            width, height = self._size(client, template, node_of, size)
            return {"prompt": words, "seed": seed % 2**32, "width": width, "height": height}

        def finish(raw: Path, still: Path) -> None:
            from PIL import Image, ImageOps, UnidentifiedImageError

            from studio.media.picture import write_still

            try:
                with Image.open(raw) as picture:
                    fitted = ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS)
            except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
                raise UnusableOutput(f"{self._name} gave a file that is no picture ({error}).") from error
            write_still(still, fitted, text={"prompt": prompt, "seed": str(seed), "engine": self.identity})

        smaller = f"Make the film smaller ({half_the_pixels(size)}), or choose a smaller model."
        self._make(out, job, values, finish, smaller=smaller)

    def _size(self, client: Client, template: Template, node_of: NodeOf, size: tuple[int, int]) -> tuple[int, int]:
        """In the film's shape, with as many pixels as the graph itself has."""
        pixels = int(template.literal("width") or 1024) * int(template.literal("height") or 1024)
        used = " ".join(str(name) for given in self._fit(client)[1].values() for name in given["inputs"].values())
        if any(word in used.lower() for word in _OLD_MODELS):
            pixels = min(pixels, _OLD_PIXELS)
        width, height = render_size(size, pixels)
        usual = Grid(8, 8)
        return (
            grid_of(template.graph, template.place("width"), node_of, usual).near(width),
            grid_of(template.graph, template.place("height"), node_of, usual).near(height),
        )
