"""The word by which programs of this user prove that they are: a file that only the user can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from studio.core.files import storage

_NAME = "token"


def own_token(data_dir: Path) -> str:
    """The token in ``data_dir``, made now if there is none; readable by its owner alone."""
    path = data_dir / _NAME
    with storage(path):
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f".{_NAME}-{secrets.token_hex(6)}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            if not _text(path):
                path.unlink(missing_ok=True)
                beside.rename(path) if os.name == "nt" else os.link(beside, path)
        except FileExistsError:
            pass  # another studio that starts at this moment was first: its token is the one
        finally:
            beside.unlink(missing_ok=True)
        path.chmod(0o600)
        return _text(path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
