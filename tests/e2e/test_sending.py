"""ZIP files that come in through the window, dropped or chosen: good ones whole, hostile ones not at all."""

from __future__ import annotations

import base64
import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.browsing import User, choose_project
from tests.e2e.server import Server, eventually

_DROP = """([zone, name, packed]) => {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, {type: 'application/zip'}));
  const at = document.querySelector(zone);
  for (const kind of ['dragenter', 'dragover', 'drop'])
    at.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""


def test_a_hostile_zip_is_refused_with_a_sentence_and_leaves_nothing(
    server: Server, user: User, tmp_path: Path
) -> None:
    page = user.window(server, tab="sessions")
    user.forgive("422")  # the browser's console names every refused request
    archive = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("film/metadata.json", "{}")
        packed.writestr("../../escaped.txt", "out")
    before = _everything(server)
    _drop(page, archive)
    expect(page.locator(".toast.error")).to_contain_text("..")
    assert "escaped.txt" in page.locator(".toast.error").inner_text()
    expect(page.locator(".drop-said")).to_be_empty()
    eventually(lambda: _everything(server) == before)


def test_what_is_no_zip_is_refused_with_a_sentence(server: Server, user: User, tmp_path: Path) -> None:
    page = user.window(server, tab="sessions")
    user.forgive("422")
    archive = tmp_path / "holiday.zip"
    archive.write_bytes(b"no archive at all")
    before = _everything(server)
    page.locator('[data-drop=""] input[type="file"]').set_input_files(archive)
    expect(page.locator(".toast.error")).to_contain_text("ZIP")
    eventually(lambda: _everything(server) == before)


def test_a_project_folder_zipped_by_hand_comes_in(server: Server, user: User, finished: Path, tmp_path: Path) -> None:
    page = user.window(server, tab="sessions")
    archive = tmp_path / "By hand.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(finished.rglob("*")):
            packed.write(path, Path("the boat") / path.relative_to(finished))
        packed.writestr("__MACOSX/the boat/._film.mp4", b"\0\5\x16\7")
        packed.writestr("the boat/.DS_Store", b"\0\0\0\1Bud1")
    _drop(page, archive)
    toast = page.locator(".toast").filter(has_text="is here.")
    expect(toast).to_be_visible()
    name = toast.locator("span").inner_text().removesuffix(" is here.")
    choose_project(page, name)
    expect(page.locator("#info .facts")).to_contain_text("done")
    assert (server.sessions / name / "film.mp4").read_bytes() == (finished / "film.mp4").read_bytes()
    assert not (server.sessions / name / ".DS_Store").exists()


def test_a_project_that_comes_in_replaces_the_one_of_its_name_if_asked(
    server: Server, user: User, finished: Path, tmp_path: Path
) -> None:
    name = server.take_in(finished, "ketch")
    page = user.window(server, tab="sessions")
    archive = tmp_path / "ketch.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted((server.sessions / name).rglob("*")):
            packed.write(path, Path(name) / path.relative_to(server.sessions / name))
    page.get_by_label("Replace a project of the same name").check()
    _drop(page, archive)
    expect(page.get_by_role("dialog")).to_contain_text("Replace ketch?")
    page.get_by_role("button", name="Replace", exact=True).click()
    expect(page.locator(".toast").filter(has_text=f"{name} is here.")).to_be_visible()
    assert not (server.sessions / f"{name}-2").exists()
    assert page.request.get(f"{server.url}/api/trash").json()[0]["name"] == name


def test_a_key_on_the_drop_field_asks_for_a_file(server: Server, user: User) -> None:
    page = user.window(server, tab="sessions")
    drop = page.locator('[data-drop=""]')
    drop.focus()
    expect(drop).to_be_focused()
    with page.expect_file_chooser():
        drop.press("Enter")


def _drop(page: Page, archive: Path) -> None:
    page.evaluate(_DROP, ['[data-drop=""]', archive.name, base64.b64encode(archive.read_bytes()).decode()])


def _everything(server: Server) -> list[str]:
    """Every file and folder of this computer's studio, but for what the server itself keeps running with."""
    found = (path.relative_to(server.sessions.parent) for path in server.sessions.parent.rglob("*"))
    return sorted(path.as_posix() for path in found if not path.match("data/*") and ".uploads-" not in path.as_posix())


def test_a_chosen_project_s_details_are_where_the_eye_is(server: Server, user: User, finished: Path) -> None:
    for name in ("long_list_1", "long_list_2"):
        server.take_in(finished, name)
    page = user.window(server, tab="sessions")
    choose_project(page, "long_list_1")
    row, head = page.locator('.row-name[data-name="long_list_1"]'), page.locator("#info h2")
    beside, card = row.bounding_box(), head.bounding_box()
    assert beside
    assert card
    assert card["x"] > beside["x"] + beside["width"], "the details stand below the list"
    expect(head).to_be_in_viewport()
    page.set_viewport_size({"width": 800, "height": 600})
    row.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#info .info")).to_have_attribute("aria-label", re.compile("About long_list_"))
    expect(head).to_be_focused()
    expect(head).to_be_in_viewport()
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator(".row-name[aria-pressed=true]")).to_be_focused()
