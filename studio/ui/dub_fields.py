"""What is saved of a dub's fields: controls, their values as options, and options as their values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr
from gradio.components import Component
from pydantic import ValidationError

from studio.core.project import Project
from studio.engines import registry
from studio.errors import BadInput, StudioError
from studio.media.languages import language_name
from studio.model.dub import CastByEar, DubOptions
from studio.model.faults import in_words
from studio.planning.dubbing.casting import are_both_here
from studio.service.voices import (
    automatic_translator,
    first_speaker,
    listeners,
    speakers,
    spoken_languages,
    translators_for,
    voices_for,
)
from studio.ui import controls, fields
from studio.ui.controls import Field, choice, number, tick
from studio.ui.dub_glossary import glossary_of, glossary_text
from studio.ui.views.dub_mixes import PRESETS
from studio.ui.views.dubbing import CastRow
from studio.ui.views.words import engine_words
from studio.ui.wiring import Answer, Window

AUTO = "auto"
_BEST = "The best that speaks them all"
_GAIN_DB = (-24.0, 12.0)
_SPOKEN_BY_MOST = "en"
"""Taken for the original's language as long as it is not known: only to say which translators can be asked."""


def _languages(field: Field) -> Component:
    return gr.Dropdown(
        language_choices(), value=first_languages(), label="Into", elem_id=field.elem_id, multiselect=True,
        info="Languages with a voice here. Type to find one.",
    )  # fmt: skip


def _source(field: Field) -> Component:
    return choice("Spoken in", [("Recognise it", ""), *language_choices()], allow_custom_value=True)(field)


def _engine(field: Field) -> Component:
    return choice("Voices by", engine_choices())(field)


def _listener(field: Field) -> Component:
    return choice("Written down by", listener_choices(field.default))(field)


def _glossary(field: Field) -> Component:
    return gr.Textbox(
        label="Fixed words", elem_id=field.elem_id, lines=2, max_lines=8, min_width=110,
        placeholder="robot = robô\npt: boat = barco\nAnna",
        info="One a line: a word and its translation, or a name alone that stays as it is.",
    )  # fmt: skip


FIELDS: tuple[Field, ...] = (
    Field("dub", "languages", (), _languages),
    Field("dub", "source_language", "", _source),
    Field("dub", "tts", AUTO, _engine),
    Field("dub", "asr", "whisper", _listener),
    Field("dub", "glossary", "", _glossary),
    Field("dub", "preset", "dub", choice("Sound", [(words, key) for key, words in PRESETS.items()])),
    Field("dub", "bed_gain_db", 0.0, number("Original sound (dB)", *_GAIN_DB, min_width=110)),
    Field("dub", "target_lufs", -16.0, number("Loudness (LUFS; TV −23)", -31, -9, min_width=110)),
    Field("dub", "multi", False, tick("One file with all languages", min_width=130)),
    Field("dub", "burned", False, tick("Subtitles in the picture", min_width=130)),
    Field("dub", "is_checked", False, tick("Listen to each line and compare", min_width=130)),
    Field("dub", "may_freeze", False, tick("May hold the picture for a long line", min_width=130)),
    Field("dub", "stems", False, tick("Voices and sound as files of their own", min_width=130)),
    Field("dub", "most_usd", "", fields.limit),
)
KEYS = tuple(field.key for field in FIELDS)
IDS = tuple(field.elem_id for field in FIELDS)
CAST = "dub-cast"
"""Who translates and speaks, how loud, as JSON: goes back with each request, shown by a view of its own."""
_CAST_KEYS = ("voices", "translators", "casting", "language_gain_db")
VALUES = (*IDS, CAST)


def build(window: Window, *keys: str) -> None:
    """The controls of these fields, here."""
    controls.build(window, FIELDS, *keys)


def language_choices() -> list[tuple[str, str]]:
    """Every language with a voice here, the best spoken first."""
    return [(language_name(code), code) for code in spoken_languages()]


def named(languages: Sequence[str]) -> list[tuple[str, str]]:
    """These languages as (name, code)."""
    return [(language_name(code), code) for code in languages]


def engine_choices() -> list[tuple[str, str]]:
    """The speech engines that work here."""
    return [(_BEST, AUTO), *((engine_words(name), name) for name in speakers())]


def listener_choices(chosen: str) -> list[tuple[str, str]]:
    """The engines that write down what is said and work here; also the ``chosen`` one, even if it does not."""
    here = listeners()
    found = [(engine_words(name), name) for name in here]
    return found if chosen in here else [*found, (f"{engine_words(chosen)} (not here)", chosen)]


def engine_lists(tts: str, asr: str) -> Answer:
    """The engines of voices and ears with what works here now; what is chosen stays, even if it does not work."""
    return {
        "dub-tts": gr.update(value=tts, choices=_with(engine_choices(), [tts])),
        "dub-asr": gr.update(value=asr, choices=listener_choices(asr)),
    }


def first_languages() -> list[str]:
    """What a new dub is asked for at first: the first language that can be translated into by an engine here."""
    spoken = [code for code in spoken_languages() if code != _SPOKEN_BY_MOST]
    known = translators_for(_SPOKEN_BY_MOST, spoken)
    order = [name.split("/", 1)[1] for name in registry.names("mt")]
    translated = sorted((code for code in spoken if len(known[code]) > 1), key=lambda code: order.index(known[code][0]))
    return (translated or spoken)[:1]


def gather(values: Sequence[Any], before: Mapping[str, Any] | None = None) -> tuple[DubOptions, float | None]:
    """(options, limit in dollars) that the controls' values (in the order of ``VALUES``) say, over those from ``before``.

    Raises BadInput that names the field.
    """
    said = dict(zip((*KEYS, CAST), values, strict=True))
    most_usd = fields.limit_of(said.pop("most_usd"))
    languages = [str(code) for code in said["languages"] or ()]
    if not languages:
        raise BadInput("Into: choose at least one language.")
    cast = cast_of(said[CAST])
    tts = str(said["tts"] or AUTO)
    options = {
        **(before or {}),
        **{key: said[key] for key in KEYS if said.get(key) is not None},
        "languages": languages,
        "tts": tts,
        "source_language": str(said["source_language"] or "").strip().lower(),
        "glossary": glossary_of(str(said["glossary"] or ""), languages),
        "voices": {code: voice for code, voice in cast["voices"].items() if _can(tts, voice, code, languages)},
        "translators": {code: name for code, name in cast["translators"].items() if code in languages and name != AUTO},
        "casting": {
            speaker: {code: voice for code, voice in by.items() if _can(tts, voice, code, languages)}
            for speaker, by in cast["casting"].items()
        },
        "language_gain_db": {
            code: gain for code, gain in cast["language_gain_db"].items() if code in languages and gain
        },
    }
    try:
        return DubOptions.model_validate(options), most_usd
    except ValidationError as error:
        raise BadInput(f"{in_words(error)}.") from error


def as_json(values: Sequence[Any]) -> str:
    """The fields for the page's script that sends them with a film. Raises BadInput that names the field."""
    options, most_usd = gather(values)
    return json.dumps({"options": options.model_dump(mode="json"), "most_usd": most_usd})


def cast_of(text: Any) -> dict[str, dict[str, Any]]:
    """Voices, translators and gains by language, and casting by speaker and language, from their JSON."""
    try:
        said = json.loads(str(text or "{}"))
    except ValueError:
        said = {}
    found = said if isinstance(said, dict) else {}
    return {key: dict(found.get(key) or {}) for key in _CAST_KEYS}


def cast_json(options: DubOptions) -> str:
    """As ``cast_of`` reads it."""
    plain = options.chosen.model_dump(mode="json")
    return json.dumps({key: plain[key] for key in _CAST_KEYS})


def gain_of(text: str) -> float:
    """``3``, ``+3 dB`` or ``-2,5`` in decibels; nothing written is 0. Raises BadInput."""
    plain = text.strip().lower().removesuffix("db").strip().replace(",", ".").replace("−", "-") or "0"
    try:
        gain_db = float(plain)
    except ValueError as error:
        raise BadInput(f"“{text}” is no loudness: write decibels, for instance -3 or +2.") from error
    if not _GAIN_DB[0] <= gain_db <= _GAIN_DB[1]:
        raise BadInput(f"“{text}” is too much: it can be from {_GAIN_DB[0]:g} to +{_GAIN_DB[1]:g} dB.")
    return gain_db


def shown(project: Project | None, *, is_locked: bool = False) -> Answer:
    """Every control as the project has it; as at first without one."""
    options = DubOptions.model_validate(project.options) if project else DubOptions()
    values = options.model_dump(mode="json")
    if project is None:
        values["languages"] = first_languages()
    values["glossary"] = glossary_text(options.glossary, options.languages)
    values["most_usd"] = fields.limit_shown(project.most_usd if project else None)
    answer: Answer = {f"dub-{key}": gr.update(value=values[key], interactive=not is_locked) for key in KEYS}
    answer["dub-languages"] |= {"choices": _with(language_choices(), values["languages"])}
    answer["dub-source_language"] |= {"choices": [("Recognise it", ""), *language_choices()]}
    for name, lists in engine_lists(values["tts"], values["asr"]).items():
        answer[name] |= lists
    return {**answer, CAST: cast_json(options)}


def rows(
    languages: Sequence[str], source: str, tts: str, cast: Mapping[str, Mapping[str, Any]], people: Sequence[str],
    found: Sequence[CastByEar] = (),
) -> list[CastRow]:  # fmt: skip
    """What the casting sheet shows: for each language its translators, and for everybody and each speaker the voices.

    ``found`` are those that nobody chose.
    """
    engine = _engine_for(tts, languages)
    known = translators_for(source or _SPOKEN_BY_MOST, languages)
    rows = []
    for code in languages:
        names = [name for name in known[code] if name != "manual"]
        chosen = str(cast["translators"].get(code, AUTO))
        here = voices_for(registry.tts(engine), code) if engine else []
        is_by_ear = bool(here) and are_both_here(registry.tts(engine).voices, code)
        rows.append(
            CastRow(
                language=code,
                translators=tuple(dict.fromkeys([AUTO, *names, "manual", chosen])),
                automatic=automatic_translator(names) or "manual",
                translator=chosen,
                engine=engine,
                voices=tuple(here),
                voice=str(cast["voices"].get(code) or (here[0] if here and not is_by_ear else "")),
                is_by_ear=is_by_ear,
                found={one.speaker: (one.voice, one.why) for one in found if one.language == code},
                by_speaker={one: str((cast["casting"].get(one) or {}).get(code, "")) for one in people},
                gain_db=float(cast["language_gain_db"].get(code) or 0),
            )
        )
    return rows


def _engine_for(tts: str, languages: Sequence[str]) -> str:
    if tts and tts != AUTO:
        return tts
    try:
        return first_speaker(languages) if languages else ""
    except StudioError:
        return ""


def _can(tts: str, voice: Any, language: str, languages: Sequence[str]) -> bool:
    """True if the chosen engine has that voice: what another engine would have said is forgotten."""
    engine = _engine_for(tts, languages)
    return bool(engine) and language in languages and voice in voices_for(registry.tts(engine), language)


def _with(choices: list[tuple[str, str]], values: Sequence[str]) -> list[tuple[str, str]]:
    known = {value for _, value in choices}
    return [*choices, *((language_name(value), value) for value in values if value not in known)]
