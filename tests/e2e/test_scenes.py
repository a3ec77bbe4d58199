"""An old scene-video directory is brought as a ZIP, its explanation read, and gone on with to the film."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import User, settled
from tests.e2e.server import Server, eventually
from tests.scene_media import SCRIPT, old_zip


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
        "missing", "done", "missing", "damaged",
    ]  # fmt: skip
    expect(page.locator("#scene-found .found-documents")).to_contain_text("scenes_20240601_123456.json used")
    assert not list(server.sessions.glob("video_*"))

    page.reload()
    settled(page)
    expect(page.locator("#scene-found")).to_contain_text("Remains: clip 2 of scene 1")
    _small(page)
    page.locator("#scene-found").get_by_role("button", name="Continue").click()
    expect(page.locator("#top-project")).to_have_text("video_20240601_123456", timeout=60_000)
    expect(page.locator("#scene-reason")).to_contain_text("nothing needs to be made", timeout=150_000)
    expect(page.locator("#scene-job .job-head")).to_contain_text("done")
    expect(page.locator("#scene-board .scene-head")).to_have_text(["Scene 1 2 clips · 10 s", "Scene 2 1 clip · 5 s"])
    expect(page.locator("#scene-player video")).to_be_visible()
    pictures = page.locator("#scene-board .shot img")
    expect(pictures).to_have_count(3)
    eventually(lambda: pictures.evaluate_all("all => all.every(one => one.complete && one.naturalWidth > 0)"))

    page.locator("#scene-board .shot").first.click()
    expect(page.locator('#shot-head [data-shot="1"]')).to_be_visible()
    expect(page.locator("#shot-takes")).to_contain_text("There is one of each so far")


def _begin(page: Page, script: str) -> None:
    _small(page)
    page.locator("#scene-script textarea").fill(script)


def _field(page: Page, scene: int, label: str) -> Locator:
    return page.get_by_label(f"{label} of scene {scene}", exact=True)


@pytest.mark.timeout(300)
def test_scenes_are_written_first_changed_as_cards_and_then_made(server: Server, user: User) -> None:
    page = user.window(server, tab="scenes")
    _begin(page, SCRIPT)
    page.get_by_role("button", name="Write scenes").click()
    scenes = page.locator("#scene-board .scene")
    expect(scenes).to_have_count(3, timeout=60_000)
    project = page.locator("#top-project").inner_text()

    _field(page, 2, "What happens").fill("A whale breathes beside the boat.")
    _field(page, 2, "Mood").click()  # leaving a field saves it
    expect(page.locator("#scene-board .scene").nth(1)).to_contain_text("whale")
    _field(page, 2, "Camera").select_option("Crane Up")
    expect(page.locator("#scene-board .scene").nth(1).get_by_role("img", name="crane up")).to_be_visible()
    _field(page, 3, "Length").select_option("10")
    expect(page.locator("#scene-board .scene-head").nth(2)).to_have_text("Scene 3 2 clips · 10 s")
    page.get_by_label("Environment 2", exact=True).fill("A sea of green glass.")
    page.get_by_label("Environment 1", exact=True).click()
    expect(_field(page, 2, "Environment")).to_contain_text("2 A sea of green glass.")
    scenes.nth(2).get_by_role("button", name="Earlier").click()
    expect(page.locator("#scene-board .scene-head").nth(1)).to_have_text("Scene 2 2 clips · 10 s")
    scenes.nth(0).get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Delete scene").click()
    expect(scenes).to_have_count(2)
    page.locator("#scene-undo").click()
    expect(scenes).to_have_count(3)

    page.reload()
    settled(page)
    expect(_field(page, 3, "What happens")).to_have_value("A whale breathes beside the boat.")
    assert server.cli("scene", project, "--json").count("A sea of green glass.") == 1
    page.get_by_role("button", name="Make video").click()
    expect(page.locator("#scene-reason")).to_contain_text("nothing needs to be made", timeout=150_000)
    _field(page, 3, "Camera").select_option("Static")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.locator("#scene-plan")).to_contain_text("shot 5")  # by its place: scene 1 became two
    assert "shot 1" not in page.locator("#scene-plan").inner_text()


def test_a_picture_and_environments_of_ones_own_come_with_the_script(
    server: Server, user: User, tmp_path: Path
) -> None:  # fmt: skip
    Image.new("RGB", (160, 90), (200, 20, 20)).save(tmp_path / "red.png")
    (tmp_path / "places.json").write_text('[{"scene_physical_environment": "A harbour of paper boats."}]')
    page = user.window(server, tab="scenes")
    _begin(page, SCRIPT.replace("Marta", "Greta"))
    page.locator("#tab-scenes").get_by_role("button", name="Settings").click()
    page.locator("#scene-picture-file").set_input_files(tmp_path / "red.png")
    page.locator("#scene-environments-file").set_input_files(tmp_path / "places.json")
    expect(page.locator("#scene-picture-name")).to_contain_text("red.png: Make video")
    with page.expect_event("dialog") as waiting:  # what is held by the page alone does not go without a word
        page.evaluate("() => { setTimeout(() => location.reload()); }")
    assert waiting.value.type == "beforeunload"
    waiting.value.dismiss()
    page.get_by_label("The first picture shows").fill("A fox")
    user.forgive("422")
    page.get_by_role("button", name="Write scenes").click()
    expect(page.locator(".toast.error")).to_contain_text("A picture file and words for the first picture")
    page.get_by_label("The first picture shows").fill("")
    page.get_by_role("button", name="Write scenes").click()
    expect(page.locator("#scene-board .scene")).to_have_count(3, timeout=60_000)
    expect(page.get_by_label("Environment 1", exact=True)).to_have_value("A harbour of paper boats.")
    project = server.sessions / page.locator("#top-project").inner_text()
    with Image.open(project / "images/shot_001.png") as picture:
        assert picture.getpixel((50, 50)) == (200, 20, 20)


@pytest.mark.timeout(300)
def test_a_directory_of_the_server_is_chosen_by_its_folders_and_completed_in_place(
    server: Server, user: User, tmp_path: Path
) -> None:
    shutil.unpack_archive(old_zip(tmp_path), server.videos / "old")
    old = server.videos / "old/video_20240601_123456"
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    page = user.window(server, tab="scenes")
    bring = page.locator("#scene-bring")
    bring.get_by_role("button", name="choose its folder").click()
    for name in (str(server.videos), "old", "video_20240601_123456"):
        bring.get_by_role("button", name=name, exact=True).click()
        expect(bring.get_by_role("navigation", name="Folder")).to_contain_text(name)
    page.wait_for_load_state("networkidle")  # its list stands there: nothing is drawn anew under the pointer
    bring.get_by_role("button", name="Explain this folder").click()
    expect(page.locator("#scene-found")).to_contain_text("Remains: clip 2 of scene 1", timeout=60_000)
    expect(page.locator("#scene-found .found-notes, #scene-found table").first).not_to_contain_text("Errno")
    page.get_by_label("When the film is made").check()
    expect(page.get_by_label("When the film is made")).to_be_checked()
    _small(page)
    page.locator("#scene-found").get_by_role("button", name="Continue").click()
    told = page.locator(".toast", has_text="were put into video_20240601_123456")
    expect(told.last).to_be_visible(timeout=150_000)  # it goes by itself: whatever else is looked at comes after
    expect(page.locator("#scene-reason")).to_contain_text("nothing needs to be made", timeout=60_000)
    assert {path: path.read_bytes() for path in before} == before
    assert (old / "scene_1_all_vid_20240601_123456/scene_1_vid_2_20240601_123456.mp4").is_file()
