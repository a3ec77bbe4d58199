"""What the text engines at services share: the verb, and the words for a model that is given no schema."""

from __future__ import annotations

import json
from pathlib import Path

from studio.engines.chat.ladder import Chat, Question, without_bounds
from studio.engines.chat.storyteller import tell_story
from studio.engines.setup import Setting, Setup
from studio.model.job import Job
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


def write_story(chat: Chat, out: Path, request: StoryRequest, job: Job, setup: Setup, *, written_by: str) -> None:
    """The story stands in ``out`` as JSON.

    A lost answer is asked for again: it costs a fraction of a cent, and a story is never worth a question to the user.
    """
    story = tell_story(chat, job, request, style=setup[NARRATION_STYLE], written_by=written_by)
    out.write_text(story.model_dump_json(by_alias=True, indent=2, exclude_none=True) + "\n", encoding="utf-8")


def schema_in_words(question: Question) -> str:
    """The schema, for a model that cannot be held to it."""
    schema = json.dumps(without_bounds(question.schema), ensure_ascii=False)
    return f"Answer with one JSON object and nothing else. It must fit this JSON Schema:\n{schema}"
