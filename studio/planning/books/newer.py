"""What a newer version of a book's file changes: told before it is taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studio.model.manuscript import Chapter, Manuscript
from studio.planning.books.chapter_edits import with_kept_ids

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """Chapters by what becomes of them; each as people call it, with its place in the newer book (gone ones: in the old)."""

    changed: tuple[str, ...] = ()
    """They have other words, and are read again."""
    retitled: tuple[str, ...] = ()
    """Another heading or other emphasis alone: nothing is read again."""
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    same: int = 0
    is_reordered: bool = False

    @property
    def is_none(self) -> bool:
        """Whether the newer file says what the book says."""
        return not (self.changed or self.retitled or self.new or self.gone or self.is_reordered)

    @property
    def said(self) -> str:
        """In a few sentences."""
        if self.is_none:
            return "Nothing changes: the book is made of this text already."
        parts = (
            (self.changed, "With other words"),
            (self.new, "New"),
            (self.gone, "Gone"),
            (self.retitled, "With another heading or emphasis alone"),
        )
        told = [f"{words}: {_listed(chapters)}." for chapters, words in parts if chapters]
        if self.is_reordered:
            told.append("The chapters come in another order.")
        if self.same:
            told.append(f"{self.same} {'chapter stays' if self.same == 1 else 'chapters stay'} as before.")
        return " ".join(told)


def difference(before: Manuscript, newer: Manuscript) -> Difference:
    """What becomes of each chapter of ``before`` when the book is ``newer``."""
    after = with_kept_ids(before, newer).chapters
    old, kept = {one.id: one for one in before.chapters}, {one.id for one in after}
    stayed = [(old[one.id], one) for one in after if one.id in old]
    changed = [one for was, one in stayed if was.content != one.content]
    retitled = [
        one for was, one in stayed
        if was.content == one.content and (was.title, was.emphasis) != (one.title, one.emphasis)
    ]  # fmt: skip
    return Difference(
        changed=_names(changed),
        retitled=_names(retitled),
        new=_names(one for one in after if one.id not in old),
        gone=_names(one for one in before.chapters if one.id not in kept),
        same=len(stayed) - len(changed) - len(retitled),
        is_reordered=[one.id for one in before.chapters if one.id in kept] != [one.id for _, one in stayed],
    )


def _names(chapters: Iterable[Chapter]) -> tuple[str, ...]:
    return tuple(f"chapter {one.number}" + (f" ({one.title})" if one.title else "") for one in chapters)


def _listed(chapters: tuple[str, ...]) -> str:
    more = len(chapters) - _MOST_NAMED
    return ", ".join(chapters[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
