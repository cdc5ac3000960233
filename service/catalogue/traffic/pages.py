"""Which pages people come in through, and which of them to mend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from service.analytics.breakdowns import pages as entry_pages
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Flag, Moment, Text
from service.units import unit

MOST_SHOWN = 1_000
LONGEST_ADDRESS = 2_000

_COUNT = Real(minimum=0)
_ADDRESS = Text(LONGEST_ADDRESS)
_OPTIONAL: dict[str, Shape] = {
    **dict.fromkeys(
        ["single_page_sessions", "exits", "page_views", "new_contacts"], Nullable(_COUNT)
    ),
    **dict.fromkeys(["published", "updated"], Nullable(Moment())),
    "type": Nullable(Text()),
}

Pages = Annotated[
    Sequence[entry_pages.Page],
    Input(
        "pages",
        "pages",
        unit("page"),
        ListOf(
            Record({"page": _ADDRESS, "entrances": _COUNT, **_OPTIONAL}, dict.fromkeys(_OPTIONAL)),
            entry_pages.MAX_PAGES,
        ),
    ),
]
Top = Annotated[int, Input("top", "how many pages to show", unit("page"), Whole(1, MOST_SHOWN))]
MinEntrances = Annotated[
    float, Input("min_entrances", "fewest entrances to be ranked", unit("session"), _COUNT)
]
AsOf = Annotated[
    date | None, Input("as_of", "the day on which age is told", unit("date"), Moment())
]

_RATE = Nullable(Real(minimum=0))
_ROWS = ListOf(
    Record(
        {
            "rank": Whole(1, entry_pages.MAX_PAGES),
            "page": _ADDRESS,
            "type": Nullable(Text()),
            "entrances": _COUNT,
            **dict.fromkeys(
                ["single_page_sessions", "exits", "page_views", "new_contacts"], Nullable(_COUNT)
            ),
            **dict.fromkeys(["share", "bounce_rate", "exit_rate", "view_to_contact_rate"], _RATE),
            "priority": Nullable(Whole(2, 2 * entry_pages.MAX_PAGES)),
            "last_changed": Nullable(Text()),
            "age_days": Nullable(Whole(-10_000_000, 10_000_000)),
            "stale": Nullable(Flag()),
        }
    ),
    MOST_SHOWN,
)
ENTRY_PAGES = Record(
    {
        "entrances": _COUNT,
        "pages": _ROWS,
        "mend_first": _ROWS,
        "pages_ranked": Whole(0, entry_pages.MAX_PAGES),
    }
)

BLOG = [
    {
        "page": "/",
        "entrances": 5_200,
        "single_page_sessions": 2_080,
        "page_views": 9_000,
        "new_contacts": 90,
    },
    {
        "page": "/blog/what-is-roi",
        "entrances": 1_900,
        "single_page_sessions": 1_520,
        "page_views": 2_400,
        "new_contacts": 6,
        "published": "2024-02-12",
        "type": "blog post",
    },
    {
        "page": "/pricing",
        "entrances": 800,
        "single_page_sessions": 200,
        "page_views": 2_100,
        "new_contacts": 84,
        "published": "2025-01-15",
        "updated": "2025-11-03",
    },
    {
        "page": "/blog/kpi-examples",
        "entrances": 650,
        "single_page_sessions": 390,
        "page_views": 900,
        "new_contacts": 9,
        "published": "2025-06-01",
        "type": "blog post",
    },
    {
        "page": "/webinar",
        "entrances": 420,
        "single_page_sessions": 126,
        "page_views": 610,
        "new_contacts": 61,
    },
    {"page": "/imprint", "entrances": 30},
]


@algorithm(
    "ratio",
    "neither",
    Example({"pages": BLOG, "as_of": "2026-04-20"}, None),
    statement="bounce rate = single-page sessions ÷ entrances; view to contact = new contacts ÷"
    " page views; priority = rank by bounce rate + rank by view to contact",
    result=ENTRY_PAGES,
    serves=["awareness", "leads"],
    aliases=["top landing pages", "entry pages", "content audit"],
)
def top_entry_pages(
    pages: Pages, top: Top = 5, min_entrances: MinEntrances = 100, as_of: AsOf = None
) -> Outcome:
    """Top entry pages.

    The landing pages and posts through which most people come in, how many of them leave again at
    once or become contacts, how old the page is, and which pages to mend first.

    Reading: Begin with the lowest priority number: many people come in there, leave at once and
    become no contacts. Content not touched for more than a calendar year is stale; bring what
    still draws visitors up to date before writing anew.

    Source: standard definitions; bounces over entrances as in
    https://kpitree.co/integrations/google-analytics/bounce-rate
    """
    return entry_pages.top_entry_pages(
        pages=pages, top=top, min_entrances=min_entrances, as_of=as_of
    )
