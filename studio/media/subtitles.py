"""Subtitles: what was spoken becomes cues that can be read in time, and files of them.

Lines have at most 42 characters (a wide East Asian character counts two), a cue two lines: the measure of
the broadcasters' style guides. Long sentences are split at the borders of their clauses, and the time is
shared by characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.errors import BadInput

LINE_CHARS = 42
CUE_CHARS = 2 * LINE_CHARS
_SHORTEST_S = 1.0
_GAP_S = 0.001
_MOST_TEXT_BYTES = 8000
"""No reader reads more at once, and no player's format (mov_text: 64 kB) holds much more."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on the screen from ``start_s`` to ``end_s``; ``text`` may hold line breaks."""

    start_s: float
    end_s: float
    text: str


def lay_out_cues(spoken: Sequence[Cue]) -> tuple[Cue, ...]:
    """``spoken`` sentences as cues: split, wrapped, on screen for at least a second where there is room.

    Cues keep the order of their starts and never overlap; a sentence without words gives none.
    """
    cues: list[Cue] = []
    for sentence in sorted(spoken, key=lambda cue: cue.start_s):
        cues += _split(sentence)
    return tuple(_without_overlaps(cues))


def write_srt(out: Path, cues: Sequence[Cue]) -> None:
    """Write ``cues`` as SubRip (UTF-8, LF)."""
    parts = [
        f"{number}\n{_stamp(cue.start_s)} --> {_stamp(cue.end_s)}\n{_shown(cue.text)}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    out.write_text("\n".join(parts), encoding="utf-8", newline="\n")


def _shown(text: str) -> str:
    """What stands on the screen: all of it, but for a text without end."""
    whole = text.strip().encode()
    return whole.decode() if len(whole) <= _MOST_TEXT_BYTES else f"{whole[:_MOST_TEXT_BYTES].decode(errors='ignore')}…"


def read_cues(path: Path) -> tuple[Cue, ...]:
    """Cues of an SRT, VTT or ASS file, without styling, in order. ``BadInput`` if it is none of these."""
    import pysubs2

    try:
        text = path.read_bytes().decode("utf-8-sig")
        if not text.strip():
            return ()
        subtitles = pysubs2.SSAFile.from_string(text)
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not UTF-8 text: save it as UTF-8.") from error
    except (pysubs2.exceptions.Pysubs2Error, ValueError) as error:
        raise BadInput(f"{path.name} is not a subtitle file that can be read ({error}).") from error
    events = sorted(subtitles.events, key=lambda event: event.start)
    return tuple(
        Cue(event.start / 1000, event.end / 1000, event.plaintext.strip())
        for event in events
        if not event.is_comment and event.plaintext.strip()
    )


def wrap(text: str, *, line_chars: int = LINE_CHARS) -> str:
    """``text`` on one line if it fits, else on two of about equal length, broken at a space or a comma.

    Text of more than two lines gets as many as it needs.
    """
    whole = " ".join(text.split())
    if _width(whole) <= line_chars:
        return whole
    best = min(_breaks(whole), key=lambda at: _unevenness(whole, at, line_chars), default=None)
    if best is None:
        return whole
    left, right = whole[:best].strip(), whole[best:].strip()
    if max(_width(left), _width(right)) <= line_chars:
        return f"{left}\n{right}"
    return _filled(whole, line_chars)


def _split(sentence: Cue) -> list[Cue]:
    words = " ".join(sentence.text.split())
    if not words:
        return []
    parts = _parts(words)
    total, at_s, cues = sum(_width(part) for part in parts), sentence.start_s, []
    length_s = max(0.0, sentence.end_s - sentence.start_s)
    for part in parts:
        end_s = at_s + length_s * _width(part) / total
        cues.append(Cue(at_s, end_s, wrap(part)))
        at_s = end_s
    return cues


def _parts(words: str) -> list[str]:
    """``words`` in parts that each fit one cue, of about equal length, cut at clause borders where it can."""
    if _fits(words):
        return [words]
    breaks = list(_breaks(words))
    if not breaks:
        return [words]
    middle = _width(words) / 2

    def cost(at: int) -> float:
        border = words[: at + 1].rstrip()[-1:]
        bonus = 0.0 if border in ",;:—–。、，；：…!?" else 0.25 * middle
        follows = re.match(r"\s*(?:and|but|or|while|when|because|that|which|who|und|aber|et|mais|y|pero)\b", words[at:])
        return abs(_width(words[:at]) - middle) + (0.1 * middle if bonus and follows else bonus)

    best = min(breaks, key=cost)
    return [part for half in (words[:best], words[best:]) for part in _parts(half.strip())]


def _fits(words: str) -> bool:
    lines = wrap(words).split("\n")
    return len(lines) <= 2 and all(_width(line) <= LINE_CHARS for line in lines)


def _breaks(words: str) -> list[int]:
    """Where ``words`` may be broken: at spaces, and between wide characters but not before a closing mark."""
    found = [match.start() for match in re.finditer(r" (?=\S)", words)]
    for at in range(1, len(words)):
        if _is_wide(words[at - 1]) and words[at] not in "、。，！？：；」』）…ー " and not words[at].isspace():
            found.append(at)
    return sorted(found)


def _unevenness(whole: str, at: int, line_chars: int) -> float:
    left, right = _width(whole[:at].strip()), _width(whole[at:].strip())
    too_long = 1000 if max(left, right) > line_chars else 0
    comma = -6 if whole[:at].rstrip()[-1:] in ",;:—–、，" else 0
    return abs(left - right) + too_long + comma


def _filled(whole: str, line_chars: int) -> str:
    lines, start, last = [], 0, 0
    for at in [*_breaks(whole), len(whole)]:
        if last > start and _width(whole[start:at].strip()) > line_chars:
            lines.append(whole[start:last].strip())
            start = last
        last = at
    return "\n".join([*lines, whole[start:].strip()])


def _without_overlaps(cues: Sequence[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for number, cue in enumerate(cues):
        start_s = max(cue.start_s, kept[-1].end_s) if kept else cue.start_s
        limit_s = max(cues[number + 1].start_s, start_s + _GAP_S) if number + 1 < len(cues) else float("inf")
        end_s = min(max(cue.end_s, start_s + _SHORTEST_S), limit_s)
        kept.append(replace(cue, start_s=start_s, end_s=max(end_s, start_s + _GAP_S)))
    return kept


def _width(text: str) -> int:
    return sum(2 if _is_wide(letter) else 0 if unicodedata.combining(letter) else 1 for letter in text)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _stamp(time_s: float) -> str:
    ms = round(time_s * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"
