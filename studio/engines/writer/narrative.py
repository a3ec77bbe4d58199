"""Turns a narrative idea into scenes: the user's own events first, a frame's lines where the idea is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.engines.writer.beats import beat_name, beats_of, time_in, weather_in
from studio.engines.writer.cast import portrait, role_of
from studio.engines.writer.chance import Chance
from studio.engines.writer.draft import SceneDraft
from studio.engines.writer.frames import decisive_event, frame_of, is_big, occasion, thing_tag
from studio.engines.writer.grammar import PRONOUNS, Figure, article, capital, fill, gerund, present, sentence, word_count
from studio.engines.writer.idea import Event, Idea
from studio.engines.writer.reading import doing_text, strip_determiner
from studio.engines.writer.tables import Beat, Kit, Line, Tables
from studio.engines.writer.words import FEMALE_NOUNS, WordTable
from studio.model.story import Character

_RANK = {"call": 0, "ending": 2, "turn": 3, "setup": 1, "attempt": 4, "setback": 5}
_TURNING = ("until", "only")
_WILD = frozenset("space planet underwater desert snow mountain jungle cave ship forest savanna river sea airfield".split())
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
_MODERN = re.compile(r"(?i)\b(?:train|coffee|newspaper|headline|photographs?|bus|ticket|telephone|street lamps?|morning papers|laces|napkin)\b")
_CLOCK = (
    ("night", re.compile(r"(?i)\b(?:at night|tonight|midnight|all night|night comes|that night|stars)\b")),
    ("dusk", re.compile(r"(?i)\b(?:evening|sunset|dusk|day go down)\b")),
    ("dawn", re.compile(r"(?i)\b(?:dawn|morning|first light|sunrise|rising sun)\b")),
)


_HAUNTERS = frozenset("doll puppet ghost monster demon zombie spirit creature thing shadow clown killer mirror witch mummy scarecrow".split())
_SLOTS = re.compile(r"(?i)\{(?:the |a )?(?:thing|other|goal|doing|doing_main|place|topic)\}")
_THING_DO = (
    "[wait] where somebody left {him}", "[be] smaller than everything around {him}", "[have] seen better days",
    "[stand] very still and [notice] everything",
)  # fmt: skip
_NATURE_DO = (
    "[be] always there, and hardly anyone looks twice", "[have] seen it all before", "[take] no notice of the clock",
    "[begin] the day like every other",
)  # fmt: skip
_LOOKS = (
    "[stop] and [listen]", "[look] for a better way", "[keep] going, a little slower", "[look] back once and [go] on",
)  # fmt: skip
_BEAST_DO = (
    "[sit] very still and [watch] everything", "[be] out and about before anyone else", "[know] every corner of this place",
    "[take] the same path every day", "[look] small in such a large world", "[wait] for something, without knowing what",
)  # fmt: skip


def _clashes(text: str, time: str, beat: str) -> bool:
    """True if the line speaks of another time of day than the idea; a night may end in a dawn."""
    near = {"golden hour": ("dusk",), "dusk": ("dusk", "night"), "night": ("night",), "dawn": ("dawn",), "day": ()}[time]
    spoken = [name for name, pattern in _CLOCK if pattern.search(text)]
    if time == "night" and beat in ("ending", "aftermath", "turn") and spoken == ["dawn"]:
        return False
    return any(name not in near for name in spoken)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A story before its narration is cut: scenes, cast, title and logline."""

    title: str
    logline: str
    scenes: list[SceneDraft]
    cast: tuple[Character, ...]


class Storyteller:
    """Tells one narrative idea. ``words_per_scene`` guides which variants are short enough."""

    topic_frame = ""

    def __init__(self, idea: Idea, tables: Tables, table: WordTable, chance: Chance, avoid: Sequence[str], words_per_scene: float) -> None:
        self.idea, self.tables, self.table, self.chance = idea, tables, table, chance
        self.avoid = {_bare(text) for text in avoid}
        self.words_per_scene = words_per_scene
        self.used: set[str] = set()
        self.is_ride = False
        self.is_split_pair = False
        self.is_witness = False
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
        self.is_dark = idea.tone == "dark" or self.frame == "dread"
        if self.frame == "dread" and idea.hero is not None and self.events and (not idea.hero.is_living or idea.hero.head in _HAUNTERS):
            self.events[0].subject = idea.hero.first
            for event in self.events[1:]:
                event.subject = event.subject or idea.hero.short
            idea.other, idea.hero = idea.hero, None
        self.kit = self._choose_kit()
        self._choose_hero()
        self.figures, self.words = self._slots()

    # -- choices

    def _choose_kit(self) -> Kit:
        idea, kits = self.idea, self.tables.kits
        by_word = {word: kit for kit in reversed(list(kits.values())) for word in kit.words}
        is_old = any(word in re.findall(r"[a-z]+", idea.text.lower()) for word in ("medieval", "ancient", "knight", "samurai", "viking", "roman", "pharaoh", "century", "gladiator"))
        role = role_of(idea.hero, self.tables) if idea.hero is not None else None
        if "haunted" in idea.text.lower():
            return kits["haunted"]
        text = idea.text.lower()
        if "space station" in text or "spaceship" in text and not idea.place:
            return kits["space"]
        if self.topic_frame == "product":
            words = (idea.thing.noun if idea.thing is not None else idea.topic).lower().split()[::-1]
            return next((by_word[w] for w in self._singular(words) if w in by_word), kits["village"])
        candidates = [*re.findall(r"[a-z]+", idea.place.lower())[::-1]]
        if idea.hero is not None and not idea.hero.name:
            candidates += idea.hero.noun.lower().split()[::-1]
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
        if self.frame == "theme":
            return found or kits[self.chance.pick("theme kit", ("home", "city", "village", "sea"))]
        if found is None:
            by_role = [self.tables.roles[w] for w in self._singular(list(idea.nouns)) if w in self.tables.roles and not self.tables.roles[w].is_animal]
            found = kits.get(by_role[0].kit) if by_role else None
        is_grown = idea.hero is not None and idea.hero.kind == "person" and role is None
        return found or kits[{"dread": "haunted", "love": "cafe", "journey": "road", "mishap": "home"}.get(self.frame, "city" if is_grown else "village")]

    def _singular(self, words: list[str]) -> list[str]:
        from studio.engines.writer.words import singulars

        return [form for word in words for form in (word, *singulars(word))]

    def _choose_hero(self) -> None:
        idea = self.idea
        if idea.hero is not None and idea.hero.is_living or (idea.hero is not None and idea.events and self.frame != "wonder" and not self._is_happening()):
            self.hero = idea.hero
            return
        if idea.hero is not None and idea.events and self.frame != "dread":
            self.frame = "wonder"
            for event in self.events:
                event.subject = event.subject or (idea.hero.first if event is self.events[0] else idea.hero.short)
        if idea.hero is not None and strip_determiner(idea.place) == strip_determiner(idea.hero.noun):
            idea.place = ""
            self.kit = self.tables.kits[self.chance.pick("wonder kit", ("village", "city", "farm"))]
        self.is_witness = True
        if idea.hero is not None and idea.other is not None and not idea.events:
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
        from studio.engines.writer.reading import _AGENT_VERBS

        hero = self.idea.hero
        if hero is None or hero.is_living:
            return False
        first = self.events[0]
        return first.lemma not in _AGENT_VERBS and not first.helper

    def _slots(self) -> tuple[dict[str, Figure], dict[str, str]]:
        idea = self.idea
        event = self.decisive
        figures = {"hero": self.hero}
        thing = (event.thing if event is not None else None) or (idea.thing if event is None else None)
        other = (event.other if event is not None else None) or idea.other
        if self.frame == "rescue" and other is not None:
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
            figures["other"] = replace(other, first=_without_owner(other.first, self.hero)) if self.frame in ("meet", "love") else other
        first = idea.topic.split()[0] if idea.topic else ""
        topic = idea.topic
        if first and (topic.isupper() or first.lower() in ("the", "a", "an", "my", "first") or (self.table.is_known(first) and len(topic.split()) == 1)):
            topic = topic[:1].lower() + topic[1:]
        words = {"topic": topic, "place": idea.place or self.kit.place}
        words["a place"] = idea.place or self.kit.place
        if event is not None and not event.subject and self.frame == "deed":
            main = _main_doing(event)
            if main:
                words["doing_main"] = main
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

    # -- lines

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
        is_beast = self.hero.kind in ("animal", "thing", "plant", "food", "abstract", "place")
        is_wild = self.kit.name in _WILD
        has.update(
            human=self.words.get("is_human", "") == "yes",
            indef=self.words.get("is_indef", "") == "yes",
            big=big, beast=is_beast, hands=not is_beast, wild=is_wild, ride=self.is_ride, own="doing_main" in self.words,
            pair=self.hero.is_plural and "other" not in self.figures,
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
        if has["steal"] and self.frame == "chase" and beat in ("attempt", "setback", "turn", "ending") and "steal" not in tags and beat != "attempt":
            return False
        if mark == "spot" and self.frame == "make" and beat in ("attempt", "setback", "turn", "ending") and "spot" not in tags:
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
            short = [line for line in fresh if word_count(self.fill(line.say)) <= max(9, self.words_per_scene - 0.5)] or sorted(fresh, key=lambda line: word_count(self.fill(line.say)))[:2]
            fresh_doing = [line for line in short if "{doing_main}" not in line.say]
            if any("doing_main" in said for said in self.used) and fresh_doing:
                short = fresh_doing
            specific = [line for line in short if _SLOTS.search(line.say)]
            if name == "deed" and specific:
                short = specific
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

    # -- scenes

    def tell(self, scene_count: int) -> Sheet:
        """The whole story in ``scene_count`` scenes."""
        beats = beats_of(scene_count)
        own = self._place_events(beats)
        self.is_hero_known = False
        scenes = [self._scene(index, names, own) for index, names in enumerate(beats)]
        if self.words_per_scene >= 18:
            self._breathe(scenes)
        self._finish(scenes)
        cast = self._cast(scenes)
        return Sheet(self._title(), self._logline(), scenes, cast)

    def _breathe(self, scenes: list[SceneDraft]) -> None:
        """Offer more to say where there is time for it: another deed, another look around."""
        for scene in scenes:
            if scene.beat == "attempt" and self.frame not in ("deed", "theme"):
                more = self._line("attempt")
                if more is not None:
                    scene.say(self.fill(more[0].say), 16, place=9)
            if scene.beat in ("call", "turn"):
                scene.say(self._kit_line("sight"), 17, place=0)
            if scene.beat in ("call", "setback", "turn"):
                more = self._line("any", "air")
                if more is not None:
                    scene.say(self.fill(more[0].say), 18, place=10)

    def _place_events(self, beats: list[list[str]]) -> dict[str, list[Event]]:
        """The user's events by beat; what has no beat of its own joins the one before."""
        flat = [beat for names in beats for beat in names]
        slots = ["call", "attempt", "setback", "turn", "aftermath"]
        events = list(self.events)
        own: dict[str, list[Event]] = {}
        if events and events[0].is_state and (len(events) > 1 or self.frame == "solitude") and "setup" in flat:
            own["setup"] = [events.pop(0)]
        at = 0
        for index, event in enumerate(events):
            wanted = slots[min(at, 3)]
            if index > 0 and event.linker in ("but", *_TURNING):
                wanted = "setback" if event.subject and event.linker == "but" else "turn"
            if index > 0 and index == len(events) - 1 and len(events) > 2:
                wanted = "turn"
            while slots.index(wanted) < at and wanted != "turn":
                wanted = slots[slots.index(wanted) + 1]
            if wanted not in flat:
                wanted = next((slot for slot in reversed(slots[: slots.index(wanted) + 1]) if slot in flat), "call")
            own.setdefault(wanted, []).append(event)
            at = max(at, slots.index(wanted) + 1)
        return own

    def _scene(self, index: int, names: list[str], own: dict[str, list[Event]]) -> SceneDraft:
        beat = beat_name(names)
        scene = SceneDraft(beat, self._location(index, names), "", "neutral")
        place = 0
        for name in names:
            place = self._beat(scene, name, own.get(name, []), place, is_merged=len(names) > 1, has_own=any(own.get(n) for n in names))
        return scene

    def _beat(self, scene: SceneDraft, name: str, events: list[Event], place: int, *, is_merged: bool, has_own: bool) -> int:
        base = {"setup2": "setup", "walk": "attempt", "turn2": "turn", "setback2": "setback"}.get(name, name)
        rank = _RANK.get(base, 6)
        if events:
            for event in events:
                self._own_event(scene, name, event, place, rank)
                place += 3
            react = self._line("react") if name == "call" else None
            if react is not None:
                scene.say(self.fill(react[0].say), 10, place=place)
                scene.emotion = react[1].dark_emotion if self.is_dark else react[1].emotion
            return place + 1
        if name == "setup":
            self._setup(scene, place, rank, is_merged=is_merged)
            return place + 3
        if name in ("setup2", "walk"):
            self._walk(scene, name, rank + 6, place)
            return place + 3
        if is_merged and has_own and name not in ("ending",):
            return place
        if is_merged and name in ("setback", "ending") and scene.action and name == "setback":
            hard = self._kit_line("hard")
            scene.say(hard, 12, place=place + 3)
            return place + 4
        found = self._line(base)
        if found is None:
            self._walk(scene, "walk", rank, place)
            return place + 3
        line, options = found
        emotion = options.dark_emotion if self.is_dark else options.emotion
        scene.emotion = emotion
        before, after = ("", "") if base == "setback" and self.frame == "deed" else ("hard", "") if base == "setback" else ("calm", "") if base == "ending" else ("", "sight") if base == "attempt" else ("", "")
        if before and not (base == "ending" and is_merged and self.words_per_scene < 15):
            scene.say(self._kit_line(before), 11 if base == "setback" else 13, place=place)
        if "{a hero}" in line.say.lower():
            self.is_hero_known = True
        hard = self._kit_line("hard") if self.frame == "deed" and base == "setback" else ""
        if hard:
            scene.say(hard, rank, place=place, is_core=True)
            rank = 12
        scene.say(self._introduced(self.fill(line.say)), rank, place=place + 1, is_core=True)
        if line.more:
            scene.say(self.fill(line.more), 14, place=place + 2)
        if after:
            scene.say(self._kit_line(after), 15, place=place + 3)
        scene.action = self._action(line)
        return place + 4

    def _introduced(self, text: str) -> str:
        """The text with the hero's full name where this is its first mention."""
        if self.is_hero_known or self.hero.short not in text and capital(self.hero.short) not in text:
            return text
        self.is_hero_known = True
        return re.sub(rf"(?i)\b{re.escape(self.hero.short)}\b", self.hero.first, text, count=1)

    def _action(self, line: Line) -> str:
        template = re.sub(r"\b(the hero|the thing|the other)\b", r"{\1}", line.show) if line.show and "{" not in line.show else line.show or line.say
        text = self.fill(template, is_drawn=True)
        if self.hero.is_plural and line.show:
            text = _plural_action(text, self.hero.drawn)
        return sentence(text)

    def _setup(self, scene: SceneDraft, place: int, rank: int, *, is_merged: bool) -> None:
        idea, hero = self.idea, self.hero
        role = role_of(hero, self.tables)
        routine = role.routine if role is not None and not self.is_witness else ""
        if not routine or (role is not None and not role.is_animal and role.kit != self.kit.name and idea.place and hero.kind == "person" and self._is_trade(role.kit)):
            routine = self.chance.pick("do", self.kit.do) if self.kit.do and hero.is_living else ""
        if hero.kind == "animal" and role is not None and role.kit != self.kit.name and idea.place:
            routine = self.chance.pick("beast", _BEAST_DO)
        if hero.kind in ("thing", "plant", "food", "abstract", "place"):
            routine = self.chance.pick("thing", _THING_DO if hero.kind == "thing" and not is_big(hero.head, self.table.code(hero.head)) else _NATURE_DO)
        if idea.trait:
            routine = idea.trait if hero.is_plural or not self.is_third(idea.trait) else idea.trait
        scene.emotion = "unease" if self.is_dark else "melancholy" if self.frame in ("farewell", "memory", "solitude", "theme") else "serenity"
        lead = f"{capital(idea.lead)}, " if idea.lead and not re.match(r"(?i)(?:one|this|after|when|while|as|suddenly)\b", idea.lead) else ""
        text = self.fill(f"{lead}{hero.first} {routine}" if routine else f"{lead}Here is {hero.first}")
        if not is_merged or not self.events or self.words_per_scene >= 20:
            scene.say(text, rank if not is_merged else 9, place=place + 1, is_core=not is_merged)
            self.is_hero_known = True if not is_merged or self.words_per_scene >= 20 else self.is_hero_known
        scene.say(self._kit_line("sight"), 11, place=place)
        scene.action = sentence(self.fill(f"{hero.drawn} {routine}" if routine else f"{hero.drawn} [stand] still"))

    def is_third(self, text: str) -> bool:
        return bool(text)

    def _is_trade(self, kit: str) -> bool:
        return kit not in ("village", "home", "city", "road", "forest", "garden")

    def _walk(self, scene: SceneDraft, name: str, rank: int, place: int) -> None:
        pool = list(_BEAST_DO if self.hero.kind == "animal" else self.kit.do) + list(_LOOKS)
        options = [do for do in pool if do not in self.used] or pool
        do = self.chance.pick(f"walk {name} {len(self.used)}", options)
        if not self.hero.is_living:
            do = self.chance.pick(f"still {name} {len(self.used)}", [do for do in _NATURE_DO if do not in self.used] or _NATURE_DO)
        self.used.add(do)
        dawn = {"setup2": ("Most days", "As always", "Every day"), "walk": ("For a while", "Once more", "All the same")}[name]
        text = self.fill(f"{self.chance.pick('lead ' + name, dawn)}, {self.hero.short} {do}")
        scene.say(text, rank, place=place + 1, is_core=True)
        scene.say(self._kit_line("sight"), 11, place=place)
        scene.emotion = "unease" if self.is_dark else "anticipation"
        scene.action = sentence(self.fill(f"{self.hero.drawn} {do}"))

    def _own_event(self, scene: SceneDraft, name: str, event: Event, place: int, rank: int) -> None:
        who, drawn = self._subject(event)
        lead = ""
        if name == "call" and not self.is_hero_known and self.idea.lead:
            lead = f"{capital(self.idea.lead)}, "
        elif name == "call" and self.is_hero_known and not event.is_state:
            if self.idea.lead and re.match(r"(?i)(?:one|this|after|when|while|as|suddenly|on)\b", self.idea.lead):
                lead = f"{capital(self.idea.lead)}, "
            else:
                when = {"night": "One night", "dawn": "One morning", "dusk": "One evening"}.get(self.idea.time_of_day, self.chance.pick("when", ("One day", "Then one day", "One day", "One ordinary day")))
                has_time = re.search(r"(?i)\b(?:day|night|morning|evening|midnight|dawn|every|always|each|must|wants?|when|tries|dreams?|years?|never)\b", event.said)
                lead = "" if has_time else f"{when}, "
        elif event.linker in ("but",):
            lead = "But "
        elif event.linker in _TURNING:
            lead = "Then "
        text = f"{lead}{who} {event.said}"
        scene.say(text, min(rank, 1), place=place + 1, is_core=True)
        scene.action = sentence(f"{drawn} {event.drawn}") if not scene.action or name != "setup" else scene.action
        if event.place:
            scene.location = event.place
        options = self.tables.frames.get(self.frame, {}).get({"aftermath": "ending"}.get(name, name))
        if options is not None:
            scene.emotion = options.dark_emotion if self.is_dark else options.emotion
        if name == "setup":
            scene.emotion = "melancholy" if self.frame == "solitude" else "serenity"
            scene.say(self._kit_line("sight"), 11, place=place)
        elif name == "setback":
            scene.say(self._kit_line("hard"), 12, place=place)
        elif name == "attempt":
            scene.say(self._kit_line("sight"), 14, place=place + 2)

    def _subject(self, event: Event) -> tuple[str, str]:
        if event.subject:
            return event.subject, event.subject
        if self.is_hero_known:
            return self.hero.short, self.hero.drawn
        self.is_hero_known = True
        return self.hero.first, self.hero.drawn

    def _location(self, index: int, names: list[str]) -> str:
        home = self.idea.place or self.kit.place
        home = _placed(home)
        spots = self.kit.spots
        if not spots or names[0] in ("setup", "call", "ending"):
            return home
        order = {"attempt": 0, "setback": 1, "turn": 2, "attempt2": 2, "setback2": 0, "walk": 1, "setup2": 0, "turn2": 1}
        return spots[order.get(names[0], index) % len(spots)] if names[0] not in ("turn", "aftermath") or len(spots) > 2 and names[0] == "turn" else home

    def _finish(self, scenes: list[SceneDraft]) -> None:
        for scene in scenes:
            text = scene.action
            scene.time_of_day = time_in(text, scene.beat, given=self.idea.time_of_day, is_dark=self.is_dark)
            scene.weather = weather_in(text, given=self.idea.weather, is_indoor=self.kit.is_indoor)
            for figure in self.figures.values():
                if figure.drawn in text.lower() or figure.drawn.lower() in text.lower() or figure.first.lower() in text.lower():
                    if figure.is_living:
                        scene.characters.append(_cast_name(figure))
                    elif figure.kind != "place":
                        scene.props.append(figure.noun)
            if not scene.characters and self.hero.drawn.lower() in text.lower():
                scene.characters.append(_cast_name(self.hero))

    def _cast(self, scenes: list[SceneDraft]) -> tuple[Character, ...]:
        names = {name for scene in scenes for name in scene.characters}
        chosen = [self.hero, *(f for key, f in self.figures.items() if key != "hero" and f.is_living)]
        cast: dict[str, Character] = {}
        for figure in chosen:
            name = _cast_name(figure)
            if name not in cast and (figure is self.hero or name in names):
                cast[name] = portrait(figure, self.tables, self.chance).model_copy(update={"name": name})
        return tuple(cast.values())

    def _title(self) -> str:
        if self.idea.title:
            return self.idea.title
        hero = self.hero.name or strip_determiner(self.hero.drawn)
        if self.frame == "wonder" and self.events and self.events[0].subject:
            first = self.events[0]
            span = "night" if self.idea.time_of_day == "night" else "day"
            short = re.split(r"(?i) (?:one|at|in|on|over|during|from|for|and|,)\b", f"{first.subject} {first.said}")[0]
            if len(short.split()) < 8:
                return title_case(f"the {span} {short}")
        if self.is_ride:
            return title_case(self.idea.place)
        order = ("other", "thing") if self.frame in ("love", "meet") else ("thing", "other")
        partner = self.figures.get(order[0]) or self.figures.get(order[1])
        if " and " in self.hero.drawn:
            return title_case(self.hero.drawn)
        if self.idea.topic and self.idea.hero is None and self.frame == "theme":
            return title_case(strip_determiner(self.idea.topic))
        if partner is not None and partner.head != self.hero.head:
            return title_case(f"{'' if self.hero.name else 'the '}{hero} and {partner.name or 'the ' + strip_determiner(partner.drawn)}")
        if self.idea.place[:1].isupper() and not self.idea.place.startswith(("The ", "A ")):
            return title_case(f"{'' if self.hero.name else 'the '}{hero} of {self.idea.place}")
        return title_case(self.hero.name or f"the {re.sub(r'^(?:two|three|four|five) ', '', strip_determiner(self.hero.noun))}")

    def _logline(self) -> str:
        return sentence(self.idea.text)[:300]


def _main_doing(event: Event) -> str:
    """The event as an ``-ing`` phrase, if it is short and plainly finite."""
    verb, _, rest = event.said.partition(" ")
    if verb not in (present(event.lemma, is_plural=False), event.lemma) or len(rest.split()) > 7 or "," in rest:
        return ""
    return f"{gerund(event.lemma)} {rest}".strip()


def _cast_name(figure: Figure) -> str:
    return figure.name or re.sub(r"(?i)^(?:the|a|an|his|her|their|its) ", "", figure.drawn)


def _placed(place: str) -> str:
    place = re.sub(r"(?i)^(the|a|an) (?:whole|entire|same|old familiar) ", r"\1 ", place)
    return re.sub(r"^(?:The|A|An) ", lambda m: m[0].lower(), place)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _without_owner(first: str, hero: Figure) -> str:
    del hero
    return first


def _plural_action(text: str, drawn: str) -> str:
    """``the two brothers walks`` as ``the two brothers walk``."""
    from studio.engines.writer.words import singulars

    match = re.match(rf"(?i)({re.escape(drawn)}) (\w+)(.*)$", text)
    if not match:
        return text
    word = match[2]
    base = {"is": "are", "has": "have", "does": "do", "goes": "go"}.get(word)
    if base is None:
        forms = singulars(word)
        base = forms[-1] if word.endswith(("ches", "shes", "sses", "xes")) else forms[0] if forms else word
    return f"{match[1]} {base}{match[3]}"


_SMALL = frozenset("a an the and but or of in on at to for with from by".split())


def title_case(text: str) -> str:
    """``the boy and the dog`` as ``The Boy and the Dog``."""
    words = text.split()
    return " ".join(word if word.lower() in _SMALL and index else capital(word) for index, word in enumerate(words)).replace(" The ", " the ")
