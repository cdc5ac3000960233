"""Groups compared by one metric: order, pooled value, contributions, influence and tests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from experiment_arms import codes, table
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests

from service.catalogue import METRICS
from service.outcome import Outcome

LEADS = {
    "Facebook": {"mqls": 40, "visits": 2_000},
    "Google": {"mqls": 90, "visits": 3_000},
    "e-mail": {"mqls": 50, "visits": 1_000},
}
SPEND = {
    "brand": {"ad_revenue": 900, "ad_spend": 100},
    "generic": {"ad_revenue": 500, "ad_spend": 400},
    "display": {"ad_revenue": 100, "ad_spend": 500},
}


def compared(metric: str, groups: dict[str, dict[str, float]], **more: Any) -> Outcome:
    """Return the outcome for *groups* of numbers as JSON gives them."""
    exact = {
        name: {one: Decimal(str(value)) for one, value in inputs.items()}
        for name, inputs in groups.items()
    }
    defaults = {"target": None, "better": None, "confidence": 0.95}
    return METRICS["compare_groups"].compute(
        {"metric": metric, "groups": exact} | defaults | more,
    )


def column(outcome: Outcome, name: str) -> dict[str, Any]:
    """Return one column of the table by group, in the order of the rows."""
    return {row["name"]: row[name] for row in table(outcome)["groups"]}


def test_the_pooled_value_is_of_the_inputs_added_up() -> None:
    """180 leads of 6,000 visits are 3%, whatever the mean of the groups' rates."""
    assert 0.03 == compared("traffic_to_mql_rate", LEADS).value


def test_the_highest_is_first_where_higher_is_better() -> None:
    """Groups are ranked by the direction of the metric."""
    ranks = column(compared("return_on_ad_spend", SPEND), "rank")

    assert [("brand", 1), ("generic", 2), ("display", 3)] == list(ranks.items())


def test_the_lowest_is_first_where_lower_is_better() -> None:
    """The cheapest lead leads."""
    costs = {
        "a": {"campaign_costs": 100, "leads": 10},
        "b": {"campaign_costs": 100, "leads": 50},
    }
    outcome = compared("cost_per_lead", costs)

    assert {"b": 1, "a": 2} == column(outcome, "rank")
    assert {"b": True, "a": False} == column(outcome, "better_than_pooled")


def test_the_caller_may_turn_the_order() -> None:
    """`better` goes before the direction of the metric."""
    outcome = compared("return_on_ad_spend", SPEND, better="down")

    assert "display" == next(iter(column(outcome, "rank")))
    assert "lowest_first" in codes(outcome.assumptions)


def test_equals_share_their_rank() -> None:
    """Two best groups are both first, and the next is third."""
    groups = {"a": LEADS["Google"], "b": LEADS["Google"], "c": LEADS["Facebook"]}

    ranks = column(compared("traffic_to_mql_rate", groups), "rank")

    assert {"a": 1, "b": 1, "c": 3} == ranks


@pytest.mark.parametrize(
    ("metric_id", "groups"),
    [
        ("traffic_to_mql_rate", LEADS),
        ("return_on_ad_spend", SPEND),
        (
            "marketing_roi",
            {
                "a": {"revenue": 900, "marketing_cost": 70},
                "b": {"revenue": 10, "marketing_cost": 90},
            },
        ),
        (
            "cart_abandonment_rate",
            {
                "a": {"carts_ordered": 3, "carts_created": 9},
                "b": {"carts_ordered": 8, "carts_created": 11},
            },
        ),
        ("profit", {"a": {"revenue": 100, "cost": 20}, "b": {"revenue": 50, "cost": 60}}),
        (
            "cost_per_thousand_impressions",
            {
                "a": {"ad_spend": 7, "impressions": 3_000},
                "b": {"ad_spend": 9, "impressions": 1_100},
            },
        ),
    ],
)
def test_contributions_add_up(metric_id: str, groups: dict[str, dict[str, float]]) -> None:
    """The parts of the groups make the pooled value, of the total and of a target alike."""
    outcome = compared(metric_id, groups, target=50)
    value = outcome.value

    assert isinstance(value, float)
    assert pytest.approx(value) == sum(column(outcome, "contribution").values())
    assert pytest.approx(1) == sum(column(outcome, "share_of_total").values())
    assert pytest.approx(value / 50) == sum(column(outcome, "share_of_target").values())
    assert pytest.approx(value / 50) == table(outcome)["pooled_share_of_target"]


def test_influence_is_the_pooled_value_less_that_of_the_others() -> None:
    """Without the display ads 1,400 come back from 500: they cost 1.3 of 2.8."""
    outcome = compared("return_on_ad_spend", SPEND)

    assert 2.8 == column(outcome, "pooled_without")["display"]
    assert pytest.approx(-1.3) == column(outcome, "influence")["display"]


def test_chi_squared_and_holm() -> None:
    """The tests are those of scipy and statsmodels on the same counts."""
    outcome = compared("traffic_to_mql_rate", LEADS)
    cells = [[one["mqls"], one["visits"] - one["mqls"]] for one in LEADS.values()]
    chi_squared = chi2_contingency(cells, correction=False)
    p_values = {}
    for name, (part, rest) in zip(LEADS, cells, strict=True):
        others = [180 - part, 5_820 - rest]
        p_values[name] = chi2_contingency([[part, rest], others], correction=False).pvalue
    adjusted = dict(
        zip(LEADS, multipletests(list(p_values.values()), method="holm")[1], strict=True)
    )

    overall = table(outcome)["overall"]
    assert pytest.approx(chi_squared.statistic) == overall["statistic"]
    assert pytest.approx(chi_squared.pvalue) == overall["p_value"]
    assert pytest.approx(p_values) == column(outcome, "p_value")
    assert pytest.approx(adjusted) == column(outcome, "adjusted_p_value")
    assert {"e-mail": "higher", "Google": "not_significant", "Facebook": "lower"} == column(
        outcome, "verdict"
    )


def test_two_groups_are_one_comparison() -> None:
    """Each of two groups is the other's rest, so nothing is adjusted."""
    two = {name: LEADS[name] for name in ("Facebook", "Google")}
    outcome = compared("traffic_to_mql_rate", two)

    assert column(outcome, "p_value") == column(outcome, "adjusted_p_value")
    assert (
        pytest.approx(table(outcome)["overall"]["p_value"])
        == (column(outcome, "p_value")["Google"])
    )


def test_won_among_won_and_lost_is_tested() -> None:
    """A whole that is the sum of the part and the rest is a whole too."""
    deals = {"a": {"deals_won": 10, "deals_lost": 20}, "b": {"deals_won": 50, "deals_lost": 60}}
    tested = chi2_contingency([[10, 20], [50, 60]], correction=False)

    overall = table(compared("win_rate", deals))["overall"]

    assert pytest.approx(tested.pvalue) == overall["p_value"]


def test_money_is_not_tested() -> None:
    """χ² is for counts; a return on spend has no verdict."""
    outcome = compared("return_on_ad_spend", SPEND)

    assert table(outcome)["overall"] is None
    assert {None} == set(column(outcome, "verdict").values())


def test_halves_are_not_tested() -> None:
    """Counts that are not whole are compared, and it is told why they are not tested."""
    groups = {**LEADS, "fax": {"mqls": 0.5, "visits": 10}}
    outcome = compared("traffic_to_mql_rate", groups)

    assert table(outcome)["overall"] is None
    assert {"not_tested"} == codes(outcome.warnings)


def test_one_group_with_units_is_not_tested() -> None:
    """There is nothing to hold it against."""
    groups = {"a": LEADS["Google"], "b": {"mqls": 0, "visits": 0}}

    assert {"not_tested"} == codes(compared("traffic_to_mql_rate", groups).warnings)


def test_more_than_the_whole_is_told() -> None:
    """A part above its whole, where both may come from different periods, is a warning."""
    groups = {**LEADS, "old": {"mqls": 20, "visits": 10}}

    warned = codes(compared("traffic_to_mql_rate", groups).warnings)

    assert {"part_exceeds_whole", "not_tested"} == warned


def test_few_are_told() -> None:
    """Under five expected, the overall test is rough."""
    groups = {"a": {"mqls": 1, "visits": 20}, "b": {"mqls": 3, "visits": 30}}
    outcome = compared("traffic_to_mql_rate", groups)

    assert {"small_expected_counts"} == codes(outcome.warnings)
    assert {"fisher_exact"} == set(column(outcome, "test").values())


def test_a_group_without_a_value_still_adds_to_the_whole() -> None:
    """Money spent without a lead is part of what the leads cost together."""
    costs = {
        "works": {"campaign_costs": 100, "leads": 10},
        "fails": {"campaign_costs": 50, "leads": 0},
    }
    outcome = compared("cost_per_lead", costs)

    assert 15 == outcome.value
    assert {"works": None, "fails": "division_by_zero"} == column(outcome, "undefined")
    assert {"works": 1, "fails": None} == column(outcome, "rank")
    assert 5 == column(outcome, "contribution")["fails"]


def test_rates_are_not_added_up() -> None:
    """Where groups differ in a price or a rate there is no pooled value, but an order."""
    clicks = {
        "a": {"cost_per_click": 2, "click_to_lead_rate": 0.1},
        "b": {"cost_per_click": 3, "click_to_lead_rate": 0.2},
    }
    outcome = compared("cost_per_lead_from_click", clicks)

    assert outcome.value is None
    assert outcome.reason is not None
    assert "not_additive" == outcome.reason.code
    assert {"b": 1, "a": 2} == column(outcome, "rank")
    assert {None} == set(column(outcome, "influence").values())


def test_a_rate_that_is_the_same_is_kept() -> None:
    """One margin for all groups is their margin together."""
    groups = {
        name: {"revenue": revenue, "gross_margin": 0.5, "marketing_cost": 10}
        for name, revenue in (("a", 100), ("b", 60))
    }
    outcome = compared("marketing_roi_on_gross_profit", groups)

    assert 3 == outcome.value
    assert "inputs_kept" in codes(outcome.assumptions)


def test_times_over_a_count_add_up() -> None:
    """Seconds of all sessions over all sessions."""
    sessions = {
        "a": {"total_session_seconds": 10, "sessions": 2},
        "b": {"total_session_seconds": 10, "sessions": 3},
    }

    assert 4 == compared("average_session_duration", sessions).value


def test_nothing_to_divide_by() -> None:
    """No visits at all: the reason is that of the metric, and the groups stay listed."""
    empty = {name: {"mqls": 0, "visits": 0} for name in "ab"}
    outcome = compared("traffic_to_mql_rate", empty)

    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code
    assert ["a", "b"] == list(column(outcome, "rank"))


def test_an_unknown_direction_is_told() -> None:
    """Whether a high budget use is good depends: the order is told to be a choice."""
    spend = {name: {"actual_spend": 1, "budget": 2} for name in "ab"}

    assert "direction_unknown" in codes(compared("budget_utilisation", spend).assumptions)
    told = codes(compared("budget_utilisation", spend, better="up").assumptions)
    assert "direction_unknown" not in told


def test_sums_do_not_round() -> None:
    """Counts of very different size stay a part within its whole."""
    groups = {
        "large": {"mqls": 10**27, "visits": 10**28},
        "small": {"mqls": 1, "visits": 1},
    }

    assert 1 == column(compared("traffic_to_mql_rate", groups), "pooled_without")["large"]
