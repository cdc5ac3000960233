"""Models that give a conversion to one touch."""

from __future__ import annotations

from service.analytics.attribution import rules
from service.catalogue.attribution.inputs import (
    CREDITS,
    By,
    DirectChannels,
    Journeys,
    LookbackDays,
)
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

JOURNEYS = [
    {"touchpoints": ["facebook", "google", "email"], "conversions": 3, "value": 900},
    {"touchpoints": ["google", "direct"], "conversions": 2, "value": 400},
    {"touchpoints": ["facebook"], "conversions": 1, "value": 200, "not_converted": 40},
]
EXAMPLE = Example({"journeys": JOURNEYS}, None)


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="credit(c) = conversions of the journeys whose first touch is c",
    result=CREDITS,
    serves=["awareness", "leads"],
    aliases=["first-click attribution", "first interaction"],
)
def first_touch_attribution(
    journeys: Journeys, by: By = "channel", lookback_days: LookbackDays = None
) -> Outcome:
    """First-touch attribution.

    All credit for a conversion goes to the first touch of its journey.

    Reading: It shows what brings people in and says nothing of what convinced them; channels
    near the purchase earn little. Compare it with the last touch before moving money.

    Source: Matomo, https://matomo.org/faq/multi-channel-conversion-attribution/faq_25500
    """
    return rules.first_touch_attribution(journeys=journeys, by=by, lookback_days=lookback_days)


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="credit(c) = conversions of the journeys whose last touch is c",
    result=CREDITS,
    serves=["sales"],
    aliases=["last-click attribution", "last interaction"],
)
def last_touch_attribution(
    journeys: Journeys, by: By = "channel", lookback_days: LookbackDays = None
) -> Outcome:
    """Last-touch attribution.

    All credit for a conversion goes to the last touch of its journey.

    Reading: It is the usual default, and it favours channels that people use when they have
    already decided, such as brand search; what created the demand earns nothing.

    Source: Google Ads API, AttributionModelEnum, LAST_CLICK,
    https://developers.google.com/google-ads/api/reference/rpc/v17/AttributionModelEnum.AttributionModel
    """
    return rules.last_touch_attribution(journeys=journeys, by=by, lookback_days=lookback_days)


@algorithm(
    "ratio",
    "neither",
    EXAMPLE,
    statement="credit(c) = conversions of the journeys whose last touch by a channel that is"
    " not direct is c; a journey of direct touches alone goes to direct",
    result=CREDITS,
    serves=["sales"],
    aliases=["last non-direct click"],
)
def last_non_direct_attribution(
    journeys: Journeys,
    direct_channels: DirectChannels = ("direct",),
    by: By = "channel",
    lookback_days: LookbackDays = None,
) -> Outcome:
    """Last non-direct attribution.

    All credit goes to the last touch that was not a direct visit.

    Reading: A direct visit is often somebody who comes back to what another channel showed
    them. Where few touches are direct it equals the last touch.

    Source: Matomo, https://matomo.org/faq/multi-channel-conversion-attribution/faq_25500
    """
    return rules.last_non_direct_attribution(
        journeys=journeys, direct_channels=direct_channels, by=by, lookback_days=lookback_days
    )
