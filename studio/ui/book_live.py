"""The open book as it is now: everything on the Manuscript tab but the fields that a user types into."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import gradio as gr

from studio.core.index import Query
from studio.core.saving import revision_of
from studio.engines import registry
from studio.errors import StudioError
from studio.model.illustration import ManuscriptOptions, StyleConfig
from studio.model.manuscript import Chapter, Manuscript
from studio.model.moments import Person
from studio.planning.books.styles import style_words
from studio.runs import processing
from studio.runs.doors import Doors
from studio.service.pictures import Picture
from studio.ui import book_fields, fields, live, making, reading
from studio.ui.views import film as film_view
from studio.ui.views import manuscript as view
from studio.ui.views.words import STATE_WORDS, act_button, empty
from studio.ui.wiring import Answer

LOOK = ("book-chapter", "book-page", "book-open")
"""What this window looks at: the id of a chapter, the page of its text, the number of a picture (empty: none)."""
_PLAIN_ARTIST = "storyboard"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookNow(making.Look):
    """One look at a book."""

    book: Manuscript
    pictures: tuple[Picture, ...]
    steps: tuple[bool, bool]
    """Whether there is a change to undo, and one to redo."""
    people: tuple[Person, ...]

    @property
    def shown(self) -> view.Shown:
        """For the views."""
        problems = dict(text.split(": ", 1) for text in self.made.failures if ": " in text)
        return view.Shown(
            self.name, self.book, self.pictures, self.versions, problems, self.is_locked, *self.steps, self.people
        )

    def chapter(self, chapter: str) -> Chapter | None:
        """The chapter of that id, else the first."""
        listed = self.book.chapters
        return next((one for one in listed if str(one.id) == chapter), listed[0] if listed else None)

    def picture(self, chapter: Chapter | None, number: str) -> Picture | None:
        """The picture of that number of the chapter."""
        found = (one for one in self.pictures if chapter and one.chapter == chapter.id and str(one.number) == number)
        return next(found, None)


def is_book(doors: Doors, name: str) -> bool:
    """True if the project ``name`` is there and a book."""
    return bool(name) and doors.studio.project(name).kind == "manuscript"


def look(doors: Doors, name: str) -> BookNow:
    """The book ``name`` as it is now. Raises UserError if there is none."""
    directory, plan = doors.studio.directory(name), doors.studio.plan(name)
    versions = making.versions_in(directory, "images/*.png") | making.versions_in(directory, "*.*")
    return BookNow(
        project=doors.studio.project(name),
        directory=directory,
        plan=plan,
        versions=versions,
        made=making.making(doors, name),
        book=doors.studio.manuscript(name),
        pictures=doors.studio.pictures(name, plan),
        steps=doors.studio.can_undo(name),
        people=doors.studio.people(name),
    )


def refreshed(doors: Doors, name: str, revision: str, chapter: str = "", page: str = "", number: str = "") -> Answer:
    """What may have changed since the page was last told; fields stay as they are."""
    return of(doors, look(doors, name), revision, chapter, page, number)


def of(doors: Doors, now: BookNow, revision: str = "", chapter: str = "", page: str = "", number: str = "") -> Answer:
    """Every view and button for ``now``. ``revision``: the one the page's fields are of; empty if just loaded."""
    is_newer = revision.isdecimal() and int(revision) != revision_of(now.project)
    open_chapter = now.chapter(chapter)
    said = making.buttons(doors, now, "book")
    options = ManuscriptOptions.model_validate(now.project.options)
    return {
        **_no_film(doors, now.name),
        "header": live.header(doors, now.project, is_newer=is_newer),
        "book-chapter": str(open_chapter.id) if open_chapter else "",
        "book-page": page,
        "book-open": number,
        "book-resumable": "",
        "book-bring": gr.update(visible=False),
        "book-contents": view.chapters(now.shown, open_chapter.id if open_chapter else 0),
        "book-reader": _reader(now, open_chapter, page, number),
        "book-picture": _picture(doors, now, now.picture(open_chapter, number)),
        "book-gallery": view.gallery(now.shown),
        "book-downloads": view.downloads(now.shown),
        "book-preview": style_preview(options.style, options.image),
        "book-job": film_view.job_card(
            now.run, making.steps_of(now.project.steps, now.plan), now.made.failures, ahead=now.made.ahead, left=now.made.left,
            is_changed=making.is_changed(now.project.steps, now.plan),
        ),
        "book-make": gr.update(value=_make_word(said.others), interactive=not now.is_locked),
        "book-plan-button": gr.update(interactive=not now.is_locked),
        "book-plan": "" if now.is_locked else gr.skip(),
        "book-pause": gr.update(**said.pause),
        "book-stop": gr.update(**said.stop),
        "book-reason": said.why,
        **dict.fromkeys(book_fields.IDS, gr.update(interactive=not now.is_locked)),
    }  # fmt: skip


def nothing(doors: Doors) -> Answer:
    """The tab of a book that is not begun, with those that can go on."""
    others = making.queue_length(doors)
    return {
        **dict.fromkeys(LOOK, ""),
        "book-resumable": view.resumable(_resumable(doors)),
        "book-bring": gr.update(visible=True),
        "book-contents": view.chapters(view.Shown("", Manuscript(), (), {}, {}, is_locked=False), 0),
        **dict.fromkeys(
            ("book-picture", "book-gallery", "book-downloads", "book-job", "book-plan", "book-reason"),
            "",
        ),
        "book-reader": view.no_book(),
        "book-make": gr.update(value=_make_word(others), interactive=True),
        "book-plan-button": gr.update(interactive=True),
        "book-pause": gr.update(value="Pause", interactive=False),
        "book-stop": gr.update(interactive=False),
    }


def blank(doors: Doors) -> Answer:
    """As ``nothing``, its fields as at first."""
    first = ManuscriptOptions()
    at_first = book_fields.shown(None)
    options, _ = book_fields.gather([at_first[name]["value"] for name in book_fields.IDS])
    return {**nothing(doors), **at_first, "book-preview": style_preview(options.style, first.image)}


def style_preview(style: StyleConfig, image: str) -> str:
    """A sample by the built-in artist; for other engines, which want money or time, the words that they are told."""
    if image == _PLAIN_ARTIST:
        unread = book_fields.unread_by_plain(style)
        words = f"The built-in artist does not read {', '.join(unread)}: other artists do." if unread else ""
        return view.preview(f"/api/illustration-sample?style={quote(style.art_style)}", words, style.art_style)
    return view.preview("", style_words(style), f"Every prompt to {image} says:")


def _reader(now: BookNow, chapter: Chapter | None, page: str, number: str) -> str:
    if chapter is None:
        return view.no_book()
    text = chapter.content
    moments = [one.moment for one in now.pictures if one.chapter == chapter.id and one.moment]
    at = min(int(page) if page.isdecimal() else 0, reading.page_count(text) - 1)
    chosen = int(number) if number.isdecimal() else -1
    return view.reader(now.shown, chapter, reading.page(chapter, moments, at), at, reading.page_count(text), chosen)


def _picture(doors: Doors, now: BookNow, one: Picture | None) -> str:
    if one is None:
        return ""
    takes = doors.studio.picture_takes(now.name, one.chapter, one.number)
    can_retake = _can_vary(str(now.project.options.get("image")))
    why = "The book is being made: pause it to change pictures." if now.is_locked else ""
    if not why and not can_retake:
        why = "Unchanged words always give the same picture: to get another, change the words."
    return view.picture(now.shown, one, takes, can_retake=can_retake, why=why)


def _can_vary(image: str) -> bool:
    try:
        engine = registry.image(image)
    except StudioError:
        return False
    return engine.uses_seed or not engine.is_deterministic


def _resumable(doors: Doors) -> list[tuple[str, str, str]]:
    """Books that were left unfinished, as (name, title, where they stand)."""
    books = doors.keeper.search(Query(kind="manuscript", limit=200)).rows
    titles = {str(row["name"]): str(row["title"] or "") for row in books}
    runs = [run for run in processing.resumable(doors) if run.project in titles]
    said = [titles[run.project] for run in runs]

    def told_apart(name: str) -> str:
        return f"{titles[name]} ({name})" if titles[name] and said.count(titles[name]) > 1 else titles[name]

    return [
        (run.project, told_apart(run.project), f"{STATE_WORDS[run.status][0]}, {run.percent} % done") for run in runs
    ]


def _no_film(doors: Doors, name: str) -> Answer:
    """The Film tab while a book is open."""
    go = '<button type="button" class="btn primary" data-tab="manuscript">Open it in Manuscript</button>'
    new = act_button("New film", "new")
    return {
        **live.nothing(doors),
        "player": f'<div class="stage">{empty("This project is a book", f"{name} has chapters and no shots.", go)}</div>',
        "board": empty("The storyboard is empty", "A book has pictures beside its text. They are in Manuscript.", new, "picture"),
        "reason": '<p class="hint">The open project is a book: New begins a film.</p>',
        "make": gr.update(value="Make film", interactive=False),
        "plan-button": gr.update(interactive=False),
        **dict.fromkeys(fields.IDS, gr.update(interactive=False)),
    }  # fmt: skip


def _make_word(others: int) -> str:
    return f"Queue book ({others} active)" if others else "Make book"
