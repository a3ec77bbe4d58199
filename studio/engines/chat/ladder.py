"""Answers of a language model as values: asked for with a schema, checked, mended once, asked for in smaller parts.

For one value (``ask_for``): ask → read the JSON, whatever stands around it → check it → tell the model once what is
wrong with it → give up. For a list (``ask_in_parts``): at most eight items at a time, laid in by their numbers; what is
missing is asked for again; of an answer that was cut off the whole items count; one that cannot be used is asked for in
parts half as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from studio.errors import UnusableOutput
from studio.model.job import Job

MOST_ITEMS = 8
_OPENS = re.compile(r"[{\[]")
_NOTHING = frozenset({"null", "undefined", "none", "nil", "n/a", "nan", "-", "..."})


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation."""

    who: Literal["user", "model"]
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``schema`` is what the answer must hold to (JSON Schema, everything in place), ``name`` its name."""

    system: str
    turns: tuple[Turn, ...]
    name: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came. ``is_cut`` is True if the model had to stop before its end."""

    text: str
    is_cut: bool = False


class Chat(Protocol):
    """A language model at a service."""

    @property
    def name(self) -> str:
        """The engine, as in ``text/claude``."""
        ...

    def reply(self, question: Question, job: Job) -> Reply:
        """The model's answer. Raises EngineError; EngineRefused if the model will not answer that."""
        ...


def _words(value: Any) -> Any:
    """Models write "null" where they have nothing to say, and break lines where nobody asked for it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    return "" if text.casefold() in _NOTHING else text


def _list(value: Any) -> Any:
    """None, "null" and one word instead of a list of one."""
    if value is None or isinstance(value, str):
        return [text] if (text := _words(value)) else []
    return [one for one in value if _words(one)] if isinstance(value, list) else value


Words = Annotated[str, BeforeValidator(_words)]
"""Text on one line; empty where the model wrote some word for nothing."""

Said = Annotated[Words, StringConstraints(min_length=1)]
"""Text that must be there."""

WordList = Annotated[list[Words], BeforeValidator(_list)]
"""Texts; what is empty is left out."""


class Shape(BaseModel):
    """What a model is asked to fill in; what it adds of its own is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Item(Shape):
    """One of a numbered list."""

    number: int = 0


Asked = TypeVar("Asked", bound=Shape)
Listed = TypeVar("Listed", bound=Item)


@dataclass(frozen=True, slots=True)
class Task:
    """What the model is (``system``) and what it is to do now."""

    system: str
    words: str


class Unreadable(UnusableOutput):
    """The model's answer is not what was asked for, twice. ``is_cut`` is True if it was too long for it."""

    def __init__(self, message: str, *, is_cut: bool = False) -> None:
        super().__init__(message)
        self.is_cut = is_cut


def ask_for(
    shape: type[Asked], chat: Chat, job: Job, task: Task, *, wishes: Callable[[Asked], str] = lambda value: ""
) -> Asked:
    """A value of ``shape``. ``wishes`` says what could be better about one (empty: nothing); it is asked for once.

    Raises EngineError, and Unreadable if neither answer fits the shape.
    """
    question = Question(task.system, (Turn("user", task.words),), shape.__name__.strip("_").lower(), schema_of(shape))
    first, text, complaint = _asked(shape, chat, job, question, wishes)
    if not complaint:
        assert first is not None
        return first
    mend = (
        f"That cannot be used yet: {complaint}\nSend the whole JSON again with this mended, and nothing but the JSON."
    )
    turns = (*question.turns, Turn("model", text or "{}"), Turn("user", mend))
    second, _, complaint = _asked(
        shape, chat, job, Question(task.system, turns, question.name, question.schema), wishes
    )
    value = second or first
    if value is None:
        raise Unreadable(
            f"{chat.name} did not send what it was asked for, twice ({complaint.rstrip('.')}). "
            "Try again, or choose a larger model in Settings."
        )
    return value


def ask_in_parts(
    shape: type[Asked], items_of: Callable[[Asked], Sequence[Listed]], chat: Chat, job: Job, numbers: Sequence[int],
    task_for: Callable[[Sequence[int], Mapping[int, Listed]], Task], *,
    wishes: Callable[[Sequence[Listed]], str] = lambda items: "",
) -> dict[int, Listed]:  # fmt: skip
    """An item for each of ``numbers``; ``task_for`` words the asking for some of them, given those that are there.

    Raises EngineError, and Unreadable if even a single item does not come.
    """
    found: dict[int, Listed] = {}
    most = MOST_ITEMS
    while missing := [number for number in numbers if number not in found]:
        part = missing[:most]
        job.tell(len(found) / len(numbers), f"{len(found)} of {len(numbers)} written")
        try:
            answer = ask_for(shape, chat, job, task_for(part, found), wishes=lambda value: wishes(items_of(value)))
            fresh = _by_number(items_of(answer), part)
        except Unreadable:
            if most == 1:
                raise
            fresh = {}
        if not fresh and len(part) == 1:
            raise Unreadable(f"{chat.name} left out number {part[0]}. Try again, or choose a larger model in Settings.")
        if not fresh:
            most = max(1, min(most, len(part)) // 2)
        found |= fresh
    return {number: found[number] for number in numbers}


def _by_number(items: Sequence[Listed], part: Sequence[int]) -> dict[int, Listed]:
    """The items of ``part`` by their numbers; if none of them fits, and there are enough, in their order."""
    fresh = {item.number: item for item in items if item.number in part}
    if fresh or len(items) < len(part):
        return fresh
    return {number: item.model_copy(update={"number": number}) for number, item in zip(part, items, strict=False)}


def _asked(
    shape: type[Asked], chat: Chat, job: Job, question: Question, wishes: Callable[[Asked], str]
) -> tuple[Asked | None, str, str]:
    """The value (None: none could be read), what was said, and what is wrong with it."""
    job.wait(0)
    reply = chat.reply(question, job)
    try:
        value = _read(shape, reply.text)
    except ValidationError as error:
        complaint = _complaint(error)
    except ValueError as error:
        complaint = f"{error}."
    else:
        return value, reply.text, wishes(value)
    if reply.is_cut:
        raise Unreadable(f"{chat.name} stopped before its answer was complete: it is too long for it.", is_cut=True)
    return None, reply.text, complaint


def read_json(text: str) -> Any:
    """The JSON in ``text``, with or without fences, prose or thinking around it. Raises ValueError if there is none."""
    found = _pieces(text)
    if not found:
        raise ValueError("there is no complete JSON in it")
    return max(found, key=lambda one: one[0])[1]


def _pieces(text: str) -> list[tuple[int, Any]]:
    """Every object and list that stands whole in ``text``, and is not empty, with its length; outer ones only."""
    bare = re.sub(r"(?s)^.*</think>", "", text)
    decoder, at = json.JSONDecoder(), 0
    pieces: list[tuple[int, Any]] = []
    while opened := _OPENS.search(bare, at):
        try:
            value, at = decoder.raw_decode(bare, opened.start())
        except (ValueError, RecursionError):
            at = opened.end()
            continue
        if value:
            pieces.append((at - opened.start(), value))
    return pieces


def _read(shape: type[Asked], text: str) -> Asked:
    """``text`` as ``shape``. Of a list that broke off, the items that are whole; a bare list or item is taken for one."""
    value, fields = read_json(text), list(shape.model_fields)
    if len(fields) == 1 and not (isinstance(value, dict) and fields[0] in value):
        whole = [piece for _, piece in _pieces(text) if isinstance(piece, dict)]
        value = {fields[0]: value if isinstance(value, list) and isinstance(value[0], dict) else whole}
    return shape.model_validate(value)


def _complaint(error: ValidationError) -> str:
    faults = error.errors(include_url=False)
    lines = [f"{'.'.join(map(str, fault['loc'])) or 'the answer'}: {fault['msg'].lower()}" for fault in faults[:6]]
    return "; ".join(lines) + "."


def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of ``shape``: no references, all fields required, and bounds on every list and text.

    The bounds are there because a small model that is held to a schema may else go on for ever inside of one text.
    """
    whole = shape.model_json_schema()
    return _plain(whole, whole.get("$defs", {}))


def without_bounds(schema: Mapping[str, Any]) -> dict[str, Any]:
    """``schema`` in the subset that the large services take."""
    kept = {key: value for key, value in schema.items() if key not in ("maxItems", "maxLength")}
    if "items" in kept:
        kept["items"] = without_bounds(kept["items"])
    if "properties" in kept:
        kept["properties"] = {name: without_bounds(field) for name, field in kept["properties"].items()}
    return kept


_KEPT = ("type", "enum", "description")
_LONGEST_CHARS = 160


def _plain(part: Mapping[str, Any], defs: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in part:
        return _plain(defs[part["$ref"].rpartition("/")[2]], defs)
    plain = {key: part[key] for key in _KEPT if key in part}
    if part.get("type") == "string" and "enum" not in part:
        plain["maxLength"] = part.get("maxLength", _LONGEST_CHARS)
    if part.get("type") == "array":
        plain |= {"items": _plain(part["items"], defs), "maxItems": part.get("maxItems", MOST_ITEMS)}
    if part.get("type") == "object":
        fields = part.get("properties", {})
        plain["properties"] = {name: _plain(field, defs) for name, field in fields.items()}
        plain["required"] = list(fields)
        plain["additionalProperties"] = False
        plain.pop("description", None)
    return plain
