"""A studio with a server around it: in the test's own process, or a real one on a free port."""

from __future__ import annotations

import base64
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_to_bytes

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio.api.token import own_token
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.runs.doors import Doors
from studio.service import Studio
from studio.serving import create_app
from studio.settings import Settings
from tests.conftest import SMALL

PORT = 7860
HOME = f"http://127.0.0.1:{PORT}"
PASSWORD = "correct horse"
_SENT: Iterator[bytes] = iter(())


@dataclass
class Home:
    """One user's computer: the projects and the data folder."""

    sessions: Path
    data_dir: Path
    open_apps: list[FastAPI] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(self.sessions, workers=2)

    @property
    def token(self) -> str:
        return own_token(self.data_dir)

    def app(self, **how: object) -> FastAPI:
        given = {"data_dir": self.data_dir, "host": "127.0.0.1", "port": PORT, "window": False, **how}
        app = create_app(self.settings, **given)
        self.open_apps.append(app)
        return app

    def film(self, name: str = "boat", *, idea: str = "A boat finds an island", **choices: object) -> str:
        """A project that nothing is made of yet."""
        options = FilmOptions.model_validate({**SMALL, **choices})
        return Studio(self.settings).create_film(Source(kind="idea", idea=idea), options, name=name)

    def close(self) -> None:
        for app in self.open_apps:
            app.state.doors.close()


def home_in(folder: Path) -> Home:
    (folder / "sessions").mkdir()
    return Home(folder / "sessions", folder / "data")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    made = home_in(tmp_path)
    yield made
    made.close()


@pytest.fixture
def boat(home: Home, finished_boat: Path) -> Path:
    """The finished film in ``home``."""
    return Path(shutil.copytree(finished_boat, home.sessions / "boat"))


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    """The own page: its requests say where they come from."""
    with TestClient(home.app(), base_url=HOME, headers={"origin": HOME}) as opened:
        yield opened


def doors_of(client: TestClient) -> Doors:
    return client.app.state.doors


def ws(client: TestClient) -> str:
    """The live socket's whole address; a relative one would go to a host called testserver."""
    return f"ws://{client.base_url.netloc.decode()}/ws"


def asgi(
    client: TestClient,
    method: str,
    path: str,
    *,
    body: Iterable[bytes] = (),
    is_cut_off: bool = False,
    hear: Callable[[bytes], None] = lambda block: None,
) -> int:
    """A request as it stands, sent piece by piece; returns the status.

    HTTP libraries take ``..`` out of a path, and the test client puts a body together before it sends it.
    """
    pieces, status = iter(body), 0

    async def receive() -> dict:
        nonlocal pieces
        for piece in pieces:
            return {"type": "http.request", "body": piece, "more_body": True}
        if is_cut_off:
            return {"type": "http.disconnect"}
        if pieces is not _SENT:
            pieces = _SENT
            return {"type": "http.request", "body": b""}
        await anyio.sleep_forever()

    async def send(message: dict) -> None:
        nonlocal status
        status = message.get("status", status)
        hear(message.get("body", b""))

    headers = [(b"host", HOME[7:].encode()), (b"origin", HOME.encode()), (b"content-type", b"application/zip")]
    scope = {
        "type": "http", "method": method, "path": unquote_to_bytes(path).decode("utf-8", "replace"), "root_path": "",
        "raw_path": path.encode(), "query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http",
        "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 1), "asgi": {"version": "3.0"},
    }  # fmt: skip
    anyio.run(client.app, scope, receive, send)
    return status


def basic(password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"anybody:{password}".encode()).decode()}


def eventually(holds: Callable[[], object], *, within_s: float = 20.0) -> object:
    """What ``holds`` returned once that was true."""
    deadline = time.monotonic() + within_s
    while not (answer := holds()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)
    return answer


def ended(client: TestClient, answer: object) -> dict:
    """The run that ``answer`` announced, when it is over."""
    assert answer.status_code == 202, answer.text
    run_id = answer.json()["id"]

    def over() -> dict | None:
        run = client.get(f"/api/runs/{run_id}").json()
        return None if run["is_active"] else run

    return eventually(over)
