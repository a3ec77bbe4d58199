"""A manuscript: a book's text in chapters. Saved as ``manuscript.json`` (the older illustrator's words, kept)."""

from __future__ import annotations

from pydantic import Field, TypeAdapter

from studio.model.story import Value


class Chapter(Value):
    """One chapter. ``content`` is its text without the heading, with ``\\n`` for line ends and NFC letters.

    Every position in a chapter counts characters of ``content``.
    """

    id: int = Field(ge=1)
    """Its own for good: what is made of it is named by this. Moving or renaming a chapter does not change it."""
    number: int = Field(ge=1)
    """Its place in the book, from 1."""
    title: str = ""
    content: str = ""
    summary: str = ""

    @property
    def word_count(self) -> int:
        """Words between spaces."""
        return len(self.content.split())


class Manuscript(Value):
    """A whole book."""

    title: str = ""
    author: str = ""
    genre: str = ""
    language: str = "en"
    """ISO 639-1."""
    front_matter: str = ""
    """What stands before the first chapter: title page, dedication, contents. It is not illustrated."""
    chapters: tuple[Chapter, ...] = ()
    highest_id: int = 0
    """The highest id that a chapter of this book ever had: a new one gets a higher. 0: see the chapters."""

    @property
    def word_count(self) -> int:
        """Words of all chapters."""
        return sum(chapter.word_count for chapter in self.chapters)


MANUSCRIPT: TypeAdapter[Manuscript] = TypeAdapter(Manuscript)
