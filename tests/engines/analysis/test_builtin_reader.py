"""The built-in reader: what an author sees of a chapter that was read by rules."""

from __future__ import annotations

from itertools import pairwise

import pytest

from studio.errors import UserError
from tests.engines.analysis.reading import marked_passages, read_builtin


@pytest.fixture
def read(tmp_path):
    return lambda text, **asked: read_builtin(text, tmp_path / "a.json", **asked)


def people(found):
    return {person.name: person for person in found.characters}


def test_a_moment_is_told_as_it_is_seen_in_the_present_tense_with_names(read):
    found = read(
        "Mara came down to the quay with Tobi. It was night.\n\nThen she lifted the lantern over the black water."
    )
    assert found.moments[-1].action == "Mara lifts the lantern over the black water."
    assert found.moments[-1].characters_present == ("Mara",)


def test_where_and_when_are_told_as_far_as_the_scene_has_said(read):
    found = read(
        "Rain fell on the old harbour that night. Mara ran along the wall.\n\nShe leapt into the boat and cut the rope with her knife."
    )
    assert found.moments[-1].setting_description == "the old harbour, night, rain"


def test_what_was_only_thought_denied_or_said_is_no_moment(read):
    found = read(
        "Anna would have jumped from the bridge. She did not run away.\n\n“He threw the burning lamp into the sea,” said Anna.\n\n"
        "Anna climbed over the wall and caught the rope."
    )
    assert [moment.text_excerpt for moment in found.moments] == ["Anna climbed over the wall and caught the rope."]


def test_feelings_that_are_denied_give_no_tone(read):
    afraid, brave = "Anna trembled with fear and climbed the wall.", "Anna climbed the wall and was not afraid."
    assert "fear" in read(afraid).moments[0].emotional_tones
    assert "fear" not in read(brave).moments[0].emotional_tones


def test_one_person_under_several_names_is_one_and_mr_and_mrs_of_one_name_are_two(read):
    found = read(
        "Elizabeth Harrow opened the door. “Lizzy!” cried her aunt. Lizzy laughed. Elizabeth ran down the stairs.\n\n"
        "Mr Pell bowed. Mrs Pell did not. Captain Orme took off his hat, and the captain smiled at Miss Pell."
    )
    everyone = people(found)
    assert set(everyone["Elizabeth Harrow"].aliases) == {"Elizabeth", "Lizzy"}
    assert everyone["Elizabeth Harrow"].gender == "female"
    assert {"Mr Pell", "Mrs Pell", "Miss Pell", "Captain Orme"} <= set(everyone)
    assert (everyone["Mr Pell"].gender, everyone["Mrs Pell"].gender) == ("male", "female")


def test_looks_are_what_the_text_says_of_them(read):
    found = read(
        "Mr Brodie, a tall man in a grey coat, crossed the yard. Ilsa waited by the gate. Her red hair shone. She was twelve."
    )
    everyone = people(found)
    assert everyone["Mr Brodie"].look == "a tall man in a grey coat"
    assert everyone["Ilsa"].look == "red hair, twelve years old"


def test_age_hair_and_clothes_of_a_list_are_all_told_and_how_somebody_once_was_is_not(read):
    found = read(
        "Ilsa opened the door. Ilsa was thirteen that autumn. She had a thick red braid that reached to her belt, a face full of freckles, and a "
        "yellow raincoat. When she was small she had been afraid."
    )
    assert people(found)["Ilsa"].look == (
        "a thick red braid, thirteen years old, a face full of freckles, a yellow raincoat"
    )


def test_whoever_is_described_before_he_is_named_has_that_look(read):
    found = read(
        "Peter knocked. Peter waited.\n\nHe was the thinnest man that Mara had ever seen. His hair was grey, and his green coat hung to his boots.\n\n"
        "“Go away,” said Silas Orme. Mara stepped back. Silas looked at Peter."
    )
    assert people(found)["Silas Orme"].look == "grey hair, a green coat"
    assert people(found)["Peter"].look == ""


def test_the_look_of_somebody_who_is_not_named_is_nobody_elses(read):
    found = read("Mara sat down. The old queen came to the front. She was tall and broad, and not young. Mara smiled.")
    assert people(found)["Mara"].look == ""


def test_a_possessive_belongs_to_the_one_it_stands_with(read):
    found = read(
        "Mara remembered Captain Ruth Vane, the harbourmaster, straight as a mast in her long navy coat with the brass buttons."
    )
    assert people(found)["Captain Ruth Vane"].look == "a long navy coat"


def test_whoever_is_only_owner_or_remembered_is_not_in_the_picture(read):
    found = read(
        "Agnes had gone. Agnes was missed.\n\nMara lifted the lantern beside Agnes’s chair, and the letters were as sharp as on the day that "
        "Agnes cut them."
    )
    assert found.moments[-1].characters_present == ("Mara",)


def test_they_are_the_two_who_were_there_or_those_whom_the_sentence_before_told_of(read):
    two = read("Mara woke Tobi. Tobi stood up.\n\nThey ran down the stairs and leapt into the street.")
    assert two.moments[-1].action.startswith("Mara and Tobi run down the stairs")
    assert set(two.moments[-1].characters_present) == {"Mara", "Tobi"}
    many = read(
        "Mara woke Tobi. Some dolphins came. They ran beside the boat, leapt into the air and splashed the deck."
    )
    assert many.moments[-1].action.startswith("Some dolphins run")


def test_the_gender_of_a_name_is_what_the_next_sentence_says_even_where_another_is_spoken_of(read):
    found = read(
        "Anna sat in the garden. She was tired. “I know,” said Hedde. He was old. Anna looked up. She laughed, and she cried. Hedde got up."
    )
    assert people(found)["Hedde"].gender == "male"


def test_it_plays_where_people_are_and_not_where_they_look_or_what_is_there_too(read):
    found = read(
        "Mara crossed the kitchen. There was a light in the chapel. Mara lifted the lamp, broke the glass and looked at the sky."
    )
    assert found.moments[-1].setting_description == "the kitchen"


def test_a_boat_is_on_the_water(read):
    found = read("Mara stood up in the boat and swung the burning lantern round her head.")
    assert found.moments[0].setting_description == "a boat on the water"


def test_a_quiet_moment_has_the_tone_of_what_is_told_around_it(read):
    found = read(
        "Mara wept with grief. Mara carried the bowl to the table and put the spoon beside it. The house was silent."
    )
    assert all(moment.emotional_tones[0] != "neutral" for moment in found.moments)


def test_towns_and_ships_are_nobody(read):
    found = read(
        "Anna walked to Harwick in the rain. The *Petrel* lay in the harbour of Harwick. Anna waved. In Harwick it was dark."
    )
    assert list(people(found)) == ["Anna"]


def test_stars_and_another_morning_part_scenes(read):
    calm = "Anna sat in the kitchen and drank her tea. The clock ticked on the wall."
    found = read("\n\n".join([calm, calm, "***", calm, calm, calm, f"The next morning it rained. {calm}"]))
    assert len(found.scenes) == 3
    assert all(scene.setting == "the kitchen" for scene in found.scenes)
    assert all(one.end <= other.start for one, other in pairwise(found.scenes))


def test_a_novelists_i_is_the_narrator(read):
    found = read(
        "I climbed the stairs and lit the lamp. I was alone. I took my coat from the hook and opened the door."
    )
    assert "the narrator" in people(found)
    assert found.moments[0].action.startswith("The narrator climbs the stairs")


def test_lines_broken_by_an_editor_are_one_paragraph(read):
    text = "Anna ran down the long street to the\nharbour and jumped into the boat\nbefore it left.\n\nBen waved\nfrom the tower with his hat."
    found = read(text)
    assert [moment.context for moment in found.moments] == text.split("\n\n")
    assert all(text[moment.start_position : moment.end_position] == moment.text_excerpt for moment in found.moments)


def test_a_chapter_that_is_one_endless_paragraph_has_one_moment_with_a_short_context(read):
    text = "Anna sat by the fire and read a book. She turned the page and looked at the window. " * 60
    found = read(text.strip())
    assert len(found.moments) == 1
    assert len(found.moments[0].context) <= 3000


def test_moments_are_spread_over_the_chapter(read):
    wild = "Anna leapt over the wall, caught the rope and swung across the burning yard."
    calm = "Anna carried the basket across the yard and opened the gate with her key."
    text = "\n\n".join([wild] * 3 + [calm] * 12)
    places = [moment.start_position / len(text) for moment in read(text, most=3).moments]
    assert len(places) == 3
    assert places[0] < 0.2
    assert places[-1] > 0.6


def test_it_reads_the_same_twice(tmp_path):
    passage = marked_passages()[0].text
    read_builtin(passage, tmp_path / "one.json")
    read_builtin(passage, tmp_path / "other.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()


@pytest.mark.parametrize(("language", "text"), [
    ("pt", "Ana subiu."),
    ("en", "Elle monta dans la tour et alluma la lampe. " * 12),
])  # fmt: skip
def test_another_language_is_refused_with_what_to_do(tmp_path, language, text):
    with pytest.raises(UserError, match=r"“La tour” is not in English.*Choose a text service"):
        read_builtin(text, tmp_path / "a.json", language=language, title="La tour")
    assert not (tmp_path / "a.json").exists()
