"""Which runs are of the project that is there now, whatever any clock says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from studio.runs import processing
from studio.runs.doors import Doors
from tests.conftest import small_film


def born_in(doors: Doors, name: str, hours: float) -> None:
    """The project's manifest says that it began so many hours from now."""
    manifest = doors.studio.directory(name) / "metadata.json"
    saved = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**saved, "created_at": (datetime.now(UTC) + timedelta(hours=hours)).isoformat()}))


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_key_gives_the_same_session_though_the_project_was_begun_by_another_clock(still_doors, hours):
    name = small_film(still_doors.studio)
    born_in(still_doors, name, hours)
    first = processing.begin(still_doors, name, key="k1").run
    assert processing.begin(still_doors, name, key="k1").run.id == first.id
    assert processing.begin(still_doors, name).run.id == first.id, "it is under way"
    still_doors.runs.cancel(first.id)
    assert processing.begin(still_doors, name, key="k1").run.session_id == first.id
    assert [run.id for run in processing.resumable(still_doors)] == [first.id]


def test_a_project_that_took_the_name_has_nothing_of_the_sessions_though_its_clock_went_back(still_doors):
    name = small_film(still_doors.studio)
    first = processing.begin(still_doors, name, key="k1").run
    still_doors.runs.cancel(first.id)
    still_doors.keeper.delete_session(name)
    born_in(still_doors, small_film(still_doors.studio), -1)
    assert processing.latest(still_doors, name) is None
    assert processing.begin(still_doors, name, key="k1").run.session_id != first.id


def test_when_a_project_began_is_no_part_of_what_leaves_the_server(still_doors):
    run = still_doors.runs.make(small_film(still_doors.studio))
    assert run.born
    assert "born" not in run.as_json()
