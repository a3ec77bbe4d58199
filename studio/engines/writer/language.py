"""In which language an idea is, and what cannot be written about: nothing, gibberish, and what is not in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from studio.engines.writer.words import WordTable, name_gender
from studio.errors import UserError

_SCRIPTS = {
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "CYRILLIC": "Russian",
    "ARABIC": "Arabic", "HEBREW": "Hebrew", "DEVANAGARI": "Hindi", "BENGALI": "Bengali", "GREEK": "Greek",
    "THAI": "Thai", "TAMIL": "Tamil", "TELUGU": "Telugu", "GEORGIAN": "Georgian", "ARMENIAN": "Armenian",
    "GUJARATI": "Gujarati", "KANNADA": "Kannada", "MALAYALAM": "Malayalam", "GURMUKHI": "Punjabi",
}  # fmt: skip
#: Function words that are not English words as well.
_FUNCTION_WORDS = {
    "Spanish": "el los las una unos con por para que del y en es su pero muy está como más sobre sus",
    "French": "un une le les une des et qui dans avec sur est pour pas du au aux elle ses mais où sous son sa",
    "German": "der das und ein eine einen einem einer mit von ist nicht auf für sich den dem zu im auch wird aus über",
    "Italian": "il gli uno di che con per della nel nella è sono suo lungo sul alla più delle un del una",
    "Portuguese": "os um uma com não que em para ao da na no seu sua mas é do dos das pela",
    "Dutch": "de het een van en met op voor niet zijn haar die dat naar wordt bij aan uit",
    "Swedish": "och en ett som på av med är för till hans hennes inte det att han hon",
    "Polish": "i w na z się jest nie do który która który przez jego jej po od",
    "Turkish": "bir ve ile için bu çok da onun olan gibi adam kadın",
    "Indonesian": "yang dan di dengan untuk seorang dari ke tidak ini itu pada anak",
    "Romanian": "și în o cu pe din care este unui unei pentru lui la un",
    "Vietnamese": "một và của người trong là có được không cho với những",
    "Czech": "a se v na je který která s z do jeho její ale",
    "Finnish": "ja on joka ei hän oli mutta kun sen",
    "Hungarian": "egy és az hogy nem aki van volt",
}  # fmt: skip
_ENGLISH = frozenset(
    "the a an of and to in is on at with who that his her their for from by as it he she they but when where about "
    "into no not all one two was are be has have what how why my your our after before under over through can will".split()
)  # fmt: skip
_EMPTY_REQUEST = re.compile(
    r"(?i)(?:please )?(?:write|make|create|tell|show|generate)?(?: me| us)? ?(?:a|an|the|some|any)? ?(?:short |nice |good |new )?"
    r"(?:film|movie|story|video|clip|tale|script)s?(?: for me| please)?"
)
_HELP = "Write the idea in English, choose a text service in Settings, or bring a finished script instead."


def require_english(idea: str, table: WordTable) -> None:
    """Return if ``idea`` can be read as English; UserError with what to do otherwise.

    Short ideas and names pass: only a foreign script, several foreign function words, or letters that spell
    nothing are refused.
    """
    if _EMPTY_REQUEST.fullmatch(idea.strip(" .!?")):
        raise UserError("The idea does not say what happens. Write one sentence, e.g. “A fox finds a lost umbrella”.")
    if not any(char.isalpha() for char in idea):
        raise UserError("The idea is empty. Write one sentence about what happens, e.g. “A fox finds a lost umbrella”.")
    language = foreign_language(idea, lambda: table)
    if language:
        raise UserError(f"The built-in writer understands English only, and the idea looks {language}. {_HELP}")
    if _is_gibberish(_words(idea), table):
        raise UserError(
            f"“{idea[:40].strip()}” is not something the built-in writer can read. Write one English sentence "
            "about who does what, e.g. “A fox finds a lost umbrella”."
        )


def foreign_language(idea: str, table: Callable[[], WordTable]) -> str:
    """The English name of the language that ``idea`` is in; empty for English and for what cannot be told.

    ``table`` is asked for only where function words leave a doubt.
    """
    letters = [char for char in idea if char.isalpha()]
    foreign = [script for char in letters if (script := _script(char))]
    if len(foreign) > 0.4 * len(letters):
        return "Japanese" if "Japanese" in foreign else max(sorted(set(foreign)), key=foreign.count)
    return _latin_language(_words(idea), table)


def _words(idea: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", idea)]


def _script(char: str) -> str:
    name = unicodedata.name(char, "").split(" ")[0]
    return _SCRIPTS.get(name, "")


def _latin_language(words: list[str], table: Callable[[], WordTable]) -> str:
    """The language that the words speak instead of English, or empty."""
    english = sum(word in _ENGLISH for word in words)
    best, best_hits = "", 0
    for language, listed in _FUNCTION_WORDS.items():
        foreign = set(listed.split())
        hits = sum(word in foreign for word in words)
        if hits > best_hits:
            best, best_hits = language, hits
    has_marks = sum(any(ord(char) > 127 for char in word) for word in words) >= 2
    only_foreign = best_hits - english
    if only_foreign < 1 and not (has_marks and english == 0):
        return ""
    known = table()
    unknown = sum(not known.is_known(word) and word not in _ENGLISH for word in words)
    is_foreign = only_foreign >= 2 or (only_foreign >= 1 and unknown >= 0.5 * len(words))
    is_foreign |= has_marks and unknown >= 0.6 * len(words) and english == 0
    if is_foreign and unknown >= 0.25 * len(words):
        return best or "another language than English"
    return ""


def _is_gibberish(words: list[str], table: WordTable) -> bool:
    if not words:
        return False
    written = [word for word in words if not _is_keyboard(word)]
    if any(table.is_known(word) or word in _ENGLISH or name_gender(word) for word in written):
        return False
    return all(not _is_sayable(word) for word in words)


def _is_sayable(word: str) -> bool:
    """True if the letters could be a name."""
    vowels = sum(char in "aeiouyáéíóúäöüåøæàèìòùâêîôûãõ" for char in word)
    clusters = re.findall(r"[bcdfghjklmnpqrstvwxz]{4,}", word)
    return len(word) > 1 and vowels > 0 and not clusters and not _is_keyboard(word) and len(set(word)) > 1


def _is_keyboard(word: str) -> bool:
    """True if the letters lie side by side."""
    return any(row in word for row in ("qwer", "asdf", "zxcv", "hjkl", "uiop"))
