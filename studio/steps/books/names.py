"""Plain, predictable names of a book's files: people open this folder. Chapters go by their ids."""

from __future__ import annotations

MANUSCRIPT, CAST = "manuscript.json", "cast.json"
PDF, EPUB, HTML, DOCX, CONTACT_SHEET = "book.pdf", "book.epub", "book.html", "book.docx", "contact_sheet.pdf"


def analysis(chapter: int) -> str:
    """What was found in the chapter of that id."""
    return f"analysis/ch{chapter:02d}.json"


def prompts(chapter: int) -> str:
    """The words for its pictures."""
    return f"prompts/ch{chapter:02d}.json"


def image(chapter: int, moment: int) -> str:
    """The picture of its moment of that number."""
    return f"images/ch{chapter:02d}_m{moment:02d}.png"


def header(chapter: int) -> str:
    """The strip over its heading."""
    return f"images/ch{chapter:02d}_header.png"
