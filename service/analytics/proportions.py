"""How sure is a rate, and do two or more of them differ?

A proportion is known only as well as its sample is large.  These are the intervals
and tests that keep their promises for rates near 0 and 1 and for small samples,
where the textbook p ± z·√(pq/n) does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

FEWEST_EXPECTED = 5
"""Below this expected count the normal and the χ² approximation are not trusted (Cochran 1954)."""


class Proportion(NamedTuple):
    """Successes among trials, `0 <= successes <= trials` and `trials > 0`.

    Counts that were shared out may be fractional.
    """

    successes: float
    trials: float

    @property
    def rate(self) -> float:
        return self.successes / self.trials


class Interval(NamedTuple):
    """The lower and the upper confidence limit."""

    low: float
    high: float


class SignificanceTest(NamedTuple):
    """A test by name, its statistic (None where the test has none) and its two-sided p."""

    name: str
    statistic: float | None
    degrees_of_freedom: float | None
    p_value: float


def normal_quantile(probability: float) -> float:
    """Return z with *probability* of a standard normal distribution below it."""
    from scipy.special import ndtri

    return float(ndtri(probability))


def two_sided_quantile(confidence: float) -> float:
    """Return z with *confidence* of a standard normal distribution within ± z."""
    return -normal_quantile((1 - confidence) / 2)


def rate_difference(first: Proportion, second: Proportion) -> float:
    """Return rate(second) − rate(first), exactly 0 for equal rates of unequal samples."""
    (x1, n1), (x2, n2) = first, second
    return (x2 * n1 - x1 * n2) / (n1 * n2)


def wilson_interval(sample: Proportion, confidence: float = 0.95) -> Interval:
    """Return Wilson's score interval of a rate, always within [0, 1].

    (x + z²/2 ± z·√(x(n − x)/n + z²/4)) ÷ (n + z²)

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22 (1927).
    """
    successes, trials = sample
    z = two_sided_quantile(confidence)
    centre = successes + z * z / 2
    margin = z * math.sqrt(successes * (trials - successes) / trials + z * z / 4)
    low = max(0.0, (centre - margin) / (trials + z * z))
    high = min(1.0, (centre + margin) / (trials + z * z))
    # (n + z²) ÷ (n + z²) is 1, but rounding on the way can leave it a crumb below.
    return Interval(low, 1.0 if successes == trials else high)


def difference_interval(
    first: Proportion, second: Proportion, confidence: float = 0.95
) -> Interval:
    """Return Newcombe's interval of rate(second) − rate(first), without continuity correction.

    The distances of the rates to their Wilson limits are added as if they were standard errors.

    Source: R. G. Newcombe, Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17 (1998), method 10.
    """
    low_first, high_first = wilson_interval(first, confidence)
    low_second, high_second = wilson_interval(second, confidence)
    difference = rate_difference(first, second)
    return Interval(
        difference - math.hypot(second.rate - low_second, high_first - first.rate),
        difference + math.hypot(high_second - second.rate, first.rate - low_first),
    )


def ratio_interval(
    first: Proportion, second: Proportion, confidence: float = 0.95
) -> Interval | None:
    """Return the adjusted-log interval of rate(second) ÷ rate(first).

    exp(ln φ ± z·s) with φ the ratio of (x + ½) ÷ (n + ½) and s² = Σ 1/(x + ½) − 1/(n + ½).
    From 0 where nobody succeeded in the second sample, as φ is above the ratio there.
    None where everybody succeeded in both: s is 0, and a ratio without uncertainty would
    be a false promise.

    Source: S. D. Walter, The distribution of Levin's measure of attributable risk,
    Biometrika 62 (1975); Fagerland, Lydersen & Laake, Recommended confidence intervals for
    two independent binomial proportions, Statistical Methods in Medical Research 24 (2015).
    """
    ratio = ((second.successes + 0.5) / (second.trials + 0.5)) / (
        (first.successes + 0.5) / (first.trials + 0.5)
    )
    variance = sum(
        # 1/(x + ½) − 1/(n + ½), in a form that does not cancel
        (sample.trials - sample.successes) / ((sample.successes + 0.5) * (sample.trials + 0.5))
        for sample in (first, second)
    )
    if variance == 0:
        return None
    margin = two_sided_quantile(confidence) * math.sqrt(variance)
    low = ratio * math.exp(-margin) if second.successes else 0.0
    return Interval(low, ratio * math.exp(margin))


def two_proportion_test(first: Proportion, second: Proportion) -> SignificanceTest:
    """Return the test of equal rates: the pooled z test, or Fisher's where counts are small.

    z = (p₂ − p₁) ÷ √(p(1 − p)(1/n₁ + 1/n₂)), p over both samples together, when every
    expected count is at least 5; else Fisher's exact test, which has no statistic and
    rounds fractional counts.
    """
    from scipy.special import ndtr

    if smallest_expected((first, second)) < FEWEST_EXPECTED:
        whole = [(round(sample.successes), round(sample.trials)) for sample in (first, second)]
        return SignificanceTest("fisher_exact", None, None, _fisher_exact(*whole))
    (x1, n1), (x2, n2) = first, second
    successes, trials = x1 + x2, n1 + n2
    # Multiplied out, the counts stay whole numbers: equal rates give exactly 0.
    z = (x2 * n1 - x1 * n2) / math.sqrt(n1 * n2 * successes * (trials - successes) / trials)
    return SignificanceTest("pooled_z", z, None, 2 * float(ndtr(-abs(z))))


def homogeneity_test(samples: Sequence[Proportion]) -> SignificanceTest:
    """Return Pearson's χ² test that all samples have one rate; k − 1 degrees of freedom.

    χ² = Σ (xᵢ − nᵢp)² ÷ (nᵢp(1 − p)), p over all samples together; 0 where everybody or
    nobody succeeded.  An approximation: see `smallest_expected`.
    """
    successes = sum(sample.successes for sample in samples)
    trials = sum(sample.trials for sample in samples)
    failures = trials - successes
    statistic = 0.0
    if successes and failures:
        statistic = math.fsum(
            (x * trials - n * successes) ** 2 / (n * successes * failures) for x, n in samples
        )
    return _chi_squared(statistic, len(samples) - 1)


def goodness_of_fit_test(observed: Sequence[float], shares: Sequence[float]) -> SignificanceTest:
    """Return Pearson's χ² test that *observed* was split in *shares*, positive and adding up to 1.

    χ² = Σ (observed − expected)² ÷ expected, with k − 1 degrees of freedom.
    """
    total = sum(observed)
    deviations = (
        (count - total * share, total * share)
        for count, share in zip(observed, shares, strict=True)
    )
    statistic = math.fsum(gap * gap / expected for gap, expected in deviations)
    return _chi_squared(statistic, len(observed) - 1)


def smallest_expected(samples: Sequence[Proportion]) -> float:
    """Return the smallest count to expect in a cell if all samples had one rate."""
    successes = sum(sample.successes for sample in samples)
    trials = sum(sample.trials for sample in samples)
    rarer = min(successes, trials - successes)
    return rarer * min(sample.trials for sample in samples) / trials


def holm(p_values: Sequence[float]) -> list[float]:
    """Return the p values adjusted for their number, in the order given.

    The i-th smallest of m is multiplied by m − i + 1, never falls below the one before it
    and never exceeds 1.

    Source: S. Holm, A simple sequentially rejective multiple test procedure,
    Scandinavian Journal of Statistics 6 (1979).
    """
    adjusted = [0.0] * len(p_values)
    floor = 0.0
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, index in enumerate(order):
        floor = max(floor, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = floor
    return adjusted


def _chi_squared(statistic: float, degrees_of_freedom: int) -> SignificanceTest:
    from scipy.special import chdtrc

    p_value = float(chdtrc(degrees_of_freedom, statistic))
    return SignificanceTest("chi_squared", statistic, degrees_of_freedom, p_value)


def _fisher_exact(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return Fisher's two-sided p of (successes, trials), with an expected count below 5.

    The probability of all tables with these margins that are no likelier than the one seen.
    Counted in the cell of the smaller sample and the rarer outcome, the hypergeometric
    weights start at 0 and have a mean below 5, so they vanish within a few hundred terms
    however large the samples; ratios of neighbours need no factorial.
    """
    smaller, larger = sorted((first, second), key=lambda sample: sample[1])
    successes, size = smaller[0] + larger[0], smaller[1]
    trials = size + larger[1]
    rarer, seen = successes, smaller[0]
    if 2 * successes > trials:
        rarer, seen = trials - successes, size - smaller[0]
    weights = [1.0]
    for k in range(min(rarer, size)):
        ratio = (rarer - k) * (size - k) / ((k + 1) * (trials - rarer - size + k + 1))
        if weights[-1] * ratio == 0:  # too small for a float, as is all that follows
            break
        weights.append(weights[-1] * ratio)
    weight_seen = weights[seen] if seen < len(weights) else 0.0
    # The tolerance keeps tables that are equally likely together despite rounding.
    as_extreme = (weight for weight in weights if weight <= weight_seen * (1 + 1e-7))
    return min(1.0, math.fsum(as_extreme) / math.fsum(weights))
