"""The live socket of one processing session: what its journal says, line by line, and how far it is.

Messages are ``{"n": 8, "type": …}``. Those with ``n`` come from the project's journal: ``log``, ``step``, ``image``,
``status``, ``error`` and ``complete``. The number is the line's, so it only rises, is the same for everybody and after
a restart of the server, and a client that lost its connection asks for what came ``after`` the last one it read: no
gap, no duplicate. ``snapshot`` (the first message) and ``progress`` say how the run stands now; they have no number
but say which line they come ``after``, and a client that reads slowly is spared those it was too late for.

Every client reads at its own pace from one list: nobody waits for anybody.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
from anyio.to_thread import run_sync
from fastapi import WebSocket, WebSocketDisconnect

from studio.core.checkpoint import Checkpoint, Failure, Milestone, Record
from studio.core.indexing.details import chapter_of, in_words, type_of
from studio.core.indexing.rows import PICTURES
from studio.core.journal_tail import JournalTail
from studio.core.project_state import FINISHED, PAUSED, STARTED
from studio.core.session import JOURNAL
from studio.errors import UserError
from studio.runs import processing
from studio.runs.doors import Doors
from studio.runs.model import Run

_NO_SUCH = 1008
_MOST_CLIENTS = 200
_TRY_LATER = 1013


class _Feed:
    """The messages of one project, for all who follow it."""

    def __init__(self, project: str, journal: Path) -> None:
        self.project = project
        self.messages: list[str] = []
        self.clients: set[asyncio.Event] = set()
        self._tail = JournalTail(journal)
        self._reading = asyncio.Lock()

    async def catch_up(self) -> None:
        """What the journal says by now is in ``messages``."""
        async with self._reading:
            for number, record in await run_sync(self._tail.read):
                if number == 1:
                    self.messages.clear()  # an older journal was put in its place
                self.messages.append(_text({"n": number, **_told(self.project, record)}))

    def wake(self) -> None:
        """Something happened."""
        for news in self.clients:
            news.set()


class ProcessingLive:
    """All who follow a session. ``start`` and ``stop`` are called on the server's loop."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._feeds: dict[str, _Feed] = {}
        self._end: Callable[[], None] | None = None

    @property
    def client_count(self) -> int:
        """How many are connected."""
        return sum(len(feed.clients) for feed in self._feeds.values())

    def start(self) -> None:
        """Changes of runs reach the clients from now on."""
        loop = asyncio.get_running_loop()

        def changed(run: Run) -> None:
            with suppress(RuntimeError):  # the loop is closed: the server is ending
                loop.call_soon_threadsafe(self._wake, run.project)

        self._end = self._doors.runs.watch(changed)

    def stop(self) -> None:
        """No more changes are listened to."""
        if self._end:
            self._end()

    async def serve(self, socket: WebSocket, session_id: str, after: int | None) -> None:
        """The client at the other end is told of the session until it closes."""
        await socket.accept()
        try:
            run = processing.session(self._doors, session_id)
        except UserError as error:
            await socket.close(_NO_SUCH, str(error)[:120])
            return
        if self.client_count >= _MOST_CLIENTS:
            await socket.close(_TRY_LATER, f"{_MOST_CLIENTS} programs follow sessions already: close some.")
            return
        feed = self._feeds.setdefault(run.project, _Feed(run.project, self._journal(run.project)))
        news = asyncio.Event()
        feed.clients.add(news)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_until_closed, socket, group.cancel_scope)
                with suppress(WebSocketDisconnect):
                    await self._write(socket, session_id, feed, news, after)
                group.cancel_scope.cancel()
        finally:
            feed.clients.discard(news)
            if not feed.clients:
                self._feeds.pop(run.project, None)

    async def _write(
        self, socket: WebSocket, session_id: str, feed: _Feed, news: asyncio.Event, after: int | None
    ) -> None:
        await feed.catch_up()
        at = len(feed.messages) if after is None else max(0, min(after, len(feed.messages)))
        state = _state(processing.session(self._doors, session_id))
        await socket.send_text(_text({"type": "snapshot", "after": at, **state}))
        while True:
            while at < len(feed.messages):
                at += 1
                await socket.send_text(feed.messages[at - 1])
            now = _state(processing.session(self._doors, session_id))
            if now != state:
                state = now
                await socket.send_text(_text({"type": "progress", "after": at, **state}))
            await news.wait()
            news.clear()
            await feed.catch_up()
            at = min(at, len(feed.messages))

    def _journal(self, project: str) -> Path:
        return self._doors.settings.sessions / project / JOURNAL

    def _wake(self, project: str) -> None:
        if project in self._feeds:
            self._feeds[project].wake()


async def _until_closed(socket: WebSocket, sending: anyio.CancelScope) -> None:
    """Without a reader a client that went away is never noticed."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
    sending.cancel()


def _state(run: Run) -> dict[str, Any]:
    return {
        "session_id": run.session_id,
        "project": run.project,
        "status": run.status,
        "percent": run.percent,
        "step": run.step,
        "done": run.done,
        "total": run.total,
        "left_s": run.left_s,
        "problems": list(run.problems),
        "error": run.error,
    }


def _told(project: str, record: Record) -> dict[str, Any]:
    """A line of the journal as a message."""
    level, words = in_words(record)
    said: dict[str, Any] = {
        "type": "log",
        "checkpoint_type": type_of(record),
        "level": level,
        "message": words,
        "chapter_number": chapter_of(record),
        "step": record.step,
        "at": record.at,
    }
    if isinstance(record, Failure):
        return {**said, "type": "error", "item": record.name}
    if isinstance(record, Checkpoint) and record.name.lower().endswith(PICTURES):
        return {**said, "type": "image", "item": record.name, "url": f"/media/{quote(project)}/{quote(record.name)}"}
    if isinstance(record, Milestone):
        return {**said, **_passed(record)}
    return said


def _passed(milestone: Milestone) -> dict[str, Any]:
    if milestone.type in FINISHED:
        return {"type": "complete"}
    if milestone.type in STARTED or milestone.type in PAUSED:
        return {"type": "status", "status": "paused" if milestone.type in PAUSED else "running"}
    return {"type": "step"}


def _text(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
