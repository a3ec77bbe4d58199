"""Components by name, and events that call plain functions with plain values.

A handler is called as ``handler(doors, *values)`` and answers with what it changes, by ``elem_id``; whatever it leaves
out stays as it is. So handlers need no browser to be called, and no list of outputs.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from typing import Any, TypeVar

import gradio as gr
from gradio.components import Component

from studio.core.saving import OlderSave
from studio.errors import BadInput, StudioError
from studio.runs.doors import Doors
from studio.ui.views.words import plain

Answer = dict[str, Any]
Handler = Callable[..., Answer]
NOTICE = "notice"
KEPT = "kept"
"""A view that changes when something was saved: the page's script waits for that, and calls through it all there is."""

_COUNTERS = frozenset({"revision", "shot", "list-page"})
_MOST_DIGITS = 15

_ON_LOAD = (
    "(window.studioViews = window.studioViews || []).push({element, watch, trigger});"
    "if (window.studio) window.studio.adopt();"
)
_C = TypeVar("_C", bound=Component)


class _Called:
    """An event of the view ``KEPT`` that the page's script calls by name, as ``gr.on`` reads a trigger.

    An HTML's own events have no other. What is pressed is such an event too, not one of each button and view: as it
    loads, the page compares every source of an event with every component, and looks each up in the tree of them all.
    ``KEPT`` stands first there, and few sources load faster (80 fewer: a tenth of the scripts' time).
    """

    has_trigger = True
    callback = None
    connection = "sse"
    event_specific_args = None

    def __init__(self, kept: Component, event_name: str) -> None:
        self.__self__ = kept
        self.event_name = event_name


class Window:
    """Every component of the page that takes part in an event, by its ``elem_id``."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self._components: dict[str, Component] = {}
        self._unseen: list[Component] = []
        self._pressed: dict[tuple[str, ...], dict[str, Handler]] = {}

    def add(self, component: _C) -> _C:
        """The component, known from now on."""
        name = str(component.elem_id)
        assert name not in self._components, name
        self._components[name] = component
        return component

    def view(self, elem_id: str, value: str = "", **kwargs: Any) -> gr.HTML:
        """A part of the page that is written as HTML. A click on anything with ``data-act`` in it is its ``act``."""
        return self.add(gr.HTML(value, elem_id=elem_id, js_on_load=_ON_LOAD, apply_default_css=False, **kwargs))

    def button(self, elem_id: str, label: str, **kwargs: Any) -> gr.Button:
        """A small button."""
        return self.add(gr.Button(label, elem_id=elem_id, size="sm", **{"min_width": 60, **kwargs}))

    def value(self, elem_id: str) -> None:
        """A text that goes back with each request: the server itself remembers nothing about a window."""
        self._unseen.append(self.add(gr.Textbox("", elem_id=elem_id, label=elem_id, render=False)))

    def build_values(self) -> None:
        """Every ``value``, in one place that the browser never draws."""
        with gr.Column(visible=False):
            for text in self._unseen:
                text.render()  # type: ignore[no-untyped-call]

    def __getitem__(self, name: str) -> Component:
        return self._components[name]

    def on(
        self, event: Callable[..., Any], handler: Handler, takes: Sequence[str] = (), *, trigger_mode: str = "multiple"
    ) -> None:
        """``event`` calls ``handler`` with the values of the components named in ``takes``."""
        if event.event_name == "click":  # type: ignore[attr-defined]
            button: Component = event.__self__  # type: ignore[attr-defined]
            self._press(button, lambda doors, _, *values: handler(doors, *values), takes)
            return

        def run(*values: Any) -> list[Any]:
            return self._spread(self._answer(handler, takes, values))

        self._listen(event, run, takes, trigger_mode=trigger_mode)

    def on_load(self, page: gr.Blocks, handler: Handler, takes: Sequence[str], *, js: str) -> None:
        """Loading ``page`` fills it. What it shows already is not sent, so that a quick user's first words stay."""

        def run(*values: Any) -> list[Any]:
            answer = self._answer(handler, takes, values)
            return self._spread({name: self._news(name, value) for name, value in answer.items()})

        self._listen(page.load, run, takes, js=js)

    def on_call(self, name: str, handler: Handler, takes: Sequence[str]) -> None:
        """The page's script calls ``name``; of calls that come while one is under way only the last is heard."""

        def run(*values: Any) -> list[Any]:
            return self._spread(self._answer(handler, takes, values))

        self._listen(self._call(name), run, takes, trigger_mode="always_last")

    def on_save(self, name: str, handler: Handler, takes: Sequence[str]) -> None:
        """The script calls ``name`` to save, a second after the last change, and waits for it: one save at a time."""

        def run(*values: Any) -> list[Any]:
            return self._spread({**self._answer(handler, takes, values), KEPT: secrets.token_hex(4)})

        self._listen(self._call(name), run, takes, trigger_mode="multiple")

    def _call(self, name: str) -> Callable[..., Any]:
        return partial(gr.on, [_Called(self._components[KEPT], name)])

    def on_act(self, view: str, handler: Handler, takes: Sequence[str] = ()) -> None:
        """A click in ``view`` calls ``handler`` with what its element says (``data-act`` and the rest), then values."""
        self._press(self._components[view], handler, takes)

    def _press(self, source: Component, handler: Handler, takes: Sequence[str]) -> None:
        handlers = self._pressed.setdefault(tuple(takes), {})
        name = str(source.elem_id)
        assert name not in handlers, name
        handlers[name] = handler

    def listen(self) -> None:
        """What is pressed is heard from now on: what takes the same values is one event, whose name it bears as a class."""
        for number, (takes, handlers) in enumerate(self._pressed.items()):
            event_name = f"pressed-{number}"
            for name in handlers:
                source = self._components[name]
                source.elem_classes = [*(source.elem_classes or []), f"calls-{event_name}"]
            self._listen_to_all(event_name, takes, handlers)
        self._pressed = {}

    def _listen_to_all(self, event_name: str, takes: Sequence[str], handlers: Mapping[str, Handler]) -> None:
        def run(event: gr.EventData, *values: Any) -> list[Any]:
            told = {str(key): str(value) for key, value in dict(event._data or {}).items()}
            handler = handlers.get(told.pop("from", ""))
            return self._spread(self._answer(handler, takes, values, told) if handler else {})

        run.__annotations__["event"] = gr.EventData
        self._listen(self._call(event_name), run, takes, trigger_mode="multiple")

    def _listen(self, event: Callable[..., Any], run: Callable[..., Any], takes: Sequence[str], **kwargs: Any) -> None:
        event(
            run,
            inputs=[self._components[name] for name in takes],
            outputs=list(self._components.values()),
            queue=False,  # none of them takes long; nothing is kept open between browser and server
            show_progress="hidden",
            show_progress_on=[],  # else the browser tells each of the outputs that it waits, at each event
            preprocess=False,  # ``_told`` does it, and has a sentence for what cannot be taken
            api_visibility="private",
            **kwargs,
        )

    def _answer(self, handler: Handler, takes: Sequence[str], values: Sequence[Any], *told: Any) -> Answer:
        try:
            given = [_told(self._components[name], value) for name, value in zip(takes, values, strict=True)]
        except BadInput as error:
            return notice(str(error), kind="error")
        return answered(handler, self.doors, *told, *given)

    def _news(self, name: str, value: Any) -> Any:
        """What of ``value`` differs from how the component was built."""
        built = self._components[name].get_config()
        if not (isinstance(value, dict) and value.get("__type__") == "update"):
            return gr.skip() if value == built.get("value") else value
        news = {key: one for key, one in value.items() if key not in built or _plain(one) != _plain(built[key])}
        return news if set(news) - {"__type__"} else gr.skip()

    def _spread(self, answer: Mapping[str, Any]) -> list[Any]:
        unknown = set(answer) - set(self._components)
        assert not unknown, unknown
        return [answer.get(name, gr.skip()) for name in self._components]


def answered(handler: Handler, doors: Doors, *values: Any) -> Answer:
    """What ``handler`` answers; an error of the studio is told in a notice and changes nothing."""
    try:
        return handler(doors, *values)
    except OlderSave as error:
        return notice(str(error), kind="error", act="reload", label="Reload")
    except StudioError as error:
        return notice(str(error), kind="error")


def done() -> Answer:
    """Lets the page's script go on with the next change; without it or a notice it waits until it gives up."""
    return {KEPT: secrets.token_hex(4)}


def notice(text: str, *, kind: str = "done", act: str = "", label: str = "", **told: str) -> Answer:
    """A short message to the user, with one thing to do about it (``act``, ``label``) or none."""
    said = {"text": plain(text), "kind": kind, "act": act, "label": label, **told, "nonce": secrets.token_hex(4)}
    return {NOTICE: escape(json.dumps(said), quote=False)}


def _told(component: Component, value: Any) -> Any:
    """``value`` as ``component`` gives it; of a program's odd ones, counters that are short texts.

    Raises BadInput for what no hand can enter there. A choice is checked by what it is for: its list may have changed.
    """
    if component.elem_id in _COUNTERS:
        return str("" if value is None else value)[:_MOST_DIGITS]
    if isinstance(component, (gr.Dropdown, gr.Radio)):
        is_many = bool(getattr(component, "multiselect", False))
        texts = value if is_many and isinstance(value, list) else [value]
        if all(text is None or isinstance(text, (str, int, float)) for text in texts):
            return value
    else:
        with suppress(gr.Error, ValueError, TypeError, OverflowError):
            return component.preprocess(value)
    least, most = getattr(component, "minimum", None), getattr(component, "maximum", None)
    told = f"; it goes from {least:g} to {most:g}" if least is not None and most is not None else ""
    raise BadInput(
        f"{getattr(component, 'label', None) or component.elem_id}: {str(value)[:40]!r} does not fit here{told}."
    )


def _plain(value: Any) -> Any:
    """Choices are equal as lists and as tuples, with and without words of their own."""
    if isinstance(value, (list, tuple)):
        return [tuple(one) if isinstance(one, (list, tuple)) else (one, one) for one in value]
    return value
