"""The costs of customers through two baskets reconcile with the blended cost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.breakdowns.acquisition_split import acquisition_cost_split
from service.message import Refused
from service.outcome import Outcome

COSTS = st.dictionaries(st.text(max_size=2), st.floats(0, 1e9), max_size=4)
CUSTOMERS = st.floats(0.5, 1e6)


def split(**inputs: Any) -> Outcome:
    return acquisition_cost_split(
        **(
            {
                "digital_costs": {"ads": 20_000.0, "salaries": 10_000.0},
                "outbound_costs": {"fairs": 10_000.0},
                "shared_costs": {"overhead": 10_000.0},
                "digital_new_customers": 75.0,
                "outbound_new_customers": 25.0,
            }
            | inputs
        )
    )


def costs(outcome: Outcome, field: str = "customer_acquisition_cost") -> list[Any]:
    assert outcome.result is not None
    return [outcome.result[name][field] for name in ("digital", "outbound", "blended")]


def types(*rows: tuple[str, str, float, float]) -> list[Any]:
    names = ("name", "basket", "cost", "new_customers")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_blended_cost_of_the_sources() -> None:
    """50,000 for 100 customers is 500 each (W14), 500 through either basket here."""
    assert [500.0, 500.0, 500.0] == costs(split())


def test_shared_cost_follows_direct_cost() -> None:
    """Digital has three quarters of the direct cost, so three quarters of the overhead."""
    outcome = split()

    assert [7_500.0, 2_500.0, 10_000.0] == costs(outcome, "shared_cost")
    assert ["shared_by_direct_cost"] == [one.code for one in outcome.assumptions]


def test_shared_cost_may_be_divided_as_given() -> None:
    """A share given by the caller replaces the rule, and the answer says so."""
    outcome = split(digital_share_of_shared_costs=0.1)

    assert [1_000.0, 9_000.0, 10_000.0] == costs(outcome, "shared_cost")
    assert ["shared_as_given"] == [one.code for one in outcome.assumptions]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(COSTS, COSTS, COSTS, CUSTOMERS, CUSTOMERS, st.none() | st.floats(0, 1))
def test_the_three_costs_reconcile(
    digital: dict[str, float],
    outbound: dict[str, float],
    shared: dict[str, float],
    digital_customers: float,
    outbound_customers: float,
    share: float | None,
) -> None:
    """The blended cost is the mean of the two, weighted by their new customers."""
    outcome = acquisition_cost_split(
        digital_costs=digital,
        outbound_costs=outbound,
        shared_costs=shared,
        digital_new_customers=digital_customers,
        outbound_new_customers=outbound_customers,
        digital_share_of_shared_costs=share,
    )
    each, other, blended = costs(outcome)
    assert pytest.approx(blended, rel=1e-12) == outcome.value
    if each is None:  # shared cost and no direct cost to divide it by
        assert share is None
        assert not any((*digital.values(), *outbound.values()))
        return
    customers = digital_customers + outbound_customers

    assert pytest.approx(blended, rel=1e-12) == (
        (each * digital_customers + other * outbound_customers) / customers
    )


def test_components_share_the_whole_cost() -> None:
    """Every cost is listed once with its share, and the shares add up to 1."""
    outcome = split()
    assert outcome.result is not None
    rows = outcome.result["components"]

    assert [
        ("ads", "digital", 0.4),
        ("salaries", "digital", 0.2),
        ("fairs", "outbound", 0.2),
        ("overhead", "shared", 0.2),
    ] == [(row["name"], row["basket"], row["share"]) for row in rows]


def test_without_direct_cost_only_the_blend_is_known() -> None:
    """Shared cost with no direct cost to follow is not split by halves."""
    outcome = split(digital_costs={}, outbound_costs={})

    assert [None, None, 100.0] == costs(outcome)
    assert ["no_rule_for_shared_cost"] == [one.code for one in outcome.warnings]


def test_nothing_spent_costs_nothing() -> None:
    """Customers without any cost cost 0, which needs no rule."""
    outcome = split(digital_costs={}, outbound_costs={}, shared_costs=None)

    assert [0.0, 0.0, 0.0] == costs(outcome)
    assert () == outcome.warnings


def test_a_basket_without_customers_has_no_cost_per_customer() -> None:
    """No customers through one basket: its cost stays in the blend."""
    assert [None, 500.0, 2000.0] == costs(
        split(digital_new_customers=0.0, outbound_new_customers=25.0)
    )


def test_no_customers_at_all_is_undefined() -> None:
    """Without new customers there is a reason, not a number."""
    outcome = split(digital_new_customers=0.0, outbound_new_customers=0.0)

    assert outcome.value is None
    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code


def test_campaign_types_and_their_rest_make_the_basket() -> None:
    """Types carry their part of the shared cost, and what they leave is a row of its own."""
    outcome = split(
        campaign_types=types(
            ("search", "digital", 15_000.0, 50.0), ("mail", "digital", 3_000.0, 5.0)
        )
    )
    assert outcome.result is not None
    rows = outcome.result["campaign_types"]

    assert ["search", "mail", "(rest)"] == [row["name"] for row in rows]
    assert pytest.approx([375.0, 750.0, 750.0]) == [
        row["customer_acquisition_cost"] for row in rows
    ]
    for field in ("direct_cost", "shared_cost", "cost", "new_customers"):
        assert pytest.approx(costs(outcome, field)[0]) == sum(row[field] for row in rows)


def test_campaign_types_that_make_the_basket_leave_no_rest() -> None:
    """Where the types account for everything there is no row for the rest."""
    outcome = split(campaign_types=types(("fairs", "outbound", 10_000.0, 25.0)))

    assert outcome.result is not None
    assert ["fairs"] == [row["name"] for row in outcome.result["campaign_types"]]


@pytest.mark.parametrize(("cost", "customers"), [(10_001.0, 1.0), (1.0, 26.0)])
def test_campaign_types_cannot_exceed_their_basket(cost: float, customers: float) -> None:
    """A type that costs or wins more than its basket is refused."""
    with pytest.raises(Refused) as refused:
        split(campaign_types=types(("fairs", "outbound", cost, customers)))

    assert "part_exceeds_whole" == refused.value.message.code
