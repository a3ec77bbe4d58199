"""Gradio's own routes stand behind the same guard, and open no file of this computer."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import signal
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from tests.api.conftest import PASSWORD, Home, basic, home_in
from tests.api.server_process import Server, start, stop

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
FORM = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nevil\r\n--x--\r\n'
IN_FORM = {"content-type": "multipart/form-data; boundary=x"}
WRITES = ["/gradio_api/upload", "/gradio_api/queue/join", "/gradio_api/run/x", "/gradio_api/cancel", "/gradio_api/reset",
          "/gradio_api/stream/x", "/login"]  # fmt: skip
KNOWN = basic(PASSWORD)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, finished_boat) -> Iterator[tuple[Server, Home]]:
    """The whole studio, open to the house."""
    home = home_in(tmp_path_factory.mktemp("window"))
    shutil.copytree(finished_boat, home.sessions / "boat")
    server = start(home, host="0.0.0.0", password=PASSWORD, window=True)
    yield server, home
    stop(server, signal.SIGKILL)


def own_page(server: Server) -> dict[str, str]:
    return {**KNOWN, "origin": f"http://127.0.0.1:{server.port}"}


def test_the_page_is_there_compressed_and_no_script_of_it_is_from_elsewhere(window):
    server, _ = window
    status, content = server.ask("/", accept_encoding="gzip", **KNOWN)
    assert status == 200
    page = gzip.decompress(content).decode()
    assert len(content) < len(page) / 3
    tags = re.findall(r"<(?:script|img|iframe|link rel=.stylesheet.)\b[^>]*>", page)
    assert tags
    foreign = [tag for tag in tags if re.search(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)', tag)]
    assert [tag for tag in foreign if "iframe-resizer" not in tag] == []  # that one the page's own policy stops


def test_the_page_and_its_files_are_the_same_at_the_second_load_and_the_files_are_kept_by_browsers(window):
    server, _ = window
    first = server.ask("/", accept_encoding="gzip", **KNOWN)
    assert server.ask("/", accept_encoding="gzip", **KNOWN) == first
    file = re.search(r"/assets/index-\w+\.js", gzip.decompress(first[1]).decode())[0]
    whole = server.ask(file, **KNOWN)
    assert server.ask(file, **KNOWN) == whole
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", headers=KNOWN, trust_env=False) as client:
        assert "immutable" in client.get(file).headers["cache-control"]
        assert "immutable" not in client.get("/").headers.get("cache-control", "")
        assert f"<{file}>; rel=" in client.get("/").headers["link"], "what the page asked for once is fetched ahead"
        assert client.get("/assets/no-such.js").status_code == 404
        assert len([one for one in client.get("/").headers.get_list("set-cookie")]) <= 1
    assert server.ask("/", accept_encoding="gzip")[0] == 401, "what is kept stands behind the password"


def test_our_routes_come_before_the_windows(window):
    server, _ = window
    assert server.ask("/media/boat/film.mp4", range="bytes=4-7", **KNOWN) == (206, b"ftyp")
    assert server.ask("/api/nothing", **KNOWN)[1].startswith(b'{"error"')


@pytest.mark.parametrize("route", ["/gradio_api/file=", "/file=", "/gradio_api/file/", "/static/", "/assets/"])
def test_no_file_of_this_computer_is_opened_by_gradio(window, route):
    server, home = window
    own = [home.data_dir / "token", home.sessions / "boat/metadata.json", home.sessions / "boat/film.mp4"]
    for place in ["/etc/passwd", "../../../../../../etc/passwd", "pyproject.toml", "studio/serving.py", *map(str, own)]:
        for asked in (place, quote(place, safe=""), "/" + place):
            status, content = server.ask(route + asked, **KNOWN)
            assert status in (403, 404), (route, asked)
            assert b"root:" not in content


@pytest.mark.parametrize("path", WRITES)
def test_a_foreign_page_writes_to_none_of_gradios_routes(window, path):
    server, home = window
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"host": "evil.example"}, {}):
        given = {**KNOWN, **IN_FORM, **headers}
        assert server.ask(path, method="POST", body=FORM, **given)[0] == 403
    assert not list(home.data_dir.rglob("a.txt"))


@pytest.mark.parametrize(
    "path", ["/", "/config", "/theme.css", "/gradio_api/info", "/gradio_api/queue/data?session_hash=x"]
)
def test_a_foreign_page_reads_none_of_gradios_routes(window, path):
    server, _ = window
    for headers in ({"origin": "http://evil.example"}, {"host": "evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert server.ask(path, **{**KNOWN, **headers})[0] == 403


@pytest.mark.parametrize(
    "path", ["/", "/config", "/theme.css", "/gradio_api/info", "/gradio_api/heartbeat/x", "/assets/x.js"]
)
def test_the_password_is_asked_for_by_every_route_of_the_window(window, path):
    assert window[0].ask(path)[0] == 401


def test_nobody_sends_a_file_to_gradio(window):
    server, _ = window
    for path in ("/gradio_api/upload", "/gradio_api/upload/", "//gradio_api/upload?upload_id=1"):
        assert server.ask(path, method="POST", body=FORM, **own_page(server), **IN_FORM)[0] in (403, 404)
    origin = {"origin": own_page(server)["origin"]}
    assert server.ask("/gradio_api/upload", method="POST", body=FORM, **origin, **IN_FORM)[0] == 401


@pytest.mark.parametrize("path", ["/dev/zero", "/etc/passwd", "README.md"])
@pytest.mark.parametrize("route", ["run/predict", "queue/join", "call/read_file"])
def test_no_control_takes_a_file_of_this_computer(window, route, path):
    server, _ = window
    named = {"path": path, "meta": {"_type": "gradio.FileData"}, "orig_name": "x.txt"}
    for value in (named, [named], {"deep": [{"er": named}]}):
        body = json.dumps({"fn_index": 11, "data": ["script", value], "session_hash": "a"}).encode()
        answer = server.ask(
            f"/gradio_api/{route}", method="POST", body=body, **own_page(server), **{"content-type": "application/json"}
        )
        assert answer[0] == 403


def test_a_number_that_is_none_is_answered_with_a_sentence(window):
    server, _ = window
    config = json.loads(server.ask("/config", **own_page(server))[1])
    ids = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
    make = next(part["props"] for part in config["components"] if part["props"].get("elem_id") == "make")
    called = next(name.removeprefix("calls-") for name in make["elem_classes"] if name.startswith("calls-"))
    event = next(event for event in config["dependencies"] if [ids["kept"], called] in event["targets"])
    for odd in ("1e9", "²", [1]):
        values = [odd if one == ids["film-seconds"] else "" for one in event["inputs"]]
        body = {"fn_index": event["id"], "data": values, "session_hash": "a", "event_data": {"from": "make"}}
        status, said = server.ask(
            "/gradio_api/run/predict", method="POST", body=json.dumps(body).encode(), **own_page(server),
            **{"content-type": "application/json"},
        )  # fmt: skip
        assert (status, b"Length (s): " in said, b"does not fit here" in said) == (200, True, True)


def test_an_event_tells_of_what_changes_and_of_nothing_else(window):
    server, _ = window
    config = json.loads(server.ask("/config", **own_page(server))[1])
    assert not any("api_info" in part for part in config["components"])
    ids = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
    event = next(event for event in config["dependencies"] if [ids["kept"], "shot-look"] in event["targets"])
    values = {ids["shot-camera"]: "slow pan left", ids["shot-motion"]: ""}
    body = {
        "fn_index": event["id"],
        "data": [values[one] for one in event["inputs"]],
        "session_hash": "a",
        "event_data": {},
    }
    status, said = server.ask(
        "/gradio_api/run/predict", method="POST", body=json.dumps(body).encode(), **own_page(server),
        **{"content-type": "application/json"},
    )  # fmt: skip
    assert status == 200
    told = dict(zip(event["outputs"], json.loads(said)["data"], strict=True))
    assert "pan" in told.pop(ids["shot-move"])
    assert len(told) > 100
    assert all(one == {"__type__": "update"} for one in told.values())
