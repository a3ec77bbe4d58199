"""What a project is made from."""

from __future__ import annotations

from typing import Literal

from studio.model.story import Value


class Source(Value):
    """An idea in words, or a file that the user brought (``file`` is its name inside the project)."""

    kind: Literal["idea", "script", "story", "prompts"]
    idea: str = ""
    file: str = ""
