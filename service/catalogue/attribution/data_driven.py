"""Models whose weights come from the journeys, and views across models and channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from service.analytics.attribution import comparison, markov, overlap, shapley
from service.catalogue.attribution.inputs import (
    COMPARISON,
    CREDITS_OF_CHAIN,
    CREDITS_OF_SETS,
    OVERLAP,
    By,
    CloseWeight,
    DirectChannels,
    FirstWeight,
    HalfLifeDays,
    Journeys,
    LastWeight,
    LeadWeight,
    LookbackDays,
    OpportunityWeight,
    Order,
    Weights,
)
from service.catalogue.attribution.single_touch import EXAMPLE
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

THREE_PATHS = [
    {"touchpoints": ["C1", "C2", "C3"]},
    {"touchpoints": ["C1"], "not_converted": 1},
    {"touchpoints": ["C2", "C3"], "not_converted": 1},
]


@algorithm(
    "ratio",
    "neither",
    Example({"journeys": THREE_PATHS}, None),
    statement="credit(c) = conversions × RE(c) ÷ Σ RE, where RE(c) = 1 − P(conversion without"
    " c) ÷ P(conversion) in a Markov chain whose states are the last k channels",
    result=CREDITS_OF_CHAIN,
    serves=["leads", "sales"],
    aliases=["Markov chain attribution", "data-driven attribution"],
)
def markov_attribution(
    journeys: Journeys,
    order: Order = 1,
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """Markov attribution.

    The share of conversions that would be lost if a channel disappeared, in a chain of steps
    estimated from all journeys, converted or not.

    Reading: A channel earns by what depends on it, not by where it stands. It needs the journeys
    that did not convert: without them it only tells how often a channel is met.

    Source: Anderl, Becker, von Wangenheim & Schumann (2016), Mapping the customer journey,
    International Journal of Research in Marketing 33(3), 457-474.
    """
    return markov.markov_attribution(
        journeys=journeys, order=order, by=by, lookback_days=lookback_days
    )


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="credit(c) = Σ over journeys that contain c of conversions ÷ number of different"
    " channels, the Shapley value of v(S) = conversions of journeys whose channels all lie in S",
    result=CREDITS_OF_SETS,
    serves=["leads", "sales"],
    aliases=["Shapley value attribution"],
)
def shapley_attribution(
    journeys: Journeys, by: By = "channel", lookback_days: LookbackDays = None
) -> Outcome:
    """Shapley attribution.

    Each channel's fair share in the worth of every set of channels.

    Reading: Every channel of a journey earns alike, once however often it was met; so it equals
    the linear model where no channel repeats.

    Source: Zhao, Mahboobi & Bagheri (2018), Shapley Value Methods for Attribution Modeling in
    Online Advertising, arXiv:1804.05327.
    """
    return shapley.shapley_attribution(journeys=journeys, by=by, lookback_days=lookback_days)


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="every model side by side; spread(c) = highest − lowest credit of c",
    result=COMPARISON,
    serves=["leads", "sales"],
    aliases=["compare attribution models"],
)
def attribution_comparison(
    journeys: Journeys,
    by: By = "channel",
    lookback_days: LookbackDays = None,
    direct_channels: DirectChannels = ("direct",),
    first_weight: Annotated[float | None, *FirstWeight.__metadata__] = None,
    last_weight: Annotated[float | None, *LastWeight.__metadata__] = None,
    lead_weight: Annotated[float | None, *LeadWeight.__metadata__] = None,
    opportunity_weight: Annotated[float | None, *OpportunityWeight.__metadata__] = None,
    close_weight: Annotated[float | None, *CloseWeight.__metadata__] = None,
    half_life_days: HalfLifeDays = 7,
    weights: Annotated[Sequence[float] | None, *Weights.__metadata__] = None,
    order: Order = 1,
) -> Outcome:
    """Comparison of attribution models.

    What each channel earns under every model that the journeys allow.

    Reading: Trust what all models agree on. A channel whose rank depends on the model needs an
    experiment, not another model.

    Source: standard definition; the models are those of Google Ads, Matomo and the papers that
    their own cards name.
    """
    return comparison.attribution_comparison(
        journeys=journeys,
        by=by,
        lookback_days=lookback_days,
        direct_channels=direct_channels,
        first_weight=first_weight,
        last_weight=last_weight,
        lead_weight=lead_weight,
        opportunity_weight=opportunity_weight,
        close_weight=close_weight,
        half_life_days=half_life_days,
        weights=weights,
        order=order,
    )


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="conversions per combination of channels; assisted(c) = conversions with c"
    " anywhere but at the last touch; ratio(c) = assisted(c) ÷ last-touch conversions of c",
    result=OVERLAP,
    serves=["leads", "sales"],
    aliases=["assisted conversions", "multi-channel overlap", "influenced revenue"],
)
def channel_overlap(
    journeys: Journeys, by: By = "channel", lookback_days: LookbackDays = None
) -> Outcome:
    """Channel overlap and assisted conversions.

    Which channels meet on the same customers, and how often each helps without closing.

    Reading: A ratio above 1 marks a channel that opens and supports; near 0, one that closes.
    Influenced conversions count for every channel touched, so they do not add up.

    Source: Google Analytics, multi-channel funnels (assisted ÷ last-click conversions), as
    described at https://aluileung.pixnet.net/blog/post/31317744
    """
    return overlap.channel_overlap(journeys=journeys, by=by, lookback_days=lookback_days)
