"""Archives that were made to deceive, or that were damaged: each refused, quickly, in words, with nothing left."""

from __future__ import annotations

import json
import random
import re
import shutil
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from studio.core.archive import examine, export_project, import_archive
from studio.core.archiving.contents import COMMENT
from studio.core.project import new_project, save_project
from studio.core.session import Session
from studio.errors import ArchiveRefused, NewerFormat, StorageFailed, StudioError
from tests.core.archive_bytes import DEFLATED, FILE, FOLDER, LINK, PIPE, Raw, project_files, zip_of
from tests.core.conftest import text

DIGEST = "ab" * 32


def _with(*raws: Raw, **how: object) -> bytes:
    return zip_of([*project_files(), *raws], **how)


def _journal(**fields: object) -> Raw:
    line = {
        "kind": "artifact", "name": "a.txt", "fingerprint": "f", "digest": DIGEST, "size_bytes": 1, "mtime_ns": 1,
        "step": "s", **fields,
    }  # fmt: skip
    return Raw("checkpoints.jsonl", json.dumps(line).encode() + b"\n")


def _save_point(**fields: object) -> Raw:
    point = {"format": 1, "files": [{"name": "a.txt", "digest": DIGEST, **fields}]}
    return Raw("snapshots/one.json", json.dumps(point).encode())


def _zeros(name: str, size_bytes: int) -> Raw:
    return Raw(name, b"", DEFLATED, packed=_packed_zeros(size_bytes), crc=0, size=size_bytes)


def _packed_zeros(size_bytes: int) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1 << 20)
    return b"".join(stream.compress(block) for _ in range(size_bytes >> 20)) + stream.flush()


def _two_ends() -> bytes:
    inner = zip_of(project_files())
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 10, 10, 0)
    return inner[:-2] + struct.pack("<H", len(end)) + end


def _nested(times: int) -> bytes:
    content = zip_of(project_files())
    for _ in range(times):
        content = zip_of([Raw("inner.zip", content)])
    return content


_HIDDEN = zip_of([Raw("b.txt")])[: 30 + len("b.txt") + 1]
_INSIDE = zip_of(
    [Raw("outer.bin", _HIDDEN), Raw("b.txt", offset=30 + len("outer.bin")), *project_files()],
)
"""``b.txt`` has an honest header and content, inside the content of ``outer.bin``."""
_DEEP = "/".join("d" * 21) + "/x"
_ZEROS = [_zeros(f"{n}.bin", 90 << 20) for n in range(4)]

HOSTILE: dict[str, tuple[bytes, str]] = {
    "a path upwards": (_with(Raw("../evil.txt")), r"evil\.txt.*\.\."),
    "a path upwards in the middle": (_with(Raw("images/../../evil.txt")), r"\.\."),
    "a path upwards at the end": (_with(Raw("images/..")), r"\.\."),
    "an absolute path": (_with(Raw("/etc/passwd")), "absolute"),
    "a drive": (_with(Raw("C:/evil.txt")), "drive"),
    "a drive without a slash": (_with(Raw("c:evil.txt")), "drive"),
    "a stream of a file": (_with(Raw("a.txt:hidden")), "colon"),
    "backslashes": (_with(Raw("images\\shot.png")), "backslashes.*Explorer"),
    "a path upwards with backslashes": (_with(Raw("..\\evil.txt")), "backslashes"),
    "a network path": (_with(Raw("\\\\server\\x")), "backslashes"),
    "a name cut at a NUL": (_with(Raw("a.txt\0.png")), "NUL"),
    "a control character": (_with(Raw("a\nb.txt")), "control characters"),
    "an escape character": (_with(Raw("a\x1b[2Jb.txt")), r"\\u001b.*control characters"),
    "letters turned round": (_with(Raw("a\u202egnp.exe")), r"\\u202e.*turn letters round"),
    "an invisible letter": (_with(Raw("a\u200b.txt")), "hide"),
    "half a letter": (_with(Raw("a\ud800.txt")), "damaged"),
    "a device": (_with(Raw("images/CON")), "devices"),
    "a device with an ending": (_with(Raw("nul.png")), "devices"),
    "a port with a superscript": (_with(Raw("COM¹.txt")), "devices"),
    "a dot at the end": (_with(Raw("a.txt.")), "dot or a space"),
    "a space at the end": (_with(Raw("images /a.txt")), "dot or a space"),
    "an empty step": (_with(Raw("a//b.txt")), "empty step"),
    "a step to itself": (_with(Raw("./b.txt")), "empty step"),
    "no name": (_with(Raw("")), "no name"),
    "a name too long for a disk": (_with(Raw("a" * 300)), "too long"),
    "a path too long": (_with(Raw("/".join(["d" * 200] * 6))), "too long"),
    "21 folders deep": (_with(Raw(_DEEP)), "folders deep"),
    "600 folders deep": (_with(Raw("d/" * 600 + "x")), "folders deep"),
    "the same name twice": (_with(Raw("a.txt"), Raw("a.txt", b"y")), "twice"),
    "two manifests": (_with(*project_files()), "twice"),
    "names that differ by case": (_with(Raw("a.txt"), Raw("A.TXT")), "one file on Windows and macOS"),
    "folders that differ by case": (_with(Raw("x/a.txt"), Raw("X/b.txt")), "one on Windows and macOS"),
    "names that differ by composition": (_with(Raw("é.txt"), Raw("e\u0301.txt")), "one file on Windows and macOS"),
    "names that differ by folding": (_with(Raw("STRASSE"), Raw("straße")), "one file on Windows and macOS"),
    "a file that is a folder": (_with(Raw("a"), Raw("a/b.txt")), "both a file and a folder"),
    "a folder that was a file": (_with(Raw("a/b.txt"), Raw("A")), "both a file and a folder"),
    "a link": (_with(Raw("a.txt", b"/etc/passwd", attributes=LINK)), "is a link"),
    "a link called a folder": (_with(Raw("a/", b"", attributes=LINK)), "is a link"),
    "a pipe": (_with(Raw("a.txt", attributes=PIPE)), "device or pipe"),
    "a folder that says it is a file": (_with(Raw("a/", b"", attributes=FILE)), "a file and a folder"),
    "a file that says it is a folder": (_with(Raw("a", b"", attributes=FOLDER)), "a file and a folder"),
    "a folder with a content": (_with(Raw("a/", b"x", attributes=FOLDER)), "has a content"),
    "a password": (_with(Raw("a.txt", flags=0x801)), "password"),
    "strong encryption": (_with(Raw("a.txt", flags=0x841)), "password"),
    "LZMA": (_with(Raw("a.txt", method=14)), "method 14"),
    "AES": (_with(Raw("a.txt", method=99)), "method 99"),
    "two sizes of what is stored": (_with(Raw("a.txt", packed=b"xyz")), "two sizes"),
    "a part of several": (_with(disk=1), "part of several"),
    "an entry on another part": (_with(Raw("a.txt", disk=3)), "part of several"),
    "another name in the header": (_with(Raw("a.txt", local_name="b.txt")), "name in two versions"),
    "another packing in the header": (_with(Raw("a.txt", local_method=8)), "way of packing in two versions"),
    "another checksum in the header": (_with(Raw("a.txt", local_crc=1)), "checksum in two versions"),
    "another size in the header": (_with(Raw("a.txt", local_size=7)), "size in two versions"),
    "entries that share their bytes": (_with(Raw("metadata2", offset=0, local_name="q")), "two versions|overlaps"),
    "a header inside another file": (_INSIDE, "overlaps"),
    "a header beyond the end": (_with(Raw("a.txt", offset=1 << 30)), "does not begin"),
    "a wrong checksum": (_with(Raw("a.txt", crc=1)), "a.txt.*is damaged"),
    "more than was promised": (_with(Raw("a.txt", b"x" * 99, DEFLATED, size=5)), "holds more than"),
    "less than was promised": (_with(Raw("a.txt", b"x" * 99, DEFLATED, size=500)), "is damaged"),
    "packed bytes that are none": (_with(Raw("a.txt", b"abc", DEFLATED, packed=b"\xff" * 9)), "is damaged"),
    "something behind the packed bytes": (
        _with(Raw("a.txt", b"abc", DEFLATED, packed=zlib.compress(b"abc", wbits=-15) + b"zz")),
        "behind its end",
    ),
    "a torn extra field": (_with(Raw("a.txt", size=0xFFFFFFFF, packed=b"x", extra=b"\1\0\x40\0ab")), "torn"),
    "a size that is missing": (_with(Raw("a.txt", size=0xFFFFFFFF)), "size is missing"),
    "bytes in front": (_with(before=b"MZ" + bytes(99)), "not where"),
    "bytes behind": (_with(after=b"more"), "no whole ZIP"),
    "two ends": (_two_ends(), "two ways"),
    "a table longer than its entries": (_with(Raw("a.txt"), count=1), "longer than the entries"),
    "more entries than its table": (_with(Raw("a.txt"), count=5), "torn"),
    "a table that is elsewhere": (_with(table_bytes=10), "not where"),
    "nothing": (b"", "no whole ZIP"),
    "no ZIP": (b"Hello, I am a film." * 99, "no whole ZIP"),
    "an empty ZIP": (zip_of([]), "empty"),
    "one file that is a bomb": (_with(_zeros("a.bin", 101 << 20)), "a.bin.*bomb"),
    "many files that are a bomb": (_with(*_ZEROS), "grow from.*bomb"),
    "an archive in the archive": (_nested(1), "another archive.*inner.zip"),
    "archives in archives in archives": (_nested(5), "another archive"),
    "not a project": (zip_of([Raw("holiday/a.jpg"), Raw("b.txt")]), "no project.*metadata.json.*a.jpg"),
    "only what Finder adds": (zip_of([Raw("__MACOSX/._a"), Raw(".DS_Store")]), "no project"),
    "a manifest that is no JSON": (zip_of([Raw("metadata.json", b"{")]), "metadata.json.*no JSON"),
    "a manifest that is a list": (zip_of([Raw("metadata.json", b"[]")]), "metadata.json.*damaged"),
    "a manifest as deep as the sea": (zip_of([Raw("metadata.json", b"[" * 200_000)]), "no JSON"),
    "a manifest with half a letter": (zip_of(project_files(title="\ud800")), "no JSON"),
    "a manifest without a time": (zip_of(project_files(created_at=None)), "created_at"),
    "a manifest with a wrong format": (zip_of(project_files(format="one")), "format is no number"),
    "a manifest of gigabytes": (zip_of([_zeros("metadata.json", 40 << 20)]), "no project's is"),
    "a journal of repeated lines": (
        _with(Raw("checkpoints.jsonl", b'{"kind":"milestone","type":"x"}\n' * 3_000_000, DEFLATED)),
        "checkpoints.jsonl.*bomb",
    ),
    "a journal whose line does not end": (
        _with(Raw("checkpoints.jsonl", random.Random(1).randbytes(9 << 20).hex().encode(), DEFLATED)),
        "does not end",
    ),
    "a source outside": (zip_of(project_files(source={"kind": "text", "file": "../../etc/passwd"})), r"\.\."),
    "a journal that leads out": (_with(_journal(name="../../.bashrc", tmp="a")), r"checkpoints.jsonl.*\.\."),
    "a journal that leads into a hidden place": (_with(_journal(name=".pending/commit.json")), "hidden"),
    "a journal whose half-made file is elsewhere": (_with(_journal(tmp="../../x")), r"\.\."),
    "a journal whose half-made file is below": (_with(_journal(tmp="a/b")), "half-made"),
    "a journal with a digest that is a path": (_with(_journal(digest="../../..")), "digest"),
    "a journal with a list for a name": (_with(_journal(name=["a"])), "name in a line"),
    "a journal with words for a size": (_with(_journal(size_bytes="big")), "size_bytes in a line"),
    "a failure that leads out": (_with(_journal(kind="failed", name="/etc/x", error="")), "absolute"),
    "a save point that leads out": (_with(_save_point(name="../../x")), r"snapshots/one.json.*\.\."),
    "a save point with a digest that is a path": (_with(_save_point(digest="../../..")), "digest"),
    "a journal that is a folder": (_with(Raw("checkpoints.jsonl/x.txt")), "checkpoints.jsonl. is a folder in it"),
    "a manifest that is a folder": (_with(Raw("METADATA.JSON/x.txt")), "both a file and a folder"),
    "a film that is a folder": (_with(Raw("film.mp4/x")), "film.mp4. is a folder in it"),
    "a picture of the journal that is a folder": (_with(_journal(), Raw("a.txt/b")), "a.txt. is a folder in it"),
    "a folder of the journal that is a file": (_with(_journal(name="a/b.txt"), Raw("a")), "“a” is a file in it"),
    **{
        f"a file called {name}": (_with(Raw(name)), f"“{name}” is a file in it")
        for name in ("tmp", "takes", "Snapshots", "images")
    },
    "a list with an endless size": (
        _with(Raw("studio-archive.json", b'{"format": 1, "files": [{"name": "a", "blake3": "", "size_bytes": 1e999, "mtime_ns": 1}]}'),
              comment=COMMENT),
        "its list of files is torn",
    ),
    "a damaged session of an older program": (zip_of([Raw("metadata.json", b'{"a": 1}'), Raw("a.txt", crc=5)]), "damaged"),
}  # fmt: skip


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    folder = tmp_path / "sessions"
    folder.mkdir()
    save_project(_made(folder / "boat"), new_project("boat", "film"))
    return folder


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _refuse(zip_path: Path, sessions: Path, **how: object) -> str:
    """Imports, expects a refusal, and that nothing in the whole tree has changed; returns the sentence."""
    root = sessions.parent
    before = _tree(root)
    started = time.process_time()  # not the clock on the wall: others may be at work on this machine
    with pytest.raises(StudioError) as caught:
        import_archive(zip_path, sessions, adopt=lambda unpacked: pytest.fail("opened"), **how)
    assert time.process_time() - started < 5
    assert _tree(root) == before
    assert sorted(path.name for path in sessions.iterdir()) == ["boat"]
    return str(caught.value)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused_with_its_reason_and_nothing_is_left(kind, tmp_path, sessions):
    content, reason = HOSTILE[kind]
    (tmp_path / "in.zip").write_bytes(content)
    sentence = _refuse(tmp_path / "in.zip", sessions)
    assert re.search(reason, sentence), sentence
    assert sentence.isprintable()
    assert sentence.endswith((".", "?"))
    assert len(sentence) < 400


@pytest.mark.parametrize("count", [60_001, 100_000])
def test_too_many_entries_are_refused_at_once(count, tmp_path, sessions):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for number in range(count):
            archive.writestr(f"f{number}", b"")
    assert "entries" in _refuse(tmp_path / "in.zip", sessions)


def test_too_many_entries_that_lie_about_their_number_are_refused(tmp_path, sessions):
    (tmp_path / "in.zip").write_bytes(zip_of([Raw(f"f{number}", b"") for number in range(100_000)], count=3))
    assert "longer than the entries" in _refuse(tmp_path / "in.zip", sessions)


def test_as_many_files_as_are_allowed_are_examined_in_time(tmp_path, sessions):
    raws = [*project_files(), *(Raw(f"images/a{n // 100}/shot_{n}.png", b"") for n in range(59_999))]
    (tmp_path / "in.zip").write_bytes(zip_of(raws))
    started = time.process_time()
    assert len(examine(tmp_path / "in.zip").entries) == 60_000
    assert time.process_time() - started < 10


def test_a_bomb_of_overlapping_files_is_refused(tmp_path, sessions):
    kernel = Raw("0.bin", b"", DEFLATED, packed=_packed_zeros(50 << 20), crc=0, size=50 << 20)
    sharing = [Raw(f"{n}.bin", b"", DEFLATED, packed=b"", crc=0, size=50 << 20, offset=0) for n in range(1, 3)]
    (tmp_path / "in.zip").write_bytes(zip_of([kernel, *sharing, *project_files()]))
    assert re.search("two versions|overlaps", _refuse(tmp_path / "in.zip", sessions))


def test_a_content_that_grows_beyond_its_promise_is_stopped_at_the_promise(tmp_path, sessions):
    bomb = Raw("a.txt", b"", DEFLATED, packed=_packed_zeros(200 << 20), crc=0, size=1000)
    (tmp_path / "in.zip").write_bytes(_with(bomb))
    assert "holds more than the 1,000 bytes" in _refuse(tmp_path / "in.zip", sessions)


def test_an_archive_larger_than_the_disk_is_refused(tmp_path, sessions, monkeypatch):
    (tmp_path / "in.zip").write_bytes(_with())
    real = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: real._replace(free=1000))
    with pytest.raises(StorageFailed, match="make room"):
        import_archive(tmp_path / "in.zip", sessions)


def test_a_project_of_a_newer_studio_is_refused_with_its_version(tmp_path, sessions):
    newer = project_files(format=99, session_metadata={"created_with_version": "7.1"})
    (tmp_path / "in.zip").write_bytes(zip_of(newer))
    assert "made with version 7.1" in _refuse(tmp_path / "in.zip", sessions)
    with pytest.raises(NewerFormat):
        examine(tmp_path / "in.zip")


def test_an_archive_that_is_not_there_is_refused(tmp_path, sessions):
    assert "no file gone.zip" in _refuse(tmp_path / "gone.zip", sessions)
    assert "no file" in _refuse(tmp_path, sessions)


@pytest.fixture
def exported(tmp_path, make, session: Session) -> Path:
    """A good export: texts, a picture of random bytes, a take."""
    make(text("a.txt", "one"))
    make(text("a.txt", "two"))
    make(text("images/größe.txt", "three " * 500))
    (session.directory / "original.bin").write_bytes(random.Random(4).randbytes(20_000))
    out = tmp_path / "out.zip"
    export_project(session.directory, out)
    return out


@pytest.fixture
def elsewhere(tmp_path) -> Path:
    folder = tmp_path / "elsewhere" / "sessions"
    folder.mkdir(parents=True)
    save_project(_made(folder / "boat"), new_project("boat", "film"))
    return folder


def test_an_archive_cut_anywhere_is_refused(tmp_path, exported, elsewhere):
    whole = exported.read_bytes()
    for cut in [1, 2, *(len(whole) * part // 18 for part in range(1, 18)), len(whole) - 1]:
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        assert "whole ZIP" in _refuse(tmp_path / "cut.zip", elsewhere)


def test_a_damaged_file_is_named(tmp_path, exported, elsewhere):
    whole = bytearray(exported.read_bytes())
    with zipfile.ZipFile(exported) as archive:
        info = archive.getinfo("original.bin")
    whole[info.header_offset + 100] ^= 4
    (tmp_path / "bad.zip").write_bytes(whole)
    assert "“original.bin” is damaged" in _refuse(tmp_path / "bad.zip", elsewhere)


def test_a_file_changed_with_its_checksum_does_not_pass_the_list(tmp_path, exported, elsewhere):
    _repack(exported, tmp_path / "bad.zip", lambda name, content: b"X" + content[1:] if name == "a.txt" else content)
    assert "“a.txt” is damaged" in _refuse(tmp_path / "bad.zip", elsewhere)


def test_a_file_that_is_missing_is_named(tmp_path, exported, elsewhere):
    _repack(exported, tmp_path / "bad.zip", lambda name, content: None if name == "a.txt" else content)
    assert "“a.txt” is missing" in _refuse(tmp_path / "bad.zip", elsewhere)


@pytest.mark.parametrize("listed", [b"[]", b"{}", b"{", b'{"format": 1, "files": [{}]}', b'{"format": 1}'])
def test_a_damaged_list_is_refused(tmp_path, exported, elsewhere, listed):
    name = "studio-archive.json"
    _repack(exported, tmp_path / "bad.zip", lambda entry, content: listed if entry == name else content)
    assert "studio-archive.json in the archive is damaged" in _refuse(tmp_path / "bad.zip", elsewhere)


def test_a_list_of_a_newer_studio_is_refused_with_its_version(tmp_path, exported, elsewhere):
    newer = b'{"format": 2, "made_with": "8.0"}'
    _repack(exported, tmp_path / "n.zip", lambda entry, old: newer if entry == "studio-archive.json" else old)
    assert "made with version 8.0" in _refuse(tmp_path / "n.zip", elsewhere)


def _repack(source: Path, target: Path, change) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(info, content)
        new.comment = old.comment


def test_one_flipped_bit_is_noticed_or_changes_nothing(tmp_path, exported, elsewhere):
    _flip(exported, tmp_path, elsewhere, times=150, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_five_thousand_flipped_bits_are_noticed_or_change_nothing(tmp_path, exported, elsewhere):
    _flip(exported, tmp_path, elsewhere, times=5000, seed=2)


def _flip(exported: Path, tmp_path: Path, elsewhere: Path, *, times: int, seed: int) -> None:
    whole, dice = exported.read_bytes(), random.Random(seed)
    good = import_archive(exported, elsewhere, name="good").directory
    expected = _tree(good)
    shutil.rmtree(good)
    table = whole.index(b"PK\1\2")
    refused = 0
    for number in range(times):
        bad = bytearray(whole)
        at = dice.randrange(len(whole)) if number % 2 else dice.randrange(table, len(whole))
        bad[at] ^= 1 << dice.randrange(8)
        (tmp_path / "flip.zip").write_bytes(bad)
        try:
            taken = import_archive(tmp_path / "flip.zip", elsewhere, name="good").directory
        except (ArchiveRefused, NewerFormat):
            refused += 1
        else:
            assert _tree(taken) == expected, f"bit of byte {at}"
            shutil.rmtree(taken)
        assert [path.name for path in elsewhere.iterdir()] == ["boat"]
    assert refused > times // 2
