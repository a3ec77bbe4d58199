"""A retake is another file, also from a service that knows no seed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from studio.service import Studio
from tests.conftest import small_film


@pytest.mark.parametrize(
    ("what", "engine", "file"),
    [
        ("video", {"video": "ltx"}, "videos/shot_001.mp4"),
        ("narration", {"tts": "openai", "voice": "alloy"}, "narration/shot_001_1.wav"),
        ("image", {"image": "openai"}, "images/shot_001.png"),
    ],
)
def test_a_retake_asks_a_service_without_seeds_for_another_file(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, engine: dict[str, str], file: str
) -> None:
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    for key in ("STUDIO_LTX_API_KEY", "STUDIO_OPENAI_API_KEY"):
        monkeypatch.setenv(key, "sk-secret-secret-1")
    name = small_film(studio, shots=1, seconds=4.0, **engine)
    studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    prints = {studio.plan(name).wanted[file].fingerprint}
    for _ in range(2):
        studio.retake(name, 1, what)
        prints.add(studio.plan(name).wanted[file].fingerprint)
    assert len(prints) == 3
