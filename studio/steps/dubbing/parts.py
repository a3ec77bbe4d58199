"""What several steps of a dub read alike: its cuts, the lines that are spoken in each, and who speaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import Voice
from studio.errors import BadInput
from studio.model.dub import (
    CAST_BY_EAR,
    FIT,
    LINES,
    TRANSLATION,
    CastByEar,
    DubOptions,
    Fitted,
    Line,
    Mix,
    Preset,
    Translated,
)
from studio.planning.dubbing.casting import usual_voice
from studio.planning.dubbing.fit import film_s, holds
from studio.steps.dubbing import names as dub_names
from studio.steps.finding import known, standing


@dataclass(frozen=True, slots=True)
class Cut:
    """One soundtrack: a language as the options say, or a named mix of it."""

    language: str
    preset: Preset
    mix: Mix | None = None

    @property
    def key(self) -> str:
        """Names its fit, its track and its subtitles: those of the language, unless other voices speak."""
        return f"mix_{self.mix.name}" if self.mix and self.mix.voices else self.language

    def own_voice(self, line: Line, options: DubOptions) -> str:
        """The voice that speaks ``line`` in this cut alone; empty where it is the language's own."""
        if self.mix is None:
            return ""
        chosen = self.mix.voices.get(line.speaker) or self.mix.voices.get("", "")
        return "" if chosen == _cast(options, line.speaker, self.language) else chosen

    def take(self, line: Line, options: DubOptions, *, is_short: bool = False) -> str:
        """The name of the line's take."""
        return dub_names.take(self.language, line.id, voice=self.own_voice(line, options), is_short=is_short)


def cuts_of(options: DubOptions) -> tuple[Cut, ...]:
    """Every language and every named mix, in the user's order."""
    own = [Cut(language, options.preset) for language in options.languages]
    return (*own, *(Cut(mix.language, mix.preset, mix) for mix in options.mixes))


def tracks_of(options: DubOptions) -> tuple[Cut, ...]:
    """One cut for each different track of voices."""
    return tuple({cut.key: cut for cut in reversed(cuts_of(options))}.values())[::-1]


def mix_name(cut: Cut) -> str:
    """Where the finished sound of ``cut`` stands."""
    return dub_names.named_mix(cut.mix.name) if cut.mix else dub_names.mix(cut.language)


def voice_gain_db(cut: Cut, options: DubOptions) -> float:
    """How much louder than usual the voices stand over the bed; the mix as a whole is levelled anyway."""
    gain_db = options.language_gain_db.get(cut.language, 0.0) - options.bed_gain_db
    return gain_db + cut.mix.voice_gain_db - cut.mix.bed_gain_db if cut.mix else gain_db


def voice_of(options: DubOptions, voices: Sequence[Voice], cut: Cut, line: Line) -> str:
    """Who speaks ``line``; empty if nobody here speaks the language and the user chose none."""
    chosen = cut.own_voice(line, options) or _cast(options, line.speaker, cut.language)
    return chosen or usual_voice(voices, cut.language)


def cast_by_ear(ctx: Context, options: DubOptions) -> DubOptions:
    """``options`` with the voices that were found for whoever nobody cast; in a plan, those of the last run."""
    artifact = ctx.artifact(dub_names.CAST_BY_EAR)
    if artifact is None:
        return options
    found = known(ctx, artifact, CAST_BY_EAR)
    if found is None:
        found = standing(ctx, dub_names.CAST_BY_EAR, CAST_BY_EAR)
    return as_cast(options, found or ())


def as_cast(options: DubOptions, found: Sequence[CastByEar]) -> DubOptions:
    """``options`` with the voices of ``found`` where nobody chose one."""
    voices, casting = dict(options.voices), {who: dict(by) for who, by in options.casting.items()}
    for one in found:
        if one.language in options.by_ear and one.speaker:
            by = casting.setdefault(one.speaker, {})
            by[one.language] = by.get(one.language) or one.voice
        elif one.language in options.by_ear:
            voices[one.language] = one.voice
    return options.model_copy(update={"voices": voices, "casting": casting})


def spoken_lines(ctx: Context, language: str) -> tuple[tuple[Line, Translated], ...]:
    """The lines that have a translation, in order of time; none if there is no translation at all."""
    lines, translation = ctx.artifact(dub_names.LINES), ctx.artifact(dub_names.translation(language))
    if lines is None:
        return ()
    originals: tuple[Line, ...] = ctx.read(lines, LINES)
    if translation is None:
        return ()
    by_id = {line.id: line for line in ctx.read(translation, TRANSLATION) if line.text.strip()}
    ordered = sorted(originals, key=lambda line: (line.start_s, line.id))
    return tuple((line, by_id[line.id]) for line in ordered if line.id in by_id)


def fitted_lines(ctx: Context, cut: Cut) -> tuple[Fitted, ...] | None:
    """The fit of ``cut``; None if nothing of it is spoken."""
    artifact = ctx.artifact(dub_names.fit(cut.key))
    return ctx.read(artifact, FIT) if artifact else None


def plan_to_make(ctx: Context, cut: Cut, name: str) -> None:
    """In a plan that cannot look further yet: ``name`` will be made of what is itself still to be made."""
    ahead = (dub_names.LINES, dub_names.translation(cut.language), dub_names.fit(cut.key), dub_names.track(cut.key))
    waits = tuple(found for found in map(ctx.artifact, ahead) if found)
    ctx.make(Wanted(name, _not_ready, lambda path: None, given={"waiting": waits}))


def _not_ready(out: Path) -> None:
    raise BadInput(f"{out.name} cannot be made before what it is made of.")


def spoken_spans(lines: Sequence[Line], fitted: Sequence[Fitted]) -> tuple[tuple[float, float], ...]:
    """When the bed gives way, in seconds of the film: while the original speaks a dubbed line, and while its dub does."""
    by_id = {line.id: line for line in lines}
    held = holds(fitted)
    spans = []
    for place in fitted:
        line = by_id[place.id]
        start_s, end_s = min(line.start_s, place.start_s), max(line.end_s, place.end_s)
        spans.append((round(film_s(start_s, held), 6), round(film_s(end_s, held), 6)))
    return tuple(spans)


def _cast(options: DubOptions, speaker: str, language: str) -> str:
    return options.casting.get(speaker, {}).get(language) or options.voices.get(language, "")
