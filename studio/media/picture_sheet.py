"""Sheets of pictures as a PDF to print or send: panels in rows, each with its picture and its words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media.assets import asset_path
from studio.media.plates import plate

if TYPE_CHECKING:
    from fpdf import FPDF

_FACE = "Source Sans"
_TYPEFACE = "third_party/fonts/SourceSans3.ttf"
_PAGE_MM = (297.0, 210.0)
_EDGE_MM, _GAP_MM, _HEAD_MM, _FOOT_MM = 12.0, 6.5, 13.0, 6.0
_BAR_MM, _PAD_MM = 7.0, 2.2
_THUMB_PX = 1000
_INK, _QUIET, _PAPER, _EMPTY = (18, 21, 28), (74, 82, 97), (255, 255, 255), (226, 229, 235)
_THIN_MM, _FRAME_MM = 0.15, 0.25
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Words:
    """A caption in points; quiet ones are grey."""

    text: str
    size: float
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture, or None while there is none: ``name``, ``facts`` and ``figure`` stand in the bar over it."""

    picture: Path | None
    name: str
    facts: str
    figure: str
    captions: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """So many panels across and down; ``shape`` is a picture's height as a share of its width."""

    columns: int
    rows: int
    shape: float
    name_mm: float = 20.0
    """Of the bar, what the name may take."""

    @property
    def panel_mm(self) -> tuple[float, float]:
        """Width and height of one panel."""
        width = (_PAGE_MM[0] - 2 * _EDGE_MM - (self.columns - 1) * _GAP_MM) / self.columns
        height = (_PAGE_MM[1] - 2 * _EDGE_MM - _HEAD_MM - _FOOT_MM - (self.rows - 1) * _GAP_MM) / self.rows
        return width, height

    def corner_mm(self, place: int) -> tuple[float, float]:
        """Left and top of the panel at that place of its page."""
        width, height = self.panel_mm
        column, row = place % self.columns, place // self.columns
        return _EDGE_MM + column * (width + _GAP_MM), _EDGE_MM + _HEAD_MM + row * (height + _GAP_MM)


def picture_sheet(out: Path, title: str, facts: str, panels: Sequence[Panel], grid: Grid) -> None:
    """Write ``out``: A4 across, ``title``, ``facts`` and page number on each page, the panels in order.

    Raises OSError if a picture is none.
    """
    from fpdf import FPDF

    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.set_creation_date(_FIXED)
    pdf.set_title(title)
    pdf.add_font(_FACE, "", str(asset_path(_TYPEFACE)))
    per_page = grid.columns * grid.rows
    pages = max(1, -(-len(panels) // per_page))
    for page in range(pages):
        pdf.add_page()
        _head(pdf, title, facts)
        _foot(pdf, title, f"Page {page + 1} of {pages}")
        for place, panel in enumerate(panels[page * per_page : (page + 1) * per_page]):
            _draw(pdf, panel, grid, *grid.corner_mm(place))
    pdf.output(str(out))


def _head(pdf: FPDF, title: str, facts: str) -> None:
    width = _PAGE_MM[0] - 2 * _EDGE_MM
    _line(pdf, title, (_EDGE_MM, _EDGE_MM - 2), width - 72, 9, size=17, is_bold=True)
    _line(pdf, facts, (_EDGE_MM + width - 70, _EDGE_MM - 2), 70, 9, size=9.5, ink=_QUIET, align="R")
    pdf.set_draw_color(*_INK)
    pdf.set_line_width(0.6)
    pdf.line(_EDGE_MM, _EDGE_MM + 8.5, _EDGE_MM + width, _EDGE_MM + 8.5)


def _foot(pdf: FPDF, title: str, page: str) -> None:
    width, top = _PAGE_MM[0] - 2 * _EDGE_MM, _PAGE_MM[1] - _EDGE_MM - 2
    _line(pdf, title, (_EDGE_MM, top), width - 40, 5, size=8, ink=_QUIET)
    _line(pdf, page, (_EDGE_MM + width - 40, top), 40, 5, size=8, ink=_QUIET, align="R")


def _draw(pdf: FPDF, panel: Panel, grid: Grid, left: float, top: float) -> None:
    """The bar, the framed picture, and under it the captions."""
    width, height = grid.panel_mm
    _bar(pdf, panel, grid, left, top)
    frame_height = width * grid.shape
    _frame(pdf, panel, left, top + _BAR_MM, width, frame_height)
    pdf.set_draw_color(*_INK)
    pdf.set_line_width(_FRAME_MM)
    pdf.rect(left, top, width, height)
    at = top + _BAR_MM + frame_height + 1.8
    for words in panel.captions:
        ink = _QUIET if words.is_quiet else _INK
        place = (left + _PAD_MM, at)
        at = _block(pdf, words.text, place, width - 2 * _PAD_MM, top + height - 0.8, ink, words.size)


def _bar(pdf: FPDF, panel: Panel, grid: Grid, left: float, top: float) -> None:
    width, name_mm = grid.panel_mm[0], grid.name_mm
    pdf.set_fill_color(*_INK)
    pdf.rect(left, top, width, _BAR_MM, style="F")
    _line(pdf, panel.name, (left + 1.5, top), name_mm, _BAR_MM, size=11, ink=_PAPER, is_bold=True)
    facts_mm = width - name_mm - (16 if panel.figure else 0)
    _line(pdf, panel.facts, (left + name_mm, top), facts_mm, _BAR_MM, size=8.2, ink=_PAPER)
    _line(pdf, panel.figure, (left + width - 17, top), 15.5, _BAR_MM, size=9.5, ink=_PAPER, align="R")


def _frame(pdf: FPDF, panel: Panel, left: float, top: float, width: float, height: float) -> None:
    pdf.set_fill_color(*_EMPTY)
    pdf.rect(left, top, width, height, style="F")
    if panel.picture:
        small = plate(panel.picture, _THUMB_PX)
        shown = min(width, height / small.shape)
        corner = (left + (width - shown) / 2, top + (height - shown * small.shape) / 2)
        pdf.image(io.BytesIO(small.content), *corner, w=shown, h=shown * small.shape)
    else:
        _line(pdf, "no picture yet", (left, top), width, height, size=9, ink=_QUIET, align="C")
    pdf.set_draw_color(*_INK)
    pdf.set_line_width(_THIN_MM)
    pdf.rect(left, top, width, height)


def _line(
    pdf: FPDF,
    words: str,
    place: tuple[float, float],
    width: float,
    height: float,
    *,
    size: float,
    ink: tuple[int, int, int] = _INK,
    align: str = "L",
    is_bold: bool = False,
) -> None:
    """One line of text, cut with an ellipsis where it is too long for ``width``."""
    pdf.set_font(_FACE, size=size)
    pdf.set_text_color(*ink)
    pdf.set_draw_color(*ink)
    pdf.set_line_width(size * 0.014)
    pdf.set_xy(*place)
    with pdf.local_context(text_mode="FILL_STROKE" if is_bold else "FILL"):
        pdf.cell(width, height, _fitting(pdf, words, width), align=align)


def _block(
    pdf: FPDF,
    words: str,
    place: tuple[float, float],
    width: float,
    bottom: float,
    ink: tuple[int, int, int],
    size: float,
) -> float:
    """``words`` set in lines from ``place`` down, cut at ``bottom`` with an ellipsis; returns where they end, in mm."""
    if not words.strip():
        return place[1]
    pdf.set_font(_FACE, size=size)
    pdf.set_text_color(*ink)
    line_mm = size * 0.42
    set_lines = pdf.multi_cell(width, line_mm, " ".join(words.split()), dry_run=True, output="LINES", align="L")
    lines = [str(line) for line in set_lines] if isinstance(set_lines, list) else []
    room = max(0, int((bottom - place[1]) / line_mm))
    shown = lines[:room]
    if len(lines) > room and shown:
        shown[-1] = _fitting(pdf, shown[-1] + " …", width)
    for number, line in enumerate(shown):
        pdf.set_xy(place[0], place[1] + number * line_mm)
        pdf.cell(width, line_mm, line)
    return place[1] + len(shown) * line_mm + 1.2


def _fitting(pdf: FPDF, words: str, width: float) -> str:
    words = " ".join(words.split())
    if pdf.get_string_width(words) <= width - 2:
        return words
    while words and pdf.get_string_width(words + "…") > width - 2:
        words = words[:-1].rstrip()
    return words + "…"
