"""Trends, forecasts and seasons over HTTP: what they find, and what is refused where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

SERIES = ("trend_signal", "forecast", "seasonal_growth")


def days(*values: float, start: str = "2026-03-01") -> list[dict[str, Any]]:
    """Return *values* as the points of consecutive days."""
    first = date.fromisoformat(start)
    return [
        {"at": (first + timedelta(days=i)).isoformat(), "value": value}
        for i, value in enumerate(values)
    ]


def refusal(reply: Any) -> tuple[str, str]:
    """Return the pointer and the code of the one thing that is wrong."""
    (found,) = reply.json["errors"]
    return found["pointer"], found["code"]


@pytest.mark.parametrize(("better", "severity"), [("up", 3), ("down", 0)])
def test_a_fall_is_as_severe_as_it_is_bad(post: Any, better: str, severity: int) -> None:
    """The verdict tells the direction; how severe it is depends on which way is better."""
    falling = days(100, 101, 99, 98, 99, 97, 96, 95, 94, 60)
    told = post("trend_signal", {"series": falling, "better": better}).json["result"]

    assert ("falling", severity) == (told["verdict"], told["severity"])


def test_the_window_looks_at_the_latest_points(post: Any) -> None:
    """A rise that was followed by a fall is a fall, in a window that begins at its top."""
    series = days(*range(20), *range(20, 10, -1))

    assert 0 < post("trend_signal", {"series": series}).json["value"]
    assert -1 == post("trend_signal", {"series": series, "window": 10}).json["value"]


def test_a_straight_line_goes_on(post: Any) -> None:
    """Holt's method continues a line, and the target stands above it by the uplift."""
    answer = post("forecast", {"series": days(*range(10, 60, 5)), "horizon": 2, "uplift": 0.5}).json
    rows = answer["result"]["forecasts"]

    assert pytest.approx(60) == answer["value"]
    assert ["2026-03-11", "2026-03-12"] == [row["at"] for row in rows]
    assert pytest.approx([90, 97.5]) == [row["target"] for row in rows]


def test_competitors_are_targets_to_choose_from(post: Any) -> None:
    """The lowest, middle and highest value of the competitors stand among the targets."""
    body = {"series": days(1, 2, 3), "competitor_values": [40, 10, 20]}
    targets = post("forecast", body).json["result"]["targets"]

    assert [10, 20, 40] == [row["value"] for row in targets if row["name"] == "competitors"]


def test_a_period_that_is_not_over_does_not_count(post: Any) -> None:
    """Growth is told of the last complete month, and the running one is warned about."""
    months = [{"at": f"2025-{month:02}-01", "value": 100} for month in range(1, 13)]
    months += [{"at": "2026-01-01", "value": 120}, {"at": "2026-02-01", "value": 10}]
    answer = post("seasonal_growth", {"series": months, "as_of": "2026-02-10"}).json

    assert 0.2 == answer["value"]
    assert ["incomplete_periods"] == [one["code"] for one in answer["warnings"]]


@pytest.mark.parametrize(
    ("metric_id", "reading"),
    [
        ("forecast", "For this KPI lower is better."),
        ("seasonal_growth", "For this KPI lower is better."),
    ],
)
def test_which_way_is_better_is_read(post: Any, metric_id: str, reading: str) -> None:
    """A series of costs is read as one, though the number stays the same."""
    answer = post(metric_id, {"series": days(1, 2, 3), "better": "down"}).json

    assert answer["reading"].endswith(reading)


@pytest.mark.parametrize("metric_id", SERIES)
@pytest.mark.parametrize(
    ("series", "pointer", "code"),
    [
        ({"at": "2026-03-01", "value": 1}, "/series", "wrong_type"),
        ([[]], "/series/0", "wrong_type"),
        ([{"value": 1}], "/series/0/at", "missing"),
        ([{"at": "2026-03-01"}], "/series/0/value", "missing"),
        ([{"at": "2026-03-01", "value": "1"}], "/series/0/value", "wrong_type"),
        ([{"at": "2026-03-01", "value": None}], "/series/0/value", "wrong_type"),
        ([{"at": "1 March", "value": 1}], "/series/0/at", "wrong_type"),
        ([{"at": 20260301, "value": 1}], "/series/0/at", "wrong_type"),
        ([{"at": "2026-03-01", "value": 1, "valeu": 2}], "/series/0/valeu", "unknown_field"),
        (
            [*days(1), {"at": "2026-03-02T00:00:00Z", "value": 1}],
            "/series",
            "inconsistent_inputs",
        ),
        (days(1) * 2, "/series/1/at", "inconsistent_inputs"),
        (days(1) * 2_001, "/series", "too_many_items"),
    ],
)
def test_a_malformed_series(
    post: Any, metric_id: str, series: Any, pointer: str, code: str
) -> None:
    """A series is refused at the place that is wrong."""
    assert (pointer, code) == refusal(post(metric_id, {"series": series}))


@pytest.mark.parametrize(
    ("metric_id", "name", "wrong"),
    [
        ("trend_signal", "window", [0, 2_001]),
        ("trend_signal", "season_length", [1, 367]),
        ("trend_signal", "confidence", [0, 1]),
        ("forecast", "season_length", [1, 367]),
        ("forecast", "horizon", [0, 367]),
        ("forecast", "uplift", [-1.01, 100.01]),
        ("forecast", "confidence", [0, 1]),
        ("seasonal_growth", "season_length", [0, 1_001]),
    ],
)
def test_bounds(post: Any, metric_id: str, name: str, wrong: list[float]) -> None:
    """Options have bounds, below and above."""
    replies = [post(metric_id, {"series": days(1, 2, 3), name: one}) for one in wrong]

    assert [(f"/{name}", "out_of_range")] * 2 == [refusal(one) for one in replies]


def test_a_gap_is_refused_by_the_forecast_alone(post: Any) -> None:
    """A missing day stops the forecast, which says where; a trend lives with it."""
    body = {"series": [one for one in days(1, 2, 3, 4, 5, 6) if one["value"] != 4]}

    assert ("/series/3/at", "inconsistent_inputs") == refusal(post("forecast", body))
    assert 1 == post("trend_signal", body).json["value"]


@pytest.mark.parametrize("metric_id", SERIES)
def test_nothing_to_tell(post: Any, metric_id: str) -> None:
    """A series without points is answered, with the reason for which there is no value."""
    answer = post(metric_id, {"series": []}).json

    assert (None, "undefined", "too_few_points") == (
        answer["value"],
        answer["status"],
        answer["reason"]["code"],
    )


@pytest.mark.parametrize("metric_id", SERIES)
def test_a_number_that_is_none(post: Any, metric_id: str) -> None:
    """NaN is found where it stands."""
    reply = post(metric_id, '{"series": [{"at": "2026-03-01", "value": NaN}]}')

    assert ("/series/0/value", "not_finite") == refusal(reply)
