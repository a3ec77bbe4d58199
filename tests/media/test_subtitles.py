"""Subtitles that can be read in time."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import BadInput
from studio.media.subtitles import LINE_CHARS, Cue, lay_out_cues, read_cues, wrap, write_srt

LONG = (
    "Every night I light the lamp, and every night the sea answers me in a voice that nobody else can hear, "
    "because it knows my name and the name of my father before me."
)


def test_a_short_sentence_is_one_cue_with_its_own_times() -> None:
    assert lay_out_cues([Cue(1.0, 3.0, "Nobody is there.")]) == (Cue(1.0, 3.0, "Nobody is there."),)


def test_a_long_sentence_is_split_at_its_commas_and_time_is_shared_by_characters() -> None:
    cues = lay_out_cues([Cue(10.0, 19.0, LONG)])
    assert len(cues) >= 2
    assert cues[0].start_s == 10.0
    assert cues[-1].end_s == pytest.approx(19.0)
    assert all(later.start_s == pytest.approx(cue.end_s) for cue, later in itertools.pairwise(cues))
    assert " ".join(cue.text.replace("\n", " ") for cue in cues) == LONG
    pace = [len(cue.text) / (cue.end_s - cue.start_s) for cue in cues]
    assert max(pace) / min(pace) < 1.1


def test_a_comma_is_preferred_as_the_place_of_a_split() -> None:
    text = "When the storm had passed over the black rocks, we found the whale alone on the winter shore."
    first, second = lay_out_cues([Cue(0.0, 6.0, text)])
    assert first.text.endswith("rocks,")
    assert second.text.startswith("we found")


def test_a_flash_of_a_cue_stays_a_second_but_never_into_the_next() -> None:
    cues = lay_out_cues([Cue(1.0, 1.2, "No."), Cue(1.6, 3.0, "Never."), Cue(9.0, 9.1, "Oh.")])
    assert [(cue.start_s, cue.end_s) for cue in cues] == [(1.0, 1.6), (1.6, 3.0), (9.0, 10.0)]


def test_two_lines_are_about_equally_long() -> None:
    first, second = wrap("The keeper climbs the stairs while the storm gathers outside.").split("\n")
    assert abs(len(first) - len(second)) <= 8


def test_japanese_is_broken_without_spaces_and_counts_two_columns_a_character() -> None:
    lines = wrap("夜が明けると、灯台守は海岸に打ち上げられた一頭の鯨を見つけた。").split("\n")
    assert len(lines) == 2
    assert all(len(line) * 2 <= LINE_CHARS for line in lines)
    assert not lines[1].startswith(("、", "。"))


@given(
    st.lists(
        st.tuples(st.floats(0, 500), st.floats(0, 20), st.text(alphabet="abc ,.é漢。\n", max_size=220)),
        max_size=8,
    )
)
def test_whatever_is_said_cues_never_overlap_and_lose_no_word(said: list[tuple[float, float, str]]) -> None:
    spoken = [Cue(start_s, start_s + length_s, text) for start_s, length_s, text in said]
    cues = lay_out_cues(spoken)
    assert all(cue.end_s > cue.start_s for cue in cues)
    assert all(later.start_s >= cue.end_s for cue, later in itertools.pairwise(cues))
    in_order = "".join(cue.text for cue in sorted(spoken, key=lambda cue: cue.start_s))
    assert "".join("".join(cue.text for cue in cues).split()) == "".join(in_order.split())


def test_a_text_without_end_is_cut_to_what_players_take(tmp_path: Path) -> None:
    write_srt(tmp_path / "a.srt", [Cue(0.0, 2.0, "“" * 100_001)])
    (cue,) = read_cues(tmp_path / "a.srt")
    assert cue.text.startswith("““““")
    assert len(cue.text.encode()) < 8100


def test_srt_comes_back_as_it_was_written(tmp_path: Path) -> None:
    cues = (Cue(0.5, 2.25, "Is anybody\nthere?"), Cue(3661.001, 3663.0, "Ça va — 終"))
    write_srt(tmp_path / "a.srt", cues)
    assert (tmp_path / "a.srt").read_text(encoding="utf-8").startswith("1\n00:00:00,500 --> 00:00:02,250\nIs anybody\n")
    assert read_cues(tmp_path / "a.srt") == cues


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.500\n<b>Hello</b> there\n"),
        (
            "a.ass",
            "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n\n[Events]\n"
            "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
            "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\i1}Hello there{\\i0}\n",
        ),
    ],
)
def test_other_subtitle_files_are_read_without_their_styling(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert [(cue.start_s, cue.end_s) for cue in read_cues(tmp_path / name)] == [(1.0, 2.5)]
    assert "Hello" in read_cues(tmp_path / name)[0].text
    assert "\\i1" not in read_cues(tmp_path / name)[0].text


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(BadInput, match="UTF-8"):
        read_cues(tmp_path / "a.srt")
    (tmp_path / "b.srt").write_text("a letter to my mother")
    with pytest.raises(BadInput, match=r"b\.srt"):
        read_cues(tmp_path / "b.srt")
