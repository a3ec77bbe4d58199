"""The words of a book's pictures: the same people look the same, and what a person wrote stays."""

from __future__ import annotations

import re

from studio.model.illustration import ManuscriptOptions, StyleConfig
from studio.model.moments import Cast, ChapterAnalysis, ChapterScene, EmotionalMoment, Person
from studio.planning.books.illustrations import (
    draft_prompts,
    header_size,
    moment_at,
    settled_cast,
    settled_prompts,
    with_moment,
)

MARTA = Person(
    name="Marta Aldous",
    aliases=("Marta", "Nan"),
    gender="female",
    look="an old woman with white hair in a yellow raincoat",
)
CAST = Cast(people=(MARTA, Person(name="Joris", gender="male")))


def moment(
    number: int, action: str, *people: str, tone: str = "fear", place: str = "the harbour at night"
) -> EmotionalMoment:
    return EmotionalMoment(
        number=number, text_excerpt=f"Excerpt {number}.", start_position=0, end_position=10, emotional_tones=(tone,),
        characters_present=people, setting_description=place, action=action,
    )  # fmt: skip


ANALYSIS = ChapterAnalysis(
    setting="the harbour",
    moments=(
        moment(1, "Marta holds up her lamp.", "Marta"),
        moment(2, "Nan and Joris run along the quay.", "Nan", "Joris"),
        moment(3, "The boat sinks.", tone="joy"),
    ),
)


def prompts(**options: object) -> list[str]:
    return [one.prompt for one in draft_prompts(ANALYSIS, CAST, ManuscriptOptions.model_validate(options)).pictures]


def test_somebody_looks_the_same_in_every_picture_whatever_he_is_called_there():
    first, second, third = prompts()
    assert MARTA.look in first
    assert MARTA.look in second
    assert MARTA.look not in third


def test_somebody_of_whom_the_book_tells_nothing_has_one_look_all_the_same():
    look = prompts()[1].split("and ", 1)[1].split(" run", 1)[0]
    assert look.startswith("a ")
    assert " with " in look
    assert "Joris" not in prompts()[1]


def test_features_alone_become_a_whole_person_with_the_same_clothes_everywhere():
    ines = Person(name="Ines", gender="female", look="a thick red braid, small")
    told = ChapterAnalysis(moments=(moment(1, "Ines runs.", "Ines"), moment(2, "Ines sits down.", "Ines")))
    pictures = draft_prompts(told, Cast(people=(ines,)), ManuscriptOptions()).pictures
    looks = {one.prompt.split(": ")[1].split(verb)[0] for one, verb in zip(pictures, (" runs", " sits"), strict=True)}
    assert len(looks) == 1
    assert looks.pop().startswith("a small woman with a thick red braid in a")


def test_a_child_is_drawn_as_old_as_the_book_says_in_the_clothes_that_it_tells():
    look = "thirteen years old, a thick red braid, a face full of freckles, a yellow raincoat"
    cast = Cast(people=(Person(name="Ines", gender="female", look=look),))
    told = ChapterAnalysis(moments=(moment(1, "Ines runs.", "Ines"),))
    (picture,) = draft_prompts(told, cast, ManuscriptOptions()).pictures
    assert (
        "a girl of 13 with a thick red braid and a face full of freckles in a yellow raincoat runs." in picture.prompt
    )


def test_an_old_man_and_a_child_of_whom_only_the_age_is_told_look_that_age():
    aldous, pim = (
        Person(name="Aldous", gender="male", look="79 years old"),
        Person(name="Pim", gender="female", look="eleven years old"),
    )
    told = ChapterAnalysis(moments=(moment(1, "Aldous runs.", "Aldous"), moment(2, "Pim runs.", "Pim")))
    old, young = (one.prompt for one in draft_prompts(told, Cast(people=(aldous, pim)), ManuscriptOptions()).pictures)
    assert re.search(r"an old man of 79 with [^.]*(?:white|grey|bald)", old)
    assert "a girl of 11 with " in young


def test_what_somebody_is_and_what_else_is_told_of_him_is_one_phrase():
    voss = Person(name="Voss", gender="male", look="a broad man of fifty, a shaved head, an orange suit")
    told = ChapterAnalysis(moments=(moment(1, "Voss runs.", "Voss"),))
    (picture,) = draft_prompts(told, Cast(people=(voss,)), ManuscriptOptions()).pictures
    assert "a broad man of fifty with a shaved head in an orange suit runs." in picture.prompt


def test_a_hand_that_is_taken_has_its_owners_look_too():
    told = ChapterAnalysis(moments=(moment(1, "Joris takes Marta's hand, and smiles.", "Joris", "Marta"),))
    (picture,) = draft_prompts(told, CAST, ManuscriptOptions()).pictures
    assert f"takes the hand of {MARTA.look}" in picture.prompt


def test_of_two_women_she_gives_it_to_the_other():
    edith = Person(name="Edith", gender="female", look="a tall woman with black hair in a green coat")
    told = ChapterAnalysis(moments=(moment(1, "Edith gives her a napkin.", "Edith", "Marta"),))
    (picture,) = draft_prompts(told, Cast(people=(MARTA, edith)), ManuscriptOptions()).pictures
    assert f"{edith.look} gives {MARTA.look} a napkin" in picture.prompt


def test_a_narrator_is_a_man_or_a_woman_and_a_captain_named_like_a_bird_is_no_bird():
    me = Person(name="the narrator", gender="female", look="nineteen years old")
    finch = Person(name="Dorothea Finch", aliases=("the captain",), gender="female", look="a black coat")
    told = ChapterAnalysis(
        moments=(
            moment(1, "The narrator runs.", "the narrator"),
            moment(2, "Dorothea Finch sits down.", "Dorothea Finch"),
        )
    )
    first, second = (one.prompt for one in draft_prompts(told, Cast(people=(me, finch)), ManuscriptOptions()).pictures)
    assert "a young woman of 19 with " in first
    assert re.search(r"a woman with [\w ]+ in a black coat sits down", second)


def test_the_old_man_is_the_only_old_man_whom_the_chapter_names():
    tobias = Person(name="Tobias Harrow", gender="male", look="seventy-one years old, a white beard, a leather apron")
    joss = Person(name="Joss", gender="male", look="fifteen years old, a blue sweater")
    told = ChapterAnalysis(
        characters=(tobias, joss, Person(name="the old man", gender="male")),
        moments=(moment(1, "The old man sits down.", "the old man"),),
    )
    (picture,) = draft_prompts(told, Cast(people=told.characters), ManuscriptOptions()).pictures
    assert "an old man of 71 with a white beard in a leather apron sits down." in picture.prompt


def test_reasons_and_spans_of_time_are_not_drawn():
    told = "For an hour Marta lies on the sand, for her leg is broken, and the sail hangs down."
    analysis = ChapterAnalysis(moments=(moment(1, told, "Marta"),))
    (picture,) = draft_prompts(analysis, CAST, ManuscriptOptions()).pictures
    assert f"{MARTA.look} lies on the sand, and the sail hangs down." in picture.prompt


def test_the_built_in_artist_is_told_what_somebody_does_and_not_what_it_is_like():
    told = "There is little work; but most days Marta sweeps the floor, as though the queen came, and oils the crane like a watch."
    analysis = ChapterAnalysis(moments=(moment(1, told, "Marta"),))

    def action(image: str) -> str:
        options = ManuscriptOptions(image=image)
        return draft_prompts(analysis, CAST, options).pictures[0].prompt.split(": ", 1)[1]

    assert action("storyboard").startswith(f"Most days {MARTA.look} sweeps the floor, and oils the crane. The harbour")
    assert "as though the queen came" in action("openai")


def test_a_prompt_says_place_hour_and_mood():
    assert prompts()[0].endswith("The harbour, night, mood of fear.")


def test_the_style_has_words_for_the_moments_of_a_tone_alone():
    style = StyleConfig(emotional_adaptations={"joy": "golden light"})
    told = prompts(style=style)
    assert ["golden light" in one for one in told] == [False, False, True]


def test_a_service_is_told_what_to_leave_out_and_the_built_in_artist_is_not():
    style = StyleConfig(negative_prompt="lettering")
    assert "Leave out: lettering." in prompts(style=style, image="openai")[0]
    assert "lettering" not in prompts(style=style)[0]


def test_a_strip_shows_the_chapters_first_place_with_nobody_in_it():
    scenes = (ChapterScene(start=0, end=9, setting="a mill by the river", time_of_day="dawn"),)
    made = draft_prompts(ANALYSIS.model_copy(update={"scenes": scenes}), CAST, ManuscriptOptions(headers=True))
    assert made.header.startswith("Extreme wide shot, eye level. A mill by the river, dawn")
    assert draft_prompts(ANALYSIS, CAST, ManuscriptOptions()).header == ""


def test_strips_are_even_and_flat():
    for size in ((1024, 768), (112, 64), (600, 1000)):
        width_px, height_px = header_size(size)
        assert height_px % 2 == 0
        assert height_px < width_px


def test_what_a_person_wrote_or_left_out_stays_when_the_style_changes():
    before = draft_prompts(ANALYSIS, CAST, ManuscriptOptions())
    own = [
        before.pictures[0].model_copy(update={"prompt": "My own words."}),
        before.pictures[1].model_copy(update={"is_left_out": True, "retakes": 2, "seed": 5}),
        before.pictures[2],
    ]
    style = StyleConfig(art_style="ink", lighting="candle light")
    after = draft_prompts(ANALYSIS, CAST, ManuscriptOptions(style=style))
    settled = settled_prompts(after, before.model_copy(update={"pictures": tuple(own)})).pictures
    assert (settled[0].prompt, settled[0].style) == ("My own words.", "ink")
    assert (settled[1].is_left_out, settled[1].retakes, settled[1].seed) == (True, 2, 5)
    assert "candle light" in settled[2].prompt


def test_words_for_one_passage_are_not_put_to_another_that_has_its_number_now():
    before = draft_prompts(ANALYSIS, CAST, ManuscriptOptions())
    own = before.pictures[0].model_copy(update={"prompt": "My own words."})
    changed = ANALYSIS.model_copy(
        update={"moments": (moment(1, "Joris waits.", "Joris").model_copy(update={"text_excerpt": "Another."}),)}
    )
    after = draft_prompts(changed, CAST, ManuscriptOptions())
    assert settled_prompts(after, before.model_copy(update={"pictures": (own,)})) == after


def test_a_look_that_a_person_wrote_stays_and_whom_he_added_too():
    first = settled_cast(CAST, Cast())
    edited = first.people[0].model_copy(update={"look": "a tall woman in blue"})
    added = Person(name="The cat", look="a black cat")
    found = Cast(people=(MARTA.model_copy(update={"look": "an old woman with a stick"}), Person(name="Pia")))
    people = settled_cast(found, Cast(people=(edited, added))).people
    assert [(one.name, one.look) for one in people] == [
        ("Marta Aldous", "a tall woman in blue"),
        ("Pia", ""),
        ("The cat", "a black cat"),
    ]


def test_a_passage_of_the_users_own_choice_is_a_moment_where_it_stands():
    text = "It rained.\n\nMarta sang to the sea.\n\nThe end."
    start = text.index("sang")
    known = ChapterAnalysis(characters=(MARTA,), moments=(moment(4, "x").model_copy(update={"start_position": 40}),))
    made = moment_at(text, start, start + 4, known)
    assert (made.number, made.text_excerpt, made.context) == (5, "sang", "Marta sang to the sea.")
    assert made.characters_present == ("Marta Aldous",)
    assert [one.number for one in with_moment(known, made).moments] == [5, 4]
