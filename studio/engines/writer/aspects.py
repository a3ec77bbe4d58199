"""What may be said of an idea that no plot is known for: whether it happens once, takes time or goes on, and its mood."""

from __future__ import annotations

import re

from studio.engines.writer.deeds import deed_tags
from studio.engines.writer.fits import has_voice
from studio.engines.writer.grammar import Figure, present
from studio.engines.writer.idea import Event, Idea

_GRIEF = re.compile(
    r"(?i)\b(?:die[sd]?|dying|dead|deaths?|graves?|graveyard|cemetery|funerals?|mourn\w*|grie[fv]\w*|widow\w*|coffin|urn|ashes|"
    r"late (?:husband|wife|father|mother|son|daughter|brother|sister|friend)|deceased|bur(?:y|ies|ied)|goodbye|farewell|hospice)\b"
)
_ABSENCE = re.compile(
    r"(?i)\b(?:never (?:came|comes|returns?|returned|met|meets?|sent|posts?)|left (?:her|him|them|behind)|no longer there|"
    r"miss(?:es|ing|ed)? (?:his|her|their|my|its) (?:\w+ )?(?:mother|father|mum|mom|dad|sister|brother|wife|husband|son|daughter|friend|home|family|owner|child|children|twin)|"
    r"missing (?:son|daughter|child|husband|wife|brother|sister|father|mother|friend)|went away|gone for ever|gone forever|separated|divorced?|exiled?|homesick)\b"
)
_WAR = re.compile(
    r"(?i)\b(?:wars?|soldiers?|trench(?:es)?|bomb(?:s|ed|ing)?|air raids?|occupied|front line|siege|battlefield|veterans?)\b"
)
_SAD = re.compile(
    r"(?i)\b(?:imprisoned|sank|sinks|drown\w*|kill\w*|murder\w*|refugees?|starv\w*|hospital|disease|illness|terminally|slaves?|"
    r"los(?:es|t|ing) (?:his|her|their|its|my) (?:\w+ )?(?:son|daughter|child|wife|husband|mother|father|brother|sister|job|home|house|sight|memory|voice|hearing|friend|family|legs?|hands?)|"
    r"too late|fired|replaced|forgets? (?:his|her|their) (?:own )?(?:names?|mother|father|wife|husband|children|family|son|daughter|face)|forgotten|abandon\w*|lifeboats?|titanic|cancer|dementia|alzheimer'?s?|coma|orphan\w*|"
    r"cr(?:y|ies|ied)|tears|betray\w*|flood\w*|earthquake|plague|hunger|famine|alone|lonely|loneliness|homeless|evicted|unsent|heartbroken|"
    r"not spoken|no longer (?:remembers?|recogni[sz]es?|speaks?)|last (?:letter|days?|summer|visit|wish|goodbye|of (?:his|her|its|their)))\b"
)
_USUAL = re.compile(
    r"(?i)\b(?:every|each(?! (?:other|of))|always|never|no longer|still|(?<!^)only|all (?:day|night|year)|for (?:\w+ ){0,2}(?:years|days|weeks|centuries|decades))\b"
)
_OFTEN = re.compile(r"(?i)\b(?:every|each(?! (?:other|of))|always|daily|all (?:day|night))\b")
_STATES = frozenset(
    "live work be have own keep love hate sell guard tend like believe belong know wait await watch collect sit dream "
    "think remember rule sleep stay stand haunt talk speak can fear want wear".split()
)
_COURSES = frozenset(
    "teach build make write paint sew knit draw carry travel cross climb walk sail search look learn practise train "
    "cook bake plant grow repair restore fix fly row drive ride lead follow read sing dance play hide raise nurse help "
    "plan prepare rehearse paddle swim cycle run race compete fight chase hunt explore wander guide feed save collect share "
    "translate study investigate dig carve invent create organise organize open start".split()
)
_POINTS = frozenset(
    "find miss steal drop lose break forget meet land arrive appear vanish stop die shoot win fail wake fall close crash discover "
    "reveal confess kiss leave quit refuse decide choose jump hit throw catch return buy sell marry escape rescue rob swap give "
    "receive get inherit step press tell ask mistake send push trip spill".split()
)
_STRANGE = re.compile(
    r"(?i)\b(?:every (?:person|clock|child|mirror|dog|cat)|^(?:every(?:one|body|thing)|all the \w+)\b|suddenly|stop(?:s|ped)?|vanish\w*|"
    r"disappear\w*|backwards?|upside down|appears?|appeared|floats?|freezes?|froze|turns? into)\b"
)


def aspects(idea: Idea, hero: Figure, decisive: Event | None) -> dict[str, bool]:
    """Tags for the lines of the frame ``plain``."""
    text = idea.text
    lemma = decisive.lemma if decisive is not None else ""
    said = decisive.said.lower() if decisive is not None and not decisive.subject else ""
    main = re.split(r" (?:who|that|which|whose|because|where) ", text)[0]
    is_able = bool(re.match(r"(?:can|cannot|can't|could)\b", said))
    is_done = bool(re.match(r"(?:is|are|was|were|has|have|gets?)\b", said))
    is_done = is_done and not re.match(r"(?:is|are|has|have) (?:a|an|the|not|no)\b", said)
    is_usual = (
        is_able
        or bool(_USUAL.search(main))
        and not is_done
        or (lemma in _STATES and decisive is not None and not decisive.helper and not is_done)
    )
    is_deed = decisive is None or not decisive.subject
    is_somebody = hero.is_living and idea.hero is not None and bool(idea.events) and is_deed
    marks = {"grief": _GRIEF, "absence": _ABSENCE, "wartime": _WAR}
    moods = {name: bool(pattern.search(text)) for name, pattern in marks.items()}
    is_sad = idea.tone != "bright" and (any(moods.values()) or bool(_SAD.search(text)))
    is_stopped = decisive is not None and decisive.helper in ("stop", "fail", "refuse", "cease")
    is_active = said.split()[:1] in ([present(lemma, is_plural=False)], [lemma]) if lemma else False
    is_course = lemma in _COURSES and is_active and not is_stopped
    is_clear = is_somebody and idea.is_exact and bool(lemma)
    is_herd = hero.kind == "animal" and hero.is_plural and hero.first.startswith("the ")
    is_world = (not is_somebody or is_herd) and bool(idea.events) and bool(_STRANGE.search(text))
    is_fable = not is_sad and idea.is_exact and (
        hero.kind in ("animal", "thing", "food", "plant") and idea.hero is not None and bool(lemma) and has_voice(hero, text)
    )  # fmt: skip
    is_told = any(event.whole.startswith("This is a story about") for event in idea.events)
    is_asked = bool(idea.events) and idea.events[0].whole.endswith("?")
    is_hailed = is_somebody and idea.is_exact and not (idea.lead or idea.events[0].subject or idea.events[0].whole)
    return {
        "sad": is_sad,
        **{name: is_sad and found for name, found in moods.items()},
        "somebody": is_somebody,
        "hail": is_hailed and not re.match(r"(?i)(?:my|our|his|her|their|its|every|each|all|only|no)\b", hero.first),
        "usual": is_clear and is_usual,
        "often": is_clear and bool(_OFTEN.search(main)),
        "state": bool(_USUAL.search(main)) or lemma in _STATES or bool(re.match(r"(?:is|are|has|have)\b", said)),
        "brief": len(text.split()) > 12,
        "course": is_clear and is_course and not is_usual,
        "once": is_clear and lemma in _POINTS and not is_usual,
        "clear": is_clear and is_active and not is_usual,
        "world": is_world and not is_usual,
        "fable": is_fable,
        "object": not hero.is_living and idea.hero is not None and bool(idea.events) and is_deed and idea.is_exact,
        "acted": not hero.is_living and idea.hero is not None and is_deed and idea.is_exact and _is_done_to(decisive),
        "phrase": is_told,
        "asked": is_asked and not idea.events[0].whole.lower().startswith("what"),
        **deed_tags(idea, hero, decisive),
    }


def _is_done_to(event: Event | None) -> bool:
    """True if the event is done to somebody who may tell of it: ``wakes one passenger``, but not ``hides its cow``."""
    other = event.other if event is not None else None
    return other is not None and other.kind in ("person", "robot", "creature") and other.short.startswith("the ")
