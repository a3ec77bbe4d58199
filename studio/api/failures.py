"""Errors as answers: the sentence for the person, and the status for the program."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from studio.api.uploads import TooLarge
from studio.core.saving import OlderSave
from studio.errors import (
    ArchiveRefused,
    BadInput,
    EngineBusy,
    ProjectLocked,
    StorageFailed,
    StudioError,
    UserError,
)

_STATUSES: tuple[tuple[type[StudioError], int], ...] = (
    (TooLarge, 413),
    (OlderSave, 409),
    (ProjectLocked, 409),
    (ArchiveRefused, 422),
    (BadInput, 422),
    (StorageFailed, 507),
    (EngineBusy, 503),
    (UserError, 400),
    (StudioError, 400),
)
"""The first that fits."""


def answer_errors(app: FastAPI) -> None:
    """Every error of ``app`` is answered with ``{"error": "<sentence>"}``."""
    app.add_exception_handler(StudioError, _studio_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def status_of(error: StudioError) -> int:
    """The HTTP status that says what the caller should do."""
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def _sentence(status: int, words: str, headers: dict[str, str] | None = None) -> JSONResponse:
    told = words.encode(errors="replace").decode()  # half a letter (a lone surrogate) cannot be sent back
    return JSONResponse({"error": told}, status, headers={"cache-control": "no-store", **(headers or {})})


async def _studio_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, StudioError)
    return _sentence(status_of(error), str(error))


async def _http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _sentence(error.status_code, error.detail, dict(error.headers or {}))


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, (RequestValidationError, ValidationError))
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
    words = str(first["msg"])
    return _sentence(422, f"{place}: {words}." if place else f"{words}.")


async def _unforeseen(_: Request, error: Exception) -> JSONResponse:
    """The server's log has the traceback: Starlette raises ``error`` again once this is sent."""
    return _sentence(500, f"Something unforeseen went wrong ({type(error).__name__}). The studio's log says where.")
