"""The recogniser writes what is said, when it is said, in which language, and nothing that nobody said."""

from __future__ import annotations

import json
import re
import wave
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from studio.engines import registry
from studio.engines.fake import FakeListener, FakeVoice
from studio.engines.speech.hibari import HibariVoice
from studio.engines.speech.invented import Guess, said
from studio.engines.speech.kokoro import KokoroVoice
from studio.engines.speech.onsets import Heard, placed, stretches_of_sound
from studio.engines.speech.whisper import WhisperRecognizer
from studio.errors import EngineUnavailable

RATE_HZ = 16_000
SENTENCES = (
    ("The old keeper climbs the stairs of the lighthouse.", 0.9),
    ("Every morning she opens the window and listens to the sea.", 0.5),
    ("There is a letter inside the small blue bottle.", 1.7),
    ("Do you remember the long winter?", 0.4),
)


@dataclass(frozen=True)
class Talk:
    """Sentences with pauses before them; ``sounds`` are the first and last audible moment of each, in seconds."""

    path: Path
    sounds: list[tuple[float, float]]


@pytest.fixture(scope="module")
def listener() -> WhisperRecognizer:
    whisper = WhisperRecognizer()
    _skip_if_missing(whisper)
    return whisper


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    voice = HibariVoice()
    _skip_if_missing(voice)
    folder = tmp_path_factory.mktemp("talk")
    samples, sounds, at, rate_hz = [], [], 0, 0
    for text, pause_s in SENTENCES:
        voice.speak(folder / "line.wav", text, language="en", voice="heart")
        with wave.open(str(folder / "line.wav")) as file:
            rate_hz = file.getframerate()
            line = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
        level = np.sqrt(np.convolve(line**2, np.ones(rate_hz // 100) / (rate_hz // 100), "same"))
        loud = np.flatnonzero(level > 0.02 * level.max())
        at += round(pause_s * rate_hz)
        sounds.append(((at + loud[0]) / rate_hz, (at + loud[-1]) / rate_hz))
        samples += [np.zeros(round(pause_s * rate_hz)), line]
        at += len(line)
    _write(folder / "talk.wav", np.concatenate([*samples, np.zeros(rate_hz)]), rate_hz)
    return Talk(folder / "talk.wav", sounds)


@pytest.fixture(scope="module")
def heard(listener: WhisperRecognizer, talk: Talk) -> list[dict]:
    """What the recogniser writes of the talk."""
    return _heard(listener, talk.path)


def _skip_if_missing(engine: WhisperRecognizer | HibariVoice | KokoroVoice) -> None:
    try:
        engine.check()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))


def _write(path: Path, samples: np.ndarray, rate_hz: int = RATE_HZ) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.clip(samples, -32768, 32767).astype("<i2").tobytes())
    return path


def _heard(engine: WhisperRecognizer | FakeListener, path: Path, language: str | None = "en") -> list[dict]:
    engine.transcribe(path.with_suffix(".json"), path, language=language)
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def _plain(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", text.lower()).split()


def test_first_words_after_pauses_lie_within_a_tenth_of_a_second(heard: list[dict], talk: Talk) -> None:
    words = [word for segment in heard for word in segment["words"]]
    assert [_plain(word["word"])[0] for word in words] == _plain(" ".join(text for text, _ in SENTENCES))
    first = 0
    for (text, _), (start_s, end_s) in zip(SENTENCES, talk.sounds, strict=True):
        last = first + len(text.split()) - 1
        assert words[first]["start"] == pytest.approx(start_s, abs=0.1)
        assert words[last]["end"] == pytest.approx(end_s, abs=0.1)
        first = last + 1


def test_words_of_a_segment_are_in_order_and_inside_it(heard: list[dict]) -> None:
    for segment in heard:
        assert segment["words"][0]["start"] == segment["start"]
        assert segment["words"][-1]["end"] == segment["end"]
        assert all(one["end"] <= two["start"] for one, two in pairwise(segment["words"]))


def test_the_same_sound_gives_the_same_words_twice(heard: list[dict], talk: Talk) -> None:
    assert heard == _heard(WhisperRecognizer(), talk.path)


def test_the_language_is_that_of_the_first_speech_even_after_long_silence(
    listener: WhisperRecognizer, talk: Talk, tmp_path: Path
) -> None:
    with wave.open(str(talk.path)) as file:
        rate_hz = file.getframerate()
        speech = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    late = _write(tmp_path / "late.wav", np.concatenate([np.zeros(130 * rate_hz), speech]), rate_hz)
    assert listener.detect(talk.path) == "en"
    assert listener.detect(late) == "en"


def test_spanish_is_told_from_english(listener: WhisperRecognizer, tmp_path: Path) -> None:
    kokoro = KokoroVoice()
    _skip_if_missing(kokoro)
    if not any(voice.language == "es" for voice in kokoro.voices):
        pytest.skip("no Spanish voice here")
    kokoro.speak(
        tmp_path / "es.wav", "El viejo farero sube las escaleras mientras llueve.", language="es", voice="ef_dora"
    )
    assert listener.detect(tmp_path / "es.wav") == "es"


def test_nobody_speaks_in_silence_noise_and_a_tone(listener: WhisperRecognizer, tmp_path: Path) -> None:
    noise = 2000 * np.random.default_rng(1).standard_normal(12 * RATE_HZ)
    tone = 8000 * np.sin(2 * np.pi * 440 * np.arange(12 * RATE_HZ) / RATE_HZ)
    for number, samples in enumerate((np.zeros(12 * RATE_HZ), noise, tone)):
        path = _write(tmp_path / f"{number}.wav", samples)
        assert _heard(listener, path) == []
        assert listener.detect(path) == ""


def test_the_users_own_model_is_named_in_the_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("whisper-small", 10), ("whisper-large-v3", 20), ("nllb", 99)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.bin").write_bytes(bytes(size))
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path))
    assert WhisperRecognizer().identity == "asr/whisper-large-v3-20/2"
    assert WhisperRecognizer(tmp_path / "whisper-small").identity == "asr/whisper-small-10/2"
    monkeypatch.delenv("STUDIO_MODELS")
    assert WhisperRecognizer().identity == "asr/whisper-base/2"


SOUND = [(1.0, 3.0), (4.0, 6.0)]


def test_a_word_that_begins_in_a_pause_begins_with_the_sound() -> None:
    moved = placed([Heard(1.0, 2.8, "one."), Heard(2.8, 4.4, "two"), Heard(4.4, 5.9, "three")], SOUND)
    assert [(word.start_s, word.end_s) for word in moved] == [(1.0, 3.0), (4.0, 4.4), (4.4, 6.0)]


def test_a_word_that_ends_a_sentence_stays_before_the_pause() -> None:
    moved = placed([Heard(1.0, 2.0, "go"), Heard(2.0, 4.1, "home."), Heard(4.1, 6.0, "Now")], SOUND)
    assert (moved[1].end_s, moved[2].start_s) == (3.0, 4.0)


def test_a_word_written_into_the_pause_after_it_goes_back_to_its_sound() -> None:
    moved = placed([Heard(3.2, 3.6, "Yes."), Heard(4.0, 6.0, "Then")], SOUND)
    assert moved[0].end_s == 3.0
    assert moved[0].start_s >= 1.0


def test_sound_is_found_over_noise(tmp_path: Path) -> None:
    samples = 0.003 * np.random.default_rng(2).standard_normal(8 * RATE_HZ)
    samples[2 * RATE_HZ : 3 * RATE_HZ] += 0.2 * np.sin(np.arange(RATE_HZ) * 0.1)
    ((start_s, end_s),) = stretches_of_sound(samples.astype(np.float32), RATE_HZ)
    assert (start_s, end_s) == (pytest.approx(2.0, abs=0.03), pytest.approx(3.0, abs=0.03))


def _guess(
    text: str, *, at_s: float = 1.0, logprob: float = -0.3, no_speech: float = 0.1, packing: float = 1.2
) -> Guess:
    return Guess(at_s, at_s + 1.5, text, logprob, no_speech, packing)


@pytest.mark.parametrize(
    "guess",
    [
        _guess("Thank you.", logprob=-1.2, no_speech=0.8),
        _guess("Murmur.", logprob=-1.9),
        _guess("go go go go go go go go", packing=3.1),
        _guess("[Music]"),
        _guess("♪ la la ♪"),
        _guess("Thanks for watching!", at_s=20.0),
        _guess("x" * 200),
    ],
)
def test_what_nobody_said_is_dropped(guess: Guess) -> None:
    assert said([_guess("Hello there."), guess], SOUND) == [0]


def test_a_sentence_said_twice_stays_and_a_loop_is_cut() -> None:
    assert said([_guess("Never."), _guess("never!"), _guess("Never."), _guess("Ever.")], SOUND) == [0, 1, 3]


def test_the_fake_hears_as_many_words_as_the_fake_says(tmp_path: Path) -> None:
    FakeVoice().speak(tmp_path / "line.wav", "three plain words", language="en", voice="tone")
    (segment,) = _heard(FakeListener(), tmp_path / "line.wav")
    assert len(segment["words"]) == 3
    assert segment["end"] == pytest.approx(1.08, abs=0.02)


def test_every_recogniser_of_the_registry_can_say_the_language(tmp_path: Path) -> None:
    FakeVoice().speak(tmp_path / "line.wav", "hello", language="en", voice="tone")
    assert registry.recognizer("fake").detect(tmp_path / "line.wav") == "en"
    assert registry.recognizer("fake").detect(_write(tmp_path / "quiet.wav", np.zeros(RATE_HZ))) == ""
