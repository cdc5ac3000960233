"""The average position is that of an impression, not of a keyword."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.breakdowns.keywords import average_keyword_position


def keywords(*rows: tuple[float, float]) -> list[Any]:
    return [
        {"keyword": str(i), "position": position, "impressions": impressions}
        for i, (position, impressions) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # https://websiterankingchecker.com/help/avg-position.php prints 7,000 ÷ 1,110 = 6.3
        (((5.0, 1000.0), (15.0, 100.0), (50.0, 10.0)), 7000 / 1110),
        # https://www.querycatch.com/glossary/average-position
        (((3.0, 100.0), (5.0, 100.0)), 4.0),
    ],
)
def test_published_examples(rows: tuple[tuple[float, float], ...], expected: float) -> None:
    """Weighted by impressions, as published examples compute it."""
    assert expected == average_keyword_position(keywords=keywords(*rows)).value


def test_unweighted_mean_stands_beside_it() -> None:
    """The plain mean of the published example is 23.3, for comparison."""
    outcome = average_keyword_position(
        keywords=keywords((5.0, 1000.0), (15.0, 100.0), (50.0, 10.0))
    )

    assert outcome.result is not None
    assert pytest.approx(70 / 3) == outcome.result["unweighted_position"]
    assert pytest.approx(1) == sum(row["share"] for row in outcome.result["keywords"])


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(st.tuples(st.floats(1, 100), st.integers(1, 10**6)), min_size=1, max_size=9))
def test_as_if_every_impression_were_listed(rows: list[tuple[float, int]]) -> None:
    """Splitting a keyword's impressions over two rows changes nothing."""
    whole = average_keyword_position(keywords=keywords(*rows)).value
    halves = [(position, impressions / 2) for position, impressions in rows] * 2

    assert pytest.approx(whole) == average_keyword_position(keywords=keywords(*halves)).value


@pytest.mark.parametrize("rows", [(), ((5.0, 0.0),)])
def test_nothing_shown_has_no_position(rows: tuple[tuple[float, float], ...]) -> None:
    """Without impressions there is no position, and a reason."""
    outcome = average_keyword_position(keywords=keywords(*rows))

    assert outcome.value is None
    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code


def test_too_large_for_a_float_is_out_of_range() -> None:
    """Positions and impressions whose product no float holds are undefined."""
    outcome = average_keyword_position(keywords=keywords((1e200, 1e200)))

    assert outcome.reason is not None
    assert "out_of_range" == outcome.reason.code
