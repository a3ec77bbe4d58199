"""The Dubbing tab's handlers, called as the browser would."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.model.dub import DubOptions
from studio.runs.doors import Doors
from studio.runs.model import Run, new_run
from studio.ui import dub_fields, shell
from studio.ui.dub_glossary import glossary_of, glossary_text
from studio.ui.tabs import dub_lines, dub_mixes, dubbing, film, keeping, listing
from studio.ui.views.dubbing import CastRow, casting
from studio.ui.views.words import shown_voice
from tests.dub_media import film as make_film
from tests.dub_media import music, wav
from tests.ui.conftest import Tab

OPTIONS = DubOptions(
    languages=("en",), source_language="pt", tts="fake", asr="fake", translators={"en": "fake"}, preset="narration"
)
SRT = "1\n00:00:00,500 --> 00:00:02,000\nUm <b>barco</b> & mar\n\n2\n00:00:02,500 --> 00:00:05,000\nO mar fica calmo hoje\n"


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boats")
    (folder / "boats.srt").write_text(SRT)
    return make_film(folder / "boats.mp4", [wav(folder / "music.wav", music(6.0))])


@pytest.fixture
def barcos(doors: Doors, boats: Path) -> str:
    """A dub whose two lines are there, nothing translated."""
    name = doors.studio.create_dub(boats, OPTIONS, transcript=boats.with_suffix(".srt"), name="barcos")
    run(doors, name, until="lines")
    return name


def run(doors: Doors, name: str, until: str = "") -> None:
    done = doors.studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until=until)
    assert (done.status, done.problems) == ("completed", [])


@pytest.fixture
def queued(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Names that were asked to be made, with the last step; nothing is started."""
    asked: list[tuple[str, str]] = []

    def make(project: str, *, until: str = "") -> Run:
        asked.append((project, until))
        return new_run("make", project)

    monkeypatch.setattr(doors.runs, "make", make)
    return asked


def values(tab: Tab, **changes: Any) -> list[Any]:
    found = [changes.get(name.removeprefix("dub-"), tab[name]) for name in dub_fields.VALUES]
    return [tab["dub-shown"], tab["dub-page"], *found]


def press(tab: Tab, told: dict[str, str]) -> None:
    tab.act(dub_lines.act, told, tab["dub-shown"], tab["dub-page"])


def test_an_empty_tab_says_what_to_do_and_holds_the_first_options(tab: Callable[..., Tab]) -> None:
    window = tab()
    assert "Drop a video on the left" in window["dub-player"]
    assert json.loads(window["dub-options"])["options"]["languages"]
    assert "data-set" in window["dub-casting"]
    assert window.states["dub-new"]["visible"]


def test_dub_without_a_video_says_so(tab: Callable[..., Tab], queued: list[tuple[str, str]]) -> None:
    window = tab()
    shown = values(window)
    window.do(dubbing.dub, *shown[:2], "", *shown[2:])
    assert "Choose a video first" in window.last_said
    assert not queued


def test_options_of_a_dub_that_is_not_begun_wait_for_its_video(tab: Callable[..., Tab], doors: Doors) -> None:
    window = tab()
    window.do(dubbing.save, *values(window, languages=["pt", "es"], preset="voice-over", most_usd="2.50"))
    kept = json.loads(window["dub-options"])
    assert (kept["options"]["languages"], kept["options"]["preset"]) == (["pt", "es"], "voice-over")
    assert kept["most_usd"] == 2.5
    assert not doors.studio.projects()


def test_what_services_may_cost_is_kept_with_the_dub_and_shown_again(
    tab: Callable[..., Tab], doors: Doors, barcos: str
) -> None:  # fmt: skip
    window = tab(barcos)
    before = doors.studio.project(barcos).options
    window.do(dubbing.save, *values(window, most_usd="$3"))
    assert (doors.studio.project(barcos).most_usd, doors.studio.project(barcos).options) == (3.0, before)
    assert tab(barcos)["dub-most_usd"] == "3.00"
    window.do(dubbing.save, *values(window, most_usd="a lot"))
    assert "Spend at most" in window.last_said


def test_a_dub_opens_with_its_fields_its_lines_and_its_original(tab: Callable[..., Tab], barcos: str) -> None:
    window = tab(barcos)
    assert window["dub-languages"] == ["en"]
    assert window["dub-preset"] == "narration"
    assert window["dub-lines"].count("<tr data-row=") == 2
    assert "/media/barcos/original_video.mp4" in window["dub-player"]
    assert not window.states["dub-new"]["visible"]


def test_what_people_say_is_escaped(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    press(window, {"act": "edit", "cell": "speaker", "line": "0001", "value": '"><script>x</script>'})
    press(window, {"act": "edit", "cell": "translation", "lang": "en", "line": "0001", "value": "</textarea><b>"})
    everything = " ".join(str(window[name]) for name in ("dub-lines", "dub-casting", "dub-review"))
    assert "<script>" not in everything
    assert "</textarea><b>" not in everything


def test_the_film_tab_of_a_dub_leads_to_dubbing_and_can_change_nothing(
    tab: Callable[..., Tab], doors: Doors, barcos: str
) -> None:
    window = tab(barcos)
    assert "Open it in Dubbing" in window["player"]
    assert not window.can_press("make")
    assert not window.can_press("film-words")
    before = doors.studio.project(barcos).options
    window.do(film.save, *window.type(words="A boat"))
    assert doors.studio.project(barcos).options == before


def test_a_cell_saves_itself_and_tells_its_state(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    press(window, {"act": "edit", "cell": "translation", "lang": "en", "line": "0002", "value": "The sea is calm"})
    press(window, {"act": "edit", "cell": "text", "line": "0001", "value": "Um navio"})
    press(window, {"act": "edit", "cell": "start", "line": "0001", "value": "0:00,75"})
    first, second = doors.studio.lines(barcos)
    assert (first.line.text, first.line.start_s) == ("Um navio", 0.75)
    assert second.texts["en"] == "The sea is calm"
    assert window["dub-lines"].count("to speak") == 1
    assert window["dub-lines"].count("to translate") == 1


def test_a_time_that_is_none_is_refused_in_words(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    press(window, {"act": "edit", "cell": "end", "line": "0001", "value": "soon"})
    assert "“soon” is no time" in window.last_said
    assert doors.studio.lines(barcos)[0].line.end_s == 2.0


def test_a_line_is_split_at_the_cursor_joined_and_deleted(tab: Callable[..., Tab], barcos: str) -> None:
    window = tab(barcos)
    press(window, {"act": "split", "line": "0002", "at": "3"})
    assert window["dub-lines"].count("<tr data-row=") == 3
    press(window, {"act": "merge", "line": "0002"})
    assert "O mar fica calmo hoje" in window["dub-lines"]
    press(window, {"act": "drop-line", "line": "0001"})
    assert window["dub-lines"].count("<tr data-row=") == 1
    assert "Line 0001 is out of the dub" in window.last_said


def test_a_word_is_replaced_everywhere_in_one_language(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    run(doors, barcos, until="translate")
    window = tab(barcos)
    look = (window["dub-shown"], window["dub-page"])
    window.do(dub_lines.replace_all, *look, "mar", "oceano", "en")
    assert window.last_said == "2 replaced."
    assert [line.texts["en"].count("oceano") for line in doors.studio.lines(barcos)] == [1, 1]
    assert all("oceano" not in line.line.text for line in doors.studio.lines(barcos))
    window.do(dub_lines.replace_all, *look, "navio", "barco", "")
    assert "nowhere" in window.last_said


def test_a_changed_translation_of_a_finished_dub_is_stale_and_one_take_is_planned(
    tab: Callable[..., Tab], doors: Doors, barcos: str
) -> None:
    run(doors, barcos)
    window = tab(barcos)
    assert "final_videos/en_final.mp4" in window["dub-player"]
    assert "nothing needs to be made" in window["dub-reason"]
    press(window, {"act": "edit", "cell": "translation", "lang": "en", "line": "0002", "value": "The sea is calm"})
    assert window["dub-lines"].count(">changed<") == 1
    assert "its text or voice changed" in window["dub-review"]
    window.do(dubbing.plan, *values(window))
    assert "Voices <b>1</b>" in window["dub-plan"]


def test_other_fields_are_saved_and_the_older_of_two_windows_is_refused(
    tab: Callable[..., Tab], doors: Doors, barcos: str
) -> None:
    first, second = tab(barcos), tab(barcos)
    first.do(dubbing.save, *values(first, multi=True))
    second.do(dubbing.save, *values(second, burned=True))
    options = doors.studio.project(barcos).options
    assert (options["multi"], options["burned"]) == (True, False)
    assert second.said[-1]["act"] == "reload"


def test_who_listens_is_chosen_and_one_that_is_not_here_is_said_to_be(
    tab: Callable[..., Tab], doors: Doors, barcos: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_OPENAI_URL", "http://127.0.0.1:9")
    window = tab(barcos)
    offered = window.states["dub-asr"]["choices"]
    assert ("OpenAI", "openai") in offered
    assert ("fake (not here)", "fake") in offered
    window.do(dubbing.save, *values(window, asr="openai"))
    assert doors.studio.project(barcos).options["asr"] == "openai"


def test_a_voice_of_a_speaker_is_cast(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    press(window, {"act": "edit", "cell": "speaker", "line": "0001", "value": "Ana"})
    window = tab(barcos)
    assert "Voice of Ana in English" in window["dub-casting"]
    window.act(
        dubbing.on_cast, {"act": "set", "set": "voice", "lang": "en", "who": "Ana", "value": "tone"}, *values(window)
    )
    assert doors.studio.project(barcos).options["casting"] == {"Ana": {"en": "tone"}}


def test_transcribe_asks_for_the_lines_and_who_speaks_them_alone(
    tab: Callable[..., Tab], doors: Doors, boats: Path, queued: list[tuple[str, str]]
) -> None:
    name = doors.studio.create_dub(boats, OPTIONS, transcript=boats.with_suffix(".srt"))
    window = tab(name)
    window.do(dubbing.listen, *values(window))
    assert queued == [(name, "cast")]


def test_while_a_dub_is_made_nothing_of_it_can_be_changed(
    tab: Callable[..., Tab], doors: Doors, barcos: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work = new_run("make", barcos, "running")
    monkeypatch.setattr(doors.runs, "runs", lambda **_: (at_work,))
    monkeypatch.setattr(doors.runs, "active", lambda *_: (at_work,))
    window = tab(barcos)
    assert not window.can_press("dub")
    assert not window.can_press("dub-languages")
    assert window.can_press("dub-pause")
    assert window.can_press("dub-stop")
    assert "pause it to change lines" in window["dub-why"]
    assert window["dub-lines"].count("<textarea") == window["dub-lines"].count(" disabled>") - 8
    monkeypatch.undo()


def test_a_refresh_follows_a_dub_and_leaves_its_fields(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    run(doors, barcos)
    answer = window.do(shell.refresh, window["dub-shown"], window["dub-page"])
    assert "final_videos/en_final.mp4" in window["dub-player"]
    assert "value" not in answer["dub-preset"]


def test_the_list_of_projects_opens_a_dub_in_dubbing(tab: Callable[..., Tab], barcos: str) -> None:
    window = tab()
    lists = [window[name] for name in listing.LIST]
    window.act(listing.act, {"act": "load", "name": barcos}, *lists)
    assert window["project"] == barcos
    assert window.said[-1]["act"] == "tab-dubbing"


def test_a_dub_is_renamed_by_save(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    window.do(keeping.save, "navios", *[window[name] for name in listing.LIST], *window.fields)
    assert window.last_said == "Saved as navios."
    assert doors.studio.project("navios").kind == "dub"


def test_fixed_words_are_for_all_languages_or_one_and_a_name_stays() -> None:
    written = "Ana\nrobot = robô\n\npt: boat → barco\nen: note = x"
    found = glossary_of(written, ["pt", "es"])
    assert found["pt"] == {"Ana": "Ana", "robot": "robô", "boat": "barco", "en: note": "x"}
    assert found["es"] == {"Ana": "Ana", "robot": "robô", "en: note": "x"}
    assert glossary_of(glossary_text(found, ["pt", "es"]), ["pt", "es"]) == found


def test_fixed_words_and_a_level_are_saved_and_shown_again(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    told = {"act": "set", "set": "gain", "lang": "en", "value": "-2,5"}
    window.act(dubbing.on_cast, told, *values(window, glossary="barco = boat"))
    options = DubOptions.model_validate(doors.studio.project(barcos).options)
    assert options.language_gain_db == {"en": -2.5}
    window = tab(barcos)
    assert window["dub-glossary"] == "barco = boat"
    assert 'value="-2.5 dB"' in window["dub-casting"]


def test_a_line_is_made_louder_and_that_is_undone_and_redone(
    tab: Callable[..., Tab], doors: Doors, barcos: str
) -> None:
    window = tab(barcos)
    assert not window.can_press("dub-undo")
    press(window, {"act": "edit", "cell": "gain", "line": "0002", "value": "loud"})
    assert "“loud” is no loudness" in window.last_said
    press(window, {"act": "edit", "cell": "gain", "line": "0002", "value": "+3 dB"})
    assert doors.studio.source_lines(barcos)[1].gain_db == 3.0
    window.do(dub_lines.undo, window["dub-shown"], window["dub-page"])
    assert doors.studio.source_lines(barcos)[1].gain_db == 0.0
    window.do(dub_lines.redo, window["dub-shown"], window["dub-page"])
    assert 'value="+3 dB"' in window["dub-lines"]


def test_a_mix_is_named_refused_a_second_time_and_removed(tab: Callable[..., Tab], doors: Doors, barcos: str) -> None:
    window = tab(barcos)
    look = (window["dub-shown"], window["dub-page"])
    asked = {"act": "add-mix", "name": "UN style", "said": "en|", "preset": "voice-over"}
    window.act(dub_mixes.act, asked, *look)
    assert "UN-style" in window["dub-mixes"]
    assert "Not finished yet" in window["dub-player"]
    window.act(dub_mixes.act, asked, *look)
    assert "another name" in window.last_said
    window.act(dub_mixes.act, {"act": "drop-mix", "name": "UN-style"}, *look)
    assert doors.studio.project(barcos).options["mixes"] == []


def test_a_casting_file_is_taken_in_and_another_file_refused(
    tab: Callable[..., Tab], doors: Doors, barcos: str
) -> None:
    window = tab(barcos)
    window.act(dubbing.on_cast, {"act": "take-in", "text": "1\n00:00"}, *values(window))
    assert "That is no casting" in window.last_said
    sheet = {**doors.studio.casting(barcos), "casting": {"Ana": {"en": "tone"}}}
    window.act(dubbing.on_cast, {"act": "take-in", "text": json.dumps(sheet)}, *values(window))
    assert doors.studio.project(barcos).options["casting"] == {"Ana": {"en": "tone"}}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pf_dora", "Dora (female)"),
        ("am_fenrir", "Fenrir (American, male)"),
        ("pt-br+f3", "pt-br (female 3)"),
        ("heart", "heart"),
    ],
)
def test_a_voice_is_called_as_people_would(name: str, words: str) -> None:
    assert shown_voice(name) == words


def test_the_casting_sheet_says_who_was_found_by_ear_and_why() -> None:
    row = CastRow(
        language="pt", translators=("auto",), automatic="by hand", translator="auto", engine="kokoro",
        voices=("pf_dora", "pm_alex"), voice="", by_speaker={"Ana": ""}, is_by_ear=True,
        found={"": ("pm_alex", "about 118 Hz high"), "Ana": ("pf_dora", "about 210 Hz high")},
    )  # fmt: skip
    sheet = casting([row], is_locked=False)
    for voice, why in row.found.values():
        assert f'<option value="" selected>Auto ({shown_voice(voice)})</option>' in sheet
        assert f'title="{why}"' in sheet
