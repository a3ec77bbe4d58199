"""A translation as people work on it: drafts of an engine, their own wording over them, what is doubtful.

Every entry of ``translations/<lang>.json`` keeps the ``draft`` that the engine gave. An entry whose text differs from
its draft was written by a person: it is kept whatever the engine says later, as long as the source stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.model.dub import Line, Translated
from studio.model.glossary import lost_terms

_TEMPLATE = re.compile(r"^\s*\[\s*translate\s*:.*\]\s*$", re.IGNORECASE | re.DOTALL)
_LARGE_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_PLAIN_WORD = re.compile(r"(?<![\w’'-])[a-z]{4,}(?![\w’'-])")
_NEVER_ENDS = {"pt": "bcdfghjkpqtvwxy", "es": "bcfghjkpqtvwxy", "gl": "bcdfghjkpqtvwxy", "it": "bcdfghjkmpqstvwxyz"}
"""Letters that no word of the language ends with."""
_FOREIGN = re.compile(r"[kw]|sh|th|ee|oo|ck|gh|ph|y[^aeo]")
"""Not in words of those languages."""
_PORTUGUESE = re.compile(r"(?<![\w’'-])[^\W\d_A-Z]*(?:[ãõç]|lh|nh|ss)[^\W\d_A-Z]*(?![\w’'-])")
"""What Spanish never writes: a word that stayed on the way from English through Portuguese."""
_MOST_LONGER, _FEW_LETTERS = 3.0, 12


class Entry(Translated):
    """One line of ``translations/<lang>.json`` as the studio writes it."""

    draft: str = ""
    """What the engine gave; empty for a line that no engine was asked for."""
    kept: str = ""
    """A person's wording that stood here when the file was last put together."""

    @property
    def is_typed(self) -> bool:
        """True if a person wrote the text."""
        return is_written(self.text) and self.text.strip() != self.draft.strip()


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine gave for one line."""

    text: str
    short: str = ""
    left: tuple[str, ...] = ()


def is_written(text: str) -> bool:
    """True for a translation; an untouched template (``[TRANSLATE: …]``) is none."""
    return bool(text.strip()) and not _TEMPLATE.match(text)


def typed(lines: Sequence[Line], standing: Sequence[Translated]) -> dict[str, Entry]:
    """Entries of ``standing`` that a person wrote for what the lines still say, by id: no engine need be asked."""
    texts = {line.id: line.text for line in lines}
    return {key: entry for key, entry in held(lines, standing).items()
            if entry.is_typed and _same(entry.source or texts[key], texts[key])}  # fmt: skip


def held(lines: Sequence[Line], standing: Sequence[Translated]) -> dict[str, Entry]:
    """Every written entry of ``standing`` that has a line, by id, stale ones too: where no engine will write anew."""
    here = {line.id for line in lines}
    return {entry.id: as_entry(entry) for entry in standing if entry.id in here and is_written(entry.text)}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a translation is put together of: ``drafts`` by id, ``own`` wording of people, and what stands there."""

    lines: Sequence[Line]
    drafts: Mapping[str, Draft]
    own: Mapping[str, Entry]
    standing: Sequence[Translated] = ()


def settled(parts: Parts) -> tuple[Entry, ...]:
    """What ``translations/<lang>.json`` is to be: an entry a line, in order of time; a person's wording before a draft.

    If what stands there is right but for what a person changed in it, ``kept`` stays as it was: the file is then asked
    for by the same facts as before, and stays untouched as that person's take. Else it is put together anew, and what
    people wrote becomes one of the facts, so that no earlier take of it can come back without their wording.
    """
    as_it_stands = _assembled(parts, is_anew=False)
    is_right = _essence(as_it_stands) == _essence([as_entry(entry) for entry in parts.standing])
    return as_it_stands if is_right else _assembled(parts, is_anew=True)


def _assembled(parts: Parts, *, is_anew: bool) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for line in sorted(parts.lines, key=lambda line: (line.start_s, line.id)):
        own, draft = parts.own.get(line.id), parts.drafts.get(line.id, Draft(""))
        place = {"id": line.id, "start": line.start_s, "end": line.end_s}
        words: dict[str, object]
        if own is None:
            words = {"text_translated": draft.text, "source": line.text, "short": draft.short, "draft": draft.text,
                     "left": draft.left}  # fmt: skip
        else:
            words = {"text_translated": own.text, "source": own.source or line.text, "short": own.short,
                     "left": own.left, "is_divided": own.is_divided,
                     "draft": own.draft, "kept": own.text if is_anew else own.kept}  # fmt: skip
        entries.append(Entry.model_validate(place | words))
    return tuple(entries)


def with_texts(lines: Sequence[Line], standing: Sequence[Translated], texts: Mapping[str, str]) -> tuple[Entry, ...]:
    """``standing`` with these texts by line id, typed or imported: for what the lines say now, and with no shorter
    wording, which would be that of another text."""
    by_id = {entry.id: as_entry(entry) for entry in standing}
    entries: list[Entry] = []
    for line in sorted(lines, key=lambda line: (line.start_s, line.id)):
        entry = by_id.get(line.id) or Entry(
            id=line.id, start_s=line.start_s, end_s=line.end_s, text="", source=line.text
        )
        if line.id in texts:
            typed_now = {"text": texts[line.id].strip(), "source": line.text, "short": "", "is_divided": False}
            entry = entry.model_copy(update=typed_now)
        entries.append(entry)
    return tuple(entries)


def is_foreign(standing: Sequence[Entry]) -> bool:
    """True for entries that the studio did not write: none knows of drafts."""
    return bool(standing) and not any("draft" in entry.model_fields_set for entry in standing)


def as_entry(entry: Translated) -> Entry:
    """``entry`` with the studio's own fields, which files of other programs lack."""
    return entry if isinstance(entry, Entry) else Entry.model_validate(entry.model_dump(by_alias=True))


def doubts(
    source: str, translation: str, glossary: Mapping[str, str], *, target: str, left: Sequence[str] = ()
) -> tuple[str, ...]:
    """What a person should look at in one translated line, in words; none if nothing strikes."""
    found: list[str] = []
    lost = lost_terms(source, translation, glossary, target=target)
    if lost:
        found.append("the glossary's " + ", ".join(f"“{term}” → “{glossary[term]}”" for term in lost) + " is not in it")
    figures = [figure for figure in _figures(source) if figure not in _figures(translation)]
    if figures:
        found.append("its numbers differ from the original's")
    if len(source.split()) > 3 and source.strip().lower() == translation.strip().lower():
        found.append("it is the original, untranslated")
    elif words := left_words(source, translation, target=target, left=left):
        found.append(f"left untranslated: {', '.join(words)}")
    letters, answer = max(len(source), _FEW_LETTERS), max(len(translation), 1)
    if answer > _MOST_LONGER * letters or letters > _MOST_LONGER * max(answer, _FEW_LETTERS):
        found.append("it is far longer or shorter than the original")
    return tuple(found)


def left_words(source: str, translation: str, *, target: str, left: Sequence[str] = ()) -> tuple[str, ...]:
    """Words of ``translation`` that are none of ``target``'s: those of ``left``, which its engine did not know, as far as
    they still stand in it, and what letters can tell: most stand so in the original."""
    known = {word for word in left if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", translation)}
    if target not in _NEVER_ENDS:
        return tuple(sorted(known))
    both = set(_PLAIN_WORD.findall(source)) & set(_PLAIN_WORD.findall(translation))
    known |= {word for word in both if word[-1] in _NEVER_ENDS[target] or _FOREIGN.search(word)}
    if target == "es":
        known |= set(_PORTUGUESE.findall(translation))
    return tuple(sorted(known))


def _figures(text: str) -> list[str]:
    found = [re.sub(r"[.,:]", " ", figure) for figure in _LARGE_FIGURE.findall(text)]
    return [figure for figure in found if len(figure) > 2 and not re.search(rf"\b{figure}0?s\b", text)]


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _essence(entries: Sequence[Entry]) -> list[tuple[object, ...]]:
    """All that must be right in a standing file; other programs' keys may stand beside it."""
    return [(e.id, e.start_s, e.end_s, e.source, e.text.strip(), e.short.strip(), e.draft) for e in entries]
