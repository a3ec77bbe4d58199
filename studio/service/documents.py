"""A file that the studio writes for the user, put into the project: words, lists, a picture."""

from __future__ import annotations

import tempfile
from pathlib import Path

from studio.core.checkpoint import Origin
from studio.core.session import Session, Wanted
from studio.errors import UserError


def put_document(session: Session, wanted: Wanted | None, content: bytes, *, origin: Origin = "replaced") -> None:
    """``content`` is what ``wanted`` asks for. Raises UserError if no plan asks for it yet."""
    if wanted is None:
        raise UserError(f"{session.directory.name} is not that far yet: run it first.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(wanted.name).name
        file.write_bytes(content)
        session.replace(wanted, file, origin=origin)
