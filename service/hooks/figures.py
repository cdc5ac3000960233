"""What do the records give for one input, and which of them counted?"""

from __future__ import annotations

import decimal
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from service.hooks.mapping import Figure, Plan, Source, meets
from service.hooks.value import as_instant, as_number, as_text, days_between, is_empty
from service.metric import PRECISE, SHOWN
from service.shape.refusal import escaped

MOST_INDICES = 100
"""How many of the records that counted are named one by one."""


@dataclass
class Account:
    """Which records counted for an input: how many, the first of them, and why others did not."""

    counted: int = 0
    indices: list[int] = field(default_factory=list)
    filtered: int = 0
    empty: int = 0
    empty_indices: list[int] = field(default_factory=list)

    def count(self, index: int) -> None:
        """Note a record that counts."""
        self.counted += 1
        if len(self.indices) < MOST_INDICES:
            self.indices.append(index)

    def skip(self, index: int) -> None:
        """Note a record whose field is empty."""
        self.empty += 1
        if len(self.empty_indices) < MOST_INDICES:
            self.empty_indices.append(index)


@dataclass
class Tally:
    """One input's figure while the records go by; *found* are values as they stand."""

    figure: Figure
    ratio: bool
    account: Account = field(default_factory=Account)
    total: Decimal = Decimal(0)
    values: int = 0
    seen: set[str] = field(default_factory=set)
    found: list[tuple[Any, str]] = field(default_factory=list)

    def add(self, index: int, record: Any, pointer: str) -> None:
        """Count *record*, which stands at *pointer*.

        Raises:
            Refused: It holds what cannot be read.
        """
        if not meets(record, self.figure.conditions):
            self.account.filtered += 1
            return
        source = self.figure.source
        if source is None:
            self.account.count(index)
            return
        before = self.values
        for value in taken(source, record, pointer):
            self.values += 1
            if self.figure.kind == "value":
                self.found.append((value, _below(pointer, source)))
            elif self.figure.kind == "distinct":
                self.seen.add(as_text(value))
            elif self.figure.kind != "count":
                with decimal.localcontext(PRECISE):
                    self.total += as_number(value, _below(pointer, source), ratio=self.ratio)
        if self.values > before:
            self.account.count(index)
        else:
            self.account.skip(index)

    def value(self) -> Decimal | None:
        """Return the figure; None for the average of nothing."""
        match self.figure.kind:
            case "count":
                return Decimal(self.account.counted)
            case "distinct":
                return Decimal(len(self.seen))
            case "average":
                return SHOWN.divide(self.total, Decimal(self.values)) if self.values else None
            case _:
                return self.total


def tallied(
    plan: Plan, records: Iterable[tuple[str, Any]], ratios: Collection[str]
) -> dict[str, Tally]:
    """Return the tally of every figure of *plan* after all *records*.

    *records* are pairs of a pointer and a record; *ratios* names the inputs where
    ``5%`` may be written.

    Raises:
        Refused: A record holds what cannot be read.
    """
    tallies = {name: Tally(figure, name in ratios) for name, figure in plan.figures.items()}
    for index, (pointer, record) in enumerate(records):
        if meets(record, plan.conditions):
            for tally in tallies.values():
                tally.add(index, record, pointer)
        else:
            for tally in tallies.values():
                tally.account.filtered += 1
    return tallies


def taken(source: Source, record: Any, pointer: str) -> list[Any]:
    """Return the values of *source* in *record* that are not empty.

    Raises:
        Refused: A date of ``days(…)`` cannot be read.
    """
    if len(source.paths) == 1:
        return [one for one in source.paths[0].select(record) if not is_empty(one)]
    ends = [[one for one in path.select(record) if not is_empty(one)][:1] for path in source.paths]
    if not all(ends):
        return []
    start, end = (
        as_instant(found[0], f"{pointer}/{escaped(path.text)}")
        for found, path in zip(ends, source.paths, strict=True)
    )
    return [days_between(start, end)]


def _below(pointer: str, source: Source) -> str:
    return f"{pointer}/{escaped(source.text)}"
