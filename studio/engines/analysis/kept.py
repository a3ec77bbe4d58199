"""A conversation whose answers are kept in its job's notes: who comes back for the work pays for none of them again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from studio.engines.chat.ladder import Asked, Chat, Question, Reply, Task, Unreadable, ask_for
from studio.model.job import Job, JobNote

_QUESTION, _ANSWER, _IS_CUT, _IS_MENDED = "question", "answer", "is_cut", "is_mended"
_USELESS = "useless"
_MOST_CHARS = 60_000


class KeptChat:
    """``chat`` about one work. Fulfils ``studio.engines.chat.ladder.Chat``; what it was told before it is not asked again."""

    def __init__(self, chat: Chat, job: Job) -> None:
        self._chat = chat
        self._job = job
        self._told = _told(job.notes)
        self._used: list[str] = []

    @property
    def name(self) -> str:
        """The engine's."""
        return self._chat.name

    def reply(self, question: Question, job: Job) -> Reply:
        """The answer that was kept, or else the model's."""
        key = _key(question)
        self._used.append(key)
        if key in self._told:
            return _reply(self._told[key])
        reply = self._chat.reply(question, job)
        text = reply.text.encode(errors="replace").decode()
        if len(text) <= _MOST_CHARS:
            facts: dict[str, Any] = {
                _QUESTION: key,
                _ANSWER: text,
                _IS_CUT: reply.is_cut,
                _IS_MENDED: len(question.turns) > 1,
            }
            job.note("downloading", **facts)
        return Reply(text, reply.is_cut)

    def ask(
        self,
        shape: type[Asked],
        task: Task,
        wishes: Callable[[Asked], str] = lambda value: "",
        *,
        in_parts: bool = False,
    ) -> Asked:
        """As ``ask_for``. Answers that were of no use are asked for anew next time; one that was cut is of use to a caller
        who then asks ``in_parts``."""
        self._used.clear()
        try:
            return ask_for(shape, self, self._job, task, wishes=wishes)
        except Unreadable as error:
            if not (error.is_cut and in_parts):
                facts: dict[str, Any] = {_QUESTION: "", _ANSWER: "", _USELESS: list(self._used)}
                self._job.note("failed", why=str(error), **facts)
            raise


def pieces_told(notes: Sequence[JobNote]) -> int:
    """How many answers are kept in ``notes`` that need not be asked for again; one and its mending count once."""
    return sum(not note.facts.get(_IS_CUT) and not note.facts.get(_IS_MENDED) for note in _told(notes).values())


def _told(notes: Sequence[JobNote]) -> dict[str, JobNote]:
    """By question, the note with its answer."""
    found: dict[str, JobNote] = {}
    for note in notes:
        for key in note.facts.get(_USELESS, ()):
            found.pop(key, None)
        if note.facts.get(_QUESTION) and isinstance(note.facts.get(_ANSWER), str):
            found[note.facts[_QUESTION]] = note
    return found


def _reply(note: JobNote) -> Reply:
    return Reply(note.facts[_ANSWER], bool(note.facts.get(_IS_CUT)))


def _key(question: Question) -> str:
    words = [question.system, question.name, *(turn.text for turn in question.turns)]
    return sha256(json.dumps(words).encode()).hexdigest()[:32]
