"""The storyboard as a PDF to print or send: four panels a page, each with its still and its words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media.assets import asset_path

if TYPE_CHECKING:
    from fpdf import FPDF

_FACE = "Source Sans"
_TYPEFACE = "third_party/fonts/SourceSans3.ttf"
_PAGE_MM = (297.0, 210.0)
_EDGE_MM, _GAP_MM, _HEAD_MM, _FOOT_MM = 14.0, 9.0, 14.0, 8.0
_COLUMNS, _ROWS = 2, 2
_STILL_WIDTH_MM = 74.0
_THUMB_PX = 900
_INK, _QUIET, _LINE = (24, 27, 34), (96, 104, 118), (205, 210, 219)


@dataclass(frozen=True, slots=True)
class Panel:
    """One shot of a storyboard. ``still`` is None while there is none."""

    heading: str
    still: Path | None
    words: tuple[str, ...]
    spoken: str


def storyboard_pdf(out: Path, title: str, panels: Sequence[Panel]) -> None:
    """Write ``out``: A4 across, ``title`` on each page, the panels in order."""
    from fpdf import FPDF

    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.set_title(title)
    pdf.add_font(_FACE, "", str(asset_path(_TYPEFACE)))
    per_page = _COLUMNS * _ROWS
    pages = max(1, -(-len(panels) // per_page))
    for page in range(pages):
        pdf.add_page()
        _head(pdf, title, f"{page + 1} / {pages}")
        for place, panel in enumerate(panels[page * per_page : (page + 1) * per_page]):
            _draw(pdf, panel, *_corner(place))
    pdf.output(str(out))


def _corner(place: int) -> tuple[float, float]:
    width, height = _panel_mm()
    column, row = place % _COLUMNS, place // _COLUMNS
    return _EDGE_MM + column * (width + _GAP_MM), _EDGE_MM + _HEAD_MM + row * (height + _GAP_MM)


def _panel_mm() -> tuple[float, float]:
    width = (_PAGE_MM[0] - 2 * _EDGE_MM - (_COLUMNS - 1) * _GAP_MM) / _COLUMNS
    height = (_PAGE_MM[1] - 2 * _EDGE_MM - _HEAD_MM - _FOOT_MM - (_ROWS - 1) * _GAP_MM) / _ROWS
    return width, height


def _head(pdf: FPDF, title: str, page: str) -> None:
    pdf.set_text_color(*_INK)
    pdf.set_font(_FACE, size=15)
    pdf.set_xy(_EDGE_MM, _EDGE_MM - 3)
    pdf.cell(_PAGE_MM[0] - 2 * _EDGE_MM - 30, 8, _fitting(pdf, title, _PAGE_MM[0] - 2 * _EDGE_MM - 32))
    pdf.set_text_color(*_QUIET)
    pdf.set_font(_FACE, size=9)
    pdf.cell(30, 8, page, align="R")
    pdf.set_draw_color(*_LINE)
    pdf.line(_EDGE_MM, _EDGE_MM + 7, _PAGE_MM[0] - _EDGE_MM, _EDGE_MM + 7)


def _draw(pdf: FPDF, panel: Panel, left: float, top: float) -> None:
    width, height = _panel_mm()
    pdf.set_font(_FACE, size=9.5)
    pdf.set_text_color(*_INK)
    pdf.set_xy(left, top)
    pdf.cell(width, 5, _fitting(pdf, panel.heading, width))
    still_height = _STILL_WIDTH_MM * 9 / 16
    if panel.still:
        content, shape = _jpeg(panel.still)
        still_height = min(height - 8, _STILL_WIDTH_MM * shape)
        pdf.image(content, x=left, y=top + 6.5, h=still_height, w=still_height / shape)
    pdf.set_draw_color(*_LINE)
    pdf.rect(left, top + 6.5, _STILL_WIDTH_MM, still_height)
    text_left, bottom = left + _STILL_WIDTH_MM + 4, top + height
    at = top + 6.5
    for words, ink, size in [(panel.spoken, _INK, 9.5), *((text, _QUIET, 8.0) for text in panel.words)]:
        at = _block(pdf, words, (text_left, at), left + width - text_left, bottom, ink, size)


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
    line_mm = size * 0.44
    set_lines = pdf.multi_cell(width, line_mm, " ".join(words.split()), dry_run=True, output="LINES", align="L")
    lines = [str(line) for line in set_lines] if isinstance(set_lines, list) else []
    room = max(0, int((bottom - place[1]) / line_mm))
    shown = lines[:room]
    if len(lines) > room and shown:
        shown[-1] = _fitting(pdf, shown[-1] + " …", width)
    for number, line in enumerate(shown):
        pdf.set_xy(place[0], place[1] + number * line_mm)
        pdf.cell(width, line_mm, line)
    return place[1] + len(shown) * line_mm + 2


def _fitting(pdf: FPDF, words: str, width: float) -> str:
    words = " ".join(words.split())
    if pdf.get_string_width(words) <= width - 2:
        return words
    while words and pdf.get_string_width(words + "…") > width - 2:
        words = words[:-1].rstrip()
    return words + "…"


def _jpeg(still: Path) -> tuple[io.BytesIO, float]:
    """The still, small enough for paper, and its height as a share of its width."""
    from PIL import Image

    with Image.open(still) as picture:
        small = picture.convert("RGB")
        small.thumbnail((_THUMB_PX, _THUMB_PX), reducing_gap=2.0)
    content = io.BytesIO()
    small.save(content, "JPEG", quality=88)
    content.seek(0)
    return content, small.height / small.width
