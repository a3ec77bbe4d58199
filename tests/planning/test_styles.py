"""Styles of books: presets, a user's own file, and the older illustrator's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.engines.storyboard.reading.said import is_style
from studio.errors import BadInput, UserError
from studio.planning.books.styles import presets, read_style, style_of, style_words
from studio.planning.telling.setting import time_in, weather_in

OLD = {
    "style_name": "pencil sketch",
    "style_config": {"image_provider": "dalle", "art_style": "pencil", "color_palette": None},
    "base_prompt_modifiers": ["fine cross-hatching", "loose lines"],
    "negative_prompt": ["colour", "photographs"],
    "emotional_adaptations": {"Joy": {"style_modifiers": ["light strokes"]}, "fear": "dark, close hatching", "x": 3},
    "technical_params": {"quality": "hd"},
}


def test_every_preset_is_in_a_hand_that_the_built_in_artist_has():
    assert len(presets()) >= 6
    assert [name for name, style in presets().items() if not is_style(style.art_style)] == []


def test_no_preset_changes_the_hour_or_the_weather_of_what_it_shows():
    for name, style in presets().items():
        for words in (style.lighting, style.mood, *style.emotional_adaptations.values()):
            assert (time_in(words), weather_in(words)) == (None, None), (name, words)


def test_a_preset_is_found_by_its_name_however_it_is_written():
    assert style_of(" Noir ").art_style == presets()["noir"].art_style


def test_a_style_file_of_the_older_illustrator_opens(tmp_path: Path):
    (tmp_path / "old.json").write_text(json.dumps(OLD))
    style = style_of(str(tmp_path / "old.json"))
    assert style.art_style == "pencil, pencil sketch, fine cross-hatching, loose lines"
    assert style.negative_prompt == "colour, photographs"
    assert style.emotional_adaptations == {"joy": "light strokes", "fear": "dark, close hatching"}
    assert style.color_palette == ""


def test_a_file_may_take_a_preset_and_change_a_part_of_it(tmp_path: Path):
    (tmp_path / "mine.json").write_text('{"preset": "noir", "lighting": "neon"}')
    style = style_of(str(tmp_path / "mine.json"))
    assert (style.lighting, style.art_style) == ("neon", presets()["noir"].art_style)


@pytest.mark.parametrize(
    ("content", "said"), [("[]", "no object"), ("{}", "none of preset, art_style"), ("{", "not JSON"), ("", "empty")]
)
def test_a_file_that_is_no_style_is_refused_with_its_name(tmp_path: Path, content, said):
    (tmp_path / "odd.json").write_text(content)
    with pytest.raises(BadInput, match=said):
        style_of(str(tmp_path / "odd.json"))


def test_a_style_that_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(UserError, match="watercolour, ink, storybook"):
        style_of("cubist")


def test_what_a_service_is_told_holds_every_part_of_the_style():
    style = presets()["woodcut"].model_copy(update={"mood": "solemn"})
    words = style_words(style)
    for part in (style.art_style, style.color_palette, style.artistic_influences, style.composition, "solemn mood"):
        assert part in words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"art_style": "ink \ud800"}, "art_style: holds half a character"),
        ({"emotional_adaptations": {"jo\ud800y": "light"}}, r"jo.+y, .*holds half a character"),
        ({"art_style": "ink" * 1000}, "art_style: is too long: 3,000 characters, and at most 2,000"),
    ],
)
def test_a_style_with_half_characters_or_without_end_is_refused_in_a_sentence(value, said):
    with pytest.raises(BadInput, match=said) as refused:
        read_style(value, "style_config")
    assert str(refused.value).encode()
