"""A studio that dies after a service has answered, before a file is made of that: nothing is asked for, or paid, twice."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from studio.core.pipeline import RunResult
from studio.core.session import Session
from studio.model.dub import DubOptions
from studio.service import Studio
from tests.conftest import small_film
from tests.dub_media import film
from tests.servers.base import Drop
from tests.servers.gemini import Gemini
from tests.servers.openai import OpenAi
from tests.servers.translators import Translators

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
_CUE = "{number}\n00:00:{at:02d},{from_ms:03d} --> 00:00:{at:02d},{to_ms:03d}\nLine number {number}\n"


class Killed(BaseException):
    """The process is gone."""


def run(studio: Studio, name: str, step: str) -> RunResult:
    return studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until=step)


def run_and_die(studio: Studio, name: str, step: str, file: str) -> None:
    """The process is gone in the moment in which ``file`` would have come to its place."""
    publish = Session.publish

    def dies(session: Session, wanted, made, **facts):  # type: ignore[no-untyped-def]
        if wanted.name == file:
            raise Killed
        return publish(session, wanted, made, **facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "publish", dies)
        with pytest.raises(Killed):
            run(studio, name, step)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def gemini(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gemini]:
    with Gemini() as service:
        monkeypatch.setenv("STUDIO_GEMINI_URL", service.url)
        monkeypatch.setenv("STUDIO_GEMINI_API_KEY", service.key)
        yield service


@pytest.fixture
def deepl(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Translators]:
    with Translators() as service:
        monkeypatch.setenv("STUDIO_DEEPL_URL", service.url)
        monkeypatch.setenv("STUDIO_DEEPL_API_KEY", service.key)
        yield service


def test_a_story_that_was_told_but_not_saved_is_saved_without_asking_again(
    studio: Studio, gemini: Gemini, data: Path
) -> None:
    prices = {"as_of": "2027-01", "prices": {"text/gemini/gemini-flash-latest": {"each": 0.01}}}
    (data / "prices.json").write_text(json.dumps(prices))
    name = small_film(studio, text="gemini")
    assert studio.plan(name).cost.works == {"text/gemini": 2}  # the plan of it, and its scenes
    run_and_die(studio, name, "story", "story.json")
    assert len(gemini.created) == 2
    assert str(studio.plan(name).cost).startswith("costs nothing more; about $0.02 is spent")
    assert run(studio, name, "story").status == "completed"
    assert len(gemini.created) == 2
    assert str(studio.spent(name)) == "about $0.02 is spent (2 by text/gemini)"
    (studio.directory(name) / "story.json").unlink()
    run(studio, name, "story")
    assert len(gemini.created) == 4  # the user wants another one


def test_what_may_have_been_paid_for_is_asked_for_again_when_the_user_says_so(
    studio: Studio, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAi(key="sk-secret-secret-1") as service:
        monkeypatch.setenv("STUDIO_OPENAI_URL", service.url)
        monkeypatch.setenv("STUDIO_OPENAI_API_KEY", "sk-secret-secret-1")
        service.misbehave("POST /v1/images/.*", Drop(after=True))
        name = small_film(studio, image="openai", shots=1, seconds=4.0, narration=False)
        for _ in range(2):
            (problem,) = run(studio, name, "images").problems
            assert (
                "studio resume NAME --ask-again in the terminal, asks for it, and pays for it, once more"
                in problem.error
            )
        assert len(service.created) == 1
        again = ["resume", name, "--ask-again", "--sessions", str(studio.settings.sessions)]
        told = CliRunner().invoke(cli, again)
        assert (told.exit_code, len(service.created)) == (0, 2), told.output
        assert "Asked for, and perhaps paid for, again: images/shot_001.png" in told.output
        told = CliRunner().invoke(cli, again)
        assert ("Nothing is to be asked for again" in told.output, len(service.created)) == (True, 2)


def test_lines_that_were_translated_but_not_saved_are_saved_without_asking_again(
    studio: Studio, deepl: Translators, tmp_path: Path
) -> None:
    cues = (_CUE.format(number=n, at=n // 10, from_ms=n % 10 * 100, to_ms=n % 10 * 100 + 90) for n in range(1, 46))
    (tmp_path / "talk.srt").write_text("\n".join(cues))
    options = DubOptions.model_validate(
        {"tts": "fake", "languages": ("pt",), "translators": {"pt": "deepl"}, "source_language": "en"}
    )
    name = studio.create_dub(
        film(tmp_path / "talk.mp4", seconds=6.0), options, transcript=tmp_path / "talk.srt", name="talk"
    )
    run_and_die(studio, name, "translate", "translations/pt/0002.json")
    assert deepl.created
    result = run(studio, name, "translate")
    assert (result.status, result.problems) == ("completed", [])
    assert Counter(text for call in deepl.created for text in call) == {f"Line number {n}": 1 for n in range(1, 46)}
    assert [line.texts["pt"] for line in studio.lines(name)][:2] == ["Line number 1", "Line number 2"]
    assert studio.spent(name).works == {"mt/deepl": 45}
