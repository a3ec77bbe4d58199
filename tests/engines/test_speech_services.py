"""Voices at services: a take of the studio's kind comes out, and no line is paid for twice."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engines.setup import Setup
from studio.engines.speech.elevenlabs import ElevenLabsVoice
from studio.engines.speech.gemini_voice import GeminiVoice
from studio.engines.speech.openai_voice import OpenAiVoice
from studio.engines.speech.received import write_received
from studio.errors import BadInput, EngineRefused, EngineUnavailable, OutcomeUnknown, UnusableOutput, UserError
from tests.servers.base import Drop, Status
from tests.servers.elevenlabs import ElevenLabs
from tests.servers.gemini import Gemini
from tests.servers.jobs import Job, KilledHere
from tests.servers.openai import OpenAi, spoken
from tests.servers.tales import Says

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-key-1234567890"
ASK = r"POST .*(speech.*|generateContent)"
LINE = "O navio parte ao amanhecer."


@dataclass(frozen=True)
class Kind:
    double: Callable[..., Any]
    engine: Callable[[Setup], Any]
    prefix: str
    voice: str
    rate_hz: int = 24_000


KINDS = {
    "openai": Kind(OpenAi, OpenAiVoice, "openai", "nova"),
    "gemini": Kind(Gemini, GeminiVoice, "gemini", "Kore"),
    "elevenlabs": Kind(ElevenLabs, ElevenLabsVoice, "elevenlabs", "Rachel", rate_hz=44_100),
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDIO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def double(kind: Kind) -> Iterator[Any]:
    with kind.double(key=KEY) as running:
        yield running


@pytest.fixture
def engine(kind: Kind, double: Any) -> Any:
    return kind.engine(Setup({f"{kind.prefix}_url": double.url, f"{kind.prefix}_api_key": KEY}, {}))


def say(engine: Any, out: Path, job: Job | None = None, **asked: Any) -> Path:
    voice = asked.pop("voice", "") or engine.voices[0].name
    engine.speak(out, **{"text": LINE, "language": "pt", "voice": voice, "job": job or Job(), **asked})
    return out


def test_a_line_is_mono_16_bit_trimmed_and_below_minus_one_decibel(engine: Any, kind: Kind, tmp_path: Path) -> None:
    with wave.open(str(say(engine, tmp_path / "take.wav"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, kind.rate_hz)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    assert len(samples) / kind.rate_hz == pytest.approx(0.06 * len(LINE) + 0.08, abs=0.02)
    assert 0.3 < np.abs(samples).max() <= 10 ** (-1 / 20)


def test_every_voice_speaks_every_language_it_names(engine: Any, kind: Kind) -> None:
    assert engine.voices[0].name == kind.voice
    assert {"en", "pt", "es", "de", "fr", "ja"} <= {
        voice.language for voice in engine.voices if voice.name == kind.voice
    }


def test_a_voice_or_a_language_that_is_not_there_is_refused_before_anything_is_asked(
    engine: Any, double: Any, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="has no voice"):
        say(engine, tmp_path / "x.wav", voice="nobody")
    with pytest.raises(UserError, match="not xx"):
        say(engine, tmp_path / "x.wav", language="xx")
    with pytest.raises(BadInput, match="split it"):
        say(engine, tmp_path / "x.wav", text="a" * 20_000)
    assert double.created == []


def test_a_lost_answer_is_told_and_not_paid_for_again(engine: Any, double: Any, tmp_path: Path) -> None:
    job = Job()
    double.misbehave(ASK, Drop(after=True))
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            say(engine, tmp_path / "x.wav", job)
    assert len(double.created) == 1


def test_a_studio_killed_with_the_answer_in_its_hands_asks_for_nothing_anew(
    engine: Any, double: Any, tmp_path: Path
) -> None:
    job = Job(dies_at="downloading")
    with pytest.raises(KilledHere):
        say(engine, tmp_path / "x.wav", job)
    with pytest.raises(OutcomeUnknown, match="probably paid"):
        say(engine, tmp_path / "x.wav", Job(job.notes))
    assert len(double.created) == 1


def test_a_busy_service_is_asked_again_when_it_says(engine: Any, double: Any, tmp_path: Path) -> None:
    double.misbehave(ASK, Status(429, {"Retry-After": "0.05"}))
    assert say(engine, tmp_path / "x.wav").exists()
    assert len(double.created) == 1


def test_a_wrong_key_is_told_and_never_repeated(kind: Kind, double: Any, tmp_path: Path) -> None:
    wrong = "sk-wrong-key-0987654321"
    engine = kind.engine(Setup({f"{kind.prefix}_url": double.url, f"{kind.prefix}_api_key": wrong}, {}))
    for ask in (engine.check, lambda: say(engine, tmp_path / "x.wav", voice=kind.voice)):
        with pytest.raises(EngineUnavailable) as told:
            ask()
        assert wrong not in str(told.value)


def test_no_key_comes_to_the_disk(engine: Any, double: Any, tmp_path: Path) -> None:
    double.misbehave(ASK, Status(500, {}, f"Something broke for {KEY}".encode()))
    job = Job()
    with pytest.raises(OutcomeUnknown) as told:
        say(engine, tmp_path / "x.wav", job)
    say(engine, tmp_path / "y.wav")
    assert KEY not in repr((str(told.value), told.value.answer, job.notes, engine.identity, double.url))
    assert [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()] == []


def test_a_line_that_gemini_does_not_say_is_refused_with_its_reason(tmp_path: Path) -> None:
    with Gemini(key=KEY) as double:
        double.says.append(Says(ending="SAFETY"))
        engine = GeminiVoice(Setup({"gemini_url": double.url, "gemini_api_key": KEY}, {}))
        with pytest.raises(EngineRefused, match="SAFETY"):
            say(engine, tmp_path / "x.wav")


def test_an_own_server_has_the_voices_that_are_named(tmp_path: Path) -> None:
    engine = OpenAiVoice(Setup({"openai_url": "http://127.0.0.1:9", "openai_voices": "af_sky, pm_alex"}, {}))
    assert {voice.name for voice in engine.voices} == {"af_sky", "pm_alex"}


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_sound_is_unusable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnusableOutput, match="no sound"):
        write_received(tmp_path / "x.wav", content, engine="tts/openai")


def test_silence_is_no_line(tmp_path: Path) -> None:
    quiet = (spoken("nothing") * 0).tobytes()
    with pytest.raises(UserError, match="said nothing"):
        write_received(tmp_path / "x.wav", quiet, engine="tts/gemini", mime="audio/L16;codec=pcm;rate=24000")
