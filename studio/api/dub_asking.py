"""What routes about dubs ask for: that the project is a dub, and its language or line is there."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi import Path as PathPart

from studio.api.asking import Name, Open


def _known_dub(name: Name, doors: Open) -> str:
    kind = doors.studio.project(name).kind
    if kind != "dub":
        raise HTTPException(400, f"{name} is a {kind}, no dub: POST /api/dubs makes one of it.")
    return name


Dub = Annotated[str, Depends(_known_dub)]


def _known_language(language: Annotated[str, PathPart(description="Two letters")], name: Dub, doors: Open) -> str:
    if language not in doors.studio.project(name).options.get("languages", ()):
        raise HTTPException(404, f"{name} is not dubbed into {language}.")
    return language


def _known_line(line_id: Annotated[str, PathPart(description="The line's id")], name: Dub, doors: Open) -> str:
    if not any(line.id == line_id for line in doors.studio.source_lines(name)):
        raise HTTPException(404, f"{name} has no line {line_id}.")
    return line_id


Language = Annotated[str, Depends(_known_language)]
LineId = Annotated[str, Depends(_known_line)]
