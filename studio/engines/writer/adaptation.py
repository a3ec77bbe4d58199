"""Adapts a longer text: the user's own sentences, shared out over the scenes; nothing is invented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.beats import beat_name, beats_of, time_in
from studio.engines.writer.cast import portrait
from studio.engines.writer.chance import Chance
from studio.engines.writer.draft import SceneDraft
from studio.engines.writer.grammar import Figure, present, sentence, word_count
from studio.engines.writer.idea import Idea, weather_of
from studio.engines.writer.kitting import choose_kit
from studio.engines.writer.narrative import Sheet
from studio.engines.writer.phrases import strip_determiner
from studio.engines.writer.reading import Reader
from studio.engines.writer.tables import Tables
from studio.engines.writer.titles import cast_name, title_case
from studio.engines.writer.whereabouts import place_phrase
from studio.engines.writer.words import WordTable
from studio.model.story import Character

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MOODS = (
    ("fear", "afraid fear scream terrified dark horror shadow monster trembled danger scared"),
    ("sadness", "cry cried tears died dead death lost grave alone lonely sad wept grief funeral goodbye"),
    ("joy", "laugh laughed smiled smile happy joy danced celebrate cheered wonderful delighted"),
    ("anger", "angry fury shouted rage fought slammed hate"),
    ("romance", "kiss kissed love loved married heart wedding"),
    ("tension", "ran chased hurry suddenly escape fell broke storm crash fire hide"),
    ("wonder", "magic glow glowing stars amazing light strange shining golden discovered"),
    ("triumph", "won victory finally succeeded champion triumph"),
    ("curiosity", "wondered found opened looked asked searched mystery secret"),
)


def adapt(
    reader: Reader,
    idea: Idea,
    text: str,
    tables: Tables,
    table: WordTable,
    chance: Chance,
    count: int,
    budget: int,
) -> Sheet:
    """The text in ``count`` scenes: its sentences in order, as many as the budget holds."""
    return _Adapter(reader, idea, text, tables, table, chance, count, budget).sheet()


class _Adapter:
    def __init__(
        self,
        reader: Reader,
        idea: Idea,
        text: str,
        tables: Tables,
        table: WordTable,
        chance: Chance,
        count: int,
        budget: int,
    ) -> None:
        self.reader, self.idea, self.tables, self.table, self.chance = reader, idea, tables, table, chance
        self.count, self.budget = count, budget
        doc = reader.nlp(idea.text[:60_000])
        self.sentences = [span for span in doc.sents if sum(token.is_alpha for token in span) > 1]
        self.figures = self._people()
        self.text = text
        idea.place = idea.place or self._first_place()
        self.kit = choose_kit(idea, tables, table, chance, frame="deed", topic_frame="")
        self.seen: set[str] = set()

    def sheet(self) -> Sheet:
        groups = self._groups()
        beats = beats_of(self.count)
        scenes = []
        place = self._first_place()
        known: Figure | None = None
        for index, (names, group) in enumerate(zip(beats, groups, strict=True)):
            place = next((found for span in group if (found := self._place_in(span))), place)
            scene = SceneDraft(beat_name(names), place, "", self._mood(group, index))
            if not group and len(self.sentences) < self.count:
                scene.say(self._view(index), 8, is_core=True)
            for order, span in enumerate(group):
                rank = 0 if order == 0 else 2 + order
                if index == len(groups) - 1 and order == len(group) - 1:
                    rank = 0
                scene.say(span.text, rank, place=order, is_core=True)
            known = self._show(scene, group, known)
            joined = " ".join(span.text for span in group)
            scene.time_of_day = time_in(joined, scene.beat, given="", is_dark=self.idea.tone == "dark")
            scene.weather = weather_of(joined)
            scenes.append(scene)
        return Sheet(self._title(), sentence(self.sentences[0].text)[:300], scenes, self._cast(scenes))

    def _view(self, index: int) -> str:
        """What one sees at the place in a scene for which the text has no sentence."""
        dark = self.idea.tone == "dark" and self.kit.dark
        views = self.kit.calm if index == self.count - 1 else self.kit.dark if dark else self.kit.sight
        fresh = [view for view in views if view not in self.seen] or views
        view = self.chance.pick(f"view {index}", fresh)
        self.seen.add(view)
        return view

    def _groups(self) -> list[list[Span]]:
        """Sentences dealt to scenes in order, about equally many words each; a scene without one repeats none."""
        spans = self._chosen()
        groups: list[list[Span]] = [[] for _ in range(self.count)]
        if len(spans) <= self.count:
            for index in range(self.count):
                at = index * len(spans) // self.count
                if not groups[index] and (index == 0 or at != (index - 1) * len(spans) // self.count):
                    groups[index] = [spans[at]]
            return groups
        total = sum(word_count(span.text) for span in spans)
        done = 0
        for span in spans:
            groups[min(self.count - 1, done * self.count // total)].append(span)
            done += word_count(span.text)
        return groups

    def _chosen(self) -> list[Span]:
        """All sentences, or of a long text as many as the budget holds: first, last, and evenly between."""
        spans = self.sentences
        words = [word_count(span.text) for span in spans]
        if sum(words) <= self.budget * 0.97:
            return spans
        keep = {0, len(spans) - 1}
        total = sum(words[i] for i in keep)
        parts = max(self.count * 2, 4)
        order = [round(i * (len(spans) - 1) / parts) for i in range(1, parts)]
        halves = sorted(range(len(spans)), key=lambda i: self.chance.number(f"keep {i}"))
        limit = max(12, 1.6 * self.budget / max(1, self.count))
        for at in [*order, *halves]:
            near = [
                i
                for i in (at, at + 1, at - 1)
                if 0 < i < len(spans) - 1 and i not in keep and 4 <= words[i] <= limit and self._stands_alone(spans[i])
            ]
            if near and at not in keep and total + words[near[0]] <= self.budget * 0.97:
                keep.add(near[0])
                total += words[near[0]]
        return [spans[i] for i in sorted(keep)]

    def _stands_alone(self, span: Span) -> bool:
        return not (span.text.startswith(('"', "'")) or span[0].lower_ in ("this", "that", "these", "those"))

    def _people(self) -> list[Figure]:
        from studio.engines.writer.clauses import Narrative
        from studio.engines.writer.idea import Stripped

        scratch = Idea("narrative", self.idea.text)
        reading = Narrative(
            self.reader.nlp, self.reader.table, scratch, self.chance.number("gender") % 2, Stripped(self.idea.text, "")
        )
        found: dict[str, Figure] = {}
        counts: dict[str, int] = {}
        for span in self.sentences[:200]:
            for token in span:
                if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in (
                    "nsubj",
                    "nsubjpass",
                    "dobj",
                    "pobj",
                    "conj",
                ):
                    continue
                kind = self.table.kind(token.lemma_)
                if token.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME", "ORG") or not reading._is_agent(
                    token, kind
                ):
                    continue
                key = token.lemma_.lower()
                counts[key] = counts.get(key, 0) + (2 if token.dep_ == "nsubj" else 1)
                if key not in found:
                    found[key] = reading.figure(token, alone=True)
        ranked = sorted(found, key=lambda key: (-counts[key], list(found).index(key)))
        return [found[key] for key in ranked[:5] if counts[key] > 1 or found[key] is found[ranked[0]]]

    def _first_place(self) -> str:
        return next((place for span in self.sentences if (place := self._place_in(span))), "") or self._kit_place()

    def _kit_place(self) -> str:
        by_word = {word: kit for kit in reversed(list(self.tables.kits.values())) for word in kit.words}
        for noun in self.idea.nouns:
            if noun in by_word:
                return by_word[noun].place
        return self.tables.kits["village"].place

    def _place_in(self, span: Span) -> str:
        for token in span:
            is_place = token.ent_type_ in ("GPE", "LOC", "FAC") or self.table.is_place(token.lemma_)
            if (
                is_place
                and token.dep_ == "pobj"
                and token.head.lower_
                in (
                    "in",
                    "at",
                    "on",
                    "to",
                    "into",
                    "through",
                    "across",
                    "inside",
                    "near",
                    "under",
                    "onto",
                    "by",
                )
            ):
                return place_phrase(token)
        return ""

    def _mood(self, group: list[Span], index: int) -> str:
        words = {token.lower_ for span in group for token in span}
        for mood, listed in _MOODS:
            if words & set(listed.split()):
                return mood
        return "serenity" if index == 0 else "peace" if index == self.count - 1 else "anticipation"

    def _show(self, scene: SceneDraft, group: list[Span], known: Figure | None) -> Figure | None:
        """Set action and characters: the first sentence of the group that shows a deed, with names for pronouns."""
        best = next(
            (span for span in group if any(t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP") for t in span)),
            group[0] if group else None,
        )
        if best is None:
            hero = known or (self.figures[0] if self.figures else None)
            scene.action = sentence(f"{hero.drawn} stands still") if hero else f"{scene.location}."
            scene.characters = [cast_name(hero)] if hero else []
            return known
        words: list[str] = []
        for token in best:
            figure = self._figure_of(token)
            if figure is not None:
                known = figure if token.dep_ in ("nsubj", "nsubjpass") or known is None else known
                if cast_name(figure) not in scene.characters:
                    scene.characters.append(cast_name(figure))
            words.append(self._shown(token, known, scene) + token.whitespace_)
        scene.action = sentence("".join(words).strip(' "'))
        for span in group:
            for token in span:
                figure = self._figure_of(token)
                if figure is not None and cast_name(figure) not in scene.characters:
                    scene.characters.append(cast_name(figure))
        return known

    def _shown(self, token: Token, known: Figure | None, scene: SceneDraft) -> str:
        if token.tag_ == "PRP" and token.lower_ in ("he", "she") and token.dep_ in ("nsubj", "nsubjpass"):
            wanted = "male" if token.lower_ == "he" else "female"
            figure = (
                known
                if known is not None and known.gender == wanted
                else next((f for f in self.figures if f.gender == wanted), None)
            )
            if figure is not None:
                if cast_name(figure) not in scene.characters:
                    scene.characters.append(cast_name(figure))
                return figure.drawn
        if token.tag_ == "VBD" and token.pos_ in ("VERB", "AUX"):
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is None and token.dep_ == "conj":
                subject = next((c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            plural = subject is not None and (
                subject.tag_ in ("NNS", "NNPS")
                or subject.lower_ in ("they", "we", "i", "you")
                or any(c.dep_ == "conj" for c in subject.children)
            )
            if token.lower_ in ("was", "were"):
                return "are" if token.lower_ == "were" else "is"
            return present(token.lemma_.lower(), is_plural=plural)
        return token.text

    def _figure_of(self, token: Token) -> Figure | None:
        if token.pos_ not in ("NOUN", "PROPN"):
            return None
        for figure in self.figures:
            if token.lemma_.lower() == figure.head or (figure.name and token.text in figure.name.split()):
                return figure
        return None

    def _cast(self, scenes: list[SceneDraft]) -> tuple[Character, ...]:
        seen = [name for scene in scenes for name in scene.characters]
        return tuple(
            portrait(f, self.tables, self.chance).model_copy(update={"name": cast_name(f)})
            for f in self.figures
            if cast_name(f) in seen
        )

    def _title(self) -> str:
        if self.idea.title:
            return self.idea.title
        if self.figures:
            hero = self.figures[0]
            place = self._first_place()
            if hero.name and len(self.figures) > 1:
                return title_case(
                    f"{hero.name} and {self.figures[1].name or 'the ' + strip_determiner(self.figures[1].drawn)}"
                )
            return (
                title_case(hero.name or "the " + strip_determiner(hero.noun))
                if not place
                else title_case(f"{hero.name or 'the ' + strip_determiner(hero.drawn)}")
            )
        return title_case(re.sub(r"[^\w\s'-]", "", " ".join(self.sentences[0].text.split()[:5])))
