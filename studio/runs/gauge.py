"""How far a whole run is and how long it will take, from the plan and what has been made since."""

from __future__ import annotations

from collections.abc import Mapping

_TRUSTED_S = 20.0
"""So many seconds of work at the estimated speed are taken as given before anything is measured."""


class Gauge:
    """Seconds of work done and left by the plan's own estimate, corrected by how fast it really goes.

    The start of a process and of its models counts for little: as long as little is made, the estimate weighs more.

    ``each_s``: seconds an item of each step takes; ``to_make``: items of each step that the plan lists.
    """

    def __init__(self, each_s: Mapping[str, float], to_make: Mapping[str, int]) -> None:
        self._each_s = each_s
        self._left = dict(to_make)
        self._done_s = 0.0
        self._percent = 0

    def made(self, step: str) -> None:
        """One item of ``step`` is finished."""
        self._done_s += self._each_s.get(step, 1.0)
        self._left[step] = max(0, self._left.get(step, 0) - 1)

    def expect(self, step: str, items: int) -> None:
        """So many items of ``step`` are still to be made: the step itself says so, the plan only guessed."""
        self._left[step] = max(0, items)

    def finished(self, step: str) -> None:
        """Nothing more of ``step`` will come."""
        self._left[step] = 0

    @property
    def percent(self) -> int:
        """0 to 99; never falls. A run that ended is the only one at 100."""
        todo_s = self._todo_s()
        share = self._done_s / (self._done_s + todo_s) if self._done_s + todo_s else 0.0
        self._percent = max(self._percent, min(99, int(100 * share)))
        return self._percent

    def left_s(self, elapsed_s: float) -> float | None:
        """Seconds left after ``elapsed_s`` of work; by the estimate alone until something was made."""
        todo_s = self._todo_s()
        if not self._done_s:
            return round(max(0.0, todo_s - elapsed_s), 1) or None
        return round(todo_s * (elapsed_s + _TRUSTED_S) / (self._done_s + _TRUSTED_S), 1)

    def _todo_s(self) -> float:
        return sum(self._each_s.get(step, 1.0) * items for step, items in self._left.items())
