"""A chapter's text as blocks to be set: paragraphs with emphasis, headings, breaks, and the pictures between them.

A book knows ``# headings``, ``> quotations`` and breaks (``***``) by their marks; its emphasis stands beside the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from studio.model.book import BookChapter, BookPicture
from studio.model.manuscript import Emphasis

Kind = Literal["paragraph", "heading", "quotation", "break"]

_BREAK = re.compile(r"(?:[*_#~=•·⁂–—-][ \t]*){1,}")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+(\S.*)")
_QUOTED = re.compile(r"\s*>\s*")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_MOST_WORDS_IN_THE_MIDDLE = 40
_WRAPPED_AT = 60
"""A paragraph with a line at least so long was wrapped by a program."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face. ``\\n`` in them is a line's end that the author set."""

    text: str
    is_italic: bool = False
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text between blank lines. ``end`` is where it ends in the chapter's text."""

    kind: Kind
    runs: tuple[Run, ...]
    end: int

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)

    @property
    def is_short(self) -> bool:
        """Whether it stands in the middle of a page before the book begins, as a dedication does."""
        return len(self.text.split()) <= _MOST_WORDS_IN_THE_MIDDLE


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text, and where in it it starts."""

    text: str
    start: int


def laid_out(chapter: BookChapter) -> Iterator[Block | BookPicture]:
    """The chapter in the order of reading, each picture after the paragraph that holds its position."""
    waiting = sorted(chapter.pictures, key=lambda picture: picture.position)
    for block in blocks_of(chapter.text, chapter.emphasis):
        yield block
        while waiting and waiting[0].position < block.end:
            yield waiting.pop(0)
    yield from waiting


def blocks_of(text: str, emphasis: Iterable[Emphasis] = ()) -> Iterator[Block]:
    """The blocks of ``text``, which are between blank lines; a heading is one line."""
    faces = Emphasised(emphasis, len(text))
    lines: list[_Line] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        heading = _HEADING.fullmatch(line)
        if lines and (heading or not line.strip()):
            yield _block(lines, faces, at - 1)
            lines = []
        if heading:
            words = _Line(heading[1].rstrip("# \t"), at + heading.start(1))
            yield Block("heading", _runs([words], faces), at + len(line))
        elif line.strip():
            lines.append(_Line(line, at))
        at += len(line) + 1


def _block(lines: list[_Line], faces: Emphasised, end: int) -> Block:
    if _is_break("\n".join(line.text for line in lines)):
        return Block("break", (), end)
    quoted = [_QUOTED.match(line.text) for line in lines]
    if all(quoted):
        inner = [
            _Line(line.text[mark.end() :], line.start + mark.end())
            for line, mark in zip(lines, quoted, strict=True)
            if mark
        ]
        return Block("quotation", _runs(inner, faces), end)
    return Block("paragraph", _runs(lines, faces), end)


def _is_break(lines: str) -> bool:
    marks = "".join(lines.split())
    return bool(_BREAK.fullmatch(lines.strip())) and (len(marks) >= 3 or marks in {"#", "*", "⁂", "~", "•", "·"})


def _runs(lines: list[_Line], faces: Emphasised) -> tuple[Run, ...]:
    """``lines`` in one, but for ends that the author set: all of them are short (verse, addresses), or marked as meant."""
    is_wrapped = max(len(line.text.strip()) for line in lines) >= _WRAPPED_AT
    runs: list[Run] = []
    for line in lines:
        is_last = line is lines[-1]
        is_hard = not is_last and (not is_wrapped or line.text.endswith(("  ", "\\")))
        words = line.text if is_last else line.text.removesuffix("\\")
        bare = words.strip()
        told = faces.runs(bare, line.start + words.index(bare))
        for run in [*map(_with_single_spaces, told), *([] if is_last else [Run("\n" if is_hard else " ")])]:
            if runs and (_face(runs[-1]) == _face(run) or run.text in ("\n", " ")):
                runs[-1] = replace(runs[-1], text=runs[-1].text + run.text)
            else:
                runs.append(run)
    return tuple(runs)


def _with_single_spaces(run: Run) -> Run:
    return replace(run, text=_SPACES.sub(" ", run.text))


def _face(run: Run) -> tuple[bool, bool]:
    return run.is_italic, run.is_bold


class Emphasised:
    """The face of every character of a text of that length."""

    def __init__(self, emphasis: Iterable[Emphasis], length: int) -> None:
        turns: dict[int, list[int]] = {0: [0, 0]}
        for one in emphasis:
            if one.start < min(one.end, length):
                turns.setdefault(one.start, [0, 0])[one.kind == "bold"] += 1
                turns.setdefault(min(one.end, length), [0, 0])[one.kind == "bold"] -= 1
        self._starts = sorted(turns)
        self._faces: list[tuple[bool, bool]] = []
        italic = bold = 0
        for start in self._starts:
            italic, bold = italic + turns[start][0], bold + turns[start][1]
            self._faces.append((italic > 0, bold > 0))

    def runs(self, words: str, start: int) -> Iterator[Run]:
        """What stands from ``start`` on, as it is."""
        which = bisect_right(self._starts, start) - 1
        at, last = start, start + len(words)
        while at < last:
            following = self._starts[which + 1] if which + 1 < len(self._starts) else last
            end = min(following, last)
            yield Run(words[at - start : end - start], *self._faces[which])
            at, which = end, which + 1
