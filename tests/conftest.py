"""A studio on an empty folder, and small films that take a second."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from studio.core.events import Event
from studio.core.pipeline import RunResult
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio
from studio.settings import Settings

SMALL = {
    "seconds": 14.0, "shots": 4, "width_px": 160, "height_px": 90, "fps": 12,
    "text": "fake", "image": "fake", "tts": "fake", "music": False, "sheets": False,
}  # fmt: skip


_WINDOW = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The window's tests wait a lot: they go first, beside the others. A file stays whole (``--dist loadfile``)."""
    items.sort(key=lambda item: not item.path.is_relative_to(_WINDOW))


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(Settings(tmp_path / "sessions", workers=2))


class Run:
    """A run's result and everything it said."""

    def __init__(self, studio: Studio, name: str, *, deep: bool = False) -> None:
        self.events: list[Event] = []
        self.result: RunResult = studio.run(
            name, tell=lambda number, event: self.events.append(event), stop=threading.Event(), deep=deep
        )

    @property
    def made(self) -> list[str]:
        return sorted(self.result.made)


@pytest.fixture(scope="session")
def finished_boat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished small film, never to be changed."""
    studio = Studio(Settings(tmp_path_factory.mktemp("finished"), workers=2))
    name = small_film(studio)
    result = Run(studio, name).result
    assert (result.status, result.problems) == ("completed", [])
    return studio.directory(name)


@pytest.fixture
def boat(studio: Studio, finished_boat: Path) -> str:
    """A finished small film: a copy of one that is made once, which comes in whole."""
    place = studio.settings.sessions / finished_boat.name
    half = place.with_name(f".{place.name}")
    shutil.copytree(finished_boat, half)
    half.rename(place)
    return place.name


def small_film(studio: Studio, *, name: str = "boat", **choices: object) -> str:
    options = FilmOptions.model_validate({**SMALL, **choices})
    return studio.create_film(Source(kind="idea", idea="A boat finds an island"), options, name=name)
