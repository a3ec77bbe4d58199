"""Turns a narrative idea into scenes: the user's own events first, a frame's lines where the idea is silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from studio.engines.writer.beats import beat_name, beats_of
from studio.engines.writer.draft import SceneDraft
from studio.engines.writer.grammar import capital, sentence, word_count
from studio.engines.writer.idea import Event, time_of
from studio.engines.writer.routines import Routines
from studio.engines.writer.tables import Beat, Line
from studio.engines.writer.titles import placed
from studio.model.story import Character

_OPENING_WORDS = 8
_JOINED_WORDS = 20
_MORE = ("attempt2", "setback2", "turn2", "aftermath")
_RANK = {"call": 0, "ending": 2, "turn": 3, "setup": 1, "attempt": 4, "setback": 5}
_SAD_MOODS = {"call": "sadness", "attempt": "melancholy", "setback": "sadness", "turn": "warmth", "ending": "serenity"}
_TURNING = ("until", "only")
#: Frames in which the place itself may turn against the hero.
_EXPOSED = ("journey", "battle", "tide")
#: Frames whose threads may lead up to a second event of the user's own.
_LEADING = ("find", "chase", "rescue", "journey", "contest", "search", "make", "want", "change")
_OCCASION = re.compile(
    r"(?i)(?:one|this|after|when|while|as|suddenly|on|before|because|although|since|once|during|every|long)\b"
)
_TIMED = re.compile(
    r"(?i)\b(?:only|still|twice|day|night|morning|evening|midnight|dawn|every|always|lasts?|days|weeks|months|hours|each|must|wants?|when|tries|try|dreams?|years?|never|thinks?|"
    r"believes?|learns?|hopes?|knows?|loves?|hates?|works?|lives?|needs?|refuses?|tomorrow|today|(?:is|are) \w+ing|waits?|teach(?:es)?|collects?|grows? up|takes? care|keeps? \w+ing|looks? after|cares? for|does not|doesn't|do not|don't|cannot|can|can't)\b"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A story before its narration is cut: scenes, cast, title and logline."""

    title: str
    logline: str
    scenes: list[SceneDraft]
    cast: tuple[Character, ...]


class Storyteller(Routines):
    """Tells one narrative idea."""

    plan: Mapping[str, Line] = MappingProxyType({})
    is_led = False
    """True once the words before the idea's subject are told."""

    def tell(self, scene_count: int) -> Sheet:
        """The whole story in ``scene_count`` scenes."""
        beats = beats_of(scene_count)
        own = self._place_events(beats)
        for names in beats:
            _join_events(names, own)
        told = sum(word_count(event.whole or f"{event.subject} {event.said}") for event in self.events)
        self.room_words = round(0.97 * self.words_per_scene * scene_count) - told - _OPENING_WORDS
        self.plan = self.plan_threads([beat for names in beats for beat in names], own)
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
            if scene.beat in ("call", "turn"):
                scene.say(self._kit_line("sight"), 17, place=0)
            if scene.beat in ("call", "setback", "turn"):
                more = self._line("any", "plain" if self.is_plain else "air")
                if more is not None:
                    scene.say(self.fill(more[0].say), 18, place=10)

    def _place_events(self, beats: list[list[str]]) -> dict[str, list[Event]]:
        """The user's events by beat; what has no beat of its own joins the one before."""
        flat = [beat for names in beats for beat in names]
        slots = ["call", "attempt", "setback", "turn", "aftermath"]
        events = list(self.events)
        own: dict[str, list[Event]] = {}
        is_usual = bool(events) and events[0].is_state and (len(events) > 1 or self.frame == "solitude")
        is_prelude = len(events) > 1 and events[1] is self.decisive and not events[0].goal
        if (is_usual or is_prelude) and "setup" in flat:
            own["setup"] = [events.pop(0)]
        at = 0
        for index, event in enumerate(events):
            wanted = slots[min(at, 3)]
            if index > 0 and event.linker in ("but", *_TURNING):
                wanted = "setback" if event.subject and event.linker == "but" else "turn"
            if index > 0 and index == len(events) - 1 and (len(events) > 2 or self._is_outcome(event)):
                wanted = "turn"
            while slots.index(wanted) < at and wanted != "turn":
                wanted = slots[slots.index(wanted) + 1]
            if wanted not in flat:
                wanted = next((slot for slot in reversed(slots[: slots.index(wanted) + 1]) if slot in flat), "call")
            own.setdefault(wanted, []).append(event)
            at = max(at, slots.index(wanted) + 1)
        return own

    def _is_timed_later(self, event: Event) -> bool:
        """True if it is another event of the idea that names the time of day."""
        return any(time_of(f"{other.lead} {other.said}") for other in self.events if other.said not in event.said)

    def _is_outcome(self, event: Event) -> bool:
        """True if the second of two events may as well come late: the frame's thread leads up to it."""
        has_goal = re.search(r"\bto (?!the\b|a\b|an\b|his\b|her\b|its\b|their\b|my\b|[A-Z])\w+ \w+", event.said)
        return not event.goal and not event.helper and not has_goal and self.frame in _LEADING

    def _scene(self, index: int, names: list[str], own: dict[str, list[Event]]) -> SceneDraft:
        beat = beat_name(names)
        scene = SceneDraft(beat, self._location(index, names), "", "neutral")
        place = 0
        spares = self.chance.shuffled("spare", ("Time goes by.", "A day goes by.", "It takes time.", "And then?"))
        scene.spare = spares[index % len(spares)]
        if "ending" in names:
            scene.spare = "And that is how it ends."
        has_own = any(own.get(name) for name in names)
        for name in names:
            if own.get(name):
                place = self._own_beat(scene, name, own[name], place)
            elif name == "setup":
                self._setup(scene, place, is_merged=len(names) > 1)
                place += 3
            elif name in ("setup2", "walk"):
                self._walk(scene, name, place)
                place += 3
            elif len(names) == 1 or not has_own or name == "ending":
                place = self._free_beat(scene, name, place, is_merged=len(names) > 1)
        return scene

    def _mood(self, beat: str, options: Beat) -> str:
        """The emotion of a beat; a sad idea keeps to its own."""
        if self.is_dark:
            return options.dark_emotion
        return _SAD_MOODS.get(beat.rstrip("2"), "melancholy") if self.aspects["sad"] else options.emotion

    def _own_beat(self, scene: SceneDraft, name: str, events: list[Event], place: int) -> int:
        for event in events:
            self._own_event(scene, name, event, place, _RANK.get(name, 6))
            place += 3
        react = self._line("react") if name == "call" else None
        if react is not None:
            scene.say(self.fill(react[0].say), 10, place=place)
            scene.emotion = self._mood(name, react[1])
        return place + 1

    def _free_beat(self, scene: SceneDraft, name: str, place: int, *, is_merged: bool) -> int:
        """Tell a beat that the idea leaves open: by the thread, else by a line of the frame."""
        base = name.rstrip("2")
        planned = self.plan.get(name)
        extra = "plain" if self.is_plain else "more"
        found = self._line(name, extra) if name in _MORE and not self.topic_frame else None
        found = found or self._line(base)
        if planned is not None:
            mood = self.tables.frames.get(self.frame, {}).get(base) or self.tables.frames["deed"].get(base)
            found = (planned, mood or self.tables.frames["deed"]["attempt"])
        if found is None:
            self._walk(scene, "walk", place)
            return place + 3
        line, options = found
        scene.emotion = self._mood(base, options)
        if base == "setback" and self.frame in _EXPOSED:
            scene.say(self._kit_line("hard"), 11, place=place)
        elif base == "setback" and self.is_dark:
            scene.say(self._kit_line("sight"), 12, place=place)
        elif base == "ending" and not (is_merged and self.words_per_scene < 15):
            scene.say(self._kit_line("calm"), 13, place=place)
        say = line.say
        if base == "turn" and self.hero.short == "the two" and len(self.hero.drawn.split()) < 8:
            say = re.sub(r"\{([tT])he hero\}", lambda m: capital(self.hero.drawn) if m[1] == "T" else self.hero.drawn, say, count=1)  # fmt: skip
        if self.is_hero_known:
            say = re.sub(r"\{([aA]) hero\}", lambda m: "{The hero}" if m[1] == "A" else "{the hero}", say)
        self.is_hero_known |= "{a hero}" in say.lower()
        self.is_onlooker_seen |= "onlooker}" in say.lower()
        scene.say(
            self._introduced(self.fill(say)),
            6 if self.is_plain and is_merged and base == "turn" else _RANK.get(base, 6),
            place=place + 1,
            is_core=True,
        )
        if line.more:
            scene.say(self.fill(line.more), 14, place=place + 2)
        if base == "attempt":
            scene.say(self._kit_line("sight"), 15, place=place + 3)
        if not scene.is_own:
            scene.action = self._action(line)
        return place + 4

    def _introduced(self, text: str) -> str:
        """The text with the hero's full name where this is its first mention."""
        if self.is_hero_known or self.hero.short not in text and capital(self.hero.short) not in text:
            return text
        self.is_hero_known = True
        return re.sub(rf"(?i)\b{re.escape(self.hero.short)}\b", self.hero.first, text, count=1)

    def _setup(self, scene: SceneDraft, place: int, *, is_merged: bool) -> None:
        if self.is_plain:
            self._opening(scene, place, is_merged=is_merged)
            return
        idea, hero = self.idea, self.hero
        routine = idea.trait or self.usual()
        if not routine:
            self._opening(scene, place, is_merged=is_merged)
            return
        self.used.add(routine)
        is_sad = self.frame in ("farewell", "memory", "solitude", "theme")
        scene.emotion = "unease" if self.is_dark else "melancholy" if is_sad else "serenity"
        is_lead = idea.lead and not _OCCASION.match(idea.lead)
        lead = f"{capital(idea.lead)}, " if is_lead else ""
        if not is_merged or not self.events or self.words_per_scene >= 20:
            said = f"{lead}{hero.first} {routine}" if routine else f"{lead}Here is {hero.first}"
            scene.say(self.fill(said), _RANK["setup"], place=place + 1, is_core=not is_merged)
            self.is_hero_known = True
        scene.say(self._kit_line("sight"), 11, place=place)
        if routine and not idea.trait and hero.is_living:
            self.routine = routine
            self.words["routine"] = self.fill(routine)
        scene.action = sentence(self.fill(f"{hero.drawn} {routine}" if routine else f"{hero.drawn} [stand] still"))

    def _opening(self, scene: SceneDraft, place: int, *, is_merged: bool) -> None:
        """Open on the place, without a word about what nobody has told yet."""
        if is_merged:  # there may be no time for it, so nobody can be introduced here
            self.aspects = {**self.aspects, "hail": False}
        opening = self._line("open", "plain")
        routine = self._own_routine() if self.aspects["hail"] and not is_merged else ""
        if routine and self.chance.number("routine") % 3:
            scene.say(self.fill(f"{self.hero.first} {routine}"), 1, place=place + 1, is_core=True)
            self.is_hero_known = True
            opening = None
        if opening is not None:
            scene.say(self.fill(opening[0].say), 8 if is_merged else 1, place=place + 1, is_core=not is_merged)
            is_named = "{a hero}" in opening[0].say
            self.is_hero_known |= is_named
            if not is_named and not is_merged:
                scene.is_mere_opening, scene.spare = True, "It begins like this."
        scene.say(self._kit_line("sight"), 11, place=place, is_core=opening is None and not is_merged and not routine)
        scene.emotion = "unease" if self.is_dark else "melancholy" if self.aspects["sad"] else "serenity"
        around = placed(self.idea.place or self.kit.place)
        is_shown = self.idea.hero is not None and not self.is_witness
        scene.action = sentence(f"{self.hero.drawn} seen from far away" if is_shown else f"soft light over {around}")

    def _walk(self, scene: SceneDraft, name: str, place: int) -> None:
        if self.is_plain:
            lines = [self._kit_line("sight"), self._kit_line("sight")]
            for index, text in enumerate(lines):
                scene.say(text, 11 + index, place=place + index, is_core=True)
            scene.emotion = "anticipation"
            scene.action = sentence(f"soft light over {placed(self.idea.place or self.kit.place)}")
            return
        do = self.meanwhile(name)
        self.used.add(do)
        dawn = {"setup2": ("Most days", "As always", "Every day"), "walk": ("For a while", "Once more", "All the same")}
        text = self.fill(f"{self.chance.pick('lead ' + name, dawn[name])}, {self.hero.short} {do}")
        scene.say(text, 12 if name == "setup2" else 11, place=place + 1, is_core=True)
        scene.say(self._kit_line("sight"), 11, place=place)
        scene.emotion = "unease" if self.is_dark else "anticipation"
        scene.action = sentence(self.fill(f"{self.hero.drawn} {do}"))

    def _own_event(self, scene: SceneDraft, name: str, event: Event, place: int, rank: int) -> None:
        if event.whole:
            self._whole_event(scene, name, event, place, min(rank, 1))
            return
        is_first, (who, drawn) = not self.is_hero_known, self._subject(event)
        lead = ""
        if self.is_plain and name == "call" and self.idea.lead:
            lead = f"{capital(self.idea.lead)}, "
        elif event.lead:
            lead = f"{'But ' if event.linker == 'but' else ''}{event.lead}, "
        elif name == "setup" and self.idea.lead and not _OCCASION.match(self.idea.lead):
            lead = f"{self.idea.lead}, "
            self.is_led = True
        elif (
            name == "call"
            and is_first
            and self.idea.lead
            and not self.is_led
            or name == "call"
            and self.is_hero_known
            and event.is_state
            and _OCCASION.match(self.idea.lead)
        ):
            lead = f"{capital(self.idea.lead)}, "
        elif name == "call" and self.is_hero_known and not event.is_state:
            if _OCCASION.match(self.idea.lead) and not self.is_led:
                lead = f"{capital(self.idea.lead)}, "
            else:
                when = {"night": "One night", "dawn": "One morning", "dusk": "One evening"}.get(
                    self.idea.time_of_day if not self._is_timed_later(event) else "",
                    self.chance.pick("when", ("One day", "One day", "One ordinary day")),
                )
                is_lasting = re.match(r"(?:his|her|its|their) ", event.subject) or self.frame in (
                    "solitude",
                    "waiting",
                    "memory",
                )
                is_lasting = is_lasting or bool(re.match(r"(?:is|are|has|have)\b", event.said)) or self.idea.is_phrase
                is_lasting = (
                    bool(is_lasting)
                    or not self.hero.is_living
                    and event.lemma in ("stand", "lie", "hang", "live", "belong")
                )
                is_joined = bool(event.subject) and event.linker == "and"  # ``and the storm will not let them leave``
                lead = "" if is_lasting or is_joined or _TIMED.search(f"{event.subject} {event.said}") else f"{when}, "
        elif event.linker in ("but",):
            lead = "But "
        elif event.linker in _TURNING or (name == "turn" and event.linker == "and" and not event.subject):
            lead = "Then "
        scene.say(f"{capital(lead)}{who} {event.said}", min(rank, 1), place=place + 1, is_core=True, is_own=True)
        scene.show(f"{drawn} {event.drawn}")
        if event.place:
            scene.location = event.place
        beat = {"aftermath": "ending"}.get(name, name)
        options = self.tables.frames.get(self.frame, {}).get(beat) or self.tables.frames["deed"].get(beat)
        if options is not None:
            scene.emotion = self._mood(name, options)
        if name == "setup":
            scene.emotion = "melancholy" if self.frame == "solitude" else "serenity"
            scene.say(self._kit_line("sight"), 11, place=place)
        elif name == "attempt":
            scene.say(self._kit_line("sight"), 14, place=place + 2)

    def _whole_event(self, scene: SceneDraft, name: str, event: Event, place: int, rank: int) -> None:
        """Tell a sentence of the user's as it stands."""
        scene.say(event.whole, rank, place=place + 1, is_core=True, is_own=True)
        self.is_hero_known = True
        drawn = re.sub(r"(?i)^(?:(?:but|so|yet|and) )?(?:(my|our)\b)?", lambda m: "the" if m[1] else "", event.drawn)
        starts_open = re.match(r"(?i)(?:he|she|they|it|his|her|their|its)\b", drawn)
        scene.show(f"{self.hero.drawn}: {drawn}" if starts_open else drawn)
        mood = self.tables.frames["deed"].get(name) or self.tables.frames["deed"]["attempt"]
        scene.emotion = self._mood(name, mood)

    def _subject(self, event: Event) -> tuple[str, str]:
        if event.subject:
            if (
                not self.is_hero_known
                and re.match(r"(?:his|her|its|their) ", event.subject)
                and self.idea.hero is not None
            ):
                self.is_hero_known = True
                return re.sub(r"^\w+", f"{self.hero.first}'s", event.subject), self._subject(event)[1]
            drawn = re.sub(r"(?i)^(?:his|her|their|its) ", f"{self.hero.drawn}'s ", event.subject)
            return event.subject, f"{self.kit.place}: {drawn}" if drawn.lower() == "it" else drawn
        if self.is_hero_known:
            return self.hero.short, self.hero.drawn
        self.is_hero_known = True
        return self.hero.first, self.hero.drawn


def _join_events(names: list[str], own: dict[str, list[Event]]) -> None:
    """Make one sentence of two deeds of the hero in one scene: ``finds a fox and decides to keep it``."""
    told = [(name, event) for name in names for event in own.get(name, [])]
    for (early, before), (late, event) in pairwise(told):
        is_told_apart = event.linker != "and" or event.subject or event.lead or event.whole
        is_setting = before.is_state or before.subject or before.whole
        if is_told_apart or is_setting or len(f"{before.said} {event.said}".split()) > _JOINED_WORDS:
            continue
        own[early].remove(before)
        both = replace(before, said=f"{before.said} and {event.said}", drawn=f"{before.drawn} and {event.drawn}")
        own[late][own[late].index(event)] = both
        return
