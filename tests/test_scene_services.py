"""Scene videos of services: clips that go on from each other at LTX, a script adapted by a chat model."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.engines.ltx import LtxVideos
from studio.engines.remote import Patience
from studio.media.frames import last_frame
from studio.service import Studio
from tests.scene_media import small_scenes
from tests.servers.ltx import Ltx
from tests.servers.openai import OpenAi

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
KEY = "sk-secret-secret-1"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STUDIO_LTX_API_KEY", "STUDIO_OPENAI_API_KEY"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    monkeypatch.setitem(LtxVideos.__init__.__kwdefaults__, "patience", Patience(poll_s=(0.01, 0.01)))


def made(studio: Studio, name: str, until: str) -> list[str]:
    result = studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until=until)
    assert result.problems == []
    return result.made


def test_a_clip_of_a_service_begins_with_the_last_picture_of_the_one_before(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ltx(key=KEY) as ltx:
        monkeypatch.setenv("STUDIO_LTX_URL", ltx.url)
        name = small_scenes(studio, tmp_path, video="ltx", narration=False, max_scenes=2)
        clips = [file for file in made(studio, name, "videos") if file.startswith("videos/")]
        folder = studio.directory(name)
        sent = [ltx.uploads[f"still-{at}"] for at in range(len(clips))]
        assert sent == [
            (folder / clip.replace("videos", "images").replace("mp4", "png")).read_bytes() for clip in clips
        ]
        assert len(ltx.created) == len(clips) > 2
        last_frame(folder / clips[0], tmp_path / "last.png")
        ends, begins = (
            np.asarray(Image.open(path).convert("RGB"), dtype=float)
            for path in (tmp_path / "last.png", folder / "images/shot_002.png")
        )
        assert np.abs(ends - begins).mean() < 1.0
        studio.edit_scene(name, 2, camera="Crane Up")
        again = [file for file in made(studio, name, "videos") if file.startswith("videos/")]
        assert again == [f"videos/shot_{index:03d}.mp4" for index in studio.cards(name).scenes[1].clips]


def test_a_script_is_adapted_by_a_chat_model_once(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    with OpenAi(key=KEY) as openai:
        monkeypatch.setenv("STUDIO_OPENAI_URL", openai.url)
        name = small_scenes(studio, tmp_path, text="openai", max_scenes=4, narration=False)
        made(studio, name, "shots")
        asked = [call.json for call in openai.calls if call.path.endswith("completions")]
        assert any("Marta unties her boat" in json.dumps(call) for call in asked)
        story = json.loads((studio.directory(name) / "story.json").read_text())
        assert story["written_by"].startswith("text/openai")
        assert len(studio.cards(name).scenes) == len(story["scenes"]) == 4
        studio.edit_scene(name, 2, camera="Crane Up")
        assert made(studio, name, "shots") == []
        assert len([call for call in openai.calls if call.path.endswith("completions")]) == len(asked)
