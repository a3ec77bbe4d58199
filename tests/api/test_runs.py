"""Runs and shots over REST: a film is made by a process of its own, and one shot is changed."""

from __future__ import annotations

from tests.api.conftest import ended, eventually


def test_a_film_is_made_and_played(client, home):
    home.film()
    run = ended(client, client.post("/api/runs", json={"project": "boat"}))
    assert (run["status"], run["percent"], run["error"], run["problems"]) == ("completed", 100, "", [])
    assert client.get("/api/runs", params={"project": "boat"}).json()[0] == run
    assert client.get("/media/boat/film.mp4").content[4:8] == b"ftyp"
    again = ended(client, client.post("/api/runs", json={"project": "boat"}))
    assert again["result"]["made"] == 0


def test_an_unknown_run_or_project_is_not_found(client):
    assert client.post("/api/runs", json={"project": "nobody"}).status_code == 404
    for path in ("x", "x/pause", "x/cancel", "x/resume", "x/file"):
        method = "GET" if path in ("x", "x/file") else "POST"
        answer = client.request(method, f"/api/runs/{path}")
        assert answer.status_code == 404
        assert set(answer.json()) == {"error"}


def test_a_run_is_stopped_and_gone_on_with(client, home):
    home.film(shots=24, seconds=90.0)
    first = client.post("/api/runs", json={"project": "boat"}).json()["id"]
    twice = client.post("/api/runs", json={"project": "boat"})
    assert (twice.status_code, "already" in twice.json()["error"]) == (400, True)
    assert client.delete("/api/projects/boat").status_code == 409
    assert client.post(f"/api/runs/{first}/cancel").json()["status"] == "cancelled"
    second = client.post(f"/api/runs/{first}/resume")
    assert (second.status_code, second.json()["id"] != first) == (202, True)
    eventually(lambda: client.get(f"/api/runs/{second.json()['id']}").json()["done"])
    client.post(f"/api/runs/{second.json()['id']}/pause")
    assert eventually(lambda: client.get(f"/api/runs/{second.json()['id']}").json()["status"] == "paused")


def test_only_the_making_of_a_film_is_paused(client, boat):
    run = ended(client, client.post("/api/projects/boat/verify", json={}))
    for step in ("pause", "resume"):
        answer = client.post(f"/api/runs/{run['id']}/{step}")
        assert (answer.status_code, "making" in answer.json()["error"] or "made" in answer.json()["error"]) == (
            400,
            True,
        )
    assert client.get(f"/api/runs/{run['id']}/file").status_code == 404


def test_a_changed_shot_is_made_again_and_nothing_else(client, boat):
    changed = client.patch("/api/projects/boat/shots/2", json={"image_prompt": "a red house"})
    assert changed.json()["image_prompt"] == "a red house"
    plan = client.get("/api/projects/boat/plan").json()
    assert {one["name"] for one in plan["make"]} == {"images/shot_002.png", "videos/shot_002.mp4", "film.mp4"}
    shots = {one["shot"]["index"]: one["stale"] for one in client.get("/api/projects/boat/shots").json()}
    assert [index for index, stale in shots.items() if stale] == [2]


def test_the_older_of_two_changes_of_a_shot_is_refused(client, boat):
    path = "/api/projects/boat/shots/2"
    seen = client.get("/api/projects/boat/shots").json()[1]["revision"]
    first = client.patch(path, json={"narration": "Mine.", "revision": seen})
    assert first.status_code == 200
    for older in ({"json": {"narration": "Yours.", "revision": seen}},
                  {"json": {"narration": "Yours."}, "headers": {"If-Match": f'"{seen}"'}}):  # fmt: skip
        answer = client.patch(path, **older)
        assert (answer.status_code, "was changed since" in answer.json()["error"]) == (409, True)
    shot = client.get("/api/projects/boat/shots").json()[1]
    assert (shot["shot"]["narration"], f'"{shot["revision"]}"') == ("Mine.", first.headers["etag"])
    newer = client.patch(path, json={"narration": "Yours."}, headers={"If-Match": first.headers["etag"]})
    assert newer.status_code == 200


def test_a_field_that_a_shot_has_not_is_refused(client, boat):
    for fields in ({"index": 7}, {"retakes": {}}, {"duration_s": 0}, {"seed": "x"}, {"colour": "red"}):
        assert client.patch("/api/projects/boat/shots/2", json=fields).status_code == 422
    missing = client.patch("/api/projects/boat/shots/99", json={"narration": "x"})
    assert (missing.status_code, "it has 1, 2, 3 and 4" in missing.json()["error"]) == (404, True)


def test_shots_are_put_in_taken_out_moved_and_all_is_undone(client, boat):
    def order() -> list[int]:
        return [one["shot"]["index"] for one in client.get("/api/projects/boat/shots").json()]

    made = client.post("/api/projects/boat/shots", json={"after": 0, "image_prompt": "a harbour", "duration_s": 2.0})
    assert (made.status_code, made.json()["index"], order()) == (201, 5, [5, 1, 2, 3, 4])
    changed = client.patch("/api/projects/boat/shots/1", json={"narration": "One."}).json()
    assert (made.json()["place"], changed["index"], changed["place"]) == (1, 1, 2)
    assert [one["place"] for one in client.get("/api/projects/boat/shots").json()] == [1, 2, 3, 4, 5]
    client.post("/api/projects/boat/undo")
    assert client.delete("/api/projects/boat/shots/2").status_code == 204
    client.post("/api/projects/boat/shots/5/move", json={"position": 3})
    assert order() == [1, 3, 5, 4]
    assert client.get("/api/projects/boat").json()["can_undo"]
    for _ in range(3):
        assert client.post("/api/projects/boat/undo").json()["said"]
    assert order() == [1, 2, 3, 4]
    assert client.post("/api/projects/boat/undo").status_code == 400
    client.post("/api/projects/boat/redo")
    assert order() == [5, 1, 2, 3, 4]


def test_another_take_is_made_compared_and_picked(client, boat):
    before = (boat / "images/shot_001.png").read_bytes()
    assert client.post("/api/projects/boat/shots/1/retake", json={"what": "image"}).status_code == 200
    assert client.post("/api/projects/boat/shots/1/retake", json={"what": "colour"}).status_code == 422
    ended(client, client.post("/api/runs", json={"project": "boat"}))
    takes = [one for one in client.get("/api/projects/boat/shots/1/takes").json() if one["name"].endswith(".png")]
    assert [one["is_current"] for one in takes] == [False, True]
    contents = [client.get(f"/media/boat/{one['file']}").content for one in takes]
    assert contents[0] == before != contents[1]
    picked = client.post("/api/projects/boat/shots/1/pick", json={"what": "image", "take": takes[0]["id"]})
    assert picked.status_code == 200
    assert (boat / "images/shot_001.png").read_bytes() == before
    assert client.post("/api/projects/boat/shots/1/pick", json={"what": "image", "take": "nothing"}).status_code == 422
