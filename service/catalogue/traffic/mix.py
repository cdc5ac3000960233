"""What the visits are made of: sources, devices, search positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from service.analytics.breakdowns import keywords as positions
from service.analytics.breakdowns import mix
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape.container import ListOf, MapOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Text
from service.units import unit

_COUNT = Real(minimum=0)
_SHARE = Nullable(Real(minimum=0))
_PARTS = MapOf(_COUNT, mix.MAX_PARTS, least=1)
_ROWS = ListOf(
    Record({"rank": Whole(1, mix.MAX_PARTS), "name": Text(), "value": _COUNT, "share": _SHARE}),
    mix.MAX_PARTS,
)

Devices = Annotated[
    Mapping[str, float], Input("devices", "sessions per device", unit("session"), _PARTS)
]
Sources = Annotated[
    Mapping[str, float], Input("sources", "visits per source", unit("visit"), _PARTS)
]
Keywords = Annotated[
    Sequence[positions.Keyword],
    Input(
        "keywords",
        "keywords with position and impressions",
        unit("keyword"),
        ListOf(
            Record({"keyword": Text(), "position": Real(minimum=1), "impressions": _COUNT}),
            positions.MAX_KEYWORDS,
            least=1,
        ),
    ),
]

DEVICES = Record({"total": _COUNT, "devices": _ROWS})
SOURCES = Record({"total": _COUNT, "sources": _ROWS, "majority": Nullable(Text())})
POSITIONS = Record(
    {
        "impressions": _COUNT,
        "unweighted_position": Nullable(Real(minimum=1)),
        "keywords": ListOf(
            Record({"keyword": Text(), "position": Real(), "impressions": _COUNT, "share": _SHARE}),
            positions.MAX_KEYWORDS,
        ),
    }
)


@algorithm(
    "ratio",
    "neither",
    Example({"devices": {"iPhone": 4_200, "Galaxy": 3_100, "Pixel": 700, "Xiaomi": 2_000}}, None),
    statement="share = sessions of a device ÷ all sessions",
    result=DEVICES,
    serves=["awareness", "leads"],
    aliases=["popular mobile devices", "device mix", "sessions by device"],
)
def popular_devices(devices: Devices) -> Outcome:
    """Popular devices.

    The devices by which people visit, the most used first, each with its share of all sessions.

    Reading: Test pages and forms on the devices at the top before any other. A device with many
    sessions and few leads points to a page that does not work on it.

    Source: device report, https://twipla.com/en/glossary/d/devices
    """
    return mix.popular_devices(devices=devices)


@algorithm(
    "ratio",
    "neither",
    Example(
        {"sources": {"organic": 5_200, "direct": 2_100, "social": 1_700, "referral": 1_000}}, None
    ),
    statement="share = visits from a source ÷ all visits; the majority is the source with more than"
    " half of them",
    result=SOURCES,
    serves=["awareness", "leads"],
    aliases=["traffic by source", "traffic breakdown", "channel mix"],
)
def traffic_mix(sources: Sources) -> Outcome:
    """Traffic mix.

    Where the visits come from: search, direct, social, referral and the rest, the largest source
    first, each with its share. The shares add up to 1.

    Reading: Sites that live by content get the larger part of their visits from unpaid search.
    One source with nearly all of the visits is a risk; a share can also rise because another
    source fell, so look at the visits too.

    Source: Google Analytics Help, Traffic acquisition report,
    https://support.google.com/analytics/answer/12923437
    """
    return mix.traffic_mix(sources=sources)


@algorithm(
    "rank",
    "down",
    Example(
        {
            "keywords": [
                {"keyword": "marketing kpi", "position": 3, "impressions": 1_000},
                {"keyword": "roas calculator", "position": 1, "impressions": 200},
                {"keyword": "what is roi", "position": 12, "impressions": 800},
            ]
        },
        6.4,
    ),
    statement="average position = Σ position × impressions ÷ Σ impressions",
    result=POSITIONS,
    serves=["awareness"],
    aliases=["keyword rank", "SEO ranking", "average position", "search position"],
)
def average_keyword_position(keywords: Keywords) -> Outcome:
    """Average keyword position.

    Where the keywords stand in the search results on average, each weighted by how often it was
    shown. The first result is 1.

    Reading: Lower is better; beyond about 10 the result is on the second page. The average gets
    worse when a page begins to be shown for new, poorly placed keywords, which is no loss: compare
    the same keywords over time.

    Source: Google Search Console Help, bulk data export tables, whose positions count from 0,
    https://support.google.com/webmasters/answer/12917991
    """
    return positions.average_keyword_position(keywords=keywords)
