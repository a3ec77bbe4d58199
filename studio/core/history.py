"""Undo and redo: files that people edit go back and forth among their own takes, and survive everything that takes do.

The journal holds it all: each edit is a new take, each step back or forth is picks and a milestone that says where one
is now. Several files may have one history: what was changed last is what undo takes back, whichever file it was in.
Beside what is edited there is what is made of it and can be chosen among its takes: choosing one is a step as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from studio.core.checkpoint import STEPPED, UNCHOSEN, Checkpoint, Milestone
from studio.core.session import Session, Wanted
from studio.errors import UserError

Standing = tuple[str, str]
"""What stands in a file: its digest and, of one that was chosen among takes, the fingerprint that it stands for."""
Version = Mapping[str, Standing]
"""What stood in each file; files that were not there yet are left out."""
_FOLLOWS = ("made", "restored", "brought")
_CHOSEN = ("picked", "replaced")


def possible_steps(session: Session, names: Sequence[str], *, chosen: tuple[str, ...] = ()) -> tuple[bool, bool]:
    """Whether there is something to undo, and to redo. As ``step_through``."""
    walk = _walked(session, names, chosen)
    kept = walk.kept(session)
    return any(place < walk.at for place in kept), any(place > walk.at for place in kept)


def step_through(
    session: Session, names: Sequence[str], by: int, wanted: Callable[[], Mapping[str, Wanted]], *,
    chosen: tuple[str, ...] = (),
) -> list[str]:  # fmt: skip
    """Undo (``by`` -1) or redo (+1) the last change of the files ``names``, or the last choice of a take.

    Takes are chosen of files whose names begin with one of ``chosen``; returned are those of which another stands there
    now. ``wanted`` is asked before each edited file: what one of them is to be may follow from those before it. Raises
    UserError if there is nothing to take back or do again.
    """
    walk = _walked(session, names, chosen)
    beyond = [place for place in walk.kept(session) if (place - walk.at) * by > 0]
    if not beyond:
        raise UserError("There is nothing to undo." if by < 0 else "There is nothing to redo.")
    place = max(beyond) if by < 0 else min(beyond)
    left, then = walk.versions[walk.at], walk.versions[place]
    others = [name for name in then if name not in names and then[name] != left[name]]
    is_choice = all(left.get(name) == then.get(name) for name in names)
    unchosen = {name: left[name][1] for name in others if by < 0 and is_choice and left[name][1] != then[name][1]}
    facts = {"place": place, UNCHOSEN: unchosen} if unchosen else {"place": place}
    session.write_down(Milestone(STEPPED, names[0], facts))
    try:
        for name in names:
            if name in then and then[name] != left.get(name) and (asked := wanted().get(name)):
                session.pick(asked, then[name][0])
    except Exception:
        session.write_down(Milestone(STEPPED, names[0], {"place": walk.at}))  # a full disk: one has not moved
        raise
    here = [line for name in others if (line := _line(session, name, then[name]))]
    for line in here:
        session.put_back(line)
    return [line.name for line in here]


@dataclass(slots=True)
class _Walk:
    """What the journal's lines up to here say: every version, oldest first, and where in it one is ``at``.

    Whatever comes to stand in the first of ``names`` is a version. Of the others only what a person put there is one;
    what a step makes of the first belongs to the version that it was made for.
    """

    names: Sequence[str]
    chosen: tuple[str, ...]
    versions: list[Version] = field(default_factory=list)
    at: int = -1
    stood: dict[str, Standing] = field(default_factory=dict)
    given: dict[Standing, Standing] = field(default_factory=dict)
    """By name and fingerprint, what that gave last."""

    def note(self, line: Checkpoint) -> None:
        """``line`` came next."""
        if line.name in self.names:
            self._note_edited(line)
        elif self.chosen and line.name.startswith(self.chosen):
            self._note_chosen(line)
            self.stood[line.name] = self.given[line.name, line.fingerprint] = (line.digest, line.fingerprint)

    def stepped(self, line: Milestone) -> None:
        """One is at another version since ``line``."""
        self.at = min(line.facts["place"], len(self.versions) - 1)
        for name, fingerprint in line.facts.get(UNCHOSEN, {}).items():
            self.given.pop((name, fingerprint), None)

    def kept(self, session: Session) -> list[int]:
        """Places of the versions that are another and can be gone to: their edited files are all still here."""
        names = {name for version in self.versions for name in version}
        here = {name: {take.digest for take in session.takes(name)} for name in names}

        def is_kept(version: Version) -> bool:
            return all(version[name][0] in here[name] for name in self.names if name in version)

        def is_other(version: Version) -> bool:
            now = self.versions[self.at]
            return any(version[name] != now.get(name) and version[name][0] in here[name] for name in version)

        return [place for place, known in enumerate(self.versions) if is_kept(known) and is_other(known)]

    def _note_edited(self, line: Checkpoint) -> None:
        now: Version = self.versions[self.at] if self.versions else {}
        then = {**now, line.name: (line.digest, "")}
        if then == now:
            return
        if line.origin == "picked" and then in self.versions:
            self.at = self._nearest(then)
        elif self.versions and line.name != self.names[0] and (line.name not in now or line.origin in _FOLLOWS):
            self.versions[self.at] = then
        else:
            self._add(then)

    def _note_chosen(self, line: Checkpoint) -> None:
        """A take that a person chose, in the place of what its inputs gave, or of what stood there."""
        before = self.given.get((line.name, line.fingerprint)) or self.stood.get(line.name)
        is_other = before is not None and self.stood[line.name][0] != line.digest
        if before is None or not is_other or line.origin not in _CHOSEN or not self.versions:
            return
        then = {**self.versions[self.at], line.name: (line.digest, line.fingerprint)}
        if then == self.versions[self.at]:
            return
        self.versions = [{line.name: before, **version} for version in self.versions]
        self.versions[self.at] = {**self.versions[self.at], line.name: before}
        self._add(then)

    def _add(self, version: Version) -> None:
        self.versions[self.at + 1 :] = [version]
        self.at += 1

    def _nearest(self, version: Version) -> int:
        places = (place for place, known in enumerate(self.versions) if known == version)
        return min(places, key=lambda place: abs(place - self.at))


def _walked(session: Session, names: Sequence[str], chosen: tuple[str, ...]) -> _Walk:
    walk = _Walk(names, chosen)
    for line in session.journal:
        if isinstance(line, Milestone) and line.type == STEPPED and line.step == names[0]:
            walk.stepped(line)
        elif isinstance(line, Checkpoint):
            walk.note(line)
    return walk


def _line(session: Session, name: str, standing: Standing) -> Checkpoint | None:
    """What the journal says of it; None if its take is gone: then a run makes it again."""
    lines = (line for line in session.journal.history(name) if (line.digest, line.fingerprint) == standing)
    line = next(lines, None)
    return line if line and session.take_path(line) else None
