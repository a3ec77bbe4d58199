"""Sorts of ideas that have plots of their own, whatever happens in them: nature, a day and its place, the hour before."""

from __future__ import annotations

import re

from studio.engines.writer.deeds import after_hero
from studio.engines.writer.grammar import Figure, past
from studio.engines.writer.idea import Event, Idea
from studio.engines.writer.words import WordTable, singulars

_NATURE = {
    "stormy": "storm thunderstorm hurricane tornado gale wind blizzard sandstorm squall",
    "snowy": "snow snowflake frost fog mist",
    "rainy": "rain drizzle downpour",
    "watery": "river stream brook creek waterfall",
    "icy": "glacier iceberg icicle ice",
    "treelike": "tree oak pine willow birch beech cedar redwood maple olive ash elm chestnut",
    "budding": "flower seed acorn rose sunflower tulip cactus blossom bud sprout daisy poppy orchid dandelion crocus",
    "starry": "sun moon star comet planet meteor eclipse aurora constellation",
    "glowing": "volcano",
    "tidal": "sea ocean wave tide",
}
_SORT_OF = {noun: sort for sort, nouns in _NATURE.items() for noun in nouns.split()}
#: What nature does without being somebody.
_NATURAL = frozenset(
    "cross fall melt grow live rise set flow run blow bloom blossom move drift shine burn freeze erupt stand wander travel sleep "
    "wake sprout spread dry dance come begin end pass break lie stay reach carve cover be go turn roll fade sink appear return arrive open last".split()
)
_SCENIC = re.compile(
    r"(?i)\b(?:morning|afternoon|evening|night|noon|midnight|dawn|dusk|sunday|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"(?:a|the|one|last|that|my|our|her|his) (?:\w+ )?(?:summer|autumn|winter|spring)|breakfast|lunch|dinner|supper|picnic|kitchen|porch|market|day at|day in|holidays?|weekend|rush hour)\b"
)
_TOLD = (
    "find meet write see hear lose leave fall go come take give tell know get keep make buy sell build run learn teach grow steal "
    "win wake say think sit stand bring break catch fly ride swim sing speak spend send"
).split()
_EVE = re.compile(r"(?i)^(?:the )?(?:night|day|evening|morning|hour|minute|week|last hour) before\b")
_FIRST = re.compile(
    r"(?i)\bfirst (?:day|night|winter|summer|spring|autumn|snow|flight|steps?|kiss|date|dance|swim|ride|journey|love|job|time)\b"
)
_PHRASES = {
    "eve": _EVE,
    "firsts": _FIRST,
    "sensed": re.compile(r"(?i)\b(?:smell|scent|sound|taste|colours?|feel) of\b"),
    "letter": re.compile(r"(?i)\b(?:letter|postcard|diary|note) (?:to|from|in|for|of|with)\b"),
    "pairing": re.compile(r"(?i)^[\w' -]+ and (?:an?|the|his|her) [\w' -]+$"),
    "scenic": _SCENIC,
}
_MISSING = re.compile(
    r"(?i)\b(?:is|are|has|have) (?:suddenly |been )?(?:missing|gone|disappeared|vanished|stolen|lost)(?: again)?[.!]?$"
)
_YEAR = re.compile(
    r"(?i)\b(?:four seasons|(?:all|the) seasons|through(?:out)? the year|(?:a|one) year in|over (?:a|one) year|from (?:spring|winter|summer|autumn) to)\b"
)
_PAST = frozenset(past(verb) for verb in _TOLD) | set(
    "was were had dug swore hung bit drew drove wore ate shot rang hid lent stuck swept chose began won".split()
)
SORTS = frozenset(_NATURE) | {
    "scenic",
    "eve",
    "seasons",
    "saying",
    "mine_past",
    "own_past",
    "missing",
    "firsts",
    "sensed",
    "letter",
    "pairing",
    "house",
    "landscape",
}


def is_scene(text: str) -> bool:
    """True for ``The night before the exam`` and ``Sunday morning in the kitchen``: a while, which is no subject matter."""
    return bool(
        _EVE.match(text)
        or re.search(r"(?i)\b(?:morning|afternoon|evening|sunday|saturday|dawn|dusk|sunrise|sunset)\b", text)
    )


def are_past(words: list[str]) -> bool:
    """True if one of these verbs is in the past tense."""
    return any(word.lower() in _PAST or word.endswith("ed") for word in words)


def sort_tags(idea: Idea, hero: Figure, decisive: Event | None, table: WordTable) -> dict[str, bool]:
    """Which of the sorts the idea is of."""
    found = dict.fromkeys(SORTS, False)
    is_told = any(event.whole.startswith("This is a story about") for event in idea.events)
    is_asked = bool(idea.events) and idea.events[0].whole.endswith("?")
    sort = "" if is_asked else _sort_of_nature(idea, hero, decisive, table)
    told = " ".join(event.whole for event in idea.events)
    is_mine = are_past(re.findall(r"\b(?:I|[Ww]e) (?:\w+ly |never |once )?(\w+)", told))
    is_own_past = bool(re.match(r"(?:My|Our) ", told)) and are_past(after_hero(idea, hero).split()[:1])
    is_missing = bool(_MISSING.search(idea.text)) and not hero.is_living
    is_saying = hero.kind == "abstract" and decisive is not None and decisive.lemma == "be" and not decisive.subject
    if is_mine or is_saying:
        found["mine_past" if is_mine else "saying"] = True
    elif is_own_past:
        found["own_past"] = True
    elif is_missing:
        found["missing"] = True
    elif _YEAR.search(idea.text) and (is_told or sort):
        found["seasons"] = True
    elif sort:
        found[sort] = True
    elif is_told:
        name = next((name for name, pattern in _PHRASES.items() if pattern.search(idea.text)), "")
        words = re.split(r" (?:of|in|on|at|that|where|who|after|before|under|by|with|full) ", idea.text.lower())[
            0
        ].split()
        code = (
            table.code(words[-1])
            if table.is_place(words[-1]) and "and" not in words and not singulars(words[-1])
            else ""
        )
        last = table.kind(idea.text.split()[-1].lower())
        if name == "pairing" and last in ("place", "weather", "abstract"):
            name = ""
        if not name and code:
            name = "house" if code[:1] == "t" else "landscape" if code[:1] in ("o", "l") else ""
        found |= {name: True} if name else {}
    return found


def _sort_of_nature(idea: Idea, hero: Figure, decisive: Event | None, table: WordTable) -> str:
    """The sort of nature that is the idea's subject; empty if somebody else is in it, or if it acts like somebody."""
    kinds = ("person", "animal", "robot", "creature", "group")
    if any(table.kind(noun) in kinds for noun in idea.nouns):
        return ""
    if decisive is not None and (decisive.helper or decisive.subject and idea.hero is None):
        return ""
    if decisive is not None and decisive.lemma and decisive.lemma not in _NATURAL:
        return ""
    if idea.hero is not None:
        heads = [hero.head.lower(), *hero.noun.lower().split()[-1:]]
    elif decisive is None or decisive.whole.startswith("This is a story about"):
        heads = re.split(r" (?:from|of|in|on|at|to|who|that|through|over|above)\b", idea.topic.lower())[0].split()[-1:]
    else:
        heads = []
    forms = [form for head in heads for form in (head, *singulars(head))]
    sort = next((_SORT_OF[form] for form in forms if form in _SORT_OF), "")
    is_moving = decisive is not None and decisive.lemma in (
        "travel",
        "wander",
        "cross",
        "move",
        "drift",
        "reach",
        "fall",
        "run",
    )
    return "" if is_moving and sort in ("budding", "treelike") else sort
