"""A book as it is now: its chapters, its people, its text with the marked moments beside their pictures, one picture, all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.looking import Take
from studio.model.manuscript import Chapter, Manuscript
from studio.model.moments import Person
from studio.service.pictures import HEADER, Picture
from studio.steps.books import names
from studio.ui.reading import Paragraph, Part
from studio.ui.views.shots import take_path
from studio.ui.views.words import act_button, chip, empty, esc, icon, media_url, plural

_BOOKS = (("PDF", names.PDF), ("EPUB", names.EPUB))
_MORE_BOOKS = (
    ("Word", "docx", names.DOCX),
    ("Web page", "html", names.HTML),
    ("Contact sheet", "contact_sheet", names.CONTACT_SHEET),
)
_FILES = ".txt,.md,.markdown,.docx,.epub,.pdf,.rtf,.html,.htm,.json,text/plain"
_GALLERY_MOST = 400
_PEOPLE_OPEN = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """What all of these views show. ``versions``: of each file that is there, a text that changes when the file does.

    ``problems`` is what went wrong in the last run, by file; ``due`` are the files that the next run makes.
    """

    project: str
    book: Manuscript
    pictures: Sequence[Picture]
    versions: Mapping[str, str]
    problems: Mapping[str, str]
    is_locked: bool
    can_undo: bool = False
    can_redo: bool = False
    people: Sequence[Person] = ()

    def of(self, chapter: int) -> list[Picture]:
        """The pictures of the chapter of that id."""
        return [one for one in self.pictures if one.chapter == chapter]

    def named(self, one: Picture) -> str:
        """What a reader counts the picture as: its place in its chapter."""
        chapter = next((chapter.number for chapter in self.book.chapters if chapter.id == one.chapter), 0)
        if one.number == HEADER:
            return f"the strip over the heading of chapter {chapter}"
        listed = [other.number for other in self.of(one.chapter) if other.number != HEADER]
        return f"picture {listed.index(one.number) + 1} of chapter {chapter}"


def drop_zone() -> str:
    """Where a manuscript is dropped; it is read at once."""
    return (
        '<div class="drop" data-drop="manuscript" tabindex="0" role="button" '
        'aria-label="Bring a manuscript: choose its file or drop it here">'
        "<p><b>Drop a manuscript here</b> or choose a file</p>"
        '<p class="hint">Text, Markdown, Word, EPUB, PDF or RTF. Kept as it is; its chapters appear at once.</p>'
        '<progress max="100" value="0" aria-label="Upload" hidden></progress><p class="drop-said" aria-live="polite"></p>'
        f'<input type="file" accept="{_FILES}" hidden aria-label="Manuscript"></div>'
    )


def resumable(rows: Sequence[tuple[str, str, str]]) -> str:
    """Books that can go on, each a (name, title, where it stands)."""
    if not rows:
        return ""
    listed = "".join(
        f"<li><b>{esc(title or name)}</b><span class='hint'>{esc(words)}</span>"
        f"{act_button('Resume', 'resume', {'name': name}, kind='small primary')}"
        f"{act_button('Open', 'open-book', {'name': name}, kind='small')}</li>"
        for name, title, words in rows
    )
    return (
        f'<h2 class="panel-head">Books that can go on <span>{len(rows)}</span></h2><ul class="resumable">{listed}</ul>'
    )


def no_book() -> str:
    """What stands where the book will be read."""
    words = (
        "Drop a manuscript on the left. Its chapters appear here as soon as it is read, each moment beside its picture."
    )
    return f'<div class="stage">{empty("No chapters yet", words, icon_name="picture")}</div>'


def chapters(shown: Shown, chosen: int) -> str:
    """Every chapter with how far it is; its heading is edited in place."""
    if not shown.book.chapters:
        return ""
    rows = "".join(_chapter(shown, one, is_chosen=one.id == chosen) for one in shown.book.chapters)
    book = shown.book
    about = f"{plural(len(book.chapters), 'chapter')}, {book.word_count:,} words"
    author = f" <span>by {esc(book.author)}</span>" if book.author else ""
    undo = act_button("Undo", "undo", kind="small", disabled=shown.is_locked or not shown.can_undo, id="book-undo")
    redo = act_button("Redo", "redo", kind="small", disabled=shown.is_locked or not shown.can_redo, id="book-redo")
    return (
        f'<div class="places-head"><h2 class="panel-head">{esc(book.title or shown.project)}{author}</h2>{undo}{redo}</div>'
        f'<p class="hint">{about} {_newer(shown)}</p>'
        f'<div class="chapters-scroll"><ol class="chapters">{rows}</ol></div>{_people(shown)}'
    )


def _newer(shown: Shown) -> str:
    """Where a newer version of the book's file is brought."""
    if shown.is_locked or not shown.project:
        return ""
    return (
        '<span class="btn small" data-drop="newer" tabindex="0" role="button" '
        'title="The same book, as you have gone on writing it: what changes is said first">Bring a newer file…'
        f'<input type="file" accept="{_FILES}" hidden aria-label="A newer version of this book"></span>'
    )


def _people(shown: Shown) -> str:
    """Everybody with a look that is edited in place; of many the most mentioned are open."""
    if not shown.people:
        return ""
    cards = [_person(one, is_locked=shown.is_locked) for one in shown.people]
    first, rest = "".join(cards[:_PEOPLE_OPEN]), "".join(cards[_PEOPLE_OPEN:])
    more = len(cards) - _PEOPLE_OPEN
    others = f'<details><summary>{more} more</summary><ol class="places">{rest}</ol></details>' if rest else ""
    return (
        f'<h2 class="panel-head">People <span>{len(cards)}</span></h2><ol class="places">{first}</ol>{others}'
        '<p class="hint">Another look draws the pictures again that show them.</p>'
    )


def _person(one: Person, *, is_locked: bool) -> str:
    name, look, off = esc(one.name), esc(one.look), " disabled" if is_locked else ""
    times = "named once" if one.mentions == 1 else f"named {one.mentions} times"
    own = " · in your words" if one.has_own_look else ""
    return (
        f'<li class="place"><span class="place-head"><b>{name}</b> <span class="hint">{times}{own}</span></span>'
        f'<textarea rows="2" data-cell="look" data-line="{name}" data-was="{look}" placeholder="The book does not say" '
        f'aria-label="How {name} looks"{off}>{look}</textarea></li>'
    )


def _chapter(shown: Shown, one: Chapter, *, is_chosen: bool) -> str:
    off = " disabled" if shown.is_locked else ""
    told = {"chapter": one.id}
    last = len(shown.book.chapters)
    tools = "".join((
        act_button("Up", "earlier", told, kind="small ghost", disabled=shown.is_locked or one.number == 1),
        act_button("Down", "later", told, kind="small ghost", disabled=shown.is_locked or one.number == last),
        act_button(
            "Join with next", "merge", told, kind="small ghost", disabled=shown.is_locked or one.number == last,
            heading=f"Join chapter {one.number} with the next?", verb="Join",
            ask="They become one chapter, which Make book reads again. The file that you brought stays as it is.",
        ),
        act_button(
            "Take out…", "remove", told, kind="small ghost", disabled=shown.is_locked or last == 1,
            heading=f"Take chapter {one.number} out of the book?", verb="Take out",
            ask="It is not in the book any more. The file that you brought still holds it.",
        ),
    ))  # fmt: skip
    here = f'<div class="chapter-tools">{tools}</div>' if is_chosen else ""
    return (
        f'<li class="chapter{" chosen" if is_chosen else ""}">'
        f'<button type="button" class="chapter-go" data-act="chapter" data-chapter="{one.id}" '
        f'aria-pressed="{str(is_chosen).lower()}"><b>{one.number}</b>'
        f'<span class="sr">Read chapter {one.number}</span></button>'
        f'<input data-cell="title" data-line="{one.id}" data-was="{esc(one.title)}" value="{esc(one.title)}" '
        f'placeholder="No heading" aria-label="Heading of chapter {one.number}"{off}>'
        f'<span class="hint">{one.word_count:,} words</span>{_progress(shown.of(one.id))}{here}</li>'
    )


def _progress(pictures: Sequence[Picture]) -> str:
    wanted = [one for one in pictures if one.mark != "OUT"]
    if not wanted:
        return chip("not read", "", "todo")
    done = sum(one.mark == "DONE" and not one.is_stale for one in wanted)
    tone, sign = ("good", "done") if done == len(wanted) else ("warn", "todo")
    return chip(f"{done} of {len(wanted)}", tone, sign)


def reader(
    shown: Shown, chapter: Chapter | None, paragraphs: Sequence[Paragraph], page: int, pages: int, chosen: int
) -> str:
    """A page of the chapter's text: its moments marked, each beside its picture."""
    if chapter is None:
        return ""
    pictures = {one.number: one for one in shown.of(chapter.id)}
    body = "".join(_paragraph(shown, chapter.id, one, pictures, chosen) for one in paragraphs)
    header = pictures.get(HEADER)
    strip = _card(shown, header, is_chosen=chosen == HEADER) if header else ""
    none = '<p class="hint">This chapter is empty.</p>' if not chapter.content.strip() else ""
    tools = (
        '<div class="reader-tools">'
        f"{act_button('Picture for the selected words', 'mark', {'chapter': chapter.id}, icon='plus', disabled=shown.is_locked)}"
        f"{act_button('Begin a chapter at the selected words', 'split', {'chapter': chapter.id}, icon='cut', disabled=shown.is_locked)}"
        "</div>"
    )
    return (
        f'<section class="reader card" data-chapter="{chapter.id}" aria-label="Chapter {chapter.number}">'
        f'<h2 class="panel-head">{esc(chapter.title or f"Chapter {chapter.number}")}</h2>{tools}{strip}{none}{body}'
        f"{_pages(page, pages)}</section>"
    )


def _paragraph(
    shown: Shown, chapter: int, one: Paragraph, pictures: Mapping[int, Picture], chosen: int
) -> str:  # fmt: skip
    text = "".join(
        f'<mark class="{"chosen" if part.moment == chosen else ""}" data-act="picture" data-chapter="{chapter}" '
        f'data-number="{part.moment}">{_words(part)}</mark>'
        if part.moment
        else _words(part)
        for part in one.parts
    )
    beside = "".join(
        _card(shown, pictures[number], is_chosen=number == chosen) for number in one.moments if number in pictures
    )
    return f'<div class="para"><p data-at="{one.start}">{text}</p><aside>{beside}</aside></div>'


def _words(part: Part) -> str:
    """Its words, each in its face."""
    told = ""
    for run in part.runs:
        words = f"<em>{esc(run.text)}</em>" if run.is_italic else esc(run.text)
        told += f"<strong>{words}</strong>" if run.is_bold else words
    return told


def _pages(page: int, pages: int) -> str:
    if pages < 2:
        return ""
    before = act_button("Earlier page", "page", {"page": page - 1}, disabled=page == 0)
    after = act_button("Next page", "page", {"page": page + 1}, disabled=page + 1 >= pages)
    return f'<nav class="reader-pages" aria-label="Pages">{before}<span class="hint">{page + 1} of {pages}</span>{after}</nav>'


def _card(shown: Shown, one: Picture, *, is_chosen: bool) -> str:
    """The picture as a button that opens it."""
    tones = ", ".join(one.moment.emotional_tones[:2]) if one.moment else ""
    return (
        f'<button type="button" class="shot moment{" chosen" if is_chosen else ""}" data-act="picture" '
        f'data-chapter="{one.chapter}" data-number="{one.number}" aria-pressed="{str(is_chosen).lower()}">'
        f'<span class="pic">{_image(shown, one)}</span><span class="moment-said"><span class="sr">Open {shown.named(one)}. </span>'
        f"{_mark(shown, one)}<span class='hint'>{esc(tones)}</span></span></button>"
    )


def _image(shown: Shown, one: Picture) -> str:
    version = shown.versions.get(one.file, "")
    if not version:
        return f'<span class="nopic">{icon("picture")}</span>'
    url = media_url(shown.project, one.file, version, thumb_px=320)
    return f'<img loading="lazy" alt="{esc(one.prompt.prompt[:200])}" src="{esc(url)}">'


def _mark(shown: Shown, one: Picture) -> str:
    if one.mark == "OUT":
        return chip("left out", "", "close")
    if one.file in shown.problems:
        return chip("problem", "bad", "problem")
    if one.mark == "DONE":
        done = chip("your own" if one.is_own else "drawn", "good", "done")
        return chip("to draw again", "warn", "stale") if one.is_stale else done
    return chip("to draw", "", "todo")


def picture(shown: Shown, one: Picture | None, takes: Sequence[Take], *, can_retake: bool, why: str) -> str:
    """The open picture: its passage, its words, its takes. ``why`` says why it cannot be drawn again."""
    if one is None:
        return ""
    has_words = bool(one.prompt.prompt)
    off = "" if has_words and not shown.is_locked else " disabled"
    told = {"chapter": one.chapter, "number": one.number}
    line = f"{one.chapter}.{one.number}"
    version = shown.versions.get(one.file, "")
    image = (
        f'<img alt="{esc(one.prompt.prompt[:300])}" src="{esc(media_url(shown.project, one.file, version))}">'
        if version
        else empty("Not drawn yet", "Make book draws it.", icon_name="picture")
    )
    problem = shown.problems.get(one.file, "")
    fault = f'<p class="bad">{icon("problem")} {esc(problem)}</p>' if problem else ""
    buttons = act_button("Close", "close-picture", kind="small ghost")
    if one.number != HEADER:
        keep = ("Put back", "put-back") if one.mark == "OUT" else ("Leave out", "leave-out")
        buttons = (
            act_button("Draw it differently", "retake", told, kind="small", disabled=bool(off) or not can_retake)
            + act_button(keep[0], keep[1], told, kind="small", disabled=bool(off))
            + buttons
        )
    name = shown.named(one)
    return (
        f'<section class="card picture" aria-label="{name[0].upper()}{name[1:]}" tabindex="-1"><div class="stage small">{image}</div>'
        f"{_passage(one)}{fault}"
        f'<label><span>What it shows</span><textarea rows="4" data-cell="prompt" data-line="{line}" '
        f'data-was="{esc(one.prompt.prompt)}" placeholder="Make book writes its words"{off}>{esc(one.prompt.prompt)}</textarea></label>'
        f'<div class="picture-go">{buttons}</div>{f"<p class=hint>{esc(why)}</p>" if why else ""}'
        f"{_takes(shown, one, takes)}</section>"
    )


def _passage(one: Picture) -> str:
    if one.moment is None:
        return '<p class="hint">The strip over the chapter’s heading.</p>'
    tones = "".join(chip(tone) for tone in one.moment.emotional_tones)
    people = ", ".join(one.moment.characters_present)
    return (
        f"<blockquote>{esc(one.moment.text_excerpt)}</blockquote>"
        f'<p class="hint">{tones} intensity {round(100 * one.moment.intensity_score)} %'
        f"{' · ' + esc(people) if people else ''}</p>"
    )


def _takes(shown: Shown, one: Picture, takes: Sequence[Take]) -> str:
    if len(takes) < 2:
        return ""
    cards = []
    for number, take in enumerate(takes, start=1):
        path = take.name if take.is_current else take_path(take)
        url = media_url(
            shown.project, path, shown.versions.get(take.name, "") if take.is_current else take.id, thumb_px=320
        )
        told = {"chapter": one.chapter, "number": one.number, "take": take.id}
        pick = (
            chip("in the book", "good", "done")
            if take.is_current
            else act_button("Pick", "pick", told, kind="small", disabled=shown.is_locked)
        )
        cards.append(
            f'<li><img loading="lazy" alt="Take {number}" src="{esc(url)}"><div class="take-foot">{pick}</div></li>'
        )
    return f'<h3>Takes <span>{len(takes)}</span></h3><ol class="takes">{"".join(cards)}</ol>'


def gallery(shown: Shown) -> str:
    """All pictures of the book in order."""
    if not shown.pictures:
        return ""
    listed = "".join(f"<li>{_card(shown, one, is_chosen=False)}</li>" for one in shown.pictures[:_GALLERY_MOST])
    more = len(shown.pictures) - _GALLERY_MOST
    rest = f'<p class="hint">and {more} more, beside their chapters</p>' if more > 0 else ""
    return f'<h2 class="panel-head">All pictures <span>{len(shown.pictures)}</span></h2><ol class="board">{listed}</ol>{rest}'


def downloads(shown: Shown) -> str:
    """The book in each format, and what can be made of it."""
    if not shown.book.chapters:
        return ""
    links = [_link(label, shown, file) for label, file in _BOOKS]
    for label, form, file in _MORE_BOOKS:
        is_there = file in shown.versions
        links.append(_link(label, shown, file) if is_there else "")
        links.append(
            act_button(f"Bind {label}" if not is_there else f"Bind {label} anew", "bind", {"format": form}, kind="small ghost",
                       disabled=shown.is_locked, title=f"{label}, with the pictures as they are now")
        )  # fmt: skip
    has_pictures = any(one.mark == "DONE" for one in shown.pictures)
    film = act_button("Make a film of it", "film", icon="film", disabled=shown.is_locked or not has_pictures)
    pack = act_button("ZIP", "export", icon="down", title="The whole project, for a teammate")
    return f'<div class="downloads">{"".join(links)}{film}{pack}</div>'


def _link(label: str, shown: Shown, file: str) -> str:
    version = shown.versions.get(file, "")
    if not version:
        return (
            f'<span class="btn off" aria-disabled="true" title="Not made yet">{icon("down")}<span>{label}</span></span>'
        )
    url, ending = media_url(shown.project, file, version), file.rpartition(".")[2]
    name = f"{shown.project}{'_contact' if file == names.CONTACT_SHEET else ''}.{ending}"
    return f'<a class="btn" href="{esc(url)}" download="{esc(name)}">{icon("down")}<span>{label}</span></a>'


def preview(url: str, words: str, style: str) -> str:
    """How the style looks: a small picture by the built-in artist, or the words that another engine is told."""
    picture = f'<img alt="A sample in this style" src="{esc(url)}">' if url else ""
    said = f'<p class="hint"><b>{esc(style)}</b> {esc(words)}</p>' if words or style else ""
    return f'<div class="style-preview">{picture}{said}</div>'
