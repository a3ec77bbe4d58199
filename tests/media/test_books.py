"""Books in all formats: what a reader finds in them."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import docx
import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image
from pypdf import PdfReader

from studio.errors import UnusableOutput
from studio.media.books.checks import docx_of, epub_of, pdf_of, web_page_of
from studio.media.books.contact_sheet import write_contact_sheet
from studio.media.books.epub import write_epub
from studio.media.books.faces import Coverage, coverage
from studio.media.books.pdf import write_pdf
from studio.media.books.web_page import write_html
from studio.media.books.word_file import write_docx
from studio.media.plates import edge_px, plate
from studio.media.verify import Check
from studio.model.book import Book, BookChapter, BookPicture
from studio.model.manuscript import Emphasis

WRITERS: dict[str, tuple[Callable[[Path, Book], None], Check]] = {
    "book.pdf": (write_pdf, pdf_of()),
    "book.epub": (write_epub, epub_of()),
    "book.html": (write_html, web_page_of()),
    "book.docx": (write_docx, docx_of()),
    "contact_sheet.pdf": (write_contact_sheet, pdf_of()),
}
STORY = "The lamp went out, and nobody spoke.\n\n" + "Far below the wall the sea went on and on & on. " * 30
LAST = "“Καλημέρα,” said Łukasz to Жанна, quite softly.\n\n***\n\nThen they went home."

FRONT = "For Mia & Tom\n\n" + "The sea is not a thing that waits for anybody, said the old woman in the story. " * 4


def emphasised(text: str, words: str, kind: str) -> tuple[Emphasis, ...]:
    start = text.index(words)
    return (Emphasis.model_validate({"start": start, "end": start + len(words), "kind": kind}),)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("pictures")
    files = []
    for number, colour in enumerate(("red", "green", "navy")):
        files.append(folder / f"{number}.png")
        Image.new("RGB", (80, 60), colour).save(files[-1])
    first = (BookPicture(0, files[0], "A lamp that “went out” & <smokes>"),)
    last = (BookPicture(3, files[1], "Łukasz"), BookPicture(LAST.index("home"), files[2], "The way home"))
    chapters = (
        BookChapter(
            "The Lamp",
            STORY,
            label="Chapter 1",
            header=files[2],
            pictures=first,
            emphasis=emphasised(STORY, "nobody", "italic"),
        ),
        BookChapter("", "It rained.", label="Chapter 2"),
        BookChapter("Home & Hearth", LAST, pictures=last, emphasis=emphasised(LAST, "quite", "bold")),
    )
    return Book("The Lamp <of> Łódź", "Ana & Co", "en", "0b1f7b4e-5c7e-4e57-9a53-0d9a1c1c0001", chapters, FRONT)


@pytest.fixture(scope="module")
def bound(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the book in every format."""
    folder = tmp_path_factory.mktemp("bound")
    for name, (write, _) in WRITERS.items():
        write(folder / name, book)
    return folder


def plain(text: str) -> str:
    """Words only, as they are read."""
    return " ".join(re.sub(r"[*]", "", text).split())


@pytest.mark.parametrize("name", WRITERS)
def test_an_equal_book_has_equal_bytes(book: Book, bound: Path, tmp_path: Path, name: str) -> None:
    WRITERS[name][0](tmp_path / name, book)
    assert (tmp_path / name).read_bytes() == (bound / name).read_bytes()


@pytest.mark.parametrize("name", WRITERS)
def test_a_torn_book_is_noticed_and_a_whole_one_passes(bound: Path, tmp_path: Path, name: str) -> None:
    check = WRITERS[name][1]
    check(bound / name)
    whole = (bound / name).read_bytes()
    for kept in (0, 1, len(whole) // 2, len(whole) - 40):
        (tmp_path / name).write_bytes(whole[:kept])
        with pytest.raises(UnusableOutput, match=name.split(".")[0]):
            check(tmp_path / name)


def test_the_contents_say_on_which_page_each_chapter_is(bound: Path) -> None:
    pages = PdfReader(bound / "book.pdf").pages
    contents = pages[2].extract_text()
    for name in ("The Lamp", "Chapter 2", "Home & Hearth"):
        number = int(re.search(rf"{name}[ .\n]*?(\d+)\n?", contents)[1])
        assert name in pages[number - 1].extract_text()
        assert pages[number - 1].extract_text().split().count(str(number)) >= 1
    outline = PdfReader(bound / "book.pdf").outline
    assert [entry.title for entry in outline] == ["Chapter 1: The Lamp", "Chapter 2", "Home & Hearth"]


def test_all_words_are_in_the_pdf_in_their_order_greek_and_cyrillic_too(bound: Path) -> None:
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(bound / "book.pdf").pages).split())
    for words in ("It rained.", "“Καλημέρα,” said Łukasz to Жанна, quite softly.", "Then they went home."):
        assert words in text
    assert text.count("the sea went on and on & on.") == 30


def test_the_pdf_says_what_it_is_and_holds_each_picture_once_with_its_words(bound: Path) -> None:
    reader = PdfReader(bound / "book.pdf")
    assert (reader.metadata.title, reader.metadata.author) == ("The Lamp <of> Łódź", "Ana & Co")
    assert reader.root_object["/Lang"] == "en"
    assert [len(page.images) for page in reader.pages] == [1, 0, 0, 2, 0, 0, 1, 1]
    fonts = {font["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    alts = {
        str(thing["/Alt"])
        for number in range(1, len(reader.xref[0]) + 1)
        if isinstance(thing := reader.get_object(number), dict) and "/Alt" in thing
    }
    assert {"Łukasz", "The way home"} <= alts
    assert any("Italic" in str(font) for font in fonts)


def test_emphasis_is_in_its_own_face_in_all_that_is_bound(bound: Path) -> None:
    faces: dict[str, str] = {}

    def piece(text: str, cm: object, tm: object, font: dict[str, str], size: float) -> None:
        faces[text.strip()] = str((font or {}).get("/BaseFont"))

    for page in PdfReader(bound / "book.pdf").pages:
        page.extract_text(visitor_text=piece)
    assert ("Italic" in faces["nobody"], "Bold" in faces["quite"]) == (True, True)
    with zipfile.ZipFile(bound / "book.epub") as package:
        pages = package.read("EPUB/c001.xhtml").decode() + package.read("EPUB/c003.xhtml").decode()
    for shown in (pages, (bound / "book.html").read_text(encoding="utf-8")):
        assert re.findall(r"<(em|strong)>(.*?)</", shown) == [("em", "nobody"), ("strong", "quite")]
    runs = [run for line in docx.Document(str(bound / "book.docx")).paragraphs for run in line.runs]
    assert [run.text for run in runs if run.italic or run.bold][1:] == ["nobody", "quite"]


def test_a_dedication_stands_between_the_title_and_the_contents(bound: Path) -> None:
    assert [("For Mia & Tom" in page.extract_text()) for page in PdfReader(bound / "book.pdf").pages][:3] == [
        False, True, False,
    ]  # fmt: skip
    with zipfile.ZipFile(bound / "book.epub") as package:
        spine = re.findall(r'idref="(\w+)"', package.read("EPUB/book.opf").decode())
        front = ElementTree.fromstring(package.read("EPUB/front.xhtml"))
    assert spine[:4] == ["title", "front", "nav", "c001"]
    assert [line.get("class") for line in front.iter("{http://www.w3.org/1999/xhtml}p")] == ["middle", None]
    page = (bound / "book.html").read_text(encoding="utf-8")
    assert page.index("Ana &amp; Co</p>") < page.index("For Mia &amp; Tom") < page.index("<nav")
    lines = [line.text for line in docx.Document(str(bound / "book.docx")).paragraphs]
    assert lines[1:3] == ["Ana & Co", "For Mia & Tom"]


@pytest.fixture
def no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a machine's fonts, empty."""
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS"):
        monkeypatch.setenv(name, str(tmp_path / "share"))
    (tmp_path / "share" / "fonts").mkdir(parents=True)
    return tmp_path / "share" / "fonts"


@pytest.mark.usefixtures("no_fonts")
def test_letters_that_no_page_can_show_are_named_and_stop_nothing(tmp_path: Path) -> None:
    chapter = BookChapter("न", "She wrote नम and של and 漢字 and e\u0301 and ﬁn.")
    write_pdf(tmp_path / "book.pdf", Book("न", "", "en", "0", (chapter,)))
    assert "She wrote □□ and □□ and □□ and é and fin." in PdfReader(tmp_path / "book.pdf").pages[-1].extract_text()
    assert coverage(chapter.text) == Coverage(missing="漢字", joined="नमשל")


def test_letters_that_a_font_of_this_machine_has_are_set_in_it_and_lines_break_between_them(
    tmp_path: Path, no_fonts: Path
) -> None:
    _font_with("漢字、").save(no_fonts / "ipag.ttf")
    text = "She wrote 漢字. " + "漢字、" * 40
    write_pdf(tmp_path / "book.pdf", Book("漢", "", "en", "0", (BookChapter("漢", text),)))
    lines = PdfReader(tmp_path / "book.pdf").pages[-1].extract_text().split("\n")
    assert "She wrote 漢字." in "".join(lines)
    assert "".join(lines).count("漢字、") == 40
    assert len(lines) > 5
    assert not any(line.startswith("、") for line in lines)
    assert coverage(text) == Coverage(helpers=("ipag.ttf",))


def _font_with(letters: str) -> FontBuilder:
    """A font whose letters are all one square."""
    pen = TTGlyphPen(None)
    for place, corner in enumerate(((50, 0), (50, 800), (950, 800), (950, 0))):
        (pen.lineTo if place else pen.moveTo)(corner)
    pen.closePath()
    square, names = pen.glyph(), [".notdef", *(f"g{ord(letter)}" for letter in letters)]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(letter): f"g{ord(letter)}" for letter in letters})
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": "Square", "styleName": "Regular", "psName": "Square"})
    font.setupOS2()
    font.setupPost()
    return font


def test_a_book_without_pictures_or_even_words_is_bound(tmp_path: Path) -> None:
    book = Book("", "", "", "0", (BookChapter("", ""), BookChapter("T" * 300, "x" * 3000)))
    for name, (write, check) in WRITERS.items():
        write(tmp_path / name, book)
        check(tmp_path / name)


def test_an_epub_lists_all_that_it_holds_and_every_address_in_it_leads_somewhere(bound: Path) -> None:
    with zipfile.ZipFile(bound / "book.epub") as package:
        names = {name.removeprefix("EPUB/") for name in package.namelist() if name.startswith("EPUB/")}
        trees = {
            name: ElementTree.fromstring(package.read(f"EPUB/{name}"))
            for name in names
            if name.endswith((".xhtml", ".opf", ".ncx"))
        }
    listed = {item.get("href") for item in trees["book.opf"].iter("{http://www.idpf.org/2007/opf}item")}
    assert listed == names - {"book.opf"}
    addresses = {
        address.split("#")[0]
        for tree in trees.values()
        for element in tree.iter()
        for address in (element.get("href"), element.get("src"))
        if address
    }
    assert addresses <= names


def test_an_epub_shows_its_cover_its_chapters_and_what_each_picture_is(bound: Path) -> None:
    with zipfile.ZipFile(bound / "book.epub") as package:
        opf, nav = package.read("EPUB/book.opf").decode(), package.read("EPUB/nav.xhtml").decode()
        chapter = package.read("EPUB/c003.xhtml").decode()
    assert re.search(r'<item id="cover.jpg" [^>]*properties="cover-image"/>', opf)
    assert re.findall(r'">([^<]*)</a>', nav) == ["Chapter 1: The Lamp", "Chapter 2", "Home &amp; Hearth"]
    order = re.findall(r'alt="([^"]*)"|<hr/>|(softly|went home)', chapter)
    assert [alt or word or "***" for alt, word in order] == ["softly", "Łukasz", "***", "went home", "The way home"]


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    book = Book("A\x00B", "", "en", "0", (BookChapter("\x0bX", "One\x00 two\ud800.\x1f"),))
    for name, write in (("book.epub", write_epub), ("book.docx", write_docx), ("book.html", write_html)):
        write(tmp_path / name, book)
    with zipfile.ZipFile(tmp_path / "book.epub") as package:
        page = ElementTree.fromstring(package.read("EPUB/c001.xhtml"))
    assert "One two." in "".join(page.itertext())


def test_a_web_page_needs_no_other_file(bound: Path) -> None:
    found: list[str] = []

    class Addresses(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for key, value in attrs if key in ("src", "href"))

    Addresses().feed((bound / "book.html").read_text(encoding="utf-8"))
    kinds = [re.match(r"#c\d|data:image/jpeg;base64,", one)[0] for one in found]
    assert kinds == ["#c1", "#c2", "#c3", *["data:image/jpeg;base64,"] * 4]


def test_a_word_file_has_headings_and_described_pictures(bound: Path) -> None:
    document = docx.Document(str(bound / "book.docx"))
    headings = [line.text.strip() for line in document.paragraphs if line.style.name == "Heading 1"]
    assert headings == ["Chapter 1\nThe Lamp", "Chapter 2", "Home & Hearth"]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes][2:] == ["Łukasz", "The way home"]
    assert plain(LAST).replace(" Then", "").split(".")[0] in " ".join(line.text for line in document.paragraphs)


def test_the_contact_sheet_shows_every_picture_with_its_chapter_and_what_it_shows(bound: Path) -> None:
    [page] = PdfReader(bound / "contact_sheet.pdf").pages
    words = " ".join(page.extract_text().split())
    assert len(page.images) == 3
    for expected in ("1.1", "The Lamp", "3.2", "Home & Hearth", "The way home", "3 pictures", "Page 1 of 1"):
        assert expected in words


def test_pictures_are_no_larger_than_a_book_of_so_many_can_bear(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    Image.fromarray(noise).resize((1600, 1200), Image.Resampling.BICUBIC).save(tmp_path / "noise.bmp")
    assert [edge_px(count) for count in (0, 60, 80, 320, 100_000)] == [1200, 1200, 1200, 600, 480]
    sizes = {count: plate(tmp_path / "noise.bmp", edge_px(count)) for count in (60, 320)}
    assert (sizes[60].width_px, sizes[60].height_px) == (1200, 900)
    assert all(len(one.content) * count < 60e6 for count, one in sizes.items())


def test_what_is_see_through_lies_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    (tmp_path / "clear.jpg").write_bytes(plate(tmp_path / "clear.png", 100).content)
    assert Image.open(tmp_path / "clear.jpg").getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.soak
def test_epubcheck_finds_nothing(bound: Path) -> None:
    jar = Path("/usr/share/java/epubcheck.jar")
    if not jar.is_file() or not shutil.which("java"):
        pytest.skip("epubcheck is not installed: apt-get install epubcheck")
    command = ["java", "-jar", str(jar), "--failonwarnings", str(bound / "book.epub")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr + found.stdout
