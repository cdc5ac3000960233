"""References of a batch: ``{"from": "<id>"}`` takes the value of an earlier item.

A reference stands wherever a number may, among parts too.  It must lead to a
value of the same dimensions and, for money, of the same currency.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from service.message import Refused
from service.metric import Input, Metric
from service.shape import Shape
from service.shape.container import ListOf, MapOf
from service.shape.number import Number, Parts, Real, Whole
from service.shape.refusal import Duplicated, escaped
from service.units import FREE, Unit, unit

_PER_PERIOD = unit("1/period").powers


@dataclass(frozen=True)
class Known:
    """What a later item can learn of an earlier one; without a unit it failed."""

    value: Decimal | None = None
    unit: Unit | None = None
    currency: str | None = None


def may_refer(inputs: Mapping[str, Any]) -> bool:
    """Tell whether any input could be a reference, or hold one."""
    return any(type(value) is not Decimal and type(value) is not str for value in inputs.values())


@dataclass
class References:
    """The references of one item.

    *currency* is the item's own or that of the first money it took.  *awaited*
    are the inputs whose referent is undefined, with its id.
    """

    known: Mapping[str, Known]
    currency: str | None
    awaited: dict[str, str] = field(default_factory=dict)

    def resolved(self, metric: Metric, inputs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the inputs with values for references, without those *awaited*.

        Raises:
            Refused: `bad_reference`.
        """
        by_name = {one.name: one for one in metric.inputs}
        for name, value in inputs.items():
            if name not in by_name or not _numeric(by_name[name].shape):
                yield name, value
                continue
            taken = self._value(by_name[name], value, f"/inputs/{escaped(name)}")
            if isinstance(taken, _Undefined):
                self.awaited[name] = taken.referent
            else:
                yield name, taken

    def _value(self, one: Input, value: Any, pointer: str) -> Any:
        referent = _referent(value)
        if referent is not None:
            return self._referred(one, referent, pointer)
        if isinstance(value, list | dict) and isinstance(one.shape, Parts | ListOf | MapOf):
            places = value.items() if isinstance(value, dict) else enumerate(value)
            made = {
                place: self._value(one, part, f"{pointer}/{escaped(str(place))}")
                for place, part in places
            }
            undefined = [part for part in made.values() if isinstance(part, _Undefined)]
            if undefined:
                return undefined[0]
            return list(made.values()) if isinstance(value, list) else same_kind(value, made)
        return value

    def _referred(self, one: Input, referent: str, pointer: str) -> Decimal | _Undefined:
        known = self.known.get(referent)
        if known is None:
            raise Refused(
                pointer, "bad_reference", "no earlier item has the id {id}", id=referent[:64]
            )
        if known.unit is None:
            raise Refused(
                pointer, "bad_reference", "the item {id} has no value: it failed", id=referent[:64]
            )
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
        if known.currency and _has_currency(known.unit):
            self._refuse_other_currency(known.currency, referent, pointer)
        return _Undefined(referent) if known.value is None else known.value

    def _refuse_other_currency(self, theirs: str, referent: str, pointer: str) -> None:
        if self.currency is None:
            self.currency = theirs
        if self.currency != theirs:
            raise Refused(
                pointer,
                "bad_reference",
                "the item {id} is in {theirs}, this one in {ours}; convert one first",
                id=referent[:64],
                theirs=theirs,
                ours=self.currency,
            )


@dataclass(frozen=True)
class _Undefined:
    referent: str


def same_kind(before: dict[str, Any], after: dict[Any, Any]) -> dict[str, Any]:
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


def _agree(theirs: Unit, ours: Unit) -> bool:
    free = theirs.label.partition("/")[0] in FREE or ours.label.partition("/")[0] in FREE
    rates = {theirs.powers, ours.powers} <= {(), _PER_PERIOD}
    return free or rates or theirs == ours


def _has_currency(known: Unit) -> bool:
    return any(name in {"money", "value"} for name, _ in known.powers)
