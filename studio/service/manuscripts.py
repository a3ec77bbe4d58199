"""Illustrated books: made of manuscripts, chapter by chapter."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from studio import pipelines
from studio.core.events import Listener
from studio.core.executor import threads
from studio.core.files import automatic_name, free_name, safe_name
from studio.core.pipeline import RunResult
from studio.core.plan import plan as plan_through
from studio.core.project import Project, new_project, now_text, title_line
from studio.core.run import run as run_through
from studio.core.session import Session
from studio.errors import BadInput, UserError
from studio.model.faults import in_words
from studio.model.illustration import ManuscriptOptions, ManuscriptSource
from studio.model.manuscript import MANUSCRIPT, Chapter, Manuscript
from studio.model.text_files import read_regular
from studio.planning.books.chapter_edits import merge, move, remove, rename, rewrite, split
from studio.planning.books.manuscripts import read_manuscript
from studio.planning.books.newer import Difference, difference
from studio.planning.books.styles import read_style
from studio.service.documents import put_document
from studio.service.people import People
from studio.service.pictures import Pictures
from studio.service.projects import check_engines
from studio.service.purse import ProjectPurse
from studio.steps.books import names
from studio.steps.books.bind_book import FORMATS
from studio.steps.books.load_manuscript import LoadManuscript
from studio.steps.books.views import book_in, options_in
from studio.steps.finding import brought_file

_MOST_BYTES = 500_000_000


class Manuscripts(Pictures, People):
    """Projects of kind ``manuscript``."""

    def create_manuscript(self, file: Path, options: ManuscriptOptions, *, name: str = "") -> str:
        """A new project that illustrates the book in ``file``, which is kept whole; returns its name.

        Raises UserError for a name that is taken, BadInput for a file that cannot be used or chapters that it has not,
        EngineUnavailable for a missing engine.
        """
        book = read_manuscript(file)
        _check_chapters(options, book)
        source = ManuscriptSource(file=_source_name(file), chapter_count=len(book.chapters))
        titled = safe_name(book.title) or automatic_name(file.stem, datetime.now().astimezone())
        name = self.new_name(name) if name else free_name(self.settings.sessions, titled)
        project = new_project(
            name,
            "manuscript",
            title=title_line(book.title or file.stem.encode(errors="replace").decode()),
            options=options.model_dump(mode="json"),
            source=source.model_dump(mode="json"),
            started_at=now_text(),
        )
        check_engines(pipelines.engines_of(project))
        self.create(self.settings.sessions / name, project, {source.file: file})
        return name

    def find_manuscript(self, file: Path) -> Project | None:
        """The newest book that is made of exactly what ``file`` holds."""
        content = read_regular(file, _MOST_BYTES)
        books = (project for project in self.projects() if project.kind == "manuscript")
        return next((project for project in books if self._brought(project) == content), None)

    def compare_manuscript(self, name: str, file: Path) -> Difference:
        """What of the book would change if its text were that of ``file``; nothing does.

        Raises BadInput for a file that cannot be used.
        """
        newer = read_manuscript(file)
        with self._read(name) as session:
            return self._compared(session, file, newer)

    def set_manuscript_file(self, name: str, file: Path) -> Difference:
        """The book's text is that of ``file`` from the next run on; chapters that are the same are not read again.

        Returns what changes. Raises BadInput for a file that cannot be used, with the project as before.
        """
        book = read_manuscript(file)
        with self._open(name) as session:
            found = self._compared(session, file, book)
            if self._brought(session.project) != read_regular(file, _MOST_BYTES):
                inside = _source_name(file)
                session.replace(replace(brought_file(inside), step=LoadManuscript.name), file)
                source = ManuscriptSource.model_validate(session.project.source)
                changed = source.model_copy(update={"file": inside, "chapter_count": len(book.chapters)})
                session.save(source=changed.model_dump(mode="json"))
            return found

    def _compared(self, session: Session, file: Path, newer: Manuscript) -> Difference:
        """Nothing changes with the file that the book is made of, whatever was edited since."""
        if self._brought(_of_kind(session)) == read_regular(file, _MOST_BYTES):
            return Difference()
        _check_chapters(options_in(session), newer)
        return difference(book_in(session) or Manuscript(), newer)

    def change_manuscript_options(self, name: str, choices: Mapping[str, Any]) -> ManuscriptOptions:
        """The next run uses these fields of ``ManuscriptOptions``; ``style`` may be as the older illustrator had it.

        Raises BadInput that names a wrong field, EngineUnavailable for a missing engine.
        """
        given = dict(choices)
        if isinstance(given.get("style"), Mapping):
            given["style"] = read_style(given["style"], "style_config").model_dump(mode="json")
        with self._open(name) as session:
            options = options_of({**_of_kind(session).options, **given})
            book = book_in(session)
            if book:
                _check_chapters(options, book)
            fields = options.model_dump(mode="json")
            check_engines(pipelines.engines_of(session.project.model_copy(update={"options": fields})))
            session.save(options=fields)
            return options

    # Chapters

    def manuscript(self, name: str) -> Manuscript:
        """The book as it stands: without a chapter before the first run."""
        with self._read(name) as session:
            return book_in(session) or Manuscript()

    def split_chapter(self, name: str, chapter: int, position: int, title: str = "") -> Chapter:
        """What stands from the paragraph nearest to ``position`` (a character of its text) on is a chapter of its own,
        called ``title``, which is returned."""

        def cut(book: Manuscript) -> Manuscript:
            return rename(made := split(book, chapter, position), _new_id(book, made), title)

        before, after = self._edit_book(name, cut)
        return next(one for one in after.chapters if one.id == _new_id(before, after))

    def merge_chapters(self, name: str, chapter: int) -> None:
        """The chapter of that id holds the one behind it as well."""
        self._edit_book(name, lambda book: merge(book, chapter))

    def move_chapter(self, name: str, chapter: int, place: int) -> None:
        """The chapter of that id is number ``place`` of the book; nothing is read or drawn again."""
        self._edit_book(name, lambda book: move(book, chapter, place))

    def rename_chapter(self, name: str, chapter: int, title: str) -> None:
        """The chapter of that id is called ``title``; nothing is read or drawn again."""
        self._edit_book(name, lambda book: rename(book, chapter, title))

    def change_chapter(
        self,
        name: str,
        chapter: int,
        *,
        title: str | None = None,
        number: int | None = None,
        content: str | None = None,
    ) -> None:
        """What is given changes of the chapter of that id, all of it or nothing."""

        def changed(book: Manuscript) -> Manuscript:
            book = book if content is None else rewrite(book, chapter, content)
            book = book if title is None else rename(book, chapter, title)
            return book if number is None else move(book, chapter, number)

        self._edit_book(name, changed)

    def remove_chapter(self, name: str, chapter: int) -> None:
        """The chapter of that id is out of the book; its files stay."""
        self._edit_book(name, lambda book: remove(book, chapter))

    # Books

    def book(self, name: str, formats: Sequence[str], *, tell: Listener, stop: threading.Event) -> RunResult:
        """The book is bound in these formats (``pdf, epub, html, docx, contact_sheet``); what it lacks is made first."""
        with self._open(name) as session:
            pipeline = pipelines.manuscript(_of_kind(session), tuple(formats))
            check_engines(pipelines.engines_of(session.project))
            with threads(self.settings.workers) as executor:
                return run_through(session, pipeline, executor, tell=tell, stop=stop, purse=ProjectPurse(session))

    def books(self, name: str) -> list[str]:
        """The bound books that stand there, names inside the project; none for a project of another kind."""
        with self._read(name) as session:
            if session.project.kind != "manuscript":
                return []
            return [form.name for form in FORMATS.values() if session.path(form.name).is_file()]

    def _edit_book(self, name: str, change: Callable[[Manuscript], Manuscript]) -> tuple[Manuscript, Manuscript]:
        with self._open(name) as session:
            wanted = plan_through(session, pipelines.of(_of_kind(session))).wanted.get(names.MANUSCRIPT)
            before = book_in(session)
            if wanted is None or before is None:
                raise UserError(f"{name} was not read yet: run it first, then change its chapters.")
            after = change(before)
            put_document(session, wanted, MANUSCRIPT.dump_json(after, indent=1))
            return before, after

    def _brought(self, project: Project) -> bytes | None:
        file = self.settings.sessions / project.session_name / str(project.source.get("file") or ".")
        return read_regular(file, _MOST_BYTES) if file.is_file() else None


def options_of(values: Mapping[str, Any]) -> ManuscriptOptions:
    """The options of these values. Raises BadInput that names a wrong one."""
    try:
        return ManuscriptOptions.model_validate(values)
    except ValidationError as error:
        raise BadInput(f"{in_words(error)}.") from error


def _new_id(before: Manuscript, after: Manuscript) -> int:
    """The id of the chapter that came to ``before``."""
    known = {chapter.id for chapter in before.chapters}
    return next(chapter.id for chapter in after.chapters if chapter.id not in known)


def _of_kind(session: Session) -> Project:
    if session.project.kind != "manuscript":
        raise UserError(f"{session.directory.name} is no manuscript, but a {session.project.kind}.")
    return session.project


def _check_chapters(options: ManuscriptOptions, book: Manuscript) -> None:
    count = len(book.chapters)
    unknown = [number for number in options.chapters if not 1 <= number <= count]
    if unknown:
        raise BadInput(f"The book has chapters 1 to {count}; there is no chapter {unknown[0]}.")


def _source_name(file: Path) -> str:
    ending = file.suffix.lower()
    return f"source/manuscript{ending if ending[1:].isalnum() and len(ending) < 12 else ''}"
