"""A chapter as XHTML, and the style sheet that EPUB and HTML share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from studio.media.books.prose import Block, Run, blocks_of, laid_out
from studio.model.book import BookChapter, BookPicture

CSS = """
body { font-family: "EB Garamond", Garamond, "Iowan Old Style", Palatino, Georgia, serif; line-height: 1.45;
  hyphens: none; -webkit-hyphens: none; }
h1 { font-weight: normal; font-size: 1.9em; line-height: 1.2; text-align: center; margin: 2em 0 1.6em; }
h1 .label { display: block; font-size: 0.5em; letter-spacing: 0.14em; text-transform: uppercase; color: #803626;
  margin-bottom: 0.9em; }
h2 { font-size: 1.1em; margin: 1.6em 0 0.5em; }
p { margin: 0; text-indent: 1.5em; text-align: justify; }
h1 + p, h2 + p, hr + p, blockquote + p, p.first { text-indent: 0; }
p.first::first-letter { font-size: 3.1em; float: left; line-height: 0.85; padding: 0.04em 0.07em 0 0; }
hr { border: 0; margin: 1.4em 0; text-align: center; height: 1.2em; }
hr::after { content: "*\\00a0\\00a0\\00a0*\\00a0\\00a0\\00a0*"; color: #803626; }
blockquote { margin: 1em 1.5em; }
blockquote p { text-indent: 0; }
figure { margin: 1.4em 0; text-align: center; page-break-inside: avoid; break-inside: avoid; }
img { max-width: 100%; max-height: 95vh; height: auto; }
img.strip { width: 100%; }
.front { margin: 18% 0; }
.front p { text-indent: 0; margin: 0 0 1.2em; }
.front p.middle { text-align: center; font-style: italic; }
.title-page { text-align: center; margin: 12% 0; }
.title-page h1 { font-size: 2.6em; margin: 0.8em 0 0.4em; }
.title-page p { text-indent: 0; text-align: center; font-style: italic; color: #706a64; }
"""

_LEAST_FOR_INITIAL = 150
_UNSEEN = {code: None for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}
"""What XML cannot hold."""


def words(text: str) -> str:
    """``text`` as XML can hold it, in an attribute too."""
    return escape(text.translate(_UNSEEN))


def heading_html(chapter: BookChapter) -> str:
    """The chapter's heading, its label over its title."""
    if not (chapter.label and chapter.title):
        return f"<h1>{words(chapter.heading)}</h1>" if chapter.heading else ""
    return f'<h1><span class="label">{words(chapter.label)}</span> {words(chapter.title)}</h1>'


def front_html(front: str) -> str:
    """What stands behind the title page; empty if nothing does."""
    paragraphs = [
        f"<p>{_inline(block.runs)}</p>" if not block.is_short else f'<p class="middle">{_inline(block.runs)}</p>'
        for block in blocks_of(front)
        if block.runs
    ]
    inside = "\n".join(paragraphs)
    return f'<div class="front">\n{inside}\n</div>' if paragraphs else ""


def chapter_html(chapter: BookChapter, image: Callable[[BookPicture], str]) -> str:
    """The text under the heading; ``image`` gives the address of a picture."""
    return "\n".join(_pieces(chapter, image))


def _pieces(chapter: BookChapter, image: Callable[[BookPicture], str]) -> Iterator[str]:
    is_first = True
    for piece in laid_out(chapter):
        if isinstance(piece, BookPicture):
            yield f'<figure><img src="{image(piece)}" alt="{words(piece.alt)}"/></figure>'
        elif piece.kind == "paragraph":
            has_initial = is_first and piece.text[:1].isalpha() and len(piece.text) > _LEAST_FOR_INITIAL
            opening = '<p class="first">' if has_initial else "<p>"
            yield f"{opening}{_inline(piece.runs)}</p>"
            is_first = False
        else:
            yield _between(piece)


def _between(block: Block) -> str:
    if block.kind == "break":
        return "<hr/>"
    if block.kind == "heading":
        return f"<h2>{_inline(block.runs)}</h2>"
    return f"<blockquote><p>{_inline(block.runs)}</p></blockquote>"


def _inline(runs: tuple[Run, ...]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = words(run.text).replace("\n", "<br/>")
    if run.is_italic:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if run.is_bold else text
