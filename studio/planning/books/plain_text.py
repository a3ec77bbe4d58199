"""Plain text and Markdown made paragraphs: hard-wrapped lines are joined, verse keeps its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.media.manuscripts.book_text import Block
from studio.model.letters import normal
from studio.planning.books.emphasis import signed, taken_out, with_signs_at_words
from studio.planning.books.headings import heading_in, is_contents, is_contents_line

SCENE_BREAK = "* * *"
"""How every scene break is written in a chapter, as a paragraph of its own."""

_BREAK = re.compile(r"^(?:[*_~•·#+=◊❦⁂—–-]\s*){3,}$|^[#~⁂❦◊]$|^\\?\*$")
_MARKED = re.compile(r"^(#{1,6})\s++(.*)$")
_UNDERLINE = re.compile(r"^(=+|-+)$")
_PICTURE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,1000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_NO_LETTER = re.compile("[\ufdd0-\ufdef]")
_NEW_LINE = re.compile("\r\n?|[\u000b\u0085\u2028]")
_NEW_PARAGRAPH = re.compile("[\f\u2029]")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\u2000-\u200a\u3000]+")
_TERMINAL = re.compile(r"[.!?…:][\"'”’»)\]*_]*$")
_LONGEST_LINE = 100
"""Longer lines are paragraphs that nobody has wrapped."""
_SHORTEST_WIDTH = 45


def clean(text: str) -> str:
    """``text`` in NFC with ``\\n`` for line ends, no trailing spaces, soft hyphens or control characters."""
    return _cleaned(_NO_LETTER.sub("", text))


def _cleaned(text: str) -> str:
    text = _NEW_PARAGRAPH.sub("\n\n", _NEW_LINE.sub("\n", text))
    text = normal("NFC", _NOT_TEXT.sub("", _UNSEEN.sub("", text)))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def clean_line(text: str) -> str:
    """``text`` cleaned, in one line: a title, a name."""
    return " ".join(clean(text).split())


def clean_paragraph(block: Block) -> Block:
    """A paragraph, cleaned, its own line ends kept; a scene break in the one way it is written."""
    return _tidy(replace(block, text=_cleaned(block.text)))


def _tidy(block: Block) -> Block:
    lines = [_SPACES.sub(" ", line).strip() for line in with_signs_at_words(block.text).split("\n")]
    text, emphasis = taken_out("\n".join(line for line in lines if line))
    if _BREAK.match(text):
        text, emphasis = SCENE_BREAK, ()
    return replace(block, text=text, emphasis=emphasis)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs and headings of ``text``.

    Blank lines part paragraphs; where there are none, indented lines or single long lines do. Lines of equal
    length are joined, short ones are verse. Markdown's marks of headings, emphasis and links are taken away; what is
    emphasised stands beside the text.
    """
    groups = list(_groups(_PICTURE.sub("", _without_comments(clean(text))).split("\n")))
    width = _wrapped_at(groups)
    every_line = width == 0 and _is_a_paragraph_each_line(groups)
    return tuple(block for group in groups for block in _blocks_of_group(group, width, every_line))


def _without_comments(text: str) -> str:
    """``text`` less ``<!-- … -->``; one that is never closed is text."""
    first, *others = text.split("<!--")
    return first + "".join(
        after if end else f"<!--{note}" for note, end, after in (one.partition("-->") for one in others)
    )


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines between blank lines; marked headings and scene breaks stand alone."""
    group: list[str] = []
    for line in lines:
        bare = line.strip().removeprefix("> ").strip() if line.lstrip().startswith("> ") else line.strip()
        if _UNDERLINE.match(bare) and len(group) == 1 and len(bare) >= 3 and bare[0] * len(bare) == bare:
            yield [("# " if bare[0] == "=" else "## ") + group[0].strip()]
            group = []
        elif not bare or _BREAK.match(bare) or _MARKED.match(bare):
            if group:
                yield group
            group = []
            if bare:
                yield [bare]
        else:
            group.append(line.rstrip() if not line.lstrip().startswith("> ") else bare)
    if group:
        yield group


def _wrapped_at(groups: Sequence[list[str]]) -> int:
    """The width at which this text was wrapped by hand, in characters; 0 if it was not."""
    inner = sorted(len(line.rstrip()) for group in groups for line in group[:-1])
    if not inner:
        return 0
    width = inner[int(0.95 * (len(inner) - 1))]
    full = sum(length >= 0.75 * width for length in inner)
    return width if _SHORTEST_WIDTH <= width <= _LONGEST_LINE and full >= 0.5 * len(inner) else 0


def _is_a_paragraph_each_line(groups: Sequence[list[str]]) -> bool:
    """Whether line ends part the paragraphs: there are long lines among those that no blank line follows."""
    inner = [len(line) for group in groups for line in group[:-1]]
    return bool(inner) and sum(length > _LONGEST_LINE for length in inner) >= 0.1 * len(inner)


def _blocks_of_group(group: list[str], width: int, every_line: bool) -> Iterator[Block]:
    marked = _MARKED.match(group[0]) if len(group) == 1 else None
    if marked:
        yield _tidy(Block(_signed(marked.group(2).rstrip().rstrip("#").rstrip()), len(marked.group(1))))
        return
    if _is_contents(group):
        every_line = True
    else:
        while _is_heading_line(group, width):
            yield _tidy(Block(_signed(group[0])))
            group = group[1:]
    for paragraph in _paragraphs(group, width, every_line):
        block = _tidy(Block(_signed(paragraph)))
        if block.text:
            yield block


def _is_contents(group: list[str]) -> bool:
    """Whether these lines are a table of contents: it is left as it is, and no chapter begins in it."""
    if len(group) < 3 or not (is_contents(group[0]) or _is_entry(group[0]) or _is_entry(group[1])):
        return False
    entries = sum(map(_is_entry, group))
    return entries >= 0.6 * len(group) or (is_contents(group[0]) and entries > 1)


def _is_entry(line: str) -> bool:
    return is_contents_line(line) or heading_in(line.strip()) is not None


def _is_heading_line(group: list[str], width: int) -> bool:
    """Whether the first line is a heading that is followed by text without a blank line."""
    if len(group) < 2:
        return False
    heading = heading_in(group[0].strip())
    if heading is None or (heading.kind == "number" and (heading.title or not group[0].strip()[0].isalnum())):
        return False
    if not heading.title:
        return heading.kind != "number" or len(group[1]) > 30
    goes_on = bool(width) and len(group[0]) > 0.75 * width
    return not (goes_on and len(" ".join(group).split()) <= 40)


def _paragraphs(group: list[str], width: int, every_line: bool) -> Iterator[str]:
    if every_line:
        yield from group
        return
    for lines in _indented_apart(group):
        if _is_wrapped(lines, width):
            yield _joined(lines)
        elif max(map(len, lines)) > _LONGEST_LINE:
            yield from lines
        else:
            yield "\n".join(line.strip() for line in lines)


def _indented_apart(group: list[str]) -> list[list[str]]:
    """The group cut where a line is indented after one that is not: the old way to begin a paragraph."""
    indents = [len(line) - len(line.lstrip()) for line in group]
    least = min(indents)
    firsts = [at for at, indent in enumerate(indents) if indent > least]
    if least == 0 and firsts and len(firsts) < 0.7 * len(group):
        borders = [0, *(at for at in firsts if at), len(group)]
        return [group[start:end] for start, end in pairwise(borders) if start < end]
    return [group]


def _is_wrapped(lines: Sequence[str], width: int) -> bool:
    """Whether line ends are where the width ended (or a narrower one, of a letter), and not where a verse does."""
    if len(lines) < 2 or not width:
        return False
    if _fills(lines, width):
        return max(map(len, lines)) <= 1.3 * width + 20
    own_width = max(map(len, lines))
    running_on = sum(line.strip()[0].islower() for line in lines[1:])
    return (
        len(lines) >= 4 and own_width >= _SHORTEST_WIDTH and running_on >= 0.5 * len(lines) and _fills(lines, own_width)
    )


def _fills(lines: Sequence[str], width: int) -> bool:
    """Whether after most lines the next word would not have fitted."""
    full = sum(len(line.rstrip()) + 1 + len(after.split()[0]) > 0.85 * width for line, after in pairwise(lines))
    return full >= 0.6 * (len(lines) - 1)


def _joined(lines: Sequence[str]) -> str:
    text = lines[0].strip()
    for line in lines[1:]:
        text += line.strip() if text.endswith("—") else f" {line.strip()}"
    return text


def _signed(text: str) -> str:
    """``text`` less Markdown's marks; emphasis is signed."""
    return signed(_LINK.sub(r"\1", text) if "[" in text else text)
