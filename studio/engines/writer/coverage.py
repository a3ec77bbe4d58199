"""What the pictures of a plain telling show beside its hero: the thing that the idea is about.

A telling without a known plot says only what is true of any idea, so its pictures would hold nothing of this one. Here
the hero looks at the thing or has it at hand, and light falls on it.
"""

from __future__ import annotations

import re

from studio.engines.writer.grammar import sentence
from studio.engines.writer.mentions import Mentions

#: What is not there while the story is told: it is looked for, or has been given away.
_APART = frozenset("seeks mislays sells throws tastes climbs adores".split())
_LIGHT = re.compile(r"(?i)(?:soft (?:evening )?light|the last warm light)")
_LOOK = re.compile(r" (?:looks?(?: down)?|smiles?)$")


def thing_at_hand(mentions: Mentions) -> str:
    """What the idea's deed is done to, as painters need it: ``the wooden whistle``; empty if that is not there to be seen."""
    return mentions.drawn if mentions.thing is not None and mentions.fate not in _APART else ""


def names_thing(text: str, thing: str) -> bool:
    """True if ``text`` names ``thing``: ``the whistle`` for ``the wooden whistle``."""
    return re.search(rf"(?i)\b{re.escape(thing.split()[-1])}s?\b", text) is not None


def with_thing(action: str, hero: str, thing: str) -> str:
    """``The boy looks down.`` as ``The boy looks down at the wooden whistle.``; an action that names it stays.

    Bare light falls on the thing; any other action that does not begin with ``hero`` stays as well.
    """
    bare = action.rstrip(". ")
    if names_thing(bare, thing):
        return action
    if _LIGHT.fullmatch(bare):
        return sentence(f"{bare} on {thing}")
    if not bare.lower().startswith(hero.lower()):
        return action
    link = "at" if _LOOK.search(bare) else "beside" if " with " in bare else "with"
    return sentence(f"{bare} {link} {thing}")
