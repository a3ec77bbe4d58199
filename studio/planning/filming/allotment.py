"""How many shots each scene gets, and which sentences are said over which shot."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.model.film import FilmOptions
from studio.model.story import Scene
from studio.planning.filming.timeline import LEAD_S, TAIL_S
from studio.planning.filming.timing import SILENT_S, Need, portions
from studio.planning.language import count_words, speech_s, split_clauses, split_sentences

SECONDS_PER_SHOT = 4.5
SHORTEST_SHOT_S = 2.0
_LONG_SHOT_S = 7.0
_MOST_SHOTS = 2000
_LONG_SENTENCE_WORDS = 30


@dataclass(frozen=True, slots=True)
class _Unit:
    """Scenes (from 0) that share one allotment of shots; mostly one scene."""

    scenes: range
    sentences: int
    spoken_s: float
    weight: float
    passages: int = 1
    """Parts of a script that are each to be seen, however short."""

    def least_s(self, shots: int) -> float:
        """Seconds that the unit takes in ``shots`` shots, with room around every narration."""
        voiced = min(shots, self.sentences)
        return self.spoken_s + voiced * (LEAD_S + TAIL_S) + (shots - voiced) * SILENT_S


def allot(scenes: Sequence[Scene], options: FilmOptions, rate: float) -> list[tuple[range, int]]:
    """Scene numbers (from 0) and their count of shots, in order.

    With ``options.shots`` the counts add up to it; with fewer shots than scenes neighbouring scenes share one.
    Else a scene gets one shot each 4.5 s, 1 to 3 (more only where they would last over 7 s), fewer if the
    narration would not fit otherwise, and neighbours share if shots could not last 2 s.
    """
    singles = [_unit(scenes, range(n, n + 1), options, rate) for n in range(len(scenes))]
    wanted_s = max(options.seconds, sum(unit.least_s(1) for unit in singles if unit.sentences))
    most = options.shots or min(_MOST_SHOTS, max(1, int(wanted_s / SHORTEST_SHOT_S)))
    count = min(len(scenes), most)
    units = singles
    if count < len(scenes):
        bounds = [len(scenes) * n // count for n in range(count + 1)]
        units = [_unit(scenes, range(a, b), options, rate) for a, b in pairwise(bounds)]
    if options.shots:
        shares = [Need(0.0, unit.weight) for unit in units]
        return [
            (unit.scenes, 1 + more)
            for unit, more in zip(units, portions(options.shots - len(units), shares), strict=True)
        ]
    whole = sum(unit.weight for unit in units)
    seconds = [wanted_s * unit.weight / whole for unit in units]
    counts = _fitting(units, list(map(_count, units, seconds)), seconds, options.seconds)
    return [(unit.scenes, shots) for unit, shots in zip(units, counts, strict=True)]


def _count(unit: _Unit, share_s: float) -> int:
    usual = min(round(share_s / SECONDS_PER_SHOT), max(3, round(share_s / _LONG_SHOT_S)))
    return max(1, usual, min(unit.passages, int(share_s / SHORTEST_SHOT_S)))


def _unit(scenes: Sequence[Scene], numbers: range, options: FilmOptions, rate: float) -> _Unit:
    members = [scenes[number] for number in numbers]
    text = " ".join(scene.narration for scene in members).strip() if options.narration else ""
    spoken_s = speech_s(text, rate)
    given = sum(scene.duration_s or 0.0 for scene in members)
    is_timed = all(scene.duration_s for scene in members)
    passages = len(members[0].told) if len(members) == 1 else 1
    return _Unit(
        numbers, len(split_sentences(text)), spoken_s, given if is_timed else max(spoken_s + 1.2, 3.0), passages
    )


def _fitting(units: list[_Unit], counts: list[int], seconds: list[float], total_s: float) -> list[int]:
    """``counts``, lowered where shots are shortest until all that is said fits into ``total_s`` and 2,000 shots.

    Left as they are if not even one shot a scene would fit: then the film grows.
    """
    counts = list(counts)
    need_s = sum(unit.least_s(count) for unit, count in zip(units, counts, strict=True))
    can_fit = sum(unit.least_s(1) for unit in units) <= total_s
    queue = [(share_s / count, n) for n, (share_s, count) in enumerate(zip(seconds, counts, strict=True)) if count > 1]
    heapq.heapify(queue)
    shots = sum(counts)
    while queue and ((can_fit and need_s > total_s) or shots > _MOST_SHOTS):
        _, n = heapq.heappop(queue)
        need_s += units[n].least_s(counts[n] - 1) - units[n].least_s(counts[n])
        counts[n] -= 1
        shots -= 1
        if counts[n] > 1:
            heapq.heappush(queue, (seconds[n] / counts[n], n))
    return counts


def spread_narration(text: str, shots: int) -> list[str]:
    """``text`` over ``shots`` shots: whole sentences, in order, about equally long; joined it is the text again.

    A sentence is cut only if it has over 30 words and there are shots left without any, and only where a
    clause ends. With fewer sentences than shots the later shots of each stretch stay silent.
    """
    sentences = split_sentences(text)
    pieces: list[str] = []
    spare = shots - len(sentences)
    for sentence in sentences:
        cut = (
            split_clauses(sentence, longest_words=18)
            if spare > 0 and len(sentence.split()) > _LONG_SENTENCE_WORDS
            else [sentence]
        )
        if len(cut) - 1 > spare > 0:
            cut = [*cut[:spare], " ".join(cut[spare:])]
        spare -= len(cut) - 1
        pieces += cut
    if len(pieces) <= shots:
        spread = [""] * shots
        for n, piece in enumerate(pieces):
            spread[n * shots // len(pieces)] = piece
        return spread
    return _even(pieces, shots)


def _even(pieces: list[str], shots: int) -> list[str]:
    """More pieces than shots: each goes where its middle falls, and no shot stays without one."""
    words = [max(0.5, count_words(piece)) for piece in pieces]
    whole = sum(words)
    groups: list[list[str]] = [[] for _ in range(shots)]
    before = 0.0
    at = 0
    for n, (piece, length) in enumerate(zip(pieces, words, strict=True)):
        target = min(shots - 1, int((before + length / 2) / whole * shots))
        latest = shots - (len(pieces) - n)
        at = max(at, latest, min(target, at + 1 if groups[at] else at))
        groups[at].append(piece)
        before += length
    return [" ".join(group) for group in groups]
