"""What every speech engine that works here promises."""

from __future__ import annotations

import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from studio.engines import registry
from studio.engines.base import SpeechSynthesizer
from studio.errors import EngineUnavailable, UserError

LINE = "She lights the lamp."


@pytest.fixture(scope="module", params=["hibari", "kokoro", "espeak"])
def engine(request: pytest.FixtureRequest) -> SpeechSynthesizer:
    found = registry.tts(request.param)
    try:
        found.check()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    return found


@pytest.fixture(scope="module")
def line(engine: SpeechSynthesizer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The line, spoken once by the engine's first voice."""
    return _say(engine, tmp_path_factory.mktemp("speech") / "line.wav")


def _say(engine: SpeechSynthesizer, out: Path, text: str = LINE, **more: float) -> Path:
    voice = engine.voices[0]
    engine.speak(out, text, language=voice.language, voice=voice.name, **more)  # type: ignore[arg-type]
    return out


def _samples(path: Path) -> tuple[np.ndarray, int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0, file.getframerate()


def test_its_first_voice_says_what_it_is(engine: SpeechSynthesizer) -> None:
    voice = engine.voices[0]
    assert voice.name
    assert voice.language.startswith("en")
    assert 1.0 < voice.words_per_second < 5.0


def test_a_line_is_mono_16_bit_and_peaks_below_minus_one_decibel(line: Path) -> None:
    samples, _ = _samples(line)
    assert 0.05 < np.abs(samples).max() <= 10 ** (-1 / 20)


def test_about_40_ms_of_silence_stay_at_both_ends(line: Path) -> None:
    samples, rate_hz = _samples(line)
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    assert loud[0] / rate_hz < 0.09
    assert (len(samples) - loud[-1]) / rate_hz < 0.13


def test_equal_lines_give_equal_files(engine: SpeechSynthesizer, line: Path, tmp_path: Path) -> None:
    assert _say(engine, tmp_path / "again.wav").read_bytes() == line.read_bytes()


def test_a_faster_line_is_shorter(engine: SpeechSynthesizer, line: Path, tmp_path: Path) -> None:
    calm, _ = _samples(line)
    fast, _ = _samples(_say(engine, tmp_path / "fast.wav", speed=1.4))
    assert len(fast) < 0.9 * len(calm)


def test_an_unknown_voice_is_refused_and_the_known_ones_are_named(engine: SpeechSynthesizer, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=engine.voices[0].name.replace("+", r"\+")):
        engine.speak(tmp_path / "x.wav", LINE, language="en", voice="nobody")


@pytest.mark.parametrize("text", ["", "  \n", "…!", "🎉"])
def test_a_line_without_words_is_refused(engine: SpeechSynthesizer, tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError):
        _say(engine, tmp_path / "x.wav", text)


def test_two_threads_get_what_one_would(engine: SpeechSynthesizer, line: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda name: _say(engine, tmp_path / name).read_bytes(), ["a.wav", "b.wav"]))
    assert together == [line.read_bytes()] * 2
