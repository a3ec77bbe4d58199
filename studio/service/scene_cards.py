"""Scenes and environments of a scene video as a person works on them: reworded, inserted, taken out, moved.

What is edited stands in the three documents, and its clips in ``shots.json``; all of them are written at once, so that a
plan says at once what follows. Undo takes them back together (``studio.editing``).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import ValidationError

from studio import editing, pipelines
from studio.core.executor import threads
from studio.core.plan import plan as plan_through
from studio.core.run import run as run_through
from studio.core.saving import OlderSave
from studio.core.session import Session
from studio.errors import BadInput, UserError
from studio.looking import Take, takes_of
from studio.model.scenes import (
    ENVIRONMENTS,
    SCENES,
    SceneOptions,
    SceneSource,
    environments_as_json,
    film_numbers,
    scenes_as_json,
)
from studio.model.shot import Shot
from studio.model.text_files import read_regular
from studio.planning.filming import scene_edits
from studio.planning.filming.scene_edits import Written
from studio.service.documents import put_document
from studio.service.projects import Projects
from studio.steps.filming import names
from studio.steps.filming.film_views import finished_shots
from studio.steps.filming.plan_shots import shots_as_json

_NUMBERED = re.compile(r"(?:shot|scene)_(\d+)")
_NOT_YET = "{} has no scenes yet: let them be written first (Write scenes, or `studio scenes … --metadata_only`)."


@dataclass(frozen=True, slots=True)
class SceneCard:
    """One scene as a person sees it. ``number`` is its place in the film, ``id`` the number that its files bear."""

    number: int
    id: int
    name: str
    environment: int
    """Number of its environment, from 1; 0: it has none."""
    action: str
    emotions: str
    camera: str
    narration: str
    sounds: str
    duration_s: int
    clips: tuple[int, ...]
    """Indices of its clips."""
    revision: str


@dataclass(frozen=True, slots=True)
class EnvironmentCard:
    """One environment, with the numbers of the scenes that play there."""

    number: int
    text: str
    used: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """Everything that is edited as cards; both empty while nothing is written."""

    scenes: tuple[SceneCard, ...] = ()
    environments: tuple[EnvironmentCard, ...] = ()
    is_spoken: bool = False
    """True if the narration came spoken: what is said over a scene cannot be changed."""


class SceneCards(Projects):
    """What is done to scenes and environments."""

    def cards(self, name: str) -> Cards:
        """The scenes and environments as the documents have them now."""
        with self._read(name) as session:
            return _cards(session)

    def edit_scene(self, name: str, number: int, /, *, if_revision: str = "", **fields: object) -> SceneCard:
        """Scene ``number`` has these fields; only what follows from them is made again.

        Raises BadInput that names a wrong field, OlderSave if ``if_revision`` is not what its card says now.
        """
        with self._editing_scenes(name) as (session, now):
            card = _card_of(_cards(session), number)
            if if_revision and if_revision != card.revision:
                raise OlderSave(
                    f"Scene {number} of {name} was changed since you loaded it. Load it again, then change it; nothing "
                    "was overwritten."
                )
            if "narration" in fields and fields["narration"] != card.narration and _is_spoken(session):
                raise UserError(
                    f"The narration of {name} came spoken, as a file: what is said over a scene cannot be changed."
                )
            put(session, now, scene_edits.edited(now, number, fields))
            return _card_of(_cards(session), number)

    def insert_scene(self, name: str, after: int, /, **fields: object) -> SceneCard:
        """A new scene of one clip stands behind scene ``after`` (0: at the front)."""
        with self._editing_scenes(name) as (session, now):
            made = scene_edits.inserted(now, after, _free_id(session, now), fields)
            put(session, now, made)
            cards = _cards(session)
            at = [card.number for card in cards.scenes].index(after) + 1 if after else 0
            return cards.scenes[at]

    def delete_scene(self, name: str, number: int) -> None:
        """The scene is out of the film; its files are kept for an undo."""
        with self._editing_scenes(name) as (session, now):
            put(session, now, scene_edits.deleted(now, number))

    def move_scene(self, name: str, number: int, position: int) -> None:
        """The scene stands at ``position`` (from 1); its clips stay as they are, unless they go on from another one."""
        with self._editing_scenes(name) as (session, now):
            put(session, now, scene_edits.moved(now, number, position))

    def edit_environment(self, name: str, number: int, text: str, *, if_text: str | None = None) -> EnvironmentCard:
        """The environment ``number`` reads ``text`` in all of its scenes; one more than there are: a new one.

        Raises OlderSave if it does not read ``if_text`` now.
        """
        with self._editing_scenes(name) as (session, now):
            before = now.environments[number - 1] if 1 <= number <= len(now.environments) else ""
            if if_text is not None and if_text != before:
                raise OlderSave(
                    f"Environment {number} of {name} was changed since you loaded it. Load it again, then change it; "
                    "nothing was overwritten."
                )
            put(session, now, scene_edits.reworded(now, number, text))
            return _cards(session).environments[number - 1]

    def add_environment(self, name: str, text: str, *, scene: int = 0) -> EnvironmentCard:
        """A new environment, where scene ``scene`` plays from now on if one is named."""
        with self._editing_scenes(name) as (session, now):
            number = len(now.environments) + 1
            made = scene_edits.reworded(now, number, text)
            put(session, now, scene_edits.edited(made, scene, {"environment": number}) if scene else made)
            return _cards(session).environments[number - 1]

    def delete_environment(self, name: str, number: int) -> None:
        """The environment is gone. Raises UserError if a scene plays there."""
        with self._editing_scenes(name) as (session, now):
            put(session, now, scene_edits.without_environment(now, number))

    def clip_takes(self, name: str) -> dict[int, tuple[Take, ...]]:
        """By clip, all takes of it and of its picture that are still here, oldest first; clips with one take are left out."""
        with self._read(name) as session:
            found = {}
            for shot in finished_shots(session):
                files = (names.image(shot.index), names.clip(shot.index))
                several = [takes for file in files if len(takes := tuple(takes_of(session, file))) > 1]
                if several:
                    found[shot.index] = tuple(take for takes in several for take in takes)
            return found

    @contextmanager
    def _editing_scenes(self, name: str) -> Iterator[tuple[Session, Written]]:
        with self._open(name) as session:
            if session.project.kind != "scenes":
                raise UserError(f"{name} is no scene video: it has no scenes to change.")
            _bring_up(session)
            yield session, written_in(session)


def written_in(session: Session) -> Written:
    """The scenes and environments as the documents have them. Raises UserError if there are none that can be read."""
    try:
        scenes = SCENES.validate_json(read_regular(session.path(names.SCENES)))
    except (BadInput, ValidationError) as error:
        raise UserError(_NOT_YET.format(session.directory.name)) from error
    try:
        environments = ENVIRONMENTS.validate_json(read_regular(session.path(names.ENVIRONMENTS)))
    except (BadInput, ValidationError):
        environments = ()
    return scene_edits.written(scenes, environments)


def put(session: Session, before: Written, after: Written) -> None:
    """The documents say ``after``, and the list of clips follows: one change, for one undo."""
    scenes = scene_edits.noted(after)
    clips = _clips(session, before, after)
    content = {
        names.ENVIRONMENTS: environments_as_json(after.environments),
        names.SCENE_NOTES: scenes_as_json(scenes, with_environment=False),
        names.SCENES: scenes_as_json(scenes),
        names.SHOTS: shots_as_json(clips),
    }
    is_told = False
    for name in editing.edited_files(session.project):
        if name == names.ENVIRONMENTS and not after.environments:
            continue
        plan = plan_through(session, pipelines.of(session.project))
        place = session.path(name)
        is_same = place.is_file() and place.read_bytes() == content[name]
        if name not in plan.wanted or (is_same and name in plan.keep):
            continue
        put_document(session, plan.wanted[name], content[name], origin="made" if is_same or is_told else "replaced")
        is_told = is_told or not is_same


def _clips(session: Session, before: Written, after: Written) -> tuple[Shot, ...]:
    shots = finished_shots(session)
    options = SceneOptions.model_validate(session.project.options)
    return scene_edits.replanned(
        shots, scene_edits.noted(before), scene_edits.noted(after), free_index=_used(session, "shot", shots) + 1,
        opening=options.initial_prompt,
    )  # fmt: skip


def _bring_up(session: Session) -> None:
    """The documents are as a run would have them: what somebody saved in one of them is in the others."""
    pipeline = pipelines.of(session.project).until("shots")
    due = {planned.name for planned in plan_through(session, pipeline).make}
    if names.STORY in due or (due and not session.path(names.SCENES).is_file()):
        raise UserError(_NOT_YET.format(session.directory.name))
    if due:
        with threads(1) as executor:
            run_through(session, pipeline, executor, tell=lambda number, event: None, stop=threading.Event())


def _cards(session: Session) -> Cards:
    try:
        now = written_in(session)
    except UserError:
        return Cards()
    numbers = film_numbers(now.scenes)
    clips: dict[int, list[Shot]] = {}
    for shot in finished_shots(session):
        clips.setdefault(shot.scene, []).append(shot)
    scenes = []
    for scene, place in zip(now.scenes, now.places, strict=True):
        number = scene.scene_number
        own = clips.get(numbers[number], [])
        narration = " ".join(shot.narration for shot in own if shot.narration)
        scenes.append(
            SceneCard(
                number=number,
                id=numbers[number],
                name=scene.scene_name,
                environment=place + 1,
                action=scene.scene_movement_description,
                emotions=scene.scene_emotions,
                camera=scene.scene_camera_movement,
                narration=narration,
                sounds=scene.sound_effects_prompt,
                duration_s=scene.scene_duration,
                clips=tuple(shot.index for shot in own),
                revision=scene_edits.revision_of(now, number, narration),
            )
        )
    environments = (EnvironmentCard(at, text, now.used(at - 1)) for at, text in enumerate(now.environments, start=1))
    return Cards(tuple(scenes), tuple(environments), _is_spoken(session))


def _card_of(cards: Cards, number: int) -> SceneCard:
    found = next((card for card in cards.scenes if card.number == number), None)
    if found is None:
        raise UserError(f"There is no scene {number}: the film has {len(cards.scenes)}.")
    return found


def _is_spoken(session: Session) -> bool:
    return bool(SceneSource.model_validate(session.project.source).voice)


def _free_id(session: Session, now: Written) -> int:
    """A number that no scene's files ever bore."""
    of_clips = -(-_used(session, "shot", finished_shots(session)) // len(scene_edits.LENGTHS_S))
    return max([of_clips, _used(session, "scene", ()), *film_numbers(now.scenes).values()]) + 1


def _used(session: Session, what: str, shots: tuple[Shot, ...]) -> int:
    """The highest number that a file of that kind ever had."""
    found = [_NUMBERED.search(name) for name in session.journal.names()]
    numbers = [int(one[1]) for one in found if one and one[0].startswith(what)]
    return max([0, *numbers, *(shot.index for shot in shots)])
