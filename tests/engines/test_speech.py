"""The voices say the words, and the listener hears them."""

from __future__ import annotations

import json
import re
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from studio.engines.base import SpeechSynthesizer
from studio.engines.speech import cache, espeak, finish, phonemes, text
from studio.engines.speech.espeak import EspeakVoice
from studio.engines.speech.hibari import HibariVoice
from studio.engines.speech.kokoro import KokoroVoice
from studio.engines.speech.whisper import WhisperRecognizer
from studio.errors import BadInput, EngineUnavailable, UserError

jiwer = pytest.importorskip("jiwer")

STORY = (
    "The old keeper climbs the stairs of the lighthouse, and the storm follows him. "
    "Every morning she opens the window and listens to the sea. "
    "There is a letter inside the small blue bottle."
)
FAROLERO = "El viejo farero sube las escaleras mientras la tormenta golpea las ventanas."


@pytest.fixture(scope="module")
def listener() -> WhisperRecognizer:
    whisper = WhisperRecognizer()
    _skip_if_missing(whisper)
    return whisper


@pytest.fixture(scope="module")
def hibari() -> HibariVoice:
    return HibariVoice()


@pytest.fixture(scope="module")
def kokoro() -> KokoroVoice:
    voice = KokoroVoice()
    _skip_if_missing(voice)
    return voice


def _skip_if_missing(engine: WhisperRecognizer | SpeechSynthesizer) -> None:
    try:
        engine.check()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))


def _heard(listener: WhisperRecognizer, audio: Path, language: str | None = "en") -> str:
    out = audio.with_suffix(".json")
    listener.transcribe(out, audio, language=language)
    return " ".join(segment["text"] for segment in json.loads(out.read_text(encoding="utf-8")))


def _word_error(said: str, heard: str) -> float:
    def plain(line: str) -> str:
        return " ".join(re.sub(r"[^\w\s]", "", line.lower()).split())

    return float(jiwer.wer(plain(said), plain(heard)))


def test_hibari_says_every_word(hibari: HibariVoice, listener: WhisperRecognizer, tmp_path: Path) -> None:
    hibari.speak(tmp_path / "line.wav", STORY, language="en", voice="heart")
    assert _word_error(STORY, _heard(listener, tmp_path / "line.wav")) <= 0.1


def test_hibari_reads_money_years_titles_and_ampersands(
    hibari: HibariVoice, listener: WhisperRecognizer, tmp_path: Path
) -> None:
    line = "“Mr. Smith & Mrs. Jones” came to London in 1984… and 7 children followed. STOP RIGHT THERE! 🎉"
    hibari.speak(tmp_path / "line.wav", line, language="en", voice="heart")
    heard = _heard(listener, tmp_path / "line.wav").lower()
    for words in ("smith and", "1984", "children followed", "stop right there"):
        assert words in heard.replace("mister", "mr.")


@pytest.mark.parametrize("voice", ["af_heart", "bm_george"])
def test_kokoro_says_every_english_word(
    kokoro: KokoroVoice, listener: WhisperRecognizer, tmp_path: Path, voice: str
) -> None:
    line = "Every morning she opens the window and listens to the sea."
    kokoro.speak(tmp_path / "line.wav", line, language="en", voice=voice)
    assert _word_error(line, _heard(listener, tmp_path / "line.wav")) <= 0.1


def test_kokoro_says_every_spanish_word(kokoro: KokoroVoice, listener: WhisperRecognizer, tmp_path: Path) -> None:
    if phonemes.missing_for("es"):
        pytest.skip(phonemes.missing_for("es"))
    kokoro.speak(tmp_path / "line.wav", FAROLERO, language="es", voice="ef_dora")
    assert _word_error(FAROLERO, _heard(listener, tmp_path / "line.wav", "es")) <= 0.1


def test_kokoro_offers_only_languages_it_can_spell(kokoro: KokoroVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phonemes, "missing_for", lambda language: "" if language.startswith("en") else "x")
    monkeypatch.setattr("studio.engines.speech.kokoro.missing_for", phonemes.missing_for)
    assert {voice.language for voice in kokoro.voices} == {"en-US", "en-GB"}
    with pytest.raises(EngineUnavailable, match="cannot spell es"):
        kokoro.speak(Path("unused.wav"), FAROLERO, language="es", voice="ef_dora")


def test_espeak_can_be_understood(listener: WhisperRecognizer, tmp_path: Path) -> None:
    voice = EspeakVoice()
    _skip_if_missing(voice)
    line = "Every morning she opens the window and listens to the sea."
    voice.speak(tmp_path / "line.wav", line, language="en", voice="en-us")
    assert _word_error(line, _heard(listener, tmp_path / "line.wav")) <= 0.2


def test_a_missing_espeak_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak.shutil, "which", lambda _: None)
    monkeypatch.setattr(espeak, "has_packages", lambda _: False)
    with pytest.raises(EngineUnavailable, match=r"pip install .*kokoro"):
        EspeakVoice().check()
    assert EspeakVoice().voices == ()


def test_a_voice_of_another_language_is_refused(hibari: HibariVoice, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="speaks en-US, not fr"):
        hibari.speak(tmp_path / "x.wav", "Bonjour", language="fr", voice="heart")


def test_an_impossible_speed_is_refused(hibari: HibariVoice, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="speed"):
        hibari.speak(tmp_path / "x.wav", "Hello", language="en", voice="heart", speed=9)


def test_a_very_long_sentence_is_spoken_to_its_end(hibari: HibariVoice, tmp_path: Path) -> None:
    line = "and the long road goes on " * 40
    hibari.speak(tmp_path / "long.wav", line, language="en", voice="heart")
    with wave.open(str(tmp_path / "long.wav")) as file:
        words_per_second = 240 / (file.getnframes() / file.getframerate())
    assert 2.0 < words_per_second < 5.5


def test_word_times_lie_inside_the_line_and_in_order(
    hibari: HibariVoice, listener: WhisperRecognizer, tmp_path: Path
) -> None:
    hibari.speak(tmp_path / "line.wav", "The train leaves the station.", language="en", voice="heart")
    listener.transcribe(tmp_path / "line.json", tmp_path / "line.wav")
    (segment,) = json.loads((tmp_path / "line.json").read_text())
    with wave.open(str(tmp_path / "line.wav")) as file:
        end_s = file.getnframes() / file.getframerate()
    times = [time for word in segment["words"] for time in (word["start"], word["end"])]
    assert [word["word"] for word in segment["words"]][1] == "train"
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= end_s + 0.1


def test_a_file_without_sound_is_refused_by_the_listener(listener: WhisperRecognizer, tmp_path: Path) -> None:
    (tmp_path / "poem.wav").write_text("no sound at all")
    with pytest.raises(BadInput, match=r"poem\.wav"):
        listener.transcribe(tmp_path / "x.json", tmp_path / "poem.wav")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rock & roll", "Rock and roll"),
        ("Wait — what?", "Wait — what?"),
        ("1939–1945", "1939-1945"),
        ("STOP! DO NOT ENTER.", "Stop! Do not enter."),
        ("NASA and the FBI", "NASA and the FBI"),
        ("World War II", "World War II"),
        ("*Never* say _never_ 🎉👍🏽", "Never say never"),
        ("What?!?!", "What?"),
        ("in 1984...", "in 1984 …"),
    ],
)
def test_what_is_written_becomes_readable(written: str, read: str) -> None:
    assert text.readable(written, "en") == read


def test_an_ampersand_is_read_in_the_language_of_the_line() -> None:
    assert text.readable("Tim & Struppi", "de-DE") == "Tim und Struppi"


def test_titles_and_initials_do_not_end_a_sentence() -> None:
    line = "Dr. Brown met J. R. Smith. He took No. 5. She said no. Nobody laughed."
    assert text.pieces(line) == ["Dr. Brown met J. R. Smith.", "He took No. 5.", "She said no.", "Nobody laughed."]


def test_no_word_is_lost_when_a_long_text_is_cut() -> None:
    long = " ".join(f"word{n}{',' if n % 37 == 0 else ''}" for n in range(300))
    cut = text.pieces(long)
    assert max(map(len, cut)) <= text.LONGEST_PIECE
    assert " ".join(cut).split() == long.split()


def test_the_limiter_lowers_a_peak_and_leaves_the_rest() -> None:
    rate_hz = 24000
    tone = (0.5 * np.sin(np.arange(rate_hz) * 0.05)).astype(np.float32)
    loud = tone.copy()
    loud[12000:12100] *= 3
    tamed = finish.limited(loud, rate_hz)
    assert np.abs(tamed).max() <= finish.CEILING + 1e-6
    assert np.array_equal(tamed[:11000], tone[:11000])
    assert np.abs(np.diff(tamed[11500:12700])).max() < 1.2 * np.abs(np.diff(loud)).max()


def test_damaged_model_parts_are_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "half_a_model"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "part.bin").write_bytes(b"not the weights")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setenv("STUDIO_CACHE", str(tmp_path / "cache"))
    with pytest.raises(EngineUnavailable, match="damaged"):
        cache.joined([("half_a_model", "part.bin")], name="model.bin", size_bytes=15, sha256="0" * 64)
    assert list((tmp_path / "cache" / "models").iterdir()) == []


@pytest.mark.parametrize(
    ("pinyin", "sounds"), [("hao3", "xau↓"), ("zhi1", "ꭧɨ→"), ("yu2", "y↗"), ("xue2", "ɕɥe↗"), ("wo3", "wo↓")]
)
def test_pinyin_is_spelled_as_kokoro_learned_it(pinyin: str, sounds: str) -> None:
    assert phonemes._syllable(pinyin) == sounds
