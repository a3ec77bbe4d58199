from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.files import automatic_name, free_name, safe_name, write_whole


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tutorial Video", "Tutorial_Video"),
        ("../../etc/passwd", "etcpasswd"),
        ("  spaces   between ", "spaces_between"),
        ("Фильм о море", "Фильм_о_море"),
        ("हिन्दी फिल्म", "हिन्दी_फिल्म"),
        ("CON", "CON_"),
        ("nul", "nul_"),
        ("a. ", "a"),
        ("!!!", ""),
        ("-rf --name", "rf_--name"),
    ],
)
def test_names_keep_letters_of_every_script_and_nothing_dangerous(text, name):
    assert safe_name(text) == name


@given(st.text())
def test_no_text_makes_a_name_that_leaves_its_folder(text):
    name = safe_name(text)
    assert len(name) <= 121
    assert len(name.encode()) <= 201
    assert not set(name) & set('/\\:*?"<>|.\0\n')
    assert safe_name(name) == name


@pytest.mark.parametrize("letter", ["電", "😀字", "x\u0301", "क्ष"])
def test_a_long_name_is_cut_between_letters(letter):
    name = safe_name(letter * 120)
    assert len(name.encode()) > 150
    assert (letter * 120).replace("😀", "").startswith(name)
    assert not unicodedata.category((letter * 120).replace("😀", "")[len(name)]).startswith("M")
    assert len(automatic_name(letter * 120, datetime(2025, 8, 3, tzinfo=UTC)).encode()) <= 200


def test_an_automatic_name_has_the_time_behind_it():
    at = datetime(2025, 8, 3, 18, 11, 2, tzinfo=UTC)
    assert automatic_name("Tutorial Video", at) == "Tutorial_Video_20250803_181102"


def test_two_projects_of_one_second_get_numbers(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a-2").mkdir()
    assert free_name(tmp_path, "a") == "a-3"


def test_a_failed_write_leaves_the_old_content(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    write_whole(path, b"old")
    monkeypatch.setattr("os.fsync", lambda handle: (_ for _ in ()).throw(OSError(5, "io")))
    with pytest.raises(Exception, match="could not be written"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
