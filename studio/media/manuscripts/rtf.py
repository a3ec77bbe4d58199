"""RTF, as many word processors save it."""

from __future__ import annotations

import re

from studio.errors import BadInput
from studio.media.manuscripts.book_text import Block, BookText

_TITLE = re.compile(r"\{\\title ([^{}]*)\}")
_AUTHOR = re.compile(r"\{\\author ([^{}]*)\}")


def read_rtf(content: bytes, name: str) -> BookText:
    """The text of an RTF document, one paragraph for each of its own. Raises BadInput if it is damaged."""
    source = content.decode("latin-1")
    try:
        text, title, author = (_plain(part) for part in (source, _field(_TITLE, source), _field(_AUTHOR, source)))
    except (ValueError, IndexError, KeyError, LookupError) as error:
        raise BadInput(f"{name} is a damaged RTF document: save it anew as .docx or .rtf, and bring that.") from error
    if not text.strip():
        raise BadInput(f"{name} is an RTF document without any text.")
    blocks = tuple(Block(line) for line in text.split("\n") if line.strip())
    return BookText(blocks=blocks, title=title.strip(), author=author.strip())


def _field(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.search(source)
    return f"{{\\rtf1\\ansi {found.group(1)}}}" if found else ""


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
