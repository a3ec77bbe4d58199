"""From a story to the scenes of a scene video: how many, in which of a few environments, how long, with which sounds.

Pure rules over what the planning of films knows already: places from the scene graph, looks in words for a painter,
time and weather that go on from scene to scene.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.model.camera import parse_camera
from studio.model.scene_video import CLIP_S, VideoScene
from studio.model.scenes import SceneOptions, camera_word
from studio.model.story import Scene, Story
from studio.planning.filming.drafts import Draft, draft_shots
from studio.planning.filming.framing import Framer, Role
from studio.planning.filming.voice_over import with_room
from studio.planning.filming.wording import Setting
from studio.planning.language import capitalised, one_line, speech_s, split_sentences, word_set
from studio.planning.telling.scene_graph import build_scene_graph
from studio.planning.telling.setting import place_key, same_places

_MOST_CLIPS = 3
_MOST_WORDS = 45
"""So many are said in the longest scene, briskly."""
_AIR_S, _SENTENCE_S = 1.0, 2.5
_TRIES = 4
_INSIDE = re.compile(
    r"\s*INT\b|(?i:\b(?:inside|room|hall|kitchen|attic|cellar|cabin|corridor|office|library|shop|workshop|station)\b)"
)
_MANY = 200
"""Scenes of a script beyond which neighbours are joined in equal parts before places are looked at."""
_FEW = word_set("a an and the of on in at by to with over under is are her his its their")


@dataclass(frozen=True, slots=True)
class Planned:
    """The scenes of a story with the environments they play in, and what is told over each, by its number."""

    scenes: tuple[VideoScene, ...]
    environments: tuple[str, ...]
    places: tuple[int, ...]
    """For each scene the place of its environment in ``environments``, from 0."""
    narration: dict[int, str]


def plan_scenes(story: Story, options: SceneOptions, words_per_second: float) -> Planned:
    """At most ``options.max_scenes`` scenes in at most ``options.max_environments`` environments.

    A story of more scenes has neighbours joined, first those in one place. A scene is as long as what is told over it,
    in clips: 5, 10 or 15 s.
    """
    folded = story.model_copy(update={"scenes": folded_scenes(story.scenes, options.max_scenes)})
    counts = with_room(
        [scene.narration if options.narration else "" for scene in folded.scenes],
        [_clip_count(scene, words_per_second) for scene in folded.scenes],
        words_per_second,
        most=_MOST_CLIPS,
    )
    parts = [(range(n, n + 1), count) for n, count in enumerate(counts)]
    drafts = draft_shots(folded, build_scene_graph(folded), options, parts)
    of_scene = [[draft for draft in drafts if draft.scene == number] for number in range(1, len(counts) + 1)]
    environments, places = _environments(folded.scenes, [own[0].setting for own in of_scene], options.max_environments)
    cameras = _cameras([own[0] for own in of_scene], Framer(folded.title))
    names: list[str] = []
    scenes: list[VideoScene] = []
    for number, (scene, own, count) in enumerate(zip(folded.scenes, of_scene, counts, strict=True), start=1):
        names.append(_name(own[0].setting, names))
        scenes.append(
            VideoScene(
                scene_number=number,
                scene_name=names[-1],
                scene_physical_environment=environments[places[number - 1]],
                scene_movement_description=_movement(own),
                scene_emotions=own[0].emotion,
                scene_camera_movement=cameras[number - 1],
                scene_duration=count * CLIP_S,
                sound_effects_prompt=_sounds(scene, own[0].setting),
                artistic_style=own[0].setting.style,
            )
        )
    narration = {n: one_line(scene.narration) for n, scene in enumerate(folded.scenes, start=1)}
    return Planned(tuple(scenes), environments, places, narration)


def folded_scenes(scenes: Sequence[Scene], most: int) -> tuple[Scene, ...]:
    """``scenes``, neighbours joined until there are at most ``most``: what can be told in one scene first, in one place
    first, the shortest first."""
    groups = [[scene] for scene in scenes]
    if len(groups) > max(most, _MANY):
        borders = [len(scenes) * n // _MANY for n in range(_MANY + 1)]
        groups = [list(scenes[a:b]) for a, b in pairwise(borders)]
    while len(groups) > most:
        numbers = same_places(group[0].location for group in groups)
        costs = [
            (
                _is_over(groups[n] + groups[n + 1]),
                numbers[n] != numbers[n + 1],
                _length(groups[n]) + _length(groups[n + 1]),
                n,
            )
            for n in range(len(groups) - 1)
        ]
        at = min(costs)[-1]
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return tuple(_joined(group) for group in groups)


def with_environments(planned: Planned, environments: Sequence[str]) -> tuple[VideoScene, ...]:
    """The scenes in ``environments`` as they are now, which a user may have reworded, or chosen altogether.

    As many as were planned: each is the one in its place. Else every scene plays where the words are most alike.
    """
    if len(environments) == len(planned.environments):
        chosen = [environments[place] for place in planned.places]
    else:
        chosen = [
            _most_alike(scene, planned.environments[place], environments, at)
            for at, (scene, place) in enumerate(zip(planned.scenes, planned.places, strict=True))
        ]
    return tuple(
        scene.model_copy(update={"scene_physical_environment": words})
        for scene, words in zip(planned.scenes, chosen, strict=True)
    )


def placed(scenes: Sequence[VideoScene], environments: Sequence[str]) -> tuple[VideoScene, ...]:
    """``scenes``, each without an environment in the one of ``environments`` that is most like what happens in it."""
    return tuple(
        scene
        if scene.scene_physical_environment or not environments
        else scene.model_copy(update={"scene_physical_environment": _most_alike(scene, "", environments, at)})
        for at, scene in enumerate(scenes)
    )


def _is_over(group: Sequence[Scene]) -> bool:
    """True if more is told in ``group`` than the longest scene has room for."""
    return sum(len(scene.narration.split()) for scene in group) > _MOST_WORDS


def _length(group: Sequence[Scene]) -> int:
    return sum(len(scene.narration.split()) + len(scene.action.split()) for scene in group)


def _joined(group: Sequence[Scene]) -> Scene:
    """One scene with all that is seen and said in ``group``; where it plays and how it feels is its fullest part's."""
    if len(group) == 1:
        return group[0]
    fullest = max(group, key=lambda scene: (scene.emotion != "neutral", len(scene.narration) + len(scene.action)))
    changes = {
        "location": group[0].location,
        "characters": tuple(dict.fromkeys(name for scene in group for name in scene.characters)),
        "props": tuple(dict.fromkeys(prop for scene in group for prop in scene.props)),
        "action": " ".join(scene.action for scene in group if scene.action),
        "narration": " ".join(scene.narration for scene in group if scene.narration),
        "passages": tuple(passage for scene in group for passage in scene.passages),
        "duration_s": None,
        "time_of_day": group[0].time_of_day,
        "weather": group[0].weather,
        "camera": group[0].camera,
        "beat": group[0].beat,
    }
    return fullest.model_copy(update=changes)


def _clip_count(scene: Scene, words_per_second: float) -> int:
    """As many clips as what is told, or what happens, takes."""
    spoken_s = speech_s(scene.narration, words_per_second)
    happens_s = _SENTENCE_S * len(split_sentences(scene.action))
    length_s = max(spoken_s + _AIR_S, happens_s) if spoken_s or happens_s else scene.duration_s or CLIP_S
    return min(_MOST_CLIPS, max(1, round(length_s / CLIP_S)))


def _environments(
    scenes: Sequence[Scene], settings: Sequence[Setting], most: int
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """At most ``most`` environments and each scene's: one a place, time and weather, else one a place and time, else
    one a place, else the most used ones, and every other scene plays in the one of them that is most like its own."""
    whole = [_environment(setting) for setting in settings]
    for key in (_place_and_time, _place):
        if len(set(whole)) > most:
            first: dict[tuple[str, ...], str] = {}
            keys = map(key, settings)
            whole = [first.setdefault(one, words) for one, words in zip(keys, whole, strict=True)]
    counted = Counter(whole)
    kept = sorted(counted, key=lambda words: (-counted[words], whole.index(words)))[:most]
    chosen = [
        words if words in kept else _nearest(scene, words, at, kept, whole)
        for at, (scene, words) in enumerate(zip(scenes, whole, strict=True))
    ]
    distinct = tuple(dict.fromkeys(chosen))
    return distinct, tuple(distinct.index(words) for words in chosen)


def _place_and_time(setting: Setting) -> tuple[str, ...]:
    return (*place_key(setting.place), setting.time)


def _place(setting: Setting) -> tuple[str, ...]:
    return place_key(setting.place)


def _nearest(scene: Scene, own: str, at: int, kept: Sequence[str], whole: Sequence[str]) -> str:
    """The one of ``kept`` on the same side of the door, with most of the scene's words, seen last before it."""
    wanted = _content(f"{own} {scene.action} {scene.narration}")
    is_inside = bool(_INSIDE.search(scene.location) or _INSIDE.search(own))
    before = list(reversed(whole[:at])) + list(whole[at:])

    def cost(words: str) -> tuple[bool, int, int]:
        return bool(_INSIDE.search(words)) != is_inside, -len(_content(words) & wanted), before.index(words)

    return min(kept, key=cost)


def _environment(setting: Setting) -> str:
    return capitalised(Setting(setting.place, setting.time, setting.weather).sentence())


def _movement(drafts: Sequence[Draft]) -> str:
    """What happens, one sentence a clip, with the looks of everybody in it."""
    sentences = dict.fromkeys(capitalised(draft.seen.full.rstrip(" .")) for draft in drafts if draft.seen.full.strip())
    return " ".join(f"{sentence}." for sentence in sentences)


def _cameras(openings: Sequence[Draft], framer: Framer) -> list[str]:
    """A word for each scene; the script's own where it has one, else never the same twice in a row."""
    found: list[str] = []
    for at, draft in enumerate(openings):
        role: Role = draft.role if draft.seen.full else "establish"
        word = camera_word(parse_camera(draft.camera)) if draft.camera else ""
        for _ in range(_TRIES if not word else 0):
            word = camera_word(parse_camera(framer.move(role, draft.emotion, is_last=at == len(openings) - 1 > 0)))
            if [word] != found[-1:]:
                break
        if draft.camera:
            framer.saw(draft.camera)
        found.append(word)
    return found


def _name(setting: Setting, before: Sequence[str]) -> str:
    """The place, with the time if the film was there before, and a number if it was there at that time."""
    place = capitalised(setting.place.strip(" .")) or "An open landscape"
    for name in (place, f"{place}, {setting.time}" if setting.time else place):
        if name not in before:
            return name
    count = 2 + sum(bool(re.fullmatch(rf"{re.escape(place)} \(\d+\)", name)) for name in before)
    return f"{place} ({count})"


def _sounds(scene: Scene, setting: Setting) -> str:
    """What is to be heard: the place, the weather, and what happens."""
    where = ", ".join(part for part in (setting.place.strip(" ."), setting.weather, setting.time) if part)
    happens = one_line(scene.action or scene.narration)
    return f"{capitalised(where)}. {happens}".strip()


def _most_alike(scene: VideoScene, planned: str, environments: Sequence[str], at: int) -> str:
    wanted = _content(f"{planned} {scene.scene_name} {scene.scene_movement_description}")
    named = _content(planned)
    scores = [(len(_content(words) & named), len(_content(words) & wanted)) for words in environments]
    best = max(scores)
    return environments[scores.index(best) if any(best) else at % len(environments)]


def _content(words: str) -> set[str]:
    return {word for word in re.findall(r"\w+", words.lower()) if word not in _FEW}
