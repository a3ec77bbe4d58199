"""Work at a service: asked for once, waited for, fetched whole. Once for all engines that are reached over HTTP.

``obtain`` walks a job from wherever the journal says it is (``studio.model.job``) to its file. A process that is
killed anywhere in between is followed by one that calls ``obtain`` again with the same arguments, and that goes on
where the first one was: nothing that may have been accepted is ever sent again without asking.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, runtime_checkable

from studio.engines.limits import Limiter
from studio.errors import (
    Answer,
    Cancelled,
    EngineBusy,
    EngineError,
    EngineRefused,
    EngineUnavailable,
    OutcomeUnknown,
    UnusableOutput,
)
from studio.model.job import Job, JobNote

Answered = TypeVar("Answered")

ASKS_AGAIN = "asks_again"
"""Among the facts of a job whose lost answer is asked for, and paid, again."""

ASK_ANEW = "A retake, or studio resume NAME --ask-again in the terminal, asks for it, and pays for it, once more."
"""What to do about work that may have been begun, once it is clear that it cannot be had."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The service took the work under ``remote_id``; ``facts`` (JSON values) is what finding it again needs."""

    remote_id: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Not finished. ``share`` is 0 to 1, None while unknown; ``is_begun`` is False while others are before it.

    ``preview``: how it looks by now, a small JPEG, if there is a new one.
    """

    share: float | None = None
    text: str = ""
    is_begun: bool = True
    preview: bytes = b""


@dataclass(frozen=True, slots=True)
class Ready:
    """Finished; ``facts`` (JSON values) say where the file is."""

    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """The service gave up; ``error`` says why. ``may_help`` is True if the same once more may end differently,
    ``is_cancelled`` if somebody ended it there."""

    error: EngineError
    may_help: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The service does not know this work (any more): nothing can be fetched of it."""

    why: str


Look = Waiting | Ready | Failed | Gone


class Service(Protocol):
    """One piece of work at one service. Its methods raise EngineError as ``studio.engines.http`` makes them."""

    @property
    def name(self) -> str:
        """The engine, as in ``video/luma``."""
        ...

    def submit(self, key: str) -> Accepted:
        """Ask for the work; called at most once for each ``key`` unless the service surely did not accept it."""
        ...

    def find(self, note: JobNote) -> Accepted | None:
        """The work that a lost ``submit`` may have begun; None if there surely is none. OutcomeUnknown if that cannot be told."""
        ...

    def look(self, note: JobNote) -> Look:
        """How the submitted work stands. Changes nothing."""
        ...

    def fetch(self, ready: Ready, note: JobNote, out: Path) -> None:
        """The finished file is in ``out``, whole. MissingError if it cannot be had there any more."""
        ...


@runtime_checkable
class Prepared(Service, Protocol):
    """One that needs something there before it can be asked."""

    def prepare(self) -> None:
        """It is there. Costs nothing and is done anew before each asking, so that one who dies over it owes nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited. ``poll_s`` grows from its first to its second value; ``longest_s`` counts from when the work
    began there and goes on through restarts of the studio."""

    poll_s: tuple[float, float] = (2.0, 10.0)
    longest_s: float = 3600.0
    most_tries: int = 3
    most_halts: int = 3


def obtain(
    out: Path, job: Job, service: Service, limiter: Limiter, *, patience: Patience | None = None,
    is_free: bool = False, now: Callable[[], float] = time.time,
) -> None:  # fmt: skip
    """The file of ``job`` is in ``out``. Raises EngineError, and Cancelled when the run is to end.

    What was accepted and cannot be had (the service forgot it, its file is not to be fetched or is no film) is made again
    by a service that ``is_free``. Elsewhere OutcomeUnknown is raised, by every later call too until it can be fetched or
    the job is noted as lost: no money is spent anew without asking.
    """
    how = patience or Patience()
    with limiter.place(job.wait):
        for _ in range(how.most_tries + 1):
            _be_submitted(job, service, limiter, how, now)
            try:
                ready = _finished(job, service, how, now)
                if ready is not None:
                    _fetch(out, job, service, ready, how, is_free=is_free)
                    return
            except MissingError as missing:
                _let_go(job, service, str(missing), how, is_free=is_free)
    raise OutcomeUnknown(
        f"{service.name} lost this work {how.most_tries} times. Run again when the service is well again."
    )


def ask_once(
    name: str, job: Job, limiter: Limiter, send: Callable[[str], Answered], *, asks_again: bool = False,
    longest_s: float = 3600.0, now: Callable[[], float] = time.time,
) -> Answered:  # fmt: skip
    """What ``send`` gives, for a service that answers in the asking itself; ``name`` is the engine's (``image/openai``).

    ``send`` gets the try's own id and raises EngineError as ``studio.engines.http`` makes it. It is called again only
    when the service surely did not begin. Where that cannot be told, now or by a process that was killed meanwhile,
    OutcomeUnknown is raised, and by every later call until the job is noted as lost. ``asks_again`` is for answers that
    cost next to nothing: a lost one is asked for again, twice, and by the next call.
    """
    _must_not_be_lost(name, job, asks_again=asks_again)
    first_asked, chances = now(), 2 if asks_again else 0
    with limiter.place(job.wait):
        while now() <= first_asked + longest_s:
            limiter.turn(job.wait)
            key = job.begin(since=now(), **({ASKS_AGAIN: True} if asks_again else {}))
            try:
                answer = send(key)
            except EngineBusy as busy:
                job.note("lost", why="it was busy")
                _rest(job, limiter, busy)
            except OutcomeUnknown as unknown:
                job.note("unknown")
                chances -= 1
                if chances < 0 and asks_again:
                    raise _given_up(name, unknown) from unknown
                if chances < 0:
                    raise
                job.wait(_REST_S)
            except (EngineError, UnusableOutput) as error:
                job.note("failed", why=str(error))
                raise
            else:
                job.note("downloading")
                return answer
    raise EngineUnavailable(f"{name} was busy all the time. Run again later.")


def _given_up(name: str, unknown: OutcomeUnknown) -> OutcomeUnknown:
    sent = unknown.answer.kind if unknown.answer else ""
    what = f"no answer came that can be read ({sent}). Check the address in Settings" if sent else "no answer came"
    return OutcomeUnknown(
        f"{name} was asked three times and {what}. Run again to ask once more.", answer=unknown.answer
    )


def _must_not_be_lost(name: str, job: Job, *, asks_again: bool) -> None:
    note = job.last
    if asks_again or note is None or note.state not in ("submitting", "unknown", "downloading"):
        return
    came = note.state == "downloading" or bool(note.facts.get("came"))
    job.note("unknown", came=came)
    what = "its answer came, but the file is not here" if came else "no answer came before the studio ended"
    raise OutcomeUnknown(
        f"{name} was asked for this before, and {what}. It was probably paid for: look there. {ASK_ANEW}",
        answer=Answer(name, "ask"),
    )


_REST_S = 5.0
_HAS_ID = ("submitted", "downloading")


def _be_submitted(job: Job, service: Service, limiter: Limiter, how: Patience, now: Callable[[], float]) -> None:
    note = job.last
    if note and (note.state in _HAS_ID or note.state == "unknown" and note.remote_id):
        return
    if note and note.state in ("submitting", "unknown") and _was_begun(job, service, note):
        return
    first_asked, missed = now(), 0
    while (sent := _send(job, service, limiter, now)) != "sent":
        missed += sent == "missed"
        if missed >= how.most_tries:
            raise EngineUnavailable(
                f"{service.name} was asked {missed} times; it broke off each time and began nothing."
            )
        if now() > first_asked + how.longest_s:
            raise EngineUnavailable(f"{service.name} was busy all the time. Run again later.")


def _send(job: Job, service: Service, limiter: Limiter, now: Callable[[], float]) -> Literal["sent", "busy", "missed"]:
    """Asked once; unless ``sent`` it surely did not begin and may be asked again."""
    try:
        if isinstance(service, Prepared):
            service.prepare()
    except EngineBusy as busy:
        _rest(job, limiter, busy)
        return "busy"
    limiter.turn(job.wait)
    key = job.begin(since=now())
    try:
        accepted = service.submit(key)
    except EngineBusy as busy:
        job.note("lost", why="it was busy")
        _rest(job, limiter, busy)
        return "busy"
    except OutcomeUnknown:
        note = job.last
        assert note
        return "sent" if _was_begun(job, service, note) else "missed"
    except EngineError as error:
        job.note("failed", why=str(error))
        raise
    job.note("submitted", accepted.remote_id, **accepted.facts)
    return "sent"


def _rest(job: Job, limiter: Limiter, busy: EngineBusy) -> None:
    job.tell(None, "waiting: the service is busy")
    limiter.rest(busy.retry_after_s or _REST_S)


def _was_begun(job: Job, service: Service, note: JobNote) -> bool:
    """Whether an asking that nothing was heard of did begin; raises OutcomeUnknown if that cannot be told."""
    try:
        found = service.find(note)
    except OutcomeUnknown:
        job.note("unknown")
        raise
    if found is None:
        job.note("lost", why="it never arrived there")
        return False
    job.note("submitted", found.remote_id, **found.facts)
    return True


class MissingError(Exception):
    """Accepted work whose file is not to be had; why, as half a sentence."""


def _finished(job: Job, service: Service, how: Patience, now: Callable[[], float]) -> Ready | None:
    """What to fetch; None if it failed there in a way that may pass, and may be asked for anew."""
    pause_s = how.poll_s[0]
    while True:
        note = job.last
        assert note
        found = service.look(note)
        if isinstance(found, Ready):
            return found
        if isinstance(found, Gone):
            raise MissingError(found.why)
        if isinstance(found, Failed):
            is_tried_again = found.may_help and note.tries < how.most_tries
            job.note(
                "lost" if is_tried_again else "cancelled" if found.is_cancelled else "failed", why=str(found.error)
            )
            if is_tried_again:
                return None
            raise found.error
        if found.is_begun and "begun" not in note.facts:
            job.note("submitted", begun=now())
        elif found.is_begun and now() > float(note.facts["begun"]) + how.longest_s:
            hours = how.longest_s / 3600
            raise OutcomeUnknown(
                f"{service.name} has worked on this for more than {hours:.1f} h. It goes on there: run again to look once more. "
                "A retake asks for another, and pays for it."
            )
        job.tell(found.share, found.text, found.preview)
        job.wait(pause_s)
        pause_s = min(how.poll_s[1], pause_s * 1.5)


def _let_go(job: Job, service: Service, why: str, how: Patience, *, is_free: bool) -> None:
    """What cannot be had is made again where that costs nothing."""
    note = job.last
    assert note
    if not is_free:
        job.note("unknown", why=why)
        raise OutcomeUnknown(
            f"{service.name} took this work, but {why}. It was probably paid for. Run again to look for it once more. "
            f"{ASK_ANEW}",
            answer=Answer(service.name, "download"),
        )
    job.note("lost", why=why)
    if note.tries >= how.most_tries:
        job.note("failed", why=f"lost {note.tries} times")
        raise EngineUnavailable(
            f"{service.name} lost this work {note.tries} times ({why}). Check the server, then run again."
        )
    job.tell(None, f"lost there ({why}): it is asked for again")


def _fetch(out: Path, job: Job, service: Service, ready: Ready, how: Patience, *, is_free: bool) -> None:
    """``out`` is there.

    A file that each process dies of is left alone after ``most_halts`` of them, so that the rest of the film is made;
    every later run tries it once more.
    """
    note = job.last
    assert note
    halts = int(note.facts.get("halts", 0)) + (note.state == "downloading")
    if halts >= how.most_halts and halts > int(note.facts.get("parked", 0)):
        job.note("submitted", halts=halts, parked=halts)
        raise EngineRefused(
            f"{service.name}: {halts} times this file was fetched and could not be used to the end, or the studio ended over "
            "it. It is left alone in this run. Run again to fetch it once more. A retake asks for another, and pays for it."
        )
    job.note("downloading", halts=halts)
    try:
        service.fetch(ready, note, out)
    except UnusableOutput as error:
        if is_free:  # it would make the same once more
            job.note("failed", why=str(error))
            raise
        raise MissingError(f"what came cannot be used: {error}".rstrip(".")) from error
    except EngineError as error:
        if error.answer and error.answer.status in (403, 404, 410):
            raise MissingError(f"its file cannot be fetched there (status {error.answer.status})") from error
        job.note("submitted")  # it is still there, and nobody ended
        raise
    except Cancelled:
        job.note("submitted")
        raise
