"""How is credit spread over channels, and do the credits add up to what was given?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from service.analytics.attribution.journeys import UNATTRIBUTED
from service.analytics.attribution.paths import NOT_SET, Path, Paths
from service.message import Message
from service.outcome import Outcome

Weigh: TypeAlias = Callable[[Path], Sequence[float]]
"""What a rule gives each touch of a path, in any unit: not negative, not all zero."""


class Credit(NamedTuple):
    """Conversions and value credited to each of `Paths.names`, in their order."""

    conversions: list[float]
    value: list[float]


def credit_by_rule(paths: Paths, weigh: Weigh) -> Credit:
    """Return what each key earns when every path splits its conversions as *weigh* says.

    credit(c) = Σ over paths of conversions · Σ over touches of c of weight ÷ Σ of weights,
    and the value alike.
    """
    conversions: list[list[float]] = [[] for _ in paths.names]
    values: list[list[float]] = [[] for _ in paths.names]
    for path in paths.rows:
        converted, value, _ = path.endings
        if converted:
            weights = weigh(path)
            whole = math.fsum(weights)
            for touch, weight in zip(path.touches, weights, strict=True):
                if weight:
                    key = paths.keys[touch]
                    conversions[key].append(converted * (weight / whole))
                    values[key].append(value * (weight / whole))
    return Credit([math.fsum(parts) for parts in conversions], [math.fsum(p) for p in values])


def credit_table(paths: Paths, credit: Credit) -> list[dict[str, Any]]:
    """Return a row per key, highest credit first, ties by name.

    Conversions without a touch are a row of their own; *share* is of all conversions,
    None when there are none.
    """
    listed = list(zip(paths.names, *credit, strict=True))
    if paths.untouched.conversions:
        listed.append((UNATTRIBUTED, paths.untouched.conversions, paths.untouched.value))
    whole = paths.totals.conversions
    return [
        {
            "channel": name,
            "conversions": conversions,
            "value": value,
            "share": conversions / whole if whole else None,
        }
        for name, conversions, value in sorted(listed, key=lambda row: (-row[1], row[0]))
    ]


def credit_totals(paths: Paths, table: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return what was given, what *table* credits, and the difference between the two."""
    conversions = math.fsum(row["conversions"] for row in table)
    value = math.fsum(row["value"] for row in table)
    return {
        **paths.totals._asdict(),
        "credited_conversions": conversions,
        "credited_value": value,
        "conversions_difference": conversions - paths.totals.conversions,
        "value_difference": value - paths.totals.value,
    }


def attribution(
    paths: Paths,
    credit: Credit,
    assumptions: Sequence[Message] = (),
    warnings: Sequence[Message] = (),
    **tables: object,
) -> Outcome:
    """Return the answer of one model: no headline number, its credits in `result.channels`."""
    table = credit_table(paths, credit)
    return Outcome(
        value=None,
        result={
            "by": paths.by,
            "channels": table,
            "totals": credit_totals(paths, table),
            **tables,
        },
        reason=no_conversions(paths),
        assumptions=(*assumptions, *conventions(paths)),
        warnings=(*warnings, *gaps(paths)),
    )


def no_conversions(paths: Paths) -> Message | None:
    """Return why there is nothing to credit, if so."""
    if paths.totals.conversions:
        return None
    return Message("no_conversions", "no journey converted, so there is no credit to share")


def conventions(paths: Paths) -> list[Message]:
    """Return how touches were chosen, whatever the model."""
    if paths.lookback_days is None:
        return []
    return [
        Message(
            "lookback",
            "a touch counts when it came at most {days} days before the conversion,"
            " or before the last touch where the time of conversion is not given",
            {"days": f"{paths.lookback_days:.15g}"},
        )
    ]


def gaps(paths: Paths) -> list[Message]:
    """Return what the touches do not say."""
    found = []
    if paths.untouched.conversions:
        found.append(
            Message(
                "unattributed_conversions",
                "{count} conversions have no touch to credit; they stand under {name}",
                {"count": f"{paths.untouched.conversions:.15g}", "name": UNATTRIBUTED},
            )
        )
    if NOT_SET in paths.names:
        found.append(
            Message(
                "field_not_set",
                "touches without a {field} earn their credit under {name}",
                {"field": paths.by, "name": NOT_SET},
            )
        )
    return found
