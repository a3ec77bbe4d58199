"""Plain, predictable names of a film's files: people open this folder."""

from __future__ import annotations

IDEA, STORY, SCENE_GRAPH, SHOTS, SHEETS = "idea.json", "story.json", "scene_graph.json", "shots.json", "sheets.json"
NARRATION_TEXT, NARRATION = "narration/narration.txt", "narration/narration.wav"
MUSIC, BED = "sounds/music.wav", "sounds/bed.flac"
ADJUSTED = "narration/narration_adjusted.wav"
FILM, SUBTITLES = "film.mp4", "film.srt"
SCENES, SCENE_NOTES = "scenes.json", "scene_metadata_no_env.json"
ENVIRONMENTS = "scene_physical_environment.json"


def image(index: int) -> str:
    """The still of shot ``index``."""
    return f"images/shot_{index:03d}.png"


def sheet(slug: str) -> str:
    """What the person or place called ``slug`` looks like."""
    return f"sheets/{slug}.png"


def clip(index: int) -> str:
    """The moving clip of shot ``index``."""
    return f"videos/shot_{index:03d}.mp4"


def stand_in(index: int) -> str:
    """What the film shows for shot ``index`` while its clip is missing."""
    return f"standins/shot_{index:03d}.mp4"


def sentence(index: int, number: int) -> str:
    """The spoken sentence ``number`` (from 1) of shot ``index``."""
    return f"narration/shot_{index:03d}_{number}.wav"


def sound(scene: int) -> str:
    """The ambience of scene ``scene``."""
    return f"sounds/scene_{scene}.wav"
