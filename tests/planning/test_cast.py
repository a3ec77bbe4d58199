"""The people of a book, gathered from its chapters."""

from __future__ import annotations

from studio.model.moments import ChapterAnalysis, Person
from studio.planning.books.cast import merged_cast, person_of


def chapter(*people: Person) -> ChapterAnalysis:
    return ChapterAnalysis(characters=people)


def named(name: str, mentions: int = 1, **more: str) -> Person:
    return Person(name=name, mentions=mentions, **more)


def names(*chapters: ChapterAnalysis) -> list[str]:
    return [person.name for person in merged_cast(chapters).people]


def test_one_person_of_several_chapters_is_one_with_the_fullest_name_all_looks_and_all_mentions():
    cast = merged_cast([
        chapter(named("Elizabeth", 4)), chapter(named("Elizabeth Bennet", 2, look="dark eyes")), chapter(named("Lizzy", 3, look="a muddy skirt")),
    ])  # fmt: skip
    (person,) = cast.people
    assert (person.name, person.aliases, person.look, person.mentions) == (
        "Elizabeth Bennet", ("Elizabeth", "Lizzy"), "dark eyes, a muddy skirt", 9,
    )  # fmt: skip


def test_mr_mrs_and_miss_of_one_surname_stay_three():
    assert set(names(chapter(named("Mr Bennet"), named("Mrs Bennet")), chapter(named("Miss Bennet")))) == {
        "Mr Bennet", "Mrs Bennet", "Miss Bennet",
    }  # fmt: skip


def test_a_surname_with_a_title_is_the_only_one_of_that_gender_with_a_first_name():
    assert names(chapter(named("Mr Darcy", 9)), chapter(named("Fitzwilliam Darcy", gender="male"))) == ["Mr Darcy"]
    assert len(names(chapter(named("Mr Darcy")), chapter(named("Georgiana Darcy", gender="female")))) == 2


def test_two_of_one_surname_keep_their_first_names():
    found = merged_cast(
        [
            chapter(named("Jane Bennet", gender="female"), named("Lydia Bennet", gender="female")),
            chapter(named("Jane", 5)),
        ]
    )
    assert [(person.name, person.mentions) for person in found.people] == [("Jane Bennet", 6), ("Lydia Bennet", 1)]


def test_the_captain_is_he_who_bears_the_title_unless_two_do():
    assert names(chapter(named("Captain Orme"), named("the captain", 3))) == ["Captain Orme"]
    assert len(names(chapter(named("Captain Orme"), named("Captain Vane"), named("the captain")))) == 3


def test_a_pronoun_that_was_misread_in_one_chapter_does_not_split_a_person():
    found = merged_cast(
        [
            chapter(named("Joss Pellow", 6, gender="male")),
            chapter(named("Joss", 2, gender="female")),
            chapter(named("Joss", 9, gender="male")),
        ]
    )
    assert [(person.name, person.gender) for person in found.people] == [("Joss Pellow", "male")]


def test_a_person_is_found_by_any_of_their_names_and_nobody_by_a_name_that_two_have():
    cast = merged_cast(
        [chapter(named("Cole Harper", gender="male"), named("Ada Harper", gender="female"), named("Old Tom"))]
    )
    assert person_of(cast, "Cole") == cast.people[0]
    assert getattr(person_of(cast, "Mr Harper"), "name", None) == "Cole Harper"
    assert getattr(person_of(cast, "Tom"), "name", None) == "Old Tom"
    assert person_of(cast, "Mrs Dunn") is None


def test_a_book_of_many_people_is_gathered_in_one_pass():
    many = [chapter(*(named(f"Guest{number} Family{number}") for number in range(300))) for _ in range(6)]
    assert len(merged_cast(many).people) == 300
