"""What share of the customers left, by each of the usual denominators?"""

from __future__ import annotations

from service.analytics.magnitude import ROUNDING, in_range, ratio
from service.message import Message, Refused
from service.outcome import Outcome


@in_range
def churn_by_convention(
    *,
    customers_at_start: float,
    customers_at_end: float,
    new_customers: float,
    customers_lost: float,
) -> Outcome:
    """Return the churn rate by the customers at the start, and by two other denominators.

    With L customers lost, S at the start, E at the end and N new:

        by start           L ÷ S
        by mean            L ÷ ((S + E) ÷ 2)
        by start plus new  L ÷ (S + N)

    The value is the churn by start; it may exceed 1 when customers won in the period
    were lost in it too.  `result.conventions` holds the three with the customers each
    divides by.  A rate without customers to divide by is None.

    Source: the definitions of the service's catalogue.

    Raises:
        Refused: More customers lost than there ever were.
    """
    ever = customers_at_start + new_customers
    if customers_lost > ever:
        raise Refused(
            "/customers_lost",
            "part_exceeds_whole",
            "{lost} customers were lost and there were only {ever}, at the start and new;"
            " correct one of the counts",
            lost=customers_lost,
            ever=ever,
        )
    bases = {
        "by_start": customers_at_start,
        "by_mean": (customers_at_start + customers_at_end) / 2,
        "by_start_plus_new": ever,
    }
    rates = {name: ratio(customers_lost, base) for name, base in bases.items()}
    return Outcome(
        value=customers_lost / customers_at_start if customers_at_start else None,
        result={
            "conventions": [
                {"name": name, "customers_lost": customers_lost, "base": base, "rate": rates[name]}
                for name, base in bases.items()
            ]
        },
        reason=None if customers_at_start else _NOBODY_AT_START,
        assumptions=(
            Message(
                "churn_by_start",
                "the value divides by the customers at the start; the other conventions"
                " divide by the mean of start and end, and by start plus new",
            ),
        ),
        warnings=_warnings(customers_at_start, customers_at_end, ever, customers_lost),
    )


_NOBODY_AT_START = Message(
    "division_by_zero", "there were no customers at the start, so churn by start is undefined"
)


def _warnings(at_start: float, at_end: float, ever: float, lost: float) -> tuple[Message, ...]:
    said = []
    if lost > at_start > 0:
        said.append(
            Message(
                "lost_new_customers",
                "more customers were lost than there were at the start, so some of the new"
                " ones are among them",
            )
        )
    expected = ever - lost
    if abs(expected - at_end) > ROUNDING * max(ever, at_end):
        said.append(
            Message(
                "counts_do_not_add_up",
                "start plus new minus lost is {expected} and the customers at the end are"
                " {at_end}; the conventions agree on no common period until they match",
                {"expected": expected, "at_end": at_end},
            )
        )
    return tuple(said)
