"""Opens a session of the older AI Film Studio, in every shape it was written in, and says what is in it.

Nothing in the old directory is changed. Flags are not believed: an image or clip counts when its file stands
there and verifies, whatever the files say about it. Files are found by the tail of the path that was written
down (absolute, with backslashes, relative to the old program's folder), then by their plain name, and always
inside the session.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.core.foreign.film_studio_words import Words
from studio.core.foreign.findings import Finding, Findings, State
from studio.core.foreign.own import must_be_foreign
from studio.core.foreign.shelf import CLIPS, PICTURES, SOUNDS, Shelf, Verify, fault_of, text_of
from studio.errors import BadInput
from studio.model.bounds import FILM_S, SHOTS
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.story import Story

Status = Literal["DONE", "IMG", "TODO"]

_STALE_S = 2.0
_NO_SESSION = (
    "{} holds no story, no shots and no idea that can be read: it is no session of the AI Film Studio, or nothing of it "
    "is left."
)


@dataclass(frozen=True, slots=True)
class ForeignShot:
    """One shot and what stands on disk for it. ``takes`` are further whole images, clips and sounds of it."""

    shot: Shot
    image: Path | None = None
    clip: Path | None = None
    narration: Path | None = None
    takes: tuple[Path, ...] = ()

    @property
    def status(self) -> Status:
        """``DONE`` image and clip, ``IMG`` image only, ``TODO`` neither (or a clip whose image is gone)."""
        if self.image is None:
            return "TODO"
        return "DONE" if self.clip is not None else "IMG"


@dataclass(frozen=True, slots=True)
class ForeignFilm:
    """An old session as found; paths are absolute and inside ``directory``."""

    directory: Path
    name: str
    title: str
    idea: str
    options: FilmOptions
    story: Story | None
    shots: tuple[ForeignShot, ...]
    narration: tuple[Path, ...] = ()
    """Narration files that belong to the whole film or to no known shot."""
    started_at: str = ""
    done: tuple[Finding, ...] = ()
    torn: tuple[Finding, ...] = ()
    stale: tuple[Finding, ...] = ()
    missing: tuple[Finding, ...] = ()
    unassigned: tuple[Path, ...] = ()
    """Images and clips that belong to no shot; kept, never used by themselves."""

    @property
    def state(self) -> State:
        """As the files say, not as the old flags do."""
        if self.shots and all(shot.status == "DONE" for shot in self.shots):
            return "COMPLETE"
        return "IN_PROGRESS" if self.shots or self.story is not None else "NEW"


def open_film_studio(directory: Path, verify_image: Verify, verify_video: Verify, verify_audio: Verify) -> ForeignFilm:
    """What the session in ``directory`` holds: done, torn, stale, missing, each with its reason.

    Torn or missing JSON files cost only what stood in them alone: shots are taken from ``shots.json``, else
    from the metadata, and the whole ones at the beginning of a torn list are used. Raises BadInput if
    ``directory`` is no session, or nothing in it can be used.
    """
    if not directory.is_dir():
        raise BadInput(f"There is no folder {directory}.")
    must_be_foreign(directory)
    if not _may_be_session(directory):  # before every file under it is looked at: it may be the whole disk
        raise BadInput(_NO_SESSION.format(directory.name or directory))
    opener = _Opener(directory.resolve(), verify_image, verify_video, verify_audio)
    return opener.film()


def _may_be_session(directory: Path) -> bool:
    has_work = any((directory / name).exists() for name in ("shots.json", "story.json", "scene_graph.json"))
    return has_work or next(directory.glob("*_meta.json"), None) is not None


class _Opener:
    def __init__(self, root: Path, image: Verify, video: Verify, audio: Verify) -> None:
        self.root = root
        self.found = Findings()
        self.words = Words(root, self.found)
        self.shelf = Shelf(root)
        self._verify = {"image": image, "clip": video, "narration": audio}
        self._used: set[Path] = set()

    def film(self) -> ForeignFilm:
        meta = self.words.meta()
        story = self.words.story(meta)
        written = self.words.shots(meta)
        if story is None and not written and not text_of(meta.get("idea")):
            raise BadInput(_NO_SESSION.format(self.root.name))
        shots = tuple(self._shot(number, shot, flags) for number, shot, flags in written)
        idea = text_of(meta.get("idea"))
        narration = tuple(self._whole(path) for path in self.shelf.sounds() if path not in self._used)
        story_title = story.title if story and story.title != "Untitled" else ""
        if not written:
            self.found.miss("shots", "no shots were planned yet")
        return ForeignFilm(
            directory=self.root,
            name=text_of(meta.get("session_id")) or self.root.name,
            title=story_title or _shortened(idea) or self.root.name,
            idea=idea,
            options=_options(meta, story, [shot for _, shot, _ in written], bool(narration)),
            story=story,
            shots=shots,
            narration=tuple(path for path in narration if path is not None),
            started_at=text_of(meta.get("started_at")),
            done=tuple(self.found.done),
            torn=tuple(self.found.torn),
            stale=tuple(self.found.stale),
            missing=tuple(self.found.missing),
            unassigned=tuple(path for path in self.shelf.media() if path not in self._used),
        )

    def _shot(self, number: int, shot: Shot, flags: Mapping[str, object]) -> ForeignShot:
        paths = flags.get("image_paths")
        variations = [text_of(path) for path in paths] if isinstance(paths, list) else []
        image_says = bool(flags.get("image_generated")) or bool(text_of(flags.get("image_path")))
        clip_says = bool(flags.get("video_rendered")) or bool(text_of(flags.get("video_path")))
        wanted = [text_of(flags.get("image_path")), *variations]
        images = self._good("image", wanted, self.shelf.of(number, PICTURES), f"shot {number}", image_says)
        clips = self._good(
            "clip", [text_of(flags.get("video_path"))], self.shelf.of(number, CLIPS), f"shot {number}", clip_says
        )
        sounds = [path for path in (self._whole(path) for path in self.shelf.of(number, SOUNDS)) if path]
        found = ForeignShot(
            shot=shot,
            image=images[0] if images else None,
            clip=clips[0] if clips else None,
            narration=sounds[0] if sounds else None,
            takes=(*images[1:], *clips[1:], *sounds[1:]),
        )
        self._used.update((*images, *clips, *sounds))
        self._note(number, found)
        return found

    def _note(self, number: int, found: ForeignShot) -> None:
        if found.status == "TODO" and found.clip is not None:
            self.found.stale.append(
                Finding(f"shot {number}", "its clip is there, but the image it was made from is gone")
            )
        if found.image and found.clip:
            late_s = found.image.stat().st_mtime - found.clip.stat().st_mtime
            if late_s > _STALE_S:
                self.found.stale.append(
                    Finding(f"shot {number}", "its image is newer than its clip: the clip may show an older take")
                )
        words = {"DONE": "image and clip", "IMG": "image; the clip is still to be made", "TODO": ""}[found.status]
        if words:
            self.found.done.append(Finding(f"shot {number}", words))

    def _good(self, kind: str, written: Sequence[str], shelved: Sequence[Path], shot: str, says: bool) -> list[Path]:
        """Files of a shot that verify, the one written down first; torn and missing ones become findings."""
        candidates = dict.fromkeys(path for name in written if name for path in [self.shelf.find(name)] if path)
        candidates |= dict.fromkeys(shelved)
        good: list[Path] = []
        for path in candidates:
            reason = fault_of(path, self._verify[kind])
            if reason:
                self._used.add(path)
                self.found.torn.append(
                    Finding(self._name(path), f"{shot}: the {kind} is torn and will be made again: {reason}")
                )
            else:
                good.append(path)
        if says and not candidates:
            self.found.miss(shot, f"its {kind} is marked as made, but there is no file")
        return good

    def _whole(self, path: Path) -> Path | None:
        """``path`` if its sound can be used."""
        reason = fault_of(path, self._verify["narration"])
        if reason:
            if path not in self._used:
                self.found.torn.append(Finding(self._name(path), f"the narration is torn: {reason}"))
            self._used.add(path)
            return None
        return path

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _options(meta: Mapping[str, object], story: Story | None, shots: Sequence[Shot], has_sound: bool) -> FilmOptions:
    """What the old session would have been asked for: its length and its number of shots."""
    given = meta.get("total_duration")
    seconds = 0.0 if FILM_S.fault(given) or not isinstance(given, int | float) else float(given)
    seconds = seconds or (story.duration_s if story and story.duration_s else 0.0)
    seconds = seconds or sum(shot.duration_s for shot in shots) or 40.0
    speaks = (
        has_sound or any(shot.narration for shot in shots) or bool(story and any(s.narration for s in story.scenes))
    )
    length_s = min(FILM_S.most, max(FILM_S.least, seconds))
    count = min(len(shots), int(SHOTS.most)) or None
    return FilmOptions(seconds=length_s, shots=count, narration=speaks)


def _shortened(idea: str) -> str:
    """An idea as a title: its first clause, at most 60 characters."""
    first = re.split(r"[.!?\n;:]", idea, maxsplit=1)[0].strip()
    return first if len(first) <= 60 else first[:60].rsplit(" ", 1)[0] + "…"
