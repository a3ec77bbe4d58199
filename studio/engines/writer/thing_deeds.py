"""What things do that are nobody: they ring, arrive, stop, travel; each such deed has small plots of its own."""

from __future__ import annotations

import re

from studio.engines.writer.deeds import after_hero
from studio.engines.writer.grammar import Figure, past, present
from studio.engines.writer.idea import Event, Idea

_VERBS = {
    "it_sounds": "ring chime play toll hum sing whistle beep buzz sound knock squeak speak talk whisper",
    "it_arrives": "arrive come return reach land turn surface",
    "it_stops": "stop break fail close die quit",
    "it_starts": "start wake light open begin move blink flicker work glow shine dance switch",
    "it_travels": "travel drift float sail fly cross roll pass wander fall journey circle orbit ride",
    "it_ends": "sink melt burn collapse crumble rot dissolve rust explode shatter",
    "it_tells": "tell show remember keep hold record know contain answer predict reveal say hide repeat write print grant play translate give offer hand deliver sell swallow eat attract make turn",
    "it_grows": "grow spread swell double multiply appear cover fill",
    "it_survives": "survive remain last outlive",
    "it_sends": "send transmit leave",
}
#: By tag, what is said of a thing to which something is done.
_SAID = {
    "it_opens": r"(?:opens?|closes?|is open|are open|stays? open) (?:(?:its|their) doors )?(?:at|every|only|all|until|from|on|when|once|after|before|day and)\b",
    "it_stops": r"(?:is|are|gets?|goes?|has been|have been) (?:stuck|broken|out of order|closed|silent|empty|locked)\b|(?:is|are|gets?|goes?) (?:about to |about to be |to be |being )?(?:become|close|make way|switched off|turned off|shut down|closed|torn down|demolished|retired|out\b|silent|dark)|falls? silent|breaks? down|(?:runs?|burns?) out",
    "it_arrives": r"(?:is|are|gets?) (?:\w+ )?(?:found|delivered|dug up|washed (?:up|ashore)|sent|left|discovered|returned)|wash(?:es)? (?:up|ashore)|turns? up",
    "it_starts": r"comes? to life|turns? itself on|wakes? up",
    "it_travels": r"(?:changes?|passes) hands|(?:is|are|gets?) (?:passed|carried|handed|lost|stolen|sold|swept)|goes? (?:from|around|through|to)",
    "it_ends": r"falls? (?:apart|down|to pieces)|breaks? (?:apart|up)",
}
THING_TAGS = frozenset(_VERBS) | frozenset(_SAID) | {"it_strands"}
#: What has people in it when it stops.
_CARRIERS = frozenset(
    "bus van train tram lift elevator car plane ferry boat ship cablecar coach submarine gondola carousel escalator taxi".split()
)


def thing_tags(idea: Idea, hero: Figure, event: Event | None) -> dict[str, bool]:
    """Which of these deeds the idea turns on, if its hero is no living being and acts itself."""
    found = dict.fromkeys(THING_TAGS, False)
    if event is None:
        return found
    if event.subject:  # ``Marta's bakery opens at four``
        return found | {"it_opens": len(idea.events) == 1 and bool(re.match(_SAID["it_opens"], event.said.lower()))}
    if idea.hero is None or hero.kind not in ("thing", "place", "food"):
        return found
    said = event.said.lower() if event.lemma else after_hero(idea, hero)
    if re.match(r"(?:never|no longer|does not|doesn't|do not|don't|cannot|can't|refuses?)\b", said):
        return found
    if re.match(r"falls? (?:asleep|in love|ill|over)\b", said):
        return found
    if re.match(r"(?i)(?:every|each|all|no)\b", hero.first) or re.search(
        r"\b(?:only|every|always|each|whenever)\b", said
    ):
        return found  # what it does time and again
    tag = next((tag for tag, pattern in _SAID.items() if re.match(pattern, said)), "")
    if not tag and not re.match(r"(?:is|are|has|have|wants?|tries|try)\b", said):
        forms = _forms()
        words = re.findall(r"[a-z']+", re.split(r"\b(?:who|that|which|whose|where)\b", said)[0])
        tag = next((forms[word] for word in words if word in forms), "")
    if (
        tag == "it_stops"
        and hero.head in _CARRIERS
        and not re.search(r"silent|closed|empty|torn|demolished|retired", said)
    ):
        tag = "it_strands"
    return found | ({tag: True} if tag else {})


def _forms() -> dict[str, str]:
    return {
        form: tag
        for tag, verbs in reversed(_VERBS.items())
        for verb in verbs.split()
        for form in (verb, present(verb, is_plural=False), past(verb))
    }
