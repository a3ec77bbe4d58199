"""Lines that the user brings: subtitles (SRT, VTT, ASS) and the transcripts of the older dubbing program."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.model.dub import Line, check_sayable
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json
from studio.model.transcript import TimedText, lines_from, numbered, one_line
from studio.planning.language import split_sentences

if TYPE_CHECKING:
    from pysubs2 import SSAEvent

_PREFIX = re.compile(r"^[-–—\s]*([^\W\d_][\w .'’&-]{0,30}?)\s*[:：]\s+(?=\S)")
_VOICE_TAG = re.compile(r"<v(?:\.[^\s>.]+)*\s+([^>\n]+)>")
_MARKED_VOICE = re.compile("\ue000([^\ue000]*)\ue001")
"""A voice between two letters of nobody's alphabet: pysubs2 throws the tags of VTT away."""
_NOTE = re.compile(r"NOTE(\s|$)")
_FORMATS = {".ass": "ass", ".ssa": "ssa", ".srt": "srt", ".vtt": "vtt"}
_TAG = re.compile(r"<[^<>]{1,80}>|\{[^{}]*\}")
_DASHES = re.compile(r"(?m)^\s*[-–—]\s*(?=\S)")
_MOST_SENTENCE_S = 15.0
_SAME_BREATH_S = 0.1
_SOUND_ONLY = re.compile(r"[\[(（【♪♫#][^\])）】♪♫]*[\])）】♪♫#]|[♪♫]")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A subtitle before its speaker is known."""

    start_s: float
    end_s: float
    text: str
    speaker: str


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of an SRT, VTT or ASS file or of a JSON transcript, by their times, with ids in order.

    Speakers come from ASS names and VTT voices, and from ``NAME:`` at the beginning where that is done throughout.
    Subtitles that only name sounds are left out. Raises BadInput with the place for what cannot be read.
    """
    text = read_text_file(path)
    if path.suffix.lower() == ".json":
        return lines_from(parse_json(text, path.name), path.name)
    cues = _with_speakers([cue for cue in _cues(text, path) if _is_spoken(cue.text)])
    if not cues:
        raise BadInput(f"{path.name}: there is no line with words in it.")
    return numbered([TimedText(cue.start_s, cue.end_s, cue.text, speaker=cue.speaker) for cue in cues])


def whole_sentences(cues: Sequence[Line]) -> tuple[Line, ...]:
    """Subtitles of one's own making as what was said: a sentence shown in several, one after another, is one line.

    A sentence longer than 15 s stays as it was shown. Ids are given anew, in order.
    """
    groups: list[list[Line]] = []
    for cue in cues:
        if groups and _goes_on(groups[-1], cue):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    said: list[Line] = []
    for group in groups:
        lasts_s = group[-1].end_s - group[0].start_s
        said += [_joined(group)] if lasts_s <= _MOST_SENTENCE_S else group
    return tuple(line.model_copy(update={"id": f"{number:04d}"}) for number, line in enumerate(said, start=1))


def _goes_on(group: Sequence[Line], cue: Line) -> bool:
    """True if ``cue`` follows at once and its first words end the sentence that ``group`` began."""
    last = group[-1]
    if cue.start_s - last.end_s > _SAME_BREATH_S or cue.speaker != last.speaker:
        return False
    apart = len(split_sentences(last.text)) + len(split_sentences(cue.text))
    return len(split_sentences(f"{last.text} {cue.text}")) < apart


def _joined(group: Sequence[Line]) -> Line:
    text = " ".join(cue.text for cue in group)
    return group[0].model_copy(update={"text": text, "end_s": group[-1].end_s})


def _cues(text: str, path: Path) -> list[_Cue]:
    import pysubs2

    is_vtt = text.lstrip("\ufeff").startswith("WEBVTT")
    kind = "vtt" if is_vtt else _FORMATS.get(path.suffix.lower())
    marked = html.unescape(_VOICE_TAG.sub("\ue000\\1\ue001", _only_cues(text))) if is_vtt else text
    try:
        events = pysubs2.SSAFile.from_string(marked, format_=kind).events
    except (pysubs2.exceptions.Pysubs2Error, ValueError) as error:
        raise BadInput(f"{path.name} is not a subtitle file that can be read ({error}).") from error
    spoken = sorted((event for event in events if not event.is_comment), key=lambda event: event.start)
    return [_cue(event, path.name, number) for number, event in enumerate(spoken, start=1) if event.plaintext.strip()]


def _only_cues(vtt: str) -> str:
    """``vtt`` without notes, styles and names of cues (WebVTT 4.1): pysubs2 takes them for the end of the cue before."""
    cues: list[str] = []
    for block in re.split(r"\n{2,}", vtt):
        rows = block.split("\n")
        at = next((at for at, row in enumerate(rows) if "-->" in row), None)
        if at is not None and not _NOTE.match(block):
            cues.append("\n".join(rows[at:]))
    return "\n\n".join(["WEBVTT", *cues, ""])


def _cue(event: SSAEvent, source: str, number: int) -> _Cue:
    if event.end <= event.start or event.start < 0:
        raise BadInput(
            f"{source}, subtitle {number}: it ends at {event.end / 1000:g} s, not after {event.start / 1000:g} s."
        )
    voice = _MARKED_VOICE.search(event.text)
    speaker = event.name or (voice.group(1) if voice else "")
    words = _DASHES.sub("", _TAG.sub("", _MARKED_VOICE.sub("", event.plaintext)))
    try:
        said = check_sayable(one_line(words))
    except ValueError as error:
        raise BadInput(f"{source}, subtitle {number}: {error}.") from error
    return _Cue(event.start / 1000, event.end / 1000, said, one_line(speaker))


def _is_spoken(text: str) -> bool:
    return any(letter.isalnum() for letter in _SOUND_ONLY.sub("", text))


def _with_speakers(cues: Sequence[_Cue]) -> list[_Cue]:
    """``NAME:`` becomes the speaker: in capitals, or where the same name stands before several lines.

    One such line in a whole file says nothing: ``Note: …`` is no speaker.
    """
    found = [_PREFIX.match(cue.text) for cue in cues]
    counts = Counter(match.group(1) for match in found if match)
    names = {name for name, count in counts.items() if count > 1 or _is_shouted(name)}
    if sum(counts[name] for name in names) < 2:
        return list(cues)
    return [
        replace(cue, text=cue.text[match.end() :], speaker=cue.speaker or match.group(1))
        if match and match.group(1) in names
        else cue
        for cue, match in zip(cues, found, strict=True)
    ]


def _is_shouted(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and name == name.upper()
