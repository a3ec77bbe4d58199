"""Languages as media files and their players name them: three letters of ISO 639-2, and a name to choose by."""

from __future__ import annotations

_KNOWN = {
    "af": ("afr", "Afrikaans"), "am": ("amh", "Amharic"), "ar": ("ara", "Arabic"), "as": ("asm", "Assamese"),
    "az": ("aze", "Azerbaijani"), "ba": ("bak", "Bashkir"), "be": ("bel", "Belarusian"), "bg": ("bul", "Bulgarian"),
    "bn": ("ben", "Bengali"), "bo": ("bod", "Tibetan"), "br": ("bre", "Breton"), "bs": ("bos", "Bosnian"),
    "ca": ("cat", "Catalan"), "cs": ("ces", "Czech"), "cy": ("cym", "Welsh"), "da": ("dan", "Danish"),
    "de": ("deu", "German"), "el": ("ell", "Greek"), "en": ("eng", "English"), "eo": ("epo", "Esperanto"),
    "es": ("spa", "Spanish"), "et": ("est", "Estonian"), "eu": ("eus", "Basque"), "fa": ("fas", "Persian"),
    "fi": ("fin", "Finnish"), "fo": ("fao", "Faroese"), "fr": ("fra", "French"), "ga": ("gle", "Irish"),
    "gl": ("glg", "Galician"), "gu": ("guj", "Gujarati"), "ha": ("hau", "Hausa"), "haw": ("haw", "Hawaiian"),
    "he": ("heb", "Hebrew"), "hi": ("hin", "Hindi"), "hr": ("hrv", "Croatian"), "ht": ("hat", "Haitian Creole"),
    "hu": ("hun", "Hungarian"), "hy": ("hye", "Armenian"), "id": ("ind", "Indonesian"), "is": ("isl", "Icelandic"),
    "it": ("ita", "Italian"), "ja": ("jpn", "Japanese"), "jv": ("jav", "Javanese"), "jw": ("jav", "Javanese"),
    "ka": ("kat", "Georgian"), "kk": ("kaz", "Kazakh"), "km": ("khm", "Khmer"), "kn": ("kan", "Kannada"),
    "ko": ("kor", "Korean"), "la": ("lat", "Latin"), "lb": ("ltz", "Luxembourgish"), "ln": ("lin", "Lingala"),
    "lo": ("lao", "Lao"), "lt": ("lit", "Lithuanian"), "lv": ("lav", "Latvian"), "mg": ("mlg", "Malagasy"),
    "mi": ("mri", "Maori"), "mk": ("mkd", "Macedonian"), "ml": ("mal", "Malayalam"), "mn": ("mon", "Mongolian"),
    "mr": ("mar", "Marathi"), "ms": ("msa", "Malay"), "mt": ("mlt", "Maltese"), "my": ("mya", "Burmese"),
    "nb": ("nob", "Norwegian Bokmål"), "ne": ("nep", "Nepali"), "nl": ("nld", "Dutch"),
    "nn": ("nno", "Norwegian Nynorsk"), "no": ("nor", "Norwegian"), "oc": ("oci", "Occitan"),
    "pa": ("pan", "Punjabi"), "pl": ("pol", "Polish"), "ps": ("pus", "Pashto"), "pt": ("por", "Portuguese"),
    "ro": ("ron", "Romanian"), "ru": ("rus", "Russian"), "sa": ("san", "Sanskrit"), "sd": ("snd", "Sindhi"),
    "si": ("sin", "Sinhala"), "sk": ("slk", "Slovak"), "sl": ("slv", "Slovenian"), "sn": ("sna", "Shona"),
    "so": ("som", "Somali"), "sq": ("sqi", "Albanian"), "sr": ("srp", "Serbian"), "su": ("sun", "Sundanese"),
    "sv": ("swe", "Swedish"), "sw": ("swa", "Swahili"), "ta": ("tam", "Tamil"), "te": ("tel", "Telugu"),
    "tg": ("tgk", "Tajik"), "th": ("tha", "Thai"), "tk": ("tuk", "Turkmen"), "tl": ("tgl", "Tagalog"),
    "tr": ("tur", "Turkish"), "tt": ("tat", "Tatar"), "uk": ("ukr", "Ukrainian"), "ur": ("urd", "Urdu"),
    "uz": ("uzb", "Uzbek"), "vi": ("vie", "Vietnamese"), "yi": ("yid", "Yiddish"), "yo": ("yor", "Yoruba"),
    "yue": ("yue", "Cantonese"), "zh": ("zho", "Chinese"),
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


def code_of(language: str) -> str:
    """The short code of ``language``, given as its English name (``portuguese``) or any of its codes; empty if unknown."""
    short, name = _short(language), language.strip().lower()
    return next((code for code, words in _KNOWN.items() if short in (code, words[0]) or name == words[1].lower()), "")


def _short(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()
