"""SIGKILL during an export, an import and a replacement: what stood there stands, or what was to come; never a part."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from studio.core import trash
from studio.core.archive import clean_leftovers, export_project, import_archive
from studio.core.project import new_project, save_project

_CHILD = """
import sys, pathlib
from studio.core.archive import export_project, import_archive
what, source, target = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
import blake3
tell = lambda done, total: print(done, flush=True)
print("ready", flush=True)
if what == "export":
    export_project(source, target, progress=tell)
else:
    import_archive(source, target, replace=what == "replace", progress=tell)
print("done", flush=True)
"""


def _project(sessions: Path, mark: bytes) -> Path:
    directory = sessions / "boat"
    (directory / "images").mkdir(parents=True)
    for number in range(12):
        (directory / "images" / f"{number}.png").write_bytes(mark * 200_000)
    save_project(directory, new_project("boat", "film"))
    return directory


def _contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.rglob("*.png")}


def _start(what: str, source: Path, target: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD, what, str(source), str(target)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


def _killed(what: str, source: Path, target: Path, dice: random.Random) -> None:
    """Killed after a random one of its steps, then a moment."""
    process = _start(what, source, target)
    assert process.stdout
    wait_for = dice.randrange(1, 16)
    for number, line in enumerate(process.stdout):
        if number == wait_for or line == "done\n":
            break
    time.sleep(dice.uniform(0, 0.02))
    process.kill()
    process.wait()
    process.stdout.close()


def _torture(tmp_path: Path, times: int, seed: int) -> None:
    dice = random.Random(seed)
    home = tmp_path / "sessions"
    project = _project(home, b"new ")
    old_home = tmp_path / "old"
    _project(old_home, b"old ")
    expected, before = _contents(project), _contents(old_home / "boat")
    archive = tmp_path / "good.zip"
    export_project(project, archive)
    for number in range(times):
        out = tmp_path / "out" / "boat.zip"
        _killed("export", project, out, dice)
        if out.exists():
            assert zipfile.ZipFile(out).testzip() is None
            out.unlink()
        elsewhere = tmp_path / f"elsewhere{number}"
        _killed("import", archive, elsewhere, dice)
        if (elsewhere / "boat").exists():
            assert _contents(elsewhere / "boat") == expected
        replaced = tmp_path / f"replaced{number}"
        shutil.copytree(old_home, replaced)
        _killed("replace", archive, replaced, dice)
        assert (replaced / "boat").exists()
        assert _contents(replaced / "boat") in (expected, before)
        for sessions in (out.parent, elsewhere, replaced):
            if sessions.exists():
                clean_leftovers(sessions)
                assert [p.name for p in sessions.iterdir() if p.name not in ("boat", ".trash")] == []
        thrown = [_contents(replaced / trash.TRASH / entry.folder) for entry in trash.trashed(replaced)]
        assert thrown == ([before] if _contents(replaced / "boat") == expected else [])
        assert import_archive(archive, elsewhere).directory.is_dir()
        for sessions in (elsewhere, replaced):
            shutil.rmtree(sessions)


def test_a_kill_leaves_all_or_nothing(tmp_path):
    _torture(tmp_path, times=3, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_forty_kills_leave_all_or_nothing(tmp_path):
    _torture(tmp_path, times=40, seed=2)
