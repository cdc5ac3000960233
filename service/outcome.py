"""What a computation hands back, before anybody writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from service.message import Message


class Outcome(NamedTuple):
    """A value, or the reason why there is none, and what a reader must know about it.

    *value* is a `Decimal` from a closed formula and a `float` from an algorithm.
    *result* is the table of an algorithm: JSON-ready dicts, lists, strings,
    booleans, ints, floats and None.
    """

    value: Decimal | float | None
    result: Mapping[str, Any] | None = None
    reason: Message | None = None
    assumptions: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
