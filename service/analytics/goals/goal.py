"""Is the KPI on its way to its target?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from service.analytics.goals.components import Operator, combined, component_rows
from service.analytics.goals.elapsed import Elapsed, elapsed
from service.analytics.instants import Instant
from service.analytics.magnitude import in_range, ratio, reaches
from service.message import Message
from service.outcome import Outcome

Better: TypeAlias = Literal["up", "down"]


class _Kpi(NamedTuple):
    """A KPI at one moment of its period."""

    actual: float
    target: float
    better: Better
    accumulates: bool
    passed: Elapsed


@in_range
def kpi_status(
    *,
    target: float,
    start: Instant,
    end: Instant,
    as_of: Instant,
    actual: float | None = None,
    components: Mapping[str, float] | None = None,
    component_targets: Mapping[str, float] | None = None,
    operator: Operator | None = None,
    better: Better = "up",
    accumulates: bool = True,
    tolerance: float = 0.05,
    curve: Sequence[float] | None = None,
    business_days: bool = False,
) -> Outcome:
    """Return the attainment of *target*, and whether the KPI is ahead, on track or behind.

    With d of n days passed, both ends counted (weighed by *curve* where given), and
    for a KPI that accumulates and should rise:

        attainment = actual ÷ target        expected = target × d ÷ n
        pacing = actual ÷ expected          projection = actual × n ÷ d
        gap = target − actual               required rate = gap ÷ (n − d)

    so that attainment = pacing × d ÷ n.  For one that should fall, attainment is
    target ÷ actual and pacing expected ÷ actual, so that above 1 is good either way.
    What does not accumulate (a rate, a price) is expected at its target at any time
    and projected to stay as it is.

    Status: `reached` (at the target; a KPI that should fall only when the period is
    over), `missed` (over and not reached, or a cap exceeded that only fills up),
    `ahead` (pacing > 1 + tolerance), `on_track` (>= 1 − tolerance), else `behind`.  Where
    there is no pacing, anything above what is expected (below, where lower is better) is
    ahead.

    The result holds `status`, `attainment`, `actual`, `target`, `gap`, `expected`,
    `pacing`, `projection`, `days_total`, `days_elapsed`, `elapsed_share`, `run_rate`,
    `required_rate`, `required_to_run_rate` and `components`; a figure that does not
    exist is None.

    Source: the pacing of delivery as advertising platforms report it,
    https://dspsupport.basis.net/hc/en-us/articles/115010154367-Understanding-Pacing-View-Details

    Raises:
        Refused: Dates, curve, components or their targets contradict each other.
    """
    kpi = _Kpi(
        combined(actual, components, operator),
        target,
        better,
        accumulates,
        elapsed(start, end, as_of, curve=curve, business_days=business_days),
    )
    rows, not_split = component_rows(components, component_targets, operator, kpi.actual, target)
    attained, reason = attainment(kpi.actual, target, better)
    status = _status(kpi, tolerance)
    assumptions = [_days_counted(kpi, curved=curve is not None, business_days=business_days)]
    if better == "down":
        assumptions.append(_LOWER_IS_BETTER)
    if not accumulates:
        assumptions.append(_DOES_NOT_ACCUMULATE)
    if operator == "product" and component_targets is not None and not not_split:
        assumptions.append(_SPLIT_BY_LOGARITHMIC_MEANS)
    warnings = [not_split] if not_split else []
    if status == "reached" and not accumulates and not kpi.passed.ended:
        warnings.append(_CAN_STILL_CHANGE)
    result = {
        "status": status,
        "attainment": attained,
        "actual": kpi.actual,
        "target": target,
        "gap": target - kpi.actual,
        **_pace(kpi),
        "days_total": kpi.passed.days_total,
        "days_elapsed": kpi.passed.days_elapsed,
        "elapsed_share": kpi.passed.worth / kpi.passed.days_total,
        "components": rows,
    }
    return Outcome(attained, result, reason, tuple(assumptions), tuple(warnings))


def attainment(actual: float, target: float, better: Better) -> tuple[float | None, Message | None]:
    """Return *actual* ÷ *target*, or *target* ÷ *actual* for a KPI that should fall.

    Where the divisor is not above 0, or the target of a KPI that should fall is below 0,
    there is no attainment, and the reason stands instead.
    """
    by_target = better == "up" or target < 0
    name, base = ("target", target) if by_target else ("actual", actual)
    if base > 0:
        return (actual if better == "up" else target) / base, None
    if base == 0:
        return None, Message(
            "division_by_zero", "{name} is 0, so attainment is undefined", {"name": name}
        )
    return None, Message(
        "non_positive_base", "{name} is below 0, so attainment is undefined", {"name": name}
    )


def _pace(kpi: _Kpi) -> dict[str, float | None]:
    """Return what is expected by now, how the actual compares, and where it leads."""
    if not kpi.accumulates:
        return {
            "expected": kpi.target,
            "pacing": _pacing(kpi),
            "projection": kpi.actual,
            "run_rate": None,
            "required_rate": None,
            "required_to_run_rate": None,
        }
    days, worth = kpi.passed.days_total, kpi.passed.worth
    run_rate = ratio(kpi.actual, worth)
    required = ratio(max(0.0, kpi.target - kpi.actual), days - worth)
    return {
        "expected": _expected(kpi),
        "pacing": _pacing(kpi),
        "projection": ratio(kpi.actual * days, worth),
        "run_rate": run_rate,
        "required_rate": required,
        "required_to_run_rate": ratio(required, run_rate)
        if required is not None and run_rate is not None
        else None,
    }


def _expected(kpi: _Kpi) -> float:
    if not kpi.accumulates:
        return kpi.target
    return kpi.target * kpi.passed.worth / kpi.passed.days_total


def _pacing(kpi: _Kpi) -> float | None:
    """Return actual ÷ expected, or its inverse for a KPI that should fall.

    None where the divisor is not above 0: the ratio would not tell ahead from behind.
    """
    days, worth = (kpi.passed.days_total, kpi.passed.worth) if kpi.accumulates else (1, 1)
    actual, expected = kpi.actual * days, kpi.target * worth
    if kpi.better == "up":
        return ratio(actual, expected) if expected > 0 else None
    return ratio(expected, actual) if actual > 0 else None


def _status(kpi: _Kpi, tolerance: float) -> str:
    rising, ended = kpi.better == "up", kpi.passed.ended
    met = reaches(kpi.actual, kpi.target) if rising else reaches(kpi.target, kpi.actual)
    if met and (rising or ended):
        return "reached"
    if not met and (ended or (kpi.accumulates and not rising)):
        return "missed"
    pacing = _pacing(kpi)
    if pacing is None:  # nothing is expected or spent yet, or less than nothing
        lead = kpi.actual - _expected(kpi) if rising else _expected(kpi) - kpi.actual
        pacing = math.copysign(math.inf, lead) if lead else 1.0
    if not reaches(1 + tolerance, pacing):
        return "ahead"
    return "on_track" if reaches(pacing, 1 - tolerance) else "behind"


def _days_counted(kpi: _Kpi, *, curved: bool, business_days: bool) -> Message:
    values = {"elapsed": kpi.passed.days_elapsed, "total": kpi.passed.days_total}
    if curved:
        return Message(
            "weighted_days",
            "{elapsed} of {total} whole days have passed, both ends counted, each weighed by"
            " curve; rates are per day of average weight",
            values,
        )
    if business_days:
        return Message(
            "business_days",
            "{elapsed} of {total} business days (Monday to Friday) have passed, both ends counted;"
            " for holidays give a curve",
            values,
        )
    return Message(
        "whole_days", "{elapsed} of {total} whole days have passed, both ends counted", values
    )


_LOWER_IS_BETTER = Message(
    "lower_is_better",
    "lower is better: attainment is target ÷ actual and pacing expected ÷ actual",
)
_DOES_NOT_ACCUMULATE = Message(
    "does_not_accumulate",
    "the KPI does not accumulate: its target is expected at any time, and it is projected to"
    " stay as it is",
)
_SPLIT_BY_LOGARITHMIC_MEANS = Message(
    "split_by_logarithmic_means",
    "the gap of the product is split over its components by logarithmic means (additive LMDI)",
)
_CAN_STILL_CHANGE = Message(
    "can_still_change",
    "the target is reached so far; what does not accumulate can still fall below it",
)
