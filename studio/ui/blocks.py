"""Gradio's page, less what costs time and is of no use here (Gradio 6.31)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import gradio as gr

_FOR_PROGRAMS = ("skip_api", "api_info", "api_info_as_input", "api_info_as_output", "example_inputs")
_UNREAD = ("preserved_by_key", "render_children")


class Page(gr.Blocks):
    """A page whose events may change any of some two hundred components, and mostly change a few."""

    def get_config_file(self) -> Any:
        """What each browser is sent: without what programs are told of each component, a third of all."""
        config: Any = super().get_config_file()
        for component in config["components"]:
            for key in _FOR_PROGRAMS:
                component.pop(key, None)
            for key in _UNREAD:
                component["props"].pop(key, None)
        return config

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any) -> list[Any]:
        """What an event answers with; of components that stay as they are nothing is looked at.

        Gradio builds each of them anew, also to say that it stays: 80 ms an event, and HTML would be written again.
        """
        if not isinstance(predictions, Sequence) or len(predictions) != len(block_fn.outputs):
            return await super().postprocess_data(block_fn, predictions, state)
        changed = [at for at, value in enumerate(predictions) if not _stays(value)]
        answer: list[Any] = [gr.skip()] * len(predictions)
        if changed:
            few = copy(block_fn)
            few.outputs = [block_fn.outputs[at] for at in changed]
            values = [predictions[at] for at in changed]
            told = await super().postprocess_data(few, values if len(values) > 1 else values[0], state)
            for at, value in zip(changed, told, strict=True):
                answer[at] = value
        return answer


def _stays(value: Any) -> bool:
    return isinstance(value, Mapping) and dict(value) == gr.skip()
