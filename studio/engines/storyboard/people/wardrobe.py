"""Who wears what: from a subject's words to a look that is the same in every shot."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from studio.engines.storyboard.people.heads import Look
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.vector import hex_of, is_colour, mixed, shade
from studio.engines.storyboard.words.vocabulary import vocabulary
from studio.media.assets import asset_path

_SKINS = ("#f1c9a5", "#e8b48a", "#d99f73", "#c08457", "#9a6440", "#74472d")
_SKIN_WEIGHTS = (0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5)
_HAIRS = ("#2b2422", "#3d2a20", "#5a3a24", "#75502f", "#9a6a3a", "#bd5f2c", "#dcb863")
_GREYS = ("#d9d7d2", "#c3c1be", "#e6e4e0")
_COATS = ("#4a5a70", "#6a4a3c", "#4f6b5a", "#6b4a6a", "#7a5a34", "#3f6f8a", "#8a4438", "#555a66")
_SHIRTS = ("#c47a4a", "#5b7f94", "#7f8f55", "#a8434a", "#d8b25a", "#4f6b8a", "#9a6a8a", "#b7a58a")


@dataclass(frozen=True, slots=True)
class Outfit:
    """One line of the table of trades."""

    kind: str
    gender: str
    age: str
    height_in_people: float
    home: str
    garments: tuple[tuple[str, str, str], ...]
    hair: tuple[str, str, str]
    props: tuple[str, ...]
    words: tuple[str, ...]


@cache
def outfits() -> dict[str, Outfit]:
    """All trades by kind."""
    lines = asset_path("storyboard/outfits.tsv").read_text(encoding="utf-8").splitlines()
    return {o.kind: o for o in (_outfit(line.split("\t")) for line in lines if line and not line.startswith("#"))}


def _outfit(cells: list[str]) -> Outfit:
    kind, gender, age, height, home, garments, hair, props, words = cells
    worn = tuple((s, t, c) for s, t, c in (g.split(":") for g in garments.split()))
    style, colour, beard = [*hair.split(":"), "", ""][:3]
    return Outfit(
        kind,
        gender,
        age,
        float(height),
        home,
        worn,
        (style, colour, beard),
        tuple(filter(None, props.split(","))),
        tuple(word.replace("_", " ") for word in words.split()),
    )


def look_of(subject: Subject) -> Look:
    """The look of ``subject``; equal noun, clothes and hair give the same hair and colours, whatever the clothes the same
    skin."""
    outfit = outfits().get(subject.kind) or outfits()["person"]
    seed = _seed(subject)
    gender = subject.gender or outfit.gender or ("female" if seed % 5 < 2 else "male")
    age = subject.age or outfit.age
    garments = {slot: (style, hex_of(colour)) for slot, style, colour in outfit.garments}
    _vary(garments, outfit.kind, gender, seed)
    if subject.noun[-1:].isdigit():
        _tell_apart(garments, outfit, seed)
    for garment, colour in subject.clothes:
        _put_on(garments, garment, colour, outfit)
    _complete(garments, gender)
    style, colour, beard = _hair(subject, outfit, gender, age, seed)
    skin = _SKINS[_SKIN_WEIGHTS[(_crc(_body(subject)) >> 4) % len(_SKIN_WEIGHTS)]]
    return Look(gender, age, skin, colour, style, beard, garments, outfit.props)


def _seed(subject: Subject) -> int:
    worn = (f"{garment}:{colour}" for garment, colour in subject.clothes if garment in vocabulary("garment"))
    noun, kind, *rest = _body(subject)
    return _crc((noun, kind, *worn, *rest))


def _body(subject: Subject) -> tuple[str, ...]:
    """What somebody is called beside the clothes, which change from picture to picture."""
    return subject.noun, subject.kind, subject.hair, subject.age


def _crc(words: Iterable[str]) -> int:
    return zlib.crc32("|".join(words).encode())


def _vary(garments: dict[str, tuple[str, str]], kind: str, gender: str, seed: int) -> None:
    if kind not in {
        "man",
        "woman",
        "person",
        "young_man",
        "young_woman",
        "child",
        "boy",
        "girl",
        "old_man",
        "old_woman",
    }:
        return
    style, _ = garments["top"]
    choice = _COATS if style in {"coat", "jacket"} else _SHIRTS
    garments["top"] = (style, choice[(seed >> 9) % len(choice)])
    if kind == "person" and gender == "female":
        garments.pop("bottom", None)


def _tell_apart(garments: dict[str, tuple[str, str]], outfit: Outfit, seed: int) -> None:
    """Give one of several of a trade his own shade of it; uniforms stay what they are."""
    style, colour = garments["top"]
    if outfit.kind in _UNIFORMED or style in {"uniform", "armour", "spacesuit", "labcoat", "bridal"}:
        return
    tone = (0.74, 0.88, 1.0, 1.16, 1.34)[(seed >> 7) % 5]
    garments["top"] = (style, mixed(shade(colour, tone), _COATS[(seed >> 11) % len(_COATS)], 0.30))
    if (
        "hat" in garments
        and (seed >> 15) % 3 == 0
        and garments["hat"][0] in {"cap", "brim", "straw", "beanie", "bowler"}
    ):
        del garments["hat"]


_UNIFORMED = frozenset(("soldier", "police", "nurse", "chef", "monk", "nun", "santa", "bride"))


def _garment(word: str) -> tuple[str, str]:
    """Slot and style of a garment word; both empty if it is none."""
    slot, _, style = vocabulary("garment").get(word, "").partition(":")
    return slot, style


def _put_on(garments: dict[str, tuple[str, str]], garment: str, colour: str, outfit: Outfit) -> None:
    slot, style = _garment(garment)
    if not slot:
        return
    worn_style, worn_colour = garments.get(slot, ("", ""))
    if slot == "hat":
        style = _hat(style, worn_style, outfit)
    tint = hex_of(colour) if colour and (is_colour(colour) or colour.startswith("#")) else ""
    usual = worn_colour if style == worn_style else vocabulary("usual_colour").get(style, "#5f6a78")
    garments[slot] = (style, tint or usual)
    if slot == "top" and style in {"suit", "spacesuit", "armour", "uniform"}:
        garments["bottom"] = (style if style in {"spacesuit", "armour"} else "trousers", tint or usual)
    if slot == "top" and style == "spacesuit":
        garments.setdefault("hat", ("space", "#e3e6ea"))
    if slot == "top" and style in {"dress", "gown", "robe", "kimono", "bridal", "tutu"}:
        garments.pop("bottom", None)
    if slot == "bottom" and garments.get("top", ("", ""))[0] in {"dress", "gown"}:
        garments["top"] = ("shirt", garments["top"][1])


def _hat(style: str, worn: str, outfit: Outfit) -> str:
    """The kind of hat meant: a trade's own rather than any hat; a man's veil hangs from a brim."""
    if style == "veil" and (outfit.gender == "male" or worn == "netted"):
        return "netted"
    if style == "brim" and worn and outfit.kind not in {"man", "old_man", "person"}:
        return worn
    if style == "helmet" and worn in {"armet", "space", "hardhat", "viking"}:
        return worn
    return style


def _complete(garments: dict[str, tuple[str, str]], gender: str) -> None:
    garments.setdefault("top", ("shirt", "#7f8f55"))
    top = garments["top"][0]
    if "bottom" not in garments and top not in {
        "dress",
        "gown",
        "robe",
        "kimono",
        "bridal",
        "tutu",
        "cassock",
    }:
        if gender == "female" and top in {"coat", "raincoat"}:
            garments.setdefault("legs", ("tights", "#4a4048"))
        else:
            garments["bottom"] = ("trousers", "#3f4654")
    if top in {"coat", "raincoat"} and gender == "female":
        garments.setdefault("legs", ("tights", "#4a4048"))
    garments.setdefault("shoes", ("shoes", "#3a2d28"))


def _hair(subject: Subject, outfit: Outfit, gender: str, age: str, seed: int) -> tuple[str, str, str]:
    """Style, colour and beard: what the words say, else the trade's, else by age and seed."""
    words = set(subject.hair.replace("-", " ").lower().split())
    style, colour, beard = outfit.hair
    if subject.noun[-1:].isdigit() and age != "old":
        colour = _HAIRS[(seed >> 17) % len(_HAIRS)] if colour else ""
        beard = ("", beard, "moustache", "full", "")[(seed >> 19) % 5] if outfit.age != "child" else ""
    style = _hair_style(words, style, gender, outfit.gender == gender, seed)
    colour = _hair_colour(words, colour, age if not outfit.age or not colour else "", seed)
    if words & {"beard", "bearded"}:
        return outfit.hair[0] or "short", colour, "long" if "long" in words else "full"
    if words & {"moustache", "mustache"}:
        return style, colour, "moustache"
    if gender == "female" or age == "child":
        return style, colour, ""
    if subject.age and subject.age != "old" and outfit.age == "old":
        return style, colour, ""
    return style, colour, beard or (("full", "moustache", "")[(seed >> 5) % 3] if age == "old" else "")


def _hair_style(words: set[str], usual: str, gender: str, is_fixed: bool, seed: int) -> str:
    is_female = gender == "female"
    choice = ("long", "bob", "bun", "ponytail", "curly", "long") if is_female else ("short", "short", "mop")
    style = usual or choice[(seed >> 13) % len(choice)]
    if is_female and not is_fixed and style in {"short", "mop"}:
        style = "bob"
    for word, named in vocabulary("hair").items():
        if word in words:
            style = "bob" if word == "short" and is_female else named
    return style


def _hair_colour(words: set[str], usual: str, age: str, seed: int) -> str:
    said = [word for word in sorted(words) if is_colour(word) and word not in {"light", "bright", "pale"}]
    if said:
        return vocabulary("hair_colour").get(said[-1], hex_of(said[-1]))
    if age == "old":
        return _GREYS[seed % 3]
    return usual or _HAIRS[(seed >> 17) % len(_HAIRS)]
