"""What a dub sounds like, as a person chooses it: named mixes, a bed of his own, seconds heard beforehand, stems, casts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.errors import BadInput, UserError
from studio.media.audio import RATE_HZ
from studio.model.dub import Mix
from studio.planning.dubbing import line_edits
from tests.conftest import Run
from tests.dub_media import film, heard, music, onset_s, si_sdr_db, wav
from tests.test_dubbing import options, planned, subtitles

LENGTH_S = 12.0


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """Twelve seconds of pictures and stereo music."""
    return film(tmp_path / "talk.mp4", [wav(tmp_path / "music.wav", music(LENGTH_S))], seconds=LENGTH_S)


@pytest.fixture
def dub(studio, talk, tmp_path: Path) -> str:
    """A dub of five lines, each 1.4 s from every even second, not run yet; after 10 s nobody speaks."""
    return studio.create_dub(talk, options(), transcript=subtitles(tmp_path / "talk.srt", 5), name="talk")


def made(studio, name: str) -> list[str]:
    run = Run(studio, name)
    assert (run.result.status, run.result.problems) == ("completed", [])
    return run.made


def level_db(sound: np.ndarray, from_s: float, to_s: float) -> float:
    part = sound[round(from_s * RATE_HZ) : round(to_s * RATE_HZ)].astype(float)
    return float(10 * np.log10((part**2).mean() + 1e-12))


def seconds(sound: np.ndarray, from_s: float, to_s: float) -> np.ndarray:
    return sound[round(from_s * RATE_HZ) : round(to_s * RATE_HZ)]


def test_a_named_mix_is_made_beside_the_dub_and_speaks_nothing_anew(studio, dub):
    made(studio, dub)
    studio.put_mix(dub, Mix(name="quiet", language="pt", preset="voice-over", bed_gain_db=-12))
    new = made(studio, dub)
    assert new == ["audio/mix_quiet.m4a", "mixed_videos/quiet_mixed.mp4"]
    assert studio.mixed_files(dub) == {"quiet": "mixed_videos/quiet_mixed.mp4"}
    folder = studio.directory(dub)
    usual, quiet = heard(folder / "audio/pt_mix.m4a"), heard(folder / "mixed_videos/quiet_mixed.mp4")
    over_bed = [level_db(sound, 0.1, 1.0) - level_db(sound, 10.5, 11.5) for sound in (usual, quiet)]
    assert over_bed[1] == pytest.approx(over_bed[0] + 12, abs=2)


def test_a_mix_in_another_voice_speaks_every_line_in_that_voice_alone(studio, dub):
    made(studio, dub)
    studio.put_mix(dub, Mix(name="other", language="pt", voices={"": "tone"}))
    spoken = [name for name in made(studio, dub) if name.endswith(".wav")]
    assert spoken == [f"audio/pt/tone/{number:04d}.wav" for number in range(1, 6)]
    studio.drop_mix(dub, "other")
    assert planned(studio, dub) == []


def test_a_mix_needs_a_language_of_the_dub_and_a_voice_that_is_here(studio, dub):
    with pytest.raises(UserError, match="not dubbed into fr"):
        studio.put_mix(dub, Mix(name="m", language="fr"))
    with pytest.raises(UserError, match="mix m is cast as nobody"):
        studio.put_mix(dub, Mix(name="m", language="pt", voices={"": "nobody"}))


def test_a_bed_that_the_user_brings_is_what_is_heard_between_the_lines(studio, dub, tmp_path):
    made(studio, dub)
    other = music(LENGTH_S, seed=7)
    studio.set_bed(dub, wav(tmp_path / "me.wav", other))
    new = made(studio, dub)
    assert not [name for name in new if name.startswith("audio/pt/")]
    mixed = heard(studio.directory(dub) / "final_videos/pt_final.mp4")
    assert si_sdr_db(seconds(mixed, 10.5, 11.5), seconds(other, 10.5, 11.5)) > 15
    studio.set_bed(dub, None)
    assert "audio/pt_mix.m4a" in studio.plan(dub).back


def test_a_bed_as_long_as_another_film_is_refused_in_words(studio, dub, talk, tmp_path):
    short = wav(tmp_path / "short.wav", music(5.0))
    with pytest.raises(BadInput, match=r"short.wav lasts 0:05.0 and the film 0:12.0"):
        studio.set_bed(dub, short)
    with pytest.raises(BadInput, match="short.wav lasts"):
        studio.create_dub(talk, options(), bed=short)


def test_a_preview_sounds_like_the_mix_to_the_sample_and_the_decibel(studio, dub, tmp_path):
    made(studio, dub)
    whole = heard(studio.directory(dub) / "audio/pt_mix.m4a")
    for start_s in (0.0, 4.7):
        told = studio.preview(dub, tmp_path / "p.wav", language="pt", start_s=start_s, duration_s=5.0)
        sound = heard(tmp_path / "p.wav")
        assert len(sound) == 5 * RATE_HZ
        there = seconds(whole, start_s, start_s + 5.0)
        assert si_sdr_db(sound, there) > 20
        assert level_db(sound, 0, 5) == pytest.approx(level_db(there, 0, 5), abs=1.0)
        assert told.unspoken == ()


def test_a_preview_needs_no_mix_and_says_who_is_not_spoken_yet(studio, dub, tmp_path):
    studio.set_dub_options(dub, options(preset="bed-off"))
    made(studio, dub)
    (studio.directory(dub) / "audio/pt_mix.m4a").unlink()
    studio.translate_by_hand(dub, "pt", {"0002": "something else entirely"})
    told = studio.preview(dub, tmp_path / "p.wav", language="pt", start_s=0.0, duration_s=6.0)
    assert (told.spoken, told.unspoken) == (("0001", "0003"), ("0002",))
    sound = heard(tmp_path / "p.wav")
    assert onset_s(sound, near_s=4.0) == pytest.approx(4.0, abs=0.05)
    assert level_db(sound, 2.1, 3.0) < -80 < -40 < level_db(sound, 0.1, 1.0)
    assert not list(studio.directory(dub).glob("**/p.wav"))


def test_a_preview_follows_a_line_moved_and_made_louder_at_once(studio, dub, tmp_path):
    studio.set_dub_options(dub, options(preset="bed-off"))
    made(studio, dub)
    studio.edit_lines(dub, lambda lines: line_edits.retime(lines, "0003", start_s=4.6, end_s=5.9))
    studio.preview(dub, tmp_path / "p.wav", language="pt", start_s=3.0, duration_s=5.0)
    before = heard(tmp_path / "p.wav")
    assert onset_s(before, near_s=1.6, within_s=0.25, share=0.5) == pytest.approx(1.6, abs=0.05)
    studio.edit_lines(dub, lambda lines: line_edits.set_gain(lines, "0003", -12))
    studio.preview(dub, tmp_path / "p.wav", language="pt", start_s=3.0, duration_s=5.0)
    assert level_db(heard(tmp_path / "p.wav"), 1.7, 2.5) < level_db(before, 1.7, 2.5) - 4


def test_a_preview_of_a_language_or_time_that_is_not_there_is_refused(studio, dub, tmp_path):
    with pytest.raises(UserError, match="no dub into fr"):
        studio.preview(dub, tmp_path / "p.wav", language="fr")
    with pytest.raises(UserError, match="no lines yet"):
        studio.preview(dub, tmp_path / "p.wav", language="pt")
    made(studio, dub)
    with pytest.raises(UserError, match=r"lasts 12\.\d s"):
        studio.preview(dub, tmp_path / "p.wav", language="pt", start_s=50.0)


def test_stems_are_the_mix_taken_apart(studio, dub):
    studio.set_dub_options(dub, options(stems=True))
    made(studio, dub)
    assert studio.stem_files(dub) == {"pt": ("stems/pt_voices.flac", "stems/pt_bed.flac")}
    folder = studio.directory(dub)
    voices, bed = (heard(folder / name) for name in studio.stem_files(dub)["pt"])
    assert level_db(voices, 11.5, 11.9) < -80 < -40 < level_db(bed, 11.5, 11.9)
    assert si_sdr_db(voices + bed, heard(folder / "audio/pt_mix.m4a")[: len(bed)]) > 20


def test_a_casting_sheet_goes_from_one_dub_to_another(studio, dub, talk, tmp_path):
    studio.set_casting(dub, {"Anna": {"pt": "tone"}, "": {"pt": "tone-pt"}})
    sheet = studio.casting(dub)
    assert sheet["casting"]["Anna"] == {"pt": "tone"}
    other = studio.create_dub(talk, options(), transcript=subtitles(tmp_path / "o.srt", 2), name="other")
    studio.set_casting(other, sheet)
    assert studio.casting(other) == sheet
    with pytest.raises(UserError, match="Anna is cast as nobody"):
        studio.set_casting(other, {"Anna": {"pt": "nobody"}})
    with pytest.raises(BadInput, match="no casting sheet"):
        studio.set_casting(other, {"Anna": "nobody"})


# Undo and redo


def test_undo_goes_back_through_lines_and_translations_in_the_order_they_were_changed(studio, dub):
    made(studio, dub)
    assert studio.can_undo_lines(dub) == (False, False)
    studio.translate_by_hand(dub, "pt", {"0002": "typed"})
    studio.edit_lines(dub, lambda lines: line_edits.split_line(lines, "0004", at_word=2))
    assert studio.replace_in_lines(dub, "number", "item") == 5
    assert studio.undo_lines(dub).startswith("Line 0001: text as before; line 0002")
    assert studio.undo_lines(dub).startswith("Line 0006 is out again; line 0004: ")
    assert studio.undo_lines(dub) == "Line 0002 in pt as before."
    assert studio.can_undo_lines(dub) == (False, True)
    assert planned(studio, dub) == []
    with pytest.raises(UserError, match="nothing to undo"):
        studio.undo_lines(dub)
    assert studio.redo_lines(dub) == "Line 0002 in pt changed again."
    assert studio.lines(dub)[1].texts["pt"] == "typed"


def test_undo_after_a_run_costs_nothing_that_was_spoken_before(studio, dub):
    made(studio, dub)
    studio.edit_lines(dub, lambda lines: line_edits.retext(lines, "0003", "A new line"))
    assert "audio/pt/0003.wav" in made(studio, dub)
    studio.undo_lines(dub)
    assert planned(studio, dub) == []
    made(studio, dub)
    assert [line.texts["pt"] for line in studio.lines(dub)][2] == "pt Line number 3"
    studio.redo_lines(dub)
    assert planned(studio, dub) == []


def test_find_and_replace_in_a_translation_leaves_the_original_alone(studio, dub):
    made(studio, dub)
    assert studio.replace_in_lines(dub, "line", "linha", language="pt") == 5
    found = studio.lines(dub)[0]
    assert (found.line.text, found.texts["pt"]) == ("Line number 1", "pt linha number 1")
    assert studio.replace_in_lines(dub, "nowhere", "x") == 0
    studio.undo_lines(dub)
    assert studio.lines(dub)[0].texts["pt"] == "pt Line number 1"
