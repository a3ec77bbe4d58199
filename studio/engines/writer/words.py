"""What single words are: classes of nouns, names and their gender, genres, times and weathers."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass

from studio.media.assets import asset_path

FEMALE_NOUNS = frozenset(
    "woman girl mother mom mum grandmother grandma granny daughter sister aunt niece wife widow bride queen princess "
    "empress actress waitress lady witch sorceress nun ballerina heroine goddess mermaid hen mare cow ewe lioness "
    "schoolgirl fisherwoman policewoman postwoman businesswoman housewife maid midwife duchess countess stewardess "
    "cowgirl granddaughter girlfriend seamstress nurse".split()
)  # fmt: skip
MALE_NOUNS = frozenset(
    "man boy father dad grandfather grandpa granddad son brother uncle nephew husband widower groom king prince "
    "emperor actor waiter gentleman wizard sorcerer monk priest knight lord duke count fisherman policeman postman "
    "mailman businessman fireman cowboy schoolboy grandson boyfriend rooster bull stallion samurai guy fellow chap "
    "salesman watchman gladiator sheriff pharaoh viking".split()
)  # fmt: skip
FEMALE_NAMES = frozenset(
    "maria mary anna anne ann emma emily sarah sara laura lucy lily rose eve eva ella ellen elena elsa alice amy amelia "
    "ava mia nora clara claire chloe zoe sophie sofia sophia olivia isabel isabella julia julie juliet kate katie kathy "
    "karen linda lisa luna lena leila layla maya mira nina nadia naomi olga petra priya rachel rebecca rosa ruby ruth "
    "sally samantha sandra susan tara tina vera victoria violet wendy yuki hana aisha fatima amina ines greta hannah "
    "helen holly ida irene iris ivy jane janet jasmine jenny jessica joan josephine joy margaret marta martha matilda "
    "megan melissa miriam molly nancy natalie penny phoebe polly rosie sadie stella tess theresa tilly ursula abigail "
    "agnes beatrice bella bertha betty carla carmen caroline catherine charlotte cleopatra dora dorothy elizabeth edith "
    "esther fiona florence frida gloria grace mei ling sakura yasmin zara carol diana freya ingrid astrid lucia camila "
    "valentina paula pilar dolores joana beatriz giulia chiara francesca noor leah madison harper evelyn lila elise lotte lotta heidi johanna hilda anneke saskia "
    "elif aylin leyla zeynep svetlana tatiana irina katya sonja tanya wilma ilse gerda renate lupe rosalia aoife siobhan niamh bridget "
    "maeve priyanka anjali divya deepa lakshmi amara ngozi adaeze wanjiru akiko haruka keiko yumi michiko naoko linh thuy marta ilaria "
    "mina samira salma rania soraya zainab khadija sunita meera kavita indira padma thandi lerato naledi abena efua danica milena zuzana".split()
)  # fmt: skip
MALE_NAMES = frozenset(
    "john james peter paul tom thomas tim timothy bob robert bill william will jack jake jacob joe joseph sam samuel ben "
    "benjamin dan daniel david max leo leon liam luke lucas louis marco mario mark martin matt matthew michael mike miles "
    "nick nicholas noah oliver omar oscar otto pablo pedro phil philip ralph ray richard rick rob roger ron ryan scott "
    "simon stan stephen steve steven theo toby tony victor vincent walter adam alan albert alex alexander ali andrew andy "
    "anton antonio arthur ahmed hassan ibrahim bruno carl carlos charles charlie chris christopher diego dmitri eddie "
    "edgar edward elias eric ethan felix finn frank fred frederick gabriel george gus hans harold harry henry hiroshi "
    "hugo ian igor isaac ivan jan jason javier jim jimmy jonas jorge jose juan julian karl kenji kevin kurt larry "
    "lars lewis mateo mohammed muhammad nathan neil nigel olaf patrick pierre raj rajesh rashid ravi romeo samir sean "
    "sebastian sergei stefan sven takeshi tariq ted viktor vlad wolfgang yusuf zack caesar napoleon einstein milo "
    "arjun kofi kwame jamal malik mustafa giovanni luca matteo paolo enzo emil axel bjorn erik gustav dennis ernest "
    "earl clarence stanley hamlet odin thor buddy rex karim timo pavel ilya bram lukas jakob anders nils lasse mikkel henrik "
    "johan klaus dieter jurgen werner boris oleg yuri mikhail nikolai vasily emre mehmet kemal hamid reza farid nabil youssef tomas "
    "miguel andres rafael fernando joaquin thiago joao sanjay vikram amit rohan anil chidi emeka tunde sipho haruto kaito satoshi "
    "akira minh seamus declan ronan angus callum hamish ewan gareth "
    "khalid bilal idris tarek amir faisal kwesi kojo thabo tendai sizwe kenta arun suresh mohan zoran goran nikola andrei mihai laszlo "
    "istvan piotr pawel jakub wojtek soren aksel sigurd einar".split()
)  # fmt: skip
ROBOTS = frozenset("robot android cyborg droid ai rover".split())
CREATURES = frozenset(
    "dragon ghost spirit monster giant troll ogre elf fairy gnome dwarf goblin vampire werewolf zombie mermaid unicorn "
    "alien extraterrestrial angel demon devil witch wizard phoenix yeti snowman scarecrow skeleton mummy genie kraken "
    "snowwoman gargoyle golem puppet doll teddy beast".split()
)  # fmt: skip
HUMANLIKE = frozenset(
    "witch wizard sorcerer fairy elf mermaid vampire angel genie giant superhero dwarf gnome devil".split()
)
#: Corrections of the compiled table, where its commonest sense is not the one films mean.
CLASSES = {
    "line": "x", "armour": "t", "armor": "t",     "radio": "t", "globe": "t", "television": "t", "tv": "t", "toaster": "t", "printer": "t", "satnav": "t", "hippo": "a", "badger": "a", "mole": "a", "skunk": "a", "canary": "a", "ostrich": "a", "emu": "a", "chameleon": "a",
    "scorpion": "a", "wasp": "a", "slug": "a", "shrimp": "a", "alpaca": "a", "donkey": "a", "yak": "a", "sloth": "a",
    "weasel": "a", "bunny": "a", "commuter": "p", "queen": "p", "kid": "p", "fan": "p", "star": "o", "knight": "p", "caravan": "v", "cook": "p", "guard": "p", "rover": "t",
    "twin": "p", "crew": "g", "team": "g", "band": "g", "couple": "g", "family": "g", "army": "g", "seal": "a",
    "kitten": "a", "puppy": "a", "stranger": "p", "heron": "a", "crane": "a", "turkey": "a", "chicken": "a",
    "barista": "p", "astronaut": "p", "samurai": "p", "ninja": "p", "pilot": "p", "egg": "t", "letter": "t",
    "message": "t", "song": "x", "map": "t", "diary": "t", "photo": "t", "photograph": "t", "note": "t", "book": "t",
    "journal": "t", "recipe": "t", "manuscript": "t", "postcard": "t", "lamb": "a", "duck": "a", "goose": "a",
    "sibling": "p", "friend": "p", "crowd": "g", "class": "g", "orchestra": "g", "people": "p", "police": "g",
    "village": "gP", "island": "oP", "sun": "o", "shadow": "x", "tree": "n", "flower": "n", "seed": "n", "moon": "oP",
    "lion": "a", "tiger": "a", "wolf": "a", "fox": "a", "bear": "a", "mouse": "a", "rat": "a", "cat": "a", "worm": "a",
    "dinosaur": "a", "pack": "g", "fair": "e", "festival": "e", "volunteer": "p", "operator": "p", "youngest": "p", "eldest": "p", "oldest": "p", "kite": "t", "wing": "t", "chess": "x", "scribe": "p", "sweep": "p", "beaver": "a", "scarab": "t", "rainforest": "oP", "colossus": "t", "sphinx": "t", "opera": "tP", "pool": "tP", "bookshop": "tP", "bookstore": "tP", "photocopier": "t", "newsstand": "tP", "referee": "p", "enemy": "p", "alien": "p", "hostage": "p", "patient": "p", "opponent": "p", "ally": "p", "human": "p", "baby": "p", "toddler": "p", "teenager": "p", "teen": "p", "bully": "p",
    "rival": "p", "neighbour": "p", "neighbor": "p", "goalkeeper": "p", "drone": "t", "machine": "t", "beekeeper": "p",
    "clockmaker": "p", "toymaker": "p", "supermarket": "tP", "world": "oP", "earth": "oP", "mars": "oP", "planet": "oP",
    "snow": "w", "rain": "w", "storm": "w", "fog": "w", "wind": "w", "internet": "x", "smartphone": "t", "phone": "t",
    "backpack": "t", "headphones": "t", "sneaker": "t", "app": "t", "software": "t", "coffee": "f", "fireman": "p",
    "postman": "p", "mailman": "p", "superhero": "p", "firefighter": "p", "playground": "lP", "treehouse": "tP",
    "spaceship": "v", "starship": "v", "spacecraft": "v", "widower": "p", "orphan": "p", "owl": "a", "hen": "a",
    "pup": "a", "calf": "a", "cub": "a", "foal": "a", "fawn": "a", "chick": "a", "duckling": "a", "piglet": "a",
    "kingfisher": "a", "turtle": "a", "cashier": "p", "intern": "p", "boss": "p", "bride": "p", "groom": "p", "chef": "p",
    "nurse": "p", "maid": "p", "ranger": "p", "surfer": "p", "captain": "p", "crab": "a", "lobster": "a", "prince": "p",
    "climber": "p", "van": "v", "founder": "p", "hammock": "t", "agent": "p", "cabbie": "p", "mum": "p", "tanner": "p", "ronin": "p", "gull": "a", "lynx": "a", "albatross": "a", "doe": "a", "tuna": "a", "manta": "a",
    "quarry": "oP", "mug": "t", "landing": "x", "cleaner": "p", "elevator": "tP", "lift": "tP", "closet": "tP", "wardrobe": "tP", "sandwich": "f", "monkey": "a", "parrot": "a", "whale": "a", "penguin": "a", "hamster": "a", "clown": "p",
}  # fmt: skip
#: Nouns that the table calls places and no film does.
NOT_PLACES = frozenset(
    "front end outside inside top bottom side back middle center centre way line point part place world bed head face hand box table "
    "chair desk shelf door window wall key head country home area position track mark corner edge floor roof turn "
    "left right past night day morning evening thing pair set board post stand level stage course space target bench "
    "book bag pocket cup bottle pot star sun tree flower rose goal base spot heart body eye mouth nose ground earth "
    "air light street-lamp lamp bar key bank-note note lead cover step first last second source pass case bell court "
    "landing crossing race hole grave piece pile clock hall-clock life death dead past future middle-age fire fence mirror building other".split()
) - {"world", "earth", "street", "court", "stage", "space"}  # fmt: skip
TIMES = {
    "dawn": "dawn", "sunrise": "dawn", "daybreak": "dawn", "morning": "dawn", "noon": "day", "midday": "day",
    "afternoon": "day", "daytime": "day", "sunset": "golden hour", "dusk": "dusk", "twilight": "dusk",
    "evening": "dusk", "night": "night", "midnight": "night", "nightfall": "night", "moonlight": "night",
    "moonlit": "night", "candlelight": "night", "starlight": "night", "nighttime": "night", "tonight": "night",
}  # fmt: skip
WEATHERS = {
    "rain": "rain", "rainy": "rain", "raining": "rain", "rainstorm": "storm", "storm": "storm", "stormy": "storm",
    "thunderstorm": "storm", "thunder": "storm", "hurricane": "storm", "lightning": "storm", "tempest": "storm",
    "snow": "snow", "snowy": "snow", "snowing": "snow", "blizzard": "snow", "winter": "snow", "snowstorm": "snow",
    "fog": "fog", "foggy": "fog", "mist": "fog", "misty": "fog", "wind": "wind", "windy": "wind", "gale": "wind",
    "downpour": "rain", "drizzle": "rain", "monsoon": "rain", "squall": "storm", "rains": "rain",
}  # fmt: skip
DARK_WORDS = frozenset(
    "horror scary creepy spooky dark thriller nightmare murder killer murderer haunted haunting ghost demon zombie "
    "vampire werewolf terror terrifying sinister cursed evil possessed serial slasher noir asylum "
    "apocalypse apocalyptic".split()
)  # fmt: skip
BRIGHT_WORDS = frozenset(
    "comedy funny bedtime fairy tale cute happy cheerful joyful cartoon heartwarming "
    "romantic romance musical whimsical feel-good feelgood silly hilarious".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordTable:
    """Classes of 77,000 English words, compiled from WordNet by ``scripts/build_word_classes.py``."""

    codes: dict[str, str]

    def code(self, word: str) -> str:
        """Codes of the word or of its singular; empty if it is unknown."""
        word = word.lower()
        for form in (word, *singulars(word)):
            if form in CLASSES:
                return CLASSES[form]
            if form in self.codes:
                return self.codes[form]
        return ""

    def is_known(self, word: str) -> bool:
        """True for an English word in any usual form."""
        word = word.lower().strip("'’")
        forms = [word, *singulars(word), *_base_forms(word)]
        return any(form in CLASSES or form in self.codes for form in forms)

    def _code_of_last_part(self, noun: str) -> str:
        """The code of ``phone`` for ``payphone``; empty if the noun is not made of two words, or names no thing."""
        for cut in range(3, len(noun) - 3):
            code = CLASSES.get(noun[cut:]) or self.codes.get(noun[cut:], "")
            if code[:1] in ("t", "v") and noun[:cut] in self.codes:
                return code
        return ""

    def is_verb(self, word: str) -> bool:
        return "V" in self.codes.get(word, "")

    def is_place(self, noun: str) -> bool:
        return noun.lower() not in NOT_PLACES and "P" in self.code(noun)

    def kind(self, noun: str) -> str:
        """``person, animal, robot, creature, group, place, thing, plant, food, weather`` or ``abstract``."""
        if name_gender(noun) and noun[:1].isupper() and len(noun.split()) == 1 and noun.lower() not in self.codes:
            return "person"
        noun = noun.lower()
        single = next((form for form in (noun, *singulars(noun)) if form in ROBOTS | CREATURES), noun)
        if single in ROBOTS:
            return "robot"
        if single in CREATURES:
            return "creature"
        code = self.code(noun) or self._code_of_last_part(single)
        if not code and single.endswith(("bird", "fish", "hound", "bear", "whale", "cat")):
            return "animal"
        if not code and _PERSON_ENDING.search(single if single != noun else (singulars(noun) or (noun,))[0]):
            return "person"
        if self.is_place(noun) and code[:1] not in ("p", "M", "W", "a"):
            return "place"
        kinds = {
            "p": "person", "M": "person", "W": "person", "a": "animal", "c": "creature", "g": "group", "t": "thing",
            "v": "thing", "n": "plant", "f": "food", "w": "weather", "o": "thing", "b": "thing", "s": "thing",
        }  # fmt: skip
        return kinds.get(code[:1], "abstract")


_PERSON_ENDING = re.compile(
    r"(?:woman|man|keeper|maker|master|smith|wright|person|girl|boy|father|mother|er|or|ist|ian|eer)$"
)


def read_word_table() -> WordTable:
    """Unpack the table (30 ms)."""
    packed = asset_path("third_party/wordnet-nouns/classes.txt.gz").read_bytes()
    rows = (row.split("\t") for row in gzip.decompress(packed).decode("ascii").splitlines())
    return WordTable({row[0]: row[1] for row in rows})


_IRREGULAR_PLURALS = {
    "men": "man", "women": "woman", "children": "child", "mice": "mouse", "geese": "goose", "wolves": "wolf",
    "knives": "knife", "thieves": "thief", "elves": "elf", "dwarves": "dwarf", "leaves": "leaf", "lives": "life",
    "wives": "wife", "people": "person", "feet": "foot", "teeth": "tooth", "oxen": "ox", "loaves": "loaf",
    "shelves": "shelf", "fishermen": "fisherman", "firemen": "fireman", "policemen": "policeman",
}  # fmt: skip


#: What ends like ``men`` and is one.
NO_PLURALS = frozenset("ramen amen omen specimen abdomen stamen semen regimen acumen cyclamen yemen bitumen".split())


def singulars(word: str) -> tuple[str, ...]:
    """Forms that ``word`` may be the plural of."""
    if word in _IRREGULAR_PLURALS:
        return (_IRREGULAR_PLURALS[word],)
    if word.endswith("men") and word not in NO_PLURALS:
        return (word[:-3] + "man",)
    if not word.endswith("s") or word.endswith("ss"):
        return ()
    forms = [word[:-1]]
    if word.endswith("ies"):
        forms.insert(0, word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    return tuple(forms)


def _base_forms(word: str) -> list[str]:
    forms = []
    for ending in ("ing", "ed", "er", "est", "ly", "'s", "d", "n't", "'ll", "'re"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            forms += [stem, stem + "e", stem.removesuffix(stem[-1]), stem + "y", stem.removesuffix("i") + "y"]
    return [form for form in forms if form]


def name_gender(name: str) -> str:
    """``male`` or ``female`` by a first name; empty if it is not known."""
    first = name.lower().split()
    if not first:
        return ""
    if first[0].rstrip(".") in (
        "mr",
        "sir",
        "lord",
        "uncle",
        "king",
        "prince",
        "father",
        "brother",
        "grandpa",
    ):
        return "male"
    if first[0].rstrip(".") in (
        "mrs",
        "ms",
        "miss",
        "lady",
        "aunt",
        "queen",
        "princess",
        "sister",
        "grandma",
        "mother",
    ):
        return "female"
    for word in first:
        if word in FEMALE_NAMES:
            return "female"
        if word in MALE_NAMES:
            return "male"
    return ""
