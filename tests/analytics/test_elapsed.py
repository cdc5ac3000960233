"""The days of a period are counted whole, with both ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.goals.elapsed import elapsed
from service.message import Refused

START, END = date(2026, 4, 1), date(2026, 4, 30)
DAYS = st.dates(date(1999, 1, 1), date(2101, 1, 1))


def test_both_ends_count() -> None:
    """20 April is day 20 of the 30 of April."""
    passed = elapsed(START, END, date(2026, 4, 20))

    assert (30, 20, 20, False) == passed


def test_one_day_period_has_one_day() -> None:
    """A period that starts and ends on one day has passed when that day has."""
    assert (1, 1, 1, True) == elapsed(START, START, START)


def test_nothing_passes_after_the_end() -> None:
    """A report from after the period counts the whole period and no more."""
    assert (30, 30, 30, True) == elapsed(START, END, date(2027, 1, 1))


def test_last_day_ends_the_period() -> None:
    """The day of as_of is over, so on the last day nothing is left."""
    assert elapsed(START, END, END).ended


def test_moment_stands_for_its_day_as_written() -> None:
    """A moment counts as the date it is written with, not as that of Greenwich."""
    hanoi = timezone(timedelta(hours=7))
    early = datetime(2026, 4, 20, 1, 0, tzinfo=hanoi)

    assert date(2026, 4, 19) == early.astimezone(UTC).date()
    assert 20 == elapsed(START, END, early).days_elapsed


def test_curve_weighs_the_days() -> None:
    """Half of the weight is half of the period, however few days carry it."""
    passed = elapsed(
        date(2026, 4, 1), date(2026, 4, 4), date(2026, 4, 1), curve=[3.0, 1.0, 1.0, 1.0]
    )

    assert (4, 1, 2.0, False) == passed


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.floats(0.1, 1e6), st.integers(1, 60), st.integers(1, 80))
def test_level_curve_is_the_calendar(weight: float, days: int, day: int) -> None:
    """A curve of equal weights says what the calendar says."""
    end, as_of = START + timedelta(days=days - 1), START + timedelta(days=day - 1)
    level = elapsed(START, end, as_of, curve=[weight] * days)

    assert pytest.approx(elapsed(START, end, as_of).worth, rel=1e-12) == level.worth


@settings(deadline=None, derandomize=True, max_examples=200)
@given(DAYS, st.integers(2, 900), st.integers(0, 1000))
def test_business_days_are_counted_as_numpy_counts_them(
    start: date, length: int, passed: int
) -> None:
    """Business days are Monday to Friday, as an independent calendar has them."""
    end, as_of = start + timedelta(days=length), start + timedelta(days=passed)
    total = int(np.busday_count(start, end + timedelta(days=1)))
    gone = int(np.busday_count(start, min(end, as_of) + timedelta(days=1)))

    if total == 0:  # a period of one weekend is refused
        return
    found = elapsed(start, end, as_of, business_days=True)
    assert (total, gone) == (found.days_total, found.days_elapsed)


@pytest.mark.parametrize(
    ("pointer", "changed"),
    [
        ("/end", {"end": date(2026, 3, 31)}),
        ("/as_of", {"as_of": date(2026, 3, 31)}),
        ("/curve", {"curve": [1.0] * 29}),
        ("/curve", {"curve": [0.0] * 30}),
        ("/business_days", {"curve": [1.0] * 30, "business_days": True}),
        (
            "/business_days",
            {
                "start": date(2026, 4, 4),
                "end": date(2026, 4, 5),
                "as_of": date(2026, 4, 4),
                "business_days": True,
            },
        ),
    ],
)
def test_contradictions_are_refused(pointer: str, changed: dict[str, object]) -> None:
    """Dates out of order and weights that fit nothing are refused where they stand."""
    given = {"start": START, "end": END, "as_of": date(2026, 4, 20)} | changed

    with pytest.raises(Refused) as refused:
        elapsed(**given)  # type: ignore[arg-type]

    assert pointer == refused.value.pointer
    assert "inconsistent_inputs" == refused.value.message.code
