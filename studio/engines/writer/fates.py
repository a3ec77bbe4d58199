"""What may become of the object of a deed, by the verb, and what sort of thing it is, by the noun."""

from __future__ import annotations

from studio.engines.writer.things import is_trade
from studio.engines.writer.words import WordTable

_FATES = {
    "creates": "make build carve knit sew paint draw weave craft forge design invent construct assemble bake cook brew write compose create sculpt "
    "stitch crochet fold print mould mold",
    "repairs": "repair mend fix restore rebuild finish patch tune reassemble",
    "gains": "find discover inherit receive get buy win catch unearth acquire borrow rent fish adopt",
    "mislays": "lose forget misplace mislay",
    "spoils": "burn break spill smash shatter ruin destroy wreck tear drop crash scratch dent stain shrink",
    "hands_over": "give deliver carry bring send return donate mail post smuggle pass hand lug haul transport",
    "sells": "sell auction trade swap exchange pawn",
    "takes": "steal hide rob snatch kidnap swipe conceal pocket bury swallow",
    "seeks": "search seek hunt chase want need look hope wish long dream pray",
    "perceives": "see hear listen watch notice spot observe study read smell photograph film record decipher translate",
    "tends": "keep guard tend collect hoard",
    "nurtures": "clean water feed wash polish sweep",
    "adores": "love adore like admire enjoy worship",
    "tastes": "taste drink eat sip try sample",
    "climbs": "climb cross reach ascend scale",
    "drives": "ride drive fly steer pilot sail row pedal",
    "wears": "wear don",
    "throws": "throw kick toss hurl launch",
    "turns": "turn transform change",
    "shares_it": "share",
    "rehearses": "practise practice rehearse recite memorise memorize learn",
    "fells": "fell chop saw uproot demolish",
    "unlocks": "open unlock enter unwrap unpack",
}
FATE_OF = {verb: fate for fate, verbs in _FATES.items() for verb in verbs.split()}
#: What may become of an object; ``acts`` stands for anything else that is done to it.
FATES = frozenset(_FATES) | {"acts", "recolours"}
_PLAYED = frozenset(
    "song tune melody symphony opera lullaby waltz anthem music sonata ballad hymn concerto march jingle".split()
)
_LETTERS = frozenset("letter diary note message postcard will telegram journal".split())
_WRITTEN = _LETTERS | frozenset("poem novel book story speech play script memoir essay dissertation".split())
_PICTURED = frozenset("portrait picture painting mural fresco drawing sketch".split())
_NOUNS = {
    "food": frozenset(
        "cake pie soup bread loaf stew omelette pancake dumpling noodle pasta pizza jam cookie biscuit waffle bun roll tart pudding "
        "curry sauce dough ramen meal dinner breakfast supper lunch feast dish sandwich salad cheese chocolate ice-cream sorbet tea "
        "coffee wine beer porridge paella risotto".split()
    ),
    "text": _WRITTEN,
    "personal_text": _LETTERS,
    "tune": _PLAYED,
    "picture": _PICTURED,
    "paper": frozenset("map plan chart sign poster banner flag card".split()),
    "trial": frozenset(
        "penalty match race final game duel exam test contest concert performance speech shot jump goal interview operation surgery "
        "audition fight landing presentation premiere dive lap round".split()
    ),
    "far": frozenset(
        "moon sun star sky comet planet rainbow cloud sea ocean river mountain horizon sunset sunrise aurora desert city coast "
        "island pole".split()
    ),
}
_VERBS = {
    "text": ("write",),
    "tune": ("compose",),
    "heard": ("hear", "listen"),
    "given": ("give", "hand", "pass", "donate"),
    "found": ("find", "discover", "catch", "unearth", "fish"),
    "stitched": ("knit", "crochet", "weave", "stitch", "embroider"),
}
#: How a plot may ask what the object is, and how the deed is done; the last two are read from the sentence.
SORTS_OF_OBJECTS = (*_NOUNS, *(name for name in _VERBS if name not in _NOUNS), "far_off", "on_purpose")
_BY_HAND = frozenset(
    "carve knit sew weave forge build construct assemble bake craft crochet stitch paint repair mend".split()
)
#: What is no object: one has it or has it not.
_GIFTS = frozenset(
    "voice sight hearing memory sense taste faith nerve smile confidence inspiration appetite luck magic power balance way mind "
    "temper job love life heart breath home".split()
)
_UNLEARNT = frozenset("secret truth news name lesson language".split())
#: Nouns of times, parts and measures, of which no plot can speak.
NOT_NAMED = frozenset(
    "day night morning evening year week month hour minute time end way side part place thing one world lot kind sort top middle "
    "front back bit pair group metre meter mile kilometre inch foot step centimetre century decade colour color".split()
)


def fate_of(lemma: str, head: str, table: WordTable, *, is_new: bool) -> str:
    """What becomes of the object ``head``; ``is_new`` is False for what was there before: ``paints his house``."""
    fate = FATE_OF.get(lemma, "acts")
    if lemma in ("paint", "print", "draw") and not (is_new or head in _PICTURED):
        return "recolours" if lemma == "paint" and table.kind(head) in ("thing", "place") else "acts"
    if lemma == "finish" and (head in _WRITTEN | _PLAYED or table.kind(head) not in ("thing", "place")):
        return "acts"
    if lemma == "learn" and head in _UNLEARNT or fate == "unlocks" and (table.is_place(head) or is_trade(head)):
        return "acts"
    return fate


def is_object(head: str) -> bool:
    """True for what a plot may speak of as the object of a deed."""
    return head not in _GIFTS | NOT_NAMED


def can_be_touched(lemma: str, head: str, kind: str, fate: str, *, is_new: bool) -> bool:
    """True if the object is treated as a thing, by its kind or by what is done to it: ``carves a whistle``."""
    if kind in ("thing", "food", "plant", "place") or head in _PLAYED | _WRITTEN | _PICTURED:
        return True
    return lemma in ("write", "compose") or lemma in _BY_HAND and is_new or fate in ("spoils", "mislays", "rehearses")


def sorts_of(lemma: str, head: str, kind: str) -> frozenset[str]:
    """What sort of object it is, and how the deed is done."""
    found = {name for name, nouns in _NOUNS.items() if head in nouns}
    found |= {name for name, verbs in _VERBS.items() if lemma in verbs}
    return frozenset(found | ({"food"} if kind == "food" else set()))


def is_far(head: str) -> bool:
    """True for what nobody can go up to."""
    return head in _NOUNS["far"]
