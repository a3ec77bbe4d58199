"""A book as EPUB 3, for readers' devices and shops."""

from __future__ import annotations

from pathlib import Path

from studio.media.books.markup import CSS, chapter_html, front_html, heading_html, words
from studio.media.books.words import contents_word
from studio.media.books.zips import PlainZip
from studio.media.plates import edge_px, plate
from studio.model.book import Book, BookChapter, BookPicture

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{lang}" xml:lang="{lang}">
<head><meta charset="UTF-8"/><title>{title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body epub:type="{kind}">
{body}
</body>
</html>
"""
_MODIFIED = "2000-01-01T00:00:00Z"
_XHTML, _JPEG = "application/xhtml+xml", "image/jpeg"


def write_epub(out: Path, book: Book) -> None:
    """Write ``out``: cover (the first picture), title page, dedication, contents, a file a chapter.

    Raises OSError if a picture is none.
    """
    with PlainZip(out) as package:
        package.add("mimetype", "application/epub+zip", is_stored=True)
        package.add("META-INF/container.xml", _CONTAINER)
        _Packing(book, package).pack()


class _Packing:
    def __init__(self, book: Book, package: PlainZip) -> None:
        self._book, self._package = book, package
        self._edge_px = edge_px(book.picture_count)
        self._lang = words(book.language or "en")
        self._items: list[str] = []
        self._spine: list[str] = []

    def pack(self) -> None:
        self._package.add("EPUB/book.css", CSS)
        self._items.append('<item id="css" href="book.css" media-type="text/css"/>')
        cover = next((one for chapter in self._book.chapters for one in chapter.pictures), None)
        if cover:
            self._picture("cover.jpg", cover.file, 'properties="cover-image"')
        self._page("title", self._title_page(cover), self._book.title, "frontmatter titlepage")
        front = front_html(self._book.front)
        if front:
            self._page("front", front, self._book.title, "frontmatter")
        self._page("nav", self._nav(), contents_word(self._book.language), "frontmatter", 'properties="nav"')
        for number, chapter in enumerate(self._book.chapters, start=1):
            self._chapter(number, chapter)
        self._package.add("EPUB/toc.ncx", self._ncx())
        self._items.append('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>')
        self._package.add("EPUB/book.opf", self._opf(bool(cover)))

    def _chapter(self, number: int, chapter: BookChapter) -> None:
        names = {picture: f"c{number:03d}p{place:02d}.jpg" for place, picture in enumerate(chapter.pictures, start=1)}
        for picture, name in names.items():
            self._picture(name, picture.file)
        strip = ""
        if chapter.header:
            self._picture(f"c{number:03d}strip.jpg", chapter.header)
            strip = f'<div><img class="strip" src="c{number:03d}strip.jpg" alt="" role="presentation"/></div>\n'
        text = chapter_html(chapter, names.__getitem__)
        body = f'<section epub:type="chapter" id="start">\n{strip}{heading_html(chapter)}\n{text}\n</section>'
        self._page(f"c{number:03d}", body, self._heading(number, chapter), "bodymatter")

    def _picture(self, name: str, file: Path, more: str = "") -> None:
        self._package.add(f"EPUB/{name}", plate(file, self._edge_px).content, is_stored=True)
        self._items.append(f'<item id="{name}" href="{name}" media-type="{_JPEG}" {more}/>'.replace(" />", "/>"))

    def _page(self, name: str, body: str, title: str, kind: str, more: str = "") -> None:
        page = _PAGE.format(lang=self._lang, title=words(title) or "–", kind=kind, body=body)
        self._package.add(f"EPUB/{name}.xhtml", page)
        self._items.append(f'<item id="{name}" href="{name}.xhtml" media-type="{_XHTML}" {more}/>'.replace(" />", "/>"))
        self._spine.append(f'<itemref idref="{name}"/>')

    def _title_page(self, cover: BookPicture | None) -> str:
        picture = f'<div><img src="cover.jpg" alt="{words(cover.alt)}"/></div>' if cover else ""
        author = f"<p>{words(self._book.author)}</p>" if self._book.author else ""
        return f'<div class="title-page">{picture}<h1>{words(self._book.title)}</h1>{author}</div>'

    def _heading(self, number: int, chapter: BookChapter) -> str:
        return chapter.heading or str(number)

    def _nav(self) -> str:
        entries = "\n".join(
            f'<li><a href="c{number:03d}.xhtml">{words(self._heading(number, chapter))}</a></li>'
            for number, chapter in enumerate(self._book.chapters, start=1)
        )
        word = words(contents_word(self._book.language))
        return f'<nav epub:type="toc" role="doc-toc"><h1>{word}</h1>\n<ol>\n{entries}\n</ol></nav>'

    def _ncx(self) -> str:
        """The contents as readers before EPUB 3 know them."""
        points = "\n".join(
            f'<navPoint id="n{number}" playOrder="{number}"><navLabel><text>{words(self._heading(number, chapter))}'
            f'</text></navLabel><content src="c{number:03d}.xhtml"/></navPoint>'
            for number, chapter in enumerate(self._book.chapters, start=1)
        )
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{self._lang}">
<head><meta name="dtb:uid" content="urn:uuid:{words(self._book.identifier)}"/></head>
<docTitle><text>{words(self._book.title)}</text></docTitle>
<navMap>
{points}
</navMap>
</ncx>
"""

    def _opf(self, has_cover: bool) -> str:
        book = self._book
        author = f"<dc:creator>{words(book.author)}</dc:creator>" if book.author else ""
        cover = '<meta name="cover" content="cover.jpg"/>' if has_cover else ""
        items, spine = "\n".join(self._items), "\n".join(self._spine)
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{self._lang}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{words(book.identifier)}</dc:identifier>
<dc:title>{words(book.title) or "–"}</dc:title>
<dc:language>{self._lang}</dc:language>
{author}
<meta property="dcterms:modified">{_MODIFIED}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
{cover}
</metadata>
<manifest>
{items}
</manifest>
<spine toc="ncx">
{spine}
</spine>
</package>
"""
