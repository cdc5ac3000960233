"""How much does a channel's credit depend on the model?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from service.analytics.attribution import touch_weights
from service.analytics.attribution.credit import (
    Credit,
    conventions,
    credit_by_rule,
    credit_table,
    credit_totals,
    gaps,
    no_conversions,
)
from service.analytics.attribution.journeys import Journeys, Key
from service.analytics.attribution.markov import markov_credit
from service.analytics.attribution.paths import Paths, paths_of
from service.analytics.attribution.rules import DIRECT
from service.analytics.attribution.shapley import shapley_credit
from service.analytics.attribution.touch_weights import (
    FULL_PATH,
    POSITION_BASED,
    STAGES,
    U_SHAPED,
    W_SHAPED,
)
from service.message import ComputationStopped, Message, Refused
from service.outcome import Outcome

MOST_CHANNELS = 1_000
"""The answer has a row for each channel under each model."""

TIE = 1e-9
"""Credits closer than this share of all conversions rank alike."""


def attribution_comparison(
    *,
    journeys: Journeys,
    by: Key = "channel",
    lookback_days: float | None = None,
    direct_channels: Sequence[str] = DIRECT,
    first_weight: float | None = None,
    last_weight: float | None = None,
    lead_weight: float | None = None,
    opportunity_weight: float | None = None,
    close_weight: float | None = None,
    half_life_days: float = 7.0,
    weights: Sequence[float] | None = None,
    order: int = 1,
) -> Outcome:
    """Return every channel's credit under every model the journeys allow.

    A weight that is given replaces the default of every model that has it.  A model that
    cannot be computed is left out, and a warning says why: time decay without times, stage
    models without stages, custom weights without weights, a Markov chain of too many states.

    `result`: `by`; `models` (rows of `model` with its totals); `left_out` (rows of `model`,
    `code`); `channels`, highest mean credit first: `channel`, `mean_conversions`,
    `lowest_conversions`, `highest_conversions`, `spread` (their difference), `best_rank`,
    `worst_rank` (1 is the highest credit, equal credits rank alike), `credits` (rows of
    `model`, `conversions`, `value`, `share`, `rank`); `rank_depends_on_model`, the channels
    whose ranks differ; `totals`.

    Raises:
        Refused: `too_many_items`, with more than `MOST_CHANNELS` channels.
    """
    paths = paths_of(journeys, by, lookback_days)
    if len(paths.names) > MOST_CHANNELS:
        raise Refused(
            journeys.pointer,
            "too_many_items",
            "{count} names are too many to compare models by; send at most {most}",
            count=len(paths.names),
            most=MOST_CHANNELS,
        )
    given = {
        "first_weight": first_weight,
        "last_weight": last_weight,
        "lead_weight": lead_weight,
        "opportunity_weight": opportunity_weight,
        "close_weight": close_weight,
    }

    def time_decay() -> Credit:
        timed = paths_of(journeys, by, lookback_days, timed=True)
        return credit_by_rule(timed, touch_weights.time_decay(half_life_days))

    models: dict[str, Callable[[], Credit]] = {
        "first_touch_attribution": lambda: credit_by_rule(paths, touch_weights.first_touch),
        "last_touch_attribution": lambda: credit_by_rule(paths, touch_weights.last_touch),
        "last_non_direct_attribution": lambda: _last_non_direct(paths, direct_channels),
        "linear_attribution": lambda: credit_by_rule(paths, touch_weights.linear),
        "position_based_attribution": lambda: _milestones(paths, POSITION_BASED, given),
        "u_shaped_attribution": lambda: _milestones(paths, U_SHAPED, given),
        "w_shaped_attribution": lambda: _milestones(paths, W_SHAPED, given),
        "full_path_attribution": lambda: _milestones(paths, FULL_PATH, given),
        "time_decay_attribution": time_decay,
        "custom_weights_attribution": lambda: _custom(paths, weights),
        "markov_attribution": lambda: markov_credit(paths, order),
        "shapley_attribution": lambda: shapley_credit(paths),
    }
    tables: dict[str, list[dict[str, Any]]] = {}
    left_out: dict[str, Message] = {}
    for model, credit in models.items():
        try:
            tables[model] = credit_table(paths, credit())
        except ComputationStopped as stopped:
            left_out[model] = stopped.message
    channels = _side_by_side(paths, tables)
    return Outcome(
        value=None,
        result={
            "by": paths.by,
            "models": [
                {"model": model, **credit_totals(paths, table)} for model, table in tables.items()
            ],
            "left_out": [{"model": m, "code": reason.code} for m, reason in left_out.items()],
            "channels": channels,
            "rank_depends_on_model": [
                row["channel"] for row in channels if row["best_rank"] < row["worst_rank"]
            ],
            "totals": paths.totals._asdict(),
        },
        reason=no_conversions(paths),
        assumptions=(_SPREAD, *conventions(paths)),
        warnings=(*(_left_out(m, reason) for m, reason in left_out.items()), *gaps(paths)),
    )


def _last_non_direct(paths: Paths, direct_channels: Sequence[str]) -> Credit:
    direct = touch_weights.direct_touchpoints(paths, direct_channels)
    return credit_by_rule(paths, touch_weights.last_outside(direct))


def _milestones(
    paths: Paths, defaults: Mapping[str, float], given: Mapping[str, float | None]
) -> Credit:
    stages = [stage for name, stage in STAGES.items() if name in defaults]
    if stages and not any(touch_weights.with_stage(paths, stage) for stage in stages):
        raise Refused(
            "/journeys",
            "missing",
            "no touchpoint has a stage that it needs ({stages})",
            stages=", ".join(stages),
        )
    used = {}
    for name, default in defaults.items():
        weight = given[name]
        used[name] = default if weight is None else weight
    return credit_by_rule(paths, touch_weights.milestones(paths, used))


def _custom(paths: Paths, weights: Sequence[float] | None) -> Credit:
    if weights is None:
        raise Refused("/weights", "missing", "{name} is missing", name="weights")
    return credit_by_rule(paths, touch_weights.custom(weights))


def _side_by_side(
    paths: Paths, tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    by_channel: dict[str, list[dict[str, Any]]] = {}
    for model, table in tables.items():
        ranks = _ranks([row["conversions"] for row in table], TIE * paths.totals.conversions)
        for row, rank in zip(table, ranks, strict=True):
            credit = {"model": model, **row, "rank": rank}
            by_channel.setdefault(credit.pop("channel"), []).append(credit)
    rows = [_spread(channel, listed) for channel, listed in by_channel.items()]
    return sorted(rows, key=lambda row: (-row["mean_conversions"], row["channel"]))


def _spread(channel: str, listed: list[dict[str, Any]]) -> dict[str, Any]:
    conversions = [credit["conversions"] for credit in listed]
    ranks = [credit["rank"] for credit in listed]
    return {
        "channel": channel,
        "mean_conversions": math.fsum(conversions) / len(conversions),
        "lowest_conversions": min(conversions),
        "highest_conversions": max(conversions),
        "spread": max(conversions) - min(conversions),
        "best_rank": min(ranks),
        "worst_rank": max(ranks),
        "credits": listed,
    }


def _ranks(descending: Sequence[float], tie: float) -> list[int]:
    """Return the rank of each of the *descending* credits; those within *tie* share one."""
    ranks: list[int] = []
    for place, credit in enumerate(descending):
        tied = place > 0 and descending[place - 1] - credit <= tie
        ranks.append(ranks[-1] if tied else place + 1)
    return ranks


def _left_out(model: str, reason: Message) -> Message:
    return Message(
        "model_left_out",
        "{model} is left out: {reason}",
        {"model": model, "reason": reason},
    )


_SPREAD = Message(
    "spread",
    "the spread is the highest less the lowest credit that any of these models gives;"
    " none of them measures what advertising caused",
)
