"""The one list of what is saved of a film's fields: key, control, value at first. Gather, apply and autosave read it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr
from gradio.components import Component
from pydantic import ValidationError

from studio.core.project import Project
from studio.engines import registry
from studio.engines.base import can_go_on, most_references
from studio.errors import BadInput, StudioError, UserError
from studio.model.cost import dollars
from studio.model.faults import fault_of
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.source import Source
from studio.model.text_files import read_text_file
from studio.planning.filming import prompt_lines
from studio.planning.filming.scripts import read_prompts
from studio.ui import controls
from studio.ui.controls import Field, choice, number, tick
from studio.ui.views.words import engine_words, language
from studio.ui.wiring import Answer, Window

SILENT = "none"
SIZES = ("1280x720", "1920x1080", "854x480", "640x360", "720x1280", "1080x1080")
STYLES = (("Poster", "poster"), ("Watercolour", "watercolour"), ("Ink", "ink"))
SUBTITLES = (("In the player", "soft"), ("In the picture", "burned"), ("None", "none"))
_KINDS = (("Idea", "idea"), ("Script", "script"), ("Shot list", "prompts"))
_ENGINE_WORDS = {"text": "Writer", "image": "Pictures", "video": "Camera"}
_WHAT_KEYS = {"seconds": "Length", "shots": "Shots", "width_px": "Size", "height_px": "Size", "fps": "Frames a second"}

_Options = TypeVar("_Options", bound=FilmOptions)


def _source(field: Field) -> Component:
    return gr.Radio(
        list(_KINDS), value=field.default, label="Make it from", elem_id=field.elem_id, elem_classes=["segments"]
    )


def _words(field: Field) -> Component:
    return gr.Textbox(
        field.default, label="Idea", lines=4, max_lines=14, elem_id=field.elem_id,
        placeholder="A lighthouse keeper finds a stranded whale on the winter shore",
    )  # fmt: skip


def _open_number(label: str, hint: str) -> Callable[[Field], Component]:
    """A number that may be empty is a text: Gradio shows and sends an empty number as 0."""
    return lambda field: gr.Textbox(
        field.default, label=label, placeholder=hint, max_lines=1, elem_id=field.elem_id, min_width=90
    )


def whole_number(value: object, what: str) -> int | None:
    """The number that was typed; None for nothing. Raises BadInput that names ``what``."""
    text = "" if value is None else str(value).strip().removesuffix(".0")
    if text and not (text.isdecimal() and len(text) < 20):
        raise BadInput(f"{what}: {text[:40]} is no whole number; leave it empty or write one, such as 12.")
    return int(text) if text else None


def limit(field: Field) -> Component:
    """What services may cost the project in all."""
    return _open_number("Spend at most ($)", "no limit")(field)


def narrator(field: Field) -> Component:
    """Who speaks."""
    return gr.Dropdown(
        narrators(), value=field.default or first_narrator(), label="Narrator", elem_id=field.elem_id, min_width=160
    )


def engine(kind: str) -> Callable[[Field], Component]:
    """An engine of ``kind``; not seen where there is one alone."""

    def make(field: Field) -> Component:
        usable = named(engines(kind))
        return gr.Dropdown(
            usable, value=field.default, label=_ENGINE_WORDS[kind], elem_id=field.elem_id, min_width=110,
            visible=len(usable) > 1,
        )  # fmt: skip

    return make


def _tick_for_some(label: str) -> Callable[[Field], Component]:
    """Yes or no, seen where an engine is chosen that it is for: ``for_engines``."""
    return lambda field: gr.Checkbox(field.default, label=label, elem_id=field.elem_id, min_width=160, visible=False)


FIELDS: tuple[Field, ...] = (
    Field("film", "kind", "idea", _source),
    Field("film", "words", "", _words),
    Field("film", "seconds", 40, number("Length (s)", 4, 7200)),
    Field("film", "shots", None, _open_number("Number of shots", "as many as fit")),
    Field("film", "size", "1280x720", choice("Size", SIZES, allow_custom_value=True)),
    Field("film", "fps", 24, number("Frames a second", 1, 60, precision=0)),
    Field("film", "style", "poster", choice("Style", STYLES, allow_custom_value=True)),
    Field("film", "seed", 1, number("Variation (seed)", 0, 2**31, precision=0)),
    Field("film", "narrator", "", narrator),
    Field("film", "subtitles", "soft", choice("Subtitles", SUBTITLES)),
    Field("film", "music", True, tick("Music")),
    Field("film", "text", "builtin", engine("text")),
    Field("film", "image", "storyboard", engine("image")),
    Field("film", "video", "camera", engine("video")),
    Field("film", "sheets", True, _tick_for_some("Draw people and places once, for all shots")),
    Field("film", "continue_shots", False, _tick_for_some("Each clip begins as the last one ends")),
    Field("film", "most_usd", "", limit),
)
KEYS = tuple(field.key for field in FIELDS)
IDS = tuple(field.elem_id for field in FIELDS)
LISTS = (*_ENGINE_WORDS, "narrator")
"""Fields that offer what works here."""


def build(window: Window, *keys: str) -> None:
    """The controls of these fields, here."""
    controls.build(window, FIELDS, *keys)


def narrators() -> list[tuple[str, str]]:
    """Every voice that is here, as (words, ``engine/voice``), the built-in ones first."""
    found = [("No narration", SILENT)]
    for name in _here("tts"):
        for voice in registry.tts(name).voices:
            gender = f", {voice.gender}" if voice.gender else ""
            words = f"{_plain(voice.name)} · {language(voice.language)}{gender} · {engine_words(name)}"
            found.append((words, f"{name}/{voice.name}"))
    return found


def first_narrator() -> str:
    """The first voice that speaks English, else none."""
    voices = ((name, voice) for name in _here("tts") for voice in registry.tts(name).voices)
    return next((f"{name}/{voice.name}" for name, voice in voices if voice.language.startswith("en")), SILENT)


def engines(kind: str) -> list[str]:
    """Engines of ``kind`` that work here and are made for films."""
    return _here(kind)


def named(engines: Iterable[str]) -> list[tuple[str, str]]:
    """These engines as choices: (how people know it, name)."""
    return [(engine_words(name), name) for name in engines]


def gather(
    values: Sequence[Any], before: Mapping[str, Any] | None = None
) -> tuple[str, str, FilmOptions, float | None]:
    """(kind of source, its words, options, limit in dollars) from the controls' values in the order of ``FIELDS``; what
    has no control is as ``before``.

    Raises BadInput that names the field.
    """
    said = dict(zip(KEYS, values, strict=True))
    plain = {
        key: said[key]
        for key in (
            "seconds", "shots", "fps", "style", "seed", "subtitles", "music", "text", "image", "video", "sheets",
            "continue_shots",
        )
    }  # fmt: skip
    plain["shots"] = whole_number(said["shots"], "Shots")
    options = checked(FilmOptions, {**(before or {}), **plain, **size_and_voice(said)})
    return str(said["kind"]), str(said["words"] or "").strip(), options, limit_of(said["most_usd"])


def limit_of(typed: object) -> float | None:
    """The limit to spending in dollars; None for none. Raises BadInput that names the field."""
    try:
        return dollars("" if typed is None else str(typed))
    except BadInput as error:
        raise BadInput(f"Spend at most: {error}") from error


def limit_shown(most_usd: float | None) -> str:
    """As the field has it."""
    return "" if most_usd is None else f"{most_usd:.2f}"


def size_and_voice(said: Mapping[str, Any]) -> dict[str, Any]:
    """The options that the fields ``size`` and ``narrator`` stand for. Raises BadInput."""
    tts, _, voice = str(said["narrator"] or SILENT).partition("/")
    width, _, height = str(said["size"]).lower().replace("×", "x").replace(" ", "").partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise BadInput(f"Size: {said['size']} is not WIDTHxHEIGHT, such as 1280x720.")
    plain: dict[str, Any] = {"width_px": int(width), "height_px": int(height), "narration": tts != SILENT}
    if tts != SILENT:
        plain |= {"tts": tts, "voice": voice, "language": _language(tts, voice)}
    return plain


def checked(model: type[_Options], given: Mapping[str, Any]) -> _Options:
    """The options of these values; what is None has its default. Raises BadInput that names the field."""
    try:
        return model.model_validate({key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        place = error.errors(include_url=False)[0]
        key = str(place["loc"][0])
        raise BadInput(f"{_WHAT_KEYS.get(key, key.replace('_', ' ').capitalize())} {fault_of(place)}.") from error


def shown(project: Project | None, directory: Path | None, *, is_locked: bool = False) -> Answer:
    """Every control as the project has it; as at first without one. Each says whether it can be used: nothing merged
    before may leave one dead."""
    if project is None or directory is None:
        values: Mapping[str, Any] = {field.key: field.default for field in FIELDS} | {"narrator": first_narrator()}
    else:
        values = _values(project, directory)
    answer = {f"film-{key}": gr.update(value=value) for key, value in values.items()}
    answer["film-words"] = gr.update(value=values["words"], **words_of(str(values["kind"])))
    answer["film-file"] = gr.update(visible=values["kind"] != "idea")
    for name, seen in for_engines(str(values["image"]), str(values["video"])).items():
        answer[name] = {**answer[name], **seen}
    answer |= engine_lists({key: str(values[key]) for key in LISTS})
    return {**answer, **{name: {**answer[name], "interactive": not is_locked} for name in IDS}}


def for_engines(image: str, video: str) -> Answer:
    """The controls that are for some artists or cameras only, seen where one of those is chosen."""
    try:
        takes_pictures = most_references(registry.image(image)) > 0
        goes_on = can_go_on(registry.video(video))
    except StudioError:
        takes_pictures = goes_on = False
    return {"film-sheets": gr.update(visible=takes_pictures), "film-continue_shots": gr.update(visible=goes_on)}


def engine_lists(chosen: Mapping[str, str], scope: str = "film") -> Answer:
    """The controls of ``LISTS`` in ``scope`` with what works here now; what is chosen stays, even if it does not work."""
    answer: Answer = {}
    for kind in _ENGINE_WORDS:
        usable = named(dict.fromkeys([*engines(kind), chosen[kind]]))
        answer[f"{scope}-{kind}"] = gr.update(value=chosen[kind], choices=usable, visible=len(usable) > 1)
    here = narrators()
    if chosen["narrator"] not in {value for _, value in here}:
        here.append((f"{chosen['narrator']} (not here)", chosen["narrator"]))
    answer[f"{scope}-narrator"] = gr.update(value=chosen["narrator"], choices=here)
    return answer


def words_of(kind: str) -> dict[str, Any]:
    """How the big field asks for each kind of source."""
    label, hint = {
        "idea": ("Idea", "A lighthouse keeper finds a stranded whale on the winter shore"),
        "script": ("Script", "Paste prose, a screenplay or a story as JSON, or choose a file."),
        "prompts": (
            "Shot list: a line for each shot",
            "A boat at dawn, wide shot | slow push in\nA gull on a post, close-up",
        ),
    }[kind if kind in ("idea", "prompts") else "script"]
    return {"label": label, "placeholder": hint}


@contextmanager
def source_file(kind: str, words: str, before: Sequence[Shot] = ()) -> Iterator[tuple[Source, Path | None]]:
    """What a project is made from, with its text as a file where the kind wants one. ``before``: the list of prompts
    that was shown in lines; what they did not say stays. Raises UserError if empty."""
    if not words:
        raise UserError(
            {"idea": "Write an idea first: a sentence is enough."}.get(
                kind, "There is no text yet: paste it, or choose a file."
            )
        )
    if kind == "idea":
        yield Source(kind="idea", idea=words), None
        return
    is_json = _is_json(words)
    kind = "story" if kind == "script" and is_json else kind
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind}{'.json' if is_json else '.txt'}"
        path.write_text(words, encoding="utf-8")
        if kind == "prompts" and before and not is_json:
            shots = prompt_lines.relined(before, read_prompts(path))
            path = path.with_suffix(".json")
            path.write_bytes(prompt_lines.as_json(shots))
        yield Source.model_validate({"kind": kind}), path


def source_words(project: Project, directory: Path) -> str:
    """The idea, or the text of the file that the user brought."""
    file = str(project.source.get("file") or "")
    if not file:
        return str(project.source.get("idea") or project.idea)
    try:
        shots = listed(project, directory)
        return prompt_lines.text_of(shots) if shots else read_text_file(directory / file).strip()
    except (StudioError, OSError):
        return ""


def listed(project: Project, directory: Path) -> tuple[Shot, ...]:
    """The list of prompts that the project is made of, if it is JSON, which says more of a shot than a line does."""
    file = str(project.source.get("file") or "")
    if project.source.get("kind") != "prompts" or not file.endswith(".json"):
        return ()
    try:
        return read_prompts(directory / file)
    except (StudioError, OSError):
        return ()


def as_listed(words: str) -> str:
    """Prompts a line each as ``source_words`` shows those of a list; JSON, which says more, as it stands.

    Raises BadInput for what is no list of prompts.
    """
    if _is_json(words):
        return words
    with source_file("prompts", words) as (_, path):
        return prompt_lines.text_of(read_prompts(path)) if path else ""


def _is_json(words: str) -> bool:
    return words[:1] in ("[", "{")


def _values(project: Project, directory: Path) -> dict[str, Any]:
    options = FilmOptions.model_validate(project.options)
    kind = str((project.source or {}).get("kind", "idea"))
    saved = options.model_dump()
    return {
        "kind": "script" if kind == "story" else kind,
        "words": source_words(project, directory),
        "most_usd": limit_shown(project.most_usd),
        **size_and_narrator(options),
        **{field.key: saved[field.key] for field in FIELDS if field.key in saved},
    }


def size_and_narrator(options: FilmOptions) -> dict[str, str]:
    """The values of the fields ``size`` and ``narrator``."""
    return {
        "size": f"{options.width_px}x{options.height_px}",
        "narrator": f"{options.tts}/{options.voice}" if options.narration else SILENT,
    }


def _here(kind: str) -> list[str]:
    return [name for name in registry.working(kind) if name != "fake"]


def _language(tts: str, voice: str) -> str:
    try:
        known = registry.tts(tts).voices
    except StudioError:
        return "en"
    return next((one.language.split("-")[0] for one in known if one.name == voice), "en")


def _plain(voice: str) -> str:
    return voice.replace("_", " ")
