"""The texts of an old film session: metadata, story and shots, from whichever of its files can still be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from studio.core.foreign.findings import Finding, Findings
from studio.core.foreign.shelf import text_of, whole_objects
from studio.errors import BadInput
from studio.model.shot import Shot
from studio.model.story import Story
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json, shots_from, story_from

_LENGTH = re.compile(r"(?i)duration|^length$")
T = TypeVar("T")


class Words:
    """What is written in the session at ``root``; what cannot be used goes into ``found`` with its reason."""

    def __init__(self, root: Path, found: Findings) -> None:
        self.root = root
        self.found = found

    def meta(self) -> Mapping[str, object]:
        """The metadata file: named after the folder, else the only or newest one (a renamed folder)."""
        named = self.root / f"{self.root.name}_meta.json"
        others = sorted(self.root.glob("*_meta.json"), key=lambda path: (path.stat().st_mtime, path.name))
        path = named if named.exists() else (others[-1] if others else None)
        if path is None:
            self.found.miss(f"{self.root.name}_meta.json", "the metadata file is not there; idea and dates are unknown")
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

    def story(self, meta: Mapping[str, object]) -> Story | None:
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
            self.found.miss("story.json", "the story is not there; the shots stand for themselves")
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

    def shots(self, meta: Mapping[str, object]) -> list[tuple[int, Shot, Mapping[str, object]]]:
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
                self.found.miss(
                    f"shot {_number(entry) or position}", f"{source}: it has no image prompt that can be read"
                )
                continue
            kept.append((_number(entry) or position, shot.model_copy(update={"index": start + len(kept) + 1})))
        return tuple(kept)

    def _compare(self, numbered: Iterable[tuple[int, Shot]], old: list[dict[str, object]]) -> None:
        """A prompt that differs between the two files was edited after the metadata was written."""
        prompts = {_number(entry): text_of(entry.get("image_prompt")) for entry in old}
        for number, shot in numbered:
            before = prompts.get(number)
            if before and " ".join(before.split()) != shot.image_prompt:
                self.found.stale.append(
                    Finding(
                        f"shot {number}", "its image prompt was edited in shots.json after the metadata was written"
                    )
                )


def _number(entry: Mapping[str, object]) -> int | None:
    """A shot's own number, from ``3`` or ``"3"``."""
    value = entry.get("index")
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    found = re.search(r"\d{1,9}", str(value))
    return int(found.group()) if found else None


def _without_lengths(value: object) -> object:
    """``value`` without what says how long its scenes and shots last."""
    if isinstance(value, list):
        return [_without_lengths(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_lengths(part) for key, part in value.items() if not _LENGTH.search(key)}


def _sentence(error: Exception) -> str:
    """One sentence about a value that could not be read."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)
