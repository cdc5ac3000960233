"""How does the chance to leave differ between customers under contract?

The shifted-beta-geometric model: at each renewal a customer leaves with a chance θ of
their own, beta distributed over the customers with parameters α and β.  Those likely to
leave go first, so the retention rate of a cohort rises.

Sources: P. S. Fader, B. G. S. Hardie, How to Project Customer Retention, Journal of
Interactive Marketing 21 (1), 2007, for the model; P. S. Fader, B. G. S. Hardie,
Customer-Base Valuation in a Contractual Setting, Marketing Science 29 (1), 2010, for
the discounted lifetimes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from service.analytics.customers.likelihood import maximise

if TYPE_CHECKING:
    from service.analytics.customers.likelihood import Vector

NO_TREND = 1e-6
"""A fall of churn too small to tell from the rounding of the numbers given."""

_SMALL_ALPHA = 0.1


class Retention(NamedTuple):
    """A beta distribution of the chance to leave, or one *churn_rate* for all customers."""

    churn_rate: float
    alpha: float | None = None
    beta: float | None = None

    def rate_at(self, renewal: int) -> float:
        """Return the share of those before the *renewal*, counted from 1, who make it."""
        if self.alpha is None or self.beta is None:
            return 1 - self.churn_rate
        stayed = self.beta + renewal - 1
        return stayed / (self.alpha + stayed)


def fit_retention(survivors: Sequence[float]) -> Retention:
    """Return the retention that makes the losses most likely.

    Of n(t − 1) customers at renewal t, n(t) stay, each with the chance
    (β + t − 1) ÷ (α + β + t − 1), and the others leave:

        ln L = Σ_t (n(t − 1) − n(t)) ln α + n(t) ln(β + t − 1) − n(t − 1) ln(α + β + t − 1)

    At one churn rate θ for all, which is α and β going to infinity, its slope in
    1 ÷ (α + β) has the sign of Σ_t (t − 1) · (θ n(t − 1) − losses(t)): only where late
    losses are fewer than θ would have is there a maximum with heterogeneity.
    """
    import numpy as np

    share = np.array(survivors) / survivors[0]
    before, after = share[:-1], share[1:]
    losses = before - after
    age = np.arange(losses.size)
    if fall_of_churn(survivors) <= NO_TREND:
        return Retention(float(losses.sum() / before.sum()))

    def mean_log_likelihood(parameters: Vector) -> tuple[float, Vector]:
        alpha, beta = parameters
        leave_or_stay = alpha + beta + age
        height = (
            losses.sum() * np.log(alpha)
            + after @ np.log(beta + age)
            - before @ np.log(leave_or_stay)
        )
        common = (before / leave_or_stay).sum()
        slope = np.array([losses.sum() / alpha - common, (after / (beta + age)).sum() - common])
        return float(height), slope

    alpha, beta = (float(one) for one in maximise(mean_log_likelihood, 2))
    return Retention(alpha / (alpha + beta), alpha, beta)


def fall_of_churn(survivors: Sequence[float]) -> float:
    """Return by how much the churn rate falls over time: below 0 where late losses grow.

    Σ_t (t − 1) · (θ n(t − 1) − losses(t)) ÷ Σ_t (t − 1) · n(t − 1) with θ the mean churn rate.
    """
    import numpy as np

    share = np.array(survivors) / survivors[0]
    before, losses = share[:-1], -np.diff(share)
    age = np.arange(losses.size)
    late = age @ before
    return float(losses.sum() / before.sum() - (age @ losses) / late) if late else 0.0


def discounted_lifetimes(
    retention: Retention, discount_rate: float, renewals_made: int
) -> tuple[float | None, float | None]:
    """Return DEL and DERL, None where the sums are infinite.

    Σ_t (1 − θ)^t ÷ (1 + d)^t = (1 + d) ÷ (d + θ) = 1 + (1 − θ) ÷ (d + θ) for one customer;
    the mean of (1 − θ) · f(θ) over a beta distribution is β ÷ (α + β) times the mean of
    f(θ) with β + 1 in place of β, and n renewals made put β + n in its place.
    """
    churn_rate, alpha, beta = retention
    if alpha is None or beta is None:
        residual = (1 - churn_rate) / (discount_rate + churn_rate)
        return 1 + residual, residual * (1 + discount_rate)
    if discount_rate == 0 and alpha <= 1:
        return None, None

    def expected(beta: float) -> float:
        return beta / (alpha + beta) * _mean_reciprocal(alpha, beta + 1, discount_rate)

    return 1 + expected(beta), (1 + discount_rate) * expected(beta + renewals_made)


def _mean_reciprocal(alpha: float, beta: float, rate: float) -> float:
    """Return the mean of 1 ÷ (*rate* + θ) over θ ~ beta(*alpha*, *beta*), to 1e-9 of itself.

    At a rate of 0 it is (α + β − 1) ÷ (α − 1).  Otherwise the trapezoidal rule over the
    log odds of θ, where the integrand decays to both ends, also within π ÷ 2 of the real
    line, so that the error falls as exp(−π² ÷ step): see L. N. Trefethen,
    J. A. C. Weideman, The Exponentially Convergent Trapezoidal Rule, SIAM Review 56 (3),
    2014.  Unlike scipy's hyp2f1 it holds for all parameters.
    """
    if rate == 0:
        return (alpha + beta - 1) / (alpha - 1)
    if alpha < _SMALL_ALPHA:  # the decay is slow there; 1 ÷ (d + θ) = (1 − θ ÷ (d + θ)) ÷ d
        return (1 - alpha / (alpha + beta) * _mean_reciprocal(alpha + 1, beta, rate)) / rate
    import numpy as np

    variance = 1 / alpha + 1 / beta
    step = 0.25 / math.sqrt(1 + 1 / variance)
    middle = math.log(alpha) - math.log(beta)
    # Beyond these bounds less than e⁻⁴⁵ of the integral is left out.
    low = middle - math.sqrt(90 * variance) - (45 + max(0.0, -math.log(rate))) / alpha
    high = middle + math.sqrt(90 * variance) + 45 / beta
    log_odds = np.arange(low, high, step)
    log_leave, log_stay = -np.logaddexp(0, -log_odds), -np.logaddexp(0, log_odds)
    log_weights = alpha * log_leave + beta * log_stay
    weights = np.exp(log_weights - log_weights.max())
    return float((weights / (rate + np.exp(log_leave))).sum() / weights.sum())
