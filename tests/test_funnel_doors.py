"""Funnels, lead scores and sales volume over HTTP, and what is refused where."""

from __future__ import annotations

from typing import Any

import pytest

STAGES = [{"name": "impressions", "count": 1000}, {"name": "clicks", "count": 50}]
NAMES = [{"name": "visit"}, {"name": "order"}]
VOLUME = {"leads": 400, "opportunities": 100, "deals_won": 30, "expected_deals": 40}
SCORE = {"signals": {"opened": 2}, "weights": {"opened": 5}, "threshold": 10}


def refusal(reply: Any) -> tuple[str, str]:
    """Return the pointer and the code of the one thing that is wrong."""
    (found,) = reply.json["errors"]
    return found["pointer"], found["code"]


def seen(who: str, stage: str, at: str) -> dict[str, str]:
    """Return an event."""
    return {"who": who, "stage": stage, "at": at}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "the rate of clicks (0.05) is below its level of the previous period (0.08)"),
        ("vi", "tỷ lệ của clicks (0.05) thấp hơn mức của kỳ trước (0.08): hãy đổi nội dung"),
        ("zh", "clicks 的比率（0.05）低于其上一周期水平（0.08）：请更换内容"),
    ],
)
def test_advice(post: Any, language: str, told: str) -> None:
    """What to do about a step is told in the reader's language, with its yardstick."""
    answer = post(
        "funnel_analysis",
        {"stages": STAGES, "previous": [{"name": "clicks", "rate": 0.08}]},
        lang=language,
    ).json

    assert "change_content" == answer["result"]["advice"][0]["code"]
    assert any(one["message"].startswith(told) for one in answer["warnings"])


def test_counts_are_told_in_full(post: Any) -> None:
    """A count in a sentence has all its digits."""
    stages = [{"name": "impressions", "count": 100_000}, {"name": "clicks", "count": 9}]
    targets = [{"name": "impressions", "count": 120_000}]
    answer = post("funnel_analysis", {"stages": stages, "targets": targets}).json

    told = [one["message"] for one in answer["warnings"]]
    assert "impressions (100000) is below its target (120000): raise the budget" in told


def test_events(post: Any) -> None:
    """People are counted from events, each once and in the order of the stages."""
    events = [
        seen("An", "visit", "2026-03-01"),
        seen("An", "order", "2026-03-03"),
        seen("Bo", "order", "2026-03-01"),
        seen("Bo", "visit", "2026-03-02"),
    ]
    answer = post("funnel_analysis", {"stages": NAMES, "events": events}).json

    assert 0.5 == answer["value"]
    assert 2 == answer["result"]["steps"][0]["median_days"]


def test_no_events(post: Any) -> None:
    """Without any event the conversion is undefined, not 0 and not 100%."""
    answer = post("funnel_analysis", {"stages": NAMES, "events": []}).json

    assert ("undefined", "division_by_zero") == (answer["status"], answer["reason"]["code"])
    assert None is answer["result"]["overall"]["rate"]


@pytest.mark.parametrize(
    ("spoilt", "pointer", "code"),
    [
        ({"stages": []}, "/stages", "missing"),
        ({"stages": {}}, "/stages", "wrong_type"),
        ({"stages": [*STAGES, None]}, "/stages/2", "wrong_type"),
        ({"stages": [*STAGES, {"count": 1}]}, "/stages/2/name", "missing"),
        ({"stages": [*STAGES, {"name": "", "count": 1}]}, "/stages/2/name", "out_of_range"),
        ({"stages": [*STAGES, {"name": "orders"}]}, "/stages/2/count", "missing"),
        ({"stages": [*STAGES, {"name": "orders", "count": -1}]}, "/stages/2/count", "out_of_range"),
        (
            {"stages": [*STAGES, {"name": "orders", "count": 2e15}]},
            "/stages/2/count",
            "out_of_range",
        ),
        (
            {"stages": [*STAGES, {"name": "clicks", "count": 1}]},
            "/stages/2/name",
            "inconsistent_inputs",
        ),
        (
            {"stages": [*STAGES, {"name": "orders", "count": 60}]},
            "/stages/2/count",
            "part_exceeds_whole",
        ),
        (
            {"stages": [{"name": str(i), "count": 1} for i in range(51)]},
            "/stages",
            "too_many_items",
        ),
        ({"within_days": 7}, "/within_days", "inconsistent_inputs"),
        ({"targets": [{"name": "orders", "rate": 0.1}]}, "/targets/0/name", "inconsistent_inputs"),
        ({"benchmarks": [{"name": "clicks", "rate": 5}]}, "/benchmarks/0/rate", "out_of_range"),
        ({"previous": [{"name": "clicks", "share": 1}]}, "/previous/0/share", "unknown_field"),
        ({"open": "yes"}, "/open", "wrong_type"),
        ({"confidence": 1}, "/confidence", "out_of_range"),
        (
            {"events": [seen("An", "clicks", "2026-03-01")]},
            "/stages/0/count",
            "inconsistent_inputs",
        ),
    ],
)
def test_a_bad_funnel(post: Any, spoilt: dict[str, Any], pointer: str, code: str) -> None:
    """What is wrong with a funnel is refused at its place."""
    reply = post("funnel_analysis", {"stages": STAGES} | spoilt)

    assert (413 if code == "too_many_items" else 422) == reply.status_code
    assert (pointer, code) == refusal(reply)


@pytest.mark.parametrize(
    ("events", "pointer", "code"),
    [
        ([{}], "/events/0/who", "missing"),
        ([seen("An", "visit", "yesterday")], "/events/0/at", "wrong_type"),
        ([seen("An", "visit", "2026-03-01") | {"who": 7}], "/events/0/who", "wrong_type"),
        ([seen("An", "visit", "2026-03-01") | {"page": "/"}], "/events/0/page", "unknown_field"),
        (
            [seen("An", "visit", "2026-03-01"), seen("An", "order", "2026-03-01T10:00:00Z")],
            "/events",
            "inconsistent_inputs",
        ),
    ],
)
def test_a_bad_event(post: Any, events: list[Any], pointer: str, code: str) -> None:
    """What is wrong with an event is refused at its place."""
    reply = post("funnel_analysis", {"stages": NAMES, "events": events})

    assert (pointer, code) == refusal(reply)


def test_too_many_events(post: Any) -> None:
    """Above the limit the message states it."""
    events = ", ".join(["{}"] * 100_001)
    reply = post("funnel_analysis", f'{{"stages": [], "events": [{events}]}}')

    assert ("/events", "too_many_items") == refusal(reply)
    assert "100000" in reply.json["detail"]


def test_sales_volume(post: Any) -> None:
    """Leads, opportunities and deals give two rates, and deals are held against the expected."""
    told = post("sales_volume_report", VOLUME).json["result"]

    assert (0.25, 0.3, 0.75, 10) == (
        told["lead_to_opportunity_rate"],
        told["opportunity_to_deal_rate"],
        told["attainment"],
        told["gap"],
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "expected_deals is 0, so attainment is undefined"),
        ("vi", "expected_deals bằng 0 nên tỷ lệ hoàn thành không xác định"),
        ("zh", "expected_deals 为 0，因此达成率无法定义"),
    ],
)
def test_no_deals_expected(post: Any, language: str, told: str) -> None:
    """Nothing expected is no attainment, with the reason in the reader's language."""
    answer = post("sales_volume_report", VOLUME | {"expected_deals": 0}, lang=language).json

    assert told == answer["reason"]["message"]


@pytest.mark.parametrize(
    ("spoilt", "pointer", "code"),
    [
        ({"leads": -1}, "/leads", "out_of_range"),
        ({"opportunities": None}, "/opportunities", "wrong_type"),
        ({"deals_won": [30]}, "/deals_won", "wrong_type"),
        ({"sales": 3}, "/sales", "unknown_field"),
    ],
)
def test_a_bad_volume(post: Any, spoilt: dict[str, Any], pointer: str, code: str) -> None:
    """What is wrong with a count is refused at its place."""
    assert (pointer, code) == refusal(post("sales_volume_report", VOLUME | spoilt))


def test_sales_volume_in_a_cell(client: Any) -> None:
    """All of its inputs are numbers, so a spreadsheet can ask for the attainment."""
    reply = client.get("/v1/metrics/sales_volume_report/value", query_string=VOLUME)

    assert "0.75" == reply.text


@pytest.mark.parametrize(
    ("more", "qualified", "decided_by"),
    [
        ({}, True, ["score"]),
        ({"threshold": 11}, False, []),
        ({"threshold": 11, "triggers": ["opened"]}, True, ["trigger"]),
    ],
)
def test_lead_score(
    post: Any, more: dict[str, Any], *, qualified: bool, decided_by: list[str]
) -> None:
    """Points at the threshold qualify a lead, and so does a trigger alone."""
    answer = post("lead_score", SCORE | more).json

    assert 10 == answer["value"]
    assert (qualified, decided_by) == (
        answer["result"]["qualified"],
        answer["result"]["decided_by"],
    )


@pytest.mark.parametrize(
    ("spoilt", "pointer", "code"),
    [
        ({"signals": [1]}, "/signals", "wrong_type"),
        ({"signals": {"opened": True}}, "/signals/opened", "wrong_type"),
        ({"signals": {"": 1}}, "/signals/", "out_of_range"),
        ({"signals": {"a/b": "1"}}, "/signals/a~1b", "wrong_type"),
        ({"weights": {}}, "/weights", "out_of_range"),
        ({"weights": {str(i): 1 for i in range(1001)}}, "/weights", "too_many_items"),
        ({"threshold": "10"}, "/threshold", "wrong_type"),
        ({"triggers": "opened"}, "/triggers", "wrong_type"),
        ({"triggers": [1]}, "/triggers/0", "wrong_type"),
    ],
)
def test_a_bad_score(post: Any, spoilt: dict[str, Any], pointer: str, code: str) -> None:
    """What is wrong with a signal or a weight is refused at its place."""
    assert (pointer, code) == refusal(post("lead_score", SCORE | spoilt))
