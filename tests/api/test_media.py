"""The files of a project as a browser gets them."""

from __future__ import annotations

import io
import os
import shutil
import tracemalloc
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from tests.api.conftest import HOME, asgi, doors_of, home_in

FILM = "/media/boat/film.mp4"
STILL = "/media/boat/images/shot_001.png"


def test_a_film_is_what_is_in_the_folder(client, boat):
    answer = client.get(FILM)
    assert answer.content == (boat / "film.mp4").read_bytes()
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert "content-encoding" not in answer.headers


def test_a_part_of_a_film_is_that_part(client, boat):
    whole = (boat / "film.mp4").read_bytes()
    answer = client.get(FILM, headers={"range": "bytes=100-299"})
    assert answer.status_code == 206
    assert answer.content == whole[100:300]
    assert answer.headers["content-range"] == f"bytes 100-299/{len(whole)}"
    assert answer.headers["content-length"] == "200"
    assert client.get(FILM, headers={"range": "bytes=-7"}).content == whole[-7:]
    assert client.get(FILM, headers={"range": f"bytes={len(whole) - 3}-"}).content == whole[-3:]


def test_a_part_behind_the_end_is_refused_with_the_size(client, boat):
    size = (boat / "film.mp4").stat().st_size
    answer = client.get(FILM, headers={"range": f"bytes={size}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"
    assert answer.content == b""


def test_several_parts_get_the_whole_file(client, boat):
    answer = client.get(FILM, headers={"range": "bytes=0-1,100-101"})
    assert answer.status_code == 200
    assert answer.content == (boat / "film.mp4").read_bytes()


def test_head_says_all_but_the_bytes(client, boat):
    size = (boat / "film.mp4").stat().st_size
    answer = client.head(FILM)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(size)
    part = client.head(FILM, headers={"range": "bytes=0-9"})
    assert (part.status_code, part.headers["content-length"], part.content) == (206, "10", b"")


def test_what_the_browser_has_is_not_sent_again(client, boat):
    tag = client.get(FILM).headers["etag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        answer = client.get(FILM, headers={"if-none-match": known})
        assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(FILM, headers={"if-none-match": '"x"'}).status_code == 200


def test_a_part_of_a_file_that_changed_since_is_the_whole_new_file(client, boat):
    first = client.get(FILM).headers
    for known in (first["etag"], first["last-modified"]):
        assert client.get(FILM, headers={"range": "bytes=0-9", "if-range": known}).status_code == 206
    (boat / "film.mp4").write_bytes(b"another film, of another length")
    os.utime(boat / "film.mp4", (1, 1))
    for known in (first["etag"], first["last-modified"], 'W/"x"'):
        answer = client.get(FILM, headers={"range": "bytes=0-9", "if-range": known})
        assert answer.status_code == 200
        assert answer.content == b"another film, of another length"


def test_takes_are_given(client, boat):
    name = "images/shot_001.png"
    doors_of(client).studio.edit_shot("boat", 1, image_prompt="a red house")
    takes = client.get("/api/projects/boat/shots/1/takes").json()
    current = next(take for take in takes if take["name"] == name)
    assert client.get(f"/media/boat/{current['file']}").status_code == 200


HIDDEN = [
    "/media/boat/../other/film.mp4", "/media/boat/..%2fother/film.mp4", "/media/boat/%2e%2e/other/film.mp4",
    "/media/boat/images/..%2f..%2fother%2ffilm.mp4", "/media/..%2f..%2fetc/passwd", "/media/boat//etc/passwd",
    "/media/boat/%2fetc%2fpasswd", "/media//etc/passwd", "/media/boat/film.mp4%00.png", "/media/boat%00/film.mp4",
    "/media/boat/C:%5cx", "/media/boat/images%5cshot_001.png", "/media/boat/.lock", "/media/boat/metadata.json",
    "/media/boat/checkpoints.jsonl", "/media/boat/images", "/media/boat/images/", "/media/boat/", "/media/boat",
    "/media/boat/./film.mp4", "/media/boat/nothing.png", "/media/nobody/film.mp4", "/media/.trash/boat~1/film.mp4",
    "/media/boat/tmp/x", "/media/boat/takes/film.mp4/", "/media/boat/takes/..%2f..%2fother%2ffilm.mp4",
    "/media/boat/%2e%2e%2f%2e%2e%2fdata%2ftoken", "/media/boat/unknown.png", "/media/./film.mp4", "/media/../boat/film.mp4",
    "/media/boat/takes/film.mp4/..%2f..%2f..%2fother%2ffilm.mp4", "/media/boat/film.mp4/", "/media/boat/film.mp4/x",
]  # fmt: skip


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory, finished_boat) -> Iterator[TestClient]:
    """Beside the project another one; in it a file that no step made."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("neighbours")
        patch.setenv("STUDIO_DATA", str(folder / "data"))
        home = home_in(folder)
        for name in ("boat", "other"):
            shutil.copytree(finished_boat, home.sessions / name)
        (home.sessions / "boat/unknown.png").write_bytes(b"x")
        with TestClient(home.app(), base_url=HOME) as opened:
            yield opened


@pytest.mark.parametrize("path", HIDDEN)
def test_what_is_not_the_projects_own_is_not_given(neighbours, path):
    got: list[bytes] = []
    assert asgi(neighbours, "GET", path, hear=got.append) in (403, 404)
    assert b"".join(got).startswith(b'{"error":')


def test_the_way_these_paths_are_asked_for_reaches_files(neighbours):
    got: list[bytes] = []
    assert asgi(neighbours, "GET", FILM, hear=got.append) == 200
    assert b"ftyp" in b"".join(got)


def test_a_link_that_leads_out_of_the_project_is_not_followed(client, home, boat):
    secret = home.sessions.parent / "secret.mp4"
    shutil.copy2(boat / "film.mp4", secret)
    (boat / "film.mp4").unlink()
    (boat / "film.mp4").symlink_to(secret)
    assert client.get(FILM).status_code == 404


def test_a_thumbnail_is_a_small_jpeg_of_the_picture(client, home, boat):
    answer = client.get(STILL, params={"thumb": 1})
    small = Image.open(io.BytesIO(answer.content))
    assert (answer.headers["content-type"], small.format, small.size) == ("image/jpeg", "JPEG", (160, 90))
    kept = list((home.data_dir / "thumbs").iterdir())
    assert client.get(STILL, params={"thumb": 160}).content == answer.content
    assert list((home.data_dir / "thumbs").iterdir()) == kept


def test_a_thumbnail_of_a_changed_picture_is_of_the_change(client, boat):
    before = client.get(STILL, params={"thumb": 160})
    Image.new("RGB", (160, 90), "red").save(boat / "images/shot_001.png")
    after = client.get(STILL, params={"thumb": 160})
    assert after.headers["etag"] != before.headers["etag"]
    red, green, blue = Image.open(io.BytesIO(after.content)).getpixel((80, 45))
    assert red > 200
    assert max(green, blue) < 60


def test_a_film_has_a_thumbnail_and_a_sound_has_none(client, boat):
    film = client.get(FILM, params={"thumb": 160})
    assert Image.open(io.BytesIO(film.content)).width == 160
    sound = next(boat.glob("narration/*.wav"))
    refused = client.get(f"/media/boat/narration/{sound.name}", params={"thumb": 160})
    assert refused.status_code == 422
    assert "no thumbnail" in refused.json()["error"]


def test_a_torn_picture_has_no_thumbnail_and_leaves_nothing(client, home, boat):
    (boat / "images/shot_001.png").write_bytes(b"\x89PNG torn")
    assert client.get(STILL, params={"thumb": 160}).status_code == 422
    assert list((home.data_dir / "thumbs").iterdir()) == []


def test_a_file_is_saved_under_its_name_when_asked(client, boat):
    saved = client.get(FILM, params={"download": True}).headers["content-disposition"]
    assert saved == "attachment; filename*=UTF-8''film.mp4"


def test_words_of_a_project_are_text_that_runs_nothing(client, boat):
    answer = client.get("/media/boat/story.json")
    assert answer.headers["content-type"] == "application/json"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_large_file_is_never_in_memory_as_a_whole(client, boat):
    assert client.get(FILM).status_code == 200  # the first request builds the routes
    with (boat / "film.mp4").open("r+b") as file:
        file.truncate(256 << 20)
    sent: list[int] = []
    tracemalloc.start()
    asgi(client, "GET", FILM, hear=lambda block: sent.append(len(block)))
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(sent) == 256 << 20
    assert peak_bytes < 100 << 20
