"""An illustrated book as binders see it: text and where its pictures go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.model.manuscript import Emphasis


@dataclass(frozen=True, slots=True)
class BookPicture:
    """A picture after the paragraph that holds the character at ``position`` of its chapter's text."""

    position: int
    file: Path
    alt: str
    """What it shows, for those who cannot see it."""


@dataclass(frozen=True, slots=True)
class BookChapter:
    """One chapter; its text has paragraphs between blank lines."""

    title: str
    text: str
    label: str = ""
    """What stands before its title: ``Chapter 3``; empty if that has no number of its own."""
    header: Path | None = None
    pictures: tuple[BookPicture, ...] = ()
    emphasis: tuple[Emphasis, ...] = ()
    """Of its text."""

    @property
    def heading(self) -> str:
        """Label and title in one line."""
        return f"{self.label}: {self.title}" if self.label and self.title else self.label or self.title


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book. ``identifier`` is the same for the same project at every binding (a UUID)."""

    title: str
    author: str
    language: str
    identifier: str
    chapters: tuple[BookChapter, ...] = ()
    front: str = ""
    """What stands behind the title page, in paragraphs: a dedication, an epigraph."""

    @property
    def picture_count(self) -> int:
        """How many pictures it holds, strips over headings included."""
        return sum(len(chapter.pictures) + (chapter.header is not None) for chapter in self.chapters)
