"""The storyboard as a PDF to print or send: six panels a page, each with its still and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.media import picture_sheet
from studio.media.picture_sheet import Grid, Words

_GRID = Grid(columns=3, rows=2, shape=9 / 16)


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
    length_s = sum(panel.duration_s for panel in panels)
    facts = f"Storyboard  ·  {len(panels)} shot{'s' if len(panels) != 1 else ''}  ·  {_clock(length_s)}"
    picture_sheet.picture_sheet(out, title, facts, [_drawn(panel) for panel in panels], _GRID)


def _drawn(panel: Panel) -> picture_sheet.Panel:
    """Number, size, move and length over the still; under it what is said, what moves, what is seen."""
    said = f"“{panel.spoken}”" if panel.spoken.strip() else ""
    return picture_sheet.Panel(
        picture=panel.still,
        name=f"Shot {panel.number}",
        facts="  ·  ".join(fact for fact in (panel.size.capitalize(), panel.camera) if fact),
        figure=f"{panel.duration_s:.1f} s",
        captions=(Words(said, 8.8), Words(panel.motion, 7.2), Words(panel.picture, 6.8, is_quiet=True)),
    )


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d} min" if whole >= 60 else f"{whole} s"
