"""How fast the built-in reader goes through chapters, and whether twice as much text takes twice as long."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.engines import registry
from studio.media.assets import asset_path

_MOMENTS = 10


def main() -> None:
    """Read the sample manuscript as one chapter, and twice and four times as long."""
    engine = registry.analysis("builtin")
    lines = asset_path("sample_manuscript.md").read_text(encoding="utf-8").split("\n")
    text = "\n".join(line for line in lines if not line.startswith("#"))
    with TemporaryDirectory() as folder:
        out = Path(folder) / "a.json"
        engine.analyse(out, "Somebody opens a door.", title="", most_moments=1, language="en")
        for times in (1, 2, 4):
            start_s = time.process_time()
            engine.analyse(out, text * times, title="", most_moments=_MOMENTS, language="en")
            took_s = time.process_time() - start_s
            most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            print(
                f"{len(text) * times:,} characters: {took_s:.1f} s, {len(text) * times / took_s:,.0f} a second, {most_mb} MB"
            )


if __name__ == "__main__":
    main()
