"""What is written for each shot: picture prompts, motion prompts, and who looks how under which emotion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from studio.planning.language import capitalised, chosen, one_line, split_clauses, split_sentences, word_set
from studio.planning.telling.figures import Figure, Telling
from studio.planning.telling.setting import time_in, weather_in

_VERBS = word_set(
    "appear arrive ask awaken balance bark bend blow board bow break breathe bring build burn bury call carry "
    "catch chase check chop circle clean climb close collect collapse come cook count cover crawl cross cry "
    "cut dance dig dive drag draw drift drink drive drop eat embrace enter escape examine explore face fall "
    "feed fetch fight fill find fish fix flee float fly fold follow freeze gather gaze give glance glide go "
    "grab grow guide hang haul hear help hide hold hug hurry inspect jump keep kick kiss knead kneel knock "
    "land laugh lay lead lean leap leave lie lift light listen load lock look lower make march measure meet "
    "melt mend mount move nod notice offer open paddle paint pass pause peer pick place plant play point "
    "polish pour pray press pull push put race raise reach read realise realize release remember repair rest "
    "return ride ring rise roll row run rush sail scream search see send set sew shake share shine shiver "
    "shout show sing sink sit skate sleep slide slip smile sniff speak spin splash spread stand stare start "
    "stay step stir stoop stop stretch strike stumble surface swim swing take talk tap teach tell throw tie "
    "touch trace trade travel tremble trot try tug turn unfold unlock unroll untie vanish visit wade wait "
    "wake walk wander wash watch water wave weave weep whisper whistle win wind wipe work wrap write yawn"
)
_MORE = {
    "go": "goes",
    "do": "does",
    "try": "tries",
    "carry": "carries",
    "cry": "cries",
    "fly": "flies",
    "bury": "buries",
}


def _third(verb: str) -> str:
    if verb in _MORE:
        return _MORE[verb]
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")


_THIRD = "|".join(sorted((_third(verb) for verb in _VERBS), key=lambda word: (-len(word), word)))
_NEXT_VERB = re.compile(
    rf"(?:,?\s+and\s+then\s+|,?\s+then\s+|,?\s+and\s+|,\s+)(?=(?:slowly |quickly |finally |gently )?(?:{_THIRD})\b)"
)
_NO_PARTICIPLES = "evening|morning|king|spring|string|ceiling|building|nothing|something|everything|lightning|wing|ring"
_STARTS_WITH_VERB = re.compile(
    rf"(?i)^(?:(?:slowly|quickly|finally|gently)\s+)?(?:(?:{_THIRD})\b|(?!(?:{_NO_PARTICIPLES})\b)\w{{2,}}ing\b)"
)
_LONGEST_ACTION_WORDS = 42

_LOOKS = {
    "joy": "smiles",
    "excitement": "smiles, eyes bright",
    "warmth": "smiles gently",
    "romance": "smiles softly",
    "sadness": "looks down in sorrow",
    "melancholy": "looks into the distance, lost in thought",
    "nostalgia": "looks into the distance with a faint smile",
    "anger": "stares in anger",
    "fear": "looks around in fear",
    "unease": "looks over one shoulder, uneasy",
    "tension": "holds still, tense",
    "suspense": "holds still and listens",
    "surprise": "looks up in surprise",
    "disgust": "turns away",
    "wonder": "looks up in wonder",
    "curiosity": "leans closer, curious",
    "mystery": "looks into the shadows",
    "courage": "looks ahead without fear",
    "triumph": "raises both arms in triumph",
    "adventure": "looks ahead",
    "anticipation": "waits and watches",
    "trust": "nods",
    "peace": "rests, calm",
    "serenity": "rests, calm",
    "neutral": "looks ahead",
}
_AMBIENT_WEATHER = (
    ("storm", ("heavy rain whips sideways", "clouds race and waves heave")),
    ("rain", ("rain falls in thin streaks", "drops ripple the puddles")),
    ("snow", ("snowflakes drift down", "snow blows across the ground")),
    ("fog", ("fog drifts slowly past", "mist curls near the ground")),
    ("wind", ("grass and clothes flutter in the wind", "leaves blow across the frame")),
)
_AMBIENT_PLACE = (
    (
        r"sea|ocean|beach|harbou?r|coast|shore|pier|island|ship|boat|lighthouse|cliff",
        ("waves roll in", "gulls glide in the distance"),
    ),
    (r"river|lake|pond|stream|bridge", ("water glitters", "small ripples cross the water")),
    (r"under ?water|reef|seabed", ("bubbles rise", "light ripples from above")),
    (r"forest|wood|woods|jungle|garden|park|orchard|tree", ("leaves sway", "light flickers through the leaves")),
    (r"field|meadow|hill|valley|plain|farm|steppe|savannah", ("grass bends in the breeze", "clouds drift slowly")),
    (r"desert|dune|dunes", ("sand blows over the ground", "heat shimmers")),
    (
        r"street|city|town|market|square|station|alley|village",
        ("lights flicker in the windows", "dust drifts through the light"),
    ),
    (r"moon|space|planet|mars|orbit|spaceship|station in space", ("stars twinkle", "dust floats")),
    (r"fire|campfire|fireplace|forge", ("flames flicker", "sparks rise")),
    (
        r"kitchen|room|house|library|attic|hall|inside|workshop|cabin|church|castle|museum|school|office|cave|cellar|studio",
        ("dust drifts in the light", "shadows shift on the wall"),
    ),
)
_STYLES = {"poster": "poster style", "watercolour": "watercolour style", "ink": "ink style"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a scene plays, in the words its prompts use."""

    place: str
    time: str = ""
    weather: str = ""
    mood: str = "neutral"
    style: str = ""

    def sentence(self) -> str:
        """``The old harbour, night, rain, mood of fear, watercolour style.``"""
        place = self.place.rstrip(" .")
        parts = [place]
        parts += [word for word in (self.time, self.weather) if word and not _said(word, place)]
        parts += [f"mood of {self.mood}"] if self.mood and self.mood != "neutral" else []
        return ", ".join([*parts, self.style] if self.style else parts) + "."


def _said(word: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))


def style_words(chosen_style: str, story_style: str) -> str:
    """The style part of every prompt. The user's choice leads, then the story's own words."""
    own = one_line(story_style).strip(" .")
    lead = _STYLES.get(chosen_style.lower(), one_line(chosen_style))
    names_a_style = any(name in own.lower() for name in (*_STYLES, "watercolor", "poster", "ink "))
    if not own or names_a_style or own.lower() in lead.lower():
        return lead
    return f"{lead}, {own}" if lead else own


@dataclass(frozen=True, slots=True)
class Seen:
    """What a shot shows: ``full`` with looks for the picture, ``brief`` for the motion."""

    full: str
    brief: str


def action_clauses(action: str, wanted: int) -> list[str]:
    """``action`` in ``wanted`` pieces or fewer, in order: sentences first, then at a change of verb."""
    clauses = [clause for clause in split_sentences(action) if re.search(r"\w", clause)]
    clauses = [clause for clause in clauses if not _is_sky(clause)] or clauses
    while len(clauses) < wanted:
        longest = max(range(len(clauses)), key=lambda n: (_is_splittable(clauses[n]), len(clauses[n])), default=None)
        if longest is None or not _is_splittable(clauses[longest]):
            break
        match = _NEXT_VERB.search(clauses[longest]) or re.search(r";\s+", clauses[longest])
        if match is None:
            break
        whole = clauses[longest]
        clauses[longest : longest + 1] = [whole[: match.start()].rstrip(" ,;"), whole[match.end() :]]
    return grouped(clauses, wanted)


def _is_sky(clause: str) -> bool:
    """``Rain.`` or ``Late at night.``: said by the setting already."""
    return (
        len(clause.split()) <= 3
        and bool(weather_in(clause) or time_in(clause))
        and not re.search(r"(?i)\bthe\b", clause)
    )


def _is_splittable(clause: str) -> bool:
    return bool(_NEXT_VERB.search(clause) or ";" in clause.rstrip(";"))


def grouped(pieces: list[str], count: int) -> list[str]:
    """``pieces`` joined into at most ``count`` neighbouring groups of about equal number."""
    if len(pieces) <= count:
        return pieces
    bounds = [len(pieces) * n // count for n in range(count + 1)]
    return [" ".join(pieces[start:end]) for start, end in pairwise(bounds)]


def see(clause: str, telling: Telling, main: Figure | None) -> Seen:
    """``clause`` as a picture: a doer put before a bare verb, names told by looks, no stray pronouns."""
    seen: dict[str, Figure] = {}
    fulls: list[str] = []
    brief = ""
    brief_has_doer = False
    for sentence in split_sentences(_shortened(clause)):
        words = _uncapital(sentence.strip().rstrip(".;,:"), telling)
        doer = telling.subject or main
        if _STARTS_WITH_VERB.match(words) and doer is not None:
            told = telling.tell(words, {**seen, doer.id: doer})
            words = f"{doer.short if doer.id in seen else doer.look} {told}"
            seen.setdefault(doer.id, doer)
            telling.subject = doer
        else:
            words = telling.tell(words, seen)
        is_first_doing = bool(seen) and not brief_has_doer
        brief = words if is_first_doing or not brief else brief
        brief_has_doer = brief_has_doer or bool(seen)
        fulls.append(words)
    for figure in telling.figures:
        brief = brief.replace(figure.look, figure.short)
    return Seen(". ".join([*fulls[:1], *map(capitalised, fulls[1:])]), brief)


def watched(seen: Seen, figure: Figure) -> Seen:
    """``seen`` with ``figure`` looking on, for an action that names nobody though somebody is there."""
    verb = "watch" if figure.is_plural else "watches"
    return Seen(f"{seen.full} while {figure.look} {verb}", f"{seen.brief}; {figure.short} {verb}")


def _shortened(clause: str) -> str:
    """At most about 42 words, whole sentences or clauses: more than that no painter puts into one picture."""
    if len(clause.split()) <= _LONGEST_ACTION_WORDS:
        return clause
    kept = ""
    for sentence in split_sentences(clause):
        for piece in split_clauses(sentence, longest_words=_LONGEST_ACTION_WORDS // 2):
            if kept and len(kept.split()) + len(piece.split()) > _LONGEST_ACTION_WORDS:
                return kept.rstrip(" ,;:—–")
            kept = f"{kept} {piece}".strip()
    words = kept.split()
    return " ".join(words[: 2 * _LONGEST_ACTION_WORDS])


def _uncapital(words: str, telling: Telling) -> str:
    """``The keeper climbs`` starts small after the colon; names keep their capital."""
    first = words.split(" ", 1)[0]
    is_name = any(first.rstrip("'s,") in figure.name.split() for figure in telling.figures) and first not in (
        "The",
        "A",
        "An",
    )
    is_known_start = first.lower() in _SMALL_STARTS or bool(_STARTS_WITH_VERB.match(words))
    return words[:1].lower() + words[1:] if is_known_start and not is_name else words


_SMALL_STARTS = word_set(
    "the a an he she they it his her their its this that these those in on at under over above behind beside "
    "inside outside through across along from with without as when while after before two three four five six "
    "seven eight nine ten some many several all no both far near high deep everywhere suddenly slowly finally "
    "then there one every each old young small large big tall dark bright rain snow wind waves fog light "
    "clouds smoke lightning thunder nothing nobody everyone everything something someone children people "
    "men women birds leaves stars lights hands"
)


def face(figure: Figure, emotion: str) -> Seen:
    """``figure`` under ``emotion``, close."""
    verb = _LOOKS.get(emotion, _LOOKS["neutral"])
    if figure.is_plural:
        first, _, rest = verb.partition(" ")
        bare = first.rstrip(",")
        plural = {"raises": "raise", "nods": "nod"}.get(bare, bare[:-1] if bare.endswith("s") else bare)
        verb = f"{plural}{',' if first.endswith(',') else ''} {rest}".strip()
    return Seen(f"{figure.look} {verb}", f"{figure.short} {verb}")


def examined(prop: Figure, figure: Figure) -> Seen:
    """``figure`` and ``prop`` together, close: what this scene is about, and who cares."""
    verb = "look" if figure.is_plural else "looks"
    return Seen(f"{figure.look} {verb} closely at {prop.look}", f"{figure.short} {verb} closely at {prop.short}")


def is_examined(seen: Seen, prop: Figure) -> bool:
    """True if ``seen`` is a close look at ``prop``."""
    return seen.full.endswith(f" closely at {prop.look}")


def ambient(setting: Setting, has_people: bool, *key: object) -> str:
    """One thing that moves by itself: the weather's, else the place's, else hair and clothes."""
    for kind, choices in _AMBIENT_WEATHER:
        if kind in setting.weather and not re.search(
            r"(?i)\b(?:inside|room|kitchen|attic|library|cave|workshop)\b", setting.place
        ):
            return chosen(choices, *key)
    if re.match(r"(?i)inside\b", setting.place):
        return chosen(("dust drifts in the light", "shadows shift on the wall"), *key)
    head = re.split(r"\b(?:in|on|of|at|by|near|below|above|beside)\b", setting.place, maxsplit=1)[0]
    for place in (head, setting.place):
        for words, choices in _AMBIENT_PLACE:
            if re.search(rf"(?i)\b(?:{words})\b", place):
                return chosen(choices, *key)
    return "hair and clothes stir in a light breeze" if has_people else "light shifts slowly"
