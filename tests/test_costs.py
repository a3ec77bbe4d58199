"""A plan says what it costs before anything is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.errors import BadInput
from studio.service import Studio
from studio.service.projects import Projects
from tests.conftest import small_film


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("STUDIO_LTX_API_KEY", "STUDIO_OPENAI_API_KEY"):
        monkeypatch.setenv(name, "sk-secret-secret-1")
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_what_is_made_here_costs_nothing(studio: Studio, data: Path) -> None:
    assert str(studio.plan(small_film(studio)).cost) == "costs nothing"


def test_clips_are_charged_by_the_seconds_that_the_service_makes(studio: Studio, data: Path) -> None:
    name = small_film(studio, video="ltx", width_px=1280, height_px=720)
    cost = studio.plan(name).cost
    assert cost.works == {"video/ltx": 4}
    assert cost.usd == 4 * 6 * 0.03  # shots of 3.5 s, and the shortest clip has 6
    assert "prices of 2026-" in str(cost)


def test_a_price_that_is_not_on_the_list_is_not_made_up(studio: Studio, data: Path) -> None:
    cost = studio.plan(small_film(studio, image="openai")).cost
    assert (cost.works, cost.usd) == ({"image/openai": 4}, None)
    assert "not on the list" in str(cost)


def test_the_user_s_own_list_goes_before_the_studio_s(studio: Studio, data: Path) -> None:
    mine = {"as_of": "2027-01", "prices": {"image/openai/gpt-image-2/medium": {"each": 0.05}}}
    (data / "prices.json").write_text(json.dumps(mine))
    cost = studio.plan(small_film(studio, image="openai")).cost
    assert (cost.usd, cost.as_of) == (0.2, "2027-01")


def test_a_server_of_one_s_own_costs_nothing(studio: Studio, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_OPENAI_URL", "http://127.0.0.1:11434")
    assert str(studio.plan(small_film(studio, image="openai")).cost) == "costs nothing"


@pytest.mark.parametrize("content", ["{", '{"prices": {"x": {"each": -1}}}', "[]"])
def test_a_damaged_list_is_told(studio: Projects, data: Path, content: str) -> None:
    name = small_film(studio, image="openai")  # type: ignore[arg-type]
    (data / "prices.json").write_text(content)
    with pytest.raises(BadInput, match="list of prices"):
        studio.plan(name)
