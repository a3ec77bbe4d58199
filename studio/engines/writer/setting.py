"""Sets a story up: its frame, its kit of place, its hero and others, and the lines that fit them all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from studio.engines.writer.aspects import aspects
from studio.engines.writer.chance import Chance
from studio.engines.writer.clauses import HAPPENINGS
from studio.engines.writer.fits import WILD_KITS, clashes, has_hands, has_voice, is_duo, is_many, misfits
from studio.engines.writer.frames import decisive_event, frame_of, occasion
from studio.engines.writer.grammar import PRONOUNS, Figure, article, fill, word_count
from studio.engines.writer.idea import Idea
from studio.engines.writer.kitting import choose_kit, knows_place
from studio.engines.writer.phrases import doing_text, strip_determiner
from studio.engines.writer.tables import Beat, Line, Tables
from studio.engines.writer.things import SPELLS, VENUES, WHILES, is_big, is_trade, thing_tag
from studio.engines.writer.trust import knows_plot
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, WordTable

_HAUNTERS = frozenset(
    "doll puppet ghost monster demon zombie spirit creature thing shadow clown killer mirror witch mummy scarecrow".split()
)

_HURT = frozenset("injured hurt wounded sick stranded beached starving shivering frozen dying ill".split())
#: What one may want without having to learn it.
_WISHED = frozenset(
    "see go meet find know return leave live have visit marry travel reach stay get own hear tell die sleep escape feel".split()
)
_FELT = re.compile(
    r"(?:is|are|feels?|gets?) (?:\w+ )?(?:lonely|sad|happy|bored|jealous|tired|angry|afraid|in love|hungry|shy|proud|scared|homesick|unhappy)\b"
)
_COLD = re.compile(
    r"(?i)\b(?:not spoken|never spoken|not talked|never talked|enem(?:y|ies)|rivals?|enemy|estranged|divorced|feud|hates?)\b"
)


class Setting:
    """What a story is made of. ``words_per_scene`` guides which variants are short enough."""

    topic_frame = ""
    aspects: Mapping[str, bool] = MappingProxyType({})
    topic_tags: Mapping[str, bool] = MappingProxyType({})

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
        self.avoid = {bare(text) for text in avoid}
        self.words_per_scene = words_per_scene
        self.used: set[str] = set()
        self.is_ride = False
        self.is_split_pair = False
        self.is_witness = False
        self.is_onlooker_seen = False
        self.routine = ""
        self.events = list(idea.events)
        self.hero = idea.hero or Figure("", "", "", "", "", "person")
        decisive = self.decisive = decisive_event(self.events)
        self.frame = frame_of(idea, decisive, table)
        self.is_plain = self.topic_frame == "" and (not idea.is_exact or not knows_plot(self.frame, decisive, idea))
        self.is_scary = idea.tone == "dark"
        if self.is_plain:
            self._tell_plainly()
        if self.frame == "journey" and not self.topic_frame and idea.hero is None and idea.thing is not None:
            idea.place, idea.thing = idea.thing.first, None
            self.is_ride = True
        if decisive is None and self.frame == "theme" and occasion(idea, table):
            self.frame = "farewell" if "funeral" in idea.topic.lower() else "mishap"
        is_long = len(idea.topic.split()) > 4 or idea.topic.lower().endswith(WHILES)
        if self.frame == "theme" and idea.topic and idea.hero is None and is_long:
            self.frame = "season"
        if idea.pair is not None and not self.is_plain and self.frame in ("meet", "love") and self.events:
            first, second = idea.pair
            self.events[0].subject = f"{first.short} and {second.first}"
            self.idea.hero, self.idea.other = first, second
            self.events[0].other = second
            self.is_split_pair = True
        if self.is_scary and not self.is_plain and idea.hero is not None and not idea.hero.is_living and self.events:
            self.frame = "dread"
        if decisive is not None and decisive.helper in ("dream", "want", "wish", "hope") and idea.place:
            idea.place = "" if idea.place in decisive.goal else idea.place  # dreamt of is not there
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
        self.kit = choose_kit(idea, tables, table, chance, frame=self.frame, topic_frame=self.topic_frame)
        self.is_kit_sure = (
            self.topic_frame != ""
            or not (idea.is_broken or idea.title and idea.is_phrase)
            and self.frame != "trapped"
            and knows_place(idea, self.kit, tables, table)
        )
        self._choose_hero()
        self.figures, self.words = self._slots()
        self.aspects = aspects(idea, self.hero, decisive, table)
        self._add_onlooker()

    def _tell_plainly(self) -> None:
        """No plot is known to fit: tell the idea itself, and around it only what is true of any such idea."""
        self.frame = "plain"
        if not self.events or self.idea.trait:
            self.events = self.idea.events = list(self.idea.wholes)
            self.idea.trait = ""

    def _add_onlooker(self) -> None:
        """Somebody of the place, who sees what the hero does and later stands by."""
        noun = self.kit.person
        if set(noun.split()) & set(self.hero.noun.lower().split()) - {"young", "old"}:
            noun = "old neighbour" if self.kit.name not in WILD_KITS else "young stranger"
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

    def _choose_hero(self) -> None:
        idea = self.idea
        if self.is_plain and idea.hero is not None:
            self.hero = idea.hero
            return
        if (
            idea.hero is not None
            and (idea.hero.is_living or bool(idea.fear) or bool(idea.events and _FELT.match(idea.events[0].said)))
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
        if _FELT.match(first.said):
            return False
        is_known = hero.kind == "abstract" and bool(self.table.code(hero.head)) and not hero.name
        return (first.lemma in HAPPENINGS or hero.kind in ("weather", "place") or is_known) and not first.helper

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
        if self.frame == "search" and event is not None and event.goal:
            thing = thing if thing is not None and thing.head in event.goal else None
            other = other if other is not None and other.head in event.goal else None
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
        spell = article(topic) if self.frame == "season" and topic in SPELLS else ""
        words = {"topic": f"{spell} {topic}".strip(), "place": idea.place or self.kit.place}
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

    def _fits(self, line: Line, beat: str, *, is_thread: bool = False) -> bool:
        """True if the line suits this story; of a thread's line only what is said counts, painters manage the rest."""
        text = line.say if is_thread else f"{line.say} {line.more} {line.show}"
        tags = set(line.tags)
        has = {
            "thing": "thing" in self.figures, "other": "other" in self.figures, "goal": "goal" in self.words,
            "solid": self.words.get("is_solid", "yes") == "yes", "dark": self.is_dark, "bright": self.idea.tone == "bright", "place": bool(self.idea.place),
        }  # fmt: skip
        thing, other = self.figures.get("thing"), self.figures.get("other")
        code = self.table.code(thing.head) if thing is not None else ""
        big = thing is not None and is_big(thing.head, code)
        mark = thing_tag(thing.head, thing.kind, is_big_thing=big) if thing is not None else ""
        is_beast = self.hero.kind in ("animal", "thing", "plant", "food", "abstract", "place", "weather")
        is_wild = self.kit.name in WILD_KITS
        has.update(
            human=self.words.get("is_human", "") == "yes",
            indef=self.words.get("is_indef", "") == "yes",
            big=big, beast=is_beast, hands=has_hands(self.hero), wild=is_wild, ride=self.is_ride,
            voice=has_voice(self.hero, self.idea.text), space=self.kit.name == "space", planet=self.kit.name == "planet",
            underwater=self.kit.name == "underwater", duo="other" not in self.figures and is_duo(self.hero),
            many="other" not in self.figures and is_many(self.hero),
            pair=is_duo(self.hero) and "other" not in self.figures,
            drift=self.hero.kind in ("thing", "plant", "food", "abstract", "place", "weather"),
            shop=thing is not None and is_trade(thing.head), seen=self.is_onlooker_seen, routine=bool(self.routine),
            kin=self._is_kin(), crowd=is_many(self.hero), asks=self.decisive is not None and self.decisive.said.startswith("ask"),
            pet=thing is not None and thing.kind == "animal",
            mute=other is not None and other.kind not in ("person", "robot", "creature", "group"),
            venue=thing is not None and (is_trade(thing.head) or code[:1] == "e" or thing.head in VENUES),
            lifeless=other is not None and not other.is_living, **self._deed_tags(), cold=bool(_COLD.search(self.idea.text)), lost=self.decisive is not None and self.decisive.lemma == "lose",
        )  # fmt: skip
        has.update({name: self.idea.weather == name for name in ("rain", "snow", "storm", "fog", "wind")})
        has.update({name: self.idea.time_of_day == name for name in ("night", "dusk", "dawn")})
        has["day"] = self.idea.time_of_day in ("", "day")
        has.update(self.topic_tags)
        has.update(self.aspects)
        if misfits(
            text, self.hero, self.kit.name, era=self.kit.era, told=self.idea.text,
            is_peopled=self.topic_frame != "" or "wild" in tags or is_thread, is_tagged_beast="beast" in tags,
        ):  # fmt: skip
            return False
        if self.idea.time_of_day and clashes(text, self.idea.time_of_day, beat):
            return False
        is_free = is_thread  # a thread says itself, by its tags, what it is for
        if (
            self.is_ride
            and not is_free
            and beat in ("call", "attempt", "setback", "turn", "ending")
            and "ride" not in tags
        ):
            return False
        if (
            has["drift"]
            and not is_free
            and self.frame == "journey"
            and beat in ("attempt", "setback", "turn", "ending")
            and "drift" not in tags
        ):
            return False
        if (
            has["steal"]
            and not is_free
            and self.frame == "chase"
            and beat in ("attempt", "setback", "turn", "ending")
            and "steal" not in tags
            and beat != "attempt"
        ):
            return False
        if (
            has["shop"]
            and not is_free
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

    def _deed_tags(self) -> dict[str, bool]:
        """What kind of deed the idea turns on."""
        event = self.decisive
        lemma = event.lemma if event is not None else ""
        goal = (event.goal.split() if event is not None else []) or [""]
        thing = self.figures.get("thing") or self.figures.get("other")
        return {
            "steal": lemma in ("steal", "rob", "snatch"),
            "built": lemma in ("build", "repair", "restore", "rebuild", "fix"),
            "hide": lemma in ("hide", "shelter", "conceal"),
            "danger": lemma in ("save", "rescue", "free", "protect", "shield"),
            "hurt": thing is not None and bool(set(thing.noun.lower().split()) & _HURT),
            "learning": event is not None and event.helper in ("learn", "practise", "try"),
            "skill": event is not None and (event.helper in ("learn", "practise") or goal[0] not in _WISHED),
        }

    def _is_kin(self) -> bool:
        """True if those who meet here know each other already: ``her robot``, two sisters, a man and his son."""
        other = self.figures.get("other")
        names = f"{other.first if other else ''} {self.hero.first}".lower()
        known = r"\b(?:his|her|their|its|sisters?|brothers?|twins?|friends|couple|siblings|cousins|family)\b"
        return bool(re.search(known, names)) or (self.decisive is not None and self.decisive.lemma == "teach")

    def _line(self, beat: str, frame: str = "") -> tuple[Line, Beat] | None:
        """An unused variant of ``beat``, fitting and, if it can be, short enough and not used recently."""
        for name in (frame or self.frame, *(["deed"] if beat != "react" or not self.is_plain else [])):
            options = self.tables.frames.get(name, {}).get(beat)
            if options is None:
                continue
            fitting = [line for line in options.lines if line.say not in self.used and self._fits(line, beat)]
            fresh = [line for line in fitting if bare(self.fill(line.say)) not in self.avoid] or fitting
            short = [
                line for line in fresh if word_count(self.fill(line.say)) <= max(9, self.words_per_scene - 0.5)
            ] or sorted(fresh, key=lambda line: word_count(self.fill(line.say)))[:2]
            if short:
                line = self.chance.pick(f"{name} {beat} {len(self.used)}", short)
                self.used.add(line.say)
                return line, options
        return None

    def _kit_line(self, what: str) -> str:
        if what == "calm" and self.is_dark:
            return ""
        if not self.is_kit_sure:
            found = self._line(what, "plain") if what in ("sight", "calm") and not self.topic_frame else None
            return self.fill(found[0].say) if found is not None else ""
        pool: list[str] = getattr(self.kit, what)
        if what == "sight" and self.is_dark:
            pool = self.kit.dark or pool
        fresh = [line for line in pool if line not in self.used and bare(line) not in self.avoid]
        if not fresh:
            found = (
                self._line("any" if self.kit.is_indoor else what, "plain")
                if self.is_plain and what == "sight"
                else None
            )
            return self.fill(found[0].say) if found is not None else ""
        line = self.chance.pick(f"kit {what} {len(self.used)}", fresh)
        self.used.add(line)
        return line

    def fill(self, template: str, *, is_drawn: bool = False) -> str:
        """The template with this story's figures and words."""
        return fill(template, {**self.figures, "the hero": self.hero}, self.words, is_drawn=is_drawn)


def bare(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
