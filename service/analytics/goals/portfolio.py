"""How far are all KPIs together, from the departments up to the company?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeAlias

from service.analytics.goals.components import combined
from service.analytics.goals.goal import attainment, kpi_status
from service.analytics.magnitude import in_range, total
from service.message import Message, Refused
from service.outcome import Outcome

MAX_NODES = 10_000
MAX_LEVELS = 5
"""Company, division, department, team, person."""

Node: TypeAlias = Mapping[str, Any]
Row: TypeAlias = dict[str, Any]


@in_range
def kpi_portfolio(*, nodes: Sequence[Node], cap: float = 1.0) -> Outcome:
    """Return the attainment of a tree of KPIs, rolled up from its leaves.

    A node has a `name`, a `weight` and either a `kpi` or `children`.  A `kpi` holds the
    inputs of `kpi_status` and its `unit`, or None; its three dates may be left out together,
    and then it has an attainment and no status.

    Children of one unit and one direction that accumulate are added, `method` "sum":

        attainment = Σ actual ÷ Σ target   (Σ target ÷ Σ actual where lower is better)

    Any others are averaged over the children that have an attainment, `method` "mean":

        attainment = Σ weight · min(attainment, cap) ÷ Σ weight

    with `uncapped_attainment` beside it.  A child without an attainment is in `left_out`
    of its parent.

    The result has the fields of a row for the whole, and `nodes`: a row per node with
    `name`, `weight`, `normalised_weight` (in a mean), `method`, `unit`, `better`,
    `accumulates`, `actual`, `target`, `attainment`, `uncapped_attainment`, `status`,
    `left_out` and `children`.

    Raises:
        Refused: A node with neither or both of kpi and children, a tree too large, or a
            KPI that `kpi_status` refuses.
    """
    _refuse_large(nodes)
    rows = [_row(node, f"/nodes/{i}", cap) for i, node in enumerate(nodes)]
    whole = _rolled_up(rows, cap)
    reason = None
    if whole["attainment"] is None:
        reason = Message(
            "no_attainment",
            "the portfolio has no attainment: the KPIs below have none, or no weight",
        )
    return Outcome(
        whole["attainment"],
        {**whole, "nodes": rows},
        reason,
        (
            Message(
                "added_or_averaged",
                "children of one unit that accumulate are added; others are averaged by weight,"
                " each capped at {cap}, over those that have an attainment",
                {"cap": f"{cap:.15g}"},
            ),
        ),
    )


def _refuse_large(nodes: Sequence[Node]) -> None:
    level, seen = list(nodes), 0
    for _ in range(MAX_LEVELS):
        seen += len(level)
        level = [child for node in level for child in node["children"] or ()]
    if seen > MAX_NODES:
        raise Refused(
            "/nodes",
            "too_many_items",
            "{count} nodes are too many; send at most {most}",
            count=seen,
            most=MAX_NODES,
        )
    if level:
        raise Refused(
            "/nodes",
            "too_many_items",
            "the nodes stand on more than {most} levels; flatten the lowest",
            most=MAX_LEVELS,
        )


def _row(node: Node, pointer: str, cap: float) -> Row:
    children, kpi = node["children"], node["kpi"]
    if kpi is None and not children:
        raise Refused(f"{pointer}/kpi", "missing", "a node needs a kpi, or children")
    if kpi is not None and children is not None:
        raise Refused(
            f"{pointer}/children",
            "inconsistent_inputs",
            "a node has a kpi or children, not both; make the kpi one of the children",
        )
    row: Row = {"name": node["name"], "weight": node["weight"], "normalised_weight": None}
    if kpi is not None:
        return row | _measured(kpi, f"{pointer}/kpi") | {"left_out": [], "children": []}
    rows = [_row(child, f"{pointer}/children/{i}", cap) for i, child in enumerate(children)]
    return row | _rolled_up(rows, cap) | {"children": rows}


def _measured(kpi: Mapping[str, Any], pointer: str) -> Row:
    """Return the fields of a leaf."""
    dates = [kpi[name] for name in ("start", "end", "as_of")]
    try:
        actual = combined(kpi["actual"], kpi["components"], kpi["operator"])
        status = None
        if any(dates):
            if not all(dates):
                _refuse_some_dates(kpi)
            followed = kpi_status(**{name: kpi[name] for name in kpi if name != "unit"})
            status = followed.result["status"] if followed.result else None
    except Refused as refusal:
        message = refusal.message
        raise Refused(
            pointer + refusal.pointer, message.code, message.template, **message.values
        ) from None
    attained, _ = attainment(actual, kpi["target"], kpi["better"])
    return {
        "method": "kpi",
        "unit": kpi["unit"],
        "better": kpi["better"],
        "accumulates": kpi["accumulates"],
        "actual": actual,
        "target": kpi["target"],
        "attainment": attained,
        "uncapped_attainment": attained,
        "status": status,
    }


def _refuse_some_dates(kpi: Mapping[str, Any]) -> NoReturn:
    name = next(name for name in ("start", "end", "as_of") if kpi[name] is None)
    raise Refused(
        f"/{name}",
        "missing",
        "{name} is missing; give start, end and as_of together, or none of them",
        name=name,
    )


def _rolled_up(rows: Sequence[Row], cap: float) -> Row:
    """Return the fields of a parent, and write each child's normalised weight into its row."""
    kinds = {(row["unit"], row["better"]) for row in rows}
    if len(kinds) == 1 and all(row["unit"] is not None and row["accumulates"] for row in rows):
        return _added(rows)
    return _averaged(rows, cap)


def _added(rows: Sequence[Row]) -> Row:
    actual = total(row["actual"] for row in rows)
    target = total(row["target"] for row in rows)
    better = rows[0]["better"]
    attained, _ = attainment(actual, target, better)
    return {
        "method": "sum",
        "unit": rows[0]["unit"],
        "better": better,
        "accumulates": True,
        "actual": actual,
        "target": target,
        "attainment": attained,
        "uncapped_attainment": attained,
        "status": None,
        "left_out": [],
    }


def _averaged(rows: Sequence[Row], cap: float) -> Row:
    valued = [row for row in rows if row["attainment"] is not None]
    weight = total(row["weight"] for row in valued)
    capped = uncapped = None
    if weight > 0:
        for row in valued:
            row["normalised_weight"] = row["weight"] / weight
        capped = total(row["normalised_weight"] * min(row["attainment"], cap) for row in valued)
        uncapped = total(row["normalised_weight"] * row["uncapped_attainment"] for row in valued)
    return {
        "method": "mean",
        "unit": None,
        "better": None,
        "accumulates": None,
        "actual": None,
        "target": None,
        "attainment": capped,
        "uncapped_attainment": uncapped,
        "status": None,
        "left_out": [row["name"] for row in rows if row["attainment"] is None],
    }
