"""Unicode's normal forms for text that anybody may have sent.

Bringing the marks over one letter into their order takes time that grows with the square of their number, so a text that
piles up thousands of them would hold a server for minutes. No script writes anything near to thirty.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_MOST_MARKS = 30
_RUN = re.compile(rf"[\u0300-\U0010ffff]{{{_MOST_MARKS + 1},}}")


def normal(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """``text`` in that normal form; of the marks over one letter those after the thirtieth are dropped."""
    return unicodedata.normalize(form, _RUN.sub(_thinned, text))


def _thinned(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for letter in run[0]:
        marks = marks + 1 if _is_reordered(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _is_reordered(letter: str) -> bool:
    """True for a mark, and for what is taken apart into marks."""
    return unicodedata.combining(unicodedata.normalize("NFKD", letter)[0]) > 0
