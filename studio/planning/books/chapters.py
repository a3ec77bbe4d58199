"""A book's text cut into chapters by its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from studio.media.manuscripts.book_text import Block, BookText
from studio.model.manuscript import Chapter, Emphasis, Manuscript
from studio.planning.books.emphasis import cut_out
from studio.planning.books.front_pages import Facts, facts_on, is_prose, is_said_in_file, language_in, without_wrapping
from studio.planning.books.headings import (
    Heading,
    capitals_in,
    heading_in,
    is_contents,
    is_contents_line,
    is_front_page,
    is_short_title,
)
from studio.planning.books.plain_text import SCENE_BREAK, blocks_of, clean_line, clean_paragraph

_LEAST_BODY_WORDS = 40
"""Of headings that are only a number or capitals, half have at least so much text under them."""
_LEAST_OPENING_WORDS = 150
_MOTTO_WORDS = 60
_OPENING = "Opening"
_SENTENCE_END = re.compile(r"[.!?…:;*][\"'”’»)\]]*$")
_LONGEST_TITLE = 300
_BETWEEN = "\n\n"

_Found = dict[int, Heading]
"""Headings by where they stand among the blocks."""


def manuscript_of(book: BookText) -> Manuscript:
    """``book`` in chapters.

    Headings are those the file marks (Markdown, Word, EPUB) or ``Chapter 1``, ``CHAPTER ONE``, ``Prologue`` and the
    like in six languages; without any, numbers alone that count up; without those, titles in capitals. A table of
    contents makes no chapter. ``Part One`` goes into the title of the chapter after it, and a motto under it into its
    text; with more than that under it, it is a chapter. A heading without text is an empty chapter.

    What stands before the first heading is ``front_matter`` (title, dedication, contents); with 150 words of prose
    or more, these are a chapter ``Opening``. A book without any heading is one chapter without a title.
    """
    written, told = without_wrapping(book.written)
    read = map(clean_paragraph, book.blocks) if book.blocks else blocks_of(written)
    blocks = [block for block in read if block.text]
    pieces = _pieces(blocks)
    front = pieces[0].blocks
    on_page, told_by = facts_on(front)
    if len(pieces) == 1:
        front, pieces = front[:told_by], [_Piece("", front[told_by:])]
    else:
        front, opening = _without_prose(front)
        pieces = [*([_Piece(_OPENING, opening)] if opening else []), *pieces[1:]]
    in_file = Facts(book.title if is_said_in_file(book.title) else "", on_page.author, book.language, book.genre)
    facts = told.or_else(in_file).or_else(on_page).or_else(Facts(author=book.author))
    contents = [(piece.title, *_content(piece.blocks)) for piece in pieces]
    return Manuscript(
        title=clean_line(facts.title),
        author=clean_line(facts.author),
        genre=clean_line(facts.genre),
        language=clean_line(facts.language) or language_in("\n".join(content for _, content, _ in contents)),
        front_matter=_content(front)[0],
        chapters=tuple(
            Chapter(id=number, number=number, title=title, content=content, emphasis=emphasis)
            for number, (title, content, emphasis) in enumerate(contents, start=1)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A heading in one line, and the paragraphs under it."""

    title: str
    blocks: list[Block]


def _content(blocks: Iterable[Block]) -> tuple[str, tuple[Emphasis, ...]]:
    """The text of these blocks, and its emphasis; a heading inside a chapter is bold."""
    told = list(blocks)
    while told and told[0].text == SCENE_BREAK:
        del told[0]
    while told and told[-1].text == SCENE_BREAK:
        del told[-1]
    emphasis: list[Emphasis] = []
    at = 0
    for block in told:
        end = len(block.text)
        own = (Emphasis(start=0, end=end, kind="bold"),) if block.level else block.emphasis
        emphasis += cut_out(own, 0, end, to=at)
        at += end + len(_BETWEEN)
    return _BETWEEN.join(block.text for block in told), tuple(emphasis)


def _without_prose(front: list[Block]) -> tuple[list[Block], list[Block]]:
    """The first pages, and from their first paragraph of prose on the opening, if they have that much of it."""
    prose = [at for at, block in enumerate(front) if is_prose(block)]
    if sum(len(front[at].text.split()) for at in prose) < _LEAST_OPENING_WORDS:
        return front, []
    return front[: prose[0]], front[prose[0] :]


def _pieces(blocks: list[Block]) -> list[_Piece]:
    """First what stands before all headings, then each chapter."""
    found = _headings(blocks)
    borders = [*sorted(found), len(blocks)]
    pieces = [_Piece("", blocks[: borders[0]])]
    part, motto = "", list[Block]()
    for at, end in pairwise(borders):
        title, body_at = _titled(blocks, at, end, found[at])
        title = f"{part} – {title}" if part and title else part or title
        body = [*motto, *blocks[body_at:end]]
        part, motto = "", []
        if (
            found[at].kind == "part"
            and end < len(blocks)
            and found[end].kind != "part"
            and _words(body) <= _MOTTO_WORDS
        ):
            part, motto = title, body
        else:
            pieces.append(_Piece(title[:_LONGEST_TITLE], body))
    return pieces


def _words(blocks: Iterable[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _titled(blocks: list[Block], at: int, end: int, heading: Heading) -> tuple[str, int]:
    """The chapter's title, and where its text begins: a short title under ``Chapter 1`` belongs to it."""
    if not heading.text:
        return "", at
    if heading.title or at + 1 >= end:
        return heading.text, at + 1
    under = blocks[at + 1]
    if under.level:
        is_own = sum(block.level == under.level for block in blocks[at + 1 : end]) == 1 and under.text != SCENE_BREAK
    else:
        is_own = is_short_title(under.text) and (at + 2 < end or heading.kind == "part")
    if not is_own:
        return heading.text, at + 1
    return f"{heading.label}: {' '.join(under.text.split())}", at + 2


def _headings(blocks: list[Block]) -> _Found:
    """The headings of chapters, by the first way of writing them that this book has."""
    all_found = {at: heading for at, block in enumerate(blocks) if (heading := heading_in(block.text))}
    for way in (_labelled, _marked, _counted, _named, _by_files, _in_capitals):
        found = _without_front_pages(blocks, _without_contents(blocks, way(blocks, all_found)))
        if found:
            return found
    return {}


def _labelled(blocks: list[Block], found: _Found) -> _Found:
    """``Chapter 1``, with the parts and the named ones among them, and what is marked as they are."""
    chapters = [at for at, heading in found.items() if heading.kind == "chapter"]
    chapters = chapters or [at for at, heading in found.items() if heading.kind == "part"]
    if not chapters or (found[chapters[0]].kind == "part" and (_marked(blocks, found) or _counted(blocks, found))):
        return {}
    levels = [blocks[at].level for at in chapters if blocks[at].level]
    chosen = {at: heading for at, heading in found.items() if heading.kind in ("chapter", "part", "named")}
    if len(levels) < 0.5 * len(chapters):
        return chosen
    deepest = max(set(levels), key=levels.count)
    marked = {at: _as_marked(block, found.get(at)) for at, block in enumerate(blocks) if 0 < block.level <= deepest}
    return {at: _as_part(heading, blocks[at].level < deepest) for at, heading in marked.items()}


def _marked(blocks: list[Block], found: _Found) -> _Found:
    """What the file itself marks: the outermost level where two headings or more have text, and what is above it."""
    levels = sorted({block.level for block in blocks if block.level})
    if not levels:
        return {}
    places = [at for at, block in enumerate(blocks) if block.level]
    told = Counter(
        blocks[at].level
        for at, after in pairwise([*places, len(blocks)])
        if after > at + 1 and not (at in found and found[at].kind == "part")
    )
    chosen = next((level for level in levels if told[level] > 1), levels[0])
    marked = {at: _as_marked(block, found.get(at)) for at, block in enumerate(blocks) if 0 < block.level <= chosen}
    if len(marked) == 1 and next(iter(marked)) == 0:
        return {}
    return {at: _as_part(heading, blocks[at].level < chosen) for at, heading in marked.items()}


def _as_marked(block: Block, heading: Heading | None) -> Heading:
    return heading or Heading("chapter", "", " ".join(block.text.split()))


def _as_part(heading: Heading, is_above: bool) -> Heading:
    is_part = is_above and heading.kind == "chapter"
    return Heading("part", heading.label, heading.title) if is_part else heading


def _counted(blocks: list[Block], found: _Found) -> _Found:
    """Numbers alone that count up from 1, in one way of writing; after a part they may begin again."""
    ways: dict[str, _Found] = {"digits": {}, "roman": {}, "words": {}}
    for at, heading in found.items():
        if heading.kind == "number" and _stands_alone(blocks, at):
            label = heading.label
            way = "digits" if label.isdigit() else "roman" if re.fullmatch("[IVXLC]+", label) else "words"
            ways[way][at] = heading
    best = max((_in_order(way) for way in ways.values()), key=len)
    if len(best) < 2 or not _have_bodies(blocks, best):
        return {}
    others = {at: heading for at, heading in found.items() if heading.kind in ("part", "named")}
    return dict(sorted((best | others).items()))


def _stands_alone(blocks: list[Block], at: int) -> bool:
    """Whether the text before is finished: a page's number stands in the middle of a sentence."""
    before = blocks[at - 1] if at else None
    return (
        before is None
        or bool(before.level)
        or bool(_SENTENCE_END.search(before.text))
        or (len(before.text.split()) <= 12)
    )


def _in_order(found: _Found) -> _Found:
    kept: _Found = {}
    awaited = 1
    for at, heading in sorted(found.items()):
        if heading.number in (awaited, 1) and heading.number:
            kept[at] = heading
            awaited = heading.number + 1
    return kept if len(kept) >= 0.6 * len(found) else {}


def _named(_: list[Block], found: _Found) -> _Found:
    return {at: heading for at, heading in found.items() if heading.kind == "named"}


def _by_files(blocks: list[Block], _: _Found) -> _Found:
    """The files of an EPUB without a table of contents; their first paragraphs are text, and no titles."""
    found = {at: Heading("chapter", "") for at, block in enumerate(blocks) if block.begins_file}
    return found if len(found) > 1 and _have_bodies(blocks, found) else {}


def _in_capitals(blocks: list[Block], _: _Found) -> _Found:
    found = {
        at: heading
        for at, block in enumerate(blocks)
        if at and block.text != SCENE_BREAK and (heading := capitals_in(block.text))
    }
    found = _without_contents(blocks, found)
    return found if len(found) >= 3 and _have_bodies(blocks, found) else {}


def _have_bodies(blocks: list[Block], found: _Found) -> bool:
    borders = [*sorted(found), len(blocks)]
    sizes = [_words(blocks[at + 1 : end]) for at, end in pairwise(borders)]
    return bool(sizes) and median(sizes) >= _LEAST_BODY_WORDS


def _without_contents(blocks: list[Block], found: _Found) -> _Found:
    """``found`` less the entries of a table of contents: three or more without text, that come again."""
    places = sorted(found)
    last = {_key(found[at]): at for at in places}
    runs: list[list[int]] = [[]]
    for at, end in pairwise([*places, len(blocks)]):
        runs[-1].append(at)
        if not _is_bare(blocks[at + 1 : end]):
            runs.append([])
    entries = {at for run in runs if len(run) >= 3 for at in run if found[at].text and last[_key(found[at])] > at}
    return {at: found[at] for at in places if at not in entries}


def _key(heading: Heading) -> str:
    words = heading.label or heading.title
    return " ".join(re.findall(r"\w+", words.casefold()))


def _is_bare(blocks: Sequence[Block]) -> bool:
    return all(is_contents_line(block.text) or is_contents(block.text) or block.text.isdigit() for block in blocks)


def _without_front_pages(blocks: list[Block], found: _Found) -> _Found:
    """``found`` from the first heading on that is one of a chapter, and not of a title page or the contents."""
    places = sorted(found)
    sizes = {at: _words(blocks[at + 1 : end]) for at, end in pairwise([*places, len(blocks)])}
    for first, at in enumerate(places):
        heading, others = found[at], [sizes[other] for other in places[first + 1 :]]
        is_title = at == 0 and heading.kind in ("chapter", "part") and not heading.label and bool(others)
        is_bare = is_title and sizes[at] < min(_LEAST_BODY_WORDS, 0.1 * median(others))
        if not (is_front_page(heading.text) or is_bare):
            return {at: found[at] for at in places[first:]}
    return {}
