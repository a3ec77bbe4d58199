"""The glossary kept, whatever the engine: as the engine says it, else mended, else behind stand-ins.

A sentence that holds the wanted words already reads best as the engine wrote it, with articles that agree. Where it
does not, the engine's own word for the term is replaced, if both seem to be of one gender. Else the term goes through
as a made-up name, which engines leave alone; so does a name after a title (``Dr. Stone``). What still fails is left as
it is: the step tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from studio.engines.translate.figures import lost_figures, tidy, with_plain_times, written_for
from studio.engines.translate.names import titled_names
from studio.engines.translate.sentences import Say, say_in_sentences
from studio.model.glossary import lost_terms, places_in, plural

_STAND_IN = "Xk{}"
_GENDERED = frozenset(("pt", "es", "gl"))
_ARTICLE = re.compile(r"^(?:the|an?|os?|as?|el|l[aoe]s?|une?|um|uma|una)\s+")
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+)[\"'“‘«(\[¿¡–—-]*\s*$")


@dataclass(frozen=True, slots=True)
class Pair:
    """The two languages, as two-letter codes."""

    source: str
    target: str


def translate_texts(
    texts: Mapping[str, str], say: Say, pair: Pair, glossary: Mapping[str, str], *, at_once: bool = True
) -> dict[str, str]:
    """Each of ``texts`` by its key; a text for which ``say`` has nothing is empty. At most three calls of ``say``."""
    plain = {key: with_plain_times(text) for key, text in texts.items()}
    wanted = {key: {**_kept(text, glossary), **glossary} for key, text in plain.items()}
    said = _said(plain, say, pair, at_once)
    lost = {
        key: lost_terms(text, said[key], wanted[key], target=pair.target) for key, text in plain.items() if said[key]
    }
    terms = sorted({term for own in lost.values() for term in own if term in glossary})
    own_words = say_in_sentences({term: term for term in terms}, say) if terms else {}
    for key in (key for key in lost if lost[key]):
        said[key] = _mended(plain[key], said[key], own_words, pair, {term: wanted[key][term] for term in lost[key]})
    wrong = {key: text for key, text in plain.items() if _is_wrong(text, said[key], pair, wanted[key])}
    if wrong:
        hidden = _behind_stand_ins(wrong, said, say, pair, wanted, at_once)
        said |= {key: _mended(wrong[key], text, own_words, pair, wanted[key]) for key, text in hidden.items()}
    return said


def _kept(text: str, glossary: Mapping[str, str]) -> dict[str, str]:
    """Names in ``text`` that stay as they are; the glossary has the first word."""
    return {name: name for name in titled_names(text) if not places_in(name, glossary)}


def _said(texts: Mapping[str, str], say: Say, pair: Pair, at_once: bool) -> dict[str, str]:
    answers = say_in_sentences(texts, say, at_once=at_once)
    return {key: tidy(texts[key], answer, source=pair.source, target=pair.target) for key, answer in answers.items()}


def _is_wrong(text: str, translation: str, pair: Pair, glossary: Mapping[str, str]) -> bool:
    if not translation:
        return False
    return bool(lost_terms(text, translation, glossary, target=pair.target) or lost_figures(text, translation))


def _behind_stand_ins(
    texts: Mapping[str, str], said: Mapping[str, str], say: Say, pair: Pair, wanted: Mapping[str, Mapping[str, str]],
    at_once: bool,
) -> dict[str, str]:  # fmt: skip
    """Those of ``texts`` that came through with every stand-in in its place, with what they stand for."""
    hidden = {key: hide(text, said[key], pair, wanted[key]) for key, text in texts.items()}
    answers = _said({key: masked for key, (masked, _) in hidden.items()}, say, pair, at_once)
    shown = {key: reveal(answers[key], kept) for key, (_, kept) in hidden.items()}
    return {key: text for key, text in shown.items() if text}


def hide(text: str, said: str, pair: Pair, glossary: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """``text`` with the terms and figures that ``said`` lost as made-up names; and what each stands for."""
    lost = lost_terms(text, said, glossary, target=pair.target)
    places = places_in(text, glossary, target=pair.target)
    spans = [(place.start, place.end, place.becomes) for place in places if place.term in lost]
    for figure in lost_figures(text, said):
        if all(figure.end <= start or figure.start >= end for start, end, _ in spans):
            words = written_for(figure.text, source=pair.source, target=pair.target)
            spans.append((figure.start, figure.end, words))
    masked, kept, at = "", [], 0
    for start, end, becomes in sorted(spans):
        kept.append(becomes)
        masked += text[at:start] + _STAND_IN.format(len(kept))
        at = end
    return masked + text[at:], tuple(kept)


def reveal(masked: str, kept: tuple[str, ...]) -> str:
    """What stands behind the made-up names of ``masked``; empty if one of them is lost."""
    text = masked
    for number in range(len(kept), 0, -1):
        pattern = re.compile(rf"\b{_STAND_IN.format(number)}(?:'?s)?\b", re.IGNORECASE)
        if not pattern.search(text):
            return ""
        while match := pattern.search(text):
            is_first = bool(_SENTENCE_START.search(text[: match.start()]))
            becomes = kept[number - 1]
            text = text[: match.start()] + (_capital(becomes) if is_first else becomes) + text[match.end() :]
    return text


def _mended(text: str, said: str, own_words: Mapping[str, str], pair: Pair, glossary: Mapping[str, str]) -> str:
    """``said`` with the engine's own words for common terms replaced where articles will still agree."""
    for place in places_in(text, glossary, target=pair.target):
        own = _ARTICLE.sub("", own_words.get(place.term, "").strip(" .!?¿¡").lower())
        wanted = glossary[place.term]
        if not own or place.term != place.term.lower() or not _agree(own, wanted, pair.target):
            continue
        several = plural(wanted, pair.target)
        for word, to in ((plural(own, pair.target), several), (f"{own}s", several), (own, wanted)):
            said = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", partial(_like, to), said, flags=re.IGNORECASE)
    return said


def _like(to: str, found: re.Match[str]) -> str:
    if found.group().isupper() and len(found.group()) > 1:
        return to.upper()
    return _capital(to) if found.group()[:1].isupper() else to


def _agree(own: str, wanted: str, target: str) -> bool:
    """True if both seem to be of one gender, by their endings; in English every article agrees."""
    if target == "en":
        return True
    return target in _GENDERED and _is_feminine(own) == _is_feminine(wanted)


def _is_feminine(words: str) -> bool:
    first = words.lower().split()[0] if words.split() else ""
    return first.endswith(("a", "as", "ade", "ção", "são", "gem", "ción", "sión", "dad", "tud"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
