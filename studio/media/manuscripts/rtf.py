"""RTF, as many word processors save it."""

from __future__ import annotations

import re

from studio.errors import BadInput
from studio.media.manuscripts.book_text import Block, BookText

_TITLE = re.compile(r"\{\\title ([^{}]*)\}")
_GROUP = re.compile(r"(?<!\\)\{")
_FONT = re.compile(r"\\f(\d{1,6})(?!\d)[^;]{0,200}?\\fcharset(\d{1,3})(?!\d)")
_AUTHOR = re.compile(r"\{\\author ([^{}]*)\}")


def read_rtf(content: bytes, name: str) -> BookText:
    """The text of an RTF document, one paragraph for each of its own. Raises BadInput if it is damaged."""
    source = _opened_up(content.decode("latin-1"))
    try:
        text, title, author = (_plain(part) for part in (source, _field(_TITLE, source), _field(_AUTHOR, source)))
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


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    # RTF writes a letter beyond U+FFFF as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
