"""Numbers as digits: exact, in plain notation, the same everywhere."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal | float) -> str:
    """Return *value* without exponent, trailing zeros or ``-0``; a float's shortest digits.

    >>> plain(Decimal("1.50E+3")), plain(Decimal("-0.0")), plain(1e-7)
    ('1500', '0', '0.0000001')
    """
    if not value:
        return "0"
    if isinstance(value, float):
        value = Decimal(repr(value))
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def significant(value: Decimal, digits: int) -> Decimal:
    """Return *value* rounded half-even to *digits* significant digits."""
    shift = value.adjusted() - digits + 1
    if -value.as_tuple().exponent + shift <= 0:  # type: ignore[operator]
        return value
    return value.quantize(Decimal(1).scaleb(shift))
