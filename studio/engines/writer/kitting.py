"""Chooses a story's kit of place: by the place the idea names, by who its hero is, by what else it speaks of."""

from __future__ import annotations

import re

from studio.engines.writer.cast import role_of
from studio.engines.writer.chance import Chance
from studio.engines.writer.fits import FLOATING_KITS
from studio.engines.writer.grammar import Figure
from studio.engines.writer.idea import Idea
from studio.engines.writer.tables import Kit, Role, Tables
from studio.engines.writer.words import WordTable, singulars

_LITTLE = frozenset("a an the of in on by with and small old over under".split())
_PAST_ROLE = re.compile(r"(?i)\b(?:retired|former|ex-\w+|young|little)\b")
#: What is seen where people live: whoever works elsewhere is not at work.
_UNLIKE = re.compile(
    r"(?i)\b(?:empty|abandoned|deserted|ruined|burning|burned|flooded|sunken|destroyed|closed|frozen|froze|freezes|toy|paper|painted)\b"
)
#: Words of kits that mean something else unless one of these stands near.
_AMBIGUOUS = {
    "tent": "circus|clown|acrobat", "camp": "prison|soldier|army|war|labour", "court": "tennis|basketball|squash|volleyball", "cell": "prison|jail|guard",
    "bank": "river|robb?|money|cashier|clerk|vault", "ring": "boxing|boxer|circus", "pitch": "football|soccer|rugby", "well": "village|water|wish",
    "deep": "sea|ocean|water", "yard": "garden|house|farm|back", "bar": "drink|bartender|barman", "field": "farm|wheat|corn|battle|cow|crow", "deck": "ship|boat|sailor|captain",
}  # fmt: skip
_ELSEWHERE = frozenset(
    "wall door window house room flat street home kitchen garden roof apartment neighbour neighbor wedding holiday lifeboat ship boat train bus plane prison island desert war tent zoo circus aquarium cage shop".split()
)
_OLD_WORDS = frozenset("medieval ancient knight samurai viking roman pharaoh century gladiator".split())
_HOMELY_KITS = frozenset("home city village road".split())
#: Words of kits that name a place only where the idea's own place is one: a ``ship`` may sail in space.
_SPACE_WORDS = re.compile(
    r"\b(?:space|(?:colony|generation|alien) ship|spaceship|spacecraft|starship|orbit|asteroids?|rockets into)\b"
)
#: Where a spaceship lands, one is on the ground.
_LANDED = re.compile(
    r"\b(?:land(?:s|ed)?|crash(?:es|ed)?|falls?|fell) (?:on|in|into|behind|near) (?!(?:the )?(?:moon|mars))"
)
#: A spaceship of cardboard flies nowhere.
_MADE_HERE = re.compile(r"\b(?:cardboard|toy|model|wooden|paper|garage|backyard|attic|barn|builds?|building|built)\b")
_HAUNTING = re.compile(
    r"\b(?:ghosts?|haunt\w*|spirits?|vampires?|old (?:mansion|manor|house)|abandoned|empty|murder\w*)\b"
)
_OTHER_STATION = re.compile(
    r"\b(?:radio|fire|police|gas|petrol|tv|television|power|weather|research|space) station|\b(?:astronaut|cosmonaut)s?\b"
)
_DEFAULTS = {"dread": "haunted", "love": "cafe", "journey": "road", "mishap": "home", "find": "home", "change": "city"}


def choose_kit(idea: Idea, tables: Tables, table: WordTable, chance: Chance, *, frame: str, topic_frame: str) -> Kit:
    """The kit for ``idea``, told in ``frame`` (``topic_frame`` for documentaries and products)."""
    kits, text = tables.kits, idea.text.lower()
    by_word = {word: kit for kit in reversed(list(kits.values())) for word in kit.words}
    is_old = bool(_OLD_WORDS & set(re.findall(r"[a-z]+", text)))
    if _OTHER_STATION.search(text):
        by_word.pop("station", None)
    for word, meant in _AMBIGUOUS.items():
        if word in by_word and not re.search(rf"\b(?:{meant})", text):
            by_word.pop(word)
    role = role_of(idea.hero, tables) if idea.hero is not None else None
    if "haunted" in text:
        return kits["haunted"]
    if re.search(r"\boperating (?:theat(?:re|er)|room|table)\b", text):
        return kits["hospital"]
    if idea.tone != "dark" and not _HAUNTING.search(text):
        by_word = {word: kit for word, kit in by_word.items() if word not in ("hotel", "inn", "mansion", "manor")}
    if re.search(
        r"\b(?:under(?:neath)?|below|beneath|bottom of) the (?:sea|ocean|water|waves)\b|\b(?:ocean|sea) floor\b", text
    ):
        return kits["underwater"]
    if re.search(r"\b(?:comes?|came|returns?|returned|goes|walks?) (?:back )?home\b", text) and not idea.place:
        return kits["village"]
    if "space station" in text or (_is_space_story(idea) and _is_spacelike(idea, by_word)):
        return kits["space"]
    if topic_frame == "product":
        words = (idea.thing.noun if idea.thing is not None else idea.topic).lower().split()[::-1]
        return next((by_word[w] for w in _forms(words) if w in by_word), kits["village"])
    if topic_frame == "documentary":
        return _topic_kit(idea, tables, table, by_word)
    found = _named_kit(idea, tables, table, by_word, role)
    if found is None and idea.weather == "snow":
        found = kits["snow"]
    if found is None and idea.place:
        found = kits["village" if is_old or "village" in idea.place else "city"]
    if is_old and (found is None or found.era == "modern"):
        found = kits["history"]
    if frame in ("theme", "gift", "season"):
        return found or kits[chance.pick("theme kit", ("home", "city", "village", "garden"))]
    if found is None:
        found = _kit_of_others(idea, tables, table)
    is_beast = idea.hero is not None and idea.hero.kind == "animal"
    is_grown = idea.hero is not None and idea.hero.kind == "person" and role is None
    return found or kits[_DEFAULTS.get(frame, "city" if is_grown else "forest" if is_beast else "village")]


def knows_place(idea: Idea, kit: Kit, tables: Tables, table: WordTable) -> bool:
    """True if the idea itself calls the kit up: only then its details are sure to be right."""
    words = _forms(re.findall(r"[a-z]+", idea.place.lower()))
    names = {word.lower() for word in re.findall(r"\b[A-Z]\w+", idea.place)}
    is_here = not words or bool(set(words) & {*kit.words, *re.findall(r"[a-z]+", kit.place)})
    if not words and idea.pair is not None and idea.pair[0].kind != idea.pair[1].kind:
        return False  # a turtle that races a drone is not under water
    away = {noun for noun in idea.nouns if table.is_place(noun)} - set(kit.words)
    if kit.name == "underwater" and not words and (away or {"bar", "club", "stage", "band"} & set(idea.nouns)):
        return False  # an octopus in a jazz bar
    if (kit.name in FLOATING_KITS or kit.name == "planet") and is_here:
        return True
    if _UNLIKE.search(idea.text) or names - set(kit.words):
        return False
    wild = {
        tables.kits[name].name: set(tables.kits[name].words)
        for name in ("desert", "sea", "snow", "mountain", "jungle", "space")
    }
    others = {word for name, kit_words in wild.items() if name != kit.name for word in kit_words} - set(kit.words)
    if kit.name not in FLOATING_KITS and set(_forms(re.findall(r"[a-z]+", idea.text.lower()))) & (others - _LITTLE) & {"desert", "sea", "ocean", "snow", "mountain", "jungle", "space", "moon", "glacier"}:  # fmt: skip
        return False  # ``the lighthouse at the edge of the desert``
    if set(words) & {*kit.words, *re.findall(r"[a-z]+", kit.place)} - _LITTLE:
        return True
    if kit.name in ("city", "village") and set(words) & {"city", "town", "village"}:
        return True
    if words:
        return False
    hero = idea.hero
    role = role_of(hero, tables) if hero is not None and is_plainly(hero, tables, table) else None
    at_work = role is not None and role.kit == kit.name and not _ELSEWHERE & set(idea.nouns)
    if at_work and not away and kit.name not in _HOMELY_KITS:
        return True
    nouns = _forms([noun for noun in idea.nouns if (hero is None or noun != hero.head) and table.is_place(noun)])
    text = idea.text.lower()
    nouns = [noun for noun in nouns if noun not in _AMBIGUOUS or re.search(rf"\b(?:{_AMBIGUOUS[noun]})", text)]
    return bool(set(nouns) & set(kit.words))


def is_plainly(hero: Figure, tables: Tables, table: WordTable) -> bool:
    """True if the hero is what the role's name says: a ``crossing guard`` is no guard, a ``retired boxer`` no boxer."""
    role = role_of(hero, tables)
    if role is None or _PAST_ROLE.search(hero.noun):
        return False
    words = hero.noun.lower().split()
    for length in (3, 2, 1):
        tail = " ".join(words[-length:])
        if set(_forms([tail])) & set(role.names):
            before = words[-length - 1] if len(words) > length else ""
            return not before or before.endswith("er") or table.kind(before) == ""
    return True


def _named_kit(idea: Idea, tables: Tables, table: WordTable, by_word: dict[str, Kit], role: Role | None) -> Kit | None:
    candidates = re.findall(r"[a-z]+", idea.place.lower())[::-1]
    candidates = [word for word in candidates if word != "room"] or candidates
    is_at_work = role is not None and not role.is_animal and role.kit not in _HOMELY_KITS
    nouns = [noun for noun in idea.nouns if table.kind(noun) not in ("animal", "person")]
    text = idea.text.lower()
    if (
        not _SPACE_WORDS.search(text) or _LANDED.search(text) or _MADE_HERE.search(text)
    ):  # the moon in the sky takes nobody there
        nouns = [noun for noun in nouns if noun not in by_word or by_word[noun].name not in ("space", "planet")]
    elsewhere = [] if is_at_work else [noun for noun in nouns if table.is_place(noun) and noun in by_word]
    if idea.hero is not None and not idea.hero.name:
        words = idea.hero.noun.lower().split()[::-1]
        words = [word for word in words if table.is_place(word)]
        own = [idea.hero.head]
        if not idea.hero.is_living:  # the moon as a hero is seen from here
            own = [word for word in own if word not in by_word or by_word[word].name not in ("space", "planet")]
            words = [word for word in words if word in nouns]
        candidates += elsewhere if role is not None and role.is_animal else [*own, *elsewhere, *words]
    found = next((by_word[word] for word in _forms(candidates) if word in by_word), None)
    is_ashore = (
        bool(idea.place) and role is not None and role.kit in FLOATING_KITS and not idea.place.startswith("the sea")
    )
    if found is None and role is not None and not is_ashore:
        found = tables.kits.get(role.kit)
    if found is None:
        found = next((by_word[word] for word in _forms(nouns) if word in by_word), None)
    return found


def _topic_kit(idea: Idea, tables: Tables, table: WordTable, by_word: dict[str, Kit]) -> Kit:
    """Where a documentary looks: where its animals live, at the place or thing it names, else in a library."""
    nouns = _forms(list(idea.nouns))
    beasts = [tables.roles[noun].kit for noun in nouns if noun in tables.roles and tables.roles[noun].is_animal]
    place = next((by_word[word] for word in _forms(re.findall(r"[a-z]+", idea.place.lower())) if word in by_word), None)
    if beasts and re.search(r"(?i)\b(?:urban|city|cities|street|town)\b", idea.text):
        return tables.kits["city"]
    if place is None and beasts:
        return tables.kits[beasts[0]]
    named = place or next((by_word[noun] for noun in nouns if noun in by_word and table.kind(noun) != "person"), None)
    return named or tables.kits["library"]


def _kit_of_others(idea: Idea, tables: Tables, table: WordTable) -> Kit | None:
    """The kit of somebody else whom the idea names."""
    roles = [
        tables.roles[word]
        for word in _forms([noun for noun in idea.nouns if f"{noun}'s " not in idea.text.lower()])
        if word in tables.roles and not tables.roles[word].is_animal and table.kind(word) == "person"
    ]
    return tables.kits.get(roles[0].kit) if roles else None


def _is_space_story(idea: Idea) -> bool:
    hero = idea.hero.noun.lower() if idea.hero is not None else ""
    if _MADE_HERE.search(idea.text.lower()) or _LANDED.search(idea.text.lower()):
        return False
    return bool(
        _SPACE_WORDS.search(idea.text.lower()) or re.search(r"\b(?<!retired )(?:astronaut|cosmonaut)(?!'s)", hero)
    )


def _is_spacelike(idea: Idea, by_word: dict[str, Kit]) -> bool:
    """True unless the idea's own place is another one: an alien in a village is in the village."""
    words = re.findall(r"[a-z]+", idea.place.lower())
    if not words:
        hero = idea.hero
        return hero is None or hero.kind != "animal" and hero.head != "alien"
    named = [by_word[word].name for word in _forms(words) if word in by_word]
    return bool(set(words) & {"ship", "space", "spaceship", "spacecraft", "orbit", "shuttle"}) or (
        not named and not idea.place[:1].isupper()
    )


def _forms(words: list[str]) -> list[str]:
    return [form for word in words for form in (word, *singulars(word))]
