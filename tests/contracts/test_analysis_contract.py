"""What every reader of chapters promises, at a service or here; services are the doubles of ``tests/servers``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from studio.engines import registry
from studio.engines.analysis.paragraphs import paragraphs_of
from studio.engines.analysis.services import ClaudeReader, GeminiReader, OpenAiReader
from studio.engines.base import RemoteEngine
from studio.engines.setup import Setup
from studio.model.moments import ANALYSIS, TONES, ChapterAnalysis
from tests.servers.claude import Claude
from tests.servers.gemini import Gemini
from tests.servers.jobs import Job
from tests.servers.openai import OpenAi

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-key-1234567890"
CHAPTER = """Mara climbed the stairs of the lighthouse with a lantern in her hand. It was night, and the storm shook the glass.

“Who’s there?” she called. Nobody answered.

Then the keeper’s boat broke loose and struck the rocks below, and Mara ran down to the shore and threw a rope across the black water.

***

In the morning she sat by the stove and laughed, for Tobi had caught a gull with his red cap."""
SERVICES = {
    "openai": (OpenAi, OpenAiReader, "openai_text_model"),
    "claude": (Claude, ClaudeReader, "claude_model"),
    "gemini": (Gemini, GeminiReader, "gemini_text_model"),
}


@dataclass(frozen=True)
class Reader:
    """An engine, and how many moments it was asked for."""

    engine: Any

    def __call__(self, text: str, out: Path, *, most: int = 3, language: str = "en") -> ChapterAnalysis:
        job = {"job": Job()} if isinstance(self.engine, RemoteEngine) else {}
        self.engine.analyse(out, text, title="The Lamp", most_moments=most, language=language, **job)
        return ANALYSIS.validate_json(out.read_bytes())


@pytest.fixture(params=["builtin", "fake", *SERVICES])
def read(request: pytest.FixtureRequest, reader_here: Callable[[str], Any]) -> Iterator[Reader]:
    if request.param not in SERVICES:
        yield Reader(reader_here(request.param))
        return
    double, engine, model = SERVICES[request.param]
    with double(key=KEY) as running:
        yield Reader(
            engine(
                Setup(
                    {f"{request.param}_url": running.url, f"{request.param}_api_key": KEY, model: running.models[0]}, {}
                )
            )
        )


@pytest.fixture(scope="module")
def reader_here() -> Callable[[str], Any]:
    """The engines that read here, each loaded once."""
    loaded: dict[str, Any] = {}
    return lambda name: loaded.setdefault(name, registry.analysis(name))


def test_every_excerpt_is_its_slice_in_the_order_of_the_text_with_its_paragraph(read, tmp_path):
    moments = read(CHAPTER, tmp_path / "a.json").moments
    assert 1 < len(moments) <= 3
    for moment in moments:
        assert moment.text_excerpt
        assert CHAPTER[moment.start_position : moment.end_position] == moment.text_excerpt
        assert moment.text_excerpt in moment.context
        assert moment.context in CHAPTER
    assert all(one.end_position <= other.start_position for one, other in pairwise(moments))
    assert [moment.number for moment in moments] == list(range(1, len(moments) + 1))


def test_no_two_moments_are_of_one_paragraph(read, tmp_path):
    spans = paragraphs_of(CHAPTER)
    moments = read(CHAPTER, tmp_path / "a.json", most=10).moments
    places = [next(n for n, span in enumerate(spans) if moment.start_position < span.end) for moment in moments]
    assert len(set(places)) == len(places)


def test_tones_are_known_and_forces_lie_between_0_and_1_and_each_can_be_painted(read, tmp_path):
    for moment in read(CHAPTER, tmp_path / "a.json").moments:
        assert set(moment.emotional_tones) <= set(TONES)
        assert moment.emotional_tones
        assert 0 <= moment.intensity_score <= 1
        assert moment.action


def test_people_of_moments_and_scenes_are_called_as_in_the_list(read, tmp_path):
    found = read(CHAPTER, tmp_path / "a.json")
    names = {person.name for person in found.characters}
    assert "Mara" in names
    assert {name for one in found.moments for name in one.characters_present} <= names
    assert {name for one in found.scenes for name in one.characters} <= names


@pytest.mark.parametrize("text", ["", " \n\n ", "***"])
def test_a_chapter_without_words_has_an_empty_analysis(read, tmp_path, text):
    assert read(text, tmp_path / "a.json") == ChapterAnalysis()
