"""A chapter in scenes: parted by stars, by words of another time, and where the people come to another place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from studio.engines.analysis.paragraphs import Span, is_break
from studio.engines.analysis.people import Company
from studio.engines.analysis.places import AFLOAT
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
    text: str, spans: Sequence[Span], sentences: Sequence[Sentence], company: Company
) -> tuple[ChapterScene, ...]:
    """Scenes that cover every paragraph but the stars between them."""
    by_paragraph: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        by_paragraph.setdefault(sentence.paragraph, []).append(number)
    starts = _starts(text, spans, sentences, by_paragraph)
    scenes: list[ChapterScene] = []
    for first, after in pairwise([*starts, len(spans)]):
        last = max((number for number in range(first, after) if number in by_paragraph), default=None)
        if last is not None:
            own = [number for paragraph in range(first, after) for number in by_paragraph.get(paragraph, ())]
            scenes.append(
                _scene(spans[first].start, spans[last].end, own, sentences, company, scenes[-1] if scenes else None)
            )
    return tuple(scenes)


def _starts(
    text: str, spans: Sequence[Span], sentences: Sequence[Sentence], by_paragraph: dict[int, list[int]]
) -> list[int]:
    """The numbers of the paragraphs that begin a scene."""
    usual = _usual_gap(text, spans)
    starts: list[int] = []
    place = ""
    for number, span in enumerate(spans):
        if number not in by_paragraph:
            continue
        here = next((sentences[n].where.place for n in by_paragraph[number] if sentences[n].where.is_here), "")
        since = number - starts[-1] if starts else 0
        before = text[spans[number - 1].end : span.start].count("\n") if number else 0
        is_cut = number > 0 and (is_break(text[spans[number - 1].start : spans[number - 1].end]) or before > usual)
        is_cue = since >= _LEAST_PARAGRAPHS and bool(_CUE.match(text, span.start))
        is_moved = (
            since >= _NEW_PLACE_S
            and here != ""
            and place != ""
            and not _is_same(here, place)
            and _stays(number, here, sentences, by_paragraph)
        )
        if not starts or is_cut or is_cue or is_moved:
            starts.append(number)
            place = here
        place = place or here
    return starts


def _usual_gap(text: str, spans: Sequence[Span]) -> int:
    """How many line ends part most paragraphs; more than that is a gap that the author made."""
    gaps = Counter(text[a.end : b.start].count("\n") for a, b in pairwise(spans))
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)


def _stays(number: int, place: str, sentences: Sequence[Sentence], by_paragraph: dict[int, list[int]]) -> bool:
    """True if the next paragraphs name no other place, and this one again or none."""
    after = [sentences[n].where for paragraph in range(number + 1, number + 4) for n in by_paragraph.get(paragraph, ())]
    return all(_is_same(where.place, place) for where in after if where.is_here)


def _is_same(one: str, other: str) -> bool:
    return one.split()[-1] == other.split()[-1]


def _scene(
    start: int,
    end: int,
    own: Sequence[int],
    sentences: Sequence[Sentence],
    company: Company,
    before: ChapterScene | None,
) -> ChapterScene:
    told = [where for n in own if (where := sentences[n].where).place and not where.place.endswith(AFLOAT)]
    places = Counter(where.place for where in told if where.is_here)
    near = Counter(where.place for where in told)
    setting = (places or near).most_common(1)
    people = dict.fromkeys(name for n in own for name in company.present[n])
    time = next((sentences[n].where.time for n in own if sentences[n].where.time), "")
    return ChapterScene(
        start=start,
        end=end,
        setting=setting[0][0] if setting else before.setting if before else "",
        time_of_day=time,
        weather=next((sentences[n].where.weather for n in own if sentences[n].where.weather), ""),
        characters=tuple(people),
    )
