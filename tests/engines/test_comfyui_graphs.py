"""A graph becomes a template: where things go in it, what a server must have for it, and what is made of its film."""

from __future__ import annotations

import copy
import json
import resource
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.engines.base import Caption
from studio.engines.clips import conform, words_of
from studio.engines.comfyui import bringing
from studio.engines.comfyui.binding import ROLES, Binding, bindings_of, fill, propose
from studio.engines.comfyui.graphs import IMAGE_GRAPHS, VIDEO_GRAPHS, graph_of, load, read
from studio.engines.comfyui.preflight import Grid, faults, grid_of, oddities, with_models
from studio.engines.comfyui.videos import last_frame
from studio.errors import BadInput, StorageFailed, UnusableOutput
from studio.media import ffmpeg, verify
from studio.model.camera import CameraMove
from tests.servers.comfyui import NODES, a_film


def node_of(kind: str) -> dict[str, Any] | None:
    return NODES.get(kind)


def own(name: str) -> dict[str, Any]:
    return json.loads((Path("assets/comfyui") / f"{name}.json").read_text())


def untitled(name: str) -> dict[str, Any]:
    """As a user exports it: no titles, no hints."""
    return {node: {"class_type": given["class_type"], "inputs": given["inputs"]} for node, given in own(name).items()}


@pytest.mark.parametrize("name", [*IMAGE_GRAPHS, *VIDEO_GRAPHS])
def test_own_graphs_are_sound(name: str, tmp_path: Path) -> None:
    template = load(name, tmp_path)
    graph = with_models(template.graph, node_of, ())
    assert faults(graph, node_of, template.bindings) == []
    assert oddities(graph, node_of) == []
    assert template.has("seed")
    assert template.has("prefix")


@pytest.mark.parametrize("name", [*IMAGE_GRAPHS, *VIDEO_GRAPHS])
def test_what_is_inferred_of_an_untitled_graph_is_what_the_titles_say(name: str) -> None:
    roles = {"prompt", "negative", "seed", "width", "height", "length", "image", "last_image"}
    said = {binding for binding in bindings_of(own(name)) if binding.role in roles}
    assert set(propose(untitled(name))) == said


def test_titles_name_several_inputs_and_values_go_there() -> None:
    graph = {
        "1": {"class_type": "Any", "inputs": {"value": 1, "w": 2}, "_meta": {"title": "size $width.w $seed.value!"}}
    }
    filled = fill(graph, bindings_of(graph), {"width": 640, "seed": 9, "prompt": "none here"})
    assert filled["1"]["inputs"] == {"value": 9, "w": 640}
    assert graph["1"]["inputs"] == {"value": 1, "w": 2}


def test_a_title_may_leave_the_input_to_be_found() -> None:
    graph = {"1": {"class_type": "CLIPTextEncode", "inputs": {"text": ""}, "_meta": {"title": "$prompt.value"}}}
    assert bindings_of(graph) == (Binding("prompt", "1", "text"),)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("$promt.text", r"\$promt is nothing known. Did you mean “prompt”\? Known: prompt"),
        ("$width.w", r"has no input “w” for \$width. It has: text"),
    ],
)
def test_a_title_that_cannot_be_followed_says_why(title: str, words: str) -> None:
    graph = {"1": {"class_type": "CLIPTextEncode", "inputs": {"text": ""}, "_meta": {"title": title}}}
    with pytest.raises(BadInput, match=words):
        bindings_of(graph)


def test_a_file_beside_the_graph_says_where_things_go(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(untitled("wan21")))
    beside = {
        "prompt": {"node": "4", "input": "text"},
        "image": [{"node": "6", "input": "image"}],
        "fps": 12,
        "longest_frames": 49,
    }
    (tmp_path / "mine.bindings.json").write_text(json.dumps(beside))
    template = load("mine", tmp_path)
    assert (template.fps, template.longest_frames, template.has("negative")) == (12, 49, False)


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ({"prompt": {"node": "99"}}, "no such node"),
        ({"prompt": {"node": "4", "input": "txt"}}, r"has no input “txt” for \$prompt. Did you mean “text”\? It has: "),
        ({"promt": {"node": "4"}}, r"name “promt”, which is nothing known. Did you mean “prompt”\? Known: prompt"),
        ({"prompt": "4.text"}, 'bindings for prompt must be like {"node": "6", "input": "text"}'),
    ],
)
def test_a_file_beside_the_graph_that_cannot_be_followed_says_why(
    tmp_path: Path, beside: dict[str, Any], words: str
) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(untitled("wan21")))
    (tmp_path / "mine.bindings.json").write_text(json.dumps(beside))
    with pytest.raises(BadInput, match=words):
        load("mine", tmp_path)


def test_another_graph_or_another_binding_is_another_digest(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(untitled("sd")))
    first = read(path).digest
    graph = untitled("sd")
    graph["5"]["inputs"]["steps"] = 12
    path.write_text(json.dumps(graph))
    assert read(path).digest != first


def test_a_workflow_as_the_window_saves_it_is_refused_with_the_way_to_export_it() -> None:
    with pytest.raises(BadInput, match=r"Export \(API\)"):
        graph_of({"nodes": [], "links": [], "version": 0.4}, "mine.json")


@pytest.mark.parametrize(
    "content", [[], {}, {"1": {"inputs": {}}}, {"1": {"class_type": "A", "inputs": 3}}, "words", None]
)
def test_what_is_no_graph_is_refused(content: object) -> None:
    with pytest.raises(BadInput, match="mine.json"):
        graph_of(content, "mine.json")


def test_a_graph_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text("{}")
    with pytest.raises(BadInput, match=r"The studio's own: sd, flux.*: mine"):
        load("yours", tmp_path)


def _changed(**changes: object) -> dict[str, Any]:
    graph = copy.deepcopy(untitled("sd"))
    for place, value in changes.items():
        node, _, name = place.removeprefix("n").partition("_")
        graph[node]["inputs"][name] = value
    return graph


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        (_changed(n1_ckpt_name="nope.safetensors"), "“nope.safetensors” is not there. Installed: sd_xl_base_1.0"),
        (_changed(n5_steps=0), "input “steps”: 0 is less than 1"),
        (_changed(n5_seed=2**64), "is more than 18446744073709551615"),
        (_changed(n6_samples=["77", 0]), "comes from node 77, which is not in the graph"),
        (
            {"1": {"class_type": "VHS_VideoCombine", "inputs": {}}},
            "install the custom node that brings VHS_VideoCombine",
        ),
        ({"1": {"class_type": "VAEDecode", "inputs": {}}}, "lacks its input “samples”"),
    ],
)
def test_what_the_server_would_refuse_is_found_before(graph: dict[str, Any], words: str) -> None:
    assert words in " ".join(faults(graph, node_of))


def test_10_an_unknown_input_is_found_since_the_server_ignores_it() -> None:
    graph = _changed(n5_stepps=30)
    assert "node 5 (KSampler) has no input “stepps”" in oddities(graph, node_of)[0]
    assert faults(graph, node_of) == []
    assert "$seed would be ignored" in faults(graph, node_of, (Binding("seed", "5", "stepps"),))[0]


def test_a_named_model_goes_before_the_first_that_fits() -> None:
    nodes = {
        "CheckpointLoaderSimple": {
            "input": {"required": {"ckpt_name": ["COMBO", {"options": ["ltx.safetensors", "a", "b"]}]}}
        }
    }
    graph = {"1": own("sd")["1"]}
    assert with_models(graph, nodes.get, ())["1"]["inputs"]["ckpt_name"] == "a"
    assert with_models(graph, nodes.get, ("x", "b"))["1"]["inputs"]["ckpt_name"] == "b"


def test_sizes_and_lengths_are_what_the_nodes_take(tmp_path: Path) -> None:
    template = load("ltx", tmp_path)
    length = grid_of(template.graph, template.place("length"), node_of, Grid())
    width = grid_of(template.graph, template.place("width"), node_of, Grid())
    assert [length.up(frames) for frames in (1, 9, 10, 97, 98)] == [9, 9, 17, 97, 105]
    assert [width.near(pixels) for pixels in (1, 767, 790)] == [64, 768, 800]
    assert Grid(1, 4, 121).up(500) == 121


def test_a_move_becomes_words() -> None:
    assert words_of("waves roll.", CameraMove("pan", "left", "slow")) == "waves roll. Camera: slow pan left."
    assert words_of("", CameraMove("static")) == "The camera stands still."


def test_the_last_frame_of_a_push_in_is_the_middle_of_the_still(tmp_path: Path) -> None:
    still = Image.new("RGB", (160, 90), "red")
    still.paste("blue", (30, 10, 130, 80))
    still.save(tmp_path / "still.png")
    last_frame(tmp_path / "still.png", tmp_path / "last.png", CameraMove("dolly", "in", "fast"), size=(160, 90), seed=1)
    with Image.open(tmp_path / "last.png") as last:
        blue = sum(last.getchannel("B").histogram()[128:])
    assert blue > 100 * 70 * 1.5


def _levels(clip: Path, size: tuple[int, int], frames: int) -> list[int]:
    """Brightness of the middle of each frame."""
    length = size[0] * size[1] * 3 // 2
    with ffmpeg.reading(["-i", clip, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]) as feed:
        return [feed.read(length)[size[0] * (size[1] // 2) + size[0] // 2] for _ in range(frames)]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / "raw.mp4"
    path.write_bytes(a_film())
    return path


@pytest.mark.parametrize(
    ("frames", "fps", "size"),
    [(5, 8, (32, 32)), (9, 8, (64, 36)), (30, 8, (96, 54)), (24, 24, (64, 36)), (3, 4, (36, 64))],
)
def test_a_film_is_made_to_the_size_rate_and_length_asked_for(
    raw: Path, tmp_path: Path, frames: int, fps: int, size: tuple[int, int]
) -> None:
    out = tmp_path / "out.mp4"
    conform(raw, out, size=size, fps=fps, frames=frames)
    verify.video_of(frames / fps, size, fps)(out)
    levels = _levels(out, size, frames)
    assert abs(levels[0] - 40) < 8
    assert levels == sorted(levels) or max(a - b for a, b in pairwise(levels)) < 4


def test_what_is_too_short_is_slowed_a_little_and_then_stands(raw: Path, tmp_path: Path) -> None:
    conform(raw, tmp_path / "out.mp4", size=(64, 36), fps=8, frames=30)
    levels = _levels(tmp_path / "out.mp4", (64, 36), 30)
    assert abs(levels[10] - 200) < 26
    assert max(levels[12:]) - min(levels[12:]) < 4


def test_captions_are_burned_in_at_their_time(raw: Path, tmp_path: Path) -> None:
    plain, said = tmp_path / "plain.mp4", tmp_path / "said.mp4"
    conform(raw, plain, size=(320, 180), fps=8, frames=8)
    conform(raw, said, size=(320, 180), fps=8, frames=8, captions=[Caption(0.5, 1.0, "Hello")])

    def light(path: Path) -> list[int]:
        with ffmpeg.reading(["-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"]) as feed:
            return [sum(value > 225 for value in feed.read(320 * 180)) for _ in range(8)]

    assert light(said)[:4] == light(plain)[:4]
    assert min(light(said)[4:]) > max(light(plain)) + 15


def test_an_animated_webp_is_a_film_too(tmp_path: Path) -> None:
    pictures = [Image.new("RGB", (64, 36), (level, level, level)) for level in (0, 80, 160, 240)]
    raw = tmp_path / "raw.webp"
    pictures[0].save(raw, save_all=True, append_images=pictures[1:], duration=250, lossless=True)
    conform(raw, tmp_path / "out.mp4", size=(64, 36), fps=4, frames=4)
    levels = _levels(tmp_path / "out.mp4", (64, 36), 4)
    assert levels == sorted(levels)
    assert levels[-1] - levels[0] > 150


def test_a_clip_of_a_few_pixels_is_not_blown_up_into_a_shot(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableOutput, match="64 x 36 pixels: too few"):
        conform(raw, tmp_path / "out.mp4", size=(1280, 720), fps=8, frames=8)


@pytest.mark.parametrize("content", [b"", b"no film at all", b"RIFF\x00\x00\x00\x00WEBPxx"])
def test_what_is_no_film_is_unusable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "raw.mp4").write_bytes(content)
    with pytest.raises(UnusableOutput, match="no film"):
        conform(tmp_path / "raw.mp4", tmp_path / "out.mp4", size=(64, 36), fps=8, frames=8)


def test_words_are_found_at_the_end_of_a_chain_of_any_length() -> None:
    graph = {str(n): {"class_type": "Reroute", "inputs": {"way": [str(n + 1), 0]}} for n in range(3000)}
    graph["3000"] = {"class_type": "CLIPTextEncode", "inputs": {"text": "a"}}
    graph["k"] = {"class_type": "KSampler", "inputs": {"positive": ["0", 0]}}
    assert list(propose(graph)) == [Binding("prompt", "3000", "text")]


@pytest.mark.parametrize("meta", [["a"], "a", 5])
def test_what_a_graph_says_of_its_nodes_in_another_shape_is_passed_over(meta: object, tmp_path: Path) -> None:
    text = json.dumps({"1": {"class_type": "A", "inputs": {"text": "x"}, "_meta": meta}})
    found = bringing.read("mine.json", text, {"prompt": ("1.text",)}, roles=ROLES, needed="prompt", folder=tmp_path)
    assert [(row.role, row.chosen) for row in found.rows if row.chosen] == [("prompt", "1.text")]
    assert with_models(json.loads(text), lambda kind: None, ()) == json.loads(text)


def test_a_full_disk_leaves_the_graph_of_before_with_what_goes_where(tmp_path: Path) -> None:
    old = json.dumps({"1": {"class_type": "A", "inputs": {"text": "x"}}})
    new = json.dumps({str(n): {"class_type": "A", "inputs": {"text": "x" * 50}} for n in range(100)})
    bringing.keep("mine.json", old, {"prompt": ("1.text",)}, tmp_path)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, most[1]))
    try:
        with pytest.raises(StorageFailed, match="the graph is not kept"):
            bringing.keep("mine.json", new, {"prompt": ("1.text",)}, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before
    assert set(before) == {"mine.json", "mine.bindings.json"}
