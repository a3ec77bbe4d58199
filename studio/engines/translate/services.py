"""``mt/deepl``, ``mt/google``, ``mt/libretranslate``: lines translated by a service.

A translation is a question: it begins nothing there and costs next to nothing, so one whose answer was lost is asked
again. Lines are sent whole, up to ``batch_lines`` in one call, and come back in their order. The glossary is kept here
(``translate.terms``), because only one of them has glossaries, and those have to be set up there first.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from studio.engines.base import ToTranslate, TranslatedText
from studio.engines.facts import Facts
from studio.engines.http import Http, Said
from studio.engines.limits import Limiter
from studio.engines.setup import Setting, Setup
from studio.engines.translate.terms import Pair, translate_texts
from studio.errors import Answer, EngineError, EngineUnavailable, UnusableOutput

DEEPL_KEY = Setting("deepl_api_key", "DeepL key", "key", "", "Keys of the free plan end in :fx.")
DEEPL_ADDRESS = Setting("deepl_url", "DeepL address", "address", "", "Empty: DeepL's own, by the kind of key.")
GOOGLE_KEY = Setting(
    "google_translate_api_key", "Google Translate key", "key", "", "Of a project with the Cloud Translation API."
)
GOOGLE_ADDRESS = Setting(
    "google_translate_url", "Google Translate address", "address", "https://translation.googleapis.com", "For a proxy of your own."
)  # fmt: skip
LIBRE_ADDRESS = Setting(
    "libretranslate_url", "LibreTranslate server", "address", "", "Your own (http://localhost:5000), or one that you may use."
)  # fmt: skip
LIBRE_KEY = Setting("libretranslate_api_key", "LibreTranslate key", "key", "", "Own servers mostly need none.")

_SLOTS = 4
_ANSWER_S = 60.0
_CHECK_S = 5.0
_CONTEXT_CHARS = 2000
_DEEPL = frozenset(
    "ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv th tr uk vi zh".split()
)
_GOOGLE = frozenset(
    "af ak am ar as ay az be bg bho bm bn bs ca ceb ckb co cs cy da de doi dv ee el en eo es et eu fa fi fil fr fy ga gd gl "
    "gn gom gu ha haw he hi hmn hr ht hu hy id ig ilo is it ja jv ka kk km kn ko kri ku ky la lb lg ln lo lt lus lv mai mg "
    "mi mk ml mn mr ms mt my nb ne nl no nso ny om or pa pl ps pt qu ro ru rw sa sd si sk sl sm sn so sq sr st su sv sw ta te "
    "tg th ti tk tl tr ts tt ug uk ur uz vi xh yi yo zh zu".split()
)
_LIBRE = frozenset(
    "ar az bg bn ca cs da de el en eo es et eu fa fi fr ga gl he hi hu id it ja ko ky lt lv ms nb nl pl pt ro ru sk sl sq sr "
    "sv th tl tr uk ur vi zh".split()
)


class _AtService(ABC):
    """What the three share. A subclass says how its service is asked for many texts at once."""

    name: ClassVar[str]
    languages: ClassVar[frozenset[str]]
    is_deterministic = False
    uses_seed = False
    batch_lines = 40
    most_chars: ClassVar[int] = 20_000
    """As much text as one call takes."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._limiter = Limiter(_SLOTS)

    @property
    def identity(self) -> str:
        return f"{self.name}/1"

    @property
    @abstractmethod
    def unset(self) -> str:
        """What must be set first."""

    def knows(self, source: str, target: str) -> bool:
        return {_short(source), _short(target)} <= self.languages

    def translate(
        self, lines: Sequence[ToTranslate], *, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[str, TranslatedText]:
        """Raises EngineError as ``studio.engines.http`` makes it, UnusableOutput for an answer of another length."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        context = _context(lines)

        def say(texts: Sequence[str]) -> list[str]:
            said: list[str] = []
            with self._limiter.place(time.sleep):
                for part in _parts(texts, self.batch_lines, self.most_chars):
                    said += self._whole(part, self.say(part, source, target, context))
            return said

        pair = Pair(_short(source), _short(target))
        found = translate_texts({line.id: line.text for line in lines}, say, pair, glossary, at_once=False)
        return {key: TranslatedText(text) for key, text in found.items() if text}

    @abstractmethod
    def say(self, texts: Sequence[str], source: str, target: str, context: str) -> list[Any]:
        """One call of the service."""

    def _whole(self, texts: Sequence[str], answers: Sequence[Any]) -> list[str]:
        if len(answers) != len(texts) or not all(isinstance(one, str) for one in answers):
            raise UnusableOutput(
                f"{self.name}, translate: {len(texts)} texts were sent and {len(answers)} came back (status 200). "
                "It is asked again with fewer lines."
            )
        return [str(one) for one in answers]


class DeepL(_AtService):
    """DeepL. ``check`` also sees whether this month's characters are used up."""

    settings = (DEEPL_KEY, DEEPL_ADDRESS)
    name = "mt/deepl"
    languages = _DEEPL

    @property
    def unset(self) -> str:
        return (
            ""
            if self._setup[DEEPL_KEY]
            else f"mt/deepl needs a key of DeepL's ({DEEPL_KEY.variable}). Set it in Settings."
        )

    def check(self) -> None:
        """Raise EngineUnavailable if the key is not set or not accepted, nobody answers, or nothing is left to use."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        used, limit = self._usage()
        if 0 < limit <= used:
            raise EngineUnavailable(
                f"mt/deepl: the {limit:,} characters of this month are used up. Wait for the next, or choose another plan there.",
                answer=Answer(self.name, "check", 200, "quota_exceeded"),
            )

    def facts(self) -> Facts:
        """How many characters of this month are left."""
        used, limit = self._usage()
        return Facts(left=f"{max(0, limit - used):,} of {limit:,} characters left this month" if limit else "")

    def _usage(self) -> tuple[int, int]:
        """Characters of this month that are used, and that there are; zeros where it does not tell."""
        found = self._http(_CHECK_S, 1).get("/v2/usage", stage="check")
        keys = ("character_count", "character_limit")
        used, limit = (found.get(key) if isinstance(found, Mapping) else None for key in keys)
        return (used, limit) if isinstance(used, int) and isinstance(limit, int) else (0, 0)

    def say(self, texts: Sequence[str], source: str, target: str, context: str) -> list[Any]:
        body = {
            "text": list(texts),
            "source_lang": _short(source).upper(),
            "target_lang": _DEEPL_TARGETS.get(target.lower(), target.upper()),
            "context": context,
            "split_sentences": "nonewlines",
        }
        answer = self._http(_ANSWER_S).ask_json("/v2/translate", stage="translate", json=body)
        return _column(answer, ("translations",), "text")

    def _http(self, timeout_s: float, tries: int = 5) -> Http:
        key = self._setup[DEEPL_KEY]
        own = "https://api-free.deepl.com" if key.endswith(":fx") else "https://api.deepl.com"
        base = (self._setup[DEEPL_ADDRESS] or own).rstrip("/").removesuffix("/v2")
        headers = {"Authorization": f"DeepL-Auth-Key {key}"}
        return Http(self.name, base, headers, verdict=_deepl_verdict, timeout_s=timeout_s, tries=tries)


class Google(_AtService):
    """Google Translate, version 2 ("basic")."""

    settings = (GOOGLE_KEY, GOOGLE_ADDRESS)
    name = "mt/google"
    languages = _GOOGLE
    most_chars = 5_000

    @property
    def unset(self) -> str:
        return "" if self._setup[GOOGLE_KEY] else f"mt/google needs a key ({GOOGLE_KEY.variable}). Set it in Settings."

    def check(self) -> None:
        """Raise EngineUnavailable if the key is not set or not accepted, or nobody answers."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        self._http(_CHECK_S, 1).get("/language/translate/v2/languages", stage="check", target="en")

    def say(self, texts: Sequence[str], source: str, target: str, context: str) -> list[Any]:
        # without a format it takes texts for HTML and gives back entities
        body = {"q": list(texts), "source": _short(source), "target": target, "format": "text"}
        answer = self._http(_ANSWER_S).ask_json("/language/translate/v2", stage="translate", json=body)
        return _column(answer, ("data", "translations"), "translatedText")

    def _http(self, timeout_s: float, tries: int = 5) -> Http:
        headers = {"x-goog-api-key": self._setup[GOOGLE_KEY]}
        base = self._setup[GOOGLE_ADDRESS].rstrip("/")
        return Http(self.name, base, headers, verdict=_google_verdict, timeout_s=timeout_s, tries=tries)


class LibreTranslate(_AtService):
    """A LibreTranslate server; its own models decide which languages it has."""

    settings = (LIBRE_ADDRESS, LIBRE_KEY)
    name = "mt/libretranslate"
    languages = _LIBRE
    batch_lines = 20
    most_chars = 2_000

    @property
    def is_free(self) -> bool:
        """True at a server that asks for no key."""
        return not self._setup[LIBRE_KEY]

    @property
    def unset(self) -> str:
        if self._setup[LIBRE_ADDRESS]:
            return ""
        return f"mt/libretranslate needs the address of a server ({LIBRE_ADDRESS.variable}). Set it in Settings."

    def check(self) -> None:
        """Raise EngineUnavailable if no server is set, nobody answers there, or it has no languages."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        if not self._http(_CHECK_S, 1).get("/languages", stage="check"):
            raise EngineUnavailable("mt/libretranslate: that server has no languages: install models there.")

    def say(self, texts: Sequence[str], source: str, target: str, context: str) -> list[Any]:
        key = self._setup[LIBRE_KEY]
        body = {"q": list(texts), "source": _short(source), "target": _short(target), "format": "text"}
        body |= {"api_key": key} if key else {}
        answer = self._http(_ANSWER_S).ask_json("/translate", stage="translate", json=body)
        said = answer.get("translatedText") if isinstance(answer, Mapping) else None
        return list(said) if isinstance(said, list) else []

    def _http(self, timeout_s: float, tries: int = 5) -> Http:
        base, key = self._setup[LIBRE_ADDRESS].rstrip("/").removesuffix("/translate"), self._setup[LIBRE_KEY]
        return Http(self.name, base, verdict=_libre_verdict, timeout_s=timeout_s, tries=tries, hidden=(key,))


_DEEPL_TARGETS = {"en": "EN-US", "pt": "PT-BR", "zh": "ZH-HANS", "no": "NB"}
"""DeepL wants a variety where there are several. The studio's Portuguese voices are of Brazil."""


def _deepl_verdict(status: int, said: Said) -> type[EngineError] | None:
    return EngineUnavailable if status == 456 else None


def _google_verdict(status: int, said: Said) -> type[EngineError] | None:
    is_about_key = status == 400 and "api key" in said.sentence.lower()
    return EngineUnavailable if is_about_key else None


def _libre_verdict(status: int, said: Said) -> type[EngineError] | None:
    is_about_key = status == 400 and "api key" in said.sentence.lower()
    return EngineUnavailable if is_about_key else None


def _short(code: str) -> str:
    return code.lower().replace("_", "-").split("-")[0]


def _context(lines: Sequence[ToTranslate]) -> str:
    """The lines with what is said before and after them, for a service that reads along."""
    if not lines:
        return ""
    around = [lines[0].before, *(line.text for line in lines), lines[-1].after]
    return " ".join(text for text in around if text)[:_CONTEXT_CHARS]


def _parts(texts: Sequence[str], most: int, most_chars: int) -> list[list[str]]:
    """``texts`` in their order, as many together as one call takes."""
    parts: list[list[str]] = []
    room = 0
    for text in texts:
        if not parts or len(parts[-1]) == most or len(text) > room:
            parts.append([])
            room = most_chars
        parts[-1].append(text)
        room -= len(text)
    return parts


def _column(answer: Any, way: Sequence[str], key: str) -> list[Any]:
    """``key`` of each entry of the list that stands at ``way``; empty if there is none."""
    for step in way:
        answer = answer.get(step) if isinstance(answer, Mapping) else None
    return [one.get(key) for one in answer if isinstance(one, Mapping)] if isinstance(answer, list) else []
