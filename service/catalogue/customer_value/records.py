"""Orders and summed-up customers, as they are read from a request."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from service.analytics.customers.histories import MOST_CUSTOMERS
from service.analytics.customers.orders import MOST_ORDERS
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import LARGEST, Real, Whole
from service.shape.rows import Rows
from service.shape.word import Moment, Text

MOST_TIME = 1_000_000
"""The longest recency or age: over two thousand years, in days."""

MOST_REPEATS = 1_000_000
LONGEST_NAME = 200

TEXT = Text(LONGEST_NAME)
NAME = Nullable(TEXT)
MOMENT = Moment()
NUMBER = Nullable(Real())

ORDER: dict[str, Shape] = {
    "customer": TEXT,
    "at": MOMENT,
    "value": Real(),
    "group": NAME,
    "cohort": NAME,
}
SUMMARY: dict[str, Shape] = {
    "customer": NAME,
    "frequency": Whole(0, MOST_REPEATS),
    "recency": Real(minimum=0, maximum=MOST_TIME),
    "age": Real(minimum=0, maximum=MOST_TIME),
    "mean_value": NUMBER,
}


def _quick_orders(raw: list[Any]) -> list[Any] | None:
    made = []
    instants: dict[str, date] = {}
    largest = float(LARGEST)
    for row in raw:
        if type(row) is not dict or not row.keys() <= ORDER.keys():
            return None
        customer, at, value = row.get("customer"), row.get("at"), row.get("value")
        group, cohort = row.get("group"), row.get("cohort")
        if type(customer) is not str or type(at) is not str or type(value) is not Decimal:
            return None
        for name in (customer, group, cohort):
            if name is not None and (type(name) is not str or not 0 < len(name) <= LONGEST_NAME):
                return None
        real = float(value)
        if not abs(real) < largest:
            return None
        if at not in instants:
            instants[at] = MOMENT.read(at, "")
        made.append(
            {
                "customer": customer,
                "at": instants[at],
                "value": real,
                "group": group,
                "cohort": cohort,
            }
        )
    return made


def _quick_summaries(raw: list[Any]) -> list[Any] | None:
    made = []
    for row in raw:
        if type(row) is not dict or not row.keys() <= SUMMARY.keys():
            return None
        name, mean = row.get("customer"), row.get("mean_value")
        if name is not None and (type(name) is not str or not 0 < len(name) <= LONGEST_NAME):
            return None
        frequency, recency, age = row.get("frequency"), row.get("recency"), row.get("age")
        if not type(frequency) is type(recency) is type(age) is Decimal:
            return None
        if not (0 <= frequency <= MOST_REPEATS and frequency == (repeats := int(frequency))):
            return None
        if not (0 <= recency <= MOST_TIME and 0 <= age <= MOST_TIME):
            return None
        made.append(
            {
                "customer": name,
                "frequency": repeats,
                "recency": float(recency),
                "age": float(age),
                "mean_value": None if mean is None else Real().read(mean, ""),
            }
        )
    return made


ORDERS = Rows(ListOf(Record(ORDER, {"group": None, "cohort": None}), MOST_ORDERS), _quick_orders)
SUMMARIES = Rows(
    ListOf(Record(SUMMARY, {"customer": None, "mean_value": None}), MOST_CUSTOMERS),
    _quick_summaries,
)
