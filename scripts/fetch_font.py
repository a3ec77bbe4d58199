"""Put the studio's typeface (Source Sans 3, SIL Open Font License 1.1) into ``assets/third_party/fonts``.

Run once by a developer, from a checkout, with pip at hand: ``python scripts/fetch_font.py``. The font comes
unchanged from a pinned package, so the result is the same on every machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "fontpkg-source-sans-3==3.52"
MEMBERS = {
    "fontpkg_source_sans_3/files/SourceSans3[wght].ttf": "SourceSans3.ttf",
    "fontpkg_source_sans_3/LICENSE": "LICENSE",
}
CREDITS = f"""Source Sans 3, variable weight, by Adobe (Paul D. Hunt and others).
SIL Open Font License 1.1, see LICENSE. Unchanged, from the PyPI package {PACKAGE}.
"""


def main() -> None:
    """Download the package, take the font and its licence out of it, write the credits."""
    target = Path(__file__).resolve().parent.parent / "assets" / "third_party" / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(command, check=True)
        wheel = next(Path(folder).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            for member, name in MEMBERS.items():
                (target / name).write_bytes(archive.read(member))
    (target / "CREDITS").write_text(CREDITS, encoding="utf-8")


if __name__ == "__main__":
    main()
