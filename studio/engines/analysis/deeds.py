"""A sentence as what is to be seen in it: present tense, names for pronouns, no speech, nothing that is only thought."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.engines.analysis.features import is_real
from studio.engines.analysis.lexicon import Lexicon
from studio.engines.analysis.mentions import MANY, PRONOUNS
from studio.engines.writer.grammar import capital, present
from studio.engines.writer.words import name_gender

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MOST_WORDS = 48
_REASONS = frozenset("because if unless since though although whether lest".split())
_LEADS = frozenset(
    "then but and so yet now still however afterwards meanwhile or suddenly finally again indeed perhaps instead once".split()
)
_MANY = frozenset("they we you these those both".split())
_FIRST = {
    "i": "the narrator",
    "me": "the narrator",
    "my": "the narrator's",
    "mine": "the narrator's",
    "myself": "the narrator",
}
_OURS = {
    "we": "the narrator and the others",
    "us": "the narrator and the others",
    "our": "their",
    "ours": "theirs",
    "ourselves": "themselves",
}
_CLEFT = re.compile(r"\b[Ii]t is ([^,;.]{1,40}?) who (?=\w)")
"""``It is Bracken who has the idea``."""
_MODALS = {"could": "can", "would": "will", "might": "may"}
_THOUGHT = frozenset(
    "think know feel hope wish suppose believe imagine wonder remember forget expect decide seem".split()
)


#: Past forms that the tagger often takes for something else, with their verbs.
_PAST = dict(
    pair.split(":")
    for pair in (
        "swung:swing leapt:leap bent:bend sank:sink sang:sing rang:ring sprang:spring swam:swim drank:drink shrank:shrink "
        "crept:creep wept:weep slept:sleep swept:sweep knelt:kneel hung:hang flung:fling clung:cling spun:spin struck:strike "
        "drew:draw flew:fly grew:grow threw:throw blew:blow wore:wear tore:tear shook:shake took:take broke:break froze:freeze "
        "drove:drive rode:ride wrote:write stood:stand sat:sit held:hold dug:dig slid:slide fled:flee sped:speed woke:wake"
    ).split()
)


_ALIKE = frozenset("set put cut shut let hit read spread burst cast split".split())
"""Verbs whose past is like their present."""


def deed_of(doc: Doc, spoken: frozenset[int], meant: Mapping[str, str], lexicon: Lexicon) -> str:
    """What is seen, as a sentence; empty if nothing is. ``meant`` gives the names for ``male``, ``female`` and ``self``."""
    dropped = _dropped(doc, spoken)
    kept = _doer_first([token for token in doc if token.i not in dropped])
    clauses = _clauses(doc, kept)
    chosen = _window(clauses, lexicon)
    if not chosen:
        return ""
    lead = _lead(chosen[0], meant, lexicon) if chosen[0].i != _first_word(kept) else ""
    words = _words(chosen, {} if lead else meant, lexicon)
    return _finished(f"{lead} {words}" if lead else words)


def _doer_first(kept: list[Token]) -> list[Token]:
    """``screamed Ines`` after what she screamed, turned round."""
    words = [token for token in kept if token.is_alpha]
    verb = words[0] if words else None
    if verb is None or verb.pos_ != "VERB":
        return kept
    after = (child for child in verb.children if child.dep_ == "nsubj" and child.left_edge.i == verb.i + 1)
    if (subject := next(after, None)) is None:
        return kept
    doer = [token for token in kept if subject.left_edge.i <= token.i <= subject.i]
    return [*doer, verb, *(token for token in kept if token.i > subject.i)]


def _dropped(doc: Doc, spoken: frozenset[int]) -> set[int]:
    dropped = set(spoken)
    for token in doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        mark = next((child.lower_ for child in token.children if child.dep_ == "mark"), "")
        is_reason = token.dep_ == "advcl" and mark in _REASONS
        is_aside = token.dep_ == "relcl" and not is_real(token) or token.dep_ == "parataxis"
        is_thought = token.dep_ == "ccomp" and token.head.lemma_ in _THOUGHT
        had = any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in token.children)
        is_likened = token.dep_ == "advcl" and had
        if (is_reason or is_aside or is_thought or is_likened) and token.head.i != token.i:
            dropped |= _with_commas(token)
    return dropped


def _with_commas(top: Token) -> set[int]:
    """The words below ``top``, with the commas on both sides of them if there are two."""
    doc, first, last = top.doc, top.left_edge.i, top.right_edge.i
    below = {token.i for token in top.subtree}
    is_between = first > 0 and doc[first - 1].text == "," and last + 1 < len(doc) and doc[last + 1].text == ","
    return below | {first - 1, last + 1} if is_between else below


def _first_word(kept: list[Token]) -> int:
    return next((token.i for token in kept if token.is_alpha), -1)


def _clauses(doc: Doc, kept: list[Token]) -> list[list[Token]]:
    """The kept words, parted before every verb that goes on from another (``and ran``) and at every sentence."""
    starts = {sentence.start for sentence in doc.sents}
    for token in kept:
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and token.head.pos_ in ("VERB", "AUX"):
            starts.add(token.left_edge.i)
    clauses: list[list[Token]] = []
    for token in kept:
        if token.i in starts or not clauses:
            clauses.append([])
        clauses[-1].append(token)
    return [clause for clause in clauses if any(token.is_alpha for token in clause)]


def _window(clauses: list[list[Token]], lexicon: Lexicon) -> list[Token]:
    """The neighbouring clauses of at most 36 words in which most is to be seen."""
    best: tuple[float, list[Token]] = (0.0, [])
    for start in range(len(clauses)):
        taken: list[Token] = []
        for clause in clauses[start:]:
            if taken and sum(token.is_alpha for token in (*taken, *clause)) > _MOST_WORDS:
                break
            taken = [*taken, *clause]
            worth = _worth(taken, lexicon) - 0.02 * len(taken) - 0.8 * (start > 0)
            if worth > best[0] or not best[1]:
                best = (worth, taken)
    return best[1]


def _worth(tokens: list[Token], lexicon: Lexicon) -> float:
    sights = lexicon.sights
    worth = 0.0
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and is_real(token):
            worth += (
                1.0
                if lemma in sights["strong"]
                else 0.7
                if lemma in sights["deeds"]
                else -0.4
                if lemma in sights["unseen"]
                else 0.1
            )
        elif token.pos_ == "NOUN" and lexicon.is_thing(lemma):
            worth += 0.15
    return worth


def _lead(first: Token, meant: Mapping[str, str], lexicon: Lexicon) -> str:
    """Who does it, for a clause that does not say so itself."""
    verb = next((token for token in (first, *first.ancestors) if token.dep_ == "conj" or token.dep_ == "ROOT"), first)
    if any(child.dep_.startswith("nsubj") for child in verb.children):
        return ""
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
        subject = subject_of(verb)
        if subject is not None:
            words = [
                token
                for token in subject.subtree
                if token.dep_ not in ("relcl",)
                and not any(a.dep_ == "relcl" and a.i in {t.i for t in subject.subtree} for a in token.ancestors)
            ]
            return _words(words, meant, lexicon).strip(" ,")
    return ""


def _words(tokens: list[Token], meant: Mapping[str, str], lexicon: Lexicon) -> str:
    out: list[str] = []
    named: set[str] = set()
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.is_quote or token.is_space or token.text in '*_“”‘’"':
            out.append(" ")
            continue
        gender = PRONOUNS.get(token.lower_, "many" if token.lower_ in MANY else "")
        is_somebody = token.pos_ == "NOUN" and lexicon.is_somebody(token.lemma_.lower())
        if token.pos_ == "PROPN" or is_somebody and token.dep_.startswith("nsubj"):
            named |= {"male", "female", "many"}  # a pronoun after it may mean them
        if token.lower_ in _FIRST:
            words = _FIRST[token.lower_] if "self" not in named or token.lower_ in ("i", "me") else "their"
            named.add("self")
        elif token.lower_ in _OURS and token.pos_ == "PRON":
            words = _OURS[token.lower_]
        elif gender in ("male", "female", "many") and gender not in named and gender in meant and _is_doer(token):
            named |= {gender} if gender != "many" else {"male", "female", "many"}
            words = meant[gender] + ("'s" if token.tag_ == "PRP$" else "")
        else:
            words = _present(token)
        is_torn = after is not None and after.i != token.i + 1
        out += [words, " " if token.whitespace_ or is_torn else ""]
    return "".join(out)


def _is_doer(pronoun: Token) -> bool:
    """``he`` and ``his``; whom an object means (``washed her down``) is too often another."""
    return pronoun.tag_ == "PRP$" or pronoun.dep_.startswith("nsubj")


def _present(token: Token) -> str:
    word = token.text
    if word in _PAST and token.tag_ in ("VB", "VBP", "NN", "NNP", "JJ") and not _is_helped(token):
        return present(_PAST[word], is_plural=subject_of(token) is not None and _is_of_many(token))
    if word in _ALIKE and token.dep_ == "conj" and token.head.tag_ == "VBD" and not _is_helped(token):
        return present(word, is_plural=_is_of_many(token))
    if _is_past(token):
        lemma = {"was": "be", "were": "be", "had": "have", "did": "do"}.get(token.lower_, token.lemma_.lower())
        return present(lemma, is_plural=_is_of_many(token))
    if token.tag_ == "VBP" and token.lemma_ == "be" and token.lower_ == "am":
        return "is"
    if token.tag_ == "MD" and token.lower_ in _MODALS:
        return _MODALS[token.lower_]
    return word


def _is_past(token: Token) -> bool:
    """True for ``ran``, and where the tagger took it for a participle; not for ``the carved rose``, ``with eyes closed``."""
    if token.pos_ not in ("VERB", "AUX") or token.tag_ not in ("VBD", "VBN"):
        return False
    subject = subject_of(token)
    if subject is not None and subject.left_edge.i and subject.left_edge.nbor(-1).lower_ == "with":
        return False
    if token.tag_ == "VBN":
        is_led = subject.dep_ == "nsubj" if subject is not None else token.dep_ == "conj" and _is_past(token.head)
        return is_led and not _is_helped(token)
    before = token.nbor(-1) if token.i else None
    if before is not None and before.lower_ == "and" and subject is None and before.i and before.nbor(-1).pos_ == "ADJ":
        return False
    if before is not None and (before.pos_ in ("DET", "ADJ") or before.tag_ in ("VBN", "PRP$")) and subject is None:
        return False
    if token.dep_ == "conj" and subject is None and token.head.pos_ not in ("VERB", "AUX"):
        return False
    is_bare = token.dep_ in ("advcl", "acl", "pcomp", "amod") and subject is None
    return not (
        is_bare
        and not any(child.dep_ in ("mark", "advmod") and child.tag_ in ("WRB", "IN") for child in token.children)
    )


def _is_helped(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass") for child in verb.children)


def subject_of(verb: Token) -> Token | None:
    """The nearest subject before the verb, else the first after it."""
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    before = [child for child in subjects if child.i < verb.i]
    return before[-1] if before else subjects[0] if subjects else None


def _is_of_many(verb: Token) -> bool:
    """True if several do it."""
    if verb.dep_ in ("aux", "auxpass"):
        verb = verb.head
    subject = subject_of(verb)
    if subject is None and verb.dep_ == "conj":
        return _is_of_many(verb.head) if verb.head.pos_ in ("VERB", "AUX") else False
    if subject is None and any(child.dep_ == "expl" for child in verb.children):
        subject = next((child for child in verb.children if child.dep_ in ("attr", "dobj")), None)
    if subject is not None and subject.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
        subject = verb.head
    if subject is None:
        return False
    is_one = subject.pos_ == "PROPN" or bool(name_gender(subject.text)) and subject.text[:1].isupper()
    is_joined = any(joined.i < verb.i and joined.pos_ in ("NOUN", "PROPN", "PRON") for joined in subject.conjuncts)
    return (
        subject.tag_ == "NNS"
        and not is_one
        or subject.pos_ == "NUM"
        and subject.lower_ != "one"
        or subject.lower_ in _MANY
        or is_joined
    )


def _finished(words: str) -> str:
    """One clean sentence or more, with capitals and stops; leading links are gone."""
    text = " ".join(words.split())
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"[—–-]{1,2}(?=\s|$)|^\W+|[,;:]+(?=\s*[.!?,;:])", "", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text).strip()
    while (first := text.split(" ", 1)) and len(first) > 1 and first[0].strip(",").lower() in _LEADS:
        text = first[1].lstrip(" ,;")
    text = re.sub(r"(?:[,;:]|\s+(?:and|but|or|so|then|as|while|when))*[,;:.\s]*$", "", text)
    text = _CLEFT.sub(r"\1 ", text).replace("!", ".")
    return f"{capital(text)}{'' if text.endswith(('?', '.')) else '.'}" if text else ""
