"""Model files that arrive in several packages, joined once into the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from studio.errors import EngineUnavailable, StorageFailed


def cache_folder() -> Path:
    """``$STUDIO_CACHE``, else the user's cache folder: what is in it can be deleted at any time."""
    import platformdirs

    return Path(os.environ.get("STUDIO_CACHE") or platformdirs.user_cache_dir("ai-film-studio"))


def models_folder() -> Path:
    """Where joined model files live."""
    return cache_folder() / "models"


def has_packages(names: Sequence[str]) -> bool:
    """True if every package of ``names`` is installed; none of them is imported."""
    return all(find_spec(name) is not None for name in names)


def joined(parts: Sequence[tuple[str, str]], *, name: str, size_bytes: int, sha256: str) -> Path:
    """Path of the file ``name`` in the cache, made of ``parts`` (package, path inside it) if it is not there.

    The file appears whole or not at all: it is checked against ``sha256`` before it gets its name, and two
    processes that join at once do no harm. Raises EngineUnavailable if a part is damaged, StorageFailed if
    the cache folder cannot be written.
    """
    target = models_folder() / name
    if target.is_file() and target.stat().st_size == size_bytes:
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft_name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise StorageFailed(f"Cannot write the model cache {target.parent}: {error.strerror}.") from error
    draft = Path(draft_name)
    try:
        with os.fdopen(handle, "wb") as file:
            found = _copy(parts, file)
            file.flush()
            os.fsync(file.fileno())
        if found != sha256:
            packages = ", ".join(package for package, _ in parts)
            raise EngineUnavailable(f"The model file {name} is damaged: install {packages} again.")
        draft.replace(target)
    except OSError as error:
        raise StorageFailed(f"Cannot write the model file {target}: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def _copy(parts: Sequence[tuple[str, str]], file: BinaryIO) -> str:
    """Write all ``parts`` to ``file`` and return the hex sha256 of what was written."""
    digest = hashlib.sha256()
    for package, inside in parts:
        with (resources.files(package) / inside).open("rb") as part:
            while block := part.read(1 << 20):
                digest.update(block)
                file.write(block)
    return digest.hexdigest()
