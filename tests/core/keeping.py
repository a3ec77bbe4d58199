"""What the tests of keeping projects share: writing as a run does, and looking as a user does."""

from __future__ import annotations

from pathlib import Path

from studio.core.session import Session
from tests.core.conftest import text

_ASIDE = ("takes", "snapshots", "tmp")


def written(directory: Path, files: dict[str, str]) -> None:
    """Each file is made by a run from these words; what stood there is a take."""
    with Session(directory) as session:
        for name, words in files.items():
            wanted = text(name, words)
            if not session.settle(wanted, session.look(wanted)):
                path = session.tmp_path(name)
                wanted.produce(path)
                session.publish(wanted, path)


def contents(directory: Path) -> dict[str, bytes]:
    """The live files of a project, as a user sees them."""
    own = {"metadata.json", "checkpoints.jsonl", ".lock"}
    files = (path for path in directory.rglob("*") if path.is_file())
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in files
        if path.relative_to(directory).parts[0] not in _ASIDE and path.name not in own
    }


def disk_bytes(folder: Path) -> int:
    """What the folder's files take, each content once, without the journal and the save points' own lists."""
    sizes = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".json", ".jsonl"):
            facts = path.stat()
            sizes[facts.st_ino] = facts.st_size
    return sum(sizes.values())
