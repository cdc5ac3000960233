"""Models that divide a conversion among its touches by a fixed rule."""

from __future__ import annotations

from service.analytics.attribution import rules
from service.catalogue.attribution.inputs import (
    CREDITS,
    By,
    CloseWeight,
    FirstWeight,
    HalfLifeDays,
    Journeys,
    LastWeight,
    LeadWeight,
    LookbackDays,
    OpportunityWeight,
    Weights,
)
from service.catalogue.attribution.single_touch import EXAMPLE, JOURNEYS
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

DEAL = {
    "touchpoints": [
        {"channel": "webinar", "at": "2026-03-01"},
        {"channel": "google", "at": "2026-03-06", "stage": "lead"},
        {"channel": "email", "at": "2026-03-13"},
        {"channel": "sales call", "at": "2026-03-31", "stage": "opportunity"},
        {"channel": "proposal", "at": "2026-04-08"},
    ],
    "value": 12_000,
}
STAGED = Example({"journeys": [DEAL]}, None, currency="USD")


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="credit(c) = Σ over journeys of conversions × touches by c ÷ all touches",
    result=CREDITS,
    serves=["leads", "sales"],
    aliases=["multi-touch attribution"],
)
def linear_attribution(
    journeys: Journeys, by: By = "channel", lookback_days: LookbackDays = None
) -> Outcome:
    """Linear attribution.

    Every touch of a journey earns the same part of its conversion.

    Reading: It overlooks nobody and ranks nobody: a channel that repeats often earns much.
    Use it to see which efforts took part, not which decided.

    Source: Google Ads API, AttributionModelEnum, LINEAR,
    https://developers.google.com/google-ads/api/reference/rpc/v17/AttributionModelEnum.AttributionModel
    """
    return rules.linear_attribution(journeys=journeys, by=by, lookback_days=lookback_days)


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="first touch: first_weight; last touch: last_weight; the rest equally to the"
    " touches between; one touch earns all, of two the first earns first ÷ (first + last)",
    result=CREDITS,
    serves=["leads", "sales"],
    aliases=["40-20-40 attribution", "bathtub model"],
)
def position_based_attribution(
    journeys: Journeys,
    first_weight: FirstWeight = 0.4,
    last_weight: LastWeight = 0.4,
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """Position-based attribution.

    The first and the last touch earn a fixed part each, those between share the rest.

    Reading: It stresses what opened and what closed; the weights are a convention, so see how
    much the ranking depends on them before acting on it.

    Source: Google Ads API, AttributionModelEnum, POSITION_BASED (40/20/40),
    https://developers.google.com/google-ads/api/reference/rpc/v17/AttributionModelEnum.AttributionModel
    """
    return rules.position_based_attribution(
        journeys=journeys,
        first_weight=first_weight,
        last_weight=last_weight,
        by=by,
        lookback_days=lookback_days,
    )


@algorithm(
    "ratio",
    "neither",
    STAGED,
    statement="first touch: first_weight; the touch with stage lead: lead_weight; the rest"
    " equally to the others; the weight of a missing stage is shared out in proportion",
    result=CREDITS,
    serves=["leads"],
)
def u_shaped_attribution(
    journeys: Journeys,
    first_weight: FirstWeight = 0.4,
    lead_weight: LeadWeight = 0.4,
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """U-shaped attribution.

    The first touch and the one that made the lead earn a fixed part each, the others the rest.

    Reading: It suits teams that answer for leads; what happens after the lead earns little.

    Source: standard definition; the journey of its example is that of
    https://raw.githubusercontent.com/coreyhaines31/marketingskills/HEAD/skills/attribution/references/attribution-models.md
    """
    return rules.u_shaped_attribution(
        journeys=journeys,
        first_weight=first_weight,
        lead_weight=lead_weight,
        by=by,
        lookback_days=lookback_days,
    )


@algorithm(
    "ratio",
    "neither",
    STAGED,
    statement="first touch, touch with stage lead and touch with stage opportunity earn their"
    " weights; the rest equally to the others; the weight of a missing stage is shared out in"
    " proportion",
    result=CREDITS,
    serves=["leads", "sales"],
)
def w_shaped_attribution(
    journeys: Journeys,
    first_weight: FirstWeight = 0.3,
    lead_weight: LeadWeight = 0.3,
    opportunity_weight: OpportunityWeight = 0.3,
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """W-shaped attribution.

    First touch, lead and opportunity earn a fixed part each, the other touches the rest.

    Reading: It needs stages on the touches; where none has one, the first touch earns three
    quarters, and a warning counts the conversions without a stage.

    Source: Pedowitz Group, https://www.pedowitzgroup.com/what-is-w-shaped-attribution
    """
    return rules.w_shaped_attribution(
        journeys=journeys,
        first_weight=first_weight,
        lead_weight=lead_weight,
        opportunity_weight=opportunity_weight,
        by=by,
        lookback_days=lookback_days,
    )


@algorithm(
    "ratio",
    "neither",
    STAGED,
    statement="first touch, lead, opportunity and the last touch earn their weights; the rest"
    " equally to the others; the weight of a missing stage is shared out in proportion",
    result=CREDITS,
    serves=["sales"],
)
def full_path_attribution(
    journeys: Journeys,
    first_weight: FirstWeight = 0.225,
    lead_weight: LeadWeight = 0.225,
    opportunity_weight: OpportunityWeight = 0.225,
    close_weight: CloseWeight = 0.225,
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """Full-path attribution.

    First touch, lead, opportunity and the closing touch earn a fixed part each, the others the
    rest.

    Reading: The W-shaped model with the close as a fourth milestone; for long B2B sales in which
    marketing goes on after the opportunity is made.

    Source: https://webmasterid.com/attribution-models/full-path-attribution
    """
    return rules.full_path_attribution(
        journeys=journeys,
        first_weight=first_weight,
        lead_weight=lead_weight,
        opportunity_weight=opportunity_weight,
        close_weight=close_weight,
        by=by,
        lookback_days=lookback_days,
    )


@algorithm(
    "ratio",
    "neither",
    STAGED,
    statement="weight = 2^(−days before the conversion ÷ half_life_days), made to add up to 1"
    " in each journey",
    result=CREDITS,
    serves=["sales"],
)
def time_decay_attribution(
    journeys: Journeys,
    half_life_days: HalfLifeDays = 7,
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """Time-decay attribution.

    The nearer a touch is to the conversion, the more it earns: half as much for each half-life.

    Reading: It suits short decisions and promotions. It needs the time of every touch; a longer
    half-life brings it nearer to linear.

    Source: Google Ads API, AttributionModelEnum, TIME_DECAY (half-life of one week),
    https://developers.google.com/google-ads/api/reference/rpc/v17/AttributionModelEnum.AttributionModel
    """
    return rules.time_decay_attribution(
        journeys=journeys, half_life_days=half_life_days, by=by, lookback_days=lookback_days
    )


@algorithm(
    "ratio",
    "neither",
    Example({"journeys": JOURNEYS, "weights": [0.5, 0.3, 0.2]}, None),
    statement="credit in proportion to weights, counted from the last touch backwards; touches"
    " beyond the list earn nothing",
    result=CREDITS,
    serves=["sales"],
)
def custom_weights_attribution(
    journeys: Journeys,
    weights: Weights,
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """Attribution by own weights.

    The last touch earns by the first weight, the touch before it by the second, and so on.

    Reading: Use it to reproduce the convention of another report; the weights are an opinion,
    not a finding.

    Source: standard definition; Matomo lists the usual models beside which a team sets its own,
    https://matomo.org/faq/multi-channel-conversion-attribution/faq_25500
    """
    return rules.custom_weights_attribution(
        journeys=journeys, weights=weights, by=by, lookback_days=lookback_days
    )
