"""Books read from the files that people write them in: each format gives the same chapters and the same words."""

from __future__ import annotations

import json
import zipfile

import pytest

from studio.errors import BadInput
from studio.planning.books.manuscripts import read_manuscript

STORM = "The rain had been falling since noon, and nobody in the house had said a word about it."
BOATS = "“There are three of them,” said Ada — “and it’s nearly dark.” She counted the boats again."
SONG = "Over the bar,\nunder the star"
HOME = "In the morning all of them came home, one behind the other, and the bell was rung."


@pytest.fixture
def word(tmp_path):
    """Writes a Word document of paragraphs, each with its style."""
    docx = pytest.importorskip("docx")

    def write(*paragraphs, **facts):
        document = docx.Document()
        for text, style in paragraphs:
            document.add_paragraph(text, style=style)
        for name, value in facts.items():
            setattr(document.core_properties, name, value)
        path = tmp_path / "boats.docx"
        document.save(str(path))
        return path

    return write


def told(manuscript):
    return [(chapter.title, chapter.content) for chapter in manuscript.chapters]


def test_word_headings_begin_chapters_and_line_breaks_are_kept(word):
    found = read_manuscript(
        word(
            ("The Boats", "Title"), ("by Ann Lee", "Subtitle"), ("The Storm", "Heading 1"), (STORM, None), (BOATS, None),
            ("Later", "Heading 2"), (SONG, None), ("Home", "Heading 1"), (HOME, "Quote"),
        )
    )  # fmt: skip
    assert told(found) == [("The Storm", f"{STORM}\n\n{BOATS}\n\nLater\n\n{SONG}"), ("Home", HOME)]
    assert (found.title, found.author) == ("The Boats", "Ann Lee")


def test_word_chapters_may_be_plain_lines_and_properties_say_title_and_author(word):
    path = word(("Chapter 1", None), (STORM, None), ("Chapter 2", None), (HOME, None), title="Boats", author="Ann Lee")
    found = read_manuscript(path)
    assert told(found) == [("Chapter 1", STORM), ("Chapter 2", HOME)]
    assert (found.title, found.author) == ("Boats", "Ann Lee")


def test_tracked_changes_of_word_are_read_as_accepted(word, tmp_path):
    path = word(("Chapter 1", "Heading 1"), ("OLD", None))
    changed = tmp_path / "changed.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(
                    b"<w:r><w:t>OLD</w:t></w:r>",
                    b'<w:r><w:t xml:space="preserve">She was </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>'
                    b"<w:ins><w:r><w:t>always</w:t></w:r></w:ins><w:r><w:tab/><w:t>late.</w:t></w:r>",
                )
            target.writestr(entry, content)
    assert told(read_manuscript(changed)) == [("Chapter 1", "She was always late.")]


def epub(path, pages, *, nav="", ncx="", extra=()):
    """Writes an EPUB: pages by name in the order of the spine, and a table of contents if there is one."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    if nav:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    if ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>The Boats &amp; the Bell</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en-GB"
        f"</dc:language></metadata><manifest>{items}</manifest><spine toc='ncx'>{spine}</spine></package>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="x"/></rootfiles></container>',
        )
        archive.writestr("OEBPS/book.opf", package)
        for name, body in pages.items():
            archive.writestr(f"OEBPS/{name}", f"<html><head><title>x</title></head><body>{body}</body></html>")
        for name, content in (("nav.xhtml", nav), ("toc.ncx", ncx), *extra):
            if content:
                archive.writestr(f"OEBPS/{name}" if name.endswith(("xhtml", "ncx")) else name, content)
    return path


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts).replace("\n", "<br/>")


def test_an_epub_is_read_in_the_order_of_its_spine_with_the_titles_of_its_contents(tmp_path):
    nav = (
        "<html><body><nav epub:type='toc'><ol><li><a href='b.xhtml'>The <i>Storm</i></a></li>"
        "<li><a href='a.xhtml#home'>Home</a></li></ol></nav></body></html>"
    )
    pages = {
        "cover.xhtml": "<img src='cover.png' alt='Cover'/>",
        "b.xhtml": f"<h1>Chapter One</h1><h2>The Storm</h2>{paragraphs(STORM)}<hr/>{paragraphs(BOATS)}",
        "a.xhtml": f"{paragraphs(SONG)}<h1 id='home'>Home</h1>{paragraphs(HOME)}<p>He&nbsp;said<a epub:type='noteref'>1</a>.</p>",
    }
    found = read_manuscript(epub(tmp_path / "boats.epub", pages, nav=nav))
    assert (found.title, found.author, found.language) == ("The Boats & the Bell", "Ann Lee", "en")
    assert told(found) == [
        ("Chapter One: The Storm", f"{STORM}\n\n* * *\n\n{BOATS}\n\n{SONG}"),
        ("Home", f"{HOME}\n\nHe\u00a0said."),
    ]


def test_parts_of_an_older_epub_are_known_from_its_ncx(tmp_path):
    def point(title, src, inside=""):
        return f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{src}"/>{inside}</navPoint>'

    chapters = point("1", "1.xhtml") + point("2", "2.xhtml")
    ncx = f"<ncx><navMap>{point('Part One', 'part.xhtml', chapters)}</navMap></ncx>"
    pages = {
        "part.xhtml": "<p>PART ONE</p>",
        "1.xhtml": f"<p>1</p>{paragraphs(STORM)}",
        "2.xhtml": f"<p>2</p>{paragraphs(HOME)}",
    }
    assert told(read_manuscript(epub(tmp_path / "boats.epub", pages, ncx=ncx))) == [
        ("Part One – 1", STORM),
        ("2", HOME),
    ]


def test_files_of_an_epub_without_contents_and_headings_are_chapters(tmp_path):
    pages = {f"{n}.xhtml": paragraphs(*[text] * 4) for n, text in enumerate((STORM, BOATS, HOME))}
    found = read_manuscript(epub(tmp_path / "boats.epub", pages))
    assert told(found) == [("", "\n\n".join([text] * 4)) for text in (STORM, BOATS, HOME)]


def test_a_protected_epub_is_refused_and_one_with_locked_fonts_is_read(tmp_path):
    def encryption(method):
        content = f'<encryption><EncryptedData><EncryptionMethod Algorithm="{method}"/></EncryptedData></encryption>'
        return (("META-INF/encryption.xml", content),)

    pages = {"1.xhtml": paragraphs(STORM)}
    fonts = epub(tmp_path / "fonts.epub", pages, extra=encryption("http://www.idpf.org/2008/embedding"))
    locked = epub(tmp_path / "locked.epub", pages, extra=encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert told(read_manuscript(fonts)) == [("", STORM)]
    with pytest.raises(BadInput, match="copy-protected"):
        read_manuscript(locked)


def test_rtf_is_read_with_its_title_and_its_own_letters(tmp_path):
    path = tmp_path / "boats.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title The Boats}{\author Zo\'eb Lee}}"
        rb"{\header Running head\par}\pard\b Chapter 1\b0\par It\rquote s a caf\'e9, she said.\par "
        rb"\u8220?Yes,\u8221? he said.\par \b Chapter 2\par\b0 The end.\par}"
    )
    found = read_manuscript(path)
    assert told(found) == [("Chapter 1", "It’s a café, she said.\n\n“Yes,” he said."), ("Chapter 2", "The end.")]
    assert (found.title, found.author) == ("The Boats", "Zoë Lee")


def test_a_web_page_is_read_by_its_headings(tmp_path):
    path = tmp_path / "boats.html"
    path.write_text(
        f"<!DOCTYPE html><html lang=en><head><title>The Boats</title><style>p {{}}</style></head><body>"
        f"<h2>Storm</h2><p>{STORM}<script>alert(1)</script><h2>Home</h2><p>{HOME}</body></html>"
    )
    assert told(read_manuscript(path)) == [("Storm", STORM), ("Home", HOME)]


def test_a_manuscript_saved_by_the_older_illustrator_keeps_ids_titles_and_summaries(tmp_path):
    path = tmp_path / "saved.json"
    chapters = [
        {"id": 7, "title": "Home", "content": HOME, "number": 2, "word_count": 999},
        {"id": 4, "title": "Storm", "content": f"{STORM}\r\n\r\n\r\n{BOATS}", "number": 1, "summary": "It rains."},
    ]
    path.write_text(
        json.dumps({"metadata": {"title": "The Boats", "author": "Ann Lee", "total_chapters": 9}, "chapters": chapters})
    )
    found = read_manuscript(path)
    assert [(one.id, one.number, one.title, one.summary) for one in found.chapters] == [
        (4, 1, "Storm", "It rains."), (7, 2, "Home", ""),
    ]  # fmt: skip
    assert found.chapters[0].content == f"{STORM}\n\n{BOATS}"
    assert (found.title, found.author, found.word_count) == (
        "The Boats",
        "Ann Lee",
        len(f"{STORM} {BOATS} {HOME}".split()),
    )


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"metadata": {}}', 'needs a list named "chapters"'),
        ('{"chapters": [{"content": "a"}, 3]}', r"chapters\[1\]: expected a chapter \(an object\), found a number"),
        ('{"chapters": [{"title": "A", "content": {}}]}', r"chapters\[0\].content: expected text, found an object"),
        ('{"chapters": [{"title": "A", "content": "b"}', "saved.json, line 1, column 45: this is not JSON"),
        ('{"chapters": [{"title": "A"}]}', "no word of a story in it"),
    ],
)
def test_a_saved_manuscript_with_a_fault_is_refused_with_its_place(tmp_path, content, place):
    path = tmp_path / "saved.json"
    path.write_text(content)
    with pytest.raises(BadInput, match=place):
        read_manuscript(path)
