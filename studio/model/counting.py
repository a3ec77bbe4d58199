"""Numbers that are written in words, from one to ninety-nine."""

from __future__ import annotations

ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: value for value, word in enumerate(ONES, start=1)} | {
    ten: value * 10 for value, ten in enumerate(TENS, start=2)
}


def number_in(words: str) -> int | None:
    """What ``seventy-one``, ``thirteen`` or ``42`` count; None for other words."""
    parts = words.lower().replace("-", " ").split()
    if len(parts) == 1 and parts[0].isascii() and parts[0].isdigit():
        return int(parts[0][:4])
    values = [_VALUES.get(part) for part in parts]
    if len(parts) == 2 and parts[0] in TENS and parts[1] in ONES[:9]:
        return sum(value or 0 for value in values)
    return values[0] if len(values) == 1 else None
