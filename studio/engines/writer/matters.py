"""What is a subject matter to ask about, and no story: things with a name of their own, peoples, kinds of things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.idea import Idea
from studio.engines.writer.wording import is_named_matter, is_proper
from studio.engines.writer.words import WordTable

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PEOPLES = frozenset(
    "suffragettes samurai vikings romans greeks egyptians aztecs incas mayas maya mongols celts druids goths vandals huns normans "
    "saxons crusaders gladiators pharaohs templars conquistadors phoenicians persians babylonians sumerians assyrians etruscans "
    "spartans trojans ottomans byzantines moors pilgrims puritans quakers shakers luddites bolsheviks jacobins beatles medici "
    "impressionists cossacks zulus maori inuit maasai masai tuareg berbers kurds hutu khmer sami aborigines navajo cherokee sioux apache iroquois".split()
)
#: Qualities that make a story of a thing: ``forgotten toys``, ``paper hearts``.
_STORIED = frozenset(
    "lost forgotten lonely broken old last secret stolen hidden little tiny sad happy singing dancing talking magic magical paper "
    "haunted empty abandoned missing bad good first second unsent unread burnt wild crazy funny angry hungry sleepy tired invisible "
    "impossible dangerous strange silent sleepless borrowed imaginary flying fallen new small big red blue green golden silver".split()
)
_STORY_FORM = re.compile(
    r"\b(?:love|romance|comedy|horror|thriller|fable|fairytale|fantasy|adventure|musical|noir|satire|tragedy|drama|poem|myth|legend)\b"
)


def is_matter(idea: Idea, doc: Doc, table: WordTable) -> bool:
    """True for ``The Berlin Wall``, ``The suffragettes`` and ``Black holes``, unless a story of them is asked for."""
    words = re.findall(r"[A-Za-z'-]+", idea.text)
    if not words:
        return False
    idea.is_about_people = is_people(words, doc, table)
    idea.is_plural_topic |= idea.is_about_people
    if is_named_matter(idea.text, table) or _is_natural(words, table):
        return True
    if (
        idea.trait
        or any(not event.whole for event in idea.events)
        or not words
        or len(words) > 5
        or _STORY_FORM.search(idea.genre)
    ):
        return False
    if words[0] == "The" and 2 < len(words) < 5 and is_proper(words[1]) and doc[-1].tag_ in ("NNS", "NNPS"):
        return True  # ``The Roman roads``
    return idea.is_about_people or _is_full_name(doc) or _is_legacy(doc) or _is_kind(words, doc, table)


def is_people(words: list[str], doc: Doc, table: WordTable) -> bool:
    is_nation = doc[-1].ent_type_ == "NORP" and doc[-1].tag_ in ("NNPS", "NNS")
    return len(words) <= 3 and (
        words[-1].lower() in _PEOPLES or _is_movement(words, table) or is_nation and words[0].lower() == "the"
    )


def _is_natural(words: list[str], table: WordTable) -> bool:
    """True for ``Coral reefs``, in which a parser finds somebody called Coral."""
    if len(words) != 2 or not words[1].endswith("s") or not table.is_known(words[0].lower()):
        return False
    return table.code(words[1])[:1] in ("o", "n") and not is_storied(words[:1])


def _is_movement(words: list[str], table: WordTable) -> bool:
    """True for ``the abolitionists``, who are of one mind and not of one trade."""
    stem = words[-1].lower().removesuffix("sts")
    is_trade = stem in ("touri", "journali", "alchemi")
    return words[0].lower() == "the" and stem != words[-1].lower() and not is_trade and table.is_known(f"{stem}sm")


def _is_full_name(doc: Doc) -> bool:
    """True for ``Leonardo da Vinci``, and nothing else about him."""
    words = [t.text for t in doc if not t.is_punct]
    is_named = all(word[:1].isupper() or word in ("da", "de", "di", "van", "von", "der", "del", "la") for word in words)
    return 1 < len(words) < 5 and is_named and all(t.ent_type_ == "PERSON" for t in doc if not t.is_punct)


def _is_legacy(doc: Doc) -> bool:
    """True for ``Leonardo da Vinci's notebooks``: what is left of somebody who is known by the full name."""
    owner = next((ent for ent in doc.ents if ent.label_ == "PERSON" and ent.start == 0), None)
    is_full = owner is not None and sum(t.pos_ == "PROPN" for t in owner) > 1
    return is_full and any(t.tag_ == "POS" for t in doc) and doc[len(doc) - 1].pos_ == "NOUN"


def _is_kind(words: list[str], doc: Doc, table: WordTable) -> bool:
    """True for the bare plural of a kind of thing, unless its words promise a story."""
    last = doc[len(doc) - 1]
    if len(words) > 3 or last.tag_ not in ("NNS", "NNPS") or any(t.tag_ in ("VBN", "VBG", "DT", "CD", "PRP$", "POS", "IN", "CC") for t in doc):  # fmt: skip
        return False
    is_event = table.code(last.lemma_)[:1] == "e"
    is_sort = (
        is_event
        or table.is_place(last.lemma_)
        or table.kind(last.lemma_.lower()) in ("thing", "place", "plant", "food", "weather", "animal")
    )
    return is_sort and not is_storied(words[:-1])


def is_storied(words: list[str]) -> bool:
    """True if one of the words makes a story of a thing."""
    return bool({word.lower() for word in words} & _STORIED)
