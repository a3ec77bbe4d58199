"""How far a project's journal says it is, in the words of the older illustrator: ten checkpoint types, six steps.

A book's milestones bear those names in the journal itself. A session lasts from ``session_start`` to
``session_completed``; a run that goes on with one begins with ``run_started``, as every run of another kind does. An
item that could not be made is the journal's own line of a failure and counts as ``error_occurred``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from studio.core.checkpoint import JOURNAL_READ, STEPPED, Checkpoint, Failure, Milestone, Record
from studio.core.project_state import FINISHED, PAUSED

CHECKPOINTS = (
    "session_start", "manuscript_loaded", "chapter_start", "chapter_analyzed", "prompts_generated",
    "images_generating", "chapter_completed", "session_completed", "session_paused", "error_occurred",
)  # fmt: skip
ERROR = "error_occurred"
_BOOK = "manuscript"
_STAGES = {
    "": "initializing",
    "manuscript": "loading_manuscript",
    "analysis": "analyzing_chapters",
    "cast": "analyzing_chapters",
    "prompts": "generating_prompts",
    "images": "generating_images",
    "book": "completing_session",
}
_REACHED = ("chapter_start", "chapter_analyzed", "prompts_generated", "images_generating", "chapter_completed")
"""What a chapter passes, in order."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the journal calls a run's beginning, its pause, and its end with nothing missing, in the step ``ending``."""

    started: str = "run_started"
    paused: str = "run_paused"
    finished: str = "run_finished"
    ending: str = ""


def marks_of(kind: str) -> Marks:
    """Those of a project of that kind."""
    book = Marks("session_start", "session_paused", "session_completed", "completing_session")
    return book if kind == _BOOK else Marks()


def stage_of(kind: str, step: str) -> str:
    """What milestones call the pipeline's ``step`` (empty: before the first) of a project of that kind."""
    return _STAGES.get(step, step) if kind == _BOOK else step


def beginning(kind: str, records: Iterable[Record]) -> str:
    """The milestone that a run begins with: that of a new session, or ``run_started`` where one goes on."""
    marks, usual = marks_of(kind), Marks().started
    is_open = False
    for record in records:
        if isinstance(record, Milestone) and record.type in (marks.started, marks.finished):
            is_open = record.type == marks.started
    return usual if is_open else marks.started


@dataclass(frozen=True, slots=True)
class ResumeInfo:
    """Where a project stands. ``sequence_number`` is the line of its last checkpoint, 0 if there is none.

    ``next_action`` is what its next run does first: ``begin``, ``load_manuscript``, ``analyze_chapter``,
    ``generate_prompts``, ``generate_images``, ``complete_session``, ``retry`` (``item`` failed), ``resume``, ``continue``
    or ``none``. ``next_chapter`` is the number of the chapter that it is about.
    """

    last_checkpoint: str = ""
    sequence_number: int = 0
    chapter_number: int | None = None
    step: str = ""
    next_action: str = "begin"
    next_chapter: int | None = None
    item: str = ""


def resume_info(kind: str, records: Iterable[Record]) -> ResumeInfo:
    """What the journal of a project of that kind says."""
    way = Way(kind)
    for number, record in enumerate(records, start=1):
        way.note(number, record)
    return way.info


@dataclass
class Way:
    """A journal read line by line."""

    kind: str
    total_chapters: int = 0
    _info: ResumeInfo = ResumeInfo()
    _numbers: dict[int, int] = field(default_factory=dict)
    """Each chapter's number in the book, by its id."""
    _listed: list[int] = field(default_factory=list)
    """Ids of the chapters that are illustrated, in the book's order."""
    _reached: dict[int, str] = field(default_factory=dict)
    _is_read_only: bool = False
    _is_loaded: bool = False
    _has_ended: bool = False
    _failed: list[str] = field(default_factory=list)

    @property
    def info(self) -> ResumeInfo:
        """As of the line that was noted last."""
        return self._info

    def number_of(self, chapter: int) -> int:
        """The number in the book of the chapter with that id."""
        return self._numbers.get(chapter, chapter)

    def note(self, number: int, record: Record) -> None:
        """``record``, the journal's line ``number``, came next."""
        if isinstance(record, Failure):
            self._failed = [*(name for name in self._failed if name != record.name), record.name]
            self._set(number, ERROR, stage_of(self.kind, record.step), None)
        elif isinstance(record, Milestone) and record.type not in (STEPPED, JOURNAL_READ):
            self._pass(record)
            self._set(number, record.type, record.step, whole(record.facts.get("chapter_number")))
        elif isinstance(record, Checkpoint) and record.name in self._failed:
            self._failed.remove(record.name)
            self._info = self._with_next(self._info)

    def _set(self, number: int, kind: str, step: str, chapter: int | None) -> None:
        if self.kind != _BOOK or kind in CHECKPOINTS:
            self._info = ResumeInfo(kind, number, chapter, step)
        self._info = self._with_next(self._info)

    def _pass(self, milestone: Milestone) -> None:
        self._has_ended = milestone.type in FINISHED
        chapter = whole(milestone.facts.get("chapter"))
        if milestone.type == "manuscript_loaded":
            self._load(milestone)
        elif milestone.type in _REACHED and chapter is not None:
            self._reached[chapter] = milestone.type

    def _load(self, milestone: Milestone) -> None:
        every = _wholes(milestone.facts.get("chapters"))
        self._numbers = {chapter: place for place, chapter in enumerate(every, start=1)}
        self._listed = _wholes(milestone.facts.get("illustrated"))
        self.total_chapters = len(self._listed)
        self._is_read_only = milestone.facts.get("analysis_only") is True
        self._is_loaded = True

    def _with_next(self, info: ResumeInfo) -> ResumeInfo:
        action, chapter, item = self._next(info)
        number = None if chapter is None else self.number_of(chapter)
        return replace(info, next_action=action, next_chapter=number, item=item)

    def _next(self, info: ResumeInfo) -> tuple[str, int | None, str]:
        """The next action, the id of its chapter, and the item that it is about."""
        if self._failed and info.last_checkpoint not in PAUSED:
            return "retry", None, self._failed[0]
        if self._has_ended:
            return "none", None, ""
        if self.kind != _BOOK:
            return ("resume" if info.last_checkpoint in PAUSED else "continue"), None, ""
        if not self._is_loaded:
            return "load_manuscript", None, ""
        return (*self._next_of_chapters(), "")

    def _next_of_chapters(self) -> tuple[str, int | None]:
        steps = [("analyze_chapter", "chapter_analyzed")]
        if not self._is_read_only:
            steps += [("generate_prompts", "prompts_generated"), ("generate_images", "chapter_completed")]
        for action, wanted in steps:
            for chapter in self._listed:
                if not self._is_at(chapter, wanted):
                    return action, chapter
        return "complete_session", None

    def _is_at(self, chapter: int, wanted: str) -> bool:
        reached = self._reached.get(chapter)
        return reached is not None and _REACHED.index(reached) >= _REACHED.index(wanted)


def whole(value: object) -> int | None:
    """The whole number that a journal's fact is; None if it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wholes(values: object) -> list[int]:
    return [one for one in values if whole(one) is not None] if isinstance(values, list) else []
