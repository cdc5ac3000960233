"""What customers will be worth from here on, by models fitted to their records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from service.analytics.customers import predictive, survival
from service.analytics.customers.orders import Order
from service.catalogue.customer_value.inputs import (
    PREDICTION,
    SURVIVAL,
    AsOf,
    Customers,
    DiscountRate,
    Horizon,
    Orders,
    RenewalsMade,
    Survivors,
    TimeUnitName,
)
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

CUSTOMERS_BY_WEEKS = [
    {"customer": "An", "frequency": 5, "recency": 8, "age": 26, "mean_value": 73},
    {"customer": "Binh", "frequency": 10, "recency": 35, "age": 36, "mean_value": 59},
    {"customer": "Chen", "frequency": 1, "recency": 8, "age": 30, "mean_value": 54},
    {"customer": "Dana", "frequency": 3, "recency": 34, "age": 39, "mean_value": 174},
    {"customer": "Elif", "frequency": 2, "recency": 21, "age": 28, "mean_value": 127},
    {"customer": "Farah", "frequency": 1, "recency": 8, "age": 30, "mean_value": 146},
    {"customer": "Goran", "frequency": 0, "recency": 0, "age": 28},
    {"customer": "Hana", "frequency": 1, "recency": 4, "age": 37, "mean_value": 28},
    {"customer": "Ivo", "frequency": 5, "recency": 10, "age": 32, "mean_value": 127},
    {"customer": "Jana", "frequency": 2, "recency": 23, "age": 25, "mean_value": 209},
    {"customer": "Kim", "frequency": 1, "recency": 8, "age": 33, "mean_value": 52},
    {"customer": "Luis", "frequency": 0, "recency": 0, "age": 39},
    {"customer": "Mai", "frequency": 2, "recency": 1, "age": 30, "mean_value": 90},
    {"customer": "Nils", "frequency": 0, "recency": 0, "age": 28},
]


@algorithm(
    "period",
    "up",
    Example(
        {"survivors": [1000, 869, 743, 653, 593, 551, 517, 491], "discount_rate": 0.1},
        5.922253495778817,
    ),
    statement="DEL = Σ S(t) ÷ (1 + d)^t over t ≥ 0, with S(t) = Π (β + j − 1) ÷ (α + β + j − 1)"
    " over j = 1 to t; DERL(n) = Σ S(t) ÷ S(n) ÷ (1 + d)^(t − n − 1) over t > n",
    result=SURVIVAL,
    serves=["retention"],
    aliases=["sBG", "shifted-beta-geometric", "contractual CLV", "DEL", "DERL"],
)
def survival_lifetime_value(
    survivors: Survivors, discount_rate: DiscountRate, renewals_made: RenewalsMade = None
) -> Outcome:
    """Lifetime of customers under contract.

    How many periods, discounted to today, a new customer will stay: a model of customers who differ
    in their chance to leave, fitted to one cohort and what is left of it after each renewal.

    Reading: Times the margin of a period it is the value of a new customer; the residual lifetime
    times the margin is that of one who has renewed. Dividing 1 by the churn rate falls short of it:
    those who are likely to leave do so first, and the others stay longer and longer.

    Source: Fader & Hardie (2007), How to project customer retention, Journal of Interactive
    Marketing 21(1), 76-90; Fader & Hardie (2010), Customer-Base Valuation in a Contractual Setting,
    Marketing Science 29(1).
    """
    return survival.survival_lifetime_value(
        survivors=survivors, discount_rate=discount_rate, renewals_made=renewals_made
    )


@algorithm(
    "money",
    "up",
    Example({"customers": CUSTOMERS_BY_WEEKS, "horizon": 12}, 563.6473277754556, currency="USD"),
    statement="value = Σ over customers of E[order value] × Σ (E[Y(t)] − E[Y(t − 1)]) ÷ (1 + d)^t"
    " over t = 1 to horizon, with the purchases Y by BG/NBD and the order value by gamma-gamma",
    result=PREDICTION,
    serves=["sales", "retention"],
    aliases=["predictive CLV", "pCLV", "BG/NBD", "gamma-gamma model", "probability alive"],
)
def predictive_lifetime_value(
    orders: Annotated[Sequence[Order] | None, *Orders.__metadata__] = None,
    customers: Customers = None,
    as_of: AsOf = None,
    time_unit: TimeUnitName = "week",
    horizon: Horizon = None,
    discount_rate: Annotated[float, *DiscountRate.__metadata__] = 0.0,
) -> Outcome:
    """Predictive lifetime value.

    What the customers on record will probably buy within the horizon, in money of today. One model
    tells who is still a customer and how often they will buy, another what an order will be worth;
    both are fitted to the orders, or to customers already summed up.

    Reading: Look at the customers, not the sum alone: much value and a low probability of being
    alive is where winning back pays. Whoever bought once is alive by construction, which says
    nothing. A correlation of frequency and value far from 0 makes the values doubtful.

    Source: Fader, Hardie & Lee (2005), Counting your customers the easy way, Marketing Science
    24(2), 275-284; Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value,
    https://brucehardie.com/notes/025/
    """
    return predictive.predictive_lifetime_value(
        orders=orders,
        customers=customers,
        as_of=as_of,
        time_unit=time_unit,
        horizon=horizon,
        discount_rate=discount_rate,
    )
