# ruff: noqa: F401, F811 (fixtures are imported by name)
"""Archives that people make by hand, and those of older programs."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest

from studio.core.archive import examine, export_project, import_archive
from studio.core.project import new_project, save_project
from studio.core.session import Session
from studio.errors import ArchiveRefused, BadInput
from tests.core.archive_bytes import DEFLATED, Raw, project_files, zip_of
from tests.core.archive_project import elsewhere, file_at, out, picture, project, tree


def _zip_by_hand(project: Path, out: Path, top: str, *extra: tuple[str, bytes], decomposed: bool = False) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if top:
            archive.writestr(f"{top}/", b"")
        for name in tree(project):
            told = unicodedata.normalize("NFD", name) if decomposed else name
            archive.write(project / name, f"{top}/{told}" if top else told)
        for name, content in extra:
            archive.writestr(name, content)


def test_a_folder_zipped_in_explorer_comes_in(project, out, elsewhere):
    _zip_by_hand(project, out, "project", ("project/Thumbs.db", b"x"), ("project/images/desktop.ini", b"x"))
    imported = import_archive(out, elsewhere)
    assert imported.kind == "studio"
    assert tree(imported.directory, mtimes=False) == tree(project, mtimes=False)


def test_a_folder_zipped_in_finder_comes_in(project, out, elsewhere):
    _zip_by_hand(
        project, out, "project", ("project/.DS_Store", b"x"), ("__MACOSX/project/._metadata.json", b"x"),
        ("__MACOSX/._project", b"x"), decomposed=True,
    )  # fmt: skip
    imported = import_archive(out, elsewhere)
    assert tree(imported.directory, mtimes=False) == tree(project, mtimes=False)


def test_a_folder_zipped_by_hand_has_nothing_to_make(project, out, elsewhere, monkeypatch):
    _zip_by_hand(project, out, "project")
    with Session(import_archive(out, elsewhere).directory) as session:
        monkeypatch.setattr("studio.core.session.digest_of", lambda path: pytest.fail("the fast check did not hold"))
        assert session.look(picture("images/shot_001.png", "four")).artifact


@pytest.mark.skipif(not shutil.which("zip"), reason="zip is not installed")
@pytest.mark.parametrize("how", [["-r"], ["-r", "-0"], ["-r", "-fd"], ["-r", "-fz"]])
def test_a_folder_zipped_by_info_zip_comes_in(project, tmp_path, elsewhere, how):
    subprocess.run(
        ["zip", "-q", *how, str(tmp_path / "z.zip"), "project"],
        cwd=project.parent,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    imported = import_archive(tmp_path / "z.zip", elsewhere)
    assert tree(imported.directory, mtimes=False) == tree(project, mtimes=False)


def test_an_archive_written_into_a_pipe_comes_in(project, tmp_path, elsewhere):
    class Pipe:
        """Cannot go back, so sizes and checksums follow each file."""

        def __init__(self, path: Path) -> None:
            self.file = path.open("wb")

        def write(self, block: bytes) -> int:
            return self.file.write(block)

        def flush(self) -> None:
            self.file.flush()

    pipe = Pipe(tmp_path / "p.zip")
    with zipfile.ZipFile(pipe, "w") as archive:
        for name in tree(project):
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as packing:
                packing.write((project / name).read_bytes())
    pipe.file.close()
    imported = import_archive(tmp_path / "p.zip", elsewhere)
    assert tree(imported.directory, mtimes=False) == tree(project, mtimes=False)


def test_an_export_unpacked_changed_and_zipped_again_comes_in(project, out, tmp_path, elsewhere):
    export_project(project, out)
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "plain")
    file_at(tmp_path / "plain" / "story.json", b"changed by hand.")
    _zip_by_hand(tmp_path / "plain", tmp_path / "again.zip", "")
    imported = import_archive(tmp_path / "again.zip", elsewhere)
    assert (imported.directory / "story.json").read_bytes() == b"changed by hand."
    assert not (imported.directory / "studio-archive.json").exists()


def test_a_file_put_into_an_export_is_told(project, out, elsewhere):
    export_project(project, out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("notes.txt", b"added")
    imported = import_archive(out, elsewhere)
    assert (imported.directory / "notes.txt").read_bytes() == b"added"
    assert re.search("1 files? .*notes.txt", imported.warnings[0])


def test_names_in_an_old_dos_alphabet_come_in_with_a_warning(tmp_path, elsewhere):
    (tmp_path / "in.zip").write_bytes(zip_of([*project_files(), Raw("größe.txt".encode("cp437"), flags=0)]))
    imported = import_archive(tmp_path / "in.zip", elsewhere)
    assert (imported.directory / "größe.txt").exists()
    assert "guessed" in imported.warnings[0]


def test_a_silent_minute_packed_small_is_no_bomb(tmp_path, elsewhere):
    silence = bytes(11_520_000)
    (tmp_path / "in.zip").write_bytes(zip_of([*project_files(), Raw("sounds/a.wav", silence, DEFLATED)]))
    assert (import_archive(tmp_path / "in.zip", elsewhere).directory / "sounds/a.wav").stat().st_size == len(silence)


# Sessions of older programs


@pytest.mark.parametrize(
    ("kind", "files", "name"),
    [
        ("dubbing", {"metadata.json": b'{"session_name": "My Talk"}', "audio/hi_audio.wav": b"x"}, "My_Talk"),
        ("dubbing", {"talk/metadata.json": b"{}", "talk/translations/hi.json": b"[]"}, "lesson"),
        ("film_studio", {"session_20250101_101010_meta.json": b"{}", "images/shot_001.png": b"x"},
         "session_20250101_101010"),
        ("film_studio", {"s/session_20250101_101010_meta.json": b"{}", "s/story.json": b"x"},
         "session_20250101_101010"),
    ],
)  # fmt: skip
def test_a_session_of_an_older_program_is_handed_over_whole(kind, files, name, tmp_path, elsewhere):
    path = tmp_path / "lesson_export.zip"
    path.write_bytes(zip_of([Raw(key, content) for key, content in files.items()]))
    seen = {}

    def adopt(unpacked) -> str:
        assert unpacked.directory.is_relative_to(elsewhere)
        seen.update(tree(unpacked.directory, mtimes=False), kind=unpacked.kind, name=unpacked.name)
        save_project(_made(elsewhere / "new"), new_project("new", "film"))
        return "new"

    imported = import_archive(path, elsewhere, adopt=adopt)
    assert (seen.pop("kind"), seen.pop("name")) == (kind, name)
    assert sorted(content for content, _ in seen.values()) == sorted(files.values())
    assert (imported.name, imported.kind, imported.directory) == ("new", kind, elsewhere / "new")
    assert [path.name for path in elsewhere.iterdir()] == ["new"]
    assert examine(path).kind == kind


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_session_that_its_opener_refuses_leaves_nothing(tmp_path, elsewhere):
    def adopt(unpacked) -> str:
        raise BadInput("It holds no story.")

    (tmp_path / "in.zip").write_bytes(zip_of([Raw("metadata.json", b"{}")]))
    with pytest.raises(BadInput, match="no story"):
        import_archive(tmp_path / "in.zip", elsewhere, adopt=adopt)
    with pytest.raises(ArchiveRefused, match="another program"):
        import_archive(tmp_path / "in.zip", elsewhere)
    assert list(elsewhere.iterdir()) == []
