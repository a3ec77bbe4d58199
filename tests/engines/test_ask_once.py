"""Services that answer in the asking itself: waited for while they are busy, and never asked twice by themselves."""

from __future__ import annotations

import pytest

from studio.engines.limits import Limiter
from studio.engines.remote import ask_once
from studio.errors import Cancelled, EngineBusy, EngineRefused, EngineUnavailable, OutcomeUnknown
from studio.model.job import JobNote
from tests.servers.jobs import Job

NAME = "image/far"


class Far:
    """Does one thing after another; the last one for good."""

    def __init__(self, *does: Exception | str) -> None:
        self.does = list(does)
        self.keys: list[str] = []

    def __call__(self, key: str) -> str:
        self.keys.append(key)
        does = self.does.pop(0) if len(self.does) > 1 else self.does[0]
        if isinstance(does, Exception):
            raise does
        return does


def busy() -> EngineBusy:
    return EngineBusy("busy", retry_after_s=0.01)


def test_each_asking_has_an_id_of_its_own():
    far = Far(busy(), "picture")
    assert ask_once(NAME, Job(), Limiter(1), far) == "picture"
    assert len(set(far.keys)) == 2


def test_a_service_that_is_busy_for_longer_than_one_waits_is_left():
    clock = iter(range(0, 10_000, 700))
    with pytest.raises(EngineUnavailable, match="image/far was busy all the time"):
        ask_once(NAME, Job(), Limiter(1), Far(busy()), now=lambda: float(next(clock)))


def test_a_run_that_is_stopped_while_the_service_is_busy_has_asked_for_nothing():
    notes: list[JobNote] = []
    job = Job(notes, wait=lambda seconds: job.stop.set())
    with pytest.raises(Cancelled):
        ask_once(NAME, job, Limiter(1), Far(EngineBusy("busy", retry_after_s=9)))
    assert ask_once(NAME, Job(notes), Limiter(1), Far("picture")) == "picture"


def test_a_refusal_leaves_the_way_open_for_the_next_run():
    notes: list[JobNote] = []
    with pytest.raises(EngineRefused):
        ask_once(NAME, Job(notes), Limiter(1), Far(EngineRefused("No.")))
    assert ask_once(NAME, Job(notes), Limiter(1), Far("picture")) == "picture"


def test_what_may_have_been_paid_for_is_asked_for_again_only_when_the_user_says_so():
    notes: list[JobNote] = []
    far = Far(OutcomeUnknown("lost"), "picture")
    for _ in range(3):
        with pytest.raises(OutcomeUnknown):
            ask_once(NAME, Job(notes), Limiter(1), far)
    assert len(far.keys) == 1
    Job(notes).note("lost")
    assert ask_once(NAME, Job(notes), Limiter(1), far) == "picture"


def test_what_costs_next_to_nothing_is_asked_for_three_times_at_most():
    far = Far(OutcomeUnknown("lost"))
    with pytest.raises(OutcomeUnknown, match="image/far was asked three times and no answer came. Run again"):
        ask_once(NAME, Job(), Limiter(1), far, asks_again=True)
    assert len(far.keys) == 3
