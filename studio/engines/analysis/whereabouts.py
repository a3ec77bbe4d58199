"""Where each sentence of a chapter plays: the place that was told of last, until somebody goes to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from studio.engines.analysis.lexicon import Lexicon
from studio.engines.analysis.place_names import BUILDINGS, TREAD, is_afloat
from studio.engines.analysis.places import Place, Tie
from studio.engines.analysis.sentences import Sentence

_SOON = 8
"""Sentences at the beginning of a scene that play where the first after them says, if none says so itself."""
_AT_ONCE = 4
"""Sentences within which a place that is only told of is taken for where a new scene plays."""
_LATELY = 24
"""Sentences after which nobody goes into the building that was told of."""
_JUST_NOW = 4
"""Sentences after which the shore of which was told is forgotten."""
_INNER = frozenset(
    "stage platform balcony gallery counter aisle bunk corner porch doorway hearth threshold deck bench desk floor "
    "window fireplace".split()
)
"""Places that are in others: who stands on the platform of a hall has not left it."""
_STEPS = frozenset("stairs staircase steps ladder landing".split())
"""So are these, but a scene may begin on them."""
_WATERS = frozenset("sea ocean bay lake river water waters waves swell pond canal stream".split())
_FRESH = ("lake", "river", "canal", "pond", "stream")
_SALT = frozenset("sea ocean bay harbour harbor quay beach shore island tide coast cove pier reef wharf port".split())
_WET = _WATERS | _SALT
_WIDE = frozenset(
    "forest wood woods jungle hills mountain mountains garden park village town city meadow desert".split()
)
_WILD = frozenset("desert forest wood woods jungle hills mountain mountains meadow road".split())
_IN_WIDE = frozenset("stream brook spring pond well fountain tree path".split())


def whereabouts(sentences: Sequence[Sentence], cuts: Collection[int], lexicon: Lexicon) -> list[str]:
    """For each sentence the place it plays in, empty where none was told of. ``cuts`` are the paragraphs that begin a scene."""
    follower = _Follower(_full_names(sentences), _water_of(sentences), lexicon)
    found: list[str] = []
    first = paragraph = -1
    for number, sentence in enumerate(sentences):
        begins, paragraph = sentence.paragraph != paragraph, sentence.paragraph
        if begins and (paragraph in cuts or not found):
            first = number
            follower.begin(number)
        before, was_sure = follower.here, follower.is_sure
        found.append(follower.read(sentence, number, begins_paragraph=begins))
        if first >= 0 and follower.is_sure and not was_sure:
            if number - first <= _SOON and follower.is_still or not before:
                found[first:number] = [follower.here if one == before else one for one in found[first:number]]
            first = -1
    return found


class _Follower:
    """Knows where the story is; it may be elsewhere (``is_open``) at a scene's beginning, and after somebody left."""

    def __init__(self, full: dict[str, str], water: str, lexicon: Lexicon) -> None:
        self._full, self._water, self._lexicon = full, water, lexicon
        self.here = self._before = self._indoors = ""
        self.is_open = self.is_sure = False
        """``is_sure``: somebody was said to be ``here`` since the scene began."""
        self.is_still = False
        """True if somebody was there already, False if he came."""
        self._began = self._number = 0
        self._told = self._building = ("", -_LATELY)

    def begin(self, number: int) -> None:
        """A scene begins."""
        self.is_open, self.is_sure, self._began, self._before = True, False, number, ""

    def read(self, sentence: Sentence, number: int, *, begins_paragraph: bool) -> str:
        """Where ``sentence`` plays."""
        self._number = number
        passed = ""
        if self.is_open and self.here and not self.is_sure and number - self._began >= _AT_ONCE:
            self.is_open = False
        for at, place in enumerate(sentence.where.places):
            words = self._named(place.words)
            if words or not place.words:
                passed = self._meet(Place(words, place.tie), is_first=begins_paragraph and not at)
        if sentence.where.building:
            self._building = (sentence.where.building, number)
        told, at = self._told
        if at == number and not (self._is_indoors(self.here) or is_afloat(self.here) or self._is_drawn(self.here)):
            self._go(told)  # ``into the shallows``, where ``the sand`` says more
        return passed or self.here

    def _meet(self, place: Place, *, is_first: bool) -> str:
        """Go where it says; the place, if it is only passed."""
        tie = place.tie
        if not place.words:
            self._go_through(tie)
        elif tie == "adrift":
            if not self.here or _head(self.here) in _WET or self.is_open:
                self._go(place.words)
        elif tie in ("here", "reached") or tie == "plays" and (is_first or self.is_open):
            is_coming = tie == "reached" or is_afloat(self.here)
            is_known = self._is_drawn(place.words) or self._is_indoors(place.words) or is_afloat(place.words)
            if not self._is_within(place.words) and (is_known or is_coming or not self.here or self.is_open):
                self._go(place.words)
            self.is_sure, self.is_open, self.is_still = True, False, tie != "reached"
        elif tie == "passing":
            if self.here:
                return place.words
            self._go(place.words)
        else:
            self._hear_of(place.words)
        return ""

    def _go_through(self, tie: Tie) -> None:
        """In or out, without a word of where to."""
        building, at = self._building
        if tie == "left":
            self._leave()
        elif tie == "entered" and not self._is_indoors(self.here):
            own = self.here if _head(self.here) in BUILDINGS else building if self._number - at < _LATELY else ""
            if own:
                self._go(f"inside {own}")
        elif tie == "indoors" and self.here and self._indoors and not self._is_indoors(self.here):
            self._go(self._indoors)

    def _go(self, words: str) -> None:
        words = self._floating(words)
        if words != self.here:
            self._before = self.here if self.is_sure else ""
        self.here, self.is_open, self.is_sure = words, False, True
        if self._is_indoors(words):
            self._indoors = words

    def _leave(self) -> None:
        """Out of a boat to the land that was in sight, out of a room to where one came from."""
        told, at = self._told
        if is_afloat(self.here) and told and self._number - at < _JUST_NOW:
            self._go(told)
        elif self._before and not is_afloat(self._before):
            self.here, self._before = self._before, ""
        self.is_open = True

    def _hear_of(self, words: str) -> None:
        self._told = (words, self._number)
        if self.is_open and not self._is_within(words):
            self.here, self.is_open = self._floating(words), False

    def _floating(self, words: str) -> str:
        """A boat is on the water that the chapter tells of; who is on it stays in his boat."""
        if is_afloat(words):
            return f"{words.partition(' on the ')[0]} on the {self._water}"
        if is_afloat(self.here) and _head(words) in _WATERS:
            return self.here
        return words

    def _is_within(self, words: str) -> bool:
        """True for a part of the place that is known, and for its bare name."""
        if not self.here or self.is_open and not self.is_sure and _head(words) not in _INNER:
            return False
        head, own = _head(words), _head(self.here)
        if own in _WILD and head == "roof":
            return True  # of a car
        is_part = head in _INNER or head in _STEPS and not self.is_open or own in _WIDE and head in _IN_WIDE
        return is_part or head == own and len(words.split()) <= 2 and not self.here.startswith("inside")

    def _is_indoors(self, words: str) -> bool:
        return words.startswith("inside ") or self._lexicon.is_indoors(_head(words))

    def _is_drawn(self, words: str) -> bool:
        return not words or _head(words) in BUILDINGS | TREAD or self._lexicon.is_drawn_place(_head(words))

    def _named(self, words: str) -> str:
        """``the wall`` by the full name that the chapter gives it; empty for a wall that is no place."""
        head = _head(words)
        return self._full.get(head, "") if head in TREAD and len(words.split()) == 2 else words


def _full_names(sentences: Iterable[Sentence]) -> dict[str, str]:
    found: dict[str, str] = {}
    for sentence in sentences:
        for words in sentence.where.names:
            found.setdefault(_head(words), words)
    return found


def _water_of(sentences: Iterable[Sentence]) -> str:
    """The water that boats of the chapter are on: ``sea``, a fresh one, or just ``water``."""
    heads = [_head(place.words) for sentence in sentences for place in sentence.where.places if place.words]
    if _SALT & set(heads):
        return "sea"
    return next((head for head in heads if head in _FRESH), "water")


def _head(words: str) -> str:
    """``wall`` of ``the harbour wall of Brenn``."""
    before = words.split(" of ")[0].split(" on ")[0]
    return before.split()[-1].lower() if before else ""
