"""The words of an old dubbing session: transcript, translations and voices, in every shape they were written in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from studio.core.foreign.findings import Finding, Findings
from studio.core.foreign.shelf import text_of, whole_objects
from studio.errors import BadInput
from studio.model.dub import Line, Translated
from studio.model.text_files import read_text_file
from studio.model.tolerant import parse_json
from studio.model.transcript import Segment, TimedText, numbered, timed_from, translated_from

_ASR, _LINES = "transcriptions/original_asr.json", "transcriptions/chunked_transcript.json"
_TRANSLATED, _BY_LANGUAGE = "translations/translated.json", "translations/language_translations.json"
_VOICES = "voices/voice_assignments.json"
CODE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?$")
"""Of a language, as the old program wrote it."""
_VOICE_KEYS = ("voice", "voice_name", "voice_id", "name", "id")
_ALIKE = 0.8
_MOST_TOLD = 5
"""Faults of one file that are told one by one."""


@dataclass
class Words:
    """What the session says, and where it stands."""

    lines: tuple[Line, ...] = ()
    segments: tuple[Segment, ...] = ()
    lines_file: Path | None = None
    translations: dict[str, tuple[Translated, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """Language → the file that its lines stand in."""
    voices: dict[str, str] = field(default_factory=dict)

    @property
    def is_there(self) -> bool:
        """True if there is a word of it."""
        return bool(self.lines or self.translations or self.texts)


def read_words(root: Path, meta: Mapping[str, object], found: Findings) -> Words:
    """All words of the session in ``root``; what is torn or missing goes into ``found``."""
    reader = _Reader(root, meta, Words(), found)
    reader.transcript()
    reader.translations()
    reader.voices()
    return reader.words


@dataclass
class _Reader:
    root: Path
    meta: Mapping[str, object]
    words: Words
    found: Findings

    def transcript(self) -> None:
        """Lines from the chunked transcript, and one for each recognised segment after its end, where it is torn."""
        heard = [entry for entry in self._entries(_ASR) if entry.text]
        chunked = [entry for entry in self._entries(_LINES) if entry.text]
        self.words.segments = tuple(
            Segment(start_s=entry.start_s, end_s=entry.end_s, text=entry.text, words=entry.words) for entry in heard
        )
        until_s = max((entry.end_s for entry in chunked), default=0.0)
        self.words.lines = numbered([*chunked, *(entry for entry in heard if entry.start_s >= until_s)])
        if not self.words.lines:
            self.found.miss(_LINES, "there is no transcript with times: it will be recognised again")
            return
        name = _LINES if chunked else _ASR
        self.words.lines_file = self.root / name
        note = "" if chunked else " (recognised segments: the lines cut from them were not saved)"
        self.found.done.append(Finding(name, f"{len(self.words.lines)} lines{note}"))

    def translations(self) -> None:
        """By language: files of their own first, then the one of all languages, the one of none, and the metadata."""
        for path in sorted((self.root / "translations").glob("*.json")):
            if CODE.match(path.stem):
                self._add(path.stem, self._entries(f"translations/{path.name}"), path)
        written = [(self._json(_BY_LANGUAGE), self.root / _BY_LANGUAGE), (self.meta.get("translations"), None)]
        for source, file in written:
            for language, value in source.items() if isinstance(source, dict) else ():
                self._add_value(str(language), value, file)
        self._add_unnamed()
        for language, translated in self.words.translations.items():
            self._count(language, translated)

    def voices(self) -> None:
        """``{language: voice}``; the file leads, the metadata fill in."""
        for source in (self._json(_VOICES), self.meta.get("voices")):
            for language, value in source.items() if isinstance(source, dict) else ():
                voice = _voice(value)
                if voice and CODE.match(str(language)):
                    self.words.voices.setdefault(str(language), voice)
        for language, voice in self.words.voices.items():
            self.found.done.append(Finding(language, f"voice {voice}"))

    def _add(self, language: str, entries: Sequence[TimedText], file: Path | None) -> None:
        if language in self.words.translations or not any(entry.text for entry in entries):
            return
        lines = self.words.lines or tuple(
            line.model_copy(update={"text": " "}) for line in numbered([entry for entry in entries if entry.text])
        )
        found = translated_from(entries, lines)
        if not self.words.lines:
            found = tuple(one.model_copy(update={"source": ""}) for one in found)
        if found:
            self.words.translations[language] = found
            if file:
                self.words.files[language] = file

    def _add_value(self, language: str, value: object, file: Path | None) -> None:
        """One language's translation as a list of entries, a list of texts in order, or one text."""
        if not CODE.match(language) or language in self.words.translations:
            return
        if isinstance(value, str) and value.strip():
            rows = value.strip().splitlines()
            value = rows if len(rows) == len(self.words.lines) and len(rows) > 1 else value
        if isinstance(value, str):
            if value.strip():
                self.words.texts.setdefault(language, value.strip())
            return
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            self._add_in_order(language, [str(part) for part in value], file)
            return
        try:
            read = timed_from(value, f"{_BY_LANGUAGE}, {language}")
        except BadInput as error:
            self.found.torn.append(Finding(language, str(error)))
            return
        self._tell(_BY_LANGUAGE, read.faults)
        self._add(language, read.entries, file)

    def _add_in_order(self, language: str, texts: Sequence[str], file: Path | None) -> None:
        if len(texts) != len(self.words.lines):
            self.words.texts.setdefault(language, "\n".join(texts))
            return
        pairs = zip(self.words.lines, texts, strict=True)
        entries = [TimedText(line.start_s, line.end_s, text.strip(), line.id) for line, text in pairs]
        self._add(language, entries, file)

    def _add_unnamed(self) -> None:
        """``translated.json`` says no language: the one whose text it is, else the only one without lines."""
        entries = self._entries(_TRANSLATED)
        if not entries:
            return
        named = self.meta.get("languages")
        listed = [str(one) for one in named] if isinstance(named, list) else []
        open_ones = [one for one in dict.fromkeys([*listed, *self.words.texts]) if one not in self.words.translations]
        whole = " ".join(entry.text for entry in entries)
        alike = [one for one in open_ones if _likeness(whole, self.words.texts.get(one, "")) >= _ALIKE]
        if any(
            _likeness(whole, " ".join(one.text for one in known)) >= _ALIKE
            for known in self.words.translations.values()
        ):
            return
        if not whole.strip():
            self.found.miss(_TRANSLATED, "it is a template: nothing in it is translated yet")
        elif alike or len(open_ones) == 1:
            self._add((alike or open_ones)[0], entries, self.root / _TRANSLATED)
        else:
            known = f"one of {', '.join(open_ones)}" if open_ones else "none that is known"
            self.found.miss(_TRANSLATED, f"it does not say which language it is in ({known}): import it by hand")

    def _count(self, language: str, translated: Sequence[Translated]) -> None:
        self.words.texts.pop(language, None)
        total = len(self.words.lines) or len(translated)
        self.found.done.append(Finding(language, f"{len(translated)} of {total} lines translated"))
        if len(translated) < total:
            there = {one.id for one in translated}
            lost = [line.id for line in self.words.lines if line.id not in there]
            shown = ", ".join(lost[:_MOST_TOLD]) + (" …" if len(lost) > _MOST_TOLD else "")
            self.found.miss(language, f"{len(lost)} lines are still to be translated: {shown}")

    def _entries(self, name: str) -> list[TimedText]:
        """The entries of one file; of a torn one, the whole ones at its beginning."""
        value = self._json(name)
        if value is None:
            return []
        try:
            read = timed_from(value, name)
        except BadInput as error:
            self.found.torn.append(Finding(name, str(error)))
            return []
        self._tell(name, read.faults)
        return list(read.entries)

    def _tell(self, name: str, faults: Sequence[str]) -> None:
        self.found.torn += [Finding(name, fault) for fault in faults[:_MOST_TOLD]]
        if len(faults) > _MOST_TOLD:
            self.found.torn.append(Finding(name, f"{len(faults) - _MOST_TOLD} more entries cannot be used"))

    def _json(self, name: str) -> object:
        path = self.root / name
        if not path.exists() or not path.resolve().is_relative_to(self.root):
            return None
        text = ""
        try:
            text = read_text_file(path)
            return parse_json(text, name)
        except BadInput as error:
            whole = whole_objects(text)
            saved = f" {len(whole)} whole entries at its beginning are used." if whole else ""
            self.found.torn.append(Finding(name, f"{error}{saved}"))
            return whole or None


def _likeness(one: str, other: str) -> float:
    first, second = (" ".join(text.casefold().split())[:600] for text in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first and second else 0.0


def _voice(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in _VOICE_KEYS if isinstance(value.get(key), str)), "")
    return text_of(value)
