"""The one door to the studio: create, open, plan, run, watch, edit, pick, verify. Terminal and window use only this."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from studio import editing, pipelines
from studio.core import pipeline as core_pipeline
from studio.core.building import clean_buildings, new_folder
from studio.core.changes import completed
from studio.core.content import clone
from studio.core.events import Listener
from studio.core.executor import threads
from studio.core.files import automatic_name, free_name, safe_name, write_whole
from studio.core.foreign.film_studio import ForeignShot, open_film_studio
from studio.core.foreign.shelf import apart
from studio.core.pipeline import Plan, RunResult
from studio.core.project import MANIFEST, Project, new_project, now_text, save_project
from studio.core.session import Session, Wanted
from studio.engines import registry
from studio.errors import BadInput, EngineUnavailable, ProjectLocked, StorageFailed, StudioError, UserError
from studio.looking import (
    Fault,
    ShotStatus,
    Take,
    faults_of,
    files_of,
    kind_of,
    media_of,
    panel_of,
    status_of,
    takes_of,
)
from studio.media import verify
from studio.media.probe import probe
from studio.media.storyboard_pdf import storyboard_pdf
from studio.model.bounds import SHOT_S
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.source import Source
from studio.settings import Settings
from studio.steps import names
from studio.steps.film_views import film_views, finished_shots
from studio.steps.plan_shots import shots_as_json
from studio.steps.write_story import brought_file

_FINDINGS = ("done", "torn", "stale", "missing")
_KINDS = {"image": "image", "video": "video", "narration": "tts"}
_VOICES_BY_PREFERENCE = ("hibari", "kokoro", "espeak")


@dataclass(frozen=True, slots=True)
class Opened:
    """A project made of another program's directory: what of it is done, torn, stale and missing, each with why."""

    name: str
    done: tuple[str, ...]
    torn: tuple[str, ...]
    stale: tuple[str, ...]
    missing: tuple[str, ...]


class Studio:
    """All projects of one sessions folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    # Projects

    def create_film(self, source: Source, options: FilmOptions, *, name: str = "", brought: Path | None = None) -> str:
        """A new project that makes a film of ``source``; returns its name. ``brought`` is the user's file, kept whole.

        Raises UserError for a name that is taken, BadInput for a file that cannot be used, EngineUnavailable for an
        engine that cannot work here.
        """
        options = self._with_voice(options)
        _check_engines(options, source)
        if brought:
            pipelines.READERS[source.kind](brought)
        title = source.idea or (brought.stem.encode(errors="replace").decode() if brought else name)
        name = self._new_name(name)
        directory = self.settings.sessions / name
        if brought:
            source = source.model_copy(update={"file": f"source/{_source_name(brought)}"})
        project = new_project(
            name,
            "film",
            title=title[:80],
            idea=source.idea,
            options=options.model_dump(mode="json"),
            source=source.model_dump(mode="json"),
            started_at=now_text(),
        )
        self._create(directory, project, {source.file: brought} if brought else {})
        return name

    def discard_unstarted(self, name: str) -> None:
        """The project is gone, if nothing was ever finished in it; otherwise nothing happens."""
        with self._open(name) as session:
            kept = {path.name for path in session.directory.iterdir()} - {"metadata.json", "checkpoints.jsonl", ".lock"}
            if not list(session.journal.names()) and not kept:
                shutil.rmtree(session.directory)

    def set_source(self, name: str, source: Source, *, brought: Path | None = None) -> None:
        """The project is of another idea or file; the next run makes what that changes. Old files are takes.

        Raises BadInput for a file that cannot be used, with the project as before.
        """
        if brought:
            pipelines.READERS[source.kind](brought)
        with self._open(name) as session:
            _check_engines(FilmOptions.model_validate(session.project.options), source)
            if brought:
                inside = f"source/{_source_name(brought)}"
                session.replace(brought_file(inside), brought)
                source = source.model_copy(update={"file": inside})
            session.save(source=source.model_dump(mode="json"), idea=source.idea)

    def set_title(self, name: str, title: str) -> None:
        """The film is called ``title``, in lists and in the film's own metadata."""
        with self._open(name) as session:
            session.save(title=" ".join(title.split())[:80])

    def set_options(self, name: str, options: FilmOptions) -> None:
        """The project's next run uses ``options``."""
        with self._open(name) as session:
            before = FilmOptions.model_validate(session.project.options)
            if options.tts != before.tts and options.voice == before.voice:
                options = options.model_copy(update={"voice": ""})  # the other engine's own first voice
            options = self._with_voice(options)
            _check_engines(options, Source.model_validate(session.project.source))
            session.save(options=options.model_dump(mode="json"))

    def projects(self) -> tuple[Project, ...]:
        """Every project with its numbers as they are now, newest first; damaged manifests are left out."""
        if not self.settings.sessions.is_dir():
            return ()
        found = [self._summary(path.parent) for path in self.settings.sessions.glob(f"*/{MANIFEST}")]
        return tuple(sorted((project for project in found if project), key=lambda p: p.created_at, reverse=True))

    def project(self, name: str) -> Project:
        """One project with its numbers as they are now. Raises what ``load_project`` raises."""
        with self._read(name) as session:
            return session.project.model_copy(update=film_views(session))

    def directory(self, name: str) -> Path:
        """Where the project stands. Raises UserError if there is none of that name."""
        directory = self.settings.sessions / name
        if safe_name(name) != name.strip() and not directory.is_dir():
            raise UserError(f"{name} is no project's name.")
        if Path(name).name != name or not (directory / MANIFEST).is_file():
            known = ", ".join(sorted(path.parent.name for path in self.settings.sessions.glob(f"*/{MANIFEST}"))[-5:])
            raise UserError(f"There is no project {name} in {self.settings.sessions}. Newest: {known or 'none yet'}.")
        return directory

    def open_foreign(self, directory: Path, *, name: str = "") -> Opened:
        """A project of our own with everything usable of another program's ``directory``, which stays as it is.

        Raises BadInput if it is no session of a program that the studio knows.
        """
        found = open_film_studio(directory, verify.image_of(), verify.whole_video())
        options = self._with_voice(found.options.model_copy(update={"tts": "auto"}))
        name = self._new_name(name) if name else free_name(self.settings.sessions, safe_name(found.name) or "session")
        kind = "story" if found.story else "prompts" if found.shots else "idea"
        shots = [_with_clip_length(foreign) for foreign in found.shots]
        files: dict[str, Path | bytes] = {names.SHOTS: shots_as_json(shots)} if shots else {}
        if found.story:
            files["source/story.json"] = found.story.model_dump_json(by_alias=True, indent=2).encode()
        elif shots:
            files["source/prompts.json"] = shots_as_json(shots)
        for foreign in found.shots:
            files |= {names.image(foreign.shot.index): foreign.image} if foreign.image else {}
            files |= {names.clip(foreign.shot.index): foreign.clip} if foreign.clip else {}
        spoken = (shot.narration for shot in found.shots if shot.narration)
        further = (take for shot in found.shots for take in shot.takes)
        written = [place.removeprefix("source/") for place in files]
        more = apart((*found.narration, *found.unassigned, *spoken, *further), written)
        files |= {f"source/{file}": old for file, old in more.items()}
        project = new_project(
            name,
            "film",
            title=found.title,
            idea=found.idea,
            options=options.model_dump(mode="json"),
            source=Source(kind=kind, idea=found.idea, file=f"source/{kind}.json").model_dump(mode="json"),
            started_at=found.started_at or now_text(),
        )
        self._create(self.settings.sessions / name, project, files)
        facts = {word: tuple(f"{f.name}: {f.reason}" for f in getattr(found, word)) for word in _FINDINGS}
        return Opened(name, **facts)

    # Work

    def run(self, name: str, *, tell: Listener, stop: threading.Event, deep: bool = False) -> RunResult:
        """Make everything that is missing or stale. ``stop`` pauses after the items in hand.

        ``deep`` reads every finished file to the byte first, and makes those again that no longer hold what was written.
        """
        with self._open(name) as session:
            session.looks_deep = deep
            pipeline = pipelines.film(session.project)
            _check_engines(*_choices(session.project))
            session.save(last_accessed=now_text())
            with threads(self.settings.workers) as executor:
                result = core_pipeline.run(session, pipeline, executor, tell=tell, stop=stop)
            is_done = result.status == "completed" and not result.problems
            session.save(completed=is_done, completed_at=now_text() if is_done else None)
            return result

    def plan(self, name: str) -> Plan:
        """What a run would make now, and why; nothing is changed."""
        with self._read(name) as session:
            return core_pipeline.plan(session, pipelines.film(session.project))

    def shots(self, name: str) -> tuple[ShotStatus, ...]:
        """Every shot with what is finished and what is stale."""
        plan = self.plan(name)
        missing = {planned.name for planned in plan.make}
        with self._read(name) as session:
            return tuple(status_of(session, shot, missing) for shot in finished_shots(session))

    # Shots

    def edit_shot(self, name: str, index: int, **changes: object) -> Shot:
        """The shot has these fields of ``Shot`` from now on. Raises BadInput that names a wrong field."""
        with self._editing(name) as (session, wanted):
            return editing.edit(session, wanted, index, lambda shot: editing.changed(shot, changes))

    def insert_shot(self, name: str, after: int, **fields: object) -> Shot:
        """A new shot behind shot ``after`` (0: at the front)."""
        with self._editing(name) as (session, wanted):
            return editing.insert(session, wanted, after, fields)

    def delete_shot(self, name: str, index: int) -> None:
        """The shot is out of the film; its files are kept for an undo."""
        with self._editing(name) as (session, wanted):
            editing.delete(session, wanted, index)

    def move_shot(self, name: str, index: int, position: int) -> None:
        """The shot stands at ``position`` (from 1) of the film; only the film is made again."""
        with self._editing(name) as (session, wanted):
            editing.move(session, wanted, index, position)

    def undo(self, name: str) -> str:
        """The last change of the shots is taken back; returns what came of it. Raises UserError if there is none."""
        with self._editing(name) as (session, wanted):
            return editing.step_through(session, wanted, -1)

    def redo(self, name: str) -> str:
        """What was taken back last is done again. Raises UserError if there is nothing."""
        with self._editing(name) as (session, wanted):
            return editing.step_through(session, wanted, 1)

    def can_undo(self, name: str) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        with self._read(name) as session:
            return editing.possible_steps(session)

    def retake(self, name: str, index: int, what: str) -> Shot:
        """The shot's ``image``, ``video`` or ``narration`` is made again at the next run, differently.

        Raises UserError if the engine gives the same file every time.
        """
        if what not in _KINDS:
            raise BadInput(f"A shot has an image, a video and a narration; {what or 'nothing'} cannot be made again.")
        options = FilmOptions.model_validate(self.project(name).options)
        engine = registry.engine(f"{_KINDS[what]}/{getattr(options, _KINDS[what])}")
        if engine.is_deterministic and not engine.uses_seed:
            raise UserError(
                f"{engine.identity} gives the same {what} every time. Change the shot's words or the engine."
            )

        def again(shot: Shot) -> Shot:
            return shot.model_copy(update={"retakes": {**shot.retakes, what: shot.retakes.get(what, 0) + 1}})

        with self._editing(name) as (session, wanted):
            return editing.edit(session, wanted, index, again)

    def takes(self, name: str, index: int) -> tuple[Take, ...]:
        """Every take of the shot's still, clip and sentences that is still here, oldest first."""
        with self._read(name) as session:
            if finished_shots(session):
                editing.known_shots(session, index)
            return tuple(take for file in files_of(session, index) for take in takes_of(session, file))

    def pick(self, name: str, index: int, what: str, take: str) -> str:
        """The take whose id begins with ``take`` is the shot's ``image``, ``video`` or ``narration`` again."""
        with self._open(name) as session:
            wanted = core_pipeline.plan(session, pipelines.film(session.project)).wanted
            files = [file for file in files_of(session, index) if kind_of(file) == what and file in wanted]
            for file in files:
                if take and any(line.digest.startswith(take) for line in session.takes(file)):
                    session.pick(wanted[file], take)
                    return file
        raise BadInput(f"Shot {index} has no {what} take {take}; `studio shot {name} {index} --takes` lists them.")

    def media_file(self, name: str, path: str) -> Path:
        """The file at ``path`` inside the project, if the project knows it. Raises UserError for everything else."""
        with self._read(name) as session:
            return media_of(session, path)

    def storyboard_pdf(self, name: str, out: Path) -> None:
        """``out`` is a PDF of all shots: still, words, camera, length. Raises UserError if there are none yet."""
        with self._read(name) as session:
            shots = finished_shots(session)
            if not shots:
                raise UserError(f"{name} has no shots yet: make the film first.")
            panels = [panel_of(session, position, shot) for position, shot in enumerate(shots, start=1)]
            storyboard_pdf(out, session.project.title or name, panels)

    # Health

    def verify(self, name: str, *, deep: bool = False) -> tuple[Fault, ...]:
        """What is wrong with the project's files; ``deep`` reads every byte. Nothing is changed."""
        with self._read(name) as session:
            session.looks_deep = deep
            try:
                plan = core_pipeline.plan(session, pipelines.film(session.project))
            except BadInput as error:
                return (Fault(session.directory.name, str(error)),)
            faults = [Fault("checkpoints.jsonl", f"{session.unknown_damage} damaged lines were left out")]
            return tuple(faults[: session.unknown_damage]) + tuple(faults_of(session, plan))

    # Below: what the public methods stand on

    @contextmanager
    def _open(self, name: str) -> Iterator[Session]:
        with Session(completed(self.directory(name))) as session:
            yield session

    @contextmanager
    def _read(self, name: str) -> Iterator[Session]:
        directory = self.directory(name)
        with suppress(ProjectLocked, StorageFailed):  # then somebody is changing it now, or nobody can
            directory = completed(directory)
        with Session(directory, write=False) as session:
            yield session

    def _summary(self, directory: Path) -> Project | None:
        try:
            with Session(directory, write=False) as session:
                return session.project.model_copy(update=film_views(session))
        except (StudioError, ValidationError, OSError):
            return None

    def _new_name(self, name: str) -> str:
        sessions = self.settings.sessions
        if not name:
            return free_name(sessions, automatic_name("session", datetime.now().astimezone()))
        safe = safe_name(name)
        if not safe:
            raise UserError(f"“{name}” has no letter or digit that a folder's name could keep.")
        if (sessions / safe).exists():
            raise UserError(f"There is a project {safe} already: go on with it (--resume) or choose another name.")
        return safe

    def _create(self, directory: Path, project: Project, brought: Mapping[str, Path | bytes]) -> None:
        """All of the new project or nothing: it is put together beside its place and renamed."""
        clean_buildings(directory.parent)
        with new_folder(directory) as beside:
            for name, file in brought.items():
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                if isinstance(file, bytes):
                    write_whole(beside / name, file)
                else:
                    clone(file, beside / name)
            save_project(beside, project)

    def _with_voice(self, options: FilmOptions) -> FilmOptions:
        """``options`` with a narrator that is here and speaks the language, and one of its voices by name.

        Raises UserError if the narrator has no such voice, or none for the language.
        """
        if not options.narration:
            return options
        chosen = options.tts if options.tts != "auto" else self._first_voice(options.language)
        engine = registry.tts(chosen)
        engine.check()
        voices = [v.name for v in engine.voices if v.language.split("-")[0] == options.language]
        if not voices:
            raise UserError(f"{engine.identity} has no voice that speaks {options.language}. Try another --tts.")
        if options.voice and options.voice not in {v.name for v in engine.voices}:
            raise UserError(f"{engine.identity} has no voice {options.voice}. Its voices: {', '.join(voices[:12])}.")
        return options.model_copy(update={"tts": chosen, "voice": options.voice or voices[0]})

    def _first_voice(self, language: str) -> str:
        for name in _VOICES_BY_PREFERENCE:
            engine = registry.tts(name)
            try:
                engine.check()
            except EngineUnavailable:
                continue
            if any(voice.language.split("-")[0] == language for voice in engine.voices):
                return name
        raise EngineUnavailable(f"No voice here speaks {language}. `studio engines check` says what to install.")

    @contextmanager
    def _editing(self, name: str) -> Iterator[tuple[Session, Wanted | None]]:
        """The project and what its list of shots is asked to be."""
        with self._open(name) as session:
            yield session, core_pipeline.plan(session, pipelines.film(session.project)).wanted.get(names.SHOTS)


def _choices(project: Project) -> tuple[FilmOptions, Source]:
    return FilmOptions.model_validate(project.options), Source.model_validate(project.source)


def _check_engines(options: FilmOptions, source: Source) -> None:
    """Raise EngineUnavailable now rather than half-way if an engine that will be needed cannot work here."""
    kinds = ["image", "video", *(["text"] if source.kind == "idea" else []), *(["tts"] if options.narration else [])]
    for kind in kinds:
        registry.engine(f"{kind}/{getattr(options, kind)}").check()


def _with_clip_length(foreign: ForeignShot) -> Shot:
    """The shot as long as its clip, so that nothing of a finished clip is cut or frozen."""
    if foreign.clip is None:
        return foreign.shot
    length_s = min(max(probe(foreign.clip).duration_s, SHOT_S.least), SHOT_S.most)
    return foreign.shot.model_copy(update={"duration_s": length_s})


def _source_name(brought: Path) -> str:
    ending = brought.suffix.lower()
    return f"{safe_name(brought.stem) or 'script'}{ending if ending[1:].isalnum() and len(ending) < 12 else ''}"
