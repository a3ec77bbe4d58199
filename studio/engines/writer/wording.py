"""Mends an idea's wording before it is parsed: titles in capitals, names in small letters, clauses that come first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.engines.writer.deeds import plural_deeds
from studio.engines.writer.grammar import article, capital, past, present
from studio.engines.writer.words import FEMALE_NAMES, MALE_NAMES, WordTable, name_gender, singulars

#: Names of places and the like that people type in small letters; none is an English word as well.
PROPER = {
    name.lower(): name
    for name in (
        "London Paris Berlin Rome Madrid Lisbon Vienna Prague Warsaw Budapest Athens Istanbul Moscow Dublin Edinburgh "
        "Glasgow Liverpool Manchester Amsterdam Brussels Copenhagen Oslo Stockholm Helsinki Reykjavik Venice Florence "
        "Naples Milan Barcelona Seville Cairo Marrakesh Casablanca Lagos Nairobi Johannesburg Dakar Accra Mumbai Delhi "
        "Kolkata Bangalore Chennai Karachi Lahore Dhaka Kathmandu Bangkok Hanoi Saigon Singapore Jakarta Manila Seoul "
        "Tokyo Kyoto Osaka Beijing Shanghai Sydney Melbourne Auckland Toronto Montreal Vancouver Chicago Boston Seattle "
        "Detroit Texas California Alaska Hawaii Brooklyn Manhattan Harlem Havana Mexico Brazil Peru Chile Argentina "
        "Bolivia Colombia Bogota Lima Rio Buenos Aires Egypt Morocco Kenya Ethiopia Ghana Nigeria Tanzania India Nepal "
        "Tibet Vietnam Thailand Indonesia Korea Russia Siberia Ukraine Poland Germany France Spain Italy Portugal "
        "England Scotland Ireland Wales Norway Sweden Finland Iceland Greenland Canada America Australia Africa Europe "
        "Asia Antarctica Syria Iraq Iran Afghanistan Israel Palestine Lebanon Greece Croatia Bosnia Sarajevo Titanic "
        "Everest Himalaya Amazon Sahara Atlantic Pacific Thames Danube Nile Venus Jupiter Saturn Pluto Christmas "
        "Halloween Easter Ramadan Diwali January February April June July September October November December Monday "
        "Tuesday Wednesday Thursday Friday Saturday Sunday Einstein Mozart Beethoven Shakespeare Cleopatra Napoleon "
        "French English German Spanish Italian Russian Chinese Japanese American African Indian Roman Greek Egyptian Irish "
        "Vikings Romans Egyptians Aztecs Incas Celts Mongols Saxons Normans Huns "
        "Trojan Persian Punic Crimean Korean Norman Aztec Mayan Prussian Soviet Scottish Swedish Mexican Victorian British European Byzantine Ottoman Gandhi Mandela Picasso Darwin Galileo Newton Leonardo"
    ).split()
} | {"nasa": "NASA", "uk": "UK", "usa": "USA"}
#: First names that are words as well.
_WORDY = frozenset(
    "rose joy violet ruby lily ivy iris grace hope eve may holly penny olive will mark bill jack rob ray frank earl rex stan max nick "
    "miles victor dan sally tara mei ling noor lee art gene guy dean sean lance luna stella dora bella oscar otto felix tess ada".split()
)
#: ``A tightrope walker afraid of heights``
_STATE = re.compile(
    r"(?i)^((?:a|an|the) (?:[\w'-]+ ){0,3}[\w'-]+(?<! is)(?<! who)) "
    r"(?<!falls )(?<!fall )(?<!fell )(?<!feels )(?<!gets )(?<!is )(?<!are )(?<!was )(?<!were )((?:afraid|scared|terrified|allergic|unable|obsessed|addicted|jealous|proud|tired|in love) (?:of|to|with) [\w' -]+)$"
)
#: Countries and old places that are words as well.
_COUNTRIES = frozenset(
    "china turkey jordan georgia chad babylon pompeii troy carthage sparta rhodes crete alexandria versailles angkor petra stonehenge "
    "hastings waterloo gettysburg hiroshima chernobyl normandy dunkirk verdun mesopotamia persia constantinople atlantis camelot".split()
)
#: Names made of common words alone.
_FAMOUS = frozenset(
    name.strip()
    for name in (
        "golden gate bridge, great barrier reef, grand canyon, white house, milky way, silk road, black sea, dead sea, red sea, red cross, "
        "iron curtain, industrial revolution, big bang, gold rush, terracotta army, tower of london, statue of liberty, great depression, "
        "leaning tower of pisa, boston tea party, underground railroad, olympic games, nobel prize, gunpowder plot, bermuda triangle, "
        "dead sea scrolls, rosetta stone, mona lisa, stone age, bronze age, iron age, middle ages, magna carta, bayeux tapestry, cold war, "
        "great pyramid, empire state building, big ben, great wall, sistine chapel, eiffel tower, brooklyn bridge, orient express, spice route"
    ).split(",")
)
#: What has no plural, and so no article.
MASSES = frozenset(
    "bread water gold silver iron salt sugar coffee tea milk wine honey chocolate rice wheat glass paper sand snow ice fire smoke rain fog "
    "money music art wood stone oil cheese butter silk cotton wool plastic electricity furniture jewellery luggage clothing equipment "
    "machinery traffic cash steel soap cake jam tape film string thread dust mud clay fur leather".split()
)
#: ``An elderly couple dance in the kitchen``
_GROUP_DEED = re.compile(
    r"(?i)^((?:an?|the|my|our|one) (?:[\w-]+ ){0,2}?(?:couple|crew|family|band|choir|team|gang)) ([a-z]+) "
    r"(?=(?:in|on|at|to|the|an?|their|for|with|across|through|from|into|every|each)\b)"
)
_LIVING = ("person", "animal", "robot", "creature", "group")
_SMALL = frozenset("a an the and but or of in on at to for with from by who that is as into".split())
_CLOSED = frozenset(
    "everything nothing nobody everyone everybody something someone than there could would never always which whom my our his her their its your this that these those some every each no all one two three four five six seven eight nine ten many few both he she they we you it how why what when where".split()
)
_DATED = re.compile(
    r"(?i)^(?:(?:in )?(?:the )?year|the year (?:is|was)|it(?:'s| is| was) (?:the year|around)?)\s*(\d{3,4}(?: (?:AD|BC))?)(?:[.,;:]| and)\s+(?=\w)"
)
_DAY = re.compile(
    r"(?i)^the (day|night|morning|summer|winter|evening) (?:when |that |on which )?"
    r"(?=(?:the|a|an|my|our|his|her|all|every|everyone|everybody|nobody|it|time|(?-i:[A-Z])\w+)\b)((?:\S+ ){2,}\S+)$"
)
_LEAD = re.compile(
    r"(?i)^((?:when|while|after|as|before|because|although|since|once|in|on|at|under|during|deep|far|high|inside|"
    r"outside|long|somewhere|one|every|near|behind|beneath|above|between|on board)\b[^,.;]{2,110}), "
    r"(?=(?:a|an|the|two|three|four|five|six|seven|ten|my|our|his|her|their|some|every|each|many|only|one|nobody|everyone|"
    r"(?-i:[A-Z])\w+|he|she|they)\b)(.{12,})$"
)
_WHERE = frozenset(
    "after before during in on at under inside outside behind above below beneath near beside aboard".split()
)
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten many few my our his her their every each all".split()
)
#: What is no end of a phrase.
_JOINING = frozenset(
    "by of in on at with to from near and or for under over between into behind about like than without through after before above "
    "left below beside along across around against the a an every each all both is are was were where when who which that as if".split()
)
#: How somebody is first named.
_WHO = r"(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|my|our|his|her)\b"
_YEAR = re.compile(
    r"(?i)^(in (?:(?:the year )?\d{3,4}s?|the \d{4}s|ancient \w+|medieval \w+|victorian \w+)) "
    rf"(?={_WHO}|(?-i:[A-Z]))"
)
#: ``On a cold night in 1912 a telegraph operator …``
_DATED_LEAD = re.compile(rf"(?i)^((?:on|at|during|in) [^,]{{3,50}}? (?:in|of) \d{{3,4}}s?) (?={_WHO}|(?-i:[A-Z]))")
#: ``Paris, 1944. A young pianist …``
_HEADED = re.compile(r"^([A-Z]\w+(?: [A-Z]\w+)?), (\d{4})[.:] ")
#: ``"Nobody comes back," said the old woman``
_QUOTED = re.compile(
    r"(?i)^\"?([^\"]{4,160}?)[,.]?\" (?:said|says|whispered|whispers|cried|cries|shouted|shouts|told|tells|asked|asks) ([^\"]{3,60}?)\.?$"
)
_WHEN_DAY = {"night": "One night", "morning": "One morning", "evening": "One evening", "summer": "One summer", "winter": "One winter"}  # fmt: skip
_TOPIC = re.compile(r"(?i)^(?:please )?(?:tell|teach|show) (?:me|us) (?:all |something |more )?about ")


@dataclass(frozen=True, slots=True)
class Wording:
    """An idea's text, ready to be parsed, with what was taken off."""

    text: str
    title: str = ""
    lead: str = ""
    """Words that come before the subject: ``In 2190``, ``When the power goes out``."""
    is_lesson: bool = False
    """True for ``Teach me about black holes``."""
    quote: str = ""
    """What somebody says; ``text`` is then who says it."""


def mend(text: str, table: WordTable) -> Wording:
    """The text with names in capitals, a title's capitals taken back, and what stands before its subject cut off."""
    text = _told_of_one(text, table)
    aged = re.match(r"(?i)([a-z]+)-year-old ([A-Z]\w+) (?=[a-z])", text)
    if aged:
        text = f"{aged[2]}, who is {aged[1].lower()} years old, {text[aged.end() :]}"
    if is_famous(text):
        capitals = " ".join(word if word in _SMALL else word.capitalize() for word in text.lower().split())
        return Wording(capitals[:1].upper() + capitals[1:])
    title = text if _is_title(text, table) and not is_named_matter(capital(text), table) else ""
    if title:
        text = " ".join(_lowered(word, table) for word in text.split())
    text = " ".join(_named(word, table) for word in text.split())
    group = _GROUP_DEED.match(text)
    if group and group[2] in plural_deeds():
        text = f"{group[1]} {present(group[2], is_plural=False)} {text[group.end() :]}"
    lesson = _TOPIC.sub("", text)
    if lesson != text:
        return Wording(lesson, title, is_lesson=not re.search(r"\b(?:who|that)\b", lesson))
    headed = _HEADED.match(text)
    if headed:
        return Wording(text[headed.end() :], title, f"In {headed[1]}, in {headed[2]}")
    quoted = _QUOTED.match(text)
    if quoted:
        return Wording(quoted[2], title, quote=quoted[1])
    dated = _DATED.match(text)
    if dated:
        whole = "the year " if dated[0].lower().startswith("in the year") else ""
        return Wording(text[dated.end() :], title, f"In {whole}{dated[1]}")
    day = _DAY.match(text)
    then = (
        re.search(r", (?=(?:an?|the|my|our|his|her|two|three|he|she|they|it|everyone|nobody|[A-Z]\w+) )", day[2])
        if day
        else None
    )
    if day and then is not None:  # ``The night the stars went out, a girl switched on her torch``
        return Wording(day[2][then.end() :], title, f"The {day[1].lower()} {day[2][: then.start()]}")
    if day and " who " not in text:
        rest = day[2] if day[2][:1].isupper() else day[2][:1].lower() + day[2][1:]
        return Wording(rest, title, _WHEN_DAY.get(day[1].lower(), "One day"))
    text = _YEAR.sub(r"\1, ", _STATE.sub(r"\1 who is \2", _determined(text, table)))
    text = _with_comma(_DATED_LEAD.sub(r"\1, ", text), table)
    lead = _LEAD.match(text)
    if lead and not re.search(r"[.!?] ", text):
        return Wording(lead[2], title, lead[1])
    return Wording(text, title)


def _told_of_one(text: str, table: WordTable) -> str:
    """``The dog is howling, and nobody knows why`` for the question of it: it asks about one being, and no science answers."""
    found = re.match(r"(?i)^([A-Z][\w-]+(?: \w+)?), (discovered|invented) (?!to\b)[^,]+$", text)
    if found:
        return f"The {'discovery' if found[2].lower() == 'discovered' else 'invention'} of {found[1]}"
    eaten = re.match(
        r"(?i)^who (ate|stole|took|broke|hid|painted|moved|opened|ordered|borrowed|turned|rang) "
        r"((?:(?:off|on|over|up|down|out) )?(?:the|my|our|all|a|grandma|grandpa)\b[^?]*)\?*$",
        text,
    )
    if eaten:
        return f"Nobody knows who {eaten[1]} {eaten[2]}"
    asked = re.match(
        r"(?i)^why (is|are|does|did) ((?:the|my|our|his|her|that|[A-Z]\w+'s) (?:[\w'-]+ ){0,3}?)([\w'-]+) (?:(never|always|still|only|suddenly) )?([\w'-]+)( [^?]*)?\?*$",
        text,
    )
    if (
        asked is None
        or table.kind(asked[3].lower()) not in ("person", "animal", "robot", "creature")
        and not name_gender(asked[3])
    ):
        return text
    who, often, rest = f"{asked[2]}{asked[3]}", f"{asked[4]} " if asked[4] else "", asked[6] or ""
    if asked[1].lower() == "did":
        is_one = asked[3].islower() and not asked[3].endswith("s")
        return capital(f"{who} {often}{past(asked[5])}{rest}, and nobody knows why") if is_one else text
    is_doing = asked[1].lower() == "does"
    verb = f"{often}{present(asked[5], is_plural=False)}" if is_doing else f"{asked[1].lower()} {often}{asked[5]}"
    return capital(f"{who} {verb}{rest}, and nobody knows why")


def _with_comma(text: str, table: WordTable) -> str:
    """``In the harbour, a girl sells stories`` for ``In the harbour a girl sells stories``."""
    words = text.split()
    is_lead = len(words) > 4 and words[0].lower() in _WHERE and words[1].lower() in ("a", "an", "the", "every", "each")
    for index, word in enumerate(words[:14] if is_lead else []):
        before = words[index - 1].lower()
        if index > 1 and (word.endswith((",", ".", ":", ";")) or word.lower() in _CLOSED - _COUNTS):
            return text
        if index < 3 or before in _JOINING or not re.match(rf"(?i){_WHO}", f"{word} "):
            continue
        forms = (before, *singulars(before))
        is_verb = before.endswith("s") and any(table.is_verb(form) for form in forms)
        is_noun = not is_verb and any(table.code(form) for form in forms)
        return f"{' '.join(words[:index])}, {' '.join(words[index:])}" if is_noun else text
    return text


def _determined(text: str, table: WordTable) -> str:
    """``a lost umbrella`` for ``lost umbrella``: up to three words that end in something one can count."""
    words = text.rstrip(".!").lower().split()
    if not 1 <= len(words) <= 3 or not all(_is_common(word, table) for word in words):
        return text
    if len(words) == 1 and table.code(words[0])[:1] not in ("t", "v", "n", "p"):
        return text
    if words[-1] in MASSES or words[0].endswith("'s"):
        return text
    is_open = (
        words[0] in _SMALL
        or words[0] in _CLOSED
        or words[0].endswith("ing")
        or re.search(r"(?:[^us]s|ing)$", words[-1])
    )
    if is_open or any(word in _SMALL or word in PROPER for word in words) or text[1:] != text[1:].lower():
        return text
    counted = table.kind(words[-1]) in ("person", "animal", "robot", "creature", "thing") or table.code(words[-1])[
        :1
    ] in (
        "t",
        "v",
        "n",
    )
    return f"{article(words[0])} {text[:1].lower()}{text[1:].rstrip('.!')}" if counted else text


def _is_title(text: str, table: WordTable) -> bool:
    """True for ``The Last Train Home``: every word of weight has a capital, and most are common words."""
    words = [word for word in re.findall(r"[A-Za-z']+", text) if word.lower() not in _SMALL]
    if len(words) < 2 or len(words) > 8 or not all(word[:1].isupper() for word in words):
        return False
    common = [word for word in words if _is_common(word, table)]
    return len(common) >= 2 or len(common) == len(words)


def is_proper(word: str) -> bool:
    """True for a word that names one place or person in the world."""
    return word.lower() in PROPER or word.lower() in _COUNTRIES


def _is_common(word: str, table: WordTable) -> bool:
    bare = re.sub(r"'s$", "", word.lower())
    return (
        bare not in PROPER
        and bare not in _COUNTRIES
        and bare not in FEMALE_NAMES
        and bare not in MALE_NAMES
        and table.is_known(bare)
    )


def is_famous(text: str) -> bool:
    """True for ``the golden gate bridge``, a name of common words."""
    return re.sub(r"^(?:the|a) ", "", text.lower().strip(" .!")) in _FAMOUS


def is_named_matter(text: str, table: WordTable) -> bool:
    """True for a name with an article, of which one word at least is no common word: ``The Great Wall of China``."""
    if is_famous(text):
        return True
    words = [word for word in re.findall(r"[A-Za-z'-]+", text) if word not in ("of", "and", "the")]
    if len(words) == 2 and words[0] == "The" and words[1][:1].isupper():
        return is_proper(words[1]) or not table.is_known(words[1]) and not name_gender(words[1])
    if {"That", "Who", "Which", "Where", "When", "Whose"} & set(words):
        return False
    if words[:1] != ["The"] or not 3 <= len(words) <= 5 or not all(word[:1].isupper() for word in words):
        return False
    head = re.split(r" of ", text)[0].split()[-1].lower()
    is_order = head in ("league", "order", "guild", "empire", "union", "republic", "dynasty", "company", "legion")
    if not is_order and any(table.kind(form) in _LIVING for form in (head, *singulars(head))):
        return False
    return not all(_is_common(word, table) for word in words[1:])


def _lowered(word: str, table: WordTable) -> str:
    return word.lower() if word.lower() in _SMALL | _CLOSED or _is_common(word.strip(".,!?"), table) else word


def _named(word: str, table: WordTable) -> str:
    """The word with a capital if it is a name and nothing else."""
    match = re.match(r"([a-z]+)('s)?([.,!?;:]*)$", word)
    if not match:
        return word
    if match[1] in PROPER:
        return PROPER[match[1]] + (match[2] or "") + match[3]
    is_name = match[1] in FEMALE_NAMES or match[1] in MALE_NAMES
    if is_name and match[1] not in _WORDY and not table.is_verb(match[1]):
        return match[1].capitalize() + (match[2] or "") + match[3]
    return word
