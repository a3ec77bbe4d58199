"""What each shot of a scene shows: the place first, then the action, then a face or a thing close by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from studio.model.film import FilmOptions
from studio.model.scene_graph import SceneGraph
from studio.model.story import Passage, Scene, Story
from studio.planning.filming.allotment import spread_narration
from studio.planning.filming.framing import Role, beat_at
from studio.planning.filming.timing import Need, portions
from studio.planning.filming.wording import (
    Seen,
    Setting,
    action_clauses,
    examined,
    face,
    is_examined,
    see,
    style_words,
    watched,
)
from studio.planning.language import one_line, speech_s, split_sentences
from studio.planning.telling.figures import Figure, Telling
from studio.planning.telling.looks import head_noun
from studio.planning.telling.setting import says_weather_ended, time_in, weather_in

_WEIGHTS: dict[Role, float] = {"establish": 1.2, "action": 1.0, "face": 0.7, "detail": 0.6}
_SILENT_WEIGHT = 1.6
_THAW = re.compile(r"(?i)\b(?:spring|summer|thaw(?:s|ed|ing)?|melt(?:s|ed|ing)?)\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A shot before it has a size, a move and a length."""

    scene: int
    role: Role
    seen: Seen
    setting: Setting
    beat: str
    emotion: str
    must_be_wide: bool
    has_people: bool
    narration: str = ""
    camera: str = ""
    """The story's own words for the camera; empty where it leaves that open."""

    def need(self, rate: float | None) -> Need:
        """Time for its narration at ``rate`` words a second; None if nothing is spoken in this film."""
        spoken_s = speech_s(self.narration, rate) if rate else 0.0
        return Need(spoken_s, _WEIGHTS[self.role] * (1.0 if spoken_s else _SILENT_WEIGHT))


@dataclass(frozen=True, slots=True)
class _Here:
    """Who and what is in a scene; ``news`` are the props that no close look has shown yet."""

    people: list[Figure]
    props: list[Figure]
    news: list[Figure]


def draft_shots(story: Story, graph: SceneGraph, options: FilmOptions, counts: list[tuple[range, int]]) -> list[Draft]:
    """All shots in order; ``counts`` says how many for which scenes."""
    stage = _Stage.of(graph)
    style = style_words(options.style, story.style)
    drafts: list[Draft] = []
    last = Setting("")
    for numbers, count in counts:
        first = story.scenes[numbers[0]]
        number = numbers[0] + 1
        place_id, place = stage.place_of(number, first)
        setting = _setting(first, place, style, last)
        is_new = place_id not in stage.visited
        stage.visited.add(place_id)
        narration = " ".join(one_line(story.scenes[n].narration) for n in numbers).strip()
        beat = beat_at(numbers[0], len(story.scenes), first.beat)
        emotion = first.emotion.strip().lower() or "neutral"
        here = stage.here(number, first)
        telling = Telling([*here.people, *(prop for prop in here.props if " " in prop.name)], stage.recent(here.people))
        may_open = is_new and not stage.has_opened
        if len(numbers) == 1 and first.told:
            pictures = _passages(first, telling, here, count, may_open)
        else:
            seen_ = _pictures(first, telling, here, count, may_open)
            pictures = [(*one, words) for one, words in zip(seen_, spread_narration(narration, count), strict=True)]
        stage.has_opened |= any(not seen.full for _, seen, _ in pictures)
        stage.examined |= {prop.id for prop in here.news if any(is_examined(seen, prop) for _, seen, _ in pictures)}
        for at, (role, seen, words) in enumerate(pictures):
            must_be_wide = is_new and at == 0
            camera = one_line(first.camera or "") if at == 0 else ""
            drafts.append(
                Draft(number, role, seen, setting, beat, emotion, must_be_wide, bool(here.people), words, camera)
            )
        last = setting
    return drafts


def _setting(scene: Scene, place: str, style: str, last: Setting) -> Setting:
    """Time goes on from the scene before unless this one names its own; weather does so in the same place.

    Snow lies everywhere until it is said to be over, or gives way to other weather or a warmer season.
    """
    words = scene.action or scene.narration
    time = scene.time_of_day or time_in(scene.location) or time_in(words) or last.time
    weather = scene.weather or weather_in(scene.location) or weather_in(words)
    lies_on = "snow" in last.weather and not _THAW.search(words)
    if not weather and (place == last.place or lies_on) and not says_weather_ended(words):
        weather = last.weather
    emotion = scene.emotion.strip().lower() or "neutral"
    return Setting(place, one_line(time), one_line(weather or ""), emotion, style)


def _passages(scene: Scene, telling: Telling, here: _Here, count: int, may_open: bool) -> list[tuple[Role, Seen, str]]:
    """``count`` things to see in the script's order, each with what is said over it: a speech ends its action."""
    parts = _merged(scene.told, count)
    weights = [Need(0.0, 1.0 + len(part.action.split()) + len(part.narration.split())) for part in parts]
    shown: list[tuple[Role, Seen, str]] = []
    for at, (part, more) in enumerate(zip(parts, portions(count - len(parts), weights), strict=True)):
        speakers = [figure for figure in here.people if figure.name in part.speakers]
        own = scene.model_copy(update={"action": part.action, "narration": ""})
        in_order = [*speakers, *(figure for figure in here.people if figure not in speakers)]
        pictures = _pictures(own, telling, replace(here, people=in_order), 1 + more, may_open and at == 0)
        role, last = pictures[-1]
        if speakers and not any(figure.look.casefold() in last.full.casefold() for figure in speakers):
            pictures[-1] = (
                (role, watched(last, speakers[0])) if last.full else ("face", face(speakers[0], scene.emotion))
            )
        voiced = min(1 + more, len(split_sentences(part.narration))) if part.speakers else 1 + more
        spread = [""] * (1 + more - voiced) + (spread_narration(part.narration, voiced) if voiced else [])
        shown += [(*picture, words) for picture, words in zip(pictures, spread, strict=True)]
    return shown


def _merged(passages: Sequence[Passage], count: int) -> list[Passage]:
    """At most ``count`` neighbouring groups of passages, with all that is seen and said in them."""
    count = min(count, len(passages))
    bounds = [len(passages) * n // count for n in range(count + 1)]
    groups = [passages[start:end] for start, end in pairwise(bounds)]
    return [
        Passage(
            action=one_line(" ".join(passage.action for passage in group)),
            narration=one_line(" ".join(passage.narration for passage in group)),
            speakers=tuple(dict.fromkeys(name for passage in group for name in passage.speakers)),
        )
        for group in groups
    ]


def _pictures(scene: Scene, telling: Telling, here: _Here, count: int, may_open: bool) -> list[tuple[Role, Seen]]:
    """``count`` different things to see, in order."""
    action = one_line(scene.action) or (split_sentences(scene.narration) or [""])[0]
    clauses = action_clauses(action, max(1, count))
    opens_with_place = (may_open or not clauses) and (len(clauses) < count or not clauses)
    if not opens_with_place and len(clauses) > count:
        clauses = clauses[:count]
    shown: list[tuple[Role, Seen]] = [("establish", Seen("", ""))] if opens_with_place else []
    main = here.people[0] if here.people else None
    told = [see(clause, telling, main) for clause in clauses[: count - len(shown)]]
    if (
        main
        and told
        and not any(figure.look.casefold() in seen.full.casefold() for figure in here.people for seen in told)
    ):
        told[-1] = watched(told[-1], main)
    extras = _extras(scene, here, told)
    missing = count - len(shown) - len(told)
    for at, seen in enumerate(told):
        shown.append(("action", seen))
        due = missing * (at + 1) // len(told) - missing * at // len(told)
        shown += [next(extras) for _ in range(due)]
    while len(shown) < count:
        shown.append(next(extras))
    return shown


class _Extras:
    """Endless close looks at a scene: its thing and who cares, the feeling on a face, the place; then again."""

    def __init__(self, looks: list[tuple[Role, Seen]]) -> None:
        self._looks = looks
        self._at = 0

    def __next__(self) -> tuple[Role, Seen]:
        look = self._looks[self._at % len(self._looks)]
        self._at += 1
        return look


def _extras(scene: Scene, here: _Here, told: list[Seen]) -> _Extras:
    emotion = scene.emotion.strip().lower()
    faces: list[tuple[Role, Seen]] = [("face", face(figure, emotion)) for figure in here.people]
    things: list[tuple[Role, Seen]] = [
        ("detail", Seen(prop.look, f"{prop.short} stays in focus")) for prop in here.props
    ]
    first, second = (faces, things) if emotion not in ("", "neutral") or not things else (things, faces)
    both: list[tuple[Role, Seen]] = [
        ("face", examined(prop, figure)) for prop, figure in zip(here.news[:1], here.people, strict=False)
    ]
    looks = both + first[:1] + second[:1] + first[1:] + second[1:]
    again: list[tuple[Role, Seen]] = [("action", seen) for seen in told]
    return _Extras([*looks, *again, ("establish", Seen("", ""))])


@dataclass
class _Stage:
    """The scene graph, looked up by scene."""

    figures: dict[str, Figure]
    places: dict[str, str]
    place_ids: dict[str, str]
    present: dict[str, list[str]]
    by_word: dict[str, Figure | None]
    visited: set[str]
    _recent: list[Figure]
    examined: set[str] = field(default_factory=set, init=False)
    """Props that a close look has shown."""
    has_opened: bool = field(default=False, init=False)
    """True once a shot has shown a place with nobody in it: one is enough for a film."""

    @classmethod
    def of(cls, graph: SceneGraph) -> _Stage:
        figures = {
            node.id: Figure.of(node.id, node.name, node.description or node.name, is_prop=node.kind == "prop")
            for node in graph.nodes
            if node.kind in ("character", "prop")
        }
        places = {node.id: node.description or node.name for node in graph.nodes if node.kind == "place"}
        place_ids = {edge.source: edge.target for edge in graph.edges if edge.relation == "takes_place_at"}
        present: dict[str, list[str]] = {}
        for edge in graph.edges:
            if edge.relation == "appears_in":
                present.setdefault(edge.target, []).append(edge.source)
        by_word: dict[str, Figure | None] = {}
        for figure in figures.values():
            if not figure.is_prop:
                for word in _calling_words(figure.name):
                    by_word[word] = figure if by_word.get(word, figure) is figure else None
        return cls(figures, places, place_ids, present, by_word, set(), [])

    def place_of(self, scene: int, written: Scene) -> tuple[str, str]:
        id_ = self.place_ids.get(f"scene:{scene}", "")
        return id_ or written.location, self.places.get(id_, written.location)

    def recent(self, people: list[Figure]) -> tuple[Figure, ...]:
        """The few who appeared last before this scene, latest first; ``people`` are remembered after them."""
        before = tuple(self._recent)
        ids = {figure.id for figure in people}
        self._recent = [*people, *(figure for figure in before if figure.id not in ids)][:6]
        return before

    def here(self, scene: int, written: Scene) -> _Here:
        """Whom and what the graph puts here, then anyone else the action names."""
        here = [self.figures[id_] for id_ in self.present.get(f"scene:{scene}", []) if id_ in self.figures]
        props = [figure for figure in here if figure.is_prop]
        found = {figure.id: figure for figure in here if not figure.is_prop}
        for word in re.findall(r"\w+", written.action):
            figure = self.by_word.get(word)
            if figure is not None:
                found.setdefault(figure.id, figure)
        return _Here(list(found.values()), props, [prop for prop in props if prop.id not in self.examined])


def _calling_words(name: str) -> list[str]:
    """Words by which an action may call somebody: each part of a proper name, else the noun."""
    proper = [
        word for word in re.findall(r"\w+", name) if word[:1].isupper() and len(word) > 2 and word not in ("The", "Old")
    ]
    return proper or [head_noun(name)]
