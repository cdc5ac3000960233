"""Expressions that remember how they were computed.

A formula is an ordinary Python function of numbers.  Called with numbers it
computes.  Called with `Symbol` operands it returns an `Expression`, the same
arithmetic as a tree, which `service.render` prints.  Both come from one body,
so what is shown is what runs.

A symbol has no value: anything that would need one (``if``, ``max()``, ``==``)
raises `TypeError` while the module is imported.

>>> from service.units import unit
>>> revenue, cost = Symbol("revenue", unit("money")), Symbol("cost", unit("money"))
>>> str((revenue - cost) / cost), str(((revenue - cost) / cost).unit)
('((revenue - cost) / cost)', 'ratio')
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NoReturn, TypeAlias, cast

from service.units import RATIO, Unit

Number: TypeAlias = Decimal
"""One number."""

Parts: TypeAlias = Decimal | Sequence[Decimal] | Mapping[str, Decimal]
"""One number, a list of numbers or numbers by name; a formula takes their `total`."""


class Expression:
    """Arithmetic over symbols; the operators build larger expressions."""

    unit: Unit = RATIO

    def children(self) -> tuple[Expression, ...]:
        return ()

    def walk(self) -> Iterator[Expression]:
        """Yield this expression and all below it, outermost first."""
        yield self
        for child in self.children():
            yield from child.walk()

    def __add__(self, other: Operand) -> Operation:
        return Operation("+", self, _lift(other))

    def __radd__(self, other: Operand) -> Operation:
        return Operation("+", _lift(other), self)

    def __sub__(self, other: Operand) -> Operation:
        return Operation("-", self, _lift(other))

    def __rsub__(self, other: Operand) -> Operation:
        return Operation("-", _lift(other), self)

    def __mul__(self, other: Operand) -> Operation:
        return Operation("*", self, _lift(other))

    def __rmul__(self, other: Operand) -> Operation:
        return Operation("*", _lift(other), self)

    def __truediv__(self, other: Operand) -> Operation:
        return Operation("/", self, _lift(other))

    def __rtruediv__(self, other: Operand) -> Operation:
        return Operation("/", _lift(other), self)

    def __pow__(self, other: Operand) -> Operation:
        return Operation("^", self, _lift(other))

    def _no_value(self, *_: object) -> NoReturn:
        raise TypeError(f"{self} has no value here: a formula may not branch on it")

    __bool__ = __float__ = __int__ = __index__ = __iter__ = __len__ = _no_value
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _no_value
    __hash__ = object.__hash__


Operand: TypeAlias = Expression | Decimal | int


@dataclass(frozen=True, eq=False)
class Literal(Expression):
    value: Decimal

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, eq=False)
class Symbol(Expression):
    """An input; *parts* tells that it may be several numbers, to be used through `total`."""

    name: str
    unit: Unit = RATIO
    parts: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Operation(Expression):
    operator: str
    left: Expression
    right: Expression
    unit: Unit = field(init=False)

    def __post_init__(self) -> None:
        for side in self.children():
            if isinstance(side, Symbol) and side.parts:
                raise TypeError(f"{side} may be several numbers: write total({side})")
        object.__setattr__(self, "unit", _unit_of(self))

    def __str__(self) -> str:
        return f"({self.left} {self.operator} {self.right})"

    def children(self) -> tuple[Expression, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Total(Expression):
    """The sum of the parts of one input."""

    parts: Symbol
    unit: Unit = field(init=False)

    def __post_init__(self) -> None:
        if not self.parts.parts:
            raise TypeError(f"{self.parts} is one number: write it without total()")
        object.__setattr__(self, "unit", self.parts.unit)

    def __str__(self) -> str:
        return f"total({self.parts})"

    def children(self) -> tuple[Expression, ...]:
        return (self.parts,)


def total(parts: Parts) -> Number:
    """Return the sum of *parts*: itself, of a list, or of the values of a mapping."""
    if isinstance(parts, Symbol):
        return cast("Number", Total(parts))
    if isinstance(parts, Decimal):
        return parts
    return sum(parts.values() if isinstance(parts, Mapping) else parts, Decimal(0))


def trace(function: Callable[..., object], symbols: Sequence[Symbol]) -> Expression:
    """Return *function* as an expression of *symbols*.

    Raises:
        TypeError: It branches, mixes units, or does not depend on every symbol.
    """
    result = function(**{symbol.name: symbol for symbol in symbols})
    if not isinstance(result, Expression):
        raise TypeError(f"{function.__name__} ignores its inputs: it returned {result!r}")
    unused = {symbol.name for symbol in symbols} - set(names(result))
    if unused:
        raise TypeError(f"{function.__name__} never uses {', '.join(sorted(unused))}")
    return result


def names(expression: Expression) -> list[str]:
    """Return the inputs of *expression*, each once, in order of appearance."""
    return list(dict.fromkeys(n.name for n in expression.walk() if isinstance(n, Symbol)))


def evaluate(expression: Expression, values: Mapping[str, Parts]) -> Number:
    """Return the value of *expression*: what a guard needs, such as one denominator.

    Raises:
        decimal.DivisionByZero, decimal.InvalidOperation: As the arithmetic does.
    """
    match expression:
        case Literal(value):
            return value
        case Symbol(name) | Total(Symbol(name)):
            return total(values[name])
        case Operation(operator, left, right):
            return _ARITHMETIC[operator](evaluate(left, values), evaluate(right, values))
    raise AssertionError(expression)


_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": Decimal.__add__,
    "-": Decimal.__sub__,
    "*": Decimal.__mul__,
    "/": Decimal.__truediv__,
    "^": Decimal.__pow__,
}


def denominators(expression: Expression) -> list[Expression]:
    """Return every sub-expression that must not be zero, outermost first."""
    return [n.right for n in expression.walk() if isinstance(n, Operation) and n.operator == "/"]


def _lift(value: Operand) -> Expression:
    return value if isinstance(value, Expression) else Literal(Decimal(value))


def _unit_of(operation: Operation) -> Unit:
    left, right = operation.left, operation.right
    match operation.operator:
        case "*":
            return left.unit * right.unit
        case "/":
            return left.unit / right.unit
        case "^" if left.unit == right.unit == RATIO:
            return RATIO
        case "+" | "-" if left.unit == right.unit:
            return left.unit
    raise TypeError(
        f"units do not agree in {operation}: {left.unit} {operation.operator} {right.unit}"
    )
