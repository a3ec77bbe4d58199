"""People and places look the same in every shot: drawn once first, and shown to the artist with each shot of theirs."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from studio.cli.main import cli
from studio.core.events import Event, Noticed
from studio.engines.fake import FakeArtist
from studio.errors import EngineRefused, UserError
from studio.media.picture import read_text
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio
from tests.conftest import SMALL
from tests.scene_media import SCRIPT
from tests.servers.gemini import Gemini

HER = ["images/shot_001.png", "images/shot_002.png", "images/shot_005.png", "images/shot_006.png"]
"""Marta, in the harbour."""
AT_SEA = ["images/shot_003.png", "images/shot_004.png"]
SHEETS = ["sheets/marta.png", "sheets/harbour.png", "sheets/open_sea.png"]


@pytest.fixture
def artist(monkeypatch: pytest.MonkeyPatch) -> type[FakeArtist]:
    """One who is shown two pictures at most."""
    monkeypatch.setattr(FakeArtist, "most_references", 2)
    return FakeArtist


def bell(studio: Studio, tmp_path: Path, **choices: object) -> str:
    """A film of a script: six shots, nobody speaks."""
    script = tmp_path / "bell.txt"
    script.write_text(SCRIPT)
    quick = {**SMALL, "shots": 6, "seconds": 8.0, "narration": False, "sheets": True, **choices}
    options = FilmOptions.model_validate(quick)
    return studio.create_film(Source(kind="script"), options, name="bell", brought=script)


def references(studio: Studio, name: str) -> dict[str, str | None]:
    stills = sorted((studio.directory(name) / "images").glob("*.png"))
    return {f"images/{still.name}": read_text(still).get("references") for still in stills}


def planned(studio: Studio, name: str, *folders: str) -> list[str]:
    """What would be made in these folders."""
    kinds = folders or ("sheets", "images")
    return [item.name for item in studio.plan(name).make if item.name.split("/")[0] in kinds]


class Drawing:
    """A run up to the pictures: its result, and what it said of each item."""

    def __init__(self, studio: Studio, name: str, *, until: str = "images") -> None:
        self.said: dict[str, str] = {}
        self.result = studio.run(name, tell=self._hear, stop=threading.Event(), until=until)

    def _hear(self, number: int, event: Event) -> None:
        if isinstance(event, Noticed):
            self.said[event.item] = event.text


def test_whoever_is_seen_twice_is_drawn_once_and_shown_with_each_shot_of_theirs(studio, tmp_path, artist):
    name = bell(studio, tmp_path)
    result = Drawing(studio, name).result
    assert (result.status, result.problems) == ("completed", [])
    folder = studio.directory(name)
    assert sorted(path.name for path in (folder / "sheets").iterdir()) == ["harbour.png", "marta.png", "open_sea.png"]
    with Image.open(folder / "sheets/marta.png") as hers, Image.open(folder / "sheets/harbour.png") as place:
        assert (hers.size, place.size) == ((90, 90), (160, 90))
    assert references(studio, name) == dict.fromkeys(HER, "Marta, harbour") | dict.fromkeys(AT_SEA, "open sea")
    assert studio.project(name).steps["sheets"]
    assert planned(studio, name) == []


def test_a_changed_sheet_makes_again_only_what_shows_that_person(studio, tmp_path, artist):
    name = bell(studio, tmp_path)
    Drawing(studio, name)
    studio.edit_sheet(name, "marta", prompt="An old woman in a red coat")
    expected = ["sheets/marta.png", *HER]
    assert planned(studio, name) == expected
    assert "sheets/marta.png will be new" in {item.why for item in studio.plan(name).make}
    assert sorted(Drawing(studio, name).result.made) == sorted(expected)
    studio.retake_sheet(name, "Marta")
    assert planned(studio, name) == expected


def test_a_picture_that_somebody_put_there_is_the_one_that_is_shown(studio, tmp_path, artist):
    name = bell(studio, tmp_path)
    Drawing(studio, name)
    Image.new("RGB", (300, 500), (9, 90, 9)).save(studio.directory(name) / "sheets/marta.png")
    assert planned(studio, name) == HER
    assert sorted(Drawing(studio, name).result.made) == HER
    with Image.open(studio.directory(name) / "sheets/marta.png") as hers:
        assert hers.size == (300, 500)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_service_is_sent_the_sheets_with_every_shot_of_theirs_and_asked_for_nothing_twice(
    studio, tmp_path, monkeypatch
):
    with Gemini() as service:
        monkeypatch.setenv("STUDIO_GEMINI_API_KEY", service.key)
        monkeypatch.setenv("STUDIO_GEMINI_URL", service.url)
        name = bell(studio, tmp_path, image="gemini")
        assert Drawing(studio, name).result.problems == []
        assert Drawing(studio, name).result.made == []
        sent = [len(body["shown"]) for body in service.created]
    assert (sorted(sent[:3]), sorted(sent[3:])) == ([0, 0, 0], [1, 1, 2, 2, 2, 2])
    assert studio.spent(name).works == {"image/gemini": 9}


def test_an_artist_who_is_shown_nothing_draws_as_before(studio, tmp_path):
    name = bell(studio, tmp_path)
    assert Drawing(studio, name).result.status == "completed"
    assert not (studio.directory(name) / "sheets.json").exists()
    assert "sheets" not in studio.project(name).steps
    with pytest.raises(UserError, match="shown no pictures"):
        studio.sheets(name)


def test_a_finished_film_of_an_older_studio_stays_finished_although_its_artist_takes_pictures(
    studio, tmp_path, monkeypatch
):
    name = bell(studio, tmp_path)
    Drawing(studio, name)
    manifest = studio.directory(name) / "metadata.json"
    saved = json.loads(manifest.read_text())
    del saved["options"]["sheets"], saved["options"]["continue_shots"]
    manifest.write_text(json.dumps(saved))
    monkeypatch.setattr(FakeArtist, "most_references", 2)
    assert planned(studio, name) == []


def test_a_film_that_gets_sheets_is_drawn_again_and_the_plan_says_so_first(studio, tmp_path, artist):
    name = bell(studio, tmp_path, sheets=False)
    Drawing(studio, name)
    options = FilmOptions.model_validate(studio.project(name).options)
    studio.set_options(name, options.model_copy(update={"sheets": True}))
    expected = planned(studio, name, "sheets.json", "sheets", "images")
    assert expected == ["sheets.json", *SHEETS, *sorted([*HER, *AT_SEA])]
    assert sorted(Drawing(studio, name).result.made) == sorted(expected)


def test_a_new_film_has_sheets_unless_somebody_says_no(studio, tmp_path, artist):
    idea = Source(kind="idea", idea="A boat finds an island")
    silent = {key: value for key, value in SMALL.items() if key != "sheets"}
    made = studio.create_film(idea, FilmOptions.model_validate(silent), name="yes")
    refused = studio.create_film(idea, FilmOptions.model_validate({**silent, "sheets": False}), name="no")
    assert [any(place.startswith("sheets/") for place in planned(studio, name)) for name in (made, refused)] == [
        True, False,
    ]  # fmt: skip


def test_shots_wait_for_a_sheet_that_was_refused_and_the_others_are_made(studio, tmp_path, artist, monkeypatch):
    drawn = FakeArtist.render

    def refusing(self: FakeArtist, out: Path, prompt: str, **call: object) -> None:
        if "whole figure" in prompt:
            raise EngineRefused("image/fake does not draw her.")
        drawn(self, out, prompt, **call)

    monkeypatch.setattr(FakeArtist, "render", refusing)
    name = bell(studio, tmp_path)
    run = Drawing(studio, name)
    assert [problem.item for problem in run.result.problems] == ["sheets/marta.png"]
    assert sorted(references(studio, name)) == AT_SEA
    assert run.said["images/shot_001.png"] == "waits for sheets/marta.png, by which it is drawn"
    studio.set_sheet_picture(name, "Marta", studio.directory(name) / "sheets/harbour.png")
    assert Drawing(studio, name).result.problems == []
    assert sorted(references(studio, name))[0] == "images/shot_001.png"


def test_the_terminal_lists_people_and_places_and_changes_one(studio, tmp_path, artist):
    name = bell(studio, tmp_path)
    Drawing(studio, name)
    place = ["--sessions", str(studio.settings.sessions)]
    runner = CliRunner()
    told = runner.invoke(cli, ["sheet", name, *place])
    assert told.exit_code == 0
    assert "✓ Marta  (sheets/marta.png)" in told.output
    mine = tmp_path / "mine.jpg"
    Image.new("RGB", (40, 40), (200, 9, 9)).save(mine)
    shown = runner.invoke(cli, ["sheet", name, "marta", "--picture", str(mine), "--json", *place])
    assert [row["is_made"] for row in json.loads(shown.stdout)] == [True, True, True]
    with Image.open(studio.directory(name) / "sheets/marta.png") as hers:
        assert (hers.format, hers.size) == ("PNG", (40, 40))
    unknown = runner.invoke(cli, ["sheet", name, "Jon", "--retake", *place])
    assert (unknown.exit_code, "There are: harbour, open sea, Marta" in unknown.output) == (1, True)
    assert runner.invoke(cli, ["sheet", name, "--retake", *place]).exit_code == 2
