"""Step ``film``: everything there is, put together. It never waits for perfection: a shot without a clip shows its
still with the camera move, one without a still shows a title card, so there is always a film to watch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import Given
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import VideoEngine
from studio.errors import UnusableOutput
from studio.media import verify
from studio.media.film import Chapter, FilmClip, assemble_film
from studio.media.mix import Placed, Soundtrack, mix_track
from studio.media.picture import title_card
from studio.media.subtitles import Cue, lay_out_cues, write_srt
from studio.model.camera import parse_camera
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.story import Scene
from studio.model.timeline import Slot, Timeline
from studio.planning.language import capitalised
from studio.planning.telling.inference import place_named
from studio.steps.filming import names
from studio.steps.filming.film_parts import Narrated, narrated, read_shots, scenes_told
from studio.steps.filming.render_videos import captions
from studio.steps.filming.write_story import STORY_SHAPE

#: Under the narrator: music swells to a little below the voice between sentences, never above it.
_AMBIENCE_DB, _MUSIC_DB, _SCENE_FADE_S, _END_FADE_S = -8.0, -6.0, 0.6, 1.5


Bed = tuple[Artifact, float, float, float]
"""Sound, start_s, length_s, gain_db."""


@dataclass(frozen=True)
class AssembleFilm:
    """``film.mp4`` and ``film.srt``. ``camera`` moves over stills whose own clip is missing."""

    camera: VideoEngine
    options: FilmOptions
    title: str
    name: str = "film"
    typical_s: float = 4.0

    def run(self, ctx: Context) -> None:
        """Put the film together again if anything it uses is new."""
        shots = read_shots(ctx)
        told = narrated(ctx, shots, self.options)
        clips = self._clips(ctx, shots, told)
        subtitles = self._subtitles(ctx, told)
        voice = self._voice(ctx, told)
        beds = beds_of(ctx, told.timeline)
        self._film(ctx, shots, told, clips, voice, beds, subtitles)

    def forecast(self) -> tuple[str, ...]:
        """The film, with its subtitles if it speaks."""
        return (names.SUBTITLES, names.FILM) if self.options.narration else (names.FILM,)

    def _clips(self, ctx: Context, shots: Sequence[Shot], told: Narrated) -> list[Artifact]:
        """One clip a shot: its own, else a stand-in."""
        pairs = list(zip(shots, told.timeline.slots, strict=True))
        missing = [pair for pair in enumerate(pairs, start=1) if ctx.artifact(names.clip(pair[1][0].index)) is None]
        stand_ins = ctx.make_all(
            [self._stand_in(ctx, number, shot, slot, told.timeline) for number, (shot, slot) in missing]
        )
        there = {shot.index: made for (_, (shot, _)), made in zip(missing, stand_ins, strict=True)}
        found = [ctx.artifact(names.clip(shot.index)) or there.get(shot.index) for shot in shots]
        clips = [clip for clip in found if clip]
        if len(clips) < len(shots):
            raise UnusableOutput("Some shots have neither a clip nor a stand-in (see their errors): no film was made.")
        return clips

    def _stand_in(self, ctx: Context, number: int, shot: Shot, slot: Slot, timeline: Timeline) -> Wanted:
        still = ctx.artifact(names.image(shot.index))
        words = f"Shot {number}\n{shot.narration or shot.image_prompt}"
        call: dict[str, Any] = {
            "move": parse_camera((shot.camera or shot.motion_prompt) if still else "static"),
            "motion": "",
            "duration_s": slot.frames / timeline.fps,
            "size": self.options.size,
            "fps": timeline.fps,
            "seed": shot.index,
            "captions": captions(slot, timeline) if still and self.options.subtitles == "burned" else (),
        }

        def produce(out: Path) -> None:
            card = out.with_suffix(".card.png")
            if still is None:
                title_card(card, words, self.options.size)
            self.camera.animate(out, ctx.path(still) if still else card, **call)
            card.unlink(missing_ok=True)

        check = verify.video_of(slot.frames / timeline.fps, self.options.size, timeline.fps)
        given = {**call, "still": still, "words": None if still else words}
        return Wanted(names.stand_in(shot.index), produce, check, given=given, by=self.camera.identity)

    def _subtitles(self, ctx: Context, told: Narrated) -> Artifact | None:
        spoken = [Cue(cue.start_s, cue.end_s, cue.text) for cue in told.timeline.cues]
        waiting = told.waiting
        if not (spoken or waiting):
            return None
        cues = lay_out_cues(spoken)
        wanted = Wanted(
            names.SUBTITLES,
            partial(write_srt, cues=cues),
            verify.subtitles_ok(),
            given={"cues": cues, **({"narration": waiting} if waiting else {})},
        )
        return ctx.make(wanted)

    def _voice(self, ctx: Context, told: Narrated) -> list[tuple[Artifact, float]]:
        """Spoken sentences with their starts in the film; the whole track also stands by itself in the project.

        A narration that was fitted to the film before is that track.
        """
        fitted = ctx.artifact(names.ADJUSTED)
        if fitted:
            return [(fitted, 0.0)]
        takes = [(ctx.artifact(cue.name), round(cue.start_s, 6)) for cue in told.timeline.cues]
        voice = [(take, start_s) for take, start_s in takes if take]
        waiting = told.waiting
        if voice or waiting:
            length_s = told.timeline.duration_s

            def produce(out: Path) -> None:
                mix_track(out, duration_s=length_s, voice=[Placed(ctx.path(take), at_s) for take, at_s in voice])

            given = {"voice": voice, "length_s": length_s, **({"narration": waiting} if waiting else {})}
            ctx.make(Wanted(names.NARRATION, produce, verify.sound_of(length_s), given=given))
        return voice

    def _film(
        self,
        ctx: Context,
        shots: Sequence[Shot],
        told: Narrated,
        clips: Sequence[Artifact],
        voice: Sequence[tuple[Artifact, float]],
        beds: Sequence[Bed],
        subtitles: Artifact | None,
    ) -> None:
        options, timeline, waiting = self.options, told.timeline, told.waiting
        chapters = chapters_of(ctx, shots, timeline)
        spans = spans_of(ctx, timeline)
        story = ctx.artifact(names.STORY)
        title = ctx.read(story, STORY_SHAPE).title if story else self.title
        in_film = subtitles if options.subtitles == "soft" else None
        given: dict[str, Given] = {"clips": clips, "voice": voice, "beds": beds, "subtitles": in_film}
        given |= {"chapters": chapters, "title": title, "language": options.language}
        given |= {"size": options.size, "fps": options.fps, "timeline": timeline}
        given |= {"narration": waiting} if waiting else {}
        given |= {"spans": spans} if spans else {}

        def produce(out: Path) -> None:
            slots = zip(clips, timeline.slots, strict=True)
            assemble_film(
                out,
                clips=[FilmClip(ctx.path(clip), slot.frames / timeline.fps) for clip, slot in slots],
                track=soundtrack(ctx, voice, beds, timeline.duration_s, spans),
                size=options.size,
                fps=options.fps,
                title=title,
                subtitles=ctx.path(in_film) if in_film else None,
                language=options.language,
                chapters=chapters,
            )

        check = verify.video_of(timeline.duration_s, options.size, options.fps)
        ctx.make(Wanted(names.FILM, produce, check, given=given))


def chapters_of(ctx: Context, shots: Sequence[Shot], timeline: Timeline) -> list[Chapter]:
    """A chapter for each unbroken run of shots of one scene."""
    scenes = scenes_told(ctx) or scenes_of(shots)
    starts = [(scene, start_s) for scene, start_s, _ in timeline.scenes()]
    titles = chapter_titles(scenes, [scene for scene, _ in starts])
    return [Chapter(round(start_s, 6), title) for (_, start_s), title in zip(starts, titles, strict=True)]


def scenes_of(shots: Sequence[Shot]) -> tuple[Scene, ...]:
    """What is known of the scenes of a film without a story: the place that each one's first words for it name."""
    prompts: dict[int, list[str]] = {}
    for shot in shots:
        prompts.setdefault(shot.scene, []).append(shot.image_prompt)
    places = {scene: next(filter(None, map(place_named, words)), "") for scene, words in prompts.items()}
    return tuple(Scene(location=places.get(number, "")) for number in range(1, max(places, default=0) + 1))


def chapter_titles(scenes: Sequence[Scene], numbers: Sequence[int]) -> list[str]:
    """A title of its own for each of the scenes ``numbers`` (from 1).

    It is the place, with the time of day if the film comes back there, and ``again`` if it does so at the same time.
    """
    known = {number: scene for number, scene in enumerate(scenes, start=1)}
    places = [capitalised(known[n].location.strip(" .")) if n in known else "" for n in numbers]
    titles: list[str] = []
    for number, place in zip(numbers, places, strict=True):
        time = known[number].time_of_day if number in known else None
        is_timed = bool(time) and places.count(place) > 1 and str(time).lower() not in place.lower()
        title = (f"{place}, {time}" if is_timed else place) or f"Scene {number}"
        count = sum(title == other.split(" again")[0] for other in titles)
        titles.append(title if not count else f"{title} again" if count == 1 else f"{title} again ({count})")
    return titles


def beds_of(ctx: Context, timeline: Timeline) -> list[Bed]:
    """Music and ambiences of the film."""
    beds: list[Bed] = []
    for scene, start_s, length_s in timeline.scenes():
        sound = ctx.artifact(names.sound(scene))
        if sound:
            beds.append((sound, round(start_s, 6), round(length_s, 6), _AMBIENCE_DB))
    music = ctx.artifact(names.MUSIC)
    if music:
        beds.append((music, 0.0, timeline.duration_s, _MUSIC_DB))
    return beds


def spans_of(ctx: Context, timeline: Timeline) -> tuple[tuple[float, float], ...] | None:
    """When the narrator speaks, where the voice is one track as long as the film; else each sentence says it."""
    if not ctx.artifact(names.ADJUSTED):
        return None
    return tuple((round(cue.start_s, 6), round(cue.end_s, 6)) for cue in timeline.cues)


def soundtrack(
    ctx: Context,
    voice: Sequence[tuple[Artifact, float]],
    beds: Sequence[Bed],
    duration_s: float,
    spans: tuple[tuple[float, float], ...] | None = None,
) -> Soundtrack:
    """What is heard in the film; with ``voice`` empty the bed alone. ``spans`` are as ``spans_of`` gives them."""

    def bed(sound: Artifact, start_s: float, length_s: float, gain_db: float) -> Placed:
        is_last = start_s + length_s >= duration_s - 0.01
        fade_out_s = min(length_s / 2, _END_FADE_S if is_last else _SCENE_FADE_S)
        fade_in_s = min(length_s / 2, _SCENE_FADE_S)
        return Placed(
            ctx.path(sound), start_s, gain_db, fade_in_s, fade_out_s, until_s=start_s + length_s, is_ducked=True
        )

    spoken = tuple(Placed(ctx.path(take), start_s) for take, start_s in voice)
    return Soundtrack(spoken, tuple(bed(*one) for one in beds), spans=spans)
