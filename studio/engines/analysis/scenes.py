"""A chapter in scenes: parted by stars, by words of another time, and where the people come to another place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from studio.engines.analysis.paragraphs import Span, is_break
from studio.engines.analysis.people import Company
from studio.engines.analysis.place_names import is_afloat
from studio.engines.analysis.sentences import Sentence
from studio.model.moments import ChapterScene

_CUE = re.compile(
    r"(?i)(?:(?:early |late )?(?:the|that|on the) (?:next|following|same|second|third|other) (?:\w+ )?(?:day|morning|evening|afternoon|night|week|month|year|spring|summer|autumn|winter)\b"
    r"|(?:an?|one|two|three|four|five|six|seven|ten|several|some|many|a few) (?:hours?|days?|nights?|weeks?|months?|years?|minutes?) (?:later|after|passed|went by)\b"
    r"|(?:later that|that|early next|next|one) (?:day|morning|evening|afternoon|night|week|spring|summer|autumn|winter)\b"
    r"|(?:meanwhile|the day after|the night before|in the morning|in the evening|at (?:dawn|dusk|noon|midnight|nightfall|daybreak|first light|sunset|sunrise))\b"
    r"|(?:when|by the time|as soon as) (?:\w+ ){1,4}(?:arrived|reached|returned|came (?:back|home)|woke|got (?:back|home)|awoke)\b)"
)
_LEAST_PARAGRAPHS = 3
_NEW_PLACE_S = 5
"""Paragraphs that a scene has at least before another place alone begins a new one."""


def scenes_of(
    spans: Sequence[Span],
    sentences: Sequence[Sentence],
    company: Company,
    places: Sequence[str],
    cuts: Collection[int],
) -> tuple[ChapterScene, ...]:
    """Scenes that cover every paragraph but the stars between them; ``places`` go with the sentences."""
    by_paragraph = _numbered(sentences)
    starts = _starts(by_paragraph, places, cuts)
    scenes: list[ChapterScene] = []
    for first, after in pairwise([*starts, len(spans)]):
        last = max((number for number in range(first, after) if number in by_paragraph), default=None)
        if last is not None:
            own = [number for paragraph in range(first, after) for number in by_paragraph.get(paragraph, ())]
            before = scenes[-1] if scenes else None
            scenes.append(_scene(spans[first].start, spans[last].end, own, sentences, company, places, before))
    return tuple(scenes)


def cuts_of(text: str, spans: Sequence[Span], sentences: Sequence[Sentence]) -> list[int]:
    """The numbers of the paragraphs that begin a scene by stars, a gap or words of another time."""
    usual = _usual_gap(text, spans)
    cuts: list[int] = []
    for number in _numbered(sentences):
        span = spans[number]
        before = text[spans[number - 1].end : span.start].count("\n") if number else 0
        is_cut = number > 0 and (is_break(text[spans[number - 1].start : spans[number - 1].end]) or before > usual)
        is_cue = bool(cuts) and number - cuts[-1] >= _LEAST_PARAGRAPHS and bool(_CUE.match(text, span.start))
        if not cuts or is_cut or is_cue:
            cuts.append(number)
    return cuts


def _numbered(sentences: Sequence[Sentence]) -> dict[int, list[int]]:
    """The sentences of each paragraph."""
    found: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        found.setdefault(sentence.paragraph, []).append(number)
    return found


def _starts(by_paragraph: dict[int, list[int]], places: Sequence[str], cuts: Collection[int]) -> list[int]:
    """``cuts``, and the paragraphs in which the people have come to another place to stay."""
    usual = {number: Counter(places[n] for n in own).most_common(1)[0][0] for number, own in by_paragraph.items()}
    starts: list[int] = []
    for number, place in usual.items():
        is_moved = (
            bool(starts)
            and number - starts[-1] >= _NEW_PLACE_S
            and place != ""
            and usual[starts[-1]] != ""
            and not _is_same(place, usual[starts[-1]])
            and all(_is_same(usual[n], place) for n in range(number + 1, number + 4) if usual.get(n))
        )
        if number in cuts or is_moved:
            starts.append(number)
    return starts


def _usual_gap(text: str, spans: Sequence[Span]) -> int:
    """How many line ends part most paragraphs; more than that is a gap that the author made."""
    gaps = Counter(text[a.end : b.start].count("\n") for a, b in pairwise(spans))
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)


def _is_same(one: str, other: str) -> bool:
    return one.split()[-1] == other.split()[-1]


def _scene(
    start: int,
    end: int,
    own: Sequence[int],
    sentences: Sequence[Sentence],
    company: Company,
    places: Sequence[str],
    before: ChapterScene | None,
) -> ChapterScene:
    told = Counter(places[n] for n in own if places[n])
    setting = [one for one in told.most_common() if not is_afloat(one[0])] or told.most_common(1)
    people = dict.fromkeys(name for n in own for name in company.present[n])
    return ChapterScene(
        start=start,
        end=end,
        setting=setting[0][0] if setting else before.setting if before else "",
        time_of_day=next((sentences[n].where.time for n in own if sentences[n].where.time), ""),
        weather=next((sentences[n].where.weather for n in own if sentences[n].where.weather), ""),
        characters=tuple(people),
    )
