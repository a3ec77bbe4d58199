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
    if words.startswith("Read this part"):
        return json.dumps(reading(words))
    if words.startswith("Sum up the chapter"):
        return json.dumps({"summary": "It is told in parts.", "setting": "the harbour", "themes": ["duty"]})
    return json.dumps({"scenes": [scene(number, words_asked(words)) for number in asked(words)]})


def reading(words: str, **changes: Any) -> dict[str, Any]:
    """A reader's answer: every paragraph's first sentence is a moment, its marks typed as on a typewriter."""
    text = re.search(r"<text>\n(.*)\n</text>", words, re.DOTALL)
    most = re.search(r"at most (\d+), strongest", words)
    assert text
    assert most
    opening = [
        re.split(r"(?<=[.!?]) ", line)[0].replace("’", "'") for line in text.group(1).split("\n") if line.strip()
    ]
    moments = [
        quoted(quote, intensity=round(0.9 - number / 20, 2))
        for number, quote in enumerate(opening[: int(most.group(1))])
    ]
    whole = {
        "summary": "Mara lights the lamp.", "setting": "the lighthouse", "themes": ["duty"],
        "people": [{"name": "Mara", "aliases": ["the keeper"], "gender": "female", "look": "an old woman"}],
        "scenes": [{"begins": opening[0][:40], "place": "the lighthouse", "time_of_day": "night", "people": ["Mara"]}],
        "moments": moments,
    }  # fmt: skip
    return {**whole, **changes}


def quoted(quote: str, **changes: Any) -> dict[str, Any]:
    whole = {
        "quote": quote, "tones": ["courage", "grandeur"], "intensity": 0.8, "people": ["the keeper"],
        "place": "the lamp room at night", "before": "The lamp is out.", "action": "Mara lights the lamp.",
    }  # fmt: skip
    return {**whole, **changes}


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
