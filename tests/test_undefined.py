"""Where a formula has no value, and where a part exceeds its whole."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.metric import Metric
from service.render import as_expression

NEVER_ZERO = {"lifetime_value_by_retention", "lifetime_value_with_first_payment"}
"""1 + discount_rate - retention_rate is above 0 within the bounds."""


def test_a_zero_denominator(post: Any, formula: Metric) -> None:
    """A denominator of 0 leaves no value, and the reason names it."""
    for divisor in [] if formula.id in NEVER_ZERO else divisors(formula):
        answer = post(formula.id, formula.example_request() | dict.fromkeys(divisor, 0)).json

        assert ("undefined", "division_by_zero") == (answer["status"], answer["reason"]["code"])
        assert all(name in answer["reason"]["message"] for name in divisor)


def test_undefined_is_written_as_nothing(post: Any, formula: Metric) -> None:
    """Without a value every way to write it is empty, and the formula still stands."""
    for divisor in [] if formula.id in NEVER_ZERO else divisors(formula):
        answer = post(formula.id, formula.example_request() | dict.fromkeys(divisor, 0)).json

        assert (None, "", "") == (answer["value"], answer["value_text"], answer["display"])
        assert answer["formula"]["substituted"]
        assert not set("=≈") & set(answer["formula"]["substituted"])


def test_a_base_below_zero(client: FlaskClient, post: Any, formula: Metric) -> None:
    """A base that the card says must be above 0 leaves no value when it is negative."""
    card = client.get(f"/v1/metrics/{formula.id}").json
    may_be_negative = {one["name"] for one in card["inputs"] if one["minimum"] is None}
    bases = {one.removesuffix(" > 0") for one in card["defined_when"] if one.endswith(" > 0")}
    for base in may_be_negative & bases:
        answer = post(formula.id, {**formula.example_request(), base: -1}).json

        assert ("undefined", "non_positive_base") == (answer["status"], answer["reason"]["code"])
        assert base in answer["reason"]["message"]


def test_the_bases_of_a_ratio(client: FlaskClient, formula: Metric) -> None:
    """In a ratio, each input of a denominator that may be negative is a base."""
    card = client.get(f"/v1/metrics/{formula.id}").json
    may_be_negative = {one["name"] for one in card["inputs"] if one["minimum"] is None}
    below = {name for divisor in divisors(formula) for name in divisor}
    bases = may_be_negative & below if card["unit"] == "ratio" else set()

    assert {f"{name} > 0" for name in bases} <= set(card["defined_when"])


@pytest.mark.parametrize(
    ("metric_id", "base"),
    [
        ("sales_growth_rate", "sales_before"),
        ("incremental_sales_lift", "baseline_sales"),
        ("incremental_sales_share", "sales"),
        ("kpi_attainment", "target"),
        ("marketing_cost_to_sales", "revenue"),
        ("gross_margin", "revenue"),
        ("break_even_roas", "gross_margin"),
        ("cac_payback_months", "gross_margin"),
        ("compound_annual_growth_rate", "value_at_start"),
    ],
)
def test_bases_of_the_contract(client: FlaskClient, metric_id: str, base: str) -> None:
    """Growth, shares, attainment and ratios to revenue stand on a base above 0."""
    assert f"{base} > 0" in client.get(f"/v1/metrics/{metric_id}").json["defined_when"]


def test_a_part_above_its_whole(post: Any, formula: Metric) -> None:
    """A part above its whole is refused or warned about, as the contract has it, naming both."""
    if formula.over_one == "free" or (pair := part_and_whole(formula)) is None:
        return
    part, whole = pair
    body = formula.example_request()
    reply = post(formula.id, {**body, part: body[whole] + 1})
    told = {
        "refuse": lambda: (reply.status_code, reply.json["errors"]),
        "warn": lambda: (reply.status_code, reply.json["warnings"]),
    }[formula.over_one]()

    assert (422 if formula.over_one == "refuse" else 200) == told[0]
    assert ["part_exceeds_whole"] == [one["code"] for one in told[1]]
    sentence = told[1][0].get("detail") or told[1][0]["message"]
    assert all(f"{name} ({value})" in sentence for name, value in numbers(part, whole, body))


def test_a_part_may_be_the_whole(post: Any, formula: Metric) -> None:
    """A part equal to its whole is answered, without a warning."""
    if formula.over_one == "free" or (pair := part_and_whole(formula)) is None:
        return
    reply = post(formula.id, formula.example_request() | dict.fromkeys(pair, 7))

    assert (200, []) == (reply.status_code, reply.json["warnings"])


@pytest.mark.parametrize(
    ("metric_id", "body", "named"),
    [
        (
            "sql_sal_overlap_rate",
            {"sqls": 10, "sals": 5, "leads_in_both": 8},
            ["leads_in_both (8)", "sqls + sals - leads_in_both (7)"],
        ),
        (
            "customer_retention_rate",
            {"customers_at_end": 12, "new_customers_at_end": 1, "customers_at_start": 10},
            ["customers_at_end - new_customers_at_end (11)", "customers_at_start (10)"],
        ),
        (
            "customer_retention_rate",
            {"customers_at_end": 5, "new_customers_at_end": 6, "customers_at_start": 10},
            ["new_customers_at_end (6)", "customers_at_end (5)"],
        ),
        (
            "gross_revenue_retention",
            {"starting_revenue": 10, "contraction_revenue": 6, "churned_revenue": 5},
            ["contraction_revenue + churned_revenue (11)", "starting_revenue (10)"],
        ),
        (
            "revenue_churn_rate",
            {"starting_revenue": 10, "contraction_revenue": 6, "churned_revenue": 5},
            ["contraction_revenue + churned_revenue (11)", "starting_revenue (10)"],
        ),
        (
            "ad_frequency",
            {"impressions": 3, "reach": 4},
            ["reach (4)", "impressions (3)"],
        ),
        (
            "net_promoter_score",
            {"promoters": 6, "detractors": 5, "respondents": 10},
            ["promoters + detractors (11)", "respondents (10)"],
        ),
    ],
)
def test_parts_made_of_several(
    post: Any, metric_id: str, body: dict[str, int], named: list[str]
) -> None:
    """A part or a whole that is made of several inputs is compared and named as such."""
    reply = post(metric_id, body)

    assert (422, "part_exceeds_whole") == (reply.status_code, reply.json["code"])
    assert all(name in reply.json["detail"] for name in named)


def test_a_lost_customer_who_was_not_there(post: Any) -> None:
    """Losing more customers than there were points to the metric that allows it."""
    reply = post("churn_rate", {"customers_lost": 2, "customers_at_start": 1})

    assert "churn_by_convention" in reply.json["detail"]


def test_zero_comes_before_the_part(post: Any) -> None:
    """A zero denominator is undefined even where the part exceeds it."""
    reply = post("churn_rate", {"customers_lost": 1, "customers_at_start": 0})

    assert (200, "undefined") == (reply.status_code, reply.json["status"])


def test_bounds_come_before_zero(post: Any) -> None:
    """An input out of its bounds is refused even where the denominator is 0."""
    reply = post("churn_rate", {"customers_lost": -1, "customers_at_start": 0})

    assert (422, "out_of_range") == (reply.status_code, reply.json["code"])


def test_zero_comes_before_the_base(post: Any) -> None:
    """A base of 0 that is divided by is a division by zero; a negative one is no base."""
    codes = [
        post("gross_margin", {"revenue": revenue, "cost_of_goods_sold": 1}).json["reason"]["code"]
        for revenue in (0, -1)
    ]

    assert ["division_by_zero", "non_positive_base"] == codes


def divisors(formula: Metric) -> list[list[str]]:
    """Return the inputs of each denominator, read from the displayed formula by Python."""
    tree = ast.parse(as_expression(formula.expression), mode="eval")
    found = [names(node.right) for node in ast.walk(tree) if is_division(node)]
    return [divisor for divisor in found if divisor]


def part_and_whole(formula: Metric) -> tuple[str, str] | None:
    """Return the inputs on both sides of the one division, or nothing where they are sums."""
    tree = ast.parse(as_expression(formula.expression), mode="eval")
    (division,) = [node for node in ast.walk(tree) if is_division(node)]
    if isinstance(division.left, ast.Name) and isinstance(division.right, ast.Name):
        return division.left.id, division.right.id
    return None


def numbers(part: str, whole: str, body: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return both inputs with the numbers that were sent."""
    return [(part, body[whole] + 1), (whole, body[whole])]


def is_division(node: ast.AST) -> bool:
    """Tell whether a node divides."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)


def names(tree: ast.AST) -> list[str]:
    """Return the inputs in an expression."""
    found = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return [name for name in dict.fromkeys(found) if name != "total"]
