"""Documentaries, which ask and never assert, and films for products, which claim what the user claims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.engines.writer.beats import beat_name, beats_of
from studio.engines.writer.chance import Chance
from studio.engines.writer.deeds import HAPPENED
from studio.engines.writer.draft import SceneDraft
from studio.engines.writer.grammar import Figure, article, capital, sentence
from studio.engines.writer.idea import Idea
from studio.engines.writer.narrative import Sheet, Storyteller
from studio.engines.writer.phrases import strip_determiner
from studio.engines.writer.tables import Tables
from studio.engines.writer.titles import title_case
from studio.engines.writer.wording import is_proper
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, WordTable, name_gender

_GUIDES = ("young researcher", "young teacher", "young reporter", "old professor")
_USERS = {
    "mountain": "young hiker", "forest": "young hiker", "road": "young traveller", "kitchen": "young cook",
    "cafe": "tired student", "track": "young runner", "office": "young office clerk", "school": "student",
    "studio": "young painter", "garden": "old gardener", "sea": "young surfer", "city": "young commuter",
}  # fmt: skip
_SPARES = {
    "documentary": ("Look closer.", "Who knows?", "Ask again.", "And then?", "Keep looking."),
    "product": ("Try it.", "Just so.", "And look.", "Like this.", "Easy."),
}
_RANK = {
    "claim": 0,
    "call": 1,
    "ending": 2,
    "setup": 3,
    "turn": 4,
    "attempt": 5,
    "setback": 6,
    "attempt2": 7,
    "aftermath": 8,
}
_DOCUMENTARY_BEATS = {"setup2": "attempt2", "walk": "attempt2", "setback2": "setback", "turn2": "turn"}


class TopicTeller(Storyteller):
    """Tells a frame about a topic instead of about a hero's deeds."""

    def __init__(
        self,
        idea: Idea,
        tables: Tables,
        table: WordTable,
        chance: Chance,
        avoid: Sequence[str],
        words_per_scene: float,
        frame: str,
    ) -> None:
        self.topic_frame = frame
        if frame == "product":
            idea.place = ""
        super().__init__(idea, tables, table, chance, avoid, words_per_scene)
        self.frame = frame
        self.is_dark = False
        self.has_place = frame == "documentary" and self.kit.name != "library"
        if frame == "product" and self.kit.name == "village":
            self.kit = tables.kits[chance.pick("product kit", ("city", "home", "road"))]

    def set_guide(self, noun: str) -> None:
        """Make ``noun`` the person on screen."""
        gender = ("male", "female")[self.chance.number("gender") % 2]
        head = noun.split()[-1]
        gender = "female" if head in FEMALE_NOUNS else "male" if head in MALE_NOUNS else gender
        self.hero = Figure(noun, f"{article(noun)} {noun}", f"the {head}", f"the {noun}", head, "person", gender)
        self.figures["hero"] = self.hero

    def set_question(self, topic: str) -> None:
        """Note which kind of question the film asks about ``topic``."""
        idea = self.idea
        word = idea.question.split()[0] if idea.question else ""
        text = idea.text.lower()
        is_life = bool(
            re.match(r"(?:a day in the )?li(?:fe|ves) (?:in|on|under|at|inside|below)\b", text)
        ) or text.startswith("a day in the life")
        is_past = re.match(
            r"(?:a |the )?(?:short |brief )?(?:history|origins?|invention|discovery|making|birth|building|rise and fall|evolution|story) of\b",
            text,
        )
        asked = word in ("how", "why", "where", "when", "who", "which") or bool(
            re.match(r"what (?!is really)", idea.question)
        )
        kind = "life" if is_life else "history" if is_past else "human" if idea.is_about_person else ""
        is_recipe = bool(re.match(r"how to\b", idea.question))
        kind = kind or ("howto" if is_recipe else word if word in ("how", "why") else "ask" if asked else "what")
        if kind in ("what", "history"):
            kind = next((name for name, pattern in HAPPENED.items() if pattern.search(text)), kind)
        kinds = ("life", "history", "human", "how", "howto", "why", "what", *HAPPENED)
        self.topic_tags = {name: name == kind for name in kinds}
        self.topic_tags["asked"] = kind in ("how", "howto", "why", "ask")
        self.topic_tags["happened"] = kind in HAPPENED
        self.topic_tags["past"] = bool(
            re.match(r"(?:how|why|when|where|who|what) (?:did|was|were)\b|who (?!is|are|can|will|does|do)\w+", text)
        )
        is_bare = kind == "what" and strip_determiner(topic).lower() == strip_determiner(text)
        head = re.split(r" (?:of|in|on|at|from)\b", topic)[0]
        is_folk = idea.is_plural_topic and self.table.kind(head.split()[-1]) == "person"
        idea.is_about_people |= is_folk
        self.topic_tags["people"] = is_bare and idea.is_about_people
        self.topic_tags["named"] = is_bare and not idea.is_about_people and bool(re.search(r" [A-Z]", head))
        self.topic_tags["kind"] = is_bare and not idea.is_about_people and idea.is_plural_topic and head.islower()
        self.words["lasting"] = re.sub(r"^a day in the life", "the life", text.rstrip(".!? "))
        self.words["subject"] = text.rstrip(".!? ") if is_life else topic

    def tell(self, scene_count: int) -> Sheet:
        """The film in ``scene_count`` scenes."""
        self.is_hero_known = False
        flat = [name for names in beats_of(scene_count) for name in names]
        self.room_words = round(self.words_per_scene * scene_count)
        self.plan = self.plan_topic(flat)
        scenes = []
        spares = self.chance.shuffled("spare", _SPARES[self.topic_frame])
        for index, names in enumerate(beats_of(scene_count)):
            if self.topic_frame == "product":
                names = self._with_claim(names, scene_count)
            scene = SceneDraft(
                beat_name([n for n in names if n != "claim"] or ["call"]),
                self._location(index, names),
                "",
                "curiosity",
            )
            for place, name in enumerate(names):
                self._topic_beat(scene, name, place * 10)
            scene.spare = spares.pop() if spares else ""
            scenes.append(scene)
        self._finish(scenes)
        return Sheet(self._title(), self._logline(), scenes, self._cast(scenes))

    def _with_claim(self, names: list[str], scene_count: int) -> list[str]:
        if not self.idea.claim or "call" not in names:
            return names
        return (
            [*names, "claim"]
            if scene_count > 2
            else ["call", "claim", *[n for n in names if n not in ("call", "setup")]]
        )

    def _topic_beat(self, scene: SceneDraft, name: str, place: int) -> None:
        base = _DOCUMENTARY_BEATS.get(name, name)
        found = self._line(base, self.topic_frame)
        if name in self.plan:
            found = (self.plan[name], self.tables.frames[self.topic_frame][name])
        if found is None:
            if not scene.sentences:  # no scene is empty
                scene.say(self._kit_line("sight"), _RANK.get(name, 9), place=place, is_core=True)
                scene.action = sentence(f"soft light over {scene.location}")
            return
        line, options = found
        scene.emotion = options.emotion
        text = self._introduced(self.fill(line.say))
        if "{a hero}" in line.say.lower():
            self.is_hero_known = True
        scene.say(text, _RANK.get(name, 9), place=place, is_core=True)
        if line.more:
            scene.say(self.fill(line.more), 12, place=place + 1)
        if self.has_place and name in ("setup", "attempt", "turn", "attempt2", "aftermath"):
            scene.say(self._kit_line("sight"), 12, place=place + 2 if name != "setup" else place - 1)
        if name == "call":
            react = self._line("react", self.topic_frame)
            if react is not None:
                scene.say(self.fill(react[0].say), 13, place=place + 2)
        if name != "claim" or not scene.action:
            scene.action = self._action(line)

    def _title(self) -> str:
        if self.idea.title:
            return self.idea.title
        if self.idea.brand:
            return self.idea.brand
        if self.topic_tags.get("life"):
            return title_case(self.words["subject"])[:70]
        if self.topic_tags.get("asked") and len(self.idea.direct.split()) < 10:
            return title_case(self.idea.direct.rstrip("?"))
        is_name = self.topic_tags.get("named") or self.topic_tags.get("people") or self.topic_tags.get("happened")
        return title_case(self.idea.topic if is_name else strip_determiner(self.idea.topic))[:70]


def documentary(
    idea: Idea,
    tables: Tables,
    table: WordTable,
    chance: Chance,
    avoid: Sequence[str],
    count: int,
    budget: int,
) -> Sheet:
    """A film of questions about the idea's topic; it asserts nothing that the user did not say."""
    idea.hero = None
    teller = TopicTeller(idea, tables, table, chance, avoid, budget / count, "documentary")
    teller.set_guide(chance.pick("guide", _GUIDES))
    idea.topic = re.sub(r"^(?:The|A|An) ", lambda match: match[0].lower(), idea.topic)
    gender = "plural" if idea.is_plural_topic or idea.is_about_people else "neuter"
    topic = (
        idea.topic
        if idea.topic[:1].isupper()
        and (
            re.search(r"\d", idea.topic)
            or (" " in idea.topic and all(word[:1].isupper() for word in idea.topic.split()))
            or not table.is_known(idea.topic.split()[0])
            or bool(name_gender(idea.topic.split()[0]))
            or is_proper(idea.topic.split()[0])
        )
        else idea.topic[:1].lower() + idea.topic[1:]
    )
    figure = Figure(topic, topic, topic, topic, topic.split()[-1], "thing", gender)
    teller.figures["thing"] = figure
    is_vague = re.match(
        r"(?i)(?:the |some )?(?:people|men|women|children|those|things?|places?|ones?|man|woman|day|way|art) (?:who|that|which|of|in|from|with|on|at)\b",
        topic,
    )
    short = (
        topic
        if len(topic.split()) < (12 if is_vague else 7)
        else re.split(r" (?:who|that|which|of|in|from|with|on|at)\b", topic)[0]
    )
    topic = short
    teller.set_question(topic)
    is_solid = table.kind(topic.split()[-1]) in ("thing", "animal", "plant", "place", "food")
    is_solid = is_solid and len(strip_determiner(topic).split()) < 3
    drawn = topic if is_solid else "a map on a table"
    teller.words.update(
        topic=topic,
        question=idea.question,
        direct=idea.direct,
        topic_drawn=drawn,
        is_solid="yes" if is_solid else "no",
        topic_word=topic,
        is_indef="yes" if topic.split()[0] in ("a", "an") else "no",
        is_human="yes" if idea.is_about_person else "no",
    )
    return teller.tell(count)


def product(
    idea: Idea,
    tables: Tables,
    table: WordTable,
    chance: Chance,
    avoid: Sequence[str],
    count: int,
    budget: int,
) -> Sheet:
    """A film for a product; all it claims are the user's words."""
    idea.hero = None
    thing = idea.thing
    teller = TopicTeller(idea, tables, table, chance, avoid, budget / count, "product")
    teller.set_guide(_USERS.get(teller.kit.name, "young woman" if chance.number("user") % 2 else "young man"))
    if thing is not None:
        teller.figures["thing"] = thing
        teller.words["thing_noun"] = thing.head
        teller.words["brand"] = idea.brand or capital(
            thing.short + (f" that {idea.claim}" if idea.claim and len(idea.claim.split()) < 7 else "")
        )
    teller.words["claim"] = idea.claim
    teller.words["it_claim"] = "they" if thing is not None and thing.is_plural else "it"
    sheet = teller.tell(count)
    for scene in sheet.scenes:
        scene.action = sentence(scene.action)
    return sheet
