"""Projects over REST: made, found, changed, kept, thrown away."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO

import pytest

from studio.core.session import Session
from tests.api.conftest import ended
from tests.conftest import SMALL
from tests.scene_media import SCRIPT

IDEA = "A boat finds an island"


def test_a_project_is_made_of_an_idea(client, home):
    answer = client.post("/api/projects", json={"idea": IDEA, "name": "My boat", "options": SMALL})
    assert (answer.status_code, answer.json()) == (201, {"name": "My_boat"})
    seen = client.get("/api/projects/My_boat").json()
    assert seen["project"]["idea"] == IDEA
    assert seen["project"]["options"]["shots"] == 4
    assert seen["info"]["state"] == "new"
    assert (seen["runs"], seen["can_undo"], seen["can_redo"]) == ([], False, False)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "idea"),
        ({"idea": ""}, "idea"),
        ({"idea": IDEA, "options": {"fps": 900}}, "fps"),
        ({"idea": IDEA, "options": {"image": "nothing"}}, "no engine"),
        ({"idea": IDEA, "unknown": 1}, "unknown"),
        ({"idea": IDEA, "name": "///"}, "no letter"),
        ({"idea": 5}, "idea"),
        ([], "dict|object|valid"),
    ],
)
def test_a_project_that_cannot_be_is_refused_in_words(client, body, words):
    answer = client.post("/api/projects", json=body)
    assert answer.status_code in (400, 422)
    assert re.search(words, answer.json()["error"]), answer.json()
    assert client.get("/api/projects").json() == {"rows": [], "total": 0}


def test_a_body_that_is_no_json_is_refused_in_words(client, home):
    home.film()
    for method, path in (("POST", "/api/projects"), ("PATCH", "/api/projects/boat"), ("POST", "/api/runs")):
        answer = client.request(method, path, content=b"{", headers={"content-type": "application/json"})
        assert answer.status_code == 422
        assert answer.json()["error"].endswith(".")


def test_projects_are_found_by_words_in_pages(client, home):
    for number in range(5):
        home.film(f"boat{number}", idea=f"A boat number{number}")
    page = client.get("/api/projects", params={"sort": "name", "descending": False, "offset": 1, "limit": 2}).json()
    assert ([row["name"] for row in page["rows"]], page["total"]) == (["boat1", "boat2"], 5)
    assert client.get("/api/projects", params={"text": "number3"}).json()["rows"][0]["name"] == "boat3"
    assert client.get("/api/projects", params={"state": "complete"}).json()["total"] == 0
    assert client.get("/api/projects", params={"sort": "colour"}).status_code == 422
    assert client.get("/api/projects", params={"limit": 0}).status_code == 422


def test_an_unknown_project_is_not_found_anywhere(client):
    for method, path in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/plan"), ("GET", "/shots"), ("POST", "/undo"),
        ("GET", "/snapshots"), ("POST", "/export"), ("GET", "/storyboard.pdf"), ("GET", "/cleanup"),
    ):  # fmt: skip
        for name in ("nobody", "..", ".trash", "%00", "a%2fb", ".."):
            answer = client.request(method, f"/api/projects/{name}{path}", json={} if method != "GET" else None)
            assert answer.status_code in (404, 405), (method, name, path)
            assert set(answer.json()) == {"error"}


def test_an_unknown_address_is_answered_in_the_same_way(client):
    for path in ("/api", "/api/nothing", "/api/projects/a/b/c", "/media/a"):
        answer = client.get(path)
        assert answer.status_code == 404
        if path != "/api":
            assert set(answer.json()) == {"error"}


def test_what_is_given_changes_and_the_rest_stays(client, home):
    home.film()
    changes = {"title": " A  long\nboat ", "tags": ["sea", "sea", " "], "notes": "dry", "options": {"seed": 7}}
    seen = client.patch("/api/projects/boat", json=changes).json()
    assert (seen["project"]["title"], seen["info"]["tags"], seen["info"]["notes"]) == ("A long boat", ["sea"], "dry")
    assert seen["project"]["options"] == {**seen["project"]["options"], "seed": 7, "shots": 4}
    again = client.patch("/api/projects/boat", json={"idea": "A train finds the sea"}).json()
    assert (again["project"]["idea"], again["project"]["source"]["idea"]) == ("A train finds the sea",) * 2
    assert again["info"]["notes"] == "dry"
    assert again["revision"] > seen["revision"]


def test_a_project_can_be_renamed(client, home):
    home.film()
    home.film("ship")
    assert client.patch("/api/projects/boat", json={"name": "ship"}).status_code == 400
    seen = client.patch("/api/projects/boat", json={"name": "My yacht"}).json()
    assert seen["project"]["session_name"] == "My_yacht"
    assert client.get("/api/projects/boat").status_code == 404


def test_the_older_of_two_windows_is_refused_and_changes_nothing(client, home):
    home.film()
    revision = client.get("/api/projects/boat").json()["revision"]
    first = client.patch("/api/projects/boat", json={"notes": "first", "if_revision": revision})
    assert first.status_code == 200
    older = {"notes": "second", "options": {"seed": 9}, "idea": "x", "name": "y", "if_revision": revision}
    second = client.patch("/api/projects/boat", json=older)
    assert second.status_code == 409
    assert "another window" in second.json()["error"]
    assert client.get("/api/projects/boat").json()["project"] == first.json()["project"]
    assert (
        client.patch("/api/projects/boat", json={**older, "if_revision": first.json()["revision"]}).status_code == 200
    )


def test_a_change_that_cannot_be_leaves_the_project_as_it_was(client, home):
    home.film()
    before = client.get("/api/projects/boat").json()["project"]
    for options in ({"tts": "nothing"}, {"width_px": 3}, {"voice": "nobody"}):
        refused = client.patch("/api/projects/boat", json={"notes": "x", "options": options})
        assert refused.status_code in (400, 422)
    assert client.get("/api/projects/boat").json()["project"] == before


def test_everything_that_changes_of_a_project_changes_at_once(client, home):
    home.film()
    home.film("ship")
    before = client.get("/api/projects/boat").json()["project"]
    asked = {"notes": "x", "idea": "A whale sings", "options": {"seed": 9}, "name": "ship"}
    assert client.patch("/api/projects/boat", json=asked).status_code == 400
    assert client.get("/api/projects/boat").json()["project"] == before
    changed = client.patch("/api/projects/boat", json={**asked, "name": "yacht"}).json()
    project = changed["project"]
    assert (project["session_name"], project["idea"], project["notes"]) == ("yacht", "A whale sings", "x")
    assert (project["source"]["idea"], project["options"]["seed"]) == ("A whale sings", 9)
    assert changed["revision"] == before.get("revision", 0) + 1


def test_a_project_that_is_worked_on_is_locked(client, home):
    home.film()
    with Session(home.sessions / "boat"):
        answer = client.patch("/api/projects/boat", json={"notes": "x"})
        assert answer.status_code == 409
        assert "worked on" in answer.json()["error"]
        assert client.delete("/api/projects/boat").status_code == 409
        assert client.get("/api/projects/boat").status_code == 200


def test_a_project_that_waits_for_its_turn_keeps_its_name(client, home):
    home.film()
    run = client.post("/api/runs", json={"project": "boat"}).json()
    answer = client.patch("/api/projects/boat", json={"name": "yacht"})
    client.post(f"/api/runs/{run['id']}/cancel")
    assert (answer.status_code, answer.json()["error"]) == (409, "boat is being worked on: stop that first.")


def test_a_deleted_project_comes_back_from_the_trash(client, home, boat):
    film = (boat / "film.mp4").read_bytes()
    assert client.delete("/api/projects/boat").json()["name"] == "boat"
    assert client.get("/api/projects/boat").status_code == 404
    assert [entry["name"] for entry in client.get("/api/trash").json()] == ["boat"]
    assert client.post("/api/trash/boat/restore").json() == {"name": "boat"}
    assert (home.sessions / "boat/film.mp4").read_bytes() == film
    assert client.post("/api/trash/boat/restore").status_code == 404


def test_the_trash_is_emptied_for_good(client, home, boat):
    client.delete("/api/projects/boat")
    run = ended(client, client.delete("/api/trash"))
    assert run["status"] == "completed"
    assert run["result"]["freed_bytes"] > 0
    assert client.get("/api/trash").json() == []


def test_the_plan_says_what_a_run_would_make(client, home, boat):
    assert client.get("/api/projects/boat/plan").json()["make"] == []
    home.film("new")
    plan = client.get("/api/projects/new/plan").json()
    assert plan["make"][0]["step"]
    assert plan["keep"] == []


def test_an_export_is_a_zip_that_can_be_fetched_in_parts(client, home, boat):
    run = ended(client, client.post("/api/projects/boat/export", json={"is_slim": False}))
    answer = client.get(f"/api/runs/{run['id']}/file")
    assert "boat_export.zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.read("film.mp4") == (boat / "film.mp4").read_bytes()
    part = client.get(f"/api/runs/{run['id']}/file", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, answer.content[10:20])
    slim = ended(client, client.post("/api/projects/boat/export", json={"is_slim": True}))
    assert len(client.get(f"/api/runs/{slim['id']}/file").content) < len(answer.content)
    assert str(home.data_dir) not in json.dumps(client.get("/api/runs").json())


def test_an_export_that_is_gone_says_so(client, home, boat):
    import shutil

    run = ended(client, client.post("/api/projects/boat/export", json={}))
    shutil.rmtree(home.data_dir / "exports")
    answer = client.get(f"/api/runs/{run['id']}/file")
    assert (answer.status_code, "ask for it again" in answer.json()["error"]) == (404, True)


def test_a_save_point_is_gone_back_to(client, home, boat):
    made = ended(client, client.post("/api/projects/boat/snapshots", json={"label": "before"}))
    assert [one["label"] for one in client.get("/api/projects/boat/snapshots").json()] == ["before"]
    first = client.get("/api/projects/boat/shots").json()[0]["shot"]
    client.patch("/api/projects/boat/shots/1", json={"image_prompt": "a red house"})
    back = ended(client, client.post(f"/api/projects/boat/snapshots/{made['result']['snapshot']}/revert"))
    assert back["status"] == "completed"
    assert client.get("/api/projects/boat/shots").json()[0]["shot"]["image_prompt"] == first["image_prompt"]
    assert client.delete(f"/api/projects/boat/snapshots/{made['result']['snapshot']}").status_code == 204
    assert made["result"]["snapshot"] not in [s["id"] for s in client.get("/api/projects/boat/snapshots").json()]


def test_a_copy_is_a_project_of_its_own(client, home, boat):
    run = ended(client, client.post("/api/projects/boat/duplicate", json={"name": "ship"}))
    assert run["result"]["project"] == "ship"
    assert (home.sessions / "ship/film.mp4").read_bytes() == (boat / "film.mp4").read_bytes()


def test_a_damaged_file_is_found(client, boat):
    assert ended(client, client.post("/api/projects/boat/verify", json={"deep": True}))["result"] == {"faults": []}
    (boat / "images/shot_002.png").write_bytes(b"torn")
    faults = ended(client, client.post("/api/projects/boat/verify", json={}))["result"]["faults"]
    assert [fault["name"] for fault in faults] == ["images/shot_002.png"]


def test_cleaning_frees_what_it_said(client, boat):
    client.patch("/api/projects/boat/shots/1", json={"narration": "Something else is said here."})
    planned = client.get("/api/projects/boat/cleanup").json()
    assert planned["freed_bytes"] > 0
    run = ended(client, client.post("/api/projects/boat/cleanup", json={"kinds": ["takes", "snapshots", "tmp"]}))
    assert run["result"]["freed_bytes"] == planned["freed_bytes"]
    assert client.get("/api/projects/boat/cleanup").json()["items"] == []


def test_the_storyboard_is_a_pdf(client, boat):
    answer = client.get("/api/projects/boat/storyboard.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "boat_storyboard.pdf" in answer.headers["content-disposition"]


def test_engines_say_what_they_lack(client):
    engines = {(one["kind"], one["name"]): one for one in client.get("/api/engines").json()}
    assert engines["image", "storyboard"]["is_available"]
    assert engines["image", "storyboard"]["identity"].startswith("image/storyboard")
    assert all(bool(one["missing"]) != one["is_available"] for one in engines.values())


def test_the_status_names_no_path(client, home):
    status = client.get("/api/status").json()
    assert (status["sessions"], status["projects"], status["asks_password"]) == ("sessions", 0, False)
    assert str(home.sessions) not in json.dumps(status)


def test_the_description_of_the_api_is_whole_and_loads_nothing_from_elsewhere(client):
    described = client.get("/api/openapi.json").json()
    routes = {(method, path) for path, methods in described["paths"].items() for method in methods}
    assert {("post", "/api/dubs"), ("get", "/api/projects/{name}/lines"), ("post", "/api/imports")} <= routes
    assert len(routes) > 50
    assert all(one.get("summary") for methods in described["paths"].values() for one in methods.values())
    schemas = described["components"]["schemas"]
    named = re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described))
    assert set(named) <= set(schemas)
    bodies = described["paths"]["/api/projects"]["post"]["requestBody"]["content"]
    assert bodies["application/json"]["schema"]["required"] == ["idea"]
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_json_is_sent_compressed_and_pictures_are_not(client, boat):
    assert client.get("/api/openapi.json").headers["content-encoding"] == "gzip"
    for path in ("/media/boat/images/shot_001.png", "/media/boat/story.json"):
        assert "content-encoding" not in client.get(path).headers


def test_a_body_too_large_for_the_api_is_cut_off(client, home):
    home.film()
    answer = client.patch("/api/projects/boat", content=b'{"notes": "' + b"x" * (34 << 20) + b'"}',
                          headers={"content-type": "application/json"})  # fmt: skip
    assert answer.status_code == 413
    assert "33 MB" in answer.json()["error"]


def test_a_scene_video_is_made_of_a_script_and_its_choices_change(client, home):
    form = {"kind": "scenes", "name": "bell", "options": json.dumps({"tts": "fake", "image": "fake", "video": "fake"})}
    answer = client.post("/api/projects", data=form, files={"file": ("bell.txt", SCRIPT.encode())})
    assert (answer.status_code, answer.json()) == (201, {"name": "bell"})
    assert client.get("/api/projects/bell").json()["project"]["kind"] == "scenes"
    assert client.get("/api/projects/bell/plan").json()["make"]
    changed = client.patch("/api/projects/bell", json={"options": {"max_scenes": 2}}).json()
    assert changed["project"]["options"]["max_scenes"] == 2
    assert client.patch("/api/projects/bell", json={"options": {"max_scenes": 0}}).status_code == 422
