"""Processing sessions over REST and their socket: they go on with each other, whatever kind of project they make."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.api.conftest import eventually, ws


def _status(client: TestClient, project: str = "boat") -> dict:
    return client.get(f"/api/process/status/{project}").json()


def _until(client: TestClient, *statuses: str) -> dict:
    assert eventually(lambda: _status(client)["status"] in statuses)
    return _status(client)


def _socket(client: TestClient, session: str, after: int | None = None):
    query = "" if after is None else f"?after={after}"
    return client.websocket_connect(f"{ws(client)}/processing/{session}{query}")


def _read_to_the_end(socket) -> list[dict]:
    seen: list[dict] = []
    while not seen or seen[-1]["type"] != "complete":
        seen.append(socket.receive_json())
    return seen


def test_a_session_says_where_it_stands_from_its_start_to_its_end(client, home):
    home.film()
    begun = client.post("/api/process", json={"manuscript_id": "boat"})
    assert (begun.status_code, begun.json()["is_resumed"], begun.json()["kind"]) == (202, False, "film")
    assert [one["session_id"] for one in client.get("/api/sessions/active").json()] == [begun.json()["session_id"]]
    done = _until(client, "completed", "failed")
    assert (done["status"], done["progress_percent"], done["can_resume"]) == ("completed", 100, False)
    assert (done["last_checkpoint"]["checkpoint_type"], done["next_action"]) == ("run_finished", "none")
    assert done["total_images_generated"] == len(list((home.sessions / "boat" / "images").glob("shot_*.png")))
    assert done["logs"][-1]["level"] == "success"
    assert client.get("/api/sessions/active").json() == []
    assert client.get("/api/process/resumable").json() == []


def test_an_unfinished_session_is_offered_and_goes_on_under_its_own_id(client, home):
    home.film(shots=24, seconds=90.0)
    session = client.post("/api/process", json={"manuscript_id": "boat"}).json()["session_id"]
    again = client.post("/api/process", json={"manuscript_id": "boat", "idempotency_key": "joined"}).json()
    assert (again["session_id"], again["is_resumed"]) == (session, True), "it is under way"
    assert client.post(f"/api/process/{session}/cancel").json()["status"] == "cancelled"
    assert client.post(f"/api/process/{session}/cancel").json()["status"] == "cancelled"
    assert [one["session_id"] for one in client.get("/api/process/resumable").json()] == [session]
    repeated = client.post("/api/process", json={"manuscript_id": "boat", "idempotency_key": "joined"}).json()
    assert (repeated["session_id"], repeated["is_resumed"], repeated["status"]) == (session, False, "cancelled")
    by_id = client.post(f"/api/process/resume/{session}")
    assert (by_id.status_code, by_id.json()["session_id"], by_id.json()["is_resumed"]) == (202, session, True)
    assert eventually(lambda: _status(client)["last_checkpoint"])
    client.post(f"/api/process/{session}/pause")
    paused = _until(client, "paused")
    assert (paused["session_id"], paused["can_resume"], paused["next_action"]) == (session, True, "resume")
    assert client.post(f"/api/process/{session}/pause").json()["status"] == "paused"
    new = client.post("/api/process", json={"manuscript_id": "boat"}).json()
    assert (new["session_id"], new["is_resumed"]) == (session, True)
    other = client.post(f"/api/process/{session}/restart").json()
    assert (other["session_id"] == session, other["is_resumed"]) == (False, False)
    client.post(f"/api/process/{other['session_id']}/cancel")


def test_a_request_that_is_repeated_with_its_key_is_one_session(client, home):
    home.film()
    home.film("other")
    asked = {"manuscript_id": "boat", "idempotency_key": "k1"}
    first = client.post("/api/process", json=asked).json()
    _until(client, "completed")
    in_header = client.post("/api/process", json={"manuscript_id": "boat"}, headers={"idempotency-key": "k1"})
    assert in_header.json()["run_id"] == first["run_id"]
    assert len(client.get("/api/runs", params={"project": "boat"}).json()) == 1
    foreign = client.post("/api/process", json={**asked, "manuscript_id": "other"})
    assert (foreign.status_code, "boat" in foreign.json()["error"]) == (400, True)


def test_a_project_that_took_a_deleted_one_s_name_has_nothing_of_its_sessions(client, home):
    home.film()
    asked = {"manuscript_id": "boat", "idempotency_key": "k1"}
    first = client.post("/api/process", json=asked).json()["session_id"]
    client.post(f"/api/process/{first}/cancel")
    assert eventually(lambda: client.delete("/api/projects/boat").status_code == 200)
    home.film()
    assert client.get("/api/process/resumable").json() == []
    assert client.get("/api/process/status/boat").status_code == 404
    second = client.post("/api/process", json=asked).json()
    assert (second["session_id"] == first, second["is_resumed"]) == (False, False)
    client.post(f"/api/process/{second['session_id']}/cancel")


def test_what_is_not_there_is_not_found_and_what_cannot_be_is_said(client, home):
    home.film()
    assert client.post("/api/process", json={"manuscript_id": "nobody"}).status_code == 404
    assert client.get("/api/process/status/boat").status_code == 404
    for path in ("resume/x", "x/pause", "x/cancel", "x/restart"):
        assert client.post(f"/api/process/{path}").status_code == 404
    asked = client.post("/api/process", json={"manuscript_id": "boat", "max_emotional_moments": 3})
    assert (asked.status_code, "no manuscript" in asked.json()["error"]) == (422, True)


def test_who_lost_the_line_gets_exactly_what_came_since(client, home):
    home.film()
    session = client.post("/api/process", json={"manuscript_id": "boat"}).json()["session_id"]
    with _socket(client, session, after=0) as socket:
        assert socket.receive_json()["type"] == "snapshot"
        first = [message for message in _read_to_the_end(socket) if "n" in message]
    assert [message["n"] for message in first] == list(range(1, len(first) + 1))
    assert {"log", "image", "step", "status", "complete"} == {message["type"] for message in first}
    pictures = [message for message in first if message["type"] == "image"]
    assert client.get(pictures[0]["url"]).headers["content-type"] == "image/png"
    with _socket(client, session, after=4) as socket:
        assert socket.receive_json()["type"] == "snapshot"
        assert [m for m in _read_to_the_end(socket) if "n" in m] == first[4:]


def test_fifty_clients_are_told_the_same_and_one_that_does_not_read_holds_up_nobody(client, home):
    home.film()
    session = client.post("/api/process", json={"manuscript_id": "boat"}).json()["session_id"]
    with ExitStack() as stack:
        sockets = [stack.enter_context(_socket(client, session, after=0)) for _ in range(50)]
        _silent, *readers = sockets
        told = [[m["n"] for m in _read_to_the_end(socket) if "n" in m] for socket in readers]
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in told)
    assert len({len(numbers) for numbers in told}) == 1
    assert eventually(lambda: client.app.state.processing.client_count == 0)


def test_there_is_no_socket_for_a_session_that_is_not_there(client):
    with _socket(client, "nobody") as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert "no session" in closed.value.reason
