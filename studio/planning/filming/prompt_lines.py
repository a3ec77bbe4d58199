"""A list of prompts as text, one shot a line, and back without losing what a line cannot say: lengths, seeds, scenes."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from studio.model.shot import SHOTS, Shot

FIELDS = ("image_prompt", "motion_prompt", "camera", "narration")
"""What a line says of a shot, between bars."""


def line_of(shot: Shot) -> str:
    """The shot as a list of prompts has it: ``image | motion | camera | narration``, as far as they are said."""
    parts: list[str] = [getattr(shot, field) for field in FIELDS]
    while not parts[-1] and len(parts) > 1:
        parts.pop()
    return " | ".join(" ".join(part.split()).replace("|", "\\|") for part in parts)


def text_of(shots: Sequence[Shot]) -> str:
    """The list as text."""
    return "\n".join(map(line_of, shots))


def relined(before: Sequence[Shot], lines: Sequence[Shot]) -> tuple[Shot, ...]:
    """The shots of ``lines``, in their order, each with what its line does not say as it was ``before``.

    A line that is there already is its shot; of as many other lines in one place as there were, each is its
    predecessor's shot in other words. Whatever else came in is a new shot.
    """
    matcher = SequenceMatcher(None, [line_of(shot) for shot in before], [line_of(shot) for shot in lines], False)
    shots: list[Shot] = []
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            shots += before[first:last]
        elif last - first == end - start:
            shots += [_in_words_of(line, old) for old, line in zip(before[first:last], lines[start:end], strict=True)]
        else:
            shots += lines[start:end]
    return tuple(shot.model_copy(update={"index": place}) for place, shot in enumerate(shots, start=1))


def as_json(shots: Sequence[Shot]) -> bytes:
    """The list as a file; what nobody said of a shot stays open."""
    return SHOTS.dump_json(tuple(shots), by_alias=True, exclude_unset=True, indent=2) + b"\n"


def _in_words_of(line: Shot, old: Shot) -> Shot:
    return old.model_copy(update={field: getattr(line, field) for field in FIELDS})
