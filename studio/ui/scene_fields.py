"""The one list of what is saved of a scene video's fields: key, control, value at first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component

from studio.core.project import Project
from studio.model import bounds
from studio.model.scenes import SceneOptions, SceneSource
from studio.planning.telling.random_script import SECONDS
from studio.ui import fields
from studio.ui.controls import Field, choice, number, tick
from studio.ui.wiring import Answer

_HINT = "Paste a script, a screenplay or a story as JSON, choose a file, or let one be made up."
_SCENES = (bounds.SCENES.least, bounds.SCENES.most)
_PLAIN = (
    "max_scenes", "max_environments", "first_frames", "initial_prompt", "sounds", "fps", "style", "seed", "subtitles",
    "text", "image", "video",
)  # fmt: skip


def _script(field: Field) -> Component:
    return gr.Textbox(
        field.default, label="Script", lines=7, max_lines=16, placeholder=_HINT, elem_id=field.elem_id
    )  # fmt: skip


def _first_picture(field: Field) -> Component:
    return gr.Textbox(
        field.default, label="The first picture shows", placeholder="what scene 1 says", max_lines=3,
        elem_id=field.elem_id,
    )  # fmt: skip


FIELDS: tuple[Field, ...] = tuple(
    Field("scene", key, default, make)
    for key, default, make in (
        ("script", "", _script),
        ("seed", 1, number("Variation (seed)", 0, 2**31 - 1, precision=0)),
        ("max_scenes", 5, number("Scenes at most", *_SCENES, precision=0)),
        ("max_environments", 3, number("Environments at most", *_SCENES, precision=0)),
        ("narrator", "", fields.narrator),
        ("subtitles", "soft", choice("Subtitles", fields.SUBTITLES)),
        ("sounds", True, tick("Sounds")),
        ("first_frames", False, tick("A first picture for each scene")),
        ("initial_prompt", "", _first_picture),
        ("size", "1280x720", choice("Size", fields.SIZES, allow_custom_value=True)),
        ("fps", 24, number("Frames a second", 1, 60, precision=0)),
        ("style", "poster", choice("Style", fields.STYLES, allow_custom_value=True)),
        ("text", "builtin", fields.engine("text")),
        ("image", "storyboard", fields.engine("image")),
        ("video", "camera", fields.engine("video")),
        ("most_usd", "", fields.limit),
    )
)
KEYS = tuple(field.key for field in FIELDS)
IDS = tuple(field.elem_id for field in FIELDS)
MADE_UP = ("scene-theme", "scene-tone", "scene-length")
"""What a made-up script is about; its seed is the video's."""
LENGTH_S = SECONDS


def gather(values: Sequence[Any], before: Mapping[str, Any] | None = None) -> tuple[str, SceneOptions, float | None]:
    """(script, options, limit in dollars) from the controls' values in the order of ``FIELDS``; what has no control is as
    ``before``.

    Raises BadInput that names the field.
    """
    said = dict(zip(KEYS, values, strict=True))
    plain = {key: said[key] for key in _PLAIN}
    plain["initial_prompt"] = str(said["initial_prompt"] or "").strip()
    options = fields.checked(SceneOptions, {**(before or {}), **plain, **fields.size_and_voice(said)})
    return str(said["script"] or "").strip(), options, fields.limit_of(said["most_usd"])


def as_json(values: Sequence[Any]) -> str:
    """The fields for a page's script that sends them with files of the user's. Raises BadInput that names the field."""
    script, options, most_usd = gather(values)
    return json.dumps({"script": script, "options": options.model_dump(mode="json"), "most_usd": most_usd})


def shown(project: Project | None, directory: Path | None, *, is_locked: bool = False) -> Answer:
    """Every control as the project has it; as at first without one. The script of a video that is begun stays."""
    values: dict[str, Any] = {field.key: field.default for field in FIELDS} | {"narrator": fields.first_narrator()}
    if project is not None and directory is not None:
        options = SceneOptions.model_validate(project.options)
        saved = options.model_dump()
        values |= {key: saved[key] for key in _PLAIN} | fields.size_and_narrator(options)
        values |= {"script": fields.source_words(project, directory), "most_usd": fields.limit_shown(project.most_usd)}
    answer: Answer = {f"scene-{key}": gr.update(value=value) for key, value in values.items()}
    answer |= fields.engine_lists({key: str(values[key]) for key in fields.LISTS}, "scene")
    answer["scene-options"] = "" if project else as_json([values[key] for key in KEYS])
    for name, value in interactive(project, is_locked=is_locked).items():
        answer[name] = {**answer.get(name, {}), **value}
    return answer


def interactive(project: Project | None, *, is_locked: bool) -> Answer:
    """Which controls may be used, and how the script asks."""
    begun = project is not None
    source = SceneSource.model_validate(project.source) if project else SceneSource(kind="script")
    origin, is_written = source.origin, source.kind == "scenes"
    hint = f"Goes on with {origin}: its scenes are written already." if origin else _HINT
    free = gr.update(interactive=not is_locked)
    once = gr.update(interactive=not begun)
    return {
        **dict.fromkeys(IDS, free),
        "scene-script": gr.update(interactive=not begun, placeholder=hint),
        "scene-initial_prompt": once,  # later it is the first shot's words, in the editor
        **(dict.fromkeys(("scene-max_scenes", "scene-max_environments"), once) if is_written else {}),
        "scene-made-up": gr.update(visible=not begun),
        **dict.fromkeys((*MADE_UP, "scene-dice"), once),
    }
