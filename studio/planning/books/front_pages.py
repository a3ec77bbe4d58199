"""What a book says of itself on its first pages: title, author, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from studio.media.manuscripts.book_text import Block
from studio.model.manuscript import Manuscript
from studio.planning.books.headings import is_contents, is_contents_line, is_front_page
from studio.planning.language import word_set

_YAML = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|author|authors|creator|lang|language|genre)[ \t]*:[ \t]*(.*)$", re.IGNORECASE)
_LISTED = re.compile(r"^[ \t]+-[ \t]*(?:name:[ \t]*)?(.+)$")
_LABELLED = re.compile(r"^(title|author|language):[ \t]*(\S.*)$", re.IGNORECASE)
_GUTENBERG_START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*\n", re.MULTILINE)
_GUTENBERG_END = re.compile(
    r"^(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg)", re.MULTILINE
)
_BY = re.compile(
    r"^(?:an?\s+\w+(?:\s+\w+)?\s+)?(?:written\s+)?(?:by|von|par|por|di|de)\s+(\S+(?:\s+\S+){0,5}?)(?:\s*\(\d+\))?$",
    re.IGNORECASE,
)
_BY_ALONE = re.compile(r"^(?:written\s+)?(?:by|von|par|por|di|de)$", re.IGNORECASE)
_LEGAL = re.compile(r"(?i)copyright|all rights reserved|\bISBN\b|©|project gutenberg|work of fiction")
_FILE_NAME = re.compile(r"(?i)\.(?:docx?|odt|rtf|txt|pdf|md|indd|tex)\b|^(?:untitled|document\d*|microsoft word\b.*)$")
_LANGUAGES = {
    "en": word_set("the and of to in was he she it that his her with had for"),
    "de": word_set("der die das und ist nicht ich sie er mit war auf dem ein zu"),
    "fr": word_set("le la les et des un une est dans que qui elle il pas pour"),
    "es": word_set("el la los las y que en un una con no se por su había"),
    "it": word_set("il lo la gli che e di un una non per con era si della"),
    "pt": word_set("o os a as e que não um uma com do da em se para"),
    "nl": word_set("de het een en van ik niet dat zij hij met was op te zijn"),
}
_ON_TITLE_PAGES = word_set(
    "by von par por di de a an the ein eine un une una uno um uma novel novella story stories tale book written title "
    "author roman novelle erzählung récit conte novela cuento romanzo racconto romance conto"
)
_LANGUAGE_WORDS = 4000
_LONGEST_TITLE_WORDS = 14
_LONGEST_TITLE = 100
_PROSE_WORDS = 25


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a book; empty where nothing is."""

    title: str = ""
    author: str = ""
    language: str = ""
    genre: str = ""

    def or_else(self, other: Facts) -> Facts:
        """These, and the other's where these are silent."""
        return Facts(
            self.title or other.title,
            self.author or other.author,
            self.language or other.language,
            self.genre or other.genre,
        )


def without_wrapping(written: str) -> tuple[str, Facts]:
    """The book itself, less YAML at its head and Project Gutenberg's pages around it; and what those say."""
    facts = Facts()
    yaml = _YAML.match(written)
    if yaml and any(_FIELD.match(line) for line in yaml.group(1).split("\n")):
        facts, written = _fields(yaml.group(1)), written[yaml.end() :]
    start = _GUTENBERG_START.search(written)
    if start:
        facts, written = facts.or_else(_labelled(written[: start.start()].split("\n"))), written[start.end() :]
        end = _GUTENBERG_END.search(written)
        written = written[: end.start()] if end else written
    return written, facts


def facts_on(pages: Sequence[Block]) -> tuple[Facts, int]:
    """Title and author as a title page has them, and how many of the first paragraphs say them."""
    facts, told, after_by = Facts(), 0, ""
    for at, block in enumerate(pages[:8]):
        said = _labelled(block.text.split("\n"))
        if not (said.title or said.author):
            said = _on_title_page(after_by + block.text, is_first=at == 0, is_marked=bool(block.level))
        if said.title or said.author:
            facts, told = facts.or_else(said), at + 1
        after_by = "by " if _BY_ALONE.match(block.text) else ""
    return facts, told


def _on_title_page(text: str, *, is_first: bool, is_marked: bool) -> Facts:
    """What one paragraph says: the title, ``by`` and a name, or one under the other."""
    *lines, last = text.split("\n")
    by = _BY.match(last)
    if by and (lines or not is_first):
        return Facts(title=" ".join(lines), author=by.group(1))
    return Facts(title=" ".join(text.split())) if is_first and (is_marked or _is_title(text)) else Facts()


def to_bind(manuscript: Manuscript) -> str:
    """What of the front matter a reader wants behind the title page: dedication, epigraph, copyright, a note.

    Left out is what the book says by itself: title, author, contents; and headings such as ``Dedication``.
    """
    titles = {_letters(chapter.title) for chapter in manuscript.chapters}
    names = set(_words(f"{manuscript.title} {manuscript.author}"))
    kept: list[str] = []
    for paragraph in manuscript.front_matter.split("\n\n"):
        words = _words(paragraph)
        is_title_page = set(words) <= names | _ON_TITLE_PAGES
        is_contents_entry = _letters(paragraph) in titles or all(map(is_contents_line, paragraph.split("\n")))
        if words and not (is_title_page or is_contents_entry or is_front_page(paragraph) or _is_listed(paragraph)):
            kept.append(paragraph)
    return "\n\n".join(kept)


def _is_listed(paragraph: str) -> bool:
    """Whether this is the contents with their heading, in lines."""
    first, *others = paragraph.split("\n")
    return is_contents(first) and bool(others)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _letters(text: str) -> str:
    return "".join(_words(text))


def is_said_in_file(title: str) -> bool:
    """Whether the title in a file's properties is a title, and not a name that a program left there."""
    return bool(title.strip()) and not _FILE_NAME.search(title.strip())


def is_prose(block: Block) -> bool:
    """Whether a paragraph before the first chapter is one of a story, and not of a title page."""
    is_line = block.level or is_contents(block.text) or "\n" in block.text
    return not is_line and len(block.text.split()) >= _PROSE_WORDS and not _LEGAL.search(block.text)


def language_in(text: str) -> str:
    """The language of ``text`` by its commonest small words, ISO 639-1; English if none is clear."""
    start = max(0, len(text) // 3 - 1)
    words = Counter(re.findall(r"[^\W\d_]+", text[start : start + 8 * _LANGUAGE_WORDS].lower()))
    scores = {language: sum(words[word] for word in small) for language, small in _LANGUAGES.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] else "en"


def _is_title(text: str) -> bool:
    is_short = len(text.split()) <= _LONGEST_TITLE_WORDS and len(text) <= _LONGEST_TITLE
    return is_short and text[-1] not in '.,;:”"’。！？」' and text[0] not in '“"‘«—「'


def _fields(yaml: str) -> Facts:
    found: dict[str, str] = {}
    key = ""
    for line in yaml.split("\n"):
        field, listed = _FIELD.match(line), _LISTED.match(line)
        if field:
            key = {"authors": "author", "creator": "author", "lang": "language"}.get(
                field.group(1).lower(), field.group(1).lower()
            )
            found[key] = _unquoted(field.group(2))
        elif listed and key:
            found[key] = ", ".join(part for part in (found[key], _unquoted(listed.group(1))) if part)
        elif line[:1].strip():
            key = ""
    return Facts(**{**found, "language": _code(found.get("language", ""))})


def _unquoted(value: str) -> str:
    value = value.strip().strip("[]").strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _labelled(lines: Sequence[str]) -> Facts:
    found = {part.group(1).lower(): part.group(2).strip() for line in lines if (part := _LABELLED.match(line.strip()))}
    return Facts(found.get("title", ""), found.get("author", ""), _code(found.get("language", "")))


def _code(language: str) -> str:
    from studio.media.languages import code_of

    return code_of(language) if language else ""
