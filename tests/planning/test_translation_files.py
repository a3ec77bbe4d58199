"""Translations that people bring: each text finds its line, or it is said where it did not."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import BadInput, UserError
from studio.model.dub import Line, Translated
from studio.planning.dubbing.translation_files import read_translation, template


def line(number, start_s, end_s, text=""):
    return Line(id=f"{number:04d}", start_s=start_s, end_s=end_s, text=text or f"Sentence {number}, with a comma.")


LINES = (line(1, 0.5, 2.0), line(2, 2.2, 4.0), line(4, 4.5, 7.25))


def read(text, name, lines=LINES):
    return read_translation(text if isinstance(text, bytes) else text.encode(), name, lines)


def test_json_of_the_old_program_is_matched_by_time():
    entries = [
        {"start": 4.4, "end": 7.0, "text_translated": "Três."},
        {"start": "0.5", "end": "1.9", "text_translated": "Um."},
    ]
    found = read(json.dumps(entries), "translated.json")
    assert found.texts == {"0004": "Três.", "0001": "Um."}
    assert found.missing == ("0002",)


def test_json_with_ids_is_matched_by_them_whatever_the_times_say():
    entries = [{"id": "0004", "start": 0.5, "end": 2.0, "text_translated": "Quatro."}]
    assert read(json.dumps(entries), "pt.json").texts == {"0004": "Quatro."}


def test_an_untouched_template_counts_as_missing():
    entries = [
        {"start": 0.5, "end": 2.0, "text_translated": "[TRANSLATE: Sentence 1.]"},
        {"start": 2.2, "end": 4.0, "text_translated": "Dois."},
    ]
    found = read(json.dumps(entries), "translated.json")
    assert (found.texts, found.missing, found.unmatched) == ({"0002": "Dois."}, ("0001", "0004"), ())


def test_segments_under_a_key_are_read():
    entries = {"segments": [{"start": "0.5", "end": "2", "text": "Um."}]}
    assert read(json.dumps(entries), "x.json").texts == {"0001": "Um."}


def test_a_text_that_finds_no_line_is_told_with_its_place():
    entries = [
        {"start": 60, "end": 62, "text_translated": "Longe."},
        {"start": 0.5, "end": 2, "text_translated": "Um."},
    ]
    found = read(json.dumps(entries), "pt.json")
    assert found.unmatched == ("pt.json, entry 1: no line is spoken from 60 to 62 s",)


def test_an_id_that_is_not_there_is_told():
    entries = [{"id": "0001", "text_translated": "Um."}, {"id": "0099", "text_translated": "?"}]
    assert read(json.dumps(entries), "pt.json").unmatched == ("pt.json, entry 2: there is no line 0099",)


def test_an_id_given_twice_is_told_and_the_first_one_counts():
    entries = [{"id": "0001", "text_translated": "Um."}, {"id": "0001", "text_translated": "Dois."}]
    found = read(json.dumps(entries), "pt.json")
    assert found.texts == {"0001": "Um."}
    assert found.unmatched == ("pt.json, entry 2: line 0001 has a text already",)


SRT = """1
00:00:00,500 --> 00:00:02,000
Um,
com <i>duas</i> linhas.

2
00:00:02,200 --> 00:00:04,000
Dois.

3
00:00:04,500 --> 00:00:07,250
Três.
"""


def test_subtitles_with_as_many_cues_as_lines_are_taken_in_order():
    shifted = SRT.replace("00:00:04,500", "00:00:03,900")
    assert read(shifted, "pt.srt").texts == {"0001": "Um, com duas linhas.", "0002": "Dois.", "0004": "Três."}


def test_subtitles_with_fewer_cues_are_matched_by_time():
    assert read(SRT.partition("\n3\n")[0].partition("2\n00:")[0] + SRT.partition("\n3\n")[2], "pt.srt").texts == {
        "0001": "Um, com duas linhas.",
        "0004": "Três.",
    }


def test_two_cues_within_one_line_become_one_text():
    cues = "1\n00:00:04,500 --> 00:00:05,500\nTrês\n\n2\n00:00:05,600 --> 00:00:07,000\ne quatro.\n"
    assert read(cues, "pt.srt").texts == {"0004": "Três e quatro."}


def test_subtitles_of_another_film_are_not_forced_upon_the_lines():
    far = SRT.replace("00:00:0", "00:10:0")
    found = read(far, "pt.srt")
    assert found.texts == {}
    assert len(found.unmatched) == 3


def test_vtt_is_read_with_its_notes_and_short_times():
    vtt = "WEBVTT\n\nNOTE from a friend\n\n00:00.500 --> 00:02.000 align:start\n<v Ana>Um.\n\n00:04.500 --> 00:07.250\nTrês.\n"
    assert read(vtt, "pt.vtt").texts == {"0001": "Um.", "0004": "Três."}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_with_any_sane_delimiter(delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["id", "text_translated"], ["0001", 'Um; "dois", três|\nquatro'], ["0004", "Fim"]])
    assert read("\ufeff" + out.getvalue(), "pt.csv").texts == {"0001": 'Um; "dois", três|\nquatro', "0004": "Fim"}


def test_a_table_whose_ids_lost_their_zeros_in_a_spreadsheet_is_read():
    assert read("id;translation\n1;Um.\n4;Quatro.\n", "pt.csv").texts == {"0001": "Um.", "0004": "Quatro."}


def test_a_table_with_times_is_matched_by_them():
    assert read('start,end,translation\n"0,5","2,0",Um.\n00:00:04.5,00:00:07,Três.\n', "pt.csv").texts == {
        "0001": "Um.",
        "0004": "Três.",
    }


def test_a_file_in_utf_16_is_read():
    assert read("id\ttext_translated\n0001\tÉ.\n".encode("utf-16"), "pt.tsv").texts == {"0001": "É."}


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("pt.json", '[{"id": "0001",\n "text_translated": }]', "pt.json, line 2, column 21"),
        ("pt.json", '[{"id": "0001", "text_translated": "a"}, {"start": 1, "end": 2}]', "pt.json, entry 2"),
        ("pt.json", '[{"start": 2, "end": 1, "text_translated": "a"}]', "pt.json, entry 1: it ends"),
        ("pt.json", '[{"start": "soon", "end": 1, "text_translated": "a"}]', "pt.json, entry 1, start: “soon”"),
        ("pt.json", '[{"start": NaN, "end": 1, "text_translated": "a"}]', "pt.json, entry 1, start: “nan”"),
        ("pt.json", "[" * 100_000, "pt.json"),
        ("pt.json", "3", "pt.json: a list"),
        ("pt.json", "[7]", "pt.json, entry 1"),
        ("pt.srt", "1\n00:00:0x,0 --> 00:00:02,000\na\n", "pt.srt, line 2"),
        ("pt.srt", "1\n00:00:09,0 --> 00:00:02,000\na\n", "pt.srt, line 2: it ends"),
        ("pt.srt", "nothing here", "pt.srt holds no line"),
        ("pt.csv", "one,two\n1,2\n", "pt.csv, line 1"),
        ("pt.csv", "id,text_translated\n0001,a, b\n", "pt.csv, line 2: 3 columns"),
        ("pt.csv", 'id,text_translated\n0001,"a\n', "pt.csv, line 2"),
        ("pt.csv", b"id,text_translated\n0001,\xe9\n", "pt.csv, line 2: this is not UTF-8"),
        ("pt.doc", "x", "not .doc"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_exact_place(name, content, place):
    with pytest.raises(BadInput) as told:
        read(content, name)
    assert place in str(told.value)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(("a.json", "a.srt", "a.vtt", "a.csv", "a.tsv")))
def test_no_bytes_at_all_make_the_reading_fall(content, name):
    with contextlib.suppress(UserError):
        read_translation(content, name, LINES)


def _texts():
    letters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="<>{}\x85")
    return st.lists(st.text(letters, max_size=30).map(lambda text: f"a {text} z"), min_size=1, max_size=12)


@settings(deadline=None)
@given(_texts(), st.sampled_from(("json", "csv", "srt")))
def test_what_is_sent_out_comes_back_to_the_same_lines(texts, kind):
    lines = tuple(line(n, 2.0 * n, 2.0 * n + 1.5) for n in range(1, len(texts) + 1))
    written = [Translated(id=one.id, start_s=0, end_s=1, text=text) for one, text in zip(lines, texts, strict=True)]
    sent = template(lines, written, kind, is_whole=True)
    found = read_translation(sent.encode(), f"pt.{kind}", lines)
    plain = {one.id: " ".join(text.split()) for one, text in zip(lines, texts, strict=True)}
    assert {key: " ".join(text.split()) for key, text in found.texts.items()} == plain
    assert (found.missing, found.unmatched) == ((), ())


@pytest.mark.parametrize("kind", ["json", "csv", "srt"])
def test_a_template_asks_for_the_missing_lines_only_and_holds_nothing_that_counts(kind):
    written = [Translated(id="0002", start_s=2.2, end_s=4, text="Dois.")]
    sent = template(LINES, written, kind)
    assert "[TRANSLATE: Sentence 1, with a comma.]" in sent
    assert "Dois." not in sent
    assert read(sent, f"pt.{kind}").texts == {}


def test_a_filled_template_of_subtitles_finds_its_lines():
    written = [Translated(id="0002", start_s=2.2, end_s=4, text="Dois.")]
    sent = template(LINES, written, "srt").replace("[TRANSLATE: Sentence 4, with a comma.]", "Quatro.")
    assert read(sent, "pt.srt").texts == {"0004": "Quatro."}


def test_ten_times_the_cues_take_ten_times_as_long():
    def took_s(count):
        lines = tuple(line(n, 2.0 * n, 2.0 * n + 1.5) for n in range(count))
        cues = [f"{n // 1800:02d}:{n // 30 % 60:02d}:{n % 30 * 2:02d}" for n in range(count)]
        text = "\n".join(f"{cue},000 --> {cue},900\nTexto.\n" for cue in cues[:-1])
        began_s = time.process_time()
        assert len(read(text, "a.srt", lines).texts) == count - 1
        return time.process_time() - began_s

    assert min(took_s(3000) for _ in range(2)) < 40 * max(took_s(300) for _ in range(3))
