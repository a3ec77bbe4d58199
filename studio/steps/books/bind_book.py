"""Step ``book``: all chapters and the pictures that are there become books to read, print and send."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import Given
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media.books import checks
from studio.media.books.contact_sheet import write_contact_sheet
from studio.media.books.epub import write_epub
from studio.media.books.faces import coverage
from studio.media.books.pdf import write_pdf
from studio.media.books.web_page import write_html
from studio.media.books.word_file import write_docx
from studio.media.verify import Check
from studio.model.book import Book, BookChapter, BookPicture
from studio.model.illustration import PROMPTS, ChapterPrompts
from studio.model.manuscript import MANUSCRIPT, Chapter, Emphasis, Manuscript
from studio.model.moments import ANALYSIS, ChapterAnalysis
from studio.planning.books.front_pages import to_bind
from studio.planning.books.headings import heading_in
from studio.steps.books import names
from studio.steps.finding import known

_MOST_NAMED = 12
_BOXES = "The PDF lacks a typeface for these, and has boxes in their place: {letters}. The EPUB shows them. "
_INSTALL = "To have them in the PDF, install a font that has them (Noto Sans CJK, for example) and make the book again."
_JOINED = "No font would help: the PDF cannot join letters or run from right to left."


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of book: the file it is, how it is written, and what it must pass."""

    name: str
    write: Callable[[Path, Book], None]
    check: Check


FORMATS = {
    "pdf": Format(names.PDF, write_pdf, checks.pdf_of()),
    "epub": Format(names.EPUB, write_epub, checks.epub_of()),
    "html": Format(names.HTML, write_html, checks.web_page_of()),
    "docx": Format(names.DOCX, write_docx, checks.docx_of()),
    "contact_sheet": Format(names.CONTACT_SHEET, write_contact_sheet, checks.pdf_of()),
}


def identifier_of(created_at: str) -> str:
    """The UUID of the book that is made in the project of that moment: libraries know a new binding as the same book."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"ai-film-studio:book:{created_at}"))


@dataclass(frozen=True, slots=True)
class _Picture:
    position: int
    alt: str
    artifact: Artifact


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter of the book, and what is still to be made of it (in a plan)."""

    label: str
    title: str
    text: str
    header: Artifact | None
    emphasis: tuple[Emphasis, ...]
    pictures: tuple[_Picture, ...]
    ahead: tuple[Artifact, ...]


@dataclass(frozen=True)
class BindBook:
    """``book.pdf``, ``book.epub`` and the other ``formats``; a picture that failed is left out."""

    title: str
    identifier: str
    formats: tuple[str, ...] = ("pdf", "epub")
    name: str = "book"
    typical_s: float = 4.0

    def run(self, ctx: Context) -> None:
        """Bind again what anything in it is new."""
        artifact = ctx.artifact(names.MANUSCRIPT)
        assert artifact is not None
        manuscript = known(ctx, artifact, MANUSCRIPT)
        wanted = [self._wanted(ctx, FORMATS[name], artifact, manuscript) for name in self.formats]
        for book in ctx.make_all(wanted):
            if book and book.name == names.PDF and ctx.is_new(book) and manuscript:
                _tell_unset(ctx, manuscript)

    def forecast(self) -> tuple[str, ...]:
        """The books."""
        return tuple(FORMATS[name].name for name in self.formats)

    def _wanted(self, ctx: Context, form: Format, artifact: Artifact, manuscript: Manuscript | None) -> Wanted:
        if manuscript is None:
            return Wanted(form.name, _too_early, form.check, given={"manuscript": artifact})
        title = manuscript.title or self.title
        author, language = manuscript.author, manuscript.language
        chapters = [_chapter(ctx, chapter) for chapter in manuscript.chapters]
        given: dict[str, Given] = {"title": title, "author": author, "language": language}
        front = to_bind(manuscript)
        given |= {"identifier": self.identifier, "front": front, "chapters": chapters}
        helpers = coverage(_words_of(manuscript)).helpers if form.name == names.PDF else ()
        given |= {"fonts": helpers} if helpers else {}

        def produce(out: Path) -> None:
            bound = tuple(_bound(ctx, chapter) for chapter in chapters)
            form.write(out, Book(title, author, language, self.identifier, bound, front))

        return Wanted(form.name, produce, form.check, given=given)


def _too_early(out: Path) -> None:
    raise AssertionError(f"{out.name} is made after the text was read")


def _chapter(ctx: Context, chapter: Chapter) -> _Chapter:
    heading = heading_in(chapter.title)
    label, title = (heading.label, heading.title) if heading else ("", chapter.title or str(chapter.number))
    header = ctx.artifact(names.header(chapter.id))
    analysis, prompts = ctx.artifact(names.analysis(chapter.id)), ctx.artifact(names.prompts(chapter.id))
    found = known(ctx, analysis, ANALYSIS) if analysis else None
    written = known(ctx, prompts, PROMPTS) if prompts else None
    pictures = tuple(_pictures(ctx, chapter, found, written)) if found and written else ()
    ahead = [made for made, value in ((analysis, found), (prompts, written)) if made and value is None]
    return _Chapter(label, title, chapter.content, header, chapter.emphasis, pictures, tuple(ahead))


def _pictures(ctx: Context, chapter: Chapter, found: ChapterAnalysis, written: ChapterPrompts) -> Iterator[_Picture]:
    """Each where its moment ends, with what is to be seen."""
    moments = {moment.number: moment for moment in found.moments}
    for prompt in written.pictures:
        picture, moment = ctx.artifact(names.image(chapter.id, prompt.number)), moments.get(prompt.number)
        if picture and moment and not prompt.is_left_out:
            position = max(moment.start_position, moment.end_position - 1)
            yield _Picture(position, moment.action or moment.text_excerpt, picture)


def _bound(ctx: Context, chapter: _Chapter) -> BookChapter:
    return BookChapter(
        title=chapter.title,
        text=chapter.text,
        label=chapter.label,
        header=ctx.path(chapter.header) if chapter.header else None,
        emphasis=chapter.emphasis,
        pictures=tuple(BookPicture(one.position, ctx.path(one.artifact), one.alt) for one in chapter.pictures),
    )


def _tell_unset(ctx: Context, manuscript: Manuscript) -> None:
    """Says which letters the PDF has boxes for, and what helps."""
    shown = coverage(_words_of(manuscript))
    for letters, advice in ((shown.missing, _INSTALL), (shown.joined, _JOINED)):
        if letters:
            named = " ".join(letters[:_MOST_NAMED]) + (" …" if len(letters) > _MOST_NAMED else "")
            ctx.notice(names.PDF, _BOXES.format(letters=named) + advice)


def _words_of(manuscript: Manuscript) -> str:
    told = (manuscript.title, manuscript.author, to_bind(manuscript))
    return "".join([*told, *(one.title + one.content for one in manuscript.chapters)])
