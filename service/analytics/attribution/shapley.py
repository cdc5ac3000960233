"""What is each channel's share in the worth of every set of channels?"""

from __future__ import annotations

from service.analytics.attribution.credit import Credit, attribution, credit_by_rule
from service.analytics.attribution.journeys import Journeys, Key
from service.analytics.attribution.paths import Path, Paths, paths_of
from service.message import Message
from service.outcome import Outcome


def shapley_attribution(
    *, journeys: Journeys, by: Key = "channel", lookback_days: float | None = None
) -> Outcome:
    """Return the Shapley value of each channel, in conversions and in value.

    With v(S) = conversions of the journeys whose channels all lie in S, the value is

        φ(c) = Σ over journeys that contain c of conversions ÷ number of different channels

    without a sum over subsets: v is the sum, over journeys, of games that pay only when
    all their channels are present, and such a game pays its players alike.  No channel is
    dropped and none earns less than nothing.

    Source: Zhao, Mahboobi & Bagheri (2018), Shapley Value Methods for Attribution Modeling
    in Online Advertising, arXiv:1804.05327.

    `result`: `by`, `channels`, `totals`, and `equals_linear`, true when no journey that
    converted touches a channel twice.
    """
    paths = paths_of(journeys, by, lookback_days)
    equal = all(
        len(different_keys(paths, path)) == len(path.touches)
        for path in paths.rows
        if path.endings.conversions
    )
    return attribution(
        paths,
        shapley_credit(paths),
        assumptions=(_WORTH, _EQUAL if equal else _UNEQUAL),
        equals_linear=equal,
    )


def shapley_credit(paths: Paths) -> Credit:
    """Return each key's Shapley value: every different key of a path earns the same."""

    def weigh(path: Path) -> list[float]:
        unpaid = different_keys(paths, path)
        weights = []
        for touch in path.touches:
            key = paths.keys[touch]
            weights.append(1.0 if key in unpaid else 0.0)
            unpaid.discard(key)
        return weights

    return credit_by_rule(paths, weigh)


def different_keys(paths: Paths, path: Path) -> set[int]:
    """Return the keys that *path* touches at least once."""
    return {paths.keys[touch] for touch in path.touches}


_WORTH = Message(
    "worth_of_a_set",
    "a set of channels is worth the conversions of the journeys that touch no other channel;"
    " the order of touches does not count",
)
_EQUAL = Message(
    "equals_linear",
    "no journey that converted touches a channel twice, so this equals linear attribution",
)
_UNEQUAL = Message(
    "differs_from_linear",
    "this differs from linear attribution only where a journey touches a channel twice",
)
