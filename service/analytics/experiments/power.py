"""How large must an A/B test be, and what effect can a test of a given size see?

Two-sided tests in the normal approximation, counting the tail on the side of the effect.
Source: J. L. Fleiss, B. Levin & M. C. Paik, Statistical Methods for Rates and Proportions,
on the sample sizes needed to detect a difference between two proportions.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from service.analytics.experiments.means import SampleMean
from service.analytics.proportions import normal_quantile, two_sided_quantile

POWER = 0.8
"""The chance of seeing an effect that is there, which plans use unless told otherwise."""

LARGEST_SIZE = 2**53
"""Beyond this a float no longer holds every whole number."""

ROUNDING = 1e-12
"""How far the sum of a rate and an effect may miss 0 or 1 by rounding alone."""

SMALLEST_RISE = 1e-30
"""Below any rise that can be detected; where the search for one begins."""


def is_rate(value: float) -> bool:
    """Return whether *value*, a rate with an effect, lies in [0, 1]."""
    return -ROUNDING <= value <= 1 + ROUNDING


def visitors_for_rates(
    baseline_rate: float,
    effect: float,
    significance: float,
    power: float = POWER,
    *,
    baseline_variance: bool = False,
) -> int | None:
    """Return the visitors in each of two samples to see *effect*, not 0, with *power*.

    n = (z·√(2p̄(1 − p̄)) + z_power·√(p₁(1 − p₁) + p₂(1 − p₂)))² ÷ (p₂ − p₁)²

    with z the two-sided quantile and p̄ the mean of both rates, rounded up; with
    *baseline_variance* p̄ is the baseline p₁ and n is rounded to the nearest, as in the
    calculator of Evan Miller (evanmiller.org).  None where n is too large to count.
    """
    rate_without_effect = baseline_rate if baseline_variance else baseline_rate + effect / 2
    root = two_sided_quantile(1 - significance) * math.sqrt(2 * _variance(rate_without_effect))
    root += normal_quantile(power) * math.sqrt(
        _variance(baseline_rate) + _variance(baseline_rate + effect)
    )
    return _whole_square(root / abs(effect), round if baseline_variance else math.ceil)


def power_of_rates(
    control_rate: float, effect: float, sizes: tuple[float, float], significance: float
) -> float:
    """Return the chance that the pooled z test sees control_rate + effect in the other arm.

    Φ((|p₂ − p₁| − z·s₀) ÷ s₁), with s₀ from the pooled rate and s₁ from each sample's own;
    *sizes* are those of the control and the other arm.
    """
    from scipy.special import ndtr

    null_error, error = _standard_errors(control_rate, effect, sizes)
    excess = abs(effect) - two_sided_quantile(1 - significance) * null_error
    if error == 0:  # from 0 to 1 or back, nothing is left to chance
        return float(excess > 0)
    return float(ndtr(excess / error))


def detectable_rise(
    control_rate: float, sizes: tuple[float, float], significance: float
) -> float | None:
    """Return the smallest rise of the rate seen with 80% power, None if none is.

    The root of d − z·s₀(d) − z_power·s₁(d): convex, as both s are concave, and negative
    just above 0, so there is at most one.
    """
    from scipy.optimize import brentq

    quantile, power_quantile = two_sided_quantile(1 - significance), normal_quantile(POWER)

    def excess(rise: float) -> float:
        null_error, error = _standard_errors(control_rate, rise, sizes)
        return rise - quantile * null_error - power_quantile * error

    highest = 1 - control_rate
    if highest <= 0 or excess(highest) < 0:
        return None
    return float(brentq(excess, SMALLEST_RISE, highest, xtol=SMALLEST_RISE, rtol=1e-12))


def visitors_for_means(
    control: SampleMean, arm: SampleMean, effect: float, significance: float
) -> int | None:
    """Return n = (z + z_power)²·(s₁² + s₂²) ÷ effect² in each sample, rounded up."""
    spread = math.hypot(control.standard_deviation, arm.standard_deviation)
    return _whole_square(_sum_of_quantiles(significance) * spread / abs(effect), math.ceil)


def power_of_means(effect: float, standard_error: float, significance: float) -> float:
    """Return Φ(|effect| ÷ s − z), the chance that a difference of means is seen."""
    from scipy.special import ndtr

    return float(ndtr(abs(effect) / standard_error - two_sided_quantile(1 - significance)))


def detectable_mean_difference(standard_error: float, significance: float) -> float:
    """Return (z + z_power)·s, the smallest difference of means seen with 80% power."""
    return _sum_of_quantiles(significance) * standard_error


def _standard_errors(
    control_rate: float, effect: float, sizes: tuple[float, float]
) -> tuple[float, float]:
    """Return the standard error of the difference if there is no effect, and if there is."""
    control_size, arm_size = sizes
    pooled_rate = control_rate + effect * arm_size / (control_size + arm_size)
    return (
        math.sqrt(_variance(pooled_rate) * (1 / control_size + 1 / arm_size)),
        math.sqrt(
            _variance(control_rate) / control_size + _variance(control_rate + effect) / arm_size
        ),
    )


def _variance(rate: float) -> float:
    return max(0.0, rate * (1 - rate))


def _sum_of_quantiles(significance: float) -> float:
    return two_sided_quantile(1 - significance) + normal_quantile(POWER)


def _whole_square(root: float, whole: Callable[[float], int]) -> int | None:
    size = root * root
    return max(1, whole(size)) if size < LARGEST_SIZE else None
