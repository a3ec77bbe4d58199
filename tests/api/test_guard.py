"""Who may speak to the server: headers of foreign pages, of programs, and passwords."""

from __future__ import annotations

import shutil
import stat

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from studio.api.guard import Addresses, Guard
from studio.errors import UserError
from tests.api.conftest import HOME, PASSWORD, PORT, Home, basic, home_in, ws

IDEA = {"idea": "A boat finds an island"}
FOREIGN_HOSTS = [
    "evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:7861", f"127.0.0.1.evil.example:{PORT}",
    f"localhost.evil.example:{PORT}", f"127.0.0.2:{PORT}", f"0.0.0.0:{PORT}", f"[::2]:{PORT}", "", f"@127.0.0.1:{PORT}",
]  # fmt: skip
FOREIGN_ORIGINS = [
    "null", "http://evil.example", f"https://127.0.0.1:{PORT}", "http://127.0.0.1", "http://127.0.0.1:7861",
    f"http://localhost:{PORT}", f"http://127.0.0.1:{PORT}.evil.example", "", f"{HOME}/", "file://",
]  # fmt: skip


@pytest.fixture(scope="module")
def near(tmp_path_factory):
    """A server for this computer, and its home."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("near")
        patch.setenv("STUDIO_DATA", str(folder / "data"))
        home = home_in(folder)
        with TestClient(home.app(), base_url=HOME) as opened:
            yield opened, home


@pytest.fixture
def client(near) -> TestClient:
    return TestClient(near[0].app, base_url=HOME, headers={"origin": HOME})


@pytest.fixture
def program(near) -> TestClient:
    """No page: it does not say where it comes from."""
    return TestClient(near[0].app, base_url=HOME)


@pytest.fixture
def token(near) -> str:
    return near[1].token


@pytest.mark.parametrize("path", ["/api/status", "/media/boat/film.mp4", "/", "/nothing"])
@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_request_to_a_foreign_host_is_refused(client, host, path):
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 403
    assert "address" in answer.json()["error"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_every_name_of_this_computer_is_taken(client, host):
    home = f"http://{host.lower()}:{PORT}"
    assert client.get("/api/status", headers={"host": f"{host}:{PORT}", "origin": home}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_request_of_a_foreign_page_is_refused(client, token, origin, method):
    answer = client.request(method, "/api/trash", headers={"origin": origin, "x-studio-token": token})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_socket_of_the_own_page_is_taken(client):
    with client.websocket_connect(ws(client)) as socket:
        assert "snapshot" in socket.receive_json()


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_socket_of_a_foreign_page_is_refused(client, origin):
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(ws(client), headers={"origin": origin}):
        pass


def test_a_socket_to_a_foreign_host_is_refused(client):
    headers = {"host": "evil.example", "origin": "http://evil.example"}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(ws(client), headers=headers):
        pass


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", ["no-cors", "cors", "websocket"])
def test_what_a_foreign_page_embeds_is_refused(program, site, mode):
    headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": "image"}
    assert program.get("/api/projects", headers=headers).status_code == 403


def test_a_link_from_another_site_opens_the_studio_but_its_form_does_nothing(program, token):
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert program.get("/api/status", headers=headers).status_code == 200
    framed = {**headers, "sec-fetch-dest": "iframe"}
    assert program.get("/api/status", headers=framed).status_code == 403
    posted = program.post("/api/projects", json=IDEA, headers={**headers, "x-studio-token": token})
    assert posted.status_code == 403


def test_a_program_writes_with_the_token_alone(program, token):
    for headers in ({}, {"x-studio-token": ""}, {"x-studio-token": token[:-1]}):
        refused = program.delete("/api/projects/boat", headers=headers)
        assert refused.status_code == 403
        assert "X-Studio-Token" in refused.json()["error"]
    assert program.delete("/api/projects/boat", headers={"x-studio-token": token}).status_code == 404
    assert program.get("/api/projects").status_code == 200


def test_a_method_that_nobody_needs_is_refused_without_the_token(program):
    assert program.request("TRACE", "/api/status").status_code == 403


def test_the_token_is_readable_by_its_owner_alone_and_stays(home: Home):
    token = home.token
    path = home.data_dir / "token"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(token) >= 32
    assert home.token == token == path.read_text()
    assert [p.name for p in home.data_dir.iterdir()] == ["token"]


@pytest.mark.parametrize("path", ["/gradio_api/proxy=https://x.hf.space/a", "/gradio_api/file=http://evil.example/a",
                                  "/proxy=http://a", "//gradio_api/file=HTTPS://evil.example"])  # fmt: skip
def test_the_server_fetches_nothing_for_a_page(client, path):
    assert client.get(HOME + path).status_code == 403


def test_every_answer_tells_the_browser_to_be_careful(client):
    for path in ("/api/status", "/nothing"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "https:" not in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


# Beyond this computer


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "studio.example", ""])
def test_a_server_that_others_can_reach_does_not_start_without_a_password(home, host):
    with pytest.raises(UserError, match="set a password"):
        home.app(host=host)


def test_a_password_that_is_soon_guessed_is_refused(home):
    with pytest.raises(UserError, match="too short"):
        home.app(host="0.0.0.0", password="1234567")


@pytest.fixture(scope="module")
def wide_app(tmp_path_factory, finished_boat):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("wide")
        patch.setenv("STUDIO_DATA", str(folder / "data"))
        home = home_in(folder)
        shutil.copytree(finished_boat, home.sessions / "boat")
        app = home.app(host="0.0.0.0", password=PASSWORD)
        next(one for one in app.user_middleware if one.cls is Guard).kwargs["failure_pause_s"] = 0.0
        with TestClient(app, base_url=HOME):  # starts it
            yield app, home


@pytest.fixture
def wide(wide_app) -> TestClient:
    """A server for the house, asked from another computer."""
    there = f"http://192.168.1.5:{PORT}"
    return TestClient(wide_app[0], base_url=there, headers={"origin": there})


EVERYTHING = [
    "/api/status",
    "/api/projects",
    "/media/boat/film.mp4",
    "/",
    "/gradio_api/info",
    "/api/openapi.json",
    "/x",
]


@pytest.mark.parametrize("path", EVERYTHING)
def test_without_the_password_nothing_is_seen(wide, path):
    answer = wide.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert answer.json() == {"error": "This studio asks for its password."}


def test_without_the_password_nothing_is_written(wide):
    for path in ("/api/projects", "/gradio_api/upload", "/api/imports"):
        assert wide.post(path, content=b"x").status_code == 401


@pytest.mark.parametrize("given", ["wrong horse", "", PASSWORD + " ", PASSWORD[:-1], PASSWORD.upper(), "corréct"])
def test_a_wrong_password_is_refused(wide, given):
    assert wide.get("/api/status", headers=basic(given)).status_code == 401


@pytest.mark.parametrize("header", ["Basic", "Basic !!", "Basic 4pyT", "Bearer " + PASSWORD, PASSWORD, "Basic \xff"])
def test_a_damaged_password_is_refused(wide, header):
    assert wide.get("/api/status", headers={"authorization": header.encode("latin-1")}).status_code == 401


def test_with_the_password_everything_is_there(wide):
    for path in ("/api/status", "/api/projects", "/media/boat/film.mp4", "/api/openapi.json"):
        assert wide.get(path, headers=basic(PASSWORD)).status_code == 200


def test_after_the_password_the_cookie_opens_socket_and_media(wide):
    with pytest.raises(WebSocketDisconnect), wide.websocket_connect(ws(wide)):
        pass
    cookie = wide.get("/api/status", headers=basic(PASSWORD)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert wide.get("/media/boat/film.mp4").status_code == 200
    with wide.websocket_connect(ws(wide)) as socket:
        assert "snapshot" in socket.receive_json()


def test_a_cookie_of_another_start_opens_nothing(wide):
    wide.cookies.set(f"studio_{PORT}", "x" * 43)
    assert wide.get("/api/status").status_code == 401


def test_the_token_of_this_user_opens_as_the_password_does(wide, wide_app):
    assert wide.get("/api/status", headers={"x-studio-token": wide_app[1].token}).status_code == 200
    wide.cookies.clear()
    assert wide.get("/api/status", headers={"x-studio-token": "nonsense"}).status_code == 401


def test_a_foreign_page_with_the_password_is_still_refused(wide):
    headers = {**basic(PASSWORD), "origin": "http://evil.example"}
    assert wide.get("/api/status", headers=headers).status_code == 403
    named = {**basic(PASSWORD), "host": f"evil.example:{PORT}", "origin": f"http://evil.example:{PORT}"}
    assert wide.get("/api/status", headers=named).status_code == 403


def test_a_server_without_password_gives_no_cookie(client):
    assert "set-cookie" not in client.get("/api/status").headers


def test_a_server_on_port_80_is_reached_without_naming_it():
    assert Addresses("127.0.0.1", 80).include("localhost")
    assert not Addresses("127.0.0.1", 7860).include("localhost")


def test_a_server_that_listens_everywhere_takes_addresses_but_no_foreign_names():
    everywhere = Addresses("0.0.0.0", PORT)
    assert everywhere.include(f"192.168.7.9:{PORT}")
    assert everywhere.include(f"[fe80::1]:{PORT}")
    assert not everywhere.include("192.168.7.9:1")
    assert not everywhere.include(f"192.168.7.9.evil.example:{PORT}")
    assert not everywhere.include(f"3232237321x:{PORT}")
