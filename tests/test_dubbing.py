"""Dubs as a person makes them: real files and the whole pipeline, with the instant engines."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from studio.core.project_sessions import ProjectSessionManager
from studio.core.session import Session
from studio.errors import BadInput, UserError
from studio.media.probe import probe
from studio.media.subtitles import read_cues
from studio.model.dub import DubOptions
from studio.planning.dubbing import line_edits
from studio.service import Studio
from studio.settings import Settings
from tests.conftest import Run, small_film
from tests.dub_media import RATE_HZ, film, music, packets, speech, wav

FAKES = {"tts": "fake", "asr": "fake", "translators": {"pt": "fake", "es": "fake"}, "source_language": "en"}


def options(*languages: str, **choices: object) -> DubOptions:
    return DubOptions.model_validate({**FAKES, "languages": languages or ("pt",), **choices})


def subtitles(path: Path, count: int, *, each_s: float = 2.0) -> Path:
    cues = []
    for number in range(count):
        start, end = number * each_s, number * each_s + each_s * 0.7
        stamps = " --> ".join(
            f"{int(at) // 3600:02d}:{int(at) // 60 % 60:02d}:{at % 60:06.3f}".replace(".", ",") for at in (start, end)
        )
        cues.append(f"{number + 1}\n{stamps}\nLine number {number + 1}\n")
    path.write_text("\n".join(cues))
    return path


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of pictures and stereo music."""
    folder = tmp_path_factory.mktemp("talk")
    return film(folder / "My talk, été.mp4", [wav(folder / "music.wav", music(12.0))], seconds=12.0)


@pytest.fixture(scope="module")
def finished(talk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished dub of six lines into Portuguese."""
    folder = tmp_path_factory.mktemp("finished")
    studio = Studio(Settings(folder / "sessions", workers=2))
    name = studio.create_dub(talk, options(), transcript=subtitles(folder / "talk.srt", 6), name="talk")
    result = Run(studio, name).result
    assert (result.status, result.problems) == ("completed", [])
    return studio.directory(name)


@pytest.fixture
def dub(studio: Studio, finished: Path) -> str:
    """That dub, to be changed at will."""
    shutil.copytree(finished, studio.settings.sessions / "talk")
    return "talk"


def planned(studio, name: str) -> list[str]:
    return [item.name for item in studio.plan(name).make]


def test_the_picture_of_a_dub_is_the_original_s_to_the_bit_and_as_long(studio, dub, talk):
    final = studio.directory(dub) / studio.dubbed_files(dub)["pt"]
    assert packets(final) == packets(talk)
    assert probe(final).duration_s == pytest.approx(probe(talk).duration_s, abs=0.05)
    assert (studio.directory(dub) / "original_video.mp4").read_bytes() == talk.read_bytes()


def test_one_word_changed_is_one_line_spoken_and_one_mix(studio, dub):
    studio.translate_by_hand(dub, "pt", {"0003": "a new third line"})
    assert planned(studio, dub)[0] == "audio/pt/0003.wav"
    made = Run(studio, dub).made
    assert [name for name in made if name.startswith("audio/pt/")] == ["audio/pt/0003.wav"]
    assert made.count("audio/pt_mix.m4a") == 1
    assert planned(studio, dub) == []
    assert [line.texts["pt"] for line in studio.lines(dub)][2] == "a new third line"


def test_a_changed_line_is_told_as_changed_also_while_another_waits_for_its_translation(studio, dub):
    studio.translate_by_hand(dub, "pt", {"0003": "a new third line"})
    studio.edit_lines(dub, lambda lines: line_edits.split_line(lines, "0001", at_word=2))
    states = {line.line.id: line.state("pt") for line in studio.lines(dub)}
    assert states["0003"] == "stale"
    assert states["0002"] == "spoken"


def test_a_line_that_is_split_keeps_a_part_of_its_words_and_one_undo_takes_all_back(studio, dub):
    studio.translate_by_hand(dub, "pt", {"0003": "minha linha, número três"})
    before = {line.line.id: line.texts["pt"] for line in studio.lines(dub)}
    studio.edit_lines(dub, lambda lines: line_edits.split_line(lines, "0003", at_word=2))
    Run(studio, dub)
    texts = {line.line.id: line.texts["pt"] for line in studio.lines(dub)}
    assert (texts["0003"], texts["0007"]) == ("minha linha,", "número três")
    assert {"0003", "0007"} <= {
        line.id for line in studio.review(dub, "pt") if "divided" in {r.kind for r in line.risks}
    }
    studio.undo_lines(dub)
    assert {line.line.id: line.texts["pt"] for line in studio.lines(dub)} == before


def test_lines_have_their_words_in_the_instant_in_which_a_run_replaces_them(studio, dub):
    folder = studio.directory(dub)
    with Session(folder, write=False) as session:
        digest = session.journal.current("translations/pt.json").digest
    aside = folder / "takes/translations/pt.json" / f"{digest[:8]}.json"
    aside.parent.mkdir(parents=True)
    (folder / "translations/pt.json").rename(aside)
    assert all(line.texts["pt"] for line in studio.lines(dub))


def test_a_typed_translation_survives_a_change_of_other_lines(studio, dub):
    studio.translate_by_hand(dub, "pt", {"0003": "mine"})
    studio.edit_lines(dub, lambda lines: line_edits.retext(lines, "0005", "Something else is said"))
    Run(studio, dub)
    texts = {line.line.id: line.texts["pt"] for line in studio.lines(dub)}
    assert texts["0003"] == "mine"
    assert texts["0005"] == "pt Something else is said"


def test_another_preset_or_speed_speaks_nothing_anew(studio, dub):
    for change in ({"preset": "voice-over"}, {"most_speed": 1.1}, {"target_lufs": -20.0}):
        studio.set_dub_options(dub, options(**change))
        made = Run(studio, dub).made
        assert not [name for name in made if name.startswith("audio/pt/")], change


def test_three_languages_in_one_file_go_out_come_in_and_go_on(studio, dub, talk, tmp_path):
    studio.set_dub_options(dub, options("pt", "es", multi=True))
    assert Run(studio, dub).result.problems == []
    files = studio.dubbed_files(dub)
    tracks = probe(studio.directory(dub) / files["multi"])
    assert [stream.language for stream in tracks.audio] == ["eng", "por", "spa"]
    keeper = ProjectSessionManager(studio.settings.sessions, tmp_path / "data")
    zip_path = keeper.export_session(dub, tmp_path / "dub.zip")
    other = ProjectSessionManager(tmp_path / "elsewhere", tmp_path / "data2")
    name = other.import_session(zip_path).name
    there = type(studio)(type(studio.settings)(tmp_path / "elsewhere", workers=2))
    assert Run(there, name).made == []
    there.set_dub_options(name, options("pt", "es", multi=True, preset="narration"))
    assert Run(there, name).result.status == "completed"


def test_subtitles_keep_their_number_and_order(studio, dub, tmp_path):
    cues = read_cues(studio.directory(dub) / "translations/pt.srt")
    assert [cue.text.split()[-1] for cue in cues] == ["1", "2", "3", "4", "5", "6"]


def test_speech_is_recognised_where_no_lines_are_brought(studio, tmp_path):
    import numpy as np

    sound = np.zeros((RATE_HZ * 8, 2), np.float32)
    for at_s in (1.0, 4.5):
        words = speech(1.4, rate_hz=RATE_HZ)
        start = round(at_s * RATE_HZ)
        sound[start : start + len(words)] += words
    name = studio.create_dub(
        film(tmp_path / "said.mp4", [wav(tmp_path / "said.wav", sound)], seconds=8.0),
        options(source_language=""),
        name="said",
    )
    assert Run(studio, name).result.problems == []
    starts = [line.line.start_s for line in studio.lines(name)]
    assert starts == pytest.approx([1.0, 4.5], abs=0.1)


def test_only_the_lines_are_made_when_asked_to_listen(studio, talk, tmp_path):
    name = studio.create_dub(talk, options(), transcript=subtitles(tmp_path / "t.srt", 3), name="talk")
    result = studio.listen(name, tell=lambda number, event: None, stop=threading.Event())
    assert result.status == "completed"
    assert len(studio.lines(name)) == 3
    assert studio.dubbed_files(name) == {}
    ahead = {item.step: item.name for item in studio.plan(name).make}
    assert ahead["speak"] == "audio/pt/0003.wav"  # though no word of it is translated yet


def test_a_translation_that_somebody_brings_finds_its_lines(studio, dub, tmp_path):
    brought = tmp_path / "pt.csv"
    brought.write_text("id,text_translated\n0002,segunda linha\n0009,nobody\n", encoding="utf-8")
    found = studio.import_translation(dub, "pt", brought)
    assert found.texts == {"0002": "segunda linha"}
    assert len(found.unmatched) == 1
    Run(studio, dub)
    assert "segunda linha" in (studio.directory(dub) / "translations/pt.srt").read_text()


def test_one_s_own_recording_is_the_line(studio, dub, tmp_path):
    before = (studio.directory(dub) / "audio/pt/0002.wav").read_bytes()
    recording = wav(tmp_path / "me.wav", speech(0.9), 24_000)
    studio.bring_take(dub, "0002", "pt", recording)
    made = Run(studio, dub).made
    assert "audio/pt/0002.wav" not in made
    assert "final_videos/pt_final.mp4" in made
    assert (studio.directory(dub) / "audio/pt/0002.wav").read_bytes() != before


def test_a_line_that_cannot_fit_is_in_the_review_list_first(studio, dub):
    studio.translate_by_hand(
        dub, "pt", {"0004": "very many words that nobody could ever say in so short a time as this"}
    )
    Run(studio, dub)
    worst = studio.review(dub, "pt")[0]
    assert (worst.id, worst.risks[0].kind) == ("0004", "overrun")


def test_a_film_of_the_studio_is_dubbed_without_listening_and_keeps_its_picture(studio):
    film_name = small_film(studio, music=True)
    Run(studio, film_name)
    name = studio.create_dub_of_film(
        film_name,
        DubOptions.model_validate({**FAKES, "languages": ("pt",)}),
        tell=lambda n, e: None,
        stop=threading.Event(),
    )
    run = Run(studio, name)
    assert run.result.problems == []
    assert not any("pieces" in made for made in run.made)
    final = studio.directory(name) / studio.dubbed_files(name)["pt"]
    assert packets(final) == packets(studio.directory(film_name) / "film.mp4")
    narrated = json.loads((studio.directory(name) / "transcriptions/chunked_transcript.json").read_text())
    assert "This is part 1." in narrated[0]["text"]
    assert (studio.directory(name) / "original_bed.flac").is_file()
    assert studio.dub_of_film(film_name) == name  # what a second `studio dub` goes on with


def test_a_film_without_sound_or_lines_is_refused_with_what_to_do(studio, tmp_path):
    mute = film(tmp_path / "mute.mp4")
    with pytest.raises(BadInput, match="--transcript"):
        studio.create_dub(mute, options())
    with pytest.raises(UserError, match="into"):
        studio.create_dub(
            mute, DubOptions.model_validate({**FAKES, "languages": ()}), transcript=subtitles(tmp_path / "a.srt", 2)
        )


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("empty.mp4", b"", "is empty"),
        ("notes.mp4", b"no film\n" * 99, "holds text"),
        ("broken.mp4", b"\0\0\0\x20ftypisom" + bytes(4000), "index is missing"),
        ("noise.mp4", bytes(range(256)) * 20, "damaged"),
        ("still.png", None, "single picture"),
        ("silent.wav", None, "0 seconds long"),
    ],
)
def test_what_is_no_film_is_refused_with_what_it_is_and_leaves_nothing(studio, tmp_path, name, body, words):
    import numpy as np
    from PIL import Image

    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)
    elif path.suffix == ".png":
        Image.new("RGB", (16, 16)).save(path)
    else:
        wav(path, np.zeros((0, 1), np.float32))
    with pytest.raises(BadInput, match=words):
        studio.create_dub(path, options(), transcript=subtitles(tmp_path / "a.srt", 2), name="odd")
    assert not (studio.settings.sessions / "odd").exists()


def test_a_film_shorter_than_its_only_line_is_dubbed_and_no_longer(studio, tmp_path):
    short = film(tmp_path / "short.mp4", [wav(tmp_path / "m.wav", music(0.4))], seconds=0.4)
    name = studio.create_dub(short, options(), transcript=subtitles(tmp_path / "a.srt", 1), name="short")
    assert Run(studio, name).result.problems == []
    final = studio.directory(name) / studio.dubbed_files(name)["pt"]
    assert probe(final).duration_s == pytest.approx(0.4, abs=0.05)


def test_a_dub_killed_at_random_moments_speaks_no_line_twice(tmp_path):
    _torture(tmp_path, kills=3, lines=12)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_dub_of_sixty_lines_killed_twenty_times_speaks_no_line_twice(tmp_path):
    _torture(tmp_path, kills=20, lines=60)


def _torture(tmp_path: Path, *, kills: int, lines: int) -> None:
    """Kill the dub so often at random moments among its lines, then let it end: each was translated and spoken once."""
    seconds = lines * 0.5
    talk = film(tmp_path / "talk.mp4", [wav(tmp_path / "m.wav", music(seconds))], seconds=seconds)
    srt = subtitles(tmp_path / "many.srt", lines, each_s=0.5)
    words = ["dub", str(talk), "--to", "pt", "--from", "en", "--transcript", str(srt), "--tts", "fake", "--translator",
             "pt=fake", "--name", "talk"]  # fmt: skip
    project, dice, kept = tmp_path / "s/talk", random.Random(3), []
    for number in range(kills):
        least = dice.randint(number * 2 * lines // kills, (number + 1) * 2 * lines // kills - 1)
        child = _cli(tmp_path, *(["resume", "talk"] if (project / "metadata.json").is_file() else words))
        with child:
            while child.poll() is None and len(_made(project)) < least:
                time.sleep(0.005)
            child.kill()
        kept.append(len(_made(project)))
    with _cli(tmp_path, *(["resume", "talk"] if (project / "metadata.json").is_file() else words)) as last:
        assert last.wait(200) == 0
    made = _made(project)
    assert len(made) == 2 * lines
    assert set(made.values()) == {1}
    print(f"finished translations and takes after each kill: {kept}")


def _cli(tmp_path: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "STUDIO_SESSIONS": str(tmp_path / "s"), "STUDIO_DATA": str(tmp_path / "d")}
    command = [sys.executable, "-m", "studio.cli", *words]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _made(project: Path) -> Counter[str]:
    """How often each translation and take of a line was finished; a line that a kill tore is none."""
    found: Counter[str] = Counter()
    journal = project / "checkpoints.jsonl"
    for line in journal.read_bytes().splitlines(keepends=True) if journal.is_file() else ():
        entry = json.loads(line) if line.endswith(b"\n") else {}
        if entry.get("kind") == "artifact" and entry["name"].startswith(("audio/pt/", "translations/pt/")):
            found[entry["name"]] += 1
    return found
