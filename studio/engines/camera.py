"""The built-in video engine: a camera that moves over the still, on any processor, in about real time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.engines.base import Caption
from studio.errors import EngineUnavailable, ToolFailed
from studio.model.camera import CameraMove


class CameraEngine:
    """Pans, pushes, orbits over a still; with depth where the still bears its layers."""

    identity = "video/camera/5"
    is_deterministic = True
    uses_seed = True
    """The seed is the hand that holds the camera: it shows in handheld and tracking moves."""
    reads_motion = False
    """What moves inside the picture is not drawn; only the camera moves."""

    def check(self) -> None:
        """Raise ``EngineUnavailable`` if ffmpeg is missing."""
        from studio.media import ffmpeg

        try:
            ffmpeg.executable()
        except ToolFailed as error:
            raise EngineUnavailable(str(error)) from error

    def animate(
        self,
        out: Path,
        still: Path,
        *,
        move: CameraMove,
        motion: str,
        duration_s: float,
        size: tuple[int, int],
        fps: int,
        seed: int,
        captions: Sequence[Caption] = (),
    ) -> None:
        """Write a silent MP4 of ``round(duration_s * fps)`` frames; ``motion`` has no part in it.

        Raises ``BadInput`` if ``still`` is no picture.
        """
        from studio.media.motion import Words, render_move

        words = [Words(caption.start_s, caption.end_s, caption.text) for caption in captions]
        render_move(out, still, move=move, duration_s=duration_s, size=size, fps=fps, seed=seed, words=words)
