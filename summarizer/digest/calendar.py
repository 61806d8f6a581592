"""When meetings were: a lane for each status, a dot for each meeting with a full date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

from summarizer.digest.contents import Event
from summarizer.digest.period import readable
from summarizer.digest.svg import ACCENT, INK, LINE, QUIET, inline_svg, new_figure
from summarizer.linkage import bounds
from summarizer.record import MeetingStatus

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 700.0
_LANE = 44.0
_LEFT, _RIGHT, _BELOW = 84.0, 24.0, 34.0
_RADIUS = 4.5


def calendar_svg(events: Sequence[Event]) -> str | None:
    """The picture; None if fewer than two meetings have a full date.

    Raises:
        UsageError: matplotlib is not installed.
    """
    dated = [(days[0], event) for event in events if (days := _days(event))]
    if len(dated) < 2:
        return None
    present = Counter(event.report.status for _, event in dated)
    lanes = [status for status in get_args(MeetingStatus) if status in present]
    height = _LANE * len(lanes) + _BELOW
    figure = new_figure(_WIDTH, height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    first, last = min(dated, key=_day)[0], max(dated, key=_day)[0]
    scale = (_WIDTH - _LEFT - _RIGHT) / max(last - first, 1)
    for number, status in enumerate(lanes):
        y = (number + 0.5) * _LANE
        axes.plot([_LEFT - 8, _WIDTH - 8], [y, y], color=LINE, linewidth=1, clip_on=False, zorder=0)
        axes.text(4, y + 4.5, status, color=INK, parse_math=False)
        xs = [
            _LEFT + (day - first) * scale for day, event in dated if event.report.status == status
        ]
        for x, lift in _stacked(sorted(xs)):
            _dot(axes, x, y - lift)
    for day in _ticks(first, last):
        x = _LEFT + (day.toordinal() - first) * scale
        bottom = _LANE * len(lanes)
        axes.plot([x, x], [4, bottom], color=LINE, linewidth=0.7, clip_on=False, zorder=0)
        axes.text(
            *(x, bottom + 18, _tick_words(day, last - first)),
            color=QUIET,
            parse_math=False,
            ha="center",
        )
    counted = ", ".join(f"{present[status]} {status}" for status in lanes)
    begin, end = (readable(date.fromordinal(day).isoformat()) for day in (first, last))
    said = f"{counted}, from {begin} to {end}. The list below says the same in words."
    return inline_svg(figure, "calendar", "When the meetings were", said)


def _day(item: tuple[int, Event]) -> int:
    return item[0]


def _days(event: Event) -> tuple[int, int] | None:
    """The days of a meeting whose month is known; an open end is no day."""
    edtf = event.report.date
    days = bounds(edtf) if edtf and ".." not in edtf else None
    return days if days and days[1] - days[0] <= 31 else None


def _stacked(xs: Sequence[float]) -> list[tuple[float, float]]:
    """Dots that would overlap are lifted above one another, alternately up and down."""
    found: list[tuple[float, float]] = []
    for x in xs:
        near = sum(x - other < 2 * _RADIUS for other, _ in found[-4:])
        step = (near + 1) // 2 * 2 * _RADIUS * 0.9
        found.append((x, step if near % 2 else -step))
    return found


def _ticks(first: int, last: int) -> list[date]:
    """Days, months or years, at most about nine of them."""
    span = last - first
    if span <= 16:
        step = max(1, round(span / 8))
        return [date.fromordinal(day) for day in range(first, last + 1, step)]
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = [
        date(year, month, 1)
        for year in range(begin.year, end.year + 1)
        for month in range(1, 13)
        if begin <= date(year, month, 1) <= end
    ]
    if span > 500:
        months = [day for day in months if day.month == 1]
    step = max(1, -(-len(months) // 9))
    return months[::step] or [begin, end]


def _tick_words(day: date, span: int) -> str:
    if span > 500:
        return str(day.year)
    words = readable(day.isoformat())
    return words if span > 16 and day.month == 1 else words.rsplit(" ", 1)[0]


def _dot(axes: Axes, x: float, y: float) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(
        Circle((x, y), _RADIUS, facecolor=ACCENT, edgecolor="none", alpha=0.85, clip_on=False)
    )
