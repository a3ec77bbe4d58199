"""Opens a session of the older dubbing program, a folder or an unpacked ZIP of it, and says what is in it.

Nothing in the old directory is changed, and flags and paths are not believed: a file counts when it stands in the
session and verifies. What the old program is known for is expected: paths of other folders (``temp_audio/…``), a
``created_at`` that is rewritten at each save, files of other projects among voices and mixes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from studio.core.foreign.dubbing_words import CODE, Words, read_words
from studio.core.foreign.findings import Finding, Findings, State
from studio.core.foreign.own import must_be_foreign
from studio.core.foreign.shelf import CLIPS, SOUNDS, Shelf, Verify, fault_of, text_of
from studio.errors import BadInput
from studio.model.dub import Line, Translated
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json
from studio.model.transcript import Segment

META = "metadata.json"
_FOLDERS = ("transcriptions", "translations", "voices", "final_videos", "mixed_videos", "custom_voices")
_META_KEYS = ("video_name", "transcription_text", "audio_paths", "final_videos", "voices", "translations")
_STAMP = re.compile(r"_(\d{8}_\d{6})(?:-\d+)?$")
_LATE_S = 60.0
"""Copying and unpacking move times by seconds; work takes longer."""


@dataclass(frozen=True, slots=True)
class ForeignDub:
    """An old dubbing session as found; paths are absolute and inside ``directory``, languages as it wrote them."""

    directory: Path
    name: str
    video_name: str
    created_at: str
    """The earliest moment that is written down; empty if none is."""
    languages: tuple[str, ...] = ()
    video: Path | None = None
    lines: tuple[Line, ...] = ()
    segments: tuple[Segment, ...] = ()
    """What was recognised, to cut lines from where ``lines`` were not saved."""
    transcription_text: str = ""
    translations: Mapping[str, tuple[Translated, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """Translations that are there only as one text, without lines."""
    voices: Mapping[str, str] = field(default_factory=dict)
    takes: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    """Language → line id → spoken line."""
    tracks: Mapping[str, Path] = field(default_factory=dict)
    """Language → the whole spoken track."""
    finals: Mapping[str, Path] = field(default_factory=dict)
    custom_voices: tuple[Path, ...] = ()
    mixed_videos: tuple[Path, ...] = ()
    unassigned: tuple[Path, ...] = ()
    """Media that this project does not mention: kept, never used by themselves."""
    done: tuple[Finding, ...] = ()
    torn: tuple[Finding, ...] = ()
    stale: tuple[Finding, ...] = ()
    missing: tuple[Finding, ...] = ()

    @property
    def state(self) -> State:
        """As the files say, not as ``pipeline_stage`` does."""
        if self.languages and all(language in self.finals for language in self.languages):
            return "COMPLETE"
        return "IN_PROGRESS" if self.lines or self.segments or self.translations or self.tracks else "NEW"


def is_dubbing(directory: Path) -> bool:
    """True if ``directory`` looks like a session of the older dubbing program, and is no project of the studio."""
    if not directory.is_dir() or (directory / "checkpoints.jsonl").exists():
        return False
    is_shaped = sum((directory / folder).is_dir() for folder in _FOLDERS) >= 2
    try:
        meta = parse_json(read_text_file(directory / META), META)
    except BadInput:
        return is_shaped
    if not isinstance(meta, dict) or isinstance(meta.get("format"), int):
        return False
    return sum(key in meta for key in _META_KEYS) >= 3 or is_shaped


def open_dubbing(directory: Path, verify_video: Verify, verify_audio: Verify) -> ForeignDub:
    """What the session in ``directory`` holds: done, torn, stale, missing, each with its reason.

    A torn JSON file costs only what stood in it alone. Raises BadInput if ``directory`` is no such session, or nothing
    in it can be used.
    """
    if not directory.is_dir():
        raise BadInput(f"There is no folder {directory}.")
    must_be_foreign(directory)
    return _Opener(directory.resolve(), verify_video, verify_audio).dub()


class _Opener:
    def __init__(self, root: Path, video: Verify, audio: Verify) -> None:
        self.root = root
        self.shelf = Shelf(root)
        self.found = Findings()
        self._verify = {"video": video, "audio": audio}
        self._used: set[Path] = set()
        self._whole: dict[Path, bool] = {}

    def dub(self) -> ForeignDub:
        meta = self._meta()
        words = read_words(self.root, meta, self.found)
        video = self._video(meta)
        tracks = self._by_language("audio", meta.get("audio_paths"), "audio/{}_audio", "spoken track")
        finals = self._by_language("video", meta.get("final_videos"), "final_videos/{}_final", "final video")
        takes = self._takes()
        voices, mixes = self._listed("custom_voices", meta, "audio"), self._listed("mixed_videos", meta, "video")
        languages = _languages(meta, words, takes, tracks, finals)
        self._say_what_is_missing(languages, words, tracks, finals, takes)
        if not (video or words.is_there or tracks or finals or takes):
            raise BadInput(
                f"{self.root.name} holds no video, no lines and no dub that can be read: it is no session of the dubbing "
                "program, or nothing of it is left."
            )
        self._compare_times(words, tracks, finals)
        name = text_of(meta.get("session_name")) or self.root.name
        return ForeignDub(
            directory=self.root,
            name=name,
            video_name=text_of(meta.get("video_name")) or (video.name if video else ""),
            created_at=_earliest(text_of(meta.get("created_at")), name, self.root.name),
            languages=languages,
            video=video,
            lines=words.lines,
            segments=words.segments,
            transcription_text=text_of(meta.get("transcription_text")),
            translations=words.translations,
            texts=words.texts,
            voices=words.voices,
            takes=takes,
            tracks=tracks,
            finals=finals,
            custom_voices=voices,
            mixed_videos=mixes,
            unassigned=self._unassigned(),
            done=tuple(self.found.done),
            torn=tuple(self.found.torn),
            stale=tuple(self.found.stale),
            missing=tuple(self.found.missing),
        )

    def _meta(self) -> Mapping[str, object]:
        try:
            meta = parse_json(read_text_file(self.root / META), META)
        except BadInput as error:
            self.found.torn.append(Finding(META, f"{error} What it said is taken from the files themselves."))
            return {}
        if isinstance(meta, dict):
            return meta
        self.found.torn.append(Finding(META, "it holds no object and was not used"))
        return {}

    def _video(self, meta: Mapping[str, object]) -> Path | None:
        written = [
            self._find(text_of(meta.get(key))) for key in ("original_video_path", "video_path", "original_video")
        ]
        plain = [path for path in self.shelf.under(".") if path.stem == "original_video" and path.parent == self.root]
        named = [self._find(text_of(meta.get("video_name")))]
        candidates = [path for path in dict.fromkeys([*plain, *written, *named]) if path]
        video = next((path for path in candidates if self._is_whole("video", path, "the original")), None)
        if video:
            self.found.done.append(Finding(self._name(video), "the original video"))
        elif not candidates:
            self.found.miss("original_video", "the original video is not in the session: give it again")
        return video

    def _by_language(self, kind: str, written: object, plain: str, what: str) -> dict[str, Path]:
        """Files by language: those written down, else in their plain place."""
        paths = {str(key): text_of(path) for key, path in written.items()} if isinstance(written, dict) else {}
        before, after = plain.split("{}")
        folder, ending = before.rstrip("/"), re.compile(f"^(.+){re.escape(after)}$")
        found: dict[str, Path] = {}
        in_place = [(match.group(1), path) for path in self.shelf.under(folder) if (match := ending.match(path.stem))]
        for language, path in [*((key, self._find(path)) for key, path in paths.items()), *in_place]:
            if path is None or language in found or not CODE.match(language):
                continue
            if self._is_whole(kind, path, f"{language}: the {what}"):
                found[language] = path
                self.found.done.append(Finding(self._name(path), f"{language}: the {what}"))
        seen = {language for language, path in in_place} | {key for key, path in paths.items() if self._find(path)}
        gone = [language for language in paths if language not in seen]
        self.found.missing += [
            Finding(language, f"its {what} ({paths[language]}) is not in the session") for language in gone
        ]
        return found

    def _takes(self) -> dict[str, dict[str, Path]]:
        """Spoken lines in ``audio/<language>/``; where they count from 0, line 0 is ``0001``."""
        takes: dict[str, dict[int, Path]] = {}
        for path in self.shelf.under("audio"):
            number = re.match(r"^(?:line|segment|chunk)?[_-]?0*(\d{1,6})$", path.stem)
            language = path.parent.name
            is_line = path.parent.parent == self.root / "audio" and CODE.match(language) and number
            if (
                is_line
                and number
                and path.suffix.lower() in SOUNDS
                and self._is_whole("audio", path, f"{language}: line")
            ):
                takes.setdefault(language, {})[int(number.group(1))] = path
        for language, lines in takes.items():
            self.found.done.append(Finding(language, f"{len(lines)} spoken lines"))
        return {
            language: {f"{number + (0 in lines):04d}": path for number, path in sorted(lines.items())}
            for language, lines in takes.items()
        }

    def _listed(self, folder: str, meta: Mapping[str, object], kind: str) -> tuple[Path, ...]:
        """Media in ``folder`` that the metadata list; all of it where there is no list."""
        listed = meta.get(folder)
        endings = CLIPS if kind == "video" else SOUNDS
        there = [path for path in self.shelf.under(folder) if path.suffix.lower() in endings]
        if isinstance(listed, list):
            named = [(str(name), self._find(str(name))) for name in listed]
            lost = [name for name, path in named if path is None]
            self.found.missing += [
                Finding(name, "is listed in the metadata, but is not in the session") for name in lost
            ]
            there = list(dict.fromkeys(path for _, path in named if path))
        good = tuple(path for path in there if self._is_whole(kind, path, folder.replace("_", " ").removesuffix("s")))
        what = "a voice of the user's" if kind == "audio" else "a named mix"
        self.found.done += [Finding(self._name(path), what) for path in good]
        return good

    def _unassigned(self) -> tuple[Path, ...]:
        return tuple(
            path
            for path in self.shelf.under(".")
            if path.suffix.lower() in (*CLIPS, *SOUNDS) and path not in self._used
        )

    def _find(self, written: str) -> Path | None:
        """The file by the tail of its path, else by its plain name if only one bears it."""
        if not written:
            return None
        found = self.shelf.find(written)
        name = re.split(r"[\\/]+", written.strip())[-1].casefold()
        alike = [path for path in self.shelf.under(".") if path.name.casefold() == name]
        return found or (alike[0] if len(alike) == 1 else None)

    def _is_whole(self, kind: str, path: Path, what: str) -> bool:
        if path not in self._whole:
            self._used.add(path)
            reason = fault_of(path, self._verify[kind])
            self._whole[path] = not reason
            if reason:
                self.found.torn.append(Finding(self._name(path), f"{what} is torn and will be made again: {reason}"))
        return self._whole[path]

    def _say_what_is_missing(
        self,
        languages: Sequence[str],
        words: Words,
        tracks: Mapping[str, Path],
        finals: Mapping[str, Path],
        takes: Mapping[str, Mapping[str, Path]],
    ) -> None:
        known = {finding.name for finding in self.found.missing}
        for language in languages:
            if language not in words.translations and language not in words.texts:
                self.found.miss(language, "it is not translated yet")
            if language not in tracks and language not in takes and language not in known:
                self.found.miss(language, "it is not spoken yet")
            if language not in finals:
                self.found.miss(language, "its final video is still to be made")

    def _compare_times(self, words: Words, tracks: Mapping[str, Path], finals: Mapping[str, Path]) -> None:
        """What was made before that from which it is made may hold older words."""
        for language, track in tracks.items():
            source = words.files.get(language)
            if source and _is_later(source, track):
                self.found.stale.append(Finding(language, "its translation was changed after it was spoken"))
            if language in finals and _is_later(track, finals[language]):
                self.found.stale.append(Finding(language, "it was spoken again after its final video was made"))
        if words.lines_file:
            old = [name for name, file in words.files.items() if _is_later(words.lines_file, file)]
            self.found.stale += [Finding(name, "the transcript was changed after it was translated") for name in old]

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _languages(meta: Mapping[str, object], words: Words, *others: Mapping[str, object]) -> tuple[str, ...]:
    """Every language that is named anywhere, those of the metadata first."""
    named = meta.get("languages")
    listed = [str(one) for one in named] if isinstance(named, list) else []
    found = [*listed, *words.translations, *words.texts, *words.voices, *(key for other in others for key in other)]
    return tuple(dict.fromkeys(one for one in found if CODE.match(one)))


def _earliest(written: str, *names: str) -> str:
    """``written``, or the moment in a name where that is earlier: saving again rewrote what is written."""
    moments = [match.group(1) for name in names if (match := _STAMP.search(name))]
    for moment in moments:
        try:
            named = datetime.strptime(moment, "%Y%m%d_%H%M%S").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S")
        except ValueError:
            continue
        return min(written, named) if written else named
    return written


def _is_later(file: Path, than: Path) -> bool:
    return file.stat().st_mtime - than.stat().st_mtime > _LATE_S
