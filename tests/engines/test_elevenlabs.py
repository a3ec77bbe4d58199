"""ElevenLabs: the account's own voices, its two ways of being busy, and the 401 that is not about the key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.engines import registry
from studio.engines.checking import checked
from studio.engines.setup import Setup
from studio.engines.speech.elevenlabs import ElevenLabsVoice
from studio.errors import EngineUnavailable, UserError
from tests.servers.base import Status
from tests.servers.elevenlabs import ElevenLabs, error
from tests.servers.jobs import Job

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

ASK = "POST /v1/text-to-speech/.*"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDIO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def eleven() -> Iterator[ElevenLabs]:
    with ElevenLabs() as running:
        yield running


def setup(eleven: ElevenLabs, **saved: str) -> Setup:
    return Setup({"elevenlabs_url": eleven.url, "elevenlabs_api_key": eleven.key, **saved}, {})


def engine(eleven: ElevenLabs, **saved: str) -> ElevenLabsVoice:
    return ElevenLabsVoice(setup(eleven, **saved))


def say(voice: ElevenLabsVoice, out: Path, *, job: Job | None = None, **asked: object) -> None:
    call = {"language": "pt", "voice": "Ana", "job": job or Job(), **asked}
    voice.speak(out, "Bom dia a todos.", **call)  # type: ignore[arg-type]


def test_the_voices_are_the_account_s_and_who_is_at_home_in_a_language_comes_first(eleven: ElevenLabs) -> None:
    voices = engine(eleven).voices
    assert (voices[0].name, voices[0].language, voices[0].gender) == ("Rachel", "en", "female")
    assert [voice.name for voice in voices if voice.language == "pt"] == ["Ana", "Rachel", "Rachel 0001"]
    assert {voice.language for voice in voices} == {"en", "ja", "zh", "de", "hi", "fr", "ko", "pt", "it", "es"}


def test_the_voices_are_asked_for_once_and_are_there_while_nobody_answers(eleven: ElevenLabs) -> None:
    first = engine(eleven).voices
    eleven.stop()
    again = engine(eleven)
    assert again.voices == first
    with pytest.raises(EngineUnavailable, match="does not answer"):
        again.check()
    assert len(eleven.asked("GET /v1/voices")) == 1


def test_nobody_who_is_away_is_asked_twice_in_a_minute(eleven: ElevenLabs) -> None:
    eleven.misbehave("GET /v1/voices", Status(500))
    assert engine(eleven).voices == ()
    assert engine(eleven).voices == ()
    assert len(eleven.asked("GET /v1/voices")) == 1


def test_the_check_brings_new_voices(eleven: ElevenLabs) -> None:
    one = engine(eleven)
    assert one.voices
    eleven.voices = eleven.voices[:1]
    one.check()
    assert {voice.name for voice in engine(eleven).voices} == {"Rachel"}


def test_a_voice_that_came_since_is_found_when_it_is_to_speak(eleven: ElevenLabs, tmp_path: Path) -> None:
    new, eleven.voices = eleven.voices, eleven.voices[:1]
    one = engine(eleven)
    assert one.voices
    eleven.voices = new
    say(one, tmp_path / "x.wav")
    assert eleven.asked("POST .*")[0].path.endswith("pNInz6obpgDQGcFmaJgB")


def test_the_seed_is_sent_and_the_language_only_to_models_that_take_it(eleven: ElevenLabs, tmp_path: Path) -> None:
    say(engine(eleven), tmp_path / "x.wav", seed=7)
    say(engine(eleven, elevenlabs_model="eleven_flash_v2_5"), tmp_path / "x.wav", seed=2**32 + 5, speed=1.1)
    first, second = eleven.created
    assert (first["seed"], "language_code" in first, "voice_settings" in first) == (7, False, False)
    assert (second["seed"], second["language_code"], second["voice_settings"]) == (5, "pt", {"speed": 1.1})


def test_a_pace_that_it_does_not_speak_at_is_told_before_it_is_paid_for(eleven: ElevenLabs, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"0\.7 to 1\.2"):
        say(engine(eleven), tmp_path / "x.wav", speed=1.5)
    assert eleven.created == []


@pytest.mark.parametrize(
    ("word", "waits_s"), [("too_many_concurrent_requests", 1.0), ("system_busy", 5.0)], ids=["crowded", "busy"]
)
def test_a_crowd_is_waited_out_shortly_and_a_busy_system_longer(
    eleven: ElevenLabs, tmp_path: Path, word: str, waits_s: float
) -> None:
    eleven.misbehave(ASK, Status(429, {}, error(429, word, "Later.").content[0]))
    waited: list[float] = []
    voice = engine(eleven)
    now = 0.0

    def wait(seconds: float) -> None:
        nonlocal now
        waited.append(seconds)
        now += seconds

    voice._limiter._now = lambda: now
    say(voice, tmp_path / "x.wav", job=Job(wait=wait))
    assert sum(waited) == pytest.approx(waits_s)
    assert len(eleven.created) == 1


def test_letters_that_are_used_up_are_told_as_such_and_not_as_a_wrong_key(eleven: ElevenLabs, tmp_path: Path) -> None:
    eleven.used = eleven.limit
    with pytest.raises(EngineUnavailable, match="characters are used up") as told:
        say(engine(eleven), tmp_path / "x.wav")
    assert "key" not in str(told.value)
    assert told.value.answer
    eleven.misbehave(ASK, Status(400, {}, error(400, "quota_exceeded", "No more.").content[0]))  # older accounts
    with pytest.raises(EngineUnavailable, match="characters are used up"):
        say(engine(eleven), tmp_path / "x.wav")
    assert (told.value.answer.kind, told.value.answer.request_id) == ("quota_exceeded", "req-11")
    found = checked("tts/elevenlabs", engine(eleven), setup(eleven))
    assert [(part.heading, part.is_good) for part in found.parts] == [
        ("reachable", True), ("key accepted", True), ("used up", False),
    ]  # fmt: skip
    assert "used up" in found.missing


def test_a_401_about_the_quota_is_no_verdict_on_the_key(eleven: ElevenLabs) -> None:
    eleven.misbehave("GET /v1/voices", Status(401, {}, error(401, "quota_exceeded", "No more.").content[0]))
    headings = [part.heading for part in checked("tts/elevenlabs", engine(eleven), setup(eleven)).parts]
    assert "key not accepted" not in headings


def test_a_key_that_may_only_speak_is_good_enough(eleven: ElevenLabs) -> None:
    eleven.may_only_speak = True
    engine(eleven).check()


def test_a_model_that_is_gone_and_one_that_does_not_speak_are_named(eleven: ElevenLabs) -> None:
    for model in ("eleven_old_v1", "eleven_sts"):
        with pytest.raises(EngineUnavailable, match="not offered there") as told:
            engine(eleven, elevenlabs_model=model).check()
        assert "eleven_flash_v2_5" in str(told.value)


def test_a_voice_that_was_deleted_there_says_so(eleven: ElevenLabs, tmp_path: Path) -> None:
    one = engine(eleven)
    assert one.voices
    eleven.voices = eleven.voices[:1]
    with pytest.raises(Exception, match="choose another") as told:
        say(one, tmp_path / "x.wav")
    assert "404" in str(told.value)


def test_what_it_does_not_like_of_a_request_is_told(eleven: ElevenLabs, tmp_path: Path) -> None:
    body = b'{"detail": [{"loc": ["body", "text"], "msg": "Field required"}]}'
    eleven.misbehave(ASK, Status(422, {}, body))
    with pytest.raises(Exception, match="text: Field required"):
        say(engine(eleven), tmp_path / "x.wav")


def test_it_is_listed_with_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STUDIO_ELEVENLABS_API_KEY", raising=False)
    (status,) = [one for one in registry.statuses() if one.name == "tts/elevenlabs"]
    assert "STUDIO_ELEVENLABS_API_KEY" in status.missing
