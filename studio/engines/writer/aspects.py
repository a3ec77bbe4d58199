"""What may be said of an idea that no plot is known for: whether it happens once, takes time or goes on, and its mood."""

from __future__ import annotations

import re

from studio.engines.writer.deeds import after_hero, deed_tags
from studio.engines.writer.fits import has_voice
from studio.engines.writer.grammar import Figure, present
from studio.engines.writer.idea import OPEN_QUESTION, Event, Idea
from studio.engines.writer.own_words import ON_THE_WALL
from studio.engines.writer.sorts import are_past, sort_tags
from studio.engines.writer.thing_deeds import thing_tags
from studio.engines.writer.words import WordTable

_GRIEF = re.compile(
    r"(?i)\b(?:die[sd]?|dying|dead|deaths?|graves?|graveyard|cemetery|funerals?|mourn\w*|grie[fv]\w*|widow\w*|coffin|urn|ashes|"
    r"late (?:husband|wife|father|mother|son|daughter|brother|sister|friend)|deceased|bur(?:y|ies|ied) (?=(?:his|her|their|its|my|our|the dead|each|one) ?)|goodbye|farewell|hospice)\b"
)
_ABSENCE = re.compile(
    r"(?i)\b(?:(?<!has )(?<!have )never (?:came|comes(?! (?:down|true|up|to))|returns?|returned|met|meets?|sent|posts?|visits?|visited|calls?|called|writes? back|wrote back)|left (?:her|him|them|behind)|no longer there|"
    r"miss(?:es|ing|ed)? (?:his|her|their|my|its) (?:\w+ )?(?:mother|father|mum|mom|dad|sister|brother|wife|husband|son|daughter|friend|home|family|owner|child|children|twin)|"
    r"missing (?:son|daughter|child|husband|wife|brother|sister|father|mother|friend)|(?:day|days|night|summer|winter|christmas|life|world|house) without (?:her|him|them|my|our|mum|mom|dad|you)\b|went away|gone for ever|gone forever|(?:no|not) [\w ]{2,30} any ?more|separated|divorced?|exiled?|homesick)\b"
)
_WAR = re.compile(
    r"(?i)\b(?:wars?|(?<!toy )(?<!tin )(?<!lead )soldiers?|trench(?:es)?|bomb(?:s|ed|ing)?(?! (?:disposal|squad|expert|threat))|air raids?|occupied|front line|(?:to|for|at|from) the front(?! (?:door|row|page|desk|seat|of|yard|gate|porch))|siege|battlefield|veterans?)\b"
)
_SAD = re.compile(
    r"(?i)\b(?:imprisoned|bull(?:y|ies|ied|ying)|abus\w*|racis\w*|violence|addict\w*|depress\w*|suicid\w*|poverty|prejudice|discrimination|sank|sinks|sinking|drown\w*|kill\w*|murder\w*|refugees?|starv\w*|disease|illness|terminally|slaves?|"
    r"los(?:es|t|ing) (?:his|her|their|its|my) (?:\w+ )?(?:son|daughter|child|wife|husband|mother|father|brother|sister|job|home|house|sight|memory|voice|hearing|friend|family|legs?|hands?)|"
    r"(?<!minutes )(?<!days )(?<!always )(?<!hours )too late|fired|replaced|forgets? (?:his|her|their) (?:own )?(?:names?|mother|father|wife|husband|children|family|son|daughter|face)|(?:is|are|been|was|were|feels?) forgotten|forgotten by|abandon\w*|lifeboats?|titanic|cancer|dementia|alzheimer'?s?|coma|orphan\w*|"
    r"(?<!people )(?<!everyone )(?<!'s )cr(?:y|ies|ied)|tears|betray\w*|flood\w*|earthquake|plague|hunger|famine|(?:is|are|lives?|left|all|so) alone|lonely|loneliness|homeless|evicted|unsent|heartbroken|"
    r"not spoken|no longer (?:remembers?|recogni[sz]es?|speaks?)|last (?:letter|days?|summer|visit|wish|goodbye|of (?:his|her|its|their)))\b"
)
#: The loneliness of somebody else than the one with whom the idea begins.
_OTHERS_LONELY = re.compile(
    r"(?i)(?<=\w)(?: for| to| with| of| meets| finds| helps) (?:an?|the|his|her|their) (?:old )?lonely\b"
)
#: No day like any other, whatever becomes of it.
_PERIL = re.compile(
    r"(?i)\b(?:burning|on fire|wild ?fires?|great fire|flood(?:s|ed|ing)?|storms?|battle|battlefield|siege|plague|bomb(?:s|ed|ing)?|wars?|earthquake|"
    r"erupts?|eruption|shipwreck\w*|sinks?|sinking|avalanche|crash(?:es|ed)?|attacks?|tsunami|hurricane|tornado|blackout|power cut)\b"
)
#: Who laughs in the face of it, or makes others laugh, is in no sad story.
_FUNNY = re.compile(r"(?i)\b(?:laughs?|giggles?|jokes?|tap-?danc\w*|stand-up|prank\w*|peace|war (?:ends|is over))\b")
_CHILDLIKE = re.compile(
    r"(?i)\b(?:boys?|girls?|child|children|kids?|twins|clowns?|grannies|granny|pirates?|princess|prince|witch)\b"
)
#: Who lives with people, and is seen every day.
_TAME = frozenset(
    "dog puppy cat kitten hamster parrot horse pony donkey cow goat sheep pig hen rooster chicken duck goose rabbit canary goldfish guinea tortoise".split()
)
_FEELING = re.compile(r"(?i)\b(?:lonely|sad|tired|bored|unhappy|homesick|jealous|shy|afraid|scared|feels?|misses)\b")
#: ``Nobody in town can whistle``: what may have an exception.
_VOID = re.compile(
    r"(?i)(?:nobody|nothing|no one|none of [\w ]+?|no (?!one)\w+)(?: ever| in (?:the |this )?[\w']+){0,2} (?!is |was |has (?!ever)|knows |tells |comes |came |arrives |shows up|turns up|answers |notices )(?:can|will|wants|dares|likes|\w+s)\b"
)
_USUAL = re.compile(
    r"(?i)\b(?:every (?:\w+ )?(?:day|night|morning|afternoon|evening|week|weekend|month|year|time|hour|summer|winter|spring|autumn|january|february|march|april|may|june|july|august|september|october|november|december|christmas|mon|tues|wednes|thurs|fri|satur|sun)\w*|each(?! (?:other|of))|always|never|no longer|still|(?<!^)only|all (?:day|night|year)|for (?:\w+ ){0,2}(?:years|days|weeks|centuries|decades))\b"
)
_OFTEN = re.compile(
    r"(?i)\b(?:every (?:\w+ )?(?:day|night|morning|afternoon|evening|week|weekend|month|year|time|hour|summer|winter|spring|autumn|january|february|march|april|may|june|july|august|september|october|november|december|christmas|mon|tues|wednes|thurs|fri|satur|sun)\w*|each(?! (?:other|of))|always|daily|all (?:day|night))\b"
)
_AT_LAST = re.compile(
    r"(?i)\b(?:finally|suddenly|at last|one day|(?:is|are|gets?) (?:\w+ )?\w+(?:ed|en|wn) (?:by|from|to))\b"
)
#: ``But nobody believes her``
_UNHEARD = re.compile(
    r"(?i)\b(?:nobody|no one|no-one|hardly anyone|none of them|everyone|everybody|they all|the others|the adults|the grown-ups) (?:else )?"
    r"(?:(?:will|would) )?(?:believes?|understands?|listens?|hears?|trusts?|thinks? (?:he|she|they|it|i) (?:is|are|am)|laughs? at|ignores?)(?: (?:to )?(?:him|her|them|it|me|us))?(?: \w+)?[.!]?$"
)
#: A last sentence that asks how it ends.
_YES_OR_NO = re.compile(
    r"(?i)(?:(?:but|and|so|then),? )?(?:can|will|could|would|is|are|does|do|did|has|have|should|might)\b[^?]*\?$"
)
_ELEMENTS = frozenset(
    "tide sea ocean wind river storm flood wave snow rain glacier avalanche current breeze lake desert".split()
)
#: What happens to somebody's thing, and calls for help.
_TROUBLE = re.compile(
    r"(?i)\b(?:stuck|lost|stolen|broken|missing|gone|torn|(?:break|fall|sink|roll|blow|disappear|vanish|drift|tear|burn|stop|fail|die|fly|flie)\w*)\b"
)
#: ``Nobody wanted the ugly pumpkin``
_UNWANTED = re.compile(
    r"(?i)(?:nobody|no one) (?:ever )?(?:want|like|buy|bought|love|cho|choose|pick|need|notice)\w*\b"
)
#: ``Someone has been feeding the statue``
_WHOEVER = re.compile(
    r"(?i)(?:nobody|no one) (?:knows|remembers|can say|will say) who\b|(?:somebody|someone) (?:(?:has|had) been \w+ing|(?:keeps?|kept) \w+ing|\w+s (?:[\w' -]+) every)\b"
)
#: What has to be done by then.
_DEADLINE = re.compile(
    r"(?i)\b(?:before (?:it is|it's) too late|(?:just )?in time (?:for|to)\b|only (?:has |have )?(?:\w+ )?(?:hours?|minutes?|days?|nights?|weeks?) (?:left|to)\b|"
    r"has (?:only )?(?:an?|one|two|three|four|five|ten|twelve|twenty|thirty|sixty|\d+|a few) (?:hours?|minutes?|days?|nights?|weeks?|seconds?) to|"
    r"before (?:the )?(?:sun(?:rise|set|down)?|dawn|midnight|morning|nightfall|dark|tide|winter|first snow|storm|deadline|bombs?|show|wedding|concert|flood|ceremony|christmas(?: eve)?)\b|"
    r"against (?:time|the clock)|within (?:a|an|one|two|three|24|48)\b)"
)
#: What somebody else does for the hero in the end.
_HELPED = re.compile(
    r"(?:(?:begins?|starts?|decides?) to )?(?:helps?|takes? (?:over|care|his|her|their)|remembers?|teach(?:es)?|shows?|gives?|brings?|carr(?:y|ies)|saves?|joins?|"
    r"offers?|sings?|answers?|comes? to|stays?|shares?)\b"
)
#: What is done to somebody, once.
_SUFFERED = re.compile(
    r"(?:is|are) (?:\w+ly )?(?:\w+(?:ed|en|wn)|sent|put|taken|brought|told|caught|left|cut|shut|built|found|lost|sold|hit|made|paid|shot|won) (?:\w+ ){0,3}?(?:to|into|in|on|by|from|out|back|off|away|for|with)\b"
)
#: ``has her name carved into the temple``
_CAUSED = re.compile(
    r"(?:has|have) (?:his|her|its|their|an?|the) (?:[\w-]+ ){1,4}?\w+(?:ed|en|wn) (?:into|onto|in|on|by|to|at|from)\b"
)
_STATES = frozenset(
    "live work be have own count keep love hate sell guard tend like believe belong know wait await watch collect sit dream "
    "think remember rule sleep stay stand haunt talk speak can fear want wear miss envy admire prefer need enjoy adore resent doubt trust suspect pity".split()
)
_COURSES = frozenset(
    "teach build make write paint sew knit draw carry travel cross climb walk sail search look learn practise train "
    "cook bake plant grow repair restore fix fly row drive ride follow read sing dance play "
    "prepare rehearse paddle swim cycle run compete explore wander collect "
    "translate study investigate carve invent create".split()
)
_POINTS = frozenset(
    "find steal drop lose break forget meet land arrive appear vanish stop die shoot win fail wake fall close crash discover "
    "reveal confess kiss leave quit refuse decide choose jump hit throw catch return buy sell marry escape rescue rob swap give "
    "receive get inherit step press tell ask mistake send push trip spill".split()
)
_STRANGE = re.compile(
    r"(?i)\b(?:every (?:person|clock|child|mirror|dog|cat)|^(?:every(?:one|body|thing)|all the \w+)\b|suddenly|stop(?:s|ped)?|vanish\w*|"
    r"disappear\w*|backwards?|upside down|appears?|appeared|floats?|freezes?|froze|turns? into|(?:goes?|falls?|went) (?:silent|dark|blind))\b"
)


def aspects(idea: Idea, hero: Figure, decisive: Event | None, table: WordTable) -> dict[str, bool]:
    """Tags for the lines of the frame ``plain``."""
    text = idea.text
    lemma = decisive.lemma if decisive is not None else ""
    said = decisive.said.lower() if decisive is not None and not decisive.subject else ""
    lead = re.split(r" (?:where|when|that|who|which) ", idea.lead)[0]
    main = f"{lead} {re.split(r' (?:who|that|which|whose|because|where|(?:he|she|they|it) (?:was|were|is|has|had|had been|never|always|still)) ', text)[0]}"
    is_able = bool(re.match(r"(?:can|cannot|can't|could)\b", said))
    is_done = bool(re.match(r"(?:is|are|was|were|has|have|gets?)\b", said))
    is_done = is_done and not re.match(r"(?:is|are|has|have) (?:a|an|the|not|no)\b", said)
    is_usual = (
        is_able
        or bool(_USUAL.search(main))
        and not is_done
        or (decisive is not None and decisive.helper in ("keep", "continue"))
        or (lemma in _STATES and decisive is not None and not decisive.helper and not is_done)
        and not re.match(r"(?i)(?:when|after|once)\b", idea.lead)
    )
    told = said or after_hero(idea, hero)
    is_own = bool(re.match(r"(?i)(?:my|our)\b", hero.first))
    is_own = is_own and not are_past(told.split()[:1]) and (idea.is_exact or not are_past(main.split()))
    is_state = is_own or bool(_USUAL.search(main)) or lemma in _STATES or bool(re.match(r"(?:is|are|has|have)\b", told))
    is_usual &= not _CAUSED.match(said)
    is_state &= not _CAUSED.match(told) and not re.match(r"(?i)(?:when|after|once|as|because)\b", idea.lead)
    is_state &= not _SUFFERED.match(told)
    is_deed = decisive is None or not decisive.subject
    is_somebody = hero.is_living and idea.hero is not None and bool(idea.events) and is_deed
    marks = {"grief": _GRIEF, "absence": _ABSENCE, "wartime": _WAR}
    moods = {name: bool(pattern.search(text)) for name, pattern in marks.items()}
    is_sad = idea.tone != "bright" and not _FUNNY.search(text) and (any(moods.values()) or bool(_SAD.search(text)))
    is_sad &= not (
        is_sad
        and _OTHERS_LONELY.search(text)
        and not _SAD.search(_OTHERS_LONELY.sub("", text))
        and not any(moods.values())
    )
    is_peril = bool(_PERIL.search(text))
    is_stopped = decisive is not None and decisive.helper in ("stop", "fail", "refuse", "cease")
    is_active = said.split()[:1] in ([present(lemma, is_plural=False)], [lemma]) if lemma else False
    is_course = lemma in _COURSES and is_active and not is_stopped
    is_getting = lemma in ("get", "become", "feel", "grow") and decisive is not None and decisive.thing is None
    is_clear = is_somebody and idea.is_exact and lemma not in ("", "be", "have") and not is_getting
    is_herd = hero.kind == "animal" and hero.is_plural and hero.first.startswith("the ")
    is_world = (not is_somebody or is_herd) and bool(idea.events) and bool(_STRANGE.search(text))
    is_fable = not is_sad and idea.is_exact and (
        hero.kind in ("animal", "thing", "food", "plant") and idea.hero is not None and bool(lemma) and has_voice(hero, text)
    )  # fmt: skip
    is_object = not hero.is_living and idea.hero is not None and bool(idea.events) and is_deed and idea.is_exact
    is_told = any(event.whole.startswith("This is a story about") for event in idea.events)
    is_asked = bool(idea.events) and idea.events[0].whole.endswith("?")
    is_open = is_asked and bool(OPEN_QUESTION.match(idea.events[0].whole))
    is_owned = bool(idea.events) and bool(re.match(r"(?:his|her|its|their) ", idea.events[0].subject))
    is_known = is_somebody or is_owned and hero.is_living and idea.hero is not None
    is_hailed = is_known and idea.is_exact and not (idea.lead or _is_others(idea.events[0]))
    deeds = deed_tags(idea, hero, decisive)
    of_things = thing_tags(idea, hero, decisive)
    return {
        "sad": is_sad,
        **{name: is_sad and found for name, found in moods.items()},
        "somebody": is_somebody,
        "hail": is_hailed
        and not (hero.is_plural and hero.first.islower() and " " not in hero.first)
        and not re.match(r"(?i)(?:my|our|his|her|their|its|every|each|all|only|no)\b", hero.first),
        "usual": (is_clear or is_object) and is_usual,
        "habit": is_usual,
        "is_one": bool(re.match(r"(?:is|are) (?:secretly |really |actually )?an? [a-z]+", told)),
        "away": bool(
            re.match(
                r"(?:(?:is|are|has|have|was) )?(?:(?:suddenly|finally) )?(?:(?:blow|fly|flie|roll|float|drift|run|go|goe|went|flew|blew)\w* away|escape|gone\b|goe?s? missing|vanish|disappear)",
                told,
            )
        ),
        "ceased": is_somebody and bool(re.match(r"(?:stops?|quits?|ceases?) (?:\w+ing|to \w+)\b", said)),
        "puzzled": bool(re.search(r"(?i)\b(?:nobody|no one) knows (?:why|how|where|what for)[.!]?$", text)),
        "repeated": bool(_OFTEN.search(main)),
        "excepted": bool(re.search(r"(?i)\b(?:except|but) one\b", text)) and not hero.is_living,
        "trouble": bool(_TROUBLE.search(text)),
        "elemental": hero.head in _ELEMENTS,
        "i_am": bool(re.match(r"I (?:am|have|live|can|own|keep|know|hear|see)\b", text)),
        "nobody_came": bool(
            re.match(r"(?i)(?:nobody|no one) (?:came|comes|shows? up|showed up|turns? up|turned up)\b", text)
        ),
        "unseen": bool(
            re.match(
                r"(?i)(?:nobody|no one)\b.* (?:seen|met|meets|sees|visits|visited|heard|knows|knew) (?:the|a|her|his)\b",
                text,
            )
        ),
        "unwanted": bool(_UNWANTED.match(text)),
        "whoever": bool(_WHOEVER.match(text)),
        "often": is_clear and bool(_OFTEN.search(main)),
        "state": is_state and len(idea.events) == 1 and not _AT_LAST.search(told),
        "wondered": is_open,
        "personal": bool(re.search(r"(?i)\b(?:you|we|i)\b", text)),
        "tame": hero.head in _TAME,
        "everyone": bool(re.match(r"(?i)(?:every|all|no|nobody|everybody|everyone|everything)\b", text)),
        "peril": is_peril,
        "with_me": bool(re.match(r"(?i)(?:we|(?:my|our) (?:\w+ )?\w+ and i)\b", text)),
        "mine": bool(re.match(r"(?i)(?:my|our)\b", text)),
        "asks_is": bool(re.match(r"(?i)(?:is|are|was|were|do|does|did|has|have)\b", idea.events[0].whole))
        if is_asked
        else False,
        "whatif": is_asked and not is_open and idea.events[0].whole.lower().startswith("what"),
        "brief": len(text.split()) > 12,
        "course": is_clear and is_course and not is_usual,
        "once": is_clear and lemma in _POINTS and not re.match(r"(?:falls?|fell) asleep\b", said) and not is_usual,
        "clear": is_clear and is_active and not is_usual,
        "world": is_world and not is_usual,
        "fable": is_fable,
        "object": is_object,
        "peopled": any(table.kind(noun) == "person" for noun in idea.nouns),
        "itself": not hero.is_living and idea.hero is not None and is_deed,
        "owned": is_owned,
        "event": is_world and idea.is_exact and not is_somebody and not is_told,
        "light": idea.tone == "bright" or hero.kind not in ("person", "group") or bool(_CHILDLIKE.search(hero.noun)),
        "natural": idea.hero is not None and hero.kind in ("place", "weather", "plant"),
        "plural": hero.is_plural,
        "felt": bool(_FEELING.search(f"{'' if lemma else hero.first} {said}")),
        "afraid": bool(
            re.match(r"(?:is|are) (?:(?!too)\w+ )?(?:afraid|scared|terrified|frightened|too \w+ to) ", said)
        ),
        "void": bool(_VOID.match(text)) and idea.hero is None,
        "acted": not hero.is_living and idea.hero is not None and is_deed and idea.is_exact and _is_done_to(decisive),
        "phrase": is_told,
        "asked": is_asked and not is_open and not idea.events[0].whole.lower().startswith("what"),
        "order": bool(idea.events) and idea.events[0].whole.startswith(ON_THE_WALL),
        "chooses": idea.choice is not None,
        "verdict": idea.choice is not None and bool(idea.choice.verdict(hero)),
        **sort_tags(idea, hero, decisive, table),
        **deeds,
        **{tag: is_found and not any(deeds.values()) for tag, is_found in of_things.items()},
        "ours": bool(re.match(r"(?i)(?:we|(?:my|our) (?:\w+ )?\w+ and i) (?!was\b|were\b|had\b)[a-z]+\b", text))
        and not are_past(text.split()),
        "taken_over": len(idea.events) > 1
        and bool(idea.events[-1].subject)
        and bool(_HELPED.match(idea.events[-1].said)),
        "unheard": bool(_UNHEARD.search(text)),
        "asks_on": len(idea.events) > 1 and bool(_YES_OR_NO.match(idea.events[-1].whole)),
        "deadline": bool(_DEADLINE.search(text)) and not idea.events[-1].whole.endswith("?") if idea.events else False,
    }


def _is_others(event: Event) -> bool:
    """True if the event is told in the user's words, or somebody else's than the hero or what the hero owns."""
    return bool(event.whole) or bool(event.subject) and not re.match(r"(?:his|her|its|their) ", event.subject)


def _is_done_to(event: Event | None) -> bool:
    """True if the event is done to somebody who may tell of it: ``wakes one passenger``, but not ``hides its cow``."""
    other = event.other if event is not None else None
    return other is not None and other.kind in ("person", "robot", "creature") and other.short.startswith("the ")
