"""PDFs: pages become paragraphs again, without what is printed on every one of them."""

from __future__ import annotations

import random
import time

import pypdf
import pytest
from fpdf import FPDF
from PIL import Image

from studio.errors import BadInput
from studio.planning.books.manuscripts import read_manuscript

WORDS = (
    "rain house window kettle boats mole light noon winter ledger bell stair harbour lamp bread brother song".split()
)


def prose(seed):
    chance = random.Random(seed)
    return " ".join(
        f"The {' '.join(chance.choices(WORDS, k=chance.randint(4, 16)))}." for _ in range(chance.randint(2, 7))
    )


PARAGRAPHS = [prose(seed) for seed in range(16)]


class Printed(FPDF):
    """A small page with a running head and its number below."""

    def header(self):
        self.set_font("Times", "I", 9)
        self.cell(0, 6, "Ann Lee - The Boats", align="C")
        self.ln(10)

    def footer(self):
        self.set_y(-12)
        self.set_font("Times", "", 9)
        self.cell(0, 6, f"Page {self.page_no()} of {{nb}}", align="C")


def printed(path, *, is_indented, chapters=("Chapter 1", "Chapter 2"), has_bookmarks=False, heading_pt=16):
    pdf = Printed(format=(110, 170))
    pdf.set_title("The Boats")
    for title in chapters:
        pdf.add_page()
        if has_bookmarks:
            pdf.start_section(title)
        pdf.set_font("Times", "B", heading_pt)
        pdf.cell(0, 14, title, align="C")
        pdf.ln(16)
        pdf.set_font("Times", "", 11)
        for text in PARAGRAPHS:
            pdf.multi_cell(0, 5.2, f"{'     ' * is_indented}{text}", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(0 if is_indented else 3)
    pdf.output(str(path))
    return path


@pytest.mark.parametrize("is_indented", [True, False])
def test_paragraphs_of_a_pdf_are_whole_and_running_heads_are_gone(tmp_path, is_indented):
    found = read_manuscript(printed(tmp_path / "boats.pdf", is_indented=is_indented))
    assert [chapter.title for chapter in found.chapters] == ["Chapter 1", "Chapter 2"]
    assert [chapter.content.split() for chapter in found.chapters] == [" ".join(PARAGRAPHS).split()] * 2
    whole = [paragraph for paragraph in found.chapters[0].content.split("\n\n") if paragraph in PARAGRAPHS]
    assert len(whole) >= len(PARAGRAPHS) - 2
    assert found.title == "The Boats"


def test_bookmarks_of_a_pdf_name_its_chapters(tmp_path):
    path = printed(
        tmp_path / "boats.pdf", is_indented=True, chapters=("The Storm", "Home"), has_bookmarks=True, heading_pt=11
    )
    assert [chapter.title for chapter in read_manuscript(path).chapters] == ["The Storm", "Home"]


def test_words_cut_at_line_ends_are_whole_and_hyphens_stay(tmp_path):
    pdf = FPDF(format=(110, 170))
    pdf.add_page()
    pdf.set_font("Times", "", 11)
    lines = [
        "Chapter 1",
        "",
        "The har-",
        "bour was a well-",
        "known one, and the harbour mas-",
        "ter knew it. A well-known har-",
        "bour has a master of its own.",
    ]
    for line in lines:
        pdf.cell(0, 6, line)
        pdf.ln(6)
    pdf.output(str(tmp_path / "cut.pdf"))
    content = read_manuscript(tmp_path / "cut.pdf").chapters[0].content
    assert content.split("\n\n")[-1] == (
        "The harbour was a well-known one, and the harbour master knew it. A well-known harbour has a master of its own."
    )


def test_a_pdf_of_scanned_pages_asks_for_ocr(tmp_path):
    Image.new("RGB", (60, 90), "grey").save(tmp_path / "page.png")
    pdf = FPDF()
    for _ in range(3):
        pdf.add_page()
        pdf.image(str(tmp_path / "page.png"), 0, 0, 200)
    pdf.output(str(tmp_path / "scan.pdf"))
    with pytest.raises(BadInput, match="scan.pdf is scanned pictures without text: run OCR on it first"):
        read_manuscript(tmp_path / "scan.pdf")


def test_a_pdf_with_a_password_is_refused_and_one_that_only_forbids_printing_is_read(tmp_path):
    plain = printed(tmp_path / "plain.pdf", is_indented=True, chapters=("Chapter 1",))
    for name, password in (("locked", "secret"), ("owned", "")):
        writer = pypdf.PdfWriter(clone_from=plain)
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
        writer.write(tmp_path / f"{name}.pdf")
    assert read_manuscript(tmp_path / "owned.pdf").word_count > 500
    with pytest.raises(BadInput, match="locked with a password"):
        read_manuscript(tmp_path / "locked.pdf")


def test_a_torn_pdf_is_called_damaged(tmp_path):
    whole = printed(tmp_path / "boats.pdf", is_indented=True).read_bytes()
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(whole[:400])
    with pytest.raises(BadInput, match=r"torn\.pdf is (a damaged PDF|scanned)"):
        read_manuscript(torn)


def drawn(path, content, *, pages, form=b""):
    """A PDF whose pages all draw the same ``content``, which can draw ``form`` as ``/Again``."""
    writer = pypdf.PdfWriter()
    streams = [pypdf.generic.StreamObject(), pypdf.generic.StreamObject()]
    for stream, source in zip(streams, (content, form), strict=True):
        stream.set_data(source)
    name, whole = pypdf.generic.NameObject, pypdf.generic.DictionaryObject
    streams[1].update({name("/Type"): name("/XObject"), name("/Subtype"): name("/Form")})
    shared, again = (writer._add_object(stream.flate_encode()) for stream in streams)
    for _ in range(pages):
        page = writer.add_blank_page(300, 300)
        page[name("/Contents")] = shared
        page[name("/Resources")] = whole({name("/XObject"): whole({name("/Again"): again})})
    writer.write(path)
    return path


@pytest.mark.parametrize(
    ("content", "form"), [(b"% nothing\n" * 100_000, b""), (b"/Again Do\n" * 100, b"% nothing\n" * 10_000)]
)
def test_pages_that_draw_the_same_again_and_again_are_refused_in_no_time(tmp_path, content, form, monkeypatch):
    monkeypatch.setattr("studio.media.manuscripts.pdf._MOST_DRAWN_BYTES", 4 << 20)
    path = drawn(tmp_path / "story.pdf", content, pages=30, form=form)
    began_s = time.process_time()
    with pytest.raises(BadInput, match="draws more than any book of words"):
        read_manuscript(path)
    assert time.process_time() - began_s < 2
