"""What a command line chose for a scene video, as the studio takes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from studio.model.scenes import SceneOptions
    from studio.service import Studio


@dataclass(frozen=True, slots=True)
class First:
    """What the video is to begin with: a picture that is there, or one of what ``prompt`` says."""

    picture: Path | None
    prompt: str | None

    @property
    def is_given(self) -> bool:
        """True if either was said."""
        return bool(self.picture or self.prompt)


def options_of(values: dict[str, Any]) -> SceneOptions:
    """The options of these values. Raises UsageError that names a wrong one."""
    from pydantic import ValidationError

    from studio.model.faults import in_words
    from studio.model.scenes import SceneOptions

    try:
        return SceneOptions.model_validate(values)
    except ValidationError as error:
        raise click.UsageError(f"--{in_words(error).replace('_px', '')}.") from error


def begin_with(studio: Studio, name: str, first: First) -> None:
    """The video ``name`` begins with that from now on."""
    if first.picture:
        studio.set_first_picture(name, first.picture)
    if first.prompt:
        studio.set_first_prompt(name, first.prompt)
