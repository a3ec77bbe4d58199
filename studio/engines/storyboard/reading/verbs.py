"""Words that name a thing or tell a doing: which of the two they are where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.storyboard.reading.attributes import ARTICLES
from studio.engines.storyboard.reading.lexicon import Hit
from studio.engines.storyboard.reading.scenery import IN
from studio.engines.storyboard.sheet.vector import is_colour
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import NUMBERS, Token, kind_of_noun, word_set

_HELPERS = word_set("does")
"""Verbs that help others, though a dictionary has them as animals too."""
_PAST = word_set("rose saw left")
"""Verbs of the past that a doer stands right before."""
_RISERS = word_set("sun moon star stars smoke mist fog tide water curtain")
_WAYS = word_set("away off back out him them it")
VERBISH = word_set(
    "rose bear bears bat bats duck ducks seal seals rock rocks swallow fly flies bat ram coast ring rings spring springs train "
    "trains hand hands watch watches fish leaves leaf cook cooks guard guards guide pilot sign swing "
    "swings drum play boxes ship ships drives camp camps stable ball sound eye eyes balloons spirits hide "
    "type judge leaves fishes hammers anchors plants horses dogs parrots waters pictures lamps cards pipes paints"
)


def _is_verb_alone(tokens: Sequence[Token], at: int, names: Sequence[Hit]) -> bool:
    """True for ``waits`` in ``he waits and watches``, but not for ``clocks`` in ``clocks and watches``."""
    return at > 0 and bool(tokens[at].verbs) and not any(name.start <= at < name.end for name in names)


def is_verb(tokens: Sequence[Token], hit: Hit, names: Sequence[Hit]) -> bool:
    """True for ``rose``, ``bear``, ``rock`` used as verbs: after ``to``, a pronoun or a plural noun."""
    if hit.end - hit.start > 1 or hit.start == 0:
        return False
    if tokens[hit.start].text == "fish" and _does_something(tokens, hit, names):
        return True
    word, before = tokens[hit.start].text, tokens[hit.start - 1].text
    if word in _HELPERS:
        return not _is_determined(tokens, hit.start)
    if word in _PAST and (before in _RISERS or kind_of_noun(before)) and not _is_determined(tokens, hit.start):
        return True
    if (
        word in VERBISH
        and word.endswith("s")
        and any(name.end == hit.start and not is_verb(tokens, name, names) for name in names)
    ):
        return True
    if word in VERBISH and before == "and" and _is_verb_alone(tokens, hit.start - 2, names):
        return True
    doer = next((name for name in names if name.end == hit.start), None)
    if word in VERBISH and doer is not None and do_it(tokens, doer, hit):
        return True
    after = tokens[hit.end].text if hit.end < len(tokens) else "."
    return word in VERBISH and (
        before in {"to", "he", "she", "they", "it", "who", "slowly", "quickly"}
        or (before == "and" and (after in ARTICLES | IN | _WAYS or after.endswith("ly")))
        or (
            word.endswith("s")
            and before not in ARTICLES
            and tokens[hit.start - 1].is_word
            and not is_colour(before)
            and before not in NUMBERS
            and hit.start >= 1
            and _is_known_noun(before)
        )
    )


def do_it(tokens: Sequence[Token], doer: Hit, deed: Hit) -> bool:
    """True for ``watch`` in ``a boy and his dog watch the stars``: several doers before, what it is done to after."""
    are_several = tokens[doer.end - 1].is_plural or "and" in {
        token.text for token in tokens[max(0, doer.start - 3) : doer.start]
    }
    after = tokens[deed.end].text if deed.end < len(tokens) else "."
    return are_several and table()[doer.value].is_living and (after in ARTICLES or after in IN)


def _does_something(tokens: Sequence[Token], hit: Hit, names: Sequence[Hit]) -> bool:
    """True for ``fish`` in ``a man and a boy fish from the pier``: somebody right before, a place after."""
    doers = [name for name in names if name.end == hit.start and table()[name.value].is_person]
    after = tokens[hit.end].text if hit.end < len(tokens) else "."
    return bool(doers) and after in {"from", "in", "at", "off", "on", "by", ".", ",", "together", "for"}


def _is_known_noun(word: str) -> bool:
    kind = kind_of_noun(word)
    return bool(kind) and kind[0] not in "!@"


def _is_determined(tokens: Sequence[Token], at: int) -> bool:
    """True for ``rose`` in ``a wild rose``: an article or number leads it, with nothing but qualities between."""
    for back in range(at - 1, max(-1, at - 4), -1):
        word = tokens[back].text
        if word in ARTICLES or word in NUMBERS or word.isdigit():
            return True
        kind = kind_of_noun(tokens[back].noun)
        if not tokens[back].is_word or word in _RISERS or (kind not in {"", "!abstract"} and not is_colour(word)):
            return False
    return False
