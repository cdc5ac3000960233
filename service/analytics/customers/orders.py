"""Which of the orders handed in are purchases?

An order is `{"customer", "at", "value", ...}`.  A value of 0 or more is a
purchase.  A negative value is a refund: it lowers the revenue and is no
purchase, so it makes nobody a customer and nobody a repeat customer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from service.analytics.instants import Instant, refuse_mixed
from service.analytics.window import is_after
from service.message import Message, Refused

MOST_ORDERS = 200_000

Order: TypeAlias = Mapping[str, Any]

REFUNDS = Message(
    "refunds",
    "a negative value is a refund: it lowers the revenue and is not counted as an order",
)


def check_orders(orders: Sequence[Order]) -> None:
    """Refuse a list that is too long or mixes dates and moments.

    Raises:
        Refused: `too_many_items` or `inconsistent_inputs` at `/orders`.
    """
    if len(orders) > MOST_ORDERS:
        raise Refused(
            "/orders",
            "too_many_items",
            "{count} orders were sent and at most {limit} are accepted; send a shorter period",
            count=len(orders),
            limit=MOST_ORDERS,
        )
    refuse_mixed((order["at"] for order in orders), "/orders")


def latest(orders: Iterable[Order]) -> Instant | None:
    """Return when the last record was made, None when there is none."""
    return max((order["at"] for order in orders), default=None)


def up_to(
    orders: Sequence[Order], closing: Instant | None
) -> tuple[list[Order], tuple[Message, ...]]:
    """Return the orders not after *closing*, and a warning if that leaves some out."""
    known = [order for order in orders if closing and not is_after(order["at"], closing)]
    later = len(orders) - len(known)
    if not later:
        return known, ()
    return known, (
        Message(
            "after_last_day",
            "{count} orders after the last day observed were left out",
            {"count": later},
        ),
    )


def is_refund(order: Order) -> bool:
    """Return whether the order gives money back."""
    return bool(order["value"] < 0)
