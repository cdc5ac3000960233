"""What does a message give for each input of a metric?

An input is taken, in this order, from its figure in the plan, from what the
caller gave outright, and from a field of the message that has the input's name
or one of the further names that the vocabulary knows for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from service.catalogue import METRICS, QUANTITIES
from service.display import CURRENCIES
from service.finder import quantity_aliases
from service.hooks.figures import Tally, tallied
from service.hooks.mapping import Plan
from service.hooks.value import as_instant, as_number, is_empty, unwrapped
from service.message import Refused
from service.metric import Metric
from service.names import key
from service.problem import Invalid
from service.schema import options_of
from service.shape import Shape
from service.shape.container import ListOf
from service.shape.number import Number, Parts, Real, Whole
from service.shape.refusal import escaped, refuse_duplicates, unknown
from service.shape.word import Day, Flag, Moment
from service.units import RATIO
from service.written import Manner, as_json

MOST_FIELDS_TOLD = 8
_A_NUMBER = Number | Parts | Real | Whole
MOST_STEPS = 3_000_000
"""Steps of paths over all records: about two seconds of work."""


@dataclass(frozen=True)
class Inputs:
    """The request body that a message means; *awaited* are averages of nothing."""

    raw: Mapping[str, Any]
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    awaited: tuple[str, ...] = ()


def inputs_of(
    metric: Metric,
    records: Sequence[Any],
    plan: Plan,
    *,
    named: Mapping[str, Any] | None = None,
    paced: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> Inputs:
    """Return what *records* give for the inputs of *metric*.

    *named* are the fields that may feed an input by their name; None leaves the
    plan alone to say.  *paced* goes through the records and may pause between them.

    Raises:
        Refused: A record holds what cannot be read, or the plan does not fit the metric.
        Invalid: Inputs are missing.
    """
    _refuse_unknown(metric, plan)
    _refuse_too_much(len(records), plan)
    inside = len(records) > 1 or named is None
    pairs = (
        (f"/records/{index}" if inside else "", _clean(record, index))
        for index, record in enumerate(paced(records))
    )
    ratios = [one.name for one in metric.inputs if one.unit == RATIO]
    tallies = tallied(plan, pairs, ratios)
    made: dict[str, Any] = {}
    awaited: list[str] = []
    for name, tally in tallies.items():
        if tally.figure.kind == "value":
            made |= _value(metric, name, tally)
        elif (figure := tally.value()) is not None:
            made[name] = figure
        else:
            awaited.append(name)
    parts = [(name, text) for name, text in plan.given.items() if _is_part(name, text)]
    made |= as_json(metric, parts, Manner())  # costs[ads]=1&costs[fairs]=2 belong together
    for name, given in plan.given.items():
        if not _is_part(name, given):
            made |= _typed(metric, name, given, f"/{escaped(name)}")
    for name, value in (_by_name(metric, named) if named else {}).items():
        if name not in made and name not in plan.figures:
            made |= _typed(metric, name, value, f"/{escaped(name)}")
    _refuse_missing(metric, {*made, *awaited}, named)
    return Inputs(made, tallies, tuple(awaited))


def _clean(record: Any, index: int) -> Any:
    pointer = f"/records/{index}"
    if not isinstance(record, dict):
        raise Refused(pointer, "wrong_type", "it must be an object in braces")
    refuse_duplicates(record, pointer)
    return record


def _value(metric: Metric, name: str, tally: Tally) -> dict[str, Any]:
    """Return the input *name* with its value as it stands: one, or a list where it takes one."""
    shape, found = _shapes(metric)[name], tally.found
    if _takes_numbers(shape) and len(found) > 1:
        return {name: [as_number(value, pointer) for value, pointer in found]}
    if len(found) > 1:
        raise Refused(
            f"/map/{escaped(name)}",
            "inconsistent_inputs",
            "{source} has {count} values and {name} takes one; say sum, count, average or distinct",
            source=tally.figure.source.text if tally.figure.source else "",
            count=len(found),
            name=name,
        )
    return _typed(metric, name, *found[0]) if found else {}


def _typed(metric: Metric, name: str, value: Any, pointer: str) -> dict[str, Any]:
    """Return the input *name* as JSON would have held it, or nothing where it is empty."""
    shape, bare = _shapes(metric).get(name), unwrapped(value)
    if is_empty(bare):
        return {}
    if isinstance(shape, Day | Moment):
        at = as_instant(bare, pointer).isoformat()
        return {name: at[: len("2026-03-01")] if isinstance(shape, Day) else at}
    if type(bare) is str:
        return as_json(metric, [(name, bare)], Manner())
    return {name: _parts(shape, bare, pointer)}


def _parts(shape: Shape | None, bare: Any, pointer: str) -> Any:
    """Return *bare* with the numbers in it read, wherever *shape* takes some."""
    if _takes_numbers(shape) and isinstance(bare, list):
        return [as_number(one, f"{pointer}/{i}") for i, one in enumerate(bare)]
    if isinstance(shape, Parts) and isinstance(bare, dict):
        refuse_duplicates(bare, pointer)
        return {part: as_number(one, f"{pointer}/{escaped(part)}") for part, one in bare.items()}
    if isinstance(shape, _A_NUMBER):
        return as_number(bare, pointer)
    if isinstance(shape, Flag) and type(bare) is Decimal and bare in {0, 1}:
        return bool(bare)
    return bare


def _takes_numbers(shape: Shape | None) -> bool:
    """Tell whether *shape* is one to which a list of numbers fits."""
    if isinstance(shape, ListOf):
        return isinstance(shape.each, _A_NUMBER)
    return isinstance(shape, Parts)


def _by_name(metric: Metric, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs that *fields* give by a name of theirs, the input's own name first.

    Raises:
        Refused: Two fields have names of one input.
    """
    found: dict[str, tuple[str, Any]] = {}
    for name, value in fields.items():
        meant = _meant(metric.id).get(key(name), [])
        if len(meant) != 1 or meant[0] in fields or is_empty(value):
            continue
        if meant[0] in found:
            raise Refused(
                f"/{escaped(name)}",
                "inconsistent_inputs",
                "{first} and {second} are both names of {name}; map one of them",
                first=found[meant[0]][0],
                second=name[:64],
                name=meant[0],
            )
        found[meant[0]] = (name, value)
    exact = {one.name: fields[one.name] for one in metric.inputs if one.name in fields}
    currency = unwrapped(fields.get("currency"))
    is_known = isinstance(currency, str) and currency in CURRENCIES
    known = {"currency": currency} if is_known else {}
    return {name: value for name, (_, value) in found.items()} | exact | known


@cache
def _meant(metric_id: str) -> dict[str, list[str]]:
    """Return the inputs of a metric by every name that the vocabulary knows for them."""
    meant: dict[str, list[str]] = {}
    for one in METRICS[metric_id].inputs:
        quantity = QUANTITIES.get(one.name)
        further = quantity_aliases(quantity) if quantity else ()
        for name in dict.fromkeys([key(one.name), *map(key, further)]):
            meant.setdefault(name, []).append(one.name)
    return meant


def _shapes(metric: Metric) -> dict[str, Shape]:
    return {one.name: one.shape for one in metric.inputs} | dict(options_of(metric))


def _is_part(name: str, value: Any) -> bool:
    return "[" in name and isinstance(value, str)


def _refuse_unknown(metric: Metric, plan: Plan) -> None:
    known = _shapes(metric)
    for name in (*plan.figures, *plan.given):
        if name not in known and name.partition("[")[0] not in known:
            where = "/map" if name in plan.figures else ""
            raise unknown(name, known, f"{where}/{escaped(name)}")


def _refuse_too_much(records: int, plan: Plan) -> None:
    if records * plan.steps > MOST_STEPS:
        raise Refused(
            "/map",
            "too_many_items",
            "{count} records with {steps} steps of paths each are too many; send fewer records, or"
            " shorter paths and filters",
            count=records,
            steps=plan.steps,
        )


def _refuse_missing(metric: Metric, given: Iterable[str], named: Mapping[str, Any] | None) -> None:
    have = set(given)
    missing = [one.name for one in metric.inputs if one.required and one.name not in have]
    if not missing:
        return
    if not named:
        raise Invalid(
            Refused(f"/{name}", "missing", "{name} is missing", name=name) for name in missing
        )
    fields = ", ".join([str(one)[:64] for one in named][:MOST_FIELDS_TOLD])
    raise Invalid(
        Refused(
            f"/{name}",
            "missing",
            "{name} is missing: map it from a field, such as map[{name}]=amount; the message has"
            " {fields}",
            name=name,
            fields=fields,
        )
        for name in missing
    )
