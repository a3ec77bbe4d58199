"""What is on the front of a garment: lapels, collars, belts, bibs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studio.engines.storyboard.people.body import Body, Joints, Pose
from studio.engines.storyboard.people.heads import Look
from studio.engines.storyboard.sheet.vector import ellipse, group, path, rect, shade, stroke


def torso_details(look: Look, pose: Pose, body: Body, joints: Joints) -> str:
    """Collars, buttons, belts, an apron or a bib over the torso."""
    front = _FRONTS.get(look.wears("top"))
    parts = [*(front(_cut(look, body)) if front else ()), *_over(look, body)]
    return group("".join(parts), turn=pose.lean)


def _over(look: Look, body: Body) -> list[str]:
    s, w, h, t = body.shoulder, body.waist, body.hip, body.torso
    parts: list[str] = []
    if look.wears("apron"):
        apron = look.colour("apron", "#e6e1d6")
        parts.append(
            path(
                (
                    f"M{-s * 0.1:.1f},{-t * 0.78:.1f} L{s * 0.72:.1f},{-t * 0.78:.1f} "
                    f"L{w * 0.98:.1f},{-t * 0.34:.1f} L{h:.1f},{20} L{h * 0.96:.1f},96 "
                    f"Q{h * 0.2:.1f},112 {-h * 0.5:.1f},98 L{-h * 0.4:.1f},{-t * 0.34:.1f} Z"
                ),
                apron,
            )
        )
        parts.append(
            stroke(f"M{-w:.1f},{-t * 0.34:.1f} Q0,{-t * 0.28:.1f} {w:.1f},{-t * 0.34:.1f}", shade(apron, 0.82), 5)
        )
    if look.wears("bottom") == "overalls":
        denim = look.colour("bottom")
        parts.append(
            path(
                (
                    f"M{-s * 0.2:.1f},{-t * 0.66:.1f} L{s * 0.8:.1f},{-t * 0.66:.1f} "
                    f"L{w:.1f},{-t * 0.34:.1f} L{h:.1f},8 Q0,24 {-h:.1f},8 "
                    f"L{-w:.1f},{-t * 0.34:.1f} Z"
                ),
                denim,
            )
        )
        parts.append(
            stroke(
                (
                    f"M{-s * 0.12:.1f},{-t * 0.66:.1f} L{-s * 0.3:.1f},{-t + 2:.1f} "
                    f"M{s * 0.7:.1f},{-t * 0.66:.1f} L{s * 0.56:.1f},{-t + 2:.1f}"
                ),
                denim,
                8,
            )
        )
    return parts


@dataclass(frozen=True, slots=True)
class _Cut:
    """Measures and colours that every front is cut from."""

    look: Look
    top: str
    colour: str
    dark: str
    lit: str
    s: float
    """Half a shoulder's width; then waist, hip, and the torso's length."""
    w: float
    h: float
    t: float

    @property
    def front(self) -> float:
        """Where the middle of the chest is, seen from three quarters."""
        return self.s * 0.34


def _cut(look: Look, body: Body) -> _Cut:
    colour = look.colour("top")
    return _Cut(
        look, look.wears("top"), colour, shade(colour, 0.66), shade(colour, 1.25),
        body.shoulder, body.waist, body.hip, body.torso,
    )  # fmt: skip


def _lapels(cut: _Cut) -> list[str]:
    parts: list[str] = []
    low = 16 if cut.top in {"jacket", "suit", "uniform"} else 30
    shirt = "#e9e6de" if cut.top in {"suit", "labcoat", "jacket"} else shade(cut.colour, 0.55)
    parts.append(
        path(
            f"M{cut.front - 16:.1f},{-cut.t:.1f} L{cut.front + 14:.1f},{-cut.t:.1f} L{cut.front + 4:.1f},{-cut.t * 0.62:.1f} Z",
            shirt,
        )
    )
    if cut.top == "suit":
        parts.append(
            path(
                f"M{cut.front + 1:.1f},{-cut.t + 4:.1f} l5,0 l3,44 l-5,10 l-5,-10 Z",
                cut.look.colour("tie", "#8c2f36"),
            )
        )
    parts.append(
        path(
            (
                f"M{cut.front - 20:.1f},{-cut.t - 3:.1f} L{cut.front - 34:.1f},{-cut.t * 0.72:.1f} "
                f"L{cut.front - 12:.1f},{-cut.t * 0.66:.1f} L{cut.front + 3:.1f},{-cut.t * 0.56:.1f} Z"
            ),
            cut.lit,
        )
    )
    parts.append(
        path(
            (
                f"M{cut.front + 16:.1f},{-cut.t - 2:.1f} L{cut.front + 20:.1f},{-cut.t * 0.72:.1f} L{cut.front + 4:.1f},{-cut.t * 0.56:.1f} Z"
            ),
            cut.lit,
        )
    )
    parts.append(stroke(f"M{cut.front + 3:.1f},{-cut.t * 0.56:.1f} L{cut.front:.1f},{low}", cut.dark, 3))
    parts += [
        ellipse(cut.front - 8, -cut.t * y, 4, 4, "#d9b45c" if cut.top == "uniform" else cut.dark)
        for y in (0.45, 0.28, 0.1)
    ]
    if cut.top in {"coat", "raincoat"}:
        parts.append(
            path(
                (
                    f"M{-cut.w * 1.1:.1f},{-cut.t * 0.30:.1f} Q0,{-cut.t * 0.24:.1f} "
                    f"{cut.w * 1.1:.1f},{-cut.t * 0.30:.1f} l0,14 Q0,{-cut.t * 0.24 + 14:.1f} "
                    f"{-cut.w * 1.1:.1f},{-cut.t * 0.30 + 14:.1f} Z"
                ),
                cut.dark,
            )
        )
    return parts


def _collar(cut: _Cut) -> list[str]:
    parts: list[str] = []
    parts.append(
        stroke(
            f"M{-cut.s * 0.24:.1f},{-cut.t + 2:.1f} Q{cut.front:.1f},{-cut.t + 26:.1f} {cut.s * 0.42:.1f},{-cut.t + 2:.1f}",
            cut.dark,
            4,
        )
    )
    if cut.top == "shirt":
        parts.append(stroke(f"M{cut.front:.1f},{-cut.t + 18:.1f} L{cut.front - 3:.1f},4", cut.dark, 2.4, opacity=0.7))
    return parts


def _knit(cut: _Cut) -> list[str]:
    parts: list[str] = []
    parts.append(
        stroke(
            f"M{-cut.s * 0.34:.1f},{-cut.t - 3:.1f} Q{cut.front * 0.6:.1f},{-cut.t + 10:.1f} {cut.s * 0.42:.1f},{-cut.t - 3:.1f}",
            cut.lit,
            11,
        )
    )
    parts.append(
        path(f"M{-cut.h:.1f},-6 L{cut.h:.1f},-6 L{cut.h:.1f},10 Q0,26 {-cut.h:.1f},10 Z", shade(cut.colour, 0.82))
    )
    parts += [
        stroke(
            f"M{-cut.s * 0.7:.1f},{-cut.t * y:.1f} Q0,{-cut.t * y + 12:.1f} {cut.s * 0.8:.1f},{-cut.t * y:.1f}",
            shade(cut.colour, 0.84),
            3,
        )
        for y in (0.66, 0.5)
    ]
    return parts


def _plate(cut: _Cut) -> list[str]:
    parts: list[str] = []
    parts.append(
        path(
            (
                f"M{-cut.s * 0.5:.1f},{-cut.t + 10:.1f} Q{cut.front + 20:.1f},{-cut.t * 0.5:.1f} "
                f"{cut.front:.1f},{-cut.t * 0.34:.1f} Q{-cut.s * 0.5:.1f},{-cut.t * 0.5:.1f} "
                f"{-cut.s * 0.5:.1f},{-cut.t + 10:.1f} Z"
            ),
            cut.lit,
            opacity=0.7,
        )
    )
    parts.append(
        stroke(f"M{-cut.w:.1f},{-cut.t * 0.34:.1f} Q0,{-cut.t * 0.26:.1f} {cut.w:.1f},{-cut.t * 0.34:.1f}", cut.dark, 7)
    )
    parts.append(
        path(
            f"M{-cut.h:.1f},0 L{cut.h:.1f},0 L{cut.h * 1.1:.1f},34 L0,44 L{-cut.h * 1.1:.1f},34 Z",
            shade(cut.colour, 0.86),
        )
    )
    return parts


def _chest_panel(cut: _Cut) -> list[str]:
    parts: list[str] = []
    parts.append(
        rect(-8, -cut.t * 0.72, 44, 40, "#8d98a5", round_=6)
        + ellipse(4, -cut.t * 0.62, 5, 5, "#d2503f")
        + ellipse(20, -cut.t * 0.62, 5, 5, "#4fb3d0")
    )
    parts.append(
        stroke(
            f"M{-cut.w * 1.2:.1f},{-cut.t * 0.2:.1f} Q0,{-cut.t * 0.12:.1f} {cut.w * 1.2:.1f},{-cut.t * 0.2:.1f}",
            "#9aa4ae",
            8,
        )
    )
    return parts


def _wrap(cut: _Cut) -> list[str]:
    parts: list[str] = []
    parts.append(
        stroke(
            f"M{-cut.s * 0.2:.1f},{-cut.t:.1f} L{cut.front:.1f},{-cut.t * 0.6:.1f} L{cut.s * 0.46:.1f},{-cut.t:.1f}",
            cut.lit,
            6,
        )
    )
    belt = "#a9803c" if cut.top != "kimono" else shade(cut.colour, 0.6)
    parts.append(
        path(
            (
                f"M{-cut.w * 1.12:.1f},{-cut.t * 0.34:.1f} Q0,{-cut.t * 0.28:.1f} "
                f"{cut.w * 1.12:.1f},{-cut.t * 0.34:.1f} l0,{26 if cut.top == 'kimono' else 11} "
                f"Q0,{-cut.t * 0.22:.1f} {-cut.w * 1.12:.1f},{-cut.t * 0.24:.1f} Z"
            ),
            belt,
        )
    )
    return parts


def _neckline(cut: _Cut) -> list[str]:
    parts: list[str] = []
    parts.append(
        path(
            (
                f"M{-cut.s * 0.30:.1f},{-cut.t - 2:.1f} Q{cut.front * 0.7:.1f},{-cut.t + 34:.1f} {cut.s * 0.46:.1f},{-cut.t - 2:.1f} Z"
            ),
            cut.look.skin,
        )
    )
    parts.append(
        stroke(f"M{-cut.w:.1f},{-cut.t * 0.36:.1f} Q0,{-cut.t * 0.28:.1f} {cut.w:.1f},{-cut.t * 0.36:.1f}", cut.dark, 6)
    )
    return parts


_FRONTS: dict[str, Callable[[_Cut], list[str]]] = {
    "coat": _lapels,
    "raincoat": _lapels,
    "jacket": _lapels,
    "suit": _lapels,
    "labcoat": _lapels,
    "uniform": _lapels,
    "shirt": _collar,
    "tshirt": _collar,
    "vest": _collar,
    "sweater": _knit,
    "armour": _plate,
    "spacesuit": _chest_panel,
    "robe": _wrap,
    "kimono": _wrap,
    "cassock": _wrap,
    "dress": _neckline,
    "gown": _neckline,
    "bridal": _neckline,
    "tutu": _neckline,
}
