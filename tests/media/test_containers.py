"""A list that names other files is no film: nothing of another file ever comes into a project by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import BadInput, ToolFailed
from studio.media import ffmpeg
from studio.media.probe import probe


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's sound in a folder of his own, as HLS and others take it."""
    sound = tmp_path_factory.mktemp("private") / "secret.ts"
    ffmpeg.run(["-f", "lavfi", "-i", "sine=440:duration=1", "-c:a", "aac", "-f", "mpegts", sound])
    return sound


LISTS = {
    "talk.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.0,\n{url}\n#EXT-X-ENDLIST\n",
    "talk.mp4": "ffconcat version 1.0\nfile '{name}'\n",
    "talk.mpd": '<MPD type="static"><Period><AdaptationSet><Representation id="1"><BaseURL>{url}</BaseURL>'
    "</Representation></AdaptationSet></Period></MPD>",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_files_is_neither_told_of_nor_read_as_a_film(name: str, private: Path) -> None:
    listing = private.with_name(name)
    listing.write_text(LISTS[name].format(url=private.as_uri(), name=private.name), encoding="utf-8")
    with pytest.raises(BadInput, match="a list that names other files"):
        probe(listing)
    out = private.with_name("out.wav")
    with pytest.raises(ToolFailed):
        ffmpeg.run(["-i", listing, "-vn", out])
    assert not out.exists()


def test_a_numbered_picture_stands_for_itself_alone(tmp_path: Path) -> None:
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc=size=64x36:rate=5:duration=1", tmp_path / "p%d.png"])
    with pytest.raises(ToolFailed):
        ffmpeg.run(["-i", tmp_path / "p%d.png", tmp_path / "out.mp4"])
    assert probe(tmp_path / "p1.png").picture.width_px == 64
