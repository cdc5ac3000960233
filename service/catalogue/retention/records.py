"""Who stays and who leaves, told from orders and by every usual denominator."""

from __future__ import annotations

from typing import Annotated

from service.analytics.customers import churn, cohorts
from service.catalogue.customer_value.history import ORDERS_OF_A_QUARTER
from service.catalogue.customer_value.inputs import COHORTS, AsOf, End, Orders, Start
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real
from service.shape.word import Choice
from service.units import unit

_COUNT = Real(minimum=0)

CustomersAtStart = Annotated[
    float, Input("customers_at_start", "customers at the start", unit("customer"), _COUNT)
]
CustomersAtEnd = Annotated[
    float, Input("customers_at_end", "customers at the end", unit("customer"), _COUNT)
]
NewCustomers = Annotated[float, Input("new_customers", "new customers", unit("customer"), _COUNT)]
CustomersLost = Annotated[
    float, Input("customers_lost", "customers lost", unit("customer"), _COUNT)
]

CONVENTIONS = Record(
    {
        "conventions": ListOf(
            Record(
                {
                    "name": Choice(("by_start", "by_mean", "by_start_plus_new")),
                    "customers_lost": _COUNT,
                    "base": _COUNT,
                    "rate": Nullable(_COUNT),
                }
            ),
            3,
        )
    }
)


@algorithm(
    "ratio",
    "neither",
    Example({"orders": ORDERS_OF_A_QUARTER, "as_of": "2026-03-31"}, None),
    statement="rate(k) = customers of the cohort with an order in month k after their first ÷"
    " customers of the cohort for whom month k has begun",
    result=COHORTS,
    serves=["retention"],
    aliases=["cohort analysis", "retention cohorts", "retention matrix", "retention curve"],
)
def cohort_retention(
    orders: Orders, start: Start = None, end: End = None, as_of: AsOf = None
) -> Outcome:
    """Cohort retention.

    How many of the customers won in a month buy again in each month after, and what they bring: a
    row for each cohort, a cell for each month. Months that have not begun are empty, never 0.

    Reading: Read a row from left to right to see when customers are lost, and a column downwards to
    see whether newer cohorts stay better. The month that has not ended is partial: it will rise.
    Small cohorts jump by chance; look at the customers behind a rate.

    Source: standard definition, as in Lifesight, How to read a cohort analysis,
    https://help.lifesight.io/en/articles/8585359-how-to-read-a-cohort-analysis
    """
    return cohorts.cohort_retention(orders=orders, start=start, end=end, as_of=as_of)


@algorithm(
    "ratio",
    "down",
    Example(
        {
            "customers_at_start": 200,
            "customers_at_end": 250,
            "new_customers": 75,
            "customers_lost": 25,
        },
        0.125,
    ),
    statement="by start: lost ÷ start; by mean: lost ÷ ((start + end) ÷ 2); by start plus new:"
    " lost ÷ (start + new)",
    result=CONVENTIONS,
    serves=["retention"],
    aliases=["churn rate by definition", "churn by average customers", "churn conventions"],
)
def churn_by_convention(
    customers_at_start: CustomersAtStart,
    customers_at_end: CustomersAtEnd,
    new_customers: NewCustomers,
    customers_lost: CustomersLost,
) -> Outcome:
    """Churn by convention.

    The customers lost in a period against three denominators in use: the customers at the start,
    the mean of start and end, and the customers at the start together with the new ones.

    Reading: Where many customers are new the three lie far apart: say which one a figure is, and
    compare only like with like. By start can be above 1 when new customers leave within the period
    too; by start plus new never is.

    Source: standard definitions; by start as in
    https://help.metapulse.com/en/articles/12334551-tips-tricks-how-to-track-customer-churn-rate-in-your-business
    """
    return churn.churn_by_convention(
        customers_at_start=customers_at_start,
        customers_at_end=customers_at_end,
        new_customers=new_customers,
        customers_lost=customers_lost,
    )
