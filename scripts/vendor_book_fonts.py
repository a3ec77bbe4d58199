"""Put the typeface that books are set in (EB Garamond, SIL Open Font License 1.1) into ``assets/third_party/book_fonts``.

Run once by a developer, from a checkout, with pip at hand: ``python scripts/vendor_book_fonts.py``. Four fixed faces are
cut from the variable fonts of a pinned package and keep the letters of Latin, Greek and Cyrillic: a fixed face opens a
hundred times faster than a variable one is bent to a weight.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGE = "fontpkg-eb-garamond==1.3"
FACES = {
    "EBGaramond-Regular.ttf": ("EBGaramond[wght].ttf", 400),
    "EBGaramond-Italic.ttf": ("EBGaramond-Italic[wght].ttf", 400),
    "EBGaramond-Bold.ttf": ("EBGaramond[wght].ttf", 700),
    "EBGaramond-BoldItalic.ttf": ("EBGaramond-Italic[wght].ttf", 700),
}
LETTERS = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x02B0, 0x036F),
    (0x0370, 0x052F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x22FF),
    (0x25A0, 0x25FF),
    (0x2766, 0x2767),
)
CREDITS = f"""EB Garamond by Georg Duffner, Octavio Pardo and the EB Garamond Project Authors.
SIL Open Font License 1.1, see LICENSE. From the PyPI package {PACKAGE}: fixed at two weights, and cut down to
Latin, Greek and Cyrillic letters and signs, by scripts/vendor_book_fonts.py.
"""


def main() -> None:
    """Download the package, cut the faces, write them with licence and credits."""
    target = Path(__file__).resolve().parent.parent / "assets" / "third_party" / "book_fonts"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(command, check=True)
        wheel = next(Path(folder).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            (target / "LICENSE").write_bytes(archive.read("fontpkg_eb_garamond/LICENSE"))
            for name, (member, weight) in FACES.items():
                _cut(archive.read(f"fontpkg_eb_garamond/files/{member}"), weight, target / name)
    (target / "CREDITS").write_text(CREDITS, encoding="utf-8")


def _cut(content: bytes, weight: int, out: Path) -> None:
    face = instancer.instantiateVariableFont(TTFont(io.BytesIO(content), recalcTimestamp=False), {"wght": weight})
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.layout_features = []
    keeper = subset.Subsetter(options)
    keeper.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
    keeper.subset(face)
    _name(face, out.stem)
    face.save(out)


def _name(face: TTFont, name: str) -> None:
    """The face says which it is: fonts of one name are taken for one another by some readers of PDFs."""
    style = name.partition("-")[2].replace("BoldItalic", "Bold Italic")
    said = {2: style, 4: f"EB Garamond {style}", 6: name}
    for record in face["name"].names:
        if record.nameID in said:
            record.string = said[record.nameID]


if __name__ == "__main__":
    main()
