"""Every way the studio can say no, split by what the caller should do next.

::

    StudioError
    ├── UserError              show the sentence; the user mends the input
    │   ├── BadInput           a file or value is not what it should be; says where
    │   └── NewerFormat        the project was written by a newer studio; open it there
    ├── ProjectLocked          another process has the project open; wait or close it
    ├── StorageFailed          disk full, read-only folder; make room, run again
    ├── ToolFailed             ffmpeg or another program said no; the item failed
    ├── UnusableOutput         an engine wrote a file that does not verify; the item failed
    ├── EngineError            what a service answered is in ``answer``
    │   ├── EngineUnavailable  offer another engine; says what is missing and how to get it
    │   ├── EngineBusy         wait ``retry_after_s`` and try again
    │   ├── EngineRefused      do not retry; the engine will not do this
    │   └── OutcomeUnknown     ask before paying again
    ├── ArchiveRefused         do not open this archive
    └── Cancelled              not a failure: the user stopped the run

A message is one or two sentences for the person at the screen: what happened, where (step, shot
or line, engine), and what to do now.
"""

from __future__ import annotations

from dataclasses import dataclass


class StudioError(Exception):
    """Base of everything the studio raises on purpose; ``str(error)`` is fit to be shown."""


class UserError(StudioError):
    """The input cannot be used as it is; the message says what to change."""


class BadInput(UserError):
    """A file or value is not what it should be; the message names the exact place."""


class NewerFormat(UserError):
    """The project was written by a newer studio and is not touched."""


class ProjectLocked(StudioError):
    """Another process has the project open for writing."""


class StorageFailed(StudioError):
    """The disk refused a write (full, read-only, gone); what was finished before is safe."""


class ToolFailed(StudioError):
    """An outside program such as ffmpeg failed; the message carries its last words."""


class UnusableOutput(StudioError):
    """A produced file does not verify: torn, silent, of the wrong length or size."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said when it said no. ``kind`` is the service's own word for it; ``status`` 0: no answer came."""

    engine: str
    stage: str
    status: int = 0
    kind: str = ""
    request_id: str = ""


class EngineError(StudioError):
    """An engine did not do its work; ``answer`` is what its service said, None for one without a service."""

    def __init__(self, message: str, *, answer: Answer | None = None) -> None:
        super().__init__(message)
        self.answer = answer


class EngineUnavailable(EngineError):
    """An engine cannot run here; the message says what is missing and how to get it."""


class EngineBusy(EngineError):
    """The engine asks to wait ``retry_after_s`` seconds; what was asked for was not begun."""

    def __init__(self, message: str, *, retry_after_s: float, answer: Answer | None = None) -> None:
        super().__init__(message, answer=answer)
        self.retry_after_s = retry_after_s


class EngineRefused(EngineError):
    """The engine will not do this, now or later."""


class OutcomeUnknown(EngineError):
    """A paid job may or may not have run; ask before it is sent again."""


class ArchiveRefused(StudioError):
    """The archive is hostile or damaged; nothing of it was written."""


class Cancelled(StudioError):
    """The user stopped the run; what was finished stays finished."""
