"""Opens a session of the older AI Film Studio, in every shape it was written in, and says what is in it.

Nothing in the old directory is changed. Flags are not believed: an image or clip counts when its file stands
there and verifies, whatever the files say about it. Files are found by the tail of the path that was written
down (absolute, with backslashes, relative to the old program's folder), then by their plain name, and always
inside the session.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from studio.core.foreign.shelf import CLIPS, PICTURES, SOUNDS, Shelf, fault_of, whole_objects
from studio.errors import BadInput
from studio.model.bounds import FILM_S, SHOTS
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.story import Story
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json, shots_from, story_from

Status = Literal["DONE", "IMG", "TODO"]
State = Literal["NEW", "IN_PROGRESS", "COMPLETE"]
Verify = Callable[[Path], object]
"""Raises a StudioError, OSError or ValueError if the file is torn."""

_NAME = re.compile(r"^session_\d{8}_\d{6}$")
_LENGTH = re.compile(r"(?i)duration|^length$")
_STALE_S = 2.0
_NO_SESSION = (
    "{} holds no story, no shots and no idea that can be read: it is no session of the AI Film Studio, or nothing of it "
    "is left."
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the old session worth telling: ``name`` is a path in it or a shot, ``reason`` a sentence."""

    name: str
    reason: str


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


def is_film_studio(directory: Path) -> bool:
    """True if ``directory`` looks like a session of the older AI Film Studio."""
    if not directory.is_dir():
        return False
    has_meta = next(directory.glob("session_*_meta.json"), None) is not None
    has_work = any((directory / name).exists() for name in ("shots.json", "story.json", "images"))
    is_ours = (directory / "metadata.json").exists() or (directory / "checkpoints.jsonl").exists()
    return has_meta or (has_work and not is_ours and bool(_NAME.match(directory.name)))


def open_film_studio(
    directory: Path, verify_image: Verify, verify_video: Verify, verify_audio: Verify | None = None
) -> ForeignFilm:
    """What the session in ``directory`` holds: done, torn, stale, missing, each with its reason.

    Torn or missing JSON files cost only what stood in them alone: shots are taken from ``shots.json``, else
    from the metadata, and the whole ones at the beginning of a torn list are used. Raises BadInput if
    ``directory`` is no session, or nothing in it can be used.
    """
    if not directory.is_dir():
        raise BadInput(f"There is no folder {directory}.")
    if not _may_be_session(directory):  # before every file under it is looked at: it may be the whole disk
        raise BadInput(_NO_SESSION.format(directory.name or directory))
    opener = _Opener(directory.resolve(), verify_image, verify_video, verify_audio)
    return opener.film()


def _may_be_session(directory: Path) -> bool:
    has_work = any((directory / name).exists() for name in ("shots.json", "story.json", "scene_graph.json"))
    return has_work or next(directory.glob("*_meta.json"), None) is not None


@dataclass
class _Found:
    """Findings as they come up."""

    done: list[Finding] = field(default_factory=list)
    torn: list[Finding] = field(default_factory=list)
    stale: list[Finding] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)


class _Opener:
    def __init__(self, root: Path, image: Verify, video: Verify, audio: Verify | None) -> None:
        self.root = root
        self.found = _Found()
        self.shelf = Shelf(root)
        self._verify: dict[str, Verify | None] = {"image": image, "clip": video, "narration": audio}
        self._used: set[Path] = set()

    def film(self) -> ForeignFilm:
        meta = self._meta()
        story = self._story(meta)
        written = self._shots(meta)
        if story is None and not written and not _text(meta.get("idea")):
            raise BadInput(_NO_SESSION.format(self.root.name))
        shots = tuple(self._shot(number, shot, flags) for number, shot, flags in written)
        idea = _text(meta.get("idea"))
        narration = tuple(self._whole(path) for path in self.shelf.sounds() if path not in self._used)
        story_title = story.title if story and story.title != "Untitled" else ""
        if not written:
            self._miss("shots", "no shots were planned yet")
        return ForeignFilm(
            directory=self.root,
            name=_text(meta.get("session_id")) or self.root.name,
            title=story_title or _shortened(idea) or self.root.name,
            idea=idea,
            options=_options(meta, story, [shot for _, shot, _ in written], bool(narration)),
            story=story,
            shots=shots,
            narration=tuple(path for path in narration if path is not None),
            started_at=_text(meta.get("started_at")),
            done=tuple(self.found.done),
            torn=tuple(self.found.torn),
            stale=tuple(self.found.stale),
            missing=tuple(self.found.missing),
            unassigned=tuple(path for path in self.shelf.media() if path not in self._used),
        )

    def _meta(self) -> Mapping[str, object]:
        """The metadata file: named after the folder, else the only or newest one (a renamed folder)."""
        named = self.root / f"{self.root.name}_meta.json"
        others = sorted(self.root.glob("*_meta.json"), key=lambda path: (path.stat().st_mtime, path.name))
        path = named if named.exists() else (others[-1] if others else None)
        if path is None:
            self._miss(f"{self.root.name}_meta.json", "the metadata file is not there; idea and dates are unknown")
            return {}
        value = self._json(path)
        if value is not None and not isinstance(value, dict):
            self.found.torn.append(Finding(path.name, "the metadata is no object and was not used"))
        return value if isinstance(value, dict) else {}

    def _json(self, path: Path) -> object | None:
        """The file's value; None, and a finding, if it is torn."""
        try:
            return parse_json(read_text_file(path), path.name)
        except BadInput as error:
            self.found.torn.append(Finding(path.name, str(error)))
            return None

    def _story(self, meta: Mapping[str, object]) -> Story | None:
        """``story.json``; without it the scene graph, which holds the same scenes."""
        named = [
            (path.name, path) for path in (self.root / "story.json", self.root / "scene_graph.json") if path.exists()
        ]
        for name, path in named:
            value = self._json(path)
            if value is not None:
                story = self._as_story(value, name)
                if story is not None:
                    return story
        for key in ("story", "scene_graph"):
            if isinstance(meta.get(key), dict | list):
                return self._as_story(meta[key], f"metadata, {key}")
        if not named:
            self._miss("story.json", "the story is not there; the shots stand for themselves")
        return None

    def _as_story(self, value: object, name: str) -> Story | None:
        try:
            story = self._in_bounds(value, name, story_from)
        except (BadInput, ValidationError) as error:
            self.found.torn.append(Finding(name, _sentence(error)))
            return None
        self.found.done.append(Finding(name, f"story of {len(story.scenes)} scenes"))
        return story

    def _in_bounds(self, value: object, name: str, read: Callable[[object, str], T]) -> T:
        """What ``read`` makes of ``value``; lengths that cannot be are left out, not the scenes and shots with them."""
        try:
            return read(value, name)
        except BadInput as error:
            found = read(_without_lengths(value), name)
            self.found.torn.append(Finding(name, f"{error} The lengths in it were left out."))
            return found

    def _shots(self, meta: Mapping[str, object]) -> list[tuple[int, Shot, Mapping[str, object]]]:
        """Old number, shot, and what was written about its files; ``shots.json`` leads, metadata fills in."""
        path = self.root / "shots.json"
        own = self._shot_list(path) if path.exists() else []
        in_meta = meta.get("shots")
        old = [entry for entry in in_meta if isinstance(entry, dict)] if isinstance(in_meta, list) else []
        listed = own or old
        if not listed:
            return []
        source = path.name if own else "metadata, shots"
        try:
            numbered = self._in_bounds(listed, source, shots_from)
        except (BadInput, ValidationError) as error:
            self.found.torn.append(Finding(source, _sentence(error)))
            numbered = self._one_by_one(listed, source)
        flags: dict[int, dict[str, object]] = {}
        for position, entry in [*enumerate(old, start=1), *enumerate(own, start=1)]:
            known = flags.setdefault(_number(entry) or position, {})
            known.update({key: value for key, value in entry.items() if value not in (None, "", [])})
        self._compare(numbered, old if own else [])
        if own and len(old) > len(own):
            kept = {number for number, _ in numbered}
            more = [entry for entry in old if _number(entry) not in kept]
            numbered = (*numbered, *self._one_by_one(more, "metadata, shots", start=len(numbered)))
        return [(number, shot, flags.get(number, {})) for number, shot in numbered]

    def _shot_list(self, path: Path) -> list[Mapping[str, object]]:
        """The list in ``shots.json``; of a torn one, the whole shots at its beginning."""
        try:
            text = read_text_file(path)
        except BadInput as error:
            self.found.torn.append(Finding(path.name, str(error)))
            return []
        try:
            value = parse_json(text, path.name)
        except BadInput as error:
            whole = whole_objects(text)
            self.found.torn.append(Finding(path.name, f"{error} {len(whole)} whole shots at its beginning are used."))
            return whole
        if isinstance(value, dict):
            value = value.get("shots", [])
        if not isinstance(value, list):
            self.found.torn.append(Finding(path.name, "it holds no list of shots and was not used"))
            return []
        return [entry for entry in value if isinstance(entry, dict)]

    def _one_by_one(
        self, entries: Sequence[Mapping[str, object]], source: str, start: int = 0
    ) -> tuple[tuple[int, Shot], ...]:
        """The shots that can be read, where the list as a whole cannot."""
        kept: list[tuple[int, Shot]] = []
        for position, entry in enumerate(entries, start=start + 1):
            try:
                _, shot = shots_from([entry], source)[0]
            except (BadInput, ValidationError):
                self._miss(f"shot {_number(entry) or position}", f"{source}: it has no image prompt that can be read")
                continue
            kept.append((_number(entry) or position, shot.model_copy(update={"index": start + len(kept) + 1})))
        return tuple(kept)

    def _compare(self, numbered: Iterable[tuple[int, Shot]], old: list[dict[str, object]]) -> None:
        """A prompt that differs between the two files was edited after the metadata was written."""
        prompts = {_number(entry): _text(entry.get("image_prompt")) for entry in old}
        for number, shot in numbered:
            before = prompts.get(number)
            if before and " ".join(before.split()) != shot.image_prompt:
                self.found.stale.append(
                    Finding(
                        f"shot {number}", "its image prompt was edited in shots.json after the metadata was written"
                    )
                )

    def _shot(self, number: int, shot: Shot, flags: Mapping[str, object]) -> ForeignShot:
        paths = flags.get("image_paths")
        variations = [_text(path) for path in paths] if isinstance(paths, list) else []
        image_says = bool(flags.get("image_generated")) or bool(_text(flags.get("image_path")))
        clip_says = bool(flags.get("video_rendered")) or bool(_text(flags.get("video_path")))
        wanted = [_text(flags.get("image_path")), *variations]
        images = self._good("image", wanted, self.shelf.of(number, PICTURES), f"shot {number}", image_says)
        clips = self._good(
            "clip", [_text(flags.get("video_path"))], self.shelf.of(number, CLIPS), f"shot {number}", clip_says
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
            self._miss(shot, f"its {kind} is marked as made, but there is no file")
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

    def _miss(self, name: str, reason: str) -> None:
        self.found.missing.append(Finding(name, reason))


def _number(entry: Mapping[str, object]) -> int | None:
    """A shot's own number, from ``3`` or ``"3"``."""
    value = entry.get("index")
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    found = re.search(r"\d{1,9}", str(value))
    return int(found.group()) if found else None


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


def _without_lengths(value: object) -> object:
    """``value`` without what says how long its scenes and shots last."""
    if isinstance(value, list):
        return [_without_lengths(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_lengths(part) for key, part in value.items() if not _LENGTH.search(key)}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _shortened(idea: str) -> str:
    """An idea as a title: its first clause, at most 60 characters."""
    first = re.split(r"[.!?\n;:]", idea, maxsplit=1)[0].strip()
    return first if len(first) <= 60 else first[:60].rsplit(" ", 1)[0] + "…"


def _sentence(error: Exception) -> str:
    """One sentence about a value that could not be read."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)
