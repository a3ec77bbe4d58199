"""The one list of what is saved of a book's fields: key, control, value at first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr
from gradio.components import Component

from studio.core.project import Project
from studio.errors import BadInput
from studio.model import bounds
from studio.model.illustration import ManuscriptOptions, StyleConfig
from studio.model.moments import TONES
from studio.model.ranges import as_ranges, numbers_in
from studio.planning.books.styles import presets
from studio.service.manuscripts import options_of
from studio.ui import fields
from studio.ui.controls import Field, choice, number, tick
from studio.ui.wiring import Answer

OWN = "own"
"""The style's name once its words are the user's."""
SIZES = ("1024x768", "768x1024", "1024x1024", "1280x720", "1600x1200", "640x480")
_STYLE_WORDS = {
    "art_style": ("Art style", "watercolour, ink, oil painting …"),
    "color_palette": ("Palette", "muted greens and greys"),
    "artistic_influences": ("In the manner of", "nineteenth-century engravings"),
    "composition": ("Composition", "low horizon, much sky"),
    "lighting": ("Light", "soft window light"),
    "mood": ("Mood", "quiet, a little strange"),
    "detail_level": ("Detail", "few, large shapes"),
    "negative_prompt": ("Never show", "letters, frames"),
}
_UNREAD_BY_PLAIN = ("color_palette", "artistic_influences", "composition", "detail_level", "negative_prompt")
_PLAIN = ("max_emotional_moments", "headers", "analysis_only", "seed", "text", "image")


def _line(label: str, hint: str) -> Any:
    return lambda field: gr.Textbox(
        field.default, label=label, placeholder=hint, max_lines=2, elem_id=field.elem_id, min_width=140
    )


def _adaptations(field: Field) -> Component:
    return gr.Textbox(
        field.default, label="By emotion, one a line", placeholder="fear: cold light, long shadows", lines=2,
        max_lines=8, elem_id=field.elem_id,
    )  # fmt: skip


def _reader(field: Field) -> Component:
    usable = fields.named(fields.engines("analysis"))
    return gr.Dropdown(
        usable, value=field.default, label="Reader", elem_id=field.elem_id, min_width=110, visible=len(usable) > 1
    )


FIELDS: tuple[Field, ...] = tuple(
    Field("book", key, default, make)
    for key, default, make in (
        (
            "preset",
            next(iter(presets())),
            choice("Style", [(name.capitalize(), name) for name in presets()] + [("My own words", OWN)]),
        ),
        *((key, "", _line(*words)) for key, words in _STYLE_WORDS.items()),
        ("adaptations", "", _adaptations),
        (
            "max_emotional_moments",
            10,
            number("Pictures a chapter, at most", bounds.MOMENTS.least, bounds.MOMENTS.most, precision=0),
        ),
        ("chapters", "", _line("Chapters", "all; or 1-3, 5")),
        ("headers", False, tick("A strip over each heading")),
        ("analysis_only", False, tick("Only read it")),
        ("size", "1024x768", choice("Size", SIZES, allow_custom_value=True)),
        ("seed", 1, number("Variation (seed)", bounds.SEED.least, bounds.SEED.most, precision=0)),
        ("text", "builtin", _reader),
        ("image", "storyboard", fields.engine("image")),
        ("most_usd", "", fields.limit),
    )
)
KEYS = tuple(field.key for field in FIELDS)
IDS = tuple(field.elem_id for field in FIELDS)
STYLE_KEYS = tuple(_STYLE_WORDS)


def gather(values: Sequence[Any], before: Mapping[str, Any] | None = None) -> tuple[ManuscriptOptions, float | None]:
    """(options, limit in dollars) from the controls' values in the order of ``FIELDS``. Raises BadInput that names the
    field."""
    said = dict(zip(KEYS, values, strict=True))
    width, _, height = str(said["size"]).lower().replace("×", "x").replace(" ", "").partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise BadInput(f"Size: {said['size']} is not WIDTHxHEIGHT, such as 1024x768.")
    given = {key: said[key] for key in _PLAIN if said[key] is not None}
    given |= {"width_px": int(width), "height_px": int(height), "chapters": _chapters(str(said["chapters"] or ""))}
    given["style"] = _style(said).model_dump(mode="json")
    return options_of({**(before or {}), **given}), fields.limit_of(said["most_usd"])


def unread_by_plain(style: StyleConfig) -> list[str]:
    """The fields with words in them that mean nothing to the built-in artist, as the page names them."""
    return [_STYLE_WORDS[key][0] for key in _UNREAD_BY_PLAIN if getattr(style, key)]


def style_values(style: StyleConfig) -> dict[str, str]:
    """The values of the style's fields."""
    known = presets().get(style.preset)
    values = {key: getattr(style, key) for key in STYLE_KEYS}
    values["adaptations"] = "\n".join(f"{tone}: {words}" for tone, words in style.emotional_adaptations.items())
    is_preset = known is not None and known == style
    return {"preset": style.preset if is_preset else OWN, **values}


def shown(project: Project | None, *, is_locked: bool = False) -> Answer:
    """Every control as the project has it; as at first without one."""
    values: dict[str, Any] = {field.key: field.default for field in FIELDS}
    options = ManuscriptOptions.model_validate(project.options) if project else None
    values |= style_values(options.style if options else next(iter(presets().values())))
    if options and project:
        values |= {key: getattr(options, key) for key in _PLAIN}
        values |= {
            "size": f"{options.width_px}x{options.height_px}",
            "chapters": as_ranges(options.chapters),
            "most_usd": fields.limit_shown(project.most_usd),
        }
    answer: Answer = {f"book-{key}": gr.update(value=value, interactive=not is_locked) for key, value in values.items()}
    for key, kind in (("text", "analysis"), ("image", "image")):
        usable = fields.named(dict.fromkeys([*fields.engines(kind), str(values[key])]))
        answer[f"book-{key}"] = {**answer[f"book-{key}"], "choices": usable, "visible": len(usable) > 1}
    return answer


def _chapters(text: str) -> tuple[int, ...]:
    try:
        return numbers_in(text)
    except BadInput as error:
        raise BadInput(f"Chapters: {error}") from error


def _style(said: Mapping[str, Any]) -> StyleConfig:
    """The preset as long as its words stand there; else the user's own."""
    own = StyleConfig.model_validate({
        **{key: " ".join(str(said[key] or "").split()) for key in STYLE_KEYS},
        "emotional_adaptations": _adaptations_of(str(said["adaptations"] or "")),
    })  # fmt: skip
    return next((one for one in presets().values() if one.model_copy(update={"preset": ""}) == own), own)


def _adaptations_of(text: str) -> dict[str, str]:
    found = {}
    for line in filter(str.strip, text.splitlines()):
        tone, colon, words = line.partition(":")
        tone = tone.strip().lower()
        if not colon or tone not in TONES:
            raise BadInput(
                f"By emotion: write lines like “fear: cold light”; {line.strip()[:40]!r} names none of {', '.join(TONES)}."
            )
        if words.strip():
            found[tone] = " ".join(words.split())
    return found
