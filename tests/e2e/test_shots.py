"""The shot editor: change, undo, order, takes, and everything by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import User, open_shot, settled, show_tab
from tests.e2e.server import Server, eventually

_WORDS = "What the picture shows"


@pytest.fixture
def page(server: Server, user: User, finished: Path, request: pytest.FixtureRequest) -> Page:
    """A window on a finished film of three shots, called like the test."""
    name = request.node.name.removeprefix("test_")[:40]
    return user.window(server, server.take_in(finished, name))


def test_an_edit_is_undone_and_done_again(server: Server, page: Page) -> None:
    open_shot(page, 2)
    words = page.get_by_label(_WORDS)
    before = words.input_value()
    words.fill("A red kite in the wind")
    expect(page.locator(".board .shot").nth(1)).to_contain_text("A red kite")
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(words).to_have_value(before)
    expect(page.locator(".board .shot").nth(1)).not_to_contain_text("A red kite")
    expect(page.locator("#reason")).to_contain_text("Up to date")
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(words).to_have_value("A red kite in the wind")
    expect(page.locator("#redo")).to_be_disabled()


def test_a_shot_is_inserted_moved_and_deleted(server: Server, page: Page) -> None:
    cards = page.locator(".board .shot")
    third = cards.nth(2).get_attribute("data-shot")
    open_shot(page, 1)
    page.get_by_role("button", name="Insert after").click()
    expect(cards).to_have_count(4)
    expect(page.locator("#shot-head")).to_contain_text("Shot 2")
    page.get_by_label(_WORDS).fill("A gull on a post")
    expect(cards.nth(1)).to_contain_text("A gull on a post")
    page.get_by_role("button", name="Later").click()
    expect(cards.nth(2)).to_contain_text("A gull on a post")
    expect(page.locator("#shot-head")).to_contain_text("Shot 3")
    page.get_by_role("button", name="Delete shot…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    dialog.get_by_role("button", name="Delete shot").click()
    expect(cards).to_have_count(3)
    expect(page.locator("#editor")).to_be_hidden()
    expect(cards.nth(2)).to_have_attribute("data-shot", str(third))
    page.locator(".toast").filter(has_text="out of the film").get_by_role("button", name="Undo").click()
    expect(cards.nth(2)).to_contain_text("A gull on a post")


def test_an_earlier_take_is_picked_and_is_in_the_film_again(server: Server, page: Page) -> None:
    name = page.locator("#top-project").inner_text()
    picture = server.sessions / name / "images" / "shot_002.png"
    before = picture.read_bytes()
    open_shot(page, 2)
    page.get_by_role("button", name="Retake picture").click()
    page.locator(".toast").get_by_role("button", name="Make film").click()
    pictures = page.locator("#shot-takes .takes").first.locator(".take")
    expect(pictures).to_have_count(2, timeout=60_000)
    expect(page.locator("#job .job-head")).to_contain_text("done", timeout=60_000)
    assert picture.read_bytes() != before
    pictures.first.get_by_role("button", name="Pick").click()
    expect(pictures.first).to_contain_text("chosen: press Make")
    notice = page.locator(".toast").filter(has_text="That take is chosen")
    assert _is_inside(notice, page.locator("#bar")), "the notice lies on something that can be pressed"
    page.locator("body").press("Escape")
    expect(notice).to_have_count(0)
    expect(page.locator("#editor")).to_be_visible()
    eventually(lambda: picture.read_bytes() == before)
    page.locator("#undo").click()
    expect(page.locator(".toast").filter(has_text="Shot 2: its picture is take 2 again.")).to_be_visible()
    expect(pictures.last).to_contain_text("in the film")
    eventually(lambda: picture.read_bytes() != before)
    page.locator("#redo").click()
    expect(pictures.first).to_contain_text("chosen: press Make")
    page.get_by_role("button", name="Make film").first.click()
    expect(page.locator("#reason")).to_contain_text("Up to date", timeout=60_000)


def test_the_keyboard_reaches_and_does_everything(server: Server, page: Page) -> None:
    name = page.locator("#top-project").inner_text()
    assert {"Make film", "Plan", "New", "Open"} <= set(_stops_of_tab(page))
    page.locator(".board .shot").nth(1).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".board .shot").nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#shot-head")).to_contain_text("Shot 3")
    page.get_by_label(_WORDS).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("A red kite in the wind")
    page.keyboard.press("Control+s")
    eventually(
        lambda: server.ask("GET", f"/api/projects/{name}/shots")[2]["shot"]["image_prompt"] == "A red kite in the wind"
    )
    page.get_by_role("button", name="Delete shot…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#editor")).to_be_visible()
    expect(page.get_by_role("button", name="Delete shot…")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#editor")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reason")).to_contain_text("Up to date", timeout=60_000)
    assert server.wait(name)["result"]["made"] > 0


_LATE = """
const atOnce = window.fetch;
window.isLate = false;
window.fetch = async (...asked) => {
  const isHeld = window.isLate && String(asked[0]?.url || asked[0]).includes("/run/predict");
  if (isHeld) window.isLate = false;
  const answer = await atOnce(...asked);
  if (isHeld) await new Promise((done) => setTimeout(done, 1500));
  return answer;
};
"""


def test_a_late_answer_does_not_open_again_what_was_closed(server: Server, page: Page) -> None:
    page.add_init_script(_LATE)
    page.reload()
    settled(page)
    open_shot(page, 3)
    page.wait_for_timeout(1000)  # nothing else is asked
    page.evaluate("window.isLate = true; void window.studio.soon('film-refresh')")
    page.wait_for_function("!window.isLate")
    page.get_by_label(_WORDS).press("Escape")
    expect(page.locator("#editor")).to_be_hidden()
    page.wait_for_timeout(2000)
    expect(page.locator("#editor")).to_be_hidden()


def _is_inside(one: Locator, other: Locator) -> bool:
    here, there = one.bounding_box(), other.bounding_box()
    assert here
    assert there
    return all(
        there[start] <= here[start] and here[start] + here[size] <= there[start] + there[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


def _stops_of_tab(page: Page) -> list[str]:
    """The words of all controls that the Tab key comes by; each of them shows that it has the focus."""
    page.locator("body").click(position={"x": 2, "y": 2})
    words: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        said, shows = page.evaluate(_FOCUSED)
        assert shows, f"nothing shows that {said} has the focus"
        words.append(said)
    return words


_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return ['', true];
  const ringed = one => { const s = getComputedStyle(one); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none'; };
  const label = at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent || at.tagName;
  return [label.trim().slice(0, 40), at.tagName === 'VIDEO' || ringed(at) || ringed(at.parentElement)];
}"""


def test_a_changed_window_comes_back_as_it_was_after_a_reload(server: Server, page: Page) -> None:
    name = page.locator("#top-project").inner_text()
    open_shot(page, 2)
    page.get_by_label("Camera", exact=True).fill("slow pan left")
    expect(page.locator("#shot-move")).to_contain_text("pan left")
    expect(page.locator(".board .shot").nth(1)).to_contain_text("changed")
    page.reload()
    settled(page, name)
    expect(page.locator("#shot-head")).to_contain_text("Shot 2")
    expect(page.get_by_label("Camera", exact=True)).to_have_value("slow pan left")
    show_tab(page, "Project Sessions")
    page.reload()
    settled(page, name)
    expect(page.get_by_role("tab", name="Project Sessions")).to_have_attribute("aria-selected", "true")
