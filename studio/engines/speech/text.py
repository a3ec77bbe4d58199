"""What a script says, made into what a voice can read."""

from __future__ import annotations

import re
import unicodedata

from studio.errors import UserError
from studio.model.letters import normal

#: A voice holds its tone over about this many characters at once.
LONGEST_PIECE = 280

_AND = {
    "en": "and", "de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en", "sv": "och", "da": "og",
    "nb": "og", "pl": "i", "cs": "a", "ru": "и", "uk": "і", "tr": "ve", "hi": "और", "fi": "ja", "ro": "și",
    "hu": "és", "ca": "i", "el": "και", "id": "dan", "zh": "和", "ja": "と",
}  # fmt: skip
_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "`": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2013": "\u2014", "\u2015": "\u2014",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    }
)  # fmt: skip
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|(?<=[。！？।])|\n+")
_CLAUSE_END = re.compile(r"(?<=[,;:—、，；：])\s*")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "sra", "srta", "mme", "mlle", "sig"})
_ROMAN = re.compile(r"[IVXLCDM]+$")


def readable(text: str, language: str) -> str:
    """``text`` with nothing in it that a voice would spell out or trip over.

    Typographic quotes and dashes become plain ones, ``&`` a word, emoji, markup and stray symbols go, shouted
    words become ordinary ones (short capitals such as NASA or FBI stay). Raises UserError if no word is left.
    """
    plain = normal("NFC", text).translate(_PLAIN)
    plain = re.sub(r"\s*&\s*", f" {_AND.get(_primary(language), '&')} ", plain)
    plain = re.sub(r"(?<=\d)\u2014(?=\d)", "-", plain)
    plain = re.sub(r"\s*(?:\u2014+|--+)\s*", " \u2014 ", plain)
    plain = re.sub(r"\.{2,}|(?:\. ){2,}\.?", "…", plain)
    plain = re.sub(r"(?<=\w)…", " …", plain)
    plain = re.sub(r"[*_#~^|<>{}\\]+", " ", plain)
    plain = "".join(letter for letter in plain if not _is_mute(letter))
    plain = _without_shouting(plain)
    plain = re.sub(r"([!?])[!?]+", r"\1", plain)
    plain = re.sub(r" +([,.!?;:])", r"\1", re.sub(r"[ \r]+", " ", plain)).strip()
    if not any(letter.isalnum() for letter in plain):
        raise UserError("This line has no words to speak.")
    return plain


def pieces(text: str, longest: int = LONGEST_PIECE) -> list[str]:
    """``text`` cut into sentences, and long sentences at clauses or, failing these, between words."""
    found: list[str] = []
    for sentence in _sentences(text):
        found.extend(_packed(_CLAUSE_END.split(sentence), longest))
    return [piece for piece in found if any(letter.isalnum() for letter in piece)]


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _is_mute(letter: str) -> bool:
    """True for emoji, their joiners, control characters and private signs; currency and degrees stay."""
    if letter in "°%€$£¥+=\n":
        return False
    return unicodedata.category(letter) in {"So", "Sk", "Cs", "Co", "Cn", "Cc", "Cf", "Me"} or letter in "\ufe0f\u20e3"


def _without_shouting(text: str) -> str:
    """``text`` with capitals lowered in words that shout: long ones, and those beside other capitals."""
    words = re.split(r"(\s+)", text)
    shouts = [_is_capital(word) for word in words[::2]]
    for index, is_shout in enumerate(shouts):
        word = words[2 * index]
        beside = shouts[max(0, index - 1) : index] + shouts[index + 1 : index + 2]
        letters = sum(letter.isalpha() for letter in word)
        if is_shout and (letters >= 6 or any(beside) or (letters >= 4 and word.rstrip("\"')")[-1] in "!?")):
            opens = index == 0 or words[2 * index - 2].rstrip("\"')")[-1:] in ".!?…"
            words[2 * index] = word.capitalize() if opens else word.lower()
    return "".join(words)


def _is_capital(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    bare = "".join(letters)
    return len(letters) >= 2 and bare.isupper() and not (_ROMAN.match(bare) and len(bare) < 5)


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        before = text[start : match.start()].rstrip()
        last = re.split(r"[\s\"'(]", before)[-1].lower()
        if "\n" not in match[0] and _is_abbreviation(last, text[match.end() : match.end() + 1]):
            continue
        sentences.append(text[start : match.end()].strip())
        start = match.end()
    return [sentence for sentence in [*sentences, text[start:].strip()] if sentence]


def _is_abbreviation(word: str, following: str) -> bool:
    """True if the full stop of ``word`` ends no sentence: a title, an initial, ``No.`` before a number."""
    bare = word.removesuffix(".")
    return bare != word and (
        bare in _TITLES or (len(bare) == 1 and bare.isalpha()) or (bare in {"no", "vol"} and following.isdigit())
    )


def _packed(parts: list[str], longest: int) -> list[str]:
    """``parts`` joined again as far as ``longest`` allows; a longer part is cut between words."""
    words: list[str] = []
    for part in parts:
        words.extend([part] if len(part) <= longest else _cut(part, longest))
    packed = [""]
    for word in words:
        joined = f"{packed[-1]} {word}".strip()
        if len(joined) <= longest:
            packed[-1] = joined
        else:
            packed.append(word)
    return packed


def _cut(part: str, longest: int) -> list[str]:
    """Words of ``part``; one longer than ``longest`` (or text without spaces) in slices."""
    return [word[i : i + longest] for word in part.split() for i in range(0, len(word), longest)]
