"""How the people, animals and things of a story look: fixed once, for every picture."""

from __future__ import annotations

import re

from studio.engines.writer.chance import Chance
from studio.engines.writer.grammar import Figure, article
from studio.engines.writer.tables import Role, Tables
from studio.engines.writer.words import HUMANLIKE, singulars
from studio.model.story import Character

_HAIR = ("short black hair", "curly brown hair", "straight blond hair", "short red hair", "dark braided hair")
_OLD_HAIR = ("white hair", "short grey hair", "thin silver hair")
_BUILDS = ("slim", "tall", "sturdy", "small", "broad-shouldered")
_CLOTHES = (
    "a mustard-yellow jacket and dark trousers", "a red scarf and a grey coat", "a teal jumper and brown trousers",
    "a green parka and blue jeans", "a dark blue coat and a white shirt", "an orange cardigan and black trousers",
)  # fmt: skip
_CHILD_CLOTHES = (
    "a yellow raincoat and red boots", "a striped red jumper and blue shorts", "a green hoodie and patched jeans",
    "blue dungarees and a white shirt",
)  # fmt: skip
_OLD = re.compile(
    r"\b(?:old|elderly|retired|aged|ageing|aging|grandmother|grandfather|grandma|grandpa|granny|widow|widower)\b"
)
_CHILD = re.compile(r"\b(?:child|boy|girl|kid|toddler|orphan|schoolgirl|schoolboy|children|boys|girls|kids|twins|little (?:brother|sister)|baby)\b")  # fmt: skip
_TEEN = re.compile(r"\b(?:teenage|teenager|teen|student|teenagers)\b")
_COLOURS = re.compile(r"\b(?:red|blue|green|yellow|black|white|grey|gray|brown|golden|silver|pink|purple|orange)\b")
_YOUNG = ("cub", "calf", "pup", "chick", "baby", "hatchling", "fledgling", "foal")
_THING_COLOURS = ("dark red", "deep blue", "moss green", "warm brown", "brass yellow")


def role_of(figure: Figure, tables: Tables) -> Role | None:
    """The role whose name the figure's noun ends with or contains, longest first."""
    words = re.split(r"'s? ", figure.noun.lower())[-1].replace("-", " ").split()  # an astronaut's wife is a wife
    words = words[: next((i for i, word in enumerate(words) if word in ("with", "of", "from", "without")), len(words))]
    for length in (3, 2, 1):
        tail = " ".join(words[-length:])
        for form in (tail, *singulars(tail), *_plural_tail(words[-length:])):
            if form in tables.roles:
                return tables.roles[form]
    if figure.head in _YOUNG:
        return next((tables.roles[word] for word in words[-2::-1] if word in tables.roles), None)
    return tables.roles.get(figure.head)


def _plural_tail(words: list[str]) -> tuple[str, ...]:
    if not words:
        return ()
    return tuple(" ".join([*words[:-1], form]) for form in singulars(words[-1]))


def portrait(figure: Figure, tables: Tables, chance: Chance) -> Character:
    """The figure as a member of the cast, with a look a painter can repeat."""
    key = figure.drawn
    name = figure.name or re.sub(r"^(?:the|his|her|their|its) ", "", figure.drawn)
    role = role_of(figure, tables)
    if figure.kind in ("thing", "place", "abstract"):
        colour = "" if _COLOURS.search(figure.noun) else chance.pick(f"colour {key}", _THING_COLOURS) + " "
        bare = figure.noun
        return Character(
            name=name,
            look=f"{article(colour + bare)} {colour}{bare}" if not figure.is_plural else f"{colour}{bare}",
        )
    if figure.kind in ("animal", "robot", "creature") and figure.head not in HUMANLIKE:
        return Character(name=name, look=_creature_look(figure, role, chance))
    return Character(name=name, look=_person_look(figure, role, chance))


def _creature_look(figure: Figure, role: Role | None, chance: Chance) -> str:
    if figure.kind == "robot":
        extra = role.clothes if role else "dented grey metal and round blue eyes"
    elif role is not None:
        extra = role.clothes
    else:
        extra = chance.pick(f"coat {figure.noun}", ("soft brown markings and bright eyes", "a grey coat and dark eyes"))
    bare = figure.noun if not figure.name else figure.head if figure.head != figure.name.lower() else figure.kind
    phrase = figure.first if figure.is_plural else f"{article(bare)} {bare}"
    return f"{phrase} with {extra}".replace(" with with ", " with ")


def _person_look(figure: Figure, role: Role | None, chance: Chance) -> str:
    text = f"{figure.first} {figure.noun}".lower()
    is_old, is_child = bool(_OLD.search(text)), bool(_CHILD.search(text))
    age = "about 70 years old" if is_old else "about 9 years old" if is_child else ""
    age = age or ("about 16 years old" if _TEEN.search(text) else "in the twenties" if "young" in text.split() else chance.pick(f"age {text}", ("in the twenties", "in the thirties", "in the forties")))  # fmt: skip
    hair = chance.pick(f"hair {text}", _OLD_HAIR if is_old else _HAIR)
    clothes = role.clothes if role is not None and not role.is_animal else chance.pick(f"clothes {text}", _CHILD_CLOTHES if is_child else _CLOTHES)  # fmt: skip
    build = chance.pick(f"build {text}", _BUILDS if not is_child else ("small", "thin", "round-faced"))
    if figure.is_plural:
        return f"{figure.first}, {age}, {build}, in {clothes}"
    sex = {"male": "boy" if is_child else "man", "female": "girl" if is_child else "woman"}.get(figure.gender, "person")
    adjective = "old " if is_old else "young " if not is_child and "twenties" in age else ""
    who = f"{article(build)} {build} {adjective}{sex}"
    if re.match(r"(?:old|young) ", figure.noun) and adjective:
        adjective = ""
    job = "" if figure.name and figure.noun == figure.name else f", {figure.noun}"
    if job and figure.head in ("man", "woman", "boy", "girl", "person"):
        job = ""
    return f"{who}{job}, {age}, {hair}, {clothes}"
