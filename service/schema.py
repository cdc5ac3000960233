"""Validation of a request: one marshmallow schema per metric, made from its inputs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from marshmallow import RAISE, Schema, ValidationError, fields

from service.catalogue import METRICS, QUANTITIES
from service.display import CURRENCIES
from service.finder import quantity_aliases
from service.message import Refused, Term
from service.metric import Metric
from service.names import key
from service.problem import Invalid
from service.shape import Shape
from service.shape.container import Record
from service.shape.refusal import Duplicated, escaped, unknown
from service.shape.word import Choice, Day, Text


@dataclass(frozen=True)
class Currency:
    """An ISO 4217 code."""

    def read(self, raw: Any, pointer: str) -> str:
        if isinstance(raw, str) and raw in CURRENCIES:
            return raw
        raise Refused(
            pointer, "unknown_currency", "it must be an ISO 4217 code in capitals, such as VND"
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Z]{3}$", "enum": sorted(CURRENCIES)}


@dataclass(frozen=True)
class Period:
    """The first and the last day that the numbers cover."""

    days = Record({"start": Day(), "end": Day()})

    def read(self, raw: Any, pointer: str) -> dict[str, str]:
        made: dict[str, date] = self.days.read(raw, pointer)
        if made["start"] > made["end"]:
            raise Refused(
                f"{pointer}/end", "inconsistent_inputs", "the period ends before it starts"
            )
        return {name: day.isoformat() for name, day in made.items()}

    def schema(self) -> dict[str, Any]:
        return self.days.schema()


OPTIONS: Mapping[str, Shape] = {"currency": Currency(), "period": Period(), "label": Text()}
"""What every computation takes beside its inputs."""

BETTER = Choice(("up", "down"))
"""What a metric takes in addition whose good direction only the caller knows."""


class Request(NamedTuple):
    """A validated request: the metric, its inputs with defaults filled in, and the options."""

    metric: Metric
    raw: Mapping[str, Any]
    inputs: Mapping[str, Any]
    defaulted: tuple[str, ...]
    options: Mapping[str, Any]


class ShapeField(fields.Field[Any]):
    """A marshmallow field that a shape reads."""

    def __init__(self, name: str, shape: Shape, *, required: bool) -> None:
        self.shape = shape
        absent = Refused(f"/{name}", "missing", "{name} is missing", name=name)
        null = Refused(f"/{name}", "wrong_type", "null is not a value; leave out what is not known")
        super().__init__(required=required, error_messages={"required": [absent], "null": [null]})

    def _deserialize(self, value: Any, attr: str | None, *_: Any, **__: Any) -> Any:
        try:
            return self.shape.read(value, f"/{attr}")
        except Refused as refused:
            raise ValidationError([refused]) from None


def options_of(metric: Metric) -> Mapping[str, Shape]:
    """Return the shapes of what *metric* takes beside its inputs."""
    asks = metric.better in {"as_the_kpi", "as_the_result"}
    taken = {**OPTIONS, "better": BETTER} if asks else OPTIONS
    return {n: s for n, s in taken.items() if n not in {one.name for one in metric.inputs}}


@cache
def schema_of(metric_id: str) -> Schema:
    """Return the schema of one metric's requests."""
    metric = METRICS[metric_id]
    made: dict[str, fields.Field[Any]] = {
        i.name: ShapeField(i.name, i.shape, required=i.required) for i in metric.inputs
    }
    made |= {n: ShapeField(n, s, required=False) for n, s in options_of(metric).items()}
    return Schema.from_dict(made, name=metric_id)(unknown=RAISE)


def load(metric: Metric, raw: Any, awaited: Collection[str] = ()) -> Request:
    """Return *raw* as a request for *metric*; inputs that are *awaited* may be absent.

    Raises:
        Invalid: With a finding for every input that is wrong.
    """
    if not awaited and (request := _quick(metric, raw)):
        return request
    if not isinstance(raw, dict):
        raise Invalid(
            [Refused("", "wrong_type", "the inputs must be a JSON object, by their names")]
        )
    findings = _duplicates(raw)
    try:
        given = schema_of(metric.id).load(raw, partial=tuple(awaited))
    except ValidationError as error:
        findings += _findings(metric, error.messages_dict)
    if findings:
        # A missing input is often one that was misspelt: what it was called comes first.
        raise Invalid(sorted(findings, key=lambda one: one.message.code == "missing"))
    taken = [one for one in metric.inputs if one.name not in awaited]
    absent = [one for one in taken if one.name not in given]
    inputs = {one.name: given.get(one.name, one.default) for one in taken}
    return Request(
        metric,
        raw,
        inputs,
        tuple(one.name for one in absent),
        {name: given[name] for name in options_of(metric) if name in given},
    )


def _quick(metric: Metric, raw: Any) -> Request | None:
    """Return a request that has nothing wrong with it, or None for marshmallow to look at.

    The same shapes read the same values; what marshmallow adds is to collect all
    that is wrong, which takes ten times as long.
    """
    plan = _plan(metric.id)
    if type(raw) is not dict or not raw.keys() <= plan.names:
        return None
    read: dict[str, Any] = {}
    defaulted = []
    try:
        for name, pointer, shape, default in plan.inputs:
            if name in raw:
                read[name] = shape.read(raw[name], pointer)
            elif default is ...:
                return None
            else:
                read[name] = default
                defaulted.append(name)
        given = {
            name: shape.read(raw[name], pointer)
            for name, pointer, shape in plan.options
            if name in raw
        }
    except Refused:
        return None
    return Request(metric, raw, read, tuple(defaulted), given)


class _Plan(NamedTuple):
    """What a request of one metric may hold, laid out to be gone through quickly."""

    names: frozenset[str]
    inputs: tuple[tuple[str, str, Shape, Any], ...]
    options: tuple[tuple[str, str, Shape], ...]


@cache
def _plan(metric_id: str) -> _Plan:
    metric = METRICS[metric_id]
    options = options_of(metric)
    return _Plan(
        frozenset([one.name for one in metric.inputs] + list(options)),
        tuple((one.name, f"/{one.name}", one.shape, one.default) for one in metric.inputs),
        tuple((name, f"/{name}", shape) for name, shape in options.items()),
    )


def _duplicates(raw: dict[str, Any]) -> list[Refused]:
    return [
        Refused(
            f"/{escaped(name)}", "duplicate_key", "{name} stands twice; keep one", name=name[:64]
        )
        for name in (raw.duplicates if isinstance(raw, Duplicated) else ())
    ]


def _findings(metric: Metric, messages: Mapping[str, Any]) -> list[Refused]:
    return [
        found if isinstance(found, Refused) else _unknown(metric, name)
        for name, told in messages.items()
        for found in told
    ]


def _unknown(metric: Metric, name: str) -> Refused:
    """Return the refusal of an unknown input, naming what this metric calls it."""
    pointer = f"/{escaped(name)}"
    meant = _also_called(name)
    for one in metric.inputs:
        if meant & _also_called(one.name):
            return Refused(
                pointer,
                "unknown_field",
                "{metric} calls {name} by another name: {nearest}",
                metric=Term(metric.name),
                name=name[:64],
                nearest=one.name,
            )
    known = [one.name for one in metric.inputs] + list(options_of(metric))
    return unknown(name, known, pointer)


def _also_called(name: str) -> set[str]:
    quantity = QUANTITIES.get(name)
    return {key(name), *(key(alias) for alias in (quantity_aliases(quantity) if quantity else ()))}
