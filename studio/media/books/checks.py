"""Checks run on every book just bound: each returns a function that raises ``UnusableOutput``, or nothing."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.errors import UnusableOutput
from studio.media.verify import Check

_TAIL_BYTES = 2048


def pdf_of() -> Check:
    """The file is a PDF with at least one page, whole to its last one."""

    def check(path: Path) -> None:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        if b"%%EOF" not in _tail(path):
            raise UnusableOutput(f"{path.name} is torn or is no PDF: its end is missing.")
        try:
            pages = PdfReader(path, strict=True).pages
            content = pages[len(pages) - 1].get_contents() if len(pages) else None
            is_whole = content is not None and bool(content.get_data())
        except (PyPdfError, OSError, ValueError, KeyError, AttributeError, zlib.error) as error:
            raise UnusableOutput(f"{path.name} is torn: a part of it is missing or damaged.") from error
        if not is_whole:
            raise UnusableOutput(f"{path.name} holds no page.")

    return check


def epub_of() -> Check:
    """The file is a whole EPUB: its first entry says so, and every other is as it was packed."""

    def check(path: Path) -> None:
        with _whole_zip(path) as package:
            first = package.infolist()[0]
            is_epub = first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
            if not is_epub or package.read(first) != b"application/epub+zip":
                raise UnusableOutput(f"{path.name} is no EPUB: it does not begin with its kind.")
            if "META-INF/container.xml" not in package.namelist():
                raise UnusableOutput(f"{path.name} is no EPUB: it does not say where its book is.")

    return check


def docx_of() -> Check:
    """The file is a whole word processor's document."""

    def check(path: Path) -> None:
        with _whole_zip(path) as package:
            if "word/document.xml" not in package.namelist():
                raise UnusableOutput(f"{path.name} is no DOCX: its text is missing.")

    return check


def web_page_of() -> Check:
    """The file is a web page, whole to its last tag."""

    def check(path: Path) -> None:
        if not _tail(path).rstrip().endswith(b"</html>"):
            raise UnusableOutput(f"{path.name} is torn: its end is missing.")

    return check


@contextmanager
def _whole_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The open ZIP file, every entry of which was read. Raises ``UnusableOutput`` if it is torn, empty or none."""
    try:
        with zipfile.ZipFile(path) as package:
            torn = package.testzip()
            if torn is not None or not package.namelist():
                raise UnusableOutput(f"{path.name} is torn in {torn}." if torn else f"{path.name} is empty.")
            yield package
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise UnusableOutput(f"{path.name} is torn or is no book: a part of it is missing or damaged.") from error


def _tail(path: Path) -> bytes:
    try:
        with path.open("rb") as body:
            body.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            return body.read()
    except OSError as error:
        raise UnusableOutput(f"{path.name} cannot be read: {error.strerror}.") from error
