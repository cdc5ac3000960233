"""Pages, mixes, keywords and the split of acquisition costs over HTTP, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

PAGES = [{"page": f"/{i}", "entrances": 100 - i} for i in range(7)]
KEYWORD = {"keyword": "kpi", "position": 3, "impressions": 100}
CAMPAIGN = {"name": "search", "basket": "digital", "cost": 10, "new_customers": 1}
COSTS = {
    "digital_costs": {"salaries": 12_000, "software": 3_000},
    "outbound_costs": {"advertising": 10_000, "distribution": 5_000},
    "digital_new_customers": 100,
    "outbound_new_customers": 60,
}


def refusal(reply: Any) -> tuple[str, str]:
    """Return the pointer and the code of the one thing that is wrong."""
    (found,) = reply.json["errors"]
    return found["pointer"], found["code"]


def test_five_pages(post: Any) -> None:
    """W17: five pages by entrances, unless another number is asked for."""
    five = post("top_entry_pages", {"pages": PAGES}).json["result"]["pages"]
    two = post("top_entry_pages", {"pages": PAGES, "top": 2}).json["result"]["pages"]

    assert ["/0", "/1", "/2", "/3", "/4"] == [row["page"] for row in five]
    assert five[:2] == two


@pytest.mark.parametrize(
    ("published", "as_of", "stale"),
    [
        ("2025-04-20", "2026-04-20", False),
        ("2025-04-20", "2026-04-21", True),
        ("2024-02-29", "2025-02-28", False),
        ("2024-02-29", "2025-03-01", True),
    ],
)
def test_stale_after_a_year(post: Any, published: str, as_of: str, *, stale: bool) -> None:
    """W19: a page is stale when more than a calendar year has passed since it was touched."""
    page = PAGES[0] | {"published": published, "updated": None}
    answer = post("top_entry_pages", {"pages": [page], "as_of": as_of}).json

    assert stale is answer["result"]["pages"][0]["stale"]


@pytest.mark.parametrize(("organic", "majority"), [(51, "organic"), (50, None)])
def test_the_larger_part_of_the_traffic(post: Any, organic: int, majority: str | None) -> None:
    """W18: the larger part is more than half of all visits, and shares add up to 1."""
    answer = post("traffic_mix", {"sources": {"organic": organic, "direct": 100 - organic}}).json

    assert majority == answer["result"]["majority"]
    assert 1 == sum(row["share"] for row in answer["result"]["sources"])


@pytest.mark.parametrize(
    ("metric_id", "name"),
    [("popular_devices", "devices"), ("traffic_mix", "sources"), ("revenue_breakdown", "streams")],
)
def test_a_mix_of_nothing(post: Any, metric_id: str, name: str) -> None:
    """Where all parts are 0 no share is 0 or 1: there is none, and the reason is told."""
    answer = post(metric_id, {name: {"a": 0, "b": 0}}).json

    assert ("undefined", "division_by_zero") == (answer["status"], answer["reason"]["code"])
    assert [None, None] == [row["share"] for row in answer["result"][name]]


@pytest.mark.parametrize("metric_id", ["popular_devices", "traffic_mix", "revenue_breakdown"])
def test_a_table_is_no_cell(client: Any, metric_id: str) -> None:
    """A metric that answers with a table alone has no door for a cell."""
    reply = client.get(f"/v1/metrics/{metric_id}/value", query_string={"errors": "http"})

    assert (422, "wrong_type") == (reply.status_code, reply.json["code"])


def test_streams_beside_their_mean(post: Any) -> None:
    """Each stream of revenue is told to stand above, at or below the mean of all."""
    streams = {"shop": 60, "service": 30, "training": 0}
    rows = post("revenue_breakdown", {"streams": streams}).json["result"]["streams"]

    assert [("shop", "above"), ("service", "at"), ("training", "below")] == [
        (row["name"], row["compared_to_mean"]) for row in rows
    ]


def test_position_weighted_by_impressions(post: Any) -> None:
    """A keyword seen nine times as often counts nine times as much."""
    rare = {"keyword": "b", "position": 13, "impressions": 10}
    answer = post("average_keyword_position", {"keywords": [KEYWORD | {"impressions": 90}, rare]})

    assert 4 == answer.json["value"]


def test_three_costs_that_reconcile(post: Any) -> None:
    """The blended cost is the mean of the two baskets, weighted by their customers."""
    told = post("acquisition_cost_split", COSTS | {"shared_costs": {"rent": 6_000}}).json
    digital, outbound = told["result"]["digital"], told["result"]["outbound"]

    assert (180, 300, 225) == (
        digital["customer_acquisition_cost"],
        outbound["customer_acquisition_cost"],
        told["value"],
    )
    assert 36_000 == digital["cost"] + outbound["cost"]


@pytest.mark.parametrize(
    ("metric_id", "body", "pointer", "code"),
    [
        ("top_entry_pages", {"pages": [None]}, "/pages/0", "wrong_type"),
        ("top_entry_pages", {"pages": [{"page": "/"}]}, "/pages/0/entrances", "missing"),
        (
            "top_entry_pages",
            {"pages": [PAGES[0], PAGES[0]]},
            "/pages/1/page",
            "inconsistent_inputs",
        ),
        (
            "top_entry_pages",
            {"pages": [PAGES[0] | {"entrances": -1}]},
            "/pages/0/entrances",
            "out_of_range",
        ),
        (
            "top_entry_pages",
            {"pages": [PAGES[0] | {"single_page_sessions": 101}]},
            "/pages/0/single_page_sessions",
            "part_exceeds_whole",
        ),
        (
            "top_entry_pages",
            {"pages": [PAGES[0] | {"updated": "last year"}]},
            "/pages/0/updated",
            "wrong_type",
        ),
        ("top_entry_pages", {"pages": [PAGES[0] | {"url": "/"}]}, "/pages/0/url", "unknown_field"),
        ("top_entry_pages", {"pages": PAGES, "top": 0}, "/top", "out_of_range"),
        ("top_entry_pages", {"pages": PAGES, "top": 2.5}, "/top", "wrong_type"),
        ("top_entry_pages", {"pages": PAGES, "as_of": 46132}, "/as_of", "wrong_type"),
        ("popular_devices", {"devices": {}}, "/devices", "out_of_range"),
        ("popular_devices", {"devices": ["iPhone"]}, "/devices", "wrong_type"),
        ("popular_devices", {"devices": {"iPhone": -1}}, "/devices/iPhone", "out_of_range"),
        ("traffic_mix", {"sources": {"x" * 201: 1}}, f"/sources/{'x' * 201}", "out_of_range"),
        ("traffic_mix", '{"sources": {"a": 1, "a": 2}}', "/sources/a", "duplicate_key"),
        ("traffic_mix", '{"sources": {"a": NaN}}', "/sources/a", "not_finite"),
        ("revenue_breakdown", {"streams": {"shop": "60"}}, "/streams/shop", "wrong_type"),
        ("average_keyword_position", {"keywords": []}, "/keywords", "out_of_range"),
        (
            "average_keyword_position",
            {"keywords": [KEYWORD | {"position": 0}]},
            "/keywords/0/position",
            "out_of_range",
        ),
        (
            "average_keyword_position",
            {"keywords": [KEYWORD | {"impressions": None}]},
            "/keywords/0/impressions",
            "wrong_type",
        ),
        (
            "acquisition_cost_split",
            COSTS | {"digital_costs": 15_000},
            "/digital_costs",
            "wrong_type",
        ),
        (
            "acquisition_cost_split",
            COSTS | {"digital_costs": {"salaries": -1}},
            "/digital_costs/salaries",
            "out_of_range",
        ),
        (
            "acquisition_cost_split",
            COSTS | {"digital_share_of_shared_costs": 60},
            "/digital_share_of_shared_costs",
            "out_of_range",
        ),
        (
            "acquisition_cost_split",
            COSTS | {"campaign_types": [CAMPAIGN | {"basket": "offline"}]},
            "/campaign_types/0/basket",
            "wrong_type",
        ),
        (
            "acquisition_cost_split",
            COSTS | {"campaign_types": [CAMPAIGN | {"cost": 15_001}]},
            "/campaign_types",
            "part_exceeds_whole",
        ),
    ],
)
def test_what_is_wrong_is_refused_at_its_place(
    post: Any, metric_id: str, body: Any, pointer: str, code: str
) -> None:
    """Each thing that is wrong has its pointer and its code."""
    reply = post(metric_id, body)

    assert 422 == reply.status_code
    assert (pointer, code) == refusal(reply)
