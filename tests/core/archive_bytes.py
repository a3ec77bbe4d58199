"""ZIP files written byte by byte, so that they can say what no ZIP program would write."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.project import new_project

STORED, DEFLATED = 0, 8
LINK, PIPE, FOLDER, FILE = (mode << 16 for mode in (0o120777, 0o010644, 0o040755, 0o100644))


@dataclass(frozen=True)
class Raw:
    """One entry; what is None is what an honest ZIP program would write."""

    name: str | bytes
    content: bytes = b"x"
    method: int = STORED
    flags: int = 0x800
    attributes: int = FILE
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    extra: bytes = b""
    local_name: str | bytes | None = None
    local_method: int | None = None
    local_crc: int | None = None
    local_size: int | None = None
    offset: int | None = None
    disk: int = 0


def project_files(**changes: object) -> list[Raw]:
    """The least that is a project."""
    project = new_project("boat", "film").model_dump(mode="json")
    return [Raw("metadata.json", json.dumps({**project, **changes}).encode())]


def zip_of(
    raws: Sequence[Raw],
    *,
    count: int | None = None,
    comment: bytes = b"",
    before: bytes = b"",
    after: bytes = b"",
    between: bytes = b"",
    disk: int = 0,
    table_bytes: int | None = None,
) -> bytes:
    """The ZIP file; ``between`` stands between the files and the table of contents."""
    out, table = bytearray(before), bytearray()
    for raw in raws:
        offset = len(out) - len(before) if raw.offset is None else raw.offset
        local, central = _headers(raw, offset)
        out += local
        table += central
    out += between
    table_offset = len(out) - len(before)
    total = len(raws) if count is None else count
    length = len(table) if table_bytes is None else table_bytes
    end = struct.pack("<4s4H2LH", b"PK\5\6", disk, disk, total, total, length, table_offset, len(comment))
    return bytes(out + table + end + comment + after)


def _headers(raw: Raw, offset: int) -> tuple[bytes, bytes]:
    name = _bytes(raw.name)
    packed = _packed(raw)
    crc = zlib.crc32(raw.content) if raw.crc is None else raw.crc
    size = len(raw.content) if raw.size is None else raw.size
    local_name = name if raw.local_name is None else _bytes(raw.local_name)
    local_method = raw.method if raw.local_method is None else raw.local_method
    local_crc = crc if raw.local_crc is None else raw.local_crc
    local_size = size if raw.local_size is None else raw.local_size
    stamp = (20, raw.flags, local_method, 0, 0x5921, local_crc, len(packed), local_size, len(local_name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *stamp) + local_name + packed
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 0x314, 20, raw.flags, raw.method, 0, 0x5921, crc, len(packed), size,
        len(name), len(raw.extra), 0, raw.disk, 0, raw.attributes, offset,
    )  # fmt: skip
    return local, central + name + raw.extra


def _packed(raw: Raw) -> bytes:
    if raw.packed is not None:
        return raw.packed
    if raw.method != DEFLATED:
        return raw.content
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(raw.content) + stream.flush()


def _bytes(name: str | bytes) -> bytes:
    return name.encode("utf-8", "surrogatepass") if isinstance(name, str) else name
