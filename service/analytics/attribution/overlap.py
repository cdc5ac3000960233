"""Which channels work on the same customers, and which of them start what others finish?"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from service.analytics.attribution.credit import conventions, gaps, no_conversions
from service.analytics.attribution.journeys import UNATTRIBUTED, Endings, Journeys, Key
from service.analytics.attribution.paths import Paths, paths_of, summed
from service.analytics.attribution.shapley import different_keys
from service.message import Message
from service.outcome import Outcome


def channel_overlap(
    *, journeys: Journeys, by: Key = "channel", lookback_days: float | None = None
) -> Outcome:
    """Return the conversions of each combination of channels, and each channel's part in them.

    A channel *assists* a conversion when it stands anywhere but at the last touch, and
    is counted once however often it does; one that also made the last touch has both.
    A channel *influences* every conversion whose journey touches it.  The ratio of
    assisted to last-touch conversions is the one of Google Analytics' multi-channel
    funnels: above 1 a channel opens and supports more than it closes.

    `result`: `by`; `combinations`, rows of `channels` (each name once, in order),
    `conversions`, `value`, `share`, which add up; `channels`, rows of `channel`,
    `assisted_conversions`, `assisted_value`, `last_touch_conversions`,
    `last_touch_value`, `assisted_to_last_touch` (None when the latter is 0),
    `influenced_conversions`, `influenced_value`, which do not add up; `totals` with
    `conversions`, `value`, `not_converted`, `influenced_conversions` and
    `influenced_value` (the union: journeys with any touch) and
    `multi_channel_conversions` (those with two channels or more).
    """
    paths = paths_of(journeys, by, lookback_days)
    combinations = _combinations(paths)
    touched = summed(path.endings for path in paths.rows)
    return Outcome(
        value=None,
        result={
            "by": paths.by,
            "combinations": combinations,
            "channels": _parts(paths),
            "totals": {
                **paths.totals._asdict(),
                "influenced_conversions": touched.conversions,
                "influenced_value": touched.value,
                "multi_channel_conversions": math.fsum(
                    row["conversions"] for row in combinations if len(row["channels"]) > 1
                ),
            },
        },
        reason=no_conversions(paths),
        assumptions=(_ASSISTED, _INFLUENCED, *conventions(paths)),
        warnings=tuple(gaps(paths)),
    )


def _combinations(paths: Paths) -> list[dict[str, Any]]:
    groups: defaultdict[tuple[str, ...], list[Endings]] = defaultdict(list)
    for path in paths.rows:
        keys = different_keys(paths, path)
        groups[tuple(sorted(paths.names[key] for key in keys))].append(path.endings)
    groups[UNATTRIBUTED,].append(paths.untouched)
    whole = paths.totals.conversions
    rows = []
    for names, endings in groups.items():
        conversions, value, _ = summed(endings)
        if conversions:
            share = conversions / whole
            rows.append(
                {
                    "channels": list(names),
                    "conversions": conversions,
                    "value": value,
                    "share": share,
                }
            )
    return sorted(
        rows, key=lambda row: (-row["conversions"], len(row["channels"]), row["channels"])
    )


def _parts(paths: Paths) -> list[dict[str, Any]]:
    assisted: list[list[Endings]] = [[] for _ in paths.names]
    last: list[list[Endings]] = [[] for _ in paths.names]
    influenced: list[list[Endings]] = [[] for _ in paths.names]
    for path in paths.rows:
        keys = [paths.keys[touch] for touch in path.touches]
        for key in set(keys[:-1]):
            assisted[key].append(path.endings)
        last[keys[-1]].append(path.endings)
        for key in set(keys):
            influenced[key].append(path.endings)
    rows = [
        _part(name, summed(assisted[key]), summed(last[key]), summed(influenced[key]))
        for key, name in enumerate(paths.names)
    ]
    return sorted(rows, key=lambda row: (-row["influenced_conversions"], row["channel"]))


def _part(name: str, assisted: Endings, last: Endings, influenced: Endings) -> dict[str, Any]:
    ratio = assisted.conversions / last.conversions if last.conversions else math.inf
    return {
        "channel": name,
        "assisted_conversions": assisted.conversions,
        "assisted_value": assisted.value,
        "last_touch_conversions": last.conversions,
        "last_touch_value": last.value,
        "assisted_to_last_touch": ratio if math.isfinite(ratio) else None,
        "influenced_conversions": influenced.conversions,
        "influenced_value": influenced.value,
    }


_ASSISTED = Message(
    "assisted",
    "a channel assists a conversion when it stands anywhere but at the last touch, counted once;"
    " one that also made the last touch is counted in both columns",
)
_INFLUENCED = Message(
    "influenced",
    "a conversion counts as influenced for every channel it touched, so those columns do not"
    " add up; the totals hold the union",
)
