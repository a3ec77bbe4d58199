"""Fingerprints: one hash of everything that decides what a file will be."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePath

from pydantic import BaseModel

from studio.core.checkpoint import Artifact

#: An argument of a step: plain values, values of ``studio.model``, finished artifacts, and collections of them.
Given = object


def fingerprint(step: str, version: int, name: str, by: str, given: Mapping[str, Given]) -> str:
    """16 bytes in hex. ``by`` is the engine's identity; an Artifact among ``given`` counts by its content.

    Raises TypeError for a bare path, which does not say what is in the file.
    """
    whole = {"step": step, "version": version, "name": name, "by": by, "given": plain(given)}
    return _hash(whole, 32)


def inputs(by: str, given: Mapping[str, Given]) -> dict[str, str]:
    """8 hex digits of each argument, so that a later plan can say which of them changed."""
    return {"engine": _hash(by, 8), **{key: _hash(plain(value), 8) for key, value in given.items()}}


def plain(value: Given) -> object:
    """``value`` as JSON knows it, in one form only."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Artifact):
        return {"artifact": value.digest}
    if isinstance(value, PurePath):
        raise TypeError(f"{value} is a path: give the artifact, whose content counts")
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no fingerprint")


def _hash(value: object, digits: int) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
