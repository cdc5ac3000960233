"""Finding a metric by any of its names, in the URL and with q=."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.catalogue import METRICS
from service.metric import Metric


@pytest.mark.parametrize(
    ("alias", "metric_id"),
    [
        ("romi", "marketing_roi"),
        ("cpl", "cost_per_lead"),
        ("aov", "average_order_value"),
        ("ltv", "customer_lifetime_value"),
        ("clv", "customer_lifetime_value"),
        ("cac", "customer_acquisition_cost"),
        ("roas", "return_on_ad_spend"),
        ("crr", "customer_retention_rate"),
        ("pf", "purchase_frequency"),
        ("cpw", "cost_per_order"),
        ("ROMI", "marketing_roi"),
        ("Marketing-ROI", "marketing_roi"),
        ("marketing  roi", "marketing_roi"),
        ("MARKETING_ROI", "marketing_roi"),
        ("ＣＰＬ", "cost_per_lead"),
        ("lợi tức đầu tư tiếp thị", "marketing_roi"),
        ("LỢI TỨC-ĐẦU_TƯ TIẾP THỊ", "marketing_roi"),
        (unicodedata.normalize("NFD", "lợi tức đầu tư tiếp thị"), "marketing_roi"),
        ("营销投资回报率", "marketing_roi"),
        ("笔单价", "average_order_value"),
        ("资产回报率", "return_on_assets"),
    ],
)
def test_aliases(client: FlaskClient, alias: str, metric_id: str) -> None:
    """Any name reaches its metric, which answers under its own id."""
    assert metric_id == client.get(f"/v1/metrics/{alias}").json["id"]


def test_compute_by_an_alias(post: Any) -> None:
    """An alias works wherever an id does."""
    body = {"campaign_costs": 1, "leads": 4}

    assert "cost_per_lead" == post("chi phí cho mỗi khách hàng tiềm năng", body).json["metric"]


def test_every_name_is_heard(client: FlaskClient, metric: Metric) -> None:
    """Each name on a card leads to that metric, or to a choice that it is part of."""
    card = client.get(f"/v1/metrics/{metric.id}").json
    for name in (card["name"], *card["aliases"]):
        told = client.get(f"/v1/metrics/{name.replace('/', '%2F')}").json
        found = {told.get("id")} | {one["id"] for one in told.get("candidates", [])}

        assert metric.id in found or is_primary_elsewhere(name, told.get("id")) or "/" in name


def is_primary_elsewhere(name: str, found: str | None) -> bool:
    """Tell whether another metric declares that it comes first under *name*."""
    return found is not None and name.casefold() in {
        one.casefold() for one in METRICS[found].primary
    }


def test_an_ambiguous_alias(client: FlaskClient) -> None:
    """A name that several share is 404 with the candidates and what tells them apart."""
    reply = client.get("/v1/metrics/cpa")
    candidates = reply.json["candidates"]

    assert (404, "ambiguous_metric") == (reply.status_code, reply.json["code"])
    assert {"cost_per_acquisition", "cost_per_action"} <= {one["id"] for one in candidates}
    assert len(candidates) == len({one["definition"] for one in candidates})
    assert all(one["id"] in reply.json["detail"] for one in candidates)


@pytest.mark.parametrize("path", ["/v1/metrics/cpa", "/v1/metrics/cpa/value?errors=http"])
def test_candidates_at_every_door(client: FlaskClient, path: str) -> None:
    """The candidates are told at each door, in the language asked for."""
    replies = [client.get(path, headers={"Accept-Language": one}).json for one in ("en", "vi")]

    assert replies[0]["candidates"][0]["name"] != replies[1]["candidates"][0]["name"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("marketing_roy", "marketing_roi"), ("costperlead", "cost_per_lead"), ("ropas", "return_on_")],
)
def test_nearest(client: FlaskClient, name: str, nearest: str) -> None:
    """An unknown name is 404 and proposes the metric that was probably meant."""
    reply = client.get(f"/v1/metrics/{name}")

    assert (404, "unknown_metric") == (reply.status_code, reply.json["code"])
    assert f"did you mean {nearest}" in reply.json["detail"]


@pytest.mark.parametrize("name", ["xqzw", "%E2%98%83", "x" * 5000])
def test_nothing_near(client: FlaskClient, name: str) -> None:
    """A name that resembles none is told shortly, without a guess."""
    detail = client.get(f"/v1/metrics/{name}").json["detail"]

    assert "did you mean" not in detail
    assert len(detail) < 120


@pytest.mark.parametrize(
    ("words", "metric_id"),
    [
        ("romi", "marketing_roi"),
        ("cost per lead", "cost_per_lead"),
        ("lead cost", "cost_per_lead"),
        ("Tỷ lệ chuyển đổi", "conversion_rate"),
        ("ty le chuyen doi", "conversion_rate"),
        ("TY LE CHUYEN DOI", "conversion_rate"),
        (unicodedata.normalize("NFD", "tỷ lệ chuyển đổi"), "conversion_rate"),
        ("don hang trung binh", "average_order_value"),
        ("转化率", "conversion_rate"),
        ("获客成本", "customer_acquisition_cost"),
    ],
)
def test_search(client: FlaskClient, words: str, metric_id: str) -> None:
    """q= finds a metric by words of any of its names, with or without diacritics."""
    found = client.get("/v1/metrics", query_string={"q": words}).json

    assert metric_id in [one["id"] for one in found["metrics"]]
    assert len(found["metrics"]) == found["count"] < len(METRICS)


@pytest.mark.parametrize("words", ["conversion rate", "ty le chuyen doi", "转化率", "cvr"])
def test_the_exact_name_comes_first(client: FlaskClient, words: str) -> None:
    """A metric that has the words for its whole name stands before those that contain them."""
    found = client.get("/v1/metrics", query_string={"q": words}).json["metrics"]

    assert "conversion_rate" == found[0]["id"]


def test_search_finds_nothing(client: FlaskClient) -> None:
    """Words that no name holds find an empty list."""
    assert {"metrics": [], "count": 0} == client.get("/v1/metrics?q=xqzw").json


def test_the_catalogue(client: FlaskClient) -> None:
    """Without a filter every metric is listed, with what a list needs."""
    told = client.get("/v1/metrics").json

    assert list(METRICS) == [one["id"] for one in told["metrics"]]
    assert len(METRICS) == told["count"]
    assert {"id", "name", "category", "unit", "better", "class"} == told["metrics"][0].keys()


def test_by_category(client: FlaskClient) -> None:
    """category= leaves the metrics of one category."""
    found = client.get("/v1/metrics?category=retention").json["metrics"]

    assert {"retention"} == {one["category"] for one in found}
    assert "churn_rate" in [one["id"] for one in found]


def test_by_input(client: FlaskClient) -> None:
    """input= leaves the metrics that take one input."""
    found = client.get("/v1/metrics?input=video_views").json["metrics"]

    assert {"cost_per_view", "average_watch_time"} <= {one["id"] for one in found}
    assert all("video_views" in {i.name for i in METRICS[one["id"]].inputs} for one in found)


def test_filters_together(client: FlaskClient) -> None:
    """Filters narrow each other."""
    found = client.get("/v1/metrics?q=rate&category=retention&input=customers_at_start").json

    names = [one["id"] for one in found["metrics"]]

    assert {"churn_rate", "customer_retention_rate"} <= set(names)
    assert "repeat_customer_rate" not in names  # another input


def test_the_vocabulary(client: FlaskClient) -> None:
    """Each quantity has its names and the metrics that use it."""
    told = client.get("/v1/quantities").json["quantities"]
    leads = next(one for one in told if one["name"] == "leads")

    assert {"name", "label", "aliases", "unit", "class", "used_by"} == leads.keys()
    assert "cost_per_lead" in leads["used_by"]
    assert {"awareness", "leads", "sales", "retention"} == {
        one["objective"] for one in leads["class"]
    }
