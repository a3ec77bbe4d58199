"""A film on paper: scenes with sentences that must be said and sentences that may be, cut to the budget."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.engines.writer.grammar import sentence, word_count


@dataclass(slots=True)
class Sentence:
    """One narrated sentence. Lower ``rank`` is kept longer and added sooner."""

    text: str
    rank: int
    place: int
    """Position in its scene; sentences of a scene are told in this order."""
    is_core: bool = False


@dataclass(slots=True)
class SceneDraft:
    """One scene before its narration is cut to length."""

    beat: str
    location: str
    action: str
    emotion: str
    characters: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    props: list[str] = field(default_factory=list)
    time_of_day: str = ""
    weather: str = ""

    def say(self, text: str, rank: int, *, place: int = 0, is_core: bool = False) -> None:
        """Offer a sentence."""
        if text.strip():
            self.sentences.append(Sentence(sentence(text), rank, place, is_core))


def word_budget(duration_s: float, words_per_second: float, scene_count: int) -> int:
    """The most words that all narration may have: 1.2 s of every scene are air."""
    return max(0, int((duration_s - 1.2 * scene_count) * words_per_second + 1e-6))


def narrate(scenes: list[SceneDraft], budget: int) -> list[str]:
    """One narration a scene, together at most ``budget`` words and near 92 % of it where there is enough to say.

    No sentence is said twice in a film.
    """
    offered: list[tuple[int, int, Sentence]] = []
    seen: set[str] = set()
    for index, scene in enumerate(scenes):
        for line in scene.sentences:
            if line.text not in seen:
                seen.add(line.text)
                offered.append((line.rank, index, line))
    chosen: list[tuple[int, Sentence]] = []
    total = 0
    aim = budget * 0.97
    order = sorted(range(len(offered)), key=lambda i: (offered[i][0], offered[i][1]))
    per_scene = [0] * len(scenes)
    for i in sorted(order, key=lambda i: (offered[i][0])):
        rank, index, line = offered[i]
        del rank
        words = word_count(line.text)
        if total + words <= aim:
            chosen.append((index, line))
            total += words
            per_scene[index] += words
    texts = []
    for index in range(len(scenes)):
        lines = sorted((line for where, line in chosen if where == index), key=lambda line: line.place)
        texts.append(" ".join(line.text for line in lines))
    return texts
