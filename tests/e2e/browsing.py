"""Somebody at a browser: their windows, what they press, and what a window complained of."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebError, WebSocket, expect

from tests.e2e.server import Server

PATIENCE_MS = 20_000
_LOCAL_SCHEMES = ("data", "blob", "about")


class User:
    """One profile of a browser. Requests to other hosts, errors on the console and of scripts become ``complaints``."""

    def __init__(self, browser: Browser, *, size: tuple[int, int] = (1440, 900), is_dark: bool = False) -> None:
        self.complaints: list[str] = []
        self._forgiven: list[str] = []
        self._homes: set[str] = set()
        self._context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if is_dark else "light",
            accept_downloads=True, reduced_motion="reduce",
        )  # fmt: skip
        self._context.set_default_timeout(PATIENCE_MS)
        self._context.on("request", self._asked)
        self._context.on("console", self._said)
        self._context.on("weberror", self._failed)
        expect.set_options(timeout=PATIENCE_MS)

    def window(self, server: Server, project: str = "", *, tab: str = "") -> Page:
        """A new window, loaded and connected."""
        self._homes.add(server.url)
        page = self._context.new_page()
        page.on("websocket", self._connected)
        page.goto(f"{server.url}/" + (f"?project={project}" if project else "") + (f"#{tab}" if tab else ""))
        settled(page, project)
        if tab:
            expect(page.locator(f"#tab-{tab}")).to_be_visible()
        return page

    def forgive(self, *words: str) -> None:
        """Complaints that hold one of ``words`` are expected in this test: of a server that was killed, say."""
        self._forgiven += words

    def leave(self) -> None:
        """All windows are closed."""
        self._context.close()
        self.complaints = [said for said in self.complaints if not any(words in said for words in self._forgiven)]

    def _asked(self, request: Request) -> None:
        self._check(request.url, "asked")

    def _connected(self, socket: WebSocket) -> None:
        self._check(socket.url.replace("ws://", "http://", 1), "connected to")

    def _check(self, url: str, verb: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _LOCAL_SCHEMES and f"{parts.scheme}://{parts.netloc}" not in self._homes:
            self.complaints.append(f"{verb} {url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _failed(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")


def settled(page: Page, project: str = "") -> None:
    """The page is filled, shows ``project`` if one is named, and hears of every change."""
    expect(page.locator("#bar-net")).to_have_attribute("data-state", "live")
    wanted = f'.top[data-project="{project}"]' if project else ".top"
    expect(page.locator(wanted)).to_be_visible()


def show_tab(page: Page, name: str) -> None:
    """That tab is in front."""
    tab = page.get_by_role("tab", name=name, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")


def open_shot(page: Page, place: int) -> None:
    """The shot's card is chosen and its editor filled."""
    card = page.locator(".board .shot").nth(place - 1)
    index = card.get_attribute("data-shot")
    card.click()
    expect(page.locator(f'#shot-head [data-shot="{index}"]')).to_be_visible()
    expect(page.get_by_label("What the picture shows")).not_to_have_value("")


def choose_project(page: Page, name: str) -> None:
    """On the tab Project Sessions, the project's card is open."""
    show_tab(page, "Project Sessions")
    page.locator(f'.row-name[data-name="{name}"]').click()
    expect(page.locator("#info .info-head")).to_contain_text(name)


def download(page: Page, link_name: str, to: Path) -> Path:
    """What a press on that button or link downloads, under its own name in folder ``to``."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=link_name).or_(page.get_by_role("link", name=link_name)).first.click()
    place = to / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place
