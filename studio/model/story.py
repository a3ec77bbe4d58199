"""The story: what is told, in scenes. Saved as ``story.json`` (words of the old studio, kept)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from studio.model.bounds import FILM_S, SCENE_S

#: Emotions a scene may carry; other words are kept as written and drawn as ``neutral``.
EMOTIONS = (
    "joy", "sadness", "anger", "fear", "surprise", "disgust", "anticipation", "trust", "melancholy",
    "excitement", "tension", "peace", "mystery", "curiosity", "romance", "adventure", "suspense",
    "courage", "triumph", "neutral", "serenity", "nostalgia", "warmth", "unease", "wonder",
)  # fmt: skip


class Value(BaseModel):
    """A frozen value read from or written to disk; keys it does not know are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class Character(Value):
    """Somebody (or something) the story follows; ``look`` is repeated in each of their shots."""

    name: str
    look: str = ""
    """What a painter needs: age, build, clothes, colours. E.g. ``an old woman in a yellow raincoat``."""


class Passage(Value):
    """A part of a scene in which what is seen and what is said belong together."""

    action: str = ""
    narration: str = ""
    speakers: tuple[str, ...] = ()
    """Who says ``narration`` aloud and so is to be seen; empty for a narrator."""


class Scene(Value):
    """One unbroken piece of action in one place."""

    location: str
    """The place in words, e.g. ``the lighthouse on the cliff``; equal words mean the same place."""
    characters: tuple[str, ...] = ()
    """Names from ``Story.cast`` (or free text in foreign stories)."""
    action: str = ""
    """What is seen happening: concrete, present tense, without camera words."""
    emotion: str = "neutral"
    narration: str = ""
    """What the narrator says over the scene; whole sentences."""
    duration_s: float | None = Field(default=None, alias="scene_duration", ge=SCENE_S.least, le=SCENE_S.most)
    time_of_day: str | None = None
    weather: str | None = None
    props: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    """``action`` and ``narration`` in the order in which a script has them; empty if nobody said which goes where."""
    camera: str | None = None
    """How the camera moves when the scene opens, in words that ``parse_camera`` reads; None: the studio chooses."""
    beat: str | None = None
    """Place in the arc: ``setup, call, attempt, setback, turn, ending`` (or None)."""

    @property
    def told(self) -> tuple[Passage, ...]:
        """``passages`` if they still say what ``action`` and ``narration`` do; none once somebody changed those."""
        action = " ".join(passage.action for passage in self.passages if passage.action)
        narration = " ".join(passage.narration for passage in self.passages if passage.narration)
        return self.passages if (action, narration) == (self.action, self.narration) else ()


class Story(Value):
    """A whole story. On disk ``total_duration`` and ``scene_duration`` are seconds."""

    title: str
    style: str = ""
    logline: str = ""
    scenes: tuple[Scene, ...] = Field(min_length=1)
    cast: tuple[Character, ...] = ()
    duration_s: float | None = Field(default=None, alias="total_duration", gt=0, le=FILM_S.most)
    written_by: str = ""
    """Who wrote it, honestly: an engine's identity, ``user``, or empty when unknown."""


class StoryRequest(BaseModel):
    """What a text engine is asked for."""

    model_config = ConfigDict(frozen=True)

    idea: str
    duration_s: float = 40.0
    scene_count: int = 6
    style: str = ""
    seed: int = 1
    language: str = "en"
    words_per_second: float = 2.5
    """Narration budget: all narration together has at most ``duration_s * words_per_second`` words,
    less 1.2 s of air a scene."""
    avoid: tuple[str, ...] = ()
    """Narration sentences of the user's recent films, not to be used again."""

    @property
    def word_budget(self) -> int:
        """The most words that all narration may have."""
        air_s = 1.2 * max(1, self.scene_count)
        return max(0, int((self.duration_s - air_s) * self.words_per_second + 1e-6))
