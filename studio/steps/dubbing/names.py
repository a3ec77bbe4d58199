"""Plain, predictable names of a dub's files: people open this folder."""

from __future__ import annotations

import re
import zlib

ORIGINAL_AUDIO = "audio/original.flac"
LANGUAGE = "transcriptions/language.json"
CUTS = "transcriptions/pieces/cuts.json"
TRANSCRIPT = "transcriptions/original_asr.json"
LINES = "transcriptions/chunked_transcript.json"
CAST_BY_EAR = "audio/casting_by_ear.json"


def original(suffix: str, *, has_picture: bool = True) -> str:
    """What the user brought, byte for byte; ``suffix`` as in ``.mp4``."""
    return f"original_{'video' if has_picture else 'audio'}{suffix.lower()}"


def bed(suffix: str) -> str:
    """The music-and-effects track that the user brought."""
    plain = suffix.lower()
    return f"original_bed{plain if plain[1:].isascii() and plain[1:].isalnum() and len(plain) < 9 else ''}"


def bed_levels(stem: str) -> str:
    """How loud the bed is over time; ``stem`` is the stem of the bed's own file."""
    return f"audio/{stem}_levels.json"


def piece(number: int) -> str:
    """What was recognised in the piece ``number`` (from 1) of the sound."""
    return f"transcriptions/pieces/{number:04d}.json"


def translated_line(language: str, line_id: str) -> str:
    """One line in ``language``, as the engine gave it."""
    return f"translations/{language}/{line_id}.json"


def translation(language: str) -> str:
    """All lines in ``language``: the editable truth."""
    return f"translations/{language}.json"


def take(language: str, line_id: str, *, voice: str = "", is_short: bool = False) -> str:
    """The spoken line; ``voice`` only where a mix has it spoken by another than the language's own."""
    by = f"{_plain(voice)}/" if voice else ""
    return f"audio/{language}/{by}{line_id}{'_short' if is_short else ''}.wav"


def fit(key: str) -> str:
    """Where each line of ``key`` stands: a language, or a mix whose voices are its own."""
    return f"audio/{key}_fit.json"


def subtitles(key: str) -> str:
    """What is really spoken, at its real times."""
    return f"translations/{key}.srt"


def track(key: str) -> str:
    """The voices alone, placed to the sample."""
    return f"audio/{key}_audio.flac"


def mix(language: str) -> str:
    """Bed and voices of ``language``, encoded."""
    return f"audio/{language}_mix.m4a"


def named_mix(name: str) -> str:
    """Bed and voices of the named mix, encoded."""
    return f"audio/mix_{name}.m4a"


def stem(key: str, part: str) -> str:
    """``part`` (``voices`` or ``bed``) of the mix ``key``, as loud as it is in it."""
    return f"stems/{key}_{part}.flac"


def final(language: str, suffix: str) -> str:
    """The finished dub; ``suffix`` as in ``.mp4``."""
    return f"final_videos/{language}_final{suffix}"


def mixed(name: str, suffix: str) -> str:
    """The finished named mix."""
    return f"mixed_videos/{name}_mixed{suffix}"


def multi(suffix: str) -> str:
    """The original and every dub in one file."""
    return f"final_videos/multilang{suffix}"


def check(language: str, line_id: str) -> str:
    """What a recogniser hears in the spoken line."""
    return f"checks/{language}/{line_id}.json"


def _plain(voice: str) -> str:
    """``voice`` as a folder's name; one that cannot be a name gets a mark of its own, so that no two are one folder."""
    plain = re.sub(r"[^\w-]+", "_", voice)
    return plain if plain == voice else f"{plain}-{zlib.crc32(voice.encode()):08x}"
