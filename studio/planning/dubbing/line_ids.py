"""Ids of lines stay with what is said: files, translations and takes are named after them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from studio.model.dub import MOST_ID, Line
from studio.model.transcript import by_time

_LEAST_SHARED, _LEAST_ALIKE = 0.3, 0.6


def with_kept_ids(lines: Sequence[Line], earlier: Sequence[Line], above: int = 0) -> tuple[Line, ...]:
    """``lines`` with the ids of those ``earlier`` lines that they are, by time and text; others get new ids.

    New ids are above ``above``, the highest that was ever given. A line that says the same at the same time is the
    same; then one that says nearly the same. Speaker, gain and retakes come with the id.
    """
    if not earlier:
        return tuple(lines)
    owner: dict[int, Line] = {}
    taken: set[str] = set()
    nearby = by_time(earlier)
    for is_alike in (_is_same, _is_similar):
        for number, line in enumerate(lines):
            if number in owner:
                continue
            found = [old for old in nearby(line.start_s, line.end_s) if old.id not in taken and is_alike(line, old)]
            if found:
                best = max(found, key=lambda old: (_shared(line, old), -old.start_s))
                owner[number] = best
                taken.add(best.id)
    fresh = _counter(max(above, highest_id(earlier)))
    return tuple(
        _as_before(line, owner[n]) if n in owner else _with_id(line, next(fresh)) for n, line in enumerate(lines)
    )


def renumbered(lines: Sequence[Line], earlier: Sequence[Line], above: int) -> tuple[Line, ...]:
    """``lines`` as an edit of ``earlier`` made them: what is new among them has an id that was never given.

    ``above`` is the highest id that was ever given.
    """
    known = {line.id for line in earlier}
    fresh = _counter(max(above, highest_id(earlier)))
    return tuple(line if line.id in known else _with_id(line, next(fresh)) for line in lines)


def fresh_id(lines: Sequence[Line]) -> str:
    """An id that none of ``lines`` has or had (what a merged line took in)."""
    return next(_counter(highest_id(lines)))


def highest_id(lines: Iterable[Line]) -> int:
    """The highest id of ``lines`` and of those that were merged into them, as a number; 0 without lines."""
    return max((int(one) for line in lines for one in (line.id, *absorbed_ids(line))), default=0)


def absorbed_ids(line: Line) -> tuple[str, ...]:
    """Ids of lines that were merged into this one."""
    found = (line.model_extra or {}).get("merged")
    return (
        tuple(one for one in found if isinstance(one, str) and id_number(one))
        if isinstance(found, list | tuple)
        else ()
    )


def id_number(text: str) -> int:
    """The id ``text`` as a number; 0 for what is no line's id."""
    return int(text) if len(text) < 7 and text.isdecimal() and int(text) < MOST_ID else 0


def _counter(number: int) -> Iterator[str]:
    while True:
        number += 1
        yield f"{number:04d}"


def _is_same(line: Line, old: Line) -> bool:
    return _plain(line.text) == _plain(old.text) and _shared(line, old) > _LEAST_SHARED


def _is_similar(line: Line, old: Line) -> bool:
    if _shared(line, old) <= _LEAST_SHARED:
        return False
    return SequenceMatcher(None, _plain(line.text), _plain(old.text), autojunk=False).ratio() >= _LEAST_ALIKE


def _shared(line: Line, old: Line) -> float:
    """Share of the time of both that both have, 0 to 1."""
    both_s = min(line.end_s, old.end_s) - max(line.start_s, old.start_s)
    return max(0.0, both_s) / (max(line.end_s, old.end_s) - min(line.start_s, old.start_s))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())


def _as_before(line: Line, old: Line) -> Line:
    kept = {"id": old.id, "speaker": line.speaker or old.speaker, "gain_db": old.gain_db, "retakes": old.retakes}
    return line.model_copy(update=kept)


def _with_id(line: Line, line_id: str) -> Line:
    return line.model_copy(update={"id": line_id})
