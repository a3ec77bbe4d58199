"""What the window costs: its first page against an empty Gradio page, a 2 GB upload in memory, 10,000 projects.

Run: ``python -m tests.bench window``. The first page needs Chromium (``apt install chromium``); the upload needs 2.2 GB
of disk where temporary files go.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
import psutil

from studio.core.index import Query
from studio.core.project import new_project, save_project
from studio.core.project_sessions import ProjectSessionManager
from tests.e2e.server import Server, eventually

_LOADS = 7
_UPLOAD_BYTES = 2 << 30
_BLOCK = bytes(1 << 20)
_PROJECTS = 10_000
_PAGE_ROWS = 50
_EMPTY_APP = """
import sys
import gradio as gr
with gr.Blocks(analytics_enabled=False) as page:
    gr.Button("Empty")
page.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), ssr_mode=False, quiet=True)
"""
_USABLE = ('#bar-net[data-state="live"]', "#film-words textarea", "#make")
"""The bar says that the server is heard, the first field can be typed into, and the first button can be pressed."""
_SENT = """() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  return all.reduce((sum, one) => sum + one.transferSize, 0);
}"""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "home") as server:
        _first_page(server)
        _upload(server)
    with tempfile.TemporaryDirectory() as folder:
        _ten_thousand(Path(folder))


def _first_page(server: Server) -> None:
    """Bytes until the page can be used, and the time to it, in turn with an empty Gradio page in the same browser."""
    from playwright.sync_api import Browser, sync_playwright

    chromium = shutil.which("chromium")
    if not chromium:
        print("first page: not measured, Chromium is not installed (apt install chromium)")
        return

    def load(browser: Browser, url: str, *ready: str) -> tuple[float, int]:
        context = browser.new_context()
        page = context.new_page()
        started = time.perf_counter()
        page.goto(url)
        for part in ready:
            page.locator(part).wait_for()
        took_s = time.perf_counter() - started
        sent_bytes = int(page.evaluate(_SENT))
        context.close()
        return took_s, sent_bytes

    with _empty_app() as empty_url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        pairs = [(load(browser, server.url, *_USABLE), load(browser, empty_url, "text=Empty")) for _ in range(_LOADS)]
        browser.close()
    ours_s, theirs_s = median(ours[0] for ours, _ in pairs), median(theirs[0] for _, theirs in pairs)
    ours_kb, theirs_kb = pairs[-1][0][1] / 1000, pairs[-1][1][1] / 1000
    print(
        f"first page: {ours_s:.2f} s until it can be used, {ours_s / theirs_s:.2f}x an empty Gradio page; "
        f"{ours_kb:,.0f} kB, {ours_kb / theirs_kb:.2f}x"
    )


@contextmanager
def _empty_app() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", _EMPTY_APP, str(port)], stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"

    def answers() -> bool:
        try:
            return httpx.get(url, trust_env=False).is_success
        except httpx.TransportError:
            return False

    try:
        eventually(answers, within_s=60)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _upload(server: Server) -> None:
    """How much memory the server takes more while 2 GB stream through it. They are no ZIP, and refused at the end."""
    process = psutil.Process(server.pid)
    with httpx.Client(base_url=server.url, trust_env=False, timeout=600, headers=_token(server)) as client:
        _send(client, 1, lambda: None)  # whatever the first upload loads
        before_bytes = process.memory_info().rss
        most_bytes = before_bytes

        def measure() -> None:
            nonlocal most_bytes
            most_bytes = max(most_bytes, process.memory_info().rss)

        started = time.perf_counter()
        _send(client, _UPLOAD_BYTES // len(_BLOCK), measure)
        took_s = time.perf_counter() - started
    print(
        f"2 GB upload: {(most_bytes - before_bytes) / 1e6:.0f} MB of memory more, {_UPLOAD_BYTES / took_s / 1e6:.0f} MB/s"
    )


def _send(client: httpx.Client, blocks: int, measure: Callable[[], None]) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(blocks):
            measure()
            yield _BLOCK

    answer = client.post(
        "/api/imports",
        content=body(),
        headers={"Content-Type": "application/zip", "Content-Length": str(blocks * len(_BLOCK))},
    )
    measure()
    assert answer.status_code == 422, answer.text


def _token(server: Server) -> dict[str, str]:
    return {"X-Studio-Token": (server.data_dir / "token").read_text(encoding="utf-8").strip()}


def _ten_thousand(folder: Path) -> None:
    """The first page of the list of 10,000 projects, by the index and over HTTP, against reading their manifests."""
    sessions = folder / "home" / "sessions"
    with Server(folder / "home") as server:
        server.stop()
        _write_projects(sessions)
        manager = ProjectSessionManager(sessions, server.data_dir)
        started = time.perf_counter()
        manager.search(Query(limit=_PAGE_ROWS))
        print(f"index of {_PROJECTS:,} projects filled: {time.perf_counter() - started:.1f} s")
        page_s = _timed(lambda: manager.search(Query(limit=_PAGE_ROWS)))
        sorted_s = _timed(lambda: manager.search(Query(text="boat", sort="title", limit=_PAGE_ROWS)))
        manager.index.close()
        read_s = _timed(lambda: _read_all(sessions), times=1)
        server.start()
        with httpx.Client(base_url=server.url, trust_env=False) as client:
            asked_s = _timed(lambda: client.get("/api/projects", params={"limit": _PAGE_ROWS}).raise_for_status())
    print(
        f"first page of {_PROJECTS:,} projects: {1000 * page_s:.0f} ms, {page_s / read_s:.4f} of reading every manifest; "
        f"found by a word and sorted {1000 * sorted_s:.0f} ms; over HTTP {1000 * asked_s:.0f} ms"
    )


def _write_projects(sessions: Path) -> None:
    for number in range(_PROJECTS):
        name = f"boat_{number:05d}"
        (sessions / name).mkdir()
        save_project(
            sessions / name, new_project(name, "film", title=f"The boat {number}", idea="A boat finds an island")
        )


def _read_all(sessions: Path) -> int:
    return sum(len(json.loads(path.read_bytes())) for path in sessions.glob("*/metadata.json"))


def _timed(act: Callable[[], object], times: int = 9) -> float:
    """The median of some goes, in seconds."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return median(took)


if __name__ == "__main__":
    main()
