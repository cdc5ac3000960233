"""Overlap counts who works together, who assists and who finishes."""

from __future__ import annotations

from typing import Any

from service.analytics.attribution.journeys import read_journeys
from service.analytics.attribution.overlap import channel_overlap


def overlap(*journeys: dict[str, Any], **options: Any) -> dict[str, Any]:
    outcome = channel_overlap(journeys=read_journeys(list(journeys)), **options)
    assert outcome.result is not None
    return dict(outcome.result)


SAMPLE = (
    {"touchpoints": ["facebook", "google"], "conversions": 3, "value": 30},
    {"touchpoints": ["google", "facebook", "google"], "conversions": 2, "value": 8},
    {"touchpoints": ["mail"], "conversions": 4, "value": 4},
    {"touchpoints": ["mail", "google"], "not_converted": 9},
)


def test_conversions_are_counted_per_combination() -> None:
    """The order and number of touches do not matter to a combination."""
    assert [
        {"channels": ["facebook", "google"], "conversions": 5.0, "value": 38.0, "share": 5 / 9},
        {"channels": ["mail"], "conversions": 4.0, "value": 4.0, "share": 4 / 9},
    ] == overlap(*SAMPLE)["combinations"]


def test_combinations_of_equal_weight_come_shortest_first() -> None:
    """Equal combinations are listed by size, then by name."""
    rows = overlap(
        {"touchpoints": ["b", "c"]}, {"touchpoints": ["a", "b"]}, {"touchpoints": ["d"]}
    )["combinations"]

    assert [["d"], ["a", "b"], ["b", "c"]] == [row["channels"] for row in rows]


def test_assisted_last_touch_and_influenced() -> None:
    """Assisted is anywhere but last, once per conversion; influenced is anywhere."""
    rows = {row["channel"]: row for row in overlap(*SAMPLE)["channels"]}

    assert {
        "channel": "google",
        "assisted_conversions": 2.0,
        "assisted_value": 8.0,
        "last_touch_conversions": 5.0,
        "last_touch_value": 38.0,
        "assisted_to_last_touch": 0.4,
        "influenced_conversions": 5.0,
        "influenced_value": 38.0,
    } == rows["google"]


def test_a_repeated_assist_counts_once() -> None:
    """A channel touched twice before the last touch assists one conversion."""
    rows = {r["channel"]: r for r in overlap({"touchpoints": ["a", "a", "b"]})["channels"]}

    assert 1.0 == rows["a"]["assisted_conversions"]


def test_the_ratio_is_null_for_a_channel_that_never_closes() -> None:
    """Nothing over no last touch is not a number."""
    rows = {row["channel"]: row for row in overlap(*SAMPLE)["channels"]}

    assert rows["facebook"]["assisted_to_last_touch"] is None


def test_influenced_columns_do_not_add_up_but_the_union_is_given() -> None:
    """The union counts each conversion once."""
    result = overlap(*SAMPLE)

    assert 14.0 == sum(row["influenced_conversions"] for row in result["channels"])
    assert {
        "conversions": 9.0,
        "value": 42.0,
        "not_converted": 9.0,
        "influenced_conversions": 9.0,
        "influenced_value": 42.0,
        "multi_channel_conversions": 5.0,
    } == result["totals"]


def test_a_conversion_without_a_touch_is_influenced_by_none() -> None:
    """Unattributed conversions are a combination of their own, outside the union."""
    result = overlap({"touchpoints": [], "conversions": 2}, {"touchpoints": ["a"]})

    assert ["(unattributed)"] == result["combinations"][0]["channels"]
    assert (3.0, 1.0) == (
        result["totals"]["conversions"],
        result["totals"]["influenced_conversions"],
    )


def test_campaigns_overlap_too() -> None:
    """Another field of the touchpoint can be compared."""
    touches = [{"channel": "a", "campaign": "x"}, {"channel": "b", "campaign": "x"}]

    assert ["x"] == overlap({"touchpoints": touches}, by="campaign")["combinations"][0]["channels"]


def test_no_conversions_are_said() -> None:
    """Without conversions there are no combinations, and the reason is given."""
    journeys = read_journeys([{"touchpoints": ["a", "b"], "not_converted": 1}])
    outcome = channel_overlap(journeys=journeys)
    assert outcome.result is not None
    assert outcome.reason is not None

    assert "no_conversions" == outcome.reason.code
    assert [] == outcome.result["combinations"]
    assert [0.0, 0.0] == [row["influenced_conversions"] for row in outcome.result["channels"]]
