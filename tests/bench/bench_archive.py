"""Archives against ``cp``: CPU of an export and an import of half a gigabyte of media, memory up to 5 GB.

CPU is of the whole process, user and system, without Python's own start and imports, which ``cp`` does not have.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from studio.core.project import new_project, save_project
from studio.core.session import Session, Wanted

_FILES, _FILE_BYTES = 125, 4 << 20
_LARGE_FILES = 1250
_ROUNDS = 5


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        project = _project(Path(folder) / "sessions" / "bench")
        small = _project(Path(folder) / "sessions" / "small", files=4)
        archive, small_archive = Path(folder) / "bench.zip", Path(folder) / "small.zip"
        copied_s = min(_cp_s(project, Path(folder) / f"copy{number}") for number in range(_ROUNDS))
        _, small_mb = _python("export", small, small_archive)
        export_s, export_mb = _best("export", project, archive)
        _, small_in_mb = _python("import", small_archive, Path(folder) / "small_in")
        import_s, import_mb = _best("import", archive, Path(folder) / "in")
        print(f"cp of {_FILES * _FILE_BYTES >> 20} MB: {copied_s:.2f} CPU s")
        print(f"export: {export_s:.2f} CPU s, {export_s / copied_s:.1f}x cp, {export_mb - small_mb:+.0f} MB over 16 MB")
        print(
            f"import: {import_s:.2f} CPU s, {import_s / copied_s:.1f}x cp, {import_mb - small_in_mb:+.0f} MB over 16 MB"
        )
        large = _project(Path(folder) / "sessions" / "large", files=_LARGE_FILES)
        _, large_mb = _python("export", large, Path(folder) / "large.zip")
        shutil.rmtree(large)
        _, large_in_mb = _python("import", Path(folder) / "large.zip", Path(folder) / "large_in")
        gigabytes = _LARGE_FILES * _FILE_BYTES / 1e9
        print(
            f"{gigabytes:.1f} GB: export {large_mb - small_mb:+.0f} MB, import {large_in_mb - small_in_mb:+.0f} MB over 16 MB"
        )


def _project(directory: Path, files: int = _FILES) -> Path:
    """A project whose journal knows every picture, like a finished film."""
    directory.mkdir(parents=True)
    save_project(directory, new_project(directory.name, "film"))
    dice = random.Random(1)
    with Session(directory) as session:
        for number in range(files):
            wanted = Wanted(f"images/shot_{number:03d}.png", lambda out: None, lambda out: None, {"n": number})
            made = session.tmp_path(wanted.name)
            made.write_bytes(dice.randbytes(_FILE_BYTES))
            session.publish(wanted, made)
    return directory


def _cp_s(source: Path, target: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["cp", "-r", "--reflink=never", str(source), str(target)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["rm", "-r", str(target)], check=True)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _best(what: str, source: Path, target: Path) -> tuple[float, float]:
    runs = [_python(what, source, target) for _ in range(_ROUNDS)]
    return min(run[0] for run in runs), max(run[1] for run in runs)


def _python(what: str, source: Path, target: Path) -> tuple[float, float]:
    """CPU seconds and peak MB of one export or import in a process of its own."""
    out = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_archive", what, str(source), str(target)],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    return float(out[0]), float(out[1])


def _measured(what: str, source: Path, target: Path) -> None:
    from studio.core import archive

    before = os.times()
    if what == "export":
        archive.export_project(source, target)
    else:
        archive.import_archive(source, target)
    after = os.times()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(after.user + after.system - before.user - before.system, peak_mb)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
