"""What a person does to the list of shots: change, add, remove, move, and take it back.

The list is ``shots.json``. Each change is a new take of that file, so undo and redo are picks among its takes, and
survive everything that takes survive; choosing a take of a shot's picture, clip or narration is a change as well. Of a scene video its three documents are in the same history. ``Shot.index`` names a shot's files and never changes; the order of the list is
the order of the film, so moving a shot makes nothing again but the film.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from studio import pipelines
from studio.core import history
from studio.core.plan import can_be_settled
from studio.core.plan import plan as plan_through
from studio.core.project import Project
from studio.core.session import Session, Wanted
from studio.errors import BadInput, UserError
from studio.model.faults import in_words
from studio.model.scene_graph import SceneGraph
from studio.model.scenes import SCENES, film_numbers
from studio.model.shot import Shot
from studio.model.text_files import read_regular
from studio.planning.differences import differences, sentence, steps_back
from studio.planning.filming.rewording import keep_looks, with_camera
from studio.planning.filming.scene_edits import SceneWords, words_of
from studio.steps.filming import names
from studio.steps.filming.build_scene_graph import GRAPH_SHAPE
from studio.steps.filming.film_views import finished_shots
from studio.steps.filming.plan_shots import shots_as_json

_M = TypeVar("_M", bound=BaseModel)
_NUMBER = re.compile(r"shot_(\d+)")
_CHOSEN = {"images/shot_": "picture", "videos/shot_": "clip", "narration/shot_": "narration"}
"""What is made of a shot, by how its files' names begin: one of its takes is chosen."""


def edit(session: Session, wanted: Wanted | None, index: int, change: Callable[[Shot], Shot]) -> Shot:
    """The shot ``index`` is what ``change`` makes of it."""
    shots = known_shots(session, index)
    edited = [change(shot) if shot.index == index else shot for shot in shots]
    _keep(session, wanted, edited)
    return next(shot for shot in edited if shot.index == index)


def change(session: Session, wanted: Wanted | None, index: int, fields: dict[str, object]) -> Shot:
    """The shot ``index`` has these fields; in new words for the picture the film's people and places keep their looks."""
    shots = known_shots(session, index)
    before, place = _with_words_before(shots, index), 1 + [shot.index for shot in shots].index(index)
    return edit(session, wanted, index, lambda shot: _as_meant(session, before, changed(shot, fields, place), fields))


def insert(session: Session, wanted: Wanted | None, after: int, fields: dict[str, object]) -> Shot:
    """A new shot behind shot ``after`` (0: at the front), with a number that no shot ever had.

    What ``fields`` does not say is as in the shot beside it, but narration and motion are empty.
    """
    shots = list(known_shots(session, after) if after else _shots(session))
    place = 1 + next((at for at, shot in enumerate(shots) if shot.index == after), -1)
    beside = shots[place - 1] if place else shots[0]
    blank = beside.model_copy(
        update={"index": _next_index(session, shots), "narration": "", "motion_prompt": "", "seed": None, "retakes": {}}
    )
    shot = _as_meant(session, beside, changed(blank, fields, place + 1), fields)
    _keep(session, wanted, [*shots[:place], shot, *shots[place:]])
    return shot


def delete(session: Session, wanted: Wanted | None, index: int) -> None:
    """The shot is out of the film; its files stay, so that undo costs nothing."""
    left = [shot for shot in known_shots(session, index) if shot.index != index]
    if not left:
        raise UserError("A film needs one shot at least.")
    _keep(session, wanted, left)


def move(session: Session, wanted: Wanted | None, index: int, position: int) -> None:
    """The shot stands at ``position`` (from 1) of the film."""
    shots = known_shots(session, index)
    if not 1 <= position <= len(shots):
        raise UserError(f"The film has places 1 to {len(shots)}; there is no place {position}.")
    moved = next(shot for shot in shots if shot.index == index)
    others = [shot for shot in shots if shot.index != index]
    _keep(session, wanted, [*others[: position - 1], moved, *others[position - 1 :]])


def edited_files(project: Project) -> list[str]:
    """What a person edits of a film or scene video, in the order of its making: all of it has one history."""
    if project.kind != "scenes":
        return [names.SHOTS]
    if project.source.get("kind") == "scenes":
        return [names.SCENES, names.ENVIRONMENTS, names.SCENE_NOTES, names.SHOTS]
    return [names.ENVIRONMENTS, names.SCENE_NOTES, names.SCENES, names.SHOTS]


def step_through(session: Session, by: int) -> str:
    """Undo (``by`` -1) or redo (+1) the last change; returns what came of it. Raises UserError if there is none."""
    files, pipeline = edited_files(session.project), pipelines.of(session.project)
    fitting = set(plan_through(session, pipeline).keep) & set(files)
    shots, scenes = _by_index(session), _scenes(session)
    chosen = history.step_through(
        session, files, by, lambda: plan_through(session, pipeline).wanted, chosen=tuple(_CHOSEN)
    )
    settle(session, fitting)
    how, now = steps_back(by), _by_index(session)
    parts = _told(scenes, _scenes(session), "scene", how) or _told(shots, now, "shot", how)
    return sentence([*parts, *_takes_told(session, chosen, now)] or [f"the order {how}"])


def possible_steps(session: Session) -> tuple[bool, bool]:
    """Whether there is something to undo, and to redo."""
    return history.possible_steps(session, edited_files(session.project), chosen=tuple(_CHOSEN))


def settle(session: Session, finished: set[str]) -> None:
    """What of ``finished`` stands in its place counts as made of what it is asked to be made of now: it stays."""
    finished = set(finished)
    while True:
        plan = plan_through(session, pipelines.of(session.project))
        wanted = {name: plan.wanted[name] for name in (planned.name for planned in plan.make) if name in plan.wanted}
        stale = [name for name, one in wanted.items() if name in finished and can_be_settled(one)]
        if not stale:
            return
        for name in stale:
            finished.discard(name)
            session.replace(wanted[name], session.path(name), origin="picked")


def _told(before: Mapping[int, _M], after: Mapping[int, _M], noun: str, how: str) -> list[str]:
    """What became of the shots or scenes, each by the place that it has now, or had."""
    place = {number: at for at, number in enumerate(after, start=1)}
    was = {place[number]: one for number, one in before.items() if number in after}
    now = {place[number]: one for number, one in after.items()}
    gone = {at: one for at, (number, one) in enumerate(before.items(), start=1) if number not in after}
    return [*differences(was, now, noun=noun, how=how), *differences(gone, {}, noun=noun, how=how)]


def _takes_told(session: Session, files: Sequence[str], shots: Mapping[int, Shot]) -> list[str]:
    """Which take each of ``files`` is now, by the place of its shot."""
    told = []
    for file in files:
        found = _NUMBER.search(file)
        index, what = (
            int(found[1]) if found else 0,
            next(word for start, word in _CHOSEN.items() if file.startswith(start)),
        )
        now = session.journal.current(file)
        take = [line.digest for line in session.takes(file)].index(now.digest) + 1 if now else 0
        if index in shots:
            told.append(f"shot {list(shots).index(index) + 1}: its {what} is take {take} again")
    return told


def _by_index(session: Session) -> dict[int, Shot]:
    return {shot.index: shot for shot in finished_shots(session)}


def _scenes(session: Session) -> dict[int, SceneWords]:
    """The words of a scene video's scenes by the numbers that their files bear; none of a film."""
    try:
        found = SCENES.validate_json(read_regular(session.path(names.SCENES)))
    except (BadInput, ValidationError):
        return {}
    numbers = film_numbers(found)
    return {numbers[scene.scene_number]: words_of(scene) for scene in found}


def changed(shot: Shot, fields: dict[str, object], place: int) -> Shot:
    """The shot, which stands at ``place`` (from 1) of the film, with these fields. Raises BadInput that names the field."""
    try:
        return Shot.model_validate({**shot.model_dump(), **fields})
    except ValidationError as error:
        raise BadInput(f"Shot {place}, {in_words(error)}.") from error


def _with_words_before(shots: Sequence[Shot], index: int) -> Shot:
    """The shot ``index``, or for one without words yet the nearest before it that has some: it says time and style."""
    place = next(at for at, shot in enumerate(shots) if shot.index == index)
    return next((shot for shot in reversed(shots[: place + 1]) if shot.image_prompt.strip()), shots[place])


def _as_meant(session: Session, before: Shot, shot: Shot, fields: dict[str, object]) -> Shot:
    """``shot`` with looks for names in a picture that was reworded, and one camera move in both of its fields."""
    meant: dict[str, object] = {"motion_prompt": with_camera(shot.motion_prompt, shot.camera)}
    graph = _graph(session) if fields.get("image_prompt", before.image_prompt) != before.image_prompt else None
    if graph:
        meant["image_prompt"] = keep_looks(shot.image_prompt, before.image_prompt, shot.scene, graph)
    return shot.model_copy(update=meant)


def _graph(session: Session) -> SceneGraph | None:
    """The scene graph; None for a film of prompts alone, or while somebody's edit of it cannot be read."""
    try:
        return GRAPH_SHAPE.validate_json(read_regular(session.path(names.SCENE_GRAPH)))
    except (BadInput, ValidationError):
        return None


def known_shots(session: Session, index: int) -> tuple[Shot, ...]:
    """All shots. Raises UserError if there are none yet or none of that number."""
    shots = _shots(session)
    if not any(shot.index == index for shot in shots):
        raise UserError(f"The film has no shot with the files shot_{index:03d}: it may have been taken out.")
    return shots


def _shots(session: Session) -> tuple[Shot, ...]:
    shots = finished_shots(session)
    if not shots:
        raise UserError(f"{session.directory.name} has no shots yet: make the film first.")
    return shots


def _keep(session: Session, wanted: Wanted | None, shots: Sequence[Shot]) -> None:
    if wanted is None:
        raise UserError(f"{session.directory.name} has no shots yet: make the film first.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(names.SHOTS).name
        file.write_bytes(shots_as_json(shots))
        session.replace(wanted, file)


def _next_index(session: Session, shots: Sequence[Shot]) -> int:
    used = [int(found[1]) for name in session.journal.names() if (found := _NUMBER.search(name))]
    return max([*used, *(shot.index for shot in shots)]) + 1
