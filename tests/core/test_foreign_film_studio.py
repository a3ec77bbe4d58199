"""Opening sessions of the older AI Film Studio in each shape they have on people's disks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from studio.core.foreign.film_studio import ForeignFilm, open_film_studio
from studio.errors import BadInput, UnusableOutput

NAME = "session_20250208_002238"
WHOLE = b"whole file"
STORY = {
    "title": "Indus Valley",
    "style": "cinematic documentary",
    "scenes": [
        {
            "location": "the river",
            "characters": "traders, a potter",
            "action": "Boats land.",
            "emotion": "wonder",
            "narration": "A city rose.",
        }
    ],
}


def verify(path: Path) -> None:
    if path.read_bytes() != WHOLE:
        raise UnusableOutput(f"{path.name} ends in the middle")


@dataclass
class OldSession:
    """Writes one old session, as the older program did; every part can be changed before ``write``."""

    folder: Path
    name: str = NAME
    images: tuple[int, ...] = (1, 2)
    clips: tuple[int, ...] = (1,)
    count: int = 3
    shots_in_meta: bool = False
    path_form: Callable[[str], str] = str
    story: Any = field(default_factory=lambda: STORY)
    meta: dict[str, Any] = field(default_factory=dict)
    shot: dict[str, Any] = field(default_factory=dict)

    def shots(self) -> list[dict[str, Any]]:
        return [self._shot(index) for index in range(1, self.count + 1)]

    def _shot(self, index: int) -> dict[str, Any]:
        path = self.path_form(f"images/shot_{index:03d}.png")
        return {
            "index": index,
            "image_prompt": f"boat number {index}",
            "motion_prompt": "the boat rocks",
            "camera": "slow pan",
            "image_generated": index in self.images,
            "image_path": path if index in self.images else None,
            "video_rendered": index in self.clips,
            **self.shot,
        }

    def write(self) -> Path:
        root = self.folder / "output" / "sessions" / self.name
        (root / "images").mkdir(parents=True)
        (root / "videos").mkdir()
        meta = {
            "session_id": self.name,
            "timestamp": self.name.removeprefix("session_"),
            "idea": "A documentary about the Indus Valley Civilization. It has seven parts.",
            "started_at": "2025-02-08T00:22:38.123456",
            "completed": False,
            "steps": {"story": True, "shots": True, "images": False},
            "stats": {"total_shots": self.count, "images_generated": 99, "videos_rendered": 99},
            **self.meta,
        }
        if self.shots_in_meta:
            meta["shots"] = self.shots()
        else:
            (root / "shots.json").write_text(json.dumps(self.shots()))
        (root / f"{self.name}_meta.json").write_text(json.dumps(meta))
        (root / "story.json").write_text(json.dumps(self.story))
        for index in self.images:
            (root / "images" / f"shot_{index:03d}.png").write_bytes(WHOLE)
        for index in self.clips:
            (root / "videos" / f"shot_{index:03d}.mp4").write_bytes(WHOLE)
        return root


def opened(root: Path) -> ForeignFilm:
    return open_film_studio(root, verify, verify, verify)


def statuses(film: ForeignFilm) -> list[str]:
    return [shot.status for shot in film.shots]


def test_a_half_finished_session_says_what_is_done(tmp_path: Path):
    film = opened(OldSession(tmp_path).write())
    assert statuses(film) == ["DONE", "IMG", "TODO"]
    assert film.state == "IN_PROGRESS"
    assert film.title == "Indus Valley"
    assert film.story is not None
    assert film.story.scenes[0].characters == ("traders", "a potter")
    assert film.options.shots == 3
    assert film.started_at == "2025-02-08T00:22:38.123456"


def test_an_older_session_has_its_shots_in_the_metadata(tmp_path: Path):
    film = opened(OldSession(tmp_path, shots_in_meta=True).write())
    assert [shot.shot.image_prompt for shot in film.shots] == ["boat number 1", "boat number 2", "boat number 3"]
    assert statuses(film) == ["DONE", "IMG", "TODO"]


@pytest.mark.parametrize(
    "form",
    [
        lambda path: path,
        lambda path: f"output/sessions/{NAME}/{path}",
        lambda path: f"C:\\AI\\ai_video_factory\\output\\sessions\\{NAME}\\" + path.replace("/", "\\"),
        lambda path: f"/home/somebody/films/output/sessions/{NAME}/{path}",
        lambda path: path.upper(),
    ],
)
def test_files_are_found_however_their_path_was_written(tmp_path: Path, form: Callable[[str], str]):
    film = opened(OldSession(tmp_path, path_form=form).write())
    assert film.shots[1].image == (film.directory / "images" / "shot_002.png")


def test_a_path_out_of_the_session_finds_nothing(tmp_path: Path):
    (tmp_path / "secret.png").write_bytes(WHOLE)
    root = OldSession(tmp_path, images=(), shot={"image_path": "../../../secret.png", "image_generated": True}).write()
    assert statuses(opened(root)) == ["TODO"] * 3


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_out_of_the_session_is_not_followed(tmp_path: Path):
    (tmp_path / "secret.png").write_bytes(WHOLE)
    root = OldSession(tmp_path, images=()).write()
    (root / "images" / "shot_001.png").symlink_to(tmp_path / "secret.png")
    assert opened(root).shots[0].image is None


def test_a_flag_without_its_file_is_not_done_and_is_told(tmp_path: Path):
    root = OldSession(tmp_path).write()
    (root / "images" / "shot_002.png").unlink()
    film = opened(root)
    assert statuses(film) == ["DONE", "TODO", "TODO"]
    assert any(found.name == "shot 2" and "no file" in found.reason for found in film.missing)


def test_a_file_without_its_flag_is_done(tmp_path: Path):
    root = OldSession(tmp_path, shot={"image_generated": False, "image_path": None, "video_rendered": False}).write()
    assert statuses(opened(root)) == ["DONE", "IMG", "TODO"]


def test_a_torn_image_is_told_and_made_again(tmp_path: Path):
    root = OldSession(tmp_path).write()
    (root / "images" / "shot_002.png").write_bytes(WHOLE[:4])
    film = opened(root)
    assert statuses(film) == ["DONE", "TODO", "TODO"]
    assert [found.name for found in film.torn] == ["images/shot_002.png"]
    assert "ends in the middle" in film.torn[0].reason


def test_variations_are_further_takes(tmp_path: Path):
    root = OldSession(tmp_path, images=(1,), count=1).write()
    (root / "images" / "shot_001_2.png").write_bytes(WHOLE)
    film = opened(root)
    assert film.shots[0].image == film.directory / "images" / "shot_001.png"
    assert [take.name for take in film.shots[0].takes] == ["shot_001_2.png"]


def test_further_clips_and_sounds_are_further_takes(tmp_path: Path):
    root = OldSession(tmp_path).write()
    (root / "narration").mkdir()
    for name in ("videos/shot_001_v2.mp4", "narration/shot_001.wav", "narration/shot_001_2.wav"):
        (root / name).write_bytes(WHOLE)
    shot = opened(root).shots[0]
    assert [take.name for take in shot.takes] == ["shot_001_v2.mp4", "shot_001_2.wav"]


@pytest.mark.parametrize("length", [99999999, -3, float("nan"), float("inf"), 10**400])
def test_a_length_that_cannot_be_costs_only_itself(tmp_path: Path, length: float):
    story = {**STORY, "scenes": [{**STORY["scenes"][0], "scene_duration": length}]}
    film = opened(OldSession(tmp_path, shot={"duration": length}, story=story, meta={"total_duration": length}).write())
    assert statuses(film) == ["DONE", "IMG", "TODO"]
    assert film.story is not None
    assert film.story.scenes[0].narration == "A city rose."
    assert {found.name for found in film.torn} == {"story.json", "shots.json"}
    assert 4 <= film.options.seconds <= 7200


def test_a_torn_image_gives_way_to_a_whole_variation(tmp_path: Path):
    paths = ["images/shot_001.png", "images/shot_001_b.png"]
    root = OldSession(tmp_path, images=(1,), count=1, shot={"image_paths": paths}).write()
    (root / "images" / "shot_001.png").write_bytes(b"")
    (root / "images" / "shot_001_b.png").write_bytes(WHOLE)
    film = opened(root)
    assert film.shots[0].image is not None
    assert film.shots[0].image.name == "shot_001_b.png"


def test_a_missing_or_torn_metadata_file_costs_only_the_idea(tmp_path: Path):
    root = OldSession(tmp_path).write()
    meta = root / f"{NAME}_meta.json"
    meta.write_text(meta.read_text()[:80])
    torn = opened(root)
    assert (statuses(torn), torn.idea) == (["DONE", "IMG", "TODO"], "")
    assert torn.torn[0].name == meta.name
    meta.unlink()
    assert statuses(opened(root)) == ["DONE", "IMG", "TODO"]


def test_the_whole_shots_of_a_torn_list_are_used(tmp_path: Path):
    root = OldSession(tmp_path).write()
    text = (root / "shots.json").read_text()
    (root / "shots.json").write_text(text[: text.rindex("boat number 3")])
    film = opened(root)
    assert statuses(film) == ["DONE", "IMG"]
    assert any("2 whole shots" in found.reason for found in film.torn)


def test_a_torn_list_is_filled_from_the_metadata(tmp_path: Path):
    root = OldSession(tmp_path, shots_in_meta=True).write()
    text = json.dumps(OldSession(tmp_path).shots())
    (root / "shots.json").write_text(text[: text.rindex("boat number 3")])
    assert [shot.shot.image_prompt for shot in opened(root).shots] == [
        "boat number 1",
        "boat number 2",
        "boat number 3",
    ]


def test_a_missing_story_is_taken_from_the_scene_graph(tmp_path: Path):
    root = OldSession(tmp_path).write()
    (root / "story.json").unlink()
    (root / "scene_graph.json").write_text(
        json.dumps([{"id": 1, "location": "the river", "action": "Boats land.", "characters": ["potter"]}])
    )
    film = opened(root)
    assert film.story is not None
    assert film.story.scenes[0].location == "the river"
    assert film.title == "A documentary about the Indus Valley Civilization"


@pytest.mark.parametrize("shape", [STORY["scenes"], [STORY]])
def test_bare_lists_are_stories_too(tmp_path: Path, shape: Any):
    film = opened(OldSession(tmp_path, story=shape).write())
    assert film.story is not None
    assert len(film.story.scenes) == 1


def test_without_any_story_the_shots_stand_for_themselves(tmp_path: Path):
    root = OldSession(tmp_path).write()
    (root / "story.json").unlink()
    film = opened(root)
    assert film.story is None
    assert len(film.shots) == 3
    assert any(found.name == "story.json" for found in film.missing)


def test_a_prompt_edited_after_the_metadata_is_told_as_stale(tmp_path: Path):
    session = OldSession(tmp_path, shots_in_meta=True)
    root = session.write()
    edited = session.shots()
    edited[0]["image_prompt"] = "a raft"
    (root / "shots.json").write_text(json.dumps(edited))
    film = opened(root)
    assert film.shots[0].shot.image_prompt == "a raft"
    assert [found.name for found in film.stale] == ["shot 1"]


def test_a_clip_older_than_its_image_is_told_as_stale(tmp_path: Path):
    root = OldSession(tmp_path).write()
    os.utime(root / "videos" / "shot_001.mp4", (1_000_000, 1_000_000))
    assert any("older take" in found.reason for found in opened(root).stale)


def test_narration_files_come_with_their_shots_and_the_rest_with_the_film(tmp_path: Path):
    root = OldSession(tmp_path).write()
    (root / "narration").mkdir()
    (root / "narration" / "shot_001.wav").write_bytes(WHOLE)
    (root / "narration" / "narration.wav").write_bytes(WHOLE)
    film = opened(root)
    assert film.shots[0].narration == film.directory / "narration" / "shot_001.wav"
    assert [path.name for path in film.narration] == ["narration.wav"]


def test_files_of_no_shot_are_listed_as_unassigned(tmp_path: Path):
    root = OldSession(tmp_path).write()
    (root / "images" / "shot_099.png").write_bytes(WHOLE)
    assert [path.name for path in opened(root).unassigned] == ["shot_099.png"]


def test_shots_with_numbers_from_zero_find_their_own_images(tmp_path: Path):
    root = OldSession(tmp_path, images=(), clips=()).write()
    shots = [{"index": str(n), "image_prompt": f"p{n}"} for n in range(2)]
    (root / "shots.json").write_text(json.dumps(shots))
    (root / "images" / "shot_000.png").write_bytes(WHOLE)
    film = opened(root)
    assert [shot.shot.index for shot in film.shots] == [1, 2]
    assert statuses(film) == ["IMG", "TODO"]


def test_a_complete_session_is_complete_whatever_the_flags_say(tmp_path: Path):
    root = OldSession(tmp_path, images=(1, 2, 3), clips=(1, 2, 3), shot={"video_rendered": False}).write()
    assert opened(root).state == "COMPLETE"


def test_a_session_without_shots_keeps_its_idea(tmp_path: Path):
    root = OldSession(tmp_path, images=(), clips=()).write()
    for name in ("shots.json", "story.json"):
        (root / name).unlink()
    film = opened(root)
    assert (film.state, film.idea.split(".")[0]) == ("NEW", "A documentary about the Indus Valley Civilization")


def test_a_folder_that_is_no_session_is_refused(tmp_path: Path):
    with pytest.raises(BadInput, match="no session"):
        opened(tmp_path)
    with pytest.raises(BadInput, match="no folder"):
        opened(tmp_path / "gone")


def test_opening_changes_nothing(tmp_path: Path):
    root = OldSession(tmp_path).write()
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file()}
    opened(root)
    assert {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file()
    } == before
