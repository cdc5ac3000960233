"""KPIs add up from the departments to the company, or are averaged where they cannot."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.goals import portfolio
from service.analytics.goals.portfolio import kpi_portfolio
from service.message import Refused


def kpi(target: float, actual: float | None, **more: Any) -> dict[str, Any]:
    return {
        "target": target,
        "actual": actual,
        "components": None,
        "component_targets": None,
        "operator": None,
        "unit": None,
        "better": "up",
        "accumulates": True,
        "start": None,
        "end": None,
        "as_of": None,
        "tolerance": 0.05,
        "curve": None,
        "business_days": False,
    } | more


def leaf(name: str, target: float, actual: float, weight: float = 1.0, **more: Any) -> Any:
    return {"name": name, "weight": weight, "kpi": kpi(target, actual, **more), "children": None}


def branch(name: str, *children: Any, weight: float = 1.0) -> Any:
    return {"name": name, "weight": weight, "kpi": None, "children": list(children)}


def whole(*nodes: Any, **inputs: Any) -> dict[str, Any]:
    result = kpi_portfolio(nodes=nodes, **inputs).result

    assert result is not None
    return dict(result)


def test_one_unit_that_accumulates_is_added() -> None:
    """Sales of two regions add: 90 of 100 and 10 of 300 are 100 of 400."""
    found = whole(leaf("north", 100, 90, unit="VND"), leaf("south", 300, 10, unit="VND"))

    assert ("sum", 100, 400, 0.25) == tuple(
        found[name] for name in ("method", "actual", "target", "attainment")
    )


def test_added_costs_attain_by_their_totals() -> None:
    """Costs of one unit add too, and lower is better for their sum."""
    found = whole(
        leaf("ads", 100, 50, unit="VND", better="down"),
        leaf("fairs", 100, 110, unit="VND", better="down"),
    )

    assert ("sum", 1.25) == (found["method"], found["attainment"])


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "order"},
        {"unit": None},
        {"unit": "VND", "accumulates": False},
        {"unit": "VND", "better": "down"},
    ],
)
def test_what_cannot_be_added_is_averaged(other: dict[str, Any]) -> None:
    """Another unit, no unit, a rate or another direction: attainments are averaged."""
    found = whole(leaf("a", 100, 50, unit="VND"), leaf("b", 100, 100, **other))

    assert ("mean", 0.75) == (found["method"], found["attainment"])


def test_units_unknown_on_both_sides_are_not_added() -> None:
    """Two KPIs without a unit are not known to have the same one."""
    found = whole(leaf("a", 100, 50), leaf("b", 300, 300))

    assert ("mean", 0.75) == (found["method"], found["attainment"])


def test_weighted_mean_is_capped_and_shown_uncapped() -> None:
    """A KPI at 300% counts as 100%, and the mean without the cap stands beside it."""
    found = whole(leaf("a", 100, 300, weight=1), leaf("b", 100, 60, weight=3))

    assert pytest.approx((0.7, 1.2)) == (found["attainment"], found["uncapped_attainment"])


def test_cap_is_the_callers() -> None:
    """With a cap of 2 a KPI at 300% counts as 200%."""
    found = whole(leaf("a", 100, 300), leaf("b", 100, 100), cap=2.0)

    assert 1.5 == found["attainment"]


def test_weights_are_renormalised_over_children_with_a_value() -> None:
    """A KPI without an attainment is listed, and its weight falls to the others."""
    found = whole(
        leaf("a", 100, 50, weight=1), leaf("b", 0, 5, weight=8), leaf("c", 100, 90, weight=3)
    )

    assert pytest.approx(0.8) == found["attainment"]
    assert ["b"] == found["left_out"]
    assert [0.25, None, 0.75] == [row["normalised_weight"] for row in found["nodes"]]


def test_departments_roll_up_into_the_company() -> None:
    """Sales add within their department; the company averages departments of several units."""
    found = whole(
        branch(
            "company",
            branch(
                "sales",
                leaf("north", 100, 80, unit="VND"),
                leaf("south", 100, 100, unit="VND"),
                weight=2,
            ),
            branch("support", leaf("answered", 0.9, 0.45, unit="ratio", accumulates=False)),
        )
    )
    company = found["nodes"][0]

    assert pytest.approx((2 * 0.9 + 0.5) / 3) == found["attainment"]
    assert ["sum", "mean"] == [row["method"] for row in company["children"]]
    assert ["kpi"] == [row["method"] for row in company["children"][1]["children"]]


def test_a_level_between_changes_nothing_where_units_add() -> None:
    """Sums are the same with and without a level between."""
    leaves = [leaf(str(i), 10 * (i + 1), i * i, unit="order") for i in range(4)]

    assert (
        whole(*leaves)["attainment"]
        == whole(branch("x", *leaves[:1]), branch("y", *leaves[1:]))["attainment"]
    )


def test_dates_give_a_status() -> None:
    """A KPI with its dates is followed as kpi_status follows it; without, it only attains."""
    dates = {"start": date(2026, 4, 1), "end": date(2026, 4, 30), "as_of": date(2026, 4, 20)}
    found = whole(leaf("dated", 500, 150, **dates), leaf("bare", 500, 150))

    assert ["behind", None] == [row["status"] for row in found["nodes"]]


def test_components_make_a_leaf() -> None:
    """A leaf may be made of components."""
    found = whole(
        leaf("webinar", 50, None, components={"ads": 20.0, "mail": 20.0}, operator="sum")  # type: ignore[arg-type]
    )

    assert 0.8 == found["attainment"]


@pytest.mark.parametrize(
    "nodes", [[], [leaf("a", 0, 5)], [leaf("a", 5, 5, weight=0)], [leaf("a", 0, 5, unit="VND")]]
)
def test_nothing_to_average_is_undefined(nodes: list[Any]) -> None:
    """Without a KPI that has both an attainment and a weight there is a reason, not a zero."""
    outcome = kpi_portfolio(nodes=nodes)

    assert outcome.value is None
    assert outcome.reason is not None
    assert "no_attainment" == outcome.reason.code


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    st.lists(
        st.tuples(st.floats(0.1, 1e6), st.floats(0, 1e6), st.floats(0.1, 100)),
        min_size=1,
        max_size=8,
    )
)
def test_the_mean_lies_among_its_children(triples: list[tuple[float, float, float]]) -> None:
    """A mean is no better than its best child and no worse than its worst, and at most the cap."""
    found = whole(*(leaf(str(i), t, a, weight=w) for i, (t, a, w) in enumerate(triples)))
    attained = [a / t for t, a, _ in triples]

    slack = 1e-9 * max(1, *attained)
    assert min(attained) - slack <= found["uncapped_attainment"] <= max(attained) + slack
    assert found["attainment"] <= 1 + 1e-9


@pytest.mark.parametrize(
    ("pointer", "node"),
    [
        ("/nodes/0/kpi", {"name": "a", "weight": 1.0, "kpi": None, "children": None}),
        ("/nodes/0/kpi", branch("a")),
        ("/nodes/0/children", branch("a", leaf("b", 1, 1)) | {"kpi": kpi(1, 1)}),
        ("/nodes/0/children/1/kpi/actual", branch("a", leaf("b", 1, 1), leaf("c", 1, None))),  # type: ignore[arg-type]
        ("/nodes/0/kpi/as_of", leaf("a", 1, 1, start=date(2026, 4, 1), end=date(2026, 4, 30))),
        (
            "/nodes/0/kpi/end",
            leaf("a", 1, 1, start=date(2026, 4, 1), end=date(2026, 3, 1), as_of=date(2026, 4, 1)),
        ),
    ],
)
def test_refusals_point_to_the_node(pointer: str, node: Any) -> None:
    """What is wrong with a node is refused at the node."""
    with pytest.raises(Refused) as refused:
        kpi_portfolio(nodes=[node])

    assert pointer == refused.value.pointer


def test_a_tree_has_a_largest_size_and_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many nodes and too many levels are refused before anything is computed."""
    monkeypatch.setattr(portfolio, "MAX_NODES", 3)
    deep = leaf("a", 1, 1)
    for _ in range(portfolio.MAX_LEVELS):
        deep = branch("b", deep)

    with pytest.raises(Refused, match="send at most 3"):
        kpi_portfolio(nodes=[branch("a", *[leaf("b", 1, 1)] * 3)])
    assert 1 == kpi_portfolio(nodes=[leaf("b", 1, 1)] * 3).value
    monkeypatch.setattr(portfolio, "MAX_NODES", 100)
    with pytest.raises(Refused, match="more than 5 levels"):
        kpi_portfolio(nodes=[deep])
    assert 1 == kpi_portfolio(nodes=deep["children"]).value
