"""What a place is called decides which face of its kind is painted: ``room`` and ``corridor``, ``shore`` and ``cliff``."""

from __future__ import annotations

from studio.engines.storyboard.words.english import word_set

_INDOORS = word_set(
    "room hospital school office hall prison factory spaceship castle theatre laboratory church_interior gallery "
    "cellar shop cafe kitchen bedroom tower"
)
_COAST = word_set("shore sea")
_STEPS = "staircase stairwell stair stairs steps landing"

_VARIANTS: tuple[tuple[str, frozenset[str], frozenset[str], frozenset[str]], ...] = (
    ("corridor", _INDOORS, word_set("corridor hallway passageway passage gangway"), frozenset()),
    ("lift", _INDOORS, word_set("lift elevator"), frozenset()),
    ("staircase", word_set("room hall school hotel office theatre"), word_set(_STEPS), frozenset()),
    ("museum", word_set("gallery"), word_set("museum dinosaur fossil skeleton"), frozenset()),
    ("tunnel", word_set("cave railway road cellar"), word_set("tunnel mine mineshaft shaft sewer drain"), frozenset()),
    ("greenhouse", word_set("garden"), word_set("greenhouse conservatory hothouse orangery glasshouse glass"), frozenset()),
    (
        "compartment",
        word_set("railway"),
        word_set("compartment carriage wagon sleeper coach"),
        word_set("platform station track yard"),
    ),
    ("cockpit", word_set("spaceship sky"), word_set("cockpit"), word_set("spaceship starship spacecraft space shuttle")),
    ("cliff_path", _COAST | word_set("mountains hills road desert"), word_set("cliff clifftop headland promontory cape"), word_set("face foot below wall under")),
    ("pebble_beach", _COAST, word_set("pebble pebbles shingle pebbly stony"), frozenset()),
    ("tropical_beach", _COAST, word_set("tropical palm lagoon coral caribbean hawaii coconut paradise"), frozenset()),
    ("rocky_shore", _COAST, word_set("rocky rock rocks pool breakwater skerry reef"), frozenset()),
    ("sea_dunes", word_set("shore"), word_set("dune dunes"), frozenset()),
    ("pier", word_set("harbour shore sea"), word_set("pier jetty"), frozenset()),
    ("frozen_lake", word_set("lake river snowfield"), word_set("frozen ice icy"), word_set("sheet floe field cap waste plain")),
    ("fjord", word_set("lake"), word_set("fjord"), frozenset()),
    ("pond", word_set("lake"), word_set("pond lily millpond"), frozenset()),
    ("mangroves", word_set("swamp"), word_set("mangrove mangroves everglades"), frozenset()),
)  # fmt: skip
"""Variant, kinds of place it belongs to, words of which one must be in the name, words that forbid it."""


def variant_of(kind: str, place_key: str) -> str:
    """The variant of ``kind`` that the name ``place_key`` asks for, or ``kind`` itself.

    What the place merely lies near (``the harbour below the cliff``) does not count.
    """
    words = place_key.replace("-", " ").split()
    if kind == "desert" and _SANDS & set(words) and _BY_THE_SEA & set(words):
        return "sea_dunes"
    end = next((at for at, word in enumerate(words) if at and word in _APART), len(words))
    own = set(words[:end])
    for name, kinds, said, unsaid in _VARIANTS:
        if kind in kinds and own & said and not own & unsaid and _fits(name, kind, own):
            return name
    return kind


def _fits(name: str, kind: str, own: set[str]) -> bool:
    if name == "cliff_path" and kind not in _COAST:
        return bool(own & _BY_THE_SEA)
    return kind != "snowfield" or bool(own & {"lake", "pond"})


_APART = word_set(
    "below under beneath behind beside near by above beyond with between from toward towards past outside opposite"
)
_SANDS = word_set("dune dunes sand")
_BY_THE_SEA = word_set("sea ocean coast coastal shore beach bay clifftop headland")


def naming_words() -> frozenset[str]:
    """Words that belong to the name of a place because they change how it looks."""
    return _HOUSES.union(*(said for _, _, said, _ in _VARIANTS))


_HOUSES = word_set(
    "school hospital hotel ship prison castle office house train railway subway metro stone sand wine coal sea"
)
