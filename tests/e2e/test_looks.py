"""How the window looks: every tab, wide and narrow, light and dark, empty and filled; kept as pictures, checked by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import User, choose_project, open_shot, settled, show_tab
from tests.e2e.server import Server, eventually

_PICTURES = Path(__file__).parent / "screenshots"
_TABS = ("Film", "Scene video", "Dubbing", "Manuscript", "Project Sessions", "Settings")
_SIZES = ((1440, 900), (800, 900))
_GRAVE = ("serious", "critical")
_DUB = {"languages": ["es"], "tts": "fake", "asr": "fake", "translators": {"es": "fake"}}


class Looker:
    """Looks at one page from every side and remembers what is wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []

    def look(self, name: str) -> None:
        """The page at each size, light and dark, is kept as a picture; axe and the width find no fault."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.page.wait_for_function(
                "dark => document.body.classList.contains('dark') === dark", arg=scheme == "dark"
            )
            for width, height in _SIZES:
                self.page.set_viewport_size({"width": width, "height": height})
                self._settle()
                self._keep(f"{name}_{scheme}_{width}")
                self._check_width(f"{name} at {width}")
            self._check_access(f"{name}, {scheme}")
        self.page.set_viewport_size({"width": _SIZES[0][0], "height": _SIZES[0][1]})

    def _settle(self) -> None:
        self.page.wait_for_function(
            "() => [...document.images].every(image => image.complete || !image.offsetParent || image.loading === 'lazy')"
            " && document.getAnimations().every(one => one.playState !== 'running' || one.effect.getComputedTiming().iterations === Infinity)"
        )

    def _keep(self, name: str) -> None:
        _PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=_PICTURES / f"{name}.png", timeout=60_000)

    def _check_width(self, where: str) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.faults.append(f"{where}: {wide} pixels to scroll sideways")

    def _check_access(self, where: str) -> None:
        found = Axe().run(self.page).response["violations"]
        for one in found:
            if one["impact"] in _GRAVE:
                places = ", ".join(node["html"][:160] for node in one["nodes"][:3])
                self.faults.append(f"{where}: {one['id']} ({one['impact']}, {len(one['nodes'])} times): {places}")


@pytest.fixture
def looker(server: Server, browser: Browser) -> Iterator[Looker]:
    somebody = User(browser)
    yield Looker(somebody.window(server))
    somebody.leave()
    assert not somebody.complaints, "\n".join(somebody.complaints)


@pytest.mark.parametrize("tab", _TABS)
def test_an_empty_studio_looks_right(looker: Looker, tab: str) -> None:
    show_tab(looker.page, tab)
    looker.look(f"empty_{tab.split()[-1].lower()}")
    assert not looker.faults, "\n".join(looker.faults)


def test_a_film_with_its_editor_and_dialog_and_its_dub_look_right(
    looker: Looker, server: Server, finished: Path
) -> None:
    page = looker.page
    page.goto(f"{server.url}/?project={server.take_in(finished, 'boat')}")
    settled(page, "boat")
    looker.look("filled_film")
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_label("Length (s)").first).to_be_visible()
    open_shot(page, 2)
    looker.look("editor")
    page.get_by_role("button", name="Delete shot…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    looker.look("dialog")
    page.keyboard.press("Escape")
    run = server.ask("POST", "/api/dubs", json={"film": "boat", "name": "boat_dub", "options": _DUB})
    eventually(lambda: server.ask("GET", f"/api/runs/{run['id']}")["status"] == "completed", within_s=60)
    server.ask("POST", "/api/runs", json={"project": "boat_dub", "until": "lines"})
    server.wait("boat_dub")
    page.goto(f"{server.url}/?project=boat_dub#dubbing")
    settled(page, "boat_dub")
    page.get_by_text("More mixes").click()
    looker.look("filled_dub")
    assert not looker.faults, "\n".join(looker.faults)


def test_a_filled_list_of_projects_looks_right(looker: Looker, server: Server, finished: Path) -> None:
    page = looker.page
    for name in ("the_keeper_and_the_whale", "a_rather_long_name_of_a_project_that_somebody_typed", "kite"):
        server.take_in(finished, name)
    server.ask("PATCH", "/api/projects/kite", json={"tags": ["sea", "draft"], "notes": "Ask Ann about the end."})
    server.new_film("only_begun")
    page.goto(f"{server.url}/?project=kite")
    settled(page, "kite")
    choose_project(page, "kite")
    page.locator('input[data-name="kite"]').check()
    expect(page.locator(".several")).to_contain_text("1 chosen")
    looker.look("filled_sessions")
    assert not looker.faults, "\n".join(looker.faults)


def test_a_film_being_made_looks_right(looker: Looker, server: Server) -> None:
    page = looker.page
    server.new_film("at_work", image="storyboard", width_px=1280, height_px=720, shots=12, seconds=40.0)
    server.ask("POST", "/api/runs", json={"project": "at_work"})
    page.goto(f"{server.url}/?project=at_work")
    settled(page, "at_work")
    expect(page.locator(".board .shot img").first).to_be_visible(timeout=60_000)
    looker.look("running")
    assert server.ask("GET", "/api/runs", params={"project": "at_work"})[0]["is_active"], "it was over too soon"
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator("#job .job-head")).to_contain_text("stopped")
    assert not looker.faults, "\n".join(looker.faults)


def test_a_key_that_was_saved_is_nowhere_in_the_page_and_can_be_forgotten(server: Server, user: User) -> None:
    page = user.window(server, tab="settings")
    card = page.locator("#service-claude")
    card.locator("summary").click()
    card.get_by_label("Claude address").fill("http://127.0.0.1:9")
    key = card.get_by_label("Claude key")
    key.fill("sk-very-secret-key-1234567890")
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_role("status")).to_contain_text("not reachable")
    expect(key).to_have_value("")
    expect(key).to_have_attribute("placeholder", "•••••••• set")
    assert "sk-very-secret" not in page.content()
    card.get_by_role("button", name="Forget").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget").click()
    expect(key).to_have_attribute("placeholder", "")
    assert "sk-very-secret" not in (server.data_dir / "services.json").read_text(encoding="utf-8")
