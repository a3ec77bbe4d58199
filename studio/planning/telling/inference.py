"""Guesses about plain prose: the place it plays in, who is there, what it feels like. Words decide, never chance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from studio.planning.language import one_line, word_set
from studio.planning.telling.looks import head_noun, is_living_word

_EMOTIONS: tuple[tuple[str, str], ...] = (
    ("fear", r"afraid|fears?|feared|terrif\w+|scared|frighten\w+|dread\w*|scream\w*|horror|panic\w*|trembl\w+"),
    (
        "sadness",
        r"sad(?:ly|ness)?|wept|weeps?|weeping|cried|cries|crying|tears|grief|griev\w+|"
        r"mourn\w*|lonely|sorrow\w*|funeral",
    ),
    ("anger", r"angry|angrily|anger|fury|furious\w*|rage[ds]?|shouted at|hated?|hatred"),
    ("joy", r"joy\w*|happ(?:y|ily|iness)|laugh\w*|smil\w+|celebrat\w+|danced?|dancing|cheer\w*|delight\w*"),
    ("courage", r"brave\w*|courage\w*|dared?|rescu\w+|saved?|stood (?:firm|up)|fearless\w*"),
    (
        "tension",
        r"danger\w*|chas(?:e|ed|es|ing)|fled|flees?|hurr(?:y|ied|ies)|trapped|"
        r"suddenly|crash\w*|explo\w+|attack\w*",
    ),
    ("mystery", r"myster\w+|secrets?|strange\w*|whisper\w*|hidden|shadows?|vanish\w*|disappear\w*|unknown"),
    ("wonder", r"wonder\w*|amaz\w+|marvel\w*|astonish\w+|glow\w*|shimmer\w*|miracle|magic\w*|stars"),
    ("romance", r"kiss\w*|loved?|lovers?|sweetheart|married|wedding|in love|embrac\w+"),
    ("triumph", r"triumph\w*|victor\w*|won|wins|succeed\w*|at last|finally made it"),
    ("nostalgia", r"remember\w*|memor(?:y|ies)|childhood|long ago|used to|once upon|old days"),
    ("melancholy", r"melanchol\w+|alone|empty|silence|silent|farewell|goodbye|faded?|lost"),
    ("adventure", r"journey\w*|adventur\w+|explor\w+|sail(?:ed|s|ing)?|voyage|expedition|set (?:out|off)|climb\w*"),
    ("peace", r"peace\w*|calm\w*|quiet\w*|gentl[ey]|slept|sleeps|rest(?:ed|s)?|still(?:ness)?|soft(?:ly)?"),
    ("warmth", r"warm\w*|hug\w*|friends?|kind(?:ly|ness)?|together|home"),
)
_EMOTION_WORDS = tuple((emotion, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for emotion, words in _EMOTIONS)
_DENIED = re.compile(r"\b(?:no|not|never|without|nor)\s+(?:\w+\s+)?$|n['’]t\s+(?:\w+\s+)?$", re.IGNORECASE)

_PLACE_NOUNS = word_set(
    "alley airport apartment bathroom chapel clearing farmhouse gallery greenhouse gym inn observatory playground pool "
    "pub room shed stadium supermarket terrace windmill  arena attic balcony bakery bar barn basement bay beach bedroom boat bookshop "
    "bridge cabin cafe camp canal canyon castle cathedral cave cellar cemetery church city classroom cliff "
    "coast cornfield corridor cottage court courtyard crater creek desert dock dune dungeon factory farm "
    "field fjord forest fort fortress garage garden glacier graveyard hall hallway harbor harbour hill "
    "hillside hospital hotel house hut island jail jungle kitchen laboratory lab lake library lighthouse "
    "market marketplace marsh meadow mill mine monastery moon mosque mountain mountains mountainside museum "
    "ocean office orchard palace park path peak pier plain planet platform plaza pond port prairie prison "
    "quay railway ranch reef restaurant ridge river riverbank road roof rooftop ruins savannah school sea "
    "seabed seashore ship shop shore spaceship square stable stage stairs staircase station street studio "
    "subway summit swamp temple tent theater theatre tower town train tundra tunnel university valley village "
    "vineyard volcano warehouse waterfall well wharf wood woods workshop yard zoo"
)
_ANY_PLACE = "|".join(sorted(_PLACE_NOUNS, key=lambda noun: (-len(noun), noun)))
_NOT_BEFORE = r"(?!(?:and|or|but|with|that|which|his|her|their|of|in|on|at|to|from|by|for|was|is|were|are)\b)"
_PLACE = re.compile(
    r"\b(?P<link>in|on|at|through|across|along|into|inside|under|over|near|above|behind|below|beside|outside|to|of|from|"
    rf"reached|entered|crossed|left)\s+(?:(?P<article>the|an?|his|her|their|its|my|our|this|that)\s+)?"
    rf"(?P<words>(?:{_NOT_BEFORE}[\w'’-]+\s+){{0,3}}?(?:{_ANY_PLACE})s?)\b"
    r"(?P<more>\s+(?:of|on|in|by|above|below|near|under)\s+(?:(?:the|an?)\s+)?[\w'’-]+(?=[.,;:!?]|\s+(?:and|as|when|where|while|with)\b|$))?"
)
_LOOSE_PLACE = re.compile(rf"\b(?:(?:the|a|an)\s+)((?:[a-z-]+\s+)?(?:{_ANY_PLACE}))\b")
_HOMES = (
    (r"bread|oven|soup|stew|cook\w*|kettle|recipe", "the kitchen"),
    (r"trains?|rails?|ticket", "the train station"),
    (r"waves?|sail\w*|gulls?|whales?|anchor|fish\w*|nets?|tide", "the sea"),
    (r"stars|astronaut\w*|orbit\w*|rocket\w*|galaxy|spacecraft", "space"),
    (r"trees?|leaves|wolf|wolves|deer|bears?|owl", "the forest"),
    (r"books?|pages?|letters?|shelves", "the library"),
    (r"crops?|harvest\w*|plough\w*|cows?|sheep|tractor", "the fields"),
    (r"cars?|traffic|crowds?|windows?|neon|pavement|bus(?:es)?", "a city street"),
    (r"dragon|knight|king|queen|throne", "the castle"),
    (r"camels?|sand|dunes?", "the desert"),
    (r"desk|classroom|teacher|pupils?", "the school"),
    (r"bed|pillow|lamp|chair|door|clock|room", "a small room"),
    (r"grass|flowers?|bees?|butterfl\w+|birds?|cat|dog|garden\w*", "a garden"),
)

_NOT_NAMES = word_set(
    "i the a an and but or so if then when while as at in on by for from to of with without he she it they we "
    "you his her their its my our your this that these those there here now one two three four five six seven "
    "eight nine ten first last once all every each some many no not yes oh ah well even still only just after "
    "before until since because monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december christmas easter god lord english "
    "french german spanish italian chinese japanese indian american european chapter scene act part day night "
    "morning evening spring summer autumn winter suddenly finally later meanwhile tonight today tomorrow "
    "yesterday what who where why how which mr mrs ms dr miss sir lady king queen"
)
_CAPITALISED = re.compile(r"(?<![\w'’])([A-Z][\w'’-]*[a-zà-ÿ](?:\s+[A-Z][\w'’-]*[a-zà-ÿ]){0,2})")
_SOMEBODY = re.compile(
    r"\b(?:the|an?|his|her|their|my|our|two|three|four|five|seven)\s+"
    r"((?:(?:old|young|little|small|tall|blind|lonely|lost|brave|tired|great|giant|huge|tiny|grey|gray|white|black|brown|"
    r"red|green|blue|golden|retired|former|poor|rich|wild|stray|lighthouse|street|steam|train|ship|sea|village|town|"
    r"young)\s+){0,2}[a-z]{3,}(?:[a-z]+)?)\b"
)
_PLACE_LINKS = re.compile(
    r"\b(?:in|at|from|near|across|through|to|of|over|around|toward|towards|via|between)\s+(?:the\s+)?$"
)


def emotion_in(text: str) -> str:
    """The feeling that most words of ``text`` speak of; ``neutral`` if none does. Denied words do not count."""
    scores: Counter[str] = Counter()
    for emotion, words in _EMOTION_WORDS:
        hits = [
            match
            for match in words.finditer(text)
            if not _DENIED.search(text[max(0, match.start() - 24) : match.start()])
        ]
        if hits:
            scores[emotion] = len(hits)
    return max(scores, key=lambda emotion: scores[emotion]) if scores else "neutral"


def place_in(text: str) -> str:
    """The place that ``text`` names, as a phrase (``the old harbour``), or empty."""
    for match in _PLACE.finditer(text):
        if match.group("link") == "of" and not match.group("article"):
            continue
        article = match.group("article") or ""
        words = one_line(match.group("words"))
        more = one_line(match.group("more") or "")
        article = "the" if article.lower() in ("this", "that", "its", "his", "her", "their", "my", "our") else article
        phrase = f"{article} {words} {more}".strip()
        has_name = words[:1].isupper()
        if article or has_name or match.group("link") in ("in", "at", "on"):
            prefix = (
                f"{match.group('link')} "
                if match.group("link") in ("inside", "under", "outside", "above", "below")
                else ""
            )
            return prefix + phrase
    return ""


def place_anywhere(text: str) -> str:
    """A place named without a preposition (``The lighthouse stood …``), else one that the things in it call for."""
    named = _named_loosely(text)
    if named:
        return named
    for words, place in _HOMES:
        if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE):
            return place
    return ""


def place_named(text: str) -> str:
    """The place that ``text`` names in whatever way, or empty; nothing is guessed."""
    return place_in(text) or _named_loosely(text)


def _named_loosely(text: str) -> str:
    named = _LOOSE_PLACE.search(text) or _LOOSE_PLACE.search(text.lower())
    return f"the {named.group(1)}" if named else ""


def people_of(paragraphs: Iterable[str]) -> list[str]:
    """Everybody a text speaks of: names, and nouns of people and animals, by first appearance.

    A capitalised word is a name if it also stands inside sentences, or twice at their starts; not after
    ``in``, ``at``, ``from`` most of the time, for then it is a place.
    """
    inside: Counter[str] = Counter()
    at_start: Counter[str] = Counter()
    as_place: Counter[str] = Counter()
    order: dict[str, None] = {}
    for text in paragraphs:
        for match in _CAPITALISED.finditer(text):
            name = _trimmed(match.group(1))
            if name:
                is_start = bool(re.search(r"(?:^|[.!?…:\"“”'‘’]\s*)$", text[max(0, match.start() - 3) : match.start()]))
                (at_start if is_start else inside)[name] += 1
                as_place[name] += bool(_PLACE_LINKS.search(text[max(0, match.start() - 16) : match.start()].lower()))
                order.setdefault(name)
        for noun in nouns_in(text):
            order.setdefault(noun)
    return [name for name in order if name[:1].islower() or _is_name(name, inside, at_start, as_place)]


def _is_name(name: str, inside: Counter[str], at_start: Counter[str], as_place: Counter[str]) -> bool:
    total = inside[name] + at_start[name]
    is_seen_enough = inside[name] > 0 or at_start[name] > 1
    last = name.split()[-1].lower()
    return is_seen_enough and as_place[name] * 2 <= total and last not in _PLACE_NOUNS


def _trimmed(name: str) -> str:
    """``Then Maria`` gives ``Maria``; empty if nothing of it is a name."""
    words = [re.sub(r"['’]s$", "", word) for word in name.split()]
    while words and words[0].lower() in _NOT_NAMES:
        words.pop(0)
    return " ".join(words) if words and all(word.lower() not in _NOT_NAMES for word in words) else ""


def nouns_in(text: str) -> list[str]:
    """People and animals that ``text`` names by noun: ``old fisherman``, ``dog``."""
    found: dict[str, None] = {}
    for match in _SOMEBODY.finditer(text.lower()):
        words = match.group(1)
        if is_living_word(head_noun(words)) and head_noun(words) not in _PLACE_NOUNS:
            found.setdefault(words)
    return list(found)
