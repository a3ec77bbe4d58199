"""Where and when a sentence plays, by its own words: the places that it names, and how each is tied to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.engines.analysis.lexicon import Lexicon
from studio.engines.analysis.place_names import (
    BUILDINGS,
    Naming,
    afloat,
    building_in,
    full_name,
    is_mast,
    is_part,
    is_place,
    is_vessel,
    phrase_of,
)
from studio.engines.analysis.realness import is_elsewhere, is_of_somebody, is_seen_from_afar

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

Tie = Literal["here", "reached", "passing", "plays", "told", "left", "entered", "indoors", "adrift"]

_AT = frozenset(
    "in on upon at inside aboard into onto through across along alongside under below beneath among between amid within".split()
)
_WAY_LINKS = frozenset("up down".split())
_BY = frozenset("over beside near behind by outside around toward towards above before past".split())
_WAYS = frozenset(
    "lane street road path stairs staircase steps hill slope hillside track alley ladder stairway corridor passage mountain "
    "mountainside side river avenue".split()
)
_CHAIN = frozenset("out up down back away off over in on through along from".split())
_GOING = frozenset(
    "go come walk run climb return ride drive march hurry row sail swim crawl creep carry bring lead follow get move "
    "descend rush race limp wander stumble drag haul trudge stroll head step make take".split()
)
_LEADING = frozenset("call take lead bring carry show drag pull push drive walk follow".split())
_ARRIVE = frozenset("enter reach cross climb approach board".split())
_PASSING = frozenset("cross climb".split())
_PASSED = frozenset("over across past through".split())
_NARROW = frozenset("stream brook bridge river road street fence bank ford railway track ditch canal field".split())
"""What is crossed on the way."""
_LEAVE = frozenset("leave quit".split())
_STANDING = frozenset("stand lie lean rise be run lead wind stretch shine smell go slope begin sit seem look".split())
_SPEECH = frozenset("say tell hear speak call name know".split())
_OPENING = frozenset("open push pull enter".split())
_INDOOR_THINGS = frozenset("floor ceiling stove bed fireplace hearth armchair chair rug carpet".split())
_SAILING = frozenset("row sail".split())
_MOVES_OF_BOATS = frozenset(
    "leap lift sink fill rise roll pitch heave drift toss plough slip glide lean swing lurch fly dance rock shake".split()
)
_IN = frozenset("in inside indoors".split())
_EACH = frozenset("every each any last next all some most".split())


@dataclass(frozen=True, slots=True)
class Place:
    """``words`` are a phrase for a painter (``the narrow white room``), empty where the tie says all.

    ``tie`` says what it has to do with the sentence: somebody is there (``here``), comes there
    (``reached``) or only goes by (``passing``), it is told of as what all plays in (``plays``: ``The foundry stood at the top of the lane``),
    something is there (``told``); somebody goes out (``left``) or in (``entered``), is within doors (``indoors``), or a
    boat moves (``adrift``).
    """

    words: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class Where:
    """The places of a sentence in its order; hour and weather, empty where it says none.

    ``names`` are full names of what may be a place by its short one (``the harbour wall``), ``building`` is the last
    that is spoken of.
    """

    places: tuple[Place, ...] = ()
    names: tuple[str, ...] = ()
    building: str = ""
    time: str = ""
    weather: str = ""


def where_in(tokens: Tokens, spoken: frozenset[int], lexicon: Lexicon) -> Where:
    """What the sentence's own words say, outside of speech."""
    told = [token for token in tokens if token.i not in spoken]
    times = (t for t in told if t.lower_ in lexicon.times and _is_now(t) and not is_elsewhere(t))
    weathers = (t for t in told if t.lower_ in lexicon.weathers and _is_there(t) and not is_elsewhere(t))
    is_outside = bool(told) and told[0].lower_ == "outside"
    return Where(
        places=tuple(
            Place(place.words, "told") if is_outside and place.words else place
            for token in told
            for place in _places(token, lexicon)
        ),
        names=tuple(name for token in told if (name := full_name(token, lexicon))),
        building=next(
            (name for token in reversed(told) if (name := building_in(token)) and not is_elsewhere(token)), ""
        ),
        time=next((lexicon.times[t.lower_] for t in times), ""),
        weather=next((lexicon.weathers[t.lower_] for t in weathers), ""),
    )


def _places(token: Token, lexicon: Lexicon) -> Iterator[Place]:
    if (going := _going(token, lexicon)) is not None:
        if not is_elsewhere(token) and not _is_unreal_itself(token):
            yield going
        return
    tied = _tied(token, lexicon)
    if tied is not None and _is_first_time(token):
        tied = tied[0], "plays"
    elif tied is None or is_elsewhere(token):
        return
    link, tie = tied
    words = phrase_of(token, Naming(link, is_there=tie in ("here", "reached", "passing")), lexicon)
    if words:
        yield Place(words, tie)
    elif token.lower_ in _INDOOR_THINGS and tie == "here" and link != "to" and not _is_named(token):
        yield Place("", "indoors")


def _is_first_time(noun: Token) -> bool:
    """``She had never been in a theatre``: she is in one now."""
    verb = noun.head.head
    never = any(child.lower_ == "never" for child in verb.children)
    return noun.dep_ == "pobj" and noun.head.lower_ in ("in", "inside") and verb.lemma_ == "be" and never


def _is_named(noun: Token) -> bool:
    """``the forest floor``, ``a bed of leaves``."""
    return any(c.dep_ == "compound" or c.lower_ == "of" for c in noun.children)


def _is_unreal_itself(verb: Token) -> bool:
    helping = [c for c in verb.children if c.dep_ in ("aux", "neg")]
    return any(c.tag_ == "MD" or c.dep_ == "neg" or c.lower_ in ("had", "to", "'d", "’d") for c in helping)


def _going(verb: Token, lexicon: Lexicon) -> Place | None:
    """``went out``, ``went in``, ``rowed``, ``climbed aboard``; also ``Inside it was warm``."""
    if verb.lower_ in ("inside", "indoors", "outside") and verb.head.lemma_ == "be" and not _has_object(verb):
        return Place("", "left" if verb.lower_ == "outside" else "entered")
    if verb.pos_ != "VERB":
        return None
    if not is_of_somebody(verb, lexicon):
        return _of_a_boat(verb)
    return _boarding(verb) or _through_a_door(verb, lexicon)


def _boarding(verb: Token) -> Place | None:
    """``rowed``, ``drove all night``, ``climbed aboard``, ``went ashore``."""
    beside = {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod")}
    if verb.lemma_ in _SAILING and not any(child.dep_ == "dobj" for child in verb.children):
        return Place(afloat("boat"), "here")
    if verb.lemma_ == "drive" and not any(child.dep_ == "dobj" or child.lower_ == "to" for child in verb.children):
        return Place("the road", "here")
    if "aboard" in beside:
        return Place(afloat("ship"), "reached")
    return Place("the shore", "reached") if "ashore" in beside else None


def _through_a_door(verb: Token, lexicon: Lexicon) -> Place | None:
    """``went out``, ``left the room``, ``went in``."""
    done_to = [child for child in verb.children if child.dep_ == "dobj"]
    if done_to or verb.lemma_ not in _GOING:
        is_left = verb.lemma_ in _LEAVE and any(is_place(child, lexicon) for child in done_to)
        return Place("", "left") if is_left else None
    out = next((c for c in verb.children if c.lower_ in ("out", "outside")), None)
    if out is not None and _is_out_of_place(out, lexicon):
        return Place("", "left")
    within = (c for c in verb.children if c.lower_ in _IN and c.dep_ in ("prt", "advmod", "prep"))
    return Place("", "entered") if any(not _has_object(c) and not _goes_on(c) for c in within) else None


def _goes_on(link: Token) -> bool:
    """``crept in beside him``: it is not a house that he crept into."""
    return link.i + 1 < len(link.doc) and link.nbor(1).pos_ in ("ADP", "DET", "PRON", "NOUN")


def _has_object(link: Token) -> bool:
    return any(child.dep_ in ("pobj", "prep", "pcomp") for child in link.children)


def _is_out_of_place(out: Token, lexicon: Lexicon) -> bool:
    """``out``, ``out of the house``; not ``out of the drip``."""
    of = next((c for c in (*out.children, *out.head.children) if c.lower_ == "of" and c.i == out.i + 1), None)
    return of is None or any(c.dep_ == "pobj" and is_place(c, lexicon) for c in of.children)


def _of_a_boat(verb: Token) -> Place | None:
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or not any(c.lower_ == "the" for c in subject.children):
        return None
    if (is_vessel(subject) or is_mast(subject) or subject.lower_ == "sail") and verb.lemma_ in _MOVES_OF_BOATS:
        return Place(afloat("boat"), "adrift")
    is_carried = any(c.dep_ == "dobj" and c.lower_ in ("them", "us", "me", "him", "her") for c in verb.children)
    if subject.lower_ == "train" and is_carried:
        return Place("the train compartment", "here")
    return None


def _tied(noun: Token, lexicon: Lexicon) -> tuple[str, Tie] | None:
    """By which preposition, and how, ``noun`` is a place of the sentence; None if it is none."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return _as_object(noun, lexicon)
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":
        subjects = {c.lower_ for c in noun.head.children if c.dep_ in ("nsubj", "expl")}
        return ("in", "plays") if subjects & {"it", "this", "here"} else ("in", "told") if "there" in subjects else None
    if noun.dep_ == "nsubj" and noun.head.pos_ in ("VERB", "AUX"):
        return "in", "plays" if _is_what_it_plays_in(noun) else "told"
    return _by_preposition(noun, lexicon)


def _as_object(noun: Token, lexicon: Lexicon) -> tuple[str, Tie] | None:
    """``entered the kitchen``, ``crossed the road``."""
    if noun.head.lemma_ not in _ARRIVE:
        return None
    if not is_of_somebody(noun.head, lexicon) or _is_aside(noun.head):
        return "in", "told"
    return "in", "passing" if noun.head.lemma_ in _PASSING and noun.lower_ in _NARROW else "reached"


def _is_what_it_plays_in(noun: Token) -> bool:
    """``The foundry stood at the top of the lane``, ``the bay was blue``; not ``the land was gone``."""
    is_main = noun.head.dep_ in ("ROOT", "conj") and noun.head.lemma_ in _STANDING
    is_away = any(child.lower_ in ("gone", "behind", "away") for child in noun.head.children)
    return is_main and not is_away and any(child.lower_ == "the" for child in noun.children)


def _is_aside(verb: Token) -> bool:
    """``by the time they reached the chapel``: told besides what happens."""
    return verb.dep_ == "relcl" or any(above.dep_ == "relcl" for above in verb.ancestors)


def _by_preposition(noun: Token, lexicon: Lexicon) -> tuple[str, Tie] | None:
    if noun.dep_ != "pobj":
        return None
    link = noun.head
    if link.lower_ == "of" and is_part(link.head):
        return _of_part(link.head, lexicon)
    above = link.head
    first = link.lower_
    while above.pos_ in ("ADP", "ADV", "PART") and above.head.i != above.i and above.lower_ in _CHAIN:
        above = above.head  # out into the snow, back along the wall
    is_there = above.pos_ in ("VERB", "AUX") and is_of_somebody(above, lexicon) and not _is_aside(above)
    if first == "to":
        is_led = above.lemma_ in _LEADING and any(c.dep_ == "dobj" for c in above.children)
        return ("to", "reached") if is_there and (above.lemma_ in _GOING or is_led) else None
    is_at_window = first in ("through", "from", "at") and noun.lower_ in ("window", "windows")
    if is_there and (is_at_window or is_mast(noun)):
        return first, "here"
    return _by_place(noun, above, first, is_there=is_there)


def _by_place(noun: Token, above: Token, first: str, *, is_there: bool) -> tuple[str, Tie] | None:
    if first not in _AT | _WAY_LINKS | _BY or is_seen_from_afar(above, first) or above.lemma_ in _SPEECH:
        return None
    if first in _BY and noun.lower_ in BUILDINGS:
        return None  # who stands before a tower is not in it
    return first, _standing(noun, above, first, is_there=is_there)


def _standing(noun: Token, above: Token, first: str, *, is_there: bool) -> Tie:
    is_in = first in _AT or first in _WAY_LINKS and noun.lower_ in _WAYS
    if is_there and first in _PASSED and noun.lower_ in _NARROW:
        return "passing"
    if is_there and is_in and above.lemma_ != "live":
        return "reached" if above.lemma_ in _GOING else "here"
    is_weather = any(child.lower_ == "it" and child.dep_ == "nsubj" for child in above.children)
    return "plays" if is_weather and above.pos_ in ("VERB", "AUX") and is_in else "told"


def _of_part(part: Token, lexicon: Lexicon) -> tuple[str, Tie] | None:
    """``at the end of the wall``, ``pushed open the door of the hut``."""
    if part.dep_ == "dobj":
        is_opened = part.head.lemma_ in _OPENING and is_of_somebody(part.head, lexicon)
        return ("in", "reached") if is_opened else None
    if part.dep_ in ("pobj", "nsubj"):
        return _tied(part, lexicon)
    return None


def _is_now(token: Token) -> bool:
    if token.i and token.nbor(-1).lower_ in ("as", "like"):
        return False
    return not any(child.lower_ in _EACH for child in token.children) and token.dep_ not in ("poss", "compound")


def _is_there(token: Token) -> bool:
    """``the rain``, but not ``before the rain``, ``no rain`` or ``the rain had stopped``."""
    if any(child.lower_ in ("no", "any", "every") for child in token.children) or token.dep_ == "compound":
        return False
    head = token.head
    if (
        token.i
        and token.nbor(-1).lower_ in ("as", "like")
        or token.dep_ in ("poss", "amod")
        and head.dep_ == "pobj"
        and head.head.lower_ == "of"
    ):
        return False
    if head.lower_ in ("before", "after", "without", "until", "like", "of"):
        return False
    return head.lemma_ not in ("stop", "end", "cease", "fear", "expect", "pass") and not any(
        c.dep_ == "neg" for c in head.children
    )
