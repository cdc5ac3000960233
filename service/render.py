"""Print an expression: for people, LaTeX, spreadsheets, SQL, and back as an expression.

A notation is a table of patterns; one printer walks the tree and sets the
brackets that the table's precedence asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from service.formula import Expression, Literal, Operation, Symbol, Total

# How tightly each operator holds its operands.  A negative literal holds least:
# Python reads -1 ** 2 as -(1 ** 2), Excel reads -1^2 as (-1)^2.
NEGATIVE, ATOM = 0, 4
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}


class Notation(NamedTuple):
    """How one target writes names, operators and sums."""

    name: Callable[[str], str]
    operators: dict[str, str]
    total: str = "{}"
    brackets: str = "({})"
    encloses: frozenset[str] = frozenset()  # operands that the pattern itself sets apart


def as_text(expression: Expression, label: Callable[[str], str], total: str) -> str:
    """Return the formula in words; *label* names an input, *total* is the pattern of a sum."""
    return _print(expression, Notation(label, _READ, total))


def as_template(expression: Expression) -> str:
    """Return the formula with ``{name}`` where each input's number goes."""
    return _print(expression, Notation(lambda name: f"{{{name}}}", _READ))


def as_latex(expression: Expression, label: Callable[[str], str]) -> str:
    """Return the formula as LaTeX in math mode; *label* names an input."""
    return _print(expression, _LATEX._replace(name=lambda name: rf"\text{{{_tex(label(name))}}}"))


def as_expression(expression: Expression) -> str:
    """Return the formula over input names, in Python's notation."""
    return _print(expression, _EXPRESSION)


def as_spreadsheet(expression: Expression) -> str:
    """Return a formula over named cells, for Excel, Calc and Google Sheets alike."""
    return "=" + _print(expression, _SPREADSHEET)


def as_sql(expression: Expression) -> str:
    """Return a row-wise expression over columns; a zero denominator gives NULL.

    A total prints as its column: one row holds one number.
    """
    return _print(expression, _SQL)


_READ = {"+": "{} + {}", "-": "{} − {}", "*": "{} × {}", "/": "{} ÷ {}", "^": "{} ^ {}"}
_EXPRESSION = Notation(
    str,
    {"+": "{} + {}", "-": "{} - {}", "*": "{} * {}", "/": "{} / {}", "^": "{} ** {}"},
    total="total({})",
)
_SPREADSHEET = Notation(
    str,
    {"+": "{}+{}", "-": "{}-{}", "*": "{}*{}", "/": "{}/{}", "^": "{}^{}"},
    total="SUM({})",
)
_SQL = Notation(
    str,
    {
        "+": "{} + {}",
        "-": "{} - {}",
        "*": "{} * {}",
        "/": "CAST({} AS DOUBLE) / NULLIF({}, 0)",  # integer columns would divide to integers
        "^": "POWER({}, {})",
    },
    encloses=frozenset({"/ left", "/ right", "^ left", "^ right"}),
)
_LATEX = Notation(
    str,
    {
        "+": "{} + {}",
        "-": "{} - {}",
        "*": r"{} \times {}",
        "/": r"\frac{{{}}}{{{}}}",
        "^": "{}^{{{}}}",
    },
    total=r"\sum {}",
    brackets=r"\left({}\right)",
    encloses=frozenset({"/ left", "/ right", "^ right"}),
)
_TEX_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"})


def _tex(label: str) -> str:
    return label.translate(_TEX_SPECIAL)


def _print(expression: Expression, notation: Notation) -> str:
    return _printed(expression, notation)[0]


def _printed(expression: Expression, notation: Notation) -> tuple[str, int]:
    """Return the printed expression and how tightly it holds together."""
    match expression:
        case Literal(value):
            return str(value), ATOM if value >= 0 else NEGATIVE
        case Symbol(name):
            return notation.name(name), ATOM
        case Total(Symbol(name)):
            return notation.total.format(notation.name(name)), ATOM
        case Operation(operator, left, right):
            binding = BINDING[operator]
            needed = {  # a - (b - c), a / (b * c) and both sides of ^ keep their brackets
                "left": binding + (operator == "^"),
                "right": binding + (operator in "-/^"),
            }
            sides = [
                _bracketed(side, notation, 0 if f"{operator} {place}" in notation.encloses else at)
                for (place, at), side in zip(needed.items(), (left, right), strict=True)
            ]
            return notation.operators[operator].format(*sides), binding
    raise AssertionError(expression)


def _bracketed(expression: Expression, notation: Notation, needed: int) -> str:
    printed, binding = _printed(expression, notation)
    return printed if binding >= needed else notation.brackets.format(printed)
