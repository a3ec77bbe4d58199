"""The people of a chapter, and who is there in each of its sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.engines.analysis.looks import Feature
from studio.engines.analysis.mentions import PRONOUNS, Mention, noun_gender
from studio.engines.analysis.sentences import Sentence
from studio.model.moments import Person
from studio.model.people import looked_at, merged_people

NARRATOR = "the narrator"
_MOST_ROLES = 12
_MOST_FEATURES = 6
_RECENT = 4
_FAR = 12
"""Sentences after which a pronoun no longer means somebody who was not named again."""
_AND = " and "
_GOES_ON = 8
"""What a pronoun tells of the gender of the only one who did something in the sentence before."""
_SOON = 30
"""Sentences after which somebody who was described is named."""
_AT_ONCE = 8
"""Sentences after which somebody who only came is named."""


@dataclass(frozen=True, slots=True)
class Company:
    """``people``, most mentioned first; ``present`` and ``meant`` go with the sentences.

    ``meant`` says whom ``he``, ``she`` and ``they`` (``male``, ``female``, ``many``) mean before the sentence has named
    anybody.
    """

    people: tuple[Person, ...]
    present: list[tuple[str, ...]]
    meant: list[dict[str, str]]


def company_of(sentences: Sequence[Sentence]) -> Company:
    """Everybody who is named or spoken of as ``the captain``, by the rules of ``studio.model.people``."""
    roles = _introduced(_roles(sentences), sentences)
    found = merged_people([*_named(sentences), *roles, *_narrator(sentences)])
    called = {form: person.name for person in found for form in (person.name, *person.aliases)}
    genders = _genders(sentences, found, called)
    follower = _Follower(called, genders, sentences)
    present: list[tuple[str, ...]] = []
    meant: list[dict[str, str]] = []
    for sentence in sentences:
        meant.append(follower.meant(sentence))
        present.append(follower.follow(sentence))
    people = tuple(
        person.model_copy(update={"gender": genders[person.name], "look": _told(follower.looks.get(person.name, []))})
        for person in found
    )
    return Company(people, present, meant)


def _named(sentences: Sequence[Sentence]) -> list[Person]:
    """Those who are more surely people than places, all their names taken together."""
    mentions = _mentions(sentences, "name")
    counts = Counter(mention.words for mention in mentions)
    genders = {mention.words: mention.gender for mention in mentions if mention.gender}
    sure = {mention.words for mention in mentions if mention.is_sure}
    evidence: defaultdict[str, float] = defaultdict(float)
    for mention in mentions:
        evidence[mention.words] += mention.evidence
    people = merged_people(
        [Person(name=name, gender=genders.get(name, ""), mentions=count) for name, count in counts.items()]
    )
    return [person for person in people if _is_somebody(person, evidence, sure)]


def _is_somebody(person: Person, evidence: Mapping[str, float], sure: set[str]) -> bool:
    names = (person.name, *person.aliases)
    shown = sum(evidence[name] for name in names)
    is_sure = any(name in sure for name in names) or person.mentions > 1 and shown >= 0.8 * person.mentions
    return is_sure and shown >= 0.8 and shown / person.mentions > 0.15


def _roles(sentences: Sequence[Sentence]) -> list[Person]:
    """``the captain``, if told of twice and doing something; the most told of only."""
    mentions = _mentions(sentences, "role")
    counts = Counter(mention.words for mention in mentions)
    doers = {mention.words for mention in mentions if mention.is_subject}
    kept = [one for one in counts.most_common() if one[1] > 1 and one[0] in doers][:_MOST_ROLES]
    genders = {mention.words: mention.gender for mention in mentions}
    return [Person(name=words, gender=genders[words], mentions=count) for words, count in kept]


def _introduced(roles: Sequence[Person], sentences: Sequence[Sentence]) -> list[Person]:
    """``roles`` by the names that they give themselves: ``“I’m Ottilie Kranz,”`` in a paragraph in which only the old
    woman does something."""
    doers: defaultdict[int, set[str]] = defaultdict(set)
    own: dict[int, str] = {}
    for sentence in sentences:
        for mention in sentence.mentions:
            if mention.kind in ("role", "name") and mention.is_subject and not mention.is_own:
                doers[sentence.paragraph].add(mention.words)
            if mention.is_own:
                own[sentence.paragraph] = mention.words
    names = {role: name for at, name in own.items() if len(doers[at]) == 1 for role in doers[at]}
    return [
        role.model_copy(update={"name": names[role.name], "aliases": (role.name,)}) if role.name in names else role
        for role in roles
    ]


def _narrator(sentences: Sequence[Sentence]) -> list[Person]:
    said = sum(PRONOUNS.get(mention.words) == "self" for mention in _mentions(sentences, "pronoun"))
    calls = Counter(mention.gender for mention in _mentions(sentences, "call"))
    gender = calls.most_common(1)[0][0] if calls else ""
    return [Person(name=NARRATOR, gender=gender, mentions=said)] if said > 2 and said * 12 > len(sentences) else []


def _mentions(sentences: Sequence[Sentence], kind: str) -> list[Mention]:
    return [mention for sentence in sentences for mention in sentence.mentions if mention.kind == kind]


def _genders(sentences: Sequence[Sentence], people: Sequence[Person], called: dict[str, str]) -> dict[str, str]:
    """By titles and first names; else by the pronouns after, where nobody of that gender was named just before."""
    genders = {person.name: person.gender for person in people}
    votes: dict[str, Counter[str]] = {}
    seen: dict[str, int] = {}
    last = led = ""
    for number, sentence in enumerate(sentences):
        names = {called[m.words] for m in sentence.mentions if m.words in called}
        doers = {called[m.words] for m in sentence.mentions if m.words in called and m.is_subject}
        for mention in sentence.mentions:
            gender = PRONOUNS.get(mention.words, "")
            if mention.kind == "newcomer":
                continue
            if mention.words in called:
                last = called[mention.words]
                seen[genders[last]] = number
            elif led and gender in ("male", "female") and mention.is_subject and mention is sentence.mentions[0]:
                votes.setdefault(led, Counter())[gender] += _GOES_ON
                led = ""
            elif gender in ("male", "female") and number - seen.get(gender, -_FAR) < _RECENT:
                seen[gender] = number  # still the one who was named
            elif last and gender in ("male", "female"):
                votes.setdefault(last, Counter())[gender] += 2 if len(names) < 2 else 1
        last = next(iter(doers)) if len(doers) == 1 else last if len(names) < 2 else ""
        after = sentences[number + 1] if number + 1 < len(sentences) else sentence
        led = last if len(names) == 1 == len(doers) and after.paragraph == sentence.paragraph else ""
    return genders | _voted(votes, genders)


def _voted(votes: Mapping[str, Counter[str]], genders: Mapping[str, str]) -> dict[str, str]:
    """The clear ones; of ``the dog`` it takes more than of a name."""
    found: dict[str, str] = {}
    for name, counted in votes.items():
        (gender, most), *rest = counted.most_common()
        others = sum(count for _, count in rest)
        is_clear = most >= max(4, 3 * others) if name.startswith("the ") else most > others
        if not genders[name] and name != NARRATOR and is_clear:
            found[name] = gender
    return found


class _Follower:
    """Reads sentence after sentence, and knows whom a pronoun means: the last of that gender who did something."""

    def __init__(self, called: dict[str, str], genders: dict[str, str], sentences: Sequence[Sentence]) -> None:
        self._called, self._genders = called, genders
        self._people = frozenset(called.values())
        self._last: dict[str, list[tuple[str, int]]] = {"male": [], "female": []}
        self._doer, self._before = "", dict[str, str]()
        """Who does what the sentence tells, and whom its pronouns would mean if it named nobody."""
        self._led: dict[str, int] = {}
        self._human = {m.words for m in _mentions(sentences, "role") if m.is_human}
        self._near: list[tuple[int, str]] = []
        self._many: tuple[str, int] = ("", -_FAR)
        self._is_pair = False
        self._number = -1
        self._first = _first_deeds(sentences, called)
        self._named_genders = {genders[name] for name in self._first}
        self._paragraph = (-1, 0)
        self.looks: dict[str, list[str]] = {}

    def meant(self, sentence: Sentence) -> dict[str, str]:
        """Whom its pronouns mean; nobody whom it names itself."""
        own = {name for mention in sentence.mentions if (name := self._named(mention))}
        if sentence.paragraph != self._paragraph[0]:
            self._paragraph = (sentence.paragraph, self._number + 1)
        known = {"self": NARRATOR} if NARRATOR in self._called else {}
        for gender, people in self._last.items():
            free = [name for name, at in reversed(people) if self._number - at < _FAR and name not in own]
            named = [name for name in free if self._is_person(name)]
            if named or free and gender not in self._named_genders:
                known[gender] = (named or free)[0]
        for mention in sentence.mentions:
            is_first = self._paragraph[1] == self._number + 1
            newcomer = self._newcomer(PRONOUNS.get(mention.words, "")) if mention.is_new and is_first else ""
            if newcomer:
                known[PRONOUNS[mention.words]] = newcomer
                self._genders[newcomer] = PRONOUNS[mention.words]
        if not own and (many := self._they()):
            known["many"] = many
        return known

    def _is_person(self, name: str) -> bool:
        """False for ``the dog``, and for ``the landlord`` unless he did something just now."""
        if not name.startswith("the ") or noun_gender(name.split()[-1]):
            return True
        return name in self._human and self._number - self._led.get(name, -_FAR) < 1

    def follow(self, sentence: Sentence) -> tuple[str, ...]:
        """Who is there in it."""
        known = self.meant(sentence)
        self._number += 1
        self._doer, self._before = "", dict(known)
        here: dict[str, None] = {}
        features = list(sentence.looks)
        for mention in sentence.mentions:
            while features and features[0].at < mention.at:
                self._look(features.pop(0), known)
            self._meet(mention, known, here)
        for feature in features:
            self._look(feature, known)
        for mention in sentence.mentions:
            if mention.kind == "group":
                self._many = (mention.words, self._number)
        return tuple(here)

    def _meet(self, mention: Mention, known: dict[str, str], here: dict[str, None]) -> None:
        if mention.kind == "many" and "many" in known and self._is_pair:
            here |= dict.fromkeys(known["many"].split(_AND))
        if mention.kind == "newcomer":
            self._introduce(mention, known, here)
            return
        name = self._meant_by(mention, known)
        if name in self._people:
            self._come(name, mention, known, here)
        elif name:
            self._remember(name, mention, known)
        elif mention.kind == "role" and mention.is_subject:
            self._led[mention.words] = self._number
            self._genders.setdefault(mention.words, mention.gender)

    def _meant_by(self, mention: Mention, known: dict[str, str]) -> str:
        """Who is meant; to whom something is done (``gave her``) is another than who does it, if there is another."""
        gender = PRONOUNS.get(mention.words, "")
        name = known.get(gender, "") if gender else self._named(mention)
        if mention.is_object and name == self._doer:
            name = self._before.get(gender, "") or name
        if mention.is_subject and name:
            self._doer = name
        return name

    def _come(self, name: str, mention: Mention, known: dict[str, str], here: dict[str, None]) -> None:
        gender = PRONOUNS.get(mention.words, "")
        if not mention.is_there:
            last = self._last.get(self._genders[name], [])
            if mention.is_subject and not gender and last and last[-1][0] not in self._people:
                self._remember(name, mention, known)  # rather than a girl without a name
            return
        here[name] = None
        if not name.startswith("the "):
            self._near = [*self._near[-24:], (self._number, name)]
        if mention.is_subject or not gender:
            self._led[name] = self._number
        self._remember(name, mention, known)

    def _introduce(self, mention: Mention, known: dict[str, str], here: dict[str, None]) -> None:
        """Somebody comes of whom the text has not told: whom it names so later, else one whom no name means."""
        name = self._called.get(mention.words, "") or self._newcomer(mention.gender, within=_AT_ONCE)
        if name:
            here[name] = None
            self._led[name] = self._number
            self._genders[name] = self._genders[name] or mention.gender
        gender = self._genders[name] if name else mention.gender
        if gender in self._last:
            known[gender] = name or mention.words
            kept = [one for one in self._last[gender] if one[0] != known[gender]]
            self._last[gender] = [*kept[-2:], (known[gender], self._number)]

    def _remember(self, name: str, mention: Mention, known: dict[str, str]) -> None:
        """Whom the next pronoun may mean; never who says ``I``."""
        if name == NARRATOR:
            return
        gender = PRONOUNS.get(mention.words, "")
        own = self._genders.get(name, gender)
        if not gender and own in self._last:
            known[own] = name
        is_only = not any(self._number - at < _FAR for _, at in self._last.get(own, ()))
        if own in self._last and (gender or mention.is_subject or is_only):
            kept = [one for one in self._last[own] if one[0] != name]
            self._last[own] = [*kept[-2:], (name, self._number)]

    def _named(self, mention: Mention) -> str:
        """Who is called so: ``the old queen`` is the queen, where there is no other."""
        found = self._called.get(mention.words, "")
        if not found and mention.kind == "role":
            words = [word for word in mention.words.split() if word not in ("old", "young", "little")]
            found = self._called.get(" ".join(words), "")
        return found

    def _newcomer(self, gender: str, *, within: int = _SOON) -> str:
        """Who is named for the first time soon after, in full if anybody is."""
        if not gender:
            return ""
        soon = {
            name: at
            for name, at in self._first.items()
            if self._genders[name] in ("", gender) and self._number < at <= self._number + within
        }
        return min(soon, key=lambda name: (" " not in name, soon[name]), default="")

    def _they(self) -> str:
        """``the two old men``, or the two or three who were there just now; empty where it may be others."""
        words, at = self._many
        self._is_pair = self._number - at >= 2
        return _AND.join(self._pair()) if self._is_pair else words

    def _pair(self) -> tuple[str, ...]:
        """The two or three people of the last sentences."""
        near = tuple(dict.fromkeys(name for at, name in self._near if self._number - at < _FAR))
        is_beginning = self._number - self._paragraph[1] < 1
        is_told_of = is_beginning or any(self._number - at < 2 for at, _ in self._near)
        return near if 2 <= len(near) <= 3 and is_told_of else ()

    def _look(self, feature: Feature, known: dict[str, str]) -> None:
        gender = PRONOUNS.get(feature.whose, "")
        bearer = self._called.get(feature.bearer, "")
        if gender and bearer and self._genders[bearer] in ("", gender):
            name = bearer
        else:
            name = known.get(gender, "") if gender else self._called.get(feature.whose, "")
            if not name or gender and not self._is_alone(name, gender):
                return
        if name not in self._people:
            return
        own = self.looks.setdefault(name, [])
        if len(own) < _MOST_FEATURES and not _is_said(feature.words, own):
            own.append(feature.words)

    def _is_alone(self, name: str, gender: str) -> bool:
        """True if nobody else whom the pronoun may mean did something just now, and ``name`` is spoken of."""
        if name == NARRATOR:
            return True
        if name.startswith("the ") and not noun_gender(name.split()[-1]):
            return False  # ``the dog`` has no green coat: it is its master's
        if self._first.get(name, -1) > self._number:
            return True
        near = {one for one, at in self._led.items() if self._number - at < 2 and one != NARRATOR}
        is_near = self._number - self._led.get(name, -_FAR) < _RECENT
        return is_near and not any(self._genders[one] in ("", gender) for one in near - {name})


def _first_deeds(sentences: Sequence[Sentence], called: Mapping[str, str]) -> dict[str, int]:
    """The sentence in which each does something for the first time."""
    first: dict[str, int] = {}
    for number, sentence in enumerate(sentences):
        for mention in sentence.mentions:
            if mention.kind == "name" and mention.is_there and mention.words in called:
                first.setdefault(called[mention.words], number)
    return first


def _is_said(words: str, own: Sequence[str]) -> bool:
    """True if what it is about (``hair``, ``years old``) was described already."""
    return any(looked_at(words) == looked_at(other) for other in own)


def _told(features: Sequence[str]) -> str:
    """The phrase that says what somebody is, then what else is told: ``a small woman in black, grey hair``."""
    whole = [words for words in features if words.split()[0] in ("a", "an") and len(words.split()) > 3]
    return ", ".join([*whole[:1], *(words for words in features if words not in whole[:1])])
