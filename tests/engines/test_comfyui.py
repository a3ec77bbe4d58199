"""What a ComfyUI client must survive. The numbers are those of the list of behaviours seen on real servers (0.3.75, 0.8.0).

They run against the double. What a real server can do as well stands in ``test_comfyui_real``.
"""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from studio.engines.base import Reference, most_references
from studio.engines.checking import checked
from studio.engines.comfyui import ComfyImages, ComfyVideos
from studio.engines.comfyui.client import Client, is_out_of_memory, read_history, read_outputs, read_refusal
from studio.engines.comfyui.graphs import load
from studio.engines.comfyui.pool import Pace
from studio.engines.setup import Setup
from studio.errors import BadInput, Cancelled, EngineRefused, EngineUnavailable
from studio.media import verify
from studio.media.picture import read_text
from studio.model.camera import CameraMove
from tests.servers.base import Drop, Hang, Status, Torn
from tests.servers.comfyui import Comfy, a_picture
from tests.servers.jobs import Job, KilledHere

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_QUICK = Pace(poll_s=(0.2, 1.0), give_away_s=0.15, wait_for_any_s=0.6, rest_s=0.3)
_SIZE = (64, 36)
_SHOWN = b"\x00\x00\x00\x01\x00\x00\x00\x02"
"""What a frame with a PNG of the picture as it is by now begins with."""


@pytest.fixture
def comfy() -> Iterator[Comfy]:
    with Comfy() as server:
        yield server


def images(*servers: Comfy, folder: Path | None = None, **settings: str) -> ComfyImages:
    saved = {"comfyui_urls": ", ".join(server.url for server in servers), "comfyui_image_graph": "sd", **settings}
    return ComfyImages(Setup(saved, {}), pace=_QUICK, folder=folder)


def videos(*servers: Comfy, folder: Path | None = None, **settings: str) -> ComfyVideos:
    saved = {"comfyui_urls": ", ".join(server.url for server in servers), **settings}
    return ComfyVideos(Setup(saved, {}), pace=_QUICK, folder=folder)


def draw(engine: ComfyImages, out: Path, job: Job | None = None, *, seed: int = 7) -> Path:
    engine.render(out, "a red boat", size=_SIZE, seed=seed, style="", job=job or Job(name=out.name))
    return out


@pytest.fixture
def still(tmp_path: Path) -> Path:
    path = tmp_path / "still.png"
    Image.new("RGB", (128, 72), (90, 20, 20)).save(path)
    return path


def film(engine: ComfyVideos, out: Path, still: Path, job: Job | None = None, *, duration_s: float = 1.0) -> Path:
    move = CameraMove("dolly", "in")
    engine.animate(
        out, still, move=move, motion="waves roll", duration_s=duration_s, size=_SIZE, fps=8, seed=3, job=job or Job()
    )
    return out


def colour_of(seed: int) -> tuple[int, ...]:
    with Image.open(io.BytesIO(a_picture((8, 8), seed))) as picture:
        return picture.getpixel((1, 1))


def submit_raw(client: Client, name: str) -> None:
    """Somebody else's prompt."""
    graph = json.loads(Path("assets/comfyui/sd.json").read_text())
    client.submit({n: {"class_type": g["class_type"], "inputs": g["inputs"]} for n, g in graph.items()}, name, name)


def later(do: Callable[[], object], *, when: Callable[[], object]) -> threading.Thread:
    """``do`` as soon as ``when`` is true."""

    def wait() -> None:
        until = time.monotonic() + 5
        while not when() and time.monotonic() < until:
            time.sleep(0.002)
        do()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def test_a_text_becomes_a_still_of_the_size_and_colour_asked_for(comfy: Comfy, tmp_path: Path) -> None:
    still = draw(images(comfy), tmp_path / "a.png")
    verify.image_of(_SIZE)(still)
    with Image.open(still) as picture:
        assert picture.getpixel((9, 9)) == colour_of(7)
    assert read_text(still)["prompt"] == "a red boat"
    assert read_text(still)["seed"] == "7"


@pytest.mark.parametrize("graph", ["ltx", "wan21", "wan22", "wan22-5b", "svd", "wan-first-last", "ltx-first-last"])
def test_every_own_graph_passes_the_server_and_gives_a_clip(
    comfy: Comfy, tmp_path: Path, still: Path, graph: str
) -> None:
    engine = videos(comfy, comfyui_video_graph=graph)
    engine.check()
    verify.video_of(1.0, _SIZE, 8)(film(engine, tmp_path / "a.mp4", still))


def test_every_own_picture_graph_passes_the_server(comfy: Comfy, tmp_path: Path) -> None:
    for graph in ("sd", "flux"):
        draw(images(comfy, comfyui_image_graph=graph), tmp_path / f"{graph}.png")


def test_the_first_graph_that_fits_is_taken_where_none_is_named(comfy: Comfy, tmp_path: Path, still: Path) -> None:
    comfy.nodes.pop("LTXVImgToVideo")
    film(videos(comfy), tmp_path / "a.mp4", still)
    kinds = {given["class_type"] for given in comfy.asked("POST /prompt")[0].json["prompt"].values()}
    assert "WanImageToVideo" in kinds


def test_01_outputs_are_found_although_the_history_is_late(comfy: Comfy, tmp_path: Path) -> None:
    comfy.late = 1
    draw(images(comfy), tmp_path / "a.png")
    assert len(comfy.created) == 1


def test_02_and_03_a_cached_file_that_was_deleted_is_never_waited_for(comfy: Comfy, tmp_path: Path) -> None:
    """Each submission saves under a name of its own, so the save is never served from the cache."""
    draw(images(comfy), tmp_path / "a.png", Job(name="a"))
    comfy.files.clear()
    draw(images(comfy), tmp_path / "b.png", Job(name="b"))
    assert len(comfy.created) == 2
    prefixes = {call.json["prompt"]["7"]["inputs"]["filename_prefix"] for call in comfy.asked("POST /prompt")}
    assert len(prefixes) == 2


def test_03_a_file_that_is_gone_before_it_was_fetched_is_made_again(comfy: Comfy, tmp_path: Path) -> None:
    comfy.misbehave("GET /view", Status(404))
    job = Job()
    draw(images(comfy), tmp_path / "a.png", job)
    assert "lost" in job.states
    assert len(comfy.created) == 2


def test_04_a_reused_file_name_is_not_taken_for_the_old_file(comfy: Comfy, tmp_path: Path) -> None:
    first = draw(images(comfy), tmp_path / "a.png", Job(name="a"), seed=1)
    comfy.files.clear()
    second = draw(images(comfy), tmp_path / "b.png", Job(name="b"), seed=2)
    with Image.open(first) as one, Image.open(second) as other:
        assert one.getpixel((5, 5)) != other.getpixel((5, 5))


@pytest.mark.parametrize("key", ["images", "gifs", "audio", "video"])
def test_05_files_are_found_under_any_key_and_kept_ones_first(key: str) -> None:
    files = [
        {"filename": "b.png", "subfolder": "", "type": "temp"},
        {"filename": "a.webm", "subfolder": "v", "type": "output"},
    ]
    found = list(read_outputs({"9": {key: files, "animated": [True], "text": ["words"]}}))
    assert [(output.name, output.subfolder, output.suffix) for output in found] == [
        ("a.webm", "v", ".webm"),
        ("b.png", "", ".png"),
    ]


def test_05_a_graph_that_gives_the_wrong_kind_of_file_is_told_so(comfy: Comfy, tmp_path: Path, still: Path) -> None:
    graph = json.loads((Path("assets/comfyui/svd.json")).read_text())
    graph["8"] = {"class_type": "SaveImage", "inputs": {"images": ["6", 0], "filename_prefix": "x"}}
    (tmp_path / "mine.json").write_text(json.dumps(graph))
    with pytest.raises(EngineRefused, match=r"gave x_\w+_00001_\.png, but .* mp4"):
        film(videos(comfy, folder=tmp_path, comfyui_video_graph="mine"), tmp_path / "a.mp4", still)


def test_06_a_refused_graph_names_node_class_input_and_reason(comfy: Comfy, tmp_path: Path) -> None:
    engine = images(comfy)
    engine.check()
    comfy.nodes["KSampler"] = {**comfy.nodes["KSampler"], "input": {"required": {"warp": ["INT"]}}}
    with pytest.raises(EngineRefused, match=r"node 5 \(KSampler\), input warp: Required input is missing"):
        draw(engine, tmp_path / "a.png")
    assert comfy.created == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": {"type": "invalid_prompt", "message": "Cannot execute because node X does not exist.", "details": "Node ID '#1'"},
          "node_errors": {}}, "node X does not exist: Node ID '#1'"),
        ({"error": "no prompt", "node_errors": []}, "no prompt"),
        ({"error": {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation", "details": ""},
          "node_errors": {}}, "may run in a circle"),
    ],
)  # fmt: skip
def test_06_and_08_all_shapes_of_a_refusal_are_read(body: object, words: str) -> None:
    assert words in read_refusal(body).sentence


def test_07_a_graph_of_which_a_part_would_be_left_out_is_an_error_and_is_not_run(comfy: Comfy, tmp_path: Path) -> None:
    graph = json.loads((Path("assets/comfyui/sd.json")).read_text())
    graph["8"] = {"class_type": "SaveImage", "inputs": {"filename_prefix": "bad"}}
    comfy.fates.append("wait")
    client = Client(comfy.url, "image/comfyui")
    with pytest.raises(EngineRefused, match=r"leave out a part .* node 8 \(SaveImage\), input images"):
        client.submit({n: {k: v for k, v in g.items() if k != "_meta"} for n, g in graph.items()}, "p1", "c1")
    later(lambda: None, when=lambda: not comfy.running and not comfy.pending).join()
    assert comfy.done == []


@pytest.mark.parametrize("status", [413, 403, 500])
def test_08_answers_that_are_no_json_become_errors_that_say_what_came(
    comfy: Comfy, tmp_path: Path, status: int
) -> None:
    said = Status(status, {}, "Server got itself in trouble")
    comfy.misbehave("POST /prompt", *[said] * 3)
    with pytest.raises((EngineRefused, EngineUnavailable)):
        draw(images(comfy), tmp_path / "a.png")
    assert len(comfy.asked("POST /prompt")) <= 3
    assert comfy.created == []


def test_09_a_missing_model_is_named_with_the_installed_ones_before_anything_is_queued(
    comfy: Comfy, tmp_path: Path
) -> None:
    comfy.nodes["CheckpointLoaderSimple"] = {
        "input": {"required": {"ckpt_name": [["svd_xt.safetensors"]]}},
        "output_node": False,
    }
    with pytest.raises(EngineUnavailable, match=r"sd_xl_base_1\.0\.safetensors.*Installed: svd_xt.*models/checkpoints"):
        images(comfy).check()
    assert comfy.asked("POST /prompt") == []


def test_11_a_failed_node_is_named_with_what_it_said(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("fail")
    with pytest.raises(
        EngineRefused, match=r"node 5 \(KSampler\) failed at .*ValueError: conformance: expected failure"
    ):
        draw(images(comfy), tmp_path / "a.png")
    assert len(comfy.created) == 1


@pytest.mark.parametrize("shape", ["oom", "memory", "alloc"])
def test_12_out_of_memory_is_freed_and_tried_once_more(comfy: Comfy, tmp_path: Path, shape: str) -> None:
    comfy.fates.append(shape)
    draw(images(comfy), tmp_path / "a.png")
    assert (comfy.freed, len(comfy.created)) == (1, 2)


def test_12_out_of_memory_twice_offers_something_smaller(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.extend(["oom", "oom"])
    with pytest.raises(EngineRefused, match=r"too little memory .* smaller \(46x26\)") as caught:
        draw(images(comfy), tmp_path / "a.png")
    assert caught.value.answer.kind == "torch.OutOfMemoryError"
    assert len(comfy.created) == 2


def test_12_other_failures_are_no_lack_of_memory() -> None:
    assert not is_out_of_memory({"exception_type": "ValueError", "exception_message": "bad shape"})


def test_13_what_a_failed_prompt_had_saved_is_named(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("fail+partial")
    with pytest.raises(EngineRefused, match=r"Saved before that, and still there: picture_\w+_00001_\.png"):
        draw(images(comfy), tmp_path / "a.png")


def test_14_stopped_is_told_from_failed_though_the_history_calls_both_error(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("wait")
    client = Client(comfy.url, "x")
    later(lambda: client.cancel(comfy.created[0]), when=lambda: comfy.running)
    job = Job()
    with pytest.raises(EngineRefused, match="somebody stopped it"):
        draw(images(comfy), tmp_path / "a.png", job)
    assert job.states[-1] == "cancelled"


def test_15_only_ones_own_prompt_is_cancelled_running_or_pending(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.extend(["wait", ""])
    client = Client(comfy.url, "x")
    for name in ("mine", "other", "third"):
        submit_raw(client, name)
    assert client.cancel("other")
    assert client.cancel("unknown") is False
    assert (client.place_in_queue("other"), client.place_in_queue("third"), comfy.interrupts) == (None, 1, [])
    assert client.cancel("mine")
    assert comfy.interrupts == ["mine"]
    later(lambda: None, when=lambda: "third" in comfy.history).join()
    assert (client.ended("mine").state, client.ended("third").state) == ("cancelled", "done")


def test_15_a_newer_server_is_told_by_its_own_route_and_nothing_is_interrupted(comfy: Comfy) -> None:
    comfy.has_jobs_route = True
    comfy.fates.extend(["wait", ""])
    client = Client(comfy.url, "x")
    for name in ("mine", "other", "third"):
        submit_raw(client, name)
    later(lambda: None, when=lambda: comfy.running).join()
    assert [client.cancel(name) for name in ("other", "mine", "unknown")] == [True, True, False]
    later(lambda: None, when=lambda: "third" in comfy.history).join()
    assert (client.ended("mine").state, client.ended("other"), client.ended("third").state) == (
        "cancelled",
        None,
        "done",
    )
    assert comfy.interrupts == []
    assert comfy.asked("POST (/api)?/queue") == []


def test_15_a_job_of_which_no_answer_came_is_cancelled_by_its_key(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("wait")
    job = Job(dies_at="submitted")
    with pytest.raises(KilledHere):
        draw(images(comfy), tmp_path / "a.png", job)
    later(lambda: None, when=lambda: comfy.running).join()
    assert images(comfy).cancel(job.last)
    assert comfy.interrupts == comfy.created


def test_15_the_engine_cancels_a_job_by_its_note(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("wait")
    engine, job = images(comfy), Job()
    later(lambda: engine.cancel(job.last), when=lambda: comfy.running and job.states[-1] == "submitted")
    with pytest.raises(EngineRefused, match="stopped"):
        draw(engine, tmp_path / "a.png", job)
    assert comfy.interrupts == comfy.created


def test_16_a_cancel_that_takes_its_time_is_waited_for(comfy: Comfy, tmp_path: Path) -> None:
    comfy.render_s = 0.2
    job = Job()
    later(lambda: comfy._stopped.add(comfy.created[0]), when=lambda: comfy.running)
    with pytest.raises(EngineRefused, match="stopped"):
        draw(images(comfy), tmp_path / "a.png", job)


def test_17_a_pending_prompt_that_somebody_cleared_is_asked_for_again(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("wait")
    client = Client(comfy.url, "x")
    graph = json.loads((Path("assets/comfyui/sd.json")).read_text())
    client.submit(
        {n: {"class_type": g["class_type"], "inputs": g["inputs"]} for n, g in graph.items()}, "other", "other"
    )

    def clear() -> None:
        with comfy.lock:
            comfy.pending.clear()
        comfy.go.set()

    later(clear, when=lambda: len(comfy.created) == 2)
    job = Job()
    draw(images(comfy), tmp_path / "a.png", job)
    assert "neither in its queue nor in its history" in next(n.facts["why"] for n in job.notes if n.state == "lost")
    assert len(comfy.created) == 3


def test_18_a_server_killed_in_the_middle_is_waited_for_and_asked_again(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("wait")
    later(comfy.restart, when=lambda: comfy.running)
    job = Job()
    draw(images(comfy), tmp_path / "a.png", job)
    assert "lost" in job.states
    assert len(comfy.created) == 2


def test_19_a_server_that_dies_of_it_each_time_is_spared_in_the_end(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.extend(["wait"] * 5)
    stop = threading.Event()

    def kill() -> None:
        while not stop.wait(0.01):
            if comfy.running:
                comfy.restart()

    threading.Thread(target=kill, daemon=True).start()
    with pytest.raises(EngineUnavailable, match="lost this work 3 times"):
        draw(images(comfy), tmp_path / "a.png")
    stop.set()
    assert len(comfy.created) == 3


def test_20_a_lost_answer_renders_nothing_twice(comfy: Comfy, tmp_path: Path) -> None:
    comfy.misbehave("POST /prompt", Drop(after=True))
    draw(images(comfy), tmp_path / "a.png")
    assert len(comfy.created) == 1


@pytest.mark.parametrize("dies_at", ["submitted", "downloading"])
def test_20_a_studio_that_dies_anywhere_renders_nothing_twice(comfy: Comfy, tmp_path: Path, dies_at: str) -> None:
    first = Job(dies_at=dies_at)
    with pytest.raises(KilledHere):
        draw(images(comfy), tmp_path / "a.png", first)
    draw(images(comfy), tmp_path / "a.png", Job(first.notes))
    assert len(comfy.created) == 1


def test_20_even_without_its_journal_the_studio_finds_what_was_made(comfy: Comfy, tmp_path: Path) -> None:
    draw(images(comfy), tmp_path / "a.png", Job(name="same"))
    draw(images(comfy), tmp_path / "b.png", Job(name="same"))
    assert len(comfy.created) == 1


def test_21_a_socket_that_closes_in_the_middle_changes_nothing(comfy: Comfy, tmp_path: Path) -> None:
    comfy.drops_sockets, comfy.render_s = True, 0.05
    draw(images(comfy), tmp_path / "a.png")
    assert len(comfy.created) == 1


def test_22_a_deaf_socket_changes_nothing(comfy: Comfy, tmp_path: Path) -> None:
    comfy.is_deaf = True
    draw(images(comfy), tmp_path / "a.png")


def test_23_foreign_and_unknown_and_binary_messages_are_ignored(comfy: Comfy, tmp_path: Path) -> None:
    comfy.noise = [
        json.dumps({"type": "executing", "data": {"node": None, "prompt_id": "another's"}}),
        json.dumps({"type": "executing", "data": {"node": "1"}}),
        json.dumps({"type": "progress", "data": {"value": 99, "max": 100, "prompt_id": "another's", "node": "5"}}),
        json.dumps({"type": "brand_new", "data": 7}), json.dumps([1]), "no json", b"\x00\x00\x00\x01\x00\x00\x00\x01JPEG",
    ]  # fmt: skip
    comfy.fates.append("wait")
    job = Job()
    half_way = 0.75 * 12 / 18
    later(comfy.go.set, when=lambda: any(share == half_way for share, _ in job.told))
    draw(images(comfy), tmp_path / "a.png", job)
    assert max(share for share, _ in job.told if share is not None) == half_way


def test_how_a_picture_looks_by_now_is_told_once_and_small(comfy: Comfy, tmp_path: Path) -> None:
    grown = a_picture((640, 360), 7, ".png")
    comfy.noise = [_SHOWN + grown]
    comfy.fates.append("wait")
    job = Job()
    later(comfy.go.set, when=lambda: sum(bool(text) for _, text in job.told) > 2)
    draw(images(comfy), tmp_path / "a.png", job)
    assert len(job.previews) == 1
    with Image.open(io.BytesIO(job.previews[0])) as seen, Image.open(io.BytesIO(grown)) as whole:
        assert (seen.format, seen.size) == ("JPEG", (320, 180))
        assert max(abs(a - b) for a, b in zip(seen.getpixel((9, 9)), whole.getpixel((9, 9)), strict=True)) < 16
    assert [call.json["extra_data"] for call in comfy.asked("POST /prompt")] == [{"preview_method": "auto"}]


def test_23_a_picture_that_another_s_prompt_shows_before_one_s_turn_is_not_taken_for_one_s_own(
    comfy: Comfy, tmp_path: Path
) -> None:
    comfy.noise_before = [_SHOWN + a_picture((320, 180), 7)]
    comfy.fates.append("wait")
    job = Job()
    later(comfy.go.set, when=lambda: sum(bool(text) for _, text in job.told) > 2)
    draw(images(comfy), tmp_path / "a.png", job)
    assert job.previews == []
    comfy.noise = [_SHOWN + a_picture((64, 64), 7)]
    comfy.fates.append("wait")
    job = Job(name="b")
    later(comfy.go.set, when=lambda: bool(job.previews))
    draw(images(comfy), tmp_path / "b.png", job)
    with Image.open(io.BytesIO(job.previews[0])) as seen:
        assert seen.size == (64, 64)


def test_24_all_works_without_any_socket(comfy: Comfy, tmp_path: Path) -> None:
    comfy.misbehave("GET /ws", *[Status(403)] * 9)
    comfy.upgraded = lambda call, connection: False  # type: ignore[method-assign]
    draw(images(comfy), tmp_path / "a.png")


def test_25_the_name_that_the_server_gives_an_upload_is_the_one_that_is_used(
    comfy: Comfy, tmp_path: Path, still: Path
) -> None:
    content = still.read_bytes()
    unicode = tmp_path / "été 1.png"
    unicode.write_bytes(content)
    client = Client(comfy.url, "x")
    names = [client.upload(still), client.upload(unicode)]
    assert len(set(names)) == 1
    assert comfy.files["input", "studio", names[0].removeprefix("studio/")] == content


def test_26_time_in_the_queue_does_not_count_as_time_at_work(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("wait")
    submit_raw(Client(comfy.url, "x"), "other")
    job, is_begun = Job(), []

    def go() -> None:
        is_begun.append("begun" in job.last.facts)
        comfy.go.set()

    later(go, when=lambda: any("before it at" in text for _, text in job.told))
    draw(images(comfy), tmp_path / "a.png", job)
    assert is_begun == [False]


def test_27_a_server_that_is_not_up_yet_is_waited_for(comfy: Comfy, tmp_path: Path) -> None:
    comfy.stop()
    engine = images(comfy)
    timer = threading.Timer(0.1, comfy.start)
    timer.start()
    draw(engine, tmp_path / "a.png")
    timer.join()


def test_27_a_server_that_never_comes_is_named(comfy: Comfy, tmp_path: Path) -> None:
    comfy.stop()
    with pytest.raises(EngineUnavailable, match=r"No ComfyUI answers at http://127\.0\.0\.1:\d+\. Start it"):
        images(comfy).check()
    with pytest.raises(EngineUnavailable, match="No ComfyUI answers"):
        draw(images(comfy), tmp_path / "a.png")


def test_27_a_check_says_that_it_is_not_reachable(comfy: Comfy) -> None:
    comfy.stop()
    setup = Setup({"comfyui_urls": comfy.url}, {})
    assert [part.heading for part in checked("image/comfyui", ComfyImages(setup), setup).parts] == ["not reachable"]


def test_28_a_history_that_was_cleared_means_asking_again_not_hanging(comfy: Comfy, tmp_path: Path) -> None:
    comfy.late = 3

    def clear() -> None:
        with comfy.lock:
            comfy.late = 0
            comfy.history.clear()

    later(clear, when=lambda: comfy.done)
    draw(images(comfy), tmp_path / "a.png")
    assert len(comfy.created) == 2


def test_29_progress_is_told_as_it_goes(comfy: Comfy, tmp_path: Path) -> None:
    comfy.render_s = 0.15
    job = Job(scale=0.02)
    draw(images(comfy), tmp_path / "a.png", job)
    shares = [share for share, _ in job.told if share is not None]
    assert shares
    assert 0 < max(shares) <= 1
    assert any("KSampler" in text for _, text in job.told)


def test_30_no_route_is_used_that_old_servers_lack(comfy: Comfy, tmp_path: Path) -> None:
    draw(images(comfy), tmp_path / "a.png")
    assert not [call for call in comfy.calls if "/jobs" in call.path or call.path.startswith("/api")]


def test_no_origin_is_ever_sent(comfy: Comfy, tmp_path: Path) -> None:
    draw(images(comfy), tmp_path / "a.png")
    assert not [call for call in comfy.calls if "origin" in call.headers]


def test_a_users_own_graph_is_used_as_it_was_exported(comfy: Comfy, tmp_path: Path) -> None:
    graph = json.loads(Path("assets/comfyui/sd.json").read_text())
    graph = {node: {"class_type": given["class_type"], "inputs": given["inputs"]} for node, given in graph.items()}
    graph["5"]["inputs"]["steps"] = 11
    (tmp_path / "mine.json").write_text(json.dumps(graph))
    engine = images(comfy, folder=tmp_path, comfyui_image_graph="mine")
    engine.check()
    draw(engine, tmp_path / "a.png", seed=5)
    sent = comfy.asked("POST /prompt")[0].json["prompt"]
    assert (sent["2"]["inputs"]["text"], sent["5"]["inputs"]["steps"], sent["5"]["inputs"]["seed"]) == (
        "a red boat",
        11,
        5,
    )
    assert sent["3"]["inputs"]["text"].startswith("blurry")
    before = engine.identity
    graph["5"]["inputs"]["steps"] = 12
    (tmp_path / "mine.json").write_text(json.dumps(graph))
    assert engine.identity != before


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        ({"nodes": [], "links": []}, r"Export \(API\)"),
        ({"1": {"class_type": "FancyLoader", "inputs": {"text": ""}, "_meta": {"title": "$prompt"}}}, r"node 1 \(FancyLoader\) is not installed"),
        ({"1": {"class_type": "EmptyImage", "inputs": {}}}, r"takes no prompt: title the node"),
    ],
)  # fmt: skip
def test_a_users_graph_that_cannot_be_used_is_refused_before_anything_is_queued(
    comfy: Comfy, tmp_path: Path, graph: object, words: str
) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(graph))
    with pytest.raises(EngineUnavailable, match=words):
        images(comfy, folder=tmp_path, comfyui_image_graph="mine").check()
    assert comfy.created == []


def test_without_an_address_the_setting_is_named() -> None:
    with pytest.raises(EngineUnavailable, match="comfyui_urls.*STUDIO_COMFYUI_URLS"):
        ComfyImages(Setup({}, {})).check()


def test_a_stopped_run_leaves_its_job_and_the_next_one_collects_it(comfy: Comfy, tmp_path: Path) -> None:
    comfy.fates.append("wait")
    job = Job()
    later(job.stop.set, when=lambda: comfy.running and job.states[-1] == "submitted")
    with pytest.raises(Cancelled):
        draw(images(comfy), tmp_path / "a.png", job)
    comfy.go.set()
    draw(images(comfy), tmp_path / "a.png", Job(job.notes))
    assert len(comfy.created) == 1


def test_a_torn_download_ends_whole(comfy: Comfy, tmp_path: Path) -> None:
    comfy.misbehave("GET /view", Torn(500))
    verify.image_of(_SIZE)(draw(images(comfy), tmp_path / "a.png"))


def test_a_password_in_the_address_is_sent_and_never_shown(comfy: Comfy, tmp_path: Path) -> None:
    url = comfy.url.replace("//", "//anna:s3cret%21@")
    engine = ComfyImages(Setup({"comfyui_urls": url, "comfyui_image_graph": "sd"}, {}), pace=_QUICK)
    job = Job()
    draw(engine, tmp_path / "a.png", job)
    assert all(call.headers["authorization"] == "Basic YW5uYTpzM2NyZXQh" for call in comfy.calls)
    comfy.stop()
    with pytest.raises(EngineUnavailable) as caught:
        engine.check()
    shown = f"{caught.value}{engine.identity}{job.notes}{job.told}{read_text(tmp_path / 'a.png')}"
    assert "s3cret" not in shown
    assert "anna" not in shown


class TestPool:
    def test_each_server_takes_the_next_when_it_is_free(self, tmp_path: Path) -> None:
        with Comfy() as fast, Comfy() as slow:
            slow.fates.append("wait")
            engine = images(fast, slow)
            later(slow.go.set, when=lambda: len(fast.done) == 5)
            with ThreadPoolExecutor(engine.slots) as pool:
                list(pool.map(lambda n: draw(engine, tmp_path / f"{n}.png", seed=n), range(6)))
            assert (len(fast.created), len(slow.created)) == (5, 1)

    def test_a_server_that_dies_gives_its_work_to_the_others(self, tmp_path: Path) -> None:
        with Comfy(render_s=0.02) as well, Comfy(render_s=0.02) as ill:
            ill.fates.extend(["", "die"])
            engine = images(well, ill)
            with ThreadPoolExecutor(engine.slots) as pool:
                stills = list(pool.map(lambda n: draw(engine, tmp_path / f"{n}.png", seed=n), range(8)))
            for still in stills:
                verify.image_of(_SIZE)(still)
            assert len(well.done) + len(ill.done) >= 8

    def test_what_a_server_finished_before_it_died_is_made_by_another(self, tmp_path: Path) -> None:
        with Comfy() as first, Comfy() as second:
            first.misbehave("GET /view", Drop())
            job = Job()
            later(first.stop, when=lambda: job.states[-1:] == ["downloading"])
            verify.image_of(_SIZE)(draw(images(first, second), tmp_path / "a.png", job))
            assert (len(first.created), len(second.created)) == (1, 1)
            assert "does not answer any more" in str(job.notes)

    def test_work_that_was_sent_is_looked_for_at_the_server_it_was_sent_to(self, tmp_path: Path) -> None:
        with Comfy() as first, Comfy() as second:
            job = Job(dies_at="downloading")
            with pytest.raises(KilledHere):
                draw(images(second), tmp_path / "a.png", job)
            draw(images(first, second), tmp_path / "a.png", Job(job.notes))
            assert (first.created, len(second.created)) == ([], 1)

    def test_a_server_that_lacks_a_model_gets_none_of_the_work(self, tmp_path: Path) -> None:
        with Comfy() as well, Comfy() as poor:
            poor.nodes = {
                **poor.nodes,
                "CheckpointLoaderSimple": {"input": {"required": {"ckpt_name": [[]]}}, "output_node": False},
            }
            engine = images(poor, well)
            for number in range(3):
                draw(engine, tmp_path / f"{number}.png")
            assert (len(poor.created), len(well.created)) == (0, 3)


def test_a_hanging_server_is_no_reason_to_hang(comfy: Comfy) -> None:
    comfy.misbehave("GET /system_stats", Hang())
    later(comfy.stop, when=lambda: comfy.asked("GET /system_stats"))
    with pytest.raises(EngineUnavailable):
        images(comfy).check()


def test_an_interrupted_entry_is_read_as_cancelled_and_a_failed_one_as_failed() -> None:
    def entry(last: str) -> dict[str, object]:
        return {"outputs": {}, "status": {"status_str": "error", "completed": False, "messages": [[last, {}]]}}

    assert read_history(entry("execution_interrupted")).state == "cancelled"
    assert read_history(entry("execution_error")).state == "failed"


def with_references(folder: Path, places: int) -> None:
    """A graph of the user's that is shown so many pictures, as ``known.json``."""
    graph = json.loads(Path("assets/comfyui/sd.json").read_text())
    for place in range(places):
        graph[str(20 + place)] = {"class_type": "LoadImage", "inputs": {"image": "example.png"}, "_meta": {"title": "$reference"}}  # fmt: skip
    (folder / "known.json").write_text(json.dumps(graph))


def test_pictures_of_people_go_into_the_graph_for_them_and_other_shots_are_drawn_by_the_usual_one(
    comfy: Comfy, tmp_path: Path, still: Path
) -> None:
    with_references(tmp_path, 3)
    other = tmp_path / "other.png"
    Image.new("RGB", (64, 64), (20, 90, 20)).save(other)
    engine = images(comfy, folder=tmp_path, comfyui_reference_graph="known")
    engine.check()
    assert most_references(engine) == 3
    shown = [Reference(still, "Marta"), Reference(other, "harbour")]
    engine.render(tmp_path / "a.png", "a boat", size=_SIZE, seed=7, style="", references=shown, job=Job(name="a"))
    draw(engine, tmp_path / "b.png")
    known, usual = [call.json["prompt"] for call in comfy.asked("POST /prompt")]
    sent = [known[node]["inputs"]["image"].rpartition("/")[2] for node in ("20", "21", "22")]
    assert [comfy.files["input", "studio", name] for name in sent] == [
        still.read_bytes(), other.read_bytes(), other.read_bytes()
    ]  # fmt: skip
    assert "20" not in usual


def test_the_picture_that_a_place_for_one_has_need_not_be_on_the_server(comfy: Comfy, tmp_path: Path) -> None:
    with_references(tmp_path, 1)
    comfy.nodes["LoadImage"] = {**comfy.nodes["LoadImage"], "input": {"required": {"image": [["others.png"]]}}}
    engine = images(comfy, folder=tmp_path, comfyui_reference_graph="known")
    engine.check()
    graph = (tmp_path / "known.json").read_text()
    assert engine.try_graph("known.json", graph, engine.read_graph("known.json", graph).bound)[0].faults == ()


def test_a_picture_that_nothing_is_put_in_the_place_of_must_be_on_the_server(comfy: Comfy, tmp_path: Path) -> None:
    graph = json.loads(Path("assets/comfyui/sd.json").read_text())
    graph["20"] = {"class_type": "LoadImage", "inputs": {"image": "pose.png"}, "_meta": {"title": "$image"}}
    (tmp_path / "posed.json").write_text(json.dumps(graph))
    comfy.nodes["LoadImage"] = {**comfy.nodes["LoadImage"], "input": {"required": {"image": [["others.png"]]}}}
    with pytest.raises(EngineUnavailable, match=r"node 20 \(LoadImage\), input “image”: “pose.png” is not there"):
        images(comfy, folder=tmp_path, comfyui_image_graph="posed").check()


def a_graph_without_titles() -> str:
    graph = json.loads(Path("assets/comfyui/sd.json").read_text())
    graph["20"] = {"class_type": "LoadImage", "inputs": {"image": "example.png"}}
    return json.dumps({n: {"class_type": g["class_type"], "inputs": g["inputs"]} for n, g in graph.items()})


def test_pictures_of_people_can_be_bound_in_a_graph_without_titles(
    tmp_path: Path, comfy: Comfy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    engine, text = images(comfy), a_graph_without_titles()
    guessed = engine.read_graph("mine.json", text)
    assert [row.chosen for row in guessed.rows if row.role == "reference"] == [""]
    read = engine.read_graph("mine.json", text, {**guessed.bound, "reference": ("20.image",)})
    engine.keep_graph("mine.json", text, read.bound)
    assert most_references(images(comfy, comfyui_reference_graph="mine")) == 1


@pytest.mark.parametrize(
    ("role", "place", "words"),
    [
        ("promt", "2.text", r"“promt” is nothing that this graph is given. Did you mean “prompt”\? It is given: prompt, seed"),
        ("prompt", "2.txt", r"no such input. Did you mean “text”\? What can take it: 2.text, 3.text"),
        ("prompt", "99.text", "prompt cannot go to 99.text: the graph has no such node. What can take it: 2.text, 3.text"),
        ("seed", "2.text", r"that input of node 2 \(CLIPTextEncode\) takes something else. What can take it: 5.seed"),
    ],
)  # fmt: skip
def test_what_a_graph_cannot_take_is_not_bound_and_said(
    tmp_path: Path, comfy: Comfy, role: str, place: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        images(comfy, folder=tmp_path).read_graph("mine.json", a_graph_without_titles(), {role: (place,)})


def test_what_titles_say_is_changed_in_them_alone(tmp_path: Path, comfy: Comfy) -> None:
    with_references(tmp_path, 1)
    engine, text = images(comfy, folder=tmp_path), (tmp_path / "known.json").read_text()
    bound = engine.read_graph("known.json", text).bound
    assert engine.read_graph("known.json", text, bound).bound == bound
    with pytest.raises(BadInput, match="titles of its nodes say.*to put the prompt elsewhere, change the titles"):
        engine.read_graph("known.json", text, {**bound, "prompt": ("3.text",)})


@pytest.mark.parametrize(
    ("places", "setting", "words"),
    [
        (1, "comfyui_image_graph", "set it as comfyui_reference_graph, and for shots without them another one, or none"),
        (0, "comfyui_reference_graph", "title its LoadImage \\$reference"),
    ],
)  # fmt: skip
def test_a_graph_that_is_set_for_what_it_is_not_for_is_refused_with_where_it_belongs(
    tmp_path: Path, comfy: Comfy, places: int, setting: str, words: str
) -> None:
    with_references(tmp_path, places)
    with pytest.raises(EngineUnavailable, match=words):
        images(comfy, folder=tmp_path, **{setting: "known"}).check()
    offers = images(comfy, folder=tmp_path).facts().offers
    assert ("known" in offers["comfyui_image_graph"], "known" in offers["comfyui_reference_graph"]) == (
        not places,
        places,
    )


def test_a_server_is_shown_no_pictures_without_a_graph_for_them(comfy: Comfy, tmp_path: Path) -> None:
    with_references(tmp_path, 1)
    assert most_references(images(comfy, folder=tmp_path)) == 0
    assert most_references(images(comfy, folder=tmp_path, comfyui_reference_graph="gone")) == 0


def test_a_graph_for_pictures_by_references_counts_in_what_was_drawn_with_it(comfy: Comfy, tmp_path: Path) -> None:
    with_references(tmp_path, 1)
    one = images(comfy, folder=tmp_path, comfyui_reference_graph="known").identity
    with_references(tmp_path, 2)
    assert one != images(comfy, folder=tmp_path, comfyui_reference_graph="known").identity
    assert images(comfy, folder=tmp_path).identity == f"image/comfyui/1/sd/{load('sd', tmp_path).digest}"


def test_a_graph_with_half_a_character_is_refused_and_leaves_no_file(tmp_path: Path, comfy: Comfy) -> None:
    text = a_graph_without_titles().replace("example.png", "\\ud800.png")
    with pytest.raises(BadInput, match=r"mine.json holds half a character in one of its texts \(\\ud800\)"):
        images(comfy, folder=tmp_path).keep_graph("mine.json", text, {})
    assert [path.name for path in tmp_path.rglob("*mine*")] == []
