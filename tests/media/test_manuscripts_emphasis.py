"""What a book emphasises is known from every format, and no mark of it is in its text."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest

from studio.errors import BadInput
from studio.model.manuscript import MANUSCRIPT, Chapter
from studio.planning.books.manuscripts import read_manuscript

LAST = "\n\nChapter 2\n\nAnd then they went home."


def shown(chapter: Chapter) -> list[tuple[str, str]]:
    return [(chapter.content[one.start : one.end], one.kind) for one in chapter.emphasis]


def first(file: Path, content: str | bytes) -> Chapter:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_manuscript(file).chapters[0]


@pytest.mark.parametrize(
    ("written", "text", "emphasis"),
    [
        ("He *really* meant __it__.", "He really meant it.", [("really", "italic"), ("it", "bold")]),
        ("“*Joss!*” she said.", "“Joss!” she said.", [("Joss!", "italic")]),
        ("A **big *red* boat**.", "A big red boat.", [("big red boat", "bold"), ("red", "italic")]),
        ("It is ***both***.", "It is both.", [("both", "bold"), ("both", "italic")]),
        ("Un*believ*able snake_case_name.", "Unbelievable snake_case_name.", [("believ", "italic")]),
        (r"He wrote 2 * 3 * 4, a *star and \*no\*.", "He wrote 2 * 3 * 4, a *star and *no*.", []),
        ("The ship *Old\nMary* sank.", "The ship Old\nMary sank.", [("Old\nMary", "italic")]),
        ("See [*The Boats*](http://x.y).", "See The Boats.", [("The Boats", "italic")]),
    ],
)
def test_marks_of_markdown_are_known(tmp_path: Path, written: str, text: str, emphasis: list[tuple[str, str]]) -> None:
    chapter = first(tmp_path / "book.md", f"Chapter 1\n\nIt rained.\n\n{written}{LAST}")
    assert chapter.content == f"It rained.\n\n{text}"
    assert shown(chapter) == emphasis


def test_a_heading_inside_a_chapter_is_bold(tmp_path: Path) -> None:
    chapter = first(
        tmp_path / "book.md", f"# Chapter 1\n\nIt rained.\n\n## Later\n\nIt snowed.{LAST.replace('C', '# C')}"
    )
    assert (chapter.content, shown(chapter)) == ("It rained.\n\nLater\n\nIt snowed.", [("Later", "bold")])


def test_elements_classes_and_styles_of_a_page_are_known(tmp_path: Path) -> None:
    styles = "/* .c1 {font-style:normal} */ p.c1, span.c2 { color: red; FONT-STYLE: Italic } .c3{font-weight:700}"
    page = (
        f"<html><head><style>{styles}</style></head><body><h2>Storm</h2><p>He <em> did </em>say <b>no<i>!</i></b>"
        "<p class='x c1'>All but <em style='font-style:normal'>this</em>.<p>In <span class=c2>a <span>boat</span></span>."
        "<p>Not <i>closed<p>and <span class='c3'>heavy</span><sup epub:type='noteref'>1</sup>.<h2>Home</h2><p>The end.</html>"
    )
    chapter = first(tmp_path / "book.html", page)
    assert chapter.content == "He did say no!\n\nAll but this.\n\nIn a boat.\n\nNot closed\n\nand heavy."
    assert shown(chapter) == [
        ("did", "italic"), ("no!", "bold"), ("!", "italic"), ("All but", "italic"), (".", "italic"),
        ("a boat", "italic"), ("closed", "italic"), ("heavy", "bold"),
    ]  # fmt: skip


def test_an_epub_says_it_in_its_style_sheets_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as package:
        package.writestr("META-INF/container.xml", '<container><rootfile full-path="o.opf"/></container>')
        package.writestr(
            "o.opf",
            '<package><manifest><item id="s" href="a.css" media-type="text/css"/><item id="p" href="p.html" '
            'media-type="text/html"/></manifest><spine><itemref idref="p"/></spine></package>',
        )
        package.writestr("a.css", ".i2 { font-style: italic }")
        package.writestr(
            "p.html", "<h1>Storm</h1><p>A <span class='i2'>red</span> boat.</p><h1>Home</h1><p>The end.</p>"
        )
    assert shown(read_manuscript(tmp_path / "book.epub").chapters[0]) == [("red", "italic")]


def test_runs_and_styles_of_word_are_known(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Storm", 1)
    line = document.add_paragraph("He ")
    line.add_run("really").italic = True
    line.add_run(" meant ")
    line.add_run("it", style="Strong")
    quote = document.add_paragraph("All ", style="Quote")
    quote.add_run("but").italic = False
    quote.add_run(" this")
    document.add_heading("Home", 1)
    document.add_paragraph("The end.")
    document.save(str(tmp_path / "book.docx"))
    chapter = read_manuscript(tmp_path / "book.docx").chapters[0]
    assert chapter.content == "He really meant it\n\nAll but this"
    assert shown(chapter) == [("really", "italic"), ("it", "bold"), ("All", "italic"), ("this", "italic")]


def test_groups_and_switches_of_rtf_are_known(tmp_path: Path) -> None:
    content = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\stylesheet{\i Normal;}}\pard Chapter 1\par "
        rb"She {\i don\rquote t{\*\bkmkstart x} \'e9v\u8217?en} know,\b  not\plain  {\uc0\i \u1078 \u1078 a}.\par Chapter 2\par "
        rb"The end.\par}"
    )
    chapter = first(tmp_path / "book.rtf", content)
    assert chapter.content == "She don’t év’en know, not жжa."
    assert shown(chapter) == [("don’t év’en", "italic"), ("not", "bold"), ("жжa", "italic")]


def test_a_saved_manuscript_has_it_beside_its_text_or_marked_inside(tmp_path: Path) -> None:
    said = [{"start": 4, "end": 8, "kind": "italic"}]
    chapters = [{"content": "The *red* boat.", "emphasis": said}, {"content": "The **red** boat.\n\n*Mary* sank."}]
    (tmp_path / "book.json").write_text(json.dumps({"chapters": chapters}))
    one, other = read_manuscript(tmp_path / "book.json").chapters
    assert (one.content, shown(one)) == ("The *red* boat.", [("*red", "italic")])
    assert (other.content, shown(other)) == ("The red boat.\n\nMary sank.", [("red", "bold"), ("Mary", "italic")])
    (tmp_path / "book.json").write_text(json.dumps({"chapters": [{"content": "A", "emphasis": [{"start": "x"}]}]}))
    with pytest.raises(BadInput, match=r"chapters\[0\].emphasis: expected a list"):
        read_manuscript(tmp_path / "book.json")


def test_a_manuscript_from_before_there_was_emphasis_opens() -> None:
    old = MANUSCRIPT.validate_json('{"chapters": [{"id": 1, "number": 1, "content": "It rained."}]}')
    assert old.chapters[0].emphasis == ()
