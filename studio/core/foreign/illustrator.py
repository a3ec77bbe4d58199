"""Opens the older illustrator's store and says what each of its sessions really holds.

Nothing in it is changed, and no flag is believed: a session may be called completed though it holds no moment and no
picture, or running though its program died long ago. What counts are the moments that are written down and the
pictures whose files stand there and verify. The numbers of its checkpoints began again after a restart and overwrote
each other, so checkpoints are taken by their time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from studio.core.foreign.findings import Finding, Findings, State
from studio.core.foreign.own import must_be_foreign
from studio.core.foreign.shelf import PICTURES, Shelf, Verify, fault_of
from studio.errors import BadInput
from studio.model.moments import EmotionalMoment
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json

_ACTIVE = ("illustrator_output/sessions/active_sessions", "sessions/active_sessions", "active_sessions")
_MANUSCRIPTS = "saved_manuscripts"
_NAMED = re.compile(r"(?:chapter|ch)[_ -]*0*(\d{1,5})(?!\d)", re.IGNORECASE)
_NO_STORE = "{} holds no session of the older illustrator (sessions/active_sessions/*.json) and no saved manuscript."


@dataclass(frozen=True, slots=True)
class ForeignPicture:
    """A whole picture of ``chapter`` (0: nobody wrote down which), and the words it was made from."""

    file: Path
    chapter: int = 0
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class ForeignBook:
    """One session as found, oldest knowledge first; ``moments`` are by the chapter's number (0: unknown)."""

    directory: Path
    session_id: str
    manuscript: Path | None
    """The saved manuscript that it is of."""
    said: str = ""
    """The status that the old program wrote down."""
    style_config: Mapping[str, object] = field(default_factory=dict)
    max_emotional_moments: int | None = None
    total_chapters: int = 0
    moments: Mapping[int, tuple[EmotionalMoment, ...]] = field(default_factory=dict)
    pictures: tuple[ForeignPicture, ...] = ()
    started_at: str = ""
    last_heartbeat: str = ""
    done: tuple[Finding, ...] = ()
    torn: tuple[Finding, ...] = ()
    missing: tuple[Finding, ...] = ()

    @property
    def state(self) -> State:
        """As what it holds says: complete if every chapter has a picture."""
        illustrated = {picture.chapter for picture in self.pictures if picture.chapter}
        if self.total_chapters and len(illustrated) >= self.total_chapters:
            return "COMPLETE"
        return "IN_PROGRESS" if self.pictures or any(self.moments.values()) else "NEW"


def is_illustrator(directory: Path) -> bool:
    """True if ``directory`` looks like a store of the older illustrator, its parent, or a part of it."""
    return directory.is_dir() and (_sessions_in(directory) is not None or (directory / _MANUSCRIPTS).is_dir())


def open_illustrator(directory: Path, verify_image: Verify) -> tuple[ForeignBook, ...]:
    """Every session of the store, the one that holds most first; a saved manuscript without one is a new session.

    Raises BadInput if ``directory`` is no such store or nothing in it can be used.
    """
    if not directory.is_dir():
        raise BadInput(f"There is no folder {directory}.")
    must_be_foreign(directory)
    root = directory.resolve()
    if not is_illustrator(root):
        raise BadInput(_NO_STORE.format(directory.name or directory))
    store = _Store(root, verify_image)
    books = [store.book(path) for path in store.session_files()]
    found = [book for book in books if book]
    used = {book.manuscript for book in found}
    found += [_unbegun(root, path) for path in store.manuscripts if path not in used]
    if not found:
        raise BadInput(_NO_STORE.format(directory.name or directory))
    return tuple(sorted(found, key=_worth, reverse=True))


def _worth(book: ForeignBook) -> tuple[int, int, str]:
    return len(book.pictures), sum(map(len, book.moments.values())), book.last_heartbeat


def _unbegun(root: Path, manuscript: Path) -> ForeignBook:
    missing = (Finding("session", "nothing was begun: the manuscript alone is there"),)
    return ForeignBook(root, "", manuscript, missing=missing)


def _sessions_in(directory: Path) -> Path | None:
    candidates = [directory / place for place in _ACTIVE]
    candidates += [directory] if directory.name == "active_sessions" else []
    return next((place for place in candidates if place.is_dir()), None)


class _Store:
    def __init__(self, root: Path, verify_image: Verify) -> None:
        self.active = _sessions_in(root)
        #: Pictures and manuscripts stand beside the sessions, wherever in the store the user pointed to.
        self.top = self._top(root)
        self.shelf = Shelf(self.top)
        self._verify = verify_image
        self.torn: list[Finding] = []
        self._read_checkpoints: dict[Path, Mapping[str, Any] | None] = {}
        self.manuscripts = self._manuscripts()

    def _top(self, root: Path) -> Path:
        if self.active is None:
            return root
        top = self.active.parent.parent
        beside = top.parent / _MANUSCRIPTS
        return (
            top.parent
            if top.name == "illustrator_output" and beside.is_dir()
            else min(root, top, key=lambda path: len(path.parts))
        )

    def session_files(self) -> list[Path]:
        return self._own(self.active) if self.active else []

    def book(self, file: Path) -> ForeignBook | None:
        """The session that ``file`` tells of; None if it cannot be read."""
        said = self._object(file)
        if said is None:
            return None
        found = Findings()
        session_id = _text(said.get("session_id")) or file.stem
        checkpoints = self._checkpoints(session_id)
        moments, lost = _moments([said, *checkpoints])
        pictures = self._pictures([said, *checkpoints], found)
        chapters = _number(said.get("total_chapters"))
        manuscript = self._manuscript(said, chapters)
        flag = _text(said.get("status"))
        for number, of_chapter in sorted(moments.items()):
            shown = f"chapter {number}" if number else "of no known chapter"
            drawn = sum(picture.chapter == number for picture in pictures)
            found.done.append(Finding(shown, f"{len(of_chapter)} moments, {drawn} pictures"))
        if flag == "completed" and not pictures and not moments:
            found.miss(file.name, "it is marked as completed, but it holds no moment and no picture")
        if lost:
            found.miss(file.name, f"{lost} moments could not be read and were left out")
        if manuscript is None:
            found.miss("manuscript", "its text is not in the store: bring the manuscript's file")
        return ForeignBook(
            directory=self.top,
            session_id=session_id,
            manuscript=manuscript,
            said=flag,
            style_config=_object(said.get("style_config")),
            max_emotional_moments=_number(said.get("max_emotional_moments")) or None,
            total_chapters=chapters,
            moments=moments,
            pictures=pictures,
            started_at=_text(said.get("started_at")),
            last_heartbeat=_text(said.get("last_heartbeat")),
            done=tuple(found.done),
            torn=(*self.torn, *found.torn),
            missing=tuple(found.missing),
        )

    def _checkpoints(self, session_id: str) -> list[Mapping[str, Any]]:
        """By their time; each that can be read."""
        read = [self._checkpoint(file) for file in self._checkpoint_files(session_id)]
        own = [one for one in read if one and _text(one.get("session_id")) in ("", session_id)]
        return sorted(own, key=lambda one: (_text(one.get("created_at")), _number(one.get("sequence_number"))))

    def _checkpoint_files(self, session_id: str) -> Iterator[Path]:
        """Those that are called after the session."""
        start = bisect_left(self._all_checkpoints, session_id, key=lambda file: file.name)
        return takewhile(lambda file: file.name.startswith(session_id), islice(self._all_checkpoints, start, None))

    @cached_property
    def _all_checkpoints(self) -> list[Path]:
        """In the order of their names."""
        folder = self.active.parent / "checkpoints" if self.active else None
        files = self._own(folder) if folder and folder.is_dir() else []
        return sorted(files, key=lambda file: file.name)

    def _checkpoint(self, file: Path) -> Mapping[str, Any] | None:
        """What is in it; read once, however many sessions it could be of."""
        if file not in self._read_checkpoints:
            self._read_checkpoints[file] = self._object(file)
        return self._read_checkpoints[file]

    def _pictures(self, told: Sequence[Mapping[str, Any]], found: Findings) -> tuple[ForeignPicture, ...]:
        """Each whole picture that the session names; one that is named and not there is missing."""
        pictures: dict[Path, ForeignPicture] = {}
        for entry, chapter in _entries(told):
            written = next((text for key in _FILE_KEYS if (text := _text(entry.get(key)))), "")
            if not written:
                continue
            file = self.shelf.find(written.partition("?")[0])
            if file is None or file.suffix.lower() not in PICTURES:
                found.miss(Path(written.replace("\\", "/")).name, "it is written down, but there is no file")
                continue
            reason = fault_of(file, self._verify)
            if reason:
                found.torn.append(Finding(file.name, f"the picture is torn and will be made again: {reason}"))
                continue
            named = _NAMED.search(file.stem)
            number = _number(entry.get("chapter_number")) or chapter or (int(named.group(1)) if named else 0)
            pictures.setdefault(
                file, ForeignPicture(file, number, _text(entry.get("prompt") or entry.get("prompt_used")))
            )
        return tuple(pictures.values())

    def _manuscripts(self) -> list[Path]:
        places = (self.top / _MANUSCRIPTS, self.top / "illustrator_output" / _MANUSCRIPTS)
        found = [file for place in places if place.is_dir() for file in self._own(place)]
        self._saved = {file: self._object(file) or {} for file in found}
        return [file for file in found if isinstance(self._saved[file].get("chapters"), list)]

    def _own(self, folder: Path) -> list[Path]:
        """The JSON files in ``folder`` that are the store's own: no link leads out of it."""
        files = sorted(folder.glob("*.json"))
        return [file for file in files if file.is_file() and file.resolve().is_relative_to(self.top)]

    def _manuscript(self, said: Mapping[str, Any], chapters: int) -> Path | None:
        """The saved manuscript by its id, else the only one with as many chapters, else the only one."""
        wanted = _text(said.get("manuscript_id"))
        for file in self.manuscripts:
            value = self._saved[file]
            ids = {
                _text(value.get("id")),
                _text(value.get("manuscript_id")),
                _text(_object(value.get("metadata")).get("id")),
            }
            if wanted and (wanted in file.stem or wanted in ids):
                return file
        alike = [file for file in self.manuscripts if chapters and self._chapter_count(file) == chapters]
        if len(alike) == 1:
            return alike[0]
        return self.manuscripts[0] if len(self.manuscripts) == 1 else None

    def _chapter_count(self, file: Path) -> int:
        return len(self._saved[file]["chapters"])

    def _object(self, file: Path) -> Mapping[str, Any] | None:
        """The file's object; None, and a finding, if it is torn."""
        try:
            value = parse_json(read_text_file(file), file.name)
        except BadInput as error:
            self.torn.append(Finding(file.name, str(error)))
            return None
        return value if isinstance(value, dict) else None


_FILE_KEYS = ("file_path", "image_path", "path", "filename", "file", "web_url", "url", "image_url")


def _moments(told: Iterable[Mapping[str, Any]]) -> tuple[dict[int, tuple[EmotionalMoment, ...]], int]:
    """Every moment once, by chapter in the order of the text, and how many were none."""
    by_chapter: dict[int, dict[str, EmotionalMoment]] = {}
    lost = 0
    for source in told:
        chapter = _number(source.get("chapter_number"))
        listed = [*_list(source.get("emotional_moments")), *_list(source.get("emotional_moments_data"))]
        for entry in listed:
            moment = _moment(entry)
            if moment is None:
                lost += 1
                continue
            number = _number(_object(entry).get("chapter_number")) or chapter
            by_chapter.setdefault(number, {})[moment.text_excerpt] = moment
    known = {text for number, found in by_chapter.items() if number for text in found}
    by_chapter[0] = {text: one for text, one in by_chapter.get(0, {}).items() if text not in known}
    ordered = {
        number: tuple(
            moment.model_copy(update={"number": place})
            for place, moment in enumerate(sorted(found.values(), key=lambda one: one.start_position), start=1)
        )
        for number, found in by_chapter.items()
        if found
    }
    return ordered, lost


def _moment(entry: object) -> EmotionalMoment | None:
    given = dict(_object(entry))
    if not _text(given.get("text_excerpt")).strip():
        return None
    tones = given.get("emotional_tones")
    known = {key: given[key] for key in EmotionalMoment.model_fields if key in given and given[key] is not None}
    known["emotional_tones"] = tuple(_text(tone).lower() for tone in tones) if isinstance(tones, list) else ("neutral",)
    try:
        return EmotionalMoment.model_validate({**known, "number": 1})
    except ValidationError:
        return None


def _entries(told: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Mapping[str, Any], int]]:
    """Everything that tells of a picture, and the chapter it is told in."""
    for source in told:
        chapter = _number(source.get("chapter_number"))
        data = _object(source.get("checkpoint_data"))
        for listed in (source.get("generated_images"), data.get("generated_images"), data.get("images")):
            for entry in _list(listed):
                yield ({"file_path": entry} if isinstance(entry, str) else _object(entry)), chapter


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    """A whole number, also one written as text; 0 for everything else."""
    if isinstance(value, str) and value.strip().isdigit() and len(value.strip()) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else 0
