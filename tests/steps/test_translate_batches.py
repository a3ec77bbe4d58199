"""Batches of lines: no line lost, none under another's id, and none failing for another's sake."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.base import ToTranslate, TranslatedText
from studio.errors import EngineRefused, EngineUnavailable, StudioError, ToolFailed, UnusableOutput
from studio.steps.dubbing.translate_batches import Asking, Batches


@dataclass
class Careless:
    """Loses ids, shuffles the answers, adds strangers and empty texts; refuses some lines and whole batches."""

    seed: int = 1
    batch_lines: int = 5
    loses: float = 0.0
    never: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    identity: str = "mt/careless/1"
    calls: list[tuple[str, ...]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def translate(self, lines, *, source, target, glossary):
        with self.lock:
            self.calls.append(tuple(line.id for line in lines))
            chance = Random(f"{self.seed}{len(self.calls)}")
        if any(line.id in self.refuses for line in lines):
            raise EngineRefused("not this one")
        here = [line for line in lines if line.id not in self.never]
        kept = here if len(lines) == 1 else [line for line in here if chance.random() >= self.loses]
        chance.shuffle(kept)
        answers = {line.id: TranslatedText(f"of {line.id}") for line in kept}
        return answers | {"stranger": TranslatedText("?")} | {key: TranslatedText(" ") for key in self.never}


def lines_of(count):
    return [ToTranslate(f"{n:04d}", f"text {n}", 1.0) for n in range(count)]


def batches(engine, lines, expected=None):
    ids = [line.id for line in lines]
    return Batches(Asking(engine, "en", "pt", {}), lines, ids if expected is None else expected)


def answers_of(asked, ids, workers=4):
    def one(key):
        try:
            return asked.get(key).text
        except StudioError as error:
            return error

    with ThreadPoolExecutor(workers) as executor:
        return dict(zip(ids, executor.map(one, ids), strict=True))


@settings(deadline=None)
@given(
    count=st.integers(1, 30),
    size=st.integers(0, 12),
    loses=st.sampled_from((0.0, 0.3, 1.0)),
    seed=st.integers(0, 1000),
    marked=st.sets(st.integers(0, 29), max_size=6),
)
def test_whatever_an_engine_loses_or_shuffles_every_line_gets_its_own_text_or_its_own_error(
    count, size, loses, seed, marked
):
    ids = [f"{n:04d}" for n in marked]
    engine = Careless(seed, size, loses, never=frozenset(ids[::2]), refuses=frozenset(ids[1::2]))
    lines = lines_of(count)
    found = answers_of(batches(engine, lines), [line.id for line in lines])
    for key, answer in found.items():
        if key in engine.never:
            assert isinstance(answer, UnusableOutput)
        elif key in engine.refuses:
            assert isinstance(answer, EngineRefused)
        else:
            assert answer == f"of {key}"


@settings(deadline=None)
@given(st.sets(st.integers(0, 19)), st.sets(st.integers(0, 19)))
def test_lines_that_nobody_expected_are_asked_for_as_well(expected, wanted):
    lines = lines_of(20)
    asked = batches(Careless(), lines, [f"{n:04d}" for n in sorted(expected)])
    ids = [f"{n:04d}" for n in sorted(wanted)]
    assert answers_of(asked, ids) == {key: f"of {key}" for key in ids}


def test_lost_lines_are_asked_for_once_more_together_then_one_by_one():
    engine = Careless(never=frozenset(("0001", "0003")))
    answers_of(batches(engine, lines_of(5)), [f"{n:04d}" for n in range(5)], workers=1)
    assert engine.calls == [
        ("0000", "0001", "0002", "0003", "0004"), ("0001", "0003"), ("0001",), ("0003",),
    ]  # fmt: skip


def test_no_line_is_asked_for_twice_when_all_comes_at_once():
    engine = Careless()
    answers_of(batches(engine, lines_of(23)), [f"{n:04d}" for n in range(23)])
    assert sorted(key for call in engine.calls for key in call) == [f"{n:04d}" for n in range(23)]


def test_a_batch_is_not_asked_for_before_one_of_its_lines_is_wanted():
    engine = Careless()
    answers_of(batches(engine, lines_of(20)), ["0000"], workers=1)
    assert engine.calls == [("0000", "0001", "0002", "0003", "0004")]


def test_two_threads_ask_for_two_batches_at_the_same_time():
    both = threading.Barrier(2, timeout=20)

    class Slow(Careless):
        def translate(self, lines, **more):
            if lines[0].id in ("0000", "0005"):
                both.wait()
            return super().translate(lines, **more)

    found = answers_of(batches(Slow(), lines_of(10)), [f"{n:04d}" for n in range(10)], workers=2)
    assert set(found) == set(map("{:04d}".format, range(10)))


class Broken(Careless):
    error: Exception = ToolFailed("it is broken")

    def translate(self, lines, **more):
        super().translate(lines, **more)
        if any(line.id < "0005" for line in lines):
            raise self.error
        return super().translate(lines, **more)


def test_a_batch_that_fails_leaves_the_others_alone():
    found = answers_of(batches(Broken(), lines_of(10)), [f"{n:04d}" for n in range(10)])
    assert [key for key, answer in found.items() if isinstance(answer, ToolFailed)] == [f"{n:04d}" for n in range(5)]


def test_an_engine_that_is_not_there_is_not_asked_line_by_line():
    engine = Broken()
    engine.error = EngineUnavailable("gone")
    answers_of(batches(engine, lines_of(5)), [f"{n:04d}" for n in range(5)])
    assert len(engine.calls) == 1


def test_a_fault_in_an_engine_reaches_every_line_of_its_batch_and_hangs_none():
    engine = Broken()
    engine.error = KeyError("a fault")
    asked = batches(engine, lines_of(6))
    for key in ("0000", "0004"):
        with pytest.raises(KeyError):
            asked.get(key)
    assert asked.get("0005").text == "of 0005"


def test_only_the_terms_of_a_batchs_own_lines_are_sent():
    sent = []

    class Listening(Careless):
        def translate(self, lines, *, glossary, **more):
            sent.append(dict(glossary))
            return super().translate(lines, glossary=glossary, **more)

    lines = lines_of(6)
    terms = {"0000": {"sea": "mar"}, "0005": {"robot": "autômato"}}
    asked = Batches(Asking(Listening(), "en", "pt", terms), lines, [line.id for line in lines])
    answers_of(asked, [line.id for line in lines], workers=1)
    assert sent == [{"sea": "mar"}, {"robot": "autômato"}]


def test_no_batch_is_compared_with_every_other():
    compared = []

    class Line(ToTranslate):
        def __eq__(self, other):
            compared.append(self.id)
            return super().__eq__(other)

        __hash__ = ToTranslate.__hash__

    lines = [Line(f"{n:04d}", f"text {n}", 1.0) for n in range(300)]
    asked = batches(Careless(batch_lines=1), lines)
    assert [asked.get(line.id).text for line in lines] == [f"of {line.id}" for line in lines]
    assert len(compared) < 10 * len(lines)
