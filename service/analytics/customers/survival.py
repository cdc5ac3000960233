"""How long will customers under contract stay?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.analytics.customers.shifted_beta_geometric import (
    NO_TREND,
    Retention,
    discounted_lifetimes,
    fall_of_churn,
    fit_retention,
)
from service.analytics.magnitude import in_range
from service.message import Message, Refused, Undefined
from service.outcome import Outcome

MOST_RENEWALS = 1_000
PROJECTED_RENEWALS = 12

_LEAST_RENEWALS = 2


@in_range
def survival_lifetime_value(
    *, survivors: Sequence[float], discount_rate: float, renewals_made: int | None = None
) -> Outcome:
    """Return the discounted expected lifetime of a new customer, in periods (DEL).

    *survivors* is the size of a cohort, then what is left of it after each renewal.  α and
    β maximise its likelihood, and with the discount rate d per period

        S(t) = Π_{j = 1 to t} (β + j − 1) ÷ (α + β + j − 1)
        DEL = Σ_{t ≥ 0} S(t) ÷ (1 + d)^t
        DERL(n) = Σ_{t > n} S(t) ÷ S(n) ÷ (1 + d)^(t − n − 1)

    DERL is the rest of the lifetime of a customer who has renewed n = *renewals_made*
    times, as of their next renewal; n is the last renewal observed unless given.  Both
    times the margin of a period are money.  `result` holds them, the parameters, and the
    cohort per renewal: observed, fitted, and projected 12 renewals on.  A cohort whose
    losses show no heterogeneity gets the geometric model: one churn rate for all.

    Sources: see `shifted_beta_geometric`.

    Raises:
        Refused: Survivors that increase, or too many.
        Undefined: `division_by_zero` for an empty cohort, `too_few_renewals`, `no_churn`,
            `no_convergence`.
    """
    _check(survivors)
    made = len(survivors) - 1 if renewals_made is None else renewals_made
    retention = fit_retention(survivors)
    lifetime, residual = discounted_lifetimes(retention, discount_rate, made)
    heterogeneous = retention.alpha is not None
    return Outcome(
        value=lifetime,
        result={
            "model": "shifted_beta_geometric" if heterogeneous else "geometric",
            **retention._asdict(),
            "discount_rate": discount_rate,
            "discounted_expected_lifetime": lifetime,
            "renewals_made": made,
            "discounted_expected_residual_lifetime": residual,
            "renewals": _projection(retention, survivors),
        },
        reason=None if lifetime is not None else _infinite(retention),
        assumptions=(_HETEROGENEOUS if heterogeneous else _HOMOGENEOUS, _FIRST_PERIOD),
        warnings=(_RISING,) if fall_of_churn(survivors) < -NO_TREND else (),
    )


_HETEROGENEOUS = Message(
    "heterogeneous_churn",
    "customers differ in their chance to leave and none changes over time: a retention rate"
    " that rises does so because the likely leavers have gone",
)
_HOMOGENEOUS = Message(
    "homogeneous_churn",
    "the losses show no difference between customers, so one churn rate holds for all, at"
    " every renewal",
)
_FIRST_PERIOD = Message(
    "first_period_counts",
    "the lifetime counts the first period in full; the residual lifetime starts with the next"
    " renewal, undiscounted",
)
_RISING = Message(
    "churn_rises",
    "the churn rate rises from renewal to renewal, which no mix of steady customers explains;"
    " the lifetime is likely to be shorter than this",
)


def _infinite(retention: Retention) -> Message:
    return Message(
        "infinite_lifetime",
        "without a discount the expected lifetime is infinite, because alpha, {alpha}, is not"
        " above 1; give a discount_rate above 0",
        {"alpha": retention.alpha},
    )


def _check(survivors: Sequence[float]) -> None:
    if len(survivors) - 1 > MOST_RENEWALS:
        raise Refused(
            "/survivors",
            "too_many_items",
            "{count} renewals were sent and at most {limit} are accepted; send a coarser period",
            count=len(survivors) - 1,
            limit=MOST_RENEWALS,
        )
    for index in range(1, len(survivors)):
        if survivors[index] > survivors[index - 1]:
            raise Refused(
                f"/survivors/{index}",
                "inconsistent_inputs",
                "survivors rise from {before} to {after}; follow one cohort, without the"
                " customers who joined later",
                before=survivors[index - 1],
                after=survivors[index],
            )
    if len(survivors) <= _LEAST_RENEWALS:
        raise Undefined(
            "too_few_renewals",
            "{count} numbers of survivors do not show how churn changes; give the size of the"
            " cohort and what is left after at least 2 renewals",
            count=len(survivors),
        )
    if survivors[0] == 0:
        raise Undefined("division_by_zero", "the cohort is empty, so nothing is known of its churn")
    if survivors[-1] == survivors[0]:
        raise Undefined(
            "no_churn",
            "nobody has left yet, so nothing is known of when customers leave; wait for more"
            " renewals",
        )


def _projection(retention: Retention, survivors: Sequence[float]) -> list[dict[str, Any]]:
    """Return a row per renewal, from the whole cohort to 12 renewals after the last observed."""
    rows: list[dict[str, Any]] = []
    survival, retention_rate = 1.0, None
    for renewal in range(len(survivors) + PROJECTED_RENEWALS):
        if renewal:
            retention_rate = retention.rate_at(renewal)
            survival *= retention_rate
        rows.append(
            {
                "renewal": renewal,
                "observed_survivors": survivors[renewal] if renewal < len(survivors) else None,
                "survivors": survivors[0] * survival,
                "survival": survival,
                "retention_rate": retention_rate,
            }
        )
    return rows
