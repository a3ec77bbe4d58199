"""Who and what is in a prompt: nouns with their number, age, clothes, things carried, doings and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from studio.engines.storyboard.brief import Relation, Subject
from studio.engines.storyboard.lexicon import SEATS, Hit, abstract_words
from studio.engines.storyboard.records import Record, table
from studio.engines.storyboard.vector import is_colour
from studio.engines.storyboard.words import NUMBERS, Token, kind_of_noun

_ARTICLES = frozenset("a an the his her their its my our this that these those".split())
_AGES = {
    "old": "old",
    "elderly": "old",
    "aged": "old",
    "ancient": "old",
    "young": "young",
    "teenage": "young",
    "little": "child",
    "small": "child",
    "grey-haired": "old",
    "white-haired": "old",
    "grandmotherly": "old",
}
_GENDERS = {
    "female": "female",
    "woman": "female",
    "male": "male",
    "lady": "female",
    "girl": "female",
    "boy": "male",
}
_HAIR_ENDS = ("-haired", "haired", "-bearded")
_BOUND = frozenset(". ; ! ?".split())
_RELATIONS: dict[str, Relation] = {
    "above": "above", "over": "above", "atop": "above", "under": "under", "beneath": "under", "below": "under", "underneath": "under",
    "behind": "behind", "beside": "beside", "near": "beside", "by": "beside", "alongside": "beside", "inside": "inside", "within": "inside",
    "in front of": "beside", "next to": "beside", "on top of": "above",
}  # fmt: skip
_WATER = frozenset("sea lake river harbour shore island swamp waterfall".split())
_PRONOUNS = frozenset("he she they him her them it someone somebody who".split())
_TWO_WAYS = frozenset(
    "head lead pass cross box fence fish dream circle row type hide duck angle point race drive guard wave fall bolt bound spin scale seat rest hunt charge march step travel trek dive fly bear stalk hail slip strike attack battle fight paint sketch aim trot punch trip face".split()
)
_CRAFT = frozenset(
    "sailboat ocean_liner ferry motor_boat speedboat canoe schooner galleon viking_ship rowing_boat".split()
)
_PLAIN = frozenset("man woman person child boy girl young_man young_woman old_man old_woman".split())
_PLACE_THINGS = frozenset(
    "castle house tower_stone temple bench table moon planet rock log oak pine bush barn cabin bookshelf fireplace spaceship factory hut shell coral tower pyramid skyscraper church mosque japanese_castle street_lamp lantern".split()
)
_BY_DEFAULT_HELD = frozenset(
    "lantern umbrella sword staff stick cane spear map suitcase basket bucket bouquet fishing_rod torch wand camera telescope axe broom guitar violin trumpet microphone shield bow gun teddy kite balloon letter book palette brush pipe".split()
)
_CARRY = frozenset(
    "with hold carry raise bring grip clutch wave swing play read wield bear lift grasp lead pull drag under his her their by light open write fly ring use touch study examine take receive drink sip eat throw kick bounce".split()
)


@dataclass
class _Part:
    """A subject being put together."""

    record: Record
    noun: str
    at: int
    end: int
    count: int = 1
    pose: str = ""
    age: str = ""
    gender: str = ""
    hair: str = ""
    colour: str = ""
    clothes: list[tuple[str, str]] = field(default_factory=list)
    props: list[str] = field(default_factory=list)
    relation: Relation = "on_ground"
    relative_to: str = ""
    weight: float = 0.0

    def frozen(self) -> Subject:
        return Subject(
            kind=self.record.kind, noun=self.noun, count=self.count, pose=self.pose, age=self.age, gender=self.gender,
            clothes=tuple(self.clothes), hair=self.hair, colour=self.colour, props=tuple(self.props),
            relation=self.relation, relative_to=self.relative_to,
        )  # fmt: skip


def cast_in(
    tokens: Sequence[Token], hits: Sequence[Hit], place: Hit | None
) -> tuple[tuple[Subject, ...], set[int]]:
    """The subjects, most important first, and the tokens that they took."""
    used: set[int] = set()
    parts = _parts(tokens, hits, place, used)
    people = [part for part in parts if part.record.is_person]
    parts = _props_given(tokens, hits, parts, people, used)
    for part in parts:
        _describe(tokens, part, hits, used)
    _dress(tokens, hits, parts, used)
    _hair_with(tokens, parts, used)
    _pose(tokens, hits, parts, used)
    _relate(tokens, parts, place)
    parts = _merged(parts)
    _mount(parts)
    _pair_up(parts)
    _let_go(parts)
    ranked = sorted(parts, key=lambda part: (-_importance(part, tokens), part.at))
    return tuple(part.frozen() for part in ranked[:6]), used


def _parts(tokens: Sequence[Token], hits: Sequence[Hit], place: Hit | None, used: set[int]) -> list[_Part]:
    parts: list[_Part] = []
    covered: set[int] = set()
    place_span = set(range(place.start, place.end)) if place else set()
    blocked = {
        at
        for hit in hits
        if hit.slot in {"time", "framing", "angle", "garment", "style"} and hit.end - hit.start > 1
        for at in range(hit.start, hit.end)
    }
    blocked |= {at for hit in hits if hit.slot in {"framing", "garment"} for at in range(hit.start, hit.end)}
    blocked |= {
        at
        for hit in hits
        if hit.slot == "place" and hit.end - hit.start > 1
        for at in range(hit.start, hit.end - 1)
    }
    names = [hit for hit in hits if hit.slot == "subject"]
    for hit in names:
        span = set(range(hit.start, hit.end))
        if span & covered or span <= blocked or _is_modifier(tokens, hit, names) or _is_verb(tokens, hit):
            continue
        if span & place_span and not (span > place_span):
            continue
        if (
            tokens[hit.end - 1].owns
            and hit.end < len(tokens)
            and any(o.start == hit.end for o in hits if o.slot in {"place", "garment", "prop", "subject"})
        ):
            continue
        if hit.phrase in _PRONOUNS and (
            hit.phrase in {"her", "it", "him"} or any(p.record.is_person for p in parts)
        ):
            continue
        covered |= span
        parts.append(
            _Part(
                table()[hit.value],
                tokens[hit.end - 1].noun if hit.end - hit.start == 1 else hit.phrase,
                hit.start,
                hit.end,
            )
        )
    parts += _guessed(tokens, hits, covered | blocked)
    used |= {at for part in parts for at in range(part.at, part.end)}
    parts.sort(key=lambda part: part.at)
    return parts


def _is_modifier(tokens: Sequence[Token], hit: Hit, names: Sequence[Hit]) -> bool:
    """True for ``lighthouse`` in ``lighthouse keeper``: another subject follows at once in the same phrase."""
    is_singular = not tokens[hit.end - 1].is_plural
    return (
        is_singular
        and any(other.start == hit.end and other.phrase not in _PRONOUNS for other in names)
        and hit.phrase not in _PRONOUNS
    )


def _is_verb(tokens: Sequence[Token], hit: Hit) -> bool:
    """True for ``rose``, ``bear``, ``rock`` used as verbs: after ``to``, a pronoun or a plural noun."""
    if hit.end - hit.start > 1 or hit.start == 0:
        return False
    word, before = tokens[hit.start].text, tokens[hit.start - 1].text
    verbish = {
        "rose",
        "bear",
        "bears",
        "duck",
        "ducks",
        "seal",
        "seals",
        "rock",
        "rocks",
        "swallow",
        "fly",
        "flies",
        "bat",
        "ram",
        "coast",
        "ring",
        "rings",
        "train",
        "trains",
        "hand",
        "hands",
        "watch",
        "watches",
        "fish",
        "leaves",
        "leaf",
        "cook",
        "cooks",
        "guard",
        "guards",
        "guide",
        "pilot",
        "sign",
        "swing",
        "swings",
        "drum",
        "play",
        "boxes",
        "ship",
        "ships",
        "drives",
        "camp",
        "camps",
        "stable",
        "ball",
        "sound",
        "eye",
        "eyes",
        "balloons",
        "spirits",
        "hide",
        "type",
        "judge",
    }
    return word in verbish and (
        before in {"to", "he", "she", "they", "it", "who", "and", "slowly", "quickly"}
        or (
            word.endswith("s")
            and before not in _ARTICLES
            and tokens[hit.start - 1].is_word
            and not is_colour(before)
            and before not in NUMBERS
            and hit.start >= 1
            and _is_known_noun(before)
        )
    )


def _is_known_noun(word: str) -> bool:
    kind = kind_of_noun(word)
    return bool(kind) and kind[0] not in "!@"


def _guessed(tokens: Sequence[Token], hits: Sequence[Hit], covered: set[int]) -> list[_Part]:
    """Nouns outside the tables that are kinds of something in them: ``violist`` is a musician."""
    known = {at for hit in hits if hit.slot != "mood" for at in range(hit.start, hit.end)} | covered
    parts = []
    for at, token in enumerate(tokens):
        if at in known or not token.is_word or len(token.text) < 3 or token.noun in abstract_words():
            continue
        kind = kind_of_noun(token.noun)
        if not kind or kind[0] in "!@" or kind not in table() or not _follows_determiner(tokens, at):
            continue
        if (
            token.owns
            or token.text.endswith(("ing", "ed", "ly"))
            or (at + 1 < len(tokens) and (at + 1 in covered or _next_is_noun(tokens, at + 1)))
        ):
            continue
        parts.append(_Part(table()[kind], token.noun, at, at + 1))
    return parts


def _next_is_noun(tokens: Sequence[Token], at: int) -> bool:
    kind = kind_of_noun(tokens[at].noun) if tokens[at].is_word else ""
    return bool(kind) and kind != "!abstract" and not tokens[at].is_plural


def _follows_determiner(tokens: Sequence[Token], at: int) -> bool:
    if at == 0:
        return True
    for back in range(at - 1, max(-1, at - 4), -1):
        word = tokens[back].text
        if word in _ARTICLES or word in NUMBERS or word.isdigit():
            return True
        if not tokens[back].is_word or word in {"and", "with", "of"}:
            return tokens[at].is_plural or not tokens[back].is_word
    return False


def _props_given(
    tokens: Sequence[Token], hits: Sequence[Hit], parts: list[_Part], people: list[_Part], used: set[int]
) -> list[_Part]:
    """``parts`` without the things that somebody holds or sits upon; those become props."""
    if not people:
        return parts
    kept = list(parts)
    for hit in hits:
        if hit.slot != "prop":
            continue
        if any(
            o.start <= hit.start and o.end >= hit.end and o.end - o.start > hit.end - hit.start
            for o in hits
            if o.slot in {"subject", "time", "place", "garment"}
        ):
            continue
        owner = _owner(people, hit.start, tokens)
        thing = next((part for part in kept if part.at <= hit.start < part.end), None)
        if thing is not None and thing.record.is_person and hit.value != "baby":
            continue
        if owner is None or (thing is owner) or not _is_held(tokens, hit, owner):
            continue
        if thing is not None:
            kept.remove(thing)
        used |= set(range(hit.start, hit.end))
        if hit.value not in owner.props:
            owner.props.append(hit.value)
            colour = next(
                (
                    tokens[at].text
                    for at in range(max(0, hit.start - 2), hit.start)
                    if is_colour(tokens[at].text)
                ),
                "",
            )
            if colour:
                owner.clothes.append((hit.value, colour))
    return kept


def _owner(people: list[_Part], at: int, tokens: Sequence[Token]) -> _Part | None:
    """The nearest person before, in the same sentence if there is one."""
    before = [person for person in people if person.end <= at]
    if before:
        return before[-1]
    return None


def _is_held(tokens: Sequence[Token], hit: Hit, owner: _Part) -> bool:
    window = tokens[max(owner.end, hit.start - 6) : hit.start]
    words = [verb for token in window for verb in token.verbs]
    near = [token.text for token in window[-4:]]
    if any(mark in near for mark in (".", ";")):
        return False
    if hit.value in SEATS:
        return (
            any(word in {"sit", "seat", "rest", "perch", "on"} for word in words)
            and "on" in near
            or any(w in near for w in ("in",))
            and "sit" in words
        )
    if near and near[-1] in {"beside", "near", "behind", "towards", "toward", "above", "at", "to"}:
        return False
    return bool(_CARRY & set(words[-14:])) or (
        hit.value in _BY_DEFAULT_HELD
        and any(w in near for w in ("a", "an", "his", "her", "their", "and", "in"))
    )


def _describe(tokens: Sequence[Token], part: _Part, hits: Sequence[Hit], used: set[int]) -> None:
    """Number, age, gender and colour from the words before the noun."""
    last = tokens[part.end - 1]
    for back in range(part.at - 1, max(-1, part.at - 6), -1):
        word = tokens[back].text
        if not tokens[back].is_word and word != ",":
            break
        if word in _AGES and (part.record.is_person or _AGES[word] != "old"):
            if not (
                _AGES[word] == "child" and part.record.kind not in {"girl", "boy", "child"} | _PLAIN
            ) and not (_AGES[word] == "child" and not part.record.is_person):
                part.age = part.age or _AGES[word]
            used.add(back)
        elif word in _GENDERS and part.record.is_person:
            part.gender = _GENDERS[word]
        elif word.endswith(_HAIR_ENDS) and part.record.is_person:
            part.hair = (
                part.hair
                + " "
                + word.removesuffix("haired").removesuffix("bearded").strip("-")
                + (" beard" if "beard" in word else "")
            ).strip()
        elif word == "bearded":
            part.hair = f"{part.hair} beard".strip()
        elif is_colour(word) and not part.colour:
            part.colour = word
        elif word in NUMBERS or word.isdigit():
            part.count = max(part.count, min(99, NUMBERS.get(word, int(word) if word.isdigit() else 1)))
            break
        elif word in _ARTICLES:
            part.count = max(part.count, _group_size(tokens, back, hits))
            break
        elif word == "of":
            part.count = max(part.count, _group_size(tokens, back + 1, hits), _group_at(back - 1, hits))
            break
        else:
            part.count = max(part.count, _group_at(back, hits))
    if last.is_plural and part.count == 1:
        part.count = 3
    if part.noun in {"couple", "lovers", "lover"}:
        part.count = 2
    part.count = max(part.count, {"crowd": 6, "people": 4, "orchestra": 5, "cattle": 4}.get(part.noun, 1))
    if part.age == "old" and part.record.kind in {"man", "woman"}:
        part.record = table()[f"old_{part.record.kind}"]


def _group_at(at: int, hits: Sequence[Hit]) -> int:
    return next((int(hit.value) for hit in hits if hit.slot == "group" and hit.start <= at < hit.end), 1)


def _group_size(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> int:
    if at >= 2 and tokens[at - 1].text == "of":
        return _group_at(at - 2, hits)
    return _group_at(at - 1, hits) if at >= 1 and tokens[at - 1].text in {"of"} else 1


def _dress(tokens: Sequence[Token], hits: Sequence[Hit], parts: list[_Part], used: set[int]) -> None:
    people = [part for part in parts if part.record.is_person]
    for hit in hits:
        if hit.slot != "garment":
            continue
        owner = _owner(people, hit.start, tokens) or (people[0] if people else None)
        if owner is None or any(
            o.slot == "subject" and o.start <= hit.start and o.end > hit.end for o in hits
        ):
            continue
        colour = ""
        for back in range(hit.start - 1, max(-1, hit.start - 4), -1):
            word = tokens[back].text
            if is_colour(word):
                colour = word
                used.add(back)
                break
            if word in _ARTICLES or not tokens[back].is_word:
                break
        used |= set(range(hit.start, hit.end))
        if (hit.phrase, colour) not in owner.clothes:
            owner.clothes.append((hit.phrase, colour))


def _hair_with(tokens: Sequence[Token], parts: list[_Part], used: set[int]) -> None:
    people = [part for part in parts if part.record.is_person]
    for at, token in enumerate(tokens):
        if token.text not in {
            "hair",
            "beard",
            "moustache",
            "mustache",
            "braids",
            "ponytail",
            "curls",
            "bald",
            "bearded",
        }:
            continue
        owner = _owner(people, at, tokens) or (people[0] if people else None)
        if owner is None:
            continue
        words = [token.text] if token.text != "hair" else []
        for back in range(at - 1, max(-1, at - 4), -1):
            word = tokens[back].text
            if not tokens[back].is_word or word in _ARTICLES or word in {"with", "and"}:
                break
            if is_colour(word) or word in {"long", "short", "curly", "messy", "wild", "straight", "braided"}:
                words.insert(0, word)
                used.add(back)
        used.add(at)
        said = " ".join(words)
        if said and said not in owner.hair:
            owner.hair = f"{owner.hair} {said}".strip()


def _pose(tokens: Sequence[Token], hits: Sequence[Hit], parts: list[_Part], used: set[int]) -> None:
    """The first doing said of each subject; a following subject in a list ("a man and a dog walk") shares it."""
    living = [part for part in parts if part.record.is_living]
    spoken = {
        at for hit in hits if hit.slot in {"framing", "angle", "style"} for at in range(hit.start, hit.end)
    }
    nouns = {at for part in parts for at in range(part.at, part.end)}
    strength = {"looking": 0}
    for hit in hits:
        if hit.slot != "pose" or hit.start in nouns | spoken or _is_noun_use(tokens, hit, living, used):
            continue
        before = [part for part in living if part.end <= hit.start]
        candidates = [part for part in before if not _is_object(tokens, part, hit)] or before
        owner = candidates[-1] if candidates else (living[0] if living and hit.start < living[0].at else None)
        if owner is None or (
            hit.value == "flying"
            and owner.record.is_person
            and hit.end < len(tokens)
            and tokens[hit.end].text in _ARTICLES
        ):
            continue
        used |= set(range(hit.start, hit.end))
        if not owner.pose or (strength.get(owner.pose, 1) < strength.get(hit.value, 1)):
            owner.pose = hit.value
        for other in living:
            if (
                other is not owner
                and other.end < owner.at
                and owner.at - other.end <= 3
                and any(t.text == "and" for t in tokens[other.end : owner.at])
                and not other.pose
            ):
                other.pose = hit.value


def _is_object(tokens: Sequence[Token], part: _Part, hit: Hit) -> bool:
    """True if ``part`` stands after a preposition ("a man beside a boat waits"): the doer is somebody before."""
    for back in range(part.at - 1, max(-1, part.at - 5), -1):
        word = tokens[back].text
        if not tokens[back].is_word:
            return False
        if word in _RELATIONS or word in {
            "on",
            "in",
            "at",
            "to",
            "of",
            "towards",
            "toward",
            "with",
            "from",
            "through",
            "across",
            "along",
            "around",
        }:
            return not part.record.is_person
    return False


def _is_noun_use(tokens: Sequence[Token], hit: Hit, living: Sequence[_Part], used: set[int]) -> bool:
    """True for ``the fall``, ``waves crash``: a doing only by its spelling."""
    at = hit.start - 1
    word = tokens[hit.start].text
    if word.endswith(("ing", "ed")):
        return False
    while at >= 0 and tokens[at].text.endswith("ly"):
        at -= 1
    before = tokens[at].text if at >= 0 else ""
    if before in _ARTICLES | {"of", "in", "at", "on", "by", "under", "over", "with"}:
        return True
    follows_doer = (
        at in used
        or any(part.at <= at < part.end for part in living)
        or before in _PRONOUNS | {"and", "to", "who", "that", "then", ",", "slowly"}
    )
    return word.rstrip("s") in _TWO_WAYS and not follows_doer


def _relate(tokens: Sequence[Token], parts: list[_Part], place: Hit | None) -> None:
    kind_of_place = place.value if place else ""
    for part in parts:
        part.relation = _natural(part, kind_of_place)
    for at, token in enumerate(tokens):
        relation = _RELATIONS.get(token.text)
        if relation is None or (
            token.text == "by" and at + 1 < len(tokens) and tokens[at + 1].text.endswith("light")
        ):
            continue
        mover = next((part for part in reversed(parts) if part.end <= at and at - part.end < 9), None)
        anchor = next((part for part in parts if part.at > at and part.at - at < 5), None)
        if mover is None:
            continue
        if anchor is not None and anchor is not mover and all(t.is_word for t in tokens[at : anchor.at]):
            mover.relation, mover.relative_to = relation, anchor.record.kind
        elif place is not None and 0 < place.start - at < 5 and relation in {"above", "under"}:
            if (
                mover.record.anchor == "air"
                or relation == "above"
                and (mover.pose == "flying" or mover.record.kind in {"dragon", "phoenix"})
            ):
                mover.relation = (
                    "in_air" if kind_of_place not in {"castle", "bridge", "temple", "ruins"} else "above"
                )
                mover.relative_to = kind_of_place if mover.relation == "above" else ""
            elif relation == "under" and kind_of_place in {"bridge"}:
                mover.relation, mover.relative_to = "under", kind_of_place
    for part in parts:
        if part.pose == "flying" and part.relation == "on_ground":
            part.relation = "in_air"
        aboard = next(
            (
                other
                for other in parts
                if other is not part and other.record.kind in _CRAFT and _is_aboard(tokens, part, other)
            ),
            None,
        )
        if aboard is not None:
            part.relation, part.relative_to = "inside", aboard.record.kind


def _is_aboard(tokens: Sequence[Token], part: _Part, boat: _Part) -> bool:
    between = [token.text for token in tokens[part.end : boat.at]]
    return (
        part.record.is_person
        and len(between) < 9
        and bool(
            {"in", "aboard", "rows", "rowing", "paddles", "on", "steers", "sails", "paddling"} & set(between)
        )
        and "." not in between
    )


def _natural(part: _Part, place: str) -> Relation:
    if part.record.anchor == "water":
        return "on_water"
    if part.record.anchor == "swim" or part.pose == "swimming" and place in _WATER | {"underwater"}:
        return "in_water"
    if part.record.anchor == "air" or part.pose == "flying":
        return "in_air"
    return "on_ground"


def _merged(parts: list[_Part]) -> list[_Part]:
    """One part for a thing named twice ("a keeper ... the keeper"); the first keeps all that is said of both."""
    kept: list[_Part] = []
    for part in parts:
        twin = next(
            (
                k
                for k in kept
                if k.record.kind == part.record.kind and (k.noun == part.noun or not part.clothes)
            ),
            None,
        )
        if twin is None:
            kept.append(part)
            continue
        twin.pose = twin.pose or part.pose
        twin.count = max(twin.count, part.count)
        twin.clothes += [c for c in part.clothes if c not in twin.clothes]
        twin.props += [p for p in part.props if p not in twin.props]
        if not twin.relative_to and part.relative_to:
            twin.relation, twin.relative_to = part.relation, part.relative_to
    named = [
        part
        for part in kept
        if part.record.kind not in {"person"} or part.noun in {"person", "people", "figure", "crowd"}
    ]
    return named or kept


def _mount(parts: list[_Part]) -> None:
    """A rider's mount is drawn with the rider: it leaves the list of parts."""
    mounts = {
        "horse",
        "camel",
        "elephant",
        "unicorn",
        "donkey",
        "bicycle",
        "motorcycle",
        "dragon",
        "llama",
        "deer",
    }
    for rider in [part for part in parts if part.record.is_person and part.pose == "riding"]:
        mount = next((part for part in parts if part.record.kind in mounts and part is not rider), None)
        kind = mount.record.kind if mount else "horse"
        rider.props.append(f"mount:{kind}")
        if mount is not None:
            parts.remove(mount)


def _let_go(parts: list[_Part]) -> None:
    """A hand that holds something is not drawn beside it: the thing alone fills the frame."""
    things = [part for part in parts if not part.record.is_person and part.record.kind != "hand"]
    if things:
        parts[:] = [part for part in parts if part.record.kind != "hand"]


def _pair_up(parts: list[_Part]) -> None:
    """Two who embrace become one drawing; a couple that does not is a man and a woman."""
    for part in [part for part in parts if part.record.is_person]:
        if part not in parts:
            continue
        if part.pose == "embracing":
            other = next(
                (p for p in parts if p is not part and p.record.is_person and p.pose in {"embracing", ""}),
                None,
            )
            kind = other.record.kind if other else ("woman" if part.record.kind != "woman" else "man")
            part.props.append(f"partner:{kind}")
            part.count = 1
            if other is not None:
                parts.remove(other)
        elif part.noun in {"couple", "lover", "lovers", "newlyweds"}:
            part.count = 1
            parts.append(
                _Part(
                    table()["woman"],
                    "woman",
                    part.at,
                    part.end,
                    pose=part.pose,
                    relation=part.relation,
                    relative_to=part.relative_to,
                )
            )


def _importance(part: _Part, tokens: Sequence[Token]) -> float:
    weight = 3.0 if part.record.is_person else 2.0
    if part.record.is_landmark or part.record.is_building or part.record.kind in _PLACE_THINGS:
        weight -= 1.2
    if part.relation in {"behind"}:
        weight -= 0.5
    for back in range(part.at - 1, max(-1, part.at - 5), -1):
        word = tokens[back].text
        if not tokens[back].is_word:
            break
        if word in {
            "of",
            "with",
            "on",
            "in",
            "at",
            "beside",
            "near",
            "by",
            "behind",
            "under",
            "above",
            "below",
            "over",
            "towards",
            "toward",
            "to",
            "from",
            "through",
            "past",
            "around",
            "beneath",
        }:
            weight -= 0.9
            break
    return weight - 0.012 * part.at
