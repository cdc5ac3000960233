"""Does a series rise or fall, and how fast: Mann-Kendall's test and Sen's slope.

With seasons every comparison stays within one: January with January.

Sources: H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945); M. G. Kendall,
Rank Correlation Methods (1948); P. K. Sen, Estimates of the regression coefficient based on
Kendall's tau, Journal of the American Statistical Association 63 (1968); R. M. Hirsch, J. R. Slack
and R. A. Smith, Techniques of trend analysis for monthly water quality data, Water Resources
Research 18 (1982).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

LARGEST_EXACT = 10
"""Up to this many points without ties the p value is exact."""


class Trend(NamedTuple):
    """Mann-Kendall's S, its variance, Z and two-sided p, and Sen's slope.

    *exact* says whether p is from the exact distribution of S rather than the normal one.
    """

    s: int
    variance: float
    z: float
    p_value: float
    exact: bool
    slope: float


def trend_within(seasons: Sequence[Sequence[tuple[float, float]]]) -> Trend | None:
    """Return the trend of (time, value) points in order of time, compared within each season.

        S = Σ_{i<j} sign(y_j − y_i)
        Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) ÷ 18 over ties of t points, summed over seasons
        Z = (S − sign S) ÷ √Var S
        slope = median of (y_j − y_i) ÷ (t_j − t_i)

    None if no season has two points.
    """
    import numpy as np

    slopes = []
    s = 0
    for season in seasons:
        times, values = np.array(season).reshape(-1, 2).T
        for index in range(len(season) - 1):
            rises = values[index + 1 :] - values[index]
            s += int(np.sign(rises).sum())
            slopes.append(rises / (times[index + 1 :] - times[index]))
    if not slopes:
        return None
    variance = sum(_variance([value for _, value in season]) for season in seasons)
    z = (s - math.copysign(1, s)) / math.sqrt(variance) if s else 0.0
    n = len(seasons[0])
    exact = len(seasons) == 1 and n <= LARGEST_EXACT and variance == _variance(range(n))
    return Trend(
        s,
        variance,
        z,
        _exact_p_value(s, n) if exact else math.erfc(abs(z) / math.sqrt(2)),
        exact,
        float(np.median(np.concatenate(slopes))),
    )


def _variance(values: Sequence[float]) -> float:
    """Return the variance of S over all orders of *values*."""
    ties = Counter(values).values()
    return (_term(len(values)) - sum(map(_term, ties))) / 18


def _term(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _exact_p_value(s: int, n: int) -> float:
    """Return the share of all orders of *n* different values with an S at least as far from 0.

    S is n(n−1)/2 less twice the inversions; the k-th value placed adds 0 to k − 1 of them.
    """
    orders = [1]
    for placed in range(2, n + 1):
        orders = [
            sum(orders[max(0, inversions - placed + 1) : inversions + 1])
            for inversions in range(len(orders) + placed - 1)
        ]
    pairs = n * (n - 1) // 2
    extreme = sum(
        count for inversions, count in enumerate(orders) if abs(pairs - 2 * inversions) >= abs(s)
    )
    return extreme / math.factorial(n)
