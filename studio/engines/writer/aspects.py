"""What may be said of an idea that no plot is known for: whether it happens once, takes time or goes on, and its mood."""

from __future__ import annotations

import re

from studio.engines.writer.fits import has_voice
from studio.engines.writer.grammar import Figure, gerund, present
from studio.engines.writer.idea import Event, Idea

_SAD = re.compile(
    r"(?i)\b(?:die[sd]?|dying|dead|deaths?|wars?|graves?|graveyard|funerals?|mourn\w*|grie[fv]\w*|widow\w*|prison\w*|"
    r"goodbye|farewell|sank|sink\w*|drown\w*|kill\w*|murder\w*|refugees?|starv\w*|bomb\w*|hospital|hospice|disease|slaves?|"
    r"miss(?:es|ed)|fails?|failed|los(?:es|t|ing) (?:his|her|their|its|my|the|a) |never (?:came|comes|returns?|returned)|too late|fired|"
    r"replace[sd]?|forgets? (?:his|her|their)|forgot\w*|abandon\w*|lifeboats?|titanic|raids?|fell|fall of|cancer|cr(?:y|ies|ied)|tears|"
    r"betray\w*|burn\w*|fire|flood\w*|earthquake|plague|hunger|famine|knives|blood)\b"
)
_USUAL = re.compile(
    r"(?i)\b(?:every|each|always|never|no longer|still|all (?:day|night|year)|for (?:\w+ ){0,2}(?:years|days|weeks|centuries|decades))\b"
)
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
#: Deeds that have small plots of their own, by how they are said.
DEEDS = {
    "teaches": re.compile(r"teach(?:es)? (?:a|an|the|his|her|their|its|[a-z]+) \w+"),
    "carries": re.compile(r"(?:carr(?:y|ies)|delivers?|brings?) (?:a|an|the|his|her|their|\w+) "),
    "robs": re.compile(r"(?:robs?|steals?|kidnaps?|swindles?|smuggles?) "),
    "loves": re.compile(r"falls? in love"),
    "strays": re.compile(r"(?:gets?|is|are) lost\b|loses? (?:his|her|their|its|the) way\b"),
    "misses": re.compile(
        r"(?:misses|miss|fails?|loses?) (?:to |a|an|the|her|his|their|its) ?(?:\w+ )?(?:goal|penalty|race|match|game|final|duel|contest|election|bet|shot|chance|exam|test|save|score|win|catch)\b"
    ),
    "writes": re.compile(r"writes? (?:a|an|the|his|her|their|\w+) "),
    "sings": re.compile(
        r"(?:sings?|dances?|performs?|plays? (?:the |a |an |his |her |their )?(?:\w+ )?(?:piano|violin|trumpet|drums?|guitar|flute|cello|song|tune|concert|music|organ|accordion|saxophone|harmonica))\b"
    ),
    "learns": re.compile(r"(?:discovers?|finds? out|realises?|realizes?|learns?) (?:that|they|he|she|it|who|why)\b"),
    "wins": re.compile(r"wins? (?:a|an|the|his|her|their) "),
    "opens": re.compile(
        r"(?:opens?|starts?) (?:a|an|the|his|her|their) .*\b(?:shop|salon|bakery|caf[eé]|restaurant|hotel|school|bar|store|library|museum|club|agency|company|business|clinic|laundry|cinema|theatre|inn|stall)\b"
    ),
    "shares": re.compile(r"(?:shares?|gives? (?!up|in|birth|way|a |an )|gives? away|lends?|offers?) "),
    "swaps": re.compile(r"(?:swaps?|trades?|exchanges?|switch(?:es)?) "),
    "hides": re.compile(r"hides? (?!in\b|from\b|under|behind|at\b|inside|out|among|on\b|with)\w+ "),
    "meets": re.compile(r"(?:meets?|runs? into|bumps? into)\b"),
    "runs_away": re.compile(r"(?:runs? away|escapes?|flees?|breaks? out)\b"),
    "forgets": re.compile(r"forgets? (?:a|an|the|his|her|their|how|where|what|who)\b"),
    "sends": re.compile(r"(?:sends?|mails?|posts?) (?:a|an|one|the|his|her|their) "),
    "refuses": re.compile(r"(?:refuses?|(?:does|do) not want|doesn't want|don't want|decides? not) "),
    "saves": re.compile(r"(?:saves?|rescues?) (?:a|an|the|his|her|their|\w+)\b(?! (?:money|up|for))"),
    "paints": re.compile(r"(?:paints?|draws?|sketch(?:es)?) (?:a|an|the|his|her|their|\w+)\b"),
    "builds": re.compile(
        r"(?:builds?|constructs?|repairs?|restores?|rebuilds?|fix(?:es)?|mends?|invents?) (?:a|an|the|his|her|their|\w+)\b"
    ),
    "wakes": re.compile(r"wakes? up\b"),
    "finds": re.compile(r"(?:finds?|discovers?|unearths?) (?:a|an|the|his|her|their|two|three|old) "),
    "hears": re.compile(r"hears? (?:a|an|the|his|her|their|\w+)\b"),
    "leaves": re.compile(r"(?:gives? up|leaves?|quits?|resigns?|moves? (?:to|away|out)|sells? (?:his|her|their))\b"),
    "talks": re.compile(r"(?:(?:talks?|speaks?) (?:to|with)|describes?|tells? (?:a|an|the|his|her|their))\b"),
    "waits": re.compile(r"waits? (?:for|at|in|by|under|on)\b"),
    "collects": re.compile(r"(?:collects?|counts?) "),
    "becomes": re.compile(r"becomes? (?:a|an|the) (?!.*\bfor (?:a|one|just)\b)"),
    "befriends": re.compile(r"(?:becomes? (?:\w+ )?(?:friends|pals|partners|pen pals)|makes? friends|befriends?)\b"),
    "argues": re.compile(r"(?:argues?|quarrels?|bickers?|fights?) (?:over|about)\b"),
    "returns": re.compile(r"(?:(?:returns?|comes? back|goes? back|go back) (?:home|to)|comes? (?:back )?home)\b"),
}
_ADJUNCTS = frozenset(
    "before after during while when until because so although if on in at from through across every each despite".split()
)
_HANGING = frozenset("a an the of to for with and or his her their its that who which how".split())
_POINTS = frozenset(
    "find miss steal drop lose break forget meet land arrive appear vanish stop die shoot win fail wake fall close crash discover "
    "reveal confess kiss leave quit refuse decide choose jump hit throw catch return buy sell marry escape rescue rob swap give "
    "receive get inherit step press tell ask mistake send push trip spill".split()
)
_STRANGE = re.compile(
    r"(?i)\b(?:every (?:person|clock|child|mirror|dog|cat)|suddenly|stop(?:s|ped)?|vanish\w*|"
    r"disappear\w*|backwards?|upside down|appears?|appeared|floats?|freezes?|froze|turns? into)\b"
)


def aspects(idea: Idea, hero: Figure, decisive: Event | None) -> dict[str, bool]:
    """Tags for the lines of the frame ``plain``."""
    text = idea.text
    lemma = decisive.lemma if decisive is not None else ""
    said = decisive.said.lower() if decisive is not None and not decisive.subject else ""
    is_able = bool(re.match(r"(?:can|cannot|can't|could|must)\b", said))
    is_done = bool(re.match(r"(?:is|are|was|were|has|have|gets?)\b", said))
    is_done = is_done and not re.match(r"(?:is|are|has|have) (?:a|an|the|not|no)\b", said)
    is_usual = (
        is_able
        or bool(_USUAL.search(text))
        and not is_done
        or (lemma in _STATES and decisive is not None and not decisive.helper and not is_done)
    )
    is_deed = decisive is None or not decisive.subject
    is_somebody = hero.is_living and idea.hero is not None and bool(idea.events) and is_deed
    is_sad = bool(_SAD.search(text))
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
    return {
        "sad": is_sad,
        "somebody": is_somebody,
        "usual": is_clear and is_usual,
        "course": is_clear and is_course and not is_usual,
        "once": is_clear and lemma in _POINTS and not is_usual,
        "clear": is_clear and is_active and not is_usual,
        "world": is_world and not is_usual,
        "fable": is_fable,
        "phrase": is_told,
        "asked": bool(idea.events)
        and idea.events[0].whole.endswith("?")
        and not idea.events[0].whole.lower().startswith("what"),
        "parts": len(idea.parts) > 1,
        "two": sum(not part.is_place for part in idea.parts) > 1,
        "pairing": sum(part.is_living for part in idea.parts) == 2 and len(idea.parts) == 2,
        "core": bool(core_of(decisive)),
        **{name: is_clear and not is_stopped and bool(pattern.match(said)) for name, pattern in DEEDS.items()},
    }


def core_of(event: Event | None) -> str:
    """``teaching his granddaughter how to waltz`` for an event that ends ``before her wedding``; empty if unsure."""
    if event is None or event.subject or event.helper or not event.lemma or event.lemma not in _COURSES:
        return ""
    words = event.said.split()
    if words[0].lower() not in (present(event.lemma, is_plural=False), event.lemma) or len(words) < 3:
        return ""
    cut = next((at for at in range(3, len(words)) if words[at].lower() in _ADJUNCTS), len(words))
    rest = words[1:cut]
    if len(rest) > 6 or rest[-1].lower() in _HANGING or any("," in word for word in rest):
        return ""
    return f"{gerund(event.lemma)} {' '.join(rest)}"


def in_words(idea: Idea, decisive: Event | None) -> dict[str, str]:
    """What the lines of the frame ``plain`` may name: the idea's own people and things, and its deed."""
    words = {"core": core_of(decisive)}
    first = [part.first for part in idea.parts]
    if len(first) > 1:
        named = [part.short for part in idea.parts if not part.is_place] or [part.short for part in idea.parts]
        words |= {"part1": named[0], "part2": named[-1]}
        words["list"] = f"{', '.join(first[:-1])} and {first[-1]}"
    return words
