"""A manuscript of any format, told apart by what the file holds and not by its name."""

from __future__ import annotations

import re
from pathlib import Path

from studio.errors import BadInput
from studio.media.manuscripts.book_text import MOST_CHARACTERS, BookText, check_length
from studio.model.text_files import check_regular, decode_text, read_regular

_MOST_BYTES = 500_000_000
_HEAD_BYTES = 4096
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]\"])")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_SAVE_AS = "Save the manuscript as .docx, .epub, .rtf, .md, .txt or a PDF with text, and bring that."


def read_book(file: Path) -> BookText:
    """The text of ``file``. Raises BadInput for what cannot be read or is too long for one book, with what to do."""
    book = _read(file)
    check_length(len(book.written) + sum(len(block.text) for block in book.blocks), file.name)
    return book


def _read(file: Path) -> BookText:
    size_bytes = check_regular(file)
    if not size_bytes:
        raise BadInput(f"{file.name} is empty.")
    if size_bytes > _MOST_BYTES:
        raise BadInput(f"{file.name} is larger than 500 MB: save the text without its pictures, and bring that.")
    head = read_regular(file, _HEAD_BYTES)
    if head.startswith(_ZIPS):
        return _zipped(file)
    if b"%PDF-" in head[:1024]:
        from studio.media.manuscripts.pdf import read_pdf

        return read_pdf(file)
    if head.startswith(_OLD_WORD):
        raise BadInput(f"{file.name} is an old Word document, or one with a password: save it as .docx without one.")
    if head.startswith(_PICTURES):
        raise BadInput(f"{file.name} is a picture, not a text. {_SAVE_AS}")
    return _text(file)


def _zipped(file: Path) -> BookText:
    from studio.media.manuscripts.zipped import Zipped

    with Zipped(file) as parts:
        if "META-INF/container.xml" in parts:
            from studio.media.manuscripts.epub import read_epub

            return read_epub(parts)
        if parts.holds("word/"):
            from studio.media.manuscripts.word import read_word

            return read_word(parts)
    raise BadInput(f"{file.name} is a ZIP archive, but neither a Word document (.docx) nor an EPUB. {_SAVE_AS}")


def _text(file: Path) -> BookText:
    content = read_regular(file, MOST_CHARACTERS)
    check_length(len(content), file.name)
    if content.startswith(b"{\\rtf"):
        from studio.media.manuscripts.rtf import read_rtf

        return read_rtf(content, file.name)
    try:
        text = decode_text(content, file.name)
    except BadInput as error:
        raise BadInput(f"{error} {_SAVE_AS}") from error
    if _HTML.match(text[:_HEAD_BYTES]):
        from studio.media.manuscripts.markup import read_html

        return read_html(text)
    return BookText(written=text.removeprefix("\ufeff"), is_json=bool(_JSON.match(text.removeprefix("\ufeff"))))
