"""Several windows, a server that goes away, items that fail: each window shows the truth."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.browsing import User, open_shot, settled, show_tab
from tests.e2e.server import Server, eventually

_OFFLINE = ("ERR_CONNECTION_REFUSED", "Failed to fetch", "net::ERR", "WebSocket")


def test_the_older_save_of_two_windows_is_refused_and_reload_shows_the_newer(
    server: Server, user: User, finished: Path
) -> None:
    server.take_in(finished, "twice")
    first, second = user.window(server, "twice"), user.window(server, "twice")
    first.get_by_label("Idea", exact=True).last.fill("A boat finds a lighthouse")
    eventually(lambda: server.ask("GET", "/api/projects/twice")["project"]["idea"] == "A boat finds a lighthouse")
    expect(second.locator(".top-newer")).to_contain_text("Saved in another window")
    second.get_by_label("Idea", exact=True).last.fill("A boat finds nothing")
    second.keyboard.press("Control+s")
    toast = second.locator(".toast.error")
    expect(toast).to_contain_text("saved in another window")
    assert server.ask("GET", "/api/projects/twice")["project"]["idea"] == "A boat finds a lighthouse"
    toast.get_by_role("button", name="Reload").click()
    expect(second.get_by_label("Idea", exact=True).last).to_have_value("A boat finds a lighthouse")
    expect(second.locator(".top-newer")).to_have_count(0)


def test_a_click_while_a_save_is_on_its_way_waits_for_its_answer(server: Server, user: User) -> None:
    server.new_film("slow")
    page = user.window(server, "slow")
    held: list[Route] = []
    page.route("**/run/predict*", lambda route: held.append(route))
    page.get_by_label("Idea", exact=True).last.fill("A slow boat finds an island")
    eventually(lambda: page.wait_for_timeout(50) or held)
    page.get_by_role("button", name="Plan", exact=True).click()
    page.wait_for_timeout(500)
    assert len(held) == 1
    held[0].continue_()
    page.unroute("**/run/predict*")
    expect(page.locator("#plan .plan")).to_contain_text("to make")
    expect(page.locator(".toast.error")).to_have_count(0)


def test_a_window_says_within_three_seconds_that_the_server_is_gone_and_comes_back_by_itself(
    own_server: Server, user: User, finished: Path
) -> None:
    own_server.take_in(finished, "boat")
    page = user.window(own_server, "boat")
    user.forgive(*_OFFLINE)
    page.set_viewport_size({"width": 800, "height": 900})
    own_server.kill()
    expect(page.get_by_text("Not connected: trying again")).to_be_visible(timeout=3000)
    shutil.rmtree(own_server.sessions / "boat" / "videos")
    own_server.start()
    settled(page, "boat")
    expect(page.locator("#bar-net")).to_contain_text("Connected")
    expect(page.locator(".board .shot", has_text="picture only")).to_have_count(3)
    expect(page.locator("#reason")).not_to_contain_text("Up to date")


@pytest.mark.parametrize("count", [3, pytest.param(10, marks=pytest.mark.soak)])
def test_many_windows_at_once_follow_a_film_and_answer(server: Server, user: User, count: int) -> None:
    server.new_film(f"open{count}")
    pages = [user.window(server, f"open{count}") for _ in range(count)]
    server.ask("POST", "/api/runs", json={"project": f"open{count}"})
    for page in pages:
        expect(page.locator("#job .job-head")).to_contain_text("done", timeout=60_000)
        expect(page.locator(".board .shot img")).to_have_count(4)
        expect(page.locator("#player video")).to_have_count(1)
    for page in pages:
        open_shot(page, 2)


def test_a_window_says_how_many_films_come_before_its_own(server: Server, user: User) -> None:
    server.new_film("first", image="storyboard", width_px=640, height_px=360)
    server.new_film("next")
    page = user.window(server, "next")
    run = server.ask("POST", "/api/runs", json={"project": "first"})
    expect(page.locator("#make")).to_have_text("Queue film (1 active)")
    server.ask("POST", f"/api/runs/{run['id']}/cancel")
    expect(page.locator("#make")).to_have_text("Make film")


def test_an_item_that_fails_is_a_problem_on_its_card_and_in_the_status_bar(
    server: Server, user: User, finished: Path
) -> None:
    page = user.window(server, server.take_in(finished, "speechless"))
    open_shot(page, 2)
    page.get_by_label("Narration", exact=True).fill("— — —")
    expect(page.locator(".board .shot").nth(1)).to_contain_text("changed")
    page.get_by_role("button", name="Make film").click()
    expect(page.locator("#job .job-head")).to_contain_text("with problems", timeout=60_000)
    expect(page.locator("#job")).to_contain_text("There is nothing to say")
    expect(page.locator(".board .shot").nth(1)).to_contain_text("problem")
    expect(page.locator(".board .shot").nth(0)).not_to_contain_text("problem")
    page.get_by_label("Narration", exact=True).press("Escape")  # elsewhere it would take a notice away first
    expect(page.locator("#editor")).to_be_hidden()
    show_tab(page, "Settings")
    bar = page.locator("#bar-problem")
    expect(bar).to_contain_text("There is nothing to say")
    bar.get_by_role("button").click()
    expect(page.locator("#editor")).to_be_visible()
    expect(page.locator("#shot-head")).to_contain_text("Shot 2")
    expect(page.locator("#shot-preview .bad")).to_contain_text("There is nothing to say")
    page.wait_for_timeout(500)  # the shot's fields are filled as well
    page.get_by_label("Narration", exact=True).fill("A gull cries.")
    expect(page.get_by_label("Narration", exact=True)).to_have_value("A gull cries.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#job .job-head")).to_contain_text(re.compile(r"^\s*done\s*$"), timeout=60_000)
    expect(bar).not_to_contain_text("speechless")
    expect(page.locator(".board .shot").nth(1)).not_to_contain_text("problem")


def test_a_run_that_fails_says_in_a_sentence_what_to_do(server: Server, user: User) -> None:
    server.new_film("blocked")
    page = user.window(server, "blocked")
    in_the_way = server.sessions / "blocked" / "images" / "shot_002.png"
    (in_the_way / "of it").mkdir(parents=True)
    page.get_by_role("button", name="Make film").click()
    expect(page.locator("#job")).to_contain_text("a folder stands where a file is needed", timeout=60_000)
    expect(page.locator("#bar-problem")).to_contain_text("a folder stands where a file is needed")
    assert "Traceback" not in page.content()
    shutil.rmtree(in_the_way)
    page.get_by_role("button", name="Resume", exact=True).click()
    expect(page.locator("#job .job-head")).to_contain_text("done", timeout=60_000)
    expect(page.locator("#bar-problem")).not_to_contain_text("blocked")
