"""Whether a line is the heading of a chapter, in English, German, French, Spanish, Italian and Portuguese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from studio.model.counting import ONES, TENS
from studio.planning.language import word_set

Kind = Literal["part", "chapter", "named", "number", "capitals"]

_NUMBERS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred first second third fourth fifth "
    "sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth thirtieth last final and "
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig dreißig "
    "un deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante "
    "premier première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième dernier "
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno treinta cuarenta primero primera segundo segunda tercero tercera cuarto "
    "cuarta quinto quinta sexto sexta séptimo séptima octavo octava noveno novena décimo décima último y "
    "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette "
    "diciotto diciannove venti trenta primo prima secondo seconda terzo terza quarto quarta sesto sesta settimo "
    "settima ottavo ottava nono nona decimo ultimo "
    "um dois três quatro sete oito dez treze catorze dezesseis dezasseis dezessete dezoito dezenove vinte trinta "
    "primeiro primeira segundo terceiro terceira quarto quinto sétimo oitavo"
)
_GERMAN_ORDINAL = (
    r"(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)?und)?"
    r"(?:erst|zweit|dritt|viert|fünft|sechst|siebt|siebent|acht|neunt|zehnt|elft|zwölft|\w+zehnt|\w+zigst|letzt)e[srn]?"
)
_CHAPTERS = (
    r"chapter|chap\.?|kapitel|chapitre|cap[íi]tulo|capitolo|letter|brief|lettre|carta|lettera|canto|stave|episode"
    r"|hoofdstuk|kapittel"
)
_PARTS = r"part|book|volume|vol\.|teil|buch|band|partie|livre|tome|parte|libro|livro|tomo"
_NAMED = (
    r"prolog(?:ue|o)?|epilog(?:ue|o)?|pr[óo]logo|ep[íi]logo|épilogue|interlude|intermezzo|interl[úu]dio|interludio"
    r"|zwischenspiel|introduction|preface|foreword|afterword|postscript|coda|finale|vorwort|nachwort|einleitung"
    r"|préface|postface|avant-propos|prefacio|introducción|prefazione|introduzione|prefácio|introdução|posfácio"
    r"|acknowledge?ments|danksagung|remerciements|agradecimientos|agradecimentos|ringraziamenti"
    r"|(?:author[’']s|historical) note|about the author|appendix|anhang|annexe|apéndice|appendice|apêndice|conclusion"
)
_WORD = rf"(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|{_GERMAN_ORDINAL})"
_COUNT = rf"(?:\d{{1,5}}|[IVXLC]{{1,8}}|{_WORD}(?:[\s-]+{_WORD}){{0,3}})"
_REST = r"(?P<rest>(?:\s*[.:)\]|—–-]+\s*|\s+|$).*)$"
_LABELLED = re.compile(
    rf"^(?P<label>(?:(?P<part>{_PARTS})|(?:{_CHAPTERS}))\s+(?:the\s+|la\s+|il\s+)?(?:no?\.\s*|#\s*)?{_COUNT}(?!\w)){_REST}",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"^(?P<label>(?:\d{{1,5}}\s*[.ªºa°]|[IVXLC]{{1,8}}\.?|(?:the\s+|das\s+|der\s+)?{_WORD})\s+"
    rf"(?:(?P<part>{_PARTS})|chapter|kapitel|chapitre|cap[íi]tulo|capitolo|hoofdstuk|kapittel)(?!\w)){_REST}",
    re.IGNORECASE,
)
_NAME = re.compile(rf"^(?P<label>(?:the\s+)?(?:{_NAMED})(?!\w)(?:\s+(?:\d{{1,2}}|[IVX]{{1,5}})(?!\w))?){_REST}", re.I)
_NUMBER = re.compile(r"^[(\[#*—–-]?\s*(?P<label>\d{1,5}|[IVXLC]{1,8})\s*(?P<stop>[.):\]*—–-]?)\s*(?P<rest>.*)$")
_NUMBER_IN_WORDS = re.compile(rf"^(?P<label>{_WORD}(?:[\s-]{_WORD})?)\s*[.:]?$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"^(?:the\s+)?(?:table\s+of\s+)?(?:contents|inhalt|inhaltsverzeichnis|table des matières|sommaire|índice|indice|"
    r"sommario|sumário|contenido)\.?:?$",
    re.IGNORECASE,
)
_FRONT_PAGE = re.compile(
    r"^(?:half[ -])?(?:title(?:[ -]page)?|cover|copyright(?:[ -]page)?|imprint|dedication|epigraph|colophon|frontispiece"
    r"|impressum|titelseite|widmung|couverture|dédicace|portada|dedicatoria|copertina|dedica|capa|dedicatória"
    r"|also by .*|praise for .*|list of illustrations|illustrations)$",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\s*\.){3,}\s*(?:\d{1,4}|[ivxlc]{1,7})?$|\t+\d{1,4}$|\s{3,}\d{1,4}$")
_ROMAN = re.compile(r"^(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
_LEADER_LENGTH = 60
_MOST_NUMBER = 10_001
"""One more than a book may have chapters: a number alone beyond that is none of a chapter."""
_LONGEST = 400
_LONGEST_WORDS = 40
_LONGEST_BARE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found. ``label`` is ``Chapter 1`` of ``Chapter 1: The Storm``, ``title`` the rest."""

    kind: Kind
    label: str
    title: str = ""
    number: int | None = None
    """Of kind ``number`` only, where it is written as one."""

    @property
    def text(self) -> str:
        """As an author would write it in one line."""
        return f"{self.label}: {self.title}" if self.label and self.title else self.label or self.title


def heading_in(text: str) -> Heading | None:
    """The heading that ``text`` (a whole line or paragraph) is, or None. ``Chapter 3 was long.`` is none."""
    line = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if not line or is_contents_line(text):
        return None
    line = line.strip("*_=~ ") or line
    for pattern in (_LABELLED, _COUNTED):
        found = pattern.match(line)
        if found and _is_title(found.group("rest")):
            kind: Kind = "part" if found.group("part") else "chapter"
            return Heading(kind, found.group("label").strip(" ."), _title(found.group("rest")))
    found = _NAME.match(line)
    if found and _is_title(found.group("rest")) and found.group("label")[0].isupper():
        return Heading("named", found.group("label").strip(" ."), _title(found.group("rest")))
    return _numbered(line)


def capitals_in(text: str) -> Heading | None:
    """The heading that ``text`` would be if chapters of this book had titles in capitals only."""
    line = " ".join(text.split()).strip("*_ ")
    letters = [letter for letter in line if letter.isalpha()]
    is_shouted = len(letters) >= 3 and all(letter.isupper() for letter in letters)
    if (
        not is_shouted
        or len(line) > 60
        or "\n" in text.strip()
        or line[-1] in ".!,;:\"”’'"
        or line.startswith(("“", '"'))
    ):
        return None
    return Heading("capitals", "", line)


def is_contents(text: str) -> bool:
    """Whether ``text`` is the heading of a table of contents."""
    return bool(_CONTENTS.match(" ".join(text.split()).strip("*_ ")))


def is_contents_line(text: str) -> bool:
    """Whether ``text`` is a line of a table of contents: dots or a gap, and a page."""
    return bool(_LEADER.search(text[-_LEADER_LENGTH:]))


def is_front_page(text: str) -> bool:
    """Whether ``text`` is the heading of a page that stands before a book and is no chapter of it."""
    return is_contents(text) or bool(_FRONT_PAGE.match(" ".join(text.split())))


def is_short_title(text: str) -> bool:
    """Whether a paragraph right under ``Chapter 1`` is that chapter's title and not its first sentence."""
    words = text.split()
    if (
        not 0 < len(words) <= 10
        or len(text) > 100
        or "\n" in text.strip()
        or text[0] in "\"“‘«'—–-*("
        or text.rstrip()[-1] in ",;:"
    ):
        return False
    if all(word.isupper() for word in words if word.isalpha()) and any(word.isalpha() for word in words):
        return True
    heavy = [word for word in words if len(word) > 3 and word[0].isalpha()]
    is_cased = bool(heavy) and all(word[0].isupper() for word in heavy) and words[0][0].isupper()
    return is_cased and not _SENTENCE_END.search(text)


def _is_title(rest: str) -> bool:
    """Whether what follows ``Chapter 3`` can be its title."""
    bare = rest.strip()
    title = _title(rest)
    words = title.split()
    if not words:
        return True
    if bare[0] in ".:)]|—–-":
        is_sentence = title[0].islower() and bool(_SENTENCE_END.search(title)) and len(words) > _LONGEST_BARE_WORDS
        return len(words) <= _LONGEST_WORDS and not is_sentence
    return (
        (title[0].isupper() or title[0].isdigit() or title[0] in "“\"‘'«(")
        and len(words) <= _LONGEST_BARE_WORDS
        and (title.isupper() or not _SENTENCE_END.search(title) or title[-1] in "?!")
    )


def _title(rest: str) -> str:
    return re.sub(r"^[\s.:)\]|—–-]+", "", rest).strip().removesuffix(".")


def _numbered(line: str) -> Heading | None:
    found = _NUMBER.match(line)
    if found:
        label, rest = found.group("label"), found.group("rest").strip("*—–-[]() ")
        value = int(label) if label.isdigit() else _roman(label)
        if value is None or not 0 < value <= _MOST_NUMBER:
            return None
        if not rest:
            return Heading("number", label, "", value)
        is_title = bool(found.group("stop")) and rest[0].isupper() and len(rest.split()) <= 10
        return Heading("number", label, rest, value) if is_title and not _SENTENCE_END.search(rest) else None
    found = _NUMBER_IN_WORDS.match(line)
    value = _WORD_VALUES.get(found.group("label").lower().replace("-", " ")) if found else None
    return Heading("number", line.rstrip(".: "), "", value) if found and value and line[0].isupper() else None


def _roman(letters: str) -> int | None:
    if not letters or not _ROMAN.match(letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


_COUNTING = {
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze",
}
_WORD_VALUES = (
    {word: value for words in _COUNTING.values() for value, word in enumerate(words.split(), start=1)}
    | {word: value for value, word in enumerate(ONES, start=1)}
    | {ten: value * 10 for value, ten in enumerate(TENS, start=2)}
    | {
        f"{ten} {one}": value * 10 + ones
        for value, ten in enumerate(TENS, start=2)
        for ones, one in enumerate(ONES[:9], start=1)
    }
)
