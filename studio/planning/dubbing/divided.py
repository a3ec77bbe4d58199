"""Translations that follow their lines: of a line that is cut in two the words go to both, of two joined they join."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from studio.model.dub import Line, Translated
from studio.planning.dubbing.translations import Entry, as_entry, is_written

_SENTENCE = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+")
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|[、，；]")
_SPACE = re.compile(r"(?<=\S)(?=\s)")
_CLAUSE_COST, _WORD_COST = 0.08, 0.2
"""How much farther from its place, as a share of the text, a cut after a sentence may lie than one after a clause, or
between two words."""


def divided(text: str, share: float) -> tuple[str, str]:
    """``text`` cut near ``share`` of its length (0 to 1): after a sentence or a clause if there is one, else between
    words. The second part is empty if there is nowhere to cut."""
    places = {match.end(): cost for pattern, cost in ((_SPACE, _WORD_COST), (_CLAUSE, _CLAUSE_COST), (_SENTENCE, 0.0))
              for match in pattern.finditer(text) if 0 < match.end() < len(text.rstrip())}  # fmt: skip
    if not places:
        return text.strip(), ""
    cut = min(places, key=lambda place: (abs(place / len(text) - share) + places[place], place))
    return text[:cut].strip(), text[cut:].strip()


def following(before: Sequence[Line], after: Sequence[Line], standing: Sequence[Translated]) -> dict[str, Entry]:
    """What of ``standing`` goes with lines that were split or joined between ``before`` and ``after``, by line id.

    Wording of a person's own stays a person's; a draft stays one, so that an engine that is there has the last word.
    """
    entries = {entry.id: as_entry(entry) for entry in standing if is_written(entry.text)}
    old, new = ({line.id: line for line in lines} for lines in (before, after))
    found: dict[str, Entry] = {}
    for first, second in pairwise(after):
        whole = old.get(first.id)
        if whole and second.id not in old and _plain(whole.text) == _plain(first.text + second.text):
            found |= _split(entries.get(whole.id), first, second)
    for first, second in pairwise(before):
        joined = new.get(first.id)
        if joined and second.id not in new and _plain(joined.text) == _plain(first.text + second.text):
            found |= _joined(entries, first, second, joined)
    return found


def _split(entry: Entry | None, first: Line, second: Line) -> dict[str, Entry]:
    if entry is None:
        return {}
    head, tail = divided(entry.text, len(first.text) / (len(first.text) + len(second.text)))
    if not tail:
        return {}
    parts = zip((first, second), (head, tail), strict=True)
    return {line.id: _entry(line, text, is_draft=not entry.is_typed) for line, text in parts}


def _joined(entries: Mapping[str, Entry], first: Line, second: Line, joined: Line) -> dict[str, Entry]:
    both = [entries[line.id] for line in (first, second) if line.id in entries]
    if len(both) < 2:
        return {}
    text = " ".join(entry.text.strip() for entry in both)
    return {joined.id: _entry(joined, text, is_draft=not any(entry.is_typed for entry in both))}


def _entry(line: Line, text: str, *, is_draft: bool) -> Entry:
    return Entry(
        id=line.id, start_s=line.start_s, end_s=line.end_s, text=text, source=line.text,
        draft=text if is_draft else "", is_divided=True,
    )  # fmt: skip


def _plain(text: str) -> str:
    return "".join(text.split())
