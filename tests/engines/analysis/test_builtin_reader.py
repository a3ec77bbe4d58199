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


def settings(found):
    return [moment.setting_description for moment in found.moments]


def test_it_plays_where_people_came_last_whatever_is_compared_remembered_or_seen_from_there(read):
    found = read(
        "Mara came into the kitchen and shut the door.\n\nShe lit the lamp, as if somebody were walking along the quay.\n\n"
        "Mara thought of her mother on the deck of a ship and tore the letter in two.\n\n"
        "Mara broke the glass with her fist and saw the masts in the harbour.\n\nOutside, in the lane, a boy was whistling. Mara lifted the axe."
    )
    assert len(settings(found)) > 2
    assert set(settings(found)) == {"the kitchen"}


def test_whoever_goes_in_is_inside_the_building_that_was_told_of_and_who_goes_out_is_not(read):
    found = read(
        "Mara came to a clearing, and in the clearing stood a hut. She went in, lit the lamp and lifted the axe.\n\n"
        "Mara went out. She climbed over the wall and threw the axe."
    )
    assert settings(found) == ["inside the hut", "the clearing"]


def test_what_is_only_crossed_is_the_place_of_its_own_sentence(read):
    found = read(
        "Mara walked into the forest with her axe.\n\nMara crossed a stream and lifted the lantern.\n\nShe threw the axe and caught the rope."
    )
    assert settings(found)[-2:] == ["the stream", "the forest"]


def test_a_scene_begins_where_it_says_that_people_are_and_else_goes_on_where_they_were(read):
    found = read(
        "Mara ran into the church and rang the bell.\n\n***\n\nMara lifted the broken cup. They were in the kitchen. Tobi lit the stove.\n\n***\n\n"
        "Mara leapt up and threw the cup."
    )
    assert settings(found) == ["the church", "the kitchen", "the kitchen"]


def test_whoever_rows_is_in_a_boat_on_the_water_of_the_chapter(read):
    found = read("Mara ran along the beach.\n\nTobi rowed. Mara knelt in the bow and lifted the lantern.")
    assert settings(found)[-1] == "a boat on the sea"


def test_the_wall_is_the_one_of_which_the_chapter_gives_the_full_name(read):
    found = read(
        "The bell hung at the end of the harbour wall. Mara was late. Mara ran along the wall and lifted the lantern."
    )
    assert settings(found)[-1] == "the harbour wall"


def test_a_newcomers_look_is_hers_and_not_of_the_woman_who_was_told_of_before(read):
    found = read(
        "Mara sat down in the café. Mara was cold.\n\nIt was an old woman in a purple coat. She had white curls.\n\n"
        "The old woman pushed the cup across the table. “Drink it. I’m Ottilie Kranz,” she said.\n\nOttilie smiled. The old woman poured the tea."
    )
    everyone = people(found)
    assert everyone["Mara"].look == ""
    assert everyone["Ottilie Kranz"].look == "an old woman in a purple coat, white curls"
    assert "the old woman" in everyone["Ottilie Kranz"].aliases


def test_to_whom_something_is_done_is_the_other_of_two_women(read):
    found = read("Anna wept. Anna was cold.\n\nEdith reached over the table and gave her a napkin.")
    assert found.moments[-1].characters_present == ("Edith", "Anna")


def test_a_narrator_is_as_old_as_he_says_and_a_boy_if_he_is_called_one(read):
    found = read(
        "I was nineteen when I went to sea. I climbed the mast and cut the rope.\n\n“Boy!” cried Pike. I jumped down on my feet."
    )
    narrator = people(found)["the narrator"]
    assert (narrator.gender, narrator.look) == ("male", "nineteen years old")


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
