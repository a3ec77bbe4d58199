"""Dubs join their picture: the film's packets are copied as they are, sound and subtitles stand beside them.

The picture is encoded again only where it is to change: subtitles burned in, or held while a long line ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.assets import asset_path
from studio.media.bed import Hold
from studio.media.languages import iso_639_2, language_name
from studio.media.probe import MediaFacts, probe
from studio.media.subtitles import read_cues, write_srt

_IN_MP4 = frozenset(["h264", "hevc", "av1", "libdav1d", "vp9", "libvpx-vp9", "mpeg4", "mpeg2video", "mpeg1video"])
_SOUND_IN_MP4 = frozenset(["aac", "mp3", "mp3float", "ac3", "eac3", "opus", "libopus", "alac", "flac"])
_TEXTS = frozenset(["mov_text", "subrip", "srt", "ass", "ssa", "webvtt", "text"])
_DRAWN = frozenset(["pgssub", "dvdsub", "dvbsub"])
"""Subtitles that are pictures: Matroska holds them, MP4 does not."""
_TONEMAP = "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv"
_FONT = "third_party/fonts/SourceSans3.ttf"


@dataclass(frozen=True, slots=True)
class DubTrack:
    """One dub to go into a file: its finished sound (m4a), language code, and subtitles (SRT) if it has some."""

    sound: Path
    language: str
    title: str = ""
    subtitles: Path | None = None


def suffix_for(facts: MediaFacts, *, with_original: bool = False, is_encoded: bool = False) -> str:
    """``.mp4``, or ``.mkv`` where MP4 cannot hold what is copied, or ``.m4a`` where there is no film.

    Subtitles that are pictures are reason enough only for the file that is to hold all of the original.
    """
    sound_fits = not with_original or all(audio.codec in _SOUND_IN_MP4 for audio in facts.audio)
    if not facts.has_film:
        return ".m4a" if sound_fits else ".mkv"
    picture = next(video for video in facts.video if not video.is_cover)
    texts_fit = not with_original or not any(stream.codec in _DRAWN for stream in facts.subtitles)
    return ".mp4" if sound_fits and texts_fit and (is_encoded or picture.codec in _IN_MP4) else ".mkv"


def carried_subtitles(facts: MediaFacts, suffix: str, *, is_held: bool = False) -> tuple[int, ...]:
    """Which subtitles of the original, by number from 0, a dub with that ``suffix`` holds beside its own.

    None where the picture is held anywhere: they would come too early after it.
    """
    fitting = {".mp4": _TEXTS, ".mkv": _TEXTS | _DRAWN}.get(suffix, frozenset())
    return tuple(n for n, stream in enumerate(facts.subtitles) if stream.codec in fitting and not is_held)


def mux_dub(
    out: Path,
    *,
    original: Path,
    tracks: Sequence[DubTrack],
    title: str = "",
    original_language: str | None = None,
    burned: Path | None = None,
    holds: Sequence[Hold] = (),
) -> None:
    """Write the film of ``original`` with ``tracks`` to ``out``; its suffix (see ``suffix_for``) is the container.

    The first track is the one players choose. With ``original_language`` every sound of the original comes first,
    copied, and its own default stays the default; the language is given to those that name none. ``burned`` (SRT) is
    drawn into the picture; during ``holds`` the picture stands still. Subtitles, those of the original after the new
    ones, are there and off. Raises ``BadInput`` if there is nothing to put in, ``ToolFailed`` if a stream cannot be copied.
    """
    if not tracks:
        raise BadInput("There is no dub to put into the film yet: speak its lines first.")
    facts = probe(original)
    with tempfile.TemporaryDirectory(prefix="studio-mux-") as folder:
        if facts.duration_s:
            tracks = _ending_with_film(tracks, facts.duration_s + sum(hold_s for _, hold_s in holds), Path(folder))
        arguments = [*_inputs(original, facts, tracks)]
        arguments += _picture(facts, burned, holds, Path(folder))
        arguments += _sounds(facts, tracks, original_language)
        arguments += _subtitles(facts, tracks, out.suffix, carried_subtitles(facts, out.suffix, is_held=bool(holds)))
        arguments += ["-map_metadata", "0", "-map_chapters", "-1" if holds else "0", "-fflags", "+bitexact"]
        arguments += ["-metadata", f"title={title}"] if title else []
        arguments += ["-max_interleave_delta", "0", *_container(out.suffix), out]
        ffmpeg.run(arguments, timeout_s=ffmpeg.limit_s(facts.duration_s, is_encoded=bool(burned or holds)))
    if out.suffix == ".mp4":
        _switch_off_subtitles(out)


def _ending_with_film(tracks: Sequence[DubTrack], length_s: float, folder: Path) -> list[DubTrack]:
    """``tracks`` whose subtitles are over when the film is: a later one would make the file longer than the film."""
    kept = []
    for number, track in enumerate(tracks):
        cues = read_cues(track.subtitles) if track.subtitles else ()
        if any(cue.end_s > length_s for cue in cues):
            shown = [replace(cue, end_s=min(cue.end_s, length_s)) for cue in cues if cue.start_s < length_s]
            track = replace(track, subtitles=folder / f"{number}.srt")
            write_srt(folder / f"{number}.srt", shown)
        kept.append(track)
    return kept


def _inputs(original: Path, facts: MediaFacts, tracks: Sequence[DubTrack]) -> list[str | Path]:
    """The original on the clock of its player, then each sound, then each subtitle file."""
    arguments: list[str | Path] = []
    if facts.start_s:
        arguments += ["-copyts", "-itsoffset", f"{-facts.start_s:.6f}"]
    if original.suffix.lower() in (".avi", ".divx"):
        arguments += ["-fflags", "+genpts"]
    arguments += ["-i", original]
    for track in tracks:
        arguments += ["-i", track.sound]
    for track in tracks:
        if _has_cues(track):
            arguments += ["-f", "srt", "-i", track.subtitles or ""]
    return arguments


def _picture(facts: MediaFacts, burned: Path | None, holds: Sequence[Hold], folder: Path) -> list[str]:
    if not facts.has_film:
        return []
    number = next(number for number, video in enumerate(facts.video) if not video.is_cover)
    chosen = ["-map", f"0:v:{number}"]
    video = facts.video[number]
    if burned is None and not holds:
        return [*chosen, "-c:v", "copy", *(["-tag:v", "hvc1"] if video.codec == "hevc" else [])]
    filters = [_TONEMAP] if video.is_hdr else []
    filters += _holding(holds, video.fps)
    if burned is not None and read_cues(burned):
        filters.append(_drawn(burned, folder))
    filters += ["pad=ceil(iw/2)*2:ceil(ih/2)*2", "format=yuv420p"]
    encoder = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-threads", "4"]
    return [*chosen, "-vf", ",".join(filters), *encoder, "-fps_mode", "cfr" if holds else "vfr"]


def _holding(holds: Sequence[Hold], fps: float) -> list[str]:
    """Pictures after each hold come later; the rate conversion fills the gap with the last one before it."""
    if not holds:
        return []
    later = "+".join(f"gte(T-STARTT,{at_s:.6f})*{hold_s:.6f}" for at_s, hold_s in holds)
    return [f"setpts='PTS+({later})/TB'", f"fps={fps:.6f}"]


def _drawn(burned: Path, folder: Path) -> str:
    """The filter that draws ``burned``, from copies whose names need no escaping."""
    (folder / "lines.srt").write_bytes(burned.read_bytes())
    (folder / "font.ttf").write_bytes(asset_path(_FONT).read_bytes())
    style = "FontName=Source Sans 3,FontSize=17,Bold=1,Outline=1.2,Shadow=0,MarginV=18"
    return f"subtitles=f='{folder / 'lines.srt'}':fontsdir='{folder}':force_style='{style}'"


def _sounds(facts: MediaFacts, tracks: Sequence[DubTrack], original_language: str | None) -> list[str]:
    arguments: list[str] = []
    originals = facts.audio if original_language is not None else ()
    for number, audio in enumerate(originals):
        arguments += ["-map", f"0:a:{number}"]
        language = audio.language if audio.language not in ("", "und") else original_language or ""
        arguments += _named("a", number, language, audio.title or _original_title(language, number))
    for number, track in enumerate(tracks):
        arguments += ["-map", f"{1 + number}:a:0"]
        title = track.title or f"{language_name(track.language)} (dub)"
        arguments += _named("a", len(originals) + number, track.language, title)
    default = next((number for number, audio in enumerate(originals) if audio.is_default), 0)
    for number in range(len(originals) + len(tracks)):
        arguments += [f"-disposition:a:{number}", "default" if number == default else "0"]
    return [*arguments, "-c:a", "copy"]


def _original_title(language: str, number: int) -> str:
    name = language_name(language) if language not in ("", "und") else ""
    return " ".join(
        part for part in ("Original", str(number + 1) if number else "", f"({name})" if name else "") if part
    )


def _subtitles(facts: MediaFacts, tracks: Sequence[DubTrack], suffix: str, carried: Sequence[int]) -> list[str]:
    """Each dub's own subtitles, then those of the original with the names that they bear."""
    if suffix == ".m4a":
        return []
    text = "mov_text" if suffix == ".mp4" else "srt"
    told = [track for track in tracks if _has_cues(track)]
    arguments: list[str] = []
    for number, track in enumerate(told):
        arguments += ["-map", f"{1 + len(tracks) + number}:s:0", f"-c:s:{number}", text]
        arguments += _named("s", number, track.language, language_name(track.language))
    for number, original in enumerate(carried, start=len(told)):
        stream = facts.subtitles[original]
        arguments += ["-map", f"0:s:{original}", f"-c:s:{number}", "copy" if stream.codec in _DRAWN else text]
        arguments += _named("s", number, stream.language, stream.title or _original_title(stream.language, original))
    off = [part for number in range(len(told) + len(carried)) for part in (f"-disposition:s:{number}", "0")]
    return [*arguments, *off]


def _switch_off_subtitles(film: Path) -> None:
    """Clear the flag "enabled" of every subtitle track of the MP4 ``film``: ffmpeg always sets it for the first.

    Boxes as in ISO 14496-12: moov, in it a trak for each track with a tkhd (flags) and an mdia with an hdlr (kind).
    """
    with film.open("r+b") as body:
        for moov in _boxes(body, 0, film.stat().st_size, b"moov"):
            for trak in _boxes(body, *moov, b"trak"):
                kinds = [
                    _at(body, hdlr[0] + 8, 4)
                    for mdia in _boxes(body, *trak, b"mdia")
                    for hdlr in _boxes(body, *mdia, b"hdlr")
                ]
                if kinds and kinds[0] in (b"sbtl", b"text", b"subt"):
                    for tkhd in _boxes(body, *trak, b"tkhd"):
                        flags = _at(body, tkhd[0] + 3, 1)[0]
                        body.seek(tkhd[0] + 3)
                        body.write(bytes([flags & ~1]))


def _boxes(body: BinaryIO, start: int, end: int, kind: bytes) -> list[tuple[int, int]]:
    """Where the contents of each box of that ``kind`` between two places begin and end."""
    found = []
    while start + 8 <= end:
        size, name, inside = int.from_bytes(_at(body, start, 4)), _at(body, start + 4, 4), start + 8
        if size == 1:
            size, inside = int.from_bytes(_at(body, start + 8, 8)), start + 16
        if size < 8:
            break
        if name == kind:
            found.append((inside, start + size))
        start += size
    return found


def _at(body: BinaryIO, place: int, count: int) -> bytes:
    body.seek(place)
    return body.read(count)


def _named(kind: str, number: int, language: str, title: str) -> list[str]:
    stream = f"-metadata:s:{kind}:{number}"
    return [stream, f"language={iso_639_2(language)}", stream, f"title={title}", stream, f"handler_name={title}"]


def _has_cues(track: DubTrack) -> bool:
    return track.subtitles is not None and bool(read_cues(track.subtitles))


def _container(suffix: str) -> list[str]:
    if suffix == ".mkv":
        return ["-f", "matroska"]
    return ["-movflags", "+faststart", "-f", "mp4" if suffix == ".mp4" else "ipod"]
