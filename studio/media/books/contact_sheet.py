"""All pictures of a book on sheets, small, to be looked over: each with its chapter and what it shows."""

from __future__ import annotations

from pathlib import Path

from studio.media.picture_sheet import Grid, Panel, Words, picture_sheet
from studio.model.book import Book

_GRID = Grid(columns=5, rows=3, shape=0.7, name_mm=10.0)


def write_contact_sheet(out: Path, book: Book) -> None:
    """Write ``out``: A4 across, fifteen pictures a page in the order of the book. Raises OSError if one is none."""
    panels = [
        Panel(
            picture=picture.file,
            name=f"{number}.{place}",
            facts=chapter.title or chapter.label,
            figure="",
            captions=(Words(picture.alt, 7.0),),
        )
        for number, chapter in enumerate(book.chapters, start=1)
        for place, picture in enumerate(chapter.pictures, start=1)
    ]
    facts = f"{len(panels)} picture{'s' if len(panels) != 1 else ''}"
    picture_sheet(out, book.title, facts, panels, _GRID)
