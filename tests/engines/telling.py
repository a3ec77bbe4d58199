"""What the tests of the built-in writer share."""

from __future__ import annotations

from collections.abc import Callable

from studio.model.story import Story

Write = Callable[..., Story]


def spoken(story: Story) -> str:
    """All that is heard in the film."""
    return " ".join(scene.narration for scene in story.scenes)
