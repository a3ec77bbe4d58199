"""What kind of thing a story's thing is: to read, to unlock, to enter, to hold, or too big for two hands."""

from __future__ import annotations

from studio.engines.writer.words import NOT_PLACES

MESSAGES = frozenset(
    "letter map diary photograph photo picture note message book manuscript postcard telegram scroll recipe journal bottle notebook".split()
)
_LOCKED = frozenset("key box chest safe padlock suitcase trunk".split())
VENUES = frozenset(
    "bakery bank supermarket pharmacy resort fair festival church school hotel museum theatre theater cinema gallery gym library zoo park hospital clinic farm garden market airline hostel campsite spa pub".split()
)
TRADES = frozenset(
    "bakery cafe restaurant hotel bar pub diner store salon school museum theatre spa shop bookshop library practice business company band circus newspaper agency firm shop club pizzeria bistro brewery winery deli pharmacy bookstore barbershop florist kiosk inn cinema gym clinic studio gallery".split()
)


#: What comes and goes, and is one of many.
SPELLS = frozenset(
    "storm thunderstorm hurricane tornado blizzard sandstorm sunset sunrise rainbow eclipse heatwave flood".split()
)
#: Topics that come and go like a season.
WHILES = ("night", "dusk", "dawn", "twilight", "moonlight", "sunlight", "sunset", "sunrise", "heat", "fog", "rain")


def thing_tag(head: str, kind: str, *, is_big_thing: bool) -> str:
    """The tag of the found thing: ``msg, key, spot, tool`` or empty for what is no thing."""
    if head in MESSAGES:
        return "msg"
    if head in _LOCKED:
        return "key"
    if head in ("door", "portal", "gate", "doorway", "hatch", "trapdoor"):
        return "gate"
    if kind == "place" or head in ("tunnel", "garden", "staircase"):
        return "spot"
    return "tool" if kind in ("thing", "food") and not is_big_thing else ""


_BIG = frozenset(
    "elevator lift escalator staircase carousel tent machine spaceship ship boat car train plane airplane house machine piano statue robot rocket truck bus tank submarine wreck raft planet star comet".split()
)


#: Things that one may move into or come aboard.
VESSELS = frozenset("ship boat train bus plane submarine spaceship tent caravan wagon house".split())


def is_trade(head: str) -> bool:
    """True for what has a door, a sign and guests."""
    return head in TRADES


def is_big(head: str, code: str) -> bool:
    """True for what does not fit into two hands."""
    if head in ("bicycle", "bike", "scooter", "sled", "sledge", "skateboard", "kite", "pram", "wheelbarrow"):
        return False
    return head in _BIG or code[:1] in ("v", "o") or "P" in code and head not in NOT_PLACES
