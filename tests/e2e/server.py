"""One user's computer: ``studio serve`` on folders of its own, killed and started at will."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
import psutil

from tests.conftest import SMALL

_T = TypeVar("_T")
_READY = re.compile(r"AI Film Studio is at http://127\.0\.0\.1:(\d+)/")


class Server:
    """Runs inside ``with``. ``kill`` and ``start`` keep its folders and its port."""

    def __init__(self, folder: Path) -> None:
        self.sessions = folder / "sessions"
        self.data_dir = folder / "data"
        self.videos = folder / "videos"
        """The one folder besides that the window may look into."""
        self.port = 0
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.sessions.mkdir(parents=True)
        self.videos.mkdir()
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")},
            "STUDIO_DATA": str(self.data_dir),
            "STUDIO_ROOTS": str(self.videos),
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        assert "Traceback" not in self._said(), self._said()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """It answers when this returns."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*_STUDIO, "serve", "--port", str(self.port), "--no-browser", "--sessions", str(self.sessions)],
                stdout=log, stderr=subprocess.STDOUT, env={**self._environment, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        ready = eventually(self._where, within_s=60)
        assert self.port in (0, ready), f"it moved from port {self.port} to {ready}"
        self.port = ready

    def kill(self) -> None:
        """As a power cut does; what it had started ends by itself."""
        assert self._process
        children = psutil.Process(self.pid).children(recursive=True)
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)
        _, alive = psutil.wait_procs(children, timeout=10)
        assert not alive, alive

    def stop(self) -> None:
        """As Ctrl-C does."""
        assert self._process
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(15)

    def cli(self, *words: str) -> str:
        """What ``studio WORDS`` says; it must succeed."""
        done = subprocess.run(
            [*_STUDIO, *words, "--sessions", str(self.sessions)],
            env=self._environment, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, method: str, path: str, **what: Any) -> Any:
        """The answer of the REST service."""
        token = (self.data_dir / "token").read_text(encoding="utf-8").strip()
        with httpx.Client(base_url=self.url, trust_env=False, headers={"X-Studio-Token": token}) as client:
            answer = client.request(method, path, **what)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def new_film(self, name: str, **choices: Any) -> str:
        """A film of instant engines that nothing is made of yet."""
        asked = {"idea": f"A boat called {name} finds an island", "name": name, "options": {**SMALL, **choices}}
        return str(self.ask("POST", "/api/projects", json=asked)["name"])

    def make(self, name: str) -> dict[str, Any]:
        """The film is made to the end; returns the run."""
        self.ask("POST", "/api/runs", json={"project": name})
        return self.wait(name)

    def wait(self, name: str) -> dict[str, Any]:
        """The last making of the film, once it has ended."""

        def ended() -> dict[str, Any] | None:
            run = next(run for run in self.ask("GET", "/api/runs", params={"project": name}) if run["kind"] == "make")
            return None if run["is_active"] else dict(run)

        return eventually(ended, within_s=90)

    def take_in(self, finished: Path, name: str) -> str:
        """A copy of a finished film is among the projects, called ``name``."""
        manifest = (finished / "metadata.json").read_text(encoding="utf-8")
        half = Path(shutil.copytree(finished, self.sessions / f".{name}"))
        (half / "metadata.json").write_text(manifest.replace(f'"{finished.name}"', f'"{name}"'), encoding="utf-8")
        half.rename(self.sessions / name)
        return name

    def _where(self) -> int:
        assert self._process
        assert self._process.poll() is None, self._said()
        found = _READY.search(self._said())
        return int(found.group(1)) if found else 0

    def _said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")


_STUDIO = (sys.executable, "-m", "studio.cli")


def eventually(holds: Callable[[], _T | None], *, within_s: float = 20.0) -> _T:
    """What ``holds`` returned once that was true."""
    deadline = time.monotonic() + within_s
    while not (answer := holds()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)
    return answer
