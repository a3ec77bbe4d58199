"""The artist's word lists as they stand in ``assets/storyboard/lexicon.json``."""

from __future__ import annotations

import json
from functools import cache

from studio.media.assets import asset_path


def vocabulary(slot: str) -> dict[str, str]:
    """Every phrase of ``slot`` to what it means. Raises KeyError for an unknown slot."""
    return _slots()[slot]


@cache
def _slots() -> dict[str, dict[str, str]]:
    text = asset_path("storyboard/lexicon.json").read_text(encoding="utf-8")
    return {
        slot: {phrase.strip(): value for value, phrases in values.items() for phrase in phrases.split(",")}
        for slot, values in json.loads(text).items()
    }
