"""Chapters split, merged, moved and renamed; and their ids kept when the book's file comes anew."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from zlib import crc32

from studio.errors import BadInput
from studio.model.manuscript import Chapter, Manuscript
from studio.planning.books.emphasis import cut_out, rewritten
from studio.planning.books.plain_text import clean, clean_line

_SHINGLE_WORDS = 4
_LEAST_SHARED = 0.3
"""Of the words of two versions of a chapter, in runs of four."""
_MOST_CHAPTERS_A_SHINGLE = 4
"""Words that are in more chapters tell none of them."""
_ALL_COMPARED_WORDS = 100_000
_COMPARED_OF = 8
"""Beyond that, one run of words in so many is compared, chosen by its own value: the same ones in both texts."""
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def split(manuscript: Manuscript, chapter_id: int, position: int) -> Manuscript:
    """``manuscript`` with that chapter ended at ``position`` of its text, and the rest of it a new one without title.

    A position inside a paragraph is moved to the nearest beginning of one. Raises BadInput if there is no such chapter
    or position, or if the chapter is a single paragraph.
    """
    at = _place(manuscript, chapter_id)
    chapter = manuscript.chapters[at]
    length = len(chapter.content)
    if not 0 <= position <= length:
        raise BadInput(f"{_named(chapter)} has {length} characters; there is no position {position} in it.")
    borders = [
        found.span()
        for found in _BETWEEN_PARAGRAPHS.finditer(chapter.content)
        if 0 < found.start() < found.end() < length
    ]
    if not borders:
        raise BadInput(f"{_named(chapter)} is one paragraph and cannot be split: part it with a blank line first.")
    end, start = min(borders, key=lambda border: abs(border[1] - position))
    emphasis = chapter.emphasis
    first = chapter.model_copy(
        update={"content": chapter.content[:end], "emphasis": cut_out(emphasis, 0, end), "summary": ""}
    )
    second = Chapter(
        id=_highest(manuscript) + 1,
        number=1,
        content=chapter.content[start:],
        emphasis=cut_out(emphasis, start, length),
    )
    return _with(manuscript, [*manuscript.chapters[:at], first, second, *manuscript.chapters[at + 1 :]])


def merge(manuscript: Manuscript, chapter_id: int) -> Manuscript:
    """``manuscript`` with that chapter and the next made one, which keeps the first's id and title.

    Raises BadInput if there is no such chapter or it is the last.
    """
    at = _place(manuscript, chapter_id)
    chapter = manuscript.chapters[at]
    if at + 1 == len(manuscript.chapters):
        raise BadInput(f"{_named(chapter)} is the last: there is none after it to merge it with.")
    after = manuscript.chapters[at + 1]
    content = "\n\n".join(part for part in (chapter.content, after.content) if part)
    start, end = len(content) - len(after.content), len(after.content)
    emphasis = (*chapter.emphasis, *cut_out(after.emphasis, 0, end, to=start))
    title = chapter.title or ("" if chapter.content else after.title)
    merged = chapter.model_copy(update={"title": title, "content": content, "emphasis": emphasis, "summary": ""})
    return _with(manuscript, [*manuscript.chapters[:at], merged, *manuscript.chapters[at + 2 :]])


def move(manuscript: Manuscript, chapter_id: int, to_number: int) -> Manuscript:
    """``manuscript`` with that chapter in the place ``to_number``. Raises BadInput if there is no such chapter or place."""
    at = _place(manuscript, chapter_id)
    if not 1 <= to_number <= len(manuscript.chapters):
        raise BadInput(f"There is no place {to_number}: the book has chapters 1 to {len(manuscript.chapters)}.")
    chapters = list(manuscript.chapters)
    chapters.insert(to_number - 1, chapters.pop(at))
    return _with(manuscript, chapters)


def rename(manuscript: Manuscript, chapter_id: int, title: str) -> Manuscript:
    """``manuscript`` with that chapter called ``title``. Raises BadInput if there is no such chapter."""
    chapters = list(manuscript.chapters)
    at = _place(manuscript, chapter_id)
    chapters[at] = chapters[at].model_copy(update={"title": clean_line(title)})
    return _with(manuscript, chapters)


def rewrite(manuscript: Manuscript, chapter_id: int, content: str) -> Manuscript:
    """``manuscript`` with that chapter's text, in which Markdown may mark what is emphasised.

    What was emphasised before is so still, but for words between the first that changed and the last. Raises BadInput
    if there is no such chapter.
    """
    chapters = list(manuscript.chapters)
    at = _place(manuscript, chapter_id)
    before = chapters[at]
    text, emphasis = rewritten(before.content, before.emphasis, clean(content).strip("\n"))
    chapters[at] = before.model_copy(update={"content": text, "emphasis": emphasis, "summary": ""})
    return _with(manuscript, chapters)


def remove(manuscript: Manuscript, chapter_id: int) -> Manuscript:
    """``manuscript`` without that chapter. Raises BadInput if there is no such chapter, or no other."""
    at = _place(manuscript, chapter_id)
    if len(manuscript.chapters) == 1:
        raise BadInput("A book needs one chapter at least.")
    return _with(manuscript, [*manuscript.chapters[:at], *manuscript.chapters[at + 1 :]])


def with_kept_ids(before: Manuscript, after: Manuscript) -> Manuscript:
    """``after`` with the ids that its chapters had in ``before``; new chapters get ids that were never used.

    A chapter is the same if it has the same text; else the one that shares most with it, if that is 30 % or more;
    else the one of the same title, if no other has that. Linear in the length of the texts.
    """
    ids: dict[int, int] = {}
    _match_equal(before, after, ids, lambda chapter: chapter.content)
    _match_alike(before, after, ids)
    _match_equal(before, after, ids, lambda chapter: chapter.title.casefold(), only_alone=True)
    highest = _highest(before)
    chapters: list[Chapter] = []
    for at, chapter in enumerate(after.chapters):
        if at not in ids:
            highest += 1
        chapters.append(chapter.model_copy(update={"id": ids.get(at, highest)}))
    return _with(after.model_copy(update={"chapters": (), "highest_id": highest}), chapters)


def _place(manuscript: Manuscript, chapter_id: int) -> int:
    """Where among the chapters the one of that id is."""
    for at, chapter in enumerate(manuscript.chapters):
        if chapter.id == chapter_id:
            return at
    raise BadInput(f"There is no chapter with the id {chapter_id} in this book.")


def _named(chapter: Chapter) -> str:
    return f"Chapter {chapter.number}" + (f" ({chapter.title})" if chapter.title else "")


def _highest(manuscript: Manuscript) -> int:
    return max([manuscript.highest_id, *(chapter.id for chapter in manuscript.chapters)])


def _with(manuscript: Manuscript, chapters: Iterable[Chapter]) -> Manuscript:
    """``manuscript`` with these chapters, numbered in their order; no id that was used is forgotten."""
    numbered = tuple(
        chapter if chapter.number == number else chapter.model_copy(update={"number": number})
        for number, chapter in enumerate(chapters, start=1)
    )
    highest = max([_highest(manuscript), *(chapter.id for chapter in numbered)])
    return manuscript.model_copy(update={"chapters": numbered, "highest_id": highest})


def _left(
    before: Manuscript, after: Manuscript, ids: dict[int, int]
) -> tuple[list[Chapter], list[tuple[int, Chapter]]]:
    """The chapters of both that have found none yet."""
    taken = set(ids.values())
    return (
        [chapter for chapter in before.chapters if chapter.id not in taken],
        [(at, chapter) for at, chapter in enumerate(after.chapters) if at not in ids],
    )


def _match_equal(
    before: Manuscript,
    after: Manuscript,
    ids: dict[int, int],
    key: Callable[[Chapter], str],
    *,
    only_alone: bool = False,
) -> None:
    """Pairs chapters of the same key in their order; ``only_alone``: only where each side has one of that key."""
    old: dict[str, list[Chapter]] = defaultdict(list)
    new: dict[str, list[int]] = defaultdict(list)
    old_left, new_left = _left(before, after, ids)
    for chapter in old_left:
        old[key(chapter)].append(chapter)
    for at, chapter in new_left:
        new[key(chapter)].append(at)
    for said, places in new.items():
        if said and not (only_alone and (len(places) > 1 or len(old[said]) > 1)):
            ids.update({at: chapter.id for at, chapter in zip(places, old[said], strict=False)})


def _match_alike(before: Manuscript, after: Manuscript, ids: dict[int, int]) -> None:
    """Pairs chapters that share runs of words, those that share most first."""
    old_left, new_left = _left(before, after, ids)
    words = sum(len(chapter.content) for chapter in [*old_left, *(chapter for _, chapter in new_left)]) // 6
    one_of = 1 if words <= _ALL_COMPARED_WORDS else _COMPARED_OF
    old = [_shingles(chapter.content, one_of) for chapter in old_left]
    holders: dict[int, list[int]] = defaultdict(list)
    for which, shingles in enumerate(old):
        for shingle in shingles:
            holders[shingle].append(which)
    pairs: list[tuple[float, int, int]] = []
    for at, chapter in new_left:
        own = _shingles(chapter.content, one_of)
        shared = Counter(
            which
            for shingle in own
            for which in holders.get(shingle, ())
            if len(holders[shingle]) <= _MOST_CHAPTERS_A_SHINGLE
        )
        pairs += [(-count / max(len(own), len(old[which])), at, which) for which, count in shared.items()]
    used: set[int] = set()
    for less, at, which in sorted(pairs):
        if -less >= _LEAST_SHARED and at not in ids and which not in used:
            ids[at] = old_left[which].id
            used.add(which)


def _shingles(text: str, one_of: int) -> set[int]:
    words = re.findall(r"\w+", text.casefold())
    runs = (" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(max(1, len(words) - _SHINGLE_WORDS + 1)))
    return {value for run in runs if run and (value := crc32(run.encode())) % one_of == 0}
