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
    ("winding_stair", word_set("tower"), word_set("spiral winding staircase stairwell stair stairs steps"), word_set("clock bell")),
    ("submarine", word_set("spaceship"), word_set("submarine sub"), frozenset()),
    ("observatory", word_set("laboratory"), word_set("observatory planetarium"), frozenset()),
    ("corridor", _INDOORS, word_set("corridor hallway passageway passage gangway"), frozenset()),
    ("lift", _INDOORS, word_set("lift elevator"), frozenset()),
    ("staircase", word_set("room hall school hotel office theatre"), word_set(_STEPS), frozenset()),
    ("museum", word_set("gallery"), word_set("museum dinosaur fossil skeleton"), frozenset()),
    ("tunnel", word_set("cave railway road cellar"), word_set("tunnel mine mineshaft shaft sewer drain"), frozenset()),
    ("greenhouse", word_set("garden"), word_set("greenhouse conservatory hothouse orangery glasshouse glass"), frozenset()),
    (
        "compartment",
        word_set("railway"),
        word_set("compartment carriage wagon sleeper coach train"),
        word_set("platform station track tracks yard rails subway"),
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
    ("underground", word_set("railway"), word_set("subway metro underground tube"), word_set("carriage compartment")),
    ("platform", word_set("railway"), word_set("platform station"), frozenset()),
    ("viaduct", word_set("bridge"), word_set("viaduct aqueduct railway train"), frozenset()),
    ("hanging_bridge", word_set("bridge"), word_set("suspension hanging golden"), frozenset()),
    ("dam", word_set("lake"), word_set("dam"), frozenset()),
    ("canal", word_set("river city street town"), word_set("canal canals venice venetian"), word_set("boat barge")),
    ("forge", word_set("workshop"), word_set("forge smithy smith blacksmith"), frozenset()),
    ("barn", word_set("workshop"), word_set("barn stable hayloft cowshed"), frozenset()),
    ("bakery", word_set("kitchen"), word_set("bakery bakehouse baker patisserie bread"), frozenset()),
    ("nightclub", word_set("cafe"), word_set("nightclub disco discotheque"), frozenset()),
    ("bar", word_set("cafe"), word_set("bar pub tavern saloon taproom barroom jazz"), frozenset()),
    ("barber", word_set("shop"), word_set("barber barbershop hairdresser hair salon"), frozenset()),
    ("laundry", word_set("shop"), word_set("laundry laundromat launderette laundrette"), frozenset()),
    ("supermarket", word_set("shop"), word_set("supermarket grocery hypermarket convenience"), frozenset()),
    ("vineyard", word_set("farm"), word_set("vineyard vine vines"), frozenset()),
    ("orchard", word_set("farm"), word_set("orchard grove"), frozenset()),
    ("flower_rows", word_set("meadow"), word_set("lavender tulip sunflower"), frozenset()),
    ("bamboo", word_set("jungle"), word_set("bamboo"), frozenset()),
    ("crane_port", word_set("harbour"), word_set("crane cranes container cargo"), frozenset()),
    ("motorway", word_set("road"), word_set("motorway highway freeway interchange"), word_set("desert route old dusty")),
    ("rink", word_set("stadium"), word_set("rink ice hockey"), frozenset()),
    ("playground", word_set("park"), word_set("playground schoolyard school"), frozenset()),
    ("car_park", word_set("factory"), word_set("parking garage park"), frozenset()),
    ("balcony", word_set("rooftop"), word_set("balcony loggia veranda"), frozenset()),
    ("volcano", word_set("mountains"), word_set("volcano lava"), frozenset()),
    ("courtroom", word_set("hall"), word_set("court courtroom"), frozenset()),
    ("hotel_lobby", word_set("hall"), word_set("lobby foyer reception"), frozenset()),
    ("gym", word_set("stadium"), word_set("gym gymnasium"), frozenset()),
    ("bowling", word_set("stadium"), word_set("bowling"), frozenset()),
    ("restaurant", word_set("cafe"), word_set("restaurant bistro trattoria pizzeria brasserie"), frozenset()),
    ("bathroom", word_set("room"), word_set("bathroom washroom shower bath"), frozenset()),
    ("flower_shop", word_set("shop"), word_set("flower florist"), frozenset()),
    ("pharmacy", word_set("shop"), word_set("pharmacy apothecary chemist"), frozenset()),
    ("funfair", word_set("market"), word_set("funfair fairground carnival amusement"), frozenset()),
    ("camp", word_set("forest"), word_set("campsite camp camping"), frozenset()),
    ("ski_slope", word_set("snowfield"), word_set("ski piste"), frozenset()),
    ("zoo", word_set("park"), word_set("zoo"), frozenset()),
    ("tree_house", word_set("forest"), word_set("treehouse house"), frozenset()),
    ("rock_face", word_set("mountains"), word_set("face wall"), word_set("foot below")),
    ("petrol_station", word_set("street"), word_set("petrol gas filling"), frozenset()),
    ("fire_station", word_set("street"), word_set("fire"), word_set("escape")),
    ("bus_stop", word_set("street"), word_set("bus tram"), frozenset()),
    ("race_track", word_set("road"), word_set("race racetrack racing circuit"), frozenset()),
    ("ship_deck", word_set("sea"), word_set("deck"), frozenset()),
    ("cloister", word_set("church_interior"), word_set("cloister"), frozenset()),
    ("maze", word_set("garden"), word_set("maze labyrinth"), frozenset()),
    ("cornfield", word_set("farm"), word_set("corn cornfield maize"), frozenset()),
    ("igloo", word_set("cave"), word_set("igloo"), frozenset()),
    ("western_town", word_set("town desert street"), word_set("western west frontier"), frozenset()),
    ("hot_spring", word_set("lake"), word_set("hot thermal onsen"), frozenset()),
    ("coral_reef", word_set("underwater"), word_set("coral reef"), frozenset()),
    ("crystal_cave", word_set("cave"), word_set("crystal crystals gem gems amethyst"), frozenset()),
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
    return name != "frozen_lake" or kind != "snowfield" or bool(own & {"lake", "pond"})


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
