"""Words in another face: signs inside a text while its file is read, afterwards places beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from studio.media.manuscripts.book_text import BOLD, ITALIC
from studio.model.letters import normal
from studio.model.manuscript import Emphasis

_PAIRED = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]*[^\s*_\\])\1(?![\w*_])")
_PART_OF_WORD = re.compile(r"(?<![\d*_\\])(\*{1,3})([^\W_](?:[^*_\s]*[^\W_])?)\1(?![\d*_])")
"""``un*believ*able``; the other mark stands inside names of files as well."""
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])")
_BEFORE_WORDS, _BEHIND_WORDS = re.compile(r"[\ufdd0\ufdd2\s]{2,}"), re.compile(r"[\ufdd1\ufdd3\s]{2,}")
_SIGN = re.compile("([\ufdd0-\ufdd3])")
_FACES: dict[str, tuple[Literal["italic", "bold"], bool]] = {
    ITALIC[0]: ("italic", True),
    ITALIC[1]: ("italic", False),
    BOLD[0]: ("bold", True),
    BOLD[1]: ("bold", False),
}
_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")


def signed(text: str) -> str:
    """One paragraph of Markdown with signs in the place of its marks of emphasis, and its escapes undone."""
    if "*" in text or "_" in text:
        for marks in (_PAIRED, _PAIRED, _PART_OF_WORD):
            text = marks.sub(_with_signs, text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _with_signs(found: re.Match[str]) -> str:
    count, words = len(found[1]), found[2]
    if count > 1:
        words = f"{BOLD[0]}{words}{BOLD[1]}"
    return f"{ITALIC[0]}{words}{ITALIC[1]}" if count != 2 else words


def with_signs_at_words(text: str) -> str:
    """Signed ``text`` without a space between a sign and its words."""
    if not _SIGN.search(text):
        return text
    text = _BEFORE_WORDS.sub(lambda run: _SIGN.sub("", run[0]) + "".join(_SIGN.findall(run[0])), text)
    return _BEHIND_WORDS.sub(lambda run: "".join(_SIGN.findall(run[0])) + _SIGN.sub("", run[0]), text)


def taken_out(text: str) -> tuple[str, tuple[Emphasis, ...]]:
    """``text`` less its signs, and what they say. Emphasis that never ends holds to the end of the text."""
    if not _SIGN.search(text):
        return text, ()
    faces = {"italic": _Face("italic"), "bold": _Face("bold")}
    words: list[str] = []
    at = 0
    for piece in _SIGN.split(text):
        if piece in _FACES:
            kind, is_begun = _FACES[piece]
            faces[kind].turn(at, is_begun=is_begun)
        else:
            words.append(piece)
            at += len(piece)
    plain = "".join(words)
    if not unicodedata.is_normalized("NFC", plain):  # a sign stood between a letter and its accent
        return normal("NFC", plain), ()
    return plain, _in_order(one for face in faces.values() for one in face.ended(plain))


class _Face:
    """Where a text is in one face, told from its beginning to its end."""

    def __init__(self, kind: Literal["italic", "bold"]) -> None:
        self._kind: Literal["italic", "bold"] = kind
        self._places: list[tuple[int, int]] = []
        self._start = self._depth = 0

    def turn(self, at: int, *, is_begun: bool) -> None:
        if is_begun:
            self._start = self._start if self._depth else at
            self._depth += 1
        elif self._depth:
            self._depth -= 1
            if not self._depth and at > self._start:
                self._places.append((self._start, at))

    def ended(self, text: str) -> list[Emphasis]:
        """All that was told, with the spaces between words that are."""
        if self._depth:
            self._depth = 1
            self.turn(len(text), is_begun=False)
        joined: list[tuple[int, int]] = []
        for start, end in self._places:
            goes_on = bool(joined) and not text[joined[-1][1] : start].strip()
            joined.append((joined.pop()[0] if goes_on else start, end))
        return [Emphasis(start=start, end=end, kind=self._kind) for start, end in joined]


def read_marks(text: str) -> tuple[str, tuple[Emphasis, ...]]:
    """A text of paragraphs without its Markdown marks of emphasis, and what they say."""
    return taken_out("".join(signed(part) for part in _PARAGRAPHS.split(text)))


def cut_out(emphasis: Iterable[Emphasis], start: int, end: int, *, to: int = 0) -> tuple[Emphasis, ...]:
    """What of ``emphasis`` is between ``start`` and ``end`` of its text, where that part begins at ``to``."""
    by = to - start
    return tuple(
        one.model_copy(update={"start": max(one.start, start) + by, "end": min(one.end, end) + by})
        for one in emphasis
        if max(one.start, start) < min(one.end, end)
    )


def rewritten(before: str, emphasis: Iterable[Emphasis], after: str) -> tuple[str, tuple[Emphasis, ...]]:
    """``after`` and its emphasis: that of ``before`` where the words are the same, and what is marked in new words.

    The words between the first change and the last are new.
    """
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    words, marked = read_marks(after[head : len(after) - tail])
    end, by = len(before) - tail, len(words) - (len(before) - tail - head)

    def start_of(one: Emphasis) -> int:
        return one.start + by if one.start >= end else one.start if one.start <= head else end + by

    def end_of(one: Emphasis) -> int:
        return one.end if one.end <= head else one.end + by if one.end >= end else head

    kept = (one.model_copy(update={"start": start_of(one), "end": end_of(one)}) for one in emphasis)
    new = cut_out(marked, 0, len(words), to=head)
    return after[:head] + words + after[len(after) - tail :], _in_order(
        [*(one for one in kept if one.start < one.end), *new]
    )


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    alike = (at for at, (letter, another) in enumerate(zip(one, other, strict=False)) if letter != another)
    return next(alike, min(len(one), len(other)))


def _in_order(emphasis: Iterable[Emphasis]) -> tuple[Emphasis, ...]:
    return tuple(sorted(emphasis, key=lambda one: (one.start, one.end, one.kind)))
