"""What the manifest says of a book, for people and other programs: a view of the journal, never trusted."""

from __future__ import annotations

from typing import Any

from studio.core.session import Session
from studio.model.illustration import PROMPTS, ChapterPrompts, ManuscriptOptions
from studio.model.manuscript import MANUSCRIPT, Chapter, Manuscript
from studio.model.moments import ANALYSIS, CAST, Cast, ChapterAnalysis
from studio.planning.books.illustrations import illustrated
from studio.steps.books import names
from studio.steps.finding import standing_at
from studio.steps.finished import is_finished, metadata_of


def manuscript_views(session: Session) -> dict[str, object]:
    """The manifest's ``steps``, ``chapters``, ``pictures`` and ``stats`` as the files stand now."""
    options = options_in(session)
    book = book_in(session)
    chapters = illustrated(book, options) if book else ()
    prompts = {chapter.id: prompts_in(session, chapter.id) for chapter in chapters}
    pictures = [row for chapter in chapters for row in _pictures(session, chapter, prompts[chapter.id])]
    rows = [_row(session, chapter, chapters, pictures) for chapter in (book.chapters if book else ())]
    ready = [row["is_analyzed"] for row in rows if row["is_illustrated"]]
    made = sum(bool(row["image_generated"]) for row in pictures)
    steps = {
        "manuscript": book is not None,
        "analysis": bool(ready) and all(ready),
        "cast": is_finished(session, names.CAST),
        "prompts": bool(chapters) and all(one is not None for one in prompts.values()),
        "images": bool(chapters) and all(one is not None for one in prompts.values()) and made == len(pictures),
        "book": is_finished(session, names.PDF) and is_finished(session, names.EPUB),
    }
    if options.analysis_only:
        steps = {name: steps[name] for name in ("manuscript", "analysis", "cast")}
    return {
        "steps": steps,
        "chapters": tuple(rows),
        "pictures": tuple(pictures),
        "stats": {
            "total_chapters": len(chapters),
            "analyzed_chapters": sum(ready),
            "total_images": len(pictures),
            "images_generated": made,
            "words": book.word_count if book else 0,
        },
        "session_metadata": metadata_of(session, steps),
    }


def options_in(session: Session) -> ManuscriptOptions:
    """What the user chose."""
    return ManuscriptOptions.model_validate(session.project.options)


def book_in(session: Session) -> Manuscript | None:
    """The text as it stands; None if it is not there or cannot be read."""
    return standing_at(session.path(names.MANUSCRIPT), MANUSCRIPT)


def analysis_in(session: Session, chapter: int) -> ChapterAnalysis | None:
    """What was found in the chapter of that id; None if it was not read yet."""
    return standing_at(session.path(names.analysis(chapter)), ANALYSIS)


def prompts_in(session: Session, chapter: int) -> ChapterPrompts | None:
    """The words for its pictures; None if they are not written yet."""
    return standing_at(session.path(names.prompts(chapter)), PROMPTS)


def cast_in(session: Session) -> Cast:
    """The people; nobody if they are not gathered yet."""
    return standing_at(session.path(names.CAST), CAST) or Cast()


def _pictures(session: Session, chapter: Chapter, prompts: ChapterPrompts | None) -> list[dict[str, Any]]:
    """A row for every picture of the chapter, and for its strip, which has the number 0."""
    if prompts is None:
        return []
    shown = [
        (one.number, one.prompt, names.image(chapter.id, one.number)) for one in prompts.pictures if not one.is_left_out
    ]
    if prompts.header:
        shown.insert(0, (0, prompts.header, names.header(chapter.id)))
    return [
        {
            "chapter": chapter.id,
            "number": number,
            "image_prompt": prompt,
            "image_path": file if is_finished(session, file) else None,
            "image_generated": is_finished(session, file),
        }
        for number, prompt, file in shown
    ]


def _row(
    session: Session, chapter: Chapter, chosen: tuple[Chapter, ...], pictures: list[dict[str, Any]]
) -> dict[str, Any]:
    own = [row for row in pictures if row["chapter"] == chapter.id]
    made = sum(bool(row["image_generated"]) for row in own)
    is_chosen = any(one.id == chapter.id for one in chosen)
    is_analyzed = is_finished(session, names.analysis(chapter.id))
    has_prompts = is_finished(session, names.prompts(chapter.id))
    status = (
        "without pictures" if not is_chosen
        else "pending" if not is_analyzed
        else "analyzed" if not has_prompts
        else "completed" if made == len(own)
        else "illustrating" if made
        else "prompted"
    )  # fmt: skip
    return {
        "id": chapter.id,
        "number": chapter.number,
        "title": chapter.title,
        "word_count": chapter.word_count,
        "is_illustrated": is_chosen,
        "is_analyzed": is_analyzed,
        "status": status,
        "images": len(own),
        "images_generated": made,
    }
