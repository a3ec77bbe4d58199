"""Turns a narrative idea into scenes: the user's own events first, a frame's lines where the idea is silent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.engines.writer.beats import beat_name, beats_of, time_in, weather_in
from studio.engines.writer.cast import portrait, role_of
from studio.engines.writer.draft import SceneDraft
from studio.engines.writer.frames import is_big
from studio.engines.writer.grammar import capital, sentence
from studio.engines.writer.idea import Event
from studio.engines.writer.phrases import strip_determiner
from studio.engines.writer.setting import Setting
from studio.engines.writer.tables import Line
from studio.engines.writer.titles import cast_name, placed, title_case
from studio.engines.writer.words import singulars
from studio.model.story import Character

_RANK = {"call": 0, "ending": 2, "turn": 3, "setup": 1, "attempt": 4, "setback": 5}
_TURNING = ("until", "only")
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A story before its narration is cut: scenes, cast, title and logline."""

    title: str
    logline: str
    scenes: list[SceneDraft]
    cast: tuple[Character, ...]


class Storyteller(Setting):
    """Tells one narrative idea."""

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
            scene.spare = self.chance.pick(
                f"spare {index}", ("And then?", "Quiet.", "Still nothing.", "A breath.", "Not yet.")
            )
            place = self._beat(
                scene,
                name,
                own.get(name, []),
                place,
                is_merged=len(names) > 1,
                has_own=any(own.get(n) for n in names),
            )
        return scene

    def _beat(
        self, scene: SceneDraft, name: str, events: list[Event], place: int, *, is_merged: bool, has_own: bool
    ) -> int:
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
        before, after = (
            ("", "")
            if base == "setback" and self.frame == "deed"
            else ("hard", "")
            if base == "setback"
            else ("calm", "")
            if base == "ending"
            else ("", "sight")
            if base == "attempt"
            else ("", "")
        )
        if before and not (base == "ending" and is_merged and self.words_per_scene < 15):
            scene.say(self._kit_line(before), 11 if base == "setback" else 13, place=place)
        if "{a hero}" in line.say.lower():
            self.is_hero_known = True
        if "onlooker}" in line.say.lower():
            self.is_onlooker_seen = True
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
        template = (
            re.sub(r"\b(the hero|the thing|the other)\b", r"{\1}", line.show)
            if line.show and "{" not in line.show
            else line.show or line.say
        )
        text = self.fill(template, is_drawn=True)
        if self.hero.is_plural and line.show:
            text = _plural_action(text, self.hero.drawn)
        return sentence(text)

    def _setup(self, scene: SceneDraft, place: int, rank: int, *, is_merged: bool) -> None:
        idea, hero = self.idea, self.hero
        role = role_of(hero, self.tables)
        routine = role.routine if role is not None and not self.is_witness else ""
        if not routine or (
            role is not None
            and not role.is_animal
            and role.kit != self.kit.name
            and idea.place
            and hero.kind == "person"
            and self._is_trade(role.kit)
        ):
            routine = self.chance.pick("do", self.kit.do) if self.kit.do and hero.is_living else ""
        if hero.kind == "animal" and role is not None and role.kit != self.kit.name and idea.place:
            routine = self.chance.pick("beast", _BEAST_DO)
        if hero.kind in ("thing", "plant", "food", "abstract", "place", "weather"):
            routine = self.chance.pick(
                "thing",
                _THING_DO if hero.kind == "thing" and not is_big(hero.head, self.table.code(hero.head)) else _NATURE_DO,
            )
        self.used.add(routine)
        if idea.trait:
            routine = idea.trait
        scene.emotion = (
            "unease"
            if self.is_dark
            else "melancholy"
            if self.frame in ("farewell", "memory", "solitude", "theme")
            else "serenity"
        )
        lead = (
            f"{capital(idea.lead)}, "
            if idea.lead and not re.match(r"(?i)(?:one|this|after|when|while|as|suddenly)\b", idea.lead)
            else ""
        )
        text = self.fill(f"{lead}{hero.first} {routine}" if routine else f"{lead}Here is {hero.first}")
        if not is_merged or not self.events or self.words_per_scene >= 20:
            scene.say(text, rank if not is_merged else 9, place=place + 1, is_core=not is_merged)
            self.is_hero_known = True if not is_merged or self.words_per_scene >= 20 else self.is_hero_known
        scene.say(self._kit_line("sight"), 11, place=place)
        if routine and not idea.trait and hero.is_living:
            self.routine = routine
            self.words["routine"] = self.fill(routine)
        scene.action = sentence(self.fill(f"{hero.drawn} {routine}" if routine else f"{hero.drawn} [stand] still"))

    def _is_trade(self, kit: str) -> bool:
        return kit not in ("village", "home", "city", "road", "forest", "garden")

    def _walk(self, scene: SceneDraft, name: str, rank: int, place: int) -> None:
        pool = list(_BEAST_DO if self.hero.kind == "animal" else self.kit.do) + list(_LOOKS)
        options = [do for do in pool if do not in self.used] or pool
        do = self.chance.pick(f"walk {name} {len(self.used)}", options)
        if not self.hero.is_living:
            do = self.chance.pick(
                f"still {name} {len(self.used)}",
                [do for do in _NATURE_DO if do not in self.used] or _NATURE_DO,
            )
        self.used.add(do)
        dawn = {
            "setup2": ("Most days", "As always", "Every day"),
            "walk": ("For a while", "Once more", "All the same"),
        }[name]
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
                when = {"night": "One night", "dawn": "One morning", "dusk": "One evening"}.get(
                    self.idea.time_of_day,
                    self.chance.pick("when", ("One day", "Then one day", "One day", "One ordinary day")),
                )
                has_time = re.search(
                    r"(?i)\b(?:day|night|morning|evening|midnight|dawn|every|always|each|must|wants?|when|tries|dreams?|years?|never)\b",
                    event.said,
                )
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
        home = placed(home)
        spots = self.kit.spots
        is_bound = self.frame == "tide"  # the stranded animal cannot be anywhere else
        if not spots or is_bound or names[0] in ("setup", "call", "ending"):
            return home
        order = {
            "attempt": 0,
            "setback": 1,
            "turn": 2,
            "attempt2": 2,
            "setback2": 0,
            "walk": 1,
            "setup2": 0,
            "turn2": 1,
        }
        return (
            spots[order.get(names[0], index) % len(spots)]
            if names[0] not in ("turn", "aftermath") or len(spots) > 2 and names[0] == "turn"
            else home
        )

    def _finish(self, scenes: list[SceneDraft]) -> None:
        for scene in scenes:
            text = scene.action
            scene.time_of_day = time_in(text, scene.beat, given=self.idea.time_of_day, is_dark=self.is_dark)
            scene.weather = weather_in(text, given=self.idea.weather, is_indoor=self.kit.is_indoor)
            for figure in self.figures.values():
                if (
                    figure.drawn in text.lower()
                    or figure.drawn.lower() in text.lower()
                    or figure.first.lower() in text.lower()
                ):
                    if figure.is_living:
                        scene.characters.append(cast_name(figure))
                    elif figure.kind != "place":
                        scene.props.append(figure.noun)
            scene.characters = list(dict.fromkeys(scene.characters))
            if not scene.characters and self.hero.drawn.lower() in text.lower():
                scene.characters.append(cast_name(self.hero))

    def _cast(self, scenes: list[SceneDraft]) -> tuple[Character, ...]:
        names = {name for scene in scenes for name in scene.characters}
        chosen = [self.hero, *(f for key, f in self.figures.items() if key != "hero" and f.is_living)]
        cast: dict[str, Character] = {}
        for figure in chosen:
            name = cast_name(figure)
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
        if self.idea.topic and self.idea.hero is None and self.frame in ("theme", "gift", "season"):
            return title_case(strip_determiner(self.idea.topic))
        if partner is not None and partner.head != self.hero.head:
            return title_case(
                f"{'' if self.hero.name else 'the '}{hero} and {partner.name or 'the ' + strip_determiner(partner.drawn)}"
            )
        if self.idea.place[:1].isupper() and not self.idea.place.startswith(("The ", "A ")):
            return title_case(f"{'' if self.hero.name else 'the '}{hero} in {self.idea.place}")
        return title_case(
            self.hero.name or f"the {re.sub(r'^(?:two|three|four|five) ', '', strip_determiner(self.hero.noun))}"
        )

    def _logline(self) -> str:
        return sentence(self.idea.text)[:300]


def _plural_action(text: str, drawn: str) -> str:
    """``the two brothers walks`` as ``the two brothers walk``."""
    match = re.match(rf"(?i)({re.escape(drawn)}) (\w+)(.*)$", text)
    if not match:
        return text
    word = match[2]
    base = {"is": "are", "has": "have", "does": "do", "goes": "go"}.get(word)
    if base is None:
        forms = singulars(word)
        base = forms[-1] if word.endswith(("ches", "shes", "sses", "xes")) else forms[0] if forms else word
    return f"{match[1]} {base}{match[3]}"
