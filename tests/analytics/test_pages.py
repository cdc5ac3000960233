"""The pages people enter through: the largest, the stale and those to mend first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.breakdowns.pages import top_entry_pages
from service.message import Refused
from service.outcome import Outcome

DAYS = st.dates(date(1999, 1, 1), date(2101, 1, 1))


def page(name: str, entrances: float = 1000.0, **more: Any) -> Any:
    return {
        "page": name,
        "entrances": entrances,
        "single_page_sessions": None,
        "exits": None,
        "page_views": None,
        "new_contacts": None,
        "published": None,
        "updated": None,
        "type": None,
    } | more


def rated(name: str, bounced: float, contacts: float, entrances: float = 1000.0) -> Any:
    return page(
        name,
        entrances,
        single_page_sessions=bounced,
        page_views=1000.0,
        new_contacts=contacts,
    )


def rows(outcome: Outcome, key: str = "pages") -> list[dict[str, Any]]:
    assert outcome.result is not None
    found: list[dict[str, Any]] = outcome.result[key]
    return found


def stale(as_of: date, **dates: date) -> bool | None:
    found: bool | None = rows(top_entry_pages(pages=[page("a", **dates)], as_of=as_of))[0]["stale"]
    return found


def test_five_pages_by_entrances() -> None:
    """Five pages are listed unless asked otherwise, by entrances and then by name (W17)."""
    pages = [page("f", 1.0), *(page(name, 10.0) for name in "edcba"), page("g", 100.0)]

    assert ["g", "a", "b", "c", "d"] == [row["page"] for row in rows(top_entry_pages(pages=pages))]
    assert [("g", 1), ("a", 2)] == [
        (row["page"], row["rank"]) for row in rows(top_entry_pages(pages=pages, top=2))
    ]


def test_rates_of_a_page() -> None:
    """Bounces are of entrances, exits and contacts of page views, the share of all entrances."""
    one = page(
        "a", 200.0, single_page_sessions=50.0, exits=100.0, page_views=400.0, new_contacts=8.0
    )
    found = rows(top_entry_pages(pages=[one, page("b", 600.0)]))[1]

    assert [0.25, 0.25, 0.25, 0.02] == [
        found[name] for name in ("share", "bounce_rate", "exit_rate", "view_to_contact_rate")
    ]


def test_unknown_counts_leave_unknown_rates() -> None:
    """What was not counted has no rate, and neither has a page nobody viewed."""
    found = rows(top_entry_pages(pages=[page("a", 0.0, page_views=0.0, new_contacts=0.0)]))[0]

    assert [None] * 4 == [
        found[name] for name in ("share", "bounce_rate", "exit_rate", "view_to_contact_rate")
    ]


@pytest.mark.parametrize(
    ("published", "as_of", "expected"),
    [
        (date(2025, 3, 1), date(2026, 3, 1), False),
        (date(2025, 3, 1), date(2026, 3, 2), True),
        (date(2023, 3, 1), date(2024, 3, 1), False),  # 366 days, and one calendar year
        (date(2023, 3, 1), date(2024, 3, 2), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), True),
        (date(2023, 2, 28), date(2024, 2, 28), False),
        (date(2023, 2, 28), date(2024, 2, 29), True),
        (date(2026, 3, 5), date(2026, 3, 1), False),
        (date(9999, 12, 31), date(9999, 12, 31), False),
    ],
)
def test_a_page_is_stale_after_a_calendar_year(
    published: date, as_of: date, *, expected: bool
) -> None:
    """Stale is more than one calendar year old, leap years or not (W19)."""
    assert expected == stale(as_of, published=published)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(DAYS, st.integers(350, 380))
def test_a_calendar_year_is_365_or_366_days(published: date, age: int) -> None:
    """A year holds 366 days exactly when a 29 February lies within it."""
    leap_days = (
        published + timedelta(days=i)
        for i in range(1, 366)
        if (published + timedelta(days=i)).strftime("%m-%d") == "02-29"
    )
    year = 366 if any(leap_days) else 365

    assert (age > year) == stale(published + timedelta(days=age), published=published)


def test_an_update_makes_a_page_fresh() -> None:
    """The later of publishing and updating counts, whichever it is."""
    old, new, today = date(2020, 1, 1), date(2026, 1, 1), date(2026, 6, 1)

    assert [False, False, True] == [
        stale(today, published=old, updated=new),
        stale(today, published=new, updated=old),
        stale(today, published=old),
    ]


def test_moments_count_as_their_day() -> None:
    """Moments and dates may be mixed: a page's age is in calendar days."""
    moment = datetime(2026, 5, 30, 23, 59, tzinfo=UTC)
    found = rows(top_entry_pages(pages=[page("a", updated=moment)], as_of=date(2026, 6, 1)))[0]

    assert ("2026-05-30", 2) == (found["last_changed"], found["age_days"])


def test_age_needs_a_date_to_count_to() -> None:
    """Without as_of no age is told, and the answer says why."""
    outcome = top_entry_pages(pages=[page("a", published=date(2020, 1, 1))])

    assert [None, None] == [rows(outcome)[0][name] for name in ("age_days", "stale")]
    assert ["no_as_of"] == [one.code for one in outcome.warnings]
    assert () == top_entry_pages(pages=[page("a")]).warnings


def test_the_worst_on_both_counts_is_mended_first() -> None:
    """High bounce and few contacts rank first; good at one makes up for bad at the other."""
    pages = [
        rated("good", bounced=100.0, contacts=90.0),
        rated("worst", bounced=900.0, contacts=1.0),
        rated("sticky", bounced=200.0, contacts=10.0),
        rated("mixed", bounced=800.0, contacts=50.0),
    ]
    outcome = top_entry_pages(pages=pages)

    assert [("worst", 2), ("mixed", 5), ("sticky", 5), ("good", 8)] == [
        (row["page"], row["priority"]) for row in rows(outcome, "mend_first")
    ]


def test_equal_rates_share_the_better_rank() -> None:
    """Two pages with equal rates have equal priority, and the next rank is left out."""
    pages = [rated("a", 500.0, 5.0), rated("b", 500.0, 5.0), rated("c", 400.0, 6.0)]
    outcome = top_entry_pages(pages=pages)

    assert [2, 2, 6] == [row["priority"] for row in rows(outcome, "mend_first")]


def test_small_pages_are_not_ranked() -> None:
    """A page with fewer entrances than the minimum is listed, but its rates rank nowhere."""
    pages = [rated("big", 10.0, 10.0, 100.0), rated("small", 99.0, 0.0, 99.0)]
    outcome = top_entry_pages(pages=pages)

    assert ["big", "small"] == [row["page"] for row in rows(outcome)]
    assert ["big"] == [row["page"] for row in rows(outcome, "mend_first")]
    assert [2, None] == [row["priority"] for row in rows(outcome)]


def test_ranks_are_among_all_pages_not_the_top() -> None:
    """The page to mend first may be one that few people enter through."""
    pages = [rated(f"p{i}", 10.0, 90.0, 1000.0 + i) for i in range(6)]
    outcome = top_entry_pages(pages=[*pages, rated("worst", 500.0, 1.0, 500.0)], top=1)

    assert ["worst"] == [row["page"] for row in rows(outcome, "mend_first")]


def test_no_pages_make_an_empty_list() -> None:
    """Nothing in, nothing out."""
    outcome = top_entry_pages(pages=[])

    assert ([], [], None) == (rows(outcome), rows(outcome, "mend_first"), outcome.reason)


def test_more_contacts_than_views_is_warned_about() -> None:
    """Two counts of one period may exceed each other, and the answer says so."""
    more = top_entry_pages(pages=[page("a", page_views=2.0, new_contacts=3.0)])
    as_many = top_entry_pages(pages=[page("a", page_views=2.0, new_contacts=2.0)])

    assert ["part_exceeds_whole"] == [one.code for one in more.warnings]
    assert () == as_many.warnings


@pytest.mark.parametrize(
    ("pointer", "message", "pages"),
    [
        ("/pages/1/page", "a stands twice", [page("a"), page("a")]),
        (
            "/pages/0/single_page_sessions",
            r"single_page_sessions \(6\) is more than entrances \(5\)",
            [page("a", 5.0, single_page_sessions=6.0)],
        ),
        (
            "/pages/0/exits",
            r"exits \(6\) is more than page_views \(5\)",
            [page("a", exits=6.0, page_views=5.0)],
        ),
    ],
)
def test_contradictions_are_refused(pointer: str, message: str, pages: list[Any]) -> None:
    """A page that stands twice and a part above its whole are refused where they stand."""
    with pytest.raises(Refused, match=message) as refused:
        top_entry_pages(pages=pages)

    assert pointer == refused.value.pointer
