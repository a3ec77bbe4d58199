"""A chapter's text as blocks to be set: paragraphs with emphasis, headings, breaks, and the pictures between them.

Of Markdown, a book knows ``*italic*``, ``**bold**``, ``_italic_``, ``# headings``, ``> quotations``, breaks (``***``) and
backslash escapes; everything else is text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from studio.model.book import BookChapter, BookPicture

Kind = Literal["paragraph", "heading", "quotation", "break"]

_BREAK = re.compile(r"(?:[*_#~=•·⁂–—-][ \t]*){1,}")
_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*)")
_MARK = re.compile(r"\\([\\*_#>`~\[\]()!.-])|(\*{1,3}|_{1,3})")
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


def laid_out(chapter: BookChapter) -> Iterator[Block | BookPicture]:
    """The chapter in the order of reading, each picture after the paragraph that holds its position."""
    waiting = sorted(chapter.pictures, key=lambda picture: picture.position)
    for block in blocks_of(chapter.text):
        yield block
        while waiting and waiting[0].position < block.end:
            yield waiting.pop(0)
    yield from waiting


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of ``text``, which are between blank lines; a heading is one line."""
    lines: list[str] = []
    end = -1
    for line in [*text.split("\n"), ""]:
        heading = _HEADING.fullmatch(line.strip())
        if lines and (heading or not line.strip()):
            yield _block("\n".join(lines), end)
            lines = []
        end += len(line) + 1
        if heading:
            yield Block("heading", _runs(heading[1].rstrip("# \t")), end)
        elif line.strip():
            lines.append(line)


def _block(lines: str, end: int) -> Block:
    if _is_break(lines):
        return Block("break", (), end)
    if all(line.lstrip().startswith(">") for line in lines.split("\n")):
        quoted = "\n".join(line.lstrip().removeprefix(">").strip() for line in lines.split("\n"))
        return Block("quotation", _runs(quoted), end)
    return Block("paragraph", _runs(lines), end)


def _is_break(lines: str) -> bool:
    marks = "".join(lines.split())
    return bool(_BREAK.fullmatch(lines.strip())) and (len(marks) >= 3 or marks in {"#", "*", "⁂", "~", "•", "·"})


def _runs(text: str) -> tuple[Run, ...]:
    """``text`` on one line, but for ends that the author set; emphasis by marks that come in pairs."""
    text = _in_one_line(text)
    pieces = _pieces(text)
    paired = _pairs(pieces)
    runs: list[tuple[bool, bool, list[str]]] = []
    stars = 0
    for place, (piece, is_mark) in enumerate(pieces):
        if is_mark and place in paired:
            stars ^= min(len(piece), 3)
        elif piece:
            face = bool(stars & 1), bool(stars & 2)
            if not runs or runs[-1][:2] != face:
                runs.append((*face, []))
            runs[-1][2].append(piece)
    return tuple(Run("".join(words), is_italic, is_bold) for is_italic, is_bold, words in runs)


def _in_one_line(text: str) -> str:
    """``text`` without its line ends, unless all lines are short (verse, addresses) or they are marked as meant."""
    lines = text.strip().split("\n")
    is_wrapped = max(map(len, lines)) >= _WRAPPED_AT
    joined: list[str] = []
    for line in lines[:-1]:
        is_hard = not is_wrapped or line.endswith(("  ", "\\"))
        joined += [" ".join(line.removesuffix("\\").split()), "\n" if is_hard else " "]
    return "".join([*joined, " ".join(lines[-1].split())])


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Words, and marks that may open or close emphasis (True)."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for found in _MARK.finditer(text):
        pieces.append((text[done : found.start()], False))
        done = found.end()
        if found[1]:
            pieces.append((found[1], False))
            continue
        before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        inside_word = before.isalnum() and after.isalnum()
        can = bool(before.strip() or after.strip()) and not (found[2][0] == "_" and inside_word)
        pieces.append((found[2], can))
    return [*pieces, (text[done:], False)]


def _pairs(pieces: list[tuple[str, bool]]) -> set[int]:
    """Places of the marks that open and close something: an opening one has a word right after it, a closing one before."""
    paired: set[int] = set()
    opened: dict[str, int] = {}
    for place, (piece, is_mark) in enumerate(pieces):
        if not is_mark:
            continue
        before = pieces[place - 1][0][-1:] if place else ""
        after = pieces[place + 1][0][:1] if place + 1 < len(pieces) else ""
        if piece in opened and before.strip():
            start = opened[piece]
            paired |= {start, place}
            opened = {mark: at for mark, at in opened.items() if at < start}
        elif after.strip():
            opened[piece] = place
    return paired
