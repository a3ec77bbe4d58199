"""What an artist could not draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.media.picture import read_text


def tell_left_out(ctx: Context, step: str, stills: Sequence[Artifact | None]) -> None:
    """Of those ``stills`` that are new: which words of theirs were not drawn, each once, and notes about the style."""
    written = _written(ctx, stills)
    lacking: dict[str, list[str]] = {}
    for name, text in written.items():
        for word in _undrawn(text):
            lacking.setdefault(word, []).append(name)
    for word, names in lacking.items():
        ctx.notice(names[0], _lacks(word, len(names) - 1))
    _tell_style(ctx, step, written)


def tell_left_out_of_each(ctx: Context, step: str, pictures: Sequence[Artifact | None]) -> None:
    """The same picture by picture, where there are many and what they lack hardly repeats."""
    written = _written(ctx, pictures)
    for name, text in written.items():
        words = [f"“{word}”" for word in _undrawn(text)]
        if words:
            ctx.notice(name, f"is without {', '.join(words)}: the artist cannot draw it there")
    _tell_style(ctx, step, written)


def _written(ctx: Context, stills: Sequence[Artifact | None]) -> dict[str, dict[str, str]]:
    return {still.name: read_text(ctx.path(still)) for still in stills if still and ctx.is_new(still)}


def _undrawn(text: Mapping[str, str]) -> list[str]:
    return [word for word in text.get("undrawn", "").split(", ") if word]


def _tell_style(ctx: Context, step: str, written: Mapping[str, Mapping[str, str]]) -> None:
    for note in dict.fromkeys(text["style_note"] for text in written.values() if "style_note" in text):
        ctx.notice(step, note)


def _lacks(word: str, others: int) -> str:
    """What is said of a still without ``word``, and of the ``others`` that lack it too: each thing is told once."""
    more = f", like {others} other picture{'s' if others > 1 else ''}" if others else ""
    return (
        f"is without “{word}”{more}: the artist cannot draw it there. Say it in other words, or put a picture of your "
        "own in its place"
    )
