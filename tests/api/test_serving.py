"""The server as a process has it: found, opened once, asked by real sockets, ended in order."""

from __future__ import annotations

import http.client
import json
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from studio.errors import UserError
from studio.serving import Running, running, serve
from tests.api.conftest import PASSWORD, Home, basic, eventually, home_in
from tests.api.server_process import Server, launch, start, stop

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def server(home: Home) -> Iterator[Server]:
    made = start(home)
    yield made
    if not made.process.stdout.closed:
        stop(made, signal.SIGKILL)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Home]]:
    """One server for the tests that leave it as it is."""
    home = home_in(tmp_path_factory.mktemp("lasting"))
    made = start(home)
    yield made, home
    stop(made, signal.SIGKILL)


def test_it_says_where_it_is_and_answers_there(lasting):
    server, home = lasting
    assert server.line == f"AI Film Studio is at http://127.0.0.1:{server.port}/ (Ctrl-C ends it)\n"
    status, content = server.ask("/api/status")
    assert (status, json.loads(content)["sessions"]) == (200, "sessions")
    assert running(home.data_dir).port == server.port


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_in_order_with_windows_open(server, home, by):
    with connect(f"ws://127.0.0.1:{server.port}/ws") as socket_:
        socket_.recv()
        code, errors, took_s = stop(server, by)
    assert (code, errors) == (0, "")
    assert took_s < max(3.0, server.start_took_s)  # a machine that starts it slowly ends it slowly
    assert not (home.data_dir / "server.json").exists()
    assert running(home.data_dir) is None


def test_a_second_start_finds_the_running_one_and_ends(lasting):
    server, home = lasting
    second = start(home)
    assert second.line == f"AI Film Studio runs already at http://127.0.0.1:{server.port}/\n"
    assert stop(second, signal.Signals.SIGCONT)[0] == 0
    assert server.ask("/api/status")[0] == 200


def test_a_second_start_opens_the_page_of_the_running_one(lasting, monkeypatch):
    server, home = lasting
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    serve(home.settings, port=0, data_dir=home.data_dir, say=lambda words: None)
    assert opened == [f"http://127.0.0.1:{server.port}/"]


def test_a_second_start_with_other_projects_says_which_run(lasting, tmp_path):
    _, home = lasting
    from studio.settings import Settings

    with pytest.raises(UserError, match="runs already"):
        serve(Settings(tmp_path / "other", workers=1), port=0, open_browser=False, data_dir=home.data_dir)


def test_two_starts_at_the_same_moment_give_one_server(home):
    processes = [launch(home), launch(home)]
    servers = [Server(process, process.stdout.readline()) for process in processes]
    is_first = ["Ctrl-C ends it" in server.line for server in servers]
    assert sorted(is_first) == [False, True]
    assert servers[0].port == servers[1].port
    assert servers[is_first.index(False)].process.wait(20) == 0
    for server in servers:
        stop(server)


def test_what_a_killed_server_left_does_not_keep_the_next_from_starting(server, home):
    stop(server, signal.SIGKILL)
    assert (home.data_dir / "server.json").exists()
    third = start(home)
    assert "Ctrl-C ends it" in third.line
    assert stop(third)[0] == 0


def test_another_program_at_the_noted_port_is_not_taken_for_the_studio(server, home):
    note = json.loads((home.data_dir / "server.json").read_bytes())
    (home.data_dir / "server.json").write_text(json.dumps({**note, "server": "another"}))
    assert running(home.data_dir) is None
    (home.data_dir / "server.json").write_text("{")
    assert running(home.data_dir) is None


def test_a_port_that_is_taken_is_passed_over(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        made = start(home, port=port)
        assert port < made.port < port + 50
        stop(made)


@pytest.mark.parametrize("host", ["256.1.1.1", "203.0.113.7"])
def test_an_address_that_is_not_this_computers_is_refused(home, host):
    with pytest.raises(UserError, match="no address|all taken"):
        serve(home.settings, host, 0, False, data_dir=home.data_dir, password=PASSWORD, window=False)


def test_no_password_no_server_for_other_computers(home):
    with pytest.raises(UserError, match="set a password"):
        serve(home.settings, "0.0.0.0", 0, False, data_dir=home.data_dir)
    assert not home.data_dir.exists()


def test_beyond_this_computer_the_password_is_asked_of_everything(home):
    made = start(home, host="0.0.0.0", password=PASSWORD)
    try:
        for path in ("/api/status", "/media/a/b", "/", "/gradio_api/info"):
            assert made.ask(path)[0] == 401
        assert made.ask("/api/status", **basic(PASSWORD))[0] == 200
        with pytest.raises(InvalidStatus, match="403"):
            connect(f"ws://127.0.0.1:{made.port}/ws")
        with connect(f"ws://127.0.0.1:{made.port}/ws", additional_headers=basic(PASSWORD)) as opened:
            assert "snapshot" in json.loads(opened.recv())
        assert running(home.data_dir).port == made.port  # the token of this user is enough
    finally:
        stop(made)


def test_headers_of_foreign_pages_are_refused_by_the_real_server(lasting):
    server, _ = lasting
    own = f"127.0.0.1:{server.port}"
    assert server.ask("/api/status", Host="evil.example")[0] == 403
    assert server.ask("/api/status", Origin="null")[0] == 403
    assert server.ask("/api/projects", method="POST", body=b"{}", Content_Type="application/json")[0] == 403
    assert server.ask("/api/projects", method="POST", body=b"{}", Origin=f"http://{own}")[0] == 422
    for origin in ("http://evil.example", "null"):
        with pytest.raises(InvalidStatus, match="403"):
            connect(f"ws://{own}/ws", origin=origin)
    with connect(f"ws://{own}/ws", origin=f"http://{own}") as opened:
        assert "snapshot" in json.loads(opened.recv())


def test_ten_windows_on_real_sockets_all_live(lasting):
    server, home = lasting
    with ExitStack() as stack:
        windows = [stack.enter_context(connect(f"ws://127.0.0.1:{server.port}/ws")) for _ in range(10)]
        assert all("snapshot" in json.loads(window.recv()) for window in windows)
        home.film()
        body = json.dumps({"notes": "dry"}).encode()
        headers = {"X-Studio-Token": home.token, "Content-Type": "application/json"}
        assert server.ask("/api/projects/boat", method="PATCH", body=body, **headers)[0] == 200
        for window in windows:
            assert json.loads(window.recv(timeout=10))["project"]["name"] == "boat"


def test_an_upload_cut_by_the_network_leaves_nothing(lasting):
    server, home = lasting
    request = (
        f"POST /api/imports HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-Studio-Token: {home.token}\r\n"
        "Content-Type: application/zip\r\nContent-Length: 90000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as wire:
        wire.sendall(request.encode() + b"PK" * 2_000_000)
        assert eventually(lambda: list(home.sessions.glob(".uploads-*/*/upload")))
    eventually(lambda: not list(home.sessions.glob(".uploads-*/*/*")))
    assert server.ask("/api/status")[0] == 200


def test_a_large_upload_adds_little_memory(lasting):
    server, home = lasting

    def resident_bytes() -> int:
        lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))

    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of another process's memory is read from /proc")
    server.ask("/api/openapi.json")
    before = resident_bytes()
    headers = {"X-Studio-Token": home.token, "Content-Type": "application/zip"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    block = bytes(1 << 20)
    connection.request("POST", "/api/imports", (block for _ in range(300)), headers, encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == 422
    assert resident_bytes() - before < 60 << 20
    connection.close()


def test_the_address_of_a_server_is_one_that_a_browser_opens():
    def url(host: str) -> str:
        return Running(1, host, 7860, "x", "/s").url

    assert url("127.0.0.1") == "http://127.0.0.1:7860/"
    assert url("0.0.0.0") == "http://127.0.0.1:7860/"
    assert url("::1") == "http://[::1]:7860/"
