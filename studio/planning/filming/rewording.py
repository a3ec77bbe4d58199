"""A shot in somebody's new words: who is named keeps the look, the place stays, the camera's word is one.

People write ``the keeper waves`` and mean the keeper of their film. The artist knows only the prompt, so the
prompt says it: looks and places come word for word from the scene graph, as in the shots that were planned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from studio.model.camera import camera_words
from studio.model.scene_graph import Node, SceneGraph
from studio.planning.filming.framing import SIZES
from studio.planning.language import DETERMINERS, capitalised, split_sentences, with_article, without_article, word_set
from studio.planning.telling.figures import Figure, mentions
from studio.planning.telling.inference import place_in
from studio.planning.telling.looks import gender_of, is_person_word
from studio.planning.telling.setting import head_key, time_in, weather_in

_DESCRIBED = re.compile(r"(?i)\s*(?:,\s*)?(?:in|with|wearing|dressed|aged|who (?:wears|has))\b")
"""What follows a name that is described anew: the user's own look, which stays."""
_HAIR = re.compile(r"(?i)(?:[\w-]+ ){0,2}(?:hair|braids?|plaits?|curls|ponytail|beard)\b")
_YEARS = re.compile(r"(?i)in (?:the|his|her) \w+ties\b|about \d+ years old|\bof (?:about )?(?:\d+|\w+ty)\b")
_LIGHT_OR_SHOT = re.compile(
    r"(?i)\s*(?:,\s*)?(?:in|with) (?:the |a |an )?(?:\w+ )?(?:distance|background|foreground|middle|frame|doorway|front|"
    r"rain|snow|storm|fog|mist|wind|dark|darkness|light|moonlight|sunlight|shadows?|silhouette|profile|close-?up)\b"
)
_LOOKED_AT = re.compile(r"(?i)\b(?:wav|look|point|star|gaz|smil|shout|nod|glanc|peer)\w*\s+(?:at|to|towards?)\b")
_SIZES = "|".join(SIZES)
_HEAD = re.compile(rf"(?i)({_SIZES}), ((?:\w+ )?(?:eye level|high angle|low angle)): ")
_USUAL_HEAD = ("Wide shot", "eye level")
_SIZE = re.compile(rf"(?i)({_SIZES})\s*(?:of|[,:])\s*(?=\w)")
_CAMERA_WORDS = word_set(
    "static stationary locked fixed tripod push pull dolly zoom orbit arc crane pedestal jib boom drone aerial fly "
    "tracking track handheld hand held pan tilt truck whip ken burns shot move slide"
)
_CAMERA_LINKS = word_set(
    "the a camera very slow slowly fast quick quickly gentle gently smooth smoothly subtle in out up down left right "
    "back away forward forwards backward backwards over by through from to towards and off normal speed"
)


def keep_looks(words: str, before: str, scene: int, graph: SceneGraph) -> str:
    """``words`` for a picture with the looks and the place of ``graph``, where they speak of these barely.

    ``before`` is what the prompt was: it says time, weather and style where ``words`` do not. A look or a place
    that ``words`` describe anew stays as written, and so do words that name nobody and nothing of the film.
    """
    here = {edge.source for edge in graph.edges if edge.target == f"scene:{scene}"}
    told = _with_figures(words, [node for node in graph.nodes if node.kind in ("character", "prop")], here)
    own = {edge.target for edge in graph.edges if edge.source == f"scene:{scene}"}
    places = sorted((node for node in graph.nodes if node.kind == "place"), key=lambda node: node.id not in own)
    return _with_place(told, before, places, is_about_film=told != words)


def with_camera(motion: str, camera: str) -> str:
    """``motion`` (``slow pan left; gulls glide``) with ``camera`` for each move of the camera that it names."""
    parts = [part.strip() for part in motion.split(";") if part.strip()]
    if not camera.strip() or not any(map(_is_camera, parts)):
        return motion
    first = next(n for n, part in enumerate(parts) if _is_camera(part))
    kept = [
        camera_words(camera) if n == first else part
        for n, part in enumerate(parts)
        if n == first or not _is_camera(part)
    ]
    return "; ".join(kept)


def _is_camera(part: str) -> bool:
    """True for words of the camera alone: ``slow pull out``, but not ``waves roll in``."""
    words = re.findall(r"\w+", part.lower())
    return any(word in _CAMERA_WORDS for word in words) and all(
        word in _CAMERA_WORDS or word in _CAMERA_LINKS for word in words
    )


def _with_figures(words: str, nodes: Iterable[Node], here: set[str]) -> str:
    """Each figure's look at its first mention; those of this scene are meant first."""
    known = [
        Figure.of(node.id, node.name, node.description or node.name, is_prop=node.kind == "prop") for node in nodes
    ]
    present = [figure for figure in known if figure.id in here]
    for figures in (present, [figure for figure in known if figure.id not in here]):
        for figure in figures:
            words = _told(words, figure, present if figure in present else known)
    return words


def _told(words: str, figure: Figure, others: Sequence[Figure]) -> str:
    if _has_look(words, figure) or (figure.is_prop and " " not in figure.name):
        return words
    for match in re.finditer("|".join([*mentions(figure, others), *_bare_nouns(figure, others)]), words):
        if not _is_described(words, match):
            rest = words[match.end() :]
            look = _qualified(match.group(), figure)
            lead = words[: match.start()]
            again = _again(rest, figure, others)
            return lead + (look if lead.strip() else capitalised(look)) + again
        if _is_dressed_anew(words, match, figure):
            lead, rest = words[: match.start()], words[match.end() :]
            kept = _kept(match.group(), figure, rest)
            return lead + (kept if lead.strip() else capitalised(kept)) + _again(rest, figure, others)
    return words


def _is_dressed_anew(words: str, match: re.Match[str], figure: Figure) -> bool:
    """True for ``a baker in a white apron`` where the film's baker is a woman and the words do not say so."""
    says_no_gender = gender_of(match.group(), match.group()) in ("unknown", "thing")
    is_in_a_list = words[: match.start()].rstrip().endswith(",")
    is_dressed = bool(_DESCRIBED.match(words[match.end() :])) and not is_in_a_list
    return figure.gender in ("female", "male") and says_no_gender and is_dressed


def _kept(mention: str, figure: Figure, after: str) -> str:
    """Of the look what ``after`` does not give anew: ``a tall woman, baker, blond hair,`` in another apron."""
    said = re.split(r"[.;:]", after)[0]
    called = [word for word in re.findall(r"[\w-]+", mention) if word.lower() not in DETERMINERS]
    known = figure.short.lower().split()
    unsaid = [feature for feature in (_YEARS, _HAIR) if not feature.search(said)]
    features = [found.group() for feature in unsaid if (found := feature.search(figure.look))]
    trade = " ".join(word for word in called if word.islower() and word not in known)
    return ", ".join(filter(None, (with_article(without_article(figure.short)), trade, *features))) + ","


def _has_look(words: str, figure: Figure) -> bool:
    """True where the look stands in the words, or one that was made of it (``a red coat`` for ``a blue coat``)."""
    named = set(re.findall(r"\w+", figure.name.lower()))
    features = set(re.findall(r"\w{4,}", figure.look.lower())) - named
    there = features & set(re.findall(r"\w+", words.lower()))
    return bool(features) and 2 * len(there) > len(features)


def _again(words: str, figure: Figure, others: Sequence[Figure]) -> str:
    """Later mentions in short, as the first one has no name any more: ``the tall woman``."""

    def short(match: re.Match[str]) -> str:
        is_owner = match.group().endswith(("'s", "’s"))
        return figure.short + ("'s" if is_owner else "")

    return re.sub("|".join(mentions(figure, others)), short, words)


def _bare_nouns(figure: Figure, others: Sequence[Figure]) -> list[str]:
    """``keeper waves`` and ``close-up of keeper``: prompts leave articles out."""
    noun = (re.findall(r"\w+", without_article(figure.name)) or [""])[-1].lower()
    is_shared = any(noun in other.name.lower().split() for other in others if other is not figure)
    return [rf"(?:^|(?<=: )|(?<=of ))(?i:{noun})\b"] if is_person_word(noun) and not is_shared else []


def _is_described(words: str, match: re.Match[str]) -> bool:
    """True where the words give a look of their own, own something, or go on with a list of features."""
    after = words[match.end() :]
    is_owner = match.group().endswith(("'s", "’s")) or bool(re.match(r"['’]s?\b", after))
    is_in_a_list = words[: match.start()].rstrip().endswith(",") and not _starts_with_article(match.group())
    is_part_of_word = bool(re.match(r"-\w", after))
    described = _DESCRIBED.match(after) and not (_LIGHT_OR_SHOT.match(after) or _is_place_after(after))
    return is_owner or is_in_a_list or is_part_of_word or bool(described)


def _is_place_after(after: str) -> bool:
    return bool(re.match(r"\s*in\b", after)) and bool(place_in(" ".join(after.split()[:6])))


def _starts_with_article(words: str) -> bool:
    return words.split()[0].lower() in DETERMINERS


def _qualified(mention: str, figure: Figure) -> str:
    """The look with what the mention adds: ``the angry keeper`` is the keeper, angry."""
    known = {word.lower() for word in re.findall(r"\w+", f"{figure.name} {figure.look}")}
    ages = ("old", "young", "little")
    words = [word for word in re.findall(r"[\w-]+", mention) if word.lower() not in DETERMINERS]
    added = [word.lower() for word in takewhile(lambda word: word[:1].islower(), words[:-1])]
    added = [word for word in added if word not in known and word not in ages]
    return with_article(f"{' '.join(added)} {without_article(figure.look)}") if added else figure.look


def _with_place(words: str, before: str, places: Sequence[Node], *, is_about_film: bool) -> str:
    """``words`` in their place: the description for its bare name, or the place of before where none is named.

    ``places`` has the scene's own first.
    """
    setting = _setting_of(before, places)
    if not setting or any(place.description.casefold() in words.casefold() for place in places):
        return words
    for place in places:
        short = r"\s+".join(map(re.escape, head_key(place.description)[-1:]))
        found = re.search(rf"(?i)\b(?:the|this)\s+{short}\b(?!['’-])", words) if short else None
        if found:
            described = place.description[:1].lower() + place.description[1:]
            told = f"{words[: found.start()]}{described}{words[found.end() :]}"
            return _with_sentence(told, _less_said(setting, words)[1:])
    is_elsewhere = bool(place_in(_LOOKED_AT.sub("", words)))
    if is_elsewhere or not is_about_film:
        return words
    return _with_sentence(_with_head(words, before), _less_said(setting, words))


def _with_head(words: str, before: str) -> str:
    """``words`` after size and angle as in ``before``; a size that they name themselves stays.

    An artist takes the last sentence for the place only in a prompt of that form.
    """
    old, own = _HEAD.match(before), _SIZE.match(words)
    if _HEAD.match(words):
        return words
    size, angle = old.groups() if old else _USUAL_HEAD
    size, rest = (capitalised(own.group(1).lower()), words[own.end() :]) if own else (size, words)
    rest = rest[:1].lower() + rest[1:] if _starts_with_article(rest) else rest
    return f"{size}, {angle}: {rest}"


def _with_sentence(words: str, parts: Sequence[str]) -> str:
    return f"{words.rstrip(' .')}. {capitalised(', '.join(parts))}." if parts else words


def _setting_of(before: str, places: Sequence[Node]) -> str:
    """The sentence of the prompt that says where, when and in which style."""
    at = max((before.find(place.description.rstrip(" .")) for place in places), default=-1)
    return (split_sentences(before[at:]) or [""])[0] if at >= 0 else ""


def _less_said(setting: str, words: str) -> list[str]:
    """The parts of ``setting``, less a time or a weather where ``words`` name one."""
    time, weather = time_in(words), weather_in(words)
    parts = setting.rstrip(" .").split(", ")
    is_said = [bool((time and time_in(part) == part) or (weather and weather_in(part) == part)) for part in parts]
    return [part for n, part in enumerate(parts) if n == 0 or not is_said[n]]
