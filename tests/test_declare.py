"""A mistake in a declaration stops the import, with a message that names the fix."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from service.declare import metric
from service.formula import Number, Parts, total
from service.metric import Example

EXAMPLE = Example({"revenue": 5, "marketing_cost": 2}, "1.5")
TEXT = "Name.\n\nMeaning.\n\nReading: high is good.\n\nSource: standard definition."


def wrong_unit(revenue: Number, marketing_cost: Number) -> Number:
    return revenue - marketing_cost


def mixed_units(revenue: Number, leads: Number) -> Number:
    return revenue - leads


def branches(revenue: Number, marketing_cost: Number) -> Number:
    return revenue if revenue > 0 else marketing_cost


def misspelt(revenu: Number, marketing_cost: Number) -> Number:
    return revenu / marketing_cost


def unused(revenue: Number, marketing_cost: Number) -> Number:  # noqa: ARG001  the mistake
    return revenue / Decimal(2)


def constant(revenue: Number) -> Number:  # noqa: ARG001  the mistake
    return Decimal(1)


def parts_as_a_number(campaign_costs: Parts, leads: Number) -> Number:
    return campaign_costs / leads


def number_as_parts(revenue: Number, marketing_cost: Number) -> Number:
    return total(revenue) / marketing_cost


def no_annotation(revenue: int, marketing_cost: Number) -> Number:
    return revenue / marketing_cost


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (wrong_unit, "returns money, declared ratio"),
        (mixed_units, "units do not agree"),
        (branches, "may not branch"),
        (misspelt, "did you mean 'revenue'"),
        (unused, "never uses marketing_cost"),
        (constant, "ignores its inputs"),
        (parts_as_a_number, r"write total\(campaign_costs\)"),
        (number_as_parts, r"without total\(\)"),
        (no_annotation, "annotate revenue as Number or Parts"),
    ],
)
def test_a_wrong_formula(function: Callable[..., Number], told: str) -> None:
    """Units, branches, names and kinds are checked while the catalogue is imported."""
    function.__doc__ = TEXT

    with pytest.raises(TypeError, match=told):
        metric("ratio", "up", EXAMPLE)(function)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name.",
        "Name\n\nMeaning.\n\nReading: r.\n\nSource: s.",
        TEXT.replace("Source:", "From:"),
    ],
)
def test_a_docstring_without_its_parts(text: str) -> None:
    """Name, meaning, reading and source are all told."""

    def roi_again(revenue: Number, marketing_cost: Number) -> Number:
        return revenue / marketing_cost

    roi_again.__doc__ = text

    with pytest.raises(TypeError, match="four paragraphs"):
        metric("ratio", "up", EXAMPLE)(roi_again)


def test_a_name_that_is_taken() -> None:
    """Two metrics cannot have one id."""

    def marketing_roi(revenue: Number, marketing_cost: Number) -> Number:
        return (revenue - marketing_cost) / marketing_cost

    marketing_roi.__doc__ = TEXT

    with pytest.raises(ValueError, match="two metrics"):
        metric("ratio", "up", EXAMPLE)(marketing_roi)
