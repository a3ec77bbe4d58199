"""Proper names of ships and houses, which say nothing of what is to be drawn: the ship Swallow is no bird."""

from __future__ import annotations

import re

_BEARERS = (
    "ship boat schooner yacht vessel trawler ferry sloop brig galleon submarine steamer steamship barge tugboat tug liner "
    "freighter frigate cutter sailboat inn pub tavern hotel cafe café restaurant cinema theatre train locomotive"
).replace(" ", "|")
_NAME = r"[A-Z][\w’'-]*(?:\s+(?:of\s+the\s+)?[A-Z][\w’'-]*){0,3}"
_NAMED = re.compile(
    rf"\b(?P<bearer>(?i:{_BEARERS}))(?P<link>,?\s+(?:(?i:called|named)\s+)?)"
    rf"(?:[\"“”„«'‘](?P<quoted>[^\"“”»'’]{{2,40}})[\"“”»'’]|(?:(?i:the)\s+)?(?P<bare>{_NAME}))"
)
_ABOARD = re.compile(
    rf"(?P<lead>\b(?i:aboard|on board|crew of|captain of|deck of|helm of|wheel of|mast of|hull of)\s+(?i:the)\s+)[\"“”'‘]?{_NAME}[\"“”'’]?"
)
_MOST_CAPITALS = 0.6
"""A prompt with a larger share of words in capitals is written as a title: its capitals name nothing."""


def without_names(prompt: str) -> str:
    """``prompt`` less the names that follow ``ship``, ``inn`` and the like; ``aboard the Swallow`` is aboard a ship."""
    words = re.findall(r"\b[A-Za-zÀ-ÿ]", prompt)
    is_title = len(words) > 3 and sum(word.isupper() for word in words) > _MOST_CAPITALS * len(words)
    if is_title:
        return prompt
    bare = _NAMED.sub(lambda found: found["bearer"], prompt)
    return _ABOARD.sub(lambda found: f"{found['lead']}ship", bare)
