"""Films: made of ideas and files, changed shot by shot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from studio import editing, pipelines
from studio.core.files import free_name, safe_name
from studio.core.foreign.film_studio import ForeignShot, open_film_studio
from studio.core.foreign.shelf import apart
from studio.core.pipeline import Plan
from studio.core.plan import plan as plan_through
from studio.core.project import Project, new_project, now_text, title_line
from studio.core.saving import OlderSave
from studio.core.session import Session, Wanted
from studio.engines import registry
from studio.engines.base import ReadsOneLanguage
from studio.errors import BadInput, StudioError, UserError
from studio.looking import ShotStatus, Take, files_of, kind_of, panel_of, status_of, takes_of
from studio.media import verify
from studio.media.languages import language_name
from studio.media.probe import probe
from studio.media.storyboard_pdf import storyboard_pdf
from studio.model.bounds import SHOT_S
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.source import Source
from studio.model.story import Story
from studio.planning.filming.scripts import title_of_prompts
from studio.planning.filming.shots import estimate_shot_count, usual_length_s
from studio.service.projects import Opened, Projects, check_engines, opened
from studio.service.voices import narrated
from studio.steps.filming import names
from studio.steps.filming.film_views import finished_shots
from studio.steps.filming.plan_shots import ReadPrompts, shots_as_json
from studio.steps.filming.write_story import ReadStory
from studio.steps.finding import brought_file
from studio.steps.translators import translator_for

_KINDS = {"image": "image", "video": "video", "narration": "tts"}


class Films(Projects):
    """Projects of kind ``film``."""

    def create_film(
        self, source: Source, options: FilmOptions, *, name: str = "", brought: Path | None = None,
        stills: Mapping[int, Path] | None = None,
    ) -> str:  # fmt: skip
        """A new project that makes a film of ``source``; returns its name. ``brought`` is the user's file, kept whole;
        ``stills``, by the index of their shots, are drawn already.

        Without a ``name`` a script or story gives its title to the project, and anything else is called by the clock.

        Raises UserError for a name that is taken, BadInput for a file that cannot be used, EngineUnavailable for an
        engine that cannot work here.
        """
        options = narrated(options)
        if "sheets" not in options.model_fields_set:
            options = options.model_copy(update={"sheets": True})
        _check(options, source)
        source = _understood(source, options)
        read = pipelines.READERS[source.kind](brought) if brought else None
        said = title_of_prompts(read) if isinstance(read, tuple) else str(getattr(read, "title", "") or "")
        title = source.idea or said or (brought.stem.encode(errors="replace").decode() if brought else name)
        titled = safe_name(read.title) if isinstance(read, Story) and not name else ""
        name = free_name(self.settings.sessions, titled) if titled else self.new_name(name)
        directory = self.settings.sessions / name
        if brought:
            options = _of_own_length(options, read)
            source = _counted(source.model_copy(update={"file": f"source/{_source_name(brought)}"}), read, options)
        project = new_project(
            name,
            "film",
            title=title_line(title),
            idea=source.idea,
            options=options.model_dump(mode="json"),
            source=source.model_dump(mode="json"),
            started_at=now_text(),
        )
        files: dict[str, Path | bytes] = {source.file: brought} if brought else {}
        self.create(
            directory, project, {**files, **{names.image(index): still for index, still in (stills or {}).items()}}
        )
        return name

    def set_source(self, name: str, source: Source, *, brought: Path | None = None) -> None:
        """The project is of another idea or file; the next run makes what that changes. Old files are takes.

        Raises BadInput for a file that cannot be used, with the project as before.
        """
        read = pipelines.READERS[source.kind](brought) if brought else None
        with self._open(name) as session:
            options = FilmOptions.model_validate(session.project.options)
            _check(options, source)
            if brought:
                inside = f"source/{_source_name(brought)}"
                read_by = ReadPrompts.name if source.kind == "prompts" else ReadStory.name
                session.replace(replace(brought_file(inside), step=read_by), brought)
                source = _counted(source.model_copy(update={"file": inside}), read, options)
            session.save(source=_understood(source, options).model_dump(mode="json"), idea=source.idea)

    def set_options(self, name: str, options: FilmOptions) -> None:
        """The project's next run uses ``options``."""
        with self._open(name) as session:
            session.save(**film_fields(session.directory, session.project, options))

    def open_film_session(self, directory: Path, *, name: str = "") -> Opened:
        """A film with everything usable of an old AI Film Studio session, which stays as it is.

        Raises BadInput if it is none.
        """
        found = open_film_studio(directory, verify.image_of(), verify.whole_video(), verify.whole_sound())
        options = narrated(found.options.model_copy(update={"tts": "auto"}))
        name = self.new_name(name) if name else free_name(self.settings.sessions, safe_name(found.name) or "session")
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
        self.create(self.settings.sessions / name, project, files)
        return opened(name, found.done, found.torn, found.stale, found.missing)

    # Shots

    def shots(self, name: str, plan: Plan | None = None) -> tuple[ShotStatus, ...]:
        """Every shot with what is finished and what is stale, by ``plan`` if it was made just now."""
        plan = plan or self.plan(name)
        missing = {planned.name for planned in plan.make}
        with self._read(name) as session:
            return tuple(status_of(session, shot, missing) for shot in finished_shots(session))

    def edit_shot(self, name: str, index: int, *, if_revision: str = "", **changes: object) -> Shot:
        """The shot has these fields of ``Shot`` from now on.

        Raises BadInput that names a wrong field, OlderSave if ``if_revision`` is not what ``Shot.revision`` says now.
        """
        with self._editing(name) as (session, wanted):
            now = next(shot for shot in editing.known_shots(session, index) if shot.index == index)
            if if_revision and if_revision != now.revision:
                raise OlderSave(
                    f"Shot {index} of {name} was changed since you loaded it. Load it again, then change it; nothing "
                    "was overwritten."
                )
            return editing.change(session, wanted, index, changes)

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
        return self._step(name, -1)

    def redo(self, name: str) -> str:
        """What was taken back last is done again. Raises UserError if there is nothing."""
        return self._step(name, 1)

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
            wanted = plan_through(session, pipelines.of(session.project)).wanted
            files = [file for file in files_of(session, index) if kind_of(file) == what and file in wanted]
            for file in files:
                if take and any(line.digest.startswith(take) for line in session.takes(file)):
                    session.pick(wanted[file], take)
                    return file
            number = next((n for n, shot in enumerate(finished_shots(session), 1) if shot.index == index), index)
        raise BadInput(f"Shot {number} has no {what} take {take}; `studio shot {name} {number} --takes` lists them.")

    def storyboard_pdf(self, name: str, out: Path) -> None:
        """``out`` is a PDF of all shots: still, words, camera, length. Raises UserError if there are none yet."""
        with self._read(name) as session:
            shots = finished_shots(session)
            if not shots:
                raise UserError(f"{name} has no shots yet: make the film first.")
            panels = [panel_of(session, position, shot) for position, shot in enumerate(shots, start=1)]
            storyboard_pdf(out, session.project.title or name, panels)

    def _step(self, name: str, by: int) -> str:
        with self._open(name) as session:
            return editing.step_through(session, by)

    @contextmanager
    def _editing(self, name: str) -> Iterator[tuple[Session, Wanted | None]]:
        """The project and what its list of shots is asked to be."""
        with self._open(name) as session:
            yield session, plan_through(session, pipelines.of(session.project)).wanted.get(names.SHOTS)


def film_fields(
    directory: Path, project: Project, options: FilmOptions, source: Source | None = None
) -> dict[str, object]:
    """What of the film's manifest changes if these are its options, and ``source`` (an idea) what it is made from.

    Raises EngineUnavailable, BadInput.
    """
    before = FilmOptions.model_validate(project.options)
    if options.tts != before.tts and options.voice == before.voice:
        options = options.model_copy(update={"voice": ""})  # the other engine's own first voice
    options = narrated(options)
    words: dict[str, object] = {"idea": source.idea} if source else {}
    source = source or Source.model_validate(project.source)
    _check(options, source)
    source = _understood(source, options)
    if source.kind != "prompts" and source.shot_count and (directory / source.file).is_file():
        source = _counted(source, pipelines.READERS[source.kind](directory / source.file), options)
    return {"options": options.model_dump(mode="json"), "source": source.model_dump(mode="json"), **words}


def _with_clip_length(foreign: ForeignShot) -> Shot:
    """The shot as long as its clip, so that nothing of a finished clip is cut or frozen."""
    if foreign.clip is None:
        return foreign.shot
    length_s = min(max(probe(foreign.clip).duration_s, SHOT_S.least), SHOT_S.most)
    return foreign.shot.model_copy(update={"duration_s": length_s})


def _source_name(brought: Path) -> str:
    ending = brought.suffix.lower()
    return f"{safe_name(brought.stem) or 'script'}{ending if ending[1:].isalnum() and len(ending) < 12 else ''}"


def _of_own_length(options: FilmOptions, read: object) -> FilmOptions:
    """``options``, with the length that a list of prompts has by itself if no other was asked for."""
    if not isinstance(read, tuple) or "seconds" in options.model_fields_set:
        return options
    return options.model_copy(
        update={"seconds": usual_length_s(read, options, words_per_second=pipelines.pace_of(options))}
    )


def _counted(source: Source, read: object, options: FilmOptions) -> Source:
    known = read if isinstance(read, Story | tuple) else ""
    return source.model_copy(update={"shot_count": estimate_shot_count(options, known)})


def _check(options: FilmOptions, source: Source) -> None:
    check_engines(pipelines.film_engines(options, source))


def _understood(source: Source, options: FilmOptions) -> Source:
    """``source`` with the language of its idea where the writer does not read that.

    Raises UserError if nothing here translates it.
    """
    writer = registry.text(options.text)
    if source.kind != "idea" or not isinstance(writer, ReadsOneLanguage):
        return source.model_copy(update={"language": ""})
    language = writer.language_of(source.idea)
    if language == writer.reads:
        return source.model_copy(update={"language": ""})
    try:
        translator_for(pipelines.idea_translators(), language, writer.reads)
    except StudioError as error:
        told = f"looks {language_name(language)}" if language_name(language) != "und" else "is in another language"
        raise UserError(
            f"The built-in writer reads {language_name(writer.reads)} only, the idea {told}, and nothing here translates "
            f"it. Write it in {language_name(writer.reads)}, choose a text service in Settings, or bring a finished script."
        ) from error
    return source.model_copy(update={"language": language})
