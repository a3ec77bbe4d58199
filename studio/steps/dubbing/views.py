"""What the manifest says of a dub, in the old dubbing program's words: a view of the files, never trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from studio.core.project import Project
from studio.core.session import TMP, Session
from studio.model.dub import (
    CAST_BY_EAR,
    FIT,
    LINES,
    MOST_ID,
    TRANSLATION,
    CastByEar,
    DubOptions,
    DubSource,
    Fitted,
    Line,
    Translated,
)
from studio.planning.dubbing.line_ids import highest_id, id_number
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.parts import as_cast
from studio.steps.finding import standing_at
from studio.steps.finished import is_finished, metadata_of

T = TypeVar("T")
_HIGHEST = "highest_line"
"""The field of the manifest that no undo takes back: the highest id that a line ever had."""


def dub_views(session: Session) -> dict[str, object]:
    """The manifest's ``steps``, ``languages``, texts, voices and finished files as they are now."""
    options = options_in(session)
    lines = lines_in(session)
    translations = {language: translation_in(session, language) for language in options.languages}
    texts = {
        language: " ".join(entry.text for entry in entries if entry.text)
        for language, entries in translations.items()
        if entries
    }
    tracks = {language: dub_names.track(language) for language in options.languages}
    tracks = {language: name for language, name in tracks.items() if is_finished(session, name)}
    finals = {language: name for language in options.languages if (name := final_of(session, language))}
    mixes = [name for mix in options.mixes if (name := mixed_of(session, mix.name))]
    has_lines, count = bool(lines), len(options.languages)
    steps = {
        "transcribe": has_lines,
        "translate": has_lines and count > 0 and len(texts) == count,
        "speak": has_lines and count > 0 and len(tracks) == count,
        "mux": count > 0 and len(finals) == count,
    }
    return {
        "steps": steps,
        "languages": list(options.languages),
        _HIGHEST: highest_id_in(session),
        "transcription_text": " ".join(line.text for line in lines),
        "translations": texts,
        "voices": dict(cast_options_in(session).voices),
        "audio_paths": tracks,
        "final_videos": finals,
        "mixed_videos": mixes,
        "stats": {"total_lines": len(lines)},
        "session_metadata": metadata_of(session, steps),
    }


def options_in(session: Session) -> DubOptions:
    """What the user chose."""
    return DubOptions.model_validate(session.project.options)


def highest_id_of(project: Project) -> int:
    """The highest id that a line of the dub ever had, as far as its manifest knows."""
    found = (project.model_extra or {}).get(_HIGHEST)
    return found if isinstance(found, int) and 0 < found < MOST_ID else 0


def highest_id_in(session: Session) -> int:
    """The highest id that a line of the dub ever had: also one that is deleted and only translated any more."""
    translated = (entry.id for language in options_in(session).languages for entry in translation_in(session, language))
    deleted = map(id_number, translated)
    return max(highest_id_of(session.project), highest_id(lines_in(session)), *deleted)


def remember_ids(session: Session, lines: Iterable[Line]) -> None:
    """No id of ``lines``, which are about to be the dub's, is given to another one ever."""
    highest = max(highest_id_in(session), highest_id(lines))
    if highest > highest_id_of(session.project):
        session.save(**{_HIGHEST: highest})


def lines_in(session: Session) -> tuple[Line, ...]:
    """The lines as they are now; none if there are none yet or they cannot be read."""
    return _read(session, dub_names.LINES, LINES)


def translation_in(session: Session, language: str) -> tuple[Translated, ...]:
    """The lines in ``language`` as they are now."""
    return _read(session, dub_names.translation(language), TRANSLATION)


def cast_by_ear_in(session: Session) -> tuple[CastByEar, ...]:
    """Who was found for whom nobody cast, as far as that still holds."""
    options = options_in(session)
    found = _read(session, dub_names.CAST_BY_EAR, CAST_BY_EAR)
    cast = {(who, code) for who, by in options.casting.items() for code, voice in by.items() if voice}
    return tuple(one for one in found if one.language in options.by_ear and (one.speaker, one.language) not in cast)


def cast_options_in(session: Session) -> DubOptions:
    """What the user chose, with the voices that were found where nobody chose."""
    return as_cast(options_in(session), cast_by_ear_in(session))


def fitted_in(session: Session, key: str) -> tuple[Fitted, ...]:
    """Where each spoken line of ``key`` stands as it was fitted last."""
    return _read(session, dub_names.fit(key), FIT)


def mixed_of(session: Session, mix: str) -> str:
    """The name of the finished named mix; empty if there is none."""
    return _any(session, dub_names.mixed(mix, ""))


def final_of(session: Session, language: str) -> str:
    """The name of the finished dub; empty if there is none."""
    return _any(session, dub_names.final(language, ""))


def multi_of(session: Session) -> str:
    """The name of the file with all languages; empty if there is none."""
    return _any(session, dub_names.multi(""))


def original_of(session: Session) -> str:
    """The name of what the user brought."""
    return DubSource.model_validate(session.project.source).file


def _any(session: Session, stem: str) -> str:
    return next((stem + ending for ending in (".mp4", ".mkv", ".m4a") if is_finished(session, stem + ending)), "")


def _read(session: Session, name: str, shape: TypeAdapter[tuple[T, ...]]) -> tuple[T, ...]:
    for place in _places(session, name):
        found = standing_at(place, shape)
        if found is not None:
            return found
    return ()


def _places(session: Session, name: str) -> Iterator[Path]:
    """Where ``name`` stands; and where it may be for the instant in which a run puts a new one into its place."""
    yield session.path(name)
    current = session.journal.current(name)
    if current is not None:
        yield session.take_path(current) or session.directory / TMP / Path(current.tmp).name
        yield session.path(name)
