"""Every benchmark in turn: ``make bench``, or ``python -m tests.bench clip film`` for some of them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Run those named on the command line, or all, each under its own heading."""
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = sys.argv[1:] or known
    strange = [name for name in chosen if name not in known]
    if strange:
        sys.exit(f"No benchmark is called {', '.join(strange)}; there are {', '.join(known)}.")
    for name in chosen:
        print(f"== {name}", flush=True)
        importlib.import_module(f"tests.bench.bench_{name}").main()


if __name__ == "__main__":
    main()
