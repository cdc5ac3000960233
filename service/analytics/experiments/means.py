"""Do means of samples with unequal spread differ?

Welch's test and its interval, for any weighted sum of independent means: one mean minus
another, or a change minus another change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from service.analytics.proportions import Interval


class SampleMean(NamedTuple):
    """The mean of a sample, its standard deviation (n − 1) and its size, at least 2."""

    mean: float
    standard_deviation: float
    size: int

    @property
    def standard_error(self) -> float:
        return self.standard_deviation / math.sqrt(self.size)


class Contrast(NamedTuple):
    """A weighted sum of means, how uncertain it is, and the test that it is 0.

    Without any spread in the samples there is nothing to test against: all but the
    estimate and the standard error, 0, are None.
    """

    estimate: float
    standard_error: float
    degrees_of_freedom: float | None = None
    statistic: float | None = None
    p_value: float | None = None
    interval: Interval | None = None


def welch_contrast(terms: Sequence[tuple[float, SampleMean]], confidence: float = 0.95) -> Contrast:
    """Return Σ cᵢ·meanᵢ over independent samples, given as (cᵢ, sample), with Welch's test.

    t = Σ cᵢ·meanᵢ ÷ √(Σ vᵢ) with vᵢ = cᵢ²·sᵢ²/nᵢ, on
    (Σ vᵢ)² ÷ Σ vᵢ²/(nᵢ − 1) degrees of freedom; the p value is two-sided.

    Sources: F. E. Satterthwaite, An approximate distribution of estimates of variance
    components, Biometrics Bulletin 2 (1946); B. L. Welch, The generalization of 'Student's'
    problem when several different population variances are involved, Biometrika 34 (1947).
    """
    from scipy.special import stdtr, stdtrit

    estimate = sum(coefficient * sample.mean for coefficient, sample in terms)
    errors = [abs(coefficient) * sample.standard_error for coefficient, sample in terms]
    standard_error = math.hypot(*errors)
    if standard_error == 0:
        return Contrast(estimate, standard_error)
    # Shares of the variance instead of variances: no square overflows.
    degrees_of_freedom = 1 / sum(
        (error / standard_error) ** 4 / (sample.size - 1)
        for error, (_, sample) in zip(errors, terms, strict=True)
    )
    statistic = estimate / standard_error
    margin = -float(stdtrit(degrees_of_freedom, (1 - confidence) / 2)) * standard_error
    return Contrast(
        estimate,
        standard_error,
        degrees_of_freedom,
        statistic,
        2 * float(stdtr(degrees_of_freedom, -abs(statistic))),
        Interval(estimate - margin, estimate + margin),
    )
