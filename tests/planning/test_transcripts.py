"""Subtitles and transcripts that people bring become lines, in their order, with their speakers."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import BadInput
from studio.media.subtitles import Cue, write_srt
from studio.model.transcript import seconds_of, timed_from, translated_from
from studio.planning.dubbing.line_edits import split_line
from studio.planning.dubbing.transcripts import read_lines, whole_sentences

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Good morning,</i>
everybody.

2
00:01:00,250 --> 00:01:03,000
[door slams]

3
00:01:04,000 --> 00:01:06,000
- Who is there?
- It is me.
"""


def _read(tmp_path: Path, name: str, text: str, encoding: str = "utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_lines(path)


def test_an_srt_becomes_lines_in_order_without_its_marks(tmp_path: Path) -> None:
    lines = _read(tmp_path, "talk.srt", SRT)
    assert [(line.id, line.start_s, line.end_s, line.text) for line in lines] == [
        ("0001", 1.0, 2.5, "Good morning, everybody."),
        ("0002", 64.0, 66.0, "Who is there? It is me."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_subtitles_of_any_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,500\nÀ bientôt, où ça ?\n"
    assert _read(tmp_path, "f.srt", text, encoding)[0].text == "À bientôt, où ça ?"


def test_ass_names_are_speakers(tmp_path: Path) -> None:
    ass = (
        "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ana,0,0,0,,{\\i1}Hello{\\i0}\\Nthere.\n"
        "Comment: 0,0:00:02.00,0:00:03.00,Default,Ana,0,0,0,,not said\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,Default,Ben,0,0,0,,Hi.\n"
    )
    assert [(line.speaker, line.text) for line in _read(tmp_path, "a.ass", ass)] == [
        ("Ana", "Hello there."),
        ("Ben", "Hi."),
    ]


def test_vtt_voices_are_speakers(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Mary Ann>Hello</v>\n\n00:03.000 --> 00:04.000\n<v Ben>Hi &amp; bye.\n"
    lines = _read(tmp_path, "a.vtt", vtt)
    assert [(line.speaker, line.text) for line in lines] == [("Mary Ann", "Hello"), ("Ben", "Hi & bye.")]


def test_notes_and_names_of_cues_are_not_spoken(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000\nHello there\n\nNOTE x\nof two lines\n\n"
    lines = _read(tmp_path, "a.vtt", f"{vtt}second\n00:03.000 --> 00:04.000\nNOTED\n\nNOTE\n")
    assert [line.text for line in lines] == ["Hello there", "NOTED"]


def test_ids_that_leave_no_room_are_given_anew(tmp_path: Path) -> None:
    lines = _read(tmp_path, "a.json", '[{"id": 999999, "start": 0, "end": 1, "text": "Good day"}]')
    assert [line.id for line in split_line(lines, "0001", at_word=2)] == ["0001", "0002"]


def _srt(*texts: str) -> str:
    return "\n".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{text}\n" for n, text in enumerate(texts, start=1))


def test_names_before_lines_are_speakers_where_that_is_the_custom(tmp_path: Path) -> None:
    lines = _read(
        tmp_path, "a.srt", _srt("ANA: Hello.", "BEN: Hi.", "Note: nothing.", "Dr. Grey: Yes.", "Dr. Grey: No.")
    )
    assert [(line.speaker, line.text) for line in lines] == [
        ("ANA", "Hello."), ("BEN", "Hi."), ("", "Note: nothing."), ("Dr. Grey", "Yes."), ("Dr. Grey", "No."),
    ]  # fmt: skip


def test_one_note_and_a_clock_are_no_speakers(tmp_path: Path) -> None:
    lines = _read(tmp_path, "a.srt", _srt("Remember: we leave at 10:30.", "We left."))
    assert (lines[0].speaker, lines[0].text) == ("", "Remember: we leave at 10:30.")


def test_a_subtitle_that_ends_before_it_begins_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"a\.srt, subtitle 1"):
        _read(tmp_path, "a.srt", "1\n00:00:05,000 --> 00:00:04,000\nHello\n")


@pytest.mark.parametrize("text", ["", "no subtitles here", "1\n00:00:01,000 --> 00:00:02,000\n[music]\n"])
def test_a_file_without_lines_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"a\.srt"):
        _read(tmp_path, "a.srt", text)


@pytest.mark.parametrize(
    "text",
    [
        '[{"start": 1, "end": 2.5, "text": "Hello"}]',
        '{"language": "en", "segments": [{"start": "1.0", "end": "2,5", "text": " Hello "}]}',
        '{"transcription": {"segments": [{"Start": "00:00:01,000", "End": "0:02.5", "Text": "Hello"}]}}',
        '[{"start": 1, "end": 2.5, "text": "Hello", "duration": 1.5, "segment_count": 1, "word_count": 1, "char_count": 5}]',
        '[{"start": 1, "end": 2.5, "text_translated": "Hello"}]',
        '{"0": {"start": 1, "end": 2.5, "text": "Hello"}}',
    ],
)
def test_transcripts_of_the_old_program_are_read_in_every_shape(tmp_path: Path, text: str) -> None:
    (line,) = _read(tmp_path, "original_asr.json", text)
    assert (line.id, line.start_s, line.end_s, line.text) == ("0001", 1.0, 2.5, "Hello")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"start": 3, "end": 2, "text": "x"}]', "entry 1: it ends at 2 s"),
        ('[{"start": 1, "end": 2, "text": ""}]', "entry 1, text: is empty"),
        ('[{"start": "soon", "end": 2, "text": "x"}]', "entry 1, start: must be seconds"),
        ('[{"end": 2, "text": "x"}]', "entry 1, start: is missing"),
        ('[{"start": 1, "end": 1e99, "text": "x"}]', "entry 1, end"),
        ("[]", "no line with words"),
        ('{"story": 1}', "expected a list"),
        ("[1]", "entry 1: expected an object"),
        ("[{", "line 1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(BadInput, match=place):
        _read(tmp_path, "x.json", text)


@pytest.mark.parametrize("value", [True, None, -1, "-1", float("inf"), "1:2:3:4", [], 4e5, "9" * 400])
def test_no_time_is_made_of_what_is_none(value: object) -> None:
    assert seconds_of(value) is None


def test_a_translation_finds_its_lines_by_id_or_by_time(tmp_path: Path) -> None:
    lines = _read(tmp_path, "talk.srt", SRT)
    read = timed_from(
        [
            {"start": 63.9, "end": 65.0, "text_translated": "Quem está aí?"},
            {"start": 65.0, "end": 66.1, "text_translated": "Sou eu."},
            {"start": 500, "end": 501, "text_translated": "De outro filme."},
            {"start": 500, "end": 501, "id": "0001", "text_translated": "Bom dia a todos."},
        ],
        "translated.json",
    )
    found = translated_from(read.entries, lines)
    assert [(one.id, one.text, one.source) for one in found] == [
        ("0001", "Bom dia a todos.", "Good morning, everybody."),
        ("0002", "Quem está aí? Sou eu.", "Who is there? It is me."),
    ]


def test_a_template_counts_as_not_translated(tmp_path: Path) -> None:
    lines = _read(tmp_path, "talk.srt", SRT)
    read = timed_from([{"start": 1, "end": 2.5, "text_translated": "[TRANSLATE: Good morning]"}], "t.json")
    assert translated_from(read.entries, lines) == ()
    assert read.faults == ()


def test_a_sentence_shown_in_two_subtitles_is_one_line(tmp_path: Path) -> None:
    cues = ((0, 2.999, "Mr. Fox went down to the water,"), (3, 5, "and nobody saw him."), (5.001, 7, "Then it rained."),
            (9, 11, "He waited,"), (14, 16, "and left."))  # fmt: skip
    path = tmp_path / "film.srt"
    write_srt(path, [Cue(*cue) for cue in cues])
    found = whole_sentences(read_lines(path))
    assert [(line.id, line.start_s, line.end_s, line.text) for line in found] == [
        ("0001", 0.0, 5.0, "Mr. Fox went down to the water, and nobody saw him."),
        ("0002", 5.001, 7.0, "Then it rained."),
        ("0003", 9.0, 11.0, "He waited,"),
        ("0004", 14.0, 16.0, "and left."),
    ]
