"""The table of subjects: what each noun is drawn as, how tall, and where it lives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from studio.engines.storyboard.people.wardrobe import outfits
from studio.media.assets import asset_path

Anchor = Literal["ground", "water", "air", "fire", "swim"]


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of subject. ``art`` names its drawing (see the table's head)."""

    kind: str
    art: str
    height_in_people: float
    anchor: Anchor
    faces: Literal["left", "right"]
    is_person: bool
    is_building: bool
    is_landmark: bool
    is_living: bool
    full_body: bool
    home: str
    """The kind of place it is at when nobody says where."""
    words: tuple[str, ...]


@cache
def table() -> dict[str, Record]:
    """Every record by its kind."""
    lines = asset_path("storyboard/subjects.tsv").read_text(encoding="utf-8").splitlines()
    records = [_record(line.split("\t")) for line in lines if line and not line.startswith("#")]
    people = [
        Record(
            outfit.kind,
            f"person:{outfit.kind}",
            outfit.height_in_people,
            "ground",
            "right",
            is_person=True,
            is_building=False,
            is_landmark=False,
            is_living=True,
            full_body=True,
            home=outfit.home,
            words=outfit.words,
        )
        for outfit in outfits().values()
    ]
    return {record.kind: record for record in (*records, *people)}


def _record(cells: list[str]) -> Record:
    kind, art, height, anchor, faces, flags, home, words = cells
    marks = set(filter(None, flags.split(",")))
    return Record(
        kind=kind,
        art=art,
        height_in_people=float(height),
        anchor=cast("Anchor", anchor),
        faces="left" if faces == "left" else "right",
        is_person=art.startswith("person"),
        is_building="building" in marks,
        is_landmark="landmark" in marks,
        is_living="living" in marks,
        full_body="head" not in marks,
        home=home,
        words=tuple(word.replace("_", " ") for word in words.split()),
    )
