"""Answers of services, kept in their job's notes: who comes back for the work pays for none of them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studio.model.job import Job, JobNote

_QUESTION, _ANSWER, _USELESS = "question", "answer", "useless"
_MOST_CHARS = 60_000


def keep(job: Job, question: str, answer: str, **facts: Any) -> None:
    """``answer`` is on the disk under ``question``, its short name, unless it is very long; ``facts`` are of it."""
    if len(answer) <= _MOST_CHARS:
        kept: dict[str, Any] = {**facts, _QUESTION: question, _ANSWER: answer}
        job.note("downloading", **kept)


def drop(job: Job, questions: Sequence[str], why: str) -> None:
    """The answers to ``questions`` were of no use: they are kept no longer."""
    facts: dict[str, Any] = {_QUESTION: "", _ANSWER: "", _USELESS: list(questions)}
    job.note("failed", why=why, **facts)


def kept_in(notes: Sequence[JobNote]) -> dict[str, JobNote]:
    """By question, the note with its answer."""
    found: dict[str, JobNote] = {}
    for note in notes:
        question, useless = note.facts.get(_QUESTION), note.facts.get(_USELESS)
        if isinstance(useless, list):
            found = {key: kept for key, kept in found.items() if key not in useless}
        if question and isinstance(question, str) and isinstance(note.facts.get(_ANSWER), str):
            found[question] = note
    return found


def answer_of(note: JobNote) -> str:
    """What was answered there."""
    return str(note.facts[_ANSWER])
