"""From the story to its scene graph: who is where, with which things, in what order.

Every place, character and thing has one node and one description; shots take the description from the node,
word for word, so that it looks the same in all of them and one edit changes them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.model.scene_graph import Edge, Node, SceneGraph
from studio.model.story import Character, Scene, Story
from studio.planning.language import capitalised, one_line, split_sentences, with_article, without_article
from studio.planning.telling.looks import Gender, describe, head_noun, is_living_word, is_person_word
from studio.planning.telling.setting import place_key, place_words, same_places

_NO_PLACE = "An open landscape"
_OWNED = re.compile(r"^(?:her|his|their|its|my|our)\s+(?=\w)", re.IGNORECASE)


def build_scene_graph(story: Story) -> SceneGraph:
    """All scenes, places, characters and props of ``story`` as nodes, tied by edges; ids follow first appearance.

    A character of the cast that no scene names still has a node (somebody may edit it into a scene).
    """
    places, place_of = _places(story.scenes)
    people = _People(story.cast, _pronouns(story.scenes))
    props = _Props()
    scenes: list[Node] = []
    edges: list[Edge] = []
    for number, scene in enumerate(story.scenes, start=1):
        id_ = f"scene:{number}"
        scenes.append(Node(id=id_, kind="scene", name=f"Scene {number}", description=_gist(scene)))
        if number > 1:
            edges.append(Edge(source=id_, relation="follows", target=f"scene:{number - 1}"))
        edges.append(Edge(source=id_, relation="takes_place_at", target=place_of[number - 1]))
        sources = [*people.ids_in(scene), *props.ids_in(scene)]
        edges += [Edge(source=source, relation="appears_in", target=id_) for source in sources]
    return SceneGraph(nodes=(*scenes, *places, *people.nodes(), *props.nodes()), edges=tuple(edges))


def split_names(text: str) -> list[str]:
    """The names in ``Ana, the old fisherman and two dogs``; words in brackets stay with their name."""
    text = one_line(text)
    names: list[str] = []
    for part in re.split(r"\s*[,;/](?![^(]*\))\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+(?![^(]*\))", text):
        name = part.strip(" .")
        if not name or name.lower() in ("none", "n/a", "nobody", "no one", "-"):
            continue
        is_rest_of_look = names and re.search(r"(?i)\b(?:with|in|wearing)\b", names[-1]) and not _starts_a_name(name)
        if is_rest_of_look:
            names[-1] = f"{names[-1]} and {name}"
        else:
            names.append(name)
    return names


def _starts_a_name(text: str) -> bool:
    """False for ``a grey hat`` in ``a man in a coat and a grey hat``."""
    return text[:1].isupper() or is_living_word(head_noun(text))


def _gist(scene: Scene) -> str:
    return one_line(scene.action) or (split_sentences(scene.narration) or [one_line(scene.location)])[0]


def _places(scenes: tuple[Scene, ...]) -> tuple[list[Node], list[str]]:
    """One node a place, described by the fullest of its names, and each scene's place."""
    numbers = same_places(scene.location for scene in scenes)
    fullest: dict[int, str] = {}
    for number, scene in zip(numbers, scenes, strict=True):
        words = place_words(scene.location)
        if len(place_key(words)) > len(place_key(fullest.get(number, ""))):
            fullest[number] = words
        else:
            fullest.setdefault(number, words)
    nodes = [
        Node(
            id=f"place:{number + 1}",
            kind="place",
            name=without_article(words) or "open landscape",
            description=capitalised(_with_place_article(words)) or _NO_PLACE,
        )
        for number, words in fullest.items()
    ]
    return nodes, [f"place:{number + 1}" for number in numbers]


def _with_place_article(words: str) -> str:
    """``lighthouse`` gives ``the lighthouse``; names (``Venice``), plurals and ``inside …`` stay."""
    words = re.sub(r"^(?:in|on|at)\s+(?=\w)", "", words, flags=re.IGNORECASE)
    first = words.split(" ", 1)[0].lower() if words else ""
    links = ("inside", "outside", "under", "above", "near", "between", "behind", "deep", "by", "over")
    if not words or words[0].isupper() or words[0].isdigit() or first in links:
        return words
    return words if with_article(words) == words else f"the {words}"


def _pronouns(scenes: tuple[Scene, ...]) -> dict[str, Gender]:
    """What ``he`` and ``she`` say about whoever is alone in a scene; the first scene that tells decides."""
    told: dict[str, Gender] = {}
    for scene in scenes:
        if len(scene.characters) == 1:
            words = f" {scene.action} {scene.narration} ".lower()
            is_female, is_male = (bool(re.search(rf"\b(?:{said})\b", words)) for said in ("she|her|hers", "he|his|him"))
            if is_female != is_male:
                told.setdefault(name_key(scene.characters[0]), "female" if is_female else "male")
    return told


def name_key(name: str) -> str:
    """What two writings of one name have in common: ``The Keeper (60)`` and ``keeper`` are one."""
    bare = re.sub(r"\([^)]*\)", " ", name)
    return re.sub(r"[^\w ]", "", without_article(one_line(bare)).casefold()).strip()


@dataclass
class _People:
    """Characters in order: the cast first, then free text of scenes that names nobody of the cast."""

    cast: tuple[Character, ...]
    pronouns: dict[str, Gender]
    _known: dict[str, tuple[str, str]] = field(default_factory=dict)
    _words: dict[str, str | None] = field(default_factory=dict)
    _split: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for character in self.cast:
            self._add(character.name, character.look)

    def ids_in(self, scene: Scene) -> list[str]:
        found: dict[str, None] = {}
        for entry in scene.characters:
            for name in self._names(entry):
                key = self._key_of(name) or self._add(name, _bracketed(name))
                found.setdefault(key)
        order = list(self._known)
        numbers = {key: number for number, key in enumerate(order, start=1)} if found else {}
        return [f"character:{numbers[key]}" for key in found]

    def nodes(self) -> list[Node]:
        return [
            Node(id=f"character:{number}", kind="character", name=name, description=look)
            for number, (name, look) in enumerate(self._known.values(), start=1)
        ]

    def _names(self, entry: str) -> list[str]:
        if entry not in self._split:
            is_whole = name_key(entry) in self._known
            self._split[entry] = [entry] if is_whole else [_OWNED.sub("", name) for name in split_names(entry)]
        return self._split[entry]

    def _add(self, name: str, look: str) -> str:
        key = name_key(name) or "stranger"
        if key not in self._known:
            shown = one_line(re.sub(r"\([^)]*\)", " ", name)) or "stranger"
            self._known[key] = (shown, describe(shown, look, self.pronouns.get(key, "unknown")))
            for word in {key, *key.split()} - {
                "the",
                "of",
                "old",
                "young",
                "little",
                "mr",
                "mrs",
                "dr",
                "miss",
            }:
                self._words[word] = key if self._words.get(word, key) == key else None
        return key

    def _key_of(self, name: str) -> str | None:
        """The known one that ``name`` means: equal, or sharing a name word that only one has."""
        key = name_key(name)
        if key in self._known:
            return key
        words = key.split()
        is_named = bool(re.search(r"\b[^\W\d_a-z]", re.sub(r"\([^)]*\)", " ", without_article(name))))
        if not words or not (is_named or is_person_word(words[-1])):
            return None
        hits = {self._words[word] for word in (words if is_named else words[-1:]) if self._words.get(word)}
        return hits.pop() if len(hits) == 1 else None


def _bracketed(name: str) -> str:
    found = re.search(r"\(([^)]*)\)", name)
    return found.group(1) if found else ""


@dataclass
class _Props:
    """Things in order of appearance; ``a brass lantern`` and ``the lantern`` are one."""

    _known: dict[str, str] = field(default_factory=dict)
    _heads: dict[str, str] = field(default_factory=dict)

    def ids_in(self, scene: Scene) -> list[str]:
        keys = [self._add(prop) for entry in scene.props for prop in split_names(entry)]
        numbers = {key: number for number, key in enumerate(self._known, start=1)} if keys else {}
        return [f"prop:{numbers[key]}" for key in dict.fromkeys(keys)]

    def nodes(self) -> list[Node]:
        return [
            Node(
                id=f"prop:{number}",
                kind="prop",
                name=without_article(words),
                description=with_article(without_article(words)),
            )
            for number, words in enumerate(self._known.values(), start=1)
        ]

    def _add(self, prop: str) -> str:
        words = one_line(prop)
        head = head_noun(words) or words.casefold()
        is_bare = name_key(words) == head
        key = self._heads.get(head) if is_bare or self._heads.get(head) == head else None
        key = key or name_key(words) or head
        self._heads.setdefault(head, key)
        if len(words) > len(self._known.get(key, "")):
            self._known[key] = words
        return key
