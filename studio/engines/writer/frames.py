"""Which frame carries an idea: chosen by the verb of its main clause and by what that verb acts on."""

from __future__ import annotations

import re

from studio.engines.writer.deeds import HAPPENED
from studio.engines.writer.idea import Event, Idea
from studio.engines.writer.matters import is_storied
from studio.engines.writer.sorts import is_scene
from studio.engines.writer.things import MESSAGES, TRADES
from studio.engines.writer.words import WordTable

_VERBS = {
    "find": "find discover unearth uncover inherit receive dig stumble",
    "rescue": "rescue save protect adopt heal free shelter comfort feed",
    "meet": "meet befriend encounter greet help share teach trust visit",
    "make": "make build bake paint write invent create construct design compose carve cook sew knit draw repair fix "
    "restore clone plant grow craft forge brew mend assemble rebuild program renovate",
    "chase": "escape flee chase hunt pursue hide run evade catch sneak rob smuggle outrun outwit steal",
    "love": "love marry kiss court date",
    "journey": "travel sail cross lead walk climb search explore go leave set drive ride fly swim wander move follow "
    "drift cycle hike venture reach navigate seek look journey carry row land march embark cross head "
    "migrate board step enter come arrive crawl hop waddle float roll slide rush hurry gallop pedal paddle row",
    "memory": "remember recall reminisce reflect remind",
    "solitude": "live watch sit stare listen work guard keep tend sleep stay be have gaze rest collect",
    "contest": "compete race win train box challenge audition practise practice score run",
    "mishap": "spill drop mistake ruin burn oversleep mislay confuse overslept forget clean shrink",
    "mystery": "investigate solve suspect question examine spy track",
    "farewell": "die bury mourn part grieve say lose let",
    "battle": "fight defend attack battle conquer invade resist slay defeat rebel duel",
    "quarrel": "argue quarrel bicker disagree feud",
    "waiting": "wait await",
    "care": "nurse raise",
}  # fmt: skip
_FRAME_OF = {verb: frame for frame, verbs in reversed(_VERBS.items()) for verb in verbs.split()}
_CHARGED = frozenset(
    "injured hurt wounded stray abandoned baby orphaned sick trapped stranded beached starving newborn shivering lost frozen tiny".split()
)
_SETTING_OUT = frozenset("see go travel leave visit cross sail fly walk climb".split())
_ARRIVALS = frozenset("return come arrive move enter visit join land".split())
_TOGETHER = frozenset(
    "share give lend teach play talk write speak dance eat drink trade swap offer read show tell sing tame care".split()
)
_WEAK = frozenset("wake go start begin sit stand walk arrive live be have work get stay spend".split())
_GIFTS = frozenset(
    "courage hope joy love freedom peace happiness friendship kindness trust bravery faith luck patience generosity gratitude laughter forgiveness".split()
)
_SEA_ANIMALS = frozenset("whale dolphin porpoise orca seal shark turtle octopus fish ray squid".split())
_LIVING = ("person", "animal", "robot", "creature")
_LIMBS = frozenset("leg arm hand foot eye tongue wing tail finger hair tooth".split())


def frame_of(idea: Idea, event: Event | None, table: WordTable) -> str:
    """The frame for ``idea``, whose decisive event is ``event`` (None for a bare noun phrase)."""
    if idea.fear and (event is None or event.is_state):
        return "fear"
    if event is None:
        return _frame_of_phrase(idea, table)
    lemma, said = event.lemma, f" {event.said.lower()} "
    if event.subject and idea.hero is not None and re.match(r"(?:his|her|their|its) ", event.subject):
        is_somebody = table.kind(event.subject.split()[-1]) in (*_LIVING, "group")
        return "farewell" if is_somebody and lemma in ("move", "leave", "emigrate", "die", "go") else "deed"
    if event.subject and event is idea.events[0]:
        uncanny = re.search(r"knock|scratch|whisper|breath|watch|crawl|creep|lives? (?:in|under)", said)
        return "dread" if event.subject in ("something", "someone", "somebody") and uncanny else "deed"
    if event.subject and idea.hero is not None:
        return "deed"
    if lemma == "hear" and re.search(r"footsteps|knock|noise|scream|whisper|scratch", said):
        return "dread"
    if lemma == "hear" or event.subject:
        return "deed"
    if re.search(r"\b(?:gets?|is|are|becomes?) lost\b", said):
        return "journey"
    if re.match(r" (?:does not|doesn't|do not|don't) want ", said) or event.helper == "refuse":
        return "deed"
    if "in love" in said or (lemma == "love" and event.other is not None):
        return "love"
    if (
        "goodbye" in said
        or "farewell" in said
        or (lemma == "lose" and event.other is not None and event.other.kind == "person")
    ):
        return "farewell"
    if idea.tone == "dark" and lemma in "hear see notice find discover move wake stay spend enter be realize buy inherit live take work babysit".split():  # fmt: skip
        return "dread"
    if event.helper in (
        "want",
        "try",
        "learn",
        "dream",
        "hope",
        "wish",
        "dare",
        "struggle",
        "attempt",
        "practise",
    ):
        return "want"
    if "accidentally" in said or "by mistake" in said or "by accident" in said:
        return "mishap"
    if re.search(r" (?:race|match|contest|competition|tournament|championship|marathon)", said):
        return "contest"
    if (
        lemma in ("search", "look", "hunt", "seek")
        and " for " in said
        or event.goal.startswith(("find ", "look for", "search "))
        and event.helper == ""
    ):
        return "search"
    if re.search(r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\btwo )\b(?:stuck|trapped|snowed in|locked in|stranded)\b", said):
        return "trapped"
    if lemma == "lose" and re.search(r"\bto (?:a|an|the|his|her) ", said):
        return "contest"
    if lemma == "race" and event.goal:
        return "journey"
    if lemma in ("lose", "forget") and event.thing is not None and event.thing.kind == "abstract":
        return "deed"
    if lemma == "lose" and event.thing is not None and event.thing.head in _LIMBS:
        return "deed"
    if lemma == "lose" and (event.thing is not None or event.other is not None) and not (other_living(event)):
        return "search"
    if event.is_state and re.search(r"\b(?:every|each) ", said):
        return "habit"
    if (
        lemma in ("run", "keep", "guard", "tend", "own", "manage", "serve")
        and event.thing is not None
        and not event.goal
    ):
        return "keep"
    if re.search(r"for the first time|first day|first night", said):
        return "arrival"
    if lemma == "return" and re.match(r" returns? to ", said) and idea.hero is not None and idea.hero.kind == "person":
        return "memory"
    if lemma == "say":
        return "omen"
    if lemma in ("get", "receive", "read", "open") and event.thing is not None and event.thing.head in MESSAGES:
        return "message"
    if event.helper in ("decide", "plan", "vow") and event.goal.split()[0] in _SETTING_OUT:
        return "journey"
    if lemma == "sell" and event.thing is not None and event.thing.is_plural:
        return "keep"
    if re.match(r" (?:grows? up|lives? among|is raised|are raised)\b", said):
        return "arrival"
    if re.match(r" (?:is|are|feels?) (?:very |so )?lonely", said):
        return "solitude"
    if lemma == "run" and event.thing is not None:
        return "deed"
    if "mistake" in said and lemma == "make":
        return "mishap"
    if event.helper == "pretend" or lemma in ("pretend", "think", "believe"):
        return "deed"
    if lemma in ("protect", "guard", "shield", "defend") and re.search(r" from (?:a|an|the) ", said):
        return "battle"
    if lemma == "visit" and event.other is not None and event.other.is_living:
        return "meet"
    if lemma in ("join", "enter", "visit"):
        return "arrival"
    if "best friends" in said or "make friends" in said or "becomes friends" in said or "become friends" in said:
        return "meet"
    frame = _by_object(idea, event, _FRAME_OF.get(lemma, "deed"))
    if frame == "rescue" and event.other is not None and set(event.other.noun.lower().split()) & _SEA_ANIMALS:
        return "tide"
    return frame


def _by_object(idea: Idea, event: Event, frame: str) -> str:
    thing, other = event.thing, event.other
    said = event.said.lower()
    if re.match(r"(?:takes? care of|looks? after|cares? for) ", said) and other is not None:
        return "care"
    if event.lemma in ("plant", "grow", "sow") and thing is not None and thing.kind in ("plant", "food"):
        return "tend"
    if event.lemma == "follow" and other is not None and idea.hero is not None and idea.hero.kind == "person":
        return "mystery"
    if (
        event.lemma in ("move", "set")
        and (thing is not None or other is not None)
        and not re.search(r"\bto (?:a|an|the|her|his|their) \w+", said)
    ):
        return "deed"
    if frame == "waiting" and thing is None:
        return "solitude"
    if frame == "quarrel" and other is None and not (idea.hero is not None and idea.hero.is_plural):
        return "deed"
    if event.lemma == "clone":
        return "make"
    if frame == "find":
        if thing is None and other is not None:
            if " that " in f" {said} ":
                return "deed"
            return "rescue" if set(other.noun.lower().split()) & _CHARGED else "meet"
        if thing is not None and thing.kind == "plant":
            return "tend"
        if thing is None or thing.kind in ("abstract", "weather"):
            is_riddle = " that " not in f" {said} " and idea.hero is not None and idea.hero.kind == "person"
            return "mystery" if is_riddle else "deed"
    if event.lemma in _ARRIVALS and event.goal:
        frame = _FRAME_OF.get(event.goal.split()[0], "arrival")
        frame = "arrival" if frame in ("journey", "solitude") else frame
    elif event.lemma in _ARRIVALS and re.search(r"\b(?:to|at|in|into|home|back)\b", said):
        frame = (
            "memory"
            if re.search(r"childhood|as a child|once again|home\b|old school|hometown|birthplace|years later", said)
            else "arrival"
        )
    if (
        frame == "battle"
        and idea.hero is not None
        and idea.hero.kind == "person"
        and event.thing is not None
        and not event.other
    ):
        return "deed"
    if (
        event.lemma in ("share", "meet", "talk", "dance")
        and other is None
        and idea.hero is not None
        and idea.hero.is_plural
    ):
        return "meet"
    if event.lemma == "open" and frame == "make":
        return "deed"
    if frame in ("rescue", "meet", "love", "care") and (other is None or not other.is_living) and idea.pair is None:
        return "deed"
    if (
        event.lemma in ("open", "start", "run")
        and thing is not None
        and (thing.first.startswith(("a ", "an ")) and thing.kind == "place" or thing.head in TRADES)
    ):
        return "make"
    if (
        frame == "make"
        and thing is not None
        and (thing.kind == "plant" or thing.head in ("garden", "orchard", "seed", "forest", "vineyard"))
    ):
        return "tend"
    if frame == "deed" and other is not None and event.lemma in _TOGETHER:
        return "meet"
    if frame == "make" and (thing is None or thing.kind in ("abstract",)):
        return "want" if event.goal else "deed"
    if frame == "mishap" and idea.tone == "dark":
        return "deed"
    return frame


def _frame_of_phrase(idea: Idea, table: WordTable) -> str:
    if (
        re.search(r"(?i)\b(?:summer|winter|spring|autumn|snow|rain)(?: (?:in|on|at|over|of) .+)?$", idea.topic)
        and idea.hero is None
    ):
        return "season"
    if re.search(r"(?i)\bfirst (?:day|night|week)\b", idea.topic):
        return "arrival"
    if idea.hero is not None and idea.thing is not None:
        return "deed"
    if idea.hero is not None and idea.other is not None:
        return "love" if "love" in idea.genre or "romance" in idea.genre else "dread" if idea.tone == "dark" else "meet"
    if idea.tone == "dark":
        return "dread"
    if idea.hero is not None:
        return "fear" if idea.fear else "love" if "love" in idea.genre else "solitude"
    if idea.thing is not None and idea.thing.head in (
        "train",
        "bus",
        "tram",
        "ferry",
        "plane",
        "metro",
        "subway",
        "coach",
        "boat",
        "ship",
        "airship",
        "submarine",
    ):
        return "journey"
    if idea.thing is not None:
        is_known = re.match(r"(?i)(?:the|my|our|his|her|their) |\S+'s ", idea.thing.first)
        return "deed" if is_known else "find"
    if table.kind(idea.topic.split()[-1] if idea.topic else "") == "weather" or idea.topic.lower() in (
        "winter",
        "summer",
        "spring",
        "autumn",
        "night",
        "morning",
        "the sea",
        "silence",
    ):
        return "season"
    if re.search(r"(?i)\bfirst (?:day|night|week)\b", idea.topic):
        return "arrival"
    words = idea.topic.lower().split() or [""]
    if idea.place and (
        idea.topic.lower().endswith(idea.place.lower().split()[-1])
        or table.kind(words[-1]) == "place"
        or len(words) > 2
        and any(table.kind(word) == "place" for word in words)
    ):
        return "deed"
    return "gift" if idea.topic.lower() in _GIFTS else "theme"


#: What is felt or lived through rather than known about; such a topic gets a story.
_LIVED = frozenset(
    "grief love time loneliness silence memory memories death war peace childhood age ageing home distance jealousy fear anger "
    "sadness solitude loss regret family freedom dreams dream change forgiveness hope joy trust luck life revenge guilt "
    "shame pride beauty truth faith betrayal desire longing nostalgia homesickness boredom envy destiny fate justice "
    "sacrifice redemption youth parting waiting growing moving second chances chance divorce exile identity belonging "
    "heartbreak patience night morning music dance despair insomnia hunger addiction burnout fame survival power greed honesty secrets secret goodbye".split()
)


#: What is no subject matter: ``Everyone in the office``.
_NOBODY = re.compile(
    r"(?i)(?:every(?:one|body)|no(?:body| one)|some(?:one|body)|all|most|each|both|none|they|we|he|she)\b"
)


def is_plain_topic(idea: Idea, table: WordTable) -> bool:
    """True for a bare subject matter (``the moon landing``, ``photosynthesis``): something to ask about, not to tell."""
    is_word = idea.kind == "words" and len(idea.topic.split()) == 1
    if is_word and idea.hero is not None and idea.hero.kind == "abstract" and not idea.hero.name:
        return True
    if idea.hero is not None or idea.events or not idea.topic or is_scene(idea.text) or _NOBODY.match(idea.topic):
        return False
    words = re.findall(r"[a-z]+", idea.topic.lower())
    if len(words) < 6 and any(pattern.search(idea.topic.lower()) for pattern in HAPPENED.values()):
        return True
    if idea.thing is not None:
        is_bare = words[0] not in ("a", "an", "the", "my", "our") and "'" not in idea.topic
        return idea.kind == "words" and (
            len(words) == 1 or is_bare and not is_storied(words[:-1])
        )  # ``Sourdough``, but not ``a cup``
    if words[:1] == ["the"] and len(words) == 3 and idea.title and idea.title[-1].isalpha():
        return _frame_of_phrase(idea, table) == "theme"
    if (
        not words
        or len(words) > 5
        or is_storied(words[:-1])
        or words[0] in ("a", "an", "one", "two", "three", "four", "five", "six", "seven")
        or set(words) & (_LIVED | _GIFTS)
        or words[-1].endswith(("ness", "ship", "hood"))
    ):
        return False
    return _frame_of_phrase(idea, table) == "theme" and not occasion(idea, table)


def other_living(event: Event) -> bool:
    """True if the event is done to a person."""
    return event.other is not None and event.other.kind == "person"


def decisive_event(events: list[Event]) -> Event | None:
    """The event that decides the frame: the first that is neither a state nor a mere beginning."""
    if not events:
        return None
    strong = [event for event in events if not event.is_state and (event.lemma not in _WEAK or re.search(r"wakes? up (?:inside|in the body|as|the size|to find|with|at|in an?)\b", event.said))
              and not re.search(r"\basleep\b|breaks? into", event.said)]  # fmt: skip
    become = next((event for event in events if event.lemma == "become" and not event.subject), None)
    if become is not None:
        return become
    wish = next(
        (event for event in events if event.helper in ("want", "dream", "hope", "wish") and not event.subject), None
    )
    if wish is not None:
        return wish
    moving = [event for event in events if not event.is_state]
    return (strong or moving or events)[0]


def occasion(idea: Idea, table: WordTable) -> bool:
    """True if the idea is an event by name: a wedding, a first day at school."""
    words = idea.topic.lower().split()
    if set(words) & _LIVED and "day" not in words:
        return False
    return bool(words) and ("e" in table.code(words[-1])[:1] or "day" in words or "birthday" in words)
