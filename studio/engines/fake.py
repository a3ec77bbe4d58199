"""Deterministic engines that take no time: to try a pipeline, and for every test of the core.

They are part of the product and say what they are: a fake's picture is a plain colour field, its voice a tone.
"""

from __future__ import annotations

import json
import math
import re
import struct
import wave
import zlib
from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

from studio.engines.analysis.paragraphs import Span, is_break, paragraphs_of
from studio.engines.base import Caption, Reference, ToTranslate, TranslatedText, Voice
from studio.errors import BadInput, UserError
from studio.model.camera import CameraMove
from studio.model.glossary import places_in
from studio.model.moments import TONES, ChapterAnalysis, ChapterScene, EmotionalMoment, Person
from studio.model.story import Character, Scene, Story, StoryRequest

_RATE_HZ = 24_000
_WORD_S = 0.36


class FakeWriter:
    """A story of plain numbered sentences about the idea."""

    identity = "text/fake/1"
    is_deterministic = True
    uses_seed = False

    def check(self) -> None:
        """Always works."""

    def write(self, out: Path, request: StoryRequest) -> None:
        """Write ``request.scene_count`` scenes that name the idea."""
        scenes = tuple(
            Scene(
                location=f"place {number}",
                characters=("Somebody",),
                action=f"Somebody does thing {number}.",
                narration=f"This is part {number}. Then part {number} goes on.",
                duration_s=request.duration_s / request.scene_count,
            )
            for number in range(1, request.scene_count + 1)
        )
        cast = (Character(name="Somebody", look="a grey figure"),)
        story = Story(title=request.idea[:60], scenes=scenes, cast=cast, written_by=self.identity)
        out.write_text(story.model_dump_json(by_alias=True, indent=2), encoding="utf-8")


class FakeReader:
    """Every third paragraph is a moment; whoever is written large inside of a sentence is a person in grey."""

    identity = "analysis/fake/1"
    is_deterministic = True
    uses_seed = False
    _every = 3
    _name = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")

    def check(self) -> None:
        """Always works."""

    def analyse(self, out: Path, text: str, *, title: str, most_moments: int, language: str) -> None:
        """Write one scene, the people, and at most ``most_moments`` moments: each the first half of its paragraph."""
        spans = [span for span in paragraphs_of(text) if not is_break(text[span.start : span.end])]
        names = self._name.findall(text)
        moments = [
            self._moment(text, span, number)
            for number, span in enumerate(spans[:: self._every][:most_moments], start=1)
        ]
        analysis = ChapterAnalysis(
            summary=f"{title or 'The chapter'} in {len(spans)} paragraphs." if spans else "",
            setting="an open landscape" if spans else "",
            characters=tuple(Person(name=name, look="a grey figure", mentions=names.count(name)) for name in dict.fromkeys(names)),
            scenes=(ChapterScene(start=spans[0].start, end=spans[-1].end, characters=tuple(dict.fromkeys(names))),) if spans else (),
            moments=tuple(moments),
        )  # fmt: skip
        out.write_text(analysis.model_dump_json(indent=1) + "\n", encoding="utf-8")

    def _moment(self, text: str, span: Span, number: int) -> EmotionalMoment:
        context = text[span.start : span.end]
        excerpt = context[: max(1, len(context) // 2)].rstrip()
        there = tuple(dict.fromkeys(self._name.findall(context)))
        return EmotionalMoment(
            number=number,
            text_excerpt=excerpt,
            start_position=span.start,
            end_position=span.start + len(excerpt),
            emotional_tones=(TONES[zlib.crc32(context.encode()) % len(TONES)],),
            intensity_score=round(1 / number, 3),
            context=context,
            characters_present=there,
            setting_description="an open landscape",
            action=f"{' and '.join(there) or 'Somebody'} in paragraph {number}.",
        )


class FakeArtist:
    """A colour field with a bright square whose place follows from prompt and seed."""

    identity = "image/fake/1"
    is_deterministic = True
    uses_seed = True
    most_references = 0
    """Taken where somebody sets more: films of plain fields need no pictures to be drawn by."""

    def check(self) -> None:
        """Always works."""

    def render(
        self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str,
        references: Sequence[Reference] = (),
    ) -> None:  # fmt: skip
        """Write a PNG of ``size``; whom the ``references`` show stands under the text key ``references``."""
        from PIL import Image

        from studio.media.picture import write_still

        number = zlib.crc32(f"{prompt}|{seed}|{style}".encode())
        number = reduce(lambda known, one: zlib.crc32(one.picture.read_bytes(), known), references, number)
        width, height = size
        field = Image.new("RGB", size, (60 + number % 120, 60 + number // 256 % 120, 60 + number // 65536 % 120))
        side = max(2, min(size) // 4)
        corner = (number // 7 % (width - side), number // 11 % (height - side))
        field.paste((240, 240, 240), (*corner, corner[0] + side, corner[1] + side))
        text = {"prompt": prompt, "seed": str(seed), "engine": self.identity}
        shown = {"references": ", ".join(one.shows for one in references)} if references else {}
        write_still(out, field, text={**text, **shown})


class FakeMover:
    """The still gets darker, picture by picture; how fast follows from motion and seed."""

    identity = "video/fake/1"
    is_deterministic = True
    uses_seed = True
    reads_motion = True

    def check(self) -> None:
        """Always works."""

    def animate(
        self,
        out: Path,
        still: Path,
        *,
        move: CameraMove,
        motion: str,
        duration_s: float,
        size: tuple[int, int],
        fps: int,
        seed: int,
        captions: Sequence[Caption] = (),
    ) -> None:
        """Write ``round(duration_s * fps)`` pictures. BadInput if ``still`` is none."""
        import numpy as np
        from PIL import Image

        from studio.media import ffmpeg
        from studio.media.motion_frames import Screen, flat_sheet

        try:
            with Image.open(still) as picture:
                sheet, whole = flat_sheet(picture, size)
        except (OSError, ValueError) as error:
            raise BadInput(f"{still.name} is no picture that can be read.") from error
        screen, count = Screen(size), round(duration_s * fps)
        screen.lay([(sheet, whole)])
        shown, luma = bytearray(screen.frame()), size[0] * size[1]
        light = np.frombuffer(bytes(shown[:luma]), np.uint8).astype(np.float32) - 16
        most = 0.1 + zlib.crc32(f"{motion}|{seed}".encode()) % 100 / 500
        with ffmpeg.filming(out, size=size, fps=fps) as feed:
            for number in range(count):
                dimmed = 16 + light * (1 - most * number / max(1, count - 1))
                shown[:luma] = np.rint(dimmed).astype(np.uint8).tobytes()
                feed.write(shown)


class FakeVoice:
    """A tone for each word, its pitch by the word, with short gaps between."""

    identity = "tts/fake/1"
    is_deterministic = True
    uses_seed = False
    voices = tuple(
        Voice(name, language, "none", 1 / _WORD_S)
        for name, language in (("tone", "en"), ("tone-pt", "pt"), ("tone-es", "es"))
    )

    def check(self) -> None:
        """Always works."""

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        """Write one tone a word. UserError for a voice it does not have, or text without words."""
        known = [one.name for one in self.voices]
        if voice not in known:
            raise UserError(f"{self.identity} has no voice {voice}; it has: {', '.join(known)}.")
        if not any(letter.isalnum() for letter in text):
            raise UserError(f"There is nothing to say in “{text}”.")
        frames = bytearray()
        for word in text.split():
            pitch_hz = 180 + zlib.crc32(word.encode()) % 200
            length = int(_WORD_S / speed * _RATE_HZ)
            for n in range(length):
                loud = 9000 * math.sin(math.pi * n / length)
                frames += struct.pack("<h", int(loud * math.sin(2 * math.pi * pitch_hz * n / _RATE_HZ)))
        with wave.open(str(out), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_RATE_HZ)
            file.writeframes(bytes(frames))


class FakeListener:
    """Hears FakeVoice's tones: a word for each, named by its pitch to ten Hz; a segment ends where it is quiet."""

    identity = "asr/fake/1"
    is_deterministic = True
    uses_seed = False
    _pause_s = 0.2

    def check(self) -> None:
        """Always works."""

    def detect(self, audio: Path) -> str:
        """English, if there is any sound."""
        return "en" if self._segments(audio) else ""

    def transcribe(self, out: Path, audio: Path, *, language: str | None = None) -> None:
        """Write a segment for each stretch of sound, its words as long as FakeVoice makes them."""
        out.write_text(json.dumps(self._segments(audio), indent=1), encoding="utf-8")

    def _segments(self, audio: Path) -> list[dict[str, object]]:
        import numpy as np

        from studio.media.audio import read_blocks
        from studio.media.pieces import runs

        blocks = [block.mean(axis=1) for block in read_blocks(audio, rate_hz=16_000)]
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        peaks = np.abs(np.pad(samples, (0, -len(samples) % 160)).reshape(-1, 160)).max(axis=1)
        is_quiet = peaks < 0.01
        for first, last in runs(is_quiet):
            is_quiet[first:last] = last - first >= self._pause_s * 100
        return [self._segment(samples, first / 100, last / 100) for first, last in runs(~is_quiet)]

    def _segment(self, samples: Any, start_s: float, end_s: float) -> dict[str, object]:
        count = max(1, round((end_s - start_s) / _WORD_S))
        borders = [round(start_s + (end_s - start_s) * n / count, 3) for n in range(count + 1)]
        words: list[dict[str, object]] = []
        for from_s, to_s in pairwise(borders):
            part = samples[round(from_s * 16_000) : round(to_s * 16_000)]
            crossings = int(((part[1:] < 0) != (part[:-1] < 0)).sum())
            words.append({"start": from_s, "end": to_s, "word": f"tone{crossings / 20 / (to_s - from_s):.0f}0"})
        words[-1]["word"] = f"{words[-1]['word']}."
        text = " ".join(str(word["word"]) for word in words)
        return {"start": borders[0], "end": borders[-1], "text": text, "words": words}


class FakeTranslator:
    """Says every line as it is, after the name of the language; the glossary's terms as they should be."""

    identity = "mt/fake/1"
    is_deterministic = True
    uses_seed = False
    batch_lines = 8

    def check(self) -> None:
        """Always works."""

    def knows(self, source: str, target: str) -> bool:
        """Every pair of two languages."""
        return source != target

    def translate(
        self, lines: Sequence[ToTranslate], *, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[str, TranslatedText]:
        """``pt Hello there.`` for ``Hello there.``, and its first three words as the shorter wording."""
        answers: dict[str, TranslatedText] = {}
        for line in lines:
            text, at = "", 0
            for place in places_in(line.text, glossary, target=target):
                text += line.text[at : place.start] + place.becomes
                at = place.end
            words = f"{target} {text}{line.text[at:]}".split()
            answers[line.id] = TranslatedText(" ".join(words), " ".join(words[:3]) if len(words) > 4 else "")
        return answers
