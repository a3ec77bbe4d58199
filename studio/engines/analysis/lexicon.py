"""The words by which a chapter is read: tones, what can be seen, places, times, weathers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from studio.engines.storyboard.reading.said import INDOORS
from studio.engines.storyboard.words.vocabulary import vocabulary
from studio.engines.writer.words import NOT_PLACES, WordTable, read_word_table, singulars
from studio.media.assets import asset_path

#: What the artist draws as a place and a book names as a thing.
_NO_PLACES = (NOT_PLACES - {"roof"}) | frozenset(
    "battle blackboard banquet orbit delta maze rails wet swell surf surgery flat study store plain keep picnic space "
    "home depths debris cage spotlight den fair strand mere downs stalls oven desk heart people family neck core root roots arm arms chest lap back shoulder shoulders chimney bucket basket jar moon sun stars "
    "heavens cosmos galaxy opera table row rows rock stone stones line lines end top bottom air water sight distance direction company crowd "
    "office-hours furnace throne ladder shape patch sole soles side seat tooth heel world teeth north south east west course lead turn shelter beat round run drop bow stern wave waves stove".split()
)
_MORE_PLACES = frozenset(
    "deck gate wood woods hedge hearth doorway porch cabin quay bank meadow clearing shore threshold lane sky sand rooftop roof verandah ruin".split()
)
#: Of the artist's words those that a book also uses of other things.
_NO_WEATHERS = frozenset("wet soaked cloud clouds cloudy puddles showers shower".split())
_NO_TIMES = frozenset("day sunny stars moon darkness neon nightclub aurora fireflies daytime lunchtime".split())
_MORNINGS = {
    "morning": "morning",
    "evening": "evening",
    "afternoon": "afternoon",
    "noon": "noon",
    "midnight": "midnight",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas, small. ``tones`` gives for a lemma its tones with their worth."""

    table: WordTable
    tones: dict[str, tuple[tuple[str, float], ...]]
    sights: dict[str, frozenset[str]]
    places: frozenset[str]
    times: dict[str, str]
    weathers: dict[str, str]

    def is_place(self, noun: str) -> bool:
        """True for a noun, small, of something one can be in or at."""
        return all(self._may_be_place(form) for form in (noun, *singulars(noun))) and any(
            self._is_place(form) for form in (noun, *singulars(noun))
        )

    def is_drawn_place(self, noun: str) -> bool:
        """True for a noun, small, that the artist knows as a place."""
        return any(form in self.places and self._may_be_place(form) for form in (noun, *singulars(noun)))

    def is_indoors(self, noun: str) -> bool:
        """True for a place, small, that has a roof."""
        return vocabulary("place").get(noun, "") in INDOORS

    def _may_be_place(self, noun: str) -> bool:
        return not (noun in _NO_PLACES or noun in self.sights["body"] or noun in self.sights["clothes"])

    def _is_place(self, noun: str) -> bool:
        return noun in self.places or self.table.is_place(noun) and self.table.kind(noun) == "place"

    def is_somebody(self, noun: str) -> bool:
        return self.table.kind(noun) in ("person", "animal", "creature", "robot")

    def is_thing(self, noun: str) -> bool:
        """True for what can be touched or seen."""
        return noun in self.sights["parts"] or self.table.kind(noun) in (
            "thing",
            "plant",
            "food",
            "weather",
            "place",
            "animal",
        )


@lru_cache(maxsize=1)
def read_lexicon() -> Lexicon:
    """Read the tables (50 ms)."""
    tones: dict[str, list[tuple[str, float]]] = {}
    for tone, words in _rows("tones").items():
        for word in words:
            tones.setdefault(word.rstrip("!"), []).append((tone, 2.0 if word.endswith("!") else 1.0))
    places = {word for word in vocabulary("place") if " " not in word} - _NO_PLACES | _MORE_PLACES
    times = {word: _MORNINGS.get(word, value) for word, value in vocabulary("time").items() if " " not in word}
    weathers = {word: value for word, value in vocabulary("weather").items() if " " not in word}
    return Lexicon(
        table=read_word_table(),
        tones={word: tuple(found) for word, found in tones.items()},
        sights={name: frozenset(words) for name, words in _rows("sights").items()},
        places=frozenset(places),
        times={word: value for word, value in times.items() if word not in _NO_TIMES},
        weathers={word: value for word, value in weathers.items() if word not in _NO_WEATHERS},
    )


def _rows(name: str) -> dict[str, list[str]]:
    lines = asset_path(f"analysis/{name}.txt").read_text(encoding="utf-8").splitlines()
    parted = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {head: rest.split() for head, _, rest in parted}
