"""RTF, as many word processors save it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from studio.errors import BadInput
from studio.media.manuscripts.book_text import BOLD, ITALIC, Block, BookText

_TITLE = re.compile(r"\{\\title ([^{}]*)\}")
_GROUP = re.compile(r"(?<!\\)\{")
_FONT = re.compile(r"\\f(\d{1,6})(?!\d)[^;]{0,200}?\\fcharset(\d{1,3})(?!\d)")
_TOKEN = re.compile(r"\\([a-z]+)(-?\d{1,10})? ?|(\\'[0-9a-fA-F]{2}|\\[^a-z*]|[^\\{}\r\n])|([{}]|\\\*)")
_LETTERS = frozenset("u tab emdash endash lquote rquote ldblquote rdblquote bullet".split())
"""Control words that stand for a letter."""
_AUTHOR = re.compile(r"\{\\author ([^{}]*)\}")


def read_rtf(content: bytes, name: str) -> BookText:
    """The text of an RTF document, one paragraph for each of its own. Raises BadInput if it is damaged."""
    source = _opened_up(content.decode("latin-1"))
    try:
        text, title, author = (
            _plain(part) for part in (_signed(source), _field(_TITLE, source), _field(_AUTHOR, source))
        )
    except (ArithmeticError, ValueError, TypeError, LookupError) as error:
        raise BadInput(f"{name} is a damaged RTF document: save it anew as .docx or .rtf, and bring that.") from error
    if not text.strip():
        raise BadInput(f"{name} is an RTF document without any text.")
    blocks = tuple(Block(line) for line in text.split("\n") if line.strip())
    return BookText(blocks=blocks, title=title.strip(), author=author.strip())


def _field(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.search(source)
    return f"{{\\rtf1\\ansi {found.group(1)}}}" if found else ""


def _opened_up(source: str) -> str:
    """``source`` with every group in a line of its own, which means the same, and its list of fonts in short.

    The patterns by which links and fonts are found would read one long line again and again.
    """
    from striprtf.striprtf import font_table_group

    fonts = str(font_table_group(source))  # type: ignore[no-untyped-call]
    if fonts:
        short = "".join(f"{{\\f{number}\\fcharset{letters} font;}}" for number, letters in _FONT.findall(fonts))
        source = source.replace(fonts, f"{{\\fonttbl{short}}}", 1)
    return _GROUP.sub("\n{", source)


@dataclass(frozen=True, slots=True)
class _Face:
    """What holds in a group. ``skipped``: how many letters behind one of Unicode stand for it in old programs."""

    is_italic: bool = False
    is_bold: bool = False
    skipped: int = 1

    def after(self, word: str, number: str | None) -> _Face:
        """As it is behind that control word."""
        if word == "plain":
            return replace(self, is_italic=False, is_bold=False)
        if word == "i":
            return replace(self, is_italic=number != "0")
        if word == "b":
            return replace(self, is_bold=number != "0")
        return replace(self, skipped=int(number or 1)) if word == "uc" else self

    def signs(self, which: int) -> str:
        """Those before (0) or behind (1) its words."""
        chosen = [signs[which] for signs, is_so in ((ITALIC, self.is_italic), (BOLD, self.is_bold)) if is_so]
        return "".join(f"\\u{ord(sign)} {'?' * self.skipped}" for sign in chosen)


def _signed(source: str) -> str:
    """``source`` with signs around each piece of words that is italic or bold, inside the piece's own group.

    Where a group is passed over, so are its signs.
    """
    told: list[str] = []
    around: list[_Face] = []
    face, is_open, done, skipped = _Face(), False, 0, 0
    for token in _TOKEN.finditer(source):
        word, number, letter, brace = token.groups()
        if letter and skipped:
            skipped -= 1
            continue
        is_words = letter is not None or word in _LETTERS
        skipped = face.skipped if word == "u" else 0
        if is_words != is_open and (face.is_italic or face.is_bold):
            told += [source[done : token.start()], face.signs(0 if is_words else 1)]
            done, is_open = token.start(), is_words
        if word:
            face = face.after(word, number)
        elif brace == "{":
            around.append(face)
        elif brace == "}" and around:
            face = around.pop()
    return "".join([*told, source[done:]])


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    # RTF writes a letter beyond U+FFFF as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
