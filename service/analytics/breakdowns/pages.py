"""Which pages bring people in, which of them are stale, and which should be mended first?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias, TypedDict

from service.analytics.goals.elapsed import calendar_day
from service.analytics.instants import Instant
from service.analytics.magnitude import in_range, ratio
from service.message import Message, Refused
from service.outcome import Outcome

MAX_PAGES = 100_000

Row: TypeAlias = dict[str, Any]


class Page(TypedDict):
    """What was counted on a page, and when it was last worked on."""

    page: str
    entrances: float
    single_page_sessions: float | None
    exits: float | None
    page_views: float | None
    new_contacts: float | None
    published: Instant | None
    updated: Instant | None
    type: str | None


@in_range
def top_entry_pages(
    *,
    pages: Sequence[Page],
    top: int = 5,
    min_entrances: float = 100.0,
    as_of: Instant | None = None,
) -> Outcome:
    """Return the pages through which most people enter, and those to mend first.

        bounce rate = single-page sessions ÷ entrances
        exit rate = exits ÷ page views
        view to contact = new contacts ÷ page views
        priority = rank by bounce rate + rank by view to contact

    `pages` are the *top* by entrances (then by name); `mend_first` the *top* by priority,
    the smallest first: rank 1 is the highest bounce rate and the lowest view to contact,
    equal rates share the better rank.  Only pages with both rates and *min_entrances*
    are ranked, since the rates of the others are mostly chance.

    A page is stale when more than a calendar year has passed between the later of
    `published` and `updated` and *as_of*; of 29 February the year is over with 28 February.

    A row holds `rank`, `page`, `type`, the counts, `share` (of all entrances),
    `bounce_rate`, `exit_rate`, `view_to_contact_rate`, `priority`, `last_changed`,
    `age_days` and `stale`; what is not known is None.

    Raises:
        Refused: A page that stands twice, or a part that exceeds its whole.
    """
    _refuse_bad_pages(pages)
    entrances = math.fsum(page["entrances"] for page in pages)
    ordered = sorted(pages, key=lambda page: (-page["entrances"], page["page"]))
    priorities = _priorities(ordered, min_entrances)

    def row(i: int) -> Row:
        return _row(ordered[i], i + 1, entrances, priorities.get(i), as_of)

    result = {
        "entrances": entrances,
        "pages": [row(i) for i in range(min(top, len(ordered)))],
        "mend_first": [row(i) for i in sorted(priorities, key=priorities.__getitem__)[:top]],
        "pages_ranked": len(priorities),
    }
    return Outcome(
        None,
        result,
        assumptions=(
            Message(
                "enough_entrances",
                "the priority ranks pages with at least {count} entrances by bounce rate and by"
                " view to contact",
                {"count": f"{min_entrances:.15g}"},
            ),
        ),
        warnings=tuple(_warnings(pages, as_of)),
    )


def _refuse_bad_pages(pages: Sequence[Page]) -> None:
    seen: set[str] = set()
    for i, page in enumerate(pages):
        if page["page"] in seen:
            raise Refused(
                f"/pages/{i}/page",
                "inconsistent_inputs",
                "{page} stands twice; add its counts up into one row",
                page=page["page"],
            )
        seen.add(page["page"])
        _refuse_excess(i, "single_page_sessions", page["single_page_sessions"], page["entrances"])
        if page["page_views"] is not None:
            _refuse_excess(i, "exits", page["exits"], page["page_views"])


def _refuse_excess(i: int, part: str, value: float | None, whole_value: float) -> None:
    if value is not None and value > whole_value:
        raise Refused(
            f"/pages/{i}/{part}",
            "part_exceeds_whole",
            "{part} ({part_value}) is more than {whole} ({whole_value});"
            " a part cannot exceed its whole",
            part=part,
            part_value=f"{value:.15g}",
            whole="entrances" if part == "single_page_sessions" else "page_views",
            whole_value=f"{whole_value:.15g}",
        )


def _row(
    page: Page, rank: int, entrances: float, priority: int | None, as_of: Instant | None
) -> Row:
    changed = _last_changed(page)
    age = stale = None
    if changed is not None and as_of is not None:
        today = calendar_day(as_of)
        age = (today - changed).days
        stale = _over_a_year(changed, today)
    return {
        "rank": rank,
        "page": page["page"],
        "type": page["type"],
        "entrances": page["entrances"],
        "single_page_sessions": page["single_page_sessions"],
        "exits": page["exits"],
        "page_views": page["page_views"],
        "new_contacts": page["new_contacts"],
        "share": ratio(page["entrances"], entrances),
        "bounce_rate": _bounce_rate(page),
        "exit_rate": _rate(page["exits"], page["page_views"]),
        "view_to_contact_rate": _view_to_contact(page),
        "priority": priority,
        "last_changed": None if changed is None else changed.isoformat(),
        "age_days": age,
        "stale": stale,
    }


def _rate(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None else ratio(part, whole)


def _bounce_rate(page: Page) -> float | None:
    return _rate(page["single_page_sessions"], page["entrances"])


def _view_to_contact(page: Page) -> float | None:
    return _rate(page["new_contacts"], page["page_views"])


def _last_changed(page: Page) -> date | None:
    days = [calendar_day(one) for one in (page["published"], page["updated"]) if one is not None]
    return max(days, default=None)


def _over_a_year(changed: date, today: date) -> bool:
    # Compared by parts: 29 February plus a year is no date, and neither is the year 10000.
    anniversary = (changed.year + 1, changed.month, changed.day)
    return (today.year, today.month, today.day) > anniversary


def _priorities(pages: Sequence[Page], min_entrances: float) -> dict[int, int]:
    """Return the priority of each page that has both rates, by its place in *pages*."""
    rates = {
        i: (bounced, contacted)
        for i, page in enumerate(pages)
        if page["entrances"] >= min_entrances
        and (bounced := _bounce_rate(page)) is not None
        and (contacted := _view_to_contact(page)) is not None
    }
    by_bounce = _ranks([-bounced for bounced, _ in rates.values()])
    by_contact = _ranks([contacted for _, contacted in rates.values()])
    return {
        i: bounce + contact for i, bounce, contact in zip(rates, by_bounce, by_contact, strict=True)
    }


def _ranks(values: Sequence[float]) -> list[int]:
    """Return each value's rank, 1 for the smallest; equal values share the better rank."""
    first: dict[float, int] = {}
    for i, value in enumerate(sorted(values)):
        first.setdefault(value, i + 1)
    return [first[value] for value in values]


def _warnings(pages: Sequence[Page], as_of: Instant | None) -> Iterable[Message]:
    over = [page["page"] for page in pages if (_view_to_contact(page) or 0) > 1]
    if over:
        yield Message(
            "part_exceeds_whole",
            "{count} pages have more new contacts than page views, {page} among them: check that"
            " both are of one period",
            {"count": len(over), "page": over[0]},
        )
    if as_of is None and any(page["published"] or page["updated"] for page in pages):
        yield Message(
            "no_as_of", "without as_of nothing is said about the age of pages; give the date"
        )
