"""Old scene-video directories of every shape, made from a plan that knows what a right scan says about each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from studio.errors import UnusableOutput

STAMP, LATER, EARLIER = "20240601_123456", "20240601_200000", "20230101_000000"
WHOLE, NOW_S, LONG_AGO_S = b"a whole file", 1_717_245_296, 1_717_238_096
CLIP_COUNTS = {5: 1, 10: 2, 15: 3, 7: 1, 9: 1, 14: 2, 18: 2, 20: 4, 3: 1, 55: 11}
DONE = ("whole", "link inside")
TORN = ("torn", "empty")
_FILE = st.sampled_from(["whole", "whole", "whole", "torn", "empty", "link inside", "link outside", "pipe", "folder"])
_FILES = st.one_of(
    st.just(("whole",)), st.just(()), st.lists(_FILE, min_size=1, max_size=2).map(tuple), st.just(("torn", "whole"))
)
_STAMPS = st.sampled_from(
    [
        (STAMP, LATER),
        (STAMP, LATER),
        (EARLIER, STAMP),
        ("", STAMP),
        ("2024", LATER),
        (STAMP, ""),
        ("99999999_999999", STAMP),
    ]
)


@dataclass(frozen=True)
class ScenePlan:
    number: int
    length_s: int
    clips: tuple[tuple[str, ...], ...]
    """The files of each clip by what is wrong with them."""
    stitched: tuple[str, ...]
    sound: tuple[str, ...]
    stamps: tuple[str, str]
    folder_stamp: str
    is_stitched_early: bool
    are_clips_in_root: bool
    is_single: bool
    """The only clip bears the name of the scene, or a first clip does that has no other file."""
    padding: str
    ending: str

    @property
    def clip_states(self) -> list[str]:
        files = [*self.clips]
        found = [_state(one) for one in files]
        if len(files) == 1 and _state(self.stitched) == "done":
            found[0] = "done"
        return found

    @property
    def state(self) -> str:
        if _state(self.stitched) == "done":
            own = all(_state(one) == "done" for one in self.clips)
            return "stale" if self.is_stitched_early and own else "done"
        if all(state == "done" for state in self.clip_states):
            return "done"
        is_torn = any(file in TORN for files in (*self.clips, self.stitched) for file in files)
        return "torn" if is_torn else "missing"

    @property
    def sound_state(self) -> str:
        return _state(self.sound)

    @property
    def has_late_file(self) -> bool:
        """Something of it that the film is made of is from now, not from long ago."""
        is_early = _state(self.stitched) == "done" and self.is_stitched_early
        return _state(self.sound) == "done" or not is_early

    @property
    def clips_to_make(self) -> tuple[int, ...]:
        if _state(self.stitched) == "done":
            return ()
        return tuple(n for n, state in enumerate(self.clip_states, start=1) if state != "done")


@dataclass(frozen=True)
class Plan:
    directory: str
    document: str
    style: Callable[[int], Any]
    wrap: Callable[[list[dict[str, Any]]], Any]
    encoding: str
    scenes: tuple[ScenePlan, ...]
    text: tuple[str, ...]
    audio: tuple[str, ...]
    adjusted: tuple[str, ...]
    is_text_newer: bool
    final: tuple[str, ...]
    is_final_early: bool
    extras: frozenset[str]

    @property
    def kept(self) -> tuple[ScenePlan, ...]:
        """The scenes that a right scan finds, in order: of a torn document, the whole ones at its beginning."""
        scenes = self.scenes[:-1] if self.document == "only torn" else self.scenes
        return tuple(sorted(scenes, key=lambda scene: scene.number))

    @property
    def chosen(self) -> str:
        named = {
            "odd name": "my film.json",
            "torn exact": "my film.json",
            "metadata": f"scene_metadata_no_env_{STAMP}.json",
        }
        others = ("two stamped", "empty exact", "exact and newer" if not self.is_stamped else "")
        stamp = LATER if self.document in others else STAMP
        return named.get(self.document, f"scenes_{stamp}.json")

    @property
    def is_stamped(self) -> bool:
        return STAMP in self.directory

    @property
    def narration(self) -> tuple[str, str, str]:
        text, audio, adjusted = _state(self.text), _state(self.audio), _state(self.adjusted)
        is_newer = self.is_text_newer and text == "done"
        return (
            text,
            "stale" if audio == "done" and is_newer else audio,
            "stale" if adjusted == "done" and is_newer else adjusted,
        )

    @property
    def final_state(self) -> str:
        state = _state(self.final)
        is_text_later = self.is_text_newer and _state(self.text) == "done"
        spoken = [_state(files) == "done" for files in (self.text, self.audio, self.adjusted)]
        is_early = self.is_final_early and (any(spoken) or any(scene.has_late_file for scene in self.kept))
        is_stale = is_early or is_text_later or any(scene.state != "done" for scene in self.kept)
        return "stale" if state == "done" and is_stale else state


def _state(files: tuple[str, ...]) -> str:
    if any(file in DONE for file in files):
        return "done"
    return "torn" if any(file in TORN for file in files) else "missing"


@st.composite
def _scene_plans(draw: st.DrawFn, number: int) -> ScenePlan:
    length_s = draw(st.sampled_from([5, 5, 10, 10, 15, *CLIP_COUNTS]))
    count = CLIP_COUNTS[length_s]
    fate = draw(st.sampled_from(["any", "any", "finished", "clips", "untouched"]))
    whole = ("whole",)
    clips = {"any": None, "finished": (whole,) * count, "clips": (whole,) * count, "untouched": ((),) * count}[fate]
    stitched = {"any": None, "finished": whole, "clips": (), "untouched": ()}[fate]
    return ScenePlan(
        number=number,
        length_s=length_s,
        clips=draw(st.tuples(*[_FILES] * count)) if clips is None else clips,
        stitched=draw(_FILES) if stitched is None else stitched,
        sound=draw(_FILES),
        stamps=draw(_STAMPS),
        folder_stamp=draw(st.sampled_from([f"_{STAMP}", f"_{STAMP}", f"_{EARLIER}", "_x", ""])),
        is_stitched_early=draw(st.sampled_from([False, False, True])),
        are_clips_in_root=draw(st.sampled_from([False, False, False, True])),
        is_single=draw(st.booleans()),
        padding=draw(st.sampled_from(["", "", "0"])),
        ending=draw(st.sampled_from([".mp4", ".mp4", ".MP4"])),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A directory as the old program left it, with any of its traps."""
    numbers = draw(st.sampled_from([(1, 2, 3), (1, 10, 11), (1, 2), (0, 1), (3, 1, 2), (1, 100, 10), (2, 12, 21, 1)]))
    document = draw(
        st.sampled_from(
            ["exact", "exact", "exact", "two stamped", "exact and newer", "odd name", "metadata", "torn exact", "empty exact",
             "only torn"]
        )
    )  # fmt: skip
    wraps: list[Callable[[list[dict[str, Any]]], Any]] = [lambda scenes: scenes]
    if document != "only torn":
        wraps += [lambda scenes: {"scenes": scenes}, lambda scenes: [{"scenes": scenes}]]
    is_whole = draw(st.sampled_from([False, False, True]))
    scenes = tuple(draw(_scene_plans(number)) for number in numbers)
    return Plan(
        directory=draw(st.sampled_from([f"video_{STAMP}"] * 3 + ["mein Film", f"video_{STAMP} (copy)"])),
        document=document,
        style=draw(st.sampled_from([int, str, lambda n: f" {n} ", float, lambda n: f"{n:02d}"])),
        wrap=draw(st.sampled_from(wraps)),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])) if document != "only torn" else "utf-8",
        scenes=scenes,
        text=("whole",) if is_whole else draw(_FILES),
        audio=("whole",) if is_whole else draw(_FILES),
        adjusted=("whole",) if is_whole else draw(_FILES),
        is_text_newer=draw(st.sampled_from([False, False, True])),
        final=draw(_FILES),
        is_final_early=draw(st.sampled_from([False, False, True])),
        extras=draw(st.frozensets(st.sampled_from(sorted(_EXTRAS)))),
    )


def verify(path: Path) -> None:
    """The check of every medium in the corpus."""
    if path.read_bytes() != WHOLE:
        raise UnusableOutput(f"{path.name} ends in the middle.")


def build(plan: Plan, parent: Path) -> Path:
    """The directory of ``plan`` in ``parent``, with everything that is in none of its scenes."""
    root = parent / plan.directory
    root.mkdir()
    (parent / "outside.mp4").write_bytes(WHOLE)
    (root / "kept").mkdir()
    (root / "kept" / "whole").write_bytes(WHOLE)
    for scene in plan.scenes:
        _build_scene(root, scene)
    early = LONG_AGO_S if plan.is_final_early else NOW_S
    _put(root, "narration_text_{}.txt", plan.text, (STAMP, LATER), NOW_S + 7200 if plan.is_text_newer else NOW_S)
    _put(root, "narration_audio_{}.mp3", plan.audio, (STAMP, LATER), NOW_S)
    _put(root, "narration_audio_adjusted_{}.mp3", plan.adjusted, (STAMP, LATER), NOW_S)
    _put(root, "final_video_{}.mp4", plan.final, (STAMP, LATER), early)
    _build_documents(root, plan)
    for extra in sorted(plan.extras):
        _EXTRAS[extra](root, plan)
    return root


def _build_scene(root: Path, scene: ScenePlan) -> None:
    number = f"{scene.padding}{scene.number}"
    folder = root / f"scene_{number}_all_vid{scene.folder_stamp}"
    place = root if scene.are_clips_in_root else folder
    for clip, files in enumerate(scene.clips, start=1):
        is_single = clip == 1 and scene.is_single and not scene.are_clips_in_root
        name = f"scene_{number}" if is_single else f"scene_{number}_vid_{scene.padding}{clip}"
        _put(place, f"{name}_{{}}{scene.ending}", files, scene.stamps, NOW_S)
    early = LONG_AGO_S if scene.is_stitched_early else NOW_S
    _put(root, f"scene_{number}_{{}}{scene.ending}", scene.stitched, scene.stamps, early)
    _put(folder, f"scene_{number}_sound{{}}.mp3", scene.sound, ("", f"_{scene.stamps[1]}2"), NOW_S)


def _put(folder: Path, pattern: str, files: tuple[str, ...], stamps: tuple[str, str], at_s: int) -> None:
    """The files of one thing: the first with the first timestamp, the second with the other."""
    for file, stamp in zip(files, stamps, strict=False):
        folder.mkdir(exist_ok=True)
        path = folder / pattern.replace("_{}", f"_{stamp}" if stamp else "").replace("{}", stamp)
        _make(path, file)
        if file in ("whole", "torn", "empty"):
            os.utime(path, (at_s, at_s))
        if file == "link inside":
            aim = path.parent / f".aim of {path.name}"
            aim.write_bytes(WHOLE)
            os.utime(aim, (at_s, at_s))


def _make(path: Path, file: str) -> None:
    contents = {"whole": WHOLE, "torn": b"a who\x00", "empty": b""}
    if file in contents:
        path.write_bytes(contents[file])
    elif file == "link inside":
        path.symlink_to(f".aim of {path.name}")
    elif file == "link outside":
        path.symlink_to(Path(*[".."] * (2 if path.parent.name.startswith("scene_") else 1)) / "outside.mp4")
    elif file == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()


def _build_documents(root: Path, plan: Plan) -> None:
    scenes = [_scene_json(scene, plan) for scene in plan.scenes]
    decoy = [{"scene_number": 77, "scene_physical_environment": "elsewhere", "scene_duration": 5}]
    content = json.dumps(plan.wrap(scenes), ensure_ascii=False).encode(plan.encoding)
    if plan.document == "only torn":
        content = content[: content.rindex(b"scene_duration")]
    _write(root / plan.chosen, content, NOW_S)
    exact = root / f"scenes_{STAMP}.json"
    if plan.document == "two stamped":
        _write(root / f"scenes_{EARLIER}.json", json.dumps(decoy).encode(), NOW_S - 600)
    elif plan.document == "exact and newer":
        other = exact if not plan.is_stamped else root / f"scenes_{LATER}.json"
        _write(other, json.dumps(decoy).encode(), NOW_S + (600 if plan.is_stamped else -600))
    elif plan.document == "torn exact":
        _write(exact, json.dumps(decoy * 2).encode()[:-9], NOW_S + 600)
    elif plan.document == "empty exact":
        _write(exact, b"[]", NOW_S + 600)
    if plan.document in ("odd name", "torn exact"):
        metadata = [{"scene_number": 77, "scene_duration": 5}]
        _write(root / f"scene_metadata_no_env_{STAMP}.json", json.dumps(metadata).encode(), NOW_S + 600)
    places = [{"scene_physical_environment": "A forest."}, {"scene_physical_environment": "A beach."}]
    _write(root / f"scene_physical_environment_{STAMP}.json", json.dumps(places).encode(), NOW_S)


def _scene_json(scene: ScenePlan, plan: Plan) -> dict[str, Any]:
    place = {} if plan.document == "metadata" else {"scene_physical_environment": "Ein Wald, für immer."}
    return {
        "scene_number": plan.style(scene.number),
        "scene_name": f"Scene {scene.number}",
        **place,
        "scene_movement_description": "Somebody walks.",
        "previous_scene_emotions": "none",
        "sound_effects_prompt": "wind",
        "scene_duration": plan.style(scene.length_s),
    }


def _write(path: Path, content: bytes, at_s: int) -> None:
    path.write_bytes(content)
    os.utime(path, (at_s, at_s))


def _responses(root: Path, plan: Plan) -> None:
    response = {"id": "x", "assets": {"video": "https://example.org/v.mp4"}, "local_video_path": "/tmp/scene_1.mp4"}
    (root / f"scene_1_vid_1_{STAMP}_luma_response_{STAMP}.json").write_text(json.dumps(response))


def _junk(root: Path, plan: Plan) -> None:
    (root / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (root / f"._scene_1_{STAMP}.mp4").write_bytes(WHOLE)
    (root / "__MACOSX").mkdir()
    (root / "__MACOSX" / f"scene_1_{STAMP}.mp4").write_bytes(WHOLE)
    (root / f"scene_1_{STAMP}.mp4.part").write_bytes(WHOLE)


def _odd_names(root: Path, plan: Plan) -> None:
    for name in (b"scene_9\xff_vid_1.mp4", b"caf\xe9.json", b"line\nbreak.mp4", b"scene_\xd9\xa1_x.mp4"):
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_bytes(b"{" if name.endswith(b"json") else WHOLE)


def _huge(root: Path, plan: Plan) -> None:
    """Files with nothing on the disk in them, which nobody may read to their ends."""
    for name in ("all_footage.mp4", "scenes_20990101_000000.json"):
        with (root / name).open("wb") as file:
            file.truncate(3 * 2**30)


def _strange_json(root: Path, plan: Plan) -> None:
    os.mkfifo(root / "scenes_20990102_000000.json")
    (root / "scenes_20990103_000000.json").symlink_to("../outside.mp4")
    (root / "deep.json").write_text("[" * 30_000)
    (root / "numbers.json").write_text(f'{{"scene_number": {"9" * 5000}}}')
    (root / "random_script_elements.json").write_text('{"theme": "loss", "tone": "calm"}')
    (root / "empty.json").write_bytes(b"")


def _strays(root: Path, plan: Plan) -> None:
    """Files of scenes that there are not, and of one scene in the folder of another."""
    folder = root / "scene_55_all_vid_x"
    folder.mkdir()
    for scene in plan.scenes:
        (folder / f"scene_{scene.number}_vid_1_{STAMP}.mp4").write_bytes(WHOLE)
        (root / "kept" / f"scene_{scene.number}_{STAMP}.mp4").write_bytes(WHOLE)
        (root / f"scene_{scene.number}_vid_99_{STAMP}.mp4").write_bytes(WHOLE)
    (root / f"scene_56_{STAMP}.mp4").write_bytes(WHOLE)
    (root / f"scene_56_{STAMP}.mov").write_bytes(WHOLE)


def _circle(root: Path, plan: Plan) -> None:
    (root / "circle").symlink_to(".")
    (root / f"scene_57_{STAMP}.mp4").symlink_to(f"scene_57_{STAMP}.mp4")


_EXTRAS: dict[str, Callable[[Path, Plan], None]] = {
    "responses": _responses,
    "junk": _junk,
    "odd names": _odd_names,
    "huge": _huge,
    "strange json": _strange_json,
    "strays": _strays,
    "circle": _circle,
}


_KEYS = st.sampled_from(
    ["scenes", "scene_number", "scene_duration", "scene_name", "scene_physical_environment", "video", "assets",
     "sound_effects_prompt", "model_config", "clip_lengths_s", "__class__", "", "a b"]
)  # fmt: skip
_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
_VALUES |= st.sampled_from(["Scene 2", "10", "5 s", "\ud800x", 10**40, 0, 1, 2, 3, 5, 15, float("inf")])
_SCENES = st.lists(
    st.dictionaries(_KEYS, _VALUES, max_size=7).map(lambda some: {"scene_number": 1, **some}), max_size=5
)
_JSON = st.recursive(
    _VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=7), max_leaves=20
)
_PARTS = st.sampled_from(
    ["scene", "_", "1", "10", "01", "_vid_1", "_all_vid_", STAMP, LATER, "99999999_999999", ".mp4", ".mp3", ".jpg",
     "first_frame", "last_frame", "sound", "narration_text", "narration_audio", "final_video", ".txt", "\udcff", "\n", "{}"]
)  # fmt: skip
_NAMES = st.lists(_PARTS, min_size=1, max_size=6).map("".join)
_CONTENTS = st.sampled_from([WHOLE, b"a who\x00", b""])


@st.composite
def loose_files(draw: st.DrawFn) -> dict[str, bytes]:
    """Files of any content under names that are nearly right, in the directory and in folders of it."""
    documents = st.dictionaries(
        _NAMES, (_JSON | _SCENES).map(json.dumps).map(str.encode) | st.binary(max_size=30), max_size=3
    )
    files = {f"{name}.json": content for name, content in draw(documents).items()}
    files |= draw(st.dictionaries(_NAMES, _CONTENTS, max_size=8))
    deeper = draw(st.dictionaries(st.tuples(_NAMES, _NAMES), _CONTENTS, max_size=8))
    return {f"scenes_{STAMP}.json": b"[]", **files, **{"/".join(names): content for names, content in deeper.items()}}
