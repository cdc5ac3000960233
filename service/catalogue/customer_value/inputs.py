"""What the metrics of customers that read records take and answer with, described once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, get_args

from service.analytics.customers.cohorts import MOST_CELLS
from service.analytics.customers.histories import MOST_CUSTOMERS
from service.analytics.customers.orders import MOST_ORDERS, Order
from service.analytics.customers.purchases import INDUSTRIES
from service.analytics.customers.survival import MOST_RENEWALS, PROJECTED_RENEWALS
from service.catalogue.customer_value.records import (
    MOMENT,
    NAME,
    NUMBER,
    ORDERS,
    SUMMARIES,
    SUMMARY,
    TEXT,
)
from service.metric import Input
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Choice, Flag
from service.units import unit

TimeUnit = Literal["day", "week", "month"]

MOST_SHOWN = 1_000
LONGEST_HORIZON = 3_660

_INSTANT = Nullable(MOMENT)
_COUNT = Whole(0, MOST_ORDERS)
_SHARE = Nullable(Real(minimum=0, maximum=1))
_PARAMETER = Real(minimum=0)

Orders = Annotated[Sequence[Order], Input("orders", "orders", unit("order"), ORDERS)]
Customers = Annotated[
    Sequence[Mapping[str, Any]] | None,
    Input("customers", "customers", unit("customer"), SUMMARIES),
]
Start = Annotated[date | None, Input("start", "first day of the window", unit("date"), MOMENT)]
End = Annotated[date | None, Input("end", "last day of the window", unit("date"), MOMENT)]
AsOf = Annotated[date | None, Input("as_of", "last day observed", unit("date"), MOMENT)]
Industry = Annotated[
    str, Input("industry", "industry of the benchmark", unit("name"), Choice(tuple(INDUSTRIES)))
]
DaysInYear = Annotated[
    float, Input("days_in_year", "days in the year", unit("day"), Real(above=0, maximum=366))
]
Top = Annotated[
    int, Input("top", "how many customers to show", unit("customer"), Whole(0, MOST_SHOWN))
]
Survivors = Annotated[
    Sequence[float],
    Input(
        "survivors",
        "customers left after each renewal",
        unit("customer"),
        ListOf(Real(minimum=0), MOST_RENEWALS + 1),
    ),
]
DiscountRate = Annotated[
    float, Input("discount_rate", "discount rate", unit("ratio"), Real(minimum=0))
]
RenewalsMade = Annotated[
    int | None,
    Input("renewals_made", "renewals already made", unit("1"), Whole(0, MOST_RENEWALS)),
]
TimeUnitName = Annotated[
    TimeUnit, Input("time_unit", "unit of time", unit("name"), Choice(get_args(TimeUnit)))
]
Horizon = Annotated[
    int | None,
    Input("horizon", "how many periods ahead", unit("period"), Whole(1, LONGEST_HORIZON)),
]

_FIGURES: dict[str, Shape] = {
    "orders": _COUNT,
    "customers": _COUNT,
    "revenue": Real(),
    "refunds": _COUNT,
    "refunded": Real(minimum=0),
    "average_order_value": NUMBER,
    "purchase_frequency": NUMBER,
    "repeat_customers": _COUNT,
    "repeat_rate": _SHARE,
    "historical_lifetime_value": NUMBER,
}
PURCHASES = Record(
    {
        "window": Record(
            {"start": _INSTANT, "end": _INSTANT, "days": Nullable(Whole(1, 4_000_000))}
        ),
        **_FIGURES,
        "annual_purchase_frequency": NUMBER,
        "time_between_purchases": Record(
            {"by_frequency_days": NUMBER, "observed_days": NUMBER, "gaps": _COUNT}
        ),
        "benchmark": Record(
            {
                "industry": Choice(tuple(INDUSTRIES)),
                "rate": Real(minimum=0, maximum=1),
                "kind": Choice(("upper_limit", "typical")),
                "gap": NUMBER,
            }
        ),
        "top_customers": ListOf(
            Record({"customer": TEXT, "orders": _COUNT, "revenue": Real(), "share": NUMBER}),
            MOST_SHOWN,
        ),
        "groups": ListOf(Record({"name": NAME, **_FIGURES, "share": NUMBER}), MOST_ORDERS),
    }
)

_RETAINED: dict[str, Shape] = {
    "month": Whole(0, MOST_CELLS),
    "customers": Nullable(_COUNT),
    "retained": Nullable(_COUNT),
    "rate": _SHARE,
    "revenue": NUMBER,
}
COHORTS = Record(
    {
        "start": _INSTANT,
        "as_of": _INSTANT,
        "customers": _COUNT,
        "existing_customers": _COUNT,
        "cohorts": ListOf(
            Record(
                {
                    "cohort": TEXT,
                    "customers": _COUNT,
                    "revenue": Real(),
                    "cells": ListOf(Record({**_RETAINED, "partial": Nullable(Flag())}), MOST_CELLS),
                }
            ),
            MOST_CELLS,
        ),
        "months": ListOf(Record(_RETAINED), MOST_CELLS),
    }
)

SURVIVAL = Record(
    {
        "model": Choice(("shifted_beta_geometric", "geometric")),
        "churn_rate": Real(minimum=0, maximum=1),
        "alpha": Nullable(_PARAMETER),
        "beta": Nullable(_PARAMETER),
        "discount_rate": Real(minimum=0),
        "discounted_expected_lifetime": NUMBER,
        "renewals_made": Whole(0, MOST_RENEWALS),
        "discounted_expected_residual_lifetime": NUMBER,
        "renewals": ListOf(
            Record(
                {
                    "renewal": Whole(0, MOST_RENEWALS + PROJECTED_RENEWALS),
                    "observed_survivors": NUMBER,
                    "survivors": Real(minimum=0),
                    "survival": Real(minimum=0, maximum=1),
                    "retention_rate": _SHARE,
                }
            ),
            MOST_RENEWALS + 1 + PROJECTED_RENEWALS,
        ),
    }
)

PREDICTION = Record(
    {
        "as_of": _INSTANT,
        "time_unit": Choice(get_args(TimeUnit)),
        "horizon": Whole(1, LONGEST_HORIZON),
        "discount_rate": Real(minimum=0),
        "customers": _COUNT,
        "repeat_customers": _COUNT,
        "customers_alive": Real(minimum=0),
        "expected_purchases": Real(minimum=0),
        "purchase_model": Record(
            {**dict.fromkeys(["r", "alpha", "a", "b"], _PARAMETER), "log_likelihood": Real()}
        ),
        "spend_model": Nullable(
            Record(
                {
                    **dict.fromkeys(["p", "q", "v"], _PARAMETER),
                    "log_likelihood": Real(),
                    "customers": _COUNT,
                    "mean_order_value": Real(minimum=0),
                    "frequency_value_correlation": Nullable(Real(minimum=-1, maximum=1)),
                }
            )
        ),
        "values": ListOf(
            Record(
                {
                    **SUMMARY,
                    "probability_alive": Real(minimum=0, maximum=1),
                    "expected_purchases": Real(minimum=0),
                    "expected_order_value": NUMBER,
                    "value": NUMBER,
                }
            ),
            MOST_CUSTOMERS,
        ),
    }
)
