"""Editing lines: each function takes lines and gives lines; an id stays with its words and is never given twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from studio.errors import BadInput
from studio.model.dub import MOST_S, Line, Word, check_sayable
from studio.model.transcript import one_line
from studio.planning.dubbing.line_ids import absorbed_ids, fresh_id

_SHORTEST_S = 0.1


def the_line(lines: Sequence[Line], line_id: str) -> Line:
    """The line of that id. Raises BadInput if there is none."""
    return lines[_place(lines, line_id)]


def retime(lines: Sequence[Line], line_id: str, *, start_s: float, end_s: float) -> tuple[Line, ...]:
    """The line starts and ends there; times of its words that are then outside are forgotten with the others."""
    at = _place(lines, line_id)
    if not 0 <= start_s < end_s - _SHORTEST_S / 2 or end_s > MOST_S:
        raise BadInput(f"Line {line_id}: it must end at least 0.1 s after its start ({start_s:g} s to {end_s:g} s).")
    line = lines[at]
    is_around = all(start_s - 0.05 <= word.start_s and word.end_s <= end_s + 0.05 for word in line.words)
    changed = {"start_s": round(start_s, 3), "end_s": round(end_s, 3), "words": line.words if is_around else ()}
    return _sorted(_with(lines, at, line.model_copy(update=changed)))


def retext(lines: Sequence[Line], line_id: str, text: str) -> tuple[Line, ...]:
    """The line says ``text``. Word times stay where the number of words does."""
    at = _place(lines, line_id)
    return _with(lines, at, _saying(lines[at], text))


def set_speaker(lines: Sequence[Line], line_ids: Iterable[str], speaker: str) -> tuple[Line, ...]:
    """Those lines are spoken by ``speaker``; empty: by nobody in particular."""
    chosen = {lines[_place(lines, line_id)].id for line_id in line_ids}
    name = one_line(speaker)
    return tuple(line.model_copy(update={"speaker": name}) if line.id in chosen else line for line in lines)


def set_gain(lines: Sequence[Line], line_id: str, gain_db: float) -> tuple[Line, ...]:
    """The line's dub is so much louder or softer, in every language."""
    at = _place(lines, line_id)
    return _with(lines, at, lines[at].model_copy(update={"gain_db": gain_db}))


def split_line(lines: Sequence[Line], line_id: str, *, at_word: int) -> tuple[Line, ...]:
    """The line ends before its word ``at_word`` (from 1), where a line of its own begins, with an id of its own.

    It is one that none of ``lines`` has; who keeps the lines sees to it that deleted ones had it neither. The cut lies
    between the word's times where they are known, else the time is shared out by letters.
    """
    place = _place(lines, line_id)
    line = lines[place]
    spans = words_of(line)
    if not 1 < at_word <= len(spans):
        most = f"from 2 to {len(spans)}" if len(spans) > 1 else "of its own: it is one word"
        raise BadInput(f"Line {line_id} can be split before a word {most}, not before word {at_word}.")
    ends_at, begins_at = spans[at_word - 2][1], spans[at_word - 1][0]
    ends_s, begins_s = _cut_times(line, at_word - 1, spans)
    has_times = len(line.words) == len(spans)
    head, tail = (line.words[: at_word - 1], line.words[at_word - 1 :]) if has_times else ((), ())
    kept = line.model_copy(update={"end_s": ends_s, "text": line.text[:ends_at], "words": head})
    fresh = {
        "id": fresh_id(lines),
        "start_s": begins_s,
        "text": line.text[begins_at:],
        "words": tail,
        "retakes": {},
    }
    new = line.model_copy(update={**fresh, "merged": ()} if absorbed_ids(line) else fresh)
    return (*lines[:place], kept, new, *lines[place + 1 :])


def words_of(line: Line) -> list[tuple[int, int]]:
    """First and past-the-last character of each word: as recognised where that spells the text, else between spaces."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word in line.words:
        begins = at + len(line.text[at:]) - len(line.text[at:].lstrip())
        if not line.text.startswith(word.word, begins):
            return [match.span() for match in re.finditer(r"\S+", line.text)]
        at = begins + len(word.word)
        spans.append((begins, at))
    return spans if spans and at == len(line.text) else [match.span() for match in re.finditer(r"\S+", line.text)]


def merge_with_next(lines: Sequence[Line], line_id: str) -> tuple[Line, ...]:
    """The line and the next one are one line with the first one's id and speaker."""
    place = _place(lines, line_id)
    if place + 1 == len(lines):
        raise BadInput(f"Line {line_id} is the last one: there is none after it to merge with.")
    line, after = lines[place], lines[place + 1]
    _check_sayable(f"Lines {line.id} and {after.id}", f"{line.text} {after.text}")
    both = line.model_copy(
        update={
            "start_s": min(line.start_s, after.start_s),
            "end_s": max(line.end_s, after.end_s),
            "text": f"{line.text} {after.text}",
            "speaker": line.speaker or after.speaker,
            "words": _all_words(line, after),
            "merged": [*absorbed_ids(line), after.id, *absorbed_ids(after)],
        }
    )
    return (*lines[:place], both, *lines[place + 2 :])


def retake(lines: Sequence[Line], line_id: str, language: str) -> tuple[Line, ...]:
    """The line is to be spoken in ``language`` once more than it was."""
    at = _place(lines, line_id)
    counts = lines[at].retakes
    return _with(lines, at, lines[at].model_copy(update={"retakes": {**counts, language: counts.get(language, 0) + 1}}))


def drop_line(lines: Sequence[Line], line_id: str) -> tuple[Line, ...]:
    """The line is gone. A line that nobody said, for instance."""
    place = _place(lines, line_id)
    if len(lines) == 1:
        raise BadInput(f"Line {line_id} is the only one: a dub needs a line.")
    return (*lines[:place], *lines[place + 1 :])


def find_and_replace(
    lines: Sequence[Line], find: str, put: str, *, whole_words: bool = True, match_case: bool = False
) -> tuple[tuple[Line, ...], int]:
    """The lines with ``find`` replaced by ``put`` as plain text, and how many times it was found.

    Raises BadInput if ``find`` is empty or a line would be left without words.
    """
    texts, count = replaced(
        {line.id: line.text for line in lines}, find, put, whole_words=whole_words, match_case=match_case
    )
    return tuple(_saying(line, texts[line.id]) if line.id in texts else line for line in lines), count


def replaced(
    texts: Mapping[str, str], find: str, put: str, *, whole_words: bool = True, match_case: bool = False
) -> tuple[dict[str, str], int]:
    """Those of ``texts`` in which ``find`` was, with ``put`` in its place as plain text, and how often it was there.

    Raises BadInput if ``find`` is empty.
    """
    if not find.strip():
        raise BadInput("Say what is to be found.")
    border = (r"(?<!\w)", r"(?!\w)") if whole_words else ("", "")
    pattern = re.compile(f"{border[0]}{re.escape(find)}{border[1]}", 0 if match_case else re.IGNORECASE)
    found = {key: pattern.subn(lambda _: put, text) for key, text in texts.items()}
    return {key: text for key, (text, count) in found.items() if count}, sum(count for _, count in found.values())


def _place(lines: Sequence[Line], line_id: str) -> int:
    for number, line in enumerate(lines):
        if line.id == line_id:
            return number
    known = f"; lines go from {lines[0].id} to {lines[-1].id}" if lines else ""
    raise BadInput(f"There is no line {line_id}{known}.")


def _with(lines: Sequence[Line], at: int, line: Line) -> tuple[Line, ...]:
    return (*lines[:at], line, *lines[at + 1 :])


def _sorted(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.start_s))


def _saying(line: Line, text: str) -> Line:
    words = one_line(text)
    if not words:
        raise BadInput(f"Line {line.id} would be left without words: delete the line instead.")
    _check_sayable(f"Line {line.id}", words)
    parts = words.split()
    timed = zip(line.words, parts, strict=True) if len(parts) == len(line.words) else ()
    kept = tuple(Word(start_s=word.start_s, end_s=word.end_s, word=part) for word, part in timed)
    return line.model_copy(update={"text": words, "words": kept})


def _check_sayable(what: str, text: str) -> None:
    try:
        check_sayable(text)
    except ValueError as error:
        raise BadInput(f"{what}: {error}.") from error


def _cut_times(line: Line, at: int, spans: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """When the first part, of ``at`` words, ends and the second begins."""
    if len(line.words) == len(spans):
        ends_s, begins_s = line.words[at - 1].end_s, line.words[at].start_s
        if line.start_s < ends_s <= begins_s < line.end_s:
            return round(ends_s, 3), round(begins_s, 3)
    share = spans[at][0] / len(line.text)
    cut_s = round(line.start_s + share * line.duration_s, 3)
    return cut_s, cut_s


def _all_words(line: Line, after: Line) -> tuple[Word, ...]:
    has_all = all(len(one.words) == len(words_of(one)) for one in (line, after))
    return (*line.words, *after.words) if has_all else ()
