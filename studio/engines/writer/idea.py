"""What an idea says: its class, its hero, its events in order, its place, time and tone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.engines.writer.choices import Choice
from studio.engines.writer.grammar import Figure, capital, present
from studio.engines.writer.mentions import Mentions
from studio.engines.writer.words import BRIGHT_WORDS, DARK_WORDS, TIMES, WEATHERS
from studio.model.letters import normal

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U00002600-\U000027bf\U00002190-\U000021ff\U00002b00-\U00002bff\ufe0f\u200d]"
)
_ASK = re.compile(
    r"(?i)^(?:(?:hi|hello|hey)\b[ ,!.]*)?(?:please[, ]+)?(?:(?:can|could|would) you (?:please )?)?"
    r"(?:(?:i(?:'d| would) like|i want|we want|i need|we need)(?: you)?(?: to (?:see|have|make|create|watch))?\s+(?=(?:a|an|the|some)\b)|"
    r"(?:please\s+)?(?:make|create|generate|produce|shoot|film|animate|write|give|tell|show)(?: (?:me|us))?(?: up)?\s++"
    r"(?=(?:a|an|the|some|my|our)?\s*(?:[\w'-]++[ ,][ ,-]*+){0,5}?(?:[\w'-]++[ ,][ ,-]*+|[\w'-]+-)?(?:film|movie|video|clip|story|tale|short|animation|cartoon|ad|"
    r"advert|advertisement|commercial|documentary|trailer|drama|comedy|thriller|explainer|fable|promo|spot|something)\b))"
)
_FORMS = (
    "film|movie|video|clip|story|tale|short|animation|cartoon|trailer|drama|comedy|thriller|romance|horror|western|"
    "fable|adventure|mystery|musical|biopic|epic|fairytale|documentary|explainer|ad|advert|advertisement|commercial|promo|"
    "spot|something|piece|lesson|tutorial|tragedy|noir|satire|sci-fi|scifi|fantasy|whodunit|script|myth|legend|parable|sketch|skit|parody"
)
_WRAPPER = re.compile(
    rf"(?i)^(?:(?:a|an|the|my|our|some|one)\s+)?((?:[\w'’-]+[ ,]+){{0,6}}?(?:{_FORMS}))\s*"
    r"(?:(?:about|of|on|for|in which|where|between|following|featuring|showing|promoting|advertising|called|titled|"
    r"that (?:shows|tells|follows)|set (?:in|on|at|during)|explaining|to explain|based on|with)\b|[:\-–—]|,(?=\s))\s*"
)
_AUDIENCE = re.compile(
    rf"(?i)^((?:(?:a|an|the|my|our|some|one)\s+)?(?:[\w'’-]+[ ,]+){{0,6}}?(?:{_FORMS})) for (?:[\w'’-]+ ){{0,4}}?[\w'’-]+(?:: | about )"
)
#: ``There once was a king who had everything``: the first verb after ``who`` is the deed.
_THERE_WAS = re.compile(
    r"(?i)^(?:once upon a time,? )?there (?:once )?(?:was|were|lived) (?:once )?((?:an?|two|three|some) (?:[\w'-]+ ){1,5}?)(?:who|that) (?!\w+ed )"
)
#: ``For my history class: the printing press``
_PURPOSE = re.compile(
    r"(?i)^(?:for (?:my|our|the|a|an) (?:[\w'’-]+ ){0,3}?(?:(class|lesson|pupils|students|course|school|seminar)|[\w'’-]+)"
    r"|(?:[\w'’-]+ ){0,2}(class|homework|course|presentation)): "
)
#: ``The lost sock: a short film for toddlers``
_FORM_AFTER = re.compile(
    rf"(?i)^([^:,]{{3,80}})(?::|,| -| –) ((?:a|an) (?:[\w'’-]+ ){{0,3}}?(?:{_FORMS})(?: (?:for|about) [\w' -]{{2,30}})?)[.!]?$"
)
_LEARNERS = re.compile(
    r"(?i)^(explain .+?) to (?:(?:a|the|my|small|young|little) ){0,2}(?:children|kids|pupils|students|beginners|child|class|me|us|[\w-]+[- ]years?[- ]olds?)$"
)
#: ``Photosynthesis explained by a sunflower``
_TELLERS = re.compile(
    r"(?i)^((?:[\w'’-]+ ){1,8}?)(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(explained|told|retold|narrated|described|remembered) by ((?:an?|the|two|my) [^,]+)$"
)
_TOLD = {"explained": "explain", "told": "tell", "retold": "retell", "narrated": "narrate", "described": "describe", "remembered": "remember"}  # fmt: skip
_PRODUCT_FORM = re.compile(
    r"(?i)\b(?:ad|advert|advertisement|commercial|promo|promotional|(?:radio|tv|television) spot|launch|product|advertising)\b"
)
_DOCUMENTARY_FORM = re.compile(r"(?i)\b(?:documentary|explainer|educational|lesson|tutorial|explaining|to explain)\b")
_DOCUMENTARY_START = re.compile(
    r"(?i)^(?:how (?:do|does|did|is|are|was|were|to|can)\b|why\b|what (?:is|are|was|were|do|does|did|causes|caused|makes|happened|happens(?! when| if)|[a-z]+s (?:a|an|the|us|them|our|my|people|your)|goes|comes|lies|lives|[a-z]+s [a-z]+ \w+\?)\b|explain\b|"
    r"introduction to\b|(?:some )?facts about\b|(?:the )?(?:history|science|origins?|life cycle|importance|benefits|"
    r"anatomy|chemistry|physics|biology|evolution|future|rise and fall|basics|wonders|secrets) of\b|life (?:in|of|on) the\b|"
    r"behind the scenes|(?:the )?li(?:fe|ves) of (?=[A-Z])|(?:the )?(?:secret|hidden|private) (?:li(?:fe|ves)|languages?|world|history) of|(?:the )?(?:invention|discovery|making|birth|building|construction|founding|excavation) of|a day in the life of\b|(?:a day in the )?li(?:fe|ves) (?:in|on|under|at|below|inside) (?:a|an|the)\b|a (?:short )?biography|inside (?:a|the)\b|meet the\b|where (?:do|does|did|is|are)\b|when (?:did|was|were)\b|who (?:was|were|invented|built|discovered)\b|all about\b)"
)
#: ``What would you do with one extra hour a day``: a question that only the listener can answer.
OPEN_QUESTION = re.compile(
    r"(?i)how (?:do|does|can) (?:you|we|i|one|anyone) (?:ever )?(?:say (?:goodbye|sorry|no)|forgive|forget|love|live|mourn|trust|begin|start over|let go|grow old|"
    r"stay|know|tell|leave|apologi[sz]e|miss|go on|carry on|come back|bury|be)\b|(?!what (?:if|happens|would happen)\b)(?:what|where|who|which|how|when) (?:[\w'-]+ ){0,3}?(?:would|should|could|will) (?!happen\b)[\w'-]+\b"
)
_HOW_CLAUSE = re.compile(
    r"(?i)^how (?!(?:my|one|two|three|he|she|i)\b|an? (?:\w+ )?(?:man|woman|boy|girl|child|dog|cat|fox|bear|prince|princess|king|queen|\w+er|\w+or|\w+ist)\b)[\w' -]+$"
)
_SEVERAL = re.compile(r"(?i)(?:two|three)\b|.* and ")
_GREETING_END = re.compile(r"(?i)[,.!]?\s*(?:please|thanks|thank you)[.! ]*$")


@dataclass(slots=True)
class Event:
    """One thing that happens, in the user's words."""

    linker: str
    """``""`` for the first, else ``and, but, until, when, only, so``."""
    subject: str
    """Words of its own subject; empty if the hero does it."""
    said: str
    """The finite rest: ``finds a bottle with a message``."""
    drawn: str
    """The same, with pronouns replaced for the painter."""
    lemma: str = ""
    goal: str = ""
    """Infinitive phrase after ``to``: ``find the sender``."""
    is_state: bool = False
    thing: Figure | None = None
    other: Figure | None = None
    place: str = ""
    lead: str = ""
    """Words before its subject: ``one night``."""
    helper: str = ""
    """The verb that carries ``lemma``: ``want, try, learn, must`` …"""
    whole: str = ""
    """The user's own sentence, if it is told as it stands."""


@dataclass(slots=True)
class Idea:
    """An idea, understood."""

    kind: str
    """``documentary, product, adapt, narrative`` or ``words``."""
    text: str
    tone: str = ""
    """``dark, bright`` or empty."""
    title: str = ""
    hero: Figure | None = None
    pair: tuple[Figure, Figure] | None = None
    """The two of a hero that is ``a cat and a mouse``."""
    trait: str = ""
    """A relative clause of the hero: ``can't remember faces``."""
    fear: str = ""
    """What the hero is afraid of, if the idea says no more."""
    lead: str = ""
    """Words before the subject: ``In 1920s Paris``."""
    events: list[Event] = field(default_factory=list)
    thing: Figure | None = None
    other: Figure | None = None
    place: str = ""
    time_of_day: str = ""
    weather: str = ""
    nouns: tuple[str, ...] = ()
    topic: str = ""
    """Of documentaries, products and bare words: the noun phrase."""
    question: str = ""
    direct: str = ""
    """The question as one asks it, with its mark."""
    claim: str = ""
    brand: str = ""
    genre: str = ""
    is_plural_topic: bool = False
    is_about_person: bool = False
    is_about_people: bool = False
    """True for ``the suffragettes``."""
    is_exact: bool = True
    """False if the idea is told in its own sentences, because the reading lost or changed some of its words."""
    is_broken: bool = False
    """True if even the clause is not understood, so that its nouns may be none."""
    is_phrase: bool = False
    """True for a bare noun phrase."""
    choice: Choice | None = None
    """The choice that the idea ends with."""
    mentions: Mentions = field(default_factory=Mentions)
    """What plots may name again."""
    wholes: tuple[Event, ...] = ()
    """The idea's own sentences, as events to be told as they stand."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """The idea without its wrapping (``Make a horror film about …``)."""

    text: str
    form: str
    title: str = ""
    is_question: bool = False
    asked: str = ""
    """The whole of a question that is answered with yes or no, or by everyone in another way."""
    what_if: str = ""
    """The whole of a question that begins with ``what if``."""
    around: str = ""
    """Words that were cut off before ``text``: ``On the morning of her birthday``."""

    @property
    def is_product(self) -> bool:
        return bool(_PRODUCT_FORM.search(self.form))

    @property
    def is_documentary(self) -> bool:
        if _DOCUMENTARY_FORM.search(self.form):
            return True
        if OPEN_QUESTION.match(self.asked):
            return False
        plain = not re.search(r"(?i)\b(?:love|adventure|drama|comedy|horror|thriller|fable|tale)\b", self.form)
        is_whodunit = self.is_question and bool(re.match(r"(?i)who (?!wants?\b|is\b|are\b)\w+ \w+", self.text))
        if re.match(r"(?i)how (?:the|an?) [\w' -]+ (?:its|his|her|their)\b", self.text):
            return False  # ``How the leopard got its spots``
        return plain and bool(is_whodunit or _DOCUMENTARY_START.match(self.text) or _HOW_CLAUSE.match(self.text))


def clean(idea: str) -> str:
    """The idea without emoji and stray spaces, with straight quotes, and not in capitals only."""
    text = normal("NFKC", _EMOJI.sub(" ", idea))
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2026: "."})
    text = re.sub(r"[*_#`~<>|{}\[\]\\^]+", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" -–—\"'")
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 6 and sum(char.isupper() for char in letters) > 0.8 * len(letters):
        text = text.lower()
    return re.sub(r"([.!?])\1+", r"\1", text)


def strip_wrapping(text: str) -> Stripped:
    """Take off the request, the form (``a short horror film about``) and a title."""
    text = _GREETING_END.sub("", text).strip()
    text = _ASK.sub("", text)
    shown = re.sub(
        r"(?i)^(?:please )?(?:show|tell|teach)(?: me| us| people| children| kids)? (?=(?:how|why|what)\b)", "", text
    )
    title = ""
    match = re.search(r"(?i)\b(?:called|titled|named) \"([^\"]{2,60})\"[,:]?\s*", text)
    if match and match.start() < 60:
        title = match[1]
        text = text[: match.start()] + text[match.end() :]
    forms: list[str] = ["explainer"] if shown != text else []
    offered = re.sub(r"(?i)^(?:introducing|presenting|say hello to)[:,]? ", "", shown)
    if offered != shown:
        forms, shown = ["ad"], offered
    text = shown
    purpose = _PURPOSE.match(text)
    if purpose:
        forms.append("explainer" if purpose[1] or purpose[2] else "film")
        text = text[purpose.end() :]
    after = _FORM_AFTER.match(text)
    if after:
        forms.append(after[2])
        text = after[1]
    meant = _AUDIENCE.match(text)
    if meant and not _PRODUCT_FORM.search(meant[1]):
        forms.append(meant[0])
        text = text[meant.end() :]
    text = _LEARNERS.sub(r"\1", text)
    for _ in range(2):
        wrapper = _WRAPPER.match(text)
        if not wrapper or len(text) - wrapper.end() < 3:
            break
        inside = wrapper[1].lower().split()
        if any(
            word in ("who", "that", "and", "finds", "makes", "is", "with", "of", "a", "an", "the") for word in inside
        ):
            break
        forms.append(wrapper[0])
        text = text[wrapper.end() :]
    text = re.sub(r"(?i)^(?:it is |it's )?(?:about|the story of|a story of|how it is when)\s+", "", text)
    text = re.sub(r"(?i)^imagine (?:that )?", "", text)
    told = _TELLERS.match(text)
    if told:
        verb = present(_TOLD[told[2].lower()], is_plural=told[3].lower().startswith("two "))
        text = f"{capital(told[3])} {verb} {told[1][:1].lower()}{told[1][1:].strip()}"
    text = _THERE_WAS.sub(r"\1 ", text)
    text = re.sub(
        r"(?i)^(?:once upon a time,? )?there (?:was|is|lived|once was|were|are|lives) (?=(?:once )?(?:a|an|two|three|some|the)\b)",
        "",
        text,
    )
    text = re.sub(r"(?i)^once upon a time,? ", "", text)
    is_question = text.endswith("?") or bool(re.match(r"(?i)what if\b", text))
    if re.match(r"(?i)if [^,]+? (?:could|were|had|would) [^,.;]+$", text):
        text = f"What {text[:1].lower()}{text[1:]}"  # ``If dogs could vote``
    whole = text
    what_if = f"{text.rstrip('?. ')}?" if re.match(r"(?i)what (?:if|would happen if)\b", text) else ""
    text = re.sub(r"(?i)^what (?:if|happens (?:when|if)|would happen if) ", "", text)
    text = re.sub(
        r"(?i)^(?:can|could) ((?:a|an|the|my|two|three) [\w ]+?) (be(?= (?:an?|the|friends|free|human|king|queen)\b)|become|learn|find|love|live|make|save|win|fly|change|stop) (.+?)\?*$",
        lambda match: (
            f"{match[1]} {present('want', is_plural=bool(_SEVERAL.match(match[1])))} to {match[2]} {match[3]}"
        ),
        text,
    )
    asked = re.match(
        r"(?i)^(?:can|could|will|would|should|does|do|did) ((?:a|an|the|two|three|my|our|some|[A-Z]).+?)\?*$",
        text,
    )
    is_asked = bool(asked) or bool(
        re.match(r"(?i)(?:is|are|was|were|do|does|did|has|have|will|would|should|can|could)\b", text)
    )
    yes_or_no = (
        whole if is_asked and whole.endswith("?") else f"{whole.rstrip('?. ')}?" if OPEN_QUESTION.match(whole) else ""
    )
    if asked:
        text = asked[1]
    text = re.sub(
        r"(?i)^(?:the )?(?:journey|voyage|travels?|adventures?) of ((?:a|an|the|two|three|my) .+?) ((?:from|through|across|to) .+)$",
        r"\1 travels \2",
        text,
    )
    world = re.match(
        r"(?i)^((?:a|an|the) [\w -]*?(?:world|planet|city|town|village|country|kingdom|school|office|island|house|land|future|place)) (?:where|in which) (.+)$",
        text,
    )
    if world and len(world[1].split()) < 6 and not re.search(r", and (?:an?|the|one|two|three) ", world[2]):
        where = world[1][:1].lower() + world[1][1:]
        is_world = re.search(r"(?i)\b(?:world|future|place|land)$", world[1])
        text = (
            world[2]
            if is_world
            else text
            if re.match(r"(?i)(?:every|no|all|some)", world[2])
            else f"In {where}, {world[2]}"
        )
    form = " ".join(forms)
    if not (_PRODUCT_FORM.search(form) or _DOCUMENTARY_FORM.search(form) or _DOCUMENTARY_START.match(text)):
        text = text if re.search(r"[.!] [^.!?]+\?$", text) else text.rstrip("?").strip()
    return Stripped(text.strip(" .,:;-"), form, title, is_question, yes_or_no, what_if)


#: Darkness that is only a lack of light.
_PLAIN_DARK = (
    r"\b(?:of|in|into|after|before|until|through) (?:the )?dark\b|\b(?:goes|go|went|gets?|is|are|was|turns?|grows?|falls?|sky|so|too|stays?) dark\b|"
    r"\bdark (?:chocolate|matter|energy|horse|blue|green|red|brown|hair|eyes|room|rooms|sky|clouds?|ages|side of the moon)\b"
)


def tone_of(text: str) -> str:
    """``dark`` or ``bright`` by the words of the whole idea, or empty."""
    words = set(re.findall(r"[a-z-]+", re.sub(_PLAIN_DARK, "", text.lower())))
    if words & DARK_WORDS and not words & {"comedy", "funny", "cute", "friendly", "silly", "kids", "bedtime"}:
        return "dark"
    is_for_children = bool(
        re.search(r"(?i)\bfor (?:the |small |young |little )?(?:children|kids|famil(?:y|ies))\b", text)
    )
    return "bright" if words & BRIGHT_WORDS or is_for_children else ""


def time_of(text: str) -> str:
    """The time of day that the idea names, or empty."""
    found = [word for word in re.findall(r"[a-z]+", text.lower()) if word in TIMES]
    return TIMES[found[0]] if found else ""


def weather_of(text: str) -> str:
    """The weather that the idea names, or empty; ``without rain`` names none."""
    lower = re.sub(r"\b(?:no|without|never(?! stops| ends)|before the|after the) \w+", " ", text.lower())
    found = [word for word in re.findall(r"[a-z]+", lower) if word in WEATHERS]
    return WEATHERS[found[0]] if found else ""
