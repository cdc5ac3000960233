"""What is a funnel measured against: its targets, benchmarks or its own past?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias, TypedDict

from service.message import Refused

Yardstick: TypeAlias = Literal["target", "benchmark", "previous"]


class Wanted(TypedDict):
    """A count for a stage, a rate for the step that ends at it, or both."""

    name: str
    count: float | None
    rate: float | None


class Reference(NamedTuple):
    """A count for each stage and a rate for each step, None where there is none."""

    yardstick: Yardstick
    counts: list[float | None]
    rates: list[float | None]


def references(
    stages: Sequence[str],
    targets: Sequence[Wanted],
    benchmarks: Sequence[Wanted],
    previous: Sequence[Wanted],
) -> list[Reference]:
    """Return the three yardsticks, the strongest first.

    A step without a rate of its own takes the one its two counts make.

    Raises:
        Refused: A stage that the funnel does not have, that stands twice, or a rate for
            the first stage, into which no step leads.
    """
    return [
        _reference(stages, "target", "targets", targets),
        _reference(stages, "benchmark", "benchmarks", benchmarks),
        _reference(stages, "previous", "previous", previous),
    ]


def first_rate(given: Sequence[Reference], step: int) -> tuple[Yardstick, float] | None:
    """Return the strongest yardstick for the rate of a step, if there is any."""
    return next((_of(one, rate) for one in given if (rate := one.rates[step]) is not None), None)


def first_count(given: Sequence[Reference], stage: int) -> tuple[Yardstick, float] | None:
    """Return the strongest yardstick for the count of a stage, if there is any."""
    return next((_of(one, n) for one in given if (n := one.counts[stage]) is not None), None)


def _of(reference: Reference, number: float) -> tuple[Yardstick, float]:
    return reference.yardstick, number


def _reference(
    stages: Sequence[str], yardstick: Yardstick, field: str, rows: Sequence[Wanted]
) -> Reference:
    position = {name: i for i, name in enumerate(stages)}
    counts: list[float | None] = [None] * len(stages)
    rates: list[float | None] = [None] * len(stages)
    seen: set[str] = set()
    for i, row in enumerate(rows):
        name, pointer = row["name"], f"/{field}/{i}"
        if name not in position:
            raise Refused(
                f"{pointer}/name",
                "inconsistent_inputs",
                "{name} is not a stage of this funnel; its stages are {stages}",
                name=name,
                stages=", ".join(stages),
            )
        if name in seen:
            raise Refused(
                f"{pointer}/name",
                "inconsistent_inputs",
                "{name} stands twice; give its count and its rate in one row",
                name=name,
            )
        if row["rate"] is not None and position[name] == 0:
            raise Refused(
                f"{pointer}/rate",
                "inconsistent_inputs",
                "{name} is the first stage, and no step leads into it; give it a count only",
                name=name,
            )
        seen.add(name)
        counts[position[name]] = row["count"]
        rates[position[name]] = row["rate"]
    steps = [_rate(rates[i], counts[i - 1], counts[i]) for i in range(1, len(stages))]
    return Reference(yardstick, counts, steps)


def _rate(rate: float | None, entered: float | None, advanced: float | None) -> float | None:
    if rate is None and entered and advanced is not None:
        return advanced / entered
    return rate
