"""The live socket: what is going on, at once and then in numbered steps, to every window that is open.

A window first gets the whole picture, ``{"n": 7, "snapshot": {…}}``, then each change, ``{"n": 8, "run": {…}}`` or
``{"n": 9, "project": {…}}``, and how what is being made looks by now, ``{"n": 10, "preview": {…}}``. A window that
reads too slowly to follow gets a new picture instead of what it missed; nobody waits for it. Everything but the
listeners runs on the server's loop, so numbers have no gap.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from studio import __version__
from studio.core.project import load_project
from studio.core.saving import revision_of
from studio.errors import StudioError
from studio.runs.doors import Doors
from studio.runs.model import Run

router = APIRouter()
_SHOWN_RUNS = 10
_MOST_WAITING = 64
_MOST_WINDOWS = 100
_TRY_LATER, _NOT_UNDERSTOOD = 1013, 1008
Message = dict[str, Any]


class _Window:
    """What one open window has not been sent yet."""

    def __init__(self, most_waiting: int) -> None:
        self.has_news = asyncio.Event()
        self._waiting: deque[Message] = deque()
        self._most_waiting = most_waiting
        self._needs_picture = False
        self.is_nonsense = False

    def put(self, message: Message) -> None:
        """``message`` will be sent; if too many wait already, a new picture instead of them all."""
        if self._needs_picture:
            return
        self._waiting.append(message)
        if len(self._waiting) > self._most_waiting:
            self.ask_for_picture()
        self.has_news.set()

    def ask_for_picture(self) -> None:
        """A whole picture is the next thing to be sent."""
        self._waiting.clear()
        self._needs_picture = True
        self.has_news.set()

    def take_request(self) -> bool:
        """True once after a picture was asked for; what is put from now on comes after it."""
        asked, self._needs_picture = self._needs_picture, False
        return asked

    def next(self) -> Message | None:
        """The oldest change; None, and no more news, if there is none."""
        if self._needs_picture or not self._waiting:
            if not self._needs_picture:
                self.has_news.clear()
            return None
        return self._waiting.popleft()


class Live:
    """All open windows. ``start`` and ``stop`` are called on the server's loop."""

    def __init__(self, doors: Doors, *, most_waiting: int = _MOST_WAITING) -> None:
        self._doors = doors
        self._most_waiting = most_waiting
        self._windows: set[_Window] = set()
        self._n = 0
        self._ends: list[Callable[[], None]] = []

    @property
    def window_count(self) -> int:
        """How many windows are connected."""
        return len(self._windows)

    def start(self) -> None:
        """Changes of runs and projects reach the windows from now on."""
        loop = asyncio.get_running_loop()

        def tell(facts: Mapping[str, Any]) -> None:
            with suppress(RuntimeError):  # the loop is closed: the server is ending
                loop.call_soon_threadsafe(self._publish, dict(facts))

        def run_changed(run: Run) -> None:
            tell({"run": run.as_json()})

        def project_changed(name: str) -> None:
            tell({"project": {"name": name, "revision": self._revision(name)}})

        def preview_came(project: str, item: str, preview: str) -> None:
            tell({"preview": {"project": project, "item": item, "jpeg": preview}})

        runs = self._doors.runs
        self._ends = [
            runs.watch(run_changed), runs.watch_previews(preview_came), self._doors.changes.watch(project_changed),
        ]  # fmt: skip

    def stop(self) -> None:
        """No more changes are listened to."""
        while self._ends:
            self._ends.pop()()

    async def serve(self, socket: WebSocket) -> None:
        """The window at the other end knows everything until it closes. What no window says ends the connection."""
        await socket.accept()
        if self.window_count >= _MOST_WINDOWS:
            await socket.close(_TRY_LATER, f"{_MOST_WINDOWS} windows are open already: close some.")
            return
        window = _Window(self._most_waiting)
        self._windows.add(window)
        window.ask_for_picture()
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._read, socket, window, group.cancel_scope)
                with suppress(WebSocketDisconnect):
                    await self._write(socket, window)
                group.cancel_scope.cancel()
            if window.is_nonsense:
                await socket.close(_NOT_UNDERSTOOD, "Only ping and snapshot are understood here.")
        finally:
            self._windows.discard(window)

    async def _read(self, socket: WebSocket, window: _Window, sending: anyio.CancelScope) -> None:
        """Without a reader a closed window is never noticed."""
        while (message := await socket.receive())["type"] != "websocket.disconnect":
            if message.get("text") == "ping":
                window.put({"pong": True})
            elif message.get("text") == "snapshot":
                window.ask_for_picture()
            else:
                window.is_nonsense = True
                break
        sending.cancel()

    async def _write(self, socket: WebSocket, window: _Window) -> None:
        while True:
            await window.has_news.wait()
            if window.take_request():
                n = self._n  # before looking: a change that comes meanwhile is sent after it, once more
                picture = await run_sync(self._picture)
                await _send(socket, {"n": n, "snapshot": picture})
            elif (message := window.next()) is not None:
                await _send(socket, message)

    def _publish(self, facts: Message) -> None:
        self._n += 1
        message = {"n": self._n, **facts}
        for window in self._windows:
            window.put(message)

    def _picture(self) -> Message:
        newest = self._doors.runs.runs(limit=_SHOWN_RUNS)
        older = [run for run in reversed(self._doors.runs.active()) if run not in newest]
        newest_first = [*newest, *older]  # in the order they were asked for: a clock may be set back
        failed = next((run for run in newest_first if run.error or run.problems), None)
        problem = (
            {"run": failed.id, "project": failed.project, "words": failed.error or failed.problems[-1]}
            if failed
            else None
        )
        return {"version": __version__, "runs": [run.as_json() for run in newest_first], "problem": problem}

    def _revision(self, name: str) -> int | None:
        """None if the project is gone."""
        try:
            return revision_of(load_project(self._doors.keeper.directory(name)))
        except StudioError:
            return None


@router.websocket("/ws")
async def live_socket(socket: WebSocket) -> None:
    """See ``Live``. A window may send ``ping`` (answered) or ``snapshot`` (a new picture)."""
    live: Live = socket.app.state.live
    await live.serve(socket)


async def _send(socket: WebSocket, message: Message) -> None:
    if message.get("pong"):
        await socket.send_text("pong")
    else:
        await socket.send_text(json.dumps(message, ensure_ascii=False, separators=(",", ":")))
