"""The same behaviours on a real ComfyUI, named by STUDIO_TEST_COMFYUI (its address); left out where that is not set.

The server should have ``conformance_nodes.py`` among its custom nodes (ConfSleep, ConfFail, ConfConditioning), and for
the pictures and clips the tiny checkpoints with random weights; what it lacks is skipped.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from studio.core.checkpoint import Journal
from studio.core.session import JOURNAL
from studio.engines.base import Reference
from studio.engines.comfyui import ComfyImages, ComfyVideos
from studio.engines.comfyui.client import Client, Ended, Graph, is_out_of_memory, read_refusal
from studio.engines.comfyui.events import Listener
from studio.engines.comfyui.preflight import faults, oddities, with_models
from studio.engines.http import Http
from studio.engines.setup import Setup
from studio.errors import EngineRefused
from studio.media import verify
from studio.media.assets import asset_path
from studio.model.camera import CameraMove
from studio.service import Studio
from tests.conftest import Run, small_film
from tests.servers.jobs import Job

_URL = os.environ.get("STUDIO_TEST_COMFYUI", "")
pytestmark = [
    pytest.mark.skipif(not _URL, reason="STUDIO_TEST_COMFYUI names no server"),
    pytest.mark.allow_hosts([urlsplit(_URL).hostname or "127.0.0.1"]),
]


@pytest.fixture
def client() -> Client:
    return Client(_URL, "image/comfyui")


def node(kind: str, /, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def graph_of(*, last: dict[str, Any] | None = None, **nodes: dict[str, Any]) -> Graph:
    """A field of a new colour, and what is done with it."""
    colour = uuid.uuid4().int % 0xFFFFFF
    field = {"1": node("EmptyImage", width=64, height=64, batch_size=9, color=colour)}
    save = {"9": last or node("SaveImage", images=["1", 0], filename_prefix="studio_test/a")}
    return {**field, **{name.lstrip("n"): given for name, given in nodes.items()}, **save}


def submit(client: Client, graph: Graph) -> str:
    prompt_id = str(uuid.uuid4())
    return client.submit(graph, prompt_id, prompt_id)


def ended(client: Client, prompt_id: str, *, within_s: float = 60) -> Ended:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if client.place_in_queue(prompt_id) is None and (found := client.ended(prompt_id)):
            return found
        time.sleep(0.02)
    raise AssertionError("not ended")


def sleeping(client: Client, seconds: float) -> Graph:
    if client.node("ConfSleep") is None:
        pytest.skip("the server lacks conformance_nodes.py")
    return graph_of(n1=node("ConfSleep", seconds=seconds, interruptible=True, tag=str(uuid.uuid4())))


def failing(client: Client, kind: str) -> Graph:
    if client.node("ConfFail") is None:
        pytest.skip("the server lacks conformance_nodes.py")
    return graph_of(
        n5=node("ConfFail", image=["1", 0], kind=kind), n8=node("PreviewImage", images=["1", 0]),
        last=node("SaveImage", images=["5", 0], filename_prefix="studio_test/a"),
    )  # fmt: skip


def test_01_outputs_are_found_every_time(client: Client) -> None:
    for _ in range(20):
        found = ended(client, submit(client, graph_of()))
        assert (found.state, len(found.outputs)) == ("done", 9)


def test_02_a_cached_run_gives_its_files(client: Client) -> None:
    graph = graph_of()
    first, second = (ended(client, submit(client, graph)) for _ in range(2))
    assert first.outputs == second.outputs


@pytest.mark.parametrize(
    ("kind", "inputs", "suffix", "folder"),
    [
        ("SaveImage", {"filename_prefix": "studio_test/a"}, ".png", "output"),
        ("PreviewImage", {}, ".png", "temp"),
        ("SaveAnimatedWEBP", {"filename_prefix": "studio_test/a", "fps": 8.0, "lossless": False, "quality": 80, "method": "default"}, ".webp", "output"),
        ("SaveWEBM", {"filename_prefix": "studio_test/a", "codec": "vp9", "fps": 8.0, "crf": 32.0}, ".webm", "output"),
    ],
)  # fmt: skip
def test_05_every_kind_of_file_is_found_and_fetched(
    client: Client, tmp_path: Path, kind: str, inputs: dict[str, Any], suffix: str, folder: str
) -> None:
    found = ended(client, submit(client, graph_of(last=node(kind, images=["1", 0], **inputs)))).outputs[0]
    assert (found.suffix, found.folder) == (suffix, folder)
    client.download(found, tmp_path / "file")
    assert (tmp_path / "file").stat().st_size > 100


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ({"n1": node("NoSuchNode")}, "NoSuchNode does not exist"),
        ({"n1": node("EmptyImage", width=64)}, r"node 1 \(EmptyImage\), input \w+: Required input is missing"),
        ({"n1": node("EmptyImage", width="abc", height=10**6, batch_size=1, color=0)}, r"(?=.*input width: Failed to convert).*bigger than max"),
        ({"n1": node("LoadImage", image="missing.png")}, r"node 1 \(LoadImage\).*missing.png"),
        ({"n1": node("CheckpointLoaderSimple", ckpt_name="nope.safetensors"), "n2": node("VAEDecode", samples=["1", 2], vae=["1", 2])},
         "(not in list|mismatch)"),
        ({"n1": node("ImageInvert", image=["9", 0]), "n9": node("ImageInvert", image=["1", 0])}, "(circle|no outputs|Prompt)"),
    ],
)  # fmt: skip
def test_06_a_refusal_says_node_input_and_reason(client: Client, nodes: dict[str, Any], words: str) -> None:
    graph = {**graph_of(), **{name.lstrip("n"): given for name, given in nodes.items()}}
    with pytest.raises(EngineRefused, match=f"(?is){words}"):
        submit(client, graph)


def test_07_a_graph_with_one_bad_output_is_an_error(client: Client) -> None:
    with pytest.raises(EngineRefused, match=r"leave out a part .* node 8 \(SaveImage\), input images"):
        submit(client, graph_of(n8=node("SaveImage", filename_prefix="studio_test/bad")))


def test_10_an_unknown_input_is_found_though_the_server_takes_it(client: Client) -> None:
    graph = graph_of()
    graph["1"]["inputs"]["colour"] = 3
    assert "no input “colour”" in oddities(graph, client.node)[0]
    assert faults(graph, client.node) == []
    assert ended(client, submit(client, graph)).state == "done"


@pytest.mark.parametrize(("kind", "is_memory"), [("ValueError", False), ("OOM", True), ("MemoryError", True)])
def test_11_to_13_failures_are_told_apart_and_what_was_saved_is_kept(
    client: Client, kind: str, is_memory: bool
) -> None:
    found = ended(client, submit(client, failing(client, kind)))
    assert (found.state, found.error["node_type"], is_out_of_memory(found.error)) == ("failed", "ConfFail", is_memory)
    assert found.outputs


def test_12_a_real_lack_of_memory_is_known(client: Client) -> None:
    graph = graph_of(
        n1=node("EmptyImage", width=16384, height=16384, batch_size=4096, color=uuid.uuid4().int % 0xFFFFFF)
    )
    assert is_out_of_memory(ended(client, submit(client, graph)).error)


def test_14_and_15_only_ones_own_prompt_is_cancelled(client: Client) -> None:
    running, pending, other = (submit(client, sleeping(client, seconds)) for seconds in (30, 0.3, 0.3))
    while client.place_in_queue(running) != 0:
        time.sleep(0.02)
    assert client.cancel(pending)
    assert client.cancel(running)
    assert ended(client, running).state == "cancelled"
    assert ended(client, other).state == "done"
    assert (client.ended(pending), client.place_in_queue(pending)) == (None, None)


def test_20_a_prompt_is_known_by_the_id_it_was_given(client: Client) -> None:
    prompt_id = submit(client, graph_of())
    assert client.needs_no_more(prompt_id)
    ended(client, prompt_id)
    assert client.needs_no_more(prompt_id)
    assert not client.needs_no_more(str(uuid.uuid4()))


def test_23_and_29_progress_is_heard_and_the_end(client: Client) -> None:
    graph, prompt_id, ends = sleeping(client, 0.5), str(uuid.uuid4()), []
    listener = Listener(client, prompt_id, prompt_id, graph, lambda: ends.append(1))
    listener.open()
    client.submit(graph, prompt_id, prompt_id)
    ended(client, prompt_id)
    time.sleep(0.2)
    listener.close()
    assert ends
    assert listener.share > 0.9


def test_23_what_a_prompt_without_a_client_shows_is_not_taken_for_one_s_own(client: Client, tmp_path: Path) -> None:
    name = tiny("sd", tmp_path, client, n4={"width": 64, "height": 64}, n5={"steps": 4})
    other = with_models(json.loads((tmp_path / f"{name}.json").read_text()), client.node, ())
    other["5"]["inputs"]["seed"] = uuid.uuid4().int % 2**32
    Http("image/comfyui", client.place, {}, read=read_refusal).post_json(
        "/prompt", stage="submit", json={"prompt": other, "extra_data": {"preview_method": "auto"}}
    )
    graph, prompt_id = graph_of(), str(uuid.uuid4())
    listener = Listener(client, prompt_id, prompt_id, graph, lambda: None)
    listener.open()
    client.submit(graph, prompt_id, prompt_id)
    assert ended(client, prompt_id, within_s=120).state == "done"
    listener.close()
    assert listener.take_preview() == b""


def test_25_an_upload_is_found_under_the_name_it_got(client: Client, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), "teal").save(tmp_path / "é t é.png")
    name = client.upload(tmp_path / "é t é.png")
    assert name == client.upload(tmp_path / "é t é.png")
    assert ended(client, submit(client, graph_of(n1=node("LoadImage", image=name)))).state == "done"


def tiny(name: str, folder: Path, client: Client, *, text_width: int = 0, **inputs: dict[str, Any]) -> str:
    """The studio's graph ``name``, small and quick, as a user would have it; random text where encoders are 11 GB."""
    graph = json.loads(asset_path(f"comfyui/{name}.json").read_text(encoding="utf-8"))
    for where, changes in inputs.items():
        graph[where.lstrip("n")]["inputs"].update(changes)
    if text_width:
        for given in graph.values():
            if given["class_type"] == "CLIPTextEncode":
                given.update(node("ConfConditioning", text="", dim=text_width, tokens=16))
        graph = {name: given for name, given in graph.items() if not given["class_type"].startswith("CLIP")}
    for given in graph.values():
        given["inputs"] = {
            name: value for name, value in given["inputs"].items() if not isinstance(value, list) or value[0] in graph
        }
    (folder / f"tiny_{name}.json").write_text(json.dumps(graph))
    missing = [given["class_type"] for given in graph.values() if client.node(given["class_type"]) is None]
    if missing:
        pytest.skip(f"the server lacks {missing}")
    return f"tiny_{name}"


def test_a_still_comes_out_of_a_real_server(client: Client, tmp_path: Path) -> None:
    name = tiny("sd", tmp_path, client, n4={"width": 64, "height": 64}, n5={"steps": 1})
    saved = {"comfyui_urls": _URL, "comfyui_image_graph": name}
    engine = ComfyImages(Setup(saved, {}), folder=tmp_path)
    engine.check()
    engine.render(
        tmp_path / "a.png", "a red ball", size=(160, 90), seed=3, style="", job=Job(name=str(uuid.uuid4()), scale=0.1)
    )
    verify.image_of((160, 90))(tmp_path / "a.png")


def test_a_still_by_pictures_of_people_comes_out_of_a_real_server(client: Client, tmp_path: Path) -> None:
    name = tiny("sd", tmp_path, client, n4={"width": 64, "height": 64}, n5={"steps": 2, "denoise": 0.5})
    graph = json.loads((tmp_path / f"{name}.json").read_text())
    graph["20"] = {**node("LoadImage", image="of another server.png"), "_meta": {"title": "$reference"}}
    graph["21"] = node("VAEEncode", pixels=["20", 0], vae=["1", 2])
    graph["5"]["inputs"]["latent_image"] = ["21", 0]
    (tmp_path / "known.json").write_text(json.dumps(graph))
    marta = tmp_path / "marta.png"
    Image.radial_gradient("L").convert("RGB").resize((64, 64)).save(marta)
    engine = ComfyImages(
        Setup({"comfyui_urls": _URL, "comfyui_image_graph": name, "comfyui_reference_graph": "known"}, {}),
        folder=tmp_path,
    )
    engine.check()
    job = Job(name=str(uuid.uuid4()), scale=0.1)
    engine.render(
        tmp_path / "a.png", "Marta", size=(128, 128), seed=3, style="", references=[Reference(marta, "Marta")], job=job
    )
    verify.image_of((128, 128))(tmp_path / "a.png")


_LTX = {"text_width": 768, "n6": {"width": 64, "height": 64}, "n8": {"steps": 1}}
_WAN = {"text_width": 4096, "n9": {"width": 64, "height": 64}, "n11": {"steps": 1}}


@pytest.mark.parametrize(("name", "inputs"), [("ltx", _LTX), ("ltx-first-last", _LTX), ("wan21", _WAN)])
def test_a_still_begins_to_move_on_a_real_server(
    client: Client, tmp_path: Path, name: str, inputs: dict[str, Any]
) -> None:
    graph = tiny(name, tmp_path, client, **inputs)
    still = tmp_path / "still.png"
    Image.radial_gradient("L").convert("RGB").save(still)
    engine = ComfyVideos(Setup({"comfyui_urls": _URL, "comfyui_video_graph": graph}, {}), folder=tmp_path)
    engine.check()
    engine.animate(
        tmp_path / "a.mp4", still, move=CameraMove("dolly", "in"), motion="a fox runs", duration_s=1.0, size=(128, 72), fps=8,
        seed=uuid.uuid4().int % 2**31, job=Job(name=str(uuid.uuid4()), scale=0.1),
    )  # fmt: skip
    verify.video_of(1.0, (128, 72), 8)(tmp_path / "a.mp4")


@pytest.mark.parametrize(("name", "inputs"), [("ltx", _LTX), ("wan21", _WAN)])
def test_a_film_of_four_shots_comes_out_of_a_real_server(
    client: Client, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, inputs: dict[str, Any]
) -> None:
    (tmp_path / "comfyui").mkdir()
    graphs = {
        "image": tiny("sd", tmp_path / "comfyui", client, n4={"width": 64, "height": 64}, n5={"steps": 1}),
        "video": tiny(name, tmp_path / "comfyui", client, **inputs),
    }
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    monkeypatch.setenv("STUDIO_COMFYUI_URLS", _URL)
    for kind, graph in graphs.items():
        monkeypatch.setenv(f"STUDIO_COMFYUI_{kind.upper()}_GRAPH", graph)
    film = small_film(studio, image="comfyui", video="comfyui", narration=False, seed=uuid.uuid4().int % 10**6)
    result = Run(studio, film).result
    assert (result.status, result.problems) == ("completed", [])
    assert len(list((studio.directory(film) / "videos").glob("*.mp4"))) == 4
    verify.whole_video()(studio.directory(film) / "film.mp4")
    jobs = [job[-1] for job in Journal(studio.directory(film) / JOURNAL).all_jobs]
    assert [(job.state, job.facts["server"]) for job in jobs] == [("downloading", client.place)] * 8
