"""``/api/projects``: find, make, look at, change and delete projects."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from studio.api.asking import Name, Open, UploadRoom, options_of
from studio.api.file_body import FileBody
from studio.api.forms import BINARY, file_in, options_in
from studio.api.shapes import (
    DeletedShape,
    Named,
    NewProject,
    PlanShape,
    ProjectChanges,
    ProjectPage,
    ProjectShape,
    RunShape,
)
from studio.api.uploads import Received
from studio.core.index import SORTS
from studio.core.index import Query as Asked
from studio.core.project import Project, title_line
from studio.core.saving import revision_of
from studio.errors import BadInput
from studio.model.dub import DubOptions
from studio.model.film import FilmOptions
from studio.model.scenes import SceneOptions
from studio.model.source import Source
from studio.runs import works
from studio.runs.doors import Doors
from studio.service.dub_choices import dub_fields
from studio.service.films import film_fields

router = APIRouter(prefix="/api", tags=["projects"])
_LAST_ROW = 10**9
_INSIDE = {
    "folder_mtime_ns",
    "manifest_mtime_ns",
    "journal_bytes",
    "has_details",
    "name_key",
    "title_key",
    "tags_key",
    "languages_key",
}
_BROUGHT_KINDS = ("script", "story", "prompts", "scenes")
"""``scenes`` is a script as well, to become a scene video."""
_BESIDE_SCRIPT = ("picture", "environments")
"""Files that may come with the script of a scene video."""
_MOST_BROUGHT_BYTES = 32 << 20
_NEWEST_RUNS = 10


@router.get("/projects", summary="Find projects", response_model=ProjectPage)
def find_projects(
    doors: Open,
    text: Annotated[str, Query(description="Words that must all occur in name, title, idea, notes or tags")] = "",
    kind: str = "",
    language: str = "",
    state: str = "",
    tag: str = "",
    sort: Annotated[str, Query(description=", ".join(SORTS))] = "updated",
    descending: bool = True,
    offset: Annotated[int, Query(ge=0, le=_LAST_ROW)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> dict[str, Any]:
    """A part of the list, straight from the index."""
    asked = Asked(
        text=text, kind=kind, language=language, state=state, tag=tag, sort=sort, is_descending=descending,
        offset=offset, limit=limit,
    )  # fmt: skip
    page = doors.keeper.search(asked)
    rows = [{key: value for key, value in row.items() if key not in _INSIDE} for row in page.rows]
    return {"rows": rows, "total": page.total}


@router.post(
    "/projects",
    status_code=201,
    response_model=Named,
    summary="Make a new project from an idea, a script, a story or prompts",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": NewProject.model_json_schema()},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file", "kind"],
                        "properties": {
                            "file": BINARY,
                            "kind": {"type": "string", "enum": list(_BROUGHT_KINDS)},
                            "name": {"type": "string"},
                            "options": {"type": "string", "description": "The film's options as JSON"},
                            "picture": {**BINARY, "description": "What scene 1 of a scene video begins with"},
                            "environments": {**BINARY, "description": "A scene video's own environments, as JSON"},
                        },
                    }
                },
            },
        }
    },
)
async def make_project(request: Request, doors: Open, uploads: UploadRoom) -> dict[str, str]:
    """JSON with an idea, or a form with a file."""
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        async with uploads.receive(request, most_bytes=_MOST_BROUGHT_BYTES, small=_BESIDE_SCRIPT) as received:
            made = await run_sync(_made_of, doors, received)
            await run_sync(received.discard)
    else:
        asked = NewProject.model_validate_json(await request.body())
        options = options_of(FilmOptions, asked.options)
        source = Source(kind="idea", idea=asked.idea)
        made = await run_sync(lambda: doors.studio.create_film(source, options, name=asked.name))
    doors.changes.tell(made)
    return {"name": made}


def _made_of(doors: Doors, received: Received) -> str:
    """The name of the new project of the form's file."""
    brought, options, fields = file_in(received, "script, story or prompts"), options_in(received), received.fields
    kind, name = fields.get("kind", ""), fields.get("name", "").strip()
    if kind not in _BROUGHT_KINDS:
        raise BadInput(f"kind must be one of {', '.join(_BROUGHT_KINDS)}.")
    if kind == "scenes":
        beside = {part: received.kept(part) for part in _BESIDE_SCRIPT if part in received.small_files}
        return doors.studio.create_scenes(brought, options_of(SceneOptions, options), name=name, **beside)
    if received.small_files:
        raise BadInput(f"{' and '.join(sorted(received.small_files))}: only a scene video begins with that.")
    source = Source.model_validate({"kind": kind})
    return doors.studio.create_film(source, options_of(FilmOptions, options), name=name, brought=brought)


@router.get("/projects/{name}", summary="All about one project", response_model=ProjectShape)
def view_project(name: Name, doors: Open) -> dict[str, Any]:
    """Its card, its manifest with the numbers as they are now, and its newest runs."""
    project = doors.studio.project(name)
    can_undo, can_redo = doors.studio.can_undo(name)
    spent = doors.studio.spent(name)
    return {
        "info": doors.keeper.get_session_info(name),
        "project": project.model_dump(mode="json"),
        "revision": revision_of(project),
        "runs": [run.as_json() for run in doors.runs.runs(project=name, limit=_NEWEST_RUNS)],
        "can_undo": can_undo,
        "can_redo": can_redo,
        "paid_works": spent.works,
        "lost_works": spent.lost,
        "spent_usd": spent.usd,
    }


@router.patch("/projects/{name}", summary="Change a project", response_model=ProjectShape)
def change_project(name: Name, changes: ProjectChanges, doors: Open) -> dict[str, Any]:
    """All of it at once: nothing is changed if another window saved since ``if_revision``, or if one change cannot be."""
    given = changes.model_dump(exclude_unset=True, exclude={"name", "idea", "options", "if_revision"})
    fields = {key: value for key, value in given.items() if value is not None or key == "most_usd"}
    if "title" in fields:
        fields["title"] = title_line(fields["title"])
    if "tags" in fields:
        fields["tags"] = sorted({tag.strip() for tag in fields["tags"] if tag.strip()})
    fields |= _asked_of(doors, name, changes)
    if changes.name and changes.name != name:
        doors.runs.must_be_idle(name)
    saved = doors.keeper.save_session(name, fields, if_revision=changes.if_revision, new_name=changes.name or "")
    if saved.kind == "scenes" and changes.options:
        doors.studio.set_scene_options(saved.session_name, _scene_options(saved, changes))
    if saved.session_name != name:
        doors.changes.tell(name)
    doors.changes.tell(saved.session_name)
    return view_project(saved.session_name, doors)


def _asked_of(doors: Doors, name: str, changes: ProjectChanges) -> dict[str, object]:
    """The fields that say what the project is to become, if they change."""
    if changes.options is None and changes.idea is None:
        return {}
    project = doors.studio.project(name)
    given = changes.options or {}
    if project.kind == "dub":
        if changes.idea is not None:
            raise BadInput(f"idea: {name} is a dub, which is made of a film, not of an idea.")
        options = options_of(DubOptions, given, over=project.options)
        if "voices" in given:  # named here, also where the studio had found the same by ear
            by_ear = tuple(code for code in options.by_ear if code not in given["voices"])
            options = options.model_copy(update={"by_ear": by_ear})
        return dub_fields(DubOptions.model_validate(project.options), options)
    if project.kind == "scenes":
        if changes.idea is not None:
            raise BadInput(f"idea: {name} is a scene video, which is made of a script, not of an idea.")
        _scene_options(project, changes)
        return {}  # they are set by themselves: what is finished is kept with the others
    source = Source(kind="idea", idea=changes.idea) if changes.idea is not None else None
    wanted = options_of(FilmOptions, given, over=project.options)
    return film_fields(doors.studio.directory(name), project, wanted, source)


def _scene_options(project: Project, changes: ProjectChanges) -> SceneOptions:
    return options_of(SceneOptions, changes.options or {}, over=project.options)


@router.delete("/projects/{name}", summary="Put a project into the trash", response_model=DeletedShape)
def delete_project(name: Name, doors: Open) -> object:
    """Whole, so that it can be restored."""
    doors.runs.must_be_idle(name)
    deleted = doors.keeper.delete_session(name)
    doors.changes.tell(name)
    return deleted


@router.get("/projects/{name}/plan", summary="What a run would make now, and why", response_model=PlanShape)
def plan_project(name: Name, doors: Open) -> object:
    """Nothing is changed."""
    found = doors.studio.plan(name)
    plan = {"make": found.make, "keep": found.keep, "back": found.back, "estimate_s": found.estimate_s}
    cost = found.cost
    return {**plan, "estimate_cost": cost.usd, "paid_works": cost.works, "is_too_much": cost.is_too_much}


@router.get("/projects/{name}/storyboard.pdf", summary="The storyboard, to print", response_class=Response)
def storyboard(name: Name, doors: Open) -> Response:
    """Every shot with its picture and words."""
    with tempfile.TemporaryDirectory() as folder:  # the open file lives on until it is sent
        out = Path(folder) / "storyboard.pdf"
        doors.studio.storyboard_pdf(name, out)
        return FileBody(out, media_type="application/pdf", download_name=f"{name}_storyboard.pdf", cache="no-store")


@router.get("/trash", summary="What is in the trash, deleted last first", response_model=list[DeletedShape])
def trash(doors: Open) -> object:
    """Whole projects."""
    return doors.keeper.trashed()


@router.post("/trash/{name}/restore", summary="Bring a project back", response_model=Named)
def restore(name: str, doors: Open) -> dict[str, str]:
    """``name`` is the project's, or its folder's in the trash. Its own name may be taken: the answer says the new one."""
    if not any(name in (entry.name, entry.folder) for entry in doors.keeper.trashed()):
        raise HTTPException(404, f"There is no project {name} in the trash.")
    back = doors.keeper.restore_session(name)
    doors.changes.tell(back)
    return {"name": back}


@router.delete("/trash", status_code=202, summary="Empty the trash for good", response_model=RunShape)
def empty_trash(doors: Open) -> object:
    """As a run."""
    return works.empty_trash(doors).as_json()
