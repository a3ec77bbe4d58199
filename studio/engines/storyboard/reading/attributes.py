"""What is said of a subject: number, age, clothes, hair, what it holds, what it does."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.storyboard.reading.lexicon import SEATS, Hit
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.reading.scenery import IN
from studio.engines.storyboard.sheet.brief import Relation
from studio.engines.storyboard.sheet.vector import is_colour
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import NUMBERS, Token, kind_of_noun, word_set

ARTICLES = word_set("a an the his her their its my our this that these those")


_AGES = {
    "old": "old",
    "elderly": "old",
    "aged": "old",
    "ancient": "old",
    "young": "young",
    "teenage": "young",
    "little": "child",
    "small": "child",
    "grey-haired": "old",
    "white-haired": "old",
    "grandmotherly": "old",
}


_GENDERS = {
    "female": "female",
    "woman": "female",
    "male": "male",
    "lady": "female",
    "girl": "female",
    "boy": "male",
}


_HAIR_ENDS = ("-haired", "haired", "-bearded")


_HAIR_WORDS = word_set("hair beard moustache mustache braids braid plait bun ponytail curls bald bearded")


RELATIONS: dict[str, Relation] = {
    "above": "above",
    "over": "above",
    "atop": "above",
    "under": "under",
    "beneath": "under",
    "below": "under",
    "underneath": "under",
    "behind": "behind",
    "beside": "beside",
    "near": "beside",
    "by": "beside",
    "alongside": "beside",
    "inside": "inside",
    "within": "inside",
    "in front of": "beside",
    "next to": "beside",
    "on top of": "above",
}


PRONOUNS = word_set("he she they him her them it someone somebody who")


_PLAIN = word_set("man woman person child boy girl young_man young_woman old_man old_woman")


_BY_DEFAULT_HELD = word_set(
    "lantern umbrella sword staff stick cane spear map suitcase basket bucket "
    "bouquet fishing_rod torch wand camera telescope axe broom guitar violin "
    "trumpet microphone shield bow gun teddy kite balloon letter book palette "
    "brush pipe"
)


_CARRY = word_set(
    "with hold carry raise bring grip clutch wave swing play read wield bear lift "
    "grasp lead pull drag under his her their by light open write fly ring use "
    "touch study examine take receive drink sip eat throw kick bounce"
)


_HANDLED = word_set(
    "pick set put lay fold close find drop leave lean take forget lose shut furl shake give hand return"
)
"""What is done with an umbrella while it is closed."""


def props_given(
    tokens: Sequence[Token], hits: Sequence[Hit], parts: list[Part], people: list[Part], used: set[int]
) -> list[Part]:
    """``parts`` without the things that somebody holds or sits upon; those become props."""
    kept = list(parts)
    for hit in hits:
        if hit.slot != "prop" or _is_inside_longer(hit, hits):
            continue
        owner = _owner(people, hit.start, tokens)
        thing = next((part for part in kept if part.at < hit.end and hit.start < part.end), None)
        is_somebody = thing is owner or (thing is not None and thing.record.is_person and hit.value != "baby")
        if hit.phrase == "bow" and [token.text for token in tokens[max(0, hit.start - 2) : hit.start]] == ["in", "the"]:
            continue  # of a boat
        if owner is None or is_somebody or names_another(tokens, hit) or not _is_held(tokens, hit, owner):
            continue
        if thing is not None:
            kept.remove(thing)
        used |= set(range(hit.start, hit.end))
        _hand_over(tokens, hit, owner)
    return kept


def _is_inside_longer(hit: Hit, hits: Sequence[Hit]) -> bool:
    """True for the lamp of a ``street lamp``."""
    return any(
        other.start <= hit.start and other.end >= hit.end and other.end - other.start > hit.end - hit.start
        for other in hits
        if other.slot in {"subject", "time", "garment"} or (other.slot == "place" and hit.value not in SEATS)
    )


def names_another(tokens: Sequence[Token], hit: Hit) -> bool:
    """True for the bread of a ``bread oven``: it only tells which oven."""
    after = tokens[hit.end] if hit.end < len(tokens) else None
    if after is None or not after.is_word or tokens[hit.end - 1].is_plural or after.text in IN:
        return False
    return kind_of_noun(after.noun) == "!concrete" and not after.text.endswith(("s", "ing", "ed"))


def _hand_over(tokens: Sequence[Token], hit: Hit, owner: Part) -> None:
    words = {verb for token in tokens[max(0, hit.start - 5) : hit.start] for verb in token.verbs}
    value = "closed_umbrella" if hit.value == "umbrella" and words & _HANDLED else hit.value
    if value in owner.props:
        return
    owner.props.append(value)
    near = [tokens[at].text for at in range(max(0, hit.start - 2), hit.start)]
    owner.clothes += [(value, word) for word in near if is_colour(word)][:1]


def _owner(people: list[Part], at: int, tokens: Sequence[Token]) -> Part | None:
    """The nearest person before, in the same sentence if there is one."""
    before = [person for person in people if person.end <= at]
    if before:
        return before[-1]
    return None


def _is_held(tokens: Sequence[Token], hit: Hit, owner: Part) -> bool:
    window = tokens[max(owner.end, hit.start - 6) : hit.start]
    words = [verb for token in window for verb in token.verbs]
    near = [token.text for token in window[-4:]]
    if any(mark in near for mark in (".", ";")):
        return False
    if hit.value in SEATS:
        return (any(word in {"sit", "seat", "rest", "perch", "on"} for word in words) and "on" in near) or (
            "in" in near and ("sit" in words or hit.value == "armchair")
        )
    if near and near[-1] in {"beside", "near", "behind", "towards", "toward", "above", "at", "to"}:
        return False
    return bool(_CARRY & set(words[-14:])) or (
        hit.value in _BY_DEFAULT_HELD and any(w in near for w in ("a", "an", "his", "her", "their", "and", "in"))
    )


def describe(tokens: Sequence[Token], part: Part, hits: Sequence[Hit], used: set[int], *, after: int) -> None:
    """Number, age, gender, hair and colour from the words before the noun, from ``after`` on: others end there."""
    for back in range(part.at - 1, max(after - 1, part.at - 6), -1):
        word = tokens[back].text
        if not tokens[back].is_word and word != ",":
            break
        if part.record.is_person and _describes_person(word, part):
            used.add(back)
        elif is_colour(word) and not part.colour:
            part.colour = word
        else:
            part.count = max(part.count, _number_at(tokens, back, hits))
            if word in ARTICLES or word in NUMBERS or word.isdigit() or word == "of":
                break
    if _head(tokens, part).is_plural and part.count == 1:
        part.count = 3
    part.count = max(part.count, _CROWDS.get(part.noun, 1))
    if part.age == "old" and part.record.kind in {"man", "woman"}:
        part.record = table()[f"old_{part.record.kind}"]
    if part.age == "child" and part.noun in {"brother", "sister"}:
        part.record, part.gender = table()["child"], "male" if part.noun == "brother" else "female"


def _head(tokens: Sequence[Token], part: Part) -> Token:
    """The word that says how many: the pile of ``a pile of books``."""
    of = next((at for at in range(part.at, part.end) if tokens[at].text == "of"), part.end)
    return tokens[of - 1]


_CROWDS = {"family": 4, "couple": 2, "lovers": 2, "lover": 2, "crowd": 6, "people": 4, "orchestra": 5, "cattle": 4}


def _describes_person(word: str, part: Part) -> bool:
    """Take ``word`` as age, gender or hair of the person ``part``; False if it is none of them."""
    if word in _AGES:
        if _AGES[word] != "child" or part.record.kind in {"girl", "boy", "child"} | _PLAIN:
            part.age = part.age or _AGES[word]
    elif word in _GENDERS:
        part.gender = _GENDERS[word]
    elif word == "bearded":
        part.hair = f"{part.hair} beard".strip()
    elif word.endswith(_HAIR_ENDS):
        said = word.removesuffix("haired").removesuffix("bearded").strip("-")
        part.hair = f"{part.hair} {said}{' beard' if 'beard' in word else ''}".strip()
    else:
        return False
    return True


def _number_at(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> int:
    word = tokens[at].text
    if word.isdigit():
        return min(99, int(word))
    if word in NUMBERS:
        return NUMBERS[word]
    if word in ARTICLES:
        return _group_size(tokens, at, hits)
    if word == "of":
        return _group_at(at - 1, hits)
    return _group_at(at, hits)


def _group_at(at: int, hits: Sequence[Hit]) -> int:
    return next((int(hit.value) for hit in hits if hit.slot == "group" and hit.start <= at < hit.end), 1)


def _group_size(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> int:
    if at >= 2 and tokens[at - 1].text == "of":
        return _group_at(at - 2, hits)
    return _group_at(at - 1, hits) if at >= 1 and tokens[at - 1].text in {"of"} else 1


def dress(tokens: Sequence[Token], hits: Sequence[Hit], parts: list[Part], used: set[int]) -> None:
    people = [part for part in parts if part.record.is_person]
    for hit in hits:
        if hit.slot != "garment":
            continue
        owner = _owner(people, hit.start, tokens) or (people[0] if people else None)
        if _is_of_an_animal(tokens, parts, hit.start):
            continue
        if _is_worked_on(tokens, hit.start):
            used |= set(range(hit.start, hit.end))
            continue
        if owner is None or any(o.slot == "subject" and o.start <= hit.start and o.end > hit.end for o in hits):
            continue
        colour = _colour_before(tokens, hit.start, used)
        used |= set(range(hit.start, hit.end))
        if (hit.phrase, colour) not in owner.clothes:
            owner.clothes.append((hit.phrase, colour))


def _colour_before(tokens: Sequence[Token], at: int, used: set[int]) -> str:
    """The colour said of the garment at ``at``, or empty."""
    for back in range(at - 1, max(-1, at - 4), -1):
        word = tokens[back].text
        if is_colour(word):
            used.add(back)
            return word
        if word in ARTICLES or not tokens[back].is_word:
            break
    return ""


_ON_CLOTHES = word_set("sew knit iron hang mend fold wash darn crochet stitch weave press sell buy embroider")


def _is_worked_on(tokens: Sequence[Token], at: int) -> bool:
    """True for the coat of ``a tailor sews a blue coat``: nobody wears it."""
    for token in reversed(tokens[max(0, at - 4) : at]):
        if not token.is_word or token.text in {"in", "with", "and"}:
            return False
        if _ON_CLOTHES & set(token.verbs):
            return True
    return False


def _is_of_an_animal(tokens: Sequence[Token], parts: list[Part], at: int) -> bool:
    """True for the ``coat`` of ``a camel with a sandy coat``, ``its wings``, and what a look has taken already."""
    if any(at in part.worn for part in parts) or (at > 0 and tokens[at - 1].text == "its"):
        return True
    before = [part for part in parts if part.record.is_living and part.end <= at]
    if not before or before[-1].record.is_person:
        return False
    between = [token.text for token in tokens[before[-1].end : at]]
    return "with" in between and "." not in between and len(between) <= 12


def hair_with(tokens: Sequence[Token], parts: list[Part], used: set[int]) -> None:
    people = [part for part in parts if part.record.is_person]
    for at, token in enumerate(tokens):
        if token.text not in _HAIR_WORDS:
            continue
        owner = _owner(people, at, tokens) or (people[0] if people else None)
        if owner is None:
            continue
        words = [token.text] if token.text != "hair" else []
        for back in range(at - 1, max(-1, at - 4), -1):
            word = tokens[back].text
            if not tokens[back].is_word or word in ARTICLES or word in {"with", "and"}:
                break
            if is_colour(word) or word in {"long", "short", "curly", "messy", "wild", "straight", "braided"}:
                words.insert(0, word)
                used.add(back)
        used.add(at)
        said = " ".join(words)
        if said and said not in owner.hair:
            owner.hair = f"{owner.hair} {said}".strip()
