"""Sets a story up: its frame, its kit of place, its hero and others, and the lines that fit them all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from studio.engines.writer.aspects import aspects
from studio.engines.writer.chance import Chance
from studio.engines.writer.clauses import HAPPENINGS
from studio.engines.writer.fits import WILD_KITS
from studio.engines.writer.frames import decisive_event, frame_of, occasion
from studio.engines.writer.grammar import PRONOUNS, Figure, article, fill
from studio.engines.writer.idea import Idea
from studio.engines.writer.kitting import choose_kit, knows_place
from studio.engines.writer.known_plots import knows_plot
from studio.engines.writer.phrases import doing_text, strip_determiner
from studio.engines.writer.skies import is_roofed, season_of
from studio.engines.writer.tables import Tables
from studio.engines.writer.things import SPELLS, WHILES
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, WordTable

_HAUNTERS = frozenset(
    "doll puppet ghost monster demon zombie spirit creature thing shadow clown killer mirror witch mummy scarecrow".split()
)

#: What people prepare, and what can go wrong.
_FESTIVE = re.compile(
    r"(?i)\b(?:weddings?|birthdays?|part(?:y|ies)|dinners?|funerals?|picnics?|holidays?|reunions?|exams?|christmas|concerts?|shows?|"
    r"premieres?|graduations?|interviews?|dates?|moving|feasts?|festivals?|ball)\b"
)
_FELT = re.compile(
    r"(?:is|are|feels?|gets?) (?:\w+ )?(?:lonely|sad|happy|bored|jealous|tired|angry|afraid|in love|hungry|shy|proud|scared|homesick|unhappy)\b"
)


class Setting:
    """What a story is made of. ``words_per_scene`` guides which variants are short enough."""

    topic_frame = ""
    is_one_living = False
    """True if ``{one}`` is somebody."""
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
        self.season, self.is_roofed = (
            season_of(f"{idea.lead} {idea.text}", idea.weather),
            is_roofed(f"{idea.lead} {idea.text}"),
        )
        self.hero = idea.hero or Figure("", "", "", "", "", "person")
        decisive = self.decisive = decisive_event(self.events)
        self.frame = frame_of(idea, decisive, table)
        is_known = (
            idea.is_exact
            and idea.choice is None
            and not self._has_object_plot()
            and knows_plot(self.frame, decisive, idea)
        )
        self.is_plain = self.topic_frame == "" and not is_known
        is_occasion = decisive is None and idea.hero is None and self.frame == "theme" and occasion(idea, table)
        if is_occasion and not _FESTIVE.search(idea.topic):
            self.is_plain = self.topic_frame == ""  # ``Laundry day``, ``Low tide``: nobody is late for it
        self.is_scary = idea.tone == "dark"
        if self.is_plain:
            self._tell_plainly()
        is_one = idea.thing is not None and " and " not in idea.thing.first
        if self.frame == "journey" and is_one and not self.topic_frame and idea.hero is None and idea.thing is not None:
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
        if self.kit.name == "space" and idea.place == "the station":
            idea.place = "the space station"  # no painter may think of trains
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
        is_asked = bool(self.idea.wholes) and self.idea.wholes[0].whole.endswith("?")
        if not self.events or self.idea.trait or is_asked:
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
        self._name_again(figures, words)
        if "thing" in figures:
            noun = figures["thing"].short.split(" ", 1)[-1]
            words["thing_noun"] = noun
            words["a thing_noun"] = noun if figures["thing"].is_plural else f"{article(noun)} {noun}"
        if idea.choice is not None and (verdict := idea.choice.verdict(self.hero)):
            words["verdict"] = verdict
        words["he_is"] = PRONOUNS[self.hero.gender][0]
        return figures, words

    def _has_object_plot(self) -> bool:
        """True if what becomes of the object makes a plot that says more of the idea than those of its frame."""
        mentions = self.idea.mentions
        frames = {"spoils": ("mishap",), "tends": ("keep",)}.get(mentions.fate, ())
        is_told = (
            self.frame in ("make", "find", "chase", "search") or self.frame in frames and len(self.idea.events) == 1
        )
        return bool(mentions.claim) or mentions.thing is not None and is_told

    def _name_again(self, figures: dict[str, Figure], words: dict[str, str]) -> None:
        """Let plots name what the idea names, and above all what its deed is done to."""
        self._name_what_is_seen(words)
        if self.is_plain:
            self._take_possession(figures, words)
            self._take_object(figures, words)

    def _name_what_is_seen(self, words: dict[str, str]) -> None:
        """``{one}``, ``{two}`` and ``{three}`` in the order of the idea, without its hero; ``{last}`` for its end."""
        hero = [self.hero.head, *re.split(r"[ -]", self.hero.noun.lower())] if self.idea.hero is not None else []
        shown = [one for one in self.idea.mentions.named if one.head not in hero]
        if len(shown) < 3 and any(one.kind != "place" for one in shown):
            shown = [one for one in shown if one.kind != "place"]
        late = self.events[-1].whole or self.events[-1].said if self.events else ""
        last = next((one for one in reversed(shown) if one.is_living or one.kind != "place" and one.noun in late), None)
        if last is not None:
            words["last"] = last.short
        self.is_one_living = bool(shown) and shown[0].is_living
        words |= {name: one.short for name, one in zip(("one", "two", "three"), shown, strict=False)}

    def _take_possession(self, figures: dict[str, Figure], words: dict[str, str]) -> None:
        """Take the kite of ``Amina's kite gets stuck`` as the thing of the story, and Amina as its owner."""
        owned = re.fullmatch(r"(?:.+'s|his|her|its|their) ([\w -]+)", self.events[0].subject) if self.events else None
        if owned is None or not self.hero.is_living or self.idea.hero is None:
            return
        words["owner"] = self.hero.short
        noun, head = owned[1], owned[1].split()[-1].lower()
        if self.table.kind(head) not in ("person", "animal", "robot", "creature", "group", "place"):
            figures["thing"] = Figure(noun, f"the {noun}", f"the {noun}", f"the {noun}", head, "thing")

    def _take_object(self, figures: dict[str, Figure], words: dict[str, str]) -> None:
        """Take what the deed is done to, and nobody who is only part of its description."""
        mentions = self.idea.mentions
        target = mentions.thing or mentions.whom or mentions.matter
        if target is None:
            return
        other = figures.get("other")
        if other is not None and other.head in mentions.inner:
            del figures["other"]
        figures["object"] = target
        if mentions.matter is not None:
            figures["matter"] = mentions.matter
        if mentions.thing is not None:
            figures["thing"] = mentions.thing
        beside = mentions.recipient if mentions.thing is not None else mentions.whom
        if beside is not None:
            figures.setdefault("other", beside)
        if mentions.into is not None:
            words["into"] = mentions.into.short
        if mentions.claim:
            words["claim"] = mentions.claim

    def _stranger(self) -> Figure:
        gender = "female" if self.hero.gender == "male" else "male"
        noun = "stranger in a red coat" if gender == "female" else "stranger in a grey hat"
        return Figure(noun, f"a {noun}", "the stranger", f"the {noun}", "stranger", "person", gender)

    def fill(self, template: str, *, is_drawn: bool = False) -> str:
        """The template with this story's figures and words."""
        return fill(template, {**self.figures, "the hero": self.hero}, self.words, is_drawn=is_drawn)


def bare(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
