"""Which channel earns the conversion by a fixed rule?

Each function answers with `result`: `by`, `channels` (rows of `channel`, `conversions`,
`value`, `share`, highest first), `totals`.  Every touch counts, also one that repeats
the touch before it.  The rules are those of Google Ads (AttributionModelEnum), Matomo
(FAQ 25500) and HubSpot (knowledge base, "Understand attribution reporting").
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from service.analytics.attribution import touch_weights
from service.analytics.attribution.credit import attribution, credit_by_rule
from service.analytics.attribution.journeys import Journeys, Key
from service.analytics.attribution.paths import Paths, paths_of
from service.analytics.attribution.touch_weights import (
    FULL_PATH,
    POSITION_BASED,
    STAGES,
    U_SHAPED,
    W_SHAPED,
)
from service.message import Message
from service.outcome import Outcome

DIRECT = ("direct",)


def first_touch_attribution(
    *, journeys: Journeys, by: Key = "channel", lookback_days: float | None = None
) -> Outcome:
    """Return all credit for the first touch of each journey."""
    paths = paths_of(journeys, by, lookback_days)
    return attribution(paths, credit_by_rule(paths, touch_weights.first_touch))


def last_touch_attribution(
    *, journeys: Journeys, by: Key = "channel", lookback_days: float | None = None
) -> Outcome:
    """Return all credit for the last touch of each journey."""
    paths = paths_of(journeys, by, lookback_days)
    return attribution(paths, credit_by_rule(paths, touch_weights.last_touch))


def last_non_direct_attribution(
    *,
    journeys: Journeys,
    direct_channels: Sequence[str] = DIRECT,
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return all credit for the last touch whose channel is not direct.

    A journey of direct touches alone goes to its last touch.  `direct_channels` are
    compared without case.
    """
    paths = paths_of(journeys, by, lookback_days)
    names = ", ".join(direct_channels)
    convention = Message(
        "direct_channels",
        "direct are the channels {names}; a journey of direct touches alone goes to direct",
        {"names": names},
    )
    absent = Message(
        "no_direct_touch",
        "no touch comes by a direct channel ({names}), so this equals last touch",
        {"names": names},
    )
    direct = touch_weights.direct_touchpoints(paths, direct_channels)
    return attribution(
        paths,
        credit_by_rule(paths, touch_weights.last_outside(direct)),
        assumptions=(convention,),
        warnings=() if direct else (absent,),
    )


def linear_attribution(
    *, journeys: Journeys, by: Key = "channel", lookback_days: float | None = None
) -> Outcome:
    """Return the same credit for every touch of a journey."""
    paths = paths_of(journeys, by, lookback_days)
    return attribution(
        paths, credit_by_rule(paths, touch_weights.linear), assumptions=(_EVERY_TOUCH,)
    )


def position_based_attribution(
    *,
    journeys: Journeys,
    first_weight: float = POSITION_BASED["first_weight"],
    last_weight: float = POSITION_BASED["last_weight"],
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return fixed credit for the first and the last touch, the rest for those between.

    One touch earns all; of two, the first earns first ÷ (first + last), or half when both
    weights are 0.

    Raises:
        Refused: `inconsistent_inputs`, when the weights add up to more than 1.
    """
    paths = paths_of(journeys, by, lookback_days)
    weigh = touch_weights.milestones(
        paths, {"first_weight": first_weight, "last_weight": last_weight}
    )
    convention = Message(
        "rest_between_the_ends",
        "the rest of the credit is shared by the touches between the first and the last;"
        " where there are none, the two ends share all in proportion to their weights",
    )
    return attribution(paths, credit_by_rule(paths, weigh), assumptions=(convention, _EVERY_TOUCH))


def u_shaped_attribution(
    *,
    journeys: Journeys,
    first_weight: float = U_SHAPED["first_weight"],
    lead_weight: float = U_SHAPED["lead_weight"],
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return fixed credit for the first touch and the touch with stage `lead`, the rest to others.

    Stages are handled as in `w_shaped_attribution`.
    """
    paths = paths_of(journeys, by, lookback_days)
    return _by_stages(paths, {"first_weight": first_weight, "lead_weight": lead_weight})


def w_shaped_attribution(
    *,
    journeys: Journeys,
    first_weight: float = W_SHAPED["first_weight"],
    lead_weight: float = W_SHAPED["lead_weight"],
    opportunity_weight: float = W_SHAPED["opportunity_weight"],
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return fixed credit for the first touch and those with stage `lead` and `opportunity`.

    The first touch that carries a stage counts for it; a touch with two roles earns
    both.  Where a stage is missing its weight is dropped and the others grow in
    proportion.  The rest of the credit is shared by the other touches, or goes to the
    milestones in proportion where there are none.

    Raises:
        Refused: `inconsistent_inputs`, when the weights add up to more than 1.
    """
    paths = paths_of(journeys, by, lookback_days)
    weights = {
        "first_weight": first_weight,
        "lead_weight": lead_weight,
        "opportunity_weight": opportunity_weight,
    }
    return _by_stages(paths, weights)


def full_path_attribution(
    *,
    journeys: Journeys,
    first_weight: float = FULL_PATH["first_weight"],
    lead_weight: float = FULL_PATH["lead_weight"],
    opportunity_weight: float = FULL_PATH["opportunity_weight"],
    close_weight: float = FULL_PATH["close_weight"],
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return credit as `w_shaped_attribution` does, with the last touch as fourth milestone."""
    paths = paths_of(journeys, by, lookback_days)
    weights = {
        "first_weight": first_weight,
        "lead_weight": lead_weight,
        "opportunity_weight": opportunity_weight,
        "close_weight": close_weight,
    }
    return _by_stages(paths, weights)


def time_decay_attribution(
    *,
    journeys: Journeys,
    half_life_days: float = 7.0,
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return credit 2^(−days before the end ÷ half life), made to add up to 1 per journey.

    Raises:
        Refused: `missing`, when a touch has no time.
    """
    paths = paths_of(journeys, by, lookback_days, timed=True)
    convention = Message(
        "half_life",
        "a touch {days} days earlier earns half as much; credit adds up to 1 per conversion,"
        " so it does not matter when after the last touch the conversion came",
        {"days": f"{half_life_days:.15g}"},
    )
    return attribution(
        paths,
        credit_by_rule(paths, touch_weights.time_decay(half_life_days)),
        assumptions=(convention, _EVERY_TOUCH),
    )


def custom_weights_attribution(
    *,
    journeys: Journeys,
    weights: Sequence[float],
    by: Key = "channel",
    lookback_days: float | None = None,
) -> Outcome:
    """Return credit in proportion to *weights*, `weights[0]` being the last touch's.

    Touches beyond the list earn nothing; in a shorter journey the weights that are used
    grow in proportion.

    Raises:
        Refused: `inconsistent_inputs`, when the weights of a journey add up to 0.
    """
    paths = paths_of(journeys, by, lookback_days)
    convention = Message(
        "weights_from_the_end",
        "the first weight is the last touch's, the second the touch's before it;"
        " earlier touches than the list has weights earn nothing",
    )
    return attribution(
        paths,
        credit_by_rule(paths, touch_weights.custom(weights)),
        assumptions=(convention, _EVERY_TOUCH),
    )


def _by_stages(paths: Paths, weights: Mapping[str, float]) -> Outcome:
    stages = [stage for name, stage in STAGES.items() if name in weights]
    closes = (_CLOSE,) if "close_weight" in weights else ()
    return attribution(
        paths,
        credit_by_rule(paths, touch_weights.milestones(paths, weights)),
        assumptions=(_MILESTONES, *closes, _EVERY_TOUCH),
        warnings=[m for stage in stages if (m := _missing_stage(paths, stage))],
    )


def _missing_stage(paths: Paths, stage: str) -> Message | None:
    carrying = touch_weights.with_stage(paths, stage)
    lacking = math.fsum(
        path.endings.conversions for path in paths.rows if carrying.isdisjoint(path.touches)
    )
    if not lacking:
        return None
    return Message(
        "stage_missing",
        "{count} conversions have no touch with stage {stage}; its weight was dropped there",
        {"count": f"{lacking:.15g}", "stage": stage},
    )


_EVERY_TOUCH = Message(
    "every_touch_counts", "every touch counts, also one that repeats the touch before it"
)
_MILESTONES = Message(
    "milestones",
    "the first touch with a stage counts for it, and a touch with two roles earns both;"
    " the rest of the credit goes to the other touches, or to the milestones where none is left",
)
_CLOSE = Message("last_touch_closes", "the last touch is the closing one")
