"""A conversation whose answers are kept in its job's notes: who comes back for the work pays for none of them again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

from studio.engines.chat.ladder import Chat, Question, Reply, Unreadable
from studio.engines.kept import answer_of, drop, keep, kept_in
from studio.model.job import Job, JobNote

_IS_CUT, _IS_MENDED = "is_cut", "is_mended"


@contextmanager
def keeping(chat: Chat, job: Job) -> Iterator[Chat]:
    """``chat`` about one work: what it was told before it is not asked again.

    If it ends in Unreadable, what came of the last question was of no use, and is asked for anew next time.
    """
    kept = _KeptChat(chat, job)
    try:
        yield kept
    except Unreadable as error:
        drop(job, kept.last_used, str(error))
        raise


class _KeptChat:
    """Fulfils ``studio.engines.chat.ladder.Chat``."""

    def __init__(self, chat: Chat, job: Job) -> None:
        self._chat = chat
        self._kept = kept_in(job.notes)
        self.last_used: list[str] = []
        """The last question, and its mending."""

    @property
    def name(self) -> str:
        """The engine's."""
        return self._chat.name

    def reply(self, question: Question, job: Job) -> Reply:
        """The answer that was kept, or else the model's."""
        key, is_mending = _key(question), len(question.turns) > 1
        self.last_used = [*(self.last_used if is_mending else ()), key]
        if key in self._kept:
            note = self._kept[key]
            return Reply(answer_of(note), bool(note.facts.get(_IS_CUT)))
        reply = self._chat.reply(question, job)
        text = reply.text.encode(errors="replace").decode()
        keep(job, key, text, is_cut=reply.is_cut, is_mended=is_mending)
        return Reply(text, reply.is_cut)


def pieces_told(notes: Sequence[JobNote]) -> int:
    """How many answers are kept in ``notes`` that need not be asked for again; one and its mending count once."""
    return sum(not note.facts.get(_IS_CUT) and not note.facts.get(_IS_MENDED) for note in kept_in(notes).values())


def _key(question: Question) -> str:
    words = [question.system, question.name, *(turn.text for turn in question.turns)]
    return sha256(json.dumps(words).encode()).hexdigest()[:32]
