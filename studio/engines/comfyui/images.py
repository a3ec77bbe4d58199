"""Stills from ComfyUI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.engines.base import Reference
from studio.engines.comfyui.client import Client
from studio.engines.comfyui.engine import URLS, ComfyEngine, half_the_pixels, render_size
from studio.engines.comfyui.graphs import IMAGE_GRAPHS, Template, load
from studio.engines.comfyui.pool import Pace
from studio.engines.comfyui.preflight import Grid, NodeOf, grid_of
from studio.engines.comfyui.work import UnfitServer
from studio.engines.facts import Facts
from studio.engines.own_graphs import Bound, Use
from studio.engines.setup import Setting, Setup
from studio.errors import BadInput, UnusableOutput
from studio.model.job import Job

_OLD_MODELS = ("sd15", "sd1.5", "sd-1.5", "sd_1.5", "v1-5", "v1_5", "sd14", "dreamshaper_8")
_OLD_PIXELS = 768 * 512
"""Models of the 1.5 family draw everything twice on larger sheets."""


class ComfyImages(ComfyEngine):
    """A text becomes a still of exactly the film's size."""

    kind = "image"
    own_graphs = IMAGE_GRAPHS
    suffixes = (".png", ".webp", ".jpg", ".jpeg")
    roles = ("prompt", "seed", "width", "height", "reference")
    needed_role = "prompt"
    model_inputs = (("CheckpointLoaderSimple", "ckpt_name"), ("UNETLoader", "unet_name"))
    graph_setting = Setting(
        "comfyui_image_graph", "ComfyUI graph for pictures",
        help="sd, flux, or the name of a graph of yours (below). Empty: the first that fits.",
    )  # fmt: skip
    models_setting = Setting(
        "comfyui_image_models", "Model files for pictures",
        help="Names as the server lists them, commas between. Empty: the first that fits.", is_list=True,
    )  # fmt: skip
    reference_setting = Setting(
        "comfyui_reference_graph", "ComfyUI graph for pictures by references",
        help="A graph of yours for shots whose people and places are known: each LoadImage titled $reference gets a picture "
        "of one. Empty: such shots are drawn like all others.",
    )  # fmt: skip
    uses = (Use("pictures", graph_setting), Use("pictures of people and places that are known", reference_setting))
    settings = (URLS, graph_setting, models_setting, reference_setting)

    def __init__(self, setup: Setup, *, pace: Pace | None = None, folder: Path | None = None) -> None:
        super().__init__(setup, pace=pace, folder=folder)
        self._reference_graph = setup[self.reference_setting]

    def facts(self) -> Facts:
        """As of any; graphs that take references are offered for those alone."""
        told, graphs = super().facts(), self.kept_graphs
        fit = tuple(name for name in graphs if load(name, self._folder).has("reference"))
        others = (*self.own_graphs, *(name for name in graphs if name not in fit))
        return replace(told, offers={**told.offers, self.graph_setting.name: others, self.reference_setting.name: fit})

    def use_of(self, bound: Bound) -> Use:
        """A graph that takes pictures of somebody is for shots that show them."""
        return self.uses[1 if bound.get("reference") else 0]

    @property
    def most_references(self) -> int:
        """As many as the graph for them has places."""
        try:
            return load(self._reference_graph, self._folder).count("reference") if self._reference_graph else 0
        except BadInput:
            return 0

    def _load(self, name: str) -> Template:
        template = super()._load(name)
        if name == self._graph_name and template.has("reference"):
            raise UnfitServer(
                f"The graph {name} takes pictures of people and places: set it as {self.reference_setting.name}, and for "
                f"shots without them another one, or none, as {self.graph_setting.name}."
            )
        if name == self._reference_graph and not template.has("reference"):
            raise UnfitServer(
                f"The graph {name} takes no pictures of people and places: title its LoadImage $reference, or set another "
                f"one, or none, as {self.reference_setting.name}."
            )
        return template

    @property
    def _graph_names(self) -> tuple[str, ...]:
        return (*super()._graph_names, *([self._reference_graph] if self._reference_graph else []))

    def render(
        self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str,
        references: Sequence[Reference] = (), job: Job,
    ) -> None:  # fmt: skip
        """Write the PNG. Raises EngineError, and UnusableOutput for a file that is no picture."""
        words = f"{prompt}, {style}" if style and style.lower() not in prompt.lower() else prompt

        def values(client: Client, template: Template, node_of: NodeOf) -> Mapping[str, Any]:
            width, height = self._size(client, template, node_of, size)
            given = {"prompt": words, "seed": seed % 2**32, "width": width, "height": height}
            shown = tuple(client.upload(reference.picture) for reference in references)
            return {**given, **({"reference": shown} if shown else {})}

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
        graph_name = self._reference_graph if references else ""
        self._make(out, job, values, finish, smaller=smaller, graph_name=graph_name)

    def _size(self, client: Client, template: Template, node_of: NodeOf, size: tuple[int, int]) -> tuple[int, int]:
        """In the film's shape, with as many pixels as the graph itself has."""
        pixels = int(template.literal("width") or 1024) * int(template.literal("height") or 1024)
        graph = self._fit(client, template.name)[1]
        used = " ".join(str(name) for given in graph.values() for name in given["inputs"].values())
        if any(word in used.lower() for word in _OLD_MODELS):
            pixels = min(pixels, _OLD_PIXELS)
        width, height = render_size(size, pixels)
        usual = Grid(8, 8)
        return (
            grid_of(template.graph, template.place("width"), node_of, usual).near(width),
            grid_of(template.graph, template.place("height"), node_of, usual).near(height),
        )
