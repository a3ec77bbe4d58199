"""HTML taken apart into tags and text in time linear in its length, however broken it is.

The standard library's parser reads what follows an unclosed tag or comment again and again, and stops at ``<![``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Protocol

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_INSIDE = re.compile(r"(?>[^<>=]+|=\s*(?:\"[^\"]*\"|'[^']*')?)*+")
_INSIDE_NO_TAG = re.compile(r"(?>[^<>=]+|=\s*(?:\"[^\"<]*\"|'[^'<]*')?)*+")
_ATTRIBUTE = re.compile(r"([^\s=/>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_DECLARED = re.compile(r"<(?:![a-zA-Z\[]|[?/])[^<>]*>")
_ENTITIES = re.compile(r"<!doctype[^<>\[]*\[[^\]]*\]\s*>", re.IGNORECASE)
_HEAD_CHARACTERS = 4096
_MOST_ATTRIBUTES = 1000
"""Of one tag that are read."""
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_RAW = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}
_NO_LETTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
"""No sign of Unicode has so long a number; one of thousands of digits cannot be read at all."""


class Reader(Protocol):
    """What is told of a page, in order. Names have small letters."""

    def start(self, tag: str, given: dict[str, str]) -> None:
        """``<tag …>``."""

    def end(self, tag: str) -> None:
        """``</tag>``."""

    def alone(self, tag: str, given: dict[str, str]) -> None:
        """``<tag …/>``."""

    def words(self, text: str) -> None:
        """Text, its entities made letters."""


def read_tokens(markup: str, reader: Reader) -> None:
    """Tells ``reader`` all of ``markup``. A tag, comment or declaration that is never closed is text."""
    entities = _ENTITIES.search(markup[:_HEAD_CHARACTERS])
    told = entities.end() if entities else 0
    marks = _Marks(markup, markup.rfind("-->"), markup.rfind("]]>"))
    at = markup.find("<", told)
    while at >= 0:
        tag = _TAG.match(markup, at)
        end = marks.end_of_tag(tag) if tag else marks.end_of_other(at)
        if end:
            _tell(reader, markup[told:at])
            if tag:
                end = _tell_tag(reader, markup, tag, end)
            elif markup.startswith(_CDATA, at):
                reader.words(markup[at + len(_CDATA) : end - len(_CDATA_END)])
            told = end
        at = markup.find("<", end or at + 1)
    _tell(reader, markup[told:])


@dataclass(slots=True)
class _Marks:
    """Where marks end in ``markup``: behind their ``>``, or 0 if they never do."""

    markup: str
    last_comment_end: int
    last_cdata_end: int
    tried_to: int = 0
    """How far a tag was looked for that has no end."""

    def end_of_tag(self, tag: re.Match[str]) -> int:
        """Of the tag that begins as ``tag``.

        What was passed over in vain is read once more, without tags in quotes: nothing is read a third time.
        """
        pattern = _INSIDE if tag.start() >= self.tried_to else _INSIDE_NO_TAG
        inside = pattern.match(self.markup, tag.end())
        end = inside.end() if inside else tag.end()
        if self.markup.startswith(">", end):
            return end + 1
        self.tried_to = max(self.tried_to, end)
        return 0

    def end_of_other(self, at: int) -> int:
        """Of the comment, the CDATA or the declaration at ``at``."""
        if self.markup.startswith("<!--", at):
            return self.markup.index("-->", at + 4) + 3 if at + 4 <= self.last_comment_end else 0
        if self.markup.startswith(_CDATA, at):
            return self.markup.index(_CDATA_END, at) + len(_CDATA_END) if at < self.last_cdata_end else 0
        declared = _DECLARED.match(self.markup, at)
        return declared.end() if declared else 0


def _tell(reader: Reader, text: str) -> None:
    if text:
        reader.words(_letters(text))


def _tell_tag(reader: Reader, markup: str, tag: re.Match[str], end: int) -> int:
    """Tells the tag that ends before ``end``; returns where to read on: behind it, for a script behind that."""
    name, inside = tag.group(2).lower(), markup[tag.end() : end - 1]
    if tag.group(1):
        reader.end(name)
        return end
    given: dict[str, str] = {}
    for found in islice(_ATTRIBUTE.finditer(inside), _MOST_ATTRIBUTES):
        given.setdefault(found.group(1).lower(), _letters(found.group(2) or found.group(3) or found.group(4) or ""))
    if inside.endswith("/"):
        reader.alone(name, given)
        return end
    reader.start(name, given)
    closed = _RAW[name].search(markup, end) if name in _RAW else None
    return closed.start() if closed else len(markup) if name in _RAW else end


def _letters(text: str) -> str:
    return unescape(_NO_LETTER.sub("\ufffd", text)) if "&" in text else text
