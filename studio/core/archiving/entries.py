"""What a ZIP file says about itself, read strictly: every entry, where its bytes stand, and the bytes themselves.

The central directory is parsed here and not by ``zipfile``: that one forgives what two programs would read in two
ways (bytes before and after, wrong counts, names cut at a NUL, overlapping entries), and a forgiven archive is how
one file is checked and another unpacked. APPNOTE.TXT section numbers are given where a layout is used.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BufferedReader
from typing import NamedTuple

from studio.errors import ArchiveRefused

MOST_ENTRIES = 60_000
STORED, DEFLATED = 0, 8
UTF8_NAME = 0x800
_LARGEST_TABLE = 64 << 20
_BLOCK = 1 << 20
"""Fits the cache between the checksum and the digest; writes of 4 MB cost some file systems ten times the CPU."""
_PACKED_BLOCK = 256 << 10

_END = struct.Struct("<4s4H2LH")  # 4.3.16
_END64 = struct.Struct("<4sQ2H2L4Q")  # 4.3.14
_LOCATOR = struct.Struct("<4sLQL")  # 4.3.15
_CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_SIZES_FOLLOW = 0x8
_FULL32, _FULL16 = 0xFFFFFFFF, 0xFFFF
_ZIP64_TAG, _TIME_TAG = 0x0001, 0x5455


class Entry(NamedTuple):
    """One entry as the central directory has it. ``name`` ends with ``/`` for a folder."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed_bytes: int
    size_bytes: int
    header_offset: int
    attributes: int
    modified_s: float | None
    is_name_guessed: bool


class Contents(NamedTuple):
    """All entries in the directory's order, where the directory begins, and the archive's comment."""

    entries: list[Entry]
    table_offset: int
    comment: bytes


class _End(NamedTuple):
    entry_count: int
    table_bytes: int
    table_offset: int
    end_offset: int
    comment: bytes


def shown(name: str) -> str:
    """``name`` fit to stand in a sentence: short, and with nothing in it that hides or turns letters round."""
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in name[:200])
    return f"“{text if len(text) <= 80 else text[:77] + '…'}”"


def read_contents(file: BufferedReader) -> Contents:
    """The archive's table of contents. Raises ArchiveRefused if it is torn, ambiguous or too long."""
    end = _read_end(file)
    if end.entry_count > MOST_ENTRIES:
        raise ArchiveRefused(f"The archive has {end.entry_count:,} entries; a project has at most {MOST_ENTRIES:,}.")
    if end.table_bytes > _LARGEST_TABLE:
        raise ArchiveRefused(f"The archive's table of contents is {end.table_bytes >> 20} MB long; no project's is.")
    file.seek(end.table_offset)
    table = file.read(end.table_bytes)
    entries, at = [], 0
    for _ in range(end.entry_count):
        entry, at = _entry_at(table, at)
        entries.append(entry)
    if at != len(table) or len(table) != end.table_bytes:
        raise ArchiveRefused("The archive's table of contents is damaged: it is longer than the entries in it.")
    return Contents(entries, end.table_offset, end.comment)


def check_places(file: BufferedReader, contents: Contents) -> None:
    """Every entry's own header says what the table says, and no two entries share bytes."""
    ordered = sorted(contents.entries, key=lambda entry: entry.header_offset)
    for entry, following in zip(ordered, [*ordered[1:], None], strict=True):
        limit = following.header_offset if following else contents.table_offset
        if data_offset(file, entry) + entry.packed_bytes > limit:
            other = f"the next entry {shown(following.name)}" if following else "the table of contents"
            raise ArchiveRefused(
                f"{shown(entry.name)} overlaps {other}: the archive was made to deceive or is damaged."
            )


def data_offset(file: BufferedReader, entry: Entry) -> int:
    """Where the entry's packed bytes begin. Raises ArchiveRefused if its header and the table differ."""
    file.seek(entry.header_offset)
    header = file.read(_LOCAL.size)
    if len(header) != _LOCAL.size or header[:4] != b"PK\x03\x04":
        raise ArchiveRefused(f"{shown(entry.name)} is damaged: it does not begin where the table of contents says.")
    fields: tuple[int, ...] = _LOCAL.unpack(header)[2:]
    flags, method, _, _, crc, packed, size, name_length, extra_length = fields
    name, extra = file.read(name_length), file.read(extra_length)
    _differ(entry, "name", name == entry.raw_name)
    _differ(entry, "way of packing", method == entry.method and not (flags ^ entry.flags) & _ENCRYPTED)
    if _FULL32 in (packed, size):
        size, packed = _wide(entry.name, extra, [size, packed])
    later = flags & _SIZES_FOLLOW
    _differ(entry, "checksum", crc == entry.crc or (later and crc == 0))
    for here, said in ((packed, entry.packed_bytes), (size, entry.size_bytes)):
        _differ(entry, "size", here == said or (later and here == 0))
    return entry.header_offset + _LOCAL.size + name_length + extra_length


def unpack(file: BufferedReader, entry: Entry) -> Iterator[memoryview | bytes]:
    """The entry's content in blocks; each is only good until the next is asked for.

    Never more than the size that the table gives. Raises ArchiveRefused, at the latest after the last block, if the
    content is not what the table says.
    """
    crc, size_bytes = 0, 0
    file.seek(data_offset(file, entry))
    for block in _stored(file, entry) if entry.method == STORED else _inflated(file, entry):
        size_bytes += len(block)
        if size_bytes > entry.size_bytes:
            raise ArchiveRefused(
                f"{shown(entry.name)} holds more than the {entry.size_bytes:,} bytes that it promises."
            )
        crc = zlib.crc32(block, crc)
        yield block
    if size_bytes != entry.size_bytes or crc != entry.crc:
        raise ArchiveRefused(f"{shown(entry.name)} is damaged in the archive; ask for it to be sent again.")


def read_small(file: BufferedReader, entry: Entry) -> bytes:
    """The whole content, which the caller knows to be small. Raises what ``unpack`` raises."""
    return b"".join(bytes(block) for block in unpack(file, entry))


def _read_end(file: BufferedReader) -> _End:
    file_bytes = file.seek(0, 2)
    tail_offset = max(0, file_bytes - _END.size - _FULL16)
    file.seek(tail_offset)
    tail = file.read()
    found = [at for at in _places(tail, b"PK\x05\x06") if _is_end(tail, at)]
    if not found:
        raise ArchiveRefused(
            "This is no whole ZIP file: its end is missing or something was added to it. "
            "Was it copied or downloaded to the end?"
        )
    if len(found) > 1:
        raise ArchiveRefused("The archive can be read in two ways (it has two ends): it was made to deceive.")
    end_offset = tail_offset + found[0]
    _, disk, table_disk, here, count, table_bytes, table_offset, _ = _END.unpack_from(tail, found[0])
    if disk or table_disk or here != count:
        raise ArchiveRefused("The archive is one part of several; put the parts together first.")
    narrow = (count, table_bytes, table_offset)
    end = _End(*narrow, end_offset, tail[found[0] + _END.size :])
    end = _read_end64(file, end) or end
    if end.table_offset + end.table_bytes != end.end_offset:
        raise ArchiveRefused("The archive's table of contents is not where the archive says: it is damaged.")
    return end


def _read_end64(file: BufferedReader, end: _End) -> _End | None:
    at = end.end_offset - _LOCATOR.size
    if at < _END64.size:
        return None
    file.seek(at)
    signature, _, offset, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if signature != b"PK\x06\x07":
        return None
    file.seek(at - _END64.size)
    record = _END64.unpack(file.read(_END64.size))
    count, table_bytes, table_offset = record[7], record[8], record[9]
    wide = zip(end[:3], (count, table_bytes, table_offset), (_FULL16, _FULL32, _FULL32), strict=True)
    if (
        record[0] != b"PK\x06\x06"
        or offset != at - _END64.size
        or record[6] != count
        or any(narrow not in (value, full) for narrow, value, full in wide)
    ):
        raise ArchiveRefused("The archive contradicts itself about how many entries it has: it is damaged.")
    return _End(count, table_bytes, table_offset, at - _END64.size, end.comment)


def _places(tail: bytes, signature: bytes) -> Iterator[int]:
    at = tail.find(signature)
    while at >= 0:
        yield at
        at = tail.find(signature, at + 1)


def _is_end(tail: bytes, at: int) -> bool:
    if at + _END.size > len(tail):
        return False
    comment_length = int.from_bytes(tail[at + 20 : at + 22], "little")
    return at + _END.size + comment_length == len(tail)


def _entry_at(table: bytes, at: int) -> tuple[Entry, int]:
    if at + _CENTRAL.size > len(table) or table[at : at + 4] != b"PK\x01\x02":
        raise ArchiveRefused("The archive's table of contents is damaged: an entry in it is torn.")
    fields = _CENTRAL.unpack_from(table, at)
    _, _, _, flags, method, time, date, crc, packed, size, name_length, extra_length, comment_length, disk = fields[:14]
    attributes, offset = fields[15:]
    start = at + _CENTRAL.size
    raw = table[start : start + name_length]
    extra = table[start + name_length : start + name_length + extra_length]
    following = start + name_length + extra_length + comment_length
    if following > len(table):
        raise ArchiveRefused("The archive's table of contents is damaged: an entry in it is torn.")
    name, is_guessed = _name_of(raw, flags)
    if _FULL32 in (packed, size, offset):
        size, packed, offset = _wide(name, extra, [size, packed, offset])
    _check_packing(name, flags, method, packed, size, disk)
    modified_s = _modified(extra, time, date)
    entry = Entry(name, raw, flags, method, crc, packed, size, offset, attributes, modified_s, is_guessed)
    return entry, following


def _name_of(raw: bytes, flags: int) -> tuple[str, bool]:
    """UTF-8 whether or not it says so (Finder does not), else the DOS letters of old packers: a guess."""
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        if flags & UTF8_NAME:
            raise ArchiveRefused(f"The name of {shown(raw.decode('latin-1'))} is damaged.") from None
        return raw.decode("cp437"), True


def _check_packing(name: str, flags: int, method: int, packed: int, size: int, disk: int) -> None:
    if flags & _ENCRYPTED:
        raise ArchiveRefused(f"{shown(name)} is protected by a password; zip the project without one.")
    if method not in (STORED, DEFLATED):
        raise ArchiveRefused(
            f"{shown(name)} is packed in an unusual way (method {method}); zip the project as an ordinary ZIP."
        )
    if disk not in (0, _FULL16):
        raise ArchiveRefused("The archive is one part of several; put the parts together first.")
    if method == STORED and packed != size:
        raise ArchiveRefused(f"{shown(name)} is damaged: it is not packed and yet has two sizes.")


def _extra(name: str, extra: bytes, tag: int) -> bytes | None:
    at = 0
    while at + 4 <= len(extra):
        found, length = struct.unpack_from("<2H", extra, at)
        if at + 4 + length > len(extra):
            raise ArchiveRefused(f"{shown(name)} is damaged: what is written about it is torn.")
        if found == tag:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return None


def _wide(name: str, extra: bytes, narrow: list[int]) -> list[int]:
    """4.5.3: the numbers too large for 32 bits stand in the extra field, in this order."""
    words = _extra(name, extra, _ZIP64_TAG)
    missing = sum(value == _FULL32 for value in narrow)
    if words is None or len(words) < 8 * missing:
        raise ArchiveRefused(f"{shown(name)} is damaged: its size is missing.")
    numbers = iter(struct.unpack_from(f"<{missing}Q", words))
    return [next(numbers) if value == _FULL32 else value for value in narrow]


def _modified(extra: bytes, time: int, date: int) -> float | None:
    """The exact time where a packer gave it (Info-ZIP's field), else DOS time, which is local and even."""
    if extra[:2] == b"UT" and len(extra) >= 9 and extra[4] & 1:
        return float(struct.unpack_from("<l", extra, 5)[0])
    try:
        return datetime(  # noqa: DTZ001 (DOS times are local)
            (date >> 9) + 1980, date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2
        ).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _differ(entry: Entry, what: str, is_same: object) -> None:
    if not is_same:
        raise ArchiveRefused(f"{shown(entry.name)} has a {what} in two versions: the archive is damaged or deceives.")


def _stored(file: BufferedReader, entry: Entry) -> Iterator[memoryview]:
    buffer = memoryview(bytearray(min(_BLOCK, entry.packed_bytes)))
    left = entry.packed_bytes
    while left:
        count = file.readinto(buffer[: min(left, len(buffer))])
        if not count:
            return
        left -= count
        yield buffer[:count]


def _inflated(file: BufferedReader, entry: Entry) -> Iterator[bytes]:
    stream, left = zlib.decompressobj(-15), entry.packed_bytes
    waiting = b""
    try:
        while not stream.eof:
            if not waiting:
                waiting = file.read(min(left, _PACKED_BLOCK))
                left -= len(waiting)
                if not waiting:
                    return
            yield stream.decompress(waiting, _BLOCK)
            waiting = stream.unconsumed_tail
    except zlib.error as error:
        raise ArchiveRefused(f"{shown(entry.name)} is damaged in the archive; ask for it to be sent again.") from error
    if left or stream.unused_data:
        raise ArchiveRefused(f"{shown(entry.name)} is damaged: something stands behind its end.")
