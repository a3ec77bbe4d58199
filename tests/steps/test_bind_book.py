"""The book is bound from what is there, and again only when something in it is new."""

from __future__ import annotations

import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.core.events import Event, Noticed
from studio.core.executor import threads
from studio.core.pipeline import Context, Pipeline, Plan, RunResult
from studio.core.plan import plan
from studio.core.project import new_project, save_project
from studio.core.run import run
from studio.core.session import Session, Wanted
from studio.errors import UnusableOutput
from studio.media import verify
from studio.model.illustration import PROMPTS, ChapterPrompts, IllustrationPrompt
from studio.model.manuscript import MANUSCRIPT, Chapter, Manuscript
from studio.model.moments import ANALYSIS, ChapterAnalysis, EmotionalMoment
from studio.steps.books import names
from studio.steps.books.bind_book import BindBook, identifier_of

TEXTS = ("The bell rang.\n\nMarta woke.\n\nShe ran.", "It was morning.")


class Before:
    """All that is made before a book is bound: one moment a chapter, of its first paragraph."""

    name = "before"
    typical_s = 1.0

    def __init__(self) -> None:
        self.manuscript = Manuscript(
            title="The Bell",
            author="Ana",
            chapters=tuple(
                Chapter(id=number, number=number, title=f"Chapter {number}: Day {number}", content=text)
                for number, text in enumerate(TEXTS, start=1)
            ),
        )
        self.summary, self.colour = "", "red"
        self.failing = self.left_out = 0

    def forecast(self) -> tuple[str, ...]:
        return ()

    def run(self, ctx: Context) -> None:
        self._json(ctx, names.MANUSCRIPT, MANUSCRIPT.dump_json(self.manuscript))
        for chapter in self.manuscript.chapters:
            end = len(chapter.content.split("\n\n")[0])
            moment = EmotionalMoment(
                number=1,
                text_excerpt=chapter.content[:end],
                start_position=0,
                end_position=end,
                action=f"What is seen on day {chapter.id}",
            )
            analysis = ChapterAnalysis(summary=self.summary, moments=(moment,))
            picture = IllustrationPrompt(number=1, prompt="A bell", is_left_out=self.left_out == chapter.id)
            self._json(ctx, names.analysis(chapter.id), ANALYSIS.dump_json(analysis))
            self._json(ctx, names.prompts(chapter.id), PROMPTS.dump_json(ChapterPrompts(pictures=(picture,))))
        ctx.make_all([self._picture(chapter.id) for chapter in self.manuscript.chapters])

    def _json(self, ctx: Context, name: str, content: bytes) -> None:
        def produce(out: Path) -> None:
            out.write_bytes(content)

        ctx.make(Wanted(name, produce, lambda path: None, given={"content": content.decode()}))

    def _picture(self, chapter: int) -> Wanted:
        def produce(out: Path) -> None:
            if self.failing == chapter:
                raise UnusableOutput("The artist is ill.")
            Image.new("RGB", (40, 30), self.colour).save(out)

        return Wanted(names.image(chapter, 1), produce, verify.image_of(), given={"colour": self.colour})


class Bindery:
    """A project whose pipeline ends in a book."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        save_project(folder, new_project(folder.name, "manuscript"))
        self.before = Before()
        self.step = BindBook("Untitled", identifier_of("2026-01-01T00:00:00"))
        self.said: list[Event] = []

    @property
    def pipeline(self) -> Pipeline:
        return Pipeline("manuscript", (self.before, self.step), lambda session: {})

    def run(self) -> RunResult:
        with Session(self.folder) as session, threads(2) as pool:
            return run(
                session, self.pipeline, pool, tell=lambda number, event: self.said.append(event), stop=threading.Event()
            )

    def plan(self) -> Plan:
        with Session(self.folder) as session:
            return plan(session, self.pipeline)

    def page(self, chapter: int) -> str:
        """The chapter as the EPUB has it."""
        with zipfile.ZipFile(self.folder / names.EPUB) as package:
            return package.read(f"EPUB/c{chapter:03d}.xhtml").decode()


@pytest.fixture
def bindery(tmp_path: Path) -> Bindery:
    return Bindery(tmp_path / "bell")


@pytest.fixture
def epub(bindery: Bindery) -> Bindery:
    """One that binds an EPUB alone, which is quick."""
    bindery.step = replace(bindery.step, formats=("epub",))
    return bindery


def test_a_book_is_bound_as_pdf_and_epub_and_a_second_run_binds_nothing(bindery: Bindery) -> None:
    planned = [one.name for one in bindery.plan().make]
    assert planned[-2:] == [names.PDF, names.EPUB]
    result = bindery.run()
    assert (result.status, result.problems) == ("completed", [])
    assert {names.PDF, names.EPUB} < set(result.made)
    assert bindery.run().made == []


def test_a_picture_stands_after_its_moment_and_says_what_it_shows(epub: Bindery) -> None:
    epub.run()
    page = epub.page(1)
    assert '<span class="label">Chapter 1</span> Day 1</h1>' in page
    places = [page.index(words) for words in ("The bell rang.", 'alt="What is seen on day 1"', "Marta woke.")]
    assert places == sorted(places)


def test_a_picture_that_failed_or_is_not_wanted_is_left_out_and_the_book_is_bound_without_it(epub: Bindery) -> None:
    epub.before.failing, epub.before.left_out = 1, 2
    result = epub.run()
    assert [problem.item for problem in result.problems] == [names.image(1, 1)]
    assert "<img" not in epub.page(1) + epub.page(2)
    assert "Marta woke." in epub.page(1)
    epub.before.failing = 0
    assert epub.run().made == [names.image(1, 1), names.EPUB]
    assert "<img" in epub.page(1)


def test_a_new_picture_is_bound_and_a_new_summary_is_not(epub: Bindery) -> None:
    epub.run()
    epub.before.summary = "In which it rings."
    assert epub.run().made == [names.analysis(1), names.analysis(2)]
    epub.before.colour = "blue"
    assert names.EPUB in [one.name for one in epub.plan().make]
    assert epub.run().made[-1] == names.EPUB


def test_a_torn_book_is_bound_again(epub: Bindery) -> None:
    epub.run()
    file = epub.folder / names.EPUB
    file.write_bytes(file.read_bytes()[:-50])
    assert epub.run().made == [names.EPUB]


def test_the_same_project_is_the_same_book_to_a_library(epub: Bindery) -> None:
    assert identifier_of("2026-01-01T00:00:00") == epub.step.identifier != identifier_of("2026-01-01T00:00:01")
    epub.run()
    with zipfile.ZipFile(epub.folder / names.EPUB) as package:
        assert f"urn:uuid:{epub.step.identifier}" in package.read("EPUB/book.opf").decode()


def test_letters_that_the_pdf_lacks_are_told_once(bindery: Bindery) -> None:
    chapter = bindery.before.manuscript.chapters[0].model_copy(update={"content": "She wrote न."})
    bindery.before.manuscript = bindery.before.manuscript.model_copy(update={"chapters": (chapter,)})
    bindery.run()
    bindery.run()
    told = [event.text for event in bindery.said if isinstance(event, Noticed)]
    assert [("न" in text and "EPUB" in text) for text in told] == [True]
