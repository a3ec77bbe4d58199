"""Where and when: place names made comparable, words of time and weather found and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.planning.language import word_set

#: Phrase (regular expression) and what it says, longest first; the first that matches wins.
_TIMES: tuple[tuple[str, str], ...] = (
    (
        r"(?:just )?before (?:dawn|sunrise)|first light|day ?break|sun ?rise|sun (?:comes|came|is coming) up|dawn",
        "dawn",
    ),
    (r"golden hour|late afternoon", "golden hour"),
    (r"sun ?set|sun (?:goes|went|is going) down|dusk|twilight|nightfall|evening", "dusk"),
    (
        r"mid ?night|at night|by night|moonlit|moonlight|starlit|starry(?: night)?|night(?: ?time)?|tonight",
        "night",
    ),
    (r"early morning|morning", "morning"),
    (r"mid ?day|noon|after ?noon|broad daylight|day ?time|daylight|by day|day", "day"),
)
_TIME = re.compile("|".join(rf"(?P<t{n}>\b(?:{words})\b)" for n, (words, _) in enumerate(_TIMES)), re.IGNORECASE)
_WEATHERS: tuple[tuple[str, str], ...] = (
    (r"thunder ?storms?|storms?|stormy|tempest|hurricane|gale|lightning|thunder", "storm"),
    (r"blizzard|snow(?:fall|storm|flakes?|ing|s|y)?|sleet", "snow"),
    (r"(?:heavy |pouring |light )?rain(?:fall|drops?|ing|s|y)?|drizzle|downpour|shower of rain", "rain"),
    (r"fog(?:gy)?|mist(?:y)?|haze|hazy", "fog"),
    (r"wind(?:s|y|swept)?|breeze|breezy|gusts?", "wind"),
    (r"overcast|cloudy|grey sky|gray sky", "overcast"),
    (r"sunny|clear sky|blue sky|sunshine", "clear sky"),
)
_WEATHER = re.compile("|".join(rf"(?P<w{n}>\b(?:{words})\b)" for n, (words, _) in enumerate(_WEATHERS)), re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|without|before the|after the|never|once the)(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_OVER = re.compile(
    r"\s+(?:is over|was over|has passed|had passed|is gone|was gone|has ended|had ended|ended|stopped|stops)\b"
)
_NOT_A_SKY = re.compile(r"\s*(?:mill|window|screen|boots?|coat|bow|shield|flake|man|board|globe)|-\w", re.IGNORECASE)
_NOT_A_TIME = re.compile(r"\s*(?:mare|gown|club|watch|stand|light|dream|stop|bed|school)|-\w", re.IGNORECASE)

_SLUG = re.compile(r"^\s*(?:INT|EXT|EST|I/E|INT\.?/EXT|EXT\.?/INT)(?:\.\s*|\s+)", re.IGNORECASE)
_FILLER = word_set(
    "a an the at in on by of to inside outside near into from same place continuous later moments day time "
    "then again still early late and under during his her their its that this"
)
_SPLIT_HEAD = re.compile(
    r"\b(?:of|on|in|at|by|near|above|below|under|behind|beside|over|with|between|where|that|overlooking)\b"
)
_LINKS = re.compile(
    r"(?<![\s,;:–—-])"
    r"(?:\s*+(?:[,;:–—-]|(?<=\s)(?:at|in|on|by|during|the|of|under|and|a|with|before|after)(?!\w)))++",
    re.IGNORECASE,
)


def time_in(text: str) -> str | None:
    """Time of day that ``text`` names: ``dawn, morning, day, golden hour, dusk, night``, or None."""
    for match in _TIME.finditer(text):
        if not _NOT_A_TIME.match(text, match.end()):
            return next(time for n, (_, time) in enumerate(_TIMES) if match.group(f"t{n}"))
    return None


def weather_in(text: str) -> str | None:
    """Weather that ``text`` names (``rain, storm, snow, fog, wind …``), or None; ``no rain`` names none."""
    for match in _WEATHER.finditer(text):
        is_gone = _DENIED.search(text[max(0, match.start() - 40) : match.start()]) or _OVER.match(text, match.end())
        if not is_gone and not _NOT_A_SKY.match(text, match.end()):
            return next(kind for n, (_, kind) in enumerate(_WEATHERS) if match.group(f"w{n}"))
    return None


def says_weather_ended(text: str) -> bool:
    """True for ``The storm is over``."""
    return any(_OVER.match(text, match.end()) for match in _WEATHER.finditer(text))


def place_words(location: str) -> str:
    """``location`` less its time and weather: ``INT. LIGHTHOUSE - NIGHT`` gives ``lighthouse``.

    Words in capitals only are made small. May be empty (``night, heavy rain``).
    """
    words = _SLUG.sub("", location)
    if words.isupper():
        words = words.lower()
    pieces = [_without(piece) for piece in re.split(r"\s*[,;|]\s*|\s+[-–—]+\s+", words)]
    return ", ".join(piece for piece in pieces if _content(piece))


def _without(piece: str) -> str:
    """One piece of a location without words of time and weather, and without the links they leave behind."""
    kept = _drop(_TIME, _NOT_A_TIME, _drop(_WEATHER, _NOT_A_SKY, piece))
    if kept == piece:
        return piece.strip(" .")
    return _LINKS.sub(_unless_at_the_end, " ".join(kept.split())).strip(" .,;-–—")


def _unless_at_the_end(links: re.Match[str]) -> str:
    return "" if links.end() == len(links.string) else links.group()


def _drop(pattern: re.Pattern[str], unless: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: match.group() if unless.match(text, match.end()) else " ", text)


def _content(words: str) -> tuple[str, ...]:
    found = re.findall(r"\w+(?:'\w+)?", words.casefold())
    return tuple(word for word in found if word not in _FILLER)


def place_key(location: str) -> tuple[str, ...]:
    """What two names of one place have in common: its words, less articles, links, time and weather."""
    return _content(place_words(location))


def head_key(location: str) -> tuple[str, ...]:
    """Key of the thing itself: ``the lighthouse on the cliff`` gives ``lighthouse``."""
    return _content(
        _SPLIT_HEAD.split(re.split(r"[,;]", place_words(location).casefold(), maxsplit=1)[0], maxsplit=1)[0]
    )


def same_places(locations: Iterable[str]) -> list[int]:
    """For each location the number of its place, from 0 in order of appearance.

    Equal keys are one place, and so is a bare name with the only fuller name that has it as its head:
    ``the lighthouse`` is ``the lighthouse on the cliff`` and ``the river`` the frozen river, but ``a street`` is neither
    of two named streets.
    Inside and outside of one building are two places. A location without words is the place before.
    """
    names = list(locations)
    keys = [(_side(name), place_key(name)) for name in names]
    fuller: dict[tuple[str, tuple[str, ...]], set[tuple[str, tuple[str, ...]]]] = {}
    for name, key in zip(names, keys, strict=True):
        head = head_key(name)
        for bare in (head[at:] for at in range(len(head))):
            if bare != key[1]:
                fuller.setdefault((key[0], bare), set()).add(key)
    numbers: dict[tuple[str, tuple[str, ...]], int] = {}
    found: list[int] = []
    for key in keys:
        if not key[1] and found:
            found.append(found[-1])
            continue
        candidates = fuller.get(key, set())
        whole = next(iter(candidates)) if len(candidates) == 1 else key
        found.append(numbers.setdefault(whole, len(numbers)))
    return found


def _side(location: str) -> str:
    """``in`` where the words say it is the inside of something; else empty."""
    is_inside = re.match(r"\s*(?:INT\b|inside\b|the inside\b|interior\b)", location, re.IGNORECASE)
    return "in" if is_inside else ""
