"""Step ``translate``: every line in every language, by ids, so that none is lost and none slips into another's place.

A draft is decided by its line's text, the two languages, the engine, and the glossary's terms that stand in that line:
a new source makes that one line stale, a new term only the lines that hold it. The neighbours' text is shown to the
engine, but is no part of that: else correcting one line would ask (and pay) for three, and a split in the
transcript would ripple on. What a neighbour does to a line is a nuance; the user can ask for the line again.

``translations/<lang>.json`` is put together of the drafts, and people edit it: what they wrote stays when drafts change
(``planning.dubbing.translations``), and the engine is not asked for a line that a person has written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import AtService, ToTranslate, TranslatedText, Translator
from studio.errors import StudioError, UserError
from studio.media import verify
from studio.model.dub import LINES, TRANSLATION, DubOptions, Line, Translated
from studio.model.glossary import terms_in
from studio.model.transcript import LANGUAGE, seen
from studio.planning.dubbing.translations import Draft, Entry, Parts, doubts, held, is_foreign, settled, typed
from studio.steps.dubbing import names
from studio.steps.dubbing.translate_batches import Asking, Batches
from studio.steps.finding import known
from studio.steps.finding import standing as standing_in
from studio.steps.translators import translator_for

_ENTRIES = TypeAdapter(tuple[Entry, ...])


class _LineDraft(Translated):
    """``translations/<lang>/<id>.json``; times are those of the day it was made, the assembled file has today's."""

    by: str = ""
    """The engine's identity."""
    translated_from: str = ""
    terms: dict[str, str] = Field(default_factory=dict)


_LINE_DRAFT = TypeAdapter(_LineDraft)


@dataclass(frozen=True)
class TranslateLines:
    """``translations/pt/0001.json`` … and ``translations/pt.json``, for every language of the options.

    ``engines`` holds by language who may translate, in order of preference: the first that knows the pair and works
    here does it. A language that is the original's own is taken over word for word.
    """

    engines: Mapping[str, Sequence[Translator]]
    options: DubOptions
    name: str = "translate"
    typical_s: float = 0.2

    def run(self, ctx: Context) -> None:
        """Translate what is missing; a language nobody here can translate to does not hold up the others."""
        artifact, spoken = ctx.artifact(names.LINES), ctx.artifact(names.LANGUAGE)
        if artifact is None:
            return
        lines: tuple[Line, ...] = ctx.read(artifact, LINES)
        source = self.options.source_language or (ctx.read(spoken, LANGUAGE).language if spoken else "")
        for language in self.options.languages:
            self._translate(ctx, lines, source, language)

    def forecast(self) -> tuple[str, ...]:
        """One file a language; how many lines there are is known when they are."""
        return tuple(names.translation(language) for language in self.options.languages)

    def _translate(self, ctx: Context, lines: tuple[Line, ...], source: str, language: str) -> None:
        standing = _standing(ctx, language)
        if is_foreign(standing):
            _take_in(ctx, language, standing)
        own = typed(lines, standing)
        if source and _primary(source) == _primary(language):
            _assemble(ctx, language, Parts(lines, {line.id: Draft(line.text) for line in lines}, own, standing))
            return
        try:
            engine = self._engine(source, language)
        except StudioError as error:
            self._go_on_without(ctx, lines, language, error)
            return
        if getattr(engine, "is_typed", False):
            _assemble(ctx, language, Parts(lines, {}, held(lines, standing), standing))
            return
        work = _Work(ctx, engine, lines, source, language, self.options.glossary.get(language, {}))
        asked = tuple(line for line in lines if line.id not in own)
        made = dict(zip((line.id for line in asked), work.make(asked), strict=True))
        drafts, ahead = work.read(made)
        _assemble(ctx, language, Parts(lines, drafts, own, standing), ahead)
        work.tell(made, drafts)
        work.tell_of_stale(standing, own)

    def _go_on_without(self, ctx: Context, lines: tuple[Line, ...], language: str, error: StudioError) -> None:
        """What is translated already stays: a project is opened on other computers too."""
        standing = _standing(ctx, language)
        own = held(lines, standing)
        if not own:
            ctx.make_all([_impossible(language, error)])
            return
        _assemble(ctx, language, Parts(lines, {}, own, standing))
        count = len(lines) - len(typed(lines, [entry.model_copy(update={"draft": ""}) for entry in own.values()]))
        if count:
            ctx.notice(names.translation(language), f"{count} lines are not translated as they stand. {error}")

    def _engine(self, source: str, language: str) -> Translator:
        """Raises UserError or EngineUnavailable with what is missing."""
        if not source:
            raise UserError(f"What language the original speaks is not known: choose it, to translate to {language}.")
        return translator_for(self.engines.get(language, ()), source, language)


@dataclass(frozen=True)
class _Work:
    """One language's drafts."""

    ctx: Context
    engine: Translator
    lines: tuple[Line, ...]
    source: str
    language: str
    glossary: Mapping[str, str]

    def make(self, asked: Sequence[Line]) -> list[Artifact | None]:
        """A draft for each of ``asked``; None for those that failed."""
        terms = {line.id: terms_in(line.text, self.glossary) for line in asked}
        wanted = {line.id: self._wanted(line, terms[line.id], lambda key: batches.get(key)) for line in asked}
        answers = _Answers(self.ctx, wanted, is_kept=isinstance(self.engine, AtService))
        there = answers.there()
        expected = [line.id for line in asked if line.id not in there and not self._stands(line, terms[line.id])]
        asking = Asking(self.engine, self.source, self.language, terms)
        with Batches(asking, self._with_context(), expected, there=there, keep=answers.keep) as batches:
            return self.ctx.make_all(list(wanted.values()))

    def read(self, made: Mapping[str, Artifact | None]) -> tuple[dict[str, Draft], tuple[Artifact, ...]]:
        """The drafts by id, and those that a plan cannot look into yet."""
        drafts: dict[str, Draft] = {}
        ahead: list[Artifact] = []
        for key, artifact in made.items():
            if artifact is None:
                continue
            found = known(self.ctx, artifact, _LINE_DRAFT)
            if found is None:
                ahead.append(artifact)
            else:
                drafts[key] = Draft(found.text, found.short, found.left)
        return drafts, tuple(ahead)

    def tell(self, made: Mapping[str, Artifact | None], drafts: Mapping[str, Draft]) -> None:
        """What strikes in the new drafts."""
        by_id = {line.id: line for line in self.lines}
        for key, artifact in made.items():
            if artifact and key in drafts and self.ctx.is_new(artifact):
                text, left = drafts[key].text, drafts[key].left
                found = doubts(by_id[key].text, text, self.glossary, target=_primary(self.language), left=left)
                if found:
                    self.ctx.notice(artifact.name, f"look at this line: {'; '.join(found)}")

    def tell_of_stale(self, standing: Sequence[Entry], own: Mapping[str, Entry]) -> None:
        """Which of a person's lines gave way to a new draft, because what is said in the original changed."""
        here = {line.id for line in self.lines}
        assembled = self.ctx.artifact(names.translation(self.language))
        if assembled is None or not self.ctx.is_new(assembled):
            return
        for entry in standing:
            if entry.is_typed and entry.id in here and entry.id not in own:
                text = f"line {entry.id}: the original changed, your wording is in takes/ and a new draft stands there"
                self.ctx.notice(assembled.name, text)

    def _with_context(self) -> list[ToTranslate]:
        ordered = sorted(self.lines, key=lambda line: (line.start_s, line.id))
        texts = ["", *(line.text for line in ordered), ""]
        return [
            ToTranslate(line.id, line.text, round(line.duration_s, 3), texts[at], texts[at + 2])
            for at, line in enumerate(ordered)
        ]

    def _wanted(self, line: Line, terms: Mapping[str, str], get: Callable[[str], TranslatedText]) -> Wanted:
        given: dict[str, Any] = {"text": line.text, "from": self.source, "to": self.language, "terms": dict(terms)}
        if getattr(self.engine, "uses_budget", False):
            given["seconds"] = round(line.duration_s, 1)
        record = {"by": self.engine.identity, "translated_from": self.source, "terms": dict(terms)}
        return Wanted(
            names.translated_line(self.language, line.id),
            partial(_write_draft, line=line, get=get, record=record),
            verify.json_of(_LINE_DRAFT),
            given=given,
            by=self.engine.identity,
            is_hand_kept=True,
        )

    def _stands(self, line: Line, terms: Mapping[str, str]) -> bool:
        """True if this line's draft is most likely there: the context has the last word, this only fills batches."""
        draft = standing_in(self.ctx, names.translated_line(self.language, line.id), _LINE_DRAFT)
        if draft is None:
            return False
        facts = (draft.source, draft.by, draft.translated_from, draft.terms)
        return facts == (line.text, self.engine.identity, self.source, dict(terms))


@dataclass(frozen=True)
class _Answers:
    """What a service said of lines whose drafts are not finished: it is asked for none of that again."""

    ctx: Context
    wanted: Mapping[str, Wanted]
    is_kept: bool

    def there(self) -> dict[str, TranslatedText]:
        """By id, what was kept."""
        found = {key: self.ctx.kept_answer(one) for key, one in self.wanted.items()} if self.is_kept else {}
        return {key: answer for key, kept in found.items() if (answer := _answer_of(kept))}

    def keep(self, answers: Mapping[str, TranslatedText]) -> None:
        """They are on the disk."""
        if self.is_kept:
            self.ctx.keep_answers([(self.wanted[key], asdict(answer)) for key, answer in answers.items()])


def _answer_of(kept: Mapping[str, Any]) -> TranslatedText | None:
    """What ``kept`` says, if it is a translation: a journal may come from anybody."""
    try:
        answer = _ANSWER.validate_python(kept)
    except ValidationError:
        return None
    return answer if answer.text.strip() else None


_ANSWER = TypeAdapter(TranslatedText)


def _write_draft(out: Path, *, line: Line, get: Callable[[str], TranslatedText], record: Mapping[str, Any]) -> None:
    answer = get(line.id)
    text, short = seen(answer.text).strip(), seen(answer.short).strip()
    draft = _LineDraft(
        id=line.id,
        start_s=line.start_s,
        end_s=line.end_s,
        text=text,
        source=line.text,
        short=short,
        left=answer.left,
        **record,
    )
    out.write_text(draft.model_dump_json(by_alias=True, indent=1), encoding="utf-8")


def _assemble(ctx: Context, language: str, parts: Parts, ahead: Sequence[Artifact] = ()) -> None:
    entries = settled(parts)
    facts = [entry.model_dump(include=_FACTS) for entry in entries]
    given: dict[str, Any] = {"lines": facts, "drafts": list(ahead)}

    def produce(out: Path) -> None:
        out.write_bytes(_ENTRIES.dump_json(entries, by_alias=True, indent=1))

    ctx.make(Wanted(names.translation(language), produce, verify.json_of(TRANSLATION), given=given, is_hand_kept=True))


_FACTS = {"id", "start_s", "end_s", "source", "draft", "kept"}
"""All but the text itself, which people change."""


def _standing(ctx: Context, language: str) -> tuple[Entry, ...]:
    """What stands in ``translations/<lang>.json``; nothing if it cannot be read, which ``make`` then tells."""
    return standing_in(ctx, names.translation(language), _ENTRIES) or ()


def _take_in(ctx: Context, language: str, entries: tuple[Entry, ...]) -> None:
    """A translation that somebody put there is theirs, and a take, before what it lacks is put into it."""
    check, given = verify.json_of(TRANSLATION), {"brought": True}

    def produce(out: Path) -> None:
        out.write_bytes(_ENTRIES.dump_json(entries, by_alias=True, exclude_unset=True, indent=1))

    ctx.make(Wanted(names.translation(language), produce, check, given=given, is_hand_kept=True))


def _impossible(language: str, error: StudioError) -> Wanted:
    """The language fails by itself, with its reason."""

    def produce(out: Path) -> None:
        raise error

    return Wanted(names.translation(language), produce, verify.json_of(TRANSLATION), given={}, is_hand_kept=True)


def _primary(code: str) -> str:
    return code.replace("_", "-").split("-")[0].lower()
