"""Scene videos over REST: made-up scripts, and old directories explained and gone on with."""

from __future__ import annotations

import zipfile
from pathlib import Path

from fastapi.testclient import TestClient

from tests.api.conftest import Home, ended, eventually
from tests.scene_media import SMALL, old_zip


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
