"""Leads, opportunities and deals against what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from service.analytics.funnels.sales_volume import sales_volume_report


def report(**inputs: Any) -> dict[str, Any]:
    result = sales_volume_report(
        **({"leads": 400, "opportunities": 100, "deals_won": 20, "expected_deals": 25} | inputs)
    ).result

    assert result is not None
    return dict(result)


def test_two_rates_and_the_attainment() -> None:
    """400 leads, 100 opportunities and 20 of 25 deals: 25%, 20% and 80%."""
    found = report()

    assert [0.25, 0.2, 0.8, 5, False] == [
        found[name]
        for name in (
            "lead_to_opportunity_rate",
            "opportunity_to_deal_rate",
            "attainment",
            "gap",
            "reached",
        )
    ]


@pytest.mark.parametrize(("deals", "expected"), [(25, True), (24, False)])
def test_reached_is_at_the_expected_deals(deals: float, *, expected: bool) -> None:
    """As many deals as expected are enough."""
    assert expected == report(deals_won=deals)["reached"]


def test_the_money_has_an_attainment_of_its_own() -> None:
    """Half of the expected amount is half, whatever the deals say."""
    found = report(sales_amount=50.0, expected_sales_amount=100.0)

    assert (0.5, 50.0) == (found["sales_amount_attainment"], found["sales_amount_gap"])


@pytest.mark.parametrize(
    "amounts",
    [
        {},
        {"sales_amount": 5.0},
        {"expected_sales_amount": 5.0},
    ],
)
def test_half_an_amount_has_no_attainment(amounts: dict[str, float]) -> None:
    """An amount without an expectation, or the other way round, attains nothing."""
    assert report(**amounts)["sales_amount_attainment"] is None


def test_nothing_of_nothing_is_not_everything() -> None:
    """Rates of no leads are None, never 100%."""
    found = report(leads=0, opportunities=0, deals_won=0)

    assert (None, None, 0.0) == (
        found["lead_to_opportunity_rate"],
        found["opportunity_to_deal_rate"],
        found["attainment"],
    )


def test_no_expectation_no_attainment() -> None:
    """With 0 deals expected the attainment is undefined, and the rates stand."""
    outcome = sales_volume_report(leads=4, opportunities=2, deals_won=1, expected_deals=0)

    assert outcome.value is None
    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code
    assert outcome.result is not None
    assert 0.5 == outcome.result["lead_to_opportunity_rate"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((10, 10, 10), 0),
        ((10, 11, 5), 1),
        ((10, 5, 6), 1),
        ((1, 2, 3), 2),
    ],
)
def test_more_out_than_in_is_warned_about(
    counts: tuple[float, float, float], expected: int
) -> None:
    """Counts of one period may exceed each other, and the answer says what that means."""
    leads, opportunities, deals = counts
    outcome = sales_volume_report(
        leads=leads, opportunities=opportunities, deals_won=deals, expected_deals=10
    )

    assert ["part_exceeds_whole"] * expected == [one.code for one in outcome.warnings]
