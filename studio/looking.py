"""What a person is shown of a project: each shot's state, its takes, what is wrong with its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.core.files import linked_folder
from studio.core.pipeline import Plan
from studio.core.session import TAKES, Session
from studio.errors import UserError
from studio.media.storyboard_pdf import Panel
from studio.model.shot import Shot
from studio.planning.filming.framing import SIZES
from studio.steps.filming import names

_BROUGHT = re.compile(r"images/shot_[0-9]{3,}\.png|videos/shot_[0-9]{3,}\.mp4")
"""What comes from a session of another program stands where ours would."""


@dataclass(frozen=True, slots=True)
class ShotStatus:
    """One shot as a person sees it: ``mark`` is DONE, IMG or TODO; ``stale`` names what would be made again."""

    shot: Shot
    mark: str
    stale: tuple[str, ...]
    has_other_words: bool = False
    """True if the picture was picked among earlier takes and was made of other words than the shot has now."""


@dataclass(frozen=True, slots=True)
class Take:
    """One version of a shot's picture, clip or sentence; ``is_current`` if it is the one in the film."""

    name: str
    id: str
    at: str
    origin: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Something ``verify`` found about a file; no damage if a run would only take an earlier take of it again."""

    name: str
    what: str
    is_damage: bool = True


def files_of(session: Session, index: int) -> tuple[str, ...]:
    """The names of the shot's still, clip and spoken sentences."""
    spoken = [name for name in session.journal.names() if name.startswith(f"narration/shot_{index:03d}_")]
    return (names.image(index), names.clip(index), *spoken)


def kind_of(file: str) -> str:
    """``image``, ``video`` or ``narration``: what a shot's file is."""
    return {"images": "image", "videos": "video", "narration": "narration"}[file.split("/")[0]]


def takes_of(session: Session, file: str) -> Iterator[Take]:
    """Every take of ``file`` that is still here, oldest first."""
    current = session.journal.current(file)
    for line in session.takes(file):
        is_current = current is not None and current.digest == line.digest
        yield Take(file, line.digest[:8], line.at, line.origin, is_current)


def status_of(session: Session, shot: Shot, missing: set[str]) -> ShotStatus:
    """The shot with what stands of it; ``missing`` are the names that a run would make."""
    has_image = session.path(names.image(shot.index)).is_file()
    has_clip = session.path(names.clip(shot.index)).is_file()
    mark = "DONE" if has_image and has_clip else "IMG" if has_image else "TODO"
    stale = tuple(file for file in files_of(session, shot.index) if file in missing)
    return ShotStatus(shot, mark, stale, has_image and _is_of_other_words(session, names.image(shot.index)))


def _is_of_other_words(session: Session, image: str) -> bool:
    now = session.journal.current(image)
    if now is None or now.origin != "picked":
        return False
    made = [line for line in session.journal.history(image) if line.digest == now.digest and line.origin == "made"]
    return bool(made) and all(line.inputs.get("prompt") != now.inputs.get("prompt") for line in made)


def faults_of(session: Session, plan: Plan) -> Iterator[Fault]:
    """What the plan found wrong with finished files."""
    for name, look in plan.looks.items():
        if session.journal.current(name) is None:
            continue
        if _is_linked(session, name):
            yield Fault(name, "is a link to another place; no save point, copy or export holds it: put the file there")
        elif look.origin == "restored" and not look.is_torn:
            yield Fault(name, "the take that fits is in takes/; the next run puts it back", is_damage=False)
        elif look.is_torn or look.origin == "adopted" or look.edited or not session.path(name).is_file():
            yield Fault(name, look.why)


def _is_linked(session: Session, name: str) -> bool:
    """True if the file, or a folder on the way to it, is a link."""
    return session.path(name).is_symlink() or bool(linked_folder(session.directory, name))


def panel_of(session: Session, position: int, shot: Shot) -> Panel:
    """The shot as a panel of the storyboard."""
    still = session.path(names.image(shot.index))
    size = next((size for size in SIZES if shot.image_prompt.lower().startswith(size)), "")
    return Panel(
        number=position,
        still=still if still.is_file() else None,
        size=size,
        camera=shot.camera,
        duration_s=shot.duration_s,
        picture=shot.image_prompt,
        motion=shot.motion_prompt,
        spoken=shot.narration,
    )


def media_of(session: Session, path: str) -> Path:
    """The file behind ``path``: one that the journal knows, in its place or as a take, or one that the user brought.

    Raises UserError for all else.
    """
    journal = session.journal
    name, _, tag = path.removeprefix(f"{TAKES}/").rpartition("/") if path.startswith(f"{TAKES}/") else (path, "", "")
    digests = [line.digest[:8] for line in journal.history(name)]
    place = session.path(path)
    if any(len(part.encode(errors="replace")) > 255 for part in path.split("/")) or "\0" in path:
        raise UserError(f"{session.directory.name} has no such file.")
    is_known = bool(digests) and (not tag or (Path(tag).stem in digests and Path(tag).suffix == Path(name).suffix))
    is_brought = path == session.project.source.get("file") or _BROUGHT.fullmatch(path) is not None
    is_known = is_known or is_brought  # before the first run the journal is empty
    if not is_known or not place.is_file() or not place.resolve().is_relative_to(session.directory.resolve()):
        raise UserError(f"{session.directory.name} has no file {path}.")
    return place
