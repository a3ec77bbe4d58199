"""The live socket: the whole picture, then each change, to every window, whatever the windows do."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from studio.api.live import _Window
from tests.api.conftest import HOME, doors_of, ended, eventually, ws


def test_a_window_first_sees_the_whole_picture(client, home):
    home.film()
    run = ended(client, client.post("/api/projects/boat/verify", json={}))
    with client.websocket_connect(ws(client)) as socket:
        first = socket.receive_json()
    assert isinstance(first["n"], int)
    assert [shown["id"] for shown in first["snapshot"]["runs"]] == [run["id"]]
    assert first["snapshot"]["problem"] is None


def test_changes_come_numbered_without_a_gap_until_the_run_is_over(client, home):
    home.film()
    with client.websocket_connect(ws(client)) as socket:
        n = socket.receive_json()["n"]
        run_id = client.post("/api/projects/boat/snapshots", json={"label": "x"}).json()["id"]
        seen: list[dict] = []
        while not (seen and seen[-1].get("run", {}).get("status") == "completed"):
            message = socket.receive_json()
            n += 1
            assert message["n"] == n
            seen.append(message)
    assert {message["run"]["id"] for message in seen if "run" in message} == {run_id}
    assert any(message.get("project", {}).get("name") == "boat" for message in seen)


def test_a_change_of_a_project_reaches_the_other_windows_with_its_revision(client, home):
    home.film()
    with client.websocket_connect(ws(client)) as one, client.websocket_connect(ws(client)) as other:
        for socket in (one, other):
            assert "snapshot" in socket.receive_json()
        revision = client.patch("/api/projects/boat", json={"notes": "dry"}).json()["revision"]
        for socket in (one, other):
            assert socket.receive_json()["project"] == {"name": "boat", "revision": revision}


def test_a_project_that_is_gone_has_no_revision(client, home):
    home.film()
    with client.websocket_connect(ws(client)) as socket:
        socket.receive_json()
        client.delete("/api/projects/boat")
        assert socket.receive_json()["project"] == {"name": "boat", "revision": None}


def test_a_ping_is_answered_and_a_new_picture_can_be_asked_for(client):
    with client.websocket_connect(ws(client)) as socket:
        socket.receive_json()
        socket.send_text("ping")
        assert socket.receive_text() == "pong"
        socket.send_text("snapshot")
        assert "snapshot" in socket.receive_json()


def test_a_closed_window_is_forgotten(client):
    live = client.app.state.live
    for _ in range(5):
        with client.websocket_connect(ws(client)) as socket:
            socket.receive_json()
            assert live.window_count == 1
        eventually(lambda: live.window_count == 0)


def test_ten_windows_see_the_same_run_to_its_end(client, home):
    home.film()
    ready, ends = threading.Barrier(11), []

    def watch() -> None:
        with client.websocket_connect(ws(client)) as socket:
            socket.receive_json()
            ready.wait()
            while (message := socket.receive_json()).get("run", {}).get("status") != "completed":
                pass
            ends.append(message["run"]["id"])

    windows = [threading.Thread(target=watch) for _ in range(10)]
    for window in windows:
        window.start()
    ready.wait()
    run_id = client.post("/api/projects/boat/verify", json={}).json()["id"]
    for window in windows:
        window.join(20)
    assert ends == [run_id] * 10


def test_a_slow_window_gets_a_new_picture_instead_of_what_it_missed():
    window = _Window(most_waiting=3)
    window.ask_for_picture()
    assert window.take_request()
    for n in range(3):
        window.put({"n": n})
    assert window.next() == {"n": 0}
    for n in range(3, 9):
        window.put({"n": n})
    assert window.next() is None
    assert window.has_news.is_set()
    assert window.take_request()
    window.put({"n": 9})
    assert [window.next(), window.next()] == [{"n": 9}, None]
    assert not window.has_news.is_set()


def test_a_window_that_reads_nothing_for_a_while_catches_up_and_holds_nobody_up(client, home):
    live = client.app.state.live
    with client.websocket_connect(ws(client)) as slow:
        first = slow.receive_json()
        for _ in range(500):
            client.portal.call(live._publish, {"project": {"name": "x", "revision": 1}})
        last = client.portal.call(lambda: live._n)
        assert last == first["n"] + 500
        n = first["n"]
        while n < last:
            message = slow.receive_json()
            assert message["n"] == n + 1 or "snapshot" in message
            n = message["n"]
        assert n == last


def test_what_the_socket_says_holds_no_path_of_this_machine(client, home, boat):
    run = ended(client, client.post("/api/projects/boat/export", json={}))
    with client.websocket_connect(ws(client)) as socket:
        said = json.dumps(socket.receive_json())
    assert run["result"]["file"] == "boat_export.zip"
    assert str(home.sessions.parent) not in said


@pytest.mark.parametrize("path", ["/ws/", "/api/ws", "/gradio_api/ws"])
def test_there_is_no_other_socket(home, path):
    from starlette.websockets import WebSocketDisconnect

    with (
        TestClient(home.app(), base_url=HOME, headers={"origin": HOME}) as client,
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(ws(client).removesuffix("/ws") + path),
    ):
        pass


def test_the_last_failure_is_in_the_picture(client, home):
    home.film()
    (home.sessions / "boat/metadata.json").unlink()
    doors = doors_of(client)

    def fails(tell: object, stop: object) -> dict:
        return {"faults": doors.studio.verify("boat")}

    run_id = doors.runs.work("verify", "boat", fails).id
    eventually(lambda: not doors.runs.get(run_id).is_active)
    with client.websocket_connect(ws(client)) as socket:
        problem = socket.receive_json()["snapshot"]["problem"]
    assert (problem["run"], problem["project"]) == (run_id, "boat")
    assert "boat" in problem["words"]


@pytest.mark.parametrize("nonsense", ["{}", "x" * 60_000, b"\0\1"])
def test_a_socket_that_talks_nonsense_is_closed_with_a_reason(client, nonsense):
    with client.websocket_connect(ws(client)) as socket:
        socket.receive_json()
        socket.send_bytes(nonsense) if isinstance(nonsense, bytes) else socket.send_text(nonsense)
        said = socket.receive()
    assert (said["type"], said["code"]) == ("websocket.close", 1008)
    assert "ping and snapshot" in said["reason"]
    assert client.app.state.live.window_count == 0


def test_more_windows_than_anybody_has_open_are_asked_to_come_later(client):
    with ExitStack() as open_ones:
        for _ in range(100):
            open_ones.enter_context(client.websocket_connect(ws(client)))
        with client.websocket_connect(ws(client)) as one_more:
            said = one_more.receive()
        assert (said["type"], said["code"]) == ("websocket.close", 1013)
        assert "close some" in said["reason"]
    with client.websocket_connect(ws(client)) as socket:
        assert "snapshot" in socket.receive_json()


def test_a_list_is_not_asked_for_beyond_its_end(client):
    assert client.get("/api/projects", params={"offset": 10**20}).status_code == 422
