"""Numbers as people write them: ``1-3, 5``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.errors import BadInput

_PART = re.compile(r"\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?")


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers that ``text`` names, from 1; none for nothing and for ``all``. Raises BadInput."""
    words = text.strip().lower()
    found: set[int] = set()
    for part in [] if words in ("", "all") else words.split(","):
        ends = _PART.fullmatch(part)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 1 <= first <= last:
            raise BadInput(f"{text[:40]} is not like 1-3, 5; write all for all.")
        found |= set(range(first, last + 1))
    return tuple(sorted(found))


def as_ranges(numbers: Sequence[int]) -> str:
    """As ``numbers_in`` reads them; neighbours are joined by a dash."""
    runs: list[list[int]] = []
    for one in numbers:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
