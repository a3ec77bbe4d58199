"""Which size, angle and camera move a shot gets: varied, fitting its place in the story, never twice in a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, get_args

from studio.model.shot import ShotSize
from studio.planning.language import chosen, word_set

Role = Literal["establish", "action", "face", "detail"]
Angle = Literal["eye level", "low angle", "high angle"]

SIZES: tuple[ShotSize, ...] = get_args(ShotSize)
_WIDE = (0, 1)
#: Sizes (places in ``SIZES``) that each beat of the story asks for in its action shots.
_BEATS: dict[str, tuple[int, ...]] = {
    "setup": (1, 2, 0),
    "call": (2, 3),
    "attempt": (3, 2, 4),
    "setback": (4, 3, 2),
    "turn": (3, 4, 5),
    "ending": (1, 2, 3),
}
_ROLES: dict[Role, tuple[int, ...]] = {
    "establish": _WIDE,
    "action": (1, 2, 3, 4),
    "face": (4, 5, 6),
    "detail": (5, 6),
}
_HIGH = word_set("fear sadness melancholy unease disgust nostalgia")
_LOW = word_set("courage triumph anger excitement adventure wonder")

#: Camera words by what the shot shows. Each list holds several kinds of move.
_MOVES: dict[Role, tuple[str, ...]] = {
    "establish": (
        "slow drone forward",
        "slow crane up",
        "slow pan right",
        "slow pan left",
        "slow push in",
        "slow tilt up",
    ),
    "action": (
        "tracking shot right",
        "truck left",
        "slow pan right",
        "slow orbit right",
        "slow push in",
        "truck right",
        "tracking shot left",
        "slow orbit left",
        "slow pan left",
        "slow pull out",
    ),
    "face": ("slow push in", "static", "slow zoom in", "slow orbit left", "handheld"),
    "detail": ("slow zoom in", "slow tilt down", "slow truck right", "static", "slow push in", "slow tilt up"),
}
_MOOD_MOVES: dict[str, tuple[str, ...]] = {
    "fear": ("handheld", "slow push in"),
    "tension": ("handheld", "slow push in"),
    "suspense": ("slow push in", "handheld"),
    "unease": ("handheld",),
    "anger": ("handheld", "fast push in"),
    "excitement": ("tracking shot right", "fast pan right"),
    "adventure": ("tracking shot right", "drone forward"),
    "triumph": ("crane up", "orbit right"),
    "courage": ("slow push in", "orbit right"),
    "peace": ("static", "slow pan right"),
    "serenity": ("static", "slow pan left"),
    "melancholy": ("slow pull out", "static"),
    "sadness": ("slow pull out", "static"),
    "wonder": ("slow crane up", "slow tilt up"),
    "mystery": ("slow push in", "slow orbit left"),
}
_ENDINGS = ("slow pull out", "slow crane up", "slow drone up")
_KIND_WORDS = {"push": "dolly", "pull": "dolly", "crane": "pedestal"}


def beat_at(number: int, count: int, written: str | None) -> str:
    """The beat of scene ``number`` (from 0) of ``count``: as written, else from where it stands."""
    if written and written.strip().lower() in _BEATS:
        return written.strip().lower()
    names = tuple(_BEATS)
    if number == count - 1 and count > 1:
        return "ending"
    return names[min(4, number * 5 // max(1, count - 1))] if count > 1 else "setup"


@dataclass
class Framer:
    """Chooses for one shot after the other; remembers what was used, so that sizes and moves are evenly spread."""

    key: str
    """Settles ties; the same key gives the same choices."""
    _sizes: Counter[int] = field(default_factory=Counter)
    _moves: Counter[str] = field(default_factory=Counter)
    _last_size: int | None = None
    _last_move: str = ""
    _count: int = 0

    def size(self, role: Role, beat: str, *, must_be_wide: bool) -> ShotSize:
        """A size unlike the shot before: fitting the role first, then the beat, then the least used.

        Neighbours are two steps apart where the role allows it.
        """
        wanted = _WIDE if must_be_wide else _ROLES[role]
        options = [n for n in wanted if n != self._last_size] or [n for n in range(len(SIZES)) if n != self._last_size]
        best = min(options, key=lambda n: (self._size_cost(n, role, beat), n))
        self._sizes[best] += 1
        self._last_size = best
        return SIZES[best]

    def _size_cost(self, size: int, role: Role, beat: str) -> float:
        beat_sizes = _BEATS[beat]
        misfit = 0.0 if role != "action" or size in beat_sizes else 1.5
        is_near = self._last_size is not None and abs(size - self._last_size) < 2
        return self._sizes[size] + misfit + 0.9 * is_near

    def move(self, role: Role, emotion: str, *, is_last: bool) -> str:
        """Camera words whose kind of move differs from the shot before; least used first, mood and role fitting."""
        fitting = _ENDINGS if is_last else (*_MOOD_MOVES.get(emotion, ()), *_MOVES[role])
        if role == "establish" and not is_last:
            fitting = _MOVES[role]
        options = [move for move in dict.fromkeys(fitting) if move_kind(move) != move_kind(self._last_move)]
        least = min(self._moves[move_kind(move)] for move in options)
        self._count += 1
        best = chosen(
            [move for move in options if self._moves[move_kind(move)] == least], self.key, self._count, "move"
        )
        self.saw(best)
        return best

    def saw(self, move: str) -> None:
        """The shot that comes next follows one with ``move``."""
        self._moves[move_kind(move)] += 1
        self._last_move = move

    def angle(self, role: Role, emotion: str) -> Angle:
        """High over the frightened and the sad, low under the brave; a place from above now and then."""
        if role == "establish":
            return "high angle" if self._last_size == 0 else "eye level"
        if emotion in _HIGH and role != "detail":
            return "high angle"
        return "low angle" if emotion in _LOW and role != "detail" else "eye level"


def move_kind(move: str) -> str:
    """The kind of move that camera words name: ``slow pan left`` a pan; push and pull are both a dolly."""
    words = [word for word in move.split() if word not in ("slow", "fast")]
    return _KIND_WORDS.get(words[0], words[0]) if words else ""
