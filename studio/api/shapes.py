"""What goes over the wire: the bodies of requests and answers, for OpenAPI and for people who write programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.core.cleanup import KINDS, Kind
from studio.core.session_info import SessionInfo
from studio.model.bounds import SEED
from studio.planning.telling.random_script import SECONDS

What = Literal["image", "video", "narration"]


class Body(BaseModel):
    """A request: an unknown field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class NewProject(Body):
    """A film from an idea. ``options`` may hold any of the film's options, and no other; the rest have their defaults."""

    idea: str = Field(min_length=1, max_length=20_000)
    name: str = ""
    options: dict[str, Any] = Field(default_factory=dict)


class RandomScript(Body):
    """What a made-up script is about and how long it is, read aloud; empty: as the seed has it."""

    theme: str = Field(default="", max_length=300)
    tone: str = Field(default="", max_length=100)
    seconds: float = Field(default=SECONDS, ge=5, le=1500)
    seed: int = Field(default=1, ge=SEED.least, le=SEED.most)
    text: str = "builtin"


class ContinueVideo(Body):
    """How an old scene video goes on; with ``make`` it is made at once."""

    name: str = ""
    options: dict[str, Any] = Field(default_factory=dict)
    make: bool = False


class ProjectChanges(Body):
    """What is given changes; what is not stays. With an older ``if_revision`` nothing does (409).

    Of ``options`` those that are given; one that there is not is refused (422). ``most_usd`` is what services may cost the
    project in all; null takes the limit away.
    """

    name: str | None = None
    title: str | None = Field(default=None, max_length=300)
    tags: list[str] | None = None
    notes: str | None = Field(default=None, max_length=100_000)
    idea: str | None = Field(default=None, min_length=1, max_length=20_000)
    options: dict[str, Any] | None = None
    most_usd: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    if_revision: int | None = None


class ShotFields(Body):
    """What a shot is; only what is given changes."""

    scene: int | None = Field(default=None, ge=1)
    image_prompt: str | None = None
    motion_prompt: str | None = None
    camera: str | None = None
    narration: str | None = None
    duration_s: float | None = Field(default=None, alias="duration", gt=0)
    emotion: str | None = None
    seed: int | None = None


class ShotChanges(ShotFields):
    """What changes of a shot, and which ``revision`` of it was seen; with an older one nothing changes (409)."""

    revision: str = Field(default="", max_length=64)


class NewShot(ShotFields):
    """A shot behind the shot whose ``index`` is ``after`` (0: at the front)."""

    after: int = Field(ge=0)


class Position(Body):
    """The ``place`` in the film, from 1, where the shot is to stand."""

    position: int = Field(ge=1)


class Retake(Body):
    """What is made again at the next run, differently."""

    what: What


class Pick(Body):
    """The take whose id begins with ``take`` is in the film again."""

    what: What
    take: str = Field(min_length=1)


class Copy(Body):
    """``name`` empty: ``<name>-2``."""

    name: str = ""


class Export(Body):
    """``is_slim`` leaves out takes, save points and what can be made again."""

    is_slim: bool = False


class NewSnapshot(Body):
    """A word to find the save point by."""

    label: str = Field(default="", max_length=100)


class Cleanup(Body):
    """Which kinds of what can go, and how many save points stay."""

    kinds: list[Kind] = Field(default=list(KINDS), min_length=1)
    keep_snapshots: int = Field(default=3, ge=0)


class Verify(Body):
    """``deep`` reads every byte."""

    deep: bool = False


class NewRun(Body):
    """The project to make, and the last step to do of it; empty: all (``lines`` of a dub: only listen)."""

    project: str
    until: str = Field(default="", max_length=40)


class Said(BaseModel):
    """An error, in a sentence for the person at the screen."""

    error: str


class Script(BaseModel):
    """A script to be read, changed and made."""

    script: str


class Named(BaseModel):
    """The project's name."""

    name: str


class Sentence(BaseModel):
    """What was done, in words."""

    said: str


class RunShape(BaseModel):
    """One run: ``make`` for a project's pipeline, else the keeper's work. Counts are items, or bytes."""

    model_config = ConfigDict(extra="allow")

    id: str
    kind: str
    project: str
    status: str
    is_active: bool
    is_elsewhere: bool = Field(False, description="Another program makes it, a terminal perhaps: only watched here")
    step: str
    done: int
    total: int
    percent: int
    left_s: float | None
    problems: list[str]
    notices: list[str]
    error: str
    result: dict[str, Any]
    created_at: str
    started_at: str
    ended_at: str


class ProjectPage(BaseModel):
    """A part of the list, and how many projects there are in all."""

    rows: list[dict[str, Any]]
    total: int


class ProjectShape(BaseModel):
    """One project: its card, its manifest, its newest runs.

    ``paid_works`` counts by engine what services that want money accepted, of which ``lost_works`` came to nothing there;
    ``spent_usd`` is None if any of them has no price.
    """

    info: SessionInfo
    project: dict[str, Any]
    revision: int
    paid_works: dict[str, int]
    lost_works: int
    spent_usd: float | None
    runs: list[RunShape]
    can_undo: bool
    can_redo: bool


class PlannedShape(BaseModel):
    """One file that a run would make, why, and in which step."""

    name: str
    why: str
    step: str


class PlanShape(BaseModel):
    """What a run would make, keep and take back from earlier takes; ``estimate_s`` is None while unknown.

    ``estimate_cost`` is in US dollars, None if a price is not known; ``paid_works`` counts what paid services would be
    asked, by engine. ``is_too_much``: a run would stop at the project's limit.
    """

    make: list[PlannedShape]
    keep: list[str]
    back: list[str]
    estimate_s: float | None
    estimate_cost: float | None
    paid_works: dict[str, int]
    is_too_much: bool


class ShotShape(BaseModel):
    """One shot in film order; ``mark`` is DONE, IMG or TODO; ``stale`` names what would be made again.

    ``place`` is where it stands in the film, from 1: what the window and the terminal call its number. Its ``index``,
    by which it is addressed here, names its files and never changes. ``revision`` is another text once it is changed.
    """

    place: int
    shot: dict[str, Any]
    mark: str
    stale: list[str]
    revision: str


class ChangedShot(BaseModel):
    """A shot with its fields, ``index`` among them, and its ``place`` in the film from 1."""

    model_config = ConfigDict(extra="allow")

    index: int
    place: int


class TakeShape(BaseModel):
    """One version of a shot's picture, clip or sentence; ``file`` is its address below ``/media/<project>/``."""

    name: str
    id: str
    at: str
    origin: str
    is_current: bool
    file: str


class SnapshotShape(BaseModel):
    """A save point; ``stored_bytes`` is what it added to the disk."""

    id: str
    label: str
    at: str
    size_bytes: int
    stored_bytes: int
    is_automatic: bool
    files: int


class RemovableShape(BaseModel):
    """One file that cleaning would remove."""

    kind: str
    name: str
    frees_bytes: int


class CleaningShape(BaseModel):
    """What cleaning would free."""

    items: list[RemovableShape]
    freed_bytes: int


class DeletedShape(BaseModel):
    """A project in the trash; ``folder`` tells two of the same name apart."""

    name: str
    folder: str
    at: str
    size_bytes: int


class EngineShape(BaseModel):
    """An engine, and what is missing if it cannot work here."""

    kind: str
    name: str
    identity: str
    is_available: bool
    missing: str


class StatusShape(BaseModel):
    """That the server is there, and which one it is."""

    version: str
    sessions: Annotated[str, Field(description="Name of the folder with the projects, without its path")]
    projects: int
    active_runs: int
    asks_password: bool
    server: Annotated[str, Field(description="This start of the server")]
