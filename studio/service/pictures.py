"""A book's pictures: looked at, changed one by one, drawn again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from studio import pipelines
from studio.core.pipeline import Plan
from studio.core.plan import plan as plan_through
from studio.core.session import Session
from studio.engines import registry
from studio.errors import BadInput, UserError
from studio.looking import Take, takes_of
from studio.model.faults import in_words
from studio.model.illustration import PROMPTS, ChapterPrompts, IllustrationPrompt
from studio.model.manuscript import Chapter
from studio.model.moments import ANALYSIS, EmotionalMoment
from studio.planning.books.illustrations import illustrated, moment_at, with_moment, with_new_moments
from studio.planning.books.plain_text import clean, clean_line
from studio.service.documents import put_document
from studio.service.projects import Projects
from studio.steps.books import names
from studio.steps.books.views import analysis_in, book_in, options_in, prompts_in

HEADER = 0
"""The number of the strip over a chapter's heading."""
_OWN = ("replaced", "adopted")
_EDITABLE = ("prompt", "seed", "is_left_out")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as a person sees it: ``mark`` is DONE or TODO, ``is_stale`` if a run would make it again, ``is_own`` if
    the user brought it.

    ``chapter`` is the chapter's id, ``number`` that of its moment; the strip over a heading has number 0 and no moment.
    """

    chapter: int
    number: int
    file: str
    prompt: IllustrationPrompt
    moment: EmotionalMoment | None
    mark: str
    is_stale: bool
    is_own: bool


class Pictures(Projects):
    """What can be done with the pictures of projects of kind ``manuscript``."""

    def pictures(self, name: str, plan: Plan | None = None) -> tuple[Picture, ...]:
        """Every picture of the book in order, also those that were left out. By ``plan`` if it was made just now."""
        plan = plan or self.plan(name)
        stale = {planned.name for planned in plan.make}
        with self._read(name) as session:
            return tuple(pictures_in(session, stale))

    def edit_picture(self, name: str, chapter: int, number: int, **changes: object) -> IllustrationPrompt:
        """The picture has these fields (``prompt``, ``seed``, ``is_left_out``) from now on.

        Raises BadInput that names a wrong field, UserError if there is no such picture.
        """
        return self._edit_prompt(name, chapter, number, lambda one: _changed(one, changes))

    def retake_picture(self, name: str, chapter: int, number: int) -> IllustrationPrompt:
        """The picture is made again at the next run, differently. Raises UserError if its engine cannot do otherwise."""
        engine = registry.image(str(self.project(name).options.get("image")))
        if engine.is_deterministic and not engine.uses_seed:
            raise UserError(f"{engine.identity} draws the same every time. Change the words or the engine.")

        def again(one: IllustrationPrompt) -> IllustrationPrompt:
            return one.model_copy(update={"retakes": one.retakes + 1})

        return self._edit_prompt(name, chapter, number, again)

    def edit_header(self, name: str, chapter: int, prompt: str) -> None:
        """The strip over the chapter's heading shows ``prompt``."""
        shown = clean(prompt).strip()
        if not shown:
            raise BadInput("Say what the strip shows.")
        with self._prompts(name, chapter) as (prompts, keep):
            if not prompts.header:
                raise UserError(f"{name} has no strips over its headings: switch headers on first.")
            keep(prompts.model_copy(update={"header": shown}))

    def add_picture(self, name: str, chapter: int, start: int, end: int, *, action: str = "") -> EmotionalMoment:
        """The passage ``text[start:end]`` of the chapter gets a picture at the next run.

        ``action`` says what is to be seen; else the passage itself does. Raises BadInput if nothing in it can be shown.
        """
        said = clean_line(action)
        if action.strip() and not said:
            raise BadInput("Say what is to be seen.")
        with self._open(name) as session:
            found, analysis = _chapter(session, chapter), analysis_in(session, chapter)
            file = names.analysis(chapter)
            wanted = plan_through(session, pipelines.of(session.project)).wanted.get(file)
            if wanted is None or analysis is None:
                raise UserError(f"Chapter {found.number} of {name} was not read yet: run it first.")
            if not 0 <= start < end <= len(found.content) or not found.content[start:end].strip():
                raise BadInput(f"Choose a passage within the {len(found.content)} characters of the chapter.")
            moment = moment_at(found.content, start, end, analysis)
            moment = moment.model_copy(update={"action": said or moment.action})
            put_document(session, wanted, ANALYSIS.dump_json(with_moment(analysis, moment), indent=1))
            return moment

    def picture_takes(self, name: str, chapter: int, number: int) -> tuple[Take, ...]:
        """Every take of the picture that is still here, oldest first."""
        with self._read(name) as session:
            return tuple(takes_of(session, file_of(chapter, number)))

    def pick_picture(self, name: str, chapter: int, number: int, take: str) -> str:
        """The take whose id begins with ``take`` is the picture again; returns its file."""
        file = file_of(chapter, number)
        with self._open(name) as session:
            wanted = plan_through(session, pipelines.of(session.project)).wanted.get(file)
            if wanted is None:
                raise UserError(f"{name} has no picture {file}.")
            session.pick(wanted, take)
            return file

    def bring_picture(self, name: str, chapter: int, number: int, picture: Path) -> str:
        """The user's own ``picture`` (PNG) takes the place of the one that was drawn."""
        file = file_of(chapter, number)
        with self._open(name) as session:
            wanted = plan_through(session, pipelines.of(session.project)).wanted.get(file)
            if wanted is None:
                raise UserError(f"{name} has no picture {file}.")
            session.replace(wanted, picture)
            return file

    # Below: what the public methods stand on

    def _edit_prompt(
        self, name: str, chapter: int, number: int, change: Callable[[IllustrationPrompt], IllustrationPrompt]
    ) -> IllustrationPrompt:
        with self._prompts(name, chapter) as (prompts, keep):
            known = {one.number: one for one in prompts.pictures}
            if number not in known:
                listed = ", ".join(map(str, known)) or "none"
                raise UserError(f"The chapter has no picture {number}. Its pictures: {listed}.")
            changed = change(known[number])
            pictures = (changed if one.number == number else one for one in prompts.pictures)
            keep(prompts.model_copy(update={"pictures": tuple(pictures)}))
            return changed

    @contextmanager
    def _prompts(self, name: str, chapter: int) -> Iterator[tuple[ChapterPrompts, Callable[[ChapterPrompts], None]]]:
        """The chapter's prompts, and what keeps others in their place."""
        file = names.prompts(chapter)
        with self._open(name) as session:
            place = _chapter(session, chapter).number
            wanted = plan_through(session, pipelines.of(session.project)).wanted.get(file)
            prompts = prompts_in(session, chapter)
            if wanted is None or prompts is None:
                raise UserError(f"Chapter {place} of {name} has no prompts yet: run it first.")
            yield prompts, lambda changed: put_document(session, wanted, PROMPTS.dump_json(changed, indent=1))


def file_of(chapter: int, number: int) -> str:
    """The file of a picture, or of the strip (``HEADER``), of the chapter of that id."""
    return names.header(chapter) if number == HEADER else names.image(chapter, number)


def pictures_in(session: Session, stale: set[str]) -> Iterator[Picture]:
    """The book's pictures in order; ``stale`` are the names that a run would make."""
    book = book_in(session)
    for chapter in illustrated(book, options_in(session)) if book else ():
        prompts, analysis = prompts_in(session, chapter.id), analysis_in(session, chapter.id)
        moments = {moment.number: moment for moment in (analysis.moments if analysis else ())}
        listed = list(with_new_moments(prompts or ChapterPrompts(), analysis).pictures)
        if prompts and prompts.header:
            listed.insert(0, IllustrationPrompt.model_construct(
                number=HEADER, prompt=prompts.header, draft=prompts.header_draft, style=prompts.header_style,
            ))  # fmt: skip
        for one in listed:
            file = file_of(chapter.id, one.number)
            mark = "OUT" if one.is_left_out else "DONE" if session.path(file).is_file() else "TODO"
            is_own = _is_own(session, file)
            yield Picture(chapter.id, one.number, file, one, moments.get(one.number), mark, file in stale, is_own)


def _is_own(session: Session, file: str) -> bool:
    """Whether the user brought what ``file`` holds, also if it was picked again since."""
    now = session.journal.current(file)
    return now is not None and any(
        line.digest == now.digest and line.origin in _OWN for line in session.journal.history(file)
    )


def _changed(prompt: IllustrationPrompt, changes: Mapping[str, object]) -> IllustrationPrompt:
    unknown = [field for field in changes if field not in _EDITABLE]
    if unknown:
        raise BadInput(f"A picture has no {unknown[0]} to change; it has {', '.join(_EDITABLE)}.")
    words = changes.get("prompt")
    if isinstance(words, str):
        changes = {**changes, "prompt": clean(words).strip()}
    try:
        changed = IllustrationPrompt.model_validate({**prompt.model_dump(), **changes})
    except ValidationError as error:
        raise BadInput(f"Picture {prompt.number}, {in_words(error)}.") from error
    if not changed.prompt.strip():
        raise BadInput(f"Picture {prompt.number}: say what it shows.")
    return changed


def _chapter(session: Session, chapter: int) -> Chapter:
    """The chapter of that id. Raises UserError if there is none."""
    book = book_in(session)
    found = next((one for one in (book.chapters if book else ()) if one.id == chapter), None)
    if found is None:
        raise UserError(f"{session.directory.name} has no chapter with the files ch{chapter:02d}.")
    return found
