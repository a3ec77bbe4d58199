"""What a person does to the scenes of a scene video: reword, insert, delete, move; and what that is to its clips.

A scene keeps its ``scene_id`` whatever place it has: its files bear that number, so moving one makes none of them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from json import dumps

from studio.errors import BadInput, UserError
from studio.model.camera import parse_camera
from studio.model.scene_video import CLIP_S, VideoScene
from studio.model.scenes import CAMERA_WORDS, camera_word, film_numbers
from studio.model.shot import Shot
from studio.model.story import Value
from studio.planning.filming.clips import plan_clips

LENGTHS_S = (CLIP_S, 2 * CLIP_S, 3 * CLIP_S)
"""How long a scene may be made: three numbers are kept for the files of its clips."""
_KEYS = {
    "name": "scene_name", "action": "scene_movement_description", "emotions": "scene_emotions",
    "camera": "scene_camera_movement", "duration": "scene_duration", "sounds": "sound_effects_prompt",
    "narration": "scene_narration",
}  # fmt: skip
"""What a person calls the fields of a scene. ``environment``, a number from 1, is the other one."""
_ENVIRONMENT = "environment"
_MOST_SCENES = 100


@dataclass(frozen=True, slots=True)
class Written:
    """The scenes in the order of the film, the environments, and for each scene the place of its one, from 0; -1: none."""

    scenes: tuple[VideoScene, ...]
    environments: tuple[str, ...]
    places: tuple[int, ...]

    def used(self, environment: int) -> tuple[int, ...]:
        """Numbers of the scenes in the environment at place ``environment`` (from 0)."""
        pairs = zip(self.scenes, self.places, strict=True)
        return tuple(scene.scene_number for scene, place in pairs if place == environment)


class SceneWords(Value):
    """A scene in a person's words, for telling two states of it apart."""

    name: str
    environment: str
    action: str
    emotions: str
    camera: str
    duration_s: int
    sounds: str
    narration: str | None


def words_of(scene: VideoScene) -> SceneWords:
    """The scene without its place among the others."""
    return SceneWords(
        name=scene.scene_name,
        environment=scene.scene_physical_environment,
        action=scene.scene_movement_description,
        emotions=scene.scene_emotions,
        camera=scene.scene_camera_movement,
        duration_s=scene.scene_duration,
        sounds=scene.sound_effects_prompt,
        narration=scene.narration,
    )


def written(scenes: Sequence[VideoScene], environments: Sequence[str]) -> Written:
    """The documents as a person edits them; an environment that only a scene has is one of the environments as well."""
    words = list(environments)
    places = []
    for scene in scenes:
        chosen, own = scene.environment_number, scene.scene_physical_environment
        if chosen and chosen <= len(environments):
            places.append(chosen - 1)
            continue
        if own and own not in words:
            words.append(own)
        places.append(words.index(own) if own else -1)
    return Written(tuple(scenes), tuple(words), tuple(places))


def noted(now: Written) -> tuple[VideoScene, ...]:
    """The scenes as they are saved: each with the number its files bear, its environment's number and its words."""
    numbers = film_numbers(now.scenes)
    found = []
    for scene, place in zip(now.scenes, now.places, strict=True):
        where = {"scene_physical_environment": now.environments[place], "scene_environment_number": place + 1}
        notes = {"scene_id": numbers[scene.scene_number], **(where if place >= 0 else {})}
        found.append(scene.model_copy(update=notes))
    return tuple(found)


def revision_of(now: Written, number: int, narration: str) -> str:
    """Another text for another scene: who changes one can say which one they saw."""
    at = _place(now, number)
    words = now.environments[now.places[at]] if now.places[at] >= 0 else ""
    kept = {key: getattr(now.scenes[at], name, "") for key, name in _KEYS.items() if key != "narration"}
    return sha256(dumps([kept, words, narration]).encode()).hexdigest()[:16]


def edited(now: Written, number: int, fields: Mapping[str, object]) -> Written:
    """Scene ``number`` has these fields. Raises BadInput that names a wrong one, UserError if there is no such scene."""
    at = _place(now, number)
    changes = {_KEYS[key]: _checked(number, key, value) for key, value in fields.items() if key != _ENVIRONMENT}
    scenes = (*now.scenes[:at], now.scenes[at].model_copy(update=changes), *now.scenes[at + 1 :])
    places = now.places
    if _ENVIRONMENT in fields:
        chosen = _whole(fields[_ENVIRONMENT])
        if chosen is None or not 1 <= chosen <= len(now.environments):
            raise BadInput(
                f"Scene {number}, environment: must be one of 1 to {len(now.environments)}, is {fields[_ENVIRONMENT]!s:.40}."
            )
        places = (*places[:at], chosen - 1, *places[at + 1 :])
    return replace(now, scenes=scenes, places=places)


def inserted(now: Written, after: int, scene_id: int, fields: Mapping[str, object]) -> Written:
    """A new scene of one clip behind scene ``after`` (0: at the front), where its neighbour plays; nobody speaks yet."""
    if len(now.scenes) >= _MOST_SCENES:
        raise UserError(f"A scene video has {_MOST_SCENES} scenes at most.")
    at = _place(now, after) + 1 if after else 0
    beside = now.scenes[max(0, at - 1)]
    scene = VideoScene.model_validate({
        "scene_number": 0, "scene_name": "New scene", "scene_emotions": beside.scene_emotions,
        "scene_camera_movement": CAMERA_WORDS[0], "artistic_style": beside.artistic_style, "scene_id": scene_id,
        "scene_narration": "",
    })  # fmt: skip
    kept = zip(now.scenes, film_numbers(now.scenes).values(), strict=True)
    scenes = [one.model_copy(update={"scene_id": number}) for one, number in kept]
    places = list(now.places)
    scenes.insert(at, scene)
    places.insert(at, now.places[max(0, at - 1)])
    made = _renumbered(replace(now, scenes=tuple(scenes), places=tuple(places)))
    return edited(made, at + 1, fields)


def deleted(now: Written, number: int) -> Written:
    """Scene ``number`` is out of the film."""
    at = _place(now, number)
    if len(now.scenes) == 1:
        raise UserError("A scene video needs one scene at least.")
    return _in_order(now, [place for place in range(len(now.scenes)) if place != at])


def moved(now: Written, number: int, position: int) -> Written:
    """Scene ``number`` stands at ``position`` (from 1)."""
    at = _place(now, number)
    if not 1 <= position <= len(now.scenes):
        raise UserError(f"The film has places 1 to {len(now.scenes)} for scenes; there is no place {position}.")
    order = [place for place in range(len(now.scenes)) if place != at]
    order.insert(position - 1, at)
    return _in_order(now, order)


def reworded(now: Written, environment: int, words: str) -> Written:
    """The environment ``environment`` (from 1; one more than there are: a new one) reads ``words``, in all its scenes."""
    text = " ".join(words.split())
    if not text:
        raise BadInput(f"Environment {environment} has no words: say what the place looks like.")
    if not 1 <= environment <= len(now.environments) + 1:
        raise UserError(f"There is no environment {environment}.")
    environments = (*now.environments[: environment - 1], text, *now.environments[environment:])
    return replace(now, environments=environments)


def without_environment(now: Written, environment: int) -> Written:
    """The environment ``environment`` (from 1) is gone. Raises UserError if a scene plays there."""
    if not 1 <= environment <= len(now.environments):
        raise UserError(f"There is no environment {environment}.")
    used = now.used(environment - 1)
    if used:
        listed = ", ".join(map(str, used))
        raise UserError(
            f"Environment {environment} is where scene {listed} plays: choose another one there first."
            if len(used) == 1
            else f"Environment {environment} is where the scenes {listed} play: choose another one there first."
        )
    environments = (*now.environments[: environment - 1], *now.environments[environment:])
    places = tuple(place - (place >= environment) for place in now.places)
    return replace(now, environments=environments, places=places)


def restyled(now: Written, before: str, after: str) -> Written:
    """What was to be drawn in the style ``before`` is to be drawn in ``after``."""
    scenes = (
        scene.model_copy(update={"artistic_style": after}) if scene.artistic_style == before else scene
        for scene in now.scenes
    )
    return replace(now, scenes=tuple(scenes))


def replanned(
    shots: Sequence[Shot], before: Sequence[VideoScene], after: Sequence[VideoScene], *, free_index: int,
    opening: str = "",
) -> tuple[Shot, ...]:  # fmt: skip
    """The clips of the scenes as they are ``after``; those of a scene that is as ``before`` stay as they are.

    Of a changed scene's clips only what the change concerns is another: what a person said of a clip alone stays. New
    clips have numbers from ``free_index`` where their own are taken. ``opening``: what the very first picture shows by
    the user's word.
    """
    own = {number: [shot for shot in shots if shot.scene == number] for number in {shot.scene for shot in shots}}
    said = {number: " ".join(shot.narration for shot in mine if shot.narration) for number, mine in own.items()}
    was, now = _Plan(before, said, opening), _Plan(after, _said(said, before, after), opening)
    taken = {shot.index for shot in shots}
    clips: dict[int, list[Shot]] = {}
    for number, scene in now.scenes.items():
        if number in was.scenes and _same(scene, was.scenes[number]):
            clips[number] = own.get(number, [])
            continue
        merged = _merged(own.get(number, []), was.clips.get(number, []), now.clips[number])
        clips[number] = []
        for shot, is_new in merged:
            index = shot.index
            if is_new and index in taken:
                index, free_index = free_index, free_index + 1
            taken.add(index)
            clips[number].append(shot.model_copy(update={"index": index}))
    if list(was.scenes) == list(now.scenes):
        return _in_place(shots, clips)
    return tuple(shot for number in now.scenes for shot in clips[number])


class _Plan:
    """What ``plan_clips`` makes of the scenes, by the numbers that their files bear."""

    def __init__(self, scenes: Sequence[VideoScene], said: Mapping[int, str], opening: str) -> None:
        numbers = film_numbers(scenes)
        self.scenes = {numbers[scene.scene_number]: scene for scene in scenes}
        narration = {number: said.get(in_film, "") for number, in_film in numbers.items()}
        planned = plan_clips(scenes, narration, initial_prompt=opening)
        self.clips = {number: [shot for shot in planned if shot.scene == number] for number in self.scenes}


def _said(
    said: Mapping[int, str], before: Sequence[VideoScene], after: Sequence[VideoScene]
) -> dict[int, str]:  # fmt: skip
    """What is said over each scene: as it is, but where a person wrote something else since."""
    was = {number: scene.narration for scene, number in zip(before, film_numbers(before).values(), strict=True)}
    found = dict(said)
    for scene, number in zip(after, film_numbers(after).values(), strict=True):
        if scene.narration is not None and scene.narration != was.get(number):
            found[number] = scene.narration
    return found


def _same(one: VideoScene, other: VideoScene) -> bool:
    return _seen(one) == _seen(other)


def _seen(scene: VideoScene) -> dict[str, object]:
    """What decides its clips: neither its place among the scenes nor what is noted of it."""
    whole = scene.model_dump()
    notes = ("scene_number", "scene_id", "scene_environment_number", "scene_name", "sound_effects_prompt")
    return {key: value for key, value in whole.items() if key not in notes and not key.startswith("previous_")}


def _merged(own: Sequence[Shot], was: Sequence[Shot], now: Sequence[Shot]) -> list[tuple[Shot, bool]]:
    """A scene's clips, each with True if it is new; clips that a person took out stay out, those put in stay in."""
    is_said_anew = [shot.narration for shot in was] != [shot.narration for shot in now]
    planned = {shot.index for shot in was}
    follows = dict(zip((shot.index for shot in was), zip(was, now, strict=False), strict=False))
    kept = [
        _followed(shot, *follows[shot.index], is_said_anew=is_said_anew) if shot.index in follows else shot
        for shot in own
        if shot.index in follows or shot.index not in planned
    ]
    return [*((shot, False) for shot in kept), *((shot, True) for shot in now[len(was) :])]


def _followed(own: Shot, was: Shot, now: Shot, *, is_said_anew: bool) -> Shot:
    """``own`` with what is another in ``now`` than in ``was``."""
    changed = {
        name: getattr(now, name)
        for name in type(now).model_fields
        if name not in ("index", "narration") and getattr(now, name) != getattr(was, name)
    }
    return own.model_copy(update={**changed, **({"narration": now.narration} if is_said_anew else {})})


def _in_place(shots: Sequence[Shot], clips: Mapping[int, Sequence[Shot]]) -> tuple[Shot, ...]:
    """The clips in the order that they had, new ones behind the one before them in their scene."""
    order = [shot.index for shot in shots]
    for mine in clips.values():
        for place, shot in enumerate(mine):
            if shot.index not in order:
                before = order.index(mine[place - 1].index) if place else -1
                order.insert(before + 1, shot.index)
    known = {shot.index: shot for mine in clips.values() for shot in mine}
    return tuple(known[index] for index in order if index in known)


def _place(now: Written, number: int) -> int:
    at = next((at for at, scene in enumerate(now.scenes) if scene.scene_number == number), None)
    if at is None:
        raise UserError(f"There is no scene {number}: the film has {len(now.scenes)}.")
    return at


def _in_order(now: Written, order: Sequence[int]) -> Written:
    """The scenes at these places, in this order, with numbers from 1; each keeps the one that its files bear."""
    numbers = film_numbers(now.scenes)
    scenes = (now.scenes[at] for at in order)
    kept = tuple(scene.model_copy(update={"scene_id": numbers[scene.scene_number]}) for scene in scenes)
    return _renumbered(replace(now, scenes=kept, places=tuple(now.places[at] for at in order)))


def _renumbered(now: Written) -> Written:
    scenes = (scene.model_copy(update={"scene_number": number}) for number, scene in enumerate(now.scenes, start=1))
    return replace(now, scenes=tuple(scenes))


def _checked(number: int, key: str, value: object) -> object:
    check: dict[str, Callable[[int, object], object]] = {"duration": _length_s, "camera": _camera}
    return check[key](number, value) if key in check else " ".join(str(value).split())


def _length_s(number: int, value: object) -> int:
    length_s = _whole(value)
    if length_s not in LENGTHS_S:
        raise BadInput(f"Scene {number}, duration: must be 5, 10 or 15 seconds, clips of 5 s; is {value!s:.40}.")
    return length_s


def _camera(number: int, value: object) -> str:
    """One of the fifteen words, also for other words of the same move."""
    text = " ".join(str(value).split())
    word = next((word for word in CAMERA_WORDS if word.casefold() == text.casefold()), "")
    move = parse_camera(text)
    if not word and move.is_guess:
        raise BadInput(
            f"Scene {number}, camera: {text or 'nothing'} names no move. There are {', '.join(CAMERA_WORDS)}."
        )
    return word or camera_word(move)


def _whole(value: object) -> int | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if value == int(value) else None
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 6 else None
