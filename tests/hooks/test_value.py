"""Values as CRMs really send them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from service.hooks.value import as_instant, as_number, as_text, days_between, is_empty
from service.message import Refused
from service.wire import loads


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("12500.50", "12500.50"),
        ('"12500.50"', "12500.50"),
        ('"  7 "', "7"),
        ('"1.5E+3"', "1500"),
        ('"+4"', "4"),
        ('"\\u22124"', "-4"),
        ('"\\u00a07\\u00a0"', "7"),
        ('{"value": "2000", "timestamp": 1782371972438}', "2000"),
        ('{"value": 2000}', "2000"),
        ('{"Value": 1500.5, "__type": "Money"}', "1500.5"),
        ('{"value": {"Value": "3"}}', "3"),
        ("0.1", "0.1"),
        ('"45000.0"', "45000.0"),
    ],
)
def test_numbers(sent: str, number: str) -> None:
    """A number is read from itself, from its text, and from the objects around it."""
    assert Decimal(number) == as_number(loads(sent), "/a")


@pytest.mark.parametrize(
    "sent",
    [
        '"1,5"',
        '"1_000"',
        '"NaN"',
        "NaN",
        '"Infinity"',
        "Infinity",
        '"0x10"',
        '"12 500"',
        '"$5"',
        '"5%"',
        "true",
        "null",
        '""',
        "[1]",
        '{"amount": 1}',
        '"/Date(1782345600000)/"',
        '"1e999999"',
        "1e400",
    ],
)
def test_what_is_no_number(sent: str) -> None:
    """What could mean something else, or nothing, is refused and never guessed."""
    with pytest.raises(Refused):
        as_number(loads(sent), "/a")


def test_a_percentage_where_a_ratio_is_meant() -> None:
    """5% is 0.05 for a rate, and for nothing else."""
    assert Decimal("0.05") == as_number("5%", "/a", ratio=True)


@pytest.mark.parametrize("sent", ["null", '""', '"  "', '{"value": null}', '{"Value": ""}'])
def test_what_is_empty(sent: str) -> None:
    """Null, blanks and an object around them say that there is no value."""
    assert is_empty(loads(sent))


@pytest.mark.parametrize("sent", ["0", "false", '"0"', "[]", '{"value": 0}', "{}"])
def test_what_is_not_empty(sent: str) -> None:
    """Zero and false are values."""
    assert not is_empty(loads(sent))


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("7", "7"),
        ("7.0", "7"),
        ('"7"', "7"),
        ("true", "true"),
        ("null", ""),
        ('{"Value": 1}', "1"),
        ('" won "', "won"),
    ],
)
def test_texts_to_compare(sent: str, text: str) -> None:
    """A filter compares what was meant, however it was written."""
    assert text == as_text(loads(sent))


MIDNIGHT = datetime(2026, 6, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "instant"),
    [
        ('"2026-06-25"', date(2026, 6, 25)),
        ('"2026-06-25T00:00:00Z"', MIDNIGHT),
        ('"2026-06-25T07:00:00+07:00"', MIDNIGHT),
        ('"2026-06-25T00:00:00.000Z"', MIDNIGHT),
        ('"2026-06-25T00:00:00.000+0000"', MIDNIGHT),
        ('"/Date(1782345600000)/"', MIDNIGHT),
        ('"/Date(1782345600000-0700)/"', MIDNIGHT),
        ("1782345600000", MIDNIGHT),
        ('"1782345600000"', MIDNIGHT),
        ('{"value": "1782345600000"}', MIDNIGHT),
    ],
)
def test_dates(sent: str, instant: date) -> None:
    """A date is read from ISO, from Microsoft's form and from milliseconds."""
    assert instant == as_instant(loads(sent), "/a")


@pytest.mark.parametrize(
    "sent",
    [
        '"01/02/2024"',
        '"2026-06-25T00:00:00"',
        '"2026-13-01"',
        "45322",
        '"tomorrow"',
        "true",
        "null",
        '"/Date(999999999999999)/"',
    ],
)
def test_what_is_no_date(sent: str) -> None:
    """A date that depends on the reader, or has no offset, is refused."""
    with pytest.raises(Refused):
        as_instant(loads(sent), "/a")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 1, 8), date(2026, 3, 31), "82"),
        (datetime(2026, 1, 8, 13, 40, 22, tzinfo=UTC), date(2026, 3, 31), "82"),
        (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, 12, tzinfo=UTC), "1.5"),
        (datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, 18, tzinfo=UTC), "-0.25"),
    ],
)
def test_days(start: date, end: date, days: str) -> None:
    """Between instants the days are exact; where a day has no hour, days are counted."""
    assert Decimal(days) == days_between(start, end)
