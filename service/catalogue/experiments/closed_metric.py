"""How a metric with a formula is computed for a group, and for several together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from service.analytics.experiments.group_comparison import Figure, Inputs
from service.analytics.experiments.group_notes import no_formula
from service.declare import REGISTRY
from service.formula import Expression, Operation, evaluate
from service.formula import Literal as Constant
from service.message import Refused
from service.metric import Metric
from service.shape.container import Record
from service.shape.refusal import escaped
from service.units import OWN, RATIO, Unit, unit

TIMES = OWN - {"money"}
COUNTED = (("thing", 1),)
SUMS = {COUNTED, (("money", 1),)}


def closed_metric(metric_id: str) -> Metric:
    """Return the metric of that id.

    Raises:
        Refused: It is computed from records, not by a formula.
    """
    metric = REGISTRY[metric_id]
    if metric.expression is None:
        raise no_formula(metric.name)
    return metric


def inputs_of_groups(metric: Metric, groups: Mapping[str, Inputs]) -> dict[str, Inputs]:
    """Return the inputs of each group as *metric* takes them, with its defaults.

    Raises:
        Refused: An input is missing, unknown or out of its bounds, or a part exceeds its whole.
    """
    known = Record(
        {one.name: one.shape for one in metric.inputs},
        {one.name: one.default for one in metric.inputs if not one.required},
    )
    read: dict[str, Inputs] = {}
    for name, given in groups.items():
        pointer = f"/groups/{escaped(name)}"
        read[name] = known.read(given, pointer)
        _refuse_contradictions(metric, read[name], pointer)
    return read


def figure_of(metric: Metric) -> Figure:
    """Return how values of *metric* are computed and put together.

    Counts and money add up, and so does the time that is divided by a count, as in seconds per
    view.  Rates, prices and other times hold for all groups where they are the same.
    """
    fraction = _fraction(metric.expression)
    added = {one.name for one in metric.inputs if _adds_up(one.unit, metric.unit)}
    kept = {one.name for one in metric.inputs if _may_be_kept(one.unit)} - added
    if fraction is None:
        return Figure(metric.compute, None, added, kept)
    numerator, denominator = fraction

    def parts(inputs: Inputs) -> tuple[Decimal, Decimal]:
        return evaluate(numerator, inputs), evaluate(denominator, inputs)

    counts = _is_rate_of_counts(metric, numerator, denominator)
    return Figure(metric.compute, parts, added, kept, counts)


def _refuse_contradictions(metric: Metric, inputs: Inputs, pointer: str) -> None:
    try:
        metric.compute(inputs)
    except Refused as refused:
        told = refused.message
        place = pointer + refused.pointer
        raise Refused(place, told.code, told.template, **told.values) from None


def _fraction(expression: Expression | None) -> tuple[Expression, Expression] | None:
    """Return numerator and denominator of a ÷ b, and of 1 − a ÷ b, which is (b − a) ÷ b."""
    match expression:
        case Operation("/", left, right):
            return left, right
        case Operation("-", Constant(one), Operation("/", left, right)) if one == 1:
            return Operation("-", right, left), right
    return None


def _adds_up(given: Unit, result: Unit) -> bool:
    return given.powers in SUMS or (_is_time(given) and given / unit("item") == result)


def _may_be_kept(given: Unit) -> bool:
    return given == RATIO or _is_time(given) or any(power < 0 for _, power in given.powers)


def _is_time(given: Unit) -> bool:
    return given.powers in {((name, 1),) for name in TIMES}


def _is_rate_of_counts(metric: Metric, numerator: Expression, denominator: Expression) -> bool:
    counted = numerator.unit.powers == denominator.unit.powers == COUNTED
    is_part = metric.over_one != "free" or _is_among(numerator, denominator)
    return counted and is_part and metric.unit.label == "ratio"


def _is_among(part: Expression, whole: Expression) -> bool:
    """Return whether the whole is a sum that *part* is one of, as in won ÷ (won + lost)."""
    return (
        isinstance(whole, Operation)
        and whole.operator == "+"
        and str(part) in {str(one) for one in whole.children()}
    )
