"""A chapter as sentences with what counts in each: parsed piece by piece, so that a long one takes little memory."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.engines.analysis.features import Features
from studio.engines.analysis.lexicon import Lexicon
from studio.engines.analysis.looks import Feature, looks_in
from studio.engines.analysis.mentions import Mention, mentions_in
from studio.engines.analysis.paragraphs import Span, is_break
from studio.engines.analysis.places import Where, where_in

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

_SPOKEN = re.compile(r"[“\"«][^“”\"»]*(?:[”\"»]|$)|(?<![\w’'])[‘'](?=[\w—…])[^‘\n]{0,2000}?[.,!?…—-][’'](?!\w)")
_PIECE = 1500
"""Characters that are parsed at once; a paragraph that is longer is parsed in pieces that end with a sentence."""
_STOP = re.compile(r"[.!?…][\"”’')]*\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]``, with all that is known of it once its parse is gone."""

    start: int
    end: int
    paragraph: int
    spoken: float
    """Share of it that stands in quotation marks."""
    features: Features
    mentions: tuple[Mention, ...]
    looks: tuple[Feature, ...]
    where: Where


def sentences_of(text: str, spans: Sequence[Span], nlp: Language, lexicon: Lexicon) -> list[Sentence]:
    """Every sentence of the paragraphs, in order; lines of stars have none."""
    pieces = [piece for number, span in enumerate(spans) for piece in _pieces(text, span, number)]
    docs = nlp.pipe((text[start:end].replace("\n", " ") for start, end, _ in pieces), batch_size=16)
    found: list[Sentence] = []
    for (start, _, number), doc in zip(pieces, docs, strict=True):
        spoken = spoken_in(doc, doc.text)
        found += [_sentence(tokens, start, number, spoken, lexicon) for tokens in sentence_spans(doc)]
    return found


def sentence_spans(doc: Doc) -> Iterator[Tokens]:
    """The sentences without white space around them; what begins small or with a closing mark belongs to the one before."""
    starts: list[int] = []
    for sentence in doc.sents:
        first = next((token for token in sentence if not token.is_space), None)
        if first is None:
            continue
        is_rest = first.text[0] in "”’)»,;" or first.text[0].islower() or first.is_punct and first.text[0] in ".!?…"
        if not (starts and is_rest):
            starts.append(first.i)
    for start, end in pairwise([*starts, len(doc)]):
        while end > start and doc[end - 1].is_space:
            end -= 1
        yield doc[start:end]


def _pieces(text: str, span: Span, number: int) -> Iterator[tuple[int, int, int]]:
    if is_break(text[span.start : span.end]):
        return
    start = span.start
    while span.end - start > _PIECE:
        stops = [match.end() for match in _STOP.finditer(text, start + _PIECE // 2, start + _PIECE)]
        spaces = text.rfind(" ", start + 1, start + _PIECE) + 1
        end = stops[-1] if stops else spaces or start + _PIECE
        yield start, end, number
        start = end
    yield start, span.end, number


def spoken_in(doc: Doc, text: str) -> frozenset[int]:
    """The numbers of the tokens that stand in quotation marks of ``text``, that of the parse."""
    ranges = [match.span() for match in _SPOKEN.finditer(text)]
    opens = [start for start, _ in ranges]

    def is_spoken(at: int) -> bool:
        place = bisect_right(opens, at) - 1
        return place >= 0 and at < ranges[place][1]

    return frozenset(token.i for token in doc if is_spoken(token.idx)) if ranges else frozenset()


def _sentence(tokens: Tokens, base: int, paragraph: int, said: frozenset[int], lexicon: Lexicon) -> Sentence:
    words = [token for token in tokens if token.is_alpha]
    mentions = mentions_in(tokens, said, lexicon)
    return Sentence(
        start=base + tokens.start_char,
        end=base + tokens.end_char,
        paragraph=paragraph,
        spoken=sum(token.i in said for token in words) / len(words) if words else 0.0,
        features=Features.of(tokens, said, lexicon),
        mentions=mentions,
        looks=looks_in(tokens, said, lexicon),
        where=where_in(tokens, said, lexicon),
    )
