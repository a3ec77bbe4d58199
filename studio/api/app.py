"""All of our routes, on one application; what belongs to Gradio is mounted behind them."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.routing import APIRoute

from studio import __version__
from studio.api import (
    about,
    dub_sound,
    dubs,
    live,
    manuscripts,
    media,
    processing,
    projects,
    runs,
    scene_cards,
    scenes,
    sessions,
    shots,
)
from studio.api.failures import answer_errors
from studio.api.gradio_door import GradioDoor
from studio.api.guard import Addresses, Guard
from studio.api.kept_answers import KeptAnswers
from studio.api.limits import BodyLimit, Compress
from studio.api.live import Live
from studio.api.processing_live import ProcessingLive
from studio.api.shapes import Said
from studio.api.thumbs import Thumbs
from studio.api.uploads import Uploads
from studio.runs.doors import Doors

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Said, "description": "What was asked cannot be"},
    403: {"model": Said, "description": "A foreign page, or a program without the token"},
    404: {"model": Said, "description": "There is no such thing"},
    409: {"model": Said, "description": "Another window saved, or works on it"},
    422: {"model": Said, "description": "A field or file is not what it should be; nothing was changed"},
}


def api_app(doors: Doors, **given: Any) -> FastAPI:
    """The application with REST, media and the live socket; ``given`` goes to FastAPI."""
    app = FastAPI(
        title="AI Film Studio",
        version=__version__,
        description="Programs that write send the token in the data folder's file `token` as `X-Studio-Token`.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page is made of scripts from other computers
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        **given,
    )
    app.state.doors = doors
    app.state.live = Live(doors)
    app.state.processing = ProcessingLive(doors)
    app.state.thumbs = Thumbs(doors.data_dir / "thumbs")
    app.state.uploads = Uploads(doors.settings.sessions)
    app.state.server_id = secrets.token_hex(8)
    app.state.asks_password = False
    answer_errors(app)
    for module in (
        about,
        projects,
        shots,
        dubs,
        dub_sound,
        scenes,
        scene_cards,
        sessions,
        runs,
        manuscripts,
        processing,
    ):
        app.include_router(module.router, responses=_ERRORS)
    app.include_router(manuscripts.samples, responses=_ERRORS)
    app.include_router(media.router)
    app.include_router(live.router)
    for prefix in ("/api", "/media"):
        app.add_api_route(f"{prefix}/{{rest:path}}", _nothing, methods=_METHODS, include_in_schema=False)
    return app


def protect(app: FastAPI, *, addresses: Addresses, token: str, password: str) -> None:
    """The guard stands around all routes of ``app``, those that are mounted as well."""
    app.state.asks_password = bool(password)
    app.add_middleware(GradioDoor)
    app.add_middleware(Compress)
    app.add_middleware(BodyLimit)
    app.add_middleware(KeptAnswers)
    app.add_middleware(Guard, addresses=addresses, token=token, password=password)


def _nothing(rest: str) -> None:
    raise HTTPException(404, f"There is nothing at {rest}.")


def _operation_id(route: APIRoute) -> str:
    return route.name
