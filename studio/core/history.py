"""Undo and redo: files that people edit go back and forth among their own takes, and survive everything that takes do.

The journal holds it all: each edit is a new take, each step back or forth is picks and a milestone that says where one
is now. Several files may have one history: what was changed last is what undo takes back, whichever file it was in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from studio.core.checkpoint import STEPPED, Checkpoint, Milestone
from studio.core.session import Session, Wanted
from studio.errors import UserError

Version = Mapping[str, str]
"""What stood in each file, by its digest; files that were not there yet are left out."""
_FOLLOWS = ("made", "restored", "brought")


def possible_steps(session: Session, names: Sequence[str]) -> tuple[bool, bool]:
    """Whether there is something to undo, and to redo."""
    versions, at = _versions(session, names)
    kept = _kept(session, versions)
    return any(place < at for place in kept), any(place > at for place in kept)


def step_through(session: Session, names: Sequence[str], by: int, wanted: Callable[[], Mapping[str, Wanted]]) -> None:
    """Undo (``by`` -1) or redo (+1) the last change of the files ``names``. Raises UserError if there is none.

    ``wanted`` is asked before each file: what one of them is to be may follow from those before it.
    """
    versions, at = _versions(session, names)
    beyond = [place for place in _kept(session, versions) if (place - at) * by > 0]
    if not beyond:
        raise UserError("There is nothing to undo." if by < 0 else "There is nothing to redo.")
    place = max(beyond) if by < 0 else min(beyond)
    session.write_down(Milestone(STEPPED, names[0], {"place": place}))
    for name in names:
        if versions[place].get(name, "") in ("", versions[at].get(name)):
            continue
        asked = wanted().get(name)
        if asked:
            session.pick(asked, versions[place][name])


def _versions(session: Session, names: Sequence[str]) -> tuple[list[Version], int]:
    """Every version that there was, oldest first, and where in it one is now.

    The first of ``names`` leads: whatever comes to stand there is a version. Of the others only what a person put there
    is one; what a step makes of the leading file belongs to the version that it was made for.
    """
    versions: list[Version] = []
    at = -1
    for line in session.journal:
        if isinstance(line, Milestone) and line.type == STEPPED and line.step == names[0]:
            at = min(line.facts["place"], len(versions) - 1)
        if not isinstance(line, Checkpoint) or line.name not in names:
            continue
        now: Version = versions[at] if versions else {}
        then = {**now, line.name: line.digest}
        if then == now:
            continue
        if line.origin == "picked" and then in versions:
            at = _nearest(versions, then, at)
        elif versions and line.name != names[0] and (line.name not in now or line.origin in _FOLLOWS):
            versions[at] = then
        else:
            versions[at + 1 :] = [then]
            at += 1
    return versions, at


def _nearest(versions: Sequence[Version], version: Version, at: int) -> int:
    return min((place for place, known in enumerate(versions) if known == version), key=lambda place: abs(place - at))


def _kept(session: Session, versions: Sequence[Version]) -> list[int]:
    """Places of the versions whose files are all still here."""
    names = {name for version in versions for name in version}
    here = {name: {take.digest for take in session.takes(name)} for name in names}
    return [place for place, known in enumerate(versions) if all(known[name] in here[name] for name in known)]
