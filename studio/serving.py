"""The server: REST, media, the live socket and the window on one local port, behind one guard."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI

from studio.api.app import api_app, protect
from studio.api.guard import Addresses, is_loopback, is_wildcard
from studio.api.patience import Patient
from studio.api.token import own_token
from studio.core.files import write_whole
from studio.errors import ProjectLocked, UserError
from studio.runs import old_videos, works
from studio.runs.doors import open_doors
from studio.settings import Settings
from studio.settings import data_dir as usual_data_dir

if TYPE_CHECKING:
    from studio.runs.doors import Doors

_NOTE = "server.json"
_PORTS_TRIED = 50
_GRACE_S = 1
_INTERRUPTED = 3
_LEAST_PASSWORD = 8
_ANOTHER_STARTS_S = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs now. ``server`` is its start's own id, which ``/api/status`` says too."""

    pid: int
    host: str
    port: int
    server: str
    sessions: str

    @property
    def url(self) -> str:
        """Where a browser on this computer finds it."""
        host = "127.0.0.1" if is_wildcard(self.host) else self.host
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"


def create_app(
    settings: Settings, *, data_dir: Path, host: str, port: int, password: str = "", window: bool = True
) -> FastAPI:
    """The application for a server that listens on ``host`` and ``port``. Without ``window`` it is the API alone.

    What it opens is let go when its lifespan ends. Raises UserError if it could be reached from other computers and
    has no password, ProjectLocked if another server has the data folder.
    """
    check_password(host, password)
    token = own_token(data_dir)
    doors = open_doors(settings, data_dir)
    with ExitStack() as failed:
        failed.callback(doors.close)
        app = api_app(doors, lifespan=_life_of(doors))
        protect(app, addresses=Addresses(host, port), token=token, password=password)
        if window:
            from studio.ui.page import mount

            mount(app, doors)
        failed.pop_all()
    return app


def check_password(host: str, password: str) -> None:
    """Raises UserError if a server on ``host`` needs a better password."""
    if password and len(password) < _LEAST_PASSWORD:
        raise UserError(f"The password is too short: {_LEAST_PASSWORD} characters at least.")
    if not is_loopback(host) and not password:
        raise UserError(
            f"Other computers can reach {host or 'this address'}: set a password first, in STUDIO_PASSWORD or with "
            "--password-file. Without one the studio listens on this computer alone."
        )


def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = True,
    *,
    data_dir: Path | None = None,
    password: str = "",
    window: bool = True,
    say: Callable[[str], None] = print,
) -> None:
    """The studio runs until Ctrl-C or a request to end; if it runs already, that one is opened instead.

    ``port`` is the first that is tried, 0 for any. Raises what ``create_app`` raises, UserError if no port is free.
    """
    check_password(host, password)
    data_dir = data_dir or usual_data_dir()
    if _opened_running(data_dir, settings, open_browser, say):
        return
    with _listening(host, port) as listener:
        port = int(listener.getsockname()[1])
        try:
            app = create_app(settings, data_dir=data_dir, host=host, port=port, password=password, window=window)
        except ProjectLocked:  # another one is just starting
            if not _opened_running(data_dir, settings, open_browser, say, wait_s=_ANOTHER_STARTS_S):
                raise
            return
        note = Running(os.getpid(), host, port, app.state.server_id, str(settings.sessions.absolute()))
        server = _Server(_config(app), data_dir / _NOTE, note, open_browser=open_browser, say=say)
        server.run(sockets=[listener])


def running(data_dir: Path, *, timeout_s: float = 2.0) -> Running | None:
    """The server of this data folder, if it answers."""
    try:
        found = Running(**json.loads((data_dir / _NOTE).read_bytes()))
        asked = urllib.request.Request(f"{found.url}api/status", headers={"X-Studio-Token": own_token(data_dir)})  # noqa: S310 (our own)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=timeout_s) as answer:
            status = json.loads(answer.read())
    except (OSError, ValueError, TypeError):
        return None
    return found if status.get("server") == found.server else None


def _opened_running(
    data_dir: Path, settings: Settings, open_browser: bool, say: Callable[[str], None], *, wait_s: float = 0.0
) -> bool:
    """True if a server runs already; its page is open now. Raises UserError if it shows other projects."""
    deadline = time.monotonic() + wait_s
    while (found := running(data_dir)) is None:
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.2)
    if Path(found.sessions) != settings.sessions.absolute():
        raise UserError(
            f"A studio with the projects in {found.sessions} runs already, at {found.url}: end that one first."
        )
    say(f"AI Film Studio runs already at {found.url}")
    if open_browser:
        webbrowser.open(found.url)
    return True


def _life_of(doors: Doors) -> Callable[[FastAPI], object]:
    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.uploads.clean()
        works.clean_exports(doors.data_dir)
        old_videos.clean(doors.data_dir)
        stop_watching = old_videos.watch(doors)
        app.state.live.start()
        app.state.processing.start()
        try:
            yield
        finally:
            stop_watching()
            app.state.live.stop()
            app.state.processing.stop()
            app.state.uploads.close()
            doors.close()

    return life


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=Patient,
        ws="websockets-sansio",
        ws_max_size=1 << 16,
        timeout_graceful_shutdown=_GRACE_S,
    )


def _listening(host: str, port: int) -> socket.socket:
    """A socket on ``port`` or the next one that is free."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]") or None, port, type=socket.SOCK_STREAM
        )[0]
    except OSError as error:
        raise UserError(f"{host} is no address of this computer ({error.strerror}).") from error
    for number in range(port, min(port + _PORTS_TRIED, 1 << 16) if port else 1):
        listener = socket.socket(family, kind, protocol)  # without it nothing is sent at once
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address[0], number, *address[2:]))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        return listener
    raise UserError(
        f"The ports {port} to {port + _PORTS_TRIED - 1} on {host} are all taken: choose another with --port."
    )


class _Server(uvicorn.Server):
    """Says where it is once it answers, and ends quietly on Ctrl-C and SIGTERM."""

    def __init__(
        self, config: uvicorn.Config, note_path: Path, note: Running, *, open_browser: bool, say: Callable[[str], None]
    ) -> None:
        super().__init__(config)
        self._note_path = note_path
        self._note = note
        self._opens_browser = open_browser
        self._say = say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, then announced."""
        await super().startup(sockets)
        if not self.started:
            return
        write_whole(self._note_path, json.dumps(asdict(self._note)).encode())
        self._say(f"AI Film Studio is at {self._note.url} (Ctrl-C ends it)")
        if self._opens_browser:
            threading.Thread(target=webbrowser.open, args=(self._note.url,), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's; the next start will not look for this one."""
        with suppress(OSError, ValueError):
            if json.loads(self._note_path.read_bytes()).get("server") == self._note.server:
                self._note_path.unlink()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first request ends it in order; a second Ctrl-C at once, as a kill does, and its children follow."""
        if self.should_exit and sig == signal.SIGINT:
            os._exit(_INTERRUPTED)
        self.should_exit = True
