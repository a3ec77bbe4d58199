"""The words that a book's pictures are made from: what happens, who is there and looks how, where, and in which style.

Everybody's look stands in every prompt word for word, so that the same people look the same. What a person has written
into a prompt stays when drafts change; so does what he wrote of somebody's look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studio.model.illustration import ChapterPrompts, IllustrationPrompt, ManuscriptOptions, StyleConfig
from studio.model.manuscript import Chapter, Manuscript
from studio.model.moments import Cast, ChapterAnalysis, EmotionalMoment, Person
from studio.model.people import find_person, years_in
from studio.planning.books.cast import person_of
from studio.planning.books.styles import style_words
from studio.planning.filming.framing import Framer
from studio.planning.filming.wording import Setting, see
from studio.planning.language import capitalised, chosen, one_line, split_sentences, without_article
from studio.planning.telling.figures import Figure, Telling
from studio.planning.telling.looks import Gender, completed, describe, head_noun, is_living_word, is_person_word
from studio.planning.telling.setting import place_words, time_in, weather_in

_PLAIN = ("storyboard",)
"""Image engines that read the scene alone: style words for others would only be in their way."""
_SIZES = {
    0: ("wide shot", "extreme wide shot"),
    1: ("medium shot", "full shot", "medium close-up"),
    2: ("medium shot", "full shot", "wide shot"),
}
_PLAIN_WORDS = 18
_COMPARED = re.compile(r"(?i)(?:as though|as if|like|until|so that|because|for he|for she|for it|than)\b")
_LIKENED = re.compile(r"(?i)(?<!\s)\s*+\b(?:like|than|\w+ as) (?:an?|the) .*$")
_TIED = re.compile(r"(?i)^(?:and|but|or|so|then|yet|for|where|while|when|as|till|till at last)\s+")
_ASIDE = re.compile(r"(?i)^(?:which|who|whose|whom)\b")
_OLD = (58, 120)
_AGES = {"boy": (0, 17), "girl": (0, 17), "child": (0, 13), "lad": (0, 19)}
"""How many years old somebody is who is called so."""
_AWAY = re.compile(
    r"(?i)^(?:for|after|within|on|in) (?:an?|the|\w+) (?:long |short )?(?:\w+ )?(?:hours?|minutes?|moments?|whiles?|times?|days?|nights?|weeks?|first|second|third|fourth|fifth)\b,?\s*|^(?:most|all|some) days\s+"
)
_REASON = re.compile(r"(?i)^for (?:the|an?|his|her|its|their|there|it|he|she|they|once)\b")
_FOLLOWS_ON = re.compile(
    r"(?i)^(?:in|on|at|with|without|under|over|into|along|across|through|beside|behind|beneath|among|\w+ing)\b"
)
_START = re.compile(
    r"^(?:The|An?|It|They|He|She|His|Her|Their|In|On|At|Above|Below|Under|Beside|Over|Behind|From|With|There|Then)\b"
)
"""Words that are only large for beginning a sentence."""
_GOES_ON = re.compile(r"(?!(?:his|its|this|as)\b)[a-z]+s\b")
"""A clause without a doer of its own: ``carries her in``."""
_NARRATOR = "the narrator"
_AFTER_OWNED = "and|in|on|at|to|with|from|of|for|as|off|out|up|down|while|until|by|into|over|before"
_HEADER_SHARE = 0.24
_LEAST_HEADER_PX = 64
_NOWHERE = "an open landscape"


def illustrated(manuscript: Manuscript, options: ManuscriptOptions) -> tuple[Chapter, ...]:
    """The chapters that get pictures."""
    return tuple(one for one in manuscript.chapters if not options.chapters or one.number in options.chapters)


def settled_cast(found: Cast, standing: Cast) -> Cast:
    """Everybody who was ``found``, with the looks and genders that a person gave them in ``standing``, and whom he added."""
    before = {person.name: person for person in standing.people}
    people = [_settled(person, before.get(person.name)) for person in found.people]
    names = {person.name for person in found.people}
    added = [
        person
        for person in standing.people
        if person.name not in names and (person.has_own_look or person.has_own_gender)
    ]
    return found.model_copy(update={"people": (*people, *added)})


def _settled(found: Person, standing: Person | None) -> Person:
    own = {"found_look": found.look, "found_gender": found.gender}
    if standing and standing.has_own_look:
        own["look"] = standing.look
    if standing and standing.has_own_gender:
        own["gender"] = standing.gender or found.gender
    return found.model_copy(update=own)


def looks_of(names: Sequence[str], cast: Cast, found: Sequence[Person]) -> tuple[Person, ...]:
    """Whoever ``names`` mean, as the whole book's ``cast`` knows them, else as the chapter does; each once."""
    meant = [person_of(cast, name) or find_person(found, name) or Person(name=name) for name in names]
    meant = [_of_that_age(person, cast, found) for person in meant]
    told = [
        # what a person is called here counts too: the moment's own words use it
        person.model_copy(update={"aliases": tuple(dict.fromkeys((*person.aliases, name))), "mentions": 0})
        for person, name in zip(meant, names, strict=True)
    ]
    return tuple({person.name: person for person in told}.values())


def _of_that_age(person: Person, cast: Cast, found: Sequence[Person]) -> Person:
    """Who ``the old man`` is: the only old man whom the chapter names; else ``person``."""
    noun = head_noun(person.name)
    ages = next((ages for words, ages in _AGES.items() if person.name.startswith("the ") and words == noun), None)
    if "old" in person.name.split() and noun in ("man", "woman", "lady", "gentleman"):
        ages = _OLD
    if person.look or ages is None:
        return person
    named = [one for other in found if not other.name.startswith("the ") and (one := person_of(cast, other.name))]
    fitting = {
        one.name: one
        for one in named
        if one.gender in ("", person.gender) and ages[0] <= (years_in(one.look) or -1) <= ages[1]
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else person


def draft_prompts(analysis: ChapterAnalysis, cast: Cast, options: ManuscriptOptions) -> ChapterPrompts:
    """The prompts of one chapter's pictures, in order, in words that the chosen image engine reads best."""
    style, is_plain = options.style, options.image in _PLAIN
    pictures = []
    for moment in analysis.moments:
        people = looks_of(moment.characters_present, cast, analysis.characters)
        scene = _scene(moment, people, analysis, is_plain=is_plain)
        extra = _extra(style, moment.emotional_tones, is_plain=is_plain)
        prompt = _with(scene, extra, "" if is_plain else style.negative_prompt)
        pictures.append(
            IllustrationPrompt(
                number=moment.number,
                excerpt=moment.text_excerpt,
                prompt=prompt,
                draft=prompt,
                negative_prompt=style.negative_prompt,
                style=style.art_style if is_plain else style_words(style),
            )
        )
    header = _header(analysis, style, is_plain=is_plain) if options.headers else ""
    return ChapterPrompts(
        header=header,
        header_draft=header,
        header_style=(style.art_style if is_plain else style_words(style)) if header else "",
        pictures=tuple(pictures),
    )


def settled_prompts(drafted: ChapterPrompts, standing: ChapterPrompts | None) -> ChapterPrompts:
    """``drafted`` with what a person wrote, chose or left out in ``standing`` of the same passages."""
    if standing is None:
        return drafted
    before = {(one.number, one.excerpt): one for one in standing.pictures}
    pictures = [_kept(one, before.get((one.number, one.excerpt))) for one in drafted.pictures]
    is_own = bool(drafted.header) and standing.header not in ("", standing.header_draft)
    return drafted.model_copy(
        update={"pictures": tuple(pictures), "header": standing.header if is_own else drafted.header}
    )


def _kept(draft: IllustrationPrompt, standing: IllustrationPrompt | None) -> IllustrationPrompt:
    if standing is None:
        return draft
    own: dict[str, object] = {
        "seed": standing.seed,
        "retakes": standing.retakes,
        "is_left_out": standing.is_left_out,
    }
    if standing.prompt != standing.draft:
        own["prompt"] = standing.prompt
    return draft.model_copy(update=own)


def header_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height in pixels of the strip over a chapter's heading, for pictures of ``size``."""
    width_px, height_px = size
    return width_px, max(_LEAST_HEADER_PX, 2 * round(min(width_px, height_px) * _HEADER_SHARE / 2))


def _scene(
    moment: EmotionalMoment, people: Sequence[Person], analysis: ChapterAnalysis, *, is_plain: bool
) -> str:  # fmt: skip
    """Size, angle, who does what, and the place, as the prompts of a film's shots have it."""
    figures = [_figure(number, person) for number, person in enumerate(people)]
    action = _by_names(moment.action or (split_sentences(moment.text_excerpt) or [""])[0], people)
    action = _seen_alone(action, people) if is_plain else action
    main = figures[0] if figures else None
    seen = see(action, Telling(figures), main) if action.strip() else None
    if main and seen and not any(figure.look.casefold() in seen.full.casefold() for figure in figures):
        owned = re.compile(rf"{re.escape(main.short)}['’]s\b", re.IGNORECASE)
        if owned.search(seen.full):
            own = {"male": "his", "female": "her", "plural": "their"}.get(main.gender, "its")
            seen = replace(seen, full=f"{main.look}, {owned.sub(own, seen.full)}")
        else:
            does = "look on" if main.is_plural else "looks on"
            seen = replace(seen, full=f"{seen.full} while {main.look} {does}")
    seen = replace(seen, full=_told_whole(seen.full, figures)) if seen else None
    size = chosen(_SIZES[min(2, len(figures))], "size", moment.text_excerpt)
    shown = f": {seen.full}" if seen and seen.full else f": {main.look}" if main else ""
    tone = moment.emotional_tones[0] if moment.emotional_tones else "neutral"
    angle = Framer("book").angle("action", tone)
    setting = _setting(moment.setting_description or analysis.setting, tone)
    return f"{capitalised(size)}, {angle}{shown}. {setting.sentence()}"


def _told_whole(action: str, figures: Sequence[Figure]) -> str:
    """``takes the hand of a girl in a yellow raincoat`` for ``takes the girl's hand``, where nothing else tells her look."""
    for figure in figures:
        if figure.look.casefold() not in action.casefold():
            owned = re.compile(
                rf"{re.escape(figure.short)}['’]s? ((?:\w+ )?\w+)(?=[,.;]|$| (?:{_AFTER_OWNED})\b)", re.IGNORECASE
            )
            look = figure.look.replace("\\", r"\\")
            action = owned.sub(rf"the \1 of {look}", action, count=1)
    return action


def _figure(number: int, person: Person) -> Figure:
    gender: Gender = "female" if person.gender == "female" else "male" if person.gender == "male" else "unknown"
    look, called = one_line(person.look), _called(person, gender)
    if not is_living_word(head_noun(look)):
        look = without_article(look)  # a list of features, not somebody
    phrase = completed(describe(called, look, gender), called, gender)
    figure = Figure.of(f"person:{number}", person.name, phrase)
    is_told = gender != "unknown" and figure.gender in ("unknown", "thing") and is_person_word(head_noun(phrase))
    return replace(figure, gender=gender) if is_told else figure


def _called(person: Person, gender: Gender) -> str:
    """By which words somebody looks as he does: a narrator is a man or a woman, Dorothea Finch, the captain, no bird."""
    plain = {"female": "woman", "male": "man"}.get(gender, "")
    if person.name == _NARRATOR:
        return plain or "person"
    head = head_noun(person.name)
    if is_living_word(head) and not is_person_word(head):
        role = next((alias for alias in person.aliases if is_person_word(head_noun(alias))), "")
        return role and plain or role or person.name
    is_trade = person.name.startswith("the ") and not is_living_word(head)
    return plain if is_trade and plain else person.name


def _by_names(action: str, people: Sequence[Person]) -> str:
    """``action`` with everybody by his full name: looks are put in place of names."""
    for person in people:
        own = set(person.name.split())
        for alias in sorted(person.aliases, key=len, reverse=True):
            if alias and not set(alias.split()) <= own:
                case = "(?i)" if alias.startswith("the ") else ""
                action = person.name.join(re.split(rf"{case}\b{re.escape(alias)}\b", action))
    return one_line(action)


def _seen_alone(action: str, people: Sequence[Person]) -> str:
    """The part of ``action`` that somebody does, in about eighteen words: what else a sentence says and compares would
    stand about in the picture."""
    clauses = [clause for sentence in split_sentences(action) for clause in _clauses(sentence)]
    names = "|".join(re.escape(word) for person in people for word in person.name.split() if word[:1].isupper())
    done = re.compile(rf"\b(?:{names or '(?!)'}|[Hh]e|[Ss]he|[Tt]hey|him|her|them)\b")
    first = next((at for at, clause in enumerate(clauses) if done.search(clause)), 0)
    while first and _GOES_ON.match(clauses[first]):
        first -= 1
    kept: list[str] = []
    for clause in clauses[first:]:
        if kept and len(" ".join([*kept, clause]).split()) > _PLAIN_WORDS:
            break
        kept.append(clause)
    ties = ["", *(", " if _FOLLOWS_ON.match(clause) else ", and " for clause in kept[1:])]
    inner = [_START.sub(lambda match: match.group().lower(), clause) for clause in kept]
    told = "".join(f"{tie}{clause}" for tie, clause in zip(ties, inner, strict=True))
    return capitalised(told) + "." if kept else action


def _clauses(sentence: str) -> list[str]:
    """Its clauses less comparisons and the words that tie them."""
    pieces = re.split(r"(?:[,;:]|\s[—–-])\s+|\s(?=(?:as though|as if|until|so that)\s)", sentence.strip().rstrip(".!?"))
    said = [pieces[0], *(piece for piece in pieces[1:] if not _REASON.match(piece.strip()) and not _ASIDE.match(piece))]
    plain = (
        _LIKENED.sub("", _TIED.sub("", _AWAY.sub("", piece.strip()))) for piece in said if not _COMPARED.match(piece)
    )
    return [piece for piece in plain if len(piece.split()) > 1]


def _setting(words: str, tone: str) -> Setting:
    place = capitalised(place_words(one_line(words)) or _NOWHERE)
    return Setting(place, time_in(words) or "", weather_in(words) or "", tone)


def _extra(style: StyleConfig, tones: Sequence[str], *, is_plain: bool) -> str:
    """What the style adds to a picture of these tones; the built-in artist reads light and mood here."""
    adapted = next((words for tone in tones if (words := style.emotional_adaptations.get(tone))), "")
    own = (style.lighting, style.mood and f"{style.mood} mood") if is_plain else ()
    return ", ".join(part.strip(" .") for part in (adapted, *own) if part.strip())


def _with(scene: str, extra: str, negative: str) -> str:
    said = f"{scene.rstrip('.')}, {extra}." if extra else scene
    return f"{said} Leave out: {negative.strip(' .')}." if negative.strip() else said


def _header(analysis: ChapterAnalysis, style: StyleConfig, *, is_plain: bool) -> str:
    """The chapter's first place, with nobody in it."""
    first = analysis.scenes[0] if analysis.scenes else None
    words = (first.setting if first else "") or analysis.setting
    place = capitalised(place_words(one_line(words)) or _NOWHERE)
    time = (first.time_of_day if first else "") or time_in(words) or ""
    weather = (first.weather if first else "") or weather_in(words) or ""
    tones = [moment.emotional_tones[0] for moment in analysis.moments[:1] if moment.emotional_tones]
    setting = Setting(place, time, weather, tones[0] if tones else "neutral")
    extra = _extra(style, tones, is_plain=is_plain)
    scene = f"Extreme wide shot, eye level. {setting.sentence()}"
    return _with(scene, extra, "" if is_plain else ", ".join(filter(None, ("people", style.negative_prompt))))


def moment_at(text: str, start: int, end: int, analysis: ChapterAnalysis) -> EmotionalMoment:
    """A moment of the user's own choice: ``text[start:end]``, with the people that the chapter knows and it names."""
    excerpt = text[start:end]
    before, after = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    context = text[before + 2 if before >= 0 else 0 : after if after >= 0 else len(text)]
    there = [one.name for one in analysis.characters if any(_names(context, name) for name in (one.name, *one.aliases))]
    scene = next((one for one in analysis.scenes if one.start <= start < one.end), None)
    return EmotionalMoment(
        number=1 + max((one.number for one in analysis.moments), default=0),
        text_excerpt=excerpt,
        start_position=start,
        end_position=end,
        context=context,
        characters_present=tuple(there),
        setting_description=(scene.setting if scene else "") or analysis.setting,
        action=one_line(excerpt),
    )


def _names(text: str, name: str) -> bool:
    return bool(name) and bool(re.search(rf"\b{re.escape(name)}\b", text))


def with_moment(analysis: ChapterAnalysis, moment: EmotionalMoment) -> ChapterAnalysis:
    """``analysis`` with ``moment`` where it stands in the text."""
    every = sorted((*analysis.moments, moment), key=lambda one: (one.start_position, one.number))
    return analysis.model_copy(update={"moments": tuple(every)})


def with_new_moments(prompts: ChapterPrompts, analysis: ChapterAnalysis | None) -> ChapterPrompts:
    """``prompts`` as they stand, and one without words for every moment that came since, in the order of the text."""
    known = {one.number: one for one in prompts.pictures}
    moments = analysis.moments if analysis else ()
    new = [moment for moment in moments if moment.number not in known]
    if not new:
        return prompts
    known |= {one.number: IllustrationPrompt(number=one.number, excerpt=one.text_excerpt, prompt="") for one in new}
    places = {moment.number: place for place, moment in enumerate(moments)}
    ordered = sorted(known.values(), key=lambda one: places.get(one.number, len(places)))
    return prompts.model_copy(update={"pictures": tuple(ordered)})
