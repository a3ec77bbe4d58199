"""Steps ``images`` and ``videos`` of a scene video: clips that go on from each other.

A clip begins with the last picture of the clip before it, over the borders of scenes too, unless it has a picture of
its own. An engine that only moves the camera over a picture has one drawn for every clip: going on from the last
picture of the one before it would only come closer and closer to what is known, and show nothing of what happens
next.

The picture that a clip begins with stands as its still (``images/shot_002.png``): the storyboard shows it, and whoever
puts another one in its place begins anew there. A clip is as long as planned, however its narration turns out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import frames, verify
from studio.model.shot import Shot
from studio.planning.clips import Each, begins_anew, waves
from studio.planning.timeline import lay_out
from studio.steps import names
from studio.steps.film_parts import read_shots
from studio.steps.render_images import RenderImages
from studio.steps.render_videos import RenderVideos


@dataclass(frozen=True)
class RenderFirstFrames(RenderImages):
    """``images/shot_001.png`` … for the clips that begin with a picture of their own."""

    each: Each = "film"

    def drawn(self, shots: Sequence[Shot]) -> Sequence[Shot]:
        """The clips that begin anew."""
        anew = begins_anew(shots, each=self.each)
        return [shot for shot in shots if shot.index in anew]

    def forecast(self) -> tuple[str, ...]:
        """That of the first scene, or one of each scene that there may be."""
        return tuple(names.image(3 * n + 1) for n in range(1 if self.each == "film" else self.shot_count))


@dataclass(frozen=True)
class RenderClips(RenderVideos):
    """``videos/shot_001.mp4`` …, each from its still; the stills that are last pictures are taken here."""

    each: Each = "film"

    def run(self, ctx: Context) -> None:
        """Make the clips that are missing, wave by wave."""
        shots = read_shots(ctx)
        timeline = lay_out(shots, {}, fps=self.options.fps)
        slots = {slot.index: slot for slot in timeline.slots}
        made: list[Artifact | None] = []
        for wave in waves(shots, begins_anew(shots, each=self.each)):
            self._take_stills(ctx, wave)
            stills = [(shot, ctx.artifact(names.image(shot.index))) for shot, _ in wave]
            made += ctx.make_all(
                [self.clip(ctx, shot, slots[shot.index], timeline, still) for shot, still in stills if still]
            )
        self.say_of(ctx, shots, made)

    def forecast(self) -> tuple[str, ...]:
        """A clip for each scene that there may be."""
        return tuple(names.clip(3 * n + 1) for n in range(self.shot_count))

    def _take_stills(self, ctx: Context, wave: Sequence[tuple[Shot, Shot | None]]) -> None:
        """The last picture of every clip that another one of the wave goes on from."""
        wanted = []
        for shot, before in wave:
            if before is None:
                continue
            clip = ctx.artifact(names.clip(before.index))
            if clip:
                wanted.append(self._still(ctx, shot, clip))
            else:
                ctx.notice(
                    names.clip(shot.index), f"waits for {names.clip(before.index)}, whose last picture it goes on from"
                )
        ctx.make_all(wanted)

    def _still(self, ctx: Context, shot: Shot, clip: Artifact) -> Wanted:
        def produce(out: Path) -> None:
            frames.last_frame(ctx.path(clip), out)

        return Wanted(names.image(shot.index), produce, verify.image_of(), given={"clip": clip, "frame": "last"})
