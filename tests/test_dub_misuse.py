"""What must not be done to a dub is refused with nothing changed, by whichever door it comes."""

from __future__ import annotations

import json
import math
import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from studio.core.project import load_project, save_project
from studio.core.session import Session
from studio.errors import BadInput
from studio.media import audio
from studio.model.dub import FIT, DubOptions, Mix
from studio.planning.dubbing import line_edits
from studio.service import Studio
from studio.settings import Settings
from studio.steps.dubbing import names as dub_names
from tests.conftest import Run
from tests.dub_media import RATE_HZ, wav

_LINES = [(1.0, "Good morning"), (4.0, "Sit down here please"), (8.0, "Goodbye now")]


def stamp(at: float) -> str:
    return f"{int(at) // 3600:02d}:{int(at) // 60 % 60:02d}:{at % 60:06.3f}".replace(".", ",")


def subtitles(path: Path, *lines: tuple[float, str]) -> Path:
    cues = [f"{n}\n{stamp(at)} --> {stamp(at + 2)}\n{text}\n" for n, (at, text) in enumerate(lines or _LINES, start=1)]
    path.write_text("\n".join(cues))
    return path


def begun(folder: Path, *lines: tuple[float, str], **choices: object) -> Studio:
    """A dub called ``talk`` of a sound of 12 s, by hand into Portuguese, with its lines."""
    studio = Studio(Settings(folder / "s", workers=1))
    options = DubOptions.model_validate(
        {"languages": ("pt",), "tts": "fake", "translators": {"pt": "manual"}, "source_language": "en", **choices}
    )
    sound = wav(folder / "talk.wav", np.zeros((12 * RATE_HZ, 2), dtype=np.float32))
    studio.create_dub(sound, options, transcript=subtitles(folder / "talk.srt", *lines), name="talk")
    studio.listen("talk", tell=lambda number, event: None, stop=threading.Event())
    return studio


@pytest.fixture(scope="module")
def listened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("listened")
    begun(folder)
    return folder


@pytest.fixture
def studio(listened: Path, tmp_path: Path) -> Studio:
    """That dub, to be misused."""
    shutil.copytree(listened, tmp_path, dirs_exist_ok=True)
    return Studio(Settings(tmp_path / "s", workers=1))


def told(studio: Studio, *words: str, code: int = 2) -> str:
    """What a command says; ``code`` is how it ends."""
    done = CliRunner().invoke(cli, [*words, "--sessions", str(studio.settings.sessions)])
    assert done.exit_code == code, (done.output, done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return " ".join(done.output.split())


def saved(studio: Studio) -> tuple[bytes, bytes]:
    folder = studio.directory("talk")
    return (folder / "metadata.json").read_bytes(), (folder / dub_names.LINES).read_bytes()


@pytest.mark.parametrize("gain", ["nan", "inf", "1e9", "-400"])
def test_a_gain_that_cannot_be_is_refused_and_the_dub_is_as_it_was(studio, gain):
    before = saved(studio)
    assert "language_gain_db" in told(studio, "dub", "talk", "--gain", f"pt={gain}")
    assert saved(studio) == before


def test_a_manifest_that_could_not_be_opened_again_is_never_written(studio):
    folder = studio.directory("talk")
    project, before = load_project(folder), saved(studio)
    for odd in ({"language_gain_db": {"pt": float("nan")}}, {"target_lufs": 3}):
        with pytest.raises(BadInput, match="nothing was changed"):
            save_project(folder, project.model_copy(update={"options": {**project.options, **odd}}))
    assert saved(studio) == before


def test_the_id_of_a_deleted_line_is_never_given_again_and_its_translation_never_spoken(studio):
    Run(studio, "talk")
    studio.translate_by_hand("talk", "pt", {"0003": "Adeus"})
    told(studio, "line", "talk", "3", "--delete", code=0)
    told(studio, "line", "talk", "2", "--split", "2", code=0)
    assert [line.line.id for line in studio.lines("talk")] == ["0001", "0002", "0004"]
    assert studio.lines("talk")[2].texts["pt"] == ""


def test_not_even_undo_gives_an_id_back(studio):
    studio.edit_lines("talk", lambda lines: line_edits.split_line(lines, "0002", at_word=3))
    studio.undo_lines("talk")
    edited = studio.edit_lines("talk", lambda lines: line_edits.split_line(lines, "0001", at_word=2))
    assert [line.id for line in edited] == ["0001", "0005", "0002", "0003"]


def test_new_subtitles_give_no_id_of_a_deleted_line(studio):
    studio.edit_lines("talk", lambda lines: line_edits.drop_line(lines, "0003"))
    Run(studio, "talk")
    subtitles(studio.directory("talk") / "source/transcript.srt", *_LINES[:2], (10.0, "Wait for me"))
    Run(studio, "talk")
    assert [line.id for line in studio.source_lines("talk")] == ["0001", "0002", "0004"]


def test_no_two_sounds_of_a_dub_have_one_name():
    options = DubOptions(
        languages=("pt",), mixes=tuple(Mix(name=name, language="pt") for name in ("a", "a_mixed", "a_mixed_mixed"))
    )
    names = [
        name for mix in options.mixes for name in (dub_names.named_mix(mix.name), dub_names.mixed(mix.name, ".m4a"))
    ]
    assert len(set(names)) == 6
    assert dub_names.take("pt", "0001", voice="pt+f1") != dub_names.take("pt", "0001", voice="pt_f1")


def test_a_line_says_no_more_than_can_be_shown(studio, tmp_path):
    long = "word " * 2000
    for words in (["--text", long], ["--translation", f"pt={long}"]):
        assert "at most 5000 letters" in told(studio, "line", "talk", "1", *words, code=1)
    too_long = subtitles(tmp_path / "long.srt", (1.0, "Hello"), (4.0, long))
    with pytest.raises(BadInput, match=r"long.srt, subtitle 2: a line has at most 5000 letters"):
        studio.create_dub(tmp_path / "talk.wav", DubOptions(languages=("pt",), tts="fake"), transcript=too_long)


def test_the_name_of_a_mix_is_as_long_as_file_names_may_be(studio):
    assert "bytes as a file's name" in told(studio, "dub", "talk", "--mix", f"{'𠀀' * 60}=pt")


def test_what_was_switched_on_is_switched_off_again(tmp_path):
    studio = begun(tmp_path, stems=True, multi=True, mixes=[{"name": "low", "language": "pt"}])
    told(studio, "dub", "talk", "--no-stems", "--no-multi", "--no-mix", "low", code=0)
    options = DubOptions.model_validate(studio.project("talk").options)
    assert (options.stems, options.multi, options.mixes) == (False, False, ())
    assert "no mix low" in told(studio, "dub", "talk", "--no-mix", "low")


def test_the_same_film_again_goes_on_with_its_dub_and_adds_the_language(studio, tmp_path):
    film = str(tmp_path / "talk.wav")
    said = told(studio, "dub", film, "--to", "es", "--translator", "es=fake", code=0)
    assert "Going on with talk, a dub of the same film. --new begins another." in said
    assert studio.project("talk").options["languages"] == ["pt", "es"]
    assert [project.session_name for project in studio.projects()] == ["talk"]
    assert (studio.directory("talk") / "final_videos/es_final.m4a").is_file()
    other = subtitles(tmp_path / "other.srt", (2.0, "Something else"))
    assert "--new begins another dub" in told(studio, "dub", film, "--name", "talk", "--transcript", str(other), code=1)


def test_a_dub_is_not_gone_on_with_for_another_film(studio, tmp_path):
    film = wav(tmp_path / "other.wav", np.zeros((RATE_HZ, 2), dtype=np.float32))
    assert "a dub of another film" in told(studio, "dub", str(film), "--to", "pt", "--name", "talk", code=1)


def test_a_translation_that_cannot_be_read_is_refused_before_anything_is_made(tmp_path):
    studio = Studio(Settings(tmp_path / "s", workers=1))
    film = wav(tmp_path / "talk.wav", np.zeros((RATE_HZ, 2), dtype=np.float32))
    sheet = tmp_path / "pt.csv"
    sheet.write_text("id;words\n1;Bom dia\n")
    words = ["dub", str(film), "--to", "pt", "--tts", "fake", "--asr", "fake"]
    assert "the columns must be named" in told(studio, *words, "--translation", f"pt={sheet}", code=1)
    assert "es is not among the languages" in told(studio, *words, "--translation", f"es={sheet}")
    assert studio.projects() == ()


def test_lines_of_a_film_are_asked_of_its_dub(studio, finished_boat, tmp_path):
    name = finished_boat.name
    shutil.copytree(finished_boat, studio.settings.sessions / name)
    assert f"studio dub {name} --to pt" in told(studio, "lines", name, code=1)
    shutil.copytree(studio.directory("talk"), studio.settings.sessions / f"{name}_dub")
    assert f"its dub is {name}_dub: studio lines {name}_dub" in told(studio, "lines", name, code=1)


@pytest.mark.parametrize("option", ["--casting", "--glossary"])
def test_only_plain_json_files_are_read(studio, tmp_path, option):
    os.mkfifo(tmp_path / "pipe.json")
    for sheet in (tmp_path / "pipe.json", Path("/dev/zero")):
        assert "a pipe, a device or a socket" in told(studio, "dub", "talk", option, str(sheet), code=1)
    (tmp_path / "deep.json").write_text("[" * 100_000)
    assert "go too deep" in told(studio, "casting", "talk", str(tmp_path / "deep.json"), code=1)


def test_a_casting_sheet_of_another_program_may_begin_with_a_mark(studio, tmp_path):
    voice = DubOptions.model_validate(studio.project("talk").options).voices["pt"]
    (tmp_path / "cast.json").write_text(json.dumps({"Anna": {"pt": voice}}), encoding="utf-8-sig")
    told(studio, "casting", "talk", str(tmp_path / "cast.json"), code=0)
    assert studio.casting("talk")["casting"] == {"Anna": {"pt": voice}}


@pytest.mark.parametrize(
    "words",
    [
        ["--undo", "--redo"], ["--undo", "--text", "x"], ["1", "--undo"], ["--replace", "Good=Bad", "--undo"],
        ["1", "--delete", "--text", "x"], ["1", "--split", "1", "--merge"], ["1", "--text", "x", "--in", "pt"],
        ["1", "--translation", "pt=a", "--translation", "pt=b"], ["1"], ["--text", "x"],
    ],
)  # fmt: skip
def test_options_of_which_one_would_be_dropped_are_refused(studio, words):
    before = saved(studio)
    told(studio, "line", "talk", *words)
    assert saved(studio) == before


@pytest.mark.parametrize(
    "words", [["--split", "99"], ["--translation", "es=Hola"], ["--retake", "es"], ["--end", "0.5"]]
)
def test_a_change_of_a_line_is_whole_or_not_at_all(studio, words):
    before = saved(studio)
    told(studio, "line", "talk", "1", "--text", "Changed", "--gain", "3", *words, code=1)
    assert saved(studio) == before


def test_lines_after_the_end_of_the_film_are_named(tmp_path):
    studio = begun(tmp_path, _LINES[0], (3600.0, "Nobody hears this"), translators={"pt": "fake"})
    notices = [event.text for event in Run(studio, "talk").events if hasattr(event, "text")]
    assert "line 0002 lies after the end of the film, which is 12.0 s long: not heard" in notices


def test_what_a_killed_process_was_writing_is_gone_at_the_next_change(studio):
    half = studio.directory("talk") / ".metadata.json.123.new"
    half.write_text("{")
    studio.lines("talk")
    assert half.exists()
    studio.set_dub_options("talk", DubOptions.model_validate(studio.project("talk").options))
    assert not half.exists()


def test_odd_milestones_are_damaged_lines_and_stop_nothing(studio):
    odd = [{"type": "stepped", "step": dub_names.LINES}]
    odd += [
        {"type": kind, "step": dub_names.LINES, "facts": {fact: value}}
        for kind, fact in (("stepped", "place"), ("journal_checked", "lines"))
        for value in ("x", None, [1], -5, 1e999, True)
    ]
    with (studio.directory("talk") / "checkpoints.jsonl").open("a") as journal:
        journal.writelines(json.dumps({"kind": "milestone", **line}) + "\n" for line in odd)
    studio.edit_lines("talk", lambda lines: line_edits.retext(lines, "0001", "Good evening"))
    studio.undo_lines("talk")
    assert studio.source_lines("talk")[0].text == "Good morning"
    with Session(studio.directory("talk"), write=False) as session:
        assert session.unknown_damage == len(odd)


def test_the_same_film_twice_is_dubbed_once(studio, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no.mp4").write_bytes(b"no film")
    words = told(studio, "dub", "no.mp4", str(tmp_path / "no.mp4"), "--to", "pt", "--tts", "fake", code=1)
    assert "is there more than once: it is dubbed once" in words
    assert "0 of 1 films" in words


def test_a_name_with_a_colon_is_a_file(tmp_path, monkeypatch):
    wav(tmp_path / "talk.wav", np.zeros((RATE_HZ, 2), dtype=np.float32)).rename(tmp_path / "Talk:1.wav")
    monkeypatch.chdir(tmp_path)
    from studio.media import ffmpeg, probe

    assert probe.length_s(Path("Talk:1.wav")) == pytest.approx(1.0, abs=0.01)
    ffmpeg.run(["-i", Path("Talk:1.wav"), Path("file:2.wav")])
    assert (tmp_path / "file:2.wav").is_file()


@pytest.mark.parametrize("field", ["transcript", "bed", "file"])
@pytest.mark.parametrize("place", ["/etc/hostname", "../../secret.srt"])
def test_a_manifest_names_no_file_outside_its_project(studio, field, place):
    manifest = studio.directory("talk") / "metadata.json"
    saved = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**saved, "source": {**saved["source"], field: place}}))
    assert f"{field}: must be the name of a file inside the project" in told(studio, "lines", "talk", code=1)


def test_a_language_names_no_folder_outside_its_project():
    with pytest.raises(ValueError, match="languages"):
        DubOptions(languages=("../../victim",))


def test_a_link_that_leads_out_is_followed_for_the_film_alone(studio, tmp_path):
    folder, outside = studio.directory("talk"), tmp_path / "outside"
    outside.mkdir()
    for name in ("original_audio.wav", "source/transcript.srt"):
        moved = (folder / name).rename(outside / Path(name).name)
        (folder / name).symlink_to(moved)
        if name == "original_audio.wav":
            assert studio.lines("talk")
    subtitles(outside / "transcript.srt", (1.0, "A secret"))
    assert "transcript.srt is a link that leads out" in told(studio, "resume", "talk", code=1)
    assert [line.text for line in studio.source_lines("talk")] == [text for _, text in _LINES]


@pytest.mark.parametrize(
    "name", [dub_names.LINES, dub_names.translation("pt"), dub_names.translated_line("pt", "0001")]
)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(studio, name):
    options = DubOptions.model_validate(studio.project("talk").options)
    studio.set_dub_options("talk", options.model_copy(update={"translators": {"pt": "fake"}}))
    place = studio.directory("talk") / name
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(place)
    waiting = threading.Thread(target=Run, args=(studio, "talk"), daemon=True)
    waiting.start()
    waiting.join(20)
    assert place.is_file()


def test_a_take_far_longer_than_its_line_is_refused(studio, tmp_path):
    studio.translate_by_hand("talk", "pt", {"0001": "Bom dia"})
    long = wav(tmp_path / "long.wav", np.ones((40 * 8000, 1), dtype=np.float32) / 2, 8000)
    words = told(studio, "line", "talk", "1", "--take", f"pt={long}", code=1)
    assert "long.wav lasts 40.0 s: of line 0001, which takes 2.0 s, a take may last 30 s" in words
    with pytest.raises(BadInput, match=r"long.wav lasts more than 30 s"):
        audio.resample(long, tmp_path / "out.wav", rate_hz=8000, channels=1, most_s=30)
    assert (tmp_path / "out.wav").stat().st_size < 31 * 8000 * 2


def test_a_take_that_is_no_sound_is_named_as_the_user_named_it(studio, tmp_path):
    studio.translate_by_hand("talk", "pt", {"0001": "Bom dia"})
    (tmp_path / "mine.wav").write_bytes(b"RIFF\0\0\0\0no sound")
    words = told(studio, "line", "talk", "1", "--take", f"pt={tmp_path / 'mine.wav'}", code=1)
    assert "mine.wav is not a media file" in words
    assert "Errno" not in words
    assert str(tmp_path) not in words


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"end": math.inf}, "end"), ({"start": -1e9}, "start"), ({"end": 1e12}, "end"), ({"id": "999999"}, "id"),
        ({"speaker": "A\0"}, "speaker"), ({"words": [{"word": "x", "start": 0, "end": 1e300}]}, "words, entry 1, end"),
    ],
)  # fmt: skip
def test_lines_that_cannot_be_are_refused_with_file_entry_and_field(studio, change, field):
    place = studio.directory("talk") / dub_names.LINES
    lines = json.loads(place.read_text())
    place.write_text(json.dumps([lines[0], {**lines[1], **change}]))
    assert f"chunked_transcript.json, entry 2, {field}: " in told(studio, "lines", "talk", code=1)


@pytest.mark.parametrize("odd", [{"start_s": -1e9}, {"end_s": 1e12}, {"speed": 1e-9}, {"overrun_s": math.inf}])
def test_a_fit_that_cannot_be_is_none(odd):
    place = {"id": "0001", "start_s": 1.0, "end_s": 2.0}
    FIT.validate_python([place])
    with pytest.raises(ValueError, match=next(iter(odd))):
        FIT.validate_python([{**place, **odd}])


def test_letters_that_no_text_has_are_kept_out(studio):
    studio.edit_lines("talk", lambda lines: line_edits.set_speaker(lines, ["0001"], "A';[x]\u202e\0../"))
    assert studio.source_lines("talk")[0].speaker == "A';[x]../"
    with pytest.raises(BadInput, match=r"Line 0001 in pt: letter 2 is U\+0000"):
        studio.translate_by_hand("talk", "pt", {"0001": "a\0b"})


def test_a_line_is_not_moved_behind_the_film(studio):
    before = saved(studio)
    words = told(studio, "line", "talk", "1", "--start", "300000", "--end", "300002", code=1)
    assert "the film ends at 12.0 s" in words
    assert saved(studio) == before


def test_a_project_of_an_unknown_kind_is_not_called_missing(studio):
    manifest = studio.directory("talk") / "metadata.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "kind": "evil"}))
    assert "no project of that name" not in told(studio, "dub", "talk", code=1)
