"""The whole way of a user: from an idea to a film, through a killed server and a changed shot, to a teammate's computer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import User, choose_project, download, open_shot, settled, show_tab
from tests.e2e.server import Server, eventually

_IDEA = "A lighthouse keeper finds a stranded whale on the winter shore"
_MADE = ("images/*", "videos/*", "film.*", "*.srt", "takes/**/*", "shots.json", "story.json")


@pytest.mark.timeout(600)
def test_a_film_is_made_interrupted_changed_sent_and_taken_up_on_another_computer(
    own_server: Server, user: User, browser: Browser, tmp_path: Path
) -> None:
    page = user.window(own_server)
    name = _begin(page)
    _reload_shows_progress(page, user, own_server, name)
    _survives_a_kill(page, user, own_server, name)
    _plays(page)
    _only_the_changed_shot_is_made_again(page, own_server, name)
    _save_as(page, "whale")
    archive = _export(page, tmp_path)
    _delete_and_restore(page, own_server)
    with Server(tmp_path / "other") as other:
        teammate = User(browser)
        _goes_on_elsewhere(teammate, other, archive)
        teammate.leave()
        assert not teammate.complaints, teammate.complaints


def _begin(page: Page) -> str:
    """Fields are filled in, Make film is pressed, pictures come; returns the project's name."""
    page.get_by_label("Idea", exact=True).last.fill(_IDEA)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Length (s)").first.fill("24")
    page.get_by_label("Number of shots").fill("8")
    page.get_by_label("Frames a second").fill("12")
    _choose(page, "Size", "640x360")
    _choose(page, "Narrator", "No narration")
    page.get_by_label("Music").uncheck()
    page.get_by_role("button", name="Make film").click()
    expect(page.locator("#top-project")).to_have_text(re.compile(r"session_\w+"))
    name = page.locator("#top-project").inner_text()
    expect(page.locator("#bar-job")).to_contain_text(f"{name} · ")
    expect(page.locator("#stop")).to_be_enabled()
    expect(page.locator(".board .shot")).to_have_count(8, timeout=60_000)
    expect(page.locator(".board .shot img").first).to_be_visible()
    return name


def _choose(page: Page, label: str, choice: str) -> None:
    field = page.get_by_label(label, exact=True).first
    field.click()
    page.get_by_role("option", name=choice, exact=True).click()
    expect(field).to_have_value(choice)


def _reload_shows_progress(page: Page, user: User, server: Server, name: str) -> None:
    """In the middle of it a reload and a second window show what the first one showed."""
    page.reload()
    settled(page, name)
    second = user.window(server, name)
    for window in (page, second):
        expect(window.get_by_label("Idea", exact=True).last).to_have_value(_IDEA)
        expect(window.locator("#bar-job")).to_contain_text(name)
        expect(window.locator("#stop")).to_be_enabled()
        expect(window.locator(".board .shot img").first).to_be_visible()
        expect(window.locator("#job .job-head")).to_contain_text("being made")
    percent = _percent(second)
    eventually(lambda: _percent(second) > percent)
    second.close()


def _percent(page: Page) -> float:
    return float(page.locator("#bar-progress").evaluate("bar => bar.value"))


def _survives_a_kill(page: Page, user: User, server: Server, name: str) -> None:
    """The server is killed while pictures are drawn; Resume goes on with what is finished."""
    user.forgive("ERR_CONNECTION_REFUSED", "Failed to fetch", "net::ERR", "WebSocket")
    server.kill()
    expect(page.locator("#bar-net")).to_have_attribute("data-state", "lost", timeout=3000)
    finished = _digests(server.sessions / name, "images/*.png")
    assert finished
    assert not (server.sessions / name / "film.mp4").exists(), "it was not killed in the middle"
    server.start()
    settled(page, name)
    expect(page.locator("#bar-problem")).to_contain_text("interrupted")
    resume = page.get_by_role("button", name="Resume", exact=True)
    expect(resume).to_be_enabled()
    expect(page.locator("#job .job-head")).to_contain_text("interrupted")
    resume.click()
    expect(page.locator("#job .job-head")).to_contain_text("done", timeout=90_000)
    after = _digests(server.sessions / name, "images/*.png")
    assert len(after) == 8
    assert finished.items() <= after.items(), "a finished picture was made again"
    expect(page.locator("#bar-problem")).to_be_empty()


def _plays(page: Page) -> None:
    video = page.locator("#player video")
    expect(video).to_be_visible()
    video.evaluate("async video => { video.muted = true; await video.play(); }")
    eventually(lambda: video.evaluate("video => video.currentTime > 0.3 && video.videoWidth === 640"))
    video.evaluate("video => video.pause()")


def _only_the_changed_shot_is_made_again(page: Page, server: Server, name: str) -> None:
    """One picture's words are changed: the plan names that shot alone, the run makes that shot alone."""
    project = server.sessions / name
    before = _digests(project, "images/*.png", "videos/*.mp4")
    open_shot(page, 3)
    page.get_by_label("What the picture shows").fill("A red boat on a calm blue sea, wide shot")
    expect(page.locator(".board .shot").nth(2)).to_contain_text("changed")
    page.keyboard.press("Escape")
    expect(page.locator("#editor")).to_be_hidden()
    page.get_by_role("button", name="Plan", exact=True).click()
    plan = page.locator("#plan")
    expect(plan).to_contain_text("shot 3 · the picture will be new")
    assert set(re.findall(r"shots? \d+", plan.inner_text())) == {"shot 3"}
    page.get_by_role("button", name="Make film").click()
    expect(page.locator("#job .job-head")).to_contain_text("done", timeout=60_000)
    expect(page.locator("#reason")).to_contain_text("Up to date")
    after = _digests(project, "images/*.png", "videos/*.mp4")
    assert {key for key in after if after[key] != before.get(key)} == {"images/shot_003.png", "videos/shot_003.mp4"}
    _plays(page)


def _save_as(page: Page, name: str) -> None:
    show_tab(page, "Project Sessions")
    picture = page.locator("#list .thumb img")
    eventually(lambda: picture.evaluate("image => image.complete && image.naturalWidth > 0"))
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#top-project")).to_have_text(name)
    expect(page.locator(f'.row-name[data-name="{name}"]')).to_be_visible()


def _export(page: Page, to: Path) -> Path:
    choose_project(page, "whale")
    archive = download(page, "Export", to)
    assert archive.name == "whale_export.zip"
    return archive


def _delete_and_restore(page: Page, server: Server) -> None:
    """The dialog's safe answer has the focus; what goes to the trash comes back."""
    _press_delete(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert (server.sessions / "whale").is_dir()
    _press_delete(page)
    page.get_by_role("button", name="Move to trash").click()
    expect(page.locator('.row-name[data-name="whale"]')).to_be_hidden()
    assert not (server.sessions / "whale").exists()
    expect(page.locator(".top-name")).to_have_text("New project")
    page.get_by_role("button", name="Trash").click()
    page.locator("#trash").get_by_role("button", name="Restore").click()
    expect(page.locator('.row-name[data-name="whale"]')).to_be_visible()
    page.get_by_role("button", name="Open", exact=True).last.click()
    expect(page.locator("#top-project")).to_have_text("whale")
    expect(page.locator(".board .shot img")).to_have_count(8)


def _press_delete(page: Page) -> None:
    page.locator("#info").get_by_role("button", name="Delete…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Delete whale?")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()


def _goes_on_elsewhere(teammate: User, other: Server, archive: Path) -> None:
    """The ZIP loads complete on another computer; every byte is sound and nothing is left to make."""
    page = teammate.window(other, tab="sessions")
    page.locator('[data-drop=""] input[type="file"]').set_input_files(archive)
    toast = page.locator(".toast").filter(has_text="whale is here.")
    toast.get_by_role("button", name="Open").click()
    expect(page.locator("#top-project")).to_have_text("whale")
    expect(page.get_by_label("Idea", exact=True).last).to_have_value(_IDEA)
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_label("Length (s)").first).to_have_value("24")
    expect(page.get_by_label("Number of shots")).to_have_value("8")
    expect(page.get_by_label("Size", exact=True).first).to_have_value("640x360")
    expect(page.get_by_label("Narrator", exact=True)).to_have_value("No narration")
    expect(page.get_by_label("Music")).not_to_be_checked()
    expect(page.locator(".board .shot img")).to_have_count(8)
    _plays(page)
    open_shot(page, 3)
    expect(page.get_by_label("What the picture shows")).to_have_value("A red boat on a calm blue sea, wide shot")
    expect(page.locator("#shot-takes .take")).to_have_count(4)
    other.cli("sessions", "verify", "whale", "--deep")
    before = _digests(other.sessions / "whale", *_MADE)
    expect(page.locator("#reason")).to_contain_text("Up to date")
    page.get_by_role("button", name="Make film").click()
    expect(page.locator("#job")).to_contain_text("0 files made")
    assert _digests(other.sessions / "whale", *_MADE) == before


def _digests(project: Path, *patterns: str) -> Mapping[str, str]:
    found = [path for pattern in patterns for path in project.glob(pattern) if path.is_file()]
    return {path.relative_to(project).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}
