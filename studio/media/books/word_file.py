"""A book as DOCX, for those who go on in a word processor: headings, emphasis, pictures with their alternative texts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media.books.prose import Block, Run, blocks_of, laid_out
from studio.media.books.zips import PlainZip
from studio.media.plates import edge_px, plate
from studio.model.book import Book, BookChapter

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_TYPEFACE = "EB Garamond"
_TEXT_PT, _LEADING, _INDENT_PT = 12, 1.25, 18
_PAGE_MM, _MARGIN_MM = (148, 210), 20
_TALLEST_SHARE = 0.7
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""


def write_docx(out: Path, book: Book) -> None:
    """Write ``out``: title, author, and each chapter from a new page. Raises OSError if a picture is none."""
    import docx

    document = docx.Document()
    _prepare(document, book)
    document.add_paragraph(_clean(book.title), style="Title")
    document.add_paragraph(_clean(book.author), style="Subtitle")
    _front(document, book.front)
    most_px = edge_px(book.picture_count)
    for chapter in book.chapters:
        _chapter(document, chapter, most_px)
    draft = io.BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as parts, PlainZip(out) as package:
        for name in parts.namelist():
            package.add(name, parts.read(name))


def _prepare(document: Document, book: Book) -> None:
    """Page, styles and what the file says of itself."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = _clean(book.title)[:255], _clean(book.author)[:255], ""
    facts.comments, facts.language, facts.identifier = "", book.language, f"urn:uuid:{book.identifier}"
    facts.created = facts.modified = _FIXED
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_PAGE_MM[0]), Mm(_PAGE_MM[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    sizes = {"Normal": _TEXT_PT, "Title": 28, "Subtitle": 14, "Heading 1": 22, "Heading 2": 13, "Quote": _TEXT_PT}
    for name, size_pt in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _TYPEFACE, Pt(size_pt), RGBColor(22, 22, 26)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(0), _LEADING
    for name in ("Title", "Subtitle", "Heading 1"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    opening = document.styles["Heading 1"].paragraph_format
    opening.page_break_before, opening.space_before, opening.space_after = True, Pt(48), Pt(30)
    document.styles["Title"].paragraph_format.space_before = Pt(140)


def _front(document: Document, front: str) -> None:
    """A page between title and first chapter."""
    from docx.shared import Pt

    for place, block in enumerate(block for block in blocks_of(front) if block.runs):
        paragraph = _centred(document) if block.is_short else document.add_paragraph()
        if place == 0:
            paragraph.paragraph_format.page_break_before, paragraph.paragraph_format.space_before = True, Pt(120)
        _add_runs(paragraph, [replace(run, is_italic=block.is_short) for run in block.runs])


def _chapter(document: Document, chapter: BookChapter, most_px: int) -> None:
    heading = document.add_paragraph(style="Heading 1")
    if chapter.header:
        _picture(document, heading, chapter.header, "", most_px)
        heading.add_run().add_break()
    heading.add_run(_clean(chapter.label and chapter.title and f"{chapter.label}\n"))
    heading.add_run(_clean(chapter.title or chapter.label))
    is_flush = True
    for piece in laid_out(chapter):
        if isinstance(piece, Block):
            is_flush = _block(document, piece, is_flush)
        else:
            _picture(document, _centred(document), piece.file, piece.alt, most_px)


def _block(document: Document, block: Block, is_flush: bool) -> bool:
    """One block more; true if the paragraph after it has no indent."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if block.kind == "break":
        _centred(document).add_run("*   *   *")
    elif block.kind == "heading":
        _add_runs(document.add_paragraph(style="Heading 2"), block.runs)
    elif block.kind == "quotation":
        _add_runs(document.add_paragraph(style="Quote"), block.runs)
    else:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(0 if is_flush else _INDENT_PT)
        _add_runs(paragraph, block.runs)
        return False
    return True


def _centred(document: Document) -> Paragraph:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)
    return paragraph


def _add_runs(paragraph: Paragraph, runs: Sequence[Run]) -> None:
    for run in runs:
        words = paragraph.add_run(_clean(run.text))
        words.italic, words.bold = run.is_italic or None, run.is_bold or None


def _picture(document: Document, paragraph: Paragraph, file: Path, alt: str, most_px: int) -> None:
    """The picture as wide as the text, or as high as a page allows."""
    from docx.shared import Mm

    shown = plate(file, most_px)
    text_mm, tallest_mm = _PAGE_MM[0] - 2 * _MARGIN_MM, _TALLEST_SHARE * (_PAGE_MM[1] - 2 * _MARGIN_MM)
    picture = paragraph.add_run().add_picture(
        io.BytesIO(shown.content), width=Mm(min(text_mm, tallest_mm / shown.shape))
    )
    facts = picture._inline.docPr
    facts.set("descr", _clean(alt))


def _clean(text: str) -> str:
    return _UNSEEN.sub("", text)
