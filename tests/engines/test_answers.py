"""A service that drips holds nobody up, and one that is elsewhere sends nobody into the own network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from studio.engines.answers import WHILE_S, TornError, blocks, read_whole
from studio.engines.http import Http
from studio.engines.inward import must_lead_outward
from studio.errors import Answer, Cancelled, EngineRefused
from tests.servers.base import Call, Double, Reply

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_ASKED = Answer("video/studio", "download")


class Body:
    """Gives a piece at each reading, at times that its clock tells."""

    def __init__(self, pieces: list[bytes], seconds_each: float) -> None:
        self._pieces, self._each, self.seconds = iter(pieces), seconds_each, 0.0

    def read1(self, size: int, *, decode_content: bool) -> bytes:
        self.seconds += self._each
        return next(self._pieces, b"")

    def clock(self) -> float:
        return self.seconds


def read(body: Body, look: Callable[[], None] | None = None) -> list[bytes]:
    return list(blocks(cast(Any, SimpleNamespace(raw=body)), look=look, now=body.clock))


def test_a_body_of_a_byte_a_second_breaks_off_within_a_minute() -> None:
    body = Body([b"x"] * 100_000, 1.0)
    with pytest.raises(TornError, match="bytes in"):
        read(body)
    assert body.seconds < WHILE_S + 2


def test_an_answer_that_takes_minutes_of_thought_is_heard() -> None:
    assert read(Body([b'{"a"', b": 1}"], 200.0)) == [b'{"a"', b": 1}"]


def test_a_slow_line_is_waited_for() -> None:
    body = Body([b"x" * 1000] * 600, 1.0)
    assert sum(map(len, read(body))) == 600_000


def test_a_stopped_run_ends_between_two_pieces() -> None:
    def stop() -> None:
        raise Cancelled("stopped")

    body = Body([b"x"] * 100, 1.0)
    with pytest.raises(Cancelled):
        read(body, stop)
    assert body.seconds < 3


def test_a_body_that_is_longer_than_anything_asked_for_breaks_off() -> None:
    body = SimpleNamespace(raw=Body([b"x" * 1000] * 10_000, 0.0))
    with pytest.raises(TornError, match="over"):
        read_whole(cast(Any, body), most_bytes=1 << 20)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Addresses of names, as a name server would tell them; a number may be an address too."""
    known = {
        "api.service.example": "93.184.216.34", "files.service.example": "93.184.216.35",
        "router.home": "192.168.1.1", "2130706433": "127.0.0.1",
    }  # fmt: skip

    def look_up(host: str, *given: Any, **more: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known.get(host, host), 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/admin",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "https://10.0.0.7/film.mp4",
        "http://2130706433/",
        "http://router.home/",
        "file:///etc/passwd",
        "http://[::1",
        "ftp://files.service.example/film.mp4",
    ],
)
def test_a_service_elsewhere_cannot_send_into_the_own_network(names: dict[str, str], url: str) -> None:
    with pytest.raises(EngineRefused, match="leads into this computer"):
        must_lead_outward(url, "https://api.service.example", _ASKED)


def test_files_of_the_service_and_of_a_server_of_ones_own_are_fetched(names: dict[str, str]) -> None:
    must_lead_outward("https://files.service.example/film.mp4", "https://api.service.example", _ASKED)
    must_lead_outward("http://127.0.0.1:9000/film.mp4", "http://127.0.0.1:8188", _ASKED)
    must_lead_outward("http://10.0.0.7/film.mp4", "http://192.168.1.20:8188", _ASKED)


class Turning(Double):
    """Sends from one address to the next."""

    def answer(self, call: Call) -> Reply:
        if call.path == "/film":
            return Reply(status=302, headers={"Location": "/there?to=film"})
        return Reply(body=b"film of " + call.headers.get("authorization", "nobody").encode())


@pytest.fixture
def turning() -> Iterator[Turning]:
    with Turning() as server:
        yield server


def test_where_a_download_is_sent_on_to_is_told_no_key(turning: Turning, tmp_path: Path) -> None:
    http = Http("video/studio", turning.url, {"Authorization": "Bearer secret"})
    http.download("/film", tmp_path / "film", with_key=True)
    assert (tmp_path / "film").read_bytes() == b"film of nobody"
