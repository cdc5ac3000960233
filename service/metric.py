"""What a metric is: everything the service says about a KPI starts here."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from service.formula import Expression, Parts, denominators, evaluate, names, total
from service.message import Message, Refused, Term, Undefined
from service.outcome import Outcome
from service.quantity import Class, Objective
from service.render import as_expression
from service.shape import Shape
from service.units import Unit

Better = Literal["up", "down", "neither", "as_the_kpi", "as_the_result"]
OverOne = Literal["free", "warn", "refuse"]
Display = Literal["plain", "percent", "multiple", "points"]

PRECISE = decimal.Context(prec=40, rounding=decimal.ROUND_HALF_EVEN)
"""Carries more digits than are shown, so that the one rounding at the end decides."""

SHOWN = decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN)
LARGEST_EXPONENT = 300

PART_REASON = "a part cannot exceed its whole"


@dataclass(frozen=True)
class Input:
    """One argument: its name, its label in running text, its unit and its shape.

    An input with a *default* may be left out; `...` marks one that may not.
    """

    name: str
    label: str
    unit: Unit
    shape: Shape
    default: Any = ...

    @property
    def required(self) -> bool:
        return self.default is ...


@dataclass(frozen=True)
class Example:
    """A worked example: shown in the documents, sent by the tests.

    Decimals are written as text in *value* and as they are in *inputs*.
    """

    inputs: Mapping[str, Any]
    value: str | int | float | None
    currency: str | None = None


@dataclass(frozen=True)
class Benchmark:
    """A published range for a metric, in the metric's own unit; an open end is None."""

    label: str
    low: str | None
    high: str | None
    source: str


@dataclass(frozen=True)
class Part:
    """A part that cannot exceed its whole: refused when it does, or else warned about."""

    part: Expression
    whole: Expression
    refused: bool


@dataclass(frozen=True, eq=False)
class Metric:
    """One KPI, complete.

    *expression* is None for an algorithm, whose defining equation is *statement*.
    *bases* are the inputs that must be above zero for the value to mean
    something; *base_reason* says what it means when one is not, *part_reason* why
    a part is refused that exceeds its whole.  *result* is the shape of an
    algorithm's table.
    """

    id: str
    name: str
    meaning: str
    reading: str
    source: str
    category: str
    unit: Unit
    better: Better
    over_one: OverOne
    display: Display
    example: Example
    aliases: tuple[str, ...]
    primary: tuple[str, ...]
    classes: Mapping[Objective, Class]
    benchmarks: tuple[Benchmark, ...]
    inputs: tuple[Input, ...]
    function: Callable[..., Any]
    expression: Expression | None = None
    bases: tuple[str, ...] = ()
    base_reason: str = ""
    parts: tuple[Part, ...] = ()
    part_reason: str = PART_REASON
    statement: str = ""
    result: Shape | None = None

    def compute(self, inputs: Mapping[str, Any]) -> Outcome:
        """Return the outcome for validated *inputs*, every one of them present.

        Raises:
            Refused: The inputs contradict each other.
        """
        if self.expression is None:
            try:
                outcome: Outcome = self.function(**inputs)
            except Undefined as undefined:
                return Outcome(None, reason=undefined.message)
            return outcome
        # A context set and put back costs a tenth of decimal.localcontext, and nothing here yields.
        before = decimal.getcontext()
        decimal.setcontext(PRECISE)
        try:
            return self._computed(self.expression, inputs)
        finally:
            decimal.setcontext(before)

    def _computed(self, expression: Expression, inputs: Mapping[str, Parts]) -> Outcome:
        try:
            value = self.function(**inputs)
        except decimal.Overflow:
            return Outcome(None, reason=self._out_of_range())
        except (decimal.DivisionByZero, decimal.InvalidOperation):
            value = None
        reason = self._undefined(expression, inputs, value)
        if reason:
            return Outcome(None, reason=reason)
        warnings = tuple(self._excess(inputs)) if self.parts else ()
        shown = SHOWN.plus(value)
        if shown and not -LARGEST_EXPONENT <= shown.adjusted() < LARGEST_EXPONENT:
            return Outcome(None, reason=self._out_of_range(), warnings=warnings)
        return Outcome(shown, warnings=warnings)

    def example_request(self) -> dict[str, Any]:
        """Return the example as a request body, with numbers as JSON gives them."""
        options = {"currency": self.example.currency} if self.example.currency else {}
        text_is_number = self.expression is not None
        inputs = {n: _as_parsed(v, text_is_number) for n, v in self.example.inputs.items()}
        return inputs | options

    def defined_when(self) -> list[str]:
        """Return the conditions without which there is no value, over input names."""
        if self.expression is None:
            return []
        divisors = (as_expression(one) for one in denominators(self.expression))
        return list(
            dict.fromkeys(
                [f"{one} != 0" for one in divisors if one not in self.bases]
                + [f"{base} > 0" for base in self.bases]
            )
        )

    def _undefined(
        self, expression: Expression, inputs: Mapping[str, Parts], value: Decimal | None
    ) -> Message | None:
        if value is None:
            for denominator in denominators(expression):
                if evaluate(denominator, inputs) == 0:
                    return self._because(
                        "division_by_zero",
                        "{name} is 0, so {metric} is undefined",
                        "{name} is 0, so {metric} is undefined: {because}",
                        as_expression(denominator),
                    )
        for name in self.bases:
            if total(inputs[name]) <= 0:
                return self._because(
                    "non_positive_base",
                    "{name} is not above 0, so {metric} is undefined",
                    "{name} is not above 0, so {metric} is undefined: {because}",
                    name,
                )
        return None

    def _because(self, code: str, plain: str, explained: str, name: str) -> Message:
        values = {"name": name, "metric": Term(self.name), "because": Term(self.base_reason)}
        return Message(code, explained if self.base_reason else plain, values)

    def _out_of_range(self) -> Message:
        return Message(
            "out_of_range",
            "the size of {metric} is 1e300 or more, or less than 1e-300",
            {"metric": Term(self.name)},
        )

    def _excess(self, inputs: Mapping[str, Parts]) -> list[Message]:
        """Return a warning for each part that exceeds its whole, or refuse it."""
        warnings = []
        for limit in self.parts:
            part, whole = evaluate(limit.part, inputs), evaluate(limit.whole, inputs)
            if part <= whole:
                continue
            values = {
                "part": as_expression(limit.part),
                "whole": as_expression(limit.whole),
                "part_value": f"{part:f}",
                "whole_value": f"{whole:f}",
            }
            if limit.refused:
                raise Refused(
                    f"/{names(limit.part)[0]}",
                    "part_exceeds_whole",
                    "{part} ({part_value}) is more than {whole} ({whole_value}); {because}",
                    **values,
                    because=Term(self.part_reason),
                )
            warnings.append(
                Message(
                    "part_exceeds_whole",
                    "{part} ({part_value}) is more than {whole} ({whole_value}):"
                    " they are probably of different periods or sets; follow one cohort instead",
                    values,
                )
            )
        return warnings


def _as_parsed(value: Any, text_is_number: bool) -> Any:  # noqa: FBT001  recursion, not an option
    if isinstance(value, Mapping):
        return {name: _as_parsed(one, text_is_number) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_parsed(one, text_is_number) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return Decimal(value) if text_is_number else value
    return Decimal(repr(value))
