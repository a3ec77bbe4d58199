"""How long each shot lasts: whole frames that add up to what was asked, and room for all that is said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from studio.planning.filming.timeline import LEAD_S, TAIL_S

SILENT_S = 1.5
"""A shot without narration lasts at least this long, where the film's length allows it."""
_TIGHT_PAD_S = 0.15
_TIGHT_SILENT_S = 0.75
_SHORTEST_S = 0.25


@dataclass(frozen=True, slots=True)
class Need:
    """What one shot asks for: the seconds of its narration (0 if silent) and its share of spare time."""

    speech_s: float
    weight: float = 1.0


def share_time(needs: Sequence[Need], *, seconds: float, fps: int) -> list[float]:
    """Duration of each shot in seconds, each a whole number of frames.

    They add up to ``round(seconds * fps)`` frames if everything that is said fits: first with ``LEAD_S`` and
    ``TAIL_S`` around each narration and ``SILENT_S`` for silent shots, else with these squeezed. If the words
    need more than ``seconds``, every shot gets what it needs in comfort and the film is longer.
    """
    total = round(seconds * fps)
    easy = [_frames(_easy_s(need), fps) for need in needs]
    if sum(easy) <= total:
        return [frames / fps for frames in _spread(easy, needs, total)]
    tight = [_frames(_tight_s(need), fps) for need in needs]
    if not any(need.speech_s for need in needs):
        shortest = max(1, min(_frames(_SHORTEST_S, fps), total // max(1, len(needs))))
        tight = [min(frames, max(shortest, total // len(needs))) for frames in tight]
    if sum(tight) > total:
        return [frames / fps for frames in (easy if any(need.speech_s for need in needs) else tight)]
    return [frames / fps for frames in _squeezed(tight, easy, total)]


def _easy_s(need: Need) -> float:
    return LEAD_S + need.speech_s + TAIL_S if need.speech_s else SILENT_S


def _tight_s(need: Need) -> float:
    return need.speech_s + 2 * _TIGHT_PAD_S if need.speech_s else _TIGHT_SILENT_S


def _frames(seconds: float, fps: int) -> int:
    return max(1, math.ceil(seconds * fps - 1e-6))


def _spread(least: list[int], needs: Sequence[Need], total: int) -> list[int]:
    """``least`` plus the spare frames by weight, largest remainders first."""
    return [frames + extra for frames, extra in zip(least, portions(total - sum(least), needs), strict=True)]


def portions(total: int, needs: Sequence[Need]) -> list[int]:
    """``total`` split by weight into whole numbers that add up to it; larger remainders are served first."""
    weights = [max(need.weight, 1e-9) for need in needs]
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [math.floor(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda n: (shares[n] - exact[n], n))
    for n in order[: total - sum(shares)]:
        shares[n] += 1
    return shares


def _squeezed(tight: list[int], easy: list[int], total: int) -> list[int]:
    """Between ``tight`` and ``easy``, in the same degree everywhere, adding up to ``total``."""
    slack = [Need(0.0, float(want - have)) for have, want in zip(tight, easy, strict=True)]
    extra = portions(total - sum(tight), slack)
    return [have + more for have, more in zip(tight, extra, strict=True)]
