"""``studio serve`` as a process of its own, and Chromium before it: nothing here knows the studio from inside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browsing import User
from tests.e2e.server import Server

_HERE = Path(__file__).parent
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests, and only these, may use sockets of this computer."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all of them; ended with them, because its event loop would stand in the way of other tests."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is not installed (apt install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        yield opened
        opened.close()


@pytest.fixture
def user(browser: Browser) -> Iterator[User]:
    """Somebody with a browser that remembers nothing; at the end no window of theirs has complained."""
    somebody = User(browser)
    yield somebody
    somebody.leave()
    assert not somebody.complaints, "\n".join(somebody.complaints)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running studio that the tests of a module share; each has projects of its own name."""
    with Server(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A running studio for one test, to be killed and started again."""
    with Server(tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="package")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished small film, to be copied into a server's projects."""
    import threading

    from studio.service import Studio
    from studio.settings import Settings
    from tests.conftest import small_film

    studio = Studio(Settings(tmp_path_factory.mktemp("finished"), workers=2))
    name = small_film(studio, seconds=12.0, shots=3)
    result = studio.run(name, tell=lambda number, event: None, stop=threading.Event())
    assert (result.status, result.problems) == ("completed", [])
    return studio.directory(name)
