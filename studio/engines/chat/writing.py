"""What the text engines at services share: the verb, and the words for a model that is given no schema."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from studio.engines.chat.kept import keeping, pieces_told
from studio.engines.chat.ladder import MOST_ITEMS, Chat, Question, without_bounds
from studio.engines.chat.storyteller import tell_story
from studio.engines.setup import Setting, Setup
from studio.model.job import Job, JobNote
from studio.model.story import StoryRequest

NARRATION_STYLE = Setting(
    "narration_style", "Style of narration", "text", "",
    "plain, documentary, dramatic, fairy_tale, comedy, commercial, or a file of your own; empty: what fits the idea.",
)  # fmt: skip
MOST_TOKENS = 8000
"""Of one answer: eight scenes take about 1,500."""
ANSWER_S = 300.0
OWN_ANSWER_S = 1800.0
"""How long an answer is waited for; a model on this computer's own processor writes three words a second."""


class _Writes(Chat, Protocol):
    """A chat model with what the user set for it."""

    _setup: Setup

    @property
    def identity(self) -> str: ...


class Writer:
    """What makes a conversation a writer: the verb, and how often it asks."""

    def write(self: _Writes, out: Path, request: StoryRequest, *, job: Job) -> None:
        """Write the story as JSON. Raises UserError for an empty idea, EngineError and UnusableOutput.

        A lost answer is asked for again: it costs a fraction of a cent, and a story is never worth a question to the
        user. One that came is not, also if the studio ends before the story is finished.
        """
        with keeping(self, job) as kept:
            story = tell_story(kept, job, request, style=self._setup[NARRATION_STYLE], written_by=self.identity)
        out.write_text(story.model_dump_json(by_alias=True, indent=2, exclude_none=True) + "\n", encoding="utf-8")

    def askings(self, given: Mapping[str, Any], notes: Sequence[JobNote] = ()) -> int:
        """As ``studio.engines.base.AsksOften`` has it: the plan, then its scenes in parts."""
        request = given.get("request")
        scenes = request.scene_count if isinstance(request, StoryRequest) else int(given.get("scenes", 1))
        return max(0, 1 + math.ceil(max(1, scenes) / MOST_ITEMS) - pieces_told(notes))


def schema_in_words(question: Question) -> str:
    """The schema, for a model that cannot be held to it."""
    schema = json.dumps(without_bounds(question.schema), ensure_ascii=False)
    return f"Answer with one JSON object and nothing else. It must fit this JSON Schema:\n{schema}"
