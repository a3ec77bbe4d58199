"""Word documents (.docx): the text as it stands with all changes accepted, headings by their styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from studio.errors import BadInput
from studio.media.manuscripts.book_text import BOLD, ITALIC, Block, BookText
from studio.media.manuscripts.zipped import Zipped

_DOCUMENT, _STYLES, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_HEADING = re.compile(r"^heading ([1-6])$")
_SKIPPED = frozenset(("Fallback", "del", "moveFrom", "instrText", "pict", "pPrChange", "rPrChange"))
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_CONTENTS_LEVEL = -1
_MOST_BASES = 12
_LONGEST_FACT = 1000
"""In characters."""
_DEFAULT_AUTHORS = ("python-docx", "unknown", "author", "user", "administrator", "microsoft office user", "admin")
_Attributes = dict[str, str]


def read_word(parts: Zipped) -> BookText:
    """The text of a Word document. Raises BadInput if it is damaged or there is no text in it.

    Headers, footers, notes and comments are left out, and so is a table of contents that Word has made.
    """
    if _DOCUMENT not in parts:
        raise BadInput(f"{parts.name} is a damaged Word document: {_DOCUMENT} is missing in it.")
    body = _Body(_styles(parts))
    _parse(parts, _DOCUMENT, body.start, body.end, body.words)
    blocks = tuple(block for block in body.blocks if block.level != _CONTENTS_LEVEL)
    if not blocks:
        raise BadInput(f"{parts.name} is a Word document without any text.")
    facts = _facts(parts)
    author = facts["creator"]
    return BookText(
        blocks=blocks,
        title=facts["title"],
        author="" if author.lower() in _DEFAULT_AUTHORS else author,
    )


def _parse(
    parts: Zipped,
    name: str,
    start: Callable[[str, _Attributes], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    """Tells what stands in the part of that name; element names come without their namespaces.

    A document type is refused before it can define entities: no Word document has one.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise BadInput(f"{parts.name} was not opened: {name} in it defines entities, as no Word document does.")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, given: start(
        tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in given.items()}
    )
    parser.EndElementHandler = lambda tag: end(tag.rpartition(" ")[2])
    parser.CharacterDataHandler = words
    try:
        parser.Parse(parts.read(name), True)
    except expat.ExpatError as error:
        raise BadInput(f"{parts.name} is a damaged Word document: {name} breaks off or is no XML.") from error


@dataclass(slots=True)
class _Style:
    name: str = ""
    base: str = ""
    level: int = 0
    is_italic: bool | None = None
    is_bold: bool | None = None


@dataclass(slots=True)
class _Paragraph:
    style: _Style = field(default_factory=_Style)
    level: int = 0
    text: list[str] = field(default_factory=list)
    run: _Style | None = None
    """The run of words that is open in it."""


class _Body:
    """Collects the paragraphs of ``document.xml``; one may stand inside another (a text box)."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._open: list[_Paragraph] = []
        self._is_text = False
        self._skipped = 0

    def start(self, tag: str, given: _Attributes) -> None:
        if self._skipped or tag in _SKIPPED:
            self._skipped += 1
        elif tag == "p":
            self._open.append(_Paragraph())
        elif self._open:
            self._inside(tag, given, self._open[-1])

    def _inside(self, tag: str, given: _Attributes, paragraph: _Paragraph) -> None:
        if tag == "t":
            self._is_text = True
        elif tag == "pStyle":
            paragraph.style = self._styles.get(given.get("val", ""), _Style())
            paragraph.level = paragraph.style.level
        elif tag == "r":
            paragraph.run = replace(paragraph.style)
        elif paragraph.run and tag in ("i", "b", "rStyle"):
            _dress(paragraph.run, tag, given, self._styles)
        elif tag == "outlineLvl":
            paragraph.level = _outline(given) or paragraph.level
        elif tag in _SIGNS and "pos" not in given and given.get("type", "textWrapping") == "textWrapping":
            paragraph.text.append(_SIGNS[tag])

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._is_text = False
        elif tag == "r" and self._open:
            self._open[-1].run = None
        elif tag == "p" and self._open:
            paragraph = self._open.pop()
            text = "".join(paragraph.text)
            if text.strip():
                self.blocks.append(Block(text, paragraph.level))

    def words(self, text: str) -> None:
        if self._is_text and not self._skipped and self._open:
            paragraph = self._open[-1]
            run = paragraph.run or _Style()
            for is_so, (before, behind) in ((run.is_italic, ITALIC), (run.is_bold, BOLD)):
                text = f"{before}{text}{behind}" if is_so else text
            paragraph.text.append(text)


def _dress(run: _Style, tag: str, given: _Attributes, styles: dict[str, _Style]) -> None:
    """``run`` as one of its properties says."""
    is_so = given.get("val", "1") not in ("0", "false", "off")
    if tag == "i":
        run.is_italic = is_so
    elif tag == "b":
        run.is_bold = is_so
    else:
        style = styles.get(given.get("val", ""), _Style())
        # What both styles say, neither does: italics inside italics stand upright.
        run.is_italic = bool(style.is_italic) != bool(run.is_italic)
        run.is_bold = bool(style.is_bold) != bool(run.is_bold)


def _styles(parts: Zipped) -> dict[str, _Style]:
    """By its id, what a style makes of a paragraph or its words; a style takes after the one it is based on."""
    styles: dict[str, _Style] = {}
    current = _Style()

    def start(tag: str, given: _Attributes) -> None:
        nonlocal current
        if tag == "style":
            current = styles[given.get("styleId", "")] = _Style()
        elif tag == "name":
            current.name = given.get("val", "").lower()
        elif tag == "basedOn":
            current.base = given.get("val", "")
        elif tag == "outlineLvl":
            current.level = _outline(given)
        elif tag in ("i", "b"):
            _dress(current, tag, given, {})

    if _STYLES in parts:
        _parse(parts, _STYLES, start, lambda _: None, lambda _: None)
    return {key: _whole(styles, key) for key in styles}


def _whole(styles: dict[str, _Style], key: str) -> _Style:
    """The style with what it takes from those that it is based on."""
    whole = replace(styles[key], level=_level(styles, key))
    for _ in range(_MOST_BASES):
        base = styles.get(whole.base)
        if base is None:
            break
        whole = replace(
            whole,
            base=base.base,
            is_italic=base.is_italic if whole.is_italic is None else whole.is_italic,
            is_bold=base.is_bold if whole.is_bold is None else whole.is_bold,
        )
    return whole


def _level(styles: dict[str, _Style], key: str) -> int:
    for _ in range(_MOST_BASES):
        style = styles.get(key)
        if style is None:
            return 0
        heading = _HEADING.match(style.name)
        if style.name.startswith(("toc ", "contents ")):
            return _CONTENTS_LEVEL
        if heading or style.level or style.name in ("title", "subtitle"):
            return int(heading.group(1)) if heading else style.level
        if style.name.startswith("chapter"):
            return 1
        key = style.base
    return 0


def _outline(given: _Attributes) -> int:
    value = given.get("val", "")
    return int(value) + 1 if value in ("0", "1", "2", "3", "4", "5") else 0


def _facts(parts: Zipped) -> dict[str, str]:
    """The title and the creator that the document tells of itself."""
    facts: dict[str, list[str]] = {"title": [], "creator": []}
    opened = ""

    def start(tag: str, _: _Attributes) -> None:
        nonlocal opened
        opened = tag

    def words(text: str) -> None:
        if opened in facts:
            facts[opened].append(text)

    if _CORE in parts:
        _parse(parts, _CORE, start, lambda _: None, words)
    return {tag: "".join(pieces).strip()[:_LONGEST_FACT] for tag, pieces in facts.items()}
