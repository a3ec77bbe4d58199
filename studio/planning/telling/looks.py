"""What somebody looks like when the story does not say: stable, plausible, the same in every shot.

Everything follows from the name alone (sha256), so that the same name looks the same in every film of a
series and no seed changes a face between two runs.
"""

from __future__ import annotations

import re
from typing import Literal

from studio.model.counting import number_in
from studio.planning.language import DETERMINERS, chosen, one_line, with_article, without_article
from studio.planning.telling.wardrobe import (
    BEARDS,
    BOY_CLOTHES,
    CHILD,
    CHILD_CLOTHES,
    CHILDREN_CLOTHES,
    COAT_OF,
    FEMALE,
    FEMALE_NAMES,
    GROUP_CLOTHES,
    HAIR,
    IRREGULAR_PLURALS,
    MALE,
    MALE_NAMES,
    MAN_CLOTHES,
    MAN_HAIR,
    OLD_MAN_HAIR,
    OLD_WOMAN_HAIR,
    PEOPLE,
    ROLE_ENDING,
    WARDROBE,
    WOMAN_CLOTHES,
)

Gender = Literal["female", "male", "thing", "plural", "unknown"]

_TAIL = re.compile(
    r"(?<!\s)\s*+(?:,|;|\(|\b(?:with|in|wearing|who|whose|that|of|from|dressed|carrying|holding|at|on|and|by|under)\b)"
)
_GROUP = re.compile(r"(?i)^(?:group|crowd|band|pair|couple) of (?=\w)")
_CLOTHES = re.compile(
    r"(?i)(?:coat|jacket|dress|suit|robe|shirt|uniform|apron|overalls|trousers|jeans|cloak|cape|jumper|sweater|tunic|gown|"
    r"armou?r|clothes|skirt|waistcoat|hat|cap|scarf|shawl|bonnet|boots|gloves|blouse|cardigan|jersey|breeches|nightgown)$|"
    r"\b(?:gown|dress|cloak|robe|coat|suit|shirt) of \w"
)
_HAIRED = re.compile(
    r"(?i)\b(?:hair(?:ed)?|braids?|plaits?|curls?|locks|bun|ponytail|bald|shaved|beard(?:ed)?|bearded)\b"
)
_DRESSED = re.compile(
    r"(?i)\b(?:\w*(?:coat|jacket|dress|suit|shirt|uniform|trousers|cloak|tunic|gown|armou?r|clothes|skirt|waistcoat|robes?)|"
    r"jumper|sweater|jersey|cardigan|blouse|nightgown|overalls|jeans|cape|apron|dressed|wearing|in (?:black|white|red|blue|green|grey|brown|yellow))\b"
)
_ADJECTIVE = re.compile(
    r"(?:ed|y|ful|ish|ant|ern|less|ous|tall|thin|slim|young|old|blind|bald|small|big|large|little|short|stout|broad|"
    r"fat|pale|dark|gaunt|frail|strong|plump|slight|lean|huge)$"
)
_AGES = re.compile(r"(?i)^(?:old|young|little|big|tall|small|the|dear|poor|mad|elderly)\s+(?=\w)")


def describe(name: str, look: str = "", gender: Gender = "unknown") -> str:
    """One noun phrase fit for a picture prompt: ``look`` made a phrase, or a look that follows from ``name``.

    ``gender`` is what the story's pronouns say, where the name does not tell.
    """
    look = one_line(look).strip(" .;")
    if not look:
        return derived_look(name, gender)
    first, _, rest = look.partition(", ")
    has_trade = any(is_person_word(head_noun(part)) for part in rest.split(", "))
    if rest and not has_trade and re.match(r"(?i)an?\s", first) and is_person_word(head_noun(first)):
        return _also(first[0].lower() + first[1:], rest)
    if re.match(r"(?i)(?:an?|the|two|three|four|five|several|some)\s", look):
        return look[0].lower() + look[1:]
    head = head_noun(look)
    if name.islower() and look.startswith(f"{name} ") and head == head_noun(name) and re.search(r"[^su]s$", head):
        return look  # ``pigeons with glossy feathers``
    if not look[0].isdigit() and (is_person_word(head) or _coat(head) or head in {"robot", "child"}):
        return with_article(look[0].lower() + look[1:])
    return _composed(plain_noun(name, gender), look)


def _composed(noun: str, look: str) -> str:
    """A phrase from a list of features: ``60 years old, weathered, grey braid`` and ``woman`` give
    ``a weathered old woman of 60 with a grey braid``."""
    age = 0
    before: list[str] = []
    having: list[str] = []
    worn: list[str] = []
    rest: list[str] = []
    for part in (part.strip() for part in re.split(r"\s*[,;]\s*", look)):
        years = re.match(r"(?i)(?:about |around )?([a-z-]+|\d{1,3})s?(?: years?(?: old)?|-year-old)?$", part)
        count = number_in(years.group(1)) if years else None
        if count and not age:
            age = count
        elif re.match(r"(?i)(?:in|with|wearing|carrying|holding|who|dressed|always|has|wears)\b", part):
            rest.append(part)
        elif all(_ADJECTIVE.search(word) for word in re.split(r" and |, ", part.lower())) and len(part.split()) < 4:
            before += re.split(r" and ", part.lower())
        elif part:
            (worn if _CLOTHES.search(part) else having).append(_feature(_uncapital(part)))
    noun = _of_age(noun, age) if age else noun
    words = " ".join([*before, noun])
    parts = (f"with {_listed(having)}" if having else "", f"in {_listed(worn)}" if worn else "", ", ".join(rest))
    return " ".join(part for part in (with_article(words), *parts) if part)


def _also(phrase: str, features: str) -> str:
    """``a broad man of fifty`` with a list of what else is told: ``a broad man of fifty with a beard in a suit``."""
    *_, more = _composed("figure", features).partition("figure")
    if more.startswith(" with ") and " with " in phrase:
        more = f" and{more.removeprefix(' with')}"
    before, at, after = phrase.partition(" in ")
    return f"{before}{more}{' and' if ' in ' in more and at else ''}{after and f' {after}' if ' in ' in more else at + after}"


def _of_age(noun: str, years: int) -> str:
    """``woman`` and 70 give ``old woman of 70``, ``man`` and 12 a ``boy of 12``."""
    if years < 18:
        return f"{ {'man': 'boy', 'woman': 'girl'}.get(noun, noun) } of {years}".strip()
    word = "old " if years >= 60 else "young " if years < 30 else ""
    return f"{'' if word and word.strip() in noun.split() else word}{noun} of {years}"


def _feature(part: str) -> str:
    """``grey braid`` gets its article; ``white hair``, ``round glasses`` need none."""
    has_none = re.search(r"(?i)(?:hair|clothing|armou?r|skin|fur|make-?up|jewellery|[^s]s)$", part)
    return part if has_none else with_article(part)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _uncapital(text: str) -> str:
    """``Old fisherman`` made small; ``NASA engineer`` and ``Indus traders`` keep their capitals."""
    first, _, rest = text.partition(" ")
    is_common = not rest or bool(_AGES.match(text)) or is_living_word(first.lower()) or first.lower() in DETERMINERS
    return text[:1].lower() + text[1:] if is_common and not text[:2].isupper() else text


def completed(look: str, name: str, gender: Gender = "unknown") -> str:
    """``look``, a phrase for a person, with hair and clothes that follow from ``name`` where it names none.

    A painter would choose others in every picture.
    """
    derived = derived_look(name, gender)
    own = re.match(r".* with (?P<hair>.+?) in (?P<clothes>.+)$", derived)
    if own is None or not is_person_word(head_noun(look)):
        return look
    hair, worn, key = own["hair"], own["clothes"], name.casefold()
    if re.match(r"(?i)an? (?:\w+ ){0,3}old ", look):
        hair = chosen(OLD_WOMAN_HAIR if gender == "female" else OLD_MAN_HAIR, "hair", key)
    if head_noun(look) in CHILD:
        worn = chosen(CHILD_CLOTHES if gender == "female" else BOY_CLOTHES, "clothes", key)
    link = " and" if re.search(r" in an? [^,]*\b(?:hat|cap|scarf|shawl|bonnet|boots|gloves)$", look) else " in"
    clothes = "" if _DRESSED.search(look) else f"{link} {worn}"
    if _HAIRED.search(look):
        return f"{look}{clothes}"
    before, at, after = look.partition(" in ")
    return f"{before} {'and' if ' with ' in before else 'with'} {hair}{at}{after}{clothes}"


def derived_look(name: str, gender: Gender = "unknown") -> str:
    """A look for ``name`` alone: age, hair and clothes for people, colours for animals, a thing as it is named."""
    phrase = without_article(one_line(name).strip(" .,;")) or "stranger"
    if re.search(r"(?i)\b(?:in|with|wearing|dressed)\b", phrase):
        return with_article(_uncapital(phrase))
    head = head_noun(phrase)
    single = singular(head)
    if single != head or head in IRREGULAR_PLURALS:
        return _group(phrase, head, single)
    coat = () if _is_full_name(phrase) else _coat(head)
    if coat:
        colour = chosen(coat, "coat", phrase.casefold())
        has_own_look = len(phrase.split()) > 1
        return with_article(phrase.lower() if has_own_look and colour != "{0}" else colour.format(phrase.lower()))
    if not _is_person(phrase, head):
        return with_article(phrase)
    return _person(phrase, head, gender)


def plain_noun(name: str, gender: Gender = "unknown") -> str:
    """What a stranger would call ``name``: ``Maria`` a woman, ``old Tom`` an old man, ``the keeper`` a keeper.

    ``gender`` is what the story says, where it does.
    """
    phrase = without_article(one_line(name))
    head = head_noun(phrase)
    if not _AGES.sub("", phrase)[:1].isupper() or is_person_word(head) or _coat(head) and not _is_full_name(phrase):
        return phrase.lower() if is_person_word(head) else phrase or "stranger"
    told = gender if gender in ("female", "male") else _gender_of_person(phrase)
    return "woman" if told == "female" else "man"


def gender_of(name: str, look: str = "") -> Gender:
    """How a pronoun speaks of somebody: from the look's words, the name's words, else from the name's sound."""
    for text in (look, name):
        words = re.findall(r"[a-z'-]+", text.lower())
        if any(word in FEMALE for word in words):
            return "female"
        if any(word in MALE or word in ("beard", "moustache") for word in words):
            return "male"
    head = head_noun(look or name)
    if (
        head in IRREGULAR_PLURALS
        or singular(head) != head
        or re.match(r"(?i)(?:two|three|several|some|many|a group)\b", look)
    ):
        return "plural"
    if not look or look.lower().startswith(("a person", "a figure")):
        return _gender_of_person(name) if _is_person(without_article(name), head) else "thing"
    return "unknown" if is_person_word(head) else "thing"


def short_form(description: str) -> str:
    """How the same one is spoken of again: ``an old woman in a yellow raincoat`` gives ``the old woman``."""
    words = _GROUP.sub("", without_article(description))
    cut = _TAIL.search(words)
    head = words[: cut.start()].strip() if cut and cut.start() else words
    if head[:1].isupper() and " " not in head:
        return head
    first, _, rest = head.partition(" ")
    return head if first.lower() in DETERMINERS and not rest else f"the {head}"


def head_noun(phrase: str) -> str:
    """The noun that the phrase is about, small: ``an old lighthouse keeper in a coat`` gives ``keeper``."""
    words = _GROUP.sub("", without_article(phrase))
    cut = _TAIL.search(words)
    words = words[: cut.start()] if cut and cut.start() else words
    return re.sub(r"[^\w-]", "", (words.split() or [""])[-1]).lower()


def is_person_word(noun: str) -> bool:
    """True for words of people: ``keeper``, ``girl``, ``violinist``."""
    return noun in PEOPLE or noun in FEMALE or noun in MALE or bool(ROLE_ENDING.search(noun))


def is_living_word(noun: str) -> bool:
    """True for words of people, animals and the like, in singular or plural."""
    return any(is_person_word(word) or bool(_coat(word)) for word in (noun, singular(noun)))


def singular(noun: str) -> str:
    """``wolves`` gives ``wolf``; a word that is no plural of somebody stays."""
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    for ending, put in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("men", "man"), ("s", "")):
        base = noun[: -len(ending)] + put
        if noun.endswith(ending) and len(base) > 2 and (is_person_word(base) or _coat(base)):
            return base
    return noun


def _coat(noun: str) -> tuple[str, ...]:
    return COAT_OF.get(noun, ())


def _is_full_name(phrase: str) -> bool:
    """``Professor Aldous Finch`` is no bird, as Mr Fox may be a fox."""
    words = phrase.split()
    return len(words) > 2 and all(word[:1].isupper() for word in words)


def _is_person(phrase: str, head: str) -> bool:
    return is_person_word(head) or _AGES.sub("", phrase)[:1].isupper()


def _gender_of_person(name: str) -> Gender:
    words = re.findall(r"[^\W\d_]+", name.lower())
    for word in words:
        if word in FEMALE or word in FEMALE_NAMES:
            return "female"
        if word in MALE or word in MALE_NAMES:
            return "male"
    if words and words[0][-1:] == "a":
        return "female"
    if words and words[0][-1:] in "ou":
        return "male"
    return chosen(("female", "male"), "gender", name.casefold())


def _person(phrase: str, head: str, hint: Gender) -> str:
    """Age, noun, hair and clothes, in one phrase."""
    key = phrase.casefold()
    told = any(word in FEMALE | MALE | FEMALE_NAMES | MALE_NAMES for word in key.split())
    gender = hint if hint in ("female", "male") and not told else _gender_of_person(phrase)
    is_child = head in CHILD or bool(
        re.search(r"(?i)\b(?:little|small|young) (?:girl|boy|child)\b|\btoddler\b", phrase)
    )
    age = re.search(r"(?i)\b(?:old|elderly|aged|ancient|grand(?:mother|father|ma|pa))", phrase)
    clothes = _clothes(head, gender, is_child, key)
    if age:
        hair = chosen(OLD_WOMAN_HAIR if gender == "female" else OLD_MAN_HAIR, "hair", key)
    else:
        hair = chosen(HAIR if gender == "female" else MAN_HAIR, "hair", key)
    if is_person_word(head):
        noun = _uncapital(phrase)
        if head in CHILD and len(phrase.split()) == 1:
            noun = f"young {noun}"
        if _says_no_gender(noun) and not is_child:
            hair = hair if gender == "female" or age else chosen(BEARDS, "hair", key)
            noun = noun if " " in noun else f"{chosen(('young', 'tall', 'slim'), 'age', key)} {noun}"
    else:
        title = re.match(
            r"(?i)(?:captain|doctor|dr|king|queen|princess|prince|detective|professor|sister|brother)\b",
            phrase,
        )
        years = "old " if age else chosen(("young ", "", "tall ", "middle-aged "), "age", key)
        noun = years + ("woman" if gender == "female" else "man")
        clothes = _clothes(title.group().lower().replace("dr", "doctor"), gender, is_child, key) if title else clothes
    return f"{with_article(noun)} with {hair} in {clothes}"


def _says_no_gender(noun: str) -> bool:
    return not any(word in FEMALE or word in MALE for word in noun.split())


def _clothes(head: str, gender: Gender, is_child: bool, key: str) -> str:
    for words, choices in WARDROBE:
        if re.fullmatch(words, head):
            return chosen(choices, "clothes", key)
    if is_child:
        return chosen(CHILD_CLOTHES if gender == "female" else BOY_CLOTHES, "clothes", key)
    return chosen(WOMAN_CLOTHES if gender == "female" else MAN_CLOTHES, "clothes", key)


def _group(phrase: str, head: str, single: str) -> str:
    """Several of a kind, dressed alike enough to be known again."""
    first = phrase.split()[0].lower()
    many = _uncapital(phrase) if first in DETERMINERS else f"a group of {_uncapital(phrase)}"
    if head in ("crowd", "family", "couple"):
        many = f"a {phrase.lower()} of people" if head == "crowd" else f"a {phrase.lower()}"
    if _coat(single):
        return many
    clothes = next((choices for words, choices in WARDROBE if re.fullmatch(words, single)), None)
    plain = CHILDREN_CLOTHES if single in CHILD else GROUP_CLOTHES
    worn = chosen(clothes, "clothes", phrase.casefold()) if clothes else ""
    return f"{many} in {_plural_clothes(worn) if worn else chosen(plain, 'clothes', phrase.casefold())}"


def _plural_clothes(clothes: str) -> str:
    """``a white apron and a tall white hat`` worn by many: ``white aprons and tall white hats``."""
    parts = re.split(r"\s+and\s+|\s+over\s+", clothes)
    return " and ".join(_plural_garment(part) for part in parts)


def _plural_garment(garment: str) -> str:
    if not re.match(r"an?\s", garment):
        return garment
    words = without_article(garment)
    noun, link, rest = words.partition(" with ")
    noun = noun + ("es" if noun.endswith(("s", "sh", "ss")) else "s")
    return f"{noun}{link}{rest}"
