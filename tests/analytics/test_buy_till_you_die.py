"""The BG/NBD model: published parameters, another package, and brute force."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifetimes_oracle import purchases_with
from numpy.typing import NDArray
from records import cdnow, published
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.special import betaincinv, betaln, gammaln

from service.analytics.customers import buy_till_you_die
from service.analytics.customers.buy_till_you_die import (
    PurchaseModel,
    discounted_purchases,
    expected_purchases,
    fit_purchases,
    probability_alive,
)
from service.message import Undefined

Vector = NDArray[np.float64]

FREQUENCY, RECENCY, AGE, _ = cdnow()
CDNOW = fit_purchases(FREQUENCY, RECENCY, AGE)
PARAMETERS = ("r", "alpha", "a", "b")


def one(value: float) -> Vector:
    return np.array([float(value)])


def bought(model: PurchaseModel, frequency: float, age: float, time: float) -> float:
    return float(expected_purchases(model, one(frequency), one(age), time)[0])


def simulated(model: PurchaseModel, customers: int) -> tuple[Vector, Vector, Vector]:
    """Return histories that arise as the model says, the same ones every time."""
    random = np.random.default_rng(7)
    rates = random.gamma(model.r, 1 / model.alpha, customers)
    chances = random.beta(model.a, model.b, customers)
    age = random.uniform(20, 80, customers)
    frequency, recency = np.zeros(customers), np.zeros(customers)
    for index in range(customers):
        time = random.exponential(1 / rates[index])
        while time <= age[index]:
            frequency[index] += 1
            recency[index] = time
            if random.random() < chances[index]:
                break
            time += random.exponential(1 / rates[index])
    return frequency, recency, age


def test_published_parameters() -> None:
    """CDNOW, to the digits printed by Fader, Hardie & Lee 2005."""
    expected = published()["bg_nbd"]["published"]

    assert pytest.approx([expected[name] for name in PARAMETERS], abs=5e-4) == CDNOW[:4]
    assert expected["max_log_likelihood"] == round(CDNOW.log_likelihood, 1)


@pytest.mark.parametrize("source", ["refit_here", "lifetimes_0_11_3"])
def test_parameters_of_independent_fits(source: str) -> None:
    """Another optimiser and the lifetimes package, to five digits."""
    expected = published()["bg_nbd"][source]

    assert pytest.approx([expected[name] for name in PARAMETERS], rel=1e-5) == CDNOW[:4]


def test_the_log_likelihood_is_that_of_the_data() -> None:
    """With the unit of time of the data, as the published formula gives it."""

    def log_likelihood(parameters: Any) -> float:
        r, alpha, a, b = parameters
        x = FREQUENCY
        alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + AGE)
        left = np.where(
            x > 0,
            betaln(a + 1, np.maximum(b + x - 1, 1e-9))
            - betaln(a, b)
            - (r + x) * np.log(alpha + RECENCY),
            -np.inf,
        )
        each = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + np.logaddexp(alive, left)
        return float(each.sum())

    slope = approx_fprime(np.array(CDNOW[:4]), log_likelihood, 1e-6)

    assert pytest.approx(CDNOW.log_likelihood, abs=1e-6) == log_likelihood(CDNOW[:4])
    assert pytest.approx(np.zeros(4), abs=1e-2) == slope


def test_published_conditional_expectation() -> None:
    """E[Y(39) | x = 2, t_x = 30.43, T = 38.86] is 1.226, and P(alive) 0.7266."""
    conditional, alive, _ = published()["bg_nbd"]["with_fitted_params"]
    chance = float(probability_alive(CDNOW, one(2), one(30.43), one(38.86))[0])

    assert pytest.approx(conditional["expected"], abs=1e-3) == chance * bought(CDNOW, 2, 38.86, 39)
    assert pytest.approx(alive["expected"], abs=1e-6) == chance


def test_published_expectation_of_a_new_customer() -> None:
    """E[X(t)] for six times t is that of Hardie's spreadsheet."""
    case = published()["bg_nbd"]["with_fitted_params"][2]

    assert pytest.approx(case["expected"], abs=1e-3) == [
        bought(CDNOW, 0, 0, time) for time in case["t"]
    ]


def test_expectation_is_the_sum_over_published_probabilities() -> None:
    """E[X(t)] of a new customer is Σ n · P(X(t) = n), with P from the lifetimes package."""
    fitter = purchases_with(CDNOW._asdict())
    counts = np.arange(1, 120)
    chances = [fitter.probability_of_n_purchases_up_to_time(30, n) for n in counts]

    assert pytest.approx(counts @ np.array(chances), rel=1e-6) == bought(CDNOW, 0, 0, 30)


def test_every_customer_as_lifetimes_has_them() -> None:
    """P(alive) and expected purchases of all 2,357 customers."""
    fitter = purchases_with(CDNOW._asdict())
    alive = probability_alive(CDNOW, FREQUENCY, RECENCY, AGE)
    expected = fitter.conditional_expected_number_of_purchases_up_to_time(
        39, FREQUENCY, RECENCY, AGE
    )

    assert (
        pytest.approx(fitter.conditional_probability_alive(FREQUENCY, RECENCY, AGE), rel=1e-9)
        == alive
    )
    assert pytest.approx(expected, rel=1e-9) == alive * expected_purchases(
        CDNOW, FREQUENCY, AGE, 39
    )


def test_after_one_purchase_everyone_is_alive() -> None:
    """Nobody can leave before a repeat purchase in this model."""
    assert 1 == probability_alive(CDNOW, one(0), one(0), one(500))[0]


def test_long_silence_of_a_frequent_buyer_is_a_bad_sign() -> None:
    """The chance falls with the silence, and the faster the more often they had bought."""
    ages = np.array([31.0, 40.0, 80.0, 400.0])
    often, rarely = (
        probability_alive(CDNOW, np.full(4, x), np.full(4, 30.0), ages) for x in (20.0, 2.0)
    )

    assert (np.diff(often) < 0).all()
    assert (often[1:] < rarely[1:]).all()
    assert 0 < often[-1] < 1e-9


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    st.floats(0.05, 20),
    st.floats(0.2, 100),
    st.one_of(st.floats(0.05, 20), st.just(1.0), st.just(1.0000001)),
    st.floats(0.05, 20),
    st.sampled_from([0, 1, 2, 10, 100, 1000]),
    st.floats(0, 200),
    st.sampled_from([0.1, 1.0, 52.0, 1000.0]),
)
def test_expectation_in_arbitrary_precision(
    r: float, alpha: float, a: float, b: float, frequency: int, age: float, time: float
) -> None:
    """Equation 10 as it is printed, in 50 digits, for any parameters and any frequency."""
    with mpmath.workdps(50):
        beside_one = mpmath.mpf(a) + mpmath.mpf(10) ** -20  # the formula has a gap at a = 1
        shape, scale = mpmath.mpf(r) + frequency, mpmath.mpf(alpha) + age
        third = beside_one + b + frequency - 1
        series = mpmath.hyp2f1(shape, mpmath.mpf(b) + frequency, third, time / (scale + time))
        kept = (scale / (scale + time)) ** shape * series
        exact = third / (beside_one - 1) * (1 - kept)
    got = bought(PurchaseModel(r, alpha, a, b, 0.0), frequency, age, time)

    assert pytest.approx(float(exact), rel=1e-6, abs=1e-8) == got


@pytest.mark.parametrize("a", [0.3, 0.375, 1.0, 3.0, 60.0, 900.0])
@pytest.mark.parametrize(("frequency", "age"), [(0, 0.0), (1, 30.0), (40, 10.0)])
def test_expectation_is_the_mean_over_the_customers(a: float, frequency: int, age: float) -> None:
    """By integration over p ~ beta(a, b + x) of what is expected of a customer who leaves with p.

    Such a customer buys (1 − exp(−λ·p·t)) ÷ p times, with λ ~ gamma(r + x, α + T).
    """
    model, time = PurchaseModel(0.7, 6.0, a, 0.625 if a < 1 else 2.5, 0.0), 52
    known = model.alpha + age

    def bought_at(quantile: float) -> float:
        p = betaincinv(a, model.b + frequency, quantile)
        return -np.expm1(-(model.r + frequency) * np.log1p(p * time / known)) / max(p, 1e-300)

    mean, _ = quad(bought_at, 1e-12, 1, epsabs=0, epsrel=1e-9, limit=500)

    assert pytest.approx(mean, rel=1e-6) == bought(model, frequency, age, time)


def test_what_overflows_is_not_answered() -> None:
    """Buyers without differences over a long time are beyond the series: no number, no crash."""
    assert not math.isfinite(bought(PurchaseModel(9e3, 1e-2, 20.0, 5.0, 0.0), 0, 22.0, 1e4))


def test_nothing_is_bought_in_no_time() -> None:
    """The expectation starts at 0 and rises."""
    expected = [bought(CDNOW, 3, 20, time) for time in (0, 1, 10, 100, 1000)]

    assert 0 == expected[0]
    assert sorted(expected) == expected


def test_discounting_as_it_is_defined() -> None:
    """Σ (E[Y(t)] − E[Y(t − 1)]) ÷ (1 + d)^t, one period after the other."""
    steps = np.diff([bought(CDNOW, 2, 38.86, time) for time in range(53)])
    discounts = 1.01 ** -np.arange(1.0, 53.0)

    assert pytest.approx(steps @ discounts, rel=1e-12) == float(
        discounted_purchases(CDNOW, one(2), one(38.86), 52, 0.01)[0]
    )
    assert bought(CDNOW, 2, 38.86, 52) == discounted_purchases(CDNOW, one(2), one(38.86), 52, 0)[0]


@pytest.mark.parametrize("truth", [(0.25, 4.4, 0.8, 2.4), (1.5, 10.0, 0.6, 3.0)])
def test_simulated_customers_give_the_parameters_back(
    truth: tuple[float, float, float, float],
) -> None:
    """5,000 customers who behave as the model says are recognised, within sampling error."""
    fitted = fit_purchases(*simulated(PurchaseModel(*truth, 0.0), 5000))

    assert pytest.approx(truth, rel=0.25) == fitted[:4]


def test_the_unit_of_time_changes_alpha_alone() -> None:
    """Days instead of weeks: α is seven times as large, the rest as before."""
    days = fit_purchases(FREQUENCY, RECENCY * 7, AGE * 7)

    assert pytest.approx((CDNOW.r, CDNOW.alpha * 7, CDNOW.a, CDNOW.b), rel=1e-7) == days[:4]


def test_the_order_of_customers_does_not_matter() -> None:
    """The same customers, backwards."""
    backwards = fit_purchases(FREQUENCY[::-1], RECENCY[::-1], AGE[::-1])

    assert pytest.approx(CDNOW, rel=1e-9) == backwards


@pytest.mark.parametrize(
    "histories",
    [
        [(3.0, 9.0, 10.0), (3.0, 9.0, 10.0), (3.0, 9.0, 10.0)],
        [(1.0, 5.0, 10.0), (0.0, 0.0, 10.0)],
    ],
    ids=["all alike", "two customers"],
)
def test_too_little_to_learn_from_is_a_reason(histories: list[tuple[float, ...]]) -> None:
    """Where the likelihood has no maximum there are no parameters."""
    with pytest.raises(Undefined) as undefined:
        fit_purchases(*np.array(histories).T)

    assert "no_convergence" == undefined.value.message.code


def test_a_fit_takes_few_evaluations(monkeypatch: pytest.MonkeyPatch) -> None:
    """CDNOW within a hundred evaluations: hundredths of a second."""
    calls = []

    def counting(likelihood: Any, parameters: int, **options: Any) -> Any:
        def counted(values: Any) -> Any:
            calls.append(values)
            return likelihood(values)

        return maximise(counted, parameters, **options)

    maximise = buy_till_you_die.maximise
    monkeypatch.setattr(buy_till_you_die, "maximise", counting)
    fit_purchases(FREQUENCY, RECENCY, AGE)

    assert 10 < len(calls) < 100
