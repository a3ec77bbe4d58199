"""Compile the word table of the story writer from WordNet 3.0 into ``assets/third_party/wordnet-nouns``.

Run once by a developer on a Debian machine: ``python scripts/build_word_classes.py``. The words come from the
pinned package ``wordnet-base``; the result is the same on every machine.

Every line of ``classes.txt.gz`` is ``word<TAB>codes``. The first code of a noun is the class of its
commonest sense (see ``LEXICOGRAPHER_CODES``), ``P`` follows if one of its two commonest senses is a place,
``V``, ``A`` and ``R`` say that the word is a verb, an adjective or an adverb.
"""

from __future__ import annotations

import gzip
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

PACKAGE = "wordnet-base=1:3.0-37"
CREDITS = f"""Word classes compiled from WordNet 3.0 (Princeton University), see LICENSE.
Source: Debian package {PACKAGE}; made by scripts/build_word_classes.py.
"""
#: Lexicographer file number of a noun sense (lexnames(5WN)) and our letter for it.
LEXICOGRAPHER_CODES = {
    5: "a", 18: "p", 6: "t", 15: "l", 17: "o", 20: "n", 13: "f", 8: "b", 27: "s", 14: "g", 28: "h",
    11: "e", 19: "w", 12: "q",
}  # fmt: skip
#: Ancestors that mark a narrower class, by one of their words.
NARROW = {"bird": "a", "woman": "W", "man": "M", "vehicle": "v", "spiritual_being": "c"}
PLACE_ANCESTORS = {
    "building", "room", "area", "way", "geological_formation", "body_of_water", "region", "land", "structure",
    "housing", "establishment", "facility", "location", "shop", "garden", "vegetation", "celestial_body",
}  # fmt: skip
NOT_PLACES = {"building_material", "barrier", "supporting_structure"}


def main() -> None:
    """Download the package, compile the table, write it beside its licence and credits."""
    target = Path(__file__).resolve().parent.parent / "assets" / "third_party" / "wordnet-nouns"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", PACKAGE], cwd=folder, check=True)
        package = next(Path(folder).glob("*.deb"))
        subprocess.run(["dpkg", "-x", str(package), folder], check=True)
        lines = compile_table(Path(folder) / "usr/share/wordnet")
        copyright_text = (Path(folder) / "usr/share/doc/wordnet-base/copyright").read_text("utf-8")
    packed = gzip.compress("\n".join(lines).encode(), mtime=0)
    (target / "classes.txt.gz").write_bytes(packed)
    (target / "LICENSE").write_text(licence(copyright_text), encoding="utf-8")
    (target / "CREDITS").write_text(CREDITS, encoding="utf-8")


def licence(copyright_text: str) -> str:
    """The WordNet licence out of the Debian copyright file."""
    start = copyright_text.index("Copyright: ")
    text = copyright_text[start : copyright_text.index("Files: debian")]
    return "\n".join(line.strip() if line.strip() != "." else "" for line in text.splitlines()) + "\n"


def compile_table(folder: Path) -> list[str]:
    """Lines ``word<TAB>codes``, sorted."""
    senses, parents, words_of = read_nouns(folder / "data.noun")
    codes: dict[str, str] = {}
    for word, offsets in read_index(folder / "index.noun").items():
        if is_plain(word):
            codes[word] = noun_code(offsets, senses, parents, words_of)
    extra: dict[str, str] = defaultdict(str)
    for part, letter in (("verb", "V"), ("adj", "A"), ("adv", "R")):
        for word in read_index(folder / f"index.{part}"):
            if is_plain(word):
                extra[word] += letter
    return [f"{word}\t{codes.get(word, '')}{extra.get(word, '')}" for word in sorted({*codes, *extra})]


def is_plain(word: str) -> bool:
    """True for one word of ASCII letters."""
    return word.isascii() and word.isalpha()


def read_index(path: Path) -> dict[str, list[str]]:
    """Lemma to synset offsets, commonest first."""
    index = {}
    for line in path.read_text("ascii").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            count = int(fields[2])
            index[fields[0]] = fields[-count:]
    return index


def read_nouns(path: Path) -> tuple[dict[str, int], dict[str, list[str]], dict[str, list[str]]]:
    """Lexicographer file, hypernyms (not of instances) and words of every noun synset."""
    lex: dict[str, int] = {}
    parents: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        offset, count = fields[0], int(fields[3], 16)
        lex[offset] = int(fields[1])
        words[offset] = [fields[4 + 2 * i].lower() for i in range(count)]
        pointers = fields[4 + 2 * count + 1 :]
        parents[offset] = [pointers[i + 1] for i in range(0, len(pointers) - 3, 4) if pointers[i] in ("@", "@i")]
    return lex, parents, words


def noun_code(
    offsets: list[str], lex: dict[str, int], parents: dict[str, list[str]], words: dict[str, list[str]]
) -> str:
    """Class letter of the commonest sense, narrowed, and ``P`` if it is a place."""
    first = ancestors(offsets[0], parents, words)
    code = LEXICOGRAPHER_CODES.get(lex[offsets[0]], "x")
    is_pelt_or_meat = code == "f" or bool(first & {"fur", "animal_skin", "meat", "leather"})
    if is_pelt_or_meat and any(lex[offset] == 5 for offset in offsets[1:3]):
        return "a"
    for ancestor, letter in NARROW.items():
        if ancestor in first and code in ("p", "t", "x"):
            code = letter
    for offset in offsets[:2]:
        line = ancestors(offset, parents, words)
        if lex[offset] in (6, 15, 17) and line & PLACE_ANCESTORS and not line & NOT_PLACES:
            return code + "P"
    return code


def ancestors(offset: str, parents: dict[str, list[str]], words: dict[str, list[str]]) -> set[str]:
    """Words of the synset and of everything above it."""
    found: set[str] = set()
    waiting, seen = [offset], set()
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            found.update(words.get(here, ()))
            waiting.extend(parents.get(here, ()))
    return found


if __name__ == "__main__":
    main()
