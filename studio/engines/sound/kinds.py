"""Which sounds a sentence asks for. Pure words: no audio here."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Word (or its start, with ``*``): kinds of sound.
_WORDS: dict[str, tuple[str, ...]] = {
    "wind*": ("wind",), "breeze*": ("wind",), "gale*": ("wind",), "gust*": ("wind",), "desert*": ("wind",),
    "mountain*": ("wind",), "cliff*": ("wind",), "hill*": ("wind",), "dune*": ("wind",), "ruin*": ("wind",),
    "snow*": ("snow",), "blizzard*": ("snow", "wind"), "glacier*": ("snow", "wind"), "arctic": ("snow", "wind"),
    "rain*": ("rain",), "drizzl*": ("rain",), "downpour*": ("rain",), "monsoon*": ("rain",), "umbrella*": ("rain",),
    "thunder*": ("thunder",), "lightning": ("thunder",), "storm*": ("wind", "rain", "thunder"),
    "tempest*": ("wind", "rain", "thunder"), "hurricane*": ("wind", "rain"),
    "sea": ("sea",), "seas": ("sea",), "seaside": ("sea", "gulls"), "ocean*": ("sea",), "wave": ("sea",),
    "waves": ("sea",), "surf": ("sea",), "beach*": ("sea", "gulls"), "shore*": ("sea",), "coast*": ("sea", "gulls"),
    "tide*": ("sea",), "lighthouse*": ("sea", "wind"), "ship*": ("sea",), "sail*": ("sea", "wind"), "bay": ("sea",),
    "harbour*": ("sea", "gulls"), "harbor*": ("sea", "gulls"), "port": ("sea", "gulls"), "pier*": ("sea", "gulls"),
    "island*": ("sea", "birds"), "gull*": ("gulls",), "seagull*": ("gulls",),
    "river*": ("river",), "stream": ("river",), "streams": ("river",), "brook*": ("river",), "creek*": ("river",),
    "waterfall*": ("river",), "fountain*": ("river",), "canal*": ("river",),
    "fire": ("fire",), "fires": ("fire",), "campfire*": ("fire",), "fireplace*": ("fire",), "hearth*": ("fire",),
    "flame*": ("fire",), "burn*": ("fire",), "bonfire*": ("fire",), "forge*": ("fire", "machine"), "torch*": ("fire",),
    "leaf": ("leaves",), "foliage": ("leaves",), "tree": ("leaves",), "trees": ("leaves",),
    "forest*": ("leaves", "birds"), "woods": ("leaves", "birds"), "woodland*": ("leaves", "birds"),
    "jungle*": ("leaves", "birds", "crickets"), "park": ("leaves", "birds"), "garden*": ("birds", "leaves"),
    "orchard*": ("birds", "leaves"), "bird*": ("birds",), "songbird*": ("birds",), "dawn": ("birds",),
    "meadow*": ("birds", "wind"), "field": ("birds", "wind"), "fields": ("birds", "wind"), "farm*": ("birds",),
    "cricket*": ("crickets",), "cicada*": ("crickets",), "frog*": ("frogs",), "pond*": ("frogs",),
    "swamp*": ("frogs", "crickets"), "marsh*": ("frogs", "crickets"), "owl*": ("owl",), "wolf": ("wolf",),
    "wolves": ("wolf",), "howl*": ("wolf",),
    "crowd*": ("crowd",), "market*": ("crowd",), "bazaar*": ("crowd",), "festival*": ("crowd",), "party": ("crowd",),
    "people": ("crowd",), "audience*": ("crowd",), "tavern*": ("crowd",), "pub": ("crowd",), "bar": ("crowd",),
    "cafe*": ("crowd", "kitchen"), "café*": ("crowd", "kitchen"), "restaurant*": ("crowd", "kitchen"),
    "school*": ("crowd",), "classroom*": ("crowd",), "airport*": ("crowd",), "museum*": ("crowd",),
    "applau*": ("applause",), "clap*": ("applause",), "ovation": ("applause",),
    "traffic": ("traffic",), "city": ("traffic",), "cities": ("traffic",), "street*": ("traffic",),
    "road*": ("traffic",), "highway*": ("traffic",), "avenue*": ("traffic",), "downtown": ("traffic",),
    "car": ("traffic",), "cars": ("traffic",), "taxi*": ("traffic",), "rooftop*": ("traffic", "wind"),
    "train*": ("train",), "railway*": ("train",), "locomotive*": ("train",), "subway": ("train",), "metro": ("train",),
    "station": ("train", "crowd"), "platform": ("train", "crowd"),
    "engine*": ("engine",), "motor*": ("engine",), "truck*": ("engine",), "tractor*": ("engine",), "plane": ("engine",),
    "airplane*": ("engine",), "helicopter*": ("engine",), "submarine*": ("underwater", "engine"),
    "machine*": ("machine",), "factory": ("machine",), "factories": ("machine",), "workshop*": ("machine",),
    "mill": ("machine",), "mine": ("machine", "drip"), "laborator*": ("machine",), "robot*": ("machine",),
    "typing": ("typing",), "typewriter*": ("typing",), "keyboard*": ("typing",), "office*": ("typing", "room"),
    "clock*": ("clock",), "ticking": ("clock",), "watchmaker*": ("clock",), "bell": ("bell",), "bells": ("bell",),
    "church*": ("bell",), "cathedral*": ("bell",), "footstep*": ("footsteps",), "footfall*": ("footsteps",),
    "walk": ("footsteps",), "walks": ("footsteps",), "walking": ("footsteps",), "corridor*": ("footsteps",),
    "hooves": ("hooves",), "hoofbeat*": ("hooves",), "gallop*": ("hooves",), "horse*": ("hooves",),
    "rider*": ("hooves",), "carriage*": ("hooves",), "heart": ("heartbeat",), "heartbeat*": ("heartbeat",),
    "pulse": ("heartbeat",), "cave*": ("drip",), "cavern*": ("drip",), "tunnel*": ("drip",), "drip*": ("drip",),
    "dungeon*": ("drip",), "cellar*": ("drip",), "underwater": ("underwater",), "diver*": ("underwater",),
    "reef*": ("underwater",), "whale*": ("underwater",), "space": ("drone",), "spaceship*": ("drone",),
    "spacecraft*": ("drone",), "starship*": ("drone",), "planet*": ("drone",), "galax*": ("drone",),
    "cosmos": ("drone",), "astronaut*": ("drone",), "orbit*": ("drone",), "drone": ("drone",), "hum": ("machine",),
    "room*": ("room",), "house": ("room",), "home": ("room",), "library": ("room",), "attic*": ("room",),
    "bedroom*": ("room",), "hospital*": ("room",), "kitchen*": ("kitchen",), "bakery": ("kitchen",),
    "cooking": ("kitchen",),
}  # fmt: skip
_LONGEST_START = max(len(word) for word in _WORDS)
_RUSTLING = frozenset({"rustle", "rustles", "rustling", "autumn", "fallen", "wind", "windy"})
_DENIALS = frozenset({"no", "not", "without", "never", "nor", "neither", "hardly", "cannot"})
_OUTSIDE_TIME = frozenset({"after", "before", "until"})
_ENDINGS = re.compile(
    r"\b(stop|stopped|stops|ends|ended|dies|died|fades|faded|ceased|ceases|(is|was|are|were|has|have) (over|gone|passed))\b"
)
#: Followed by an article these are something one does: she waves the flag.
_DEEDS = frozenset({"trains", "fires", "waves", "storms", "cars", "train"})
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their", "him", "them", "at"})
_FAR = frozenset({"distant", "faint", "far", "soft", "softly", "gentle", "light", "quiet", "muffled", "slight", "calm"})
_NEAR = frozenset(
    {"heavy", "loud", "roaring", "pouring", "howling", "violent", "raging", "fierce", "crashing", "strong"}
)
_REACH = 3
_INDOORS = frozenset({"room", "bedroom", "attic", "kitchen", "house", "office", "library", "cave", "indoors", "space"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A kind of sound a prompt asks for, and how strongly (1 is ordinary)."""

    kind: str
    weight: float


def heard(prompt: str) -> tuple[Heard, ...]:
    """The sounds in ``prompt``, in the order of their words; what is denied or over is left out."""
    words = re.findall(r"[^\W\d_]+(?:'[a-z]+)?|[.,;:!?]", prompt.lower().replace("\u2019", "'"))
    is_rustling = not _RUSTLING.isdisjoint(words)
    found: dict[str, float] = {}
    denied: set[str] = set()
    for index, word in enumerate(words):
        kinds = (
            ()
            if word in _DEEDS and words[index + 1 : index + 2] and words[index + 1] in _ARTICLES
            else _kinds(word, is_rustling=is_rustling)
        )
        if _is_denied(words, index):
            denied.update(kinds)
            continue
        weight = _weight(words, index)
        for place, kind in enumerate(kinds):
            found[kind] = max(found.get(kind, 0.0), weight * (0.75 if place else 1.0))
    _suit_season_and_hour(words, found)
    return tuple(Heard(kind, weight) for kind, weight in found.items() if kind not in denied)


def _kinds(word: str, *, is_rustling: bool) -> tuple[str, ...]:
    if word == "leaves":
        return ("leaves",) if is_rustling else ()
    if word in _WORDS:
        return _WORDS[word]
    starts = (word[:length] for length in range(min(len(word), _LONGEST_START), 2, -1))
    return next((_WORDS[f"{start}*"] for start in starts if f"{start}*" in _WORDS), ())


def _is_denied(words: list[str], index: int) -> bool:
    before = _same_clause(words[max(0, index - _REACH) : index][::-1])
    after = _same_clause(words[index + 1 : index + 1 + _REACH])
    return (
        any(word in _DENIALS or word.endswith("n't") or word in _OUTSIDE_TIME for word in before)
        or _ENDINGS.search(" ".join(after)) is not None
        or bool(after[:1] and after[0] in {"less", "free"})
    )


def _weight(words: list[str], index: int) -> float:
    before = set(_same_clause(words[max(0, index - 2) : index][::-1]))
    return 0.4 if before & _FAR else 1.5 if before & _NEAR else 1.0


def _same_clause(words: list[str]) -> list[str]:
    """``words`` up to the first punctuation or contrast."""
    end = next((i for i, word in enumerate(words) if word in {".", ",", ";", ":", "!", "?", "but", "only"}), len(words))
    return words[:end]


def _suit_season_and_hour(words: list[str], found: dict[str, float]) -> None:
    """Birds nobody named keep silent in snow and sleep at night; a mild night outdoors has crickets."""
    is_night = any(word.startswith("night") or word in {"midnight", "moonlight"} for word in words)
    is_quiet_for_birds = "snow" in found or is_night
    if is_quiet_for_birds and not any(word.startswith("bird") for word in words):
        were_there = found.pop("birds", 0.0) > 0
        if were_there and "snow" not in found:
            found["owl"] = 0.5
    if not is_night:
        return
    loud = {"snow", "rain", "thunder", "drone", "underwater", "traffic", "crowd", "train", "sea", "machine", "drip"}
    if not loud & set(found) and not _INDOORS & set(words):
        found.setdefault("crickets", 0.6)
