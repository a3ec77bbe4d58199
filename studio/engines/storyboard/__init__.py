"""The built-in storyboard artist: reads a prompt, composes a picture and paints it. No model, no network.

``reading`` understands the prompt as a brief, ``picture`` puts it together and finishes it; what is in it is drawn by
``people``, ``things`` and ``places``, on ``sheet``, named by ``words``.
"""

from __future__ import annotations

from pathlib import Path

from studio.errors import UserError

_STYLES = ("poster", "watercolour", "ink")
_LEAST_PX, _MOST_PX = 16, 8192


class StoryboardArtist:
    """An ``ImageEngine`` that draws: places, people, animals and things it knows, in one of three hands.

    The place of a shot looks the same whenever it is named the same; the seed varies clouds, the near frame
    and small things. About one CPU second at 1280 x 720.
    """

    @property
    def identity(self) -> str:
        return "image/storyboard/9"

    @property
    def is_deterministic(self) -> bool:
        return True

    @property
    def uses_seed(self) -> bool:
        return True

    @property
    def styles(self) -> tuple[str, ...]:
        """The hands it draws in; the first is the default."""
        return _STYLES

    def check(self) -> None:
        """Always able: everything it needs is part of the studio."""

    def render(self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str) -> None:
        """Draw ``prompt`` to the PNG ``out``, with its layers inside for camera moves that need depth.

        ``style`` is the film's style in any words (``styles`` are the hands it has); empty leaves it
        to the prompt. Raises ``UserError`` for an unusable size.
        """
        from studio.engines.storyboard.picture.painter import paint
        from studio.engines.storyboard.reading.sentences import read_prompt
        from studio.media.picture import write_still

        width, height = size
        if not (_LEAST_PX <= width <= _MOST_PX and _LEAST_PX <= height <= _MOST_PX):
            raise UserError(
                f"The storyboard artist cannot draw {width} x {height}: "
                f"each side must be {_LEAST_PX} to {_MOST_PX} pixels."
            )
        brief = read_prompt(prompt, style=style)
        painting = paint(brief, size=size, seed=seed)
        text = {
            "prompt": prompt,
            "seed": str(seed),
            "engine": self.identity,
            "style": brief.style,
            "undrawn": ", ".join(brief.undrawn),
        }
        if not brief.is_style_known:
            hands = ", ".join(self.styles)
            text["style_note"] = f"“{style}” is no style of the built-in artist ({hands}): drawn as {brief.style}"
        write_still(out, painting.image, text=text, layers=painting.layers)
