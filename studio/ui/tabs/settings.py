"""Settings: folders, services, engines, appearance."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr

from studio import __version__
from studio.engines import registry, setup
from studio.engines.checking import Checked, disk_space
from studio.errors import BadInput
from studio.runs.doors import Doors
from studio.ui import dub_fields, fields
from studio.ui.tabs import graphs
from studio.ui.views import services as service_view
from studio.ui.views import settings as view
from studio.ui.views.services import Shown
from studio.ui.wiring import Answer, Window, notice

_SCOPES = ("film", "scene")
_DUB_LISTS = ("dub-tts", "dub-asr")
LISTS = (*(f"{scope}-{key}" for scope in _SCOPES for key in fields.LISTS), *_DUB_LISTS)
"""The fields of films, scene videos and dubs that offer engines."""


def build(window: Window) -> None:
    """Left where things are and how they look, right what can be used."""
    with gr.Row(elem_classes=["halves"]):
        with gr.Column(scale=1, min_width=320, elem_classes=["inputs"]):
            window.view("folders")
        with gr.Column(scale=2, min_width=420, elem_classes=["results"]):
            for key in service_view.by_service(registry.settings()):
                window.view(_id(key))
                if key == "comfyui":
                    graphs.build(window)
            window.view("engines")
    window.value("services-asked")


def wire(window: Window) -> None:
    """Saving answers at once; what the services say to it follows."""
    for key in service_view.by_service(registry.settings()):
        window.on_act(_id(key), act)
    graphs.wire(window)
    asked: Any = window["services-asked"]
    window.on(asked.change, look, ("services-asked", *LISTS))


def show(doors: Doors) -> Answer:
    """Folders, services and engines as they are now."""
    return {
        "folders": view.folders(
            str(doors.settings.sessions),
            str(doors.data_dir),
            __version__,
            disk_space(doors.settings.sessions),
            [str(folder) for folder in doors.settings.folders],
        )
        + view.appearance(),
        **{_id(key): _card(key) for key in service_view.by_service(registry.settings())},
        "engines": view.engines(registry.statuses()),
    }


def act(doors: Doors, told: dict[str, str]) -> Answer:
    """Save what was typed, forget a key, or save and check. Raises BadInput if something cannot be what it is for."""
    key = told.get("service", "")
    if told.get("act") == "forget-setting":
        known = next(one for one in registry.settings() if one.setting == registry.setting(told.get("setting", "")))
        setup.save({known.setting.name: ""})
        card = _card(known.service or service_view.SHARED, Shown(is_open=True))
        said = notice(f"Forgotten: {known.setting.title}.")
        return {_id(known.service or service_view.SHARED): card, **said, **_asked("look", "")}
    if told.get("act") not in ("save-service", "check-service"):
        return {}
    _save(key, told.get("fields", "{}"))
    if told["act"] == "save-service":
        return {_id(key): _card(key, Shown(is_open=True)), **notice("Saved."), **_asked("look", "")}
    return {_id(key): _card(key, Shown(is_open=True, is_busy=True)), **_asked("check", key)}


def look(doors: Doors, asked: str, *chosen: str) -> Answer:
    """The engines are asked anew, so that the lists of the tabs know what works now; those of a service in parts."""
    what, key, _ = f"{asked}||".split("|", 2)
    if what not in ("look", "check"):
        return {}
    answer: Answer = {}
    if key:
        found = _checked(key) if what == "check" else ()
        answer[_id(key)] = _card(key, Shown(is_open=True, found=found))
    values = dict(zip(LISTS, chosen, strict=True))
    for scope in _SCOPES:
        answer |= fields.engine_lists({key: values[f"{scope}-{key}"] for key in fields.LISTS}, scope)
    answer |= dub_fields.engine_lists(*(values[name] for name in _DUB_LISTS))
    return {**answer, "engines": view.engines(registry.asked_statuses())}


def _id(key: str) -> str:
    return f"service-{key}"


def _card(key: str, shown: Shown | None = None) -> str:
    """The service ``key``; the heading of them all stands over the first."""
    known = service_view.by_service(registry.settings())
    heading = service_view.heading() if key == next(iter(known)) else ""
    return heading + service_view.service(key, known[key], setup.load(), shown)


def _asked(what: str, key: str) -> Answer:
    return {"services-asked": f"{what}|{key}|{secrets.token_hex(4)}"}


def _save(key: str, typed: str) -> None:
    """What was typed is saved. An empty key field is one that nobody touched; an empty other field is no longer set."""
    own = {one.setting.name: one.setting for one in service_view.by_service(registry.settings()).get(key, ())}
    now = setup.load()
    try:
        given = {str(name): str(value) for name, value in json.loads(typed).items()}
    except (ValueError, AttributeError):
        raise BadInput("What the page sent cannot be read. Reload it, then type it again.") from None
    changes = {}
    for name, value in given.items():
        setting = own.get(name)
        if setting is None or now.source(setting) == "environment":
            continue
        if value.strip() or not (setting.kind == "key" or setting.hides(now.given(setting))):
            changes[name] = setting.checked(value)
    setup.save(changes)


def _checked(key: str) -> Sequence[Checked]:
    own = service_view.by_service(registry.settings()).get(key, ())
    names = list(dict.fromkeys(name for one in own for name in one.engines))
    with ThreadPoolExecutor(max_workers=max(1, len(names))) as pool:
        return tuple(pool.map(registry.check, names))
