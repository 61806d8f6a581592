"""Who met whom, as an arc diagram: names below one another, an arc for each two who met.

Names never overlap, however many there are, and the drawing is the same each time. Those who are
linked, however indirectly, stand together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.digest.contents import Pair, Who
from summarizer.digest.svg import ACCENT, INK, inline_svg, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Group = tuple[Who, ...]

_ROW = 22.0
_GAP = 18.0
_COLUMN = 350.0
_ARCS = 78.0  # points to the left of the names
_LONGEST = 34  # characters of a name
_COLUMNS = 3


def network_svg(pairs: Sequence[Pair]) -> str | None:
    """The picture; None if nobody met anybody.

    Raises:
        UsageError: matplotlib is not installed.
    """
    if not pairs:
        return None
    columns = _columns(groups(pairs))
    height = max(sum(_height(group) for group in column) for column in columns)
    width = _COLUMN * len(columns)
    figure = new_figure(width, height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    places: dict[Who, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        y = _GAP
        for group in column:
            for who in group:
                places[who] = number * _COLUMN + _ARCS, y
                y += _ROW
            y += _GAP
    for pair in pairs:
        _arc(axes, places[pair.one], places[pair.other], len(pair.events))
    for who, (x, y) in places.items():
        _name(axes, who, x, y)
    often = pairs[0]
    return inline_svg(
        figure,
        "network",
        "Who met whom",
        f"{len(places)} people, {len(pairs)} pairs who met. Most often: {often.one.name} and "
        f"{often.other.name}, {len(often.events)} times. The table below says the same in words.",
    )


def groups(pairs: Sequence[Pair]) -> list[Group]:
    """Those who are linked, however indirectly; the largest group first.

    In each group whoever met most people comes first, then whom they met, and so on.
    """
    near: dict[Who, dict[Who, int]] = defaultdict(dict)
    for pair in pairs:
        near[pair.one][pair.other] = near[pair.other][pair.one] = len(pair.events)
    found: list[Group] = []
    seen: set[Who] = set()
    for start in sorted(near, key=lambda who: (-len(near[who]), who.number)):
        if start in seen:
            continue
        group, seen = [start], seen | {start}
        for who in group:  # grows while it is walked
            new = [each for each in near[who] if each not in seen]
            group += sorted(new, key=lambda each: (-near[who][each], each.number))
            seen |= set(new)
        found.append(tuple(group))
    return sorted(found, key=lambda group: (-len(group), group[0].number))


def _columns(found: Sequence[Group]) -> list[list[Group]]:
    """The groups in columns of about the same height."""
    columns: list[list[Group]] = [[] for _ in range(min(_COLUMNS, len(found)))]
    for group in found:
        min(columns, key=lambda column: sum(map(_height, column))).append(group)
    return columns


def _height(group: Group) -> float:
    return len(group) * _ROW + _GAP


def _arc(axes: Axes, a: tuple[float, float], b: tuple[float, float], times: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (x, first), (_, last) = sorted((a, b), key=lambda place: place[1])
    out = x - min(_ARCS - 12, 12 + 0.55 * (last - first))
    path = Path(
        [(x, first), (out, first), (out, last), (x, last)],
        [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
    )
    width = 1.2 + 1.3 * min(times - 1, 4)
    axes.add_patch(
        PathPatch(path, fill=False, edgecolor=ACCENT, linewidth=width, alpha=0.75, clip_on=False)
    )


def _name(axes: Axes, who: Who, x: float, y: float) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(Circle((x, y), 4, facecolor=ACCENT, edgecolor="none", clip_on=False))
    name = who.name if len(who.name) <= _LONGEST else who.name[: _LONGEST - 1] + "…"
    shown = f"{name}  {who.country}" if who.country else name
    axes.text(x + 11, y + 4.5, shown, color=INK, parse_math=False, va="baseline", clip_on=False)
