"""Words of people and animals, and what those of whom a story tells nothing may wear."""

from __future__ import annotations

import re

from studio.planning.language import word_set

FEMALE = word_set(
    "woman girl lady queen princess mother mum mom grandmother grandma granny daughter sister aunt wife bride "
    "widow witch actress waitress ballerina nun heroine empress priestess goddess niece mermaid duchess nurse "
    "seamstress fisherwoman policewoman businesswoman stewardess countess maid mrs ms miss"
)
MALE = word_set(
    "man boy gentleman king prince father dad grandfather grandpa son brother uncle husband groom widower "
    "wizard actor waiter monk hero emperor priest god nephew fisherman duke businessman policeman fireman "
    "craftsman lad guy knight blacksmith lumberjack count sir mr old-timer"
)
FEMALE_NAMES = word_set(
    "alice agnes amy ann anne astrid beatrice carmen chloe claire doris elin elizabeth ellen emily esther eve "
    "evelyn freya grace hannah heidi helen ingrid irene iris isabel jane jasmine jill joan joy june karen "
    "kate katherine lily lucy margaret marie mary may mei megan meg molly nell noor pearl rachel rose "
    "rosemary ruth sarah sally soo sue susan violet vivian wendy yuki zoe abigail charlotte juliet miriam "
    "naomi fatima aisha priya"
)
MALE_NAMES = word_set(
    "luca joshua elijah noah ezra micah jonah nikita sasha andrea adam ahmed alan albert alex alexander amir "
    "andrew anton arthur ben benjamin bob carl carlos charles chris daniel david diego edward eric erik ethan "
    "felix finn frank fred george hans harry henry hiro hugo ivan jack jacob james jan jim joe john jonas "
    "jose karl ken leo liam lars louis lucas marco mark martin matteo max michael miguel mike milo mohammed "
    "nick oliver omar oscar otto pablo paul pedro peter raj ravi robert sam samuel simon sven theo thomas tim "
    "tom tomas victor walter will william yusuf jorge marek stefan"
)
CHILD = word_set("girl boy child kid toddler orphan son daughter lad pupil schoolboy schoolgirl grandson granddaughter")
PEOPLE = word_set(
    "person figure stranger traveller traveler hero heroine child kid orphan baby toddler teenager adult "
    "keeper captain sailor pirate astronaut detective thief soldier guard scholar student pupil scientist "
    "doctor nurse surgeon chef cook baker farmer shepherd miner hunter musician violinist pianist guitarist "
    "cellist artist painter sculptor poet writer author teacher professor monk nun priest wizard witch ghost "
    "knight archer warrior viking samurai ninja cowboy rider driver pilot engineer mechanic inventor "
    "clockmaker watchmaker carpenter blacksmith tailor potter merchant trader king queen prince princess "
    "dancer ballerina singer clown acrobat magician postman barber gardener librarian journalist photographer "
    "judge lawyer boss friend neighbour neighbor villager refugee beggar spy agent cousin parent grandparent "
    "twin bride groom narrator elder chief president hermit pilgrim nomad passenger archaeologist historian "
    "explorer climber diver swimmer runner boxer fisher ferryman villain ranger conductor"
)
ROLE_ENDING = re.compile(
    r"(?:man|woman|person|maker|keeper|seller|smith|ist|ologist|ician|eer|herd|monger|wright|ess)$"
)

WARDROBE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"fisher\w*|ferryman",
        ("a yellow raincoat and a dark knitted cap", "a navy oilskin coat and rubber boots"),
    ),
    (r"keeper", ("a dark blue coat and a peaked cap", "a heavy grey coat and a woollen scarf")),
    (r"sailor|captain|skipper", ("a navy blue coat with brass buttons", "a striped shirt and a white cap")),
    (r"pirate", ("a long red coat and a black tricorn hat", "a black coat and a red headscarf")),
    (
        r"astronaut|cosmonaut",
        ("a white space suit with orange stripes", "a white space suit with a gold visor"),
    ),
    (r"detective|spy|agent", ("a beige trench coat and a grey hat", "a long black coat and a black hat")),
    (r"thief|burglar", ("a black hooded coat", "a dark jacket and a grey cap")),
    (r"soldier|guard", ("a green uniform and a helmet", "a grey uniform and tall black boots")),
    (
        r"scientist|doctor|surgeon|professor|inventor|chemist",
        ("a white coat and round glasses", "a white coat over a green shirt"),
    ),
    (r"nurse", ("a white uniform and a blue cape",)),
    (r"chef|cook|baker", ("a white apron and a tall white hat", "a white apron over a striped shirt")),
    (
        r"farmer|shepherd|gardener|miner",
        ("blue overalls and a straw hat", "a brown waistcoat and a straw hat"),
    ),
    (r"monk|priest|hermit|pilgrim", ("a brown hooded robe", "a long dark orange robe")),
    (r"nun|priestess", ("a long black habit with a white collar",)),
    (
        r"wizard|magician|sorcerer",
        ("a long blue robe and a pointed hat", "a long purple robe and a pointed hat"),
    ),
    (r"witch|sorceress", ("a long black dress and a pointed black hat",)),
    (r"knight|warrior", ("silver armour and a red cape", "dark armour and a blue cape")),
    (r"samurai", ("black lacquered armour with red cords",)),
    (r"king|emperor", ("a crimson robe and a golden crown",)),
    (
        r"queen|empress|princess",
        ("a long crimson dress and a golden crown", "a long blue dress and a silver crown"),
    ),
    (r"prince", ("a blue tunic and a short red cape",)),
    (r"ballerina|dancer", ("a red dress and dancing shoes", "a white dress and ballet shoes")),
    (
        r"musician|violinist|pianist|cellist|conductor|singer",
        ("a black suit and a white shirt", "a dark green velvet jacket"),
    ),
    (r"painter|artist|sculptor|potter", ("a paint-stained blue smock and a red scarf",)),
    (
        r"\w*maker|watchmaker|carpenter|tailor|mechanic|engineer|blacksmith|\w+smith",
        ("a brown leather apron over a white shirt",),
    ),
    (r"pilot", ("a brown leather jacket and goggles",)),
    (r"cowboy|rider|ranger", ("a brown hat and a fringed jacket",)),
    (
        r"explorer|archaeologist|climber|traveller|traveler",
        ("a khaki jacket and a brown hat", "a green jacket and a large backpack"),
    ),
    (r"clown|acrobat", ("a bright yellow costume with red dots",)),
    (r"bride", ("a long white dress and a veil",)),
    (r"merchant|trader|villager|elder|nomad", ("a white linen tunic and a brown sash", "a long ochre robe")),
)
WOMAN_CLOTHES = (
    "a red coat",
    "a green coat and a cream scarf",
    "a yellow raincoat",
    "a blue dress",
    "a dark red dress",
    "a grey coat and a red hat",
    "a long teal coat",
    "an orange jacket and a dark skirt",
)
MAN_CLOTHES = (
    "a navy blue coat",
    "a brown jacket and a grey cap",
    "a dark green coat",
    "a grey suit and a hat",
    "a red jacket",
    "a black coat and a red scarf",
    "a white shirt and brown trousers",
)
CHILD_CLOTHES = (
    "a red jacket",
    "a yellow raincoat",
    "a blue dress",
    "a green jumper",
    "a blue coat and an orange scarf",
)
BOY_CLOTHES = (
    "a red jacket",
    "a yellow raincoat",
    "a green jumper",
    "a striped shirt",
    "a blue coat and an orange scarf",
)
HAIR = (
    "short black hair",
    "long brown hair",
    "curly red hair",
    "blond hair",
    "dark braided hair",
    "short brown hair",
)
MAN_HAIR = ("short black hair", "short brown hair", "curly dark hair", "red hair", "blond hair")
BEARDS = ("a short dark beard", "a brown beard", "a red beard", "a dark moustache")
OLD_WOMAN_HAIR = ("white hair in a bun", "long grey hair", "short white hair")
OLD_MAN_HAIR = ("a white beard", "grey hair", "a grey moustache", "a long white beard")

COATS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"dog|puppy|terrier|hound|cat|kitten|horse|pony|mare|foal|goat|cow|calf|rabbit|hare|mouse|guinea pig|hamster",
        (
            "brown {0} with white paws",
            "black {0} with a white chest",
            "golden {0}",
            "grey {0} with dark ears",
            "white {0} with brown patches",
        ),
    ),
    (r"wolf|husky", ("grey {0} with amber eyes", "dark grey {0} with a pale muzzle", "white {0} with blue eyes")),
    (r"fox", ("red {0} with a white tail tip",)),
    (r"bear|cub", ("large brown {0}", "black {0} with a pale muzzle")),
    (r"deer|stag|doe|fawn", ("reddish brown {0}", "pale brown {0} with a white tail")),
    (r"whale|dolphin|seal|shark", ("grey blue {0} with a pale belly", "dark blue {0} with white spots")),
    (
        r"bird|sparrow|robin|parrot|finch",
        ("small blue {0}", "small {0} with a red breast", "green {0} with yellow wings"),
    ),
    (r"owl|eagle|hawk|falcon", ("brown {0} with golden eyes", "grey {0} with yellow eyes")),
    (r"raven|crow|seagull|gull|swan|penguin", ("{0}",)),
    (
        r"dragon|lizard|snake|crocodile|turtle|frog|dinosaur",
        ("green {0} with a yellow belly", "dark red {0}", "blue green {0}"),
    ),
    (r"fish|octopus|crab", ("orange {0}", "silver {0}", "red {0}")),
    (r"elephant|rhino|rhinoceros|hippo", ("large grey {0}",)),
    (
        r"lion|tiger|leopard|camel|giraffe|monkey|gorilla|zebra|panda|sheep|ram|lamb|ewe|pig|donkey|hen|rooster|duck|goose|"
        r"bee|butterfly|spider|ant",
        ("{0}",),
    ),
    (
        r"robot|android|droid|machine",
        (
            "tall {0} of brushed steel with one blue eye",
            "small rusty {0} with round green eyes",
            "white {0} with a glowing orange chest",
        ),
    ),
    (r"alien", ("thin green {0} with large dark eyes", "tall blue {0} with silver skin")),
    (r"ghost|spirit|phantom", ("pale {0} in a torn white robe",)),
    (r"monster|creature|beast", ("huge dark {0} with shaggy fur", "large blue {0} with small horns")),
)
IRREGULAR_PLURALS = {
    "children": "child",
    "men": "man",
    "women": "woman",
    "people": "person",
    "wolves": "wolf",
    "mice": "mouse",
    "thieves": "thief",
    "geese": "goose",
    "sheep": "sheep",
    "fishermen": "fisherman",
    "kids": "kid",
    "twins": "twin",
    "crowd": "person",
    "family": "person",
    "couple": "person",
}
GROUP_CLOTHES = ("simple linen clothes", "dark coats and hats", "brown and grey coats", "bright summer clothes")
CHILDREN_CLOTHES = ("red and yellow jackets", "blue and green jumpers", "bright raincoats")
COAT_OF = {word: looks for words, looks in COATS for word in words.split("|")}
