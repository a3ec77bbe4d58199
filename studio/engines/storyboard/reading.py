"""Reading: what a prompt in plain English asks to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, cast

from studio.engines.storyboard.brief import Brief, Framing, Subject
from studio.engines.storyboard.casting import cast_in
from studio.engines.storyboard.lexicon import Hit, abstract_words, hits_in, place_of
from studio.engines.storyboard.records import table
from studio.engines.storyboard.words import Token, kind_of_noun, tokens_of

Time = Literal["dawn", "day", "golden", "dusk", "night"]
Style = Literal["poster", "watercolour", "ink"]
_IN = frozenset(
    "in on at through under over along across into inside beneath by near beside from above below outside within onto towards toward around to up down past of".split()
)
_STRONG_IN = frozenset("in on at through along across inside into within under".split())
_NEGATIVE = frozenset(
    "no without not never nor neither lacking minus cannot don't doesn't isn't aren't hardly".split()
)
_ARTICLES = frozenset(
    "a an the his her their its my our this that these those some any another each every".split()
)
_INDOORS = frozenset(
    "room kitchen bedroom attic library workshop laboratory hospital school office cafe shop theatre gallery church_interior hall cellar prison factory spaceship cave".split()
)
_INSIDE = {
    "church": "church_interior", "cathedral": "church_interior", "chapel": "church_interior", "abbey": "church_interior", "house": "room", "cabin": "room",
    "cottage": "room", "lighthouse": "room", "hut": "room", "tower": "hall", "mansion": "hall", "palace": "hall", "submarine": "spaceship", "mosque": "hall",
    "barn": "workshop", "farmhouse": "kitchen", "igloo": "cave", "villa": "room", "lodge": "room", "shack": "room", "skyscraper": "office",
}  # fmt: skip


def read_prompt(prompt: str, *, style: str) -> Brief:
    """``prompt`` understood. ``style`` is the film's style in any words; it leads, style words of the prompt follow.

    Nothing raises: an empty prompt is a calm meadow by day. What is concrete but cannot be drawn is in ``undrawn``.
    """
    tokens = tokens_of(prompt)
    hits = _without_denied([*hits_in(tokens), *_compounds(tokens), *_interiors(tokens)], tokens)
    place_hit = _best_place(hits, tokens)
    place = place_hit.value if place_hit else ""
    people, used = cast_in(tokens, hits, place_hit)
    unknown = _unknown(tokens, hits, used)
    if not place:
        place = _place_said_otherwise(unknown) or _home_of(people)
    people = _at_home(people, place)
    time = _time(hits, place)
    weather = _weather(hits, tokens)
    place = _reconciled(place, weather, hits, place_hit)
    return Brief(
        prompt=prompt,
        place=place,
        place_key=_place_key(tokens, place_hit, place, hits),
        time=time,
        weather=weather,
        mood=_mood(hits),
        style=_style(style, hits),
        framing=_framing(hits, people),
        angle=cast("Literal['eye', 'low', 'high']", _first(hits, "angle", "eye")),
        subjects=_seated(people, place),
        undrawn=tuple(dict.fromkeys(word for word, kind in unknown if kind == "!concrete")),
    )


def _compounds(tokens: list[Token]) -> list[Hit]:
    """Places in compound words: ``poppyfield``."""
    found = (
        (at, _split_compound(token.noun))
        for at, token in enumerate(tokens)
        if token.is_word and len(token.noun) > 6
    )
    return [Hit("place", place, at, at + 1, tokens[at].noun) for at, place in found if place]


def _interiors(tokens: list[Token]) -> list[Hit]:
    """``in an empty church`` is inside it."""
    found = []
    for at, token in enumerate(tokens):
        if token.noun in _INSIDE and not token.is_plural and _lead(at, tokens) in {"in", "inside", "within"}:
            found.append(Hit("place", _INSIDE[token.noun], at, at + 1, token.noun))
    return found


def _without_denied(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    """``hits`` less what the prompt says is not there: ``no rain``, ``without a hat``, ``before the storm``."""
    denied: set[int] = set()
    for at, token in enumerate(tokens):
        if token.text in _NEGATIVE or token.text.endswith("n't"):
            denied |= _scope(tokens, at + 1)
    before = {at: tokens[at - 1].text for at in range(1, len(tokens))}

    def is_said(hit: Hit) -> bool:
        lead = before.get(hit.start, "")
        if lead in _ARTICLES:
            lead = before.get(hit.start - 1, "")
        if (
            hit.slot in {"weather", "time"}
            and lead in {"before", "after"}
            and hit.value not in {"dusk", "dawn", "golden"}
        ):
            return hit.slot == "time" and lead == "after" and hit.phrase == "dark"
        return hit.start not in denied

    return [hit for hit in hits if is_said(hit)]


def _scope(tokens: list[Token], start: int) -> set[int]:
    reach = set()
    for at in range(start, min(start + 4, len(tokens))):
        word = tokens[at].text
        if not tokens[at].is_word or word in {
            "but",
            "only",
            "just",
            "with",
            "in",
            "on",
            "at",
            "under",
            "and",
        }:
            break
        reach.add(at)
    return reach


def _best_place(hits: list[Hit], tokens: list[Token]) -> Hit | None:
    best: tuple[float, int] | None = None
    chosen: Hit | None = None
    places = [hit for hit in hits if hit.slot == "place"]
    for hit in places:
        score = _place_score(hit, hits, tokens)
        if score > 0 and (best is None or (score, -hit.start) > best):
            best, chosen = (score, -hit.start), hit
    return chosen


def _place_score(hit: Hit, hits: list[Hit], tokens: list[Token]) -> float:
    lead = _lead(hit.start, tokens)
    score = 1.0 + 0.3 * (hit.end - hit.start)
    if lead in _IN:
        score += 3.0 if lead in _STRONG_IN else 1.6
    if lead in {"to", "from", "of", "towards", "toward"}:
        score -= 1.2
    follows = tokens[hit.end].noun if hit.end < len(tokens) else ""
    is_compound = any(
        other.start == hit.start and other.end > hit.end or other.start < hit.start < other.end
        for other in hits
        if other.slot in {"subject", "place", "time", "garment", "framing", "style", "angle"}
    )
    if is_compound and hit.phrase not in _INSIDE:
        return 0.0
    if (
        follows
        and any(other.slot == "subject" and other.start == hit.end for other in hits)
        and follows not in {"light"}
    ):
        score -= 1.4
    if hit.phrase in {
        "window",
        "home",
        "cage",
        "court",
        "cell",
        "desk",
        "stage",
        "port",
        "wave",
        "waves",
        "mill",
        "war",
        "keep",
        "field",
        "path",
        "track",
        "trail",
        "trees",
        "ice",
        "wood",
        "studio",
        "path",
        "sky",
        "roof",
        "bar",
        "yard",
        "step",
        "space",
        "universe",
        "cape",
        "study",
        "flat",
        "window seat",
        "room",
        "fair",
        "school",
        "ridge",
        "tracks",
    }:
        score -= 0.8
    if hit.value in {"castle", "bridge", "temple", "ruins"} and lead not in _STRONG_IN:
        score -= 0.9
    if hit.value == "underwater" and lead in {"under", "beneath", "below"}:
        score += 1
    if lead in {"above", "over"} and hit.value in {"castle", "village", "bridge"}:
        score -= 0.4
    sentence_start = (
        hit.start == 0
        or tokens[hit.start - 1].text in {".", ":"}
        or (
            hit.start > 1
            and tokens[hit.start - 2].text in {".", ":"}
            and tokens[hit.start - 1].text in _ARTICLES
        )
    )
    if sentence_start:
        score += 1.2
    return score


def _lead(start: int, tokens: list[Token]) -> str:
    """The preposition before the noun phrase that ends at ``start``, if near."""
    for at in range(start - 1, max(-1, start - 5), -1):
        word = tokens[at].text
        if not tokens[at].is_word:
            return ""
        if word in _IN:
            return word
    return ""


def _place_said_otherwise(unknown: list[tuple[str, str]]) -> str:
    return next((kind[1:] for _, kind in unknown if kind.startswith("@")), "")


def _home_of(people: tuple[Subject, ...]) -> str:
    kinds = [person.kind for person in people]
    if any(table()[kind].anchor == "swim" for kind in kinds) and any(
        table()[kind].anchor == "water" for kind in kinds
    ):
        return "sea"
    company = [table()[person.relative_to].home for person in people if person.relative_to in table()]
    by_thing = [table()[kind].home for kind in kinds if not table()[kind].is_person]
    by_person = [table()[kind].home for kind in kinds]
    plain = {
        "man",
        "woman",
        "person",
        "child",
        "boy",
        "girl",
        "young_man",
        "young_woman",
        "old_man",
        "old_woman",
    }
    trades = [table()[kind].home for kind in kinds if table()[kind].is_person and kind not in plain]
    return next(iter((*company, *trades, *by_thing, *by_person)), "meadow")


def _reconciled(place: str, weather: tuple[str, ...], hits: Iterable[Hit], place_hit: Hit | None) -> str:
    phrases = {hit.phrase for hit in hits if hit.slot == "place"}
    if place_hit is None and weather and place in _INDOORS:
        return "street"
    if place == "desert" and "snow" in weather and place_hit is None:
        return "snowfield"
    if place == "meadow" and "savannah" not in phrases and "snow" in weather and place_hit is None:
        return "snowfield"
    return place or "meadow"


def _time(hits: list[Hit], place: str) -> Time:
    order = {"golden": 5, "dawn": 5, "dusk": 4, "night": 3, "day": 2}
    times = [hit for hit in hits if hit.slot == "time"]
    if not times:
        return "night" if place in {"space", "planet"} else "day"
    best = max(times, key=lambda hit: (hit.end - hit.start > 1, order[hit.value], -hit.start))
    if best.phrase == "evening" and any(hit.value == "golden" for hit in times):
        return "golden"
    return cast("Time", best.value)


def _weather(hits: list[Hit], tokens: list[Token]) -> tuple[str, ...]:
    kinds: list[str] = []
    for hit in hits:
        if hit.slot != "weather" or hit.value in kinds:
            continue
        if any(
            o.start <= hit.start and o.end > hit.end
            for o in hits
            if o.slot in {"garment", "subject", "place"}
        ):
            continue
        follows = tokens[hit.end].text if hit.end < len(tokens) else ""
        if hit.value == "clouds" and (_lead(hit.start, tokens) in {"above", "through"} or follows == "of"):
            continue
        if hit.phrase == "wet" and follows:
            continue
        kinds.append(hit.value)
    return tuple(kinds)


def _mood(hits: list[Hit]) -> str:
    moods = [hit for hit in hits if hit.slot == "mood"]
    weak = {
        "quiet",
        "still",
        "empty",
        "alone",
        "silent",
        "silence",
        "gentle",
        "abandoned",
        "lone",
        "strange",
        "secret",
        "magic",
        "fun",
        "curious",
        "patient",
        "asleep",
        "epic",
        "dramatic",
        "face",
    }
    moods.sort(key=lambda hit: (hit.phrase in weak, hit.start))
    return moods[0].value if moods else "neutral"


def _style(style: str, hits: list[Hit]) -> Style:
    given = [hit for hit in hits_in(tokens_of(style)) if hit.slot == "style"]
    said = [
        hit
        for hit in hits
        if hit.slot == "style"
        and hit.phrase not in {"modern", "delicate", "sketch", "painted", "flat", "photo", "graphic", "ink"}
    ]
    said += [hit for hit in hits if hit.slot == "style" and hit.phrase == "ink" and hit not in said]
    best = [*given, *said]
    return cast("Style", best[0].value) if best else "poster"


def _framing(hits: list[Hit], people: tuple[Subject, ...]) -> Framing:
    framings = [hit for hit in hits if hit.slot == "framing"]
    if framings:
        best = max(
            framings, key=lambda hit: (hit.end - hit.start > 1 or hit.phrase.endswith("up"), -hit.start)
        )
        return cast("Framing", best.value)
    return "wide"


def _first(hits: list[Hit], slot: str, otherwise: str) -> str:
    return next((hit.value for hit in hits if hit.slot == slot), otherwise)


def _at_home(people: tuple[Subject, ...], place: str) -> tuple[Subject, ...]:
    """A fire within doors burns in a hearth."""
    if place not in _INDOORS or place == "cave":
        return people
    return tuple(
        replace(one, kind="fireplace")
        if one.kind == "fire"
        else replace(one, relative_to="fireplace")
        if one.relative_to == "fire"
        else one
        for one in people
    )


def _place_key(tokens: list[Token], hit: Hit | None, place: str, hits: list[Hit]) -> str:
    """The noun phrase round the place word, without articles: two shots naming a place alike agree."""
    if hit is None:
        return place
    start, end = hit.start, hit.end
    other = {
        at
        for o in hits
        if o.slot in {"time", "mood", "pose", "framing", "style", "angle"}
        for at in range(o.start, o.end)
    }
    other |= {
        at for o in hits if o.slot == "weather" and not place_of(o.phrase) for at in range(o.start, o.end)
    }
    while (
        start > 0
        and tokens[start - 1].is_word
        and tokens[start - 1].text not in _IN | _ARTICLES
        and start - 1 not in other
        and _is_descriptive(tokens[start - 1])
    ):
        start -= 1
    while (
        end < len(tokens)
        and end - hit.end < 8
        and end not in other
        and tokens[end].is_word
        and tokens[end].text
        not in _NEGATIVE | {"with", "while", "as", "and", "when", "where", "who", "that", "is", "are"}
    ):
        if tokens[end].verbs[1:] and tokens[end].text.endswith("ing") or tokens[end].text in {"at", "during"}:
            break
        end += 1
    words = [t.noun for t in tokens[start:end] if t.text not in _ARTICLES]
    while words and words[-1] in _IN | {"of", "before", "after", "during"}:
        words.pop()
    while words and words[0] in _IN:
        words.pop(0)
    return " ".join(words)


def _is_descriptive(token: Token) -> bool:
    return token.text.endswith(
        (
            "y",
            "ed",
            "en",
            "al",
            "ic",
            "ous",
            "ern",
            "old",
            "ld",
            "ient",
            "ll",
            "g",
            "ow",
            "ige",
            "ey",
            "rk",
            "ge",
        )
    )


def _unknown(tokens: list[Token], hits: list[Hit], used: set[int]) -> list[tuple[str, str]]:
    """Nouns that no lexicon knows, with what they are kinds of."""
    known = {at for hit in hits for at in range(hit.start, hit.end)} | used
    found = []
    for at, token in enumerate(tokens):
        if at in known or not token.is_word or token.noun in abstract_words() or len(token.text) < 3:
            continue
        split = _split_compound(token.noun)
        if split:
            found.append((token.text, f"@{split}"))
            continue
        if not _is_noun_position(tokens, at):
            continue
        kind = kind_of_noun(token.noun)
        if kind == "!concrete" or kind.startswith("@"):
            found.append((token.text, kind))
    return found


def _split_compound(word: str) -> str:
    """The place in a compound word: ``poppyfield`` holds ``field``."""
    return next(
        (
            place_of(word[at:])
            for at in range(3, len(word) - 2)
            if len(word) - at > 3 and place_of(word[at:]) and kind_of_noun(word[:at])
        ),
        "",
    )


def _is_noun_position(tokens: list[Token], at: int) -> bool:
    """True after an article, number or adjective-looking word, when no noun follows at once."""
    if at + 1 < len(tokens) and tokens[at + 1].is_word and kind_of_noun(tokens[at + 1].noun) in {"!concrete"}:
        return False
    for back in range(at - 1, max(-1, at - 4), -1):
        word = tokens[back].text
        if word in _ARTICLES or word in _IN or word in {"with", "and"} or word.isdigit():
            return True
        if not tokens[back].is_word:
            return tokens[at].is_plural
    return at == 0


def _seated(people: tuple[Subject, ...], place: str) -> tuple[Subject, ...]:
    """Those who sit, upon something that fits the place."""
    fitting = (
        "chair"
        if place in _INDOORS
        else "bench"
        if place in {"park", "street", "railway", "garden", "city", "town"}
        else "rock"
    )
    seats = {"chair", "armchair", "bench", "rock", "log", "stool"}
    seated = []
    for person in people:
        is_seatless = (
            person.pose == "sitting" and table()[person.kind].is_person and not seats & set(person.props)
        )
        if is_seatless and person.relation not in {"on_water", "inside"}:
            person = replace(person, props=(*person.props, fitting))
        seated.append(person)
    return tuple(seated)
