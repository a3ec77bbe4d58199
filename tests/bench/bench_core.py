"""What finished work costs: a plan of 2,000 shots against one of 200, and a second run against Python's own start.

The finished projects are written down without rendering: each file holds its name, and the journal knows it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from studio import pipelines
from studio.core.pipeline import Plan
from studio.core.plan import plan as plan_through
from studio.core.session import Session, Wanted, _line
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio
from studio.settings import Settings


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Settings(Path(folder), 2))
        small_s, _ = _plan_s(studio, 200)
        large_s, files = _plan_s(studio, 2000)
        print(f"plan of 2,000 shots ({files} files): {large_s:.2f} s, {large_s / small_s:.1f}x that of 200 shots")
        start_s = _timed(["-c", "pass"])
        again_s = _timed(["-m", "studio.cli", "resume", "shots200", "--sessions", folder])
        print(f"second run of 200 finished shots: {again_s:.2f} s, {again_s / start_s:.0f}x Python's own start")


def _plan_s(studio: Studio, count: int) -> tuple[float, int]:
    name = f"shots{count}"
    prompts = studio.settings.sessions / f"{name}.txt"
    prompts.write_text("".join(f"picture {number}\n" for number in range(count)))
    options = FilmOptions(
        seconds=4 * count if count < 1800 else 7200, tts="fake", music=False, width_px=64, height_px=64
    )
    studio.create_film(Source(kind="prompts"), options, name=name, brought=prompts)
    directory = studio.directory(name)
    while _finish_what_is_planned(directory):
        pass
    started = time.perf_counter()
    plan = studio.plan(name)
    took_s = time.perf_counter() - started
    assert not plan.make, plan.make[:3]
    return took_s, len(plan.keep)


def _finish_what_is_planned(directory: Path) -> int:
    """Write down every file whose inputs are known, as a run would leave it; returns how many."""
    with Session(directory) as session:
        pipeline = pipelines.film(session.project)
        plan = plan_through(session, pipeline)
        ready = [plan.wanted[item.name] for item in plan.make if item.name in plan.wanted]
        ready = [wanted for wanted in ready if "will be new" not in _why(plan, wanted)]
        for wanted in ready:
            place = session.path(wanted.name)
            place.parent.mkdir(parents=True, exist_ok=True)
            if wanted.name.endswith((".json", ".wav")):
                wanted.produce(place)
            else:
                place.write_text(wanted.name)
        session.journal.append(*[_line(wanted, session.path(wanted.name), "made") for wanted in ready])
        return len(ready)


def _why(plan: Plan, wanted: Wanted) -> str:
    return next(item.why for item in plan.make if item.name == wanted.name)


def _timed(words: list[str]) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return sorted(times)[1]


if __name__ == "__main__":
    main()
