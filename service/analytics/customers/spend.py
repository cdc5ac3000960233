"""How much will a customer spend on an order?

The gamma-gamma model: the values of a customer's orders are gamma distributed with
shape p around a mean of their own, and the means differ between customers such that
their scale is gamma distributed with q and v.  It takes the number of orders x and
their mean value z of each repeat buyer, and assumes that the two are independent.

Source: P. S. Fader, B. G. S. Hardie, The Gamma-Gamma Model of Monetary Value, 2013,
https://brucehardie.com/notes/025/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from service.analytics.customers.likelihood import maximise
from service.message import Undefined

if TYPE_CHECKING:
    from service.analytics.customers.likelihood import Vector


class SpendModel(NamedTuple):
    """The parameters of the gamma-gamma model, *v* in money, and their likelihood."""

    p: float
    q: float
    v: float
    log_likelihood: float

    @property
    def mean(self) -> float:
        """The mean order value over all customers, p · v ÷ (q − 1)."""
        return self.p * self.v / (self.q - 1)


def fit_spend(frequency: Vector, mean_value: Vector) -> SpendModel:
    """Return the parameters that make the mean values of the repeat buyers most likely.

        ln L(z; x) = ln Γ(p·x + q) − ln Γ(p·x) − ln Γ(q) + q ln v
                     + (p·x − 1) ln z + p·x ln x − (p·x + q) ln(v + x·z)

    *frequency* and *mean_value* are positive.  Money is measured in the geometric mean of
    the means during the search, so that its unit does not matter.

    Raises:
        Undefined: `no_convergence`, see `maximise`; `no_order_values` without a customer;
            `no_mean_order_value` at q ≤ 1.
    """
    import numpy as np
    from scipy.special import digamma, gammaln

    if not frequency.size:
        raise Undefined(
            "no_order_values",
            "no repeat buyer has a mean value above 0, so what an order is worth is unknown;"
            " give the values",
        )
    unit = float(np.exp(np.log(mean_value).mean()))
    orders, of_customer = np.unique(frequency, return_inverse=True)
    sizes = np.bincount(of_customer).astype(float)
    customers = frequency.size
    spent = frequency * (mean_value / unit)
    by_spent = float((frequency * np.log(spent)).sum())  # the sum of ln z is 0 in this unit

    def mean_log_likelihood(parameters: Vector) -> tuple[float, Vector]:
        p, q, v = parameters
        logs = np.log(v + spent)
        all_logs, by_orders = float(logs.sum()), float((frequency * logs).sum())
        height = (
            sizes @ (gammaln(p * orders + q) - gammaln(p * orders))
            + customers * (q * np.log(v) - gammaln(q))
            + p * by_spent
            - p * by_orders
            - q * all_logs
        )
        both = digamma(p * orders + q)
        slope = np.array(
            [
                sizes @ (orders * (both - digamma(p * orders))) + by_spent - by_orders,
                sizes @ both + customers * (np.log(v) - digamma(q)) - all_logs,
                customers * q / v - float(((p * frequency + q) / (v + spent)).sum()),
            ]
        )
        return float(height) / customers, slope / customers

    fitted = maximise(mean_log_likelihood, 3)
    p, q, v = (float(one) for one in fitted)
    if q <= 1:
        raise Undefined(
            "no_mean_order_value",
            "the order values are spread so widely (q is {q}) that the spend model has no mean;"
            " take extreme orders out or value the purchases yourself",
            q=q,
        )
    height = mean_log_likelihood(fitted)[0] - float(np.log(unit))
    return SpendModel(p, q, v * unit, height * customers)


def expected_order_value(model: SpendModel, frequency: Vector, mean_value: Vector) -> Vector:
    """Return what an order of each customer will be worth, (v + x·z) · p ÷ (p·x + q − 1).

    It lies between the customer's own mean and the mean over all customers, which it is
    at x = 0.
    """
    value: Vector = (
        model.p * (model.v + frequency * mean_value) / (model.p * frequency + model.q - 1)
    )
    return value


def correlation(frequency: Vector, mean_value: Vector) -> float | None:
    """Return Pearson's r of the two, None where one does not vary; the model assumes 0."""
    import numpy as np

    if np.ptp(frequency) == 0 or np.ptp(mean_value) == 0:
        return None
    return float(np.corrcoef(frequency / frequency.max(), mean_value / mean_value.max())[0, 1])
