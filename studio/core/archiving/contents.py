"""What is in an archive: whose project it is, which files it brings, and whether what they say can be believed.

Everything is looked at before anything is written: the ZIP's own structure (``entries``), the names
(``checks``), then the few texts that the studio will later act on. A journal or a save point names files that
are moved about when the project is opened, so a name in them that leads out of the project is as dangerous as one in
the ZIP itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pydantic import ValidationError

from studio.core.archiving.checks import check_apart, check_entries, check_own_places, fault_in
from studio.core.archiving.entries import Contents, Entry, check_places, read_contents, read_small, shown, unpack
from studio.core.content import SNAPSHOTS
from studio.core.files import safe_name
from studio.core.foreign.scene_video_files import tells_scene_video
from studio.core.project import FORMAT, MANIFEST, Project
from studio.core.session import JOURNAL, TMP
from studio.errors import ArchiveRefused, NewerFormat
from studio.model.letters import normal

LIST = "studio-archive.json"
"""The list of files with their digests that an export ends with."""
LIST_FORMAT = 1
COMMENT = b"AI Film Studio archive"
"""The ZIP comment of an export: only with it is ``LIST`` believed. A project that was unpacked, worked on and zipped
again by hand still holds the old list, which says nothing about the new files."""

ArchiveKind = Literal["studio", "dubbing", "film_studio", "scene_video"]

_LARGEST_TEXT = 32 << 20
_LARGEST_JOURNAL = 512 << 20
_LONGEST_LINE = 16 << 20
_TEXT_RATIO = 60
_TEXT_RATIO_FROM_BYTES = 1 << 20
"""Texts that the studio reads before it unpacks: theirs is below 10:1, and reading a hundred repetitive megabytes would
take longer than a refusal may."""
_DIGEST = re.compile(r"[0-9a-f]{8,128}")
_RECORD_KEYS: dict[type, tuple[str, ...]] = {
    str: ("name", "step", "error", "fingerprint", "origin", "tmp", "at", "type"),
    int: ("size_bytes", "mtime_ns"),
    dict: ("inputs", "facts"),
}
_BYSTANDERS = {"thumbs.db", "desktop.ini", "__macosx"}
_OLD_SESSION = "_meta.json"


@dataclass(frozen=True, slots=True)
class Listed:
    """What an export's list says of one file."""

    digest: str
    size_bytes: int
    mtime_ns: int | None


@dataclass(frozen=True, slots=True)
class Examined:
    """An archive that may be imported: nothing of it has been written yet.

    ``name`` is what the project in it is called, ``made_with`` the version that exported it (empty if a person zipped
    the folder). ``entries`` maps each file's path in the project to its place in the ZIP; ``listed`` is the export's
    list, None without one; ``recorded`` is each file's last line in the journal: digest and time.
    """

    kind: ArchiveKind
    name: str
    total_bytes: int
    made_with: str = ""
    is_slim: bool = False
    warnings: tuple[str, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict, repr=False)
    listed: dict[str, Listed] | None = field(default=None, repr=False)
    recorded: dict[str, tuple[str, int]] = field(default_factory=dict, repr=False)


def examine(zip_path: Path) -> Examined:
    """What is in the archive; nothing is written. Takes less than two seconds, whatever is in it.

    Raises ArchiveRefused with the reason and the entry, NewerFormat if a newer studio made it.
    """
    with open_archive(zip_path) as file:
        return examine_open(file, zip_path)


def open_archive(zip_path: Path) -> BufferedReader:
    """The file, for reading. Raises ArchiveRefused if there is none."""
    if not zip_path.is_file():
        raise ArchiveRefused(f"There is no file {zip_path.name} to import.")
    try:
        return zip_path.open("rb")
    except OSError as error:
        raise ArchiveRefused(f"{zip_path.name} cannot be read: {error.strerror}.") from error


def examine_open(file: BufferedReader, zip_path: Path) -> Examined:
    """Like ``examine``, of a file that stays open, so that what was checked is what is unpacked."""
    contents = read_contents(file)
    if not contents.entries:
        raise ArchiveRefused("The archive is empty.")
    check_entries(contents.entries, file.seek(0, 2))
    check_places(file, contents)
    files, top = _files_of(contents)
    list_entry = files.pop(LIST, None)
    reader = _Reader(file, files)
    manifest = reader.object(MANIFEST)
    kind = _kind_of(manifest, files, top)
    warnings = _guessed_names(files)
    if manifest is None or kind == "dubbing":
        own = _name_in(manifest) if manifest is not None else _old_name(files) or safe_name(top)
        name = own or _stem(zip_path)
        return Examined(kind, name, _total_bytes(files), warnings=warnings, entries=files)
    _check_manifest(manifest)
    recorded = reader.check_journal()
    check_own_places(files, recorded)
    files = {name: entry for name, entry in files.items() if not name.startswith(f"{TMP}/")}
    reader.check_save_points()
    listed, header = None, dict[str, Any]()
    if list_entry is not None and contents.comment == COMMENT:
        listed, header = _read_list(_text(file, list_entry))
        warnings += _check_against_list(files, listed)
    return Examined(
        kind,
        _name_in(manifest) or _stem(zip_path),
        _total_bytes(files),
        made_with=header.get("made_with", ""),
        is_slim=header.get("slim") is True,
        warnings=warnings,
        entries=files,
        listed=listed,
        recorded=recorded,
    )


class _Reader:
    """The texts in an archive that the studio will act on."""

    def __init__(self, file: BufferedReader, files: dict[str, Entry]) -> None:
        self._file = file
        self._files = files

    def object(self, name: str) -> dict[str, Any] | None:
        """The JSON object in ``name``, or None if there is no such file. Raises ArchiveRefused if it is damaged."""
        if name not in self._files:
            return None
        found = _json(_text(self._file, self._files[name]), name)
        if not isinstance(found, dict):
            raise ArchiveRefused(f"{name} in the archive is damaged: it does not hold what it should.")
        return found

    def check_journal(self) -> dict[str, tuple[str, int]]:
        """Each file's last digest and time. Raises ArchiveRefused for a line that would lead out of the project."""
        recorded: dict[str, tuple[str, int]] = {}
        for line in self._lines(JOURNAL):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue  # the journal leaves out damaged lines and says how many
            if isinstance(record, dict) and record.get("kind") in ("artifact", "failed", "milestone"):
                _check_record(record)
                if record["kind"] == "artifact" and "digest" in record:
                    recorded[record["name"]] = (record["digest"], record["mtime_ns"])
        return recorded

    def check_save_points(self) -> None:
        """Raises ArchiveRefused for a save point that would lead out of the project."""
        for name in self._files:
            if name.startswith(f"{SNAPSHOTS}/") and name.endswith(".json"):
                point = self.object(name) or {}
                kept = point.get("files", [])
                for item in kept if isinstance(kept, list) else [None]:
                    fields = item if isinstance(item, dict) else {}
                    _check_inside(fields.get("name"), name)
                    _check_digest(fields.get("digest"), name)
                manifest = point.get("manifest")
                _check_source(manifest if isinstance(manifest, dict) else {}, name)

    def _lines(self, name: str) -> Iterator[bytes]:
        if name not in self._files:
            return
        _check_text(self._files[name], most_bytes=_LARGEST_JOURNAL)
        rest = b""
        for block in unpack(self._file, self._files[name]):
            *lines, rest = (rest + bytes(block)).split(b"\n")
            yield from lines
            if len(rest) > _LONGEST_LINE:
                raise ArchiveRefused(f"{name} in the archive is damaged: a line in it does not end.")
        yield rest


def _text(file: BufferedReader, entry: Entry) -> bytes:
    _check_text(entry, most_bytes=_LARGEST_TEXT)
    return read_small(file, entry)


def _check_text(entry: Entry, *, most_bytes: int) -> None:
    if entry.size_bytes > most_bytes:
        raise ArchiveRefused(f"{shown(entry.name)} is {entry.size_bytes:,} bytes long; no project's is.")
    if entry.size_bytes > max(_TEXT_RATIO_FROM_BYTES, _TEXT_RATIO * entry.packed_bytes):
        raise ArchiveRefused(
            f"The archive was refused: {shown(entry.name)} would grow from {entry.packed_bytes:,} to "
            f"{entry.size_bytes:,} bytes, which is how archive bombs are built."
        )


def _files_of(contents: Contents) -> tuple[dict[str, Entry], str]:
    """Path in the project → entry: without folders, hidden files, what Finder and Explorer add, and the top folder.

    The second value is the top folder's own name, empty without one.
    """
    top = ""
    kept = [e for e in contents.entries if not e.name.endswith("/") and not _is_bystander(e.name)]
    names = [normal("NFC", entry.name) for entry in kept]
    while names and not any(_tells_a_project(name) for name in names) and not _tells_scenes(top, names):
        tops = {name.partition("/")[0] for name in names}
        if len(tops) != 1 or not all("/" in name for name in names):
            break
        top = tops.pop()
        names = [name.partition("/")[2] for name in names]
    check_apart(names)
    return dict(zip(names, kept, strict=True)), top


def _is_bystander(name: str) -> bool:
    """Hidden files too: no export has one, and what the studio hides (locks, half-made changes) is not to be brought."""
    return any(part.startswith(".") or part.lower() in _BYSTANDERS for part in name.split("/"))


def _tells_a_project(name: str) -> bool:
    return "/" not in name and (name == MANIFEST or name.endswith(_OLD_SESSION))


def _tells_scenes(top: str, names: Iterable[str]) -> bool:
    return tells_scene_video(top, {name.partition("/")[0]: "/" in name for name in names}.items())


def _kind_of(manifest: dict[str, Any] | None, files: dict[str, Entry], top: str) -> ArchiveKind:
    if manifest is not None:
        return "studio" if "format" in manifest else "dubbing"
    if any(_tells_a_project(name) for name in files):
        return "film_studio"
    if _tells_scenes(top, files):
        return "scene_video"
    inner = [name for name in files if name.lower().endswith(".zip")]
    if inner:
        raise ArchiveRefused(f"The archive holds another archive, {shown(inner[0])}; unpack it and import that one.")
    some = ", ".join(shown(name) for name in sorted(files)[:3]) or "nothing"
    raise ArchiveRefused(
        f"The archive holds no project: there is neither a {MANIFEST} nor a session_…{_OLD_SESSION} in it, nor clips of scenes. "
        f"It holds {some}{' …' if len(files) > 3 else ''}."
    )


def _check_manifest(manifest: dict[str, Any]) -> None:
    written = manifest["format"]
    if type(written) is not int or written < 1:
        raise ArchiveRefused(f"{MANIFEST} in the archive is damaged: its format is no number.")
    if written > FORMAT:
        facts = manifest.get("session_metadata")
        version = facts.get("created_with_version") if isinstance(facts, dict) else None
        raise _newer(version, written, FORMAT)
    _check_source(manifest, MANIFEST)
    if written == FORMAT:
        try:
            Project.model_validate(manifest)
        except ValidationError as error:
            place = error.errors()[0]
            where = ".".join(str(part) for part in place["loc"])
            raise ArchiveRefused(f"{MANIFEST} in the archive is damaged at {where}: {place['msg']}.") from error


def _newer(version: object, written: int, known: int) -> NewerFormat:
    return NewerFormat(
        f"The archive was made with version {version or 'unknown'} of the studio (format {written}; this one reads "
        f"up to {known}). Update the studio, then import it."
    )


def _check_record(record: dict[str, Any]) -> None:
    for kind, keys in _RECORD_KEYS.items():
        for key in keys:
            if key in record and type(record[key]) is not kind:
                raise ArchiveRefused(f"{JOURNAL} in the archive is damaged: {key} in a line is not what it should be.")
    if record["kind"] == "milestone":
        return
    _check_inside(record.get("name"), JOURNAL)
    if record["kind"] == "artifact":
        _check_digest(record.get("digest"), JOURNAL)
        if "size_bytes" not in record or "mtime_ns" not in record:
            raise ArchiveRefused(f"{JOURNAL} in the archive is damaged: a line has no size or time.")
        half_made = record.get("tmp") or "none"
        _check_inside(half_made, JOURNAL)
        if "/" in half_made:
            raise ArchiveRefused(f"{JOURNAL} in the archive names {shown(half_made)}, which is no half-made file.")


def _check_inside(name: object, where: str) -> None:
    if not isinstance(name, str):
        raise ArchiveRefused(f"{where} in the archive is damaged: a file in it has no name.")
    fault = fault_in(name)
    if fault is None and any(part.startswith(".") for part in name.split("/")):
        fault = "is hidden"
    if fault:
        raise ArchiveRefused(f"The archive was refused: {where} in it names {shown(name)}, which {fault}.")


def _check_digest(digest: object, where: str) -> None:
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise ArchiveRefused(f"{where} in the archive is damaged: a digest in it is none.")


def _check_source(manifest: dict[str, Any], where: str) -> None:
    source = manifest.get("source")
    file = source.get("file") if isinstance(source, dict) else None
    if file:
        _check_inside(file, where)


def _read_list(content: bytes) -> tuple[dict[str, Listed], dict[str, Any]]:
    header = _json(content, LIST)
    if not isinstance(header, dict) or type(header.get("format")) is not int:
        raise ArchiveRefused(f"{LIST} in the archive is damaged: it has no format number.")
    if header["format"] > LIST_FORMAT:
        raise _newer(header.get("made_with"), header["format"], LIST_FORMAT)
    files: Any = header.get("files")
    try:
        listed = {
            str(one["name"]): Listed(str(one["blake3"]), int(one["size_bytes"]), int(one["mtime_ns"])) for one in files
        }
    except (TypeError, KeyError, ValueError, OverflowError) as error:
        raise ArchiveRefused(f"{LIST} in the archive is damaged: its list of files is torn.") from error
    return listed, header


def _check_against_list(files: dict[str, Entry], listed: dict[str, Listed]) -> tuple[str, ...]:
    for name, facts in listed.items():
        if name not in files:
            raise ArchiveRefused(f"{shown(name)} is missing in the archive; ask for it to be sent again.")
        if files[name].size_bytes != facts.size_bytes:
            raise ArchiveRefused(f"{shown(name)} is damaged in the archive: it has another size than it had.")
    added = sorted(files.keys() - listed.keys())
    if not added:
        return ()
    return (f"{len(added)} files were put into the archive after its export, {shown(added[0])} among them.",)


def _guessed_names(files: dict[str, Entry]) -> tuple[str, ...]:
    guessed = [name for name, entry in files.items() if entry.is_name_guessed]
    if not guessed:
        return ()
    return (f"The letters of {len(guessed)} names were guessed, because the archive does not say which: {guessed[0]}.",)


def _old_name(files: dict[str, Entry]) -> str:
    """What a session of the older film studio is called by its own file; empty if there is none."""
    meta = min((name for name in files if _tells_a_project(name)), default="")
    return safe_name(meta.removesuffix(_OLD_SESSION))


def _name_in(manifest: dict[str, Any]) -> str:
    name = manifest.get("session_name")
    return safe_name(name) if isinstance(name, str) else ""


def _stem(zip_path: Path) -> str:
    return safe_name(PurePosixPath(zip_path.name).stem.removesuffix("_export").removesuffix("_slim")) or "project"


def _total_bytes(files: dict[str, Entry]) -> int:
    return sum(entry.size_bytes for entry in files.values())


def _json(content: bytes, name: str) -> object:
    with suppress(ValueError, RecursionError):
        found: object = json.loads(content)
        if b"\\ud" in content.lower():  # half of a pair of letters can be read, and never be written again
            json.dumps(found, ensure_ascii=False).encode()
        return found
    raise ArchiveRefused(f"{name} in the archive is damaged: it is no JSON that can be read.")
