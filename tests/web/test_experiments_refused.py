"""What experiments and comparisons refuse, with the right code at the right place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.catalogue import METRICS

BIG = 10**15
LONG = "n" * 201
ARM = {"size": 10, "conversions": 1, "revenue": 50, "revenue_sd": 3}
GROUP = {"mqls": 1, "visits": 2}
MANY = {str(i): GROUP for i in range(1_001)}


def edited(metric_id: str, pointer: str, value: Any) -> dict[str, Any]:
    """Return the example with *value* at *pointer*; `...` takes it away."""
    body = json.loads(json.dumps(METRICS[metric_id].example_request(), default=float))
    *way, last = pointer.strip("/").split("/")
    place: Any = body
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    if value is ...:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return body


def findings(reply: Any) -> list[tuple[str, str]]:
    """Return pointer and code of each error."""
    return [(one["pointer"], one["code"]) for one in reply.json["errors"]]


REFUSED = [
    ("ab_test", "/variants", ..., "missing"),
    ("ab_test", "/variants", {}, "wrong_type"),
    ("ab_test", "/variants", [], "out_of_range"),
    ("ab_test", "/variants", [{}] * 101, "too_many_items"),
    ("ab_test", "/variants/1", 3, "wrong_type"),
    ("ab_test", "/variants/1/name", ..., "missing"),
    ("ab_test", "/variants/1/name", "", "out_of_range"),
    ("ab_test", "/variants/1/name", LONG, "out_of_range"),
    ("ab_test", "/variants/1/name", "long form", "inconsistent_inputs"),
    ("ab_test", "/variants/1/visitors", -1, "out_of_range"),
    ("ab_test", "/variants/1/visitors", BIG + 1, "out_of_range"),
    ("ab_test", "/variants/1/visitors", 1.5, "wrong_type"),
    ("ab_test", "/variants/1/visitors", "5", "wrong_type"),
    ("ab_test", "/variants/1/visitors", True, "wrong_type"),
    ("ab_test", "/variants/1/visitors", float("nan"), "not_finite"),
    ("ab_test", "/variants/1/conversions", None, "wrong_type"),
    ("ab_test", "/variants/1/conversions", 5_001, "part_exceeds_whole"),
    ("ab_test", "/variants/1/value_sd", -3, "out_of_range"),
    ("ab_test", "/variants/1/visits", 3, "unknown_field"),
    ("ab_test", "/expected_share", {"a": 0.5, "b": 0.5}, "inconsistent_inputs"),
    ("ab_test", "/expected_share", [0.5, 0.5], "wrong_type"),
    ("ab_test", "/minimum_detectable_effect", 5, "out_of_range"),
    ("ab_test", "/confidence", 95, "out_of_range"),
    ("ab_test", "/confidence", 0.4, "out_of_range"),
    ("ab_test", "/alpha", 0.05, "unknown_field"),
    ("ab_test_sample_size", "/baseline_rate", 20, "out_of_range"),
    ("ab_test_sample_size", "/baseline_rate", ..., "missing"),
    ("ab_test_sample_size", "/minimum_detectable_effect", 0.9, "inconsistent_inputs"),
    ("ab_test_sample_size", "/relative", "true", "wrong_type"),
    ("ab_test_sample_size", "/power", 1, "out_of_range"),
    ("incremental_holdout", "/cost", ..., "missing"),
    ("incremental_holdout", "/cost", -1, "out_of_range"),
    ("incremental_holdout", "/gross_margin", 1.1, "out_of_range"),
    ("incremental_holdout", "/value_per_conversion", -1, "out_of_range"),
    ("incremental_holdout", "/treated", [], "wrong_type"),
    ("incremental_holdout", "/treated/size", ..., "missing"),
    ("incremental_holdout", "/treated/conversions", 10_001, "part_exceeds_whole"),
    ("incremental_holdout", "/held_out/revenue_sd", -1, "out_of_range"),
    ("difference_in_differences", "/treated_before", ..., "missing"),
    ("difference_in_differences", "/treated_before/mean", "1", "wrong_type"),
    ("difference_in_differences", "/treated_before/size", 0, "out_of_range"),
    ("difference_in_differences", "/control_after/size", ..., "missing"),
    ("difference_in_differences", "/control_after/sd", -1, "out_of_range"),
    ("association", "/pairs", {"x": 1}, "wrong_type"),
    ("association", "/pairs/1", [1], "out_of_range"),
    ("association", "/pairs/1", [1, 2, 3], "too_many_items"),
    ("association", "/pairs/1/0", None, "wrong_type"),
    ("association", "/pairs/1/1", float("nan"), "not_finite"),
    ("association", "/pairs/1/1", float("inf"), "not_finite"),
    ("compare_groups", "/metric", "traffic_to_mql", "wrong_type"),
    ("compare_groups", "/metric", 5, "wrong_type"),
    ("compare_groups", "/metric", "ab_test", "inconsistent_inputs"),
    ("compare_groups", "/groups", [], "wrong_type"),
    ("compare_groups", "/groups", {}, "out_of_range"),
    ("compare_groups", "/groups", {"a": GROUP}, "out_of_range"),
    ("compare_groups", "/groups", MANY, "too_many_items"),
    ("compare_groups", "/groups/Google", 3, "wrong_type"),
    ("compare_groups", "/groups/Google/mqls", ..., "missing"),
    ("compare_groups", "/groups/Google/mqls", "9", "wrong_type"),
    ("compare_groups", "/groups/Google/mqls", [9], "wrong_type"),
    ("compare_groups", "/groups/Google/mqls", -9, "out_of_range"),
    ("compare_groups", "/groups/Google/leads", 9, "unknown_field"),
    ("compare_groups", f"/groups/{LONG}", GROUP, "out_of_range"),
    ("compare_groups", "/target", "0.04", "wrong_type"),
    ("compare_groups", "/better", "high", "wrong_type"),
]
ELSEWHERE = [
    ("ab_test", "/variants/1/conversions", ..., "inconsistent_inputs", "/variants/1"),
    ("ab_test", "/variants/1/value_mean", 3, "inconsistent_inputs", "/variants/1"),
    ("ab_test", "/expected_share", {"a": 0, "b": 1}, "out_of_range", "/expected_share/a"),
    ("incremental_holdout", "/treated/revenue", 5, "missing", "/held_out/revenue"),
    ("incremental_holdout", "/held_out", ARM, "missing", "/treated/revenue"),
]


@pytest.mark.parametrize(
    ("metric_id", "place", "value", "code", "pointer"),
    [*((*one, one[1]) for one in REFUSED), *ELSEWHERE],
)
def test_what_is_refused(
    client: FlaskClient, metric_id: str, place: str, value: Any, code: str, pointer: str
) -> None:
    """What is wrong is answered with its code at its very place."""
    body = json.dumps(edited(metric_id, place, value))
    reply = client.post(f"/v1/metrics/{metric_id}", data=body, content_type="application/json")

    assert (413 if code == "too_many_items" else 422) == reply.status_code
    assert [(pointer, code)] == findings(reply)


def test_a_name_that_stands_twice(client: FlaskClient) -> None:
    """Which of two groups of one name counts is not guessed."""
    group = '{"mqls": 1, "visits": 2}'
    body = f'{{"metric": "traffic_to_mql_rate", "groups": {{"a/b": {group}, "a/b": {group}}}}}'
    reply = client.post("/v1/metrics/compare_groups", data=body, content_type="application/json")

    assert [("/groups/a~1b", "duplicate_key")] == findings(reply)


def test_a_contradiction_in_one_group(post: Any) -> None:
    """A part that cannot exceed its whole is refused in the group where it does."""
    groups = {
        "ok": {"sessions": 9, "single_page_sessions": 6},
        "bad/one": {"sessions": 5, "single_page_sessions": 6},
    }

    reply = post("compare_groups", {"metric": "bounce_rate", "groups": groups})

    assert [("/groups/bad~1one/single_page_sessions", "part_exceeds_whole")] == findings(reply)
