"""What stands on something: a cake on a table, a cat on an armchair."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.storyboard.picture.placed import Placed
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.words.english import Token, word_set

_GROWN = word_set("tomato")
_ON = word_set("on upon atop onto")
_LIST = word_set(
    "with a an the and of two three four five six some his her its their birthday lit burning small little"
)
_CARRIED_PEOPLE = 0.7
"""How tall, in people, something that stands on furniture may be."""
_TOPS = {
    "table": 1.0, "bench": 0.46, "armchair": 0.46, "chair": 0.50, "bed": 0.42, "sofa": 0.42, "throne": 0.36,
    "piano": 0.96, "book_pile": 0.99, "treasure_chest": 0.94, "log": 0.86, "rock": 0.86, "barrel": 0.97, "bookshelf": 1.0,
}  # fmt: skip
"""How high up its drawing the top or the seat is, as a share of its height."""


def holds(kind: str) -> bool:
    """True if things may stand on ``kind``."""
    return kind in _TOPS


def put(tokens: Sequence[Token], parts: Sequence[Part]) -> None:
    """Set the relation of the parts that are said to be on furniture: ``on the table``, ``a table with a cake``."""
    for base in parts:
        if not holds(base.record.kind):
            continue
        for part in parts:
            if part is not base and _is_light(part) and (_is_on(tokens, part, base) or _is_with(tokens, part, base)):
                part.relation, part.relative_to = "upon", base.record.kind


def plant(parts: Sequence[Part]) -> None:
    """Put what somebody grows or shares beside them."""
    for part in parts:
        owner = next((one for one in reversed(parts) if one.record.is_person and one.end <= part.at), None)
        if part.record.kind in _GROWN and owner is not None and not part.relative_to:
            part.relation, part.relative_to = "beside", owner.record.kind


def _is_light(part: Part) -> bool:
    record = part.record
    is_still = record.anchor in {"ground", "fire"} and not record.is_building
    return is_still and not record.is_person and record.height_in_people < _CARRIED_PEOPLE


def _is_on(tokens: Sequence[Token], part: Part, base: Part) -> bool:
    """True for ``a cat sleeps on an armchair``, ``a cake and candles on the table``."""
    between = [token.text for token in tokens[part.end : base.at]]
    return part.end < base.at and len(between) < 12 and bool(_ON & set(between[-4:])) and "." not in between


def _is_with(tokens: Sequence[Token], part: Part, base: Part) -> bool:
    """True for ``a table with a cake and candles``: only the list is between them."""
    between = tokens[base.end : part.at]
    if not between or between[0].text != "with" or len(between) > 9:
        return False
    return sum(token.text not in _LIST for token in between[1:]) <= 3 and all(
        token.is_word or token.text == "," for token in between
    )


def bases_first(drawn: list[Subject]) -> list[Subject]:
    """``drawn`` with what something stands on before whatever stands on it."""
    borne = [one for one in drawn if one.relation == "upon"]
    bases = {one.relative_to for one in borne}
    if not borne or drawn[0] not in borne:
        return [one for one in drawn if one not in borne] + borne
    first = [one for one in drawn if one.kind in bases]
    rest = [one for one in drawn if one not in first and one not in borne]
    return first + borne + rest


def spot(
    base: Placed, placed: Sequence[Placed], wide_px: int, count: int, everybody: Sequence[Subject]
) -> tuple[float, float]:
    """Where the next thing on ``base`` stands, ``wide_px`` broad: right of those that are there already."""
    kind = base.subject.kind
    y = base.y - _TOPS[kind] * base.sprite.foot_y
    there = [one for one in placed if one.subject.relation == "upon" and one.subject.relative_to == kind]
    if there:
        right = max(one.x + one.sprite.rgba.shape[1] * 0.4 for one in there)
        return right + wide_px * 0.45 * count, y
    has_more = sum(one.relation == "upon" and one.relative_to == kind for one in everybody) > 1
    return base.x - (base.sprite.rgba.shape[1] * 0.2 if has_more else 0.0), y
