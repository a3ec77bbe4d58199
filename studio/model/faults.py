"""What pydantic found wrong with a value, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.model.bounds import BY_FIELD

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_NUMERIC = ("greater_than", "less_than", "finite_number", "int_", "float_", "bool_")
_WORDS = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_unicode": "holds half a character",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "too_short": "is empty",
    "too_long": "has too many entries",
}


def in_words(error: ValidationError, *, item: str = "entry") -> str:
    """The first fault: ``shot 3, duration: must be between 0.04 and 3600 seconds, is 0``.

    ``item`` is what the entries of a list are called; they are counted from 1.
    """
    first = error.errors(include_url=False)[0]
    place = place_of(first["loc"], item=item)
    return f"{place}: {fault_of(first)}" if place else fault_of(first)


def in_file(error: ValidationError, source: str, *, item: str = "entry") -> str:
    """The first fault with its file: ``shots.json, shot 3, duration: must be …``; a sentence without its full stop."""
    words = in_words(error, item=item)
    return f"{source}, {words}" if error.errors(include_url=False)[0]["loc"] else f"{source}: {words}"


def fault_of(fault: ErrorDetails) -> str:
    """What is wrong, without the place."""
    field = next((part for part in reversed(fault["loc"]) if isinstance(part, str) and part in BY_FIELD), "")
    kind = fault["type"]
    if field and kind.startswith(_NUMERIC):
        said = BY_FIELD[field].fault(fault["input"])
        return said or f"must be a whole number, is {fault['input']}"
    if kind == "json_invalid":
        return "this is no JSON: " + fault["msg"].removeprefix("Invalid JSON: ")
    if kind == "string_too_long":
        return f"is too long: {len(fault['input']):,} characters, and at most {fault['ctx']['max_length']:,} are read"
    if kind in _WORDS:
        return _WORDS[kind]
    words = fault["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    is_demand = fault["msg"].startswith("Input should be ")
    return f"must be {words}" if is_demand else words


def place_of(parts: Sequence[int | str], *, item: str) -> str:
    """``shot 3, retakes, image`` for ``(2, "retakes", "image")``."""
    words = [f"{item} {part + 1}" if isinstance(part, int) else str(part) for part in parts]
    return ", ".join(words).encode(errors="replace").decode()
