"""HTML and XHTML made paragraphs. Entities that a page defines itself are not known: none could explode."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from studio.errors import BadInput
from studio.media.manuscripts.book_text import Block, BookText
from studio.media.manuscripts.faces import Face, Faces, declared, sheets_in
from studio.media.manuscripts.tokens import read_tokens

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
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_HEAD_CHARACTERS = 1_000_000
_MOST_PARAGRAPHS = 1_000_000
"""Of one page; the longest novels have some 50,000."""
_MOST_TAGS = 100_000
"""That are asked for in one list; a ZIP file holds at most 10,000 parts, and a large Bible has 30,000 links."""
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


def tags_in(markup: str, names: Collection[str]) -> Iterator[Tag]:
    """The elements of those names in a small XML or HTML file in order, each with the text inside it.

    Raises BadInput for more of them than any book lists.
    """
    reader = _Tags(names)
    read_tokens(markup, reader)
    return iter(reader.tags)


def blocks_in(markup: str, classes: Mapping[str, Face]) -> list[Placed]:
    """The paragraphs and headings of an HTML page, in order; ``classes`` are those of the sheets outside it."""
    reader = _Blocks({**classes, **declared(sheets_in(_head(markup)))})
    read_tokens(markup, reader)
    reader.flush()
    return reader.placed


def _head(markup: str) -> str:
    body = _BODY.search(markup)
    return markup[: min(body.start() if body else _HEAD_CHARACTERS, _HEAD_CHARACTERS)]


def read_html(markup: str) -> BookText:
    """A whole book in one HTML page."""
    title = author = language = ""
    for tag in tags_in(_head(markup), ("html", "title", "meta")):
        if tag.name == "title":
            title = title or tag.words
        elif tag.name == "meta" and tag.attributes.get("name", "").lower() == "author":
            author = tag.attributes.get("content", "").strip()
        elif tag.name == "html":
            language = tag.attributes.get("lang", "").split("-")[0].lower()
    blocks = tuple(placed.block for placed in blocks_in(markup, {}))
    return BookText(blocks=blocks, title=title, author=author, language=language)


class _Tags:
    def __init__(self, names: Collection[str]) -> None:
        self.tags: list[Tag] = []
        self._wanted = frozenset(names)
        self._open: list[tuple[str, Tag | None]] = []
        """The names of what is open, with those that are wanted."""
        self._names: Counter[str] = Counter()
        """How many of each name are open."""

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = _bare(tag)
        wanted = self._kept(name, given)
        if tag not in _EMPTY and len(self._open) < _MOST_TAGS:
            self._open.append((name, wanted))
            self._names[name] += 1

    def alone(self, tag: str, given: dict[str, str]) -> None:
        self._kept(_bare(tag), given)

    def end(self, tag: str) -> None:
        name = _bare(tag)
        while self._names[name]:
            closed, _ = self._open.pop()
            self._names[closed] -= 1
            if closed == name:
                return

    def words(self, text: str) -> None:
        for _, tag in self._open[-4:]:
            if tag is not None:
                tag.text.append(text)

    def _kept(self, name: str, given: dict[str, str]) -> Tag | None:
        if name not in self._wanted:
            return None
        if len(self.tags) == _MOST_TAGS:
            raise BadInput(f"This book lists more than {_MOST_TAGS:,} of its parts: too many for one book.")
        tag = Tag(name, {_bare(name): value for name, value in given.items()}, len(self._open))
        self.tags.append(tag)
        return tag


class _Blocks:
    def __init__(self, classes: Mapping[str, Face]) -> None:
        self.placed: list[Placed] = []
        self._faces = Faces(classes)
        self._text: list[str] = []
        self._ids: list[str] = []
        self._level = 0
        self._unread: list[str] = []
        self._is_pre = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        if self._unread:
            if tag == self._unread[0]:
                self._unread.append(tag)
            return
        self._start(tag, given)
        kind = given.get("epub:type", "") + " " + given.get("role", "")
        if tag not in _EMPTY and (tag in _UNREAD or any(word in _UNREAD_TYPES for word in kind.split())):
            self._unread.append(tag)

    def alone(self, tag: str, given: dict[str, str]) -> None:
        if not self._unread:
            self._start(tag, given)
            self._end(tag)

    def end(self, tag: str) -> None:
        if self._unread:
            if tag == self._unread[0]:
                self._unread.pop()
            if not self._unread:
                self._faces.close(tag)
            return
        self._end(tag)

    def words(self, text: str) -> None:
        if not self._unread:
            if not text.isspace():
                self._text.append(self._faces.turn())
            self._text.append(text if self._is_pre else _SPACES.sub(" ", text))

    def flush(self) -> None:
        """What has been read since the last block is one."""
        self._text.append(self._faces.turn_back())
        text = "\n".join(line.strip(" ") for line in re.sub(" {2,}", " ", "".join(self._text)).split("\n")).strip("\n ")
        self._text = []
        if text:
            self.placed.append(Placed(Block(text, self._level), self._ids))
            self._ids = []
        if len(self.placed) > _MOST_PARAGRAPHS:
            raise BadInput("This page has more than a million paragraphs: too long for one book. Cut it in volumes.")

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag not in _EMPTY:
            self._faces.open(tag, given)
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
            self._faces.close(tag)
            return
        self.flush()
        self._faces.close(tag)
        self._is_pre = self._is_pre and tag != "pre"
        if tag[0] == "h":
            self._level = 0


def _bare(name: str) -> str:
    return name.rpartition(":")[2].lower()
