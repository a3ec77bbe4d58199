"""A film's stills from two servers of different speed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from studio.core.pipeline import RunResult
from studio.engines.comfyui.pool import Pace
from studio.service import Studio
from studio.settings import Settings
from tests.conftest import small_film
from tests.servers.comfyui import Comfy

pytestmark = [pytest.mark.soak, pytest.mark.allow_hosts(["127.0.0.1"])]

_SHOTS = 24
_FAST_S = 0.5
"""A model takes longer; a place at a server is looked for ten times a second, which counts for more here than there."""


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Pace(poll_s=(0.1, 0.1), give_away_s=1.0, wait_for_any_s=5.0)
    monkeypatch.setattr("studio.engines.comfyui.engine.Pace", lambda: quick)
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    monkeypatch.setenv("STUDIO_COMFYUI_IMAGE_GRAPH", "sd")


def drawn(folder: Path, monkeypatch: pytest.MonkeyPatch, *servers: Comfy) -> tuple[RunResult, float]:
    """All stills of a film of 24 shots are drawn; how long that took, the words not counted."""
    monkeypatch.setenv("STUDIO_COMFYUI_URLS", ",".join(server.url for server in servers))
    studio = Studio(Settings(folder, workers=2))
    name = small_film(studio, shots=_SHOTS, seconds=2.0 * _SHOTS, image="comfyui", narration=False)

    def run(until: str) -> RunResult:
        return studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until=until)

    run("shots")
    started = time.monotonic()
    result = run("images")
    return result, time.monotonic() - started


def test_a_second_server_half_as_fast_leaves_seventy_two_hundredths_of_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Comfy(render_s=_FAST_S) as fast:
        _, alone_s = drawn(tmp_path / "alone", monkeypatch, fast)
    with Comfy(render_s=_FAST_S) as fast, Comfy(render_s=2 * _FAST_S) as slow:
        result, both_s = drawn(tmp_path / "both", monkeypatch, fast, slow)
        shares = (len(fast.done), len(slow.done))
    print(
        f"{alone_s:.1f} s alone, {both_s:.1f} s with both ({shares[0]} and {shares[1]} stills): {both_s / alone_s:.3f}"
    )
    assert (result.problems, sum(shares)) == ([], _SHOTS)
    assert both_s / alone_s <= 0.72


def test_a_server_that_dies_in_the_middle_loses_no_shot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Comfy(render_s=0.1) as well, Comfy(render_s=0.1) as ill:
        ill.fates.extend(["", "", "", "", "die"])
        result, _ = drawn(tmp_path / "films", monkeypatch, well, ill)
        assert result.problems == []
        assert len(list((tmp_path / "films" / "boat" / "images").glob("*.png"))) == _SHOTS
        assert len(set(well.done + ill.done)) == _SHOTS
