"""Sets a story up: its frame, its kit of place, its hero and others, and the lines that fit them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studio.engines.writer.cast import role_of
from studio.engines.writer.chance import Chance
from studio.engines.writer.clauses import HAPPENINGS
from studio.engines.writer.frames import decisive_event, frame_of, is_big, is_trade, occasion, thing_tag
from studio.engines.writer.grammar import PRONOUNS, Figure, article, fill, word_count
from studio.engines.writer.idea import Idea
from studio.engines.writer.phrases import doing_text, strip_determiner
from studio.engines.writer.tables import Beat, Kit, Line, Tables
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, WordTable, singulars

_WILD = frozenset(
    "space planet underwater desert snow mountain jungle cave ship forest savanna river sea airfield".split()
)
_HANDS = re.compile(
    r"(?i)\b(?:cups?|chairs?|letters?|writes?|\[write\]|reads?|\[read\]|doors?|coats?|shoes?|mirror|hands?|fingers?|sleeves|lamps?|knot|"
    r"lantern|paper|pencil|bread|notebook|draws?|\[draw\]|bags?|clock|photographs?|table|laces|weapon|flour|walls?|tea|coffee|list|plan|"
    r"tools|stick|apple|shelf|drawer|key|candles?|light in|chalk|window|plates?|curtains|knife|suitcase|box|arms|shoulders|knees|teeth|"
    r"signature|forehead|napkin|cake|floor|house|home grows|street|soup|neighbou?rs?|stranger|bruises|ticket)\b"
)
_PEOPLED = re.compile(
    r"(?i)\b(?:neighbou?rs?|streets?|doors?|everyone who passes|old woman|old stranger|strangers?|train|bench|people|somebody else wants|"
    r"crowd|child|children|window|headline|papers|house|shop|coat pocket|mirror|queue|clock|table|kitchen|cat\b|nobody in charge|friend)\b"
)
_MODERN = re.compile(
    r"(?i)\b(?:train|coffee|newspaper|headline|photographs?|bus|ticket|telephone|street lamps?|morning papers|laces|napkin)\b"
)
_CLOCK = (
    ("night", re.compile(r"(?i)\b(?:at night|tonight|midnight|all night|night comes|that night|stars)\b")),
    ("dusk", re.compile(r"(?i)\b(?:evening|sunset|dusk|day go down)\b")),
    ("dawn", re.compile(r"(?i)\b(?:dawn|morning|first light|sunrise|rising sun)\b")),
)
_HAUNTERS = frozenset(
    "doll puppet ghost monster demon zombie spirit creature thing shadow clown killer mirror witch mummy scarecrow".split()
)


class Setting:
    """What a story is made of. ``words_per_scene`` guides which variants are short enough."""

    topic_frame = ""

    def __init__(
        self,
        idea: Idea,
        tables: Tables,
        table: WordTable,
        chance: Chance,
        avoid: Sequence[str],
        words_per_scene: float,
    ) -> None:
        self.idea, self.tables, self.table, self.chance = idea, tables, table, chance
        self.avoid = {_bare(text) for text in avoid}
        self.words_per_scene = words_per_scene
        self.used: set[str] = set()
        self.is_ride = False
        self.is_split_pair = False
        self.is_witness = False
        self.is_onlooker_seen = False
        self.routine = ""
        self.events = list(idea.events)
        self.hero = idea.hero or Figure("", "", "", "", "", "person")
        decisive = decisive_event(self.events)
        self.frame = frame_of(idea, decisive, table)
        if self.frame == "journey" and idea.hero is None and idea.thing is not None:
            idea.place, idea.thing = idea.thing.first, None
            self.is_ride = True
        if decisive is None and self.frame == "theme" and occasion(idea, table):
            self.frame = "farewell" if "funeral" in idea.topic.lower() else "mishap"
        if self.frame == "theme" and idea.topic and idea.hero is None and len(idea.topic.split()) > 4:
            self.frame = "season"
        if idea.pair is not None and self.frame in ("meet", "love") and self.events:
            first, second = idea.pair
            self.events[0].subject = f"{first.short} and {second.first}"
            self.idea.hero, self.idea.other = first, second
            self.events[0].other = second
            self.is_split_pair = True
        self.decisive = decisive
        if idea.tone == "dark" and idea.hero is not None and not idea.hero.is_living and self.events:
            self.frame = "dread"
        self.is_dark = idea.tone == "dark" or self.frame == "dread"
        if (
            self.frame == "dread"
            and idea.hero is not None
            and self.events
            and (not idea.hero.is_living or idea.hero.head in _HAUNTERS)
        ):
            self.events[0].subject = idea.hero.first
            for event in self.events[1:]:
                event.subject = event.subject or idea.hero.short
            idea.other, idea.hero = idea.hero, None
        self.kit = self._choose_kit()
        self._choose_hero()
        self.figures, self.words = self._slots()
        self._add_onlooker()

    def _add_onlooker(self) -> None:
        """Somebody of the place, who sees what the hero does and later stands by."""
        noun = self.kit.person
        if set(noun.split()) & set(self.hero.noun.lower().split()) - {"young", "old"}:
            noun = "old neighbour" if self.kit.name not in _WILD else "young stranger"
        head = noun.split()[-1]
        gender = (
            "female"
            if head in FEMALE_NOUNS
            else "male"
            if head in MALE_NOUNS
            else ("male", "female")[self.chance.number("onlooker") % 2]
        )
        self.figures["onlooker"] = Figure(
            noun, f"{article(noun)} {noun}", f"the {head}", f"the {noun}", head, "person", gender
        )
        self.words["ohis"] = PRONOUNS[gender][2]

    def _choose_kit(self) -> Kit:
        idea, kits = self.idea, self.tables.kits
        by_word = {word: kit for kit in reversed(list(kits.values())) for word in kit.words}
        is_old = any(
            word in re.findall(r"[a-z]+", idea.text.lower())
            for word in (
                "medieval",
                "ancient",
                "knight",
                "samurai",
                "viking",
                "roman",
                "pharaoh",
                "century",
                "gladiator",
            )
        )
        role = role_of(idea.hero, self.tables) if idea.hero is not None else None
        if "haunted" in idea.text.lower():
            return kits["haunted"]
        text = idea.text.lower()
        if "space station" in text or "spaceship" in text and not idea.place:
            return kits["space"]
        if self.topic_frame == "product":
            words = (idea.thing.noun if idea.thing is not None else idea.topic).lower().split()[::-1]
            return next((by_word[w] for w in self._singular(words) if w in by_word), kits["village"])
        candidates = re.findall(r"[a-z]+", idea.place.lower())[::-1]
        is_at_work = role is not None and not role.is_animal and role.kit not in ("home", "city", "village", "road")
        elsewhere = [] if is_at_work else [noun for noun in idea.nouns if self.table.is_place(noun) and noun in by_word]
        if idea.hero is not None and not idea.hero.name:
            words = idea.hero.noun.lower().split()[::-1]
            words = [w for w in words if w != "robot" or role is None or "robot" in role.names]
            candidates += [idea.hero.head, *elsewhere, *words]
        found = next((by_word[w] for w in self._singular(candidates) if w in by_word), None)
        if found is None and role is not None:
            found = kits.get(role.kit)
        if found is None or (role is not None and role.is_animal and not idea.place):
            rest = list(idea.nouns)
            other = next((by_word[w] for w in self._singular(rest) if w in by_word), None)
            found = other or found
        if found is None and idea.weather == "snow":
            found = kits["snow"]
        if found is None and idea.place:
            found = kits["village" if is_old or "village" in idea.place else "city"]
        if found is not None and is_old and found.era == "modern":
            found = kits["history"]
        if found is None and is_old:
            found = kits["history"]
        if self.frame in ("theme", "gift", "season"):
            return found or kits[self.chance.pick("theme kit", ("home", "city", "village", "sea"))]
        if found is None:
            by_role = [
                self.tables.roles[w]
                for w in self._singular(list(idea.nouns))
                if w in self.tables.roles and not self.tables.roles[w].is_animal and self.table.kind(w) == "person"
            ]
            found = kits.get(by_role[0].kit) if by_role else None
        is_beast = idea.hero is not None and idea.hero.kind == "animal"
        is_grown = idea.hero is not None and idea.hero.kind == "person" and role is None
        return (
            found
            or kits[
                {"dread": "haunted", "love": "cafe", "journey": "road", "mishap": "home"}.get(
                    self.frame, "city" if is_grown else "forest" if is_beast else "village"
                )
            ]
        )

    def _singular(self, words: list[str]) -> list[str]:
        return [form for word in words for form in (word, *singulars(word))]

    def _choose_hero(self) -> None:
        idea = self.idea
        if (
            idea.hero is not None
            and idea.hero.is_living
            or (idea.hero is not None and idea.events and self.frame != "wonder" and not self._is_happening())
        ):
            is_somebody = idea.hero.kind == "abstract" and bool(idea.events)
            self.hero = replace(idea.hero, kind="person") if is_somebody else idea.hero
            return
        if idea.hero is not None and idea.events and self.frame != "dread":
            self.frame = "wonder"
            for event in self.events:
                event.subject = event.subject or (idea.hero.first if event is self.events[0] else idea.hero.short)
        if idea.hero is not None and strip_determiner(idea.place) == strip_determiner(idea.hero.noun):
            idea.place = ""
            self.kit = self.tables.kits[self.chance.pick("wonder kit", ("village", "city", "farm"))]
        struck = self.events[0].other if self.events and self.frame == "wonder" else None
        if struck is not None and struck.kind == "person" and not struck.short.startswith(("his", "her", "their")):
            self.hero = struck
            self.frame = "trapped" if self.events[0].lemma in ("trap", "lock", "strand", "bury") else "wonder"
            return
        self.is_witness = True
        if idea.hero is not None and not idea.events and (idea.other is not None or self.frame == "arrival"):
            self.hero, self.is_witness = idea.hero, False
            return
        noun = self.kit.person
        if self.is_dark:
            noun = noun.replace("young ", "lonely ") if self.chance.number("lonely") % 2 else noun
        head = noun.split()[-1]
        gender = "female" if head in FEMALE_NOUNS else ("male", "female")[self.chance.number("gender") % 2]
        self.hero = Figure(noun, f"{article(noun)} {noun}", f"the {head}", f"the {noun}", head, "person", gender)

    def _is_happening(self) -> bool:
        """True if the subject is a thing and what it does is no deed of a character."""
        hero = self.idea.hero
        if hero is None or hero.is_living:
            return False
        first = self.events[0]
        return (first.lemma in HAPPENINGS or hero.kind in ("weather", "place")) and not first.helper

    def _slots(self) -> tuple[dict[str, Figure], dict[str, str]]:
        idea = self.idea
        event = self.decisive
        figures = {"hero": self.hero}
        thing = (event.thing if event is not None else None) or (idea.thing if event is None else None)
        other = (event.other if event is not None else None) or idea.other
        if (
            self.frame == "search"
            and thing is None
            and other is not None
            and event is not None
            and event.lemma == "lose"
        ):
            thing = other
        if self.frame in ("rescue", "tide") and other is not None:
            thing = other
        if self.frame == "deed" and thing is not None and thing.kind in ("place", "weather"):
            thing = None
        if thing is not None and thing.kind not in ("abstract",) or (thing is not None and self.frame == "make"):
            figures["thing"] = thing
        if other is None and self.frame == "love" and thing is not None and not self.hero.is_plural:
            other, thing = thing, None
            figures.pop("thing", None)
        if other is None and self.frame == "love" and not self.hero.is_plural:
            other = self._stranger()
        if other is not None:
            figures["other"] = replace(other, first=other.first) if self.frame in ("meet", "love") else other
        first = idea.topic.split()[0] if idea.topic else ""
        topic = idea.topic
        if first and (
            topic.isupper()
            or first.lower() in ("the", "a", "an", "my", "first")
            or (self.table.is_known(first) and len(topic.split()) == 1)
        ):
            topic = topic[:1].lower() + topic[1:]
        words = {"topic": topic, "place": idea.place or self.kit.place}
        if idea.fear:
            words["fear"] = idea.fear
        words["a place"] = idea.place or self.kit.place
        if event is not None and event.goal:
            words["goal"], words["doing"] = event.goal, doing_text(event.goal)
        if "thing" in figures:
            words["thing_noun"] = figures["thing"].head
        words["he_is"] = PRONOUNS[self.hero.gender][0]
        return figures, words

    def _stranger(self) -> Figure:
        gender = "female" if self.hero.gender == "male" else "male"
        noun = "stranger in a red coat" if gender == "female" else "stranger in a grey hat"
        return Figure(noun, f"a {noun}", "the stranger", f"the {noun}", "stranger", "person", gender)

    def _fits(self, line: Line, beat: str) -> bool:
        text = f"{line.say} {line.more} {line.show}"
        tags = set(line.tags)
        has = {
            "thing": "thing" in self.figures, "other": "other" in self.figures, "goal": "goal" in self.words,
            "solid": self.words.get("is_solid", "yes") == "yes", "dark": self.is_dark, "bright": self.idea.tone == "bright", "place": bool(self.idea.place),
        }  # fmt: skip
        thing = self.figures.get("thing")
        code = self.table.code(thing.head) if thing is not None else ""
        big = thing is not None and is_big(thing.head, code)
        mark = thing_tag(thing.head, thing.kind, is_big_thing=big) if thing is not None else ""
        is_beast = self.hero.kind in ("animal", "thing", "plant", "food", "abstract", "place", "weather")
        is_wild = self.kit.name in _WILD
        has.update(
            human=self.words.get("is_human", "") == "yes",
            indef=self.words.get("is_indef", "") == "yes",
            big=big, beast=is_beast, hands=not is_beast, wild=is_wild, ride=self.is_ride,
            pair=self.hero.is_plural and "other" not in self.figures,
            drift=self.hero.kind in ("thing", "plant", "food", "abstract", "place", "weather"),
            shop=thing is not None and is_trade(thing.head), seen=self.is_onlooker_seen, routine=bool(self.routine),
            lost=self.decisive is not None and self.decisive.lemma == "lose",
            steal=self.decisive is not None and self.decisive.lemma == "steal",
            hide=self.decisive is not None and self.decisive.lemma in ("hide", "shelter", "conceal"),
        )  # fmt: skip
        if is_beast and "beast" not in tags and _HANDS.search(text):
            return False
        if is_wild and self.topic_frame == "" and "wild" not in tags and _PEOPLED.search(text):
            return False
        if self.kit.era == "old" and _MODERN.search(text):
            return False
        if self.idea.time_of_day and _clashes(text, self.idea.time_of_day, beat):
            return False
        if self.is_ride and beat in ("call", "attempt", "setback", "turn", "ending") and "ride" not in tags:
            return False
        if (
            has["drift"]
            and self.frame == "journey"
            and beat in ("attempt", "setback", "turn", "ending")
            and "drift" not in tags
        ):
            return False
        if (
            has["steal"]
            and self.frame == "chase"
            and beat in ("attempt", "setback", "turn", "ending")
            and "steal" not in tags
            and beat != "attempt"
        ):
            return False
        if (
            has["shop"]
            and self.frame == "make"
            and beat in ("attempt", "setback", "turn", "ending")
            and "shop" not in tags
        ):
            return False
        for name in ("msg", "key", "spot", "tool", "gate"):
            has[name] = mark == name or (name == "tool" and mark in ("msg", "key"))
        for tag in tags:
            if tag.startswith("!"):
                if has.get(tag[1:], False):
                    return False
            elif not has.get(tag, True):
                return False
        if ("{goal}" in text.lower() or "{doing}" in text.lower()) and not has["goal"]:
            return False
        if ("{topic}" in text.lower()) and not self.words["topic"]:
            return False
        if "{fear}" in text and not self.idea.fear:
            return False
        needs_thing = bool(re.search(r"\{(?:a )?(?:the )?thing\w*\}", text.lower()))
        needs_other = "{other}" in text.lower() or "{the other}" in text.lower() or "{a other}" in text.lower()
        if needs_thing and not has["thing"] or needs_other and not has["other"]:
            return False
        return not (("<" in text or "{it" in text.lower()) and not (has["thing"] or has["other"]))

    def _line(self, beat: str, frame: str = "") -> tuple[Line, Beat] | None:
        """An unused variant of ``beat``, fitting and, if it can be, short enough and not used recently."""
        for name in (frame or self.frame, "deed"):
            options = self.tables.frames.get(name, {}).get(beat)
            if options is None:
                continue
            fitting = [line for line in options.lines if line.say not in self.used and self._fits(line, beat)]
            fresh = [line for line in fitting if _bare(self.fill(line.say)) not in self.avoid] or fitting
            short = [
                line for line in fresh if word_count(self.fill(line.say)) <= max(9, self.words_per_scene - 0.5)
            ] or sorted(fresh, key=lambda line: word_count(self.fill(line.say)))[:2]
            if short:
                line = self.chance.pick(f"{name} {beat} {len(self.used)}", short)
                self.used.add(line.say)
                return line, options
        return None

    def _kit_line(self, what: str) -> str:
        pool: list[str] = getattr(self.kit, what)
        if what == "sight" and self.is_dark:
            pool = self.kit.dark or pool
        if what == "calm" and self.is_dark:
            return ""
        fresh = [line for line in pool if line not in self.used and _bare(line) not in self.avoid]
        if not fresh:
            return ""
        line = self.chance.pick(f"kit {what} {len(self.used)}", fresh)
        self.used.add(line)
        return line

    def fill(self, template: str, *, is_drawn: bool = False) -> str:
        """The template with this story's figures and words."""
        return fill(template, {**self.figures, "the hero": self.hero}, self.words, is_drawn=is_drawn)


def _clashes(text: str, time: str, beat: str) -> bool:
    """True if the line speaks of another time of day than the idea; a night may end in a dawn."""
    near = {
        "golden hour": ("dusk",),
        "dusk": ("dusk", "night"),
        "night": ("night",),
        "dawn": ("dawn",),
        "day": (),
    }[time]
    spoken = [name for name, pattern in _CLOCK if pattern.search(text)]
    if time == "night" and beat in ("ending", "aftermath", "turn") and spoken == ["dawn"]:
        return False
    return any(name not in near for name in spoken)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
