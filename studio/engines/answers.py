"""What comes back from a service: bodies read as they come, and how long it asks to wait.

A time-out of a connection counts from one byte to the next, so a service that sends one a second would hold a run for
ever; here a body must bring some bytes in each while, and one that is longer than anything asked for breaks off.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import Response

BLOCK_BYTES = 1 << 16
WHILE_S = 45.0
LEAST_BYTES = 4096
LEAST_PIECES = 20
"""So many bytes are to come in each ``WHILE_S``, 90 a second: a line that slow fetches no film. A silence, as before an
answer that takes thought, is no drip: it takes so many pieces."""


class TornError(Exception):
    """A body ended before its end."""


def blocks(
    answer: Response, *, look: Callable[[], None] | None = None, now: Callable[[], float] = time.monotonic
) -> Iterator[bytes]:
    """The body of ``answer`` (asked for as a stream), decoded, as it comes. Raises TornError if it breaks off or drips.

    ``look`` is called after each piece; it may raise.
    """
    from urllib3.exceptions import HTTPError

    since, came, pieces = now(), 0, 0
    try:
        while block := answer.raw.read1(BLOCK_BYTES, decode_content=True):
            yield block
            came, pieces = came + len(block), pieces + 1
            if now() - since > WHILE_S and pieces >= LEAST_PIECES:
                if came < LEAST_BYTES:
                    raise TornError(f"{came} bytes in {now() - since:.0f} s")
                since, came, pieces = now(), 0, 0
            if look is not None:
                look()
    except HTTPError as error:
        raise TornError(type(error).__name__) from None


def read_whole(answer: Response, *, most_bytes: int, look: Callable[[], None] | None = None) -> bytes:
    """The whole body. Raises TornError, also if it is longer than ``most_bytes``."""
    body = bytearray()
    for block in blocks(answer, look=look):
        body += block
        if len(body) > most_bytes:
            raise TornError(f"over {most_bytes >> 20} MB")
    return bytes(body)


def must_be_whole(answer: Response, file: Path, before: int) -> None:
    """TornError unless ``file``, which had ``before`` bytes, has all that ``answer`` announced for it."""
    announced = answer.headers.get("Content-Length", "")
    size = file.stat().st_size
    if announced.isdigit() and not answer.headers.get("Content-Encoding") and size != before + int(announced):
        raise TornError(f"{size} of {before + int(announced)} bytes")


def retry_after_s(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, in either of its forms; None if there is none that can be read."""
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())
