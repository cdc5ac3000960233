"""Which share of the conversions would be lost with each channel?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from service.analytics.attribution.credit import Credit, attribution
from service.analytics.attribution.journeys import Journeys, Key
from service.analytics.attribution.markov_chain import Chain, chain_of, removal_effects
from service.analytics.attribution.paths import Paths, paths_of
from service.message import Message
from service.outcome import Outcome


def markov_attribution(
    *,
    journeys: Journeys,
    order: int = 1,
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return each channel's share of the removal effects of a Markov chain over touches.

    A state is the last *order* channels; the chance of a step is how often it was taken
    among all journeys, converted or not.  Removing channel c sends every visit to c to
    not-converted, no other chance being changed:

        RE(c) = 1 − P(conversion without c) ÷ P(conversion)
        credit(c) = conversions · RE(c) ÷ Σ RE

    and the value by the same shares.  The linear equations are solved directly; nothing
    is simulated.

    Source: Anderl, Becker, von Wangenheim & Schumann (2016), Mapping the customer journey:
    Lessons learned from graph-based online attribution modeling, International Journal of
    Research in Marketing 33(3), 457-474.

    `result`: `by`, `channels`, `totals`, and `order`, `states`, `conversion_probability`,
    `removal_effects` (rows of `channel`, `visits`, `removal_effect`, highest first; the
    effect is None when nothing converts).

    Raises:
        Refused: `too_many_items`, when the journeys make more than `MOST_STATES` states.
        Undefined: `out_of_range`, when the counts differ by more than floats can hold.
    """
    paths = paths_of(journeys, by, lookback_days)
    chain = chain_of(paths, order)
    effects = removal_effects(chain)
    lossless = paths.totals.conversions and not paths.totals.not_converted
    return attribution(
        paths,
        _shared_out(paths, effects),
        assumptions=_CONVENTIONS,
        warnings=(_NO_LOSSES,) if lossless else (),
        order=order,
        states=len(chain.keys),
        conversion_probability=chain.conversion_probability() if chain.keys else None,
        removal_effects=_effect_rows(paths, chain, effects),
    )


def markov_credit(paths: Paths, order: int) -> Credit:
    """Return what each key earns by its removal effect."""
    return _shared_out(paths, removal_effects(chain_of(paths, order)))


def _shared_out(paths: Paths, effects: Mapping[int, float]) -> Credit:
    whole = math.fsum(effects.values())
    shares = [effects[key] / whole if key in effects else 0.0 for key in range(len(paths.names))]
    conversions = math.fsum(path.endings.conversions for path in paths.rows)
    value = math.fsum(path.endings.value for path in paths.rows)
    return Credit([conversions * share for share in shares], [value * share for share in shares])


def _effect_rows(paths: Paths, chain: Chain, effects: Mapping[int, float]) -> list[dict[str, Any]]:
    visits: defaultdict[int, float] = defaultdict(float)
    for key, visited in zip(chain.keys, chain.visits, strict=True):
        visits[key] += visited
    rows = [
        {"channel": paths.names[key], "visits": visits[key], "removal_effect": effects.get(key)}
        for key in visits
    ]
    return sorted(rows, key=lambda row: (-(row["removal_effect"] or 0.0), row["channel"]))


_CONVENTIONS = (
    Message(
        "removal_loses_visitors",
        "removing a channel sends every visit to it to not-converted; the other chances stay",
    ),
    Message(
        "credit_by_removal_effect",
        "credit is all conversions times the channel's share in the sum of the removal effects;"
        " journeys are not split one by one",
    ),
)
_NO_LOSSES = Message(
    "no_lost_journeys",
    "no journey is given that did not convert, so a removal effect is only the chance of being"
    " visited; add such journeys with not_converted",
)
