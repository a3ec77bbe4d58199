"""Illustrated books as the service makes them: only what changed is made again, and the journal tells the way."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from studio.core.checkpoint import Journal, Milestone
from studio.core.index import Index
from studio.core.processing import CHECKPOINTS, resume_info
from studio.core.session import JOURNAL
from studio.engines import registry
from studio.errors import BadInput, UserError
from studio.model.illustration import ManuscriptOptions
from studio.service import Studio
from studio.settings import Settings
from tests.book_media import BOOK, SMALL, small_book
from tests.conftest import Run

BOOKS = ["book.epub", "book.pdf"]
STEPS = {
    "session_start": "initializing",
    "manuscript_loaded": "loading_manuscript",
    "chapter_start": "analyzing_chapters",
    "chapter_analyzed": "analyzing_chapters",
    "prompts_generated": "generating_prompts",
    "images_generating": "generating_images",
    "chapter_completed": "generating_images",
    "session_completed": "completing_session",
}


@pytest.fixture(scope="module")
def finished_bell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished small book, never to be changed."""
    studio = Studio(Settings(tmp_path_factory.mktemp("finished"), workers=2))
    name = small_book(studio, tmp_path_factory.mktemp("brought"))
    assert Run(studio, name).result.status == "completed"
    return studio.directory(name)


@pytest.fixture
def bell(studio: Studio, finished_bell: Path) -> str:
    """A finished small book: a copy of one that is made once."""
    shutil.copytree(finished_bell, studio.settings.sessions / finished_bell.name)
    return finished_bell.name


def drawn(studio: Studio, name: str) -> list[str]:
    """What a run to the pictures made; nothing is bound, which takes longest."""
    result = studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="images")
    return sorted(result.made)


def journal(studio: Studio, name: str) -> Journal:
    return Journal(studio.directory(name) / JOURNAL)


def passed(studio: Studio, name: str) -> Counter[str]:
    lines = (line.type for line in journal(studio, name) if isinstance(line, Milestone))
    return Counter(kind for kind in lines if kind in CHECKPOINTS)


def prompts(studio: Studio, name: str, chapter: int) -> Path:
    return studio.directory(name) / f"prompts/ch{chapter:02d}.json"


def test_the_journal_tells_each_checkpoint_once_with_its_step(studio, bell):
    assert passed(studio, bell) == {
        **dict.fromkeys(("session_start", "manuscript_loaded", "session_completed"), 1),
        **dict.fromkeys(("chapter_start", "chapter_analyzed", "prompts_generated"), 3),
        **dict.fromkeys(("images_generating", "chapter_completed"), 3),
    }
    told = {(line.type, line.step) for line in journal(studio, bell) if isinstance(line, Milestone)}
    assert {pair for pair in told if pair[0] in CHECKPOINTS} == set(STEPS.items())


def test_a_second_run_makes_nothing_and_tells_no_chapter_again(studio, bell):
    before = passed(studio, bell)
    assert Run(studio, bell).made == []
    assert passed(studio, bell) - before == {"session_start": 1, "session_completed": 1}
    assert studio.project(bell).is_complete


def test_a_changed_paragraph_has_only_its_own_chapter_read_again(studio, bell, tmp_path):
    (tmp_path / "bell.md").write_text(BOOK.replace("The net was green", "The net was torn"), encoding="utf-8")
    studio.set_manuscript_file(bell, tmp_path / "bell.md")
    made = Run(studio, bell).made
    assert "analysis/ch02.json" in made
    assert not [name for name in made if "ch01" in name or "ch03" in name]
    assert [name for name in made if name.startswith("images/")] == []  # the paragraph had no picture
    assert resume_info("manuscript", journal(studio, bell)).next_action == "none"
    assert studio.verify(bell, deep=True) == ()


def test_new_emphasis_binds_the_book_again_and_has_no_chapter_read(studio, bell, tmp_path):
    (tmp_path / "bell.md").write_text(BOOK.replace("the bell rang", "the *bell* rang"), encoding="utf-8")
    studio.set_manuscript_file(bell, tmp_path / "bell.md")
    assert set(Run(studio, bell).made) - {"source/manuscript.md"} == {"manuscript.json", "book.epub", "book.pdf"}
    with zipfile.ZipFile(studio.directory(bell) / "book.epub") as book:
        assert "the <em>bell</em> rang" in book.read("EPUB/c001.xhtml").decode()


def test_a_new_chapter_in_front_leaves_what_the_others_are_made_of(studio, bell, tmp_path):
    first = "## Before\n\nIt was a long winter for Marta, and nobody came.\n\n## The Storm"
    (tmp_path / "bell.md").write_text(BOOK.replace("## The Storm", first), encoding="utf-8")
    studio.set_manuscript_file(bell, tmp_path / "bell.md")
    made = drawn(studio, bell)
    assert [name for name in made if name.startswith("analysis/")] == ["analysis/ch04.json"]
    assert [(one.id, one.number) for one in studio.manuscript(bell).chapters] == [(4, 1), (1, 2), (2, 3), (3, 4)]


def test_a_hand_edit_of_the_text_is_planned_for_its_chapter_alone(studio, bell):
    file = studio.directory(bell) / "manuscript.json"
    file.write_text(file.read_text("utf-8").replace("The net was green", "The net was torn"), encoding="utf-8")
    named = [planned.name for planned in studio.plan(bell).make]
    assert named[0] == "analysis/ch02.json"
    assert not [name for name in named if "ch01" in name or "ch03" in name]


def test_only_the_chapters_that_were_chosen_get_pictures(studio, tmp_path):
    name = small_book(studio, tmp_path, chapters=(2,))
    made = drawn(studio, name)
    assert [file for file in made if "/" in file] == [
        "analysis/ch02.json", "images/ch02_m01.png", "images/ch02_m02.png", "prompts/ch02.json",
    ]  # fmt: skip
    assert [row["status"] for row in studio.project(name).model_extra["chapters"]] == [
        "without pictures", "completed", "without pictures",
    ]  # fmt: skip


def test_chapters_that_the_book_has_not_are_refused_before_anything_is_there(studio, tmp_path):
    with pytest.raises(BadInput, match="chapters 1 to 3; there is no chapter 4"):
        small_book(studio, tmp_path, chapters=(2, 4))
    assert studio.projects() == ()


def test_a_book_that_is_only_read_is_complete_and_can_be_drawn_later(studio, tmp_path):
    name = small_book(studio, tmp_path, analysis_only=True)
    assert [file for file in Run(studio, name).made if "/" not in file] == [
        "cast.json",
        "manuscript.json",
    ]
    assert studio.project(name).is_complete
    studio.change_manuscript_options(name, {"analysis_only": False})
    made = drawn(studio, name)
    assert not [file for file in made if file.startswith("analysis/")]
    assert len([file for file in made if file.startswith("images/")]) == 5


def test_other_words_for_a_picture_make_it_and_the_book_again(studio, bell):
    studio.edit_picture(bell, 1, 2, prompt="A lamp on the stairs.")
    assert [planned.name for planned in studio.plan(bell).make] == ["images/ch01_m02.png", "book.pdf", "book.epub"]
    assert Run(studio, bell).made == [*BOOKS, "images/ch01_m02.png"]


def test_what_a_person_wrote_stays_when_the_style_of_the_book_changes(studio, bell):
    studio.edit_picture(bell, 1, 2, prompt="A lamp on the stairs.")
    studio.change_manuscript_options(bell, {"style": {"preset": "noir"}})
    drawn(studio, bell)
    pictures = {(one.chapter, one.number): one for one in studio.pictures(bell)}
    assert pictures[1, 2].prompt.prompt == "A lamp on the stairs."
    assert "film noir" in pictures[1, 2].prompt.style
    assert not any(one.is_stale for one in pictures.values())


def test_a_look_in_the_cast_changes_the_pictures_of_that_person_alone(studio, bell):
    file = studio.directory(bell) / "cast.json"
    cast = json.loads(file.read_bytes())
    next(one for one in cast["people"] if one["name"] == "Joris")["look"] = "a tall man in a blue cap"
    file.write_text(json.dumps(cast))
    made = drawn(studio, bell)
    assert made == ["images/ch02_m01.png", "prompts/ch02.json"]


def test_a_moment_that_is_left_out_gets_no_picture_and_may_come_back(studio, bell):
    studio.edit_picture(bell, 1, 1, is_left_out=True)
    drawn(studio, bell)
    assert studio.project(bell).stats["total_images"] == 4
    studio.edit_picture(bell, 1, 1, is_left_out=False)
    assert not [file for file in drawn(studio, bell) if file.startswith("images/")]


def test_a_passage_of_the_users_own_choice_gets_the_one_picture_more(studio, bell):
    text = studio.manuscript(bell).chapters[1].content
    start = text.index("A gull stood")
    moment = studio.add_picture(bell, 2, start, start + 25)
    assert moment.text_excerpt == "A gull stood on one leg a"
    made = drawn(studio, bell)
    assert [file for file in made if file.startswith("images/")] == ["images/ch02_m03.png"]


@pytest.mark.parametrize("words", ["\x00\x07", " \ud800\n", "\u200b"])
def test_words_of_which_nothing_can_be_seen_are_refused(studio, bell, words):
    for change in (
        lambda: studio.edit_picture(bell, 1, 2, prompt=words),
        lambda: studio.edit_header(bell, 1, words),
        lambda: studio.add_picture(bell, 2, 0, 25, action=words),
    ):
        with pytest.raises(BadInput, match=r"say what it shows|Say what the strip shows|Say what is to be seen"):
            change()


def test_control_characters_are_taken_out_of_what_a_picture_shows(studio, bell):
    assert studio.edit_picture(bell, 1, 2, prompt="A lamp\x00 on the\ud800 stairs.").prompt == "A lamp on the stairs."


def test_a_retake_is_another_picture_and_the_first_can_be_picked(studio, bell):
    file = studio.directory(bell) / "images/ch01_m01.png"
    first = file.read_bytes()
    studio.retake_picture(bell, 1, 1)
    drawn(studio, bell)
    assert file.read_bytes() != first
    takes = studio.picture_takes(bell, 1, 1)
    studio.pick_picture(bell, 1, 1, takes[0].id)
    assert file.read_bytes() == first
    assert drawn(studio, bell) == []


def test_a_picture_of_one_s_own_that_was_drawn_over_is_one_s_own_again_when_it_is_picked(studio, bell):
    studio.bring_picture(bell, 1, 1, studio.directory(bell) / "images/ch02_m01.png")
    own, drawn_one = (
        next(one for one in studio.picture_takes(bell, 1, 1) if one.is_current is it) for it in (True, False)
    )
    marks = []
    for take in (drawn_one, own):
        studio.pick_picture(bell, 1, 1, take.id)
        marks.append(next(one.is_own for one in studio.pictures(bell) if (one.chapter, one.number) == (1, 1)))
    assert marks == [False, True]


def test_undo_takes_back_the_last_change_whichever_file_it_was_in(studio, bell):
    def words() -> tuple[str, str]:
        return studio.pictures(bell)[0].prompt.prompt, studio.manuscript(bell).chapters[0].title

    first = words()
    studio.edit_picture(bell, 1, 1, prompt="A lamp.")
    studio.rename_chapter(bell, 1, "The Gale")
    assert words() == ("A lamp.", "The Gale")
    assert studio.undo(bell) == "The chapters as before."
    assert words() == ("A lamp.", first[1])
    studio.undo(bell)
    assert words() == first
    assert drawn(studio, bell) == []
    studio.redo(bell)
    assert words() == ("A lamp.", first[1])
    assert studio.can_undo(bell) == (True, True)


def test_undo_takes_back_which_take_of_a_picture_was_chosen(studio, bell):
    studio.bring_picture(bell, 1, 1, studio.directory(bell) / "images/ch02_m01.png")
    own, drawn_one = (
        next(one.id for one in studio.picture_takes(bell, 1, 1) if one.is_current is it) for it in (True, False)
    )
    studio.pick_picture(bell, 1, 1, drawn_one)
    assert studio.undo(bell) == "Which take is picture 1 of ch01 as before."
    assert [one.id for one in studio.picture_takes(bell, 1, 1) if one.is_current] == [own]
    studio.undo(bell)
    assert [one.id for one in studio.picture_takes(bell, 1, 1) if one.is_current] == [drawn_one]
    assert drawn(studio, bell) == []


def test_moving_and_renaming_chapters_reads_and_draws_nothing_again(studio, bell):
    studio.move_chapter(bell, 3, 1)
    studio.rename_chapter(bell, 1, "The Great Storm")
    assert drawn(studio, bell) == []
    rows = studio.project(bell).model_extra["chapters"]
    assert [(row["number"], row["title"]) for row in rows] == [
        (1, "The Key"),
        (2, "The Great Storm"),
        (3, "The Stranger"),
    ]


def test_strips_over_the_headings_are_drawn_where_the_book_has_them(studio, tmp_path):
    name = small_book(studio, tmp_path, headers=True, chapters=(1,))
    assert "images/ch01_header.png" in drawn(studio, name)
    studio.edit_header(name, 1, "A wide sea.")
    assert drawn(studio, name) == ["images/ch01_header.png"]


def test_a_pause_ends_after_the_item_in_hand_and_the_session_goes_on(studio, tmp_path):
    name, stop = small_book(studio, tmp_path), threading.Event()

    def pause(_number: int, event: object) -> None:
        if getattr(event, "name", "") == "analysis/ch02.json":
            stop.set()

    assert studio.run(name, tell=pause, stop=stop).status == "paused"
    info = resume_info("manuscript", journal(studio, name))
    assert (info.last_checkpoint, info.step) == ("session_paused", "analyzing_chapters")
    assert info.next_action in ("analyze_chapter", "generate_prompts")
    assert Run(studio, name).result.status == "completed"
    told = passed(studio, name)
    assert (told["session_start"], told["session_paused"], told["session_completed"]) == (1, 1, 1)
    assert (told["chapter_analyzed"], told["chapter_completed"]) == (3, 3)


def test_a_picture_that_cannot_be_made_leaves_its_chapter_open(studio, bell):
    file = prompts(studio, bell, 2)
    written = json.loads(file.read_bytes())
    written["pictures"][0]["prompt"] = " "
    file.write_text(json.dumps(written))
    before = passed(studio, bell)
    result = Run(studio, bell).result
    assert [problem.item for problem in result.problems] == ["images/ch02_m01.png"]
    info = resume_info("manuscript", journal(studio, bell))
    assert (info.next_action, info.item) == ("retry", "images/ch02_m01.png")
    assert passed(studio, bell)["chapter_completed"] == before["chapter_completed"]
    assert passed(studio, bell)["session_completed"] == before["session_completed"]


def test_an_analysis_that_does_not_fit_its_text_is_refused_with_the_place(studio, bell):
    file = studio.directory(bell) / "analysis/ch01.json"
    file.write_text(file.read_text().replace('"start_position": 0', '"start_position": 3'))
    with pytest.raises(BadInput, match=r"analysis/ch01.json .*moment 1: its excerpt is not what stands"):
        studio.plan(bell)


def test_a_chapter_twice_in_the_text_is_refused(studio, bell):
    file = studio.directory(bell) / "manuscript.json"
    book = json.loads(file.read_bytes())
    book["chapters"].append(book["chapters"][0])
    file.write_text(json.dumps(book))
    with pytest.raises(BadInput, match="two chapters have the same id"):
        studio.plan(bell)


def test_an_empty_chapter_asks_nobody_and_stops_nothing(studio, tmp_path):
    name = small_book(studio, tmp_path, text=f"{BOOK}\n## Empty\n\n## After\n\nAt last stood Marta at home.\n")
    assert "images/ch05_m01.png" in drawn(studio, name)


def test_the_tables_say_what_the_journal_and_the_files_say(studio, bell, tmp_path):
    studio.move_chapter(bell, 3, 1)
    Run(studio, bell)
    index = Index(studio.settings.sessions, tmp_path / "data")
    told = index.details(bell)
    index.close()
    lines = list(journal(studio, bell))
    rows = told["processing_checkpoints"]
    assert [row["sequence_number"] for row in rows] == list(range(1, len(lines) + 1))
    by_type = {(row["checkpoint_type"], row["chapter_number"]): row for row in rows}
    moments = json.loads((studio.directory(bell) / "analysis/ch02.json").read_bytes())["moments"]
    assert by_type["chapter_analyzed", 2]["emotional_moments_data"] == moments
    pictures = json.loads(prompts(studio, bell, 2).read_bytes())["pictures"]
    assert by_type["prompts_generated", 2]["generated_prompts"] == pictures
    assert by_type["session_completed", None]["next_action"] == "none"
    assert by_type["session_completed", None]["step_name"] == "completing_session"
    first, last = told["processing_sessions"]
    assert (last["status"], last["total_chapters"], last["total_images_generated"]) == ("completed", 3, 5)
    assert (first["last_completed_step"], first["max_emotional_moments"]) == ("session_completed", 10)
    assert first["style_config"]["art_style"] == "watercolour"
    assert {row["prompt_used"] for row in told["session_images"]} >= {pictures[0]["prompt"]}


def test_a_book_becomes_a_film_whose_stills_are_its_pictures(studio, bell):
    film = studio.to_film(bell)
    stills = [studio.directory(film) / f"images/shot_{number:03d}.png" for number in range(1, 6)]
    drawn = [studio.directory(bell) / str(row["image_path"]) for row in studio.project(bell).model_extra["pictures"]]
    assert [still.read_bytes() for still in stills] == [picture.read_bytes() for picture in drawn]
    studio.run(film, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    plan = studio.plan(film)
    assert not [planned.name for planned in plan.make if planned.name.startswith("images/")]
    shots = [status.shot for status in studio.shots(film, plan)]
    assert shots[0].narration.startswith("The wind came in the night")
    assert [shot.scene for shot in shots] == [1, 1, 2, 2, 3]


def test_a_film_of_a_book_plans_no_silence_behind_its_passages(studio, tmp_path):
    long = BOOK.replace("with her lamp.", f"with her lamp{', and the wind blew and the sea rose' * 9}.")
    name = small_book(studio, tmp_path, text=long)
    studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="images")
    film = studio.to_film(name)
    studio.run(film, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    options = studio.project(film).options
    voice = next(one for one in registry.tts(options["tts"]).voices if one.name == options["voice"])
    spoken_s = [len(one.shot.narration.split()) / voice.words_per_second for one in studio.shots(film)]
    assert max(spoken_s) > 10
    assert [one.shot.duration_s for one in studio.shots(film)] == [
        pytest.approx(max(4.0, said_s), abs=0.2 * said_s) for said_s in spoken_s
    ]


def test_a_gender_that_a_person_chose_stays_when_the_book_s_people_are_gathered_anew(studio, bell):
    studio.edit_person(bell, "Joris", gender="female")
    assert studio.person(bell, "Joris").has_own_gender
    studio.change_chapter(bell, 3, content="On every step stood Aneke and counted.")
    Run(studio, bell)
    assert "Aneke" in {one.name for one in studio.people(bell)}
    assert studio.person(bell, "Joris").gender == "female"


def test_what_is_no_book_has_no_chapters_to_change(studio, tmp_path):
    name = small_book(studio, tmp_path)
    with pytest.raises(UserError, match="run it first"):
        studio.rename_chapter(name, 1, "X")
    with pytest.raises(UserError, match="no pictures yet"):
        studio.to_film(name)
    with pytest.raises(BadInput, match="max_emotional_moments"):
        studio.change_manuscript_options(name, {"max_emotional_moments": 0})
    assert ManuscriptOptions.model_validate(studio.project(name).options) == ManuscriptOptions.model_validate(SMALL)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("prompts/ch02.json", {"moments": [1]}),
        ("analysis/ch01.json", {"chapters": "x"}),
        ("cast.json", {"pictures": []}),
        ("manuscript.json", {"scenes": []}),
    ],
)
def test_a_file_of_another_kind_in_the_place_of_one_of_the_books_is_refused(studio, bell, file, content):
    (studio.directory(bell) / file).write_text(json.dumps(content))
    with pytest.raises(BadInput, match=rf"{file} cannot be read as it stands: .*holds something else: it has none of"):
        studio.plan(bell)
