"""Reads what a documentary is about: its topic, and the question it asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.grammar import capital, gerund, past, present
from studio.engines.writer.idea import Idea
from studio.engines.writer.phrases import direct_question, indirect_question, noun_phrase
from studio.engines.writer.words import NO_PLURALS, WordTable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Questions whose helping verb comes before the subject.
_SPLIT_QUESTION = re.compile(r"(?i)(?:(?:how|why|when|where) (?:do|does|did|is|are|was|were)|what (?:do|does|did))\b")
#: ``What happens to lost luggage``
_BEFALLEN = re.compile(r"(?i)what (?:really )?(?:happens|happened) to ((?:[\w'-]+ ){0,3}[\w'-]+)$")


def read_topic(found: Idea, doc: Doc, nlp: Language, table: WordTable) -> None:
    """Note in ``found`` what a documentary asks about, and the question."""
    text = re.sub(
        r"(?i)^(?:explain(?:ing)?|introduction to|(?:some )?facts about|all about)\s+", "", found.text
    ).rstrip("?. ")
    doc = nlp(text)
    found.is_about_person = (
        not found.is_about_people
        and any(ent.label_ == "PERSON" for ent in doc.ents)
        and not (len(doc) == 1 and table.is_known(text))
        and not re.search(r"(?i)'s |^the \w+s of ", text)
    )
    subject = next((token for token in doc if token.dep_ in ("nsubj", "nsubjpass")), None)
    split = _split_question(doc, table)
    if split is not None:
        wh, helper, phrase, verb, tail = split
        is_plural = helper == "do" or phrase.lower().endswith("s") and helper == "did"
        form = (
            _present_phrase(verb, is_plural=is_plural)
            if helper in ("do", "does")
            else f"{verb[: -len(verb.split()[-1])]}{past(verb.split()[-1])}"
            if verb
            else helper
        )
        found.question = f"{wh.lower()} {phrase} {form} {tail}".strip()
        if phrase.lower() in ("i", "you") and verb and wh.lower() == "how" and helper == "do":
            found.question = f"how to {verb} {tail}".strip()
        if phrase.lower() in ("we", "i", "you", "people", "they", "it") and verb:
            phrase, helper = f"{gerund(verb.split()[-1])} {tail}".strip(), "does"
        found.direct = capital(text) + "?"
        found.topic, found.is_plural_topic = phrase, helper in ("do", "are", "were")
        return
    if re.match(r"(?i)(?:how|why|what|where|when|who)\b", text):
        found.question = indirect_question(doc)
        found.direct = direct_question(text, doc)
        heads = [t for t in doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"]
        head = subject if subject is not None and subject.pos_ in ("NOUN", "PROPN") else (heads[0] if heads else None)
        found.topic = noun_phrase(head) if head is not None else text
        found.is_plural_topic = head is not None and head.tag_ in ("NNS", "NNPS")
        befallen = _BEFALLEN.match(text)
        if befallen:
            found.topic, found.is_plural_topic = befallen[1], doc[len(doc) - 1].tag_ in ("NNS", "NNPS")
        return
    root = next((t for t in doc if t.dep_ == "ROOT"), doc[0])
    found.topic = text
    short = noun_phrase(root) if root.pos_ in ("NOUN", "PROPN") else text
    found.is_plural_topic = root.tag_ in ("NNS", "NNPS") and root.lower_ not in NO_PLURALS
    if len(text.split()) > 7 and short.split()[-1].lower() not in (
        "people",
        "men",
        "women",
        "children",
        "those",
        "things",
    ):
        found.topic = short
    core = re.match(
        r"(?i)(?:the )?(?:behind the scenes|day in the life|inside|history|science|origins?|life cycle|importance|benefits|anatomy|chemistry|physics|biology|evolution|future|basics|wonders|secrets|rise and fall|invention|discovery|making|birth|building|(?:(?:secret|hidden|private) )?li(?:fe|ves)|story) (?:of|in|on) (.+)$",
        text,
    )
    whole = text[:1].lower() + text[1:] if doc[0].pos_ not in ("PROPN",) else text
    if core:
        head = next((t for t in doc if t.dep_ == "pobj"), root)
        found.topic, found.is_plural_topic = core[1], head.tag_ in ("NNS", "NNPS")
        found.question = f"what is really known about {whole}"
        found.direct = f"What do we really know about {whole}?"
        return
    found.direct = f"What do we really know about {found.topic}?"
    found.question = f"what is really known about {found.topic}"


def _split_question(doc: Doc, table: WordTable) -> tuple[str, str, str, str, str] | None:
    """``How does a lighthouse work`` as its five parts; None if it is no such question."""
    words = [t for t in doc if not t.is_punct]
    if len(words) < 4 or not _SPLIT_QUESTION.match(doc.text):
        return None
    if words[1].lower_ in ("is", "are", "was", "were"):
        cut = next(
            (
                i
                for i in range(3, len(words))
                if words[i].pos_ in ("ADJ", "ADP") or words[i].tag_ in ("VBN", "VBG") or words[i].lower_ == "so"
            ),
            len(words) - 1,
        )
        cut = len(words) - 1 if cut < 3 or words[cut - 1].pos_ in ("DET", "ADJ") else cut
        return (
            words[0].text,
            words[1].lower_,
            doc[words[2].i : words[cut].i].text,
            "",
            doc[words[cut].i :].text.strip(" ?."),
        )
    for index in range(3, len(words)):
        token = words[index]
        is_last = index == len(words) - 1
        is_mistaken = token.nbor(-1).pos_ == "NOUN" and not is_last and words[index + 1].pos_ == "ADP"
        if token.pos_ == "VERB" or ((is_last or is_mistaken) and table.is_verb(token.lower_)):
            first = token.i
            while first > words[2].i + 1 and doc[first - 1].pos_ == "ADV":
                first -= 1
            phrase = doc[words[2].i : first].text
            return (
                words[0].text,
                words[1].lower_,
                phrase,
                doc[first : token.i + 1].text.lower(),
                doc[token.i + 1 :].text.strip(" ?."),
            )
    return None


def _present_phrase(verb: str, *, is_plural: bool) -> str:
    """``always land`` as ``always land`` or ``always lands``."""
    *adverbs, last = verb.split()
    return " ".join([*adverbs, present(last, is_plural=is_plural)])
