"""Translations that people bring, and templates to send to the person who translates: JSON, SRT, VTT and CSV.

A file gives texts by the line's id, by time, or in order (subtitles with as many cues as there are lines). What does
not find its line, or its line twice, is told; nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.errors import BadInput
from studio.model.dub import Line, Translated
from studio.model.transcript import by_time
from studio.planning.dubbing.translations import is_written

_LEAST_OVERLAP = 0.5
"""A text belongs to a line if they share at least this part of the shorter of the two."""
_TIMING = re.compile(r"^\s*([\d:.,]+)\s*-->\s*([\d:.,]+)")
_STAMP = re.compile(r"^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?$")
_MARKUP = re.compile(r"<[^>\n]{1,80}>|\{\\[^}\n]{0,80}\}")
_NAMES = {
    "id": ("id", "line", "line_id"),
    "start": ("start", "start_s", "from", "begin", "in"),
    "end": ("end", "end_s", "to", "until", "out"),
    "text": ("text_translated", "translation", "translated", "target", "text"),
}


@dataclass(frozen=True, slots=True)
class Brought:
    """One text of a file; ``place`` says where it stands there. Without id and times it counts by its number."""

    place: str
    text: str
    id: str = ""
    start_s: float = -1.0
    end_s: float = -1.0

    @property
    def is_timed(self) -> bool:
        """True if it says when it is spoken."""
        return self.end_s > self.start_s >= 0


@dataclass(frozen=True, slots=True)
class Matched:
    """``texts`` by line id; ``missing`` are ids of lines without one; ``unmatched`` says what found no line, and why."""

    texts: Mapping[str, str]
    missing: tuple[str, ...]
    unmatched: tuple[str, ...]


def read_translation(content: bytes, name: str, lines: Sequence[Line]) -> Matched:
    """What the file ``name`` with this ``content`` gives for ``lines``. Raises what ``read_texts`` raises."""
    return matched(read_texts(content, name), lines)


def read_texts(content: bytes, name: str) -> list[Brought]:
    """The texts of the file ``name`` with this ``content``, by its ending (json, srt, vtt, csv, tsv); one at least.

    Raises BadInput with the exact place if it cannot be read.
    """
    text = _decoded(content, name)
    ending = name.rpartition(".")[2].lower()
    readers = {"json": _read_json, "srt": _read_cues, "vtt": _read_cues, "csv": _read_table, "tsv": _read_table}
    if ending not in readers:
        raise BadInput(f"{name}: a translation is JSON, SRT, VTT or CSV, not .{ending}.")
    found = readers[ending](text, name)
    if not found:
        raise BadInput(f"{name} holds no line.")
    return found


def matched(found: Sequence[Brought], lines: Sequence[Line]) -> Matched:
    """The texts of ``found`` by line: by id, else in order where the counts are equal, else by time."""
    ids = _as_written(lines)
    ordered = sorted(lines, key=lambda line: (line.start_s, line.id))
    nearby = by_time(ordered)
    is_by_id = any(_id_of(item, ids) for item in found)
    is_in_order = not is_by_id and len(found) == len(lines) and _in_step(found, ordered)
    texts: dict[str, str] = {}
    unmatched: list[str] = []
    for at, item in enumerate(found):
        line_id = _id_of(item, ids) if is_by_id and item.id else ordered[at].id if is_in_order else _at(item, nearby)
        if not is_written(item.text):
            continue
        if line_id is None:
            unmatched.append(f"{item.place}: {_why(item, is_by_id)}")
        elif line_id in texts and (is_by_id and item.id):
            unmatched.append(f"{item.place}: line {line_id} has a text already")
        elif line_id in texts:
            texts[line_id] = f"{texts[line_id]} {item.text}"
        else:
            texts[line_id] = item.text
    return Matched(texts, tuple(line.id for line in ordered if line.id not in texts), tuple(unmatched))


def template(lines: Sequence[Line], translation: Sequence[Translated], kind: str, *, is_whole: bool = False) -> str:
    """What to send to the person who translates, as ``json``, ``csv`` or ``srt``: what is there, else the original in
    ``[TRANSLATE: …]``. Only lines that are missing, unless ``is_whole``.

    Raises ValueError for another ``kind``.
    """
    written = {entry.id: entry.text for entry in translation if is_written(entry.text)}
    ordered = sorted(lines, key=lambda line: (line.start_s, line.id))
    rows = [(line, written.get(line.id, f"[TRANSLATE: {line.text}]")) for line in ordered]
    writers = {"json": _as_json, "csv": _as_csv, "srt": _as_srt}
    if kind not in writers:
        raise ValueError(f"no template is written as {kind}")
    return writers[kind]([row for row in rows if is_whole or row[0].id not in written])


def _decoded(content: bytes, name: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        where = content[: error.start].count(b"\n") + 1
        raise BadInput(f"{name}, line {where}: this is not UTF-8 text: save the file as UTF-8.") from error


def _read_json(text: str, name: str) -> list[Brought]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"{name}, line {error.lineno}, column {error.colno}: this is no JSON ({error.msg}).") from error
    except RecursionError as error:
        raise BadInput(f"{name}: its lists are nested too deep.") from error
    if isinstance(value, dict) and value and all(isinstance(item, str) for item in value.values()):
        return [Brought(f"{name}, “{key}”", item.strip(), id=key) for key, item in value.items()]
    if isinstance(value, dict):
        value = next((value[key] for key in ("segments", "lines", "translation") if key in value), None)
    if not isinstance(value, list):
        raise BadInput(f"{name}: a list of lines is wanted: [{{start, end, text_translated}}].")
    return [_entry(item, f"{name}, entry {number}") for number, item in enumerate(value, start=1)]


def _entry(item: Any, place: str) -> Brought:
    if not isinstance(item, dict):
        raise BadInput(f"{place}: must be an object with start, end and text_translated.")
    fields = _fields({str(key): value for key, value in item.items()})
    if "text" not in fields:
        raise BadInput(f"{place}: text_translated is missing.")
    return _brought({key: "" if value is None else str(value) for key, value in fields.items()}, place)


def _brought(fields: Mapping[str, str], place: str) -> Brought:
    start_s, end_s = (_seconds(fields.get(key, ""), f"{place}, {key}") for key in ("start", "end"))
    if start_s >= 0 and end_s >= 0 and end_s <= start_s:
        raise BadInput(f"{place}: it ends ({end_s:g} s) before it starts ({start_s:g} s).")
    return Brought(place, fields["text"].strip(), fields.get("id", "").strip(), start_s, end_s)


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of ``row`` by our own names for them; the first name that is known decides."""
    low = {key.strip().lower(): value for key, value in row.items()}
    found: dict[str, Any] = {}
    for field, known in _NAMES.items():
        name = next((one for one in known if one in low), None)
        if name is not None:
            found[field] = low[name]
    return found


def _seconds(value: str, place: str) -> float:
    """Seconds, or hours:minutes:seconds; -1 for nothing."""
    value = value.strip()
    if not value:
        return -1.0
    stamp = _STAMP.match(value)
    if stamp:
        hours, minutes, seconds, fraction = stamp.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")
    try:
        seconds_s = float(value.replace(",", "."))
    except ValueError:
        seconds_s = -1.0
    if not 0 <= seconds_s < 1e6:
        raise BadInput(f"{place}: “{value}” is no time; write seconds (12.5) or 00:00:12,500.")
    return seconds_s


def _read_cues(text: str, name: str) -> list[Brought]:
    rows = text.split("\n")
    found: list[Brought] = []
    at = 0
    while at < len(rows):
        timing = _TIMING.match(rows[at])
        if timing is None:
            if "-->" in rows[at]:
                raise BadInput(
                    f"{name}, line {at + 1}: “{rows[at].strip()}” is no timing (00:00:01,000 --> 00:00:02,000)."
                )
            at += 1
            continue
        place = f"{name}, line {at + 1}"
        end = next((row for row in range(at + 1, len(rows)) if not rows[row].strip()), len(rows))
        words = _MARKUP.sub("", " ".join(row.strip() for row in rows[at + 1 : end]))
        found.append(_brought({"start": timing[1], "end": timing[2], "text": words}, place))
        at = end
    return found


def _read_table(text: str, name: str) -> list[Brought]:
    rows = list(_rows(text, name))
    if not rows:
        return []
    heads = rows[0][1]
    found: list[Brought] = []
    known = _fields(dict.fromkeys(heads, ""))
    if "text" not in known or not ("id" in known or {"start", "end"} <= set(known)):
        raise BadInput(f"{name}, line 1: the columns must be named: id (or start and end), text_translated.")
    for number, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heads):
            raise BadInput(
                f"{name}, line {number}: {len(cells)} columns, not {len(heads)}; put text with commas in quotes."
            )
        found.append(_brought(_fields(dict(zip(heads, cells, strict=True))), f"{name}, line {number}"))
    return found


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Each row with the number of the line it starts in."""
    first = text.lstrip("\n").split("\n", 1)[0]
    if first.lower().startswith("sep="):
        text, first = text.split("\n", 1)[1], text.split("\n", 2)[1]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    starts = 1
    try:
        for cells in reader:
            rows.append((starts, cells))
            starts = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(f"{name}, line {starts}: a quote is not closed, or stands alone ({error}).") from error
    return rows


def _in_step(found: Sequence[Brought], ordered: Sequence[Line]) -> bool:
    """True if times, where there are any, do not speak against taking the texts in order."""
    pairs = [(item, line) for item, line in zip(found, ordered, strict=True) if item.is_timed]
    near = [item for item, line in pairs if item.start_s < line.end_s and item.end_s > line.start_s]
    return 2 * len(near) >= len(pairs)


def _as_written(lines: Sequence[Line]) -> dict[str, str]:
    """Ids by themselves, and without their zeros, which spreadsheets take away, where that is one line's alone."""
    short = Counter(line.id.lstrip("0") for line in lines)
    by_short = {line.id.lstrip("0"): line.id for line in lines if short[line.id.lstrip("0")] == 1}
    return by_short | {line.id: line.id for line in lines}


def _id_of(item: Brought, ids: Mapping[str, str]) -> str | None:
    return (ids.get(item.id) or ids.get(item.id.lstrip("0"))) if item.id else None


def _at(item: Brought, nearby: Callable[[float, float], Sequence[Line]]) -> str | None:
    """The line that ``item`` shares most time with, if enough of it."""
    if not item.is_timed:
        return None
    best, most_s = None, 0.0
    for line in nearby(item.start_s, item.end_s):
        shared_s = min(item.end_s, line.end_s) - max(item.start_s, line.start_s)
        if shared_s > most_s and shared_s >= _LEAST_OVERLAP * min(item.end_s - item.start_s, line.duration_s):
            best, most_s = line.id, shared_s
    return best


def _why(item: Brought, is_by_id: bool) -> str:
    if is_by_id and item.id:
        return f"there is no line {item.id}"
    if not item.is_timed:
        return "it has neither the id of a line nor times"
    return f"no line is spoken from {item.start_s:g} to {item.end_s:g} s"


def _as_json(rows: Sequence[tuple[Line, str]]) -> str:
    entries = [
        {"id": line.id, "start": line.start_s, "end": line.end_s, "source": line.text, "text_translated": text}
        for line, text in rows
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _as_csv(rows: Sequence[tuple[Line, str]]) -> str:
    """With a byte order mark, by which spreadsheets know UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["id", "start", "end", "source", "text_translated"])
    for line, text in rows:
        writer.writerow([line.id, f"{line.start_s:.3f}", f"{line.end_s:.3f}", line.text, text])
    return "\ufeff" + out.getvalue()


def _as_srt(rows: Sequence[tuple[Line, str]]) -> str:
    cues = [
        f"{number}\n{_stamp(line.start_s)} --> {_stamp(line.end_s)}\n{text}\n"
        for number, (line, text) in enumerate(rows, start=1)
    ]
    return "\n".join(cues)


def _stamp(at_s: float) -> str:
    ms = round(at_s * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"
