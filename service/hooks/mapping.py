"""Which fields of a message feed which inputs, as the caller wrote it down?

One language in two forms.  In JSON, ``map`` and ``filter``:

    "map": {"won_revenue": {"sum": "amount"}, "deals_won": {"count": true}},
    "filter": {"stage": "closedwon"}

In the query of a hook's URL, ``sum[won_revenue]=amount&count[deals_won]&filter[stage]=closedwon``.
A figure may have a filter of its own in JSON; ``map[revenue]=amount`` and, in JSON,
a bare ``"amount"`` are the value as it stands.  A source is a path, or
``days(from, to)`` with two of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from service.hooks.path import Path, path_at
from service.hooks.value import as_text
from service.message import Refused
from service.shape.refusal import escaped, refuse_duplicates, refuse_size, unknown

Kind: TypeAlias = Literal["value", "sum", "count", "average", "distinct"]
KINDS: tuple[Kind, ...] = get_args(Kind)[1:]

MOST_CONDITIONS = 20

_KEY = re.compile(r"(?P<word>[a-z]+)\[(?P<name>.+)\]", re.DOTALL)
_DAYS = re.compile(r"days\((?P<start>[^,]+),(?P<end>[^,]+)\)")

Conditions: TypeAlias = tuple[tuple[Path, frozenset[str]], ...]


@dataclass(frozen=True)
class Source:
    """One path, or two between whose dates the days are counted; *text* is how it was written."""

    text: str
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Figure:
    """What is taken from the records for one input; without a source the records are counted."""

    kind: Kind
    source: Source | None
    conditions: Conditions = ()


@dataclass(frozen=True)
class Plan:
    """A figure per input, conditions that every record must meet, and values given outright."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    conditions: Conditions = ()
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether the records are taken together, and not one at a time."""
        return any(one.kind != "value" for one in self.figures.values())

    @property
    def steps(self) -> int:
        """How many steps of paths are followed in each record."""
        sources = [one.source for one in self.figures.values() if one.source]
        paths = [path for one in sources for path in one.paths]
        for conditions in (self.conditions, *(one.conditions for one in self.figures.values())):
            paths += [path for path, _ in conditions]
        return sum(len(path.steps) for path in paths)

    def beside(self, other: Plan) -> Plan:
        """Return this plan and *other* as one; *other* wins where both speak of an input."""
        return Plan(
            {**self.figures, **other.figures},
            (*self.conditions, *other.conditions),
            {**self.given, **other.given},
        )


def plan_of(raw_map: Any, raw_filter: Any, given: Mapping[str, Any]) -> Plan:
    """Return the plan that JSON writes.

    Raises:
        Refused: With a pointer below ``/map`` or ``/filter``.
    """
    if not isinstance(raw_map, dict):
        raise Refused("/map", "wrong_type", "it must be an object of named values")
    refuse_duplicates(raw_map, "/map")
    figures = {name: _figure(one, f"/map/{escaped(name)}") for name, one in raw_map.items()}
    for name in figures.keys() & given.keys():
        raise Refused(
            f"/map/{escaped(name)}",
            "duplicate_key",
            "{name} stands twice; keep one of them",
            name=name[:64],
        )
    return Plan(figures, _conditions(raw_filter, "/filter"), given)


def plan_of_query(pairs: Iterable[tuple[str, str]]) -> Plan:
    """Return the plan that a query writes, by its names and texts.

    Raises:
        Refused: With a pointer to the parameter.
    """
    figures: dict[str, Figure] = {}
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    given: dict[str, str] = {}
    for key, text in pairs:
        match, pointer = _KEY.fullmatch(key), f"/{escaped(key)}"
        word = match["word"] if match else ""
        name = match["name"] if match and word in {"map", "filter", *KINDS} else key
        if word == "filter":
            wanted[name].append(text)
            continue
        if name in figures or name in given:
            raise Refused(
                pointer, "duplicate_key", "{name} stands twice; keep one of them", name=name[:64]
            )
        if name == key:
            given[name] = text
        elif word == "count" and not text.strip():
            figures[name] = Figure("count", None)
        else:
            kind: Kind = next((one for one in KINDS if one == word), "value")
            figures[name] = Figure(kind, _source(text, pointer))
    return Plan(figures, _conditions(wanted, "/filter"), given)


def meets(record: Any, conditions: Conditions) -> bool:
    """Tell whether *record* meets every condition; an absent field counts as empty."""
    return all(
        any(as_text(one) in wanted for one in path.select(record) or [None])
        for path, wanted in conditions
    )


def _figure(raw: Any, pointer: str) -> Figure:
    if isinstance(raw, str):
        return Figure("value", _source(raw, pointer))
    if not isinstance(raw, dict):
        raise _no_figure(pointer)
    refuse_duplicates(raw, pointer)
    for name in raw:
        if name not in {*KINDS, "filter"}:
            raise unknown(name, [*KINDS, "filter"], f"{pointer}/{escaped(name)}")
    kinds = [one for one in KINDS if one in raw]
    if len(kinds) != 1:
        raise _no_figure(pointer)
    kind = kinds[0]
    alone = kind == "count" and raw["count"] is True
    source = None if alone else _source(raw[kind], f"{pointer}/{kind}")
    return Figure(kind, source, _conditions(raw.get("filter"), f"{pointer}/filter"))


def _no_figure(pointer: str) -> Refused:
    return Refused(
        pointer,
        "wrong_type",
        'it must be a path, or one of {{"sum": path}}, {{"average": path}}, {{"distinct": path}},'
        ' {{"count": path}} and {{"count": true}}',
    )


def _source(text: Any, pointer: str) -> Source:
    days = _DAYS.fullmatch(text.strip()) if isinstance(text, str) else None
    if days is None:
        path = path_at(text, pointer)
        return Source(path.text, (path,))
    start, end = (path_at(days[name], pointer) for name in ("start", "end"))
    return Source(f"days({start.text}, {end.text})", (start, end))


def _conditions(raw: Any, pointer: str) -> Conditions:
    if raw is None:
        return ()
    if not isinstance(raw, dict):
        raise Refused(pointer, "wrong_type", "it must be an object of named values")
    refuse_duplicates(raw, pointer)
    refuse_size(raw, pointer, 0, MOST_CONDITIONS)
    return tuple(
        (path_at(text, f"{pointer}/{escaped(text)}"), _wanted(one, f"{pointer}/{escaped(text)}"))
        for text, one in raw.items()
    )


def _wanted(raw: Any, pointer: str) -> frozenset[str]:
    choices = raw if isinstance(raw, list) else [raw]
    if any(isinstance(one, list | dict) for one in choices):
        raise Refused(
            pointer, "wrong_type", "it must be the value that a field must have, or a list of them"
        )
    return frozenset(as_text(one) for one in choices)
