"""The storyboard as a PDF to print or send: six panels a page, each with its still and its words."""

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
_EDGE_MM, _GAP_MM, _HEAD_MM, _FOOT_MM = 12.0, 6.5, 13.0, 6.0
_COLUMNS, _ROWS = 3, 2
_BAR_MM, _PAD_MM = 7.0, 2.2
_FRAME_SHAPE = 9 / 16
_THUMB_PX = 1000
_INK, _QUIET, _PAPER, _EMPTY = (18, 21, 28), (74, 82, 97), (255, 255, 255), (226, 229, 235)
_THIN_MM, _FRAME_MM = 0.15, 0.25


@dataclass(frozen=True, slots=True)
class Panel:
    """One shot of a storyboard, ``number`` by its place in the film. ``still`` is None while there is none."""

    number: int
    still: Path | None
    size: str
    camera: str
    duration_s: float
    picture: str
    motion: str
    spoken: str


def storyboard_pdf(out: Path, title: str, panels: Sequence[Panel]) -> None:
    """Write ``out``: A4 across, ``title`` and page number on each page, six panels a page in order."""
    from fpdf import FPDF

    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.set_title(title)
    pdf.add_font(_FACE, "", str(asset_path(_TYPEFACE)))
    per_page = _COLUMNS * _ROWS
    pages = max(1, -(-len(panels) // per_page))
    length_s = sum(panel.duration_s for panel in panels)
    facts = f"Storyboard  ·  {len(panels)} shot{'s' if len(panels) != 1 else ''}  ·  {_clock(length_s)}"
    for page in range(pages):
        pdf.add_page()
        _head(pdf, title, facts)
        _foot(pdf, title, f"Page {page + 1} of {pages}")
        for place, panel in enumerate(panels[page * per_page : (page + 1) * per_page]):
            _draw(pdf, panel, *_corner(place))
    pdf.output(str(out))


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d} min" if whole >= 60 else f"{whole} s"


def _corner(place: int) -> tuple[float, float]:
    width, height = _panel_mm()
    column, row = place % _COLUMNS, place // _COLUMNS
    return _EDGE_MM + column * (width + _GAP_MM), _EDGE_MM + _HEAD_MM + row * (height + _GAP_MM)


def _panel_mm() -> tuple[float, float]:
    width = (_PAGE_MM[0] - 2 * _EDGE_MM - (_COLUMNS - 1) * _GAP_MM) / _COLUMNS
    height = (_PAGE_MM[1] - 2 * _EDGE_MM - _HEAD_MM - _FOOT_MM - (_ROWS - 1) * _GAP_MM) / _ROWS
    return width, height


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


def _draw(pdf: FPDF, panel: Panel, left: float, top: float) -> None:
    """A bar with number, size, move and length; the framed still; what is said; what is seen and moves."""
    width, height = _panel_mm()
    _bar(pdf, panel, left, top, width)
    frame_height = width * _FRAME_SHAPE
    _frame(pdf, panel, left, top + _BAR_MM, width, frame_height)
    pdf.set_draw_color(*_INK)
    pdf.set_line_width(_FRAME_MM)
    pdf.rect(left, top, width, height)
    at = top + _BAR_MM + frame_height + 1.8
    said = f"“{panel.spoken}”" if panel.spoken.strip() else ""
    lines = [(said, _INK, 8.8), (panel.motion, _INK, 7.2), (panel.picture, _QUIET, 6.8)]
    for words, ink, size in lines:
        at = _block(pdf, words, (left + _PAD_MM, at), width - 2 * _PAD_MM, top + height - 0.8, ink, size)


def _bar(pdf: FPDF, panel: Panel, left: float, top: float, width: float) -> None:
    number = f"Shot {panel.number}"
    pdf.set_fill_color(*_INK)
    pdf.rect(left, top, width, _BAR_MM, style="F")
    _line(pdf, number, (left + 1.5, top), 20, _BAR_MM, size=11, ink=_PAPER, is_bold=True)
    facts = "  ·  ".join(fact for fact in (panel.size.capitalize(), panel.camera) if fact)
    _line(pdf, facts, (left + 20, top), width - 36, _BAR_MM, size=8.2, ink=_PAPER)
    _line(pdf, f"{panel.duration_s:.1f} s", (left + width - 17, top), 15.5, _BAR_MM, size=9.5, ink=_PAPER, align="R")


def _frame(pdf: FPDF, panel: Panel, left: float, top: float, width: float, height: float) -> None:
    pdf.set_fill_color(*_EMPTY)
    pdf.rect(left, top, width, height, style="F")
    if panel.still:
        content, shape = _jpeg(panel.still)
        shown = min(width, height / shape)
        pdf.image(content, x=left + (width - shown) / 2, y=top + (height - shown * shape) / 2, w=shown, h=shown * shape)
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
