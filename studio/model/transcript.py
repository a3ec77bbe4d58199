"""What was said, as files: recognised segments, lines, translations; ours, and what other programs and people wrote.

Foreign files are read entry by entry: times may be text (``"00:01:02,500"``), the list may stand under a key, fields
bear other names. What cannot be used becomes a sentence with its place, never a guess.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field, TypeAdapter

from studio.errors import BadInput
from studio.model.dub import MOST_ID, MOST_S, Line, Time, Translated, Word, check_sayable
from studio.model.story import Value

_BUCKET_S = 30.0
_LIST_KEYS = ("segments", "chunks", "lines", "transcript", "transcription", "translations", "translated", "subtitles")
_START_KEYS = ("start", "start_s", "start_time", "from", "begin")
_END_KEYS = ("end", "end_s", "end_time", "to")
_TEXT_KEYS = ("text_translated", "translated_text", "translation", "text", "content", "line")
_TEMPLATE = re.compile(r"^\s*\[TRANSLATE\b.*", re.IGNORECASE | re.DOTALL)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)")
_PLAIN = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(?:s|secs?|seconds?)?", re.IGNORECASE)
_LINE_ID = re.compile(r"^[0-9]{4,6}$")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


class Segment(Value):
    """What a recogniser heard in one breath. Times in seconds of the source."""

    start_s: Time = Field(alias="start")
    end_s: Time = Field(alias="end")
    text: str
    words: tuple[Word, ...] = ()


SEGMENTS = TypeAdapter(tuple[Segment, ...])
"""``transcriptions/original_asr.json`` and each piece of it."""


class Language(Value):
    """``transcriptions/language.json``: what the original speaks, as a two-letter code."""

    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


LANGUAGE = TypeAdapter(Language)


@dataclass(frozen=True, slots=True)
class TimedText:
    """One entry of a transcript or a translation as found; ``text`` is empty where it waits to be translated."""

    start_s: float
    end_s: float
    text: str
    id: str = ""
    speaker: str = ""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """Entries in the order of their starts, and a sentence for each that could not be used."""

    entries: tuple[TimedText, ...]
    faults: tuple[str, ...]


def timed_from(value: object, source: str) -> Read:
    """The entries of a transcript or translation: a list, a list under a known key, or an object by numbers.

    Raises BadInput if there is no list in it.
    """
    found, faults = _listed(value, source), []
    entries: list[TimedText] = []
    for number, entry in enumerate(found, start=1):
        try:
            entries.append(_entry(entry, f"{source}, entry {number}"))
        except BadInput as error:
            faults.append(str(error))
    return Read(tuple(sorted(entries, key=lambda entry: entry.start_s)), tuple(faults))


def lines_from(value: object, source: str) -> tuple[Line, ...]:
    """A transcript's lines, each with its own id or, where they have none or share one, numbered in order.

    Raises BadInput with the place of the first entry that cannot be used, or if there is none at all.
    """
    read = timed_from(value, source)
    if read.faults:
        raise BadInput(read.faults[0])
    return numbered(entry for entry in read.entries if entry.text) or _nothing(source)


def numbered(entries: Iterable[TimedText]) -> tuple[Line, ...]:
    """``entries`` as lines; ids are kept if all are there and differ, else ``0001`` and on."""
    kept = list(entries)
    ids = [entry.id for entry in kept]
    are_ids = all(_LINE_ID.match(one) and int(one) < MOST_ID for one in ids) and len(set(ids)) == len(ids)
    return tuple(
        Line(
            id=entry.id if are_ids else f"{number:04d}",
            start_s=entry.start_s,
            end_s=entry.end_s,
            text=entry.text,
            speaker=entry.speaker,
            words=entry.words,
        )
        for number, entry in enumerate(kept, start=1)
    )


def translated_from(entries: Sequence[TimedText], lines: Sequence[Line]) -> tuple[Translated, ...]:
    """``entries`` as translations of ``lines``, each line at most once: by id, else by the time they share most of.

    Several entries that fall to one line are joined; those that belong to no line, or are still to be translated, are
    left out.
    """
    by_id, nearby = {line.id: line for line in lines}, by_time(lines)
    texts: dict[str, list[str]] = {}
    for entry in entries:
        line = by_id.get(entry.id) or _nearest(entry, nearby(entry.start_s, entry.end_s))
        if line and entry.text:
            texts.setdefault(line.id, []).append(entry.text)
    for line_id, parts in texts.items():
        _check_sayable(" ".join(parts), f"line {line_id}")
    return tuple(
        Translated(id=line.id, start_s=line.start_s, end_s=line.end_s, text=" ".join(texts[line.id]), source=line.text)
        for line in lines
        if line.id in texts
    )


def lines_json(lines: Sequence[Line]) -> str:
    """``chunked_transcript.json``: the lines, and what the old program wrote of each, counted anew."""
    return _json([_line_object(line) for line in lines])


def segments_json(segments: Sequence[Segment]) -> str:
    """``original_asr.json``."""
    return _json([segment.model_dump(mode="json", by_alias=True) for segment in segments])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _line_object(line: Line) -> dict[str, object]:
    own = line.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    counted = {
        "duration": round(line.duration_s, 3),
        "segment_count": own.pop("segment_count", 1),
        "word_count": len(line.text.split()),
        "char_count": len(line.text),
    }
    first = {"id": line.id, "start": line.start_s, "end": line.end_s, "text": line.text, "speaker": line.speaker}
    return first | counted | {key: part for key, part in own.items() if key not in first | counted}


def _nothing(source: str) -> tuple[Line, ...]:
    raise BadInput(f"{source}: there is no line with words in it.")


def _listed(value: object, source: str) -> list[object]:
    for _ in range(3):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict):
            break
        keys = {str(key).strip().lower(): key for key in value}
        known = next((keys[name] for name in _LIST_KEYS if name in keys), None)
        if known is not None:
            value = value[known]
        elif value and all(str(key).strip().isdecimal() for key in value):
            value = [value[key] for key in sorted(value, key=lambda key: int(str(key)))]
        else:
            break
    raise BadInput(f'{source}: expected a list of lines with "start", "end" and "text", or a list named "segments".')


def _entry(entry: object, place: str) -> TimedText:
    if not isinstance(entry, dict):
        raise BadInput(f"{place}: expected an object with start, end and text.")
    start_s, end_s = _time(entry, _START_KEYS, place), _time(entry, _END_KEYS, place)
    if end_s <= start_s:
        raise BadInput(f"{place}: it ends at {end_s:g} s, which is not after its start at {start_s:g} s.")
    text = _first(entry, _TEXT_KEYS)
    if not isinstance(text, str) or not text.strip():
        raise BadInput(f"{place}, text: {'must be text' if text and not isinstance(text, str) else 'is empty'}.")
    _check_sayable(text, place)
    is_template = bool(_TEMPLATE.match(text))
    line_id, speaker = entry.get("id"), entry.get("speaker")
    return TimedText(
        start_s,
        end_s,
        "" if is_template else one_line(text),
        str(line_id) if isinstance(line_id, str | int) and not isinstance(line_id, bool) else "",
        one_line(speaker) if isinstance(speaker, str) else "",
        _words(entry.get("words")),
    )


def _check_sayable(text: str, place: str) -> None:
    try:
        check_sayable(text)
    except ValueError as error:
        raise BadInput(f"{place}, text: {error}.") from error


def _time(entry: Mapping[str, object], keys: Sequence[str], place: str) -> float:
    value = _first(entry, keys)
    seconds = seconds_of(value)
    if seconds is None:
        shown = "is missing" if value is None else f"must be seconds or hh:mm:ss,ms, is {str(value)[:40]}"
        raise BadInput(f"{place}, {keys[0]}: {shown}.")
    return seconds


def seconds_of(value: object) -> float | None:
    """Seconds from ``2.5``, ``"2.5"``, ``"2,5 s"``, ``"00:00:02,500"``; None if it is none of these or out of bounds."""
    if isinstance(value, str):
        text = value.strip()
        clock, plain = _CLOCK.fullmatch(text), _PLAIN.fullmatch(text)
        if clock:
            hours, minutes, seconds = clock.groups()
            value = int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
        elif plain:
            value = float(plain.group(1).replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= MOST_S and math.isfinite(value) and value >= 0 else None


def _words(value: object) -> tuple[Word, ...]:
    """Word times where every one of them can be read."""
    found: list[Word] = []
    for part in value if isinstance(value, list) else ():
        word = part.get("word") if isinstance(part, dict) else None
        start_s, end_s = (seconds_of(part.get(key)) for key in ("start", "end")) if word else (None, None)
        if not isinstance(word, str) or start_s is None or end_s is None:
            return ()
        found.append(Word(start_s=start_s, end_s=end_s, word=word.strip()))
    return tuple(found)


def _first(entry: Mapping[str, object], keys: Sequence[str]) -> object:
    """What stands under the first of ``keys`` that is there, however it is capitalised."""
    plain = {str(key).strip().lower(): part for key, part in entry.items() if part is not None}
    return next((plain[key] for key in keys if key in plain), None)


def by_time(lines: Sequence[Line]) -> Callable[[float, float], list[Line]]:
    """Looks up the lines that are near a start and an end, in the order of ``lines`` where that is by time."""
    buckets: dict[int, list[Line]] = {}
    for line in lines:
        for bucket in _buckets(line.start_s, line.end_s):
            buckets.setdefault(bucket, []).append(line)

    def nearby(start_s: float, end_s: float) -> list[Line]:
        found = (line for bucket in _buckets(start_s, end_s) for line in buckets.get(bucket, ()))
        return list({line.id: line for line in found}.values())

    return nearby


def _buckets(start_s: float, end_s: float) -> range:
    return range(int(start_s / _BUCKET_S), int(end_s / _BUCKET_S) + 1)


def _nearest(entry: TimedText, lines: Sequence[Line]) -> Line | None:
    """The line that shares most of its time with ``entry``, at least a third of the shorter of the two."""

    def shared_s(line: Line) -> float:
        return min(line.end_s, entry.end_s) - max(line.start_s, entry.start_s)

    best = max(lines, key=shared_s, default=None)
    if best is None or shared_s(best) < min(best.duration_s, entry.end_s - entry.start_s) / 3:
        return None
    return best


def one_line(text: str) -> str:
    """``text`` with every run of white space made one space, without what is never shown."""
    return " ".join(seen(text).split())


def seen(text: str) -> str:
    """``text`` without lone surrogates, control letters, and marks that turn the order of letters around."""
    return _UNSEEN.sub("", text.encode("utf-8", "replace").decode("utf-8"))
