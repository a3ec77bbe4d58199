"""The user's own book, read from a file of any kind that people write books in."""

from __future__ import annotations

from pathlib import Path

from studio.errors import BadInput
from studio.media.manuscripts.reading import read_book
from studio.model.manuscript import Manuscript
from studio.model.tolerant import parse_json
from studio.planning.books.chapters import manuscript_of
from studio.planning.books.saved_manuscripts import manuscript_from

_MOST_CHAPTERS = 10_000


def read_manuscript(file: Path) -> Manuscript:
    """The book in ``file``, in chapters: text, Markdown, Word, EPUB, PDF, RTF, HTML, or a saved manuscript (JSON).

    What the file is, its content decides and not its name; a title that the book does not say is empty. Raises
    BadInput if it cannot be read, holds no text, or is not what it seems, with what to do.
    """
    book = read_book(file)
    if book.is_json:
        manuscript = manuscript_from(parse_json(book.written, file.name), file.name)
    else:
        manuscript = manuscript_of(book)
    if len(manuscript.chapters) > _MOST_CHAPTERS:
        raise BadInput(
            f"{file.name}: {len(manuscript.chapters):,} chapters are more than one book can hold ({_MOST_CHAPTERS:,}). "
            "Cut it in volumes."
        )
    if not manuscript.word_count:
        raise BadInput(f"{file.name}: there is no word of a story in it. Bring the file that holds the book's text.")
    return manuscript
