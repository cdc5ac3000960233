"""What is the whole made of: traffic by source, visits by device, revenue by stream?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

from service.analytics.magnitude import in_range
from service.message import Message
from service.outcome import Outcome

MAX_PARTS = 100_000
MAJORITY = 0.5
"""The larger part of the traffic is more than half of it."""

Row: TypeAlias = dict[str, Any]


@in_range
def popular_devices(*, devices: Mapping[str, float]) -> Outcome:
    """Return the devices by sessions, the most used first.

    Share = sessions ÷ all sessions.  Equal counts share a rank and stand in the order
    of their names.  The result holds `total` and `devices` (`rank`, `name`, `value`, `share`).
    """
    return _mix("devices", devices)


@in_range
def traffic_mix(*, sources: Mapping[str, float]) -> Outcome:
    """Return the sources by visits, the largest first, and the one that makes the majority.

    Share = visits ÷ all visits; the shares add up to 1.  The result holds `total`,
    `majority` (the source with more than half of the visits, or None) and `sources`
    (`rank`, `name`, `value`, `share`).
    """
    outcome = _mix("sources", sources)
    rows = outcome.result["sources"] if outcome.result else []
    has_majority = bool(rows) and rows[0]["share"] is not None and rows[0]["share"] > MAJORITY
    result = {**(outcome.result or {}), "majority": rows[0]["name"] if has_majority else None}
    return Outcome(None, result, outcome.reason)


@in_range
def revenue_breakdown(*, streams: Mapping[str, float]) -> Outcome:
    """Return the revenue streams, the largest first, each beside their mean.

    Share = stream ÷ total; mean = total ÷ number of streams.  The result holds `total`,
    `mean` and `streams` (`rank`, `name`, `value`, `share`, `gap_to_mean`, `compared_to_mean`:
    `above`, `at` or `below`).  A stream may be negative after refunds; then the shares still add
    up to 1, and the others' shares are of a smaller whole, with a warning.
    """
    outcome = _mix("streams", streams)
    if not streams or outcome.result is None:
        return outcome
    mean = outcome.result["total"] / len(streams)
    rows = [
        row
        | {
            "gap_to_mean": row["value"] - mean,
            "compared_to_mean": _compared(row["value"], mean),
        }
        for row in outcome.result["streams"]
    ]
    negative = outcome.reason is None and rows[-1]["value"] < 0
    return Outcome(
        None,
        {**outcome.result, "mean": mean, "streams": rows},
        outcome.reason,
        warnings=(_NEGATIVE_STREAM,) if negative else (),
    )


def _mix(name: str, parts: Mapping[str, float]) -> Outcome:
    """Return the parts ranked, with their shares where the total is above 0."""
    total = math.fsum(parts.values())
    ordered = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    rows: list[Row] = []
    for i, (part, value) in enumerate(ordered):
        tied = bool(rows) and rows[-1]["value"] == value
        rows.append(
            {
                "rank": rows[-1]["rank"] if tied else i + 1,
                "name": part,
                "value": value,
                "share": value / total if total > 0 else None,
            }
        )
    return Outcome(None, {"total": total, name: rows}, _no_whole(name, total))


def _no_whole(name: str, total: float) -> Message | None:
    if total == 0:
        return Message(
            "division_by_zero", "the total of {name} is 0, so no share is defined", {"name": name}
        )
    if total < 0:
        return Message(
            "non_positive_base",
            "the total of {name} is below 0, so no share is defined",
            {"name": name},
        )
    return None


def _compared(value: float, mean: float) -> str:
    if math.isclose(value, mean, rel_tol=1e-12):
        return "at"
    return "above" if value > mean else "below"


_NEGATIVE_STREAM = Message(
    "negative_stream",
    "a stream is below 0, so the shares of the others are of a total that it has made smaller",
)
