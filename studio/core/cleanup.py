"""What takes the space of a project, and what of it can go: half-made files, superseded takes, old save points.

Nothing that the film of now stands on is ever offered, and no take that a save point which stays needs to be gone back
to. First what speaks of a content goes, then the content: whatever is killed in between only leaves more to clean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.core.checkpoint import Journal
from studio.core.content import SNAPSHOTS, Found, files_aside, live_files
from studio.core.files import linked_folder, place_in, storage, sync_folder
from studio.core.session import JOURNAL, TAKES, TMP
from studio.core.snapshots import Snapshot, remove_snapshot, snapshots, take_names, unreadable
from studio.errors import BadInput

Kind = Literal["takes", "snapshots", "tmp"]
KINDS: tuple[Kind, ...] = ("takes", "snapshots", "tmp")


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes on the disk by what they are for; a content with several names inside the project counts once."""

    work_bytes: int
    takes_bytes: int
    snapshots_bytes: int
    tmp_bytes: int
    file_count: int

    @property
    def total_bytes(self) -> int:
        """All of it."""
        return self.work_bytes + self.takes_bytes + self.snapshots_bytes + self.tmp_bytes


@dataclass(frozen=True, slots=True)
class Removable:
    """One file that cleaning removes; ``frees_bytes`` is 0 if another project shares its content."""

    kind: Kind
    name: str
    frees_bytes: int


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What a cleaning removes, or has removed if ``is_done``."""

    items: tuple[Removable, ...]
    is_done: bool

    @property
    def freed_bytes(self) -> int:
        """What the disk has more afterwards."""
        return sum(item.frees_bytes for item in self.items)

    @property
    def in_words(self) -> str:
        """What goes: ``3 old takes, 1 save point with 2 files of its own, 1 half-made file``; empty if nothing does."""
        names = {kind: [item.name for item in self.items if item.kind == kind] for kind in KINDS}
        points = [name for name in names["snapshots"] if name.startswith(f"{SNAPSHOTS}/")]
        own = len(names["snapshots"]) - len(points)
        with_files = f" with {_count(own, 'file')} of {'their' if len(points) > 1 else 'its'} own" if own else ""
        said = [
            _count(len(names["takes"]), "old take"),
            f"{_count(len({Path(name).stem for name in points}), 'save point')}{with_files}" if points else "",
            _count(len(names["tmp"]), "half-made file"),
        ]
        return ", ".join(words for words in said if words)

    def of(self, kind: Kind) -> int:
        """The part of ``freed_bytes`` that ``kind`` gives."""
        return sum(item.frees_bytes for item in self.items if item.kind == kind)


def space_of(directory: Path) -> Space:
    """What takes the space. Takes that only a save point needs count as ``snapshots_bytes``; what a link leads to, as none."""
    held = take_names(snapshots(directory))
    live = list(live_files(directory))
    takes, points, halves = (_files_inside(directory, folder) for folder in (TAKES, SNAPSHOTS, TMP))
    of_snapshots = [file for file in takes if _content_of(file) in held]
    return Space(
        work_bytes=_size(live),
        takes_bytes=_size(file for file in takes if _content_of(file) not in held),
        snapshots_bytes=_size(of_snapshots) + _size(points),
        tmp_bytes=_size(halves),
        file_count=len(live),
    )


def plan_cleaning(directory: Path, kinds: Iterable[Kind], *, keep_snapshots: int) -> Cleaning:
    """What cleaning would remove; nothing is changed. Of save points the newest ``keep_snapshots`` stay.

    Raises BadInput if one of the folders is a link, and for takes and save points if a save point cannot be read:
    whatever it needs would be freed.
    """
    asked = set(kinds)
    takes, points, halves = (list(files_aside(directory, folder)) for folder in (TAKES, SNAPSHOTS, TMP))
    torn = unreadable(directory)
    if torn and asked & {"takes", "snapshots"}:
        raise BadInput(
            f"{SNAPSHOTS}/{torn[0]} of {directory.name} cannot be read, so the takes that it needs are not known; nothing "
            "was freed. Open the project with the newest studio, or remove that file; half-made files can be freed alone."
        )
    known = snapshots(directory)
    going, staying = _split(known, keep_snapshots if "snapshots" in asked else len(known))
    held = take_names(staying)
    let_go = take_names(going) - held
    removable: list[tuple[Kind, Found]] = []
    for snapshot in going:
        removable += [("snapshots", file) for file in points if Path(file.name).stem == snapshot.id]
    superseded = _superseded(Journal(directory / JOURNAL))
    for file in takes:
        content = _content_of(file)
        kind: Kind = "snapshots" if content in let_go - superseded else "takes"
        if content not in held and kind in asked:
            removable.append((kind, file))
    if "tmp" in asked:
        removable += [("tmp", file) for file in halves]
    return Cleaning(tuple(_priced(removable)), is_done=False)


def clean(directory: Path, kinds: Iterable[Kind], *, keep_snapshots: int) -> Cleaning:
    """What ``plan_cleaning`` says is gone. The caller holds the project's lock."""
    asked = tuple(kinds)
    plan = plan_cleaning(directory, asked, keep_snapshots=keep_snapshots)
    if "snapshots" in asked:
        for snapshot in _split(snapshots(directory), keep_snapshots)[0]:
            remove_snapshot(directory, snapshot)
    for item in plan.items:
        path = place_in(directory, item.name)
        with storage(path):
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, directory)
    with storage(directory):
        sync_folder(directory)
    return Cleaning(plan.items, is_done=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _split(known: Sequence[Snapshot], keep: int) -> tuple[tuple[Snapshot, ...], tuple[Snapshot, ...]]:
    """The save points that go and those that stay; ones the studio made itself go before the user's own."""
    by_worth = sorted(known, key=lambda snapshot: (not snapshot.is_automatic, snapshot.at))
    return tuple(by_worth[: max(0, len(known) - keep)]), tuple(by_worth[max(0, len(known) - keep) :])


def _superseded(journal: Journal) -> set[tuple[str, str]]:
    """What a run or an edit replaced: a take of the user's, with or without a save point."""
    return {
        (name, line.digest[:8])
        for name in journal.names()
        for line in journal.history(name)
        if line.digest != journal.history(name)[-1].digest
    }


def _files_inside(directory: Path, folder: str) -> list[Found]:
    return [] if linked_folder(directory, f"{folder}/x") else list(files_aside(directory, folder))


def _content_of(take: Found) -> tuple[str, str]:
    """Name and first eight digits of the take at ``takes/<name>/<digest>.<ext>``."""
    path = Path(take.name)
    return path.parent.relative_to(TAKES).as_posix(), path.name.split(".")[0]


def _size(files: Iterable[Found]) -> int:
    return sum({file.inode: file.size_bytes for file in files}.values())


def _priced(removable: Sequence[tuple[Kind, Found]]) -> Iterable[Removable]:
    """A content is freed with the last of its names."""
    names_left = {file.inode: file.links for _, file in removable}
    for kind, file in removable:
        names_left[file.inode] -= 1
        yield Removable(kind, file.name, file.size_bytes if names_left[file.inode] == 0 else 0)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
