"""The status of KPIs over HTTP: the worked examples, and what is refused where."""

from __future__ import annotations

from typing import Any

import pytest

APRIL = {"start": "2026-04-01", "end": "2026-04-30", "as_of": "2026-04-20"}
ORDERS = {"target": 500, "actual": 150, **APRIL}
WEBINAR = {"target": 50, "operator": "sum", **APRIL}
REGISTRATIONS = {"Facebook": 20, "e-mail": 20, "landing page": 10}
REVENUE = {"target": 100_000_000, "operator": "product", **APRIL}


def refusal(reply: Any) -> tuple[str, str]:
    """Return the pointer and the code of the one thing that is wrong."""
    (found,) = reply.json["errors"]
    return found["pointer"], found["code"]


def codes(answer: Any, kind: str = "assumptions") -> list[str]:
    """Return the codes of what an answer says."""
    return [one["code"] for one in answer.json[kind]]


@pytest.mark.parametrize(("last", "status"), [(10, "reached"), (9, "ahead")])
def test_webinar_registrations(post: Any, last: int, status: str) -> None:
    """W10: the registrations of three channels add up to 50, or to 49."""
    answer = post("kpi_status", WEBINAR | {"components": REGISTRATIONS | {"landing page": last}})

    assert status == answer.json["result"]["status"]
    assert 40 + last == answer.json["result"]["actual"]


@pytest.mark.parametrize(("price", "status"), [(250_000, "reached"), (249_999, "ahead")])
def test_revenue_of_the_month(post: Any, price: int, status: str) -> None:
    """W11: units × price reach 100 million, or stay a little below."""
    answer = post("kpi_status", REVENUE | {"components": {"units": 400, "price": price}})

    assert status == answer.json["result"]["status"]


def test_orders_of_the_month(post: Any) -> None:
    """W12: 150 of 500 orders on day 20 of 30 are behind, and each day left must bring 35."""
    answer = post("kpi_status", ORDERS).json
    told = answer["result"]

    assert 0.3 == answer["value"]
    assert "behind" == told["status"]
    assert (pytest.approx(333.33, abs=0.01), 0.45, 225, 350) == (
        told["expected"],
        told["pacing"],
        told["projection"],
        told["gap"],
    )
    assert (7.5, 35, pytest.approx(4.67, abs=0.01)) == (
        told["run_rate"],
        told["required_rate"],
        told["required_to_run_rate"],
    )


@pytest.mark.parametrize(
    ("end", "pacing", "projection", "required"),
    [("2026-01-31", 0.465, 232.5, 31.82), ("2026-02-28", 0.42, 210, 43.75)],
)
def test_months_of_other_lengths(
    post: Any, end: str, pacing: float, projection: float, required: float
) -> None:
    """W12: in a month of 31 or 28 days the same 150 orders read otherwise."""
    month = {"start": f"{end[:8]}01", "end": end, "as_of": f"{end[:8]}20"}
    told = post("kpi_status", ORDERS | month).json["result"]

    assert pytest.approx((pacing, projection, required), abs=0.005) == (
        told["pacing"],
        told["projection"],
        told["required_rate"],
    )


def test_the_share_of_each_component(post: Any) -> None:
    """A component has its share in a sum, and its own part of the gap."""
    answer = post(
        "kpi_status",
        WEBINAR
        | {
            "components": REGISTRATIONS,
            "component_targets": {"Facebook": 25, "e-mail": 15, "landing page": 10},
        },
    )

    assert [("Facebook", 0.4, 5), ("e-mail", 0.4, -5), ("landing page", 0.2, 0)] == [
        (row["name"], row["share"], row["gap"]) for row in answer.json["result"]["components"]
    ]


@pytest.mark.parametrize(
    ("metric_id", "told"),
    [
        ("profit", []),
        ("cost_per_lead", ["lower_is_better", "does_not_accumulate"]),
        ("conversion_rate", ["does_not_accumulate"]),
        ("churn_rate", ["lower_is_better", "does_not_accumulate"]),
        ("time_between_purchases", ["lower_is_better", "does_not_accumulate"]),
    ],
)
def test_the_nature_of_a_metric(post: Any, metric_id: str, told: list[str]) -> None:
    """A metric's id says which way is better, and whether the KPI adds up over the days."""
    answer = post("kpi_status", ORDERS | {"metric": metric_id})

    assert ["nature_of_the_metric", "whole_days", *told] == codes(answer)


def test_what_is_given_goes_before_the_metric(post: Any) -> None:
    """Better and accumulates, where both are given, leave nothing to take from the metric."""
    given = {"metric": "cost_per_lead", "better": "up", "accumulates": True}

    assert ["whole_days"] == codes(post("kpi_status", ORDERS | given))


def test_a_metric_without_a_direction(post: Any) -> None:
    """Where a metric leaves open which way is better, the caller must say."""
    reply = post("kpi_status", ORDERS | {"metric": "traffic_share"})

    assert ("/better", "missing") == refusal(reply)
    assert reply.json["detail"].startswith("better: traffic share does not say")


def test_a_metric_by_another_name(post: Any) -> None:
    """An alias works wherever an id does."""
    tables = [
        post("kpi_status", ORDERS | {"metric": one}).json["result"]
        for one in ("cost_per_lead", "CPL", "每条线索成本")
    ]

    assert tables[0] == tables[1] == tables[2]


def test_a_metric_that_there_is_not(post: Any) -> None:
    """A misspelt id is answered with the nearest."""
    reply = post("kpi_status", ORDERS | {"metric": "cost_per_leed"})

    assert reply.json["detail"].endswith("did you mean cost_per_lead?")


@pytest.mark.parametrize(
    ("spoilt", "pointer", "code"),
    [
        ({"target": "500"}, "/target", "wrong_type"),
        ({"start": "2026-04-31"}, "/start", "wrong_type"),
        ({"start": "2026-05-01"}, "/end", "inconsistent_inputs"),
        ({"as_of": "2026-03-31"}, "/as_of", "inconsistent_inputs"),
        ({"components": {}}, "/components", "out_of_range"),
        ({"components": {"a": 1}}, "/components", "inconsistent_inputs"),
        ({"components": {"a": None}}, "/components/a", "wrong_type"),
        ({"operator": "mean"}, "/operator", "wrong_type"),
        ({"operator": "sum"}, "/operator", "inconsistent_inputs"),
        ({"component_targets": {"a": 1}}, "/component_targets", "inconsistent_inputs"),
        ({"better": "higher"}, "/better", "wrong_type"),
        ({"accumulates": 1}, "/accumulates", "wrong_type"),
        ({"tolerance": 1}, "/tolerance", "out_of_range"),
        ({"curve": [1, 2]}, "/curve", "inconsistent_inputs"),
        ({"curve": [1] * 29 + [-1]}, "/curve/29", "out_of_range"),
        ({"curve": [1] * 30, "business_days": True}, "/business_days", "inconsistent_inputs"),
        ({"curve": [1] * 36_526}, "/curve", "too_many_items"),
        ({"goal": 3}, "/goal", "unknown_field"),
    ],
)
def test_a_bad_status(post: Any, spoilt: dict[str, Any], pointer: str, code: str) -> None:
    """What is wrong with a KPI is refused at its place."""
    reply = post("kpi_status", ORDERS | spoilt)

    assert (413 if code == "too_many_items" else 422) == reply.status_code
    assert (pointer, code) == refusal(reply)


def test_portfolio_adds_what_has_one_unit(post: Any) -> None:
    """KPIs of one unit that accumulate are added, whatever their weights."""
    nodes = [
        {"name": "north", "weight": 9, "kpi": {"target": 100, "actual": 150, "unit": "order"}},
        {"name": "south", "kpi": {"target": 300, "actual": 130, "unit": "order"}},
    ]
    answer = post("kpi_portfolio", {"nodes": nodes}).json

    assert ("sum", 0.7) == (answer["result"]["method"], answer["value"])


def test_a_kpi_in_a_portfolio_has_a_status(post: Any) -> None:
    """A KPI with its dates is followed as by itself."""
    nodes = [
        {"name": "orders", "kpi": ORDERS},
        {"name": "leads", "kpi": {"target": 2, "actual": 1}},
    ]
    rows = post("kpi_portfolio", {"nodes": nodes}).json["result"]["nodes"]

    assert ["behind", None] == [row["status"] for row in rows]


LEAF = {"name": "orders", "kpi": {"target": 500, "actual": 150}}


@pytest.mark.parametrize(
    ("node", "pointer", "code"),
    [
        (None, "", "wrong_type"),
        ({"name": "x"}, "/kpi", "missing"),
        ({"name": "x", "children": []}, "/kpi", "missing"),
        ({"kpi": {"target": 1}}, "/name", "missing"),
        (LEAF | {"weight": -1}, "/weight", "out_of_range"),
        (LEAF | {"children": [LEAF]}, "/children", "inconsistent_inputs"),
        (LEAF | {"kids": []}, "/kids", "unknown_field"),
        ({"name": "x", "kpi": {"actual": 1}}, "/kpi/target", "missing"),
        ({"name": "x", "kpi": {"target": 1}}, "/kpi/actual", "missing"),
        ({"name": "x", "kpi": {"target": True}}, "/kpi/target", "wrong_type"),
        (
            {"name": "x", "kpi": {"target": 1, "actual": 1} | APRIL | {"end": None}},
            "/kpi/end",
            "missing",
        ),
        (
            {"name": "x", "kpi": {"target": 1, "actual": 1} | APRIL | {"end": "2026-03-01"}},
            "/kpi/end",
            "inconsistent_inputs",
        ),
        ({"name": "x", "children": [LEAF, {"name": "y"}]}, "/children/1/kpi", "missing"),
        ({"name": "x", "children": [5]}, "/children/0", "wrong_type"),
    ],
)
def test_a_bad_node(post: Any, node: Any, pointer: str, code: str) -> None:
    """What is wrong in a tree of KPIs is refused at its very place."""
    reply = post("kpi_portfolio", {"nodes": [LEAF, node]})

    assert 422 == reply.status_code
    assert (f"/nodes/1{pointer}", code) == refusal(reply)


def test_too_many_levels(post: Any) -> None:
    """A tree that is too deep is refused with the limit."""
    node: dict[str, Any] = LEAF
    for _ in range(5):
        node = {"name": "x", "children": [node]}
    reply = post("kpi_portfolio", {"nodes": [node]})

    assert ("/nodes", "too_many_items") == refusal(reply)


def test_too_many_nodes(post: Any) -> None:
    """The limit holds for all levels together."""
    nodes = [{"name": "x", "children": [LEAF] * 5_001}] * 2
    reply = post("kpi_portfolio", {"nodes": nodes})

    assert ("/nodes", "too_many_items") == refusal(reply)


def test_nothing_to_follow(post: Any) -> None:
    """An empty portfolio has no attainment, and says so."""
    answer = post("kpi_portfolio", {"nodes": []}).json

    assert ("undefined", "no_attainment") == (answer["status"], answer["reason"]["code"])
