"""Text files from anywhere: the encoding is found out; what is no text is refused with the place that shows it."""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from studio.errors import BadInput

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word document or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_BYTES = 20_000_000
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøØùúûüÿŸŒœ€‚„…‘’“”•–—™¡¢£§©ª«»®°²·ºº½¼¾¿×´\u00a0\u00ad"
)
_JUDGED = 200_000
"""Characters that are looked at to tell an encoding."""


def read_text_file(path: Path) -> str:
    """All text of ``path``, line ends as ``\\n``. Raises BadInput if it cannot be read, or is empty or no text."""
    return decode_text(read_small(path), path.name)


def read_small(path: Path) -> bytes:
    """The content of a plain file of 20 MB at most. Raises BadInput for any other."""
    content = read_regular(path)
    if len(content) > _MOST_BYTES:
        raise BadInput(f"{path.name} is larger than 20 MB: too long for one film.")
    return content


def read_regular(path: Path, most_bytes: int = _MOST_BYTES) -> bytes:
    """The content of a plain file, one byte more than ``most_bytes`` of it at most.

    Raises BadInput for anything else: a device never ends, and a pipe may never begin.
    """
    size_bytes = check_regular(path)
    try:
        with path.open("rb") as file:
            return file.read(min(most_bytes, size_bytes) + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error


def check_regular(path: Path) -> int:
    """How many bytes the plain file ``path`` has. Raises BadInput for anything else."""
    try:
        facts = path.stat()
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {path}.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error
    if stat.S_ISDIR(facts.st_mode):
        raise BadInput(f"{path} is a folder; choose a file in it.")
    if not stat.S_ISREG(facts.st_mode):
        raise BadInput(f"{path} is a pipe, a device or a socket, not a file: save what it gives as a file first.")
    return facts.st_size


def decode_text(content: bytes, source: str) -> str:
    """``content`` as text: by its byte order mark, as UTF-8, as UTF-16 without a mark, else by its letters.

    Western letters are taken for Windows-1252; where that gives signs that no Western text has, or no Western words,
    the encoding is guessed by statistics.

    Raises BadInput if there is nothing in it, or at the first byte that no text has.
    """
    for magic, words in _KNOWN:
        if content.startswith(magic):
            raise BadInput(
                f"{source} is {words}, not plain text. Save it as plain text (.txt, .md or .fountain) first."
            )
    text = _decoded(content, source)
    odd = _CONTROL.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise BadInput(
            f"{source}, line {line}: character {odd.start() + 1} is U+{ord(odd.group()):04X}: this is no text file."
        )
    if not text.strip():
        raise BadInput(f"{source} is empty.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, source: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding, source)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = _utf16_guess(content)
        return _strict(content, guess, source) if guess else _by_letters(content, error.start, source)
    guess = _utf16_guess(content) if "\x00" in text else ""
    return _strict(content, guess, source) if guess else text


def _strict(content: bytes, encoding: str, source: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(f"{source}, byte {error.start + 1}: this is not {encoding.upper()} text.") from error


def _utf16_guess(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    head = content[:4096]
    if len(head) < 4:
        return ""
    for encoding, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if zeros.count(0) > 0.6 * len(zeros) and letters.count(0) < 0.1 * len(letters):
            return encoding
    return ""


def _by_letters(content: bytes, at: int, source: str) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _is_western(text):
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(content, explain=False).best()
    if best is None and not text:
        raise BadInput(f"{source}, byte {at + 1}: this is no text file.")
    return str(best) if best else text


def _is_western(text: str) -> bool:
    """Whether letters beyond ASCII are those of Western Europe, and as rare as they are there."""
    beyond = [sign for sign in text[:_JUDGED] if sign > "\x7f"]
    letters = sum(sign.isalpha() for sign in text[:_JUDGED])
    return all(sign in _WESTERN for sign in beyond) and sum(map(str.isalpha, beyond)) <= 0.5 * letters
