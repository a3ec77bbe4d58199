"""Which bytes a ``Range`` header asks for."""

from __future__ import annotations

import pytest

from studio.api.ranges import NotInFile, asked_part


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-1000", (90, 99)),
        ("bytes=-1", (99, 99)),
        ("bytes=-1000", (0, 99)),
        ("Bytes = 5-6", (5, 6)),
        ("bytes=0-9,10-19", (0, 19)),
        ("bytes=50-, 0-60", (0, 99)),
        ("bytes=0-9,200-300", (0, 9)),
    ],
)
def test_a_part_is_found(header, part):
    assert asked_part(header, 100) == part


@pytest.mark.parametrize(
    "header",
    [
        "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-1", "lines=0-1", "bytes=0-1,80-90", "bytes=+1-2", "bytes=1",
        "bytes=0-1;", "bytes=" + "9" * 5000 + "-", "bytes=" + ",".join(f"{n}-{n}" for n in range(1000)), "bytes=٣-٤", "",
    ],
)  # fmt: skip
def test_what_asks_for_no_single_part_gets_the_whole_file(header):
    assert asked_part(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=500-600,700-"])
def test_a_part_behind_the_end_is_in_no_file(header):
    with pytest.raises(NotInFile):
        asked_part(header, 100)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5", "bytes=0-0"])
def test_an_empty_file_has_no_parts(header):
    with pytest.raises(NotInFile):
        asked_part(header, 0)
