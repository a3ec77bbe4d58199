"""Sorts of ideas that have plots of their own, whatever happens in them: nature, a day and its place, the hour before."""

from __future__ import annotations

import re

from studio.engines.writer.deeds import after_hero
from studio.engines.writer.grammar import Figure, past
from studio.engines.writer.idea import Event, Idea
from studio.engines.writer.things import is_big
from studio.engines.writer.words import WordTable, singulars

_NATURE = {
    "stormy": "lightning thunder storm thunderstorm hurricane tornado gale wind blizzard sandstorm squall",
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
    "wake sprout spread dry dance come begin end pass break lie stay reach carve cover be go turn roll fade sink appear return arrive open last strike swallow hide wrap bury take".split()
)
#: What changes their ways, so that their plots are not true of it.
_UNLIKE = {
    "watery": "freeze dry stop break burn fall sink disappear appear cover end rise dance open stand sleep wake return",
    "treelike": "fall break burn disappear appear dry fly go come dance open fade arrive return sing end",
    "snowy": "melt end disappear burn open sink break",
    "rainy": "freeze end disappear burn open sink",
    "budding": "fall break burn disappear dry freeze fade end sink fly dance",
    "starry": "break burn freeze melt dry go sleep dance open return arrive",
    "tidal": "freeze dry disappear burn open sleep dance end",
}
_SCENIC = re.compile(
    r"(?i)\b(?:morning|afternoon|evening|night|noon|midnight|dawn|dusk|sunday|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"(?:a|the|one|last|that|my|our|her|his) (?:\w+ )?(?:summer|autumn|winter|spring)|(?:night|early|late) shift|breakfast|lunch|dinner|supper|picnic|kitchen|porch|market|day at|day in|holidays?|weekend|rush hour)\b"
)
_TOLD = (
    "find meet write see hear lose leave fall go come take give tell know get keep make buy sell build run learn teach grow steal "
    "win wake say think sit stand bring break catch fly ride swim sing speak spend send"
).split()
_EVE = re.compile(
    r"(?i)^(?:the |\w+ |the last \w+ )?(?:night|day|evening|morning|hour|minute|week|last hour|minutes?|seconds?|hours) before\b"
)
_FIRST = re.compile(
    r"(?i)\bfirst (?:day|night|winter|summer|spring|autumn|snow|flight|steps?|kiss|date|dance|swim|ride|journey|love|job|time)\b"
)
_PHRASES = {
    "eve": _EVE,
    "firsts": _FIRST,
    "oddplace": re.compile(r"(?i)^(?:an?|the) [\w -]+ (?:where|in which) (?:every|no|all|the|people)"),
    "sensed": re.compile(r"(?i)\b(?:smell|scent|sound|taste|colours?|feel) of\b"),
    "letter": re.compile(r"(?i)\b(?:letter|postcard|diary|note) (?:to|from|in|for|of|with)\b"),
    "left": re.compile(r"(?i)\b(?:empty|abandoned|deserted|closed|derelict|disused|ruined|ruins|overgrown)\b"),
    "clash": re.compile(
        r"(?i)^(?:an?|the) (?:[\w'-]+ )?(?:fight|duel|race|contest|quarrel|battle|war|match|argument|struggle|competition) between "
    ),
    "listed": re.compile(
        r"(?i)^(?:an?|the|one|two|three) [^,]+, [^,]+(?:, [^,]+)*,? and (?:an?|the|one|two|three|his|her) [^,]+$"
    ),
    "pairing": re.compile(r"(?i)^[\w' -]+ and (?:an?|the|his|her) [\w' -]+$"),
    "dayof": re.compile(
        r"(?i)^(?:(?:the|a|an|my|our) )?(?:[\w'-]+ ){0,2}(?:day|night|morning|evening|eve)(?: (?:of|at|in) [\w' -]+)?[.!]?$"
    ),
    "scenic": re.compile(
        rf"(?i)^(?:spring|summer|autumn|winter) (?:in|on|at|over) |{_SCENIC.pattern.removeprefix('(?i)')}"
    ),
}
#: What is built and has no inside.
_ROOFLESS = frozenset(
    "shelter stop booth wardrobe cupboard closet drawer shelf farm vineyard orchard market zoo park cemetery graveyard harbour port camp pool bridge pier court playground platform field tower wall well fountain pitch stadium arena garden street road path square track door gate window staircase statue stove".split()
)
_MISSING = re.compile(
    r"(?i)\b(?:is|are|has|have|goes|go) (?:suddenly |been )?(?:(?:gone|lost)(?: again)?|(?:missing|disappeared|vanished|stolen)(?: again)?(?: (?:the|on|one|just|before|from|after|in|at|during) [^,]*)?)[.!]?$"
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
    "lasttime",
    "gadget",
    "left",
    "oddplace",
    "clash",
    "listed",
    "dayof",
    "folk",
    "folks",
    "item",
    "feeling",
}
#: ``Old sailors never die``
_RULE = re.compile(r"(?i)(?:never|always|(?:do not|don't|cannot|can't) )")
#: ``My dad's old radio only plays songs from 1963``
_OWN = re.compile(
    r"(?i)(?:my|our) ((?:[\w'-]+ ){1,4}?)(?:only |never |always |still )?\w+s (?!(?:and|of|in|with|from|who|that)\b)"
)
_COUNTED = re.compile(
    r"(?i)(?:the|my|our|his|her|their|its|these|those|all|both|some|no|many|few|two|three|four|five|six|seven|\d+)\b|.* and "
)
_LIVING = ("person", "animal", "robot", "creature", "group")
_LAST_TIME = re.compile(
    r"(?i)\b(?:(?:for the|one) (?:very )?last time|(?:(?:the|a|its|his|her|their|one|our|my|\w+'s) last|final) (?:[\w-]+ )?(?:day|night|shift|show|performance|train|ride|"
    r"dance|concert|flight|lesson|voyage|journey|trip|lap|bus|tram|run|screening|summer|dinner|song|season|round|delivery|class)\b)"
)


def is_scene(text: str) -> bool:
    """True for ``The night before the exam`` and ``Sunday morning in the kitchen``: a while, which is no subject matter."""
    return bool(
        _EVE.match(text)
        or re.search(
            r"(?i)\b(?:morning|afternoon|evening|sunday|saturday|dawn|dusk|sunrise|sunset|midnight|noon|rush hour)\b|^(?:a |one )?(?:night|winter|summer|autumn|spring) (?:in|at|on)\b",
            text,
        )
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
    own = _OWN.match(told) if len(idea.events) == 1 and (idea.hero is None or hero.kind == "thing") else None
    is_gadget = own is not None and table.kind(own[1].split()[-1].lower()) == "thing"
    is_kept = is_gadget and bool(re.search(r" (?:has|have) (?:\w+ )?\w+(?:ed|en|wn|nt)\b", told))
    is_gadget = is_gadget and not are_past(told.split()[2:])
    is_mine = are_past(re.findall(r"\b(?:I|[Ww]e) (?:\w+ly |never |once )?(\w+)", told))
    is_own_past = bool(re.match(r"(?:My|Our) ", told)) and are_past(after_hero(idea, hero).split()[:1])
    is_own_past |= bool(re.match(r"This is the story of how (?:my|our) ", told))
    is_missing = bool(_MISSING.search(idea.text)) and not hero.is_living
    is_rule = (
        hero.is_plural and decisive is not None and bool(_RULE.match(decisive.said)) and not _COUNTED.match(hero.first)
    )
    is_saying = is_rule and not decisive.subject if decisive is not None else False
    is_saying |= hero.kind == "abstract" and decisive is not None and decisive.lemma == "be" and not decisive.subject
    if is_mine or is_saying:
        found["mine_past" if is_mine else "saying"] = True
    elif is_own_past:
        found["own_past"] = True
    elif is_missing:
        found["missing"] = True
    elif is_gadget or is_kept:
        found["item" if is_kept else "gadget"] = True
    elif _LAST_TIME.search(idea.text) and not is_asked:
        found["lasttime"] = True
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
        is_his = bool(re.search(r" and (?:his|her) [\w' -]+$", idea.text.lower()))
        if name == "oddplace" and not table.is_place(
            re.split(r" (?:where|in which) ", idea.text.lower())[0].split()[-1]
        ):
            name = ""
        if name == "pairing" and last in ("place", "weather", "abstract") and not is_his:
            name = "" if any(table.kind(noun) in _LIVING for noun in idea.nouns) else "clash"
        if name == "left" and not any(table.is_place(noun) for noun in idea.nouns) and "ruins" not in idea.text.lower():
            name = ""
        if name == "dayof" and re.search(r"(?i)\b\w+day (?:night|morning|evening)\b", idea.text):
            name = "scenic"
        if name == "pairing" and "late " in idea.text:
            name = ""  # ``a gardener and her late husband's roses``
        if name == "pairing" and re.match(r"(?i)(?:two|three|four|five|six|seven|some|many)\b", idea.text):
            name = ""
        if name == "scenic" and re.search(r"(?i)\b(?:when|who|that|where|while)\b", idea.text):
            name = ""  # something happens in it
        if not name and code:
            name = (
                "house"
                if code[:1] == "t" and words[-1] not in _ROOFLESS
                else "landscape"
                if code[:1] in ("o", "l")
                else ""
            )
        is_about_one = idea.hero is not None and idea.hero.is_living and not hero.is_plural
        if name == "scenic" and is_about_one and idea.text.lower().startswith(hero.first.lower()):
            name = ""
        name = name or _sort_of_phrase(idea, hero, words, table)
        found |= {name: True} if name else {}
    return found


def _sort_of_phrase(idea: Idea, hero: Figure, words: list[str], table: WordTable) -> str:
    """The sort of a phrase by its main noun: somebody, several, a thing or a feeling; empty if it is no such phrase."""
    text = idea.text.lower()
    is_clause = bool(re.search(r"\b(?:when|who|that|which|where|while|and|how)\b", text))
    is_known = idea.hero is not None and re.match(rf"{re.escape(hero.first.lower())} (?:who|that)\b", text)
    if (
        idea.hero is not None
        and hero.kind == "person"
        and not hero.is_plural
        and text.strip(" .") == hero.first.lower()
    ):
        return "" if text.startswith(("my ", "our ")) else "folk"
    if (
        not words
        or "'s " in text
        and idea.hero is not None
        and "'s " in idea.hero.first
        or is_clause
        and not (is_known and not hero.is_plural)
    ):
        return ""
    if not words[-1].isalpha():
        return ""  # ``room 12``
    kind = table.kind(words[-1])
    is_many = bool(singulars(words[-1]))
    if idea.hero is not None and idea.hero.is_living and hero.noun.lower() in text:
        is_own = text.startswith(("my ", "our "))
        return (
            "folks"
            if hero.is_plural and hero.kind != "animal"
            else ""
            if is_own or hero.kind in ("group", "animal")
            else "folk"
        )
    if kind in _LIVING or is_many:
        return "folks" if kind in _LIVING and is_many and idea.hero is not None else ""
    is_small = (
        kind == "thing"
        and words[-1] not in _ROOFLESS
        and (words[-1] == "piano" or not is_big(words[-1], table.code(words[-1])))
    )
    is_feeling = (
        kind == "abstract"
        and not re.search(r"'s\b|\b(?:his|her|their)\b", text)
        and words[0] not in ("a", "an", "my", "our", "one")
        and len(words) < 3
    )
    return "item" if is_small else "feeling" if is_feeling and not words[-1].endswith("ing") else ""


def _sort_of_nature(idea: Idea, hero: Figure, decisive: Event | None, table: WordTable) -> str:
    """The sort of nature that is the idea's subject; empty if somebody else is in it, or if it acts like somebody."""
    kinds = ("person", "animal", "robot", "creature", "group")
    if any(table.kind(noun) in kinds for noun in idea.nouns) or _PHRASES["pairing"].search(idea.text):
        return ""
    if re.search(
        r"(?i)\b(?:would|will|does|do|did|could|can) ?(?:not|n't)\b|\b(?:never|refuses|no longer)\b", idea.text
    ):
        return ""  # ``the snowflake that would not melt``
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
    if decisive is not None and decisive.lemma in _UNLIKE.get(sort, "").split():
        return ""
    return "" if is_moving and sort in ("budding", "treelike") else sort
