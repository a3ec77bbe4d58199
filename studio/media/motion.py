"""A still becomes a clip: the camera moves over it, and through its layers where it has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.picture import read_still
from studio.model.camera import CameraMove

if TYPE_CHECKING:
    from studio.media.motion_cut import Box
    from studio.media.motion_frames import Screen, Sheet
    from studio.media.motion_path import Keep
    from studio.media.motion_path import Path as CameraPath
    from studio.media.picture import Layer


_NEAR_CAST, _FAR_CAST = 0.3, 0.8
"""Between which depths a still has its people and things; nearer is what frames them, farther the place."""


class Words(NamedTuple):
    """Words burned into the picture from ``start_s`` to ``end_s`` of the clip."""

    start_s: float
    end_s: float
    text: str


def render_move(
    out: Path,
    still: Path,
    *,
    move: CameraMove,
    duration_s: float,
    size: tuple[int, int],
    fps: int,
    seed: int = 1,
    words: Sequence[Words] = (),
) -> None:
    """Write a silent MP4 of ``round(duration_s * fps)`` frames in which ``move`` goes over ``still``.

    A still of another shape is cut to the middle. Equal arguments give equal bytes. Raises ``BadInput`` if
    the still cannot be read, or ``size`` is odd; ``ToolFailed`` if the encoder fails.
    """
    if size[0] % 2 or size[1] % 2 or min(size) < 16:
        raise BadInput(f"A clip of {size[0]}x{size[1]} cannot be made: both sides must be even and at least 16.")
    pictures = frames_of(still, move=move, duration_s=duration_s, size=size, fps=fps, seed=seed, words=words)
    with ffmpeg.filming(out, size=size, fps=fps) as feed:
        for picture in pictures:
            feed.write(picture)


def frames_of(
    still: Path,
    *,
    move: CameraMove,
    duration_s: float,
    size: tuple[int, int],
    fps: int,
    seed: int = 1,
    words: Sequence[Words] = (),
) -> Iterator[memoryview]:
    """The frames of ``render_move`` as yuv420p bytes, one at a time."""
    from studio.media.motion_frames import Screen
    from studio.media.motion_path import Path as CameraPath

    path = CameraPath(move, max(1, round(duration_s * fps)), fps, seed)
    tracks = _tracks(still, path, size)
    lines = [_Line(entry, size) for entry in words if entry.text.strip()]
    screen, shown, last = Screen(size), memoryview(b""), None
    for number in range(path.frames):
        now = number / fps
        spoken = [line for line in lines if line.start_s <= now < line.end_s]
        views = [track.view(number) for track in tracks]
        if (views, spoken) != last:
            screen.lay([(track.sheet, view) for track, view in zip(tracks, views, strict=True)])
            for line in spoken:
                line.stamp(screen)
            shown, last = screen.frame(), (views, spoken)
        yield shown


class _Track:
    """A sheet and its views, in pixels of the still."""

    def __init__(self, sheet: Sheet, path: CameraPath, depth: float | None, crop: Box) -> None:
        self.sheet = sheet
        width, height = crop[2] - crop[0], crop[3] - crop[1]
        views = path.views(depth)
        views[:, 0::2] = crop[0] + views[:, 0::2] * width
        views[:, 1::2] = crop[1] + views[:, 1::2] * height
        self._views = views

    def view(self, number: int) -> Box:
        left, top, right, bottom = (float(edge) for edge in self._views[number])
        return left, top, right, bottom


class _Line:
    """A caption ready to be laid over frames."""

    def __init__(self, words: Words, size: tuple[int, int]) -> None:
        from studio.media.lettering import caption_overlay
        from studio.media.motion_frames import overlay_planes

        self.start_s, self.end_s = words.start_s, words.end_s
        picture, self._corner = caption_overlay(words.text, size)
        self._full, self._half = overlay_planes(picture)

    def stamp(self, screen: Screen) -> None:
        screen.stamp(self._full, self._half, self._corner)


def _tracks(still: Path, path: CameraPath, size: tuple[int, int]) -> list[_Track]:
    from studio.media.motion_frames import covering, flat_sheet, sheets_of

    picture, layers = read_still(still)
    crop = covering(picture.size, size)
    path = replace(path, keep=_subject(layers, crop))
    if path.has_depth:
        sheets = sheets_of(layers, picture, size)
        if len(sheets) > 1:
            return [_Track(sheet, path, depth, crop) for depth, sheet in sheets]
    sheet, crop = flat_sheet(picture, size)
    return [_Track(sheet, path, None, crop)]


def _subject(layers: Sequence[Layer], crop: Box) -> Keep | None:
    """Where the film's people and things are in ``crop``: the solid part of the sheet in the middle distance."""
    import numpy as np

    from studio.media.motion_path import Keep

    sheet = next((layer for layer in layers if _NEAR_CAST < layer.depth < _FAR_CAST), None)
    if sheet is None or sheet.cut.mode != "RGBA":
        return None
    solid = np.asarray(sheet.cut.getchannel("A")) > 200
    rows, columns = np.flatnonzero(solid.mean(1) > 0.004), np.flatnonzero(solid.mean(0) > 0.004)
    if not rows.size or not columns.size:
        return None
    left, top = sheet.box[:2]
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    box = (
        (left + int(columns[0]) - crop[0]) / wide,
        (top + int(rows[0]) - crop[1]) / high,
        (left + int(columns[-1]) + 1 - crop[0]) / wide,
        (top + int(rows[-1]) + 1 - crop[1]) / high,
    )
    inside = tuple(min(1.0, max(0.0, edge)) for edge in box)
    return Keep((inside[0], inside[1], inside[2], inside[3]), sheet.depth if len(layers) > 1 else None)
