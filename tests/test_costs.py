"""A plan says what it costs before anything is asked."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from studio.core.events import JobProgress
from studio.core.pipeline import RunResult
from studio.engines.ltx import LtxVideos
from studio.engines.remote import Patience
from studio.errors import BadInput
from studio.model.illustration import ManuscriptOptions
from studio.service import Studio
from studio.service.projects import Projects
from tests.book_media import SMALL
from tests.conftest import small_film
from tests.servers.base import Status
from tests.servers.gemini import Gemini
from tests.servers.ltx import Ltx
from tests.test_sheets import bell


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


def shot_list(studio: Studio, tmp_path: Path, **choices: object) -> str:
    """A film of six shots as far as its list of shots."""
    name = bell(studio, tmp_path, **choices)
    studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    return name


def test_pictures_of_people_and_places_are_in_the_price(studio: Studio, data: Path, tmp_path: Path) -> None:
    name = bell(studio, tmp_path, image="openai")
    assert studio.plan(name).cost.works == {"image/openai": 6 + 2}  # until the story is read: somebody and some place
    studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    assert studio.plan(name).cost.works == {"image/openai": 6 + 3}


def test_last_pictures_that_are_taken_from_clips_cost_nothing(studio: Studio, data: Path, tmp_path: Path) -> None:
    plan = studio.plan(shot_list(studio, tmp_path, video="ltx", continue_shots=True))
    made = [planned.name for planned in plan.make if planned.step == "videos"]
    assert [place for place in made if place.startswith("images/")]
    assert plan.cost.works == {"video/ltx": 6}


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


@pytest.fixture
def ltx(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ltx]:
    monkeypatch.setitem(LtxVideos.__init__.__kwdefaults__, "patience", Patience(poll_s=(0.01, 0.01)))
    with Ltx(key="sk-secret-secret-1") as service:
        monkeypatch.setenv("STUDIO_LTX_URL", service.url)
        yield service


def two_clips(studio: Studio) -> str:
    """A film of two shots whose clips cost 18 cents each."""
    return small_film(studio, video="ltx", shots=2, seconds=6.0, narration=False)


def made(studio: Studio, name: str) -> RunResult:
    return made_until(studio, name, "videos")


def made_until(studio: Studio, name: str, step: str) -> RunResult:
    return studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until=step)


class TestLimit:
    pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

    def test_a_run_stops_before_the_limit_and_says_so_and_goes_on_when_it_is_raised(
        self, studio: Studio, ltx: Ltx
    ) -> None:
        name = two_clips(studio)
        studio.limit_spending(name, 0.35)
        assert "more than the limit of $0.35 allows" in str(studio.plan(name).cost)
        result = made(studio, name)
        assert result.status == "failed"
        assert "2 works by video/ltx: not asked for. That costs about $0.36" in result.problems[-1].error
        assert ltx.created == []
        studio.limit_spending(name, 0.36)
        assert "within the limit of $0.36" in str(studio.plan(name).cost)
        assert made(studio, name).status == "completed"
        assert len(ltx.created) == 2
        spent = studio.spent(name)
        assert (spent.works, spent.usd, spent.lost) == ({"video/ltx": 2}, 0.36, 0)
        assert "about $0.36 is spent (2 by video/ltx)" in str(studio.plan(name).cost)

    def test_what_was_lost_there_counts_and_is_not_asked_for_beyond_the_limit(self, studio: Studio, ltx: Ltx) -> None:
        name = two_clips(studio)
        studio.limit_spending(name, 0.36)
        ltx.misbehave(r"GET /signed/.*", Status(404))
        assert "cannot be fetched there" in made(studio, name).problems[0].error
        assert len(ltx.created) == 2
        studio.ask_again(name)
        result = made(studio, name)
        assert [problem.error.split(":")[1] for problem in result.problems] == [" not asked for. That costs about $0.18, and of the limit of $0.36 $0.36 is spent. Raise the limit (in its settings, or studio resume boat --most-usd …), or choose another engine."]  # fmt: skip
        assert len(ltx.created) == 2
        studio.limit_spending(name, None)
        made(studio, name)
        spent = studio.spent(name)
        assert (spent.works, spent.usd, spent.lost) == ({"video/ltx": 3}, 0.54, 1)

    def test_what_is_in_hand_there_is_paid_for_and_no_part_of_the_plan(self, studio: Studio, ltx: Ltx) -> None:
        ltx.patience = 10**9
        name, stop = small_film(studio, video="ltx", shots=1, seconds=4.0, narration=False), threading.Event()
        assert studio.plan(name).cost.works == {"video/ltx": 1}
        studio.run(name, tell=lambda number, event: isinstance(event, JobProgress) and stop.set(), stop=stop)
        cost = studio.plan(name).cost
        assert (cost.works, cost.spent.usd) == ({}, 0.18)
        assert str(cost) == "costs nothing more; about $0.18 is spent (1 by video/ltx)"

    def test_a_price_that_is_not_on_the_list_cannot_be_kept_within_a_limit(self, studio: Studio, data: Path) -> None:
        name = small_film(studio, image="openai", narration=False)
        studio.limit_spending(name, 5.0)
        result = made(studio, name)
        assert "the list of prices lacks one" in result.problems[-1].error
        assert "lacks" not in str(result.problems[:-1])

    @pytest.mark.parametrize("amount", [-1.0, float("nan"), float("inf")])
    def test_a_limit_that_cannot_be_is_refused(self, studio: Studio, amount: float) -> None:
        name = small_film(studio)
        with pytest.raises(BadInput, match="amount from 0"):
            studio.limit_spending(name, amount)


def test_the_limit_and_what_was_spent_are_told_at_the_terminal(tmp_path: Path, data: Path) -> None:
    runner, sessions = CliRunner(), str(tmp_path / "sessions")
    film = "film Boats --name boat --seconds 6 --shots 2 --size 160x90 --fps 12 --text fake --image fake --video ltx --no-narration --no-music"
    refused = runner.invoke(cli, [*film.split(), "--sessions", sessions, "--most-usd", "lots"])
    assert (refused.exit_code, "no amount in US dollars" in refused.output) == (2, True)
    told = runner.invoke(cli, [*film.split(), "--sessions", sessions, "--most-usd", "$0.10"])
    assert told.exit_code == 1
    assert "of the limit of $0.10 $0.00 is spent" in told.output
    shown = json.loads(runner.invoke(cli, ["sessions", "view", "boat", "--json", "--sessions", sessions]).stdout)
    assert (shown["most_usd"], shown["paid_works"], shown["spent_usd"]) == (0.1, {}, 0.0)


LONG = "# The Lamp\n\n" + "\n\n".join(
    f"Mara carried lamp number {number} up the stairs of the tower. The wind blew." for number in range(600)
)
"""One chapter, about which a service is asked five times."""


class TestChaptersReadByAService:
    pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

    @pytest.fixture
    def gemini(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gemini]:
        with Gemini() as service:
            monkeypatch.setenv("STUDIO_GEMINI_URL", service.url)
            monkeypatch.setenv("STUDIO_GEMINI_API_KEY", service.key)
            yield service

    @pytest.mark.parametrize(
        ("each", "most_usd", "said"),
        [
            (0.01, 0.04, r"5 works by analysis/gemini: not asked for. That costs about \$0.05"),
            (0.0008, 0.0, r"costs about \$0.004, and of the limit of \$0.00 \$0.00 is spent"),
        ],
    )
    def test_every_asking_counts_before_the_first_is_sent(
        self, studio: Studio, gemini: Gemini, data: Path, tmp_path: Path, each: float, most_usd: float, said: str
    ) -> None:
        name = self.book(studio, data, tmp_path, each=each)
        studio.limit_spending(name, most_usd)
        result = made_until(studio, name, "analysis")
        assert re.search(said, result.problems[-1].error)
        assert gemini.created == []
        assert studio.plan(name).cost.works == {"analysis/gemini": 5}

    def test_what_was_read_before_a_stop_is_not_paid_twice(
        self, studio: Studio, gemini: Gemini, data: Path, tmp_path: Path
    ) -> None:
        name, stop = self.book(studio, data, tmp_path), threading.Event()
        studio.run(
            name, tell=lambda number, event: len(gemini.created) == 2 and stop.set(), stop=stop, until="analysis"
        )
        assert len(gemini.created) == 2
        assert str(studio.plan(name).cost).startswith("about $0.03 (3 by analysis/gemini")
        assert made_until(studio, name, "analysis").status == "completed"
        assert len(gemini.created) == 5
        assert str(studio.spent(name)) == "about $0.05 is spent (5 by analysis/gemini)"

    def book(self, studio: Studio, data: Path, folder: Path, *, each: float = 0.01) -> str:
        prices = {"as_of": "2027-01", "prices": {"analysis/gemini/gemini-flash-latest": {"each": each}}}
        (data / "prices.json").write_text(json.dumps(prices))
        file = folder / "long.txt"
        file.write_text(LONG)
        return studio.create_manuscript(
            file, ManuscriptOptions.model_validate({**SMALL, "text": "gemini"}), name="lamp"
        )
