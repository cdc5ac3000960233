"""The vocabulary: every figure is named, bounded, classed and told in three languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from service.catalogue import METRICS, QUANTITIES
from service.finder import quantity_aliases
from service.metric import Metric
from service.names import key
from service.quantity import OBJECTIVES, quantity
from service.text import aliases, translate

COUNTED = {
    "website_traffic": ["visits"],
    "organic_traffic": ["organic_visits"],
    "organic_keyword_traffic": ["organic_keyword_traffic", "organic_keyword_leads"],
    "keyword_rank": ["keyword_rank"],
    "referral_traffic": ["referral_visits"],
    "direct_traffic": ["direct_visits"],
    "abm_campaign_traffic": ["abm_campaign_traffic", "abm_campaign_leads"],
    "social_traffic": ["social_visits"],
    "mobile_traffic": ["mobile_visits"],
    "impressions": ["impressions"],
    "reach": ["reach"],
    "clicks": ["clicks"],
    "messages": ["messages"],
    "orders_via_messages_or_comments": ["orders_via_messages_or_comments"],
    "comments": ["comments"],
    "reactions": ["reactions"],
    "likes": ["likes"],
    "shares": ["shares"],
    "views": ["views"],
    "followers": ["followers"],
    "content_published": ["items_published"],
    "video_views": ["video_views"],
    "lead_magnet_views_clicks": ["lead_magnet_views", "lead_magnet_clicks"],
    "ad_spend": ["ad_spend"],
    "leads": ["leads"],
    "quality_leads": ["quality_leads"],
    "free_trial_signups": ["free_trials"],
    "mql": ["mqls"],
    "sql": ["sqls"],
    "sal": ["sals"],
    "opportunities": ["opportunities"],
    "sqo": ["sqos"],
    "deals_closed": ["deals_closed"],
    "social_lead_conversions": ["social_lead_conversions"],
    "social_customer_conversions": ["social_customer_conversions"],
    "mobile_lead_conversions": ["mobile_lead_conversions"],
    "goal_completions": ["conversions", "white_paper_downloads", "newsletter_signups"],
    "marketing_cost": ["marketing_cost"],
    "sales_marketing_cost": ["sales_and_marketing_cost", "sales_and_marketing_costs"],
    "revenue": ["revenue"],
    "new_sales_revenue": ["new_sales_revenue"],
    "marketing_attributed_revenue": ["marketing_attributed_revenue"],
    "marketing_influenced_revenue": ["marketing_influenced_revenue"],
    "units_sold": ["units_sold"],
    "unit_price": ["unit_price"],
    "new_customers": ["new_customers"],
    "recurring_purchases": ["repeat_orders"],
    "buzz_mentions": ["own_mentions"],
    "online_community_size": ["online_community_size"],
    "online_sales": ["online_sales", "online_orders"],
    "customer_outreach_count": ["customer_outreach_count"],
    "webinar_registrations": ["webinar_registrations"],
    "voucher_registrations": ["voucher_registrations"],
}
"""Figure that the requirements only count → the quantities that hold it."""

MAY_BE_NEGATIVE = {
    "actual",
    "ad_revenue",
    "amount_returned",
    "baseline_sales",
    "benchmark",
    "customer_lifetime_value",
    "gross_margin",
    "incremental_revenue",
    "margin_per_customer",
    "market_growth_rate",
    "marketing_attributed_revenue",
    "marketing_influenced_revenue",
    "marketing_sourced_won_revenue",
    "net_income",
    "new_sales_revenue",
    "online_sales",
    "own_growth_rate",
    "own_sales",
    "profit",
    "purchases",
    "revenue",
    "revenue_before",
    "revenue_now",
    "sales",
    "sales_before",
    "sales_growth",
    "sales_now",
    "stream_revenue",
    "target",
    "value_at_start",
    "won_revenue",
}

VANITY = [
    *("impressions", "visits", "visitors", "sessions", "page_views", "likes", "shares"),
    *("unique_opens", "views", "video_views", "total_session_seconds", "followers"),
]
"""What the requirements call vanity: it flatters, unless being seen is the goal."""

every_quantity = pytest.mark.parametrize("name", QUANTITIES)


def test_every_input_of_a_formula_is_in_the_vocabulary(formula: Metric) -> None:
    """What a formula takes is described once, for all formulas that take it."""
    assert {one.name for one in formula.inputs} <= QUANTITIES.keys()


@pytest.mark.parametrize("figure", COUNTED)
def test_every_figure_that_is_only_counted_is_listed(figure: str) -> None:
    """A figure without a formula is a quantity, under its own name or as an alias."""
    holders = [QUANTITIES[name] for name in COUNTED[figure]]
    called = {key(name) for one in holders for name in (one.name, *quantity_aliases(one))}
    parts = {f"{figure.removesuffix('_views_clicks')}_{end}" for end in ("views", "clicks")}

    assert figure in called or parts <= called


@every_quantity
def test_classes(name: str) -> None:
    """Each quantity has a class for each objective."""
    classes = QUANTITIES[name].classes

    assert list(OBJECTIVES) == list(classes)
    assert set(classes.values()) <= {"vanity", "supporting", "actionable"}


@pytest.mark.parametrize("name", VANITY)
def test_vanity(name: str) -> None:
    """A vanity figure is actionable for awareness and vanity for every other objective."""
    others = dict.fromkeys(OBJECTIVES[1:], "vanity")

    assert {"awareness": "actionable", **others} == QUANTITIES[name].classes


def test_only_these_may_be_negative() -> None:
    """Counts, costs and spends have a bound of 0; what may be refunded or lost has none."""
    unbounded = {name for name, one in QUANTITIES.items() if one.minimum is None}

    assert sorted(MAY_BE_NEGATIVE) == sorted(unbounded)


def test_no_bound_excludes_zero() -> None:
    """Zero is an answer, defined or not: it is never refused, but by a rank."""
    positive = {name for name, one in QUANTITIES.items() if one.minimum not in {None, Decimal(0)}}

    assert {"keyword_rank"} == positive


@every_quantity
def test_a_label_is_running_text(name: str) -> None:
    """A label stands in the middle of a formula: no underscore, no capital but a shortened name."""
    label = QUANTITIES[name].label

    assert "_" not in label
    assert all(
        word == word.lower() or word.rstrip("s").isupper() for word in re.split("[ -]", label)
    )


def test_no_two_quantities_share_a_label() -> None:
    """Two labels that read alike would make a formula unreadable, in any language."""
    for language in ("en", "vi", "zh"):
        labels = [translate(one.label, language) for one in QUANTITIES.values()]

        assert len(labels) == len(set(labels))


def test_aliases_are_ambiguous_for_no_metric(formula: Metric) -> None:
    """A synonym of one input of a metric is no synonym of another of its inputs."""
    called = [
        key(name)
        for one in formula.inputs
        for name in {key(one.name), *map(key, quantity_aliases(QUANTITIES[one.name]))}
    ]

    assert len(called) == len(set(called))


@pytest.mark.parametrize(
    ("metric_id", "sent", "named"),
    [
        ("cost_per_lead", "ad_spend", "campaign_costs"),
        ("cost_per_lead", "marketing_cost", "campaign_costs"),
        ("marketing_roi", "ad_spend", "marketing_cost"),
        ("marketing_roi", "doanh số", "revenue"),
        ("return_on_ad_spend", "revenue", "ad_revenue"),
        ("purchase_frequency", "customers", "unique_customers"),
        ("conversion_rate", "traffic", "visitors"),
        ("customer_acquisition_cost", "营销成本", "sales_and_marketing_costs"),
        ("ltv_to_cac_ratio", "LTV", "customer_lifetime_value"),
        ("sales_close_rate", "deals_won", "deals_closed"),
    ],
)
def test_a_synonym_is_answered_with_the_right_name(
    client: FlaskClient, metric_id: str, sent: str, named: str
) -> None:
    """Who sends a sibling's name for an input is told the name that this metric uses."""
    reply = client.post(f"/v1/metrics/{metric_id}", json={sent: 1})
    told = [one["detail"] for one in reply.get_json()["errors"] if one["code"] == "unknown_field"]

    assert [named] == [detail.rpartition(" ")[2].rstrip("?") for detail in told]


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "marketing cost"), ("vi", "chi phí tiếp thị"), ("zh", "营销成本")],
)
def test_the_vocabulary_over_http(client: FlaskClient, language: str, label: str) -> None:
    """GET /v1/quantities lists every quantity, with the label in the language asked."""
    listed = client.get("/v1/quantities", query_string={"lang": language}).get_json()["quantities"]
    by_name = {one["name"]: one for one in listed}

    assert list(QUANTITIES) == list(by_name)
    assert label == by_name["marketing_cost"]["label"]
    assert "marketing_roi" in by_name["marketing_cost"]["used_by"]
    assert not by_name["likes"]["used_by"]


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_the_requirements_terms_are_aliases(language: str) -> None:
    """The figures that are only counted are known by further names in each language."""
    named = aliases(language, "quantity_aliases")
    unnamed = [one for names in COUNTED.values() for one in names if one not in named]

    assert not unnamed


def test_a_name_is_given_once() -> None:
    """A second quantity of the same name is refused when it is declared."""
    with pytest.raises(ValueError, match="use the one that exists"):
        quantity("revenue", "money")


def test_every_quantity_that_a_metric_yields_has_its_unit() -> None:
    """A figure that is an input here and a result there is measured in the same dimension."""
    for name in QUANTITIES.keys() & METRICS.keys() - {"churn_rate"}:  # per period as an input
        assert METRICS[name].unit == QUANTITIES[name].unit
