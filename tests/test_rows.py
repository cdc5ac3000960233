"""Long lists: the loop that reads them quickly takes what the nested shapes take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from conftest import jsonable

from service.catalogue.customer_value.records import ORDERS, SUMMARIES
from service.message import Refused
from service.shape.rows import Rows
from service.wire import loads

ORDER = {"customer": "An", "at": "2026-01-05", "value": 50}
SUMMARY = {"frequency": 2, "recency": 3, "age": 9, "mean_value": 20}
_JUNK = ("null", "NaN", "true", "[]", "{}", "1" * 101, "1e300", '"\\u0000' + "x" * 200 + '"')


@pytest.mark.parametrize(
    ("rows", "records"),
    [
        (
            ORDERS,
            [
                ORDER,
                ORDER | {"group": "search", "cohort": None, "value": Decimal("-0.50")},
                ORDER | {"at": "2026-01-05T10:00:00.5+07:00", "value": Decimal("1e-400")},
            ],
        ),
        (
            SUMMARIES,
            [
                SUMMARY,
                SUMMARY | {"customer": "An", "frequency": Decimal("0.0"), "mean_value": None},
                {"frequency": 0, "recency": 0, "age": Decimal("1e6")},
            ],
        ),
    ],
    ids=["orders", "customers"],
)
def test_the_loop_reads_what_the_shape_describes(rows: Rows, records: list[Any]) -> None:
    """Both ways of reading a long list give the same records, and the loop takes all of these."""
    raw = loads(jsonable(records))

    assert rows.careful.read(raw, "") == rows.quick(raw)


@pytest.mark.parametrize(
    ("rows", "record", "name", "junk"),
    [
        *((ORDERS, ORDER, name, junk) for name in ("customer", "at", "value") for junk in _JUNK),
        *((ORDERS, ORDER, name, junk) for name in ("group", "cohort") for junk in _JUNK[1:]),
        *((SUMMARIES, SUMMARY, name, junk) for name in SUMMARY for junk in _JUNK[1:]),
        *((SUMMARIES, SUMMARY, name, "-1") for name in ("frequency", "recency", "age")),
        (SUMMARIES, SUMMARY, "frequency", "0.5"),
        (SUMMARIES, SUMMARY, "customer", '""'),
        (SUMMARIES, SUMMARY, "age", "1000001"),
        (ORDERS, ORDER, "unknown", "1"),
    ],
)
def test_the_loop_takes_nothing_else(
    rows: Rows, record: dict[str, Any], name: str, junk: str
) -> None:
    """What the shape refuses in one record is refused in a list that begins well."""
    good, bad = jsonable(record), jsonable(record | {name: "?"}).replace('"?"', junk)

    with pytest.raises(Refused) as caught:
        rows.read(loads(f"[{good}, {bad}]"), "/rows")

    assert caught.value.pointer.startswith(f"/rows/1/{name}")
