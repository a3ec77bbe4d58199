"""What a well-behaved language model answers to the studio's questions, and how the doubles of chat services misspeak."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

PEOPLE = [
    {"name": "Mara", "look": "an old woman with white hair in a yellow raincoat"},
    {"name": "Tobi", "look": "a small boy with a red cap"},
]
PLACES = ["the lighthouse on the cliff", "the grey harbour below it"]


@dataclass(frozen=True)
class Says:
    """What the model says next: ``text`` with its service's own word for how it ended, or a refusal."""

    text: str = ""
    ending: str = ""
    refusal: str = ""


def outline(scenes: int = 4, **changes: Any) -> dict[str, Any]:
    steps = [f"Step {number} is taken." for number in range(1, scenes + 1)]
    whole = {
        "title": "The Lamp",
        "logline": "A lamp goes out.",
        "telling": "dramatic",
        "cast": PEOPLE,
        "places": PLACES,
    }
    return {**whole, "steps": steps, **changes}


def scene(number: int, words: int = 12, **changes: Any) -> dict[str, Any]:
    narration = " ".join([f"Scene {number} goes on."] + ["It went on."] * max(0, (words - 4) // 3))
    whole = {
        "number": number, "place": PLACES[number % 2], "characters": ["Mara"], "action": f"Mara lights lamp {number}.",
        "narration": narration, "emotion": "courage", "time_of_day": "night", "weather": "rain", "props": ["a lamp"],
        "camera": "slow push in",
    }  # fmt: skip
    return {**whole, **changes}


def answer_to(words: str) -> str:
    """The JSON that the studio's question (its first words to the model) asks for."""
    if words.startswith("Plan a film"):
        count = re.search(r"in (\d+) scenes", words)
        assert count
        return json.dumps(outline(int(count.group(1))))
    return json.dumps({"scenes": [scene(number, words_asked(words)) for number in asked(words)]})


def asked(words: str) -> list[int]:
    """The numbers of the scenes that are asked for."""
    found = re.search(r"Now write scenes? ([\d, ]+) of", words)
    assert found, words
    return [int(number) for number in found.group(1).split(",")]


def words_asked(words: str) -> int:
    """How many words a scene may have."""
    found = re.search(r"about (\d+) words a scene", words)
    assert found
    return int(found.group(1))
