"""The A/B test of rates: figures, verdicts and edges."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from experiment_arms import codes, comparison, counted, table
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from service.analytics.experiments.ab_test import ab_test

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "ab_test.json").read_text("utf-8")
)
LARGEST = 10**15


@pytest.mark.parametrize("case", LITERATURE["two_proportions"], ids=lambda one: one["source"])
def test_published_comparisons(case: dict[str, Any]) -> None:
    """Two variants get the published z, p, lift and interval."""
    outcome = ab_test(variants=counted(case["control"], case["variant"]))
    row = comparison(outcome)

    assert pytest.approx(case["z"], abs=5e-4) == row["statistic"]
    assert pytest.approx(case["p"], abs=5e-5) == row["p_value"] == row["adjusted_p_value"]
    if "lift" in case:
        assert pytest.approx(case["lift"]) == outcome.value == row["lift"]
    if "difference" in case:
        interval = row["difference_interval"]
        assert pytest.approx(case["difference"], abs=5e-5) == [interval["low"], interval["high"]]


def test_counts_are_handed_back_with_their_rates() -> None:
    """Each variant keeps its counts beside its rate and interval, so that they can be added."""
    row = table(ab_test(variants=counted((250, 5000), (295, 5000))))["variants"][1]

    assert ("B", 5000, 295, 0.059) == (
        row["name"],
        row["visitors"],
        row["conversions"],
        row["rate"],
    )
    assert row["interval"]["low"] < 0.059 < row["interval"]["high"]


@pytest.mark.parametrize(
    ("conversions", "expected", "winner"),
    [(295, "higher", "B"), (205, "lower", "A"), (251, "not_significant", None)],
)
def test_verdict_follows_p(conversions: int, expected: str, winner: str | None) -> None:
    """A p below 0.05 names the direction and the winner, any other names neither."""
    result = table(ab_test(variants=counted((250, 5000), (conversions, 5000))))

    assert (expected, winner) == (result["verdict"], result["winner"])


def test_confidence_moves_the_verdict() -> None:
    """What is significant at 95% (p 0.047) is not at 99%."""
    result = table(ab_test(variants=counted((250, 5000), (295, 5000)), confidence=0.99))

    assert result["verdict"] == "not_significant"


@pytest.mark.parametrize(
    ("control", "arm", "expected"),
    [((47, 60), (46, 50), "higher"), ((23, 30), (29, 30), "not_significant")],
)
def test_a_disagreeing_interval_is_a_warning(
    control: tuple[int, int], arm: tuple[int, int], expected: str
) -> None:
    """Where p and the interval disagree about 0, p decides, and the reader is told."""
    outcome = ab_test(variants=counted(control, arm))
    low = comparison(outcome)["difference_interval"]["low"]

    assert expected == comparison(outcome)["verdict"]
    assert (low > 0) == (expected == "not_significant")
    assert "interval_disagrees" in codes(outcome.warnings)


def test_an_agreeing_interval_is_no_warning() -> None:
    """Where both say the same there is nothing to tell."""
    outcome = ab_test(variants=counted((250, 5000), (295, 5000)))

    assert "interval_disagrees" not in codes(outcome.warnings)


def test_nobody_converted_has_no_lift() -> None:
    """Zero conversions everywhere: rates of 0, p 1, and no relative lift, with the reason."""
    outcome = ab_test(variants=counted((0, 100), (0, 100)))
    row = comparison(outcome)

    assert (None, "division_by_zero") == (outcome.value, outcome.reason and outcome.reason.code)
    assert (0, None, None, 1) == (
        row["difference"],
        row["lift"],
        row["lift_interval"],
        row["p_value"],
    )
    assert row["verdict"] == "not_significant"


def test_a_control_without_conversions_still_has_a_verdict() -> None:
    """0 of 1000 against 30 of 1000: no lift, but a significant difference."""
    outcome = ab_test(variants=counted((0, 1000), (30, 1000)))

    assert outcome.value is None
    assert ("higher", 0.03) == (table(outcome)["verdict"], comparison(outcome)["difference"])


def test_everybody_converted_is_no_difference() -> None:
    """All converted in both: lift 0, p 1, an interval of the lift that claims nothing."""
    row = comparison(ab_test(variants=counted((50, 50), (80, 80))))

    assert (0, None, 1) == (row["lift"], row["lift_interval"], row["p_value"])


def test_one_visitor_each_proves_nothing() -> None:
    """1 of 1 against 0 of 1 has p 1."""
    outcome = ab_test(variants=counted((1, 1), (0, 1)))

    assert (-1, 1, "not_significant") == (
        outcome.value,
        comparison(outcome)["p_value"],
        comparison(outcome)["verdict"],
    )


@pytest.mark.parametrize("arms", [((0, 0), (5, 10)), ((5, 10), (0, 0)), ((0, 0), (0, 0))])
def test_no_visitors_is_undefined(arms: tuple[tuple[int, int], tuple[int, int]]) -> None:
    """A variant nobody visited has no rate: no value, but no error either."""
    outcome = ab_test(variants=counted(*arms))
    rates = [row["rate"] for row in table(outcome)["variants"]]

    assert (None, "division_by_zero") == (outcome.value, outcome.reason and outcome.reason.code)
    assert [n > 0 for _, n in arms] == [rate is not None for rate in rates]
    assert comparison(outcome)["verdict"] is None


def test_an_empty_variant_among_several_is_left_out() -> None:
    """The variants with visitors are compared, the empty one is named."""
    outcome = ab_test(variants=counted((100, 1000), (0, 0), (150, 1000)))

    assert pytest.approx(0.5) == outcome.value
    assert "C" == table(outcome)["leader"]
    assert "too_few_visitors" in codes(outcome.warnings)
    assert "no_spread" not in codes(outcome.warnings)
    assert comparison(outcome, 1)["p_value"] == comparison(outcome, 1)["adjusted_p_value"]


def test_an_empty_control_leaves_nothing_to_lead_or_plan() -> None:
    """Without a control there is neither a best of several nor a plan to speak of."""
    outcome = ab_test(
        variants=counted((0, 0), (10, 100), (12, 100)), minimum_detectable_effect=0.05
    )

    assert table(outcome)["leader"] is None
    assert "best_of_several" not in codes(outcome.assumptions)
    assert "no_plan" not in codes(outcome.warnings)


def test_a_trillion_visitors() -> None:
    """Counts of 10¹² keep their precision: a millionth of a point is seen."""
    outcome = ab_test(variants=counted((10**10, 10**12), (10**10 + 10**6, 10**12)))

    assert pytest.approx(1e-4, rel=1e-12) == outcome.value
    assert pytest.approx(7.10651, rel=1e-5) == comparison(outcome)["statistic"]
    assert "higher" == comparison(outcome)["verdict"]


def test_a_hundred_large_variants_are_quick() -> None:
    """The largest input is answered in well under a second."""
    variants = [
        {**one, "name": str(index)}
        for index, one in enumerate(counted(*[(10**7 + k, LARGEST) for k in range(100)]))
    ]
    ab_test(variants=variants)  # imports scipy
    start = perf_counter()
    outcome = ab_test(variants=variants)

    assert perf_counter() - start < 1
    assert 99 == len(table(outcome)["comparisons"])


def test_three_variants_are_tested_together_and_adjusted() -> None:
    """χ² over all, then Holm: the smaller p doubles, the larger stays, the verdict follows."""
    outcome = ab_test(variants=counted((100, 1000), (130, 1000), (90, 1000)))
    result = table(outcome)
    expected = stats.chi2_contingency([[100, 130, 90], [900, 870, 910]], correction=False)
    raw, adjusted = (
        [row[key] for row in result["comparisons"]] for key in ("p_value", "adjusted_p_value")
    )

    assert pytest.approx((expected.statistic, expected.dof, expected.pvalue)) == (
        result["overall"]["statistic"],
        result["overall"]["degrees_of_freedom"],
        result["overall"]["p_value"],
    )
    assert pytest.approx([2 * raw[0], raw[1]]) == adjusted
    assert raw[0] < 0.05 < adjusted[0]
    assert ("B", "not_significant", None) == (
        result["leader"],
        result["verdict"],
        result["winner"],
    )
    assert {"holm", "best_of_several"} <= codes(outcome.assumptions)


def test_two_variants_have_no_overall_test() -> None:
    """For two variants χ² and Holm would say nothing new."""
    outcome = ab_test(variants=counted((100, 1000), (130, 1000)))

    assert table(outcome)["overall"] is None
    assert "holm" not in codes(outcome.assumptions)


def test_the_control_wins_over_all_or_not_at_all() -> None:
    """The control is the winner only if it beats every variant."""
    beaten = table(ab_test(variants=counted((200, 1000), (100, 1000), (110, 1000))))
    mixed = table(ab_test(variants=counted((200, 1000), (100, 1000), (195, 1000))))

    assert ("A", None) == (beaten["winner"], mixed["winner"])


def test_few_expected_make_the_overall_test_rough() -> None:
    """χ² over small expected counts comes with a warning."""
    rough = ab_test(variants=counted((1, 20), (2, 20), (3, 20)))
    fine = ab_test(variants=counted((100, 1000), (130, 1000), (90, 1000)))

    assert "small_expected_counts" in codes(rough.warnings)
    assert "small_expected_counts" not in codes(fine.warnings)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.integers(0, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=2,
        max_size=5,
    ),
    st.none() | st.floats(-1, 1),
    st.floats(0.5, 0.999),
)
def test_any_counts_have_an_answer(
    arms: list[tuple[int, int]], effect: float | None, confidence: float
) -> None:
    """Every possible input gives JSON, a value or a reason, p values within [0, 1]."""
    outcome = ab_test(
        variants=counted(*arms), minimum_detectable_effect=effect, confidence=confidence
    )
    result = table(outcome)

    assert (outcome.value is None) == (outcome.reason is not None)
    codes(outcome.warnings + outcome.assumptions)
    for row in result["comparisons"]:
        assert (row["p_value"] is None) == (row["verdict"] is None)
        assert 0 <= (row["p_value"] or 0) <= (row["adjusted_p_value"] or 0) <= 1
        assert 0 <= (row["power"] or 0) <= 1


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(1, 10**5), st.data())
def test_identical_arms_do_not_differ(visitors: int, data: st.DataObject) -> None:
    """Two variants with the same counts have difference 0 and p 1."""
    arm = data.draw(st.integers(0, visitors)), visitors
    row = comparison(ab_test(variants=counted(arm, arm)))

    assert (0, "not_significant") == (row["difference"], row["verdict"])
    assert pytest.approx(1) == row["p_value"]
