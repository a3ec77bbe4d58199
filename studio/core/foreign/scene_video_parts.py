"""What a scan of a scene-video directory finds, as values: scenes, clips, sounds, narration, film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.core.foreign.findings import Finding, State
from studio.core.foreign.scene_video_names import OldNames, shown
from studio.core.foreign.scene_video_words import Documents
from studio.model.scene_video import VideoScene

Status = Literal["done", "torn", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a finished directory has. ``path`` is the whole file of it that counts, also where it is stale."""

    status: Status = "missing"
    path: Path | None = None
    note: str = ""
    """Why it is torn, stale or missing; a clause without a full stop."""
    takes: tuple[Path, ...] = ()
    """Further whole files of it."""
    torn: tuple[Path, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.status == "done"


@dataclass(frozen=True, slots=True)
class ForeignScene:
    """One scene and what stands on disk for it. ``clips`` are all that it is to have, in order."""

    scene: VideoScene
    stitched: Part
    clips: tuple[Part, ...]
    sound: Part
    first_frame: Part

    @property
    def number(self) -> int:
        return self.scene.scene_number

    @property
    def status(self) -> Status:
        """Done if it is stitched, or all clips are there; stale if it was stitched from older clips."""
        if self.stitched.status in ("done", "stale"):
            return self.stitched.status
        if all(clip.is_done for clip in self.clips):
            return "done"
        is_torn = self.stitched.torn or any(clip.torn for clip in self.clips)
        return "torn" if is_torn else "missing"

    @property
    def clips_to_make(self) -> tuple[int, ...]:
        """Numbers of the clips, from 1, without which the scene cannot be had."""
        if self.stitched.path is not None:
            return ()
        return tuple(number for number, clip in enumerate(self.clips, start=1) if not clip.is_done)


@dataclass(frozen=True, slots=True)
class SceneVideoScan:
    """A directory as found; paths are absolute and inside ``directory``."""

    directory: Path
    timestamp: str
    """``YYYYMMDD_HHMMSS`` that its files bear."""
    documents: Documents
    scenes: tuple[ForeignScene, ...]
    narration_text: Part
    narration_audio: Part
    narration_adjusted: Part
    final: Part
    narration: str = ""
    """The words of the narration."""
    images: tuple[Path, ...] = ()
    """Whole pictures in the directory itself: what the first clip may have started from."""
    torn_files: tuple[Finding, ...] = ()
    """Every file that cannot be used, with its reason; all stay where they are."""
    notes: tuple[Finding, ...] = ()
    """What else is worth telling."""
    unassigned: tuple[Path, ...] = ()
    """Media that belong to no scene; kept, never used by themselves."""
    names: tuple[str, ...] = ()
    """Every name in the directory, relative, folders with ``/`` at the end."""

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def has_words(self) -> bool:
        """False if no file says what is seen in the scenes: their numbers come from the clips alone."""
        return self.documents.chosen is not None

    @property
    def state(self) -> State:
        """As the files say."""
        if self.scenes and self.final.is_done and all(scene.status == "done" for scene in self.scenes):
            return "COMPLETE"
        is_begun = any(scene.stitched.path or any(clip.path for clip in scene.clips) for scene in self.scenes)
        return "IN_PROGRESS" if is_begun else "NEW"

    def old_names(self) -> OldNames:
        """Names that the old program would give to files still to be made."""
        return OldNames(self.timestamp, self.names)

    def name_of(self, path: Path) -> str:
        """``path`` in the directory, as text fit to be shown."""
        return shown(path.relative_to(self.directory).as_posix())


def numbered(what: str, numbers: Sequence[int]) -> str:
    """``scene 3``, ``scenes 3 and 4``, ``scenes 1, 2, 5``; more than six are counted."""
    if len(numbers) > 6:
        return f"{len(numbers)} {what}s"
    if len(numbers) == 1:
        return f"{what} {numbers[0]}"
    listed = [str(number) for number in numbers]
    return f"{what}s {', '.join(listed[:-1])} and {listed[-1]}"
