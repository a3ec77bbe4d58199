"""Lines are made one by one, translators want many at once: a batch is asked for by whoever comes first.

Three promises: no line is ever given another one's text, no line fails for another one's sake, and what a service
answered is written down before any line is made of it, so that whoever comes back after a crash asks for none of it
again. What comes back is taken by id alone. Ids that did not come are asked for once more together, then one by one.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from studio.engines.base import ToTranslate, TranslatedText, Translator
from studio.errors import BadInput, EngineRefused, StudioError, ToolFailed, UnusableOutput

_OWN_FAULT = (BadInput, EngineRefused, ToolFailed, UnusableOutput)
"""One line may be to blame for these: the others are asked for without it. Every other error concerns them all."""
_MOST_AT_ONCE = 8

_Answers = dict[str, TranslatedText | StudioError]
_Lines = tuple[ToTranslate, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """How an engine is asked: the languages, and which of the glossary's terms stand in each line, by id."""

    engine: Translator
    source: str
    target: str
    terms: Mapping[str, Mapping[str, str]]


class Batches:
    """Translations by id, for several threads at once; every batch is asked for once, when its first line is wanted.

    ``lines`` are all that may be wanted; ``expected`` those that most likely will be, in order: they make up the
    batches. Another one is asked for alone. ``there`` are answers from before, which nobody is asked for; ``keep`` is
    told of every new one, from whatever thread. When this ends, what was asked for is waited for.
    """

    def __init__(
        self, asking: Asking, lines: Sequence[ToTranslate], expected: Sequence[str], *,
        there: Mapping[str, TranslatedText] = MappingProxyType({}),
        keep: Callable[[Mapping[str, TranslatedText]], None] = lambda answers: None,
    ) -> None:  # fmt: skip
        self._asking = asking
        self._there = there
        self._keep = keep
        self._lines = {line.id: line for line in lines}
        size = max(1, asking.engine.batch_lines)
        chosen = [self._lines[key] for key in expected]
        self._waiting: deque[_Lines] = deque(tuple(chosen[at : at + size]) for at in range(0, len(chosen), size))
        self._batch_of = {line.id: batch for batch in self._waiting for line in batch}
        self._begun: dict[_Lines, Future[_Answers]] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(_MOST_AT_ONCE, thread_name_prefix="translate")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def get(self, key: str) -> TranslatedText:
        """The translation of the line ``key``. Raises what kept it from being made.

        While its batch is being asked for, the next one is as well: a slow service gets as many calls as there are
        threads that wait, and a run that is killed has no more than those unsaved.
        """
        answer = self._there.get(key) or self._asked(key).result()[key]
        if isinstance(answer, StudioError):
            raise answer
        return answer

    def _asked(self, key: str) -> Future[_Answers]:
        with self._lock:
            batch = self._batch_of.setdefault(key, (self._lines[key],))
            if batch not in self._begun:
                return self._begin(batch)
            if not self._begun[batch].done():
                self._begin_next()
            return self._begun[batch]

    def _begin_next(self) -> None:
        while self._waiting and self._waiting[0] in self._begun:
            self._waiting.popleft()
        if self._waiting:
            self._begin(self._waiting.popleft())

    def _begin(self, batch: _Lines) -> Future[_Answers]:
        self._begun[batch] = self._pool.submit(self._ask_all, batch)
        return self._begun[batch]

    def _ask_all(self, batch: _Lines) -> _Answers:
        """For every line of ``batch`` its translation, or what kept it from being made."""
        answers: _Answers = {}
        try:
            answers |= self._ask_together(batch)
            for line in batch:
                if line.id not in answers:
                    answers[line.id] = self._ask_alone(line)
        except StudioError as error:
            return {line.id: error for line in batch} | answers
        return answers

    def _ask_together(self, batch: _Lines) -> _Answers:
        """What comes in two attempts; less if one line may have spoiled it for all."""
        answers: _Answers = {}
        for _ in range(2):
            missing = [line for line in batch if line.id not in answers]
            try:
                answers |= self._ask(missing) if missing else {}
            except _OWN_FAULT:
                break
        return answers

    def _ask_alone(self, line: ToTranslate) -> TranslatedText | StudioError:
        try:
            answers = self._ask([line])
        except _OWN_FAULT as error:
            return error
        engine = self._asking.engine.identity
        nothing = f"{engine} gives no translation of “{line.text}”: type it, or choose another translator."
        return answers.get(line.id) or UnusableOutput(nothing)

    def _ask(self, lines: Sequence[ToTranslate]) -> dict[str, TranslatedText]:
        asking, ids = self._asking, {line.id for line in lines}
        glossary = {term: to for line in lines for term, to in asking.terms.get(line.id, {}).items()}
        answers = asking.engine.translate(lines, source=asking.source, target=asking.target, glossary=glossary)
        found = {key: answer for key, answer in answers.items() if key in ids and answer.text.strip()}
        if found:
            self._keep(found)
        return found
