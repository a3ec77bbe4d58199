"""A ComfyUI graph of the user's own, brought in Settings: read, corrected, tried, used."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from studio.engines import registry, setup
from studio.runs.doors import Doors
from studio.ui.tabs import graphs
from studio.ui.wiring import Answer, answered
from tests.servers.comfyui import Comfy


def exported(name: str) -> dict[str, Any]:
    """One of the studio's graphs as a user exports it: with titles as ComfyUI gives them, none of ours."""
    own = json.loads((Path("assets/comfyui") / f"{name}.json").read_text())
    return {
        node: {"class_type": given["class_type"], "inputs": given["inputs"], "_meta": {"title": f"My {given['class_type']}"}}
        for node, given in own.items()
    }  # fmt: skip


@pytest.fixture
def comfy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Comfy]:
    with Comfy() as server:
        monkeypatch.setenv("STUDIO_COMFYUI_URLS", server.url)
        yield server


class Card:
    """The card as one window holds it."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.held = self.shown = self.said = ""

    def press(self, act: str, **told: str) -> Answer:
        answer = answered(graphs.act, self.doors, {"act": act, **told}, self.held)
        self.held = answer.get(graphs.HELD, self.held)
        self.shown = html.unescape(answer.get("graphs", self.shown))
        self.said = html.unescape(answer.get("notice", ""))
        return answer

    def bring(self, content: Any, name: str = "mine.json") -> Answer:
        text = content if isinstance(content, str) else json.dumps(content)
        return self.press("take-graph", name=name, text=text)

    def wait(self) -> str:
        self.shown = html.unescape(answered(graphs.try_, self.doors, self.held)["graphs"])
        return self.shown

    @property
    def places(self) -> dict[str, str]:
        """What is chosen in each row, in words."""
        found = re.findall(r'<th scope="row">([^<]*)</th>.*?<option[^>]* selected>([^<]*)<', self.shown)
        return dict(found)

    def row(self, word: str) -> str:
        return str(list(self.places).index(word))


pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_what_goes_where_is_read_off_and_shown_with_the_titles_of_the_nodes(doors: Doors, comfy: Comfy) -> None:
    card = Card(doors)
    card.bring(exported("wan21"))
    assert "Asking the servers" in card.shown
    assert card.places["Words of the shot"] == "4 My CLIPTextEncode (CLIPTextEncode) → text"
    assert card.places["Picture it begins with"].endswith("(LoadImage) → image")
    assert card.places["Picture it ends with"] == "nowhere: stays as in the graph"
    assert "has all that it needs" in card.wait()
    assert setup.load().given(registry.setting("comfyui_video_graph")) == ""  # nothing is used before it is confirmed


def test_another_place_is_chosen_and_the_graph_is_used_with_it(doors: Doors, comfy: Comfy) -> None:
    card = Card(doors)
    card.bring(exported("wan21"), "my walk!.json")
    card.press("set", row=card.row("Words of the shot"), value="5.text")
    assert card.places["Words of the shot"].startswith("5 ")
    assert "my-walk is used for clips from now on." in card.press("use-graph")["notice"]
    folder = doors.data_dir / "comfyui"
    assert json.loads((folder / "my-walk.bindings.json").read_text())["prompt"] == [{"node": "5", "input": "text"}]
    assert setup.load()[registry.setting("comfyui_video_graph")] == "my-walk"
    engine = registry.video("comfyui")
    engine.check()
    assert "/my-walk/" in engine.identity
    assert card.held == ""
    assert "my-walk" in registry.check("video/comfyui").offers["comfyui_video_graph"]
    assert "my-walk" not in registry.check("image/comfyui").offers["comfyui_image_graph"]


def test_without_a_place_for_what_it_needs_it_cannot_be_used(doors: Doors, comfy: Comfy) -> None:
    card = Card(doors)
    card.bring(exported("sd"))
    card.press("set", row=card.row("Words of the shot"), value="")
    assert "Nothing takes the words of the picture" in card.shown
    assert '<button type="button" class="btn primary" data-act="use-graph" disabled>' in card.shown
    card.press("use-graph")
    assert "Nothing takes the words" in card.said
    assert not (doors.data_dir / "comfyui").exists()


def test_what_the_server_lacks_is_named_with_what_to_install(doors: Doors, comfy: Comfy) -> None:
    graph = exported("sd")
    graph["1"]["inputs"]["ckpt_name"] = "nope.safetensors"
    graph["90"] = {"class_type": "VHS_VideoCombine", "inputs": {}}
    graph["7"]["inputs"]["filname"] = "x"
    card = Card(doors)
    card.bring(graph)
    card.press("graph-kind", kind="image")
    shown = card.wait()
    assert "“nope.safetensors” is not there. Installed: sd_xl_base_1.0" in shown
    assert "models/checkpoints" in shown
    assert "install the custom node that brings VHS_VideoCombine" in shown
    assert "has no input “filname”: it is ignored" in shown


def test_a_workflow_as_the_window_saves_it_is_refused_with_the_way_to_export_it(doors: Doors) -> None:
    card = Card(doors)
    card.bring({"nodes": [], "links": [], "version": 0.4})
    assert "mine.json is a workflow as ComfyUI's window saves it" in card.said
    assert "Export (API)" in card.said
    card.bring("{")
    assert "mine.json cannot be read as JSON" in card.said
    assert card.held == ""


def test_titles_in_the_graph_decide_and_are_changed_in_comfyui(doors: Doors, comfy: Comfy) -> None:
    graph = exported("sd")
    graph["2"]["_meta"]["title"] = "$prompt.text"
    card = Card(doors)
    card.bring(graph)
    assert "change the titles in ComfyUI" in card.shown
    assert card.shown.count("<select") == card.shown.count(" disabled>")
    card.press("use-graph")
    assert [file.name for file in (doors.data_dir / "comfyui").iterdir()] == ["mine.json"]


def test_another_graph_of_the_same_name_is_replaced_only_after_a_question(doors: Doors, comfy: Comfy) -> None:
    card = Card(doors)
    card.bring(exported("sd"))
    card.press("use-graph")
    card.bring(exported("sd"))
    assert "data-ask" not in card.shown
    card.bring(exported("flux"))
    assert 'data-heading="Replace mine?"' in card.shown


def test_a_graph_named_like_the_studio_s_own_gets_another_name(doors: Doors, comfy: Comfy) -> None:
    card = Card(doors)
    card.bring(exported("sd"), "sd.json")
    assert "sd-own is used for pictures" in card.press("use-graph")["notice"]


def test_the_terminal_shows_binds_and_uses_the_same(doors: Doors, comfy: Comfy, tmp_path: Path) -> None:
    file = tmp_path / "walk.json"
    file.write_text(json.dumps(exported("wan21")))
    said = CliRunner().invoke(cli, ["engines", "graph", str(file), "--bind", "prompt=5.text", "--use"])
    assert said.exit_code == 0, said.output
    assert "prompt      5.text           5 My CLIPTextEncode (CLIPTextEncode) → text" in said.stdout
    assert f"✓ {comfy.url} has all that it needs" in said.stdout
    assert "walk is used for clips from now on." in said.stdout
    assert "/walk/" in registry.video("comfyui").identity
    wrong = CliRunner().invoke(cli, ["engines", "graph", str(file), "--bind", "prompt=99.text"])
    assert wrong.exit_code == 1
    assert "no such node" in wrong.output


def known() -> dict[str, Any]:
    """A graph that takes a picture of somebody."""
    load = {"class_type": "LoadImage", "inputs": {"image": "example.png"}, "_meta": {"title": "$reference"}}
    return {**json.loads(Path("assets/comfyui/sd.json").read_text()), "20": load}


def set_now() -> dict[str, str]:
    return {name: setup.load()[registry.setting(f"comfyui_{name}_graph")] for name in ("image", "reference")}


def test_a_graph_for_pictures_of_people_is_used_for_those_alone(doors: Doors, comfy: Comfy, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text(json.dumps(known()))
    said = CliRunner().invoke(cli, ["engines", "graph", str(tmp_path / "known.json"), "--use"])
    assert "known is used for pictures of people and places that are known from now on." in said.stdout
    assert set_now() == {"image": "", "reference": "known"}
    registry.image("comfyui").check()


def test_a_graph_that_gets_a_place_for_people_is_no_longer_used_for_all_pictures(doors: Doors, comfy: Comfy) -> None:
    card = Card(doors)
    card.bring(exported("sd"))
    assert ">Use it for pictures<" in card.shown
    card.press("use-graph")
    assert set_now() == {"image": "mine", "reference": ""}
    card.bring(known())
    assert ">Use it for pictures of people and places that are known<" in card.shown
    assert "It is no longer used for pictures." in card.press("use-graph")["notice"]
    assert set_now() == {"image": "", "reference": "mine"}


def test_where_the_environment_names_another_graph_that_is_said(
    doors: Doors, comfy: Comfy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_COMFYUI_IMAGE_GRAPH", "flux")
    card = Card(doors)
    card.bring(exported("sd"))
    card.press("use-graph")
    assert "mine is kept, but STUDIO_COMFYUI_IMAGE_GRAPH in the environment names another graph (flux)" in card.said
