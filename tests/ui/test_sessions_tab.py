"""The Project Sessions tab's handlers, called as the browser would."""

from __future__ import annotations

import html
import json
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.runs.doors import Doors
from studio.runs.model import Run
from studio.ui import loading
from studio.ui.tabs import film, keeping, listing
from studio.ui.tabs.listing import LIST
from tests.conftest import small_film
from tests.ui.conftest import Tab


def asked(tab: Tab, **changes: str) -> list[Any]:
    return [changes.get(name.removeprefix("list-"), tab[name]) for name in LIST]


def ended(doors: Doors, kind: str) -> Run:
    """The newest run of that kind, when it is over."""
    until_s = time.monotonic() + 20
    while time.monotonic() < until_s:
        run = next(run for run in doors.runs.runs() if run.kind == kind)
        if not run.is_active:
            return run
        time.sleep(0.02)
    raise AssertionError(f"{kind} did not end")


def test_the_list_shows_every_project_with_its_picture_and_state(
    tab: Callable[..., Tab], studio: Any, boat: str
) -> None:
    small_film(studio, name="whale")
    window = tab()
    assert "boat" in window["list"]
    assert "whale" in window["list"]
    assert "/media/boat/images/shot_001.png?thumb=160" in window["list"]
    assert "done" in window["list"]
    assert "not started" in window["list"]


def test_a_project_that_was_asked_for_its_first_steps_only_is_not_listed_as_done(
    tab: Callable[..., Tab], studio: Any, boat: str
) -> None:
    name = small_film(studio, name="whale")
    studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    window = tab()
    window.do(listing.filtered, *asked(window, state="complete"))
    assert 'data-row="boat"' in window["list"]
    assert 'data-row="whale"' not in window["list"]
    window.do(listing.filtered, *asked(window, state="started"))
    assert 'data-row="whale"' in window["list"]


def test_search_narrows_the_list_and_an_empty_result_offers_the_way_back(
    tab: Callable[..., Tab], studio: Any, boat: str
) -> None:
    small_film(studio, name="whale")
    window = tab()
    window.do(listing.filtered, *asked(window, text="whale"))
    assert 'data-row="whale"' in window["list"]
    assert 'data-row="boat"' not in window["list"]
    window.do(listing.filtered, *asked(window, text="giraffe"))
    assert "Nothing fits" in window["list"]
    assert 'data-act="clear"' in window["list"]


def test_without_projects_the_list_offers_the_first_film(tab: Callable[..., Tab]) -> None:
    assert "Make the first film" in tab()["list"]


def test_pages_hold_twenty(tab: Callable[..., Tab], studio: Any) -> None:
    for number in range(21):
        small_film(studio, name=f"film_{number:02d}")
    window = tab()
    assert window["list"].count("data-row=") == 20
    assert "1–20 of 21" in window["list"]
    window.act(listing.act, {"act": "page", "page": "1"}, *asked(window))
    assert "21–21 of 21" in window["list"]


def test_a_ticked_project_stays_ticked_when_the_list_is_read_again(
    tab: Callable[..., Tab], studio: Any, boat: str
) -> None:
    small_film(studio, name="whale")
    window = tab()
    window.act(listing.act, {"act": "tick", "name": "whale"}, *asked(window))
    window.do(listing.refresh, *asked(window))
    row = window["list"].split('data-row="whale"')[1].split("</tr>")[0]
    assert " checked" in row
    assert "1 chosen" in window["list"]


def test_all_of_a_page_and_all_that_fits_are_ticked_at_once(tab: Callable[..., Tab], studio: Any) -> None:
    for number in range(21):
        small_film(studio, name=f"film_{number:02d}")
    small_film(studio, name="whale")
    window = tab()
    window.do(listing.filtered, *asked(window, text="film_"))
    window.act(listing.act, {"act": "tick-page"}, *asked(window, text="film_"))
    assert "20 chosen" in window["list"]
    assert "Choose all 21" in window["list"]
    window.act(listing.act, {"act": "tick-all"}, *asked(window, text="film_"))
    assert sorted(json.loads(window["list-picked"])) == [f"film_{number:02d}" for number in range(21)]
    window.act(listing.act, {"act": "tick-page"}, *asked(window, text="film_"))
    assert "1 chosen" in window["list"]


def test_a_window_that_is_loaded_again_shows_its_list_and_card_as_they_were(
    tab: Callable[..., Tab], doors: Doors, studio: Any, boat: str
) -> None:
    small_film(studio, name="whale")
    keeping.verify(doors, boat)
    ended(doors, "verify")
    window = tab()
    window.act(listing.act, {"act": "show", "name": boat}, *asked(window, text="whale"))
    look = html.unescape(window["list"].split('data-look="')[1].split('"')[0])
    window.keep(loading.load(doors, "", "", look))
    assert "Every file is there and whole" in window["checked"]
    assert (window["list-chosen"], window["list-text"]) == (boat, "whale")
    assert 'data-row="boat"' not in window["list"]


@pytest.mark.parametrize("look", ["[", "[1]", '{"page": "x", "sort": "no such", "picked": 3, "else": 1}', '{"chosen": "gone"}'])  # fmt: skip
def test_what_a_browser_kept_of_the_list_may_be_anything(doors: Doors, boat: str, look: str) -> None:
    assert 'data-row="boat"' in loading.load(doors, "", "", look)["list"]


def test_a_finished_film_whose_settings_changed_is_not_told_as_done(
    tab: Callable[..., Tab], doors: Doors, boat: str
) -> None:
    window = tab(boat)
    window.do(film.save, *window.type(style="ink"))
    window.do(listing.refresh, *asked(window))
    assert "changed since it was made" in window["list"]
    window.do(film.save, *window.type(style="poster"))
    window.do(listing.refresh, *asked(window))
    assert "changed since it was made" not in window["list"]


def test_languages_to_choose_from_have_names(tab: Callable[..., Tab], boat: str) -> None:
    assert tab().states["list-language"]["choices"] == [("Every language", ""), ("English (en)", "en")]


def test_the_card_of_a_project_says_all_about_it(tab: Callable[..., Tab], boat: str) -> None:
    window = tab()
    window.act(listing.act, {"act": "show", "name": boat}, *asked(window))
    for words in ("Languages", "Created", "Files", "English: tone", "Progress", "7 of 7"):
        assert words in window["info"]


def test_loading_a_project_fills_the_whole_page(tab: Callable[..., Tab], boat: str) -> None:
    window = tab()
    window.act(listing.act, {"act": "load", "name": boat}, *asked(window))
    assert window["project"] == boat
    assert window["film-words"] == "A boat finds an island"
    assert "/media/boat/film.mp4" in window["player"]


def test_saving_under_another_name_renames_the_project(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat)
    window.act(listing.act, {"act": "show", "name": boat}, *asked(window))
    window.act(listing.act, {"act": "tick", "name": boat}, *asked(window))
    window.do(keeping.save, "The Boat", *asked(window), *window.fields)
    assert window["project"] == "The_Boat"
    assert (window["list-chosen"], window["list-picked"]) == ("The_Boat", '["The_Boat"]')
    assert [project.session_name for project in doors.studio.projects()] == ["The_Boat"]


def test_a_name_that_is_taken_is_refused_with_both_projects_as_they_were(
    tab: Callable[..., Tab], doors: Doors, studio: Any, boat: str
) -> None:
    small_film(studio, name="whale")
    window = tab(boat)
    window.do(keeping.save, "whale", *asked(window), *window.fields)
    assert "There is a project whale already" in window.last_said
    assert window["project"] == boat


def test_an_auto_name_is_free(doors: Doors) -> None:
    assert keeping.auto_name(doors)["saved-name"]["value"].startswith("session_")


def test_delete_moves_to_the_trash_closes_it_and_restore_brings_it_back(
    tab: Callable[..., Tab], doors: Doors, boat: str
) -> None:
    window = tab(boat)
    window.act(listing.act, {"act": "delete", "name": boat}, *asked(window))
    assert window["project"] == ""
    assert doors.studio.projects() == ()
    folder = doors.keeper.trashed()[0].folder
    assert folder in window["trash"]
    window.act(keeping.on_trash, {"act": "restore", "folder": folder}, *asked(window))
    assert doors.studio.project(boat).session_name == boat
    assert window.said[-1]["act"] == "open"


def test_delete_asks_first_and_names_the_project(tab: Callable[..., Tab], boat: str) -> None:
    window = tab()
    window.act(listing.act, {"act": "show", "name": boat}, *asked(window))
    assert 'data-heading="Delete boat?"' in window["info"]
    assert 'data-verb="Move to trash"' in window["info"]


def test_export_gives_a_zip_to_download(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab()
    window.act(listing.act, {"act": "show", "name": boat}, *asked(window))
    window.act(listing.act, {"act": "export", "name": boat}, *asked(window))
    run = ended(doors, "export")
    assert "boat/metadata.json" in zipfile.ZipFile(Path(run.result["file"])).namelist() or zipfile.is_zipfile(
        run.result["file"]
    )
    window.do(listing.refresh, *asked(window))
    assert f"/api/runs/{run.id}/file" in window["info"]
    assert "boat_export.zip" in window["info"]
    assert str(doors.data_dir) not in window["info"]


def test_a_save_point_is_kept_and_listed(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat)
    window.do(keeping.save_point, "before the storm")
    assert ended(doors, "snapshot").status == "completed"
    window.do(listing.refresh, *asked(window))
    assert "before the storm" in window["save-points"]


def test_cleanup_shows_what_would_be_freed_and_frees_nothing_yet(
    tab: Callable[..., Tab], doors: Doors, boat: str
) -> None:
    half = doors.studio.directory(boat) / "tmp" / "half.mp4"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"x" * 5000)
    shown = keeping.show_cleanup(doors, boat)["cleaning"]
    assert "Half-made files" in shown
    assert "5.0 KB" in shown
    assert half.exists()


def test_verify_says_which_file_is_not_whole(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    film = doors.studio.directory(boat) / "film.mp4"
    film.write_bytes(film.read_bytes()[:2000])
    keeping.verify(doors, boat)
    ended(doors, "verify")
    window = tab()
    window.act(listing.act, {"act": "show", "name": boat}, *asked(window))
    assert "film.mp4" in window["checked"]


def test_tags_are_saved_and_this_window_stays_the_newest(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat)
    window.do(keeping.annotate, boat, "sea, boats", "To be shown on Friday")
    window.do(listing.refresh, *asked(window))
    assert ">sea<" in window["list"]
    window.do(keeping.save, boat, *asked(window), *window.type(words="A boat finds a harbour"))
    assert window.said[-1]["kind"] != "error"
