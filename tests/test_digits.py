"""Exact digits from the request to the answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.digits import plain, significant


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Decimal("-0.00")),
        ("0", Decimal("0E+9")),
        ("0", -0.0),
        ("1500", Decimal("1.50E+3")),
        ("-1.5", Decimal("-1.500")),
        ("100", Decimal(100)),
        ("0.00000000000000000001", Decimal("1E-20")),
        ("0.0000001", 1e-7),
        ("100000000000000000000000", 1e23),
        ("0.1", 0.1),
        ("0.30000000000000004", 0.1 + 0.2),
    ],
)
def test_plain(text: str, value: Decimal | float) -> None:
    """Plain notation has no exponent, no trailing zeros and no -0; a float its shortest digits."""
    assert text == plain(value)


@pytest.mark.parametrize(
    ("rounded", "value", "digits"),
    [
        ("0.12", "0.125", 2),
        ("0.14", "0.135", 2),
        ("1.0E+3", "999.5", 3),
        ("-0.33", "-0.3333", 2),
        ("5", "5", 10),
        ("0", "0", 3),
        ("1.2E+5", "123456", 2),
    ],
)
def test_significant(rounded: str, value: str, digits: int) -> None:
    """Rounding is half-even on significant digits, and leaves fewer digits alone."""
    assert Decimal(rounded) == significant(Decimal(value), digits)


def test_decimal_not_binary(post: Any) -> None:
    """(0.3 - 0.1) / 0.1 is 2, not 1.9999999999999998."""
    assert "2" == _text(post, "marketing_roi", revenue="0.3", marketing_cost="0.1")


def test_28_digits(post: Any) -> None:
    """A value that has no end is rounded to 28 significant digits."""
    assert "0.6666666666666666666666666667" == _text(post, "profit_margin", profit="2", revenue="3")


@pytest.mark.parametrize(
    ("sent", "given"),
    [
        ("1.0000000000000000000000000005", "1"),
        ("1.0000000000000000000000000015", "1.000000000000000000000000002"),
        ("-1.0000000000000000000000000015", "-1.000000000000000000000000002"),
        ("1.00000000000000000000000000050000000001", "1.000000000000000000000000001"),
    ],
)
def test_half_even(post: Any, sent: str, given: str) -> None:
    """A tie goes to the even digit, and what is more than a tie does not."""
    assert given == _text(post, "profit", revenue=sent, cost="0")


def test_multiply_before_divide(post: Any) -> None:
    """1 × 30 ÷ 3 is 10, not 9.99."""
    text = _text(post, "kpi_projection", actual="1", days_total="30", days_elapsed="3")

    assert "10" == text


@pytest.mark.parametrize(
    ("sent", "given"),
    [("1e20", f"1{'0' * 20}"), ("1.50e-9", "0.0000000015"), ("-0.0", "0"), ("12.50", "12.5")],
)
def test_plain_notation(post: Any, sent: str, given: str) -> None:
    """`value_text` and `value` are written without exponent, trailing zeros or -0."""
    reply = post("profit", f'{{"revenue": {sent}, "cost": 0}}')

    assert given == reply.json["value_text"]
    assert f'"value": {given}, ' in reply.text


def test_inputs_keep_their_digits(post: Any) -> None:
    """`inputs` echoes each number exactly, in the same notation."""
    reply = post("profit", '{"revenue": 1.23456789012345678901234567890e3, "cost": 0.10}')

    assert '"inputs": {"revenue": 1234.5678901234567890123456789, "cost": 0.1}' in reply.text


def test_100_digits(post: Any) -> None:
    """A number has at most 100 significant digits; zeros around them do not count."""
    most = "9" * 100
    accepted = [
        post("profit", f'{{"revenue": {one}, "cost": {one}}}').status_code
        for one in (most, f"{most}{'0' * 150}", f"0.{'0' * 50}{most}", f"{most}9", f"0.{most}9")
    ]

    assert [200, 200, 200, 422, 422] == accepted


def test_an_answer_can_be_sent_back(post: Any) -> None:
    """The plain digits of a large value are accepted as an input."""
    text = _text(post, "profit", revenue="2e250", cost="0")

    assert text == _text(post, "profit", revenue=text, cost="0")


@pytest.mark.parametrize(
    ("price", "units"),
    [
        ("1e299", "10"),
        ("1e-200", "1e-150"),
        ("9.99999999999999999999999999999e299", "1"),
    ],
    ids=["too large", "too small", "too large once rounded"],
)
def test_out_of_range(post: Any, price: str, units: str) -> None:
    """A result of 1e300 or more, or not zero and below 1e-300, is undefined."""
    answer = post("revenue_from_units", f'{{"units_sold": {units}, "unit_price": {price}}}').json

    assert ("undefined", "out_of_range") == (answer["status"], answer["reason"]["code"])
    assert (None, "") == (answer["value"], answer["value_text"])


@pytest.mark.parametrize(("price", "units"), [("1e298", "10"), ("1e-150", "1e-150"), ("1e-200", 0)])
def test_in_range(post: Any, price: str, units: str) -> None:
    """Everything up to there has its value, and 0 is one."""
    answer = post("revenue_from_units", f'{{"units_sold": {units}, "unit_price": {price}}}').json

    assert "ok" == answer["status"]


def test_a_power_beyond_any_decimal(post: Any) -> None:
    """Growth over next to no time overflows every decimal, and is out of range."""
    body = '{"value_at_start": 1, "value_at_end": 2, "years": 1e-300}'

    assert "out_of_range" == post("cagr", body).json["reason"]["code"]


@pytest.mark.parametrize(
    ("metric_id", "body", "substituted"),
    [
        ("profit", '{"revenue": 1234567.5, "cost": 5}', "1234567.5 − 5 = 1234562.5"),
        ("profit_margin", '{"profit": 2, "revenue": 3}', "2 ÷ 3 ≈ 0.6666666667"),
        ("profit_margin", '{"profit": -2, "revenue": 4}', "(−2) ÷ 4 = −0.5"),
        (
            "cpl",
            '{"campaign_costs": [1, 2, 3, 4, 5, 6, 7], "leads": 4}',
            "(1 + 2 + 3 + 4 + 5 + … (7 parts)) ÷ 4 = 7",
        ),
        ("cpl", '{"campaign_costs": {"ads": 6}, "leads": 4}', "6 ÷ 4 = 1.5"),
        (
            "cpl",
            '{"campaign_costs": [1, 2, 3, 4, 5], "leads": 4}',
            "(1 + 2 + 3 + 4 + 5) ÷ 4 = 3.75",
        ),
        ("historical_lifetime_value", '{"purchases": [5, -2]}', "(5 − 2) = 3"),
    ],
)
def test_substituted(post: Any, metric_id: str, body: str, substituted: str) -> None:
    """The formula with numbers: ungrouped digits, the result to 10 digits, at most five parts."""
    assert substituted == post(metric_id, body).json["formula"]["substituted"]


def _text(post: Any, metric_id: str, **inputs: str) -> str:
    body = ", ".join(f'"{name}": {digits}' for name, digits in inputs.items())
    text: str = post(metric_id, f"{{{body}}}").json["value_text"]
    return text
