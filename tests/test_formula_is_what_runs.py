"""What is shown is what is computed: every notation, read by somebody else, gives the number."""

from __future__ import annotations

import ast
import decimal
import inspect
import sqlite3
import textwrap
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import formulas
import mpmath
import pytest
from drawing import inputs_of
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from service.formula import evaluate
from service.message import Refused
from service.metric import Metric
from service.outcome import Outcome
from service.render import as_expression, as_spreadsheet, as_sql

FEW = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much],  # parts over wholes are drawn again
)


@FEW
@given(data=st.data())
def test_fractions_agree(formula: Metric, data: st.DataObject) -> None:
    """The displayed expression in exact fractions is the value, to its 28th digit."""
    values = data.draw(inputs_of(formula))
    outcome = _computed(formula, values)
    if "**" in as_expression(formula.expression):
        exact: Any = _with_mpmath(formula, values)
    else:
        exact = _in_fractions(formula, values)

    assert outcome.value == _to_28_digits(exact)


@FEW
@given(data=st.data())
def test_the_tree_agrees(formula: Metric, data: st.DataObject) -> None:
    """Walking the traced tree gives what calling the function gives."""
    values = data.draw(inputs_of(formula))
    outcome = _computed(formula, values)
    with decimal.localcontext(prec=40):
        walked = evaluate(formula.expression, values)

    assert outcome.value == decimal.Context(prec=28).plus(walked)


@pytest.fixture(scope="module")
def database() -> Any:
    """Return a SQL engine that is not ours, with the one type that it calls otherwise."""
    connection = sqlite3.connect(":memory:")
    yield connection
    connection.close()


@FEW
@given(data=st.data())
def test_sql_agrees(formula: Metric, database: sqlite3.Connection, data: st.DataObject) -> None:
    """The SQL text run on one row by SQLite gives the value."""
    values = data.draw(inputs_of(formula))
    outcome = _computed(formula, values)
    row = {name: float(_total(value)) for name, value in values.items()}
    columns = ", ".join(f":{name} AS {name}" for name in row)
    query = f"SELECT {as_sql(formula.expression)} FROM (SELECT {columns})"  # noqa: S608  ours
    (result,) = database.execute(query, row).fetchone()

    assert float(outcome.value) == pytest.approx(result, rel=1e-6, abs=1e-6)


def test_sql_divides_integers_as_numbers(database: sqlite3.Connection) -> None:
    """Integer columns do not divide to integers, and a zero denominator is NULL."""
    from service.catalogue import METRICS

    text = as_sql(METRICS["conversion_rate"].expression)
    select = f"SELECT {text} FROM (SELECT 1 AS conversions, ? AS visitors)"  # noqa: S608  ours

    assert database.execute(select, (2,)).fetchone() == (0.5,)
    assert database.execute(select, (0,)).fetchone() == (None,)


def test_a_spreadsheet_agrees(formula: Metric) -> None:
    """The spreadsheet text computed by another project's engine gives the value."""
    compiled = formulas.Parser().ast(as_spreadsheet(formula.expression))[1].compile()

    @settings(FEW, max_examples=3)
    @given(inputs_of(formula))
    def agrees(values: dict[str, Any]) -> None:
        outcome = _computed(formula, values)
        cells = {name.upper(): float(_total(value)) for name, value in values.items()}
        result = compiled(*(cells[str(name)] for name in compiled.inputs))

        assert float(outcome.value) == pytest.approx(float(result), rel=1e-6, abs=1e-6)

    agrees()


def test_the_body_is_straight_line(formula: Metric) -> None:
    """A formula neither branches nor calls anything but total: both would hide from the tracer."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(formula.function))).body[0]
    calls = [node for node in ast.walk(ast.Module(tree.body, [])) if isinstance(node, ast.Call)]
    branches = {ast.If, ast.IfExp, ast.For, ast.While, ast.Try, ast.BoolOp, ast.Compare}
    kinds = {type(node) for node in ast.walk(ast.Module(tree.body, []))}

    assert not kinds & (branches | {ast.Lambda, ast.comprehension, ast.NamedExpr, ast.Assign})
    assert {"total"} >= {call.func.id for call in calls}


def _computed(metric: Metric, values: Mapping[str, Any]) -> Outcome:
    try:
        outcome = metric.compute(values)
    except Refused:
        assume(False)  # noqa: FBT003  hypothesis' own word
    assume(outcome.value is not None)
    return outcome


def _total(value: Any) -> Decimal:
    if isinstance(value, dict):
        return sum(value.values(), Decimal(0))
    return sum(value, Decimal(0)) if isinstance(value, list) else value


def _in_fractions(metric: Metric, values: Mapping[str, Any]) -> Fraction:
    names = {name: Fraction(_total(value)) for name, value in values.items()}
    code = compile(as_expression(metric.expression), "formula", "eval")
    literal = {"total": lambda value: value}
    return Fraction(eval(code, literal, names))  # noqa: S307  the text under test


def _with_mpmath(metric: Metric, values: Mapping[str, Any]) -> Any:
    with mpmath.workdps(60):
        names = {n: mpmath.mpf(str(_total(value))) for n, value in values.items()}
        code = compile(as_expression(metric.expression), "formula", "eval")
        return eval(code, {"total": lambda value: value}, names)  # noqa: S307  the text under test


def _to_28_digits(exact: Any) -> Decimal:
    if isinstance(exact, Fraction):
        with decimal.localcontext(prec=80):
            wide = Decimal(exact.numerator) / Decimal(exact.denominator)
    else:
        with mpmath.workdps(60):
            wide = Decimal(mpmath.nstr(exact, 50))
    return decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN).plus(wide)
