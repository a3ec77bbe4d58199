"""Files that are not what they claim to be: a clear sentence, in no time, and nothing unpacked."""

from __future__ import annotations

import os
import time
import zipfile

import pytest

from studio.errors import BadInput
from studio.planning.books.manuscripts import read_manuscript

STORY = "Chapter 1\n\n“It’s the café on the corner,” said Zoë — naïve as ever.\n\nChapter 2\n\nThe end."
DOCUMENT = (
    '<?xml version="1.0"?>{doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{body}</w:body></w:document>"
)


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_in_any_western_encoding(tmp_path, encoding):
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.replace("\n", "\r\n").encode(encoding))
    found = read_manuscript(path)
    assert [chapter.title for chapter in found.chapters] == ["Chapter 1", "Chapter 2"]
    assert found.chapters[0].content == "“It’s the café on the corner,” said Zoë — naïve as ever."


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("latin-1", "Es war schön in Köln, sagte Jürgen über die Straße hinweg. "),
        ("cp1251", "Все счастливые семьи похожи друг на друга, подумала она. "),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy nad řekou. "),
        ("shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"),
    ],
)
def test_older_encodings_are_told_by_their_letters(tmp_path, encoding, sentence):
    path = tmp_path / "story.txt"
    path.write_bytes((sentence * 20).encode(encoding))
    assert read_manuscript(path).chapters[0].content == (sentence * 20).strip()


@pytest.mark.parametrize("name", ["story.docx", "story.epub", "story.pdf", "story", "story.json"])
def test_the_content_decides_and_not_the_name(tmp_path, name):
    path = tmp_path / name
    path.write_text(STORY)
    assert len(read_manuscript(path).chapters) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "story.txt is empty"),
        (b" \n\t\n", "story.txt is empty"),
        (
            b"Chapter 1\n\nIt was\x00 dark.",
            r"line 3: character 18 is U\+0000: this is no text file. Save the manuscript as",
        ),
        (bytes(range(256)) * 40, "this is no text file. Save the manuscript as"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "story.txt is a picture, not a text"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an old Word document, or one with a password: save it as .docx"),
        (b"PK\x03\x04" + bytes(200), "story.txt is damaged: it begins as a ZIP file"),
        (b"%PDF-1.7\nnothing more", "story.txt is a damaged PDF"),
        (b"{\\rtf1\\ansi }", "an RTF document without any text"),
        (b"Chapter 1\n\nChapter 2\n", "no word of a story in it"),
        (b"<html><body><img src=a></body></html>", "no word of a story in it"),
    ],
)
def test_what_is_no_manuscript_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=sentence):
        read_manuscript(path)


def test_folders_pipes_and_missing_files_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for name, sentence in (("", "is a folder"), ("pipe.txt", "is a pipe"), ("none.txt", "There is no file")):
        with pytest.raises(BadInput, match=sentence):
            read_manuscript(tmp_path / name)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/document.xml": b" " * (17 << 20)}, "would grow from .* to 17,825,792 bytes"),
        ({"word/document.xml": "<w:document"}, "is a damaged Word document: word/document.xml breaks off"),
        ({"word/other.xml": "<a/>"}, "word/document.xml is missing"),
        ({"word/document.xml": DOCUMENT.format(doctype="", body="<w:p/>")}, "a Word document without any text"),
        (
            {
                "word/document.xml": DOCUMENT.format(
                    doctype='<!DOCTYPE a [<!ENTITY b "b">]>', body="<w:p><w:t>&b;</w:t></w:p>"
                )
            },
            "defines entities, as no Word document does",
        ),
        ({"content.xml": "<a/>"}, "neither a Word document"),
        ({"META-INF/container.xml": "<container/>"}, "does not say where its book is"),
        (
            {"META-INF/container.xml": "<rootfile full-path='b.opf'/>", "b.opf": "<package><spine/></package>"},
            "its pages are pictures",
        ),
    ],
)
def test_zip_files_that_are_no_honest_books_are_refused(tmp_path, parts, sentence):
    path = packed(tmp_path / "story.docx", parts)
    began_s = time.process_time()
    with pytest.raises(BadInput, match=sentence):
        read_manuscript(path)
    assert time.process_time() - began_s < 2


def test_more_parts_than_any_book_has_are_refused(tmp_path):
    listed = b"".join(
        b"PK\x01\x02" + bytes(24) + (11).to_bytes(2, "little") + bytes(16) + b"word/%06d" % n for n in range(10_001)
    )
    end = b"PK\x05\x06" + bytes(4) + (10_001).to_bytes(2, "little") * 2 + len(listed).to_bytes(4, "little")
    path = tmp_path / "story.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(26) + listed + end + (30).to_bytes(4, "little") + bytes(2))
    with pytest.raises(BadInput, match="10,001 parts, more than any book"):
        read_manuscript(path)


def test_a_word_document_that_lies_about_its_size_is_not_unpacked(tmp_path):
    path = packed(tmp_path / "story.docx", {"word/document.xml": b" " * (17 << 20)})
    content = bytearray(path.read_bytes())
    listed = content.rindex(b"PK\x01\x02")
    content[listed + 24 : listed + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(BadInput, match="is damaged"):
        read_manuscript(path)


def test_entities_of_an_epub_do_not_explode(tmp_path):
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = packed(
        tmp_path / "story.epub",
        {
            "META-INF/container.xml": "<rootfile full-path='b.opf'/>",
            "b.opf": '<item id="a" href="a.html" media-type="text/html"/><itemref idref="a"/>',
            "a.html": f"{bomb}<html><body><h1>One</h1><p>He laughed: &b;</p></body></html>",
        },
    )
    assert read_manuscript(path).chapters[0].content == "He laughed: &b;"


@pytest.mark.parametrize("mark", ["<a ", "<!--", "</", "<?", "<![", '<a b="', '<a b="<i c=">" '])
def test_what_is_never_closed_in_a_page_is_read_in_time_linear_in_its_length(tmp_path, mark):
    path = tmp_path / "story.html"
    path.write_text("<html><h1>One</h1><p>She wept.</p><p>" + mark * (60_000 // len(mark)))
    began_s = time.process_time()
    assert read_manuscript(path).chapters[0].content.startswith("She wept.")
    assert time.process_time() - began_s < 1


def test_marks_that_are_none_are_text_of_a_page(tmp_path):
    path = tmp_path / "story.html"
    path.write_text(
        '<!DOCTYPE html [<!ENTITY a "ha">]><html><h1>One</h1><p>She wept <![ in the house.</p>'
        f"<!-- no --><p>3 < 4 <3 &amp; <img alt='a < b'>it <i title='<b>'>was</i> &#{'9' * 5000};.<![CDATA[ <Ah>]]></p>"
        "<script>if (a < b) c('</p>')</script><p>End <!-- of it"
    )
    chapter = read_manuscript(path).chapters[0].content
    assert chapter == "She wept <![ in the house.\n\n3 < 4 <3 & it was \ufffd. <Ah>\n\nEnd <!-- of it"


@pytest.mark.parametrize("word", [r"\u-99999999999999999999 ?", r"\u9999999999 ?", r"\uc ?"])
def test_numbers_in_an_rtf_document_that_are_no_letters_are_refused(tmp_path, word):
    path = tmp_path / "story.rtf"
    path.write_text(rf"{{\rtf1\ansi She wept. {word} }}")
    with pytest.raises(BadInput, match="a damaged RTF document"):
        read_manuscript(path)


@pytest.mark.parametrize(
    "source", [r"{\fonttbl" + r"\f0\fcharset0" * 8000 + "}", r'{\field{\*\fldinst{HYPERLINK "' * 3000 + "}}}" * 3000]
)
def test_an_rtf_document_of_one_long_line_is_read_in_no_time(tmp_path, source):
    path = tmp_path / "story.rtf"
    path.write_text(rf"{{\rtf1\ansi Chapter 1\par {source} She wept.}}")
    began_s = time.process_time()
    assert read_manuscript(path).chapters[0].content == "She wept."
    assert time.process_time() - began_s < 1


def test_rtf_letters_in_two_halves_are_whole_and_half_ones_are_none(tmp_path):
    path = tmp_path / "story.rtf"
    path.write_text(
        r"{\rtf1\ansi{\fonttbl{\f0\fswiss\fcharset204 Arial;}}Chapter 1\par "
        r"A \u-10179?\u-8704? b\u0?c\u1?d \f0 \'cf\'ee "
        r'{\field{\*\fldinst{HYPERLINK "http://a"}}{\fldrslt{said}}} \u-10179?.}'
    )
    assert read_manuscript(path).chapters[0].content == "A \U0001f600 bcd По said \ufffd."


def epub(path, pages, spine):
    items = "".join(f'<item id="{name}" href="{name}" media-type="text/html"/>' for name in pages)
    refs = "".join(f'<itemref idref="{name}"/>' for name in spine)
    container = {"META-INF/container.xml": "<rootfile full-path='b.opf'/>", "b.opf": items + refs}
    return packed(path, {**container, **pages})


def test_a_page_that_an_epub_lists_again_and_again_is_read_once(tmp_path):
    page = "<h1>One</h1><p>She wept.</p>"
    found = read_manuscript(epub(tmp_path / "story.epub", {"a.html": page}, ["a.html"] * 2000))
    assert [chapter.content for chapter in found.chapters] == ["She wept."]


def test_parts_that_grow_beyond_measure_together_are_refused(tmp_path):
    pages = {f"{number}.html": b" " * (6 << 20) for number in range(3)}
    with pytest.raises(BadInput, match=r"would grow from .* to 18,87"):
        read_manuscript(epub(tmp_path / "story.epub", pages, pages))


def test_more_text_than_any_book_is_refused_in_every_format(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.media.manuscripts.book_text.MOST_CHARACTERS", 1000)
    page = "<h1>One</h1><p>She wept, and nobody in the house came.</p>"
    pages = {f"{number}.html": page for number in range(40)}
    with pytest.raises(BadInput, match="holds more than 20 million characters: too long for one book"):
        read_manuscript(epub(tmp_path / "story.epub", pages, pages))


def test_every_one_of_thousands_of_chapters_is_taken(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text("\n\n".join(f"Chapter {number}\n\nShe wept." for number in range(1, 2001)))
    found = read_manuscript(path)
    assert (len(found.chapters), found.chapters[-1].title) == (2000, "Chapter 2000")


def test_more_chapters_than_a_book_can_hold_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.planning.books.manuscripts._MOST_CHAPTERS", 9)
    path = tmp_path / "story.txt"
    path.write_text("\n\n".join(f"Chapter {number}\n\nShe wept." for number in range(1, 11)))
    with pytest.raises(BadInput, match="10 chapters are more than one book can hold"):
        read_manuscript(path)


def test_no_control_character_or_half_letter_leaves_the_reader(tmp_path):
    path = tmp_path / "story.json"
    bad = r"\u0000\u0001\u009f\udfff\uffff\ud800"
    path.write_text(
        f'{{"title": "A{bad} B", "author": "C{bad}", "chapters": [{{"title": "D{bad}", "content": "E{bad}\\n\\tF"}}]}}'
    )
    found = read_manuscript(path)
    chapter = found.chapters[0]
    assert (found.title, found.author, chapter.title, chapter.content) == ("A B", "C", "D", "E\n\tF")


def test_a_page_of_more_paragraphs_than_any_book_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.media.manuscripts.markup._MOST_PARAGRAPHS", 9)
    path = tmp_path / "story.html"
    path.write_text("<html>" + "<p>A" * 10)
    with pytest.raises(BadInput, match="more than a million paragraphs"):
        read_manuscript(path)


def test_a_list_of_pages_longer_than_any_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.media.manuscripts.epub._LONGEST_LIST", 200)
    with pytest.raises(BadInput, match=r"b\.opf in it is longer than the list of any book's pages"):
        read_manuscript(epub(tmp_path / "story.epub", {"a.html": "<p>She wept."}, ["a.html"] * 20))
