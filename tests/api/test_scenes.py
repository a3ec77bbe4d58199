"""Scene videos over REST: made-up scripts, and old directories explained and gone on with."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from PIL import Image

from studio.service import Studio
from studio.serving import create_app
from tests.api.conftest import HOME, PORT, Home, ended, eventually
from tests.scene_media import SCRIPT, SMALL, old_zip


def explained(client: TestClient, file: Path) -> str:
    answer = client.post("/api/old-videos", content=file.read_bytes(), headers={"content-type": "application/zip"})
    run = ended(client, answer)
    assert run["status"] == "completed", run
    return str(run["result"]["video"])


def made(client: TestClient, name: str) -> dict | None:
    """The run that made the project, when it is over."""
    runs = client.get(f"/api/projects/{name}").json()["runs"]
    return next((run for run in runs if run["kind"] == "make" and not run["is_active"]), None)


def test_a_made_up_script_is_the_same_for_the_same_seed(client: TestClient) -> None:
    asked = {"theme": "a fox", "tone": "quiet", "seconds": 30, "seed": 7}
    first, again, other = (
        client.post("/api/scripts", json=body).json()["script"] for body in (asked, asked, {**asked, "seed": 8})
    )
    assert first == again != other
    assert "fox" in first.lower()


def test_an_old_directory_is_explained_then_gone_on_with(client: TestClient, home: Home, tmp_path: Path) -> None:
    key = explained(client, old_zip(tmp_path))
    assert not list(home.sessions.glob("[!.]*"))
    found = client.get(f"/api/old-videos/{key}").json()
    assert str(tmp_path) not in str(found)
    states = {row["what"]: row["status"] for row in found["rows"]}
    assert (states["clip 1 of scene 1"], states["clip 2 of scene 1"], states["scene 2"]) == ("done", "missing", "torn")
    assert found["remains"]["clips"] == [[1, 2], [2, 1]]
    asked = {"options": {**SMALL, "narration": False, "sounds": False}, "make": True}
    run = ended(client, client.post(f"/api/old-videos/{key}/continue", json=asked))
    name = run["result"]["project"]
    assert name == "video_20240601_123456"
    done = eventually(lambda: made(client, name))
    assert (done["status"], done["problems"]) == ("completed", [])
    assert (home.sessions / name / "film.mp4").is_file()
    assert client.get(f"/api/old-videos/{key}").status_code == 404


def test_what_is_no_old_scene_video_is_refused_and_leaves_nothing(
    client: TestClient, home: Home, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("../evil.txt", "no")
    answer = client.post("/api/old-videos", content=(tmp_path / "bad.zip").read_bytes())
    assert answer.status_code == 422
    key = explained(client, old_zip(tmp_path))
    assert client.delete(f"/api/old-videos/{key}").status_code == 204
    assert client.get(f"/api/old-videos/{key}").status_code == 404
    assert not list((home.data_dir / "old_videos").iterdir())


def new_video(client: TestClient, home: Home, *, name: str = "bell", **beside: object) -> Response:
    """A scene video that is asked for with its script as a file."""
    files = {"file": ("bell.txt", SCRIPT.encode()), **beside}
    fields = {"kind": "scenes", "name": name, "options": json.dumps({**SMALL, "narration": False})}
    return client.post("/api/projects", data=fields, files=files)


@pytest.fixture
def written(client: TestClient, home: Home) -> TestClient:
    """With the scene video ``bell``, whose scenes are written."""
    assert new_video(client, home).status_code == 201
    Studio(home.settings).run("bell", tell=lambda number, event: None, stop=threading.Event(), until="shots")
    return client


def test_a_picture_and_environments_of_ones_own_come_with_the_script(client: TestClient, home: Home) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (160, 90), (200, 20, 20)).save(picture, "PNG")
    places = json.dumps([{"scene_physical_environment": "A harbour of paper boats."}]).encode()
    beside = {"picture": ("red.png", picture.getvalue()), "environments": ("places.json", places)}
    assert new_video(client, home, **beside).status_code == 201
    assert (home.sessions / "bell/images/shot_001.png").is_file()
    assert (home.sessions / "bell/scene_physical_environment.json").read_bytes() == places
    files = {"file": ("red.png", picture.getvalue())}
    assert client.put("/api/projects/bell/first-picture", files=files).status_code == 204
    both = {"kind": "scenes", "options": json.dumps({**SMALL, "initial_prompt": "a fox"})}
    refused = client.post("/api/projects", data=both, files={"file": ("a.txt", b"A fox."), **beside})
    assert refused.status_code == 422
    assert "“The first picture shows”, initial_prompt" in refused.json()["error"]


def test_scenes_and_environments_are_changed_one_at_a_time(written: TestClient) -> None:
    cards = written.get("/api/projects/bell/scenes").json()
    assert [scene["number"] for scene in cards["scenes"]] == [1, 2, 3]
    seen = cards["scenes"][1]["revision"]
    changed = written.patch("/api/projects/bell/scenes/2", json={"camera": "Crane Up", "revision": seen})
    assert changed.json()["camera"] == "Crane Up"
    assert written.patch("/api/projects/bell/scenes/2", json={"camera": "Static", "revision": seen}).status_code == 409
    made = written.post("/api/projects/bell/scenes", json={"after": 3, "action": "A gull flies.", "environment": 1})
    assert (made.status_code, made.json()["number"]) == (201, 4)
    moved = written.post("/api/projects/bell/scenes/4/move", json={"position": 1}).json()
    assert [scene["id"] for scene in moved["scenes"]] == [4, 1, 2, 3]
    assert written.delete("/api/projects/bell/scenes/2").status_code == 204
    place = written.patch("/api/projects/bell/environments/1", json={"text": "A quay."}).json()
    assert (place["text"], place["used"]) == ("A quay.", [1])
    assert written.post("/api/projects/bell/environments", json={"text": "A tower."}).json()["number"] == 4
    assert written.delete("/api/projects/bell/environments/4").status_code == 204
    assert written.patch("/api/projects/bell/scenes/9", json={"camera": "Static"}).status_code == 404
    assert "Scene 2" in written.patch("/api/projects/bell/scenes/2", json={"duration": 7}).json()["error"]


def test_folders_of_the_computer_are_looked_into_by_their_names(home: Home, tmp_path: Path) -> None:
    videos = tmp_path / "videos"
    shutil.unpack_archive(old_zip(tmp_path), videos)
    (tmp_path / "secret").mkdir()
    (videos / "way_out").symlink_to(tmp_path / "secret")
    settings = dataclasses.replace(home.settings, folders=(videos,))
    app = create_app(settings, data_dir=home.data_dir, host="127.0.0.1", port=PORT, window=False)
    with TestClient(app, base_url=HOME, headers={"origin": HOME}) as client:
        assert client.get("/api/folders").json() == [{"number": 0, "path": str(videos)}]
        inside = client.post("/api/folders", json={"root": 0, "parts": []}).json()
        assert inside["folders"] == [{"name": "video_20240601_123456", "is_scene_video": True}]
        for parts in (["way_out"], [".."], ["/etc"], ["video_20240601_123456", ".."], [""], ["."]):
            assert client.post("/api/folders", json={"root": 0, "parts": parts}).status_code == 400
            assert client.post("/api/old-videos/folder", json={"root": 0, "parts": parts}).status_code == 400
        chosen = {"root": 0, "parts": ["video_20240601_123456"]}
        run = ended(client, client.post("/api/old-videos/folder", json=chosen))
        place = f"/api/old-videos/{run['result']['video']}"
        assert str(tmp_path) not in client.get(place).text
        assert client.put(f"{place}/in-place", json={"is_in_place": True}).status_code == 204
        assert client.get(place).json()["is_in_place"] is True
        brought = explained(client, videos.parent / "video_20240601_123456.zip")
        assert client.put(f"/api/old-videos/{brought}/in-place", json={"is_in_place": True}).status_code == 400


def test_a_chosen_folder_that_became_a_link_out_is_not_followed_and_odd_names_are_left_out(
    home: Home, tmp_path: Path
) -> None:
    videos, outside = tmp_path / "videos", tmp_path / "outside"
    shutil.unpack_archive(old_zip(tmp_path), videos)
    Path(os.fsdecode(os.fsencode(videos) + b"/bad\xff\xfename")).mkdir()
    settings = dataclasses.replace(home.settings, folders=(videos,))
    app = create_app(settings, data_dir=home.data_dir, host="127.0.0.1", port=PORT, window=False)
    with TestClient(app, base_url=HOME, headers={"origin": HOME}) as client:
        inside = client.post("/api/folders", json={"root": 0, "parts": []}).json()
        assert [folder["name"] for folder in inside["folders"]] == ["video_20240601_123456"]
        chosen = {"root": 0, "parts": ["video_20240601_123456"]}
        run = ended(client, client.post("/api/old-videos/folder", json=chosen))
        (videos / "video_20240601_123456").rename(outside)
        (videos / "video_20240601_123456").symlink_to(outside)
        place = f"/api/old-videos/{run['result']['video']}"
        failed = ended(client, client.post(f"{place}/continue", json={"make": False}))
        assert "has no folder of that name any more" in str(failed)
