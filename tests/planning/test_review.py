"""The list of lines to look at."""

from __future__ import annotations

from studio.model.dub import Fitted, HeardBack, Line, Translated
from studio.planning.dubbing.likeness import letter_error_rate, word_error_rate
from studio.planning.dubbing.review import review

LINES = [Line(id=f"000{n}", start=3 * n, end=3 * n + 2, text=f"line number {n}") for n in range(1, 7)]
WORDS = {
    line.id: Translated(
        id=line.id, start=line.start_s, end=line.end_s, text_translated="linha número um", source=line.text
    )
    for line in LINES
}
PLACES = {line.id: Fitted(id=line.id, start_s=line.start_s, end_s=line.end_s) for line in LINES}
TAKES = {line.id: 1.5 for line in LINES}


def _kinds(**changes):
    given = {"language": "pt", "translations": WORDS, "fitted": PLACES, "takes": TAKES, **changes}
    return {line.id: [risk.kind for risk in line.risks] for line in review(LINES, **given)}


def test_lines_without_risks_are_listed_by_their_time():
    found = review(LINES, language="pt", translations=WORDS, fitted=PLACES, takes=TAKES)
    assert [line.id for line in found] == [line.id for line in LINES]
    assert all(line.risks == () and line.language == "pt" for line in found)


def test_the_worst_line_comes_first():
    fitted = PLACES | {
        "0003": PLACES["0003"].model_copy(update={"speed": 1.15}),
        "0004": PLACES["0004"].model_copy(update={"overrun_s": 1.0}),
    }
    takes = {key: take for key, take in TAKES.items() if key != "0006"}
    found = review(LINES, language="pt", translations=WORDS, fitted=fitted, takes=takes)
    assert [line.id for line in found][:3] == ["0006", "0004", "0003"]
    assert [line.risks[0].kind for line in found[:3]] == ["missing", "overrun", "rate"]


def test_every_kind_of_risk_is_found():
    heard = {
        "0002": HeardBack(text="a", heard="b", wer=1, cer=0.5),
        "0001": HeardBack(text="a", heard="a", wer=0, cer=0),
    }
    takes = TAKES | {"0005": 6.0}
    late = PLACES | {"0006": PLACES["0006"].model_copy(update={"start_s": 18.6})}
    kinds = _kinds(heard=heard, takes=takes, fitted=late, stale={"0001"})
    assert kinds == {
        "0001": ["stale"],
        "0002": ["misheard"],
        "0003": [],
        "0004": [],
        "0005": ["rate"],
        "0006": ["moved"],
    }


def test_words_that_the_translator_did_not_know_are_told_as_long_as_they_stand_there():
    words = {key: word.model_copy(update={"text": "linea uno"}) for key, word in WORDS.items()}
    left = words["0002"].model_copy(update={"text": "a perereca pulou", "left": ("perereca", "pulou")})
    found = review(LINES, language="es", translations=words | {"0002": left}, fitted=PLACES, takes=TAKES)
    assert [risk.words for risk in found[0].risks] == ["left untranslated: perereca, pulou"]
    mended = left.model_copy(update={"text": "la rana saltó"})
    assert _kinds(translations=words | {"0002": mended})["0002"] == []


def test_words_that_the_studio_cut_are_to_be_looked_at():
    cut = WORDS["0002"].model_copy(update={"is_divided": True})
    assert _kinds(translations=WORDS | {"0002": cut})["0002"] == ["divided"]


def test_a_translation_of_a_text_that_was_changed_since_is_stale():
    words = WORDS | {"0002": WORDS["0002"].model_copy(update={"source": "what it was before"})}
    assert _kinds(translations=words)["0002"] == ["stale"]


def test_an_empty_translation_is_missing():
    words = WORDS | {"0002": WORDS["0002"].model_copy(update={"text": ""})}
    assert _kinds(translations=words)["0002"] == ["missing"]


def test_errors_are_counted_without_case_and_punctuation():
    assert word_error_rate("Olá, mundo!", "olá mundo") == 0
    assert word_error_rate("um dois três quatro", "um dois tres") == 0.5
    assert letter_error_rate("guarda chuva", "Guarda-chuva") == 0
    assert letter_error_rate("abcd", "abxd") == 0.25
    assert word_error_rate("", "noise") == 1
