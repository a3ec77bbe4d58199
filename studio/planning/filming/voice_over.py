"""A narration that runs through a whole film: how much of a text is said, how fast, and when each sentence is.

What does not fit is helped in this order: clips (a scene gets as many as what is told over it takes), pace (0.9 to 1.15
of the voice's own, pitch as it was), and the picture: a scene's last picture stands a little longer. Words that would not
fit even so are left out before anything is spoken, and the user is told which. So no clip ever depends on how its
narration turned out, and none is made twice because of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from studio.model.scene_video import CLIP_S
from studio.model.shot import Shot
from studio.model.timeline import Cue, Slot, Spoken, Timeline
from studio.planning.filming.timeline import LEAD_S, PAUSE_S, TAIL_S
from studio.planning.filming.timing import Need, portions
from studio.planning.language import speech_s, split_sentences

SLOWEST, FASTEST = 0.9, 1.15
_BRISK = 1.08
"""A pace that nobody notices: scenes get clips until it would do."""
_STANDS_S = 2.5
"""For so long the last picture of a scene that says too much may stand before words are left out."""


def with_room(texts: Sequence[str], clips: Sequence[int], words_per_second: float, *, most: int) -> list[int]:
    """``clips`` of every scene, with more (at most ``most`` in one) until all ``texts`` can be said at a brisk pace."""
    counts = list(clips)
    needs_s = [sum(_needs_s(split_sentences(text), words_per_second * _BRISK)) for text in texts]
    while sum(needs_s) + LEAD_S + TAIL_S > sum(counts) * CLIP_S:
        short = [(needs_s[n] - counts[n] * CLIP_S, -n) for n in range(len(counts)) if counts[n] < most]
        short_s, n = max(short, default=(0.0, 0))
        if short_s <= 0:
            break
        counts[-n] += 1
    return counts


def within_budget(texts: Sequence[str], lengths_s: Sequence[float], words_per_second: float) -> tuple[str, ...]:
    """Of each scene's text what can be said in the film, whole sentences from the beginning of each.

    Everything, if it fits into all the lengths together at the fastest pace and with pictures that stand for a moment.
    Else last sentences are left out, first where most is said beyond the scene's own length; the first sentence of a
    scene is always said.
    """
    kept = [split_sentences(text) for text in texts]
    needs_s = [_needs_s(said, words_per_second * FASTEST) for said in kept]
    stands_s = _STANDS_S * sum(sum(need) > length_s for need, length_s in zip(needs_s, lengths_s, strict=True))
    over_s = sum(map(sum, needs_s)) + LEAD_S + TAIL_S - sum(lengths_s) - stands_s
    while over_s > 0:
        long = [(sum(needs_s[n]) - lengths_s[n], n) for n in range(len(kept)) if len(kept[n]) > 1]
        if not long:
            break
        at = max(long)[1]
        kept[at].pop()
        over_s -= needs_s[at].pop()
    return tuple(" ".join(said) for said in kept)


def unsaid(texts: Sequence[str], kept: Sequence[str]) -> tuple[str, ...]:
    """The sentences of ``texts`` that ``within_budget`` left out."""
    pairs = [(split_sentences(text), len(split_sentences(said))) for text, said in zip(texts, kept, strict=True)]
    return tuple(sentence for sentences, count in pairs for sentence in sentences[count:])


def _needs_s(sentences: Sequence[str], rate: float) -> list[float]:
    return [speech_s(sentence, rate) + PAUSE_S for sentence in sentences]


def lay_over(shots: Sequence[Shot], spoken: Mapping[int, Sequence[Spoken]], *, fps: int) -> tuple[Timeline, float]:
    """The film with every sentence in its place, and how fast the voice speaks (1 is its own pace).

    A sentence begins with the clip it belongs to, sooner if what comes after it would not fit, later while the one
    before is still spoken. Where there is time to spare the voice keeps its pace.
    """
    frames = [max(1, round(shot.duration_s * fps)) for shot in shots]
    said = [(at, one) for at, shot in enumerate(shots) for one in spoken.get(shot.index, ())]
    speed = _speed(said, sum(frames) / fps)
    frames = _longer(shots, frames, said, speed, fps)
    starts = [sum(frames[:at]) for at in range(len(frames))]
    cues = _cues(said, starts, sum(frames) / fps, speed, fps)
    slots = [
        Slot(shot.index, shot.scene, start, length, tuple(cue for where, cue in cues if where == at))
        for at, (shot, start, length) in enumerate(zip(shots, starts, frames, strict=True))
    ]
    return Timeline(fps, tuple(slots)), speed


def _fixed_s(said: Sequence[object]) -> float:
    return LEAD_S + TAIL_S + PAUSE_S * max(0, len(said) - 1)


def _speed(said: Sequence[tuple[int, Spoken]], film_s: float) -> float:
    speech_s_ = sum(one.length_s for _, one in said)
    room_s = film_s - _fixed_s(said)
    wanted = speech_s_ / room_s if room_s > 0 else math.inf
    return 1.0 if wanted < SLOWEST or not said else round(min(wanted, FASTEST), 6)


def _longer(
    shots: Sequence[Shot], frames: Sequence[int], said: Sequence[tuple[int, Spoken]], speed: float, fps: int
) -> list[int]:
    """``frames`` of every shot, with what the narration needs beyond them at the ends of scenes that say too much."""
    needed_s = sum(one.length_s for _, one in said) / speed + _fixed_s(said)
    over = math.ceil(needed_s * fps - 1e-6) - sum(frames)
    if over <= 0 or not said:
        return list(frames)
    ends = [at for at, shot in enumerate(shots) if at + 1 == len(shots) or shots[at + 1].scene != shot.scene]
    first = 0
    weights: list[Need] = []
    for end in ends:
        talk_s = sum(one.length_s / speed + PAUSE_S for at, one in said if first <= at <= end)
        weights.append(Need(0.0, max(0.0, talk_s - sum(frames[first : end + 1]) / fps)))
        first = end + 1
    longer = list(frames)
    for end, more in zip(ends, portions(over, weights), strict=True):
        longer[end] += more
    return longer


def _cues(
    said: Sequence[tuple[int, Spoken]], starts: Sequence[int], film_s: float, speed: float, fps: int
) -> list[tuple[int, Cue]]:
    lengths_s = [one.length_s / speed for _, one in said]
    latest_s = [film_s - TAIL_S] * (len(said) + 1)
    for n in range(len(said) - 1, -1, -1):
        gap_s = PAUSE_S if n + 1 < len(said) else 0.0
        latest_s[n] = latest_s[n + 1] - gap_s - lengths_s[n]
    cues: list[tuple[int, Cue]] = []
    free_s = LEAD_S
    for n, (at, one) in enumerate(said):
        opens_clip = n == 0 or said[n - 1][0] != at
        wished_s = starts[at] / fps + LEAD_S if opens_clip else free_s
        start_s = max(free_s, min(wished_s, latest_s[n]))
        cues.append((at, Cue(one.name, one.text, start_s, start_s + lengths_s[n])))
        free_s = start_s + lengths_s[n] + PAUSE_S
    return cues
