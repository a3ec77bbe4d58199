"""What a story's scenes show: places, times, who is on screen, and the title over it all."""

from __future__ import annotations

import re

from studio.engines.writer.beats import time_in, weather_in
from studio.engines.writer.cast import portrait
from studio.engines.writer.coverage import names_thing, thing_at_hand, with_thing
from studio.engines.writer.draft import SceneDraft
from studio.engines.writer.grammar import Figure, article, sentence
from studio.engines.writer.phrases import strip_determiner
from studio.engines.writer.plots import Plots
from studio.engines.writer.tables import Line
from studio.engines.writer.titles import cast_name, placed, title_case
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, name_gender, singulars
from studio.model.story import Character

_SPOT_ORDER = {
    "attempt": 0, "setback": 1, "turn": 2, "attempt2": 2, "setback2": 0, "walk": 1, "setup2": 0, "turn2": 1,
}  # fmt: skip


_WORD = r"(?!and\b|of\b|with\b)[\w'-]++"
_TAIL = r"(?: with (?!and\b)[\w'-]++(?: (?!and\b)[\w'-]++){0,3})?"
_TWO = re.compile(
    rf"((?:[Aa]n?|[Tt]he) {_WORD}(?: {_WORD}){{0,3}}|[A-Z]\w+){_TAIL} and "
    rf"((?:an?|the|his|her|their) {_WORD}(?: {_WORD}){{0,3}}|[A-Z]\w+){_TAIL}"
)


#: What is seen while an object is spoken of, each once before one comes again.
_NAMED_SHOWS = (
    "{the hero} with {the %s}",
    "{the hero} looks at {the %s}",
    "{the hero} beside {the %s} in a beam of light",
    "{the hero} stands before {the %s}",
    "{the hero} sits beside {the %s}",
)


class Staging(Plots):
    """The part of a telling that painters and players need."""

    named_shows = 0

    def _action(self, line: Line) -> str:
        if self.is_plain and self.idea.hero is None and "{the hero}" in (line.show or line.say).lower():
            return sentence(f"soft light over {placed(self.idea.place or self.kit.place)}")  # there is nobody to show
        show = line.show or self._named_show(line.say)
        template = (
            re.sub(r"\b(the hero|the thing|the other)\b", r"{\1}", show)
            if show and "{" not in show
            else show or line.say
        )
        text = self.fill(template, is_drawn=True)
        if self.hero.is_plural and show:
            text = plural_action(text, self.hero.drawn)
        return sentence(text)

    def _named_show(self, say: str) -> str:
        """What is seen while ``say``, which brings no picture of its own, is told of the object; empty if it is not."""
        named = re.search(r"(?i)\{the (thing|other)\}", say)
        name = named[1].lower() if named else "thing" if "thing" in self.figures else "other"
        if self.frame != "plain" or name not in self.figures or self.idea.hero is None:
            return ""
        if self.figures[name].kind == "place" and not self.idea.mentions.drawn:  # nobody is shown with a bank
            return ""
        self.named_shows += 1
        return self.chance.shuffled("named shows", _NAMED_SHOWS)[self.named_shows % len(_NAMED_SHOWS)] % name

    def _location(self, index: int, names: list[str]) -> str:
        home = placed(self.idea.place or self.kit.place)
        spots = self.kit.spots
        if re.search(r"\b(?:roof|rooftop)\b", home):  # nobody leaves it between two sentences
            return home
        if self.frame == "tide":  # the stranded animal cannot be anywhere else
            return home if names[0] not in ("setback", "turn", "aftermath") else f"the water's edge at {home}"
        if not spots or not self.is_kit_sure or names[0] in ("setup", "call", "ending"):
            return home
        if names[0] in ("turn", "aftermath") and not (len(spots) > 2 and names[0] == "turn"):
            return home
        return spots[_SPOT_ORDER.get(names[0], index) % len(spots)]

    def _finish(self, scenes: list[SceneDraft]) -> None:
        handled = thing_at_hand(self.idea.mentions)
        for place, scene in enumerate(scenes):
            if handled and place and not scene.is_own:
                scene.action = with_thing(scene.action, self.hero.drawn, handled)
            text = scene.action = self._told_apart(scene.action)
            scene.time_of_day = time_in(text, scene.beat, given=self.idea.time_of_day, is_dark=self.is_dark)
            scene.weather = weather_in(text, given=self.idea.weather, is_indoor=self.kit.is_indoor)
            for figure in self.figures.values():
                each = self._each_of(figure)
                named = (figure.drawn, figure.first, " and ".join(one.drawn for one in each))
                if not any(words and words.lower() in text.lower() for words in named):
                    continue
                if figure.is_living:
                    scene.characters += [cast_name(one) for one in each]
                elif figure.kind != "place" and not (handled and handled.endswith(figure.head)):
                    scene.props.append(figure.noun)
            if handled and names_thing(text, handled):
                scene.props.append(handled.removeprefix("the "))
            scene.characters = list(dict.fromkeys(scene.characters))
            if not scene.characters and self.hero.drawn.lower() in text.lower():
                scene.characters.append(cast_name(self.hero))

    def _told_apart(self, action: str) -> str:
        """``action`` with the names of the two for ``the two``, whom a painter does not know."""
        each = self._each_of(self.hero)
        if len(each) == 1:
            return action
        drawn = f"{re.escape(self.hero.drawn)}(?:{self._rest_of_noun(self.hero)})?"
        return sentence(re.sub(rf"(?i)\b(?:{drawn}|the two)\b(?!')", " and ".join(one.drawn for one in each), action))

    def _each_of(self, figure: Figure) -> tuple[Figure, ...]:
        """The girl and the robot dog of ``a girl and her robot dog``, who look like two; others are one."""
        match = _TWO.fullmatch(figure.first) if figure.is_plural else None
        if match is None:
            return (figure,)
        known = {one.first.lower(): one for one in self.idea.pair or ()}
        whole = match[2] + self._rest_of_noun(figure)
        return tuple(known.get(words.lower()) or self._alone(words) for words in (match[1], whole))

    def _rest_of_noun(self, figure: Figure) -> str:
        """`` dog`` where ``a girl and her robot`` goes on so in the idea."""
        text, first = self.idea.text, figure.first
        after = text[len(first) :].split() if text.lower().startswith(f"{first.lower()} ") else []
        is_more = (
            bool(after) and self.table.kind(first.split()[-1]) == "robot" and self.table.kind(after[0]) == "animal"
        )
        return f" {after[0]}" if is_more else ""

    def _alone(self, words: str) -> Figure:
        """The figure that ``words`` name: ``her robot dog``."""
        if words[:1].isupper():
            return Figure(words, words, words, words, words.lower(), "person", name_gender(words), words)
        noun = strip_determiner(words)
        head = noun.split()[-1].lower()
        kind = self.table.kind(head)
        either = self.chance.pick(f"gender {noun}", ("male", "female")) if kind == "person" else "neuter"
        gender = "female" if head in FEMALE_NOUNS else "male" if head in MALE_NOUNS else either
        return Figure(noun, f"{article(noun)} {noun}", f"the {head}", f"the {noun}", head, kind, gender)

    def _cast(self, scenes: list[SceneDraft]) -> tuple[Character, ...]:
        names = {name for scene in scenes for name in scene.characters}
        chosen = [self.hero, *(f for key, f in self.figures.items() if key != "hero" and f.is_living)]
        cast: dict[str, Character] = {}
        for figure in [one for several in chosen for one in self._each_of(several)]:
            name = cast_name(figure)
            is_shown = name in names or figure is self.hero and not (self.is_plain and self.idea.hero is None)
            if name not in cast and is_shown:
                cast[name] = portrait(figure, self.tables, self.chance).model_copy(update={"name": name})
        return tuple(cast.values())

    def _title(self) -> str:
        if self.idea.title:
            return self.idea.title
        if self.aspects["whatif"] or self.aspects["asked"] or self.aspects["wondered"]:
            asked = self.events[0].whole.rstrip("?. ")
            return title_case(asked if len(asked) < 70 else re.split(r",| or | and ", asked)[0])[:70]
        if self.aspects["phrase"] and len(self.idea.text.split()) < 11:
            return title_case(self.idea.text if "," in self.idea.text else re.sub(r"(?i)^an? ", "", self.idea.text))
        unknown = re.fullmatch(r"Nobody knows (who [\w' -]+)", self.idea.text)
        if unknown:
            return title_case(unknown[1])
        if self.is_plain and self.idea.hero is None:
            short = _shortened(self.idea.text)
            return title_case(re.sub(r"(?i)^an? ", "", short) if self.aspects["phrase"] else short)
        if re.match(r"(?:my|our) ", self.hero.first) and len(self.hero.first.split()) < 6:
            return title_case(self.hero.first)
        hero = self.hero.name or strip_determiner(self.hero.drawn)
        if self.frame == "wonder" and self.events and self.events[0].subject:
            first = self.events[0]
            span = "night" if self.idea.time_of_day == "night" else "day"
            short = re.split(r"(?i) (?:one|at|in|on|over|during|from|for|and|,)\b", f"{first.subject} {first.said}")[0]
            if len(short.split()) < 8:
                return title_case(f"the {span} {short}")
        if self.is_ride:
            return title_case(self.idea.place)
        if re.match(r"(?i)(?:every|each|all|some|no|my|our)\b", self.hero.first):
            return title_case(_shortened(self.idea.text))
        order = ("other", "thing") if self.frame in ("love", "meet") else ("thing", "other")
        partner = self.figures.get(order[0]) or self.figures.get(order[1])
        if " and " in self.hero.drawn:
            return title_case(re.sub(r" and an? ", " and the ", self.hero.drawn) + self._rest_of_noun(self.hero))
        if self.idea.topic and self.idea.hero is None and self.frame in ("theme", "gift", "season"):
            return title_case(strip_determiner(self.idea.topic))
        if (
            partner is not None
            and partner.head != self.hero.head
            and len(partner.head) > 2
            and partner.head not in ("people", "person")
        ):
            return title_case(
                f"{'' if self.hero.name else 'the '}{hero} and {partner.name or 'the ' + strip_determiner(partner.drawn)}"
            )
        if (
            f" in {self.idea.place}" in self.idea.text
            and self.idea.place[:1].isupper()
            and not self.idea.place.startswith(("The ", "A "))
        ):
            return title_case(f"{'' if self.hero.name else 'the '}{hero} in {self.idea.place}")
        if self.hero.short == self.hero.noun:
            return title_case(self.hero.noun)
        return title_case(
            self.hero.name or f"the {re.sub(r'^(?:two|three|four|five) ', '', strip_determiner(self.hero.noun))}"
        )

    def _logline(self) -> str:
        return sentence(self.idea.text)[:300]


def plural_action(text: str, drawn: str) -> str:
    """``the two brothers walks and looks up`` as ``the two brothers walk and look up``."""
    match = re.match(rf"(?i)({re.escape(drawn)}) (\w+)(.*)$", text)
    if not match:
        return text
    tail = re.sub(r"\b(and|or) (\w+s)\b(?= (?:[a-z]+ing\b|up|down|out|in|on|at|back|to|the|a|an|his|her|their|for|away|again|still|alone)\b|[.,]|$)", lambda m: f"{m[1]} {_base(m[2])}", match[3])  # fmt: skip
    return f"{match[1]} {_base(match[2])}{tail}"


def _base(word: str) -> str:
    base = {"is": "are", "has": "have", "does": "do", "goes": "go", "was": "were"}.get(word)
    if base is not None:
        return base
    forms = singulars(word)
    if word.endswith(("ches", "shes", "sses", "xes")):
        return forms[-1]
    return forms[0] if forms else word


def _shortened(text: str) -> str:
    """The beginning of an idea, cut where a clause or an adjunct begins, for a title; a short list is kept whole."""
    if len(text.split()) < 10 and re.fullmatch(r"(?i)(?:an?|the|one|two|three|four) [^,]+, [^,]+ and [^,]+", text):
        return text
    short = re.split(
        r"(?i),| (?:who|that|which|and|but|if|when|while|because|until|for|with|from|by|after|before|so)\b", text
    )[0]
    short = re.sub(r"(?i) (?:is|are|was|were)$", "", short)
    if 1 < len(short.split()) < 10:
        return short
    first = re.split(r"(?i) (?:in|on|at|over|under|through|into|to|of|about|near)\b", short)[0]
    words = re.sub(
        r"(?i)(?: (?:the|a|an|so|to|of|in|on|at|his|her|my|their|its|is|are|all))+$", "", " ".join(first.split()[:7])
    ).split()
    return " ".join(words) if len(words) > 1 else " ".join(text.split()[:5])
