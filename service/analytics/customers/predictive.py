"""What will the customers on record be worth from here on?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from service.analytics.customers.buy_till_you_die import (
    PurchaseModel,
    discounted_purchases,
    expected_purchases,
    fit_purchases,
    probability_alive,
)
from service.analytics.customers.histories import Histories, of_orders, of_summaries
from service.analytics.customers.orders import Order, check_orders, is_refund, latest, up_to
from service.analytics.customers.spend import correlation, expected_order_value, fit_spend
from service.analytics.instants import Instant
from service.analytics.magnitude import in_range
from service.message import Message, Refused, Undefined
from service.outcome import Outcome

if TYPE_CHECKING:
    from service.analytics.customers.likelihood import Vector

MOST_EVALUATIONS = 3_000_000
"""Different histories times periods to discount: about a second of work."""

DAYS_PER_UNIT = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
UNITS_PER_YEAR = {"day": 365, "week": 52, "month": 12}


def predictive_lifetime_value(
    *,
    orders: Sequence[Order] | None = None,
    customers: Sequence[Mapping[str, Any]] | None = None,
    as_of: Instant | None = None,
    time_unit: str = "week",
    horizon: int | None = None,
    discount_rate: float = 0.0,
) -> Outcome:
    """Return what the customers will probably buy within the *horizon*, in money of today.

    The BG/NBD model gives the purchases Y(t) expected of a customer within t units of
    time, the gamma-gamma model the value M of one of them.  Both are fitted by maximum
    likelihood, to *orders* up to *as_of* or to *customers* already summed up as
    `{"customer", "frequency", "recency", "age", "mean_value"}` in units of time.  With
    the horizon h and the discount rate d per unit of time,

        value = Σ over the customers of E[M] · Σ_{t = 1 to h} (E[Y(t)] − E[Y(t − 1)]) ÷ (1 + d)^t

    `result` holds the parameters of both models, the totals, and a row per customer in
    the order given.  The horizon is a year unless given.  Where the order values allow
    no model of them, the purchases are answered and the value is None with the reason.

    Sources: Fader, Hardie & Lee 2005, see `buy_till_you_die`; Fader & Hardie 2013, see
    `spend`.

    Raises:
        Refused: Both or neither of orders and customers, too many, or contradictory ones.
        Undefined: `no_customers`, `no_repeat_purchases`, `no_convergence`.
    """
    if orders is None and customers is None:
        raise Refused("/orders", "missing", "give orders, or customers with their frequency")
    if orders is not None and customers is not None:
        raise Refused(
            "/customers", "inconsistent_inputs", "orders and customers are both given; give one"
        )
    warnings: tuple[Message, ...] = ()
    if customers is None:
        check_orders(orders or ())
        as_of = as_of or latest(orders or ())
        known, warnings = up_to(orders or (), as_of)
        warnings += _refunds(known)
        histories = of_orders(known, as_of, DAYS_PER_UNIT[time_unit])
    else:
        histories = of_summaries(customers)
    periods = horizon or UNITS_PER_YEAR[time_unit]
    purchases = _purchases(histories, periods, discount_rate)
    spend = _spend(histories)
    totals = _totals(purchases, spend)
    if totals.result is None:
        return totals
    return Outcome(
        value=totals.value,
        result={
            "as_of": as_of and as_of.isoformat(),
            "time_unit": time_unit,
            "horizon": periods,
            "discount_rate": discount_rate,
            "customers": len(histories.customers),
            "repeat_customers": int((histories.frequency > 0).sum()),
            **totals.result,
            "values": _rows(histories, purchases, spend),
        },
        reason=spend.reason,
        assumptions=_assumptions(time_unit, from_orders=customers is None),
        warnings=warnings + spend.warnings,
    )


@in_range
def _totals(purchases: _Purchases, spend: _Spend) -> Outcome:
    """Return both models and the sums over the customers; no row is larger than its sum."""
    value = None
    if spend.per_order is not None:
        value = math.fsum((purchases.discounted * spend.per_order).tolist())
    return Outcome(
        value,
        {
            "customers_alive": math.fsum(purchases.alive.tolist()),
            "expected_purchases": math.fsum(purchases.expected.tolist()),
            "purchase_model": purchases.model._asdict(),
            "spend_model": spend.model,
        },
    )


class _Purchases(NamedTuple):
    """The fitted model, and per customer the chance of being one and the purchases to come."""

    model: PurchaseModel
    alive: Vector
    expected: Vector
    discounted: Vector


def _purchases(histories: Histories, periods: int, discount_rate: float) -> _Purchases:
    import numpy as np

    _, frequency, recency, age, _ = histories
    if not frequency.size:
        raise Undefined("no_customers", "there is no customer to learn from")
    if not frequency.any():
        raise Undefined(
            "no_repeat_purchases",
            "nobody has bought a second time, so nothing is known of repeat purchases;"
            " send the records of a longer time",
        )
    # Customers alike in frequency and age differ only in the chance of being alive.
    alike, of_customer = np.unique(np.column_stack((frequency, age)), axis=0, return_inverse=True)
    if discount_rate and len(alike) * periods > MOST_EVALUATIONS:
        raise Refused(
            "/horizon",
            "too_many_items",
            "{histories} different histories over {periods} periods are more than {limit} to"
            " discount; shorten the horizon, choose a longer time unit, or do not discount",
            histories=len(alike),
            periods=periods,
            limit=MOST_EVALUATIONS,
        )
    model = fit_purchases(frequency, recency, age)
    alive = probability_alive(model, frequency, recency, age)
    expected = expected_purchases(model, alike[:, 0], alike[:, 1], periods)
    discounted = discounted_purchases(model, alike[:, 0], alike[:, 1], periods, discount_rate)
    return _Purchases(model, alive, alive * expected[of_customer], alive * discounted[of_customer])


class _Spend(NamedTuple):
    """The fitted model and the value of each customer's orders, or why there are none."""

    model: dict[str, Any] | None = None
    per_order: Vector | None = None
    reason: Message | None = None
    warnings: tuple[Message, ...] = ()


def _spend(histories: Histories) -> _Spend:
    """Learn from the repeat buyers of a mean value above 0; others get the mean over all."""
    import numpy as np

    repeat = histories.frequency > 0
    spends = repeat & (histories.mean_value > 0)
    frequency, mean_value = histories.frequency[spends], histories.mean_value[spends]
    try:
        model = fit_spend(frequency, mean_value)
    except Undefined as stopped:
        return _Spend(reason=stopped.message)
    figures = {
        **model._asdict(),
        "customers": int(spends.sum()),
        "mean_order_value": model.mean,
        "frequency_value_correlation": correlation(frequency, mean_value),
    }
    per_order = expected_order_value(
        model,
        np.where(spends, histories.frequency, 0.0),
        np.where(spends, histories.mean_value, 0.0),
    )
    return _Spend(figures, per_order, warnings=_worthless(int((repeat & ~spends).sum())))


def _rows(histories: Histories, purchases: _Purchases, spend: _Spend) -> list[dict[str, Any]]:
    """Return a row per customer, in the order given."""
    unknown = [None] * len(histories.customers)
    each, value = unknown, unknown
    if spend.per_order is not None:
        each = spend.per_order.tolist()
        value = (purchases.discounted * spend.per_order).tolist()
    columns = {
        "customer": histories.customers,
        "frequency": histories.frequency.astype(int).tolist(),
        "recency": histories.recency.tolist(),
        "age": histories.age.tolist(),
        "mean_value": [
            None if math.isnan(mean) else mean for mean in histories.mean_value.tolist()
        ],
        "probability_alive": purchases.alive.tolist(),
        "expected_purchases": purchases.expected.tolist(),
        "expected_order_value": each,
        "value": value,
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _refunds(orders: Sequence[Order]) -> tuple[Message, ...]:
    refunds = sum(map(is_refund, orders))
    if not refunds:
        return ()
    return (
        Message(
            "refunds_left_out",
            "{count} refunds were left out: the models know purchases only, and the value is"
            " before refunds",
            {"count": refunds},
        ),
    )


def _worthless(worthless: int) -> tuple[Message, ...]:
    """Return a warning if repeat buyers are valued without a mean value of their own."""
    if not worthless:
        return ()
    return (
        Message(
            "no_mean_value",
            "{count} repeat buyers have no mean value above 0; their orders are expected to be"
            " worth the mean over all customers",
            {"count": worthless},
        ),
    )


def _assumptions(time_unit: str, *, from_orders: bool) -> tuple[Message, ...]:
    said = [
        Message(
            "probability_alive",
            "the model lets a customer leave only after a repeat purchase, so whoever bought"
            " once has a probability of 1 of being alive",
        ),
        Message(
            "independent_spend",
            "order values are taken as independent of how often a customer buys; the"
            " correlation of frequency and value should be near 0",
        ),
        Message(
            "discounting",
            "the discount rate is per {unit}, and purchases are discounted from the end of"
            " theirs; the value is revenue, not profit",
            {"unit": time_unit},
        ),
    ]
    if from_orders:
        said.append(
            Message(
                "one_purchase_a_day",
                "orders of one customer on one day are one purchase; coarser collapsing, by"
                " week or month, would give other parameters",
            )
        )
    return tuple(said)
