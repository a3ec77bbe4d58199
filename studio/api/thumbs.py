"""Small pictures of pictures and films, made once for each content and width."""

from __future__ import annotations

import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from studio.core.files import digest_of, storage
from studio.errors import BadInput
from studio.media.containers import open_media
from studio.media.picture import thumbnail

WIDTHS_PX = (160, 640)
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_FILMS = (".mp4", ".webm", ".mov", ".mkv")
_AT_ONCE = 2
_KEPT_BYTES = 256 << 20
_REMEMBERED = 8192


class Thumbs:
    """JPEG thumbnails in ``folder``, which may be deleted at any time; the oldest go when it holds too much."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._making = threading.Semaphore(_AT_ONCE)  # a gallery asks for sixty at the same moment
        self._digests: dict[tuple[str, int, int, int], str] = {}

    def of(self, picture: Path, width_px: int) -> Path:
        """The thumbnail of the picture, or of the film's first picture. Raises BadInput for other files."""
        if picture.suffix.lower() not in _PICTURES + _FILMS:
            raise BadInput(f"{picture.name} is no picture and no film: it has no thumbnail.")
        least, most = WIDTHS_PX
        width_px = max(least, min(most, width_px))
        with self._making:
            out = self._folder / f"{self._digest(picture)}-{width_px}.jpg"
            if not out.is_file():
                self._make(picture, out, width_px)
        return out

    def _digest(self, picture: Path) -> str:
        facts = picture.stat()
        key = (str(picture), facts.st_ino, facts.st_size, facts.st_mtime_ns)
        if key not in self._digests:
            if len(self._digests) > _REMEMBERED:
                self._digests.clear()
            self._digests[key] = digest_of(picture)
        return self._digests[key]

    def _make(self, picture: Path, out: Path, width_px: int) -> None:
        beside = out.with_name(f".{secrets.token_hex(8)}.jpg")
        with storage(out):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room()
            try:
                if picture.suffix.lower() in _FILMS:
                    _first_picture(picture, beside, width_px)
                else:
                    thumbnail(picture, beside, width_px=width_px)
                beside.replace(out)
            finally:
                beside.unlink(missing_ok=True)

    def _make_room(self) -> None:
        kept: list[tuple[int, int, str]] = []
        with os.scandir(self._folder) as scan:
            for entry in scan:
                with suppress(FileNotFoundError):  # one that was just being made has its name by now
                    kept.append((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path))
        kept.sort()
        too_much = sum(size for _, size, _ in kept) - _KEPT_BYTES
        for _, size, path in kept:
            if too_much <= 0:
                return
            Path(path).unlink(missing_ok=True)
            too_much -= size


def _first_picture(film: Path, out: Path, width_px: int) -> None:

    try:
        with open_media(film) as container:
            picture = next(container.decode(video=0)).to_image()  # type: ignore[no-untyped-call]
    except (OSError, ValueError, IndexError, StopIteration) as error:
        raise BadInput(f"{film.name} has no picture that can be read.") from error
    picture.thumbnail((width_px, width_px))
    picture.save(out, format="JPEG", quality=82)
