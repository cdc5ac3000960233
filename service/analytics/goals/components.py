"""What is a KPI made of, and which component owes how much of its gap?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from service.analytics.magnitude import ratio
from service.message import Message, Refused

MAX_COMPONENTS = 1_000

Operator: TypeAlias = Literal["sum", "product"]

_FAR_APART = 0.5
"""Below this the difference of two logarithms is too much rounding to compute with."""

_AGREEMENT = 1e-9
"""Relative difference up to which component targets are taken to make the target."""


def combined(
    actual: float | None, components: Mapping[str, float] | None, operator: Operator | None
) -> float:
    """Return the KPI's value: *actual* itself, or its *components* added or multiplied.

    Raises:
        Refused: Neither or both are given, or components without an operator.
    """
    if components is None:
        if actual is None:
            raise Refused(
                "/actual", "missing", "actual is missing; give it, or components with an operator"
            )
        if operator is not None:
            raise Refused(
                "/operator",
                "inconsistent_inputs",
                "operator combines components, and there are none; leave it out",
            )
        return actual
    if actual is not None:
        raise Refused(
            "/components",
            "inconsistent_inputs",
            "actual and components are both given; give one of them",
        )
    if not components:
        raise Refused("/components", "missing", "components is empty; name at least one")
    if operator is None:
        raise Refused(
            "/operator",
            "missing",
            "operator is missing; say whether the components make the KPI as a sum or a product",
        )
    return _made(components, operator)


def component_rows(
    components: Mapping[str, float] | None,
    component_targets: Mapping[str, float] | None,
    operator: Operator | None,
    actual: float,
    target: float,
) -> tuple[list[dict[str, Any]], Message | None]:
    """Return a row for each component, and a warning where the gap cannot be split.

    A row holds `name`, `actual`, `target`, `share` (of a sum; None in a product) and
    `gap`, the component's part of *target* − *actual*.  The parts add up to the whole.

    In a sum a component owes its own target − actual.  In a product it owes
    L(T, A) · ln(target ÷ actual) with the logarithmic mean
    L(T, A) = (T − A) ÷ (ln T − ln A), which leaves no remainder.

    Source: B. W. Ang, The LMDI approach to decomposition analysis: a practical guide,
    Energy Policy 33 (2005), 867-871, the additive form; at 0 its limit, as in B. W. Ang &
    N. Liu, Handling zero values in the logarithmic mean Divisia index decomposition
    approach, Energy Policy 35 (2007), 238-246.

    Raises:
        Refused: Component targets for other components, or that do not make the target.
    """
    if component_targets is not None:
        _refuse_other_targets(components, component_targets, operator, target)
    if components is None:
        return [], None
    gaps, warning = _gaps(components, component_targets, operator, target)
    return [
        {
            "name": name,
            "actual": value,
            "target": component_targets[name] if component_targets else None,
            "share": ratio(value, actual) if operator == "sum" else None,
            "gap": gaps.get(name),
        }
        for name, value in components.items()
    ], warning


def _made(components: Mapping[str, float], operator: Operator | None) -> float:
    values = components.values()
    return math.fsum(values) if operator == "sum" else math.prod(values)


def _refuse_other_targets(
    components: Mapping[str, float] | None,
    component_targets: Mapping[str, float],
    operator: Operator | None,
    target: float,
) -> None:
    if components is None:
        raise Refused(
            "/component_targets",
            "inconsistent_inputs",
            "component_targets belong to components, and there are none; leave them out",
        )
    if components.keys() != component_targets.keys():
        raise Refused(
            "/component_targets",
            "inconsistent_inputs",
            "component_targets must name the components, each once: {names}",
            names=", ".join(components),
        )
    made = _made(component_targets, operator)
    if not math.isclose(made, target, rel_tol=_AGREEMENT):
        raise Refused(
            "/component_targets",
            "inconsistent_inputs",
            "the component targets make {made} and target is {target}; correct one of them",
            made=f"{made:.15g}",
            target=f"{target:.15g}",
        )


def _gaps(
    components: Mapping[str, float],
    component_targets: Mapping[str, float] | None,
    operator: Operator | None,
    target: float,
) -> tuple[dict[str, float], Message | None]:
    if component_targets is None:
        return {}, None
    if operator == "sum":
        return {name: component_targets[name] - components[name] for name in components}, None
    if min(component_targets.values()) <= 0 or min(components.values()) < 0:
        return {}, Message(
            "gap_not_split",
            "the gap of a product can be split only while no component is negative and every"
            " component target is above 0",
        )
    return _product_gaps(components, component_targets, target), None


def _product_gaps(
    components: Mapping[str, float], component_targets: Mapping[str, float], target: float
) -> dict[str, float]:
    """Return each factor's part of the gap, by logarithmic means.

    Where factors are 0 the whole *target* is the gap, and it is theirs in equal parts: the
    limit as they shrink alike.
    """
    zeros = {name for name, value in components.items() if value == 0}
    if zeros:
        return {name: target / len(zeros) if name in zeros else 0.0 for name in components}
    logarithms = {
        name: _logarithm(component_targets[name], value) for name, value in components.items()
    }
    mean = _logarithmic_mean(
        math.prod(component_targets[name] for name in components),
        math.prod(components.values()),
        math.fsum(logarithms.values()),
    )
    return {name: mean * logarithm for name, logarithm in logarithms.items()}


def _logarithm(one: float, other: float) -> float:
    """Return ln(one ÷ other) to the last digit, also where the two are close."""
    apart = math.log(one) - math.log(other)
    return apart if abs(apart) > _FAR_APART else math.log1p((one - other) / other)


def _logarithmic_mean(one: float, other: float, logarithm: float) -> float:
    """Return L(one, other), given the *logarithm* of their ratio."""
    smaller, larger = sorted((one, other))
    if abs(logarithm) > _FAR_APART:
        return (larger - smaller) / abs(logarithm)
    if smaller in {0, larger}:  # equal, or too small for a float to tell apart
        return larger
    return (larger - smaller) / math.log1p((larger - smaller) / smaller)
