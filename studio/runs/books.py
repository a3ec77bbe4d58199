"""What a book is bound into, as runs: each returns at once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from studio.core.content import Tell
from studio.errors import Cancelled, UserError
from studio.runs.doors import Doors
from studio.runs.model import Run


def bind(doors: Doors, name: str, formats: tuple[str, ...]) -> Run:
    """The book stands there in these formats too, with the pictures as they are now; the result names the files."""
    doors.keeper.directory(name)
    doors.runs.must_be_idle(name)

    def work(_tell: Tell, stop: threading.Event) -> Mapping[str, Any]:
        result = doors.studio.book(name, formats, tell=lambda _number, _event: None, stop=stop)
        doors.changes.tell(name)
        if stop.is_set():
            raise Cancelled(name)
        if result.problems:
            raise UserError(f"{result.problems[0].item}: {result.problems[0].error}")
        return {"files": doors.studio.books(name)}

    return doors.runs.work("bind", name, work)


def to_film(doors: Doors, name: str) -> Run:
    """There is a film project of the book's pictures and passages; the result names it."""
    doors.keeper.directory(name)

    def work(_tell: Tell, _stop: threading.Event) -> Mapping[str, Any]:
        made = doors.studio.to_film(name)
        doors.changes.tell(made)
        return {"project": made, "of": name}

    return doors.runs.work("film_of_book", name, work)
