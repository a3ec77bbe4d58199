"""What a person does to the list of shots: change, add, remove, move, and take it back.

The list is ``shots.json``. Each change is a new take of that file, so undo and redo are picks among its takes, and
survive everything that takes survive. ``Shot.index`` names a shot's files and never changes; the order of the list is
the order of the film, so moving a shot makes nothing again but the film.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from studio.core.checkpoint import STEPPED, Checkpoint, Milestone
from studio.core.session import Session, Wanted
from studio.errors import BadInput, UserError
from studio.model.faults import in_words
from studio.model.shot import Shot
from studio.steps import names
from studio.steps.film_views import finished_shots
from studio.steps.plan_shots import shots_as_json

_NUMBER = re.compile(r"shot_(\d+)")


def edit(session: Session, wanted: Wanted | None, index: int, change: Callable[[Shot], Shot]) -> Shot:
    """The shot ``index`` is what ``change`` makes of it."""
    shots = known_shots(session, index)
    edited = [change(shot) if shot.index == index else shot for shot in shots]
    _keep(session, wanted, edited)
    return next(shot for shot in edited if shot.index == index)


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
    shot = changed(blank, fields)
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


def step_through(session: Session, wanted: Wanted | None, by: int) -> str:
    """Undo (``by`` -1) or redo (+1) the last change; returns what came of it. Raises UserError if there is none."""
    versions, at = _versions(session)
    if wanted is None or not 0 <= at + by < len(versions):
        raise UserError("There is nothing to undo." if by < 0 else "There is nothing to redo.")
    before = finished_shots(session)
    session.pick(wanted, versions[at + by])
    session.write_down(Milestone(STEPPED, names.SHOTS, {"place": at + by}))
    return _difference(before, finished_shots(session), "as before" if by < 0 else "changed again")


def possible_steps(session: Session) -> tuple[bool, bool]:
    """Whether there is something to undo, and to redo."""
    versions, at = _versions(session)
    return at > 0, at + 1 < len(versions)


def changed(shot: Shot, fields: dict[str, object]) -> Shot:
    """The shot with these fields. Raises BadInput that names the field."""
    try:
        return Shot.model_validate({**shot.model_dump(), **fields})
    except ValidationError as error:
        raise BadInput(f"Shot {shot.index}, {in_words(error)}.") from error


def known_shots(session: Session, index: int) -> tuple[Shot, ...]:
    """All shots. Raises UserError if there are none yet or none of that number."""
    shots = _shots(session)
    if not any(shot.index == index for shot in shots):
        numbers = sorted(shot.index for shot in shots)
        raise UserError(f"The film has shots {numbers[0]} to {numbers[-1]}; there is no shot {index}.")
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


def _versions(session: Session) -> tuple[list[str], int]:
    """Every version that undo and redo go through, oldest first, by digest, and where in it the list is now."""
    here = {take.digest for take in session.takes(names.SHOTS)}
    versions: list[str] = []
    at = -1
    for line in session.journal:
        if isinstance(line, Milestone) and line.type == STEPPED and line.step == names.SHOTS:
            at = min(int(line.facts.get("place", at)), len(versions) - 1)
        if not isinstance(line, Checkpoint) or line.name != names.SHOTS or (versions and versions[at] == line.digest):
            continue
        if line.origin == "picked" and line.digest in versions:
            at = _nearest(versions, line.digest, at)
        else:
            versions[at + 1 :] = [line.digest]
            at += 1
    kept = [place for place, digest in enumerate(versions) if digest in here]
    return [versions[place] for place in kept], sum(place <= at for place in kept) - 1


def _nearest(versions: Sequence[str], digest: str, at: int) -> int:
    return min((place for place, known in enumerate(versions) if known == digest), key=lambda place: abs(place - at))


def _difference(before: Sequence[Shot], after: Sequence[Shot], how: str) -> str:
    was, is_now = {shot.index: shot for shot in before}, {shot.index: shot for shot in after}
    came = [f"shot {index} is back" for index in is_now if index not in was]
    went = [f"shot {index} is out again" for index in was if index not in is_now]
    other = [
        f"shot {index}: {', '.join(fields)} {how}"
        for index in is_now
        if index in was and (fields := _fields(was[index], is_now[index]))
    ]
    moved = [f"the order {how}"] if not came + went + other else []
    words = "; ".join([*came, *went, *other, *moved])
    return f"{words[0].upper()}{words[1:]}."


def _fields(one: Shot, other: Shot) -> list[str]:
    return [
        name.removesuffix("_s").replace("_", " ")
        for name in Shot.model_fields
        if getattr(one, name) != getattr(other, name)
    ]
