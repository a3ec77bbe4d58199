"""An old scene-video directory is brought as a ZIP, its explanation read, and gone on with to the film."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import User, settled
from tests.e2e.server import Server, eventually
from tests.scene_media import old_zip


def _state(page: Page, what: str) -> str:
    return page.locator(f'#scene-found tr[data-what="{what}"] .chip').inner_text()


def _small(page: Page) -> None:
    """A small and silent video, so that the test is quick."""
    tab = page.locator("#tab-scenes")
    tab.get_by_role("button", name="Settings").click()
    for label, choice in (("Size", "640x360"), ("Narrator", "No narration")):
        tab.get_by_label(label, exact=True).first.click()
        page.get_by_role("option", name=choice, exact=True).click()
    tab.get_by_label("Frames a second").fill("12")
    tab.get_by_label("Sounds", exact=True).uncheck()
    tab.get_by_role("button", name="Settings").click()


@pytest.mark.timeout(300)
def test_an_old_directory_is_dropped_explained_and_gone_on_with_to_the_film(
    server: Server, user: User, tmp_path: Path
) -> None:
    page = user.window(server, tab="scenes")
    page.locator("#scene-bring input[type=file]").set_input_files(old_zip(tmp_path))
    expect(page.locator("#scene-found")).to_contain_text("Remains: clip 2 of scene 1", timeout=60_000)
    assert [_state(page, what) for what in ("scene 1", "clip 1 of scene 1", "clip 2 of scene 1", "scene 2")] == [
        "missing", "done", "missing", "torn",
    ]  # fmt: skip
    expect(page.locator("#scene-found .found-documents")).to_contain_text("scenes_20240601_123456.json used")
    assert not list(server.sessions.glob("video_*"))

    page.reload()
    settled(page)
    expect(page.locator("#scene-found")).to_contain_text("Remains: clip 2 of scene 1")
    _small(page)
    page.locator("#scene-found").get_by_role("button", name="Continue").click()
    expect(page.locator("#top-project")).to_have_text("video_20240601_123456", timeout=60_000)
    expect(page.locator("#scene-reason")).to_contain_text("a run would make nothing", timeout=150_000)
    expect(page.locator("#scene-job .job-head")).to_contain_text("done")
    expect(page.locator("#scene-board .scene-head")).to_have_text(["Scene 1 2 clips · 10 s", "Scene 2 1 clip · 5 s"])
    expect(page.locator("#scene-player video")).to_be_visible()
    pictures = page.locator("#scene-board .shot img")
    expect(pictures).to_have_count(3)
    eventually(lambda: pictures.evaluate_all("all => all.every(one => one.complete && one.naturalWidth > 0)"))

    page.locator("#scene-board .shot").first.click()
    expect(page.locator('#shot-head [data-shot="1"]')).to_be_visible()
    expect(page.locator("#shot-takes")).to_contain_text("One take of everything so far")
