"""Speech written down by a service: word times in whichever form they come, and nothing that nobody said."""

from __future__ import annotations

import json
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engines.base import is_paid
from studio.engines.fake import FakeListener, FakeVoice
from studio.engines.setup import Setup
from studio.engines.speech.openai_listener import OpenAiListener
from studio.errors import BadInput, EngineRefused, EngineUnavailable
from studio.media.languages import code_of
from studio.model.dub import DubOptions
from studio.model.job import JobNote
from studio.model.transcript import SEGMENTS
from studio.service import Studio
from tests.conftest import Run
from tests.dub_media import film
from tests.servers.base import Drop, Status
from tests.servers.elevenlabs import ElevenLabs
from tests.servers.jobs import Job
from tests.servers.openai import OpenAi

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-key-1234567890"
ASK = "POST /v1/audio/transcriptions"
RATE_HZ = 16_000


@pytest.fixture
def server() -> Iterator[OpenAi]:
    with OpenAi(key=KEY, models=("whisper-1", "gpt-4o-transcribe")) as running:
        yield running


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """Two sentences with half a second between them."""
    parts = []
    for text in ("three plain words", "and two more"):
        FakeVoice().speak(tmp_path / "part.wav", text, language="en", voice="tone")
        with wave.open(str(tmp_path / "part.wav")) as file:
            parts += [
                np.frombuffer(file.readframes(file.getnframes()), "<i2"),
                np.zeros(file.getframerate() // 2, "<i2"),
            ]
    return write(tmp_path / "speech.wav", np.concatenate(parts), 24_000)


def write(path: Path, samples: Any, rate_hz: int = RATE_HZ) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.asarray(samples, "<i2").tobytes())
    return path


def engine(server: OpenAi, **saved: str) -> OpenAiListener:
    return OpenAiListener(Setup({"openai_url": server.url, "openai_api_key": KEY, **saved}, {}))


def heard(server: OpenAi, audio: Path, language: str | None = "en", **saved: str) -> list[dict[str, Any]]:
    out = audio.with_name("heard.json")
    engine(server, **saved).transcribe(out, audio, language=language, job=Job())
    SEGMENTS.validate_json(out.read_bytes())
    found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("times", ["beside", "inside"])
def test_words_are_where_they_are_spoken_in_either_form(server: OpenAi, speech: Path, times: str) -> None:
    server.times = times
    FakeListener().transcribe(speech.with_name("as_spoken.json"), speech)
    spoken = json.loads(speech.with_name("as_spoken.json").read_text(encoding="utf-8"))
    found = heard(server, speech)
    assert [[word["word"] for word in one["words"]] for one in found] == [
        [w["word"] for w in one["words"]] for one in spoken
    ]
    assert [len(one["words"]) for one in found] == [3, 3]
    for one, there in zip(found, spoken, strict=True):
        assert one["start"] == pytest.approx(there["start"], abs=0.06)
        assert one["end"] == pytest.approx(there["end"], abs=0.06)


def test_it_is_asked_for_the_times_of_words_in_the_language_that_is_known(server: OpenAi, speech: Path) -> None:
    heard(server, speech, "pt-BR")
    (call,) = server.asked(ASK)
    form = {name: content.decode() for name, (_, content) in call.parts.items() if name != "file"}
    assert (form["model"], form["response_format"], form["language"]) == ("whisper-1", "verbose_json", "pt")
    assert call.body.count(b"timestamp_granularities[]") == 2
    assert call.parts["file"][0] == "speech.wav"


def test_what_nobody_said_is_left_out(server: OpenAi, speech: Path) -> None:
    server.invents = [
        {"start": 20.0, "end": 22.0, "text": "Thanks for watching!", "words": []},
        {"start": 0.0, "end": 1.0, "text": "Thank you.", "avg_logprob": -1.4, "no_speech_prob": 0.9, "words": []},
        {"start": 0.0, "end": None, "text": "[Music]"},
    ]
    assert [len(one["words"]) for one in heard(server, speech)] == [3, 3]


def test_what_was_heard_but_not_saved_is_not_asked_for_again(server: OpenAi, speech: Path) -> None:
    notes: list[JobNote] = []
    texts = []
    for number in range(2):
        out = speech.with_name(f"heard{number}.json")
        engine(server).transcribe(out, speech, language="en", job=Job(notes))
        texts.append(out.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert (len(server.asked(ASK)), engine(server).askings({}, []), engine(server).askings({}, notes)) == (1, 1, 0)
    assert engine(server).detect(speech, job=Job(notes)) == "en"
    assert len(server.asked(ASK)) == 2  # another question


def test_silence_is_not_even_sent(server: OpenAi, tmp_path: Path) -> None:
    quiet = write(tmp_path / "quiet.wav", np.zeros(2 * RATE_HZ))
    assert heard(server, quiet) == []
    assert engine(server).detect(quiet, job=Job()) == ""
    assert server.asked(ASK) == []


@pytest.mark.parametrize(("named", "code"), [("english", "en"), ("pt", "pt"), ("Portuguese", "pt")])
def test_the_language_is_that_of_the_first_speech_by_name_or_by_code(
    server: OpenAi, speech: Path, tmp_path: Path, named: str, code: str
) -> None:
    server.language = named
    late = tmp_path / "late.wav"
    with wave.open(str(speech)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        write(late, np.concatenate([np.zeros(61 * file.getframerate()), sound]), file.getframerate())
    assert engine(server).detect(late, job=Job()) == code
    assert len(server.asked(ASK)) == 1


def test_a_language_that_it_does_not_name_is_asked_of_the_user(server: OpenAi, speech: Path) -> None:
    server.language = ""
    with pytest.raises(EngineUnavailable, match="Say it yourself"):
        engine(server).detect(speech, job=Job())
    assert code_of("klingon") == ""


def test_a_model_without_times_is_named_with_one_that_has_them(server: OpenAi, speech: Path) -> None:
    server.times = "nowhere"
    with pytest.raises(EngineUnavailable, match="gpt-4o-transcribe does not say when .* such as whisper-1"):
        heard(server, speech, openai_listener_model="gpt-4o-transcribe")


def test_a_lost_answer_and_a_busy_service_are_asked_again(server: OpenAi, speech: Path) -> None:
    server.misbehave(ASK, Drop(after=True), Status(503, {"Retry-After": "0.01"}))
    assert len(heard(server, speech)) == 2


def test_an_error_that_is_sent_as_an_answer_is_told(server: OpenAi, speech: Path) -> None:
    server.misbehave(ASK, Status(200, {"Content-Type": "application/json"}, {"error": {"message": "Out of memory"}}))
    with pytest.raises(EngineRefused, match="Out of memory"):
        heard(server, speech)


def test_more_than_the_service_takes_is_told_before_it_is_sent(
    server: OpenAi, speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.engines.speech.openai_listener._MOST_S", 3.0)
    with pytest.raises(BadInput, match="longer than 0.05 minutes"):
        heard(server, speech)
    assert server.asked(ASK) == []


def test_a_wrong_key_and_a_model_that_is_gone_are_told(server: OpenAi, speech: Path) -> None:
    wrong = "sk-wrong-key-0987654321"
    for ask in (engine(server, openai_api_key=wrong).check, lambda: heard(server, speech, openai_api_key=wrong)):
        with pytest.raises(EngineUnavailable) as told:
            ask()
        assert wrong not in str(told.value)
    with pytest.raises(EngineUnavailable, match="whisper-9 is not offered"):
        engine(server, openai_listener_model="whisper-9").check()
    engine(server).check()
    server.models = ("base*", "openai/whisper-*")
    engine(server, openai_listener_model="openai/whisper-9").check()


def test_a_server_of_one_s_own_is_free(server: OpenAi) -> None:
    assert not is_paid(engine(server))
    assert is_paid(OpenAiListener(Setup({"openai_api_key": KEY}, {})))


def test_a_dub_is_heard_spoken_and_heard_back_by_services_and_holds_no_key(
    server: OpenAi, speech: Path, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = film(tmp_path / "talk.mp4", [speech], seconds=4.0)
    choices = {
        "tts": "elevenlabs",
        "asr": "openai",
        "translators": {"pt": "fake"},
        "languages": ("pt",),
        "is_checked": True,
    }
    with ElevenLabs() as eleven:
        for name, value in {
            "OPENAI_URL": server.url, "OPENAI_API_KEY": KEY, "ELEVENLABS_URL": eleven.url,
            "ELEVENLABS_API_KEY": eleven.key, "CACHE": str(tmp_path / "cache"),
        }.items():  # fmt: skip
            monkeypatch.setenv(f"STUDIO_{name}", value)
        name = studio.create_dub(talk, DubOptions.model_validate(choices), name="talk")
        run = Run(studio, name)
        assert (run.result.status, run.result.problems) == ("completed", [])
        assert studio.lines(name)
        assert len(server.created) == 2 + len(studio.lines(name))  # the language, the one piece, each line heard back
        assert len(eleven.created) == len(studio.lines(name))
        again = Run(studio, name)
        assert again.made == []
    for key in (KEY, eleven.key):
        assert key not in repr((run.events, run.result))
        assert [path for path in tmp_path.rglob("*") if path.is_file() and key.encode() in path.read_bytes()] == []
