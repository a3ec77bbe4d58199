"""Step ``videos``: every still becomes a clip, as long as its shot needs.

A clip that goes on from the one before it begins with its last picture. That picture stands as its still
(``images/shot_002.png``): the storyboard shows it, and whoever puts another one in its place begins anew there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import Caption, VideoEngine, notice_of, slots_of
from studio.media import frames, verify
from studio.model.camera import parse_camera
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.timeline import Slot, Timeline
from studio.planning.filming.clips import Each, waves
from studio.steps.filming import names
from studio.steps.filming.film_parts import Narrated, narrated, read_shots
from studio.steps.filming.shot_parts import begun_anew
from studio.steps.takes import counting_seed, seed_of


@dataclass(frozen=True)
class RenderVideos:
    """``videos/shot_001.mp4`` … for every shot that has a still; the stills that are last pictures are taken here.

    ``each`` says which shots begin with a picture of their own.
    """

    engine: VideoEngine
    options: FilmOptions
    shot_count: int
    each: Each = "clip"
    name: str = "videos"
    typical_s: float = 4.0

    def run(self, ctx: Context) -> None:
        """Make the clips that are missing: first those that begin anew, then those that go on from them, and so on."""
        shots = read_shots(ctx)
        told = self.told(ctx, shots)
        slots = {slot.index: slot for slot in told.timeline.slots}
        open_ones = told.unmeasured if self.options.subtitles == "burned" else told.stretching
        made: list[Artifact | None] = []
        for wave in waves(shots, begun_anew(ctx, shots, self.each)):
            self._take_stills(ctx, wave)
            stills = [(shot, ctx.artifact(names.image(shot.index))) for shot, _ in wave]
            made += ctx.make_all(
                [
                    self.clip(ctx, shot, slots[shot.index], told.timeline, still, open_ones.get(shot.index, ()))
                    for shot, still in stills
                    if still
                ]
            )
        self.say_of(ctx, shots, made)

    def told(self, ctx: Context, shots: Sequence[Shot]) -> Narrated:
        """How long each shot is: as long as what is said over it needs."""
        return narrated(ctx, shots, self.options)

    def say_of(self, ctx: Context, shots: Sequence[Shot], clips: Sequence[Artifact | None]) -> None:
        """Tell what is to be known of the new ``clips``: of their engine, and of camera words that name no move."""
        made = {clip.name for clip in clips if clip and ctx.is_new(clip)}
        if made and (known := notice_of(self.engine)):
            ctx.notice(self.name, known)
        for shot in shots:
            if names.clip(shot.index) in made and shot.camera.strip() and parse_camera(shot.camera).is_guess:
                ctx.notice(
                    names.clip(shot.index), f"“{shot.camera}” is no camera move that is known: made as a slow push in"
                )

    def forecast(self) -> tuple[str, ...]:
        """As many clips as the film will have shots."""
        return tuple(names.clip(index) for index in range(1, self.shot_count + 1))

    def clip(
        self,
        ctx: Context,
        shot: Shot,
        slot: Slot,
        timeline: Timeline,
        still: Artifact,
        waiting: tuple[Artifact, ...] = (),
    ) -> Wanted:
        """The clip of ``shot``, as long as its ``slot``, that begins with ``still``."""
        options = self.options
        call: dict[str, Any] = {
            "move": parse_camera(shot.camera or shot.motion_prompt),
            "motion": shot.motion_prompt if self.engine.reads_motion else "",
            "duration_s": slot.frames / options.fps,
            "size": options.size,
            "fps": options.fps,
            "seed": counting_seed(
                self.engine, seed_of(shot, options, "video"), usual=shot.index, retakes=shot.retakes.get("video", 0)
            ),
            "captions": captions(slot, timeline) if options.subtitles == "burned" else (),
        }

        def produce(out: Path, **job: Any) -> None:
            self.engine.animate(out, ctx.path(still), **call, **job)

        given = {**call, "still": still, **({"narration": waiting} if waiting else {})}
        check = verify.video_of(slot.frames / options.fps, options.size, options.fps)
        return Wanted(
            names.clip(shot.index),
            produce,
            check,
            given=given,
            by=self.engine.identity,
            accept=verify.whole_video(),
            slots=slots_of(self.engine),
        )

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


def captions(slot: Slot, timeline: Timeline) -> tuple[Caption, ...]:
    """The slot's sentences in seconds from its own start, for words inside the picture."""
    start_s = timeline.start_s(slot)
    return tuple(Caption(cue.start_s - start_s, cue.end_s - start_s, cue.text) for cue in slot.cues)
