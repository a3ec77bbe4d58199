"""``tts/edge``: the voices of Microsoft's Edge browser, through the library ``edge-tts``, without a key.

The library is nobody's product at Microsoft and breaks when the browser changes: then a newer one helps. It is an extra
(LGPL-3). A line costs nothing, so one that was lost is asked for again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from studio.engines.base import Voice
from studio.engines.facts import Facts
from studio.engines.limits import Limiter
from studio.engines.setup import Setting, Setup
from studio.engines.speech.cache import has_packages
from studio.engines.speech.received import USUAL_WORDS_PER_SECOND, write_received
from studio.engines.speech.remembered import Remembered
from studio.engines.speech.request import chosen
from studio.errors import Answer, EngineBusy, EngineError, EngineRefused, EngineUnavailable, UserError

WANTED = Setting(
    "edge_tts", "Edge voices", "text", "",
    "Type yes to use them. The words go to Microsoft, free of charge and without a promise that it goes on. Needs "
    "pip install edge-tts.",
)  # fmt: skip
PROXY = Setting("edge_proxy", "Edge proxy", "address", "", "Where this computer reaches the internet through one.")
_YES = ("yes", "y", "1", "true", "on")
_PACKAGE = "edge_tts"
_USUAL = "en-US-EmmaMultilingualNeural"
_AT_ONCE = 3
_CONNECT_S, _SILENT_S = 10, 60
_LIST_S = 8.0
_PAUSES_S = (1.0, 3.0)
"""Before the second and the third try."""


class EdgeVoice:
    """Speaks over the internet; the voices are those that Edge lists."""

    settings = (WANTED, PROXY)
    name = "tts/edge"
    identity = "tts/edge/1"
    is_deterministic = False
    uses_seed = False
    is_free = True

    def __init__(self, setup: Setup) -> None:
        self._is_wanted = setup[WANTED].lower() in _YES
        self._proxy = setup[PROXY] or None
        self._limiter = Limiter(_AT_ONCE)
        self._remembered = Remembered("edge", "", self._ask)
        self._voices: tuple[Voice, ...] = ()

    @property
    def unset(self) -> str:
        """What must be there, and be said, first: nobody's words go out unasked."""
        if not has_packages((_PACKAGE,)):
            return "The library for Edge's voices is missing: pip install edge-tts"
        return (
            ""
            if self._is_wanted
            else f"{self.name} sends the words to Microsoft. Say yes to that in Settings ({WANTED.variable})."
        )

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Those that are listed, the usual one first."""
        if not self._voices and not self.unset:
            self._voices = _voices_in(self._remembered.known())
        return self._voices

    def check(self) -> None:
        """Raise EngineUnavailable if the library is missing or nobody answers; asks for the voices anew."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        self._voices = _voices_in(self._remembered.anew())

    def facts(self) -> Facts:
        """Which release of the library it is: the service changes, and old ones stop working."""
        return Facts(version=f"{_PACKAGE.replace('_', '-')} {version(_PACKAGE)}")

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        """Write the line. Raises EngineError, UnusableOutput, UserError."""
        if not self.voices:
            self.check()
        chosen(self.voices, voice=voice, language=language, speed=speed, engine=self.name)
        if not any(letter.isalnum() for letter in text):
            raise UserError(f"{self.name}: there are no words in “{text[:40]}”.")
        with self._limiter.place(time.sleep):
            content = self._spoken(text, voice, f"{round((speed - 1) * 100):+d}%")
        write_received(out, content, engine=self.name)

    def _spoken(self, text: str, voice: str, rate: str) -> bytes:
        for pause_s in (*_PAUSES_S, None):
            try:
                heard: bytes | None = self._run("speak", _collected(text, voice, rate, self._proxy))
                if heard is None:
                    raise self._broken("speak")
            except EngineBusy:
                if pause_s is None:
                    raise
                time.sleep(pause_s)
            else:
                return heard
        raise AssertionError

    def _ask(self) -> Mapping[str, Any]:
        listed = self._run("check", asyncio.wait_for(import_module(_PACKAGE).list_voices(proxy=self._proxy), _LIST_S))
        names = ("ShortName", "Locale", "Gender")
        return {"voices": [[str(one.get(name) or "") for name in names] for one in listed if one.get("ShortName")]}

    def _run(self, stage: str, work: Any) -> Any:
        """What ``work`` gives. Raises the right EngineError for what the library raises."""
        aiohttp, edge = import_module("aiohttp"), import_module(f"{_PACKAGE}.exceptions")
        try:
            return asyncio.run(work)
        except aiohttp.ClientResponseError as error:
            raise self._no(stage, error.status) from None
        except edge.NoAudioReceived:
            message = f"{self.name}, {stage}: it said nothing. Change the words of this line, or choose another voice."
            raise EngineRefused(message, answer=Answer(self.name, stage, 200, "no_audio")) from None
        except (edge.UnknownResponse, edge.UnexpectedResponse, edge.SkewAdjustmentError, ValueError):
            raise EngineUnavailable(
                f"{self.name}, {stage}: it answered what the library does not understand. pip install --upgrade edge-tts",
                answer=Answer(self.name, stage, 200),
            ) from None
        except (aiohttp.ClientConnectorError, aiohttp.ClientProxyConnectionError, TimeoutError):
            message = f"{self.name} does not answer. Is this computer online?"
            raise EngineUnavailable(message, answer=Answer(self.name, stage)) from None
        except (aiohttp.ClientError, edge.WebSocketError, OSError):
            raise self._broken(stage) from None

    def _broken(self, stage: str) -> EngineBusy:
        message = f"{self.name}, {stage}: it broke off before the end. Run again."
        return EngineBusy(message, retry_after_s=0.0, answer=Answer(self.name, stage))

    def _no(self, stage: str, status: int) -> EngineError:
        answer = Answer(self.name, stage, status)
        if status == 429 or status >= 500:
            return EngineBusy(f"{self.name}, {stage}: it is busy (status {status}).", retry_after_s=0.0, answer=answer)
        return EngineUnavailable(
            f"{self.name}, {stage}: refused (status {status}). Is this computer's clock right? If it is: "
            "pip install --upgrade edge-tts",
            answer=answer,
        )


async def _collected(text: str, voice: str, rate: str, proxy: str | None) -> bytes | None:
    """The line as MP3; None if it broke off: the library takes a connection that is gone for the end.

    It counts what came as soon as the service says that the turn has ended, and only then (7.3).
    """
    library = import_module(_PACKAGE)
    said = library.Communicate(
        text, voice, rate=rate, proxy=proxy, connect_timeout=_CONNECT_S, receive_timeout=_SILENT_S
    )  # fmt: skip
    heard = bytearray()
    async for part in said.stream():
        if part["type"] == "audio":
            heard += part["data"]
    is_whole = said.state.get("cumulative_audio_bytes", len(heard)) == len(heard)
    return bytes(heard) if is_whole else None


def _voices_in(said: Mapping[str, Any]) -> tuple[Voice, ...]:
    listed = sorted(said.get("voices") or (), key=lambda one: one[0] != _USUAL)
    return tuple(Voice(name, locale, gender.lower(), USUAL_WORDS_PER_SECOND) for name, locale, gender in listed)
