"""A manuscript is brought, illustrated, paused; the server is killed; the book is finished, read and fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import User, settled
from tests.e2e.server import Server, eventually

_SAMPLE = Path(__file__).parents[2] / "assets" / "sample_manuscript.md"
_CHAPTERS, _PICTURES = 2, 5


def _brief(folder: Path) -> Path:
    """The first chapters of the sample."""
    head, *chapters = _SAMPLE.read_text(encoding="utf-8").split("\n## ")
    file = folder / "bell.md"
    file.write_text("\n## ".join([head, *chapters[:_CHAPTERS]]), encoding="utf-8")
    return file


def _drawn(server: Server) -> list[str]:
    return sorted(path.name for path in server.sessions.glob("*/images/ch*.png"))


def _state(page: Page) -> str:
    return page.locator("#book-job .job-head").inner_text()


@pytest.mark.timeout(300)
def test_a_manuscript_is_paused_survives_its_server_and_becomes_a_book(
    own_server: Server, user: User, tmp_path: Path
) -> None:
    server = own_server
    user.forgive(
        "ERR_CONNECTION_REFUSED", "Failed to fetch", "WebSocket connection", "ERR_CONNECTION_RESET", "ERR_EMPTY"
    )
    page = user.window(server, tab="manuscript")
    tab = page.locator("#tab-manuscript")
    tab.get_by_role("button", name="Settings").click()
    tab.get_by_label("Pictures a chapter, at most").fill(str(_PICTURES))
    tab.get_by_label("Size", exact=True).first.click()
    page.get_by_role("option", name="640x480", exact=True).click()
    page.locator("#book-bring input[type=file]").set_input_files(_brief(tmp_path))
    chapters = page.locator("#book-contents .chapter")
    expect(chapters).to_have_count(_CHAPTERS, timeout=60_000)
    expect(page.locator("#book-contents")).to_contain_text("The Bell at Orrin Quay")
    project = page.locator("#top-project").inner_text()
    heading = page.get_by_label("Heading of chapter 2")
    heading.fill("The Ledger")
    heading.press("Tab")

    tab.get_by_role("button", name="Make book").click()
    eventually(lambda: _drawn(server), within_s=90)
    tab.get_by_role("button", name="Pause").click()
    expect(page.locator("#book-job .job-head")).to_contain_text("paused", timeout=30_000)
    drawn = _drawn(server)
    assert 0 < len(drawn) < _PICTURES * _CHAPTERS, "it was paused in the middle"
    page.reload()
    settled(page, project)
    expect(page.locator("#book-job .job-head")).to_contain_text("paused")

    tab.get_by_role("button", name="Resume").click()
    eventually(lambda: len(_drawn(server)) > len(drawn), within_s=60)
    server.kill()
    made = {path: path.stat().st_mtime_ns for path in server.sessions.glob("*/images/*.png")}
    server.start()
    page.goto(f"{server.url}/#manuscript")
    settled(page)
    page.locator("#header").get_by_role("button", name="New").click()
    expect(page.locator("#book-resumable")).to_contain_text("interrupted")
    page.locator("#book-resumable").get_by_role("button", name="Resume").click()
    expect(page.locator("#book-reason")).to_contain_text("nothing needs to be made", timeout=120_000)
    assert all(path.stat().st_mtime_ns == at for path, at in made.items()), "what was drawn is not drawn again"
    assert len(_drawn(server)) == _PICTURES * _CHAPTERS

    expect(chapters.nth(1)).to_contain_text(f"{_PICTURES} of {_PICTURES}")
    expect(page.locator("#book-reader mark")).to_have_count(_PICTURES)
    pictures = page.locator("#book-reader .moment img")
    eventually(lambda: pictures.first.evaluate("one => one.complete && one.naturalWidth > 0"))
    page.locator("#book-reader mark").first.click()
    expect(page.locator("#book-picture").get_by_label("What it shows")).not_to_be_empty()
    with page.expect_download() as fetched:
        page.locator("#book-downloads").get_by_role("link", name="PDF").click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")
    assert fetched.value.suggested_filename == f"{project}.pdf"
    page.screenshot(path=str(Path(__file__).parent / "screenshots" / "manuscript.png"))
