"""How often will a customer buy again, and are they still one?

The BG/NBD model: while alive, a customer buys at random with a rate of their own,
gamma distributed with shape r and scale α over the customers; after each purchase
they leave for good with a probability of their own, beta distributed with a and b.
A customer enters with x repeat purchases (frequency), the time t_x of the last one
(recency) and the time T observed (age), both counted from the first purchase.

Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting Your Customers" the Easy
Way: An Alternative to the Pareto/NBD Model, Marketing Science 24 (2), 2005.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from service.analytics.customers.likelihood import maximise

if TYPE_CHECKING:
    from service.analytics.customers.likelihood import Vector

_LARGEST = 1e4
"""Parameters beyond, or below its reciprocal, tell of customers without differences."""

_NEAR_ONE = 1e-5


class PurchaseModel(NamedTuple):
    """The parameters of the BG/NBD model, *alpha* in time units, and their likelihood."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float


def fit_purchases(frequency: Vector, recency: Vector, age: Vector) -> PurchaseModel:
    """Return the parameters that make the histories most likely.

    With A = (α + T)^−(r + x), B = a ÷ (b + x − 1) · (α + t_x)^−(r + x) and B = 0 at x = 0,

        L(x, t_x, T) = Γ(r + x) α^r ÷ Γ(r) · Γ(a + b) Γ(b + x) ÷ (Γ(b) Γ(a + b + x)) · (A + B)

    Customers with the same history are one term, and time is measured in the longest age
    during the search, so that no power overflows.  Long sums do without `@`, whose threads
    take ten times as long where the processors are busy.

    Raises:
        Undefined: `no_convergence`, see `maximise`.
    """
    import numpy as np
    from scipy.special import digamma, expit, gammaln

    unit = float(age.max())
    histories, weights = np.unique(
        np.column_stack((frequency, recency / unit, age / unit)), axis=0, return_counts=True
    )
    x, last, length = histories.T
    repeat = x > 0
    counts, of_history = np.unique(x, return_inverse=True)
    sizes = np.bincount(of_history, weights)
    customers = float(sizes.sum())

    def mean_log_likelihood(parameters: Vector) -> tuple[float, Vector]:
        r, alpha, a, b = parameters
        height = sizes @ (
            gammaln(r + counts)
            - gammaln(r)
            + r * np.log(alpha)
            + gammaln(a + b)
            + gammaln(b + counts)
            - gammaln(b)
            - gammaln(a + b + counts)
        )
        by_age, by_recency = np.log(alpha + length), np.log(alpha + last)
        left = np.where(repeat, b + x - 1, 1.0)
        log_odds = np.where(
            repeat, np.log(a) - np.log(left) + (r + x) * (by_age - by_recency), -np.inf
        )
        gone = expit(log_odds)
        height += (weights * (np.logaddexp(0, log_odds) - (r + x) * by_age)).sum()
        speed = (1 - gone) / (alpha + length) + gone / (alpha + last)
        from_all = digamma(a + b) - digamma(a + b + counts)
        slope = np.array(
            [
                sizes @ (digamma(r + counts) - digamma(r) + np.log(alpha))
                - (weights * (by_age + gone * (by_recency - by_age))).sum(),
                customers * r / alpha - (weights * (r + x) * speed).sum(),
                sizes @ from_all + (weights * gone).sum() / a,
                sizes @ (from_all + digamma(b + counts) - digamma(b))
                - (weights * gone / left).sum(),
            ]
        )
        return float(height) / customers, slope / customers

    fitted = maximise(mean_log_likelihood, 4, largest=_LARGEST)
    # The density of x purchases changes by unit^x with the unit of time.
    height = mean_log_likelihood(fitted)[0] * customers - float(sizes @ counts) * np.log(unit)
    r, alpha, a, b = (float(one) for one in fitted)
    return PurchaseModel(r, alpha * unit, a, b, float(height))


def expected_purchases(model: PurchaseModel, frequency: Vector, age: Vector, time: float) -> Vector:
    """Return the purchases expected in the *time* after *age*, of customers who are alive.

    Equation 10 of the source without its denominator, which is 1 ÷ P(alive).  With
    z = t ÷ (α + T + t), Euler's transformation takes its
    (1 − z)^(r + x) · ₂F₁(r + x, b + x; a + b + x − 1; z) to
    (1 − z)^(a − 1) · ₂F₁(a + b − 1 − r, a − 1; a + b + x − 1; z).
    The one with the smaller parameters is accurate: the second, unless a is large.
    """
    import numpy as np
    from scipy.special import hyp2f1

    r, alpha, _, b, _ = model
    known = alpha + age
    z, rest = time / (known + time), known / (known + time)

    def at(a: float) -> Vector:
        third = a + b + frequency - 1
        first, second, power = r + frequency, b + frequency, r + frequency
        small = np.abs((third - first) * (third - second)) < first * second
        first, second = (np.where(small, third - one, one) for one in (first, second))
        power = np.where(small, a - 1, power)
        purchases: Vector = third / (a - 1) * (1 - rest**power * hyp2f1(first, second, third, z))
        return purchases

    with np.errstate(all="ignore"):  # what is beyond all numbers becomes infinite or NaN
        # 0 ÷ 0 where a = 1 or a + b + x = 1, and smooth: two neighbours are within 1e-9 of it.
        singular = np.abs(np.append(model.a + b + frequency, model.a) - 1)
        if singular.min() < _NEAR_ONE:
            return (at(model.a - 2 * _NEAR_ONE) + at(model.a + 2 * _NEAR_ONE)) / 2
        return at(model.a)


def discounted_purchases(
    model: PurchaseModel, frequency: Vector, age: Vector, periods: int, discount_rate: float
) -> Vector:
    """Return Σ (E[Y(t)] − E[Y(t − 1)]) ÷ (1 + d)^t for t = 1 to *periods*, of customers alive."""
    import numpy as np

    factors = np.exp(-np.log1p(discount_rate) * np.arange(1, periods + 1))
    total: Vector = factors[-1] * expected_purchases(model, frequency, age, periods)
    if discount_rate:
        # Summed by parts, E[Y(t)] is needed for one t at a time.
        for time, weight in enumerate(factors[:-1] - factors[1:], start=1):
            total += weight * expected_purchases(model, frequency, age, time)
    return total


def probability_alive(
    model: PurchaseModel, frequency: Vector, recency: Vector, age: Vector
) -> Vector:
    """Return the chance that a customer has not left; 1 at frequency 0 by construction.

    1 ÷ (1 + a ÷ (b + x − 1) · ((α + T) ÷ (α + t_x))^(r + x)) for x > 0.

    Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, Computing P(alive) Using the BG/NBD
    Model, 2008, https://brucehardie.com/notes/021/.
    """
    import numpy as np
    from scipy.special import expit

    repeat = frequency > 0
    left = np.where(repeat, model.b + frequency - 1, 1.0)
    log_odds = (
        np.log(model.a)
        - np.log(left)
        + (model.r + frequency) * np.log((model.alpha + age) / (model.alpha + recency))
    )
    return np.where(repeat, expit(-log_odds), 1.0)
