"""The people and places of a film: what their pictures show, and pictures of the user's own in their place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from studio import pipelines
from studio.core.plan import plan as plan_through
from studio.core.session import Session, Wanted
from studio.engines import registry
from studio.engines.base import most_references
from studio.errors import BadInput, UserError
from studio.media.picture import as_still
from studio.model.faults import in_words
from studio.model.film import FilmOptions
from studio.model.sheet import SHEETS, Sheet
from studio.model.text_files import read_regular
from studio.service.documents import put_document
from studio.service.projects import Projects
from studio.steps.filming import names
from studio.steps.filming.make_sheets import sheets_as_json


@dataclass(frozen=True, slots=True)
class SheetStatus:
    """Somebody or some place: ``is_used`` if shots are drawn by its picture, ``is_made`` if that stands there and fits."""

    sheet: Sheet
    is_used: bool
    is_made: bool

    @property
    def picture(self) -> str:
        """The picture's name in the project."""
        return names.sheet(self.sheet.slug)


class Sheets(Projects):
    """Sheets of projects of kind ``film``."""

    def sheets(self, name: str) -> tuple[SheetStatus, ...]:
        """Everybody and every place of the film. Raises UserError if it has no sheets, or none yet."""
        plan = self.plan(name)
        missing = {planned.name for planned in plan.make}
        with self._read(name) as session:
            return tuple(
                SheetStatus(sheet, (picture := names.sheet(sheet.slug)) in plan.wanted, picture not in missing)
                for sheet in _sheets(session)
            )

    def edit_sheet(self, name: str, who: str, **changes: object) -> Sheet:
        """Its picture is drawn of these words (``prompt``) or by this ``seed`` from now on; the shots of it follow.

        Raises UserError if nobody is called ``who``, BadInput that names a wrong field.
        """
        return self._change(name, who, lambda sheet: _changed(sheet, changes))

    def retake_sheet(self, name: str, who: str) -> Sheet:
        """Its picture is drawn again at the next run, differently. Raises UserError if the artist cannot."""
        options = FilmOptions.model_validate(self.project(name).options)
        engine = registry.image(options.image)
        if engine.is_deterministic and not engine.uses_seed:
            raise UserError(f"{engine.identity} draws the same every time. Change the words (--prompt).")
        return self._change(name, who, lambda sheet: _changed(sheet, {"retakes": sheet.retakes + 1}))

    def set_sheet_picture(self, name: str, who: str, picture: Path) -> Sheet:
        """``picture`` shows ``who`` from now on. Raises BadInput if it is none, UserError if no shot is drawn by it."""
        with self._open(name) as session, tempfile.TemporaryDirectory() as folder:
            sheet = _called(session, who)
            wanted = self._wanted(session).get(names.sheet(sheet.slug))
            if wanted is None:
                raise UserError(f"No two shots show {sheet.name}, so none is drawn by a picture of it.")
            file = Path(folder) / "sheet.png"
            as_still(picture, file)
            session.replace(wanted, file)
            return sheet

    def _change(self, name: str, who: str, change: Callable[[Sheet], Sheet]) -> Sheet:
        with self._open(name) as session:
            before = _called(session, who)
            after = change(before)
            sheets = tuple(after if sheet == before else sheet for sheet in _sheets(session))
            put_document(session, self._wanted(session).get(names.SHEETS), sheets_as_json(sheets))
            return after

    def _wanted(self, session: Session) -> dict[str, Wanted]:
        return plan_through(session, pipelines.of(session.project)).wanted


def _sheets(session: Session) -> tuple[Sheet, ...]:
    """As ``sheets.json`` has them now."""
    name, place = session.directory.name, session.path(names.SHEETS)
    if session.project.kind != "film":
        raise UserError(f"{name} is no film: only films have sheets of their people and places.")
    options = FilmOptions.model_validate(session.project.options)
    engine = registry.image(options.image)
    if not (options.sheets and most_references(engine)):
        why = "its artist is shown no pictures" if options.sheets else "it is drawn without them"
        raise UserError(f"{name} has no sheets of its people and places: {why}.")
    if not place.is_file():
        raise UserError(f"{name} has no sheets yet: make the film first.")
    try:
        return SHEETS.validate_json(read_regular(place))
    except ValidationError as error:
        raise BadInput(f"{names.SHEETS}, {in_words(error)}.") from error


def _called(session: Session, who: str) -> Sheet:
    found = [one for one in _sheets(session) if who.strip().casefold() in (one.slug.casefold(), one.name.casefold())]
    if not found:
        known = ", ".join(one.name for one in _sheets(session))
        raise UserError(f"Nobody and no place of {session.directory.name} is called {who}. There are: {known}.")
    return found[0]


def _changed(sheet: Sheet, changes: dict[str, object]) -> Sheet:
    try:
        return Sheet.model_validate({**sheet.model_dump(), **changes})
    except ValidationError as error:
        raise BadInput(f"{sheet.name}, {in_words(error)}.") from error
