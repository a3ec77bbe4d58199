"""A real server in a process of its own, to be asked over real sockets."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

from tests.api.conftest import Home

_SERVE = """
import sys
from pathlib import Path
from studio.serving import serve
from studio.settings import Settings
settings = Settings(Path(sys.argv[1]), workers=1)
serve(settings, sys.argv[3], int(sys.argv[4]), False, data_dir=Path(sys.argv[2]), password=sys.argv[5],
      window=sys.argv[6] == "True", say=lambda words: print(words, flush=True))
"""


@dataclass
class Server:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    line: str
    start_took_s: float = 0.0

    @property
    def port(self) -> int:
        return int(self.line.split("http://")[1].split("/")[0].rsplit(":", 1)[1])

    def ask(self, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body or None, {key.replace("_", "-"): value for key, value in headers.items()})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content


def launch(
    home: Home, *, host: str = "127.0.0.1", port: int = 0, password: str = "", window: bool = False
) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-c",
        _SERVE,
        str(home.sessions),
        str(home.data_dir),
        host,
        str(port),
        password,
        str(window),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={**os.environ, "STUDIO_DATA": str(home.data_dir)})  # fmt: skip


def start(home: Home, **how: object) -> Server:
    began = time.monotonic()
    process = launch(home, **how)
    assert process.stdout
    return Server(process, process.stdout.readline(), time.monotonic() - began)


def stop(server: Server, by: signal.Signals = signal.SIGTERM) -> tuple[int, str, float]:
    started = time.monotonic()
    server.process.send_signal(by)
    _, errors = server.process.communicate(timeout=20)
    return server.process.returncode, errors, time.monotonic() - started
