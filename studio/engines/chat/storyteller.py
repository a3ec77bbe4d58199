"""A story from a language model, to the same contract as the built-in writer's: outline first, then its scenes.

The outline fixes who looks how and what each place is called; scenes only name them, so they are the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pydantic import Field

from studio.engines.agents import PLAIN, agent, narration_styles
from studio.engines.chat.ladder import (
    Chat,
    Item,
    Said,
    Shape,
    Task,
    Unreadable,
    WordList,
    Words,
    ask_for,
    ask_in_parts,
)
from studio.errors import UserError
from studio.media.languages import language_name
from studio.model.camera import describe, parse_camera
from studio.model.job import Job
from studio.model.story import EMOTIONS, Character, Scene, Story, StoryRequest

CAMERA_WORDS = (
    "static", "slow push in", "push in", "slow pull out", "pull out", "slow pan left", "slow pan right", "pan left",
    "pan right", "tilt up", "tilt down", "slow zoom in", "zoom out", "move left", "move right", "crane up",
    "crane down", "orbit left", "orbit right", "handheld", "tracking shot left", "tracking shot right",
    "tracking shot in", "drone shot in", "drone shot out",
)  # fmt: skip
_MOST_OVER = 1.15
_LEAST = 0.5
_AIM = 0.92
"""Models count badly: they are told a little less than what fits."""


class _Person(Shape):
    name: Said = Field(description="short name, used everywhere")
    look: Words = Field("", description="what a painter needs: age, build, hair, clothes with colours")


class _Outline(Shape):
    title: Said
    logline: Words = Field("", description="the story in one sentence")
    telling: Words = Field(PLAIN, description="the style of narration that fits best, by its name")
    cast: list[_Person] = Field(default_factory=list, json_schema_extra={"maxItems": 6})
    places: WordList = Field(
        default_factory=list, description="every place, three to eight words each", json_schema_extra={"maxItems": 6}
    )
    steps: WordList = Field(
        default_factory=list,
        description="what happens in each scene, one line a scene, in order",
        json_schema_extra={"maxItems": 24},
    )


class _Scene(Item):
    place: Said = Field(description="one of the places, word for word")
    characters: WordList = Field(default_factory=list, description="names from the cast of those who are seen")
    action: Said = Field(description="what is seen happening", json_schema_extra={"maxLength": 300})
    narration: Words = Field(
        "", description="what the narrator says over it; whole sentences", json_schema_extra={"maxLength": 600}
    )
    emotion: Words = Field("neutral", json_schema_extra={"enum": list(EMOTIONS)})
    time_of_day: Words = Field("", description="morning, noon, dusk, night …")
    weather: Words = Field("", description="only where it is seen")
    props: WordList = Field(default_factory=list, description="things that matter here")
    camera: Words = Field("", json_schema_extra={"enum": list(CAMERA_WORDS)})


class _Scenes(Shape):
    scenes: list[_Scene]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What all questions of one story share."""

    request: StoryRequest
    budget: float
    outline: _Outline
    system: str

    @property
    def count(self) -> int:
        return max(1, self.request.scene_count)

    def words_for(self, scenes: int) -> int:
        """About how many words so many scenes may have together."""
        return round(self.budget * _AIM * scenes / self.count)


def tell_story(chat: Chat, job: Job, request: StoryRequest, *, style: str, written_by: str) -> Story:
    """The story of ``request``; ``style`` names a style of narration (empty: the model chooses).

    Raises UserError for an empty idea or an unknown style, EngineError, and UnusableOutput if the model cannot do it.
    """
    if not request.idea.strip():
        raise UserError("There is no idea yet: say in a sentence or two what the film is about.")
    styles = narration_styles()
    if style and style not in styles:
        raise UserError(f"There is no style of narration “{style}”. There are: {', '.join(styles)}.")
    rules = "\n\n".join(agent(name) for name in ("story", "image", "video"))
    outline = _outline(chat, job, request, rules, {} if style else styles)
    chosen = style or next((name for name in styles if name == outline.telling.lower()), PLAIN)
    system = f"{rules}\n\nHow it is told: {agent(f'narration/{chosen}')}"
    telling = _Telling(request, float(request.word_budget), outline, system)
    scenes = ask_in_parts(
        _Scenes, lambda answer: answer.scenes, chat, job, range(1, telling.count + 1),
        lambda part, found: _scenes_task(telling, part, found),
        wishes=lambda items: _length_complaint(items, telling),
    )  # fmt: skip
    return _story(telling, list(scenes.values()), written_by)


def _outline(chat: Chat, job: Job, request: StoryRequest, rules: str, styles: Mapping[str, str]) -> _Outline:
    lines = [
        f"Plan a film of {request.duration_s:g} seconds in {max(1, request.scene_count)} scenes.",
        f"The idea, in the user's words:\n<idea>\n{request.idea.strip()}\n</idea>",
        f"It is drawn in this style: {request.style}." if request.style else "",
        _tongues(request, "Title, logline and steps"),
        "Ways of telling: " + "; ".join(f"{name} ({use})" for name, use in styles.items()) + "." if styles else "",
        "Answer with JSON: title, logline, telling, cast (name, look), places, steps.",
    ]
    task = Task(rules, "\n".join(line for line in lines if line))
    job.tell(None, "planning the story")
    try:
        return ask_for(_Outline, chat, job, task, wishes=_outline_wishes)
    except Unreadable as error:
        if not error.is_cut:
            raise
    return ask_for(_Outline, chat, job, replace(task, words=f"{task.words}\nBe brief: at most 12 words a field."))


def _outline_wishes(outline: _Outline) -> str:
    bare = [person.name for person in outline.cast if not person.look]
    wishes = [f"cast: {', '.join(bare)} needs a look a painter can use."] if bare else []
    if not outline.places:
        wishes.append("places: name the places where it happens.")
    return " ".join(wishes)


def _scenes_task(telling: _Telling, part: Sequence[int], found: Mapping[int, _Scene]) -> Task:
    outline, request = telling.outline, telling.request
    people = "\n".join(f"- {person.name}: {person.look}" for person in outline.cast)
    places = "\n".join(f"- {place}" for place in outline.places)
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(outline.steps[: telling.count], start=1))
    told = " ".join(found[number].narration for number in sorted(found) if number < part[0])[-1500:]
    which = f"scene {part[0]}" if len(part) == 1 else f"scenes {', '.join(map(str, part))}"
    each = max(1, telling.words_for(1))
    lines = [
        f"The film “{outline.title}” ({request.duration_s:g} s, {telling.count} scenes): {outline.logline}",
        f"The idea, in the user's words:\n<idea>\n{request.idea.strip()}\n</idea>",
        f"Cast:\n{people}" if people else "",
        f"Places:\n{places}" if places else "",
        f"What happens:\n{steps}" if steps else "",
        f"Narrated so far: {told}" if told else "",
        "Do not use these sentences again: " + " / ".join(request.avoid[:12]) if request.avoid else "",
        f"Now write {which} of {telling.count}." + (" The last one ends the story." if telling.count in part else ""),
        f"Narration: about {each} words a scene, together at most {telling.words_for(len(part))} words.",
        _tongues(request, "Narration"),
        f"Camera: one of {', '.join(CAMERA_WORDS)}.",
        "Answer with JSON: scenes, each with number, place, characters, action, narration, emotion, time_of_day, "
        "weather, props, camera.",
    ]
    return Task(telling.system, "\n".join(line for line in lines if line))


def _tongues(request: StoryRequest, what: str) -> str:
    if request.language.split("-")[0].lower() == "en":
        return "Write in English."
    return f"{what} in {language_name(request.language)}; names, looks, places and actions in English."


def _length_complaint(scenes: Sequence[_Scene], telling: _Telling) -> str:
    """What is wrong with how long it is: over by more than 15 %, or less than half of what there is room for."""
    if not scenes or not telling.budget:
        return ""
    room = telling.budget * len(scenes) / telling.count
    words = sum(spoken_words(scene.narration) for scene in scenes)
    if words > room * _MOST_OVER:
        return f"the narration has {words:.0f} words together; it must have at most {telling.words_for(len(scenes))}."
    if words < room * _LEAST:
        return f"the narration has only {words:.0f} words together; there is room for {telling.words_for(len(scenes))}."
    return ""


def _story(telling: _Telling, scenes: list[_Scene], written_by: str) -> Story:
    outline, request = telling.outline, telling.request
    texts = cut_to(telling.budget, [scene.narration for scene in scenes])
    return Story(
        title=outline.title,
        style=request.style,
        logline=outline.logline,
        cast=tuple(Character(name=person.name, look=person.look) for person in _once(outline.cast)),
        scenes=tuple(_scene(outline, scene, text) for scene, text in zip(scenes, texts, strict=True)),
        duration_s=request.duration_s,
        written_by=written_by,
    )


def _once(cast: Sequence[_Person]) -> list[_Person]:
    """Each person as first described."""
    return list({person.name.casefold(): person for person in reversed(cast)}.values())[::-1]


def _scene(outline: _Outline, scene: _Scene, narration: str) -> Scene:
    names = [person.name for person in outline.cast]
    who = tuple(dict.fromkeys(_known(name, names) for name in scene.characters))
    emotion = scene.emotion.lower()
    move = parse_camera(scene.camera)
    return Scene(
        location=_known(scene.place, outline.places), characters=who, action=scene.action, narration=narration,
        emotion=emotion if emotion in EMOTIONS else "neutral", time_of_day=scene.time_of_day or None,
        weather=scene.weather or None, props=tuple(scene.props), camera=None if move.is_guess else describe(move),
    )  # fmt: skip


def _known(said: str, known: Sequence[str]) -> str:
    """The one of ``known`` that is meant by ``said``; ``said`` itself if that is none of them, or not clear."""
    key = _key(said)
    exact = [name for name in known if _key(name) == key]
    near = [name for name in known if key and (key <= _key(name) or _key(name) <= key)]
    return exact[0] if exact else near[0] if len(near) == 1 else said


def _key(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - {"the", "a", "an", "old", "young"}


_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_STOP = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|(?<=[。！？।])\s*")


def spoken_words(text: str) -> float:
    """Words that a narrator has to say; scripts without spaces count 2.5 characters a word."""
    return len(_UNSPACED.sub(" ", text).split()) + len(_UNSPACED.findall(text)) / 2.5


def cut_to(budget: float, texts: Sequence[str]) -> list[str]:
    """``texts`` with whole sentences taken out until they have at most ``budget`` words together.

    Taken are last sentences of whichever text has most words; the film's last sentence, and each text's first, stay.
    """
    told = [_sentences(text) for text in texts]
    while sum(_length(text) for text in told) > budget:
        spare = [number for number, text in enumerate(told) if len(text) > (2 if number == len(told) - 1 else 1)]
        if not spare:
            break
        longest = max(spare, key=lambda number: _length(told[number]))
        told[longest].pop(-2 if longest == len(told) - 1 else -1)
    return [" ".join(text) for text in told]


def _length(sentences: Sequence[str]) -> float:
    return sum(map(spoken_words, sentences))


def _sentences(text: str) -> list[str]:
    ends = [0, *(found.end() for found in _STOP.finditer(text)), len(text)]
    return [part for a, b in pairwise(ends) if (part := text[a:b].strip())]
