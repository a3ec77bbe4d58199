"""Step ``transcribe``: what is said, in pieces cut at silence, so that a crash costs one piece at most."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context, NotMadeYet
from studio.core.session import Wanted
from studio.engines.base import SpeechRecognizer, slots_of
from studio.errors import BadInput, UnusableOutput
from studio.media import verify
from studio.media.pieces import Piece, find_pieces, write_piece
from studio.model.transcript import LANGUAGE, SEGMENTS, Language, Segment, segments_json
from studio.steps.dubbing import names

CUTS = TypeAdapter(tuple[Piece, ...])


@dataclass(frozen=True)
class DetectLanguage:
    """``transcriptions/language.json`` alone, where the lines are known already; ``source_language`` if given."""

    engine: SpeechRecognizer
    source_language: str = ""
    name: str = "language"
    typical_s: float = 4.0

    def run(self, ctx: Context) -> None:
        """Listen to the first speech, unless the user said what it is."""
        _make_language(ctx, self.engine, self.source_language)

    def forecast(self) -> tuple[str, ...]:
        """The language alone."""
        return (names.LANGUAGE,)


@dataclass(frozen=True)
class Transcribe:
    """``transcriptions/original_asr.json`` from pieces of less than a minute, all in one language."""

    engine: SpeechRecognizer
    source_language: str = ""
    name: str = "transcribe"
    typical_s: float = 8.0

    def run(self, ctx: Context) -> None:
        """Recognise the pieces that are missing. A piece that fails is reported and left out."""
        sound = ctx.artifact(names.ORIGINAL_AUDIO)
        assert sound is not None
        cuts = ctx.make(
            Wanted(names.CUTS, lambda out: _cut(ctx.path(sound), out), verify.json_of(CUTS), {"audio": sound})
        )
        spoken = _make_language(ctx, self.engine, self.source_language)
        try:
            language, pieces = ctx.read(spoken, LANGUAGE).language, ctx.read(cuts, CUTS)
        except NotMadeYet:
            _make_transcript(ctx, [cuts, spoken])
            raise
        wanted = [self._piece(ctx, sound, number, piece, language) for number, piece in enumerate(pieces, start=1)]
        heard = ctx.make_all(wanted)
        _make_transcript(ctx, [piece for piece in heard if piece])

    def forecast(self) -> tuple[str, ...]:
        """How many pieces there will be is known when the sound is there."""
        return (names.CUTS, names.LANGUAGE, names.TRANSCRIPT)

    def _piece(self, ctx: Context, sound: Artifact, number: int, piece: Piece, language: str) -> Wanted:
        given = {"audio": sound, "piece": piece, "language": language}
        produce = partial(_hear, self.engine, ctx, sound, piece, language)
        return Wanted(
            names.piece(number),
            produce,
            verify.json_of(SEGMENTS),
            given=given,
            by=self.engine.identity,
            slots=slots_of(self.engine),
        )


def _make_language(ctx: Context, engine: SpeechRecognizer, chosen: str) -> Artifact:
    """The language that the user chose, else the one that is heard."""
    sound = None if chosen else ctx.artifact(names.ORIGINAL_AUDIO)

    def produce(out: Path, **job: Any) -> None:
        code = chosen or (engine.detect(ctx.path(sound), **job) if sound else "")
        if not code:
            raise BadInput(
                "No speech was found in the sound: choose another audio track, say which language is spoken, or bring the "
                "lines as SRT, VTT or ASS."
            )
        out.write_text(Language(language=code).model_dump_json(indent=1) + "\n", encoding="utf-8")

    return ctx.make(
        Wanted(
            names.LANGUAGE,
            produce,
            verify.json_of(LANGUAGE),
            given={"audio": sound, "chosen": chosen},
            by="" if chosen else engine.identity,
            slots=0 if chosen else slots_of(engine),
            is_hand_kept=True,
        )
    )


def _make_transcript(ctx: Context, pieces: list[Artifact]) -> None:
    """The transcript of ``pieces``; in a plan, what they will be cut from stands for them."""
    if not pieces:
        raise UnusableOutput("No piece of the sound could be transcribed (see their errors).")

    def produce(out: Path) -> None:
        segments = [segment for piece in pieces for segment in ctx.read(piece, SEGMENTS)]
        out.write_text(segments_json(segments), encoding="utf-8")

    given = {"pieces": pieces}
    ctx.make(Wanted(names.TRANSCRIPT, produce, verify.json_of(SEGMENTS), given=given, is_hand_kept=True))


def _cut(sound: Path, out: Path) -> None:
    out.write_text(json.dumps(find_pieces(sound)), encoding="utf-8")


def _hear(
    engine: SpeechRecognizer, ctx: Context, sound: Artifact, piece: Piece, language: str, out: Path, **job: Any
) -> None:
    """Write what is said in ``piece``, in seconds of the whole. ``job`` is handed on to an engine at a service."""
    cut, heard = out.with_suffix(".wav"), out.with_suffix(".heard.json")
    try:
        write_piece(ctx.path(sound), cut, piece)
        engine.transcribe(heard, cut, language=language, **job)
        verify.json_of(SEGMENTS)(heard)
        found = SEGMENTS.validate_json(heard.read_bytes())
        out.write_text(segments_json([_later(segment, piece[0]) for segment in found]), encoding="utf-8")
    finally:
        cut.unlink(missing_ok=True)
        heard.unlink(missing_ok=True)


def _later(segment: Segment, by_s: float) -> Segment:
    words = tuple(
        word.model_copy(update={"start_s": round(word.start_s + by_s, 3), "end_s": round(word.end_s + by_s, 3)})
        for word in segment.words
    )
    start_s, end_s = round(segment.start_s + by_s, 3), round(segment.end_s + by_s, 3)
    return segment.model_copy(update={"start_s": start_s, "end_s": end_s, "words": words})
