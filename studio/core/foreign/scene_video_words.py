"""The JSON documents of a scene-video directory: what each holds, and which of them has the scenes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from studio.core.foreign.scene_video_names import shown, stamp_in
from studio.core.foreign.shelf import whole_objects
from studio.errors import BadInput
from studio.model.scene_video import ScenesRead, listed_in, scene_entries, scenes_from, texts_of
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json

DocumentKind = Literal["scenes with environments", "scene metadata", "environments", "response", "unknown"]

_ENVIRONMENT = "scene_physical_environment"
_SCENES_FILE = re.compile(r"^scenes_[0-9]{8}_[0-9]{6}\.json$")
_MOST_BYTES = 20_000_000
_TOO_LARGE = "it is larger than 20 MB: too long for one film."
_RESPONSE_KEYS = ("local_video_path", "generation_type", "failure_reason", "assets", "video", "request_id")


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON file. ``items`` are its list's entries (1 for an object); ``fault`` says why it cannot be read whole."""

    name: str
    path: Path
    kind: DocumentKind
    size_bytes: int
    items: int
    modified_ns: int = 0
    fault: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Documents:
    """All JSON files of a directory, and what the chosen ones say. ``why`` is the reason of the choice, a sentence."""

    listed: tuple[Document, ...]
    chosen: Document | None
    why: str
    scenes: ScenesRead
    environments: tuple[str, ...]


def read_documents(files: Sequence[tuple[str, Path]], stamp: str) -> Documents:
    """What the JSON ``files`` (name in the directory, path) hold; ``stamp`` is the timestamp of the directory's name.

    The scenes are taken from ``scenes_<stamp>.json``; else from ``scenes_<any timestamp>.json``, the one modified
    last; else from any file with scene data, those with environments and in the directory itself first. A file that
    is torn, or holds no scenes, is passed over; what is whole at the beginning of a torn one is used if no other has
    any.
    """
    read = [_read(name, path) for name, path in files]
    ranked = sorted((one for one in read if one.scenes.scenes), key=lambda one: _rank(one, stamp))
    environments = _environments(read, stamp)
    if not ranked:
        documents = tuple(one.document for one in read)
        return Documents(documents, None, "No JSON file holds scenes.", ScenesRead(), environments)
    best = ranked[0]
    chosen = replace(best.document, is_chosen=True)
    listed = tuple(chosen if one is best else one.document for one in read)
    return Documents(listed, chosen, _why(best, ranked, read, stamp), best.scenes, environments)


@dataclass(frozen=True, slots=True)
class _Read:
    document: Document
    value: object = None
    scenes: ScenesRead = field(default_factory=ScenesRead)
    """Of a torn file, the whole ones at its beginning."""


def _read(name: str, path: Path) -> _Read:
    known_as = shown(name)
    try:
        facts = path.stat()
    except OSError as error:
        return _Read(Document(known_as, path, "unknown", 0, 0, 0, f"it cannot be read: {error.strerror}."))
    value, fault = (None, _TOO_LARGE) if facts.st_size > _MOST_BYTES else _value(path, known_as)
    scenes = ScenesRead()
    if scene_entries(value):
        try:
            scenes = scenes_from(value, known_as)
        except BadInput as error:
            fault = str(error)
    document = Document(known_as, path, _kind(path.name, value), facts.st_size, _items(value), facts.st_mtime_ns, fault)
    return _Read(document, value, scenes)


def _value(path: Path, name: str) -> tuple[object, str]:
    """What the file holds, and its fault; of a torn list, the whole objects at its beginning."""
    text = ""
    try:
        text = read_text_file(path)
        return parse_json(text, name), ""
    except BadInput as error:
        return (whole_objects(text) or None) if text else None, shown(str(error))


def _kind(name: str, value: object) -> DocumentKind:
    entries = scene_entries(value)
    if entries:
        placed = sum(bool(texts_of([entry], _ENVIRONMENT)) for entry in entries)
        return "scenes with environments" if placed * 2 >= len(entries) else "scene metadata"
    if texts_of([entry for entry in listed_in(value) if isinstance(entry, dict)], _ENVIRONMENT):
        return "environments"
    if "_response" in name.lower() or (isinstance(value, dict) and sum(key in value for key in _RESPONSE_KEYS) >= 2):
        return "response"
    return "unknown"


def _items(value: object) -> int:
    return len(listed_in(value)) or (1 if isinstance(value, dict) and value else 0)


def _rule(one: _Read, stamp: str) -> int:
    if one.document.fault:
        return 4
    if stamp and one.document.name == f"scenes_{stamp}.json":
        return 1
    return 2 if _SCENES_FILE.match(one.document.name) else 3


def _rank(one: _Read, stamp: str) -> tuple[int, bool, bool, int, int, int, str]:
    """Smallest first; of several of one rule the one modified last, of those unpacked at once the latest timestamp."""
    document, rule = one.document, _rule(one, stamp)
    is_deep, is_bare = "/" in document.name and rule > 2, document.kind != "scenes with environments" and rule > 2
    more = -len(one.scenes.scenes) if rule == 4 else 0
    own = int(stamp_in(document.name).replace("_", "") or 0)
    return rule, is_bare, is_deep, more, -document.modified_ns, -own, document.name


def _why(one: _Read, ranked: Sequence[_Read], read: Sequence[_Read], stamp: str) -> str:
    """Why this file and no other."""
    rule, name = _rule(one, stamp), one.document.name
    count = sum(_rule(other, stamp) == rule for other in ranked)
    passed = [other.document for other in read if _is_passed_over(other, stamp, rule)]
    over = "".join(f" {other.name} is passed over: {other.fault or 'it holds no scenes.'}" for other in passed)
    if rule == 1:
        return f"{name} bears the timestamp of the directory."
    if rule == 2:
        return f"{name} is named like a scenes file{f', modified last of {count}' if count > 1 else ''}.{over}"
    if rule == 3:
        bare = " It does not say where they play." if one.document.kind == "scene metadata" else ""
        return f"{name} holds scenes, under another name{f', the best of {count}' if count > 1 else ''}.{bare}{over}"
    return f"{name} is torn: the {len(one.scenes.scenes)} whole scenes at its beginning are used, as no other file has any."


def _is_passed_over(other: _Read, stamp: str, rule: int) -> bool:
    """True for a file whose name puts it before the chosen one."""
    name = other.document.name
    named = 1 if stamp and name == f"scenes_{stamp}.json" else 2 if _SCENES_FILE.match(name) else 4
    return named < rule and (bool(other.document.fault) or not other.scenes.scenes)


def _environments(read: Sequence[_Read], stamp: str) -> tuple[str, ...]:
    """From the file of environments with the directory's timestamp, else the one modified last."""
    found = [one for one in read if one.document.kind == "environments"]
    found.sort(
        key=lambda one: (bool(one.document.fault), stamp_in(one.document.name) != stamp, -one.document.modified_ns)
    )
    return texts_of(listed_in(found[0].value), _ENVIRONMENT) if found else ()


def documents_table(documents: Documents) -> list[dict[str, object]]:
    """One row for each JSON file: name, kind, size, items, whether it is chosen, and what is wrong with it."""
    return [
        {
            "name": one.name,
            "kind": one.kind,
            "size_bytes": one.size_bytes,
            "items": one.items,
            "is_chosen": one.is_chosen,
            "fault": one.fault,
        }
        for one in documents.listed
    ]
