"""Reads what an advertisement is for: the product, its name and what is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.grammar import Figure, article, present
from studio.engines.writer.idea import Idea
from studio.engines.writer.phrases import noun_phrase, strip_determiner
from studio.engines.writer.wording import MASSES
from studio.engines.writer.words import WordTable, singulars

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: ``Our bread: baked at night`` and ``Our socks never get lost``.
SLOGAN = re.compile(
    r"(?i)our ([\w -]{2,30}?)(?: (?:that|which))?(?:([:.]) | (?=(?:never|always|keeps?|makes?|helps?|is|are|lets?|stays?|fits?)\b))(.+)$"
)


#: What is praised in a thing that is for sale.
_PRAISED = frozenset(
    "keep charge clean help make fit fold track protect wake light brew cook cut cool heat last dry need weigh stay filter purify mow "
    "vacuum repel recycle sharpen peel slice iron seal cost block pack unfold spill leak crease shrink drip tangle slip clog stain".split()
)
_OFFERED = re.compile(
    r"(?i)(?:an? )?(?:[\w-]+ ){0,4}?([\w-]+)(?: (?:for|with|of) [\w -]{2,30}?)? (?:that|which) (?:never |always |also )?([a-z]+)\b"
)


def is_product_phrase(doc: Doc, table: WordTable) -> bool:
    """True for a thing with a relative clause that praises it: ``a backpack that charges your phone``."""
    text = doc.text.lower()
    root = next((span.root for span in doc.sents), None)
    if root is None or re.search(r"\b(?:who|he|she|his|her|until|but)\b", text):
        return False
    offered = _OFFERED.match(text)
    is_thing = offered is not None and any(
        table.kind(form) == "thing" or table.code(form)[:1] == "t" for form in (offered[1], *singulars(offered[1]))
    )
    is_praised = offered is not None and any(form in _PRAISED for form in (offered[2], *singulars(offered[2])))
    if is_thing and (
        is_praised
        or re.search(r"\byour?\b|(?:that|which) (?:\w+s (?:itself|you)|turns? into|doubles? as|doubles? up)\b", text)
    ):
        return True
    relative = next((child for child in root.children if child.dep_ == "relcl"), None)
    if root.pos_ not in ("NOUN", "PROPN") or table.kind(root.text) not in ("thing", "food") or relative is None:
        return False
    return bool(re.search(r"\byour?\b", text)) or relative.tag_ in ("VBZ", "VBP") and relative.lemma_ in _PRAISED


def read_product(found: Idea, doc: Doc, table: WordTable) -> None:
    """Note what is sold in ``found``: its name, its noun and what the idea says of it."""
    root = next((t for t in doc if t.dep_ == "ROOT"), doc[0])
    if root.pos_ not in ("NOUN", "PROPN"):
        root = next((t for t in doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"), root)
    relative = next((c for c in root.children if c.dep_ in ("relcl",)), None)
    apposed = next((c for c in root.children if c.dep_ == "appos"), None)
    if relative is None and apposed is not None:
        relative = next((c for c in apposed.children if c.dep_ == "relcl"), None)
    name = " ".join(t.text for t in root.subtree if t.pos_ == "PROPN" and t.i <= root.i) if root.pos_ == "PROPN" else ""
    noun_head = apposed if name and apposed is not None else root
    phrase = noun_phrase(noun_head)
    match = re.search(r"(?i)\b(?:that|which) (.+)$", found.text)
    claim = match[1].rstrip(".!? ") if match else ""
    if claim and re.match(r"(?i)(?:you|we|i|people|everyone|can't|is\b)", claim):
        claim = "" if not claim.lower().startswith("is") else claim
    slogan = SLOGAN.match(found.text)
    if slogan:
        name, claim = "", "" if slogan[2] else slogan[3].rstrip(".! ")
        noun_head = next((t for t in reversed(list(doc)) if t.text == slogan[1].split()[-1]), noun_head)
        phrase = slogan[1]
    is_plural = noun_head.tag_ in ("NNS", "NNPS")
    at = next((t.i for t in doc[2:] if t.lower_ in ("that", "which") and t.nbor(-1).pos_ == "NOUN"), 0)
    if (
        at and root.i < at - 1 and doc[root.i + 1].text == "-" or at and root.i > at
    ):  # ``noise-cancelling headphones that …``
        noun_head = doc[at - 1]
        phrase = doc[:at].text
    called = re.search(r" (?:called|named) ((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*)*)", found.text)
    called = called or re.match(r"([A-Z][\w'’-]+), (?=an? |the )", found.text)
    if called and not name:
        name = called[1]
    is_plural |= any(table.kind(form) == "thing" for form in singulars(noun_head.lower_))
    if noun_head.lower_ in table.codes and not any(form in table.codes for form in singulars(noun_head.lower_)):
        is_plural = False  # ``a thermos``
    verb, _, rest = claim.partition(" ")
    if name and is_plural and table.is_verb(verb):
        claim = f"{present(verb, is_plural=False)} {rest}".strip()
    found.claim, found.brand = claim, name
    bare = strip_determiner(phrase)
    first = bare if is_plural or noun_head.lower_ in MASSES else f"{article(bare)} {bare}"
    head = " ".join(t.text for t in noun_head.lefts if t.dep_ == "compound")
    short = name or f"the {head + ' ' if head else ''}{noun_head.text}".replace("  ", " ")
    found.topic = bare
    if slogan and found.thing is None:
        first = f"our {slogan[1]}"
        found.brand = f"Our {slogan[1]}{': ' if slogan[2] else ' '}{slogan[3].rstrip('.')}"
    own = re.fullmatch(r"(?i)((?:my|our|the) [\w' -]*'s) ([\w' -]+)", found.text)
    if own and not name:  # ``our school's summer fair``
        bare, first, short = own[2], f"{own[1][:1].lower()}{own[1][1:]} {own[2]}", f"the {own[2]}"
        found.topic, noun_head = bare, doc[len(doc) - 1]
    found.thing = Figure(
        noun=bare, first=f"{name}, {first}" if name and bare != name else first, short=short,
        drawn=f"the {bare}" if bare != name else name, head=noun_head.lemma_.lower(), kind="thing",
        gender="plural" if is_plural and not name else "neuter",
    )  # fmt: skip
