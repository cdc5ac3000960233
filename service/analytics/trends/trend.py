"""Is a series turning the wrong way, early enough to act on it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

from service.analytics.instants import days_between
from service.analytics.magnitude import in_range
from service.analytics.trends.departures import (
    FEWEST_POINTS,
    Charts,
    Cusum,
    band_around,
    chart,
    side_of_cusum,
)
from service.analytics.trends.mann_kendall import Trend, trend_within
from service.analytics.trends.series import Series, lay_on_grid, read_series, unit_near
from service.message import Message
from service.outcome import Outcome

MAX_SEASON_LENGTH = 366

_SIDES = {-1: "falling", 0: "steady", 1: "rising"}


@in_range
def trend_signal(
    *,
    series: Sequence[Mapping[str, Any]],
    better: Literal["up", "down"] = "up",
    window: int | None = None,
    season_length: int | None = None,
    confidence: float = 0.95,
) -> Outcome:
    """Trend signal: Sen's slope per day, and whether the last *window* points fall or rise.

    The result holds Mann-Kendall's test, the last value against the points before it
    (median ± 3 · 1.4826 · MAD), a CUSUM, one verdict, and its severity: how many of the three
    point the worse way.  With a season, points are compared within their season.  The band does
    not follow a trend: a window over which the level changes little shows a sudden fall best.
    Equations and sources are in `mann_kendall` and `departures`.

    Raises:
        Refused: A series that is too long or has two points at one instant.
    """
    points = read_series(series).latest(window)
    unit = unit_near(points.values)
    values = [value / unit for value in points.values]
    seasons = _seasons(points, season_length)
    days = [days_between(points.at[0], at) for at in points.at]
    trend = trend_within([[(days[i], values[i]) for i in season] for season in seasons])
    charts = chart(values, seasons)
    sides = _sides(trend, charts, 1 - confidence) if len(values) >= FEWEST_POINTS else {}
    worse = -1 if better == "up" else 1
    slope = trend.slope * unit if trend else None
    return Outcome(
        slope,
        result={
            "points": len(points),
            "trend": trend
            and {
                "slope_per_day": slope,
                "s": trend.s,
                "z": trend.z,
                "p_value": trend.p_value,
                "exact": trend.exact,
            },
            "consecutive_falls": _run(values, -1),
            "consecutive_rises": _run(values, 1),
            "band": charts and _band(charts, points, unit),
            "cusum": charts and charts.cusum and _cusum(charts.cusum, points),
            "signals": {name: _SIDES[side] for name, side in sides.items()},
            "verdict": _SIDES[_verdict(sides, worse)] if sides else None,
            "severity": list(sides.values()).count(worse) if sides else None,
        },
        reason=None if trend else _too_few(points, season_length),
        assumptions=tuple(_assumptions(trend, charts, season_length, confidence)),
        warnings=(*points.warnings, *_warnings(points, sides, charts)),
    )


def _seasons(points: Series, season_length: int | None) -> list[list[int]]:
    """Return the indices of the points of each season, the last point's own season last."""
    grid = lay_on_grid(points.at) if season_length else None
    if not season_length or not grid:
        return [list(range(len(points)))]
    seasons: dict[int, list[int]] = {}
    for index, position in enumerate(grid.positions):
        place = (grid.positions[-1] - position - 1) % season_length
        seasons.setdefault(place, []).append(index)
    return [seasons[place] for place in sorted(seasons)]


def _sides(trend: Trend | None, charts: Charts | None, significance: float) -> dict[str, int]:
    """Return −1, 0 or 1 for each signal that there is; none without a test."""
    if trend is None:
        return {}
    sides = {"trend": 0}
    if trend.p_value < significance:
        sides["trend"] = 1 if trend.s > 0 else -1
    if charts:
        sides["band"] = charts.band_side
        if charts.cusum:
            sides["cusum"] = side_of_cusum(charts.cusum)
    return sides


def _verdict(sides: Mapping[str, int], worse: int) -> int:
    """Return the side of the majority; the worse side where the signals cancel out."""
    total = sum(sides.values())
    if total == 0 and any(sides.values()):
        return worse
    return (total > 0) - (total < 0)


def _run(values: Sequence[float], direction: int) -> int:
    """Return how many steps in *direction* (1 up, −1 down) the values end with."""
    count = 0
    for earlier, later in reversed(list(pairwise(values))):
        if (later - earlier) * direction <= 0:
            break
        count += 1
    return count


def _band(charts: Charts, points: Series, unit: float) -> dict[str, Any]:
    """Return the band in the units of the series."""
    low, high = band_around(charts.centre)
    return {
        "value": points.values[-1],
        "median": (charts.level + charts.centre.median) * unit,
        "deviation": charts.centre.deviation * unit,
        "low": (charts.level + low) * unit,
        "high": (charts.level + high) * unit,
        "points": len(points) - 1,
    }


def _cusum(last: Cusum, points: Series) -> dict[str, Any]:
    """Return both sums and, for one that signals, since when it has been above 0."""
    side = side_of_cusum(last)
    run = {-1: last.lower_run, 0: 0, 1: last.upper_run}[side]
    return {
        "upper": last.upper,
        "lower": last.lower,
        "since": points.at[-run].isoformat() if run else None,
        "points": len(points),
    }


def _too_few(points: Series, season_length: int | None) -> Message:
    if season_length and len(points) > 1:
        return Message(
            "too_few_seasons",
            "no two of the {points} points are a whole number of seasons of {season_length} apart;"
            " give at least two seasons or leave season_length out",
            {"points": len(points), "season_length": season_length},
        )
    return Message(
        "too_few_points",
        "a slope needs two points and there are {points}; give more",
        {"points": len(points)},
    )


def _assumptions(
    trend: Trend | None, charts: Charts | None, season_length: int | None, confidence: float
) -> Iterator[Message]:
    if trend:
        yield Message(
            "trend_test",
            "the trend is Sen's slope with Mann-Kendall's two-sided test at confidence"
            " {confidence}; it takes the points as independent, and values that follow each"
            " other make p too small",
            {"confidence": confidence},
        )
        yield (
            Message("exact_p_value", "p comes from the exact distribution of S")
            if trend.exact
            else Message(
                "normal_p_value",
                "p comes from the normal distribution, with corrections for ties and continuity",
            )
        )
    if season_length:
        yield Message(
            "season",
            "points are compared within their season of {season_length} only (seasonal Kendall);"
            " band and CUSUM use values less the median of their season",
            {"season_length": season_length},
        )
    if charts:
        yield Message(
            "charts",
            "band and CUSUM (allowance 0.5, limit 5) measure from the median of the points before"
            " the last, in 1.4826 × their median absolute deviation",
        )
        yield Message(
            "verdict",
            "the verdict is the side that most of trend, band and CUSUM are on; where they cancel"
            " out, the worse one",
        )


def _warnings(points: Series, sides: Mapping[str, int], charts: Charts | None) -> Iterator[Message]:
    if len(points) < FEWEST_POINTS:
        yield Message(
            "no_verdict",
            "{points} points are too few for a verdict; give at least {needed}",
            {"points": len(points), "needed": FEWEST_POINTS},
        )
    elif sides and charts is None:
        yield Message(
            "no_charts",
            "band and CUSUM need two earlier points in the season of the last one;"
            " give more seasons",
        )
    elif charts and charts.cusum is None:
        yield Message(
            "no_spread",
            "most of the points before the last are equal: any other value is outside"
            " the band, and there is no CUSUM",
        )
    elif sides.get("trend") and not sides["band"]:
        yield Message(
            "wide_band",
            "the level changes so much over these points that the band around their median is"
            " wide; give a shorter window to see a sudden change",
        )
