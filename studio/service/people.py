"""A book's people: how they look in its pictures, in words that a person can change."""

from __future__ import annotations

from studio import pipelines
from studio.core.plan import plan as plan_through
from studio.errors import BadInput, UserError
from studio.model.moments import CAST, Cast, Person
from studio.planning.books.cast import person_of
from studio.service.documents import put_document
from studio.service.projects import Projects
from studio.steps.books import names
from studio.steps.books.views import cast_in

GENDERS = ("female", "male")
_MOST_NAMED = 12


class People(Projects):
    """The people of projects of kind ``manuscript``."""

    def people(self, name: str) -> tuple[Person, ...]:
        """Everybody in the book, the most mentioned first; nobody before its chapters were read."""
        with self._read(name) as session:
            return cast_in(session).people

    def person(self, name: str, who: str) -> Person:
        """Whoever is called ``who``. Raises UserError if nobody is."""
        with self._read(name) as session:
            return _called(cast_in(session), who, name)

    def edit_person(self, name: str, who: str, *, look: str | None = None, gender: str | None = None) -> Person:
        """Whoever is called ``who`` looks so from now on; what is None stays. Pictures that show them follow.

        Raises UserError if nobody is called so, BadInput for a gender that is none of ``GENDERS``.
        """
        if gender not in (None, *GENDERS):
            raise BadInput(f"A gender is {' or '.join(GENDERS)}, not {gender or 'nothing'}.")
        with self._open(name) as session:
            wanted = plan_through(session, pipelines.of(session.project)).wanted.get(names.CAST)
            cast = cast_in(session)
            if wanted is None or not cast.people:
                raise UserError(f"{name} has no people yet: run it first, then change them.")
            before = _called(cast, who, name)
            words = {"look": look if look is None else " ".join(look.split()), "gender": gender}
            if before.found_gender is None and not before.has_own_gender:
                words["found_gender"] = before.gender
            after = before.model_copy(update={key: value for key, value in words.items() if value is not None})
            people = tuple(after if one == before else one for one in cast.people)
            put_document(session, wanted, CAST.dump_json(cast.model_copy(update={"people": people}), indent=1))
            return after


def _called(cast: Cast, who: str, book: str) -> Person:
    found = next((one for one in cast.people if one.name == who), None) or person_of(cast, who)
    if found is None:
        known = ", ".join(one.name for one in cast.people[:_MOST_NAMED]) or "nobody yet: run it first"
        more = ", …" if len(cast.people) > _MOST_NAMED else ""
        raise UserError(f"Nobody in {book} is called {who}. There are: {known}{more}.")
    return found
