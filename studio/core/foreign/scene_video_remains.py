"""What remains of an old scene video, in words, as a table and as JSON: told before anything is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from studio.core.foreign.scene_video_names import shown
from studio.core.foreign.scene_video_parts import ForeignScene, Part, SceneVideoScan, Status, numbered
from studio.core.foreign.scene_video_words import documents_table

NarrationStep = Literal["", "write", "speak", "fit"]
_NARRATION_WORDS = {
    "write": "the narration",
    "speak": "speaking the narration",
    "fit": "fitting the narration to the film's length",
}
_MOST_TOLD = 4
_NO_SOUND = ("", "none", "n/a", "no sound")


@dataclass(frozen=True, slots=True)
class Remains:
    """What is still to be made; scenes and clips by the numbers that their files bear, clips from 1."""

    environments: tuple[int, ...] = ()
    """Scenes that have no words for where they play."""
    first_frames: tuple[int, ...] = ()
    clips: tuple[tuple[int, int], ...] = ()
    """(scene, clip)"""
    stitch: tuple[int, ...] = ()
    """Scenes to be put together from their clips."""
    sounds: tuple[int, ...] = ()
    narration: NarrationStep = ""
    """The first step that is lacking; those after it follow."""
    film: bool = False
    words: str = ""
    """``2 clips of scene 3 and the stitching``; ``nothing`` if the film is finished."""

    @property
    def is_nothing(self) -> bool:
        return not self.film


def remains_of(
    scan: SceneVideoScan, *, narration: bool = True, sounds: bool = True, first_frames: bool = False
) -> Remains:
    """What is to be made for a film with or without narration, sounds and pictures for the beginning of each scene."""
    clips = tuple((scene.number, clip) for scene in scan.scenes for clip in scene.clips_to_make)
    opening = {number for number, clip in clips if clip == 1}
    remains = Remains(
        environments=tuple(scene.number for scene in scan.scenes if _lacks_place(scene)),
        first_frames=tuple(
            scene.number
            for scene in scan.scenes
            if first_frames and scene.number in opening and not scene.first_frame.is_done
        ),
        clips=clips,
        sounds=tuple(scene.number for scene in scan.scenes if sounds and _lacks_sound(scene)),
        narration=_narration_step(scan) if narration else "",
    )
    is_more = bool(remains.environments or clips or remains.sounds or remains.narration)
    if scan.final.is_done and not is_more:
        return replace(remains, words="nothing")
    if not scan.scenes:
        return replace(remains, film=True, words="everything: no scenes were written yet")
    stitch = tuple(scene.number for scene in scan.scenes if not scene.stitched.is_done)
    words = _listed([*_phrases(scan, remains), "the stitching"])
    return replace(remains, stitch=stitch, film=True, words=words)


def old_names_of(scan: SceneVideoScan, remains: Remains) -> dict[str, str]:
    """The old program's name for everything that remains; the keys are ``clip 3/2``, ``scene 3``, ``sound 3``, ``film`` …

    No file that is there has one of these names.
    """
    names = scan.old_names()
    counts = {scene.number: len(scene.clips) for scene in scan.scenes}
    found = {f"first frame {number}": names.first_frame(number) for number in remains.first_frames}
    found |= {f"clip {number}/{clip}": names.clip(number, clip, counts[number]) for number, clip in remains.clips}
    found |= {f"sound {number}": names.sound(number) for number in remains.sounds}
    found |= {f"scene {number}": names.stitched(number) for number in remains.stitch}
    steps = {
        "narration text": ("write", names.narration_text),
        "narration audio": ("speak", names.narration_audio),
        "narration adjusted": ("fit", names.narration_adjusted),
    }
    is_begun = False
    for what, (step, place) in steps.items():
        is_begun = is_begun or step == remains.narration
        found |= {what: place()} if is_begun else {}
    return found | ({"film": names.final()} if remains.film else {})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the explanation. ``scene`` and ``clip`` are None for what belongs to the whole film."""

    what: str
    status: Status
    file: str = ""
    """Relative name of the file that counts, or of the torn one."""
    note: str = ""
    scene: int | None = None
    clip: int | None = None


def rows_of(scan: SceneVideoScan) -> tuple[Row, ...]:
    """The explanation as a table: every scene with its clips and its sound, then the narration and the film."""
    return tuple(_rows(scan))


def _rows(scan: SceneVideoScan) -> Iterator[Row]:
    for scene in scan.scenes:
        number = scene.number
        yield Row(f"scene {number}", scene.status, _file(scan, scene.stitched), _scene_note(scene), number)
        for clip, part in enumerate(scene.clips, start=1):
            is_needed = clip in scene.clips_to_make or part.is_done
            note = part.note if is_needed else "; ".join(filter(None, (part.note, "not needed: the scene is stitched")))
            yield Row(f"clip {clip} of scene {number}", part.status, _file(scan, part), note, number, clip)
        yield Row(f"sound of scene {number}", scene.sound.status, _file(scan, scene.sound), scene.sound.note, number)
        if scene.first_frame.status != "missing":
            part = scene.first_frame
            yield Row(f"first frame of scene {number}", part.status, _file(scan, part), part.note, number)
    whole_film = {
        "narration text": scan.narration_text,
        "narration": scan.narration_audio,
        "narration of the film's length": scan.narration_adjusted,
        "film": scan.final,
    }
    for what, part in whole_film.items():
        yield Row(what, part.status, _file(scan, part), part.note)


def as_json(scan: SceneVideoScan, remains: Remains) -> dict[str, object]:
    """Everything above as JSON values."""
    return {
        "directory": shown(str(scan.directory)),
        "timestamp": scan.timestamp,
        "state": scan.state,
        "documents": documents_table(scan.documents),
        "chosen": scan.documents.chosen.name if scan.documents.chosen else None,
        "why": scan.documents.why,
        "rows": [asdict(row) for row in rows_of(scan)],
        "scenes": [scene.scene.model_dump(mode="json") for scene in scan.scenes],
        "torn_files": [asdict(finding) for finding in scan.torn_files],
        "notes": [asdict(finding) for finding in scan.notes],
        "unassigned": [scan.name_of(path) for path in scan.unassigned],
        "remains": asdict(remains),
        "old_names": {what: shown(name) for what, name in old_names_of(scan, remains).items()},
    }


def _file(scan: SceneVideoScan, part: Part) -> str:
    path = part.path or next(iter(part.torn), None)
    return scan.name_of(path) if path else ""


def _scene_note(scene: ForeignScene) -> str:
    if scene.stitched.note:
        return scene.stitched.note
    if scene.stitched.path:
        return "stitched"
    there = sum(clip.is_done for clip in scene.clips)
    return f"{there} of {len(scene.clips)} clips, not stitched" if there else ""


def _lacks_place(scene: ForeignScene) -> bool:
    return bool(scene.clips_to_make) and not scene.scene.scene_physical_environment


def _lacks_sound(scene: ForeignScene) -> bool:
    return not scene.sound.is_done and scene.scene.sound_effects_prompt.casefold() not in _NO_SOUND


def _narration_step(scan: SceneVideoScan) -> NarrationStep:
    if scan.narration_adjusted.is_done:
        return ""
    if scan.narration_audio.is_done:
        return "fit"
    return "speak" if scan.narration_text.is_done else "write"


def _phrases(scan: SceneVideoScan, remains: Remains) -> list[str]:
    """What remains but the stitching, a phrase each."""
    phrases = [f"the environment of {numbered('scene', remains.environments)}"] if remains.environments else []
    if remains.first_frames:
        phrases.append(_each("first frame", remains.first_frames))
    phrases += _clip_phrases(scan, remains.clips)
    if remains.sounds:
        phrases.append(_each("sound", remains.sounds))
    if remains.narration:
        phrases.append(_NARRATION_WORDS[remains.narration])
    return phrases


def _clip_phrases(scan: SceneVideoScan, clips: Sequence[tuple[int, int]]) -> list[str]:
    """``clip 2 of scene 3``, ``all 3 clips of scene 4``; more than four scenes are counted."""
    by_scene: dict[int, list[int]] = {}
    for number, clip in clips:
        by_scene.setdefault(number, []).append(clip)
    if len(by_scene) > _MOST_TOLD:
        return [f"{len(clips)} clips of {len(by_scene)} scenes"]
    counts = {scene.number: len(scene.clips) for scene in scan.scenes}
    return [_clips_of(number, lacking, counts[number]) for number, lacking in by_scene.items()]


def _clips_of(number: int, lacking: Sequence[int], count: int) -> str:
    if count == 1:
        return f"the clip of scene {number}"
    if len(lacking) == 1:
        return f"clip {lacking[0]} of scene {number}"
    return f"{'all ' if len(lacking) == count else ''}{len(lacking)} clips of scene {number}"


def _each(what: str, numbers: Sequence[int]) -> str:
    if len(numbers) > _MOST_TOLD:
        return f"{len(numbers)} {what}s"
    return f"the {what}{'s' if len(numbers) > 1 else ''} of {numbered('scene', numbers)}"


def _listed(phrases: Sequence[str]) -> str:
    """``a, b and c``"""
    return " and ".join(filter(None, (", ".join(phrases[:-1]), *phrases[-1:])))
