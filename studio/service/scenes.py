"""Scene videos: made of a script, in clips that go on from each other; continued with other choices without loss."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from studio import editing, pipelines
from studio.core.files import automatic_name, free_name
from studio.core.foreign.scene_video import SceneVideoScan
from studio.core.plan import plan as plan_through
from studio.core.project import Project, new_project, now_text, title_line
from studio.core.session import Session
from studio.engines import registry
from studio.errors import BadInput, UserError
from studio.media.picture import as_still
from studio.model.scenes import ENVIRONMENTS, SceneOptions, SceneSource
from studio.model.story import Story
from studio.model.text_files import read_regular
from studio.model.tolerant import parse_json
from studio.planning.filming.scene_edits import restyled
from studio.planning.filming.scenes import folded_scenes
from studio.planning.filming.scripts import read_script
from studio.planning.filming.wording import style_words
from studio.planning.telling.random_script import as_script, request_for
from studio.service.documents import put_document
from studio.service.projects import check_engines
from studio.service.scene_cards import SceneCards, put, written_in
from studio.service.scene_opening import open_scene_video, project_of, scan
from studio.service.scene_returning import write_back
from studio.service.voices import narrated
from studio.steps.filming import names
from studio.steps.filming.film_views import finished_shots
from studio.steps.filming.write_story import STORY_SHAPE

_SCRIPT = "source/script"


class Scenes(SceneCards):
    """Projects of kind ``scenes``."""

    def create_scenes(
        self,
        script: Path | str,
        options: SceneOptions,
        *,
        name: str = "",
        picture: Path | None = None,
        environments: Path | None = None,
    ) -> str:
        """A new project that makes a scene video of ``script`` (a file, or the text itself); returns its name.

        ``picture`` is what scene 1 begins with, ``environments`` the user's own list of them. Raises UserError for a
        name that is taken, BadInput for a file that cannot be used, EngineUnavailable for a missing engine.
        """
        if picture and options.initial_prompt:
            raise BadInput(
                "A picture file and words for the first picture (“The first picture shows”, initial_prompt) contradict each "
                "other: give one of them."
            )
        story = read_script(script)
        options = narrated(options)
        count = len(folded_scenes(story.scenes, options.max_scenes))
        is_file = isinstance(script, Path)
        ending = script.suffix.lower() if isinstance(script, Path) and script.suffix[1:].isalnum() else ".txt"
        source = SceneSource(kind="script", file=f"{_SCRIPT}{ending}", scene_count=count)
        check_engines(pipelines.scene_engines(options, source))
        brought: dict[str, Path | bytes] = {source.file: script if isinstance(script, Path) else script.encode()}
        if environments:
            brought[names.ENVIRONMENTS] = _environments(environments)
        if picture:
            brought[names.image(1)] = _still(picture)
        stem = script.stem if isinstance(script, Path) else story.title
        title = story.title if story.title != "Untitled" or not is_file else stem
        fallback = free_name(self.settings.sessions, automatic_name(stem, datetime.now().astimezone()))
        name = self.new_name(name) if name else fallback
        project = new_project(
            name,
            "scenes",
            title=title_line(title),
            options=options.model_dump(mode="json"),
            source=source.model_dump(mode="json"),
            started_at=now_text(),
        )
        self.create(self.settings.sessions / name, project, brought)
        return name

    def find_scenes(self, script: bytes) -> Project | None:
        """The newest scene video that is made of these very words."""
        for project in self.projects():
            if project.kind == "scenes" and self._script_of(project) == script:
                return project
        return None

    def is_of_script(self, project: Project, script: bytes) -> bool:
        """True if the scene video is made of these very words."""
        return self._script_of(project) == script

    def set_scene_options(self, name: str, options: SceneOptions) -> None:
        """The next run makes with ``options`` what is missing; pictures and clips that are finished stay as they are.

        Raises EngineUnavailable, and UserError for a voice that is not there.
        """
        with self._open(name) as session:
            before = SceneOptions.model_validate(session.project.options)
            if options.tts != before.tts and options.voice == before.voice:
                options = options.model_copy(update={"voice": ""})  # the other engine's own first voice
            options = narrated(options)
            if options == before:
                return
            check_engines(pipelines.scene_engines(options, SceneSource.model_validate(session.project.source)))
            finished = set(plan_through(session, pipelines.of(session.project)).keep)
            session.save(options=options.model_dump(mode="json"))
            if not _asks_for_other_scenes(before, options):
                editing.settle(session, finished & {names.STORY})
                _keep_documents(session, finished, before, options)
            editing.settle(session, {file for file in finished if file.startswith(("images/", "videos/"))})

    def set_first_picture(self, name: str, picture: Path) -> None:
        """Scene 1 begins with ``picture``; what goes on from it is made again. Raises BadInput if it is none."""
        still = _still(picture)
        if self.project(name).kind != "scenes":
            raise UserError(f"{name} is no scene video: it has no picture to begin with.")
        with self._open(name) as session:
            shots = finished_shots(session)
            place = names.image(shots[0].index if shots else 1)
            wanted = plan_through(session, pipelines.of(session.project)).wanted.get(place)
            stands = session.path(place)
            if stands.is_file() and stands.read_bytes() == still:
                return
            if wanted:
                put_document(session, wanted, still)
            else:
                stands.parent.mkdir(exist_ok=True)
                stands.write_bytes(still)

    def set_first_prompt(self, name: str, prompt: str) -> None:
        """The first picture of scene 1 shows ``prompt``; what goes on from it is made again."""
        with self._open(name) as session:
            shots = finished_shots(session)
            if not shots:
                options = SceneOptions.model_validate(session.project.options)
                changed = options.model_copy(update={"initial_prompt": prompt})
                session.save(options=changed.model_dump(mode="json"))
            elif shots[0].image_prompt != prompt:
                wanted = plan_through(session, pipelines.of(session.project)).wanted.get(names.SHOTS)
                first = shots[0].index
                editing.edit(session, wanted, first, lambda shot: shot.model_copy(update={"image_prompt": prompt}))

    def scan_scene_video(self, directory: Path) -> SceneVideoScan:
        """What an old scene-video directory holds; nothing in it is changed. Raises BadInput if it is none."""
        return scan(directory)

    def continue_scene_video(self, found: SceneVideoScan, options: SceneOptions, *, name: str = "") -> str:
        """The project that goes on with the directory that was ``found``: a new one, or the one that does so already.

        Of that one nothing that is finished is made again because of other ``options``.
        """
        existing = project_of(self, found, name)
        if existing is None:
            return open_scene_video(self, found, options, name=name).name
        self.set_scene_options(existing.session_name, options)
        return existing.session_name

    def scene_video_options(self, found: SceneVideoScan, name: str = "") -> dict[str, Any]:
        """The options of the project that goes on with ``found`` already; empty if there is none."""
        existing = project_of(self, found, name)
        return dict(existing.options) if existing else {}

    def write_back(self, name: str, found: SceneVideoScan) -> tuple[str, ...]:
        """What the directory that was ``found`` lacks, and is finished here, stands in it; returns the names in it."""
        with self._read(name) as session:
            return write_back(session, found)

    def random_script(
        self, theme: str = "", tone: str = "", *, seconds: float, seed: int, text: str = "builtin"
    ) -> str:
        """A made-up script, the same for the same words and seed.

        Raises UserError for a theme that the engine cannot tell of, EngineUnavailable.
        """
        check_engines([f"text/{text}"])
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "story.json"
            registry.text(text).write(out, request_for(theme, tone, seconds, seed=seed))
            story: Story = STORY_SHAPE.validate_json(out.read_bytes())
        return as_script(story)

    def _script_of(self, project: Project) -> bytes | None:
        file = self.settings.sessions / project.session_name / str(project.source.get("file") or ".")
        return read_regular(file) if file.is_file() else None


def _still(picture: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "still.png"
        as_still(picture, out)
        return out.read_bytes()


def _environments(file: Path) -> bytes:
    """The file's bytes, if it holds environments."""
    content = read_regular(file)
    try:
        ENVIRONMENTS.validate_python(parse_json(content.decode("utf-8-sig", "replace"), file.name))
    except ValueError as error:
        raise BadInput(f"{file.name} is no list of environments: {error}") from error
    return content


def _asks_for_other_scenes(before: SceneOptions, options: SceneOptions) -> bool:
    return (before.max_scenes, before.max_environments) != (options.max_scenes, options.max_environments)


def _keep_documents(session: Session, finished: set[str], before: SceneOptions, options: SceneOptions) -> None:
    """The documents and the list of clips stay as people have them; only their style is the one that is chosen now."""
    if not {names.SCENES, names.SHOTS} <= finished:
        return
    now = written_in(session)
    story = session.path(names.STORY)
    own = STORY_SHAPE.validate_json(story.read_bytes()).style if story.is_file() else ""
    put(session, now, restyled(now, style_words(before.style, own), style_words(options.style, own)))
