"""What a person chooses for a dub: its engine and voices, its mixes, the sound under the voices, its casting sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from studio.engines import registry
from studio.engines.base import must_seem_ready
from studio.errors import BadInput, UserError
from studio.media.probe import length_s, probe
from studio.model.dub import CastByEar, DubOptions, Mix
from studio.model.faults import in_words
from studio.model.text_files import check_regular
from studio.planning.dubbing.casting import are_both_here
from studio.service.projects import Projects
from studio.service.voices import first_speaker, voices_for
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.mix_dub import MixDub
from studio.steps.dubbing.views import cast_by_ear_in, mixed_of, options_in, original_of
from studio.steps.finding import brought_file

_APART_S, _APART = 1.0, 0.02
"""A bed may be so much longer or shorter than its film: fades and black frames, not another cut of it."""


class DubChoices(Projects):
    """The options of a dub, changed one by one; the next run uses them."""

    def set_dub_options(self, name: str, options: DubOptions) -> None:
        """The dub's next run uses ``options``."""
        self._choose(name, lambda _: options)

    def put_mix(self, name: str, mix: Mix) -> None:
        """There is a named mix like that, beside the others; one of the same name is replaced."""

        def change(options: DubOptions) -> DubOptions:
            if mix.language not in options.languages:
                raise UserError(f"{name} is not dubbed into {mix.language}: a mix needs one of its languages.")
            others = [one for one in options.mixes if one.name != mix.name]
            at = next((place for place, one in enumerate(options.mixes) if one.name == mix.name), len(others))
            return _with(options, mixes=(*others[:at], mix, *others[at:]))

        self._choose(name, change)

    def drop_mix(self, name: str, mix: str) -> None:
        """The named mix is made no more; what was made of it stays in the folder. Raises UserError if there is none."""

        def change(options: DubOptions) -> DubOptions:
            left = tuple(one for one in options.mixes if one.name != mix)
            if len(left) == len(options.mixes):
                known = ", ".join(one.name for one in options.mixes) or "none yet"
                raise UserError(f"{name} has no mix {mix}. Its mixes: {known}.")
            return _with(options, mixes=left)

        self._choose(name, change)

    def mixed_files(self, name: str) -> dict[str, str]:
        """Finished named mixes by their name; names of files inside the project."""
        with self._read(name) as session:
            mixes = options_in(session).mixes
            return {mix.name: file for mix in mixes if (file := mixed_of(session, mix.name))}

    def stem_files(self, name: str) -> dict[str, tuple[str, ...]]:
        """Voices and bed apart where they were made, by language or mix; names of files inside the project."""
        with self._read(name) as session:
            options = options_in(session)
            keys = {code: code for code in options.languages} | {mix.name: f"mix_{mix.name}" for mix in options.mixes}
            found = {
                key: tuple(
                    stem for part in ("voices", "bed") if session.path(stem := dub_names.stem(stem_key, part)).is_file()
                )
                for key, stem_key in keys.items()
            }
            return {key: stems for key, stems in found.items() if stems}

    def set_bed(self, name: str, bed: Path | None) -> None:
        """What is heard under the voices: the music-and-effects track ``bed``, or the original's own sound again.

        Raises BadInput for a file without sound, or one that is not as long as the film.
        """
        with self._open(name) as session:
            options = options_in(session)
            stored = ""
            if bed is not None:
                check_bed(bed, session.path(original_of(session)))
                stored = dub_names.bed(bed.suffix)
                session.replace(replace(brought_file(stored), step=MixDub.name), bed)
            session.save(options=_with(options, bed=stored).model_dump(mode="json"))

    def casting(self, name: str) -> dict[str, Any]:
        """Who speaks what, to be kept as a file and used in another dub: engine, voices by language, and by speaker.

        ``automatic`` tells who was found for whom nobody cast, and why; another dub finds its own.
        """
        with self._read(name) as session:
            options, found = options_in(session).chosen, cast_by_ear_in(session)
            sheet = {"engine": options.tts, "voices": dict(options.voices), "casting": dict(options.casting)}
            if not found:
                return sheet
            automatic: dict[str, dict[str, dict[str, str]]] = {}
            for one in found:
                automatic.setdefault(one.speaker, {})[one.language] = {"voice": one.voice, "why": one.why}
            return {**sheet, "automatic": automatic}

    def found_voices(self, name: str) -> tuple[CastByEar, ...]:
        """Who was found for whom nobody cast."""
        with self._read(name) as session:
            return cast_by_ear_in(session)

    def set_casting(self, name: str, casting: Mapping[str, Any]) -> None:
        """The dub is cast as the sheet says; what it says of languages that the dub has not is kept for when it has.

        Raises BadInput for what is no casting sheet, UserError for a voice that is not here.
        """
        self._choose(name, lambda options: cast_as(options, casting))

    def _choose(self, name: str, change: Callable[[DubOptions], DubOptions]) -> None:
        with self._open(name) as session:
            before = options_in(session)
            session.save(**dub_fields(before, change(before)))


def dub_fields(before: DubOptions, options: DubOptions) -> dict[str, object]:
    """What of the dub's manifest changes if ``options`` follow on ``before``. Raises EngineUnavailable."""
    unheard = tuple(code for code in options.by_ear if options.voices.get(code) == before.voices.get(code))
    options = _with(options, by_ear=unheard).chosen
    if options.tts != before.tts:  # the other engine's own voices, but for those chosen now
        chosen = {code: voice for code, voice in options.voices.items() if before.voices.get(code) != voice}
        options = _with(options, voices=chosen)
    options = with_speaker(options)
    return {"options": options.model_dump(mode="json"), "languages": list(options.languages)}


def check_bed(bed: Path, film: Path) -> None:
    """Raises BadInput unless ``bed`` is a sound about as long as ``film``."""
    check_regular(bed)
    if not probe(bed).audio:
        raise BadInput(f"{bed.name} has no sound: it cannot be what is heard under the voices.")
    bed_s, film_s = length_s(bed) or 0.0, length_s(film) or 0.0
    if abs(bed_s - film_s) > max(_APART_S, _APART * film_s):
        raise BadInput(
            f"{bed.name} lasts {_clock(bed_s)} and the film {_clock(film_s)}: music and effects must be as long as the "
            "film, and begin with it."
        )


def cast_as(options: DubOptions, sheet: Mapping[str, Any]) -> DubOptions:
    """``options`` with the casting of ``sheet``: what ``casting`` gave, or plainly speaker → language → voice.

    Raises BadInput for what is neither.
    """
    is_whole = bool(set(sheet) & {"engine", "voices"}) or isinstance(sheet.get("casting"), Mapping)
    options = options.chosen
    given: dict[str, Any] = {"casting": sheet.get("casting", {}) if is_whole else sheet}
    if is_whole:
        given["voices"] = {**options.voices, **_voices_of(sheet)}
        given["tts"] = sheet.get("engine") or options.tts
    everybody = given["casting"].get("") if isinstance(given["casting"], Mapping) else None
    if isinstance(everybody, Mapping):
        given["voices"] = {**given.get("voices", options.voices), **everybody}
    try:
        return _with(options, **given)
    except ValidationError as error:
        raise BadInput(
            f"This is no casting sheet: {in_words(error)}. It maps each speaker to a voice by language, as in "
            '{"Anna": {"pt": "pf_dora"}}.'
        ) from error


def _voices_of(sheet: Mapping[str, Any]) -> Mapping[str, Any]:
    voices = sheet.get("voices") or {}
    if not isinstance(voices, Mapping):
        raise BadInput("This is no casting sheet: its voices are to be a voice by language.")
    return voices


def with_speaker(options: DubOptions) -> DubOptions:
    """``options`` with a speech engine that is here and speaks every language, and one of its voices for each.

    Where nobody chose one and there are men's and women's, it is chosen by ear when the lines are known. Raises UserError for a
    voice, also one that is cast, that the engine does not have.
    """
    if not options.languages:
        raise BadInput("Say which languages to dub into, for instance pt.")
    chosen = options.tts if options.tts != "auto" else first_speaker(options.languages)
    engine = registry.tts(chosen)
    must_seem_ready(engine)
    known = {voice.name for voice in engine.voices}
    voices = dict(options.chosen.voices)
    by_ear = []
    for language in options.languages:
        here = voices_for(engine, language)
        voice = voices.get(language, "")
        if voice not in known or not voice:
            if voice and options.tts == chosen:
                raise UserError(
                    f"{engine.identity} has no voice {voice}. For {language}: {', '.join(here[:12]) or 'none'}."
                )
            if not here:
                raise UserError(f"{engine.identity} has no voice that speaks {language}: choose another speech engine.")
            voices[language] = here[0]
            by_ear += [language] if are_both_here(engine.voices, language) else []
    cast = [(who, code, voice) for who, by in options.casting.items() for code, voice in by.items()]
    cast += [(f"mix {mix.name}", mix.language, voice) for mix in options.mixes for voice in mix.voices.values()]
    for who, code, voice in cast:
        if voice and voice not in known and code in options.languages:
            here = voices_for(engine, code)
            raise UserError(
                f"{who or 'Everybody'} is cast as {voice}, which {engine.identity} does not have. "
                f"For {code}: {', '.join(here[:12]) or 'none'}."
            )
    return _with(options, tts=chosen, voices=voices, by_ear=by_ear)


def _with(options: DubOptions, **changes: Any) -> DubOptions:
    return DubOptions.model_validate({**options.model_dump(), **changes})


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{seconds % 60:04.1f}"
