"""From scenes to shots: how many, what each shows, what is said over it, and for how long."""

from __future__ import annotations

import math
from collections.abc import Sequence

from studio.model.bounds import FILM_S
from studio.model.camera import camera_words
from studio.model.film import FilmOptions
from studio.model.scene_graph import SceneGraph
from studio.model.shot import Shot
from studio.model.story import Story
from studio.planning.filming.allotment import SECONDS_PER_SHOT, SHORTEST_SHOT_S, allot
from studio.planning.filming.drafts import Draft, draft_shots
from studio.planning.filming.framing import Framer, Role
from studio.planning.filming.timeline import LEAD_S, TAIL_S
from studio.planning.filming.timing import Need, portions, share_time
from studio.planning.filming.wording import Setting, ambient
from studio.planning.language import speech_s
from studio.planning.language import words_per_second as usual_words_per_second
from studio.planning.telling.inference import place_named
from studio.planning.telling.setting import same_places, weather_in

_USUAL_SHOT_S = 5.0


def scene_count_for(seconds: float, shots: int | None = None) -> int:
    """Scenes a story of ``seconds`` should have: 6 for 40 s, one more each 20 s beyond a minute, never over 24."""
    wanted = round(seconds / 6.7) if seconds <= 54 else 8 + round((seconds - 54) / 20)
    most = min(shots or 24, max(1, int(seconds / SHORTEST_SHOT_S)), 24)
    return max(1, min(wanted, most))


def estimate_shot_count(options: FilmOptions, source: Story | Sequence[Shot] | str = "") -> int:
    """Shots the film will have. Exact for a story or shots; for an idea (text) what its length suggests."""
    if isinstance(source, Story):
        return sum(count for _, count in allot(source.scenes, options, _rate(options, None)))
    if not isinstance(source, str):
        return len(source)
    return options.shots or max(1, round(options.seconds / SECONDS_PER_SHOT))


def plan_shots(
    story: Story, graph: SceneGraph, options: FilmOptions, *, words_per_second: float | None = None
) -> tuple[Shot, ...]:
    """The film's shots in order; their frames add up to ``options.seconds`` if the narration fits into it.

    There are ``options.shots`` of them, else about one each 4.5 s and at least one a scene while each can last
    2 s; with fewer shots than scenes, neighbouring scenes share a shot and nothing that is said is lost. Looks
    and places come word for word from ``graph``. ``words_per_second`` is the narrator's pace, by default that
    of ``options.language``.
    """
    rate = _rate(options, words_per_second)
    drafts = draft_shots(story, graph, options, allot(story.scenes, options, rate))
    framer = Framer(story.title)
    needs = [draft.need(rate if options.narration else None) for draft in drafts]
    durations = share_time(needs, seconds=options.seconds, fps=options.fps)
    return tuple(
        _shot(index, draft, duration_s, framer, is_last=index == len(drafts) > 1)
        for index, (draft, duration_s) in enumerate(zip(drafts, durations, strict=True), start=1)
    )


def complete_shots(
    shots: Sequence[Shot], options: FilmOptions, *, words_per_second: float | None = None
) -> tuple[Shot, ...]:
    """The user's own shots with what they left open: scene, camera, motion, and a length where none was given.

    Shots in one place are one scene, whatever lies between; one that names no place stays where the last one was.
    Lengths that were given stay; the others share what is left of ``options.seconds``.
    """
    rate = _rate(options, words_per_second)
    open_ones = [shot for shot in shots if not _is_timed(shot)]
    given_s = sum(shot.duration_s for shot in shots if _is_timed(shot))
    needs = [_need(shot, options, rate) for shot in open_ones]
    left_s = max(options.seconds - given_s, len(open_ones) / options.fps)
    durations = iter(_lengths(needs, left_s, options.fps) if open_ones else ())
    framer = Framer("shots")
    completed: list[Shot] = []
    for number, (shot, scene) in enumerate(zip(shots, _scenes(shots), strict=True), start=1):
        role: Role = "establish" if number == 1 else "action"
        camera = shot.camera or framer.move(role, shot.emotion, is_last=number == len(shots) > 1)
        if shot.camera:
            framer.saw(shot.camera)
        setting = Setting(shot.image_prompt, weather=weather_in(shot.image_prompt) or "")
        motion = shot.motion_prompt or f"{camera_words(camera)}; {ambient(setting, True, shot.image_prompt)}"
        changes: dict[str, object] = {"scene": scene, "camera": camera, "motion_prompt": motion}
        if not _is_timed(shot):
            changes["duration_s"] = next(durations)
        completed.append(shot.model_copy(update=changes))
    return tuple(completed)


def _scenes(shots: Sequence[Shot]) -> list[int]:
    if any("scene" in shot.model_fields_set for shot in shots):
        return [shot.scene for shot in shots]
    return [1 + place for place in same_places(place_named(shot.image_prompt) for shot in shots)]


def usual_length_s(shots: Sequence[Shot], options: FilmOptions, *, words_per_second: float | None = None) -> float:
    """Seconds that the user's own shots take where no length was asked for: 5 s each, or what is said over them."""
    rate = _rate(options, words_per_second)
    usual_s = (shot.duration_s if _is_timed(shot) else _usual_s(_need(shot, options, rate)) for shot in shots)
    return min(max(math.ceil(sum(usual_s) * 10) / 10, FILM_S.least), FILM_S.most)


def _is_timed(shot: Shot) -> bool:
    return "duration_s" in shot.model_fields_set


def _need(shot: Shot, options: FilmOptions, rate: float) -> Need:
    return Need(speech_s(shot.narration, rate) if options.narration else 0.0)


def _lengths(needs: Sequence[Need], seconds: float, fps: int) -> list[float]:
    """Each shot's usual length and an equal share of the rest; where that is too much, what the words need."""
    usual = [round(_usual_s(need) * fps) for need in needs]
    spare = round(seconds * fps) - sum(usual)
    if spare < 0:
        return share_time(needs, seconds=seconds, fps=fps)
    shares = portions(spare, [Need(0.0)] * len(needs))
    return [(frames + more) / fps for frames, more in zip(usual, shares, strict=True)]


def _usual_s(need: Need) -> float:
    return max(_USUAL_SHOT_S, LEAD_S + need.speech_s + TAIL_S)


def _rate(options: FilmOptions, given: float | None) -> float:
    return given if given and given > 0 else usual_words_per_second(options.language)


def _shot(index: int, draft: Draft, duration_s: float, framer: Framer, *, is_last: bool) -> Shot:
    size = framer.size(draft.role, draft.beat, must_be_wide=draft.must_be_wide)
    angle = framer.angle(draft.role, draft.emotion)
    camera = draft.camera or framer.move(draft.role, draft.emotion, is_last=is_last)
    if draft.camera:
        framer.saw(draft.camera)
    shown = f": {draft.seen.full}" if draft.seen.full else ""
    motion = [camera, draft.seen.brief, ambient(draft.setting, draft.has_people, draft.setting.place, index)]
    return Shot(
        index=index,
        scene=draft.scene,
        image_prompt=f"{size[0].upper()}{size[1:]}, {angle}{shown}. {draft.setting.sentence()}",
        motion_prompt="; ".join(part for part in motion if part),
        camera=camera,
        narration=draft.narration,
        duration_s=duration_s,
        emotion=draft.emotion,
    )
