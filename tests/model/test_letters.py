"""Normal forms: as Unicode has them for everything that people write, and never slow."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.files import safe_name
from studio.model.letters import normal

FORMS = ("NFC", "NFKC", "NFKD")


@given(st.text(), st.sampled_from(FORMS))
def test_a_text_is_in_the_form_that_unicode_says(text, form):
    assert normal(form, text) == unicodedata.normalize(form, text)


def test_letters_with_as_many_marks_as_people_write_keep_them_all():
    text = "a" + "\u0301\u0316" * 15 + "电影" * 40 + "क्ष" * 40
    assert normal("NFC", text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f73\u0301", "\uff9e\u0301", "\U0001d165\u0316"])
def test_thousands_of_marks_over_one_letter_hold_nobody_up(form, marks):
    begun_s = time.process_time()
    assert len(normal(form, f"a{marks * 20_000}b")) < 100
    assert time.process_time() - begun_s < 1


def test_a_name_of_nothing_but_marks_is_made_at_once():
    begun_s = time.process_time()
    assert safe_name("a" + "\u0301\u0316" * 20_000).startswith("á")
    assert time.process_time() - begun_s < 1
