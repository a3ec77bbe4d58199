"""Which plots are known to fit what an idea tells; any other idea is told plainly."""

from __future__ import annotations

import re

from studio.engines.writer.deeds import OTHERS_DEED
from studio.engines.writer.grammar import present
from studio.engines.writer.idea import Event, Idea
from studio.engines.writer.sorts import is_scene
from studio.engines.writer.things import VESSELS

#: By frame, the verbs whose plots are known to come out right; ``*`` stands for any.
_SURE = {
    "find": "find discover unearth inherit receive dig",
    "rescue": "rescue adopt heal free shelter",
    "search": "search look seek hunt lose",
    "make": "build bake paint invent sew knit carve repair restore mend fix craft",
    "want": "*",
    "contest": "race compete win train enter run challenge",
    "journey": "travel sail cross hike wander journey migrate trek cycle",
    "love": "love fall",
    "meet": "meet befriend encounter",
    "mystery": "investigate solve",
    "mishap": "*",
    "chase": "escape flee steal hide",
    "battle": "fight defend battle",
    "farewell": "say bury mourn",
    "memory": "remember recall return",
    "waiting": "wait await",
    "fear": "*",
    "keep": "run own guard tend manage keep",
    "care": "*",
    "tend": "plant grow sow",
    "quarrel": "argue quarrel bicker",
    "trapped": "*",
    "message": "*",
    "omen": "say",
    "dread": "hear",
    "arrival": "join move enter",
    "solitude": "live work sit",
    "tide": "*",
    "habit": "*",
    "theme": "*",
    "gift": "*",
    "season": "*",
}
#: What takes days to cross.
_FAR = re.compile(
    r"(?i)\b(?:oceans?|sea|deserts?|countr(?:y|ies)|continents?|mountains?|alps|world|borders?|sahara|atlantic|pacific|arctic|siberia|"
    r"jungle|[A-Z]\w+ to [A-Z]\w+|miles|home)\b"
)
_BESIEGED = re.compile(
    r"\b(?:against|castle|city|town|village|walls?|bridge|border|home|house|country|kingdom|fort|fortress|island|planet|earth|tower|gate|pass)\b"
)
_CASES = re.compile(
    r"(?i)\b(?:cases?|murders?|crimes?|myster(?:y|ies)|thefts?|riddles?|disappearances?|robber(?:y|ies))\b"
)
_NOISES = re.compile(
    r"(?i)\b(?:knock\w*|scratch\w*|whisper\w*|footsteps?|noises?|breath\w*|creak\w*|moves? (?:when|by)|blinks?|is (?:watching|following))\b"
)


def knows_plot(frame: str, event: Event | None, idea: Idea) -> bool:
    """True if ``frame`` has plots that are known to fit what ``event`` does to whom."""
    verbs, hero = _SURE.get(frame), idea.hero
    if verbs is None:
        return False
    if event is None:
        return _knows_phrase(frame, idea)
    said = event.said.lower()
    if frame == "message" and re.search(r"\b(?:every|each|all)\b", said):
        return False  # ``reads every book``
    if frame == "mishap" and idea.mentions.fate == "spoils" and "on_purpose" in idea.mentions.sorts:
        return False  # ``burns her books to keep the children warm``
    if frame == "mystery" and event.lemma == "solve" and not _CASES.search(said):
        return False  # ``solves the equation``
    if frame == "dread":
        return bool(_NOISES.search(said))
    if frame == "omen":
        return event.lemma == "say"
    if frame == "contest" and event.lemma == "train" and event.other is not None:
        return False
    if frame == "contest" and event.lemma == "win" and not event.helper:
        return False
    if frame == "farewell" and event.lemma == "bury" and event.other is None:
        return False
    if frame == "chase" and event.lemma == "hide" and not re.search(r"\bfrom\b", said):
        return False
    if frame == "chase" and re.search(
        r"\b(?:for \w+ (?:years|months|weeks)|(?:a|every|each) (?:day|night|week|year))\b", said
    ):
        return False
    if frame == "journey" and event.lemma in ("cross", "walk", "climb") and not _FAR.search(said):
        return False
    if frame == "waiting" and re.search(r"\b(?:minutes?|hours?|seconds?)\b", said):
        return False  # nobody looks into the distance for so long
    if frame == "search" and re.match(r"search(?:es)? (?!for\b)", said):
        return False  # ``searches the mud for her instrument``
    if frame == "battle" and event.lemma == "defend" and not _BESIEGED.search(said):
        return False  # ``defends a parrot accused of theft``
    if frame in ("make", "keep", "care", "tend") and OTHERS_DEED.search(said):
        return False  # something else happens than the work
    if frame == "battle" and re.search(r"\b(?:over|about)\b", said):
        return False
    if frame == "trapped":
        return hero is not None and bool(
            re.match(r"(?:is|are|gets?|becomes?) (?:\w+ )?(?:stuck|trapped|stranded|locked|snowed)\b", said)
        )
    if hero is None or event.subject and frame != "farewell":
        return False
    if (
        frame == "arrival"
        and event.thing is not None
        and event.thing.kind == "thing"
        and event.thing.head not in VESSELS
    ):
        return False  # ``moves into the piano``
    if frame == "meet" and re.match(r"(?:makes?|becomes?) (?:\w+ )?friends with ", said):
        return event.other is not None
    if (
        re.search(r"\b(?:never|no longer|nobody|not)\b", said)
        and frame not in ("want", "refusal")
        or said.startswith("never")
    ):
        return False
    if verbs != "*" and event.lemma not in verbs.split():
        return False
    first = said.split()[0]
    if not event.helper and first not in (present(event.lemma, is_plural=False), event.lemma):
        return frame in ("fear", "habit")
    if event.goal and frame in ("chase", "make", "find", "keep", "rescue"):
        return False
    if frame in ("find", "make"):
        return event.thing is not None and event.thing.kind not in ("abstract", "place") and hero.is_living
    if frame in ("rescue", "meet", "love", "care"):
        return event.other is not None and event.other.is_living and hero.is_living
    return hero.is_living or frame in ("want", "fear")


def _knows_phrase(frame: str, idea: Idea) -> bool:
    """The same for a bare noun phrase."""
    if is_scene(idea.text):
        return False
    words = idea.topic.split() or [""]
    hero = idea.hero
    if idea.text.split()[0].lower().endswith("ing") and len(idea.text.split()) > 1:
        return False
    if frame == "find" and idea.thing is not None and idea.thing.kind == "place":
        return False  # nobody has left an island here
    if frame == "theme" and re.search(r"(?i) (?:at|in|on|after|before|between) ", idea.text):
        return False  # ``Night shift at the bakery``
    if frame == "season" and re.search(
        r"(?i)^(?:my|our|his|her|their) |^(?:silence|darkness) (?:in|at|on) ", idea.text
    ):
        return False
    if frame == "find":
        return hero is None and words[0].lower() in ("a", "an") and len(idea.text.split()) < 5
    if frame == "journey":
        is_elsewhere = re.search(r"(?i) (?:in|on|under|behind|at) (?:an?|the|my|our) ", idea.text)
        if is_elsewhere:
            return False  # ``a submarine in a swimming pool`` takes nobody anywhere
        return hero is None and not idea.text.split()[0].lower().endswith("ing") and " and " not in idea.text
    if hero is not None and (" and " in hero.first or len(hero.first.split()) > 5):
        return False
    if hero is not None:
        return frame in ("solitude", "fear") and not re.search(r"'s |\b(?:last|only)\b", hero.first)
    return (
        frame in ("theme", "gift", "season")
        and len(words) < 5
        and words[0].lower() not in ("a", "an")
        and len(idea.text.split()) < len(words) + 4
        and not idea.is_plural_topic
    )
