"""Languages as media files and their players name them: three letters of ISO 639-2, and a name to choose by."""

from __future__ import annotations

_KNOWN = {
    "af": ("afr", "Afrikaans"), "ar": ("ara", "Arabic"), "bg": ("bul", "Bulgarian"), "bn": ("ben", "Bengali"),
    "ca": ("cat", "Catalan"), "cs": ("ces", "Czech"), "cy": ("cym", "Welsh"), "da": ("dan", "Danish"),
    "de": ("deu", "German"), "el": ("ell", "Greek"), "en": ("eng", "English"), "eo": ("epo", "Esperanto"),
    "es": ("spa", "Spanish"), "et": ("est", "Estonian"), "eu": ("eus", "Basque"), "fa": ("fas", "Persian"),
    "fi": ("fin", "Finnish"), "fr": ("fra", "French"), "ga": ("gle", "Irish"), "gl": ("glg", "Galician"),
    "gu": ("guj", "Gujarati"), "he": ("heb", "Hebrew"), "hi": ("hin", "Hindi"), "hr": ("hrv", "Croatian"),
    "hu": ("hun", "Hungarian"), "hy": ("hye", "Armenian"), "id": ("ind", "Indonesian"), "is": ("isl", "Icelandic"),
    "it": ("ita", "Italian"), "ja": ("jpn", "Japanese"), "ka": ("kat", "Georgian"), "kk": ("kaz", "Kazakh"),
    "kn": ("kan", "Kannada"), "ko": ("kor", "Korean"), "lt": ("lit", "Lithuanian"), "lv": ("lav", "Latvian"),
    "mk": ("mkd", "Macedonian"), "ml": ("mal", "Malayalam"), "mr": ("mar", "Marathi"), "ms": ("msa", "Malay"),
    "ne": ("nep", "Nepali"), "nl": ("nld", "Dutch"), "no": ("nor", "Norwegian"), "pa": ("pan", "Punjabi"),
    "pl": ("pol", "Polish"), "pt": ("por", "Portuguese"), "ro": ("ron", "Romanian"), "ru": ("rus", "Russian"),
    "sk": ("slk", "Slovak"), "sl": ("slv", "Slovenian"), "sq": ("sqi", "Albanian"), "sr": ("srp", "Serbian"),
    "sv": ("swe", "Swedish"), "sw": ("swa", "Swahili"), "ta": ("tam", "Tamil"), "te": ("tel", "Telugu"),
    "th": ("tha", "Thai"), "tr": ("tur", "Turkish"), "uk": ("ukr", "Ukrainian"), "ur": ("urd", "Urdu"),
    "vi": ("vie", "Vietnamese"), "zh": ("zho", "Chinese"),
}  # fmt: skip


def iso_639_2(language: str) -> str:
    """The three letters of ``language`` (``pt``, ``pt-BR``, ``por``); ``und`` for one that is not known."""
    short = _short(language)
    if short in _KNOWN:
        return _KNOWN[short][0]
    return short if len(short) == 3 and short.isalpha() and short.isascii() else "und"


def language_name(language: str) -> str:
    """The English name of ``language``, or its code where the name is not known."""
    short = _short(language)
    names = {letters: name for letters, name in _KNOWN.values()}
    return _KNOWN[short][1] if short in _KNOWN else names.get(short, language)


def _short(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()
