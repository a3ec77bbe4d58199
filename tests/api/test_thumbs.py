"""Thumbnails, as a gallery asks for them: many at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from studio.api.thumbs import Thumbs


def test_a_gallery_that_asks_for_all_at_once_gets_all(tmp_path: Path) -> None:
    pictures = [tmp_path / f"shot_{number:03d}.png" for number in range(60)]
    for number, picture in enumerate(pictures):
        Image.new("RGB", (32, 18), (number, 0, 0)).save(picture)
    thumbs = Thumbs(tmp_path / "thumbs")
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda picture: thumbs.of(picture, 160), pictures))
    assert all(path.is_file() for path in made)
    assert {path.name for path in (tmp_path / "thumbs").iterdir()} == {path.name for path in made}
