"""One savable field of a tab, and the controls that both tabs with fields are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component

from studio.ui.wiring import Window


@dataclass(frozen=True, slots=True)
class Field:
    """``key`` is what it is saved under, ``default`` its value at first; ``make`` its control."""

    tab: str
    key: str
    default: Any
    make: Callable[[Field], Component]

    @property
    def elem_id(self) -> str:
        """Of its control."""
        return f"{self.tab}-{self.key}"


def build(window: Window, fields: Sequence[Field], *keys: str) -> None:
    """The controls of these ``fields``, here; what is typed into them is saved by their tab."""
    for field in fields:
        if field.key in keys:
            component = window.add(field.make(field))
            component.elem_classes = [*(component.elem_classes or []), f"keeps-{field.tab}"]


def choice(label: str, choices: Sequence[Any], **more: Any) -> Callable[[Field], Component]:
    """One of ``choices``, each a value or (words, value)."""
    return lambda field: gr.Dropdown(
        list(choices), value=field.default, label=label, elem_id=field.elem_id, min_width=120, **more
    )


def tick(label: str, *, min_width: int = 90) -> Callable[[Field], Component]:
    """Yes or no."""
    return lambda field: gr.Checkbox(field.default, label=label, elem_id=field.elem_id, min_width=min_width)


def number(label: str, least: float, most: float, **more: Any) -> Callable[[Field], Component]:
    """A number that is always there."""
    return lambda field: gr.Number(
        field.default, label=label, minimum=least, maximum=most, elem_id=field.elem_id, **{"min_width": 90, **more}
    )
