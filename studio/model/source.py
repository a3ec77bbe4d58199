"""What a project is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from studio.model.story import Value


def _inside(value: str) -> str:
    is_odd = any(ord(letter) < 32 for letter in value)
    if value and (is_odd or value.startswith("/") or "\\" in value or ".." in value.split("/")):
        raise ValueError("must be the name of a file inside the project")
    return value


FileInside = Annotated[str, AfterValidator(_inside)]
"""The name of a file inside the project; empty where there is none."""


class Source(Value):
    """An idea in words, or a file that the user brought (``file`` is its name inside the project)."""

    kind: Literal["idea", "script", "story", "prompts"]
    idea: str = ""
    language: str = ""
    """Of an idea that is translated before the chosen engine can read it (two letters); else empty."""
    file: FileInside = ""
    shot_count: int | None = None
    """Shots that ``file`` makes, counted when it was brought: the plan of the first run needs it."""
