"""HTML and XHTML made paragraphs. The standard library's tolerant parser knows no entities that could explode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from studio.media.manuscripts.book_text import Block, BookText

_BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
        "header hr html li main ol p pre section table tbody td tfoot th thead tr ul"
    ).split()
)
_UNREAD = frozenset("head script style svg math nav template rt rp audio video object".split())
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNREAD_TYPES = ("noteref", "pagebreak", "toc", "doc-noteref", "doc-pagebreak", "doc-toc")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "* * *"


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag, with the text up to its end tag. Names have no prefix and small letters."""

    name: str
    attributes: dict[str, str]
    depth: int
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its text in one line."""
        return " ".join("".join(self.text).split())


@dataclass(slots=True)
class Placed:
    """A block, and the ids of what begins with it."""

    block: Block
    ids: list[str]


def tags_in(markup: str) -> Iterator[Tag]:
    """All elements of a small XML or HTML file in order, each with the text inside it."""
    reader = _Tags()
    reader.feed(markup)
    reader.close()
    return iter(reader.tags)


def blocks_in(markup: str) -> list[Placed]:
    """The paragraphs and headings of an HTML page, in order."""
    reader = _Blocks()
    reader.feed(markup)
    reader.close()
    reader.flush()
    return reader.placed


def read_html(markup: str) -> BookText:
    """A whole book in one HTML page."""
    title = author = language = ""
    for tag in tags_in(markup):
        if tag.name == "title":
            title = title or tag.words
        elif tag.name == "meta" and tag.attributes.get("name", "").lower() == "author":
            author = tag.attributes.get("content", "").strip()
        elif tag.name == "html":
            language = tag.attributes.get("lang", "").split("-")[0].lower()
        elif tag.name == "body":
            break
    blocks = tuple(placed.block for placed in blocks_in(markup))
    return BookText(blocks=blocks, title=title, author=author, language=language)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self._open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _EMPTY:
            self._open.append(self.tags[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(_bare(tag), {_bare(name): value or "" for name, value in attrs}, len(self._open)))

    def handle_endtag(self, tag: str) -> None:
        if any(open_tag.name == _bare(tag) for open_tag in self._open[-64:]):
            while self._open.pop().name != _bare(tag):
                pass

    def handle_data(self, data: str) -> None:
        for tag in self._open[-4:]:
            tag.text.append(data)


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.placed: list[Placed] = []
        self._text: list[str] = []
        self._ids: list[str] = []
        self._level = 0
        self._unread: list[str] = []
        self._is_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread:
            if tag == self._unread[0]:
                self._unread.append(tag)
            return
        given = {name: value or "" for name, value in attrs}
        self._start(tag, given)
        kind = given.get("epub:type", "") + " " + given.get("role", "")
        if tag not in _EMPTY and (tag in _UNREAD or any(word in _UNREAD_TYPES for word in kind.split())):
            self._unread.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._unread:
            self._start(tag, {name: value or "" for name, value in attrs})
            self._end(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag == self._unread[0]:
                self._unread.pop()
            return
        self._end(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._text.append(data if self._is_pre else _SPACES.sub(" ", data))

    def flush(self) -> None:
        """What has been read since the last block is one."""
        text = "\n".join(line.strip(" ") for line in re.sub(" {2,}", " ", "".join(self._text)).split("\n")).strip("\n ")
        self._text = []
        if text:
            self.placed.append(Placed(Block(text, self._level), self._ids))
            self._ids = []

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self.flush()
        if given.get("id") or (tag == "a" and given.get("name")):
            self._ids.append(given.get("id") or given["name"])
        if tag == "br":
            self._text.append("\n")
        elif tag == "hr":
            self._text.append(_BREAK)
            self.flush()
        elif tag == "pre":
            self._is_pre = True
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._level = int(tag[1])

    def _end(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self.flush()
        self._is_pre = self._is_pre and tag != "pre"
        if tag[0] == "h":
            self._level = 0


def _bare(name: str) -> str:
    return name.rpartition(":")[2].lower()
