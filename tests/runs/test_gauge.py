"""How long a run says it will take."""

from __future__ import annotations

from studio.runs.gauge import Gauge


def test_a_slow_start_of_a_process_does_not_make_minutes_of_a_few_lines() -> None:
    gauge = Gauge({"translate": 0.2, "speak": 1.0, "mix": 6.0}, {"translate": 2, "speak": 2, "mix": 1})
    for _ in range(2):
        gauge.made("translate")
    left_s = gauge.left_s(elapsed_s=20.0)
    assert left_s is not None
    assert 8.0 <= left_s < 30.0


def test_a_run_that_goes_at_half_the_speed_for_long_takes_twice_as_long() -> None:
    gauge = Gauge({"speak": 1.0}, {"speak": 1000})
    for _ in range(500):
        gauge.made("speak")
    left_s = gauge.left_s(elapsed_s=1000.0)
    assert left_s is not None
    assert 900.0 < left_s < 1000.0
