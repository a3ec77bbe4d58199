"""The look of a book's pictures: presets, a user's own file, and the style files of the older illustrator."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from studio.errors import BadInput, UserError
from studio.media.assets import asset_path
from studio.model.faults import in_file
from studio.model.illustration import StyleConfig
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json

_PRESETS = "illustration_styles.json"
_WRAPPED = ("style_config", "style", "config")
_ALSO = {
    "art_style": ("style_name", "base_prompt_modifiers"),
    "artistic_influences": ("influences", "artist_style"),
    "color_palette": ("colour_palette", "palette"),
}
"""What older files call a field as well; of several everything counts."""


def presets() -> dict[str, StyleConfig]:
    """The styles that come with the studio, by name; the first is the usual one."""
    listed = json.loads(asset_path(_PRESETS).read_bytes())
    return {name: StyleConfig(preset=name, **fields) for name, fields in listed.items()}


def style_of(words: str) -> StyleConfig:
    """The style that ``words`` name: a preset, or a JSON file with the fields of ``StyleConfig`` or as the older
    illustrator wrote it. Raises UserError for neither, BadInput for a file that is no style."""
    known = presets()
    if words.strip().lower() in known:
        return known[words.strip().lower()]
    file = Path(words)
    if file.suffix.lower() == ".json" or file.is_file():
        return style_from_file(file)
    shown = words[:80].encode(errors="replace").decode()
    raise UserError(f"There is no style {shown}. Give one of {', '.join(known)}, or a JSON file.")


def style_from_file(file: Path) -> StyleConfig:
    """The style in the file. Raises BadInput, with the place, if it is none."""
    if not file.is_file():
        raise BadInput(f"There is no file {file} with a style.")
    return read_style(parse_json(read_text_file(file), file.name), file.name)


def read_style(value: object, source: str) -> StyleConfig:
    """The style in ``value``: ours, or the older illustrator's, whose lists become words. A ``preset`` gives what the
    rest does not say. Raises BadInput naming ``source``."""
    if not isinstance(value, Mapping):
        raise BadInput(f"{source} is no style: it holds no object with art_style, lighting and the like.")
    inner: Mapping[str, Any] = next((value[key] for key in _WRAPPED if isinstance(value.get(key), Mapping)), {})
    fields = {**value, **inner}
    said: dict[str, Any] = {field: words for field in _TEXTS if (words := _field(field, fields))}
    adaptations = fields.get("emotional_adaptations")
    if isinstance(adaptations, Mapping):
        told = {str(tone).lower(): _words(words) for tone, words in adaptations.items()}
        said["emotional_adaptations"] = {tone: words for tone, words in told.items() if words}
    if not said:
        raise BadInput(f"{source} is no style: it has none of {', '.join(_TEXTS)}.")
    preset = presets().get(str(said.get("preset", "")))
    try:
        return StyleConfig.model_validate({**(preset.model_dump() if preset else {}), **said})
    except ValidationError as error:
        raise BadInput(f"{in_file(error, source)}.") from error


_TEXTS = (
    "preset", "art_style", "color_palette", "artistic_influences", "composition", "lighting", "mood", "detail_level",
    "negative_prompt",
)  # fmt: skip


def _field(field: str, fields: Mapping[str, Any]) -> str:
    found = [_words(fields.get(key)) for key in (field, *_ALSO.get(field, ()))]
    return ", ".join(dict.fromkeys(words for words in found if words))


def _words(value: object) -> str:
    """Text, or a list or an object of texts, as one line; anything else says nothing."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return _words(list(value.values()))
    if isinstance(value, Sequence):
        return ", ".join(dict.fromkeys(words for one in value if (words := _words(one))))
    return ""


def style_words(style: StyleConfig) -> str:
    """All that an engine is told as the style, but what goes into each picture's own prompt."""
    parts = (style.art_style, style.color_palette, style.composition, style.lighting, style.detail_level)
    influences = f"influenced by {style.artistic_influences}" if style.artistic_influences else ""
    mood = f"{style.mood} mood" if style.mood else ""
    return "; ".join(part.strip(" .;") for part in (*parts, influences, mood) if part.strip())
