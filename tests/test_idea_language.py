"""An idea in another language: translated where a translator is there, else refused with what to do."""

from __future__ import annotations

import json
import threading

import pytest

from studio.core import events
from studio.errors import UserError
from studio.model.film import FilmOptions
from studio.model.source import Source
from tests.conftest import SMALL

PORTUGUESE = "Um velho pescador encontra um farol abandonado numa ilha"


def written(studio, name):
    """The story as one text, and what was told while it was written."""
    told = []
    result = studio.run(name, tell=lambda number, event: told.append(event), stop=threading.Event(), until="story")
    assert result.problems == []
    notices = [event.text for event in told if isinstance(event, events.Noticed)]
    return (studio.directory(name) / "story.json").read_text().lower(), notices, result.made


@pytest.fixture
def fisherman(studio):
    return studio.create_film(Source(kind="idea", idea=PORTUGUESE), FilmOptions(**{**SMALL, "text": "builtin"}))


def test_a_portuguese_idea_becomes_an_english_story_of_it(studio, fisherman):
    assert [item.name for item in studio.plan(fisherman).make][:2] == ["idea.json", "story.json"]
    story, notices, _ = written(studio, fisherman)
    assert all(word in story for word in ("fisherman", "lighthouse", "island"))
    assert "pescador" not in story
    assert any("translated from Portuguese" in notice and "fisherman" in notice for notice in notices)


def test_a_bettered_translation_is_kept_and_told(studio, fisherman):
    written(studio, fisherman)
    path = studio.directory(fisherman) / "idea.json"
    idea = json.loads(path.read_text())
    path.write_text(json.dumps({**idea, "text": "An old fisherman finds an abandoned windmill on an island"}))
    story, _, made = written(studio, fisherman)
    assert made == ["story.json"]
    assert "windmill" in story


def test_an_idea_that_nobody_here_translates_is_refused_at_once_and_nothing_is_left(studio):
    with pytest.raises(UserError, match=r"looks Finnish.*Write it in English"):
        studio.create_film(
            Source(kind="idea", idea="Vanha kalastaja ei ole yksin kun hän on majakan luona"),
            FilmOptions(**{**SMALL, "text": "builtin"}),
        )
    assert list(studio.projects()) == []


def test_an_english_idea_in_its_place_is_not_translated(studio, fisherman):
    studio.set_source(fisherman, Source(kind="idea", idea="A fox finds a lost umbrella"))
    assert "idea.json" not in [item.name for item in studio.plan(fisherman).make]


def test_a_service_reads_every_language_by_itself(studio, fisherman):
    options = FilmOptions.model_validate(studio.project(fisherman).options)
    studio.set_options(fisherman, options.model_copy(update={"text": "fake"}))
    assert "idea.json" not in [item.name for item in studio.plan(fisherman).make]
