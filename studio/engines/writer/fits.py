"""Which lines fit a story: what the hero's body can do, what the place has, and what the idea leaves open."""

from __future__ import annotations

import re

from studio.engines.writer.grammar import Figure
from studio.engines.writer.words import HUMANLIKE

WILD_KITS = frozenset(
    "space planet underwater desert snow mountain jungle cave ship forest savanna river sea airfield".split()
)
#: Kits without ground to walk on, and so without footprints, paths and dust.
FLOATING_KITS = frozenset("space underwater".split())
SWIMMERS = frozenset(
    "whale dolphin porpoise orca narwhal shark turtle octopus fish goldfish squid ray manta jellyfish eel salmon trout "
    "seahorse tuna herring sardine swordfish clownfish anglerfish tadpole shrimp oyster clam starfish mermaid "
    "submarine cuttlefish piranha catfish carp minnow nautilus manatee".split()
)
_LIMBLESS = frozenset("snake worm earthworm slug snail caterpillar".split())

_HANDS = re.compile(
    r"(?i)\b(?:cups?|chairs?|letters?|writes?|\[write\]|reads?|\[read\]|doors?|coats?|shoes?|mirror|hands?|fingers?|sleeves|lamps?|knot|"
    r"lantern|paper|pencil|bread|notebook|draws?|\[draw\]|bags?|clock|photographs?|table|laces|weapon|flour|walls?|tea|coffee|list|plan|"
    r"tools|stick|apple|shelf|drawer|key|candles?|light in|chalk|window|plates?|curtains|knife|suitcase|box|arms|shoulders|knees|teeth|"
    r"signature|forehead|napkin|cake|floor|house|home grows|street|soup|neighbou?rs?|stranger|bruises|ticket)\b"
)
_VOICE = re.compile(
    r"(?i)\[(?:speak|say|tell|ask|sing|hum|laugh|talk|whisper|call|shout|answer|read|think|promise|name)\]|\blaugh|\bjokes?\b"
)
_WALKING = re.compile(
    r"(?i)\[(?:walk|run|climb|sit|kneel|stand|step|jump|pace|dance|bend|stumble)\]|\b(?:path|footprints|road|footsteps?|steps?)\b"
)
_GROUND = re.compile(
    r"(?i)\b(?:footprints?|path|road|dust|dusty|street|hill|stones?|bend|house|dog|bird|birds|wind|rain|morning|evening|sun|puddle|tracks|"
    r"trail|village|garden|flour|coat)\b"
)
_HOUSEHOLD = re.compile(
    r"(?i)\b(?:flour|kitchen|sugar|drawers?|cupboard|curtains|stairs|doorstep|front door|bed|kettle|soup|cake|shelf|roof|room|rooms|sofa|"
    r"walls?|floor|chairs?|tables?|windows?|doors?|napkin|clock|lamps?|cups?|plates?)\b"
)
_PEOPLED = re.compile(
    r"(?i)\b(?:neighbou?rs?|streets?|doors?|everyone who passes|old woman|old stranger|strangers?|train|bench|people|somebody else wants|"
    r"crowd|child|children|window|headline|papers|house|shop|coat pocket|mirror|queue|clock|table|kitchen|cat\b|dog barks|nobody in charge|friend)\b"
)
_MODERN = re.compile(
    r"(?i)\b(?:train|coffee|newspaper|headline|photographs?|bus|ticket|telephone|street lamps?|morning papers|laces|napkin)\b"
)
_CLOCK = (
    ("night", re.compile(r"(?i)\b(?:at night|tonight|midnight|all night|night comes|that night|stars)\b")),
    ("dusk", re.compile(r"(?i)\b(?:evening|sunset|dusk|day go down)\b")),
    ("dawn", re.compile(r"(?i)\b(?:dawn|morning|first light|sunrise|rising sun)\b")),
)
#: What an animal does only in a fable.
_FABLE = re.compile(
    r"(?i)\b(?:thinks?|wants? to (?:be|become|learn)|dreams?|opens? (?:a|an|the) \w+|cooks?|bakes?|sings?|dances?|talks?|tells?|says?|speaks?|writes?|"
    r"reads?|paints?|plays? the|school|detective|argues?|promises?|decides?|believes?|asks?|jokes?|laughs?|sells?|buys?|drives?|builds?|runs? for|"
    r"robs?|club|shop|bakery|restaurant|king|mayor|teacher|postman|wears?)\b(?!')"
)


def has_voice(hero: Figure, told: str) -> bool:
    """True if the hero may speak and laugh: people, robots, spirits, and animals whose idea (``told``) is a fable."""
    is_herd = hero.head in ("flock", "herd", "pack", "swarm", "colony", "pride", "shoal")
    if hero.kind in ("person", "robot", "creature", "group") and not is_herd:
        return True
    return bool(_FABLE.search(told))


def has_hands(hero: Figure) -> bool:
    """True if the hero can hold things."""
    return hero.kind in ("person", "robot", "group") or (hero.kind == "creature" and hero.head in HUMANLIKE)


def is_swimmer(hero: Figure) -> bool:
    """True if the hero, or one of a pair of heroes, lives in the water and has no legs to walk on."""
    return bool(set(re.findall(r"[a-z]+", f"{hero.head} {hero.noun}".lower())) & (SWIMMERS | _LIMBLESS))


def is_many(hero: Figure) -> bool:
    """True for three heroes or more."""
    if not hero.is_plural:
        return hero.kind == "group" and hero.head not in ("couple", "pair")
    return not is_duo(hero)


def is_duo(hero: Figure) -> bool:
    """True for exactly two heroes, as far as their words say."""
    text = hero.first.lower()
    if hero.head in ("couple", "pair", "twin"):
        return True
    return hero.is_plural and (text.startswith(("two ", "the two ", "both ")) or hero.short == "the two" or text.count(" and ") == 1 and "," not in text and hero.short in ("the two", hero.first))  # fmt: skip


def misfits(text: str, hero: Figure, kit: str, *, era: str, told: str, is_peopled: bool, is_tagged_beast: bool) -> bool:
    """True if ``text`` (a line unfilled) needs a body, a prop or a place that this story does not have.

    ``told`` is the idea itself; ``is_peopled`` says that people may be near in a wild place too.
    """
    if not has_hands(hero) and not is_tagged_beast and _HANDS.search(text):
        return True
    if not has_voice(hero, told) and _VOICE.search(text):
        return True
    if is_swimmer(hero) and _WALKING.search(text):
        return True
    if kit in FLOATING_KITS and _GROUND.search(text):
        return True
    if kit in WILD_KITS and _HOUSEHOLD.search(text):
        return True
    if kit in WILD_KITS and not is_peopled and _PEOPLED.search(text):
        return True
    return era == "old" and bool(_MODERN.search(text))


def clashes(text: str, time: str, beat: str) -> bool:
    """True if the line speaks of another time of day than the idea; a night may end in a dawn."""
    near = {
        "golden hour": ("dusk",),
        "dusk": ("dusk", "night"),
        "night": ("night",),
        "dawn": ("dawn",),
        "day": (),
    }[time]
    spoken = [name for name, pattern in _CLOCK if pattern.search(text)]
    if time == "night" and beat in ("ending", "aftermath", "turn") and spoken == ["dawn"]:
        return False
    return any(name not in near for name in spoken)
