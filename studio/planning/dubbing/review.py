"""What to look at before a dub goes out: every line of one language with its risks, the worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import median
from typing import Literal

from studio.model.dub import Fitted, HeardBack, Line, Translated
from studio.planning.dubbing.fit import count_words
from studio.planning.dubbing.translations import left_words

Kind = Literal[
    "missing",
    "overrun",
    "stale",
    "misheard",
    "rate",
    "moved",
    "short",
    "freeze",
    "untranslated",
    "divided",
]

#: From here on: errors a letter that a listener would notice, a hurried voice.
_MISHEARD_CER, _HURRIED, _MOST_HURRIED = 0.15, 1.1, 1.5
_LATE_S = 0.05


@dataclass(frozen=True, slots=True)
class Risk:
    """One thing to look at. ``weight`` from 0 to 1: 1 means that something will not be heard."""

    kind: Kind
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One line and its risks, the worst first; none if all is well."""

    id: str
    start_s: float
    language: str
    risks: tuple[Risk, ...]

    @property
    def weight(self) -> float:
        """The worst of them; more of them weigh a little more."""
        return max((risk.weight for risk in self.risks), default=0.0) + 0.01 * len(self.risks)


def review(
    lines: Sequence[Line],
    *,
    language: str,
    translations: Mapping[str, Translated],
    fitted: Mapping[str, Fitted],
    takes: Mapping[str, float],
    heard: Mapping[str, HeardBack] | None = None,
    stale: AbstractSet[str] = frozenset(),
) -> tuple[Reviewed, ...]:
    """Every line, the worst first, equal ones by their time. All mappings are by line id; ``takes`` are seconds.

    ``stale`` lines have a take that no longer fits their text or voice. A line without a translation, a take or a
    place is missing.
    """
    ordered = sorted(lines, key=lambda line: (line.start_s, line.id))
    pace = _usual_pace(translations, takes)
    found = []
    for line in ordered:
        risks = [
            *_missing(line, translations.get(line.id), takes.get(line.id)),
            *_stale(line, translations.get(line.id), stale),
            *_divided(translations.get(line.id)),
            *_left(line, translations.get(line.id), language),
            *_placed(line, fitted.get(line.id)),
            *_sounding(translations.get(line.id), fitted.get(line.id), takes.get(line.id), pace),
            *_misheard((heard or {}).get(line.id)),
        ]
        worst_first = tuple(sorted(risks, key=lambda risk: -risk.weight))
        found.append(Reviewed(line.id, line.start_s, language, worst_first))
    return tuple(sorted(found, key=lambda line: -line.weight))


def _missing(line: Line, translated: Translated | None, take_s: float | None) -> list[Risk]:
    if translated is None or not translated.text.strip():
        return [Risk("missing", 1.0, "not translated: the original is heard here")]
    if take_s is None:
        return [Risk("missing", 0.98, "not spoken yet: the original is heard here")]
    return []


def _stale(line: Line, translated: Translated | None, stale: AbstractSet[str]) -> list[Risk]:
    if line.id in stale:
        return [Risk("stale", 0.8, "its text or voice changed since it was spoken: speak it again")]
    if translated and translated.text.strip() and translated.source and translated.source != line.text:
        return [Risk("stale", 0.75, "the original was changed after this translation: look whether it still fits")]
    return []


def _divided(translated: Translated | None) -> list[Risk]:
    if translated is None or not translated.is_divided:
        return []
    return [Risk("divided", 0.55, "its words were cut or joined as the line was: look whether they still fit it")]


def _left(line: Line, translated: Translated | None, language: str) -> list[Risk]:
    if translated is None:
        return []
    left = left_words(line.text, translated.text, target=language.split("-")[0], left=translated.left)
    return [Risk("untranslated", 0.45, f"left untranslated: {', '.join(left)}")] if left else []


def _placed(line: Line, place: Fitted | None) -> list[Risk]:
    if place is None:
        return []
    risks = []
    if place.overrun_s > 0:
        weight = min(0.95, 0.5 + 0.3 * place.overrun_s)
        risks.append(Risk("overrun", weight, f"{place.overrun_s:.1f} s too long: shorten the text"))
    late_s = place.start_s - line.start_s
    if late_s > _LATE_S:
        risks.append(
            Risk("moved", min(0.7, 0.3 + 0.2 * late_s), f"begins {late_s:.1f} s late: the line before is long")
        )
    elif late_s < -_LATE_S:
        risks.append(Risk("moved", min(0.6, 0.2 - 0.2 * late_s), f"begins {-late_s:.1f} s early: the film ends"))
    if place.speed > _HURRIED:
        risks.append(Risk("rate", min(0.5, place.speed - 1), f"{place.speed:.2f} times as fast as it was spoken"))
    if place.uses_short:
        risks.append(Risk("short", 0.1, "its shorter wording is used"))
    if place.freeze_s > 0:
        risks.append(
            Risk("freeze", min(0.5, 0.2 + 0.1 * place.freeze_s), f"the picture is held {place.freeze_s:.1f} s")
        )
    return risks


def _sounding(
    translated: Translated | None, place: Fitted | None, take_s: float | None, usual_pace: float
) -> list[Risk]:
    if take_s is None:
        return []
    if translated and usual_pace and not (place and place.uses_short):
        pace = count_words(translated.text) / max(0.1, take_s) / usual_pace
        if count_words(translated.text) >= 3 and not 1 / _MOST_HURRIED < pace < _MOST_HURRIED:
            how = "fast" if pace > 1 else "slow"
            return [Risk("rate", 0.45, f"unusually {how}: something may have been left out or added")]
    return []


def _misheard(heard: HeardBack | None) -> list[Risk]:
    if heard is None or heard.cer <= _MISHEARD_CER:
        return []
    return [Risk("misheard", min(0.9, 0.3 + heard.cer), f"heard back as “{heard.heard}”")]


def _usual_pace(translations: Mapping[str, Translated], takes: Mapping[str, float]) -> float:
    """Words a second of the middle line; 0 if there are too few to tell."""
    paces = [
        count_words(translations[line_id].text) / take_s
        for line_id, take_s in takes.items()
        if line_id in translations and take_s > 0 and count_words(translations[line_id].text) >= 3
    ]
    return median(paces) if len(paces) >= 4 else 0.0
