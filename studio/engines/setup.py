"""What engines at services need to know from the user: addresses, keys, models. One file, readable by its owner alone.

The file is ``services.json`` in the data folder, mode 600. ``STUDIO_<NAME>`` in the environment goes before it. Keys
stand nowhere else: not in a project, not in an error, not in an export.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from studio.errors import BadInput, StorageFailed
from studio.model.text_files import read_regular
from studio.settings import data_dir

_FILE = "services.json"
_LOCK = ".services.lock"
_LONGEST_S = 10.0
_MOST_BYTES = 1 << 20
DOTS = "••••••••"
Source = Literal["environment", "file", "default", ""]


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set. ``kind`` ``key`` is shown as dots; ``default`` is used where nothing is set."""

    name: str
    title: str
    kind: Literal["address", "key", "model", "number", "text"] = "text"
    default: str = ""
    help: str = ""
    is_list: bool = False
    """True if it takes several, with commas between."""

    @property
    def variable(self) -> str:
        """What it is called in the environment."""
        return f"STUDIO_{self.name.upper()}"

    def hides(self, value: str) -> bool:
        """True if ``value`` must not be shown: it is a key, or an address with a password in it."""
        return self.kind == "key" or (self.kind == "address" and "@" in value)

    def checked(self, value: str) -> str:
        """``value`` as it is kept. Raises BadInput, which does not repeat it, if it cannot be what it is for."""
        kept = value.strip()
        if not kept.isprintable():
            raise BadInput(f"{self.title} holds characters that cannot be typed. Copy it anew, without line breaks.")
        if self.kind == "key" and not (kept.isascii() and len(kept.split()) <= 1):
            raise BadInput(f"{self.title} is one word of plain letters, digits and signs. Copy it anew.")
        if self.kind == "address" and not all(_is_address(one) for one in kept.split(",") if one.strip()):
            raise BadInput(f"{self.title} begins with http:// or https://, such as http://127.0.0.1:8188.")
        if self.kind == "number" and kept and not _is_number(kept):
            raise BadInput(f"{self.title} is a number.")
        return kept


class Setup:
    """The values that are set. ``setup[setting]`` is its value, else its default."""

    def __init__(self, saved: Mapping[str, str], environment: Mapping[str, str]) -> None:
        self._saved = dict(saved)
        self._environment = environment

    def __getitem__(self, setting: Setting) -> str:
        return self.given(setting) or setting.default

    def given(self, setting: Setting) -> str:
        """What the user set; empty if nothing."""
        return self._environment.get(setting.variable, "").strip() or self._saved.get(setting.name, "").strip()

    def shown(self, setting: Setting) -> str:
        """The value as anybody may see it: dots for a key that is set."""
        value = self[setting]
        return DOTS if value and setting.hides(value) else value

    def source(self, setting: Setting) -> Source:
        """Who says it: the environment goes before the file; empty if nobody does and there is no default."""
        if self._environment.get(setting.variable, "").strip():
            return "environment"
        if self._saved.get(setting.name, "").strip():
            return "file"
        return "default" if setting.default else ""

    def __repr__(self) -> str:
        return "Setup(…)"


def load(environment: Mapping[str, str] = os.environ) -> Setup:
    """What is set now. Raises BadInput if the file is damaged."""
    return Setup(_read(_place(environment)), environment)


def save(changes: Mapping[str, str], environment: Mapping[str, str] = os.environ) -> None:
    """``changes`` (by the settings' names; empty: no longer set) are on the disk, mode 600. Raises StorageFailed."""
    place = _place(environment)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not environment.get("STUDIO_DATA"):  # a folder of the user's own choice keeps the mode they gave it
            place.parent.chmod(0o700)
        with FileLock(place.with_name(_LOCK), timeout=_LONGEST_S):  # two windows may save at the same time
            values = {**_saved(place), **{name: value.strip() for name, value in changes.items()}}
            _write(place, {name: value for name, value in sorted(values.items()) if value != ""})
    except Timeout as error:
        raise StorageFailed(f"{place} is being written by another program: the settings are as before.") from error
    except OSError as error:
        raise StorageFailed(f"{place} cannot be written ({error.strerror}): the settings are as before.") from error


def _write(place: Path, values: Mapping[str, object]) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".services-")  # mkstemp makes it mode 600
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values, file, indent=2, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _place(environment: Mapping[str, str]) -> Path:
    return data_dir(environment) / _FILE


def _read(place: Path) -> dict[str, str]:
    return {name: value for name, value in _saved(place).items() if isinstance(value, str)}


def _saved(place: Path) -> dict[str, object]:
    """All that stands in the file, also what a newer studio put there."""
    if not os.path.lexists(place):
        return {}
    try:
        saved = json.loads(read_regular(place, _MOST_BYTES))
    except (BadInput, ValueError, RecursionError) as error:
        raise BadInput(
            f"{place} cannot be read ({error}). Mend it there, or delete it and set everything anew."
        ) from error
    if not isinstance(saved, dict):
        raise BadInput(f"{place} is not a list of settings. Mend it there, or delete it and set everything anew.")
    return {str(name): value for name, value in saved.items()}


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
