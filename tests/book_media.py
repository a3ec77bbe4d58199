"""A small book for tests, in three chapters of which the last has no words for the fake reader's third paragraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.model.illustration import ManuscriptOptions
from studio.service import Studio

BOOK = """# The Bell in the Bay

## The Storm

The wind came in the night and old Marta stood at the window with her lamp.

She had not slept. On the stairs sat Tomas in his red coat, and his hands were shaking.

Then the bell rang, and Marta dropped the lamp.

They ran down to the quay, where a small boat with a torn sail drove towards the rocks.

## The Stranger

In the morning the sea was calm, and on the beach sat Joris and mended his net.

Nobody spoke. A gull stood on one leg and looked at them.

The net was green, and so was the sea.

Then he opened his hand, and in it lay the key of the bell.

## The Key

At dusk they climbed the tower, and on every step stood Tomas and counted.

The door opened slowly.
"""
"""The fake reader finds two moments in each of the first two chapters, and one in the last."""

SMALL: dict[str, Any] = {"text": "fake", "image": "fake", "width_px": 64, "height_px": 64}


def small_book(studio: Studio, folder: Path, *, text: str = BOOK, name: str = "bell", **choices: object) -> str:
    """A new project that illustrates the small book."""
    file = folder / "bell.md"
    file.write_text(text, encoding="utf-8")
    return studio.create_manuscript(file, ManuscriptOptions.model_validate({**SMALL, **choices}), name=name)
