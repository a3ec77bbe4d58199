"""Where the studio's own files (pictures, voices, sounds, word tables) stand."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def asset_path(name: str) -> Path:
    """Path of the asset ``name`` (relative, POSIX), in a checkout and in an installed wheel alike.

    Raises FileNotFoundError if it is not there.
    """
    for root in (_PACKAGE / "assets", _PACKAGE.parent / "assets"):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"The studio's own file {name} is missing: install the studio again.")
