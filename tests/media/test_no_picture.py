"""A film read as if it had no picture."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from studio.media import ffmpeg
from studio.media.no_picture import WithoutPicture
from tests.dub_media import film, music, wav


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talk")
    return film(
        folder / "talk.mp4", [wav(folder / "a.wav", music(2.0))], seconds=2.0, after=("-movflags", "+faststart")
    )


def test_only_its_sound_is_there_and_every_packet_of_it(talk: Path) -> None:
    with WithoutPicture(talk) as file, av.open(file) as alone, av.open(str(talk)) as whole:
        assert file.hides
        assert [stream.type for stream in alone.streams] == ["audio"]
        found, wanted = ([bytes(packet) for packet in one.demux(audio=0)] for one in (alone, whole))
    assert found == wanted
    assert len(wanted) > 90


@pytest.mark.parametrize(("name", "options"), [("a.mkv", ()), ("b.mp4", ("-movflags", "+empty_moov+frag_keyframe"))])
def test_another_kind_of_file_is_left_as_it_is(talk: Path, tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    ffmpeg.run(["-i", talk, "-c", "copy", *options, tmp_path / name])
    with WithoutPicture(tmp_path / name) as file:
        assert not file.hides
        assert file.read(1 << 24) == (tmp_path / name).read_bytes()


def test_what_is_no_film_is_read_as_it_is(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"ftyp", b"\0\0\0\x08ftyp\0\0\0\x05moov", b"\0\0\0\1ftyp" + b"\xff" * 40)):
        file = tmp_path / f"{number}.mp4"
        file.write_bytes(content)
        with WithoutPicture(file) as odd:
            assert not odd.hides
            assert odd.read(100) == content
