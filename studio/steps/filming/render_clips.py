"""Steps ``images`` and ``videos`` of a scene video: clips that go on from each other.

A clip begins with the last picture of the clip before it, over the borders of scenes too, unless it has a picture of
its own. An engine that only moves the camera over a picture has one drawn for every clip: going on from the last
picture of the one before it would only come closer and closer to what is known, and show nothing of what happens
next. A clip is as long as planned, however its narration turns out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.pipeline import Context
from studio.model.shot import Shot
from studio.planning.filming.clips import Each
from studio.planning.filming.timeline import lay_out
from studio.steps.filming import names
from studio.steps.filming.film_parts import Narrated
from studio.steps.filming.render_images import RenderImages
from studio.steps.filming.render_videos import RenderVideos


@dataclass(frozen=True)
class RenderFirstFrames(RenderImages):
    """``images/shot_001.png`` … for the clips that begin with a picture of their own."""

    each: Each = "film"

    def forecast(self) -> tuple[str, ...]:
        """That of the first scene, or one of each scene that there may be."""
        return tuple(names.image(3 * n + 1) for n in range(1 if self.each == "film" else self.shot_count))


@dataclass(frozen=True)
class RenderClips(RenderVideos):
    """``videos/shot_001.mp4`` …, each from its still."""

    each: Each = "film"

    def told(self, ctx: Context, shots: Sequence[Shot]) -> Narrated:
        """How long each clip is: as planned."""
        return Narrated(lay_out(shots, {}, fps=self.options.fps), {}, {})

    def forecast(self) -> tuple[str, ...]:
        """A clip for each scene that there may be."""
        return tuple(names.clip(3 * n + 1) for n in range(self.shot_count))
