"""A film is dubbed in the browser: brought, transcribed, corrected, spoken, listened to, corrected once more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.dub_media import film, music, wav
from tests.e2e.browsing import User, download, settled, show_tab
from tests.e2e.server import Server, eventually

OPTIONS = {
    "languages": ["en"], "source_language": "pt", "tts": "fake", "asr": "fake", "translators": {"en": "fake"}, "multi": True,
}  # fmt: skip
SRT = "1\n00:00:00,500 --> 00:00:02,000\nUm barco sai\n\n2\n00:00:02,500 --> 00:00:05,000\nO mar fica calmo hoje\n"


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of six seconds with its lines beside it."""
    folder = tmp_path_factory.mktemp("boats")
    (folder / "boats.srt").write_text(SRT)
    return film(folder / "boats.mp4", [wav(folder / "music.wav", music(6.0))])


def cell(page: Page, what: str, line: str, language: str = "") -> str:
    return f'#dub-lines [data-cell="{what}"][data-line="{line}"]' + (f'[data-lang="{language}"]' if language else "")


@pytest.fixture(scope="module")
def made(server: Server, boats: Path) -> Path:
    """The folder of a finished dub of instant engines, brought over REST, to be copied."""
    files = {"transcript": ("boats.srt", SRT.encode()), "file": ("boats.mp4", boats.read_bytes())}
    asked = {"options": json.dumps({**OPTIONS, "multi": False}), "name": "made"}
    server.make(str(server.ask("POST", "/api/dubs", data=asked, files=files)["name"]))
    return server.sessions / "made"


def dubbed(page: Page) -> None:
    """Dub is pressed and comes to its end."""
    page.locator("#dub").click()
    expect(page.locator("#dub-stop")).to_be_enabled()
    expect(page.locator("#dub-reason")).to_contain_text("nothing needs to be made", timeout=60_000)


@pytest.mark.timeout(240)
def test_a_dropped_film_is_transcribed_corrected_dubbed_and_one_line_mended(
    server: Server, user: User, boats: Path, tmp_path: Path
) -> None:
    page = user.window(server, tab="dubbing")
    page.locator('[data-drop="film"] input').set_input_files(boats)
    expect(page.locator("#dub-film")).to_be_hidden()
    page.get_by_role("button", name="Remove the chosen video").click()
    expect(page.locator("#dub-film")).to_be_visible()
    page.locator('[data-drop="film"] input').set_input_files(boats)
    page.locator("#dub-transcript-file").set_input_files(boats.with_suffix(".srt"))
    expect(page.locator('[data-drop="film"]')).to_contain_text("boats.mp4")
    page.locator("#dub-options").evaluate(
        "(place, said) => { place.textContent = said; }", json.dumps({"options": OPTIONS})
    )
    page.locator("#dub-listen").click()
    expect(page.locator("#dub-lines tr[data-row]")).to_have_count(2, timeout=60_000)
    expect(page.get_by_role("button", name="Preview 15 s of English")).to_be_disabled()
    expect(page.locator("#dub-player")).to_contain_text("Nothing of English is spoken yet")
    name = page.locator("#top-project").inner_text()
    assert (server.sessions / name / "original_video.mp4").read_bytes() == boats.read_bytes()

    page.locator(cell(page, "text", "0001")).fill("Um navio sai")
    page.locator(cell(page, "text", "0001")).press("Enter")
    expect(page.locator(cell(page, "text", "0002"))).to_be_focused()
    page.locator(cell(page, "translation", "0002", "en")).fill("The sea is calm")
    page.keyboard.press("Tab")
    expect(page.locator('#dub-lines tr[data-row="0002"] .state')).to_have_text("to speak")
    page.reload()
    settled(page, name)
    expect(page.locator(cell(page, "text", "0001"))).to_have_value("Um navio sai")

    dubbed(page)
    expect(page.locator(cell(page, "translation", "0001", "en"))).to_have_value("en Um navio sai")
    expect(page.locator(cell(page, "translation", "0002", "en"))).to_have_value("The sea is calm")
    video = page.locator("#dub-player video")
    assert eventually(lambda: video.evaluate("video => video.duration || 0")) == pytest.approx(6.0, abs=0.2)
    with page.expect_download() as waiting:
        page.locator("#dub-downloads").get_by_role("link", name="All in one file").click()
    assert Path(waiting.value.path()).stat().st_size > 10_000

    page.locator(cell(page, "translation", "0002", "en")).fill("The sea is quiet")
    page.locator("#dub-lines-head").click()
    expect(page.locator('#dub-lines tr[data-row="0002"] .state')).to_have_text("changed")
    page.locator('#dub-review [data-act="goto"][data-line="0002"]').click()
    expect(page.locator(cell(page, "translation", "0002", "en"))).to_be_focused()
    takes = {path.name: path.stat().st_mtime_ns for path in (server.sessions / name / "audio/en").glob("*.wav")}
    dubbed(page)
    after = {path.name: path.stat().st_mtime_ns for path in (server.sessions / name / "audio/en").glob("*.wav")}
    assert after["0001.wav"] == takes["0001.wav"]
    assert after["0002.wav"] != takes["0002.wav"]


def test_lines_are_played_split_joined_and_deleted_and_a_change_is_taken_back(
    server: Server, user: User, made: Path
) -> None:
    page = user.window(server, server.take_in(made, "cuts"))
    rows = page.locator("#dub-lines tr[data-row]")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Play line 0001 in English").click()
    expect(page.locator("#dub-lines .playing")).to_have_count(1)
    page.locator(cell(page, "text", "0002")).evaluate("place => { place.focus(); place.setSelectionRange(6, 6); }")
    page.get_by_role("button", name="Split line 0002").click()
    expect(rows).to_have_count(3)
    expect(page.locator(cell(page, "text", "0002"))).to_have_value("O mar")
    page.locator("#dub-lines-head").click()
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(2)
    page.keyboard.press("Control+Shift+z")
    expect(rows).to_have_count(3)
    for box, new in ((cell(page, "text", "0001"), "Um navio sai"), (cell(page, "translation", "0001", "en"), "A ship")):
        old = page.locator(box).input_value()
        page.locator(box).fill(new)
        page.locator("#dub-lines-head").click()
        page.locator("#dub-undo").click()
        expect(page.locator(box)).to_have_value(old)
        page.locator("#dub-redo").click()
        expect(page.locator(box)).to_have_value(new)
    page.get_by_role("button", name="Join line 0002 with the next").click()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Delete line 0001").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete line").click()
    expect(rows).to_have_count(1)


def test_a_mix_is_named_and_heard_before_it_is_made(server: Server, user: User, made: Path) -> None:
    page = user.window(server, server.take_in(made, "mixes"))
    page.get_by_text("More mixes").click()
    page.get_by_label("Name of the mix").fill("radio")
    page.get_by_label("Sound of the mix").select_option("bed-off")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#dub-mixes li")).to_contain_text("English · as cast · voices alone")
    page.get_by_role("button", name="Preview 15 s of English").click()
    expect(page.locator(".preview.playing")).to_have_count(1)
    assert page.locator("#dub-player video").evaluate("video => video.muted")


def test_several_dropped_films_become_dubs_of_the_same_settings(server: Server, user: User, boats: Path) -> None:
    films = [boats.with_name("kite.mp4"), boats.with_name("kite two.mp4")]
    for copy in films:
        copy.write_bytes(boats.read_bytes())
    page = user.window(server, tab="dubbing")
    page.locator('[data-drop="film"] input').set_input_files(films)
    expect(page.locator('[data-drop="film"]')).to_contain_text("2 films")
    page.locator("#dub-options").evaluate(
        "(place, said) => { place.textContent = said; }", json.dumps({"options": OPTIONS})
    )
    page.locator("#dub-listen").click()
    expect(page.locator("#toasts")).to_contain_text("2 dubs are queued")
    expect(page.locator("#top-project")).to_contain_text("kite")
    names = [path.name for path in server.sessions.glob("kite*")]
    assert len(names) == 2
    for name in names:
        assert server.wait(name)["status"] == "completed"
        assert json.loads((server.sessions / name / "metadata.json").read_text())["options"]["tts"] == "fake"


def test_a_recording_a_translation_and_a_sound_track_are_brought_as_files(
    server: Server, user: User, made: Path, tmp_path: Path
) -> None:
    page = user.window(server, server.take_in(made, "files"))

    def bring(button: str, file: Path, said: str) -> None:
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=button).click()
        chooser.value.set_files(file)
        expect(page.locator("#toasts")).to_contain_text(said)

    page.get_by_text("Translations as files").click()
    sent = download(page, "CSV", tmp_path)
    sent.write_text(sent.read_text(encoding="utf-8-sig").replace("en Um barco sai", "A boat leaves"), encoding="utf-8")
    bring("Take in…", sent, "2 translations taken in")
    expect(page.locator(cell(page, "translation", "0001", "en"))).to_have_value("A boat leaves")
    own = wav(tmp_path / "own.wav", music(1.5))
    bring("Your own recording for line 0002 in English", own, "Line 0002 in en is your own recording")
    bring("Music and effects…", wav(tmp_path / "bed.wav", music(6.0)), "The voices will be mixed over")
    expect(page.locator("#dub-bed")).to_contain_text("your own music and effects")


def test_a_film_made_here_is_dubbed_from_the_tab(server: Server, user: User, finished: Path) -> None:
    name = server.take_in(finished, "boat")
    page = user.window(server, name, tab="dubbing")
    expect(page.locator("#dub-film input")).to_have_value("A boat finds an island (boat)")
    show_tab(page, "Film")
    expect(page.locator(".board .shot")).to_have_count(3)
