"""The few words that a book says of itself, in its own language."""

from __future__ import annotations

_CONTENTS = {
    "bg": "Съдържание", "ca": "Índex", "cs": "Obsah", "da": "Indhold", "de": "Inhalt", "el": "Περιεχόμενα",
    "es": "Índice", "et": "Sisukord", "fi": "Sisällys", "fr": "Table des matières", "hr": "Sadržaj",
    "hu": "Tartalom", "it": "Indice", "ja": "目次", "lt": "Turinys", "lv": "Saturs", "nl": "Inhoud", "no": "Innhold",
    "pl": "Spis treści", "pt": "Índice", "ro": "Cuprins", "ru": "Содержание", "sk": "Obsah", "sl": "Kazalo",
    "sv": "Innehåll", "tr": "İçindekiler", "uk": "Зміст", "zh": "目录",
}  # fmt: skip


def contents_word(language: str) -> str:
    """What stands over a table of contents; English where it is not known."""
    return _CONTENTS.get(language.split("-")[0].lower(), "Contents")
