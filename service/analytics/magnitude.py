"""What can a computed number still say: is it defined, in range, at the bar?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, ParamSpec

from service.message import Message
from service.outcome import Outcome

P = ParamSpec("P")

LARGEST = 1e300
"""Numbers of this size and beyond are not answered: a little further on floats end."""

ROUNDING = 1e-12
"""Relative difference under which two numbers differ by rounding alone."""


def ratio(part: float, whole: float) -> float | None:
    """Return *part* ÷ *whole*, or None where there is none: *whole* is 0, or next to nothing.

    >>> ratio(0, 0) is None
    True
    """
    quotient = part / whole if whole else math.inf
    return quotient if abs(quotient) < LARGEST else None


def reaches(value: float, bar: float) -> bool:
    """Return whether *value* is at or above *bar*, forgiving the rounding of sums.

    >>> reaches(0.7 + 0.1, 0.8)
    True
    """
    return value >= bar or math.isclose(value, bar, rel_tol=ROUNDING)


def total(values: Iterable[float]) -> float:
    """Return the sum of computed numbers, exactly rounded.

    Raises:
        OverflowError: The sum is too large, or products among the numbers already were.
    """
    try:
        return math.fsum(values)
    except ValueError as opposite_infinities:
        raise OverflowError from opposite_infinities


def in_range(function: Callable[P, Outcome]) -> Callable[P, Outcome]:
    """Make *function* answer `out_of_range` where a number of its outcome is 1e300 or more."""

    @wraps(function)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> Outcome:
        try:
            outcome = function(*args, **kwargs)
        except OverflowError:  # sums and powers raise it, products become infinite
            return Outcome(None, reason=_OUT_OF_RANGE)
        # Written so that NaN, which compares false with everything, is caught too.
        if all(abs(one) < LARGEST for one in _floats([outcome.value, outcome.result])):
            return outcome
        return Outcome(None, reason=_OUT_OF_RANGE)

    return bounded


_OUT_OF_RANGE = Message(
    "out_of_range",
    "a number in the answer would be 1e300 or more; give the inputs in a larger unit",
)


def _floats(tree: Any) -> Iterator[float]:
    """Yield the floats of a result, however deep; shared parts once per place."""
    pending = [tree]
    while pending:
        one = pending.pop()
        if isinstance(one, float):
            yield one
        elif isinstance(one, dict):
            pending.extend(one.values())
        elif isinstance(one, list):
            pending.extend(one)
