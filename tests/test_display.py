"""Numbers for people: percent, multiples, points and money, in three languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.display import display
from service.units import unit


@pytest.mark.parametrize(
    ("shown", "value", "label", "kind", "currency", "language"),
    [
        # rates
        ("400%", "4", "ratio", "percent", None, "en"),
        ("11.11%", "0.1111111", "ratio", "percent", None, "en"),
        ("11,11%", "0.1111111", "ratio", "percent", None, "vi"),
        ("12.5%", "0.125", "ratio", "percent", None, "zh"),
        ("-50%", "-0.5", "ratio", "percent", None, "en"),
        ("0%", "0", "ratio", "percent", None, "en"),
        ("123,456%", "1234.56", "ratio", "percent", None, "en"),
        ("0.01%", "0.0001", "ratio", "percent", None, "en"),
        ("0.00123%", "0.0000123456", "ratio", "percent", None, "en"),
        ("1.23E-15%", "1.23456e-17", "ratio", "percent", None, "en"),
        ("0.12%", "0.00125", "ratio", "percent", None, "en"),
        ("3 points", "0.03", "ratio", "points", None, "en"),
        # multiples
        ("5.0x", "5", "ratio", "multiple", None, "en"),
        ("1.4x", "1.4", "ratio", "multiple", None, "en"),
        ("1.25x", "1.25", "ratio", "multiple", None, "en"),
        ("5,0x", "5", "ratio", "multiple", None, "vi"),
        ("0.00123x", "0.00123456", "ratio", "multiple", None, "en"),
        ("0.0x", "0", "ratio", "multiple", None, "en"),
        # money
        ("₫500,000 / lead", "500000", "money/lead", "plain", "VND", "en"),
        ("500,000 / lead", "500000", "money/lead", "plain", None, "en"),
        ("500.000\xa0₫", "500000", "money", "plain", "VND", "vi"),
        ("₫500,000", "500000", "money", "plain", "VND", "zh"),
        ("$1,234.50", "1234.5", "money", "plain", "USD", "en"),
        ("R$500.00", "500", "money", "plain", "BRL", "en"),
        ("-$0.01", "-0.01", "money", "plain", "USD", "en"),
        ("0.007 USD", "0.007", "money", "plain", "USD", "en"),
        ("₫1", "0.6", "money", "plain", "VND", "en"),
        ("0.5 VND", "0.5", "money", "plain", "VND", "en"),
        ("-0.3 VND", "-0.3", "money", "plain", "VND", "en"),
        ("$0.00", "0", "money", "plain", "USD", "en"),
        ("1.23457E18 USD", "1234567890123456789", "money", "plain", "USD", "en"),
        ("$25.00", "25", "as target", "plain", "USD", "en"),
        # everything else
        ("180 days", "180", "day", "plain", None, "en"),
        ("1 day", "1", "day", "plain", None, "en"),
        ("1.5 orders / customer", "1.5", "order/customer", "plain", "USD", "en"),
        ("1,234.57 leads / page", "1234.5678", "lead/page", "plain", None, "en"),
        ("48", "48", "index", "plain", "USD", "en"),
        ("1E300", "1e300", "index", "plain", None, "en"),
    ],
)
def test_display(
    shown: str, value: str, label: str, kind: Any, currency: str | None, language: Any
) -> None:
    """A value is shown in its form, unit, currency and language."""
    assert shown == display(Decimal(value), unit(label), kind, currency, language)


def test_units_in_the_readers_language(post: Any) -> None:
    """The unit behind a number is translated with it."""
    body = {"campaign_costs": 200_000_000, "leads": 400, "currency": "VND"}
    shown = {one: post("cpl", body, lang=one).json["display"] for one in ("en", "vi", "zh")}

    assert "₫500,000 / lead" == shown["en"]
    assert shown["vi"].startswith("500.000\xa0₫ / ")
    assert shown["zh"].startswith("₫500,000 / ")
    assert 3 == len({one.split(" / ")[1] for one in shown.values()})
