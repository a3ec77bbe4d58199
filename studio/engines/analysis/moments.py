"""Which passages deserve a picture: what can be seen and moves somebody, spread over the chapter and over tones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.engines.analysis.sentences import Sentence

_LONGEST_CHARS = 360
_SHORT_WORDS = 5
_LEAST = 0.9
_OF_BEST = 0.3
_SEEN_BESIDE = 0.9
_MOST_TONES = 3
_NEAR = 6
"""Sentences on both sides that may give a quiet one its tone."""
_TONE_AGAIN = 0.88
_BESIDE = 0.4
"""What a candidate right beside one that is chosen is worth."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences ``first`` to ``last`` of one paragraph; ``core`` is the one for whose sake it was chosen."""

    first: int
    last: int
    core: int
    score: float
    force: float
    """How strongly it speaks, before it is measured against the others."""
    tones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate: how good it is, where it stands (characters), its first tone."""

    score: float
    at: int
    tone: str


def passages_of(sentences: Sequence[Sentence], most: int) -> list[Passage]:
    """At most ``most``, in the order of the text, one of a paragraph."""
    best: dict[int, Passage] = {}
    for number in range(len(sentences)):
        passage = _passage(number, sentences)
        paragraph = sentences[number].paragraph
        if passage is not None and (paragraph not in best or passage.score > best[paragraph].score):
            best[paragraph] = passage
    top = max((passage.score for passage in best.values()), default=0.0)
    left = [passage for passage in best.values() if passage.score >= max(_LEAST, _OF_BEST * top)]
    weighed = [Weighed(p.score, sentences[p.core].start, p.tones[0]) for p in left]
    whole = sentences[-1].end - sentences[0].start if sentences else 0
    return sorted((left[at] for at in spread(weighed, whole, most)), key=lambda passage: passage.first)


def spread(weighed: Sequence[Weighed], whole_chars: int, most: int) -> list[int]:
    """The numbers of at most ``most``, the best first; each pays for being near one that is chosen, or of its tone."""
    room = max(1.0, whole_chars / (most + 1))
    nearness = [1.0] * len(weighed)
    used: Counter[str] = Counter()
    left = list(range(len(weighed)))
    chosen: list[int] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda n: (weighed[n].score * nearness[n] * _TONE_AGAIN ** used[weighed[n].tone], -n))
        left.remove(best)
        chosen.append(best)
        used[weighed[best].tone] += 1
        for other in left:
            far = min(1.0, abs(weighed[other].at - weighed[best].at) / room)
            nearness[other] = min(nearness[other], _BESIDE + (1 - _BESIDE) * far)
    return chosen


def _passage(number: int, sentences: Sequence[Sentence]) -> Passage | None:
    own = sentences[number]
    if own.spoken > 0.5 or own.features.words < _SHORT_WORDS or own.features.sight <= 0:
        return None
    tones = _tones(number, sentences)
    total = sum(tones.values())
    beside = [_beside(number, step, sentences) for step in (-1, 1)]
    score = own.features.sight * (1 - 0.5 * own.spoken)
    score += 0.3 * min(4.0, total) + 0.3 * min(3, own.features.strong)
    score += 0.25 * max(0.0, *(sentences[n].features.sight if n is not None else 0.0 for n in beside))
    tones = tones or _tones_around(number, sentences)
    first, last = _extent(number, sentences)
    strong = sum(sentences[n].features.strong for n in range(first, last + 1))
    force = 0.5 * min(4.0, total) + 0.4 * min(4, strong) + 0.2 * own.features.sight
    return Passage(first, last, number, round(score, 4), round(force, 4), _strongest(tones))


def _tones(number: int, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Those of the sentence, and less of those beside it."""
    tones: defaultdict[str, float] = defaultdict(float)
    for step, share in ((-1, 0.2), (0, 0.6), (1, 0.2)):
        at = number + step
        if 0 <= at < len(sentences) and abs(sentences[at].paragraph - sentences[number].paragraph) <= 1:
            for tone, worth in sentences[at].features.tones:
                tones[tone] += worth * share
    return tones


def _tones_around(number: int, sentences: Sequence[Sentence]) -> dict[str, float]:
    """What the sentences near a quiet one speak of, the nearer the more."""
    tones: defaultdict[str, float] = defaultdict(float)
    for at in range(max(0, number - _NEAR), min(len(sentences), number + _NEAR + 1)):
        if abs(sentences[at].paragraph - sentences[number].paragraph) <= 2:
            for tone, worth in sentences[at].features.tones:
                tones[tone] += worth * (1 - abs(at - number) / (_NEAR + 1))
    return tones


def _strongest(tones: Mapping[str, float]) -> tuple[str, ...]:
    if not tones:
        return ("neutral",)
    ordered = sorted(tones.items(), key=lambda pair: (-pair[1], pair[0]))
    kept = [tone for tone, worth in ordered if worth >= 0.5 * ordered[0][1] and worth >= 0.3]
    return tuple(kept[:_MOST_TONES]) or ("neutral",)


def _beside(number: int, step: int, sentences: Sequence[Sentence]) -> int | None:
    at = number + step
    is_there = 0 <= at < len(sentences) and sentences[at].paragraph == sentences[number].paragraph
    return at if is_there and sentences[at].spoken < 0.5 else None


def _extent(number: int, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The sentence with the next one, or the one before, where that shows much too and both are short enough."""
    for step in (1, -1):
        at = _beside(number, step, sentences)
        first, last = (number, at) if step > 0 else (at, number)
        if first is None or last is None:
            continue
        other = sentences[at if at is not None else number]
        is_short = sentences[last].end - sentences[first].start <= _LONGEST_CHARS
        if is_short and other.features.sight >= _SEEN_BESIDE:
            return first, last
    return number, number
