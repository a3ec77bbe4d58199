"""An old scene-video directory becomes a scene video of ours: what is finished stands where ours would, as the user's own.

Clips that are there begin with pictures of their own (their first ones): whatever is made before them later, they are
never made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from studio import pipelines
from studio.core.files import free_name, safe_name
from studio.core.foreign.scene_video import ForeignScene, SceneVideoScan, scan_scene_video
from studio.core.foreign.scene_video_remains import remains_of
from studio.core.foreign.shelf import apart
from studio.core.project import Project, new_project, now_text, title_line
from studio.errors import BadInput
from studio.media import verify
from studio.media.audio import RATE_HZ, resample
from studio.media.frames import first_frame
from studio.media.picture import as_still
from studio.media.probe import probe
from studio.model.bounds import SHOT_S
from studio.model.scene_video import VideoScene
from studio.model.scenes import SceneOptions, SceneSource, environments_as_json, film_numbers, scenes_as_json
from studio.model.shot import Shot
from studio.planning.filming.clips import (
    clip_indices,
    described,
    plan_clips,
    said_over,
    spread_over,
    with_own_first_frame,
)
from studio.planning.filming.scenes import placed
from studio.planning.language import words_per_second
from studio.service.projects import Opened, Projects, check_engines, opened
from studio.service.voices import narrated
from studio.steps.filming import names
from studio.steps.filming.plan_shots import shots_as_json

_OLD = "source/"
_NARRATION = f"{_OLD}narration_text.txt"


def scan(directory: Path) -> SceneVideoScan:
    """What an old scene-video directory holds; nothing in it is changed. Raises BadInput if it is none."""
    return scan_scene_video(directory, verify.whole_video(), verify.whole_sound(), verify.image_of())


def open_scene_video(studio: Projects, found: SceneVideoScan, options: SceneOptions, *, name: str = "") -> Opened:
    """A scene video with everything usable of the directory that was ``found``, which stays as it is.

    Raises BadInput if nothing says what is to be made.
    """
    if not found.scenes:
        raise BadInput(f"{found.name} holds no scenes: nothing says what is to be made. Start from its script instead.")
    wordless = () if found.has_words else remains_of(found).clips
    if wordless:
        clips = ", ".join(f"clip {clip} of scene {scene}" for scene, clip in wordless[:3])
        raise BadInput(
            f"{found.name} lacks {clips}, and no JSON file says what is seen there. Bring its scenes JSON back into it, "
            "or take the torn files out."
        )
    options = narrated(options)
    sessions = studio.settings.sessions
    name = studio.new_name(name) if name else free_name(sessions, safe_name(found.name) or "scene_video")
    with TemporaryDirectory() as folder:
        importer = _Importer(found, options, Path(folder))
        importer.gather()
        source = importer.source
        check_engines(pipelines.scene_engines(options, source))
        project = new_project(
            name,
            "scenes",
            title=title_line(found.name),
            options=options.model_dump(mode="json"),
            source=source.model_dump(mode="json"),
            started_at=now_text(),
        )
        studio.create(sessions / name, project, importer.files)
    return _told(name, found)


def project_of(studio: Projects, found: SceneVideoScan, name: str = "") -> Project | None:
    """The newest scene video that goes on with the directory that was ``found``, or the one of that ``name``."""
    for project in studio.projects():
        is_named = not name or project.session_name == safe_name(name)
        if project.kind == "scenes" and project.source.get("origin") == found.name and is_named:
            return project
    return None


def _told(name: str, found: SceneVideoScan) -> Opened:
    done = [f"scene {scene.number}" for scene in found.scenes if scene.status in ("done", "stale")]
    told = opened(name, (), found.torn_files, (), ())
    remains = remains_of(found)
    stale = tuple(f"scene {scene.number}: {scene.stitched.note}" for scene in found.scenes if scene.status == "stale")
    return Opened(name, tuple(done), told.torn, stale, () if remains.is_nothing else (remains.words,))


@dataclass
class _Importer:
    """Gathers the project's files. ``work`` is a folder for what is taken from clips and converted."""

    found: SceneVideoScan
    options: SceneOptions
    work: Path
    files: dict[str, Path | bytes] = field(default_factory=dict)
    shots: list[Shot] = field(default_factory=list)
    used: set[Path] = field(default_factory=set)
    sounds: list[int] = field(default_factory=list)
    narration: str = ""
    voice: str = ""

    def gather(self) -> None:
        scenes = placed([one.scene for one in self.found.scenes], self.found.documents.environments)
        self.files[names.SCENES] = scenes_as_json(scenes)
        if self.found.documents.environments:
            self.files[names.ENVIRONMENTS] = environments_as_json(self.found.documents.environments)
        self._narration()
        indices = clip_indices(scenes)
        planned = {shot.index: shot for shot in plan_clips(scenes, self._said(scenes))}
        for scene in self.found.scenes:
            self.shots += self._scene(scene, indices, planned)
            self._sound(scene)
        self.files[names.SHOTS] = shots_as_json(self.shots)
        self._rest()

    @property
    def source(self) -> SceneSource:
        return SceneSource(
            kind="scenes",
            narration=self.narration,
            voice=self.voice,
            sounds=tuple(self.sounds),
            scene_count=len(self.found.scenes),
            origin=self.found.name,
        )

    def _said(self, scenes: Sequence[VideoScene]) -> Mapping[int, str]:
        if self.found.narration:
            return spread_over(scenes, self.found.narration)
        return said_over(scenes, described(scenes), words_per_second(self.options.language))

    def _scene(
        self, scene: ForeignScene, indices: Mapping[tuple[int, int], int], planned: Mapping[int, Shot]
    ) -> Iterator[Shot]:
        """Its clips; one that was stitched, and has lost clips, is one long one."""
        clips = [planned[indices[scene.number, clip]] for clip in range(1, len(scene.clips) + 1)]
        if scene.stitched.path and not all(clip.is_done for clip in scene.clips):
            words = " ".join(shot.narration for shot in clips if shot.narration)
            yield self._with_clip(clips[0].model_copy(update={"narration": words}), scene.stitched.path)
            return
        for shot, part in zip(clips, scene.clips, strict=True):
            if part.is_done and part.path:
                yield self._with_clip(shot, part.path)
            elif shot is clips[0] and scene.first_frame.is_done and scene.first_frame.path:
                self.files[names.image(shot.index)] = self._made(shot, as_still, scene.first_frame.path)
                yield with_own_first_frame(shot)
            else:
                yield shot

    def _with_clip(self, shot: Shot, clip: Path) -> Shot:
        """The shot as long as its clip, beginning with the clip's first picture."""
        self.used.add(clip)
        self.files[names.clip(shot.index)] = clip
        self.files[names.image(shot.index)] = self._made(shot, first_frame, clip)
        length_s = min(max(probe(clip).picture.duration_s, SHOT_S.least), SHOT_S.most)
        return with_own_first_frame(shot.model_copy(update={"duration_s": length_s}))

    def _made(self, shot: Shot, make: Callable[[Path, Path], None], source: Path) -> Path:
        self.used.add(source)
        out = self.work / f"{shot.index}.png"
        make(source, out)
        return out

    def _sound(self, scene: ForeignScene) -> None:
        """The scene's own sound, else what is heard in the stitched scene, as a WAV."""
        heard = scene.sound.path
        if heard is None and scene.stitched.path and probe(scene.stitched.path).audio:
            heard = scene.stitched.path
        if heard is None:
            return
        self.used.add(heard)
        out = self.work / f"sound_{scene.number}.wav"
        resample(heard, out, rate_hz=RATE_HZ, channels=2)
        number = film_numbers([one.scene for one in self.found.scenes])[scene.number]
        self.files[names.sound(number)] = out
        self.sounds.append(number)

    def _narration(self) -> None:
        """The words as a text, and what was spoken of them: fresher than its text, or it is spoken again."""
        if self.found.narration:
            self.narration = _NARRATION
            self.files[_NARRATION] = self.found.narration.encode()
        for part in (self.found.narration_audio, self.found.narration_adjusted):
            if part.is_done and part.path and not self.voice:
                self.used.add(part.path)
                self.voice = f"{_OLD}narration_audio{part.path.suffix.lower()}"
                self.files[self.voice] = part.path

    def _rest(self) -> None:
        """Everything else that is whole is kept beside, under its own name."""
        parts = [
            part
            for scene in self.found.scenes
            for part in (scene.stitched, *scene.clips, scene.sound, scene.first_frame)
        ]
        parts += [
            self.found.final,
            self.found.narration_audio,
            self.found.narration_adjusted,
            self.found.narration_text,
        ]
        kept = [path for part in parts for path in (part.path, *part.takes) if path]
        kept += [*self.found.images, *self.found.unassigned, *(one.path for one in self.found.documents.listed)]
        taken = [place.removeprefix(_OLD) for place in self.files if place.startswith(_OLD)]
        more = apart([path for path in dict.fromkeys(kept) if path not in self.used], taken)
        self.files |= {f"{_OLD}{place}": file for place, file in more.items()}
