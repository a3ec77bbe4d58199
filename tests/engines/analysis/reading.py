"""What the tests of readers share: the built-in one, loaded once, and the marked passages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from studio.engines.analysis import BuiltinReader
from studio.model.moments import ANALYSIS, ChapterAnalysis

_PASSAGES = Path(__file__).parent / "marked_passages.txt"


@dataclass(frozen=True)
class Marked:
    """A passage without its marks, and what they marked (``start, end``), once for each paragraph."""

    name: str
    text: str
    marks: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1)
def builtin_reader() -> BuiltinReader:
    return BuiltinReader()


def read_builtin(text: str, out: Path, *, most: int = 10, language: str = "en", title: str = "") -> ChapterAnalysis:
    builtin_reader().analyse(out, text, title=title, most_moments=most, language=language)
    return ANALYSIS.validate_json(out.read_bytes())


def marked_passages() -> list[Marked]:
    parts = re.split(r"^== (.*)$", _PASSAGES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_marked(name, body.strip("\n")) for name, body in zip(parts[::2], parts[1::2], strict=True)]


def _marked(name: str, body: str) -> Marked:
    text, marks, at = "", [], 0
    for found in re.finditer(r"\[\[(.*?)\]\]", body, re.DOTALL):
        text += body[at : found.start()]
        start = len(text)
        text += found.group(1)
        at = found.end()
        if marks and "\n" not in text[marks[-1][1] : start]:
            start = marks.pop()[0]
        marks.append((start, len(text)))
    return Marked(name, text + body[at:], tuple(marks))
