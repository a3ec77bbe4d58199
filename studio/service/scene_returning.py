"""What was made goes back into the old scene-video directory, under the old program's names, beside all that is there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.core.files import place_in, storage, sync_file, sync_folder
from studio.core.foreign.scene_video import SceneVideoScan
from studio.core.foreign.scene_video_remains import old_names_of, remains_of
from studio.core.session import Session
from studio.media import ffmpeg
from studio.media.film import FilmClip, assemble_film
from studio.media.mix import Placed, Soundtrack
from studio.media.probe import probe
from studio.model.scenes import SceneOptions, film_numbers
from studio.model.shot import Shot
from studio.planning.filming.clips import clip_indices
from studio.steps.filming import names
from studio.steps.filming.film_views import finished_shots

_MP3 = ("-c:a", "libmp3lame", "-q:a", "2")
Make = Callable[[Path], None]


def write_back(session: Session, found: SceneVideoScan) -> tuple[str, ...]:
    """Every finished file that the directory ``found`` lacks stands in it; returns their names in it.

    No file that is there is touched, not even a torn one: the new one bears a later timestamp. Each appears whole or
    not at all. Raises StorageFailed if the folder refuses writes, BadInput if a folder in it is a link.
    """
    options = SceneOptions.model_validate(session.project.options)
    remains = remains_of(found, narration=options.narration, sounds=options.sounds, first_frames=options.first_frames)
    places = old_names_of(found, remains)
    if found.documents.chosen is None or found.documents.chosen.kind != "scenes with environments":
        places = {"scenes": found.old_names().scenes(), **places}
    written = []
    with TemporaryDirectory() as folder:
        for what, make in _makers(session, found, options):
            if what in places:
                made = Path(folder) / Path(places[what]).name
                make(made)
                _place(made, place_in(found.directory, places[what]))
                written.append(places[what])
    return tuple(written)


def _makers(session: Session, found: SceneVideoScan, options: SceneOptions) -> Iterator[tuple[str, Make]]:
    """How each thing that is finished here is made as the old program has it."""
    indices = clip_indices([one.scene for one in found.scenes])
    numbers = film_numbers([one.scene for one in found.scenes])
    shots = finished_shots(session)
    for scene in found.scenes:
        number = scene.number
        for clip in range(1, len(scene.clips) + 1):
            index = indices[number, clip]
            yield from _copied(session, f"clip {number}/{clip}", names.clip(index))
            if clip == 1:
                yield from _copied(session, f"first frame {number}", names.image(index))
        sound = session.path(names.sound(numbers[number]))
        if sound.is_file():
            yield f"sound {number}", _as_mp3(sound)
        own = [shot for shot in shots if shot.scene == numbers[number]]
        if own and all(session.path(names.clip(shot.index)).is_file() for shot in own):
            yield f"scene {number}", _stitched(session, own, options, sound if sound.is_file() else None)
    yield from _copied(session, "narration text", names.NARRATION_TEXT)
    for what, name in (("narration audio", names.NARRATION), ("narration adjusted", names.ADJUSTED)):
        if session.path(name).is_file():
            yield what, _as_mp3(session.path(name))
    yield from _copied(session, "scenes", names.SCENES)
    yield from _copied(session, "film", names.FILM)


def _copied(session: Session, what: str, name: str) -> Iterator[tuple[str, Make]]:
    file = session.path(name)

    def make(out: Path) -> None:
        shutil.copyfile(file, out)

    if file.is_file():
        yield what, make


def _as_mp3(sound: Path) -> Make:
    def make(out: Path) -> None:
        ffmpeg.run(["-i", sound, *_MP3, *ffmpeg.BITEXACT, "-f", "mp3", out])

    return make


def _stitched(session: Session, shots: list[Shot], options: SceneOptions, sound: Path | None) -> Make:
    """The scene's clips one after another with its sound, as long as its picture."""
    clips = [session.path(names.clip(shot.index)) for shot in shots]

    def make(out: Path) -> None:
        parts = [FilmClip(clip, probe(clip).picture.duration_s) for clip in clips]
        length_s = sum(part.duration_s for part in parts)
        beds = (Placed(sound, 0.0, until_s=length_s),) if sound else ()
        assemble_film(out, clips=parts, track=Soundtrack(beds=beds), size=options.size, fps=options.fps)

    return make


def _place(made: Path, place: Path) -> None:
    """``made`` stands in ``place``, whole, if nothing stands there."""
    with storage(place):
        place.parent.mkdir(exist_ok=True, parents=True)
        half = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
        try:
            with made.open("rb") as source, half.open("xb") as out:  # never through a link that stands there
                shutil.copyfileobj(source, out)
            sync_file(half)
            _link(half, place)
        except FileExistsError:
            return
        finally:
            half.unlink(missing_ok=True)
        sync_folder(place.parent)


def _link(half: Path, place: Path) -> None:
    """``half`` has the name ``place`` too. Raises FileExistsError if something has it."""
    try:
        os.link(half, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with place.open("xb") as out, half.open("rb") as source:
            shutil.copyfileobj(source, out)
