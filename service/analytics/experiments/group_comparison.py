"""Which campaign, channel or network does best by one figure, and what does each add to it?"""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any, Literal, NamedTuple, TypeAlias

from service.analytics.experiments.group_notes import conventions, excess, not_additive
from service.analytics.experiments.group_tests import NO_TESTS, compare_counts
from service.analytics.magnitude import in_range, ratio
from service.analytics.proportions import Proportion
from service.message import Message
from service.outcome import Outcome

Inputs: TypeAlias = Mapping[str, Decimal]
Groups: TypeAlias = Mapping[str, Inputs]
Fraction: TypeAlias = Callable[[Inputs], tuple[Decimal, Decimal]]
Better: TypeAlias = Literal["up", "down"]

MOST_GROUPS = 1_000

LARGEST_COUNT = 10**15

EXACT = decimal.Context(prec=1_000)
"""Adds numbers from 1e-400 to 1e300 without rounding, so that no part outgrows its whole."""

ROUNDING = Decimal("1e-20")
"""Relative difference under which sums of decimals differ by rounding alone."""


class Figure(NamedTuple):
    """What is compared: how it is computed from the inputs of a group, and how they add up.

    *fraction* gives numerator and denominator; None for a figure that is no fraction.
    Inputs that are *added* are counts and amounts, those that may be *kept* are rates, prices
    and periods, which hold for several groups together only where all have the same.
    *counts* tells that numerator and denominator are counts, a part and its whole.
    """

    value: Callable[[Inputs], Outcome]
    fraction: Fraction | None
    added: Collection[str]
    kept: Collection[str]
    counts: bool = False


class _Pool(NamedTuple):
    """All groups together; *inputs* and *value* are None where they do not add up."""

    inputs: Inputs | None
    value: Decimal | None
    reason: Message | None


@in_range
def compare_groups(
    *,
    groups: Groups,
    figure: Figure,
    better: Better,
    target: float | None = None,
    confidence: float = 0.95,
) -> Outcome:
    """Return the figure of all groups together, and a row for each, the best first.

    A group contributes its numerator over the denominator of all groups, or its value where
    the figure is no fraction: contributions add up to the pooled value.  Its influence is the
    pooled value less that of the other groups.  A part of a whole, both counted, is tested as
    `compare_counts` says.

    Raises:
        Refused: where *figure* refuses the inputs of all groups together.
    """
    outcomes = {name: figure.value(inputs) for name, inputs in groups.items()}
    ranks = _ranks(outcomes, better)
    pool = _pool(groups, figure)
    contributions = _contributions(groups, figure, outcomes, pool)
    tests = NO_TESTS
    if figure.fraction and figure.counts:
        tests = compare_counts(_counts(groups, figure.fraction), confidence)
    goal = None if target is None else Decimal(target)
    rows = [
        {
            "name": name,
            "rank": ranks[name],
            **_standing(outcomes[name], pool, goal, better),
            **_contribution(contributions.get(name), _without(name, groups, figure, pool), pool),
            "share_of_target": _share(contributions.get(name), goal),
            **tests.of_group(name),
            "inputs": _floats(groups[name]),
        }
        for name in sorted(groups, key=lambda name: ranks[name] or math.inf)
    ]
    result = {
        "better": better,
        "pooled": _float(pool.value),
        "pooled_inputs": None if pool.inputs is None else _floats(pool.inputs),
        "target": target,
        "pooled_gap_to_target": _float(_less(pool.value, goal)),
        "pooled_share_of_target": _share(pool.value, goal),
        "groups": rows,
        "overall": tests.overall,
        "confidence": confidence,
    }
    return Outcome(
        _float(pool.value),
        result,
        pool.reason,
        conventions(result, figure.added, is_fraction=figure.fraction is not None),
        (*excess([name for name, one in outcomes.items() if one.warnings]), *tests.warnings),
    )


def _ranks(outcomes: Mapping[str, Outcome], better: Better) -> dict[str, int | None]:
    """Return the place of each group, the same for equal values, None without a value."""
    known = sorted(
        (one.value for one in outcomes.values() if one.value is not None), reverse=better == "up"
    )
    places: dict[Decimal | float, int] = {}
    for place, value in enumerate(known, start=1):
        places.setdefault(value, place)
    return {
        name: None if one.value is None else places[one.value] for name, one in outcomes.items()
    }


def _pool(groups: Groups, figure: Figure) -> _Pool:
    inputs: dict[str, Decimal] = {}
    apart = []
    for name in next(iter(groups.values())):
        values = [given[name] for given in groups.values()]
        if name in figure.added:
            inputs[name] = reduce(EXACT.add, values)
        elif name in figure.kept and len(set(values)) == 1:
            inputs[name] = values[0]
        else:
            apart.append(name)
    if apart:
        return _Pool(None, None, not_additive(apart))
    outcome = figure.value(inputs)
    return _Pool(inputs, _decimal(outcome.value), outcome.reason)


def _without(name: str, groups: Groups, figure: Figure, pool: _Pool) -> Decimal | None:
    """Return the figure of all other groups together."""
    if pool.inputs is None:
        return None
    own = groups[name]
    rest = {
        one: EXACT.subtract(value, own[one]) if one in figure.added else value
        for one, value in pool.inputs.items()
    }
    return _decimal(figure.value(rest).value)


def _contributions(
    groups: Groups, figure: Figure, outcomes: Mapping[str, Outcome], pool: _Pool
) -> dict[str, Decimal]:
    """Return what each group adds to the pooled value, nothing where that does not add up."""
    if pool.inputs is None or pool.value is None:
        return {}
    parts = {name: _decimal(one.value) or Decimal(0) for name, one in outcomes.items()}
    if figure.fraction is not None:
        whole = figure.fraction(pool.inputs)[1]
        parts = {name: figure.fraction(own)[0] / whole for name, own in groups.items()}
    difference = abs(sum(parts.values(), Decimal(0)) - pool.value)
    return parts if difference <= max(map(abs, parts.values())) * ROUNDING else {}


def _standing(
    outcome: Outcome, pool: _Pool, target: Decimal | None, better: Better
) -> dict[str, Any]:
    value = _decimal(outcome.value)
    gap = _less(value, pool.value)
    return {
        "value": _float(value),
        "undefined": None if outcome.reason is None else outcome.reason.code,
        "gap_to_pooled": _float(gap),
        "better_than_pooled": None if gap is None else (gap > 0 if better == "up" else gap < 0),
        "gap_to_target": _float(_less(value, target)),
    }


def _contribution(own: Decimal | None, without: Decimal | None, pool: _Pool) -> dict[str, Any]:
    return {
        "contribution": _float(own),
        "share_of_total": _share(own, pool.value),
        "pooled_without": _float(without),
        "influence": _float(_less(pool.value, without)),
    }


def _counts(groups: Groups, fraction: Fraction) -> dict[str, Proportion | None]:
    """Return part and whole of each group, None where they are no counts."""
    return {name: _proportion(*fraction(own)) for name, own in groups.items()}


def _proportion(part: Decimal, whole: Decimal) -> Proportion | None:
    if not 0 <= part <= whole <= LARGEST_COUNT or part % 1 or whole % 1:
        return None
    return Proportion(int(part), int(whole))


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _share(part: Decimal | None, whole: Decimal | None) -> float | None:
    return None if part is None or whole is None else ratio(float(part), float(whole))


def _decimal(value: Decimal | float | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _floats(inputs: Inputs) -> dict[str, float]:
    return {name: float(value) for name, value in inputs.items()}
