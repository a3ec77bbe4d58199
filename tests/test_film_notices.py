"""What a run tells about words that the built-in artist and camera do not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core import events
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio
from tests.conftest import SMALL, Run


@pytest.fixture
def told(studio: Studio, tmp_path: Path) -> list[tuple[str, str]]:
    """Every notice of a film in a style and with a move that nobody knows."""
    prompts = tmp_path / "prompts.txt"
    prompts.write_text(
        "a man yodels in a meadow | | barrel roll\na lake at dawn | | slow pan left\na woman yodels on a bridge\n"
    )
    choices = {**SMALL, "image": "storyboard", "video": "camera", "style": "cubist", "shots": 3}
    name = studio.create_film(Source(kind="prompts"), FilmOptions.model_validate(choices), name="odd", brought=prompts)
    return [(e.item, e.text) for e in Run(studio, name).events if isinstance(e, events.Noticed)]


def test_an_unknown_style_an_unknown_move_and_an_undrawn_doing_are_each_told_once(told: list[tuple[str, str]]) -> None:
    texts = [text for _, text in told]
    assert [t for t in texts if "cubist" in t and "drawn as poster" in t] == [t for t in texts if "cubist" in t]
    assert sum("cubist" in text for text in texts) == 1
    assert sum("barrel roll" in text and "slow push in" in text for text in texts) == 1
    assert ["yodels”, like 1 other picture" in text for text in texts if "yodels" in text] == [True]
    assert not any("pan left" in text for text in texts)
