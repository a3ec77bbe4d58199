"""Edge's voices: the real library, speaking to a double. Only the addresses that stand in the library are others."""

from __future__ import annotations

import importlib.util
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.engines import registry
from studio.engines.base import is_paid
from studio.engines.setup import Setup
from studio.engines.speech import edge as edge_module
from studio.engines.speech.edge import EdgeVoice
from studio.errors import EngineBusy, EngineRefused, EngineUnavailable, UserError
from tests.servers.edge import Edge

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

LINE = "O navio parte <ao> amanhecer."
VOICE = "pt-BR-FranciscaNeural"
needs_library = pytest.mark.skipif(importlib.util.find_spec("edge_tts") is None, reason="pip install edge-tts")


@pytest.fixture(autouse=True)
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(edge_module, "_PAUSES_S", (0.0, 0.0))


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> Iterator[Edge]:
    import edge_tts.communicate
    import edge_tts.voices

    with Edge() as running:
        monkeypatch.setattr(edge_tts.communicate, "WSS_URL", f"{running.url}/edge/v1?TrustedClientToken=1")
        monkeypatch.setattr(edge_tts.voices, "VOICE_LIST", f"{running.url}/voices/list?trustedclienttoken=1")
        yield running


def engine(**saved: str) -> EdgeVoice:
    return EdgeVoice(Setup({"edge_tts": "yes", **saved}, {}))


def say(out: Path, text: str = LINE, *, language: str = "pt", voice: str = VOICE, speed: float = 1.0) -> Path:
    engine().speak(out, text, language=language, voice=voice, speed=speed)
    return out


@needs_library
def test_a_line_is_mono_16_bit_trimmed_and_below_minus_one_decibel(edge: Edge, tmp_path: Path) -> None:
    with wave.open(str(say(tmp_path / "x.wav"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    assert len(samples) / 24_000 == pytest.approx(0.06 * len(LINE) + 0.08, abs=0.03)
    assert 0.3 < np.abs(samples).max() <= 10 ** (-1 / 20)
    assert edge.created == [{"voice": edge.created[0]["voice"], "rate": 0, "text": LINE}]
    assert "FranciscaNeural" in edge.created[0]["voice"]


@needs_library
def test_the_pace_is_told(edge: Edge, tmp_path: Path) -> None:
    say(tmp_path / "x.wav", speed=0.85)
    assert edge.created[0]["rate"] == -15


@needs_library
def test_the_voices_are_those_that_are_listed_the_usual_one_first(edge: Edge) -> None:
    voices = engine().voices
    assert [(voice.name, voice.language, voice.gender) for voice in voices] == [
        ("en-US-EmmaMultilingualNeural", "en-US", "female"),
        ("pt-BR-FranciscaNeural", "pt-BR", "female"),
        ("en-GB-RyanNeural", "en-GB", "male"),
    ]
    edge.stop()
    assert engine().voices == voices


@needs_library
def test_nobody_who_answers_is_told_with_the_question_whether_this_computer_is_online(
    edge: Edge, tmp_path: Path
) -> None:
    edge.stop()
    assert engine().voices == ()
    for ask in (engine().check, lambda: say(tmp_path / "x.wav")):
        with pytest.raises(EngineUnavailable, match="online"):
            ask()


@needs_library
def test_what_broke_off_is_asked_for_again_since_it_costs_nothing(edge: Edge, tmp_path: Path) -> None:
    edge.breaks = 2
    line = "Um navio parte. " * 6
    with wave.open(str(say(tmp_path / "x.wav", line))) as file:
        assert file.getnframes() / 24_000 == pytest.approx(0.06 * len(line), abs=0.1)
    assert len(edge.created) == 3
    assert not is_paid(engine())


@needs_library
def test_a_busy_service_is_asked_three_times(edge: Edge, tmp_path: Path) -> None:
    assert engine().voices
    edge.refuses = [503, 429]
    assert say(tmp_path / "x.wav").exists()
    edge.refuses = [503] * 3
    with pytest.raises(EngineBusy, match="status 503"):
        say(tmp_path / "x.wav")


@needs_library
def test_a_refusal_names_the_clock_and_the_newer_library(edge: Edge, tmp_path: Path) -> None:
    assert engine().voices
    edge.refuses = [404]
    with pytest.raises(EngineUnavailable, match=r"clock right\? .* --upgrade edge-tts"):
        say(tmp_path / "x.wav")


@needs_library
def test_a_line_that_it_does_not_say_is_refused(edge: Edge, tmp_path: Path) -> None:
    edge.is_mute = True
    with pytest.raises(EngineRefused, match="said nothing"):
        say(tmp_path / "x.wav")
    with pytest.raises(UserError, match="no words"):
        say(tmp_path / "x.wav", "…!")


@needs_library
def test_a_voice_that_is_not_there_or_speaks_another_language_is_refused(edge: Edge, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has no voice"):
        say(tmp_path / "x.wav", voice="nobody")
    with pytest.raises(UserError, match="speaks pt-BR, not de"):
        say(tmp_path / "x.wav", language="de")
    assert edge.created == []


@needs_library
def test_a_proxy_is_asked_where_one_is_set(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    import edge_tts.voices

    monkeypatch.setattr(edge_tts.voices, "VOICE_LIST", "http://speech.example/voices/list?trustedclienttoken=1")
    engine(edge_proxy=edge.url).check()
    assert edge.calls[0].headers["host"] == "speech.example"


def test_nothing_goes_out_before_the_user_said_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_module, "has_packages", lambda names: True)
    silent = engine(edge_tts="")  # a look at the service would fail: there is none
    assert silent.voices == ()
    with pytest.raises(EngineUnavailable, match="STUDIO_EDGE_TTS"):
        silent.check()


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_module, "has_packages", lambda names: False)
    (status,) = [one for one in registry.statuses() if one.name == "tts/edge"]
    assert status.missing.endswith("pip install edge-tts")
    with pytest.raises(EngineUnavailable, match="pip install edge-tts"):
        engine().check()
