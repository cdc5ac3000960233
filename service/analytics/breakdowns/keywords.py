"""Where do the keywords stand in the search results, on average?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypedDict

from service.analytics.magnitude import in_range, ratio
from service.message import Message
from service.outcome import Outcome

MAX_KEYWORDS = 100_000


class Keyword(TypedDict):
    """A keyword, its position (1 is the first result) and how often it was shown there."""

    keyword: str
    position: float
    impressions: float


@in_range
def average_keyword_position(*, keywords: Sequence[Keyword]) -> Outcome:
    """Return the position of the keywords, weighted by their impressions; lower is better.

        average position = Σ position × impressions ÷ Σ impressions

    the average over impressions that Google Search Console reports.  A plain mean over
    keywords would count one seen ten times as much as one seen ten thousand times.

    The result holds `impressions` (their sum), `unweighted_position` for comparison, and
    `keywords` as listed (`keyword`, `position`, `impressions`, `share` of the impressions).

    Source: the table reference of Search Console's bulk export,
    https://support.google.com/webmasters/answer/12917991 (its positions count from 0).
    """
    impressions = math.fsum(one["impressions"] for one in keywords)
    weighted = math.fsum(one["position"] * one["impressions"] for one in keywords)
    position = weighted / impressions if impressions else None
    result = {
        "impressions": impressions,
        "unweighted_position": ratio(math.fsum(one["position"] for one in keywords), len(keywords)),
        "keywords": [
            {
                "keyword": one["keyword"],
                "position": one["position"],
                "impressions": one["impressions"],
                "share": ratio(one["impressions"], impressions),
            }
            for one in keywords
        ],
    }
    reason = None
    if position is None:
        reason = Message(
            "division_by_zero",
            "no keyword has impressions, so the average position is undefined",
        )
    return Outcome(position, result, reason, (_WEIGHTED,))


_WEIGHTED = Message(
    "weighted_by_impressions", "positions are weighted by impressions; 1 is the first result"
)
