"""Goals, funnels, pages and mixes answer or refuse whatever their shapes let through."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.breakdowns.acquisition_split import acquisition_cost_split
from service.analytics.breakdowns.keywords import average_keyword_position
from service.analytics.breakdowns.mix import popular_devices, revenue_breakdown, traffic_mix
from service.analytics.breakdowns.pages import top_entry_pages
from service.analytics.funnels.funnel import MAX_COUNT, funnel_analysis
from service.analytics.funnels.sales_volume import sales_volume_report
from service.analytics.funnels.scoring import lead_score
from service.analytics.goals.goal import kpi_status
from service.analytics.goals.portfolio import kpi_portfolio
from service.message import Refused
from service.outcome import Outcome

LARGE = 9.9e299
NUMBERS = st.sampled_from([-LARGE, -1.0, 0.0, 5e-324, 1e-299, 0.1, 1.0, 3.0, LARGE]) | st.floats(
    -LARGE, LARGE
)
AMOUNTS = NUMBERS.map(abs)
COUNTS = st.sampled_from([0.0, 5e-324, 0.5, 1.0, 7.0, MAX_COUNT])
NAMES = st.sampled_from(["a", "b", "clicks", "orders", "impressions"])
MOMENTS = st.sampled_from(
    [
        date.min,
        date(2026, 3, 28),
        date(2026, 3, 29),
        date(2026, 4, 2),
        date.max,
        datetime(2026, 4, 1, tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
    ]
)
RATES = st.none() | st.floats(0, 1)
CONFIDENCE = st.sampled_from([0.01, 0.95, 0.999999])
YARDSTICKS = ("targets", "benchmarks", "previous")
MAPS = st.dictionaries(NAMES, NUMBERS, max_size=3)
COSTS = st.dictionaries(NAMES, AMOUNTS, max_size=3)


def records(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.fixed_dictionaries(fields), max_size=4)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


KPI = {
    "target": NUMBERS,
    "start": MOMENTS,
    "end": MOMENTS,
    "as_of": MOMENTS,
    "better": st.sampled_from(["up", "down"]),
    "accumulates": st.booleans(),
    "tolerance": st.sampled_from([0.0, 0.05, 0.99]),
    "curve": maybe(st.lists(AMOUNTS, min_size=2, max_size=2)),
    "business_days": st.booleans(),
    "actual": maybe(NUMBERS),
    "components": maybe(MAPS),
    "component_targets": maybe(MAPS),
    "operator": st.sampled_from([None, "sum", "product"]),
}
TWO_DAYS = {
    "start": st.just(date(2026, 3, 26)),
    "end": st.just(date(2026, 3, 27)),
    "as_of": st.dates(date(2026, 3, 26), date(2026, 3, 28)),
}


@st.composite
def whole_kpis(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a KPI that is refused for nothing but its numbers."""
    kpi = draw(st.fixed_dictionaries(KPI | TWO_DAYS))
    kpi["business_days"] = kpi["business_days"] and kpi["curve"] is None
    if kpi["actual"] is not None or not kpi["components"]:
        kpi |= {"actual": draw(NUMBERS), "components": None, "operator": None}
        return kpi | {"component_targets": None}
    kpi["operator"] = kpi["operator"] or "sum"
    targets = {name: draw(NUMBERS) for name in kpi["components"]}
    made = math.fsum if kpi["operator"] == "sum" else math.prod
    if abs(made(targets.values())) < LARGE:
        kpi["target"] = made(targets.values())
    return kpi | {"component_targets": draw(st.sampled_from([None, targets]))}


@st.composite
def whole_funnels(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a funnel that is not refused."""
    counts = sorted(draw(st.lists(COUNTS, min_size=2, max_size=5)), reverse=True)
    names = ["impressions", "clicks", "a", "orders", "b"][: len(counts)]
    rows = [
        {"name": name, "count": draw(maybe(COUNTS)), "rate": None if i == 0 else draw(RATES)}
        for i, name in enumerate(names)
    ]
    events = draw(maybe(records(who=NAMES, stage=NAMES, at=st.dates())))
    known = [None] * len(counts) if events is not None else counts
    return {
        "stages": [{"name": n, "count": c} for n, c in zip(names, known, strict=True)],
        "events": events,
        "within_days": None if events is None else draw(maybe(AMOUNTS)),
        "open": events is None and draw(st.booleans()),
        "confidence": draw(CONFIDENCE),
        **{name: draw(st.sampled_from([[], rows])) for name in YARDSTICKS},
    }


LEAVES = st.builds(operator.or_, whole_kpis(), st.fixed_dictionaries({"unit": maybe(NAMES)}))
NODES = st.recursive(
    records(name=NAMES, weight=AMOUNTS, kpi=LEAVES, children=st.none()),
    lambda children: records(
        name=NAMES, weight=AMOUNTS, kpi=st.none(), children=children.filter(len) | st.none()
    ),
    max_leaves=4,
)
WANTED = records(name=NAMES, count=maybe(COUNTS), rate=RATES)
INPUTS: dict[Callable[..., Outcome], st.SearchStrategy[Any] | dict[str, st.SearchStrategy[Any]]] = {
    kpi_status: whole_kpis() | st.fixed_dictionaries(KPI),
    kpi_portfolio: {"nodes": NODES, "cap": st.sampled_from([1e-299, 1.0, LARGE])},
    funnel_analysis: whole_funnels()
    | st.fixed_dictionaries(
        {
            "stages": records(name=NAMES, count=maybe(COUNTS)),
            "events": maybe(records(who=NAMES, stage=NAMES, at=MOMENTS)),
            "within_days": maybe(AMOUNTS),
            **dict.fromkeys(YARDSTICKS, WANTED),
            "open": st.booleans(),
            "confidence": CONFIDENCE,
        }
    ),
    sales_volume_report: {
        "leads": AMOUNTS,
        "opportunities": AMOUNTS,
        "deals_won": AMOUNTS,
        "expected_deals": AMOUNTS,
        "sales_amount": maybe(NUMBERS),
        "expected_sales_amount": maybe(NUMBERS),
    },
    top_entry_pages: {
        "pages": records(
            page=NAMES,
            entrances=AMOUNTS,
            single_page_sessions=maybe(AMOUNTS),
            exits=maybe(AMOUNTS),
            page_views=maybe(AMOUNTS),
            new_contacts=maybe(AMOUNTS),
            published=maybe(MOMENTS),
            updated=maybe(MOMENTS),
            type=maybe(NAMES),
        ),
        "top": st.integers(1, 3),
        "min_entrances": AMOUNTS,
        "as_of": maybe(MOMENTS),
    },
    popular_devices: {"devices": COSTS},
    traffic_mix: {"sources": COSTS},
    revenue_breakdown: {"streams": MAPS},
    average_keyword_position: {
        "keywords": records(keyword=NAMES, position=AMOUNTS, impressions=AMOUNTS)
    },
    acquisition_cost_split: {
        "digital_costs": COSTS,
        "outbound_costs": COSTS,
        "shared_costs": COSTS,
        "digital_new_customers": AMOUNTS,
        "outbound_new_customers": AMOUNTS,
        "digital_share_of_shared_costs": maybe(st.floats(0, 1)),
        "campaign_types": records(
            name=NAMES,
            basket=st.sampled_from(["digital", "outbound"]),
            cost=AMOUNTS,
            new_customers=AMOUNTS,
        ),
    },
    lead_score: {
        "signals": MAPS,
        "weights": MAPS,
        "threshold": NUMBERS,
        "triggers": st.lists(NAMES, max_size=3),
    },
}


@pytest.mark.parametrize("function", INPUTS, ids=lambda function: str(function.__name__))
@settings(deadline=None, derandomize=True, max_examples=60)
@given(data=st.data())
def test_every_input_is_answered_or_refused(
    function: Callable[..., Outcome], data: st.DataObject
) -> None:
    """Whatever is validated gives JSON without NaN or infinity, or a refusal; never a failure."""
    drawn = INPUTS[function]
    inputs = data.draw(st.fixed_dictionaries(drawn) if isinstance(drawn, dict) else drawn)
    try:
        outcome = function(**inputs)
    except Refused:
        return
    if outcome.result is None:
        assert outcome.reason is not None
    json.dumps([outcome.value, outcome.result], allow_nan=False)
    for message in (*outcome.assumptions, *outcome.warnings):
        assert str(message)
