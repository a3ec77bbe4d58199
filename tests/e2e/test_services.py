"""Services in the window: a server is added, checked, chosen from, its price seen, a film made with it; graphs are brought."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import User, show_tab
from tests.e2e.server import Server
from tests.servers.comfyui import Comfy, a_picture
from tests.servers.gemini import Gemini

_KEY = "AIza-very-secret-1234567890"
_MODELS = ("gemini-flash-latest", "gemini-3.1-flash-image", "gemini-9-image", "gemini-3.8-flash-tts")


def test_a_server_is_added_checked_chosen_from_and_a_film_is_made_with_it_for_a_price_seen_before(
    server: Server, user: User
) -> None:
    prices = {"as_of": "2026-11", "prices": {"image/gemini/gemini-9-image": {"each": 0.05}}}
    (server.data_dir / "prices.json").write_text(json.dumps(prices), encoding="utf-8")
    server.new_film("boat", shots=2, seconds=8.0, music=False, narration=False, sheets=False)
    with Gemini(key=_KEY, models=_MODELS) as gemini:
        page = user.window(server, "boat", tab="settings")
        _add(page, gemini.url)
        show_tab(page, "Film")
        _choose_engine(page, "Gemini")
        page.get_by_label("Spend at most ($)").first.fill("0.05")
        page.locator("#plan-button").click()
        expect(page.locator("#plan")).to_contain_text("about $0.10 (2 by Gemini; prices of 2026-11)")
        expect(page.locator("#reason")).to_contain_text("more than the limit of $0.05 allows")
        assert not gemini.created
        page.get_by_label("Spend at most ($)").first.fill("0.15")
        page.get_by_role("button", name="Make film").click()
        expect(page.locator(".shot .pic img")).to_have_count(2)
        server.wait("boat")
        expect(page.locator("#reason")).to_contain_text("about $0.10 is spent (2 by Gemini)")
    assert len(gemini.created) == 2
    assert _KEY not in page.content()


def _add(page: Page, url: str) -> None:
    """The service is set, checked, and a model of those that it offers is chosen."""
    card = page.locator("#service-gemini")
    card.locator("summary").click()
    card.get_by_label("Gemini address").fill(url)
    card.get_by_label("Gemini key").fill(_KEY)
    field = card.get_by_label("Gemini image model", exact=True)
    field.fill("gemini-2.5-retired")
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_role("status")).to_contain_text("the model gemini-2.5-retired is not offered there")
    choices = card.get_by_label("Gemini image model: offered there")
    expect(choices.locator("option").first).to_have_text("Not offered (any more): gemini-2.5-retired")
    choices.select_option("gemini-9-image")
    expect(field).to_have_value("gemini-9-image")
    card.get_by_role("button", name="Check").click()
    expect(_engine(card, "Pictures")).to_contain_text("model there")
    expect(card.get_by_label("Gemini image model: offered there")).to_have_value("gemini-9-image")


def _engine(card: Locator, name: str) -> Locator:
    return card.locator(".service-found > div").filter(has_text=name)


def _choose_engine(page: Page, name: str) -> None:
    page.locator("#film-settings > button").click()
    page.locator("#film-image input").click()
    page.get_by_role("option", name=name, exact=True).click()


def test_a_graph_of_one_s_own_is_looked_at_corrected_and_used_and_its_picture_is_seen_growing(
    server: Server, user: User, tmp_path: Path
) -> None:
    server.new_film("growing", shots=2, seconds=8.0, music=False, narration=False, sheets=False)
    with Comfy() as comfy:
        comfy.noise = [struct.pack(">II", 1, 1) + a_picture((320, 180), 3, ".jpg")]
        comfy.fates.append("wait")
        page = user.window(server, "growing", tab="settings")
        service = page.locator("#service-comfyui")
        service.locator("summary").click()
        service.get_by_label("ComfyUI servers").fill(comfy.url)
        service.get_by_role("button", name="Check").click()
        expect(service.get_by_role("status")).to_contain_text("ComfyUI 0.3.75")
        _bring_graph(page, service, tmp_path / "ours.json")
        show_tab(page, "Film")
        _choose_engine(page, "ComfyUI")
        page.get_by_role("button", name="Make film").click()
        expect(page.locator(".shot .growing")).to_have_count(1)
        assert not list((server.sessions / "growing").rglob("*.jpg"))
        comfy.go.set()
        server.wait("growing")
        expect(page.locator(".shot .growing")).to_have_count(0)
        expect(page.locator(".shot .pic img")).to_have_count(2)
        asked = [call.json["prompt"] for call in comfy.asked("POST /prompt")]
    assert [(graph["2"]["inputs"]["text"], "shot" in graph["3"]["inputs"]["text"]) for graph in asked] == [
        ("", True)
    ] * 2


def _bring_graph(page: Page, service: Locator, file: Path) -> None:
    """The user's own graph, of which the studio guessed one place wrong, is corrected and used."""
    card = page.locator("#graphs")
    card.locator("summary").click()
    for content, said in (({"nodes": [], "links": []}, "Workflow → Export (API)"), (_exported("sd"), "")):
        file.write_text(json.dumps(content), encoding="utf-8")
        card.locator("input[type=file]").set_input_files(file)
        if said:
            expect(page.locator(".toast").last).to_contain_text(said)
    words = card.get_by_label("Words of the shot: goes to")
    expect(words).to_have_value("2.text")
    expect(card.get_by_role("status")).to_contain_text("has all that it needs")
    words.select_option("3.text")
    expect(card).to_contain_text("As you chose.")
    expect(words).to_have_value("3.text")
    card.get_by_role("button", name="Use it for pictures").click()
    expect(page.locator(".toast").last).to_contain_text("ours is used for pictures from now on.")
    expect(service.get_by_label("ComfyUI graph for pictures", exact=True)).to_have_value("ours")


def _exported(name: str) -> dict[str, Any]:
    own = json.loads((Path("assets/comfyui") / f"{name}.json").read_text(encoding="utf-8"))
    return {node: {"class_type": given["class_type"], "inputs": given["inputs"]} for node, given in own.items()}
