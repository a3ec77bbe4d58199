"""A book as one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
from pathlib import Path

from studio.media.books.markup import CSS, chapter_html, front_html, heading_html, words
from studio.media.books.words import contents_word
from studio.media.plates import edge_px, plate
from studio.model.book import Book, BookPicture

_SCREEN_CSS = """
html { background: #f4f1ec; color: #16161a; }
body { max-width: 36em; margin: 0 auto; padding: 1em 1.5em 6em; font-size: 1.15rem; background: #fffefb; }
nav ol { list-style: none; padding: 0; }
nav li { margin: 0.4em 0; }
nav a { color: inherit; }
section { margin-top: 5em; }
@media print { html, body { background: none; } section { break-before: page; margin-top: 0; } }
@media (prefers-color-scheme: dark) {
  html { background: #111114; color: #dedad2; }
  body { background: #17171b; }
  h1 .label, hr::after { color: #d99a80; }
  .title-page p { color: #a49e96; }
}
"""


def write_html(out: Path, book: Book) -> None:
    """Write ``out``: title, contents with links, all chapters, pictures inside. Raises OSError if a picture is none."""
    most_px = edge_px(book.picture_count)

    def source(file: Path) -> str:
        return "data:image/jpeg;base64," + base64.b64encode(plate(file, most_px).content).decode("ascii")

    def image(picture: BookPicture) -> str:
        return source(picture.file)

    with out.open("w", encoding="utf-8", newline="\n") as page:
        page.write(_head(book))
        for number, chapter in enumerate(book.chapters, start=1):
            strip = f'<img class="strip" src="{source(chapter.header)}" alt=""/>\n' if chapter.header else ""
            page.write(f'<section id="c{number}">\n{strip}{heading_html(chapter)}\n')
            page.write(f"{chapter_html(chapter, image)}\n</section>\n")
        page.write("</body>\n</html>\n")


def _head(book: Book) -> str:
    entries = "\n".join(
        f'<li><a href="#c{number}">{words(chapter.heading or str(number))}</a></li>'
        for number, chapter in enumerate(book.chapters, start=1)
    )
    title, author = words(book.title), words(book.author)
    return f"""<!DOCTYPE html>
<html lang="{words(book.language or "en")}">
<head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="author" content="{author}"/><title>{title}</title>
<style>{CSS}{_SCREEN_CSS}</style></head>
<body>
<div class="title-page"><h1>{title}</h1><p>{author}</p></div>
{front_html(book.front)}
<nav aria-label="{words(contents_word(book.language))}"><ol>
{entries}
</ol></nav>
"""
