"""A real film goes to a teammate, who goes on from there."""

from __future__ import annotations

import os
import re
import socket
import zipfile
from pathlib import Path

from studio.core.archive import export_project, import_archive
from studio.service import Studio
from studio.settings import Settings
from tests.conftest import Run


def test_a_sent_film_is_whole_and_has_nothing_to_make(studio, boat, tmp_path):
    export_project(studio.directory(boat), tmp_path / "boat.zip")
    there = Studio(Settings(tmp_path / "teammate" / "sessions", workers=2))
    imported = import_archive(tmp_path / "boat.zip", there.settings.sessions)
    assert there.verify(imported.name, deep=True) == ()
    assert not there.plan(imported.name).make
    assert not Run(there, imported.name).made


def test_a_slim_film_is_made_again_as_it_was(studio, boat, tmp_path):
    export_project(studio.directory(boat), tmp_path / "slim.zip", slim=True)
    there = Studio(Settings(tmp_path / "teammate" / "sessions", workers=2))
    imported = import_archive(tmp_path / "slim.zip", there.settings.sessions)
    assert not (imported.directory / "film.mp4").exists()
    assert (imported.directory / "shots.json").exists()
    assert there.plan(imported.name).make
    run = Run(there, imported.name)
    assert (run.result.status, run.result.problems) == ("completed", [])
    here = studio.directory(boat) / "images" / "shot_001.png"
    assert (imported.directory / "images" / "shot_001.png").read_bytes() == here.read_bytes()


def test_a_film_tells_nothing_of_the_machine_it_was_made_on(studio, boat, tmp_path):
    directory = studio.directory(boat)
    export_project(directory, tmp_path / "boat.zip")
    with zipfile.ZipFile(tmp_path / "boat.zip") as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    everything = b"\n".join(files.values()) + (tmp_path / "boat.zip").read_bytes()
    places = [str(place) for place in (*directory.parents, Path.home(), Path.cwd()) if len(place.parts) > 2]
    for place in [*places, f"{os.sep}{Path.home().name}{os.sep}"]:
        assert place.encode() not in everything, place
    texts = b"\n".join(content for name, content in files.items() if name.endswith((".json", ".jsonl", ".txt", ".srt")))
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b".encode(), texts)
    found = re.findall(rb"/(?:home|Users|tmp|work|usr|var|opt|root)/[\w./-]+", everything)
    assert not found, found[:5]
