"""The lines of a dub as a person works on them: corrected, translated, spoken anew, and taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from studio import pipelines
from studio.core import history
from studio.core.fingerprint import inputs
from studio.core.pipeline import Plan
from studio.core.plan import plan as plan_through
from studio.core.session import Session, Wanted
from studio.engines import registry
from studio.errors import BadInput, UserError
from studio.media.audio import resample, trim_silence
from studio.media.probe import length_s, probe
from studio.model.dub import DubOptions, Line
from studio.model.text_files import check_regular, read_small
from studio.model.transcript import lines_json
from studio.planning.differences import differences, sentence, steps_back
from studio.planning.dubbing.line_edits import find_and_replace, replaced, retake, the_line
from studio.planning.dubbing.line_ids import renumbered
from studio.planning.dubbing.translation_files import Matched, read_translation, template
from studio.planning.dubbing.translations import is_written
from studio.service.documents import put_document
from studio.service.dub_words import check_language, moved, put_translation, worded
from studio.service.projects import Projects
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.views import (
    fitted_in,
    highest_id_in,
    lines_in,
    options_in,
    original_of,
    remember_ids,
    translation_in,
)

_TAKE_RATE_HZ = 48_000
_LEAST_TAKE_S, _LONGEST_TAKE = 30.0, 10.0
"""A take may last ten times as long as its line, and half a minute in any case: it is trimmed and fitted afterwards."""


@dataclass(frozen=True, slots=True)
class DubLine:
    """One line of a dub as a person sees it. By language: its text, whether it is spoken, what is stale of it, and by how
    many seconds it is too long for its place."""

    line: Line
    texts: Mapping[str, str]
    spoken: frozenset[str]
    stale: frozenset[str]
    overruns: Mapping[str, float] = field(default_factory=dict)

    def state(self, language: str) -> str:
        """How far it is in ``language``: missing, translated, spoken, stale (changed since it was spoken) or overrun."""
        if not is_written(self.texts.get(language, "")):
            return "missing"
        if language not in self.spoken:
            return "translated"
        return "stale" if language in self.stale else "overrun" if language in self.overruns else "spoken"


class DubLines(Projects):
    """What is done to single lines of a dub."""

    def lines(self, name: str, plan: Plan | None = None) -> tuple[DubLine, ...]:
        """Every line with its translations and what is spoken or stale of it, in order of time.

        By ``plan`` if it was made just now.
        """
        plan = plan or self.plan(name)
        with self._read(name) as session:
            options = options_in(session)
            texts = {code: {e.id: e.text for e in translation_in(session, code)} for code in options.languages}
            long = {code: {p.id: p.overrun_s for p in fitted_in(session, code)} for code in options.languages}
            return tuple(
                _dub_line(session, line, texts, plan, long)
                for line in sorted(lines_in(session), key=lambda line: (line.start_s, line.id))
            )

    def source_lines(self, name: str) -> tuple[Line, ...]:
        """The lines of the original alone."""
        with self._read(name) as session:
            return lines_in(session)

    def edit_lines(self, name: str, change: Callable[[tuple[Line, ...]], Sequence[Line]]) -> tuple[Line, ...]:
        """The lines are what ``change`` makes of them (``planning.dubbing.line_edits``); ids stay, so only those go stale."""
        return self._edit_dub(name, change, {})

    def change_line(
        self, name: str, line_id: str, change: Callable[[tuple[Line, ...]], Sequence[Line]], *,
        texts: Mapping[str, str] = MappingProxyType({}), retakes: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """The lines are what ``change`` makes of them, the line reads as in ``texts`` and is spoken again in the languages
        ``retakes``: all of it, or nothing if any of it cannot be. Raises UserError if its engine cannot speak again."""
        if retakes:
            self._check_varies(name)

        def whole(lines: tuple[Line, ...]) -> Sequence[Line]:
            for language in retakes:
                lines = retake(lines, line_id, language)
            return change(lines)

        self._edit_dub(name, whole, {language: {line_id: text} for language, text in texts.items()}, named=retakes)

    def retake_line(self, name: str, line_id: str, language: str) -> None:
        """The line is spoken again at the next run, differently. Raises UserError if its engine cannot."""
        self.change_line(name, line_id, lambda lines: lines, retakes=(language,))

    def translate_by_hand(self, name: str, language: str, texts: Mapping[str, str]) -> None:
        """These lines read so in ``language``, by id; what was typed stays whatever the engine would say."""
        self._edit_dub(name, lambda lines: lines, {language: texts})

    def import_translation(self, name: str, language: str, file: Path) -> Matched:
        """The texts of a JSON, SRT, VTT or CSV file are the translation; returns what found its line and what did not."""
        with self._changing(name) as (session, plan):
            lines = _some_lines(session)
            found = read_translation(read_small(file), file.name, lines)
            put_translation(session, plan, language, worded(session, lines, language, found.texts))
            return found

    def bring_take(self, name: str, line_id: str, language: str, recording: Path) -> None:
        """The user's own recording is the line's take. Raises UnusableOutput if it is silent or torn."""
        self.bring_takes(name, line_id, {language: recording})

    def bring_takes(self, name: str, line_id: str, recordings: Mapping[str, Path]) -> None:
        """The user's own recordings, by language, are the line's takes: all of them, or none if one cannot be used.

        Raises BadInput for one that lasts far longer than the line.
        """
        with self._changing(name) as (session, plan), tempfile.TemporaryDirectory() as folder:
            ready: list[tuple[Wanted, Path]] = []
            for language, recording in recordings.items():
                wanted = _wanted_take(session, plan, line_id, language)
                plain, wav = Path(folder) / f"{len(ready)}_plain.wav", Path(folder) / f"{len(ready)}.wav"
                most_s = _longest_take_s(recording, the_line(lines_in(session), line_id))
                resample(recording, plain, rate_hz=_TAKE_RATE_HZ, channels=1, most_s=most_s)
                trim_silence(plain, wav)
                (wanted.accept or wanted.verify)(wav)
                ready.append((wanted, wav))
            for wanted, wav in ready:
                session.replace(wanted, wav)

    def replace_in_lines(
        self,
        name: str,
        find: str,
        put: str,
        *,
        language: str = "",
        whole_words: bool = True,
        match_case: bool = False,
    ) -> int:
        """``find`` reads ``put`` in every line of the original, or in its translation into ``language``; returns how often."""
        how = {"whole_words": whole_words, "match_case": match_case}
        count = 0
        if language:
            with self._read(name) as session:
                check_language(session, language)
                texts = {entry.id: entry.text for entry in translation_in(session, language)}
            changed, count = replaced(texts, find, put, **how)
            if changed:
                self.translate_by_hand(name, language, changed)
            return count

        def change(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            nonlocal count
            edited, count = find_and_replace(lines, find, put, **how)
            return edited

        with self._read(name) as session:
            change(_some_lines(session))
        if count:
            self.edit_lines(name, change)
        return count

    def undo_lines(self, name: str) -> str:
        """The last change of lines or of what they read in another language is taken back; returns what came of it."""
        return self._step_lines(name, -1)

    def redo_lines(self, name: str) -> str:
        """What was taken back last is done again; returns what came of it."""
        return self._step_lines(name, 1)

    def can_undo_lines(self, name: str) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        with self._read(name) as session:
            return history.possible_steps(session, _edited_files(session))

    def template(self, name: str, language: str, kind: str, *, is_whole: bool = False) -> str:
        """A file (``json``, ``csv``, ``srt``) for the person who translates: untranslated lines, or all."""
        with self._read(name) as session:
            check_language(session, language)
            return template(_some_lines(session), translation_in(session, language), kind, is_whole=is_whole)

    # Below

    def _edit_dub(
        self, name: str, change: Callable[[tuple[Line, ...]], Sequence[Line]], texts: Mapping[str, Mapping[str, str]],
        *, named: Sequence[str] = (),
    ) -> tuple[Line, ...]:  # fmt: skip
        """The one door for all that changes lines: nothing is written before everything is known to be possible.

        ``texts`` by language and line, ``named`` further languages that must be the dub's.
        """
        with self._changing(name) as (session, plan):
            before = _some_lines(session)
            for language in (*texts, *named):
                check_language(session, language)
            edited = renumbered(change(before), before, highest_id_in(session))
            _must_be_heard(session, before, edited)
            going = moved(session, before, edited)
            words = {
                language: worded(session, edited, language, texts.get(language, {}), going.get(language, {}))
                for language in {**texts, **going}
            }
            if edited != before:
                remember_ids(session, edited)
                put_document(session, plan.wanted.get(dub_names.LINES), lines_json(edited).encode())
                plan = plan_through(session, pipelines.of(session.project)) if words else plan
            for language, entries in words.items():
                put_translation(session, plan, language, entries, origin="replaced" if language in texts else "made")
            return edited

    def _check_varies(self, name: str) -> None:
        engine = registry.tts(DubOptions.model_validate(self.project(name).options).tts)
        if engine.is_deterministic and not engine.uses_seed:
            raise UserError(f"{engine.identity} says a line the same way every time: change its text or its voice.")

    def _step_lines(self, name: str, by: int) -> str:
        with self._open(name) as session:
            before, texts = _by_id(session), _texts_by_id(session)
            pipeline = pipelines.of(session.project)
            history.step_through(session, _edited_files(session), by, lambda: plan_through(session, pipeline).wanted)
            how = steps_back(by)
            told = differences(before, _by_id(session), noun="line", how=how)
            now = _texts_by_id(session)
            told += [f"line {key[1]} in {key[0]} {how}" for key in now if key in texts and now[key] != texts[key]]
            return sentence(told or [f"the lines are {how}"])

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[Session, Plan]]:
        with self._open(name) as session:
            yield session, plan_through(session, pipelines.of(session.project))


def _edited_files(session: Session) -> list[str]:
    """What people edit of a dub: the lines, and what they read in each language."""
    return [dub_names.LINES, *(dub_names.translation(language) for language in options_in(session).languages)]


def _by_id(session: Session) -> dict[str, Line]:
    return {line.id: line for line in lines_in(session)}


def _texts_by_id(session: Session) -> dict[tuple[str, str], str]:
    return {
        (language, entry.id): entry.text
        for language in options_in(session).languages
        for entry in translation_in(session, language)
    }


def _dub_line(
    session: Session, line: Line, texts: Mapping[str, Mapping[str, str]], plan: Plan,
    overruns: Mapping[str, Mapping[str, float]],
) -> DubLine:  # fmt: skip
    takes = {code: dub_names.take(code, line.id) for code in texts}
    spoken = frozenset(code for code, take in takes.items() if session.path(take).is_file())
    return DubLine(
        line,
        {code: texts[code].get(line.id, "") for code in texts},
        spoken,
        frozenset(code for code in spoken if _is_stale(session, plan, takes[code], texts[code].get(line.id, ""))),
        {code: long_s for code, places in overruns.items() if (long_s := places.get(line.id, 0.0)) > 0},
    )


def _is_stale(session: Session, plan: Plan, take: str, text: str) -> bool:
    """True if the take is to be made again. While other lines wait for their translation, no voice is planned yet: then
    the words decide that it was made of."""
    if take in plan.looks:
        return plan.looks[take].artifact is None
    made = session.journal.current(take)
    words = made.inputs.get("text") if made else None
    return words is not None and words != inputs("", {"text": " ".join(text.split())})["text"]


def _some_lines(session: Session) -> tuple[Line, ...]:
    lines = lines_in(session)
    if not lines:
        raise UserError(f"{session.directory.name} has no lines yet: run it first, or bring them as SRT.")
    return lines


def _wanted_take(session: Session, plan: Plan, line_id: str, language: str) -> Wanted:
    wanted = plan.wanted.get(dub_names.take(language, line_id))
    if wanted is not None and "waiting" in wanted.given:
        raise UserError(f"The words of line {line_id} are still to be found: make the dub once, then bring the line.")
    if wanted is None and any(e.id == line_id and is_written(e.text) for e in translation_in(session, language)):
        raise UserError(f"Lines changed since the last run: make the dub once, then bring line {line_id}.")
    if wanted is None:
        raise UserError(f"Line {line_id} has no text in {language} yet: translate it first.")
    return wanted


def _longest_take_s(recording: Path, line: Line) -> float:
    """How long a take of ``line`` may be. Raises BadInput for a ``recording`` that says itself that it is longer."""
    check_regular(recording)
    most_s = max(_LEAST_TAKE_S, round(_LONGEST_TAKE * line.duration_s, 1))
    lasts_s = probe(recording).duration_s
    if lasts_s > most_s:
        raise BadInput(
            f"{recording.name} lasts {lasts_s:.1f} s: of line {line.id}, which takes {line.duration_s:.1f} s, a take may "
            f"last {most_s:g} s. Cut it first."
        )
    return most_s


def _must_be_heard(session: Session, before: Sequence[Line], edited: Sequence[Line]) -> None:
    """Raises BadInput if an edit brought a line to where the film has ended."""
    was = {line.id: line.start_s for line in before}
    latest = max((line for line in edited if was.get(line.id, line.start_s) < line.start_s), key=_start_s, default=None)
    film = session.path(original_of(session))
    if latest is None or not film.is_file():
        return
    total_s = length_s(film)
    if latest.start_s >= total_s:
        raise BadInput(
            f"Line {latest.id} cannot start at {latest.start_s:g} s: the film ends at {total_s:.1f} s, nobody would hear it."
        )


def _start_s(line: Line) -> float:
    return line.start_s
