"""Dubs: a film in other languages, corrected line by line."""

from __future__ import annotations

import filecmp
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from studio import pipelines
from studio.core.events import Listener
from studio.core.executor import threads
from studio.core.files import automatic_name, free_name, safe_name
from studio.core.pipeline import Plan, RunResult
from studio.core.project import new_project, now_text, title_line
from studio.core.run import run as run_through
from studio.core.session import Session
from studio.engines import registry
from studio.errors import BadInput, UserError
from studio.media.audio import duration_s
from studio.media.probe import check_dubbable
from studio.model.dub import HEARD_BACK, DubOptions, DubSource, Fitted, HeardBack
from studio.model.transcript import lines_json
from studio.planning.dubbing.review import Reviewed, review
from studio.planning.dubbing.transcripts import read_lines, whole_sentences
from studio.planning.dubbing.translations import is_written
from studio.service.dub_choices import DubChoices, check_bed, with_speaker
from studio.service.dub_lines import DubLines
from studio.service.dub_words import check_language
from studio.service.previews import Previews
from studio.service.projects import check_engines, check_limit
from studio.service.purse import ProjectPurse
from studio.service.voices import voices_for
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.views import final_of, fitted_in, lines_in, multi_of, options_in, original_of, translation_in
from studio.steps.filming import names

_LISTENED = "cast"
"""The last step before anything is translated."""


class Dubs(DubLines, DubChoices, Previews):
    """Projects of kind ``dub``."""

    def create_dub(
        self,
        film: Path,
        options: DubOptions,
        *,
        transcript: Path | None = None,
        bed: Path | None = None,
        name: str = "",
        most_usd: float | None = None,
    ) -> str:
        """A new project that dubs the file ``film``, which is kept byte for byte; returns its name.

        Services may cost it ``most_usd`` in all (None: as much as it takes).

        ``transcript`` holds the lines (SRT, VTT, ASS, JSON) so that nothing is recognised; ``bed`` is the film's sound
        without voices. Raises BadInput for a file that cannot be used, EngineUnavailable for a missing engine.
        """
        check_limit(most_usd)
        facts = check_dubbable(film)
        if transcript:
            read_lines(transcript)
        elif not facts.audio:
            raise BadInput(f"{film.name} has no sound: bring its lines as SRT, VTT or ASS (--transcript).")
        original = dub_names.original(film.suffix, has_picture=bool(facts.video))
        brought: dict[str, Path | bytes] = {original: film}
        source = DubSource(file=original)
        if transcript:
            source = source.model_copy(update={"transcript": f"source/transcript{transcript.suffix.lower()}"})
            brought[source.transcript] = transcript
        if bed:
            check_bed(bed, film)
            options = options.model_copy(update={"bed": dub_names.bed(bed.suffix)})
            brought[options.bed] = bed
        stem = automatic_name(film.stem, datetime.now().astimezone())
        name = self.new_name(name) if name else free_name(self.settings.sessions, stem)
        return self._create_dub(name, film.stem, film.name, options, source, brought, most_usd=most_usd)

    def create_dub_of_film(
        self, film: str, options: DubOptions, *, name: str = "", most_usd: float | None = None, tell: Listener,
        stop: threading.Event,
    ) -> str:  # fmt: skip
        """A new project that dubs the project ``film``, whose lines and sounds are known: nothing is recognised.

        The film is finished first where it must be. Services may cost the dub ``most_usd`` in all. Raises UserError if
        the film has no narration.
        """
        check_limit(most_usd)
        with self._open(film) as session:
            if session.project.kind != "film":
                raise UserError(f"{film} is no film of this studio: give the video file instead.")
            pipeline = pipelines.film_bed(session.project)
            check_engines(pipelines.engines_of(session.project))
            with threads(self.settings.workers) as executor:
                result = run_through(session, pipeline, executor, tell=tell, stop=stop, purse=ProjectPurse(session))
            if result.status != "completed" or not session.path(names.FILM).is_file():
                raise UserError(f"{film} could not be finished, so it cannot be dubbed yet: see its own problems.")
            if not session.path(names.SUBTITLES).is_file():
                raise UserError(f"{film} has no narration: there is nothing to dub.")
            lines = whole_sentences(read_lines(session.path(names.SUBTITLES)))
            original = dub_names.original(".mp4")
            has_bed = session.path(names.BED).is_file()
            source = DubSource(
                file=original, transcript="source/transcript.json", bed=dub_names.bed(".flac") if has_bed else ""
            )
            brought: dict[str, Path | bytes] = {
                original: session.path(names.FILM),
                source.transcript: lines_json(lines).encode(),
            }
            if has_bed:
                brought[source.bed] = session.path(names.BED)
            spoken = str(session.project.options.get("language", "en"))
            title = session.project.title or film
            options = options.model_copy(update={"source_language": spoken})
            name = self.new_name(name) if name else free_name(self.settings.sessions, _dub_name(film))
            return self._create_dub(name, title, names.FILM, options, source, brought, most_usd=most_usd)

    def dub_of(self, film: Path, *, transcript: Path | None = None) -> str:
        """The newest dub of exactly the file ``film``, and of the lines in ``transcript`` if given; empty if there is none."""
        dubs = (project.session_name for project in self.projects() if project.kind == "dub")
        same = (name for name in dubs if transcript is None or self.has_lines_of(name, transcript))
        return next((name for name in same if self.is_dub_of(name, film)), "")

    def dub_of_film(self, film: str) -> str:
        """The newest dub of the project ``film`` as it is now; empty if there is none, or the film is yet to be made."""
        made = self.directory(film) / names.FILM
        return self.dub_of(made) if made.is_file() and not self.plan(film).make else ""

    def named_dub_of(self, film: str) -> str:
        """The newest dub that has its name from the project ``film``, whatever became of that; empty if there is none."""
        stem = _dub_name(film)
        dubs = [project.session_name for project in self.projects() if project.kind == "dub"]
        return next((name for name in dubs if name == stem or name.startswith(f"{stem}-")), "")

    def is_dub_of(self, name: str, film: Path) -> bool:
        """True if the dub ``name`` is of exactly the file ``film``."""
        with self._read(name) as session:
            return _same(session.path(original_of(session)), film)

    def has_lines_of(self, name: str, transcript: Path) -> bool:
        """True if the lines of the dub ``name`` were brought by exactly the file ``transcript``."""
        with self._read(name) as session:
            brought = DubSource.model_validate(session.project.source).transcript
            return bool(brought) and _same(session.path(brought), transcript)

    def listen(self, name: str, *, tell: Listener, stop: threading.Event) -> RunResult:
        """Only what comes before a translation: the lines are there to be looked at."""
        return self.run(name, tell=tell, stop=stop, until=_LISTENED)

    # What comes of it

    def review(self, name: str, language: str, plan: Plan | None = None) -> tuple[Reviewed, ...]:
        """Every line of the dub, the riskiest first. By ``plan`` if it was made just now."""
        plan = plan or self.plan(name)
        stale = {planned.name for planned in plan.make}
        with self._read(name) as session:
            check_language(session, language)
            lines = lines_in(session)
            entries = {entry.id: entry for entry in translation_in(session, language) if is_written(entry.text)}
            fitted = {place.id: place for place in fitted_in(session, language)}
            measured = {line.id: _take_s(session, language, line.id, fitted) for line in lines}
            takes = {line_id: take_s for line_id, take_s in measured.items() if take_s is not None}
            heard = {line.id: found for line in lines if (found := _heard(session, language, line.id))}
            old = {line.id for line in lines if dub_names.take(language, line.id) in stale and line.id in takes}
            return review(
                lines, language=language, translations=entries, fitted=fitted, takes=takes, heard=heard, stale=old
            )

    def dubbed_files(self, name: str) -> dict[str, str]:
        """Finished films by language, and ``multi`` for the one that holds all; names inside the project."""
        with self._read(name) as session:
            found = {code: final_of(session, code) for code in options_in(session).languages}
            return {key: file for key, file in {**found, "multi": multi_of(session)}.items() if file}

    def voices(self, engine: str, language: str) -> list[str]:
        """The voices of a speech engine that speak ``language``."""
        return voices_for(registry.tts(engine), language)

    # Below

    def _create_dub(
        self, name: str, title: str, video_name: str, options: DubOptions, source: DubSource,
        brought: Mapping[str, Path | bytes], *, most_usd: float | None,
    ) -> str:  # fmt: skip
        options = with_speaker(options)
        project = new_project(
            name,
            "dub",
            title=title_line(title),
            video_name=video_name,
            languages=list(options.languages),
            options=options.model_dump(mode="json"),
            source=source.model_dump(mode="json"),
            most_usd=most_usd,
            started_at=now_text(),
        )
        check_engines(pipelines.engines_of(project))
        self.create(self.settings.sessions / name, project, brought)
        return name


def _dub_name(film: str) -> str:
    return safe_name(f"{film}_dub")


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _take_s(session: Session, language: str, line_id: str, fitted: Mapping[str, Fitted]) -> float | None:
    is_short = line_id in fitted and fitted[line_id].uses_short
    take = session.path(dub_names.take(language, line_id, is_short=is_short))
    return duration_s(take) if take.is_file() else None


def _heard(session: Session, language: str, line_id: str) -> HeardBack | None:
    path = session.path(dub_names.check(language, line_id))
    return HEARD_BACK.validate_json(path.read_bytes()) if path.is_file() else None
