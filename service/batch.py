"""Many computations in one request: each item its own answer or error, in order.

An item may take an earlier item's value: ``{"from": "<id>"}`` stands wherever a
number may.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from service.answer import Detail, outcome_of, told
from service.finder import NoSuchMetric, find
from service.message import Message, Refused
from service.metric import Input, Metric
from service.outcome import Outcome
from service.problem import Invalid, problem, problem_of
from service.schema import load
from service.shape import Shape
from service.shape.container import ListOf, MapOf
from service.shape.number import Number, Parts, Real, Whole
from service.shape.refusal import Duplicated, escaped, refuse_duplicates, unknown
from service.text import Language
from service.units import FREE, Unit, unit

LONGEST_ID = 128
DETAILS: tuple[Detail, ...] = ("full", "value")
ITEM_FIELDS = ("id", "metric", "inputs", "detail")

_PER_PERIOD = unit("1/period").powers


@dataclass(frozen=True)
class _Known:
    """What a later item can learn of an earlier one; without a unit it failed."""

    value: Decimal | None = None
    unit: Unit | None = None
    currency: str | None = None


@dataclass
class Batch:
    """The items so far: what references can reach, and how they ended."""

    language: Language
    detail: Detail = "full"
    known: dict[str, _Known] = field(default_factory=dict)
    summary: dict[str, int] = field(default_factory=lambda: {"ok": 0, "undefined": 0, "error": 0})

    def answer(self, index: int, raw: Any) -> dict[str, Any]:
        """Return the result of item *index*: an answer, or an error in the same place."""
        head: dict[str, Any] = {"index": index, "id": None}
        try:
            result = self._computed(raw, head)
        except NoSuchMetric as failure:
            error = problem(failure.message.code, failure.message, self.language)
            result = head | {"status": "error", "error": error}
        except (Invalid, Refused) as failure:
            result = head | {"status": "error", "error": problem_of(failure, self.language)}
        if head["id"] is not None:
            self.known.setdefault(head["id"], _Known())
        self.summary[result["status"]] += 1
        return result

    def failed(self, index: int, failure: Refused, **place: Any) -> dict[str, Any]:
        """Return the result of an item that could not even be read."""
        self.summary["error"] += 1
        error = problem_of(failure, self.language)
        return {"index": index, "id": None, **place, "status": "error", "error": error}

    def _computed(self, raw: Any, head: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise Refused("", "wrong_type", 'an item is an object with "metric" and "inputs"')
        refuse_duplicates(raw, "")
        for name in raw:
            if name not in ITEM_FIELDS:
                raise unknown(name, ITEM_FIELDS, f"/{escaped(name)}")
        head["id"] = self._id(raw)
        metric = find(_text(raw, "metric"))
        head["metric"] = metric.id
        detail = detail_of(raw.get("detail", self.detail))
        inputs = raw.get("inputs", {})
        awaited: dict[str, str] = {}
        if isinstance(inputs, dict):
            inputs = _same_kind(inputs, dict(self._resolved(metric, inputs, awaited)))
        try:
            request = load(metric, inputs, awaited)
            outcome = self._undefined(awaited) if awaited else outcome_of(request)
        except Invalid as failure:
            raise Invalid(_inside(one) for one in failure.findings) from None
        except Refused as failure:
            raise _inside(failure) from None
        if head["id"] is not None:
            self.known[head["id"]] = _known(metric, outcome, request.options.get("currency"))
        return {"index": head["index"], "id": head["id"]} | told(
            request, outcome, self.language, detail
        )

    def _id(self, raw: Mapping[str, Any]) -> str | None:
        if raw.get("id") is None:
            return None
        name = _text(raw, "id")
        if len(name) > LONGEST_ID:
            raise Refused(
                "/id", "out_of_range", "an id has at most {limit} characters", limit=LONGEST_ID
            )
        if name in self.known:
            raise Refused("/id", "inconsistent_inputs", "an earlier item has the same id")
        return name

    def _resolved(
        self, metric: Metric, inputs: Mapping[str, Any], awaited: dict[str, str]
    ) -> Iterator[tuple[str, Any]]:
        """Yield the inputs with values for references; undefined ones go to *awaited*."""
        by_name = {one.name: one for one in metric.inputs}
        for name, value in inputs.items():
            if name not in by_name or not _numeric(by_name[name].shape):
                yield name, value
                continue
            taken = self._value(by_name[name], value, f"/inputs/{escaped(name)}", inputs)
            if isinstance(taken, _Undefined):
                awaited[name] = taken.referent
            else:
                yield name, taken

    def _value(self, one: Input, value: Any, pointer: str, inputs: Mapping[str, Any]) -> Any:
        referent = _referent(value)
        if referent is not None:
            return self._referred(one, referent, pointer, inputs.get("currency"))
        if isinstance(value, list | dict) and isinstance(one.shape, Parts | ListOf | MapOf):
            places = value.items() if isinstance(value, dict) else enumerate(value)
            made = {
                place: self._value(one, part, f"{pointer}/{escaped(str(place))}", inputs)
                for place, part in places
            }
            undefined = [part for part in made.values() if isinstance(part, _Undefined)]
            if undefined:
                return undefined[0]
            return list(made.values()) if isinstance(value, list) else _same_kind(value, made)
        return value

    def _referred(self, one: Input, referent: str, pointer: str, currency: Any) -> Any:
        known = self.known.get(referent)
        if known is None:
            raise Refused(
                pointer, "bad_reference", "no earlier item has the id {id}", id=referent[:64]
            )
        if known.unit is None:
            raise Refused(
                pointer, "bad_reference", "the item {id} has no value: it failed", id=referent[:64]
            )
        if known.value is None:
            return _Undefined(referent)
        if not _agree(known.unit, one.unit):
            raise Refused(
                pointer,
                "bad_reference",
                "the item {id} is in {theirs}, and {name} is in {ours}",
                id=referent[:64],
                theirs=str(known.unit),
                name=one.name,
                ours=str(one.unit),
            )
        if known.currency and currency and known.currency != currency and _is_money(known.unit):
            raise Refused(
                pointer,
                "bad_reference",
                "the item {id} is in {theirs}, this one in {ours}; convert one first",
                id=referent[:64],
                theirs=known.currency,
                ours=str(currency)[:8],
            )
        return known.value

    def _undefined(self, awaited: Mapping[str, str]) -> Outcome:
        name, referent = next(iter(awaited.items()))
        return Outcome(
            None,
            reason=Message(
                "undefined_input",
                "{name} takes the value of {id}, which is undefined",
                {"name": name, "id": referent},
            ),
        )


@dataclass(frozen=True)
class _Undefined:
    referent: str


def detail_of(raw: Any) -> Detail:
    """Return *raw* as the detail of an answer.

    Raises:
        Refused: It is none.
    """
    if raw == "value":
        return "value"
    if raw == "full":
        return "full"
    raise Refused("/detail", "wrong_type", "it must be one of {words}", words=", ".join(DETAILS))


def _text(raw: Mapping[str, Any], name: str) -> str:
    if name not in raw:
        raise Refused(f"/{name}", "missing", "{name} is missing", name=name)
    if not isinstance(raw[name], str):
        raise Refused(f"/{name}", "wrong_type", "it must be a text in quotes")
    text: str = raw[name]
    return text


def _same_kind(before: dict[str, Any], after: dict[Any, Any]) -> dict[str, Any]:
    """Return *after*, still marked if names stood twice in *before*."""
    if not isinstance(before, Duplicated):
        return after
    marked = Duplicated(after)
    marked.duplicates = before.duplicates
    return marked


def _referent(value: Any) -> str | None:
    if type(value) is dict and len(value) == 1 and isinstance(value.get("from"), str):
        name: str = value["from"]
        return name
    return None


def _numeric(shape: Shape) -> bool:
    if isinstance(shape, ListOf | MapOf):
        return _numeric(shape.each)
    return isinstance(shape, Number | Parts | Real | Whole)


def _known(metric: Metric, outcome: Outcome, currency: str | None) -> _Known:
    value = outcome.value
    if isinstance(value, float):
        value = Decimal(repr(value))
    return _Known(value, metric.unit, currency)


def _agree(theirs: Unit, ours: Unit) -> bool:
    free = theirs.label.partition("/")[0] in FREE or ours.label.partition("/")[0] in FREE
    rates = {theirs.powers, ours.powers} <= {(), _PER_PERIOD}
    return free or rates or theirs == ours


def _is_money(known: Unit) -> bool:
    return any(name == "money" for name, _ in known.powers)


def _inside(finding: Refused) -> Refused:
    """Return the finding with its pointer relative to the item."""
    message = finding.message
    return Refused(f"/inputs{finding.pointer}", message.code, message.template, **message.values)
