"""A film on paper: scenes with sentences that must be said and sentences that may be, cut to the budget."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from studio.engines.writer.grammar import sentence, word_count


@dataclass(slots=True)
class Sentence:
    """One narrated sentence. Lower ``rank`` is kept longer and added sooner."""

    text: str
    rank: int
    place: int
    """Position in its scene; sentences of a scene are told in this order."""
    is_core: bool = False
    is_own: bool = False
    """True for the user's own words, which are told before any other."""


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
    spare: str = ""
    """A very short sentence, said only if the budget has no room for any other of this scene."""

    is_mere_opening: bool = False
    """True if it only opens the story, and names nobody."""

    is_own: bool = False
    """True once ``action`` shows what the user's own words tell."""

    def say(self, text: str, rank: int, *, place: int = 0, is_core: bool = False, is_own: bool = False) -> None:
        """Offer a sentence."""
        if text.strip():
            self.sentences.append(Sentence(sentence(text), rank, place, is_core, is_own))

    def show(self, action: str) -> None:
        """Show an event of the user's own, after another one of the same scene."""
        self.action = f"{self.action} {sentence(action)}" if self.is_own else sentence(action)
        self.is_own = True


def narrate(scenes: list[SceneDraft], budget: int) -> list[str]:
    """One narration a scene, together at most ``budget`` words and near 92 % of it where there is enough to say.

    No sentence is said twice in a film.
    """
    offered = _offered(scenes)
    chosen: list[tuple[int, Sentence]] = []
    total = 0

    def take(index: int, line: Sentence, limit: float) -> bool:
        nonlocal total
        words = word_count(line.text)
        is_begun = any(where == index and told.text.startswith(line.text) for where, told in chosen)
        if is_begun or total + words > limit:
            return False
        chosen.append((index, line))
        total += words
        return True

    kept = sum(word_count(scene.spare) for scene in scenes)
    own = [(index, line) for index, lines in enumerate(offered) for line in lines if line.is_own]
    for index, line in sorted(own, key=lambda pair: pair[1].rank):
        spared = sum(word_count(scene.spare) for at, scene in enumerate(scenes) if at != index)
        take(index, line, budget - spared)
    for index in sorted(range(len(scenes)), key=lambda i: _order(scenes[i], offered[i])):
        lines = sorted(offered[index], key=lambda line: (not line.is_core, line.rank))
        kept -= word_count(scenes[index].spare)
        if any(where == index for where, _ in chosen):
            continue
        limit = budget - kept  # so much is left for those that come after it
        if not (
            any(take(index, line, limit) for line in lines) or any(take(index, _begun(line), limit) for line in lines)
        ):
            kept += word_count(scenes[index].spare)
    for index, scene in enumerate(scenes):
        if scene.spare and all(where != index for where, _ in chosen) and total + word_count(scene.spare) <= budget:
            take_spare = Sentence(sentence(scene.spare), 99, 0)
            chosen.append((index, take_spare))
            total += word_count(scene.spare)
    rest = sorted(
        ((line.rank, index, line) for index, lines in enumerate(offered) for line in lines),
        key=lambda item: item[:2],
    )
    for _, index, line in rest:
        take(index, line, budget * 0.97)
    texts = []
    for index in range(len(scenes)):
        told = sorted((line for where, line in chosen if where == index), key=lambda line: line.place)
        texts.append(" ".join(line.text for line in told))
    return texts


def _order(scene: SceneDraft, offered: list[Sentence]) -> tuple[bool, int]:
    """Where a scene stands among those that ask for words: one that tells nothing of the idea comes last."""
    return scene.is_mere_opening, min((line.rank for line in offered), default=99)


def _begun(line: Sentence) -> Sentence:
    """Only the first sentence of a line of several, for want of time."""
    return replace(line, text=re.split(r"(?<=[.!?]) ", line.text)[0])


def _offered(scenes: list[SceneDraft]) -> list[list[Sentence]]:
    """The sentences of every scene; one that was offered before is left out."""
    seen: set[str] = set()
    offered: list[list[Sentence]] = []
    for scene in scenes:
        fresh = []
        for line in scene.sentences:
            if line.text not in seen:
                seen.add(line.text)
                fresh.append(line)
        offered.append(fresh)
    return offered
