"""Scanning directories of the older scene-video program in each shape they have on people's disks."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from studio.core.foreign.scene_video import is_scene_video, scan_scene_video
from studio.core.foreign.scene_video_parts import SceneVideoScan
from studio.core.foreign.scene_video_remains import as_json, old_names_of, remains_of, rows_of
from studio.errors import BadInput
from studio.media import verify as checks
from tests.core.scene_video_corpus import NOW_S, STAMP, WHOLE, Plan, build, loose_files, plans, verify

TORN = b"a wh"


def scanned(root: Path) -> SceneVideoScan:
    def inside(path: Path) -> None:
        assert path.resolve().is_relative_to(root.resolve()), f"{path} leads out and was opened"
        verify(path)

    return scan_scene_video(root, inside, inside, inside)


def as_found(root: Path) -> dict[str, tuple[Any, ...]]:
    """Everything in ``root``: kind, time, size, and the content of what is small."""
    found: dict[str, tuple[Any, ...]] = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder) / name
            facts = path.lstat()
            is_small = path.is_file() and not path.is_symlink() and facts.st_size < 10**6
            found[str(path)] = (facts.st_mode, facts.st_mtime_ns, facts.st_size, path.read_bytes() if is_small else b"")
    return found


def examples(count: int) -> settings:
    return settings(
        max_examples=count, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )


@examples(60)
@given(plans())
def test_every_directory_is_scanned_exactly_right_and_stays_as_it_is(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as parent:
        root = build(plan, Path(parent))
        before = as_found(root)
        scan = scanned(root)
        assert as_found(root) == before
        assert scan.documents.chosen is not None
        assert scan.documents.chosen.name == plan.chosen
        assert [scene.number for scene in scan.scenes] == [scene.number for scene in plan.kept]
        for scene, planned in zip(scan.scenes, plan.kept, strict=True):
            assert [clip.status for clip in scene.clips] == planned.clip_states
            assert scene.status == planned.state
            assert scene.clips_to_make == planned.clips_to_make
            assert scene.sound.status == planned.sound_state
        parts = (scan.narration_text, scan.narration_audio, scan.narration_adjusted)
        assert tuple(part.status for part in parts) == plan.narration
        assert scan.final.status == plan.final_state
        json.dumps(as_json(scan, remains_of(scan)), ensure_ascii=False).encode()


@examples(15)
@given(plans())
def test_what_is_made_under_the_old_names_completes_the_directory_and_covers_nothing(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as parent:
        root = build(plan, Path(parent))
        before = as_found(root)
        scan = scanned(root)
        for name in old_names_of(scan, remains_of(scan)).values():
            place = root / name
            assert not os.path.lexists(place)
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(WHOLE)
            os.utime(place, (NOW_S + 9000, NOW_S + 9000))
        rescan = scanned(root)
        assert (remains_of(rescan).words, rescan.state) == ("nothing", "COMPLETE")
        after = as_found(root)
        files = {name: facts for name, facts in before.items() if not Path(name).is_dir()}
        assert {name: after[name] for name in files} == files


@examples(25)
@given(loose_files())
def test_whatever_is_in_it_a_scan_ends_in_what_is_there_or_in_a_sentence(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as parent:
        root = Path(parent) / f"video_{STAMP}"
        for name, content in files.items():
            with contextlib.suppress(OSError):  # a folder and a file of one name
                write(root / name, content)
        try:
            scan = scanned(root)
        except BadInput:
            return
        places = list(old_names_of(scan, remains_of(scan)).values())
        assert len(set(places)) == len(places)
        assert not [name for name in places if os.path.lexists(root / name)]
        json.dumps(as_json(scan, remains_of(scan)), ensure_ascii=False).encode()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The directory of the old program's guide, with a scene of two clips that was interrupted."""
    root = tmp_path / "generated_videos" / f"video_{STAMP}"
    root.mkdir(parents=True)
    scenes = [scene(1, 10), scene(2, 5), scene(3, 15)]
    write(root / f"scenes_{STAMP}.json", scenes)
    write(root / f"scene_metadata_no_env_{STAMP}.json", [{**one, "scene_physical_environment": ""} for one in scenes])
    write(root / f"scene_physical_environment_{STAMP}.json", [{"scene_physical_environment": "A forest."}])
    for name in (
        f"narration_text_{STAMP}.txt", f"narration_audio_{STAMP}.mp3", f"narration_audio_adjusted_{STAMP}.mp3",
        f"scene_1_{STAMP}.mp4", f"scene_2_{STAMP}.mp4", f"scene_1_all_vid_{STAMP}/scene_1_vid_1_{STAMP}.mp4",
        f"scene_1_all_vid_{STAMP}/scene_1_vid_2_{STAMP}.mp4", f"scene_1_all_vid_{STAMP}/scene_1_sound.mp3",
        f"scene_2_all_vid_{STAMP}/scene_2_sound.mp3", f"scene_3_all_vid_{STAMP}/scene_3_sound.mp3",
        f"scene_3_all_vid_{STAMP}/scene_3_vid_1_{STAMP}.mp4",
    ):  # fmt: skip
        write(root / name, WHOLE)
    return root


def scene(number: Any, length_s: Any = 5, **fields: Any) -> dict[str, Any]:
    return {
        "scene_number": number,
        "scene_name": f"The scene {number}",
        "scene_physical_environment": "A forest.",
        "sound_effects_prompt": "wind",
        "scene_duration": length_s,
        **fields,
    }


def write(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    os.utime(path, (NOW_S, NOW_S))
    return path


def words(root: Path, **options: bool) -> str:
    return remains_of(scanned(root), **options).words


def test_what_remains_is_said_in_one_phrase(old: Path) -> None:
    assert words(old) == "2 clips of scene 3 and the stitching"
    (old / f"scene_2_{STAMP}.mp4").unlink()
    assert words(old) == "the clip of scene 2, 2 clips of scene 3 and the stitching"


def test_when_all_clips_are_there_the_stitching_alone_remains(old: Path) -> None:
    write(old / f"scene_3_{STAMP}.mp4", WHOLE)
    assert words(old) == "the stitching"
    write(old / f"final_video_{STAMP}.mp4", WHOLE)
    assert (words(old), scanned(old).state) == ("nothing", "COMPLETE")


def test_other_options_add_only_what_they_ask_for(old: Path) -> None:
    write(old / f"scene_3_{STAMP}.mp4", WHOLE)
    write(old / f"final_video_{STAMP}.mp4", WHOLE)
    for path in [*old.glob("narration_*"), *old.glob("*/scene_2_sound.mp3")]:
        path.unlink()
    assert words(old, narration=False, sounds=False, first_frames=True) == "nothing"
    assert words(old, narration=False) == "the sound of scene 2 and the stitching"
    assert words(old, sounds=False) == "the narration and the stitching"


def test_first_frames_are_made_only_for_scenes_that_still_begin(old: Path) -> None:
    write(old / f"scenes_{STAMP}.json", [scene(1, 10), scene(2), scene(3, 15), scene(4), scene(5)])
    write(old / f"scene_5_all_vid_{STAMP}/first_frame/luma_4711.jpg", WHOLE)
    remains = remains_of(scanned(old), sounds=False, first_frames=True)
    assert remains.first_frames == (4,)
    assert remains.clips == ((3, 2), (3, 3), (4, 1), (5, 1))
    frame = {row.scene: row.file for row in rows_of(scanned(old)) if row.what.startswith("first frame")}
    assert frame == {5: f"scene_5_all_vid_{STAMP}/first_frame/luma_4711.jpg"}


def test_the_table_says_everything_of_a_scene_in_order(old: Path) -> None:
    write(old / f"scene_3_all_vid_{STAMP}/scene_3_vid_2_{STAMP}.mp4", TORN)
    rows = [asdict(row) for row in rows_of(scanned(old)) if row.scene == 3]
    assert [(row["what"], row["status"], row["note"]) for row in rows] == [
        ("scene 3", "torn", "1 of 3 clips, not stitched"),
        ("clip 1 of scene 3", "done", ""),
        ("clip 2 of scene 3", "torn", f"scene_3_vid_2_{STAMP}.mp4 ends in the middle"),
        ("clip 3 of scene 3", "missing", ""),
        ("sound of scene 3", "done", ""),
    ]


def test_a_lacking_clip_of_a_stitched_scene_is_not_needed(old: Path) -> None:
    (old / f"scene_1_all_vid_{STAMP}/scene_1_vid_2_{STAMP}.mp4").unlink()
    row = next(row for row in rows_of(scanned(old)) if row.what == "clip 2 of scene 1")
    assert (row.status, row.note) == ("missing", "not needed: the scene is stitched")
    assert words(old) == "2 clips of scene 3 and the stitching"


def test_every_json_file_is_listed_with_what_it_is(old: Path) -> None:
    write(old / f"scene_1_all_vid_{STAMP}/scene_1_vid_1_{STAMP}_ltx_response_{STAMP}.json", {"video": {"url": "x"}})
    write(old / "random_script_elements.json", {"theme": "loss"})
    write(old / "broken.json", b'[{"scene_number": 1}, {"sce')
    scan = scanned(old)
    found = {one.name: (one.kind, one.items, one.is_chosen, bool(one.fault)) for one in scan.documents.listed}
    assert found == {
        "broken.json": ("scene metadata", 1, False, True),
        "random_script_elements.json": ("unknown", 1, False, False),
        f"scene_1_all_vid_{STAMP}/scene_1_vid_1_{STAMP}_ltx_response_{STAMP}.json": ("response", 1, False, False),
        f"scene_metadata_no_env_{STAMP}.json": ("scene metadata", 3, False, False),
        f"scene_physical_environment_{STAMP}.json": ("environments", 1, False, False),
        f"scenes_{STAMP}.json": ("scenes with environments", 3, True, False),
    }
    assert scan.documents.environments == ("A forest.",)
    assert next(one for one in scan.documents.listed if one.is_chosen).size_bytes == len(
        (old / f"scenes_{STAMP}.json").read_bytes()
    )


@pytest.mark.parametrize(
    ("files", "chosen", "why"),
    [
        (
            {f"scenes_{STAMP}.json": [scene(1)], "scenes_20250101_000000.json": [scene(2)]},
            1,
            "timestamp of the directory",
        ),
        (
            {"scenes_20230101_000000.json": [scene(1)], "scenes_20250101_000000.json": [scene(2)]},
            2,
            "modified last of 2",
        ),
        ({"scenes_20230101_000000.json": [scene(1)], "aaa.json": [scene(2)]}, 1, "named like a scenes file"),
        ({"scenes_final.json": {"scenes": [scene(1)]}, "zzz.json": [{"scene_number": 2}]}, 1, "under another name"),
        ({f"scenes_{STAMP}.json": b"[{", "mine.json": [scene(1)]}, 1, f"scenes_{STAMP}.json is passed over: "),
        ({f"scenes_{STAMP}.json": [{"name": "x"}], "mine.json": [scene(1)]}, 1, "it holds no scenes"),
        ({"deeper/all.json": [scene(2)], "mine.json": [scene(1)]}, 1, "the best of 2"),
        ({f"scenes_{STAMP}.json": json.dumps([scene(1), scene(2)]).encode()[:-40]}, 1, "is torn: the 1 whole scenes"),
    ],
)
def test_the_scenes_are_taken_from_the_right_file(tmp_path: Path, files: dict[str, Any], chosen: int, why: str) -> None:
    root = tmp_path / f"video_{STAMP}"
    for later_s, (name, content) in enumerate(files.items()):
        os.utime(write(root / name, content), (NOW_S + later_s, NOW_S + later_s))
    scan = scanned(root)
    assert [one.number for one in scan.scenes] == [chosen]
    assert why in scan.documents.why


def test_of_scenes_files_unpacked_at_one_moment_the_latest_counts(tmp_path: Path) -> None:
    root = tmp_path / "film"
    for number, stamp in enumerate(("20230101_000000", "20250101_000000", "20240101_000000")):
        write(root / f"scenes_{stamp}.json", [scene(number)])
    assert [one.number for one in scanned(root).scenes] == [1]


def test_where_no_scenes_were_written_yet_everything_remains(old: Path) -> None:
    for path in [*old.glob("scene*.json"), *old.glob("*.mp4"), *old.glob("scene_*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    write(old / f"scene_physical_environment_{STAMP}.json", [{"scene_physical_environment": "A beach."}])
    write(old / f"random_script_{STAMP}.txt", b"EXT. BEACH - DAY")
    assert words(old, narration=False) == "everything: no scenes were written yet"
    notes = [(note.name, note.reason) for note in scanned(old).notes]
    assert notes == [(f"random_script_{STAMP}.txt", "it is a script: a scene video can be made of it")]


def test_numbers_and_lengths_are_read_as_they_come(old: Path) -> None:
    entries = [
        scene("Scene 3", "15 s"),
        scene("01", "10"),
        scene(2.0, 4.6),
        scene(None, None),
        scene(2, 5, scene_name="x"),
    ]
    write(old / f"scenes_{STAMP}.json", entries)
    scan = scanned(old)
    found = [(one.number, one.scene.scene_duration, one.scene.scene_name) for one in scan.scenes]
    assert found == [
        (1, 10, "The scene 01"),
        (2, 5, "The scene 2.0"),
        (3, 15, "The scene Scene 3"),
        (4, 5, "The scene None"),
    ]
    reasons = " ".join(note.reason for note in scan.notes)
    assert "scene 4: it has no usable number and is scene 4" in reasons
    assert "scene_duration is missing" in reasons
    assert "scene 2 is there twice; the first counts" in reasons


def test_where_all_scenes_have_one_number_their_order_counts(old: Path) -> None:
    write(old / f"scenes_{STAMP}.json", [scene(1, scene_name=name) for name in "abc"])
    assert [(one.number, one.scene.scene_name) for one in scanned(old).scenes] == [(1, "a"), (2, "b"), (3, "c")]


def test_a_scene_without_a_length_has_the_clips_that_are_there(old: Path) -> None:
    write(old / f"scenes_{STAMP}.json", [scene(1, 10), scene(2), scene(3, "long")])
    write(old / f"scene_3_all_vid_{STAMP}/scene_3_vid_2_{STAMP}.mp4", WHOLE)
    found = scanned(old).scenes[2]
    assert (found.scene.scene_duration, found.status) == (10, "done")


def test_fields_that_the_studio_does_not_know_are_kept(old: Path) -> None:
    odd = {"previous_scene_emotions": "none", "first_frame_prompt": "A man, \ud800 old", "nested": {"a": [1]}}
    write(old / f"scenes_{STAMP}.json", [scene(1, **odd)])
    kept_fields = scanned(old).scenes[0].scene.model_dump(mode="json")
    assert kept_fields["previous_scene_emotions"] == "none"
    assert kept_fields["first_frame_prompt"] == "A man, ? old"
    assert kept_fields["nested"] == {"a": [1]}


def test_without_any_words_the_clips_themselves_are_the_scenes(old: Path) -> None:
    for path in old.glob("*.json"):
        path.unlink()
    scan = scanned(old)
    assert not scan.has_words
    assert [(one.number, len(one.clips), one.status) for one in scan.scenes] == [
        (1, 2, "done"),
        (2, 1, "done"),
        (3, 1, "done"),
    ]
    assert any("No JSON file holds scenes" in note.reason for note in scan.notes)


def test_what_is_older_than_its_source_is_stale_and_made_again(old: Path) -> None:
    os.utime(old / f"scene_1_all_vid_{STAMP}/scene_1_vid_2_{STAMP}.mp4", (NOW_S + 900, NOW_S + 900))
    os.utime(old / f"narration_text_{STAMP}.txt", (NOW_S + 900, NOW_S + 900))
    remains = remains_of(scanned(old))
    assert scanned(old).scenes[0].status == "stale"
    assert (remains.stitch, remains.narration) == ((1, 3), "speak")
    assert remains.clips == ((3, 2), (3, 3))


def test_scenes_that_were_changed_after_their_clips_are_told(old: Path) -> None:
    os.utime(old / f"scenes_{STAMP}.json", (NOW_S + 900, NOW_S + 900))
    assert "after scenes 1, 2 and 3 were made" in " ".join(note.reason for note in scanned(old).notes)


def test_files_of_no_scene_are_told_and_kept_apart(old: Path) -> None:
    write(old / f"scene_7_{STAMP}.mp4", WHOLE)
    write(old / f"scene_1_all_vid_{STAMP}/scene_3_vid_2_{STAMP}.mp4", WHOLE)
    write(old / f"scene_1_all_vid_{STAMP}/scene_1_vid_3_{STAMP}.mp4", WHOLE)
    scan = scanned(old)
    told = {note.name.rsplit("/", 1)[-1]: note.reason for note in scan.notes}
    assert told == {
        f"scene_7_{STAMP}.mp4": "there is no scene 7 among the scenes",
        f"scene_3_vid_2_{STAMP}.mp4": f"it is named after scene 3, but stands in scene_1_all_vid_{STAMP}",
        f"scene_1_vid_3_{STAMP}.mp4": "scene 1 has 2 clips by its length: this one is kept aside",
    }
    assert {path.name for path in scan.unassigned} == set(told)
    assert words(old) == "2 clips of scene 3 and the stitching"


def test_of_several_films_the_latest_whole_one_counts(old: Path) -> None:
    write(old / f"scene_3_{STAMP}.mp4", WHOLE)
    for stamp, content in (("20240601_000000", WHOLE), (STAMP, WHOLE), ("20240701_000000", TORN)):
        write(old / f"final_video_{stamp}.mp4", content)
    os.utime(old / "final_video_20240601_000000.mp4", (NOW_S + 9, NOW_S + 9))
    final = scanned(old).final
    assert (final.status, final.path) == ("done", old / f"final_video_{STAMP}.mp4")
    assert [path.name for path in final.takes] == ["final_video_20240601_000000.mp4"]
    assert [path.name for path in final.torn] == ["final_video_20240701_000000.mp4"]


def test_a_folder_of_clips_that_leads_elsewhere_is_neither_read_nor_written_into(old: Path, tmp_path: Path) -> None:
    (old / f"scene_3_all_vid_{STAMP}").rename(tmp_path / "elsewhere")
    (old / f"scene_3_all_vid_{STAMP}").symlink_to(tmp_path / "elsewhere")
    scan = scanned(old)
    assert [clip.status for clip in scan.scenes[2].clips] == ["missing"] * 3
    assert any("leads out" in note.reason for note in scan.notes)
    places = [name for what, name in old_names_of(scan, remains_of(scan)).items() if what.startswith("clip 3/")]
    assert {name.split("/")[0] for name in places} == {"scene_3_all_vid_20240601_123457"}


def test_pictures_of_the_ends_of_clips_are_no_files_without_a_scene(old: Path) -> None:
    write(old / f"scene_1_all_vid_{STAMP}/scene_1_vid_1_last_frame.jpg", TORN)
    write(old / "the harbour.jpg", WHOLE)
    scan = scanned(old)
    assert (scan.unassigned, scan.torn_files, scan.notes) == ((), (), ())
    assert scan.images == (old / "the harbour.jpg",)


def test_a_file_in_the_place_of_a_folder_is_gone_round(old: Path) -> None:
    shutil.rmtree(old / f"scene_3_all_vid_{STAMP}")
    write(old / f"scene_3_all_vid_{STAMP}", b"a file")
    write(old / f"scene_2_all_vid_{STAMP}" / "first_frame", b"a file")
    names = scanned(old).old_names()
    (old / "scene_4_all_vid_{x} 100%").mkdir()
    assert scanned(old).old_names().clip(4, 1, 1) == f"scene_4_all_vid_{{x}} 100%/scene_4_{STAMP}.mp4"
    assert names.clip(3, 1, 3) == f"scene_3_all_vid_20240601_123457/scene_3_vid_1_{STAMP}.mp4"
    assert names.clip(3, 2, 3) == f"scene_3_all_vid_20240601_123457/scene_3_vid_2_{STAMP}.mp4"
    assert names.first_frame(2) == f"scene_2_all_vid_{STAMP}/scene_2_first_frame_{STAMP}.png"


def test_an_unpacked_archive_may_have_its_directory_inside(old: Path, tmp_path: Path) -> None:
    (tmp_path / "__MACOSX").mkdir()
    assert scanned(tmp_path).directory == old
    shutil.copytree(old, old.with_name("video_20240602_000000"))
    with pytest.raises(BadInput, match=f"holds 2 scene videos; choose one of them: video_{STAMP}, video_20240602"):
        scanned(old.parent)
    with pytest.raises(BadInput, match="holds the clips of one scene"):
        scanned(old / f"scene_1_all_vid_{STAMP}")


def test_other_folders_are_no_scene_videos(tmp_path: Path) -> None:
    for name in ("nothing", "film", "ours"):
        (tmp_path / name).mkdir()
    write(tmp_path / "film" / "session_20240101_000000_meta.json", {"idea": "x"})
    write(tmp_path / "ours" / "scenes_20240601_123456.json", [scene(1)])
    write(tmp_path / "ours" / "checkpoints.jsonl", b"")
    assert not any(is_scene_video(tmp_path / name) for name in ("nothing", "film", "ours", "missing"))
    with pytest.raises(BadInput, match="no scenes, no clips and no narration"):
        scanned(tmp_path / "nothing")


def test_a_directory_with_nothing_usable_is_refused_in_a_sentence(tmp_path: Path) -> None:
    write(tmp_path / f"video_{STAMP}" / f"scenes_{STAMP}.json", b"[]")
    with pytest.raises(BadInput, match="nothing of it is left"):
        scanned(tmp_path / f"video_{STAMP}")


def _film(path: Path, pictures: int = 12) -> bytes:
    """A tiny clip, with its index at the end as the old programs wrote it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as clip:
        stream = clip.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for number in range(pictures):
            noise = np.random.default_rng(number).integers(0, 255, (36, 64, 3), dtype=np.uint8)
            clip.mux(stream.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")))
        clip.mux(stream.encode())
    return path.read_bytes()


def _speech(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as sound:
        stream = sound.add_stream("mp3", rate=24_000)
        wave = np.random.default_rng(1).integers(-8000, 8000, (1, 48_000)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(wave, format="s16", layout="mono")
        frame.sample_rate = 24_000
        sound.mux(stream.encode(frame))
        sound.mux(stream.encode())
    return path.read_bytes()


def test_real_clips_and_sounds_that_are_torn_are_found(tmp_path: Path) -> None:
    root = tmp_path / f"video_{STAMP}"
    write(root / f"scenes_{STAMP}.json", [scene(1, 15), scene(2)])
    folder = root / f"scene_1_all_vid_{STAMP}"
    whole = _film(folder / f"scene_1_vid_1_{STAMP}.mp4")
    sound = _speech(folder / "scene_1_sound.mp3")
    write(folder / f"scene_1_vid_2_{STAMP}.mp4", whole[: len(whole) // 2])
    write(folder / f"scene_1_vid_3_{STAMP}.mp4", b"<html>502 Bad Gateway</html>")
    write(root / f"scene_2_{STAMP}.mp4", whole)
    write(root / f"scene_2_all_vid_{STAMP}/scene_2_sound.mp3", sound[: len(sound) // 3])
    scan = scan_scene_video(root, checks.whole_video(), checks.whole_sound(), checks.image_of())
    assert [clip.status for clip in scan.scenes[0].clips] == ["done", "torn", "torn"]
    assert [found.status for found in scan.scenes] == ["torn", "done"]
    assert [found.sound.status for found in scan.scenes] == ["done", "torn"]
    assert remains_of(scan, narration=False).words == "2 clips of scene 1, the sound of scene 2 and the stitching"


def test_a_picture_of_a_milliard_pixels_is_torn_and_stops_nothing(old: Path) -> None:
    head = b"IHDR" + (30_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    chunk = len(head[4:]).to_bytes(4) + head + zlib.crc32(head).to_bytes(4)
    write(old / f"scene_3_all_vid_{STAMP}/first_frame/huge.png", b"\x89PNG\r\n\x1a\n" + chunk)
    scan = scan_scene_video(old, verify, verify, checks.image_of())
    assert scan.scenes[2].first_frame.status == "torn"
