"""Who is who: which names of a book mean one person. Pure rules over names, titles and nicknames, no grammar.

A full name links its first and its last name; a surname with a title is one person, so Mr, Mrs and Miss of one surname
stay three; a nickname is its name; ``the captain`` is Captain Orme while he is the only captain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from studio.model.counting import number_in
from studio.model.moments import Person

#: Titles before names with the gender that they tell.
TITLES = {
    "mr": "male", "mister": "male", "sir": "male", "lord": "male", "master": "male", "father": "male", "brother": "male",
    "uncle": "male", "king": "male", "prince": "male", "duke": "male", "baron": "male", "monsieur": "male",
    "grandfather": "male", "grandpa": "male", "señor": "male", "herr": "male", "don": "male",
    "mrs": "female", "miss": "female", "ms": "female", "lady": "female", "dame": "female", "mother": "female",
    "sister": "female", "aunt": "female", "auntie": "female", "queen": "female", "princess": "female",
    "duchess": "female", "countess": "female", "baroness": "female", "madame": "female", "madam": "female",
    "mademoiselle": "female", "grandmother": "female", "grandma": "female", "nanny": "female", "señora": "female", "frau": "female",
    "dr": "", "doctor": "", "professor": "", "prof": "", "captain": "", "capt": "", "inspector": "", "sergeant": "",
    "lieutenant": "", "colonel": "", "major": "", "general": "", "corporal": "", "constable": "", "detective": "",
    "commander": "", "admiral": "", "judge": "", "reverend": "", "rev": "", "bishop": "male", "count": "male",
    "cousin": "", "nurse": "", "saint": "", "president": "", "officer": "", "commissioner": "",
}  # fmt: skip
_SAME_TITLE = {
    "mister": "mr", "doctor": "dr", "prof": "professor", "capt": "captain", "rev": "reverend", "ms": "miss",
    "auntie": "aunt", "madame": "mrs", "madam": "mrs", "mademoiselle": "miss", "monsieur": "mr",
}  # fmt: skip
_BEFORE_FIRST_NAMES = frozenset(
    "sir lady dame father brother uncle king prince grandfather grandpa mother sister aunt queen princess grandmother grandma cousin saint don nanny".split()
)
_AGES = frozenset("old young little poor dear big".split())
_MOST_PARTS = 6
_SAME_SIGHT = {
    "braid": "hair", "braids": "hair", "curls": "hair", "curl": "hair", "plait": "hair", "ponytail": "hair",
    "raincoat": "coat", "greatcoat": "coat", "overcoat": "coat", "jumper": "sweater", "jersey": "sweater", "gown": "dress",
    "whiskers": "beard", "glasses": "spectacles", "eyeglasses": "spectacles",
}  # fmt: skip
"""What stands for the same part of a look."""
_NICKNAMES = {
    "elizabeth": "lizzy lizzie eliza liz beth bess bessie betty betsy libby elsie", "margaret": "maggie meg peggy madge daisy greta",
    "mary": "molly polly", "catherine": "kate katie kitty cathy cath", "katherine": "kathy", "william": "will bill billy willie",
    "robert": "rob bob bobby robbie bert", "richard": "dick rick ricky richie", "james": "jim jimmy jamie", "john": "jack johnny",
    "thomas": "tom tommy", "edward": "ned ted teddy eddie", "charles": "charlie chuck", "henry": "harry hal hank",
    "george": "georgie", "michael": "mike mick micky", "nicholas": "nick nicky", "joseph": "joe joey", "samuel": "sam sammy",
    "benjamin": "ben benny", "daniel": "dan danny", "david": "dave davy davey", "matthew": "matt", "anthony": "tony",
    "andrew": "andy", "peter": "pete", "frederick": "fred freddy freddie", "francis": "frank", "alexander": "alec sandy",
    "philip": "phil pip", "stephen": "steve", "timothy": "tim timmy", "walter": "wally", "lawrence": "larry laurie",
    "susan": "sue susie", "sarah": "sally sadie", "rebecca": "becky", "rachel": "rae", "victoria": "vicky", "theodore": "theo",
    "josephine": "jo josie", "dorothy": "dot dottie dolly", "frances": "fanny", "ellen": "nell nellie", "eleanor": "nora nelly",
    "anne": "annie nan nancy", "martha": "mattie", "matilda": "tilly", "abigail": "abby", "amelia": "millie", "emily": "em emmy",
    "penelope": "penny", "philippa": "pippa", "deborah": "debbie", "jennifer": "jenny", "jacob": "jake", "isabella": "bella izzy",
    "christopher": "chris kit", "gregory": "greg", "leonard": "len lenny", "albert": "bertie", "alfred": "alf alfie",
    "arthur": "art artie", "harold": "hal", "jonathan": "jon", "zachary": "zack", "patrick": "paddy pat", "ronald": "ron ronnie",
    "tobias": "toby", "silas": "si",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A written name in its parts, all small. ``role`` is what ``the captain`` is; it has no other part."""

    title: str = ""
    first: str = ""
    last: str = ""
    bare: str = ""
    """A single word, which may be a first or a last name."""
    role: str = ""

    @property
    def call(self) -> str:
        """What friends say: the first name, or the only word there is."""
        return self.first or formal_name(self.bare) or self.role

    @property
    def gender(self) -> str:
        """By its title alone."""
        return TITLES.get(self.title, "")


def read_name(words: str) -> Name:
    """``Mr Fitzwilliam Darcy`` in its parts."""
    parts = [part.rstrip(".") for part in words.casefold().replace("’", "'").split()]
    parts = [part for part in parts if part not in _AGES] or parts
    if parts and parts[0] in ("the", "a", "an") or not any(word[:1].isupper() for word in words.split()):
        return Name(role=" ".join(parts[1:] if parts and parts[0] in ("the", "a", "an") else parts))
    title = _SAME_TITLE.get(parts[0], parts[0]) if parts[0] in TITLES else ""
    rest = parts[1:] if title else parts
    if len(rest) > 1:
        return Name(title=title, first=formal_name(rest[0]), last=rest[-1])
    if not rest:
        return Name(title=title, bare=title)
    if title and title not in _BEFORE_FIRST_NAMES:
        return Name(title=title, last=rest[0])
    return Name(title=title, first=formal_name(rest[0])) if title else Name(bare=rest[0])


def merged_people(people: Sequence[Person]) -> tuple[Person, ...]:
    """Each person once: fullest name, first look that was said, mentions summed; most mentioned first."""
    groups = _Groups(people)
    for same in (_by_spelling, _by_full_name, _by_title, _by_single_word, _by_role):
        same(groups)
    merged = [_one([people[number] for number in members]) for members in groups.members()]
    return tuple(sorted(merged, key=lambda person: -person.mentions))


def find_person(people: Sequence[Person], name: str) -> Person | None:
    """The one of ``people`` that ``name`` means, by one of its names or by the rules; None if that is none or several."""
    key = name.casefold().strip()
    for person in people:
        if key in (one.casefold() for one in (person.name, *person.aliases)):
            return person
    asked = Person(name=name.strip())
    groups = _Groups([*people, asked])
    for same in (_by_full_name, _by_title, _by_single_word, _by_role):
        same(groups)
    others = [n for n in groups.group(len(people)) if n < len(people)]
    return people[others[0]] if len(others) == 1 else None


class _Groups:
    """The people with those found to be one put together; ``names`` are all that a group is called."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._of = list(range(len(people)))
        self._members = {n: [n] for n in range(len(people))}
        self.genders = {n: person.gender for n, person in enumerate(people)}
        self.names = {
            n: {name: _read(name) for name in (person.name, *person.aliases)} for n, person in enumerate(people)
        }
        self.own = {n: person.name for n, person in enumerate(people)}

    def members(self) -> list[list[int]]:
        """The groups in the order of their first people."""
        return [self._members[n] for n in sorted(self._members)]

    def group(self, number: int) -> list[int]:
        return self._members[self._of[number]]

    def all(self) -> list[int]:
        return sorted(self._members)

    def join(self, one: int, other: int) -> None:
        """Make them one, if they may be."""
        one, other = sorted((self._of[one], self._of[other]))
        if one == other or not self.may_be_one(one, other):
            return
        for member in self._members[other]:
            self._of[member] = one
        self._members[one] = sorted(self._members[one] + self._members.pop(other))
        self.names[one] |= self.names.pop(other)
        self.genders[one] = self.genders[one] or self.genders.pop(other)

    def gender(self, group: int) -> str:
        told = (name.gender for name in self.names[group].values())
        return next((gender for gender in told if gender), self.genders[group])

    def may_be_one(self, one: int, other: int) -> bool:
        """False for Mrs and Miss, for two first names, and for two genders; but one first name is one, whatever the
        pronouns of a chapter seemed to say."""
        mine, theirs = self.names[one].values(), self.names[other].values()
        forms = [*mine, *theirs]
        titles = {name.title for name in forms} & {"mr", "mrs", "miss"}
        firsts = {name.first for name in forms} - {""}
        is_called_alike = {name.call for name in mine} & {name.call for name in theirs} - {""}
        genders = {name.gender for name in forms} if is_called_alike else {self.gender(one), self.gender(other)}
        return len(genders - {""}) < 2 and len(titles) < 2 and len(firsts) < 2

    def forms(self) -> list[tuple[int, Name]]:
        """Every name with whose it is."""
        return [(group, name) for group in self.all() for name in self.names[group].values()]

    def index(self, key: Callable[[Name], str]) -> dict[str, list[int]]:
        """The groups by what ``key`` says of their names."""
        found: dict[str, dict[int, None]] = {}
        for group, name in self.forms():
            if value := key(name):
                found.setdefault(value, {})[group] = None
        return {value: list(groups) for value, groups in found.items()}

    def join_all(self, same: Sequence[int]) -> None:
        for other in same[1:]:
            self.join(same[0], other)

    def join_only(self, one: int, near: Iterable[int]) -> None:
        """Join ``one`` with the only one of ``near`` that it may be; with none if there are several."""
        root = self._of[one]
        others = dict.fromkeys(self._of[other] for other in near if self._of[other] != root)
        fitting = [other for other in others if self.may_be_one(root, other)]
        men = [other for other in fitting if self.gender(other) == "male"]
        chosen = fitting if len(fitting) < 2 else men
        if len(chosen) == 1:
            self.join(root, chosen[0])


def _by_spelling(groups: _Groups) -> None:
    """The same name is the same person; ``the captain`` only where it is all that somebody is called."""
    seen: dict[str, int] = {}
    for group in groups.all():
        for words, name in list(groups.names[group].items()):
            if not name.role or words == groups.own[group]:
                groups.join(seen.setdefault(words.casefold(), group), group)


def _by_full_name(groups: _Groups) -> None:
    for same in groups.index(lambda name: f"{name.first} {name.last}" if name.first and name.last else "").values():
        groups.join_all(same)


def _by_title(groups: _Groups) -> None:
    """``Mr Darcy`` is the only male Darcy with a full name; ``Mrs Bennet`` is no Bennet of whom only the name is known."""
    for key in (lambda name: f"{name.title} {name.last}" if name.title and not name.first else "",
                lambda name: f"{name.title} {name.first}" if name.title and not name.last else ""):  # fmt: skip
        for same in groups.index(key).values():
            groups.join_all(same)
    by_last = groups.index(lambda name: name.last if name.first else "")
    by_first = groups.index(lambda name: name.first if name.last else "")
    for group, name in groups.forms():
        if name.last and not name.first and name.title != "mrs":
            groups.join_only(group, by_last.get(name.last, ()))
        elif name.first and not name.last:
            groups.join_only(group, by_first.get(name.first, ()))


def _by_single_word(groups: _Groups) -> None:
    """One word is whose first name it is, else whose last; of several of a surname it is the man."""
    for same in groups.index(lambda name: formal_name(name.bare)).values():
        groups.join_all(same)
    firsts = groups.index(lambda name: name.first)
    lasts = groups.index(lambda name: name.last)
    for group, name in groups.forms():
        if name.bare:
            groups.join_only(group, firsts.get(formal_name(name.bare), ()) or lasts.get(name.bare, ()))


def _by_role(groups: _Groups) -> None:
    """``the captain`` is whoever bears that title, if just one does."""
    bearers = groups.index(lambda name: name.title)
    for group, name in groups.forms():
        if name.role:
            groups.join_only(group, bearers.get(_SAME_TITLE.get(name.role, name.role), ()))


def _one(people: Sequence[Person]) -> Person:
    names = list(dict.fromkeys(name for person in people for name in (person.name, *person.aliases)))
    counts = {person.name: person.mentions for person in people}
    fullest = max(names, key=lambda name: (*_fullness(name), counts.get(name, 0)))
    told = (read_name(name).gender for name in names)
    return people[0].model_copy(
        update={
            "name": fullest,
            "aliases": tuple(name for name in names if name != fullest),
            "gender": next((gender for gender in told if gender), _most_told(people)),
            "look": _joined_look([person.look for person in people]),
            "mentions": sum(person.mentions for person in people),
        }
    )


def _joined_look(looks: Sequence[str]) -> str:
    """The first look with what later ones tell besides: hair, clothes and age are each told of once."""
    parts: list[str] = []
    for look in looks:
        for part in look.split(", "):
            if part and len(parts) < _MOST_PARTS and not any(looked_at(part) == looked_at(other) for other in parts):
                parts.append(part)
    return ", ".join(parts)


def looked_at(part: str) -> str:
    """What one feature of a look is about: ``hair``, ``coat``, ``old`` (how many years), ``figure`` (tall and thin)."""
    words = re.split(r" (?:of|with|in|full|down|on) ", part.casefold())[0].split()
    if words[-1] in ("old", "old-timer") or part.endswith("years old"):
        return "old"
    if words[0] in ("a", "an", "the") or len(words) > 1 and words[-2] != "and":
        return _SAME_SIGHT.get(words[-1], words[-1].removesuffix("s"))
    return "figure"


def years_in(look: str) -> int | None:
    """How many years old ``look`` says that somebody is; None if it does not."""
    found = re.search(r"\b([\w-]+)(?: years old|-year-old)\b|\bof (\d+)\b", look)
    return number_in(found.group(1) or found.group(2)) if found else None


def _most_told(people: Sequence[Person]) -> str:
    """The gender that those of most mentions have."""
    told: dict[str, int] = {}
    for person in people:
        if person.gender:
            told[person.gender] = told.get(person.gender, 0) + max(1, person.mentions)
    return max(told, key=lambda gender: told[gender], default="")


def _fullness(name: str) -> tuple[int, int]:
    read = read_name(name)
    is_nickname = (read.first or read.bare) != "" and (read.bare or read.first) in _formals()
    return sum(bool(part) for part in (read.first, read.last, read.title, read.bare)) - bool(read.role), -is_nickname


def formal_name(first: str) -> str:
    """``elizabeth`` for ``lizzy``; small letters."""
    return _formals().get(first, first)


@lru_cache(maxsize=1)
def _formals() -> dict[str, str]:
    return {short: name for name, shorts in _NICKNAMES.items() for short in shorts.split()}


@lru_cache(maxsize=4096)
def _read(words: str) -> Name:
    return read_name(re.sub(r"\s+", " ", words).strip())
