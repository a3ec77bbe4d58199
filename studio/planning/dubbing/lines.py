"""Recognised words become lines: sentence-shaped, short enough to be read and spoken, cut where the speaker pauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from studio.media.subtitles import LINE_CHARS
from studio.model.dub import Line, Word
from studio.model.transcript import Segment, one_line
from studio.planning.dubbing.line_ids import with_kept_ids
from studio.planning.language import split_sentences, word_set

MOST_S = 7.0
LEAST_S = 1.0
_LONG_PAUSE_S = 1.5
"""After a pause like this something new begins, whatever the recogniser wrote between."""
_JOIN_PAUSE_S = 1.0
_CLAUSE_ENDS = (",", ";", ":", "—", "–", "、", "，", "；", "：")
_HOLDS_ON = word_set(
    "a an the of to in on at for with by from about into and or but nor as than if when because who which my your his her "
    "its our their this that is are was were be not no very el la los las un una de en con por que y o su se o a os as um uma do da dos das em no na e le "
    "les une des du et ou der die das den dem ein eine und oder zu im"
)
"""Words that belong to the next one: a line does not end with them where it can end elsewhere."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One word with its marks; ``joint`` is what stands before it in the text: a space or nothing."""

    start_s: float
    end_s: float
    word: str
    joint: str
    segment: int


_Unit = Sequence[_Spoken]


def lines_of(segments: Sequence[Segment], *, earlier: Sequence[Line] = (), above: int = 0) -> tuple[Line, ...]:
    """What was said, as lines of at most two rows of 42 characters and 7 seconds, one sentence or a part of one each.

    Words stay whole: a word longer than that is a line of its own. A line of less than a second joins its neighbour
    where both fit together. Lines that were in ``earlier`` keep their ids, speakers and settings.
    """
    units: list[_Unit] = []
    for run in _runs(_words(segments)):
        for sentence in _sentences(run):
            units += [sentence] if _fits(sentence) else _cut(sentence)
    return with_kept_ids([_line(unit, number) for number, unit in enumerate(_joined(units), start=1)], earlier, above)


def _words(segments: Sequence[Segment]) -> list[_Spoken]:
    found: list[_Spoken] = []
    for number, segment in enumerate(sorted(segments, key=lambda segment: segment.start_s)):
        found += _of_segment(segment, number)
    return found


def _of_segment(segment: Segment, number: int) -> list[_Spoken]:
    """The words of ``segment`` with their marks; without word times, or where they spell another text, times are shared
    out by length."""
    text = one_line(segment.text)
    words = [one_line(word.word) for word in segment.words]
    if text.replace(" ", "") != "".join(words).replace(" ", ""):
        return _shared_out(segment, text, number)
    spoken: list[_Spoken] = []
    at = 0
    for word, place in zip(words, segment.words, strict=True):
        if not word:
            continue
        begins = at
        while at < len(text) and text[at] == " ":
            at += 1
        joint = " " if at > begins or not spoken else ""
        at += len(word)
        spoken.append(_Spoken(place.start_s, max(place.end_s, place.start_s), word, joint, number))
    return spoken


def _shared_out(segment: Segment, text: str, number: int) -> list[_Spoken]:
    parts = [part for word in text.split() for part in _unspaced_parts(word)]
    total = sum(len(word) for word, _ in parts)
    spoken: list[_Spoken] = []
    at_s, length_s = segment.start_s, max(0.0, segment.end_s - segment.start_s)
    for word, joint in parts:
        end_s = at_s + length_s * len(word) / total
        spoken.append(_Spoken(at_s, end_s, word, joint, number))
        at_s = end_s
    return spoken


def _unspaced_parts(word: str) -> list[tuple[str, str]]:
    """``word`` as it is, or sign by sign with the marks that follow, where its script puts no spaces between words."""
    if not _UNSPACED.search(word):
        return [(word, " ")]
    signs = re.findall(
        r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff][^\w\s]*|[^\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+", word
    )
    return [(sign, "" if n else " ") for n, sign in enumerate(signs)]


def _runs(words: Sequence[_Spoken]) -> list[_Unit]:
    """``words`` in stretches without a long pause."""
    runs: list[list[_Spoken]] = []
    for word in words:
        if runs and word.start_s - runs[-1][-1].end_s < _LONG_PAUSE_S:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [*runs]


def _sentences(run: _Unit) -> list[_Unit]:
    """``run`` cut after each sentence; the marks decide, and a word is never cut."""
    found: list[_Unit] = []
    first, at, end = 0, 0, 0
    for sentence in split_sentences(_text(run)):
        end += len(sentence.replace(" ", ""))
        last = first
        while last < len(run) and at < end:
            at += len(run[last].word.replace(" ", ""))
            last += 1
        if last > first:
            found.append(run[first:last])
        first = last
    return [*found, run[first:]] if first < len(run) else found


def _text(words: _Unit) -> str:
    return "".join(f"{word.joint}{word.word}" for word in words).strip()


def _fits(words: _Unit) -> bool:
    """True if ``words`` last no longer than a line may, and stand in two rows when the first is filled."""
    if words[-1].end_s - words[0].start_s > MOST_S:
        return False
    row, width = 1, 0
    for word in words:
        own = _width(word.word)
        needed = own + (len(word.joint) if width else 0)
        if width + needed > LINE_CHARS:
            row, width, needed = row + 1, 0, own
        width += needed
        if row > 2 or width > LINE_CHARS:
            return False
    return True


def _width(text: str) -> int:
    """Columns of ``text``; a wide East Asian character takes two."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(bool(unicodedata.combining(letter)) for letter in text)


def _cut(words: _Unit) -> list[_Unit]:
    """``words`` in the fewest parts that fit, cut where it hurts least."""
    cheapest: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options = [(cheapest[end - 1][0] + _part_cost(words, end - 1, end), end - 1)]
        for start in range(end - 2, -1, -1):
            if not _fits(words[start:end]):
                break
            options.append((cheapest[start][0] + _part_cost(words, start, end), start))
        cheapest.append(min(options))
    parts: list[_Unit] = []
    end = len(words)
    while end > 0:
        start = cheapest[end][1]
        parts.insert(0, words[start:end])
        end = start
    return parts


def _part_cost(words: _Unit, start: int, end: int) -> float:
    """What it costs to have a line of ``words[start:end]``: each line something, short ones and bad ends more."""
    length_s = words[end - 1].end_s - words[start].start_s
    cost = 1.0 + (1.5 if length_s < LEAST_S else 0.4 if length_s < 2 * LEAST_S else 0.0)
    if end == len(words):
        return cost
    last, following = words[end - 1], words[end]
    pause_s = max(0.0, following.start_s - last.end_s)
    cost += 1.0 - 0.9 * min(pause_s, 0.6) / 0.6
    cost -= 0.5 if last.word.endswith(_CLAUSE_ENDS) else 0.0
    cost += 0.5 if last.word.casefold() in _HOLDS_ON and pause_s < 0.3 else 0.0
    return cost + 0.02 * abs(_unevenness(words, start, end))


def _unevenness(words: _Unit, start: int, end: int) -> float:
    """How far a part is from half of the longest allowed, in seconds: of two equal cuts the more even one wins."""
    return (words[end - 1].end_s - words[start].start_s) - MOST_S / 2


def _joined(units: Sequence[_Unit]) -> list[_Unit]:
    """``units`` with those of less than a second joined to the nearer neighbour where both fit together."""
    kept = list(units)
    at = 0
    while at < len(kept):
        partner = _partner(kept, at) if kept[at][-1].end_s - kept[at][0].start_s < LEAST_S else None
        if partner is None:
            at += 1
            continue
        first = min(at, partner)
        kept[first : first + 2] = [[*kept[first], *kept[first + 1]]]
        at = first
    return kept


def _partner(units: Sequence[_Unit], at: int) -> int | None:
    gaps: list[tuple[float, int]] = []
    for other in (at - 1, at + 1):
        if 0 <= other < len(units):
            first, second = units[min(at, other)], units[max(at, other)]
            gap_s = second[0].start_s - first[-1].end_s
            if gap_s < _JOIN_PAUSE_S and _fits([*first, *second]):
                gaps.append((gap_s, other))
    return min(gaps)[1] if gaps else None


def _line(words: _Unit, number: int) -> Line:
    start_s, end_s = round(words[0].start_s, 3), round(words[-1].end_s, 3)
    return Line.model_validate(
        {
            "id": f"{number:04d}",
            "start": start_s,
            "end": max(end_s, round(start_s + 0.05, 3)),
            "text": _text(words),
            "words": [Word(start_s=word.start_s, end_s=word.end_s, word=word.word) for word in words],
            "segment_count": len({word.segment for word in words}),
        }
    )
