"""Was an A/B test split as planned, and is it large enough?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from experiment_arms import codes, comparison, counted, table

from service.analytics.experiments.ab_test import ab_test

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "ab_test.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", LITERATURE["sample_ratios"], ids=lambda one: one["source"])
def test_sample_ratio_of_the_literature(case: dict[str, Any]) -> None:
    """An equal split is expected unless told otherwise; p below 0.001 is a mismatch."""
    outcome = ab_test(variants=counted(*[(10, n) for n in case["visitors"]]))
    split = table(outcome)["sample_ratio"]

    assert pytest.approx(case["p"], rel=0.05) == split["p_value"]
    assert case["mismatch"] == split["mismatch"]
    assert case["mismatch"] == ("sample_ratio_mismatch" in codes(outcome.warnings))
    assert "equal_split" in codes(outcome.assumptions)


def test_expected_share_is_what_the_split_is_held_against() -> None:
    """9 to 1 is a mismatch for an equal split and none where 90% was meant."""
    variants = counted((900, 9000), (100, 1000))
    blind = ab_test(variants=variants)
    told = ab_test(variants=variants, expected_share={"B": 0.1, "A": 0.9})

    assert table(blind)["sample_ratio"]["mismatch"]
    assert not table(told)["sample_ratio"]["mismatch"]
    assert [9000, 1000] == [row["expected_visitors"] for row in table(told)["variants"]]
    assert "equal_split" not in codes(told.assumptions)


def test_thirds_may_be_rounded() -> None:
    """Shares of 0.33 three times are thirds."""
    share = dict.fromkeys("ABC", 0.33)
    outcome = ab_test(variants=counted(*[(10, 3000)] * 3), expected_share=share)

    assert pytest.approx([3000] * 3) == [
        row["expected_visitors"] for row in table(outcome)["variants"]
    ]


def test_planned_size_and_what_is_still_missing() -> None:
    """20% + 5 points need 1,094 a variant: 94 are missing in one, none in the other."""
    outcome = ab_test(variants=counted((200, 1000), (220, 1100)), minimum_detectable_effect=0.05)
    result = table(outcome)

    assert 1094 == result["planned_visitors_per_variant"]
    assert [94, 0] == [row["visitors_needed"] for row in result["variants"]]
    assert codes(outcome.warnings) == {"below_planned_size"}


def test_the_planned_size_once_reached_has_the_planned_power() -> None:
    """1,094 visitors each see 5 points over 20% with 80% power, and nothing is warned of."""
    outcome = ab_test(
        variants=counted((2188, 10940), (2500, 10940)), minimum_detectable_effect=0.05
    )
    small = ab_test(variants=counted((200, 1000), (220, 1100)), minimum_detectable_effect=0.05)

    assert comparison(outcome)["power"] > 0.999
    assert pytest.approx(0.78, abs=0.01) == comparison(small)["power"]
    assert comparison(small)["detectable_effect"] is None
    assert () == outcome.warnings


def test_without_an_effect_the_detectable_one_is_given() -> None:
    """1,094 visitors each at 20% can see 5 points, and the reader is warned of peeking."""
    outcome = ab_test(variants=counted((2000, 10000), (2000, 10000)))
    known = ab_test(variants=counted((219, 1094), (230, 1094)))

    assert pytest.approx(0.05, abs=2e-4) == comparison(known)["detectable_effect"]
    assert comparison(outcome)["detectable_effect"] < comparison(known)["detectable_effect"]
    assert comparison(known)["power"] is None
    assert "peeking" in codes(outcome.warnings)


@pytest.mark.parametrize("effect", [0.0, 0.95, 1e-15])
def test_an_effect_that_cannot_be_planned_is_a_warning(effect: float) -> None:
    """No effect, one beyond 100% or one too small to count has no size, and it is said."""
    outcome = ab_test(variants=counted((10, 100), (12, 100)), minimum_detectable_effect=effect)

    assert "no_plan" in codes(outcome.warnings)
    assert table(outcome)["planned_visitors_per_variant"] is None


def test_several_variants_are_planned_for_their_number() -> None:
    """Two comparisons share the significance: the plan of each is for 97.5% confidence."""
    three = ab_test(
        variants=counted((200, 1000), (220, 1000), (230, 1000)), minimum_detectable_effect=0.05
    )
    two = ab_test(
        variants=counted((200, 1000), (220, 1000)), minimum_detectable_effect=0.05, confidence=0.975
    )
    sizes = [table(one)["planned_visitors_per_variant"] for one in (two, three)]

    assert sizes[0] == sizes[1] > 1094
    assert pytest.approx(comparison(two)["power"]) == comparison(three)["power"]
