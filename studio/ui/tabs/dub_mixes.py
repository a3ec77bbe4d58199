"""What else is made of a dub: named mixes, another sound under the voices."""

from __future__ import annotations

import re

from pydantic import ValidationError

from studio.errors import BadInput, UserError
from studio.model.dub import Mix
from studio.model.faults import in_words
from studio.runs.doors import Doors
from studio.ui import dub_live
from studio.ui.dub_live import LOOK
from studio.ui.shell import HERE
from studio.ui.wiring import Answer, Window, notice


def build(window: Window) -> None:
    """The list of mixes, and where the sound under the voices comes from."""
    window.view("dub-mixes")
    window.view("dub-bed")


def wire(window: Window) -> None:
    """What each control does."""
    window.on_act("dub-mixes", act, (*HERE, *LOOK))
    window.on_act("dub-bed", act, (*HERE, *LOOK))


def act(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, shown: str, page: str) -> Answer:
    """A mix is added or removed; the film's own sound is used again."""
    match told.get("act"):
        case "add-mix":
            mix = _mix(told)
            if any(one.name == mix.name for one in dub_live.look(doors, project).options.mixes):
                raise UserError(f"There is a mix {mix.name} already: give this one another name.")
            doors.studio.put_mix(project, mix)
            said = f"Dub makes the mix {mix.name}."
        case "drop-mix":
            doors.studio.drop_mix(project, told.get("name", ""))
            said = f"The mix {told.get('name', '')} is not made any more."
        case "own-bed":
            doors.studio.set_bed(project, None)
            said = "The film's own sound is under the voices again."
        case _:
            return {}
    doors.changes.tell(project)
    return {**dub_live.refreshed(doors, project, revision, shown, page), **notice(said)}


def _mix(told: dict[str, str]) -> Mix:
    language, _, voice = told.get("said", "").partition("|")
    preset = told.get("preset", "dub")
    name = told.get("name", "").strip() or "-".join(part for part in (language, voice, preset) if part)
    try:
        return Mix.model_validate(
            {
                "name": re.sub(r"\s+", "-", name),
                "language": language,
                "preset": preset,
                "voices": {"": voice} if voice else {},
            }
        )
    except ValidationError as error:
        raise BadInput(f"{in_words(error)}. A mix's name has letters, digits, - and _.") from error
