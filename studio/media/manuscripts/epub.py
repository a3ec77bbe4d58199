"""EPUB 2 and 3: the text in the order of the spine, with the titles of its table of contents."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import unquote

from studio.errors import BadInput
from studio.media.manuscripts.book_text import Block, BookText, check_length
from studio.media.manuscripts.faces import Face, declared
from studio.media.manuscripts.markup import Placed, Tag, blocks_in, tags_in
from studio.media.manuscripts.zipped import Zipped
from studio.model.text_files import decode_text

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LONGEST_HEADING_WORDS = 20
_FACTS = ("title", "creator", "language", "subject")
_NCX = ("navpoint", "navlabel", "content", "pagelist")
_DEEPEST = 6
_LONGEST_LIST = 8_000_000
"""In characters."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the table of contents; ``depth`` from 1."""

    title: str
    depth: int


def read_epub(parts: Zipped) -> BookText:
    """The book in ``parts``. Raises BadInput if it is damaged, copy-protected, or holds pictures only."""
    _refuse_protected(parts)
    package_name = _package_name(parts)
    package = list(_tags(parts, package_name, ("item", "itemref", *_FACTS)))
    folder = posixpath.dirname(package_name)
    manifest = {tag.attributes.get("id", ""): tag for tag in package if tag.name == "item"}
    contents = _contents(parts, manifest, folder)
    sheets = [_name_of(one.attributes.get("href", ""), folder) for one in manifest.values() if _is_sheet(one)]
    classes = declared("".join(_text(parts, name) for name in dict.fromkeys(sheets) if name in parts))
    blocks: list[Block] = []
    unread = {_name_of(item.attributes.get("href", ""), folder) for item in manifest.values()}
    for tag in package:
        item = manifest.get(tag.attributes.get("idref", "")) if tag.name == "itemref" else None
        if item is None or tag.attributes.get("linear") == "no" or not _is_page(item):
            continue
        name = _name_of(item.attributes.get("href", ""), folder)
        if name in unread and name in parts and "nav" not in item.attributes.get("properties", "").split():
            unread.remove(name)
            blocks += _page(_text(parts, name), contents.get(name, {}), classes)
    if not blocks:
        raise BadInput(f"{parts.name} has no text in it: its pages are pictures. Bring the book's text.")
    facts = {tag.name: tag.words for tag in reversed(package) if tag.name in _FACTS}
    return BookText(
        blocks=tuple(blocks),
        title=facts.get("title", ""),
        author=facts.get("creator", ""),
        language=facts.get("language", "").split("-")[0].lower(),
        genre=facts.get("subject", ""),
    )


def _refuse_protected(parts: Zipped) -> None:
    if "META-INF/encryption.xml" not in parts:
        return
    methods = [
        tag.attributes.get("algorithm", "") for tag in _tags(parts, "META-INF/encryption.xml", ("encryptionmethod",))
    ]
    if not all(method in _FONTS_ONLY for method in methods):
        raise BadInput(f"{parts.name} is copy-protected (DRM) and cannot be read. Bring a file without protection.")


def _package_name(parts: Zipped) -> str:
    for tag in _tags(parts, "META-INF/container.xml", ("rootfile",)):
        if tag.attributes.get("full-path"):
            return unquote(tag.attributes["full-path"])
    raise BadInput(f"{parts.name} is damaged: META-INF/container.xml does not say where its book is.")


def _is_page(item: Tag) -> bool:
    kind, href = item.attributes.get("media-type", ""), item.attributes.get("href", "")
    return kind in _PAGES or (not kind and href.lower().endswith((".xhtml", ".html", ".htm")))


def _is_sheet(item: Tag) -> bool:
    return item.attributes.get("media-type") == "text/css"


def _name_of(href: str, folder: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _text(parts: Zipped, name: str) -> str:
    content = parts.read(name)
    check_length(len(content), f"{parts.name}, {name}")
    return decode_text(content, f"{parts.name}, {name}") if content.strip() else ""


def _tags(parts: Zipped, name: str, wanted: Collection[str]) -> Iterator[Tag]:
    """The elements of the ``wanted`` names in a part that lists what is in the book."""
    markup = _text(parts, name)
    if len(markup) > _LONGEST_LIST:
        raise BadInput(f"{parts.name} was not opened: {name} in it is longer than the list of any book's pages.")
    return tags_in(markup, wanted)


def _contents(parts: Zipped, manifest: dict[str, Tag], folder: str) -> dict[str, dict[str, _Entry]]:
    """The table of contents: by page and by the id in it (empty: its top), what begins there."""
    for item in manifest.values():
        name = _name_of(item.attributes.get("href", ""), folder)
        if name in parts and "nav" in item.attributes.get("properties", "").split():
            return _of_nav(_tags(parts, name, ("nav", "a")), posixpath.dirname(name))
    for item in manifest.values():
        name = _name_of(item.attributes.get("href", ""), folder)
        if name in parts and item.attributes.get("media-type") == "application/x-dtbncx+xml":
            return _of_ncx(_tags(parts, name, _NCX), posixpath.dirname(name))
    return {}


def _of_nav(tags: Iterable[Tag], folder: str) -> dict[str, dict[str, _Entry]]:
    found: dict[str, dict[str, _Entry]] = defaultdict(dict)
    is_contents, base = False, 0
    for tag in tags:
        if tag.name == "nav":
            is_contents, base = "toc" in tag.attributes.get("type", "toc").split(), tag.depth
        elif is_contents and tag.name == "a" and tag.attributes.get("href"):
            # nav > ol > li > a, and two levels more for each list inside a list.
            _add(found, tag.attributes["href"], folder, tag.words, (tag.depth - base - 1) // 2)
    return found


def _of_ncx(tags: Iterable[Tag], folder: str) -> dict[str, dict[str, _Entry]]:
    found: dict[str, dict[str, _Entry]] = defaultdict(dict)
    title, outermost = "", None
    for tag in tags:
        if tag.name == "navpoint":
            outermost = tag.depth if outermost is None else min(outermost, tag.depth)
        elif tag.name == "navlabel":
            title = tag.words
        elif tag.name == "content" and outermost is not None and title:
            _add(found, tag.attributes.get("src", ""), folder, title, tag.depth - outermost)
            title = ""
        elif tag.name == "pagelist":
            break
    return found


def _add(found: dict[str, dict[str, _Entry]], href: str, folder: str, title: str, depth: int) -> None:
    places = found[_name_of(href, folder)]
    if title:
        places.setdefault(href.partition("#")[2], _Entry(title, min(max(1, depth), _DEEPEST)))


def _page(markup: str, contents: dict[str, _Entry], classes: Mapping[str, Face]) -> list[Block]:
    """The blocks of one page, with a heading wherever the table of contents has an entry."""
    placed = blocks_in(markup, classes)
    starts: dict[int, _Entry] = {}
    for at, one in enumerate(placed):
        entry = next((contents[id_] for id_ in one.ids if id_ in contents), None)
        if entry or (at == 0 and "" in contents):
            starts[at] = entry or contents[""]
    blocks: list[Block] = []
    borders = sorted({0, *starts, len(placed)})
    for at, end in pairwise(borders):
        blocks += _headed(placed[at:end], starts.get(at))
    if blocks:
        blocks[0] = replace(blocks[0], begins_file=True)
    return blocks


def _headed(placed: list[Placed], entry: _Entry | None) -> list[Block]:
    """The blocks, the first of them made one heading where they say what the table of contents says.

    A page's own marked heading counts more than the table's words for it.
    """
    blocks = [one.block for one in placed]
    if entry is None:
        return blocks
    wanted = _letters(entry.title)
    for count in (3, 2, 1):
        first = blocks[:count]
        said = _letters(" ".join(block.text for block in first))
        is_short = len(first) == count and all(len(block.text.split()) <= _LONGEST_HEADING_WORDS for block in first)
        if is_short and said and wanted and (said in wanted or (wanted in said and _are_one(first))):
            title = entry.title if said in wanted else ": ".join(" ".join(block.text.split()) for block in first)
            return [Block(title, entry.depth), *blocks[count:]]
    if blocks and blocks[0].level:
        return [replace(blocks[0], level=entry.depth), *blocks[1:]]
    return [Block(entry.title, entry.depth), *blocks]


def _are_one(blocks: list[Block]) -> bool:
    """Whether these can be one heading together: one alone, or all marked, or all as short as titles are."""
    return len(blocks) == 1 or all(block.level or len(block.text.split()) <= 8 for block in blocks)


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.casefold()))
