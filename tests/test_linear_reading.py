"""Text made to be slow is read in time that grows no faster than its length."""

from __future__ import annotations

import time
import zipfile

import pytest

from studio.engines.sound.kinds import heard
from studio.engines.speech.phonemes import _by_espeak
from studio.engines.translate.figures import tidy
from studio.engines.translate.sentences import say_in_sentences
from studio.engines.writer.idea import clean as clean_idea
from studio.engines.writer.idea import strip_wrapping
from studio.errors import BadInput
from studio.media.manuscripts import markup
from studio.planning.books.manuscripts import read_manuscript
from studio.planning.books.plain_text import blocks_of, clean
from studio.planning.dubbing.transcripts import read_lines
from studio.planning.language import split_sentences
from studio.planning.telling.looks import short_form
from studio.planning.telling.prose import story_of_prose
from studio.planning.telling.setting import place_key


def echoed(texts):
    return list(texts)


READERS = {
    "a heading of spaces": (blocks_of, "# a", " ", "b\n\nOnce upon a time.", 40_000),
    "a heading of hashes": (blocks_of, "# ", "#", "b\n\nOnce upon a time.", 40_000),
    "accents": (clean, "a", "\u0301\u0316", " was here.", 20_000),
    "a title of spaces": (lambda text: story_of_prose(text, "x"), "# a", " ", "b\n\nMarta ran.", 40_000),
    "links of a place": (place_key, "the house at night", " at", " x", 4000),
    "dashes of a place": (place_key, "the house at night ", "- ", "x", 4000),
    "a look of spaces": (short_form, "an old man", " ", "x", 10_000),
    "dots": (split_sentences, "Yes", ".", "x no.", 10_000),
    "a said line of spaces": (lambda text: say_in_sentences({"1": text}, echoed), "a", " ", "b", 20_000),
    "a line of marks": (
        lambda text: tidy("He is here", text, source="en", target="pt"), "Ele", ".", "x", 20_000,
    ),
    "a line of breaks": (lambda text: say_in_sentences({"1": text}, echoed), "a", "\n", "b", 20_000),
    "a line of spaces to spell": (lambda text: _by_espeak(text, "en"), "♪", " ", "♪", 20_000),
    "a word without end to hear": (heard, "", "x", "", 40_000),
    "leaves without end": (heard, "", "leaves ", "", 8000),
    "a request of hyphens": (lambda text: strip_wrapping(clean_idea(text)), "make ", "a-", "x", 4000),
}  # fmt: skip


def cpu_s(read, text):
    began_s = time.process_time()
    read(text)
    return time.process_time() - began_s


@pytest.mark.parametrize(("read", "before", "again", "behind", "count"), READERS.values(), ids=READERS)
def test_four_times_the_text_takes_not_much_more_than_four_times_as_long(read, before, again, behind, count):
    once_s = cpu_s(read, before + again * (count // 4) + behind)
    assert cpu_s(read, before + again * count + behind) < 12 * once_s + 0.2


def test_the_voice_of_a_subtitle_is_read_at_once_however_many_classes_it_has(tmp_path):
    path = tmp_path / "said.vtt"
    path.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n<v" + ".a" * 5000 + ">hello there\n")
    began_s = time.process_time()
    assert [line.text for line in read_lines(path)] == ["hello there"]
    assert time.process_time() - began_s < 0.5


def test_of_a_pile_of_accents_thirty_are_kept():
    assert len(clean("x" + "\u0323" * 5000 + " end")) == 1 + 30 + len(" end")


def book(path, package="", nav=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", "<rootfile full-path='b.opf'/>")
        archive.writestr(
            "b.opf",
            '<package><item id="a" href="a.html" media-type="text/html"/><item id="n" href="n.html" properties="nav"/>'
            f'<itemref idref="a"/>{package}</package>',
        )
        archive.writestr("n.html", f'<nav epub:type="toc"><ol><li><a href="a.html">Dawn</a></li></ol></nav>{nav}')
        archive.writestr("a.html", "<body><p>Once upon a time.</p></body>")
    return path


def test_tags_that_nobody_asks_for_are_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(markup, "_MOST_TAGS", 1000)
    found = read_manuscript(book(tmp_path / "book.epub", package="<a>" * 2000))
    assert [chapter.content for chapter in found.chapters] == ["Once upon a time."]


def test_more_links_than_any_book_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(markup, "_MOST_TAGS", 1000)
    with pytest.raises(BadInput, match="too many for one book"):
        read_manuscript(book(tmp_path / "book.epub", nav="<a>" * 1000))
