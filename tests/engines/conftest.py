"""One built-in writer for all tests of engines: it takes a second to load."""

from __future__ import annotations

import pytest

from studio.engines.writer import BuiltinWriter
from studio.model.story import Story, StoryRequest
from tests.engines.telling import Write


@pytest.fixture(scope="session")
def builtin_writer() -> BuiltinWriter:
    """The writer itself."""
    return BuiltinWriter()


@pytest.fixture(scope="session")
def write(builtin_writer: BuiltinWriter, tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Tells an idea and reads the story back from its file."""
    writer = builtin_writer
    out = tmp_path_factory.mktemp("stories") / "story.json"

    def told(idea: str, **request: object) -> Story:
        writer.write(out, StoryRequest.model_validate({"idea": idea, **request}))
        return Story.model_validate_json(out.read_text(encoding="utf-8"))

    return told
