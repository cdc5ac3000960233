"""The catalogue that callers rely on: ids, formulas, units, directions."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

import pytest

from service.catalogue import METRICS
from service.render import as_expression

TABLE = Path(__file__).parent / "contract" / "catalogue.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
BETTER = {"-": "neither", "as the KPI": "as_the_kpi", "as the result": "as_the_result"}

every_row = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def test_all_rows_are_there() -> None:
    """The contract has 186 metrics and none was renamed."""
    assert len(ROWS) == 186
    assert {row["id"] for row in ROWS} <= METRICS.keys()


@every_row
def test_formula(row: dict[str, str]) -> None:
    """The traced expression is the contract's formula, parsed by Python itself."""
    traced = as_expression(METRICS[row["id"]].expression)

    assert _tree(row["formula"]) == _tree(traced)


@every_row
def test_unit_direction_and_limit(row: dict[str, str]) -> None:
    """The unit's label, the good direction and what happens over 1 are the contract's."""
    metric = METRICS[row["id"]]

    assert row["unit"] == str(metric.unit)
    assert BETTER.get(row["better"], row["better"]) == metric.better
    assert row["over_one"] == metric.over_one


def _tree(formula: str) -> str:
    return ast.dump(ast.parse(formula, mode="eval"))
