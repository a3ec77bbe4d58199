"""Put the storyboard artist's icons into ``assets/third_party``: Noto Emoji (Apache 2.0), game-icons (CC BY 3.0).

Run once by a developer, from a checkout on Debian, with npm at hand: ``python scripts/vendor_icons.py``. Only the icons
named in ``assets/storyboard/subjects.tsv`` are taken, unchanged but for the wrapping element, from pinned packages.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "assets" / "storyboard" / "subjects.tsv"
TARGET = ROOT / "assets" / "third_party"
PACKAGES = {"noto": "@iconify-json/noto@1.2.9", "icon": "@iconify-json/game-icons@1.2.4"}
FOLDERS = {"noto": "noto", "icon": "game-icons"}
CREDITS = {
    "noto": """Noto Emoji, Copyright Google LLC, Apache License 2.0 (see LICENSE).
From the npm package {package}; selected icons, drawings unchanged.
""",
    "icon": """Icons by {authors}, from game-icons.net.
Creative Commons Attribution 3.0 (CC BY 3.0), https://creativecommons.org/licenses/by/3.0/
From the npm package {package}; selected icons. Shapes unchanged; the studio colours them.
""",
}
LICENCES = {"noto": Path("/usr/share/common-licenses/Apache-2.0")}
"""Full texts as a Debian system carries them."""
GAME_ICON_AUTHORS = "Lorc, Delapouite and contributors"


def main() -> None:
    """Fetch the packages, write one file per icon that the table names, and licence and credits beside them."""
    wanted = _wanted()
    with tempfile.TemporaryDirectory() as folder:
        for source, names in wanted.items():
            _vendor(source, names, Path(folder))


def _wanted() -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {"noto": set(), "icon": set()}
    for source, name in re.findall(r"\b(noto|icon):([a-z0-9-]+)", TABLE.read_text(encoding="utf-8")):
        wanted[source].add(name)
    wanted["noto"] -= {"NAME"}
    return wanted


def _vendor(source: str, names: set[str], folder: Path) -> None:
    package = _unpacked(PACKAGES[source], folder / source)
    icons = json.loads((package / "icons.json").read_text(encoding="utf-8"))
    target = TARGET / FOLDERS[source]
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in sorted(names):
        (target / f"{name}.svg").write_text(_svg(icons, name), encoding="utf-8")
    text = CREDITS[source].format(package=PACKAGES[source], authors=GAME_ICON_AUTHORS)
    (target / "CREDITS").write_text(text, encoding="utf-8")
    if source in LICENCES:
        shutil.copyfile(LICENCES[source], target / "LICENSE")


def _unpacked(package: str, folder: Path) -> Path:
    folder.mkdir()
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed once, to fetch the icon packages.")
    subprocess.run([npm, "pack", "--silent", package], cwd=folder, check=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _svg(icons: dict[str, object], name: str) -> str:
    table, aliases = icons["icons"], icons.get("aliases", {})
    assert isinstance(table, dict)
    assert isinstance(aliases, dict)
    icon = table.get(name) or table[aliases[name]["parent"]]
    width = icon.get("width", icons.get("width", 16))
    height = icon.get("height", icons.get("height", 16))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{icon["body"]}</svg>\n'


if __name__ == "__main__":
    main()
