"""Opens a directory of the older scene-video program and says what is in it, clip by clip.

Nothing in the directory is changed or believed: a clip counts when its file stands there and verifies. Torn files stay
where they are and are never used. Scenes keep the numbers that their files bear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from studio.core.foreign.findings import Finding
from studio.core.foreign.scene_video_files import File, Files, is_scene_video, list_files, scene_video_in
from studio.core.foreign.scene_video_names import shown, stamp_in, stamp_of
from studio.core.foreign.scene_video_parts import ForeignScene, Part, SceneVideoScan, Status, numbered
from studio.core.foreign.scene_video_words import Document, Documents, read_documents
from studio.core.foreign.shelf import CLIPS, PICTURES, SOUNDS, Verify, fault_of
from studio.errors import BadInput
from studio.model.scene_video import CLIP_S, LENGTH_S, SCENE_NUMBER, VideoScene
from studio.model.text_files import read_text_file

__all__ = ["ForeignScene", "Part", "SceneVideoScan", "is_scene_video", "scan_scene_video"]

_MEDIA = (*CLIPS, *SOUNDS, *PICTURES)
_LATE_NS = 60 * 10**9
"""Copying and unpacking move times by seconds; work takes longer."""
_NO_VIDEO = (
    "{} holds no scenes, no clips and no narration that can be read: it is no directory of the scene-video program, or "
    "nothing of it is left."
)


def scan_scene_video(directory: Path, video: Verify, audio: Verify, image: Verify) -> SceneVideoScan:
    """What ``directory``, or the only scene-video directory in it, holds; the functions raise for a torn file.

    Every file is opened for reading alone. Raises BadInput if it is no such directory, or nothing in it can be used.
    """
    root = scene_video_in(directory).resolve()
    return _Scanner(root, {"video": video, "audio": audio, "image": image, "text": read_text_file}).scan()


class _Scanner:
    def __init__(self, root: Path, verify: Mapping[str, Verify]) -> None:
        self.root = root
        self.listed: Files = list_files(root)
        self._verify = verify
        self._modified_ns = {file.path: file.modified_ns for file in self.listed.files}
        self._of_scene: dict[int, list[File]] = {}
        self._frames: dict[int, list[File]] = {}
        for file in self.listed.files:
            if file.said.scene is not None and self._is_in_place(file):
                self._of_scene.setdefault(file.said.scene, []).append(file)
            elif file.folder_scene is not None and file.is_first_frame:
                self._frames.setdefault(file.folder_scene, []).append(file)
        self._faults: dict[Path, str] = {}
        self._used: set[Path] = set()
        self.torn: list[Finding] = []
        self.notes: list[Finding] = [*self.listed.left_out]

    def scan(self) -> SceneVideoScan:
        documents = self._documents()
        unsaid = documents.scenes.without_length
        scenes = tuple(
            self._scene(scene, has_length=bool(documents.chosen) and scene.scene_number not in unsaid)
            for scene in self._planned(documents)
        )
        self._note_documents(documents, scenes)
        text, audio, adjusted, words = self._narration()
        final = self._final(scenes, (text, audio, adjusted))
        if not (scenes or final.path or text.path or audio.path or adjusted.path or documents.environments):
            raise BadInput(_NO_VIDEO.format(shown(self.root.name)))
        self._compare_words(documents.chosen, scenes)
        return SceneVideoScan(
            directory=self.root,
            timestamp=self._stamp(documents),
            documents=documents,
            scenes=scenes,
            narration_text=text,
            narration_audio=audio,
            narration_adjusted=adjusted,
            final=final,
            narration=words,
            images=self._images(),
            unassigned=self._unassigned(scenes),
            torn_files=tuple(self.torn),
            notes=tuple(self.notes),
            names=self.listed.names,
        )

    def _documents(self) -> Documents:
        files = [(file.name, file.path) for file in self.listed.files if file.path.suffix.lower() == ".json"]
        documents = read_documents(files, stamp_in(self.root.name))
        for one in documents.listed:
            if one.fault:
                self.torn.append(Finding(one.name, one.fault))
        return documents

    def _note_documents(self, documents: Documents, scenes: Sequence[ForeignScene]) -> None:
        if documents.chosen:
            self.notes += [Finding(documents.chosen.name, shown(fault)) for fault in documents.scenes.faults]
        elif scenes:
            words = "The scenes are those that clips are named after: nobody knows what is to be seen in one that is missing."
            self.notes.append(Finding(shown(self.root.name), f"{documents.why} {words}"))
        else:
            scripts = self._whole_film("script")
            self.notes += [
                Finding(shown(file.name), "it is a script: a scene video can be made of it") for file in scripts
            ]

    def _stamp(self, documents: Documents) -> str:
        chosen = [documents.chosen.name] if documents.chosen else []
        return stamp_of(self.root.name, chosen, self.listed.names)

    def _planned(self, documents: Documents) -> list[VideoScene]:
        """The scenes that are written down; where none are, those that files are named after."""
        if documents.scenes.scenes:
            return list(documents.scenes.scenes)
        numbers = sorted(number for number in self._of_scene if self._of(number, "scene", "clip"))
        return [VideoScene(scene_number=number) for number in numbers if not SCENE_NUMBER.fault(number)]

    def _is_in_place(self, file: File) -> bool:
        """True if the file stands in the directory itself, or in the folder of the scene that it is named after."""
        return not file.folder or ("/" not in file.folder and file.folder_scene == file.said.scene)

    def _of(self, number: int, *kinds: str) -> list[File]:
        """Files of scene ``number``; the latest timestamp first, as the old program takes them."""
        return _latest_first(file for file in self._of_scene.get(number, []) if file.said.kind in kinds)

    def _scene(self, scene: VideoScene, *, has_length: bool) -> ForeignScene:
        number = scene.scene_number
        in_root = [file for file in self._of(number, "scene") if not file.folder]
        single = [file for file in self._of(number, "scene") if file.folder]
        clips: dict[int, list[File]] = {}
        for file in self._of(number, "clip"):
            clips.setdefault(file.said.clip or 0, []).append(file)
        if not has_length and clips:
            count = min(max(clips), int(LENGTH_S.most) // CLIP_S)
            scene = scene.model_copy(update={"scene_duration": CLIP_S * max(1, count)})
        count = len(scene.clip_lengths_s)
        first = [*single, *clips.get(1, [])] if count == 1 else [*clips.get(1, []), *single]
        stitched = self._part("video", in_root)
        parts = [self._part("video", first if clip == 1 else clips.get(clip, [])) for clip in range(1, count + 1)]
        if count == 1 and stitched.path and not parts[0].path:
            parts[0] = replace(parts[0], status="done", path=stitched.path, note="the scene is its only clip")
        stitched = self._compared(stitched, parts)
        self._note_spare(number, count, clips)
        return ForeignScene(
            scene=scene,
            stitched=stitched,
            clips=tuple(parts),
            sound=self._part("audio", self._of(number, "sound")),
            first_frame=self._part("image", self._first_frames(number)),
        )

    def _first_frames(self, number: int) -> list[File]:
        """Pictures named so, and all in the folder ``first_frame`` of the scene, whatever their names."""
        return _latest_first([*self._of(number, "first_frame"), *self._frames.get(number, [])])

    def _part(self, kind: str, files: Iterable[File]) -> Part:
        """The first whole one of ``files`` is the part; further whole ones are takes of it."""
        whole: list[Path] = []
        torn: list[Path] = []
        for file in files:
            self._used.add(file.path)
            (torn if self._fault(kind, file) else whole).append(file.path)
        status: Status = "done" if whole else "torn" if torn else "missing"
        note = self._faults[torn[0]] if status == "torn" else ""
        return Part(status, whole[0] if whole else None, note, tuple(whole[1:]), tuple(torn))

    def _fault(self, kind: str, file: File) -> str:
        """Why the file is torn; empty if it is whole. It is looked at once."""
        if file.path not in self._faults:
            reason = shown(fault_of(file.path, self._verify[kind])).rstrip(".")
            self._faults[file.path] = reason
            if reason:
                self.torn.append(Finding(shown(file.name), reason))
        return self._faults[file.path]

    def _compared(self, stitched: Part, clips: Sequence[Part]) -> Part:
        """The stitched scene is stale if all its clips are there, and one was made after it."""
        if stitched.path is None or not all(clip.is_done for clip in clips):
            return stitched
        if any(clip.path and self._is_later(clip.path, stitched.path) for clip in clips):
            return replace(stitched, status="stale", note="a clip of it was made after it was stitched")
        return stitched

    def _is_later(self, path: Path, than: Path) -> bool:
        return self._modified_ns[path] - self._modified_ns[than] > _LATE_NS

    def _note_spare(self, number: int, count: int, clips: Mapping[int, Sequence[File]]) -> None:
        spare = [file for clip, files in clips.items() if not 1 <= clip <= count for file in files]
        has = f"{count} clips" if count > 1 else "one clip"
        self.notes += [
            Finding(shown(file.name), f"scene {number} has {has} by its length: this one is kept aside")
            for file in spare
        ]

    def _narration(self) -> tuple[Part, Part, Part, str]:
        """Text, speech, speech of the film's length, and the words; what is older than what it is made of is stale."""
        text = self._part("text", self._whole_film("narration_text"))
        audio = self._part("audio", self._whole_film("narration_audio"))
        adjusted = self._part("audio", self._whole_film("narration_adjusted"))
        if text.path and audio.path and self._is_later(text.path, audio.path):
            audio = replace(audio, status="stale", note="the text was changed after it was spoken")
        sources = [part.path for part in (text, audio) if part.path]
        if adjusted.path and any(self._is_later(source, adjusted.path) for source in sources):
            adjusted = replace(adjusted, status="stale", note="the narration was changed after it was fitted")
        return text, audio, adjusted, read_text_file(text.path).strip() if text.path else ""

    def _final(self, scenes: Sequence[ForeignScene], narration: Sequence[Part]) -> Part:
        final = self._part("video", self._whole_film("final"))
        if final.path is None:
            return final
        lacking = [scene.number for scene in scenes if scene.status != "done"]
        if lacking:
            return replace(
                final, status="stale", note=f"{numbered('scene', lacking)} may not be in it as they are to be"
            )
        used = [path for scene in scenes for path in _used_for(scene)] + [part.path for part in narration if part.path]
        if any(self._is_later(path, final.path) for path in used):
            return replace(final, status="stale", note="something in it was made after it")
        return final

    def _whole_film(self, kind: str) -> list[File]:
        return _latest_first(file for file in self.listed.files if file.said.kind == kind and not file.folder)

    def _compare_words(self, chosen: Document | None, scenes: Sequence[ForeignScene]) -> None:
        """Says which clips were made before the scenes were changed; nobody knows which scene it was."""
        if chosen is None:
            return
        older = [
            scene.number
            for scene in scenes
            if any(chosen.modified_ns - self._modified_ns[path] > _LATE_NS for path in _used_for(scene))
        ]
        if older:
            self.notes.append(
                Finding(
                    chosen.name, f"it was changed after {numbered('scene', older)} were made: they may show older words"
                )
            )

    def _images(self) -> tuple[Path, ...]:
        files = [file for file in self.listed.files if not file.folder and file.path.suffix.lower() in PICTURES]
        mine = [file for file in files if file.path not in self._used and file.said.kind != "last_frame"]
        return tuple(file.path for file in mine if self._part("image", [file]).path)

    def _unassigned(self, scenes: Sequence[ForeignScene]) -> tuple[Path, ...]:
        """Media that nothing was made of, with the reason where the name says a scene.

        Pictures of the ends of clips are none: they can be taken from the clips at any time.
        """
        numbers = {scene.number for scene in scenes}
        left = [
            file
            for file in self.listed.files
            if file.path not in self._used and file.said.kind != "last_frame" and file.path.suffix.lower() in _MEDIA
        ]
        for file in left:
            number, top = file.said.scene, file.folder.partition("/")[0]
            if number is None:
                continue
            if number not in numbers:
                self.notes.append(Finding(shown(file.name), f"there is no scene {number} among the scenes"))
            elif not self._is_in_place(file):
                self.notes.append(
                    Finding(shown(file.name), f"it is named after scene {number}, but stands in {shown(top)}")
                )
        return tuple(file.path for file in left)


def _latest_first(files: Iterable[File]) -> list[File]:
    """By the timestamps in their names, as the old program takes them, then by the time of the last change."""
    return sorted(files, key=lambda file: (file.said.stamp, file.modified_ns, file.name), reverse=True)


def _used_for(scene: ForeignScene) -> list[Path]:
    """The files that the scene's picture and sound in the film come from."""
    picture = [scene.stitched.path] if scene.stitched.path else [clip.path for clip in scene.clips]
    return [path for path in (*picture, scene.sound.path) if path]
