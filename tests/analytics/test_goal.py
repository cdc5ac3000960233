"""Is the KPI on its way to its target?"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.goals.goal import kpi_status
from service.message import Refused
from service.outcome import Outcome

APRIL = {"start": date(2026, 4, 1), "end": date(2026, 4, 30), "as_of": date(2026, 4, 20)}
ENDED = APRIL | {"as_of": date(2026, 4, 30)}


def status(**inputs: Any) -> str:
    result = kpi_status(**(APRIL | inputs)).result

    assert result is not None
    return str(result["status"])


def figures(outcome: Outcome, *names: str) -> list[Any]:
    assert outcome.result is not None
    return [outcome.result[name] for name in names]


NAMES = ("attainment", "expected", "pacing", "projection", "run_rate", "required_rate", "gap")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (30, [0.30, 333.33, 0.45, 225, 7.5, 35, 350]),
        (31, [0.30, 322.58, 0.465, 232.5, 7.5, 31.82, 350]),
        (28, [0.30, 357.14, 0.42, 210, 7.5, 43.75, 350]),
    ],
)
def test_orders_by_message(days: int, expected: list[float]) -> None:
    """150 of 500 orders on day 20 are behind, in a month of 30, 31 or 28 days (W12)."""
    outcome = kpi_status(
        target=500,
        actual=150,
        start=date(2026, 4, 1),
        end=date(2026, 4, 1) + timedelta(days=days - 1),
        as_of=date(2026, 4, 20),
    )

    assert pytest.approx(expected, rel=1e-4) == figures(outcome, *NAMES)
    assert ["behind"] == figures(outcome, "status")
    assert 0.3 == outcome.value


def test_exact_where_the_sources_are_exact() -> None:
    """The figures of W12 come out without a rounding crumb."""
    outcome = kpi_status(target=500, actual=150, **APRIL)

    assert [0.45, 225, 35, 7.5, 350] == figures(
        outcome, "pacing", "projection", "required_rate", "run_rate", "gap"
    )
    assert pytest.approx(14 / 3) == figures(outcome, "required_to_run_rate")[0]


def test_pacing_as_an_advertising_platform_prints_it() -> None:
    """$57 of $100 after 6 of 10 days is a pacing of 95%, Basis's published example."""
    outcome = kpi_status(
        target=100,
        actual=57,
        start=date(2026, 4, 1),
        end=date(2026, 4, 10),
        as_of=date(2026, 4, 6),
    )

    assert [0.95, "on_track"] == figures(outcome, "pacing", "status")


@pytest.mark.parametrize(("page", "expected"), [(10.0, "reached"), (9.0, "missed")])
def test_webinar_registrations(page: float, expected: str) -> None:
    """20 + 20 + 10 registrations reach a target of 50, and 49 do not (W10)."""
    parts = {"facebook": 20.0, "email": 20.0, "landing_page": page}

    assert expected == status(target=50, components=parts, operator="sum", **ENDED)


@pytest.mark.parametrize(("price", "expected"), [(100_000.0, "reached"), (99_999.0, "missed")])
def test_revenue_as_units_times_price(price: float, expected: str) -> None:
    """Revenue of 100 million within the month is units times price (W11)."""
    parts = {"units_sold": 1000.0, "unit_price": price}

    assert expected == status(target=1e8, components=parts, operator="product", **ENDED)


def test_gap_of_a_product_is_split() -> None:
    """Units on target and price below it: the price owes the whole gap, and the answer says how."""
    outcome = kpi_status(
        target=1e8,
        components={"units_sold": 1000.0, "unit_price": 90_000.0},
        component_targets={"units_sold": 1000.0, "unit_price": 100_000.0},
        operator="product",
        **APRIL,
    )
    rows = figures(outcome, "components")[0]

    assert pytest.approx([0, 1e7]) == [row["gap"] for row in rows]
    assert "split_by_logarithmic_means" in [one.code for one in outcome.assumptions]


def test_gap_that_cannot_be_split_is_warned_about() -> None:
    """A component target of 0 has no logarithm: the status stands and the split is missing."""
    outcome = kpi_status(
        target=0.5,
        components={"a": 1.0, "b": -1.0},
        component_targets={"a": -1.0, "b": -0.5},
        operator="product",
        **APRIL,
    )

    assert ["gap_not_split"] == [one.code for one in outcome.warnings]
    assert "split_by_logarithmic_means" not in [one.code for one in outcome.assumptions]


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (100, "reached"),
        (70.1, "ahead"),
        (70, "on_track"),
        (63.4, "on_track"),
        (63.3, "behind"),
        (0, "behind"),
        (-5, "behind"),
    ],
)
def test_status_of_a_kpi_that_should_rise(actual: float, expected: str) -> None:
    """With 66.67 expected, on track is from 63.33 to 70."""
    assert expected == status(target=100, actual=actual)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (100.1, "missed"),
        (100, "behind"),
        (70.1, "on_track"),
        (70.2, "behind"),
        (63.4, "ahead"),
        (63.5, "on_track"),
        (0, "ahead"),
        (-5, "ahead"),
    ],
)
def test_status_of_a_cap_that_fills_up(actual: float, expected: str) -> None:
    """Under a cap of 100, 66.67 may be spent by now; above 100 nothing helps any more."""
    assert expected == status(target=100, actual=actual, better="down")


@pytest.mark.parametrize(("actual", "expected"), [(100, "reached"), (100.1, "missed")])
def test_a_cap_is_reached_only_at_the_end(actual: float, expected: str) -> None:
    """A KPI that should fall has reached its target when the period is over, not before."""
    assert expected == status(target=100, actual=actual, better="down", **ENDED)


@pytest.mark.parametrize(
    ("actual", "better", "expected"),
    [
        (0.05, "up", "reached"),
        (0.048, "up", "on_track"),
        (0.047, "up", "behind"),
        (0.047, "down", "ahead"),
        (0, "down", "ahead"),
        (0.05, "down", "on_track"),
        (0.0515, "down", "on_track"),
        (0.0527, "down", "behind"),
    ],
)
def test_a_rate_is_expected_at_its_target_at_any_time(
    actual: float, better: str, expected: str
) -> None:
    """What does not accumulate is measured against its whole target, day 20 or not."""
    assert expected == status(target=0.05, actual=actual, better=better, accumulates=False)


def test_a_rate_is_projected_to_stay() -> None:
    """What does not accumulate has no daily rate, and its projection is itself."""
    outcome = kpi_status(target=0.05, actual=0.04, accumulates=False, **APRIL)

    assert pytest.approx([0.05, 0.8, 0.04, None, None, None]) == figures(
        outcome,
        "expected",
        "pacing",
        "projection",
        "run_rate",
        "required_rate",
        "required_to_run_rate",
    )
    assert "does_not_accumulate" in [one.code for one in outcome.assumptions]


def test_a_rate_at_its_target_can_still_fall() -> None:
    """A rate reached before the end is reached so far, and the answer warns."""
    early = kpi_status(target=0.05, actual=0.06, accumulates=False, **APRIL)
    late = kpi_status(target=0.05, actual=0.06, accumulates=False, **ENDED)

    assert ["can_still_change"] == [one.code for one in early.warnings]
    assert () == late.warnings


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    target=st.floats(1e-3, 1e9),
    actual=st.floats(0, 1e9),
    days=st.integers(1, 400),
    day=st.integers(1, 500),
    business=st.booleans(),
)
def test_attainment_is_pacing_times_the_share_elapsed(
    target: float, actual: float, days: int, day: int, *, business: bool
) -> None:
    """Attainment = pacing × elapsed share, and the projection attains what is paced."""
    start = date(2026, 4, 1)
    outcome = kpi_status(
        target=target,
        actual=actual,
        start=start,
        end=start + timedelta(days=days - 1),
        as_of=start + timedelta(days=day - 1),
        business_days=business,
    )
    pacing, share, projection = figures(outcome, "pacing", "elapsed_share", "projection")

    assert pytest.approx(outcome.value) == pacing * share
    assert pytest.approx(pacing) == projection / target


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.floats(1, 1e6), st.floats(0, 1e6), st.integers(1, 29))
def test_required_rate_closes_the_gap(target: float, actual: float, day: int) -> None:
    """The required rate over the days left brings the actual to its target, or is 0."""
    as_of = date(2026, 4, day)
    outcome = kpi_status(target=target, actual=actual, **(APRIL | {"as_of": as_of}))
    required = figures(outcome, "required_rate")[0]

    assert pytest.approx(max(target, actual)) == actual + required * (30 - day)


def test_nothing_is_required_when_no_day_is_left() -> None:
    """After the last day there is no rate that would help."""
    assert [None, None, 100] == figures(
        kpi_status(target=500, actual=100, **ENDED),
        "required_rate",
        "required_to_run_rate",
        "projection",
    )


def test_a_curve_moves_the_expectation() -> None:
    """With the sales at the month's end little is expected early, and 10% then is ahead."""
    curve = [1.0] * 20 + [8.0] * 10
    outcome = kpi_status(target=1000, actual=250, curve=curve, **APRIL)

    assert [200.0, 1.25, 1250.0, "ahead", 20] == figures(
        outcome, "expected", "pacing", "projection", "status", "days_elapsed"
    )
    assert "weighted_days" in [one.code for one in outcome.assumptions]


def test_required_rate_under_a_curve_is_per_average_day() -> None:
    """With a curve the required rate and the run rate compare like with like: pacing 1 is 1."""
    curve = [1.0] * 20 + [8.0] * 10
    outcome = kpi_status(target=1000, actual=200, curve=curve, **APRIL)

    assert pytest.approx(1) == figures(outcome, "required_to_run_rate")[0]


def test_a_curve_may_start_at_nothing() -> None:
    """While nothing is expected there is no pacing: something is ahead, nothing is on track."""
    curve = [0.0] * 25 + [1.0] * 5
    some = kpi_status(target=10, actual=1, curve=curve, tolerance=0.0, **APRIL)
    none = kpi_status(target=10, actual=0, curve=curve, **APRIL)

    assert [None, "ahead", None] == figures(some, "pacing", "status", "projection")
    assert [None, "on_track"] == figures(none, "pacing", "status")


def test_business_days_leave_weekends_out() -> None:
    """By Friday 10 April 2026, 8 of April's 22 business days have passed."""
    inputs = APRIL | {"as_of": date(2026, 4, 10)}
    outcome = kpi_status(target=220, actual=80, business_days=True, **inputs)

    assert [22, 8, 80.0, 1.0, 10.0] == figures(
        outcome, "days_total", "days_elapsed", "expected", "pacing", "required_rate"
    )
    assert ["business_days"] == [one.code for one in outcome.assumptions]


def test_lower_is_better_turns_attainment_round() -> None:
    """A cost of 40 against a target of 50 attains 125%, and the answer says how that is meant."""
    outcome = kpi_status(target=50, actual=40, better="down", accumulates=False, **ENDED)

    assert 1.25 == outcome.value
    assert ["reached", 1.25] == figures(outcome, "status", "pacing")
    assert "lower_is_better" in [one.code for one in outcome.assumptions]


@pytest.mark.parametrize(
    ("target", "actual", "better", "code"),
    [
        (0, 5, "up", "division_by_zero"),
        (-5, 5, "up", "non_positive_base"),
        (-5, 5, "down", "non_positive_base"),
        (5, 0, "down", "division_by_zero"),
        (0, 0, "down", "division_by_zero"),
        (5, -1, "down", "non_positive_base"),
    ],
)
def test_no_attainment_without_a_base(target: float, actual: float, better: str, code: str) -> None:
    """A divisor that is not above 0 leaves no attainment, and a reason."""
    outcome = kpi_status(target=target, actual=actual, better=better, **APRIL)  # type: ignore[arg-type]

    assert outcome.value is None
    assert outcome.reason is not None
    assert code == outcome.reason.code


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(-90, "reached"), (-101, "missed")],
)
def test_a_loss_may_be_limited(actual: float, expected: str) -> None:
    """A result of −90 is above a target of −100: its status is told where the ratio is not."""
    assert expected == status(target=-100, actual=actual, **ENDED)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(-100, "reached"), (-101, "behind"), (-200, "behind")],
)
def test_a_loss_that_grows_with_the_days_is_followed(actual: float, expected: str) -> None:
    """With a result below 0 there is no pacing: below what is expected is behind."""
    outcome = kpi_status(target=-100, actual=actual, **APRIL)

    assert [expected, None] == figures(outcome, "status", "pacing")


@pytest.mark.parametrize(("actual", "expected"), [(0, "reached"), (1, "missed")])
def test_a_kpi_may_be_meant_to_fall_to_nothing(actual: float, expected: str) -> None:
    """No complaint at all is a target: its status is told where the ratio is not."""
    assert expected == status(target=0, actual=actual, better="down", **ENDED)


def test_rounding_does_not_miss_a_target() -> None:
    """0.7 + 0.1 reaches 0.8, whatever binary floats make of it."""
    parts = {"a": 0.7, "b": 0.1}

    assert math.fsum(parts.values()) < 0.8
    assert "reached" == status(target=0.8, components=parts, operator="sum")


@pytest.mark.parametrize("tolerance", [0.01, 0.02, 0.05, 0.07, 0.1, 0.15, 0.3])
def test_the_edges_of_the_tolerance_are_on_track(tolerance: float) -> None:
    """Exactly 1 − tolerance and exactly 1 + tolerance are on track, rounding or not."""
    for day in range(1, 30):
        inputs = {"target": 77.0, "as_of": date(2026, 4, day), "tolerance": tolerance}
        expected = 77.0 * day / 30

        assert "on_track" == status(actual=expected * (1 - tolerance), **inputs)
        if expected * (1 + tolerance) < 77:
            assert "on_track" == status(actual=expected * (1 + tolerance), **inputs)


def test_numbers_beyond_floats_are_out_of_range() -> None:
    """A product too large for a float is undefined, not a failure and not infinity."""
    outcome = kpi_status(
        target=1e8, components={"a": 1e200, "b": 1e200}, operator="product", **APRIL
    )

    assert (None, None) == (outcome.value, outcome.result)
    assert outcome.reason is not None
    assert "out_of_range" == outcome.reason.code


def test_contradictions_are_refused() -> None:
    """A report from before the period is refused where it stands."""
    with pytest.raises(Refused, match="has not begun"):
        kpi_status(target=5, actual=1, **(APRIL | {"as_of": date(2026, 3, 1)}))


@pytest.mark.parametrize("industry_rate", [0.20, 0.25, 0.35])
def test_repeat_customers_against_their_industry(industry_rate: float) -> None:
    """20% of customers return in general, 25% in finance, 35% in SaaS: at it is reached (W9)."""
    inputs = ENDED | {"target": industry_rate, "accumulates": False}

    assert "reached" == status(actual=industry_rate, **inputs)
    assert "missed" == status(actual=industry_rate - 0.01, **inputs)
