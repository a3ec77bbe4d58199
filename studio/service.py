"""The one door to the studio: create, open, plan, run, watch, edit, pick, verify. Terminal and window use only this."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from studio import pipelines
from studio.core import pipeline as core_pipeline
from studio.core.building import clean_buildings, new_folder
from studio.core.changes import completed
from studio.core.content import clone
from studio.core.events import Listener
from studio.core.executor import threads
from studio.core.files import automatic_name, free_name, safe_name, write_whole
from studio.core.foreign.film_studio import ForeignShot, open_film_studio
from studio.core.pipeline import Plan, RunResult
from studio.core.project import MANIFEST, Project, new_project, now_text, save_project
from studio.core.session import Session, Wanted
from studio.engines import registry
from studio.errors import BadInput, EngineUnavailable, ProjectLocked, StorageFailed, StudioError, UserError
from studio.media import verify
from studio.media.probe import probe
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.source import Source
from studio.settings import Settings
from studio.steps import names
from studio.steps.film_views import film_views, finished_shots
from studio.steps.plan_shots import shots_as_json

_FINDINGS = ("done", "torn", "stale", "missing")
_VOICES_BY_PREFERENCE = ("hibari", "kokoro", "espeak")


@dataclass(frozen=True, slots=True)
class ShotStatus:
    """One shot as a person sees it: ``mark`` is DONE, IMG or TODO; ``stale`` names what would be made again."""

    shot: Shot
    mark: str
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """One version of a shot's picture, clip or sentence; ``is_current`` if it is the one in the film."""

    name: str
    id: str
    at: str
    origin: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Something ``verify`` found wrong with a file."""

    name: str
    what: str


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
        title = source.idea or (brought.stem if brought else name)
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
            if list(session.journal.names()) or kept:
                return
        shutil.rmtree(self.directory(name))

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
        for old in (*found.narration, *found.unassigned, *(f.narration for f in found.shots if f.narration)):
            files[f"source/{old.name}"] = old
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

    def run(self, name: str, *, tell: Listener, stop: threading.Event) -> RunResult:
        """Make everything that is missing or stale. ``stop`` pauses after the items in hand."""
        with self._open(name) as session:
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
            return tuple(_status(session, shot, missing) for shot in finished_shots(session))

    # One shot

    def edit_shot(self, name: str, index: int, **changes: object) -> Shot:
        """The shot has these fields of ``Shot`` from now on."""

        def changed(shot: Shot) -> Shot:
            try:
                return Shot.model_validate({**shot.model_dump(), **changes})
            except ValidationError as error:
                place = error.errors()[0]
                raise BadInput(f"Shot {index}, {place['loc'][-1]}: {place['msg']}.") from error

        return self._rewrite_shot(name, index, changed)

    def retake(self, name: str, index: int, what: str) -> Shot:
        """The shot's ``image``, ``video`` or ``narration`` is made again at the next run, differently.

        Raises UserError if the engine gives the same file every time.
        """
        options = FilmOptions.model_validate(self.project(name).options)
        kind = {"image": "image", "video": "video", "narration": "tts"}[what]
        engine = registry.engine(f"{kind}/{getattr(options, kind)}")
        if engine.is_deterministic and not engine.uses_seed:
            raise UserError(
                f"{engine.identity} gives the same {what} every time. Change the shot's words or the engine."
            )

        def again(shot: Shot) -> Shot:
            return shot.model_copy(update={"retakes": {**shot.retakes, what: shot.retakes.get(what, 0) + 1}})

        return self._rewrite_shot(name, index, again)

    def takes(self, name: str, index: int) -> tuple[Take, ...]:
        """Every take of the shot's still, clip and sentences that is still here, oldest first."""
        with self._read(name) as session:
            shots = finished_shots(session)
            if shots and not any(shot.index == index for shot in shots):
                raise UserError(f"{name} has shots 1 to {shots[-1].index}; there is no shot {index}.")
            return tuple(take for file in _files_of(session, index) for take in _takes(session, file))

    def pick(self, name: str, index: int, what: str, take: str) -> str:
        """The take whose id begins with ``take`` is the shot's ``image``, ``video`` or ``narration`` again."""
        with self._open(name) as session:
            wanted = core_pipeline.plan(session, pipelines.film(session.project)).wanted
            files = [file for file in _files_of(session, index) if _kind_of(file) == what and file in wanted]
            for file in files:
                if any(line.digest.startswith(take) for line in session.takes(file)):
                    session.pick(wanted[file], take)
                    return file
        raise BadInput(f"Shot {index} has no {what} take {take}; `studio shot {name} {index} --takes` lists them.")

    # Health

    def verify(self, name: str, *, deep: bool = False) -> tuple[Fault, ...]:
        """What is wrong with the project's files; ``deep`` reads every byte. Nothing is changed."""
        with self._read(name) as session:
            plan = core_pipeline.plan(session, pipelines.film(session.project))
            faults = [Fault("checkpoints.jsonl", f"{session.journal.damaged_lines} damaged lines were left out")]
            return tuple(faults[: session.journal.damaged_lines]) + tuple(_faults(session, plan, deep=deep))

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

    def _rewrite_shot(self, name: str, index: int, change: Callable[[Shot], Shot]) -> Shot:
        with self._open(name) as session:
            wanted = core_pipeline.plan(session, pipelines.film(session.project)).wanted.get(names.SHOTS)
            shots = finished_shots(session)
            if wanted is None or not shots:
                raise UserError(f"{name} has no shots yet: run `studio resume {name}` first.")
            if not any(shot.index == index for shot in shots):
                raise UserError(f"{name} has shots 1 to {shots[-1].index}; there is no shot {index}.")
            edited = tuple(change(shot) if shot.index == index else shot for shot in shots)
            self._replace(session, wanted, shots_as_json(edited))
            return next(shot for shot in edited if shot.index == index)

    def _replace(self, session: Session, wanted: Wanted, content: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / Path(wanted.name).name
            file.write_bytes(content)
            session.replace(wanted, file)


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
    return foreign.shot.model_copy(update={"duration_s": probe(foreign.clip).duration_s})


def _source_name(brought: Path) -> str:
    return f"{safe_name(brought.stem) or 'script'}{brought.suffix.lower()}"


def _files_of(session: Session, index: int) -> tuple[str, ...]:
    spoken = [name for name in session.journal.names() if name.startswith(f"narration/shot_{index:03d}_")]
    return (names.image(index), names.clip(index), *spoken)


def _kind_of(file: str) -> str:
    return {"images": "image", "videos": "video", "narration": "narration"}[file.split("/")[0]]


def _takes(session: Session, file: str) -> Iterator[Take]:
    current = session.journal.current(file)
    for line in session.takes(file):
        is_current = current is not None and current.digest == line.digest
        yield Take(file, line.digest[:8], line.at, line.origin, is_current)


def _status(session: Session, shot: Shot, missing: set[str]) -> ShotStatus:
    has_image = session.path(names.image(shot.index)).is_file()
    has_clip = session.path(names.clip(shot.index)).is_file()
    mark = "DONE" if has_image and has_clip else "IMG" if has_image else "TODO"
    stale = tuple(file for file in _files_of(session, shot.index) if file in missing)
    return ShotStatus(shot, mark, stale)


def _faults(session: Session, plan: Plan, *, deep: bool) -> Iterator[Fault]:
    for name, wanted in plan.wanted.items():
        recorded = session.journal.current(name)
        if recorded is None:
            continue
        look = session.look(wanted, deep=deep)
        if look.is_torn or look.origin == "adopted" or look.edited or not session.path(name).is_file():
            yield Fault(name, look.why)
