"""What would be a reasonable target: the forecast, what was reached before, what others reach?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

_PAST_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
_COMPETITOR_QUANTILES = (0.0, 0.5, 1.0)


def with_uplift(forecast: float, uplift: float) -> float:
    """Return forecast + uplift × |forecast|: up for a positive uplift, below 0 as well.

    >>> with_uplift(-200, 0.1)
    -180.0
    """
    return forecast + uplift * abs(forecast)


def suggested_targets(
    past: Sequence[float], forecast: float, uplift: float, competitor_values: Sequence[float]
) -> list[dict[str, Any]]:
    """Return rows of name, quantile, value, and how many numbers are behind the value."""
    rows = [
        ("forecast", None, forecast, len(past)),
        ("forecast_with_uplift", None, with_uplift(forecast, uplift), len(past)),
        *(("past", share, quantile(past, share), len(past)) for share in _PAST_QUANTILES),
    ]
    if competitor_values:
        rows += [
            ("competitors", share, quantile(competitor_values, share), len(competitor_values))
            for share in _COMPETITOR_QUANTILES
        ]
    return [
        {"name": name, "quantile": share, "value": value, "points": points}
        for name, share, value, points in rows
    ]


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that *share* of *values* are at or below, linear between two of them.

    Source: type 7 of R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages,
    The American Statistician 50 (1996).

    >>> quantile([1.0, 2.0, 4.0], 0.75)
    3.0
    """
    ordered = sorted(values)
    beyond, low = math.modf(share * (len(ordered) - 1))
    high = min(int(low) + 1, len(ordered) - 1)
    # Weighted, not as a difference: the difference of two numbers can overflow.
    return ordered[int(low)] * (1 - beyond) + ordered[high] * beyond
