"""Put word tables from WordNet 3.0 into ``assets/third_party/wordnet``: what unknown nouns are kinds of.

Run once by a developer on a Debian system, from a checkout: ``python scripts/vendor_wordnet.py``. The data come from
the pinned Debian package; each noun's most frequent sense is followed upwards to the nearest kind that the artist
can draw (``assets/storyboard/subjects.tsv``, ``outfits.tsv``, ``lexicon.json``), or to what it is at all.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORYBOARD = ROOT / "assets" / "storyboard"
TARGET = ROOT / "assets" / "third_party" / "wordnet"
PACKAGE = "wordnet-base=1:3.0-37"
CREDITS = """WordNet 3.0, Copyright 2006 by Princeton University. All rights reserved. See LICENSE.
Tables derived from it (Debian package {package}): nouns.txt.gz (nouns by the kind they are drawn as), noun_exceptions.txt
and verb_exceptions.txt (irregular forms).
"""
ANCHORS = {
    "dog:1": "dog", "wolf:1": "wolf", "fox:1": "fox", "bear:1": "bear", "cat:1": "cat", "lion:1": "lion", "horse:1": "horse",
    "bird:1": "bird", "bird_of_prey:1": "eagle", "owl:1": "owl", "seabird:1": "seagull", "duck:1": "duck", "wading_bird:1": "flamingo",
    "fish:1": "fish", "shark:1": "shark", "whale:2": "whale", "dolphin:2": "dolphin", "insect:1": "beetle", "butterfly:1": "butterfly",
    "moth:1": "butterfly", "spider:1": "spider", "snake:1": "snake", "lizard:1": "lizard", "frog:1": "frog", "turtle:2": "tortoise",
    "dinosaur:1": "sauropod", "rodent:1": "rat", "monkey:1": "monkey", "ape:1": "gorilla", "deer:1": "deer", "antelope:1": "deer",
    "cattle:1": "cow", "sheep:1": "sheep", "goat:1": "goat", "swine:1": "pig", "crustacean:1": "crab", "mollusk:1": "shell",
    "elephant:1": "elephant", "crow:1": "raven", "person:1": "person", "woman:1": "woman", "man:1": "man", "child:1": "child", "girl:1": "young_woman",
    "boy:1": "boy", "musician:1": "musician", "scientist:1": "scientist", "doctor:1": "doctor", "soldier:1": "soldier",
    "sailor:1": "sailor", "farmer:1": "farmer", "artist:1": "painter", "dancer:1": "dancer", "singer:1": "singer", "thief:1": "thief",
    "criminal:1": "gangster", "policeman:1": "police", "clergyman:1": "priest", "monk:1": "monk", "nun:1": "nun", "king:1": "king", "queen:2": "queen",
    "noble:1": "prince", "writer:1": "writer", "teacher:1": "teacher", "nurse:1": "nurse", "cook:1": "chef", "merchant:1": "nomad",
    "athlete:1": "runner", "actor:1": "man", "actress:1": "woman", "craftsman:1": "builder", "worker:1": "builder", "warrior:1": "warrior",
    "ship:1": "ocean_liner", "sailing_vessel:1": "schooner", "boat:1": "rowing_boat", "warship:1": "ocean_liner", "car:1": "car", "truck:1": "truck",
    "bus:1": "bus", "train:1": "locomotive", "aircraft:1": "airplane", "helicopter:1": "helicopter", "bicycle:1": "bicycle", "motorcycle:1": "motorcycle",
    "spacecraft:1": "rocket", "wagon:1": "wagon", "cart:1": "wagon", "carriage:2": "wagon", "tree:1": "oak", "conifer:1": "pine", "palm:3": "palm_tree",
    "flower:1": "tulip", "shrub:1": "bush", "cactus:1": "cactus", "mushroom:4": "mushroom", "fern:1": "potted_plant", "herb:1": "potted_plant",
    "house:1": "house", "church:2": "church", "tower:1": "tower", "castle:2": "castle", "building:1": "house", "bridge:1": "@bridge", "tent:1": "tent",
    "hut:2": "hut", "temple:1": "temple", "statue:1": "statue", "monument:1": "obelisk", "fountain:1": "fountain", "lamp:1": "lantern",
    "lantern:1": "lantern", "candle:1": "candle", "clock:1": "clock", "book:2": "book", "book:1": "book", "chair:1": "chair", "sofa:1": "sofa", "table:2": "table", "desk:1": "table",
    "bed:1": "bed", "piano:1": "piano", "guitar:1": "guitar", "stringed_instrument:1": "guitar", "wind_instrument:1": "trumpet", "drum:1": "drum",
    "telescope:1": "telescope", "camera:1": "camera", "telephone:1": "telephone", "computer:1": "computer", "robot:1": "robot", "sword:1": "sword",
    "knife:1": "dagger", "gun:1": "rifle", "crown:4": "crown", "jewel:1": "gem", "ring:8": "ring", "coin:1": "coin", "box:1": "treasure_chest",
    "bag:1": "suitcase", "bottle:1": "flask", "vase:1": "amphora", "cup:1": "coffee", "pot:1": "cauldron", "bread:1": "bread", "cake:3": "cake", "fruit:1": "apple", "vegetable:1": "pumpkin",
    "rock:1": "rock", "fire:1": "fire", "toy:1": "teddy_bear", "doll:1": "teddy_bear", "ball:1": "ball", "map:1": "map", "letter:1": "envelope", "picture:1": "painting",
    "spirit:4": "ghost", "ghost:2": "ghost", "monster:1": "troll", "mythical_monster:1": "dragon", "dragon:1": "dragon", "fairy:1": "fairy", "witch:1": "witch",
    "container:1": "!concrete", "forest:1": "@forest", "forest:2": "@forest", "sea:1": "@sea", "lake:1": "@lake", "river:1": "@river",
    "mountain:1": "@mountains", "hill:1": "@hills", "valley:1": "@hills", "island:1": "@island", "desert:1": "@desert", "city:1": "@city", "town:1": "@town",
    "village:1": "@village", "street:1": "@street", "road:1": "@road", "room:1": "@room", "kitchen:1": "@kitchen", "shop:1": "@shop", "office:1": "@office",
    "school:2": "@school", "theater:1": "@theatre", "restaurant:1": "@cafe", "hotel:1": "@hall", "prison:1": "@prison", "hospital:1": "@hospital",
    "farm:1": "@farm", "field:1": "@meadow", "garden:1": "@garden", "park:2": "@park", "cave:1": "@cave", "wetland:1": "@swamp", "shore:1": "@shore",
    "harbor:1": "@harbour", "body_of_water:1": "@sea", "stream:1": "@river", "mercantile_establishment:1": "@shop", "factory:1": "@factory", "laboratory:1": "@laboratory",
    "museum:1": "@gallery", "place_of_worship:1": "@temple", "stadium:1": "@stadium", "land_mass:1": "@hills", "country:1": "!abstract", "planet:1": "@planet", "carnivore:1": "fox",
    "feline:1": "cat", "canine:2": "dog", "big_cat:1": "leopard", "equine:1": "horse", "ungulate:1": "deer", "aquatic_mammal:1": "seal", "marsupial:1": "kangaroo",
    "reptile:1": "lizard", "amphibian:3": "frog", "cephalopod:1": "octopus", "arachnid:1": "spider", "crocodilian_reptile:1": "crocodile", "vehicle:1": "car", "craft:2": "sailboat",
    "physical_entity:1": "!concrete", "abstraction:6": "!abstract", "abstract_entity:1": "!abstract", "location:1": "!abstract", "body_part:1": "!abstract", "substance:1": "!abstract", "substance:7": "!abstract",
    "fluid:1": "!abstract", "process:6": "!abstract", "phenomenon:1": "!abstract", "matter:3": "!abstract", "part:3": "!abstract", "causal_agent:1": "!abstract", "geological_formation:1": "rock",
    "clothing:1": "!abstract", "food:1": "!concrete", "food:2": "!concrete", "fabric:1": "!abstract", "surface:1": "!abstract", "group:1": "!abstract",
}  # fmt: skip
"""``word:sense`` to the kind drawn for all below it; ``@place`` for places, ``!`` for what is not drawn."""


def main() -> None:
    """Write the tables."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = _unpacked(Path(folder))
        senses, parents = _senses(data / "index.noun"), _parents(data / "data.noun")
        kinds = _kinds_of_all(senses, parents)
        for part in ("noun", "verb"):
            (TARGET / f"{part}_exceptions.txt").write_text(_exceptions(data / f"{part}.exc"), encoding="utf-8")
        _write_licence(Path(folder))
    by_kind: dict[str, list[str]] = {}
    for word, kind in sorted(kinds.items()):
        by_kind.setdefault(kind, []).append(word)
    text = "".join(f"{kind}\t{' '.join(words)}\n" for kind, words in sorted(by_kind.items()))
    with (TARGET / "nouns.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode())
    (TARGET / "CREDITS").write_text(CREDITS.format(package=PACKAGE), encoding="utf-8")


def _unpacked(folder: Path) -> Path:
    apt, dpkg = shutil.which("apt-get"), shutil.which("dpkg-deb")
    if apt is None or dpkg is None:
        raise SystemExit("apt-get and dpkg-deb are needed once, to fetch the WordNet package.")
    subprocess.run([apt, "download", PACKAGE], cwd=folder, check=True)
    package = next(folder.glob("*.deb"))
    subprocess.run([dpkg, "-x", str(package), str(folder / "out")], check=True)
    return folder / "out" / "usr" / "share" / "wordnet"


def _write_licence(folder: Path) -> None:
    copyright_ = folder / "out" / "usr" / "share" / "doc" / "wordnet-base" / "copyright"
    text = copyright_.read_text(encoding="utf-8")
    start, end = text.index("License: WordNet3.0"), text.index("Files: debian/*")
    lines = [line.strip().removeprefix(".") for line in text[start:end].splitlines()[1:]]
    (TARGET / "LICENSE").write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def _senses(path: Path) -> dict[str, list[str]]:
    senses: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split()
        count = int(cells[2])
        senses[cells[0]] = cells[-count:]
    return senses


def _parents(path: Path) -> dict[str, tuple[list[str], bool]]:
    """Offset to the offsets above it, and whether it is a single thing with a name of its own."""
    parents: dict[str, tuple[list[str], bool]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split("|")[0].split()
        at = 4 + 2 * int(cells[3], 16)
        pointers = [cells[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(cells[at]))]
        up = [pointer[1] for pointer in pointers if pointer[0] in {"@", "@i"}]
        parents[cells[0]] = (up, any(pointer[0] == "@i" for pointer in pointers))
    return parents


def _kinds_of_all(senses: dict[str, list[str]], parents: dict[str, tuple[list[str], bool]]) -> dict[str, str]:
    anchors = _anchors(senses)
    known = _drawable()
    missing = {kind for kind in anchors.values() if kind[0] not in "@!"} - known
    if missing:
        raise SystemExit(f"No record for {sorted(missing)}.")
    kinds = {}
    for word, offsets in senses.items():
        if not word.isalpha() or len(word) < 3:
            continue
        is_name = parents[offsets[0]][1]
        kind = _climb(offsets[0], anchors, parents)
        if kind and not is_name:
            kinds[word] = kind
    return kinds


def _anchors(senses: dict[str, list[str]]) -> dict[str, str]:
    anchors = {}
    for key, kind in ANCHORS.items():
        word, _, number = key.rpartition(":")
        anchors[senses[word][int(number) - 1]] = kind
    return anchors


def _climb(offset: str, anchors: dict[str, str], parents: dict[str, tuple[list[str], bool]]) -> str:
    level = [offset]
    while level:
        for at in level:
            if at in anchors:
                return anchors[at]
        level = list(dict.fromkeys(up for at in level for up in parents[at][0]))
    return ""


def _drawable() -> set[str]:
    kinds = set()
    for name in ("subjects.tsv", "outfits.tsv"):
        lines = (STORYBOARD / name).read_text(encoding="utf-8").splitlines()
        kinds |= {line.split("\t")[0] for line in lines if line and not line.startswith("#")}
    places = json.loads((STORYBOARD / "lexicon.json").read_text(encoding="utf-8"))["place"]
    return kinds | {f"@{place}" for place in places}


def _exceptions(path: Path) -> str:
    pairs = (line.split()[:2] for line in path.read_text(encoding="utf-8").splitlines())
    return "".join(f"{form} {base}\n" for form, base in pairs if form.isalpha() and base.isalpha())


if __name__ == "__main__":
    main()
