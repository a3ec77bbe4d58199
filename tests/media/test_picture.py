"""Stills that carry words and layers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from studio.errors import BadInput
from studio.media.picture import Layer, read_still, read_text, thumbnail, title_card, write_still


def _layered(out: Path) -> tuple[Image.Image, list[Layer]]:
    plate = Image.linear_gradient("L").resize((64, 36)).convert("RGB")
    figure = Image.new("RGBA", (64, 36), (0, 0, 0, 0))
    figure.paste((200, 40, 30, 255), (10, 12, 30, 36))
    glow = Image.new("RGBA", (8, 8), (255, 220, 120, 90))
    layers = [
        Layer(0.0, (0, 0, 64, 36), plate),
        Layer(0.5, (10, 12, 30, 36), figure),
        Layer(0.9, (50, 2, 58, 10), glow, "add"),
    ]
    whole = Image.alpha_composite(plate.convert("RGBA"), figure).convert("RGB")
    write_still(out, whole, text={"prompt": "Ein Häuschen 日本", "seed": "7"}, layers=layers)
    return whole, layers


def test_a_still_gives_back_its_words_and_its_exact_pixels(tmp_path: Path) -> None:
    whole, _ = _layered(tmp_path / "still.png")
    assert read_text(tmp_path / "still.png") == {"prompt": "Ein Häuschen 日本", "seed": "7"}
    assert np.array_equal(np.asarray(Image.open(tmp_path / "still.png")), np.asarray(whole))


def test_layers_come_back_in_order_cut_to_their_boxes(tmp_path: Path) -> None:
    _, layers = _layered(tmp_path / "still.png")
    found = read_still(tmp_path / "still.png")[1]
    assert [(layer.depth, layer.box, layer.blend) for layer in found] == [
        (0.0, (0, 0, 64, 36), "normal"),
        (0.5, (10, 12, 30, 36), "normal"),
        (0.9, (50, 2, 58, 10), "add"),
    ]
    assert found[1].image.size == (20, 24)
    assert found[1].image.getpixel((0, 0)) == (200, 40, 30, 255)
    plate = np.asarray(found[0].image, int) - np.asarray(layers[0].image, int)
    assert np.abs(plate).max() <= 6


def test_layers_are_dropped_when_an_editor_changed_the_picture_but_copied_the_chunk(tmp_path: Path) -> None:
    _layered(tmp_path / "still.png")
    with Image.open(tmp_path / "still.png") as still:
        edited, private = still.copy(), still.private_chunks
    chunks = PngInfo()
    for name, body, *_ in private:
        chunks.add(name, body)
    edited.putpixel((0, 0), (255, 0, 0))
    edited.save(tmp_path / "edited.png", pnginfo=chunks)
    with Image.open(tmp_path / "edited.png") as copied:
        assert [name for name, *_ in copied.private_chunks] == [b"lyRS"]
    assert read_still(tmp_path / "edited.png")[1] == ()


def test_an_editor_that_keeps_the_pixels_keeps_the_layers(tmp_path: Path) -> None:
    _layered(tmp_path / "still.png")
    with Image.open(tmp_path / "still.png") as same:
        chunks = PngInfo()
        for name, body, *_ in same.private_chunks:
            chunks.add(name, body)
        same.save(tmp_path / "again.png", pnginfo=chunks, optimize=True)
    assert len(read_still(tmp_path / "again.png")[1]) == 3


def test_a_picture_without_layers_has_none(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "plain.png")
    Image.new("RGB", (8, 8)).save(tmp_path / "plain.jpg")
    assert read_still(tmp_path / "plain.png")[1] == ()
    assert read_text(tmp_path / "plain.jpg") == {}


def test_a_layer_that_reaches_beyond_the_frame_is_cut_and_one_outside_is_left_out(tmp_path: Path) -> None:
    frame = Image.new("RGB", (20, 20))
    blot = Image.new("RGBA", (20, 20), (255, 255, 255, 255))
    layers = [
        Layer(0.5, (10, 10, 30, 30), blot.resize((20, 21)).crop((0, 0, 20, 20))),
        Layer(0.6, (40, 0, 60, 20), blot),
    ]
    write_still(tmp_path / "a.png", frame, text={}, layers=layers)
    assert [layer.box for layer in read_still(tmp_path / "a.png")[1]] == [(10, 10, 20, 20)]


def test_a_file_that_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "words.png").write_text("not a picture")
    with pytest.raises(BadInput, match=r"words\.png"):
        read_still(tmp_path / "words.png")


def test_a_title_card_shows_light_letters_on_a_dark_ground(tmp_path: Path) -> None:
    title_card(tmp_path / "card.png", "The Lamp 日", (320, 180))
    title_card(tmp_path / "empty.png", "", (320, 180))
    card = np.asarray(Image.open(tmp_path / "card.png").convert("L"), int)
    empty = np.asarray(Image.open(tmp_path / "empty.png").convert("L"), int)
    assert card.shape == (180, 320)
    assert empty.max() < 60
    rows = np.flatnonzero((card > 150).any(axis=1))
    assert card.max() > 180
    assert 60 < rows.min() < rows.max() < 120


def test_a_thumbnail_keeps_the_shape_and_is_small(tmp_path: Path) -> None:
    _layered(tmp_path / "still.png")
    thumbnail(tmp_path / "still.png", tmp_path / "small.jpg", width_px=32)
    with Image.open(tmp_path / "small.jpg") as small:
        assert (small.format, small.size) == ("JPEG", (32, 18))
