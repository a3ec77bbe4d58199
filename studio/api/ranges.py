"""Which part of a file a browser asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re

_SPEC = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")
_MOST_PARTS = 16


class NotInFile(Exception):
    """None of the asked parts is in the file (status 416)."""


def asked_part(header: str, size_bytes: int) -> tuple[int, int] | None:
    """First and last byte (inclusive) of the part; None for the whole file.

    A header that cannot be read asks for nothing, and so does one with parts that do not join into one: a server is
    free to answer either with the whole file. Raises NotInFile.
    """
    unit, equals, specs = header.partition("=")
    if unit.strip().lower() != "bytes" or not equals:
        return None
    parts = [spec.strip() for spec in specs.split(",", _MOST_PARTS) if spec.strip()]
    matches = [_SPEC.fullmatch(part) for part in parts]
    if not parts or len(parts) > _MOST_PARTS:
        return None
    inside: list[tuple[int, int]] = []
    for match in matches:
        if match is None or not any(match.groups()) or _is_backwards(match):
            return None
        first, last = _bytes_of(match, size_bytes)
        if first <= last:
            inside.append((first, last))
    if not inside:
        raise NotInFile
    return _joined(inside)


def _is_backwards(match: re.Match[str]) -> bool:
    first, last = match.groups()
    return bool(first and last) and int(first) > int(last)


def _bytes_of(match: re.Match[str], size_bytes: int) -> tuple[int, int]:
    first, last = match.groups()
    if not first:  # the last so many bytes
        return max(0, size_bytes - int(last)), size_bytes - 1
    return int(first), min(int(last), size_bytes - 1) if last else size_bytes - 1


def _joined(parts: list[tuple[int, int]]) -> tuple[int, int] | None:
    first, last = min(parts)
    for start, end in sorted(parts):
        if start > last + 1:
            return None
        last = max(last, end)
    return first, last
