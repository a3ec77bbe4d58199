"""The built-in camera as a video engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.engines.base import Caption, VideoEngine
from studio.engines.camera import CameraEngine
from studio.errors import BadInput
from studio.media import verify
from studio.model.camera import CameraMove, parse_camera


@pytest.fixture
def still(tmp_path: Path) -> Path:
    rng = np.random.default_rng(3)
    path = tmp_path / "still.png"
    Image.fromarray(rng.integers(0, 255, (18, 32, 3), dtype=np.uint8)).resize((320, 180)).save(path)
    return path


def _animate(engine: VideoEngine, out: Path, still: Path, **more: object) -> Path:
    call = {"move": parse_camera("handheld"), "motion": "", "duration_s": 1.0, "size": (320, 180), "fps": 12, "seed": 1}
    engine.animate(out, still, **{**call, **more})  # type: ignore[arg-type]
    return out


def test_the_camera_works_here_and_makes_a_clip_that_verifies(tmp_path: Path, still: Path) -> None:
    engine = CameraEngine()
    engine.check()
    verify.video_of(1.0, (320, 180), 12)(_animate(engine, tmp_path / "a.mp4", still))


def test_equal_arguments_give_equal_clips_and_another_seed_another(tmp_path: Path, still: Path) -> None:
    engine = CameraEngine()
    first, again, other = (
        _animate(engine, tmp_path / f"{number}.mp4", still, seed=seed).read_bytes()
        for number, seed in enumerate((1, 1, 2))
    )
    assert first == again
    assert first != other


def test_captions_are_in_the_picture(tmp_path: Path, still: Path) -> None:
    plain = _animate(CameraEngine(), tmp_path / "plain.mp4", still, move=CameraMove("static"))
    spoken = (Caption(0.0, 1.0, "Nobody is there."),)
    burned = _animate(CameraEngine(), tmp_path / "b.mp4", still, move=CameraMove("static"), captions=spoken)
    assert plain.read_bytes() != burned.read_bytes()


def test_a_still_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.png").write_text("no")
    with pytest.raises(BadInput, match=r"no\.png"):
        _animate(CameraEngine(), tmp_path / "a.mp4", tmp_path / "no.png")
