"""One look at a film or scene video: its plan, its shots, its files and its making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.looking import ShotStatus
from studio.runs.doors import Doors
from studio.ui import making
from studio.ui.views import film as film_view


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmNow(making.Look):
    """One look at a film."""

    shots: tuple[ShotStatus, ...]

    @property
    def problems(self) -> dict[int, str]:
        """What went wrong with which shot in the last run."""
        found = self.made.failures
        return {film_view.shot_in(text): text.split(": ", 1)[-1] for text in found if film_view.shot_in(text)}

    @property
    def changed(self) -> frozenset[int]:
        """The shots of which something that is there was changed by hand, or is another after the next run."""
        by_hand = (name for name, look in self.plan.looks.items() if look.origin == "adopted" or look.edited)
        names = {*(planned.name for planned in self.plan.make), *self.plan.back, *by_hand}
        return frozenset(film_view.shot_in(name) for name in names & self.versions.keys()) - {0}

    @property
    def is_film_due(self) -> bool:
        """True if the film that can be watched is not of what the shots are now."""
        return "film.mp4" in {*(planned.name for planned in self.plan.make), *self.plan.back}

    def due(self, status: ShotStatus) -> dict[str, str]:
        """Of the shot's files that the next run replaces: what it does with each, in words."""
        back = [name for name in self.plan.back if f"shot_{status.shot.index:03d}" in name]
        return {
            **dict.fromkeys(back, "to be replaced"),
            **dict.fromkeys(status.stale, "to be made again"),
        }

    @property
    def places(self) -> dict[int, int]:
        """By the number that a shot's files bear, its place in the film, from 1."""
        return places_of(self.shots)

    def shot(self, index: int) -> tuple[int, ShotStatus] | None:
        """The shot with its place in the film, from 1."""
        return next(((place, one) for place, one in enumerate(self.shots, 1) if one.shot.index == index), None)


def places_of(shots: Sequence[ShotStatus]) -> dict[int, int]:
    """By the number that a shot's files bear, its place in the film, from 1."""
    return {status.shot.index: place for place, status in enumerate(shots, start=1)}


def look(doors: Doors, name: str) -> FilmNow:
    """The project ``name`` as it is now. Raises UserError if there is none."""
    project = doors.studio.project(name)
    directory = doors.studio.directory(name)
    made = making.making(doors, name)
    plan = doors.studio.plan(name)
    return FilmNow(
        project=project, directory=directory, plan=plan, versions=_versions(directory), made=made,
        shots=doors.studio.shots(name, plan),
    )  # fmt: skip


def _versions(directory: Path) -> dict[str, str]:
    """Of each picture, clip, sentence and the film: a text that changes when the file does."""
    found: dict[str, str] = {}
    for folder in ("images", "videos", "narration", ""):
        found |= making.versions_in(directory, f"{folder}/*.*" if folder else "film.*")
    return found
