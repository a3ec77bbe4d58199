"""The lines that a story may use: those whose tags, props and places fit it, not said before and not too long."""

from __future__ import annotations

import re

from studio.engines.writer.fates import FATES, SORTS_OF_OBJECTS, is_far
from studio.engines.writer.fits import WILD_KITS, clashes, has_hands, has_voice, is_duo, is_many, misfits
from studio.engines.writer.grammar import word_count
from studio.engines.writer.setting import Setting, bare
from studio.engines.writer.skies import is_misplaced, is_other_weather
from studio.engines.writer.tables import Beat, Line
from studio.engines.writer.things import VENUES, is_big, is_trade, thing_tag

_HURT = frozenset("injured hurt wounded sick stranded beached starving shivering frozen dying ill".split())
#: What one may want without having to learn it.
_WISHED = frozenset(
    "see go meet find know return leave live have visit marry travel reach stay get own hear tell die sleep escape feel".split()
)
#: What makes a ship or a house small enough for two hands.
_SMALL = re.compile(
    r"(?i)\b(?:in (?:a |old )?bottles?|toys?|model|paper|tiny|miniature|matchsticks?|gingerbread|doll's)\b"
)
_COLD = re.compile(
    r"(?i)\b(?:not spoken|never spoken|not talked|never talked|enem(?:y|ies)|rivals?|enemy|estranged|divorced|feud|hates?)\b"
)


class Lines(Setting):
    """The part of a telling that picks lines."""

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
        big = thing is not None and is_big(thing.head, code) and not _SMALL.search(self.idea.text)
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
            partner=other is not None and other.kind in ("person", "robot", "creature") and other.head != "people",
            venue=thing is not None and (is_trade(thing.head) or code[:1] == "e" or thing.head in VENUES),
            fallback=False, lifeless=other is not None and not other.is_living, **self._deed_tags(), cold=bool(_COLD.search(self.idea.text)), lost=self.decisive is not None and self.decisive.lemma == "lose",
        )  # fmt: skip
        has.update({name: self.idea.weather == name for name in ("rain", "snow", "storm", "fog", "wind")})
        has.update({name: self.idea.time_of_day == name for name in ("night", "dusk", "dawn")})
        has.update(self._object_tags())
        has["day"] = self.idea.time_of_day in ("", "day")
        has.update({name: self.season == name for name in ("winter", "summer", "spring", "autumn")})
        has["roofed"] = self.is_roofed
        has.update(self.topic_tags)
        has.update(self.aspects)
        if misfits(
            text, self.hero, self.kit.name, era=self.kit.era, told=self.idea.text,
            is_peopled=self.topic_frame != "" or "wild" in tags or is_thread, is_tagged_beast="beast" in tags,
        ):  # fmt: skip
            return False
        if self.idea.time_of_day and clashes(text, self.idea.time_of_day, beat):
            return False
        if not self.topic_frame and (is_other_weather(text, self.idea.weather) or beat in ("sight", "calm") and self._is_misplaced(text)):  # fmt: skip
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
        return not (
            ("<" in text or "{it" in text.lower())
            and not (has["thing"] or has["other"] or has["matter"] or has["does"])
        )

    def _is_misplaced(self, text: str) -> bool:
        """True if ``text``, which is said of any place, cannot be seen at this one."""
        idea = self.idea
        return is_misplaced(
            text, time=idea.time_of_day, weather=idea.weather, season=self.season, roofed=self.is_roofed
        )

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

    def _object_tags(self) -> dict[str, bool]:
        """What becomes of the object of the idea's deed, and what it is."""
        mentions = self.idea.mentions
        is_force = self.aspects["elemental"]  # the tide, of which a film speaks as of somebody
        is_somebody = self.hero.is_living or is_force or self.hero.kind != "abstract" and self.aspects["itself"]
        is_told = self.is_plain and is_somebody and self.idea.hero is not None and bool(self.events)
        is_named = is_told and bool(mentions.thing or mentions.whom or mentions.matter)
        return {
            "does": is_named,
            "roughly": is_named,
            "lastly": "last" in self.words and len(self.events) > 1,
            "far": any(is_far(one.head) for one in mentions.named[:1]) if not is_named else "far" in mentions.sorts,
            "one_living": self.is_one_living,
            "deedful": bool(mentions.lemma),
            "somebody_owns": "owner" in self.words,
            **{f"named{count}": word in self.words for count, word in ((1, "one"), (2, "two"), (3, "three"))},
            "matter": is_named and mentions.matter is not None,
            "claim": is_named and bool(mentions.claim),
            "denying": bool(re.search(r"\b(?:never|nobody|no|not|cannot)\b", mentions.claim)),
            **{fate: is_named and mentions.fate == fate for fate in FATES},
            **{sort: is_named and sort in mentions.sorts for sort in SORTS_OF_OBJECTS if sort != "far"},
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
        time, beat = self.idea.time_of_day, "ending" if what == "calm" else what
        fresh = [
            line
            for line in pool
            if line not in self.used
            and bare(line) not in self.avoid
            and not (time and clashes(line, time, beat))
            and not is_misplaced(line, time=time, weather=self.idea.weather, season=self.season, roofed=False)
        ]
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
