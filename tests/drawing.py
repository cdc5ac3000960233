"""Random inputs for any closed formula, within its bounds and negative wherever that is allowed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from service.metric import Input, Metric
from service.shape.number import Number, Parts


def inputs_of(metric: Metric) -> st.SearchStrategy[dict[str, Any]]:
    """Return draws of all inputs of *metric*."""
    return st.fixed_dictionaries({one.name: _input(one) for one in metric.inputs})


def may_be_negative(one: Input) -> bool:
    """Tell whether the input has no lower bound."""
    return _number(one).minimum is None


def _input(one: Input) -> st.SearchStrategy[Any]:
    number = _draw(_number(one))
    if not isinstance(one.shape, Parts):
        return number
    names = st.text("abcdefgh", min_size=1, max_size=4)
    return st.one_of(
        number,
        st.lists(number, min_size=1, max_size=7),
        st.dictionaries(names, number, min_size=1, max_size=7),
    )


def _number(one: Input) -> Number:
    return one.shape.each if isinstance(one.shape, Parts) else one.shape


def _draw(number: Number) -> st.SearchStrategy[Decimal]:
    high = number.maximum or (number.below - Decimal("0.01") if number.below else Decimal(100_000))
    low = -high if number.minimum is None else number.minimum
    return st.decimals(low, high, places=2, allow_nan=False)
