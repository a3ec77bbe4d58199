"""Dubs: a film in other languages, corrected line by line."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from studio import pipelines
from studio.core import pipeline as core_pipeline
from studio.core.events import Listener
from studio.core.executor import threads
from studio.core.files import automatic_name, free_name, safe_name
from studio.core.pipeline import Plan, RunResult
from studio.core.project import new_project, now_text
from studio.core.session import Session, Wanted
from studio.engines import registry
from studio.errors import BadInput, UserError
from studio.media.audio import duration_s, resample, trim_silence
from studio.media.probe import probe
from studio.model.dub import FIT, HEARD_BACK, DubOptions, DubSource, Fitted, HeardBack, Line, Translated
from studio.model.transcript import lines_json
from studio.planning.review import Reviewed, TakeLevels, review
from studio.planning.transcripts import read_lines
from studio.planning.translation_files import Matched, read_translation, template
from studio.planning.translations import Entry, is_written, with_texts
from studio.service.projects import Projects, check_engines
from studio.service.voices import first_speaker, voices_for
from studio.steps import dub_names, names
from studio.steps.dub_views import final_of, lines_in, multi_of, translation_in

_LINES_STEP = "lines"
_ENTRIES = TypeAdapter(tuple[Entry, ...])
_TAKE_RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class DubLine:
    """One line of a dub as a person sees it. By language: its text, whether it is spoken, what is stale of it, and by how
    many seconds it is too long for its place."""

    line: Line
    texts: Mapping[str, str]
    spoken: frozenset[str]
    stale: frozenset[str]
    overruns: Mapping[str, float] = field(default_factory=dict)

    def state(self, language: str) -> str:
        """How far it is in ``language``: missing, translated, spoken, stale (changed since it was spoken) or overrun."""
        if not is_written(self.texts.get(language, "")):
            return "missing"
        if language not in self.spoken:
            return "translated"
        return "stale" if language in self.stale else "overrun" if language in self.overruns else "spoken"


class Dubs(Projects):
    """Projects of kind ``dub``."""

    def create_dub(
        self,
        film: Path,
        options: DubOptions,
        *,
        transcript: Path | None = None,
        bed: Path | None = None,
        name: str = "",
    ) -> str:
        """A new project that dubs the file ``film``, which is kept byte for byte; returns its name.

        ``transcript`` holds the lines (SRT, VTT, ASS, JSON) so that nothing is recognised; ``bed`` is the film's sound
        without voices. Raises BadInput for a file that cannot be used, EngineUnavailable for a missing engine.
        """
        facts = probe(film)
        if not facts.video and not facts.audio:
            raise BadInput(f"{film.name} has neither picture nor sound that can be dubbed.")
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
            options = options.model_copy(update={"bed": dub_names.bed(bed.suffix)})
            brought[options.bed] = bed
        stem = automatic_name(film.stem, datetime.now().astimezone())
        name = self.new_name(name) if name else free_name(self.settings.sessions, stem)
        return self._create_dub(name, film.stem, film.name, options, source, brought)

    def create_dub_of_film(
        self, film: str, options: DubOptions, *, name: str = "", tell: Listener, stop: threading.Event
    ) -> str:
        """A new project that dubs the project ``film``, whose lines and sounds are known: nothing is recognised.

        The film is finished first where it must be. Raises UserError if it has no narration.
        """
        with self._open(film) as session:
            if session.project.kind != "film":
                raise UserError(f"{film} is no film of this studio: give the video file instead.")
            pipeline = pipelines.film_bed(session.project)
            check_engines(pipelines.engines_of(session.project))
            with threads(self.settings.workers) as executor:
                result = core_pipeline.run(session, pipeline, executor, tell=tell, stop=stop)
            if result.status != "completed" or not session.path(names.FILM).is_file():
                raise UserError(f"{film} could not be finished, so it cannot be dubbed yet: see its own problems.")
            if not session.path(names.SUBTITLES).is_file():
                raise UserError(f"{film} has no narration: there is nothing to dub.")
            lines = read_lines(session.path(names.SUBTITLES))
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
            name = self.new_name(name) if name else free_name(self.settings.sessions, safe_name(f"{film}_dub"))
            return self._create_dub(name, title, names.FILM, options, source, brought)

    def set_dub_options(self, name: str, options: DubOptions) -> None:
        """The dub's next run uses ``options``."""
        with self._open(name) as session:
            before = _options(session)
            if options.tts != before.tts:  # the other engine's own voices, but for those chosen now
                chosen = {code: voice for code, voice in options.voices.items() if before.voices.get(code) != voice}
                options = options.model_copy(update={"voices": chosen})
            options = _with_speaker(options)
            check_engines([f"tts/{options.tts}"])
            session.save(options=options.model_dump(mode="json"))

    def listen(self, name: str, *, tell: Listener, stop: threading.Event) -> RunResult:
        """Only what comes before a translation: the lines are there to be looked at."""
        return self.run(name, tell=tell, stop=stop, until=_LINES_STEP)

    # Lines

    def lines(self, name: str, plan: Plan | None = None) -> tuple[DubLine, ...]:
        """Every line with its translations and what is spoken or stale of it, in order of time.

        By ``plan`` if it was made just now.
        """
        plan = plan or self.plan(name)
        to_make = {planned.name for planned in plan.make}
        with self._read(name) as session:
            options = _options(session)
            texts = {code: {e.id: e.text for e in translation_in(session, code)} for code in options.languages}
            long = {code: {p.id: p.overrun_s for p in _fitted(session, code)} for code in options.languages}
            return tuple(
                _dub_line(session, line, texts, to_make, long)
                for line in sorted(lines_in(session), key=lambda line: (line.start_s, line.id))
            )

    def source_lines(self, name: str) -> tuple[Line, ...]:
        """The lines of the original alone."""
        with self._read(name) as session:
            return lines_in(session)

    def edit_lines(self, name: str, change: Callable[[tuple[Line, ...]], Sequence[Line]]) -> tuple[Line, ...]:
        """The lines are what ``change`` makes of them (``planning.line_edits``); ids stay, so only those go stale."""
        with self._changing(name) as (session, plan):
            edited = tuple(change(_some_lines(session)))
            _put(session, plan.wanted.get(dub_names.LINES), lines_json(edited).encode())
            return edited

    def retake_line(self, name: str, line_id: str, language: str) -> None:
        """The line is spoken again at the next run, differently. Raises UserError if its engine cannot."""
        engine = registry.tts(DubOptions.model_validate(self.project(name).options).tts)
        if engine.is_deterministic and not engine.uses_seed:
            raise UserError(f"{engine.identity} says a line the same way every time: change its text or its voice.")

        def again(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            _check_line(lines, line_id)
            return tuple(
                line.model_copy(update={"retakes": {**line.retakes, language: line.retakes.get(language, 0) + 1}})
                if line.id == line_id
                else line
                for line in lines
            )

        self.edit_lines(name, again)

    def translate_by_hand(self, name: str, language: str, texts: Mapping[str, str]) -> None:
        """These lines read so in ``language``, by id; what was typed stays whatever the engine would say."""
        with self._changing(name) as (session, plan):
            lines = _some_lines(session)
            for line_id in texts:
                _check_line(lines, line_id)
            standing = translation_in(session, language)
            _put_translation(session, plan, language, with_texts(lines, standing, _news(lines, standing, texts)))

    def import_translation(self, name: str, language: str, file: Path) -> Matched:
        """The texts of a JSON, SRT, VTT or CSV file are the translation; returns what found its line and what did not."""
        with self._changing(name) as (session, plan):
            lines = _some_lines(session)
            found = read_translation(file.read_bytes(), file.name, lines)
            standing = translation_in(session, language)
            _put_translation(session, plan, language, with_texts(lines, standing, _news(lines, standing, found.texts)))
            return found

    def bring_take(self, name: str, line_id: str, language: str, recording: Path) -> None:
        """The user's own recording is the line's take. Raises UnusableOutput if it is silent or torn."""
        with self._changing(name) as (session, plan):
            wanted = plan.wanted.get(dub_names.take(language, line_id))
            if wanted is None and any(
                e.id == line_id and is_written(e.text) for e in translation_in(session, language)
            ):
                raise UserError(f"Lines changed since the last run: make the dub once, then bring line {line_id}.")
            if wanted is None:
                raise UserError(f"Line {line_id} has no text in {language} yet: translate it first.")
            with tempfile.TemporaryDirectory() as folder:
                plain, wav = Path(folder) / "plain.wav", Path(folder) / "take.wav"
                resample(recording, plain, rate_hz=_TAKE_RATE_HZ, channels=1)
                trim_silence(plain, wav)
                session.replace(wanted, wav)

    # What comes of it

    def template(self, name: str, language: str, kind: str, *, is_whole: bool = False) -> str:
        """A file (``json``, ``csv``, ``srt``) for the person who translates: untranslated lines, or all."""
        with self._read(name) as session:
            _check_language(session, language)
            return template(_some_lines(session), translation_in(session, language), kind, is_whole=is_whole)

    def review(self, name: str, language: str, plan: Plan | None = None) -> tuple[Reviewed, ...]:
        """Every line of the dub, the riskiest first. By ``plan`` if it was made just now."""
        plan = plan or self.plan(name)
        stale = {planned.name for planned in plan.make}
        with self._read(name) as session:
            _check_language(session, language)
            lines = lines_in(session)
            entries = {entry.id: entry for entry in translation_in(session, language) if is_written(entry.text)}
            fitted = {place.id: place for place in _fitted(session, language)}
            takes = {line.id: take for line in lines if (take := _levels(session, language, line.id, fitted))}
            heard = {line.id: found for line in lines if (found := _heard(session, language, line.id))}
            old = {line.id for line in lines if dub_names.take(language, line.id) in stale and line.id in takes}
            return review(
                lines, language=language, translations=entries, fitted=fitted, takes=takes, heard=heard, stale=old
            )

    def dubbed_files(self, name: str) -> dict[str, str]:
        """Finished films by language, and ``multi`` for the one that holds all; names inside the project."""
        with self._read(name) as session:
            found = {code: final_of(session, code) for code in _options(session).languages}
            return {key: file for key, file in {**found, "multi": multi_of(session)}.items() if file}

    def voices(self, engine: str, language: str) -> list[str]:
        """The voices of a speech engine that speak ``language``."""
        return voices_for(registry.tts(engine), language)

    # Below

    def _create_dub(
        self, name: str, title: str, video_name: str, options: DubOptions, source: DubSource,
        brought: Mapping[str, Path | bytes],
    ) -> str:  # fmt: skip
        options = _with_speaker(options)
        project = new_project(
            name,
            "dub",
            title=title[:80],
            video_name=video_name,
            languages=list(options.languages),
            options=options.model_dump(mode="json"),
            source=source.model_dump(mode="json"),
            started_at=now_text(),
        )
        check_engines(pipelines.engines_of(project))
        self.create(self.settings.sessions / name, project, brought)
        return name

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[Session, Plan]]:
        with self._open(name) as session:
            yield session, core_pipeline.plan(session, pipelines.of(session.project))


def _with_speaker(options: DubOptions) -> DubOptions:
    """``options`` with a speech engine that is here and speaks every language, and one of its voices for each."""
    if not options.languages:
        raise BadInput("Say which languages to dub into, for instance pt.")
    chosen = options.tts if options.tts != "auto" else first_speaker(options.languages)
    engine = registry.tts(chosen)
    engine.check()
    known = {voice.name for voice in engine.voices}
    voices = dict(options.voices)
    for language in options.languages:
        here = voices_for(engine, language)
        voice = voices.get(language, "")
        if voice not in known or not voice:
            if voice and options.tts == chosen:
                raise UserError(
                    f"{engine.identity} has no voice {voice}. For {language}: {', '.join(here[:12]) or 'none'}."
                )
            if not here:
                raise UserError(f"{engine.identity} has no voice that speaks {language}: choose another speech engine.")
            voices[language] = here[0]
    return options.model_copy(update={"tts": chosen, "voices": voices})


def _options(session: Session) -> DubOptions:
    return DubOptions.model_validate(session.project.options)


def _dub_line(
    session: Session, line: Line, texts: Mapping[str, Mapping[str, str]], to_make: set[str],
    overruns: Mapping[str, Mapping[str, float]],
) -> DubLine:  # fmt: skip
    takes = {code: dub_names.take(code, line.id) for code in texts}
    spoken = frozenset(code for code, take in takes.items() if session.path(take).is_file())
    return DubLine(
        line,
        {code: texts[code].get(line.id, "") for code in texts},
        spoken,
        frozenset(code for code in spoken if takes[code] in to_make),
        {code: long_s for code, places in overruns.items() if (long_s := places.get(line.id, 0.0)) > 0},
    )


def _some_lines(session: Session) -> tuple[Line, ...]:
    lines = lines_in(session)
    if not lines:
        raise UserError(f"{session.directory.name} has no lines yet: run it first, or bring them as SRT.")
    return lines


def _check_line(lines: Sequence[Line], line_id: str) -> None:
    if not any(line.id == line_id for line in lines):
        raise UserError(f"There is no line {line_id}; lines go from {lines[0].id} to {lines[-1].id}.")


def _check_language(session: Session, language: str) -> None:
    if language not in _options(session).languages:
        raise UserError(f"{session.directory.name} is not dubbed into {language}.")


def _put(session: Session, wanted: Wanted | None, content: bytes) -> None:
    if wanted is None:
        raise UserError(f"{session.directory.name} is not that far yet: run it first.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(wanted.name).name
        file.write_bytes(content)
        session.replace(wanted, file)


def _news(lines: Sequence[Line], standing: Sequence[Translated], texts: Mapping[str, str]) -> dict[str, str]:
    """Those of ``texts`` that say something else than what stands: the others stay an engine's drafts."""
    sources = {line.id: line.text for line in lines}
    same = {e.id for e in standing if e.text == texts.get(e.id, "").strip() and e.source == sources.get(e.id)}
    return {line_id: text for line_id, text in texts.items() if line_id not in same}


def _put_translation(session: Session, plan: Plan, language: str, entries: Sequence[Entry]) -> None:
    _check_language(session, language)
    content = _ENTRIES.dump_json(tuple(entries), by_alias=True, indent=1) + b"\n"
    name = dub_names.translation(language)
    _put(session, plan.wanted.get(name), content)


def _fitted(session: Session, language: str) -> tuple[Fitted, ...]:
    path = session.path(dub_names.fit(language))
    return FIT.validate_json(path.read_bytes()) if path.is_file() else ()


def _levels(session: Session, language: str, line_id: str, fitted: Mapping[str, Fitted]) -> TakeLevels | None:
    is_short = line_id in fitted and fitted[line_id].uses_short
    take = session.path(dub_names.take(language, line_id, is_short=is_short))
    return TakeLevels(duration_s(take)) if take.is_file() else None


def _heard(session: Session, language: str, line_id: str) -> HeardBack | None:
    path = session.path(dub_names.check(language, line_id))
    return HEARD_BACK.validate_json(path.read_bytes()) if path.is_file() else None
