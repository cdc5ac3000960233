"""JSON as it travels: digits kept, markers for what no number is, bounds on depth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.message import Refused
from service.shape.refusal import Duplicated, NotFinite, TooLong
from service.wire import dumps, loads, number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([Decimal("0.1"), Decimal(3), Decimal("1e999")], "[0.1, 3, 1e999]"),
        ({"a": [True, False, None]}, '{"a": [true, false, null]}'),
        ("đ中", '"\\u0111中"'),
        ({}, b"\xef\xbb\xbf{}"),
    ],
)
def test_loads(value: Any, text: str | bytes) -> None:
    """Numbers are decimals, everything else what JSON makes of it, a mark before it ignored."""
    assert value == loads(text)


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", "1e99999999999999999999", "-1e-99999999999999999999"]
)
def test_not_finite(text: str) -> None:
    """What is no finite decimal becomes a marker that says how it was written."""
    (marker,) = loads(f"[{text}]")

    assert isinstance(marker, NotFinite)
    assert text == marker


def test_duplicates() -> None:
    """An object with repeated names is marked with each of them once, in order."""
    value = loads('{"b": 1, "a": 2, "b": 3, "a": 4, "b": 5, "c": 6}')

    assert isinstance(value, Duplicated)
    assert ("b", "a") == value.duplicates
    assert {"b": 5, "a": 4, "c": 6} == value


def test_no_duplicates() -> None:
    """An object without repeated names is plain, whatever is inside it."""
    value = loads('{"a": {"x": 1, "x": 2}}')

    assert dict is type(value)
    assert Duplicated is type(value["a"])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1, column 1"),
        ('{"a": }', "line 1, column 7"),
        ('{"a": 1,\n 5}', "line 2, column 2"),
        ("{'a': 1}", "line 1, column 2"),
        ("01", "line 1, column 2"),
        ("1 2", "line 1, column 3"),
        ("[1,]", "line 1, column 4"),
        ("[1]".encode("utf-16"), "not UTF-8"),
        (b'{"a": "\xff"}', "not UTF-8"),
    ],
)
def test_not_json(text: str | bytes, place: str) -> None:
    """What is not JSON is refused, with the place to look at."""
    with pytest.raises(Refused, match=place) as told:
        loads(text)

    assert "not_json" == told.value.message.code


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_depth(opening: str) -> None:
    """32 levels are read, one more is not, and no depth exhausts the parser."""
    closing = {"[": "]", '{"a":': "}"}[opening]
    assert loads(opening * 32 + "1" + closing * 32)
    for depth in (33, 500, 100_000):
        with pytest.raises(Refused, match="deeper than 32 levels"):
            loads(opening * depth + "1" + closing * depth)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 0.00000000000000000001}', {"a": Decimal("1e-20")}),
        ("[1500, -0.1]", [Decimal("1.50e3"), Decimal("-0.10")]),
        ("0", Decimal("-0.0")),
        ('"đ中 ÷"', "đ中 ÷"),
        ("[1, 2.5, true, null]", [1, 2.5, True, None]),
    ],
)
def test_dumps(text: str, value: Any) -> None:
    """Decimals are written exactly and plainly, letters as they are."""
    assert text == dumps(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_never_writes_what_is_not_json(value: Any) -> None:
    """NaN and Infinity do not leave the service."""
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps(value)


def test_writes_nothing_it_does_not_know() -> None:
    """An object without a JSON form is a mistake of ours, said at once."""
    with pytest.raises(TypeError, match="set has no JSON form"):
        dumps({1})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("0.0000001", 1e-7),
        ("100000000000000000000000", 1e23),
        ("4", Decimal("4.0")),
    ],
)
def test_number(text: str, value: Decimal | float | None) -> None:
    """A value is written with the digits of its text."""
    assert text == dumps(number(value))


def test_a_long_number_is_marked() -> None:
    """A number of a million digits is not computed with: it is kept as a marker of its length."""
    assert 1_000_000 == len(loads("1" * 1_000_000))
    assert isinstance(loads("1" * 1_000_000), TooLong)
