"""``studio illustrate`` and its like as a person types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from tests.book_media import BOOK

SMALL = ["--text", "fake", "--image", "fake", "--size", "64x64"]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "bell.md"
    file.write_text(BOOK, encoding="utf-8")
    return file


def studio(folder: Path, *words: object) -> tuple[int, str, str]:
    answer = CliRunner().invoke(cli, [*map(str, words), "--sessions", str(folder / "sessions")])
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    (folder / "bell.md").write_text(BOOK, encoding="utf-8")
    code, _, err = studio(folder, "illustrate", folder / "bell.md", *SMALL, "--name", "bell")
    assert code == 0, err
    return folder / "sessions"


@pytest.fixture
def bell(finished: Path, tmp_path: Path) -> Path:
    """The folder of a finished small book: a copy of one that is made once."""
    shutil.copytree(finished, tmp_path / "sessions")
    return tmp_path / "sessions/bell"


def test_the_same_file_again_goes_on_with_its_book_and_makes_nothing(bell, text, tmp_path):
    code, out, _ = studio(tmp_path, "illustrate", text, *SMALL, "--json")
    told = json.loads(out)
    assert (code, told["session"], told["made"]) == (0, "bell", [])
    assert told["books"][:2] == ["book.pdf", "book.epub"]
    assert len(list((tmp_path / "sessions").iterdir())) == 1


def test_a_changed_file_under_the_same_name_has_its_chapter_alone_read_again(bell, text, tmp_path):
    text.write_text(BOOK.replace("The net was green", "The net was torn"), encoding="utf-8")
    _, out, err = studio(tmp_path, "illustrate", text, *SMALL, "--name", "bell", "--json")
    assert "With other words: chapter 2 (The Stranger). 2 chapters stay as before." in err
    made = json.loads(out)["made"]
    assert "analysis/ch02.json" in made
    assert not [name for name in made if "ch01" in name or "ch03" in name]


@pytest.mark.parametrize("spelling", ["--max_emotional_moments", "--max-emotional-moments"])
def test_analysis_only_draws_nothing_in_both_spellings_of_its_options(text, tmp_path, spelling):
    words = ["illustrate", text, *SMALL, "--analysis-only", spelling, "1", "--chapters", "1,3", "--json"]
    code, out, err = studio(tmp_path, *words)
    assert code == 0, err
    assert sorted(json.loads(out)["made"]) == [
        "analysis/ch01.json",
        "analysis/ch03.json",
        "cast.json",
        "manuscript.json",
    ]


def test_a_view_and_a_list_show_every_chapter_with_what_is_finished(bell, tmp_path):
    _, out, _ = studio(tmp_path, "sessions", "view", "bell")
    assert "Images       [████████████████████] 100%  ✓ (5/5)" in out
    *chapters, last = out.split("Chapters:\n")[1].splitlines()
    assert last == "Next: none"
    assert [line.split()[-3:] for line in chapters] == [
        ["completed", "2/2", "pictures"], ["completed", "2/2", "pictures"], ["completed", "1/1", "pictures"],
    ]  # fmt: skip
    assert "5/5 images" in studio(tmp_path, "sessions", "list")[1]


def test_a_picture_is_changed_and_the_plan_says_what_follows(bell, tmp_path):
    code, out, err = studio(tmp_path, "picture", "bell", "1", "2", "--prompt", "A lamp.", "--json")
    assert code == 0, err
    assert [(row["prompt"], row["stale"]) for row in json.loads(out)] == [("A lamp.", True)]
    _, out, _ = studio(tmp_path, "plan", "bell")
    assert [line.split()[:2] for line in out.splitlines()][:2] == [
        ["make", "images/ch01_m02.png"],
        ["make", "book.pdf"],
    ]
    _, out, _ = studio(tmp_path, "pictures", "bell")
    assert "changed: will be made again" in out


def test_takes_of_a_picture_are_listed_and_picked(bell, tmp_path):
    studio(tmp_path, "picture", "bell", "1", "1", "--retake")
    studio(tmp_path, "resume", "bell")
    _, out, _ = studio(tmp_path, "picture", "bell", "1", "1", "--takes", "--json")
    takes = json.loads(out)
    assert [take["is_current"] for take in takes] == [False, True]
    studio(tmp_path, "picture", "bell", "1", "1", "--pick", takes[0]["id"])
    _, out, _ = studio(tmp_path, "picture", "bell", "1", "1", "--takes", "--json")
    assert [take["is_current"] for take in json.loads(out)] == [True, False]


def test_chapters_are_moved_renamed_cut_and_joined(bell, tmp_path):
    code, out, err = studio(
        tmp_path, "chapters", "bell", "--rename", "1", "The Gale", "--split", "2", "The net was", "--json"
    )
    assert code == 0, err
    assert "Chapter 3 is new and has no heading: studio chapters bell --rename 3" in err
    assert [(row["number"], row["title"]) for row in json.loads(out)] == [
        (1, "The Gale"), (2, "The Stranger"), (3, ""), (4, "The Key"),
    ]  # fmt: skip
    _, out, _ = studio(tmp_path, "chapters", "bell", "--merge", "2", "--move", "4", "1", "--json")
    assert json.loads(out)[0]["title"] == "The Key"


def test_a_book_is_bound_in_other_formats_as_well(bell, tmp_path):
    code, out, err = studio(tmp_path, "book", "bell", "--to", "html,docx,contact", "--json")
    assert code == 0, err
    told = json.loads(out)
    assert sorted(told["made"]) == ["book.docx", "book.html", "contact_sheet.pdf"]
    assert all((bell / file).stat().st_size for file in told["books"])
    assert len(told["books"]) == 5


def test_a_film_is_begun_of_a_book(bell, tmp_path):
    code, out, err = studio(tmp_path, "book", "bell", "--to", "film", "--json")
    assert code == 0, err
    assert (tmp_path / "sessions" / json.loads(out)["session"] / "images/shot_005.png").is_file()


def test_a_book_and_its_film_come_of_one_command_and_the_film_has_the_book_s_title(bell, tmp_path):
    code, out, err = studio(tmp_path, "book", "bell", "--to", "html,film", "--json")
    assert code == 0, err
    told = json.loads(out)
    assert ("book.html" in told["books"], told["film_session"]) == (True, "bell_film")
    assert "Idea: The Bell in the Bay" in studio(tmp_path, "sessions", "view", "bell_film")[1]


def test_another_look_of_somebody_draws_the_pictures_again_that_show_them_and_is_undone(bell, tmp_path):
    code, out, err = studio(
        tmp_path, "people", "bell", "Joris", "--text", "a thin man in a  blue cap", "--gender", "male"
    )
    assert code == 0, err
    assert "Joris  (male" in out
    assert "in your words" in out
    made = [line.split()[1] for line in studio(tmp_path, "plan", "bell")[1].splitlines() if line.startswith("make")]
    assert "images/ch02_m01.png" in made
    assert not [file for file in made if "ch01" in file or "ch03" in file]
    assert studio(tmp_path, "undo", "bell")[1] == "The people as before.\n"
    _, out, _ = studio(tmp_path, "people", "bell", "Joris", "--json")
    assert "blue cap" not in json.loads(out)[0]["look"]


def test_a_changed_file_without_a_name_begins_a_new_book_and_names_the_earlier_one(text, tmp_path):
    studio(tmp_path, "illustrate", text, *SMALL, "--analysis-only")
    text.write_text(BOOK.replace("The net was green", "The net was torn"), encoding="utf-8")
    code, _, err = studio(tmp_path, "illustrate", text, *SMALL, "--analysis-only")
    assert code == 0
    assert "earlier version of this file? Go on with it: --name The_Bell_in_the_Bay\n" in err
    assert len(list((tmp_path / "sessions").iterdir())) == 2


def test_a_picture_of_one_s_own_is_marked_as_such(bell, tmp_path):
    studio(tmp_path, "picture", "bell", "1", "1", "--own", bell / "images/ch02_m01.png")
    lines = [line for line in studio(tmp_path, "pictures", "bell")[1].splitlines() if "[DONE]" in line]
    assert ["(your own)" in line for line in lines] == [True, *[False] * 4]
    assert "* is in the book now" in studio(tmp_path, "picture", "bell", "1", "1", "--takes")[1]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["illustrate", "FILE", "--chapters", "3-1"], 2, "is not like"),
        (["illustrate", "FILE", "--chapters", "9"], 1, "there is no chapter 9"),
        (["illustrate", "FILE", "--style", "cubist"], 1, "There is no style cubist"),
        (["illustrate", "FILE", "--max_emotional_moments", "0"], 2, "between 1 and 50 moments"),
        (["illustrate", "FILE", "--size", "65x64"], 2, "must be even"),
        (["book", "bell", "--to", "mobi"], 2, "mobi is none of pdf"),
        (["people", "bell", "Nobody", "--text", "tall"], 1, "Nobody in bell is called Nobody. There are:"),
        (["people", "bell", "--text", "tall"], 2, "Say whom"),
        (["picture", "bell", "9", "1"], 1, "bell has no chapter 9"),
        (["picture", "bell", "1", "9"], 1, "has no picture 9"),
        (["picture", "bell", "1", "0", "--retake"], 2, "only the words"),
        (["chapters", "bell", "--split", "1", "nowhere"], 1, "stands 0 times"),
        (["chapters", "bell", "--merge", "3"], 1, "last"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(bell, text, tmp_path, words, code, said):
    found, _, err = studio(tmp_path, *(text if word == "FILE" else word for word in words))
    assert (found, said in err) == (code, True), err
