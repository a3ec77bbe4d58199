"""What lines of a dub read in other languages, put into the project: typed, imported, or gone along with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pydantic import TypeAdapter

from studio.core.checkpoint import Origin
from studio.core.pipeline import Plan
from studio.core.session import Session
from studio.errors import BadInput, UserError
from studio.model.dub import Line, Translated, check_sayable
from studio.planning.dubbing.divided import following
from studio.planning.dubbing.line_edits import the_line
from studio.planning.dubbing.translations import Entry, with_texts
from studio.service.documents import put_document
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.views import options_in, translation_in

_ENTRIES = TypeAdapter(tuple[Entry, ...])


def moved(session: Session, before: Sequence[Line], edited: Sequence[Line]) -> dict[str, dict[str, Entry]]:
    """By language, the words that go with lines that were split or joined."""
    languages = options_in(session).languages if edited != before else ()
    found = {code: following(before, edited, translation_in(session, code)) for code in languages}
    return {code: entries for code, entries in found.items() if entries}


def worded(
    session: Session, lines: Sequence[Line], language: str, texts: Mapping[str, str],
    moved: Mapping[str, Entry] = MappingProxyType({}),
) -> tuple[Entry, ...]:  # fmt: skip
    """The translation with the entries ``moved`` and these texts by line.

    Raises BadInput for a line that is not there, or says too much.
    """
    check_language(session, language)
    for line_id, text in texts.items():
        the_line(lines, line_id)
        try:
            check_sayable(text)
        except ValueError as error:
            raise BadInput(f"Line {line_id} in {language}: {error}.") from error
    others = (entry for entry in translation_in(session, language) if entry.id not in moved)
    standing = (*others, *moved.values())
    return with_texts(lines, standing, _news(lines, standing, texts))


def check_language(session: Session, language: str) -> None:
    """Raises UserError unless it is a language of the dub."""
    if language not in options_in(session).languages:
        raise UserError(f"{session.directory.name} is not dubbed into {language}.")


def put_translation(
    session: Session, plan: Plan, language: str, entries: Sequence[Entry], *, origin: Origin = "replaced"
) -> None:
    """``entries`` are the translation, as ``plan`` asks for it; ``origin`` "made": they follow from a change of lines."""
    content = _ENTRIES.dump_json(tuple(entries), by_alias=True, indent=1) + b"\n"
    name = dub_names.translation(language)
    put_document(session, plan.wanted.get(name), content, origin=origin)


def _news(lines: Sequence[Line], standing: Sequence[Translated], texts: Mapping[str, str]) -> dict[str, str]:
    """Those of ``texts`` that say something else than what stands, or say yes to what the studio cut there: the others
    stay an engine's drafts."""
    sources = {line.id: line.text for line in lines}
    settled = (entry for entry in standing if not entry.is_divided)
    same = {e.id for e in settled if e.text == texts.get(e.id, "").strip() and e.source == sources.get(e.id)}
    return {line_id: text for line_id, text in texts.items() if line_id not in same}
