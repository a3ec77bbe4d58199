"""How much of a service is used at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import pytest

from studio.engines.limits import Limiter
from studio.errors import Cancelled
from tests.servers.jobs import Job


class Clock:
    """Seconds that pass only when everybody waits: each wait moves it on."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        with self._lock:
            return self._now_s

    def wait(self, seconds: float) -> None:
        with self._lock:
            self._now_s += seconds
        time.sleep(0)


class Sent(deque[float]):
    """When something was sent, as the limiter counts it: a look at the clock afterwards would be too late."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[float] = []

    def append(self, at: float) -> None:
        self.all.append(at)
        super().append(at)


def test_two_hundred_jobs_keep_to_two_at_a_time_and_ten_a_minute() -> None:
    clock, lock = Clock(), threading.Lock()
    limiter = Limiter(2, 10, now=clock.now)
    limiter._sent = sent = Sent()
    inside, most = 0, 0

    def work(number: int) -> int:
        nonlocal inside, most
        with limiter.place(clock.wait):
            limiter.turn(clock.wait)
            with lock:
                inside += 1
                most = max(most, inside)
            clock.wait(0.1)
            with lock:
                inside -= 1
        return number

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(200))) == list(range(200))
    assert most == 2
    assert len(sent.all) == 200
    assert all(later - first > 60 - 1e-6 for first, later in zip(sent.all, sent.all[10:], strict=False))


def test_nobody_sends_while_the_service_asks_for_quiet() -> None:
    clock = Clock()
    limiter = Limiter(2, now=clock.now)
    limiter.rest(30)
    limiter.turn(clock.wait)
    assert clock.now() >= 30


def test_who_gives_up_while_waiting_leaves_no_place_taken() -> None:
    limiter, job = Limiter(1), Job()
    with limiter.place(job.wait):
        job.stop.set()
        with pytest.raises(Cancelled), limiter.place(job.wait):
            pass
    with limiter.place(job.wait):
        pass
