"""A few seconds of a dub as it would be mixed now, heard before anything is mixed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Plan
from studio.core.session import Session
from studio.errors import UserError
from studio.media.audio import duration_s as sound_s
from studio.media.bed import LEVELS, Levels
from studio.media.dub_mix import DubBed, TrackLine, weigh_bed
from studio.media.dub_window import WholeDub, write_window
from studio.media.probe import length_s, probe
from studio.model.dub import DubOptions, DubSource, Line
from studio.planning.dubbing.fit import Spoken, film_s, fit, holds
from studio.planning.dubbing.translations import is_written
from studio.service.projects import Projects
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.parts import Cut, cuts_of, spoken_spans, voice_gain_db
from studio.steps.dubbing.views import cast_options_in, lines_in, original_of, translation_in

_LEAST_S, _MOST_S = 0.5, 60.0


@dataclass(frozen=True, slots=True)
class Preview:
    """Seconds of the dubbed film, and the ids of the lines that stand in them: heard, and not spoken yet."""

    start_s: float
    duration_s: float
    spoken: tuple[str, ...]
    unspoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Take:
    line: Line
    path: Path
    short: Path | None

    @property
    def spoken(self) -> Spoken:
        short_s = sound_s(self.short) if self.short else None
        return Spoken(self.line.id, self.line.start_s, self.line.end_s, sound_s(self.path), short_s)


class Previews(Projects):
    """Hearing a mix before it is made."""

    def preview(
        self, name: str, out: Path, *, language: str = "", mix: str = "", start_s: float = 0.0, duration_s: float = 15.0
    ) -> Preview:
        """Write ``duration_s`` of the dub into ``language``, or of the named ``mix``, to ``out`` (WAV, 48 kHz stereo).

        Of lines that are spoken as they read now, fitted and mixed as the options say now; nothing in the project is
        touched. Raises UserError for a language, mix or time that it has not.
        """
        plan = self.plan(name)
        with self._read(name) as session:
            options = cast_options_in(session)
            cut = _cut(session, options, language, mix)
            total_s = length_s(session.path(original_of(session))) or 0.0
            lines = sorted(lines_in(session), key=lambda line: (line.start_s, line.id))
            if not lines:
                raise UserError(f"{name} has no lines yet: run it first, or bring them as SRT.")
            takes = _takes(session, plan, options, cut, lines)
            whole, ids = _whole(session, plan, options, cut, takes, total_s)
            if not 0 <= start_s < whole.duration_s or not _LEAST_S <= duration_s <= _MOST_S:
                raise UserError(
                    f"A preview is {_LEAST_S:g} to {_MOST_S:g} s from within the film, which lasts {whole.duration_s:.1f} s."
                )
            length = min(duration_s, whole.duration_s - start_s)
            write_window(out, whole, start_s=start_s, duration_s=length)
            held = whole.bed.holds if whole.bed else ()
            silent = [line for line in lines if line.id not in ids]
            return Preview(
                start_s,
                length,
                tuple(
                    key for key, (a, b) in zip(ids, whole.spoken, strict=True) if a < start_s + length and b > start_s
                ),
                tuple(
                    line.id
                    for line in silent
                    if film_s(line.start_s, held) < start_s + length and film_s(line.end_s, held) > start_s
                ),
            )


def _cut(session: Session, options: DubOptions, language: str, mix: str) -> Cut:
    for cut in cuts_of(options):
        if (cut.mix.name == mix if cut.mix else not mix) and language in ("", cut.language):
            return cut
    what = f"no mix {mix}" if mix else f"no dub into {language or 'any language'}"
    raise UserError(f"{session.directory.name} has {what}.")


def _takes(session: Session, plan: Plan, options: DubOptions, cut: Cut, lines: Sequence[Line]) -> list[_Take]:
    """The takes that are what a run would make of their lines now."""
    to_make = {planned.name for planned in plan.make}
    texts = {entry.id: entry for entry in translation_in(session, cut.language) if is_written(entry.text)}

    def ready(name: str) -> Path | None:
        look = plan.looks.get(name)
        path = look.take if look and look.take else session.path(name)
        return path if name not in to_make and path.is_file() else None

    found: list[_Take] = []
    for line in lines:
        entry = texts.get(line.id)
        take = ready(cut.take(line, options))
        if take and entry and (not entry.source or entry.source == line.text):
            short = ready(cut.take(line, options, is_short=True)) if entry.short else None
            found.append(_Take(line, take, short))
    return found


def _whole(
    session: Session, plan: Plan, options: DubOptions, cut: Cut, takes: Sequence[_Take], total_s: float
) -> tuple[WholeDub, tuple[str, ...]]:
    """The dub as a mix would be made of it now, and the ids of its lines."""
    fitted = fit(
        [take.spoken for take in takes],
        total_s=total_s,
        most_speed=options.most_speed,
        may_freeze=options.may_freeze and not options.multi,
    )
    by_id = {take.line.id: take for take in takes}
    held = holds(fitted)
    lines = [
        TrackLine(
            by_id[place.id].short or by_id[place.id].path if place.uses_short else by_id[place.id].path,
            film_s(place.start_s, held),
            place.speed,
            by_id[place.id].line.gain_db,
        )
        for place in fitted
    ]
    bed = _bed(session, plan, options, cut, held)
    starts_s = [film_s(place.start_s, held) for place in fitted]
    whole = WholeDub(
        tuple(lines),
        tuple(
            (start_s, start_s + place.end_s - place.start_s) for start_s, place in zip(starts_s, fitted, strict=True)
        ),
        spoken_spans([take.line for take in takes], fitted) if bed else (),
        bed,
        cut.preset,
        film_s(total_s, held),
        options.target_lufs,
        voice_gain_db(cut, options),
    )
    return whole, tuple(place.id for place in fitted)


def _bed(
    session: Session, plan: Plan, options: DubOptions, cut: Cut, held: tuple[tuple[float, float], ...]
) -> DubBed | None:
    name = options.bed or DubSource.model_validate(session.project.source).bed
    path = session.path(name or original_of(session))
    if cut.preset == "bed-off" or not path.is_file() or not probe(path).audio:
        return None
    stored = dub_names.bed_levels(Path(path.name).stem)
    levels = session.path(stored)
    if stored in plan.keep and levels.is_file():
        return DubBed(path, LEVELS.validate_json(levels.read_bytes()), bool(name), held)
    return DubBed(path, _weighed(path), bool(name), held)


def _weighed(path: Path) -> Levels:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "levels.json"
        weigh_bed(out, path)
        return LEVELS.validate_json(out.read_bytes())
