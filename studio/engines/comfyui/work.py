"""One graph's way through one of the servers, as ``studio.engines.remote`` walks it.

The prompt's id is the job's own key, so a submit whose answer was lost is found again. ComfyUI costs electricity and
no money: a server that stays silent is therefore given up after a while and its work made elsewhere.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from studio.engines.comfyui.client import Client, Ended, Graph, Output, is_out_of_memory
from studio.engines.comfyui.events import Listener
from studio.engines.comfyui.pool import Pool
from studio.engines.remote import Accepted, Failed, Gone, Look, MissingError, Ready, Waiting
from studio.errors import Answer, EngineBusy, EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown
from studio.model.job import Job, JobNote


@dataclass
class Work:
    """``graph_for`` makes the graph for the server that was found: its models, its pictures uploaded there, its prefix
    from the key. ``suffixes`` are the kinds of file that are wanted; ``finish`` makes the item of what came."""

    name: str
    job: Job
    pool: Pool
    graph_for: Callable[[Client, str], Graph]
    suffixes: tuple[str, ...]
    finish: Callable[[Path, Path], None]
    smaller: str
    """What may be tried where the memory is too small, as a sentence."""
    _listener: Listener | None = None
    _missed: int = 0
    _silent_since: float | None = None
    _who: str = field(default="")

    def submit(self, key: str) -> Accepted:
        """To the next free server, which stands in the journal before anything is sent."""
        self._end()
        self._who = key
        while True:
            client = self.pool.take(key, self.job.wait)
            try:
                graph = self.graph_for(client, key)
                self.job.note("submitting", server=client.place)
                if client.needs_no_more(key):
                    return self._accepted(client, key)
                self._listen(client, key, key, graph)
                return self._accepted(client, client.submit(graph, key, key))
            except UnfitServer as error:
                self.pool.is_unfit(client, key, str(error))
            except EngineUnavailable as error:
                if error.answer is not None and error.answer.status:
                    self.pool.is_unfit(client, key, str(error))
                else:
                    self.pool.is_silent(client, key)
            except (EngineBusy, EngineRefused, OutcomeUnknown):
                self.close()
                raise

    def find(self, note: JobNote) -> Accepted | None:
        """By the key, at the server it was sent to; after two looks, and a silence, it surely is not there."""
        key, client = str(note.facts.get("key", "")), self.pool.at(str(note.facts.get("server", "")))
        if client is None:
            return None
        until = time.monotonic() + self._patience_s(client)
        looks = 0
        while looks < 2:
            try:
                if client.knows(key):
                    self._who = key
                    self.pool.hold(client, key)
                    return self._accepted(client, key)
                looks += 1
            except EngineError:
                if time.monotonic() > until:
                    return None
            self.job.wait(self.pool.pace.poll_s[0])
        return None

    def look(self, note: JobNote) -> Look:
        """By queue and history; the socket adds how far it is."""
        client = self.pool.at(str(note.facts.get("server", "")))
        if client is None:
            return Gone("its server is no longer in the settings")
        self._watch(client, note)
        try:
            place = client.place_in_queue(note.remote_id)
            ended = client.ended(note.remote_id) if place is None else None
        except EngineError as error:
            return self._silence(client, note, error)
        self._silent_since = None
        if ended is not None:
            self._end()
            return self._ended(client, ended)
        if place is None:
            self._missed += 1
            if self._missed >= 2:
                self._end()
                return Gone(f"{client.place} has it neither in its queue nor in its history")
            return Waiting(None, "")
        self._missed = 0
        if place:
            return Waiting(None, f"{place - 1} before it at {client.place}", is_begun=False)
        heard = self._listener
        return Waiting(heard.share, heard.text, preview=heard.take_preview()) if heard else Waiting()

    def fetch(self, ready: Ready, note: JobNote, out: Path) -> None:
        """The wanted file, made into the item. MissingError if its server ended meanwhile and others can make it."""
        client = self.pool.at(str(note.facts.get("server", "")))
        assert client is not None
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / f"raw{Path(str(ready.facts['name'])).suffix}"
            facts = ready.facts
            try:
                client.download(Output("", str(facts["name"]), str(facts["subfolder"]), str(facts["folder"])), raw)
            except EngineBusy as error:
                if not self.pool.has_other(client) or client.is_up():
                    raise
                self.pool.is_silent(client, self._who)
                raise MissingError(f"{client.place} does not answer any more") from error
            self.finish(raw, out)

    def close(self) -> None:
        """Its place is free, its socket closed."""
        self._end()

    def _accepted(self, client: Client, prompt_id: str) -> Accepted:
        self._missed, self._silent_since = 0, None
        return Accepted(prompt_id, {"server": client.place})

    def _listen(self, client: Client, prompt_id: str, client_id: str, graph: Graph) -> None:
        self._listener = Listener(client, prompt_id, client_id, graph, lambda: self.pool.release(self._who))
        self._listener.open()

    def _watch(self, client: Client, note: JobNote) -> None:
        """A job of an earlier process has no ears yet, and holds no place."""
        if not self._who:
            self._who = note.remote_id
            self.pool.hold(client, self._who)
        if self._listener is None:
            self._listen(client, note.remote_id, str(note.facts.get("key", note.remote_id)), {})
        else:
            self._listener.open()

    def _silence(self, client: Client, note: JobNote, error: EngineError) -> Look:
        now = time.monotonic()
        self._silent_since = self._silent_since or now
        if now < self._silent_since + self._patience_s(client):
            return Waiting(None, f"{client.place} does not answer", is_begun="begun" in note.facts)
        if not self.pool.has_other(client):
            self._end()
            raise error
        self.pool.is_silent(client, self._who)
        self._end()
        return Gone(f"{client.place} does not answer any more")

    def _patience_s(self, client: Client) -> float:
        pace = self.pool.pace
        return pace.give_away_s if self.pool.has_other(client) else pace.wait_for_any_s

    def _ended(self, client: Client, ended: Ended) -> Look:
        if ended.state == "cancelled":
            error = EngineRefused(
                f"{self.name}: somebody stopped it at {client.place}. Retry the item to make it anew."
            )
            return Failed(error, is_cancelled=True)
        if ended.state == "failed":
            return self._failed(client, ended)
        wanted = next((output for output in ended.outputs if output.suffix in self.suffixes), None)
        if wanted is None:
            gave = ", ".join(output.name for output in ended.outputs) or "nothing"
            kinds = ", ".join(suffix.lstrip(".") for suffix in self.suffixes)
            return Failed(
                EngineRefused(f"{self.name}: the graph gave {gave}, but a file of these kinds is wanted: {kinds}.")
            )
        return Ready({"name": wanted.name, "subfolder": wanted.subfolder, "folder": wanted.folder})

    def _failed(self, client: Client, ended: Ended) -> Look:
        error = ended.error
        kind, words = str(error.get("exception_type", "")), str(error.get("exception_message", "")).strip()
        where = f"node {error.get('node_id', '?')} ({error.get('node_type', 'unknown')})"
        answer = Answer(self.name, "render", 200, kind)
        if is_out_of_memory(error):
            client.free()
            message = f"{self.name}: {client.place} has too little memory for this ({where}, {kind}). {self.smaller}"
            return Failed(EngineRefused(message, answer=answer), may_help=self._tries() < 2)
        kept = ", ".join(output.name for output in ended.outputs)
        saved = f" Saved before that, and still there: {kept}." if kept else ""
        why = f"{kind}: {words.splitlines()[0]}" if words else kind or "it did not say why"
        return Failed(EngineRefused(f"{self.name}: {where} failed at {client.place}. {why}.{saved}", answer=answer))

    def _tries(self) -> int:
        return self.job.last.tries if self.job.last else 0

    def _end(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if self._who:
            self.pool.release(self._who)
            self._who = ""


class UnfitServer(EngineError):
    """This server lacks something that the graph needs; another may have it."""
