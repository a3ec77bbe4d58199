"""A chapter read by a language model, piece by piece; what it quotes is looked up in the text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pydantic import Field

from studio.engines.agents import agent
from studio.engines.analysis.moments import Weighed, spread
from studio.engines.analysis.paragraphs import Span, paragraphs_of
from studio.engines.analysis.quoting import find_quote
from studio.engines.chat.kept import keeping, pieces_told
from studio.engines.chat.ladder import MOST_ITEMS, Chat, Said, Shape, Task, Unreadable, WordList, Words, ask_for
from studio.media.languages import language_name
from studio.model.job import Job, JobNote
from studio.model.moments import TONES, ChapterAnalysis, ChapterScene, EmotionalMoment, Person
from studio.model.people import find_person, merged_people

_PIECE_CHARS = 12_000
_OVERLAP_CHARS = 800
_LEAST_PIECE_CHARS = 2_000
_MOST_CONTEXT_CHARS = 3_000


class _Who(Shape):
    name: Said = Field(description="the fullest name that the text uses")
    aliases: WordList = Field(default_factory=list, description="other names for the same person, also “the captain”")
    gender: Words = Field("", json_schema_extra={"enum": ["female", "male", ""]})
    look: Words = Field("", description="only what the text says of age, build, hair, clothes")


class _Scene(Shape):
    begins: Said = Field(description="its first eight to twelve words, copied from the text")
    place: Words = ""
    time_of_day: Words = ""
    weather: Words = ""
    people: WordList = Field(default_factory=list)


class _Moment(Shape):
    quote: Said = Field(description="copied from the text, letter by letter", json_schema_extra={"maxLength": 600})
    tones: WordList = Field(
        default_factory=list, json_schema_extra={"maxItems": 3, "items": {"type": "string", "enum": list(TONES)}}
    )
    intensity: float = Field(0.5, description="0 to 1")
    people: WordList = Field(default_factory=list, description="names of those who are seen")
    place: Words = Field("", description="where and when, for a painter")
    before: Words = Field("", description="what leads to it, in a sentence")
    action: Said = Field(description="what is seen, present tense, with names", json_schema_extra={"maxLength": 400})


class _Piece(Shape):
    summary: Words = Field("", description="two or three sentences", json_schema_extra={"maxLength": 600})
    setting: Words = Field("", description="where most of it plays")
    themes: WordList = Field(default_factory=list)
    people: list[_Who] = Field(default_factory=list, json_schema_extra={"maxItems": 16})
    scenes: list[_Scene] = Field(default_factory=list)
    moments: list[_Moment] = Field(default_factory=list)


class _Whole(Shape):
    summary: Said = Field(description="two or three sentences", json_schema_extra={"maxLength": 600})
    setting: Words = ""
    themes: WordList = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of ``text[start:end]``."""

    start: int
    end: int
    answer: _Piece


def read_chapter(chat: Chat, job: Job, text: str, *, title: str, most_moments: int, language: str) -> ChapterAnalysis:
    """The analysis of ``text``, whose every quotation stands in it; an empty one, unasked, if there is no word in it.

    Raises EngineError, and UnusableOutput if the model cannot do it.
    """
    spans = paragraphs_of(text)
    if not any(letter.isalnum() for letter in text):
        return ChapterAnalysis()
    pieces = _pieces(spans)
    read: list[_Read] = []
    with keeping(chat, job) as kept:
        for number, (start, end) in enumerate(pieces):
            job.tell(number / len(pieces), f"part {number + 1} of {len(pieces)} read")
            share = min(MOST_ITEMS, math.ceil(most_moments * (end - start) / len(text)) + (len(pieces) > 1))
            read += _ask(kept, job, text, start, end, _Asking(title, language, share))
        whole = _whole(kept, job, read, title)
    people = merged_people([person for one in read for person in _people(one, text)])
    return ChapterAnalysis(
        summary=whole.summary,
        setting=whole.setting,
        themes=tuple(dict.fromkeys(whole.themes)),
        characters=people,
        scenes=_scenes(read, text, people),
        moments=_moments(read, text, spans, people, most_moments),
    )


def askings_left(text: str, notes: Sequence[JobNote]) -> int:
    """How often a model is still asked to read ``text``, after what ``notes`` say, if it needs no second try for anything."""
    if not any(letter.isalnum() for letter in text):
        return 0
    pieces = len(_pieces(paragraphs_of(text)))
    return max(0, pieces + (pieces > 1) - pieces_told(notes))


@dataclass(frozen=True, slots=True)
class _Asking:
    title: str
    language: str
    most: int

    def task(self, words: str) -> Task:
        lines = [
            f"Read this part of the chapter “{self.title}”." if self.title else "Read this part of a chapter.",
            f"<text>\n{words}\n</text>",
            f"Choose the moments that most deserve a picture, at most {self.most}, strongest first.",
            self._tongue(),
            f"Tones are of these: {', '.join(TONES)}.",
            "Answer with JSON: summary, setting, themes, people (name, aliases, gender, look), scenes (begins, place, "
            "time_of_day, weather, people), moments (quote, tones, intensity, people, place, before, action).",
        ]
        return Task(agent("chapter"), "\n".join(line for line in lines if line))

    def _tongue(self) -> str:
        if self.language.replace("_", "-").split("-")[0].lower() == "en":
            return ""
        return f"The text is in {language_name(self.language)}: quotations stay as they are, everything else is in English."


def _pieces(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Stretches of whole paragraphs, each with the end of the one before."""
    pieces: list[tuple[int, int]] = []
    first = 0
    while first < len(spans):
        last = first
        while last + 1 < len(spans) and spans[last + 1].end - spans[first].start <= _PIECE_CHARS:
            last += 1
        pieces.append((spans[first].start, spans[last].end))
        if last + 1 == len(spans):
            break
        overlap = last
        while overlap > first and spans[last].end - spans[overlap].start < _OVERLAP_CHARS:
            overlap -= 1
        first = max(first + 1, min(last + 1, overlap + 1))
    return pieces


def _ask(chat: Chat, job: Job, text: str, start: int, end: int, asking: _Asking) -> list[_Read]:
    """What the model says of a piece; of its halves if the answer gets too long."""
    try:
        answer = ask_for(_Piece, chat, job, asking.task(text[start:end]), wishes=_quotes_wanted(text, start, end))
    except Unreadable as error:
        if not error.is_cut or end - start < _LEAST_PIECE_CHARS:
            raise
        middle = text.rfind("\n", start, (start + end) // 2 + 1) + 1
        middle = middle if middle > start else (start + end) // 2
        half = _Asking(asking.title, asking.language, max(1, asking.most // 2))
        return [*_ask(chat, job, text, start, middle, half), *_ask(chat, job, text, middle, end, half)]
    return [_Read(start, end, answer)]


def _quotes_wanted(text: str, start: int, end: int) -> Callable[[_Piece], str]:
    def wishes(answer: _Piece) -> str:
        strange = [one.quote for one in answer.moments if find_quote(text, one.quote, start, end) is None]
        if not strange:
            return ""
        named = "; ".join(f"“{quote[:80]}”" for quote in strange)
        return f"these quotes are not in the text as they stand: {named}. Copy each from the text, letter by letter."

    return wishes


def _whole(chat: Chat, job: Job, read: Sequence[_Read], title: str) -> _Whole:
    """Summary, setting and themes; asked for anew where there are several parts."""
    first = read[0].answer
    if len(read) == 1:
        return _Whole.model_construct(summary=first.summary, setting=first.setting, themes=first.themes)
    parts = "\n".join(f"{number}. {one.answer.summary}" for number, one in enumerate(read, start=1))
    task = Task(
        agent("chapter"),
        f"Sum up the chapter “{title}” from what its parts tell:\n{parts}\n"
        "Answer with JSON: summary (two or three sentences), setting (where most of it plays), themes.",
    )
    return ask_for(_Whole, chat, job, task)


def _people(one: _Read, text: str) -> Iterable[Person]:
    own = text[one.start : one.end]
    for who in one.answer.people:
        names = (who.name, *who.aliases)
        yield Person(
            name=who.name,
            aliases=tuple(alias for alias in dict.fromkeys(who.aliases) if alias != who.name),
            gender=who.gender if who.gender in ("female", "male") else "",
            look=who.look,
            mentions=max(own.count(name) for name in names),
        )


def _named(names: Iterable[str], people: Sequence[Person]) -> tuple[str, ...]:
    found = (find_person(people, name) for name in names)
    return tuple(dict.fromkeys(person.name for person in found if person is not None))


def _scenes(read: Sequence[_Read], text: str, people: Sequence[Person]) -> tuple[ChapterScene, ...]:
    """Each from where it begins to where the next one does."""
    starts: dict[int, _Scene] = {}
    for one in read:
        for scene in one.answer.scenes:
            place = find_quote(text, scene.begins, one.start, one.end)
            if place is not None:
                starts.setdefault(place[0], scene)
    order = sorted(starts)
    ends = [*order[1:], len(text.rstrip())]
    return tuple(
        ChapterScene(
            start=read[0].start if number == 0 else start,
            end=start + len(text[start:end].rstrip()),
            setting=starts[start].place,
            time_of_day=starts[start].time_of_day,
            weather=starts[start].weather,
            characters=_named(starts[start].people, people),
        )
        for number, (start, end) in enumerate(zip(order, ends, strict=True))
    )


def _moments(
    read: Sequence[_Read], text: str, spans: Sequence[Span], people: Sequence[Person], most: int
) -> tuple[EmotionalMoment, ...]:
    """Those whose quotations are found, one of a paragraph, spread over the chapter, in the order of the text."""
    found: dict[int, tuple[int, int, _Moment]] = {}
    for one in read:
        for moment in one.answer.moments:
            place = find_quote(text, moment.quote, one.start, one.end)
            if place is None:
                continue
            paragraph = next(number for number, span in enumerate(spans) if place[0] < span.end)
            if paragraph not in found or found[paragraph][2].intensity < moment.intensity:
                found[paragraph] = (*place, moment)
    order = sorted(found)
    weighed = [Weighed(found[n][2].intensity, found[n][0], (_tones(found[n][2]) or ("",))[0]) for n in order]
    chosen = spread(weighed, len(text), most)
    return tuple(
        _moment(number, *found[order[at]], order[at], text, spans, people)
        for number, at in enumerate(sorted(chosen), start=1)
    )


def _moment(
    number: int,
    start: int,
    end: int,
    said: _Moment,
    paragraph: int,
    text: str,
    spans: Sequence[Span],
    people: Sequence[Person],
) -> EmotionalMoment:
    last = next((span for span in spans[paragraph:] if end <= span.end), spans[-1])
    context = text[spans[paragraph].start : last.end]
    return EmotionalMoment(
        number=number,
        text_excerpt=text[start:end],
        start_position=start,
        end_position=end,
        emotional_tones=_tones(said) or ("neutral",),
        intensity_score=min(1.0, max(0.0, said.intensity)),
        context=context if len(context) <= _MOST_CONTEXT_CHARS else text[start:end],
        characters_present=_named(said.people, people),
        setting_description=said.place,
        narrative_context=said.before,
        action=said.action,
    )


def _tones(said: _Moment) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tone.lower() for tone in said.tones if tone.lower() in TONES))
