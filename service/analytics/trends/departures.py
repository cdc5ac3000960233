"""Is the last value, or a run of late values, out of line with what came before?

Both charts measure from the median of the points before the last, in robust standard deviations:
1.4826 × the median absolute deviation from that median (F. R. Hampel, The influence curve and
its role in robust estimation, Journal of the American Statistical Association 69, 1974).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

FEWEST_POINTS = 5
"""With fewer nothing can be said, and no order of the points is rare enough for a test."""

_FEWEST_BEFORE_IN_SEASON = 2

NORMAL_CONSISTENCY = 1.4826
"""What makes the median absolute deviation estimate the standard deviation of normal values."""

BAND_WIDTH = 3
CUSUM_ALLOWANCE = 0.5
CUSUM_LIMIT = 5


class Centre(NamedTuple):
    """The middle of some values and how far they spread around it."""

    median: float
    deviation: float


class Cusum(NamedTuple):
    """The upper and lower sums after the last value and how many values each has run for."""

    upper: float
    lower: float
    upper_run: int
    lower_run: int


class Charts(NamedTuple):
    """The last value against the points before it, and the run of late values against them.

    *centre* is measured from *level*: with a season, the median of the last point's season.
    *cusum* is None where the points before do not vary.
    """

    level: float
    centre: Centre
    band_side: int
    cusum: Cusum | None


def chart(values: Sequence[float], seasons: Sequence[Sequence[int]]) -> Charts | None:
    """Return the charts of *values*, given the indices of each season, the last one's own last.

    None with fewer than 5 points, or fewer than two earlier ones in the season of the last.
    """
    before = len(values) - 1
    fewest = _FEWEST_BEFORE_IN_SEASON if len(seasons) > 1 else 0
    if len(values) < FEWEST_POINTS or len(seasons[-1]) <= fewest:
        return None
    adjusted = list(values)
    level = 0.0
    if len(seasons) > 1:
        for season in seasons:
            level = median(values[index] for index in season if index < before)
            for index in season:
                adjusted[index] -= level
    centre = centre_of(adjusted[:before])
    return Charts(
        level,
        centre,
        side_of_band(adjusted[-1], centre),
        tabular_cusum(adjusted, centre)[-1] if centre.deviation else None,
    )


def centre_of(values: Sequence[float]) -> Centre:
    """Return the median of *values* and 1.4826 × their median absolute deviation."""
    middle = median(values)
    return Centre(middle, NORMAL_CONSISTENCY * median(abs(value - middle) for value in values))


def tabular_cusum(values: Sequence[float], centre: Centre) -> list[Cusum]:
    """Return the sums after each of *values*, in standard deviations, which must not be 0.

        C⁺ = max(0, C⁺ + z − k),  C⁻ = max(0, C⁻ − z − k),  z = (x − median) ÷ deviation

    Source: D. C. Montgomery, Introduction to Statistical Quality Control, the tabular cusum.
    """
    sums = [Cusum(0.0, 0.0, 0, 0)]
    for value in values:
        standardised = (value - centre.median) / centre.deviation
        last = sums[-1]
        upper = max(0.0, last.upper + standardised - CUSUM_ALLOWANCE)
        lower = max(0.0, last.lower - standardised - CUSUM_ALLOWANCE)
        sums.append(
            Cusum(
                upper,
                lower,
                last.upper_run + 1 if upper else 0,
                last.lower_run + 1 if lower else 0,
            )
        )
    return sums[1:]


def band_around(centre: Centre) -> tuple[float, float]:
    """Return median ± 3 deviations."""
    reach = BAND_WIDTH * centre.deviation
    return centre.median - reach, centre.median + reach


def side_of_band(value: float, centre: Centre) -> int:
    """Return −1, 0 or 1: *value* is below, inside or above the band."""
    low, high = band_around(centre)
    return (value > high) - (value < low)


def side_of_cusum(last: Cusum) -> int:
    """Return −1, 0 or 1: the lower sum exceeds 5, neither, or the upper; of both the larger."""
    if max(last.upper, last.lower) <= CUSUM_LIMIT:
        return 0
    return 1 if last.upper > last.lower else -1
