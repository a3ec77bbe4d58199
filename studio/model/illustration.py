"""How a book is illustrated: the style, what the user chose, and the words each picture is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, field_validator

from studio.model import bounds
from studio.model.source import FileInside
from studio.model.story import Value

StyleWords = Annotated[str, Field(max_length=2000)]


class StyleConfig(Value):
    """The look of all pictures of a book. Empty fields say nothing."""

    preset: StyleWords = ""
    art_style: StyleWords = "watercolour"
    color_palette: StyleWords = ""
    artistic_influences: StyleWords = ""
    composition: StyleWords = ""
    lighting: StyleWords = ""
    mood: StyleWords = ""
    detail_level: StyleWords = ""
    emotional_adaptations: dict[StyleWords, StyleWords] = Field(default_factory=dict, max_length=100)
    """By tone, words that are added to the prompt of its moments."""
    negative_prompt: StyleWords = ""


class ManuscriptOptions(Value):
    """Choices for one illustrated book. Sizes are pixels and even."""

    max_emotional_moments: int = Field(default=10, ge=bounds.MOMENTS.least, le=bounds.MOMENTS.most)
    """At most so many pictures a chapter."""
    chapters: tuple[int, ...] = ()
    """Numbers of the chapters that are illustrated; empty: all. The book holds all of them."""
    analysis_only: bool = False
    headers: bool = False
    """A drawn strip over every chapter's heading."""
    text: str = "builtin"
    """Who reads the chapters: ``builtin`` (by rules, offline) or a text engine."""
    image: str = "storyboard"
    style: StyleConfig = StyleConfig()
    width_px: int = Field(default=1024, ge=bounds.WIDTH_PX.least, le=bounds.WIDTH_PX.most)
    height_px: int = Field(default=768, ge=bounds.HEIGHT_PX.least, le=bounds.HEIGHT_PX.most)
    seed: int = Field(default=1, ge=bounds.SEED.least, le=bounds.SEED.most)

    @field_validator("width_px", "height_px")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("must be even")
        return value

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width_px, self.height_px


class ManuscriptSource(Value):
    """What a book is made from."""

    kind: Literal["manuscript"] = "manuscript"
    file: FileInside = ""
    """The file that the user brought."""
    chapter_count: int | None = None
    """Counted when it was brought: the plan of the first run needs it."""
    origin: str = ""
    """The store of the older illustrator that this goes on with, by its folder's name."""


class IllustrationPrompt(Value):
    """The words for one picture; editable."""

    number: int = Field(ge=1)
    """That of its moment."""
    excerpt: str = ""
    """The passage that it shows."""
    prompt: str
    negative_prompt: str = ""
    style: str = ""
    """What an image engine is told as its style."""
    draft: str = ""
    """``prompt`` as the studio wrote it; another ``prompt`` is the user's own and stays when drafts change."""
    seed: int | None = Field(default=None, ge=bounds.SEED.least, le=bounds.SEED.most)
    """Its own; None means that it follows from the book's seed and the moment."""
    retakes: int = Field(default=0, ge=bounds.RETAKES.least, le=bounds.RETAKES.most)
    is_left_out: bool = False
    """The user wants no picture of this moment."""


class ChapterPrompts(Value):
    """Saved as ``prompts/ch01.json``."""

    header: str = ""
    """The prompt of the strip over its heading; empty if there is none."""
    header_draft: str = ""
    """``header`` as the studio wrote it."""
    header_style: str = ""
    """What an image engine is told as the strip's style."""
    pictures: tuple[IllustrationPrompt, ...] = ()


PROMPTS: TypeAdapter[ChapterPrompts] = TypeAdapter(ChapterPrompts)
