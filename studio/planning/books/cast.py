"""The people of a whole book, from what was found in each of its chapters."""

from __future__ import annotations

from collections.abc import Sequence

from studio.model.moments import Cast, ChapterAnalysis, Person
from studio.model.people import find_person, merged_people


def merged_cast(analyses: Sequence[ChapterAnalysis]) -> Cast:
    """Each person once, the most mentioned first: by the fullest name, with the first look that a chapter gave.

    See ``studio.model.people`` for who is taken for one.
    """
    return Cast(people=merged_people([person for analysis in analyses for person in analysis.characters]))


def person_of(cast: Cast, name: str) -> Person | None:
    """The one of ``cast`` whom a chapter calls ``name``; None if that is nobody, or not clear."""
    return find_person(cast.people, name)
