"""Headgear for the heads of :mod:`heads`: 100 units tall, chin at (0, 0), looking right."""

from __future__ import annotations

from studio.engines.storyboard.sheet.vector import ellipse, path, rect, shade, stroke
from studio.engines.storyboard.words.english import word_set

COVERING = word_set(
    "brim cap souwester beanie tophat wizard witch hood straw cowboy bowler "
    "captain sailor police tricorn chef "
    "helmet hardhat kerchief turban beret viking fez santa headscarf space armet pilot bonnet"
)
"""Hats under which the top of the hair does not show."""

CLOSED = frozenset(("armet",))
"""Hats that hide the face."""


def behind(style: str, colour: str) -> str:
    """The part of the hat that lies behind head and shoulders."""
    if style == "hood":
        return path("M-34,-96 C-60,-60 -52,-4 -44,26 L30,26 C40,0 30,-20 20,-30 Z", shade(colour, 0.72))
    if style in {"veil", "headscarf"}:
        d = "M-30,-92 C-62,-40 -54,40 -64,120 L-2,110 C4,40 6,-20 10,-60 Z"
        if style == "headscarf":
            d = "M-30,-92 C-52,-50 -46,0 -42,26 L12,26 L10,-60 Z"
        return path(d, shade(colour, 0.9), opacity=0.75 if style == "veil" else 1)
    if style == "souwester":
        return path("M-24,-80 C-58,-70 -66,-40 -62,-22 C-48,-18 -30,-24 -16,-32 Z", shade(colour, 0.78))
    return ""


def hat(style: str, colour: str, skin: str) -> str:
    """The hat as seen on the head; empty for no hat."""
    draw = _HATS.get(style)
    return draw(colour, skin) if draw else ""


def _brim(colour: str, skin: str) -> str:
    dark = shade(colour, 0.7)
    crown = "M-32,-72 C-34,-100 -30,-122 -8,-122 C0,-122 4,-117 10,-117 C18,-121 40,-124 41,-98 L42,-72 Z"
    band = "M-32.5,-84 C-10,-79 20,-79 42,-84 L42,-72 C20,-68 -12,-68 -32,-72 Z"
    rim = "M-66,-66 C-52,-82 -20,-76 6,-76 C34,-76 56,-84 74,-68 C54,-60 34,-62 6,-62 C-22,-62 -46,-56 -66,-66 Z"
    return path(crown, colour) + path(band, dark) + path(rim, shade(colour, 0.9))


def _cap(colour: str, skin: str) -> str:
    crown = "M-34,-66 C-40,-100 -14,-112 10,-110 C36,-108 46,-90 44,-72 C20,-78 -10,-76 -34,-66 Z"
    peak = "M14,-76 C34,-80 60,-76 66,-66 C54,-66 30,-66 14,-68 Z"
    return (
        path(crown, colour)
        + path(peak, shade(colour, 0.75))
        + stroke("M-30,-80 C-20,-98 0,-104 16,-103", shade(colour, 1.15), 2.4, opacity=0.5)
    )


def _souwester(colour: str, skin: str) -> str:
    crown = "M-34,-68 C-38,-104 -14,-116 8,-115 C34,-114 44,-96 43,-74 C20,-80 -10,-78 -34,-68 Z"
    rim = (
        "M-64,-20 C-66,-46 -52,-70 -34,-76 C-8,-84 24,-84 46,-78 C58,-74 64,-68 66,-62 "
        "C50,-66 28,-70 4,-68 C-22,-66 -44,-44 -64,-20 Z"
    )
    return (
        path(crown, colour)
        + path(rim, shade(colour, 0.88))
        + stroke("M-33,-74 C-8,-84 24,-84 44,-79", shade(colour, 0.7), 2.4)
    )


def _beanie(colour: str, skin: str) -> str:
    crown = "M-34,-66 C-42,-108 -14,-120 8,-119 C36,-118 48,-96 44,-70 Z"
    fold = "M-37,-76 C-12,-86 22,-86 46,-78 L45,-64 C22,-72 -10,-70 -36,-60 Z"
    return path(crown, colour) + path(fold, shade(colour, 0.8)) + ellipse(6, -121, 9, 8, shade(colour, 1.2))


def _tophat(colour: str, skin: str) -> str:
    crown = "M-28,-74 L-34,-148 C-14,-154 30,-154 46,-148 L40,-74 Z"
    band = "M-29,-92 C-8,-87 24,-87 41.5,-92 L40,-76 C20,-72 -8,-72 -28,-76 Z"
    rim = "M-56,-72 C-40,-82 44,-82 66,-72 C44,-62 -34,-62 -56,-72 Z"
    return path(crown, colour) + path(band, shade(colour, 0.6)) + path(rim, shade(colour, 0.85))


def _wizard(colour: str, skin: str) -> str:
    cone = "M-34,-72 C-26,-110 -22,-140 -52,-182 C-20,-176 4,-158 16,-132 C26,-112 38,-96 43,-72 Z"
    rim = "M-72,-62 C-54,-82 -16,-80 6,-80 C34,-80 60,-84 80,-62 C56,-58 34,-62 6,-62 C-22,-62 -48,-58 -72,-62 Z"
    band = "M-31,-84 C-8,-78 22,-78 39,-84 L43,-72 C20,-66 -12,-66 -34,-72 Z"
    return path(cone, colour) + path(band, shade(colour, 0.62)) + path(rim, shade(colour, 0.86))


def _hood(colour: str, skin: str) -> str:
    d = (
        "M-44,26 C-60,-20 -62,-104 2,-114 C36,-116 52,-92 46,-62 C40,-86 22,-92 6,-86 "
        "C-16,-76 -20,-40 -14,-14 C-8,4 4,14 16,22 C0,34 -28,36 -44,26 Z"
    )
    return path(d, colour) + stroke("M46,-64 C40,-86 22,-92 6,-86 C-16,-76 -20,-40 -14,-14", shade(colour, 0.72), 4)


def _straw(colour: str, skin: str) -> str:
    crown = "M-32,-72 C-32,-102 -18,-114 6,-114 C30,-114 42,-100 42,-72 Z"
    rim = "M-80,-60 C-56,-80 -20,-78 6,-78 C34,-78 64,-80 86,-62 C60,-58 34,-62 6,-62 C-22,-62 -52,-54 -80,-60 Z"
    return path(crown, colour) + rect(-32, -84, 74, 11, "#9c4a35") + path(rim, shade(colour, 0.9))


def _cowboy(colour: str, skin: str) -> str:
    crown = "M-30,-72 C-34,-104 -26,-126 -12,-124 C-2,-120 8,-118 18,-124 C34,-128 42,-104 42,-72 Z"
    rim = "M-76,-82 C-58,-66 -26,-74 6,-74 C36,-74 66,-66 84,-84 C78,-60 42,-58 6,-58 C-30,-58 -66,-58 -76,-82 Z"
    return (
        path(crown, colour)
        + path("M-31,-84 L42,-84 L42,-74 L-30,-74 Z", shade(colour, 0.6))
        + path(rim, shade(colour, 0.86))
    )


def _bowler(colour: str, skin: str) -> str:
    crown = "M-33,-72 C-38,-116 -10,-122 6,-122 C24,-122 48,-114 43,-72 Z"
    rim = "M-54,-74 C-36,-82 46,-82 64,-74 C60,-62 40,-66 6,-66 C-28,-66 -50,-62 -54,-74 Z"
    return path(crown, colour) + path(rim, shade(colour, 0.78))


def _captain(colour: str, skin: str) -> str:
    crown = "M-42,-86 C-40,-112 -4,-118 14,-116 C40,-114 56,-104 54,-90 C40,-84 -20,-80 -42,-86 Z"
    band = "M-34,-88 C-10,-82 24,-82 46,-88 L44,-72 C20,-76 -10,-74 -33,-66 Z"
    peak = "M14,-76 C32,-80 54,-76 60,-64 C48,-64 30,-66 14,-68 Z"
    return path(crown, "#ecebe6") + path(band, colour) + path(peak, "#23242b") + ellipse(26, -92, 6, 6, "#d9a93a")


def _sailor(colour: str, skin: str) -> str:
    crown = "M-30,-82 C-28,-110 30,-114 42,-86 Z"
    fold = "M-38,-92 C-12,-84 24,-84 48,-94 L44,-72 C20,-78 -12,-76 -34,-66 Z"
    return path(crown, "#e2e2de") + path(fold, colour)


def _police(colour: str, skin: str) -> str:
    crown = "M-40,-90 C-40,-116 0,-122 16,-120 C40,-118 58,-108 54,-92 C40,-84 -20,-84 -40,-90 Z"
    band = "M-34,-88 C-10,-82 24,-82 46,-90 L44,-72 C20,-76 -10,-74 -33,-66 Z"
    peak = "M14,-76 C32,-80 54,-76 60,-62 C48,-62 30,-66 14,-68 Z"
    return (
        path(crown, colour) + path(band, shade(colour, 0.7)) + path(peak, "#1d1e24") + ellipse(28, -98, 7, 8, "#c7cdd4")
    )


def _tricorn(colour: str, skin: str) -> str:
    crown = "M-30,-72 C-32,-104 -14,-112 6,-112 C28,-112 40,-102 42,-72 Z"
    rim = "M-66,-92 C-52,-72 -26,-92 6,-96 C36,-92 56,-76 78,-94 C72,-66 40,-64 6,-64 C-28,-62 -58,-62 -66,-92 Z"
    return (
        path(crown, colour)
        + path(rim, shade(colour, 0.8))
        + stroke("M-64,-90 C-50,-74 -26,-92 6,-96 C36,-92 56,-78 76,-92", "#c9a24a", 2.6)
    )


def _chef(colour: str, skin: str) -> str:
    puff = "M-30,-92 C-58,-106 -44,-140 -20,-134 C-14,-154 22,-156 30,-136 C56,-142 66,-108 42,-92 Z"
    band = "M-32,-96 L44,-96 L43,-70 C20,-76 -12,-74 -33,-66 Z"
    return (
        path(puff, colour)
        + path(band, shade(colour, 0.9))
        + stroke("M-12,-100 l-3,-18 M8,-100 l0,-20 M26,-100 l4,-18", shade(colour, 0.8), 2)
    )


def _helmet(colour: str, skin: str) -> str:
    bowl = "M-38,-56 C-46,-104 -14,-116 8,-116 C36,-116 50,-96 47,-68 C20,-74 -10,-72 -38,-56 Z"
    return (
        path(bowl, colour)
        + stroke("M-40,-58 C-12,-72 20,-76 52,-68", shade(colour, 0.7), 5)
        + stroke("M-26,-88 C-18,-102 0,-107 14,-106", shade(colour, 1.3), 3, opacity=0.5)
    )


def _hardhat(colour: str, skin: str) -> str:
    bowl = "M-36,-66 C-40,-104 -14,-114 8,-114 C34,-114 46,-98 44,-72 Z"
    return (
        path(bowl, colour)
        + stroke("M-40,-66 C-12,-74 24,-78 62,-68", shade(colour, 0.8), 6)
        + ellipse(34, -92, 7, 7, "#fff3c0")
    )


def _kerchief(colour: str, skin: str) -> str:
    d = "M-30,-30 C-48,-62 -36,-108 8,-109 C36,-109 48,-90 43,-70 C30,-82 8,-82 -6,-66 C-14,-54 -16,-40 -14,-26 Z"
    return path(d, colour) + path("M-28,-36 L-52,-16 L-38,-14 L-22,-26 Z", shade(colour, 0.82))


def _headscarf(colour: str, skin: str) -> str:
    d = (
        "M-42,26 C-56,-30 -50,-106 6,-110 C40,-110 50,-88 45,-64 C38,-82 20,-86 4,-80 "
        "C-14,-70 -18,-40 -10,-16 C-4,0 10,6 20,2 C28,10 24,24 14,30 C-6,36 -28,36 "
        "-42,26 Z"
    )
    return path(d, colour) + stroke("M45,-64 C38,-82 20,-86 4,-80 C-14,-70 -18,-40 -10,-16", shade(colour, 0.78), 3)


def _veil(colour: str, skin: str) -> str:
    band = path("M-28,-84 C-8,-104 28,-104 42,-82 C28,-92 -6,-92 -28,-84 Z", colour)
    blossoms = "".join(
        ellipse(x, y, 5, 5, "#f6e3e6") for x, y in ((-18, -93), (-4, -99), (12, -101), (27, -97), (38, -89))
    )
    return band + blossoms


def _netted(colour: str, skin: str) -> str:
    d = "M-60,-66 C-58,-30 -52,10 -46,30 C-20,42 24,42 48,28 C56,6 64,-30 68,-68 C30,-58 -26,-58 -60,-66 Z"
    mesh = "".join(f"M{x},-62 L{x * 0.84:.0f},34 " for x in range(-48, 60, 12)) + "M-58,-34 L64,-36 M-54,-6 L58,-8"
    net = path(d, "#2c2a28", opacity=0.26) + stroke(mesh, "#2c2a28", 1.6, opacity=0.4)
    return net + stroke("M-46,30 C-20,42 24,42 48,28", "#4a443c", 4) + _brim(colour, skin)


def _turban(colour: str, skin: str) -> str:
    d = "M-38,-64 C-56,-104 -24,-126 8,-124 C42,-122 56,-96 44,-70 C20,-84 -12,-82 -38,-64 Z"
    folds = "M-38,-74 C-14,-102 16,-104 46,-86 M-34,-92 C-10,-112 20,-112 40,-100"
    return path(d, colour) + stroke(folds, shade(colour, 0.78), 3.4) + ellipse(30, -92, 5, 7, "#d9a93a")


def _beret(colour: str, skin: str) -> str:
    d = "M-46,-78 C-54,-104 -12,-118 14,-114 C40,-110 50,-92 44,-78 C20,-86 -20,-84 -34,-68 C-40,-70 -44,-74 -46,-78 Z"
    return (
        path(d, colour)
        + stroke("M0,-115 l3,-8", colour, 4)
        + stroke("M-34,-70 C-14,-82 22,-84 44,-78", shade(colour, 0.7), 3)
    )


def _viking(colour: str, skin: str) -> str:
    horn = "M-28,-90 C-52,-90 -62,-112 -56,-132 C-48,-116 -38,-110 -22,-106 Z"
    other = "M36,-92 C58,-92 68,-112 62,-132 C54,-118 46,-112 32,-108 Z"
    return path(horn, "#e5dcc6") + path(other, "#e5dcc6") + _helmet(colour, skin)


def _fez(colour: str, skin: str) -> str:
    return path("M-24,-76 L-16,-120 L30,-120 L38,-78 C18,-84 -6,-84 -24,-76 Z", colour) + stroke(
        "M6,-120 C-10,-120 -26,-110 -26,-92", "#26262c", 3
    )


def _nurse(colour: str, skin: str) -> str:
    return (
        path("M-24,-86 C-28,-112 38,-116 42,-90 C24,-98 -6,-98 -24,-86 Z", "#f2f2f0")
        + rect(10, -111, 5, 14, "#c23b34")
        + rect(5.5, -106.5, 14, 5, "#c23b34")
    )


def _santa(colour: str, skin: str) -> str:
    cone = "M-34,-76 C-36,-120 0,-132 -46,-134 C0,-150 40,-120 43,-76 Z"
    trim = "M-38,-76 C-12,-86 22,-88 46,-80 L45,-64 C22,-72 -10,-70 -37,-60 Z"
    return path(cone, colour) + path(trim, "#f2f2f0") + ellipse(-50, -128, 10, 10, "#f2f2f0")


def _space(colour: str, skin: str) -> str:
    glass = ellipse(10, -50, 60, 60, "#d9e6ee", opacity=0.28)
    rim = '<circle cx="6" cy="-50" r="63" fill="none" stroke="#dfe4e8" stroke-width="9"/>'
    return (
        glass
        + rim
        + stroke("M36,-96 C54,-82 60,-62 58,-44", "#ffffff", 5, opacity=0.75)
        + ellipse(-56, -48, 9, 18, "#aeb7bf")
    )


def _armet(colour: str, skin: str) -> str:
    dome = "M-36,-10 C-46,-60 -38,-112 6,-113 C40,-113 50,-80 47,-52 L50,-34 C44,-10 34,6 14,8 C-10,10 -30,4 -36,-10 Z"
    visor = "M-4,-74 C16,-78 36,-76 48,-66 L54,-36 C40,-22 16,-22 -2,-34 Z"
    slit = "M2,-60 C18,-64 36,-62 48,-56"
    holes = "".join(ellipse(24 + 8 * i, -38 + i, 2, 3.4, shade(colour, 0.4)) for i in range(3))
    plume = "M-2,-110 C-18,-140 -54,-140 -66,-104 C-50,-112 -34,-104 -20,-96 Z"
    return (
        path(plume, "#b23a35")
        + path(dome, colour)
        + path(visor, shade(colour, 1.12))
        + stroke(slit, "#20222a", 5)
        + holes
    )


def _crown(colour: str, skin: str) -> str:
    d = "M-30,-84 L-36,-122 L-16,-102 L4,-128 L22,-102 L44,-122 L42,-84 C20,-92 -10,-92 -30,-84 Z"
    gems = "".join(ellipse(x, -94, 4, 4, c) for x, c in ((-12, "#b23a35"), (6, "#3d6cb0"), (24, "#2f8f68")))
    return path(d, colour) + gems


def _tiara(colour: str, skin: str) -> str:
    return path(
        "M-20,-92 L-12,-104 L0,-100 L10,-120 L20,-101 L32,-106 L38,-92 C20,-100 -2,-100 -20,-92 Z", colour
    ) + ellipse(10, -106, 4, 5, "#7fd0e0")


def _pilot(colour: str, skin: str) -> str:
    cap = (
        "M-34,-22 C-46,-70 -36,-112 8,-112 C38,-112 48,-90 44,-70 C26,-80 4,-78 -8,-64 "
        "C-16,-52 -18,-34 -12,-18 C-18,-10 -30,-12 -34,-22 Z"
    )
    goggles = ellipse(18, -82, 13, 11, "#8fc3d6") + ellipse(38, -82, 9, 10, "#8fc3d6")
    return path(cap, colour) + stroke("M-36,-78 L46,-84", shade(colour, 0.6), 6) + goggles


def _bonnet(colour: str, skin: str) -> str:
    d = (
        "M-34,-30 C-56,-70 -34,-112 8,-112 C34,-112 58,-96 60,-74 C40,-92 8,-88 -6,-64 "
        "C-14,-50 -14,-30 -6,-14 C-16,-14 -28,-20 -34,-30 Z"
    )
    return path(d, colour) + stroke("M60,-74 C40,-92 8,-88 -6,-64 C-14,-50 -14,-30 -6,-14", shade(colour, 1.3), 5)


def _halo(colour: str, skin: str) -> str:
    return stroke("M-30,-124 a36,9 0 1 0 72,0 a36,9 0 1 0 -72,0", "#f0cf6a", 5)


def _horns(colour: str, skin: str) -> str:
    return path(
        (
            "M-12,-96 C-24,-110 -22,-126 -10,-136 C-10,-120 -2,-108 4,-102 Z M32,-98 "
            "C44,-112 42,-126 30,-136 C32,-122 24,-112 20,-104 Z"
        ),
        colour,
    )


_HATS = {
    "brim": _brim,
    "cap": _cap,
    "souwester": _souwester,
    "beanie": _beanie,
    "tophat": _tophat,
    "wizard": _wizard,
    "witch": _wizard,
    "hood": _hood,
    "straw": _straw,
    "cowboy": _cowboy,
    "bowler": _bowler,
    "captain": _captain,
    "sailor": _sailor,
    "police": _police,
    "tricorn": _tricorn,
    "chef": _chef,
    "helmet": _helmet,
    "hardhat": _hardhat,
    "kerchief": _kerchief,
    "headscarf": _headscarf,
    "veil": _veil,
    "netted": _netted,
    "turban": _turban,
    "beret": _beret,
    "viking": _viking,
    "fez": _fez,
    "nurse": _nurse,
    "santa": _santa,
    "space": _space,
    "armet": _armet,
    "crown": _crown,
    "tiara": _tiara,
    "pilot": _pilot,
    "bonnet": _bonnet,
    "halo": _halo,
    "horns": _horns,
}
