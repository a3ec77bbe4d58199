"""Dubs over REST: brought as a form, corrected line by line, translated by file, looked through."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from studio.model.dub import DubOptions
from studio.service import Studio
from studio.settings import Settings
from tests.api.conftest import Home, doors_of, ended, eventually
from tests.dub_media import film, music, speech, wav

OPTIONS = {"languages": ["en"], "source_language": "pt", "tts": "fake", "asr": "fake", "translators": {"en": "fake"}}
SRT = "1\n00:00:00,500 --> 00:00:02,000\nUm barco sai\n\n2\n00:00:02,500 --> 00:00:05,000\nO mar fica calmo hoje\n"


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of six seconds with sound."""
    folder = tmp_path_factory.mktemp("boats")
    return film(folder / "boats.mp4", [wav(folder / "music.wav", music(6.0))])


def brought(client: TestClient, boats: Path, name: str = "barcos", **options: object) -> str:
    """A new dub with two lines."""
    answer = client.post(
        "/api/dubs",
        data={"options": json.dumps({**OPTIONS, **options}), "name": name},
        files={"transcript": ("boats.srt", SRT.encode()), "file": ("boats.mp4", boats.read_bytes())},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["name"])


def made(client: TestClient, name: str, until: str = "") -> dict:
    run = ended(client, client.post("/api/runs", json={"project": name, "until": until}))
    assert (run["status"], run["problems"]) == ("completed", []), run
    return run


@pytest.fixture(scope="module")
def lined(boats: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a dub whose two lines are there, nothing translated; never to be changed."""
    transcript = boats.with_suffix(".srt")
    transcript.write_text(SRT)
    studio = Studio(Settings(tmp_path_factory.mktemp("lined"), workers=2))
    name = studio.create_dub(boats, DubOptions.model_validate(OPTIONS), transcript=transcript, name="barcos")
    done = studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="lines")
    assert (done.status, done.problems) == ("completed", [])
    return studio.directory(name)


@pytest.fixture
def dub(home: Home, lined: Path) -> str:
    """That dub in ``home``."""
    return Path(shutil.copytree(lined, home.sessions / lined.name)).name


def lines_of(client: TestClient, name: str) -> list[dict]:
    answer = client.get(f"/api/projects/{name}/lines")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_film_is_brought_transcribed_alone_then_dubbed(client: TestClient, boats: Path, home: Home) -> None:
    name = brought(client, boats)
    assert (home.sessions / name / "original_video.mp4").read_bytes() == boats.read_bytes()
    made(client, name, until="lines")
    assert [line["states"] for line in lines_of(client, name)] == [{"en": "missing"}] * 2
    assert not (home.sessions / name / "final_videos").exists()
    made(client, name)
    found = lines_of(client, name)
    assert [line["translations"]["en"] for line in found] == ["en Um barco sai", "en O mar fica calmo hoje"]
    assert {line["states"]["en"] for line in found} <= {"spoken", "overrun"}
    assert client.get(f"/media/{name}/final_videos/en_final.mp4").status_code == 200


def test_a_form_without_languages_is_refused_in_words(client: TestClient, boats: Path) -> None:
    answer = client.post("/api/dubs", data={"options": "{}"}, files={"file": ("boats.mp4", boats.read_bytes())})
    assert answer.status_code == 422
    assert "which languages" in answer.json()["error"]


def test_a_dub_begins_with_its_limit_of_spending_or_not_at_all(client: TestClient, home: Home, boats: Path) -> None:
    def sent(limit: str) -> Response:
        form = {"options": json.dumps(OPTIONS), "name": "barcos", "most_usd": limit}
        files = {"transcript": ("boats.srt", SRT.encode()), "file": ("boats.mp4", boats.read_bytes())}
        return client.post("/api/dubs", data=form, files=files)

    for wrong in ("-1", "nan", "a lot"):
        assert sent(wrong).status_code == 422
    assert not (home.sessions / "barcos").exists()
    assert sent("2.5").status_code == 201
    assert client.get("/api/projects/barcos").json()["project"]["most_usd"] == 2.5


def test_a_text_instead_of_a_film_is_refused_and_leaves_nothing(client: TestClient, home: Home) -> None:
    answer = client.post("/api/dubs", data={"options": json.dumps(OPTIONS)}, files={"file": ("a.mp4", b"no film")})
    assert answer.status_code == 422
    assert [path for path in home.sessions.iterdir() if not path.name.startswith(".")] == []
    assert not list(home.sessions.glob(".uploads-*/*/*"))


def test_a_line_is_changed_and_nothing_else(client: TestClient, dub: str) -> None:
    changes = {"text": "Um navio sai", "end": 1.75, "speaker": "Ana", "translations": {"en": "A ship leaves"}}
    answer = client.patch(f"/api/projects/{dub}/lines/0001", json=changes)
    assert answer.status_code == 200, answer.text
    first, second = lines_of(client, dub)
    assert (first["text"], first["end"], first["speaker"]) == ("Um navio sai", 1.75, "Ana")
    assert (first["translations"]["en"], first["states"]["en"]) == ("A ship leaves", "translated")
    assert (second["text"], second["states"]["en"]) == ("O mar fica calmo hoje", "missing")


def test_lines_are_split_joined_and_deleted(client: TestClient, dub: str) -> None:
    def of(method: str, path: str, **body: object) -> None:
        answer = client.request(method, f"/api/projects/{dub}/lines/{path}", **body)
        assert answer.is_success, answer.text

    of("POST", "0002/split", json={"at_word": 3})
    assert [line["text"] for line in lines_of(client, dub)] == ["Um barco sai", "O mar", "fica calmo hoje"]
    of("POST", "0002/merge")
    assert [line["text"] for line in lines_of(client, dub)] == ["Um barco sai", "O mar fica calmo hoje"]
    of("DELETE", "0001")
    assert [line["id"] for line in lines_of(client, dub)] == ["0002"]


@pytest.mark.parametrize(
    ("path", "method"), [("lines/0099", "PATCH"), ("review/de", "GET"), ("translations/de.srt", "GET")]
)
def test_what_is_not_there_is_404(client: TestClient, dub: str, path: str, method: str) -> None:
    answer = client.request(method, f"/api/projects/{dub}/{path}", json={} if method == "PATCH" else None)
    assert answer.status_code == 404, answer.text


def test_a_film_has_no_lines(client: TestClient, home: Home) -> None:
    home.film("boat")
    answer = client.get("/api/projects/boat/lines")
    assert (answer.status_code, "no dub" in answer.json()["error"]) == (400, True)


def test_a_translation_goes_out_as_a_file_and_comes_back(client: TestClient, dub: str) -> None:
    sent = client.get(f"/api/projects/{dub}/translations/en.csv")
    assert "[TRANSLATE: Um barco sai]" in sent.text
    back = sent.text.replace("[TRANSLATE: Um barco sai]", "A boat leaves").encode()
    answer = client.post(f"/api/projects/{dub}/translations/en", files={"file": ("en.csv", back)})
    assert answer.json() == {"count": 1, "missing": ["0002"], "unmatched": []}
    client.put(f"/api/projects/{dub}/translations/en", json={"texts": {"0002": "The sea is calm"}})
    assert [line["translations"]["en"] for line in lines_of(client, dub)] == ["A boat leaves", "The sea is calm"]
    whole = client.get(f"/api/projects/{dub}/translations/en.srt").text
    assert "00:00:02,500 --> 00:00:05,000\nThe sea is calm" in whole


def test_a_recording_of_ones_own_is_the_take(client: TestClient, dub: str, home: Home, tmp_path: Path) -> None:
    client.put(f"/api/projects/{dub}/translations/en", json={"texts": {"0001": "A boat leaves"}})
    made(client, dub)
    before = (home.sessions / dub / "audio/en/0001.wav").read_bytes()
    own = wav(tmp_path / "own.wav", speech(1.2), rate_hz=24_000)
    url = f"/api/projects/{dub}/lines/0001/take?language=en"
    answer = client.post(url, files={"file": ("own.wav", own.read_bytes())})
    assert answer.status_code == 200, answer.text
    made(client, dub)
    after = (home.sessions / dub / "audio/en/0001.wav").read_bytes()
    assert after != before
    plan = client.get(f"/api/projects/{dub}/plan").json()
    assert plan["make"] == []


def test_the_review_puts_what_is_missing_first(client: TestClient, dub: str) -> None:
    client.put(f"/api/projects/{dub}/translations/en", json={"texts": {"0001": "A boat leaves"}})
    first = client.get(f"/api/projects/{dub}/review/en").json()[0]
    assert (first["id"], first["risks"][0]["kind"]) == ("0002", "missing")


def test_other_options_are_those_of_a_dub(client: TestClient, dub: str) -> None:
    answer = client.patch(f"/api/projects/{dub}", json={"options": {"preset": "voice-over", "multi": True}})
    assert answer.status_code == 200, answer.text
    options = answer.json()["project"]["options"]
    assert (options["preset"], options["multi"], options["languages"]) == ("voice-over", True, ["en"])
    refused = client.patch(f"/api/projects/{dub}", json={"options": {"preste": "dub"}})
    assert (refused.status_code, "options.preste" in refused.json()["error"]) == (422, True)
    made = client.post("/api/dubs", json={"film": "boat", "options": {**OPTIONS, "langauges": ["en"]}})
    assert (made.status_code, "options.langauges" in made.json()["error"]) == (422, True)


def test_a_film_made_here_is_dubbed_without_listening(client: TestClient, boat: Path) -> None:
    options = {**OPTIONS, "languages": ["en"]}
    run = ended(client, client.post("/api/dubs", json={"film": boat.name, "options": options, "name": "boat_en"}))
    assert run["status"] == "completed", run
    made(client, "boat_en", until="lines")
    assert lines_of(client, "boat_en")


def test_a_voice_can_be_heard_before_it_is_cast(client: TestClient) -> None:
    asked = {"engine": "fake", "voice": "tone", "language": "en"}
    run = ended(client, client.post("/api/auditions", json=asked))
    assert run["status"] == "completed", run
    sound = client.get(f"/api/runs/{run['id']}/file")
    assert (sound.headers["content-type"], sound.content[:4]) == ("audio/wav", b"RIFF")
    assert doors_of(client).data_dir.name not in json.dumps(run)


def test_a_voice_that_is_not_there_fails_in_words(client: TestClient) -> None:
    run = ended(client, client.post("/api/auditions", json={"engine": "fake", "voice": "bass", "language": "en"}))
    assert run["status"] == "failed"
    assert "no voice bass" in run["error"]


def test_every_window_is_told_of_a_changed_line(client: TestClient, dub: str) -> None:
    told: list[str] = []
    doors_of(client).changes.watch(told.append)
    client.patch(f"/api/projects/{dub}/lines/0001", json={"speaker": "Ana"})
    eventually(lambda: told)
    assert told == [dub]


# What it sounds like


def test_a_change_of_lines_is_taken_back_and_done_again(client: TestClient, dub: str) -> None:
    base = f"/api/projects/{dub}/lines"
    answer = client.post(f"{base}/replace", json={"find": "barco", "put": "navio"})
    assert (answer.status_code, answer.json()["count"]) == (200, 1)
    assert answer.json()["lines"][0]["text"] == "Um navio sai"
    assert client.post(f"{base}/undo").json() == {"said": "Line 0001: text as before."}
    assert lines_of(client, dub)[0]["text"] == "Um barco sai"
    assert client.get(f"{base}/history").json() == {"undo": False, "redo": True}
    client.post(f"{base}/redo")
    assert lines_of(client, dub)[0]["text"] == "Um navio sai"


def test_a_mix_a_bed_and_a_casting_are_put_and_a_preview_is_heard(client: TestClient, dub: str, tmp_path: Path) -> None:
    base = f"/api/projects/{dub}"
    mix = client.put(f"{base}/mixes/loud", json={"language": "en", "preset": "bed-off", "voice_gain_db": 3})
    assert (mix.status_code, mix.json()["file"]) == (200, "")
    assert client.put(f"{base}/mixes/x", json={"language": "de"}).status_code == 400
    short = wav(tmp_path / "short.wav", music(2.0)).read_bytes()
    refused = client.put(f"{base}/bed", files={"file": ("short.wav", short)})
    assert (refused.status_code, "as long as the film" in refused.text) == (422, True)
    whole = wav(tmp_path / "me.wav", music(6.0, seed=3)).read_bytes()
    assert client.put(f"{base}/bed", files={"file": ("me.wav", whole)}).status_code == 200
    made(client, dub)
    assert [one["file"] for one in client.get(f"{base}/mixes").json()] == ["mixed_videos/loud_mixed.mp4"]
    heard = client.get(f"{base}/preview", params={"lang": "en", "start_s": 1, "duration_s": 3})
    assert (heard.headers["content-type"], heard.headers["x-unspoken-lines"]) == ("audio/wav", "")
    assert (heard.headers["x-spoken-lines"], heard.content[:4]) == ("0001,0002", b"RIFF")
    assert client.delete(f"{base}/mixes/loud").status_code == 204
    assert client.delete(f"{base}/bed").status_code == 200
    sheet = client.get(f"{base}/casting").json()
    assert client.put(f"{base}/casting", json=sheet).json() == sheet
