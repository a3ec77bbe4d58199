"""Which words of a web page are italic or bold: by their elements, by their classes, by their own style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from studio.media.manuscripts.book_text import BOLD, ITALIC

_ITALIC_TAGS = frozenset(("em", "i", "cite", "dfn", "var"))
_BOLD_TAGS = frozenset(("strong", "b"))
_STYLE = re.compile(r"font-style\s*:\s*(italic|oblique|normal)")
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|normal|[1-9]00)")
_SHEET = re.compile(r"<style\b", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)$")
_UNCLOSED = frozenset(("p", "li", "dd", "dt", "td", "th", "tr"))
"""Elements that HTML need not close: the next of their kind ends them."""


@dataclass(frozen=True, slots=True)
class Face:
    """What an element says of its words; None where it says nothing, and they are as around it."""

    is_italic: bool | None = None
    is_bold: bool | None = None

    def over(self, other: Face) -> Face:
        """This, and the other's where this says nothing."""
        return Face(
            other.is_italic if self.is_italic is None else self.is_italic,
            other.is_bold if self.is_bold is None else self.is_bold,
        )


def declared(styles: str) -> dict[str, Face]:
    """By its class, the face that style sheets give to an element."""
    first, *others = styles.split("/*")
    rules = first + "".join(one.partition("*/")[2] for one in others)
    found: dict[str, Face] = {}
    for rule in rules.split("}"):
        selectors, _, said = rule.rpartition("{")
        face = _said(said.lower())
        if face != Face():
            for selector in selectors.rpartition("{")[2].split(","):
                named = _CLASS.search(selector.strip())
                if named:
                    found[named[1]] = face.over(found.get(named[1], Face()))
    return found


def _said(style: str) -> Face:
    slant, weight = _STYLE.search(style), _WEIGHT.search(style)
    return Face(
        slant[1] != "normal" if slant else None,
        weight[1] != "normal" and weight[1] >= "600" if weight else None,
    )


def sheets_in(head: str) -> str:
    """The style sheets inside a page's head."""
    return "".join(one.partition(">")[2].partition("</")[0] for one in _SHEET.split(head)[1:])


class Faces:
    """The open elements of a page, and the face that they give to words."""

    def __init__(self, classes: Mapping[str, Face]) -> None:
        self._classes = classes
        self._open: list[tuple[str, Face]] = []
        self._names: Counter[str] = Counter()
        self._written = Face(is_italic=False, is_bold=False)

    def open(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _UNCLOSED:
            self.close(tag)
        face = Face(tag in _ITALIC_TAGS or None, tag in _BOLD_TAGS or None)
        for name in given.get("class", "").split():
            face = self._classes.get(name, Face()).over(face)
        if given.get("style"):
            face = _said(given["style"].lower()).over(face)
        self._open.append((tag, face.over(self._around)))
        self._names[tag] += 1

    def close(self, tag: str) -> None:
        """An element ends, and with it what is open inside it."""
        while self._names[tag]:
            closed, _ = self._open.pop()
            self._names[closed] -= 1
            if closed == tag:
                return

    def turn(self) -> str:
        """The signs before words that come now."""
        return self._signs(self._around)

    def turn_back(self) -> str:
        """The signs behind the last words of a block."""
        return self._signs(Face(is_italic=False, is_bold=False))

    @property
    def _around(self) -> Face:
        return self._open[-1][1] if self._open else Face(is_italic=False, is_bold=False)

    def _signs(self, face: Face) -> str:
        before, self._written = self._written, face
        italic = ITALIC[0] if face.is_italic else ITALIC[1]
        bold = BOLD[0] if face.is_bold else BOLD[1]
        return italic * (face.is_italic != before.is_italic) + bold * (face.is_bold != before.is_bold)
