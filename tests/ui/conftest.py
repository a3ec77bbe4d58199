"""The doors of a small studio, and handlers' answers as a window would keep them."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.runs.doors import Doors, open_doors
from studio.service import Studio
from studio.ui import fields, loading
from studio.ui.wiring import NOTICE, Answer, answered


@pytest.fixture
def doors(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Doors]:
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    opened = open_doors(studio.settings, tmp_path / "data")
    yield opened
    opened.close()


class Tab:
    """What one browser tab holds: the newest value of each component that a handler answered with."""

    def __init__(self, doors: Doors, project: str = "", shot: str = "") -> None:
        self.doors = doors
        self.values: dict[str, Any] = {}
        self.states: dict[str, dict[str, Any]] = {}
        self.said: list[dict[str, str]] = []
        self.keep(loading.load(doors, project, shot))

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name, "")

    def do(self, handler: Callable[..., Answer], *values: Any) -> Answer:
        """Call ``handler`` as its button would, with project, revision and shot first."""
        answer = answered(handler, self.doors, self["project"], self["revision"], self["shot"], *values)
        self.keep(answer)
        return answer

    def act(self, handler: Callable[..., Answer], told: dict[str, str], *values: Any) -> Answer:
        """A click on something with ``data-act``."""
        answer = answered(handler, self.doors, told, self["project"], self["revision"], self["shot"], *values)
        self.keep(answer)
        return answer

    def keep(self, answer: Answer) -> None:
        for name, value in answer.items():
            if name == NOTICE:
                self.said.append(json.loads(html.unescape(value)))
            elif isinstance(value, dict):
                self.states[name] = {**self.states.get(name, {}), **value}
                if "value" in value:
                    self.values[name] = value["value"]
            else:
                self.values[name] = value

    @property
    def fields(self) -> list[Any]:
        return [self[name] for name in fields.IDS]

    def type(self, **changes: Any) -> list[Any]:
        """The film's fields with these changed."""
        for key, value in changes.items():
            self.values[f"film-{key}"] = value
        return self.fields

    def can_press(self, name: str) -> bool:
        return bool(self.states[name].get("interactive", True))

    @property
    def last_said(self) -> str:
        return self.said[-1]["text"] if self.said else ""


@pytest.fixture
def tab(doors: Doors) -> Callable[..., Tab]:
    return lambda project="", shot="": Tab(doors, project, shot)
