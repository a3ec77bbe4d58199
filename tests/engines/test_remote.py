"""Work at a service: asked for once, waited for, fetched whole, whatever happens to the service or to the studio."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from studio.engines.http import Http
from studio.engines.limits import Limiter
from studio.engines.remote import Accepted, Failed, Gone, Look, Patience, Ready, Waiting, obtain
from studio.errors import Cancelled, EngineBusy, EngineRefused, EngineUnavailable, OutcomeUnknown, UnusableOutput
from studio.model.job import JobNote
from tests.servers.base import Call, Double, Drop, Hang, Reply, Status, Torn
from tests.servers.jobs import Job, KilledHere

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_FILM = b"film" * 5000


class Studio(Double):
    """Makes a film an order; each is done at the second look. It lists its orders with the caller's own key."""

    def __init__(self) -> None:
        super().__init__()
        self.looks: dict[str, int] = {}
        self.verdicts: list[str] = []
        self.most_at_once = 0

    def answer(self, call: Call) -> Reply:
        with self.lock:
            return self._answer(call)

    def _answer(self, call: Call) -> Reply:
        if call.what == "POST /orders":
            self.created.append(call.json["key"])
            self.looks[f"order-{len(self.created)}"] = 0
            self.most_at_once = max(self.most_at_once, sum(count < 2 for count in self.looks.values()))
            return Reply({"id": f"order-{len(self.created)}"})
        if call.what == "GET /orders":
            return Reply({f"order-{number}": key for number, key in enumerate(self.created, start=1)})
        if call.path.startswith("/files/"):
            return Reply(_FILM)
        order = call.path.rpartition("/")[2]
        if order not in self.looks:
            return Reply({"detail": "unknown"}, status=404)
        self.looks[order] += 1
        if self.looks[order] < 2:
            return Reply({"state": "waiting"})
        return Reply({"state": self.verdicts.pop(0) if self.verdicts else "ready"})


class Order:
    """The client of that service."""

    name = "video/studio"

    def __init__(self, url: str, *, finds: bool = True) -> None:
        self._http = Http(self.name, url, timeout_s=0.2, sleep=lambda seconds: None)
        self._finds = finds

    def submit(self, key: str) -> Accepted:
        return Accepted(self._http.post_json("/orders", stage="order", json={"key": key})["id"], {"at": "x"})

    def find(self, note: JobNote) -> Accepted | None:
        if not self._finds:
            raise OutcomeUnknown("It cannot be told whether this was begun.")
        orders = self._http.get("/orders", stage="find")
        return next((Accepted(order) for order, key in orders.items() if key == note.facts["key"]), None)

    def look(self, note: JobNote) -> Look:
        answer = self._http.try_get(f"/orders/{note.remote_id}", stage="look")
        if answer is None:
            return Gone("it is not known there")
        if answer["state"] == "failed":
            return Failed(EngineRefused("It was no good."))
        if answer["state"] == "tired":
            return Failed(EngineRefused("It was tired."), may_help=True)
        if answer["state"] == "stopped":
            return Failed(EngineRefused("Somebody stopped it."), is_cancelled=True)
        return Ready() if answer["state"] == "ready" else Waiting(0.5, "half")

    def fetch(self, ready: Ready, note: JobNote, out: Path) -> None:
        self._http.download(f"/files/{note.remote_id}", out)


@pytest.fixture
def server() -> Iterator[Studio]:
    with Studio() as server:
        yield server


Get = Callable[..., bytes]


@pytest.fixture
def get(server: Studio, tmp_path: Path) -> Get:
    def get(job: Job, *, finds: bool = True, is_free: bool = False, **patience: object) -> bytes:
        out = tmp_path / "out"
        order = Order(server.url, finds=finds)
        obtain(out, job, order, Limiter(1), patience=Patience(**patience), is_free=is_free)
        return out.read_bytes()

    return get


def test_each_state_is_written_before_the_next_thing_is_done(server: Studio, get: Get) -> None:
    job = Job()
    assert get(job) == _FILM
    assert job.states == ["submitting", "submitted", "submitted", "downloading"]
    assert job.notes[1].remote_id == "order-1"
    assert job.notes[-1].facts["at"] == "x"
    assert (0.5, "half") in job.told


@pytest.mark.parametrize("dies_at", ["submitting", "submitted", "downloading"])
def test_a_process_that_dies_is_followed_by_one_that_buys_nothing_again(server: Studio, get: Get, dies_at: str) -> None:
    first = Job(dies_at=dies_at)
    with pytest.raises(KilledHere):
        get(first)
    assert get(Job(first.notes)) == _FILM
    assert len(server.created) == 1


def test_a_process_killed_outright_is_followed_by_one_that_buys_nothing_again(server: Studio, tmp_path: Path) -> None:
    """The whole of it: the journal on the disk, a real process, SIGKILL while the service holds its answer back."""
    from studio.core.jobs import SessionJob
    from studio.core.project import new_project, save_project
    from studio.core.session import Session, Wanted

    save_project(tmp_path, new_project("film", "film"))
    server.misbehave("POST /orders", Hang(after=True))
    code = f"""
import threading
from pathlib import Path
from studio.core.jobs import SessionJob
from studio.core.session import Session, Wanted
from studio.engines.limits import Limiter
from studio.engines.remote import obtain
from tests.engines.test_remote import Order
wanted = Wanted("clip", lambda out: None, lambda path: None, {{}}, "video/studio", step="videos")
with Session(Path({str(tmp_path)!r})) as session:
    job = SessionJob(session, wanted, stop=threading.Event(), tell=lambda share, text, preview: None)
    order = Order({server.url!r})
    order._http = type(order._http)("video/studio", {server.url!r}, timeout_s=30)
    obtain(Path("x"), job, order, Limiter(1))
"""
    child = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    while not server.created:
        assert child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    with Session(tmp_path) as session:
        wanted = Wanted("clip", lambda out: None, lambda path: None, {}, "video/studio", step="videos")
        inner = SessionJob(session, wanted, stop=Job().stop, tell=lambda share, text, preview: None)
        assert inner.last.state == "submitting"
        obtain(tmp_path / "out", inner, Order(server.url), Limiter(1), patience=Patience(poll_s=(0.01, 0.01)))
    assert (tmp_path / "out").read_bytes() == _FILM
    assert len(server.created) == 1


@pytest.mark.parametrize("misdeed", [Drop(after=True), Hang(after=True)], ids=repr)
def test_an_answer_that_was_lost_is_looked_for_and_not_bought_again(server: Studio, get: Get, misdeed: object) -> None:
    server.misbehave("POST /orders", misdeed)
    assert get(Job()) == _FILM
    assert len(server.created) == 1


def test_an_order_that_never_arrived_is_sent_again(server: Studio, get: Get) -> None:
    server.misbehave("POST /orders", Drop())
    job = Job()
    assert get(job) == _FILM
    assert len(server.created) == 1
    assert job.states.count("submitting") == 2


def test_where_it_cannot_be_told_the_user_is_asked_before_it_is_bought_again(server: Studio, get: Get) -> None:
    server.misbehave("POST /orders", Drop(after=True))
    job = Job()
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            get(job, finds=False)
    assert (job.states[-1], len(server.created)) == ("unknown", 1)
    job.note("lost")  # as the user said
    assert get(job, finds=False) == _FILM
    assert len(server.created) == 2


def test_a_busy_service_is_asked_again_later(server: Studio, get: Get) -> None:
    server.misbehave("POST /orders", Status(429, {"Retry-After": "0.01"}), Status(503, {"Retry-After": "0.01"}))
    job = Job(scale=1)
    assert get(job, poll_s=(0.01, 0.01)) == _FILM
    assert len(server.created) == 1


def test_a_refusal_ends_it_and_the_next_run_asks_anew(server: Studio, get: Get) -> None:
    server.misbehave("POST /orders", Status(400, {}, {"error": "not this"}))
    job = Job()
    with pytest.raises(EngineRefused, match="not this"):
        get(job)
    assert job.states[-1] == "failed"
    assert get(job) == _FILM


def test_work_that_a_free_service_lost_is_made_again_but_not_for_ever(server: Studio, get: Get) -> None:
    def forgets(seconds: float) -> None:
        server.looks.clear()

    job = Job(wait=forgets)
    with pytest.raises(EngineUnavailable, match="lost this work 3 times"):
        get(job, is_free=True)
    assert len(server.created) == 3
    assert job.states.count("lost") == 3


def test_a_failure_that_may_pass_is_tried_again_a_few_times(server: Studio, get: Get) -> None:
    server.verdicts = ["tired", "tired"]
    assert get(Job()) == _FILM
    server.verdicts = ["tired"] * 3
    with pytest.raises(EngineRefused, match="tired"):
        get(Job())


def test_what_somebody_ended_there_is_cancelled_and_not_made_again_by_itself(server: Studio, get: Get) -> None:
    server.verdicts = ["stopped"]
    job = Job()
    with pytest.raises(EngineRefused, match="stopped it"):
        get(job)
    assert job.states[-1] == "cancelled"
    assert len(server.created) == 1


def test_a_stopped_run_leaves_the_job_there_and_the_next_one_collects_it(server: Studio, get: Get) -> None:
    job = Job()
    job.tell = lambda share, text, preview=b"": job.stop.set()  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        get(job)
    assert job.states[-1] == "submitted"
    assert get(Job(job.notes)) == _FILM
    assert len(server.created) == 1


def test_a_file_that_is_gone_at_a_free_service_is_made_again(server: Studio, get: Get) -> None:
    server.misbehave("GET /files/.*", Status(404))
    assert get(Job(), is_free=True) == _FILM
    assert len(server.created) == 2


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_paid_file_that_cannot_be_fetched_is_fetched_later_and_never_bought_again(
    server: Studio, get: Get, status: int
) -> None:
    server.misbehave("GET /files/.*", Status(status), Status(status))
    job = Job()
    for _ in range(2):
        with pytest.raises(OutcomeUnknown, match=rf"cannot be fetched there \(status {status}\).*--ask-again"):
            get(job)
    assert get(job) == _FILM
    assert len(server.created) == 1


def test_paid_work_that_is_forgotten_there_is_bought_again_only_once_the_user_asks(server: Studio, get: Get) -> None:
    job = Job()
    server.misbehave("GET /files/.*", Status(403))
    with pytest.raises(OutcomeUnknown):
        get(job)
    server.looks.clear()
    with pytest.raises(OutcomeUnknown, match="took this work, but it is not known there"):
        get(job)
    assert len(server.created) == 1
    job.note("lost", why="asked for again by the user")
    assert get(job) == _FILM
    assert len(server.created) == 2


def test_a_run_that_is_stopped_while_a_file_drips_in_leaves_it_there(server: Studio, get: Get) -> None:
    stopped = Job()

    def stop(self: Order, ready: Ready, note: JobNote, out: Path) -> None:
        raise Cancelled("The run was stopped.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Order, "fetch", stop)
        with pytest.raises(Cancelled):
            get(stopped)
    assert stopped.states[-1] == "submitted"
    assert get(stopped) == _FILM


def test_a_torn_file_is_fetched_on_and_not_bought_again(server: Studio, get: Get) -> None:
    server.misbehave("GET /files/.*", Torn(777), Status(503), Torn(10))
    assert get(Job()) == _FILM
    assert len(server.created) == 1


class Crash(BaseException):
    """What no process survives."""


def test_a_file_that_three_processes_died_of_is_left_alone_and_tried_once_more_in_each_later_run(
    server: Studio, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(self: Order, ready: Ready, note: JobNote, out: Path) -> None:
        raise Crash

    whole, job = Order.fetch, Job()
    monkeypatch.setattr(Order, "fetch", dies)
    for _ in range(3):
        with pytest.raises(Crash):
            get(Job(job.notes))
    with pytest.raises(EngineRefused, match=r"3 times .* left alone in this run\. Run again to fetch it once more"):
        get(Job(job.notes))
    with pytest.raises(Crash):
        get(Job(job.notes))
    with pytest.raises(EngineRefused, match="4 times"):
        get(Job(job.notes))
    monkeypatch.setattr(Order, "fetch", whole)
    assert get(Job(job.notes)) == _FILM
    assert len(server.created) == 1


def test_a_download_that_breaks_off_in_run_after_run_is_no_death(server: Studio, get: Get) -> None:
    job = Job()
    for _ in range(4):
        server.misbehave("GET /files/.*", *[Torn(10)] * 5)
        with pytest.raises(EngineBusy, match="broke off"):
            get(Job(job.notes))
    assert get(Job(job.notes)) == _FILM
    assert len(server.created) == 1


def test_a_run_after_one_that_gave_up_has_all_its_tries_again(server: Studio, get: Get) -> None:
    forgetting = 4

    def forgets(seconds: float) -> None:
        nonlocal forgetting
        forgetting -= 1
        if forgetting >= 0:
            server.looks.clear()

    job = Job(wait=forgets)
    with pytest.raises(EngineUnavailable, match="lost this work 3 times"):
        get(job, is_free=True)
    assert get(Job(job.notes, wait=forgets), is_free=True) == _FILM
    assert len(server.created) == 5


def test_the_tries_of_a_process_that_died_count_too(server: Studio, get: Get) -> None:
    server.verdicts = ["tired"] * 9

    def dies_with_the_second(seconds: float) -> None:
        if len(server.created) == 2:
            raise KilledHere

    job = Job(wait=dies_with_the_second)
    with pytest.raises(KilledHere):
        get(job)
    with pytest.raises(EngineRefused, match="tired"):
        get(Job(job.notes))
    assert len(server.created) == 3


def test_a_file_of_a_free_service_that_is_no_film_is_a_failure(
    server: Studio, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(self: Order, ready: Ready, note: JobNote, out: Path) -> None:
        raise UnusableOutput("It is no film.")

    monkeypatch.setattr(Order, "fetch", unusable)
    job = Job()
    with pytest.raises(UnusableOutput):
        get(job, is_free=True)
    assert job.states[-1] == "failed"


def test_a_web_page_in_the_place_of_a_paid_film_costs_nothing_more(
    server: Studio, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(self: Order, ready: Ready, note: JobNote, out: Path) -> None:
        raise UnusableOutput("It holds text, whatever its name says.")

    job = Job()
    with monkeypatch.context() as patch:
        patch.setattr(Order, "fetch", page)
        with pytest.raises(OutcomeUnknown, match="It holds text"):
            get(job)
    assert get(job) == _FILM
    assert len(server.created) == 1


def test_the_longest_wait_counts_from_the_begin_through_restarts(server: Studio, get: Get) -> None:
    job = Job()
    job.begin(since=0.0)
    server.created.append("x")
    server.looks["order-1"] = -1000
    job.note("submitted", "order-1", begun=0.0)
    with pytest.raises(OutcomeUnknown, match="more than"):
        get(job, longest_s=60.0)
    assert job.states[-1] == "submitted"


def test_many_jobs_never_pass_the_limit_and_keep_their_order(server: Studio, tmp_path: Path) -> None:
    limiter = Limiter(2)

    def one(number: int) -> int:
        obtain(tmp_path / f"{number}", Job(name=f"shot {number}", scale=0.001), Order(server.url), limiter)
        return number

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(one, range(30))) == list(range(30))
    assert len(server.created) == len(set(server.created)) == 30
    assert server.most_at_once <= 2


def test_a_service_that_breaks_off_each_time_is_not_asked_for_ever(server: Studio, get: Get) -> None:
    server.misbehave("POST /orders", *[Drop()] * 9)
    with pytest.raises(EngineUnavailable, match="asked 3 times"):
        get(Job())
    assert server.created == []
