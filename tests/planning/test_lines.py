"""What was recognised becomes lines that can be read, spoken and edited, each with an id that stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

import pytest

from studio.errors import BadInput
from studio.media.subtitles import wrap
from studio.model.dub import LINES, Line, Word
from studio.model.transcript import Segment, lines_json
from studio.planning.dubbing import line_edits
from studio.planning.dubbing.lines import lines_of

SPEECH = (
    "Good morning. My name is Ana, and I have come from Lisbon to tell you about the ship that came back without its "
    "crew after eleven long years at sea. Nobody believed Dr. Brown at first! Do you?"
)


def spoken(text: str, *, start_s: float = 0.0, word_s: float = 0.35, pauses: dict[str, float] | None = None) -> Segment:
    """``text`` as one segment, each word as long as the others, with pauses after some of them."""
    words: list[Word] = []
    at_s = start_s
    for word in text.split():
        words.append(Word(start_s=round(at_s, 3), end_s=round(at_s + word_s, 3), word=word))
        at_s += word_s + (pauses or {}).get(word, 0.0)
    return Segment(start_s=start_s, end_s=words[-1].end_s, text=text, words=tuple(words))


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def lines(*said: str) -> tuple[Line, ...]:
    """Lines of two seconds each, one every three, with word times."""
    return tuple(
        Line(
            id=f"{number:04d}",
            start_s=number * 3.0,
            end_s=number * 3.0 + 2.0,
            text=text,
            words=tuple(
                Word(
                    start_s=number * 3.0 + n * 2 / len(text.split()),
                    end_s=number * 3.0 + (n + 1) * 2 / len(text.split()),
                    word=word,
                )
                for n, word in enumerate(text.split())
            ),
        )
        for number, text in enumerate(said, start=1)
    )


def test_no_word_is_lost_and_every_line_fits_two_rows_and_seven_seconds() -> None:
    made = lines_of([spoken(SPEECH)])
    assert " ".join(texts(made)) == SPEECH
    for line in made:
        rows = wrap(line.text).split("\n")
        assert len(rows) <= 2
        assert max(map(len, rows)) <= 42
        assert 0.9 <= line.duration_s <= 7.0


def test_sentences_are_lines_and_a_title_ends_none() -> None:
    made = lines_of([spoken(SPEECH)])
    assert made[-1].text == "Nobody believed Dr. Brown at first! Do you?"
    assert made[-2].text.endswith("at sea.")


def test_a_long_sentence_is_cut_at_its_comma_and_pause() -> None:
    text = "When the last of the boats had come home in the evening, the old keeper went down to the harbour and counted them"
    made = lines_of([spoken(text, pauses={"evening,": 0.4})])
    assert made[0].text.endswith("evening,")


def test_a_line_does_not_end_with_an_article_where_it_can_end_elsewhere() -> None:
    text = (
        "nobody in the village believed what he said about the ship that came back without its crew after eleven years"
    )
    made = lines_of([spoken(text)])
    assert all(line.text.split()[-1] not in ("the", "its", "that", "about") for line in made)


def test_a_long_pause_begins_a_new_line_without_any_mark() -> None:
    made = lines_of([spoken("we waited for the train then it came at last", pauses={"train": 2.0})])
    assert texts(made) == ["we waited for the train", "then it came at last"]


def test_a_sentence_over_two_segments_is_one_line() -> None:
    made = lines_of([spoken("The letter lies inside"), spoken("the blue bottle.", start_s=1.5)])
    assert texts(made) == ["The letter lies inside the blue bottle."]
    assert (made[0].model_extra or {})["segment_count"] == 2


def test_a_short_answer_joins_its_neighbour() -> None:
    made = lines_of([spoken("Did you see the ship that night? Yes. Then the lights went out.", word_s=0.3)])
    assert all(line.duration_s >= 1.0 for line in made)
    assert len(made) == 2


def test_a_short_cry_far_from_the_others_stays_alone() -> None:
    made = lines_of([spoken("We saw it coming. Wait! Nobody moved at all.", pauses={"coming.": 3.0, "Wait!": 3.0})])
    assert texts(made) == ["We saw it coming.", "Wait!", "Nobody moved at all."]


def test_segments_without_word_times_are_cut_by_letters() -> None:
    made = lines_of([Segment(start_s=10, end_s=22, text=SPEECH[:150])])
    assert len(made) > 1
    assert made[0].start_s == 10
    assert made[-1].end_s == pytest.approx(22)
    assert all(first.end_s <= second.start_s + 0.001 for first, second in pairwise(made))


def test_a_text_corrected_by_hand_wins_over_its_word_times() -> None:
    heard = spoken("The old keeper climbs the stares")
    made = lines_of([heard.model_copy(update={"text": "The old keeper climbs the stairs"})])
    assert texts(made) == ["The old keeper climbs the stairs"]


def test_japanese_is_cut_without_spaces() -> None:
    text = (
        "昔々ある所にお爺さんとお婆さんが住んでいました。ある日お爺さんは山へ柴刈りに、お婆さんは川へ洗濯に行きました。"
    )
    made = lines_of([Segment(start_s=0, end_s=11, text=text)])
    assert "".join(texts(made)) == text
    assert made[0].text.endswith("。")


def test_one_endless_word_is_still_a_line() -> None:
    assert len(lines_of([spoken("a" * 300 + " b c d e")])) >= 1


def test_nothing_said_makes_no_line() -> None:
    assert lines_of([]) == ()


def test_lines_written_and_read_are_the_same_and_bear_the_old_fields() -> None:
    made = lines_of([spoken(SPEECH)])
    written = lines_json(made)
    assert texts(LINES.validate_json(written)) == texts(made)
    assert LINES.validate_json(written)[0].words == made[0].words
    first = json.loads(written)[0]
    assert (first["word_count"], first["char_count"]) == (len(first["text"].split()), len(first["text"]))
    assert {"start", "end", "text", "duration", "segment_count", "word_count", "char_count", "id", "speaker"} <= set(
        first
    )


def test_ids_stay_when_one_line_of_a_transcript_changes() -> None:
    before = lines_of(
        [
            spoken("We saw it coming at last."),
            spoken("Nobody moved at all.", start_s=5),
            spoken("Then it was gone again.", start_s=9),
        ]
    )
    before = line_edits.set_speaker(before, ["0003"], "ANA")
    after = lines_of(
        [
            spoken("A voice was heard.", start_s=0),
            spoken("Nobody moved at all.", start_s=5.05),
            spoken("Quite another thing was said here by him.", start_s=6.8, word_s=0.2),
            spoken("Then it was gone again.", start_s=9.05),
        ],
        earlier=before,
    )
    assert [line.id for line in after] == ["0004", "0002", "0005", "0003"]
    assert after[-1].speaker == "ANA"


def test_a_line_with_one_word_heard_better_keeps_its_id() -> None:
    before = lines_of([spoken("There is a letter inside the small blew bottle.")])
    after = lines_of([spoken("There is a letter inside the small blue bottle.")], earlier=before)
    assert (after[0].id, after[0].text) == ("0001", "There is a letter inside the small blue bottle.")


def test_the_same_words_at_another_time_are_another_line() -> None:
    before = lines_of([spoken("Never say never again.")])
    after = lines_of([spoken("Never say never again.", start_s=60)], earlier=before)
    assert after[0].id == "0002"


def test_a_line_is_retimed_and_moves_to_its_place() -> None:
    made = line_edits.retime(lines("one two", "three four"), "0001", start_s=7.5, end_s=9.0)
    assert [(line.id, line.start_s) for line in made] == [("0002", 6.0), ("0001", 7.5)]


@pytest.mark.parametrize(("start_s", "end_s"), [(5.0, 4.0), (5.0, 5.0), (-1.0, 2.0), (float("nan"), 2.0)])
def test_impossible_times_are_refused(start_s: float, end_s: float) -> None:
    with pytest.raises(BadInput, match="Line 0001"):
        line_edits.retime(lines("one two"), "0001", start_s=start_s, end_s=end_s)


def test_a_line_is_split_at_a_word_and_only_the_second_part_is_new() -> None:
    first, second, third = line_edits.split_line(lines("go home now", "stay"), "0001", at_word=3)
    assert (first.id, first.text, first.end_s) == ("0001", "go home", pytest.approx(4.333, abs=0.001))
    assert (second.id, second.text, second.end_s) == ("0003", "now", 5.0)
    assert third.id == "0002"


def test_a_merged_id_is_never_given_again() -> None:
    merged = line_edits.merge_with_next(lines("go home", "now"), "0001")
    assert texts(merged) == ["go home now"]
    parts = line_edits.split_line(merged, "0001", at_word=2)
    assert [line.id for line in parts] == ["0001", "0003"]
    saved = LINES.validate_json(lines_json(merged))
    assert [line.id for line in line_edits.split_line(saved, "0001", at_word=2)] == ["0001", "0003"]


def test_split_and_merged_again_is_as_it_was() -> None:
    made = line_edits.split_line(lines("go home now"), "0001", at_word=2)
    (back,) = line_edits.merge_with_next(made, "0001")
    (before,) = lines("go home now")
    assert (back.text, back.start_s, back.end_s, back.words) == (
        before.text,
        before.start_s,
        before.end_s,
        before.words,
    )


@pytest.mark.parametrize("at_word", [0, 1, 4])
def test_a_line_cannot_be_split_at_its_ends(at_word: int) -> None:
    with pytest.raises(BadInput, match="from 2 to 3"):
        line_edits.split_line(lines("go home now"), "0001", at_word=at_word)


def test_the_last_line_has_nothing_to_merge_with() -> None:
    with pytest.raises(BadInput, match="last one"):
        line_edits.merge_with_next(lines("go home"), "0001")


def test_find_and_replace_changes_whole_words_and_counts_them() -> None:
    made, count = line_edits.find_and_replace(lines("The cat saw a Cat", "concatenate"), "cat", "dog")
    assert texts(made) == ["The dog saw a dog", "concatenate"]
    assert count == 2
    assert [word.word for word in made[0].words] == ["The", "dog", "saw", "a", "dog"]


def test_find_and_replace_takes_its_words_literally() -> None:
    made, count = line_edits.find_and_replace(lines("what? (now)"), "(now)", r"\1 $&", whole_words=False)
    assert (texts(made), count) == ([r"what? \1 $&"], 1)


def test_find_and_replace_leaves_no_line_empty() -> None:
    with pytest.raises(BadInput, match="0001 would be left without words"):
        line_edits.find_and_replace(lines("um"), "um", "")


def test_a_line_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match="no line 0009"):
        line_edits.set_speaker(lines("one"), ["0009"], "ANA")


def test_a_line_can_be_dropped_and_given_other_words() -> None:
    made = line_edits.drop_line(line_edits.retext(lines("one", "two"), "0002", "  two\n and a half "), "0001")
    assert texts(made) == ["two and a half"]
