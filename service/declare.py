"""The two ways to declare a metric, and what is checked while the catalogue is imported.

`metric` takes a function whose body is the formula and derives the rest from
it.  `algorithm` takes a function that no expression defines, with the defining
equation stated by hand.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from service.formula import (
    Expression,
    Number,
    Operation,
    Parts,
    Symbol,
    denominators,
    names,
    trace,
)
from service.metric import (
    PART_REASON,
    Benchmark,
    Better,
    Display,
    Example,
    Input,
    Metric,
    OverOne,
    Part,
)
from service.names import nearest
from service.quantity import VOCABULARY, Objective, Quantity, classes
from service.shape import Shape
from service.shape.number import Number as NumberShape
from service.shape.number import Parts as PartsShape
from service.units import RATIO, unit

F = TypeVar("F", bound=Callable[..., Any])

REGISTRY: dict[str, Metric] = {}

RESERVED = frozenset(
    """
    lang format errors header decimal locale dates detail key currency period label refresh cb
    """.split()
)
"""Words of the doors themselves: no input may have one as its name."""


def metric(
    unit_label: str,
    better: Better,
    example: Example,
    *,
    over_one: OverOne = "free",
    serves: Sequence[Objective] = (),
    vanity: bool = False,
    display: Display | None = None,
    aliases: Sequence[str] = (),
    primary: Sequence[str] = (),
    bases: Sequence[str] = (),
    base_reason: str = "",
    part_reason: str = PART_REASON,
    within: Sequence[tuple[Sequence[str], str]] = (),
    benchmarks: Sequence[Benchmark] = (),
) -> Callable[[F], F]:
    """Declare a metric whose formula is the body of the function.

    Args:
        unit_label: The unit of the result, checked against the formula's own.
        better: Which way is good.
        example: Inputs and the value they give, computed by hand.
        over_one: Whether a part above its whole is refused, warned about or free.
        serves: The objectives for which the metric supports decisions.
        vanity: Whether it flatters every objective but awareness.
        display: How people see the value; by default percent for a ratio.
        aliases: English names that reach the metric; an abbreviation is one.
        primary: Those aliases for which it comes first among several metrics.
        bases: Inputs that must be above 0; in a ratio, each denominator that may be negative.
        base_reason: What it means when a base is not above 0, as the end of a sentence.
        part_reason: Why a part above its whole is refused, or what to do, as the end of one.
        within: Pairs of inputs and another that their sum cannot exceed.
        benchmarks: Published ranges for the value.

    Raises:
        TypeError: The formula and the declaration disagree; the message names the fix.
    """

    def declare(function: F) -> F:
        inputs = _inputs(function)
        symbols = [Symbol(i.name, i.unit, isinstance(i.shape, PartsShape)) for i in inputs]
        expression = trace(function, symbols)
        result = unit(unit_label)
        if expression.unit != result:
            raise TypeError(f"{function.__name__} returns {expression.unit}, declared {result}")
        _register(
            function,
            unit=result,
            better=better,
            over_one=over_one,
            display=display or ("percent" if unit_label == "ratio" else "plain"),
            example=example,
            aliases=tuple(aliases),
            primary=tuple(primary),
            classes=classes(serves, vanity=vanity),
            benchmarks=tuple(benchmarks),
            inputs=inputs,
            expression=expression,
            bases=tuple(bases) or _bases(expression, inputs),
            base_reason=base_reason,
            part_reason=part_reason,
            parts=(*_over_one(expression, over_one), *_within(within, symbols)),
        )
        return function

    return declare


def algorithm(
    unit_label: str,
    better: Better,
    example: Example,
    *,
    statement: str,
    result: Shape,
    serves: Sequence[Objective] = (),
    display: Display | None = None,
    aliases: Sequence[str] = (),
    primary: Sequence[str] = (),
    benchmarks: Sequence[Benchmark] = (),
) -> Callable[[F], F]:
    """Declare a metric that no single expression defines; *statement* is its defining equation.

    *result* is the shape of its table, for the documents.  Each parameter is
    annotated ``Annotated[type, Input]``; the function returns an `Outcome`.
    """

    def declare(function: F) -> F:
        _register(
            function,
            unit=unit(unit_label),
            better=better,
            over_one="free",
            display=display or ("percent" if unit_label == "ratio" else "plain"),
            example=example,
            aliases=tuple(aliases),
            primary=tuple(primary),
            classes=classes(serves, vanity=False),
            benchmarks=tuple(benchmarks),
            inputs=_annotated_inputs(function),
            statement=statement,
            result=result,
        )
        return function

    return declare


def _register(function: Callable[..., Any], **facts: Any) -> None:
    metric_id = function.__name__
    if metric_id in REGISTRY:
        raise ValueError(f"two metrics are called {metric_id}")
    name, meaning, reading, source = _docstring(function)
    REGISTRY[metric_id] = Metric(
        id=metric_id,
        name=name,
        meaning=meaning,
        reading=reading,
        source=source,
        category=function.__module__.split(".")[2],
        function=function,
        **facts,
    )


def _inputs(function: Callable[..., Any]) -> tuple[Input, ...]:
    """Return the inputs of a formula: its parameters, looked up in the vocabulary."""
    hints = get_type_hints(function)
    made = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name in RESERVED:
            raise TypeError(f"{name} is a word of the query string; call the input otherwise")
        if name not in VOCABULARY:
            near = nearest(name, VOCABULARY)
            raise TypeError(
                f"{function.__name__}: no quantity is called {name!r}"
                f"{f'; did you mean {near!r}?' if near else ''}"
                " Add it to service/catalogue/quantities/ if it is new."
            )
        if hints[name] not in (Number, Parts):
            raise TypeError(f"{function.__name__}: annotate {name} as Number or Parts")
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        made.append(_input(VOCABULARY[name], hints[name], default))
    return tuple(made)


def _input(quantity: Quantity, kind: object, default: Any) -> Input:
    number = NumberShape(quantity.minimum, quantity.maximum, quantity.below)
    taken: Shape = PartsShape(number) if kind == Parts else number
    default = default if default is ... else Decimal(default)
    return Input(quantity.name, quantity.label, quantity.unit, taken, default)


def _annotated_inputs(function: Callable[..., Any]) -> tuple[Input, ...]:
    hints = get_type_hints(function, include_extras=True)
    made = []
    for name, parameter in inspect.signature(function).parameters.items():
        if get_origin(hints[name]) is not Annotated:
            raise TypeError(f"{function.__name__}: annotate {name} as Annotated[type, Input]")
        given: Input = get_args(hints[name])[1]
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        made.append(replace(given, name=name, default=default))
    return tuple(made)


def _bases(expression: Expression, inputs: Sequence[Input]) -> tuple[str, ...]:
    """Return the denominators of a ratio that may be negative: they must be above 0."""
    if expression.unit != RATIO:
        return ()
    below = {name for divisor in denominators(expression) for name in names(divisor)}
    return tuple(i.name for i in inputs if i.name in below and _may_be_negative(i))


def _may_be_negative(one: Input) -> bool:
    number = one.shape.each if isinstance(one.shape, PartsShape) else one.shape
    return isinstance(number, NumberShape) and number.minimum is None


def _over_one(expression: Expression, over_one: OverOne) -> list[Part]:
    """Return the limit that *over_one* sets on the formula's one division."""
    if over_one == "free":
        return []
    divisions = [n for n in expression.walk() if isinstance(n, Operation) and n.operator == "/"]
    if len(divisions) != 1:
        raise TypeError(f"over_one={over_one!r} needs exactly one division in {expression}")
    return [Part(divisions[0].left, divisions[0].right, refused=over_one == "refuse")]


def _within(within: Sequence[tuple[Sequence[str], str]], symbols: Sequence[Symbol]) -> list[Part]:
    by_name = {symbol.name: symbol for symbol in symbols}
    made = []
    for parts, whole in within:
        first, *rest = (by_name[name] for name in parts)
        part: Expression = first
        for symbol in rest:
            part = part + symbol
        made.append(Part(part, by_name[whole], refused=True))
    return made


def _docstring(function: Callable[..., Any]) -> tuple[str, str, str, str]:
    """Return name, meaning, reading and source from the four paragraphs of the docstring."""
    paragraphs = inspect.cleandoc(function.__doc__ or "").split("\n\n")
    told = [" ".join(paragraph.split()) for paragraph in paragraphs]
    if (
        len(told) != 4  # noqa: PLR2004  name, meaning, reading, source
        or not told[0].endswith(".")
        or not told[2].startswith("Reading: ")
        or not told[3].startswith("Source: ")
    ):
        raise TypeError(
            f"the docstring of {function.__name__} must have four paragraphs: the name with a"
            " full stop, the meaning, 'Reading: …' and 'Source: …'"
        )
    return (
        told[0].removesuffix("."),
        told[1],
        told[2].removeprefix("Reading: "),
        told[3].removeprefix("Source: "),
    )
