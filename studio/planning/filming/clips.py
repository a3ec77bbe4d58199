"""From scenes to clips: which clips there are, what each shows and says, and which one goes on from which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from studio.model.camera import camera_words
from studio.model.scene_graph import SceneGraph
from studio.model.scene_video import VideoScene
from studio.model.scenes import film_numbers
from studio.model.shot import Shot
from studio.planning.filming.allotment import spread_narration
from studio.planning.filming.appearances import goes_on
from studio.planning.filming.framing import Framer, Role
from studio.planning.filming.voice_over import within_budget
from studio.planning.filming.wording import Setting, action_clauses, ambient
from studio.planning.language import split_sentences
from studio.planning.telling.setting import weather_in

Each = Literal["film", "scene", "cut", "clip"]
"""What begins with a picture of its own; a ``cut`` is a clip whose people or place are not those of the one before it."""
_STRIDE, _MOST_INDEX = 3, 10_000
_OWN = "own_first_frame"


def plan_clips(
    scenes: Sequence[VideoScene], narration: Mapping[int, str], *, initial_prompt: str = ""
) -> tuple[Shot, ...]:
    """The clips of the film in order: shots whose lengths are those of the scenes' clips.

    ``narration`` is what is said over each scene, by its number. All clips of a scene move as the scene does: each goes
    on where the one before ended. ``initial_prompt`` is what the very first picture shows instead of its scene.
    """
    indices, numbers = clip_indices(scenes), film_numbers(scenes)
    framer = Framer("scenes")
    shots: list[Shot] = []
    places: set[str] = set()
    for scene in scenes:
        lengths = scene.clip_lengths_s
        beats = _beats(scene.scene_movement_description, len(lengths))
        spoken = spread_narration(narration.get(scene.scene_number, ""), len(lengths))
        is_new = scene.scene_physical_environment not in places
        places.add(scene.scene_physical_environment)
        for clip, (length_s, beat, words) in enumerate(zip(lengths, beats, spoken, strict=True), start=1):
            prompt = _picture(scene, beat, framer, must_be_wide=is_new and clip == 1)
            if initial_prompt and not shots:
                prompt = initial_prompt
            shots.append(
                Shot(
                    index=indices[scene.scene_number, clip],
                    scene=numbers[scene.scene_number],
                    image_prompt=prompt,
                    motion_prompt=_motion(scene, beat, clip),
                    camera=scene.scene_camera_movement,
                    narration=words,
                    duration_s=float(length_s),
                    emotion=_mood(scene),
                )
            )
    return tuple(shots)


def clip_indices(scenes: Sequence[VideoScene]) -> dict[tuple[int, int], int]:
    """The number in the file names of every clip, by scene and clip (from 1).

    Three numbers are kept for each scene: one that gets longer does not move the files of the scenes after it, which
    are finished. (More are kept where a scene of an older program has more clips; where there would be too many
    numbers, they just count.)
    """
    clips = [(scene.scene_number, clip) for scene in scenes for clip in range(1, len(scene.clip_lengths_s) + 1)]
    stride = max([_STRIDE, *(clip for _, clip in clips)])
    numbers = film_numbers(scenes)
    indices = {(number, clip): stride * (numbers[number] - 1) + clip for number, clip in clips}
    if max(indices.values(), default=0) > _MOST_INDEX:
        return {clip: index for index, clip in enumerate(clips, start=1)}
    return indices


def said_over(scenes: Sequence[VideoScene], texts: Mapping[int, str], words_per_second: float) -> dict[int, str]:
    """What is said over each scene of ``texts``, within the film's word budget."""
    written = [texts.get(scene.scene_number, "") for scene in scenes]
    kept = within_budget(written, [float(sum(scene.clip_lengths_s)) for scene in scenes], words_per_second)
    return {scene.scene_number: text for scene, text in zip(scenes, kept, strict=True)}


def spread_over(scenes: Sequence[VideoScene], text: str) -> dict[int, str]:
    """One text for the whole film, by scenes: whole sentences in order, as much in each as it is long."""
    counts = [len(scene.clip_lengths_s) for scene in scenes]
    pieces = iter(spread_narration(text, sum(counts)))
    spread = [" ".join(filter(None, (next(pieces) for _ in range(count)))) for count in counts]
    return {scene.scene_number: words for scene, words in zip(scenes, spread, strict=True)}


def described(scenes: Sequence[VideoScene]) -> dict[int, str]:
    """What can be said over scenes that came without a narration: what happens in them."""
    return {scene.scene_number: scene.scene_movement_description for scene in scenes}


def begins_anew(shots: Sequence[Shot], *, each: Each, graph: SceneGraph | None = None) -> frozenset[int]:
    """Indices of the clips that begin with a picture of their own; every other goes on from the one before it.

    The first of the film does, and the first of each scene, cut or every clip where ``each`` says so, and one for which
    the user asked for a picture or whose own was brought. Without a ``graph`` everything is a cut.
    """
    found = set()
    for at, shot in enumerate(shots):
        opens = at == 0 or _opens(shots[at - 1], shot, each, graph)
        if opens or shot.retakes.get("image", 0) or (shot.model_extra or {}).get(_OWN):
            found.add(shot.index)
    return frozenset(found)


def with_own_first_frame(shot: Shot) -> Shot:
    """``shot`` beginning with a picture of its own, whatever is before it."""
    return shot.model_copy(update={_OWN: True})


def waves(shots: Sequence[Shot], anew: frozenset[int]) -> list[list[tuple[Shot, Shot | None]]]:
    """The clips in the order of their making, each with the one it goes on from.

    Those of one wave need nothing of each other: the first of every chain, then all the second ones …
    """
    found: list[list[tuple[Shot, Shot | None]]] = []
    place = 0
    for at, shot in enumerate(shots):
        place = 0 if shot.index in anew else place + 1
        if place == len(found):
            found.append([])
        found[place].append((shot, shots[at - 1] if place else None))
    return found


def _opens(before: Shot, shot: Shot, each: Each, graph: SceneGraph | None) -> bool:
    if each == "cut":
        return graph is None or not goes_on(before, shot, graph)
    return each == "clip" or (each == "scene" and before.scene != shot.scene)


def _beats(movement: str, count: int) -> list[str]:
    """What happens in each of ``count`` clips, in order; the last thing goes on where there are fewer."""
    found = action_clauses(movement, count) if movement.strip() else [""]
    found = found or split_sentences(movement)[:1] or [""]
    return [found[min(n, len(found) - 1)].strip().rstrip(".;,:") for n in range(count)]


def _picture(scene: VideoScene, beat: str, framer: Framer, *, must_be_wide: bool) -> str:
    role: Role = "action" if beat else "establish"
    mood = _mood(scene)
    size = framer.size(role, "attempt", must_be_wide=must_be_wide)
    angle = framer.angle(role, mood)
    setting = Setting(scene.scene_physical_environment or "An open landscape", mood=mood, style=scene.artistic_style)
    shown = f": {beat}" if beat else ""
    return f"{size[0].upper()}{size[1:]}, {angle}{shown}. {setting.sentence()}"


def _motion(scene: VideoScene, beat: str, clip: int) -> str:
    place = scene.scene_physical_environment
    setting = Setting(place, weather=weather_in(place) or "", mood=_mood(scene))
    parts = [camera_words(scene.scene_camera_movement), beat, ambient(setting, bool(beat), setting.place, clip)]
    return "; ".join(part for part in parts if part)


def _mood(scene: VideoScene) -> str:
    """The first of the scene's feelings."""
    return scene.scene_emotions.split(",")[0].strip().lower() or "neutral"
