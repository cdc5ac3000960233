"""Do two figures rise and fall together?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, permutations
from operator import mul

from service.message import Message, Refused
from service.outcome import Outcome

MOST_PAIRS = 100_000

FEWEST_PAIRS = 3

MOST_PAIRS_FOR_EXACT = 8
"""Up to here all orders, 40,320, are tried; the t distribution is too rough for so few."""


def association(*, pairs: Sequence[Sequence[float]]) -> Outcome:
    """Return Spearman's ρ of the pairs (x, y): Pearson's correlation of their ranks.

    Equal values share the mean of their ranks.  The two-sided p is the share of all orders
    of y with a |ρ| at least as large, for up to 8 pairs; beyond, that of
    t = ρ·√((n − 2) ÷ (1 − ρ²)) on n − 2 degrees of freedom, but at least 2 ÷ n!, the
    smallest share there can be.

    Raises:
        Refused: `too_many_items`, for more than 100,000 pairs.

    Source: C. Spearman, The proof and measurement of association between two things,
    American Journal of Psychology 15 (1904).
    """
    if len(pairs) > MOST_PAIRS:
        raise Refused(
            "/pairs",
            "too_many_items",
            "{count} pairs are more than the {limit} that are ranked; send a random sample",
            count=len(pairs),
            limit=MOST_PAIRS,
        )
    ranks = [_doubled_ranks([pair[side] for pair in pairs]) for side in (0, 1)]
    reason = _no_association(ranks)
    rho, p_value = (None, None) if reason else _spearman(*ranks)
    return Outcome(
        rho,
        {
            "rho": rho,
            "p_value": p_value,
            "pairs": len(pairs),
            "test": "permutation" if len(pairs) <= MOST_PAIRS_FOR_EXACT else "t",
        },
        reason,
        (
            Message(
                "association_not_cause",
                "figures that move together need not cause each other: both may follow a third",
            ),
        ),
    )


def _no_association(ranks: Sequence[Sequence[int]]) -> Message | None:
    """Return why there is no ρ of these ranks, None if there is one."""
    count = len(ranks[0])
    if count < FEWEST_PAIRS:
        return Message(
            "too_few_pairs",
            "{count} pairs are too few to see an association; give at least {limit}",
            {"count": count, "limit": FEWEST_PAIRS},
        )
    if any(len(set(side)) == 1 for side in ranks):
        return Message(
            "no_variation",
            "one of the two figures is the same in all pairs, so nothing can vary with it",
        )
    return None


def _doubled_ranks(values: Sequence[float]) -> list[int]:
    """Return twice the rank of each value, a whole number even where values share a rank."""
    ranks = [0] * len(values)
    below = 0
    for _, tied in groupby(sorted(range(len(values)), key=values.__getitem__), values.__getitem__):
        places = list(tied)
        for place in places:
            ranks[place] = 2 * below + len(places) + 1
        below += len(places)
    return ranks


def _spearman(x: Sequence[int], y: Sequence[int]) -> tuple[float, float]:
    """Return ρ and its p value, from sums of whole numbers, which do not round."""
    joint, spread = _covariance(x, y), _covariance(x, x) * _covariance(y, y)
    rho = max(-1.0, min(1.0, joint / math.sqrt(spread)))
    if len(x) <= MOST_PAIRS_FOR_EXACT:
        return rho, _exact_p(x, y)
    return rho, _approximate_p(len(x), joint, spread)


def _covariance(x: Sequence[int], y: Sequence[int]) -> int:
    """Return n² times the covariance."""
    products: int = sum(map(mul, x, y))
    return len(x) * products - sum(x) * sum(y)


def _exact_p(x: Sequence[int], y: Sequence[int]) -> float:
    size, product = len(x), sum(x) * sum(y)
    seen = abs(_covariance(x, y))
    extreme: int = sum(
        abs(size * sum(map(mul, x, order)) - product) >= seen for order in permutations(y)
    )
    return extreme / math.factorial(size)


def _approximate_p(size: int, joint: int, spread: int) -> float:
    from scipy.special import stdtr

    smallest = 2 * math.exp(-math.lgamma(size + 1))
    unexplained = spread - joint * joint  # 1 − ρ², times the spread
    if unexplained <= 0:
        return smallest
    statistic = abs(joint) * math.sqrt((size - 2) / unexplained)
    return max(smallest, 2 * float(stdtr(size - 2, -statistic)))
