"""Robotic voices for almost any language, and phonemes for other engines: espeak-ng in a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engines.base import Voice
from studio.engines.speech.cache import has_packages
from studio.engines.speech.request import chosen
from studio.errors import EngineUnavailable, ToolFailed

if TYPE_CHECKING:
    from studio.engines.speech.finish import Samples

#: espeak-ng's own name for each language; the feminine variant is ``NAME+f3``.
_LANGUAGES = {
    "en-US": "en-us", "en-GB": "en", "af": "af", "ar": "ar", "bg": "bg", "bn": "bn", "ca": "ca", "cs": "cs",
    "cy": "cy", "da": "da", "de": "de", "el": "el", "eo": "eo", "es": "es", "es-419": "es-419", "et": "et",
    "eu": "eu", "fa": "fa", "fi": "fi", "fr": "fr", "ga": "ga", "gu": "gu", "hi": "hi", "hr": "hr", "hu": "hu",
    "hy": "hy", "id": "id", "is": "is", "it": "it", "ka": "ka", "kn": "kn", "ko": "ko", "la": "la", "lt": "lt",
    "lv": "lv", "mk": "mk", "ml": "ml", "mr": "mr", "ms": "ms", "nb": "nb", "ne": "ne", "nl": "nl", "pa": "pa",
    "pl": "pl", "pt-BR": "pt-br", "pt": "pt", "ro": "ro", "ru": "ru", "sk": "sk", "sl": "sl", "sq": "sq",
    "sr": "sr", "sv": "sv", "sw": "sw", "ta": "ta", "te": "te", "tr": "tr", "uk": "uk", "ur": "ur", "vi": "vi",
    "zh": "cmn",
}  # fmt: skip
#: Words a minute at speed 1: a calm narrator.
_PACE = 165
_TIMEOUT_S = 120


class EspeakVoice:
    """Formant synthesis: clear, instant, unmistakably a machine; a man's and a woman's voice a language."""

    identity = "tts/espeak/1"
    is_deterministic = True
    uses_seed = False

    def check(self) -> None:
        espeak_command()

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Two voices for each language, named as espeak-ng names them (``de``, ``de+f3``)."""
        if not _is_here():
            return ()
        return tuple(
            Voice(name + variant, language, gender, 3.4)
            for language, name in _LANGUAGES.items()
            for variant, gender in (("", "male"), ("+f3", "female"))
        )

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        from studio.engines.speech.finish import write_speech
        from studio.engines.speech.text import readable

        self.check()
        chosen(self.voices, voice=voice, language=language, speed=speed, engine="espeak")
        line = readable(text, language)
        with tempfile.TemporaryDirectory(prefix="studio-espeak-") as folder:
            raw = Path(folder) / "raw.wav"
            _run(["-v", voice, "-s", str(round(_PACE * speed)), "-w", str(raw)], line)
            samples, rate_hz = _read(raw)
        write_speech(out, samples, rate_hz)


def espeak_command() -> list[str]:
    """The command that runs espeak-ng here: the program, else its library from ``espeakng-loader``.

    Raises EngineUnavailable if neither is installed.
    """
    if program := shutil.which("espeak-ng"):
        return [program]
    if has_packages(("espeakng_loader",)):
        return [sys.executable, "-m", "studio.engines.speech.espeak_child"]
    raise EngineUnavailable('espeak-ng is missing: pip install "ai-film-studio[kokoro]", or install espeak-ng itself')


def espeak_phonemes(text: str, voice: str) -> str:
    """``text``, which holds no punctuation, in the phonetic alphabet; ``^`` ties sounds that are one."""
    spelled = _run(["-v", voice, "-q", "--ipa", "--tie=^"], text)
    return " ".join(line.strip() for line in spelled.splitlines() if line.strip())


def _is_here() -> bool:
    return shutil.which("espeak-ng") is not None or has_packages(("espeakng_loader",))


def _run(options: list[str], text: str) -> str:
    command = [*espeak_command(), *options, "--stdin"]
    try:
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=_TIMEOUT_S, check=False, process_group=0
        )
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"espeak-ng did not finish in {_TIMEOUT_S} s.") from error
    except OSError as error:
        raise ToolFailed(f"espeak-ng could not be started: {error.strerror}.") from error
    if done.returncode != 0:
        raise ToolFailed(f"espeak-ng failed: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return done.stdout.decode(errors="replace")


def _read(path: Path) -> tuple[Samples, int]:
    import numpy as np

    with wave.open(str(path)) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return pcm.astype(np.float32) / 32768.0, file.getframerate()
