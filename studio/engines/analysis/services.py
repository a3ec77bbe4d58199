"""``analysis/openai``, ``analysis/claude``, ``analysis/gemini``: the chat models of these services as readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.engines.analysis.asking import askings_left, read_chapter
from studio.engines.chat.claude import ClaudeChat
from studio.engines.chat.gemini import GeminiChat
from studio.engines.chat.ladder import Chat
from studio.engines.chat.openai import OpenAiChat
from studio.model.job import Job, JobNote


class _Reader:
    """What makes a conversation a reader: the verb, and three chapters at a time."""

    slots = 3

    def analyse(self: Chat, out: Path, text: str, *, title: str, most_moments: int, language: str, job: Job) -> None:
        """Write the analysis as JSON. Raises EngineError and UnusableOutput."""
        found = read_chapter(self, job, text, title=title, most_moments=most_moments, language=language)
        out.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")

    def askings(self, given: Mapping[str, Any], notes: Sequence[JobNote] = ()) -> int:
        """As ``studio.engines.base.AsksOften`` has it."""
        return askings_left(str(given["text"]), notes)


class OpenAiReader(_Reader, OpenAiChat):
    """Chapters read by a chat model of OpenAI or of a server of one's own."""

    name = "analysis/openai"


class ClaudeReader(_Reader, ClaudeChat):
    """Chapters read by Claude."""

    name = "analysis/claude"


class GeminiReader(_Reader, GeminiChat):
    """Chapters read by Gemini."""

    name = "analysis/gemini"
