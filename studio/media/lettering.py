"""Words set in type: burned captions and title cards, in the studio's own typeface.

Source Sans 3 has Latin, Greek and Cyrillic. For other scripts a font of this machine is looked for.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.media.assets import asset_path
from studio.media.system_fonts import installed

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageFont import FreeTypeFont

_TYPEFACE = "third_party/fonts/SourceSans3.ttf"
_CAPTION_HEIGHT = 0.054
_CAPTION_WIDTH = 0.84
_CAPTION_FOOT = 0.075
_TITLE_WIDTH = 0.64
_INK = (19, 22, 29)
_PAPER = (232, 228, 219)
_RULE = (196, 137, 84)
_NO_GLYPH = "\U0010fffe"


def caption_overlay(text: str, size: tuple[int, int]) -> tuple[Picture, tuple[int, int]]:
    """``text`` as an RGBA picture, white with a dark edge, and its left top corner in a frame of ``size``.

    At most three lines inside the title-safe area; long text is set smaller. Corner and size are even, as
    halved colour planes need. Raises ``BadInput`` if no font here has the letters.
    """
    from PIL import Image, ImageDraw

    width, height = size
    words = " ".join(text.split())
    em_px = max(10, round(height * _CAPTION_HEIGHT))
    while True:
        font = _font_for(words, em_px, weight=600)
        lines = _wrapped(words, font, width * _CAPTION_WIDTH)
        if len(lines) <= 3 or em_px <= 10:
            break
        em_px = max(10, round(em_px * 0.88))
    edge_px, step_px = max(1, round(em_px / 11)), round(em_px * 1.22)
    box_w = _even(min(width, max(font.getlength(line) for line in lines) + 4 * edge_px + 2))
    box_h = _even(min(height, step_px * len(lines) + round(em_px * 0.35)))
    picture = Image.new("RGBA", (box_w, box_h), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        at = (box_w / 2, step_px * number + em_px)
        draw.text(at, line, font=font, anchor="ms", fill="white", stroke_width=edge_px, stroke_fill=(12, 12, 14))
    top = min(height - box_h, round(height * (1 - _CAPTION_FOOT)) - box_h)
    return picture, (max(0, (width - box_w) // 2 // 2 * 2), max(0, top // 2 * 2))


def card(text: str, size: tuple[int, int]) -> Picture:
    """A quiet RGB title card of ``size`` with ``text`` on it; letters that no font has are left out."""
    from PIL import Image, ImageDraw

    width, height = size
    picture = Image.linear_gradient("L").resize(size).point(lambda level: level // 14)
    base = Image.merge("RGB", [picture.point(lambda level, base=tone: base + level) for tone in _INK])
    words = _settable(" ".join(text.split()))
    if not words:
        return base
    em_px = max(10, round(height * 0.075))
    while True:
        font = _font_for(words, em_px, weight=300)
        lines = _wrapped(words, font, width * _TITLE_WIDTH)
        if em_px * 1.35 * len(lines) <= height * 0.6 or em_px <= 10:
            break
        em_px = max(10, round(em_px * 0.9))
    draw = ImageDraw.Draw(base)
    step_px = em_px * 1.35
    first = height * 0.5 - step_px * len(lines) / 2 + em_px
    rule_y, rule_w = round(first - em_px * 1.45), round(width * 0.035)
    rule_px = max(1, height // 360)
    draw.rectangle(((width - rule_w) // 2, rule_y, (width + rule_w) // 2, rule_y + rule_px - 1), fill=_RULE)
    for number, line in enumerate(lines):
        draw.text((width / 2, first + step_px * number), line, font=font, anchor="ms", fill=_PAPER)
    return base


def _font_for(text: str, em_px: int, *, weight: int) -> FreeTypeFont:
    from PIL import ImageFont

    own = ImageFont.truetype(asset_path(_TYPEFACE), em_px)
    own.set_variation_by_axes([weight])
    if _lacks(own, text) == "":
        return own
    for file in installed():
        font = ImageFont.truetype(file, em_px)
        if _lacks(font, text) == "":
            return font
    raise BadInput(
        f"No font on this machine has the letters “{_lacks(own, text)[:12]}”. Install one (for example Noto "
        "Sans for this script) or choose subtitles that a player can switch off."
    )


def _lacks(font: FreeTypeFont, text: str) -> str:
    """The letters of ``text`` that ``font`` would draw as its empty box."""
    empty = bytes(font.getmask(_NO_GLYPH)), font.getlength(_NO_GLYPH)
    return "".join(
        letter
        for letter in dict.fromkeys(text)
        if not letter.isspace()
        and not unicodedata.category(letter).startswith("C")
        and (bytes(font.getmask(letter)), font.getlength(letter)) == empty
    )


def _settable(text: str) -> str:
    try:
        _font_for(text, 12, weight=300)
    except BadInput:
        from PIL import ImageFont

        missing = _lacks(ImageFont.truetype(asset_path(_TYPEFACE), 12), text)
        return " ".join("".join(letter for letter in text if letter not in missing).split())
    return text


def _wrapped(text: str, font: FreeTypeFont, width_px: float) -> list[str]:
    """``text`` in as few lines as fit ``width_px``, and those about equally long."""
    fewest = len(_filled(text, font, width_px))
    low, high = width_px / max(1, fewest) * 0.8, width_px
    while high - low > 4:
        middle = (low + high) / 2
        if len(_filled(text, font, middle)) <= fewest:
            high = middle
        else:
            low = middle
    return _filled(text, font, high)


def _filled(text: str, font: FreeTypeFont, width_px: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and font.getlength((line + piece).strip()) > width_px:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()]


def _pieces(text: str) -> list[str]:
    """What may not be broken: words with the space before them, and single wide characters."""
    pieces: list[str] = []
    for letter in text:
        is_wide = unicodedata.east_asian_width(letter) in "WF"
        starts = not pieces or letter == " " or (is_wide and letter not in "、。，！？：；」』）…ー")
        if starts or (pieces and unicodedata.east_asian_width(pieces[-1][-1]) in "WF" and not is_wide):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _even(length: float) -> int:
    return int(length) // 2 * 2 + (2 if length % 2 else 0)
