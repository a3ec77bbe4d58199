"""A manuscript: a book's text in chapters. Saved as ``manuscript.json`` (the older illustrator's words, kept)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, TypeAdapter

from studio.model.story import Value


class Emphasis(Value):
    """Words in another face: the characters from ``start`` to before ``end``; none where the text ends earlier."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    kind: Literal["italic", "bold"]


class Chapter(Value):
    """One chapter. ``content`` is its text without the heading, with ``\\n`` for line ends and NFC letters.

    Every position in a chapter counts characters of ``content``; no mark of emphasis is in it.
    """

    id: int = Field(ge=1)
    """Its own for good: what is made of it is named by this. Moving or renaming a chapter does not change it."""
    number: int = Field(ge=1)
    """Its place in the book, from 1."""
    title: str = ""
    content: str = ""
    emphasis: tuple[Emphasis, ...] = ()
    """In the order of the text; italic and bold may overlap."""
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
