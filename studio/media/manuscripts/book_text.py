"""What the readers of all formats give: the text of a book, and what its file says about it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.errors import BadInput
from studio.model.manuscript import Emphasis

MOST_CHARACTERS = 20_000_000
"""Of one book, in every format: thirty long novels."""

ITALIC, BOLD = ("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3")
"""Signs before and behind words in another face, as readers write them into a block: Unicode gives them to no letter."""


def check_length(characters: int, name: str) -> None:
    """Raises BadInput if the file called ``name`` holds more text than one book."""
    if characters > MOST_CHARACTERS:
        raise BadInput(f"{name} holds more than 20 million characters: too long for one book. Cut it in volumes.")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or a heading. ``\\n`` in it is a line end that the author meant.

    Readers sign emphasis inside the text; once cleaned, a text has no signs, and ``emphasis`` says where it is.
    """

    text: str
    level: int = 0
    """1 to 6 for what the file itself marks as a heading, 0 for everything else."""
    begins_file: bool = False
    """Whether it is the first of a file inside an EPUB, where chapters often begin."""
    emphasis: tuple[Emphasis, ...] = ()


@dataclass(frozen=True, slots=True)
class BookText:
    """A book before its chapters are found: either ``written`` as lines of a text file, or in ``blocks``."""

    written: str = ""
    blocks: tuple[Block, ...] = ()
    is_json: bool = False
    """Whether what is ``written`` is a saved manuscript, with its chapters."""
    title: str = ""
    author: str = ""
    language: str = ""
    genre: str = ""
