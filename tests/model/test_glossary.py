"""Terms found in any case and number, names as they are written, and their absence noticed."""

from __future__ import annotations

import pytest

from studio.model.glossary import lost_terms, places_in, plural, terms_in

GLOSSARY = {"robot": "autômato", "dark matter": "matéria escura", "Fox": "Raposa", "city": "cidade", "art": "arte"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Robots and a robot", ["robot"]),
        ("ROBOT!", ["robot"]),
        ("A robotic party, heartless", []),
        ("Dark\nmatter in the cities", ["city", "dark matter"]),
        ("Mr. Fox saw a fox", ["Fox"]),
        ("a fox", []),
        ("THE FOX", ["Fox"]),
    ],
)
def test_terms_are_found_as_whole_words_in_any_number_and_names_as_they_are_written(text, found):
    assert list(terms_in(text, GLOSSARY)) == found


def test_a_term_in_a_script_without_spaces_is_found_inside():
    assert terms_in("我喜欢机器人电影", {"机器人": "robot"}) == {"机器人": "robot"}


def test_the_longer_term_goes_first():
    places = places_in("the dark matter halo", {"dark": "escuro", "dark matter": "matéria escura"})
    assert [place.term for place in places] == ["dark matter"]


def test_a_term_becomes_plural_and_capital_where_it_stands_so():
    becomes = [place.becomes for place in places_in("Robots, ROBOTS, a robot", GLOSSARY, target="pt")]
    assert becomes == ["autômatos", "AUTÔMATOS", "autômato"]


@pytest.mark.parametrize(
    ("word", "language", "several"),
    [
        ("avião", "pt", "aviões"), ("animal", "pt", "animais"), ("homem", "pt", "homens"), ("mulher", "pt", "mulheres"),
        ("luz", "es", "luces"), ("ciudad", "es", "ciudades"), ("box", "en", "boxes"), ("city", "en", "cities"),
        ("day", "en", "days"), ("Hund", "de", "Hund"), ("matéria escura", "pt", "matéria escura"),
    ],
)  # fmt: skip
def test_plurals_follow_the_plain_rules_of_a_language(word, language, several):
    assert plural(word, language) == several


def test_a_term_that_is_not_in_the_translation_is_lost():
    assert lost_terms("The robots saw Fox.", "Os robôs viram a Raposa.", GLOSSARY, target="pt") == ("robot",)
    assert lost_terms("The robots saw Fox.", "Os Autômatos viram a Raposa.", GLOSSARY, target="pt") == ()
